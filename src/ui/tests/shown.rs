//! The parts of the page as they are drawn, in both languages.

use landfall_words::Locale;

use super::fields::{COMPONENTS, RATES};
use super::*;
use crate::app::{cost, navigation, notices};
use crate::saved::saved_page;

/// A part of the page in both languages.
#[track_caller]
fn check(name: &str, model: &Model, part: Part) {
    for locale in Locale::ALL {
        let model = pressed(model, "language", locale.tag());
        let html = drawn(&all_open(&model), part);
        check_snapshot(&format!("{name}.{}", locale.tag()), &html);
    }
}

fn charges(model: &Rc<Model>) -> Html {
    html! { <Charges model={model.clone()} /> }
}

fn lines(model: &Rc<Model>) -> Html {
    html! { <Lines model={model.clone()} /> }
}

/// The order with a charge of this component and rate as its only one.
fn with_charge(component: &str, rate: &str) -> Model {
    let draft = Draft {
        charges: [].into(),
        ..Draft::example(Locale::En)
    };
    let model = shows(&example(), draft);
    let model = typed(&model, "destination", "");
    let model = typed(&model, "homeCurrency", "USD");
    let model = pressed(&model, "charges", &format!("add:{component}"));
    typed(&model, "charges[0].rate.type", rate)
}

#[test]
fn the_head_of_the_order() {
    check("head", &example(), |model| head(model));
}

#[test]
fn the_lines() {
    check("lines", &example(), lines);
}

#[test]
fn rows_that_are_pasted() {
    let model = pressed(&blank(), "pasted", "open");
    let model = typed(
        &model,
        "pasted",
        "SKU\t单价\t颜色\t数量\nA\t1.5\tred\t20\n合计\t\t\t20",
    );
    check("pasted", &model, lines);
}

#[test]
fn the_charges_and_the_fees_of_the_destination() {
    let off = pressed(&example(), "fees.us-hmf", "off");
    let changed = typed(&off, "fees.us-mpf-informal-2027.rate.amount", "3");
    check("charges", &changed, charges);
}

#[test]
fn a_charge_of_every_rate() {
    for rate in RATES {
        check(
            &format!("rate-{rate}"),
            &with_charge("internationalShipping", rate),
            charges,
        );
    }
}

#[test]
fn a_charge_of_every_kind() {
    for component in COMPONENTS {
        let model = with_charge(component, "flat");
        for locale in Locale::ALL {
            let model = pressed(&model, "language", locale.tag());
            check_ids(&drawn(&all_open(&model), form));
        }
    }
    check(
        "charge-destination",
        &with_charge("destination", "percentOf"),
        charges,
    );
}

#[test]
fn customs_with_and_without_a_destination() {
    check("customs", &example(), |model| customs(model));
    check("customs-unknown", &blank(), |model| customs(model));
    let germany = typed(&example(), "destination", "DE");
    let germany = typed(&germany, "customs.vatPercent", "7");
    check("customs-germany", &germany, |model| customs(model));
}

#[test]
fn what_selling_costs() {
    check("selling", &example(), |model| selling(model));
    let model = left(
        &typed(&example(), "selling.feePercent", "1,234"),
        "selling.feePercent",
    );
    check("selling-asked", &model, |model| selling(model));
}

#[test]
fn what_is_saved() {
    let page: Part = |model| saved_page(model);
    check("saved-none", &example(), page);
    let save = |model: &Model| pressed(model, "order", "save");
    let model = typed(&save(&example()), "lines[0].quantity", "600");
    let model = save(&typed(&model, "name", "Twice as many"));
    let model = pressed(&model, "schedule", "save");
    let model = save(&typed(&shows(&model, Draft::blank()), "name", "Begun"));
    let ids: Vec<String> = model
        .saved
        .iter()
        .map(|saved| saved.id.to_string())
        .collect();
    let model = ids.iter().rev().fold(model, |model, id| {
        pressed(&model, &format!("saved.{id}"), "compare")
    });
    check("saved", &model, page);
    let html = drawn(&model, page);
    assert!(html.contains("Not finished, and so not compared: Begun."));
    assert!(html.contains("2.9049"));
}

