//! Red flags, each with what to do about it.

use std::rc::Rc;

use landfall::control::Flag;
use landfall::order::SupplierStatus;
use landfall_words as words;
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Order, Supplier};
use yew::prelude::*;

use super::suspension::suspended_by_rule;
use crate::form::button;
use crate::model::{Effect, Model};
use crate::receiving::number_of;
use crate::route::Route;
use crate::say::say;
use crate::suppliers::supplier_name;

/// What the names of its fields and buttons begin with.
const FLAGS: &str = "week.flags";

/// For how many weeks a suspension by the rule stays on the page.
const STAYS: u32 = 2;

/// Red flags, each with what to do about it.
pub fn flags(model: &Model) -> Html {
    let locale = model.locale;
    let Some(report) = model.weeks.report(model.shown_week()) else {
        return html! {};
    };
    let flags = report.red_flags.iter().map(|flag| shown(model, flag));
    let flagged: Vec<&str> = report.red_flags.iter().filter_map(in_a_row).collect();
    let earlier: Vec<(Rc<str>, Supplier)> = suspended_lately(model)
        .into_iter()
        .filter(|(id, _)| !flagged.contains(&&**id))
        .collect();
    html! {
        <section class="part" aria-labelledby="flags">
            <h2 id="flags">{ say(locale, "Red flags", "红色警示") }</h2>
            if report.red_flags.is_empty() {
                <p class="quiet">{ say(locale, "No red flag in this week.", "本周没有红色警示。") }</p>
            } else {
                <ul class="flags">{ for flags }</ul>
            }
            if !earlier.is_empty() {
                <h3>{ say(locale, "Suspended by the rule not long ago", "近期由规则暂停合作") }</h3>
                <ul class="flags">{ for earlier.iter().map(|(id, supplier)| html! {
                    <li>
                        <p><a href={Route::Suppliers.at(id)}>{ supplier_name(locale, supplier).to_owned() }</a>{ ": " }{ why(model, supplier) }</p>
                        { take_back(model, id) }
                    </li>
                }) }</ul>
            }
        </section>
    }
}

/// The supplier of a flag that suspends.
fn in_a_row(flag: &Flag) -> Option<&str> {
    match flag {
        Flag::ConsecutiveDefectiveBatches { supplier_id, .. } => Some(supplier_id),
        Flag::TwoOfFiveDefective { .. }
        | Flag::CostIncrease { .. }
        | Flag::TooManyEscalations { .. } => None,
    }
}

/// The suppliers that the rule suspended in the shown week or shortly before, and nobody decided on since.
fn suspended_lately(model: &Model) -> Vec<(Rc<str>, Supplier)> {
    let shown = model.shown_week();
    let from = model.bounds_of(shown.before(STAYS)).0.from;
    let to = model.bounds_of(shown).0.to;
    let suppliers = model.workspace.list(Kind::Supplier).filter_map(|entry| {
        let supplier = entry.as_row::<Supplier>()?;
        let last = suspended_by_rule(supplier)?;
        let at = landfall::check::parse_instant(&last.at.0)?;
        let is_late = from <= at && at < to;
        is_late.then(|| (entry.record().key().id().into(), supplier.clone()))
    });
    suppliers.collect()
}

fn why(model: &Model, supplier: &Supplier) -> String {
    let reason = suspended_by_rule(supplier).and_then(|last| last.reason.as_deref());
    model.reason_in_words(reason.unwrap_or_default())
}

/// A flag: what it is, in a sentence, and what to do about it.
fn shown(model: &Model, flag: &Flag) -> Html {
    let locale = model.locale;
    let (name, deed) = match flag {
        Flag::ConsecutiveDefectiveBatches {
            supplier_id,
            receipts,
            ..
        } => (
            name_of(model, supplier_id),
            html! { <>{ batches(model, receipts) }{ suspension(model, supplier_id) }</> },
        ),
        Flag::TwoOfFiveDefective {
            supplier_id,
            receipts,
            ..
        } => {
            let action = format!("suspend:{}", receipts.join(","));
            let place = format!("{FLAGS}.{supplier_id}");
            let may_suspend = status(model, supplier_id)
                .is_some_and(|status| status != SupplierStatus::Suspended);
            (
                name_of(model, supplier_id),
                html! {
                    <>
                        { batches(model, receipts) }
                        <p class="actions">
                            { supplier(model, supplier_id) }
                            if may_suspend { { button(&place, &action, say(locale, "Suspend it nevertheless", "仍要暂停合作")) } }
                        </p>
                    </>
                },
            )
        }
        Flag::CostIncrease { order_id, .. } => (
            order(model, order_id),
            html! { <p class="actions"><a href={Route::Orders.at(order_id)}>{ say(locale, "Open the order", "打开订单") }</a></p> },
        ),
        Flag::TooManyEscalations { rules, .. } => {
            let place = format!("{FLAGS}.rule");
            let most = rules.first().map(|rule| {
                html! { <p class="actions">{ button(&place, &rule.rule, say(locale, "Name the gap in the rules", "到规则中补上缺口")) }</p> }
            });
            (String::new(), most.unwrap_or_default())
        }
    };
    html! {
        <li class="red">
            <p class="word">{ words::weekly_flag_name(locale, flag) }</p>
            <p>{ words::weekly_flag(locale, flag, &name) }</p>
            { deed }
        </li>
    }
}

/// The orders that defective batches are of.
fn batches(model: &Model, receipts: &[Rc<str>]) -> Html {
    let orders = model.orders_of(receipts.iter().map(|id| &**id));
    html! { <p class="quiet">{ orders }</p> }
}

