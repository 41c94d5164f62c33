//! The fields of a form. The name of a field is its path in the order, and so is that of a button with
//! what it belongs to; one listener on the whole page turns both into messages.

use landfall::check::Named;
use landfall::json::Json;
use landfall::money::parse_decimal;
use landfall_words::Locale;
use yew::prelude::*;

use crate::draft::kind_at;
use crate::model::{Fault, What};
use crate::reading::{Kind, Reading, read};
use crate::say::say;
use crate::tree::{self, Tree};

/// What stands in a field while nothing is typed.
#[derive(Clone, Default)]
pub struct Given {
    /// The value.
    pub value: String,
    /// Where it is from; a mere default is from nowhere, and nothing is said where it is typed over.
    pub from: Option<Html>,
}

/// The fields of one object of the order.
pub struct Form<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The path of the object: `lines[2]`; empty is the order itself.
    pub at: &'a str,
    /// The object as typed.
    pub tree: &'a Tree,
    /// What is wrong and shown.
    pub faults: &'a [Fault],
    /// What stands in a field while nothing is typed, by the field's name.
    pub given: &'a dyn Fn(&str) -> Option<Given>,
}

/// Nothing stands in empty fields.
pub fn nothing(_name: &str) -> Option<Given> {
    None
}

/// The values of an enumeration with what they are called.
pub fn options<T: Named>(
    locale: Locale,
    name: fn(Locale, T) -> &'static str,
) -> Vec<(&'static str, &'static str)> {
    let pairs = T::NAMES.iter().zip(T::ALL);
    pairs
        .map(|(key, value)| (*key, name(locale, *value)))
        .collect()
}

/// The value that an enumeration has for a name.
pub fn named<T: Named>(name: &str) -> Option<T> {
    let mut pairs = T::NAMES.iter().zip(T::ALL);
    pairs.find_map(|(key, value)| (*key == name).then_some(*value))
}

/// A button of the form.
pub fn button(path: &str, action: &str, text: &str) -> Html {
    html! { <button type="button" class="link" name={path.to_owned()} value={action.to_owned()}>{ text }</button> }
}

/// What a sign stands for.
#[derive(Clone, Copy)]
pub enum Sign {
    /// Move up.
    Up,
    /// Move down.
    Down,
    /// Duplicate.
    Copy,
    /// Remove.
    Remove,
}

/// A button of the form that is a sign; its name is heard.
pub fn sign(locale: Locale, path: &str, sign: Sign) -> Html {
    let (action, outline, name) = match sign {
        Sign::Up => ("up", "M8 13V3M4 7l4-4 4 4", say(locale, "Move up", "上移")),
        Sign::Down => (
            "down",
            "M8 3v10M4 9l4 4 4-4",
            say(locale, "Move down", "下移"),
        ),
        Sign::Copy => (
            "copy",
            "M5 5V2h9v9h-3M2 5h9v9H2z",
            say(locale, "Duplicate", "复制"),
        ),
        Sign::Remove => (
            "remove",
            "M4 4l8 8M12 4l-8 8",
            say(locale, "Remove", "删除"),
        ),
    };
    html! {
        <button type="button" class="sign" name={path.to_owned()} value={action} aria-label={name} title={name}>
            <svg viewBox="0 0 16 16" aria-hidden="true"><path d={outline} /></svg>
        </button>
    }
}

/// The signs of a row that can be moved, doubled and taken away.
pub fn signs(locale: Locale, path: &str) -> Html {
    html! { <span class="tools">{ for [Sign::Up, Sign::Down, Sign::Copy, Sign::Remove].map(|of| sign(locale, path, of)) }</span> }
}

