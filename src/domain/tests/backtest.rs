//! What a change of the rules would have done to past orders.
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
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{answer_by, checked, config, minor};

/// An order of 2026-11-10 at which no rule of the defaults bites, with changes to its fields.
fn past(id: &str, changes: &[(&str, Value)]) -> Value {
    let mut past = json!({
        "id": id,
        "day": "2026-11-10",
        "order": {
            "supplierId": "yiwu",
            "exchangeRate": { "cnyPerUnit": "7", "asOf": "2026-11-10" },
            "lines": [{ "sku": "MUG", "unitPriceCny": "10", "quantity": 70 }],
            "domesticShippingCny": "70",
            "landedTotal": "500.00",
            "specification": { "colour": true, "size": true, "quantity": true, "packaging": true },
            "productLink": "https://detail.1688.com/offer/1.html",
            "priceScreenshot": "mug.png",
            "staff": "Li",
            "expectedDelivery": "2026-12-10",
        },
        "supplier": { "id": "yiwu", "status": "whitelisted" },
    });
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match past.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
            other => other[name] = value.clone(),
        }
    }
    past
}

fn orders(rules: &Value) -> Value {
    json!({ "orders": rules })
}

fn asked(before: Value, after: Value, orders: Vec<Value>) -> Result<Value, Vec<Issue>> {
    answer_by(
        backtest_of,
        &json!({ "before": before, "after": after, "orders": orders }),
    )
}

#[track_caller]
fn tried(before: Value, after: Value, orders: Vec<Value>) -> Value {
    asked(before, after, orders).unwrap_or_else(|issues| panic!("{issues:?}"))
}

/// The ids of a list, with the rules behind each.
fn listed(found: &Value, list: &str) -> Vec<String> {
    let tried = found[list].as_array().unwrap().iter();
    let named = tried.map(|tried| {
        let rules = tried["rules"].as_array().unwrap().iter();
        let rules: Vec<&str> = rules.map(|rule| rule.as_str().unwrap()).collect();
        format!("{} {}", tried["id"].as_str().unwrap(), rules.join("+"))
    });
    named.collect()
}

/// A change of the rules stops an order, and the change back lets it pass again.
#[track_caller]
fn check_both_ways(lax: &Value, strict: &Value, order: &Value, rule: &str) {
    let there = tried(lax.clone(), strict.clone(), vec![order.clone()]);
    assert_eq!(listed(&there, "wouldStop"), [format!("order {rule}")]);
    assert_eq!(
        (&there["stopsBefore"], &there["stopsAfter"]),
        (&json!(0), &json!(1))
    );
    let back = tried(strict.clone(), lax.clone(), vec![order.clone()]);
    assert_eq!(listed(&back, "wouldPass"), [format!("order {rule}")]);
    assert_eq!(
        (&back["stopsBefore"], &back["stopsAfter"]),
        (&json!(1), &json!(0))
    );
    for (found, list) in [(there, "wouldStop"), (back, "wouldPass")] {
        assert_eq!(found[format!("{list}Value")], found[list][0]["value"]);
        let others = ["wouldStop", "wouldPass", "wouldChange"];
        for other in others.into_iter().filter(|other| *other != list) {
            assert_eq!(found[other], json!([]), "{other}");
            assert_eq!(minor(&found[format!("{other}Value")]), 0);
        }
    }
}

#[test]
fn a_moved_limit_of_value_stops_and_passes_what_lies_between() {
    let limit = |maximum: &str| orders(&json!({ "maximumOrderValue": maximum }));
    let order = past("order", &[]);
    check_both_ways(&limit("500"), &limit("499.99"), &order, "order-value");
    let same = tried(limit("800"), limit("500"), vec![order]);
    assert_eq!(same["wouldStop"], json!([]), "exactly the limit passes");
}

#[test]
fn another_basis_of_value_is_a_change_too() {
    let basis =
        |name: &str| orders(&json!({ "maximumOrderValue": "400", "orderValueBasis": name }));
    // 500.00 landed, 110.00 with freight inside China.
    let order = past("order", &[]);
    for lax in ["goodsAndDomesticShipping", "goods"] {
        check_both_ways(&basis(lax), &basis("landedCost"), &order, "order-value");
    }
}

