//! The weekly report: filled in from the log, confirmed with notes, kept, merged, exported and printed.

use landfall_workspace::file;
use landfall_workspace::record::{Key, Kind, Record, Stamp};
use landfall_workspace::rows::Report;

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

fn order(id: &str, at: &str, total: &str) -> Record {
    let data = format!(
        r#"{{"number":"PO-{id}","supplierName":"Mug House","staff":"Wang","createdAt":"{at}","lines":[],"landedCost":{{"currency":"USD","total":"{total}","components":{{}}}}}}"#
    );
    record(Kind::Order, id, &data)
}

fn question(id: &str, subject: &str) -> Record {
    let data =
        format!(r#"{{"subject":"{subject}","raisedAt":"2026-11-18T08:00:00Z","raisedBy":"Wang"}}"#);
    record(Kind::Escalation, id, &data)
}

/// Two orders of the week, and one of the week before.
fn shop() -> Model {
    let orders = [
        order("1", "2026-11-17T08:00:00Z", "300.50"),
        order("2", "2026-11-18T08:00:00Z", "200"),
        order("3", "2026-11-12T08:00:00Z", "999"),
    ];
    with(&example(), &orders)
}

fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        let (_, after) = part.split_once('>').unwrap_or(("", part));
        text.extend([after, " "]);
    }
    let text = text.replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(model: &Model) -> String {
    let html = drawn(model, |model| week_page(model));
    check_ids(&html);
    text_of(&html)
}

fn reports(model: &Model) -> Vec<Report> {
    let entries = model.workspace.list(Kind::Report);
    entries
        .filter_map(|entry| entry.as_row::<Report>().cloned())
        .collect()
}

fn confirm(model: &Model, by: &str, notes: &str) -> Model {
    let model = typed(model, "desk.data.report.notes", notes);
    let model = typed(&model, "desk.data.report.by", by);
    pressed(&model, "week.report", "confirm")
}

fn download(model: &Model, action: &str) -> (String, String) {
    let (_, effects) = update(
        model,
        Msg::Pressed("week.report".to_owned(), action.to_owned()),
    );
    let Some(Effect::Download(name, text)) = effects.into_iter().next() else {
        panic!("no file")
    };
    (name, text)
}

#[test]
fn the_log_fills_it_in_and_staff_only_confirm() {
    let model = shop();
    let text = shown(&model);
    assert!(
        text.contains("Orders placed 2 orders, USD 500.50 at the door."),
        "{text}"
    );
    let unnamed = pressed(&model, "week.report", "confirm");
    assert!(reports(&unnamed).is_empty(), "who confirms?");
    let done = confirm(&model, "Wang", "Forwarder was closed\non Tuesday");
    let [report] = &reports(&done)[..] else {
        panic!("one report");
    };
    assert_eq!(&*report.week, "2026-W47");
    assert_eq!(
        (&*report.from.0, &*report.to.0),
        ("2026-11-15T16:00:00Z", "2026-11-22T16:00:00Z")
    );
    assert_eq!(
        report.notes.as_deref(),
        Some("Forwarder was closed\non Tuesday")
    );
    assert_eq!(report.confirmed_by.as_deref(), Some("Wang"));
    let figures = report.figures.as_ref().unwrap();
    assert_eq!(crate::tree::text_at(figures, "placed.total"), "500.50");
    let text = shown(&done);
    assert!(text.contains("Confirmed by Wang, 2026-11-22"), "{text}");
    assert!(!text.contains("Since then"), "{text}");
    assert!(
        !text.contains("Confirm the report"),
        "it is confirmed: {text}"
    );
}

#[test]
fn notes_survive_another_page_and_another_week() {
    let model = typed(&shop(), "desk.data.report.notes", "Half a sentence");
    let model = sent(&model, Msg::Went("#/week/2026-W46".to_owned()));
    assert!(!drawn(&model, |model| week_page(model)).contains("Half a sentence"));
    let model = sent(&model, Msg::Went("#/cost".to_owned()));
    let model = sent(&model, Msg::Went("#/week".to_owned()));
    assert!(drawn(&model, |model| week_page(model)).contains("Half a sentence"));
}

#[test]
fn what_changed_since_it_was_confirmed_is_said() {
    let model = confirm(&shop(), "Wang", "");
    let model = with(&model, &[order("4", "2026-11-19T08:00:00Z", "10")]);
    let text = shown(&model);
    assert!(
        text.contains("Since then: Orders placed 2 → 3, Their landed cost 500.5 → 510.5."),
        "{text}"
    );
    let chinese = shown(&pressed(&model, "language", "zh-CN"));
    assert!(chinese.contains("此后有变：下单数：2 → 3"), "{chinese}");
}

