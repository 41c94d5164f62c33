//! Whose rules hold, and who decides.

use landfall_workspace::record::{Key, Kind};

use super::*;

/// The page after the owner's rules were stored.
fn with_policy(model: &Model, id: &str, data: &str) -> Model {
    let mut model = model.clone();
    model.moment = moment();
    model.put(&Key::new(Kind::Policy, id).unwrap(), Some(data));
    model
}

#[test]
fn the_owners_file_rules_over_what_is_stored_and_that_over_the_defaults() {
    let limit = |model: &Model| model.policy().orders.maximum_order_value.to_string();
    let own = example();
    assert_eq!(limit(&own), "800");
    assert!(own.is_owner(), "nobody else said anything");
    let own = with_policy(
        &own,
        "p1",
        r#"{"version":2,"orders":{"maximumOrderValue":"500"}}"#,
    );
    let later =
        r#"{"version":3,"effectiveFrom":"2026-11-23","orders":{"maximumOrderValue":"400"}}"#;
    let own = with_policy(&own, "p2", later);
    assert_eq!(limit(&own), "500", "the newest one that holds today");

    let (mut owner, done) = update(&own, Msg::Pressed("data".to_owned(), "shop".to_owned()));
    let Some(Effect::Download(_, text)) = done.first() else {
        panic!("{done:?}")
    };
    owner.meet_shop(text);
    assert!(owner.is_owner(), "the file was made here");
    let owner = with_policy(
        &owner,
        "p1",
        r#"{"version":4,"orders":{"maximumOrderValue":"600"}}"#,
    );
    assert_eq!(
        limit(&owner),
        "600",
        "the owner’s own records go before the file made of them"
    );

    let mut staff = with_policy(
        &example(),
        "p1",
        r#"{"orders":{"maximumOrderValue":"9000"}}"#,
    );
    staff.meet_shop(text);
    assert!(!staff.is_owner());
    assert_eq!(limit(&staff), "500", "staff can’t raise it");
}
