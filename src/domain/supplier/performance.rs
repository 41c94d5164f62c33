//! How a supplier in use performs: four axes of 0 to 100, their score and the grade.
//!
//! Everything is exact up to the figures of the result. Scores are rounded down, so that none looks
//! better than its grade; the upper end of the defect rate is rounded up.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::red_flags::{in_full, median};
use crate::check::{
    self, Checker,
    Need::{Optional, Required},
    Object, Place, named,
};
use crate::issue::{Issue, Problem, Range};
use crate::json::Json;
use crate::landed_cost::{decimal, not_too_many, represented};
use crate::money::{Figure, MAX_FRACTION_DIGITS, Nat, Ratio, allocate};
use crate::policy::{GradeRules, Policy};

/// How many entries each part of the log may have.
const MAX_ENTRIES: usize = 10_000;

/// A grade from fewer batches is provisional.
const BATCHES_FOR_A_GRADE: usize = 3;

/// Decimals of a score and of a percentage.
const DECIMALS: u32 = 2;

/// A checked request: what the log says of a supplier.
#[derive(Clone, PartialEq, Debug)]
pub struct GradeRequest {
    /// Weights and limits of the grades.
    pub policy: Policy,
    /// The day that is today: what was expected before it and isn't delivered is late.
    pub today: Option<NaiveDate>,
    /// Batches that were inspected.
    pub batches: Vec<Batch>,
    /// Orders, by when they arrived and whether in full.
    pub orders: Vec<Delivery>,
    /// Hours until the supplier answered, for each time that it was asked.
    pub answers_hours: Vec<Decimal>,
    /// Prices paid, in any order.
    pub prices: Vec<PaidPrice>,
}

/// A batch that was inspected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Batch {
    /// Units that were looked at, above 0.
    pub inspected: u32,
    /// How many of them are defective.
    pub defective: u32,
}

/// How an order arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// The day on which it was expected.
    pub expected: Option<NaiveDate>,
    /// The day on which it arrived.
    pub delivered: Option<NaiveDate>,
    /// Whether it was complete in number.
    pub is_complete: Option<bool>,
}

/// A price that was paid.
#[derive(Clone, PartialEq, Debug)]
pub struct PaidPrice {
    /// The article.
    pub sku: String,
    /// The day of the order.
    pub date: NaiveDate,
    /// Yuan for a unit.
    pub unit_price_cny: Decimal,
}

named! {
    /// A grade.
    Grade {
        /// More share of the orders.
        A = "A",
        /// Keep, improve.
        B = "B",
        /// Fewer orders, demand correction.
        C = "C",
        /// End it.
        D = "D",
    }
}

named! {
    /// What a supplier in use is graded by, in the order in which results list it.
    PerformanceAxis {
        /// How few units are defective.
        Quality = "quality",
        /// How many orders arrive on time and in full.
        Delivery = "delivery",
        /// How soon questions are answered.
        Service = "service",
        /// How little prices rise.
        Cost = "cost",
    }
}

/// How a supplier in use performs.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SupplierGrade {
    /// 0 to 100, rounded down to 2 decimals; missing where the log says nothing.
    pub score: Option<Figure>,
    /// The grade of the exact score.
    pub grade: Option<Grade>,
    /// Whether fewer than 3 batches were inspected.
    pub is_provisional: bool,
    /// Batches that were inspected.
    pub batches: usize,
    /// The four axes.
    pub axes: PerformanceAxes,
    /// Defective units, where any were inspected.
    pub defect_rate: Option<DefectRate>,
    /// How orders arrived, where that is known of any.
    pub deliveries: Option<Deliveries>,
    /// How soon questions were answered, where any were asked.
    pub answers: Option<Answers>,
    /// How prices changed, where any article was bought twice.
    pub price_rise: Option<PriceRise>,
}

/// The four axes.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct PerformanceAxes {
    /// `max(0, 100 − 10 × defect rate in %)`.
    pub quality: AxisScore,
    /// The mean of on-time % and complete %, of those that are known.
    pub delivery: AxisScore,
    /// 100, 80, 60, 30, 0 for a median answer within 1, 4, 8, 24 hours, later.
    pub service: AxisScore,
    /// `max(0, 100 − 5 × mean price rise in %)`.
    pub cost: AxisScore,
}

