//! The destinations of www/destinations: their data, what it comes to in a request, and how it is read.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may fail by panicking"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use landfall::check::parse_date;
use landfall::destination::{self, Applies, Destination, Fact, PATHS, What};
use landfall::issue::Issue;
use landfall::json;
use serde_json::{Value, json};
use support::{answer, parsed};

/// The files as the page gets them: one list.
fn files() -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/destinations");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    Value::Array(paths.iter().map(|path| parsed(path)).collect())
}

fn read(files: &Value) -> Result<Vec<Destination>, Vec<Issue>> {
    let text = files.to_string();
    destination::read_all(&json::read(&text).unwrap())
}

fn all() -> Vec<Destination> {
    read(&files()).unwrap()
}

fn destination(code: &str) -> Destination {
    let found = all().into_iter().find(|found| found.code == code);
    found.unwrap()
}

fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

/// Goods of a value in the destination's currency, of which a yuan buys one.
fn request(of: &Destination, value: &str, mode: &str) -> Value {
    json!({
        "homeCurrency": of.currency.code(),
        "exchangeRate": { "cnyPerUnit": "1", "asOf": "2026-11-20" },
        "lines": [{ "sku": "A", "unitPriceCny": value, "quantity": 1 }],
        "charges": [],
        "customs": { "basis": "fob" },
        "shipment": { "mode": mode },
    })
}

/// Puts a field or a charge on a request.
fn apply(fact: &Fact, request: &mut Value) {
    match &fact.what {
        What::Field { path, value } => {
            let mut slot = request;
            for name in path.split('.') {
                slot = &mut slot[name];
            }
            *slot = serde_json::to_value(value).unwrap();
        }
        What::Charge(charge) => {
            let charge = serde_json::to_value(charge).unwrap();
            request["charges"].as_array_mut().unwrap().push(charge);
        }
        What::Duty(_) | What::Open => {}
    }
}

/// A request with all that holds on a day, an ordinary duty and chosen layers.
fn filled(code: &str, on: &str, value: &str, mode: &str, duty: &str, chosen: &[&str]) -> Value {
    let destination = destination(code);
    let mut request = request(&destination, value, mode);
    for fact in destination.in_force(day(on)) {
        apply(fact, &mut request);
    }
    request["customs"]["dutyPercent"] = duty.into();
    let additional = destination.additional_duty(day(on), chosen).percent;
    request["customs"]["additionalDutyPercent"] = additional.normalize().to_string().into();
    request
}

/// The amounts of the destination charges that arise.
fn charges(request: &Value) -> Vec<String> {
    let result = answer(request).unwrap();
    let charges = result["charges"].as_array().unwrap().iter();
    charges
        .map(|charge| charge["amount"].as_str().unwrap().to_owned())
        .collect()
}

fn duty(request: &Value) -> String {
    let result = answer(request).unwrap();
    result["customs"]["duty"].as_str().unwrap().to_owned()
}

fn percent(code: &str, on: &str, chosen: &[&str]) -> String {
    let destination = destination(code);
    let duty = destination.additional_duty(day(on), chosen);
    duty.percent.normalize().to_string()
}

