//! The first step: cartons against the order, units of each article, and when all of it arrived.

use std::rc::Rc;

use landfall::check::parse_instant;
use landfall::json::Json;
use landfall_words::Locale;
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Amount, Instant, Lot, Order, Receipt, ReceivingStep, Row};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::{Shown, count_at, counter, lot_path};
use crate::form::{Form, button};
use crate::inquiry::instant_of;
use crate::model::{Effect, Model};
use crate::say::say;
use crate::supplier::push;
use crate::time::{CHINA, shown_instant};
use crate::tree::{self, Tree};

/// The instants of a receipt that are typed: their names.
const INSTANTS: [&str; 4] = ["arrivedAt", "dispatchedAt", "signedAt", "inWarehouseAt"];

/// Minutes ahead of UTC as they are stored: `+08:00`.
fn zone_of(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs();
    let (hours, rest) = (minutes / 60, minutes % 60);
    format!("{sign}{hours:02}:{rest:02}")
}

/// The minutes ahead of UTC of a stored zone.
fn offset_of(zone: &str) -> Option<i32> {
    let (sign, rest) = match zone.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, zone.strip_prefix('+')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let minutes = hours
        .parse::<i32>()
        .ok()?
        .checked_mul(60)?
        .checked_add(minutes.parse().ok()?)?;
    (minutes <= 16 * 60).then(|| minutes.saturating_mul(sign))
}

impl Model {
    /// The reader's zone when a delivery arrived.
    fn zone_here(&self, receipt: &Receipt) -> String {
        let arrived = parse_instant(&receipt.arrived_at.0);
        zone_of(arrived.map_or(self.offset, |at| self.offset_at(at)))
    }

    /// The minutes ahead of UTC by which the times of a receipt are typed; `None` is the reader's own clock, which
    /// may have been set otherwise on another day.
    fn offset_in(&self, receipt: &Receipt) -> Option<i32> {
        let zone = receipt.zone.as_deref()?;
        (*zone != *self.zone_here(receipt)).then(|| offset_of(zone))?
    }

    /// A time of a receipt, by the clock that its times are typed by.
    pub(super) fn shown_in(&self, receipt: &Receipt, at: &Instant) -> String {
        match self.offset_in(receipt) {
            Some(offset) => shown_instant(&at.0, offset),
            None => self.shown_instant(&at.0),
        }
    }

    /// When something happened is typed, by the clock of the receipt's zone.
    pub(super) fn type_instant(&mut self, field: &str, text: &str) -> Vec<Effect> {
        let Some((_, receipt)) = self.receipt().filter(|_| INSTANTS.contains(&field)) else {
            return Vec::new();
        };
        let at = match self.offset_in(&receipt) {
            Some(offset) => instant_of(text, offset),
            None => self.typed_instant(text),
        };
        let at = at.map(tree::text);
        // What isn't a whole time yet isn't one, and a receipt always has its arrival.
        if at.is_none() && (!text.is_empty() || field == "arrivedAt") {
            return Vec::new();
        }
        self.tap(|typed| tree::set(typed, field, at))
    }

    /// What is still due of an order, by article: its units without those that earlier receipts had.
    fn due(&self, id: &str, order: &Order) -> Vec<Tree> {
        let receipts = self.workspace.table(Kind::Receipt);
        let receipts = receipts.iter().filter_map(|entry| match entry.row() {
            Some(Row::Receipt(receipt)) if *receipt.order_id == *id => Some(receipt),
            Some(_) | None => None,
        });
        let arrived: Vec<&Lot> = receipts.flat_map(|receipt| &receipt.lots).collect();
        let mut due: Vec<(Rc<str>, Option<Rc<str>>, Decimal)> = Vec::new();
        for (number, line) in (1..).zip(&order.lines) {
            let own = line.sku_id.as_deref().and_then(|id| self.code_of(id));
            let code = own.or(line.item_code.clone()).or(line.title.clone());
            let code = code.filter(|code| !code.trim().is_empty());
            let code = code.unwrap_or_else(|| format!("{number}").into());
            match due.iter_mut().find(|(other, ..)| *other == code) {
                Some((_, _, units)) => {
                    *units = units.checked_add(line.quantity.0).unwrap_or(*units);
                }
                None => due.push((code, line.sku_id.clone(), line.quantity.0)),
            }
        }
        for lot in arrived {
            let received = lot.received.unwrap_or_default().0;
            if let Some((_, _, units)) = due.iter_mut().find(|(code, ..)| **code == *lot.sku) {
                let rest = units.checked_sub(received).unwrap_or_default();
                *units = rest.max(Decimal::ZERO);
            }
        }
        let lots = due.into_iter().map(|(code, sku_id, units)| {
            let mut lot = tree::object([
                ("sku", tree::text(&*code)),
                ("ordered", tree::text(units.normalize().to_string())),
            ]);
            tree::set(&mut lot, "skuId", sku_id.map(|id| tree::text(&*id)));
            lot
        });
        lots.collect()
    }

