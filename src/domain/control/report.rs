//! The three numbers of a week, its red flags, and what happened in it.

use std::rc::Rc;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::cost::costs;
use super::index::{IndexedLog, days, seconds, sorted};
use super::lead_time::{lead_times, placed_on};
use super::measure::{amount, minor_units, plus};
use super::{IsoWeek, batches, flags};
use crate::check::named;
use crate::issue::Issue;
use crate::json::Json;
use crate::landed_cost::Component;
use crate::money::Figure;
use crate::order::SupplierStatus;
use crate::policy::Policy;

/// What is asked: a log, and the week that it is read for.
#[derive(Clone, PartialEq, Debug)]
pub struct WeeklyReportRequest {
    /// The owner's rules.
    pub policy: Policy,
    /// The week.
    pub week: Week,
    /// The month that costs are compared with.
    pub baseline: Baseline,
    /// What happened, before the week too.
    pub log: WeeklyLog,
}

/// A week with its bounds in the owner's zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Week {
    /// The ISO week.
    pub week: IsoWeek,
    /// Its first instant, in UTC.
    pub from: NaiveDateTime,
    /// The first instant after it.
    pub to: NaiveDateTime,
}

/// The calendar month before that of the week's Monday, with its bounds in the owner's zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Baseline {
    /// Its first instant, in UTC.
    pub from: NaiveDateTime,
    /// The first instant after it; not after the week's first.
    pub to: NaiveDateTime,
}

/// What happened, as the log has it. One log serves the reports of many weeks.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct WeeklyLog {
    /// Orders that were placed.
    pub orders: Vec<PlacedOrder>,
    /// What arrived.
    pub receipts: Vec<Received>,
    /// What was put to the owner.
    pub escalations: Vec<Escalated>,
    /// What is known of suppliers.
    pub suppliers: Vec<Supplied>,
}

/// An order that was placed.
#[derive(Clone, PartialEq, Debug)]
pub struct PlacedOrder {
    /// What tells it from others; receipts and escalations name it.
    pub id: Rc<str>,
    /// Its supplier.
    pub supplier_id: Option<Rc<str>>,
    /// When it was placed, where that is known.
    pub placed_at: Option<NaiveDateTime>,
    /// The day of that in the owner's zone; that in UTC where it isn't given.
    pub placed_on: Option<NaiveDate>,
    /// The day on which it is expected.
    pub expected_delivery: Option<NaiveDate>,
    /// Its landed total in the home currency, where it is known.
    pub landed_total: Option<Decimal>,
    /// Whether the owner approved of a change of its cost; a rise is then no red flag.
    pub has_approved_change: bool,
    /// Whether it is done with without having arrived: it isn't overdue.
    pub is_closed: bool,
    /// What was ordered.
    pub lines: Vec<OrderedLine>,
}

/// A line of an order.
#[derive(Clone, PartialEq, Debug)]
pub struct OrderedLine {
    /// The article.
    pub sku: Rc<str>,
    /// Units, 1 … 1,000,000,000.
    pub quantity: u64,
    /// Yuan for one unit.
    pub unit_price_cny: Decimal,
    /// What the line cost, landed, by component, in the home currency; `None` where that isn't known.
    pub cost: Option<LineCost>,
}

/// The landed cost of a line by component, in the home currency; a component that isn't there is 0.
pub type LineCost = Vec<(Component, Decimal)>;

/// What arrived of an order at one time: a batch.
#[derive(Clone, PartialEq, Debug)]
pub struct Received {
    /// What tells it from others.
    pub id: Rc<str>,
    /// The order.
    pub order_id: Rc<str>,
    /// Its supplier; that of the order where it isn't given.
    pub supplier_id: Option<Rc<str>>,
    /// When it arrived.
    pub received_at: NaiveDateTime,
    /// The day of that in the owner's zone; that in UTC where it isn't given.
    pub received_on: Option<NaiveDate>,
    /// Whether it is rejected as a whole, whatever was counted.
    pub is_rejected: bool,
    /// What was inspected.
    pub lots: Vec<Lot>,
}