impl PerformanceAxes {
    /// The score of an axis.
    pub fn get(&self, axis: PerformanceAxis) -> AxisScore {
        match axis {
            PerformanceAxis::Quality => self.quality,
            PerformanceAxis::Delivery => self.delivery,
            PerformanceAxis::Service => self.service,
            PerformanceAxis::Cost => self.cost,
        }
    }
}

/// The score of an axis.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AxisScore {
    /// 0 to 100, rounded down to 2 decimals; missing where the log says nothing.
    pub score: Option<Figure>,
    /// The owner's weight in percent.
    pub weight: Figure,
    /// The weight that counts, in percent: 0 where the log says nothing, and the weight of those is
    /// shared among the others. To 2 decimals, together 100 unless nothing counts.
    pub shared_weight: Figure,
}

/// Defective units of those that were inspected.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DefectRate {
    /// Units that were looked at.
    pub inspected: u64,
    /// How many of them are defective.
    pub defective: u64,
    /// Their percentage, 2 decimals.
    pub percent: Figure,
    /// The upper end of its 95 % Wilson interval, rounded up to 2 decimals.
    pub upper_percent: Figure,
}

/// How orders arrived.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deliveries {
    /// Orders of which it is known whether they were on time.
    pub dated: usize,
    /// How many of them were.
    pub on_time: usize,
    /// Their percentage, 2 decimals.
    pub on_time_percent: Option<Figure>,
    /// Orders of which it is known whether they were complete in number.
    pub counted: usize,
    /// How many of them were.
    pub complete: usize,
    /// Their percentage, 2 decimals.
    pub complete_percent: Option<Figure>,
}

/// How soon questions were answered.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// How many were asked.
    pub count: usize,
    /// The median in hours, exactly.
    pub median_hours: Figure,
}

/// How prices changed from order to order.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceRise {
    /// Prices that have an earlier one of the same article to be compared with.
    pub compared: usize,
    /// The mean rise in percent, a fall counting as 0; 2 decimals.
    pub mean_percent: Figure,
}

impl GradeRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<GradeRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>) -> Option<GradeRequest> {
    let known = &[
        "policy",
        "today",
        "batches",
        "orders",
        "answersHours",
        "prices",
    ];
    let object = Object::open(c, json, &Place::Root, known)?;
    let policy = object.field(c, "policy", Optional, Policy::read);
    let today = object.field(c, "today", Optional, check::date);
    let batches = object.field(c, "batches", Optional, |c, json, place| {
        entries(c, json, place, batch)
    });
    let orders = object.field(c, "orders", Optional, |c, json, place| {
        entries(c, json, place, delivery)
    });
    let answers_hours = object.field(c, "answersHours", Optional, |c, json, place| {
        entries(c, json, place, check::amount)
    });
    let prices = object.field(c, "prices", Optional, |c, json, place| {
        entries(c, json, place, paid_price)
    });
    Some(GradeRequest {
        policy: policy.unwrap_or_default(),
        today,
        batches: batches.unwrap_or_default(),
        orders: orders.unwrap_or_default(),
        answers_hours: answers_hours.unwrap_or_default(),
        prices: prices.unwrap_or_default(),
    })
}

fn entries<'j, T>(
    c: &mut Checker,
    json: &'j Json<'j>,
    place: &Place<'_>,
    read: impl FnMut(&mut Checker, &'j Json<'j>, &Place<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    not_too_many(c, json, place, MAX_ENTRIES)?;
    check::list(c, json, place, read)
}

