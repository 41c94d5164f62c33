//! What is due by when, over all orders: the soonest loss first, with what is lost, and as a calendar.
//!
//! What the clocks run on is gathered once per change of the records; what is left of them is computed
//! when it is shown, and shown anew each minute.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::NaiveDateTime;
use landfall::check::{by_name, parse_instant};
use landfall::receiving::{
    Clock, ClockState, Deadline, DeadlinesRequest, Shipment, Variance, deadlines,
};
use landfall_words as words;
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{
    Dispute, Instant, Lot, Order, Receipt, ReceivingResult, Row, Stage,
};
use landfall_workspace::workspace::Table;
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::form::button;
use crate::model::{Effect, Model};
use crate::orders::paid;
use crate::route::Route;
use crate::say::say;
use crate::time::{CHINA, wall};

/// How many clocks are shown before the others are folded, and how many that are done.
const SHOWN: usize = 30;

/// What the buttons of this part begin with.
const CLOCKS: &str = "receiving.clocks";

/// What the clocks run on. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// What isn't done with.
    open: Rc<[Watched]>,
    /// The clocks that were stopped, the last one first, with what they are of.
    done: Rc<[(Deadline, Watched)]>,
    /// What this was made of: receipts, disputes and orders.
    tables: [Rc<Table>; 3],
    /// Whether the page comes back after a minute.
    pub is_waiting: bool,
}

/// A shipment, and the records that it was made of.
#[derive(Clone, Debug)]
struct Watched {
    shipment: Shipment,
    supplier: Rc<str>,
    order: Rc<str>,
    receipt: Option<Rc<str>>,
    dispute: Option<Rc<str>>,
}

#[cfg(test)]
impl Watch {
    /// What was gathered last.
    pub fn gathered(&self) -> &[impl Sized] {
        &self.open
    }
}

impl Watched {
    /// Where its clock is worked on.
    fn place(&self, clock: Clock) -> String {
        let dispute = self.dispute.as_deref().filter(|_| match clock {
            Clock::Dispute | Clock::ContactSupplier => true,
            Clock::AutoConfirm | Clock::AgentReturn | Clock::Storage | Clock::LogVariance => false,
        });
        match dispute
            .or(self.receipt.as_deref())
            .or(self.dispute.as_deref())
        {
            Some(id) => Route::Receiving.at(id),
            None => Route::Orders.at(&self.order),
        }
    }

    /// What its clock is called in a calendar, whatever becomes of its end.
    fn uid(&self, clock: Clock) -> String {
        let records = [self.receipt.as_deref(), self.dispute.as_deref()];
        let record = records.into_iter().flatten().next();
        let record = record.unwrap_or(&self.order);
        format!("{}-{record}@landfall", clock.name())
    }
}

/// The number of an order: the buyer's, or the platform's; empty where it has none.
pub fn number_of(order: Option<&Order>) -> &str {
    order.and_then(Order::called).unwrap_or_default()
}

fn at(instant: Option<&Instant>) -> Option<NaiveDateTime> {
    parse_instant(&instant?.0)
}

/// What is wrong with what arrived, as far as it was counted and judged.
pub fn variances_of(receipt: &Receipt) -> Vec<Variance> {
    let fewer = |ordered: Option<Decimal>, counted: Option<Decimal>| matches!((ordered, counted), (Some(ordered), Some(counted)) if counted < ordered);
    let cartons = [receipt.cartons_ordered, receipt.cartons_counted];
    let [ordered, counted] = cartons.map(|cartons| cartons.map(Decimal::from));
    let is_short = fewer(ordered, counted)
        || receipt
            .lots
            .iter()
            .any(|lot| fewer(lot.ordered.map(|of| of.0), lot.received.map(|of| of.0)));
    let is_defective = receipt.lots.iter().any(|lot| lot.passed == Some(false));
    let is_other = |lot: &Lot| {
        let differs = lot.notes.as_deref().unwrap_or_default();
        !differs.trim().is_empty()
    };
    let found = [
        is_short.then_some(Variance::ShortShipment),
        receipt
            .lots
            .iter()
            .any(is_other)
            .then_some(Variance::WrongSpecification),
        is_defective.then_some(Variance::Defects),
    ];
    found.into_iter().flatten().collect()
}

