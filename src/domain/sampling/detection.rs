//! What a sample can see: exact shares of the samples that could be drawn, by the hypergeometric
//! distribution.
//!
//! The shares are sums of products of ratios of whole numbers, counted from the likeliest sample
//! outwards. That keeps nine digits for lots of 10,000,000 units, where a binomial approximation or
//! logarithms of factorials lose them. It is the only floating-point arithmetic in this crate.
#![allow(
    clippy::float_arithmetic,
    reason = "a chance is no money: it is rounded once, to nine digits, and nothing is added up of it"
)]

use rust_decimal::Decimal;
use serde::Serialize;

use crate::money::Figure;

/// What is asked: what a sample can see of a lot.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DetectionRequest {
    /// Units of the lot, above 0.
    pub lot: u32,
    /// Units of the sample, at most the lot.
    pub sample: u32,
    /// How many of the lot are bad, in percent.
    pub percent: Figure,
}

/// What a sample can see.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Detection {
    /// The bad units of the lot: the percentage, rounded up to a whole unit.
    pub defective: u32,
    /// The chance that the sample has at least one of them, to nine significant digits. It is 1 only
    /// where that is certain.
    pub probability: Figure,
}

impl Detection {
    /// How often such a lot passes unseen.
    pub fn unseen(&self) -> Odds {
        Odds::of(Decimal::ONE.saturating_sub(self.probability.0))
    }
}

/// A chance as people say it: so many times in 100, or in as many more as it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Odds {
    /// How often.
    pub times: u32,
    /// Of so many times: 100, 1,000 … 1,000,000, the fewest of which it is neither never nor always.
    pub of: u32,
}

impl Odds {
    /// The odds of a chance from 0 to 1, rounded. Never and always remain only of 1,000,000.
    pub fn of(chance: Decimal) -> Odds {
        let whole = 10_u128.saturating_pow(chance.scale());
        let part = chance.mantissa().unsigned_abs().min(whole);
        let rounded = |of: u32| {
            let twice = u128::from(of).saturating_mul(part).saturating_mul(2);
            let times = twice
                .saturating_add(whole)
                .div_euclid(whole.saturating_mul(2));
            let times = u32::try_from(times).unwrap_or(of);
            Odds { times, of }
        };
        let mut all = [100, 1_000, 10_000, 100_000].into_iter().map(rounded);
        all.find(|odds| odds.times > 0 && odds.times < odds.of)
            .unwrap_or_else(|| rounded(1_000_000))
    }
}

/// A plan for one lot: of `lot` units `sample` are checked, and at most `accept` of them may be bad.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Units of the lot.
    pub lot: u32,
    /// Units of the sample, at most the lot.
    pub sample: u32,
    /// Bad units of the sample that are accepted.
    pub accept: u32,
}

/// The bad units of a lot: so many percent of it, rounded up, at most all.
pub fn bad_units(lot: u32, percent: Decimal) -> u32 {
    part_of(lot, percent).min(lot)
}

/// So many percent of some units, rounded up, exactly.
pub(super) fn part_of(units: u32, percent: Decimal) -> u32 {
    let whole = 10_u128.saturating_pow(percent.scale()).saturating_mul(100);
    let parts = percent.mantissa().unsigned_abs();
    let units = u128::from(units).saturating_mul(parts).div_ceil(whole);
    u32::try_from(units).unwrap_or(u32::MAX)
}

/// What a sample can see.
pub fn detection(request: &DetectionRequest) -> Detection {
    let defective = bad_units(request.lot, request.percent.0);
    let plan = Plan {
        lot: request.lot,
        sample: request.sample,
        accept: 0,
    };
    let shares = shares(plan, defective);
    Detection {
        defective,
        probability: figure(shares.over, shares.within),
    }
}

/// The chance that a lot with so many bad units is accepted, to nine significant digits, at most 18
/// decimals; 1 only where that is certain.
pub fn passes(plan: Plan, bad: u32) -> Figure {
    let shares = shares(plan, bad);
    figure(shares.within, shares.over)
}

/// The plan that accepts no bad unit and sees so many percent of them with the wished confidence. `None`
/// where the lot has no bad unit.
pub fn zero_defect_plan(lot: u32, percent: Decimal, confidence_percent: Decimal) -> Option<Plan> {
    let sample = sample_to_see(lot, percent, confidence_percent)?;
    let accept = 0;
    Some(Plan {
        lot,
        sample,
        accept,
    })
}

/// What a plan lets through at a quality.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct OperatingPoint {
    /// Bad units of the lot in percent, as it is asked for.
    pub percent: Figure,
    /// As a whole number of units, rounded up.
    pub bad: u32,
    /// The chance that such a lot is accepted.
    pub accepted: Figure,
}