/// What can be done about batches in a row: it was done already, and the owner can take it back.
fn suspension(model: &Model, id: &str) -> Html {
    let locale = model.locale;
    match status(model, id) {
        Some(SupplierStatus::Suspended) => html! {
            <>
                <p class="actions">{ supplier(model, id) }</p>
                { take_back(model, id) }
            </>
        },
        Some(SupplierStatus::New | SupplierStatus::Whitelisted) => html! {
            <p class="actions">{ supplier(model, id) }</p>
        },
        None => html! {
            <p>{ say(locale, "The supplier has no record here, so it can’t be suspended here: tell the owner.", "本机没有该供应商的记录，无法在此暂停合作：请告知负责人。") }</p>
        },
    }
}

/// The owner takes back a suspension by the rule, with a reason.
fn take_back(model: &Model, id: &str) -> Html {
    let locale = model.locale;
    let key = Key::new(Kind::Supplier, id);
    let entry = key.and_then(|key| model.workspace.get(&key));
    let supplier = entry.and_then(|entry| entry.as_row::<Supplier>());
    if supplier.and_then(suspended_by_rule).is_none() {
        return html! {};
    }
    if !model.is_owner() {
        return html! { <p class="quiet">{ say(locale, "Only the owner can take this back.", "只有负责人可以撤销。") }</p> };
    }
    let field = format!("{FLAGS}.reason.{id}");
    let reason = model.weeks.reasons.get(id).map(|reason| reason.to_string());
    let is_missing = model.weeks.lacks_reason.as_deref() == Some(id);
    let fault = format!("{field}-fault");
    html! {
        <div class="take-back no-print">
            <div class="field wide">
                <label for={field.clone()}>{ say(locale, "Why it is taken back", "撤销理由") }</label>
                <div class="box">
                    <input id={field.clone()} name={field} value={reason.unwrap_or_default()} autocomplete="off"
                        aria-invalid={is_missing.then_some("true")} aria-describedby={is_missing.then(|| fault.clone())} />
                </div>
                if is_missing { <p class="fault-text" id={fault}>{ say(locale, "Not filled in.", "未填写。") }</p> }
            </div>
            { button(&format!("{FLAGS}.{id}"), "undo", say(locale, "Take the suspension back", "撤销暂停")) }
        </div>
    }
}

/// How far a supplier is trusted; `None` where it has no record here.
fn status(model: &Model, id: &str) -> Option<SupplierStatus> {
    let key = Key::new(Kind::Supplier, id)?;
    let supplier = model.workspace.get(&key)?.as_row::<Supplier>()?;
    Some(model.status_of(id, supplier.status))
}

/// The way to a supplier.
fn supplier(model: &Model, id: &str) -> Html {
    let text = say(model.locale, "Open the supplier", "打开供应商");
    html! { <a href={Route::Suppliers.at(id)}>{ text }</a> }
}

/// What a supplier is called; its id where it has no record here.
fn name_of(model: &Model, id: &str) -> String {
    let key = Key::new(Kind::Supplier, id);
    let entry = key.and_then(|key| model.workspace.get(&key));
    let row = entry.and_then(|entry| entry.as_row::<Supplier>());
    row.map_or(id, |row| supplier_name(model.locale, row))
        .to_owned()
}

/// An order by its number.
fn order(model: &Model, id: &str) -> String {
    let key = Key::new(Kind::Order, id);
    let entry = key.and_then(|key| model.workspace.get(&key));
    let order = entry.and_then(|entry| entry.as_row::<Order>());
    let supplier = order.map_or("", |order| &*order.supplier_name);
    format!("{} {supplier}", number_of(order)).trim().to_owned()
}

/// The field of the rules that a rule's limit stands in.
fn limit_of(rule: &str) -> &'static str {
    match rule {
        "order-value" => "orders.maximumOrderValue",
        "price-increase" | "agreed-price-range" => "orders.priceIncreasePercent",
        "exchange-rate" => "orders.exchangeRateMaxAgeDays",
        "supplier-whitelist" => "supplierChecklist.minimumTransactions",
        "dispute" => "receiving.defectiveBatchPercent",
        _ => "control.escalationsPerWeek",
    }
}

impl Model {
    pub(super) fn typed_on_flags(&mut self, field: &str, text: &str) -> Vec<Effect> {
        if let Some(id) = field.strip_prefix("reason.") {
            Rc::make_mut(&mut self.weeks.reasons).insert(id.into(), text.into());
            self.weeks.lacks_reason = None;
        }
        Vec::new()
    }

    /// A button of the flags: `rule` and the rule, or a supplier with `undo` or `suspend:` and receipts.
    pub(super) fn pressed_flags(&mut self, place: &str, action: &str) -> Vec<Effect> {
        if place == "rule" {
            return vec![
                Effect::Go(Route::Policy.fragment().to_owned()),
                Effect::Focus(format!("desk.data.{}", limit_of(action))),
            ];
        }
        if let Some(receipts) = action.strip_prefix("suspend:") {
            let receipts: Vec<&str> = receipts.split(',').collect();
            self.suspend_by_hand(place, &receipts);
            return Vec::new();
        }
        if action != "undo" || !self.is_owner() {
            return Vec::new();
        }
        let reason = self.weeks.reasons.get(place).cloned().unwrap_or_default();
        if reason.trim().is_empty() {
            self.weeks.lacks_reason = Some(place.into());
            return vec![Effect::Focus(format!("{FLAGS}.reason.{place}"))];
        }
        if self.take_back_suspension(place, reason.trim()).is_some() {
            Rc::make_mut(&mut self.weeks.reasons).remove(place);
        }
        Vec::new()
    }
}
