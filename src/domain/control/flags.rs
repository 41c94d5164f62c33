//! What asks for a deed.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDateTime;

use super::cost::Change;
use super::index::{Batch, IndexedLog, sorted};
use super::measure::percent;
use super::{Flag, PlacedOrder, RuleCount, Suspension, Week, WeeklyLog};
use crate::issue::Issue;
use crate::money::Ratio;
use crate::order::SupplierStatus;
use crate::policy::Policy;

/// Of so many batches in a row …
const LAST_BATCHES: usize = 5;
/// … so many defective ones tighten inspection (ISO 2859-1, 9.3.1).
const DEFECTIVE_OF_THEM: usize = 2;

/// Suppliers whose last batches, so many in a row as the policy says, are all defective, and that aren't
/// suspended yet.
pub fn suspensions(policy: &Policy, log: &WeeklyLog) -> Vec<Suspension> {
    let index = log.index();
    let mut suspensions = Vec::new();
    for supplied in &log.suppliers {
        let batches = index.inspected(&supplied.id, NaiveDateTime::MAX);
        let defective = batches.iter().rev();
        let defective = defective
            .take_while(|batch| batch.is_defective(policy) == Some(true))
            .count();
        let start = batches.len().saturating_sub(defective);
        if supplied.status != SupplierStatus::Suspended && defective >= in_a_row(policy) {
            suspensions.push(Suspension {
                supplier_id: supplied.id.clone(),
                receipts: receipts(batches.get(start..).unwrap_or_default()),
            });
        }
    }
    suspensions
}

/// How many defective batches in a row suspend a supplier.
fn in_a_row(policy: &Policy) -> usize {
    let limit = policy.control.consecutive_defective_batches;
    usize::try_from(limit).unwrap_or(usize::MAX)
}

fn receipts(batches: &[Batch<'_>]) -> Vec<Rc<str>> {
    let ids = batches.iter().map(|batch| batch.received.id.clone());
    ids.collect()
}

impl<'l> IndexedLog<'l> {
    /// The batches of a supplier that were inspected and arrived before `until`; after a suspension that was
    /// taken back before then, only those that arrived since.
    fn inspected(&self, supplier: &str, until: NaiveDateTime) -> &[Batch<'l>] {
        let series = self.series.get(supplier).map_or(&[][..], Vec::as_slice);
        let supplied = self.suppliers.get(supplier);
        let reinstated = supplied.and_then(|supplied| supplied.reinstated_at);
        let reinstated = reinstated.filter(|at| *at < until);
        let start = reinstated.map_or(0, |reinstated| {
            series.partition_point(|batch| batch.received.received_at <= reinstated)
        });
        let end = series.partition_point(|batch| batch.received.received_at < until);
        series.get(start..end).unwrap_or_default()
    }
}

/// The flags of suppliers of which something arrived in the week.
pub(super) fn of_suppliers(
    policy: &Policy,
    log: &IndexedLog<'_>,
    week: &Week,
    arrived: &[Batch<'_>],
) -> Vec<Flag> {
    let suppliers = arrived.iter().filter_map(|batch| batch.supplier_id);
    let mut suppliers = sorted(suppliers, |id| (0, 0, &***id));
    suppliers.dedup();
    let (mut consecutive, mut two_of_five) = (Vec::new(), Vec::new());
    for supplier in suppliers {
        let batches = log.inspected(supplier, week.to);
        if let Some(row) = defective_in_a_row(policy, week, batches) {
            let supplied = log.suppliers.get(&**supplier);
            consecutive.push(Flag::ConsecutiveDefectiveBatches {
                supplier_id: supplier.clone(),
                status: supplied.map(|supplied| supplied.status),
                receipts: receipts(row),
                limit: policy.control.consecutive_defective_batches,
            });
        }
        if let Some((defective, of)) = two_of_the_last_five(policy, week, batches) {
            two_of_five.push(Flag::TwoOfFiveDefective {
                supplier_id: supplier.clone(),
                receipts: receipts(&defective),
                of,
            });
        }
    }
    consecutive.append(&mut two_of_five);
    consecutive
}

/// The last defective batches of which enough are in a row, the last of them in the week.
fn defective_in_a_row<'b, 'l>(
    policy: &Policy,
    week: &Week,
    batches: &'b [Batch<'l>],
) -> Option<&'b [Batch<'l>]> {
    let rows = batches.chunk_by(|one, next| one.is_defective(policy) == next.is_defective(policy));
    rows.rev()
        .filter(|row| row.len() >= in_a_row(policy))
        .find(|row| {
            row.last().is_some_and(|last| {
                last.is_defective(policy) == Some(true) && last.received.received_at >= week.from
            })
        })
}

