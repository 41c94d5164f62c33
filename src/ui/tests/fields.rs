//! Every field that the form can draw sets something that the check of the request knows.

use landfall::issue::Problem;
use landfall::landed_cost::{Request, selling_price_of};

use super::*;
use crate::draft::{kind_at, normalised};
use crate::reading::Kind;
use crate::tree::{set, text};

/// The components of charges, and the types of rates as the form has them.
pub const COMPONENTS: [&str; 8] = [
    "domesticShipping",
    "packaging",
    "inspection",
    "agentFee",
    "paymentFee",
    "internationalShipping",
    "insurance",
    "destination",
];
pub const RATES: [&str; 11] = [
    "flat",
    "percentOf",
    "tieredPercentOf",
    "perUnit",
    "perCarton",
    "perKg",
    "perCbm",
    "perChargeableKg",
    "breaks",
    "firstAndNextKg",
    "perRevenueTon",
];

/// What the form makes of an order for the package, as text.
fn requests(model: &Model) -> (Tree, Tree) {
    let effective = model
        .draft
        .effective(&model.fills(), model.today, model.locale);
    let (mut selling, _) = normalised(&model.draft.selling, "selling", model.locale);
    set(&mut selling, "currency", Some(text("USD")));
    set(&mut selling, "landedCostPerUnit", Some(text("1")));
    (effective.request, selling)
}

/// The problems that only a wrong path, or a value in a wrong form, can have.
fn problems(model: &Model) -> Vec<String> {
    let (request, selling) = requests(model);
    let issues = Request::check(&request).err().unwrap_or_default();
    let selling = selling_price_of(&selling).err().unwrap_or_default();
    issues
        .into_iter()
        .chain(selling)
        .filter(|issue| {
            matches!(
                issue.problem,
                Problem::UnknownField { .. }
                    | Problem::WrongType { .. }
                    | Problem::NotExact
                    | Problem::NotDecimal { .. }
                    | Problem::NotInteger { .. }
                    | Problem::BadDate { .. }
            )
        })
        .map(|issue| format!("{issue:?}"))
        .collect()
}

/// Fills and empties each of the fields that are drawn, and says how many there are.
fn check_fields(model: &Model, wanted: impl Fn(&str) -> bool) -> usize {
    let html = drawn(&all_open(model), form);
    let fields = fields(&html);
    let mut count = 0;
    for field in fields.iter().filter(|field| wanted(&field.path)) {
        count += 1;
        let path = field.path.as_str();
        let texts: Vec<&str> = match &field.kind {
            FieldKind::Tick => vec!["true"],
            FieldKind::Choice(options) => options
                .iter()
                .map(String::as_str)
                .filter(|option| !option.is_empty())
                .collect(),
            FieldKind::Text => match kind_at(path) {
                Some(Kind::Date) => vec!["2026-11-23"],
                _ if path == "homeCurrency" => vec!["EUR"],
                _ => vec!["7"],
            },
        };
        assert!(!texts.is_empty(), "{path} has nothing to choose");
        let empty = typed(model, path, "");
        for text in texts {
            let filled = typed(&empty, path, text);
            assert_eq!(filled.typing.as_deref(), Some(path));
            assert_eq!(problems(&filled), Vec::<String>::new(), "{path}: {text}");
            let is_page = matches!(path, "destination" | "entryDate");
            assert!(
                is_page || requests(&filled) != requests(&empty),
                "{path}: {text} sets nothing"
            );
            // A charge has always a kind and a rate.
            if matches!(path.rsplit_once('.'), Some((_, "component" | "type"))) {
                continue;
            }
            let emptied = typed(&filled, path, "");
            assert_eq!(whole(&emptied.draft), whole(&empty.draft), "{path}: {text}");
        }
    }
    count
}

/// The example with all that makes more fields be drawn.
fn full() -> Model {
    let model = typed(&example(), "lines[0].order", "A");
    typed(&model, "exchangeRate.others.EUR", "0.9")
}

#[test]
fn every_field_of_an_order_sets_what_the_package_knows() {
    let count = check_fields(&full(), |_| true);
    assert!(count > 150, "{count}");
    let count = check_fields(&shows(&example(), Draft::blank()), |_| true);
    assert!(count > 40, "{count}");
}

#[test]
fn every_field_of_every_rate_of_every_charge_sets_what_the_package_knows() {
    for component in COMPONENTS {
        for rate in RATES {
            let model = pressed(&full(), "charges", &format!("add:{component}"));
            let at = model.draft.charges.len() - 1;
            let model = typed(&model, &format!("charges[{at}].rate.type"), rate);
            let at = format!("charges[{at}].");
            let count = check_fields(&model, |path| path.starts_with(&at));
            assert!(count >= 9, "{component} {rate}: {count}");
        }
    }
}

#[test]
fn every_field_of_every_destination_sets_what_the_package_knows() {
    let model = full();
    let mut fees = 0;
    for place in model.destinations.iter() {
        let model = typed(&model, "destination", &place.code);
        fees += check_fields(&model, |path| path.starts_with("fees."));
        check_fields(&model, |path| path.starts_with("lines[0]."));
    }
    assert!(fees > 100, "{fees}");
}

#[test]
fn a_charge_of_another_kind_keeps_nothing_that_its_form_has_no_field_for() {
    let model = pressed(&example(), "charges", "add:inspection");
    let model = typed(&model, "charges[8].rate.amount", "5");
    let model = typed(&model, "charges[8].dutiablePercent", "50");
    let model = typed(&model, "charges[8].component", "destination");
    assert_eq!(model.faults.to_vec(), []);
    let model = typed(&model, "charges[8].when.modes.air", "true");
    let model = typed(&model, "charges[8].when.customsValueAbove", "1");
    assert_eq!(model.faults.to_vec(), []);
    let model = typed(&model, "charges[8].component", "inspection");
    assert_eq!(model.faults.to_vec(), []);
    assert_eq!(
        whole(&model.draft).matches("dutiablePercent").count(),
        0,
        "{}",
        whole(&model.draft)
    );
}

#[test]
fn no_path_from_elsewhere_breaks_an_order() {
    let model = example();
    for path in [
        "",
        "lines",
        "lines[0]",
        "lines[9].sku",
        "charges[0]",
        "charges[9].label",
        "fees.",
        "fees.none",
        "fees.us-mpf-formal-2027",
        "selling.",
        "exchangeRate",
        "shipment",
        "lines[",
        "charges[0].rate",
        "lines[0].carton",
    ] {
        for text in ["", "true", "1"] {
            let model = typed(&model, path, text);
            assert!(
                Draft::from_tree(&model.draft.to_tree()).is_ok(),
                "{path}: {text}"
            );
            assert_eq!(model.draft.lines.len(), 2);
        }
        for action in [
            "remove", "add", "up", "down", "copy", "off", "restore", "focus", "next",
        ] {
            let model = pressed(&model, path, action);
            assert!(
                Draft::from_tree(&model.draft.to_tree()).is_ok(),
                "{path}: {action}"
            );
        }
    }
}
