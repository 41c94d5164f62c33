//! Files that somebody made to break the page: each gets an answer with its reason.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use std::rc::Rc;

use landfall::issue::{Because, Issue, Problem};
use landfall_workspace::csv::{self, Cell};
use landfall_workspace::file::{self, MAX_BYTES, Refused};
use landfall_workspace::plan::Plan;
use landfall_workspace::record::{Kind, Record};
use landfall_workspace::rows::Row;
use landfall_workspace::workspace::Workspace;
use proptest::prelude::*;
use support::{order, workspace};

fn read(text: &str) -> Result<Vec<Record>, Refused> {
    file::read(text.as_bytes(), "d1", |_, _| ())
}

/// A file of one order whose data has a field more.
fn with_field(field: &str) -> String {
    format!(
        r#"{{"format":"landfall/workspace","version":1,"data":{{"orders":[{{"kind":"order","id":"1","heads":[{{"counter":1,"device":"d1","at":"2026-11-22T10:00:00Z","data":{{"supplierName":"a",{field}}}}}]}}]}}}}"#
    )
}

fn nested(depth: usize) -> String {
    format!("\"x\":{}{}", "[".repeat(depth), "]".repeat(depth))
}

fn problems(refused: Refused) -> Vec<(String, Problem)> {
    let Refused::Issues(issues) = refused else {
        panic!("{refused:?}")
    };
    issues
        .into_iter()
        .map(|Issue { path, problem }| (path, problem))
        .collect()
}

#[test]
fn depth_has_a_limit() {
    // The data itself is one of the 127.
    assert!(read(&with_field(&nested(126))).is_ok());
    for depth in [127, 128, 100_000] {
        assert_eq!(
            read(&with_field(&nested(depth))),
            Err(Refused::TooDeep),
            "{depth}"
        );
    }
    for bomb in [
        "[",
        "{\"a\":",
        "{\"format\":[",
        "{\"data\":{\"orders\":[[",
        "{\"version\":1,\"data\":{\"orders\":[{\"a\":[",
    ] {
        let text = bomb.repeat(100_000);
        assert!(read(&text).is_err(), "{bomb}");
        assert!(Record::read(&text).is_err(), "{bomb}");
        assert!(Row::of(Kind::Order, &text).is_err(), "{bomb}");
        let mut kept = Workspace::new();
        kept.load([&*text]);
        assert_eq!(&*kept.unreadable().next().unwrap().text, text);
    }
}

#[test]
fn size_has_a_limit() {
    let long = with_field(&format!("\"notes\":\"{}\"", "x".repeat(50_000_000)));
    let records = read(&long).unwrap();
    assert_eq!(
        records[0].data().unwrap().len(),
        50_000_000 + r#"{"supplierName":"a","notes":""}"#.len()
    );
    let bytes = vec![b' '; MAX_BYTES + 1];
    assert_eq!(
        file::read(&bytes, "d1", |_, _| ()),
        Err(Refused::TooLarge {
            bytes: MAX_BYTES + 1
        })
    );
    let one = r#"{"kind":"draft","id":"1","heads":[{"counter":1,"device":"d","at":"2026-11-22T10:00:00Z","data":{"data":0}}]}"#;
    let many = |count: usize| {
        format!(
            r#"{{"format":"landfall/workspace","version":1,"data":{{"drafts":[{}{one}]}}}}"#,
            format!("{one},").repeat(count - 1)
        )
    };
    assert_eq!(read(&many(200_001)), Err(Refused::TooMany));
    assert_eq!(
        read(&many(200_000)).map(|records| records.len()),
        Ok(200_000)
    );
}

#[test]
fn a_million_names_are_read_and_each_is_compared() {
    let names: Vec<String> = (0..1_000_000)
        .map(|number| format!("\"n{number}\":0"))
        .collect();
    assert!(read(&with_field(&names.join(","))).is_ok());
    let twice = format!("{},\"n7\":1", names.join(","));
    let because = Because::Twice;
    let expected = (
        "data.orders[0].heads[0].data.n7".to_owned(),
        Problem::NotAllowedHere { because },
    );
    assert_eq!(problems(read(&with_field(&twice)).unwrap_err()), [expected]);
}

