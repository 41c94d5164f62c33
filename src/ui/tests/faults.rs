//! What is wrong, where it is said, and when.

use landfall::issue::Problem;
use landfall_words::Locale;

use super::*;
use crate::reading::{Reading, Refusal};

/// What is wrong at a path.
fn at<'m>(model: &'m Model, path: &str) -> Option<&'m What> {
    let mut faults = model.faults.iter().chain(model.selling_faults.iter());
    faults
        .find(|fault| fault.path == path)
        .map(|fault| &fault.what)
}

#[test]
fn nothing_is_said_of_the_field_that_is_being_typed() {
    let model = example();
    for path in [
        "lines[0].quantity",
        "exchangeRate.cnyPerUnit",
        "charges[0].rate.amount",
        "entryDate",
        "customs.dutyPercent",
        "selling.feePercent",
        "fees.us-mpf-formal-2027.minimum",
    ] {
        let typing = typed(&model, path, "1e");
        assert!(at(&typing, path).is_some(), "{path}");
        assert_eq!(shown_at(&typing), [""; 0], "{path}");
        let html = drawn(&typing, form);
        assert!(!html.contains("class=\"fault\""), "{path}");
        let gone = left(&typing, path);
        assert_eq!(shown_at(&gone), [path]);
        assert!(
            drawn(&gone, form).contains(&format!("id=\"{path}-fault\"")),
            "{path}"
        );
        // Typing elsewhere doesn't hide it.
        let elsewhere = typed(&gone, "name", "A");
        assert_eq!(shown_at(&elsewhere), [path]);
        // A second without typing is as leaving it.
        let settled = sent(&typing, Msg::Settled(typing.change));
        assert_eq!(shown_at(&settled), [path]);
        let good = if path == "entryDate" {
            "2027-01-01"
        } else {
            "2"
        };
        let corrected = typed(&elsewhere, path, good);
        assert_eq!(shown_at(&corrected), [""; 0], "{path}");
    }
}

#[test]
fn an_entry_date_that_cannot_be_read_is_said() {
    let model = left(&typed(&example(), "entryDate", "31.31.2026"), "entryDate");
    assert_eq!(shown_at(&model), ["entryDate"]);
    assert!(drawn(&model, form).contains("id=\"entryDate-fault\""));
    let ambiguous = left(&typed(&example(), "entryDate", "03/04/2027"), "entryDate");
    assert!(matches!(
        at(&ambiguous, "entryDate"),
        Some(What::Misread(Reading::Ambiguous(_)))
    ));
}

#[test]
fn what_is_missing_is_said_after_the_field_was_left() {
    let model = blank();
    assert!(matches!(
        at(&model, "lines[0].sku"),
        Some(What::Issue(Problem::Required))
    ));
    assert_eq!(shown_at(&model), [""; 0]);
    let model = left(&model, "lines[0].sku");
    assert_eq!(shown_at(&model), ["lines[0].sku"]);
    let model = pressed(&model, "lines[0].unitPriceCny", "focus");
    assert_eq!(shown_at(&model), ["lines[0].sku", "lines[0].unitPriceCny"]);
    let model = typed(&model, "lines[0].sku", "A");
    assert_eq!(shown_at(&model), ["lines[0].unitPriceCny"]);
    // Another order begins anew.
    let other = pressed(&model, "order", "clear");
    assert_eq!(shown_at(&other), [""; 0]);
}

#[test]
fn two_meanings_are_asked_and_the_chosen_one_is_set() {
    for (path, text) in [
        ("lines[1].unitWeightKg", "1,234"),
        ("exchangeRate.cnyPerUnit", "7,105"),
        ("exchangeRate.asOf", "03/04/2026"),
        ("selling.feePercent", "1,234"),
        ("lines[0].quantity", "1.234"),
    ] {
        let model = left(&typed(&example(), path, text), path);
        let Some(What::Misread(Reading::Ambiguous(readings))) = at(&model, path) else {
            panic!("{path}: {:?}", model.faults)
        };
        let html = drawn(&model, form);
        let asked = buttons(&html)
            .into_iter()
            .filter(|(name, action)| name == path && action.starts_with("read:"))
            .map(|(_, action)| action);
        let asked: Vec<String> = asked.collect();
        let expected: Vec<String> = readings
            .iter()
            .map(|reading| format!("read:{reading}"))
            .collect();
        assert_eq!(asked, expected, "{path}");
        let (chosen, effects) = update(
            &model,
            Msg::Pressed(path.to_owned(), asked.last().unwrap().clone()),
        );
        assert_eq!(at(&chosen, path), None, "{path}");
        assert!(effects.contains(&Effect::Focus(path.to_owned())));
        assert!(whole(&chosen.draft).contains(&format!("\"{}\"", readings.last().unwrap())));
    }
}

