//! Every code has words in both languages, with its operands in them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use landfall::check::{Named, parse_date};
use landfall::finding::{
    Finding, Outcome, PreviousPrice, PriceRange, RecordField, Rule, SpecificationPart, Standing,
};
use landfall::issue::{Because, Issue, Kind, Problem, Range};
use landfall::landed_cost::{
    Base, Basis, ChargeComponent, ChargePart, ChargeWorking, Chargeable, Component, Concern,
    GovernedBy, Key, Missing, Mode, Part, PartName, Payee, RateWorking, Share, TierWorking,
    Warning, Weighed, Working,
};
use landfall::money::Currency;
use landfall::policy::OrderValueBasis;
use landfall_words::{
    Locale, base, basis, charge_component, charge_working, chargeable, component, finding, issue,
    key, mode, order_value_basis, payee, record_field, rule, specification_part, warning, working,
};
use support::{check_complete, check_languages, check_sentence, check_words, d};

fn problems() -> Vec<(Problem, Vec<&'static str>)> {
    let mut problems = vec![
        (
            Problem::NotJson {
                line: 3,
                column: 17,
            },
            vec!["3", "17"],
        ),
        (Problem::Required, vec![]),
        (
            Problem::UnknownField {
                did_you_mean: Some("quantity"),
            },
            vec!["“quantity”"],
        ),
        (Problem::UnknownField { did_you_mean: None }, vec![]),
        (
            Problem::NotDecimal {
                found: "1,5".to_owned(),
            },
            vec!["“1,5”", "10", "8"],
        ),
        (
            Problem::NotDecimal {
                found: String::new(),
            },
            vec!["10", "8"],
        ),
        (Problem::NotExact, vec!["\"12.50\""]),
        (
            Problem::NotInteger {
                found: "2.5".to_owned(),
            },
            vec!["“2.5”"],
        ),
        (
            Problem::NotInteger {
                found: String::new(),
            },
            vec![],
        ),
        (
            Problem::UnknownValue {
                found: "boat".to_owned(),
                allowed: &["air", "sea"],
            },
            vec!["“boat”", "air", "sea"],
        ),
        (
            Problem::UnknownValue {
                found: "boat".to_owned(),
                allowed: &[],
            },
            vec!["“boat”"],
        ),
        (
            Problem::BadDate {
                found: "2026-02-30".to_owned(),
            },
            vec!["“2026-02-30”"],
        ),
        (
            Problem::BadInstant {
                found: "2026-11-20 9:30".to_owned(),
            },
            vec!["“2026-11-20 9:30”"],
        ),
        (
            Problem::BadWeek {
                found: "2026-47".to_owned(),
            },
            vec!["“2026-47”", "2026-W47"],
        ),
        (
            Problem::NotWithin {
                earliest: "2026-11-15T10:00:00Z".to_owned(),
                latest: "2026-11-16T14:00:00Z".to_owned(),
            },
            vec!["2026-11-15T10:00:00Z", "2026-11-16T14:00:00Z"],
        ),
        (
            Problem::BadSeed {
                found: "12ab".to_owned(),
            },
            vec!["“12ab”", "32"],
        ),
        (Problem::Empty, vec![]),
        (
            Problem::TooFew {
                minimum: 2,
                found: 1,
            },
            vec!["2", "1"],
        ),
        (
            Problem::TooMany {
                maximum: 10_000,
                found: 12_345,
            },
            vec!["10,000", "12,345"],
        ),
        (
            Problem::BaseNotKnown {
                base: "customsValue",
                component: "insurance",
            },
            vec![],
        ),
        (Problem::NotAscending, vec![]),
        (Problem::NotClosed, vec![]),
        (
            Problem::MinimumAboveMaximum {
                minimum: d("1500"),
                maximum: d("20.5"),
            },
            vec!["1,500", "20.5"],
        ),
        (
            Problem::EarlierThan {
                than: "dispatchedAt",
            },
            vec!["dispatchedAt"],
        ),
        (Problem::NotHundred { sum: d("97.5") }, vec!["97.5", "100"]),
        (
            Problem::UnreachableMargin {
                sum_percent: Some(d("104.50")),
            },
            vec!["104.50"],
        ),
        (Problem::UnreachableMargin { sum_percent: None }, vec![]),
        (Problem::TooLarge, vec![]),
    ];
    for expected in kinds() {
        problems.push((Problem::WrongType { expected }, vec![]));
    }
    for because in becauses() {
        problems.push((Problem::NotAllowedHere { because }, vec![]));
    }
    for (range, operands) in ranges() {
        problems.push((Problem::OutOfRange(range), operands));
    }
    problems
}

