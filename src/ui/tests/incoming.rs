//! What comes in and goes out on the page of the data.

use landfall_workspace::record::{Key, Kind, Record, Stamp};

use super::*;
use crate::data::{data_page, is_backup_due};
use crate::incoming::Stage;
use crate::model::Model;
use crate::orders::orders_page;

fn order(id: &str, status: &str, paid: &str) -> Record {
    let data = format!(
        r#"{{"source":{{"platform":"1688","orderId":"{id}"}},"supplierName":"深圳<b>恒电</b>","status":"{status}","createdAt":"2026-10-{:02}T01:02:03Z","goodsCny":"100.00","freightCny":"8.00","adjustmentCny":"-5.00","paidCny":"{paid}","lines":[{{"itemCode":"LAMP-A","title":"LED台灯","unitPriceCny":"10","quantity":"10","unit":"台"}}],"colour":"kept"}}"#,
        id.len() + 1
    );
    let key = Key::derived(Kind::Order, id);
    Record::new(key, &data, Stamp::new("d9", "2026-11-01T00:00:00Z"))
}

fn texts(records: &[Record]) -> Vec<String> {
    records.iter().map(Record::write).collect()
}

/// The page after these records were read from a file.
fn read(model: &Model, records: &[Record]) -> Model {
    let events = [
        WorkEvent::Progress(1, 2),
        WorkEvent::Records(texts(records)),
        WorkEvent::End,
    ];
    worked(model, "backup.json", events).0
}

/// The page after everything that takes time is done, and what was stored.
fn applied(model: &Model) -> (Model, Vec<(String, Option<String>)>) {
    let (mut model, mut effects) =
        update(model, Msg::Pressed("data".to_owned(), "apply".to_owned()));
    let mut stored = committed(&effects);
    while effects.contains(&Effect::Soon) {
        (model, effects) = update(&model, Msg::Step);
        stored.extend(committed(&effects));
    }
    (model, stored)
}

fn count(model: &Model, kind: Kind) -> usize {
    model.workspace.list(kind).count()
}

fn data(model: &Rc<Model>) -> Html {
    html! { <>{ data_page(model) }</> }
}

fn orders(model: &Rc<Model>) -> Html {
    html! { <>{ orders_page(model) }</> }
}

#[test]
fn a_file_is_looked_at_applied_as_a_whole_and_taken_back() {
    let model = example();
    let found = read(
        &model,
        &[
            order("1", "交易成功", "103.00"),
            order("22", "待发货", "99.00"),
        ],
    );
    assert_eq!(count(&found, Kind::Order), 0, "only looked at");
    let html = drawn(&found, data);
    assert!(
        html.contains("Goods, freight and adjustment make 103.00, but 99.00 was paid."),
        "{html}"
    );
    let (there, stored) = applied(&found);
    assert_eq!(stored.len(), 2);
    assert!(stored.iter().all(|(_, data)| {
        data.as_deref()
            .is_some_and(|data| data.contains("\"colour\":\"kept\""))
    }));
    assert_eq!(count(&there, Kind::Order), 2);
    assert!(there.data.incoming.is_none() && there.storage.is_settled());

    // The same file again changes nothing.
    let again = read(
        &there,
        &[
            order("1", "交易成功", "103.00"),
            order("22", "待发货", "99.00"),
        ],
    );
    assert!(drawn(&again, data).contains("everything in it is here already"));
    let (again, stored) = applied(&again);
    assert_eq!((stored.len(), count(&again, Kind::Order)), (0, 2));

    let (back, done) = update(&there, Msg::Pressed("data".to_owned(), "undo".to_owned()));
    assert_eq!(count(&back, Kind::Order), 0);
    assert!(committed(&done).iter().all(|(_, data)| data.is_none()));
    assert!(back.data.undo.is_none());
}

