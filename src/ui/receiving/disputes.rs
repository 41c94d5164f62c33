//! Disputes with suppliers: the evidence, what was said, and how they end.
//!
//! What was said stays as one chain in order of time, with the goods' arrival and the photos. Each step of
//! a dispute is noted when it is taken; nothing is taken out of the chain again.

use std::borrow::Cow;
use std::rc::Rc;

use chrono::{Duration, NaiveDateTime, Timelike};
use landfall::check::{Named, by_name, parse_instant};
use landfall::json::Json;
use landfall::receiving::{Variance, Wish};
use landfall_words::{self as words, Counted, DefectCount, DisputeMessage, Locale};
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{
    Count, Dispute, DisputeState, Escalation, Field, Instant, Lot, Message, Order, Receipt, Row,
};
use landfall_workspace::workspace::Entry;
use yew::prelude::*;

use super::clocks::{number_of, reasons_of, variances_of};
use crate::desk::Desk;
use crate::form::{Form, button, nothing, options};
use crate::model::{Effect, Model};
use crate::route::Route;
use crate::say::say;
use crate::supplier::{act, act_faults, push};
use crate::time::{CHINA, wall};
use crate::tree::{self, Tree};

/// What the buttons of a dispute begin with.
const DISPUTE: &str = "receiving.dispute";

/// How many closed disputes are listed.
const CLOSED: usize = 50;

/// How long a supplier has to answer, in hours.
const ANSWER_HOURS: i64 = 24;

/// Who says something in a dispute, or what happens in it, by its code.
const SPEAKERS: [&str; 5] = ["supplier", "buyer", "call", "platform", "owner"];

/// The code of a dispute that was opened again.
const REOPENED: &str = "reopened";

fn speaker(locale: Locale, code: &str) -> &str {
    match code {
        "supplier" => say(locale, "The supplier", "供应商"),
        "buyer" => say(locale, "We wrote", "我方发送"),
        "call" => say(locale, "Phone call", "电话沟通"),
        "platform" => say(locale, "The platform", "平台"),
        "owner" => say(locale, "The owner", "负责人"),
        REOPENED => say(locale, "Opened again", "重新发起"),
        _ => code,
    }
}

/// How far a dispute is, in words.
const fn state_name(locale: Locale, state: DisputeState) -> &'static str {
    match state {
        DisputeState::Open => say(locale, "Open, supplier not told", "已发起，未联系供应商"),
        DisputeState::Told => say(locale, "Supplier told", "已联系供应商"),
        DisputeState::Answered => say(locale, "Supplier answered", "供应商已答复"),
        DisputeState::Platform => say(locale, "Platform case", "平台介入"),
        DisputeState::Agreed => say(locale, "Agreed", "已达成一致"),
        DisputeState::Closed => say(locale, "Closed", "已结案"),
    }
}

const fn state_class(state: DisputeState) -> &'static str {
    match state {
        DisputeState::Open => "standing stop",
        DisputeState::Told | DisputeState::Answered | DisputeState::Platform => "standing wait",
        DisputeState::Agreed | DisputeState::Closed => "standing go",
    }
}

fn state_of(dispute: &Dispute) -> DisputeState {
    match (&dispute.closed_at, dispute.state) {
        (Some(_), _) => DisputeState::Closed,
        (None, state) => state.unwrap_or(DisputeState::Open),
    }
}

/// What was counted of the articles of a receipt.
fn counts_of(receipt: &Receipt) -> Vec<Count> {
    let count = |lot: &Lot| Count {
        sku: lot.sku.clone(),
        ordered: lot.ordered,
        received: lot.received,
        inspected: lot.inspected,
        defects: lot.defects.clone(),
        notes: lot.notes.clone(),
    };
    receipt.lots.iter().map(count).collect()
}

/// What messages say of an article; defects of a kind are put together.
fn counted(count: &Count) -> Counted<'_> {
    let mut defects: Vec<DefectCount<'_>> = Vec::new();
    for defect in &count.defects {
        let kind = defect.kind.as_deref().unwrap_or_default();
        let units = defect.count.unwrap_or(1);
        let mut known = defects.iter_mut();
        match known.find(|known| known.class == &*defect.class && known.kind == kind) {
            Some(known) => known.units = known.units.saturating_add(units),
            None => defects.push(DefectCount {
                class: &defect.class,
                kind,
                units,
            }),
        }
    }
    Counted {
        sku: &count.sku,
        ordered: count.ordered.map(|of| of.0),
        received: count.received.map(|of| of.0),
        inspected: count.inspected,
        defects,
        notes: count.notes.as_deref().unwrap_or_default(),
    }
}

/// A dispute with what belongs to it.
struct Case<'m> {
    dispute: Dispute,
    order: Option<&'m Order>,
    receipt: Option<&'m Receipt>,
    escalation: Option<Escalation>,
}

