//! Suppliers: what is known of a new one against what the owner asks for, and how one in use performs.
//!
//! Source of the rules: part 1 of the owner's rules. Its thresholds are the policy's; those of capacity
//! and answer times are the same for everybody.

mod checklist;
mod evidence;
mod performance;
mod red_flags;
mod score;
mod terms;

pub use checklist::{Checklist, ChecklistEntry, ChecklistItem, State};
pub use evidence::{
    Axis, AxisReading, Band, CreditGrade, Evidence, Membership, Observed, Risk, Tier,
};
pub use performance::{
    Answers, AxisScore, Batch, DefectRate, Deliveries, Delivery, Grade, GradeRequest, PaidPrice,
    PerformanceAxes, PerformanceAxis, PriceRise, SupplierGrade, grade_supplier,
};
pub use red_flags::{FlagSource, MarketPrice, RaisedFlag, RedFlag};
pub use score::{Readiness, ScoreRequest, SupplierScore, hours_between, score_supplier};
pub use terms::{JudgedTerms, PaymentTerms};

use crate::issue::Issue;
use crate::json::Json;

/// What is known of a new supplier, judged, of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn score_supplier_of(json: &Json<'_>) -> Result<SupplierScore, Vec<Issue>> {
    let request = ScoreRequest::check(json)?;
    score_supplier(&request).map_err(|issue| vec![issue])
}

/// The grade of a supplier in use, of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn grade_supplier_of(json: &Json<'_>) -> Result<SupplierGrade, Vec<Issue>> {
    let request = GradeRequest::check(json)?;
    grade_supplier(&request).map_err(|issue| vec![issue])
}
