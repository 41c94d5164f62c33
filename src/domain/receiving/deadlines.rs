//! What is due by when for goods that were bought, and what is lost when it runs out.
//!
//! Each clock has a start of its own. Everything is counted on instants in UTC: a day is 24 hours,
//! whatever the clocks on the wall do between start and end. What happens at the very instant is in
//! time.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDateTime, TimeDelta};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::check::{
    self, Checker,
    Need::{Optional, Required},
    Object, Place, named,
};
use crate::issue::{Issue, Problem};
use crate::json::Json;
use crate::landed_cost::not_too_many;
use crate::money::Figure;
use crate::policy::{Policy, ReceivingRules};

/// How many shipments a request may have.
const MAX_SHIPMENTS: usize = 10_000;

/// How many variances of a shipment may be named.
const MAX_VARIANCES: usize = 100;

/// 1688 confirms so many days after dispatch what was signed for in time (rule of 2023-06-26).
const CONFIRMED_DAYS: i64 = 10;
/// In time is within so many days of dispatch.
const SIGNED_IN_TIME_DAYS: i64 = 8;
/// Later signatures are confirmed so many hours after them.
const CONFIRMED_HOURS: i64 = 48;
/// Everything is confirmed so many days after dispatch, signed for or not.
const CONFIRMED_AT_LATEST_DAYS: i64 = 30;

/// A checked request.
#[derive(Clone, PartialEq, Debug)]
pub struct DeadlinesRequest {
    /// The owner's hours and days.
    pub policy: Policy,
    /// The instant that is now, in UTC.
    pub now: NaiveDateTime,
    /// What was bought.
    pub shipments: Vec<Shipment>,
}

/// Goods of an order on their way, with what happened to them; all instants are in UTC.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Shipment {
    /// The number of the order.
    pub order: String,
    /// What was paid to the supplier, in CNY.
    pub paid_cny: Option<Decimal>,
    /// When the supplier dispatched it.
    pub dispatched_at: Option<NaiveDateTime>,
    /// When the parcel was signed for.
    pub signed_at: Option<NaiveDateTime>,
    /// When the agent or forwarder had it in the warehouse.
    pub in_warehouse_at: Option<NaiveDateTime>,
    /// When it arrived where it is checked.
    pub arrived_at: Option<NaiveDateTime>,
    /// Whether the warehouse can't tell which order the parcel belongs to.
    pub is_unclaimed: bool,
    /// Whether it isn't checked yet: what differs isn't known.
    pub is_unchecked: bool,
    /// What was found wrong.
    pub variances: Vec<Variance>,
    /// When a variance was logged.
    pub variance_logged_at: Option<NaiveDateTime>,
    /// When the supplier was told of it.
    pub supplier_contacted_at: Option<NaiveDateTime>,
    /// When a dispute was opened.
    pub disputed_at: Option<NaiveDateTime>,
    /// When the goods went back to the supplier.
    pub returned_at: Option<NaiveDateTime>,
    /// When the goods left the warehouse.
    pub left_warehouse_at: Option<NaiveDateTime>,
    /// When the supplier was paid out.
    pub payment_released_at: Option<NaiveDateTime>,
    /// When it was settled: accepted as it is, or agreed on.
    pub closed_at: Option<NaiveDateTime>,
}

named! {
    /// How goods differ from what was ordered.
    Variance {
        /// Fewer than were ordered.
        ShortShipment = "shortShipment",
        /// Not what was ordered.
        WrongSpecification = "wrongSpecification",
        /// Bad units.
        Defects = "defects",
    }
}

named! {
    /// What is due, in the order in which clocks start.
    Clock {
        /// 1688 confirms by itself and pays the supplier.
        AutoConfirm = "autoConfirm",
        /// The agent takes goods back.
        AgentReturn = "agentReturn",
        /// The warehouse keeps the goods.
        Storage = "storage",
        /// A variance is to be logged.
        LogVariance = "logVariance",
        /// The supplier is to be told of a variance.
        ContactSupplier = "contactSupplier",
        /// A dispute is open.
        Dispute = "dispute",
    }
}

