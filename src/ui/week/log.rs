//! What the records say of weeks: the log, gathered once per change of the records, and the reports of the shown
//! week and of those before it. Nothing of it is stored.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{NaiveDate, NaiveDateTime};
use landfall::check::{by_name, parse_instant};
use landfall::control::{
    Baseline, Escalated, IsoWeek, LineCost, Lot, OrderedLine, PlacedOrder, Received, Supplied,
    Week, WeeklyLog, WeeklyReport,
};
use landfall::finding::Rule;
use landfall::order::SupplierStatus;
use landfall::policy::Policy;
use landfall_workspace::decisions::Decisions;
use landfall_workspace::record::Kind;
use landfall_workspace::rows::{
    Amount, ByName, Escalation, Instant, Order, Receipt, ReceivingResult, Stage, Supplier,
};
use landfall_workspace::workspace::Table;
use rust_decimal::prelude::ToPrimitive;

use super::numbers::Opened;
use crate::model::{Effect, Model};
use crate::route::Route;
use crate::standing::{defective_of, is_over};
use crate::time::Zone;

/// How many weeks are shown side by side.
pub const SHOWN: u32 = 12;

/// How many orders and receipts are gone through for all weeks at once; of more, one week at a time.
const AT_ONCE: usize = 4_000;

/// How many records are read at once before the log is gathered; of more, so many in a step.
const READ_AT_ONCE: usize = 2_000;

/// The most units that a line can have to be compared.
const MOST_UNITS: u64 = 1_000_000_000;

/// What the log is made of.
const KINDS: [Kind; 5] = [
    Kind::Order,
    Kind::Receipt,
    Kind::Escalation,
    Kind::Supplier,
    Kind::Decision,
];

/// What is known of weeks. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Weeks {
    /// The owner's zone by its name, and once it was looked up, what the browser knows of it.
    zone: Option<(Rc<str>, Option<Looked>)>,
    /// What was gathered last.
    gathered: Option<Gathered>,
    /// The reports by week; `None` where a figure is too large.
    reports: Rc<BTreeMap<IsoWeek, Option<Rc<WeeklyReport>>>>,
    /// Whether reports of shown weeks are still to be made.
    is_behind: bool,
    /// How many records were read for the log, before it was gathered first.
    read: usize,
    /// What is opened of the numbers.
    pub(super) opened: Option<Opened>,
    /// Why suspensions are taken back, as typed, by the supplier's id.
    pub(super) reasons: Rc<BTreeMap<Rc<str>, Rc<str>>>,
    /// The supplier whose suspension was to be taken back without a reason.
    pub(super) lacks_reason: Option<Rc<str>>,
    /// Whether records came that may suspend a supplier.
    pub(super) is_unwatched: bool,
}

/// The log, and what it was made of.
#[derive(Clone, Debug)]
struct Gathered {
    log: Rc<WeeklyLog>,
    tables: [Rc<Table>; 5],
    policy: Rc<Policy>,
    zone: Rc<Zone>,
}

/// What the browser knows of a zone.
#[derive(Clone, Debug)]
enum Looked {
    Known(Rc<Zone>),
    Unknown,
}

impl Weeks {
    /// A zone was looked up.
    pub(crate) fn meet_zone(&mut self, name: &str, zone: Option<Zone>) {
        if let Some((asked, looked)) = &mut self.zone
            && **asked == *name
        {
            *looked = Some(zone.map_or(Looked::Unknown, |zone| Looked::Known(Rc::new(zone))));
        }
    }

    /// Whether reports of shown weeks are still to be made.
    pub(crate) fn is_behind(&self) -> bool {
        self.is_behind
    }

    /// What happened, as far as it was gathered; nothing before the page of the week was shown.
    pub fn log(&self) -> Option<&Rc<WeeklyLog>> {
        Some(&self.gathered.as_ref()?.log)
    }

    /// Whether a figure of a week is too large for a report.
    pub(super) fn is_too_large(&self, week: IsoWeek) -> bool {
        self.reports.get(&week).is_some_and(Option::is_none)
    }

    /// The report of a week: of the shown one and of those beside it, once they are made.
    pub fn report(&self, week: IsoWeek) -> Option<&Rc<WeeklyReport>> {
        self.reports.get(&week)?.as_ref()
    }
}

