//! The orders of a 1688 export as records: suppliers, articles and orders, by ids that come from the
//! platform's own. Importing the same file again changes nothing; a later export of an order edits it
//! and keeps what was added by hand.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{NaiveDate, TimeDelta};
use landfall::check::{Checker, Place, parse_date, quoted};
use landfall::issue::{Issue, Problem};
use landfall::json::{self, Json};

use crate::record::{Key, Kind, Record, Stamp};
use crate::rows::{
    Amount, ByName, Field, Instant, Line, Order, OrderSource, Row, Signed, Sku, Source, Supplier,
    SupplierStatus, row,
};
use crate::workspace::Workspace;

/// The platform of an export.
const PLATFORM: &str = "1688";

row! {
    /// An order as `parseOrderExport` answers it.
    Exported {
        /// Its number on the platform.
        order_id "orderId": Rc<str>,
        /// The company of the seller.
        supplier "supplier": Option<Rc<str>>,
        /// The goods in CNY.
        goods "goodsCny": Option<Amount>,
        /// The freight in CNY.
        freight "freightCny": Option<Amount>,
        /// What was added or taken off in CNY.
        adjustment "adjustmentCny": Option<Signed>,
        /// What was paid in CNY.
        paid "paidCny": Option<Amount>,
        /// The status.
        status "status": Option<Rc<str>>,
        /// When it was placed, by the clock of China.
        created_at "createdAt": Option<ChinaTime>,
        /// When it was paid, by the clock of China.
        paid_at "paidAt": Option<ChinaTime>,
        /// The number of the parcel.
        tracking_number "trackingNumber": Option<Rc<str>>,
        /// The articles.
        lines "lines": Vec<ExportedLine>,
    }
}

row! {
    /// An article of an exported order.
    ExportedLine {
        /// What it is.
        title "title": Option<Rc<str>>,
        /// The price of a unit in CNY.
        unit_price "unitPriceCny": Amount,
        /// How many units.
        quantity "quantity": Amount,
        /// The unit.
        unit "unit": Option<Rc<str>>,
        /// The item code.
        item_code "itemCode": Option<Rc<str>>,
        /// The offer.
        offer_id "offerId": Option<Rc<str>>,
        /// The variant of the offer.
        sku_id "skuId": Option<Rc<str>>,
    }
}

/// An instant that is written by the clock of China: `2026-10-01 09:17:11`. The day alone is its
/// first moment, an hour with minutes the full one.
#[derive(Clone, PartialEq, Debug)]
pub struct ChinaTime(Instant);

impl Field for ChinaTime {
    fn check(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> bool {
        if !<Rc<str>>::check(checker, json, place) {
            return false;
        }
        let text = <Rc<str>>::make(Some(json));
        if utc_of_china(&text).is_none() {
            let found = quoted(&text);
            checker.report::<()>(place, Problem::BadDate { found });
            return false;
        }
        true
    }

    fn make(json: Option<&Json<'_>>) -> Self {
        let text = <Rc<str>>::make(json);
        ChinaTime(utc_of_china(&text).unwrap_or(Instant(text)))
    }

    fn write(&self) -> Option<Json<'_>> {
        self.0.write()
    }
}

/// How far the clock of China is ahead.
const CHINA: TimeDelta = TimeDelta::hours(8);

fn utc_of_china(text: &str) -> Option<Instant> {
    let (date, time) = text
        .trim()
        .split_once([' ', 'T'])
        .unwrap_or((text.trim(), "00:00"));
    let mut parts = time.splitn(3, ':').map(|part| {
        let is_number = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_number)
    });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let local = parse_date(date)?.and_hms_opt(hour, minute, second)?;
    let utc = local.checked_sub_signed(CHINA)?;
    Some(Instant(Rc::from(format!("{}T{}Z", utc.date(), utc.time()))))
}

/// The records that an import of `text`, the JSON that `parseOrderExport` answers, makes of what is
/// in the workspace; for [`crate::plan::Plan::of`]. What is deleted stays deleted. Where an order
/// stands in the text twice, the last counts.
///
/// # Errors
/// All issues, with paths in the text.
pub fn records(
    text: &str,
    workspace: &Workspace,
    stamp: &Stamp,
) -> Result<Vec<Record>, Vec<Issue>> {
    let mut importing = Importing::new(workspace, stamp);
    let mut orders: Vec<Exported> = read(text)?;
    // Sorted by number, with the later of two behind.
    orders.sort_by(|one, other| one.order_id.cmp(&other.order_id));
    orders.reverse();
    orders.dedup_by(|next, kept| next.order_id == kept.order_id);
    for order in orders {
        importing.take(order);
    }
    Ok(importing.records.into_values().collect())
}

fn read(text: &str) -> Result<Vec<Exported>, Vec<Issue>> {
    let mut json = json::read(text).map_err(|issue| vec![issue])?;
    drop_nulls(&mut json);
    let mut checker = Checker::new();
    let place = Place::Field(&Place::Root, "orders");
    let orders = json.get_mut("orders").map_or(&Json::Null, |orders| orders);
    Vec::<Exported>::check(&mut checker, orders, &place);
    checker.finish(Some(()))?;
    Ok(Vec::make(Some(orders)))
}

