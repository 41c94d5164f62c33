//! Changed rules over the log, before they take effect: which past orders would stop, which no longer.
//!
//! The log is made ready in pieces while the page of the rules is shown, and again when its records change; then a
//! change of a figure costs one step.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use landfall::check::parse_instant;
use landfall::control::{Backtest, PastOrder, Trial, Tried, try_rules};
use landfall::finding::PriceRange;
use landfall::money::{Currency, Figure};
use landfall::order::{self, BySku, Confirmed, PriceHistory, SupplierStatus, Verdict};
use landfall::policy::Policy;
use landfall_words::{self as words, Locale};
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Instant, Line, Order, Sku, Supplier};
use landfall_workspace::workspace::Table;
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::form::button;
use crate::model::{Effect, Model};
use crate::orders::Logged;
use crate::route::Route;
use crate::say::say;
use crate::time::Zone;

/// How many orders are read or made ready at a time.
const PIECE: usize = 2_000;

/// How many orders of a list are shown, and how many more at a time.
const SHOWN: usize = 20;
const MORE: usize = 200;

/// What the name of a slider begins with, before that of its field.
pub const SLIDE: &str = "slide.";

/// What the buttons of this part are called.
const BACK_TEST: &str = "policy.backTest";

/// The orders of the log, made ready to be held against changed rules. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct BackTest {
    /// What this was made of.
    of: Option<Of>,
    making: Option<Rc<RefCell<Making>>>,
    ready: Option<Rc<Ready>>,
    /// How many more of each list are shown.
    more: [usize; 3],
}

/// Orders, suppliers, articles and versions of the rules, and the zone by which days count.
#[derive(Clone, PartialEq, Debug)]
struct Of {
    tables: [Rc<Table>; 4],
    zone: Rc<Zone>,
}

/// What is made ready.
#[derive(Debug)]
struct Ready {
    trials: Vec<Trial>,
    /// What the orders had cost, the lowest first.
    costs: Vec<Figure>,
    untried: Untried,
}

/// Orders that can't be tried.
#[derive(Clone, Copy, Debug, Default)]
struct Untried {
    /// Without an exchange rate.
    without_rate: usize,
    /// Calculated in another home currency.
    other_currency: usize,
    /// Without lines, or with quantities that aren't whole.
    without_lines: usize,
}

/// Why an order can't be tried.
enum Reason {
    /// It isn't of the log yet, or was closed.
    NotPlaced,
    WithoutRate,
    OtherCurrency,
    WithoutLines,
}

/// Orders on their way to be ready: first the prices of all are read, then each is held against those before it.
#[derive(Debug)]
struct Making {
    orders: Rc<[Rc<Logged>]>,
    zone: Rc<Zone>,
    home: Currency,
    /// The codes of articles by their ids.
    codes: BTreeMap<Rc<str>, Rc<str>>,
    /// The prices agreed with a supplier, by its id.
    agreed: BTreeMap<Rc<str>, Ranges>,
    suppliers: Rc<Table>,
    known: BTreeMap<(Rc<str>, SupplierStatus), Rc<order::Supplier>>,
    priced: usize,
    prices: PriceHistory,
    tried: usize,
    trials: Vec<Trial>,
    untried: Untried,
}

/// Ranges of agreed prices by article.
type Ranges = BySku<Rc<Vec<PriceRange>>>;

impl Making {
    /// Goes on for so many orders; whether all are done.
    fn go_on(&mut self, piece: usize) -> bool {
        let orders = Rc::clone(&self.orders);
        if self.priced < orders.len() {
            for logged in orders.iter().skip(self.priced).take(piece) {
                self.read_prices(logged);
            }
            self.priced = self.priced.saturating_add(piece);
            return false;
        }
        for logged in orders.iter().skip(self.tried).take(piece) {
            match self.trial(logged) {
                Ok(trial) => self.trials.push(trial),
                Err(reason) => self.untried.count(&reason),
            }
        }
        self.tried = self.tried.saturating_add(piece);
        self.tried >= orders.len()
    }

