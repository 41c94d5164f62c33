//! How a supplier stands: what is known of it against what the owner asks for, and what the log says of it.
//! All of it follows from records; nothing of it is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::check::{parse_date, parse_instant};
use landfall::issue::Issue;
use landfall::json::Json;
use landfall::policy::Policy;
use landfall::supplier::{
    Batch, Delivery, GradeRequest, MarketPrice, PaidPrice, RedFlag, ScoreRequest, SupplierGrade,
    SupplierScore, grade_supplier, hours_between, score_supplier,
};
use landfall_workspace::record::Kind;
use landfall_workspace::rows::{Inquiry, Instant, Lot, Order, Receipt, Sku};
use landfall_workspace::workspace::{Entry, Table, Workspace};
use rust_decimal::Decimal;

use crate::time::shown_instant;
use crate::tree::{self, Tree};

/// What the records say of a supplier beside its own.
#[derive(Default, Debug)]
pub struct Deeds {
    /// Its orders, each with what arrived of it.
    orders: Vec<(Rc<Entry>, Vec<Rc<Entry>>)>,
    /// The ids of the articles that were bought, sampled or offered.
    pub skus: BTreeSet<Rc<str>>,
}

/// What the records say of each supplier, by its id.
pub type AllDeeds = BTreeMap<Rc<str>, Rc<Deeds>>;

/// Goes through the log once.
pub fn all_deeds(orders: &Table, receipts: &Table, skus: &Table) -> AllDeeds {
    let mut arrived: BTreeMap<&str, Vec<Rc<Entry>>> = BTreeMap::new();
    for entry in receipts.iter() {
        if let Some(receipt) = entry.as_row::<Receipt>() {
            let of_order = arrived.entry(&*receipt.order_id).or_default();
            of_order.push(entry.clone());
        }
    }
    let mut all: BTreeMap<Rc<str>, Deeds> = BTreeMap::new();
    for entry in orders.iter() {
        let order = entry.as_row::<Order>().filter(|order| !order.is_closed());
        let Some((order, id)) = order.and_then(|order| Some((order, order.supplier_id.clone()?)))
        else {
            continue;
        };
        let deeds = all.entry(id).or_default();
        let lines = order.lines.iter();
        deeds
            .skus
            .extend(lines.filter_map(|line| line.sku_id.clone()));
        let receipts = arrived.remove(entry.record().key().id());
        deeds
            .orders
            .push((entry.clone(), receipts.unwrap_or_default()));
    }
    for entry in skus.iter() {
        let Some(sku) = entry.as_row::<Sku>() else {
            continue;
        };
        let id: Rc<str> = entry.record().key().id().into();
        for supplier in suppliers_of(sku) {
            let deeds = all.entry(supplier.clone()).or_default();
            deeds.skus.insert(id.clone());
        }
    }
    all.into_iter()
        .map(|(id, deeds)| (id, Rc::new(deeds)))
        .collect()
}

/// The ids of the suppliers that an article names, each once.
pub fn suppliers_of(sku: &Sku) -> BTreeSet<&Rc<str>> {
    let sources = sku.sources.iter().map(|source| source.supplier_id.as_ref());
    let samples = sku.samples.iter().map(|sample| sample.supplier_id.as_ref());
    let agreed = sku.agreed.iter().map(|agreed| Some(&agreed.supplier_id));
    sources.chain(samples).chain(agreed).flatten().collect()
}

/// The day of an instant by the reader's clock.
fn day(at: &Instant, offset: i32) -> Option<NaiveDate> {
    parse_date(shown_instant(&at.0, offset).get(..10)?)
}

/// Whether a status, the platform's or the page's, says that the goods have arrived.
pub fn is_over(order: &Order) -> bool {
    let status = order.status.as_deref().unwrap_or_default();
    matches!(status, "delivered" | "closed") || status.contains("成功")
}

impl Deeds {
    /// When the last order was placed.
    pub fn last_order(&self) -> Option<&Rc<str>> {
        let orders = self.orders.iter();
        let placed = orders.filter_map(|(entry, _)| entry.as_row::<Order>()?.created_at.as_ref());
        placed.map(|at| &at.0).max()
    }

    /// How many orders there are.
    pub fn orders(&self) -> usize {
        self.orders.len()
    }

