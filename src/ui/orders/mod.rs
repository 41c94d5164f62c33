//! Orders: the log of them, one that is to be placed with what the owner's rules say of it, and one of the log.

mod costed;
mod decide;
mod kept;
mod log;
mod past;
mod placing;
mod sheet;
mod verdict;
mod written;

pub use costed::{costed, mismatch_sentence};
pub use decide::{named as finding_name, outcome_name};
pub use log::{Entry as Logged, Log, paid};
pub use past::{Kept, KnownSupplier};
#[cfg(test)]
pub use placing::Obstacle;
pub use sheet::{has_order_sheet, order_sheet};
pub use verdict::{decided, stored_finding};

use std::rc::Rc;

use landfall::json::Json;
use landfall_words::Locale;
use landfall_workspace::rows::{Instant, Row, Stage};
use yew::prelude::*;

use crate::desk::PREFIX;
use crate::draft::rows;
use crate::edit::moved;
use crate::form::{button, named};
use crate::model::{Effect, Model};
use crate::route::Route;
use crate::say::say;
use crate::tree::{self, Tree};

/// What the fields and buttons of an order that is to be placed begin with, beside those of the desk.
pub const PLACING: &str = "placing";

/// The page of the orders, or of one of them.
pub fn orders_page(model: &Model) -> Html {
    html! { <>{ discarded(model) }{ shown(model) }</> }
}

/// What was deleted last, and how it comes back.
fn discarded(model: &Model) -> Html {
    let locale = model.locale;
    let Some(record) = &model.discarded else {
        return html! {};
    };
    let text = match model.logged(record.key().id()) {
        None => say(locale, "The draft is deleted. ", "草稿已删除。"),
        Some(_) => say(locale, "The changes are discarded. ", "修改已放弃。"),
    };
    html! {
        <p class="undo" role="status">{ text }
            { button(PLACING, "restore", say(locale, "Bring it back", "恢复")) }{ " " }
            { button(PLACING, "forget", say(locale, "Close", "知道了")) }
        </p>
    }
}

fn shown(model: &Model) -> Html {
    let id = &*model.place;
    if id.is_empty() {
        return log::log_page(model);
    }
    match (
        model.order_desk().filter(|desk| *desk.key.id() == *id),
        model.logged(id),
    ) {
        (Some(desk), _) => written::order_form(model, desk),
        (None, Some((_, order))) => kept::order_kept(model, id, order),
        (None, None) if !model.storage.is_loaded => html! {
            <p class="quiet">{ say(model.locale, "Opening …", "正在打开…") }</p>
        },
        (None, None) => html! {
            <section class="part">
                <p>{ say(model.locale, "This order isn’t here. It may be on another device: bring in its file under Data.",
                    "本机没有这笔订单，可能在其他设备上：请在“数据”页导入其文件。") }</p>
                <p><a href={Route::Orders.fragment()}>{ say(model.locale, "All orders", "全部订单") }</a></p>
            </section>
        },
    }
}

/// What a stage of an order is called.
pub fn stage_name(locale: Locale, stage: Stage) -> &'static str {
    match stage {
        Stage::Placed => say(locale, "Placed", "已下单"),
        Stage::Paid => say(locale, "Paid", "已付款"),
        Stage::Dispatched => say(locale, "Dispatched", "已发货"),
        Stage::InWarehouse => say(locale, "In warehouse", "已入仓"),
        Stage::Shipped => say(locale, "Shipped", "已出运"),
        Stage::Delivered => say(locale, "Delivered", "已送达"),
        Stage::Closed => say(locale, "Closed", "已完结"),
    }
}

impl Model {
    /// A field beside those of the desk was typed into.
    pub(crate) fn typed_on_orders(&mut self, field: &str, text: &str) -> Vec<Effect> {
        if field == "costing" {
            return self.choose_costing(text);
        }
        let Some((id, name)) = field.rsplit_once('.') else {
            return Vec::new();
        };
        let Some((record, order)) = self.logged(id) else {
            return Vec::new();
        };
        let mut order = order.clone();
        let at = match name {
            "stage" => Some(self.moment.at.clone()),
            _ => self.typed_instant(text).map(Rc::from),
        };
        let at = at.map(Instant);
        let is_typed = at.is_some() || text.is_empty();
        match name {
            "stage" => {
                order.stage = named(text);
                // When it came so far is noted; it can be corrected.
                let reached = match order.stage {
                    Some(Stage::Paid) => Some(&mut order.paid_at),
                    Some(Stage::Dispatched) => Some(&mut order.dispatched_at),
                    Some(Stage::InWarehouse) => Some(&mut order.in_warehouse_at),
                    Some(Stage::Placed | Stage::Shipped | Stage::Delivered | Stage::Closed)
                    | None => None,
                };
                if let Some(reached) = reached.filter(|reached| reached.is_none()) {
                    *reached = at;
                }
            }
            "dispatchedAt" if is_typed => order.dispatched_at = at,
            "signedAt" if is_typed => order.signed_at = at,
            "inWarehouseAt" if is_typed => order.in_warehouse_at = at,
            _ => return Vec::new(),
        }
        let data = record.data().cloned().unwrap_or_default();
        self.put(record.key(), Some(&Row::from(order).patched(&data)));
        Vec::new()
    }