#[test]
fn there_are_all_that_were_promised_each_once() {
    let mut expected: Vec<&str> = VAT.iter().map(|(code, ..)| *code).collect();
    expected.extend("US GB CA AU NZ JP SG AE SA NO KR ZA VN MX".split(' '));
    expected.sort_unstable();
    let all = all();
    let mut found: Vec<&str> = all.iter().map(|found| &*found.code).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

/// The standard rates of the 27 states, typed by hand.
const VAT: &[(&str, &str, &str)] = &[
    ("AT", "20", "EUR"),
    ("BE", "21", "EUR"),
    ("BG", "20", "EUR"),
    ("HR", "25", "EUR"),
    ("CY", "19", "EUR"),
    ("CZ", "21", "CZK"),
    ("DK", "25", "DKK"),
    ("EE", "24", "EUR"),
    ("FI", "25.5", "EUR"),
    ("FR", "20", "EUR"),
    ("DE", "19", "EUR"),
    ("GR", "24", "EUR"),
    ("HU", "27", "HUF"),
    ("IE", "23", "EUR"),
    ("IT", "22", "EUR"),
    ("LV", "21", "EUR"),
    ("LT", "21", "EUR"),
    ("LU", "17", "EUR"),
    ("MT", "18", "EUR"),
    ("NL", "21", "EUR"),
    ("PL", "23", "PLN"),
    ("PT", "23", "EUR"),
    ("RO", "21", "RON"),
    ("SK", "23", "EUR"),
    ("SI", "22", "EUR"),
    ("ES", "21", "EUR"),
    ("SE", "25", "SEK"),
];

#[test]
fn the_states_of_the_union_share_its_facts_and_have_their_own_rate() {
    let all = all();
    let germany = destination("DE");
    for (code, rate, currency) in VAT {
        let state = all.iter().find(|found| found.code == *code).unwrap();
        assert_eq!(state.currency.code(), *currency, "{code}");
        let mut request = request(state, "100", "sea");
        for fact in state.in_force(day("2026-11-22")) {
            apply(fact, &mut request);
        }
        assert_eq!(request["customs"]["vatPercent"], *rate, "{code}");
        assert_eq!(request["customs"]["basis"], "cif", "{code}");
        assert_eq!(request["customs"]["deMinimis"]["dutyUpTo"], "0", "{code}");
        assert_eq!(state.facts.len(), germany.facts.len());
    }
}

#[test]
fn every_field_and_charge_makes_a_legal_request_alone_and_together() {
    for destination in all() {
        for fact in &destination.facts {
            let mut request = request(&destination, "5000", "sea");
            apply(fact, &mut request);
            assert!(answer(&request).is_ok(), "{}", fact.id);
        }
        for on in ["2025-01-01", "2026-11-22", "2027-01-01", "2028-06-01"] {
            for mode in ["express", "air", "sea", "rail", "road"] {
                for value in ["0.01", "900", "5000", "1000000"] {
                    let request = filled(&destination.code, on, value, mode, "5", &[]);
                    assert!(answer(&request).is_ok(), "{request}");
                }
            }
        }
    }
}

#[test]
fn every_fact_says_where_it_is_from_and_when() {
    let mut ids = BTreeSet::new();
    let (earliest, compiled) = (day("2018-01-01"), day("2026-11-21"));
    for destination in all() {
        let is_state = VAT.iter().any(|(code, ..)| *code == destination.code);
        assert!(destination.code.len() == 2 && !destination.name.en.is_empty());
        let has_duty_note = destination
            .facts
            .iter()
            .any(|fact| fact.what == What::Open && fact.id.ends_with("-duty"));
        assert!(has_duty_note, "{}", destination.code);
        for fact in &destination.facts {
            let id = &fact.id;
            assert!(ids.insert(id.clone()) || is_state, "{id} stands twice");
            assert!(
                id.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{id}"
            );
            let prefix = if is_state && id.starts_with("eu-") {
                "eu-".to_owned()
            } else {
                format!("{}-", destination.code.to_ascii_lowercase())
            };
            assert!(id.starts_with(&prefix), "{id}");
            assert!(fact.as_of >= earliest && fact.as_of <= compiled, "{id}");
            assert!(fact.from.is_none_or(|from| from >= earliest), "{id}");
            if fact.what == What::Open {
                assert!(fact.note.is_some(), "{id}");
            } else {
                assert!(fact.confidence.is_some(), "{id}");
            }
            if let Some(source) = &fact.source {
                assert!(source.starts_with("http"), "{id}: {source}");
            }
            for texts in [&fact.name, &fact.note].into_iter().flatten() {
                assert!(
                    texts.en.is_ascii() || texts.en.contains(['€', '¥', '–']),
                    "{id}"
                );
                let is_han = |letter| ('\u{4e00}'..='\u{9fff}').contains(&letter);
                assert!(texts.zh.chars().any(is_han), "{id}");
                assert!(!texts.en.chars().any(is_han), "{id}");
            }
        }
    }
}

#[test]
fn no_day_has_two_values_of_a_field() {
    for destination in all() {
        for path in PATHS {
            let of_path: Vec<_> = destination
                .facts
                .iter()
                .filter(
                    |fact| matches!(fact.what, What::Field { path: found, .. } if found == *path),
                )
                .collect();
            for fact in &of_path {
                let edges = [fact.from, fact.until, Some(day("2026-11-22"))];
                for on in edges.into_iter().flatten() {
                    let values = of_path.iter().filter(|fact| fact.in_force(on)).count();
                    assert!(values <= 1, "{} on {on}", fact.id);
                }
            }
        }
    }
}

#[test]
fn a_real_entry_of_a_section_232_article() {
    let chosen = ["us-301-list-3", "us-232-metals-50"];
    let request = filled("US", "2026-11-22", "14172.00", "air", "2.9", &chosen);
    assert_eq!(request["customs"]["additionalDutyPercent"], "75");
    assert_eq!(duty(&request), "11039.99");
    let us = destination("US");
    let layers = us.additional_duty(day("2026-11-22"), &chosen).facts;
    let ids: Vec<&str> = layers.iter().map(|fact| &*fact.id).collect();
    assert_eq!(ids, chosen);
    // 11,039.99 of 14,172.00 are 77.90 %.
    assert_eq!((1_103_999_u64 * 10_000 + 1_417_200 / 2) / 1_417_200, 7_790);
}

#[test]
fn a_list_3_article_pays_42_5_percent() {
    let request = filled("US", "2026-11-22", "3000", "air", "5", &["us-301-list-3"]);
    assert_eq!(request["customs"]["additionalDutyPercent"], "37.5");
    assert_eq!(duty(&request), "1275.00");
    assert_eq!(charges(&request), ["34.58"]);
}

#[test]
fn the_fees_of_an_american_entry() {
    for (value, mpf, hmf) in [
        ("2500.00", "2.77", "3.13"),
        ("2500.01", "34.58", "3.13"),
        ("9981.00", "34.58", "12.48"),
        ("9982.68", "34.58", "12.48"),
        ("50000", "173.20", "62.50"),
        ("193666.28", "670.86", "242.08"),
        ("193700", "670.86", "242.13"),
    ] {
        for on in ["2026-10-01", "2026-11-22", "2027-09-30"] {
            let by_sea = filled("US", on, value, "sea", "0", &[]);
            assert_eq!(charges(&by_sea), [mpf, hmf], "{value}");
            let by_air = filled("US", on, value, "air", "0", &[]);
            assert_eq!(charges(&by_air), [mpf], "{value}");
        }
    }
}

#[test]
fn the_entry_date_chooses() {
    // Fees of the fiscal year.
    let fees = |on, value| charges(&filled("US", on, value, "air", "0", &[]));
    assert_eq!(fees("2026-09-30", "2500"), ["2.69"]);
    assert_eq!(fees("2026-09-30", "2500.01"), ["33.58"]);
    assert_eq!(fees("2026-09-30", "1000000"), ["651.50"]);
    assert_eq!(fees("2026-10-01", "2500"), ["2.77"]);
    assert!(fees("2027-10-01", "2500").is_empty());
    // Layers of duty.
    assert_eq!(percent("US", "2026-02-23", &[]), "0");
    assert_eq!(percent("US", "2026-07-23", &[]), "10");
    assert_eq!(percent("US", "2026-07-24", &[]), "12.5");
    assert_eq!(percent("US", "2026-07-23", &["us-301-list-4a"]), "17.5");
    assert_eq!(percent("US", "2026-07-23", &["us-232-metals-25"]), "25");
    assert_eq!(percent("US", "2025-12-31", &["us-301-textile-masks"]), "0");
    assert_eq!(
        percent("US", "2026-11-22", &["us-301-textile-masks"]),
        "62.5"
    );
    assert_eq!(percent("US", "2026-12-03", &["us-232-polysilicon"]), "12.5");
    assert_eq!(percent("US", "2026-12-04", &["us-232-polysilicon"]), "15");
    assert_eq!(
        percent("US", "2027-06-22", &["us-301-semiconductors"]),
        "62.5"
    );
    assert_eq!(
        percent("US", "2027-06-23", &["us-301-semiconductors"]),
        "12.5"
    );
    assert_eq!(percent("CA", "2024-10-21", &["ca-surtax-metals"]), "0");
    assert_eq!(percent("CA", "2024-10-22", &["ca-surtax-metals"]), "25");
    assert_eq!(
        percent("US", "2026-11-22", &["no-such-layer", "us-hmf"]),
        "12.5"
    );
    // Fields and charges of others.
    let vat = |on| filled("VN", on, "1", "sea", "0", &[])["customs"]["vatPercent"].clone();
    assert_eq!(vat("2026-12-31"), "8");
    assert_eq!(vat("2027-01-01"), "10");
    let relief = |on| filled("JP", on, "1", "sea", "0", &[])["customs"]["deMinimis"].clone();
    assert_eq!(
        relief("2028-03-31"),
        json!({ "against": "customsValue", "dutyUpTo": "10000", "vatUpTo": "10000" })
    );
    assert_eq!(relief("2028-04-01"), json!({ "against": "customsValue" }));
    let levies = |on| charges(&filled("NZ", on, "1000", "express", "0", &[]));
    assert!(levies("2026-03-31").is_empty());
    assert_eq!(levies("2026-04-01"), ["2.21"]);
}

#[test]
fn the_fees_and_taxes_of_other_destinations() {
    let australia = |value| charges(&filled("AU", "2026-11-22", value, "sea", "0", &[]));
    assert!(australia("1000").is_empty());
    assert_eq!(australia("1000.01"), ["50.00", "71.00"]);
    assert_eq!(australia("9999.99"), ["50.00", "71.00"]);
    assert_eq!(australia("10000"), ["152.00", "71.00"]);
    let vat = |code, value, duty| {
        let result = answer(&filled(code, "2026-11-22", value, "air", duty, &[])).unwrap();
        result["customs"]["vat"].as_str().unwrap().to_owned()
    };
    // 15 % of 10,000 + 500 + 1,000.
    assert_eq!(vat("ZA", "10000", "5"), "1725.00");
    // 15 % of 100,000 + 5,000 + the service fee of 150.
    assert_eq!(vat("SA", "100000", "5"), "15772.50");
    // 16 % of 100,000 + 25,000 + DTA of 800.
    assert_eq!(vat("MX", "100000", "25"), "20128.00");
    // 15 % of 1,000 + the levies of 2.21.
    assert_eq!(vat("NZ", "1000", "0"), "150.33");
    assert_eq!(vat("JP", "10000", "5"), "0");
    assert_eq!(vat("JP", "10001", "0"), "1000");
    assert_eq!(vat("GB", "135", "10"), "27.00");
    assert_eq!(vat("CA", "20", "10"), "0.00");
    assert_eq!(vat("US", "1000", "10"), "0.00");
}

#[test]
fn a_fact_grows_old_after_180_days() {
    let us = destination("US");
    let fact = us.facts.iter().find(|fact| fact.id == "us-basis").unwrap();
    assert_eq!(fact.as_of, day("2026-10-10"));
    assert!(!fact.is_old(day("2026-10-10")));
    assert!(!fact.is_old(day("2027-04-08")));
    assert!(fact.is_old(day("2027-04-09")));
    assert!(!fact.is_old(NaiveDate::MIN));
    assert!(fact.is_old(NaiveDate::MAX));
}

#[test]
fn a_layer_on_all_goods_is_not_chosen() {
    let us = destination("US");
    let always: Vec<&str> = us
        .facts
        .iter()
        .filter(|fact| matches!(&fact.what, What::Duty(layer) if layer.applies == Applies::Always))
        .map(|fact| &*fact.id)
        .collect();
    assert_eq!(always, ["us-forced-labour-301", "us-section-122"]);
    assert_eq!(
        us.additional_duty(day("2026-11-22"), &[] as &[String]),
        us.additional_duty(day("2026-11-22"), &["us-forced-labour-301"])
    );
}

// ── Reading ─────────────────────────────────────────────────────────────────────────────────────

fn small() -> Value {
    let of = |more: Value| {
        let mut fact =
            json!({ "source": "https://example.org", "asOf": "2026-10-10", "confidence": "B" });
        fact.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        fact
    };
    let name = json!({ "en": "name", "zh": "名称" });
    json!([
        { "code": "XA", "name": name, "currency": "USD", "facts": [
            of(json!({ "id": "a", "field": "customs.vatPercent", "value": "20" })),
            of(json!({ "id": "b", "name": name, "charge": { "component": "destination", "rate": { "type": "flat", "amount": "1" } } })),
            of(json!({ "id": "c", "name": name, "duty": { "percent": "10", "applies": "always" } })),
            of(json!({ "id": "d", "name": name, "duty": { "percent": "5", "applies": "chosen", "group": "g", "replaces": ["c"] }, "from": "2026-01-01", "until": "2026-01-01" })),
            json!({ "id": "e", "open": true, "asOf": "2026-10-10", "note": name }),
        ] },
        { "code": "XU", "name": name, "vat": { "source": "https://example.org", "asOf": "2026-10-10", "confidence": "A" },
          "facts": [of(json!({ "id": "f", "field": "customs.basis", "value": "cif" }))],
          "members": [{ "code": "XB", "name": name, "currency": "SEK", "vatPercent": "25" }] },
    ])
}

/// The issues of the small list with a value set, or removed where it is null.
fn issues(pointer: &str, value: Value) -> Vec<String> {
    let mut list = small();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = list.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        Value::Object(fields) if value.is_null() => {
            fields.remove(name).unwrap();
        }
        other => other[name] = value,
    }
    let issues = read(&list).err().unwrap_or_default();
    let brief = |issue: &Issue| {
        let code = serde_json::to_value(&issue.problem).unwrap()["code"].clone();
        format!("{}: {}", issue.path, code.as_str().unwrap())
    };
    issues.iter().map(brief).collect()
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    assert!(read(&small()).is_ok());
    for (pointer, value, expected) in [
        ("/0/code", Value::Null, "[0].code: required"),
        ("/0/currency", json!("XXX"), "[0].currency: unknownValue"),
        ("/0/colour", json!("red"), "[0].colour: unknownField"),
        ("/1/currency", json!("EUR"), "[1].currency: unknownField"),
        ("/1/vat", Value::Null, "[1].vat: required"),
        ("/1/members", json!([]), "[1].members: empty"),
        (
            "/1/members/0/code",
            json!("XA"),
            "[1].members[0].code: notAllowedHere",
        ),
        (
            "/1/members/0/vatPercent",
            json!("1001"),
            "[1].members[0].vatPercent: outOfRange",
        ),
        ("/1/code", json!("XA"), "[1].code: notAllowedHere"),
        (
            "/1/facts/0/id",
            json!("a"),
            "[1].facts[0].id: notAllowedHere",
        ),
        ("/0/facts", json!([]), "[0].facts: empty"),
        ("/0/facts/0", json!("x"), "[0].facts[0]: wrongType"),
        (
            "/0/facts/0/field",
            json!("customs.vat"),
            "[0].facts[0].field: unknownValue",
        ),
        (
            "/0/facts/0/value",
            json!(1.5),
            "[0].facts[0].value: notExact",
        ),
        (
            "/0/facts/0/value",
            Value::Null,
            "[0].facts[0].value: required",
        ),
        (
            "/0/facts/0/source",
            Value::Null,
            "[0].facts[0].source: required",
        ),
        (
            "/0/facts/0/asOf",
            json!("2026-02-30"),
            "[0].facts[0].asOf: badDate",
        ),
        (
            "/0/facts/0/confidence",
            json!("D"),
            "[0].facts[0].confidence: unknownValue",
        ),
        (
            "/0/facts/0/note",
            json!({ "en": "x" }),
            "[0].facts[0].note.zh: required",
        ),
        (
            "/0/facts/1/name",
            Value::Null,
            "[0].facts[1].name: required",
        ),
        (
            "/0/facts/1/value",
            json!("1"),
            "[0].facts[1].value: unknownField",
        ),
        (
            "/0/facts/1/charge/label",
            json!("x"),
            "[0].facts[1].charge.label: unknownField",
        ),
        (
            "/0/facts/1/charge/rate/amount",
            json!("-1"),
            "[0].facts[1].charge.rate.amount: notDecimal",
        ),
        (
            "/0/facts/1/charge/dutiablePercent",
            json!("5"),
            "[0].facts[1].charge.dutiablePercent: notAllowedHere",
        ),
        (
            "/0/facts/2/duty/applies",
            json!("often"),
            "[0].facts[2].duty.applies: unknownValue",
        ),
        (
            "/0/facts/2/duty/percent",
            json!("1001"),
            "[0].facts[2].duty.percent: outOfRange",
        ),
        (
            "/0/facts/3/duty/replaces/0",
            json!("b"),
            "[0].facts[3].duty.replaces[0]: unknownValue",
        ),
        (
            "/0/facts/3/until",
            json!("2025-12-31"),
            "[0].facts[3].until: notAscending",
        ),
        (
            "/0/facts/4/open",
            json!(false),
            "[0].facts[4].open: unknownValue",
        ),
        (
            "/0/facts/4/note",
            Value::Null,
            "[0].facts[4].note: required",
        ),
    ] {
        assert_eq!(issues(pointer, value), [expected]);
    }
    let union_charge = json!({ "id": "g", "name": { "en": "n", "zh": "名" }, "source": "s", "asOf": "2026-10-10", "confidence": "A",
        "charge": { "component": "destination", "rate": { "type": "flat", "amount": "1" } } });
    assert_eq!(
        issues("/1/facts/0", union_charge),
        ["[1].facts[0].charge.currency: required"]
    );
    assert!(read(&json!({})).is_err());
}