    /// What the log says, to be graded.
    fn request(&self, known: &Known<'_>) -> GradeRequest {
        let orders = || {
            let orders = self.orders.iter();
            orders.filter_map(|(entry, receipts)| {
                let receipts = receipts
                    .iter()
                    .filter_map(|entry| entry.as_row::<Receipt>());
                Some((
                    entry.as_row::<Order>()?,
                    receipts.collect::<Vec<&Receipt>>(),
                ))
            })
        };
        let prices = orders().flat_map(|(order, _)| {
            let date = order.created_at.as_ref();
            let date = date.and_then(|at| day(at, known.offset));
            order.lines.iter().filter_map(move |line| {
                Some(PaidPrice {
                    sku: line.sku_id.as_ref()?.to_string(),
                    date: date?,
                    unit_price_cny: line.unit_price.0,
                })
            })
        });
        GradeRequest {
            policy: known.policy.clone(),
            today: Some(known.today),
            batches: orders()
                .flat_map(|(_, receipts)| receipts.into_iter().filter_map(batch))
                .collect(),
            orders: orders()
                .map(|(order, receipts)| delivery(order, &receipts, known.offset))
                .collect(),
            answers_hours: known.inquiries.iter().filter_map(hours).collect(),
            prices: prices.collect(),
        }
    }
}

/// What grading needs beside the log.
pub struct Known<'a> {
    /// The rules in force.
    pub policy: &'a Policy,
    /// The reader's day.
    pub today: NaiveDate,
    /// The minutes that the reader's clock is ahead of UTC.
    pub offset: i32,
    /// What the supplier was asked.
    pub inquiries: &'a [Inquiry],
}

/// The grade of a supplier in use: `None` where nothing was ordered from it yet, however it answers.
pub fn grade(deeds: &Deeds, known: &Known<'_>) -> Option<SupplierGrade> {
    if deeds.orders.is_empty() {
        return None;
    }
    grade_supplier(&deeds.request(known)).ok()
}

/// What was inspected of a receipt, as one batch. A unit with several defects is one.
fn batch(receipt: &Receipt) -> Option<Batch> {
    let mut batch = Batch {
        inspected: 0,
        defective: 0,
    };
    for lot in &receipt.lots {
        batch.inspected = batch.inspected.saturating_add(lot.inspected.unwrap_or(0));
        batch.defective = batch.defective.saturating_add(defective_of(lot));
    }
    (batch.inspected > 0).then_some(batch)
}

/// The defective units that were found in an article, no more than were inspected.
pub fn defective_of(lot: &Lot) -> u32 {
    let found = lot.found.0.iter().map(|(_, found)| *found);
    let found = found.fold(0, u32::saturating_add);
    found.min(lot.inspected.unwrap_or(0))
}

/// How an order arrived: with its last receipt, and complete if all units that were ordered came. What
/// arrived without a receipt has no day.
fn delivery(order: &Order, receipts: &[&Receipt], offset: i32) -> Delivery {
    let delivered = receipts.iter();
    let delivered = delivered.filter_map(|receipt| day(&receipt.arrived_at, offset));
    let delivered = delivered.max();
    let expected = order.expected_delivery;
    Delivery {
        expected: expected.filter(|_| delivered.is_some() || !is_over(order)),
        delivered,
        is_complete: is_complete(order, receipts),
    }
}

fn is_complete(order: &Order, receipts: &[&Receipt]) -> Option<bool> {
    let lots: Vec<&Lot> = receipts.iter().flat_map(|receipt| &receipt.lots).collect();
    if lots.is_empty() {
        let mut counted = receipts
            .iter()
            .filter_map(|receipt| Some(receipt.cartons_counted? >= receipt.cartons_ordered?));
        let first = counted.next()?;
        return Some(first && counted.all(|is_complete| is_complete));
    }
    let ordered = sum(order.lines.iter().map(|line| Some(line.quantity.0)))?;
    let received = sum(lots.iter().map(|lot| Some(lot.received?.0)))?;
    Some(received >= ordered)
}

/// `None` where one of them isn't known.
fn sum(mut amounts: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))
}

/// The hours that an inquiry took to be answered.
pub fn hours(inquiry: &Inquiry) -> Option<Decimal> {
    let at = |at: &Option<Instant>| parse_instant(&at.as_ref()?.0);
    hours_between(at(&inquiry.sent_at)?, at(&inquiry.answered_at)?)
}

