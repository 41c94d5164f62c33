//! What the rules say of an order, drawn: the word and its shape first, then every rule with its sentence.

use landfall::finding::{Finding, Outcome, RecordField, Rule};
use landfall::money::Currency;
use landfall::order::Verdict;
use landfall_words::{self as words, Locale};
use landfall_workspace::decisions::Decisions;
use landfall_workspace::rows::{self, Decision};
use yew::prelude::*;

use super::decide::outcome_name;
use super::placing::{Check, DATA};
use crate::form::button;
use crate::model::Model;
use crate::say::say;
use crate::time::shown_instant;

/// What is said of an order in a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Staff may place it.
    Proceed,
    /// Something is missing.
    Incomplete,
    /// The owner decides.
    Stop,
    /// It stops, and the owner lifted that.
    Lifted,
}

impl Mark {
    /// The mark of a verdict.
    pub const fn of(verdict: Verdict, is_lifted: bool) -> Mark {
        match verdict {
            Verdict::Proceed => Mark::Proceed,
            Verdict::Incomplete => Mark::Incomplete,
            Verdict::Stop if is_lifted => Mark::Lifted,
            Verdict::Stop => Mark::Stop,
        }
    }

    /// The word.
    pub const fn word(self, locale: Locale) -> &'static str {
        match self {
            Mark::Proceed => say(locale, "PROCEED", "可以下单"),
            Mark::Incomplete => say(locale, "INCOMPLETE", "资料不全"),
            Mark::Stop => say(locale, "STOP", "停止下单"),
            Mark::Lifted => say(locale, "STOP LIFTED", "已获批准"),
        }
    }

    /// Its class and its shape: a tick in a circle, a triangle, an octagon, an octagon with a tick.
    const fn shape(self) -> (&'static str, &'static str) {
        match self {
            Mark::Proceed => ("go", "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M7 12l4 4 6-8"),
            Mark::Incomplete => ("wait", "M12 3L22 21H2zM12 9v6M12 17.5v1"),
            Mark::Stop => ("stop", "M8 2h8l6 6v8l-6 6H8l-6-6V8zM8 8l8 8M16 8l-8 8"),
            Mark::Lifted => ("go", "M8 2h8l6 6v8l-6 6H8l-6-6V8zM7 12l4 4 6-8"),
        }
    }
}

/// A shape, drawn.
fn shape(class: &'static str, outline: &'static str) -> Html {
    html! { <svg class={classes!("shape", class)} viewBox="0 0 24 24" aria-hidden="true"><path d={outline} /></svg> }
}

/// The word with its shape.
pub fn mark(locale: Locale, mark: Mark) -> Html {
    let (class, outline) = mark.shape();
    html! { <span class={classes!("stamp", class)}>{ shape(class, outline) }{ mark.word(locale) }</span> }
}

/// What an outcome is called, for those who hear it.
pub const fn outcome_word(locale: Locale, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::HardStop => say(locale, "Stop", "拦截"),
        Outcome::Missing => say(locale, "Missing", "缺少"),
        Outcome::Notice => say(locale, "Note", "注意"),
        Outcome::Pass => say(locale, "Passed", "通过"),
    }
}

/// The shape of an outcome.
fn outcome_shape(outcome: Outcome) -> Html {
    let (class, outline) = match outcome {
        Outcome::HardStop => Mark::Stop.shape(),
        Outcome::Missing => Mark::Incomplete.shape(),
        Outcome::Notice => (
            "quiet",
            "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M12 11v6M12 7v1",
        ),
        Outcome::Pass => Mark::Proceed.shape(),
    };
    shape(class, outline)
}

/// A finding with its sentence; what belongs to it stands beneath.
pub fn finding(locale: Locale, home: Currency, finding: &Finding, beneath: Html) -> Html {
    let (rule, outcome) = (finding.rule(), finding.outcome());
    html! {
        <li class={classes!("finding", outcome.name())}>
            { outcome_shape(outcome) }
            <div>
                <h3>{ words::rule(locale, rule) }<span class="outcome">{ outcome_word(locale, outcome) }</span></h3>
                <p>{ words::finding(locale, home, finding) }</p>
                { beneath }
            </div>
        </li>
    }
}

/// A stored finding; one of a rule that this page doesn't know by its codes.
pub fn stored_finding(
    locale: Locale,
    home: Currency,
    stored: &rows::Finding,
    beneath: Html,
) -> Html {
    if let Some(found) = stored.found() {
        return finding(locale, home, &found, beneath);
    }
    let parts = [&stored.subject, &stored.observed, &stored.limit];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    html! {
        <li class={classes!("finding", stored.outcome.name())}>
            { outcome_shape(stored.outcome) }
            <div><h3>{ &*stored.rule }</h3><p>{ parts.join(" · ") }</p>{ beneath }</div>
        </li>
    }
}