    /// A field of the order on the desk was typed into.
    pub(crate) fn typed_in_order(&mut self, field: &str, text: &str) -> Vec<Effect> {
        let today = self.today.to_string();
        let mut effects = self.typed_on_desk(field, text);
        match field {
            // The rate that is typed today is today's, until its date is typed as well.
            "data.exchangeRate.cnyPerUnit" => {
                let day = (!text.is_empty()).then(|| tree::text(today));
                effects = self.change_desk(|typed| tree::set(typed, "data.exchangeRate.asOf", day));
            }
            "data.supplierName" => {
                effects = self.change_desk(|typed| tree::set(typed, "data.supplierId", None));
            }
            "data.number" => {
                let name = tree::text(text);
                effects = self.change_desk(|typed| tree::set(typed, "name", Some(name)));
            }
            _ => {}
        }
        effects
    }

    /// A button of an order that is to be placed was pressed.
    pub(crate) fn pressed_placing(&mut self, path: &str, action: &str) -> Vec<Effect> {
        if let Some((index, "")) = tree::item(path, "placing.lines") {
            return self.move_line(index, action);
        }
        if let Some(about) = action.strip_prefix("decide:") {
            return self.decide_stop(about);
        }
        if let Some(id) = action.strip_prefix("supplier:") {
            let chosen = self
                .known_suppliers()
                .into_iter()
                .find(|known| *known.id == *id);
            let Some(chosen) = chosen else {
                return Vec::new();
            };
            return self.change_desk(|typed| {
                tree::set(typed, "data.supplierId", Some(tree::text(&*chosen.id)));
                tree::set(typed, "data.supplierName", Some(tree::text(&*chosen.name)));
            });
        }
        if let Some(tag) = action.strip_prefix("copy:") {
            return self.copy_message(Locale::from_tag(tag).unwrap_or(self.locale));
        }
        match action {
            "new" => {
                let (id, data) = (self.moment.id.clone(), self.new_order());
                let mut effects = self.begin_order(&id, data);
                effects.push(Effect::Focus(format!("{PREFIX}.data.supplierName")));
                effects
            }
            "fromCost" => {
                let (id, data) = (self.moment.id.clone(), self.order_of_cost());
                self.begin_order(&id, data)
            }
            "addLine" => self.add_line(),
            "place" => self.place_order(),
            "exportOrder" => self.export_order(),
            "exportDecisions" => self.export_decisions(&self.place.clone()),
            "discard" => self.discard_order(),
            "restore" => self.restore_order(),
            "forget" => {
                self.discarded = None;
                Vec::new()
            }
            "openCost" => self.open_costing(),
            "print" => {
                self.is_printing = true;
                vec![Effect::Print]
            }
            _ => Vec::new(),
        }
    }

    fn add_line(&mut self) -> Vec<Effect> {
        let mut at = 0;
        let mut effects = self.change_desk(|typed| {
            let mut lines = lines_of(typed);
            at = lines.len();
            lines.push(tree::empty());
            tree::set(typed, "data.lines", Some(Json::List(lines)));
        });
        effects.push(Effect::Focus(format!("{PREFIX}.data.lines[{at}].sku")));
        effects
    }

    fn move_line(&mut self, index: usize, action: &str) -> Vec<Effect> {
        let mut left = 0;
        let mut effects = self.change_desk(|typed| {
            let Some(rows) = moved(&rows(lines_of(typed)), index, action) else {
                return;
            };
            let mut lines: Vec<Tree> = rows.iter().map(|row| (*row.json).clone()).collect();
            if lines.is_empty() {
                lines.push(tree::empty());
            }
            left = lines.len();
            tree::set(typed, "data.lines", Some(Json::List(lines)));
        });
        if action == "remove" {
            // The button that had the focus is gone.
            let next = index.min(left.saturating_sub(1));
            effects.push(Effect::Focus(format!("{PREFIX}.data.lines[{next}].sku")));
        }
        effects
    }

    /// The draft goes; an order of the log stays as it was logged.
    fn discard_order(&mut self) -> Vec<Effect> {
        let Some(desk) = self.order_desk() else {
            return Vec::new();
        };
        let key = desk.key.clone();
        self.keep_desk();
        self.desk = None;
        self.discarded = self.record(&key);
        self.put(&key, None);
        let logged = self.logged(key.id()).is_some();
        let go = match logged {
            true => Route::Orders.at(key.id()),
            false => Route::Orders.fragment().to_owned(),
        };
        vec![Effect::Go(go)]
    }

    /// The draft that was deleted last stands again.
    fn restore_order(&mut self) -> Vec<Effect> {
        let Some(record) = self.discarded.take() else {
            return Vec::new();
        };
        self.put(record.key(), record.data().map(|data| &**data));
        vec![Effect::Go(Route::Orders.at(record.key().id()))]
    }

    /// Shows on Landed cost what the order is costed with.
    fn open_costing(&mut self) -> Vec<Effect> {
        let Some(draft) = self.order_desk().and_then(placing::composed) else {
            return Vec::new();
        };
        self.keep_desk();
        self.own = None;
        self.leave_draft();
        let mut effects = self.opened(draft);
        effects.push(Effect::Go(Route::Cost.fragment().to_owned()));
        effects
    }

    /// A button of an order of the log was pressed.
    pub(crate) fn pressed_order(&mut self, id: &str, action: &str) -> Vec<Effect> {
        match action {
            "cost" => self.cost_order(id),
            "check" => {
                let Some((_, order)) = self.logged(id) else {
                    return Vec::new();
                };
                let data = self.order_as_typed(order);
                self.begin_order(id, data)
            }
            "exportDecisions" => self.export_decisions(id),
            _ => Vec::new(),
        }
    }
}

fn lines_of(typed: &Tree) -> Vec<Tree> {
    match tree::get(typed, "data.lines") {
        Some(Json::List(lines)) => lines.clone(),
        _ => Vec::new(),
    }
}
