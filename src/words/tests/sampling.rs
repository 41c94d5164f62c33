//! Every code of samples has words in both languages, with its operands in them; the sentences that
//! people decide by, to the letter.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use landfall::check::Named;
use landfall::sampling::{
    AcceptanceRequest, ClassJudgement, ClassPlan, DefectClass, DetectionRequest, Edition,
    Inspection, InspectionVerdict, Judgement, Level, Odds, PerClass, RateJudgement, Severity,
    acceptance_plan, judge_inspection, next_severity,
};
use landfall_words::{
    Locale, class_judgement, defect_class_name, detection, isolated_lots, judgement, level, often,
    plan_note, rate_judgement, sample_to_see, severity, switching,
};
use support::{check_languages, check_sentence, check_words, d};

#[test]
fn every_name_differs_from_the_others() {
    fn distinct<T: Named>(name: impl Fn(Locale, T) -> &'static str) {
        let mut seen = std::collections::BTreeSet::new();
        for value in T::ALL {
            for locale in Locale::ALL {
                let name = name(locale, *value);
                check_words(locale, name);
                assert!(seen.insert(name), "{name} stands for two things");
            }
        }
    }
    distinct(level);
    distinct(severity);
    distinct(defect_class_name);
    check_languages(
        |locale| isolated_lots(locale).to_owned(),
        &["ISO 2859-2"],
        check_sentence,
    );
}

fn seen(locale: Locale, lot: u32, sample: u32, percent: &str) -> String {
    let percent = d(percent);
    let found = landfall::sampling::detection(&DetectionRequest {
        lot,
        sample,
        percent,
    });
    detection(locale, lot, sample, percent, &found)
}

#[test]
fn what_a_sample_sees_is_said_in_whole_units() {
    assert_eq!(
        seen(Locale::En, 100, 10, "5"),
        "A lot with 5\u{a0}% bad units (5 among 100) passes a check of 10\u{a0}units unseen 58 times in 100."
    );
    assert_eq!(
        seen(Locale::Zh, 100, 10, "5.00"),
        "不良率 5% 的批次（100 件中 5 件不良），抽检 10\u{a0}件，每 100 次有 58 次发现不了。"
    );
    for (lot, sample, percent, operands) in [
        (30, 3, "5", &["2", "30", "81"][..]),
        (10_000, 1_000, "5", &["500", "10,000", "1,000,000"]),
        (3, 3, "1", &["1", "3"]),
        (9_000_000, 1, "0.00001", &["1", "9,000,000"]),
        (10, 5, "0", &[]),
    ] {
        check_languages(
            |locale| seen(locale, lot, sample, percent),
            operands,
            check_sentence,
        );
    }
}

#[test]
fn chances_are_told_in_as_many_times_as_they_need() {
    for (chance, english) in [
        ("0.583752367", "58 times in 100"),
        ("0.01", "once in 100"),
        ("0.0049", "5 times in 1,000"),
        ("0.9951", "995 times in 1,000"),
        ("0.9996", "9,996 times in 10,000"),
        ("0.000001", "once in 1,000,000"),
        ("0.0000001", "less than once in 1,000,000"),
        ("0.9999999", "nearly always"),
        ("1", "nearly always"),
    ] {
        let odds = Odds::of(d(chance).0);
        assert_eq!(often(Locale::En, odds), english);
        assert_ne!(often(Locale::Zh, odds), english);
    }
}

#[test]
fn how_many_to_check_is_one_sentence() {
    let of = |locale| sample_to_see(locale, 1_500, d("2"), 30, d("95"), 142);
    assert_eq!(
        of(Locale::En),
        "To be 95\u{a0}% sure of seeing 2\u{a0}% bad units (30 among 1,500), check 142."
    );
    check_languages(of, &["95", "2", "30", "1,500", "142"], check_sentence);
}

fn plan(lot_size: u32, severity: Severity, edition: Edition, aql: &str) -> ClassPlan {
    let aql = landfall::sampling::Aql::of(d(aql).0, severity).unwrap();
    let request = AcceptanceRequest {
        lot_size,
        level: Level::II,
        severity,
        aql: PerClass {
            major: Some(Some(aql)),
            ..PerClass::default()
        },
        edition,
    };
    acceptance_plan(&request).major.unwrap()
}

