//! The buyer order export of 1688: the bytes of a file in, orders as JSON text out.
//!
//! A module of its own, because what unpacks and reads spreadsheets is needed only by those who import one.
//! It answers as the module of the calculation does: `{"result": …}` or `{"issues": […]}`.

mod file;
mod issue;
mod orders;
mod table;
mod text;
mod values;
mod xlsx;

#[cfg(test)]
mod tests;

use landfall_words::Locale;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use file::Reading;
use issue::Issue;
use orders::Order;

#[wasm_bindgen]
extern "C" {
    /// What knows the encodings other than UTF-8: every browser and Node have it.
    type TextDecoder;

    #[wasm_bindgen(constructor, catch)]
    fn new(encoding: &str) -> Result<TextDecoder, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> Result<String, JsValue>;

    /// A function of the caller.
    pub type Listener;

    #[wasm_bindgen(method, catch)]
    fn call(this: &Listener, this_of_call: &JsValue, phase: &str) -> Result<JsValue, JsValue>;
}

/// The orders of a file. `listener` is called with the name of each phase as it begins: `open`, `rows`,
/// `orders`; what it throws is ignored.
#[wasm_bindgen(js_name = orderExport)]
#[must_use]
pub fn order_export(
    bytes: &[u8],
    locale: &str,
    with_consignee: bool,
    listener: &Listener,
) -> String {
    let reading = Reading {
        with_consignee,
        decode: &|encoding, bytes| TextDecoder::new(encoding).ok()?.decode(bytes).ok(),
        // A listener that fails keeps nobody from their orders.
        tell: &|phase| drop(listener.call(&JsValue::UNDEFINED, phase.name())),
    };
    answer(bytes, locale, &reading)
}

/// The orders of a file as JSON text, or the issue why there are none.
fn answer(bytes: &[u8], locale: &str, reading: &Reading<'_>) -> String {
    let locale = Locale::from_tag(locale).unwrap_or(Locale::En);
    let spoken = |issues: Vec<Issue>| -> Vec<Spoken> {
        let speak = |issue| Spoken {
            message: issue::sentence(locale, &issue),
            issue,
        };
        issues.into_iter().map(speak).collect()
    };
    let answer = match file::read(bytes, reading) {
        Ok(read) => Answer::Result(Found {
            orders: read.orders,
            issues: spoken(read.issues),
        }),
        Err(issue) => Answer::Issues(spoken(vec![issue])),
    };
    // Nothing of it can fail: its types have text keys only.
    serde_json::to_string(&answer).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Answer {
    Result(Found),
    Issues(Vec<Spoken>),
}

/// The orders, and what is worth a second look.
#[derive(Serialize)]
struct Found {
    orders: Vec<Order>,
    issues: Vec<Spoken>,
}

/// An issue with its sentence.
#[derive(Serialize)]
struct Spoken {
    #[serde(flatten)]
    issue: Issue,
    message: String,
}