    /// The day on which an order was placed; `None` of one that wasn't.
    fn day(&self, order: &Order) -> Option<NaiveDate> {
        let at = order.created_at.as_ref().filter(|_| !order.is_closed())?;
        Some(self.zone.day_of(parse_instant(&at.0)?))
    }

    fn read_prices(&mut self, logged: &Logged) {
        let Some((order, day)) = logged.order().and_then(|of| Some((of, self.day(of)?))) else {
            return;
        };
        for line in &order.lines {
            let code = line.sku_id.as_ref().and_then(|id| self.codes.get(id));
            let own = line.item_code.as_ref().filter(|own| Some(*own) != code);
            for code in code.into_iter().chain(own) {
                self.prices.add(code.clone(), day, line.unit_price.0);
            }
        }
    }

    fn trial(&mut self, logged: &Logged) -> Result<Trial, Reason> {
        let order = logged.order().ok_or(Reason::NotPlaced)?;
        let day = self.day(order).ok_or(Reason::NotPlaced)?;
        let rate = order.exchange_rate.as_ref().ok_or(Reason::WithoutRate)?;
        if rate.cny_per_unit.is_zero() {
            return Err(Reason::WithoutRate);
        }
        let cost = order.landed_cost.as_ref();
        if cost.is_some_and(|cost| *cost.currency != *self.home.code()) {
            return Err(Reason::OtherCurrency);
        }
        let lines = order.lines.iter().enumerate();
        let lines = lines.map(|(index, line)| {
            let quantity = u64::try_from(line.quantity.0.normalize()).ok();
            Some(order::Line {
                sku: self.code(order, line, index),
                unit_price_cny: line.unit_price.0,
                quantity: quantity.filter(|of| *of > 0 && line.quantity.is_integer())?,
            })
        });
        let lines: Option<Vec<order::Line>> = lines.collect();
        let lines = lines.filter(|lines| !lines.is_empty());
        let confirmed = order.specification.as_ref();
        let text = |of: &Option<Rc<str>>| of.as_deref().map(str::to_owned);
        let supplier = order.supplier_id.as_ref();
        let past = PastOrder {
            id: logged.id().into(),
            day,
            supplier: supplier.and_then(|id| self.supplier(id, order.created_at.as_ref()?)),
            order: Rc::new(order::Order {
                supplier_id: supplier.cloned().unwrap_or_default(),
                cny_per_unit: rate.cny_per_unit.0,
                as_of: rate.as_of,
                lines: lines.ok_or(Reason::WithoutLines)?,
                domestic_shipping_cny: order.freight.map(|of| of.0),
                landed_total: cost.map(|cost| cost.total.0),
                specification: confirmed.map_or_else(Confirmed::default, |of| Confirmed {
                    colour: of.colour,
                    size: of.size,
                    quantity: of.quantity,
                    packaging: of.packaging,
                }),
                product_link: text(&order.product_link),
                price_screenshot: text(&order.price_screenshot),
                staff: text(&order.staff),
                expected_delivery: order.expected_delivery,
            }),
        };
        // Too large to be written in the home currency: it is of another one.
        Trial::of(&past, &self.prices, self.home).map_err(|_| Reason::OtherCurrency)
    }

    /// What a line's article is called: as it was logged here, else as the article is.
    fn code(&self, order: &Order, line: &Line, index: usize) -> Rc<str> {
        let code = line.sku_id.as_ref().and_then(|id| self.codes.get(id));
        let own = line.item_code.as_ref().filter(|own| !own.is_empty());
        let code = match order.stage {
            Some(_) => own.or(code),
            None => code.or(own),
        };
        let code = code.or(line.source_sku_id.as_ref()).cloned();
        code.unwrap_or_else(|| index.saturating_add(1).to_string().into())
    }

