//! Receiving: what is due by when after goods were dispatched, arrived and were checked; what an
//! inspection covers; and the names of the files that prove it.
//!
//! Source of the rules: part 3 of the owner's rules. Hours and days are the policy's; those by which
//! 1688 confirms an order are the platform's.

mod coverage;
mod deadlines;
mod dispute;
mod evidence;

pub use coverage::{AGENT_PHOTOS, Aspect, uncovered};
pub use deadlines::{
    AutoConfirm, Clock, ClockState, Deadline, Deadlines, DeadlinesRequest, Loss, LossKind,
    Shipment, Variance, deadlines,
};
pub use dispute::Wish;
pub use evidence::{EvidenceName, evidence_key, evidence_name, unique_evidence_name};

use crate::issue::Issue;
use crate::json::Json;

/// The clocks of shipments, of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn deadlines_of(json: &Json<'_>) -> Result<Deadlines, Vec<Issue>> {
    DeadlinesRequest::check(json).map(|request| deadlines(&request))
}
