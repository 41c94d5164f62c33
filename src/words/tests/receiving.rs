//! Every code of receiving has words in both languages; messages have their counts; calendars are read by
//! others.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use landfall::check::{Named, parse_instant};
use landfall::money::Figure;
use landfall::policy::Policy;
use landfall::receiving::{
    Aspect, Deadline, DeadlinesRequest, Loss, LossKind, Shipment, Variance, Wish, deadlines,
};
use landfall_words::{
    Counted, DefectCount, DisputeMessage, Locale, aspect, auto_confirm, calendar, clock,
    clock_state, clock_task, confirmed_if_signed, deadline, defect_class, dispute_owner_message,
    loss, not_covered, payment_held, purchase_order, supplier_message, time_left, variance, wish,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use support::{check_languages, check_sentence, check_words, d};

#[test]
fn every_name_differs_from_the_others() {
    fn distinct<T: Named>(name: impl Fn(Locale, T) -> &'static str, check: fn(Locale, &str)) {
        let mut seen = std::collections::BTreeSet::new();
        for value in T::ALL {
            for locale in Locale::ALL {
                let name = name(locale, *value);
                check(locale, name);
                assert!(seen.insert(name), "{name} stands for two things");
            }
        }
    }
    distinct(clock, check_words);
    distinct(clock_task, check_sentence);
    distinct(clock_state, check_words);
    distinct(auto_confirm, check_sentence);
    distinct(variance, check_words);
    distinct(aspect, check_words);
    distinct(wish, check_words);
    for locale in Locale::ALL {
        check_words(locale, payment_held(locale));
        for class in ["critical", "major", "minor", "defective"] {
            check_words(locale, defect_class(locale, class));
        }
        assert_eq!(defect_class(locale, "strange"), "strange");
    }
}

#[test]
fn every_loss_is_said_with_and_without_what_was_paid() {
    for kind in LossKind::ALL {
        let of = |amount_cny: Option<Figure>| Loss {
            kind: *kind,
            amount_cny,
        };
        check_languages(|locale| loss(locale, &of(None)), &[], check_sentence);
        let paid = of(Some(d("3200.50")));
        let operands: &[&str] = match kind {
            LossKind::Storage => &[],
            LossKind::Evidence
            | LossKind::Claim
            | LossKind::Payment
            | LossKind::Return
            | LossKind::Goods => &["CNY\u{a0}3,200.50"],
        };
        check_languages(|locale| loss(locale, &paid), operands, check_sentence);
    }
    check_languages(
        |locale| confirmed_if_signed(locale, "2026-11-25 10:00"),
        &["2026-11-25 10:00"],
        check_sentence,
    );
}

#[test]
fn a_clock_says_what_to_do_and_what_is_lost_until_it_is_done() {
    let at = |text: &str| parse_instant(text);
    let shipment = Shipment {
        order: "117".to_owned(),
        paid_cny: Some(Decimal::new(86050, 2)),
        dispatched_at: at("2026-11-01T00:00:00Z"),
        arrived_at: at("2026-11-10T00:00:00Z"),
        variances: vec![Variance::Defects],
        variance_logged_at: at("2026-11-10T01:00:00Z"),
        ..Shipment::default()
    };
    let request = DeadlinesRequest {
        policy: Policy::default(),
        now: at("2026-11-12T00:00:00Z").unwrap(),
        shipments: vec![shipment],
    };
    let clocks = deadlines(&request).clocks;
    let mut english = clocks.iter().map(|of| deadline(Locale::En, of));
    let told = english.next().unwrap();
    assert_eq!(
        told.replace('\u{a0}', " "),
        "The time for this is over. Send the supplier the counts and photos. Pay nothing out before. The claim against the supplier gets weaker from day to day. CNY 860.50 were paid."
    );
    let confirmed = english.next().unwrap();
    assert!(confirmed.starts_with("Not signed for yet: 1688 confirms"));
    assert_eq!(
        english.next().as_deref(),
        Some("Nothing is left to do here.")
    );
    assert_eq!(english.next(), None);
    for of in &clocks {
        check_languages(|locale| deadline(locale, of), &[], check_sentence);
    }
}

#[test]
fn time_is_said_by_its_two_largest_units() {
    for (seconds, en, zh) in [
        (12_000, "in 3 h 20 min", "3 小时 20 分钟后"),
        (187_200, "in 2 days 4 h", "2 天 4 小时后"),
        (86_400, "in 1 day", "1 天后"),
        (90_061, "in 1 day 1 h", "1 天 1 小时后"),
        (7_200, "in 2 h", "2 小时后"),
        (3_599, "in 59 min", "59 分钟后"),
        (59, "in less than a minute", "不到 1 分钟后"),
        (0, "in less than a minute", "不到 1 分钟后"),
        (-1, "less than a minute ago", "已过不到 1 分钟"),
        (-4_000, "1 h 6 min ago", "已过 1 小时 6 分钟"),
        (-864_000, "10 days ago", "已过 10 天"),
    ] {
        let plain = |locale| time_left(locale, seconds).replace('\u{a0}', " ");
        assert_eq!(plain(Locale::En), en);
        assert_eq!(plain(Locale::Zh), zh);
    }
    for seconds in [i64::MIN, i64::MAX] {
        assert!(!time_left(Locale::En, seconds).is_empty());
    }
}

#[test]
fn what_the_agent_did_not_look_at_is_named() {
    let all = Aspect::ALL;
    for locale in Locale::ALL {
        let sentence = not_covered(locale, all);
        check_sentence(locale, &sentence);
        for of in all {
            assert!(sentence.contains(aspect(locale, *of)));
        }
        check_sentence(locale, &not_covered(locale, &[]));
    }
}

fn about<'a>(counts: &'a [Counted<'a>], variances: &'a [Variance]) -> DisputeMessage<'a> {
    DisputeMessage {
        order: "2026-117",
        platform_order: "3812345678901234567",
        arrived: "2026-11-23 09:00",
        variances,
        counts,
        photos: 6,
        wish: Some(Wish::Refund),
        claimed_cny: Some(Decimal::new(86050, 2)),
        answer_by: "2026-11-24 18:00",
    }
}

