//! Reading a request from JSON, with every issue reported at once.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{
    Baseline, Escalated, IsoWeek, LineCost, Lot, OrderedLine, PlacedOrder, Received, Supplied,
    Week, WeeklyLog, WeeklyReportRequest,
};
use crate::check::{
    self, Checker, Named,
    Need::{Optional, Required},
    Object, Place, quoted,
};
use crate::issue::{Because, Issue, Problem, Range};
use crate::json::Json;
use crate::landed_cost::{Component, MAX_LINES, not_too_many};
use crate::policy::Policy;

/// How many entries each part of the log may have.
const MAX_ENTRIES: usize = 100_000;
/// How many lots a receipt may have.
const MAX_LOTS: usize = 10_000;
/// How many rules may have asked for one escalation.
const MAX_RULES: usize = 100;

/// No zone is further from UTC.
const ZONE_HOURS: i64 = 14;
/// A week has seven days, one more or less where the owner's zone moves across the date line.
const WEEK_DAYS: (i64, i64) = (6, 8);

impl WeeklyReportRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<WeeklyReportRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>) -> Option<WeeklyReportRequest> {
    let known = &[
        "policy",
        "week",
        "baseline",
        "orders",
        "receipts",
        "escalations",
        "suppliers",
    ];
    let object = Object::open(c, json, &Place::Root, known)?;
    let policy = object.field(c, "policy", Optional, Policy::read);
    let week = object.field(c, "week", Required, week);
    let baseline = object.field(c, "baseline", Required, |c, json, place| {
        baseline(c, json, place, week)
    });
    let log = WeeklyLog {
        orders: entries(c, &object, "orders", order, |order| &order.id),
        receipts: entries(c, &object, "receipts", receipt, |receipt| &receipt.id),
        escalations: entries(c, &object, "escalations", escalation, |of| &of.id),
        suppliers: entries(c, &object, "suppliers", supplier, |supplier| &supplier.id),
    };
    Some(WeeklyReportRequest {
        policy: policy.unwrap_or_default(),
        week: week?,
        baseline: baseline?,
        log,
    })
}

/// A part of the log; what stands twice in it is an issue.
fn entries<'j, T>(
    c: &mut Checker,
    object: &Object<'j, '_>,
    name: &'static str,
    read: fn(&mut Checker, &'j Json<'j>, &Place<'_>) -> Option<T>,
    id: fn(&T) -> &Rc<str>,
) -> Vec<T> {
    let mut seen = BTreeSet::new();
    let entries = object.field(c, name, Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_ENTRIES)?;
        check::list(c, json, place, |c, json, place| {
            let entry = read(c, json, place)?;
            if seen.insert(id(&entry).clone()) {
                return Some(entry);
            }
            let because = Because::Twice;
            let place = Place::Field(place, "id");
            c.report(&place, Problem::NotAllowedHere { because })
        })
    });
    entries.unwrap_or_default()
}

fn week(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Week> {
    let object = Object::open(c, json, place, &["name", "from", "to"])?;
    let week = object.field(c, "name", Required, |c, json, place| {
        let name = check::text(c, json, place)?;
        let week = IsoWeek::parse(&name);
        let found = quoted(&name);
        week.or_else(|| c.report(place, Problem::BadWeek { found }))
    });
    let from = object.field(c, "from", Required, |c, json, place| {
        let from = check::instant(c, json, place)?;
        let (earliest, latest) = start_of(week?.monday())?;
        within(c, place, from, earliest, latest)
    });
    let to = object.field(c, "to", Required, |c, json, place| {
        let to = check::instant(c, json, place)?;
        let days = |days| from?.checked_add_signed(TimeDelta::try_days(days)?);
        within(c, place, to, days(WEEK_DAYS.0)?, days(WEEK_DAYS.1)?)
    });
    Some(Week {
        week: week?,
        from: from?,
        to: to?,
    })
}

fn baseline(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    week: Option<Week>,
) -> Option<Baseline> {
    let object = Object::open(c, json, place, &["from", "to"])?;
    let month = week.map(|week| week.week.month_before());
    let from = object.field(c, "from", Required, |c, json, place| {
        let from = check::instant(c, json, place)?;
        let (earliest, latest) = start_of(month?.0)?;
        within(c, place, from, earliest, latest)
    });
    let to = object.field(c, "to", Required, |c, json, place| {
        let to = check::instant(c, json, place)?;
        let (earliest, latest) = start_of(month?.1)?;
        within(c, place, to, earliest, latest.min(week?.from))
    });
    Some(Baseline {
        from: from?,
        to: to?,
    })
}

/// Within which instants a day begins, whatever the zone.
fn start_of(day: NaiveDate) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let utc = day.and_time(NaiveTime::MIN);
    let zone = TimeDelta::try_hours(ZONE_HOURS)?;
    utc.checked_sub_signed(zone)
        .zip(utc.checked_add_signed(zone))
}

