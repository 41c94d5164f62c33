//! The week as the owner reads it: its three numbers, its red flags, and what is refused.
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

use chrono::NaiveDate;
use landfall::control::{
    IsoWeek, WeeklyReportRequest, suspensions, weekly_report, weekly_report_of,
};
use landfall::json;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use support::{answer_by, config, examples};

/// The week from Monday, 16 November 2026, in UTC, against October.
fn request(log: Value) -> Value {
    let mut request = json!({
        "week": { "name": "2026-W47", "from": "2026-11-16T00:00:00Z", "to": "2026-11-23T00:00:00Z" },
        "baseline": { "from": "2026-10-01T00:00:00Z", "to": "2026-11-01T00:00:00Z" },
    });
    let Value::Object(fields) = log else { panic!() };
    request.as_object_mut().unwrap().extend(fields);
    request
}

#[track_caller]
fn report_of(request: &Value) -> Value {
    answer_by(weekly_report_of, request).unwrap()
}

#[track_caller]
fn report(log: Value) -> Value {
    report_of(&request(log))
}

/// A receipt of a supplier on a day of November, with units inspected and defective.
fn batch(id: &str, supplier: &str, day: u32, inspected: u32, defective: u32) -> Value {
    json!({
        "id": id, "orderId": format!("of {id}"), "supplierId": supplier,
        "receivedAt": format!("2026-11-{day:02}T08:00:00Z"),
        "lots": [{ "inspected": inspected, "defective": defective }],
    })
}

/// An order of one article.
fn order(id: &str, sku: &str, quantity: u64, price: &str, cost: Value) -> Value {
    json!({
        "id": id,
        "lines": [{ "sku": sku, "quantity": quantity, "unitPriceCny": price, "cost": cost }],
    })
}

fn received(order: &str, at: &str) -> Value {
    json!({ "id": format!("{order} {at}"), "orderId": order, "receivedAt": at })
}

const OCTOBER: &str = "2026-10-12T08:00:00Z";
const NOVEMBER: &str = "2026-11-18T08:00:00Z";

/// An order of October and one of the week, both of the same article.
fn compared(before: Value, now: Value) -> Value {
    json!({
        "orders": [before, now],
        "receipts": [received("before", OCTOBER), received("now", NOVEMBER)],
    })
}

/// The flags of a report, by name.
fn flags(report: &Value) -> Vec<&str> {
    let flags = report["redFlags"].as_array().unwrap().iter();
    flags.map(|flag| flag["flag"].as_str().unwrap()).collect()
}

#[test]
fn the_examples_hold() {
    for (file, example) in examples("weekly-report") {
        let report = answer_by(weekly_report_of, &example["request"]);
        assert_eq!(report.unwrap(), example["expected"], "{file}");
    }
}

#[test]
fn weeks_begin_on_monday_and_belong_to_the_year_of_their_thursday() {
    for (day, week) in [
        ("2020-12-31", "2020-W53"),
        ("2021-01-03", "2020-W53"),
        ("2021-01-04", "2021-W01"),
        ("2024-12-29", "2024-W52"),
        ("2024-12-30", "2025-W01"),
        ("2026-01-01", "2026-W01"),
        ("2026-11-22", "2026-W47"),
        ("2026-12-28", "2026-W53"),
        ("2027-01-03", "2026-W53"),
        ("2027-01-04", "2027-W01"),
    ] {
        let date: NaiveDate = day.parse().unwrap();
        let of_day = IsoWeek::of(date);
        assert_eq!(of_day.to_string(), week, "{day}");
        assert_eq!(IsoWeek::parse(week), Some(of_day));
        assert!(of_day.monday() <= date && date <= of_day.sunday());
        assert_eq!(of_day.next().before(1), of_day);
    }
    let before = |week: &str| {
        let (from, to) = IsoWeek::parse(week).unwrap().month_before();
        (from.to_string(), to.to_string())
    };
    let month = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(before("2026-W47"), month("2026-10-01", "2026-11-01"));
    assert_eq!(before("2026-W53"), month("2026-11-01", "2026-12-01"));
    assert_eq!(before("2027-W01"), month("2026-12-01", "2027-01-01"));
    // Its Monday is 29 December, its month that of 2024's November.
    assert_eq!(before("2025-W01"), month("2024-11-01", "2024-12-01"));
}

#[test]
fn what_is_no_week_is_none() {
    for text in [
        "",
        "-W",
        "2026",
        "2026-W",
        "2026-W00",
        "2026-W54",
        "2025-W53",
        "2026-W7",
        "2026-w47",
        "2026-W047",
        "+026-W47",
        "2026-W+1",
        "２０２６-W47",
        "2026-W47 ",
        "2026W47",
        "12026-W01",
        "2026-W-1",
        "2026-W4\u{0}",
        "\u{1F4C5}-W01",
    ] {
        assert_eq!(IsoWeek::parse(text), None, "{text}");
    }
}

