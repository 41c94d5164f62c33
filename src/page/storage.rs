//! The browser's local storage, where it is allowed.

use std::cell::RefCell;

use gloo_storage::Storage;

/// What this page's keys start with; other pages of the same host have others.
const PREFIX: &str = "landfall.";

thread_local! {
    static HANDLE: RefCell<Option<web_sys::Storage>> = const { RefCell::new(None) };
}

/// The local storage. Its handle is asked for once, and where it is refused, nothing is stored:
/// `gloo_storage::LocalStorage` would panic there.
pub struct Local;

impl Storage for Local {
    fn raw() -> web_sys::Storage {
        let handle = HANDLE.with_borrow(Clone::clone);
        // Only called where `is_open`; an object without the methods makes every call an error.
        handle.unwrap_or_else(|| wasm_bindgen::JsCast::unchecked_into(js_sys::Object::new()))
    }
}

impl Local {
    /// Everything that is stored, by key; `None` where storage is blocked or full to the brim.
    pub fn open() -> Option<Vec<(String, String)>> {
        let handle = web_sys::window()?.local_storage().ok()??;
        let probe = "landfall.probe";
        handle.set_item(probe, "").ok()?;
        handle.remove_item(probe).ok()?;
        HANDLE.set(Some(handle));
        let keys = (0..Local::length()).filter_map(|index| Local::raw().key(index).ok()?);
        let keys = keys
            .filter(|key| key.starts_with(PREFIX))
            .collect::<Vec<_>>();
        let pairs = keys.into_iter().filter_map(|key| {
            let text = Local::raw().get_item(&key).ok()??;
            Some((key, text))
        });
        Some(pairs.collect())
    }

    /// Stores a text, or removes it.
    ///
    /// # Errors
    /// What the browser says: that storage is blocked, or full.
    pub fn write(key: &str, text: Option<&str>) -> Result<(), String> {
        if HANDLE.with_borrow(Option::is_none) {
            return Err("localStorage".to_owned());
        }
        match text {
            Some(text) => Local::raw()
                .set_item(key, text)
                .map_err(|error| crate::browser::reason(&error)),
            None => {
                Local::delete(key);
                Ok(())
            }
        }
    }
}