/// What a dispute is about, by the names in its reason.
pub fn reasons_of(dispute: &Dispute) -> Vec<Variance> {
    let names = dispute.reason.split(',').map(str::trim);
    names.filter_map(by_name).collect()
}

/// The shipment of an order that nothing was received of yet.
fn on_its_way(id: &str, order: &Order) -> Option<Watched> {
    let is_in_china = match order.stage {
        Some(Stage::Placed | Stage::Paid | Stage::Dispatched | Stage::InWarehouse) | None => true,
        Some(Stage::Shipped | Stage::Delivered) => false,
        Some(Stage::Closed) => return None,
    };
    let shipment = Shipment {
        order: number_of(Some(order)).to_owned(),
        paid_cny: paid(order),
        dispatched_at: at(order.dispatched_at.as_ref()),
        signed_at: at(order.signed_at.as_ref()),
        // What left the warehouse is neither stored there nor given back.
        in_warehouse_at: at(order.in_warehouse_at.as_ref()).filter(|_| is_in_china),
        ..Shipment::default()
    };
    let instants = [
        shipment.dispatched_at,
        shipment.signed_at,
        shipment.in_warehouse_at,
    ];
    instants.iter().any(Option::is_some).then(|| Watched {
        shipment,
        supplier: order.supplier_name.clone(),
        order: id.into(),
        receipt: None,
        dispute: None,
    })
}

/// The shipment of a receipt. What is only noted with the order counts for its first receipt.
fn received(
    id: &str,
    receipt: &Receipt,
    order: Option<&Order>,
    is_first: bool,
    disputes: &[(&str, &Dispute)],
) -> Watched {
    let noted = order.filter(|_| is_first);
    let noted = |of: fn(&Order) -> Option<&Instant>| at(noted.and_then(of));
    let mut variances = variances_of(receipt);
    for reason in disputes.iter().flat_map(|(_, dispute)| reasons_of(dispute)) {
        if !variances.contains(&reason) {
            variances.push(reason);
        }
    }
    let opened = disputes
        .iter()
        .filter_map(|(_, of)| at(Some(&of.opened_at)));
    let closed = disputes.iter().map(|(_, of)| at(of.closed_at.as_ref()));
    let is_accepted = receipt.result == Some(ReceivingResult::Accept);
    let open = disputes.iter().find(|(_, of)| of.closed_at.is_none());
    Watched {
        shipment: Shipment {
            order: number_of(order).to_owned(),
            paid_cny: order.and_then(paid),
            dispatched_at: at(receipt.dispatched_at.as_ref())
                .or_else(|| noted(|order| order.dispatched_at.as_ref())),
            signed_at: at(receipt.signed_at.as_ref())
                .or_else(|| noted(|order| order.signed_at.as_ref())),
            in_warehouse_at: at(receipt.in_warehouse_at.as_ref())
                .or_else(|| noted(|order| order.in_warehouse_at.as_ref())),
            arrived_at: at(Some(&receipt.arrived_at)),
            is_unclaimed: receipt.is_unclaimed,
            is_unchecked: receipt.finished_at.is_none(),
            variances,
            variance_logged_at: at(receipt.variance_logged_at.as_ref()),
            supplier_contacted_at: at(receipt.supplier_contacted_at.as_ref()),
            disputed_at: opened.min(),
            returned_at: at(receipt.returned_at.as_ref()),
            left_warehouse_at: at(receipt.left_warehouse_at.as_ref()),
            payment_released_at: at(receipt.payment_released_at.as_ref()),
            closed_at: match disputes {
                [] => at(receipt.finished_at.as_ref()).filter(|_| is_accepted),
                [..] => closed
                    .collect::<Option<Vec<_>>>()
                    .and_then(|all| all.into_iter().max()),
            },
        },
        supplier: order.map_or_else(|| "".into(), |order| order.supplier_name.clone()),
        order: receipt.order_id.clone(),
        receipt: Some(id.into()),
        dispute: open.or(disputes.last()).map(|(id, _)| (*id).into()),
    }
}

