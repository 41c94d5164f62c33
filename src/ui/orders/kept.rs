//! An order of the log, drawn: everything that is kept of it, what the rules said, what the owner decided, and what it
//! was before it was changed.

use landfall::check::Named;
use landfall::finding::Outcome;
use landfall::landed_cost::Component;
use landfall::money::Currency;
use landfall_words::{self as words, Locale};
use landfall_workspace::decisions::Decisions;
use landfall_workspace::rows::{Earlier, Field, LandedCost, Line, Order, Stage};
use yew::prelude::*;

use super::log::paid;
use super::verdict::{Mark, decided, decision_sentence, mark, stored_finding};
use super::{mismatch_sentence, stage_name};
use crate::form::{button, named};
use crate::inquiry::moment_field;
use crate::model::Model;
use crate::route::Route;
use crate::say::say;
use crate::time::shown_instant;

/// The page of an order of the log.
pub fn order_kept(model: &Model, id: &str, order: &Order) -> Html {
    let locale = model.locale;
    let path = format!("order.{id}");
    let is_imported = order.stage.is_none();
    let number = order.called();
    let edit = match order.findings.is_empty() {
        true => say(locale, "Check", "检查"),
        false => say(locale, "Edit", "修改"),
    };
    let stages = Stage::ALL.iter().map(|stage| {
        let is_chosen = order.stage == Some(*stage);
        html! { <option value={stage.name()} selected={is_chosen}>{ stage_name(locale, *stage) }</option> }
    });
    let decisions = Decisions::all(&model.workspace);
    html! {
        <>
            <p class="actions">
                <a href={Route::Orders.fragment()}>{ say(locale, "All orders", "全部订单") }</a>
                { button(&path, "check", edit) }
                { button(&path, "cost", say(locale, "Landed cost", "到岸成本")) }
                { button("placing", "print", say(locale, "Print", "打印")) }
                if model.is_owner() && !decisions.on(id).is_empty() {
                    { button(&path, "exportDecisions", say(locale, "Export the decision", "导出决定")) }
                }
            </p>
            <section class="part" aria-labelledby="order">
                <h2 id="order">{ number.unwrap_or(say(locale, "Without a number", "未编号")).to_owned() }{ " · " }{ &*order.supplier_name }</h2>
                if let Some(verdict) = order.verdict() {
                    <div class="said">{ mark(locale, Mark::of(verdict, decisions.lift(id, &order.findings))) }</div>
                }
                <div class="cells">
                    <div class="field">
                        <label for={format!("{path}.stage")}>{ say(locale, "How far it is", "进度") }</label>
                        <select id={format!("{path}.stage")} name={format!("{path}.stage")}>
                            if is_imported { <option value="" selected=true>{ "—" }</option> }
                            { for stages }
                        </select>
                    </div>
                </div>
                <div class="cells">
                    { moment_field(model, format!("{path}.dispatchedAt"), say(locale, "Sent by the supplier", "供应商发货"), order.dispatched_at.as_ref()) }
                    { moment_field(model, format!("{path}.signedAt"), say(locale, "Signed for", "签收"), order.signed_at.as_ref()) }
                    { moment_field(model, format!("{path}.inWarehouseAt"), say(locale, "In the warehouse in China", "国内入仓"), order.in_warehouse_at.as_ref()) }
                </div>
                { order_facts(model, order) }
                { for order.mismatches().iter().map(|mismatch| html! { <p class="flag">{ mismatch_sentence(locale, mismatch) }</p> }) }
            </section>
            { order_lines(locale, &order.lines) }
            { for order.landed_cost.as_ref().map(|cost| landed(locale, cost)) }
            { found(model, id, order) }
            { earlier(model, &order.earlier) }
        </>
    }
}