fn counts() -> Vec<Counted<'static>> {
    vec![
        Counted {
            sku: "MUG-11",
            ordered: Some(Decimal::from(1500)),
            received: Some(Decimal::from(1480)),
            inspected: Some(50),
            defects: vec![
                DefectCount {
                    class: "major",
                    kind: "rim cracked",
                    units: 5,
                },
                DefectCount {
                    class: "minor",
                    kind: "",
                    units: 2,
                },
            ],
            notes: "",
        },
        Counted {
            sku: "LID-2",
            ordered: Some(Decimal::from(500)),
            received: Some(Decimal::from(500)),
            inspected: None,
            defects: vec![],
            notes: "green instead of blue",
        },
    ]
}

#[test]
fn the_message_to_the_supplier_has_its_counts() {
    let counts = counts();
    let variances = Variance::ALL;
    let message = supplier_message(Locale::En, &about(&counts, variances)).replace('\u{a0}', " ");
    assert_eq!(
        message,
        "Hello, our order 2026-117 (1688 order 3812345678901234567) arrived on 2026-11-23 09:00 (Beijing time), and we found: short shipment, wrong specification, defects.\n\
         1. MUG-11: ordered 1,500 units, received 1,480 units, 20 units short.\n\
         2. MUG-11: inspected 50 units, 7 units defective: 5 × rim cracked (major), 2 minor.\n\
         3. LID-2: green instead of blue\n\
         As proof we send 6 photos.\n\
         We ask for: refund, CNY 860.50.\n\
         Please answer by 2026-11-24 18:00 (Beijing time).\n\
         Until this is settled we do not confirm the receipt. Thank you."
    );
    let message = supplier_message(Locale::Zh, &about(&counts, variances)).replace('\u{a0}', " ");
    assert_eq!(
        message,
        "您好，我们的订单 2026-117（1688 订单号 3812345678901234567）已于 2026-11-23 09:00 到货，验收发现：少货、规格不符、次品。\n\
         1、MUG-11：订 1,500 件，实收 1,480 件，少 20 件。\n\
         2、MUG-11：抽检 50 件，不良 7 件：rim cracked（严重）5 件、轻微 2 件。\n\
         3、LID-2：green instead of blue\n\
         附照片 6 张作为凭证。\n\
         我们的要求：退款 CNY 860.50。\n\
         请在 2026-11-24 18:00 之前答复。\n\
         在解决之前，我们暂不确认收货。谢谢。"
    );
}