impl<'m> Case<'m> {
    fn of(model: &'m Model, desk: &Desk) -> Case<'m> {
        let dispute = Dispute::make(Some(&desk.read));
        let entry = |kind: Kind, id: &str| model.workspace.get(&Key::new(kind, id)?);
        let order = entry(Kind::Order, &dispute.order_id).and_then(|entry| entry.as_row::<Order>());
        let receipt = dispute.receipt_id.as_deref();
        let receipt = receipt.and_then(|id| entry(Kind::Receipt, id)?.as_row::<Receipt>());
        let escalation = model.workspace.get(&escalation_key(desk.key.id()));
        let escalation = escalation.and_then(|entry| entry.as_row::<Escalation>().cloned());
        Case {
            dispute,
            order,
            receipt,
            escalation,
        }
    }

    fn supplier(&self) -> &str {
        self.order.map_or("", |order| &*order.supplier_name)
    }

    /// How many photos there are of what is wrong.
    fn photos(&self) -> usize {
        let taken = self.receipt.map_or(0, |receipt| {
            receipt.pictures.len().max(receipt.photos.len())
        });
        taken.saturating_add(self.dispute.evidence.len())
    }

    /// Calls `write` with what messages say.
    fn messages<T>(&self, now: NaiveDateTime, write: impl FnOnce(&DisputeMessage<'_>) -> T) -> T {
        let counts: Vec<Counted<'_>> = self.dispute.counts.iter().map(counted).collect();
        let arrived = self.receipt.and_then(|of| parse_instant(&of.arrived_at.0));
        let arrived = arrived.map(|at| wall(at, CHINA)).unwrap_or_default();
        let source = self.order.and_then(|order| order.source.as_ref());
        let platform = source.map_or("", |source| &*source.order_id);
        let order = number_of(self.order);
        // To the full hour, so that the message stays the same for a while.
        let by = now.checked_add_signed(Duration::hours(ANSWER_HOURS));
        let by = by.and_then(|by| by.with_minute(0));
        let by = by.map(|by| wall(by, CHINA)).unwrap_or_default();
        let wish = self.dispute.wish.as_deref().and_then(by_name);
        write(&DisputeMessage {
            order,
            platform_order: if platform == order { "" } else { platform },
            arrived: &arrived,
            variances: &reasons_of(&self.dispute),
            counts: &counts,
            photos: self.photos(),
            wish,
            claimed_cny: self.dispute.claimed.map(|of| of.0),
            answer_by: &by,
        })
    }

    fn to_supplier(&self, locale: Locale, now: NaiveDateTime) -> String {
        self.messages(now, |about| words::supplier_message(locale, about))
    }

    fn to_owner(&self, model: &Model, locale: Locale) -> String {
        let opened = model.shown_instant(&self.dispute.opened_at.0);
        let answers = self.dispute.messages.iter().rev();
        let mut answers = answers.filter(|message| &*message.by == "supplier");
        let last = answers.next().map_or("", |message| &*message.text);
        let now = parse_instant(&model.moment.at).unwrap_or_default();
        self.messages(now, |about| {
            words::dispute_owner_message(locale, about, self.supplier(), &opened, last)
        })
    }
}

/// The key of what was put to the owner about a dispute: it is put once.
fn escalation_key(id: &str) -> Key {
    Key::derived(Kind::Escalation, &format!("dispute/{id}"))
}

/// A row as what is typed.
fn written<T: Field>(row: &T) -> Tree {
    let mut tree = row.write().map_or(Json::Null, Json::into_owned);
    crate::draft::as_text(&mut tree);
    tree
}

impl Model {
    fn dispute_desk(&self) -> Option<&Desk> {
        let desk = self.desk.as_ref();
        desk.filter(|desk| desk.key.kind == Kind::Dispute)
    }

    /// A field beside those of the desk was typed into: `about.<what it is about>`.
    pub(crate) fn typed_in_dispute(&mut self, field: &str, text: &str) -> Vec<Effect> {
        let about = field.strip_prefix("about.").and_then(by_name::<Variance>);
        let (Some(about), Some(desk)) = (about, self.dispute_desk()) else {
            return Vec::new();
        };
        let mut reasons = reasons_of(&Dispute::make(Some(&desk.read)));
        reasons.retain(|other| *other != about);
        if text == "true" {
            reasons.push(about);
        }
        reasons.sort();
        let reasons = names(&reasons);
        self.change_desk(|typed| tree::set(typed, "reason", Some(tree::text(reasons))))
    }

    /// A button of a dispute was pressed; `open` with the id of a receipt opens one about it.
    pub(crate) fn pressed_dispute(&mut self, place: &str, action: &str) -> Vec<Effect> {
        if action == "open" {
            return self.open_dispute(place);
        }
        if self.dispute_desk().is_none() {
            return Vec::new();
        }
        let now = parse_instant(&self.moment.at).unwrap_or_default();
        let copied = |locale: Option<Locale>| locale.unwrap_or(Locale::Zh);
        match action.split_once(':').unwrap_or((action, "")) {
            ("copy", tag) => {
                let locale = copied(Locale::from_tag(tag));
                let case = self.dispute_desk().map(|desk| Case::of(self, desk));
                case.map(|case| Effect::Copy(case.to_supplier(locale, now)))
                    .into_iter()
                    .collect()
            }
            ("sent", tag) => {
                let locale = copied(Locale::from_tag(tag));
                let case = self.dispute_desk().map(|desk| Case::of(self, desk));
                let Some(text) = case.map(|case| case.to_supplier(locale, now)) else {
                    return Vec::new();
                };
                self.tell_receipt();
                self.said("buyer", &text)
            }
            ("add", _) => self.add_said(),
            ("owner", tag) => self.put_to_owner(copied(Locale::from_tag(tag))),
            ("state", name) => match by_name(name) {
                Some(DisputeState::Closed) => self.close_dispute(),
                Some(state) => self.turn_dispute(state),
                None => Vec::new(),
            },
            ("reopen", _) => self.reopen_dispute(),
            _ => Vec::new(),
        }
    }

    /// Opens a dispute about a receipt with what was counted there, or goes to the one that is open.
    fn open_dispute(&mut self, receipt_id: &str) -> Vec<Effect> {
        self.keep_desk();
        let is_about = |entry: &&Rc<Entry>| {
            let dispute = entry.as_row::<Dispute>();
            dispute.is_some_and(|of| {
                of.receipt_id.as_deref() == Some(receipt_id) && of.closed_at.is_none()
            })
        };
        if let Some(open) = self.workspace.list(Kind::Dispute).find(is_about) {
            return vec![Effect::Go(Route::Receiving.at(open.record().key().id()))];
        }
        let key = Key::new(Kind::Receipt, receipt_id);
        let entry = key.and_then(|key| self.workspace.get(&key).cloned());
        let Some(receipt) = entry.as_ref().and_then(|entry| entry.as_row::<Receipt>()) else {
            return Vec::new();
        };
        let order = Key::new(Kind::Order, &receipt.order_id);
        let order = order.and_then(|key| self.workspace.get(&key)?.as_row::<Order>());
        let supplier_id = order.and_then(|order| order.supplier_id.clone());
        let dispute = Dispute {
            order_id: receipt.order_id.clone(),
            receipt_id: Some(receipt_id.into()),
            supplier_id,
            reason: names(&variances_of(receipt)).into(),
            opened_at: Instant(self.moment.at.clone()),
            state: Some(DisputeState::Open),
            counts: counts_of(receipt),
            staff: receipt.staff.clone(),
            ..Dispute::make(None)
        };
        if let Some(entry) = &entry
            && receipt.variance_logged_at.is_none()
        {
            // With its dispute the variance is logged.
            let mut receipt = receipt.clone();
            receipt.variance_logged_at = Some(Instant(self.moment.at.clone()));
            let data = entry.record().data().cloned().unwrap_or_default();
            let row = Row::from(receipt);
            self.put(entry.record().key(), Some(&row.patched(&data)));
        }
        self.begin_on_receiving(Kind::Dispute, written(&dispute))
    }

    /// Notes with the receipt that the supplier was told.
    fn tell_receipt(&mut self) {
        let desk = self.dispute_desk();
        let receipt = desk.map(|desk| tree::text_at(&desk.typed, "receiptId"));
        let key = receipt.and_then(|id| Key::new(Kind::Receipt, id));
        let entry = key.and_then(|key| self.workspace.get(&key).cloned());
        let Some(entry) = entry else { return };
        if let Some(receipt) = entry.as_row::<Receipt>()
            && receipt.supplier_contacted_at.is_none()
        {
            let mut receipt = receipt.clone();
            receipt.supplier_contacted_at = Some(Instant(self.moment.at.clone()));
            let data = entry.record().data().cloned().unwrap_or_default();
            let row = Row::from(receipt);
            self.put(entry.record().key(), Some(&row.patched(&data)));
        }
    }

    /// Puts something at the end of the chain, and turns the state after it.
    fn said(&mut self, by: &str, text: &str) -> Vec<Effect> {
        let Some(desk) = self.dispute_desk() else {
            return Vec::new();
        };
        let state = state_of(&Dispute::make(Some(&desk.read)));
        let state = match (by, state) {
            ("buyer" | "call", DisputeState::Open) => DisputeState::Told,
            ("supplier", DisputeState::Open | DisputeState::Told) => DisputeState::Answered,
            ("platform", DisputeState::Open | DisputeState::Told | DisputeState::Answered) => {
                DisputeState::Platform
            }
            (_, state) => state,
        };
        let message = written(&Message {
            at: Instant(self.moment.at.clone()),
            by: by.into(),
            text: text.into(),
        });
        let effects = self.change_desk(|typed| {
            push(typed, "messages", message);
            tree::set(typed, "state", Some(tree::text(state.name())));
        });
        self.keep_desk();
        effects
    }

    /// What was typed of an answer or a call goes into the chain.
    fn add_said(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.is_act_ready(&["who", "text"], &mut effects) {
            return effects;
        }
        let Some(desk) = self.dispute_desk() else {
            return effects;
        };
        let (by, text) = (
            act(desk, "who").to_owned(),
            act(desk, "text").trim().to_owned(),
        );
        if by == "buyer" || by == "call" {
            self.tell_receipt();
        }
        effects = self.said(&by, &text);
        effects.extend(self.change_desk(|typed| tree::set(typed, "act", None)));
        self.left = Rc::default();
        self.typing = None;
        self.keep_desk();
        effects
    }

    fn turn_dispute(&mut self, state: DisputeState) -> Vec<Effect> {
        let effects = self.change_desk(|typed| {
            tree::set(typed, "state", Some(tree::text(state.name())));
        });
        self.keep_desk();
        effects
    }

    /// Closes the dispute: how it ended must be said.
    fn close_dispute(&mut self) -> Vec<Effect> {
        let Some(desk) = self.dispute_desk() else {
            return Vec::new();
        };
        let resolution = tree::text_at(&desk.typed, "resolution").trim().to_owned();
        let is_misread = desk
            .faults
            .iter()
            .any(|fault| ["desk.refundedCny", "desk.replacedUnits"].contains(&fault.path.as_str()));
        if resolution.is_empty() || is_misread {
            self.complain(say(
                self.locale,
                "Say first how it ended, and what was recovered.",
                "请先填写处理结果和追回的金额或数量。",
            ));
            return vec![Effect::Focus("desk.resolution".to_owned())];
        }
        let key = escalation_key(desk.key.id());
        let by = tree::text_at(&desk.typed, "staff").trim().to_owned();
        self.notice = None;
        let now = tree::text(&*self.moment.at);
        let effects = self.change_desk(|typed| {
            tree::set(typed, "closedAt", Some(now));
            tree::set(
                typed,
                "state",
                Some(tree::text(DisputeState::Closed.name())),
            );
        });
        self.keep_desk();
        self.answer_escalation(&key, Some((&resolution, &by)));
        effects
    }

    /// What was put to the owner is resolved, and by whom, or open again.
    fn answer_escalation(&mut self, key: &Key, resolution: Option<(&str, &str)>) {
        let entry = self.workspace.get(key).cloned();
        let Some(entry) = entry else { return };
        let Some(escalation) = entry.as_row::<Escalation>() else {
            return;
        };
        if escalation.resolved_at.is_some() == resolution.is_some() {
            return;
        }
        let answered = Escalation {
            resolved_at: resolution.map(|_| Instant(self.moment.at.clone())),
            resolved_by: resolution
                .map(|(_, by)| by.into())
                .filter(|by: &Rc<str>| !by.is_empty()),
            resolution: resolution.map(|(how, _)| how.into()),
            ..escalation.clone()
        };
        let data = entry.record().data().cloned().unwrap_or_default();
        self.put(key, Some(&Row::from(answered).patched(&data)));
    }

    fn reopen_dispute(&mut self) -> Vec<Effect> {
        let key = self
            .dispute_desk()
            .map(|desk| escalation_key(desk.key.id()));
        let mut effects = self.change_desk(|typed| {
            tree::set(typed, "closedAt", None);
            tree::set(
                typed,
                "state",
                Some(tree::text(DisputeState::Answered.name())),
            );
        });
        effects.extend(self.said(REOPENED, ""));
        if let Some(key) = key {
            self.answer_escalation(&key, None);
        }
        effects
    }

    /// The message to the owner is copied: from now on it counts as put to the owner.
    fn put_to_owner(&mut self, locale: Locale) -> Vec<Effect> {
        self.keep_desk();
        let Some(desk) = self.dispute_desk() else {
            return Vec::new();
        };
        let case = Case::of(self, desk);
        let message = case.to_owner(self, locale);
        let key = escalation_key(desk.key.id());
        let number = number_of(case.order);
        let subject = format!("{number} {}", case.supplier());
        let escalation = Escalation {
            subject: subject.trim().into(),
            order_id: Some(case.dispute.order_id.clone()),
            supplier_id: case.dispute.supplier_id.clone(),
            dispute_id: Some(desk.key.id().into()),
            rule: Some("dispute".into()),
            raised_at: Instant(self.moment.at.clone()),
            raised_by: case.dispute.staff.clone(),
            loss: None,
            resolved_at: None,
            resolved_by: None,
            resolution: None,
        };
        if case.escalation.is_none() {
            self.put(&key, Some(&Row::from(escalation).text()));
        }
        self.tell(say(
            self.locale,
            "The message is copied: paste it into the chat with the owner.",
            "消息已复制：粘贴到与负责人的聊天中。",
        ));
        vec![Effect::Copy(message)]
    }
}

/// What a dispute is about, as it is stored.
fn names(reasons: &[Variance]) -> String {
    let names: Vec<&str> = reasons.iter().map(|reason| reason.name()).collect();
    names.join(",")
}

/// What a dispute is about, for reading.
fn about(locale: Locale, dispute: &Dispute) -> String {
    let reasons = reasons_of(dispute);
    if reasons.is_empty() {
        return dispute.reason.to_string();
    }
    let names: Vec<&str> = reasons
        .iter()
        .map(|of| words::variance(locale, *of))
        .collect();
    names.join(say(locale, ", ", "、"))
}

/// The disputes that are open, and those that are closed.
pub fn disputes(model: &Model) -> Html {
    let locale = model.locale;
    let entries = model.workspace.list(Kind::Dispute);
    let mut all: Vec<(&str, &Dispute)> = entries
        .filter_map(|entry| Some((entry.record().key().id(), entry.as_row::<Dispute>()?)))
        .collect();
    all.sort_by_key(|(_, dispute)| std::cmp::Reverse(&dispute.opened_at));
    let (closed, open): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, dispute)| dispute.closed_at.is_some());
    if open.is_empty() && closed.is_empty() {
        return html! {};
    }
    let rows = |some: &[(&str, &Dispute)]| -> Html {
        some.iter()
            .map(|(id, dispute)| listed(model, id, dispute))
            .collect()
    };
    let (recent, _) = closed.split_at(closed.len().min(CLOSED));
    html! {
        <section class="part at-hand" aria-labelledby="disputes">
            <h2 id="disputes">{ say(locale, "Disputes", "纠纷") }</h2>
            if open.is_empty() {
                <p class="quiet">{ say(locale, "None is open.", "没有未结纠纷。") }</p>
            } else {
                <ul class="due">{ rows(&open) }</ul>
            }
            if !recent.is_empty() {
                <details class="fold">
                    <summary>{ say(locale, "Closed", "已结案") }</summary>
                    <ul class="due">{ rows(recent) }</ul>
                </details>
            }
        </section>
    }
}

