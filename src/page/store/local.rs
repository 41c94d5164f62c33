//! The browser's local storage, where it is allowed.

use std::cell::{Cell, RefCell};

use gloo_storage::Storage;
use landfall_ui::store::{Access, StoreEvent};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::StorageEvent;
use yew::Callback;

use super::fault;
use super::shelf::{PICTURE, Texts};

/// What this page's keys start with; other pages of the same host have others.
const PREFIX: &str = "landfall.";

/// What the keys of records start with.
const ROW: &str = "landfall.row.";

/// Under this key stands what this browser is called in revisions.
const DEVICE: &str = "landfall.device";

thread_local! {
    static HANDLE: RefCell<Option<web_sys::Storage>> = const { RefCell::new(None) };
    /// Whether nothing may be written: what is stored is newer than this page, or was erased.
    static IS_SEALED: Cell<bool> = const { Cell::new(false) };
}

/// The local storage. Its handle is asked for once, and where it is refused, nothing is stored:
/// `gloo_storage::LocalStorage` would panic there.
pub struct Local;

impl Storage for Local {
    fn raw() -> web_sys::Storage {
        let handle = HANDLE.with_borrow(Clone::clone);
        // An object without the methods makes every call an error.
        handle.unwrap_or_else(|| js_sys::Object::new().unchecked_into())
    }
}

impl Local {
    /// Takes the handle, where the browser gives it.
    pub fn find() {
        let handle = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        HANDLE.set(handle);
    }

    /// Everything that is stored but the pictures, by key; nothing where storage is blocked. Also where it is full to the brim, what
    /// it has is there.
    pub fn open(access: Access) -> Vec<(String, String)> {
        match access {
            Access::Open => {}
            Access::Newer(_) => Local::seal(),
        }
        let keys = Local.keys().into_iter();
        let keys = keys.filter(|key| !key.starts_with(PICTURE));
        let pairs = keys.filter_map(|key| {
            let text = Local.get(&key)?;
            Some((key, text))
        });
        pairs.collect()
    }

    /// Nothing is written any more.
    pub fn seal() {
        IS_SEALED.set(true);
    }

    /// Stores a text, or removes it.
    ///
    /// # Errors
    /// What the browser says: that storage is blocked, or full.
    pub fn write(key: &str, text: Option<&str>) -> Result<(), String> {
        if IS_SEALED.get() {
            return Ok(());
        }
        match text {
            Some(text) => Local::raw().set_item(key, text),
            None => Local::raw().remove_item(key),
        }
        .map_err(|error| fault(&error))
    }

    /// What this browser is called in revisions: eight hexadecimal digits, made once.
    pub fn device() -> String {
        let is_device = |text: &String| {
            text.len() == 8
                && text
                    .chars()
                    .all(|digit| matches!(digit, '0'..='9' | 'a'..='f'))
        };
        if let Some(device) = Local.get(DEVICE).filter(is_device) {
            return device;
        }
        let random = uuid::Uuid::new_v4().simple().to_string();
        let device: String = random.chars().take(8).collect();
        // Where it isn't kept, each visit is a device of its own.
        let _ = Local::write(DEVICE, Some(&device));
        device
    }

    /// How many bytes it has of this page.
    pub fn size() -> u64 {
        let units = |text: &str| u64::try_from(text.encode_utf16().count()).unwrap_or_default();
        let sizes = Local.keys().into_iter().map(|key| {
            let text = Local.get(&key).unwrap_or_default();
            units(&key).saturating_add(units(&text))
        });
        sizes.fold(0, u64::saturating_add).saturating_mul(2)
    }

    /// Removes everything of this page, and takes nothing more.
    pub fn erase() {
        for key in Local.keys() {
            // `delete` of gloo panics where the browser refuses.
            let _ = Local::raw().remove_item(&key);
        }
        Local::seal();
    }
}

impl Texts for Local {
    fn keys(&self) -> Vec<String> {
        if HANDLE.with_borrow(Option::is_none) {
            return Vec::new();
        }
        let keys = (0..Local::length()).filter_map(|index| Local::raw().key(index).ok()?);
        keys.filter(|key| key.starts_with(PREFIX)).collect()
    }

    fn get(&self, key: &str) -> Option<String> {
        Local::raw().get_item(key).ok()?
    }

    fn put(&self, key: &str, text: Option<&str>) -> Result<(), String> {
        if HANDLE.with_borrow(Option::is_none) {
            return Err("localStorage".to_owned());
        }
        Local::write(key, text)
    }
}

/// Reports the records that other tabs store.
pub fn subscribe(report: &Callback<StoreEvent>) {
    let report = report.clone();
    let listener = Closure::<dyn Fn(StorageEvent)>::new(move |event: StorageEvent| {
        let is_row = event.key().is_some_and(|key| key.starts_with(ROW));
        if let (true, Some(text)) = (is_row, event.new_value()) {
            report.emit(StoreEvent::Changed(vec![text]));
        }
    });
    if let Some(window) = crate::browser::window() {
        let function = listener.as_ref().unchecked_ref();
        let _ = window.add_event_listener_with_callback("storage", function);
    }
    // As long as the page.
    listener.forget();
}