#[test]
fn a_plan_says_what_has_to_be_known_of_it() {
    let of =
        |locale, lot, severity, edition, aql| plan_note(locale, &plan(lot, severity, edition, aql));
    for locale in Locale::ALL {
        assert_eq!(
            of(locale, 3_000, Severity::Normal, Edition::Z14, "2.5"),
            None
        );
    }
    let iso = Edition::Iso1999;
    for (lot, severity, edition, aql, operands) in [
        (1, Severity::Normal, iso, "2.5", &[][..]),
        (10_000, Severity::Normal, iso, "10", &["L"]),
        (9, Severity::Normal, iso, "0.065", &["B", "9"]),
        (100, Severity::Tightened, iso, "1.5", &["F"]),
        (
            3_000,
            Severity::Reduced,
            Edition::Z14,
            "2.5",
            &["Z1.4", "3", "6"],
        ),
        (
            3_000,
            Severity::Reduced,
            iso,
            "2.5",
            &["ISO 2859-1:1999", "4"],
        ),
    ] {
        check_languages(
            |locale| of(locale, lot, severity, edition, aql).unwrap(),
            operands,
            check_sentence,
        );
    }
    let disputed = of(Locale::En, 100, Severity::Tightened, iso, "1.5").unwrap();
    assert!(disputed.contains("Sources disagree"), "{disputed}");
}

#[test]
fn every_judgement_has_its_numbers() {
    for verdict in InspectionVerdict::ALL {
        for class in DefectClass::ALL {
            for back_to_normal in [false, true] {
                let of = ClassJudgement {
                    verdict: *verdict,
                    found: 1_234,
                    inspected: 5_678,
                    sample_size: 9_876,
                    accept: 11,
                    reject: 22,
                    back_to_normal,
                };
                let operands: &[&str] = match (verdict, back_to_normal) {
                    (InspectionVerdict::Accept, false) => &["1,234", "5,678", "11"],
                    (InspectionVerdict::Accept, true) => &["1,234", "5,678", "11", "22"],
                    (InspectionVerdict::Hold, _) => &["1,234", "5,678", "9,876"],
                    (InspectionVerdict::Reject, _) => &["1,234", "5,678", "22"],
                };
                check_languages(
                    |locale| class_judgement(locale, *class, &of),
                    operands,
                    check_sentence,
                );
            }
        }
        for (sample, percent) in [(9, Some(d("7.50"))), (90, Some(d("7.50"))), (90, None)] {
            let of = RateJudgement {
                verdict: *verdict,
                defective: 3,
                inspected: 40,
                sample,
                percent,
                defective_batch_percent: d("5"),
            };
            check_languages(|locale| rate_judgement(locale, &of), &[], check_sentence);
        }
        let whole = Judgement {
            verdict: *verdict,
            classes: PerClass::default(),
            rate: None,
        };
        check_languages(
            |locale| judgement(locale, &whole).to_owned(),
            &[],
            check_sentence,
        );
    }
    let rejected = judge_inspection(&Inspection::Rate {
        sample: 40,
        defective_batch_percent: d("5"),
        inspected: None,
        defective: 3,
    });
    assert_eq!(
        rate_judgement(Locale::En, &rejected.rate.unwrap()),
        "3 bad among 40, 7.50\u{a0}%: more than 5\u{a0}%."
    );
}

#[test]
fn every_reason_to_switch_has_words() {
    for (lots, operands) in [
        ("", &[][..]),
        ("++-", &["1", "3"]),
        ("--", &[]),
        ("--++", &["2", "0"]),
        ("--+++++", &[]),
        ("-------", &[]),
    ] {
        let accepted: Vec<bool> = lots.chars().map(|lot| lot == '+').collect();
        let next = next_severity(&accepted);
        check_languages(|locale| switching(locale, &next), operands, check_sentence);
    }
}