fn order_at<'m>(model: &'m Model, id: &str) -> Option<&'m Order> {
    model
        .workspace
        .get(&Key::new(Kind::Order, id)?)?
        .as_row::<Order>()
}

/// A dispute in a list.
fn listed(model: &Model, id: &str, dispute: &Dispute) -> Html {
    let locale = model.locale;
    let state = state_of(dispute);
    let order = order_at(model, &dispute.order_id);
    let supplier = order.map_or("", |order| &*order.supplier_name);
    html! {
        <li class="clock">
            <p class={state_class(state)}>{ state_name(locale, state) }</p>
            <h3>
                <a href={Route::Receiving.at(id)}>{ title(locale, order) }</a>{ " " }
                <span class="quiet">{ supplier.to_owned() }</span>
            </h3>
            <p>{ about(locale, dispute) }</p>
            <p class="quiet">{ say(locale, "Since ", "始于 ") }{ model.shown_instant(&dispute.opened_at.0) }</p>
            { for recovered(locale, dispute).map(|text| html! { <p>{ text }</p> }) }
        </li>
    }
}

/// The name of a dispute.
fn title(locale: Locale, order: Option<&Order>) -> String {
    match number_of(order) {
        "" => say(
            locale,
            "Dispute on an order without a number",
            "未编号订单的纠纷",
        )
        .to_owned(),
        number => match locale {
            Locale::En => format!("Dispute on {}", words::purchase_order(locale, number)),
            Locale::Zh => format!("{} 的纠纷", words::purchase_order(locale, number)),
        },
    }
}