fn kinds() -> Vec<Kind> {
    vec![
        Kind::Object,
        Kind::List,
        Kind::Text,
        Kind::Decimal,
        Kind::Integer,
        Kind::Boolean,
    ]
}

fn becauses() -> Vec<Because> {
    vec![
        Because::Twice,
        Because::OnlyOnDestination,
        Because::NotOnDestination,
        Because::NotOnDutyAndVat,
        Because::OnlyInsurancePercent,
        Because::AmountOrBreaks,
        Because::HasItsOwnRate,
        Because::HomeIsCny,
        Because::HoursOrInquiry,
        Because::AnsweredBeforeSent,
        Because::OtherHomeCurrency,
        Because::NotInPlan,
    ]
}

/// Every combination of limits.
fn ranges() -> Vec<(Range, Vec<&'static str>)> {
    let limits = [("11", 1), ("22", 2), ("3333", 4), ("44.5", 8)];
    (0_u32..16)
        .map(|chosen| {
            let limit = |index: usize| {
                let (digits, bit) = limits[index];
                (chosen & bit != 0).then(|| d(digits))
            };
            let range = Range {
                at_least: limit(0),
                above: limit(1),
                at_most: limit(2),
                below: limit(3),
            };
            let written = ["11", "22", "3,333", "44.5"];
            let operands = written.into_iter().zip(limits);
            let operands = operands.filter(|(_, (_, bit))| chosen & bit != 0);
            (range, operands.map(|(written, _)| written).collect())
        })
        .collect()
}

#[test]
fn every_problem_has_sentences() {
    for (problem, operands) in problems() {
        let problem = Issue {
            path: "lines[2].carton.units".to_owned(),
            problem,
        };
        check_languages(|locale| issue(locale, &problem), &operands, check_sentence);
    }
}

#[test]
fn no_problem_is_without_an_example() {
    let problems: Vec<Problem> = problems().into_iter().map(|(problem, _)| problem).collect();
    check_complete(&problems, 26, |problem| match problem {
        Problem::NotJson { .. } => 0,
        Problem::Required => 1,
        Problem::UnknownField { .. } => 2,
        Problem::WrongType { .. } => 3,
        Problem::NotDecimal { .. } => 4,
        Problem::NotExact => 5,
        Problem::NotInteger { .. } => 6,
        Problem::OutOfRange(_) => 7,
        Problem::UnknownValue { .. } => 8,
        Problem::BadDate { .. } => 9,
        Problem::Empty => 10,
        Problem::TooMany { .. } => 11,
        Problem::NotAllowedHere { .. } => 12,
        Problem::BaseNotKnown { .. } => 13,
        Problem::NotAscending => 14,
        Problem::NotClosed => 15,
        Problem::MinimumAboveMaximum { .. } => 16,
        Problem::UnreachableMargin { .. } => 17,
        Problem::TooLarge => 18,
        Problem::NotHundred { .. } => 19,
        Problem::BadInstant { .. } => 20,
        Problem::TooFew { .. } => 21,
        Problem::EarlierThan { .. } => 22,
        Problem::BadSeed { .. } => 23,
        Problem::BadWeek { .. } => 24,
        Problem::NotWithin { .. } => 25,
    });
    check_complete(&kinds(), 6, |kind| match kind {
        Kind::Object => 0,
        Kind::List => 1,
        Kind::Text => 2,
        Kind::Decimal => 3,
        Kind::Integer => 4,
        Kind::Boolean => 5,
    });
    check_complete(&becauses(), 12, |because| match because {
        Because::Twice => 0,
        Because::OnlyOnDestination => 1,
        Because::NotOnDestination => 2,
        Because::NotOnDutyAndVat => 3,
        Because::OnlyInsurancePercent => 4,
        Because::AmountOrBreaks => 5,
        Because::HasItsOwnRate => 6,
        Because::HomeIsCny => 7,
        Because::HoursOrInquiry => 8,
        Because::AnsweredBeforeSent => 9,
        Because::OtherHomeCurrency => 10,
        Because::NotInPlan => 11,
    });
}