/// What was inspected of an article.
#[derive(Clone, PartialEq, Debug)]
pub struct Lot {
    /// The article.
    pub sku: Option<Rc<str>>,
    /// Units inspected.
    pub inspected: u32,
    /// Defective ones among them, no more than were inspected.
    pub defective: u32,
    /// Whether the inspection was passed; `None` where nobody judged.
    pub passed: Option<bool>,
}

/// What was put to the owner.
#[derive(Clone, PartialEq, Debug)]
pub struct Escalated {
    /// What tells it from others.
    pub id: Rc<str>,
    /// What it is about.
    pub subject: Option<Rc<str>>,
    /// The order that it is about.
    pub order_id: Option<Rc<str>>,
    /// The rules that asked for it; a dispute or a question has none.
    pub rules: Vec<Rc<str>>,
    /// When.
    pub raised_at: NaiveDateTime,
    /// When it was resolved; open until then.
    pub resolved_at: Option<NaiveDateTime>,
    /// How.
    pub resolution: Option<Rc<str>>,
    /// The loss of an incident, in the home currency.
    pub loss: Option<Decimal>,
}

/// What is known of a supplier.
#[derive(Clone, PartialEq, Debug)]
pub struct Supplied {
    /// Who it is.
    pub id: Rc<str>,
    /// What it is called.
    pub name: Option<Rc<str>>,
    /// How far it is trusted.
    pub status: SupplierStatus,
    /// When the owner took back a suspension: batches before it don't count again.
    pub reinstated_at: Option<NaiveDateTime>,
}

named! {
    /// How a number stands to its normal range.
    State {
        /// Within it, the limit included.
        Normal = "normal",
        /// Beyond it, up to 1.5 times the limit.
        Watch = "watch",
        /// Beyond that.
        OutOfRange = "outOfRange",
        /// There is nothing to count; that isn't 0.
        NoData = "noData",
    }
}

/// What the owner reads of a week.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WeeklyReport {
    /// The ISO week: `2026-W47`.
    pub week: String,
    /// Its first day.
    #[serde(serialize_with = "day")]
    pub first_day: NaiveDate,
    /// Its last day.
    #[serde(serialize_with = "day")]
    pub last_day: NaiveDate,
    /// The month that costs are compared with: `2026-10`.
    pub baseline_month: String,
    /// The currency of its amounts.
    pub home_currency: String,
    /// The version of the policy, where it has one.
    pub policy_version: Option<u32>,
    /// Defective units of those inspected.
    pub defects: DefectRate,
    /// Days over the planned lead time.
    pub lead_time: LeadTimes,
    /// Landed cost against last month, like for like.
    pub cost: CostChange,
    /// What asks for a deed, the gravest first.
    pub red_flags: Vec<Flag>,
    /// Orders placed in the week.
    pub placed: Placed,
    /// Batches that were defective, in the order in which they arrived.
    pub problem_batches: Vec<ProblemBatch>,
    /// What was put to the owner in the week, in the order in which it was.
    pub escalations: Vec<Rc<str>>,
    /// Those of them that aren't resolved.
    pub open_escalations: usize,
}

/// The first number: defective units of those inspected in batches received in the week.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DefectRate {
    /// How it stands.
    pub state: State,
    /// The end of its normal range, in percent.
    pub limit_percent: Figure,
    /// The rate in percent, 2 decimals; `None` where nothing was inspected.
    pub percent: Option<Figure>,
    /// Units inspected.
    pub inspected: u64,
    /// Defective ones among them.
    pub defective: u64,
    /// The batches received in the week, in the order in which they arrived; those that nobody inspected too.
    pub batches: Vec<BatchFigures>,
}

/// A batch in numbers.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchFigures {
    /// The receipt.
    pub receipt_id: Rc<str>,
    /// Its order.
    pub order_id: Rc<str>,
    /// Its supplier.
    pub supplier_id: Option<Rc<str>>,
    /// Units inspected.
    pub inspected: u64,
    /// Defective ones among them.
    pub defective: u64,
    /// Their rate in percent, 2 decimals; `None` where nothing was inspected.
    pub percent: Option<Figure>,
    /// Whether it is defective: its inspection failed, or its rate is above the policy's. `None` where nobody
    /// inspected it.
    pub is_defective: Option<bool>,
}