/// What was recovered; `None` while nothing was.
fn recovered(locale: Locale, dispute: &Dispute) -> Option<String> {
    let refunded = dispute.refunded.map(|amount| words::money("CNY", amount.0));
    let refunded = refunded.map(|amount| match locale {
        Locale::En => format!("refund {amount}"),
        Locale::Zh => format!("退款 {amount}"),
    });
    let replaced = dispute.replaced_units.filter(|units| *units > 0);
    let replaced = replaced.map(|units| match locale {
        Locale::En => format!("replaced units {units}"),
        Locale::Zh => format!("补发 {units}\u{a0}件"),
    });
    let parts: Vec<String> = [refunded, replaced].into_iter().flatten().collect();
    let label = say(locale, "Recovered: ", "追回：");
    (!parts.is_empty()).then(|| format!("{label}{}", parts.join(say(locale, ", ", "，"))))
}

/// A dispute.
pub fn dispute(model: &Model, desk: &Desk) -> Html {
    let locale = model.locale;
    let case = Case::of(model, desk);
    let mut faults = model.desk_faults();
    faults.extend(act_faults(model, desk, &["who", "text"]));
    let form = Form {
        locale,
        at: "desk",
        tree: &desk.typed,
        faults: &faults,
        given: &nothing,
    };
    let is_closed = case.dispute.closed_at.is_some();
    html! {
        <>
            { head(model, &case, is_closed) }
            { claim(locale, &form, &case, is_closed) }
            if !is_closed { { to_supplier(model, &case) } }
            { chain(model, &form, &case, is_closed) }
            if !is_closed { { to_owner(model, &case) } }
            { ending(model, &form, &case, is_closed) }
        </>
    }
}