fn within(
    c: &mut Checker,
    place: &Place<'_>,
    at: NaiveDateTime,
    earliest: NaiveDateTime,
    latest: NaiveDateTime,
) -> Option<NaiveDateTime> {
    if earliest <= at && at <= latest {
        return Some(at);
    }
    let text = |at: NaiveDateTime| format!("{at:?}Z");
    c.report(
        place,
        Problem::NotWithin {
            earliest: text(earliest),
            latest: text(latest),
        },
    )
}

fn short(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Rc<str>> {
    check::text(c, json, place).map(Rc::from)
}

fn order<'j>(c: &mut Checker, json: &'j Json<'j>, place: &Place<'_>) -> Option<PlacedOrder> {
    let known = &[
        "id",
        "supplierId",
        "placedAt",
        "placedOn",
        "expectedDelivery",
        "landedTotal",
        "hasApprovedChange",
        "isClosed",
        "lines",
    ];
    let object = Object::open(c, json, place, known)?;
    let id = object.field(c, "id", Required, short);
    let supplier_id = object.field(c, "supplierId", Optional, short);
    let placed_at = object.field(c, "placedAt", Optional, check::instant);
    let placed_on = object.field(c, "placedOn", Optional, check::date);
    let expected_delivery = object.field(c, "expectedDelivery", Optional, check::date);
    let landed_total = object.field(c, "landedTotal", Optional, check::amount);
    let has_approved_change = object.field(c, "hasApprovedChange", Optional, check::flag);
    let is_closed = object.field(c, "isClosed", Optional, check::flag);
    let lines = object.field(c, "lines", Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_LINES)?;
        check::list(c, json, place, line)
    });
    Some(PlacedOrder {
        id: id?,
        supplier_id,
        placed_at,
        placed_on,
        expected_delivery,
        landed_total,
        has_approved_change: has_approved_change.unwrap_or_default(),
        is_closed: is_closed.unwrap_or_default(),
        lines: lines.unwrap_or_default(),
    })
}

fn line<'j>(c: &mut Checker, json: &'j Json<'j>, place: &Place<'_>) -> Option<OrderedLine> {
    let known = &["sku", "quantity", "unitPriceCny", "cost"];
    let object = Object::open(c, json, place, known)?;
    let sku = object.field(c, "sku", Required, short);
    let quantity = object.field(c, "quantity", Required, check::count);
    let unit_price_cny = object.field(c, "unitPriceCny", Required, check::amount);
    let cost = object.field(c, "cost", Optional, cost);
    Some(OrderedLine {
        sku: sku?,
        quantity: quantity?,
        unit_price_cny: unit_price_cny?,
        cost,
    })
}

fn cost<'j>(c: &mut Checker, json: &'j Json<'j>, place: &Place<'_>) -> Option<LineCost> {
    let object = Object::open(c, json, place, Component::NAMES)?;
    let components = Component::ALL.iter().zip(Component::NAMES);
    let amounts = components.filter_map(|(component, name)| {
        let amount = object.field(c, name, Optional, check::amount)?;
        Some((*component, amount))
    });
    Some(amounts.collect())
}

