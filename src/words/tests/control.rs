//! The week has words in both languages, with its numbers in them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use std::collections::BTreeSet;

use landfall::check::Named;
use landfall::control::{
    Action, CostPart, Flag, ProblemBatch, RuleCount, State, WeeklyReport, weekly_report_of,
};
use landfall::json;
use landfall::landed_cost::Component;
use landfall::order::SupplierStatus;
use landfall_words::{
    Locale, WeeklyNumber, action, cost_change, cost_part, defect_rate, lead_time, problem_batch,
    weekly_flag, weekly_flag_name, weekly_number, weekly_state,
};
use support::{check_languages, check_sentence, check_words, d};

/// A report of a week of these receipts and orders.
fn report(log: &str) -> WeeklyReport {
    let text = format!(
        r#"{{ "week": {{ "name": "2026-W47", "from": "2026-11-16T00:00:00Z", "to": "2026-11-23T00:00:00Z" }},
            "baseline": {{ "from": "2026-10-01T00:00:00Z", "to": "2026-11-01T00:00:00Z" }}{log} }}"#
    );
    weekly_report_of(&json::read(&text).unwrap()).unwrap()
}

#[test]
fn every_name_differs_from_the_others() {
    for locale in Locale::ALL {
        let mut parts: Vec<CostPart> = vec![CostPart::Price, CostPart::Rate];
        let others = Component::ALL.iter().filter(|of| **of != Component::Goods);
        parts.extend(others.copied().map(CostPart::Component));
        let mut names: Vec<&str> = parts.iter().map(|part| cost_part(locale, *part)).collect();
        names.extend(State::ALL.iter().map(|state| weekly_state(locale, *state)));
        names.extend(Action::ALL.iter().map(|of| action(locale, *of)));
        names.extend(WeeklyNumber::ALL.map(|number| weekly_number(locale, number)));
        names.extend(
            flags()
                .iter()
                .map(|(flag, _)| weekly_flag_name(locale, flag))
                .collect::<BTreeSet<_>>(),
        );
        for name in &names {
            check_words(locale, name);
        }
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}

/// Every flag, and what its sentence must have.
fn flags() -> Vec<(Flag, Vec<&'static str>)> {
    let row = |status| Flag::ConsecutiveDefectiveBatches {
        supplier_id: "yiwu".into(),
        status,
        receipts: vec!["1".into(), "2".into(), "3".into()],
        limit: 2,
    };
    let rise = |part| Flag::CostIncrease {
        order_id: "117".into(),
        percent: d("25.30"),
        limit_percent: d("20"),
        part,
    };
    let asked = |rules| Flag::TooManyEscalations {
        count: 16,
        limit: 5,
        rules,
    };
    let count = |rule: &str, count| RuleCount {
        rule: rule.into(),
        count,
    };
    vec![
        (row(None), vec!["NAME", "3", "2"]),
        (row(Some(SupplierStatus::New)), vec!["NAME", "3", "2"]),
        (
            row(Some(SupplierStatus::Whitelisted)),
            vec!["NAME", "3", "2"],
        ),
        (row(Some(SupplierStatus::Suspended)), vec!["NAME", "3", "2"]),
        (
            Flag::TwoOfFiveDefective {
                supplier_id: "yiwu".into(),
                receipts: vec!["1".into(), "2".into()],
                of: 4,
            },
            vec!["NAME", "2", "4"],
        ),
        (rise(None), vec!["NAME", "25.3", "20"]),
        (rise(Some(CostPart::Price)), vec!["NAME", "25.3", "20"]),
        (asked(vec![]), vec!["16", "5"]),
        (
            asked(vec![count("order-value", 9), count("own-rule", 7)]),
            vec!["16", "5", "9", "own-rule", "7"],
        ),
    ]
}

#[test]
fn every_flag_says_what_it_is_and_what_to_do() {
    let mut seen = BTreeSet::new();
    for (flag, operands) in flags() {
        let sentence = |locale| weekly_flag(locale, &flag, "NAME");
        check_languages(sentence, &operands, check_sentence);
        seen.insert(sentence(Locale::En));
    }
    // A supplier that isn't suspended is told of in one way, whatever it is.
    assert_eq!(seen.len(), flags().len() - 2);
    let value = weekly_flag(Locale::En, &flags()[8].0, "");
    assert!(value.contains("Order value (9), own-rule (7)"), "{value}");
}

#[test]
fn the_numbers_of_a_week_without_anything_say_so() {
    let report = report("");
    check_languages(
        |locale| defect_rate(locale, &report.defects),
        &[],
        check_sentence,
    );
    check_languages(
        |locale| lead_time(locale, &report.lead_time),
        &[],
        check_sentence,
    );
    check_languages(
        |locale| cost_change(locale, "USD", &report.cost),
        &[],
        check_sentence,
    );
}

#[test]
fn a_rate_of_defects_has_its_units_and_its_limit() {
    let receipts = r#", "receipts": [{ "id": "1", "orderId": "1", "receivedAt": "2026-11-18T08:00:00Z",
        "lots": [{ "inspected": 1250, "defective": 35 }] }]"#;
    let rate = report(receipts).defects;
    check_languages(
        |locale| defect_rate(locale, &rate),
        &["2.8", "1,250", "35", "3"],
        check_sentence,
    );
    let english = defect_rate(Locale::En, &rate);
    let expected =
        "2.8\u{a0}% of 1,250\u{a0}units inspected were defective (35); normal is up to 3\u{a0}%.";
    assert_eq!(english, expected);
}

