//! What follows from what is known of an article that arrived: its sample, its plan, and what was found of it.

use std::rc::Rc;

use landfall::check::Named;
use landfall::policy::ReceivingRules;
use landfall::sampling::{
    self, AcceptancePlan, AcceptanceRequest, Aql, DefectClass, Edition, Inspection,
    InspectionVerdict, Judgement, Level, PerClass, Severity, SpotCheckPlan, SpotCheckRequest,
};
use landfall_workspace::rows::{ByName, Defect, Lot, Plan, Receipt};
use rust_decimal::prelude::ToPrimitive;

use super::cartons::cartons_of;
use super::{count, lot_path};
use crate::form::named;
use crate::model::{Effect, Model};
use crate::tree::{self, Tree};

/// The most cartons of an article that can be drawn from.
const MOST_CARTONS: u32 = 100_000;

/// The name of defective units of the documented rate among those found by class.
pub(super) const DEFECTIVE: &str = "defective";

/// The units of an article that arrived; `None` where none did, or they aren't counted yet.
pub(super) fn units(lot: &Lot) -> Option<u32> {
    let units = lot.received?.0.to_u32()?;
    (units > 0 && units <= 1_000_000_000).then_some(units)
}

/// The acceptance plan of an article, where one was chosen and its units are known.
pub(super) fn plan(lot: &Lot) -> Option<AcceptancePlan> {
    let request = request(lot.plan.as_ref()?, units(lot)?)?;
    Some(sampling::acceptance_plan(&request))
}

fn request(plan: &Plan, lot_size: u32) -> Option<AcceptanceRequest> {
    let severity = named::<Severity>(&plan.severity)?;
    let mut aql = PerClass::default();
    for (class, limit) in &plan.aql.0 {
        // No defect of the class may be found where its limit is 0.
        let limit = match limit.0.is_zero() {
            true => None,
            false => Some(Aql::of(limit.0, severity).ok()?),
        };
        match named::<DefectClass>(class)? {
            DefectClass::Critical => aql.critical = Some(limit),
            DefectClass::Major => aql.major = Some(limit),
            DefectClass::Minor => aql.minor = Some(limit),
        }
    }
    Some(AcceptanceRequest {
        lot_size,
        level: named::<Level>(&plan.level)?,
        severity,
        aql,
        edition: Edition::Iso1999,
    })
}

/// The articles that have arrived, by their place in the receipt.
fn arrived(receipt: &Receipt) -> impl Iterator<Item = (usize, &Lot)> {
    let lots = receipt.lots.iter().enumerate();
    lots.filter(|(_, lot)| units(lot).is_some())
}

/// The documented rate for all articles that have arrived, drawn from the seed of the receipt.
fn spot_check(receipt: &Receipt, rules: &ReceivingRules, seed: &str) -> Option<SpotCheckPlan> {
    let seed = sampling::Seed::parse(seed)?;
    let lots = arrived(receipt).filter_map(|(_, lot)| {
        let cartons = cartons_of(receipt, lot);
        Some(sampling::Lot {
            sku: lot.sku.to_string(),
            units: units(lot)?,
            cartons: cartons.filter(|cartons| (1..=MOST_CARTONS).contains(cartons)),
        })
    });
    Some(sampling::spot_check_plan(&SpotCheckRequest {
        lots: lots.collect(),
        percent: rules.spot_check_percent,
        minimum_per_sku: rules.minimum_per_sku,
        defective_batch_percent: rules.defective_batch_percent,
        seed,
    }))
}

/// What is to be checked of an article, as it is worked out.
#[derive(PartialEq, Debug)]
pub(super) struct Drawn {
    /// Its place in the receipt.
    pub at: usize,
    /// Units to check.
    pub sample: u32,
    /// Cartons to open.
    pub opened: Vec<u32>,
}