#[test]
fn a_long_file_is_applied_in_parts_and_stored_at_once() {
    let many: Vec<Record> = (0..5_000)
        .map(|id| order(&id.to_string(), "待发货", "103.00"))
        .collect();
    let found = read(&example(), &many);
    let (mut model, mut effects) =
        update(&found, Msg::Pressed("data".to_owned(), "apply".to_owned()));
    let mut commits = Vec::new();
    let mut parts = 0;
    while effects.contains(&Effect::Soon) {
        assert!(
            commits.is_empty() || model.data.incoming.is_none(),
            "nothing is stored before all is there"
        );
        (model, effects) = update(&model, Msg::Step);
        parts += 1;
        let stored = committed(&effects).len();
        if stored > 0 {
            commits.push(stored);
        }
    }
    assert!(parts > 2);
    assert_eq!(commits, [5_000]);
    assert!(drawn(&model, orders).contains("1 to 50 of 5000"));
    let narrowed = typed(&model, "log.query", "恒电 4999");
    assert!(drawn(&narrowed, orders).contains("1 to 1 of 1"));
    assert!(drawn(&typed(&model, "log.query", "nobody"), orders).contains("No order fits."));
    let older = pressed(&model, "log", "next");
    assert!(drawn(&older, orders).contains("51 to 100 of 5000"));
}

#[test]
fn what_is_refused_or_cancelled_changes_nothing() {
    let model = example();
    let bad = [WorkEvent::Records(vec!["{".to_owned()]), WorkEvent::End];
    let (refused, done) = worked(&model, "bad.json", bad);
    assert_eq!(committed(&done), []);
    assert!(matches!(
        refused.data.incoming.as_ref().map(|of| &of.stage),
        Some(Stage::Refused(_))
    ));
    assert!(drawn(&refused, data).contains("nothing was changed"));

    let found = read(&model, &[order("1", "x", "103")]);
    let (cancelled, done) = update(&found, Msg::Pressed("data".to_owned(), "cancel".to_owned()));
    assert_eq!(done, [Effect::CancelWork]);
    assert!(cancelled.data.incoming.is_none());
    // What still comes is not taken.
    let late = sent(
        &cancelled,
        Msg::Work(WorkEvent::Records(texts(&[order("1", "x", "103")]))),
    );
    let late = sent(&late, Msg::Work(WorkEvent::End));
    assert_eq!(count(&late, Kind::Order), 0);
    assert!(applied(&late).1.is_empty());
}

#[test]
fn edits_of_two_places_conflict_until_one_is_chosen() {
    let root = order("1", "待发货", "103.00");
    let (model, _) = applied(&read(&example(), std::slice::from_ref(&root)));
    let edit = |record: &Record, from: &str, to: &str, device: &str| {
        let data = record.data().unwrap().replace(from, to);
        record.edited(&data, Stamp::new(device, "2026-11-02T00:00:00Z"))
    };
    let (mine, theirs) = (
        edit(&root, "待发货", "待收货", "d1"),
        edit(&root, "待发货", "交易成功", "d2"),
    );
    let (model, _) = applied(&read(&model, &[mine]));
    let found = read(&model, std::slice::from_ref(&theirs));
    assert!(drawn(&found, data).contains("Changed on both sides"));
    let (model, _) = applied(&found);
    assert_eq!(model.workspace.conflicts().count(), 1);
    let html = drawn(&model, data);
    assert!(html.contains("待收货") && html.contains("交易成功"));
    let key = model.workspace.conflicts().next().unwrap().clone();
    for chosen in 0..2 {
        let record = model.record(&key).unwrap();
        let expected = record.heads()[chosen].data().cloned();
        let path = format!("conflict.{key}");
        let (decided, done) = update(&model, Msg::Pressed(path, chosen.to_string()));
        assert_eq!(decided.workspace.conflicts().count(), 0);
        assert_eq!(
            committed(&done),
            [(key.to_string(), expected.map(|data| data.to_string()))]
        );
        // The file again doesn't bring it back.
        let (again, stored) = applied(&read(&decided, std::slice::from_ref(&theirs)));
        assert_eq!((again.workspace.conflicts().count(), stored.len()), (0, 0));
    }
    let nothing = pressed(&model, &format!("conflict.{key}"), "9");
    assert_eq!(nothing.workspace.conflicts().count(), 1);
}

