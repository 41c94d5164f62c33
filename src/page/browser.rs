//! What the browser knows and does: date, language, files, focus.

use chrono::NaiveDate;
use js_sys::{Array, Date, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Blob, Document, Element, File, HtmlAnchorElement, HtmlElement, HtmlInputElement,
    RequestInit, Response, Url, Window,
};

/// How long the data of the destinations may take, in milliseconds.
const PATIENCE: u32 = 5_000;

/// The largest file that is read, in bytes.
const MAX_FILE: f64 = 60_000_000.0;

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

/// The time in UTC.
pub fn now() -> String {
    Date::new_0().to_iso_string().into()
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

/// The text of a file.
pub async fn read(file: File) -> Result<String, String> {
    if file.size() > MAX_FILE {
        return Err("> 60 MB".to_owned());
    }
    let text = JsFuture::from(file.text())
        .await
        .map_err(|error| reason(&error))?;
    text.as_string().ok_or_else(String::new)
}

/// Offers a file.
pub fn download(name: &str, text: &str) -> Option<()> {
    let parts = Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence(&parts).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link = document()?.create_element("a").ok()?;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url).ok()
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
    focus_on(&field)
}

fn focus_on(field: &Element) -> Option<()> {
    field.dyn_ref::<HtmlElement>()?.focus().ok()?;
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.select();
    }
    Some(())
}

/// Moves to the field after this one.
pub fn focus_next(path: &str) -> Option<()> {
    let fields = document()?
        .query_selector_all("main input:not([type=checkbox]):not([type=file]), main select")
        .ok()?;
    let fields =
        (0..fields.length()).filter_map(|index| fields.item(index)?.dyn_into::<HtmlElement>().ok());
    // What is folded away has no parent to be placed by.
    let mut seen = fields
        .skip_while(|field| field.get_attribute("name").as_deref() != Some(path))
        .skip(1);
    let next = seen.find(|field| field.offset_parent().is_some())?;
    focus_on(&next)
}
