//! What the rules find in an order, at their limits and for every order.
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

use landfall::finding::Finding;
use landfall::json as read;
use landfall::order::{self, OrderCheckRequest};
use landfall::policy::{Kind, Policy};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{checked, config};

/// An order at which no rule bites; tests change it in one place.
fn request() -> Value {
    json!({
        "policy": { "version": 7 },
        "today": "2026-11-21",
        "order": {
            "supplierId": "yiwu",
            "exchangeRate": { "cnyPerUnit": "7", "asOf": "2026-11-20" },
            "lines": [
                { "sku": "MUG", "unitPriceCny": "10", "quantity": 70 },
                { "sku": "LID", "unitPriceCny": "2", "quantity": 70 },
            ],
            "domesticShippingCny": "70",
            "landedTotal": "321.40",
            "specification": { "colour": true, "size": true, "quantity": true, "packaging": true },
            "productLink": "https://detail.1688.com/offer/1.html",
            "priceScreenshot": "mug.png",
            "staff": "Li",
            "expectedDelivery": "2026-12-10",
        },
        "supplier": { "id": "yiwu", "status": "whitelisted" },
        "previousPrices": [
            { "sku": "MUG", "unitPriceCny": "10", "date": "2026-10-01" },
            { "sku": "LID", "unitPriceCny": "2", "date": "2026-10-01" },
        ],
    })
}

/// The request with values set; the last name of a pointer may be new.
fn with(changes: &[(&str, Value)]) -> Value {
    let mut request = request();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        match request.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
            other => other[name] = value.clone(),
        }
    }
    request
}

/// The request without a field.
fn without(pointer: &str) -> Value {
    let mut request = request();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = request.pointer_mut(parent).unwrap();
    parent.as_object_mut().unwrap().remove(name).unwrap();
    request
}

/// What a rule found in an order, by its outcome, one for each line where it is one for each.
#[track_caller]
fn outcomes(request: &Value, rule: &str) -> Vec<String> {
    let verdict = checked(request).unwrap_or_else(|issues| panic!("{request}: {issues:?}"));
    let findings = verdict["findings"].as_array().unwrap().clone();
    let of_rule = findings.iter().filter(|finding| finding["rule"] == rule);
    of_rule
        .map(|finding| finding["outcome"].as_str().unwrap().to_owned())
        .collect()
}

#[track_caller]
fn check(request: &Value, rule: &str, expected: &[&str]) {
    assert_eq!(outcomes(request, rule), expected, "{rule} of {request}");
}

#[track_caller]
fn check_issues(request: &Value, expected: &[(&str, &str)]) {
    let issues = checked(request).err().unwrap_or_default();
    let issues = issues.iter().map(|issue| {
        let code = serde_json::to_value(&issue.problem).unwrap()["code"].clone();
        (issue.path.clone(), code.as_str().unwrap().to_owned())
    });
    let found: Vec<_> = issues.collect();
    let found: Vec<_> = found
        .iter()
        .map(|(path, code)| (&**path, &**code))
        .collect();
    assert_eq!(found, expected, "{request}");
}

#[test]
fn every_rule_says_something_when_none_bites() {
    let verdict = checked(&request()).unwrap();
    assert_eq!(verdict["verdict"], "proceed");
    assert_eq!(verdict["orderValue"], "321.40");
    assert_eq!(verdict["policyVersion"], 7);
    let findings = verdict["findings"].as_array().unwrap();
    let rules: Vec<&str> = findings
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    assert_eq!(
        rules,
        [
            "order-value",
            "supplier-whitelist",
            "price-increase",
            "price-increase",
            "specification",
            "cost-calculated",
            "exchange-rate",
            "order-record"
        ]
    );
    assert!(findings.iter().all(|finding| finding["outcome"] == "pass"));
}