/// A decision of the owner's in a sentence: what, by whom, when, why, on which condition.
pub fn decision_sentence(locale: Locale, decision: &Decision, offset: i32) -> String {
    let (what, by) = (outcome_name(locale, decision.outcome), &decision.by);
    let at = shown_instant(&decision.at.0, offset);
    let reason = decision.reason.as_deref().unwrap_or_default();
    let mut text = match locale {
        Locale::En => format!("{what} by {by}, {at}: {reason}"),
        Locale::Zh => format!("{what}，{by}，{at}：{reason}"),
    };
    if let Some(condition) = &decision.condition {
        text.push_str(say(locale, " Condition: ", " 条件："));
        text.push_str(condition);
    }
    text
}

/// A decision beneath its finding.
pub fn decided(locale: Locale, decision: &Decision, offset: i32) -> Html {
    html! { <p class="decided">{ decision_sentence(locale, decision, offset) }</p> }
}

/// The fields that supply what a finding misses.
fn missing_fields(locale: Locale, finding: &Finding) -> Vec<(String, String)> {
    let field = |name: &str, text: &str| (format!("{DATA}.{name}"), text.to_owned());
    match finding {
        Finding::Specification { unconfirmed } => {
            let parts = unconfirmed.iter().map(|part| {
                let name = format!("specification.{}", part.name());
                field(&name, words::specification_part(locale, *part))
            });
            parts.collect()
        }
        Finding::OrderRecord { missing } => {
            let fields = missing.iter().map(|of| {
                let name = match of {
                    RecordField::ProductLink => "productLink",
                    RecordField::PriceScreenshot => "priceScreenshot",
                    RecordField::Staff => "staff",
                    RecordField::ExpectedDelivery => "expectedDelivery",
                };
                field(name, words::record_field(locale, *of))
            });
            fields.collect()
        }
        Finding::ExchangeRate { .. } => {
            let name = say(locale, "exchange rate", "汇率");
            vec![field("exchangeRate.cnyPerUnit", name)]
        }
        Finding::CostCalculated { .. } => {
            let name = say(locale, "what it is costed with", "成本依据");
            vec![("placing.costing".to_owned(), name.to_owned())]
        }
        Finding::OrderValue { .. }
        | Finding::SupplierWhitelist { .. }
        | Finding::PriceIncrease { .. }
        | Finding::AgreedPriceRange { .. } => Vec::new(),
    }
}

/// The ways to what a finding misses.
fn ways(locale: Locale, finding: &Finding) -> Html {
    if finding.outcome() != Outcome::Missing {
        return html! {};
    }
    let fields = missing_fields(locale, finding);
    html! {
        <p class="ways">{ say(locale, "Go to: ", "前往：") }
            { for fields.into_iter().map(|(path, name)| html! { <>{ button(&path, "focus", &name) }{ " " }</> }) }
        </p>
    }
}

/// What stops the order, or with `is_stop` off every other rule with what it found; last those that can't be applied
/// yet.
pub fn findings(model: &Model, check: &Check, order_id: &str, is_stop: bool) -> Html {
    let locale = model.locale;
    let decisions = Decisions::all(&model.workspace);
    let home = check.policy.home_currency;
    let shown = check.findings.iter();
    let shown = shown.filter(|found| (found.outcome() == Outcome::HardStop) == is_stop);
    let drawn = shown.map(|found| {
        let stored = rows::Finding::of(found);
        let decision = decisions.about(order_id, &stored).filter(|_| is_stop);
        let beneath = html! {
            <>
                { for decision.map(|decision| decided(locale, decision, model.offset)) }
                if is_stop && model.is_owner() { { super::written::deciding(locale, &stored) } }
                { ways(locale, found) }
            </>
        };
        finding(locale, home, found, beneath)
    });
    let drawn: Vec<Html> = drawn.collect();
    let waits = check.waiting.iter().filter(|_| !is_stop);
    html! {
        if !drawn.is_empty() || !is_stop {
            <ul class="findings">
                { drawn }
                { for waits.map(|rule| waiting(locale, *rule)) }
            </ul>
        }
    }
}

fn waiting(locale: Locale, rule: Rule) -> Html {
    html! {
        <li class="finding waits">
            { shape("quiet", "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20M12 6v6l4 3") }
            <div>
                <h3>{ words::rule(locale, rule) }</h3>
                <p class="quiet">{ say(locale, "Waits for what is still to be filled in.", "等待补齐资料后检查。") }</p>
            </div>
        </li>
    }
}
