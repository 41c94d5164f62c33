//! Reviews of the procedure, and new staff from the first day to working alone.

use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::{Report, Run};

use super::*;
use crate::week::week_page;

fn record(kind: Kind, id: &str, data: &str) -> Record {
    let key = Key::new(kind, id).unwrap();
    Record::new(key, data, Stamp::new("d1", "2026-11-01T00:00:00Z"))
}

/// The page of the week after these records came from elsewhere.
fn with(model: &Model, records: &[Record]) -> Model {
    let texts = records.iter().map(Record::write).collect();
    let model = sent(model, Msg::Store(StoreEvent::Changed(texts)));
    let model = sent(&model, Msg::Step);
    sent(&model, Msg::Went("#/week".to_owned()))
}

/// An order that this person placed, of which this was missing.
fn order(id: &str, staff: &str, at: &str, missing: &[&str]) -> Record {
    let findings = missing
        .iter()
        .map(|rule| format!(r#"{{"rule":"{rule}","outcome":"missing"}}"#));
    let findings: Vec<String> = findings.collect();
    let data = format!(
        r#"{{"number":"PO-{id}","supplierName":"Mug House","staff":"{staff}","createdAt":"{at}","lines":[],"findings":[{}]}}"#,
        findings.join(",")
    );
    record(Kind::Order, id, &data)
}

fn shown(model: &Model) -> String {
    let html = drawn(model, |model| week_page(model));
    check_ids(&html);
    let mut text = String::new();
    for part in html.split('<') {
        let (_, after) = part.split_once('>').unwrap_or(("", part));
        text.extend([after, " "]);
    }
    let text = text.replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add(model: &Model, name: &str, began: &str) -> Model {
    let model = typed(model, "desk.data.staff.name", name);
    let model = typed(&model, "desk.data.staff.began", began);
    pressed(&model, "week.staff", "add")
}

fn runs(model: &Model) -> Vec<Run> {
    let entries = model.workspace.list(Kind::Run);
    entries
        .filter_map(|entry| entry.as_row::<Run>().cloned())
        .collect()
}

#[test]
fn who_was_never_entered_is_not_new() {
    let model = with(
        &example(),
        &[order(
            "1",
            "Wang",
            "2026-11-10T08:00:00Z",
            &["order-record"],
        )],
    );
    let text = shown(&model);
    assert!(text.contains("Nobody is new."), "{text}");
    assert!(
        text.contains("From the log: Wang"),
        "the name is offered: {text}"
    );
}

#[test]
fn somebody_begins_today_or_on_a_day_that_was_typed() {
    let model = with(&example(), &[]);
    let unnamed = pressed(&model, "week.staff", "add");
    assert!(runs(&unnamed).is_empty());
    let strange = add(&model, "Li", "soon");
    assert!(runs(&strange).is_empty());
    let today = add(&model, " Li ", "");
    assert_eq!(&*runs(&today)[0].staff, "Li");
    // Midnight in China.
    assert_eq!(&*runs(&today)[0].started_at.0, "2026-11-21T16:00:00Z");
    let text = shown(&today);
    assert!(
        text.contains("Looks on Li since 2026-11-22 Until 2026-12-05:"),
        "{text}"
    );
    let early = add(&model, "Li", "2026/11/2");
    let text = shown(&early);
    assert!(
        text.contains("since 2026-11-02 Until 2026-11-22: places orders;"),
        "{text}"
    );
    let gone = pressed(&early, "week.staff", "remove:Li");
    assert!(shown(&gone).contains("Nobody is new."));
}

#[test]
fn orders_while_looking_on_are_said_and_do_not_count() {
    let orders = [
        order("1", "Li", "2026-11-20T08:00:00Z", &[]),
        order("2", "Li", "2026-11-10T08:00:00Z", &[]),
    ];
    let model = add(&with(&example(), &orders), "Li", "2026-11-16");
    let text = shown(&model);
    assert!(
        text.contains("Named on orders while looking on: PO-1 "),
        "{text}"
    );
    assert!(
        !text.contains("PO-2 "),
        "that was before the first day: {text}"
    );
}

/// Li began on 2 November and places orders since the 16th. The receipt of the second order was logged 40 minutes late,
/// and the supplier of it isn't told yet.
fn placing() -> Model {
    let receipt = r#"{"orderId":"2","arrivedAt":"2026-11-19T05:00:00Z","varianceLoggedAt":"2026-11-19T07:40:00Z","finishedAt":"2026-11-19T08:00:00Z","lots":[{"sku":"MUG","ordered":"10","received":"8"}]}"#;
    let records = [
        order("1", "Li", "2026-11-16T08:00:00Z", &[]),
        order(
            "2",
            "Li",
            "2026-11-17T08:00:00Z",
            &["order-record", "exchange-rate"],
        ),
        order("3", "Li", "2026-11-21T16:00:00Z", &[]),
        order("4", "Wang", "2026-11-21T16:00:00Z", &["order-record"]),
        record(Kind::Receipt, "r2", receipt),
    ];
    add(&with(&example(), &records), "Li", "2026-11-02")
}

#[test]
fn what_made_a_run_not_clean_is_said_with_the_way_there() {
    let model = placing();
    let text = shown(&model);
    assert!(text.contains("Clean in a row: 1 of 10."), "{text}");
    assert!(
        text.contains(
            "The last run that wasn’t clean: PO-2 , 2026-11-17 Missing: Record of the order"
        ),
        "{text}"
    );
    assert!(text.contains("Late by 40 min: Log the variance"), "{text}");
    assert!(
        text.contains(": Tell the supplier"),
        "not told is late too: {text}"
    );
    let html = drawn(&model, |model| week_page(model));
    assert!(html.contains("#/receiving/r2") && html.contains("#/orders/2"));
}

#[test]
fn runs_are_reviewed_and_faults_noted() {
    let model = placing();
    let unnamed = pressed(&model, "week.staff.1", "reviewed");
    assert_eq!(runs(&unnamed).len(), 1, "who reviews?");
    let model = typed(&model, "desk.data.staff.reviewer", "Anna");
    let model = pressed(&model, "week.staff.1", "reviewed");
    let text = shown(&model);
    assert!(
        text.contains("PO-1 2026-11-16 clean · reviewed by Anna"),
        "{text}"
    );
    let model = pressed(&model, "week.staff.3", "note");
    let model = typed(&model, "desk.data.staff.note", "Wrong colour in the chat");
    let model = pressed(&model, "week.staff.3", "noted");
    let text = shown(&model);
    assert!(text.contains("Clean in a row: 0 of 10."), "{text}");
    assert!(
        text.contains("PO-3 , 2026-11-22 Noted: Wrong colour in the chat"),
        "{text}"
    );
    let model = pressed(&model, "week.staff.3", "note");
    let model = typed(&model, "desk.data.staff.note", "No photo");
    let model = pressed(&model, "week.staff.3", "noted");
    let noted = runs(&model);
    let noted: Vec<_> = noted
        .iter()
        .filter_map(|run| run.notes.as_deref())
        .collect();
    assert_eq!(
        noted,
        ["Wrong colour in the chat\nNo photo"],
        "nothing is lost"
    );
}

#[test]
fn what_other_devices_noted_counts_too() {
    let other = r#"{"staff":"Li","orderId":"3","startedAt":"2026-11-21T16:00:00Z","notes":"Wrong link","reviewedBy":"Chen"}"#;
    let model = with(&placing(), &[record(Kind::Run, "x1", other)]);
    let model = typed(&model, "desk.data.staff.reviewer", "Anna");
    let model = pressed(&model, "week.staff.3", "reviewed");
    let text = shown(&model);
    assert!(text.contains("Noted: Wrong link"), "{text}");
    assert!(
        text.contains("reviewed by Anna, Chen") || text.contains("reviewed by Chen, Anna"),
        "{text}"
    );
}

#[test]
fn after_enough_clean_runs_in_a_row_somebody_works_alone() {
    let mut records: Vec<Record> = (0..10)
        .map(|index| {
            order(
                &format!("{index}"),
                "Li",
                &format!("2026-11-1{index}T08:00:00Z"),
                &[],
            )
        })
        .collect();
    let nine = add(&with(&example(), &records[1..]), "Li", "2026-10-20");
    assert!(shown(&nine).contains("Works alone after 10 clean runs in a row; so far 9."));
    let ten = add(&with(&example(), &records), "Li", "2026-10-20");
    assert!(shown(&ten).contains("Works alone Li since 2026-10-20 Clean in a row: 10."));
    records.push(order("10", "Li", "2026-11-20T08:00:00Z", &["order-record"]));
    let later = add(&with(&example(), &records), "Li", "2026-10-20");
    assert!(shown(&later).contains("Works alone Li since 2026-10-20 Clean in a row: 0."));
}

fn reports(model: &Model) -> Vec<Report> {
    let entries = model.workspace.list(Kind::Report);
    entries
        .filter_map(|entry| entry.as_row::<Report>().cloned())
        .collect()
}

#[test]
fn the_procedure_is_reviewed_after_so_many_orders_or_an_incident() {
    let orders = |count: usize| -> Vec<Record> {
        (0..count)
            .map(|index| order(&format!("n{index}"), "Wang", "2026-11-10T08:00:00Z", &[]))
            .collect()
    };
    let few = with(&example(), &orders(49));
    assert!(
        shown(&few).contains("Not due: 49 orders since the last review"),
        "{}",
        shown(&few)
    );
    let enough = with(&example(), &orders(50));
    assert!(shown(&enough).contains("Due: 50 orders since the last review"));
    let unnamed = pressed(&enough, "week.staff", "held");
    assert!(reports(&unnamed).is_empty());
    let held = typed(&enough, "desk.data.sop.by", "Anna");
    let held = typed(&held, "desk.data.sop.notes", "Photos before paying");
    let held = pressed(&held, "week.staff", "held");
    let [report] = &reports(&held)[..] else {
        panic!("one report");
    };
    assert_eq!(&*report.week, "2026-W47");
    assert_eq!(&*report.from.0, "2026-11-15T16:00:00Z");
    assert_eq!(report.confirmed_at, None, "that nobody confirmed");
    let text = shown(&held);
    assert!(text.contains("Not due: 0 orders"), "{text}");
    assert!(text.contains("by Anna: Photos before paying"), "{text}");
    let again = typed(&held, "desk.data.sop.notes", "And the rate");
    let again = pressed(&again, "week.staff", "held");
    let notes = reports(&again)[0].sop_review.clone().unwrap().notes;
    assert_eq!(notes.as_deref(), Some("Photos before paying\nAnd the rate"));

    let incident = |loss: &str| {
        let data = format!(
            r#"{{"subject":"Lost carton","raisedAt":"2026-11-18T08:00:00Z","loss":"{loss}"}}"#
        );
        with(&example(), &[record(Kind::Escalation, "e1", &data)])
    };
    assert!(shown(&incident("500")).contains("Not due: 0 orders"));
    let text = shown(&incident("500.01"));
    assert!(
        text.contains("Due at once: 1 incident since the last review"),
        "{text}"
    );
    assert!(text.contains("Lost carton USD 500.01"), "{text}");
}
