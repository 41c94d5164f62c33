//! What can be received: deliveries that were begun, then orders that are on their way, found by what is typed or
//! scanned.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use landfall_words::Locale;
use landfall_workspace::record::Kind;
use landfall_workspace::rows::{Order, Receipt, Stage};
use landfall_workspace::search::{Query, folded};
use landfall_workspace::workspace::Table;
use yew::prelude::*;

use super::step_name;
use crate::model::{Effect, Model};
use crate::orders::{Logged, stage_name};
use crate::route::Route;
use crate::say::say;
use landfall_workspace::rows::ReceivingStep;

/// How many orders are shown at a time.
const PAGE: usize = 20;

/// A delivery that was begun and isn't finished.
#[derive(Debug)]
struct Begun {
    id: Rc<str>,
    order_id: Rc<str>,
    at: Rc<str>,
    step: ReceivingStep,
}

/// The orders that can be received. Cheap to clone.
#[derive(Clone, Default, Debug)]
pub struct Arrivals {
    /// What is searched for.
    pub query: String,
    page: usize,
    /// What it was found in.
    orders: Rc<[Rc<Logged>]>,
    receipts: Rc<Table>,
    /// Deliveries that were begun, the newest first.
    begun: Rc<[Begun]>,
    /// How often an order was received, by its id.
    received: Rc<BTreeMap<Rc<str>, usize>>,
    /// The orders that are shown, by their place: what is expected last comes first.
    found: Rc<[u32]>,
}

/// Whether it may still arrive, as far as its order says.
fn is_on_its_way(order: &Order) -> bool {
    let status = order.status.as_deref().unwrap_or_default();
    let is_over = match order.stage {
        Some(Stage::Delivered | Stage::Closed) => true,
        Some(
            Stage::Placed | Stage::Paid | Stage::Dispatched | Stage::InWarehouse | Stage::Shipped,
        ) => false,
        None => status.contains("成功"),
    };
    !is_over && !order.is_closed()
}

/// Whether a code is the number of an order or of its parcel.
fn is_named(order: &Order, code: &str) -> bool {
    let source = order.source.as_ref().map(|source| &*source.order_id);
    let own = [&order.number, &order.tracking_number];
    let mut names = own
        .into_iter()
        .filter_map(|name| name.as_deref())
        .chain(source);
    names.any(|name| folded(name.trim()) == code)
}

/// The day on which an order is expected, else placed.
fn day_of(order: &Order) -> Option<String> {
    let placed = || Some(order.created_at.as_ref()?.0.get(..10)?.to_owned());
    let expected = order.expected_delivery.map(|day| day.to_string());
    expected.or_else(placed)
}

impl Arrivals {
    /// Searches for something else.
    pub fn search(&mut self, text: &str) {
        text.clone_into(&mut self.query);
        self.page = 0;
        self.find();
    }

    /// Another page of the list.
    pub fn turn(&mut self, action: &str) {
        self.page = match action {
            "next" => self.page.saturating_add(1),
            _ => self.page.saturating_sub(1),
        };
    }

    /// Looks through the receipts.
    fn count(&mut self) {
        let mut received: BTreeMap<Rc<str>, usize> = BTreeMap::new();
        let mut begun = Vec::new();
        for entry in self.receipts.iter() {
            let Some(receipt) = entry.as_row::<Receipt>() else {
                continue;
            };
            if receipt.finished_at.is_some() {
                let times = received.entry(receipt.order_id.clone()).or_default();
                *times = times.saturating_add(1);
            } else if let Some(step) = receipt.step {
                begun.push(Begun {
                    id: entry.record().key().id().into(),
                    order_id: receipt.order_id.clone(),
                    at: receipt.arrived_at.0.clone(),
                    step,
                });
            }
        }
        begun.sort_by(|one, other| (&other.at, &other.id).cmp(&(&one.at, &one.id)));
        self.begun = begun.into();
        self.received = Rc::new(received);
    }

    /// Without a search those that may still arrive; with one, all that aren't closed.
    fn find(&mut self) {
        let query = Query::new(&self.query);
        let is_all = !self.query.trim().is_empty();
        let mut found: Vec<(Option<String>, u32)> = Vec::new();
        for (place, entry) in (0..).zip(self.orders.iter()) {
            let Some(order) = entry.order() else { continue };
            let is_shown = match is_all {
                true => !order.is_closed() && query.finds(entry.text()),
                false => is_on_its_way(order),
            };
            if is_shown {
                found.push((day_of(order), place));
            }
        }
        found.sort_by(|(one, at), (other, of)| (Reverse(one), at).cmp(&(Reverse(other), of)));
        self.found = found.into_iter().map(|(_, place)| place).collect();
    }

