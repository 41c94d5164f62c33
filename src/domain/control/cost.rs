//! The third number: what the orders of a week cost landed, like for like, against the month before.

use std::rc::Rc;

use super::index::{ById, IndexedLog};
use super::measure::{
    amount, change, difference, minor_units, percent, percentage, plus, state, whole,
};
use super::{
    Baseline, CostChange, CostPart, LineChange, LineCost, LineName, OrderedLine, Part, PlacedOrder,
    State, Week,
};
use crate::check::Named;
use crate::issue::Issue;
use crate::landed_cost::{Component, PerComponent};
use crate::money::{Figure, MAX_FRACTION_DIGITS, Nat, Ratio, allocate};
use crate::policy::Policy;

/// What changed, and the orders that it is made of.
pub(super) struct Costs<'l> {
    /// The third number.
    pub change: CostChange,
    /// The orders of which a line could be compared, in the order in which they arrived.
    pub orders: Vec<(&'l PlacedOrder, Change)>,
}

/// A change in minor units.
#[derive(Default)]
pub(super) struct Change {
    amount: u128,
    baseline: u128,
    /// All parts in their order; none of nothing.
    parts: Vec<(CostPart, i128)>,
}

/// What an article cost in the month before: all its lines together, in minor units.
struct Article {
    units: u128,
    /// Yuan paid, in units of the last decimal that a price can have.
    cny: Nat,
    cost: PerComponent<u128>,
}

/// The costs of the orders that first arrived in a week.
pub(super) fn costs<'l>(
    policy: &Policy,
    log: &IndexedLog<'l>,
    week: &Week,
    baseline: &Baseline,
) -> Result<Costs<'l>, Issue> {
    let decimals = policy.home_currency.decimals();
    let before = log.arrived(baseline.from, baseline.to);
    let articles = articles(before.iter().map(|(_, order)| *order), decimals)?;
    let arrived = log.arrived(week.from, week.to);

    let mut all = Change::default();
    let (mut lines, mut orders) = (Vec::new(), Vec::new());
    let (mut without_baseline, mut without_cost) = (Vec::new(), Vec::new());
    for (_, order) in arrived {
        let mut of_order = None;
        for line in &order.lines {
            let name = || LineName {
                order_id: order.id.clone(),
                sku: line.sku.clone(),
            };
            let Some(cost) = &line.cost else {
                without_cost.push(name());
                continue;
            };
            let Some(article) = articles.get(&*line.sku) else {
                without_baseline.push(name());
                continue;
            };
            let change = article.compared(line, &components(cost, decimals)?)?;
            lines.push(line_change(&order.id, line, &change, decimals)?);
            all.add(&change)?;
            let of_order = of_order.get_or_insert_with(Change::default);
            of_order.add(&change)?;
        }
        orders.extend(of_order.map(|change| (*order, change)));
    }

    let limit_percent = policy.control.normal.cost_change_percent;
    let state = match all.in_percent() {
        Some(percent) => state(&percent, limit_percent),
        None => State::NoData,
    };
    let mean = |orders: &[(_, &PlacedOrder)]| {
        let orders = orders.iter().map(|(_, order)| *order);
        mean_total(orders, decimals)
    };
    Ok(Costs {
        change: CostChange {
            state,
            limit_percent,
            percent: all.percent()?,
            amount: amount(all.amount, decimals)?,
            baseline_amount: amount(all.baseline, decimals)?,
            change: change(all.change()?, decimals)?,
            parts: all.parts(decimals)?,
            lines,
            without_baseline,
            without_cost,
            mean_per_order: mean(arrived)?,
            baseline_mean_per_order: mean(before)?,
        },
        orders,
    })
}

fn line_change(
    order: &Rc<str>,
    line: &OrderedLine,
    of: &Change,
    decimals: u32,
) -> Result<LineChange, Issue> {
    Ok(LineChange {
        order_id: order.clone(),
        sku: line.sku.clone(),
        quantity: line.quantity,
        amount: amount(of.amount, decimals)?,
        baseline_amount: amount(of.baseline, decimals)?,
        change: change(of.change()?, decimals)?,
        percent: of.percent()?,
        parts: of.parts(decimals)?,
    })
}

/// What each article cost in the orders of a month, as far as that is known.
fn articles<'l>(
    orders: impl Iterator<Item = &'l PlacedOrder>,
    decimals: u32,
) -> Result<ById<'l, Article>, Issue> {
    let mut articles: ById<'l, Article> = ById::default();
    for line in orders.flat_map(|order| &order.lines) {
        let Some(cost) = &line.cost else { continue };
        let cost = components(cost, decimals)?;
        let article = articles.entry(&*line.sku).or_insert_with(|| Article {
            units: 0,
            cny: Nat::ZERO,
            cost: nothing(),
        });
        article.units = plus(article.units, line.quantity.into())?;
        article.cny = article.cny.plus(&cny(line));
        for (component, amount) in cost.iter() {
            let sum = plus(article.cost.get(component), *amount)?;
            article.cost.set(component, sum);
        }
    }
    Ok(articles)
}

fn nothing() -> PerComponent<u128> {
    PerComponent::from_fn(|_| 0)
}

