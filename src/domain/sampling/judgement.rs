//! What follows from what a check found: accept, reject, or hold until the sample is complete.

use rust_decimal::Decimal;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::acceptance::{AcceptancePlan, ClassPlan, PerClass, is_false};
use crate::check::named;
use crate::landed_cost::decimal;
use crate::money::{Figure, Nat, Ratio};

/// An inspection so far: its plan, and what was found.
#[derive(Clone, PartialEq, Debug)]
pub enum Inspection {
    /// By an acceptance plan.
    Acceptance {
        /// The plan.
        plan: AcceptancePlan,
        /// Units that were checked; `None` where it is the whole sample.
        inspected: Option<u32>,
        /// Defects by class; a class that is left out has none.
        found: PerClass<u32>,
    },
    /// By the documented rate.
    Rate {
        /// Units of the sample.
        sample: u32,
        /// Above this rate of bad units the lot is bad, in percent.
        defective_batch_percent: Figure,
        /// Units that were checked; `None` where it is the whole sample.
        inspected: Option<u32>,
        /// How many of them are bad.
        defective: u32,
    },
}

named! {
    /// What becomes of a lot, from best to worst.
    InspectionVerdict {
        /// It is accepted.
        Accept = "accept",
        /// The sample isn't complete, and what was found doesn't decide yet.
        Hold = "hold",
        /// It is rejected.
        Reject = "reject",
    }
}

/// What becomes of a lot.
#[derive(Clone, PartialEq, Debug)]
pub struct Judgement {
    /// The worst of all parts.
    pub verdict: InspectionVerdict,
    /// By class of defects; none of the documented rate.
    pub classes: PerClass<ClassJudgement>,
    /// By the documented rate.
    pub rate: Option<RateJudgement>,
}

impl Serialize for Judgement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("verdict", &self.verdict)?;
        for (class, judgement) in self.classes.iter() {
            fields.serialize_entry(class.name(), judgement)?;
        }
        if let Some(rate) = &self.rate {
            fields.serialize_entry("rate", rate)?;
        }
        fields.end()
    }
}

/// What one class of defects says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClassJudgement {
    /// What becomes of the lot by this class alone.
    pub verdict: InspectionVerdict,
    /// Defects that were found.
    pub found: u32,
    /// Units that were checked.
    pub inspected: u32,
    /// Units of the sample.
    pub sample_size: u32,
    /// At most so many are accepted.
    pub accept: u32,
    /// From so many the lot is rejected.
    pub reject: u32,
    /// Whether the next lot is inspected normally again: more were found than a reduced plan accepts, but
    /// not as many as it rejects.
    #[serde(skip_serializing_if = "is_false")]
    pub back_to_normal: bool,
}

/// What the documented rate says.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RateJudgement {
    /// What becomes of the lot.
    pub verdict: InspectionVerdict,
    /// Bad units that were found.
    pub defective: u32,
    /// Units that were checked.
    pub inspected: u32,
    /// Units of the sample.
    pub sample: u32,
    /// The bad units in percent of those that were checked, rounded up to 2 decimals; missing where none
    /// were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<Figure>,
    /// Above this rate the lot is bad.
    pub defective_batch_percent: Figure,
}

/// What becomes of a lot.
pub fn judge_inspection(inspection: &Inspection) -> Judgement {
    match inspection {
        Inspection::Acceptance {
            plan,
            inspected,
            found,
        } => {
            let classes = plan.map(|class, plan| {
                let found = found.get(class).copied().unwrap_or(0);
                by_class(plan, inspected.unwrap_or(plan.sample_size), found)
            });
            let verdicts = classes.iter().map(|(_, judgement)| judgement.verdict);
            Judgement {
                verdict: verdicts.max().unwrap_or(InspectionVerdict::Hold),
                classes,
                rate: None,
            }
        }
        Inspection::Rate {
            sample,
            defective_batch_percent,
            inspected,
            defective,
        } => {
            let inspected = inspected.unwrap_or(*sample);
            let rate = by_rate(*sample, *defective_batch_percent, inspected, *defective);
            Judgement {
                verdict: rate.verdict,
                classes: PerClass::default(),
                rate: Some(rate),
            }
        }
    }
}

fn by_class(plan: &ClassPlan, inspected: u32, found: u32) -> ClassJudgement {
    let verdict = if found >= plan.reject {
        InspectionVerdict::Reject
    } else if inspected < plan.sample_size {
        InspectionVerdict::Hold
    } else {
        InspectionVerdict::Accept
    };
    ClassJudgement {
        verdict,
        found,
        inspected,
        sample_size: plan.sample_size,
        accept: plan.accept,
        reject: plan.reject,
        back_to_normal: found > plan.accept && found < plan.reject,
    }
}

/// A lot is rejected as soon as it would be with every further unit of the sample good.
fn by_rate(sample: u32, limit: Figure, inspected: u32, defective: u32) -> RateJudgement {
    let whole = inspected.max(sample);
    let verdict = if exceeds(defective, whole, limit.0) {
        InspectionVerdict::Reject
    } else if inspected < sample || inspected == 0 {
        InspectionVerdict::Hold
    } else {
        InspectionVerdict::Accept
    };
    let percent = (inspected > 0).then(|| {
        let hundredfold = Nat::from(u128::from(defective)).times(&Nat::from(100));
        let percent = Ratio::new(hundredfold, Nat::from(u128::from(inspected)));
        decimal(&percent.rounded_up(2), 2).ok()
    });
    RateJudgement {
        verdict,
        defective,
        inspected,
        sample,
        percent: percent.flatten(),
        defective_batch_percent: limit,
    }
}

/// Whether bad units are more than so many percent of a whole. Compared as products, exactly.
fn exceeds(defective: u32, whole: u32, percent: Decimal) -> bool {
    let of_whole = Ratio::percent(percent).times_nat(&Nat::from(u128::from(whole)));
    Ratio::whole(u128::from(defective)) > of_whole
}

/// How many bad units a sample by the documented rate may have: the most that aren't above the rate.
pub fn accepted_by_rate(sample: u32, defective_batch_percent: Decimal) -> u32 {
    let most = Ratio::percent(defective_batch_percent).times_nat(&Nat::from(u128::from(sample)));
    let most = most.rounded_down(0).to_u128();
    most.and_then(|most| u32::try_from(most).ok())
        .unwrap_or(sample)
}