/// What it is about and how far it is.
fn head(model: &Model, case: &Case<'_>, is_closed: bool) -> Html {
    let locale = model.locale;
    let dispute = &case.dispute;
    let state = state_of(dispute);
    let reasons = reasons_of(dispute);
    let receipt = dispute
        .receipt_id
        .as_deref()
        .filter(|_| case.receipt.is_some());
    html! {
        <section class="part at-hand" aria-labelledby="dispute">
            <h2 id="dispute" class="record-name">{ title(locale, case.order) }</h2>
            <p class={state_class(state)} role="status">{ state_name(locale, state) }</p>
            <dl class="facts">
                if !case.supplier().is_empty() {
                    <div><dt>{ say(locale, "Supplier", "供应商") }</dt><dd>{ case.supplier().to_owned() }</dd></div>
                }
                <div><dt>{ say(locale, "Opened", "发起时间") }</dt><dd>{ model.shown_instant(&dispute.opened_at.0) }</dd></div>
                { for dispute.closed_at.as_ref().map(|at| html! {
                    <div><dt>{ say(locale, "Closed", "结案时间") }</dt><dd>{ model.shown_instant(&at.0) }</dd></div>
                }) }
            </dl>
            <p class="actions">
                { for receipt.map(|id| html! { <a href={Route::Receiving.at(id)}>{ say(locale, "To the delivery", "查看收货") }</a> }) }
                { for case.order.map(|_| html! { <a href={Route::Orders.at(&dispute.order_id)}>{ say(locale, "To the order", "查看订单") }</a> }) }
            </p>
            if !is_closed { <p class="held">{ words::payment_held(locale) }</p> }
            <fieldset class="ticks">
                <legend>{ say(locale, "What is wrong", "问题") }</legend>
                { for Variance::ALL.iter().map(|of| html! {
                    <label class="tick">
                        <input type="checkbox" name={format!("{DISPUTE}.about.{}", of.name())} checked={reasons.contains(of)} disabled={is_closed} />
                        <span>{ words::variance(locale, *of) }</span>
                    </label>
                }) }
            </fieldset>
        </section>
    }
}