    /// A supplier as it stood at an instant, with the prices that are agreed now.
    fn supplier(&mut self, id: &Rc<str>, at: &Instant) -> Option<Rc<order::Supplier>> {
        let entry = self.suppliers.get(id)?;
        let status = status_at(entry.as_row::<Supplier>()?, at);
        let agreed = &self.agreed;
        let known = self.known.entry((id.clone(), status));
        let known = known.or_insert_with(|| {
            Rc::new(order::Supplier {
                id: id.clone(),
                status,
                agreed_prices: agreed.get(id).cloned().unwrap_or_default(),
            })
        });
        Some(known.clone())
    }

    fn done(&mut self) -> Ready {
        let trials = std::mem::take(&mut self.trials);
        let mut costs: Vec<Figure> = trials.iter().map(Trial::cost).collect();
        costs.sort_by_key(|cost| cost.0);
        Ready {
            trials,
            costs,
            untried: self.untried,
        }
    }
}

impl Untried {
    fn count(&mut self, reason: &Reason) {
        let of = match reason {
            Reason::NotPlaced => return,
            Reason::WithoutRate => &mut self.without_rate,
            Reason::OtherCurrency => &mut self.other_currency,
            Reason::WithoutLines => &mut self.without_lines,
        };
        *of = of.saturating_add(1);
    }
}

/// How far a supplier was trusted at an instant: by the last change before it, else by what the first change began
/// with, else as now.
fn status_at(supplier: &Supplier, at: &Instant) -> SupplierStatus {
    let instant = |of: &Instant| parse_instant(&of.0);
    let changes = &supplier.approvals;
    let last = changes.iter().rfind(|of| instant(&of.at) <= instant(at));
    match (last, changes.first()) {
        (Some(last), _) => last.status,
        (None, Some(first)) => first.from.unwrap_or(SupplierStatus::New),
        (None, None) => supplier.status,
    }
}

impl Ready {
    /// What so many percent of the orders had cost at the most.
    fn cost_at(&self, percent: usize) -> Option<Figure> {
        let last = self.costs.len().checked_sub(1)?;
        self.costs
            .get(last.saturating_mul(percent).checked_div(100)?)
            .copied()
    }
}

impl Model {
    /// While the owner has the page of the rules open, the log is made ready for back-tests.
    pub(crate) fn follow_back_test(&mut self) -> Option<Effect> {
        let is_shown = self.route == Route::Policy && self.is_owner() && self.storage.is_loaded;
        // Orders that aren't indexed yet would be read here all at once.
        if !is_shown || self.log.is_behind() {
            return None;
        }
        let kinds = [Kind::Order, Kind::Supplier, Kind::Sku, Kind::Policy];
        let of = Of {
            tables: kinds.map(|kind| self.workspace.table(kind)),
            zone: self.owner_zone(),
        };
        if self.back_test.of.as_ref() == Some(&of) {
            return None;
        }
        let mut making = self.log_to_try(of.zone.clone());
        let is_short = making.orders.len() <= PIECE;
        self.back_test.of = Some(of);
        if is_short {
            while !making.go_on(PIECE) {}
            self.back_test.ready = Some(Rc::new(making.done()));
            self.back_test.making = None;
            return None;
        }
        let was_making = self.back_test.making.is_some();
        self.back_test.making = Some(Rc::new(RefCell::new(making)));
        (!was_making).then_some(Effect::Soon)
    }

