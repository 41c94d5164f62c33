//! What a destination fills, and what the buyer changes of it.

use landfall_words::Locale;

use super::*;
use crate::tree::text_at;

/// A field of the request that the package is given.
fn given(model: &Model, path: &str) -> String {
    let effective = model
        .draft
        .effective(&model.fills(), model.today, model.locale);
    match crate::tree::get(&effective.request, path) {
        Some(value) => serde_json::to_string(value).unwrap(),
        None => String::new(),
    }
}

fn fees(model: &Model) -> Vec<String> {
    model
        .fills()
        .fees
        .iter()
        .map(|fee| fee.id.to_owned())
        .collect()
}

#[test]
fn a_destination_fills_currency_customs_and_fees() {
    let model = example();
    assert_eq!(given(&model, "homeCurrency"), "\"USD\"");
    assert_eq!(given(&model, "customs.basis"), "\"fob\"");
    assert_eq!(given(&model, "customs.additionalDutyPercent"), "\"12.5\"");
    assert_eq!(
        fees(&model),
        ["us-mpf-formal-2027", "us-mpf-informal-2027", "us-hmf"]
    );
    let germany = typed(&model, "destination", "DE");
    assert_eq!(given(&germany, "homeCurrency"), "\"EUR\"");
    assert_eq!(given(&germany, "customs.basis"), "\"cif\"");
    assert_eq!(given(&germany, "customs.vatPercent"), "\"19\"");
    assert_eq!(given(&germany, "customs.additionalDutyPercent"), "");
    assert_eq!(fees(&germany), [""; 0]);
    let nowhere = typed(&model, "destination", "");
    assert_eq!(given(&nowhere, "homeCurrency"), "");
    assert_eq!(given(&nowhere, "customs"), "");
    // A rate to the dollar is none to the euro.
    assert_eq!(given(&germany, "exchangeRate.cnyPerUnit"), "");
    assert_eq!(given(&nowhere, "exchangeRate.cnyPerUnit"), "\"7.10\"");
    let back = typed(&germany, "destination", "US");
    let back = typed(&back, "exchangeRate.cnyPerUnit", "7.10");
    assert_eq!(per_unit(&back), "2.9049");
}

#[test]
fn the_day_of_entry_chooses_what_is_in_force() {
    let model = example();
    let before = typed(&model, "entryDate", "2026-07-01");
    assert_eq!(
        fees(&before),
        ["us-mpf-formal-2026", "us-mpf-informal-2026", "us-hmf"]
    );
    assert_ne!(given(&before, "customs.additionalDutyPercent"), "\"12.5\"");
    let same = typed(&before, "entryDate", "2026年11月22日");
    assert_eq!(per_unit(&same), "2.9049");
    let taken_back = pressed(&before, "entryDate", "reset");
    assert_eq!(per_unit(&taken_back), "2.9049");
    let vietnam = typed(&model, "destination", "VN");
    let next = typed(&vietnam, "entryDate", "2027-01-01");
    assert_ne!(
        given(&vietnam, "customs.vatPercent"),
        given(&next, "customs.vatPercent")
    );
}

#[test]
fn what_is_typed_lies_over_what_is_filled() {
    let germany = typed(&example(), "destination", "DE");
    let cheaper = typed(&germany, "customs.vatPercent", "7");
    assert_eq!(given(&cheaper, "customs.vatPercent"), "\"7\"");
    assert_eq!(given(&cheaper, "customs.basis"), "\"cif\"");
    let html = drawn(&cheaper, form);
    assert!(html.contains("instead of 19"), "{html}");
    let back = pressed(&cheaper, "customs.vatPercent", "reset");
    assert_eq!(whole(&back.draft), whole(&germany.draft));
    let fob = typed(&germany, "customs.basis", "fob");
    assert_eq!(given(&fob, "customs.basis"), "\"fob\"");

    // A box that is ticked starts from what is filled.
    let ticked = typed(&germany, "customs.taxableComponents.packaging", "true");
    let filled = given(&germany, "customs.taxableComponents");
    let now = given(&ticked, "customs.taxableComponents");
    let filled = filled.trim_matches(['[', ']']);
    assert!(
        now.contains(filled) && now.contains("packaging"),
        "{filled} {now}"
    );
    let back = pressed(&ticked, "customs.taxableComponents", "reset");
    assert_eq!(whole(&back.draft), whole(&germany.draft));
    let unticked = typed(&ticked, "customs.taxableComponents.packaging", "");
    assert!(given(&unticked, "customs.taxableComponents").contains(filled));
}