/// The shipment of a dispute without a receipt.
fn disputed(id: &str, dispute: &Dispute, order: Option<&Order>) -> Watched {
    Watched {
        shipment: Shipment {
            order: number_of(order).to_owned(),
            paid_cny: order.and_then(paid),
            variances: reasons_of(dispute),
            disputed_at: at(Some(&dispute.opened_at)),
            closed_at: at(dispute.closed_at.as_ref()),
            ..Shipment::default()
        },
        supplier: order.map_or_else(|| "".into(), |order| order.supplier_name.clone()),
        order: dispute.order_id.clone(),
        receipt: None,
        dispute: Some(id.into()),
    }
}

/// Everything that has clocks, of receipts, disputes and orders.
fn watched([receipts, disputes, orders]: &[Rc<Table>; 3]) -> Vec<Watched> {
    let order = |id: &str| orders.get(id).and_then(|entry| entry.as_row::<Order>());
    let mut about: BTreeMap<&str, Vec<(&str, &Dispute)>> = BTreeMap::new();
    let mut all = Vec::new();
    for entry in disputes.iter() {
        let id = entry.record().key().id();
        let Some(dispute) = entry.as_row::<Dispute>() else {
            continue;
        };
        let receipt = dispute.receipt_id.as_deref().filter(|id| {
            let receipt = receipts.get(id);
            receipt.is_some_and(|entry| entry.as_row::<Receipt>().is_some())
        });
        match receipt {
            Some(receipt) => about.entry(receipt).or_default().push((id, dispute)),
            None => all.push(disputed(id, dispute, order(&dispute.order_id))),
        }
    }
    let mut arrived: Vec<(&str, &Receipt)> = receipts
        .iter()
        .filter_map(|entry| Some((entry.record().key().id(), entry.as_row::<Receipt>()?)))
        .collect();
    arrived.sort_by_key(|(_, receipt)| &receipt.arrived_at);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (id, receipt) in arrived {
        let is_first = seen.insert(&receipt.order_id);
        let disputes = about.get(id).map(Vec::as_slice).unwrap_or_default();
        all.push(received(
            id,
            receipt,
            order(&receipt.order_id),
            is_first,
            disputes,
        ));
    }
    let rest = orders.iter().filter_map(|entry| {
        let id = entry.record().key().id();
        if seen.contains(id) {
            return None;
        }
        on_its_way(id, entry.as_row::<Order>()?)
    });
    all.extend(rest);
    all
}

/// A finding that came late, or still waits although it should be there.
#[derive(Clone, Debug)]
pub struct LateFinding {
    /// The order.
    pub order: Rc<str>,
    /// The receipt.
    pub receipt: Rc<str>,
    /// What was to be done.
    pub clock: Clock,
    /// By how many seconds it was late.
    pub seconds: u64,
}

impl Model {
    /// The findings of these orders' receipts that came late: a variance logged, or a supplier told, after its clock
    /// had run out.
    pub(crate) fn late_findings(&self, orders: &BTreeSet<Rc<str>>) -> Vec<LateFinding> {
        let disputes: Vec<(&str, &Dispute)> = self
            .workspace
            .list(Kind::Dispute)
            .filter_map(|entry| Some((entry.record().key().id(), entry.as_row()?)))
            .collect();
        let receipts = self.workspace.list(Kind::Receipt).filter_map(|entry| {
            let receipt = entry.as_row::<Receipt>()?;
            let id = entry.record().key().id();
            let is_about = |of: &&(&str, &Dispute)| of.1.receipt_id.as_deref() == Some(id);
            let about: Vec<(&str, &Dispute)> = disputes.iter().filter(is_about).copied().collect();
            let is_asked = orders.contains(&receipt.order_id);
            is_asked.then(|| received(id, receipt, None, false, &about))
        });
        let watched: Vec<Watched> = receipts.collect();
        let now = parse_instant(&self.moment.at).unwrap_or_default();
        let late = self.clocks_of(&watched).into_iter().filter_map(|clock| {
            let is_finding = matches!(clock.clock, Clock::LogVariance | Clock::ContactSupplier);
            let of = watched.get(clock.shipment).filter(|_| is_finding)?;
            let ended = match clock.state {
                ClockState::Done => clock.done_at?,
                ClockState::Overdue => now,
                ClockState::Running => return None,
            };
            let seconds = ended.signed_duration_since(clock.due_at?).num_seconds();
            Some(LateFinding {
                order: of.order.clone(),
                receipt: of.receipt.clone()?,
                clock: clock.clock,
                seconds: u64::try_from(seconds).ok().filter(|seconds| *seconds > 0)?,
            })
        });
        late.collect()
    }

