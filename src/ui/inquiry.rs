//! Inquiries: a ready message to a supplier, when it was sent and answered, and what the answer says.

use chrono::{Duration, NaiveDateTime};
use landfall::check::parse_instant;
use landfall::json::Json;
use landfall::supplier::PaymentTerms;
use landfall_words::{self as words, Locale};
use landfall_workspace::rows::{Field, Inquiry, Instant};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use yew::prelude::*;

use crate::form::{Form, button, options};
use crate::model::{Effect, Model};
use crate::say::say;
use crate::standing::hours;
use crate::supplier::push;
use crate::time::shown_instant;
use crate::tree;

/// The field of an inquiry: `inquiries[2].sentAt`.
fn path(index: usize, field: &str) -> String {
    format!("inquiries[{index}].{field}")
}

/// The index in `inquiry.2.sentAt`, and the field.
pub fn inquiry_path(path: &str) -> Option<(usize, &str)> {
    let rest = path.strip_prefix("inquiry.")?;
    let (index, field) = rest.split_once('.').unwrap_or((rest, ""));
    Some((index.parse().ok()?, field))
}

/// The instant of a date and time by the reader's clock, as the browser writes it: `2026-11-22T18:30`.
pub fn instant_of(text: &str, offset: i32) -> Option<String> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    let utc = local.checked_sub_signed(Duration::minutes(i64::from(offset)))?;
    Some(format!("{}T{}Z", utc.date(), utc.time()))
}

impl Model {
    /// The instant of a date and time by the reader's clock, also of a day on which it was set otherwise.
    pub(crate) fn typed_instant(&self, text: &str) -> Option<String> {
        let nearly = instant_of(text, self.offset)?;
        instant_of(text, self.offset_at(parse_instant(&nearly)?))
    }

    /// An instant by the reader's clock.
    pub(crate) fn shown_instant(&self, at: &str) -> String {
        let offset = parse_instant(at).map_or(self.offset, |at| self.offset_at(at));
        shown_instant(at, offset)
    }

    /// When an inquiry was sent or answered is typed, by the reader's clock.
    pub(crate) fn typed_inquiry(&mut self, index: usize, field: &str, text: &str) -> Vec<Effect> {
        let at = self.typed_instant(text).map(tree::text);
        if at.is_none() && !text.is_empty() {
            return Vec::new();
        }
        self.change_desk(|typed| tree::set(typed, &path(index, field), at))
    }

    /// A button of an inquiry; a new one has no index yet.
    pub(crate) fn pressed_inquiry(&mut self, index: usize, action: &str) -> Vec<Effect> {
        let Some(desk) = self.desk.clone() else {
            return Vec::new();
        };
        let now = tree::text(&*self.moment.at);
        match action {
            "new" => {
                let mut effects = self.change_desk(|typed| push(typed, "inquiries", tree::empty()));
                let at = match tree::get(&desk.typed, "inquiries") {
                    Some(Json::List(items)) => items.len(),
                    Some(_) | None => 0,
                };
                effects.push(Effect::Focus(format!("desk.{}", path(at, "product"))));
                effects
            }
            "remove" => self.change_desk(|typed| {
                tree::set(typed, &format!("inquiries[{index}]"), None);
            }),
            "answered" => {
                let effects = self.change_desk(|typed| {
                    tree::set(typed, &path(index, "answeredAt"), Some(now));
                });
                self.keep_desk();
                effects
            }
            action => {
                let locale = Locale::from_tag(action).unwrap_or(Locale::Zh);
                let item = tree::get(&desk.read, &format!("inquiries[{index}]"));
                let Some(message) =
                    item.and_then(|item| message(locale, &Inquiry::make(Some(item))))
                else {
                    return vec![Effect::Focus(format!("desk.{}", path(index, "product")))];
                };
                // Sent when it was first copied; that can be corrected.
                let mut effects = self.change_desk(|typed| {
                    tree::fill(typed, &path(index, "sentAt"), now);
                });
                self.keep_desk();
                effects.push(Effect::Copy(message));
                effects
            }
        }
    }
}

/// Hours for reading, with two decimals at most.
pub fn hours_written(hours: Decimal) -> Decimal {
    let rounded = hours.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    rounded.normalize()
}

