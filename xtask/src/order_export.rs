//! The reader of 1688's order export, which is loaded only where a spreadsheet is read: the same wasm and glue
//! for the page and for the npm package.

use anyhow::{Result, bail};

use crate::site::fingerprinted;
use crate::wasm::{self, Bound, Build, ORDER_EXPORT};

/// The name of the wasm in the npm package.
pub const WASM: &str = "order_export.wasm";

/// Builds the reader; its glue loads the wasm from beside itself, by the name that `name` gives it.
pub fn build(build: Build, name: impl FnOnce(&[u8]) -> String) -> Result<Bound> {
    let mut bound = wasm::build(&ORDER_EXPORT, build)?;
    let default_name = format!("{}_bg.wasm", ORDER_EXPORT.glue);
    if !bound.glue.contains(&default_name) {
        bail!(
            "the glue of wasm-bindgen does not name {default_name}; a new version of it has to be looked at"
        );
    }
    bound.glue = bound.glue.replace(&default_name, &name(&bound.wasm));
    Ok(bound)
}

/// The reader as files of the page, by their names: `order-export-1a2b….js` and `order_export-1a2b….wasm`.
pub fn files(how: Build) -> Result<[(String, Vec<u8>); 2]> {
    let mut wasm_name = String::new();
    let bound = build(how, |wasm| {
        wasm_name = fingerprinted(WASM, wasm);
        wasm_name.clone()
    })?;
    let glue = bound.glue.into_bytes();
    let glue_name = fingerprinted("order-export.js", &glue);
    Ok([(glue_name, glue), (wasm_name, bound.wasm)])
}
