//! JSON texts edited and compared part by part, so that what isn't known of them survives to the letter.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use landfall::check::quoted;
use landfall::json::Json;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// The parts of a JSON text.
enum Parts<'t> {
    Object(Vec<(Cow<'t, str>, &'t RawValue)>),
    List(Vec<&'t RawValue>),
    /// Anything else, and what isn't JSON.
    Single,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Parts<'t> {
        let object = |text| serde_json::from_str(text).map(|Fields(fields)| Parts::Object(fields));
        let list = |text| serde_json::from_str(text).map(Parts::List);
        match text.trim_start().as_bytes().first() {
            Some(b'{') => object(text).unwrap_or(Parts::Single),
            Some(b'[') => list(text).unwrap_or(Parts::Single),
            _ => Parts::Single,
        }
    }
}

/// The names and values of an object, in their order.
pub(crate) struct Fields<'t>(pub Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Fields<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    fields.push((name, value));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Names)
    }
}

/// A name, borrowed where it has no escapes.
#[derive(Deserialize)]
pub(crate) struct Name<'t>(#[serde(borrow)] pub Cow<'t, str>);

fn field<'f, 't>(fields: &'f [(Cow<'t, str>, Json<'t>)], name: &str) -> Option<&'f Json<'t>> {
    let mut fields = fields.iter();
    fields.find_map(|(field, value)| (field == name).then_some(value))
}

/// The text after an edit that turned `old`, what was known of it, into `new`. What isn't known
/// stays: fields that `old` lacks, numbers as they were written, in lists by position.
pub fn patched(text: &str, old: &Json<'_>, new: &Json<'_>) -> String {
    if old == new {
        return text.to_owned();
    }
    let written = || serde_json::to_string(new).unwrap_or_default();
    let mut out = String::new();
    match (Parts::of(text), old, new) {
        (Parts::Object(fields), Json::Object(old), Json::Object(new)) => {
            let mut put = |name: &str, value: &str| {
                out.push(if out.is_empty() { '{' } else { ',' });
                out.push_str(&serde_json::to_string(name).unwrap_or_default());
                out.extend([":", value]);
            };
            for (name, value) in &fields {
                match (field(old, name), field(new, name)) {
                    (Some(old), Some(new)) => put(name, &patched(value.get(), old, new)),
                    (None, Some(new)) => {
                        put(name, &serde_json::to_string(new).unwrap_or_default());
                    }
                    (Some(_), None) => {}
                    (None, None) => put(name, value.get()),
                }
            }
            for (name, value) in new {
                let is_there = fields.iter().any(|(field, _)| field == name);
                if !is_there && field(old, name) != Some(value) {
                    put(name, &serde_json::to_string(value).unwrap_or_default());
                }
            }
            out.push_str(if out.is_empty() { "{}" } else { "}" });
            out
        }
        (Parts::List(items), Json::List(old), Json::List(new)) => {
            for (index, new) in new.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                match (items.get(index), old.get(index)) {
                    (Some(item), Some(old)) => out.push_str(&patched(item.get(), old, new)),
                    _ => out.push_str(&serde_json::to_string(new).unwrap_or_default()),
                }
            }
            out.push_str(if out.is_empty() { "[]" } else { "]" });
            out
        }
        _ => written(),
    }
}

/// A field in which two texts differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Where: `lines[2].quantity`.
    pub path: String,
    /// What stood there, shortened; `None` is nothing.
    pub old: Option<String>,
    /// What stands there, shortened; `None` is nothing.
    pub new: Option<String>,
}

/// How many differences are listed.
const MAX_DIFFERENCES: usize = 1_000;
/// How deep values are compared; deeper ones differ as a whole.
const MAX_DEPTH: usize = 8;

/// The fields in which two JSON texts differ; the first 1,000.
pub fn differences(old: &str, new: &str) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), MAX_DEPTH, Some(old), Some(new), &mut found);
    found
}

fn compare(
    path: String,
    depth: usize,
    old: Option<&str>,
    new: Option<&str>,
    found: &mut Vec<Difference>,
) {
    if old == new || found.len() >= MAX_DIFFERENCES {
        return;
    }
    let (old_parts, new_parts) = match depth {
        0 => (Parts::Single, Parts::Single),
        _ => (
            old.map_or(Parts::Single, Parts::of),
            new.map_or(Parts::Single, Parts::of),
        ),
    };
    let below = depth.saturating_sub(1);
    match (old_parts, new_parts) {
        (Parts::Object(old), Parts::Object(new)) => {
            let of = |fields: &[(Cow<'_, str>, &RawValue)]| -> HashMap<String, usize> {
                let names = fields.iter().map(|(name, _)| name.to_string());
                names.zip(0..).collect()
            };
            let (places, others) = (of(&old), of(&new));
            let dot = if path.is_empty() { "" } else { "." };
            for (name, old) in &old {
                let new = others.get(&**name).and_then(|at| new.get(*at));
                let new = new.map(|(_, new)| new.get());
                compare(
                    format!("{path}{dot}{name}"),
                    below,
                    Some(old.get()),
                    new,
                    found,
                );
            }
            for (name, new) in new.iter().filter(|(name, _)| !places.contains_key(&**name)) {
                compare(
                    format!("{path}{dot}{name}"),
                    below,
                    None,
                    Some(new.get()),
                    found,
                );
            }
        }
        (Parts::List(old), Parts::List(new)) => {
            for index in 0..old.len().max(new.len()) {
                let (old, new) = (old.get(index), new.get(index));
                let (old, new) = (old.map(|it| it.get()), new.map(|it| it.get()));
                compare(format!("{path}[{index}]"), below, old, new, found);
            }
        }
        _ => {
            let (old, new) = (old.map(shown), new.map(shown));
            if old != new {
                let short = |text: Option<String>| text.map(|text| quoted(&text));
                found.push(Difference {
                    path,
                    old: short(old),
                    new: short(new),
                });
            }
        }
    }
}

/// A value as it is shown: a text without its quotes.
fn shown(value: &str) -> String {
    serde_json::from_str(value).unwrap_or_else(|_| value.to_owned())
}
