//! Reading requests from JSON, with every issue reported at once.

use rust_decimal::Decimal;

use super::acceptance::{
    AcceptancePlan, AcceptanceRequest, ClassPlan, DefectClass, Edition, PerClass,
};
use super::detection::DetectionRequest;
use super::judgement::Inspection;
use super::seed::Seed;
use super::spot_check::{Lot, SpotCheckRequest};
use super::tables::{Aql, Level, Severity};
use crate::check::{
    self, Checker, MAX_COUNT, Named,
    Need::{Optional, Required},
    Object, Place,
};
use crate::issue::{Because, Issue, Problem, Range};
use crate::json::Json;
use crate::landed_cost::{MAX_LINES, not_too_many};
use crate::money::Figure;
use crate::policy::ReceivingRules;

/// How many cartons a lot may have.
const MAX_CARTONS: u32 = 100_000;

impl SpotCheckRequest {
    /// Checks a raw request; `drawn` is the seed where it has none.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>, drawn: Seed) -> Result<SpotCheckRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = spot_check(&mut checker, json, drawn);
        checker.finish(request)
    }
}

impl AcceptanceRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<AcceptanceRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = acceptance(&mut checker, json);
        checker.finish(request)
    }
}

impl Inspection {
    /// Checks a raw request: a plan as the functions for plans answer it, and what was found.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<Inspection, Vec<Issue>> {
        let mut checker = Checker::new();
        let inspection = inspection(&mut checker, json);
        checker.finish(inspection)
    }
}

impl DetectionRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<DetectionRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = detection(&mut checker, json);
        checker.finish(request)
    }
}

/// A whole number within a range.
fn whole(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    at_least: u32,
    at_most: u32,
) -> Option<u32> {
    let number = check::whole(c, json, place, at_least)?;
    if number > at_most {
        let range = Range {
            at_least: Some(Figure(Decimal::from(at_least))),
            at_most: Some(Figure(Decimal::from(at_most))),
            ..Range::default()
        };
        return c.report(place, Problem::OutOfRange(range));
    }
    Some(number)
}

