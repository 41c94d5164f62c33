//! A rule suspends a supplier by itself, and the owner takes that back with a reason.

use landfall::order::SupplierStatus;
use landfall_words::Locale;
use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::Supplier;

use super::*;
use crate::week::week_page;

const SUPPLIER: &str = r#"{"name":"Mug House","status":"whitelisted","approvals":[{"from":"new","status":"whitelisted","by":"Mei","at":"2026-01-05T00:00:00Z","reason":"sample"}],"later":"kept"}"#;

fn record(kind: Kind, id: &str, data: &str) -> String {
    let stamp = Stamp::new("d9", "2026-11-01T00:00:00Z");
    Record::new(Key::new(kind, id).unwrap(), data, stamp).write()
}

fn order(number: u32) -> String {
    let data = format!(
        r#"{{"number":"PO-{number}","supplierId":"s1","supplierName":"Mug House","createdAt":"2026-10-0{number}T00:00:00Z","lines":[{{"itemCode":"MUG","unitPriceCny":"6.40","quantity":"500"}}]}}"#
    );
    record(Kind::Order, &format!("o{number}"), &data)
}

/// A receipt of an order, gone through: so many of 20 units were defective.
fn receipt(number: u32, defective: u32) -> String {
    let data = format!(
        r#"{{"orderId":"o{number}","arrivedAt":"2026-11-1{number}T08:00:00Z","result":"accept","finishedAt":"2026-11-1{number}T09:00:00Z","lots":[{{"sku":"MUG","inspected":20,"found":{{"defective":{defective}}}}}]}}"#
    );
    record(Kind::Receipt, &format!("r{number}"), &data)
}

fn changed(model: &Model, records: &[String]) -> (Model, Vec<Effect>) {
    update(model, Msg::Store(StoreEvent::Changed(records.to_vec())))
}

/// The page with a supplier and its orders, and what arrived.
fn with(receipts: &[String]) -> Model {
    let mut records = vec![record(Kind::Supplier, "s1", SUPPLIER)];
    records.extend((1..=5).map(order));
    records.extend_from_slice(receipts);
    changed(&example(), &records).0
}

fn stored(model: &Model) -> Record {
    let key = Key::new(Kind::Supplier, "s1").unwrap();
    model.record(&key).unwrap()
}

fn supplier(model: &Model) -> Supplier {
    let key = Key::new(Kind::Supplier, "s1").unwrap();
    let entry = model.workspace.get(&key).unwrap();
    entry.as_row::<Supplier>().unwrap().clone()
}

fn said(model: &Model) -> String {
    let notice = model.notice.as_ref();
    notice.map_or_else(String::new, |notice| notice.text.join(" "))
}

fn page(model: &Rc<Model>) -> Html {
    week_page(model)
}

/// The page of this week.
fn week(model: &Model) -> String {
    let model = sent(model, Msg::Went("#/week/2026-W46".to_owned()));
    drawn(&model, page)
}