#[test]
fn a_week_without_anything_has_no_data_and_no_flag() {
    let report = report(json!({}));
    for number in ["defects", "leadTime", "cost"] {
        assert_eq!(report[number]["state"], "noData", "{number}");
    }
    assert_eq!(report["defects"]["percent"], Value::Null);
    assert_eq!(report["leadTime"]["meanDays"], Value::Null);
    assert_eq!(report["leadTime"]["worstDays"], Value::Null);
    assert_eq!(report["cost"]["percent"], Value::Null);
    assert_eq!(report["cost"]["meanPerOrder"], Value::Null);
    assert_eq!(report["cost"]["baselineMeanPerOrder"], Value::Null);
    assert_eq!(report["redFlags"], json!([]));
    assert_eq!(
        report["placed"],
        json!({ "orders": [], "total": "0.00", "withoutTotal": 0 })
    );
    assert_eq!(report["firstDay"], "2026-11-16");
    assert_eq!(report["lastDay"], "2026-11-22");
    assert_eq!(report["baselineMonth"], "2026-10");
}

#[test]
fn a_month_without_orders_leaves_lines_without_a_baseline() {
    let mut now = order("now", "MUG", 10, "5", json!({ "goods": "8.00" }));
    now["landedTotal"] = json!("8.00");
    let report = report(json!({ "orders": [now], "receipts": [received("now", NOVEMBER)] }));
    assert_eq!(report["cost"]["state"], "noData");
    let line = json!([{ "orderId": "now", "sku": "MUG" }]);
    assert_eq!(report["cost"]["withoutBaseline"], line);
    assert_eq!(report["cost"]["lines"], json!([]));
    assert_eq!(report["cost"]["meanPerOrder"], "8.00");
    assert_eq!(report["cost"]["baselineMeanPerOrder"], Value::Null);
}

#[test]
fn a_rate_stands_to_its_limit_exactly() {
    // Of 3 %: normal up to it, to be watched up to 4.5 %.
    for (inspected, defective, percent, state) in [
        (1_000, 0, "0.00", "normal"),
        (1_000, 30, "3.00", "normal"),
        (1_000_000, 30_001, "3.00", "watch"),
        (1_000, 45, "4.50", "watch"),
        (1_000_000, 45_001, "4.50", "outOfRange"),
        (3, 1, "33.33", "outOfRange"),
    ] {
        let receipts = json!([batch("1", "yiwu", 18, inspected, defective)]);
        let defects = &report(json!({ "receipts": receipts }))["defects"];
        assert_eq!(defects["percent"], percent, "{defective} of {inspected}");
        assert_eq!(defects["state"], state, "{defective} of {inspected}");
    }
    // A limit of 0 has nothing between normal and out of range.
    let policy = json!({ "control": { "normal": { "defectRatePercent": "0" } } });
    for (defective, state) in [(0, "normal"), (1, "outOfRange")] {
        let receipts = json!([batch("1", "yiwu", 18, 1_000_000, defective)]);
        let log = json!({ "policy": policy, "receipts": receipts });
        assert_eq!(report(log)["defects"]["state"], state);
    }
}

#[test]
fn a_batch_is_defective_by_its_lots_its_rate_or_its_rejection() {
    let lots = |lots: Value| json!({ "lots": lots });
    for (of, is_defective, has_failed) in [
        (lots(json!([])), Value::Null, None),
        (
            lots(json!([{ "inspected": 0, "defective": 0 }])),
            Value::Null,
            None,
        ),
        (
            lots(json!([{ "inspected": 100, "defective": 5 }])),
            json!(false),
            None,
        ),
        (
            lots(json!([{ "inspected": 1_000, "defective": 51 }])),
            json!(true),
            Some(false),
        ),
        // The rate is that of the batch, not of its worst lot.
        (
            lots(json!([
                { "inspected": 50, "defective": 5 }, { "inspected": 50, "defective": 0 }
            ])),
            json!(false),
            None,
        ),
        (
            lots(json!([{ "inspected": 100, "defective": 1, "passed": false }])),
            json!(true),
            Some(true),
        ),
        (
            lots(json!([{ "inspected": 100, "defective": 6, "passed": true }])),
            json!(true),
            Some(false),
        ),
        (
            lots(json!([{ "inspected": 0, "defective": 0, "passed": true }])),
            json!(false),
            None,
        ),
        (json!({ "isRejected": true }), json!(true), Some(true)),
    ] {
        let mut receipt = json!({ "id": "1", "orderId": "1", "receivedAt": NOVEMBER });
        receipt
            .as_object_mut()
            .unwrap()
            .extend(of.as_object().unwrap().clone());
        let report = report(json!({ "receipts": [receipt] }));
        assert_eq!(
            report["defects"]["batches"][0]["isDefective"], is_defective,
            "{of}"
        );
        assert_eq!(
            report["problemBatches"][0]["hasFailed"].as_bool(),
            has_failed,
            "{of}"
        );
    }
}

