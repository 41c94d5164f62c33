//! What stands beside a charge: its sentence and its amount.

use super::*;
use crate::tests::{blank, drawn, example, pressed, tree as read, typed};

fn common(locale: Locale) -> Common {
    Common {
        locale,
        home: "USD".to_owned(),
        mode: "air".to_owned(),
        currencies: Vec::new(),
        orders: Vec::new(),
    }
}

#[test]
fn every_charge_has_its_sentence() {
    for (charge, en, zh) in [
        (r#"{}"#, "", ""),
        (r#"{"rate":{"type":"flat"}}"#, "… USD flat", "固定 … USD"),
        (
            r#"{"rate":{"type":"flat","amount":"145"}}"#,
            "145 USD flat",
            "固定 145 USD",
        ),
        (
            r#"{"currency":"CNY","rate":{"type":"flat","amount":"180"}}"#,
            "¥180 flat",
            "固定 ¥180",
        ),
        (
            r#"{"currency":"EUR","rate":{"type":"perUnit","amount":"0.1"}}"#,
            "0.1 EUR a unit",
            "每件 0.1 EUR",
        ),
        (
            r#"{"rate":{"type":"perCarton","amount":"6"}}"#,
            "6 USD a carton",
            "每箱 6 USD",
        ),
        (
            r#"{"rate":{"type":"perKg","amount":"2"}}"#,
            "2 USD a kg",
            "每公斤 2 USD",
        ),
        (
            r#"{"rate":{"type":"perCbm","amount":"90"}}"#,
            "90 USD a m³",
            "每立方米 90 USD",
        ),
        (
            r#"{"rate":{"type":"perRevenueTon","amount":"120"}}"#,
            "120 USD a revenue ton",
            "每计费吨 120 USD",
        ),
        (
            r#"{"rate":{"type":"perChargeableKg","amount":"6.2"}}"#,
            "6.2 USD a chargeable kg (÷ 6000)",
            "每公斤计费重 6.2 USD (÷ 6000)",
        ),
        (
            r#"{"rate":{"type":"perChargeableKg","amount":"6.2","divisor":"5000"}}"#,
            "6.2 USD a chargeable kg (÷ 5000)",
            "每公斤计费重 6.2 USD (÷ 5000)",
        ),
        (
            r#"{"rate":{"type":"perChargeableKg","breaks":[{},{}]}}"#,
            "a chargeable kg, by 2 weight breaks (÷ 6000)",
            "按计费重，2 段单价 (÷ 6000)",
        ),
        (
            r#"{"rate":{"type":"firstAndNextKg","firstKg":"0.5","firstAmount":"9","nextKg":"0.5","nextAmount":"4"}}"#,
            "9 USD for the first 0.5 kg, 4 USD for each further 0.5 kg (÷ 6000)",
            "首重 0.5 kg 9 USD，续重每 0.5 kg 4 USD (÷ 6000)",
        ),
        (
            r#"{"rate":{"type":"percentOf","base":"goods","percent":"5"},"minimum":"8","maximum":"80"}"#,
            "5 % of goods, at least 8 USD, at most 80 USD",
            "货款的 5%，最低 8 USD，最高 80 USD",
        ),
        (
            r#"{"rate":{"type":"tieredPercentOf","base":"goods","tiers":[{},{},{}]}}"#,
            "a percentage of goods in 3 tiers",
            "货款的百分比，分 3 档",
        ),
        (
            r#"{"currency":"CNY","rate":{"type":"flat","amount":"5"},"minimum":"6","order":"A","when":{"customsValueAbove":"2500","customsValueUpTo":"9000","modes":["sea","air"]}}"#,
            "¥5 flat, at least ¥6, for a customs value above 2500 USD, for a customs value up to 9000 USD, only by sea, air, only for order A",
            "固定 ¥5，最低 ¥6，完税价格高于 2500 USD，完税价格不超过 9000 USD，仅限 海运、空运，仅订单 A",
        ),
    ] {
        let charge = read(charge);
        for (locale, expected) in [(Locale::En, en), (Locale::Zh, zh)] {
            assert_eq!(
                sentence(locale, &charge, &common(locale)),
                expected,
                "{charge:?}"
            );
        }
    }
}

#[test]
fn every_type_of_rate_has_a_sentence() {
    for (kind, _, _) in RATES {
        let model = pressed(&blank(), "charges", "add:agentFee");
        let model = typed(&model, "charges[0].rate.type", kind);
        for locale in Locale::ALL {
            let charge = &model.draft.charges[0].json;
            let sentence = sentence(locale, charge, &common(locale));
            assert!(!sentence.is_empty(), "{kind}");
            assert_eq!(rate_type(charge), kind);
        }
    }
}

fn shown(model: &Model) -> Vec<Option<String>> {
    amounts(model, &model.fills())
}

fn texts(amounts: &[Option<String>]) -> Vec<&str> {
    amounts
        .iter()
        .map(|amount| amount.as_deref().unwrap_or("—"))
        .collect()
}

#[test]
fn the_charges_of_the_example_have_their_amounts() {
    let model = example();
    let amounts = shown(&model);
    assert_eq!(
        texts(&amounts),
        [
            "25.61", "33.26", "7.75", "40.00", "11.10", "1,029.20", "5.73", "145.00", "—", "2.77",
            "—"
        ]
    );
    // The sum beside a charge is that of the charge that is drawn there.
    let html = drawn(&model, |model| html! { <Charges model={model.clone()} /> });
    let sums = html.split("class=\"charge-sum\">").skip(1);
    let sums: Vec<&str> = sums.map(|sum| sum.split('<').next().unwrap()).collect();
    assert_eq!(sums, texts(&amounts));
    let moved = pressed(&model, "charges[7]", "up");
    assert_eq!(texts(&shown(&moved))[6..8], ["145.00", "5.73"]);
    let off = pressed(&model, "fees.us-mpf-formal-2027", "off");
    assert_eq!(texts(&shown(&off))[8..], ["2.77", "—"]);
    let html = drawn(&off, |model| html! { <Charges model={model.clone()} /> });
    let sums = html.split("class=\"charge-sum\">").skip(1);
    let sums: Vec<&str> = sums.map(|sum| sum.split('<').next().unwrap()).collect();
    assert_eq!(sums[8..], ["off", "2.77", "—"]);
}

/// The example with destination charges of one name and these amounts and conditions.
fn twins(charges: &[(&str, &str, &str)]) -> Model {
    let model = typed(&example(), "destination", "");
    let mut model = typed(&model, "homeCurrency", "USD");
    model = typed(&model, "customs.basis", "fob");
    for (amount, condition, value) in charges {
        let at = model.draft.charges.len();
        model = pressed(&model, "charges", "add:destination");
        model = typed(&model, &format!("charges[{at}].rate.amount"), amount);
        model = typed(&model, &format!("charges[{at}].{condition}"), value);
    }
    assert_eq!(model.faults.to_vec(), []);
    model
}

#[test]
fn charges_of_one_name_have_their_own_amounts() {
    for (condition, value) in [
        ("when.modes.sea", "true"),
        ("when.customsValueAbove", "99999"),
        ("when.customsValueUpTo", "1"),
    ] {
        let model = twins(&[
            ("1", condition, value),
            ("2", "when.modes.air", "true"),
            ("3", condition, value),
            ("4", "when.customsValueAbove", "1"),
        ]);
        assert_eq!(
            texts(&shown(&model))[8..],
            ["—", "2.00", "—", "4.00"],
            "{condition}"
        );
    }
    // The limits themselves: above is more than, up to includes.
    let model = example();
    let value = model.outcome.as_ref().unwrap().result.customs.value;
    let value = value.to_string();
    let model = twins(&[
        ("1", "when.customsValueAbove", &value),
        ("2", "when.customsValueUpTo", &value),
    ]);
    let is_same = model
        .outcome
        .as_ref()
        .unwrap()
        .result
        .customs
        .value
        .to_string()
        == value;
    assert!(is_same);
    assert_eq!(texts(&shown(&model))[8..], ["—", "2.00"]);
}

#[test]
fn amounts_of_an_older_result_stand_beside_no_other_charge() {
    let model = typed(&example(), "lines[0].quantity", "x");
    assert_eq!(shown(&model).len(), 11);
    let moved = pressed(&model, "charges[0]", "down");
    assert!(shown(&moved).is_empty());
    let removed = pressed(&model, "charges[0]", "remove");
    assert!(shown(&removed).is_empty());
    let added = pressed(&removed, "charges", "add:domesticShipping");
    assert!(shown(&added).is_empty());
    assert!(shown(&blank()).iter().all(Option::is_none));
}