impl Model {
    /// The zone by which the owner's days and weeks count: that of the rules in force, or the reader's where they
    /// name none, or none that the browser knows.
    pub fn owner_zone(&self) -> Rc<Zone> {
        if let Some((_, Some(Looked::Known(zone)))) = &self.weeks.zone {
            return zone.clone();
        }
        match self.zone.0.is_empty() {
            true => Rc::new(Zone(vec![(NaiveDateTime::MIN, self.offset)])),
            false => self.zone.clone(),
        }
    }

    /// The day that it is now, by the owner's clock.
    pub fn owner_day(&self) -> NaiveDate {
        let now = parse_instant(&self.moment.at).unwrap_or_default();
        self.owner_zone().day_of(now)
    }

    /// The week that it is now, by the owner's clock.
    pub fn current_week(&self) -> IsoWeek {
        IsoWeek::of(self.owner_day())
    }

    /// The week that is shown: that which the address names, else the one that it is now.
    pub fn shown_week(&self) -> IsoWeek {
        IsoWeek::parse(&self.place).unwrap_or_else(|| self.current_week())
    }

    /// The weeks of the pictures, the oldest first; the shown one is the last.
    pub(super) fn shown_weeks(&self) -> Vec<IsoWeek> {
        let shown = self.shown_week();
        (0..SHOWN).rev().map(|weeks| shown.before(weeks)).collect()
    }

    /// A week with its bounds, and the month that its costs are compared with.
    pub fn bounds_of(&self, week: IsoWeek) -> (Week, Baseline) {
        let zone = self.owner_zone();
        let (from, to) = week.month_before();
        let bounds = Week {
            week,
            from: zone.first_instant(week.monday()),
            to: zone.first_instant(week.next().monday()),
        };
        let baseline = Baseline {
            from: zone.first_instant(from),
            to: zone.first_instant(to),
        };
        (bounds, baseline)
    }

    /// The name of the zone that the rules in force name and the browser doesn't know.
    pub fn unknown_zone(&self) -> Option<&str> {
        match &self.weeks.zone {
            Some((name, Some(Looked::Unknown))) => Some(name),
            Some((_, Some(Looked::Known(_)) | None)) | None => None,
        }
    }

    /// The owner's zone is that of the rules in force.
    pub(crate) fn follow_zone(&mut self) -> Option<Effect> {
        if !self.storage.is_loaded {
            return None;
        }
        let named = self.policy().time_zone.as_deref().map(Rc::from);
        let asked = self.weeks.zone.as_ref().map(|(name, _)| name);
        if named.as_ref() == asked {
            return None;
        }
        self.weeks.zone = named.clone().map(|name| (name, None));
        named.map(Effect::Zone)
    }

    /// While the page of the week is shown, its reports follow the records: that of the shown week at once, those
    /// before it in the steps after where there is much to go through.
    pub(crate) fn follow_weeks(&mut self) -> Option<Effect> {
        // Orders that aren't indexed yet would be read here all at once.
        if self.route != Route::Week || !self.storage.is_loaded || self.log.is_behind() {
            self.weeks.is_behind = false;
            return None;
        }
        let was_behind = self.weeks.is_behind;
        if self.weeks.gathered.is_none() {
            if was_behind {
                return None;
            }
            self.report_more();
            return self.weeks.is_behind.then_some(Effect::Soon);
        }
        self.gather();
        let weeks = self.shown_weeks();
        let mut missing = weeks
            .iter()
            .filter(|week| !self.weeks.reports.contains_key(week));
        if was_behind || missing.next().is_none() {
            return None;
        }
        self.report_more();
        self.weeks.is_behind.then_some(Effect::Soon)
    }

    /// Reads the next records of a log that wasn't gathered yet; gives whether all are.
    fn read_more(&mut self) -> bool {
        let read = KINDS.iter().flat_map(|kind| self.workspace.list(*kind));
        let mut unread = read.skip(self.weeks.read);
        for entry in unread.by_ref().take(READ_AT_ONCE) {
            // What is read once stays read.
            let _ = entry.row();
        }
        self.weeks.read = self.weeks.read.saturating_add(READ_AT_ONCE);
        unread.next().is_none()
    }