#[test]
fn the_first_instant_belongs_to_a_week_and_the_one_after_it_does_not() {
    let receipts = |at: &str| json!([received("1", at)]);
    for (at, is_inside) in [
        ("2026-11-15T23:59:59Z", false),
        ("2026-11-16T00:00:00Z", true),
        ("2026-11-22T23:59:59Z", true),
        ("2026-11-23T00:00:00Z", false),
    ] {
        let log = json!({
            "orders": [{ "id": "1", "placedAt": at, "landedTotal": "10" }],
            "receipts": receipts(at),
            "escalations": [{ "id": "e", "raisedAt": at }],
        });
        let report = report(log);
        let is_in = |list: &Value| !list.as_array().unwrap().is_empty();
        assert_eq!(is_in(&report["defects"]["batches"]), is_inside, "{at}");
        assert_eq!(is_in(&report["leadTime"]["orders"]), is_inside, "{at}");
        assert_eq!(is_in(&report["placed"]["orders"]), is_inside, "{at}");
        assert_eq!(is_in(&report["escalations"]), is_inside, "{at}");
        assert_eq!(
            report["cost"]["meanPerOrder"] != Value::Null,
            is_inside,
            "{at}"
        );
    }
    // The same of the month.
    for (at, is_inside) in [
        ("2026-09-30T23:59:59Z", false),
        ("2026-10-01T00:00:00Z", true),
        ("2026-10-31T23:59:59Z", true),
        ("2026-11-01T00:00:00Z", false),
    ] {
        let cost = json!({ "goods": "10.00" });
        let mut log = compared(
            order("before", "MUG", 1, "7", cost.clone()),
            order("now", "MUG", 1, "7", cost),
        );
        log["receipts"][0] = received("before", at);
        let compared = report(log)["cost"]["percent"] != Value::Null;
        assert_eq!(compared, is_inside, "{at}");
    }
}

#[test]
fn an_order_that_comes_in_parts_costs_once_and_takes_until_its_last_part() {
    let cost = json!({ "goods": "10.00" });
    let log = |receipts: Value| {
        let mut order = order("1", "MUG", 1, "7", cost.clone());
        order["placedAt"] = json!("2026-11-01T09:00:00Z");
        order["expectedDelivery"] = json!("2026-11-16");
        order["landedTotal"] = json!("10.00");
        json!({ "orders": [order], "receipts": receipts })
    };
    let parts = json!([
        received("1", "2026-11-17T09:00:00Z"),
        received("1", "2026-11-20T09:00:00Z"),
        received("1", "2026-11-24T09:00:00Z"),
    ]);
    let found = report(log(parts));
    let lead_time = json!([
        { "orderId": "1", "plannedDays": 15, "actualDays": 19, "overDays": 4 }
    ]);
    assert_eq!(found["leadTime"]["orders"], lead_time);
    assert_eq!(found["cost"]["meanPerOrder"], "10.00");
    assert_eq!(found["leadTime"]["overdue"], json!([]));
    // The rest of an order of which something came before is no cost of this week.
    let rest = json!([
        received("1", "2026-11-13T09:00:00Z"),
        received("1", "2026-11-20T09:00:00Z"),
    ]);
    let found = report(log(rest));
    assert_eq!(found["leadTime"]["orders"][0]["overDays"], 4);
    assert_eq!(found["cost"]["meanPerOrder"], Value::Null);
    assert_eq!(found["cost"]["withoutBaseline"], json!([]));
}

#[test]
fn orders_late_early_and_overdue() {
    let order = |id: &str, expected: &str| json!({ "id": id, "placedAt": "2026-11-01T09:00:00Z", "expectedDelivery": expected });
    let late = json!({
        "orders": [order("a", "2026-11-15"), order("b", "2026-11-14"), order("c", "2026-11-17")],
        "receipts": [
            received("a", NOVEMBER), received("b", NOVEMBER), received("c", NOVEMBER),
            received("nobody's", NOVEMBER),
        ],
    });
    let times = &report(late)["leadTime"];
    assert_eq!(times["meanDays"], "2.7");
    assert_eq!(times["worstDays"], 4);
    assert_eq!(times["state"], "watch");
    let ids: Vec<&Value> = times["orders"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| &of["orderId"])
        .collect();
    assert_eq!(ids, ["b", "a", "c"]);

    let early = json!({
        "orders": [order("a", "2026-11-25"), order("b", "2026-11-18"), { "id": "c" }],
        "receipts": [received("a", NOVEMBER), received("b", NOVEMBER), received("c", NOVEMBER)],
    });
    let times = &report(early)["leadTime"];
    assert_eq!(times["meanDays"], "-3.5");
    assert_eq!(times["worstDays"], 0);
    assert_eq!(times["state"], "normal");
    let unplanned = json!({
        "orderId": "c", "plannedDays": null, "actualDays": null, "overDays": null
    });
    assert_eq!(times["orders"][2], unplanned);

    let mut placed_later = order("later", "2026-11-20");
    placed_later["placedAt"] = json!("2026-11-24T09:00:00Z");
    let mut closed = order("closed", "2026-11-10");
    closed["isClosed"] = json!(true);
    let overdue = json!({
        "orders": [
            order("sunday", "2026-11-22"), order("monday", "2026-11-23"),
            order("old", "2026-11-02"), order("after", "2026-11-18"), placed_later, closed,
        ],
        "receipts": [received("after", "2026-11-25T09:00:00Z")],
    });
    let times = &report(overdue)["leadTime"];
    let expected = json!([
        { "orderId": "old", "expectedDelivery": "2026-11-02", "days": 21 },
        { "orderId": "after", "expectedDelivery": "2026-11-18", "days": 5 },
        { "orderId": "sunday", "expectedDelivery": "2026-11-22", "days": 1 },
    ]);
    assert_eq!(times["overdue"], expected);
    assert_eq!(times["state"], "noData");
}

