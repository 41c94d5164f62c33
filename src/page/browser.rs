//! What the browser knows and does: date, language, files, focus.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use js_sys::{Array, Date, Function, Object, Promise, Reflect};
use landfall::check::parse_instant;
use landfall_ui::{Moment, Zone};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Blob, Document, File, FilePropertyBag, HtmlAnchorElement, HtmlElement,
    HtmlInputElement, RequestInit, Response, Url, Window,
};

/// How long the data of the destinations may take, in milliseconds.
const PATIENCE: u32 = 5_000;

/// The window; the page runs nowhere else.
pub fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// What an error says.
pub fn reason(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok();
    let message = message.and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_default()
}

/// The language that the browser asks for.
pub fn language() -> String {
    let language = window().and_then(|window| window.navigator().language());
    language.unwrap_or_default()
}

/// The reader's day.
pub fn today() -> NaiveDate {
    let now = Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or_default();
    let month = now.get_month().saturating_add(1);
    NaiveDate::from_ymd_opt(year, month, now.get_date()).unwrap_or_default()
}

/// The time in UTC, and an id that was never given before.
pub fn moment() -> Moment {
    let at = String::from(Date::new_0().to_iso_string());
    let id = uuid::Uuid::new_v4().to_string();
    Moment {
        at: at.into(),
        id: id.into(),
        seed: seed().into(),
    }
}

/// 128 bits that nobody can foresee, as hexadecimal digits.
fn seed() -> String {
    let mut bytes = [0; 16];
    let crypto = window().and_then(|window| window.crypto().ok());
    let drawn = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    match drawn {
        Some(Ok(_)) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        // What isn't random is no seed.
        Some(Err(_)) | None => String::new(),
    }
}

/// The minutes that the reader's clock is ahead of UTC.
pub fn offset() -> i32 {
    #[allow(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let behind = Date::new_0().get_timezone_offset() as i32;
    behind.saturating_neg()
}

/// For how many weeks before and after now a zone is looked up: three years and one.
const ZONE_WEEKS: RangeInclusive<i64> = -157..=53;

/// The reader's zone around now.
pub fn zone() -> Zone {
    zone_by(offset_at)
}

/// A zone around now, by its IANA name; `None` where the browser doesn't know it.
pub fn named_zone(name: &str) -> Option<Zone> {
    let clock = Clock::of(name)?;
    Some(zone_by(|at| clock.offset_at(at).unwrap_or_default()))
}

/// The zone around now whose clocks are so many minutes ahead of UTC at an instant.
fn zone_by(offset_at: impl Fn(NaiveDateTime) -> i32) -> Zone {
    let now = String::from(Date::new_0().to_iso_string());
    let Some(now) = parse_instant(&now).and_then(|now| now.with_nanosecond(0)) else {
        return Zone::default();
    };
    let week = |number: i64| now.checked_add_signed(TimeDelta::weeks(number));
    let mut weeks = ZONE_WEEKS.filter_map(week);
    let Some(mut before) = weeks.next() else {
        return Zone::default();
    };
    let mut old = offset_at(before);
    let mut zone = vec![(before, old)];
    for after in weeks {
        let new = offset_at(after);
        if old != new {
            // In between stands one change: no zone has two in a week.
            let (mut last, mut first) = (before, after);
            while first.signed_duration_since(last) > TimeDelta::seconds(1) {
                let half = first.signed_duration_since(last).num_seconds() / 2;
                let Some(middle) = last.checked_add_signed(TimeDelta::seconds(half)) else {
                    break;
                };
                if offset_at(middle) == old {
                    last = middle;
                } else {
                    first = middle;
                }
            }
            zone.push((first, new));
        }
        (before, old) = (after, new);
    }
    Zone(zone)
}

/// An instant as a date of JavaScript.
fn date(at: NaiveDateTime) -> Date {
    Date::new(&format!("{at:?}Z").into())
}

/// The minutes that the reader's clock is ahead of UTC at an instant.
fn offset_at(at: NaiveDateTime) -> i32 {
    #[allow(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let behind = date(at).get_timezone_offset() as i32;
    behind.saturating_neg()
}

/// What tells the time in a zone by its name.
struct Clock {
    format: JsValue,
    to_parts: Function,
}

impl Clock {
    /// `None` where the browser doesn't know the zone.
    fn of(name: &str) -> Option<Clock> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let make = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?;
        let options = Object::new();
        let fields = ["year", "month", "day", "hour", "minute"].map(|field| (field, "numeric"));
        let others = [("timeZone", name), ("hourCycle", "h23")];
        for (field, value) in fields.into_iter().chain(others) {
            Reflect::set(&options, &field.into(), &value.into()).ok()?;
        }
        let given = Array::of2(&"en-US".into(), &options);
        let format = Reflect::construct(make.dyn_ref::<Function>()?, &given).ok()?;
        let to_parts = Reflect::get(&format, &"formatToParts".into()).ok()?;
        let to_parts = to_parts.dyn_into().ok()?;
        Some(Clock { format, to_parts })
    }

    /// The minutes that it is ahead of UTC at an instant.
    fn offset_at(&self, at: NaiveDateTime) -> Option<i32> {
        let parts = self.to_parts.call1(&self.format, &date(at)).ok()?;
        let parts = Array::from(&parts);
        let number = |name: &str| {
            let mut parts = parts.iter();
            parts.find_map(|part| {
                let of = |field: &str| Reflect::get(&part, &field.into()).ok()?.as_string();
                (of("type")? == name).then(|| of("value")?.parse::<u32>().ok())?
            })
        };
        let year = i32::try_from(number("year")?).ok()?;
        let day = NaiveDate::from_ymd_opt(year, number("month")?, number("day")?)?;
        let shown = day.and_hms_opt(number("hour")?, number("minute")?, 0)?;
        let ahead = shown.signed_duration_since(at);
        // The seconds of the instant aren't shown.
        let minutes = ahead.checked_add(&TimeDelta::seconds(59))?.num_seconds();
        i32::try_from(minutes.div_euclid(60)).ok()
    }
}