/// The facts of an order, as a list.
fn order_facts(model: &Model, order: &Order) -> Html {
    let locale = model.locale;
    html! {
        <dl class="facts">
            { for facts_of(model, order).into_iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
            if let Some(link) = order.product_link.as_deref().filter(|link| is_address(link)) {
                <div><dt>{ say(locale, "Product link", "商品链接") }</dt><dd><a href={link.to_owned()} target="_blank" rel="noreferrer">{ link.to_owned() }</a></dd></div>
            }
        </dl>
    }
}

/// Whether a text is the address of a page; anything else isn't made a link.
pub fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// What is known of an order, each with its name.
pub fn facts_of(model: &Model, order: &Order) -> Vec<(&'static str, String)> {
    let locale = model.locale;
    let text = |of: &Option<std::rc::Rc<str>>| of.as_deref().map(str::to_owned);
    let instant = |at: &Option<landfall_workspace::rows::Instant>| {
        at.as_ref().map(|at| shown_instant(&at.0, model.offset))
    };
    let money = |amount: Option<rust_decimal::Decimal>| amount.map(|of| words::money("CNY", of));
    let rate = order.exchange_rate.as_ref().map(|rate| {
        let of = words::number(rate.cny_per_unit.normalize());
        format!("{of} ({})", rate.as_of)
    });
    let link = text(&order.product_link).filter(|link| !is_address(link));
    let version = order.policy_version.map(|version| version.to_string());
    let in_china = match order.paid {
        Some(_) => say(locale, "Paid in China", "国内实付"),
        None => say(locale, "Payable in China", "国内应付"),
    };
    let facts = [
        (
            say(locale, "On the platform", "平台状态"),
            text(&order.status),
        ),
        (
            say(locale, "Placed", "下单时间"),
            instant(&order.created_at),
        ),
        (say(locale, "Paid", "付款时间"), instant(&order.paid_at)),
        (
            say(locale, "Expected delivery", "预计到货日期"),
            order.expected_delivery.map(|day| day.to_string()),
        ),
        (say(locale, "Staff", "经办人"), text(&order.staff)),
        (
            say(locale, "Order number", "订单编号"),
            order
                .source
                .as_ref()
                .map(|source| source.order_id.to_string()),
        ),
        (
            say(locale, "Tracking number", "运单号"),
            text(&order.tracking_number),
        ),
        (
            say(locale, "Goods", "货款"),
            money(order.goods.map(|of| of.0)),
        ),
        (
            say(locale, "Freight inside China", "国内运费"),
            money(order.freight.map(|of| of.0)),
        ),
        (
            say(locale, "Adjustment", "涨价或折扣"),
            money(order.adjustment.map(|of| of.0)),
        ),
        (in_china, money(paid(order))),
        (say(locale, "Exchange rate", "汇率"), rate),
        (say(locale, "Product link", "商品链接"), link),
        (
            say(locale, "Price screenshot", "价格截图"),
            text(&order.price_screenshot),
        ),
        (say(locale, "Policy version", "采购政策版本"), version),
        (say(locale, "Notes", "备注"), text(&order.notes)),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    known.collect()
}

/// The lines of an order.
pub fn order_lines(locale: Locale, lines: &[Line]) -> Html {
    let text = |of: &Option<std::rc::Rc<str>>| of.as_deref().unwrap_or_default().to_owned();
    html! {
        <section class="part" aria-label={say(locale, "Lines", "明细")}>
            <table class="changes">
                <thead><tr>
                    <th scope="col">{ say(locale, "SKU", "SKU") }</th>
                    <th scope="col">{ say(locale, "What it is", "品名") }</th>
                    <th scope="col" class="number">{ say(locale, "Unit price, CNY", "单价（元）") }</th>
                    <th scope="col" class="number">{ say(locale, "Quantity", "数量") }</th>
                </tr></thead>
                <tbody>{ for lines.iter().map(|line| html! {
                    <tr>
                        <td>{ text(&line.item_code) }</td>
                        <td>{ text(&line.title) }</td>
                        <td class="number">{ words::number(line.unit_price.0) }</td>
                        <td class="number">{ words::number(line.quantity.0) }{ " " }{ text(&line.unit) }</td>
                    </tr>
                }) }</tbody>
            </table>
        </section>
    }
}

/// The landed cost of an order, by component.
fn landed(locale: Locale, cost: &LandedCost) -> Html {
    html! {
        <section class="part" aria-labelledby="landed">
            <h2 id="landed">{ say(locale, "Landed cost", "到岸成本") }</h2>
            <dl class="facts parts">
                <div><dt>{ say(locale, "Landed total", "到岸总成本") }</dt><dd>{ words::money(&cost.currency, cost.total.0) }</dd></div>
                { for components(locale, cost).into_iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }
            </dl>
        </section>
    }
}

/// The components that aren't 0, with their names.
pub fn components(locale: Locale, cost: &LandedCost) -> Vec<(String, String)> {
    let parts = cost
        .components
        .0
        .iter()
        .filter(|(_, amount)| !amount.is_zero());
    let parts = parts.map(|(name, amount)| {
        let known = named::<Component>(name).map(|component| words::component(locale, component));
        let name = known.map_or_else(|| name.to_string(), str::to_owned);
        (name, words::number(amount.0))
    });
    parts.collect()
}

/// The currency that the findings of an order count in: that of its landed cost, else that of the rules.
pub fn home_of(model: &Model, order: &Order) -> Currency {
    let of = order.landed_cost.as_ref();
    let of = of.and_then(|cost| Currency::from_code(&cost.currency));
    of.unwrap_or_else(|| model.policy().home_currency)
}

/// What the rules said of an order, with the owner's decisions.
fn found(model: &Model, id: &str, order: &Order) -> Html {
    let locale = model.locale;
    let decisions = Decisions::all(&model.workspace);
    let home = home_of(model, order);
    if order.findings.is_empty() && decisions.on(id).is_empty() {
        return html! {};
    }
    let about = order.findings.iter().map(|finding| {
        let decision = decisions.about(id, finding);
        let decision = decision.filter(|_| finding.outcome == Outcome::HardStop);
        let beneath = decision.map(|decision| decided(locale, decision, model.offset));
        stored_finding(locale, home, finding, beneath.unwrap_or_default())
    });
    // Decisions on what the order was before.
    let others = decisions.on(id).iter().filter(|(_, decision)| {
        let about = decision.finding.as_ref();
        !about.is_some_and(|about| order.findings.contains(about))
    });
    html! {
        <section class="part" aria-labelledby="found">
            <h2 id="found">{ say(locale, "What the rules said", "检查结果") }</h2>
            <ul class="findings">{ for about }</ul>
            { for others.map(|(_, decision)| html! {
                <p class="quiet">{ say(locale, "Earlier decision: ", "此前的决定：") }{ decision_sentence(locale, decision, model.offset) }</p>
            }) }
        </section>
    }
}

/// What an order was before, the newest first.
fn earlier(model: &Model, all: &[Earlier]) -> Html {
    let locale = model.locale;
    let versions = all.iter().enumerate().rev().map(|(index, version)| {
        let order = Order::make(Some(&version.order));
        let until = shown_instant(&version.until.0, model.offset);
        let by = version.by.as_deref().unwrap_or_default();
        let number = index.saturating_add(1);
        let title = match locale {
            Locale::En => format!("Version {number}, until {until}, changed by {by}"),
            Locale::Zh => format!("第 {number} 版，至 {until}，由 {by} 修改"),
        };
        let home = home_of(model, &order);
        let findings = order.findings.iter().map(|finding| {
            stored_finding(locale, home, finding, html! {})
        });
        html! {
            <details class="fold" key={index}>
                <summary>{ title }</summary>
                { order_facts(model, &order) }
                { order_lines(locale, &order.lines) }
                { for order.landed_cost.as_ref().map(|cost| html! {
                    <p>{ say(locale, "Landed total: ", "到岸总成本：") }{ words::money(&cost.currency, cost.total.0) }</p>
                }) }
                <ul class="findings">{ for findings }</ul>
            </details>
        }
    });
    html! {
        if !all.is_empty() {
            <section class="part" aria-labelledby="earlier">
                <h2 id="earlier">{ say(locale, "Earlier versions", "历史版本") }</h2>
                { for versions }
            </section>
        }
    }
}
