//! Orders as they are stored: what goes in comes out, and what no form could show is refused.

use std::fs;

use landfall::check::Named;
use landfall::landed_cost::Component;
use landfall_words::Locale;
use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::archive::key;
use crate::edit;

fn opened(text: &str) -> Result<Draft, Vec<String>> {
    Draft::from_tree(&tree(text))
        .map_err(|issues| issues.into_iter().map(|issue| issue.path).collect())
}

/// Mirrors the order as the page does when it changes, and opens the page again.
fn reopened(model: &Model) -> Model {
    let text = crate::archive::mirror(&model.kept, "2026-11-22T00:00:00Z", &model.draft);
    let preferences = format!(r#"{{"language":"{}"}}"#, model.locale.tag());
    let (again, effects) = opened_with(&[(key::DRAFT, &text), (key::PREFERENCES, &preferences)]);
    assert!(matches!(effects.first(), Some(Effect::Dress(..))));
    assert_eq!(committed(&effects).len(), 1);
    again
}

#[track_caller]
fn check_kept(model: &Model) {
    let again = reopened(model);
    assert_eq!(again.notice, None);
    assert_eq!(whole(&again.draft), whole(&model.draft));
    assert_eq!(computed(&again), computed(model));
}

#[test]
fn the_worked_example_comes_to_its_cost() {
    let model = example();
    assert_eq!(model.faults.to_vec(), []);
    let outcome = model.outcome.as_ref().unwrap();
    assert_eq!(outcome.result.total.to_string(), "2323.93");
    assert_eq!(outcome.result.per_unit.to_string(), "2.9049");
    assert_eq!(outcome.result.cash.total.to_string(), "2285.19");
    assert!(outcome.selling.is_ok());
    assert!(model.draft.is_example);
    check_kept(&model);
    check_kept(&blank());
    assert_eq!(
        whole(&Draft::example(Locale::En)),
        whole(&Draft::from_tree(&Draft::example(Locale::En).to_tree()).unwrap())
    );
}

#[test]
fn every_example_of_the_package_opens_and_costs_the_same() {
    let mut files: Vec<PathBuf> = fs::read_dir(root("../../tests/data/landed-cost"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 46);
    let page = example();
    for file in files {
        let example: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let name = file.display();
        let draft = opened(&example["request"].to_string()).unwrap();
        let model = shows(&page, draft);
        assert_eq!(model.faults.to_vec(), [], "{name}");
        let expected = &example["expected"];
        let result = serde_json::to_value(&model.outcome.as_ref().unwrap().result).unwrap();
        for part in [
            "total", "perUnit", "units", "cash", "charges", "shipment", "customs",
        ] {
            assert_eq!(result[part], expected[part], "{name}: {part}");
        }
        let components = expected["components"].as_array().unwrap();
        assert_eq!(components.len(), Component::ALL.len());
        for (found, expected) in result["components"]
            .as_array()
            .unwrap()
            .iter()
            .zip(components)
        {
            assert_eq!(found, expected, "{name}");
        }
        check_kept(&model);
    }
}

#[test]
fn what_no_form_could_show_is_refused_with_its_place() {
    for (order, places) in [
        ("5", &[""] as &[&str]),
        (r#"{"name": 5, "request": {}}"#, &["name"]),
        (r#"{"nome": "A"}"#, &["nome"]),
        (r#"{"example": "yes"}"#, &["example"]),
        (r#"{"request": []}"#, &["request"]),
        (r#"{"request": {"lines": {}}}"#, &["lines"]),
        (
            r#"{"request": {"lines": [5, {}, null]}}"#,
            &["lines[0]", "lines[2]"],
        ),
        (r#"{"lines": [{"skew": "A"}]}"#, &["lines[0].skew"]),
        (r#"{"lines": [{"quantity": 1.5}]}"#, &["lines[0].quantity"]),
        (
            r#"{"lines": [{"unitPriceCny": 1.5}]}"#,
            &["lines[0].unitPriceCny"],
        ),
        (r#"{"lines": [{"quantity": true}]}"#, &["lines[0].quantity"]),
        (r#"{"lines": [{"carton": "big"}]}"#, &["lines[0].carton"]),
        (r#"{"lines": [{"layers": "all"}]}"#, &["lines[0].layers"]),
        (
            r#"{"lines": [{"layers": {"section301": 0.5}}]}"#,
            &["lines[0].layers.section301"],
        ),
        (r#"{"lines": [], "charges": ["A"]}"#, &["charges[0]"]),
        (
            r#"{"lines": [], "charges": [{"rate": {"type": "flat", "amount": 1.5}}]}"#,
            &["charges[0].rate.amount"],
        ),
        (
            r#"{"lines": [], "shipment": {"dutiesIncluded": "yes"}}"#,
            &["shipment.dutiesIncluded"],
        ),
        (
            r#"{"lines": [], "customs": {"taxableComponents": "all"}}"#,
            &["customs.taxableComponents"],
        ),
        (r#"{"selling": 5}"#, &["selling"]),
        (
            r#"{"selling": {"feePercent": 1.5}}"#,
            &["selling.feePercent"],
        ),
        (r#"{"selling": {"fee": "1"}}"#, &["selling.fee"]),
        (r#"{"fees": {"us-hmf": 5}}"#, &["fees.us-hmf"]),
        (
            r#"{"fees": {"us-hmf": {"rate": {"type": "flat", "amount": 0.5}}}}"#,
            &["fees.us-hmf.rate.amount"],
        ),
        (
            r#"{"fees": {"us-hmf": {"colour": "1"}, "us-mpf": null}}"#,
            &["fees.us-hmf.colour"],
        ),
    ] {
        let refused = opened(order).err();
        let expected: Vec<String> = places.iter().map(|&place| place.to_owned()).collect();
        assert_eq!(refused, Some(expected), "{order}");
    }
}

#[test]
fn what_is_only_unfinished_opens() {
    for order in [
        "{}",
        r#"{"lines": []}"#,
        r#"{"lines": [{}], "charges": [{}]}"#,
        r#"{"lines": [{"sku": "A", "quantity": "three", "unitPriceCny": "1,5,5", "carton": {"units": "1.5"}}]}"#,
        r#"{"lines": [{"quantity": "99999999999999999999"}], "exchangeRate": {"asOf": "soon", "cnyPerUnit": "-"}}"#,
        r#"{"lines": [], "charges": [{"component": "magic", "rate": {"type": "by mood", "amount": "x"}}]}"#,
        r#"{"lines": [], "homeCurrency": "XXX", "shipment": {"mode": "raft"}}"#,
        r#"{"entryDate": "some day", "destination": "Atlantis", "selling": {"feePercent": "a lot"}}"#,
        r#"{"fees": {"us-hmf": null, "us-mpf": {"rate": {"type": "flat", "amount": "much"}}}}"#,
    ] {
        let draft = opened(order).unwrap_or_else(|places| panic!("{order}: {places:?}"));
        check_kept(&shows(&example(), draft));
    }
}

#[test]
fn an_order_with_too_many_lines_is_not_lost() {
    let model = blank();
    let mut order = String::from(r#"{"lines": [{}"#);
    order.push_str(&",{}".repeat(10_000));
    order.push_str("]}");
    let model = shows(&model, opened(&order).unwrap());
    let faults: Vec<&str> = model
        .faults
        .iter()
        .map(|fault| fault.path.as_str())
        .collect();
    assert!(faults.contains(&"lines"), "{}", faults.len());
}

#[test]
fn a_stored_order_that_cannot_be_read_is_kept() {
    for broken in [
        "",
        "{",
        r#"{"format":"landfall/scenario","version":2,"data":{}}"#,
        r#"{"x":1}"#,
    ] {
        let (model, effects) = opened_with(&[(key::DRAFT, broken)]);
        assert_eq!(whole(&model.draft), whole(&Draft::example(Locale::En)));
        assert!(model.notice.as_ref().is_some_and(|notice| notice.is_bad));
        let kept = Effect::Mirror("landfall.draft.broken".to_owned(), Some(broken.to_owned()));
        assert_eq!(effects.first(), Some(&kept));
        assert!(update(&model, Msg::Hidden).1.is_empty());
    }
}

/// How many cases a property has; more where the long form of the tests is asked for.
fn cases(count: u32) -> u32 {
    if std::env::var_os("LANDFALL_LONG").is_some() {
        count * 40
    } else {
        count
    }
}

/// What is done to a page: which of its fields or buttons, and which text.
type Step = (prop::sample::Index, prop::sample::Index, String, bool);

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[0-9]{1,4}(\\.[0-9]{1,2})?",
        1 => Just(String::new()),
        1 => any::<String>(),
        1 => prop::sample::select(vec![
            "true", "🧨👩‍👩‍👧", "\0", "１２，３４５", "1.2万", "1,234", "1e9", "-3", "US", "USD", "EUR", "sea", "2027-01-01",
            "section301", "\u{202e}", "<b>", "\"", "NaN",
        ]).prop_map(str::to_owned),
        1 => (1_usize..20_000).prop_map(|length| "9".repeat(length)),
    ]
}

fn steps(count: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        text(),
        any::<bool>(),
    );
    prop::collection::vec(step, 1..count)
}

/// The page after a step: a field typed into, or a button pressed, of those that are drawn.
fn stepped(model: &Model, (which, option, text, is_button): &Step) -> Model {
    let html = drawn(&all_open(model), |model| {
        let page = crate::app::cost(model);
        html! { <>{ page }{ crate::app::notices(model) }</> }
    });
    if *is_button {
        let buttons = buttons(&html);
        let (path, action) = which.get(&buttons);
        return pressed(model, path, action);
    }
    let fields = fields(&html);
    let field = which.get(&fields);
    let chosen = match &field.kind {
        FieldKind::Choice(options) if !options.is_empty() => option.get(options).clone(),
        FieldKind::Tick => (if option.index(2) == 0 { "true" } else { "" }).to_owned(),
        _ => text.clone(),
    };
    let model = typed(model, &field.path, &chosen);
    if option.index(3) == 0 {
        left(&model, &field.path)
    } else {
        model
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(24), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_typed_or_pressed_is_lost_or_breaks_the_page(steps in steps(14), is_zh: bool, is_blank: bool) {
        let mut model = if is_blank { blank() } else { example() };
        if is_zh {
            model = pressed(&model, "language", Locale::Zh.tag());
        }
        for step in &steps {
            model = stepped(&model, step);
        }
        check_kept(&Model { own: None, ..model.clone() });
        prop_assert!(!drawn(&model, crate::app::cost).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(256), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_random_draft_comes_back(steps in prop::collection::vec((0_usize..64, text()), 1..24)) {
        let page = example();
        let mut draft = Draft::example(Locale::En);
        const FIELDS: [&str; 22] = [
            "name", "destination", "entryDate", "homeCurrency", "exchangeRate.cnyPerUnit", "exchangeRate.others.EUR",
            "shipment.mode", "shipment.dutiesIncluded", "customs.basis", "customs.taxableComponents.insurance",
            "customs.dutiableComponents.packaging", "lines[0].sku", "lines[0].quantity", "lines[1].carton.units",
            "lines[1].layers.section301", "lines[2].unitPriceCny", "charges[0].minimum", "charges[1].component",
            "charges[7].when.modes.sea", "charges[8].maximum", "selling.feePercent", "fees.us-hmf.rate.percent",
        ];
        const BUTTONS: [(&str, &str); 12] = [
            ("lines", "add"), ("lines[0]", "copy"), ("lines[1]", "remove"), ("lines[0]", "down"), ("charges[3]", "up"),
            ("charges", "add:destination"), ("charges[2]", "copy"), ("charges[0]", "remove"), ("fees.us-hmf", "off"),
            ("fees.us-hmf", "restore"), ("fees.us-mpf-formal-2027", "off"), ("charges[5].rate.breaks", "add"),
        ];
        for (which, text) in &steps {
            let fills = crate::fills::Fills::of(&page.destinations, &draft, page.today, Locale::En);
            draft = match (FIELDS.get(*which), BUTTONS.get(which.saturating_sub(FIELDS.len()))) {
                (Some(path), _) => edit::typed(&draft, &fills, path, text, page.today),
                (None, Some((path, action))) => edit::pressed(&draft, &fills, path, action).map_or(draft.clone(), |pressed| pressed.draft),
                (None, None) => {
                    let kind = super::fields::RATES[which % super::fields::RATES.len()];
                    edit::typed(&draft, &fills, &format!("charges[{}].rate.type", which % 9), kind, page.today)
                }
            };
        }
        let again = Draft::from_tree(&draft.to_tree()).map_err(|issues| TestCaseError::fail(format!("{issues:?}")))?;
        prop_assert_eq!(whole(&again), whole(&draft));
    }
}