#[test]
fn days_are_those_of_the_owner() {
    // Late on Sunday evening in New York is Monday in UTC.
    let log = json!({
        "orders": [{
            "id": "1", "placedAt": "2026-11-02T03:00:00Z", "placedOn": "2026-11-01",
            "expectedDelivery": "2026-11-17"
        }],
        "receipts": [{
            "id": "1", "orderId": "1",
            "receivedAt": "2026-11-18T04:30:00Z", "receivedOn": "2026-11-17"
        }],
    });
    let mut request = request(log);
    request["week"]["from"] = json!("2026-11-16T05:00:00Z");
    request["week"]["to"] = json!("2026-11-23T05:00:00Z");
    request["baseline"]["from"] = json!("2026-10-01T04:00:00Z");
    request["baseline"]["to"] = json!("2026-11-01T04:00:00Z");
    let lead_time = &report_of(&request)["leadTime"]["orders"][0];
    let expected = json!({ "orderId": "1", "plannedDays": 16, "actualDays": 16, "overDays": 0 });
    assert_eq!(*lead_time, expected);
}

#[test]
fn a_change_of_cost_is_split_by_what_moved() {
    // October: 100 mugs at CNY 7.00, 7 to the dollar. Now 10 at CNY 7.70 and 6.5 to the dollar.
    let before =
        json!({ "goods": "100.00", "internationalShipping": "50.00", "importDuty": "10.00" });
    let now = json!({ "goods": "11.85", "internationalShipping": "4.00", "vat": "1.00", "importDuty": "1.00" });
    let log = compared(
        order("before", "MUG", 100, "7.00", before),
        order("now", "MUG", 10, "7.70", now),
    );
    let cost = &report(log)["cost"];
    assert_eq!(cost["amount"], "17.85");
    assert_eq!(cost["baselineAmount"], "16.00");
    assert_eq!(cost["change"], "1.85");
    assert_eq!(cost["percent"], "11.56");
    assert_eq!(cost["state"], "watch");
    let parts = json!([
        { "part": "price", "change": "1.00" },
        { "part": "rate", "change": "0.85" },
        { "part": "internationalShipping", "change": "-1.00" },
        { "part": "vat", "change": "1.00" },
    ]);
    assert_eq!(cost["parts"], parts);
    assert_eq!(cost["lines"][0]["parts"], parts);
    assert_eq!(cost["lines"][0]["quantity"], 10);
}

#[test]
fn a_month_is_weighed_by_units_and_counts_every_line() {
    let cost = |goods: &str| json!({ "goods": goods });
    let two = json!({
        "id": "before",
        "lines": [
            { "sku": "MUG", "quantity": 90, "unitPriceCny": "7", "cost": cost("90.00") },
            { "sku": "MUG", "quantity": 10, "unitPriceCny": "14", "cost": cost("20.00") },
            { "sku": "MUG", "quantity": 50, "unitPriceCny": "14" },
        ],
    });
    let log = compared(two, order("now", "MUG", 100, "7.70", cost("110.00")));
    let cost = &report(log)["cost"];
    assert_eq!(cost["baselineAmount"], "110.00");
    assert_eq!(cost["state"], "normal");
    assert_eq!(cost["parts"], json!([]));
}

#[test]
fn what_cost_nothing_before_has_no_rate_or_no_percentage() {
    // Goods for nothing, but freight: all of the goods' change is price.
    let log = compared(
        order(
            "before",
            "MUG",
            10,
            "0",
            json!({ "internationalShipping": "10.00" }),
        ),
        order(
            "now",
            "MUG",
            10,
            "7",
            json!({ "goods": "10.00", "internationalShipping": "10.00" }),
        ),
    );
    let found = report(log);
    assert_eq!(
        found["cost"]["parts"],
        json!([{ "part": "price", "change": "10.00" }])
    );
    assert_eq!(found["cost"]["percent"], "100.00");
    assert_eq!(flags(&found), ["costIncrease"]);
    // Nothing at all: no percentage of it can be given.
    let log = compared(
        order("before", "MUG", 10, "0", json!({})),
        order("now", "MUG", 10, "7", json!({ "goods": "10.00" })),
    );
    let found = report(log);
    assert_eq!(found["cost"]["change"], "10.00");
    assert_eq!(found["cost"]["percent"], Value::Null);
    assert_eq!(found["cost"]["state"], "noData");
    assert_eq!(flags(&found), Vec::<&str>::new());
}

#[test]
fn a_fall_is_held_against_the_same_limit() {
    for (goods, percent, state) in [
        ("90.00", "-10.00", "normal"),
        ("85.00", "-15.00", "watch"),
        ("84.99", "-15.01", "outOfRange"),
        ("100.00", "0.00", "normal"),
        ("110.00", "10.00", "normal"),
        ("110.01", "10.01", "watch"),
    ] {
        let log = compared(
            order("before", "MUG", 10, "7", json!({ "goods": "100.00" })),
            order("now", "MUG", 10, "7", json!({ "goods": goods })),
        );
        let cost = &report(log)["cost"];
        assert_eq!(cost["percent"], percent, "{goods}");
        assert_eq!(cost["state"], state, "{goods}");
    }
}

#[test]
fn currencies_have_their_own_decimals() {
    for (currency, before, now, change) in [
        ("JPY", "1000", "1501", "501"),
        ("KWD", "1.000", "1.501", "0.501"),
        // Finer than a yen is rounded to one.
        ("JPY", "999.5", "1500.5", "501"),
    ] {
        let mut log = compared(
            order("before", "MUG", 2, "7", json!({ "goods": before })),
            order("now", "MUG", 2, "7", json!({ "goods": now })),
        );
        log["policy"] = json!({ "homeCurrency": currency });
        let report = report(log);
        assert_eq!(report["cost"]["change"], change, "{currency}");
        assert_eq!(report["homeCurrency"], currency);
    }
}