/// The second number: actual minus planned lead time, from the order to its arrival, in calendar days of the
/// owner's zone. An order that comes in parts counts with the last one of the week.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeadTimes {
    /// How the mean stands; early is normal.
    pub state: State,
    /// The end of its normal range, in days.
    pub limit_days: Figure,
    /// The mean of days over plan, 1 decimal, negative where orders came early; `None` where no order that
    /// arrived had a plan.
    pub mean_days: Option<Figure>,
    /// The worst.
    pub worst_days: Option<i64>,
    /// The orders that arrived, the worst first; those without a plan last.
    pub orders: Vec<LeadTime>,
    /// Orders that were due before the week ended and hadn't arrived by then, the latest first.
    pub overdue: Vec<Overdue>,
}

/// An order that hadn't arrived by the end of the week, although it was due.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overdue {
    /// The order.
    pub order_id: Rc<str>,
    /// The day on which it was expected.
    #[serde(serialize_with = "day")]
    pub expected_delivery: NaiveDate,
    /// Days from then to the first day after the week: so late it is at least.
    pub days: i64,
}

/// The lead time of an order.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeadTime {
    /// The order.
    pub order_id: Rc<str>,
    /// Days from the order to the expected delivery; `None` where one of them isn't known.
    pub planned_days: Option<i64>,
    /// Days from the order to its arrival.
    pub actual_days: Option<i64>,
    /// Days after the expected delivery, negative before it; `None` without a plan.
    pub over_days: Option<i64>,
}

/// The third number: what the lines of orders that arrived first in the week cost landed, against what the same
/// units would have cost at the mean of the month before. Each line is compared in whole minor units of the
/// home currency, so that the parts sum to the whole.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CostChange {
    /// How it stands; a fall is held against the same limit.
    pub state: State,
    /// The end of its normal range, in percent.
    pub limit_percent: Figure,
    /// The change in percent of the baseline, 2 decimals; negative where it fell; `None` without a baseline.
    pub percent: Option<Figure>,
    /// What the compared lines cost.
    pub amount: Figure,
    /// What they would have cost.
    pub baseline_amount: Figure,
    /// The one minus the other.
    pub change: Figure,
    /// The change by part, in the order of the parts; those that are 0 are left out.
    pub parts: Vec<Part>,
    /// The compared lines.
    pub lines: Vec<LineChange>,
    /// Lines of articles that didn't arrive in the month before, or whose cost then isn't known.
    pub without_baseline: Vec<LineName>,
    /// Lines whose landed cost isn't known.
    pub without_cost: Vec<LineName>,
    /// The mean landed cost of an order that arrived in the week, as far as it is known.
    pub mean_per_order: Option<Figure>,
    /// The same in the month before.
    pub baseline_mean_per_order: Option<Figure>,
}

/// Which line: its order and its article.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LineName {
    /// The order.
    pub order_id: Rc<str>,
    /// The article.
    pub sku: Rc<str>,
}

/// A part of a change of cost.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Which.
    pub part: CostPart,
    /// How much of the change it is, in the home currency.
    pub change: Figure,
}

/// What a change of cost comes from: goods in two steps, everything else by component.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CostPart {
    /// Goods: the price, at the exchange rate of the month before.
    Price,
    /// Goods: the exchange rate.
    Rate,
    /// Another component.
    Component(Component),
}

/// How a line changed.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LineChange {
    /// The order.
    pub order_id: Rc<str>,
    /// The article.
    pub sku: Rc<str>,
    /// Units.
    pub quantity: u64,
    /// What they cost.
    pub amount: Figure,
    /// What they would have cost.
    pub baseline_amount: Figure,
    /// The one minus the other.
    pub change: Figure,
    /// That in percent of the baseline, 2 decimals; `None` where the baseline is 0.
    pub percent: Option<Figure>,
    /// The change by part, in the order of the parts; those that are 0 are left out.
    pub parts: Vec<Part>,
}

