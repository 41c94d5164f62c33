//! Every kind of issue and warning, by what the buyer wrote.
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

use landfall::{json, landed_cost};
use serde_json::{Value, json};
use support::answer;

/// A small legal request; tests change it in one place.
fn request() -> Value {
    json!({
        "homeCurrency": "USD",
        "exchangeRate": { "cnyPerUnit": "7.10", "asOf": "2026-11-20", "others": { "EUR": "0.92" } },
        "lines": [
            { "sku": "A", "unitPriceCny": "12.5", "quantity": 200, "order": "first", "unitWeightKg": "0.4",
              "carton": { "units": 20, "lengthCm": "40", "widthCm": "30", "heightCm": "25", "grossKg": "9" } },
            { "sku": "B", "unitPriceCny": "8", "quantity": 50, "unitWeightKg": "0.2",
              "carton": { "units": 10, "lengthCm": "30", "widthCm": "30", "heightCm": "25" } },
        ],
        "charges": [
            { "component": "agentFee", "rate": { "type": "percentOf", "base": "goods", "percent": "5" } },
            { "component": "internationalShipping", "rate": { "type": "perChargeableKg", "divisor": "6000", "amount": "6" } },
        ],
        "customs": { "basis": "fob", "dutyPercent": "3" },
        "shipment": { "mode": "air" },
    })
}

/// The request with a value set; the pointer's last name may be new.
fn with(pointer: &str, value: Value) -> Value {
    let mut request = request();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = request.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(items) if name == "-" => items.push(value),
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        other => other[name] = value,
    }
    request
}

#[track_caller]
fn check(request: &Value, expected: &[(&str, &str)]) {
    let issues = match answer(request) {
        Ok(_) => Vec::new(),
        Err(issues) => issues,
    };
    let found: Vec<(String, String)> = issues
        .into_iter()
        .map(|issue| {
            let code = serde_json::to_value(&issue.problem).unwrap()["code"].clone();
            (issue.path, code.as_str().unwrap().to_owned())
        })
        .collect();
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(path, code)| (&**path, &**code))
        .collect();
    assert_eq!(found, expected, "{request}");
}

#[test]
fn a_legal_request_has_none() {
    check(&request(), &[]);
}

#[test]
fn numbers_that_may_have_lost_something_are_refused_with_a_reason() {
    let path = "lines[0].unitPriceCny";
    for text in [
        "1e3",
        "1_000",
        "0x10",
        "-1",
        "",
        "12345678901",
        "1.123456789",
    ] {
        check(
            &with("/lines/0/unitPriceCny", json!(text)),
            &[(path, "notDecimal")],
        );
    }
    check(
        &with("/lines/0/unitPriceCny", json!(1.5)),
        &[(path, "notExact")],
    );
    check(
        &with("/lines/0/unitPriceCny", json!(-1)),
        &[(path, "outOfRange")],
    );
    check(&with("/lines/0/unitPriceCny", json!(12)), &[]);
    check(
        &with("/lines/0/quantity", json!(1.5)),
        &[("lines[0].quantity", "notInteger")],
    );
    check(
        &with("/lines/0/quantity", json!("10")),
        &[("lines[0].quantity", "wrongType")],
    );
    check(
        &with("/lines/0/quantity", json!(0)),
        &[("lines[0].quantity", "outOfRange")],
    );
    check(
        &with("/lines/0/quantity", json!(1_000_000_001)),
        &[("lines[0].quantity", "outOfRange")],
    );
}

#[test]
fn all_issues_come_at_once_with_their_places() {
    let mut broken = request();
    broken["homeCurrency"] = json!("DOLLAR");
    broken["lines"][1]["carton"]["units"] = json!(0);
    broken["lines"][0].as_object_mut().unwrap().remove("sku");
    broken["charges"][1]["rate"]["amuont"] = json!("1");
    broken["customs"]["basis"] = json!("exw");
    broken["shipment"] = json!({ "mode": null });
    check(
        &broken,
        &[
            ("homeCurrency", "unknownValue"),
            ("lines[0].sku", "required"),
            ("lines[1].carton.units", "outOfRange"),
            ("charges[1].rate.amuont", "unknownField"),
            ("customs.basis", "unknownValue"),
            ("shipment.mode", "wrongType"),
        ],
    );
}

