//! The owner's rules: changed as a draft, put into force as versions, read only where they came with the page.

use landfall::policy::Policy;
use landfall_words::Locale;
use landfall_workspace::record::Kind;
use landfall_workspace::rows::Row;

use super::*;
use crate::policy::policy_page;
use crate::route::Route;

fn at_policy() -> Model {
    let model = opened_with(&[]).0;
    update(&model, Msg::Went(Route::Policy.fragment().to_owned())).0
}

/// The stored versions.
fn stored(model: &Model) -> Vec<Policy> {
    let policies = model.workspace.list(Kind::Policy);
    let mut policies: Vec<Policy> = policies
        .filter_map(|entry| match entry.row() {
            Some(Row::Policy(policy)) => Some((**policy).clone()),
            _ => None,
        })
        .collect();
    policies.sort_by_key(|policy| policy.version);
    policies
}

fn shown(model: &Model) -> String {
    drawn(&Rc::new(model.clone()), |model| policy_page(model))
}

#[test]
fn a_changed_figure_takes_effect_as_a_version_and_not_before() {
    let model = at_policy();
    let model = typed(&model, "desk.data.orders.maximumOrderValue", "1,000");
    assert!(shown(&model).contains("<del>800</del> → <ins>1000</ins>"));
    assert!(stored(&model).is_empty(), "nothing holds yet");
    let model = pressed(&model, "policy", "make");
    let [first] = &stored(&model)[..] else {
        panic!("one version");
    };
    assert_eq!(first.version, Some(1));
    assert_eq!(first.effective_from, Some(today()));
    assert_eq!(first.orders.maximum_order_value.0, "1000".parse().unwrap());
    assert!(shown(&model).contains("Version 1 holds, since 2026-11-22."));
    assert!(shown(&model).contains("Nothing is changed."));
    let model = typed(&model, "desk.data.orders.priceIncreasePercent", "20");
    let model = typed(&model, "desk.data.effectiveFrom", "2026-12-01");
    let model = pressed(&model, "policy", "make");
    let [_, second] = &stored(&model)[..] else {
        panic!("two versions");
    };
    assert_eq!(second.version, Some(2));
    assert_eq!(second.orders.maximum_order_value.0, "1000".parse().unwrap());
    assert!(
        shown(&model).contains("Version 1 holds"),
        "the second holds from December on"
    );
}

#[test]
fn rules_that_contradict_each_other_are_refused_at_their_place() {
    let model = at_policy();
    let model = typed(&model, "desk.data.supplierGrades.qualityWeight", "50");
    let model = pressed(&model, "policy", "make");
    assert!(stored(&model).is_empty());
    assert!(
        shown(&model).contains("110"),
        "the sum of the weights is said"
    );
    let model = typed(&model, "desk.data.supplierGrades.deliveryWeight", "20");
    let model = pressed(&model, "policy", "make");
    assert_eq!(stored(&model).len(), 1);
}

#[test]
fn what_is_typed_survives_and_can_be_dropped() {
    let model = typed(&at_policy(), "desk.data.orders.maximumOrderValue", "abc");
    let change = model.change;
    let model = update(&model, Msg::Settled(change)).0;
    let model = update(&model, Msg::Went("#/cost".to_owned())).0;
    let model = update(&model, Msg::Went("#/policy".to_owned())).0;
    assert!(shown(&model).contains("value=\"abc\""), "as it was typed");
    let model = pressed(&model, "policy", "make");
    assert!(stored(&model).is_empty());
    let model = pressed(&model, "policy", "drop");
    assert!(!shown(&model).contains("value=\"abc\""));
    assert_eq!(model.workspace.list(Kind::Draft).count(), 0);
}

#[test]
fn rules_that_came_with_the_page_are_read_only() {
    let owner = typed(&at_policy(), "desk.data.orders.maximumOrderValue", "650");
    let owner = pressed(&owner, "policy", "make");
    let (_, effects) = update(&owner, Msg::Pressed("policy".into(), "shop".into()));
    let [Effect::Download(_, shop), ..] = &effects[..] else {
        panic!("{effects:?}");
    };
    let staff = update(&at_policy(), Msg::Shop(shop.clone())).0;
    let html = shown(&staff);
    assert!(
        html.contains("<b>650</b>") && !html.contains("<input"),
        "{html}"
    );
}

#[test]
fn the_page_of_the_rules() {
    for locale in Locale::ALL {
        let model = pressed(&at_policy(), "language", locale.tag());
        check_snapshot(&format!("policy.{}", locale.tag()), &shown(&model));
    }
}