#[test]
fn lines_that_cannot_be_compared_are_named() {
    let mut log = compared(
        order("before", "MUG", 10, "7", json!({ "goods": "10.00" })),
        json!({ "id": "now", "lines": [
            { "sku": "MUG", "quantity": 1, "unitPriceCny": "7" },
            { "sku": "CUP", "quantity": 1, "unitPriceCny": "7", "cost": { "goods": "1" } },
        ] }),
    );
    log["receipts"]
        .as_array_mut()
        .unwrap()
        .push(received("unknown", NOVEMBER));
    let cost = &report(log)["cost"];
    assert_eq!(
        cost["withoutCost"],
        json!([{ "orderId": "now", "sku": "MUG" }])
    );
    assert_eq!(
        cost["withoutBaseline"],
        json!([{ "orderId": "now", "sku": "CUP" }])
    );
    assert_eq!(cost["state"], "noData");
}

#[test]
fn a_rise_of_an_order_is_a_flag_unless_it_was_approved() {
    let log = |goods: &str, is_approved: bool| {
        let mut now = order(
            "now",
            "MUG",
            10,
            "7",
            json!({ "goods": "100.00", "vat": goods }),
        );
        now["hasApprovedChange"] = json!(is_approved);
        compared(
            order("before", "MUG", 10, "7", json!({ "goods": "100.00" })),
            now,
        )
    };
    assert_eq!(flags(&report(log("20.00", false))), Vec::<&str>::new());
    assert_eq!(flags(&report(log("20.01", true))), Vec::<&str>::new());
    let flag = json!([{
        "flag": "costIncrease", "orderId": "now", "percent": "20.01", "limitPercent": "20", "part": "vat",
    }]);
    assert_eq!(report(log("20.01", false))["redFlags"], flag);
}

#[test]
fn two_in_a_row_and_two_of_five_are_both_told() {
    let suppliers = json!([{ "id": "yiwu", "status": "whitelisted" }]);
    // Good and bad batches in turn, the day, and what that raises.
    let row = "consecutiveDefectiveBatches";
    let five = "twoOfFiveDefective";
    for (batches, expected) in [
        ("18:bad", vec![]),
        ("18:good", vec![]),
        ("10:bad 18:bad", vec![row, five]),
        ("10:bad 12:good 18:bad", vec![five]),
        ("10:bad 11:good 12:bad 13:good 18:bad", vec![five]),
        ("10:bad 11:good 12:good 13:good 18:bad", vec![five]),
        ("09:bad 10:good 11:good 12:good 13:good 18:bad", vec![]),
        // What happened before the week was told then.
        ("10:bad 11:bad 18:good", vec![]),
        ("10:bad 11:bad", vec![]),
        // What happened in it is told, whatever came after.
        ("16:bad 17:bad 18:good", vec![row, five]),
        ("09:bad 10:bad 18:bad", vec![row, five]),
        // Nobody looked at what came between.
        ("10:bad 12:unseen 18:bad", vec![row, five]),
        ("10:bad 18:unseen", vec![]),
        // What comes after the week isn't known in it.
        ("18:bad 24:bad", vec![]),
    ] {
        let receipts: Vec<Value> = batches
            .split(' ')
            .map(|batch_on| {
                let (day, kind) = batch_on.split_once(':').unwrap();
                let (inspected, defective) = match kind {
                    "bad" => (100, 6),
                    "good" => (100, 5),
                    _ => (0, 0),
                };
                batch(day, "yiwu", day.parse().unwrap(), inspected, defective)
            })
            .collect();
        let found = report(json!({ "receipts": receipts, "suppliers": suppliers }));
        assert_eq!(flags(&found), expected, "{batches}");
    }
}

#[test]
fn flags_name_the_batches_and_how_far_the_supplier_is_trusted() {
    let receipts: Vec<Value> = [(9, 0), (10, 9), (12, 9), (18, 9)]
        .into_iter()
        .map(|(day, defective)| batch(&day.to_string(), "yiwu", day, 100, defective))
        .collect();
    let suppliers = json!([{ "id": "yiwu", "status": "suspended" }]);
    let found = report(json!({ "receipts": receipts, "suppliers": suppliers }));
    let expected = json!([
        {
            "flag": "consecutiveDefectiveBatches", "supplierId": "yiwu", "status": "suspended",
            "receipts": ["10", "12", "18"], "limit": 2,
        },
        {
            "flag": "twoOfFiveDefective", "supplierId": "yiwu", "receipts": ["10", "12", "18"], "of": 4,
        },
    ]);
    assert_eq!(found["redFlags"], expected);
    let policy = json!({ "control": { "consecutiveDefectiveBatches": 4 } });
    let found = report(json!({ "receipts": receipts, "policy": policy }));
    assert_eq!(flags(&found), ["twoOfFiveDefective"]);
}

