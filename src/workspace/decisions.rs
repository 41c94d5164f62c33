//! The owner's decisions on stops of orders. A decision is about one finding as it stood then: where the price,
//! the supplier, the value or the limit is another one since, the owner is asked again.

use std::collections::BTreeMap;

use landfall::finding::Outcome;
use landfall::order::Verdict;

use crate::record::{Key, Kind};
use crate::rows::{Decision, DecisionOutcome, Finding, Order, Row};
use crate::workspace::Workspace;

/// The decisions by order, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Decisions<'w>(BTreeMap<&'w str, Vec<(&'w Key, &'w Decision)>>);

impl<'w> Decisions<'w> {
    /// All decisions.
    pub fn all(workspace: &'w Workspace) -> Decisions<'w> {
        let mut all = BTreeMap::<&str, Vec<(&Key, &Decision)>>::new();
        for entry in workspace.list(Kind::Decision) {
            if let Some(Row::Decision(decision)) = entry.row() {
                let of_order = all.entry(&decision.order_id).or_default();
                of_order.push((entry.record().key(), decision));
            }
        }
        for of_order in all.values_mut() {
            of_order.sort_by(|one, other| (&one.1.at, one.0).cmp(&(&other.1.at, other.0)));
        }
        Decisions(all)
    }

    /// The decisions on an order, by the id of its record.
    pub fn on(&self, order_id: &str) -> &[(&'w Key, &'w Decision)] {
        self.0.get(order_id).map_or(&[], Vec::as_slice)
    }

    /// The last decision on a finding of an order.
    pub fn about(&self, order_id: &str, finding: &Finding) -> Option<&'w Decision> {
        let mut latest = self.on(order_id).iter().rev();
        latest.find_map(|(_, decision)| {
            (decision.finding.as_ref() == Some(finding)).then_some(*decision)
        })
    }

    /// The approval of a finding of an order; a later refusal takes it back.
    pub fn approval(&self, order_id: &str, finding: &Finding) -> Option<&'w Decision> {
        let decision = self.about(order_id, finding)?;
        match decision.outcome {
            DecisionOutcome::Approve | DecisionOutcome::ApproveWithCondition => Some(decision),
            DecisionOutcome::Reject => None,
        }
    }

    /// Whether every stop among the findings of an order is approved.
    pub fn lift(&self, order_id: &str, findings: &[Finding]) -> bool {
        let mut stops = findings
            .iter()
            .filter(|finding| finding.outcome == Outcome::HardStop);
        stops.all(|finding| self.approval(order_id, finding).is_some())
    }
}

impl Order {
    /// What the check of the order said; `None` where it wasn't checked.
    pub fn verdict(&self) -> Option<Verdict> {
        let has = |outcome| self.findings.iter().any(|of| of.outcome == outcome);
        match self.findings.is_empty() {
            true => None,
            false if has(Outcome::HardStop) => Some(Verdict::Stop),
            false if has(Outcome::Missing) => Some(Verdict::Incomplete),
            false => Some(Verdict::Proceed),
        }
    }
}
