//! What holds for every order, tried on many.
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

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use support::{answer, check_sums, config, minor};

/// A decimal below 10^`whole` with up to `decimals` decimals; short and long ones alike.
fn decimal(whole: u32, decimals: u32) -> BoxedStrategy<String> {
    (0..10_u64.pow(whole), 0..10_u64.pow(decimals), 0..=decimals)
        .prop_map(move |(whole, fraction, keep)| {
            let fraction = format!("{fraction:0width$}", width = decimals as usize);
            match keep {
                0 => whole.to_string(),
                keep => format!("{whole}.{}", &fraction[..keep as usize]),
            }
        })
        .boxed()
}

/// The same, above zero.
fn positive(whole: u32, decimals: u32) -> BoxedStrategy<String> {
    decimal(whole, decimals)
        .prop_map(|text| {
            if text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
                text
            } else {
                "1".to_owned()
            }
        })
        .boxed()
}

fn object(fields: Vec<(&str, Option<Value>)>) -> Value {
    let fields = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(fields.collect::<Map<_, _>>())
}

fn optional<S: Strategy<Value = String> + 'static>(text: S) -> BoxedStrategy<Option<Value>> {
    proptest::option::of(text.prop_map(Value::String)).boxed()
}

fn line(index: usize, orders: bool) -> BoxedStrategy<Value> {
    let carton = (
        1_u64..200,
        positive(2, 2),
        positive(2, 2),
        positive(2, 2),
        optional(positive(2, 3)),
    )
        .prop_map(|(units, length, width, height, gross)| {
            object(vec![
                ("units", Some(json!(units))),
                ("lengthCm", Some(json!(length))),
                ("widthCm", Some(json!(width))),
                ("heightCm", Some(json!(height))),
                ("grossKg", gross),
            ])
        });
    (
        decimal(4, 4),
        1_u64..100_000,
        optional(decimal(2, 4)),
        proptest::option::of(carton),
        (
            optional(decimal(2, 3)),
            optional(decimal(2, 3)),
            optional(decimal(2, 3)),
        ),
        (optional(decimal(1, 3)), optional(decimal(1, 3))),
        optional(decimal(1, 2)),
        prop::bool::ANY,
    )
        .prop_map(
            move |(price, quantity, weight, carton, duties, specific, defects, first)| {
                let order = if first { "A" } else { "B" };
                object(vec![
                    ("sku", Some(json!(format!("SKU-{index}")))),
                    ("order", orders.then(|| json!(order))),
                    ("unitPriceCny", Some(json!(price))),
                    ("quantity", Some(json!(quantity))),
                    ("unitWeightKg", weight),
                    ("carton", carton),
                    ("dutyPercent", duties.0),
                    ("additionalDutyPercent", duties.1),
                    ("vatPercent", duties.2),
                    ("dutyPerUnit", specific.0),
                    ("dutyPerKg", specific.1),
                    ("defectPercent", defects),
                ])
            },
        )
        .boxed()
}

fn lines(count: std::ops::Range<usize>) -> BoxedStrategy<Vec<Value>> {
    (count, prop::bool::ANY)
        .prop_flat_map(|(count, orders)| {
            (0..count)
                .map(|index| line(index, orders))
                .collect::<Vec<_>>()
        })
        .boxed()
}