named! {
    /// How a clock stands.
    ClockState {
        /// There is time left, or it has no end.
        Running = "running",
        /// Its time is over.
        Overdue = "overdue",
        /// It is stopped: nothing is to be done any more.
        Done = "done",
    }
}

named! {
    /// What is lost when a clock runs out.
    LossKind {
        /// The proof: what is logged late counts for less.
        Evidence = "evidence",
        /// The claim against the supplier.
        Claim = "claim",
        /// The hold on the money: the platform pays it to the supplier.
        Payment = "payment",
        /// The right to give goods back through the agent.
        Return = "return",
        /// Storage for nothing.
        Storage = "storage",
        /// The goods, which are destroyed.
        Goods = "goods",
    }
}

named! {
    /// By which part of the platform's rule an order is confirmed.
    AutoConfirm {
        /// Signed for within 8 days of dispatch: 10 days after dispatch.
        SignedInTime = "signedInTime",
        /// Signed for later: 48 hours after it.
        SignedLate = "signedLate",
        /// At the latest 30 days after dispatch, although signed for less than 48 hours before.
        AtLatest = "atLatest",
        /// Not signed for: 30 days after dispatch, and earlier as soon as it is.
        NotSigned = "notSigned",
        /// Signed for, and the dispatch isn't known: 48 hours after the signature at the earliest.
        DispatchUnknown = "dispatchUnknown",
    }
}

/// What is lost when a clock runs out.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    /// What.
    pub kind: LossKind,
    /// What was paid and is at stake, in CNY; missing where that isn't known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_cny: Option<Figure>,
}

/// A clock of a shipment.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Deadline {
    /// What is due.
    pub clock: Clock,
    /// The number of the order.
    pub order: String,
    /// Which shipment of the request it is of, counted from 0.
    pub shipment: usize,
    /// How it stands.
    pub state: ClockState,
    /// From when it runs.
    #[serde(serialize_with = "instant")]
    pub started_at: NaiveDateTime,
    /// When it runs out; missing of a dispute, which is open until it is closed.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "given_instant"
    )]
    pub due_at: Option<NaiveDateTime>,
    /// Seconds that are left, negative when its time is over; missing where it is done or has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_seconds: Option<i64>,
    /// When it was stopped.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "given_instant"
    )]
    pub done_at: Option<NaiveDateTime>,
    /// What is lost when it runs out.
    pub loss: Loss,
    /// Whether nothing may be paid out to the supplier because of it.
    pub holds_payment: bool,
    /// Of the platform's confirmation: by which part of its rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_confirm: Option<AutoConfirm>,
    /// Of a parcel that isn't signed for: when the platform would confirm if it were signed for now.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "given_instant"
    )]
    pub due_if_signed_now: Option<NaiveDateTime>,
}

/// The clocks of all shipments.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Deadlines {
    /// The soonest loss first, what is overdue before all; then those without an end, then those that
    /// are done, the last one first.
    pub clocks: Vec<Deadline>,
}

fn instant<S: Serializer>(at: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{at:?}Z"))
}

fn given_instant<S: Serializer>(
    at: &Option<NaiveDateTime>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => instant(at, serializer),
        None => serializer.serialize_none(),
    }
}

impl DeadlinesRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<DeadlinesRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>) -> Option<DeadlinesRequest> {
    let object = Object::open(c, json, &Place::Root, &["policy", "now", "shipments"])?;
    let policy = object.field(c, "policy", Optional, Policy::read);
    let now = object.field(c, "now", Required, check::instant);
    let shipments = object.field(c, "shipments", Required, |c, json, place| {
        not_too_many(c, json, place, MAX_SHIPMENTS)?;
        check::list(c, json, place, shipment)
    });
    Some(DeadlinesRequest {
        policy: policy.unwrap_or_default(),
        now: now?,
        shipments: shipments?,
    })
}

