//! When the procedure is reviewed, and how far new staff are.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

use std::rc::Rc;

use chrono::{Days, NaiveDate, NaiveDateTime};
use landfall::check::{parse_date, parse_instant};
use landfall::control::{Run, RunFault, Stage, practice, review};
use landfall::policy::SopRules;
use rust_decimal::Decimal;

fn at(text: &str) -> NaiveDateTime {
    parse_instant(text).unwrap()
}

fn day(text: &str) -> NaiveDate {
    parse_date(text).unwrap()
}

/// Orders placed one an hour from the first of November on.
fn orders(count: u64) -> impl Iterator<Item = NaiveDateTime> {
    let first = at("2026-11-01T00:00:00Z");
    (0..count).map(move |hour| first + chrono::Duration::hours(i64::try_from(hour).unwrap()))
}

fn incident(id: &str, when: &str, loss: &str) -> (Rc<str>, NaiveDateTime, Decimal) {
    (id.into(), at(when), loss.parse().unwrap())
}

#[test]
fn a_review_is_due_after_so_many_orders() {
    let due = |last: Option<&str>, count| {
        let review = review(
            &SopRules::default(),
            last.map(at),
            orders(count),
            std::iter::empty(),
        );
        (review.orders, review.is_due)
    };
    assert_eq!(due(None, 0), (0, false));
    assert_eq!(due(None, 49), (49, false));
    assert_eq!(due(None, 50), (50, true));
    assert_eq!(due(None, 51), (51, true));
    let last = Some("2026-11-01T09:00:00Z");
    assert_eq!(
        due(last, 59),
        (49, false),
        "the one at that very instant was before it"
    );
    assert_eq!(due(last, 60), (50, true));
}

#[test]
fn a_review_is_due_at_once_after_an_incident_above_the_limit() {
    let due = |last: Option<&str>, incidents: Vec<(Rc<str>, NaiveDateTime, Decimal)>| {
        let review = review(
            &SopRules::default(),
            last.map(at),
            orders(1),
            incidents.into_iter(),
        );
        let ids: Vec<String> = review.incidents.iter().map(|id| id.to_string()).collect();
        (review.is_due, ids.join(" "))
    };
    let when = "2026-11-10T08:00:00Z";
    let is = |is_due, ids: &str| (is_due, ids.to_owned());
    assert_eq!(due(None, vec![incident("a", when, "500")]), is(false, ""));
    assert_eq!(
        due(None, vec![incident("a", when, "500.01")]),
        is(true, "a")
    );
    let two = vec![
        incident("b", "2026-11-11T08:00:00Z", "501"),
        incident("a", when, "900"),
        incident("c", "2026-11-12T08:00:00Z", "12"),
    ];
    assert_eq!(due(None, two.clone()), is(true, "a b"));
    assert_eq!(
        due(Some("2026-11-10T09:00:00Z"), two.clone()),
        is(true, "b")
    );
    assert_eq!(due(Some("2026-11-12T00:00:00Z"), two), is(false, ""));
}

/// Runs by the day after `began` on which each was: `+20` is clean, `-20` isn't.
fn runs(began: NaiveDate, days: &[i64]) -> Vec<Run> {
    let run = |(index, day): (usize, &i64)| Run {
        order_id: format!("o{index}").into(),
        day: began + Days::new(day.unsigned_abs()),
        faults: match *day < 0 {
            true => vec![RunFault::Missing {
                rule: "order-record".into(),
            }],
            false => Vec::new(),
        },
    };
    days.iter().enumerate().map(run).collect()
}

#[test]
fn new_staff_look_on_then_place_then_prove_themselves_then_work_alone() {
    use Stage::{Placing, Proving, Shadowing, Solo};
    let began = day("2026-11-02");
    let clean = |count: usize, day: i64| vec![day; count];
    let with = |one: Vec<i64>, other: &[i64]| [&one[..], other].concat();
    // Days since the first, runs, needed: the stage, its last day, clean in a row, runs.
    let cases = [
        (0, vec![], 10, Shadowing, Some("2026-11-15"), 0, 0),
        (13, vec![], 10, Shadowing, Some("2026-11-15"), 0, 0),
        (14, vec![], 10, Placing, Some("2026-11-22"), 0, 0),
        (20, clean(10, 15), 10, Placing, Some("2026-11-22"), 10, 10),
        (21, clean(9, 15), 10, Proving, None, 9, 9),
        (21, clean(10, 15), 10, Solo, None, 10, 10),
        // Those of the weeks of looking on aren't one's own.
        (21, clean(10, 13), 10, Proving, None, 0, 0),
        (
            21,
            with(clean(1, 13), &clean(9, 14)),
            10,
            Proving,
            None,
            9,
            9,
        ),
        // One that isn't clean begins the row anew, also on the last day of the week of placing orders.
        (30, with(clean(10, 15), &[-20]), 10, Proving, None, 0, 11),
        (30, with(clean(9, 15), &[-22, 23]), 10, Proving, None, 1, 11),
        (30, with(vec![-15], &clean(10, 22)), 10, Solo, None, 10, 11),
        // Who works alone goes on to, although the row begins anew.
        (30, with(clean(10, 15), &[-22]), 10, Solo, None, 0, 11),
        (30, with(clean(10, 22), &[-23]), 10, Solo, None, 0, 11),
        // None is needed: the weeks alone count.
        (13, vec![], 0, Shadowing, Some("2026-11-15"), 0, 0),
        (20, vec![], 0, Placing, Some("2026-11-22"), 0, 0),
        (21, vec![-16], 0, Solo, None, 0, 1),
    ];
    for (since, days, needed, stage, until, clean, count) in cases {
        let rules = SopRules {
            clean_runs_for_solo: needed,
            ..SopRules::default()
        };
        let today = began + Days::new(since);
        let found = practice(&rules, began, today, &runs(began, &days));
        let case = format!("{since} {days:?} {needed}");
        assert_eq!(found.stage, stage, "{case}");
        assert_eq!(found.until, until.map(day), "{case}");
        assert_eq!(found.clean_in_a_row, clean, "{case}");
        assert_eq!(found.runs, count, "{case}");
        assert_eq!(found.needed, needed, "{case}");
    }
}

#[test]
fn the_last_run_that_was_not_clean_is_named() {
    let began = day("2026-11-02");
    let named = |days: &[i64]| {
        let found = practice(
            &SopRules::default(),
            began,
            day("2026-12-20"),
            &runs(began, days),
        );
        found.last_fault.as_deref().map(str::to_owned)
    };
    assert_eq!(named(&[15, 16]), None);
    assert_eq!(named(&[-15, 16, -17, 18]).as_deref(), Some("o2"));
    assert_eq!(named(&[-3, 16]), None, "looking on isn't placing");
}

#[test]
fn somebody_who_begins_at_the_end_of_the_calendar_looks_on() {
    let found = practice(&SopRules::default(), NaiveDate::MAX, NaiveDate::MAX, &[]);
    assert_eq!((found.stage, found.until), (Stage::Shadowing, None));
}