/// Takes away the fields that are `null`: an export has them where a cell is empty.
fn drop_nulls(json: &mut Json<'_>) {
    match json {
        Json::Object(fields) => {
            fields.retain(|(_, value)| *value != Json::Null);
            fields.iter_mut().for_each(|(_, value)| drop_nulls(value));
        }
        Json::List(items) => items.iter_mut().for_each(drop_nulls),
        Json::Null | Json::Boolean(_) | Json::Integer(_) | Json::Inexact | Json::Text(_) => {}
    }
}

/// What is known while orders are taken in.
struct Importing<'w> {
    workspace: &'w Workspace,
    stamp: &'w Stamp,
    /// The ids of suppliers by their names.
    suppliers: BTreeMap<Rc<str>, Rc<str>>,
    /// The ids of articles by offer and variant.
    skus: BTreeMap<(Rc<str>, Rc<str>), Rc<str>>,
    records: BTreeMap<Key, Record>,
}

impl<'w> Importing<'w> {
    fn new(workspace: &'w Workspace, stamp: &'w Stamp) -> Importing<'w> {
        let (mut suppliers, mut skus) = (BTreeMap::new(), BTreeMap::new());
        for entry in workspace.list(Kind::Supplier) {
            if let Some(Row::Supplier(supplier)) = entry.row() {
                let id: Rc<str> = Rc::from(entry.record().key().id());
                let names = [Some(&supplier.name), supplier.shop_name.as_ref()];
                for name in names.into_iter().flatten() {
                    suppliers.entry(Rc::clone(name)).or_insert(Rc::clone(&id));
                }
            }
        }
        for entry in workspace.list(Kind::Sku) {
            if let Some(Row::Sku(sku)) = entry.row() {
                for source in &sku.sources {
                    let id = Rc::from(entry.record().key().id());
                    if let Some(source) = source_of(&source.offer_id, &source.sku_id) {
                        skus.entry(source).or_insert(id);
                    }
                }
            }
        }
        Importing {
            workspace,
            stamp,
            suppliers,
            skus,
            records: BTreeMap::new(),
        }
    }

    fn add(&mut self, key: Key, row: &Row) {
        if self.workspace.get(&key).is_none() {
            let record = Record::new(key.clone(), &row.text(), self.stamp.clone());
            self.records.insert(key, record);
        }
    }

    /// The id of a supplier, which is made where none has the name.
    fn supplier(&mut self, name: &Rc<str>) -> Rc<str> {
        if let Some(id) = self.suppliers.get(name) {
            return Rc::clone(id);
        }
        let key = Key::derived(Kind::Supplier, &format!("{PLATFORM}/supplier/{name}"));
        let id: Rc<str> = Rc::from(key.id());
        self.suppliers.insert(Rc::clone(name), Rc::clone(&id));
        let supplier = Supplier {
            name: Rc::clone(name),
            shop_name: None,
            link: None,
            status: SupplierStatus::New,
            approvals: Vec::new(),
            checklist: None,
            evidence: None,
            red_flags: Vec::new(),
            payment_terms: None,
            inquiries: Vec::new(),
            notes: None,
        };
        self.add(key, &Row::from(supplier));
        id
    }

    /// The id of the article of a line, which is made where none has the offer; `None` where the line
    /// names no offer.
    fn sku(&mut self, line: &ExportedLine, supplier_id: Option<&Rc<str>>) -> Option<Rc<str>> {
        let source = source_of(&line.offer_id, &line.sku_id)?;
        if let Some(id) = self.skus.get(&source) {
            return Some(Rc::clone(id));
        }
        let (offer, variant) = &source;
        let key = Key::derived(Kind::Sku, &format!("{PLATFORM}/sku/{offer}/{variant}"));
        let id: Rc<str> = Rc::from(key.id());
        let sku = line.item_code.as_ref().or(line.title.as_ref());
        let row = Sku {
            sku: Rc::clone(sku.unwrap_or(offer)),
            title: line.title.clone(),
            unit: line.unit.clone(),
            sources: vec![Source {
                supplier_id: supplier_id.cloned(),
                offer_id: line.offer_id.clone(),
                sku_id: line.sku_id.clone(),
                link: Some(Rc::from(format!(
                    "https://detail.1688.com/offer/{offer}.html"
                ))),
                unit_price: None,
                minimum_quantity: None,
            }],
            agreed: Vec::new(),
            samples: Vec::new(),
            specification: None,
            notes: None,
        };
        self.add(key, &Row::from(row));
        self.skus.insert(source, Rc::clone(&id));
        Some(id)
    }

    fn take(&mut self, exported: Exported) {
        let name = exported.supplier.clone().unwrap_or_default();
        let is_named = !name.trim().is_empty();
        let supplier_id = is_named.then(|| self.supplier(&name));
        let exported_lines = exported.lines.iter();
        let lines = exported_lines.map(|line| Line {
            sku_id: self.sku(line, supplier_id.as_ref()),
            item_code: line.item_code.clone(),
            title: line.title.clone(),
            unit_price: line.unit_price,
            quantity: line.quantity,
            unit: line.unit.clone(),
            offer_id: line.offer_id.clone(),
            source_sku_id: line.sku_id.clone(),
            landed: ByName(Vec::new()),
        });
        let lines: Vec<Line> = lines.collect();
        let order = Order {
            number: None,
            source: Some(OrderSource {
                platform: Rc::from(PLATFORM),
                order_id: Rc::clone(&exported.order_id),
            }),
            supplier_id,
            supplier_name: name,
            status: exported.status,
            stage: None,
            created_at: exported.created_at.map(|it| it.0),
            paid_at: exported.paid_at.map(|it| it.0),
            expected_delivery: None,
            tracking_number: exported.tracking_number,
            dispatched_at: None,
            signed_at: None,
            in_warehouse_at: None,
            goods: exported.goods,
            freight: exported.freight,
            adjustment: exported.adjustment,
            paid: exported.paid,
            lines,
            exchange_rate: None,
            staff: None,
            product_link: None,
            price_screenshot: None,
            specification: None,
            landed_cost: None,
            costing: None,
            findings: Vec::new(),
            policy_version: None,
            notes: None,
            earlier: Vec::new(),
        };
        let id = format!("{PLATFORM}/order/{}", exported.order_id);
        let key = Key::derived(Kind::Order, &id);
        let Some(entry) = self.workspace.get(&key) else {
            return self.add(key, &Row::from(order));
        };
        if let (Some(Row::Order(known)), Some(data)) = (entry.row(), entry.record().data()) {
            let order = Row::from(with_what_is_known(order, known));
            let record = entry
                .record()
                .edited(&order.patched(data), self.stamp.clone());
            self.records.insert(key, record);
        }
    }
}

