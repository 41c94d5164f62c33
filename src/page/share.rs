//! Orders packed into links: deflated by the browser, in an alphabet that addresses have.

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableWritablePair, Response};

use crate::browser::{reason, window};

/// What a packed order starts with; another way to pack gets another number.
const VERSION: &str = "1.";

/// The longest packed order, in characters. What it unpacks to is at most a thousand times as much.
const MAX_PACKED: usize = 20_000;

/// Packs a text.
pub async fn pack(text: &str) -> Result<String, String> {
    let parts = Array::of1(&text.into());
    let bytes = through("CompressionStream", &parts)
        .await
        .map_err(|error| reason(&error))?;
    let text: String = bytes.to_vec().into_iter().map(char::from).collect();
    let window = window().ok_or_else(String::new)?;
    let packed = window.btoa(&text).map_err(|error| reason(&error))?;
    let packed = packed.replace('+', "-").replace('/', "_");
    Ok(format!("{VERSION}{}", packed.trim_end_matches('=')))
}

/// Unpacks a text.
pub async fn unpack(packed: &str) -> Result<String, String> {
    if packed.len() > MAX_PACKED {
        return Err(format!("> {MAX_PACKED}"));
    }
    let packed = packed
        .strip_prefix(VERSION)
        .ok_or_else(|| packed.chars().take(4).collect::<String>())?;
    let packed = packed.replace('-', "+").replace('_', "/");
    let window = window().ok_or_else(String::new)?;
    let text = window.atob(&packed).map_err(|error| reason(&error))?;
    let bytes: Vec<u8> = text.chars().filter_map(|c| u8::try_from(c).ok()).collect();
    let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
    let bytes = through("DecompressionStream", &parts)
        .await
        .map_err(|error| reason(&error))?;
    String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string())
}

/// What comes out of a transforming stream of the browser when parts go in.
async fn through(transform: &str, parts: &Array) -> Result<Uint8Array, JsValue> {
    // web-sys has these two classes only behind a flag of the compiler.
    let class: Function = Reflect::get(&js_sys::global(), &transform.into())?.dyn_into()?;
    let pair = Reflect::construct(&class, &Array::of1(&"deflate-raw".into()))?;
    let pair: &ReadableWritablePair = pair.unchecked_ref();
    let blob = Blob::new_with_blob_sequence(parts)?;
    let stream: ReadableStream = blob.stream().pipe_through(pair);
    let response = Response::new_with_opt_readable_stream(Some(&stream))?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(buffer.unchecked_ref()))
}