/// What stands behind the address.
pub fn fragment() -> String {
    let hash = window().and_then(|window| window.location().hash().ok());
    hash.unwrap_or_default()
}

/// Shows another address. That of a link is replaced: going back to it would only open it again.
pub fn go(to: &str) {
    if let Some(window) = window() {
        let location = window.location();
        let _ = if fragment().contains('?') {
            location.replace(to)
        } else {
            location.set_hash(to)
        };
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// The address of a packed order.
pub fn link(packed: &str) -> String {
    let href = window().and_then(|window| window.location().href().ok());
    let href = href.unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    format!("{page}#/cost?s={packed}")
}

/// The data of the destinations, which is on its way since the page was opened.
pub async fn destinations() -> Option<String> {
    let link = document()?
        .query_selector("link[rel=preload][href*=destinations]")
        .ok()??;
    let init = RequestInit::new();
    if let Some(integrity) = link.get_attribute("data-integrity") {
        init.set_integrity(&integrity);
    }
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let fetch = window()?.fetch_with_str_and_init(&link.get_attribute("href")?, &init);
    let response: Response = JsFuture::from(fetch).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}

/// What stands beside the page as `shop.json`.
pub async fn shop() -> Option<String> {
    let init = RequestInit::new();
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
    let fetch = window()?.fetch_with_str_and_init("shop.json", &init);
    let response: Response = JsFuture::from(fetch).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    text.as_string()
}

/// Offers a file: by download, or by the share sheet where the browser does nothing with downloads. Gives whether
/// one of them was possible.
pub async fn offer(name: &str, text: &str) -> bool {
    let Ok(content) = Blob::new_with_str_sequence(&Array::of1(&text.into())) else {
        return false;
    };
    if ignores_downloads() {
        // Browsers share text files, where they share files, but not always others.
        let plain = format!("{name}.txt");
        share(name, media_type(name), &content).await || share(&plain, "text/plain", &content).await
    } else {
        download(name, &content).is_some()
    }
}

/// What a file of this name contains.
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "ics")) => "text/calendar",
        Some((_, "csv")) => "text/csv",
        Some((_, "txt")) => "text/plain",
        Some(_) | None => "application/json",
    }
}

/// Whether this is the browser inside WeChat or WeCom.
fn ignores_downloads() -> bool {
    let agent = window().and_then(|window| window.navigator().user_agent().ok());
    agent.is_some_and(|agent| agent.contains("MicroMessenger"))
}

/// Offers a file that isn't a text, as [`offer`] does.
pub async fn offer_blob(name: &str, content: &Blob) -> bool {
    if ignores_downloads() {
        share(name, &content.type_(), content).await
    } else {
        download(name, content).is_some()
    }
}

fn download(name: &str, content: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(content).ok()?;
    let link = document()?.create_element("a").ok()?;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url).ok()
}

/// Shows the share sheet with a file; false where there is none, or it takes no such file.
async fn share(name: &str, kind: &str, content: &Blob) -> bool {
    let shown = || -> Result<Option<Promise>, JsValue> {
        let navigator = window().ok_or(JsValue::UNDEFINED)?.navigator();
        let options = FilePropertyBag::new();
        options.set_type(kind);
        let parts = Array::of1(content);
        let file = File::new_with_blob_sequence_and_options(&parts, name, &options)?;
        let data = Object::new();
        Reflect::set(&data, &"files".into(), &Array::of1(&file))?;
        let call = |name: &str| -> Result<JsValue, JsValue> {
            let function: Function = Reflect::get(&navigator, &name.into())?.dyn_into()?;
            function.call1(&navigator, &data)
        };
        if call("canShare")?.is_truthy() {
            Ok(Some(call("share")?.dyn_into()?))
        } else {
            Ok(None)
        }
    };
    match shown() {
        Ok(Some(shared)) => match JsFuture::from(shared).await {
            Ok(_) => true,
            // The reader has closed it, and knows why.
            Err(error) => error_name(&error) == "AbortError",
        },
        Ok(None) | Err(_) => false,
    }
}

/// The name of an error.
pub fn error_name(error: &JsValue) -> String {
    let name = Reflect::get(error, &"name".into()).ok();
    name.and_then(|name| name.as_string()).unwrap_or_default()
}

/// Copies a text, where the browser allows it.
pub fn copy(text: &str) {
    let Some(navigator) = window().map(|window| window.navigator()) else {
        return;
    };
    // Not there on pages without TLS.
    let clipboard = Reflect::get(&navigator, &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        let _ = navigator.clipboard().write_text(text);
    }
}

/// Tells the document its language, colours and title.
pub fn dress(language: &str, theme: &str, title: &str) {
    let Some(document) = document() else { return };
    document.set_title(&format!("{title} · Landfall"));
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("lang", language);
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// Moves to a field, which may stand in something folded.
pub fn focus(path: &str) -> Option<()> {
    let field = document()?.get_element_by_id(path)?;
    let mut outer = field.closest("details").ok()?;
    while let Some(fold) = outer {
        let _ = fold.set_attribute("open", "");
        outer = fold
            .parent_element()
            .and_then(|parent| parent.closest("details").ok()?);
    }
    field.dyn_ref::<HtmlElement>()?.focus().ok()?;
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.select();
    }
    Some(())
}