#[test]
fn the_second_defective_batch_in_a_row_suspends_and_says_so_once() {
    let model = with(&[receipt(1, 3)]);
    assert_eq!(supplier(&model).status, SupplierStatus::Whitelisted);
    assert_eq!(said(&model), "");
    let (model, effects) = changed(&model, &[receipt(2, 4)]);
    let after = supplier(&model);
    assert_eq!(after.status, SupplierStatus::Suspended);
    let last = after.approvals.last().unwrap();
    assert_eq!((&*last.by, &*last.at.0), ("rule", "2026-11-12T08:00:00Z"));
    assert_eq!(
        last.reason.as_deref(),
        Some("consecutiveDefectiveBatches: r1, r2")
    );
    assert_eq!(last.from, Some(SupplierStatus::Whitelisted));
    // It is stored at once, and what this version doesn't know stays.
    let [(key, Some(data))] = &*committed(&effects) else {
        panic!("{effects:?}");
    };
    assert_eq!(key, "supplier/s1");
    assert!(data.contains(r#""later":"kept""#), "{data}");
    let text = said(&model);
    assert!(
        text.contains("Mug House is suspended") && text.contains("PO-1, PO-2"),
        "{text}"
    );
    // The same again brings about nothing.
    let closed = pressed(&model, "notice", "close");
    let (model, effects) = changed(&closed, &[receipt(2, 4)]);
    assert_eq!(
        (said(&model), committed(&effects)),
        (String::new(), Vec::new())
    );
}

#[test]
fn batches_suspend_only_in_a_row_above_the_limit_and_once_they_are_gone_through() {
    let unfinished = record(
        Kind::Receipt,
        "r2",
        r#"{"orderId":"o2","arrivedAt":"2026-11-12T08:00:00Z","lots":[{"sku":"MUG","inspected":20,"found":{"defective":9},"passed":false}]}"#,
    );
    for receipts in [
        vec![receipt(1, 3), receipt(2, 0), receipt(3, 3)],
        // 1 of 20 is 5 %, which is the limit.
        vec![receipt(1, 1), receipt(2, 1)],
        vec![receipt(1, 3), unfinished],
    ] {
        let model = with(&receipts);
        assert_eq!(
            supplier(&model).status,
            SupplierStatus::Whitelisted,
            "{receipts:?}"
        );
    }
    // A good batch between two bad ones that turns out bad: the receipt is edited.
    let model = with(&[receipt(1, 3), receipt(2, 0)]);
    let (model, _) = changed(&model, &[receipt(3, 3)]);
    let entry = model
        .workspace
        .get(&Key::new(Kind::Receipt, "r2").unwrap())
        .unwrap();
    let data = entry
        .record()
        .data()
        .unwrap()
        .replace(r#""defective":0"#, r#""defective":2"#);
    let edited = entry
        .record()
        .edited(&data, Stamp::new("d8", "2026-11-20T00:00:00Z"));
    let (model, _) = changed(&model, &[edited.write()]);
    assert_eq!(supplier(&model).status, SupplierStatus::Suspended);
}

#[test]
fn the_owner_takes_it_back_with_a_reason_and_the_same_batches_never_count_again() {
    let model = with(&[receipt(1, 3), receipt(2, 4)]);
    let html = week(&model);
    assert!(
        html.contains("The supplier is suspended, which happens by itself from 2 on."),
        "{html}"
    );
    let field = "week.flags.reason.s1";
    assert!(fields(&html).iter().any(|of| of.path == field));
    let model = sent(&model, Msg::Went("#/week/2026-W46".to_owned()));
    // Without a reason nothing happens, and the field says so.
    let typed_blank = typed(&model, field, "  ");
    let (asked, effects) = update(
        &typed_blank,
        Msg::Pressed("week.flags.s1".to_owned(), "undo".to_owned()),
    );
    assert_eq!(effects, [Effect::Focus(field.to_owned())]);
    assert_eq!(supplier(&asked).status, SupplierStatus::Suspended);
    assert!(drawn(&asked, page).contains("Not filled in."));
    let (model, effects) = update(
        &typed(&asked, field, "New moulds, we saw the samples"),
        Msg::Pressed("week.flags.s1".to_owned(), "undo".to_owned()),
    );
    assert_eq!(committed(&effects).len(), 1);
    let after = supplier(&model);
    assert_eq!(after.status, SupplierStatus::Whitelisted);
    let last = after.approvals.last().unwrap();
    assert_eq!(
        (&*last.by, last.reason.as_deref()),
        ("owner", Some("New moulds, we saw the samples"))
    );
    // One more bad batch is the first one since; the second one suspends again.
    let late = |number, day: &str| receipt(number, 3).replace(&format!("2026-11-1{number}"), day);
    let (model, _) = changed(&model, &[late(3, "2026-11-23")]);
    assert_eq!(supplier(&model).status, SupplierStatus::Whitelisted);
    let (model, _) = changed(&model, &[late(4, "2026-11-24")]);
    assert_eq!(supplier(&model).status, SupplierStatus::Suspended);
    let reason = supplier(&model).approvals.last().unwrap().reason.clone();
    assert_eq!(
        reason.as_deref(),
        Some("consecutiveDefectiveBatches: r3, r4")
    );
}

#[test]
fn staff_see_a_suspension_and_cannot_take_it_back() {
    let owner = with(&[receipt(1, 3)]);
    let (_, effects) = update(&owner, Msg::Pressed("data".to_owned(), "shop".to_owned()));
    let shop = effects.iter().find_map(|effect| match effect {
        Effect::Download(_, text) => Some(text.clone()),
        _ => None,
    });
    let model = sent(&with(&[receipt(1, 3)]), Msg::Shop(shop.unwrap()));
    assert!(!model.is_owner(), "{:?}", model.notice);
    let (model, _) = changed(&model, &[receipt(2, 4)]);
    assert_eq!(supplier(&model).status, SupplierStatus::Suspended);
    let html = week(&model);
    assert!(
        html.contains("Only the owner can take this back."),
        "{html}"
    );
    let model = typed(&model, "week.flags.reason.s1", "Please");
    let model = pressed(&model, "week.flags.s1", "undo");
    assert_eq!(supplier(&model).status, SupplierStatus::Suspended);
}

#[test]
fn two_devices_that_both_see_it_agree() {
    let both = [receipt(1, 3), receipt(2, 4)];
    let one = with(&both);
    let mut other = example();
    other.device = "d1".into();
    other.locale = Locale::Zh;
    let mut records = vec![record(Kind::Supplier, "s1", SUPPLIER)];
    records.extend((1..=5).map(order));
    let (other, _) = changed(&other, &records);
    // The receipts come the other way round.
    let (other, _) = changed(&other, &both.iter().rev().cloned().collect::<Vec<_>>());
    let merged = stored(&one).merged(&stored(&other));
    assert!(
        !merged.is_conflicting() && merged.heads().len() == 1,
        "{merged:?}"
    );
    assert!(merged.is_same(&stored(&one)));
}

#[test]
fn two_exports_that_each_have_one_bad_batch_suspend_once_both_are_here() {
    let model = with(&[receipt(1, 3)]);
    let (model, effects) = worked(
        &model,
        "staff.json",
        [WorkEvent::Records(vec![receipt(2, 4)]), WorkEvent::End],
    );
    // It is only looked at yet.
    assert_eq!(supplier(&model).status, SupplierStatus::Whitelisted);
    assert_eq!(committed(&effects), []);
    let mut model = pressed(&model, "data", "apply");
    for _ in 0..5 {
        model = sent(&model, Msg::Step);
    }
    assert_eq!(supplier(&model).status, SupplierStatus::Suspended);
    assert!(
        said(&model).contains("Mug House is suspended"),
        "{}",
        said(&model)
    );
}

#[test]
fn nothing_is_suspended_where_nothing_may_be_stored() {
    let mut model = with(&[receipt(1, 3)]);
    model.storage.newer = Some(9);
    let (model, effects) = changed(&model, &[receipt(2, 4)]);
    assert_eq!(supplier(&model).status, SupplierStatus::Whitelisted);
    assert_eq!(committed(&effects), []);
    let mut model = with(&[receipt(1, 3)]);
    model.storage.is_gathering = true;
    let (mut model, _) = changed(&model, &[receipt(2, 4)]);
    assert_eq!(supplier(&model).status, SupplierStatus::Whitelisted);
    // Once everything is here, it is.
    model.storage.is_gathering = false;
    assert_eq!(
        supplier(&sent(&model, Msg::Step)).status,
        SupplierStatus::Suspended
    );
}

#[test]
fn what_is_being_typed_of_the_supplier_stays() {
    let model = with(&[receipt(1, 3)]);
    let model = sent(&model, Msg::Went("#/suppliers/s1".to_owned()));
    let model = typed(&model, "desk.notes", "Ask for the new moulds");
    let (model, _) = changed(&model, &[receipt(2, 4)]);
    let after = supplier(&model);
    assert_eq!(after.notes.as_deref(), Some("Ask for the new moulds"));
    assert_eq!(after.status, SupplierStatus::Suspended);
    assert!(!stored(&model).is_conflicting());
    let html = drawn(&model, |model| crate::suppliers::suppliers_page(model));
    assert!(
        html.contains("the rule") && html.contains("(PO-1, PO-2)."),
        "{html}"
    );
    assert!(!html.contains("consecutiveDefectiveBatches"), "{html}");
}

#[test]
fn two_of_five_is_shown_as_what_it_is_and_suspends_by_one_press() {
    let model = with(&[receipt(1, 3), receipt(2, 0), receipt(3, 3)]);
    let model = sent(&model, Msg::Went("#/week/2026-W46".to_owned()));
    let html = drawn(&model, page);
    assert!(
        html.contains("2 of the last 3 batches were defective"),
        "{html}"
    );
    assert!(!html.contains("Defective batches in a row"), "{html}");
    let press = buttons(&html)
        .into_iter()
        .find(|(_, action)| action.starts_with("suspend:"));
    let (place, action) = press.unwrap();
    let model = pressed(&model, &place, &action);
    let after = supplier(&model);
    assert_eq!(after.status, SupplierStatus::Suspended);
    assert_eq!(&*after.approvals.last().unwrap().by, "owner");
    // What a person decided isn't taken back here, but with the supplier.
    assert!(!drawn(&model, page).contains("week.flags.reason"));
}