#[test]
fn a_base_and_a_component_are_told_by_their_names() {
    let every = ChargeComponent::ALL.iter().zip(ChargeComponent::NAMES);
    for (charge, component) in every {
        for (of, base_name) in Base::ALL.iter().zip(Base::NAMES) {
            let problem = Issue::at_root(Problem::BaseNotKnown {
                base: base_name,
                component,
            });
            for locale in Locale::ALL {
                let sentence = issue(locale, &problem);
                assert!(sentence.contains(base(locale, *of)), "{sentence}");
                assert!(
                    sentence.contains(charge_component(locale, *charge)),
                    "{sentence}"
                );
            }
        }
    }
}

fn missing() -> [Missing; 3] {
    [Missing::Cartons, Missing::Weight, Missing::Volume]
}

fn concerns() -> Vec<(&'static str, Concern, Vec<&'static str>)> {
    let sku = || "MUG-RED".to_owned();
    let mut concerns = vec![
        ("shipment.dutiesIncluded", Concern::DutyIgnored, vec![]),
        ("customs.dutyPercent", Concern::NoDuty, vec![]),
        (
            "lines[3].carton",
            Concern::DensityUnlikely {
                sku: sku(),
                kg_per_cbm: Some(d("3384.3")),
            },
            vec!["4", "MUG-RED", "3,384.3"],
        ),
        (
            "lines[3].carton",
            Concern::DensityUnlikely {
                sku: sku(),
                kg_per_cbm: Some(d("0.0")),
            },
            vec!["4", "MUG-RED"],
        ),
        (
            "lines[3].carton",
            Concern::DensityUnlikely {
                sku: sku(),
                kg_per_cbm: None,
            },
            vec!["4", "MUG-RED"],
        ),
        (
            "exchangeRate.spreadPercent",
            Concern::SpreadUnlikely { percent: d("12.5") },
            vec!["12.5"],
        ),
        (
            "charges[1].rate.divisor",
            Concern::DivisorUnlikely { divisor: d("500") },
            vec!["2", "500"],
        ),
        (
            "lines[3].sku",
            Concern::DuplicateSku {
                sku: sku(),
                earlier: 0,
            },
            vec!["4", "MUG-RED", "1"],
        ),
    ];
    for (path, operands) in [
        ("lines[3].dutyPercent", vec!["4", "250"]),
        ("lines[3].additionalDutyPercent", vec!["4", "250"]),
        ("customs.vatPercent", vec!["250"]),
        ("charges[1].rate.percent", vec!["2", "250"]),
        ("charges[1].rate.tiers[7].percent", vec!["2", "250"]),
    ] {
        let percent = d("250");
        concerns.push((path, Concern::PercentUnlikely { percent }, operands));
    }
    for measure in missing() {
        let sku = sku();
        let concern = Concern::MeasureMissing { sku, measure };
        concerns.push(("lines[3].carton", concern, vec!["4", "MUG-RED"]));
        let concern = Concern::ChargeIsZero { measure };
        concerns.push(("charges[1].rate", concern, vec!["2"]));
    }
    concerns
}

#[test]
fn every_concern_has_sentences() {
    for (path, concern, operands) in concerns() {
        let mut odd = Warning {
            path: path.to_owned(),
            concern,
        };
        check_languages(|locale| warning(locale, &odd), &operands, check_sentence);
        // A path that leads nowhere known leaves a sentence that can be read.
        odd.path = "lines[x].charges[99999999999999999999999]".to_owned();
        check_languages(|locale| warning(locale, &odd), &[], check_sentence);
    }
}

