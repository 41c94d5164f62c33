//! The words for whole orders: all of them can be shown, and the formulas among them give, on a
//! calculator, the amounts that they explain.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use std::fs;

use landfall::landed_cost::{ChargeCost, LandedCost, RateWorking, Working};
use landfall::money::Figure;
use landfall::{json, landed_cost};
use landfall_words::{Locale, charge_working, chargeable, warning, working};
use rust_decimal::Decimal;
use support::{check_sentence, check_words, d};

/// The result of every example, with its working.
fn results() -> Vec<LandedCost> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/landed-cost");
    let results: Vec<LandedCost> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            let mut example: serde_json::Value = serde_json::from_str(&text).unwrap();
            example["request"]["explain"] = true.into();
            let request = example["request"].to_string();
            landed_cost::landed_cost_of(&json::read(&request).unwrap()).unwrap()
        })
        .collect();
    assert!(results.len() >= 46);
    results
}

/// Every amount of a result with how it came about.
fn amounts(result: &LandedCost) -> Vec<(Figure, &Working)> {
    let total = result.working.as_ref().unwrap();
    let cash = result.cash.working.as_ref().unwrap();
    let customs = result.customs.working.as_ref().unwrap();
    let mut amounts = vec![
        (result.total, &total.total),
        (result.per_unit, &total.per_unit),
        (result.cash.supplier, &cash.supplier),
        (result.cash.agent, &cash.agent),
        (result.cash.forwarder, &cash.forwarder),
        (result.cash.customs, &cash.customs),
        (result.cash.arrival, &cash.arrival),
        (result.cash.total, &cash.total),
        (result.customs.value, &customs.value),
        (result.customs.duty, &customs.duty),
        (result.customs.vat_base, &customs.vat_base),
        (result.customs.vat, &customs.vat),
    ];
    for component in &result.components {
        let working = component.working.as_ref().unwrap();
        amounts.push((component.amount, &working.amount));
        amounts.push((component.per_unit, &working.per_unit));
        amounts.push((component.percent_of_total, &working.percent_of_total));
    }
    for line in &result.lines {
        let working = line.working.as_ref().unwrap();
        amounts.push((line.total, &working.total));
        amounts.push((line.per_unit, &working.per_unit));
        let components = line.components.values().iter();
        amounts.extend(components.copied().zip(working.components.values()));
    }
    amounts
}

#[test]
fn everything_that_is_said_of_an_order_can_be_shown() {
    for result in results() {
        let home = result.home_currency;
        for locale in Locale::ALL {
            for (_, how) in amounts(&result) {
                check_words(locale, &working(locale, home, how));
            }
            for charge in &result.charges {
                let how = &charge.working.as_ref().unwrap().amount;
                check_words(locale, &charge_working(locale, home, how));
            }
            if let Some(how) = &result.shipment.working {
                check_words(locale, &chargeable(locale, &how.chargeable_kg));
            }
            for odd in &result.warnings {
                check_sentence(locale, &warning(locale, odd));
            }
        }
    }
}

#[test]
fn a_formula_gives_its_amount() {
    let mut checked = 0;
    for result in results() {
        for (amount, how) in amounts(&result) {
            let factor = match how {
                // These have no formula.
                Working::SumOfLines { .. }
                | Working::Shares { .. }
                | Working::DutiesIncluded
                | Working::Relieved { .. }
                | Working::VatRecovered { .. } => continue,
                // A formula that ends in 100 % gives a share, which the result states in percent.
                Working::PercentOfTotal { .. } => Decimal::ONE_HUNDRED,
                Working::Sum { .. }
                | Working::SumOfCharges { .. }
                | Working::Goods { .. }
                | Working::Duty { .. }
                | Working::Vat { .. }
                | Working::Defects { .. }
                | Working::CustomsValue { .. }
                | Working::VatBase { .. }
                | Working::PerUnit { .. } => Decimal::ONE,
            };
            for locale in Locale::ALL {
                let words = working(locale, result.home_currency, how);
                let words = without_remarks(&words);
                check_amount(*amount, calculated(&words) * factor, &words);
                checked += 1;
            }
        }
    }
    assert!(checked > 1_000);
}

