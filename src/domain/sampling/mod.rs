//! Sampling on receipt: how many units to check, which cartons to open, what a check can see, and what
//! follows from what it found.
//!
//! The documented rate is the owner's own; acceptance plans are those of single sampling by ISO 2859-1
//! and ANSI/ASQ Z1.4.

mod acceptance;
mod detection;
mod judgement;
mod reading;
mod seed;
mod spot_check;
mod switching;
mod tables;

pub use acceptance::{
    AcceptancePlan, AcceptanceRequest, ClassPlan, DefectClass, Edition, PerClass, acceptance_plan,
};
pub use detection::{
    Detection, DetectionRequest, Odds, OperatingPoint, Plan, bad_units, detection, operating_curve,
    passes, sample_to_see, zero_defect_plan,
};
pub use judgement::{
    ClassJudgement, Inspection, InspectionVerdict, Judgement, RateJudgement, accepted_by_rate,
    judge_inspection,
};
pub use seed::Seed;
pub use spot_check::{
    Lot, LotPlan, SpotCheckPlan, SpotCheckRequest, SpotCheckTotals, documented_sample,
    spot_check_plan,
};
pub use switching::{NextSeverity, Switching, SwitchingReason, next_severity};
pub use tables::{Aql, CodeLetter, Level, Severity, code_letter};

use crate::issue::Issue;
use crate::json::Json;

/// The spot check of a raw request; `drawn` is the seed where it has none.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn spot_check_plan_of(json: &Json<'_>, drawn: Seed) -> Result<SpotCheckPlan, Vec<Issue>> {
    SpotCheckRequest::check(json, drawn).map(|request| spot_check_plan(&request))
}

/// The acceptance plan of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn acceptance_plan_of(json: &Json<'_>) -> Result<AcceptancePlan, Vec<Issue>> {
    AcceptanceRequest::check(json).map(|request| acceptance_plan(&request))
}

/// The judgement on a raw inspection.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn judge_inspection_of(json: &Json<'_>) -> Result<Judgement, Vec<Issue>> {
    Inspection::check(json).map(|inspection| judge_inspection(&inspection))
}

/// How long it takes one person to check so many units at so many an hour, in minutes, rounded up.
pub fn inspection_minutes(units: u64, units_per_hour: u32) -> u64 {
    let per_hour = u64::from(units_per_hour.max(1));
    units.saturating_mul(60).div_ceil(per_hour)
}
