//! The owner's rules: what staff may do alone, and where the owner decides.
//!
//! Each rule stands once, with its name in JSON, its bounds and its default; reading, defaults,
//! writing and [`Policy::fields`] come of that.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::check::{
    self, Checker, Named,
    Need::{Optional, Required},
    Object, Place, named,
};
use crate::issue::{Issue, Problem, Range};
use crate::json::Json;
use crate::money::{Currency, Figure, parse_decimal};

named! {
    /// What counts as the value of an order.
    OrderValueBasis {
        /// The landed total.
        LandedCost = "landedCost",
        /// Goods and freight inside China.
        GoodsAndDomesticShipping = "goodsAndDomesticShipping",
        /// Goods.
        Goods = "goods",
    }
}

/// A field of the policy.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its path: `orders.maximumOrderValue`.
    pub path: &'static str,
    /// What may stand in it.
    pub kind: Kind,
    /// What holds where it is left out, as text; `None` where nothing does.
    pub default: Option<&'static str>,
}

/// What may stand in a field of the policy.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// A calendar date.
    Date,
    /// A currency, by its code.
    Currency,
    /// A decimal within a range.
    Decimal(Range),
    /// A whole number, at least this.
    Whole(u32),
    /// Yes or no.
    Flag,
    /// One of these names.
    Choice(&'static [&'static str]),
}

/// A value that a rule can have.
trait Value: Sized {
    /// What bounds it.
    type Bounds;

    fn kind(bounds: Self::Bounds) -> Kind;

    /// The value of a default.
    fn of(text: &str) -> Self;

    fn read(c: &mut Checker, json: &Json<'_>, at: &Place<'_>, bounds: Self::Bounds)
    -> Option<Self>;
}

impl Value for Figure {
    type Bounds = Range;

    fn kind(range: Range) -> Kind {
        Kind::Decimal(range)
    }

    fn of(text: &str) -> Figure {
        Figure(parse_decimal(text).unwrap_or_default())
    }

    fn read(c: &mut Checker, json: &Json<'_>, at: &Place<'_>, range: Range) -> Option<Figure> {
        check::decimal(c, json, at, range).map(Figure)
    }
}

impl Value for u32 {
    type Bounds = u32;

    fn kind(at_least: u32) -> Kind {
        Kind::Whole(at_least)
    }

    fn of(text: &str) -> u32 {
        text.parse().unwrap_or_default()
    }

    fn read(c: &mut Checker, json: &Json<'_>, at: &Place<'_>, at_least: u32) -> Option<u32> {
        check::whole(c, json, at, at_least)
    }
}

impl Value for bool {
    type Bounds = ();

    fn kind((): ()) -> Kind {
        Kind::Flag
    }

    fn of(text: &str) -> bool {
        text == "true"
    }

    fn read(c: &mut Checker, json: &Json<'_>, at: &Place<'_>, (): ()) -> Option<bool> {
        check::flag(c, json, at)
    }
}

impl Value for OrderValueBasis {
    type Bounds = ();

    fn kind((): ()) -> Kind {
        Kind::Choice(OrderValueBasis::NAMES)
    }

    fn of(text: &str) -> OrderValueBasis {
        check::by_name(text).unwrap_or(OrderValueBasis::LandedCost)
    }

    fn read(c: &mut Checker, json: &Json<'_>, at: &Place<'_>, (): ()) -> Option<OrderValueBasis> {
        check::choice(c, json, at)
    }
}