/// The message, once it is known for what and how many.
fn message(locale: Locale, inquiry: &Inquiry) -> Option<String> {
    let product = inquiry.product.as_deref().map(str::trim)?;
    let pieces = inquiry.quantity?.to_u64().filter(|pieces| *pieces > 0)?;
    let link = inquiry.link.as_deref().map(str::trim);
    let about = words::Inquiry {
        product: Some(product).filter(|product| !product.is_empty())?,
        link: link.filter(|link| !link.is_empty()),
        pieces,
    };
    Some(words::inquiry(locale, &about))
}

/// The inquiries of a supplier.
pub fn inquiries(model: &Model, form: &Form<'_>, inquiries: &[Inquiry]) -> Html {
    let locale = model.locale;
    let items = inquiries.iter().enumerate().rev();
    html! {
        <section class="part" aria-labelledby="inquiries">
            <h2 id="inquiries">{ say(locale, "Inquiries", "询盘") }</h2>
            if inquiries.is_empty() {
                <p class="quiet">{ say(locale,
                    "A message with everything that has to be asked; from sending and answer comes the time to answer.",
                    "一条问全所有要点的消息；按发送和回复时间自动算出回复时长。") }</p>
            }
            <p class="actions">{ button("inquiry.0", "new", say(locale, "New inquiry", "新建询盘")) }</p>
            { for items.map(|(index, inquiry)| one(model, form, index, inquiry)) }
        </section>
    }
}

fn one(model: &Model, form: &Form<'_>, index: usize, inquiry: &Inquiry) -> Html {
    let locale = model.locale;
    let own = format!("inquiry.{index}");
    let at = |field: &str| path(index, field);
    let number = index.saturating_add(1);
    let title = match locale {
        Locale::En => format!("Inquiry {number}"),
        Locale::Zh => format!("询盘 {number}"),
    };
    let messages: Option<Vec<(Locale, String)>> = [Locale::Zh, Locale::En]
        .into_iter()
        .map(|locale| Some((locale, message(locale, inquiry)?)))
        .collect();
    let hours = hours(inquiry);
    html! {
        <fieldset class="inquiry" key={index}>
            <legend>{ title }</legend>
            <div class="cells">
                { form.input(&at("product"), say(locale, "Product", "产品"), "", "wide") }
                { form.input(&at("link"), say(locale, "Link of the offer", "产品链接"), "", "wide") }
                { form.text(&at("quantity"), say(locale, "Pieces", "数量"), say(locale, "pcs", "件")) }
            </div>
            { match messages {
                None => html! { <p class="quiet">{ say(locale, "Fill in product and pieces; the message follows.", "填写产品和数量后自动生成消息。") }</p> },
                Some(messages) => html! {
                    <div class="messages">
                        { for messages.into_iter().map(|(of, text)| html! {
                            <div>
                                <p class="message" lang={of.tag()}>{ text }</p>
                                { button(&own, of.tag(), match of {
                                    Locale::Zh => say(locale, "Copy in Chinese", "复制中文"),
                                    Locale::En => say(locale, "Copy in English", "复制英文"),
                                }) }
                            </div>
                        }) }
                    </div>
                },
            } }
            <div class="cells">
                { moment_field(model, format!("{own}.sentAt"), say(locale, "Sent at", "发送时间"), inquiry.sent_at.as_ref()) }
                { moment_field(model, format!("{own}.answeredAt"), say(locale, "Answered at", "回复时间"), inquiry.answered_at.as_ref()) }
                <p role="status">{ match hours {
                    Some(hours) => {
                        let hours = hours_written(hours);
                        match locale {
                            Locale::En => format!("Answered after {hours}\u{a0}h."),
                            Locale::Zh => format!("{hours}\u{a0}小时后回复。"),
                        }
                    }
                    None if inquiry.answered_at.is_some() && inquiry.sent_at.is_some() => say(locale,
                        "Answered before it was sent: correct one of the times.",
                        "回复时间早于发送时间：请更正。").to_owned(),
                    None => String::new(),
                } }</p>
            </div>
            <p class="actions">
                if inquiry.sent_at.is_some() && inquiry.answered_at.is_none() {
                    <button type="button" class="primary" name={own.clone()} value="answered">{ say(locale, "Answered just now", "刚刚回复") }</button>
                }
                if inquiry.sent_at.is_none() { { button(&own, "remove", say(locale, "Remove this inquiry", "删除此询盘")) } }
            </p>
            if inquiry.sent_at.is_some() { { answers(locale, form, index) } }
        </fieldset>
    }
}