#[test]
fn stops_come_first_then_what_is_missing_then_notices() {
    let request = with(&[
        ("/order/lines/0/unitPriceCny", json!("12")),
        ("/order/lines/1/unitPriceCny", json!("3")),
        ("/order/landedTotal", json!("800.01")),
        ("/order/staff", json!("\u{3000}")),
        ("/order/specification", json!({ "colour": true })),
        (
            "/previousPrices",
            json!([{ "sku": "LID", "unitPriceCny": "2", "date": "2026-11-21" }]),
        ),
    ]);
    let verdict = checked(&request).unwrap();
    let findings = verdict["findings"].as_array().unwrap();
    let all: Vec<String> = findings
        .iter()
        .map(|finding| {
            let text = |name| finding[name].as_str().unwrap_or("-");
            format!("{} {} {}", text("outcome"), text("rule"), text("subject"))
        })
        .collect();
    assert_eq!(
        all,
        [
            "hardStop order-value -",
            "hardStop price-increase LID",
            "missing specification -",
            "missing order-record -",
            "notice price-increase MUG",
            "pass supplier-whitelist -",
            "pass cost-calculated -",
            "pass exchange-rate -",
        ]
    );
    assert_eq!(verdict["verdict"], "stop");
}

#[test]
fn exactly_the_limit_passes() {
    let value = |total: &str| with(&[("/order/landedTotal", json!(total))]);
    check(&value("800"), "order-value", &["pass"]);
    check(&value("800.00000001"), "order-value", &["hardStop"]);
    let price = |price: &str| with(&[("/order/lines/0/unitPriceCny", json!(price))]);
    check(&price("11.5"), "price-increase", &["pass", "pass"]);
    check(
        &price("11.50000001"),
        "price-increase",
        &["hardStop", "pass"],
    );
    let as_of = |day: &str| with(&[("/order/exchangeRate/asOf", json!(day))]);
    check(&as_of("2026-11-18"), "exchange-rate", &["pass"]);
    check(&as_of("2026-11-17"), "exchange-rate", &["missing"]);
    check(&as_of("2026-11-21"), "exchange-rate", &["pass"]);
    check(&as_of("2026-11-22"), "exchange-rate", &["missing"]);
}

#[test]
fn a_price_is_compared_exactly_however_long_it_is() {
    // 8,695,652,173.91304346 × 1.15 = 9,999,999,999.999999979: as a quotient the rise would be 15 %.
    let long = |price: &str, percent: &str| {
        with(&[
            (
                "/policy/orders",
                json!({ "priceIncreasePercent": percent, "maximumOrderValue": "9999999999" }),
            ),
            (
                "/previousPrices/0/unitPriceCny",
                json!("8695652173.91304346"),
            ),
            ("/order/lines/0/unitPriceCny", json!(price)),
        ])
    };
    check(
        &long("9999999999.99999997", "15"),
        "price-increase",
        &["pass", "pass"],
    );
    check(
        &long("9999999999.99999998", "15"),
        "price-increase",
        &["hardStop", "pass"],
    );
    check(
        &long("9999999999.99999999", "15.00000001"),
        "price-increase",
        &["pass", "pass"],
    );
}

#[test]
fn the_value_falls_back_on_what_is_known() {
    let basis = |basis: &str, rest: &[(&str, Value)]| {
        let mut changes = vec![("/policy/orders", json!({ "orderValueBasis": basis }))];
        changes.extend(rest.iter().cloned());
        with(&changes)
    };
    let value = |request: &Value| checked(request).unwrap()["orderValue"].clone();
    let no_shipping = |mut request: Value| {
        let order = request["order"].as_object_mut().unwrap();
        order.remove("domesticShippingCny");
        request
    };
    let no_total = |mut request: Value| {
        request["order"]
            .as_object_mut()
            .unwrap()
            .remove("landedTotal");
        request
    };
    let all = ["landedCost", "goodsAndDomesticShipping", "goods"];
    let given = all.map(|name| value(&basis(name, &[])));
    assert_eq!(given, ["321.40", "130.00", "120.00"]);
    for name in all {
        check(&basis(name, &[]), "order-value", &["pass"]);
    }
    let request = no_total(basis("landedCost", &[]));
    assert_eq!(value(&request), "130.00");
    check(&request, "order-value", &["notice"]);
    check(&request, "cost-calculated", &["missing"]);
    let request = no_shipping(request);
    assert_eq!(value(&request), "120.00");
    check(&request, "order-value", &["notice"]);
    let request = no_shipping(basis("goodsAndDomesticShipping", &[]));
    assert_eq!(value(&request), "120.00");
    check(&request, "order-value", &["notice"]);
    // The landed total contains domestic shipping, known or not.
    check(
        &no_shipping(basis("landedCost", &[])),
        "order-value",
        &["pass"],
    );
    check(
        &no_total(no_shipping(basis("goods", &[]))),
        "order-value",
        &["pass"],
    );
    // A notice gives way to a stop.
    let low = json!({ "orderValueBasis": "landedCost", "maximumOrderValue": "129.99" });
    check(
        &no_total(with(&[("/policy/orders", low)])),
        "order-value",
        &["hardStop"],
    );
}