/// A rate that the component may have, and that never lowers the total when it is raised.
fn rate(component: &'static str) -> BoxedStrategy<Value> {
    let bases: &[&str] = match component {
        "domesticShipping" => &["goods"],
        "packaging" | "inspection" | "agentFee" => &["goods", "goodsAndDomesticShipping"],
        "paymentFee" | "internationalShipping" => &["goods", "originCosts"],
        "insurance" => &["goods", "originCosts", "goodsAndFreight", "insuredValue"],
        _ => &[
            "goods",
            "originCosts",
            "goodsAndFreight",
            "customsValue",
            "dutyAndVat",
        ],
    };
    let weighing = || {
        (
            positive(4, 0),
            prop::sample::select(&["shipment", "carton"][..]),
            decimal(1, 1),
            decimal(2, 1),
        )
    };
    prop_oneof![
        decimal(3, 3).prop_map(|amount| json!({ "type": "flat", "amount": amount })),
        (
            prop::sample::select(&["perUnit", "perCarton", "perKg", "perCbm"][..]),
            decimal(2, 3)
        )
            .prop_map(|(measure, amount)| json!({ "type": measure, "amount": amount })),
        (weighing(), decimal(2, 2)).prop_map(|((divisor, per, step, minimum), amount)| json!({
            "type": "perChargeableKg", "divisor": divisor, "per": per, "roundUpToKg": step,
            "minimumKg": minimum, "amount": amount,
        })),
        (weighing(), decimal(2, 2), decimal(2, 2)).prop_map(
            |((divisor, per, step, minimum), low, high)| json!({
                "type": "perChargeableKg", "divisor": divisor, "per": per, "roundUpToKg": step,
                "minimumKg": minimum,
                "breaks": [{ "fromKg": "45", "amount": high }, { "fromKg": "100", "amount": low }],
            })
        ),
        (weighing(), decimal(2, 1), decimal(2, 1)).prop_map(
            |((divisor, per, step, minimum), first, next)| json!({
                "type": "firstAndNextKg", "divisor": divisor, "per": per, "roundUpToKg": step,
                "minimumKg": minimum, "firstKg": "0.5", "firstAmount": first, "nextKg": "0.5",
                "nextAmount": next,
            })
        ),
        (decimal(3, 2), positive(3, 0), decimal(0, 1)).prop_map(|(amount, kg, minimum)| json!({
            "type": "perRevenueTon", "amount": amount, "kgPerCbm": kg, "minimumTons": minimum,
        })),
        (prop::sample::select(bases), decimal(1, 3)).prop_map(|(base, percent)| json!({
            "type": "percentOf", "base": base, "percent": percent,
        })),
        (decimal(1, 2), decimal(1, 2)).prop_map(|(low, high)| json!({
            "type": "tieredPercentOf", "base": "goods",
            "tiers": [{ "upTo": "500", "percent": high }, { "percent": low }],
        })),
    ]
    .boxed()
}

const COMPONENTS: [&str; 8] = [
    "domesticShipping",
    "packaging",
    "inspection",
    "agentFee",
    "paymentFee",
    "internationalShipping",
    "insurance",
    "destination",
];

fn charge(keys: &'static [&'static str]) -> BoxedStrategy<Value> {
    prop::sample::select(&COMPONENTS[..])
        .prop_flat_map(move |component| {
            let key = proptest::option::of(prop::sample::select(keys).prop_map(|key| json!(key)));
            let dutiable = optional(decimal(1, 1));
            let taxable = proptest::option::of(prop::bool::ANY);
            (rate(component), key, dutiable, taxable).prop_map(
                move |(rate, key, dutiable, taxable)| {
                    let on_taxes = rate["base"] == "dutyAndVat";
                    let dutiable = dutiable.filter(|_| component != "destination");
                    object(vec![
                        ("component", Some(json!(component))),
                        ("rate", Some(rate)),
                        ("allocateBy", key),
                        ("dutiablePercent", dutiable),
                        ("taxable", taxable.filter(|_| !on_taxes).map(Value::Bool)),
                    ])
                },
            )
        })
        .boxed()
}

const ALL_KEYS: &[&str] = &["value", "weight", "volume", "chargeable", "units"];

fn customs() -> BoxedStrategy<Value> {
    (
        prop::sample::select(&["fob", "cif"][..]),
        optional(decimal(2, 2)),
        optional(decimal(2, 2)),
        optional(decimal(2, 2)),
        prop::bool::ANY,
        optional(decimal(2, 1)),
    )
        .prop_map(|(basis, duty, additional, vat, recoverable, uplift)| {
            object(vec![
                ("basis", Some(json!(basis))),
                ("dutyPercent", duty),
                ("additionalDutyPercent", additional),
                ("vatPercent", vat),
                ("vatRecoverable", Some(json!(recoverable))),
                ("vatUpliftPercent", uplift),
            ])
        })
        .boxed()
}

/// Requests without exchange rates, limits, thresholds and conditions.
fn plain_request(
    count: std::ops::Range<usize>,
    keys: &'static [&'static str],
) -> BoxedStrategy<Value> {
    (
        lines(count),
        prop::collection::vec(charge(keys), 0..6),
        proptest::option::of(customs()),
    )
        .prop_map(|(lines, charges, customs)| {
            object(vec![
                ("homeCurrency", Some(json!("CNY"))),
                (
                    "exchangeRate",
                    Some(json!({ "cnyPerUnit": "1", "asOf": "2026-11-20" })),
                ),
                ("lines", Some(Value::Array(lines))),
                ("charges", Some(Value::Array(charges))),
                ("customs", customs),
            ])
        })
        .boxed()
}

