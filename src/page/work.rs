//! Reading large files, in a worker where the browser allows one.
//!
//! What is to be done and what comes of it go between page and worker as lists, the name first. `boot.js` makes the
//! worker, starts this same wasm in it, and calls [`perform`] there, or on the page where workers are refused.

// That of wasm-bindgen.
#![allow(unsafe_code)]

use std::cell::RefCell;

use js_sys::{Array, Function, JSON, Reflect, Uint8Array};
use landfall_ui::store::{Task, WorkEvent};
use landfall_words::Locale;
use landfall_workspace::file::{self, Refused};
use landfall_workspace::record::Record;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};
use yew::Callback;

use crate::browser::reason;
use crate::host::Host;

/// How many records go from the worker to the page at once: as bytes, which are copied and not decoded.
const TURN: usize = 1_000;

/// What stands between them; no JSON has it.
const BETWEEN: &str = "\u{1e}";

/// What is being read now; one thing at a time.
#[derive(Default)]
pub struct Reader(RefCell<Option<Function>>);

impl Reader {
    /// Reads something, and nothing else any more.
    pub fn start(
        &self,
        host: &Host,
        task: Task,
        locale: Locale,
        device: &str,
        report: Callback<WorkEvent>,
    ) {
        self.cancel();
        let source: JsValue = match task {
            Task::File(file) => file.into(),
            Task::Rows(text) => text.into(),
        };
        let task = Array::of3(&source, &device.into(), &locale.tag().into());
        let listener =
            Closure::<dyn Fn(Array)>::new(move |answer: Array| report.emit(event(&answer)));
        let stop = host.work(&task, listener.as_ref().unchecked_ref());
        // As long as the worker.
        listener.forget();
        self.0.replace(Some(stop));
    }

    /// Ends what is being read; nothing comes of it any more.
    pub fn cancel(&self) {
        if let Some(stop) = self.0.take() {
            let _ = stop.call0(&JsValue::UNDEFINED);
        }
    }
}