#[test]
fn a_charge_gives_its_amount() {
    let mut checked = 0;
    for result in results() {
        for charge in &result.charges {
            for locale in Locale::ALL {
                if let Some((found, words)) = charged(locale, result.home_currency, charge) {
                    check_amount(*charge.amount, found, &words);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100);
}

/// What the words about a charge come to, unless its limits leave that open.
fn charged(locale: Locale, home: &str, charge: &ChargeCost) -> Option<(Decimal, String)> {
    let how = &charge.working.as_ref().unwrap().amount;
    match how.rate {
        RateWorking::Flat { .. }
        | RateWorking::PerUnit { .. }
        | RateWorking::PerCarton { .. }
        | RateWorking::PerKg { .. }
        | RateWorking::PerCbm { .. }
        | RateWorking::PerChargeableKg { .. }
        | RateWorking::WeightBreaks { .. }
        | RateWorking::Insurance { .. } => {}
        RateWorking::FirstAndNextKg { .. }
        | RateWorking::PerRevenueTon { .. }
        | RateWorking::PercentOf { .. }
        | RateWorking::TieredPercentOf { .. } => return None,
    }
    let (weight, divided, comes_to) = match locale {
        Locale::En => (". Weight: ", "; ÷ ", ": "),
        Locale::Zh => ("。重量：", "；÷ ", "："),
    };
    let words = charge_working(locale, home, how);
    let formula = without_remarks(words.split(weight).next().unwrap());
    let (rate, exchange) = match formula.split_once(divided) {
        Some((rate, exchange)) => (rate, format!(" ÷ {exchange}")),
        None => (formula.as_str(), String::new()),
    };
    let limited = how.minimum.is_some() || how.maximum.is_some();
    let own = if let Some((product, own)) = rate.split_once(" = ") {
        assert_eq!(calculated(product), calculated(own), "{words}");
        own
    } else if limited {
        how.own_amount?;
        rate.rsplit_once(comes_to).unwrap().1
    } else {
        rate.split(comes_to).next().unwrap()
    };
    Some((calculated(&format!("{own}{exchange}")), words))
}

/// Remarks are no part of a formula.
fn without_remarks(words: &str) -> String {
    let mut words = words.to_owned();
    for (begin, end) in [
        (" (at ", ")"),
        ("（按", "）"),
        (" (the cheapest", ")"),
        ("（最省", "）"),
        (", spread", "%"),
        ("，汇率点差", "%"),
        (" (a share of", ")"),
        ("（其中", "）"),
    ] {
        while let Some((before, remark)) = words.split_once(begin)
            && let Some((_, after)) = remark.split_once(end)
        {
            words = format!("{before}{after}");
        }
    }
    words
}

/// Amounts agree to the last decimal. Figures that were rounded for reading may shift it by one.
#[track_caller]
fn check_amount(amount: Decimal, found: Decimal, words: &str) {
    let last_decimal = Decimal::new(1, amount.scale());
    let difference = (amount - found).abs();
    let relative = amount * *d("0.000001");
    assert!(
        difference <= last_decimal.max(relative),
        "{found} for {amount}: {words}"
    );
}

/// A pocket calculator: numbers, + − × ÷, % and brackets; it doesn't see words and units.
fn calculated(formula: &str) -> Decimal {
    let keys = formula
        .chars()
        .filter(|key| "0123456789.+−×÷%()".contains(*key));
    let mut keys = keys.collect::<Vec<_>>().into_iter().peekable();
    let result = terms(&mut keys);
    assert_eq!(keys.next(), None, "{formula}");
    result
}

type Keys = std::iter::Peekable<std::vec::IntoIter<char>>;

fn terms(keys: &mut Keys) -> Decimal {
    let mut result = factors(keys);
    while let Some(key) = keys.next_if(|key| "+−".contains(*key)) {
        let term = factors(keys);
        result = if key == '+' {
            result + term
        } else {
            result - term
        };
    }
    result
}

fn factors(keys: &mut Keys) -> Decimal {
    let mut result = factor(keys);
    while let Some(key) = keys.next_if(|key| "×÷".contains(*key)) {
        let next = factor(keys);
        result = if key == '×' {
            result * next
        } else {
            result / next
        };
    }
    result
}

fn factor(keys: &mut Keys) -> Decimal {
    let result = if keys.next_if_eq(&'(').is_some() {
        let inside = terms(keys);
        assert_eq!(keys.next(), Some(')'));
        inside
    } else {
        let mut digits = String::new();
        while let Some(digit) = keys.next_if(|key| key.is_ascii_digit() || *key == '.') {
            digits.push(digit);
        }
        *d(digits.trim_end_matches('.'))
    };
    match keys.next_if_eq(&'%') {
        Some(_) => result / Decimal::ONE_HUNDRED,
        None => result,
    }
}
