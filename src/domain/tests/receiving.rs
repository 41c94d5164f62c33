//! Clocks of shipments on the calendars of the people who watch them, names of evidence of any text, and
//! what is refused.
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

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDateTime};
use landfall::check::parse_instant;
use landfall::receiving::{
    EvidenceName, deadlines_of, evidence_key, evidence_name, unique_evidence_name,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{answer_by, config, examples};
use unicode_normalization::UnicodeNormalization;

/// The clocks of a request.
fn clocks(request: &Value) -> Vec<Value> {
    let result = answer_by(deadlines_of, request).unwrap();
    result["clocks"].as_array().unwrap().clone()
}

/// The clock of a name, of one shipment.
fn clock(name: &str, now: &str, shipment: &Value) -> Option<Value> {
    let mut shipment = shipment.clone();
    shipment["order"] = json!("117");
    let all = clocks(&json!({ "now": utc(now), "shipments": [shipment] }));
    let mut of_name = all.into_iter().filter(|clock| clock["clock"] == name);
    let found = of_name.next();
    assert!(of_name.next().is_none());
    found
}

/// An instant as clocks on the wall show it, such as `2026-10-25 01:30 +02:00`, in UTC.
fn utc(wall: &str) -> String {
    let at = DateTime::parse_from_str(wall, "%Y-%m-%d %H:%M %z")
        .or_else(|_| DateTime::parse_from_str(wall, "%Y-%m-%d %H:%M:%S %z"))
        .unwrap();
    format!("{:?}Z", at.naive_utc())
}

#[test]
fn the_examples_hold() {
    for (file, example) in examples("deadlines") {
        let result = answer_by(deadlines_of, &example["request"]);
        assert_eq!(result.unwrap(), example["expected"], "{file}");
    }
}

#[test]
fn hours_and_days_pass_whatever_the_clocks_on_the_wall_do() {
    let day = |days: u32| json!({ "receiving": { "agentReturnDays": days } });
    // What starts a clock, then its start and its end on walls anywhere.
    for (name, policy, start, end) in [
        // From China to Berlin and New York, on an ordinary day.
        (
            "logVariance",
            json!({}),
            "2026-11-23 09:00 +0800",
            "2026-11-23 04:00 +0100",
        ),
        (
            "logVariance",
            json!({}),
            "2026-11-23 09:00 +0800",
            "2026-11-22 22:00 -0500",
        ),
        (
            "contactSupplier",
            json!({}),
            "2026-11-23 09:00 +0800",
            "2026-11-23 08:00 +0100",
        ),
        // Berlin's clocks go back at 03:00 on 25 October: 02:30 comes twice.
        (
            "logVariance",
            json!({}),
            "2026-10-25 02:30 +0200",
            "2026-10-25 03:30 +0100",
        ),
        (
            "contactSupplier",
            json!({}),
            "2026-10-25 07:00 +0800",
            "2026-10-25 06:00 +0100",
        ),
        (
            "agentReturn",
            day(5),
            "2026-10-23 12:00 +0200",
            "2026-10-28 11:00 +0100",
        ),
        // They go forward at 02:00 on 28 March: 02:30 doesn't come.
        (
            "logVariance",
            json!({}),
            "2027-03-28 01:30 +0100",
            "2027-03-28 04:30 +0200",
        ),
        (
            "agentReturn",
            day(5),
            "2027-03-26 12:00 +0100",
            "2027-03-31 13:00 +0200",
        ),
        // New York's on 1 November and 14 March.
        (
            "contactSupplier",
            json!({}),
            "2026-10-31 23:00 -0400",
            "2026-11-01 04:00 -0500",
        ),
        (
            "contactSupplier",
            json!({}),
            "2027-03-13 23:00 -0500",
            "2027-03-14 06:00 -0400",
        ),
        // China's clocks stay as they are.
        (
            "agentReturn",
            day(5),
            "2026-10-23 18:00 +0800",
            "2026-10-28 18:00 +0800",
        ),
        // A leap day, and a February without one.
        (
            "agentReturn",
            day(2),
            "2028-02-28 10:00 +0800",
            "2028-03-01 10:00 +0800",
        ),
        (
            "agentReturn",
            day(1),
            "2028-02-29 00:00 +0000",
            "2028-03-01 00:00 +0000",
        ),
        (
            "agentReturn",
            day(1),
            "2026-02-28 10:00 +0800",
            "2026-03-01 10:00 +0800",
        ),
        (
            "agentReturn",
            day(366),
            "2028-01-01 00:00 +0000",
            "2029-01-01 00:00 +0000",
        ),
        // The end of a year, which is another year in China already.
        (
            "logVariance",
            json!({}),
            "2027-01-01 07:00 +0800",
            "2027-01-01 02:00 +0100",
        ),
        (
            "logVariance",
            json!({}),
            "2027-01-01 06:30 +0800",
            "2026-12-31 19:30 -0500",
        ),
        (
            "agentReturn",
            day(5),
            "2026-12-29 23:59 +0800",
            "2027-01-03 10:59 -0500",
        ),
        // Half hours.
        (
            "logVariance",
            json!({ "receiving": { "logVarianceHours": "1.5" } }),
            "2026-11-23 09:00 +0530",
            "2026-11-23 05:00 +0000",
        ),
        (
            "logVariance",
            json!({ "receiving": { "logVarianceHours": "0" } }),
            "2026-11-23 09:00 +0800",
            "2026-11-23 01:00 +0000",
        ),
    ] {
        let field = if name == "agentReturn" {
            "inWarehouseAt"
        } else {
            "arrivedAt"
        };
        let shipment = json!({ "order": "7", field: utc(start), "variances": ["defects"] });
        let request = json!({ "policy": policy, "now": utc(start), "shipments": [shipment] });
        let all = clocks(&request);
        let clock = all.iter().find(|clock| clock["clock"] == name).unwrap();
        assert_eq!(clock["startedAt"], utc(start), "{name} {start}");
        assert_eq!(clock["dueAt"], utc(end), "{name} {start}");
        assert_eq!(clock["state"], "running", "{name} {start}");
    }
}

#[test]
fn the_platform_confirms_by_dispatch_and_signature() {
    let dispatched = "2026-11-01 10:00 +0800";
    // Signed for, due, by which part of the rule.
    for (signed, due, by) in [
        (
            Some("2026-11-01 10:00:00 +0800"),
            "2026-11-11 10:00 +0800",
            "signedInTime",
        ),
        (
            Some("2026-11-04 22:15:00 +0800"),
            "2026-11-11 10:00 +0800",
            "signedInTime",
        ),
        (
            Some("2026-11-09 09:59:59 +0800"),
            "2026-11-11 10:00 +0800",
            "signedInTime",
        ),
        // Exactly 8 days.
        (
            Some("2026-11-09 10:00:00 +0800"),
            "2026-11-11 10:00 +0800",
            "signedInTime",
        ),
        // One second more.
        (
            Some("2026-11-09 10:00:01 +0800"),
            "2026-11-11 10:00:01 +0800",
            "signedLate",
        ),
        (
            Some("2026-11-20 08:00:00 +0800"),
            "2026-11-22 08:00 +0800",
            "signedLate",
        ),
        // Day 28: 48 hours later is day 30 exactly.
        (
            Some("2026-11-29 10:00:00 +0800"),
            "2026-12-01 10:00 +0800",
            "signedLate",
        ),
        (
            Some("2026-11-29 10:00:01 +0800"),
            "2026-12-01 10:00 +0800",
            "atLatest",
        ),
        (
            Some("2026-12-01 09:00:00 +0800"),
            "2026-12-01 10:00 +0800",
            "atLatest",
        ),
        // After day 30 it was confirmed before it arrived.
        (
            Some("2026-12-05 09:00:00 +0800"),
            "2026-12-01 10:00 +0800",
            "atLatest",
        ),
        (None, "2026-12-01 10:00 +0800", "notSigned"),
    ] {
        let mut shipment = json!({ "dispatchedAt": utc(dispatched), "paidCny": "1250.50" });
        if let Some(signed) = signed {
            shipment["signedAt"] = utc(signed).into();
        }
        let clock = clock("autoConfirm", "2026-11-05 00:00 +0000", &shipment).unwrap();
        assert_eq!(clock["startedAt"], utc(dispatched));
        assert_eq!(clock["dueAt"], utc(due), "signed {signed:?}");
        assert_eq!(clock["autoConfirm"], by, "signed {signed:?}");
        assert_eq!(
            clock["loss"],
            json!({ "kind": "payment", "amountCny": "1250.50" })
        );
    }
}

#[test]
fn what_is_not_signed_for_says_what_a_signature_would_make_of_it() {
    let shipment = json!({ "dispatchedAt": utc("2026-11-01 10:00 +0800") });
    for (now, if_signed_now) in [
        ("2026-11-02 10:00 +0800", "2026-11-11 10:00 +0800"),
        ("2026-11-09 10:00 +0800", "2026-11-11 10:00 +0800"),
        ("2026-11-15 06:30 +0800", "2026-11-17 06:30 +0800"),
        ("2026-11-30 10:00 +0800", "2026-12-01 10:00 +0800"),
    ] {
        let clock = clock("autoConfirm", now, &shipment).unwrap();
        assert_eq!(clock["dueAt"], utc("2026-12-01 10:00 +0800"));
        assert_eq!(clock["dueIfSignedNow"], utc(if_signed_now), "{now}");
    }
    let signed = json!({ "signedAt": utc("2026-11-04 10:00 +0800") });
    let clock = clock("autoConfirm", "2026-11-05 00:00 +0800", &signed).unwrap();
    assert_eq!(clock["autoConfirm"], "dispatchUnknown");
    assert_eq!(clock["dueAt"], utc("2026-11-06 10:00 +0800"));
    assert_eq!(clock["dueIfSignedNow"], Value::Null);
}

#[test]
fn a_clock_is_in_time_at_its_very_end_and_overdue_a_second_later() {
    let shipment = json!({ "arrivedAt": "2026-11-22T01:00:00Z", "variances": ["shortShipment"] });
    for (now, state, left) in [
        ("2026-11-22 00:30:00 +0000", "running", 9_000),
        ("2026-11-22 01:00:00 +0000", "running", 7_200),
        ("2026-11-22 03:00:00 +0000", "running", 0),
        ("2026-11-22 03:00:01 +0000", "overdue", -1),
        ("2026-11-23 03:00:00 +0000", "overdue", -86_400),
    ] {
        let clock = clock("logVariance", now, &shipment).unwrap();
        assert_eq!(
            (clock["state"].as_str(), clock["leftSeconds"].as_i64()),
            (Some(state), Some(left)),
            "{now}"
        );
    }
}

#[test]
fn clocks_start_with_what_they_are_about() {
    let now = "2026-11-22 12:00 +0000";
    let names = |shipment: Value| -> Vec<String> {
        let mut shipment = shipment;
        shipment["order"] = json!("7");
        let all = clocks(&json!({ "now": utc(now), "shipments": [shipment] }));
        all.iter()
            .map(|clock| {
                format!(
                    "{} {}",
                    clock["clock"].as_str().unwrap(),
                    clock["state"].as_str().unwrap()
                )
            })
            .collect()
    };
    let at = "2026-11-22T10:30:00Z";
    assert_eq!(names(json!({})), [""; 0]);
    assert_eq!(
        names(json!({ "arrivedAt": at })),
        [""; 0],
        "nothing is wrong with it"
    );
    assert_eq!(
        names(json!({ "arrivedAt": at, "isUnchecked": true })),
        ["logVariance running"],
        "whether anything is wrong is to be found out"
    );
    assert_eq!(
        names(json!({ "isUnchecked": true })),
        [""; 0],
        "it isn't there yet"
    );
    assert_eq!(
        names(json!({ "variances": ["defects"] })),
        [""; 0],
        "it isn't there yet"
    );
    assert_eq!(
        names(json!({ "arrivedAt": at, "variances": ["defects"] })),
        ["logVariance running", "contactSupplier running"]
    );
    assert_eq!(
        names(json!({ "arrivedAt": at, "variances": ["defects"], "varianceLoggedAt": at })),
        ["contactSupplier running", "logVariance done"]
    );
    // Once the supplier knows, a dispute is open, without an end, until it is closed.
    let told = json!({ "arrivedAt": at, "variances": ["defects"], "varianceLoggedAt": at, "supplierContactedAt": "2026-11-22T11:00:00Z" });
    assert_eq!(
        names(told.clone()),
        [
            "dispute running",
            "contactSupplier done",
            "logVariance done"
        ]
    );
    let mut closed = told;
    closed["closedAt"] = json!("2026-11-22T11:30:00Z");
    assert_eq!(
        names(closed),
        ["dispute done", "contactSupplier done", "logVariance done"]
    );
    assert_eq!(
        names(json!({ "supplierContactedAt": at })),
        [""; 0],
        "a talk about nothing wrong"
    );
    assert_eq!(names(json!({ "disputedAt": at })), ["dispute running"]);
    assert_eq!(
        names(json!({ "inWarehouseAt": at })),
        ["agentReturn running", "storage running"]
    );
    assert_eq!(
        names(json!({ "inWarehouseAt": at, "leftWarehouseAt": at })),
        ["agentReturn done", "storage done"]
    );
    assert_eq!(
        names(json!({ "inWarehouseAt": at, "closedAt": at })),
        ["storage running", "agentReturn done"],
        "what is accepted can still lie in the warehouse"
    );
    assert_eq!(
        names(json!({ "dispatchedAt": at, "paymentReleasedAt": at })),
        ["autoConfirm done"]
    );
}

#[test]
fn what_nobody_claims_is_destroyed_after_its_receipt() {
    let now = "2026-11-22 12:00 +0000";
    let mut shipment = json!({
        "signedAt": "2026-11-01T02:00:00Z", "inWarehouseAt": "2026-11-02T02:00:00Z", "isUnclaimed": true,
    });
    let unclaimed = clock("storage", now, &shipment).unwrap();
    assert_eq!(unclaimed["startedAt"], "2026-11-01T02:00:00Z");
    assert_eq!(unclaimed["dueAt"], "2026-12-01T02:00:00Z");
    assert_eq!(unclaimed["loss"]["kind"], "goods");
    shipment["isUnclaimed"] = json!(false);
    let claimed = clock("storage", now, &shipment).unwrap();
    assert_eq!(claimed["startedAt"], "2026-11-02T02:00:00Z");
    assert_eq!(claimed["dueAt"], "2027-01-31T02:00:00Z");
    assert_eq!(claimed["loss"]["kind"], "storage");
}

#[test]
fn nothing_is_paid_out_while_a_variance_is_open() {
    let at = "2026-11-22T10:30:00Z";
    let all = clocks(&json!({ "now": at, "shipments": [{
        "order": "7", "dispatchedAt": at, "inWarehouseAt": at, "arrivedAt": at, "variances": ["defects"], "disputedAt": at,
    }] }));
    for clock in all {
        let holds = ["logVariance", "contactSupplier", "dispute"]
            .contains(&clock["clock"].as_str().unwrap());
        assert_eq!(clock["holdsPayment"], holds, "{clock}");
    }
}

#[test]
fn the_soonest_loss_is_first_and_what_is_done_last() {
    let all = clocks(&json!({ "now": "2026-11-22T12:00:00Z", "shipments": [
        { "order": "far", "inWarehouseAt": "2026-11-22T00:00:00Z" },
        { "order": "open", "disputedAt": "2026-11-01T00:00:00Z" },
        { "order": "late", "arrivedAt": "2026-11-22T02:00:00Z", "variances": ["defects"] },
        { "order": "soon", "dispatchedAt": "2026-11-13T00:00:00Z", "signedAt": "2026-11-14T00:00:00Z" },
        { "order": "over", "dispatchedAt": "2026-11-01T00:00:00Z", "paymentReleasedAt": "2026-11-10T00:00:00Z" },
        { "order": "just over", "dispatchedAt": "2026-11-01T00:00:00Z", "paymentReleasedAt": "2026-11-20T00:00:00Z" },
    ] }));
    let order: Vec<String> = all
        .iter()
        .map(|clock| {
            format!(
                "{} {}",
                clock["order"].as_str().unwrap(),
                clock["clock"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        order,
        [
            "late logVariance",
            "late contactSupplier",
            "soon autoConfirm",
            "far agentReturn",
            "far storage",
            "open dispute",
            "just over autoConfirm",
            "over autoConfirm",
        ]
    );
}

#[test]
fn what_is_wrong_is_said_at_once_with_its_fields() {
    let issues = answer_by(
        deadlines_of,
        &json!({
            "now": "now", "policy": { "receiving": { "storageDays": "ninety" } },
            "shipments": [
                { "order": "", "dispatchedAt": "2026-11-10T00:00:00Z", "signedAt": "2026-11-09T23:59:59Z",
                  "inWarehouseAt": "2026-11-09T00:00:00Z", "arrivedAt": "2026-11-08T00:00:00Z", "leftWarehouseAt": "2026-11-08T00:00:00Z" },
                { "variances": ["broken"], "paidCny": "-1", "arrived": "2026-11-08" },
            ],
        }),
    );
    let found: Vec<String> = issues
        .unwrap_err()
        .iter()
        .map(|issue| {
            let problem = serde_json::to_value(&issue.problem).unwrap();
            let than = problem["than"].as_str().unwrap_or_default();
            format!(
                "{} {} {than}",
                issue.path,
                problem["code"].as_str().unwrap()
            )
            .trim()
            .to_owned()
        })
        .collect();
    assert_eq!(
        found,
        [
            "policy.receiving.storageDays wrongType",
            "now badInstant",
            "shipments[0].order empty",
            "shipments[0].signedAt earlierThan dispatchedAt",
            "shipments[0].inWarehouseAt earlierThan dispatchedAt",
            "shipments[0].arrivedAt earlierThan dispatchedAt",
            "shipments[0].leftWarehouseAt earlierThan inWarehouseAt",
            "shipments[1].arrived unknownField",
            "shipments[1].order required",
            "shipments[1].paidCny notDecimal",
            "shipments[1].variances[0] unknownValue",
        ]
    );
}

fn any_instant() -> BoxedStrategy<Option<String>> {
    let instant = (0..10_000_i32, 1..13_u32, 1..29_u32, 0..86_400_u32).prop_map(
        |(year, month, day, second)| {
            let (hour, minute) = (second / 3600, second / 60 % 60);
            format!(
                "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z",
                second % 60
            )
        },
    );
    proptest::option::of(instant).boxed()
}

proptest! {
    #![proptest_config(config(400))]

    /// Every answer is either issues or clocks that are in order and that other programs can read.
    #[test]
    fn any_instants_are_answered(
        instants in proptest::collection::vec(any_instant(), 10), now in any_instant(), days in any::<u32>(),
        variances in proptest::collection::vec("shortShipment|wrongSpecification|defects", 0..3), is_unclaimed in any::<bool>(),
    ) {
        let mut shipment = json!({ "order": "1", "variances": variances, "isUnclaimed": is_unclaimed });
        let names = [
            "dispatchedAt", "signedAt", "inWarehouseAt", "arrivedAt", "varianceLoggedAt", "supplierContactedAt",
            "disputedAt", "returnedAt", "leftWarehouseAt", "closedAt",
        ];
        for (name, at) in names.iter().zip(&instants) {
            if let Some(at) = at {
                shipment[*name] = json!(at);
            }
        }
        let receiving = json!({ "storageDays": days % 1_000_000_000, "agentReturnDays": days % 4_000_000, "logVarianceHours": "9999999999.99999999" });
        let now = now.unwrap_or("2026-11-22T12:00:00Z".to_owned());
        let request = json!({ "policy": { "receiving": receiving }, "now": now, "shipments": [shipment] });
        let Ok(result) = answer_by(deadlines_of, &request) else { return Ok(()) };
        let mut before = (false, None);
        for clock in result["clocks"].as_array().unwrap() {
            let started = parse_instant(clock["startedAt"].as_str().unwrap());
            prop_assert!(started.is_some(), "{clock}");
            let is_done = clock["state"] == "done";
            prop_assert_eq!(is_done, clock.get("doneAt").is_some());
            if let Some(due) = clock.get("dueAt") {
                let due = parse_instant(due.as_str().unwrap()).unwrap();
                prop_assert!(Some(due) >= started || clock["clock"] == "autoConfirm");
                let now = parse_instant(&now).unwrap();
                let left = due.signed_duration_since(now).num_seconds();
                prop_assert_eq!(clock.get("leftSeconds").and_then(Value::as_i64), (!is_done).then_some(left));
                prop_assert!(is_done || (clock["state"] == "overdue") == (left < 0));
                if !is_done {
                    prop_assert!(before.1.is_none_or(|before| before <= due));
                    before.1 = Some(due);
                }
            }
            prop_assert!(is_done >= before.0);
            before.0 = is_done;
        }
    }
}

fn at(text: &str) -> NaiveDateTime {
    parse_instant(text).unwrap()
}

fn of<'n>(order: &'n str, subject: &'n str, kind: &'n str) -> EvidenceName<'n> {
    EvidenceName {
        at: at("2026-11-22T10:00:00Z"),
        offset_minutes: 0,
        order,
        subject,
        kind,
        number: 1,
        extension: "jpg",
    }
}

#[test]
fn ordinary_names_stay_as_they_are() {
    for (order, subject, kind, name) in [
        (
            "2026-117",
            "MUG-11",
            "defect",
            "2026-11/PO-2026-117_MUG-11_defect_1.jpg",
        ),
        (
            "9",
            "carton 12",
            "carton",
            "2026-11/PO-9_carton 12_carton_1.jpg",
        ),
        (
            "2026-117",
            "陶瓷杯（蓝）350ml",
            "裂纹",
            "2026-11/PO-2026-117_陶瓷杯（蓝）350ml_裂纹_1.jpg",
        ),
        ("A.1", "v1.5+", "label", "2026-11/PO-A.1_v1.5+_label_1.jpg"),
    ] {
        assert_eq!(evidence_name(&of(order, subject, kind)), name);
    }
}

#[test]
fn the_month_is_that_of_the_zone() {
    let month = |instant: &str, offset_minutes: i32| {
        let name = EvidenceName {
            at: at(instant),
            offset_minutes,
            ..of("1", "A", "x")
        };
        evidence_name(&name).chars().take(8).collect::<String>()
    };
    assert_eq!(month("2026-11-30T16:30:00Z", 480), "2026-12/");
    assert_eq!(month("2026-11-30T16:30:00Z", 60), "2026-11/");
    assert_eq!(month("2027-01-01T04:59:00Z", -300), "2026-12/");
    assert_eq!(month("2028-02-29T23:00:00Z", 60), "2028-03/");
}

#[test]
fn what_a_system_refuses_is_replaced_and_marked() {
    let forbidden = [
        "a/b",
        "a\\b",
        "a:b",
        "a*b",
        "a?b",
        "a\"b",
        "a<b",
        "a>b",
        "a|b",
        "a\0b",
        "a\nb",
        "a\u{7f}b",
        "a\u{202e}b",
        "a\u{200b}b",
        "a\u{2066}b",
        "a\u{feff}b",
        "a\u{a0}b",
        "a\u{3000}b",
        "a\u{2028}b",
        "a\u{f022}b",
        "a\u{fffe}b",
        "a_b",
        "a~b",
    ];
    let mut names = BTreeSet::new();
    for text in forbidden {
        let name = evidence_name(&of("1", text, "x"));
        let (before, after) = name.split_once("a-b~").unwrap();
        assert_eq!(before, "2026-11/PO-1_");
        assert_eq!((after.len(), after.get(8..)), (16, Some("_x_1.jpg")));
        assert!(names.insert(name), "{text:?}");
    }
    assert!(names.insert(evidence_name(&of("1", "a-b", "x"))));
    for (text, begins) in [
        (" A ", "A~"),
        ("", "~"),
        ("..", ".."),
        ("../../etc/passwd", "..-..-etc-passwd~"),
        ("CON", "CON"),
    ] {
        let name = evidence_name(&of("1", text, "x"));
        let part = name.strip_prefix("2026-11/PO-1_").unwrap();
        assert!(part.starts_with(begins), "{name}");
    }
    let ending = |extension| {
        let name = evidence_name(&EvidenceName {
            extension,
            ..of("1", "A", "x")
        });
        name.rsplit_once('.').unwrap().1.to_owned()
    };
    assert_eq!(ending("JPG"), "jpg");
    assert_eq!(ending("../sh"), "sh");
    assert_eq!(ending("图"), "bin");
    assert_eq!(ending("jpeg. "), "jpeg");
}

#[test]
fn parts_do_not_run_into_each_other() {
    let one = evidence_name(&of("1_A", "B", "x"));
    let other = evidence_name(&of("1", "A_B", "x"));
    assert_ne!(one, other);
    assert_eq!(one.matches('_').count(), 3);
}

#[test]
fn long_names_are_cut_between_characters_and_stay_two() {
    let long = "蓝色陶瓷马克杯".repeat(20);
    let (one, other) = (format!("{long}大"), format!("{long}小"));
    let name = |subject: &str| evidence_name(&of("2026-117", subject, "defect"));
    assert!(name(&one).starts_with("2026-11/PO-2026-117_蓝色陶瓷马克杯"));
    assert_ne!(name(&one), name(&other));
    for subject in [one, other] {
        assert!(name(&subject).len() <= "2026-11/".len() + 120);
    }
}

#[test]
fn a_name_that_there_is_counts_on() {
    let mut taken = BTreeSet::new();
    let mut add = |subject: &str| {
        let name = unique_evidence_name(&of("7", subject, "defect"), &taken);
        taken.insert(evidence_key(&name));
        name
    };
    assert_eq!(add("Mug"), "2026-11/PO-7_Mug_defect_1.jpg");
    assert_eq!(add("Mug"), "2026-11/PO-7_Mug_defect_2.jpg");
    assert_eq!(
        add("MUG"),
        "2026-11/PO-7_MUG_defect_3.jpg",
        "two of three systems know no capitals"
    );
    assert_eq!(add("Caf\u{e9}"), "2026-11/PO-7_Caf\u{e9}_defect_1.jpg");
    assert_eq!(
        add("Cafe\u{301}"),
        "2026-11/PO-7_Cafe\u{301}_defect_2.jpg",
        "and one composes letters"
    );
    assert_eq!(add("杯"), "2026-11/PO-7_杯_defect_1.jpg");
    assert_eq!(add("碗"), "2026-11/PO-7_碗_defect_1.jpg");
}

/// Text as an enemy would write it, and as a buyer would.
fn text() -> BoxedStrategy<String> {
    let nasty = proptest::sample::select(vec![
        "/",
        "\\",
        ":",
        "_",
        "~",
        ".",
        " ",
        "\u{301}",
        "\u{308}",
        "\u{202e}",
        "\0",
        "CON",
        "nul.",
        "é",
        "e\u{301}",
        "杯",
        "蓝",
        "豈",
        "각",
        "\u{1100}\u{1161}\u{11a8}",
        "が",
        "か\u{3099}",
        "ẞ",
        "ﬁ",
        "\u{212a}",
        "\u{2126}",
        "😀",
        "A",
        "a",
    ]);
    prop_oneof![
        proptest::collection::vec(nasty, 0..12).prop_map(|parts| parts.concat()),
        proptest::collection::vec(any::<char>(), 0..60)
            .prop_map(|letters| letters.into_iter().collect()),
        "[A-Za-z0-9-]{1,12}",
        "[一-龥]{1,60}",
    ]
    .boxed()
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn any_text_makes_a_name_for_every_system(
        order in text(), subject in text(), kind in text(), number in any::<u32>(), extension in text(),
        minute in 0..60_u32, offset_minutes in -1_000..1_000_i32,
    ) {
        let at = at(&format!("2026-12-31T20:{minute:02}:00Z"));
        let name = EvidenceName { at, offset_minutes, order: &order, subject: &subject, kind: &kind, number, extension: &extension };
        let path = evidence_name(&name);
        prop_assert_eq!(&path, &evidence_name(&name));
        let (month, file) = path.split_once('/').unwrap();
        prop_assert!(["2026-12", "2027-01"].contains(&month));
        prop_assert!(file.len() <= 120, "{}", file.len());
        prop_assert!(file.starts_with("PO-") && !file.ends_with(['.', ' ']));
        prop_assert_eq!(file.matches('_').count(), 3);
        for letter in file.chars() {
            prop_assert!(!letter.is_control() && !"<>:\"/\\|?*".contains(letter), "{path:?}");
            prop_assert!(letter == ' ' || !letter.is_whitespace(), "{path:?}");
            let is_bidi = ('\u{202a}'..='\u{202e}').contains(&letter) || ('\u{2066}'..='\u{2069}').contains(&letter);
            prop_assert!(!is_bidi, "{path:?}");
        }
    }

    /// Names of different things are different, also where they had to be changed.
    #[test]
    fn what_differs_keeps_different_names(
        things in proptest::collection::vec((text(), text(), text()), 2..20),
    ) {
        let mut named: HashMap<String, (String, String, String)> = HashMap::new();
        for thing in things {
            let name = evidence_name(&of(&thing.0, &thing.1, &thing.2));
            let before = named.insert(name.clone(), thing.clone());
            prop_assert!(before.is_none_or(|before| before == thing), "{name}");
        }
    }

    /// Names that a file system could take for one have one key, however it writes them.
    #[test]
    fn a_key_survives_what_systems_do_to_names(order in text(), subject in text()) {
        let name = evidence_name(&of(&order, &subject, "x"));
        let key = evidence_key(&name);
        for written in [
            name.nfc().collect::<String>(),
            name.nfd().collect(),
            name.to_uppercase(),
            name.to_lowercase(),
            name.to_uppercase().nfd().collect(),
            name.to_lowercase().nfd().collect(),
        ] {
            prop_assert_eq!(&evidence_key(&written), &key, "{:?} {:?}", name, written);
        }
    }

    #[test]
    fn unique_names_are_unique(subjects in proptest::collection::vec(text(), 1..20)) {
        let mut taken = BTreeSet::new();
        for subject in subjects {
            let name = unique_evidence_name(&of("7", &subject, "x"), &taken);
            prop_assert!(taken.insert(evidence_key(&name)), "{name}");
        }
    }
}
