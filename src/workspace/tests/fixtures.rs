//! What any version ever stored or exported is loaded for ever; and whatever happens to a field of it,
//! what isn't touched survives.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may fail by panicking"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;

use landfall::check::Named;
use landfall_workspace::file::{self, Refused};
use landfall_workspace::migrate::{STEPS, migrate};
use landfall_workspace::plan::Plan;
use landfall_workspace::record::{Kind, Record};
use landfall_workspace::rows::Row;
use landfall_workspace::workspace::{Outcome, VERSION, Workspace};
use serde_json::{Value, json};
use support::{Random, data, fixtures, key, order, stamp, workspace, written};

fn read(text: &str) -> Result<Vec<Record>, Refused> {
    file::read(text.as_bytes(), "d3f1a0b2", |_, _| ())
}

/// The fixtures of all versions.
fn all() -> impl Iterator<Item = (String, String)> {
    ["v0", "v1"].into_iter().flat_map(|folder| {
        let files = fixtures(folder).into_iter();
        files.map(move |(name, text)| (format!("{folder}-{}", name.replace(".json", "")), text))
    })
}

/// Every record as it is written, and below it what is known of it.
#[test]
fn fixtures_load_as_they_always_did() {
    for (name, text) in all() {
        let records = read(&text).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
        let mut loaded = String::new();
        for record in &records {
            let known = record
                .data()
                .map(|data| Row::of(record.key().kind, data).unwrap().text());
            let known = known.unwrap_or_else(|| "deleted".to_owned());
            loaded.extend([&record.write(), "\n  ", &known, "\n"]);
        }
        let path = data().join("golden").join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &loaded).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        for (is, was) in loaded.lines().zip(golden.lines()) {
            assert_eq!(is, was, "{name}");
        }
        assert_eq!(loaded.len(), golden.len(), "{name}");
        // What is stored of them is read again, and so is what is exported.
        let stored = workspace(&records);
        let texts = written(&stored);
        let mut loaded = Workspace::new();
        loaded.load(texts.iter().map(|text| &**text));
        assert_eq!(loaded.unreadable().len(), 0);
        let again = read(&file::write(
            stored.records(),
            "2026-11-22T10:00:00Z",
            "landfall",
        ))
        .unwrap();
        assert_eq!(written(&workspace(&again)), texts);
        assert_eq!(written(&loaded), texts);
    }
}

#[test]
fn the_fixtures_have_every_kind() {
    let (_, text) = all().find(|(name, _)| name == "v1-every-kind").unwrap();
    let records = read(&text).unwrap();
    for kind in Kind::ALL {
        assert!(
            records.iter().any(|record| record.key().kind == *kind),
            "{kind:?}"
        );
    }
    assert!(records.iter().any(Record::is_deleted));
    assert!(records.iter().any(Record::is_conflicting));
    // What isn't known of an order is as it was, to the letter.
    let order = records
        .iter()
        .find(|record| record.key().id() == "o1")
        .unwrap();
    let data = order.data().unwrap();
    for unknown in [
        "\"__proto__\"",
        "1.250",
        "123456789012345678901234567890",
        "\"lineNote\": \"x\"",
    ] {
        assert!(data.contains(unknown), "{unknown}");
    }
}

#[test]
fn steps_of_migration_rise_by_one_to_todays_version() {
    let from: Vec<u32> = STEPS.iter().map(|step| step.from).collect();
    assert_eq!(from, (0..VERSION).collect::<Vec<_>>());
}