    /// The buyer's own code of an article.
    fn code_of(&self, id: &str) -> Option<Rc<str>> {
        let entry = self.workspace.get(&Key::new(Kind::Sku, id)?)?;
        match entry.row() {
            Some(Row::Sku(sku)) => Some(sku.sku.clone()),
            Some(_) | None => None,
        }
    }

    /// Begins to receive an order, or a parcel whose order isn't known.
    pub(super) fn receive(&mut self, id: &str) -> Vec<Effect> {
        let order = self.logged(id).map(|(_, order)| order.clone());
        if order.is_none() && !id.is_empty() {
            return Vec::new();
        }
        let mut data = tree::object([
            ("orderId", tree::text(id)),
            ("arrivedAt", tree::text(&*self.moment.at)),
            ("zone", tree::text(zone_of(self.offset))),
            ("step", tree::text(ReceivingStep::Cartons.name())),
        ]);
        match &order {
            Some(order) => {
                let lots = Json::List(self.due(id, order));
                tree::set(&mut data, "lots", Some(lots));
            }
            None => tree::set(&mut data, "unclaimed", Some(Json::Boolean(true))),
        }
        self.run.scanned = None;
        self.begin_on_receiving(Kind::Receipt, data)
    }

    /// A parcel turns out to be of this order: what was counted stays, what is due of it comes beside.
    pub(super) fn claim(&mut self, id: &str) -> Vec<Effect> {
        let Some(order) = self.logged(id).map(|(_, order)| order.clone()) else {
            return Vec::new();
        };
        let due = self.due(id, &order);
        self.run.scanned = None;
        self.tap(|typed| {
            let mut lots = lots_in(typed);
            for lot in due {
                let sku = tree::text_at(&lot, "sku").to_owned();
                let mut known = lots.iter_mut();
                match known.find(|other| tree::text_at(other, "sku") == sku) {
                    Some(known) => {
                        for field in ["ordered", "skuId"] {
                            let value = tree::get(&lot, field).cloned();
                            tree::set(known, field, value);
                        }
                    }
                    None => lots.push(lot),
                }
            }
            tree::set(typed, "lots", Some(Json::List(lots)));
            tree::set(typed, "orderId", Some(tree::text(id)));
            tree::set(typed, "unclaimed", None);
        })
    }

    /// An article arrived that the order doesn't have.
    pub(super) fn add_article(&mut self, code: &str) -> Vec<Effect> {
        let Some((_, receipt)) = self.receipt() else {
            return Vec::new();
        };
        let is_known = |lot: &Lot| lot.sku.to_lowercase() == code.to_lowercase();
        let at = receipt.lots.iter().position(is_known);
        let last = receipt.lots.len();
        let chosen = u32::try_from(at.unwrap_or(last)).unwrap_or(u32::MAX);
        self.tap(|typed| {
            if at.is_none() {
                let lot = tree::object([("sku", tree::text(code))]);
                push(typed, "lots", lot);
            }
            tree::set(typed, "article", Some(super::count(chosen)));
        })
    }

    /// A field of the record on the desk is typed into; what follows from counts follows at once.
    pub(crate) fn typed_in_receipt(&mut self, field: &str, text: &str) -> Vec<Effect> {
        let effects = self.typed_on_desk(field, text);
        match self.recount() {
            again if again.is_empty() => effects,
            again => again,
        }
    }
}

/// The articles of a receipt as typed.
fn lots_in(typed: &Tree) -> Vec<Tree> {
    match tree::get(typed, "lots") {
        Some(Json::List(lots)) => lots.clone(),
        Some(_) | None => Vec::new(),
    }
}

/// Where an article is in one carton or more, and the whole delivery is that article, its cartons are those counted.
pub(super) fn cartons_of(receipt: &Receipt, lot: &Lot) -> Option<u32> {
    let is_alone = receipt.lots.len() == 1;
    lot.cartons.or(receipt.cartons_counted.filter(|_| is_alone))
}