#[test]
fn everything_goes_out_and_comes_back_elsewhere() {
    let (model, _) = applied(&read(&example(), &[order("1", "待发货", "103.00")]));
    let model = pressed(&pressed(&model, "order", "save"), "schedule", "save");
    let (exported, done) = update(&model, Msg::Pressed("data".to_owned(), "export".to_owned()));
    let Some(Effect::Download(name, text)) = done.first() else {
        panic!("{done:?}")
    };
    assert_eq!(name, "landfall backup 2026-11-22.json");
    assert!(exported.storage.notes.contains_key("lastExport"));
    let records = landfall_workspace::file::read(text.as_bytes(), "d9", |_, _| ()).unwrap();
    let (elsewhere, _) = applied(&read(&blank(), &records));
    for kind in [Kind::Order, Kind::Scenario, Kind::Schedule] {
        assert_eq!(count(&elsewhere, kind), 1, "{kind:?}");
    }
    assert_eq!(elsewhere.saved[0].data, model.saved[0].data);

    let ticked = typed(&model, "data.part.order", "true");
    let done = update(
        &ticked,
        Msg::Pressed("data".to_owned(), "exportPart".to_owned()),
    )
    .1;
    let Some(Effect::Download(_, text)) = done.first() else {
        panic!("{done:?}")
    };
    let records = landfall_workspace::file::read(text.as_bytes(), "d9", |_, _| ()).unwrap();
    assert_eq!(records.len(), 1);
}

#[test]
fn erasing_offers_a_file_first_and_asks() {
    let model = pressed(&example(), "order", "save");
    let nothing = update(
        &model,
        Msg::Pressed("data".to_owned(), "eraseNow".to_owned()),
    )
    .1;
    assert_eq!(nothing, []);
    let (asked, done) = update(&model, Msg::Pressed("data".to_owned(), "erase".to_owned()));
    assert!(matches!(done.first(), Some(Effect::Download(..))));
    assert!(!done.contains(&Effect::Erase));
    let done = update(
        &asked,
        Msg::Pressed("data".to_owned(), "eraseNow".to_owned()),
    )
    .1;
    assert_eq!(done, [Effect::Erase]);
    assert!(!pressed(&asked, "data", "keepAll").data.is_erasing);
}

#[test]
fn a_backup_is_asked_for_after_six_days() {
    let model = pressed(&example(), "order", "save");
    assert!(!is_backup_due(&model));
    let later = |model: &Model, at: &str| {
        let mut model = model.clone();
        model.moment.at = at.into();
        is_backup_due(&model)
    };
    assert!(!later(&model, "2026-11-27T23:59:00Z"));
    assert!(later(&model, "2026-11-28T01:00:00Z"));
    let exported = pressed(&model, "data", "export");
    assert!(
        !later(&exported, "2026-12-28T01:00:00Z"),
        "nothing new since"
    );
    let changed = pressed(&exported, "order", "save");
    assert!(later(&changed, "2026-12-28T01:00:00Z"));
    assert!(!is_backup_due(&example()), "nothing to lose yet");
}

