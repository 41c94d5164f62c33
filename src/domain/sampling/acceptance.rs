//! Acceptance plans: how many units to check, and how many bad ones a lot may have.

use rust_decimal::Decimal;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::tables::{self, Aql, CodeLetter, Level, Severity, code_letter};
use crate::check::{Named, named};

named! {
    /// How bad a defect is.
    DefectClass {
        /// Dangerous or unlawful: none is allowed.
        Critical = "critical",
        /// The unit can't be sold as it is.
        Major = "major",
        /// The unit can be sold.
        Minor = "minor",
    }
}

named! {
    /// The wording of the standard that a reduced plan follows.
    Edition {
        /// With numbers between acceptance and rejection: the lot is accepted, the next one is inspected
        /// normally.
        Z14 = "Z1.4",
        /// Without them.
        Iso1999 = "ISO 2859-1:1999",
    }
}

/// Something for each class of defects that is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PerClass<T> {
    /// Of critical defects.
    pub critical: Option<T>,
    /// Of major defects.
    pub major: Option<T>,
    /// Of minor defects.
    pub minor: Option<T>,
}

impl<T> Default for PerClass<T> {
    fn default() -> PerClass<T> {
        PerClass {
            critical: None,
            major: None,
            minor: None,
        }
    }
}

impl<T> PerClass<T> {
    /// Of one class.
    pub fn get(&self, class: DefectClass) -> Option<&T> {
        match class {
            DefectClass::Critical => self.critical.as_ref(),
            DefectClass::Major => self.major.as_ref(),
            DefectClass::Minor => self.minor.as_ref(),
        }
    }

    /// Of each class that there is, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (DefectClass, &T)> {
        let classes = DefectClass::ALL.iter();
        classes.filter_map(|class| Some((*class, self.get(*class)?)))
    }

    /// Something else of each class that there is.
    pub fn map<U>(&self, mut of: impl FnMut(DefectClass, &T) -> U) -> PerClass<U> {
        let mut of = |class| self.get(class).map(|value| of(class, value));
        PerClass {
            critical: of(DefectClass::Critical),
            major: of(DefectClass::Major),
            minor: of(DefectClass::Minor),
        }
    }
}

impl<T: Serialize> Serialize for PerClass<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        for (class, value) in self.iter() {
            fields.serialize_entry(class.name(), value)?;
        }
        fields.end()
    }
}

/// What is asked: a lot, and what its inspection goes by.
#[derive(Clone, PartialEq, Debug)]
pub struct AcceptanceRequest {
    /// Units of the lot, above 0.
    pub lot_size: u32,
    /// How much of it is looked at.
    pub level: Level,
    /// How strictly it is judged.
    pub severity: Severity,
    /// The limit of each class; `None` inside where none may be found.
    pub aql: PerClass<Option<Aql>>,
    /// What reduced plans follow.
    pub edition: Edition,
}

impl AcceptanceRequest {
    /// The usual limits: no critical defect, 2.5 of major and 4.0 of minor ones.
    pub fn usual_aql() -> PerClass<Option<Aql>> {
        let aql = |value| Some(Aql::of(value, Severity::Normal).ok());
        PerClass {
            critical: Some(None),
            major: aql(Decimal::new(25, 1)),
            minor: aql(Decimal::from(4)),
        }
    }
}

/// A plan for each class of defects.
pub type AcceptancePlan = PerClass<ClassPlan>;

/// The plan for one class of defects.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClassPlan {
    /// The code letter of the lot; missing of one unit, which is outside the tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_letter: Option<CodeLetter>,
    /// Units to check: the table's number, at most the lot.
    pub sample_size: u32,
    /// At most so many are accepted.
    pub accept: u32,
    /// From so many the lot is rejected.
    pub reject: u32,
    /// Whether an arrow of the table led to the plan and the sample of another row.
    pub arrow: bool,
    /// Whether the sample is the whole lot.
    #[serde(skip_serializing_if = "is_false")]
    pub inspects_all: bool,
    /// Whether sources disagree on this cell of the table.
    #[serde(skip_serializing_if = "is_false")]
    pub sources_disagree: bool,
    /// What a reduced plan follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<Edition>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
pub(super) fn is_false(flag: &bool) -> bool {
    !flag
}

/// The plan for each class that is asked for. Where none may be found, the sample is the largest of the
/// other classes; where there are no others, that of the code letter.
pub fn acceptance_plan(request: &AcceptanceRequest) -> AcceptancePlan {
    let severity = request.severity;
    let edition = (severity == Severity::Reduced).then_some(request.edition);
    let Some(letter) = code_letter(request.lot_size, request.level) else {
        return request.aql.map(|_, _| ClassPlan {
            code_letter: None,
            sample_size: request.lot_size,
            accept: 0,
            reject: 1,
            arrow: false,
            inspects_all: true,
            sources_disagree: false,
            edition,
        });
    };
    let of_table = |aql: Aql| tables::plan(severity, letter, aql);
    let limits = request.aql.iter();
    let others = limits.filter_map(|(_, aql)| aql.map(of_table));
    let largest = others.max_by_key(|plan| plan.size);
    let (size, arrow) = largest.map_or((tables::size(severity, letter), false), |plan| {
        (plan.size, plan.arrow)
    });
    request.aql.map(|_, aql| {
        let plan = aql.map_or(
            tables::TablePlan {
                size,
                accept: 0,
                reject: 1,
                arrow,
                is_disputed: false,
            },
            of_table,
        );
        ClassPlan {
            code_letter: Some(letter),
            sample_size: plan.size.min(request.lot_size),
            accept: plan.accept,
            reject: match edition {
                Some(Edition::Z14) => plan.reject,
                Some(Edition::Iso1999) | None => plan.accept.saturating_add(1),
            },
            arrow: plan.arrow,
            inspects_all: plan.size >= request.lot_size,
            sources_disagree: plan.is_disputed,
            edition,
        }
    })
}