#[test]
fn notes_are_changed_from_what_they_were() {
    let model = confirm(&shop(), "Wang", "First");
    let model = pressed(&model, "week.report", "change");
    let html = drawn(&model, |model| week_page(model));
    assert!(
        html.matches("First").count() >= 2,
        "as kept, and to be typed over"
    );
    let left = pressed(&model, "week.report", "keep");
    assert!(!shown(&left).contains("Confirm the report"));
    let model = typed(&model, "desk.data.report.notes", "First and second");
    let model = pressed(&model, "week.report", "confirm");
    let [report] = &reports(&model)[..] else {
        panic!("one report");
    };
    assert_eq!(report.notes.as_deref(), Some("First and second"));
}

#[test]
fn the_reports_of_two_merge_into_one() {
    let wang = confirm(&shop(), "Wang", "Carton 7 was wet");
    let asked = with(&wang, &[question("q1", "May we pay early?")]);
    let (name, text) = download(&asked, "export");
    assert_eq!(name, "landfall report 2026-W47.json");
    let records = file::read(text.as_bytes(), "d7", |_, _| ()).unwrap();

    let mut li = shop();
    li.device = "d7".into();
    let li = sent(&li, Msg::Went("#/cost".to_owned()));
    let li = sent(&li, Msg::Went("#/week".to_owned()));
    let li = confirm(&li, "Li", "Two samples came");
    let texts = records.iter().map(Record::write).collect();
    let both = worked(&li, &name, [WorkEvent::Records(texts), WorkEvent::End]).0;
    let mut both = pressed(&both, "data", "apply");
    while both.apply_more() {}
    let both = sent(&both, Msg::Step);
    assert_eq!(both.workspace.conflicts().count(), 0);
    assert_eq!(reports(&both).len(), 2);
    let text = shown(&both);
    for part in [
        "Confirmed by Wang",
        "Carton 7 was wet",
        "Confirmed by Li",
        "Two samples came",
        "May we pay early?",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (_, table) = download(&both, "csv");
    assert!(
        table.contains("Carton 7 was wet") && table.contains("Two samples came"),
        "{table}"
    );
}

#[test]
fn only_what_belongs_to_the_week_goes_out() {
    let old = record(
        Kind::Escalation,
        "old",
        r#"{"subject":"Old","raisedAt":"2026-11-10T08:00:00Z"}"#,
    );
    let other = record(
        Kind::Report,
        "w46",
        r#"{"week":"2026-W46","from":"2026-11-08T16:00:00Z","to":"2026-11-15T16:00:00Z","confirmedBy":"Li","confirmedAt":"2026-11-15T09:00:00Z"}"#,
    );
    let model = confirm(
        &with(&shop(), &[old, other, question("q1", "New")]),
        "Wang",
        "",
    );
    let (_, text) = download(&model, "export");
    let records = file::read(text.as_bytes(), "d7", |_, _| ()).unwrap();
    let kinds: Vec<Kind> = records.iter().map(|record| record.key().kind).collect();
    assert_eq!(kinds, [Kind::Escalation, Kind::Report]);
    assert!(text.contains("New") && !text.contains("Old"));
    let html = drawn(&model, |model| week_page(model));
    assert!(
        html.contains("#/week/2026-W46"),
        "that of the other week is kept"
    );
}

#[test]
fn a_table_has_numbers_as_numbers_and_no_formula() {
    let model = with(&shop(), &[question("q1", "=1+1")]);
    let model = confirm(&model, "Wang", "=HYPERLINK(0)");
    let (name, table) = download(&model, "csv");
    assert_eq!(name, "landfall report 2026-W47.csv");
    assert!(table.contains(",500.50,"), "{table}");
    assert!(
        table.contains("'=1+1") && table.contains("'=HYPERLINK(0)"),
        "{table}"
    );
    assert!(!table.contains(",=") && !table.contains("\n="), "{table}");
}

fn printed(model: &Model) -> String {
    drawn(model, |model| crate::app::sheet(model))
}

#[test]
fn it_prints_as_a_sheet_also_with_much_in_it() {
    let asked: Vec<Record> = (0..40)
        .map(|index| question(&format!("q{index}"), &format!("Question {index}")))
        .collect();
    let model = with(&shop(), &asked);
    let model = confirm(&model, "Wang", &"A long note. ".repeat(100));
    let html = printed(&model);
    let text = text_of(&html);
    assert!(html.contains("week-sheet"), "{html}");
    assert!(
        text.contains("Weekly report 2026-W47 2026-11-16 – 2026-11-22"),
        "{text}"
    );
    assert!(text.contains("2 orders, USD 500.50 at the door."), "{text}");
    assert!(text.contains("and 34 more"), "{text}");
    assert!(text.contains("No data"), "nothing arrived: {text}");
    assert!(text.len() < 4000, "it would not fit: {}", text.len());
    let chinese = text_of(&printed(&pressed(&model, "language", "zh-CN")));
    assert!(
        chinese.contains("周报 2026-W47") && chinese.contains("另有 34 项"),
        "{chinese}"
    );
}
