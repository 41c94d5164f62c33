//! The log of orders: searched, filtered, a page at a time, with what is found added up, and each order one
//! click from its page and from its landed cost.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use landfall::check::Named;
use landfall::order::Verdict;
use landfall_words::{self as words, Locale};
use landfall_workspace::decisions::Decisions;
use landfall_workspace::record::Key;
use landfall_workspace::rows::{Order, Stage};
use landfall_workspace::search::{Query, folded};
use landfall_workspace::workspace::{self, Workspace};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::verdict::{Mark, mark};
use super::{mismatch_sentence, stage_name};
use crate::answer::plus;
use crate::form::button;
use crate::model::Model;
use crate::route::Route;
use crate::say::say;
use crate::time::shown_instant;
use crate::tree::text_at;

/// How many orders are shown at a time.
const PAGE: usize = 50;

/// How many are put into their places at a time.
const PIECE: usize = 2_000;

/// An order as the log shows it.
#[derive(Debug)]
pub struct Entry {
    stored: Rc<workspace::Entry>,
    /// When it was placed; empty where that isn't known.
    at: Rc<str>,
    /// What is searched, in lower case.
    text: String,
    /// The name of its supplier, in lower case.
    supplier: String,
    /// The month in which it was placed, by the clock of this device; empty where that isn't known.
    month: Rc<str>,
}

/// What the orders that were found add up to.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Totals {
    /// What is paid in China, in CNY.
    pub cny: Decimal,
    /// The landed totals, by currency.
    pub landed: BTreeMap<Rc<str>, Decimal>,
}

/// The orders, the newest first. Cheap to clone.
#[derive(Clone, Default, Debug)]
pub struct Log {
    entries: Rc<[Rc<Entry>]>,
    /// Those that the search and the filter leave, by their place.
    found: Rc<[u32]>,
    /// What they add up to.
    pub totals: Rc<Totals>,
    /// The statuses that there are on platforms.
    statuses: Rc<BTreeSet<Rc<str>>>,
    /// The staff that there are.
    staff: Rc<BTreeSet<Rc<str>>>,
    /// The months that there are.
    months: Rc<BTreeSet<Rc<str>>>,
    /// What changed and isn't looked at yet.
    behind: BTreeSet<Key>,
    /// What was looked at and isn't in its place yet: all of it takes its place at once.
    fresh: Vec<Rc<[Rc<Entry>]>>,
    /// The keys of that, and of what went.
    moved: Rc<BTreeSet<Key>>,
    /// What is searched for.
    pub query: String,
    /// The status or, after `stage:`, the stage that is shown; empty is every one.
    pub status: String,
    /// A part of the supplier's name.
    pub supplier: String,
    /// Whose orders are shown; empty is everybody's.
    pub by: String,
    /// The month that is shown; empty is every one.
    pub month: String,
    /// Which page.
    pub page: usize,
}

impl Entry {
    /// `None` where the order is deleted.
    fn new(stored: &Rc<workspace::Entry>, offset: i32) -> Option<Entry> {
        let order = stored.as_row::<Order>()?;
        let lines = order.lines.iter();
        let lines = lines.flat_map(|line| [&line.title, &line.item_code]);
        let own = [&order.number, &order.tracking_number, &order.staff];
        let texts = lines.chain(own).filter_map(|text| text.as_deref());
        let id = order.source.as_ref().map(|source| &*source.order_id);
        let texts: Vec<&str> = texts.chain(id).chain([&*order.supplier_name]).collect();
        let text = folded(&texts.join(" "));
        let at = order.created_at.as_ref();
        let at = at.map_or_else(|| "".into(), |at| at.0.clone());
        let month = shown_instant(&at, offset);
        Some(Entry {
            month: month.get(..7).unwrap_or_default().into(),
            at,
            stored: stored.clone(),
            supplier: folded(&order.supplier_name),
            text,
        })
    }

    fn key(&self) -> &Key {
        self.stored.record().key()
    }

    /// The id of its record.
    pub fn id(&self) -> &str {
        self.key().id()
    }

    /// What is searched, in lower case.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The order.
    pub fn order(&self) -> Option<&Order> {
        self.stored.as_row::<Order>()
    }