/// The offer and the variant, where there is an offer.
fn source_of(offer: &Option<Rc<str>>, variant: &Option<Rc<str>>) -> Option<(Rc<str>, Rc<str>)> {
    let offer = offer.clone().filter(|offer| !offer.is_empty())?;
    Some((offer, variant.clone().unwrap_or_default()))
}

/// An exported order with what was added by hand, and with what an earlier export said where this
/// one says nothing.
fn with_what_is_known(order: Order, known: &Order) -> Order {
    let lines = order.lines.into_iter().enumerate().map(|(index, line)| {
        let same = known.lines.get(index).filter(|known| {
            known.offer_id == line.offer_id && known.source_sku_id == line.source_sku_id
        });
        // What it cost at the door was worked out for this price and quantity.
        let landed = same
            .filter(|known| known.unit_price == line.unit_price && known.quantity == line.quantity);
        let landed = landed.map(|known| known.landed.clone());
        Line {
            sku_id: same.and_then(|same| same.sku_id.clone()).or(line.sku_id),
            landed: landed.unwrap_or(line.landed),
            ..line
        }
    });
    Order {
        lines: lines.collect(),
        source: order.source,
        supplier_name: order.supplier_name,
        supplier_id: known.supplier_id.clone().or(order.supplier_id),
        status: order.status.or(known.status.clone()),
        created_at: order.created_at.or(known.created_at.clone()),
        paid_at: order.paid_at.or(known.paid_at.clone()),
        tracking_number: order.tracking_number.or(known.tracking_number.clone()),
        goods: order.goods.or(known.goods),
        freight: order.freight.or(known.freight),
        adjustment: order.adjustment.or(known.adjustment),
        paid: order.paid.or(known.paid),
        ..known.clone()
    }
}

/// What an article cost in an order.
#[derive(Clone, PartialEq, Debug)]
pub struct PreviousPrice {
    /// The id of the article's record.
    pub sku_id: Rc<str>,
    /// The price of a unit in CNY.
    pub unit_price: Amount,
    /// When the order was placed.
    pub at: Instant,
    /// The order.
    pub order: Key,
}

impl PreviousPrice {
    /// The day of the order, by the clock of UTC.
    pub fn date(&self) -> Option<NaiveDate> {
        parse_date(self.at.0.get(..10)?)
    }
}

/// What articles cost before, newest first: of all orders that weren't closed.
pub fn previous_prices(workspace: &Workspace) -> Vec<PreviousPrice> {
    let mut prices = Vec::new();
    for entry in workspace.list(Kind::Order) {
        let Some(Row::Order(order)) = entry.row() else {
            continue;
        };
        let Some(at) = order.created_at.as_ref().filter(|_| !order.is_closed()) else {
            continue;
        };
        let lines = order.lines.iter();
        prices.extend(lines.filter_map(|line| {
            Some(PreviousPrice {
                sku_id: line.sku_id.clone()?,
                unit_price: line.unit_price,
                at: at.clone(),
                order: entry.record().key().clone(),
            })
        }));
    }
    prices.sort_unstable_by(|one, other| (&other.at, &other.order).cmp(&(&one.at, &one.order)));
    prices
}