    /// Makes the next reports that are shown: one of a long log, all of a short one. Of a log that wasn't gathered
    /// yet the records are read first.
    pub(crate) fn report_more(&mut self) {
        if self.weeks.gathered.is_none() {
            if !self.read_more() {
                self.weeks.is_behind = true;
                return;
            }
            self.gather();
        }
        let Some(Gathered { log, policy, .. }) = self.weeks.gathered.clone() else {
            return;
        };
        let weeks = self.shown_weeks().into_iter().rev();
        let mut missing = weeks
            .filter(|week| !self.weeks.reports.contains_key(week))
            .collect::<Vec<_>>();
        let is_long = log.orders.len().saturating_add(log.receipts.len()) > AT_ONCE;
        let later = missing.split_off(if is_long {
            missing.len().min(1)
        } else {
            missing.len()
        });
        let index = log.index();
        let reports = missing.into_iter().map(|week| {
            let (bounds, baseline) = self.bounds_of(week);
            let report = index.report(&policy, &bounds, &baseline);
            (week, report.ok().map(Rc::new))
        });
        let reports: Vec<_> = reports.collect();
        Rc::make_mut(&mut self.weeks.reports).extend(reports);
        self.weeks.is_behind = !later.is_empty();
    }

    /// Gathers the log anew where records, rules or zone are others than they were.
    fn gather(&mut self) {
        let tables = KINDS.map(|kind| self.workspace.table(kind));
        let policy = self.policy();
        let zone = self.owner_zone();
        let is_known = self
            .weeks
            .gathered
            .as_ref()
            .is_some_and(|of| of.tables == tables && *of.policy == *policy && of.zone == zone);
        if is_known {
            return;
        }
        let policy = Rc::new(policy.into_owned());
        let log = Rc::new(self.weekly_log(&policy, &zone));
        self.weeks.gathered = Some(Gathered {
            log,
            tables,
            policy,
            zone,
        });
        self.weeks.reports = Rc::default();
        self.weeks.is_behind = false;
    }

    /// What happened, by the records.
    pub(super) fn weekly_log(&self, policy: &Policy, zone: &Zone) -> WeeklyLog {
        let decisions = Decisions::all(&self.workspace);
        let orders = self.workspace.list(Kind::Order).filter_map(|entry| {
            let order = entry.as_row::<Order>().filter(|order| !order.is_closed())?;
            Some(placed(
                entry.record().key().id(),
                order,
                &decisions,
                policy,
                zone,
            ))
        });
        let receipts = self.workspace.list(Kind::Receipt).filter_map(|entry| {
            batch(
                entry.record().key().id(),
                entry.as_row::<Receipt>()?,
                None,
                zone,
            )
        });
        let escalations = self.workspace.list(Kind::Escalation).filter_map(|entry| {
            escalated(entry.record().key().id(), entry.as_row::<Escalation>()?)
        });
        let suppliers = self.workspace.list(Kind::Supplier).filter_map(|entry| {
            let supplier = entry.as_row::<Supplier>()?;
            let id = entry.record().key().id();
            Some(Supplied {
                id: id.into(),
                name: Some(supplier.name.clone()),
                status: self.status_of(id, supplier.status),
                reinstated_at: trusted_at(supplier),
            })
        });
        WeeklyLog {
            orders: orders.collect(),
            receipts: receipts.collect(),
            escalations: escalations.collect(),
            suppliers: suppliers.collect(),
        }
    }
}

fn at(instant: Option<&Instant>) -> Option<NaiveDateTime> {
    parse_instant(&instant?.0)
}

/// When the owner last decided to trust a supplier, knowing what had arrived until then.
pub(super) fn trusted_at(supplier: &Supplier) -> Option<NaiveDateTime> {
    let mut approvals = supplier.approvals.iter().rev();
    let last = approvals.find(|approval| approval.status != SupplierStatus::Suspended)?;
    at(Some(&last.at))
}