/// A date and time by the reader's clock.
pub fn moment_field(model: &Model, name: String, label: &str, at: Option<&Instant>) -> Html {
    let value = at.map(|at| model.shown_instant(&at.0).replace(' ', "T"));
    html! {
        <div class="field wide">
            <label for={name.clone()}>{ label.to_owned() }</label>
            <div class="box"><input id={name.clone()} name={name.clone()} type="datetime-local" value={value.unwrap_or_default()} /></div>
        </div>
    }
}

fn answers(locale: Locale, form: &Form<'_>, index: usize) -> Html {
    let at = |field: &str| path(index, field);
    let supply = [
        ("inStock", say(locale, "In stock", "现货")),
        ("madeToOrder", say(locale, "Made to order", "定做")),
    ];
    let photos = [
        ("true", say(locale, "Yes", "有")),
        ("false", say(locale, "No", "没有")),
    ];
    html! {
        <>
            <h3>{ say(locale, "The answer", "回复内容") }</h3>
            <div class="cells">
                { form.choice(&at("supply"), say(locale, "Stock", "货源"), &supply, None) }
                { form.choice(&at("photos"), say(locale, "Real photos, warehouse too", "实拍图（含仓库）"), &photos, None) }
                { form.text(&at("unitPriceCny"), say(locale, "Unit price", "单价"), "CNY") }
                { form.text(&at("minimumQuantity"), say(locale, "Minimum order", "起订量"), say(locale, "pcs", "件")) }
                { form.text(&at("sampleCostCny"), say(locale, "Sample with freight", "样品费含运费"), "CNY") }
                { form.text(&at("productionDays"), say(locale, "Days to make or send", "交期"), say(locale, "days", "天")) }
                { form.choice(&at("paymentTerms"), say(locale, "Payment terms", "付款条件"), &options::<PaymentTerms>(locale, words::payment_terms), None) }
                { form.input(&at("defects"), say(locale, "What it does about defects", "次品处理"), "", "wide") }
            </div>
        </>
    }
}

/// An answer in a line, for the brief; empty where nothing was answered.
pub fn answer_line(locale: Locale, inquiry: &Inquiry) -> String {
    let supply = match inquiry.supply.as_deref() {
        Some("inStock") => Some(say(locale, "in stock", "现货").to_owned()),
        Some("madeToOrder") => Some(say(locale, "made to order", "定做").to_owned()),
        Some(_) | None => None,
    };
    let money = |amount| words::money("CNY", amount);
    let count = |amount: &dyn std::fmt::Display, en: &str, zh: &str| match locale {
        Locale::En => format!("{en} {amount}"),
        Locale::Zh => format!("{zh} {amount}"),
    };
    let price = inquiry
        .unit_price
        .map(|price| count(&money(price.0), "unit price", "单价"));
    let least = inquiry
        .minimum_quantity
        .map(|least| count(&words::number(least.0), "minimum order", "起订量"));
    let sample = inquiry
        .sample_cost
        .map(|cost| count(&money(cost.0), "sample", "样品费"));
    let days = inquiry
        .production_days
        .map(|days| count(&days, "days to make or send:", "交期天数"));
    let defects = inquiry
        .defects
        .as_deref()
        .filter(|text| !text.trim().is_empty());
    let defects = defects.map(|text| count(&text, "defects:", "次品处理："));
    let parts = [supply, price, least, sample, days, defects];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(say(locale, ", ", "，"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_by_the_readers_clock() {
        let utc = instant_of("2026-11-22T00:30", 480);
        assert_eq!(utc.as_deref(), Some("2026-11-21T16:30:00Z"));
        assert_eq!(shown_instant(&utc.unwrap(), 480), "2026-11-22 00:30");
        for half in ["", "2026-11-22", "2026-11-22T", "soon"] {
            assert_eq!(instant_of(half, 0), None, "{half}");
        }
    }
}