fn receipt<'j>(c: &mut Checker, json: &'j Json<'j>, place: &Place<'_>) -> Option<Received> {
    let known = &[
        "id",
        "orderId",
        "supplierId",
        "receivedAt",
        "receivedOn",
        "isRejected",
        "lots",
    ];
    let object = Object::open(c, json, place, known)?;
    let id = object.field(c, "id", Required, short);
    let order_id = object.field(c, "orderId", Required, short);
    let supplier_id = object.field(c, "supplierId", Optional, short);
    let received_at = object.field(c, "receivedAt", Required, check::instant);
    let received_on = object.field(c, "receivedOn", Optional, check::date);
    let is_rejected = object.field(c, "isRejected", Optional, check::flag);
    let lots = object.field(c, "lots", Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_LOTS)?;
        check::list(c, json, place, lot)
    });
    Some(Received {
        id: id?,
        order_id: order_id?,
        supplier_id,
        received_at: received_at?,
        received_on,
        is_rejected: is_rejected.unwrap_or_default(),
        lots: lots.unwrap_or_default(),
    })
}

fn lot<'j>(c: &mut Checker, json: &'j Json<'j>, place: &Place<'_>) -> Option<Lot> {
    let known = &["sku", "inspected", "defective", "passed"];
    let object = Object::open(c, json, place, known)?;
    let whole =
        |c: &mut Checker, json: &Json<'_>, place: &Place<'_>| check::whole(c, json, place, 0);
    let sku = object.field(c, "sku", Optional, short);
    let inspected = object.field(c, "inspected", Required, whole);
    let defective = object.field(c, "defective", Required, |c, json, place| {
        let defective = whole(c, json, place)?;
        match inspected {
            Some(inspected) if defective > inspected => {
                let range = Range::up_to(inspected.into());
                c.report(place, Problem::OutOfRange(range))
            }
            Some(_) | None => Some(defective),
        }
    });
    let passed = object.field(c, "passed", Optional, check::flag);
    Some(Lot {
        sku,
        inspected: inspected?,
        defective: defective?,
        passed,
    })
}

fn escalation<'j>(c: &mut Checker, json: &'j Json<'j>, place: &Place<'_>) -> Option<Escalated> {
    let known = &[
        "id",
        "subject",
        "orderId",
        "rules",
        "raisedAt",
        "resolvedAt",
        "resolution",
        "loss",
    ];
    let object = Object::open(c, json, place, known)?;
    let id = object.field(c, "id", Required, short);
    let subject = object.field(c, "subject", Optional, short);
    let order_id = object.field(c, "orderId", Optional, short);
    let rules = object.field(c, "rules", Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_RULES)?;
        check::list(c, json, place, short)
    });
    let raised_at = object.field(c, "raisedAt", Required, check::instant);
    let resolved_at = object.field(c, "resolvedAt", Optional, |c, json, place| {
        let resolved_at = check::instant(c, json, place)?;
        if raised_at.is_some_and(|raised_at| resolved_at < raised_at) {
            return c.report(place, Problem::EarlierThan { than: "raisedAt" });
        }
        Some(resolved_at)
    });
    let resolution = object.field(c, "resolution", Optional, short);
    let loss = object.field(c, "loss", Optional, check::amount);
    Some(Escalated {
        id: id?,
        subject,
        order_id,
        rules: rules.unwrap_or_default(),
        raised_at: raised_at?,
        resolved_at,
        resolution,
        loss,
    })
}

fn supplier<'j>(c: &mut Checker, json: &'j Json<'j>, place: &Place<'_>) -> Option<Supplied> {
    let object = Object::open(c, json, place, &["id", "name", "status", "reinstatedAt"])?;
    let id = object.field(c, "id", Required, short);
    let name = object.field(c, "name", Optional, short);
    let status = object.field(c, "status", Required, check::choice);
    let reinstated_at = object.field(c, "reinstatedAt", Optional, check::instant);
    Some(Supplied {
        id: id?,
        name,
        status: status?,
        reinstated_at,
    })
}