#[test]
fn a_message_leaves_out_what_is_not_known() {
    let bare = DisputeMessage {
        order: "9",
        platform_order: "",
        arrived: "",
        variances: &[],
        counts: &[],
        photos: 0,
        wish: None,
        claimed_cny: None,
        answer_by: "",
    };
    let message = supplier_message(Locale::En, &bare);
    assert_eq!(
        message,
        "Hello, something is wrong with our order 9:\nUntil this is settled we do not confirm the receipt. Thank you."
    );
    for locale in Locale::ALL {
        for variances in [&[][..], Variance::ALL] {
            for arrived in ["", "2026-11-23 09:00"] {
                let about = DisputeMessage {
                    arrived,
                    variances,
                    ..bare.clone()
                };
                for line in supplier_message(locale, &about).lines() {
                    check_words(locale, line);
                }
                for line in dispute_owner_message(locale, &about, "", "", "").lines() {
                    check_words(locale, line);
                }
            }
        }
    }
}

#[test]
fn the_message_to_the_owner_has_what_to_decide_on() {
    let counts = counts();
    let variances = [Variance::Defects];
    check_languages(
        |locale| {
            let about = about(&counts, &variances);
            dispute_owner_message(locale, &about, "杯业", "2026-11-23 09:30", "Only 3 % off")
        },
        &[
            "2026-117",
            "1,480",
            "7\u{a0}",
            "CNY\u{a0}860.50",
            "2026-11-23 09:30",
            "杯业",
            "Only 3 % off",
        ],
        |_, message| assert!(message.lines().count() >= 8, "{message}"),
    );
}

/// A clock as it comes of a shipment with this number.
fn clocks(order: &str, now: &str) -> Vec<(String, Deadline)> {
    let request = DeadlinesRequest {
        policy: Policy::default(),
        now: parse_instant(now).unwrap(),
        shipments: vec![Shipment {
            order: order.to_owned(),
            paid_cny: Some(Decimal::new(320_050, 2)),
            dispatched_at: parse_instant("2026-11-20T08:00:00Z"),
            in_warehouse_at: parse_instant("2026-11-22T08:00:00Z"),
            arrived_at: parse_instant("2026-11-22T09:30:00Z"),
            variances: vec![Variance::Defects],
            supplier_contacted_at: parse_instant("2026-11-22T09:45:00Z"),
            ..Shipment::default()
        }],
    };
    let clocks = deadlines(&request).clocks.into_iter();
    clocks
        .map(|deadline| (format!("{}-1", deadline.clock.name()), deadline))
        .collect()
}

/// The lines of a calendar, put together again where they were folded, as their names and values.
fn unfolded(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("\r\n"));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line}");
    }
    let whole = text.replace("\r\n ", "");
    let lines = whole.lines().map(|line| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_owned(), value.to_owned())
    });
    lines.collect()
}