/// What a count differs by, in words; nothing where it doesn't, or isn't known.
fn difference(locale: Locale, counted: Option<Decimal>, ordered: Option<Decimal>) -> Html {
    let (Some(counted), Some(ordered)) = (counted, ordered) else {
        return html! {};
    };
    let by = counted.checked_sub(ordered).unwrap_or_default();
    let units = by.abs().normalize();
    let (class, text) = match (by.is_zero(), by.is_sign_negative(), locale) {
        (true, _, Locale::En) => ("standing go", "all there".to_owned()),
        (true, _, Locale::Zh) => ("standing go", "数量相符".to_owned()),
        (false, true, Locale::En) => ("standing stop", format!("{units} short")),
        (false, true, Locale::Zh) => ("standing stop", format!("少 {units}")),
        (false, false, Locale::En) => ("standing wait", format!("{units} too many")),
        (false, false, Locale::Zh) => ("standing wait", format!("多 {units}")),
    };
    html! { <span {class}>{ text }</span> }
}

/// The step.
pub(super) fn cartons(shown: &Shown<'_>, form: &Form<'_>) -> Html {
    let (locale, receipt) = (shown.locale, &shown.receipt);
    let of = |count: Option<u32>| count.map(Decimal::from);
    html! {
        <>
            <section class="part" aria-labelledby="cartons">
                <h3 id="cartons">{ say(locale, "Cartons", "箱数") }{ " " }{ difference(locale, of(receipt.cartons_counted), of(receipt.cartons_ordered)) }</h3>
                { counter(form, "cartonsCounted", say(locale, "Cartons counted", "实点箱数")) }
                <div class="cells">{ form.text("cartonsOrdered", say(locale, "Cartons by the packing list", "装箱单箱数"), "") }</div>
                <p class="quiet">{ say(locale, "Count before you sign. Photograph each carton, first of all damaged ones.",
                    "先点箱再签收。逐箱拍照，破损箱优先。") }</p>
                { super::super::photos::photos(shown.model, shown.desk, Some("carton")) }
            </section>
            { arrival(shown) }
            <section class="part" aria-labelledby="units">
                <h3 id="units">{ say(locale, "Units of each article", "各商品件数") }</h3>
                if receipt.lots.is_empty() {
                    <p class="quiet">{ say(locale, "No article yet: add what is in the parcel, or scan the PO once it is known.",
                        "还没有商品：请添加包裹内的商品，或在查到采购单后扫描单号。") }</p>
                }
                <ul class="lots">
                    { for receipt.lots.iter().enumerate().map(|(at, lot)| units(shown, form, at, lot)) }
                </ul>
                <div class="field scan">
                    <label for="receiving.run.add">{ say(locale, "Something else arrived: its code, then Enter", "到了其他商品：输入编码后按回车") }</label>
                    <div class="box"><input id="receiving.run.add" name="receiving.run.add" data-scan="" autocomplete="off" spellcheck="false" enterkeyhint="done" /></div>
                </div>
            </section>
        </>
    }
}

fn units(shown: &Shown<'_>, form: &Form<'_>, at: usize, lot: &Lot) -> Html {
    let locale = shown.locale;
    let path = format!("receiving.run.{}", lot_path(at, ""));
    let ordered = lot.ordered.map(|units| units.0);
    let received = lot.received.map(|units| units.0);
    let is_current = (shown.article() == at).then_some("true");
    let is_only = shown.receipt.lots.len() == 1;
    html! {
        <li key={at} aria-current={is_current}>
            <p class="lot-name"><b>{ &*lot.sku }</b>
                if let Some(goods) = shown.goods(&lot.sku) { <span class="quiet">{ goods.to_owned() }</span> }
                { difference(locale, received, ordered) }
            </p>
            { counter(form, &lot_path(at, "received"), &match (locale, ordered) {
                (Locale::En, Some(ordered)) => format!("Units, {} ordered", ordered.normalize()),
                (Locale::Zh, Some(ordered)) => format!("件数（订购 {}）", ordered.normalize()),
                (Locale::En, None) => "Units, not ordered".to_owned(),
                (Locale::Zh, None) => "件数（未订购）".to_owned(),
            }) }
            <div class="cells">
                { form.text(&lot_path(at, "cartons"), say(locale, "in so many cartons", "分装箱数"), "") }
                <p class="actions">
                    if ordered.is_some() && received != ordered { { button(&path, "all", say(locale, "All there", "全部到齐")) } }
                    if is_only && lot.cartons.is_none() && shown.receipt.cartons_counted.is_some() {
                        <span class="note">{ say(locale, "all cartons counted", "即全部箱数") }</span>
                    }
                    if ordered.is_none() { { button(&path, "remove", say(locale, "Remove", "删除")) } }
                </p>
            </div>
        </li>
    }
}

