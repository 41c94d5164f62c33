//! A changed policy over the log, before it takes effect.

use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::check::{
    self, Checker,
    Need::{Optional, Required},
    Object, Place,
};
use crate::finding::Rule;
use crate::issue::{Issue, Problem};
use crate::json::Json;
use crate::money::{Currency, Figure};
use crate::order::{self, Observed, Order, PriceHistory, Supplier, Verdict};
use crate::policy::{OrderRules, Policy};

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct BacktestRequest {
    /// The rules as they are.
    pub before: Rc<Policy>,
    /// The rules as they would be.
    pub after: Rc<Policy>,
    /// The orders of the log.
    pub orders: Vec<PastOrder>,
    /// What was paid for articles, of which each order sees what was before its day.
    pub prices: Rc<PriceHistory>,
}

/// An order of the log, with what was known on its day.
#[derive(Clone, PartialEq, Debug)]
pub struct PastOrder {
    /// What tells it from others.
    pub id: Rc<str>,
    /// Its day, as the owner's calendar has it.
    pub day: NaiveDate,
    /// The order.
    pub order: Rc<Order>,
    /// What was known of its supplier on that day.
    pub supplier: Option<Rc<Supplier>>,
}

/// An order of the log, made ready to be held against rules again and again.
#[derive(Clone, PartialEq, Debug)]
pub struct Trial {
    id: Rc<str>,
    observed: Observed,
}

/// What a change of the rules would have done.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Backtest {
    /// Orders tried.
    pub orders: usize,
    /// Orders that can't be tried, since the rules as they would be have another home currency: all or none.
    pub other_home_currency: usize,
    /// Orders that stop under the rules as they are.
    pub stops_before: usize,
    /// Orders that would stop.
    pub stops_after: usize,
    /// Orders that would now stop.
    pub would_stop: Vec<Tried>,
    /// Orders that would no longer stop.
    pub would_pass: Vec<Tried>,
    /// Orders whose verdict would be another one otherwise.
    pub would_change: Vec<Tried>,
    /// What those that would now stop had cost, in the home currency.
    pub would_stop_value: Figure,
    /// What those that would no longer stop had cost.
    pub would_pass_value: Figure,
    /// What those that would change otherwise had cost.
    pub would_change_value: Figure,
}

/// An order whose verdict changes.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tried {
    /// The order.
    pub id: Rc<str>,
    /// The verdict under the rules as they are.
    pub before: Verdict,
    /// The verdict under the rules as they would be.
    pub after: Verdict,
    /// What it had cost, in the home currency: its landed total where that is known and contains its goods, else
    /// goods with what is known of freight inside China. No rule changes it.
    pub value: Figure,
    /// The rules behind the graver one of the two verdicts, which the other set of rules doesn't come to.
    pub rules: Vec<Rule>,
}

impl Trial {
    /// An order as it was seen on its day: its supplier as known then, and prices of days before. What was paid on
    /// its own day doesn't count, since its own prices are among that.
    ///
    /// # Errors
    /// [`Problem::TooLarge`] where its value can't be represented.
    pub fn of(past: &PastOrder, prices: &PriceHistory, home: Currency) -> Result<Trial, Issue> {
        let supplier = past.supplier.as_deref();
        let eve = past.day.pred_opt();
        let observed = Observed::of(&past.order, home, past.day, supplier, |sku| {
            prices.newest(sku, eve?)
        })?;
        Ok(Trial {
            id: Rc::clone(&past.id),
            observed,
        })
    }

    /// What the order had cost, as [`Tried::value`].
    pub fn cost(&self) -> Figure {
        self.observed.cost()
    }

    fn tried(&self, before: &OrderRules, after: &OrderRules, by: [Verdict; 2]) -> Tried {
        let [was, would_be] = by;
        Tried {
            id: Rc::clone(&self.id),
            before: was,
            after: would_be,
            value: self.cost(),
            rules: self
                .observed
                .rules_behind(if was > would_be { before } else { after }),
        }
    }
}

/// What a change of the rules would have done to past orders.
///
/// # Errors
/// [`Problem::TooLarge`] where a value or a sum can't be represented.
pub fn backtest(request: &BacktestRequest) -> Result<Backtest, Issue> {
    let BacktestRequest { before, after, .. } = request;
    let home = before.home_currency;
    let trials = request.orders.iter().enumerate().map(|(index, past)| {
        Trial::of(past, &request.prices, home).map_err(|issue| Issue {
            path: Place::Item(&Place::Field(&Place::Root, "orders"), index).to_string(),
            ..issue
        })
    });
    let trials: Vec<Trial> = trials.collect::<Result<_, _>>()?;
    try_rules(&trials, before, after)
}