#[test]
fn a_moved_limit_of_price_increases_does_so_by_the_prices_of_days_before() {
    let limit = |percent: &str| orders(&json!({ "priceIncreasePercent": percent }));
    let earlier = past("earlier", &[("/day", json!("2026-11-09"))]);
    let price = json!([{ "sku": "MUG", "unitPriceCny": "11", "quantity": 70 }]);
    let later = past("order", &[("/order/lines", price.clone())]);
    let log = |day: &str| {
        let mut earlier = earlier.clone();
        earlier["day"] = json!(day);
        earlier["order"]["exchangeRate"]["asOf"] = json!(day);
        vec![later.clone(), earlier]
    };
    let stops = |log: Vec<Value>| listed(&tried(limit("10"), limit("9.99"), log), "wouldStop");
    assert_eq!(stops(log("2026-11-09")), ["order price-increase"]);
    // What was paid on the same day says nothing, and what was paid later neither.
    assert!(stops(log("2026-11-10")).is_empty());
    assert!(stops(log("2026-11-11")).is_empty());
    let back = tried(limit("9.99"), limit("10"), log("2026-11-09"));
    assert_eq!(listed(&back, "wouldPass"), ["order price-increase"]);
    // Prices that stand beside the orders count as well.
    let found = answer_by(
        backtest_of,
        &json!({
            "before": limit("10"), "after": limit("9.99"), "orders": [later],
            "previousPrices": [{ "sku": "MUG", "unitPriceCny": "10", "date": "2026-11-09" }],
        }),
    );
    assert_eq!(
        listed(&found.unwrap(), "wouldStop"),
        ["order price-increase"]
    );
}

#[test]
fn a_moved_age_of_exchange_rates_changes_otherwise() {
    let age = |days: u32| orders(&json!({ "exchangeRateMaxAgeDays": days }));
    let order = past(
        "order",
        &[("/order/exchangeRate/asOf", json!("2026-11-07"))],
    );
    let found = tried(age(3), age(2), vec![order.clone()]);
    assert_eq!(listed(&found, "wouldChange"), ["order exchange-rate"]);
    let change = &found["wouldChange"][0];
    assert_eq!(
        (&change["before"], &change["after"]),
        (&json!("proceed"), &json!("incomplete"))
    );
    assert_eq!(found["wouldChangeValue"], "500.00");
    let found = tried(age(2), age(3), vec![order]);
    let change = &found["wouldChange"][0];
    assert_eq!(
        (&change["before"], &change["after"]),
        (&json!("incomplete"), &json!("proceed"))
    );
    assert_eq!(listed(&found, "wouldChange"), ["order exchange-rate"]);
}

#[test]
fn an_order_that_stops_either_way_is_not_listed() {
    let limit = |maximum: &str| orders(&json!({ "maximumOrderValue": maximum }));
    let log = vec![
        past("new", &[("/supplier/status", json!("new"))]),
        past("unknown", &[("/supplier", Value::Null)]),
        past("free", &[]),
    ];
    let found = tried(limit("800"), limit("100"), log);
    assert_eq!(listed(&found, "wouldStop"), ["free order-value"]);
    assert_eq!(
        (&found["stopsBefore"], &found["stopsAfter"]),
        (&json!(2), &json!(3))
    );
    assert_eq!(found["orders"], 3);
}