fn arrival(shown: &Shown<'_>) -> Html {
    let (locale, receipt) = (shown.locale, &shown.receipt);
    let here = shown.model.zone_here(receipt);
    let china = zone_of(CHINA);
    let zone = receipt.zone.as_deref().unwrap_or(&here);
    let mut zones = vec![(here.clone(), say(locale, "Here", "本地时间"))];
    if here != china {
        zones.push((china, say(locale, "China", "中国时间")));
    }
    if zones.iter().all(|(known, _)| known != zone) {
        zones.push((
            zone.to_owned(),
            say(locale, "As it was typed", "录入时所用"),
        ));
    }
    let field = |name: &'static str, label: &'static str, at: Option<&Instant>| {
        let value = at.map(|at| shown.model.shown_in(receipt, at).replace(' ', "T"));
        let path = format!("receiving.run.{name}");
        html! {
            <div class="field wide">
                <label for={path.clone()}>{ label }</label>
                <div class="box"><input id={path.clone()} name={path} type="datetime-local" value={value.unwrap_or_default()} /></div>
            </div>
        }
    };
    let at = |of: &'static str| match of {
        "dispatchedAt" => receipt.dispatched_at.as_ref(),
        "signedAt" => receipt.signed_at.as_ref(),
        _ => receipt.in_warehouse_at.as_ref(),
    };
    html! {
        <section class="part" aria-labelledby="arrival">
            <h3 id="arrival">{ say(locale, "Arrival", "到货时间") }</h3>
            <div class="cells">
                { field("arrivedAt", say(locale, "Arrived", "到货"), Some(&receipt.arrived_at)) }
                <div class="field wide">
                    <label for="receiving.run.zone">{ say(locale, "By the clock of", "所用时区") }</label>
                    <select id="receiving.run.zone" name="receiving.run.zone">
                        { for zones.into_iter().map(|(key, name)| {
                            let selected = key == zone;
                            html! { <option value={key.clone()} {selected}>{ format!("{name} (UTC{key})") }</option> }
                        }) }
                    </select>
                </div>
            </div>
            <details class="fold">
                <summary>{ say(locale, "When it was sent, signed for and stored: these start clocks", "发货、签收、入仓时间（决定各项期限）") }</summary>
                <div class="cells">
                    { field("dispatchedAt", say(locale, "Sent by the supplier", "供应商发货"), at("dispatchedAt")) }
                    { field("signedAt", say(locale, "Signed for", "签收"), at("signedAt")) }
                    { field("inWarehouseAt", say(locale, "In the forwarder’s warehouse", "货代入仓"), at("inWarehouseAt")) }
                </div>
                <label class="tick">
                    <input type="checkbox" name="receiving.run.unclaimed" checked={receipt.is_unclaimed} />
                    <span>{ say(locale, "Parcel without order information: the forwarder doesn’t know whose it is", "无订单信息的包裹：货代不知道货主") }</span>
                </label>
            </details>
        </section>
    }
}

impl Model {
    /// All units of an article that are due have arrived.
    pub(super) fn count_all(&mut self, at: usize) -> Vec<Effect> {
        let ordered = self.desk.as_ref().and_then(|desk| {
            let path = lot_path(at, "ordered");
            let amount = tree::get(&desk.read, &path)?;
            count_at(&desk.read, &path).map(|_| amount.clone())
        });
        let units = ordered.map(|ordered| {
            let amount = <Amount as landfall_workspace::rows::Field>::make(Some(&ordered));
            tree::text(amount.0.ceil().normalize().to_string())
        });
        match units {
            Some(units) => {
                self.tap(|typed| tree::set(typed, &lot_path(at, "received"), Some(units)))
            }
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_written_and_read() {
        for (offset, zone) in [
            (480, "+08:00"),
            (0, "+00:00"),
            (-210, "-03:30"),
            (345, "+05:45"),
        ] {
            assert_eq!(zone_of(offset), zone);
            assert_eq!(offset_of(zone), Some(offset));
        }
        for text in ["", "08:00", "+8", "+aa:00", "+99:00", "Z"] {
            assert_eq!(offset_of(text), None, "{text}");
        }
    }
}