fn placed(
    id: &str,
    order: &Order,
    decisions: &Decisions<'_>,
    policy: &Policy,
    zone: &Zone,
) -> PlacedOrder {
    let placed_at = at(order.created_at.as_ref());
    let landed = order.landed_cost.as_ref();
    // Amounts of another currency can't be compared with these.
    let landed = landed.filter(|landed| *landed.currency == *policy.home_currency.code());
    let is_only = order.lines.len() == 1;
    let lines = order.lines.iter().filter_map(|line| {
        let units = line.quantity.ceil().to_u64();
        let quantity = units.filter(|units| (1..=MOST_UNITS).contains(units))?;
        let own = Some(&line.landed).filter(|own| !own.0.is_empty());
        let cost = landed.and_then(|landed| match own {
            Some(own) => line_cost(own),
            None if is_only => line_cost(&landed.components),
            None => None,
        });
        let code = line.sku_id.as_ref().or(line.item_code.as_ref());
        Some(OrderedLine {
            sku: code.or(line.title.as_ref()).cloned().unwrap_or_default(),
            quantity,
            unit_price_cny: line.unit_price.0,
            // What is counted in parts of a unit has no cost of a unit.
            cost: cost.filter(|_| line.quantity.is_integer()),
        })
    });
    PlacedOrder {
        id: id.into(),
        supplier_id: order.supplier_id.clone(),
        placed_at,
        placed_on: placed_at.map(|at| zone.day_of(at)),
        expected_delivery: order.expected_delivery,
        landed_total: landed.map(|landed| landed.total.0),
        has_approved_change: has_approved_change(id, order, decisions),
        is_closed: is_over(order) || matches!(order.stage, Some(Stage::Delivered | Stage::Closed)),
        lines: lines.collect(),
    }
}

/// The cost of a line by component; `None` where a name isn't known, or there is none.
fn line_cost(components: &ByName<Amount>) -> Option<LineCost> {
    let parts = components.0.iter();
    let parts = parts.map(|(name, amount)| Some((by_name(name)?, amount.0)));
    let cost: LineCost = parts.collect::<Option<_>>()?;
    (!cost.is_empty()).then_some(cost)
}

/// Whether the owner approved of an order's price or value.
fn has_approved_change(id: &str, order: &Order, decisions: &Decisions<'_>) -> bool {
    let rules = [Rule::PriceIncrease, Rule::OrderValue].map(Rule::name);
    let mut stops = order.findings.iter();
    stops
        .any(|finding| rules.contains(&&*finding.rule) && decisions.approval(id, finding).is_some())
}

/// Whether a receipt was gone through: while goods are being inspected nothing is said of them yet.
pub(super) fn is_judged(receipt: &Receipt) -> bool {
    receipt.finished_at.is_some() || receipt.result.is_some()
}

/// What arrived with a receipt, as a batch.
pub(super) fn batch(
    id: &str,
    receipt: &Receipt,
    supplier_id: Option<Rc<str>>,
    zone: &Zone,
) -> Option<Received> {
    let received_at = at(Some(&receipt.arrived_at))?;
    let lots = receipt.lots.iter().filter(|_| is_judged(receipt));
    let lots = lots.map(|lot| Lot {
        sku: lot.sku_id.clone().or_else(|| Some(lot.sku.clone())),
        inspected: lot.inspected.unwrap_or(0),
        defective: defective_of(lot),
        passed: lot.passed,
    });
    Some(Received {
        id: id.into(),
        order_id: receipt.order_id.clone(),
        supplier_id,
        received_at,
        received_on: Some(zone.day_of(received_at)),
        is_rejected: receipt.result == Some(ReceivingResult::Reject),
        lots: lots.collect(),
    })
}

fn escalated(id: &str, escalation: &Escalation) -> Option<Escalated> {
    let rules = escalation.rule.as_deref().unwrap_or_default().split(',');
    let rules = rules.map(str::trim).filter(|rule| !rule.is_empty());
    Some(Escalated {
        id: id.into(),
        subject: Some(escalation.subject.clone()),
        order_id: escalation.order_id.clone(),
        rules: rules.map(Rc::from).collect(),
        raised_at: at(Some(&escalation.raised_at))?,
        resolved_at: at(escalation.resolved_at.as_ref()),
        resolution: escalation.resolution.clone(),
        loss: escalation.loss.map(|loss| loss.0),
    })
}