#[test]
fn two_orders_of_one_name_are_told_apart() {
    let page: Part = |model| saved_page(model);
    let model = pressed(&example(), "order", "save");
    let model = shows(&model, Draft::blank());
    let model = pressed(&typed(&model, "name", "Mugs and lids"), "order", "save");
    let ids: Vec<String> = model
        .saved
        .iter()
        .map(|saved| saved.id.to_string())
        .collect();
    let model = ids.iter().rev().fold(model, |model, id| {
        pressed(&model, &format!("saved.{id}"), "compare")
    });
    assert!(drawn(&model, page).contains("not compared: Mugs and lids."));
}

#[test]
fn notices_and_navigation() {
    check("navigation", &example(), |model| navigation(model));
    let page: Part = |model| notices(model);
    check("notices-none", &example(), page);
    let cleared = pressed(&example(), "order", "clear");
    check("notices-undo", &cleared, page);
    let link = sent(&example(), Msg::Arrived(Ok(whole(&Draft::blank()))));
    check("notices-link", &link, page);
    for locale in Locale::ALL {
        let mut refused = pressed(&example(), "language", locale.tag());
        refused.storage.refused = Some("quota".into());
        let html = drawn(&refused, page);
        check_snapshot(&format!("notices-not-stored.{}", locale.tag()), &html);
    }
    let mut newer = example();
    newer.storage.newer = Some(2);
    check("notices-newer", &newer, page);
    let mut nowhere = example();
    nowhere.storage.opened = nowhere.storage.opened.map(|opened| Opened {
        place: Place::Memory,
        ..opened
    });
    check("notices-nowhere", &nowhere, page);
    let (bare, _) = Model::open(Opening {
        today: today(),
        ..Opening::default()
    });
    check("notices-nothing-loaded", &bare, page);
}

#[test]
fn the_whole_page() {
    let begun = left(&blank(), "lines[0].sku");
    let shared = sent(
        &example(),
        Msg::Linked(Ok("https://x/#/cost?s=1.a".to_owned())),
    );
    for locale in Locale::ALL {
        for (name, model) in [("page", &shared), ("page-begun", &begun)] {
            let html = drawn(&pressed(model, "language", locale.tag()), cost);
            check_snapshot(&format!("{name}.{}", locale.tag()), &html);
        }
    }
}

#[test]
fn a_choice_never_looks_as_if_something_was_chosen() {
    let order = r#"{"lines": [{}], "charges": [{"rate": {"type": "by mood"}}], "shipment": {"mode": "raft"}}"#;
    let model = shows(&example(), Draft::from_tree(&tree(order)).unwrap());
    let html = drawn(&all_open(&model), form);
    for (path, shown) in [
        (
            "charges[0].component",
            "<option value=\"\" selected=\"selected\">—</option>",
        ),
        (
            "charges[0].rate.type",
            "<option value=\"by mood\" selected=\"selected\">by mood</option>",
        ),
        (
            "shipment.mode",
            "<option value=\"raft\" selected=\"selected\">raft</option>",
        ),
    ] {
        let (_, select) = html.split_once(&format!("<select id=\"{path}\"")).unwrap();
        let (select, _) = select.split_once("</select>").unwrap();
        assert!(select.contains(shown), "{select}");
        assert_eq!(select.matches(" selected=").count(), 1, "{select}");
    }
}

#[test]
fn every_destination_has_its_form_in_both_languages() {
    for place in example().destinations.iter() {
        for locale in Locale::ALL {
            let model = typed(&example(), "destination", &place.code);
            let model = pressed(&model, "language", locale.tag());
            check_ids(&drawn(&all_open(&model), form));
        }
    }
}
