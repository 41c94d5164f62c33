//! Sampling on receipt: the tables as they are printed, what a sample can see against exact numbers, the
//! draw of cartons, judgements, switching, and what is refused.
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

use std::fs;

use landfall::check::{Named, by_name};
use landfall::issue::{Issue, Problem};
use landfall::json::Json;
use landfall::money::Figure;
use landfall::sampling::{
    DetectionRequest, Level, NextSeverity, Plan, Seed, SwitchingReason, acceptance_plan_of,
    code_letter, detection, judge_inspection_of, next_severity, operating_curve, passes,
    sample_to_see, spot_check_plan_of,
};
use num_bigint::BigUint;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use support::{answer_by, config, data, parsed};

const SEED: &str = "000102030405060708090a0b0c0d0e0f";

fn plan(request: &Value) -> Value {
    answer_by(acceptance_plan_of, request).unwrap()
}

fn try_detects(request: &Value) -> Result<Value, Vec<Issue>> {
    let answer = |json: &Json<'_>| DetectionRequest::check(json).map(|request| detection(&request));
    answer_by(answer, request)
}

fn detects(request: &Value) -> Value {
    try_detects(request).unwrap()
}

fn spot_check(request: &Value) -> Value {
    try_spot_check(request).unwrap()
}

fn try_spot_check(request: &Value) -> Result<Value, Vec<Issue>> {
    let seed = Seed::parse(SEED).unwrap();
    answer_by(|json| spot_check_plan_of(json, seed), request)
}

fn judge(request: &Value) -> Value {
    answer_by(judge_inspection_of, request).unwrap()
}

/// The lines of a table as it is printed, by cells.
fn printed(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(data("sampling").join(name)).unwrap();
    let rows = text
        .lines()
        .map(|row| row.split('\t').map(str::to_owned).collect());
    rows.collect()
}

#[test]
fn the_examples_come_out() {
    let examples = parsed(&data("sampling").join("examples.json"));
    let mut count = 0;
    for example in examples["acceptancePlan"].as_array().unwrap() {
        let result = plan(&example["request"]);
        for (class, expected) in example["expected"].as_object().unwrap() {
            for (field, expected) in expected.as_object().unwrap() {
                assert_eq!(&result[class][field], expected, "{example}");
            }
            count += 1;
        }
    }
    for example in examples["detection"].as_array().unwrap() {
        let request = json!({ "lot": example["lot"], "sample": example["sample"], "percent": example["percent"] });
        assert_eq!(
            detects(&request)["probability"],
            example["probability"],
            "{example}"
        );
        count += 1;
    }
    for example in examples["spotCheck"].as_array().unwrap() {
        let lots = json!({ "lots": [{ "sku": "A", "units": example["units"] }] });
        assert_eq!(
            spot_check(&lots)["lots"][0]["sample"],
            example["sample"],
            "{example}"
        );
        count += 1;
    }
    assert_eq!(count, 23);
}

#[test]
fn code_letters_are_the_printed_ones() {
    let rows = printed("code-letters.tsv");
    let mut below = 1;
    for row in &rows[1..] {
        let number = |text: &str| text.replace([',', '≥'], "").parse::<u32>().unwrap();
        let (from, to) = match row[0].split_once('–') {
            Some((from, to)) => (number(from), number(to)),
            None => (number(&row[0]), 1_000_000_000),
        };
        assert_eq!(from, below + 1);
        below = to;
        for (level, letter) in rows[0][1..].iter().zip(&row[1..]) {
            let level = by_name::<Level>(level).unwrap();
            for lot in [from, to] {
                let found = code_letter(lot, level).unwrap();
                assert_eq!(found.letter().to_string(), *letter, "{lot} at {level:?}");
            }
        }
    }
    assert_eq!(rows.len(), 16);
    assert!(
        Level::ALL
            .iter()
            .all(|level| code_letter(1, *level).is_none())
    );
}

/// A lot size and a level with each code letter, as large as can be.
fn lots() -> Vec<(String, u32, &'static str)> {
    let large = |letter: &str, lot, level| (letter.to_owned(), lot, level);
    vec![
        large("A", 50, "S-1"),
        large("B", 500, "S-1"),
        large("C", 35_000, "S-1"),
        large("D", 1_000_000_000, "S-1"),
        large("E", 1_000_000, "S-2"),
        large("F", 35_000, "S-3"),
        large("G", 500_000, "S-3"),
        large("H", 1_000_000, "S-3"),
        large("J", 500_000, "S-4"),
        large("K", 1_000_000, "S-4"),
        large("L", 150_000, "I"),
        large("M", 500_000, "I"),
        large("N", 1_000_000, "I"),
        large("P", 500_000, "II"),
        large("Q", 1_000_000, "II"),
        large("R", 1_000_000, "III"),
    ]
}