impl Form<'_> {
    /// The path of a field.
    pub fn path(&self, name: &str) -> String {
        if self.at.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.at)
        }
    }

    fn fault(&self, path: &str) -> Option<&Fault> {
        self.faults.iter().find(|fault| fault.path == path)
    }

    /// A field that is typed into, with its unit.
    pub fn text(&self, name: &str, label: &str, unit: &str) -> Html {
        self.input(name, label, unit, "")
    }

    /// A field of a class.
    pub fn input(&self, name: &str, label: &str, unit: &str, class: &'static str) -> Html {
        let path = self.path(name);
        let typed = tree::text_at(self.tree, name);
        let kind = kind_at(&path);
        let given = (self.given)(name).unwrap_or_default();
        let fault = self.fault(&path);
        let described = fault.map(|_| format!("{path}-fault"));
        html! {
            <div class={classes!("field", class, kind.map(|_| "figure"))}>
                <label for={path.clone()}>
                    { label }
                    if !unit.is_empty() { <span class="hidden">{ format!(" ({unit})") }</span> }
                </label>
                <div class="box">
                    <input id={path.clone()} name={path.clone()} value={typed.to_owned()} placeholder={given.value.clone()}
                        inputmode={match kind {
                            None => None,
                            Some(Kind::Count) => Some("numeric"),
                            Some(Kind::Date) => Some("text"),
                            Some(_) => Some("decimal"),
                        }}
                        aria-invalid={fault.map(|_| "true")} aria-describedby={described}
                        autocomplete="off" spellcheck="false" enterkeyhint="next" />
                    if !unit.is_empty() { <span class="unit" aria-hidden="true">{ unit }</span> }
                </div>
                { self.echo(kind, typed) }
                { self.told(&path, fault) }
                if !typed.is_empty() && given.from.is_some() {
                    <p class="note">
                        { say(self.locale, "instead of ", "原为 ") }{ given.value.clone() }{ " " }
                        { button(&path, "reset", say(self.locale, "Take back", "撤回")) }
                    </p>
                }
                { given.from.unwrap_or_default() }
            </div>
        }
    }

    /// A field for a text of several lines.
    pub fn area(&self, name: &str, label: &str) -> Html {
        let path = self.path(name);
        let typed = tree::text_at(self.tree, name);
        let fault = self.fault(&path);
        let described = fault.map(|_| format!("{path}-fault"));
        html! {
            <div class="field wide">
                <label for={path.clone()}>{ label }</label>
                <textarea id={path.clone()} name={path.clone()} rows="4" value={typed.to_owned()}
                    aria-invalid={fault.map(|_| "true")} aria-describedby={described} />
                { self.told(&path, fault) }
            </div>
        }
    }

    /// How a text was read, where that isn't plain.
    fn echo(&self, kind: Option<Kind>, typed: &str) -> Html {
        let Some(kind) = kind else { return html! {} };
        if parse_decimal(typed).is_ok() {
            return html! {};
        }
        let reading = read(typed, kind, self.locale);
        if let Reading::Read(read) = reading
            && read != typed
        {
            return html! {
                <p class="note echo">{ say(self.locale, "read as ", "读作 ") }<b>{ read }</b></p>
            };
        }
        html! {}
    }

    /// What is wrong with a field; a text with two meanings is asked.
    fn told(&self, path: &str, fault: Option<&Fault>) -> Html {
        let Some(fault) = fault else { return html! {} };
        let asked = if let What::Misread(Reading::Ambiguous(readings)) = &fault.what {
            readings.as_slice()
        } else {
            &[]
        };
        html! {
            <p class="fault-text" id={format!("{path}-fault")}>
                { fault.sentence(self.locale) }
                { for asked.iter().map(|reading| html! { <>{ " " }{ button(path, &format!("read:{reading}"), reading) }</> }) }
            </p>
        }
    }

    /// A field whose value is chosen. With a `default`, nothing need be.
    pub fn choice(
        &self,
        name: &str,
        label: &str,
        options: &[(&str, &str)],
        default: Option<&str>,
    ) -> Html {
        let path = self.path(name);
        let chosen = match tree::get(self.tree, name) {
            Some(Json::Boolean(flag)) => {
                if *flag {
                    "true"
                } else {
                    "false"
                }
            }
            _ => tree::text_at(self.tree, name),
        };
        let given = (self.given)(name).unwrap_or_default();
        let fault = self.fault(&path);
        let named = |key: &str| {
            options
                .iter()
                .find(|(other, _)| *other == key)
                .map(|(_, name)| *name)
        };
        // What no option stands for must not look like the first one.
        let empty = named(&given.value).or(default);
        let empty = empty.or(chosen.is_empty().then_some("—"));
        let strange = (!chosen.is_empty() && named(chosen).is_none()).then_some(chosen);
        let is_edited = !chosen.is_empty() && given.from.is_some();
        html! {
            <div class="field">
                <label for={path.clone()}>{ label }</label>
                <select id={path.clone()} name={path.clone()} aria-invalid={fault.map(|_| "true")}
                    aria-describedby={fault.map(|_| format!("{path}-fault"))}>
                    if let Some(empty) = empty {
                        <option value="" selected={chosen.is_empty()}>{ empty.to_owned() }</option>
                    }
                    if let Some(strange) = strange {
                        <option value={strange.to_owned()} selected=true>{ strange.to_owned() }</option>
                    }
                    { for options.iter().filter(|(key, name)| *key == chosen || (*key != given.value && Some(*name) != empty)).map(|(key, name)| html! {
                        <option value={(*key).to_owned()} selected={*key == chosen}>{ (*name).to_owned() }</option>
                    }) }
                </select>
                { self.told(&path, fault) }
                if is_edited {
                    <p class="note">{ button(&path, "reset", say(self.locale, "Take back", "撤回")) }</p>
                }
                { given.from.unwrap_or_default() }
            </div>
        }
    }

    /// A box to be ticked.
    pub fn tick(&self, name: &str, label: &str, is_ticked: bool) -> Html {
        let path = self.path(name);
        html! {
            <label class="tick">
                <input type="checkbox" name={path} checked={is_ticked} />
                <span>{ label }</span>
            </label>
        }
    }
}
