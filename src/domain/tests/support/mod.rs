//! What several test files need.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

use landfall::issue::Issue;
use landfall::json::{self, Json};
use landfall::{landed_cost, order};
use proptest::test_runner::{Config, RngSeed};
use serde::Serialize;
use serde_json::Value;

/// A file or folder of the shared test data.
pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data")
        .join(name)
}

/// The JSON in a file.
pub fn parsed(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The example files of the landed cost, by name.
pub fn landed_cost_examples() -> Vec<(String, Value)> {
    let examples = examples("landed-cost");
    assert!(examples.len() >= 46);
    examples
}

/// The example files of a folder of the shared test data, by name: five or more.
pub fn examples(folder: &str) -> Vec<(String, Value)> {
    let mut files: Vec<PathBuf> = fs::read_dir(data(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 5);
    files
        .into_iter()
        .map(|file| (file.display().to_string(), parsed(&file)))
        .collect()
}

/// A raw request, answered, from its text as a user would pass it.
pub fn answer_by<T: Serialize>(
    answer: impl Fn(&Json<'_>) -> Result<T, Vec<Issue>>,
    request: &Value,
) -> Result<Value, Vec<Issue>> {
    let text = request.to_string();
    let json = json::read(&text).map_err(|issue| vec![issue])?;
    answer(&json).map(|result| serde_json::to_value(result).unwrap())
}

/// The landed cost of a request, from its text as a user would pass it.
pub fn answer(request: &Value) -> Result<Value, Vec<Issue>> {
    answer_by(landed_cost::landed_cost_of, request)
}

/// The verdict on an order, from the text of its request.
pub fn checked(request: &Value) -> Result<Value, Vec<Issue>> {
    answer_by(order::check_order_of, request)
}

/// An amount of a result in minor units, whatever their number of decimals.
pub fn minor(amount: &Value) -> u128 {
    let text = amount.as_str().unwrap();
    assert!(!text.starts_with('-'), "{text} is negative");
    text.replace('.', "").parse().unwrap()
}

/// Whether the long form of the tests was asked for: more cases, new seeds.
pub fn long() -> bool {
    std::env::var_os("LANDFALL_LONG").is_some()
}

/// A short seeded run, or a long one with new seeds.
pub fn config(cases: u32) -> Config {
    if long() {
        return Config {
            failure_persistence: None,
            ..Config::with_cases(cases * 20)
        };
    }
    Config {
        rng_seed: RngSeed::Fixed(1688),
        failure_persistence: None,
        ..Config::with_cases(cases)
    }
}

/// Checks what holds for every result: the parts sum to the whole, by component, line, charge and payee.
#[track_caller]
pub fn check_sums(result: &Value) {
    let total = minor(&result["total"]);
    let components = result["components"].as_array().unwrap();
    let lines = result["lines"].as_array().unwrap();
    let charges = result["charges"].as_array().unwrap();
    assert_eq!(components.len(), 12);
    let sum: u128 = components.iter().map(|part| minor(&part["amount"])).sum();
    assert_eq!(sum, total, "components sum to the total");
    let sum: u128 = lines.iter().map(|line| minor(&line["total"])).sum();
    assert_eq!(sum, total, "lines sum to the total");
    for line in lines {
        let parts = line["components"].as_object().unwrap();
        let sum: u128 = parts.values().map(minor).sum();
        assert_eq!(
            sum,
            minor(&line["total"]),
            "a line is the sum of its components"
        );
    }
    for component in components {
        let name = component["component"].as_str().unwrap();
        let amount = minor(&component["amount"]);
        let sum: u128 = lines
            .iter()
            .map(|line| minor(&line["components"][name]))
            .sum();
        assert_eq!(sum, amount, "{name} is the sum over the lines");
        let of_charges = charges.iter().filter(|charge| charge["component"] == name);
        let sum: u128 = of_charges.map(|charge| minor(&charge["amount"])).sum();
        if !["goods", "importDuty", "vat", "defects"].contains(&name) {
            assert_eq!(sum, amount, "{name} is the sum of its charges");
        }
    }
    let cash = &result["cash"];
    let payees = ["supplier", "agent", "forwarder", "customs", "arrival"];
    let sum: u128 = payees.iter().map(|payee| minor(&cash[*payee])).sum();
    assert_eq!(sum, minor(&cash["total"]), "payees sum to the cash");
    let of = |name: &str| {
        let mut all = components.iter();
        minor(&all.find(|part| part["component"] == name).unwrap()["amount"])
    };
    let recovered = if result["customs"]["vatRecoverable"] == true {
        minor(&result["customs"]["vat"])
    } else {
        0
    };
    assert_eq!(
        minor(&cash["total"]) + of("defects"),
        total + recovered,
        "cash is the cost without the provision, with the VAT that comes back"
    );
}
