//! Every code of suppliers and quotes has words in both languages, with its operands in them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use landfall::check::Named;
use landfall::landed_cost::{Concern, Warning};
use landfall::quotes::{ComparisonNote, PlatformOrderAmount};
use landfall::supplier::{
    Answers, Axis, AxisReading, AxisScore, ChecklistEntry, ChecklistItem, DefectRate, Deliveries,
    FlagSource, Grade, Observed, PerformanceAxes, PerformanceAxis, PriceRise, RaisedFlag,
    Readiness, RedFlag, Risk, State, SupplierGrade, SupplierScore, Tier,
};
use landfall_words::{
    Inquiry, Locale, band, checklist_entry, checklist_item, comparison_note, evidence_axis,
    grade_meaning, inquiry, observed, payment_terms, performance, performance_axis, platform_order,
    raised_flag, readiness, red_flag, risk, state, supplier_grade, supplier_score, tier, warning,
};
use support::{check_complete, check_languages, check_sentence, check_words, d};

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
    distinct(checklist_item);
    distinct(state);
    distinct(red_flag);
    distinct(evidence_axis);
    distinct(band);
    distinct(risk);
    distinct(tier);
    distinct(payment_terms);
    distinct(performance_axis);
    distinct(readiness);
    distinct(grade_meaning);
}

#[test]
fn every_item_has_a_sentence_in_every_state() {
    for item in ChecklistItem::ALL {
        for state in State::ALL {
            let is_number = match item {
                ChecklistItem::Transactions
                | ChecklistItem::Years
                | ChecklistItem::ResponseHours => true,
                ChecklistItem::Verified | ChecklistItem::WarehousePhotos => false,
            };
            let entry = ChecklistEntry {
                item: *item,
                state: *state,
                observed: (is_number && *state != State::Unknown).then(|| d("1234.5")),
                limit: is_number.then(|| d("77")),
            };
            let operands: &[&str] = match (is_number, state) {
                (true, State::Met | State::Unmet) => &["1,234.5", "77"],
                (true, State::Unknown) => &["77"],
                (false, State::Met | State::Unmet | State::Unknown) => &[],
            };
            check_languages(
                |locale| checklist_entry(locale, &entry),
                operands,
                check_sentence,
            );
        }
    }
    for readiness in Readiness::ALL {
        let score = |is_disqualified| SupplierScore {
            readiness: *readiness,
            checklist: Vec::new(),
            red_flags: Vec::new(),
            is_disqualified,
            evidence: Vec::new(),
            payment_terms: None,
        };
        let said = |is_disqualified| {
            check_languages(
                |locale| supplier_score(locale, &score(is_disqualified)).to_owned(),
                &[],
                check_sentence,
            );
            supplier_score(Locale::En, &score(is_disqualified))
        };
        assert_ne!(said(false), said(true));
    }
}

fn flag(flag: RedFlag, source: FlagSource, figures: [Option<&str>; 3]) -> RaisedFlag {
    let [observed, limit, median_cny] = figures.map(|figure| figure.map(d));
    RaisedFlag {
        flag,
        source,
        observed,
        limit,
        median_cny,
    }
}

#[test]
fn every_red_flag_has_a_sentence() {
    let check = |raised: &RaisedFlag, operands: &[&str]| {
        check_languages(
            |locale| raised_flag(locale, raised),
            operands,
            check_sentence,
        );
    };
    for said in RedFlag::ALL {
        check(&flag(*said, FlagSource::Said, [None; 3]), &[]);
    }
    let computed = FlagSource::Computed;
    check(&flag(RedFlag::NoMembership, computed, [None; 3]), &[]);
    check(
        &flag(
            RedFlag::NoMembership,
            computed,
            [Some("0.5"), Some("1"), None],
        ),
        &["0.5", "1"],
    );
    check(
        &flag(
            RedFlag::PriceFarBelowMarket,
            computed,
            [Some("41.12"), Some("40"), Some("8.75")],
        ),
        &["41.12", "40", "CNY\u{a0}8.75"],
    );
}

#[test]
fn what_is_known_is_told_with_its_unit() {
    let told = |axis, locale| {
        let reading = AxisReading {
            axis,
            observed: Observed::Number(d("1234.50")),
            band: None,
            tier: None,
            risk: None,
        };
        observed(locale, &reading)
    };
    assert_eq!(told(Axis::RepeatPurchase, Locale::En), "1,234.50\u{a0}%");
    assert_eq!(told(Axis::Deposit, Locale::Zh), "CNY\u{a0}1,234.50");
    assert_eq!(told(Axis::AnswerHours, Locale::En), "1,234.5\u{a0}h");
    assert_eq!(told(Axis::AnswerHours, Locale::Zh), "1,234.5\u{a0}小时");
    assert_eq!(told(Axis::FloorArea, Locale::En), "1,234.5\u{a0}m²");
    assert_eq!(told(Axis::Pieces, Locale::En), "1,234.5");
    let badge = AxisReading {
        axis: Axis::Membership,
        observed: Observed::Name("实力商家".to_owned()),
        band: None,
        tier: Some(Tier::StrongMerchant),
        risk: Some(Risk::Low),
    };
    assert_eq!(observed(Locale::En, &badge), "实力商家");
}