#[test]
fn an_order_of_the_log_becomes_the_order_that_is_costed() {
    let (model, _) = applied(&read(&example(), &[order("1", "交易成功", "103.00")]));
    let id = model
        .workspace
        .list(Kind::Order)
        .next()
        .unwrap()
        .record()
        .key()
        .id()
        .to_owned();
    let (model, done) = update(
        &model,
        Msg::Pressed(format!("order.{id}"), "cost".to_owned()),
    );
    assert!(done.contains(&Effect::Go("#/cost".to_owned())));
    assert_eq!(model.draft.destination, "US", "where it goes stays");
    let outcome = model.outcome.as_ref().unwrap();
    // 100 less 5 of discount, and 8 of freight: 95 / (7.10 × 0.99) = 13.52, 8 / 7.029 = 1.14, before duty.
    let texts = format!("{:?}", outcome.result);
    assert!(texts.contains("13.52") && texts.contains("1.14"), "{texts}");
    assert!(whole(&model.draft).contains("LED台灯"));
    assert_eq!(
        pressed(&model, "order.none", "cost").draft.name,
        model.draft.name
    );
}

#[test]
fn how_the_data_and_the_orders_look() {
    let (model, _) = applied(&read(
        &example(),
        &[
            order("1", "交易成功", "103.00"),
            order("22", "待发货", "99.00"),
        ],
    ));
    let mut model = pressed(&model, "order", "save");
    model.storage.usage = Some((1_234_567, Some(9_876_543_210), Some(false)));
    for locale in landfall_words::Locale::ALL {
        let tag = locale.tag();
        let model = pressed(&model, "language", tag);
        check_snapshot(&format!("data.{tag}"), &drawn(&model, data));
        check_snapshot(&format!("orders.{tag}"), &drawn(&model, orders));
        let preview = read(&model, &[order("333", "待发货", "99.00")]);
        check_snapshot(&format!("data-preview.{tag}"), &drawn(&preview, data));
        let empty = pressed(&example(), "language", tag);
        check_snapshot(&format!("orders-none.{tag}"), &drawn(&empty, orders));
    }
}

#[test]
fn the_shop_file_is_made_read_and_ruled_by() {
    let (model, _) = applied(&read(&example(), &[order("1", "交易成功", "103.00")]));
    let model = typed(&model, "data.owner", "Lin’s shop");
    let (model, done) = update(&model, Msg::Pressed("data".to_owned(), "shop".to_owned()));
    let Some(Effect::Download(name, text)) = done.first() else {
        panic!("{done:?}")
    };
    assert_eq!(name, "shop.json");
    assert!(
        model.shop.is_none(),
        "the owner isn’t ruled by the own file"
    );

    // Staff: the file stands beside the page, or is brought in.
    let mut beside = blank();
    beside.meet_shop(text);
    let (sent, done) = brought(&blank(), "shop.json", text);
    assert!(done.iter().any(|effect| matches!(effect, Effect::Commit(_, _, notes) if notes.iter().any(|(name, _)| name == "shop"))));
    for (model, place) in [
        (&beside, "beside this page"),
        (&sent, "sent and brought in"),
    ] {
        let shop = model.shop.as_ref().unwrap();
        assert_eq!((&*shop.shop.owner, shop.shop.number), ("Lin’s shop", 1));
        let rate = shop.shop.exchange_rate.as_ref().unwrap();
        assert_eq!(rate.cny_per_unit.to_string(), "7.10");
        let html = drawn(model, data);
        assert!(html.contains(place) && html.contains(&shop.hash), "{html}");
    }
    // The same or an older one changes nothing; a newer one does.
    let (again, _) = brought(&sent, "shop.json", text);
    assert!(again.notice.unwrap().text[0].contains("as new or newer"));
    let done = update(&model, Msg::Pressed("data".to_owned(), "shop".to_owned())).1;
    let Some(Effect::Download(_, newer)) = done.first() else {
        panic!("{done:?}")
    };
    let (newer, _) = brought(&beside, "shop.json", newer);
    assert_eq!(newer.shop.as_ref().unwrap().shop.number, 2);
    // What can’t be read is said, and changes nothing.
    let (bad, done) = brought(
        &sent,
        "shop.json",
        &text.replace("\"number\":1", "\"number\":\"x\""),
    );
    assert_eq!(committed(&done), []);
    assert!(bad.notice.as_ref().unwrap().is_bad);
    assert_eq!(bad.shop.as_ref().unwrap().shop.number, 1);
    let mut broken = blank();
    broken.meet_shop("{");
    assert!(broken.shop.is_none() && broken.notice.is_some());
    let mut none = blank();
    none.meet_shop("null\n");
    assert!(none.shop.is_none() && none.notice.is_none());
}