#[test]
fn no_concern_is_without_an_example() {
    let concerns: Vec<Concern> = concerns()
        .into_iter()
        .map(|(_, concern, _)| concern)
        .collect();
    check_complete(&concerns, 9, |concern| match concern {
        Concern::MeasureMissing { .. } => 0,
        Concern::ChargeIsZero { .. } => 1,
        Concern::DutyIgnored => 2,
        Concern::NoDuty => 3,
        Concern::DensityUnlikely { .. } => 4,
        Concern::PercentUnlikely { .. } => 5,
        Concern::SpreadUnlikely { .. } => 6,
        Concern::DivisorUnlikely { .. } => 7,
        Concern::DuplicateSku { .. } => 8,
    });
    check_complete(&missing(), 3, |missing| match missing {
        Missing::Cartons => 0,
        Missing::Weight => 1,
        Missing::Volume => 2,
    });
}

fn charge(label: Option<&str>) -> ChargePart {
    ChargePart {
        charge: 2,
        component: Component::Destination,
        label: label.map(str::to_owned),
        amount: d("145.00"),
        percent_of_charge: None,
    }
}

fn workings() -> Vec<(Working, Vec<&'static str>)> {
    let goods = Part {
        name: PartName::Component(Component::Goods),
        amount: d("1665.10"),
    };
    let agent = Part {
        name: PartName::Payee(Payee::Agent),
        amount: d("33.26"),
    };
    let parts = || vec![charge(Some("Port fees")), charge(None)];
    vec![
        (
            Working::Sum {
                parts: vec![goods, agent],
            },
            vec!["1,665.10", " + ", "33.26"],
        ),
        (Working::Sum { parts: vec![] }, vec!["0"]),
        (Working::SumOfLines { lines: 1 }, vec!["1"]),
        (Working::SumOfLines { lines: 1_200 }, vec!["1,200"]),
        (
            Working::SumOfCharges { parts: parts() },
            vec!["Port fees", "145.00", " + "],
        ),
        (Working::SumOfCharges { parts: vec![] }, vec!["0"]),
        (
            Working::Shares {
                parts: vec![Share {
                    part: charge(Some("Port fees")),
                    of: d("290.00"),
                    by: Key::Weight,
                    percent: d("50.0000"),
                }],
            },
            vec!["Port fees", "145.00", "290.00", "50"],
        ),
        (Working::Shares { parts: vec![] }, vec!["0"]),
        (
            Working::Goods {
                unit_price_cny: d("30.72"),
                quantity: 1_333,
                cny_per_unit: d("4.502"),
                spread_percent: d("1.5"),
            },
            vec!["CNY\u{a0}30.72", "1,333", "4.502", "98.5", "1.5"],
        ),
        (
            Working::Duty {
                customs_value: d("665.10"),
                percent: d("9.8"),
                additional_percent: d("37.5"),
                per_unit: d("0.10"),
                quantity: 300,
                per_kg: d("0.55"),
                net_kg: d("120.250"),
            },
            vec![
                "USD\u{a0}665.10",
                "9.8",
                "37.5",
                "0.10",
                "300",
                "0.55",
                "120.25",
            ],
        ),
        (Working::DutiesIncluded, vec!["0"]),
        (
            Working::Relieved {
                value: d("120.00"),
                up_to: d("800"),
            },
            vec!["120.00", "800"],
        ),
        (
            Working::Vat {
                customs_value: d("700.00"),
                uplift_percent: d("10"),
                duty: d("50.00"),
                taxable: d("101.00"),
                percent: d("15"),
            },
            vec!["700.00", "10", "50.00", "101.00", "15"],
        ),
        (
            Working::VatRecovered {
                due: d("142.65"),
                customs_value: d("713.25"),
                uplift_percent: d("0"),
                duty: d("0.00"),
                taxable: d("0.00"),
                percent: d("20"),
            },
            vec!["142.65"],
        ),
        (
            Working::Defects {
                subtotal: d("980.00"),
                percent: d("2.5"),
            },
            vec!["980.00", "2.5", "100"],
        ),
        (
            Working::Defects {
                subtotal: d("980.00"),
                percent: d("0"),
            },
            vec!["0"],
        ),
        (
            Working::CustomsValue {
                goods: d("665.10"),
                cny_per_unit: d("7.12"),
                parts: parts(),
            },
            vec!["665.10", "7.12", "Port fees", "145.00"],
        ),
        (
            Working::VatBase {
                customs_value: d("700.00"),
                uplift_percent: d("10"),
                duty: d("50.00"),
                parts: parts(),
            },
            vec!["700.00", "10", "50.00", "Port fees", "145.00"],
        ),
        (
            Working::PerUnit {
                amount: d("2323.93"),
                units: 800,
            },
            vec!["2,323.93", "800"],
        ),
        (
            Working::PercentOfTotal {
                amount: d("665.10"),
                total: d("2323.93"),
            },
            vec!["665.10", "2,323.93", "100"],
        ),
        (
            Working::PercentOfTotal {
                amount: d("0.00"),
                total: d("0.00"),
            },
            vec!["0"],
        ),
    ]
}