/// Requests with exchange rates, limits, thresholds and conditions too.
fn any_request() -> BoxedStrategy<Value> {
    (
        plain_request(1..7, ALL_KEYS),
        prop::sample::select(&["USD", "JPY", "KWD", "EUR"][..]),
        (positive(1, 4), decimal(1, 2), positive(1, 5)),
        prop::collection::vec(
            (
                prop::sample::select(&["CNY", "XCD", ""][..]),
                optional(decimal(2, 2)),
                proptest::option::of(decimal(4, 2)),
            ),
            6,
        ),
        proptest::option::of((decimal(4, 0), decimal(4, 0), prop::bool::ANY)),
        proptest::option::of(prop::bool::ANY),
    )
        .prop_map(|(mut request, home, rates, changes, relief, shipment)| {
            let (cny, spread, other) = rates;
            request["homeCurrency"] = json!(home);
            request["exchangeRate"] = json!({
                "cnyPerUnit": cny, "asOf": "2026-11-20", "spreadPercent": spread,
                "others": { "XCD": other },
            });
            let charges = request["charges"].as_array_mut().unwrap();
            for (charge, (currency, minimum, above)) in charges.iter_mut().zip(changes) {
                if !currency.is_empty() {
                    charge["currency"] = json!(currency);
                }
                if let Some(minimum) = minimum {
                    charge["minimum"] = minimum;
                    charge["maximum"] = json!("150");
                }
                if let (Some(above), true) = (above, charge["component"] == "destination") {
                    charge["when"] = json!({ "customsValueAbove": above });
                }
            }
            if let (Some((duty, vat, goods)), true) = (relief, request["customs"].is_object()) {
                let against = if goods { "goods" } else { "customsValue" };
                request["customs"]["deMinimis"] =
                    json!({ "against": against, "dutyUpTo": duty, "vatUpTo": vat });
            }
            if let Some(included) = shipment {
                request["shipment"] = json!({ "mode": "air", "dutiesIncluded": included });
            }
            request
        })
        .boxed()
}

/// The fields that are a price, a rate or a percentage, by which a total can only rise. A dutiable
/// share isn't: it moves a part of a charge from one rounded sum of the VAT base to another.
const RAISED: [&str; 14] = [
    "unitPriceCny",
    "dutyPercent",
    "additionalDutyPercent",
    "vatPercent",
    "dutyPerUnit",
    "dutyPerKg",
    "defectPercent",
    "amount",
    "percent",
    "firstAmount",
    "nextAmount",
    "minimumKg",
    "minimumTons",
    "vatUpliftPercent",
];

