//! What the text of a cell means: amounts, dates, ids.

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};

use crate::table::{Cell, half_width};

/// The digits of a number that a spreadsheet program keeps.
const KEPT_DIGITS: usize = 15;

/// The decimals of an amount that mean something; what is behind them comes from counting in binary.
const DECIMALS: u32 = 8;

/// An amount of yuan; as text it has two decimals, or as many more as it needs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Amount(pub Decimal);

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut amount = self.0.normalize();
        if amount.scale() < 2 {
            amount.rescale(2);
        }
        // Zero has no sign.
        if amount.is_zero() {
            amount.set_sign_positive(true);
        }
        write!(f, "{amount}")
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A number of units: a JSON number where it is whole, otherwise a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Quantity(pub Decimal);

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let quantity = self.0.normalize();
        match i64::try_from(quantity) {
            Ok(whole) if quantity.scale() == 0 && whole.unsigned_abs() < 1 << 53 => {
                serializer.serialize_i64(whole)
            }
            Ok(_) | Err(_) => serializer.collect_str(&quantity),
        }
    }
}

/// The number that a cell has.
pub fn number(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Number(number) => Some(
            spreadsheet_number(number)?
                .round_dp_with_strategy(DECIMALS, RoundingStrategy::MidpointAwayFromZero),
        ),
        Cell::Text(text) => written_number(text),
    }
}

/// A number as a spreadsheet stores it, by the digits that it keeps.
fn spreadsheet_number(text: &str) -> Option<Decimal> {
    let number = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text).ok()?
    } else {
        text.parse().ok()?
    };
    let digits = u32::try_from(KEPT_DIGITS).ok()?;
    let strategy = RoundingStrategy::MidpointAwayFromZero;
    Some(number.round_sf_with_strategy(digits, strategy)?.normalize())
}

/// A number as people write it: `￥1,234.50`, `-5.00元`, `１２．５`.
fn written_number(text: &str) -> Option<Decimal> {
    let plain: String = text
        .chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '−' | '–' | '—' => '-',
            '。' => '.',
            '、' => ',',
            '¥' | '￥' => '¥',
            other => other,
        })
        .collect();
    let plain = plain.strip_suffix('元').unwrap_or(&plain);
    // A sign may stand on either side of the currency.
    let (negative, rest) = signed(plain);
    let currency = ["¥", "CNY", "RMB", "元"];
    let rest = currency
        .iter()
        .find_map(|name| rest.strip_prefix(name))
        .unwrap_or(rest);
    let (inner, digits) = signed(rest);
    if negative && inner {
        return None;
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let has_groups = whole.contains(',');
    let is_grouped = !has_groups
        || (first.len() <= 3 && groups.all(|group| group.len() == 3 && is_digits(group)));
    let is_number = is_digits(first) && is_digits(fraction) && is_grouped;
    // Longer numbers than any amount would be rounded.
    if !is_number || digits.len() > 24 {
        return None;
    }
    let mut number: Decimal = format!("{}.{fraction}", whole.replace(',', ""))
        .parse()
        .ok()?;
    number.set_sign_negative(negative || inner);
    Some(number.normalize())
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Whether a cell only says that there is nothing: `-`, `--`, `/`.
pub fn is_dash(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => text
            .chars()
            .all(|c| matches!(c, '-' | '—' | '–' | '/' | '－')),
        Cell::Number(_) => false,
    }
}

/// The text that a cell has; a number as its digits.
pub fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.to_string(),
        Cell::Number(number) => {
            let plain = if number.contains(['e', 'E']) {
                Decimal::from_scientific(number).ok()
            } else {
                number.parse::<Decimal>().ok()
            };
            plain.map_or_else(|| number.to_string(), |plain| plain.normalize().to_string())
        }
    }
}

/// An id.
pub struct Id {
    /// Its text.
    pub text: String,
    /// Whether it has lost digits, because a program took it for a number.
    pub is_cut: bool,
}

