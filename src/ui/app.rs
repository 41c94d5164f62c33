//! The page: the order at the left, its cost at the right.

use std::rc::Rc;

use landfall_words::{self as words, Locale};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::answer::Answer;
use crate::model::{Model, Msg, update};
use crate::text::{Text, text};

impl Reducible for Model {
    type Action = Msg;

    fn reduce(self: Rc<Self>, msg: Msg) -> Rc<Self> {
        Rc::new(update(&self, msg))
    }
}

/// What the page opens with.
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// The reader's language.
    pub locale: Locale,
}

/// The whole interface.
#[component]
pub fn App(props: &AppProps) -> Html {
    let locale = props.locale;
    let model = use_reducer(|| Model::new(locale));
    let locale = model.locale;
    let say = |of| text(locale, of);
    let dispatcher = model.dispatcher();
    let typed = Callback::from(move |event: InputEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            dispatcher.dispatch(Msg::Typed(field.value()));
        }
    });
    let dispatcher = model.dispatcher();
    let chose = Callback::from(move |locale| dispatcher.dispatch(Msg::Chose(locale)));
    html! {
        <div class="page" lang={locale.tag()}>
            <header class="head">
                <div>
                    <h1>{ say(Text::Title) }</h1>
                    <p class="quiet">{ say(Text::Purpose) }</p>
                </div>
                <Languages {locale} {chose} />
            </header>
            <main class="columns">
                <section class="order" aria-labelledby="order">
                    <h2 id="order">{ say(Text::Request) }</h2>
                    <p id="order-hint" class="quiet">{ say(Text::RequestHint) }</p>
                    <textarea
                        class="request"
                        aria-labelledby="order"
                        aria-describedby="order-hint"
                        aria-invalid={(!model.issues.is_empty()).then_some("true")}
                        spellcheck="false"
                        autocomplete="off"
                        oninput={typed}
                        value={model.text.to_string()}
                    />
                </section>
                <section class="result" aria-label={say(Text::Answer)}>
                    <Issues {locale} issues={model.issues.clone()} has_result={model.result.is_some()} />
                    if let Some(result) = &model.result {
                        <Answer {locale} result={result.clone()} is_old={!model.issues.is_empty()} />
                    }
                </section>
            </main>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LanguagesProps {
    locale: Locale,
    chose: Callback<Locale>,
}

/// The languages, each in its own name.
#[component]
fn Languages(props: &LanguagesProps) -> Html {
    let buttons = Locale::ALL.map(|locale| {
        let name = match locale {
            Locale::En => "English",
            Locale::Zh => "简体中文",
        };
        let chose = props.chose.clone();
        let onclick = Callback::from(move |_: MouseEvent| chose.emit(locale));
        let pressed = if locale == props.locale { "true" } else { "false" };
        html! { <button type="button" lang={locale.tag()} aria-pressed={pressed} {onclick}>{ name }</button> }
    });
    html! { <div class="languages">{ for buttons }</div> }
}

#[derive(Properties, PartialEq)]
struct IssuesProps {
    locale: Locale,
    issues: Rc<[landfall::issue::Issue]>,
    has_result: bool,
}

/// What is wrong with the request, each with its place.
#[component]
fn Issues(props: &IssuesProps) -> Html {
    let locale = props.locale;
    let items = props.issues.iter().map(|issue| {
        html! {
            <li>
                if !issue.path.is_empty() {
                    <code>{ &issue.path }</code>{ " " }
                }
                { words::issue(locale, issue) }
            </li>
        }
    });
    html! {
        <div class="issues" role="status">
            if !props.issues.is_empty() {
                <div class="notice stop">
                    <h2>{ text(locale, Text::Issues) }</h2>
                    <ul>{ for items }</ul>
                    if props.has_result {
                        <p class="quiet">{ text(locale, Text::LastGood) }</p>
                    }
                </div>
            }
        </div>
    }
}
