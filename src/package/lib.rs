//! The npm package: JSON text in, JSON text out.
//!
//! Every function answers with one JSON object, `{"result": …}` or `{"issues": […]}`; the glue
//! returns the one and throws the other. A batch answers with a list of such objects. Requests come
//! as UTF-8 bytes, because a JavaScript string would be copied character by character.

mod answer;

use answer::Answer;
use landfall::issue::{Issue, Problem};
use landfall::json::{self, Json};
use landfall::landed_cost;
use landfall::policy::Policy;
use landfall::sampling::Seed;
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
    answered(request, locale, Answer::landed_cost)
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
    answered(request, locale, |answer, request| {
        answer.outcome(landed_cost::selling_price_of(request));
    })
}

/// What the owner's rules say of an order.
#[wasm_bindgen(js_name = checkOrder)]
#[must_use]
pub fn check_order(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::order_check)
}

/// A policy with every default filled.
#[wasm_bindgen(js_name = defaultPolicy)]
#[must_use]
pub fn default_policy(policy: &[u8], locale: &str) -> String {
    answered(policy, locale, |answer, policy| {
        answer.outcome(Policy::check(policy));
    })
}

/// What is known of a new supplier, judged.
#[wasm_bindgen(js_name = scoreSupplier)]
#[must_use]
pub fn score_supplier(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::supplier_score)
}

/// The grade of a supplier in use.
#[wasm_bindgen(js_name = gradeSupplier)]
#[must_use]
pub fn grade_supplier(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::supplier_grade)
}

/// Quotes, ranked by landed cost.
#[wasm_bindgen(js_name = compareQuotes)]
#[must_use]
pub fn compare_quotes(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::comparison)
}

/// How many units of each lot to check by the documented rate, and which cartons to open. The 16 bytes
/// of `drawn` are the seed of the draw where the request has none.
#[wasm_bindgen(js_name = spotCheckPlan)]
#[must_use]
pub fn spot_check_plan(request: &[u8], locale: &str, drawn: &[u8]) -> String {
    let drawn = Seed(drawn.try_into().unwrap_or_default());
    answered(request, locale, |answer, request| {
        answer.spot_check(request, drawn);
    })
}

/// How many units of a lot to check, and how many defects it may have.
#[wasm_bindgen(js_name = acceptancePlan)]
#[must_use]
pub fn acceptance_plan(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::acceptance)
}

/// What becomes of a lot after what was found in it.
#[wasm_bindgen(js_name = judgeInspection)]
#[must_use]
pub fn judge_inspection(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::judgement)
}

/// What a sample can see.
#[wasm_bindgen(js_name = detection)]
#[must_use]
pub fn detection(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::detection)
}

/// What a change of the owner's rules would have done to past orders.
#[wasm_bindgen(js_name = backtestPolicy)]
#[must_use]
pub fn backtest_policy(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::backtest)
}

/// The clocks of shipments, the soonest loss first.
#[wasm_bindgen(js_name = deadlines)]
#[must_use]
pub fn deadlines(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::deadlines)
}

/// What the owner reads of a week.
#[wasm_bindgen(js_name = weeklyReport)]
#[must_use]
pub fn weekly_report(request: &[u8], locale: &str) -> String {
    answered(request, locale, Answer::weekly_report)
}

/// The answer to one request.
fn answered(
    request: &[u8],
    locale: &str,
    mut answer: impl FnMut(&mut Answer, &Json<'_>),
) -> String {
    answered_by(request, locale, &mut answer)
}

/// The same by a call, so that reading stands in the wasm once.
#[inline(never)]
fn answered_by(
    request: &[u8],
    locale: &str,
    answer: &mut dyn FnMut(&mut Answer, &Json<'_>),
) -> String {
    let mut answered = Answer::new(locale);
    match text(request).and_then(json::read) {
        Ok(request) => answer(&mut answered, &request),
        Err(issue) => answered.issues(&[issue]),
    }
    answered.into_text()
}

/// The text of a request.
fn text(bytes: &[u8]) -> Result<&str, Issue> {
    std::str::from_utf8(bytes).map_err(|_| Issue::at_root(Problem::NotJson { line: 1, column: 1 }))
}