#[test]
fn texts_are_unicode() {
    let nul = read(&with_field(r#""notes":"a\u0000b""#)).unwrap();
    let Ok(Row::Order(row)) = Row::of(Kind::Order, nul[0].data().unwrap()) else {
        panic!()
    };
    assert_eq!(row.notes.as_deref(), Some("a\0b"));
    for bad in [
        "\"notes\":\"\\ud800\"",
        "\"notes\":\"\\udc00\\ud800\"",
        "\"\\ud800\":1",
        "\"notes\":\"a\u{0}\"",
        "\"notes\":1e400",
        "\"notes\":01",
    ] {
        let problems = problems(read(&with_field(bad)).unwrap_err());
        assert!(
            matches!(problems[0].1, Problem::NotJson { line: 1, .. }),
            "{bad}"
        );
    }
    let text = with_field("\"notes\":\"a\"");
    assert!(read(&format!("\u{feff}{text}")).is_ok());
    assert!(read(&format!("\u{feff}\u{feff}{text}")).is_err());
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        file::read(&utf16, "d1", |_, _| ()),
        Err(Refused::NotUtf8 { valid: 0 })
    );
    let mut broken = text.clone().into_bytes();
    broken[20] = 0xff;
    assert_eq!(
        file::read(&broken, "d1", |_, _| ()),
        Err(Refused::NotUtf8 { valid: 20 })
    );
    // A lone surrogate as some programs write it in UTF-8.
    let surrogate = [
        with_field("\"notes\":\"").trim_end_matches('}').as_bytes(),
        b"\xed\xa0\x80",
    ]
    .concat();
    assert!(matches!(
        file::read(&surrogate, "d1", |_, _| ()),
        Err(Refused::NotUtf8 { .. })
    ));
}

#[test]
fn names_of_javascripts_prototype_are_names_like_others() {
    let text = with_field(
        r#""__proto__":{"supplierName":"b","polluted":1},"constructor":{"prototype":{}}"#,
    );
    let records = read(&text).unwrap();
    let Ok(Row::Order(mut row)) = Row::of(Kind::Order, records[0].data().unwrap()) else {
        panic!()
    };
    assert_eq!(&*row.supplier_name, "a");
    row.notes = Some(Rc::from("edited"));
    let edited = Row::Order(row).patched(records[0].data().unwrap());
    assert!(edited.contains(
        r#""__proto__":{"supplierName":"b","polluted":1},"constructor":{"prototype":{}}"#
    ));
}

#[test]
fn a_name_that_stands_twice_is_refused_wherever_it_stands() {
    let good = with_field("\"notes\":\"a\"");
    for (from, to) in [
        (
            "\"format\":",
            "\"format\":\"landfall/workspace\",\"format\":",
        ),
        ("\"version\":", "\"version\":1,\"version\":"),
        ("\"orders\":[", "\"orders\":[],\"orders\":["),
        ("\"kind\":", "\"kind\":\"sku\",\"kind\":"),
        ("\"id\":", "\"id\":\"2\",\"id\":"),
        ("\"counter\":", "\"counter\":1,\"counter\":"),
        (
            "\"supplierName\":",
            "\"supplierName\":\"b\",\"supplierName\":",
        ),
        (
            "\"notes\":",
            "\"more\":{\"a\":[{\"b\":1,\"b\":1}]},\"notes\":",
        ),
        ("\"notes\":", "\"note\\u0073\":\"b\",\"notes\":"),
    ] {
        let problems = problems(read(&good.replacen(from, to, 1)).unwrap_err());
        let is_twice = |(_, problem): &(String, Problem)| {
            *problem
                == Problem::NotAllowedHere {
                    because: Because::Twice,
                }
        };
        assert!(problems.iter().any(is_twice), "{to}: {problems:?}");
    }
}

/// What spreadsheets take for a formula, or for the end of a cell.
fn payloads() -> Vec<String> {
    let triggers = [
        "=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠", "'=",
    ];
    let contents = [
        "1+1",
        "HYPERLINK(\"http://evil.example\",\"click\")",
        "cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        ",\"\r\n=2+2",
    ];
    triggers
        .iter()
        .flat_map(|trigger| {
            contents
                .iter()
                .map(move |content| format!("{trigger}{content}"))
        })
        .collect()
}

/// The cells of a CSV as a spreadsheet reads them.
fn cells(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap();
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];

/// What was written, from what a spreadsheet has.
fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(TRIGGERS) => rest,
        _ => cell,
    }
}