/// Compares a resolved table, cell by cell: `n: Ac/Re`.
fn resolved_is(name: &str, severity: &str, edition: &str, skipped: usize) -> usize {
    let rows = printed(name);
    let mut cells = 0;
    for row in &rows[1..] {
        let (_, lot, level) = lots()
            .into_iter()
            .find(|(letter, ..)| *letter == row[0])
            .unwrap();
        for (aql, cell) in rows[0][skipped..].iter().zip(&row[skipped..]) {
            let request = json!({
                "lotSize": lot, "level": level, "severity": severity, "aql": { "major": aql }, "edition": edition,
            });
            let plan = &plan(&request)["major"];
            let (size, numbers) = cell.split_once(": ").unwrap();
            let (accept, reject) = numbers.split_once('/').unwrap();
            let number = |text: &str| text.parse::<u64>().unwrap();
            let sample = number(size).min(u64::from(lot));
            assert_eq!(plan["sampleSize"], sample, "{request}");
            assert_eq!(plan["accept"], number(accept), "{request}");
            let reject = if edition == "Z1.4" {
                number(reject)
            } else {
                number(accept) + 1
            };
            assert_eq!(plan["reject"], reject, "{request}");
            assert_eq!(plan["codeLetter"], row[0], "{request}");
            assert_eq!(plan["inspectsAll"] == true, number(size) >= u64::from(lot));
            assert_eq!(plan["edition"].is_null(), severity != "reduced");
            if skipped == 2 && size != row[1] {
                assert_eq!(plan["arrow"], true, "{request}");
            }
            cells += 1;
        }
    }
    cells
}

#[test]
fn resolved_plans_are_the_printed_ones() {
    assert_eq!(resolved_is("normal-resolved.tsv", "normal", "Z1.4", 1), 176);
    assert_eq!(resolved_is("reduced.tsv", "reduced", "Z1.4", 2), 192);
    assert_eq!(
        resolved_is("reduced.tsv", "reduced", "ISO 2859-1:1999", 2),
        192
    );
}

#[test]
fn plans_that_others_print_come_out() {
    for (lot, aql, letter, size, accept) in [
        (3_000, "2.5", "K", 125, 7),
        (3_000, "4.0", "K", 125, 10),
        (4_000, "2.5", "L", 200, 10),
        (4_000, "4.0", "L", 200, 14),
        (10_000, "2.5", "L", 200, 10),
        (10_000, "10", "L", 125, 21),
    ] {
        let plan = &plan(&json!({ "lotSize": lot, "aql": { "major": aql } }))["major"];
        let expected = json!({
            "codeLetter": letter, "sampleSize": size, "accept": accept, "reject": accept + 1, "arrow": aql == "10",
        });
        assert_eq!(plan, &expected);
    }
}

#[test]
fn no_critical_defect_is_allowed_on_the_largest_of_the_samples() {
    let of = |request: Value| plan(&request)["critical"].clone();
    let none = |letter: &str, size: u32, arrow| json!({ "codeLetter": letter, "sampleSize": size, "accept": 0, "reject": 1, "arrow": arrow });
    assert_eq!(of(json!({ "lotSize": 3_000 })), none("K", 125, false));
    // B at 2.5 leads to 5 units, at 4.0 it stays at 3.
    assert_eq!(of(json!({ "lotSize": 10 })), none("B", 5, true));
    let only = json!({ "lotSize": 3_000, "aql": { "critical": "0" } });
    assert_eq!(of(only), none("K", 125, false));
    let of_table = json!({ "lotSize": 3_000, "aql": { "critical": "0.65" } });
    assert_eq!(of(of_table)["accept"], 2);
    let given = plan(&json!({ "lotSize": 3_000, "aql": { "minor": "4" } }));
    assert_eq!(
        given.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["minor"]
    );
}

#[test]
fn one_unit_is_looked_at_itself() {
    let plan = plan(&json!({ "lotSize": 1 }));
    let all =
        json!({ "sampleSize": 1, "accept": 0, "reject": 1, "arrow": false, "inspectsAll": true });
    assert_eq!(plan, json!({ "critical": all, "major": all, "minor": all }));
}

