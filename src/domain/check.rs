//! Turning raw JSON into checked values, with every issue reported at once.
//!
//! A reader is a function `fn(&mut Checker, &Json, &Place) -> Option<T>`: it returns the checked
//! value, or reports at least one issue and returns `None`. Objects are opened with the names they
//! may have, and their fields are read by passing a reader; so each field is named in one place.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

use crate::issue::{Because, Issue, Kind, Problem, Range};
use crate::json::Json;
use crate::money::{Currency, Figure, parse_decimal};

/// How much of a wrong text is quoted in an issue.
const QUOTED_CHARACTERS: usize = 60;

/// How many issues of one input are recorded.
pub const MAX_ISSUES: usize = 10_000;

/// Where a value stands in the input. Kept as a chain on the stack; it becomes a text only in an issue.
#[derive(Clone, Copy)]
pub enum Place<'p> {
    /// The whole input.
    Root,
    /// A field of an object.
    Field(&'p Place<'p>, &'p str),
    /// An item of a list, counted from 0.
    Item(&'p Place<'p>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Root => Ok(()),
            Place::Field(Place::Root, name) => formatter.write_str(name),
            Place::Field(parent, name) => write!(formatter, "{parent}.{name}"),
            Place::Item(parent, index) => write!(formatter, "{parent}[{index}]"),
        }
    }
}

/// Whether a field must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A missing field is an issue.
    Required,
    /// A missing field has a default.
    Optional,
}

/// Collects the issues of one input.
#[derive(Default)]
pub struct Checker {
    issues: Vec<Issue>,
    passes_names: bool,
}

impl Checker {
    /// A checker without issues.
    pub fn new() -> Checker {
        Checker::default()
    }

    /// Reports an issue; returns `None` so that a reader can end with it.
    ///
    /// Beyond [`MAX_ISSUES`] nothing is recorded: nobody reads on, and a text of megabytes in which
    /// every byte is wrong must not fill the memory.
    pub fn report<T>(&mut self, place: &Place<'_>, problem: Problem) -> Option<T> {
        if self.issues.len() < MAX_ISSUES {
            let path = place.to_string();
            self.issues.push(Issue { path, problem });
        }
        None
    }

    /// Reads objects that may have fields which aren't known here, as what is stored may: names are
    /// not judged while `read` runs.
    pub fn passing_names<T>(&mut self, read: impl FnOnce(&mut Checker) -> T) -> T {
        let before = std::mem::replace(&mut self.passes_names, true);
        let value = read(self);
        self.passes_names = before;
        value
    }

    /// The value, if it was read and no issue was reported anywhere.
    ///
    /// # Errors
    /// All issues.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Issue>> {
        match value {
            Some(value) if self.issues.is_empty() => Ok(value),
            _ => Err(self.issues),
        }
    }
}

/// An object whose names are known.
pub struct Object<'j, 'p> {
    fields: &'j [(std::borrow::Cow<'j, str>, Json<'j>)],
    place: &'p Place<'p>,
}