    fn at(&self, place: u32) -> Option<&Rc<Logged>> {
        self.orders.get(usize::try_from(place).ok()?)
    }

    /// The one order that is named so, or that alone is found.
    fn named(&self, code: &str) -> Option<Rc<str>> {
        let code = folded(code.trim());
        let named = self.orders.iter().filter(|entry| {
            let order = entry.order();
            order.is_some_and(|order| !order.is_closed() && is_named(order, &code))
        });
        let query = Query::new(&code);
        let found = self.orders.iter().filter(|entry| {
            let order = entry.order();
            order.is_some_and(|order| !order.is_closed() && query.finds(entry.text()))
        });
        let one =
            |mut all: Box<dyn Iterator<Item = &Rc<Logged>> + '_>| match (all.next(), all.next()) {
                (Some(entry), None) => Some(Rc::from(entry.id())),
                _ => None,
            };
        one(Box::new(named)).or_else(|| one(Box::new(found)))
    }
}

impl Model {
    /// While deliveries are shown, they follow the records.
    pub(crate) fn follow_arrivals(&mut self) {
        if self.route != Route::Receiving || !self.storage.is_loaded {
            return;
        }
        let receipts = self.workspace.table(Kind::Receipt);
        let orders = self.log.orders();
        let is_same = Rc::ptr_eq(orders, &self.run.arrivals.orders);
        if !is_same {
            self.run.arrivals.orders = orders.clone();
            self.run.arrivals.find();
        }
        // A run that is shown changes its receipt with every tap.
        if self.place.is_empty() && receipts != self.run.arrivals.receipts {
            self.run.arrivals.receipts = receipts;
            self.run.arrivals.count();
        }
    }

    /// The order that a code names.
    pub(super) fn order_named(&self, code: &str) -> Option<Rc<str>> {
        self.run.arrivals.named(code)
    }

    /// A code was scanned where orders are searched: the one that it names is received.
    pub(super) fn receive_scanned(&mut self, code: &str) -> Vec<Effect> {
        if self.run.arrivals.query != code {
            self.run.arrivals.search(code);
        }
        let Some(id) = self.order_named(code) else {
            return Vec::new();
        };
        let mut begun = self.run.arrivals.begun.iter();
        if let Some(begun) = begun.find(|begun| begun.order_id == id) {
            return vec![Effect::Go(Route::Receiving.at(&begun.id))];
        }
        self.receive(&id)
    }
}

/// What can be received, and what was begun.
pub fn deliveries(model: &Model) -> Html {
    let locale = model.locale;
    let arrivals = &model.run.arrivals;
    html! {
        <div class="run">
            { begun(model) }
            <section class="part" aria-labelledby="deliveries">
                <h2 id="deliveries">{ say(locale, "Receive an order", "收一笔货") }</h2>
                if model.storage.is_loaded && arrivals.orders.is_empty() && !model.log.is_behind() {
                    <p class="quiet">{ say(locale,
                        "Here stand the orders that are on their way. When one arrives, pick it, count its cartons and go step by step: sample, inspection, photos, result.",
                        "这里列出在途订单。到货时选中订单，点箱后逐步完成：抽样、检验、拍照、结果。") }</p>
                } else {
                    <div class="field scan">
                        <label for="receiving.run.query">{ say(locale, "Scan or type a PO number, a tracking number, a supplier", "扫描或输入采购单号、运单号、供应商") }</label>
                        <div class="box"><input id="receiving.run.query" name="receiving.run.query" data-scan="" value={arrivals.query.clone()}
                            autocomplete="off" spellcheck="false" enterkeyhint="go" /></div>
                    </div>
                    { list(model) }
                }
                { elsewhere(locale) }
            </section>
        </div>
    }
}

/// An order that isn't in the log is no dead end.
fn elsewhere(locale: Locale) -> Html {
    html! {
        <details class="fold">
            <summary>{ say(locale, "The order isn’t here", "找不到订单") }</summary>
            <p>{ say(locale, "Bring it in, write it, or receive the parcel without it: the order can be named later.",
                "导入订单、手工录入，或先按无订单包裹收货，之后再补订单。") }</p>
            <ul class="choices">
                <li><a class="button" href={Route::Data.fragment()}>{ say(locale, "Bring in orders", "导入订单") }</a></li>
                <li><a class="button" href={Route::Orders.fragment()}>{ say(locale, "Write an order", "录入订单") }</a></li>
                <li><button type="button" class="button" name="receiving.run." value="receive">{ say(locale, "Receive a parcel without order information", "收无订单信息的包裹") }</button></li>
            </ul>
        </details>
    }
}