fn shipment(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Shipment> {
    let known = &[
        "order",
        "paidCny",
        "dispatchedAt",
        "signedAt",
        "inWarehouseAt",
        "arrivedAt",
        "isUnclaimed",
        "isUnchecked",
        "variances",
        "varianceLoggedAt",
        "supplierContactedAt",
        "disputedAt",
        "returnedAt",
        "leftWarehouseAt",
        "paymentReleasedAt",
        "closedAt",
    ];
    let object = Object::open(c, json, place, known)?;
    let order = object.field(c, "order", Required, check::text);
    let paid_cny = object.field(c, "paidCny", Optional, check::amount);
    let is_unclaimed = object.field(c, "isUnclaimed", Optional, check::flag);
    let is_unchecked = object.field(c, "isUnchecked", Optional, check::flag);
    let variances = object.field(c, "variances", Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_VARIANCES)?;
        check::list(c, json, place, check::choice)
    });
    let mut instant = |name| object.field(c, name, Optional, check::instant);
    let shipment = Shipment {
        order: order.unwrap_or_default(),
        paid_cny,
        dispatched_at: instant("dispatchedAt"),
        signed_at: instant("signedAt"),
        in_warehouse_at: instant("inWarehouseAt"),
        arrived_at: instant("arrivedAt"),
        is_unclaimed: is_unclaimed.unwrap_or_default(),
        is_unchecked: is_unchecked.unwrap_or_default(),
        variances: variances.unwrap_or_default(),
        variance_logged_at: instant("varianceLoggedAt"),
        supplier_contacted_at: instant("supplierContactedAt"),
        disputed_at: instant("disputedAt"),
        returned_at: instant("returnedAt"),
        left_warehouse_at: instant("leftWarehouseAt"),
        payment_released_at: instant("paymentReleasedAt"),
        closed_at: instant("closedAt"),
    };
    let dispatched = ("dispatchedAt", shipment.dispatched_at);
    let in_warehouse = ("inWarehouseAt", shipment.in_warehouse_at);
    for ((than, earlier), name, later) in [
        (dispatched, "signedAt", shipment.signed_at),
        (dispatched, "inWarehouseAt", shipment.in_warehouse_at),
        (dispatched, "arrivedAt", shipment.arrived_at),
        (in_warehouse, "leftWarehouseAt", shipment.left_warehouse_at),
    ] {
        if later.is_some_and(|later| Some(later) < earlier) {
            let place = Place::Field(place, name);
            c.report::<()>(&place, Problem::EarlierThan { than });
        }
    }
    Some(shipment)
}