impl<'j, 'p> Object<'j, 'p> {
    /// Opens an object that may have the `known` names; any other name, and a name that stands
    /// twice, is reported.
    pub fn open(
        checker: &mut Checker,
        json: &'j Json<'j>,
        place: &'p Place<'p>,
        known: &'static [&'static str],
    ) -> Option<Object<'j, 'p>> {
        let Json::Object(fields) = json else {
            return checker.report(
                place,
                Problem::WrongType {
                    expected: Kind::Object,
                },
            );
        };
        if checker.passes_names {
            return Some(Object { fields, place });
        }
        let mut seen = 0_u64;
        let mut next = 0;
        for (name, _) in fields {
            let here = Place::Field(place, name);
            // Most requests have their fields in the order of the documentation.
            let position = known
                .iter()
                .cycle()
                .skip(next)
                .take(known.len())
                .position(|known| known == name)
                .map(|offset| {
                    next.saturating_add(offset)
                        .checked_rem(known.len())
                        .unwrap_or(0)
                });
            let Some(position) = position else {
                let did_you_mean = most_alike(name, known);
                checker.report::<()>(&here, Problem::UnknownField { did_you_mean });
                continue;
            };
            let bit = u32::try_from(position).map_or(0, |position| 1_u64.wrapping_shl(position));
            if seen & bit != 0 {
                let because = Because::Twice;
                checker.report::<()>(&here, Problem::NotAllowedHere { because });
            }
            seen |= bit;
            next = position.saturating_add(1);
        }
        Some(Object { fields, place })
    }

    /// Where the object stands.
    pub fn place(&self) -> &'p Place<'p> {
        self.place
    }

    /// The raw value of a field.
    pub fn get(&self, name: &str) -> Option<&'j Json<'j>> {
        self.fields
            .iter()
            .find_map(|(field, value)| (field == name).then_some(value))
    }

    /// Reads a field by a reader. `None` where it is missing or wrong.
    pub fn field<T>(
        &self,
        checker: &mut Checker,
        name: &'static str,
        need: Need,
        read: impl FnOnce(&mut Checker, &'j Json<'j>, &Place<'_>) -> Option<T>,
    ) -> Option<T> {
        let place = Place::Field(self.place, name);
        match (self.get(name), need) {
            (Some(json), _) => read(checker, json, &place),
            (None, Need::Required) => checker.report(&place, Problem::Required),
            (None, Need::Optional) => None,
        }
    }
}