/// The grade of a supplier of which the log says everything, or nothing.
fn graded(grade: Option<Grade>, batches: usize, is_known: bool) -> SupplierGrade {
    let axis = AxisScore {
        score: is_known.then(|| d("88.23")),
        weight: d("40"),
        shared_weight: d("40.00"),
    };
    SupplierGrade {
        score: is_known.then(|| d("88.23")),
        grade,
        is_provisional: batches < 3,
        batches,
        axes: PerformanceAxes {
            quality: axis,
            delivery: axis,
            service: axis,
            cost: axis,
        },
        defect_rate: is_known.then(|| DefectRate {
            inspected: 2_550,
            defective: 30,
            percent: d("1.18"),
            upper_percent: d("1.68"),
        }),
        deliveries: is_known.then(|| Deliveries {
            dated: 7,
            on_time: 6,
            on_time_percent: Some(d("85.71")),
            counted: 9,
            complete: 8,
            complete_percent: Some(d("88.89")),
        }),
        answers: is_known.then(|| Answers {
            count: 17,
            median_hours: d("2.5"),
        }),
        price_rise: is_known.then(|| PriceRise {
            compared: 13,
            mean_percent: d("2.44"),
        }),
    }
}

#[test]
fn every_grade_says_what_to_do_and_how_firm_it_is() {
    for grade in Grade::ALL {
        let firm = graded(Some(*grade), 3, true);
        check_languages(|locale| supplier_grade(locale, &firm), &[], check_sentence);
        for batches in 0..3 {
            let provisional = graded(Some(*grade), batches, true);
            let found = batches.to_string();
            check_languages(
                |locale| supplier_grade(locale, &provisional),
                &[found.as_str(), "3"],
                check_sentence,
            );
        }
    }
    let none = graded(None, 0, false);
    check_languages(|locale| supplier_grade(locale, &none), &[], check_sentence);
}

#[test]
fn every_axis_says_how_its_score_came_about() {
    let known = graded(Some(Grade::B), 3, true);
    let unknown = graded(None, 0, false);
    let mut dated = known.clone();
    let mut counted = known.clone();
    dated.deliveries.as_mut().unwrap().complete_percent = None;
    counted.deliveries.as_mut().unwrap().on_time_percent = None;
    for axis in PerformanceAxis::ALL {
        let operands: &[&str] = match axis {
            PerformanceAxis::Quality => &["1.18", "1.68", "30", "2,550"],
            PerformanceAxis::Delivery => &["85.71", "88.89", "6", "7", "8", "9", "÷ 2"],
            PerformanceAxis::Service => &["17", "2.5"],
            PerformanceAxis::Cost => &["2.44", "13"],
        };
        let told = |of: &SupplierGrade, operands: &[&str]| {
            check_languages(
                |locale| performance(locale, of, *axis),
                operands,
                check_words,
            );
        };
        told(&known, operands);
        told(&unknown, &[]);
        if *axis == PerformanceAxis::Delivery {
            told(&dated, &["85.71", "6", "7"]);
            told(&counted, &["88.89", "8", "9"]);
        }
    }
}

#[test]
fn every_note_of_a_comparison_has_a_sentence() {
    let notes = [ComparisonNote::UnitsDiffer, ComparisonNote::RatesDiffer];
    for note in notes {
        check_languages(
            |locale| comparison_note(locale, note).to_owned(),
            &[],
            check_sentence,
        );
    }
    check_complete(&notes, 2, |note| match note {
        ComparisonNote::UnitsDiffer => 0,
        ComparisonNote::RatesDiffer => 1,
    });
}

#[test]
fn a_warning_of_a_quote_names_the_line_of_the_quote() {
    let duplicate = Warning {
        path: "quotes[4].request.lines[2].sku".to_owned(),
        concern: Concern::DuplicateSku {
            sku: "MUG".to_owned(),
            earlier: 0,
        },
    };
    check_languages(
        |locale| warning(locale, &duplicate),
        &["3", "MUG", "1"],
        check_sentence,
    );
}

#[test]
fn the_amount_of_a_platform_order_opens() {
    let amount = PlatformOrderAmount {
        currency: "CNY",
        goods: d("1250.00"),
        domestic_shipping: d("80.00"),
        international_shipping: d("640.50"),
        subtotal: d("1970.50"),
        bank_fee_percent: d("3"),
        bank_fee: d("59.12"),
        total: d("2029.62"),
    };
    check_languages(
        |locale| platform_order(locale, &amount),
        &[
            "1,250.00",
            "80.00",
            "640.50",
            "1,970.50",
            "59.12",
            "CNY\u{a0}2,029.62",
        ],
        check_words,
    );
}

#[test]
fn an_inquiry_asks_for_what_an_order_needs() {
    let link = "https://detail.1688.com/offer/700000000001.html";
    let about = Inquiry {
        product: "Mug 350 ml",
        link: Some(link),
        pieces: 1_500,
    };
    check_languages(
        |locale| inquiry(locale, &about),
        &["Mug 350 ml", "1,500", link],
        |locale, message| message.lines().for_each(|line| check_words(locale, line)),
    );
    let said = |locale, words: &[&str]| {
        let message = inquiry(locale, &about);
        let mut missing = words.iter().filter(|word| !message.contains(**word));
        assert_eq!(missing.next(), None, "{message}");
    };
    said(
        Locale::En,
        &[
            "in stock",
            "made to order",
            "photos",
            "price",
            "freight",
            "minimum order",
            "sample",
            "production",
            "defective",
            "terms of payment",
        ],
    );
    said(
        Locale::Zh,
        &[
            "现货",
            "定做",
            "实拍图",
            "单价",
            "运费",
            "起订量",
            "样品",
            "生产周期",
            "次品",
            "付款方式",
        ],
    );
    let without_link = Inquiry {
        link: None,
        ..about
    };
    assert!(!inquiry(Locale::Zh, &without_link).contains("http"));
}