#[test]
fn exchange_rates() {
    check(
        &with("/exchangeRate/cnyPerUnit", json!("0")),
        &[("exchangeRate.cnyPerUnit", "outOfRange")],
    );
    check(
        &with("/exchangeRate/spreadPercent", json!("100")),
        &[("exchangeRate.spreadPercent", "outOfRange")],
    );
    check(&with("/exchangeRate/spreadPercent", json!("99.9")), &[]);
    check(
        &with("/exchangeRate/asOf", json!("2026-02-30")),
        &[("exchangeRate.asOf", "badDate")],
    );
    for (other, code) in [
        ("CNY", "notAllowedHere"),
        ("USD", "notAllowedHere"),
        ("EURO", "unknownValue"),
    ] {
        let path = format!("exchangeRate.others.{other}");
        check(
            &with("/exchangeRate/others", json!({ other: "1" })),
            &[(&path, code)],
        );
    }
    check(
        &with("/charges/0/currency", json!("GBP")),
        &[("charges[0].currency", "unknownValue")],
    );
    check(&with("/charges/0/currency", json!("EUR")), &[]);
    let mut cny = request();
    cny["homeCurrency"] = json!("CNY");
    check(&cny, &[("exchangeRate.cnyPerUnit", "outOfRange")]);
    cny["exchangeRate"]["cnyPerUnit"] = json!("1.00");
    check(&cny, &[]);
    cny["exchangeRate"]["spreadPercent"] = json!("1");
    check(&cny, &[("exchangeRate.spreadPercent", "notAllowedHere")]);
}

#[test]
fn lines() {
    check(&with("/lines", json!([])), &[("lines", "empty")]);
    let line = request()["lines"][0].clone();
    check(
        &with("/lines", json!(vec![line; 10_001])),
        &[("lines", "tooMany")],
    );
    check(
        &with("/lines/0/defectPercent", json!("100")),
        &[("lines[0].defectPercent", "outOfRange")],
    );
    check(&with("/lines/0/dutyPercent", json!("1000")), &[]);
    check(
        &with("/lines/0/dutyPercent", json!("1000.1")),
        &[("lines[0].dutyPercent", "outOfRange")],
    );
    check(
        &with("/lines/0/carton/grossKg", json!("0")),
        &[("lines[0].carton.grossKg", "outOfRange")],
    );
    check(
        &with("/lines/0/quantiy", json!(1)),
        &[("lines[0].quantiy", "unknownField")],
    );
}

#[test]
fn charges() {
    let set = |field: &str, value: Value| with(&format!("/charges/0/{field}"), value);
    check(
        &set("order", json!("second")),
        &[("charges[0].order", "unknownValue")],
    );
    check(&set("order", json!("first")), &[]);
    check(
        &set("when", json!({})),
        &[("charges[0].when", "notAllowedHere")],
    );
    let both = |minimum: &str, maximum: &str| {
        let mut request = set("minimum", json!(minimum));
        request["charges"][0]["maximum"] = json!(maximum);
        request
    };
    check(
        &both("8", "7.99"),
        &[("charges[0].minimum", "minimumAboveMaximum")],
    );
    check(&both("8", "8"), &[]);
    check(
        &set("dutiablePercent", json!("100.1")),
        &[("charges[0].dutiablePercent", "outOfRange")],
    );
    let destination = |fields: Value| {
        let mut charge =
            json!({ "component": "destination", "rate": { "type": "flat", "amount": "5" } });
        for (name, value) in fields.as_object().unwrap() {
            charge[name] = value.clone();
        }
        with("/charges/-", charge)
    };
    check(
        &destination(json!({ "dutiablePercent": "1" })),
        &[("charges[2].dutiablePercent", "notAllowedHere")],
    );
    check(
        &destination(json!({ "when": { "modes": ["sea"], "customsValueAbove": "800" } })),
        &[],
    );
    check(
        &destination(json!({ "when": { "modes": [] } })),
        &[("charges[2].when.modes", "empty")],
    );
    let on_taxes = json!({ "type": "percentOf", "base": "dutyAndVat", "percent": "2" });
    check(
        &destination(json!({ "rate": on_taxes, "taxable": true })),
        &[("charges[2].taxable", "notAllowedHere")],
    );
}

