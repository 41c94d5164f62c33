//! What is due over all orders, and disputes from the receipt to what was recovered.

use landfall_words::Locale;
use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::{Dispute, DisputeState, Escalation, Receipt, Row};

use super::*;
use crate::receiving::receiving_page;
use crate::time::Zone;

fn record(kind: Kind, id: &str, data: &str) -> String {
    let stamp = Stamp::new("d9", "2026-11-01T00:00:00Z");
    Record::new(Key::new(kind, id).unwrap(), data, stamp).write()
}

const ORDER: &str = r#"{"number":"2026-117","source":{"platform":"1688","orderId":"3812345"},"supplierId":"s1","supplierName":"Mug House","paidCny":"3200.50","lines":[{"unitPriceCny":"6.40","quantity":"500"}]}"#;

/// Goods that arrived at 05:00 in UTC: 20 short, and the sample failed.
const RECEIPT: &str = r#"{"orderId":"o1","arrivedAt":"2026-11-22T05:00:00Z","dispatchedAt":"2026-11-18T02:00:00Z","signedAt":"2026-11-20T02:00:00Z","inWarehouseAt":"2026-11-20T03:00:00Z","staff":"Wang","photos":["2026-11/PO-2026-117_MUG_defect_1.jpg"],"lots":[{"sku":"MUG","ordered":"500","received":"480","inspected":50,"found":{"major":3},"passed":false,"defects":[{"class":"major","kind":"rim cracked","unit":3},{"class":"major","kind":"rim cracked","unit":9},{"class":"major","kind":"rim cracked","unit":12}]}]}"#;

/// The page of receiving at this time, after these records came from the store.
fn at_time(clock: &str, records: Vec<String>) -> Model {
    MESSAGES.set(0);
    let (hours, minutes) = clock.split_once(':').unwrap();
    let second = hours.parse::<u32>().unwrap() * 3600 + minutes.parse::<u32>().unwrap() * 60;
    let model = sent(&example(), Msg::Store(StoreEvent::Changed(records)));
    MESSAGES.set(second);
    sent(&model, Msg::Went("#/receiving".to_owned()))
}

fn with_receipt(clock: &str) -> Model {
    with(RECEIPT, clock)
}

fn with(receipt: &str, clock: &str) -> Model {
    let records = vec![
        record(Kind::Order, "o1", ORDER),
        record(Kind::Receipt, "r1", receipt),
    ];
    at_time(clock, records)
}

fn page(model: &Rc<Model>) -> Html {
    receiving_page(model)
}

