//! Records: what is written is read again, and merging keeps everything whatever the order.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use landfall::issue::{Issue, Problem};
use landfall_workspace::record::{Key, Kind, Record, Stamp};
use proptest::prelude::*;
use serde_json::{Value, json};

fn key() -> Key {
    Key::new(Kind::Order, "1").unwrap()
}

fn stamp(device: usize, second: usize) -> Stamp {
    Stamp::new(
        &format!("d{device}"),
        &format!("2026-11-22T10:{:02}:{:02}Z", second / 60 % 60, second % 60),
    )
}

fn data(number: u8) -> String {
    format!("{{\"number\":\"{number}\"}}")
}

#[test]
fn a_record_is_written_as_it_is_read() {
    let first = Record::new(key(), &data(1), stamp(1, 0));
    let expected = r#"{"kind":"order","id":"1","heads":[{"counter":1,"device":"d1","at":"2026-11-22T10:00:00Z","data":{"number":"1"}}]}"#;
    assert_eq!(first.write(), expected);
    let second = first.edited(&data(2), stamp(1, 1));
    let third = second.edited(&data(3), stamp(2, 2));
    let conflict = third.merged(&second.edited(&data(4), stamp(3, 3)));
    let deleted = conflict.removed(stamp(1, 9));
    for record in [first, second, third, conflict, deleted] {
        let text = record.write();
        let read = Record::read(&text).unwrap();
        assert_eq!(read.write(), text);
        assert_eq!(read.token(), record.token());
    }
}

#[test]
fn the_same_edit_on_two_devices_is_one_revision_of_the_earlier() {
    let first = Record::new(key(), &data(1), stamp(1, 0));
    let here = first.edited(&data(2), stamp(1, 9));
    let there = first.edited(&data(2), stamp(2, 5));
    let merged = here.merged(&there);
    assert_eq!(merged.heads().len(), 1);
    assert_eq!(&*merged.heads()[0].stamp.device, "d2");
    assert_eq!(merged.token(), here.token());
}

#[test]
fn what_another_program_wrote_again_is_the_same_revision() {
    let first = Record::new(
        key(),
        r#"{"title":"台灯","note":"a \"b\" / \\","list":[1,2]}"#,
        stamp(1, 0),
    );
    let spaced = "{ \"title\": \"\\u53f0\\u706f\",\n\t\"note\": \"a \\u0022b\\\" \\/ \\\\\", \"list\" : [ 1, 2 ] }";
    let again = Record::new(key(), spaced, stamp(1, 0));
    assert_eq!(first.token(), again.token());
    assert_eq!(first.merged(&again).write(), again.merged(&first).write());
    assert_eq!(first.merged(&again).heads().len(), 1);
    let other = Record::new(
        key(),
        r#"{"title":"台 灯","note":"a \"b\" / \\","list":[1,2]}"#,
        stamp(1, 0),
    );
    assert_ne!(first.token(), other.token());
}

#[test]
fn without_a_difference_there_is_no_revision() {
    let first = Record::new(key(), &data(1), stamp(1, 0));
    assert_eq!(first.edited(&data(1), stamp(2, 5)), first);
    assert_eq!(first.resolved(&data(1), stamp(2, 5)), first);
    let deleted = first.removed(stamp(1, 1));
    assert_eq!(deleted.removed(stamp(1, 2)), deleted);
    assert!(deleted.is_deleted() && !first.is_deleted());
}

#[test]
fn an_older_export_doesnt_bring_back_what_was_deleted() {
    let first = Record::new(key(), &data(1), stamp(1, 0));
    let export = first.edited(&data(2), stamp(1, 1));
    let deleted = export.removed(stamp(1, 2));
    assert_eq!(deleted.merged(&export), deleted);
    assert_eq!(first.merged(&deleted), deleted);
    let restored = deleted.edited(&data(2), stamp(1, 3));
    assert_eq!(restored.merged(&export).merged(&deleted), restored);
    assert_eq!(restored.data().map(|data| &**data), Some(&*data(2)));
}

#[test]
fn an_edit_beside_a_deletion_is_a_conflict_that_keeps_the_edit() {
    let first = Record::new(key(), &data(1), stamp(1, 0));
    let deleted = first.removed(stamp(1, 1));
    let edited = first.edited(&data(2), stamp(2, 1));
    let merged = deleted.merged(&edited);
    assert!(merged.is_conflicting());
    assert_eq!(merged.heads().len(), 2);
    let kept = merged.resolved(&data(2), stamp(1, 2));
    assert!(!kept.is_conflicting());
    assert_eq!(kept.merged(&deleted).merged(&edited), kept);
}

#[test]
fn an_edit_of_a_conflict_leaves_the_other_side_standing() {
    let first = Record::new(key(), &data(1), stamp(1, 0));
    let one = first.edited(&data(2), stamp(1, 1));
    let two = first.edited(&data(3), stamp(2, 1));
    let merged = one.merged(&two);
    let edited = merged.edited(&data(4), stamp(1, 2));
    assert!(edited.is_conflicting());
    assert_eq!(edited.data().map(|data| &**data), Some(&*data(4)));
    assert_eq!(edited.heads().len(), 2);
}