#[test]
fn rates() {
    let rate = |component: &str, rate: Value| {
        with(
            "/charges/0",
            json!({ "component": component, "rate": rate }),
        )
    };
    let percent = |component: &str, base: &str, percent: &str| {
        rate(
            component,
            json!({ "type": "percentOf", "base": base, "percent": percent }),
        )
    };
    let base = "charges[0].rate.base";
    for (component, of, code) in [
        (
            "domesticShipping",
            "goodsAndDomesticShipping",
            "baseNotKnown",
        ),
        ("agentFee", "originCosts", "baseNotKnown"),
        ("internationalShipping", "goodsAndFreight", "baseNotKnown"),
        ("insurance", "customsValue", "baseNotKnown"),
        ("insurance", "dutyAndVat", "baseNotKnown"),
        ("destination", "insuredValue", "notAllowedHere"),
        ("agentFee", "insuredValue", "notAllowedHere"),
    ] {
        check(&percent(component, of, "1"), &[(base, code)]);
    }
    check(&percent("packaging", "goodsAndDomesticShipping", "1"), &[]);
    check(&percent("insurance", "insuredValue", "90.9"), &[]);
    check(
        &percent("insurance", "insuredValue", "90.90909091"),
        &[("charges[0].rate.percent", "outOfRange")],
    );
    let tiered = |base: &str, tiers: Value| {
        rate(
            "insurance",
            json!({ "type": "tieredPercentOf", "base": base, "tiers": tiers }),
        )
    };
    check(
        &tiered("insuredValue", json!([{ "percent": "1" }])),
        &[(base, "notAllowedHere")],
    );
    check(
        &tiered("goods", json!([])),
        &[("charges[0].rate.tiers", "empty")],
    );
    check(
        &tiered("goods", json!([{ "upTo": "9", "percent": "1" }])),
        &[("charges[0].rate.tiers[0].upTo", "notClosed")],
    );
    check(
        &tiered("goods", json!([{ "percent": "1" }, { "percent": "1" }])),
        &[("charges[0].rate.tiers[0].upTo", "notClosed")],
    );
    check(
        &tiered(
            "goods",
            json!([{ "upTo": "9", "percent": "1" }, { "upTo": "9", "percent": "1" }, { "percent": "1" }]),
        ),
        &[("charges[0].rate.tiers[1].upTo", "notAscending")],
    );
    let breaks = |amount: Value, breaks: Value| {
        let mut request = request();
        let rate = &mut request["charges"][1]["rate"];
        rate.as_object_mut().unwrap().remove("amount");
        for (name, value) in [("amount", amount), ("breaks", breaks)] {
            if !value.is_null() {
                rate[name] = value;
            }
        }
        request
    };
    let two = json!([{ "fromKg": "45", "amount": "5" }, { "fromKg": "100", "amount": "4" }]);
    check(&breaks(Value::Null, two.clone()), &[]);
    check(
        &breaks(json!("6"), two),
        &[("charges[1].rate.breaks", "notAllowedHere")],
    );
    check(
        &breaks(Value::Null, json!([])),
        &[("charges[1].rate.breaks", "empty")],
    );
    check(
        &breaks(Value::Null, Value::Null),
        &[("charges[1].rate.amount", "required")],
    );
    check(
        &breaks(
            Value::Null,
            json!([{ "fromKg": "45", "amount": "5" }, { "fromKg": "45", "amount": "4" }]),
        ),
        &[("charges[1].rate.breaks[1].fromKg", "notAscending")],
    );
    check(
        &rate("agentFee", json!({})),
        &[("charges[0].rate.type", "required")],
    );
    check(
        &rate("agentFee", json!({ "type": "percent" })),
        &[("charges[0].rate.type", "unknownValue")],
    );
    check(
        &rate(
            "agentFee",
            json!({ "type": "flat", "amount": "1", "percent": "1" }),
        ),
        &[("charges[0].rate.percent", "unknownField")],
    );
}

