//! What the script that starts the wasm does for it: `www/boot.js` has the page's one policy, and outlives
//! a trap.

// That of wasm-bindgen.
#![allow(unsafe_code)]

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// What `boot.js` does.
    #[derive(Clone)]
    pub type Host;

    /// What went wrong before the page was loaded anew.
    #[wasm_bindgen(method, getter)]
    pub fn recovered(this: &Host) -> Option<String>;

    /// Keeps the page for use without a network; calls back when a newer version could take over.
    #[wasm_bindgen(method)]
    pub fn keep(this: &Host, report: &Function);

    /// Lets the newer version take over.
    #[wasm_bindgen(method)]
    pub fn update(this: &Host);

    /// Has a task performed in a worker, or here where there can be none; gives what ends it before it is done.
    #[wasm_bindgen(method)]
    pub fn work(this: &Host, task: &Array, report: &Function) -> Function;

    /// What the reader of order exports answers to the bytes of a file.
    #[wasm_bindgen(method)]
    pub fn orders(this: &Host, bytes: &Uint8Array, locale: &str) -> Promise;

    /// Removes what keeps the page for use without a network, and shows it as on a first visit.
    #[wasm_bindgen(method)]
    pub fn leave(this: &Host);
}

/// Starts the page.
#[wasm_bindgen]
pub fn start(host: Host) {
    crate::open(host);
}