#[test]
fn a_landed_total_below_what_it_must_contain_counts_as_not_given() {
    let total = |total: &str| with(&[("/order/landedTotal", json!(total))]);
    check(&total("130"), "cost-calculated", &["pass"]);
    check(&total("130"), "order-value", &["pass"]);
    check(&total("129.99"), "cost-calculated", &["missing"]);
    check(&total("129.99"), "order-value", &["notice"]);
    assert_eq!(checked(&total("129.99")).unwrap()["orderValue"], "130.00");
    let mut goods_alone = total("125");
    let order = goods_alone["order"].as_object_mut().unwrap();
    order.remove("domesticShippingCny");
    check(&goods_alone, "cost-calculated", &["pass"]);
}

#[test]
fn amounts_are_rounded_line_by_line_to_the_minor_unit() {
    let in_currency = |code: &str, rate: &str| {
        with(&[
            (
                "/policy",
                json!({ "homeCurrency": code, "orders": { "orderValueBasis": "goodsAndDomesticShipping" } }),
            ),
            ("/order/exchangeRate/cnyPerUnit", json!(rate)),
            (
                "/order/lines",
                json!([
                    { "sku": "A", "unitPriceCny": "0.25", "quantity": 1 },
                    { "sku": "B", "unitPriceCny": "0.25", "quantity": 1 },
                ]),
            ),
            ("/order/domesticShippingCny", json!("0.25")),
        ])
    };
    let value =
        |code: &str, rate: &str| checked(&in_currency(code, rate)).unwrap()["orderValue"].clone();
    // 0.5 of a yen three times, each rounded up.
    assert_eq!(value("JPY", "0.5"), "3");
    assert_eq!(value("KRW", "0.5"), "3");
    assert_eq!(value("KWD", "23.2"), "0.033");
    assert_eq!(value("USD", "7"), "0.12");
    assert_eq!(value("CNY", "1"), "0.75");
    check_issues(
        &in_currency("CNY", "7"),
        &[("order.exchangeRate.cnyPerUnit", "outOfRange")],
    );
}

#[test]
fn the_newest_price_up_to_today_counts_and_of_several_the_lowest() {
    let previous = |prices: &[(&str, &str)]| {
        let prices: Vec<Value> = prices
            .iter()
            .map(|(price, date)| json!({ "sku": "MUG", "unitPriceCny": price, "date": date }))
            .collect();
        with(&[
            ("/previousPrices", json!(prices)),
            (
                "/order/lines",
                json!([{ "sku": "MUG", "unitPriceCny": "10", "quantity": 1 }]),
            ),
        ])
    };
    let found = |prices: &[(&str, &str)]| outcomes(&previous(prices), "price-increase").concat();
    assert_eq!(found(&[("8", "2026-11-20"), ("10", "2026-11-21")]), "pass");
    assert_eq!(
        found(&[("10", "2026-11-20"), ("8", "2026-11-21")]),
        "hardStop"
    );
    assert_eq!(found(&[("8", "2026-11-22"), ("10", "2026-11-20")]), "pass");
    assert_eq!(
        found(&[
            ("10", "2026-11-20"),
            ("8", "2026-11-20"),
            ("9", "2026-11-20")
        ]),
        "hardStop"
    );
    assert_eq!(found(&[("9", "2026-11-22")]), "notice");
    assert_eq!(found(&[("9", "2026-11-20"), ("0", "2026-11-21")]), "notice");
    assert_eq!(found(&[]), "notice");
}