#[test]
fn every_working_has_words() {
    for (how, operands) in workings() {
        check_languages(
            |locale| working(locale, "USD", &how),
            &operands,
            check_words,
        );
    }
}

#[test]
fn no_working_is_without_an_example() {
    let workings: Vec<Working> = workings().into_iter().map(|(how, _)| how).collect();
    check_complete(&workings, 15, |how| match how {
        Working::Sum { .. } => 0,
        Working::SumOfLines { .. } => 1,
        Working::SumOfCharges { .. } => 2,
        Working::Shares { .. } => 3,
        Working::Goods { .. } => 4,
        Working::Duty { .. } => 5,
        Working::DutiesIncluded => 6,
        Working::Relieved { .. } => 7,
        Working::Vat { .. } => 8,
        Working::VatRecovered { .. } => 9,
        Working::Defects { .. } => 10,
        Working::CustomsValue { .. } => 11,
        Working::VatBase { .. } => 12,
        Working::PerUnit { .. } => 13,
        Working::PercentOfTotal { .. } => 14,
    });
}

fn weights() -> Vec<Chargeable> {
    [
        GovernedBy::Weight,
        GovernedBy::Volume,
        GovernedBy::Minimum,
        GovernedBy::Cartons,
    ]
    .into_iter()
    .map(|governed_by| Chargeable {
        kg: d("166.000"),
        gross_kg: d("165.600"),
        volumetric_kg: d("113.640"),
        divisor: d("6000"),
        per: Weighed::Shipment,
        round_up_to_kg: d("0.5"),
        minimum_kg: d("21"),
        governed_by,
    })
    .collect()
}

#[test]
fn every_chargeable_weight_has_words() {
    for weight in weights() {
        let mut operands = vec!["166", "165.6", "113.64", "6,000"];
        operands.push(match weight.governed_by {
            GovernedBy::Minimum => "21",
            GovernedBy::Weight | GovernedBy::Volume | GovernedBy::Cartons => "0.5",
        });
        check_languages(|locale| chargeable(locale, &weight), &operands, check_words);
    }
    check_complete(&weights(), 4, |weight| match weight.governed_by {
        GovernedBy::Weight => 0,
        GovernedBy::Volume => 1,
        GovernedBy::Minimum => 2,
        GovernedBy::Cartons => 3,
    });
}