#[test]
fn the_supplier_of_a_batch_is_its_own_or_that_of_its_order() {
    let mut receipts = vec![batch("1", "", 17, 100, 9), batch("2", "", 18, 100, 9)];
    for receipt in &mut receipts {
        receipt.as_object_mut().unwrap().remove("supplierId");
    }
    // Without a supplier nobody can be suspended.
    assert_eq!(
        flags(&report(json!({ "receipts": receipts }))),
        Vec::<&str>::new()
    );
    let orders =
        json!([{ "id": "of 1", "supplierId": "yiwu" }, { "id": "of 2", "supplierId": "yiwu" }]);
    let found = report(json!({ "receipts": receipts, "orders": orders }));
    assert_eq!(found["redFlags"][0]["supplierId"], "yiwu");
    assert_eq!(found["redFlags"][0]["status"], Value::Null);
    assert_eq!(found["defects"]["batches"][1]["supplierId"], "yiwu");
}

#[test]
fn batches_before_a_suspension_was_taken_back_do_not_count_again() {
    let receipts = [
        batch("1", "yiwu", 16, 100, 9),
        batch("2", "yiwu", 18, 100, 9),
    ];
    for (reinstated_at, count) in [
        ("2026-11-16T07:59:59Z", 2),
        ("2026-11-16T08:00:00Z", 0),
        ("2026-11-20T00:00:00Z", 0),
        // Taken back after the week: its report says what was.
        ("2026-11-25T00:00:00Z", 2),
    ] {
        let log = request(json!({
            "receipts": receipts,
            "suppliers": [{ "id": "yiwu", "status": "whitelisted", "reinstatedAt": reinstated_at }],
        }));
        assert_eq!(flags(&report_of(&log)).len(), count, "{reinstated_at}");
    }
}

#[test]
fn the_rules_suspend_whose_last_batches_are_defective() {
    let suspended = |batches: &[(u32, u32)], status: &str, reinstated: Option<&str>| {
        let receipts: Vec<Value> = batches
            .iter()
            .map(|(day, defective)| batch(&day.to_string(), "yiwu", *day, 100, *defective))
            .collect();
        let mut supplier = json!({ "id": "yiwu", "status": status });
        if let Some(at) = reinstated {
            supplier["reinstatedAt"] = json!(at);
        }
        let log = request(json!({ "receipts": receipts, "suppliers": [supplier] }));
        let text = log.to_string();
        let request = WeeklyReportRequest::check(&json::read(&text).unwrap()).unwrap();
        let found = suspensions(&request.policy, &request.log);
        found
            .into_iter()
            .flat_map(|of| of.receipts)
            .map(|id| id.to_string())
            .collect::<Vec<_>>()
    };
    let bad = [(10, 9), (12, 9)];
    assert_eq!(suspended(&bad, "whitelisted", None), ["10", "12"]);
    assert_eq!(suspended(&bad, "new", None), ["10", "12"]);
    assert!(suspended(&bad, "suspended", None).is_empty());
    assert!(suspended(&[(12, 9)], "whitelisted", None).is_empty());
    assert!(suspended(&[(10, 9), (12, 9), (14, 0)], "whitelisted", None).is_empty());
    assert_eq!(
        suspended(&[(9, 0), (12, 9), (14, 9)], "whitelisted", None),
        ["12", "14"]
    );
    assert!(suspended(&bad, "whitelisted", Some("2026-11-11T00:00:00Z")).is_empty());
}

#[test]
fn escalations_above_the_limit_point_at_the_rules_that_asked() {
    let escalations = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|index| {
                let rules = match index {
                    0 | 1 => json!(["order-value", "price-increase", "order-value"]),
                    2 => json!(["price-increase", "agreed-price-range"]),
                    3 => json!(["order-value"]),
                    _ => json!([]),
                };
                json!({
                    "id": format!("e{index}"), "rules": rules,
                    "raisedAt": format!("2026-11-1{}T09:00:00Z", 9 - index),
                })
            })
            .map(|mut escalation| {
                if escalation["id"] == "e0" {
                    escalation["resolvedAt"] = json!("2026-11-20T10:00:00Z");
                }
                escalation
            })
            .collect()
    };
    // From the 16th to the 19th there are four; the limit is one of them fewer.
    let policy = json!({ "control": { "escalationsPerWeek": 3 } });
    let found = report(json!({ "policy": policy, "escalations": escalations(5) }));
    assert_eq!(found["escalations"], json!(["e3", "e2", "e1", "e0"]));
    assert_eq!(found["openEscalations"], 3);
    let flag = json!([{
        "flag": "tooManyEscalations", "count": 4, "limit": 3,
        "rules": [
            { "rule": "order-value", "count": 3 },
            { "rule": "price-increase", "count": 3 },
            { "rule": "agreed-price-range", "count": 1 },
        ],
    }]);
    assert_eq!(found["redFlags"], flag);
    let policy = json!({ "control": { "escalationsPerWeek": 4 } });
    let found = report(json!({ "policy": policy, "escalations": escalations(5) }));
    assert_eq!(flags(&found), Vec::<&str>::new());
}

#[test]
fn placed_orders_are_listed_by_their_time_or_their_day() {
    let log = json!({ "orders": [
        { "id": "c", "placedAt": "2026-11-18T09:00:00Z", "landedTotal": "10.50" },
        { "id": "b", "placedOn": "2026-11-17", "landedTotal": "1" },
        { "id": "a", "placedAt": "2026-11-18T09:00:00Z" },
        { "id": "d", "placedOn": "2026-11-23", "landedTotal": "99" },
        { "id": "e", "landedTotal": "99" },
    ] });
    let expected = json!({ "orders": ["b", "a", "c"], "total": "11.50", "withoutTotal": 1 });
    assert_eq!(report(log)["placed"], expected);
}

