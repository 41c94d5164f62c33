//! Goods that arrive, step by step: cartons, sample, inspection, photos, and what becomes of them. Every tap is
//! stored at once, so that the run goes on where it was after any interruption.

mod cartons;
mod codes;
mod deliveries;
mod inspect;
mod lots;
mod result;
mod sample;
mod sheet;
mod variance;

pub use deliveries::{Arrivals, deliveries};
pub use sheet::{has_receiving_sheet, receiving_sheet};

use std::rc::Rc;

use landfall::check::Named;
use landfall::json::Json;
use landfall::money::parse_decimal;
use landfall::sampling::DefectClass;
use landfall_words::Locale;
use landfall_workspace::rows::{Field, Order, Receipt, ReceivingStep};
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use self::codes::Scanned;
use crate::desk::Desk;
use crate::form::{Form, button, named, nothing};
use crate::keys::SCAN;
use crate::model::{Effect, Model};
use crate::say::say;
use crate::tree::{self, Tree};

/// What of a run isn't stored.
#[derive(Clone, Default, Debug)]
pub struct Run {
    /// The orders that can be received.
    pub arrivals: Arrivals,
    /// What else is wrong with a unit, in words.
    pub other: Rc<str>,
    /// What came of the code that was scanned last.
    pub scanned: Option<Scanned>,
}

/// A delivery that is received, as it is drawn.
struct Shown<'a> {
    model: &'a Model,
    locale: Locale,
    desk: &'a Desk,
    /// The receipt, as far as what was typed can be read.
    receipt: Receipt,
    /// Its order, where it is known here.
    order: Option<&'a Order>,
}

impl<'a> Shown<'a> {
    fn new(model: &'a Model, desk: &'a Desk) -> Shown<'a> {
        let receipt = Receipt::make(Some(&desk.read));
        let order = model.logged(&receipt.order_id).map(|(_, order)| order);
        Shown {
            model,
            locale: model.locale,
            desk,
            receipt,
            order,
        }
    }

    /// The article that is worked on.
    fn article(&self) -> usize {
        article_of(&self.receipt)
    }

    /// What the delivery is called: the number of its order, and who sent it.
    fn title(&self) -> String {
        let number = self.order.and_then(Order::called);
        let none = match (&*self.receipt.order_id, self.locale) {
            ("", Locale::En) => "Parcel without order information",
            ("", Locale::Zh) => "无订单信息的包裹",
            (_, Locale::En) => "Order that isn’t on this device",
            (_, Locale::Zh) => "本机没有的订单",
        };
        let supplier = self.order.map(|order| &*order.supplier_name);
        let parts = [number.unwrap_or(none), supplier.unwrap_or_default()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }

    /// What an article is, where its order says it.
    fn goods(&self, sku: &str) -> Option<&'a str> {
        let lines = self.order?.lines.iter();
        let mut named = lines.filter(|line| line.item_code.as_deref() == Some(sku));
        named.find_map(|line| line.title.as_deref())
    }
}

/// The article that is worked on.
fn article_of(receipt: &Receipt) -> usize {
    let last = receipt.lots.len().saturating_sub(1);
    usize::try_from(receipt.article.unwrap_or(0)).map_or(0, |at| at.min(last))
}

/// The class of the defects that are tapped next.
fn class_in(receipt: &Receipt) -> DefectClass {
    let class = receipt.class.as_deref().and_then(named);
    class.unwrap_or(DefectClass::Major)
}

/// The path of an article of the receipt: `lots[2]`, and of a field of it.
fn lot_path(at: usize, field: &str) -> String {
    match field {
        "" => format!("lots[{at}]"),
        field => format!("lots[{at}].{field}"),
    }
}

/// What a step is called.
fn step_name(locale: Locale, step: ReceivingStep) -> &'static str {
    match step {
        ReceivingStep::Cartons => say(locale, "Cartons", "点箱"),
        ReceivingStep::Sample => say(locale, "Sample", "抽样"),
        ReceivingStep::Inspect => say(locale, "Inspect", "检验"),
        ReceivingStep::Photos => say(locale, "Photos", "拍照"),
        ReceivingStep::Variance => say(locale, "Result", "结果"),
    }
}