#[test]
fn what_follows_from_another_issue_is_not_reported() {
    let mut broken = with("/charges/0/order", json!("first"));
    broken["lines"] = json!([5]);
    check(&broken, &[("lines[0]", "wrongType")]);
    let mut broken = with("/charges/0/currency", json!("EUR"));
    broken["exchangeRate"]["others"] = json!(5);
    check(&broken, &[("exchangeRate.others", "wrongType")]);
}

#[test]
fn nothing_grows_without_a_limit() {
    let charge = request()["charges"][0].clone();
    check(&with("/charges", json!(vec![charge.clone(); 1_000])), &[]);
    check(
        &with("/charges", json!(vec![charge; 1_001])),
        &[("charges", "tooMany")],
    );
    let mut broken = request();
    broken["customs"]["taxableComponents"] = json!(vec![0; 50_000]);
    assert_eq!(
        answer(&broken).unwrap_err().len(),
        landfall::check::MAX_ISSUES
    );
}

#[test]
fn a_working_that_no_decimal_holds_is_too_large() {
    let mut huge = request();
    huge["lines"][0]["carton"] =
        json!({ "units": 1, "lengthCm": "100000", "widthCm": "100000", "heightCm": "1000" });
    huge["lines"][0]["quantity"] = json!(1_000_000_000);
    let freight = |divisor: &str, amount: &str| {
        json!({ "component": "internationalShipping",
                "rate": { "type": "perChargeableKg", "divisor": divisor, "amount": amount } })
    };
    huge["charges"] = json!([freight("0.00000001", "0"), freight("6000", "0.01")]);
    check(&huge, &[]);
    huge["explain"] = json!(true);
    check(&huge, &[("", "tooLarge")]);
}

#[test]
fn shares_of_charges_and_recovered_vat_are_explained() {
    let mut explained = with("/charges/0/dutiablePercent", json!("40"));
    explained["customs"]["vatPercent"] = json!("20");
    explained["customs"]["vatRecoverable"] = json!(true);
    explained["explain"] = json!(true);
    let result = answer(&explained).unwrap();
    let parts = &result["customs"]["working"]["value"]["parts"];
    assert_eq!(parts[0]["percentOfCharge"], "40");
    let vat = &result["lines"][0]["working"]["components"]["vat"];
    assert_eq!(
        (&vat["code"], &vat["percent"]),
        (&json!("vatRecovered"), &json!("20"))
    );
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let text = request()
        .to_string()
        .replacen("\"sku\"", "\"sku\":\"A\",\"sku\"", 1);
    let issues = landed_cost::landed_cost_of(&json::read(&text).unwrap()).unwrap_err();
    assert_eq!(issues[0].path, "lines[0].sku");
}

#[test]
fn a_result_that_no_decimal_holds_is_too_large() {
    let mut huge = request();
    huge["exchangeRate"]["cnyPerUnit"] = json!("0.00000001");
    huge["lines"][0]["unitPriceCny"] = json!("9999999999.99999999");
    huge["lines"][0]["quantity"] = json!(1_000_000_000);
    check(&huge, &[("lines[0]", "tooLarge")]);
}