impl Shipment {
    /// Its clocks, as far as they have started.
    fn clocks<'s>(
        &'s self,
        rules: &'s ReceivingRules,
        now: NaiveDateTime,
    ) -> impl Iterator<Item = Started> + 's {
        let clocks = [
            self.auto_confirm(now),
            self.agent_return(rules),
            self.storage(rules),
            self.log_variance(rules),
            self.contact_supplier(rules),
            self.dispute(),
        ];
        clocks.into_iter().flatten()
    }

    fn auto_confirm(&self, now: NaiveDateTime) -> Option<Started> {
        let (started_at, auto_confirm, due_at) = match (self.dispatched_at, self.signed_at) {
            (Some(dispatched), Some(signed)) => {
                let (auto_confirm, due_at) = confirmed(dispatched, signed);
                (dispatched, auto_confirm, due_at)
            }
            (Some(dispatched), None) => {
                let due_at = days_after(dispatched, CONFIRMED_AT_LATEST_DAYS);
                (dispatched, AutoConfirm::NotSigned, due_at)
            }
            (None, Some(signed)) => {
                let due_at = hours_after(signed, CONFIRMED_HOURS);
                (signed, AutoConfirm::DispatchUnknown, due_at)
            }
            (None, None) => return None,
        };
        let due_if_signed_now = match (self.dispatched_at, self.signed_at) {
            (Some(dispatched), None) => confirmed(dispatched, now.max(dispatched)).1,
            (Some(_), Some(_)) | (None, Some(_) | None) => None,
        };
        Some(Started {
            started_at,
            due_at,
            done_at: first([self.payment_released_at, self.closed_at]),
            auto_confirm: Some(auto_confirm),
            due_if_signed_now,
            ..Started::new(Clock::AutoConfirm, LossKind::Payment)
        })
    }

    fn agent_return(&self, rules: &ReceivingRules) -> Option<Started> {
        let started_at = self.in_warehouse_at?;
        Some(Started {
            started_at,
            due_at: days_after(started_at, rules.agent_return_days.into()),
            done_at: first([self.returned_at, self.left_warehouse_at, self.closed_at]),
            ..Started::new(Clock::AgentReturn, LossKind::Return)
        })
    }

    fn storage(&self, rules: &ReceivingRules) -> Option<Started> {
        let (started_at, days, loss) = if self.is_unclaimed {
            // The receipt is the first that is known of the parcel there.
            let received = first([self.signed_at, self.in_warehouse_at, self.arrived_at])?;
            (received, rules.unclaimed_storage_days, LossKind::Goods)
        } else {
            (self.in_warehouse_at?, rules.storage_days, LossKind::Storage)
        };
        Some(Started {
            started_at,
            due_at: days_after(started_at, days.into()),
            done_at: first([self.returned_at, self.left_warehouse_at]),
            ..Started::new(Clock::Storage, loss)
        })
    }

    fn log_variance(&self, rules: &ReceivingRules) -> Option<Started> {
        // What differs is found only by checking, and the time for that has begun.
        let unchecked = self.arrived_at.filter(|_| self.is_unchecked);
        let started_at = self.arrived_with_variance().or(unchecked)?;
        Some(Started {
            started_at,
            due_at: decimal_hours_after(started_at, rules.log_variance_hours),
            done_at: first([self.variance_logged_at, self.closed_at]),
            holds_payment: true,
            ..Started::new(Clock::LogVariance, LossKind::Evidence)
        })
    }

    fn contact_supplier(&self, rules: &ReceivingRules) -> Option<Started> {
        let started_at = self.arrived_with_variance()?;
        Some(Started {
            started_at,
            due_at: decimal_hours_after(started_at, rules.contact_supplier_hours),
            done_at: first([self.supplier_contacted_at, self.closed_at]),
            holds_payment: true,
            ..Started::new(Clock::ContactSupplier, LossKind::Claim)
        })
    }

    /// A dispute runs from when it was opened, or from when the supplier was told of a variance.
    fn dispute(&self) -> Option<Started> {
        let told = self.supplier_contacted_at;
        let told = told.filter(|_| !self.variances.is_empty());
        Some(Started {
            started_at: self.disputed_at.or(told)?,
            done_at: self.closed_at,
            holds_payment: true,
            ..Started::new(Clock::Dispute, LossKind::Claim)
        })
    }

    fn arrived_with_variance(&self) -> Option<NaiveDateTime> {
        self.arrived_at.filter(|_| !self.variances.is_empty())
    }
}

/// When 1688 confirms what was signed for, and by which part of its rule.
fn confirmed(
    dispatched: NaiveDateTime,
    signed: NaiveDateTime,
) -> (AutoConfirm, Option<NaiveDateTime>) {
    let in_time = days_after(dispatched, SIGNED_IN_TIME_DAYS);
    if in_time.is_none_or(|in_time| signed <= in_time) {
        let due_at = days_after(dispatched, CONFIRMED_DAYS);
        return (AutoConfirm::SignedInTime, due_at);
    }
    let after_signature = hours_after(signed, CONFIRMED_HOURS);
    let at_latest = days_after(dispatched, CONFIRMED_AT_LATEST_DAYS);
    match (after_signature, at_latest) {
        (Some(after), Some(latest)) if after <= latest => (AutoConfirm::SignedLate, Some(after)),
        (Some(_) | None, latest) => (AutoConfirm::AtLatest, latest),
    }
}