/// The issues of a request: their paths with their codes.
fn refused(request: &Value) -> Vec<String> {
    let issues = answer_by(weekly_report_of, request).unwrap_err();
    let line = |issue| {
        let issue = serde_json::to_value(issue).unwrap();
        let text = |name: &str| issue[name].as_str().unwrap().to_owned();
        format!("{} {}", text("path"), text("code"))
    };
    issues.iter().map(line).collect()
}

#[test]
fn everything_wrong_is_told_at_once() {
    let wrong = request(json!({
        "orders": [
            { "id": "1", "lines": [{ "sku": "", "quantity": 0, "unitPriceCny": "-1", "cost": { "good": "1" } }] },
            { "id": "2" }, { "id": "2" }, { "placedAt": "yesterday" },
        ],
        "receipts": [{ "id": "1", "orderId": "1", "receivedAt": "2026-11-16T00:00:00Z",
            "lots": [{ "inspected": 5, "defective": 6 }] }],
        "escalations": [{ "id": "1", "raisedAt": "2026-11-16T00:00:00Z", "resolvedAt": "2026-11-15T00:00:00Z" }],
        "suppliers": [{ "id": "1", "status": "trusted" }],
        "notes": "",
    }));
    assert_eq!(
        refused(&wrong),
        [
            "notes unknownField",
            "orders[0].lines[0].sku empty",
            "orders[0].lines[0].quantity outOfRange",
            "orders[0].lines[0].unitPriceCny notDecimal",
            "orders[0].lines[0].cost.good unknownField",
            "orders[2].id notAllowedHere",
            "orders[3].id required",
            "orders[3].placedAt badInstant",
            "receipts[0].lots[0].defective outOfRange",
            "escalations[0].resolvedAt earlierThan",
            "suppliers[0].status unknownValue",
        ]
    );
    let many = json!({ "receipts": vec![json!({}); 100_001] });
    assert_eq!(refused(&request(many)), ["receipts tooMany"]);
    assert_eq!(refused(&json!({})), ["week required", "baseline required"]);
}

#[test]
fn bounds_are_those_of_the_week_in_some_zone() {
    let with = |path: &str, value: &str| {
        let mut request = request(json!({}));
        *request.pointer_mut(path).unwrap() = json!(value);
        request
    };
    for (path, value, issues) in [
        ("/week/name", "2026-47", vec!["week.name badWeek"]),
        ("/week/name", "2025-W53", vec!["week.name badWeek"]),
        (
            "/week/from",
            "2026-11-15T09:59:59Z",
            vec!["week.from notWithin"],
        ),
        (
            "/week/from",
            "2026-11-16T14:00:01Z",
            vec!["week.from notWithin"],
        ),
        (
            "/week/to",
            "2026-11-16T00:00:00Z",
            vec!["week.to notWithin"],
        ),
        (
            "/week/to",
            "2026-11-24T00:00:01Z",
            vec!["week.to notWithin"],
        ),
        (
            "/baseline/from",
            "2026-11-01T00:00:00Z",
            vec!["baseline.from notWithin"],
        ),
        (
            "/baseline/to",
            "2026-11-16T00:00:00Z",
            vec!["baseline.to notWithin"],
        ),
    ] {
        assert_eq!(refused(&with(path, value)), issues, "{path} {value}");
    }
    for (path, value) in [
        ("/week/from", "2026-11-15T10:00:00Z"),
        ("/week/from", "2026-11-16T14:00:00Z"),
        ("/week/to", "2026-11-22T00:00:00Z"),
        ("/week/to", "2026-11-24T00:00:00Z"),
        ("/baseline/to", "2026-10-31T10:00:00Z"),
    ] {
        let _ = report_of(&with(path, value));
    }
    // A month doesn't reach into the week that begins with the next one.
    let mut monday_the_first = json!({
        "week": { "name": "2026-W23", "from": "2026-06-01T00:00:00Z", "to": "2026-06-08T00:00:00Z" },
        "baseline": { "from": "2026-05-01T00:00:00Z", "to": "2026-06-01T00:00:00Z" },
    });
    let _ = report_of(&monday_the_first);
    monday_the_first["baseline"]["to"] = json!("2026-06-01T00:00:01Z");
    assert_eq!(refused(&monday_the_first), ["baseline.to notWithin"]);
}

#[test]
fn amounts_beyond_all_bounds_are_refused_and_never_wrapped() {
    let price = "9999999999.99999999";
    let cost = json!({ "goods": price });
    let lines = |count: usize, quantity: u64| {
        let line =
            json!({ "sku": "MUG", "quantity": quantity, "unitPriceCny": price, "cost": cost });
        vec![line; count]
    };
    let mut log = compared(
        json!({ "id": "before", "lines": lines(1, 1) }),
        json!({ "id": "now", "lines": lines(1_000, 1_000_000_000) }),
    );
    let found = report(log.clone());
    assert_eq!(found["cost"]["amount"], "10000000000000.00");
    log["policy"] = json!({ "homeCurrency": "KWD" });
    log["orders"][1]["lines"] = json!(lines(10_000, 1_000_000_000));
    let large = report(log);
    assert_eq!(
        large["cost"]["baselineAmount"],
        "100000000000000000000000.000"
    );
}