#[test]
fn faults_follow_the_charges_that_are_moved() {
    let model = typed(&example(), "charges[1].rate.percent", "a lot");
    let model = left(&model, "charges[1].rate.percent");
    assert_eq!(shown_at(&model), ["charges[1].rate.percent"]);
    let moved = pressed(&model, "charges[1]", "down");
    assert_eq!(shown_at(&moved), ["charges[2].rate.percent"]);
    let moved = pressed(&moved, "charges[2]", "up");
    let moved = pressed(&moved, "charges[1]", "up");
    assert_eq!(shown_at(&moved), ["charges[0].rate.percent"]);
    let removed = pressed(&moved, "charges[0]", "remove");
    assert_eq!(removed.faults.to_vec(), []);
    let undone = pressed(&removed, "order", "undo");
    assert_eq!(shown_at(&undone), ["charges[0].rate.percent"]);
    let line = typed(&example(), "lines[0].quantity", "x");
    assert_eq!(
        shown_at(&pressed(&line, "lines[0]", "down")),
        ["lines[1].quantity"]
    );
    assert_eq!(
        shown_at(&pressed(&line, "lines[0]", "copy")),
        ["lines[0].quantity", "lines[1].quantity"]
    );
}

#[test]
fn a_fee_says_what_is_wrong_with_it_as_a_fee() {
    let fee = "fees.us-mpf-formal-2027";
    for (part, text, is_misread) in [
        ("rate.percent", "a lot", true),
        ("minimum", "99999999", false),
        ("rate.percent", "", false),
        ("when.customsValueAbove", "x", true),
    ] {
        let path = format!("{fee}.{part}");
        let model = left(&typed(&example(), &path, text), &path);
        assert_eq!(shown_at(&model), [path.as_str()]);
        assert_eq!(
            matches!(at(&model, &path), Some(What::Misread(_))),
            is_misread,
            "{path}"
        );
    }
    // Its charge follows those of the buyer, however many.
    let model = pressed(&example(), "charges[0]", "remove");
    let path = format!("{fee}.minimum");
    assert_eq!(
        shown_at(&left(&typed(&model, &path, "99999999"), &path)),
        [path.as_str()]
    );
}

#[test]
fn every_misread_figure_has_one_fault() {
    let model = example();
    for (path, text) in [
        ("lines[0].quantity", "three"),
        ("lines[0].quantity", "1.5"),
        ("lines[0].carton.units", "24.5"),
        ("lines[0].carton.lengthCm", "52 x 36"),
        ("lines[0].unitPriceCny", "-3"),
        ("exchangeRate.others.EUR", "x"),
        ("selling.targetMarginPercent", "x"),
    ] {
        let model = left(&typed(&model, path, text), path);
        let faults = model.faults.iter().chain(model.selling_faults.iter());
        let of: Vec<&Fault> = faults.filter(|fault| fault.path == path).collect();
        assert_eq!(of.len(), 1, "{path}: {of:?}");
        assert!(
            matches!(of[0].what, What::Misread(Reading::Refused(_))),
            "{of:?}"
        );
        for locale in Locale::ALL {
            assert!(!of[0].sentence(locale).is_empty());
        }
    }
    let huge = typed(&model, "lines[0].quantity", "99999999999999999999");
    let what = at(&huge, "lines[0].quantity");
    assert!(
        matches!(
            what,
            Some(What::Misread(Reading::Refused(
                Refusal::TooManyDigits { .. }
            )))
        ),
        "{what:?}"
    );
    let much = typed(&model, "lines[0].quantity", "9999999999");
    assert!(matches!(
        at(&much, "lines[0].quantity"),
        Some(What::Issue(Problem::OutOfRange(_)))
    ));
}