/// A clock that has started.
struct Started {
    clock: Clock,
    started_at: NaiveDateTime,
    due_at: Option<NaiveDateTime>,
    done_at: Option<NaiveDateTime>,
    loss: LossKind,
    holds_payment: bool,
    auto_confirm: Option<AutoConfirm>,
    due_if_signed_now: Option<NaiveDateTime>,
}

impl Started {
    fn new(clock: Clock, loss: LossKind) -> Started {
        Started {
            clock,
            started_at: NaiveDateTime::default(),
            due_at: None,
            done_at: None,
            loss,
            holds_payment: false,
            auto_confirm: None,
            due_if_signed_now: None,
        }
    }

    fn deadline(self, index: usize, shipment: &Shipment, now: NaiveDateTime) -> Deadline {
        let state = match (self.done_at, self.due_at) {
            (Some(_), _) => ClockState::Done,
            (None, Some(due)) if now > due => ClockState::Overdue,
            (None, Some(_) | None) => ClockState::Running,
        };
        let due_at = self.due_at.filter(|_| state != ClockState::Done);
        let left = due_at.map(|due| due.signed_duration_since(now).num_seconds());
        Deadline {
            clock: self.clock,
            order: shipment.order.clone(),
            shipment: index,
            state,
            started_at: self.started_at,
            due_at: self.due_at,
            left_seconds: left,
            done_at: self.done_at,
            loss: Loss {
                kind: self.loss,
                amount_cny: shipment.paid_cny.map(Figure),
            },
            holds_payment: self.holds_payment && state != ClockState::Done,
            auto_confirm: self.auto_confirm,
            due_if_signed_now: self.due_if_signed_now.filter(|_| state != ClockState::Done),
        }
    }
}

/// The earliest of those that are known.
fn first<const N: usize>(instants: [Option<NaiveDateTime>; N]) -> Option<NaiveDateTime> {
    instants.into_iter().flatten().min()
}

/// What lies beyond the year 9999 has no end: dates have four digits for it.
fn after(start: NaiveDateTime, delta: Option<TimeDelta>) -> Option<NaiveDateTime> {
    let end = start.checked_add_signed(delta?)?;
    (end.year() <= 9999).then_some(end)
}

fn days_after(start: NaiveDateTime, days: i64) -> Option<NaiveDateTime> {
    after(start, TimeDelta::try_days(days))
}

fn hours_after(start: NaiveDateTime, hours: i64) -> Option<NaiveDateTime> {
    after(start, TimeDelta::try_hours(hours))
}

/// A part of a second doesn't count.
fn decimal_hours_after(start: NaiveDateTime, hours: Figure) -> Option<NaiveDateTime> {
    let seconds = hours.0.checked_mul(Decimal::from(3_600))?.trunc();
    after(start, TimeDelta::try_seconds(i64::try_from(seconds).ok()?))
}

/// The clocks of all shipments that have started, the soonest loss first.
pub fn deadlines(request: &DeadlinesRequest) -> Deadlines {
    let now = request.now;
    let rules = &request.policy.receiving;
    let shipments = request.shipments.iter().enumerate();
    let mut clocks: Vec<Deadline> = shipments
        .flat_map(|(index, shipment)| {
            let clocks = shipment.clocks(rules, now);
            clocks.map(move |clock| clock.deadline(index, shipment, now))
        })
        .collect();
    clocks.sort_by_key(|clock| {
        (
            clock.state == ClockState::Done,
            Reverse(clock.done_at),
            clock.due_at.is_none(),
            clock.due_at,
            clock.started_at,
        )
    });
    Deadlines { clocks }
}