#[test]
fn agreed_ranges_are_of_the_orders_supplier() {
    let agreed = |id: &str, ranges: &[(&str, &str)]| {
        let ranges: Vec<Value> = ranges
            .iter()
            .map(|(minimum, maximum)| json!({ "sku": "MUG", "minimumCny": minimum, "maximumCny": maximum }))
            .collect();
        with(&[(
            "/supplier",
            json!({ "id": id, "status": "whitelisted", "agreedPrices": ranges }),
        )])
    };
    let rule = "agreed-price-range";
    check(&agreed("yiwu", &[("9", "10")]), rule, &["pass"]);
    check(&agreed("yiwu", &[("10", "10")]), rule, &["pass"]);
    check(
        &agreed("yiwu", &[("10.00000001", "11")]),
        rule,
        &["hardStop"],
    );
    check(
        &agreed("yiwu", &[("8", "9"), ("10", "11")]),
        rule,
        &["pass"],
    );
    check(
        &agreed("yiwu", &[("8", "9"), ("11", "12")]),
        rule,
        &["hardStop"],
    );
    check(&agreed("yiwu", &[]), rule, &[]);
    check(&agreed("ningbo", &[("8", "9")]), rule, &[]);
    check(
        &agreed("ningbo", &[("8", "9")]),
        "supplier-whitelist",
        &["hardStop"],
    );
}

#[test]
fn only_an_approved_supplier_passes() {
    let supplier = |value: Value| with(&[("/supplier", value)]);
    let rule = "supplier-whitelist";
    for (status, outcome) in [
        ("whitelisted", "pass"),
        ("new", "hardStop"),
        ("suspended", "hardStop"),
    ] {
        check(
            &supplier(json!({ "id": "yiwu", "status": status })),
            rule,
            &[outcome],
        );
    }
    check(&supplier(Value::Null), rule, &["hardStop"]);
    check_issues(&without("/supplier"), &[("supplier", "required")]);
}

#[test]
fn what_nobody_can_see_is_blank() {
    let fields = [
        "productLink",
        "priceScreenshot",
        "staff",
        "expectedDelivery",
    ];
    for blank in [
        "",
        " ",
        "\t\n",
        "\u{a0}",
        "\u{3000}\u{2003}",
        "\u{1680}",
        "\u{200b}\u{feff}",
        "\u{3164}",
        "\u{2800}",
    ] {
        for field in fields {
            let request = with(&[(&format!("/order/{field}"), json!(blank))]);
            check(&request, "order-record", &["missing"]);
            let verdict = checked(&request).unwrap();
            assert_eq!(verdict["verdict"], "incomplete");
            assert_eq!(verdict["findings"][0]["because"]["missing"], field);
        }
    }
    for field in fields {
        check(
            &without(&format!("/order/{field}")),
            "order-record",
            &["missing"],
        );
    }
    check(
        &with(&[("/order/staff", json!("\u{3000}李\u{200b}"))]),
        "order-record",
        &["pass"],
    );
}

#[test]
fn every_part_of_the_specification_is_confirmed() {
    for part in ["colour", "size", "quantity", "packaging"] {
        let pointer = format!("/order/specification/{part}");
        for request in [with(&[(&pointer, json!(false))]), without(&pointer)] {
            check(&request, "specification", &["missing"]);
            let finding = checked(&request).unwrap()["findings"][0].clone();
            assert_eq!(finding["because"], json!({ "unconfirmed": part }));
        }
    }
}