/// What a change of the rules would have done to orders that were made ready in the home currency of `before`.
///
/// # Errors
/// [`Problem::TooLarge`] where a sum can't be represented.
pub fn try_rules(trials: &[Trial], before: &Policy, after: &Policy) -> Result<Backtest, Issue> {
    let has_one_currency = before.home_currency == after.home_currency;
    let (tried, untried) = if has_one_currency {
        (trials, 0)
    } else {
        (&[][..], trials.len())
    };
    let decimals = before.home_currency.decimals();
    let (before, after) = (&before.orders, &after.orders);
    let is_stop = |verdict| usize::from(verdict == Verdict::Stop);
    let (mut stops_before, mut stops_after) = (0_usize, 0_usize);
    let (mut would_stop, mut would_pass, mut would_change) = (Vec::new(), Vec::new(), Vec::new());
    for trial in tried {
        let by = [before, after].map(|rules| trial.observed.verdict(rules));
        let [was, would_be] = by;
        stops_before = stops_before.saturating_add(is_stop(was));
        stops_after = stops_after.saturating_add(is_stop(would_be));
        if was != would_be {
            let list = match by {
                [_, Verdict::Stop] => &mut would_stop,
                [Verdict::Stop, _] => &mut would_pass,
                [
                    Verdict::Proceed | Verdict::Incomplete,
                    Verdict::Proceed | Verdict::Incomplete,
                ] => &mut would_change,
            };
            list.push(trial.tried(before, after, by));
        }
    }
    Ok(Backtest {
        orders: tried.len(),
        other_home_currency: untried,
        stops_before,
        stops_after,
        would_stop_value: sum(&would_stop, decimals)?,
        would_pass_value: sum(&would_pass, decimals)?,
        would_change_value: sum(&would_change, decimals)?,
        would_stop,
        would_pass,
        would_change,
    })
}

/// What orders had cost together, with the decimals of the currency at least.
fn sum(tried: &[Tried], decimals: u32) -> Result<Figure, Issue> {
    let mut values = tried.iter().map(|tried| tried.value.0);
    let zero = Decimal::new(0, decimals);
    let sum = values.try_fold(zero, |sum, value| {
        let decimals = sum.scale().max(value.scale());
        // A sum with fewer decimals would be rounded.
        sum.checked_add(value).filter(|sum| sum.scale() >= decimals)
    });
    sum.map(Figure)
        .ok_or_else(|| Issue::at_root(Problem::TooLarge))
}

/// What a change of the rules would have done, of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn backtest_of(json: &Json<'_>) -> Result<Backtest, Vec<Issue>> {
    let request = BacktestRequest::check(json)?;
    backtest(&request).map_err(|issue| vec![issue])
}

impl BacktestRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<BacktestRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>) -> Option<BacktestRequest> {
    let known = &["before", "after", "orders", "previousPrices"];
    let object = Object::open(c, json, &Place::Root, known)?;
    let before = object.field(c, "before", Optional, Policy::read);
    let before = before.unwrap_or_default();
    let home = Some(before.home_currency);
    let after = object.field(c, "after", Required, Policy::read);
    let orders = object.field(c, "orders", Required, |c, json, place| {
        check::list(c, json, place, |c, json, place| {
            past_order(c, json, place, home)
        })
    });
    let prices = object.field(c, "previousPrices", Optional, order::previous_prices);
    let (mut prices, orders) = (prices.unwrap_or_default(), orders?);
    for past in &orders {
        for line in &past.order.lines {
            prices.add(Rc::clone(&line.sku), past.day, line.unit_price_cny);
        }
    }
    Some(BacktestRequest {
        before: Rc::new(before),
        after: Rc::new(after?),
        orders,
        prices: Rc::new(prices),
    })
}

fn past_order(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: Option<Currency>,
) -> Option<PastOrder> {
    let object = Object::open(c, json, place, &["id", "day", "order", "supplier"])?;
    let id = object.field(c, "id", Required, check::text);
    let day = object.field(c, "day", Required, check::date);
    let order = object.field(c, "order", Required, |c, json, place| {
        order::order(c, json, place, home)
    });
    let supplier = object.field(c, "supplier", Required, order::supplier);
    Some(PastOrder {
        id: id?.into(),
        day: day?,
        order: Rc::new(order?),
        supplier: supplier?.map(Rc::new),
    })
}