/// The operating characteristic curve of a plan at these qualities, in percent of bad units.
pub fn operating_curve(
    plan: Plan,
    percents: impl IntoIterator<Item = Decimal>,
) -> Vec<OperatingPoint> {
    let points = percents.into_iter().map(|percent| {
        let bad = bad_units(plan.lot, percent);
        OperatingPoint {
            percent: Figure(percent),
            bad,
            accepted: passes(plan, bad),
        }
    });
    points.collect()
}

/// How many units to check to see at least one bad unit with so many percent of confidence: the fewest
/// that do. `None` where the lot has no bad unit.
pub fn sample_to_see(lot: u32, percent: Decimal, confidence_percent: Decimal) -> Option<u32> {
    let bad = bad_units(lot, percent);
    if bad == 0 {
        return None;
    }
    let is_enough = |sample: u32| {
        let plan = Plan {
            lot,
            sample,
            accept: 0,
        };
        let Shares { within, over } = shares(plan, bad);
        let wished = ratio(confidence_percent.min(Decimal::ONE_HUNDRED)) / 100.0;
        // Exactly the wished confidence is enough, though its last digit may be lost in the sum.
        within == 0.0 || (wished < 1.0 && over >= wished * (within + over) * (1.0 - 1e-13))
    };
    let (mut below, mut enough) = (0, lot);
    while below < enough {
        let middle = u32::midpoint(below, enough);
        if is_enough(middle) {
            enough = middle;
        } else {
            below = middle.saturating_add(1);
        }
    }
    Some(enough)
}

/// How many of all samples have at most the accepted number of bad units, and how many more, both in
/// units of the number of the likeliest samples. A share is 0 only where no sample is of it.
struct Shares {
    within: f64,
    over: f64,
}

/// Below this share of the likeliest, what follows is next to nothing: it falls faster than any
/// geometric series from there on.
const NEGLIGIBLE: f64 = 1e-24;

fn shares(plan: Plan, bad: u32) -> Shares {
    let lot = plan.lot;
    let (sample, bad) = (plan.sample.min(lot), bad.min(lot));
    let good = lot.saturating_sub(bad);
    let fewest = sample.saturating_sub(good);
    let most = sample.min(bad);
    let likeliest = {
        let product =
            (u64::from(sample).saturating_add(1)).saturating_mul(u64::from(bad).saturating_add(1));
        let mode = product
            .checked_div(u64::from(lot).saturating_add(2))
            .unwrap_or(0);
        u32::try_from(mode).unwrap_or(u32::MAX).clamp(fewest, most)
    };
    let least = |is_possible| if is_possible { f64::MIN_POSITIVE } else { 0.0 };
    let mut shares = Shares {
        within: least(fewest <= plan.accept),
        over: least(most > plan.accept),
    };
    let mut add = |found: u32, share: f64| {
        if found <= plan.accept {
            shares.within += share;
        } else {
            shares.over += share;
        }
        share > NEGLIGIBLE
    };
    add(likeliest, 1.0);
    // From `found` bad units in the sample to one more.
    let step = |found: u32| {
        let left = |of: u32| f64::from(of.saturating_sub(found));
        let good_left = good
            .saturating_sub(sample.saturating_sub(found))
            .saturating_add(1);
        left(bad) * left(sample) / (f64::from(found.saturating_add(1)) * f64::from(good_left))
    };
    let mut share = 1.0;
    for found in likeliest..most {
        share *= step(found);
        if !add(found.saturating_add(1), share) {
            break;
        }
    }
    share = 1.0;
    for found in (fewest..likeliest).rev() {
        share /= step(found);
        if !add(found, share) {
            break;
        }
    }
    shares
}

/// A decimal as a floating-point number.
fn ratio(value: Decimal) -> f64 {
    let scale = i32::try_from(value.scale()).unwrap_or(0);
    value.mantissa() as f64 / 10_f64.powi(scale)
}

/// The digits of a chance.
const DIGITS: f64 = 1e9;
/// The most decimals that a chance is written with.
const MAX_SCALE: u32 = 18;

/// The chance of `part` beside `rest`, to nine significant digits. Short of certainty it is at most
/// 0.999999999.
fn figure(part: f64, rest: f64) -> Figure {
    if part <= 0.0 {
        return Figure(Decimal::ZERO);
    }
    if rest <= 0.0 {
        return Figure(Decimal::ONE);
    }
    let chance = part / (part + rest);
    let mut scale = 9_u32;
    let mut power = DIGITS;
    while chance * power < DIGITS / 10.0 && scale < MAX_SCALE {
        scale = scale.saturating_add(1);
        power *= 10.0;
    }
    let digits = (chance * power).round() as i64;
    let digits = if scale == 9 {
        digits.min(999_999_999)
    } else {
        digits
    };
    let chance = Decimal::try_new(digits, scale).unwrap_or_default();
    Figure(chance.normalize())
}