/// What was counted, and what is asked for.
fn claim(locale: Locale, form: &Form<'_>, case: &Case<'_>, is_closed: bool) -> Html {
    let amount = |of: Option<landfall_workspace::rows::Amount>| {
        of.map_or_else(|| "—".to_owned(), |of| words::number(of.0.normalize()))
    };
    let rows = case.dispute.counts.iter().enumerate().map(|(index, count)| {
        let counted = counted(count);
        let bad = words::defect_counts(locale, &counted.defects);
        html! {
            <fieldset class="counted" key={index}>
                <legend>{ &*count.sku }</legend>
                <dl class="facts">
                    <div><dt>{ say(locale, "Ordered", "订购") }</dt><dd>{ amount(count.ordered) }</dd></div>
                    <div><dt>{ say(locale, "Received", "实收") }</dt><dd>{ amount(count.received) }</dd></div>
                    <div><dt>{ say(locale, "Inspected", "抽检") }</dt><dd>{ count.inspected.map_or_else(|| "—".to_owned(), |of| of.to_string()) }</dd></div>
                    if !bad.is_empty() {
                        <div><dt>{ say(locale, "Defective", "不良") }</dt><dd>{ bad }</dd></div>
                    }
                </dl>
                if is_closed {
                    <p>{ counted.notes.to_owned() }</p>
                } else {
                    { form.input(&format!("counts[{index}].notes"), say(locale, "What else is wrong, for the supplier to read", "其他问题（供应商可见）"), "", "wide") }
                }
            </fieldset>
        }
    });
    html! {
        <section class="part at-hand" aria-labelledby="claim">
            <h2 id="claim">{ say(locale, "Counts and claim", "数量与索赔") }</h2>
            if case.dispute.counts.is_empty() {
                <p class="quiet">{ say(locale, "Nothing was counted with the delivery.", "收货时没有清点记录。") }</p>
            }
            { for rows }
            if is_closed {
                { for claimed(locale, &case.dispute).map(|text| html! { <p>{ text }</p> }) }
            } else {
            <div class="cells">
                { form.choice("wish", say(locale, "What is asked for", "要求"), &options::<Wish>(locale, words::wish), None) }
                { form.text("claimedCny", say(locale, "Amount claimed", "索赔金额"), "CNY") }
                { form.text("staff", say(locale, "Who handles it", "经办人"), "") }
            </div>
            }
        </section>
    }
}