#[test]
fn tables_have_the_sums_of_the_page() {
    let done = update(
        &example(),
        Msg::Pressed("order".to_owned(), "csv".to_owned()),
    )
    .1;
    let [Effect::Download(name, text)] = done.as_slice() else {
        panic!("{done:?}")
    };
    assert_eq!(name, "landfall Mugs and lids.csv");
    let rows: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(rows.len(), 4);
    assert!(rows[0].starts_with("SKU,Quantity,Goods,") && rows[3].starts_with("All,800,"));
    assert!(rows[3].ends_with(",2323.93,2.9049"), "{}", rows[3]);
    let evil = typed(&example(), "lines[0].sku", "=cmd|' /C calc'!A0");
    let done = update(&evil, Msg::Pressed("order".to_owned(), "csv".to_owned())).1;
    assert!(matches!(done.as_slice(), [Effect::Download(_, text)] if text.contains("\n'=cmd|")));
    let (model, _) = applied(&read(&example(), &[order("1", "交易成功", "103.00")]));
    let done = update(&model, Msg::Pressed("data".to_owned(), "csv".to_owned())).1;
    assert!(
        matches!(done.as_slice(), [Effect::Download(_, text)] if text.contains("LED台灯") && text.contains("-5"))
    );
}

#[test]
fn what_is_being_applied_is_neither_given_up_nor_stored_in_part() {
    let many: Vec<Record> = (0..5_000)
        .map(|id| order(&id.to_string(), "待发货", "103.00"))
        .collect();
    let press = |action: &str| Msg::Pressed("data".to_owned(), action.to_owned());
    let mut model = sent(&read(&example(), &many), press("apply"));
    model = sent(&model, Msg::Step);
    model.data.pasted = Some("a\tb".into());
    for action in ["cancel", "readPasted", "undo", "apply"] {
        let (next, done) = update(&model, press(action));
        assert_eq!(done, [], "{action}");
        model = next;
    }
    let mut stored = 0;
    for _ in 0..10 {
        let (next, done) = update(&model, Msg::Step);
        model = next;
        stored += committed(&done).len();
    }
    assert_eq!(stored, 5_000);
    assert!(model.storage.is_settled());
}

#[test]
fn what_another_tab_stores_while_a_file_is_looked_at_stays() {
    let root = order("1", "待发货", "103.00");
    let (model, _) = applied(&read(&example(), std::slice::from_ref(&root)));
    let edit = |to: &str, device: &str| {
        let data = root.data().unwrap().replace("待发货", to);
        root.edited(&data, Stamp::new(device, "2026-11-02T00:00:00Z"))
    };
    let (file, tab) = (edit("待收货", "d1"), edit("交易成功", "d2"));
    let found = read(&model, &[file]);
    let changed = StoreEvent::Changed(texts(&[tab]));
    let found = sent(&found, Msg::Store(changed));
    let (mut model, mut effects) =
        update(&found, Msg::Pressed("data".to_owned(), "apply".to_owned()));
    let mut changes = Vec::new();
    while effects.contains(&Effect::Soon) {
        (model, effects) = update(&model, Msg::Step);
        for effect in &effects {
            if let Effect::Commit(_, of, _) = effect {
                changes.extend(of.clone());
            }
        }
    }
    assert_eq!(model.workspace.conflicts().count(), 1);
    let [change] = changes.as_slice() else {
        panic!("{changes:?}")
    };
    for status in ["待收货", "交易成功"] {
        assert!(change.text.contains(status), "{status} is lost");
    }
}