#[test]
fn what_was_in_the_local_storage_is_kept_on_every_device_alike() {
    let (_, text) = all().find(|(name, _)| name == "v0-local-storage").unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let mut rows: Vec<(String, String)> =
        serde_json::from_value::<BTreeMap<String, String>>(json["data"].clone())
            .unwrap()
            .into_iter()
            .collect();
    let broken = (
        "landfall.order.broken".to_owned(),
        "{\"format\":".to_owned(),
    );
    let newer = (
        "landfall.order.newer".to_owned(),
        r#"{"format":"landfall/scenario","version":2,"data":{}}"#.to_owned(),
    );
    rows.extend([
        broken.clone(),
        newer.clone(),
        ("landfall.device".to_owned(), "d1".to_owned()),
    ]);
    let load = |device| {
        let mut kept = Workspace::new();
        let rows = migrate(0, rows.clone(), device);
        kept.load(rows.iter().map(|(_, text)| &**text));
        kept
    };
    let (here, there) = (load("aaaa"), load("bbbb"));
    assert_eq!(here.outcome(None), Outcome::Ready);
    let kept: Vec<&str> = here.unreadable().map(|row| &*row.text).collect();
    assert_eq!(kept, [&*broken.1, &*newer.1]);
    assert_eq!(here.list(Kind::Scenario).count(), 2);
    for (own, other) in here.list(Kind::Scenario).zip(there.list(Kind::Scenario)) {
        assert_eq!(own.record(), other.record());
    }
    let scenario = here
        .get(&key("scenario/5b0e3b7e-5f0c-4a3e-9a3e-2f6d0c1b7a11"))
        .unwrap();
    let Some(Row::Scenario(row)) = scenario.row() else {
        panic!()
    };
    assert_eq!(&*row.name, "杯子 \"A\"");
    assert_eq!(
        &*scenario.record().heads()[0].stamp.at,
        "2026-11-20T08:30:00.123Z"
    );
    assert!(here.get(&key("draft/aaaa")).is_some() && here.get(&key("preferences/aaaa")).is_some());
}

/// The places of all values: JSON pointers.
fn places(value: &Value, pointer: &str, out: &mut Vec<String>) {
    let mut inside = |name: &str, value: &Value| {
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        out.push(pointer.clone());
        places(value, &pointer, out);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| inside(name, value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| inside(&index.to_string(), value)),
        _ => {}
    }
}

/// What is put in the place of a value; `None` is that it is taken away.
fn mutations() -> Vec<Option<Value>> {
    vec![
        None,
        Some(Value::Null),
        Some(json!(true)),
        Some(json!(-1)),
        Some(json!(0)),
        Some(json!(1.5)),
        Some(json!(1e300)),
        Some(json!(u64::MAX)),
        Some(json!("")),
        Some(json!("-5")),
        Some(json!("2026-02-30")),
        Some(json!("\u{0}\u{feff}=1+1")),
        Some(json!("long ".repeat(2_000))),
        Some(json!([])),
        Some(json!([[{}]])),
        Some(json!({})),
        Some(json!({ "__proto__": { "kind": "order" } })),
    ]
}

fn mutate(value: &mut Value, pointer: &str, to: &Option<Value>) {
    if let Some(to) = to {
        *value.pointer_mut(pointer).unwrap() = to.clone();
        return;
    }
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.remove(&name)),
        Value::Array(items) => drop(items.remove(name.parse().unwrap())),
        _ => unreachable!(),
    }
}

/// The records of a file, as they would be stored.
fn rows_of(file: &Value) -> Vec<String> {
    let lists = file["data"].as_object().unwrap().values();
    lists
        .flat_map(|list| list.as_array().unwrap())
        .map(Value::to_string)
        .collect()
}

