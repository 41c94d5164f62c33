//! The example files: every figure that is given must match to the letter.
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

use landfall::control::backtest_of;
use landfall::issue::Issue;
use landfall::json::Json;
use landfall::policy::Policy;
use landfall::sampling::{DetectionRequest, Seed};
use landfall::{json as read, landed_cost, quotes, sampling, supplier};
use serde_json::{Value, json};
use support::{
    answer, answer_by, check_sums, checked, data, examples, landed_cost_examples, parsed,
};

/// All differences between what is expected and what was found; fields that aren't expected don't count.
fn differences(path: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                differences(&format!("{path}.{name}"), value, &found[name], out);
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                differences(&format!("{path}[{index}]"), expected, found, out);
            }
        }
        _ if expected == found => {}
        _ => out.push(format!("{path}: expected {expected}, found {found}")),
    }
}

#[track_caller]
fn check(name: &str, expected: &Value, found: &Value) {
    let mut out = Vec::new();
    differences("", expected, found, &mut out);
    assert!(out.is_empty(), "{name}:\n{}", out.join("\n"));
}

#[test]
fn every_landed_cost_example_agrees() {
    for (name, example) in landed_cost_examples() {
        let found = answer(&example["request"]).unwrap();
        check(&name, &example["expected"], &found);
        check_sums(&found);
    }
}

#[test]
fn every_selling_price_example_agrees() {
    let examples = parsed(&data("selling-price.json"));
    for (index, example) in examples.as_array().unwrap().iter().enumerate() {
        let text = example["request"].to_string();
        let found = landed_cost::selling_price_of(&read::read(&text).unwrap()).unwrap();
        let found = serde_json::to_value(found).unwrap();
        check(&format!("example {index}"), &example["expected"], &found);
    }
}

/// A verdict with what the examples have of it: findings that aren't passes, by rule, outcome and subject.
fn verdict(found: &Value) -> Value {
    let findings = found["findings"].as_array().unwrap();
    let mut findings: Vec<Value> = findings
        .iter()
        .filter(|finding| finding["outcome"] != "pass")
        .map(|finding| {
            let mut finding = finding.as_object().unwrap().clone();
            finding.retain(|name, _| ["rule", "outcome", "subject"].contains(&name.as_str()));
            Value::Object(finding)
        })
        .collect();
    findings.sort_by_key(|finding| {
        ["rule", "outcome", "subject"].map(|name| finding[name].as_str().map(str::to_owned))
    });
    json!({
        "verdict": found["verdict"],
        "findings": findings,
        "orderValue": found["orderValue"],
    })
}

#[test]
fn every_order_check_example_agrees() {
    let examples = parsed(&data("order-check.json"));
    let examples = examples.as_array().unwrap();
    assert!(examples.len() >= 24);
    for (index, example) in examples.iter().enumerate() {
        let found = checked(&example["request"]).unwrap();
        assert_eq!(verdict(&found), example["expected"], "example {index}");
    }
}

#[test]
fn every_verdict_agrees_to_the_letter() {
    for (name, example) in examples("check-order") {
        assert_eq!(
            checked(&example["request"]).unwrap(),
            example["expected"],
            "{name}"
        );
    }
}

#[test]
fn every_backtest_agrees_to_the_letter() {
    for (name, example) in examples("backtest") {
        let found = answer_by(backtest_of, &example["request"]).unwrap();
        assert_eq!(found, example["expected"], "{name}");
    }
}

#[test]
fn every_policy_is_filled_to_the_letter() {
    for (name, example) in examples("default-policy") {
        let text = example["request"].to_string();
        let policy = Policy::check(&read::read(&text).unwrap()).unwrap();
        let found = serde_json::to_value(policy).unwrap();
        assert_eq!(found, example["expected"], "{name}");
    }
}

#[test]
fn every_supplier_and_quote_example_agrees() {
    for (name, example) in examples("score-supplier") {
        let found = answer_by(supplier::score_supplier_of, &example["request"]).unwrap();
        assert_eq!(found, example["expected"], "{name}");
    }
    for (name, example) in examples("grade-supplier") {
        let found = answer_by(supplier::grade_supplier_of, &example["request"]).unwrap();
        assert_eq!(found, example["expected"], "{name}");
    }
    for (name, example) in examples("compare-quotes") {
        let found = answer_by(quotes::compare_quotes_of, &example["request"]).unwrap();
        check(&name, &example["expected"], &found);
    }
}

#[test]
fn working_changes_no_figure_and_stands_beside_every_amount() {
    for (name, example) in landed_cost_examples() {
        let mut request = example["request"].clone();
        request["explain"] = Value::Bool(true);
        let found = answer(&request).unwrap();
        check(&name, &example["expected"], &found);
        let mut objects = vec![&found, &found["cash"], &found["customs"]];
        for list in ["components", "charges", "lines"] {
            objects.extend(found[list].as_array().unwrap());
        }
        for object in objects {
            for (field, value) in object.as_object().unwrap() {
                let is_amount = value
                    .as_str()
                    .is_some_and(|text| text.parse::<f64>().is_ok())
                    && !["sku", "label"].contains(&field.as_str());
                if is_amount {
                    let code = &object["working"][field]["code"];
                    assert!(code.is_string(), "{name}: {field} has no working");
                }
            }
        }
    }
}

#[test]
fn every_sampling_example_agrees() {
    type Answer = fn(&Json<'_>) -> Result<Value, Vec<Issue>>;
    fn value<T: serde::Serialize>(result: Result<T, Vec<Issue>>) -> Result<Value, Vec<Issue>> {
        result.map(|result| serde_json::to_value(result).unwrap())
    }
    let all: [(&str, Answer); 4] = [
        ("spot-check-plan", |json| {
            value(sampling::spot_check_plan_of(json, Seed([0; 16])))
        }),
        ("acceptance-plan", |json| {
            value(sampling::acceptance_plan_of(json))
        }),
        ("judge-inspection", |json| {
            value(sampling::judge_inspection_of(json))
        }),
        ("detection", |json| {
            let request = DetectionRequest::check(json);
            value(request.map(|request| sampling::detection(&request)))
        }),
    ];
    for (folder, answer) in all {
        for (name, example) in examples(folder) {
            let found = answer_by(answer, &example["request"]).unwrap();
            assert_eq!(found, example["expected"], "{name}");
        }
    }
}