fn batch(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Batch> {
    let object = Object::open(c, json, place, &["inspected", "defective"])?;
    let inspected = object.field(c, "inspected", Required, |c, json, place| {
        check::whole(c, json, place, 1)
    });
    let defective = object.field(c, "defective", Required, |c, json, place| {
        let defective = check::whole(c, json, place, 0)?;
        match inspected {
            Some(inspected) if defective > inspected => {
                let range = Range::up_to(Decimal::from(inspected));
                c.report(place, Problem::OutOfRange(range))
            }
            Some(_) | None => Some(defective),
        }
    });
    Some(Batch {
        inspected: inspected?,
        defective: defective?,
    })
}

fn delivery(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Delivery> {
    let object = Object::open(c, json, place, &["expected", "delivered", "isComplete"])?;
    Some(Delivery {
        expected: object.field(c, "expected", Optional, check::date),
        delivered: object.field(c, "delivered", Optional, check::date),
        is_complete: object.field(c, "isComplete", Optional, check::flag),
    })
}

fn paid_price(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<PaidPrice> {
    let object = Object::open(c, json, place, &["sku", "date", "unitPriceCny"])?;
    let sku = object.field(c, "sku", Required, check::text);
    let date = object.field(c, "date", Required, check::date);
    let unit_price_cny = object.field(c, "unitPriceCny", Required, check::amount);
    Some(PaidPrice {
        sku: sku?,
        date: date?,
        unit_price_cny: unit_price_cny?,
    })
}

/// How a supplier in use performs. An axis of which the log says nothing has no score, and its weight
/// is shared among the others in proportion to theirs.
///
/// # Errors
/// [`Problem::TooLarge`] where the mean price rise can't be represented.
pub fn grade_supplier(request: &GradeRequest) -> Result<SupplierGrade, Issue> {
    let rules = &request.policy.grades;
    let (quality, defect_rate) = quality(&request.batches)?.unzip();
    let (delivery, deliveries) = deliveries(&request.orders, request.today)?.unzip();
    let (service, answers) = service(&request.answers_hours)?.unzip();
    let (cost, price_rise) = cost(&request.prices)?.unzip();
    let scores = [quality, delivery, service, cost];
    let weights = [
        rules.quality_weight,
        rules.delivery_weight,
        rules.service_weight,
        rules.cost_weight,
    ];
    let score = weighted(&scores, &weights);
    let [quality, delivery, service, cost] = axes(&scores, weights)?;
    Ok(SupplierGrade {
        score: score.as_ref().map(rounded_down).transpose()?,
        grade: score.map(|score| grade(&score, rules)),
        is_provisional: request.batches.len() < BATCHES_FOR_A_GRADE,
        batches: request.batches.len(),
        axes: PerformanceAxes {
            quality,
            delivery,
            service,
            cost,
        },
        defect_rate,
        deliveries,
        answers,
        price_rise,
    })
}

fn rounded_down(score: &Ratio) -> Result<Figure, Issue> {
    decimal(&score.rounded_down(DECIMALS), DECIMALS)
}

fn hundred() -> Ratio {
    Ratio::whole(100)
}

/// A part of a whole in percent, or nothing of nothing.
fn percentage(part: u128, whole: u128) -> Option<Ratio> {
    let hundredfold = Nat::from(part).times(&Nat::from(100));
    (whole > 0).then(|| Ratio::new(hundredfold, Nat::from(whole)))
}

/// `max(0, 100 − 10 × defect rate in %)`.
fn quality(batches: &[Batch]) -> Result<Option<(Ratio, DefectRate)>, Issue> {
    let sum = |of: fn(&Batch) -> u32| {
        let units = batches.iter().map(|batch| u64::from(of(batch)));
        units.fold(0, u64::saturating_add)
    };
    let (inspected, defective) = (sum(|batch| batch.inspected), sum(|batch| batch.defective));
    let Some(percent) = percentage(defective.into(), inspected.into()) else {
        return Ok(None);
    };
    let score = hundred().minus_or_zero(&percent.times_nat(&Nat::from(10)));
    let rate = DefectRate {
        inspected,
        defective,
        percent: represented(&percent, DECIMALS)?,
        upper_percent: upper_percent(defective, inspected)?,
    };
    Ok(Some((score, rate)))
}

/// The hundredths of a percent that a whole has.
const HUNDREDTHS: u64 = 10_000;

/// The quantile of the normal distribution for 95 %, 1.959963984540054, in units of its last decimal.
const Z: u128 = 1_959_963_984_540_054;
/// Its decimals.
const Z_DECIMALS: u32 = 15;

/// The upper end of the Wilson interval of `defective` of `inspected`: of all rates `p` above the
/// observed one, the lowest with `(inspected · p − defective)² ≥ z² · inspected · p · (1 − p)`. That is
/// looked for among the hundredths of a percent, so that it is exact without a square root.
fn upper_percent(defective: u64, inspected: u64) -> Result<Figure, Issue> {
    let times = |a: &Nat, b: u64| a.times(&Nat::from(u128::from(b)));
    let z_squared = Nat::from(Z).times(&Nat::from(Z));
    let scale = Nat::ten_to(Z_DECIMALS.saturating_mul(2));
    let observed = times(&Nat::from(u128::from(defective)), HUNDREDTHS);
    let is_beyond = |rate: u64| {
        let expected = times(&Nat::from(u128::from(inspected)), rate);
        if expected <= observed {
            return false;
        }
        let distance = expected.minus_or_zero(&observed);
        let rest = HUNDREDTHS.saturating_sub(rate);
        let spread = times(&times(&times(&z_squared, inspected), rate), rest);
        distance.times(&distance).times(&scale) >= spread
    };
    let (mut below, mut upper) = (0, HUNDREDTHS);
    while below < upper {
        let middle = below.midpoint(upper);
        if is_beyond(middle) {
            upper = middle;
        } else {
            below = middle.saturating_add(1);
        }
    }
    decimal(&Nat::from(u128::from(upper)), DECIMALS)
}

/// The mean of on-time % and complete %; of one of them where the other isn't known of any order.
fn deliveries(
    orders: &[Delivery],
    today: Option<NaiveDate>,
) -> Result<Option<(Ratio, Deliveries)>, Issue> {
    let timely: Vec<bool> = orders
        .iter()
        .filter_map(|order| order.is_on_time(today))
        .collect();
    let completeness: Vec<bool> = orders
        .iter()
        .filter_map(|order| order.is_complete)
        .collect();
    let kept = |of: &[bool]| of.iter().filter(|is_kept| **is_kept).count();
    let (dated, on_time) = (timely.len(), kept(&timely));
    let (counted, complete) = (completeness.len(), kept(&completeness));
    let percent = |part: usize, whole: usize| percentage(count(part), count(whole));
    let (timely, completeness) = (percent(on_time, dated), percent(complete, counted));
    let score = match (&timely, &completeness) {
        (Some(timely), Some(completeness)) => timely.plus(completeness).over(&Nat::from(2)),
        (Some(score), None) | (None, Some(score)) => score.clone(),
        (None, None) => return Ok(None),
    };
    let figure = |percent: Option<Ratio>| {
        let percent = percent.map(|percent| represented(&percent, DECIMALS));
        percent.transpose()
    };
    let deliveries = Deliveries {
        dated,
        on_time,
        on_time_percent: figure(timely)?,
        counted,
        complete,
        complete_percent: figure(completeness)?,
    };
    Ok(Some((score, deliveries)))
}

impl Delivery {
    /// Whether it was on time, where that can be said.
    fn is_on_time(&self, today: Option<NaiveDate>) -> Option<bool> {
        let expected = self.expected?;
        match self.delivered {
            Some(delivered) => Some(delivered <= expected),
            None => (today? > expected).then_some(false),
        }
    }
}

fn count(entries: usize) -> u128 {
    u128::try_from(entries).unwrap_or(u128::MAX)
}

/// Points for a median answer within so many hours; later gives none.
const SERVICE: [(u128, u128); 4] = [(1, 100), (4, 80), (8, 60), (24, 30)];

fn service(answers_hours: &[Decimal]) -> Result<Option<(Ratio, Answers)>, Issue> {
    let Some(median) = median(answers_hours) else {
        return Ok(None);
    };
    let mut steps = SERVICE.iter();
    let step = steps.find(|(hours, _)| median <= Ratio::whole(*hours));
    let points = step.map_or(0, |(_, points)| *points);
    let answers = Answers {
        count: answers_hours.len(),
        median_hours: in_full(&median)?,
    };
    Ok(Some((Ratio::whole(points), answers)))
}

/// `max(0, 100 − 5 × mean price rise in %)`. Each price is compared with that of the same article on
/// the day before it in the log; of several on a day the lowest counts, and a price of 0 is compared
/// with nothing.
fn cost(prices: &[PaidPrice]) -> Result<Option<(Ratio, PriceRise)>, Issue> {
    let mut sorted: Vec<&PaidPrice> = prices.iter().collect();
    sorted.sort_unstable_by_key(|price| (&price.sku, price.date, price.unit_price_cny));
    sorted.dedup_by_key(|price| (&price.sku, price.date));
    // In units of the last decimal that a price has; rises from the same price are summed first, so
    // that few denominators meet.
    let mut rises: Vec<(Decimal, Nat)> = Vec::new();
    let mut compared: usize = 0;
    for pair in sorted.windows(2) {
        let [earlier, later] = pair else { continue };
        let base = earlier.unit_price_cny;
        if earlier.sku != later.sku || base.is_zero() {
            continue;
        }
        compared = compared.saturating_add(1);
        let rise = smallest_units(later.unit_price_cny).minus_or_zero(&smallest_units(base));
        match rises.iter_mut().find(|(known, _)| *known == base) {
            Some((_, sum)) => *sum = sum.plus(&rise),
            None => rises.push((base, rise)),
        }
    }
    if compared == 0 {
        return Ok(None);
    }
    let sum = rises.into_iter().fold(Ratio::ZERO, |sum, (base, rise)| {
        sum.plus(&Ratio::new(rise, smallest_units(base)))
    });
    let mean = sum
        .times_nat(&Nat::from(100))
        .over(&Nat::from(count(compared)));
    let score = hundred().minus_or_zero(&mean.times_nat(&Nat::from(5)));
    let rise = PriceRise {
        compared,
        mean_percent: represented(&mean, DECIMALS)?,
    };
    Ok(Some((score, rise)))
}

/// A decimal of a request in units of the last decimal that one can have.
fn smallest_units(value: Decimal) -> Nat {
    Ratio::from(value).rounded(MAX_FRACTION_DIGITS)
}

/// The mean of the scores that there are, by their weights; `None` where no weight is left.
fn weighted(scores: &[Option<Ratio>], weights: &[Figure]) -> Option<Ratio> {
    let mut sum = Ratio::ZERO;
    let mut all = Ratio::ZERO;
    for (score, weight) in scores.iter().zip(weights) {
        if let Some(score) = score {
            let weight = Ratio::from(weight.0);
            sum = sum.plus(&score.times(&weight));
            all = all.plus(&weight);
        }
    }
    (!all.is_zero()).then(|| sum.divided_by(&all))
}

/// The axes with the weights that count.
fn axes(scores: &[Option<Ratio>; 4], weights: [Figure; 4]) -> Result<[AxisScore; 4], Issue> {
    let keys: Vec<Nat> = scores
        .iter()
        .zip(weights)
        .map(|(score, weight)| match score {
            Some(_) => smallest_units(weight.0),
            None => Nat::ZERO,
        })
        .collect();
    let shares = allocate(u128::from(HUNDREDTHS), &keys);
    let mut axes = weights.map(|weight| AxisScore {
        score: None,
        weight,
        shared_weight: Figure::default(),
    });
    for ((axis, score), share) in axes.iter_mut().zip(scores).zip(shares) {
        axis.score = score.as_ref().map(rounded_down).transpose()?;
        axis.shared_weight = decimal(&Nat::from(share), DECIMALS)?;
    }
    Ok(axes)
}

/// The grade of an exact score.
fn grade(score: &Ratio, rules: &GradeRules) -> Grade {
    let limits = [
        (Grade::A, rules.a),
        (Grade::B, rules.b),
        (Grade::C, rules.c),
    ];
    let mut reached = limits.into_iter();
    let best = reached.find(|(_, limit)| *score >= Ratio::from(limit.0));
    best.map_or(Grade::D, |(grade, _)| grade)
}