#[test]
fn whatever_happens_to_a_field_the_rest_survives() {
    let mut cases = 0;
    for (name, text) in all().filter(|(name, _)| name.starts_with("v1")) {
        let whole: Value = serde_json::from_str(&text).unwrap();
        let before = rows_of(&whole);
        let mut pointers = Vec::new();
        places(&whole["data"], "/data", &mut pointers);
        for pointer in pointers
            .iter()
            .filter(|pointer| pointer.split('/').count() > 3)
        {
            for to in mutations() {
                let mut mutated = whole.clone();
                mutate(&mut mutated, pointer, &to);
                let after = rows_of(&mutated);
                let untouched: Vec<&String> =
                    after.iter().filter(|row| before.contains(row)).collect();
                let touched: Vec<&String> =
                    after.iter().filter(|row| !before.contains(row)).collect();
                let case = format!("{name} {pointer} {to:?}");
                assert!(
                    untouched.len() + 1 >= before.len() && touched.len() <= 1,
                    "{case}"
                );

                let mut stored = Workspace::new();
                stored.load(after.iter().map(|row| &**row));
                let expected = if after.is_empty() {
                    Outcome::Empty
                } else {
                    Outcome::Ready
                };
                let alone = untouched.is_empty() && !after.is_empty();
                assert!(stored.outcome(Some("1")) == expected || alone, "{case}");
                for row in &untouched {
                    let record = Record::read(row).unwrap();
                    let is_kept = |kept: &Record| {
                        kept.heads().iter().any(|head| head.data() == record.data())
                    };
                    let is_hidden = touched
                        .iter()
                        .any(|row| row.contains(&format!("\"id\":\"{}\"", record.key().id())));
                    assert!(
                        stored
                            .get(record.key())
                            .is_some_and(|kept| is_kept(kept.record()))
                            || is_hidden,
                        "{case}"
                    );
                }
                let unreadable: Vec<&str> = stored.unreadable().map(|row| &*row.text).collect();
                assert!(
                    unreadable
                        .iter()
                        .all(|row| touched.iter().any(|text| text == row)),
                    "{case}"
                );
                let kept = stored.records().count() + unreadable.len();
                assert!(kept == after.len() || kept + 1 == after.len(), "{case}");

                // As a file it comes in whole or not at all, and what is wrong has its place.
                match read(&mutated.to_string()) {
                    Ok(records) => {
                        assert_eq!(records.len(), after.len(), "{case}");
                        assert!(unreadable.is_empty(), "{case}");
                    }
                    Err(Refused::Issues(issues)) => {
                        assert!(
                            issues.iter().all(|issue| issue.path.starts_with("data.")),
                            "{case}: {issues:?}"
                        );
                    }
                    Err(refused) => panic!("{case}: {refused:?}"),
                }
                cases += 1;
            }
        }
    }
    assert!(cases > 5_000, "{cases}");
}

#[test]
fn whatever_happens_to_an_older_entry_the_rest_survives() {
    let (_, text) = all().find(|(name, _)| name == "v0-local-storage").unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    let entries: BTreeMap<String, String> = serde_json::from_value(whole["data"].clone()).unwrap();
    for (changed, text) in &entries {
        let envelope: Value = serde_json::from_str(text).unwrap();
        let mut pointers = Vec::new();
        places(&envelope, "", &mut pointers);
        for pointer in &pointers {
            for to in mutations() {
                let mut mutated = envelope.clone();
                mutate(&mut mutated, pointer, &to);
                let mut rows = entries.clone();
                rows.insert(changed.clone(), mutated.to_string());
                let mut kept = Workspace::new();
                let rows = migrate(0, rows.into_iter().collect(), "d1");
                kept.load(rows.iter().map(|(_, text)| &**text));
                assert_eq!(kept.outcome(None), Outcome::Ready);
                assert_eq!(
                    kept.records().count() + kept.unreadable().len(),
                    entries.len(),
                    "{changed} {pointer} {to:?}"
                );
            }
        }
    }
}

/// Does something to a text, as a bad disk, another program or a hostile sender would.
fn damage(random: &mut Random, text: &str) -> Vec<u8> {
    const TOKENS: [&str; 24] = [
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-1",
        "1e400",
        "\\u0000",
        "\\ud800",
        "\u{0}",
        "\"id\":\"o1\",",
        "\"heads\":[],",
        "\"data\":{},",
        "\"deleted\":true,",
        "\"version\":2,",
        "\"counter\":0,",
        "中",
        "\\",
        "\"kind\":\"order\",",
        "\"2026-99-99\"",
    ];
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(6) {
            0 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, random.pick(&TOKENS).bytes())),
            3 => drop(bytes.splice(at..end, random.pick(&TOKENS).bytes())),
            4 => {
                let again = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, again));
            }
            _ => bytes[at] ^= 1 << random.below(8),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