    /// While clocks are shown, they follow the records.
    pub(crate) fn follow_clocks(&mut self) {
        // Orders that aren't indexed yet would be read here all at once.
        if !self.shows_clocks() || self.log.is_behind() {
            return;
        }
        let tables =
            [Kind::Receipt, Kind::Dispute, Kind::Order].map(|kind| self.workspace.table(kind));
        if tables == self.watch.tables {
            return;
        }
        let all = watched(&tables);
        let clocks = self.clocks_of(&all);
        let running = clocks
            .iter()
            .filter(|clock| clock.state != ClockState::Done);
        let open: BTreeSet<usize> = running.map(|clock| clock.shipment).collect();
        let done = clocks
            .iter()
            .filter(|clock| clock.state == ClockState::Done);
        let done = done.filter_map(|clock| Some((clock.clone(), all.get(clock.shipment)?.clone())));
        self.watch.done = done.take(SHOWN).collect();
        let open = all
            .into_iter()
            .enumerate()
            .filter(|(index, _)| open.contains(index));
        self.watch.open = open.map(|(_, watched)| watched).collect();
        self.watch.tables = tables;
    }

    fn shows_clocks(&self) -> bool {
        self.route == Route::Receiving && self.place.is_empty() && self.storage.is_loaded
    }

    /// Comes back after a minute, as long as clocks are shown.
    pub(crate) fn watch_minutes(&mut self) -> Option<Effect> {
        if !self.shows_clocks() || self.watch.is_waiting {
            return None;
        }
        self.watch.is_waiting = true;
        Some(Effect::Minute)
    }

    /// The clocks of shipments as they stand now.
    fn clocks_of(&self, watched: &[Watched]) -> Vec<Deadline> {
        let request = DeadlinesRequest {
            policy: self.policy().into_owned(),
            now: parse_instant(&self.moment.at).unwrap_or_default(),
            shipments: watched.iter().map(|of| of.shipment.clone()).collect(),
        };
        deadlines(&request).clocks
    }

    /// The clocks that aren't done, the soonest loss first, with what they are of.
    fn open_clocks(&self) -> Vec<(Deadline, &Watched)> {
        let open = &self.watch.open;
        let clocks = self.clocks_of(open).into_iter();
        let running = clocks.filter(|clock| clock.state != ClockState::Done);
        running
            .filter_map(|clock| {
                let watched = open.get(clock.shipment)?;
                Some((clock, watched))
            })
            .collect()
    }

    /// A button of the clocks was pressed: `calendar`, `done:storage:<id of the receipt>`, or `undo:…`.
    pub(crate) fn pressed_clocks(&mut self, action: &str) -> Vec<Effect> {
        if action == "calendar" {
            let clocks = self.open_clocks().into_iter();
            let named = clocks.map(|(clock, watched)| (watched.uid(clock.clock), clock));
            let named: Vec<(String, Deadline)> = named.collect();
            let now = parse_instant(&self.moment.at).unwrap_or_default();
            let text = words::calendar(self.locale, now, &named);
            return vec![Effect::Download("landfall deadlines.ics".to_owned(), text)];
        }
        let mut parts = action.splitn(3, ':');
        if let (Some(act), Some(clock), Some(id)) = (parts.next(), parts.next(), parts.next())
            && let Some(clock) = by_name(clock)
        {
            self.stop_clock(clock, id, act == "done");
        }
        Vec::new()
    }