/// What was asked for; `None` where nothing was.
fn claimed(locale: Locale, dispute: &Dispute) -> Option<String> {
    let wish = dispute.wish.as_deref().and_then(by_name);
    let wish = wish.map(|wish| words::wish(locale, wish).to_owned());
    let amount = dispute.claimed.map(|of| words::money("CNY", of.0));
    let parts: Vec<String> = [wish, amount].into_iter().flatten().collect();
    let label = say(locale, "Asked for: ", "要求：");
    (!parts.is_empty()).then(|| format!("{label}{}", parts.join(say(locale, ", ", "，"))))
}

/// The message to the supplier, in both languages.
fn to_supplier(model: &Model, case: &Case<'_>) -> Html {
    let locale = model.locale;
    let now = parse_instant(&model.moment.at).unwrap_or_default();
    html! {
        <section class="part at-hand" aria-labelledby="to-supplier">
            <h2 id="to-supplier">{ say(locale, "Message to the supplier", "给供应商的消息") }</h2>
            <div class="messages">
                { for [Locale::Zh, Locale::En].map(|of| html! {
                    <div>
                        <p class="message" lang={of.tag()}>{ case.to_supplier(of, now) }</p>
                        <p class="actions">
                            { button(DISPUTE, &format!("copy:{}", of.tag()), match of {
                                Locale::Zh => say(locale, "Copy in Chinese", "复制中文"),
                                Locale::En => say(locale, "Copy in English", "复制英文"),
                            }) }
                            { button(DISPUTE, &format!("sent:{}", of.tag()), match of {
                                Locale::Zh => say(locale, "Chinese sent just now", "刚刚发送了中文"),
                                Locale::En => say(locale, "English sent just now", "刚刚发送了英文"),
                            }) }
                        </p>
                    </div>
                }) }
            </div>
            <p class="quiet">{ say(locale,
                "Note it when you have sent it: the message goes into the chain with its time.",
                "发送后请登记：消息和时间会写入证据链。") }</p>
        </section>
    }
}