#[test]
fn lead_times_are_late_early_or_on_time() {
    for (expected_on, said) in [
        (
            &["2026-11-16", "2026-11-13"][..],
            "Orders arrived 3.5\u{a0}days late on average, the worst 5\u{a0}days late; normal is up to 2\u{a0}days late.",
        ),
        (
            &["2026-11-19"],
            "Orders arrived 1\u{a0}day early on average, none was late; normal is up to 2\u{a0}days late.",
        ),
        (
            &["2026-11-20", "2026-11-16"],
            "Orders arrived on their day on average, the worst 2\u{a0}days late; normal is up to 2\u{a0}days late.",
        ),
    ] {
        let join = |of: &dyn Fn(usize, &str) -> String| {
            let entries = expected_on.iter().enumerate();
            entries
                .map(|(index, day)| of(index, day))
                .collect::<Vec<_>>()
                .join(",")
        };
        let orders =
            join(&|index, day| format!(r#"{{ "id": "{index}", "expectedDelivery": "{day}" }}"#));
        let receipts = join(&|index, _| {
            format!(
                r#"{{ "id": "{index}", "orderId": "{index}", "receivedAt": "2026-11-18T08:00:00Z" }}"#
            )
        });
        let times = report(&format!(
            r#", "orders": [{orders}], "receipts": [{receipts}]"#
        ))
        .lead_time;
        assert_eq!(lead_time(Locale::En, &times), said);
        check_languages(|locale| lead_time(locale, &times), &[], check_sentence);
    }
}

#[test]
fn a_change_of_cost_is_a_rise_a_fall_or_none() {
    let cost = |before: &str, now: &str| {
        let order = |id: &str, goods: &str| {
            format!(
                r#"{{ "id": "{id}", "lines": [{{ "sku": "MUG", "quantity": 1, "unitPriceCny": "7",
                    "cost": {{ "goods": "{goods}" }} }}] }}"#
            )
        };
        let receipt = |id: &str, at: &str| {
            format!(r#"{{ "id": "{id}", "orderId": "{id}", "receivedAt": "{at}" }}"#)
        };
        report(&format!(
            r#", "orders": [{}, {}], "receipts": [{}, {}]"#,
            order("before", before),
            order("now", now),
            receipt("before", "2026-10-12T08:00:00Z"),
            receipt("now", "2026-11-18T08:00:00Z"),
        ))
        .cost
    };
    for (before, now, operands) in [
        (
            "200",
            "250.5",
            &[
                "25.25",
                "USD\u{a0}250.50",
                "USD\u{a0}200.00",
                "USD\u{a0}50.50",
                "10",
            ][..],
        ),
        (
            "200",
            "150",
            &[
                "25",
                "USD\u{a0}150.00",
                "USD\u{a0}200.00",
                "USD\u{a0}50.00",
                "10",
            ],
        ),
        ("200", "200", &["USD\u{a0}200.00", "10"]),
        ("0", "3", &["USD\u{a0}3.00"]),
    ] {
        let cost = cost(before, now);
        check_languages(
            |locale| cost_change(locale, "USD", &cost),
            operands,
            check_sentence,
        );
        assert!(!cost_change(Locale::En, "USD", &cost).contains('-'));
    }
}

#[test]
fn a_problem_batch_says_why_it_is_one() {
    let receipts = r#", "receipts": [
        { "id": "1", "orderId": "1", "receivedAt": "2026-11-18T08:00:00Z", "isRejected": true },
        { "id": "2", "orderId": "1", "receivedAt": "2026-11-18T08:00:00Z",
          "lots": [{ "inspected": 80, "defective": 2, "passed": false }] },
        { "id": "3", "orderId": "1", "receivedAt": "2026-11-18T08:00:00Z",
          "lots": [{ "inspected": 80, "defective": 9 }] }]"#;
    let problems: Vec<ProblemBatch> = report(receipts).problem_batches;
    for (problem, operands) in
        problems
            .iter()
            .zip([&[][..], &["80", "2", "2.5"], &["80", "9", "11.25", "7.5"]])
    {
        check_languages(
            |locale| problem_batch(locale, problem, d("7.50")),
            operands,
            check_sentence,
        );
    }
    assert_eq!(problems.len(), 3);
}