    /// Notes with a receipt that what a clock is about was done now, or takes that back.
    fn stop_clock(&mut self, clock: Clock, id: &str, is_done: bool) {
        let key = Key::new(Kind::Receipt, id);
        let entry = key.and_then(|key| self.workspace.get(&key).cloned());
        let Some((entry, receipt)) = entry
            .as_ref()
            .and_then(|of| Some((of, of.as_row::<Receipt>()?)))
        else {
            return;
        };
        let mut receipt = receipt.clone();
        let Some(field) = stopped_by(clock, &mut receipt) else {
            return;
        };
        *field = is_done.then(|| Instant(self.moment.at.clone()));
        let record = entry.record();
        let data = record.data().cloned().unwrap_or_default();
        self.put(record.key(), Some(&Row::from(receipt).patched(&data)));
    }
}

/// The field of a receipt that stops a clock; `None` where a dispute or the whole procedure does.
fn stopped_by(clock: Clock, receipt: &mut Receipt) -> Option<&mut Option<Instant>> {
    match clock {
        Clock::AutoConfirm => Some(&mut receipt.payment_released_at),
        Clock::Storage => Some(&mut receipt.left_warehouse_at),
        Clock::LogVariance => Some(&mut receipt.variance_logged_at),
        Clock::ContactSupplier => Some(&mut receipt.supplier_contacted_at),
        Clock::AgentReturn => Some(&mut receipt.returned_at),
        Clock::Dispute => None,
    }
}

/// What the button that stops a clock says.
fn stopping(model: &Model, clock: Clock) -> Option<&'static str> {
    let locale = model.locale;
    match clock {
        Clock::AutoConfirm => Some(say(locale, "The money was paid out", "货款已放出")),
        Clock::Storage => Some(say(locale, "The goods left the warehouse", "已提货出库")),
        Clock::LogVariance => Some(say(locale, "It is logged", "已登记")),
        Clock::ContactSupplier => Some(say(locale, "The supplier was told", "已联系供应商")),
        Clock::AgentReturn => Some(say(locale, "The goods went back", "已退货")),
        Clock::Dispute => None,
    }
}

/// The clocks of all orders.
pub fn clocks(model: &Model) -> Html {
    let locale = model.locale;
    let open = model.open_clocks();
    let shown: Vec<Html> = open
        .iter()
        .map(|(clock, of)| running(model, clock, of))
        .collect();
    let (first, rest) = shown.split_at(shown.len().min(SHOWN));
    let has_ends = open
        .iter()
        .any(|(clock, _)| clock.state == ClockState::Running && clock.due_at.is_some());
    let done = &model.watch.done;
    html! {
        <section class="part at-hand" aria-labelledby="clocks">
            <h2 id="clocks">{ say(locale, "What is due", "待办期限") }</h2>
            if open.is_empty() {
                <p class="quiet">{ say(locale,
                    "Nothing is due. Clocks start when an order is sent, signed for or stored, and when something is wrong with what arrived.",
                    "暂无待办。订单发货、签收、入仓，或到货有问题时开始计时。") }</p>
            } else {
                <ol class="due">{ for first.iter().cloned() }</ol>
            }
            if !rest.is_empty() {
                <details class="fold">
                    <summary>{ match locale {
                        words::Locale::En => format!("{} later ones", rest.len()),
                        words::Locale::Zh => format!("之后还有 {} 项", rest.len()),
                    } }</summary>
                    <ol class="due">{ for rest.iter().cloned() }</ol>
                </details>
            }
            if has_ends {
                <p class="actions">{ button(CLOCKS, "calendar", say(locale, "Export to a calendar", "导出到日历")) }</p>
            }
            if !done.is_empty() {
                <details class="fold">
                    <summary>{ say(locale, "Done", "已完成") }</summary>
                    <ul class="due">{ for done.iter().map(|(clock, of)| stopped(model, clock, of)) }</ul>
                </details>
            }
        </section>
    }
}

/// What a clock is about and whose it is, with the way there.
fn subject(model: &Model, clock: &Deadline, of: &Watched) -> Html {
    let locale = model.locale;
    let order = match &*clock.order {
        "" => say(locale, "An order without a number", "未编号采购单").to_owned(),
        number => words::purchase_order(locale, number),
    };
    html! {
        <h3>
            <a href={of.place(clock.clock)}>{ words::clock(locale, clock.clock) }</a>{ " " }
            <span class="quiet">{ order }if !of.supplier.is_empty() { { " · " }{ &*of.supplier } }</span>
        </h3>
    }
}

