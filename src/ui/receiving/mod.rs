//! Receiving: goods that arrive, step by step; what is due by when over all orders; disputes; and what a sample
//! can see.

mod clocks;
mod disputes;
pub(crate) mod photos;
mod run;
mod seeing;

pub use clocks::{Watch, number_of};
pub use run::{Run, has_receiving_sheet, receiving_sheet};
pub use seeing::Seeing;

use landfall_workspace::record::{Key, Kind};
use yew::prelude::*;

use crate::desk::Desk;
use crate::model::{Effect, Model};
use crate::route::Route;
use crate::say::say;

/// The place of what a sample can see.
const SAMPLING: &str = "sampling";

/// The page of receiving, or of one delivery, or of a dispute.
pub fn receiving_page(model: &Model) -> Html {
    let locale = model.locale;
    if model.place.is_empty() {
        return html! {
            <>
                { clocks::clocks(model) }
                { run::deliveries(model) }
                { disputes::disputes(model) }
                <p class="further-on"><a href={Route::Receiving.at(SAMPLING)}>{ say(locale, "What a sample can see", "抽样能发现什么") }</a></p>
            </>
        };
    }
    let back = html! {
        <p class="no-print"><a href={Route::Receiving.fragment()}>{ say(locale, "All deliveries", "全部收货") }</a></p>
    };
    if &*model.place == SAMPLING {
        return html! { <>{ back }{ seeing::seeing(model) }</> };
    }
    let desk = model.receiving_key().and_then(|key| model.desk_of(&key));
    let shown = match desk {
        Some(desk) if desk.key.kind == Kind::Dispute => disputes::dispute(model, desk),
        Some(desk) => run::run(model, desk),
        None if !model.storage.is_loaded => html! {
            <p role="status">{ say(locale, "Loading …", "正在加载……") }</p>
        },
        None => html! {
            <section class="part">
                <p>{ say(locale, "This delivery isn’t here. It may be on another device: bring in its file under Data.",
                    "本机没有这次收货，可能在其他设备上：请在“数据”页导入其文件。") }</p>
            </section>
        },
    };
    html! { <>{ back }{ shown }</> }
}

impl Model {
    /// The record that the place on the page of receiving names: a receipt or a dispute.
    pub fn receiving_key(&self) -> Option<Key> {
        if self.route != Route::Receiving || self.place.is_empty() || &*self.place == SAMPLING {
            return None;
        }
        let of = |kind| Key::new(kind, &self.place);
        let lies = self.desk.as_ref().map(|desk| desk.key.clone());
        let known = [Kind::Receipt, Kind::Dispute].into_iter().filter_map(of);
        known
            .clone()
            .find(|key| {
                lies.as_ref() == Some(key)
                    || self.record(key).is_some_and(|record| !record.is_deleted())
            })
            .or_else(|| of(Kind::Receipt))
    }

    /// Puts the record that the place names on the desk, unless it lies there.
    pub(crate) fn lay_receiving(&mut self) {
        let Some(key) = self.receiving_key() else {
            return;
        };
        if self.desk_of(&key).is_some() {
            return;
        }
        let record = self.record(&key);
        let desk = record.and_then(|record| Desk::of(&record, self));
        if desk.is_some() {
            self.lay(desk);
        }
    }

    /// Puts a receipt or a dispute that isn't stored yet on the desk, and goes there.
    pub(crate) fn begin_on_receiving(
        &mut self,
        kind: Kind,
        data: crate::tree::Tree,
    ) -> Vec<Effect> {
        let Some(key) = Key::new(kind, &self.moment.id) else {
            return Vec::new();
        };
        let place = Route::Receiving.at(key.id());
        let mut desk = Desk::new(key, data, self);
        // It is stored at once: what arrived has arrived.
        desk.is_ahead = true;
        self.lay(Some(desk));
        self.keep_desk();
        vec![Effect::Go(place)]
    }

    /// A field beside those of the desk was typed into: `run.…`, `clocks.…`, `dispute.…`.
    pub(crate) fn typed_on_receiving(&mut self, field: &str, text: &str) -> Vec<Effect> {
        if let Some(field) = field.strip_prefix("run.") {
            return self.typed_in_run(field, text);
        }
        if let Some(field) = field.strip_prefix("dispute.") {
            return self.typed_in_dispute(field, text);
        }
        Vec::new()
    }

    /// A button was pressed: of `run…`, `photo…`, `clocks`, `dispute…`, `seeing`.
    pub(crate) fn pressed_receiving(&mut self, place: &str, action: &str) -> Vec<Effect> {
        let (part, rest) = place.split_once('.').unwrap_or((place, ""));
        match part {
            "run" => self.pressed_in_run(rest, action),
            "photo" => self.pressed_photo(rest, action),
            "clocks" => self.pressed_clocks(action),
            "dispute" => self.pressed_dispute(rest, action),
            "seeing" => self.pressed_seeing(action),
            _ => Vec::new(),
        }
    }
}