#[test]
fn a_finding_has_its_numbers() {
    let request = with(&[
        ("/order/lines/0/unitPriceCny", json!("11.5001")),
        (
            "/supplier/agreedPrices",
            json!([
                { "sku": "MUG", "minimumCny": "9", "maximumCny": "10.50" },
                { "sku": "MUG", "minimumCny": "12", "maximumCny": "13" },
            ]),
        ),
    ]);
    let verdict = checked(&request).unwrap();
    assert_eq!(
        verdict["findings"][0],
        json!({
            "rule": "price-increase", "outcome": "hardStop", "subject": "MUG", "observed": "11.5001", "limit": "11.5",
            "because": { "maximumPercent": "15", "previousPriceCny": "10", "previousDate": "2026-10-01", "changePercent": "15.01" },
        })
    );
    assert_eq!(
        verdict["findings"][1],
        json!({
            "rule": "agreed-price-range", "outcome": "hardStop", "subject": "MUG", "observed": "11.5001",
            "limit": "9–10.50, 12–13",
        })
    );
    let fallen = with(&[("/order/lines/0/unitPriceCny", json!("6.66666"))]);
    let findings = checked(&fallen).unwrap()["findings"].clone();
    let fallen = findings
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["subject"] == "MUG");
    assert_eq!(fallen.unwrap()["because"]["changePercent"], "-33.33");
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    check_issues(
        &with(&[
            ("/today", json!("2026-02-30")),
            ("/order/lines", json!([])),
            ("/order/domesticShippingCny", json!(-1)),
            ("/order/landedTotal", json!("1e3")),
            ("/order/expectedDelivery", json!("next week")),
            ("/order/exchangeRate/spreadPercent", json!("1")),
            (
                "/supplier/agreedPrices",
                json!([{ "sku": "MUG", "minimumCny": "2", "maximumCny": "1" }]),
            ),
            ("/previousPrices/1/date", json!("2026-13-01")),
            (
                "/policy/orders",
                json!({ "maximumOrderValue": 800.5, "maximum": 1 }),
            ),
        ]),
        &[
            ("policy.orders.maximum", "unknownField"),
            ("policy.orders.maximumOrderValue", "notExact"),
            ("today", "badDate"),
            ("order.exchangeRate.spreadPercent", "unknownField"),
            ("order.lines", "empty"),
            ("order.domesticShippingCny", "outOfRange"),
            ("order.landedTotal", "notDecimal"),
            ("order.expectedDelivery", "badDate"),
            ("supplier.agreedPrices[0].minimumCny", "minimumAboveMaximum"),
            ("previousPrices[1].date", "badDate"),
        ],
    );
    check_issues(
        &json!({}),
        &[
            ("policy", "required"),
            ("today", "required"),
            ("order", "required"),
            ("supplier", "required"),
            ("previousPrices", "required"),
        ],
    );
    let dear = json!({ "sku": "A", "unitPriceCny": "9999999999", "quantity": 1_000_000_000 });
    let huge = with(&[
        ("/order/lines", json!(vec![dear; 100])),
        ("/order/exchangeRate/cnyPerUnit", json!("0.00000001")),
    ]);
    check_issues(&huge, &[("", "tooLarge")]);
}

#[test]
fn a_policy_has_its_defaults() {
    let policy = |text: &str| Policy::check(&read::read(text).unwrap());
    assert_eq!(policy("{}"), Ok(Policy::default()));
    let written = serde_json::to_value(Policy::default()).unwrap();
    for field in Policy::fields() {
        let pointer = format!("/{}", field.path.replace('.', "/"));
        let value = match (written.pointer(&pointer), field.kind) {
            (None, _) => None,
            (Some(Value::Bool(flag)), Kind::Flag) => Some(flag.to_string()),
            (Some(Value::Number(number)), Kind::Whole(_)) => Some(number.to_string()),
            (Some(Value::String(text)), Kind::Decimal(_) | Kind::Choice(_) | Kind::Currency) => {
                Some(text.clone())
            }
            (value, kind) => panic!("{}: {value:?} is no {kind:?}", field.path),
        };
        assert_eq!(value.as_deref(), field.default, "{}", field.path);
    }
    let leaves = |value: &Value| {
        let mut leaves = 0;
        let mut todo = vec![value];
        while let Some(value) = todo.pop() {
            match value {
                Value::Object(fields) => todo.extend(fields.values()),
                _ => leaves += 1,
            }
        }
        leaves
    };
    let with_default = Policy::fields()
        .into_iter()
        .filter(|field| field.default.is_some());
    assert_eq!(
        leaves(&written),
        with_default.count(),
        "every value is a field"
    );
    let text = serde_json::to_string(&Policy::default()).unwrap();
    assert_eq!(
        policy(&text),
        Ok(Policy::default()),
        "what is written is read again"
    );
}