/// What an answer of a worker means.
fn event(answer: &Array) -> WorkEvent {
    let text = |index| answer.get(index).as_string().unwrap_or_default();
    let texts = |index| {
        let list = Array::from(&answer.get(index));
        list.iter().filter_map(|text| text.as_string()).collect()
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let number = |index| answer.get(index).as_f64().unwrap_or_default() as u32;
    match text(0).as_str() {
        "progress" => WorkEvent::Progress(number(1), number(2)),
        "some" => {
            let bytes = Uint8Array::new(&answer.get(1)).to_vec();
            let text = String::from_utf8(bytes).unwrap_or_default();
            WorkEvent::Records(text.split(BETWEEN).map(str::to_owned).collect())
        }
        "records" => WorkEvent::End,
        "orders" => WorkEvent::Orders(text(1)),
        "text" => WorkEvent::Text(text(1)),
        "refused" => WorkEvent::Refused(texts(1)),
        _ => WorkEvent::Refused(vec![text(1)]),
    }
}

/// Does what a task asks for, in a worker or on the page, and tells what comes of it.
#[wasm_bindgen]
pub async fn perform(host: Host, task: Array, tell: Function) {
    let tell = |answer: &Array| {
        // A page that doesn't listen has gone.
        let _ = tell.call1(&JsValue::UNDEFINED, answer);
    };
    let text = |index| task.get(index).as_string().unwrap_or_default();
    let locale = Locale::from_tag(&text(2)).unwrap_or(Locale::En);
    let answer = match bytes(&task.get(0), locale).await {
        Ok(bytes) if is_ours(&task.get(0), &bytes) => {
            workspace(&bytes.to_vec(), &text(1), locale, tell)
        }
        Ok(bytes) => orders(&host, &bytes, locale, tell).await,
        Err(answer) => answer,
    };
    tell(&answer);
}

/// Whether something is to be read as a file of this page, and not as an order export: by its name, or as it
/// begins like JSON.
fn is_ours(source: &JsValue, bytes: &Uint8Array) -> bool {
    let name = source.dyn_ref::<File>().map(File::name).unwrap_or_default();
    let start = bytes.subarray(0, 64).to_vec();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
    let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
    name.to_lowercase().ends_with(".json") || first == Some(&b'{')
}

/// The bytes of what is to be read, or the answer why there are none.
async fn bytes(source: &JsValue, locale: Locale) -> Result<Uint8Array, Array> {
    let blob = match source.dyn_ref::<Blob>() {
        Some(blob) => blob.clone(),
        None => Blob::new_with_str_sequence(&Array::of1(source)).map_err(|error| unread(&error))?,
    };
    #[allow(clippy::cast_precision_loss)]
    let limit = file::MAX_BYTES as f64;
    if blob.size() > limit {
        return Err(refusal(locale, &Refused::TooLarge { bytes: 0 }));
    }
    let buffer = JsFuture::from(blob.array_buffer());
    let buffer = buffer.await.map_err(|error| unread(&error))?;
    Ok(Uint8Array::new(&buffer))
}

fn unread(error: &JsValue) -> Array {
    Array::of2(&"unread".into(), &reason(error).into())
}

/// Reads a file of the workspace.
fn workspace(bytes: &[u8], device: &str, locale: Locale, tell: impl Fn(&Array)) -> Array {
    let progress = |done: usize, all: usize| {
        tell(&Array::of3(&"progress".into(), &done.into(), &all.into()));
    };
    let refused = match file::read(bytes, device, progress) {
        Ok(records) => {
            for some in records.chunks(TURN) {
                let texts: Vec<String> = some.iter().map(Record::write).collect();
                let bytes = Uint8Array::from(texts.join(BETWEEN).as_bytes());
                tell(&Array::of2(&"some".into(), &bytes));
            }
            return Array::of1(&"records".into());
        }
        Err(refused) => refused,
    };
    // Single orders and shop files have formats of their own.
    match (refused, std::str::from_utf8(bytes)) {
        (Refused::OtherFormat { .. }, Ok(text)) => Array::of2(&"text".into(), &text.into()),
        (refused, _) => refusal(locale, &refused),
    }
}

/// Why a file is refused.
fn refusal(locale: Locale, refused: &Refused) -> Array {
    let sentences = landfall_ui::refused(locale, refused);
    let sentences: Array = sentences.iter().map(JsValue::from).collect();
    Array::of2(&"refused".into(), &sentences)
}

/// Reads an order export, by a module of its own.
async fn orders(host: &Host, bytes: &Uint8Array, locale: Locale, tell: impl Fn(&Array)) -> Array {
    tell(&Array::of3(&"progress".into(), &0.into(), &1.into()));
    match JsFuture::from(host.orders(bytes, locale.tag())).await {
        Ok(answer) => found(&answer.as_string().unwrap_or_default()),
        Err(error) => unread(&error),
    }
}

/// What the reader answered: orders, or why there are none.
fn found(answer: &str) -> Array {
    let inner = |name: &str| answer.strip_prefix(name)?.strip_suffix('}');
    if let Some(orders) = inner("{\"result\":") {
        return Array::of2(&"orders".into(), &orders.into());
    }
    let issues = inner("{\"issues\":").and_then(|issues| JSON::parse(issues).ok());
    let issues = issues
        .map(|issues| Array::from(&issues))
        .unwrap_or_default();
    let sentences = issues.iter().map(|issue| {
        let text = |name: &str| Reflect::get(&issue, &name.into()).ok()?.as_string();
        let message = text("message").unwrap_or_default();
        match text("path") {
            Some(path) if !path.is_empty() => JsValue::from(format!("{path}: {message}")),
            Some(_) | None => JsValue::from(message),
        }
    });
    Array::of2(&"refused".into(), &sentences.collect::<Array>())
}
