//! Enter in a field: it moves on to the next one, or hands over a code that was scanned. It submits nothing.
//! Escape closes what is shown large.
//!
//! A scanner types a code as a keyboard does, a key a millisecond, and ends it with Enter; the next code may
//! follow at once. So what Enter does to the field and the focus is done before the next key can come, and not
//! by a message.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::model::Msg;

/// Marks a field that takes codes.
pub const SCANNED: &str = "data-scan";

/// Before a code in what a field that takes codes does.
pub const SCAN: &str = "scan:";

/// Enter in a field, unless it ends a word of an input method; Escape within what it closes.
pub fn on_key(event: KeyboardEvent) -> Option<Msg> {
    if event.key() == "Escape" {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let place = target.closest("[data-closes]").ok()??;
        let place = place.get_attribute("data-closes").unwrap_or_default();
        return Some(Msg::Pressed(place, "close".to_owned()));
    }
    if event.key() != "Enter" || event.is_composing() || event.key_code() == 229 {
        return None;
    }
    let field = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    if field.name().is_empty() || field.type_() != "text" {
        return None;
    }
    event.prevent_default();
    if field.has_attribute(SCANNED) {
        // The next code takes the place of this one.
        field.select();
        return Some(Msg::Pressed(
            field.name(),
            format!("{SCAN}{}", field.value()),
        ));
    }
    move_on(&field);
    None
}

/// Moves to the field after this one. What is folded away or switched off doesn't take the focus.
fn move_on(field: &HtmlInputElement) -> Option<()> {
    let document = field.owner_document()?;
    let fields = document
        .query_selector_all("main input:not([type=checkbox]):not([type=file]), main select")
        .ok()?;
    let fields =
        (0..fields.length()).filter_map(|index| fields.item(index)?.dyn_into::<HtmlElement>().ok());
    let own: &HtmlElement = field;
    let mut after = fields.skip_while(|field| field != own).skip(1);
    after
        .any(|field| {
            let _ = field.focus();
            if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                input.select();
            }
            document.active_element().as_ref() == Some(&*field)
        })
        .then_some(())
}
