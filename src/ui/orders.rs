//! The log of orders: searched, filtered, a page at a time, and each one click from its landed cost.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::rc::Rc;

use landfall_words::{self as words, Locale};
use landfall_workspace::record::Key;
use landfall_workspace::rows::{Mismatch, Order, Row};
use landfall_workspace::search::{Query, folded};
use landfall_workspace::workspace::{self, Workspace};
use rust_decimal::{Decimal, RoundingStrategy};
use yew::prelude::*;

use crate::draft::{Draft, rows};
use crate::form::button;
use crate::model::Model;
use crate::route::Route;
use crate::say::say;
use crate::time::shown_instant;
use crate::tree;

/// How many orders are shown at a time.
const PAGE: usize = 50;

/// How many are put into their places at a time.
const PIECE: usize = 2_000;

/// An order as the log shows it.
#[derive(Debug)]
struct Entry {
    stored: Rc<workspace::Entry>,
    /// When it was placed; empty where that isn't known.
    at: Rc<str>,
    /// What is searched, in lower case.
    text: String,
}

/// The orders, the newest first. Cheap to clone.
#[derive(Clone, Default, Debug)]
pub struct Log {
    entries: Rc<[Rc<Entry>]>,
    /// Those that the search and the filter leave, by their place.
    found: Rc<[u32]>,
    /// The statuses that there are.
    statuses: Rc<BTreeSet<Rc<str>>>,
    /// What changed and isn't looked at yet.
    behind: BTreeSet<Key>,
    /// What was looked at and isn't in its place yet: all of it takes its place at once.
    fresh: Vec<Rc<[Rc<Entry>]>>,
    /// The keys of that, and of what went.
    moved: Rc<BTreeSet<Key>>,
    /// What is searched for.
    pub query: String,
    /// The status that is shown; empty is every one.
    pub status: String,
    /// Which page.
    pub page: usize,
}

impl Entry {
    /// `None` where the order is deleted.
    fn new(stored: &Rc<workspace::Entry>) -> Option<Entry> {
        let order = order_of(stored)?;
        let lines = order.lines.iter();
        let lines = lines.flat_map(|line| [&line.title, &line.item_code]);
        let own = [&order.number, &order.tracking_number];
        let texts = lines.chain(own).filter_map(|text| text.as_deref());
        let id = order.source.as_ref().map(|source| &*source.order_id);
        let texts: Vec<&str> = texts.chain(id).chain([&*order.supplier_name]).collect();
        let text = folded(&texts.join(" "));
        let at = order.created_at.as_ref();
        Some(Entry {
            at: at.map_or_else(|| "".into(), |at| at.0.clone()),
            stored: stored.clone(),
            text,
        })
    }

    fn key(&self) -> &Key {
        self.stored.record().key()
    }

    fn order(&self) -> Option<&Order> {
        order_of(&self.stored)
    }

    fn status(&self) -> &str {
        let status = self.order().and_then(|order| order.status.as_deref());
        status.unwrap_or_default()
    }

    /// Newest first, then by key.
    fn place(&self) -> (Reverse<&Rc<str>>, &Key) {
        (Reverse(&self.at), self.key())
    }
}

impl Log {
    /// An order came, changed or went.
    pub fn touch(&mut self, key: Key) {
        self.behind.insert(key);
    }

