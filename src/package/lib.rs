//! The npm package: JSON text in, JSON text out.
//!
//! Every function answers with one JSON object, `{"result": …}` or `{"issues": […]}`; the glue
//! returns the one and throws the other. A batch answers with a list of such objects. Requests come
//! as UTF-8 bytes, because a JavaScript string would be copied character by character.

mod answer;

use answer::Answer;
use landfall::issue::{Issue, Problem};
use landfall::json;
use landfall::landed_cost;
use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The landed cost of one order.
#[wasm_bindgen(js_name = landedCost)]
#[must_use]
pub fn landed_cost(request: &[u8], locale: &str) -> String {
    let mut answer = Answer::new(locale);
    match text(request).and_then(json::read) {
        Ok(request) => answer.landed_cost(&request),
        Err(issue) => answer.issues(&[issue]),
    }
    answer.into_text()
}

/// The landed costs of a list of orders, each with a result or issues of its own.
#[wasm_bindgen(js_name = landedCosts)]
#[must_use]
pub fn landed_costs(requests: &[u8], locale: &str) -> String {
    let mut answer = Answer::list(locale, requests.len());
    let read = |requests| json::read_list(requests, |request| answer.landed_cost(&request));
    match text(requests).and_then(read) {
        Ok(()) => answer.into_text(),
        Err(issue) => {
            let mut answer = Answer::new(locale);
            answer.issues(&[issue]);
            answer.into_text()
        }
    }
}

/// The minimum selling price.
#[wasm_bindgen(js_name = sellingPrice)]
#[must_use]
pub fn selling_price(request: &[u8], locale: &str) -> String {
    let mut answer = Answer::new(locale);
    match text(request).and_then(json::read) {
        Ok(request) => answer.outcome(landed_cost::selling_price_of(&request)),
        Err(issue) => answer.issues(&[issue]),
    }
    answer.into_text()
}

/// The text of a request.
fn text(bytes: &[u8]) -> Result<&str, Issue> {
    std::str::from_utf8(bytes).map_err(|_| Issue::at_root(Problem::NotJson { line: 1, column: 1 }))
}