/// The id that a cell has. Programs mark texts of digits by an apostrophe.
pub fn id(cell: &Cell) -> Id {
    let text = text(cell);
    let text = match text.strip_prefix(['\'', '’', '`']) {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let is_cut = match cell {
        Cell::Number(_) => text.len() > KEPT_DIGITS,
        Cell::Text(_) => is_exponential(&text),
    };
    Id { text, is_cut }
}

/// Whether a text is a number such as `2.29122E+18`.
fn is_exponential(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let is_digit = |c: char| c.is_ascii_digit();
    let exponent = exponent.strip_prefix('+').unwrap_or_default();
    mantissa.starts_with(is_digit)
        && mantissa.chars().all(|c| is_digit(c) || c == '.')
        && !exponent.is_empty()
        && exponent.chars().all(is_digit)
}

/// Whether ids are numbers that a program has cut: all those with more digits than it keeps have zeros behind
/// these.
pub fn are_cut<'a>(ids: impl Iterator<Item = &'a Cell>) -> bool {
    let is_digits = |id: &&str| id.bytes().all(|b| b.is_ascii_digit());
    let mut behind = ids
        .map(Cell::raw)
        .filter(is_digits)
        .filter_map(|id| id.get(KEPT_DIGITS..).filter(|behind| behind.len() >= 2))
        .peekable();
    behind.peek().is_some() && behind.all(|digits| digits.bytes().all(|b| b == b'0'))
}

/// The date and time that a cell has, as `2026-10-13 09:39:11`.
pub fn date(cell: &Cell, from_1904: bool) -> Option<String> {
    match cell {
        Cell::Number(number) => spreadsheet_date(number, from_1904),
        Cell::Text(text) => written_date(text),
    }
}

/// A date as a spreadsheet stores it: days, with the time as their fraction.
fn spreadsheet_date(text: &str, from_1904: bool) -> Option<String> {
    let days = spreadsheet_number(text)?;
    let seconds = days
        .checked_mul(Decimal::from(86_400))?
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let seconds = u64::try_from(seconds).ok()?;
    let (days, seconds) = (seconds.checked_div(86_400)?, seconds.checked_rem(86_400)?);
    // Spreadsheets believe in a 29 February 1900; nothing here is older.
    let start = if from_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?
    } else {
        NaiveDate::from_ymd_opt(1899, 12, 30)?
    };
    let day = start.checked_add_days(Days::new(days))?;
    if !(2000..10_000).contains(&day.year()) {
        return None;
    }
    let (hours, rest) = (seconds.checked_div(3600)?, seconds.checked_rem(3600)?);
    let (minutes, seconds) = (rest.checked_div(60)?, rest.checked_rem(60)?);
    Some(shown(day, [hours, minutes, seconds]))
}

/// A date as people and programs write it: `2026/10/13 9:39`, `2026年10月13日`, `2026-10-13T09:39:11`.
fn written_date(text: &str) -> Option<String> {
    let plain: String = text.chars().map(half_width).collect();
    let is_separator = |c: char| c.is_whitespace() || "-/.:年月日时時分秒T".contains(c);
    if !plain.chars().all(|c| c.is_ascii_digit() || is_separator(c)) {
        return None;
    }
    let mut parts = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let year = parts.next().filter(|year| year.len() == 4)?;
    let mut next = || parts.next().map(str::parse::<u32>);
    let (month, day) = (next()?.ok()?, next()?.ok()?);
    let mut time = [0; 3];
    for part in &mut time {
        *part = next().unwrap_or(Ok(0)).ok()?.into();
    }
    // Milliseconds, at most.
    if parts.nth(1).is_some() {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month, day)?;
    let [hours, minutes, seconds] = time;
    (hours < 24 && minutes < 60 && seconds < 60).then(|| shown(day, time))
}

fn shown(day: NaiveDate, [hours, minutes, seconds]: [u64; 3]) -> String {
    let (year, month, day) = (day.year(), day.month(), day.day());
    format!("{year:04}-{month:02}-{day:02} {hours:02}:{minutes:02}:{seconds:02}")
}