/// An instant by the reader's clock, and by China's where that shows another time.
fn both_times(model: &Model, at: NaiveDateTime) -> String {
    let offset = model.offset_at(at);
    let here = wall(at, offset);
    if offset == CHINA {
        return here;
    }
    let china = wall(at, CHINA);
    // Of the same day the time is enough.
    let is_same_day = here.get(..10) == china.get(..10);
    let china = china.get(11..).filter(|_| is_same_day).unwrap_or(&china);
    match model.locale {
        words::Locale::En => format!("{here} ({china} in China)"),
        words::Locale::Zh => format!("{here}（中国时间 {china}）"),
    }
}

/// A clock that isn't done.
fn running(model: &Model, clock: &Deadline, of: &Watched) -> Html {
    let locale = model.locale;
    let is_soon = clock.left_seconds.is_none_or(|left| left < 24 * 3_600);
    let class = match clock.state {
        ClockState::Overdue => "stop",
        ClockState::Running if is_soon => "wait",
        ClockState::Running | ClockState::Done => "go",
    };
    let left = match (clock.state, clock.left_seconds) {
        (ClockState::Overdue, Some(left)) => {
            let (word, left) = (
                words::clock_state(locale, clock.state),
                words::time_left(locale, left),
            );
            match locale {
                words::Locale::En => format!("{word}, {left}"),
                words::Locale::Zh => format!("{word}，{left}"),
            }
        }
        (_, Some(left)) => words::time_left(locale, left),
        (_, None) => say(locale, "Open until it is closed", "结案前一直有效").to_owned(),
    };
    let receipt = of.receipt.as_deref();
    let stop = receipt.and_then(|id| Some((id, stopping(model, clock.clock)?)));
    html! {
        <li class={classes!("clock", class)}>
            <p class={classes!("standing", class)}>{ left }</p>
            { subject(model, clock, of) }
            <p>{ words::clock_task(locale, clock.clock) }</p>
            <p>{ words::loss(locale, &clock.loss) }</p>
            { for clock.auto_confirm.map(|by| html! { <p class="quiet">{ words::auto_confirm(locale, by) }</p> }) }
            { for clock.due_if_signed_now.map(|at| html! { <p class="quiet">{ words::confirmed_if_signed(locale, &both_times(model, at)) }</p> }) }
            { for clock.due_at.map(|at| html! { <p>{ say(locale, "By ", "截止：") }<time datetime={format!("{at:?}Z")}>{ both_times(model, at) }</time></p> }) }
            if clock.holds_payment { <p class="held">{ words::payment_held(locale) }</p> }
            { for stop.map(|(id, text)| html! {
                <p class="actions">
                    { button(CLOCKS, &format!("done:{}:{id}", clock.clock.name()), text) }
                    if clock.clock == Clock::ContactSupplier && of.dispute.is_none() {
                        { button(&format!("receiving.dispute.{id}"), "open", say(locale, "Open a dispute", "发起纠纷")) }
                    }
                </p>
            }) }
        </li>
    }
}

/// A clock that was stopped.
fn stopped(model: &Model, clock: &Deadline, of: &Watched) -> Html {
    let locale = model.locale;
    let by_field = of.receipt.as_deref().filter(|_| {
        let shipment = &of.shipment;
        let field = match clock.clock {
            Clock::AutoConfirm => shipment.payment_released_at,
            Clock::Storage => shipment.left_warehouse_at,
            Clock::LogVariance => shipment.variance_logged_at,
            Clock::ContactSupplier => shipment.supplier_contacted_at,
            Clock::AgentReturn => shipment.returned_at,
            Clock::Dispute => None,
        };
        field.is_some() && field == clock.done_at
    });
    html! {
        <li class="clock">
            { subject(model, clock, of) }
            { for clock.done_at.map(|at| html! { <p class="quiet">{ words::clock_state(locale, clock.state) }{ " · " }{ both_times(model, at) }</p> }) }
            { for by_field.map(|id| html! {
                <p class="actions">{ button(CLOCKS, &format!("undo:{}:{id}", clock.clock.name()), say(locale, "Take back", "撤回")) }</p>
            }) }
        </li>
    }
}