/// One delivery.
pub fn run(model: &Model, desk: &Desk) -> Html {
    let shown = Shown::new(model, desk);
    let locale = shown.locale;
    if shown.receipt.finished_at.is_some() {
        return html! { <div class="run">{ head(&shown) }{ result::kept(&shown) }{ print(locale) }</div> };
    }
    let step = shown.receipt.step.unwrap_or(ReceivingStep::Cartons);
    let at = ReceivingStep::ALL.iter().position(|of| *of == step);
    let next = at.and_then(|at| ReceivingStep::ALL.get(at.saturating_add(1)));
    let faults = model.desk_faults();
    let form = Form {
        locale,
        at: "desk",
        tree: &desk.typed,
        faults: &faults,
        given: &nothing,
    };
    html! {
        <div class="run">
            { head(&shown) }
            { steps(locale, step) }
            { match step {
                ReceivingStep::Cartons | ReceivingStep::Sample | ReceivingStep::Inspect => scan_field(&shown, step),
                ReceivingStep::Photos | ReceivingStep::Variance => html! {},
            } }
            { match step {
                ReceivingStep::Cartons => cartons::cartons(&shown, &form),
                ReceivingStep::Sample => sample::sample(&shown, &form),
                ReceivingStep::Inspect => inspect::inspect(&shown, &form),
                ReceivingStep::Photos => super::photos::photos(model, desk, None),
                ReceivingStep::Variance => result::result(&shown, &form),
            } }
            if let Some(next) = next {
                <p class="onward">
                    <button type="button" class="primary" name="receiving.run.step" value={next.name()}>
                        { say(locale, "Next: ", "下一步：") }{ step_name(locale, *next) }
                    </button>
                </p>
            }
            { print(locale) }
        </div>
    }
}

fn print(locale: Locale) -> Html {
    html! { <p>{ button("receiving.run", "print", say(locale, "Print the sheet", "打印收货单")) }</p> }
}

fn head(shown: &Shown<'_>) -> Html {
    html! { <h2 class="record-name">{ shown.title() }</h2> }
}

fn steps(locale: Locale, current: ReceivingStep) -> Html {
    let steps = (1..).zip(ReceivingStep::ALL).map(|(number, step)| {
        let is_current = (*step == current).then_some("step");
        html! {
            <li><button type="button" name="receiving.run.step" value={step.name()} aria-current={is_current}>
                <span aria-hidden="true">{ number }</span>{ step_name(locale, *step) }
            </button></li>
        }
    });
    html! {
        <ol class="steps" aria-label={say(locale, "Steps", "步骤")}>{ for steps }</ol>
    }
}

/// The field that a scanner types into; its text is the browser's alone, so that no key of a fast one is lost.
fn scan_field(shown: &Shown<'_>, step: ReceivingStep) -> Html {
    let locale = shown.locale;
    let said = shown.model.run.scanned.as_ref();
    let said = said.map(|scanned| codes::sentence(shown, scanned));
    html! {
        <div class="field scan" key={step.name()}>
            <label for="receiving.run.scan">{ say(locale, "Scan an article or a carton", "扫描商品或箱号") }</label>
            <div class="box">
                <input id="receiving.run.scan" name="receiving.run.scan" data-scan="" autocomplete="off" spellcheck="false"
                    enterkeyhint="done" placeholder={say(locale, "SKU, C3, 3/12", "SKU、C3、3/12")} />
            </div>
            <p class="note" role="status">{ said.unwrap_or_default() }</p>
        </div>
    }
}

/// A number that is counted by tapping, or typed.
fn counter(form: &Form<'_>, name: &str, label: &str) -> Html {
    let path = format!("receiving.run.{name}");
    let locale = form.locale;
    let less = match locale {
        Locale::En => format!("One less: {label}"),
        Locale::Zh => format!("减一：{label}"),
    };
    let more = match locale {
        Locale::En => format!("One more: {label}"),
        Locale::Zh => format!("加一：{label}"),
    };
    html! {
        <div class="counter">
            <button type="button" class="tap" name={path.clone()} value="less" aria-label={less}>{ "−" }</button>
            { form.text(name, label, "") }
            <button type="button" class="tap" name={path} value="more" aria-label={more}>{ "+" }</button>
        </div>
    }
}

/// A count as it stands; `None` where there is none, or none that can be read.
fn count_at(read: &Tree, path: &str) -> Option<u32> {
    match tree::get(read, path)? {
        Json::Integer(number) => u32::try_from(*number).ok(),
        Json::Text(text) => parse_decimal(text).ok()?.to_u32(),
        Json::Null | Json::Boolean(_) | Json::Inexact | Json::List(_) | Json::Object(_) => None,
    }
}