#[test]
fn the_last_result_stays_while_something_is_wrong() {
    let model = typed(&example(), "lines[0].quantity", "x");
    assert_eq!(
        model.outcome.as_ref().unwrap().result.total.to_string(),
        "2323.93"
    );
    let html = drawn(&left(&model, "lines[0].quantity"), crate::app::cost);
    assert!(html.contains("Last complete result"));
}

#[test]
fn what_selling_costs_doesnt_hold_up_the_landed_cost() {
    let model = typed(&example(), "selling.feePercent", "x");
    assert_eq!(per_unit(&model), "2.9049");
    let outcome = model.outcome.as_ref().unwrap();
    assert_eq!(outcome.selling, Err(Vec::new()));
    // A margin out of reach is no fault of a field: the answer says it.
    let model = typed(&example(), "selling.targetMarginPercent", "99");
    assert_eq!(model.selling_faults.to_vec(), []);
    let issues = model.outcome.as_ref().unwrap().selling.clone().unwrap_err();
    assert!(matches!(
        issues[0].problem,
        Problem::UnreachableMargin { .. }
    ));
    // A fault that was corrected is gone, even where there is no new result.
    let model = typed(&example(), "selling.feePercent", "101");
    let model = typed(&model, "lines[0].quantity", "x");
    assert!(at(&model, "selling.feePercent").is_some());
    let model = typed(&model, "selling.feePercent", "10");
    assert_eq!(at(&model, "selling.feePercent"), None);
}

#[test]
fn large_units_are_read_in_chinese_only() {
    let model = typed(&example(), "lines[0].quantity", "1.2万");
    assert!(matches!(
        at(&model, "lines[0].quantity"),
        Some(What::Misread(Reading::Refused(Refusal::LargeUnit { .. })))
    ));
    let model = pressed(&model, "language", "zh-CN");
    assert_eq!(model.faults.to_vec(), []);
    assert_eq!(model.outcome.as_ref().unwrap().result.units, 12_500);
}

#[test]
fn every_field_that_can_be_wrong_has_a_name_in_words() {
    use super::fields::RATES;
    use crate::app::place;

    let mut models = vec![example(), blank(), typed(&example(), "lines[0].order", "A")];
    for rate in RATES {
        let model = pressed(&example(), "charges", "add:destination");
        models.push(typed(&model, "charges[8].rate.type", rate));
    }
    for model in models {
        let html = drawn(&all_open(&model), form);
        for field in fields(&html) {
            let is_chosen = field.path.contains("layers") || field.kind == FieldKind::Tick;
            if is_chosen {
                continue;
            }
            let last = field.path.rsplit('.').next().unwrap();
            let (en, zh) = (
                place(Locale::En, &field.path),
                place(Locale::Zh, &field.path),
            );
            let is_code =
                field.path.contains("others.") || last == "sku" || last.ends_with("].sku");
            assert!(is_code || !zh.is_ascii(), "{}: {zh}", field.path);
            let is_raw = en.contains(last) && last.contains(|c: char| c.is_ascii_uppercase());
            assert!(is_code || !is_raw, "{}: {en}", field.path);
        }
    }
    assert_eq!(
        place(Locale::En, "lines[2].carton.units"),
        "Line 3, units a carton"
    );
    assert_eq!(
        place(Locale::Zh, "charges[0].rate.tiers[1].upTo"),
        "费用 1，不超过"
    );
    assert_eq!(
        place(Locale::En, "fees.us-hmf.minimum"),
        "Destination fee, at least"
    );
    assert_eq!(place(Locale::En, "exchangeRate.others.EUR"), "EUR");
    assert_eq!(place(Locale::En, "lines[0]"), "Line 1");
    assert_eq!(place(Locale::Zh, "charges[1]"), "费用 2");
    assert_eq!(place(Locale::En, ""), "");
}