/// What is read on the page.
fn shown(model: &Model) -> String {
    let html = drawn(model, page);
    let mut text = String::new();
    for part in html.split('<') {
        let (_, after) = part.split_once('>').unwrap_or(("", part));
        text.extend([after, " "]);
    }
    let text = text.replace('\u{a0}', " ").replace("&quot;", "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn press(model: &Model, path: &str, action: &str) -> (Model, Vec<Effect>) {
    let (mut model, effects) = update(model, Msg::Pressed(path.to_owned(), action.to_owned()));
    for effect in &effects {
        if let Effect::Go(fragment) = effect {
            model = sent(&model, Msg::Went(fragment.clone()));
        }
    }
    (model, effects)
}

fn receipt(model: &Model) -> Receipt {
    let key = Key::new(Kind::Receipt, "r1").unwrap();
    match model.workspace.get(&key).unwrap().row() {
        Some(Row::Receipt(receipt)) => (**receipt).clone(),
        other => panic!("{other:?}"),
    }
}

fn disputes(model: &Model) -> Vec<Dispute> {
    let entries = model.workspace.list(Kind::Dispute);
    entries
        .map(|entry| match entry.row() {
            Some(Row::Dispute(dispute)) => (**dispute).clone(),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn escalations(model: &Model) -> Vec<Escalation> {
    let entries = model.workspace.list(Kind::Escalation);
    entries
        .map(|entry| match entry.row() {
            Some(Row::Escalation(escalation)) => (**escalation).clone(),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn copied(effects: &[Effect]) -> String {
    let copied = effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.replace('\u{a0}', " ")),
        _ => None,
    });
    copied.unwrap_or_else(|| panic!("{effects:?}"))
}

/// Where each of these texts stands; all must be there, in this order.
#[track_caller]
fn in_order(text: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("no “{part}” after {from} in: {text}"));
    }
}

#[test]
fn a_delivery_that_nobody_has_checked_runs_against_the_clock() {
    let arrived = r#"{"orderId":"o1","arrivedAt":"2026-11-22T05:00:00Z","lots":[{"sku":"MUG","ordered":"500"}]}"#;
    let unchecked = shown(&with(arrived, "06:00"));
    in_order(
        &unchecked,
        &["in 1 h Log the variance", "Count and check the goods"],
    );
    assert!(!unchecked.contains("Tell the supplier"));
    // What was written of the approved sample is a variance too.
    let other = arrived.replace("\"500\"", "\"500\",\"notes\":\"darker\"");
    let other = shown(&with(&other, "06:00"));
    in_order(&other, &["Log the variance", "Tell the supplier"]);
    let done = arrived.replace(
        "\"lots\"",
        "\"finishedAt\":\"2026-11-22T05:30:00Z\",\"lots\"",
    );
    assert!(!shown(&with(&done, "06:00")).contains("Log the variance"));
}

#[test]
fn what_is_due_stands_in_the_order_of_losses() {
    let model = with_receipt("06:00");
    let text = shown(&model);
    in_order(
        &text,
        &[
            "What is due",
            "in 1 h Log the variance PO 2026-117 · Mug House",
            "CNY 3,200.50 were paid.",
            "By 2026-11-22 15:00",
            "Pay nothing out yet",
            "in 5 h Tell the supplier",
            "in 2 days 21 h Return through the agent",
            "in 5 days 20 h Confirm or dispute on 1688",
            "1688 pays CNY 3,200.50 to the supplier.",
            "Signed for within 8 days of dispatch",
            "Move goods out of storage",
        ],
    );
    assert!(
        !text.contains("China)"),
        "the reader’s clock shows China’s time"
    );
}

#[test]
fn what_is_left_is_renewed_each_minute_while_it_is_shown() {
    let (model, effects) = {
        MESSAGES.set(0);
        let records = vec![
            record(Kind::Order, "o1", ORDER),
            record(Kind::Receipt, "r1", RECEIPT),
        ];
        let model = sent(&example(), Msg::Store(StoreEvent::Changed(records)));
        MESSAGES.set(6 * 3600);
        update(&model, Msg::Went("#/receiving".to_owned()))
    };
    assert!(effects.contains(&Effect::Minute));
    // It comes back once, however much is done meanwhile.
    let (model, effects) = update(&model, Msg::Typed("log.query".to_owned(), "x".to_owned()));
    assert!(!effects.contains(&Effect::Minute));
    MESSAGES.set(7 * 3600 + 60);
    let (model, effects) = update(&model, Msg::Minute);
    assert!(effects.contains(&Effect::Minute));
    assert!(shown(&model).contains("Overdue, 1 min ago Log the variance"));
    // On another page nothing comes back any more.
    let model = sent(&model, Msg::Went("#/orders".to_owned()));
    let (_, effects) = update(&model, Msg::Minute);
    assert!(!effects.contains(&Effect::Minute));
}

#[test]
fn times_are_by_the_clock_of_their_own_day() {
    let mut model = with_receipt("06:00");
    let at = |text: &str| landfall::check::parse_instant(text).unwrap();
    // Berlin, in a year in which the clocks go back two days later.
    model.offset = 120;
    model.zone = Rc::new(Zone(vec![
        (at("2026-03-29T01:00:00Z"), 120),
        (at("2026-11-24T01:00:00Z"), 60),
    ]));
    let text = shown(&model);
    in_order(
        &text,
        &[
            "By 2026-11-22 09:00 (15:00 in China)",
            "Return through the agent",
            "By 2026-11-25 04:00 (11:00 in China)",
        ],
    );
}

#[test]
fn what_was_done_is_noted_and_taken_back() {
    let model = with_receipt("06:00");
    let (model, _) = press(&model, "receiving.clocks", "done:logVariance:r1");
    assert!(receipt(&model).variance_logged_at.is_some());
    let text = shown(&model);
    in_order(
        &text,
        &["Tell the supplier", "Done", "Log the variance", "Take back"],
    );
    let (model, _) = press(&model, "receiving.clocks", "undo:logVariance:r1");
    assert!(receipt(&model).variance_logged_at.is_none());
    assert!(shown(&model).contains("in 59 min Log the variance"));
    let (model, _) = press(&model, "receiving.clocks", "done:storage:r1");
    let text = shown(&model);
    assert!(receipt(&model).left_warehouse_at.is_some());
    in_order(&text, &["Done", "Move goods out of storage"]);
}

#[test]
fn an_order_has_clocks_before_anything_of_it_arrives() {
    let order = r#"{"number":"9","supplierName":"Lid House","stage":"paid"}"#;
    let closed = r#"{"number":"8","supplierName":"Old House","stage":"closed","dispatchedAt":"2026-11-01T00:00:00Z"}"#;
    let model = at_time(
        "06:00",
        vec![
            record(Kind::Order, "o9", order),
            record(Kind::Order, "o8", closed),
        ],
    );
    assert!(shown(&model).contains("Nothing is due."));
    let model = typed(&model, "order.o9.stage", "dispatched");
    let text = shown(&model);
    in_order(
        &text,
        &[
            "in 29 days 23 h Confirm or dispute on 1688 PO 9 · Lid House",
            "If it is signed for now, 1688 confirms on 2026-12-02",
        ],
    );
    // It was sent two days before it was noted.
    let model = typed(&model, "order.o9.dispatchedAt", "2026-11-20T14:00");
    assert!(shown(&model).contains("in 27 days 23 h"));
    let model = typed(&model, "order.o9.signedAt", "2026-11-22T10:00");
    assert!(shown(&model).contains("in 7 days 23 h"));
    let model = typed(&model, "order.o9.signedAt", "");
    assert!(shown(&model).contains("Not signed for yet"));
    assert!(!shown(&model).contains("Old House"));
}

#[test]
fn clocks_are_gathered_when_records_change_and_not_before() {
    let mut records: Vec<String> = (0..3_000)
        .map(|number| {
            record(
                Kind::Order,
                &format!("p{number}"),
                &format!(r#"{{"number":"{number}","supplierName":"x"}}"#),
            )
        })
        .collect();
    records.push(record(Kind::Order, "o1", ORDER));
    records.push(record(Kind::Receipt, "r1", RECEIPT));
    let mut model = at_time("06:00", records);
    // While the orders are indexed in parts, nothing is shown of them; then everything is.
    for _ in 0..5 {
        model = sent(&model, Msg::Step);
    }
    assert!(shown(&model).contains("Log the variance"));
    let before = format!("{:p}", model.watch.gathered());
    let later = typed(&model, "log.query", "mug");
    assert_eq!(format!("{:p}", later.watch.gathered()), before);
    let (done, _) = press(&later, "receiving.clocks", "done:logVariance:r1");
    assert_ne!(format!("{:p}", done.watch.gathered()), before);
}

#[test]
fn the_calendar_is_offered_as_a_file() {
    let model = with_receipt("06:00");
    let (_, effects) = press(&model, "receiving.clocks", "calendar");
    let [Effect::Download(name, text)] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(name, "landfall deadlines.ics");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 5);
    assert!(
        text.contains("UID:logVariance-r1@landfall\r\n")
            && text.contains("DTSTART:20261122T070000Z\r\n")
    );
}

#[test]
fn a_dispute_goes_from_the_counts_to_what_was_recovered() {
    let model = with_receipt("06:00");
    let (model, _) = press(&model, "receiving.dispute.r1", "open");
    let [dispute] = disputes(&model).try_into().unwrap();
    assert_eq!(&*dispute.reason, "shortShipment,defects");
    assert_eq!(dispute.supplier_id.as_deref(), Some("s1"));
    assert_eq!(dispute.counts[0].inspected, Some(50));
    assert!(
        receipt(&model).variance_logged_at.is_some(),
        "with its dispute it is logged"
    );
    let text = shown(&model);
    in_order(
        &text,
        &[
            "Dispute on PO 2026-117",
            "Open, supplier not told",
            "Pay nothing out yet",
            "Ordered 500 Received 480 Inspected 50 Defective 3 × rim cracked (major)",
            "MUG：订 500 件，实收 480 件，少 20 件。",
            "What happened",
            "The goods arrived",
            "2026-11/PO-2026-117_MUG_defect_1.jpg",
            "The dispute was opened",
        ],
    );
    // What is asked for stands in the message at once.
    let model = typed(&model, "desk.wish", "refund");
    let model = typed(&model, "desk.claimedCny", "147.20");
    let model = typed(&model, "desk.counts[0].notes", "handle is blue");
    let model = typed(&model, "receiving.dispute.about.wrongSpecification", "true");
    let (model, effects) = press(&model, "receiving.dispute", "copy:zh-CN");
    let message = copied(&effects);
    in_order(
        &message,
        &[
            "2026-117（1688 订单号 3812345）",
            "2026-11-22 13:00",
            "少货、规格不符、次品",
            "少 20 件",
            "rim cracked（严重）3 件",
            "handle is blue",
            "照片 1 张",
            "退款 CNY 147.20",
            "2026-11-23 14:00 之前",
        ],
    );
    assert_eq!(
        disputes(&model)[0].state,
        Some(DisputeState::Open),
        "copied isn’t sent"
    );
    let (model, _) = press(&model, "receiving.dispute", "sent:zh-CN");
    let [dispute] = disputes(&model).try_into().unwrap();
    assert_eq!(dispute.state, Some(DisputeState::Told));
    let kept = dispute.messages[0].text.replace('\u{a0}', " ");
    assert_eq!(kept, message, "what was sent is kept");
    assert!(receipt(&model).supplier_contacted_at.is_some());
    // Nothing is added without who and what.
    let (model, effects) = press(&model, "receiving.dispute", "add");
    assert!(effects.contains(&Effect::Focus("desk.act.who".to_owned())));
    let model = typed(&model, "desk.act.who", "supplier");
    let model = typed(&model, "desk.act.text", "We offer 3 % off.");
    let (model, _) = press(&model, "receiving.dispute", "add");
    assert_eq!(disputes(&model)[0].state, Some(DisputeState::Answered));
    // Unresolved: the owner decides.
    let (model, effects) = press(&model, "receiving.dispute", "owner:en");
    in_order(
        &copied(&effects),
        &[
            "PO 2026-117",
            "Mug House",
            "20 units short",
            "The supplier said last: We offer 3 % off.",
        ],
    );
    let (model, _) = press(&model, "receiving.dispute", "owner:zh");
    let [escalation] = escalations(&model).try_into().unwrap();
    assert_eq!(escalation.subject.as_ref(), "2026-117 Mug House");
    assert!(escalation.dispute_id.is_some() && escalation.resolved_at.is_none());
    let (model, _) = press(&model, "receiving.dispute", "state:platform");
    assert!(shown(&model).contains("Platform case"));
    // It isn't closed before it is said how it ended.
    let (model, effects) = press(&model, "receiving.dispute", "state:closed");
    assert!(effects.contains(&Effect::Focus("desk.resolution".to_owned())));
    assert!(disputes(&model)[0].closed_at.is_none());
    let model = typed(&model, "desk.refundedCny", "140");
    let model = typed(&model, "desk.replacedUnits", "20");
    let model = typed(&model, "desk.resolution", "refund and 20 new ones");
    let (model, _) = press(&model, "receiving.dispute", "state:closed");
    let [dispute] = disputes(&model).try_into().unwrap();
    assert_eq!(dispute.refunded.unwrap().0.to_string(), "140");
    assert_eq!(dispute.replaced_units, Some(20));
    assert!(dispute.closed_at.is_some() && dispute.state == Some(DisputeState::Closed));
    let answered = escalations(&model);
    assert_eq!(
        answered[0].resolution.as_deref(),
        Some("refund and 20 new ones")
    );
    assert_eq!(answered[0].resolved_by.as_deref(), Some("Wang"));
    let list = sent(&model, Msg::Went("#/receiving".to_owned()));
    let text = shown(&list);
    in_order(
        &text,
        &[
            "Disputes",
            "None is open.",
            "Closed",
            "Dispute on PO 2026-117",
            "Recovered: refund CNY 140, replaced units 20",
        ],
    );
    // And it can come back.
    let (model, _) = press(&model, "receiving.dispute", "reopen");
    let [dispute] = disputes(&model).try_into().unwrap();
    assert!(dispute.closed_at.is_none());
    assert!(escalations(&model)[0].resolved_at.is_none());
    in_order(
        &shown(&model),
        &[
            "Supplier answered",
            "What happened",
            "We offer 3 % off.",
            "Opened again",
        ],
    );
}

#[test]
fn a_receipt_has_one_open_dispute() {
    let model = with_receipt("06:00");
    let (model, _) = press(&model, "receiving.dispute.r1", "open");
    let place = model.place.clone();
    let model = sent(&model, Msg::Went("#/receiving".to_owned()));
    let (model, _) = press(&model, "receiving.dispute.r1", "open");
    assert_eq!(model.place, place);
    assert_eq!(disputes(&model).len(), 1);
    let (nowhere, effects) = press(&model, "receiving.dispute.missing", "open");
    assert!(effects.is_empty());
    assert_eq!(disputes(&nowhere).len(), 1);
}

#[test]
fn a_dispute_is_read_in_chinese() {
    let mut model = press(&with_receipt("06:00"), "receiving.dispute.r1", "open").0;
    model.locale = Locale::Zh;
    in_order(
        &shown(&model),
        &[
            "采购单 2026-117 的纠纷",
            "已发起，未联系供应商",
            "暂不付款",
            "证据链",
            "结案",
        ],
    );
    model = sent(&model, Msg::Went("#/receiving".to_owned()));
    in_order(
        &shown(&model),
        &["待办期限", "联系供应商", "纠纷", "少货、次品"],
    );
}
