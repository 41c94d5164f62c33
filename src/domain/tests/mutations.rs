//! Requests that are broken in one place: whatever is done to a field, the answer is a result that
//! adds up or issues that name the place; never a panic, a NaN or a silent clamp.
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

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::{answer, check_sums, landed_cost_examples, long};

/// How many mutations a short and a long run try.
const CASES: (u64, u64) = (100_000, 1_000_000);

/// A small generator of numbers (SplitMix64), so that a case is known by its seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.next() % from.len() as u64).unwrap()]
    }
}

/// The places of all values in a request: a JSON pointer, and the path that an issue would name.
fn places(value: &Value, pointer: &str, path: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let pointer = format!("{pointer}/{name}");
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                out.push((pointer.clone(), path.clone()));
                places(value, &pointer, &path, out);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let pointer = format!("{pointer}/{index}");
                let path = format!("{path}[{index}]");
                out.push((pointer.clone(), path.clone()));
                places(value, &pointer, &path, out);
            }
        }
        _ => {}
    }
}

/// What the answer to a mutation must be.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Expect {
    /// An issue at the place itself or inside it.
    IssueThere,
    /// A sound result or issues with places.
    Sound,
}

const FREE_TEXTS: [&str; 4] = ["sku", "description", "label", "order"];
const REQUIRED: [&str; 19] = [
    "homeCurrency",
    "exchangeRate",
    "cnyPerUnit",
    "asOf",
    "lines",
    "sku",
    "unitPriceCny",
    "quantity",
    "lengthCm",
    "widthCm",
    "heightCm",
    "component",
    "rate",
    "type",
    "base",
    "percent",
    "divisor",
    "basis",
    "mode",
];

/// Texts that look like a decimal, and aren't one.
const FOREIGN: [&str; 20] = [
    "1e3",
    "1_000",
    "0x10",
    "1,000",
    "1.000,5",
    "１２３",
    "12。5",
    "¥12",
    "12 ",
    " 12",
    "+1",
    "-1",
    "NaN",
    "Infinity",
    "1.2.3",
    ".5",
    "5.",
    "1'000",
    "1\u{0}",
    "٣",
];

/// Breaks `value` in one way; says what was done and what must come of it.
fn break_value(random: &mut Random, name: &str, path: &str, value: &mut Value) -> (String, Expect) {
    let is_free = FREE_TEXTS.contains(&name);
    let is_decimal = value.as_str().is_some_and(|text| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    }) && !is_free;
    let was = value.clone();
    let expect = match random.next() % 6 {
        // Another type.
        0 => {
            let others = [
                Value::Null,
                json!(true),
                json!({ "a": 1 }),
                json!([1]),
                json!(1.5),
                json!("text"),
            ];
            *value = random.pick(&others).clone();
            let same_kind = match (&was, &*value) {
                (Value::Bool(_), Value::Bool(_)) | (Value::Array(_), Value::Array(_)) => true,
                (Value::String(_), Value::String(_)) => is_free,
                _ => false,
            };
            if same_kind {
                Expect::Sound
            } else {
                Expect::IssueThere
            }
        }
        // The negative.
        1 => {
            *value = match &was {
                Value::Number(number) => json!(-number.as_i64().unwrap_or(1)),
                Value::String(text) => json!(format!("-{text}")),
                _ => json!("-1"),
            };
            if is_free {
                Expect::Sound
            } else {
                Expect::IssueThere
            }
        }
        // Empty.
        2 => {
            *value = match &was {
                Value::Array(_) => json!([]),
                Value::Object(_) => json!({}),
                _ => json!(""),
            };
            let may_be_empty = [
                "label",
                "description",
                "charges",
                "others",
                "deMinimis",
                "when",
                "dutiableComponents",
                "taxableComponents",
            ];
            if may_be_empty.contains(&name) {
                Expect::Sound
            } else {
                Expect::IssueThere
            }
        }
        // Huge.
        3 => {
            let huge = [
                json!("9".repeat(60)),
                json!("99999999999"),
                json!(u64::MAX),
                json!(1e300),
                json!("x".repeat(100_000)),
                json!("0.123456789"),
            ];
            *value = random.pick(&huge).clone();
            if is_free {
                Expect::Sound
            } else {
                Expect::IssueThere
            }
        }
        // Foreign.
        4 => {
            *value = json!(random.pick(&FOREIGN));
            if is_decimal {
                Expect::IssueThere
            } else {
                Expect::Sound
            }
        }
        // The largest or smallest that is legal.
        _ => {
            if is_decimal {
                *value =
                    json!(random.pick(&["9999999999.99999999", "0.00000001", "0", "9999999999"]));
            } else if was.is_number() {
                *value = json!(random.pick(&[1, 1_000_000_000_u64]));
            }
            Expect::Sound
        }
    };
    if *value == was {
        return (format!("{path} unchanged"), Expect::Sound);
    }
    (
        format!("{path}: {} → {}", short(&was), short(value)),
        expect,
    )
}

