//! The check of an order on one page of A4.

use landfall::finding::Outcome;
use landfall::order::Verdict;
use landfall_words::{self as words, Locale};
use landfall_workspace::decisions::Decisions;
use landfall_workspace::rows::Order;
use yew::prelude::*;

use super::kept::{components, facts_of, home_of, is_address};
use super::verdict::{Mark, decision_sentence, mark, outcome_word};
use crate::model::Model;
use crate::route::Route;
use crate::say::say;

/// So many lines and findings fit on the page beside all else.
const MOST: usize = 14;

/// Whether the page shows an order with a check that can be printed.
pub fn has_order_sheet(model: &Model) -> bool {
    let is_checked = || {
        let logged = model.logged(&model.place);
        logged.is_some_and(|(_, order)| order.verdict().is_some())
    };
    let is_desk = || {
        model
            .order_desk()
            .is_some_and(|desk| *desk.key.id() == *model.place)
    };
    model.route == Route::Orders && !model.place.is_empty() && (is_desk() || is_checked())
}

/// The order that the page shows, as it prints; `None` where it shows none that can be printed.
pub fn order_sheet(model: &Model) -> Option<Html> {
    let id = &*model.place;
    let desk = model.order_desk().filter(|desk| *desk.key.id() == *id);
    if let Some(desk) = desk {
        let check = model.check()?;
        let mut order = model.order_to_log(desk, &check);
        // Not placed yet.
        order.created_at = None;
        order.stage = None;
        return Some(drawn(
            model,
            id,
            &order,
            check.verdict,
            check.whole.is_some(),
        ));
    }
    let (_, order) = model.logged(id)?;
    let verdict = order.verdict()?;
    Some(drawn(model, id, order, verdict, true))
}

fn drawn(model: &Model, id: &str, order: &Order, verdict: Verdict, is_whole: bool) -> Html {
    let locale = model.locale;
    let decisions = Decisions::all(&model.workspace);
    let is_lifted = is_whole && decisions.lift(id, &order.findings);
    let home = home_of(model, order);
    let number = order.number.as_deref().unwrap_or_default();
    let facts = facts_of(model, order).into_iter();
    let facts: Vec<String> = facts
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let link = order.product_link.as_deref().unwrap_or_default();
    let lines = order.lines.iter().take(MOST);
    let more = order.lines.len().saturating_sub(MOST);
    // Passes of lines beyond what fits are left out; stops come first.
    let findings = order.findings.iter().take(MOST);
    let further = order.findings.len().saturating_sub(MOST);
    let rest = |count: usize| match locale {
        Locale::En => format!("and {count} more"),
        Locale::Zh => format!("另有 {count} 项"),
    };
    html! {
        <article class="quotation order-check print-only">
            <header>
                <h2>{ number.to_owned() }{ " · " }{ &*order.supplier_name }</h2>
                <p>{ say(locale, "Order check", "下单检查单") }<br />{ model.today.to_string() }</p>
            </header>
            <p class="printed-verdict">{ mark(locale, Mark::of(verdict, is_lifted)) }</p>
            <p class="facts">{ facts.join(" · ") }
                if is_address(link) { { format!(" · {link}") } }
            </p>
            <table class="articles">
                <thead><tr>
                    <th scope="col">{ say(locale, "Article", "商品") }</th>
                    <th scope="col">{ say(locale, "Unit price, CNY", "单价（元）") }</th>
                    <th scope="col">{ say(locale, "Quantity", "数量") }</th>
                </tr></thead>
                <tbody>{ for lines.map(|line| {
                    let parts = [&line.item_code, &line.title];
                    let parts: Vec<&str> = parts.into_iter().filter_map(|part| part.as_deref()).collect();
                    html! { <tr><th scope="row">{ parts.join(" ") }</th><td>{ words::number(line.unit_price.0) }</td><td>{ words::number(line.quantity.0) }</td></tr> }
                }) }</tbody>
            </table>
            if more > 0 { <p>{ rest(more) }</p> }
            if let Some(cost) = &order.landed_cost {
                <p><b>{ say(locale, "Landed total: ", "到岸总成本：") }{ words::money(&cost.currency, cost.total.0) }</b>
                    { " = " }{ components(locale, cost).into_iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(" + ") }</p>
            }
            <table class="checks">
                <thead><tr><th scope="colgroup" colspan="3">{ say(locale, "What the rules say", "检查结果") }</th></tr></thead>
                <tbody>{ for findings.map(|finding| {
                    let found = finding.found();
                    let rule = found.as_ref().map_or(&*finding.rule, |found| words::rule(locale, found.rule()));
                    let sentence = found.as_ref().map(|found| words::finding(locale, home, found));
                    let decision = decisions.about(id, finding).filter(|_| finding.outcome == Outcome::HardStop);
                    html! {
                        <tr>
                            <th scope="row">{ outcome_word(locale, finding.outcome) }</th>
                            <td>{ rule.to_owned() }</td>
                            <td>{ sentence.unwrap_or_default() }
                                if let Some(decision) = decision { <><br /><b>{ decision_sentence(locale, decision, model.offset) }</b></> }
                            </td>
                        </tr>
                    }
                }) }</tbody>
            </table>
            if further > 0 { <p>{ rest(further) }</p> }
            <footer>
                <p>{ say(locale, "Placed by: ____________________    Owner: ____________________    Date: ______________",
                    "下单人：____________________    负责人：____________________    日期：______________") }</p>
            </footer>
        </article>
    }
}