/// What happened, in order of time.
fn chain(model: &Model, form: &Form<'_>, case: &Case<'_>, is_closed: bool) -> Html {
    let locale = model.locale;
    let dispute = &case.dispute;
    let mut events: Vec<(Cow<'_, str>, String, String)> = Vec::new();
    let mut add = |at: &str, what: &str, text: String| {
        events.push((at.to_owned().into(), what.to_owned(), text));
    };
    if let Some(receipt) = case.receipt {
        add(
            &receipt.arrived_at.0,
            say(locale, "The goods arrived", "到货"),
            String::new(),
        );
        for picture in &receipt.pictures {
            add(
                &picture.taken_at.0,
                say(locale, "Photo", "照片"),
                picture.name.to_string(),
            );
        }
        for photo in receipt.photos.iter().filter(|name| {
            !receipt
                .pictures
                .iter()
                .any(|picture| picture.name == **name)
        }) {
            add(
                &receipt.arrived_at.0,
                say(locale, "Photo", "照片"),
                photo.to_string(),
            );
        }
    }
    let lines: Vec<String> = dispute
        .counts
        .iter()
        .map(|count| count_line(locale, count))
        .collect();
    add(
        &dispute.opened_at.0,
        say(
            locale,
            "The dispute was opened, with these counts",
            "发起纠纷，清点结果",
        ),
        lines.join("\n"),
    );
    for name in &dispute.evidence {
        add(
            &dispute.opened_at.0,
            say(locale, "Photo", "照片"),
            name.to_string(),
        );
    }
    for message in &dispute.messages {
        add(
            &message.at.0,
            speaker(locale, &message.by),
            message.text.to_string(),
        );
    }
    if let Some(escalation) = &case.escalation {
        let put = say(locale, "Put to the owner", "上报负责人");
        add(&escalation.raised_at.0, put, String::new());
    }
    if let Some(at) = &dispute.closed_at {
        let end = dispute.resolution.as_deref().unwrap_or_default();
        add(
            &at.0,
            state_name(locale, DisputeState::Closed),
            end.to_owned(),
        );
    }
    // What happened at the same time stays in this order.
    events.sort_by_key(|(at, _, _)| parse_instant(at));
    let who = SPEAKERS.map(|code| (code, speaker(locale, code)));
    html! {
        <section class="part at-hand" aria-labelledby="chain">
            <h2 id="chain">{ say(locale, "What happened", "证据链") }</h2>
            <ol class="chain">
                { for events.into_iter().map(|(at, what, text)| html! {
                    <li>
                        <p class="quiet"><time datetime={at.to_string()}>{ model.shown_instant(&at) }</time></p>
                        <div><p><b>{ what }</b></p>if !text.is_empty() { <p class="said-text">{ text }</p> }</div>
                    </li>
                }) }
            </ol>
            if !is_closed {
                <div class="cells">
                    { form.choice("act.who", say(locale, "Who, or how", "来源"), &who, None) }
                    { form.input("act.text", say(locale, "What was said", "内容"), "", "wide") }
                </div>
                <p class="actions">{ button(DISPUTE, "add", say(locale, "Add it with the time now", "按当前时间加入")) }</p>
            }
        </section>
    }
}

/// What was counted of an article, in a line.
fn count_line(locale: Locale, count: &Count) -> String {
    let counted = counted(count);
    let bad = counted.defects.iter().map(|of| of.units);
    let bad = bad.fold(0, u32::saturating_add);
    let amount = |of: Option<rust_decimal::Decimal>| {
        of.map_or_else(|| "—".to_owned(), |of| words::number(of.normalize()))
    };
    let (sku, ordered, received) = (
        counted.sku,
        amount(counted.ordered),
        amount(counted.received),
    );
    let line = match locale {
        Locale::En => format!("{sku}: ordered {ordered}, received {received}"),
        Locale::Zh => format!("{sku}：订 {ordered}，实收 {received}"),
    };
    match (counted.inspected, locale) {
        (None, _) => line,
        (Some(inspected), Locale::En) => {
            format!("{line}, inspected {inspected}, defective {bad}")
        }
        (Some(inspected), Locale::Zh) => format!("{line}，抽检 {inspected}，不良 {bad}"),
    }
}

/// What goes to the owner when the supplier doesn't resolve it.
fn to_owner(model: &Model, case: &Case<'_>) -> Html {
    let locale = model.locale;
    let put = case
        .escalation
        .as_ref()
        .map(|of| model.shown_instant(&of.raised_at.0));
    html! {
        <section class="part at-hand" aria-labelledby="to-owner">
            <h2 id="to-owner">{ say(locale, "Not resolved? The owner decides", "解决不了？由负责人决定") }</h2>
            { for put.map(|at| html! { <p class="decided">{ say(locale, "Put to the owner at ", "已上报负责人：") }{ at }</p> }) }
            <details class="fold">
                <summary>{ say(locale, "Message to the owner", "给负责人的消息") }</summary>
                <p class="message">{ case.to_owner(model, locale) }</p>
            </details>
            <p class="actions">
                { button(DISPUTE, "owner:zh", say(locale, "Copy for the owner in Chinese", "复制中文给负责人")) }
                { button(DISPUTE, "owner:en", say(locale, "Copy for the owner in English", "复制英文给负责人")) }
            </p>
        </section>
    }
}

/// How it goes on, and how it ended.
fn ending(model: &Model, form: &Form<'_>, case: &Case<'_>, is_closed: bool) -> Html {
    let locale = model.locale;
    let state = state_of(&case.dispute);
    let turn = |to: DisputeState, text: &str| {
        let action = format!("state:{}", to.name());
        if to == state {
            html! {}
        } else {
            button(DISPUTE, &action, text)
        }
    };
    html! {
        <section class="part at-hand" aria-labelledby="ending">
            <h2 id="ending">{ say(locale, "How it ends", "处理结果") }</h2>
            if is_closed {
                { for recovered(locale, &case.dispute).map(|text| html! { <p>{ text }</p> }) }
                <p>{ case.dispute.resolution.as_deref().unwrap_or_default().to_owned() }</p>
                <p class="actions">{ button(DISPUTE, "reopen", say(locale, "Open it again", "重新发起")) }</p>
            } else {
                <p class="actions">
                    { turn(DisputeState::Platform, say(locale, "A platform case is open", "平台已介入")) }
                    { turn(DisputeState::Agreed, say(locale, "We agreed, and wait for it", "已达成一致，等待履行")) }
                </p>
                <div class="cells">
                    { form.text("refundedCny", say(locale, "Refunded", "已退款"), "CNY") }
                    { form.text("replacedUnits", say(locale, "Replaced", "已补发"), say(locale, "units", "件")) }
                    { form.input("resolution", say(locale, "How it ended", "处理结果"), "", "wide") }
                </div>
                <p class="actions">
                    <button type="button" class="primary" name={DISPUTE} value="state:closed">{ say(locale, "Close the dispute", "结案") }</button>
                </p>
            }
        </section>
    }
}