#[test]
fn the_row_s_ends_the_tightened_table() {
    let request = |lot| json!({ "lotSize": lot, "level": "III", "severity": "tightened", "aql": { "major": "0.025" } });
    let plan = &plan(&request(600_000))["major"];
    let expected =
        json!({ "codeLetter": "R", "sampleSize": 3_150, "accept": 1, "reject": 2, "arrow": true });
    assert_eq!(plan, &expected);
}

#[test]
fn disagreeing_sources_are_said() {
    let request = json!({ "lotSize": 100, "level": "S-4", "severity": "tightened", "aql": { "major": "4.0", "minor": "2.5" } });
    let plan = plan(&request);
    assert_eq!(plan["major"]["codeLetter"], "D");
    assert_eq!(plan["major"]["sourcesDisagree"], true);
    assert_eq!(plan["minor"]["sourcesDisagree"], Value::Null);
}

#[test]
fn what_is_wrong_with_a_plan_is_said_with_its_place() {
    let issues = |request: Value| {
        let issues = answer_by(acceptance_plan_of, &request).unwrap_err();
        let issues = issues.into_iter().map(|issue| {
            let issue = serde_json::to_value(issue).unwrap();
            (
                issue["path"].as_str().unwrap().to_owned(),
                issue["code"].as_str().unwrap().to_owned(),
                issue,
            )
        });
        issues.collect::<Vec<_>>()
    };
    let found = issues(json!({
        "lotSize": 0, "level": "IV", "severity": "hard", "aql": { "major": "3", "minor": "0", "grave": "1" }, "seed": "",
    }));
    let places: Vec<(&str, &str)> = found
        .iter()
        .map(|(path, code, _)| (&**path, &**code))
        .collect();
    assert_eq!(
        places,
        [
            ("seed", "unknownField"),
            ("lotSize", "outOfRange"),
            ("level", "unknownValue"),
            ("severity", "unknownValue"),
            ("aql.grave", "unknownField"),
            ("aql.major", "unknownValue"),
            ("aql.minor", "unknownValue"),
        ]
    );
    assert_eq!(found[5].2["allowed"], json!(["2.5", "4.0"]));
    assert_eq!(found[6].2["allowed"], json!(["0.010"]));
    assert_eq!(issues(json!({ "lotSize": 9, "aql": {} }))[0].1, "empty");
    let reduced = issues(json!({ "lotSize": 9, "severity": "reduced", "aql": { "major": "15" } }));
    assert_eq!(reduced[0].2["allowed"], json!(["10"]));
}

/// C(n, k), exactly.
fn binomial(n: u64, k: u64) -> BigUint {
    let mut result = BigUint::from(1_u32);
    for step in 0..k {
        result = result * (n - step) / (step + 1);
    }
    result
}

/// A share of a whole to nine significant digits, as text: half up, zeros dropped, and at most 0.999999999
/// unless it is the whole.
fn nine_digits(part: &BigUint, whole: &BigUint) -> String {
    let zero = BigUint::ZERO;
    if *part == zero {
        return "0".to_owned();
    }
    if part == whole {
        return "1".to_owned();
    }
    let ten = BigUint::from(10_u32);
    let mut scale = 9;
    while part * ten.pow(scale) < whole * ten.pow(8) {
        scale += 1;
    }
    let digits = (part * ten.pow(scale) * 2_u32 + whole) / (whole * 2_u32);
    let digits = if scale == 9 {
        digits.min(BigUint::from(999_999_999_u32))
    } else {
        digits
    };
    let text = format!(
        "{:0>width$}",
        digits.to_string(),
        width = scale as usize + 1
    );
    let (before, after) = text.split_at(text.len() - scale as usize);
    format!("{before}.{}", after.trim_end_matches('0'))
}

/// A percentage with 8 decimals of which so many bad units come.
fn percent_of(bad: u32, lot: u32) -> Figure {
    let hundred_millions = u64::from(bad) * 10_000_000_000 / u64::from(lot);
    Figure(Decimal::from_i128_with_scale(
        i128::from(hundred_millions),
        8,
    ))
}

