//! A log, made ready once for the reports of many weeks.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::measure::percentage;
use super::{Lot, PlacedOrder, Received, Supplied, WeeklyLog};
use crate::policy::Policy;

/// Something for each id; hashed always in the same way, since nothing here is drawn by chance.
pub(super) type ById<'l, T> = HashMap<&'l str, T, BuildHasherDefault<DefaultHasher>>;

/// A log, made ready for the reports of many weeks.
pub struct IndexedLog<'l> {
    /// The log itself.
    pub(super) log: &'l WeeklyLog,
    /// Orders that arrived, each with its first arrival, in the order of that.
    arrivals: Vec<(NaiveDateTime, &'l PlacedOrder)>,
    /// Orders of which nothing arrived.
    pub(super) awaited: Vec<&'l PlacedOrder>,
    /// What arrived, in the order in which it did.
    batches: Vec<Batch<'l>>,
    /// The batches of each supplier that were inspected, in the order in which they arrived.
    pub(super) series: BTreeMap<&'l str, Vec<Batch<'l>>>,
    /// What is known of each supplier.
    pub(super) suppliers: ById<'l, &'l Supplied>,
}

/// A batch with what it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Batch<'l> {
    /// What arrived.
    pub received: &'l Received,
    /// Its order, where the log has it.
    pub order: Option<&'l PlacedOrder>,
    /// Its supplier, or that of its order.
    pub supplier_id: Option<&'l Rc<str>>,
    /// Units inspected.
    pub inspected: u64,
    /// Defective ones among them.
    pub defective: u64,
    /// Whether it is rejected or a lot of it failed.
    pub has_failed: bool,
    /// Whether anybody inspected it.
    is_inspected: bool,
}

impl WeeklyLog {
    /// The log, made ready for the reports of many weeks.
    pub fn index(&self) -> IndexedLog<'_> {
        let mut orders: ById<'_, &PlacedOrder> = ById::default();
        for order in &self.orders {
            orders.entry(&*order.id).or_insert(order);
        }
        let mut receipts: Vec<&Received> = self.receipts.iter().collect();
        receipts
            .sort_by(|one, other| (one.received_at, &one.id).cmp(&(other.received_at, &other.id)));
        let batches = receipts.into_iter().map(|received| {
            let order = orders.get(&*received.order_id).copied();
            Batch::of(received, order)
        });
        let batches: Vec<Batch<'_>> = batches.collect();

        let mut first_arrivals: ById<'_, NaiveDateTime> = ById::default();
        let mut series: BTreeMap<&str, Vec<Batch<'_>>> = BTreeMap::new();
        for batch in &batches {
            if let Some(order) = batch.order {
                let arrival = first_arrivals.entry(&*order.id);
                arrival.or_insert(batch.received.received_at);
            }
            if let Some(supplier) = batch.supplier_id
                && batch.is_inspected
            {
                series.entry(supplier).or_default().push(*batch);
            }
        }

        let (mut arrivals, mut awaited) = (Vec::new(), Vec::new());
        for order in orders.into_values() {
            match first_arrivals.get(&*order.id) {
                Some(arrival) => arrivals.push((*arrival, order)),
                None => awaited.push(order),
            }
        }
        let arrivals = sorted(arrivals, |(at, order)| (seconds(*at), 0, &*order.id));
        let suppliers = self.suppliers.iter();
        IndexedLog {
            log: self,
            arrivals,
            awaited,
            batches,
            series,
            suppliers: suppliers
                .map(|supplier| (&*supplier.id, supplier))
                .collect(),
        }
    }
}

impl<'l> IndexedLog<'l> {
    /// Orders that first arrived from `from` to before `to`, with that arrival, in the order of that.
    pub(super) fn arrived(
        &self,
        from: NaiveDateTime,
        to: NaiveDateTime,
    ) -> &[(NaiveDateTime, &'l PlacedOrder)] {
        between(&self.arrivals, |(at, _)| *at, from, to)
    }

    /// Orders that first arrived at `from` or later.
    pub(super) fn arrived_since(&self, from: NaiveDateTime) -> &[(NaiveDateTime, &'l PlacedOrder)] {
        let start = self.arrivals.partition_point(|(at, _)| *at < from);
        self.arrivals.get(start..).unwrap_or_default()
    }

    /// What arrived from `from` to before `to`, in the order in which it did.
    pub(super) fn batches(&self, from: NaiveDateTime, to: NaiveDateTime) -> &[Batch<'l>] {
        between(&self.batches, |batch| batch.received.received_at, from, to)
    }
}

/// By what entries of a log are put in order: two numbers, then an id.
type Key<'k> = (i64, i64, &'k str);

/// Puts entries in the order of their keys. The keys are sorted apart from the entries, because a sort of its own
/// for each type would make up a tenth of the package.
pub(super) fn sorted<'k, T>(
    entries: impl IntoIterator<Item = T>,
    key: impl Fn(&T) -> Key<'k>,
) -> Vec<T> {
    let mut entries: Vec<Option<T>> = entries.into_iter().map(Some).collect();
    let keys = entries.iter().flatten().map(key);
    let order = in_order(keys.zip(0..).collect());
    let places = order.into_iter();
    places
        .filter_map(|place| entries.get_mut(place)?.take())
        .collect()
}

/// The places of keys, in their order.
#[inline(never)]
fn in_order(mut keys: Vec<(Key<'_>, usize)>) -> Vec<usize> {
    keys.sort_unstable();
    keys.into_iter().map(|(_, place)| place).collect()
}

/// An instant as a number.
pub(super) fn seconds(at: NaiveDateTime) -> i64 {
    at.and_utc().timestamp()
}

/// A day as a number.
pub(super) fn days(day: NaiveDate) -> i64 {
    day.num_days_from_ce().into()
}

/// Those of a sorted list from `from` to before `to`.
pub(super) fn between<T>(
    sorted: &[T],
    at: impl Fn(&T) -> NaiveDateTime,
    from: NaiveDateTime,
    to: NaiveDateTime,
) -> &[T] {
    let start = sorted.partition_point(|item| at(item) < from);
    let end = sorted.partition_point(|item| at(item) < to);
    sorted.get(start..end).unwrap_or_default()
}

impl<'l> Batch<'l> {
    fn of(received: &'l Received, order: Option<&'l PlacedOrder>) -> Batch<'l> {
        let lots = &received.lots;
        let sum = |units: fn(&Lot) -> u32| {
            let units = lots.iter().map(|lot| u64::from(units(lot)));
            units.fold(0, u64::saturating_add)
        };
        let inspected = sum(|lot| lot.inspected);
        let is_judged = lots.iter().any(|lot| lot.passed.is_some());
        let has_failed = lots.iter().any(|lot| lot.passed == Some(false));
        let of_order = || order.and_then(|order| order.supplier_id.as_ref());
        Batch {
            received,
            order,
            supplier_id: received.supplier_id.as_ref().or_else(of_order),
            inspected,
            defective: sum(|lot| lot.defective),
            has_failed: has_failed || received.is_rejected,
            is_inspected: inspected > 0 || is_judged || received.is_rejected,
        }
    }

    /// Whether it is defective: it failed, or its rate of defects is above the policy's. `None` where nobody
    /// inspected it.
    pub fn is_defective(&self, policy: &Policy) -> Option<bool> {
        let limit = policy.receiving.defective_batch_percent;
        let is_above = || {
            let rate = percentage(self.defective.into(), self.inspected.into());
            rate.is_some_and(|rate| rate > limit.0.into())
        };
        self.is_inspected.then(|| self.has_failed || is_above())
    }
}