#[test]
fn the_same_rules_change_nothing() {
    let log = vec![past("a", &[]), past("b", &[("/supplier", Value::Null)])];
    let strict = orders(&json!({ "maximumOrderValue": "1" }));
    for rules in [json!({}), strict] {
        let found = tried(rules.clone(), rules, log.clone());
        for list in ["wouldStop", "wouldPass", "wouldChange"] {
            assert_eq!(found[list], json!([]));
        }
        assert_eq!(found["stopsBefore"], found["stopsAfter"]);
    }
    // The defaults are what is changed where nothing else is said.
    let found = answer_by(backtest_of, &json!({ "after": {}, "orders": log })).unwrap();
    assert_eq!(
        (&found["orders"], &found["stopsBefore"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(found["wouldStop"], json!([]));
}

#[test]
fn an_empty_log_has_nothing_to_show() {
    let found = tried(
        json!({}),
        orders(&json!({ "maximumOrderValue": "0" })),
        Vec::new(),
    );
    assert_eq!(
        found,
        json!({
            "orders": 0, "otherHomeCurrency": 0, "stopsBefore": 0, "stopsAfter": 0,
            "wouldStop": [], "wouldPass": [], "wouldChange": [],
            "wouldStopValue": "0.00", "wouldPassValue": "0.00", "wouldChangeValue": "0.00",
        })
    );
}

#[test]
fn sums_are_exact_and_a_value_is_what_the_order_cost() {
    let policy = |home: &str, maximum: &str| json!({ "homeCurrency": home, "orders": { "maximumOrderValue": maximum, "orderValueBasis": "goods" } });
    let log = |rate: &str, totals: [Value; 3]| {
        let each = totals.into_iter().enumerate().map(|(index, total)| {
            past(
                &index.to_string(),
                &[
                    ("/order/exchangeRate/cnyPerUnit", json!(rate)),
                    ("/order/landedTotal", total),
                ],
            )
        });
        let mut log: Vec<Value> = each.collect();
        // Without a landed total, and with one that can't be of these lines.
        for past in &mut log {
            if past["order"]["landedTotal"].is_null() {
                past["order"].as_object_mut().unwrap().remove("landedTotal");
            }
        }
        log
    };
    // 100.00 of goods each, 110.00 with freight inside China.
    let dollars = log("7", [json!("500.05"), Value::Null, json!("109.99")]);
    let found = tried(policy("USD", "100"), policy("USD", "99.99"), dollars);
    let values: Vec<&Value> = (0..3)
        .map(|index| &found["wouldStop"][index]["value"])
        .collect();
    assert_eq!(values, ["500.05", "110.00", "110.00"]);
    assert_eq!(found["wouldStopValue"], "720.05");
    // 14,000 yen of goods, 15,400 with freight.
    let yen = log("0.05", [json!("71429"), Value::Null, json!("15399")]);
    let found = tried(policy("JPY", "14000"), policy("JPY", "13999"), yen);
    assert_eq!(found["wouldStopValue"], "102229");
    let values: Vec<&Value> = (0..3)
        .map(|index| &found["wouldStop"][index]["value"])
        .collect();
    assert_eq!(values, ["71429", "15400", "15400"]);
}

#[test]
fn no_order_is_tried_in_another_home_currency() {
    let policy =
        |home: &str| json!({ "homeCurrency": home, "orders": { "maximumOrderValue": "1" } });
    let log = vec![past("a", &[]), past("b", &[])];
    let found = tried(json!({}), policy("EUR"), log.clone());
    assert_eq!(
        (&found["orders"], &found["otherHomeCurrency"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(
        (&found["stopsAfter"], &found["wouldStop"]),
        (&json!(0), &json!([]))
    );
    let found = tried(json!({}), policy("USD"), log);
    assert_eq!(
        (&found["orders"], &found["otherHomeCurrency"]),
        (&json!(2), &json!(0))
    );
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let wrong = json!({
        "after": { "orders": { "maximumOrderValue": "-1" } },
        "orders": [
            past("a", &[("/day", json!("2026-11-31"))]),
            past("", &[("/order/lines", json!([]))]),
            { "id": "c", "day": "2026-11-10", "order": past("c", &[])["order"] },
        ],
        "previousPrices": [{ "sku": "MUG", "unitPriceCny": "x", "date": "2026-11-09" }],
        "today": "2026-11-21",
    });
    let issues = answer_by(backtest_of, &wrong).unwrap_err();
    let found: Vec<String> = issues
        .iter()
        .map(|issue| {
            let problem = serde_json::to_value(&issue.problem).unwrap();
            format!("{} {}", issue.path, problem["code"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        found,
        [
            "today unknownField",
            "after.orders.maximumOrderValue notDecimal",
            "orders[0].day badDate",
            "orders[1].id empty",
            "orders[1].order.lines empty",
            "orders[2].supplier required",
            "previousPrices[0].unitPriceCny notDecimal",
        ]
    );
}

#[test]
fn an_order_that_is_too_large_is_named() {
    let lines: Vec<Value> = (0..9_000)
        .map(|_| json!({ "sku": "MUG", "unitPriceCny": "9999999999", "quantity": 1_000_000_000 }))
        .collect();
    let huge = past(
        "huge",
        &[
            ("/order/lines", json!(lines)),
            ("/order/exchangeRate/cnyPerUnit", json!("0.00000001")),
        ],
    );
    let issues = asked(json!({}), json!({}), vec![past("a", &[]), huge]).unwrap_err();
    let paths: Vec<&str> = issues.iter().map(|issue| &*issue.path).collect();
    assert_eq!(paths, ["orders[1]"]);
}

fn pick(all: &'static [&'static str]) -> BoxedStrategy<&'static str> {
    prop::sample::select(all).boxed()
}

const DAYS: [&str; 4] = ["2026-11-07", "2026-11-08", "2026-11-09", "2026-11-10"];

fn rules() -> BoxedStrategy<Value> {
    (
        pick(&["0", "109.99", "110", "499.99", "500", "800"]),
        pick(&["landedCost", "goodsAndDomesticShipping", "goods"]),
        pick(&["0", "9.99", "10", "15", "100"]),
        0_u32..4,
    )
        .prop_map(|(maximum, basis, percent, age)| {
            orders(&json!({
                "maximumOrderValue": maximum, "orderValueBasis": basis,
                "priceIncreasePercent": percent, "exchangeRateMaxAgeDays": age,
            }))
        })
        .boxed()
}

fn past_orders() -> BoxedStrategy<Value> {
    let line = (pick(&["A", "B"]), pick(&["0", "10", "11", "11.5", "20"]), 1_u32..90).prop_map(
        |(sku, price, quantity)| json!({ "sku": sku, "unitPriceCny": price, "quantity": quantity }),
    );
    (
        pick(&DAYS),
        pick(&DAYS),
        prop::collection::vec(line, 1..5),
        prop::option::of(pick(&["0", "110", "499.99", "500", "500.01", "9000"])),
        pick(&["whitelisted", "whitelisted", "new", "suspended"]),
        prop::bool::ANY,
        prop::option::of(pick(&["10", "11"])),
    )
        .prop_map(|(day, as_of, lines, total, status, is_confirmed, agreed)| {
            let mut past = past(
                "",
                &[
                    ("/day", json!(day)),
                    ("/order/exchangeRate/asOf", json!(as_of)),
                    ("/order/lines", json!(lines)),
                    ("/order/specification/colour", json!(is_confirmed)),
                    ("/supplier/status", json!(status)),
                ],
            );
            match total {
                Some(total) => past["order"]["landedTotal"] = json!(total),
                None => drop(past["order"].as_object_mut().unwrap().remove("landedTotal")),
            }
            if let Some(maximum) = agreed {
                past["supplier"]["agreedPrices"] =
                    json!([{ "sku": "A", "minimumCny": "0", "maximumCny": maximum }]);
            }
            past
        })
        .boxed()
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn the_verdicts_are_those_of_the_check_on_the_day(
        before in rules(),
        after in rules(),
        log in prop::collection::vec(past_orders(), 0..8),
    ) {
        let mut log = log;
        for (index, past) in log.iter_mut().enumerate() {
            past["id"] = json!(index.to_string());
        }
        let found = tried(before.clone(), after.clone(), log.clone());
        // Each order alone by the check, with what was paid on days before.
        let verdict = |policy: &Value, past: &Value| {
            let day = past["day"].as_str().unwrap();
            let earlier = log.iter().filter(|other| other["day"].as_str().unwrap() < day);
            let prices = earlier.flat_map(|other| {
                let lines = other["order"]["lines"].as_array().unwrap().iter();
                lines.map(|line| json!({ "sku": line["sku"], "unitPriceCny": line["unitPriceCny"], "date": other["day"] }))
            });
            let request = json!({
                "policy": policy, "today": day, "order": past["order"], "supplier": past["supplier"],
                "previousPrices": prices.collect::<Vec<_>>(),
            });
            checked(&request).unwrap()
        };
        let rules_of = |verdict: &Value, outcome: &str| {
            let findings = verdict["findings"].as_array().unwrap().iter();
            let mut rules: Vec<Value> = findings
                .filter(|finding| finding["outcome"] == outcome)
                .map(|finding| finding["rule"].clone())
                .collect();
            rules.dedup();
            rules
        };
        let mut expected = json!({ "wouldStop": [], "wouldPass": [], "wouldChange": [] });
        let (mut stops_before, mut stops_after) = (0, 0);
        for past in &log {
            let [was, would_be] = [&before, &after].map(|policy| verdict(policy, past));
            stops_before += i32::from(was["verdict"] == "stop");
            stops_after += i32::from(would_be["verdict"] == "stop");
            let (list, rules) = match (was["verdict"].as_str().unwrap(), would_be["verdict"].as_str().unwrap()) {
                (was, would_be) if was == would_be => continue,
                (_, "stop") => ("wouldStop", rules_of(&would_be, "hardStop")),
                ("stop", _) => ("wouldPass", rules_of(&was, "hardStop")),
                ("incomplete", _) => ("wouldChange", rules_of(&was, "missing")),
                _ => ("wouldChange", rules_of(&would_be, "missing")),
            };
            let list = expected[list].as_array_mut().unwrap();
            list.push(json!({ "id": past["id"], "before": was["verdict"], "after": would_be["verdict"], "rules": rules }));
        }
        for list in ["wouldStop", "wouldPass", "wouldChange"] {
            let mut tried = found[list].clone();
            let mut sum = 0;
            for tried in tried.as_array_mut().unwrap() {
                sum += minor(&tried.as_object_mut().unwrap().remove("value").unwrap());
            }
            prop_assert_eq!(&tried, &expected[list], "{}", list);
            prop_assert_eq!(minor(&found[format!("{list}Value")]), sum);
        }
        prop_assert_eq!(&found["stopsBefore"], &json!(stops_before));
        prop_assert_eq!(&found["stopsAfter"], &json!(stops_after));
    }
}
