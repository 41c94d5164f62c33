//! The first number: defective units of those inspected, and the batches behind it.

use super::index::Batch;
use super::measure::{percent, percentage, state};
use super::{BatchFigures, DefectRate, ProblemBatch, State};
use crate::issue::Issue;
use crate::policy::Policy;

/// The rate of the batches of a week.
pub(super) fn defects(policy: &Policy, batches: &[Batch<'_>]) -> Result<DefectRate, Issue> {
    let sum = |units: fn(&Batch<'_>) -> u64| {
        let units = batches.iter().map(units);
        units.fold(0, u64::saturating_add)
    };
    let inspected = sum(|batch| batch.inspected);
    let defective = sum(|batch| batch.defective);
    let rate = percentage(defective.into(), inspected.into());
    let limit_percent = policy.control.normal.defect_rate_percent;
    let state = match &rate {
        Some(rate) => state(rate, limit_percent),
        None => State::NoData,
    };
    let batches = batches.iter().map(|batch| figures(policy, batch));
    Ok(DefectRate {
        state,
        limit_percent,
        percent: rate.map(|rate| percent(&rate, false)).transpose()?,
        inspected,
        defective,
        batches: batches.collect::<Result<_, _>>()?,
    })
}

/// The defective ones among the batches of a week.
pub(super) fn problems(policy: &Policy, batches: &[Batch<'_>]) -> Result<Vec<ProblemBatch>, Issue> {
    let defective = batches
        .iter()
        .filter(|batch| batch.is_defective(policy) == Some(true));
    let problems = defective.map(|batch| {
        Ok(ProblemBatch {
            batch: figures(policy, batch)?,
            has_failed: batch.has_failed,
        })
    });
    problems.collect()
}

fn figures(policy: &Policy, batch: &Batch<'_>) -> Result<BatchFigures, Issue> {
    let rate = percentage(batch.defective.into(), batch.inspected.into());
    Ok(BatchFigures {
        receipt_id: batch.received.id.clone(),
        order_id: batch.received.order_id.clone(),
        supplier_id: batch.supplier_id.cloned(),
        inspected: batch.inspected,
        defective: batch.defective,
        percent: rate.map(|rate| percent(&rate, false)).transpose()?,
        is_defective: batch.is_defective(policy),
    })
}
