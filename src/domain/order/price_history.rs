//! What was paid for articles, by day.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::BySku;
use crate::finding::PreviousPrice;

/// What was paid for articles. Of several prices on one day the lowest counts.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PriceHistory(BySku<BTreeMap<NaiveDate, Decimal>>);

impl PriceHistory {
    /// Adds a price in CNY for one unit.
    pub fn add(&mut self, sku: Rc<str>, date: NaiveDate, unit_price_cny: Decimal) {
        let days = self.0.entry(sku).or_default();
        let lowest = days.entry(date).or_insert(unit_price_cny);
        *lowest = unit_price_cny.min(*lowest);
    }

    /// The newest price of an article on or before a day.
    pub fn newest(&self, sku: &str, day: NaiveDate) -> Option<PreviousPrice> {
        let (date, price) = self.0.get(sku)?.range(..=day).next_back()?;
        Some(PreviousPrice {
            unit_price_cny: *price,
            date: *date,
        })
    }
}