#[test]
fn detection_is_exact_for_every_lot_up_to_60() {
    let mut cases = 0;
    for lot in 1..=60_u32 {
        for sample in 1..=lot {
            let all = binomial(u64::from(lot), u64::from(sample));
            for bad in 0..=lot {
                let missed = match (lot - bad) >= sample {
                    true => binomial(u64::from(lot - bad), u64::from(sample)),
                    false => BigUint::ZERO,
                };
                let percent = percent_of(bad, lot);
                let seen = detection(&DetectionRequest {
                    lot,
                    sample,
                    percent,
                });
                assert_eq!(seen.defective, bad);
                let expected = nine_digits(&(&all - &missed), &all);
                assert_eq!(
                    seen.probability.to_string(),
                    expected,
                    "{lot} {sample} {bad}"
                );
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 75_640);
}

#[test]
fn acceptance_is_exact_for_every_plan_up_to_24() {
    for lot in 1..=24_u32 {
        for sample in 1..=lot {
            let all = binomial(u64::from(lot), u64::from(sample));
            for bad in 0..=lot {
                let mut within = BigUint::ZERO;
                for accept in 0..=sample {
                    if accept <= bad && sample - accept <= lot - bad {
                        let of_bad = binomial(u64::from(bad), u64::from(accept));
                        within +=
                            of_bad * binomial(u64::from(lot - bad), u64::from(sample - accept));
                    }
                    let plan = Plan {
                        lot,
                        sample,
                        accept,
                    };
                    let expected = nine_digits(&within, &all);
                    assert_eq!(passes(plan, bad).to_string(), expected, "{plan:?} {bad}");
                }
            }
        }
    }
}

/// The chance of missing all bad units, by a product of fractions.
fn missed(lot: u64, sample: u64, bad: u64) -> (BigUint, BigUint) {
    let (few, many) = (sample.min(bad), sample.max(bad));
    let product = |from: u64| {
        (0..few)
            .map(|step| BigUint::from(from - step))
            .product::<BigUint>()
    };
    (product(lot - many), product(lot))
}

#[test]
fn detection_keeps_nine_digits_of_large_lots() {
    for (lot, sample, bad) in [
        (10_000_000, 1, 1),
        (10_000_000, 1, 9_999_999),
        (10_000_000, 1_000, 1),
        (10_000_000, 3_150, 1_000),
        (10_000_000, 3_162, 3_162),
        (10_000_000, 2_000, 10_000),
        (10_000_000, 10_000, 2_000),
        (10_000_000, 5_000_000, 1),
        (10_000_000, 5_000_000, 2),
        (10_000_000, 4_999_999, 20),
        (10_000_000, 9_999_990, 3),
        (9_999_991, 1_237, 7_919),
        (1_000_000, 1_250, 650),
        (1_000_000, 999, 5_000),
        (123_456, 789, 321),
        (20_000, 315, 200),
        (3_200, 125, 208),
    ] {
        let (missed, all) = missed(lot, sample, bad);
        let expected = nine_digits(&(&all - &missed), &all);
        let [lot, sample, bad] = [lot, sample, bad].map(|number| u32::try_from(number).unwrap());
        let percent = percent_of(bad, lot);
        let seen = detection(&DetectionRequest {
            lot,
            sample,
            percent,
        });
        assert_eq!(seen.defective, bad);
        assert_eq!(
            seen.probability.to_string(),
            expected,
            "{lot} {sample} {bad}"
        );
    }
}

/// The least sample by exact numbers.
fn least_sample(lot: u32, bad: u32, confidence: u32) -> u32 {
    let enough = |sample: &u32| {
        let (missed, all) = missed(lot.into(), (*sample).into(), bad.into());
        (&all - missed) * 100_u32 >= all * confidence
    };
    (1..=lot - bad).find(enough).unwrap_or(lot - bad + 1)
}

#[test]
fn the_least_sample_is_exact() {
    let percent = |text: &str| text.parse::<Decimal>().unwrap();
    for lot in 1..=60_u32 {
        for bad in 1..=lot {
            for confidence in [50, 80, 90, 95, 99, 100] {
                let least = sample_to_see(lot, percent_of(bad, lot).0, Decimal::from(confidence));
                let expected = least_sample(lot, bad, confidence);
                assert_eq!(least, Some(expected), "{lot} {bad} {confidence}");
            }
        }
    }
    for (lot, bad, least) in [
        (500, "1", 225),
        (100, "1", 95),
        (500, "2.4", 110),
        (100, "2", 78),
        (500, "5", 56),
        (100, "5", 45),
        (500, "10", 28),
        (100, "10", 25),
    ] {
        assert_eq!(
            sample_to_see(lot, percent(bad), percent("95")),
            Some(least),
            "{lot} {bad}"
        );
    }
    assert_eq!(
        sample_to_see(10_000_000, percent("1"), percent("95")),
        Some(299)
    );
    assert_eq!(sample_to_see(100, Decimal::ZERO, percent("95")), None);
}

#[test]
fn a_plan_that_is_called_2_5_accepts_worse_lots() {
    let plan = Plan {
        lot: 3_200,
        sample: 125,
        accept: 7,
    };
    let curve = operating_curve(plan, [0, 4, 100].map(Decimal::from));
    let curve: Vec<(u32, String)> = curve
        .iter()
        .map(|point| (point.bad, point.accepted.to_string()))
        .collect();
    assert_eq!(curve[0], (0, "1".to_owned()));
    assert!(curve[1].1.starts_with("0.87"), "{curve:?}");
    assert_eq!(curve[2], (3_200, "0".to_owned()));
    // A quality that is next to certain to be seen isn't certain to be.
    let nearly = Plan {
        lot: 10_000_000,
        sample: 1_000_000,
        accept: 0,
    };
    assert_eq!(passes(nearly, 500_000).to_string(), "0");
    let seen = detects(&json!({ "lot": 10_000_000, "sample": 1_000_000, "percent": "5" }));
    assert_eq!(seen["probability"], "0.999999999");
}

#[test]
fn the_documented_rate_names_sample_cartons_and_what_they_see() {
    let request = json!({
        "lots": [
            { "sku": "MUG", "units": 305, "cartons": 13 },
            { "sku": "LID", "units": 2 },
            { "sku": "TRAY", "units": 40, "cartons": 1 },
        ],
    });
    let plan = spot_check(&request);
    assert_eq!(plan["seed"], SEED);
    let lots = plan["lots"].as_array().unwrap();
    let samples: Vec<u64> = lots
        .iter()
        .map(|lot| lot["sample"].as_u64().unwrap())
        .collect();
    assert_eq!(samples, [31, 2, 4]);
    assert_eq!(lots[0]["openCartons"].as_array().unwrap().len(), 4);
    assert_eq!(lots[1]["openCartons"], Value::Null);
    assert_eq!(lots[1]["inspectsAll"], true);
    assert_eq!(lots[2]["openCartons"], json!([1]));
    assert_eq!(lots[0]["detection"]["defective"], 16);
    let totals = json!({ "units": 347, "sample": 37, "cartons": 14, "openCartons": 5 });
    assert_eq!(plan["totals"], totals);
    let mut given = request;
    given["seed"] = json!("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF");
    given["percent"] = json!("20");
    given["minimumPerSku"] = json!(50);
    given["defectiveBatchPercent"] = json!("2.5");
    let other = spot_check(&given);
    assert_eq!(other["seed"], "f".repeat(32));
    assert_eq!(other["totals"]["sample"], 61 + 2 + 40);
    assert_eq!(other["lots"][0]["detection"]["defective"], 8);
}

#[test]
fn cartons_are_drawn_as_it_is_documented() {
    let vectors = parsed(&data("sampling").join("carton-draws.json"));
    let vectors = vectors.as_array().unwrap();
    assert!(vectors.len() >= 5);
    for vector in vectors {
        let result = spot_check(&vector["request"]);
        let lots = result["lots"].as_array().unwrap();
        let drawn: Vec<&Value> = lots.iter().map(|lot| &lot["openCartons"]).collect();
        assert_eq!(json!(drawn), vector["openCartons"], "{}", vector["request"]);
    }
}

#[test]
fn every_carton_is_as_likely_to_be_opened() {
    let mut opened = [0_u32; 10];
    for seed in 0..4_000_u32 {
        let seed = format!("{seed:032x}");
        let request =
            json!({ "lots": [{ "sku": "A", "units": 100, "cartons": 10 }], "seed": seed });
        let result = spot_check(&request);
        for carton in result["lots"][0]["openCartons"].as_array().unwrap() {
            opened[carton.as_u64().unwrap() as usize - 1] += 1;
        }
    }
    // 1,600 of 4,000 each; the standard deviation is 31.
    assert!(
        opened.iter().all(|count| (1_445..1_755).contains(count)),
        "{opened:?}"
    );
}

#[test]
fn what_is_wrong_with_a_spot_check_is_said_with_its_place() {
    let request = json!({
        "lots": [{ "sku": "", "units": 0, "cartons": 100_001 }, { "units": "5" }],
        "percent": "101", "minimumPerSku": -1, "seed": "0001020304050607 8090a0b0c0d0e0f",
    });
    let issues = try_spot_check(&request).unwrap_err();
    let places: Vec<&str> = issues.iter().map(|issue| &*issue.path).collect();
    let expected = [
        "lots[0].sku",
        "lots[0].units",
        "lots[0].cartons",
        "lots[1].sku",
        "lots[1].units",
        "percent",
        "minimumPerSku",
        "seed",
    ];
    assert_eq!(places, expected);
    assert!(matches!(issues[7].problem, Problem::BadSeed { .. }));
    let none = try_spot_check(&json!({ "lots": [] })).unwrap_err();
    assert_eq!(none[0].problem, Problem::Empty);
}

#[test]
fn a_lot_is_judged_class_by_class() {
    let plan = plan(&json!({ "lotSize": 3_000 }));
    let of = |found: Value| judge(&json!({ "plan": plan, "found": found }));
    let accepted = of(json!({ "major": 7, "minor": 10 }));
    assert_eq!(accepted["verdict"], "accept");
    assert_eq!(accepted["critical"]["verdict"], "accept");
    let rejected = of(json!({ "major": 8 }));
    assert_eq!(rejected["verdict"], "reject");
    assert_eq!(rejected["major"]["verdict"], "reject");
    assert_eq!(rejected["minor"]["verdict"], "accept");
    assert_eq!(of(json!({ "critical": 1 }))["verdict"], "reject");
    // An incomplete sample decides nothing but a rejection.
    assert_eq!(
        of(json!({ "inspected": 124, "major": 7 }))["verdict"],
        "hold"
    );
    assert_eq!(
        of(json!({ "inspected": 20, "minor": 11 }))["verdict"],
        "reject"
    );
    let both = of(json!({ "inspected": 20, "minor": 11 }));
    assert_eq!(both["major"]["verdict"], "hold");
}

#[test]
fn between_acceptance_and_rejection_a_reduced_plan_goes_back_to_normal() {
    let of = |edition: &str| {
        let request = json!({
            "lotSize": 3_000, "severity": "reduced", "aql": { "major": "2.5" }, "edition": edition,
        });
        judge(&json!({ "plan": plan(&request), "found": { "major": 4 } }))
    };
    let gap = of("Z1.4");
    assert_eq!(gap["major"]["verdict"], "accept");
    assert_eq!(gap["major"]["backToNormal"], true);
    let none = of("ISO 2859-1:1999");
    assert_eq!(none["major"]["verdict"], "reject");
    assert_eq!(none["major"]["backToNormal"], Value::Null);
}

#[test]
fn the_documented_rate_is_judged_by_the_owners_percentage() {
    let of =
        |sample: u32, found: Value| judge(&json!({ "plan": { "sample": sample }, "found": found }));
    // Exactly the limit passes.
    assert_eq!(of(40, json!({ "defective": 2 }))["verdict"], "accept");
    let over = of(40, json!({ "defective": 3 }));
    assert_eq!(over["verdict"], "reject");
    assert_eq!(over["rate"]["percent"], "7.50");
    // With the rest of the sample good it would still be 2 of 40.
    assert_eq!(
        of(40, json!({ "inspected": 10, "defective": 2 }))["verdict"],
        "hold"
    );
    assert_eq!(
        of(40, json!({ "inspected": 10, "defective": 3 }))["verdict"],
        "reject"
    );
    assert_eq!(
        of(40, json!({ "inspected": 60, "defective": 3 }))["verdict"],
        "accept"
    );
    assert_eq!(of(0, json!({ "defective": 0 }))["verdict"], "hold");
    let lot = &spot_check(
        &json!({ "lots": [{ "sku": "A", "units": 300 }], "defectiveBatchPercent": "10" }),
    )["lots"][0];
    let strict = judge(&json!({ "plan": lot, "found": { "defective": 4 } }));
    assert_eq!(strict["verdict"], "reject");
    assert_eq!(strict["rate"]["defectiveBatchPercent"], "10");
}

#[test]
fn what_is_wrong_with_an_inspection_is_said_with_its_place() {
    let issues = |request: Value| {
        let issues = answer_by(judge_inspection_of, &request).unwrap_err();
        let issues = issues.into_iter().map(|issue| {
            let code = serde_json::to_value(&issue.problem).unwrap()["code"].clone();
            (issue.path, code.as_str().unwrap().to_owned())
        });
        issues.collect::<Vec<_>>()
    };
    let plan = json!({ "major": { "sampleSize": 13, "accept": 1, "reject": 1 } });
    let both = issues(json!({ "plan": plan, "found": { "major": -1, "critical": 1 } }));
    let of = |path: &str, code: &str| (path.to_owned(), code.to_owned());
    assert_eq!(
        both,
        [
            of("plan.major.reject", "outOfRange"),
            of("found.major", "outOfRange")
        ]
    );
    let plan = json!({ "major": { "sampleSize": 13, "accept": 1, "reject": 2 } });
    let other = issues(json!({ "plan": plan, "found": { "critical": 1 } }));
    assert_eq!(other, [of("found.critical", "notAllowedHere")]);
    let rate = issues(json!({ "plan": { "sample": 5 }, "found": { "defective": 6 } }));
    assert_eq!(rate, [of("found.defective", "outOfRange")]);
    assert_eq!(
        issues(json!({ "plan": {}, "found": {} })),
        [of("plan", "empty")]
    );
    assert_eq!(
        issues(json!({})),
        [of("plan", "required"), of("found", "required")]
    );
}

/// Whether lots were accepted: `+`, or failed: `-`.
fn after(lots: &str) -> (NextSeverity, SwitchingReason) {
    let accepted: Vec<bool> = lots.chars().map(|lot| lot == '+').collect();
    let switching = next_severity(&accepted);
    (switching.next, switching.because)
}

#[test]
fn inspection_is_tightened_eased_and_stopped() {
    let normal = |failed, lots| {
        (
            NextSeverity::Normal,
            SwitchingReason::NormalHolds { failed, lots },
        )
    };
    let tightened = |accepted, failed| {
        (
            NextSeverity::Tightened,
            SwitchingReason::TightenedHolds { accepted, failed },
        )
    };
    let two = (NextSeverity::Tightened, SwitchingReason::TwoOfFiveFailed);
    let eased = (NextSeverity::Normal, SwitchingReason::FiveAccepted);
    let stopped = (NextSeverity::Stop, SwitchingReason::FiveFailed);
    for (lots, expected) in [
        ("", normal(0, 0)),
        ("-", normal(1, 1)),
        ("--", two),
        ("-+++-", two),
        ("-++++-", normal(1, 5)),
        ("--+", tightened(1, 0)),
        ("--++++", tightened(4, 0)),
        ("--+++++", eased),
        ("--++++-+", tightened(1, 1)),
        ("--++++-+++++", eased),
        ("--+++++-", normal(1, 1)),
        ("--+++++--", two),
        ("------", tightened(0, 4)),
        ("-------", stopped),
        ("---++-++-++-+-", stopped),
        ("-------+++++++", stopped),
    ] {
        assert_eq!(after(lots), expected, "{lots}");
    }
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn every_plan_fits_its_lot(
        lot in 1_u32..=1_000_000_000, level in 0_usize..7, severity in 0_usize..3, aql in 0_usize..12, iso in any::<bool>(),
    ) {
        let level = Level::NAMES[level];
        let severity = ["normal", "tightened", "reduced"][severity];
        let aql = ["0.065", "0.1", "0.15", "0.25", "0.4", "0.65", "1", "1.5", "2.5", "4", "6.5", "10"][aql];
        let edition = if iso { "ISO 2859-1:1999" } else { "Z1.4" };
        let request = json!({
            "lotSize": lot, "level": level, "severity": severity, "edition": edition,
            "aql": { "critical": "0", "major": aql },
        });
        let plan = plan(&request);
        for class in ["critical", "major"] {
            let plan = &plan[class];
            let number = |field: &str| plan[field].as_u64().unwrap();
            prop_assert!(number("sampleSize") <= u64::from(lot));
            prop_assert_eq!(plan["inspectsAll"] == true, number("sampleSize") == u64::from(lot));
            if severity == "reduced" && !iso {
                prop_assert!(number("reject") > number("accept"));
            } else {
                prop_assert_eq!(number("reject"), number("accept") + 1);
            }
        }
        prop_assert_eq!(&plan["critical"]["sampleSize"], &plan["major"]["sampleSize"]);
        // What a plan answers can be judged, whatever was found.
        let verdict = judge(&json!({ "plan": plan, "found": { "inspected": 0 } }));
        prop_assert_eq!(&verdict["verdict"], "hold");
    }

    #[test]
    fn a_larger_sample_sees_more(
        lot in 1_u32..=10_000_000, sample in 0.0_f64..1.0, bad in 0.0_f64..1.0, more in 1_u32..1_000,
    ) {
        let sample = ((f64::from(lot) * sample * sample * sample) as u32).max(1);
        let percent = Figure(Decimal::from_i128_with_scale((bad * bad * bad * 1e10) as i128, 8));
        let of = |sample: u32| {
            let seen = detection(&DetectionRequest { lot, sample: sample.min(lot), percent });
            seen.probability.0
        };
        let (fewer, further) = (of(sample), of(sample.saturating_add(more)));
        prop_assert!(fewer <= further);
        prop_assert!(fewer >= Decimal::ZERO && further <= Decimal::ONE);
    }

    #[test]
    fn the_least_sample_sees_what_is_wished_and_one_less_does_not(
        lot in 2_u32..=10_000_000, bad in 1_u32..1_000, confidence in 1_u32..100,
    ) {
        let (percent, confidence) = (Decimal::new(bad.into(), 1), Decimal::from(confidence));
        let least = sample_to_see(lot, percent, confidence).unwrap();
        let wished = confidence / Decimal::ONE_HUNDRED;
        let of = |sample| detection(&DetectionRequest { lot, sample, percent: Figure(percent) }).probability.0;
        prop_assert!(of(least) >= wished);
        prop_assert!(least == 1 || of(least - 1) <= wished);
    }

    #[test]
    fn a_worse_lot_passes_less_often(
        lot in 1_u32..=1_000_000, sample in 1_u32..2_000, accept in 0_u32..30, bad in 0_u32..100_000, more in 1_u32..10_000,
    ) {
        let plan = Plan { lot, sample: sample.min(lot), accept };
        let (better, worse) = (passes(plan, bad).0, passes(plan, bad.saturating_add(more)).0);
        prop_assert!(worse <= better, "{worse} {better}");
        let more_accepted = passes(Plan { accept: accept + 1, ..plan }, bad).0;
        prop_assert!(more_accepted >= better);
    }

    #[test]
    fn the_draw_is_of_cartons_that_there_are_each_once(
        units in 1_u32..=1_000_000_000, cartons in 1_u32..=100_000, seed in "[0-9a-f]{32}",
    ) {
        let request = json!({ "lots": [{ "sku": "A", "units": units, "cartons": cartons }], "seed": seed });
        let result = spot_check(&request);
        let opened: Vec<u64> = result["lots"][0]["openCartons"].as_array().unwrap().iter().map(|carton| carton.as_u64().unwrap()).collect();
        let count = opened.len() as u64;
        prop_assert!(count * count >= u64::from(cartons) && (count - 1) * (count - 1) < u64::from(cartons));
        prop_assert!(opened.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(opened[0] >= 1 && opened[opened.len() - 1] <= u64::from(cartons));
        prop_assert_eq!(spot_check(&request), result);
    }

    #[test]
    fn a_sample_follows_both_readings_of_the_rate(units in 1_u32..=1_000_000_000, percent in 0_u32..=1_000, minimum in 0_u32..100) {
        let percent_text = Decimal::new(percent.into(), 1).to_string();
        let request = json!({ "lots": [{ "sku": "A", "units": units }], "percent": percent_text, "minimumPerSku": minimum });
        let sample = spot_check(&request)["lots"][0]["sample"].as_u64().unwrap();
        let share = (u64::from(units) * u64::from(percent)).div_ceil(1_000);
        prop_assert_eq!(sample, share.max(minimum.into()).min(units.into()));
    }

    #[test]
    fn judging_is_total_and_worse_findings_never_help(
        sample in 0_u32..1_000, inspected in 0_u32..1_000, found in 0_u32..1_000, percent in 0_u32..=100, accept in 0_u32..50,
    ) {
        let rank = |verdict: &Value| ["accept", "hold", "reject"].iter().position(|name| verdict["verdict"] == *name).unwrap();
        let found = found.min(inspected);
        let rate = |defective: u32| judge(&json!({
            "plan": { "sample": sample, "defectiveBatchPercent": percent.to_string() },
            "found": { "inspected": inspected, "defective": defective },
        }));
        prop_assert!(found == 0 || rank(&rate(found - 1)) <= rank(&rate(found)));
        let class = |defects: u32| judge(&json!({
            "plan": { "major": { "sampleSize": sample.max(1), "accept": accept, "reject": accept + 1 } },
            "found": { "inspected": inspected, "major": defects },
        }));
        prop_assert!(rank(&class(found)) <= rank(&class(found + 1)));
    }

    #[test]
    fn nothing_hostile_is_more_than_an_issue(text in ".{0,80}", name in "(lots|percent|seed|lotSize|level|aql|plan|found|lot|sample)", number in any::<i64>()) {
        for value in [json!(text), json!(number), json!([text]), json!({ "major": number, "sample": number }), Value::Null] {
            let request = json!({ name.clone(): value });
            let _ = try_spot_check(&request);
            let _ = answer_by(acceptance_plan_of, &request);
            let _ = answer_by(judge_inspection_of, &request);
            let _ = try_detects(&request);
        }
    }
}