#[test]
fn a_margin_out_of_reach_says_what_the_percentages_add_up_to() {
    let price = |fields: Value| {
        let mut request = json!({ "currency": "USD", "landedCostPerUnit": "4" });
        for (name, value) in fields.as_object().unwrap() {
            request[name] = value.clone();
        }
        let text = request.to_string();
        landed_cost::selling_price_of(&json::read(&text).unwrap())
            .map(|price| price.target.to_string())
            .map_err(|issues| serde_json::to_value(&issues[0]).unwrap())
    };
    assert_eq!(price(json!({ "feePercent": "15" })), Ok("4.71".to_owned()));
    let unreachable = price(
        json!({ "feePercent": "15", "advertisingPercent": "45", "targetMarginPercent": "40" }),
    );
    let unreachable = unreachable.unwrap_err();
    assert_eq!(unreachable["code"], "unreachableMargin");
    assert_eq!(unreachable["sumPercent"], "100.00");
    let all_back = price(json!({ "returnPercent": "100" })).unwrap_err();
    assert_eq!(all_back["code"], "unreachableMargin");
    assert!(all_back["sumPercent"].is_null());
    assert_eq!(
        price(json!({ "feePercent": "101" })).unwrap_err()["code"],
        "outOfRange"
    );
}

#[track_caller]
fn check_warnings(request: &Value, expected: &[(&str, &str)]) {
    let result = answer(request).unwrap();
    let found: Vec<(&str, &str)> = result["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| {
            (
                warning["path"].as_str().unwrap(),
                warning["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(found, expected, "{request}");
}

#[test]
fn warnings_point_at_what_is_unlikely() {
    check_warnings(&request(), &[]);
    let without = |pointer: &str, name: &str| {
        let mut request = request();
        request
            .pointer_mut(pointer)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(name);
        request
    };
    check_warnings(
        &without("/lines/1", "carton"),
        &[("lines[1].carton", "measureMissing")],
    );
    check_warnings(
        &without("/lines/1", "unitWeightKg"),
        &[("lines[1].unitWeightKg", "measureMissing")],
    );
    check_warnings(
        &without("/customs", "dutyPercent"),
        &[("customs.dutyPercent", "noDuty")],
    );
    check_warnings(&with("/customs/dutyPercent", json!("0")), &[]);
    check_warnings(
        &with("/customs/dutyPercent", json!("101")),
        &[("customs.dutyPercent", "percentUnlikely")],
    );
    check_warnings(
        &with("/shipment/dutiesIncluded", json!(true)),
        &[("shipment.dutiesIncluded", "dutyIgnored")],
    );
    check_warnings(
        &with("/lines/0/carton/grossKg", json!("900")),
        &[("lines[0].carton", "densityUnlikely")],
    );
    check_warnings(
        &with("/lines/0/carton/lengthCm", json!("2000")),
        &[("lines[0].carton", "densityUnlikely")],
    );
    check_warnings(
        &with("/lines/1/sku", json!("A")),
        &[("lines[1].sku", "duplicateSku")],
    );
    check_warnings(
        &with("/exchangeRate/spreadPercent", json!("10.5")),
        &[("exchangeRate.spreadPercent", "spreadUnlikely")],
    );
    check_warnings(
        &with("/charges/0/rate/percent", json!("50.1")),
        &[("charges[0].rate.percent", "percentUnlikely")],
    );
    check_warnings(
        &with("/charges/1/rate/divisor", json!("500")),
        &[("charges[1].rate.divisor", "divisorUnlikely")],
    );
    let mut nothing = request();
    for line in nothing["lines"].as_array_mut().unwrap() {
        line.as_object_mut().unwrap().remove("carton");
    }
    nothing["charges"][0] =
        json!({ "component": "packaging", "rate": { "type": "perCarton", "amount": "2" } });
    check_warnings(&nothing, &[("charges[0].rate", "chargeIsZero")]);
}