    /// Whether some orders aren't in their place yet.
    pub fn is_behind(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Whether what isn't in its place yet can be put there at once.
    pub fn is_short(&self) -> bool {
        self.behind.len() <= PIECE
    }

    /// Looks at the next orders that changed, and once all are, puts them into their places.
    pub fn index(&mut self, workspace: &Workspace) {
        let rest = match self.behind.iter().nth(PIECE).cloned() {
            Some(key) => self.behind.split_off(&key),
            None => BTreeSet::new(),
        };
        let now = std::mem::replace(&mut self.behind, rest);
        let fresh = now.iter().filter_map(|key| Entry::new(workspace.get(key)?));
        self.fresh.push(fresh.map(Rc::new).collect());
        Rc::make_mut(&mut self.moved).extend(now);
        if self.behind.is_empty() {
            self.place();
        }
    }

    fn place(&mut self) {
        let moved = std::mem::take(&mut self.moved);
        let fresh = std::mem::take(&mut self.fresh);
        let others = self
            .entries
            .iter()
            .filter(|entry| !moved.contains(entry.key()));
        let fresh = fresh.iter().flat_map(|part| part.iter());
        let mut all: Vec<Rc<Entry>> = others.chain(fresh).cloned().collect();
        all.sort_by(|one, other| one.place().cmp(&other.place()));
        let statuses = all.iter().filter_map(|entry| entry.order()?.status.clone());
        self.statuses = Rc::new(statuses.collect());
        self.entries = all.into();
        self.search(false);
    }

    /// Searches and filters, all or among what was found before.
    fn search(&mut self, is_narrower: bool) {
        let query = Query::new(&self.query);
        let is_found = |at: &u32| {
            let entry = usize::try_from(*at)
                .ok()
                .and_then(|at| self.entries.get(at));
            entry.is_some_and(|entry| {
                query.finds(&entry.text)
                    && (self.status.is_empty() || self.status == entry.status())
            })
        };
        self.found = if is_narrower {
            self.found.iter().copied().filter(is_found).collect()
        } else {
            let all = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
            (0..all).filter(is_found).collect()
        };
    }

    /// What is searched for, or which status.
    pub fn narrow(&mut self, field: &str, text: &str) {
        let mut is_narrower = false;
        match field {
            "query" => {
                is_narrower = text.starts_with(&self.query);
                text.clone_into(&mut self.query);
            }
            _ => text.clone_into(&mut self.status),
        }
        self.page = 0;
        self.search(is_narrower);
    }

    /// Another page of the list.
    pub fn turn(&mut self, action: &str) {
        self.page = match action {
            "next" => self.page.saturating_add(1),
            _ => self.page.saturating_sub(1),
        };
    }
}

/// The page of the orders.
pub fn orders_page(model: &Model) -> Html {
    let locale = model.locale;
    let log = &model.log;
    if log.entries.is_empty() {
        return html! {
            <section class="part">
                <p class="quiet">{ say(locale,
                    "Here stand your orders, newest first: to search, and to put onto Landed cost with one click. Bring in the order export of 1688 to begin.",
                    "这里按时间倒序显示您的订单：可搜索，并一键计算到岸成本。请先导入 1688 订单导出文件。") }</p>
                <p><a class="button" href={Route::Data.fragment()}>{ say(locale, "Bring in orders", "导入订单") }</a></p>
            </section>
        };
    }
    let found = &log.found;
    let first = log.page.saturating_mul(PAGE);
    let first = if first < found.len() { first } else { 0 };
    let shown = found.iter().skip(first).take(PAGE);
    let shown = shown.filter_map(|at| log.entries.get(usize::try_from(*at).ok()?));
    let shown: Vec<&Rc<Entry>> = shown.collect();
    let last = first.saturating_add(shown.len());
    let range = match locale {
        _ if found.is_empty() => say(locale, "No order fits.", "没有符合条件的订单。").to_owned(),
        Locale::En => format!("{} to {last} of {}", first.saturating_add(1), found.len()),
        Locale::Zh => format!(
            "第 {} 至 {last} 条，共 {} 条",
            first.saturating_add(1),
            found.len()
        ),
    };
    html! {
        <section class="part" aria-label={say(locale, "Orders", "订单")}>
            <div class="filters">
                <div class="field">
                    <label for="log.query">{ say(locale, "Search", "搜索") }</label>
                    <div class="box"><input id="log.query" name="log.query" type="text" value={log.query.clone()} autocomplete="off"
                        placeholder={say(locale, "Supplier, order number, goods, tracking", "供应商、订单号、货品、运单号")} /></div>
                </div>
                <div class="field">
                    <label for="log.status">{ say(locale, "Status", "状态") }</label>
                    <select id="log.status" name="log.status">
                        <option value="" selected={log.status.is_empty()}>{ say(locale, "All", "全部") }</option>
                        { for log.statuses.iter().map(|status| html! {
                            <option value={status.to_string()} selected={*log.status == **status}>{ &**status }</option>
                        }) }
                    </select>
                </div>
                <p class="quiet" role="status">{ range }</p>
            </div>
            if !shown.is_empty() {
                <table class="log">
                    <thead>
                        <tr>
                            <th scope="col">{ say(locale, "Placed", "下单时间") }</th>
                            <th scope="col">{ say(locale, "Supplier and goods", "供应商与货品") }</th>
                            <th scope="col">{ say(locale, "Status", "状态") }</th>
                            <th scope="col" class="number">{ say(locale, "Paid, CNY", "实付款（元）") }</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>{ for shown.iter().map(|entry| row(model, entry)) }</tbody>
                </table>
                <p class="actions">
                    if first > 0 { { button("log", "previous", say(locale, "Newer", "较新")) } }
                    if last < found.len() { { button("log", "next", say(locale, "Older", "较早")) } }
                </p>
            }
        </section>
    }
}

fn order_of(stored: &workspace::Entry) -> Option<&Order> {
    match stored.row()? {
        Row::Order(order) => Some(order),
        Row::Policy(_)
        | Row::Supplier(_)
        | Row::Sku(_)
        | Row::Receipt(_)
        | Row::Dispute(_)
        | Row::Escalation(_)
        | Row::Report(_)
        | Row::Scenario(_)
        | Row::Schedule(_)
        | Row::Draft(_)
        | Row::Decision(_)
        | Row::Run(_)
        | Row::Preferences(_) => None,
    }
}

fn row(model: &Model, entry: &Entry) -> Html {
    let locale = model.locale;
    let Some(order) = entry.order() else {
        return html! {};
    };
    let path = format!("order.{}", entry.key().id());
    let number = order.source.as_ref().map(|source| source.order_id.clone());
    let number = number.or_else(|| order.number.clone()).unwrap_or_default();
    let more = order.lines.len().saturating_sub(1);
    let first = order.lines.first();
    let goods = first.map(|line| {
        let title = line.title.as_deref().or(line.item_code.as_deref());
        let title = title.unwrap_or_default();
        match locale {
            _ if more == 0 => title.to_owned(),
            Locale::En => format!("{title} and {more} more"),
            Locale::Zh => format!("{title} 等 {} 种", order.lines.len()),
        }
    });
    let paid = order.paid.or(order.goods);
    html! {
        <tr key={entry.key().id()}>
            <td class="when">{ shown_instant(&entry.at, model.offset).get(..10).unwrap_or_default().to_owned() }<br /><span class="quiet">{ number }</span></td>
            <td class="what">{ &*order.supplier_name }<br /><span class="quiet">{ goods.unwrap_or_default() }</span>
                { for order.mismatches().iter().map(|mismatch| html! { <><br /><span class="flag">{ mismatch_sentence(locale, mismatch) }</span></> }) }
            </td>
            <td class="status">{ entry.status().to_owned() }</td>
            <td class="number">{ paid.map(|paid| grouped(paid.0)).unwrap_or_default() }</td>
            <td class="act">{ button(&path, "cost", say(locale, "Landed cost", "到岸成本")) }</td>
        </tr>
    }
}

fn grouped(amount: Decimal) -> String {
    words::number(amount)
}

/// How an order doesn't add up.
pub fn mismatch_sentence(locale: Locale, mismatch: &Mismatch) -> String {
    match (mismatch, locale) {
        (Mismatch::Paid { sum, paid }, Locale::En) => {
            format!("Goods, freight and adjustment make {sum}, but {paid} was paid.")
        }
        (Mismatch::Paid { sum, paid }, Locale::Zh) => {
            format!("货款、运费与涨价或折扣合计 {sum}，与实付款 {paid} 不符。")
        }
        (Mismatch::Goods { sum, goods }, Locale::En) => {
            format!("The lines make {sum}, but the goods are {goods}.")
        }
        (Mismatch::Goods { sum, goods }, Locale::Zh) => {
            format!("各行合计 {sum}，与货品总价 {goods} 不符。")
        }
    }
}

/// An order of the log as one whose landed cost is wanted; destination and rates stay those of the order
/// that is shown. A discount on the whole order lowers the unit prices, a surcharge is a charge.
pub fn costed(order: &Order, shown: &Draft, locale: Locale) -> Draft {
    let adjustment = order.adjustment.map_or(Decimal::ZERO, |of| of.0);
    let goods = order.goods.map_or(Decimal::ZERO, |goods| goods.0);
    let discounted = |price: Decimal| -> Option<Decimal> {
        if !adjustment.is_sign_negative() || goods.is_zero() {
            return Some(price);
        }
        let left = goods
            .checked_add(adjustment)
            .filter(|left| !left.is_sign_negative())?;
        let price = price.checked_mul(left)?.checked_div(goods)?;
        Some(
            price
                .round_dp_with_strategy(8, RoundingStrategy::MidpointAwayFromZero)
                .normalize(),
        )
    };
    let lines = order.lines.iter().enumerate().map(|(index, line)| {
        let text = |of: &Option<Rc<str>>| {
            of.as_deref()
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let sku = text(&line.item_code).or_else(|| text(&line.source_sku_id));
        let sku = sku.unwrap_or_else(|| index.saturating_add(1).to_string());
        let price = discounted(line.unit_price.0).unwrap_or(line.unit_price.0);
        let mut tree = tree::object([
            ("sku", tree::text(sku)),
            ("unitPriceCny", tree::text(price.to_string())),
            (
                "quantity",
                tree::text(line.quantity.normalize().to_string()),
            ),
        ]);
        tree::set(&mut tree, "description", text(&line.title).map(tree::text));
        tree
    });
    let flat = |amount: Decimal, label: Option<&str>| {
        let mut charge = tree::object([
            ("component", tree::text("domesticShipping")),
            ("currency", tree::text("CNY")),
            (
                "rate",
                tree::object([
                    ("type", tree::text("flat")),
                    ("amount", tree::text(amount.normalize().to_string())),
                ]),
            ),
        ]);
        tree::set(&mut charge, "label", label.map(tree::text));
        charge
    };
    let freight = order
        .freight
        .map(|freight| freight.0)
        .filter(|freight| !freight.is_zero());
    let surcharge = Some(adjustment).filter(|of| of.is_sign_positive() && !of.is_zero());
    let charges = freight.map(|freight| flat(freight, None)).into_iter();
    let label = say(locale, "Surcharge of the seller", "卖家涨价");
    let charges = charges.chain(surcharge.map(|surcharge| flat(surcharge, Some(label))));
    let id = order.source.as_ref().map(|source| &source.order_id);
    let id = id.or(order.number.as_ref()).map_or("", |id| id);
    Draft {
        name: format!("{} {id}", order.supplier_name).trim().to_owned(),
        lines: rows(lines),
        charges: rows(charges),
        ..shown.cleared()
    }
}
