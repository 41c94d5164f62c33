//! Tests of what a file becomes.

#![expect(clippy::arithmetic_side_effects, reason = "numbers of tests are small")]
#![expect(clippy::type_complexity, reason = "tables of named functions")]

mod examples;
mod hostile;
mod issues;
mod properties;
mod sample;
mod sheet;
mod variants;

use serde_json::{Value, json};

use crate::file::{Phase, Reading};

/// The answer to a file: its orders and issues, or the issues why there are none.
fn answer_to(bytes: &[u8]) -> Value {
    answer_with(bytes, "en", false)
}

fn answer_with(bytes: &[u8], locale: &str, with_consignee: bool) -> Value {
    let reading = Reading {
        with_consignee,
        decode: &decoded,
        tell: &|_: Phase| {},
    };
    let text = crate::answer(bytes, locale, &reading);
    serde_json::from_str(&text).unwrap()
}

/// As the decoders of browsers do it.
fn decoded(encoding: &str, bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes())?;
    Some(encoding.decode(bytes).0.into_owned())
}

/// Asserts that a file has these orders, and that nothing is wrong with them.
#[track_caller]
fn assert_orders(name: &str, bytes: &[u8], orders: &Value) {
    let answer = answer_to(bytes);
    assert_eq!(answer["result"]["issues"], json!([]), "{name}: {answer}");
    assert_eq!(&answer["result"]["orders"], orders, "{name}");
}

/// The issues of a file as `path code`, those of its orders or those why there are none.
fn issues_of(bytes: &[u8]) -> Vec<String> {
    let answer = answer_to(bytes);
    let issues = answer["issues"].as_array();
    let issues = issues.or(answer["result"]["issues"].as_array()).unwrap();
    let shown = issues.iter().map(|issue| {
        let text = |name: &str| issue[name].as_str().unwrap().to_owned();
        format!("{} {}", text("path"), text("code"))
    });
    shown.map(|shown| shown.trim().to_owned()).collect()
}