#[test]
fn another_home_currency_leaves_fees_and_limits_out_and_says_so() {
    let model = example();
    let euro = typed(&model, "homeCurrency", "EUR");
    assert!(euro.fills().is_foreign);
    assert_eq!(fees(&euro), [""; 0]);
    assert_eq!(given(&euro, "homeCurrency"), "\"EUR\"");
    assert_eq!(given(&euro, "customs.deMinimis"), "");
    assert_eq!(given(&euro, "customs.basis"), "\"fob\"");
    for (locale, said) in [("en", "are left out"), ("zh-CN", "不会自动带入")] {
        let html = drawn(&pressed(&euro, "language", locale), form);
        assert!(html.contains(said), "{html}");
        let html = drawn(&pressed(&model, "language", locale), form);
        assert!(!html.contains(said));
    }
    let dollars = typed(&euro, "homeCurrency", "USD");
    assert_eq!(per_unit(&dollars), "2.9049");
    let back = pressed(&euro, "homeCurrency", "reset");
    assert_eq!(whole(&back.draft), whole(&model.draft));
}

#[test]
fn layers_of_a_line_make_its_additional_duty_and_its_own_wins() {
    let model = example();
    let at = "lines[0].additionalDutyPercent";
    assert_eq!(given(&model, at), "\"37.5\"");
    let none = typed(&model, "lines[0].layers.section301", "");
    assert_eq!(given(&none, at), "");
    assert!(!whole(&none.draft).contains("layers\":{}"));
    let other = typed(&model, "lines[0].layers.section301", "us-301-list-4a");
    assert_eq!(given(&other, at), "\"20.0\"");
    let own = typed(&model, at, "3");
    assert_eq!(given(&own, at), "\"3\"");
    let shipment = typed(&none, "customs.additionalDutyPercent", "50");
    assert_eq!(given(&shipment, at), "");
    let html = drawn(&shipment, form);
    assert!(html.contains("extra duty 50 %"), "{html}");
    assert!(html.contains("extra duty 37.5 %"));
    assert!(!drawn(&none, form).contains("extra duty 50 %"));
}

#[test]
fn layers_of_another_destination_or_day_count_for_nothing() {
    let germany = typed(&example(), "destination", "DE");
    let dumped = typed(&germany, "customs.additionalDutyPercent", "20");
    assert_eq!(given(&dumped, "lines[0].additionalDutyPercent"), "");
    assert!(drawn(&dumped, form).contains("extra duty 20 %"));
    let model = typed(
        &example(),
        "lines[0].layers.section301",
        "us-301-semiconductors",
    );
    assert_ne!(given(&model, "lines[0].additionalDutyPercent"), "");
    let late = typed(&model, "entryDate", "2027-06-23");
    assert_eq!(given(&late, "lines[0].additionalDutyPercent"), "");
    assert_eq!(given(&late, "lines[1].additionalDutyPercent"), "\"37.5\"");
}

#[test]
fn every_layer_that_is_chosen_by_the_buyer_can_be_chosen() {
    use landfall::destination::{Applies, What};

    let model = example();
    for place in model.destinations.iter() {
        let model = typed(&model, "destination", &place.code);
        let html = drawn(&all_open(&model), form);
        for fact in model.fills().in_force() {
            let What::Duty(layer) = &fact.what else {
                continue;
            };
            if layer.applies == Applies::Chosen {
                let option = format!("value=\"{}\"", fact.id);
                assert!(html.contains(&option), "{}", fact.id);
            }
        }
    }
    let canada = typed(&model, "destination", "CA");
    let canada = typed(
        &canada,
        "lines[0].layers.ca-surtax-metals",
        "ca-surtax-metals",
    );
    assert_eq!(given(&canada, "lines[0].additionalDutyPercent"), "\"25\"");
    assert_eq!(given(&canada, "lines[1].additionalDutyPercent"), "");
}