/// A cost by component in minor units.
fn components(cost: &LineCost, decimals: u32) -> Result<PerComponent<u128>, Issue> {
    let mut components = nothing();
    for (component, amount) in cost {
        let units = minor_units(*amount, decimals)?;
        let sum = plus(components.get(*component), units)?;
        components.set(*component, sum);
    }
    Ok(components)
}

/// The price of a line in yuan, in units of the last decimal that a price can have.
fn cny(line: &OrderedLine) -> Nat {
    let price = Ratio::from(line.unit_price_cny).rounded(MAX_FRACTION_DIGITS);
    price.times(&Nat::from(u128::from(line.quantity)))
}

fn sum(cost: &PerComponent<u128>) -> Result<u128, Issue> {
    let mut amounts = cost.values().iter();
    amounts.try_fold(0, |sum, amount| plus(sum, *amount))
}

impl Article {
    /// A line against what its units would have cost in the month.
    fn compared(&self, line: &OrderedLine, cost: &PerComponent<u128>) -> Result<Change, Issue> {
        let units = Nat::from(u128::from(line.quantity));
        let all = Nat::from(sum(&self.cost)?).times(&units);
        let baseline = whole(&Ratio::new(all, Nat::from(self.units)).rounded(0))?;
        let keys: Vec<Nat> = self.cost.values().iter().copied().map(Nat::from).collect();
        let mut parts = Vec::with_capacity(keys.len());
        for (component, before) in Component::ALL.iter().zip(allocate(baseline, &keys)) {
            let now = cost.get(*component);
            if *component == Component::Goods {
                let at_old_rate = self.at_old_rate(line, now)?;
                parts.push((CostPart::Price, difference(at_old_rate, before)?));
                parts.push((CostPart::Rate, difference(now, at_old_rate)?));
            } else {
                let part = CostPart::Component(*component);
                parts.push((part, difference(now, before)?));
            }
        }
        Ok(Change {
            amount: sum(cost)?,
            baseline,
            parts,
        })
    }

    /// What the goods of a line would have cost at the month's mean rate of its article; what they cost where
    /// the month paid no yuan and so had no rate.
    fn at_old_rate(&self, line: &OrderedLine, now: u128) -> Result<u128, Issue> {
        if self.cny.is_zero() {
            return Ok(now);
        }
        let goods = Nat::from(self.cost.get(Component::Goods));
        let goods = Ratio::new(cny(line).times(&goods), self.cny.clone());
        whole(&goods.rounded(0))
    }
}

impl Change {
    fn add(&mut self, other: &Change) -> Result<(), Issue> {
        self.amount = plus(self.amount, other.amount)?;
        self.baseline = plus(self.baseline, other.baseline)?;
        if self.parts.is_empty() {
            self.parts.clone_from(&other.parts);
            return Ok(());
        }
        for ((_, sum), (_, change)) in self.parts.iter_mut().zip(&other.parts) {
            // Both are differences of amounts, which leave room for the sum.
            *sum = sum.saturating_add(*change);
        }
        Ok(())
    }

    fn change(&self) -> Result<i128, Issue> {
        difference(self.amount, self.baseline)
    }

    /// The change in percent of the baseline, without its sign; `None` without a baseline.
    fn in_percent(&self) -> Option<Ratio> {
        percentage(self.amount.abs_diff(self.baseline), self.baseline)
    }

    /// The same as a figure, with its sign.
    pub fn percent(&self) -> Result<Option<Figure>, Issue> {
        let is_fall = self.amount < self.baseline;
        let percent = self.in_percent().map(|value| percent(&value, is_fall));
        percent.transpose()
    }

    /// How far it rose, in percent, where it did.
    pub fn rise(&self) -> Option<Ratio> {
        self.in_percent().filter(|_| self.amount > self.baseline)
    }

    /// The part that rose most; the earlier of two that rose alike.
    pub fn highest_part(&self) -> Option<CostPart> {
        let parts = self.parts.iter().filter(|(_, change)| *change > 0);
        let highest = parts.rev().max_by_key(|(_, change)| *change);
        highest.map(|(part, _)| *part)
    }

    fn parts(&self, decimals: u32) -> Result<Vec<Part>, Issue> {
        let parts = self.parts.iter().filter(|(_, units)| *units != 0);
        let parts = parts.map(|(part, units)| {
            Ok(Part {
                part: *part,
                change: change(*units, decimals)?,
            })
        });
        parts.collect()
    }
}

/// The mean landed total of those orders of which it is known.
fn mean_total<'l>(
    orders: impl Iterator<Item = &'l PlacedOrder>,
    decimals: u32,
) -> Result<Option<Figure>, Issue> {
    let (mut sum, mut count) = (0, 0);
    for total in orders.filter_map(|order| order.landed_total) {
        sum = plus(sum, minor_units(total, decimals)?)?;
        count = plus(count, 1)?;
    }
    if count == 0 {
        return Ok(None);
    }
    let mean = Ratio::new(Nat::from(sum), Nat::from(count));
    amount(whole(&mean.rounded(0))?, decimals).map(Some)
}