fn share(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Figure> {
    check::share(c, json, place).map(Figure)
}

fn spot_check(c: &mut Checker, json: &Json<'_>, drawn: Seed) -> Option<SpotCheckRequest> {
    let known = &[
        "lots",
        "percent",
        "minimumPerSku",
        "defectiveBatchPercent",
        "seed",
    ];
    let object = Object::open(c, json, &Place::Root, known)?;
    let lots = object.field(c, "lots", Required, |c, json, place| {
        not_too_many(c, json, place, MAX_LINES)?;
        check::filled_list(c, json, place, lot)
    });
    let percent = object.field(c, "percent", Optional, share);
    let minimum_per_sku = object.field(c, "minimumPerSku", Optional, |c, json, place| {
        check::whole(c, json, place, 0)
    });
    let limit = object.field(c, "defectiveBatchPercent", Optional, share);
    let seed = object.field(c, "seed", Optional, seed);
    let rules = ReceivingRules::default();
    Some(SpotCheckRequest {
        lots: lots?,
        percent: percent.unwrap_or(rules.spot_check_percent),
        minimum_per_sku: minimum_per_sku.unwrap_or(rules.minimum_per_sku),
        defective_batch_percent: limit.unwrap_or(rules.defective_batch_percent),
        seed: seed.unwrap_or(drawn),
    })
}

fn lot(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Lot> {
    let object = Object::open(c, json, place, &["sku", "units", "cartons"])?;
    let sku = object.field(c, "sku", Required, check::text);
    let units = object.field(c, "units", Required, |c, json, place| {
        check::whole(c, json, place, 1)
    });
    let cartons = object.field(c, "cartons", Optional, |c, json, place| {
        whole(c, json, place, 1, MAX_CARTONS)
    });
    Some(Lot {
        sku: sku?,
        units: units?,
        cartons,
    })
}

fn seed(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Seed> {
    let text = check::any_text(c, json, place)?;
    match Seed::parse(&text) {
        Some(seed) => Some(seed),
        None => {
            let found = check::quoted(&text);
            c.report(place, Problem::BadSeed { found })
        }
    }
}

fn acceptance(c: &mut Checker, json: &Json<'_>) -> Option<AcceptanceRequest> {
    let known = &["lotSize", "level", "severity", "aql", "edition"];
    let object = Object::open(c, json, &Place::Root, known)?;
    let lot_size = object.field(c, "lotSize", Required, |c, json, place| {
        check::whole(c, json, place, 1)
    });
    let level = object.field(c, "level", Optional, check::choice);
    let severity = object.field(c, "severity", Optional, check::choice);
    let severity = severity.unwrap_or(Severity::Normal);
    let edition = object.field(c, "edition", Optional, check::choice);
    let aql = match object.get("aql") {
        Some(_) => object.field(c, "aql", Required, |c, json, place| {
            let aql = per_class(c, json, place, |c, class, json, place| {
                aql(c, json, place, class, severity)
            })?;
            if aql.iter().next().is_none() {
                return c.report(place, Problem::Empty);
            }
            Some(aql)
        }),
        None => Some(AcceptanceRequest::usual_aql()),
    };
    Some(AcceptanceRequest {
        lot_size: lot_size?,
        level: level.unwrap_or(Level::II),
        severity,
        aql: aql?,
        edition: edition.unwrap_or(Edition::Z14),
    })
}

/// What is read for each class that stands in an object; `None` where one of them is wrong.
fn per_class<'j, T>(
    c: &mut Checker,
    json: &'j Json<'j>,
    place: &Place<'_>,
    mut read: impl FnMut(&mut Checker, DefectClass, &'j Json<'j>, &Place<'_>) -> Option<T>,
) -> Option<PerClass<T>> {
    let object = Object::open(c, json, place, DefectClass::NAMES)?;
    let mut of = |class: DefectClass| match object.get(class.name()) {
        Some(_) => object
            .field(c, class.name(), Required, |c, json, place| {
                read(c, class, json, place)
            })
            .map(Some),
        None => Some(None),
    };
    let (critical, major) = (of(DefectClass::Critical), of(DefectClass::Major));
    let minor = of(DefectClass::Minor);
    Some(PerClass {
        critical: critical?,
        major: major?,
        minor: minor?,
    })
}

/// An AQL of the table, or 0 of critical defects.
fn aql(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    class: DefectClass,
    severity: Severity,
) -> Option<Option<Aql>> {
    let value = check::amount(c, json, place)?;
    if class == DefectClass::Critical && value.is_zero() {
        return Some(None);
    }
    match Aql::of(value, severity) {
        Ok(aql) => Some(Some(aql)),
        Err(allowed) => {
            let found = value.to_string();
            c.report(place, Problem::UnknownValue { found, allowed })
        }
    }
}

fn inspection(c: &mut Checker, json: &Json<'_>) -> Option<Inspection> {
    let object = Object::open(c, json, &Place::Root, &["plan", "found"])?;
    let is_rate = matches!(
        object.get("plan"),
        Some(Json::Object(fields)) if fields.iter().any(|(name, _)| name == "sample")
    );
    if is_rate {
        let plan = object.field(c, "plan", Required, rate_plan);
        let found = object.field(c, "found", Required, |c, json, place| {
            found_by_rate(c, json, place, plan.map(|(sample, _)| sample))
        });
        let ((sample, defective_batch_percent), (inspected, defective)) = (plan?, found?);
        return Some(Inspection::Rate {
            sample,
            defective_batch_percent,
            inspected,
            defective,
        });
    }
    let plan = object.field(c, "plan", Required, |c, json, place| {
        let plan = per_class(c, json, place, |c, _, json, place| {
            class_plan(c, json, place)
        })?;
        if plan.iter().next().is_none() {
            return c.report(place, Problem::Empty);
        }
        Some(plan)
    });
    let found = object.field(c, "found", Required, |c, json, place| {
        found_by_class(c, json, place, plan.as_ref())
    });
    let (plan, (inspected, found)) = (plan?, found?);
    Some(Inspection::Acceptance {
        plan,
        inspected,
        found,
    })
}

/// A lot of a spot check.
fn rate_plan(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<(u32, Figure)> {
    let known = &[
        "sku",
        "units",
        "cartons",
        "sample",
        "openCartons",
        "inspectsAll",
        "defectiveBatchPercent",
        "detection",
    ];
    let object = Object::open(c, json, place, known)?;
    let sample = object.field(c, "sample", Required, |c, json, place| {
        check::whole(c, json, place, 0)
    });
    let limit = object.field(c, "defectiveBatchPercent", Optional, share);
    let limit = limit.unwrap_or(ReceivingRules::default().defective_batch_percent);
    Some((sample?, limit))
}

fn found_by_rate(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    sample: Option<u32>,
) -> Option<(Option<u32>, u32)> {
    let object = Object::open(c, json, place, &["inspected", "defective"])?;
    let inspected = inspected(c, &object);
    let most = inspected.or(sample).unwrap_or(MAX_COUNT);
    let defective = object.field(c, "defective", Required, |c, json, place| {
        whole(c, json, place, 0, most)
    });
    Some((inspected, defective?))
}

fn inspected(c: &mut Checker, object: &Object<'_, '_>) -> Option<u32> {
    object.field(c, "inspected", Optional, |c, json, place| {
        check::whole(c, json, place, 0)
    })
}

/// The plan of a class, as [`super::acceptance_plan`] answers it.
fn class_plan(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<ClassPlan> {
    let known = &[
        "codeLetter",
        "sampleSize",
        "accept",
        "reject",
        "arrow",
        "inspectsAll",
        "sourcesDisagree",
        "edition",
        "sentence",
    ];
    let object = Object::open(c, json, place, known)?;
    let sample_size = object.field(c, "sampleSize", Required, |c, json, place| {
        check::whole(c, json, place, 1)
    });
    let accept = object.field(c, "accept", Required, |c, json, place| {
        check::whole(c, json, place, 0)
    });
    let reject = object.field(c, "reject", Required, |c, json, place| {
        whole(
            c,
            json,
            place,
            accept.unwrap_or(0).saturating_add(1),
            MAX_COUNT,
        )
    });
    let edition = object.field(c, "edition", Optional, check::choice);
    Some(ClassPlan {
        code_letter: None,
        sample_size: sample_size?,
        accept: accept?,
        reject: reject?,
        arrow: false,
        inspects_all: false,
        sources_disagree: false,
        edition,
    })
}

fn found_by_class(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    plan: Option<&AcceptancePlan>,
) -> Option<(Option<u32>, PerClass<u32>)> {
    let known = &["inspected", "critical", "major", "minor"];
    let object = Object::open(c, json, place, known)?;
    let inspected = inspected(c, &object);
    let mut of = |class: DefectClass| {
        object.field(c, class.name(), Optional, |c, json, place| {
            let found = check::whole(c, json, place, 0)?;
            if plan.is_some_and(|plan| plan.get(class).is_none()) {
                let because = Because::NotInPlan;
                return c.report(place, Problem::NotAllowedHere { because });
            }
            Some(found)
        })
    };
    let found = PerClass {
        critical: of(DefectClass::Critical),
        major: of(DefectClass::Major),
        minor: of(DefectClass::Minor),
    };
    Some((inspected, found))
}

fn detection(c: &mut Checker, json: &Json<'_>) -> Option<DetectionRequest> {
    let object = Object::open(c, json, &Place::Root, &["lot", "sample", "percent"])?;
    let lot = object.field(c, "lot", Required, |c, json, place| {
        check::whole(c, json, place, 1)
    });
    let sample = object.field(c, "sample", Required, |c, json, place| {
        whole(c, json, place, 1, lot.unwrap_or(MAX_COUNT))
    });
    let percent = object.field(c, "percent", Required, share);
    Some(DetectionRequest {
        lot: lot?,
        sample: sample?,
        percent: percent?,
    })
}