#[test]
fn a_calendar_has_what_still_runs_with_a_reminder() {
    let now = "2026-11-22T10:00:00Z";
    let all = clocks("2026-117", now);
    let text = calendar(Locale::En, parse_instant(now).unwrap(), &all);
    let lines = unfolded(&text);
    let of = |name: &str| -> Vec<&str> {
        let lines = lines.iter().filter(|(other, _)| other == name);
        lines.map(|(_, value)| value.as_str()).collect()
    };
    assert_eq!(lines.first().unwrap().1, "VCALENDAR");
    assert_eq!(
        lines.last().unwrap(),
        &("END".to_owned(), "VCALENDAR".to_owned())
    );
    // Neither the dispute, which has no end, nor what was done.
    assert_eq!(
        of("UID"),
        [
            "logVariance-1",
            "agentReturn-1",
            "autoConfirm-1",
            "storage-1"
        ]
    );
    assert_eq!(
        of("DTSTART"),
        [
            "20261122T113000Z",
            "20261127T080000Z",
            "20261220T080000Z",
            "20270220T080000Z"
        ]
    );
    assert_eq!(
        of("TRIGGER"),
        ["-PT30M", "-PT1440M", "-PT1440M", "-PT1440M"]
    );
    assert_eq!(of("DTSTAMP"), ["20261122T100000Z"; 4]);
    assert_eq!(of("SUMMARY")[0], "Log the variance: PO\u{a0}2026-117");
    assert!(of("DESCRIPTION")[4].contains("1688 pays CNY\u{a0}3\\,200.50 to the supplier."));
    for kind in ["VEVENT", "VALARM"] {
        assert_eq!(of("BEGIN").iter().filter(|of| **of == kind).count(), 4);
        assert_eq!(of("END").iter().filter(|of| **of == kind).count(), 4);
    }
    let later = calendar(
        Locale::Zh,
        parse_instant(now).unwrap(),
        &clocks("2026-117", "2026-11-28T00:00:00Z"),
    );
    assert!(
        !later.contains("agentReturn"),
        "what is overdue is no appointment"
    );
    assert!(unfolded(&calendar(Locale::En, parse_instant(now).unwrap(), &[])).len() == 4);
}

proptest! {
    /// Whatever an order is called, a calendar has the same lines, and the name can be read back.
    #[test]
    fn no_text_breaks_out_of_its_line(order in any::<String>(), id in "[ -~]{0,200}") {
        let now = "2026-11-22T10:00:00Z";
        let mut all = clocks(&order, now);
        all.truncate(1);
        all[0].0 = id.clone();
        for locale in Locale::ALL {
            let lines = unfolded(&calendar(locale, parse_instant(now).unwrap(), &all));
            let names: Vec<&str> = lines.iter().map(|(name, _)| name.as_str()).collect();
            prop_assert_eq!(names, [
                "BEGIN", "VERSION", "PRODID", "BEGIN", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "BEGIN",
                "ACTION", "DESCRIPTION", "TRIGGER", "END", "END", "END",
            ]);
            let read = |text: &str| {
                let mut read = String::new();
                let mut letters = text.chars();
                while let Some(letter) = letters.next() {
                    read.push(match (letter, letter == '\\') {
                        (_, true) => match letters.next() { Some('n') => '\n', other => other.unwrap() },
                        (letter, false) => letter,
                    });
                }
                read
            };
            let kept: String = order.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
            prop_assert!(read(&lines[7].1).ends_with(&kept));
            prop_assert_eq!(read(&lines[4].1), id.clone());
        }
    }
}

#[test]
fn an_order_that_says_what_it_is_stands_alone() {
    assert_eq!(purchase_order(Locale::En, "2026-117"), "PO\u{a0}2026-117");
    assert_eq!(
        purchase_order(Locale::Zh, "2026-117"),
        "采购单\u{a0}2026-117"
    );
    for locale in Locale::ALL {
        assert_eq!(purchase_order(locale, "PO-2026-117"), "PO-2026-117");
        assert_eq!(purchase_order(locale, "po7"), "po7");
    }
    assert_eq!(purchase_order(Locale::En, "é"), "PO\u{a0}é");
}
