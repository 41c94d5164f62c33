//! What the procedure says of itself, in both languages.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod support;

use landfall::check::{Named, parse_date};
use landfall::control::{Practice, Review, RunFault, Stage};
use landfall::finding::Rule;
use landfall::receiving::Clock;
use landfall_words::{Locale, Question, practice, question, reason, review, run_fault, stage};
use support::{check_languages, check_sentence, check_words};

#[test]
fn every_stage_has_words_with_its_day_or_its_count() {
    for of in Stage::ALL {
        check_languages(|locale| stage(locale, *of).to_owned(), &[], check_words);
        let until = match of {
            Stage::Shadowing | Stage::Placing => parse_date("2026-11-22"),
            Stage::Proving | Stage::Solo => None,
        };
        let found = Practice {
            stage: *of,
            until,
            clean_in_a_row: 3,
            needed: 10,
            runs: 4,
            last_fault: None,
        };
        let operand = match of {
            Stage::Shadowing | Stage::Placing => "2026-11-22",
            Stage::Proving | Stage::Solo => "3",
        };
        check_languages(
            |locale| practice(locale, &found),
            &[operand],
            check_sentence,
        );
    }
}

#[test]
fn what_made_a_run_not_clean_is_named_by_its_rule_or_clock() {
    let faults = [
        (
            RunFault::Missing {
                rule: Rule::OrderRecord.name().into(),
            },
            "Missing: Record of the order",
        ),
        (
            RunFault::Missing {
                rule: "the invoice".into(),
            },
            "Missing: the invoice",
        ),
        (
            RunFault::Late {
                clock: Clock::LogVariance.name().into(),
                seconds: Some(2_400),
            },
            "Late by 40\u{a0}min: Log the variance",
        ),
        (
            RunFault::Late {
                clock: "the call".into(),
                seconds: None,
            },
            "Late: the call",
        ),
        (
            RunFault::Noted {
                what: "Wrong link".into(),
            },
            "Noted: Wrong link",
        ),
    ];
    for (fault, sentence) in faults {
        assert_eq!(run_fault(Locale::En, &fault), sentence);
        assert_ne!(run_fault(Locale::Zh, &fault), sentence);
    }
}

#[test]
fn reasons_are_rules_disputes_or_what_somebody_called_them() {
    for rule in Rule::ALL {
        assert_ne!(reason(Locale::En, rule.name()), rule.name());
        assert_ne!(
            reason(Locale::Zh, rule.name()),
            reason(Locale::En, rule.name())
        );
    }
    assert_eq!(reason(Locale::En, "dispute"), "Dispute");
    assert_eq!(reason(Locale::Zh, "sample"), "sample");
}

#[test]
fn a_review_says_what_it_is_due_for() {
    let says = |orders: usize, incidents: usize| {
        let found = Review {
            is_due: orders >= 50 || incidents > 0,
            orders,
            every: 50,
            incidents: (0..incidents).map(|id| format!("e{id}").into()).collect(),
        };
        check_languages(|locale| review(locale, &found), &[], check_sentence);
        review(Locale::En, &found).replace('\u{a0}', " ")
    };
    assert!(says(1, 0).starts_with("Not due: 1 order since"));
    assert!(says(50, 0).starts_with("Due: 50 orders"));
    assert!(says(49, 1).starts_with("Due at once: 1 incident since"));
    assert!(says(60, 2).ends_with("above the limit, and 60 orders."));
}

#[test]
fn a_question_says_only_what_is_known() {
    let plain = Question {
        text: "May we?",
        order: "",
        loss: "",
        by: "",
    };
    assert_eq!(question(Locale::En, &plain), "A question for you:\nMay we?");
    let whole = Question {
        order: "PO-7",
        loss: "USD 5",
        by: "Wang",
        ..plain
    };
    assert_eq!(
        question(Locale::Zh, &whole),
        "Wang 有个问题需要您定：\nMay we?\n订单：PO-7\n目前损失：USD 5"
    );
}