#[test]
fn keys_are_texts_and_derived_ones_are_the_same_each_time() {
    let derived = Key::derived(Kind::Order, "1688/order/2291220293718641770");
    assert_eq!(
        derived,
        Key::derived(Kind::Order, "1688/order/2291220293718641770")
    );
    assert_eq!(derived.to_string().parse(), Ok(derived.clone()));
    let id = derived.id().as_bytes();
    assert_eq!((id.len(), id[14], id[8]), (36, b'8', b'-'));
    for bad in [
        "",
        "order",
        "order/",
        "orders/1",
        "order/a b",
        "order/a/b",
        "order/../x",
        "Order/1",
    ] {
        assert!(bad.parse::<Key>().is_err(), "{bad}");
    }
}

/// What is done to the copies of one record.
#[derive(Clone, Debug)]
enum Step {
    Edit(usize, u8),
    Remove(usize),
    Resolve(usize, u8),
    Merge(usize, usize),
}

const COPIES: usize = 4;

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..COPIES, 0_u8..4).prop_map(|(copy, data)| Step::Edit(copy, data)),
        1 => (0..COPIES).prop_map(Step::Remove),
        1 => (0..COPIES, 0_u8..4).prop_map(|(copy, data)| Step::Resolve(copy, data)),
        3 => (0..COPIES, 0..COPIES).prop_map(|(to, from)| Step::Merge(to, from)),
    ]
}

/// Every state of every copy, in the order in which they came about. Some copies begin by themselves.
fn history(steps: &[Step], apart: usize) -> Vec<(usize, Record)> {
    let mut copies: Vec<Record> = (0..COPIES)
        .map(|copy| {
            let number = u8::try_from(copy.saturating_sub(apart)).unwrap();
            Record::new(key(), &data(number), stamp(copy, 0))
        })
        .collect();
    let mut states: Vec<(usize, Record)> = copies.iter().cloned().enumerate().collect();
    for (second, step) in steps.iter().enumerate() {
        let (copy, next) = match *step {
            Step::Edit(copy, to) => (copy, copies[copy].edited(&data(to), stamp(copy, second))),
            Step::Remove(copy) => (copy, copies[copy].removed(stamp(copy, second))),
            Step::Resolve(copy, to) => {
                let resolved = copies[copy].resolved(&data(to), stamp(copy, second));
                assert!(!resolved.is_conflicting());
                for head in copies[copy].heads() {
                    // Each side alone, merged again, changes nothing.
                    let text = format!(
                        r#"{{"kind":"order","id":"1","heads":[{}]}}"#,
                        serde_json::from_str::<Value>(&copies[copy].write()).unwrap()["heads"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .find(|it| it.get("data").map(Value::to_string).as_deref()
                                == head.data().map(|data| &**data))
                            .unwrap()
                    );
                    let side = Record::read(&text).unwrap();
                    assert_eq!(resolved.merged(&side), resolved);
                    assert_eq!(side.merged(&resolved), resolved);
                }
                (copy, resolved)
            }
            Step::Merge(to, from) => (to, copies[to].merged(&copies[from])),
        };
        copies[copy] = next.clone();
        states.push((copy, next));
    }
    states
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        steps in prop::collection::vec(step(), 0..24), apart in 0..=COPIES,
        picks in prop::array::uniform3(any::<prop::sample::Index>()),
    ) {
        let states = history(&steps, apart);
        let [a, b, c] = picks.map(|pick| &pick.get(&states).1);
        prop_assert_eq!(a.merged(a).write(), a.write());
        prop_assert_eq!(a.merged(b).write(), b.merged(a).write());
        prop_assert_eq!(a.merged(b).merged(c).write(), a.merged(&b.merged(c)).write());
        prop_assert_eq!(a.merged(b).merged(b).write(), a.merged(b).write());
    }

    #[test]
    fn a_token_tells_states_apart(
        steps in prop::collection::vec(step(), 0..24), apart in 0..=COPIES,
        picks in prop::array::uniform2(any::<prop::sample::Index>()),
    ) {
        let states = history(&steps, apart);
        let [a, b] = picks.map(|pick| &pick.get(&states).1);
        let known = |record: &Record| {
            let mut json: Value = serde_json::from_str(&record.write()).unwrap();
            for head in json["heads"].as_array_mut().unwrap() {
                let head = head.as_object_mut().unwrap();
                head.remove("at");
                head.remove("device");
            }
            json
        };
        prop_assert_eq!(a.token() == b.token(), known(a) == known(b));
        prop_assert_eq!(a.is_same(b), known(a) == known(b));
    }

    #[test]
    fn a_merge_with_any_older_export_changes_nothing(
        steps in prop::collection::vec(step(), 0..24), apart in 0..=COPIES,
    ) {
        let states = history(&steps, apart);
        for (index, (copy, now)) in states.iter().enumerate() {
            for (_, before) in states[..index].iter().filter(|(of, _)| of == copy) {
                prop_assert_eq!(now.merged(before).write(), now.write());
                prop_assert_eq!(before.merged(now).write(), now.write());
            }
        }
    }

    #[test]
    fn all_states_merge_to_the_same_in_any_order(
        steps in prop::collection::vec(step(), 0..24), apart in 0..=COPIES, seed in any::<u64>(),
    ) {
        let states = history(&steps, apart);
        let all = |order: &mut dyn Iterator<Item = usize>| {
            order.map(|index| states[index].1.clone()).reduce(|left, right| left.merged(&right)).unwrap().write()
        };
        let mut shuffled: Vec<usize> = (0..states.len()).chain(0..states.len()).collect();
        let mut seed = seed;
        for index in (1..shuffled.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(index, usize::try_from(seed >> 33).unwrap() % (index + 1));
        }
        prop_assert_eq!(all(&mut (0..states.len())), all(&mut shuffled.into_iter()));
    }

    #[test]
    fn no_text_reaches_a_panic(text in any::<String>()) {
        let _ = Record::read(&text);
        let _ = text.parse::<Key>();
    }
}