#[test]
fn no_text_becomes_a_formula_and_numbers_stay_numbers() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 60);
    let rows = payloads.iter().map(|payload| {
        vec![
            Cell::text(&**payload),
            Cell::Number("-5.00".parse().unwrap()),
            Cell::Empty,
        ]
    });
    let text = csv::write([Cell::text("=name"), Cell::text("−1"), Cell::Empty], rows);
    let cells = cells(&text);
    assert_eq!(cells[0], ["'=name", "−1", ""]);
    for (row, payload) in cells[1..].iter().zip(&payloads) {
        assert!(!row[0].starts_with(TRIGGERS), "{payload:?}");
        assert_eq!(restored(&row[0]), payload);
        assert_eq!((&*row[1], &*row[2]), ("-5.00", ""));
    }
    assert!(text.lines().count() >= 61 && text.contains("\r\n"));
}

#[test]
fn the_log_of_orders_is_a_table() {
    let notes = serde_json::to_string("=cmd|' /C calc'!A0, \"q\"\nnext").unwrap();
    let data = format!(
        r#"{{"number":"PO-1","source":{{"platform":"1688","orderId":"2291220293718641770"}},"supplierName":"＝温州","stage":"paid","exchangeRate":{{"cnyPerUnit":"7.1","asOf":"2026-10-01"}},"landedCost":{{"currency":"USD","total":"5.10","components":{{"goods":"2.82","vat":"0.30"}}}},"findings":[{{"rule":"price-increase","outcome":"hardStop","subject":"=A1"}},{{"rule":"order-value","outcome":"pass"}}],"policyVersion":3,"createdAt":"2026-10-01T01:17:11Z","expectedDelivery":"2026-10-20","goodsCny":"20.00","freightCny":"8","adjustmentCny":"-3.00","paidCny":"25","notes":{notes},"lines":[{{"itemCode":"-A","title":"杯","unitPriceCny":"5.00","quantity":2,"unit":"个"}},{{"title":"盖","unitPriceCny":"10.00","quantity":1}}]}}"#
    );
    let deleted = order("3", &data).removed(support::stamp("d1", 1));
    let decision = r#"{"orderId":"1","rule":"price-increase","outcome":"approve","by":"'=Li","reason":"season","at":"2026-10-01T02:00:00Z"}"#;
    let kept = workspace(&[
        Record::new(
            support::key("decision/d"),
            decision,
            support::stamp("d1", 0),
        ),
        order("1", &data),
        order("2", r#"{"supplierName":"b"}"#),
        deleted,
    ]);
    let cells = cells(&csv::orders(&kept, |column| column.to_uppercase()));
    assert_eq!(cells[0][..3], ["NUMBER", "ORDERID", "SUPPLIERNAME"]);
    let column = |row: &[String], name: &str| -> String {
        let at = cells[0].iter().position(|column| column == name);
        row[at.unwrap()].clone()
    };
    for (name, first, second) in [
        ("NUMBER", "PO-1", "PO-1"),
        ("ORDERID", "2291220293718641770", "2291220293718641770"),
        ("SUPPLIERNAME", "'＝温州", "'＝温州"),
        ("STAGE", "paid", "paid"),
        ("CREATEDAT", "2026-10-01T01:17:11Z", "2026-10-01T01:17:11Z"),
        ("EXPECTEDDELIVERY", "2026-10-20", "2026-10-20"),
        ("GOODSCNY", "20.00", ""),
        ("FREIGHTCNY", "8", ""),
        ("ADJUSTMENTCNY", "-3.00", ""),
        ("PAIDCNY", "25", ""),
        ("CNYPERUNIT", "7.1", ""),
        ("ASOF", "2026-10-01", ""),
        ("CURRENCY", "USD", ""),
        ("LANDEDTOTAL", "5.10", ""),
        ("GOODS", "2.82", ""),
        ("VAT", "0.30", ""),
        ("INSURANCE", "", ""),
        ("VERDICT", "stop", ""),
        ("FINDINGS", "hardStop price-increase =A1", ""),
        (
            "DECISIONS",
            "approve price-increase, '=Li, 2026-10-01T02:00:00Z: season",
            "",
        ),
        ("POLICYVERSION", "3", ""),
        ("NOTES", "'=cmd|' /C calc'!A0, \"q\"\nnext", ""),
        ("ITEMCODE", "'-A", ""),
        ("TITLE", "杯", "盖"),
        ("UNITPRICECNY", "5.00", "10.00"),
        ("QUANTITY", "2", "1"),
        ("UNIT", "个", ""),
        ("OFFERID", "", ""),
    ] {
        assert_eq!(column(&cells[1], name), first, "{name}");
        assert_eq!(column(&cells[2], name), second, "{name}");
    }
    assert_eq!(cells[3][2], "b");
    assert_eq!(cells.len(), 4);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_as_csv_is_read_again(rows in prop::collection::vec(prop::collection::vec("[=+@'\t\r\n\",;a中－ \0-]{0,6}", 2..4), 1..5)) {
        let table = rows.iter().map(|row| row.iter().map(|cell| Cell::text(&**cell)).collect());
        let text = csv::write([Cell::text("a"), Cell::text("b")], table);
        let cells = cells(&text);
        prop_assert_eq!(cells.len(), rows.len() + 1);
        for (read, row) in cells[1..].iter().zip(&rows) {
            prop_assert!(read.iter().all(|cell| !cell.starts_with(TRIGGERS)));
            prop_assert_eq!(read.iter().map(|cell| restored(cell).to_owned()).collect::<Vec<_>>(), row.clone());
        }
    }
}

/// Whatever is wrong with all of it, finding out takes one pass for each and not one for all.
#[test]
fn many_faults_take_no_longer_than_one() {
    let bad = r#"{"kind":"order","id":"1","heads":[{"counter":1,"device":"d1","at":"2026-11-22T10:00:00Z","data":{"supplierName":"\ud800"}}]}"#;
    let text = format!(
        r#"{{"format":"landfall/workspace","version":1,"data":{{"orders":[{}{bad}]}}}}"#,
        format!("{bad},\n").repeat(99_999)
    );
    let found = problems(read(&text).unwrap_err());
    assert_eq!(found.len(), 10_000);
    let Problem::NotJson { line, column } = found[9_999].1 else {
        panic!()
    };
    assert_eq!(line, 10_000);
    assert!(text.lines().nth(line - 1).unwrap()[..column].ends_with("\"\\ud800\""));
    // A record of many heads, each wrong.
    let head = r#"{"counter":1,"device":"d1","at":"2026-11-22T10:00:00Z","data":{"supplierName":"\ud800"}}"#;
    let heads = format!("{head},").repeat(20_000);
    let text = format!(
        r#"{{"format":"landfall/workspace","version":1,"data":{{"orders":[{{"kind":"order","id":"1","heads":[{heads}{head}]}}]}}}}"#
    );
    assert!(read(&text).is_err());
    // Many rows that can't be read, and what is compared name by name.
    let mut kept = Workspace::new();
    let rows: Vec<String> = (0..100_000)
        .map(|number| format!("{{\"kind\":\"order\",\"id\":\"{number}\"}}"))
        .collect();
    kept.load(rows.iter().map(|row| &**row));
    assert_eq!(kept.unreadable().len(), rows.len());
    let names = |value: u32| {
        (0..200_000)
            .map(|number| format!(",\"n{number}\":{value}"))
            .collect::<String>()
    };
    let data = |value| format!("{{\"supplierName\":\"a\"{}}}", names(value));
    let before = order("1", &data(0));
    let plan = Plan::of(
        [before.edited(&data(1), support::stamp("d1", 1))],
        &workspace(&[before]),
    );
    assert_eq!(plan.changed[0].differences.len(), 1_000);
}