fn name_of(model: &Model, order: Option<&Order>) -> String {
    let locale = model.locale;
    let number = order.and_then(Order::called);
    let none = match order {
        Some(_) => say(locale, "Without a number", "未编号"),
        None => say(
            locale,
            "Parcel without order information",
            "无订单信息的包裹",
        ),
    };
    let supplier = order.map(|order| &*order.supplier_name).unwrap_or_default();
    let parts = [number.unwrap_or(none), supplier];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn begun(model: &Model) -> Html {
    let locale = model.locale;
    let arrivals = &model.run.arrivals;
    if arrivals.begun.is_empty() {
        return html! {};
    }
    let items = arrivals.begun.iter().take(PAGE).map(|begun| {
        let order = model.logged(&begun.order_id).map(|(_, order)| order);
        html! {
            <li key={begun.id.to_string()}><a href={Route::Receiving.at(&begun.id)}>
                <b>{ name_of(model, order) }</b>
                <span class="quiet">{ say(locale, "Go on with: ", "继续：") }{ step_name(locale, begun.step) }{ " · " }{ model.shown_instant(&begun.at) }</span>
            </a></li>
        }
    });
    let more = arrivals.begun.len().saturating_sub(PAGE);
    html! {
        <section class="part" aria-labelledby="begun">
            <h2 id="begun">{ say(locale, "Begun", "进行中") }</h2>
            <ul class="choices">{ for items }</ul>
            if more > 0 {
                <p class="quiet">{ match locale {
                    Locale::En => format!("and {more} older ones: scan the PO to go on with one"),
                    Locale::Zh => format!("另有 {more} 次较早的收货：扫描采购单号即可继续"),
                } }</p>
            }
        </section>
    }
}

fn list(model: &Model) -> Html {
    let locale = model.locale;
    let arrivals = &model.run.arrivals;
    let found = &arrivals.found;
    let first = arrivals.page.saturating_mul(PAGE);
    let first = if first < found.len() { first } else { 0 };
    let shown: Vec<&Rc<Logged>> = found
        .iter()
        .skip(first)
        .take(PAGE)
        .filter_map(|place| arrivals.at(*place))
        .collect();
    let last = first.saturating_add(shown.len());
    let from = first.saturating_add(1);
    let said = match locale {
        _ if found.is_empty() && arrivals.query.trim().is_empty() => say(
            locale,
            "No order is on its way. Search for any other one.",
            "没有在途订单。可搜索其他订单。",
        )
        .to_owned(),
        _ if found.is_empty() => say(
            locale,
            "No order fits. Check the number, or see below.",
            "没有符合的订单。请核对单号，或见下方。",
        )
        .to_owned(),
        Locale::En => format!("{from} to {last} of {}", found.len()),
        Locale::Zh => format!("第 {from} 至 {last} 条，共 {} 条", found.len()),
    };
    let items = shown.iter().filter_map(|entry| {
        let order = entry.order()?;
        let times = arrivals.received.get(entry.id()).copied().unwrap_or(0);
        let stage = order.stage.map(|stage| stage_name(locale, stage));
        let expected = order.expected_delivery.map(|day| match locale {
            Locale::En => format!("expected {day}"),
            Locale::Zh => format!("预计 {day} 到货"),
        });
        let again = (times > 0).then(|| match locale {
            Locale::En => format!("received {times} ×: receive the rest"),
            Locale::Zh => format!("已收 {times} 次：再收剩余部分"),
        });
        let goods = order.lines.first().and_then(|line| line.title.as_deref().or(line.item_code.as_deref()));
        let facts = [goods, stage.or(order.status.as_deref()), expected.as_deref(), again.as_deref()];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        Some(html! {
            <li key={entry.id().to_owned()}>
                <button type="button" name={format!("receiving.run.{}", entry.id())} value="receive">
                    <b>{ name_of(model, Some(order)) }</b>
                    <span class="quiet">{ facts.join(" · ") }</span>
                </button>
            </li>
        })
    });
    html! {
        <>
            <ul class="choices">{ for items }</ul>
            <p class="actions">
                <span role="status">{ said }</span>
                if first > 0 { { crate::form::button("receiving.run.page", "previous", say(locale, "Back", "上一页")) } }
                if last < found.len() { { crate::form::button("receiving.run.page", "next", say(locale, "Further", "下一页")) } }
            </p>
        </>
    }
}