#[test]
fn a_fee_is_changed_switched_off_and_restored() {
    let model = example();
    let count = |model: &Model| model.outcome.as_ref().unwrap().request().charges.len();
    assert_eq!(count(&model), 11);
    let path = "fees.us-mpf-informal-2027.rate.amount";
    let changed = typed(&model, path, "10");
    assert_eq!(count(&changed), 11);
    assert_ne!(per_unit(&changed), "2.9049");
    assert!(drawn(&all_open(&changed), form).contains("Take my changes back"));
    let restored = pressed(&changed, "fees.us-mpf-informal-2027", "restore");
    assert_eq!(per_unit(&restored), "2.9049");
    assert_eq!(whole(&restored.draft), whole(&model.draft));
    let off = pressed(&changed, "fees.us-mpf-informal-2027", "off");
    assert_eq!(count(&off), 10);
    assert!(drawn(&all_open(&off), form).contains("Switch on"));
    // What is off has no field; what comes late changes nothing.
    assert_eq!(whole(&typed(&off, path, "4").draft), whole(&off.draft));
    let on = pressed(&off, "fees.us-mpf-informal-2027", "restore");
    assert_eq!(whole(&on.draft), whole(&model.draft));
    let unknown = typed(&model, "fees.none.rate.amount", "4");
    assert_eq!(whole(&unknown.draft), whole(&model.draft));
    // Another destination has other fees.
    let moved = typed(&off, "destination", "AU");
    assert!(moved.draft.fees.is_empty());
    let same = typed(&off, "selling.feePercent", "1");
    assert_eq!(same.draft.fees.len(), 1);
}

#[test]
fn fees_are_named_in_the_readers_language() {
    let model = example();
    for locale in Locale::ALL {
        let model = pressed(&model, "language", locale.tag());
        let html = drawn(&model, form);
        let fills = model.fills();
        for fee in &fills.fees {
            assert!(html.contains(text_at(&fee.charge, "label")));
        }
    }
}

#[test]
fn a_changed_fee_has_its_name_in_the_readers_language() {
    let name = |model: &Model, locale: &str| {
        let model = pressed(model, "language", locale);
        let fills = model.fills();
        let fees = model.draft.fees(&fills);
        let html = drawn(&model, form);
        let label = text_at(&fees[1].1, "label").to_owned();
        assert!(html.contains(&format!(">{label}<")), "{label}");
        label
    };
    let model = example();
    let path = "fees.us-mpf-informal-2027";
    let changed = typed(&model, &format!("{path}.rate.amount"), "3");
    for locale in ["en", "zh-CN"] {
        assert_eq!(name(&changed, locale), name(&model, locale));
    }
    let renamed = typed(&changed, &format!("{path}.label"), "MPF");
    assert_eq!(name(&renamed, "zh-CN"), "MPF");
}

#[test]
fn every_rate_that_an_order_has_can_be_changed() {
    let model = typed(&example(), "exchangeRate.others.JPY", "150");
    let html = drawn(&model, form);
    for code in ["EUR", "JPY"] {
        assert_eq!(
            html.matches(&format!("name=\"exchangeRate.others.{code}\""))
                .count(),
            1
        );
    }
    assert!(!html.contains("name=\"exchangeRate.others.USD\""));
}

#[test]
fn a_rate_that_is_typed_today_is_todays() {
    let model = typed(&example(), "exchangeRate.cnyPerUnit", "7.2");
    assert_eq!(given(&model, "exchangeRate.asOf"), "\"2026-11-22\"");
    let dated = typed(&model, "exchangeRate.asOf", "2026-11-01");
    assert_eq!(given(&dated, "exchangeRate.asOf"), "\"2026-11-01\"");
    assert!(drawn(&dated, form).contains("21 days old"));
}

#[test]
fn without_any_customs_none_is_told() {
    let model = blank();
    let html = drawn(&model, form);
    assert!(html.contains("neither duty nor VAT is counted"), "{html}");
    let model = typed(&model, "customs.dutyPercent", "4");
    assert_eq!(given(&model, "customs.basis"), "\"fob\"");
    assert!(drawn(&model, form).contains("FOB value, duty 4 %"));
}