/// What is to be checked by the counts as they stand; nothing without a seed.
pub(super) fn drawn(receipt: &Receipt, rules: &ReceivingRules, seed: &str) -> Vec<Drawn> {
    let Some(spot_check) = spot_check(receipt, rules, seed) else {
        return Vec::new();
    };
    let lots = arrived(receipt).zip(spot_check.lots);
    lots.map(|((at, lot), by_rate)| {
        let by_plan = plan(lot).map(|plan| largest(&plan));
        Drawn {
            at,
            sample: by_plan.unwrap_or(by_rate.sample),
            opened: by_rate.open_cartons.unwrap_or_default(),
        }
    })
    .collect()
}

/// The largest sample of the classes.
pub(super) fn largest(plan: &AcceptancePlan) -> u32 {
    let sizes = plan.iter().map(|(_, class)| class.sample_size);
    sizes.max().unwrap_or(0)
}

/// Whether the counts have changed since the sample was drawn.
pub(super) fn is_outdated(receipt: &Receipt, rules: &ReceivingRules) -> bool {
    let seed = receipt.seed.as_deref().unwrap_or_default();
    drawn(receipt, rules, seed).iter().any(|drawn| {
        let lot = receipt.lots.get(drawn.at);
        lot.is_some_and(|lot| lot.sample != Some(drawn.sample) || lot.opened != drawn.opened)
    })
}

/// The units that were looked at: those that are done, and the one that a defect was noted of.
pub(super) fn inspected(lot: &Lot) -> u32 {
    let units = lot.defects.iter().filter_map(|defect| defect.unit);
    units.max().unwrap_or(0).max(lot.inspected.unwrap_or(0))
}

/// The class of a defect; one that isn't known counts as the worst.
pub(super) fn class_of(defect: &Defect) -> DefectClass {
    named(&defect.class).unwrap_or(DefectClass::Critical)
}

/// The defective units by class. A unit with several defects counts once, by the worst of them; what was noted by
/// count is a unit each.
pub(super) fn defective(lot: &Lot) -> PerClass<u32> {
    let mut units: Vec<(u32, DefectClass)> = Vec::new();
    let mut found = PerClass::<u32>::default();
    let mut add = |class: DefectClass, more: u32| {
        let of = match class {
            DefectClass::Critical => &mut found.critical,
            DefectClass::Major => &mut found.major,
            DefectClass::Minor => &mut found.minor,
        };
        *of = Some(of.unwrap_or(0).saturating_add(more));
    };
    for defect in &lot.defects {
        let class = class_of(defect);
        match defect.unit {
            None => add(class, defect.count.unwrap_or(1)),
            Some(unit) => match units.iter_mut().find(|(other, _)| *other == unit) {
                Some((_, worst)) => *worst = class.min(*worst),
                None => units.push((unit, class)),
            },
        }
    }
    units.into_iter().for_each(|(_, class)| add(class, 1));
    found
}

/// All defective units.
pub(super) fn total(found: &PerClass<u32>) -> u32 {
    let all = found.iter().map(|(_, found)| *found);
    all.fold(0, u32::saturating_add)
}

/// What becomes of an article by what was found so far; `None` where it has no sample.
pub(super) fn judged(lot: &Lot, rules: &ReceivingRules) -> Option<Judgement> {
    let sample = lot.sample.filter(|sample| *sample > 0)?;
    let found = defective(lot);
    let inspected = inspected(lot).max(total(&found));
    let inspection = match lot.plan {
        Some(_) => Inspection::Acceptance {
            plan: plan(lot)?,
            inspected: Some(inspected),
            found,
        },
        None => Inspection::Rate {
            sample,
            defective_batch_percent: rules.defective_batch_percent,
            inspected: Some(inspected),
            defective: total(&found),
        },
    };
    Some(sampling::judge_inspection(&inspection))
}

/// What is stored of what was found: by class where a plan asks for classes.
fn found(lot: &Lot) -> ByName<u32> {
    let found = defective(lot);
    if inspected(lot) == 0 && lot.defects.is_empty() {
        return ByName(Vec::new());
    }
    match lot.plan {
        None => ByName(vec![(DEFECTIVE.into(), total(&found))]),
        Some(_) => {
            let classes = DefectClass::ALL.iter();
            let of = |class: &DefectClass| {
                let found = found.get(*class).copied().unwrap_or(0);
                (Rc::from(class.name()), found)
            };
            ByName(classes.map(of).collect())
        }
    }
}