#[test]
fn a_policy_that_cannot_hold_is_refused() {
    let policy = |policy: Value| with(&[("/policy", policy)]);
    let grades = |grades: Value| policy(json!({ "supplierGrades": grades }));
    check_issues(
        &grades(json!({ "qualityWeight": "50" })),
        &[("policy.supplierGrades", "notHundred")],
    );
    check_issues(
        &grades(json!({ "qualityWeight": "50", "costWeight": 0 })),
        &[],
    );
    check_issues(
        &grades(json!({ "b": "91" })),
        &[("policy.supplierGrades.b", "outOfRange")],
    );
    check_issues(&grades(json!({ "a": "75", "c": "75" })), &[]);
    check_issues(
        &grades(json!({ "c": "76" })),
        &[("policy.supplierGrades.c", "outOfRange")],
    );
    check_issues(
        &policy(json!({ "version": 0 })),
        &[("policy.version", "outOfRange")],
    );
    check_issues(
        &policy(json!({ "timeZone": "" })),
        &[("policy.timeZone", "empty")],
    );
    check_issues(
        &policy(json!({ "homeCurrency": "usd" })),
        &[("policy.homeCurrency", "unknownValue")],
    );
    check_issues(
        &policy(json!({ "control": { "normal": { "x": 1 } } })),
        &[("policy.control.normal.x", "unknownField")],
    );
    check_issues(
        &policy(
            json!({ "receiving": { "spotCheckPercent": "100.1", "inspectionUnitsPerHour": 0 } }),
        ),
        &[
            ("policy.receiving.spotCheckPercent", "outOfRange"),
            ("policy.receiving.inspectionUnitsPerHour", "outOfRange"),
        ],
    );
}

const SKUS: [&str; 3] = ["A", "B", "C"];
const PRICES: [&str; 9] = [
    "0",
    "0.00000001",
    "4",
    "4.6",
    "4.60000001",
    "5",
    "10",
    "11.5",
    "9999999999.99999999",
];
const DAYS: [&str; 5] = [
    "2026-08-01",
    "2026-11-18",
    "2026-11-20",
    "2026-11-21",
    "2026-11-22",
];

fn pick(all: &'static [&'static str]) -> BoxedStrategy<&'static str> {
    prop::sample::select(all).boxed()
}

/// Requests whose values lie at the limits of the rules.
fn requests() -> BoxedStrategy<Value> {
    let line = (pick(&SKUS), pick(&PRICES), 1_u32..50).prop_map(
        |(sku, price, quantity)| json!({ "sku": sku, "unitPriceCny": price, "quantity": quantity }),
    );
    let previous = (pick(&SKUS), pick(&PRICES), pick(&DAYS))
        .prop_map(|(sku, price, date)| json!({ "sku": sku, "unitPriceCny": price, "date": date }));
    let agreed = (pick(&SKUS), pick(&PRICES[..4]), pick(&PRICES[4..]))
        .prop_map(|(sku, minimum, maximum)| json!({ "sku": sku, "minimumCny": minimum, "maximumCny": maximum }));
    let supplier = (
        pick(&["yiwu", "ningbo"]),
        pick(&["whitelisted", "new", "suspended"]),
        prop::collection::vec(agreed, 0..4),
    )
        .prop_map(
            |(id, status, agreed)| json!({ "id": id, "status": status, "agreedPrices": agreed }),
        );
    (
        (pick(&["landedCost", "goodsAndDomesticShipping", "goods"]), pick(&["USD", "JPY", "KWD"])),
        pick(&["7", "0.05", "23.2"]),
        pick(&DAYS),
        prop::collection::vec(line, 1..5),
        (prop::option::of(pick(&["0", "70", "0.25"])), prop::option::of(pick(&["0", "799.99", "800", "800.01", "9999999999"]))),
        (prop::bool::ANY, pick(&["", "Li", "\u{3000}"])),
        prop::option::of(supplier),
        prop::collection::vec(previous, 0..8),
    )
        .prop_map(|((basis, home), rate, day, lines, (shipping, total), (confirmed, staff), supplier, previous)| {
            let mut request = with(&[
                ("/policy", json!({ "homeCurrency": home, "orders": { "orderValueBasis": basis } })),
                ("/order/exchangeRate", json!({ "cnyPerUnit": rate, "asOf": day })),
                ("/order/lines", json!(lines)),
                ("/order/specification", json!({ "colour": confirmed, "size": true, "quantity": true, "packaging": true })),
                ("/order/staff", json!(staff)),
                ("/supplier", supplier.unwrap_or(Value::Null)),
                ("/previousPrices", json!(previous)),
            ]);
            for (name, value) in [("domesticShippingCny", shipping), ("landedTotal", total)] {
                let order = request["order"].as_object_mut().unwrap();
                match value {
                    Some(value) => order.insert(name.to_owned(), json!(value)),
                    None => order.remove(name),
                };
            }
            request
        })
        .boxed()
}