/// Minor units of an amount with two decimals.
fn cents(amount: &Value) -> i128 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn parts_sum(of: &Value) -> i128 {
    let parts = of["parts"].as_array().unwrap().iter();
    parts.map(|part| cents(&part["change"])).sum()
}

/// Logs of some orders of three articles that arrived in October or in the week.
fn logs() -> impl Strategy<Value = Value> {
    let amounts = prop_oneof![Just(0_u64), 0..100_u64, 0..10_000_000_u64];
    let cost = prop::collection::vec((0..12_usize, amounts), 0..6);
    let price = prop_oneof![Just(0_u64), 1..100_000_u64];
    let line = (
        0..3_u8,
        1..5_000_u64,
        price,
        prop::option::weighted(0.9, cost),
    );
    let order = (
        prop::collection::vec(line, 0..4),
        0..60_u32,
        any::<bool>(),
        0..40_u32,
        0..60_u32,
    );
    prop::collection::vec(order, 0..24).prop_map(|orders| {
        let components = [
            "goods", "domesticShipping", "packaging", "inspection", "agentFee", "paymentFee",
            "internationalShipping", "insurance", "importDuty", "vat", "destination", "defects",
        ];
        let cents = |units: u64| format!("{}.{:02}", units / 100, units % 100);
        let (mut placed, mut receipts) = (Vec::new(), Vec::new());
        for (index, (lines, day, has_two, inspected, defective)) in orders.into_iter().enumerate() {
            let id = format!("o{index}");
            let supplier = format!("s{}", index % 2);
            let lines: Vec<Value> = lines
                .into_iter()
                .map(|(sku, quantity, price, cost)| {
                    let mut line = json!({
                        "sku": format!("sku{sku}"), "quantity": quantity, "unitPriceCny": cents(price),
                    });
                    if let Some(cost) = cost {
                        line["cost"] = json!({});
                        for (component, amount) in cost {
                            line["cost"][components[component]] = json!(cents(amount));
                        }
                    }
                    line
                })
                .collect();
            placed.push(json!({
                "id": id, "supplierId": supplier, "placedAt": "2026-10-01T00:00:00Z",
                "expectedDelivery": "2026-11-10", "lines": lines,
            }));
            let first = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
            for part in 0..=u64::from(has_two) {
                let day = first + chrono::Days::new(u64::from(day) + 3 * part);
                receipts.push(json!({
                    "id": format!("{id}.{part}"), "orderId": id, "receivedAt": format!("{day}T09:00:00Z"),
                    "lots": [{ "inspected": inspected, "defective": defective.min(inspected) }],
                }));
            }
        }
        let escalations: Vec<Value> = (0..placed.len())
            .map(|index| json!({
                "id": format!("e{index}"), "raisedAt": "2026-11-17T09:00:00Z", "rules": [format!("r{}", index % 3)],
            }))
            .collect();
        json!({ "orders": placed, "receipts": receipts, "escalations": escalations })
    })
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn parts_sum_to_the_whole_to_the_cent(log in logs()) {
        let report = report(log);
        let cost = &report["cost"];
        let (mut amount, mut baseline) = (0, 0);
        for line in cost["lines"].as_array().unwrap().iter().chain([cost]) {
            let change = cents(&line["change"]);
            prop_assert_eq!(cents(&line["amount"]) - cents(&line["baselineAmount"]), change);
            prop_assert_eq!(parts_sum(line), change);
        }
        for line in cost["lines"].as_array().unwrap() {
            amount += cents(&line["amount"]);
            baseline += cents(&line["baselineAmount"]);
        }
        prop_assert_eq!(amount, cents(&cost["amount"]));
        prop_assert_eq!(baseline, cents(&cost["baselineAmount"]));
        prop_assert!(report["defects"]["defective"].as_u64() <= report["defects"]["inspected"].as_u64());
        prop_assert_eq!(cost["percent"].is_null(), cost["state"] == "noData");
    }

    #[test]
    fn the_order_of_the_log_changes_nothing(log in logs(), swaps in prop::collection::vec((any::<Index>(), any::<Index>()), 30)) {
        let mut shuffled = log.clone();
        for name in ["orders", "receipts", "escalations"] {
            let entries = shuffled[name].as_array_mut().unwrap();
            for (one, other) in &swaps {
                if !entries.is_empty() {
                    let (one, other) = (one.index(entries.len()), other.index(entries.len()));
                    entries.swap(one, other);
                }
            }
        }
        prop_assert_eq!(report(log), report(shuffled));
    }

    #[test]
    fn one_index_serves_many_weeks(log in logs()) {
        let text = request(log).to_string();
        let request = WeeklyReportRequest::check(&json::read(&text).unwrap()).unwrap();
        let WeeklyReportRequest { policy, mut week, baseline, log } = request;
        let index = log.index();
        for _ in 0..3 {
            prop_assert_eq!(
                index.report(&policy, &week, &baseline),
                weekly_report(&policy, &log, &week, &baseline)
            );
            week.week = week.week.before(1);
            week.from -= chrono::TimeDelta::days(7);
            week.to -= chrono::TimeDelta::days(7);
        }
    }
}