#[test]
fn a_damaged_file_is_imported_whole_or_not_at_all() {
    let cases: usize = if std::env::var_os("LANDFALL_LONG").is_some() {
        1_000_000
    } else {
        100_000
    };
    let compact = |text: &str| serde_json::from_str::<Value>(text).unwrap().to_string();
    let mut files: Vec<String> = all().map(|(_, text)| compact(&text)).collect();
    let every = files
        .iter()
        .find(|text| text.contains("\"policies\""))
        .unwrap()
        .clone();
    let every: Value = serde_json::from_str(&every).unwrap();
    // A file of one kind each, so that the damage meets all kinds and the cases stay small.
    for (name, list) in every["data"].as_object().unwrap() {
        files.push(
            json!({ "format": file::FORMAT, "version": 1, "data": { name: list } }).to_string(),
        );
    }
    let base = workspace(&[
        order("o1", r#"{"supplierName":"mine"}"#),
        order("o9", r#"{"supplierName":"other"}"#),
    ]);
    let before = written(&base);
    let (mut imported, mut refused) = (0, 0);
    for case in 0..cases {
        let mut random = Random(case as u64);
        let text = random.pick(&files).clone();
        let bytes = damage(&mut random, &text);
        let Ok(records) = file::read(&bytes, "d1", |_, _| ()) else {
            refused += 1;
            continue;
        };
        imported += 1;
        let plan = Plan::of(records.clone(), &base);
        assert_eq!(written(&base), before);
        let mut after = base.clone();
        plan.records()
            .for_each(|record| after.insert(record.clone()));
        for commit in plan.commits() {
            assert_eq!(
                Record::read(&commit.text).map(|record| record.write()),
                Ok(commit.text),
                "{case}"
            );
        }
        assert!(
            records
                .iter()
                .all(|record| after.get(record.key()).is_some()),
            "{case}"
        );
        assert!(after.get(&key("order/o9")).is_some(), "{case}");
        assert!(Plan::of(records, &after).is_empty(), "{case}");
    }
    assert!(
        imported > cases / 50 && refused > cases / 2,
        "{imported} {refused}"
    );
}

/// Three devices that edit, delete, resolve and exchange files; and every file that was ever written.
fn exports(random: &mut Random) -> Vec<String> {
    let mut devices = vec![Workspace::new(); 3];
    let mut files = Vec::new();
    for second in 0..40 {
        let device = random.below(devices.len());
        let name = format!("d{device}");
        let own = &mut devices[device];
        let id = format!("o{}", random.below(4));
        let data = format!(r#"{{"supplierName":"{}"}}"#, random.below(5));
        let known = own
            .get(&key(&format!("order/{id}")))
            .map(|entry| entry.record().clone());
        match (random.below(6), known) {
            (0..=2, None) => own.insert(Record::new(
                key(&format!("order/{id}")),
                &data,
                stamp(&name, second),
            )),
            (0..=1, Some(known)) => own.insert(known.edited(&data, stamp(&name, second))),
            (2, Some(known)) if known.is_conflicting() => {
                own.insert(known.resolved(&data, stamp(&name, second)))
            }
            (2, Some(known)) => own.insert(known.removed(stamp(&name, second))),
            (3..=4, _) => {
                let part: Vec<&Record> = own.records().filter(|_| random.below(3) > 0).collect();
                files.push(file::write(part, "2026-11-22T10:00:00Z", "landfall"));
            }
            (_, _) if !files.is_empty() => {
                let records = read(random.pick::<String>(&files)).unwrap();
                let plan = Plan::of(records, own);
                plan.records().for_each(|record| own.insert(record.clone()));
            }
            _ => {}
        }
    }
    for own in &devices {
        files.push(file::write(
            own.records(),
            "2026-11-22T11:00:00Z",
            "landfall",
        ));
    }
    files
}

#[test]
fn files_merge_to_the_same_workspace_in_any_order_any_number_of_times() {
    let mut conflicts = 0;
    for seed in 0..200 {
        let mut random = Random(seed);
        let files = exports(&mut random);
        let mut merged: Option<Vec<String>> = None;
        for _ in 0..3 {
            let mut order: Vec<usize> = (0..files.len())
                .chain((0..files.len()).filter(|_| random.below(2) == 0))
                .collect();
            for at in (1..order.len()).rev() {
                order.swap(at, random.below(at + 1));
            }
            let mut own = Workspace::new();
            for file in order {
                let plan = Plan::of(read(&files[file]).unwrap(), &own);
                plan.records().for_each(|record| own.insert(record.clone()));
            }
            conflicts += own.conflicts().count();
            let texts = written(&own);
            assert_eq!(merged.get_or_insert(texts.clone()), &texts, "{seed}");
        }
    }
    assert!(conflicts > 0);
}