/// What asks for a deed. Its `action` says which.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(
    tag = "flag",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Flag {
    /// A supplier's last batches, so many in a row, were defective, the last of them in the week.
    ConsecutiveDefectiveBatches {
        /// The supplier.
        supplier_id: Rc<str>,
        /// How far it is trusted now.
        status: Option<SupplierStatus>,
        /// The receipts of the defective batches in a row, oldest first.
        receipts: Vec<Rc<str>>,
        /// How many in a row suspend it.
        limit: u32,
    },
    /// Two of a supplier's last five batches were defective, the last of them in the week (ISO 2859-1: the
    /// next lots are inspected tightened).
    TwoOfFiveDefective {
        /// The supplier.
        supplier_id: Rc<str>,
        /// The receipts of the defective ones among the last five, oldest first.
        receipts: Vec<Rc<str>>,
        /// How many batches that are, at most 5.
        of: usize,
    },
    /// An order costs more than the month before, like for like, and nobody approved of that.
    CostIncrease {
        /// The order.
        order_id: Rc<str>,
        /// By how many percent, 2 decimals.
        percent: Figure,
        /// The limit in percent.
        limit_percent: Figure,
        /// The part that rose most.
        part: Option<CostPart>,
    },
    /// Too much was put to the owner.
    TooManyEscalations {
        /// How much.
        count: usize,
        /// How much may be.
        limit: u32,
        /// The rules that asked for it, the most frequent first, then by name.
        rules: Vec<RuleCount>,
    },
}

/// How often a rule asked for the owner.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RuleCount {
    /// The rule.
    pub rule: Rc<str>,
    /// In how many escalations.
    pub count: usize,
}

named! {
    /// What a red flag asks for.
    Action {
        /// Suspend the supplier.
        Suspend = "suspend",
        /// Inspect the supplier's next lots tightened.
        TightenInspection = "tightenInspection",
        /// Find the cause.
        FindCause = "findCause",
        /// Mend the procedure.
        MendSop = "mendSop",
    }
}

impl Flag {
    /// What it asks for.
    pub fn action(&self) -> Action {
        match self {
            Flag::ConsecutiveDefectiveBatches { .. } => Action::Suspend,
            Flag::TwoOfFiveDefective { .. } => Action::TightenInspection,
            Flag::CostIncrease { .. } => Action::FindCause,
            Flag::TooManyEscalations { .. } => Action::MendSop,
        }
    }
}

/// Orders placed in the week.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Placed {
    /// Which, in the order in which they were placed.
    pub orders: Vec<Rc<str>>,
    /// What they cost landed, as far as that is known, in the home currency.
    pub total: Figure,
    /// How many have no landed total.
    pub without_total: usize,
}

/// A defective batch, and why it is.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProblemBatch {
    /// The batch.
    #[serde(flatten)]
    pub batch: BatchFigures,
    /// Whether its inspection failed; otherwise its rate alone is above the limit.
    pub has_failed: bool,
}

fn day<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}

impl Serialize for CostPart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl CostPart {
    /// The name in JSON: `price`, `rate`, or that of the component.
    pub fn name(self) -> &'static str {
        match self {
            CostPart::Price => "price",
            CostPart::Rate => "rate",
            CostPart::Component(component) => component.name(),
        }
    }
}

/// A supplier that the rules suspend.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Suspension {
    /// The supplier.
    pub supplier_id: Rc<str>,
    /// The receipts of its defective batches in a row, oldest first.
    pub receipts: Vec<Rc<str>>,
}

/// What the owner reads of a week. Whoever reads many weeks of one log makes its index once.
///
/// # Errors
/// [`crate::issue::Problem::TooLarge`] where an amount can't be represented.
pub fn weekly_report(
    policy: &Policy,
    log: &WeeklyLog,
    week: &Week,
    baseline: &Baseline,
) -> Result<WeeklyReport, Issue> {
    log.index().report(policy, week, baseline)
}