fn rates() -> Vec<(RateWorking, Vec<&'static str>)> {
    let amount = d("38.5");
    let count = d("1200.750000");
    let counted = || vec!["38.5", "1,200.75"];
    let weight = || weights().swap_remove(0);
    vec![
        (RateWorking::Flat { amount }, vec!["38.5"]),
        (RateWorking::PerUnit { amount, count }, counted()),
        (RateWorking::PerCarton { amount, count }, counted()),
        (RateWorking::PerKg { amount, count }, counted()),
        (RateWorking::PerCbm { amount, count }, counted()),
        (
            RateWorking::PerChargeableKg {
                weight: weight(),
                amount,
            },
            vec!["38.5", "166", "165.6", "113.64", "6,000"],
        ),
        (
            RateWorking::WeightBreaks {
                weight: weight(),
                from_kg: d("200"),
                amount,
            },
            vec!["38.5", "200", "165.6"],
        ),
        (
            RateWorking::FirstAndNextKg {
                weight: weight(),
                first_kg: d("1.5"),
                first_amount: d("120"),
                next_kg: d("0.25"),
                next_amount: d("35"),
            },
            vec!["1.5", "120", "0.25", "35", "166", "165.6"],
        ),
        (
            RateWorking::PerRevenueTon {
                amount,
                cbm: d("2.500000"),
                kg: d("800.000"),
                kg_per_cbm: d("333"),
                minimum_tons: d("1"),
            },
            vec!["38.5", "2.5", "800", "333", "1"],
        ),
        (
            RateWorking::PerRevenueTon {
                amount,
                cbm: d("2.500000"),
                kg: d("800.000"),
                kg_per_cbm: d("1000"),
                minimum_tons: d("0"),
            },
            vec!["38.5", "2.5", "800", "1,000"],
        ),
        (
            RateWorking::PercentOf {
                of: Base::OriginCosts,
                base: d("665.10"),
                percent: d("5.25"),
            },
            vec!["USD\u{a0}665.10", "5.25"],
        ),
        (
            RateWorking::Insurance {
                base: d("1736.20"),
                percent: d("0.3"),
            },
            vec!["USD\u{a0}1,736.20", "0.3", "110"],
        ),
        (
            RateWorking::TieredPercentOf {
                of: Base::Goods,
                base: d("665.10"),
                tiers: vec![
                    TierWorking {
                        up_to: Some(d("1000")),
                        percent: d("8"),
                    },
                    TierWorking {
                        up_to: None,
                        percent: d("6.5"),
                    },
                ],
            },
            vec!["USD\u{a0}665.10", "EUR\u{a0}1,000", "8", "6.5"],
        ),
    ]
}

#[test]
fn every_rate_has_words_with_limits_and_conversion() {
    for (rate, mut operands) in rates() {
        let mut charged = ChargeWorking {
            rate,
            currency: Currency::from_code("EUR").unwrap(),
            minimum: None,
            maximum: None,
            own_amount: None,
            per_home_unit: None,
            spread_percent: None,
        };
        let words = |charged: &ChargeWorking, operands: &[&str]| {
            check_languages(
                |locale| charge_working(locale, "USD", charged),
                operands,
                check_words,
            );
        };
        words(&charged, &operands);
        charged.minimum = Some(d("77"));
        charged.maximum = Some(d("9999"));
        operands.extend(["EUR\u{a0}77", "EUR\u{a0}9,999"]);
        words(&charged, &operands);
        charged.per_home_unit = Some(d("0.915"));
        operands.push("÷ 0.915");
        words(&charged, &operands);
        charged.spread_percent = Some(d("1.5"));
        operands.pop();
        operands.extend(["÷ (0.915 × 98.5", "1.5"]);
        words(&charged, &operands);
    }
}

#[test]
fn no_rate_is_without_an_example() {
    let rates: Vec<RateWorking> = rates().into_iter().map(|(rate, _)| rate).collect();
    check_complete(&rates, 12, |rate| match rate {
        RateWorking::Flat { .. } => 0,
        RateWorking::PerUnit { .. } => 1,
        RateWorking::PerCarton { .. } => 2,
        RateWorking::PerKg { .. } => 3,
        RateWorking::PerCbm { .. } => 4,
        RateWorking::PerChargeableKg { .. } => 5,
        RateWorking::WeightBreaks { .. } => 6,
        RateWorking::FirstAndNextKg { .. } => 7,
        RateWorking::PerRevenueTon { .. } => 8,
        RateWorking::PercentOf { .. } => 9,
        RateWorking::Insurance { .. } => 10,
        RateWorking::TieredPercentOf { .. } => 11,
    });
}

#[test]
fn every_name_is_one_name() {
    fn distinct<T: Copy>(all: &[T], name: impl Fn(Locale, T) -> &'static str) {
        let mut seen = std::collections::BTreeSet::new();
        for value in all {
            for locale in Locale::ALL {
                let name = name(locale, *value);
                check_words(locale, name);
                assert!(seen.insert(name), "{name} stands for two things");
            }
        }
    }
    distinct(Component::ALL, component);
    distinct(ChargeComponent::ALL, charge_component);
    distinct(Base::ALL, base);
    distinct(Key::ALL, key);
    distinct(Mode::ALL, mode);
    distinct(Basis::ALL, basis);
    let payees = [
        Payee::Supplier,
        Payee::Agent,
        Payee::Forwarder,
        Payee::Customs,
        Payee::Arrival,
    ];
    distinct(&payees, payee);
}