    fn log_to_try(&self, zone: Rc<Zone>) -> Making {
        let mut codes = BTreeMap::new();
        let mut agreed = BTreeMap::<Rc<str>, Ranges>::new();
        for entry in self.workspace.list(Kind::Sku) {
            let Some(sku) = entry.as_row::<Sku>() else {
                continue;
            };
            codes.insert(entry.record().key().id().into(), sku.sku.clone());
            for range in &sku.agreed {
                let of_supplier = agreed.entry(range.supplier_id.clone()).or_default();
                let ranges = of_supplier.entry(sku.sku.clone()).or_default();
                Rc::make_mut(ranges).push(PriceRange {
                    minimum: range.minimum.0,
                    maximum: range.maximum.0,
                });
            }
        }
        Making {
            orders: Rc::clone(self.log.orders()),
            zone,
            home: super::newest(self).home_currency,
            codes,
            agreed,
            suppliers: self.workspace.table(Kind::Supplier),
            known: BTreeMap::new(),
            priced: 0,
            prices: PriceHistory::default(),
            tried: 0,
            trials: Vec::new(),
            untried: Untried::default(),
        }
    }

    /// The next piece of the log is made ready; whether there are more.
    pub(crate) fn try_more(&mut self) -> bool {
        let Some(making) = self.back_test.making.clone() else {
            return false;
        };
        let mut making = making.borrow_mut();
        if !making.go_on(PIECE) {
            return true;
        }
        self.back_test.ready = Some(Rc::new(making.done()));
        self.back_test.making = None;
        false
    }

    /// More of a list are shown.
    pub(crate) fn pressed_back_test(&mut self, list: &str) -> Vec<Effect> {
        let lists = ["wouldStop", "wouldPass", "wouldChange"];
        let more = lists.iter().zip(&mut self.back_test.more);
        for (_, more) in more.filter(|(name, _)| **name == list) {
            *more = more.saturating_add(MORE);
        }
        Vec::new()
    }

    /// What changed rules would have done; `None` while the log isn't ready.
    pub(super) fn tried(&self, before: &Policy, after: &Policy) -> Option<Backtest> {
        let ready = self.back_test.ready.as_ref()?;
        try_rules(&ready.trials, before, after).ok()
    }
}

/// What the rules on the desk would have done to past orders.
pub fn back_test(model: &Model, before: &Policy, found: Option<&Backtest>) -> Html {
    let locale = model.locale;
    let Some(ready) = &model.back_test.ready else {
        return framed(
            locale,
            html! { <p class="quiet">{ say(locale, "The log is being read …", "正在读取采购单记录……") }</p> },
        );
    };
    let home = before.home_currency;
    let Some(found) = found else {
        return framed(
            locale,
            html! { <p class="quiet">{ say(locale,
            "Once every figure can be read, it stands here what past orders would have done.",
            "所有数值填写正确后，这里显示以往订单的回测结果。") }</p> },
        );
    };
    let lists = [
        (
            "wouldStop",
            &found.would_stop,
            found.would_stop_value,
            say(locale, "Would now stop", "将被拦截"),
        ),
        (
            "wouldPass",
            &found.would_pass,
            found.would_pass_value,
            say(locale, "Would no longer stop", "不再被拦截"),
        ),
        (
            "wouldChange",
            &found.would_change,
            found.would_change_value,
            say(locale, "Would change otherwise", "有其他变化"),
        ),
    ];
    framed(
        locale,
        html! {
            <>
                <p role="status">{ words::backtest(locale, home, found) }</p>
                if found.orders > 0 {
                    <p class="quiet">{ stops(locale, found) }{ say(locale, " ", "") }{ spread(locale, home, ready) }</p>
                }
                { for lists.into_iter().zip(model.back_test.more).map(|((name, tried, value, title), more)| {
                    listed(model, home, name, tried, value, title, SHOWN.saturating_add(more))
                }) }
                { for untried(locale, home, &ready.untried).into_iter().map(|text| html! { <p class="quiet">{ text }</p> }) }
            </>
        },
    )
}

fn framed(locale: Locale, content: Html) -> Html {
    html! {
        <section class="part back-test" aria-labelledby="back-test">
            <h2 id="back-test">{ say(locale, "Tried on past orders", "用以往订单回测") }</h2>
            { content }
        </section>
    }
}

