//! The documented rate: so many percent of each article, and at least so many units; and the cartons to
//! take them from.

use rust_decimal::Decimal;
use serde::Serialize;

use super::acceptance::is_false;
use super::detection::{Detection, DetectionRequest, detection, part_of};
use super::seed::{Draw, Seed};
use crate::money::Figure;

/// What is asked: lots, and how much of each is checked.
#[derive(Clone, PartialEq, Debug)]
pub struct SpotCheckRequest {
    /// The lots, 1 … 10,000.
    pub lots: Vec<Lot>,
    /// Of each lot, so many percent are checked.
    pub percent: Figure,
    /// And at least so many units.
    pub minimum_per_sku: u32,
    /// Above this rate of bad units a lot is bad, in percent.
    pub defective_batch_percent: Figure,
    /// What the draw of cartons goes by.
    pub seed: Seed,
}

/// The units of one article that arrived together.
#[derive(Clone, PartialEq, Debug)]
pub struct Lot {
    /// The article.
    pub sku: String,
    /// Units, 1 … 1,000,000,000.
    pub units: u32,
    /// The cartons that they are in, 1 … 100,000, where that is known.
    pub cartons: Option<u32>,
}

/// What to check of each lot.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SpotCheckPlan {
    /// The seed of the draw.
    pub seed: Seed,
    /// The lots in the order of the request.
    pub lots: Vec<LotPlan>,
    /// All lots together.
    pub totals: SpotCheckTotals,
}

/// What to check of a lot.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LotPlan {
    /// The article.
    pub sku: String,
    /// Units of the lot.
    pub units: u32,
    /// The cartons that they are in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cartons: Option<u32>,
    /// Units to check.
    pub sample: u32,
    /// The cartons to open, numbered from 1, in ascending order; missing where their number isn't known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_cartons: Option<Vec<u32>>,
    /// Whether the sample is the whole lot.
    #[serde(skip_serializing_if = "is_false")]
    pub inspects_all: bool,
    /// Above this rate of bad units the lot is bad, in percent.
    pub defective_batch_percent: Figure,
    /// What the check sees of a lot with just so many.
    pub detection: Detection,
}

/// All lots together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SpotCheckTotals {
    /// Units of the lots.
    pub units: u64,
    /// Units to check.
    pub sample: u64,
    /// Cartons, as far as their number is known.
    pub cartons: u64,
    /// Cartons to open.
    pub open_cartons: u64,
}

/// What to check of each lot: `min(units, max(minimum, ⌈units × percent / 100⌉))` units, from
/// `max(⌈√cartons⌉, 1)` cartons.
pub fn spot_check_plan(request: &SpotCheckRequest) -> SpotCheckPlan {
    let mut draw = Draw::new(request.seed);
    let mut totals = SpotCheckTotals::default();
    let mut lots = Vec::new();
    for lot in &request.lots {
        let plan = lot_plan(request, lot, &mut draw);
        let opened = plan.open_cartons.as_ref().map_or(0, Vec::len);
        let add = |sum: &mut u64, more: u32| *sum = sum.saturating_add(u64::from(more));
        add(&mut totals.units, plan.units);
        add(&mut totals.sample, plan.sample);
        add(&mut totals.cartons, plan.cartons.unwrap_or(0));
        add(
            &mut totals.open_cartons,
            u32::try_from(opened).unwrap_or(u32::MAX),
        );
        lots.push(plan);
    }
    SpotCheckPlan {
        seed: request.seed,
        lots,
        totals,
    }
}

fn lot_plan(request: &SpotCheckRequest, lot: &Lot, draw: &mut Draw) -> LotPlan {
    let sample = documented_sample(lot.units, request.percent.0, request.minimum_per_sku);
    let open_cartons = lot.cartons.map(|cartons| {
        let root = cartons.isqrt();
        let up = u32::from(root.saturating_mul(root) < cartons);
        draw.numbers(root.saturating_add(up).max(1), cartons)
    });
    LotPlan {
        sku: lot.sku.clone(),
        units: lot.units,
        cartons: lot.cartons,
        sample,
        open_cartons,
        inspects_all: sample == lot.units,
        defective_batch_percent: request.defective_batch_percent,
        detection: detection(&DetectionRequest {
            lot: lot.units,
            sample,
            percent: request.defective_batch_percent,
        }),
    }
}

/// The units of a lot that the documented rate checks.
pub fn documented_sample(units: u32, percent: Decimal, minimum: u32) -> u32 {
    part_of(units, percent).max(minimum).min(units)
}