    /// Whether its status or stage is this one.
    fn has_status(&self, status: &str) -> bool {
        let Some(order) = self.order() else {
            return false;
        };
        match status.strip_prefix(STAGE) {
            Some(stage) => order.stage.is_some_and(|of| of.name() == stage),
            None => status.is_empty() || order.status.as_deref() == Some(status),
        }
    }

    fn has_staff(&self, staff: &str) -> bool {
        let of = self.order().and_then(|order| order.staff.as_deref());
        staff.is_empty() || of == Some(staff)
    }

    /// Newest first, then by key.
    fn place(&self) -> (Reverse<&Rc<str>>, &Key) {
        (Reverse(&self.at), self.key())
    }
}

/// What a stage begins with among statuses.
const STAGE: &str = "stage:";

/// What an order comes to in China, in CNY: what was paid, else goods and freight.
pub fn paid(order: &Order) -> Option<Decimal> {
    let freight = order.freight.map_or(Decimal::ZERO, |freight| freight.0);
    let goods = || order.goods.map(|goods| plus(goods.0, freight));
    order.paid.map(|paid| paid.0).or_else(goods)
}

impl Log {
    /// An order came, changed or went.
    pub fn touch(&mut self, key: Key) {
        self.behind.insert(key);
    }

    /// All orders, the newest first.
    pub fn orders(&self) -> &Rc<[Rc<Entry>]> {
        &self.entries
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
    ///
    /// `offset` are the minutes that the reader's clock is ahead of UTC.
    pub fn index(&mut self, workspace: &Workspace, offset: i32) {
        let rest = match self.behind.iter().nth(PIECE).cloned() {
            Some(key) => self.behind.split_off(&key),
            None => BTreeSet::new(),
        };
        let now = std::mem::replace(&mut self.behind, rest);
        let fresh = now
            .iter()
            .filter_map(|key| Entry::new(workspace.get(key)?, offset));
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
        let staff = all.iter().filter_map(|entry| entry.order()?.staff.clone());
        self.staff = Rc::new(staff.collect());
        let months = all.iter().map(|entry| entry.month.clone());
        self.months = Rc::new(months.filter(|month| !month.is_empty()).collect());
        self.entries = all.into();
        self.search(false);
    }

    /// Searches and filters, all or among what was found before.
    fn search(&mut self, is_narrower: bool) {
        let (query, supplier) = (Query::new(&self.query), folded(self.supplier.trim()));
        let is_found = |at: &u32| {
            let entry = usize::try_from(*at)
                .ok()
                .and_then(|at| self.entries.get(at));
            entry.is_some_and(|entry| {
                query.finds(&entry.text)
                    && entry.has_status(&self.status)
                    && entry.supplier.contains(&supplier)
                    && entry.has_staff(&self.by)
                    && (self.month.is_empty() || *self.month == *entry.month)
            })
        };
        self.found = if is_narrower {
            self.found.iter().copied().filter(is_found).collect()
        } else {
            let all = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
            (0..all).filter(is_found).collect()
        };
        let mut totals = Totals::default();
        for entry in self.shown(0, usize::MAX) {
            let Some(order) = entry.order() else { continue };
            totals.cny = plus(totals.cny, paid(order).unwrap_or_default());
            if let Some(cost) = &order.landed_cost {
                let total = totals.landed.entry(cost.currency.clone()).or_default();
                *total = plus(*total, cost.total.0);
            }
        }
        self.totals = Rc::new(totals);
    }

    /// What was found, from this one on.
    fn shown(&self, first: usize, most: usize) -> impl Iterator<Item = &Rc<Entry>> {
        let shown = self.found.iter().skip(first).take(most);
        shown.filter_map(|at| self.entries.get(usize::try_from(*at).ok()?))
    }

    /// What is searched for, or how what is shown is narrowed.
    pub fn narrow(&mut self, field: &str, text: &str) {
        let mut is_narrower = false;
        match field {
            "query" => {
                is_narrower = text.starts_with(&self.query);
                text.clone_into(&mut self.query);
            }
            "supplier" => text.clone_into(&mut self.supplier),
            "by" => text.clone_into(&mut self.by),
            "month" => text.clone_into(&mut self.month),
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

/// The log, and above it what isn't placed yet.
pub fn log_page(model: &Model) -> Html {
    let locale = model.locale;
    let log = &model.log;
    html! {
        <>
            <p class="actions">
                <button type="button" class="primary" name="placing" value="new">{ say(locale, "New order", "新订单") }</button>
                if !log.entries.is_empty() { { button("data", "csv", say(locale, "Export as a table (CSV)", "导出表格 (CSV)")) } }
            </p>
            { drafts(model) }
            if log.entries.is_empty() {
                <section class="part">
                    <p class="quiet">{ say(locale,
                        "Here stand your orders, newest first: with what each cost at the door, what the owner’s rules said of it and how far it is. Check a new one before you place it, or bring in the order export of 1688.",
                        "这里按时间倒序显示您的订单：每笔的到岸成本、采购政策的检查结果和进度。下单前先新建并检查，或导入 1688 订单导出文件。") }</p>
                    <p><a class="button" href={Route::Data.fragment()}>{ say(locale, "Bring in orders", "导入订单") }</a></p>
                </section>
            } else {
                { list(model) }
            }
        </>
    }
}

/// The orders that are written and not placed.
fn drafts(model: &Model) -> Html {
    let locale = model.locale;
    let drafts = model.order_drafts();
    if drafts.is_empty() {
        return html! {};
    }
    let items = drafts.iter().filter_map(|record| {
        let json = landfall::json::read(record.data()?).ok()?.into_owned();
        let text = |path: &str| text_at(&json, path).to_owned();
        let number = text("data.number");
        let name = match number.is_empty() {
            true => say(locale, "Without a number", "未编号").to_owned(),
            false => number,
        };
        let id = record.key().id();
        let mark = model
            .logged(id)
            .map(|_| say(locale, "being edited", "编辑中"));
        let mark = mark.unwrap_or(say(locale, "draft", "草稿"));
        Some(html! {
            <li key={id.to_owned()}>
                <a href={Route::Orders.at(id)}>{ name }</a>
                <span>{ text("data.supplierName") }</span>
                <span class="quiet">{ mark }</span>
            </li>
        })
    });
    html! {
        <section class="part" aria-labelledby="drafts">
            <h2 id="drafts">{ say(locale, "Not placed yet", "尚未下单") }</h2>
            <ul class="saved">{ for items }</ul>
        </section>
    }
}

/// A list to filter by.
fn filter(
    locale: Locale,
    name: &str,
    label: &str,
    chosen: &str,
    options: Vec<(String, String)>,
) -> Html {
    let path = format!("log.{name}");
    html! {
        <div class="field">
            <label for={path.clone()}>{ label }</label>
            <select id={path.clone()} name={path}>
                <option value="" selected={chosen.is_empty()}>{ say(locale, "All", "全部") }</option>
                { for options.into_iter().map(|(key, name)| {
                    let selected = key == chosen;
                    html! { <option value={key} {selected}>{ name }</option> }
                }) }
            </select>
        </div>
    }
}

fn list(model: &Model) -> Html {
    let locale = model.locale;
    let log = &model.log;
    let found = &log.found;
    let first = log.page.saturating_mul(PAGE);
    let first = if first < found.len() { first } else { 0 };
    let shown: Vec<&Rc<Entry>> = log.shown(first, PAGE).collect();
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
    let plain = |all: &BTreeSet<Rc<str>>| -> Vec<(String, String)> {
        all.iter()
            .map(|name| (name.to_string(), name.to_string()))
            .collect()
    };
    let stages = Stage::ALL.iter().map(|stage| {
        (
            format!("{STAGE}{}", stage.name()),
            stage_name(locale, *stage).to_owned(),
        )
    });
    let statuses: Vec<_> = stages.chain(plain(&log.statuses)).collect();
    let mut months = plain(&log.months);
    months.reverse();
    let decisions = Decisions::all(&model.workspace);
    html! {
        <section class="part" aria-label={say(locale, "Orders", "订单")}>
            <div class="filters">
                <div class="field">
                    <label for="log.query">{ say(locale, "Search", "搜索") }</label>
                    <div class="box"><input id="log.query" name="log.query" type="text" value={log.query.clone()} autocomplete="off"
                        placeholder={say(locale, "Supplier, order number, goods, tracking", "供应商、订单号、货品、运单号")} /></div>
                </div>
                { filter(locale, "status", say(locale, "Status", "状态"), &log.status, statuses) }
                <div class="field">
                    <label for="log.supplier">{ say(locale, "Supplier", "供应商") }</label>
                    <div class="box"><input id="log.supplier" name="log.supplier" type="text" value={log.supplier.clone()} autocomplete="off" /></div>
                </div>
                { filter(locale, "by", say(locale, "Staff", "经办人"), &log.by, plain(&log.staff)) }
                { filter(locale, "month", say(locale, "Month", "月份"), &log.month, months) }
                <p class="quiet" role="status">{ range }</p>
            </div>
            { totals(locale, &log.totals) }
            if !shown.is_empty() {
                <table class="log">
                    <thead>
                        <tr>
                            <th scope="col">{ say(locale, "Placed", "下单时间") }</th>
                            <th scope="col">{ say(locale, "Supplier and goods", "供应商与货品") }</th>
                            <th scope="col">{ say(locale, "Status", "状态") }</th>
                            <th scope="col" class="number">{ say(locale, "CNY, and landed", "人民币与到岸成本") }</th>
                            <td></td>
                        </tr>
                    </thead>
                    <tbody>{ for shown.iter().map(|entry| row(model, &decisions, entry)) }</tbody>
                </table>
                <p class="actions">
                    if first > 0 { { button("log", "previous", say(locale, "Newer", "较新")) } }
                    if last < found.len() { { button("log", "next", say(locale, "Older", "较早")) } }
                </p>
            }
        </section>
    }
}

/// What was found, added up; currencies are never mixed.
fn totals(locale: Locale, totals: &Totals) -> Html {
    let landed = totals.landed.iter();
    let fact =
        |name: String, value: String| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <dl class="facts">
            { fact(say(locale, "Payable in China", "国内应付合计").to_owned(), words::money("CNY", totals.cny)) }
            { for landed.map(|(currency, total)| {
                let name = say(locale, "Landed cost", "到岸成本合计");
                fact(format!("{name}, {currency}"), words::money(currency, *total))
            }) }
        </dl>
    }
}

/// How far an order is, and what its platform says.
fn status(locale: Locale, order: &Order) -> String {
    let stage = order.stage.map(|stage| stage_name(locale, stage));
    let parts: Vec<&str> = stage.into_iter().chain(order.status.as_deref()).collect();
    parts.join(" · ")
}

fn row(model: &Model, decisions: &Decisions<'_>, entry: &Entry) -> Html {
    let locale = model.locale;
    let Some(order) = entry.order() else {
        return html! {};
    };
    let id = entry.key().id();
    let path = format!("order.{id}");
    let nameless = say(locale, "Without a number", "未编号");
    let number = order.called().unwrap_or(nameless).to_owned();
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
    let said = order.verdict().map(|verdict| match verdict {
        Verdict::Stop if decisions.lift(id, &order.findings) => Mark::Lifted,
        Verdict::Stop => Mark::Stop,
        Verdict::Incomplete => Mark::Incomplete,
        Verdict::Proceed => Mark::Proceed,
    });
    let expected = order.expected_delivery.map(|day| match locale {
        Locale::En => format!("expected {day}"),
        Locale::Zh => format!("预计 {day} 到货"),
    });
    let landed = order.landed_cost.as_ref();
    let landed = landed.map(|cost| words::money(&cost.currency, cost.total.0));
    html! {
        <tr key={id.to_owned()}>
            <td class="when">{ shown_instant(&entry.at, model.offset).get(..10).unwrap_or_default().to_owned() }<br />
                <a href={Route::Orders.at(id)}>{ number }</a>
                if let Some(staff) = &order.staff { <><br /><span class="quiet">{ &**staff }</span></> }
            </td>
            <td class="what">{ &*order.supplier_name }<br /><span class="quiet">{ goods.unwrap_or_default() }</span>
                { for order.mismatches().iter().map(|mismatch| html! { <><br /><span class="flag">{ mismatch_sentence(locale, mismatch) }</span></> }) }
            </td>
            <td class="status">{ status(locale, order) }
                if let Some(said) = said { <><br />{ mark(locale, said) }</> }
                if let Some(expected) = expected { <><br /><span class="quiet">{ expected }</span></> }
            </td>
            <td class="number">{ paid(order).map(words::number).unwrap_or_default() }
                if let Some(landed) = landed { <><br /><span class="quiet">{ landed }</span></> }
            </td>
            <td class="act">{ button(&path, "cost", say(locale, "Landed cost", "到岸成本")) }
                if order.findings.is_empty() { { button(&path, "check", say(locale, "Check", "检查")) } }
            </td>
        </tr>
    }
}