fn order_value(value: &str, basis: OrderValueBasis, counted: OrderValueBasis) -> Finding {
    Finding::OrderValue {
        value: d(value),
        maximum: d("800"),
        basis,
        counted,
    }
}

fn price_increase(price: &str, previous: Option<&str>) -> Finding {
    Finding::PriceIncrease {
        sku: "MUG".into(),
        unit_price_cny: d(price).0,
        previous: previous.map(|previous| PreviousPrice {
            unit_price_cny: d(previous).0,
            date: parse_date("2026-11-01").unwrap(),
        }),
        maximum_percent: d("12.5"),
    }
}

fn agreed(price: &str) -> Finding {
    let range = |minimum, maximum| PriceRange {
        minimum: d(minimum).0,
        maximum: d(maximum).0,
    };
    Finding::AgreedPriceRange {
        sku: "MUG".into(),
        unit_price_cny: d(price).0,
        ranges: vec![range("9", "10.5"), range("12", "13")].into(),
    }
}

fn rate(age_days: i64) -> Finding {
    Finding::ExchangeRate {
        as_of: parse_date("2026-11-20").unwrap(),
        age_days,
        maximum_days: 3,
    }
}

fn findings() -> Vec<(Finding, Outcome, Vec<&'static str>)> {
    use OrderValueBasis::{Goods, GoodsAndDomesticShipping, LandedCost};
    let mut findings = vec![
        (
            order_value("1234.50", LandedCost, LandedCost),
            Outcome::HardStop,
            vec!["USD\u{a0}1,234.50", "USD\u{a0}800"],
        ),
        (
            order_value("800.00", LandedCost, LandedCost),
            Outcome::Pass,
            vec!["USD\u{a0}800.00", "USD\u{a0}800"],
        ),
        (
            price_increase("11.5", None),
            Outcome::Notice,
            vec!["MUG", "CNY\u{a0}11.5"],
        ),
        (
            price_increase("11.5", Some("0")),
            Outcome::Notice,
            vec!["MUG", "CNY\u{a0}11.5", "2026-11-01"],
        ),
        (
            price_increase("11.5", Some("10")),
            Outcome::HardStop,
            vec![
                "MUG",
                "CNY\u{a0}11.5",
                "CNY\u{a0}10",
                "2026-11-01",
                "15",
                "12.5",
            ],
        ),
        (
            price_increase("11", Some("10")),
            Outcome::Pass,
            vec!["MUG", "CNY\u{a0}11", "CNY\u{a0}10", "2026-11-01", "12.5"],
        ),
        (
            price_increase("9", Some("10")),
            Outcome::Pass,
            vec!["MUG", "CNY\u{a0}9", "CNY\u{a0}10", "2026-11-01"],
        ),
        (
            price_increase("10", Some("10")),
            Outcome::Pass,
            vec!["MUG", "CNY\u{a0}10", "2026-11-01"],
        ),
        (
            agreed("11"),
            Outcome::HardStop,
            vec!["MUG", "CNY\u{a0}11", "9–10.5", "12–13"],
        ),
        (
            agreed("12"),
            Outcome::Pass,
            vec!["MUG", "CNY\u{a0}12", "9–10.5", "12–13"],
        ),
        (
            Finding::Specification {
                unconfirmed: Vec::new(),
            },
            Outcome::Pass,
            vec![],
        ),
        (
            Finding::Specification {
                unconfirmed: SpecificationPart::ALL.to_vec(),
            },
            Outcome::Missing,
            vec![],
        ),
        (
            Finding::CostCalculated {
                landed_total: None,
                at_least: d("130.00"),
            },
            Outcome::Missing,
            vec![],
        ),
        (
            Finding::CostCalculated {
                landed_total: Some(d("129.99")),
                at_least: d("130.00"),
            },
            Outcome::Missing,
            vec!["USD\u{a0}129.99", "USD\u{a0}130.00"],
        ),
        (
            Finding::CostCalculated {
                landed_total: Some(d("130.00")),
                at_least: d("130.00"),
            },
            Outcome::Pass,
            vec!["USD\u{a0}130.00"],
        ),
        (rate(-1), Outcome::Missing, vec!["2026-11-20"]),
        (rate(4), Outcome::Missing, vec!["2026-11-20", "4", "3"]),
        (rate(0), Outcome::Pass, vec!["2026-11-20"]),
        (rate(1), Outcome::Pass, vec!["2026-11-20", "1", "3"]),
        (
            Finding::OrderRecord {
                missing: Vec::new(),
            },
            Outcome::Pass,
            vec![],
        ),
        (
            Finding::OrderRecord {
                missing: RecordField::ALL.to_vec(),
            },
            Outcome::Missing,
            vec![],
        ),
    ];
    for (basis, counted) in [
        (LandedCost, GoodsAndDomesticShipping),
        (LandedCost, Goods),
        (GoodsAndDomesticShipping, Goods),
    ] {
        let operands = vec!["USD\u{a0}130.00", "USD\u{a0}800"];
        findings.push((
            order_value("130.00", basis, counted),
            Outcome::Notice,
            operands,
        ));
    }
    for standing in Standing::ALL {
        let outcome = match standing {
            Standing::Whitelisted => Outcome::Pass,
            Standing::New | Standing::Suspended | Standing::Unknown | Standing::Other => {
                Outcome::HardStop
            }
        };
        let supplier = Finding::SupplierWhitelist {
            standing: *standing,
            supplier_id: "yiwu".into(),
        };
        findings.push((supplier, outcome, vec![]));
    }
    findings
}