/// What the owner reads of the week of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn weekly_report_of(json: &Json<'_>) -> Result<WeeklyReport, Vec<Issue>> {
    let request = WeeklyReportRequest::check(json)?;
    request.report().map_err(|issue| vec![issue])
}

impl WeeklyReportRequest {
    /// What the owner reads of the week.
    ///
    /// # Errors
    /// [`crate::issue::Problem::TooLarge`] where an amount can't be represented.
    pub fn report(&self) -> Result<WeeklyReport, Issue> {
        weekly_report(&self.policy, &self.log, &self.week, &self.baseline)
    }
}

impl IndexedLog<'_> {
    /// What the owner reads of a week.
    ///
    /// # Errors
    /// [`crate::issue::Problem::TooLarge`] where an amount can't be represented.
    pub fn report(
        &self,
        policy: &Policy,
        week: &Week,
        baseline: &Baseline,
    ) -> Result<WeeklyReport, Issue> {
        let arrived = self.batches(week.from, week.to);
        let costs = costs(policy, self, week, baseline)?;
        let escalations = self.escalations(week);
        let rules = escalations.iter().map(|escalated| &*escalated.rules);
        let mut red_flags = flags::of_suppliers(policy, self, week, arrived);
        red_flags.extend(flags::of_costs(policy, &costs.orders)?);
        red_flags.extend(flags::of_escalations(policy, rules));
        let month = week.week.month_before().0;
        let is_open = |escalated: &&&Escalated| escalated.resolved_at.is_none();
        Ok(WeeklyReport {
            week: week.week.to_string(),
            first_day: week.week.monday(),
            last_day: week.week.sunday(),
            baseline_month: format!("{:04}-{:02}", month.year(), month.month()),
            home_currency: policy.home_currency.code().to_owned(),
            policy_version: policy.version,
            defects: batches::defects(policy, arrived)?,
            lead_time: lead_times(policy, self, week, arrived)?,
            cost: costs.change,
            red_flags,
            placed: self.placed(week, policy.home_currency.decimals())?,
            problem_batches: batches::problems(policy, arrived)?,
            open_escalations: escalations.iter().filter(is_open).count(),
            escalations: escalations.into_iter().map(|of| of.id.clone()).collect(),
        })
    }

    /// Orders placed in a week: by the instant, or by the day where only that is known.
    fn placed(&self, week: &Week, decimals: u32) -> Result<Placed, Issue> {
        let of_week = week.week.monday()..=week.week.sunday();
        let is_placed = |order: &&PlacedOrder| match (order.placed_at, order.placed_on) {
            (Some(at), _) => week.contains(at),
            (None, Some(day)) => of_week.contains(&day),
            (None, None) => false,
        };
        let orders = self.log.orders.iter().filter(is_placed);
        let orders = sorted(orders, |order| {
            let (day, at) = (placed_on(order), order.placed_at);
            let at = at.map_or(i64::MIN, seconds);
            (day.map_or(i64::MIN, days), at, &*order.id)
        });
        let mut total = 0;
        for landed in orders.iter().filter_map(|order| order.landed_total) {
            total = plus(total, minor_units(landed, decimals)?)?;
        }
        let without_total = orders.iter().filter(|order| order.landed_total.is_none());
        Ok(Placed {
            total: amount(total, decimals)?,
            without_total: without_total.count(),
            orders: orders.into_iter().map(|order| order.id.clone()).collect(),
        })
    }

    /// What was put to the owner in a week, in the order in which it was.
    fn escalations(&self, week: &Week) -> Vec<&Escalated> {
        let escalations = self.log.escalations.iter();
        let escalations = escalations.filter(|escalated| week.contains(escalated.raised_at));
        sorted(escalations, |of| (seconds(of.raised_at), 0, &*of.id))
    }
}

impl Week {
    /// Whether an instant lies in it: its first one does, the first one after it doesn't.
    pub fn contains(&self, at: NaiveDateTime) -> bool {
        self.from <= at && at < self.to
    }
}