/// A count, as it is typed.
fn count(number: u32) -> Tree {
    tree::text(number.to_string())
}

impl Model {
    /// The receipt on the desk.
    fn receipt(&self) -> Option<(&Desk, Receipt)> {
        let desk = self.desk.as_ref()?;
        (desk.key.kind == landfall_workspace::record::Kind::Receipt)
            .then(|| (desk, Receipt::make(Some(&desk.read))))
    }

    /// Something was tapped: it is stored at once.
    fn tap(&mut self, change: impl FnOnce(&mut Tree)) -> Vec<Effect> {
        let effects = self.change_desk(change);
        let followed = self.recount();
        self.keep_desk();
        match followed.is_empty() {
            true => effects,
            false => followed,
        }
    }

    /// A field beside those of the desk was typed into.
    pub(crate) fn typed_in_run(&mut self, field: &str, text: &str) -> Vec<Effect> {
        match field {
            "query" => {
                self.run.arrivals.search(text);
                Vec::new()
            }
            "other" => {
                self.run.other = text.into();
                Vec::new()
            }
            "zone" => self.tap(|typed| tree::set(typed, "zone", Some(tree::text(text)))),
            "unclaimed" => self.tap(|typed| {
                let is_set = (text == "true").then_some(Json::Boolean(true));
                tree::set(typed, "unclaimed", is_set);
            }),
            field => {
                if let Some(aspect) = field.strip_prefix("covered.") {
                    return self.cover(aspect, text == "true");
                }
                if let Some((at, "plan")) = tree::item(field, "lots") {
                    return self.choose_plan(at, text);
                }
                self.type_instant(field, text)
            }
        }
    }

    /// A button of a delivery was pressed, or a code scanned; `receive` with the id of an order begins one.
    pub(crate) fn pressed_in_run(&mut self, place: &str, action: &str) -> Vec<Effect> {
        if let Some(code) = action.strip_prefix(SCAN) {
            return self.scan(place, code.trim());
        }
        if action == "receive" {
            return self.receive(place);
        }
        match (place, action) {
            ("page", action) => {
                self.run.arrivals.turn(action);
                return Vec::new();
            }
            ("", "print") => {
                self.is_printing = true;
                return vec![Effect::Print];
            }
            _ => {}
        }
        if self.receipt().is_none() {
            return Vec::new();
        }
        match (place, action) {
            ("step", name) => self.go_to_step(named(name).unwrap_or(ReceivingStep::Cartons)),
            ("class", name) => self.tap(|typed| tree::set(typed, "class", Some(tree::text(name)))),
            ("draw", _) => self.draw(),
            ("result", action) => self.pressed_result(action),
            (place, "more") => self.count_on(place, true),
            (place, "less") => self.count_on(place, false),
            (place, action) => match tree::item(place, "lots") {
                Some((at, "")) => self.pressed_lot(at, action),
                Some(_) | None => Vec::new(),
            },
        }
    }

    /// Another step of the procedure: once the units are counted, the sample is drawn.
    fn go_to_step(&mut self, step: ReceivingStep) -> Vec<Effect> {
        self.run.scanned = None;
        let mut effects = Vec::new();
        let is_drawn = self
            .receipt()
            .is_some_and(|(_, receipt)| receipt.seed.is_some());
        if matches!(step, ReceivingStep::Sample | ReceivingStep::Inspect) && !is_drawn {
            effects.extend(self.draw());
        }
        let name = tree::text(step.name());
        effects.extend(self.tap(|typed| tree::set(typed, "step", Some(name))));
        effects.push(Effect::Top);
        effects
    }

    /// Counts one more, or one less. What can't be read is left for the reader to mend.
    fn count_on(&mut self, path: &str, is_more: bool) -> Vec<Effect> {
        let Some(desk) = &self.desk else {
            return Vec::new();
        };
        let field = format!("{}.{path}", crate::desk::PREFIX);
        let (typed, counted) = (tree::text_at(&desk.typed, path), count_at(&desk.read, path));
        let is_readable = counted.is_some() || typed.is_empty();
        if !is_readable || desk.faults.iter().any(|fault| fault.path == field) {
            return Vec::new();
        }
        let before = counted.unwrap_or(0);
        let now = match is_more {
            true => before.saturating_add(1),
            false => before.saturating_sub(1),
        };
        let now = Some(count(now));
        self.tap(|typed| tree::set(typed, path, now))
    }
}