#[test]
fn every_finding_has_sentences() {
    let findings = findings();
    let mut english: Vec<String> = Vec::new();
    for (found, outcome, operands) in &findings {
        assert_eq!(found.outcome(), *outcome, "{found:?}");
        check_languages(
            |locale| finding(locale, Currency::USD, found),
            operands,
            check_sentence,
        );
        english.push(finding(Locale::En, Currency::USD, found));
    }
    english.sort();
    english.dedup();
    assert_eq!(
        english.len(),
        findings.len(),
        "each says something of its own"
    );
    let all: Vec<(Rule, Outcome)> = findings
        .iter()
        .map(|(found, outcome, _)| (found.rule(), *outcome))
        .collect();
    for (rule, outcomes) in [
        (
            Rule::OrderValue,
            &[Outcome::HardStop, Outcome::Notice, Outcome::Pass][..],
        ),
        (Rule::SupplierWhitelist, &[Outcome::HardStop, Outcome::Pass]),
        (
            Rule::PriceIncrease,
            &[Outcome::HardStop, Outcome::Notice, Outcome::Pass],
        ),
        (Rule::AgreedPriceRange, &[Outcome::HardStop, Outcome::Pass]),
        (Rule::Specification, &[Outcome::Missing, Outcome::Pass]),
        (Rule::CostCalculated, &[Outcome::Missing, Outcome::Pass]),
        (Rule::ExchangeRate, &[Outcome::Missing, Outcome::Pass]),
        (Rule::OrderRecord, &[Outcome::Missing, Outcome::Pass]),
    ] {
        for outcome in outcomes {
            assert!(all.contains(&(rule, *outcome)), "{rule:?} {outcome:?}");
        }
    }
}

#[test]
fn what_is_missing_is_named() {
    for locale in Locale::ALL {
        for part in SpecificationPart::ALL {
            let found = Finding::Specification {
                unconfirmed: vec![*part],
            };
            let sentence = finding(locale, Currency::USD, &found);
            assert!(
                sentence.contains(specification_part(locale, *part)),
                "{sentence}"
            );
        }
        for field in RecordField::ALL {
            let found = Finding::OrderRecord {
                missing: vec![*field],
            };
            let sentence = finding(locale, Currency::USD, &found);
            assert!(
                sentence.contains(record_field(locale, *field)),
                "{sentence}"
            );
        }
        for basis in OrderValueBasis::ALL {
            let found = order_value("900", *basis, *basis);
            let sentence = finding(locale, Currency::USD, &found);
            assert!(
                sentence.contains(order_value_basis(locale, *basis)),
                "{sentence}"
            );
        }
    }
    for name in Rule::ALL {
        check_languages(|locale| rule(locale, *name).to_owned(), &[], check_words);
    }
}