/// Adds a little to every such field, one after the other, and hands each raised request on.
fn each_raised(request: &Value, take: &mut impl FnMut(&Value)) {
    fn paths(value: &Value, path: &str, out: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let path = format!("{path}/{name}");
                    if RAISED.contains(&name.as_str()) && value.is_string() {
                        out.push(path);
                    } else {
                        paths(value, &path, out);
                    }
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    paths(value, &format!("{path}/{index}"), out);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    paths(request, "", &mut found);
    for path in found {
        let mut raised = request.clone();
        let slot = raised.pointer_mut(&path).unwrap();
        let text = slot.as_str().unwrap();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let whole: u64 = whole.parse().unwrap();
        *slot = json!(if fraction.is_empty() {
            format!("{}", whole + 1)
        } else {
            format!("{}.{fraction}", whole + 1)
        });
        take(&raised);
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn the_parts_sum_to_the_whole(request in any_request()) {
        match answer(&request) {
            Ok(result) => check_sums(&result),
            Err(issues) => prop_assert!(false, "{issues:?}\n{request}"),
        }
    }

    #[test]
    fn without_charge_duty_and_defect_the_total_is_the_goods(lines in lines(1..6), home in prop::sample::select(&["USD", "JPY"][..])) {
        let mut lines = lines;
        for line in &mut lines {
            let fields = line.as_object_mut().unwrap();
            fields.retain(|name, _| !name.contains("uty") && name != "vatPercent" && name != "defectPercent");
        }
        let request = json!({
            "homeCurrency": home, "exchangeRate": { "cnyPerUnit": "7.1", "asOf": "2026-11-20" }, "lines": lines,
        });
        let result = answer(&request).unwrap();
        prop_assert_eq!(&result["total"], &result["components"][0]["amount"]);
        prop_assert_eq!(&result["total"], &result["cash"]["supplier"]);
    }

    /// Only by keys that differ between all lines, because ties go to the earlier line. For the same
    /// reason without percentages: 6 % of the goods shared by value leaves fiftieths of a cent, of
    /// which many are equal.
    #[test]
    fn permuting_lines_permutes_the_result(
        request in plain_request(2..6, &["value"]),
        prices in prop::collection::hash_set(1_000_000_u64..9_999_999_999, 6),
        turn in 1_usize..5,
    ) {
        let mut request = request;
        for (line, price) in request["lines"].as_array_mut().unwrap().iter_mut().zip(prices) {
            line["unitPriceCny"] = json!(format!("{}.{:04}", price / 10_000, price % 10_000));
        }
        let charges = request["charges"].as_array_mut().unwrap();
        charges.retain(|charge| charge["rate"]["base"].is_null());
        for charge in charges {
            charge["allocateBy"] = json!("value");
        }
        let result = answer(&request).unwrap();
        let mut turned = request.clone();
        turned["lines"].as_array_mut().unwrap().rotate_left(1);
        let count = request["lines"].as_array().unwrap().len();
        for _ in 1..turn % count {
            turned["lines"].as_array_mut().unwrap().rotate_left(1);
        }
        let by_turned = answer(&turned).unwrap();
        prop_assert_eq!(&result["total"], &by_turned["total"]);
        prop_assert_eq!(&result["components"], &by_turned["components"]);
        prop_assert_eq!(&result["customs"], &by_turned["customs"]);
        for line in result["lines"].as_array().unwrap() {
            let same = by_turned["lines"].as_array().unwrap().iter().find(|other| other["sku"] == line["sku"]);
            prop_assert_eq!(Some(line), same, "{}", request);
        }
    }

    #[test]
    fn raising_a_price_rate_or_percent_never_lowers_the_total(request in plain_request(1..2, ALL_KEYS)) {
        let total = minor(&answer(&request).unwrap()["total"]);
        let mut lower = Vec::new();
        each_raised(&request, &mut |raised| {
            // A percentage may leave its range; then there is nothing to compare.
            if let Ok(result) = answer(raised)
                && minor(&result["total"]) < total
            {
                lower.push(raised.to_string());
            }
        });
        prop_assert!(lower.is_empty(), "{request}\n{lower:?}");
    }

    /// With amounts in whole cents and weights in whole kg, so that rounding plays no part.
    #[test]
    fn twice_the_goods_cost_twice_as_much(
        lines in prop::collection::vec((0_u64..100_000, 1_u64..500, 1_u64..50, 1_u64..20), 1..6),
        flat in 0_u64..100_000, per_unit in 0_u64..1_000, per_kg in 0_u64..1_000, per_carton in 0_u64..1_000,
    ) {
        let cents = |cents: u64| format!("{}.{:02}", cents / 100, cents % 100);
        let request = |times: u64| {
            let lines: Vec<Value> = lines.iter().enumerate().map(|(index, (price, cartons, units, kg))| json!({
                "sku": format!("SKU-{index}"), "unitPriceCny": cents(*price), "quantity": cartons * units * times,
                "carton": { "units": units, "lengthCm": "40", "widthCm": "30", "heightCm": "20", "grossKg": kg.to_string() },
            })).collect();
            json!({
                "homeCurrency": "CNY", "exchangeRate": { "cnyPerUnit": "1", "asOf": "2026-11-20" }, "lines": lines,
                "charges": [
                    { "component": "domesticShipping", "rate": { "type": "flat", "amount": cents(flat * times) } },
                    { "component": "packaging", "rate": { "type": "perUnit", "amount": cents(per_unit) } },
                    { "component": "internationalShipping", "rate": { "type": "perKg", "amount": cents(per_kg) } },
                    { "component": "destination", "rate": { "type": "perCarton", "amount": cents(per_carton) } },
                ],
            })
        };
        let once = answer(&request(1)).unwrap();
        let twice = answer(&request(2)).unwrap();
        prop_assert_eq!(minor(&once["total"]) * 2, minor(&twice["total"]));
    }
}