/// The findings as texts, in an order of their own.
fn sorted(verdict: &Value) -> Vec<String> {
    let findings = verdict["findings"].as_array().unwrap();
    let mut findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
    findings.sort();
    findings
}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn the_order_of_lines_prices_and_ranges_does_not_matter(request in requests()) {
        let mut turned = request.clone();
        for pointer in ["/order/lines", "/previousPrices", "/supplier/agreedPrices"] {
            if let Some(Value::Array(items)) = turned.pointer_mut(pointer) {
                items.reverse();
            }
        }
        let (found, turned) = (checked(&request).unwrap(), checked(&turned).unwrap());
        prop_assert_eq!(&found["verdict"], &turned["verdict"]);
        prop_assert_eq!(&found["orderValue"], &turned["orderValue"]);
        let without_limit = |verdict: &Value| -> Vec<String> {
            // The ranges of a limit stand in the order of the request.
            let mut verdict = verdict.clone();
            for finding in verdict["findings"].as_array_mut().unwrap() {
                if finding["rule"] == "agreed-price-range" {
                    finding["limit"] = Value::Null;
                }
            }
            sorted(&verdict)
        };
        prop_assert_eq!(without_limit(&found), without_limit(&turned));
    }

    #[test]
    fn the_verdict_is_that_of_the_gravest_finding(request in requests()) {
        let verdict = checked(&request).unwrap();
        let findings = verdict["findings"].as_array().unwrap();
        let has = |outcome: &str| findings.iter().any(|finding| finding["outcome"] == outcome);
        let expected = if has("hardStop") { "stop" } else if has("missing") { "incomplete" } else { "proceed" };
        prop_assert_eq!(&verdict["verdict"], expected);
        let text = request.to_string();
        let request = OrderCheckRequest::check(&read::read(&text).unwrap()).unwrap();
        prop_assert_eq!(order::verdict(&request).unwrap().name(), expected, "alone");
        let request: Value = serde_json::from_str(&text).unwrap();
        let lines = request["order"]["lines"].as_array().unwrap().len();
        for (rule, count) in [("order-value", 1), ("supplier-whitelist", 1), ("price-increase", lines), ("specification", 1), ("cost-calculated", 1), ("exchange-rate", 1), ("order-record", 1)] {
            prop_assert_eq!(findings.iter().filter(|finding| finding["rule"] == rule).count(), count);
        }
    }

    #[test]
    fn a_higher_price_lifts_no_stop_of_value_or_increase(request in requests(), factor in 2_u32..10) {
        let stops = |request: &Value| ["order-value", "price-increase"].map(|rule| {
            outcomes(request, rule).iter().filter(|outcome| *outcome == "hardStop").count()
        });
        let mut dearer = request.clone();
        let price = dearer["order"]["lines"][0]["unitPriceCny"].as_str().unwrap().to_owned();
        let (whole, fraction) = price.split_once('.').unwrap_or((&price, "0"));
        let whole = (whole.parse::<u64>().unwrap() * u64::from(factor)).min(9_999_999_999);
        dearer["order"]["lines"][0]["unitPriceCny"] = json!(format!("{whole}.{fraction}"));
        let (before, after) = (stops(&request), stops(&dearer));
        prop_assert!(after[0] >= before[0] && after[1] >= before[1], "{before:?} stops became {after:?}");
    }

    #[test]
    fn a_finding_is_read_as_it_was_written(request in requests()) {
        let verdict = checked(&request).unwrap();
        for finding in verdict["findings"].as_array().unwrap() {
            let text = finding.to_string();
            let again = Finding::read(&read::read(&text).unwrap()).unwrap();
            prop_assert_eq!(&serde_json::to_value(&again).unwrap(), finding);
        }
    }
}