/// What a verdict says of the whole.
fn passed(verdict: InspectionVerdict) -> Option<bool> {
    match verdict {
        InspectionVerdict::Accept => Some(true),
        InspectionVerdict::Reject => Some(false),
        InspectionVerdict::Hold => None,
    }
}

/// What can be taken back of an inspection.
#[derive(PartialEq, Debug)]
pub(super) enum Undo {
    /// The defect at this place.
    Defect(usize),
    /// That this unit is done.
    Unit(u32),
}

/// What was noted last.
pub(super) fn last(lot: &Lot) -> Option<Undo> {
    let done = lot.inspected.unwrap_or(0);
    let at = lot.defects.len().checked_sub(1);
    let defect = at.filter(|at| {
        let unit = lot.defects.get(*at).and_then(|defect| defect.unit);
        lot.is_by_count || unit.is_some_and(|unit| unit > done)
    });
    match defect {
        Some(at) => Some(Undo::Defect(at)),
        None => (done > 0 && !lot.is_by_count).then_some(Undo::Unit(done)),
    }
}

impl Model {
    /// What follows from the counts, where it isn't noted yet. Gives what is to be done then, else nothing.
    pub(super) fn recount(&mut self) -> Vec<Effect> {
        let Some((_, receipt)) = self.receipt() else {
            return Vec::new();
        };
        let rules = self.policy().receiving.clone();
        let mut changes: Vec<(String, Option<Tree>)> = Vec::new();
        // What was inspected without a sample of this run stays as it was noted.
        let lots = receipt.lots.iter().enumerate();
        for (at, lot) in lots.filter(|(_, lot)| lot.sample.is_some()) {
            let found = found(lot);
            let passed = judged(lot, &rules).and_then(|judged| passed(judged.verdict));
            if found != lot.found {
                let fields = found.0.iter();
                let fields = fields.map(|(name, found)| (name.to_string().into(), count(*found)));
                let object = landfall::json::Json::Object(fields.collect());
                let object = (!found.0.is_empty()).then_some(object);
                changes.push((lot_path(at, "found"), object));
            }
            if passed != lot.passed {
                let passed = passed.map(landfall::json::Json::Boolean);
                changes.push((lot_path(at, "passed"), passed));
            }
        }
        if changes.is_empty() {
            return Vec::new();
        }
        self.change_desk(|typed| {
            for (path, value) in changes {
                tree::set(typed, &path, value);
            }
        })
    }

    /// Works out what to check of each article. The seed is drawn once for a receipt, so that nobody draws until
    /// the cartons suit.
    pub(super) fn draw(&mut self) -> Vec<Effect> {
        let Some((_, receipt)) = self.receipt() else {
            return Vec::new();
        };
        if arrived(&receipt).next().is_none() {
            return Vec::new();
        }
        let seed = receipt.seed.clone().unwrap_or(self.moment.seed.clone());
        let rules = self.policy().receiving.clone();
        let drawn = drawn(&receipt, &rules, &seed);
        if drawn.is_empty() {
            self.complain(crate::say::say(
                self.locale,
                "This browser gives no random numbers, so no cartons can be drawn. Use a current browser.",
                "此浏览器无法提供随机数，无法抽箱。请使用新版浏览器。",
            ));
            return Vec::new();
        }
        self.tap(|typed| {
            tree::set(typed, "seed", Some(tree::text(&*seed)));
            for drawn in drawn {
                let opened: Vec<Tree> = drawn.opened.into_iter().map(count).collect();
                let opened = (!opened.is_empty()).then_some(landfall::json::Json::List(opened));
                let at = |field| lot_path(drawn.at, field);
                tree::set(typed, &at("sample"), Some(count(drawn.sample)));
                tree::set(typed, &at("opened"), opened);
            }
        })
    }
}