fn short(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}

#[test]
fn a_broken_request_gets_issues_with_places() {
    let examples = landed_cost_examples();
    let places: Vec<Vec<(String, String)>> = examples
        .iter()
        .map(|(_, example)| {
            let mut out = Vec::new();
            places(&example["request"], "", "", &mut out);
            out
        })
        .collect();
    let (cases, start) = if long() {
        let now = std::time::UNIX_EPOCH.elapsed().unwrap();
        (
            CASES.1,
            u64::try_from(now.as_nanos() & 0xffff_ffff).unwrap(),
        )
    } else {
        (CASES.0, 1688)
    };
    let mut codes: BTreeMap<String, u64> = BTreeMap::new();
    for case in start..start + cases {
        let mut random = Random(case);
        let index = usize::try_from(random.next() % examples.len() as u64).unwrap();
        let mut request = examples[index].1["request"].clone();
        let (pointer, path) = random.pick(&places[index]);
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let (what, expect, at) = match random.next() % 8 {
            // Drop it.
            0 => {
                let required = match request.pointer_mut(parent).unwrap() {
                    Value::Object(fields) => {
                        fields.remove(name);
                        REQUIRED.contains(&name) && !path.starts_with("customs.cnyPerUnit")
                    }
                    other => {
                        let items = other.as_array_mut().unwrap();
                        items.remove(name.parse().unwrap());
                        false
                    }
                };
                let expect = if required {
                    Expect::IssueThere
                } else {
                    Expect::Sound
                };
                (format!("{path} dropped"), expect, path.clone())
            }
            // Misspell its name.
            1 => {
                let Value::Object(fields) = request.pointer_mut(parent).unwrap() else {
                    continue;
                };
                let value = fields.remove(name).unwrap();
                let misspelt = format!("{name}s");
                fields.insert(misspelt.clone(), value);
                let at = format!("{}{misspelt}", &path[..path.len() - name.len()]);
                (format!("{path} misspelt"), Expect::IssueThere, at)
            }
            // What stands under the same name elsewhere: right in itself, perhaps wrong here.
            2 => {
                let other = usize::try_from(random.next() % examples.len() as u64).unwrap();
                let same_name =
                    |place: &&(String, String)| place.0.rsplit('/').next() == Some(name);
                let donors: Vec<_> = places[other].iter().filter(same_name).collect();
                if donors.is_empty() {
                    continue;
                }
                let donor = examples[other].1["request"].pointer(&random.pick(&donors).0);
                *request.pointer_mut(pointer).unwrap() = donor.unwrap().clone();
                (
                    format!("{path} from {}", examples[other].0),
                    Expect::Sound,
                    path.clone(),
                )
            }
            _ => {
                let slot = request.pointer_mut(pointer).unwrap();
                let (what, expect) = break_value(&mut random, name, path, slot);
                (what, expect, path.clone())
            }
        };
        let name = &examples[index].0;
        match answer(&request) {
            Ok(result) => {
                assert_eq!(
                    expect,
                    Expect::Sound,
                    "case {case}, {name}: {what} was accepted"
                );
                check_sums(&result);
            }
            Err(issues) => {
                assert!(!issues.is_empty(), "case {case}, {name}: {what}: no issue");
                for issue in &issues {
                    let value = serde_json::to_value(issue).unwrap();
                    let code = value["code"].as_str().unwrap();
                    assert!(
                        !issue.path.is_empty() || code == "tooLarge",
                        "case {case}, {name}: {what}: {issue:?} has no place"
                    );
                    *codes.entry(code.to_owned()).or_default() += 1;
                }
                let there = |issue: &landfall::issue::Issue| {
                    let rest = issue.path.strip_prefix(&at);
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                };
                assert!(
                    expect == Expect::Sound || issues.iter().any(there),
                    "case {case}, {name}: {what}: no issue at {at}: {issues:?}"
                );
            }
        }
    }
    // A mutation that no code answers would not be tried at all.
    for code in [
        "required",
        "unknownField",
        "wrongType",
        "notDecimal",
        "notExact",
        "notInteger",
        "outOfRange",
        "unknownValue",
        "badDate",
        "empty",
        "notAllowedHere",
        "baseNotKnown",
        "minimumAboveMaximum",
    ] {
        assert!(
            codes.contains_key(code),
            "no mutation led to {code}: {codes:?}"
        );
    }
}