/// Every place of a tree.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, item) in fields {
                places(item, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
    found.push(at.to_owned());
}

#[test]
fn no_mutation_of_the_data_is_read_in_silence_without_sense_or_panics() {
    let files = files();
    let mut found = Vec::new();
    // All kinds of facts are in the American file; the union has the members.
    let small = Value::Array(
        files
            .as_array()
            .unwrap()
            .iter()
            .filter(|file| file["code"] == "US" || file["code"] == "EU")
            .cloned()
            .collect(),
    );
    places(&small, "", &mut found);
    for pointer in found {
        for value in [
            Value::Null,
            json!(true),
            json!(-1),
            json!(0.5),
            json!("\u{0}"),
            json!([]),
            json!({}),
            json!([[null]]),
        ] {
            let mut list = small.clone();
            *list.pointer_mut(&pointer).unwrap() = value.clone();
            match read(&list) {
                // Any text does for a name, a note, an id or a source; an empty list for components.
                Ok(_) => assert!(
                    value.is_string()
                        || value == json!([])
                        || pointer.ends_with("/when") && value == json!({})
                        || pointer.ends_with("/open") && value == json!(true),
                    "{pointer}: {value}"
                ),
                Err(issues) => assert!(!issues.is_empty(), "{pointer}: {value}"),
            }
        }
    }
}