/// A group of rules. After its name where it stands in the policy; then of each rule its name in
/// Rust, its name in JSON, its type with what bounds it, and its default; last a group inside it.
macro_rules! rules {
    (
        $(#[$doc:meta])* $group:ident at $prefix:literal {
            $($(#[$rule_doc:meta])* $rule:ident $name:literal: $type:ident($bounds:expr) = $default:literal,)*
            $(; $(#[$part_doc:meta])* $part:ident $part_name:literal: $part_type:ident,)?
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Debug, Serialize)]
        pub struct $group {
            $($(#[$rule_doc])* #[serde(rename = $name)] pub $rule: $type,)*
            $($(#[$part_doc])* #[serde(rename = $part_name)] pub $part: $part_type,)?
        }

        impl Default for $group {
            fn default() -> $group {
                $group {
                    $($rule: <$type as Value>::of($default),)*
                    $($part: $part_type::default(),)?
                }
            }
        }

        impl $group {
            fn fields(all: &mut Vec<Field>) {
                all.extend([$(Field {
                    path: concat!($prefix, ".", $name),
                    kind: <$type as Value>::kind($bounds),
                    default: Some($default),
                },)*]);
                $($part_type::fields(all);)?
            }

            fn read(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<$group> {
                let object = Object::open(c, json, place, &[$($name,)* $($part_name,)?])?;
                $(let $rule = rule::<$type>(c, &object, $name, $bounds, $default);)*
                $(let $part = given(c, &object, $part_name, $part_type::default(), $part_type::read);)?
                Some($group { $($rule: $rule?,)* $($part: $part?,)? })
            }
        }
    };
}

/// A rule, or its default where it is left out; `None` where it is wrong.
#[inline(never)]
fn rule<T: Value>(
    c: &mut Checker,
    object: &Object<'_, '_>,
    name: &'static str,
    bounds: T::Bounds,
    default: &str,
) -> Option<T> {
    match object.get(name) {
        Some(_) => object.field(c, name, Required, |c, json, at| {
            T::read(c, json, at, bounds)
        }),
        None => Some(T::of(default)),
    }
}

/// A field that has a default where it is left out; `None` where it is wrong.
fn given<'j, T>(
    c: &mut Checker,
    object: &Object<'j, '_>,
    name: &'static str,
    default: T,
    read: impl FnOnce(&mut Checker, &'j Json<'j>, &Place<'_>) -> Option<T>,
) -> Option<T> {
    match object.get(name) {
        Some(_) => object.field(c, name, Required, read),
        None => Some(default),
    }
}

const AMOUNT: Range = Range::AMOUNT;
/// Of a change, which can be more than the whole.
const PERCENT: Range = Range::up_to(Decimal::ONE_THOUSAND);
/// Of a whole; also points.
const SHARE: Range = Range::up_to(Decimal::ONE_HUNDRED);

rules! {
    /// Rules for placing orders.
    OrderRules at "orders" {
        /// The largest value of an order, in the home currency.
        maximum_order_value "maximumOrderValue": Figure(AMOUNT) = "800",
        /// What that value is.
        order_value_basis "orderValueBasis": OrderValueBasis(()) = "landedCost",
        /// How far a price may rise above the previous one, in percent.
        price_increase_percent "priceIncreasePercent": Figure(PERCENT) = "15",
        /// How old an exchange rate may be, in days.
        exchange_rate_max_age_days "exchangeRateMaxAgeDays": u32(0) = "3",
    }
}

rules! {
    /// The checklist for a new supplier.
    ChecklistRules at "supplierChecklist" {
        /// Completed transactions, at least.
        minimum_transactions "minimumTransactions": u32(0) = "200",
        /// How long the shop has been active, in years, at least.
        minimum_years "minimumYears": Figure(AMOUNT) = "2",
        /// How long an answer may take, in hours.
        maximum_response_hours "maximumResponseHours": Figure(AMOUNT) = "8",
        /// Whether the platform must have verified it.
        require_verified "requireVerified": bool(()) = "true",
        /// Whether there must be real photos of its warehouse.
        require_warehouse_photos "requireWarehousePhotos": bool(()) = "true",
    }
}

rules! {
    /// Grading a supplier in use: weights in percent that add up to 100, grades by points.
    GradeRules at "supplierGrades" {
        /// The weight of quality.
        quality_weight "qualityWeight": Figure(SHARE) = "40",
        /// The weight of delivery.
        delivery_weight "deliveryWeight": Figure(SHARE) = "30",
        /// The weight of service.
        service_weight "serviceWeight": Figure(SHARE) = "20",
        /// The weight of cost.
        cost_weight "costWeight": Figure(SHARE) = "10",
        /// Points for an A, at least.
        a "a": Figure(SHARE) = "90",
        /// Points for a B, at least; no more than for an A.
        b "b": Figure(SHARE) = "75",
        /// Points for a C, at least; no more than for a B.
        c "c": Figure(SHARE) = "60",
        /// How far below the median of the other quotes a price is suspicious, in percent.
        below_market_percent "belowMarketPercent": Figure(SHARE) = "40",
    }
}

rules! {
    /// Rules for receiving.
    ReceivingRules at "receiving" {
        /// The documented rate of the spot check, in percent of the units.
        spot_check_percent "spotCheckPercent": Figure(SHARE) = "10",
        /// Units of each article that are checked, at least.
        minimum_per_sku "minimumPerSku": u32(0) = "3",
        /// Above this rate of defects a batch is defective, in percent.
        defective_batch_percent "defectiveBatchPercent": Figure(SHARE) = "5",
        /// Within how many hours of the arrival a variance is logged.
        log_variance_hours "logVarianceHours": Figure(AMOUNT) = "2",
        /// Within how many hours of the arrival the supplier is told.
        contact_supplier_hours "contactSupplierHours": Figure(AMOUNT) = "6",
        /// Days of storage at a forwarder.
        storage_days "storageDays": u32(0) = "90",
        /// Days of storage of parcels without order information.
        unclaimed_storage_days "unclaimedStorageDays": u32(0) = "30",
        /// Days in which an agent takes goods back.
        agent_return_days "agentReturnDays": u32(0) = "5",
        /// Units that one person inspects in an hour.
        inspection_units_per_hour "inspectionUnitsPerHour": u32(1) = "60",
    }
}

rules! {
    /// Rules for weekly control.
    ControlRules at "control" {
        /// Defective batches in a row that suspend a supplier.
        consecutive_defective_batches "consecutiveDefectiveBatches": u32(1) = "2",
        /// A rise of landed cost above which it is a red flag, in percent.
        cost_increase_percent "costIncreasePercent": Figure(PERCENT) = "20",
        /// Escalations in a week above which they are a red flag.
        escalations_per_week "escalationsPerWeek": u32(0) = "5",
        ;
        /// The normal ranges.
        normal "normal": NormalRanges,
    }
}

rules! {
    /// The normal ranges of the three weekly numbers.
    NormalRanges at "control.normal" {
        /// The rate of defects, in percent.
        defect_rate_percent "defectRatePercent": Figure(SHARE) = "3",
        /// Days over the planned lead time.
        lead_time_overrun_days "leadTimeOverrunDays": Figure(AMOUNT) = "2",
        /// The change of landed cost, in percent.
        cost_change_percent "costChangePercent": Figure(PERCENT) = "10",
    }
}

rules! {
    /// Rules for the procedure itself.
    SopRules at "sop" {
        /// A review is due after so many orders.
        review_every_orders "reviewEveryOrders": u32(1) = "50",
        /// A loss above which a review is due at once, in the home currency.
        incident_loss "incidentLoss": Figure(AMOUNT) = "500",
        /// Clean runs in a row after which staff work alone.
        clean_runs_for_solo "cleanRunsForSolo": u32(0) = "10",
    }
}

fn day<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}

/// The owner's policy. What is left out has its default.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// What the owner calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its version, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The day from which it holds.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "day")]
    pub effective_from: Option<NaiveDate>,
    /// The currency of its amounts.
    pub home_currency: Currency,
    /// The owner's time zone, by its IANA name; without one the device's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Placing orders.
    pub orders: OrderRules,
    /// The checklist for a new supplier.
    #[serde(rename = "supplierChecklist")]
    pub checklist: ChecklistRules,
    /// Grading a supplier in use.
    #[serde(rename = "supplierGrades")]
    pub grades: GradeRules,
    /// Receiving.
    pub receiving: ReceivingRules,
    /// Weekly control.
    pub control: ControlRules,
    /// The procedure itself.
    pub sop: SopRules,
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            name: None,
            version: None,
            effective_from: None,
            home_currency: Currency::USD,
            time_zone: None,
            orders: OrderRules::default(),
            checklist: ChecklistRules::default(),
            grades: GradeRules::default(),
            receiving: ReceivingRules::default(),
            control: ControlRules::default(),
            sop: SopRules::default(),
        }
    }
}

impl Policy {
    /// Checks a raw policy.
    ///
    /// # Errors
    /// Every issue of the policy, each with its place.
    pub fn check(json: &Json<'_>) -> Result<Policy, Vec<Issue>> {
        let mut checker = Checker::new();
        let policy = Policy::read(&mut checker, json, &Place::Root);
        checker.finish(policy)
    }

    /// Reads a policy.
    pub fn read(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Policy> {
        let known = &[
            "name",
            "version",
            "effectiveFrom",
            "homeCurrency",
            "timeZone",
            "orders",
            "supplierChecklist",
            "supplierGrades",
            "receiving",
            "control",
            "sop",
        ];
        let object = Object::open(c, json, place, known)?;
        let name = object.field(c, "name", Optional, check::any_text);
        let version = object.field(c, "version", Optional, |c, json, at| {
            check::whole(c, json, at, 1)
        });
        let effective_from = object.field(c, "effectiveFrom", Optional, check::date);
        let home_currency = given(c, &object, "homeCurrency", Currency::USD, check::currency);
        let time_zone = object.field(c, "timeZone", Optional, check::text);
        let orders = given(
            c,
            &object,
            "orders",
            OrderRules::default(),
            OrderRules::read,
        );
        let checklist = given(
            c,
            &object,
            "supplierChecklist",
            ChecklistRules::default(),
            ChecklistRules::read,
        );
        let grades = given(
            c,
            &object,
            "supplierGrades",
            GradeRules::default(),
            |c, json, at| GradeRules::read(c, json, at)?.consistent(c, at),
        );
        let receiving = given(
            c,
            &object,
            "receiving",
            ReceivingRules::default(),
            ReceivingRules::read,
        );
        let control = given(
            c,
            &object,
            "control",
            ControlRules::default(),
            ControlRules::read,
        );
        let sop = given(c, &object, "sop", SopRules::default(), SopRules::read);
        Some(Policy {
            name,
            version,
            effective_from,
            home_currency: home_currency?,
            time_zone,
            orders: orders?,
            checklist: checklist?,
            grades: grades?,
            receiving: receiving?,
            control: control?,
            sop: sop?,
        })
    }

    /// All fields, in the order of the documentation.
    pub fn fields() -> Vec<Field> {
        let field = |path, kind, default| Field {
            path,
            kind,
            default,
        };
        let mut all = vec![
            field("name", Kind::Text, None),
            field("version", Kind::Whole(1), None),
            field("effectiveFrom", Kind::Date, None),
            field("homeCurrency", Kind::Currency, Some("USD")),
            field("timeZone", Kind::Text, None),
        ];
        OrderRules::fields(&mut all);
        ChecklistRules::fields(&mut all);
        GradeRules::fields(&mut all);
        ReceivingRules::fields(&mut all);
        ControlRules::fields(&mut all);
        SopRules::fields(&mut all);
        all
    }
}

impl GradeRules {
    /// The rules, if the weights add up to 100 and a better grade needs no fewer points.
    fn consistent(self, c: &mut Checker, place: &Place<'_>) -> Option<GradeRules> {
        let weights = [
            self.quality_weight,
            self.delivery_weight,
            self.service_weight,
            self.cost_weight,
        ];
        // Four shares of at most 100 can't overflow.
        let sum = weights
            .iter()
            .try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight.0));
        let sum = sum.unwrap_or_default().normalize();
        let adds_up = sum == Decimal::ONE_HUNDRED;
        if !adds_up {
            let sum = Figure(sum);
            c.report::<()>(place, Problem::NotHundred { sum });
        }
        let mut falls = true;
        for (name, lower, better) in [("b", self.b, self.a), ("c", self.c, self.b)] {
            if lower > better {
                let place = Place::Field(place, name);
                c.report::<()>(&place, Problem::OutOfRange(Range::up_to(better.0)));
                falls = false;
            }
        }
        (adds_up && falls).then_some(self)
    }
}
