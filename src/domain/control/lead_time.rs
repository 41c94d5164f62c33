//! The second number: days over the planned lead time.

use chrono::{NaiveDate, NaiveDateTime};

use super::index::{Batch, ById, IndexedLog, days, sorted};
use super::measure::{rounded, state};
use super::{LeadTime, LeadTimes, Overdue, PlacedOrder, Received, State, Week};
use crate::issue::Issue;
use crate::money::{Nat, Ratio};
use crate::policy::Policy;

/// Decimals of a mean of days.
const DECIMALS: u32 = 1;

/// The lead times of what arrived in a week.
pub(super) fn lead_times(
    policy: &Policy,
    log: &IndexedLog<'_>,
    week: &Week,
    batches: &[Batch<'_>],
) -> Result<LeadTimes, Issue> {
    let mut arrived: ById<'_, (&PlacedOrder, NaiveDate)> = ById::default();
    for batch in batches {
        if let Some(order) = batch.order {
            // The last one stays.
            arrived.insert(&order.id, (order, received_on(batch.received)));
        }
    }
    let arrived = sorted(arrived.into_values(), |(order, day)| {
        let early = order.expected_delivery.map(|due| between(*day, due));
        (early.unwrap_or(i64::MAX), 0, &*order.id)
    });
    let orders = arrived.into_iter();
    let orders: Vec<LeadTime> = orders.map(|(order, day)| lead_time(order, day)).collect();

    let over: Vec<i64> = orders.iter().filter_map(|order| order.over_days).collect();
    let sum = over.iter().copied().map(i128::from);
    let sum = sum.fold(0, i128::saturating_add);
    let count = u128::try_from(over.len()).unwrap_or(u128::MAX);
    let limit_days = policy.control.normal.lead_time_overrun_days;
    let mean = Ratio::new(Nat::from(sum.unsigned_abs()), Nat::from(count));
    let (state, mean_days) = if over.is_empty() {
        (State::NoData, None)
    } else {
        let late = if sum < 0 { &Ratio::ZERO } else { &mean };
        (
            state(late, limit_days),
            Some(rounded(&mean, sum < 0, DECIMALS)?),
        )
    };
    Ok(LeadTimes {
        state,
        limit_days,
        mean_days,
        worst_days: over.into_iter().max(),
        orders,
        overdue: overdue(log, week),
    })
}

fn lead_time(order: &PlacedOrder, arrived: NaiveDate) -> LeadTime {
    let days = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
        let (from, to) = from.zip(to)?;
        Some(between(from, to))
    };
    let placed = placed_on(order);
    LeadTime {
        order_id: order.id.clone(),
        planned_days: days(placed, order.expected_delivery),
        actual_days: days(placed, Some(arrived)),
        over_days: days(order.expected_delivery, Some(arrived)),
    }
}

/// Orders that were due before the week ended, and of which nothing had arrived by then.
fn overdue(log: &IndexedLog<'_>, week: &Week) -> Vec<Overdue> {
    let later = log.arrived_since(week.to).iter().map(|(_, order)| *order);
    let missing = log.awaited.iter().copied().chain(later);
    let after = week.week.next().monday();
    let is_placed = |at: Option<NaiveDateTime>| at.is_none_or(|at| at < week.to);
    let missing = missing.filter(|order| !order.is_closed && is_placed(order.placed_at));
    let due = missing.filter_map(|order| {
        let expected = order.expected_delivery.filter(|day| *day < after)?;
        Some((order, expected))
    });
    let overdue = sorted(due, |(order, expected)| (days(*expected), 0, &*order.id));
    let overdue = overdue.into_iter().map(|(order, expected)| Overdue {
        order_id: order.id.clone(),
        expected_delivery: expected,
        days: between(expected, after),
    });
    overdue.collect()
}

/// Days from one to another.
fn between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// The day on which it arrived.
fn received_on(received: &Received) -> NaiveDate {
    let day = received.received_on;
    day.unwrap_or_else(|| received.received_at.date())
}

/// The day on which it was placed.
pub(super) fn placed_on(order: &PlacedOrder) -> Option<NaiveDate> {
    let day = order.placed_on;
    day.or_else(|| order.placed_at.map(|at| at.date()))
}
