//! The receiving sheet on one page of A4: before the run with boxes to fill in by hand, after it as it was filled.

use landfall::receiving::{AGENT_PHOTOS, uncovered};
use landfall_words::{self as words, Locale};
use landfall_workspace::record::Kind;
use landfall_workspace::rows::{Lot, Receipt};
use yew::prelude::*;

use super::cartons::cartons_of;
use super::result::{covered, result_name};
use super::sample::listed;
use super::variance::{sentence, variances};
use super::{Shown, lots};
use crate::desk::Desk;
use crate::model::Model;
use crate::route::Route;
use crate::say::say;
use landfall::check::Named;
use landfall_workspace::rows::ReceivingResult;

/// So many articles and variances fit on the page beside all else.
const MOST: usize = 14;
const MOST_VARIANCES: usize = 8;

/// So many cartons of an article.
const MOST_CARTONS: usize = 12;

fn desk(model: &Model) -> Option<&Desk> {
    let key = model.receiving_key()?;
    let desk = model.desk_of(&key);
    desk.filter(|desk| desk.key.kind == Kind::Receipt)
}

/// Whether the page shows a delivery, which prints as a sheet.
pub fn has_receiving_sheet(model: &Model) -> bool {
    model.route == Route::Receiving && desk(model).is_some()
}

/// The delivery that the page shows, as it prints.
pub fn receiving_sheet(model: &Model) -> Option<Html> {
    Some(drawn(&Shown::new(model, desk(model)?)))
}

/// A text, or room to write one.
fn or_line(text: Option<String>) -> String {
    text.filter(|text| !text.trim().is_empty())
        .unwrap_or_else(|| "______________".to_owned())
}

/// A box to tick by hand, ticked where that is known.
fn tick(is_ticked: bool, label: &str) -> Html {
    let class = classes!("tick-box", is_ticked.then_some("ticked"));
    html! { <span {class}>{ label.to_owned() }</span> }
}

/// The cartons to open, as far as they fit into a row.
fn cartons(locale: Locale, opened: &[u32]) -> String {
    let shown = opened.get(..MOST_CARTONS).unwrap_or(opened);
    let more = opened.len().saturating_sub(shown.len());
    let shown = listed(locale, shown);
    match (more, locale) {
        (0, _) => shown,
        (more, Locale::En) => format!("{shown} and {more} more"),
        (more, Locale::Zh) => format!("{shown} 等，另 {more} 箱"),
    }
}

fn row(shown: &Shown<'_>, lot: &Lot) -> Html {
    let locale = shown.locale;
    let number = |of: Option<u32>| of.map(|of| of.to_string()).unwrap_or_default();
    let amount = |of: Option<landfall_workspace::rows::Amount>| {
        of.map(|of| of.0.normalize().to_string())
            .unwrap_or_default()
    };
    let is_inspected = lots::inspected(lot) > 0 || !lot.defects.is_empty();
    let found = lots::defective(lot);
    let found = match is_inspected {
        true => lots::total(&found).to_string(),
        false => String::new(),
    };
    let inspected = if is_inspected {
        lots::inspected(lot)
    } else {
        0
    };
    html! {
        <tr>
            <th scope="row">{ &*lot.sku }{ " " }{ shown.goods(&lot.sku).unwrap_or_default().to_owned() }</th>
            <td>{ amount(lot.ordered) }</td>
            <td>{ amount(lot.received) }</td>
            <td>{ number(cartons_of(&shown.receipt, lot)) }</td>
            <td>{ number(lot.sample) }</td>
            <td>{ cartons(locale, &lot.opened) }</td>
            <td>{ number((inspected > 0).then_some(inspected)) }</td>
            <td>{ found }</td>
            <td>{ tick(lot.passed == Some(true), "") }{ " / " }{ tick(lot.passed == Some(false), "") }</td>
        </tr>
    }
}

