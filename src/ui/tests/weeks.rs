//! The week in the owner's zone, its three numbers, and the orders behind them.

use chrono::{NaiveDateTime, TimeDelta};
use landfall::check::parse_instant;
use landfall::control::{IsoWeek, State};
use landfall_workspace::record::{Key, Kind, Stamp};

use super::*;
use crate::time::Zone;
use crate::week::week_page;

fn instant(text: &str) -> NaiveDateTime {
    parse_instant(text).unwrap_or_else(|| panic!("{text}"))
}

/// A zone: its minutes ahead of UTC, and the instants from which they are others.
fn zone(first: i32, changes: &[(&str, i32)]) -> Zone {
    let changes = changes
        .iter()
        .map(|(from, offset)| (instant(from), *offset));
    Zone(
        [(NaiveDateTime::MIN, first)]
            .into_iter()
            .chain(changes)
            .collect(),
    )
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_day_begins_where_the_clocks_of_its_zone_say() {
    let berlin = || {
        zone(
            60,
            &[("2026-03-29T01:00:00Z", 120), ("2026-10-25T01:00:00Z", 60)],
        )
    };
    let new_york = || {
        zone(
            -300,
            &[
                ("2026-03-08T07:00:00Z", -240),
                ("2026-11-01T06:00:00Z", -300),
            ],
        )
    };
    let auckland = || {
        zone(
            780,
            &[("2026-04-04T14:00:00Z", 720), ("2026-09-26T14:00:00Z", 780)],
        )
    };
    // The clocks go from 24:00 to 23:00, and from 24:00 to 01:00: there is no midnight then.
    let santiago = || {
        zone(
            -180,
            &[
                ("2026-04-05T03:00:00Z", -240),
                ("2026-09-06T04:00:00Z", -180),
            ],
        )
    };
    // The last hour of 29 October is there twice, and the first one of 24 April isn't.
    let cairo = || {
        zone(
            120,
            &[("2026-04-23T22:00:00Z", 180), ("2026-10-29T21:00:00Z", 120)],
        )
    };
    // The clocks go from 01:00 to 00:00: there are two midnights.
    let havana = || {
        zone(
            -300,
            &[
                ("2026-03-08T05:00:00Z", -240),
                ("2026-11-01T05:00:00Z", -300),
            ],
        )
    };
    // 30 December 2011 wasn't there at all.
    let apia = || zone(-600, &[("2011-12-30T10:00:00Z", 840)]);
    for (name, zone, date, begins) in [
        ("Berlin", berlin(), "2026-03-29", "2026-03-28T23:00:00Z"),
        ("Berlin", berlin(), "2026-03-30", "2026-03-29T22:00:00Z"),
        ("Berlin", berlin(), "2026-10-25", "2026-10-24T22:00:00Z"),
        ("Berlin", berlin(), "2026-10-26", "2026-10-25T23:00:00Z"),
        ("New York", new_york(), "2026-03-08", "2026-03-08T05:00:00Z"),
        ("New York", new_york(), "2026-03-09", "2026-03-09T04:00:00Z"),
        ("New York", new_york(), "2026-11-01", "2026-11-01T04:00:00Z"),
        ("New York", new_york(), "2026-11-02", "2026-11-02T05:00:00Z"),
        (
            "Shanghai",
            zone(480, &[]),
            "2026-11-16",
            "2026-11-15T16:00:00Z",
        ),
        (
            "Kolkata",
            zone(330, &[]),
            "2026-11-16",
            "2026-11-15T18:30:00Z",
        ),
        ("Auckland", auckland(), "2026-04-05", "2026-04-04T11:00:00Z"),
        ("Auckland", auckland(), "2026-04-06", "2026-04-05T12:00:00Z"),
        ("Auckland", auckland(), "2026-09-28", "2026-09-27T11:00:00Z"),
        ("Santiago", santiago(), "2026-04-05", "2026-04-05T04:00:00Z"),
        ("Santiago", santiago(), "2026-09-06", "2026-09-06T04:00:00Z"),
        ("Cairo", cairo(), "2026-04-24", "2026-04-23T22:00:00Z"),
        ("Cairo", cairo(), "2026-10-30", "2026-10-29T22:00:00Z"),
        ("Havana", havana(), "2026-03-08", "2026-03-08T05:00:00Z"),
        ("Havana", havana(), "2026-11-01", "2026-11-01T04:00:00Z"),
        ("Apia", apia(), "2011-12-29", "2011-12-29T10:00:00Z"),
        ("Apia", apia(), "2011-12-31", "2011-12-30T10:00:00Z"),
        (
            "unknown",
            Zone::default(),
            "2026-11-16",
            "2026-11-16T00:00:00Z",
        ),
    ] {
        let first = zone.first_instant(day(date));
        assert_eq!(first, instant(begins), "{name} {date}");
        assert_eq!(zone.day_of(first), day(date), "{name} {date}");
        let before = zone.day_of(first - TimeDelta::seconds(1));
        assert!(before < day(date), "{name} {date}: {before} ends before it");
    }
}

#[test]
fn every_day_of_a_zone_ends_where_the_next_begins() {
    let zones = [
        zone(
            60,
            &[("2026-03-29T01:00:00Z", 120), ("2026-10-25T01:00:00Z", 60)],
        ),
        zone(
            -180,
            &[
                ("2026-04-05T03:00:00Z", -240),
                ("2026-09-06T04:00:00Z", -180),
            ],
        ),
        zone(
            120,
            &[("2026-04-23T22:00:00Z", 180), ("2026-10-29T21:00:00Z", 120)],
        ),
    ];
    for zone in zones {
        let mut hours = Vec::new();
        for date in day("2026-01-01").iter_days().take(365) {
            let next = date.succ_opt().unwrap();
            let (from, to) = (zone.first_instant(date), zone.first_instant(next));
            assert_eq!(zone.day_of(from), date);
            assert_eq!(zone.day_of(to - TimeDelta::seconds(1)), date);
            hours.push((to - from).num_hours());
        }
        hours.sort_unstable();
        hours.dedup();
        assert_eq!(hours, [23, 24, 25]);
    }
}

fn record(kind: Kind, id: &str, data: &str) -> String {
    let stamp = Stamp::new("d9", "2026-11-01T00:00:00Z");
    Record::new(Key::new(kind, id).unwrap(), data, stamp).write()
}

/// The page with rules that name this zone, and what the browser was asked.
fn ruled_by(zone: &str) -> (Model, Vec<Effect>) {
    let policy = format!(r#"{{"version":1,"effectiveFrom":"2026-01-01","timeZone":"{zone}"}}"#);
    let records = vec![record(Kind::Policy, "p1", &policy)];
    update(&example(), Msg::Store(StoreEvent::Changed(records)))
}

#[test]
fn weeks_count_by_the_owners_clock_wherever_the_device_is() {
    // By the clock of the device it is Sunday, in Shanghai Monday has begun.
    let mut opening = example();
    opening.offset = -300;
    opening.zone = Rc::new(zone(-300, &[]));
    let late = instant("2026-11-22T17:00:00Z");
    assert_eq!(opening.owner_zone().day_of(late), day("2026-11-22"));
    let (model, effects) = ruled_by("Asia/Shanghai");
    assert_eq!(effects, [Effect::Zone("Asia/Shanghai".into())]);
    let found = Msg::Zone("Asia/Shanghai".into(), Some(zone(480, &[])));
    let model = sent(&model, found);
    assert_eq!(model.owner_zone().day_of(late), day("2026-11-23"));
    // It is asked for once.
    assert_eq!(update(&model, Msg::Step).1, []);
}

#[test]
fn a_zone_that_nobody_knows_gives_way_to_that_of_the_device() {
    let (model, _) = ruled_by("Mars/Olympus");
    let model = sent(&model, Msg::Zone("Mars/Olympus".into(), None));
    assert_eq!(model.unknown_zone(), Some("Mars/Olympus"));
    let evening = instant("2026-11-22T17:00:00Z");
    assert_eq!(model.owner_zone().day_of(evening), day("2026-11-23"));
    // What comes of an earlier question says nothing.
    let model = sent(
        &model,
        Msg::Zone("Asia/Kolkata".into(), Some(zone(330, &[]))),
    );
    assert_eq!(model.unknown_zone(), Some("Mars/Olympus"));
}

#[test]
fn a_week_of_years_end_has_its_bounds() {
    let zone = zone(480, &[]);
    let week = IsoWeek::parse("2026-W53").unwrap();
    assert_eq!(
        zone.first_instant(week.monday()),
        instant("2026-12-27T16:00:00Z")
    );
    assert_eq!(
        zone.first_instant(week.next().monday()),
        instant("2027-01-03T16:00:00Z")
    );
    assert_eq!(
        IsoWeek::of(zone.day_of(instant("2027-01-03T15:59:59Z"))),
        week
    );
    assert_eq!(
        IsoWeek::of(zone.day_of(instant("2027-01-03T16:00:00Z"))).to_string(),
        "2027-W01"
    );
}

/// An order of 100 mugs that arrived on a day of November or October; what it cost landed, by component.
fn arrived(id: &str, day: &str, landed: &str, defective: u32) -> [String; 2] {
    let order = format!(
        r#"{{"number":"PO-{id}","supplierId":"s1","supplierName":"Mug & House","createdAt":"2026-10-01T02:00:00Z","expectedDelivery":"2026-11-10","lines":[{{"itemCode":"MUG","unitPriceCny":"10","quantity":"100","landed":{{{landed}}}}}],"landedCost":{{"currency":"USD","total":"0","components":{{}}}}}}"#
    );
    let receipt = format!(
        r#"{{"orderId":"o{id}","arrivedAt":"2026-{day}T08:00:00Z","result":"accept","finishedAt":"2026-{day}T09:00:00Z","lots":[{{"sku":"MUG","inspected":50,"found":{{"defective":{defective}}}}}]}}"#
    );
    [
        record(Kind::Order, &format!("o{id}"), &order),
        record(Kind::Receipt, &format!("r{id}"), &receipt),
    ]
}

/// The page of this week, after these records came.
fn at_week(week: &str, records: Vec<String>) -> Model {
    let model = sent(&example(), Msg::Store(StoreEvent::Changed(records)));
    sent(&model, Msg::Went(format!("#/week/{week}")))
}

/// One order of the month before, and one of this week that costs more: freight rose, duty fell.
fn two_orders() -> Model {
    let before = arrived(
        "1",
        "10-20",
        r#""goods":"150","internationalShipping":"40","importDuty":"10""#,
        0,
    );
    let now = arrived(
        "2",
        "11-12",
        r#""goods":"150","internationalShipping":"65","importDuty":"6""#,
        3,
    );
    at_week("2026-W46", before.into_iter().chain(now).collect())
}

fn page(model: &Rc<Model>) -> Html {
    week_page(model)
}

/// What is read on the page.
fn read(model: &Model) -> String {
    let html = drawn(model, page);
    check_ids(&html);
    let mut text = String::new();
    for part in html.split('<') {
        let (_, after) = part.split_once('>').unwrap_or(("", part));
        text.extend([after, " "]);
    }
    let text = text.replace('\u{a0}', " ").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn shows_all(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no “{part}” in: {text}");
    }
}

#[test]
fn each_number_says_its_state_its_range_and_what_was_counted() {
    let model = two_orders();
    let text = read(&model);
    shows_all(
        &text,
        &[
            "Week 46 of 2026 2026-11-09 – 2026-11-15",
            "Defect rate 6.00 % Out of range 6 % of 50 units inspected were defective (3); normal is up to 3 %.",
            "Lead time against plan +2.0 days Normal Orders arrived 2 days late on average",
            "Landed cost against last month +10.50 % Watch Like for like, landed cost rose by 10.5 % against the month before: USD 221.00 instead of USD 200.00, USD 21.00 more; normal is up to 10 % up or down.",
            "International shipping +25.00",
            "Import duty −4.00",
            "All parts, USD +21.00",
        ],
    );
    let report = model
        .weeks
        .report(IsoWeek::parse("2026-W46").unwrap())
        .unwrap();
    assert_eq!(report.defects.state, State::OutOfRange);
}

#[test]
fn a_week_without_data_is_a_gap_and_never_0() {
    let model = two_orders();
    let html = drawn(&model, page);
    // Of twelve weeks one or two have something: each has its point, and no line joins them over a gap.
    let points = tags(&html).into_iter().filter(|tag| {
        tag.get("class")
            .is_some_and(|class| class.starts_with("point "))
    });
    let in_pictures = points.filter(|tag| tag.get("transform") != Some("translate(8 8)"));
    assert_eq!(in_pictures.count(), 5);
    assert!(!html.contains("class=\"trend\""), "{html}");
    let empty = sent(&model, Msg::Went("#/week/2026-W45".to_owned()));
    let text = read(&empty);
    shows_all(
        &text,
        &[
            "Defect rate — No data Nothing that arrived in this week was inspected. An inspection that is finished on Receiving fills this in. Normal is up to 3 %.",
            "Lead time against plan — No data No order with a planned day arrived in this week. It takes",
            "Landed cost against last month — No data Nothing that arrived in this week can be compared",
            "No red flag in this week.",
        ],
    );
    // The one batch of week 43 had no defective unit: that is 0.
    shows_all(&text, &["2026-W44 — No data 2026-W43 0.00 % Normal"]);
}

#[test]
fn every_number_opens_the_orders_behind_it() {
    let model = two_orders();
    let press = |place: &str, action: &str| {
        let message = Msg::Pressed(format!("week.numbers.{place}"), action.to_owned());
        let (model, effects) = update(&model, message);
        assert_eq!(effects, [Effect::Focus("week-behind".to_owned())]);
        (read(&model), drawn(&model, page))
    };
    let (text, html) = press("defects", "2026-W46");
    shows_all(
        &text,
        &[
            "Defect rate Week 46 of 2026",
            "PO-2 Mug & House 6.00 % 3 50 defective",
        ],
    );
    shows_all(&html, &["href=\"#/orders/o2\"", "href=\"#/receiving/r2\""]);
    let (text, _) = press("defects", "2026-W43");
    shows_all(
        &text,
        &["Week 43 of 2026", "PO-1 Mug & House 0.00 % 0 50 fine"],
    );
    let (text, _) = press("leadTime", "2026-W46");
    shows_all(&text, &["PO-2 Mug & House +2 days 40 42"]);
    let (text, _) = press("cost", "2026-W46");
    shows_all(
        &text,
        &["PO-2 Mug & House +21.00 (+10.50 %) 221.00 200.00 MUG 100"],
    );
    let (text, _) = press("cost", "2026-W46:importDuty");
    shows_all(
        &text,
        &[
            "Landed cost against last month · Import duty Week 46",
            "PO-2 Mug & House −4.00 221.00 200.00 MUG 100",
        ],
    );
    // Whatever a button of the page says opens something.
    for (place, action) in buttons(&drawn(&model, page)) {
        if let Some(place) = place.strip_prefix("week.numbers.") {
            press(place, &action);
        }
    }
    let open = pressed(&model, "week.numbers.cost", "2026-W46");
    let closed = pressed(&open, "week.numbers.close", "close");
    assert!(drawn(&open, page).contains("id=\"week-behind\""));
    assert!(!drawn(&closed, page).contains("id=\"week-behind\""));
}

#[test]
fn lines_that_cannot_be_compared_are_listed() {
    let stranger = arrived("3", "11-13", r#""goods":"70""#, 0);
    let stranger = stranger.map(|text| text.replace("\"MUG\"", "\"JUG\""));
    let costless = arrived("4", "11-13", "", 0);
    let before = arrived("1", "10-20", r#""goods":"150""#, 0);
    let records = [before, stranger, costless].into_iter().flatten().collect();
    let model = at_week("2026-W46", records);
    let text = read(&model);
    shows_all(
        &text,
        &[
            "Lines without a baseline",
            "Lines whose landed cost isn’t known",
        ],
    );
    let open = pressed(&model, "week.numbers.cost", "2026-W46:notCompared");
    shows_all(
        &read(&open),
        &[
            "PO-3 Mug & House JUG no baseline",
            "PO-4 Mug & House MUG no landed cost",
        ],
    );
}

#[test]
fn a_change_of_the_records_is_in_the_numbers_at_once() {
    let model = two_orders();
    let more = arrived("5", "11-14", r#""goods":"150""#, 0);
    let model = sent(&model, Msg::Store(StoreEvent::Changed(more.to_vec())));
    shows_all(
        &read(&model),
        &["3.00 % Normal 3 % of 100 units inspected were defective (3);"],
    );
}

#[test]
fn a_first_visit_says_what_will_be_there() {
    let model = sent(&example(), Msg::Went("#/week".to_owned()));
    let text = read(&model);
    shows_all(
        &text,
        &[
            "Three numbers will stand here",
            "Bring in the order export of 1688",
        ],
    );
    shows_all(&drawn(&model, page), &["href=\"#/data\""]);
}

#[test]
fn a_zone_that_is_not_known_is_said() {
    let (model, _) = ruled_by("Mars/Olympus");
    let model = sent(&model, Msg::Zone("Mars/Olympus".into(), None));
    let model = sent(&model, Msg::Went("#/week".to_owned()));
    shows_all(
        &read(&model),
        &["“Mars/Olympus” isn’t known to this browser"],
    );
}

#[test]
fn the_flag_of_escalations_leads_to_the_rule_that_caused_most() {
    let escalation = |number: u32, rule: &str| {
        let data = format!(
            r#"{{"subject":"PO","rule":"{rule}","raisedAt":"2026-11-1{number}T08:00:00Z"}}"#
        );
        record(Kind::Escalation, &format!("e{number}"), &data)
    };
    let mut records: Vec<String> = (0..4)
        .map(|number| escalation(number, "price-increase"))
        .collect();
    records.extend([
        escalation(4, "order-value, price-increase"),
        escalation(5, "dispute"),
    ]);
    records.extend(arrived("1", "11-12", "", 0));
    let model = at_week("2026-W46", records);
    let text = read(&model);
    shows_all(
        &text,
        &[
            "6 cases reached the owner in this week",
            "Name the gap in the rules",
        ],
    );
    let message = Msg::Pressed("week.flags.rule".to_owned(), "price-increase".to_owned());
    assert!(
        buttons(&drawn(&model, page))
            .contains(&("week.flags.rule".to_owned(), "price-increase".to_owned()))
    );
    let (_, effects) = update(&model, message);
    let field = "desk.data.orders.priceIncreasePercent".to_owned();
    assert_eq!(
        effects,
        [Effect::Go("#/policy".to_owned()), Effect::Focus(field)]
    );
}

#[test]
fn an_order_that_costs_much_more_without_approval_is_flagged() {
    let before = arrived("1", "10-20", r#""goods":"150""#, 0);
    let now = arrived(
        "2",
        "11-12",
        r#""goods":"150","internationalShipping":"31""#,
        0,
    );
    let model = at_week("2026-W46", before.iter().chain(&now).cloned().collect());
    let text = read(&model);
    shows_all(
        &text,
        &[
            "landed cost is 20.67 % above the month before",
            "Most of it: International shipping",
        ],
    );
    let stop = r#"{"rule":"price-increase","outcome":"hardStop","subject":"MUG"}"#;
    let approved = now[0].replace(
        r#""createdAt"#,
        &format!(r#""findings":[{stop}],"createdAt"#),
    );
    let decision = format!(
        r#"{{"orderId":"o2","rule":"price-increase","finding":{stop},"outcome":"approve","by":"Mei","at":"2026-11-12T00:00:00Z"}}"#
    );
    let records = vec![
        approved,
        now[1].clone(),
        record(Kind::Decision, "d1", &decision),
    ];
    let model = at_week("2026-W46", before.into_iter().chain(records).collect());
    assert!(
        read(&model).contains("No red flag in this week."),
        "{}",
        read(&model)
    );
}
