//! The workspace in memory, its file, and what an import would change.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use std::rc::Rc;

use landfall::issue::{Issue, Problem};
use landfall_workspace::file::{self, Refused};
use landfall_workspace::plan::{Commit, Plan};
use landfall_workspace::record::{Kind, Record};
use landfall_workspace::rows::Row;
use landfall_workspace::workspace::{Outcome, Workspace};
use serde_json::{Value, json};
use support::{Random, key, order, stamp, workspace, written};

const ORDER: &str = r#"{"number":"PO-1","supplierName":"步步高","goodsCny":"20.00","freightCny":"8","adjustmentCny":"-3.00","paidCny":"25","lines":[{"title":"杯","unitPriceCny":"10.00","quantity":2,"later":[1e9]}],"more":{"a":1.50}}"#;

fn read(text: &str) -> Result<Vec<Record>, Refused> {
    file::read(text.as_bytes(), "d1", |_, _| ())
}

fn paths(refused: Refused) -> Vec<String> {
    let Refused::Issues(issues) = refused else {
        panic!("{refused:?}")
    };
    issues.into_iter().map(|issue| issue.path).collect()
}

#[test]
fn rows_are_found_replaced_and_listed_whatever_their_order() {
    let mut random = Random(1);
    let mut kept = Workspace::new();
    let mut expected = std::collections::BTreeMap::new();
    for number in 0..5_000 {
        let id = format!("{:04}", random.below(2_000));
        let record = order(&id, &format!(r#"{{"supplierName":"{number}"}}"#));
        kept.insert(record.clone());
        expected.insert(id, record.write());
    }
    assert_eq!(
        written(&kept),
        expected.values().cloned().collect::<Vec<_>>()
    );
    for (id, text) in &expected {
        let entry = kept.get(&key(&format!("order/{id}"))).unwrap();
        assert_eq!(entry.record().write(), *text);
    }
    assert!(kept.get(&key("order/none")).is_none());
    assert!(kept.get(&key("sku/0001")).is_none());
    let before = kept.clone();
    kept.insert(order("0001", r#"{"supplierName":"new"}"#));
    assert_ne!(before, kept);
    assert_eq!(kept.table(Kind::Sku), before.table(Kind::Sku));
    let Some(Row::Order(row)) = kept.get(&key("order/0001")).unwrap().row() else {
        panic!()
    };
    assert_eq!(&*row.supplier_name, "new");
}

#[test]
fn a_deleted_row_isnt_listed_and_a_conflict_is() {
    let first = order("1", ORDER);
    let deleted = first.removed(stamp("d1", 1));
    let conflict = first
        .edited(r#"{"supplierName":"a"}"#, stamp("d1", 1))
        .merged(&first.edited(r#"{"supplierName":"b"}"#, stamp("d2", 1)));
    let mut kept = workspace(&[deleted]);
    assert_eq!(kept.list(Kind::Order).count(), 0);
    assert!(kept.get(&key("order/1")).unwrap().row().is_none());
    kept.insert(conflict.clone());
    assert_eq!(
        kept.conflicts()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["order/1"]
    );
    kept.insert(conflict.resolved(ORDER, stamp("d1", 2)));
    assert_eq!(kept.conflicts().count(), 0);
    assert_eq!(kept.list(Kind::Order).count(), 1);
}

#[test]
fn what_cant_be_read_is_kept_and_never_overwritten() {
    let good = order("1", ORDER).write();
    let bad = order("2", r#"{"supplierName":5}"#).write();
    let mut kept = Workspace::new();
    assert_eq!(kept.outcome(None), Outcome::Empty);
    kept.load([&*good, &*bad, "{broken", "{broken"]);
    assert_eq!(kept.outcome(Some("1")), Outcome::Ready);
    assert_eq!(kept.outcome(Some("2")), Outcome::TooNew(2));
    assert_eq!(kept.outcome(Some("x")), Outcome::Broken);
    let unreadable: Vec<_> = kept.unreadable().collect();
    assert_eq!(unreadable.len(), 2);
    assert_eq!(
        (&*unreadable[0].text, &unreadable[0].key),
        ("{broken", &None)
    );
    assert_eq!(
        (&*unreadable[1].text, &unreadable[1].key),
        (&*bad, &Some(key("order/2")))
    );
    assert_eq!(unreadable[1].issues[0].path, "heads[0].data.supplierName");
    assert!(!kept.may_write(&key("order/2")));
    let plan = Plan::of([order("2", ORDER), order("3", ORDER)], &kept);
    assert_eq!(plan.blocked, [key("order/2")]);
    assert_eq!(
        plan.commits().map(|commit| commit.key).collect::<Vec<_>>(),
        [key("order/3")]
    );
    kept.load([&*order("2", ORDER).write()]);
    assert!(kept.may_write(&key("order/2")));
    let mut broken = Workspace::new();
    broken.load(["{"]);
    assert_eq!(broken.outcome(Some("1")), Outcome::Broken);
    assert!(!Outcome::Broken.may_save() && !Outcome::TooNew(2).may_save());
}

#[test]
fn what_isnt_known_survives_an_edit() {
    let Ok(Row::Order(mut row)) = Row::of(Kind::Order, ORDER) else {
        panic!()
    };
    assert_eq!(Row::Order(row.clone()).patched(ORDER), ORDER);
    row.notes = Some(Rc::from("late"));
    row.number = None;
    row.lines[0].title = Some(Rc::from("杯子"));
    let text = Row::from(*row.clone()).patched(ORDER);
    assert_eq!(
        text,
        r#"{"supplierName":"步步高","goodsCny":"20.00","freightCny":"8","adjustmentCny":"-3.00","paidCny":"25","lines":[{"title":"杯子","unitPriceCny":"10.00","quantity":2,"later":[1e9]}],"more":{"a":1.50},"notes":"late"}"#
    );
    let mut more = row.lines[0].clone();
    more.title = None;
    row.lines.push(more);
    let text = Row::from(*row.clone()).patched(&text);
    assert!(
        text.contains(r#""later":[1e9]},{"unitPriceCny":"10.00","quantity":"2"}]"#),
        "{text}"
    );
    assert_eq!(Row::of(Kind::Order, &text), Ok(Row::from(*row)));
}

#[test]
fn an_order_that_doesnt_add_up_is_flagged_and_not_refused() {
    let mismatches = |edit: &[(&str, Value)]| {
        let mut data: Value = serde_json::from_str(ORDER).unwrap();
        for (pointer, value) in edit {
            *data.pointer_mut(pointer).unwrap() = value.clone();
        }
        let Ok(Row::Order(row)) = Row::of(Kind::Order, &data.to_string()) else {
            panic!("{data}")
        };
        row.mismatches().len()
    };
    assert_eq!(mismatches(&[]), 0);
    assert_eq!(mismatches(&[("/paidCny", json!("25.01"))]), 1);
    assert_eq!(mismatches(&[("/adjustmentCny", json!("3.00"))]), 1);
    assert_eq!(mismatches(&[("/lines/0/quantity", json!("2.5"))]), 1);
    assert_eq!(mismatches(&[("/goodsCny", json!("21"))]), 2);
    assert_eq!(
        mismatches(&[("/lines/0/unitPriceCny", json!("9999999999.99999999"))]),
        1
    );
}

#[test]
fn a_policy_has_defaults_and_keeps_its_text() {
    let Ok(Row::Policy(policy)) = Row::of(Kind::Policy, "{}") else {
        panic!()
    };
    assert_eq!(policy.orders.maximum_order_value.to_string(), "800");
    assert_eq!(policy.home_currency.code(), "USD");
    let text = r#"{"orders":{"maximumOrderValue":"1000"},"house":{"x":1.0}}"#;
    let Ok(Row::Policy(mut policy)) = Row::of(Kind::Policy, text) else {
        panic!()
    };
    assert_eq!(policy.orders.maximum_order_value.to_string(), "1000");
    assert_eq!(policy.orders.exchange_rate_max_age_days, 3);
    policy.sop.review_every_orders = 60;
    assert_eq!(
        Row::Policy(policy).patched(text),
        r#"{"orders":{"maximumOrderValue":"1000"},"house":{"x":1.0},"sop":{"reviewEveryOrders":60,"incidentLoss":"500","cleanRunsForSolo":10}}"#
    );
}

#[test]
fn a_file_has_what_was_written() {
    let first = order("1", ORDER);
    let records = [
        first.edited(r#"{"supplierName":"b"}"#, stamp("d2", 1)),
        order("2", ORDER).removed(stamp("d1", 5)),
        Record::new(
            key("sku/7"),
            r#"{"sku":"MUG","x":"\u0000"}"#,
            stamp("d1", 1),
        ),
    ];
    let text = file::write(&records, "2026-11-22T10:00:00Z", "landfall \"1\"");
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["format"], "landfall/workspace");
    assert_eq!(json["app"], "landfall \"1\"");
    assert_eq!(json["data"]["orders"].as_array().unwrap().len(), 2);
    let mut told = Vec::new();
    let read = file::read(format!("\u{feff}{text}").as_bytes(), "d1", |done, of| {
        told.push((done, of))
    })
    .unwrap();
    assert_eq!(read, records);
    let pretty = serde_json::to_string_pretty(&json).unwrap();
    let again = file::read(pretty.as_bytes(), "d1", |_, _| ()).unwrap();
    assert!(
        again
            .iter()
            .zip(&records)
            .all(|(again, record)| again.is_same(record))
    );
    // The head of a file may stand behind its data.
    let data = text.find("\"data\"").unwrap();
    let turned = format!(
        "{{{},{}}}",
        text[data..].trim_end().strip_suffix('}').unwrap(),
        text[1..data].trim_end_matches(',')
    );
    assert_eq!(
        file::read(turned.as_bytes(), "d1", |_, _| ()).unwrap(),
        records
    );
}

#[test]
fn progress_is_told_while_a_file_is_read() {
    let records: Vec<Record> = (0..2_500)
        .map(|number| order(&number.to_string(), ORDER))
        .collect();
    let text = file::write(&records, "2026-11-22T10:00:00Z", "landfall");
    let mut told = Vec::new();
    file::read(text.as_bytes(), "d1", |done, of| told.push((done, of))).unwrap();
    assert_eq!(told.len(), 2);
    assert!(told[0].0 < told[1].0 && told[1].0 < text.len() && told[1].1 == text.len());
}

#[test]
fn a_file_that_isnt_one_is_refused_with_the_reason() {
    assert_eq!(
        file::read(b"\xff\xfe{", "d1", |_, _| ()),
        Err(Refused::NotUtf8 { valid: 0 })
    );
    assert_eq!(
        read(r#"{"format":"landfall/scenario","version":1}"#),
        Err(Refused::OtherFormat {
            found: "landfall/scenario".into()
        })
    );
    assert_eq!(
        read("{}"),
        Err(Refused::OtherFormat {
            found: String::new()
        })
    );
    assert_eq!(
        read(r#"{"format":"landfall/workspace","version":2,"data":[]}"#),
        Err(Refused::TooNew { version: 2 })
    );
    let file =
        |data: &str| format!(r#"{{"format":"landfall/workspace","version":1,"data":{data}}}"#);
    assert_eq!(paths(read(&file("[]")).unwrap_err()), ["data"]);
    assert_eq!(
        paths(read(&file(r#"{"orders":{}}"#)).unwrap_err()),
        ["data.orders"]
    );
    assert_eq!(
        paths(read(&file(r#"{"widgets":[]}"#)).unwrap_err()),
        ["data.widgets"]
    );
    assert_eq!(
        paths(read(&file(r#"{"orders":[],"orders":[]}"#)).unwrap_err()),
        ["data.orders"]
    );
    assert_eq!(paths(read("[]").unwrap_err()), [""]);
    assert_eq!(
        paths(read(r#"{"format":"landfall/workspace"}"#).unwrap_err()),
        ["version"]
    );
    assert_eq!(
        paths(read(r#"{"format":"landfall/workspace","version":1}"#).unwrap_err()),
        ["data"]
    );
    assert_eq!(
        paths(read(r#"{"format":"landfall/workspace","version":"1","data":{}}"#).unwrap_err()),
        ["version"]
    );
    assert_eq!(
        paths(
            read(r#"{"format":"landfall/workspace","version":1,"data":{},"data":{}}"#).unwrap_err()
        ),
        ["data"]
    );
    let good = order("1", ORDER).write();
    let bad = order(
        "2",
        r#"{"goodsCny":"-1","lines":[{"quantity":"x","unitPriceCny":"1","a":1,"a":2}]}"#,
    )
    .write();
    let refused = read(&file(&format!(
        r#"{{"orders":[{good},{bad},5],"skus":[{good}]}}"#
    )))
    .unwrap_err();
    assert_eq!(
        paths(refused),
        [
            "data.orders[1].heads[0].data.lines[0].a",
            "data.orders[1].heads[0].data.supplierName",
            "data.orders[1].heads[0].data.goodsCny",
            "data.orders[1].heads[0].data.lines[0].quantity",
            "data.orders[2]",
            "data.skus[0].kind",
        ]
    );
}

#[test]
fn a_fault_of_syntax_is_placed_in_the_file() {
    let bad = order("2", r#"{"supplierName":"\ud800"}"#).write();
    let text = format!(
        "{{\"format\":\"landfall/workspace\",\"version\":1,\n\"data\":{{\"orders\":[\n{bad}]}}}}"
    );
    let Err(Refused::Issues(issues)) = read(&text) else {
        panic!()
    };
    let Issue { path, problem } = &issues[0];
    assert_eq!(path, "data.orders[0].heads[0].data");
    let Problem::NotJson { line: 3, column } = problem else {
        panic!("{problem:?}")
    };
    let line = text.lines().nth(2).unwrap();
    assert!(
        line[..*column].ends_with("\\ud800") || line[..*column].ends_with("\\ud800\""),
        "{}",
        &line[..*column]
    );
    let broken = "{\"format\":\"landfall/workspace\",\n\"version\":1,,";
    let Err(Refused::Issues(issues)) = read(broken) else {
        panic!()
    };
    assert_eq!(
        issues[0].problem,
        Problem::NotJson {
            line: 2,
            column: 13
        }
    );
}

#[test]
fn a_plan_says_what_would_change_and_undo_takes_it_back() {
    let same = order("same", ORDER);
    let older = order("older", ORDER);
    let conflict = order("conflict", ORDER);
    let gone = order("gone", ORDER);
    let mine = [
        same.clone(),
        older.clone(),
        gone.clone(),
        conflict.edited(r#"{"supplierName":"mine"}"#, stamp("d1", 1)),
    ];
    let theirs = [
        same.clone(),
        older.edited(&ORDER.replace("\"8\"", "\"9\""), stamp("d2", 1)),
        conflict.edited(r#"{"supplierName":"theirs"}"#, stamp("d2", 1)),
        gone.removed(stamp("d2", 1)),
        order("new", ORDER),
    ];
    let mut kept = workspace(&mine);
    let before = kept.clone();
    let plan = Plan::of(theirs.clone(), &kept);
    assert_eq!(plan.added, [key("order/new")]);
    assert_eq!(plan.removed, [key("order/gone")]);
    assert_eq!(plan.unchanged, 1);
    assert_eq!(plan.changed.len(), 1);
    let difference = &plan.changed[0].differences[0];
    assert_eq!(
        (
            &*difference.path,
            difference.old.as_deref(),
            difference.new.as_deref()
        ),
        ("freightCny", Some("8"), Some("9"))
    );
    assert_eq!(plan.conflicting[0].key, key("order/conflict"));
    assert_eq!(plan.conflicting[0].differences[0].path, "supplierName");
    assert_eq!(plan.commits().count(), 4);
    for commit in plan.commits() {
        let stands = kept.get(&commit.key).map(|entry| entry.record().token());
        assert_eq!(commit.expected, stands);
    }
    plan.records()
        .for_each(|record| kept.insert(record.clone()));
    assert!(Plan::of(theirs.clone(), &kept).is_empty());

    // What is edited after the import is left as it is.
    let new = kept
        .get(&key("order/new"))
        .unwrap()
        .record()
        .edited(r#"{"supplierName":"later"}"#, stamp("d1", 8));
    let mut later = kept.clone();
    later.insert(new);
    assert_eq!(plan.undone(&later, &stamp("d1", 9)).1, [key("order/new")]);

    let (records, left) = plan.undone(&kept, &stamp("d1", 9));
    assert!(left.is_empty());
    assert_eq!(
        Commit::of(&records[0], &kept).expected,
        Some(kept.get(records[0].key()).unwrap().record().token())
    );
    records.into_iter().for_each(|record| kept.insert(record));
    for (was, is) in before.list(Kind::Order).zip(kept.list(Kind::Order)) {
        assert_eq!(was.record().data(), is.record().data());
    }
    assert_eq!(
        kept.list(Kind::Order).count(),
        before.list(Kind::Order).count()
    );
    assert_eq!(kept.conflicts().count(), 0);
    // Undo is an edit like any other: the same file again changes nothing.
    assert!(Plan::of(theirs, &kept).is_empty());
}

#[test]
fn undo_brings_back_a_conflict_that_an_import_had_resolved() {
    let first = order("1", ORDER);
    let conflict = first
        .edited(r#"{"supplierName":"a"}"#, stamp("d1", 1))
        .merged(&first.edited(r#"{"supplierName":"b"}"#, stamp("d2", 1)));
    let resolved = conflict.resolved(r#"{"supplierName":"c"}"#, stamp("d3", 2));
    let restored = resolved.restored(Some(&conflict), stamp("d1", 3));
    let says = |record: &Record| {
        let mut data: Vec<String> = record
            .heads()
            .iter()
            .map(|head| head.data().unwrap().to_string())
            .collect();
        data.sort();
        data
    };
    assert_eq!(says(&restored), says(&conflict));
    assert_eq!(restored.merged(&resolved).merged(&conflict), restored);
}
