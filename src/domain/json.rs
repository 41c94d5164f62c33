//! JSON as it arrives, before anything is known of it.
//!
//! A request is read in two steps: [`read`] makes a tree of the text, and a check (see
//! [`crate::check`]) turns the tree into checked values and reports everything that is wrong at
//! once. Texts without escapes are borrowed, not copied.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::issue::{Issue, Kind, Problem};

/// A JSON value.
#[derive(Clone, PartialEq, Debug)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number without a fraction or an exponent, within 64 bits and a sign.
    Integer(i64),
    /// Any other number: its exact value is not known any more.
    Inexact,
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// Names and values in their order; a name may stand twice.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Reads one JSON text.
///
/// # Errors
/// [`Problem::NotJson`] with line and column: broken syntax, text after the value, nesting deeper
/// than 127, a lone surrogate.
pub fn read(text: &str) -> Result<Json<'_>, Issue> {
    serde_json::from_str(text).map_err(not_json)
}

/// Reads a JSON text that is a list, and calls `take` with each item as it is read, so that a batch
/// never stands in memory as a whole. What `take` was given before an error counts for nothing.
///
/// # Errors
/// [`Problem::NotJson`] as [`read`]; [`Problem::WrongType`] where the text is not a list.
pub fn read_list<'a>(text: &'a str, take: impl FnMut(Json<'a>)) -> Result<(), Issue> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer
        .deserialize_seq(Items(take))
        .and_then(|()| deserializer.end())
        .map_err(|error| {
            if error.is_data() {
                let expected = Kind::List;
                return Issue::at_root(Problem::WrongType { expected });
            }
            not_json(error)
        })
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "the signature that map_err calls"
)]
fn not_json(error: serde_json::Error) -> Issue {
    Issue::at_root(Problem::NotJson {
        line: error.line(),
        column: error.column(),
    })
}

impl<'a> Json<'a> {
    /// The value of a field, where this is an object that has it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json<'a>> {
        let Json::Object(fields) = self else {
            return None;
        };
        fields
            .iter_mut()
            .find_map(|(field, value)| (field == name).then_some(value))
    }
}

impl Json<'_> {
    /// The value without what it borrows.
    #[must_use]
    pub fn into_owned(self) -> Json<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Json::Null => Json::Null,
            Json::Boolean(value) => Json::Boolean(value),
            Json::Integer(value) => Json::Integer(value),
            Json::Inexact => Json::Inexact,
            Json::Text(text) => Json::Text(owned(text)),
            Json::List(items) => Json::List(items.into_iter().map(Json::into_owned).collect()),
            Json::Object(fields) => Json::Object(
                fields
                    .into_iter()
                    .map(|(name, value)| (owned(name), value.into_owned()))
                    .collect(),
            ),
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null | Json::Inexact => serializer.serialize_unit(),
            Json::Boolean(value) => serializer.serialize_bool(*value),
            Json::Integer(value) => serializer.serialize_i64(*value),
            Json::Text(text) => serializer.serialize_str(text),
            Json::List(items) => serializer.collect_seq(items),
            Json::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

struct Items<F>(F);

impl<'de, F: FnMut(Json<'de>)> Visitor<'de> for Items<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(item) = list.next_element()? {
            (self.0)(item);
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyJson)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(i64::try_from(value).map_or(Json::Inexact, Json::Integer))
    }

    fn visit_f64<E: Error>(self, _value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Inexact)
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json<'de>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some((Name(name), value)) = map.next_entry()? {
            fields.push((name, value));
        }
        Ok(Json::Object(fields))
    }
}

/// A field's name, borrowed where it has no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Text(name) => Ok(Name(name)),
            Json::Null
            | Json::Boolean(_)
            | Json::Integer(_)
            | Json::Inexact
            | Json::List(_)
            | Json::Object(_) => Err(D::Error::custom("a name is a text")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_apart_by_what_is_known_of_them() {
        assert_eq!(read("12"), Ok(Json::Integer(12)));
        assert_eq!(read("-12"), Ok(Json::Integer(-12)));
        for inexact in ["1.5", "1.0", "1e3", "99999999999999999999", "-0"] {
            assert_eq!(read(inexact), Ok(Json::Inexact), "{inexact}");
        }
    }

    #[test]
    fn texts_without_escapes_are_borrowed() {
        assert!(matches!(
            read("\"SKU\""),
            Ok(Json::Text(Cow::Borrowed("SKU")))
        ));
        assert!(matches!(read(r#""\u4e2d""#), Ok(Json::Text(Cow::Owned(_)))));
    }

    #[test]
    fn broken_text_is_an_issue_with_its_place() {
        for broken in [
            "",
            "{",
            "[1,]",
            "{} x",
            "nul",
            "\"\\ud800\"",
            "\u{feff}{}",
            "0x10",
        ] {
            let problem = read(broken).map_err(|issue| issue.problem);
            assert!(matches!(problem, Err(Problem::NotJson { .. })), "{broken}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&deep).is_err());
    }

    #[test]
    fn a_batch_is_read_item_by_item() {
        let mut items = Vec::new();
        assert_eq!(read_list("[1, \"a\", {}]", |item| items.push(item)), Ok(()));
        assert_eq!(
            items,
            [
                Json::Integer(1),
                Json::Text(Cow::Borrowed("a")),
                Json::Object(Vec::new())
            ]
        );
        let problem = read_list("{}", |_| ()).map_err(|issue| issue.problem);
        let expected = Kind::List;
        assert_eq!(problem, Err(Problem::WrongType { expected }));
        assert!(read_list("[1", |_| ()).is_err());
        assert!(read_list("[] 1", |_| ()).is_err());
    }
}
