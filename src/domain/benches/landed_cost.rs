//! How long a landed cost takes natively: a common order, and the largest with forty charges.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a bench may fail by panicking, and looks at the clock"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use landfall::landed_cost::{Request, landed_cost};
use landfall::{json, landed_cost as engine};
use serde_json::{Value, json};

/// Rounds of which the median is shown.
const ROUNDS: usize = 7;

fn main() {
    println!("| order | step | median |");
    println!("|---|---|---:|");
    for (lines, charges) in [(10, 11), (500, 11), (10_000, 40)] {
        let text = order(lines, charges).to_string();
        let name = format!("{lines} lines × {charges} charges");
        row(&name, "text to result", || {
            let json = json::read(black_box(&text)).unwrap();
            black_box(engine::landed_cost_of(&json).unwrap());
        });
        row(&name, "text to text", || {
            let json = json::read(black_box(&text)).unwrap();
            let result = engine::landed_cost_of(&json).unwrap();
            black_box(serde_json::to_string(&result).unwrap());
        });
        let json = json::read(&text).unwrap();
        let request = Request::check(&json).unwrap();
        row(&name, "checked request to result", || {
            black_box(landed_cost(black_box(&request)).unwrap());
        });
    }
}

fn row(order: &str, step: &str, run: impl Fn()) {
    let once = time(1, &run);
    let repeats = (Duration::from_millis(50).as_nanos() / once.as_nanos().max(1)).clamp(1, 10_000);
    let repeats = u32::try_from(repeats).unwrap_or(1);
    let mut rounds: Vec<Duration> = (0..ROUNDS).map(|_| time(repeats, &run) / repeats).collect();
    rounds.sort();
    println!("| {order} | {step} | {:?} |", rounds[ROUNDS / 2]);
}

fn time(repeats: u32, run: &impl Fn()) -> Duration {
    let start = Instant::now();
    for _ in 0..repeats {
        run();
    }
    start.elapsed()
}

fn order(lines: u64, charges: usize) -> Value {
    let lines: Vec<Value> = (0..lines)
        .map(|index| {
            json!({
                "sku": format!("SKU-{index}"),
                "unitPriceCny": format!("{}.{:02}", 3 + index * 7 % 190, index * 13 % 100),
                "quantity": 20 + index * 37 % 900,
                "unitWeightKg": format!("0.{:03}", 40 + index * 17 % 900),
                "carton": {
                    "units": 12 + index % 36,
                    "lengthCm": format!("{}.{}", 40 + index % 20, index % 10),
                    "widthCm": "38.5",
                    "heightCm": "32",
                    "grossKg": format!("{}.{}", 8 + index % 9, index % 10),
                },
                "dutyPercent": "3.7",
                "defectPercent": "1.5",
            })
        })
        .collect();
    let kinds = [
        json!({ "component": "domesticShipping", "currency": "CNY", "rate": { "type": "flat", "amount": "380" } }),
        json!({ "component": "packaging", "rate": { "type": "perUnit", "amount": "0.12" } }),
        json!({ "component": "inspection", "rate": { "type": "flat", "amount": "150" } }),
        json!({ "component": "agentFee", "rate": { "type": "percentOf", "base": "goodsAndDomesticShipping", "percent": "5" }, "minimum": "8" }),
        json!({ "component": "paymentFee", "rate": { "type": "percentOf", "base": "originCosts", "percent": "2.9" } }),
        json!({ "component": "internationalShipping", "rate": { "type": "perChargeableKg", "divisor": "6000", "roundUpToKg": "0.5", "amount": "6.4" } }),
        json!({ "component": "insurance", "rate": { "type": "percentOf", "base": "insuredValue", "percent": "0.35" } }),
        json!({ "component": "destination", "rate": { "type": "percentOf", "base": "customsValue", "percent": "0.3464" }, "minimum": "33.58", "maximum": "651.50" }),
        json!({ "component": "destination", "rate": { "type": "perCarton", "amount": "2.4" } }),
        json!({ "component": "destination", "rate": { "type": "flat", "amount": "95" } }),
        json!({ "component": "internationalShipping", "allocateBy": "volume", "rate": { "type": "perCbm", "amount": "4" } }),
    ];
    let charges: Vec<Value> = kinds.iter().cycle().take(charges).cloned().collect();
    json!({
        "homeCurrency": "USD",
        "exchangeRate": { "cnyPerUnit": "7.10", "asOf": "2026-11-20", "spreadPercent": "1.2" },
        "lines": lines,
        "charges": charges,
        "customs": { "basis": "fob", "dutyPercent": "3.7", "additionalDutyPercent": "20", "vatPercent": "5" },
        "shipment": { "mode": "air" },
    })
}