/// What the answers to inquiries say of a supplier where nothing was typed over it: the path of a field
/// and its text. Of several answers the last counts.
pub fn answered(inquiries: &[Inquiry]) -> Vec<(&'static str, Tree)> {
    let last = |of: &dyn Fn(&Inquiry) -> Option<Tree>| inquiries.iter().rev().find_map(of);
    let hours = last(&|inquiry| Some(tree::text(hours(inquiry)?.to_string())));
    let photos = last(&|inquiry| Some(Json::Boolean(inquiry.photos?)));
    let terms = last(&|inquiry| Some(tree::text(&**inquiry.payment_terms.as_ref()?)));
    let answered = [
        ("checklist.responseHours", hours.clone()),
        ("evidence.answerHours", hours),
        ("checklist.warehousePhotos", photos),
        ("paymentTerms", terms),
    ];
    let answered = answered.into_iter();
    answered
        .filter_map(|(path, value)| Some((path, value?)))
        .collect()
}

/// What is known of a supplier, judged by the rules; and what is wrong with a field, which then counts
/// as not known. `supplier` is its row as JSON.
pub fn score(
    supplier: &Tree,
    inquiries: &[Inquiry],
    prices: &[MarketPrice],
    policy: &Policy,
) -> (Option<SupplierScore>, Vec<Issue>) {
    let mut request = tree::object([("supplier", tree::empty())]);
    for part in ["checklist", "evidence", "redFlags", "paymentTerms"] {
        let known = tree::get(supplier, part).cloned();
        tree::set(&mut request, &format!("supplier.{part}"), known);
    }
    for (path, value) in answered(inquiries) {
        tree::fill(&mut request, &format!("supplier.{path}"), value);
    }
    let mut wrong = Vec::new();
    let mut checked = ScoreRequest::check(&request);
    if let Err(issues) = checked {
        // From the end of a list, so that the others keep their places.
        for issue in issues.iter().rev() {
            tree::set(&mut request, &issue.path, None);
        }
        wrong = issues;
        if tree::get(&request, "supplier").is_none() {
            tree::set(&mut request, "supplier", Some(tree::empty()));
        }
        checked = ScoreRequest::check(&request);
    }
    let Ok(mut request) = checked else {
        return (None, wrong);
    };
    request.policy = policy.clone();
    let mut prices = prices.iter().cloned();
    loop {
        request.price = prices.next();
        let is_last = request.price.is_none() || prices.len() == 0;
        let score = score_supplier(&request).ok();
        let is_below = score.as_ref().is_some_and(|score| {
            let mut flags = score.red_flags.iter();
            flags.any(|raised| raised.flag == RedFlag::PriceFarBelowMarket)
        });
        if is_below || is_last {
            return (score, wrong);
        }
    }
}

/// What a supplier asks for an article, beside what others ask.
#[derive(Clone, PartialEq, Debug)]
pub struct Quoted {
    /// The article.
    pub sku: Rc<str>,
    /// What it is.
    pub title: Option<Rc<str>>,
    /// The prices.
    pub price: MarketPrice,
}

/// The prices that a supplier quoted with samples and offers of these articles.
pub fn quoted(workspace: &Workspace, supplier: &str, skus: &BTreeSet<Rc<str>>) -> Vec<Quoted> {
    let table = workspace.table(Kind::Sku);
    let quoted = skus.iter().filter_map(|id| {
        let entry = table.get(id)?;
        let sku = entry.as_row::<Sku>()?;
        let mut prices: BTreeMap<&str, Decimal> = BTreeMap::new();
        let sources = sku.sources.iter();
        let sources = sources.map(|source| (&source.supplier_id, source.unit_price));
        let samples = sku.samples.iter();
        let samples = samples.map(|sample| (&sample.supplier_id, sample.unit_price));
        for (of, price) in sources.chain(samples) {
            if let (Some(of), Some(price)) = (of, price) {
                prices.insert(of, price.0);
            }
        }
        let quoted = prices.remove(supplier)?;
        Some(Quoted {
            sku: sku.sku.clone(),
            title: sku.title.clone(),
            price: MarketPrice {
                quoted,
                others: prices.into_values().collect(),
            },
        })
    });
    quoted.collect()
}
