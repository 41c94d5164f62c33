//! An amount that opens its working.

use std::rc::Rc;

use landfall_words::{self as words, Locale};
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

use super::charge_name;
use crate::outcome::{Amount, Outcome};
use crate::say::say;

/// An amount to be shown.
#[derive(Properties)]
pub struct AmountProps {
    /// The language.
    pub locale: Locale,
    /// The result that the amount is of.
    pub outcome: Rc<Outcome>,
    /// Which amount it is.
    pub of: Amount,
    /// The amount, written.
    pub value: String,
    /// What it is called; nothing where that stands elsewhere.
    #[prop_or_default]
    pub label: String,
    /// What stands quietly before the value.
    #[prop_or_default]
    pub beside: String,
    /// A second amount, which is explained below the first, and how it is written.
    #[prop_or_default]
    pub also: Option<(Amount, String)>,
    /// The class of its group of costs, where it has a coloured dot.
    #[prop_or_default]
    pub dot: &'static str,
}

/// Outcomes are compared by place, since a long order has hundreds of amounts.
impl PartialEq for AmountProps {
    fn eq(&self, other: &AmountProps) -> bool {
        Rc::ptr_eq(&self.outcome, &other.outcome)
            && self.locale == other.locale
            && self.of == other.of
            && self.value == other.value
            && self.label == other.label
            && self.beside == other.beside
            && self.also == other.also
            && self.dot == other.dot
    }
}

/// Whether a `details` element is open, and what keeps this true. `toggle` events don't bubble, so that
/// one inside another is told from it.
#[hook]
pub fn use_toggle() -> (bool, Callback<Event>) {
    let is_open = use_state(|| false);
    let setter = is_open.setter();
    let ontoggle = Callback::from(move |event: Event| {
        if let Some(details) = event.target_dyn_into::<HtmlDetailsElement>() {
            setter.set(details.open());
        }
    });
    (*is_open, ontoggle)
}

/// An amount, and below it how it came about once it is opened.
#[component]
pub fn AmountView(props: &AmountProps) -> Html {
    let (is_open, ontoggle) = use_toggle();
    let sentences = if is_open {
        sentences(props)
    } else {
        Vec::new()
    };
    html! {
        <details class="amount" {ontoggle}>
            <summary>
                if !props.dot.is_empty() {
                    <span class={classes!("dot", props.dot)}></span>
                }
                if !props.label.is_empty() {
                    <span class="name">{ &props.label }</span>
                }
                if !props.beside.is_empty() {
                    <span class="beside">{ &props.beside }</span>
                }
                <span class="value">{ &props.value }</span>
            </summary>
            // A list of their own: beside them the summary would be made anew, and lose the focus.
            <>{ for sentences.into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }</>
        </details>
    }
}

/// How an amount came about, and then the second one. A component that is made of charges is told by
/// how each of them was computed.
fn sentences(props: &AmountProps) -> Vec<String> {
    let AmountProps {
        locale,
        outcome,
        of,
        ..
    } = props;
    let working = |of| {
        let working = outcome.working(*locale, of);
        working.unwrap_or_else(|| too_large(*locale).to_owned())
    };
    let colon = say(*locale, ": ", "：");
    let mut sentences = Vec::new();
    if let Amount::Component(component) = *of {
        let charges = outcome.result.charges.iter().enumerate();
        let charges = charges.filter(|(_, charge)| charge.component.component() == component);
        sentences.extend(charges.map(|(index, charge)| {
            let name = charge_name(*locale, charge);
            let amount = words::number(charge.amount);
            format!("{name} {amount}{colon}{}", working(Amount::Charge(index)))
        }));
    }
    if sentences.is_empty() {
        sentences.push(working(*of));
    }
    if let Some((of, written)) = &props.also {
        sentences.push(format!("{written}{colon}{}", working(*of)));
    }
    sentences
}

/// What stands for a working that can't be represented.
fn too_large(locale: Locale) -> &'static str {
    say(
        locale,
        "The figures behind this amount are too large to be written out.",
        "这个金额背后的数字太大，无法写出算式。",
    )
}

/// An amount with its name, as a row.
pub fn row(locale: Locale, outcome: &Rc<Outcome>, of: Amount, label: &str, value: String) -> Html {
    view(AmountProps {
        locale,
        outcome: outcome.clone(),
        of,
        value,
        label: label.to_owned(),
        beside: String::new(),
        also: None,
        dot: "",
    })
}

/// An amount of these properties.
pub fn view(props: AmountProps) -> Html {
    html! { <AmountView ..props /> }
}

/// A figure that is given, not computed, as a row.
pub fn plain_row(label: &str, value: String) -> Html {
    html! { <div class="row"><span class="name">{ label }</span><span class="value">{ value }</span></div> }
}