#[test]
fn everything_that_is_wrong_is_named() {
    let good = json!({
        "kind": "order", "id": "1", "ancestors": ["00112233445566778899aabbccddeeff"],
        "heads": [
            { "counter": 3, "device": "d1", "at": "2026-11-22T10:00:00.5Z", "parents": ["ff112233445566778899aabbccddeeff"], "data": {} },
            { "counter": 2, "device": "d1", "at": "2026-11-22T10:00:00Z", "deleted": true },
        ],
    });
    Record::read(&good.to_string()).unwrap();
    let cases = [
        ("/kind", json!("orders"), "kind"),
        ("/kind", Value::Null, "kind"),
        ("/id", json!("a/b"), "id"),
        ("/id", json!(""), "id"),
        ("/id", json!("x".repeat(65)), "id"),
        ("/heads", json!([]), "heads"),
        ("/heads", json!({}), "heads"),
        ("/heads/0/counter", json!(0), "heads[0].counter"),
        ("/heads/0/counter", json!("3"), "heads[0].counter"),
        ("/heads/0/counter", json!(1.5), "heads[0].counter"),
        (
            "/heads/0/counter",
            json!(1_000_000_001_u64),
            "heads[0].counter",
        ),
        ("/heads/0/device", json!("\""), "heads[0].device"),
        ("/heads/0/at", json!("2026-11-22 10:00"), "heads[0].at"),
        ("/heads/0/at", json!("2026-13-22T10:00:00Z"), "heads[0].at"),
        ("/heads/0/at", json!("2026-11-22T24:00:00Z"), "heads[0].at"),
        ("/heads/0/at", json!("2026-11-22T10:60:00Z"), "heads[0].at"),
        (
            "/heads/0/at",
            json!("2026-11-22T10:00:00+08:00"),
            "heads[0].at",
        ),
        ("/heads/0/at", json!("2026-11-22T10:00:00.Z"), "heads[0].at"),
        ("/heads/0/at", json!("2026-11-22T1中:00:00Z"), "heads[0].at"),
        ("/heads/0/parents", json!("x"), "heads[0].parents"),
        (
            "/heads/0/parents/0",
            json!("FF112233445566778899aabbccddeeff"),
            "heads[0].parents[0]",
        ),
        ("/heads/0/data", json!([]), "heads[0].data"),
        ("/heads/0/data", Value::Null, "heads[0].data"),
        ("/heads/1/deleted", json!(false), "heads[1].data"),
        ("/heads/1/deleted", json!(1), "heads[1].deleted"),
        ("/ancestors", json!(["abc"]), "ancestors[0]"),
    ];
    for (pointer, wrong, path) in cases {
        let mut text = good.clone();
        *text.pointer_mut(pointer).unwrap() = wrong.clone();
        let issues = Record::read(&text.to_string()).unwrap_err();
        let paths: Vec<&str> = issues.iter().map(|issue| &*issue.path).collect();
        assert!(paths.contains(&path), "{pointer} {wrong}: {paths:?}");
    }
    let twice = r#"{"kind":"order","id":"1","id":"2","heads":[{"counter":1,"device":"d","at":"x","data":{}}],"more":1}"#;
    let paths = |issues: Vec<Issue>| {
        issues
            .into_iter()
            .map(|issue| issue.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        paths(Record::read(twice).unwrap_err()),
        ["id", "more", "heads[0].at"]
    );
    let broken = Record::read("{").unwrap_err();
    assert!(matches!(broken[0].problem, Problem::NotJson { .. }));
}
