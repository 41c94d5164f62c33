//! The cost of each SKU.

use std::rc::Rc;

use landfall_words::{self as words, Locale};
use rust_decimal::Decimal;
use yew::prelude::*;

use super::amount::row;
use crate::outcome::{Amount, Outcome};
use crate::say::say;

/// So many lines are shown until all are asked for: a keystroke stays quick.
const FIRST: usize = 25;

#[derive(Properties)]
pub struct LinesProps {
    pub locale: Locale,
    pub outcome: Rc<Outcome>,
}

impl PartialEq for LinesProps {
    fn eq(&self, other: &LinesProps) -> bool {
        Rc::ptr_eq(&self.outcome, &other.outcome) && self.locale == other.locale
    }
}

/// Each SKU with its cost; a row opens to its components.
#[component]
pub fn Lines(props: &LinesProps) -> Html {
    let LinesProps { locale, outcome } = props;
    let locale = *locale;
    let all = use_state(|| false);
    let count = outcome.result.lines.len();
    let shown = if *all { count } else { count.min(FIRST) };
    let rows = (0..shown)
        .map(|index| html! { <LineRow key={index} {locale} outcome={outcome.clone()} {index} /> });
    let button = if *all {
        let first = words::number(Decimal::from(FIRST));
        match locale {
            Locale::En => format!("Show the first {first}"),
            Locale::Zh => format!("只显示前 {first} 行"),
        }
    } else {
        let count = words::number(Decimal::from(count));
        match locale {
            Locale::En => format!("Show all {count}"),
            Locale::Zh => format!("显示全部 {count} 行"),
        }
    };
    let onclick = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(!*all))
    };
    html! {
        <section>
            <h2>{ say(locale, "By SKU", "各 SKU 成本") }</h2>
            <table class="skus">
                <thead>
                    <tr>
                        <th scope="col">{ "SKU" }</th>
                        <th scope="col">{ say(locale, "Quantity", "数量") }</th>
                        <th scope="col">{ say(locale, "Per unit", "每件") }</th>
                        <th scope="col">{ say(locale, "Total", "合计") }</th>
                    </tr>
                </thead>
                <tbody>{ for rows }</tbody>
            </table>
            if count > FIRST {
                <button type="button" class="plain" {onclick}>{ button }</button>
            }
        </section>
    }
}

#[derive(Properties)]
struct LineRowProps {
    locale: Locale,
    outcome: Rc<Outcome>,
    index: usize,
}

impl PartialEq for LineRowProps {
    fn eq(&self, other: &LineRowProps) -> bool {
        Rc::ptr_eq(&self.outcome, &other.outcome)
            && self.locale == other.locale
            && self.index == other.index
    }
}

/// A SKU. The whole row opens by a click, its button also by a key.
#[component]
fn LineRow(props: &LineRowProps) -> Html {
    let is_open = use_state(|| false);
    let Some(line) = props.outcome.result.lines.get(props.index) else {
        return html! {};
    };
    let onclick = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    html! {
        <>
            <tr class="line" {onclick}>
                <th scope="row">
                    <button type="button" aria-expanded={if *is_open { "true" } else { "false" }}>{ &line.sku }</button>
                </th>
                <td>{ words::number(Decimal::from(line.quantity)) }</td>
                <td class="opens">{ words::number(line.per_unit) }</td>
                <td class="opens">{ words::number(line.total) }</td>
            </tr>
            if *is_open {
                <tr class="parts"><td colspan="4">{ parts(props) }</td></tr>
            }
        </>
    }
}

/// What a line is made of, and how its sums came about.
fn parts(props: &LineRowProps) -> Html {
    let LineRowProps {
        locale,
        outcome,
        index,
    } = props;
    let (locale, index) = (*locale, *index);
    let Some(line) = outcome.result.lines.get(index) else {
        return html! {};
    };
    let parts = line.components.iter().filter(|(_, cost)| !cost.is_zero());
    let parts = parts.map(|(component, cost)| {
        let of = Amount::LineComponent(index, component);
        let name = words::component(locale, component);
        row(locale, outcome, of, name, words::number(*cost))
    });
    let total = say(locale, "Total", "合计");
    let per_unit = say(locale, "Per good unit", "每件合格品");
    html! {
        <>
            { for parts }
            { row(locale, outcome, Amount::Line(index), total, words::number(line.total)) }
            { row(locale, outcome, Amount::LinePerUnit(index), per_unit, words::number(line.per_unit)) }
        </>
    }
}