/// The known name that differs least from a misspelt one, where it differs in at most a third of its letters.
fn most_alike(name: &str, known: &'static [&'static str]) -> Option<&'static str> {
    let limit = name.len().checked_div(3).unwrap_or(0).min(3);
    known
        .iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit)
        .map(|candidate| (edit_distance(name, candidate), *candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters must be added, dropped or replaced (Levenshtein), regardless of case.
fn edit_distance(left: &str, right: &str) -> usize {
    let right = right.as_bytes();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, a) in left.bytes().enumerate() {
        let mut diagonal = line;
        let mut beside = line.saturating_add(1);
        if let Some(first) = row.first_mut() {
            *first = beside;
        }
        for (cell, b) in row.iter_mut().skip(1).zip(right) {
            let changed = usize::from(!a.eq_ignore_ascii_case(b));
            let best = diagonal
                .saturating_add(changed)
                .min(cell.saturating_add(1))
                .min(beside.saturating_add(1));
            diagonal = *cell;
            *cell = best;
            beside = best;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// A text as it is quoted in an issue: shortened, so that a huge input makes no huge message.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A decimal of any size that the grammar allows, and within `range`.
pub fn decimal(
    checker: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    range: Range,
) -> Option<Decimal> {
    let value = match json {
        Json::Text(text) => match parse_decimal(text) {
            Ok(value) => value,
            Err(_) => {
                let found = quoted(text);
                return checker.report(place, Problem::NotDecimal { found });
            }
        },
        Json::Integer(number) if *number < 0 => {
            return checker.report(place, Problem::OutOfRange(range));
        }
        Json::Integer(number) => match parse_decimal(&number.to_string()) {
            Ok(value) => value,
            Err(_) => {
                let found = number.to_string();
                return checker.report(place, Problem::NotDecimal { found });
            }
        },
        Json::Inexact => return checker.report(place, Problem::NotExact),
        Json::Null | Json::Boolean(_) | Json::List(_) | Json::Object(_) => {
            let expected = Kind::Decimal;
            return checker.report(place, Problem::WrongType { expected });
        }
    };
    if range.contains(value) {
        Some(value)
    } else {
        checker.report(place, Problem::OutOfRange(range))
    }
}

/// An amount: zero or more.
pub fn amount(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Decimal> {
    decimal(checker, json, place, Range::AMOUNT)
}

/// A decimal above zero.
pub fn positive(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Decimal> {
    decimal(checker, json, place, Range::POSITIVE)
}

/// A percentage from 0 to 1,000.
pub fn percent(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Decimal> {
    decimal(checker, json, place, Range::up_to(Decimal::ONE_THOUSAND))
}

/// A percentage from 0 to 100.
pub fn share(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Decimal> {
    decimal(checker, json, place, Range::up_to(Decimal::ONE_HUNDRED))
}

/// A percentage from 0 to below 100.
pub fn share_below_all(
    checker: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
) -> Option<Decimal> {
    decimal(checker, json, place, Range::below(Decimal::ONE_HUNDRED))
}

/// A count from 1 to 1,000,000,000, as a JSON number.
pub fn count(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<u64> {
    whole(checker, json, place, 1).map(u64::from)
}

/// A whole number from `at_least` to 1,000,000,000, as a JSON number.
pub fn whole(
    checker: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    at_least: u32,
) -> Option<u32> {
    let number = match json {
        Json::Integer(number) => *number,
        Json::Inexact => {
            let found = String::new();
            return checker.report(place, Problem::NotInteger { found });
        }
        Json::Null | Json::Boolean(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
            let expected = Kind::Integer;
            return checker.report(place, Problem::WrongType { expected });
        }
    };
    match u32::try_from(number) {
        Ok(number) if (at_least..=MAX_COUNT).contains(&number) => Some(number),
        Ok(_) | Err(_) => checker.report(
            place,
            Problem::OutOfRange(Range {
                at_least: Some(Figure(Decimal::from(at_least))),
                at_most: Some(Figure(Decimal::from(MAX_COUNT))),
                ..Range::default()
            }),
        ),
    }
}

/// The largest count of units.
pub const MAX_COUNT: u32 = 1_000_000_000;

/// A text that isn't empty.
pub fn text(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<String> {
    let text = any_text(checker, json, place)?;
    if text.is_empty() {
        return checker.report(place, Problem::Empty);
    }
    Some(text)
}

/// A text, also an empty one.
pub fn any_text(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<String> {
    borrowed_text(checker, json, place).map(str::to_owned)
}

fn borrowed_text<'j>(
    checker: &mut Checker,
    json: &'j Json<'_>,
    place: &Place<'_>,
) -> Option<&'j str> {
    match json {
        Json::Text(text) => Some(text),
        Json::Null
        | Json::Boolean(_)
        | Json::Integer(_)
        | Json::Inexact
        | Json::List(_)
        | Json::Object(_) => {
            let expected = Kind::Text;
            checker.report(place, Problem::WrongType { expected })
        }
    }
}

/// `true` or `false`.
pub fn flag(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<bool> {
    match json {
        Json::Boolean(value) => Some(*value),
        Json::Null
        | Json::Integer(_)
        | Json::Inexact
        | Json::Text(_)
        | Json::List(_)
        | Json::Object(_) => {
            let expected = Kind::Boolean;
            checker.report(place, Problem::WrongType { expected })
        }
    }
}

/// A calendar date `YYYY-MM-DD`.
pub fn date(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<NaiveDate> {
    let text = borrowed_text(checker, json, place)?;
    match parse_date(text) {
        Some(date) => Some(date),
        None => {
            let found = quoted(text);
            checker.report(place, Problem::BadDate { found })
        }
    }
}

/// A calendar date `YYYY-MM-DD`: four, two and two digits, nothing else.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !shape {
        return None;
    }
    let year = text.get(0..4)?.parse().ok()?;
    let month = text.get(5..7)?.parse().ok()?;
    let day = text.get(8..10)?.parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// An instant in UTC, `2026-11-22T10:00:00Z`, with or without a fraction of seconds.
pub fn instant(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<NaiveDateTime> {
    let text = borrowed_text(checker, json, place)?;
    match parse_instant(text) {
        Some(instant) => Some(instant),
        None => {
            let found = quoted(text);
            checker.report(place, Problem::BadInstant { found })
        }
    }
}

/// An instant in UTC: `2026-11-22T10:00:00Z`, with up to 9 decimals of the seconds, which don't count.
pub fn parse_instant(text: &str) -> Option<NaiveDateTime> {
    let date = parse_date(text.get(..10)?)?;
    let &[b'T', h1, h2, b':', m1, m2, b':', s1, s2] = text.get(10..19)?.as_bytes() else {
        return None;
    };
    let number = |tens: u8, ones: u8| {
        let digit = |byte: u8| char::from(byte).to_digit(10);
        digit(tens)?.checked_mul(10)?.checked_add(digit(ones)?)
    };
    let rest = text.get(19..)?;
    let is_end = rest == "Z" || {
        let fraction = rest.strip_prefix('.');
        let fraction = fraction.and_then(|rest| rest.strip_suffix('Z'));
        fraction.is_some_and(|digits| {
            (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
        })
    };
    is_end
        .then(|| date.and_hms_opt(number(h1, h2)?, number(m1, m2)?, number(s1, s2)?))
        .flatten()
}

/// A currency of ISO 4217, by its code in capitals.
pub fn currency(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Currency> {
    let code = borrowed_text(checker, json, place)?;
    match Currency::from_code(code) {
        Some(currency) => Some(currency),
        None => checker.report(
            place,
            Problem::UnknownValue {
                found: quoted(code),
                allowed: &[],
            },
        ),
    }
}

/// An enumeration whose values have names in JSON.
pub trait Named: Copy + 'static {
    /// All values, in the order of the documentation.
    const ALL: &'static [Self];
    /// Their names, in the same order.
    const NAMES: &'static [&'static str];
}

/// Declares an enumeration together with the names of its values in JSON.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum $name { $($(#[$value_doc])* $value,)+ }

        impl $crate::check::Named for $name {
            const ALL: &'static [$name] = &[$($name::$value,)+];
            const NAMES: &'static [&'static str] = &[$($text,)+];
        }

        impl $name {
            /// The name in JSON.
            pub fn name(self) -> &'static str {
                match self { $($name::$value => $text,)+ }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

pub(crate) use named;

/// The value of an enumeration that has this name.
pub fn by_name<T: Named>(name: &str) -> Option<T> {
    let mut all = T::NAMES.iter().zip(T::ALL);
    all.find_map(|(known, value)| (*known == name).then_some(*value))
}

/// One of the values of an enumeration.
pub fn choice<T: Named>(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<T> {
    let name = borrowed_text(checker, json, place)?;
    match by_name(name) {
        Some(value) => Some(value),
        None => checker.report(
            place,
            Problem::UnknownValue {
                found: quoted(name),
                allowed: T::NAMES,
            },
        ),
    }
}

/// A list, each item by a reader. `None` where the list or an item is wrong.
pub fn list<'j, T>(
    checker: &mut Checker,
    json: &'j Json<'j>,
    place: &Place<'_>,
    mut read: impl FnMut(&mut Checker, &'j Json<'j>, &Place<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    let Json::List(items) = json else {
        let expected = Kind::List;
        return checker.report(place, Problem::WrongType { expected });
    };
    let mut values = Some(Vec::new());
    for (index, item) in items.iter().enumerate() {
        match (read(checker, item, &Place::Item(place, index)), &mut values) {
            (Some(value), Some(values)) => values.push(value),
            (Some(_), None) => {}
            // The rest is read for its issues only.
            (None, _) => values = None,
        }
    }
    values
}

/// A list with at least one item.
pub fn filled_list<'j, T>(
    checker: &mut Checker,
    json: &'j Json<'j>,
    place: &Place<'_>,
    read: impl FnMut(&mut Checker, &'j Json<'j>, &Place<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    if matches!(json, Json::List(items) if items.is_empty()) {
        return checker.report(place, Problem::Empty);
    }
    list(checker, json, place, read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        let known: &[&str] = &["quantity", "unitPriceCny", "sku"];
        assert_eq!(most_alike("quantiy", known), Some("quantity"));
        assert_eq!(most_alike("unitPriceCNY", known), Some("unitPriceCny"));
        assert_eq!(most_alike("colour", known), None);
        assert_eq!(most_alike("", known), None);
    }

    #[test]
    fn dates_have_one_form() {
        assert!(parse_date("2026-02-28").is_some());
        for bad in [
            "2026-02-29",
            "2026-2-28",
            "26-02-28",
            "2026-02-28T00:00",
            "+026-01-01",
            "",
        ] {
            assert!(parse_date(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_place_is_written_as_a_path() {
        let lines = Place::Field(&Place::Root, "lines");
        let line = Place::Item(&lines, 2);
        let carton = Place::Field(&line, "carton");
        assert_eq!(
            Place::Field(&carton, "units").to_string(),
            "lines[2].carton.units"
        );
    }
}