fn drawn(shown: &Shown<'_>) -> Html {
    let (locale, receipt): (Locale, &Receipt) = (shown.locale, &shown.receipt);
    let zone = receipt.zone.as_deref().unwrap_or_default();
    let order = shown.order;
    let tracking = order.and_then(|order| order.tracking_number.as_deref());
    let more = receipt.lots.len().saturating_sub(MOST);
    let found = variances(receipt);
    let further = found.len().saturating_sub(MOST_VARIANCES);
    let rest = |count: usize| match locale {
        Locale::En => format!("and {count} more"),
        Locale::Zh => format!("另有 {count} 项"),
    };
    let number = |of: Option<u32>| or_line(of.map(|of| of.to_string()));
    let covered = covered(receipt);
    let uncovered = uncovered(covered.as_deref().unwrap_or(&AGENT_PHOTOS));
    let results = ReceivingResult::ALL.iter().map(|result| {
        let is_on = receipt.result == Some(*result);
        html! { <>{ tick(is_on, result_name(locale, *result)) }{ "    " }</> }
    });
    let heads = [
        say(locale, "Article", "商品"),
        say(locale, "Ordered", "应到"),
        say(locale, "Arrived", "实到"),
        say(locale, "Cartons", "箱数"),
        say(locale, "To check", "应检"),
        say(locale, "Cartons to open", "开箱"),
        say(locale, "Checked", "已检"),
        say(locale, "Bad", "不良"),
        say(locale, "Passed / failed", "合格 / 不合格"),
    ];
    html! {
        <article class="quotation receiving-sheet print-only">
            <header>
                <h2>{ shown.title() }</h2>
                <p>{ say(locale, "Receiving sheet", "收货单") }<br />{ shown.model.today.to_string() }</p>
            </header>
            <p class="facts">
                { say(locale, "Arrived: ", "到货：") }{ shown.model.shown_in(receipt, &receipt.arrived_at) }{ format!(" (UTC{zone})") }
                if let Some(tracking) = tracking { { " · " }{ say(locale, "Tracking number: ", "运单号：") }{ tracking.to_owned() } }
            </p>
            <p>
                { say(locale, "Cartons by the packing list: ", "装箱单箱数：") }<b>{ number(receipt.cartons_ordered) }</b>{ "    " }
                { say(locale, "Cartons counted: ", "实点箱数：") }<b>{ number(receipt.cartons_counted) }</b>{ "    " }
                { tick(false, say(locale, "Each carton photographed before signing", "签收前已逐箱拍照")) }
            </p>
            <table class="articles">
                <thead><tr>{ for heads.into_iter().map(|head| html! { <th scope="col">{ head }</th> }) }</tr></thead>
                <tbody>{ for receipt.lots.iter().take(MOST).map(|lot| row(shown, lot)) }</tbody>
            </table>
            if more > 0 { <p>{ rest(more) }</p> }
            <p>{ say(locale, "Seed of the draw: ", "抽箱种子：") }{ or_line(receipt.seed.as_deref().map(str::to_owned)) }</p>
            <section>
                <h3>{ say(locale, "What differs", "差异") }</h3>
                if found.is_empty() {
                    <p class="lines">{ "________________________________________________________________" }<br />{ "________________________________________________________________" }</p>
                } else {
                    <ul>{ for found.iter().take(MOST_VARIANCES).map(|of| html! { <li>{ sentence(locale, of) }</li> }) }</ul>
                    if further > 0 { <p>{ rest(further) }</p> }
                }
                <p>
                    { say(locale, "Variance logged: ", "差异登记：") }{ or_line(receipt.variance_logged_at.as_ref().map(|at| shown.model.shown_in(receipt, at))) }{ "    " }
                    { say(locale, "Supplier told: ", "通知供应商：") }{ or_line(receipt.supplier_contacted_at.as_ref().map(|at| shown.model.shown_in(receipt, at))) }
                </p>
            </section>
            <section>
                <h3>{ say(locale, "The agent’s own inspection", "代理验货") }</h3>
                <p>{ tick(covered.is_some(), say(locale, "There was one", "有")) }{ "    " }{ words::not_covered(locale, &uncovered) }</p>
            </section>
            <section>
                <h3>{ say(locale, "Result", "结果") }</h3>
                <p>{ for results }</p>
                if let Some(notes) = receipt.notes.as_deref() { <p>{ notes.to_owned() }</p> }
            </section>
            <footer>
                <p>{ say(locale, "Received by: ", "收货人：") }{ or_line(receipt.staff.as_deref().map(str::to_owned)) }{ "    " }
                    { say(locale, "Signature: ____________________    Date: ______________", "签名：____________________    日期：______________") }</p>
            </footer>
        </article>
    }
}