/// How many orders stop under either set of rules.
fn stops(locale: Locale, found: &Backtest) -> String {
    let (before, after) = (found.stops_before, found.stops_after);
    match (locale, before == after) {
        (Locale::En, true) => format!("{before} stop, then as now."),
        (Locale::En, false) => format!("{before} stop as the rules are, {after} as they would be."),
        (Locale::Zh, true) => format!("修改前后均拦截 {before} 个。"),
        (Locale::Zh, false) => format!("现行规则拦截 {before} 个，修改后拦截 {after} 个。"),
    }
}

/// What orders usually cost.
fn spread(locale: Locale, home: Currency, ready: &Ready) -> String {
    let (Some(half), Some(most)) = (ready.cost_at(50), ready.cost_at(90)) else {
        return String::new();
    };
    let [half, most] = [half, most].map(|cost| words::money(home.code(), cost));
    match locale {
        Locale::En => format!("Half of the orders cost up to {half}, nine in ten up to {most}."),
        Locale::Zh => format!("一半订单的成本不超过 {half}，九成不超过 {most}。"),
    }
}

/// The orders that can't be tried, and why.
fn untried(locale: Locale, home: Currency, of: &Untried) -> Vec<String> {
    let code = home.code();
    let of_one = |count: usize, one: String, more: String, zh: String| {
        let text = match (locale, count) {
            (Locale::En, 1) => one,
            (Locale::En, _) => more,
            (Locale::Zh, _) => zh,
        };
        (count > 0).then_some(text)
    };
    let (rate, currency, lines) = (of.without_rate, of.other_currency, of.without_lines);
    [
        of_one(
            rate,
            "1 order has no exchange rate, as those of an import, and isn’t tried.".to_owned(),
            format!(
                "{rate} orders have no exchange rate, as those of an import, and aren’t tried."
            ),
            format!("{rate} 个订单（例如导入的）没有汇率，不参与回测。"),
        ),
        of_one(
            currency,
            format!("1 order wasn’t calculated in {code} and isn’t tried."),
            format!("{currency} orders weren’t calculated in {code} and aren’t tried."),
            format!("{currency} 个订单不是按 {code} 核算的，不参与回测。"),
        ),
        of_one(
            lines,
            "1 order has no lines, or a quantity that isn’t whole, and isn’t tried.".to_owned(),
            format!(
                "{lines} orders have no lines, or a quantity that isn’t whole, and aren’t tried."
            ),
            format!("{lines} 个订单没有货品明细或数量不是整数，不参与回测。"),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A list of orders that come out otherwise, as many as are shown.
fn listed(
    model: &Model,
    home: Currency,
    name: &'static str,
    all: &[Tried],
    value: Figure,
    title: &'static str,
    shown: usize,
) -> Html {
    if all.is_empty() {
        return html! {};
    }
    let locale = model.locale;
    let count = words::number(Decimal::from(all.len()));
    let sum = words::money(home.code(), value);
    let rest = all.len().saturating_sub(shown);
    let more = words::number(Decimal::from(rest.min(MORE)));
    html! {
        <>
            <h3>{ title }{ " · " }{ count }{ " · " }{ sum }</h3>
            <ol class="tried">{ for all.iter().take(shown).map(|tried| order_tried(model, home, tried)) }</ol>
            if rest > 0 {
                <p>{ button(BACK_TEST, name, &match locale {
                    Locale::En => format!("Show {more} more"),
                    Locale::Zh => format!("再显示 {more} 个"),
                }) }</p>
            }
        </>
    }
}

/// An order that comes out otherwise, with the way to it.
fn order_tried(model: &Model, home: Currency, tried: &Tried) -> Html {
    let locale = model.locale;
    let key = Key::new(Kind::Order, &tried.id);
    let entry = key.and_then(|key| model.workspace.get(&key));
    let order = entry.and_then(|entry| entry.as_row::<Order>());
    let called = order.and_then(Order::called);
    let supplier = order.map(|order| order.supplier_name.clone());
    let at = order.and_then(|order| parse_instant(&order.created_at.as_ref()?.0));
    let day = at.map(|at| model.owner_zone().day_of(at).to_string());
    let rules = tried.rules.iter().map(|rule| words::rule(locale, *rule));
    let rules: Vec<&str> = rules.collect();
    let rules = rules.join(say(locale, ", ", "、"));
    let rest = match (tried.before, tried.after) {
        (Verdict::Stop, Verdict::Incomplete) => {
            say(locale, "; staff would complete it", "；由员工补齐")
        }
        (Verdict::Proceed, Verdict::Incomplete) => {
            say(locale, ": staff would complete it", "：由员工补齐")
        }
        (Verdict::Incomplete, Verdict::Proceed) => say(locale, ": no longer missing", "：不再缺少"),
        (Verdict::Stop, Verdict::Stop | Verdict::Proceed)
        | (Verdict::Proceed | Verdict::Incomplete, Verdict::Stop)
        | (Verdict::Proceed, Verdict::Proceed)
        | (Verdict::Incomplete, Verdict::Incomplete) => "",
    };
    let about: Vec<String> = day
        .into_iter()
        .chain(supplier.map(|name| name.to_string()))
        .collect();
    html! {
        <li key={tried.id.to_string()}>
            <span><a href={Route::Orders.at(&tried.id)}>{ called.unwrap_or(say(locale, "Without a number", "未编号")).to_owned() }</a>
                { " " }<span class="quiet">{ about.join(" · ") }</span></span>
            <b>{ words::money(home.code(), tried.value) }</b>
            <span class="quiet">{ rules }{ rest }</span>
        </li>
    }
}

/// Where a slider ends and how far one step of it goes; `None` of a rule that has none.
fn slider_of(model: &Model, path: &str) -> Option<(Decimal, Decimal)> {
    let most = model.back_test.ready.as_ref()?.cost_at(98)?;
    match path {
        "orders.maximumOrderValue" => {
            let limit = super::newest(model).orders.maximum_order_value.0;
            let end = most.0.max(limit.checked_mul(Decimal::TWO)?);
            let step = round_step(end)?;
            let steps = end.checked_div(step)?.ceil();
            Some((step.checked_mul(steps)?, step))
        }
        "orders.priceIncreasePercent" => Some((Decimal::ONE_HUNDRED, Decimal::ONE)),
        _ => None,
    }
}

/// 1, 2 or 5 with zeros, of which about a hundred reach the end.
fn round_step(end: Decimal) -> Option<Decimal> {
    let least = end.checked_div(Decimal::ONE_HUNDRED)?;
    let mut ten = Decimal::ONE;
    loop {
        for times in [1, 2, 5] {
            let step = ten.checked_mul(Decimal::from(times))?;
            if step >= least {
                return Some(step);
            }
        }
        ten = ten.checked_mul(Decimal::TEN)?;
    }
}

/// The slider under the field of a rule, of those that matter most; what it is moved to is typed in the field.
pub fn slider(model: &Model, path: &str, field: &str, typed: &str, default: &str) -> Html {
    let Some((end, step)) = slider_of(model, path) else {
        return html! {};
    };
    let text = if typed.is_empty() { default } else { typed };
    let label = match (path, model.locale) {
        ("orders.maximumOrderValue", Locale::En) => "The largest value of an order",
        ("orders.maximumOrderValue", Locale::Zh) => "订单金额上限",
        (_, Locale::En) => "How far a price may rise, in percent",
        (_, Locale::Zh) => "允许的涨价幅度（%）",
    };
    html! {
        <input type="range" class="slider" name={format!("{SLIDE}{field}")} min="0" max={end.normalize().to_string()}
            step={step.normalize().to_string()} value={text.to_owned()} aria-label={label} autocomplete="off" />
    }
}