/// The defective batches among the last five up to a defective one of the week, and how many these are, where
/// two or more are defective.
fn two_of_the_last_five<'l>(
    policy: &Policy,
    week: &Week,
    batches: &[Batch<'l>],
) -> Option<(Vec<Batch<'l>>, usize)> {
    let is_defective = |batch: &Batch<'_>| batch.is_defective(policy) == Some(true);
    (1..=batches.len()).rev().find_map(|end| {
        let up_to = batches.get(..end)?;
        let last = up_to.last()?;
        if last.received.received_at < week.from || !is_defective(last) {
            return None;
        }
        let start = end.saturating_sub(LAST_BATCHES);
        let window = up_to.get(start..)?;
        let defective = window.iter().copied().filter(is_defective);
        let defective: Vec<Batch<'_>> = defective.collect();
        (defective.len() >= DEFECTIVE_OF_THEM).then_some((defective, window.len()))
    })
}

/// Orders that cost too much more than the month before, without an approved change; the highest rise first.
pub(super) fn of_costs(
    policy: &Policy,
    orders: &[(&PlacedOrder, Change)],
) -> Result<Vec<Flag>, Issue> {
    let limit_percent = policy.control.cost_increase_percent;
    let limit = Ratio::from(limit_percent.0);
    let unapproved = orders
        .iter()
        .filter(|(order, _)| !order.has_approved_change);
    let mut rises: Vec<(Ratio, &PlacedOrder, &Change)> = Vec::new();
    for (order, change) in unapproved {
        if let Some(rise) = change.rise().filter(|rise| *rise > limit) {
            let place = rises
                .partition_point(|(higher, before, _)| (higher, &order.id) > (&rise, &before.id));
            rises.insert(place, (rise, order, change));
        }
    }
    let flags = rises.into_iter().map(|(rise, order, change)| {
        Ok(Flag::CostIncrease {
            order_id: order.id.clone(),
            percent: percent(&rise, false)?,
            limit_percent,
            part: change.highest_part(),
        })
    });
    flags.collect()
}

/// Too many escalations, each given by the rules that asked for it.
pub(super) fn of_escalations<'e>(
    policy: &Policy,
    escalations: impl ExactSizeIterator<Item = &'e [Rc<str>]>,
) -> Option<Flag> {
    let limit = policy.control.escalations_per_week;
    let count = escalations.len();
    if usize::try_from(limit).is_ok_and(|limit| count <= limit) {
        return None;
    }
    let mut counts: BTreeMap<&Rc<str>, usize> = BTreeMap::new();
    for rules in escalations {
        for (place, rule) in rules.iter().enumerate() {
            let is_again = rules.iter().take(place).any(|before| before == rule);
            let count = counts.entry(rule).or_default();
            *count = count.saturating_add(usize::from(!is_again));
        }
    }
    let rules = sorted(counts, |(rule, count)| {
        let fewest = i64::try_from(*count).map_or(i64::MIN, i64::saturating_neg);
        (fewest, 0, &***rule)
    });
    let rules = rules.into_iter().map(|(rule, count)| RuleCount {
        rule: rule.clone(),
        count,
    });
    let rules = rules.collect();
    Some(Flag::TooManyEscalations {
        count,
        limit,
        rules,
    })
}
