//! Names of the files that prove what arrived: `YYYY-MM/PO-<number>_<sku or carton>_<kind>_<n>.<ext>`.
//!
//! They can be written on Windows, macOS and Linux, whatever the order and the article are called. A
//! part that can stay as it is does; any other one ends in `~` and eight characters that are computed
//! of the whole part, so that two parts that only look alike afterwards have two names. `_` divides
//! the parts and `~` marks those that were changed, so neither stands in one that wasn't.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDateTime, TimeDelta};

/// How long the name of a file may be, in bytes of UTF-8; the folder of the month isn't counted.
const MAX_BYTES: usize = 120;

/// How long its parts may be, in bytes. What they leave of the name is the article's.
const MAX_ORDER: usize = 32;
const MAX_KIND: usize = 20;
const MAX_EXTENSION: usize = 8;
/// The digits of the largest count.
const MAX_DIGITS: usize = 10;

/// How long the mark of a changed part is: `~` and eight characters.
const MARK: usize = 9;

/// What a file of evidence is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EvidenceName<'n> {
    /// When it was made, in UTC.
    pub at: NaiveDateTime,
    /// The zone whose month counts: its minutes east of Greenwich at that instant.
    pub offset_minutes: i32,
    /// The number of the order.
    pub order: &'n str,
    /// The article, or the carton.
    pub subject: &'n str,
    /// What is to be seen: `carton`, `label`, `defect`.
    pub kind: &'n str,
    /// The how manieth of its kind.
    pub number: u32,
    /// What the name ends with: `jpg`. Of it small Latin letters and digits stay, or `bin`.
    pub extension: &'n str,
}

/// The name of a file of evidence, in the folder of its month. The month is that of the instant in
/// the given zone, so that a photo made on the first of the month before breakfast in Shanghai isn't
/// filed under the month before.
pub fn evidence_name(name: &EvidenceName<'_>) -> String {
    let month = month(name.at, name.offset_minutes);
    let order = part(name.order, MAX_ORDER);
    let kind = part(name.kind, MAX_KIND);
    let extension = extension(name.extension);
    let separators = "PO-___.".len();
    let others = [order.len(), kind.len(), extension.len(), MAX_DIGITS];
    let others = others.into_iter().fold(separators, usize::saturating_add);
    let subject = part(name.subject, MAX_BYTES.saturating_sub(others));
    let number = name.number;
    format!("{month}/PO-{order}_{subject}_{kind}_{number}.{extension}")
}

/// The name of a file of evidence that none of the files has that there are: the number is counted up
/// until the name is free. `taken` are the [`evidence_key`]s of those names.
pub fn unique_evidence_name(name: &EvidenceName<'_>, taken: &BTreeSet<String>) -> String {
    let mut free = *name;
    loop {
        let candidate = evidence_name(&free);
        if free.number == u32::MAX || !taken.contains(&evidence_key(&candidate)) {
            return candidate;
        }
        free.number = free.number.saturating_add(1);
    }
}

/// What two names have in common that a file system may take for one: whether letters are capitals
/// doesn't count, nor how letters with marks are composed. Of such letters nothing is left, so that
/// names may have the same key which no file system would take for one.
pub fn evidence_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut before_letter = 0;
    let folded = name.chars().flat_map(char::to_lowercase);
    let folded = folded.flat_map(char::to_uppercase);
    for letter in folded.flat_map(char::to_lowercase) {
        if is_mark(letter) {
            key.truncate(before_letter);
            continue;
        }
        before_letter = key.len();
        if letter.is_ascii() || is_uncomposed(letter) {
            key.push(letter);
        }
    }
    key
}

/// The month of an instant in a zone: `2026-11`.
fn month(at: NaiveDateTime, offset_minutes: i32) -> String {
    let offset = TimeDelta::minutes(offset_minutes.into());
    let local = at.checked_add_signed(offset).unwrap_or(at);
    format!("{:04}-{:02}", local.year(), local.month())
}

/// A part of a name, in so many bytes.
fn part(text: &str, max_bytes: usize) -> String {
    let is_kept = |letter| letter == ' ' || is_safe(letter);
    let begins_and_ends = !text.starts_with(' ') && !text.ends_with(' ');
    let fits = !text.is_empty() && text.len() <= max_bytes;
    if fits && begins_and_ends && text.chars().all(is_kept) {
        return text.to_owned();
    }
    let room = max_bytes.saturating_sub(MARK);
    let mut part = String::new();
    for letter in text.trim().chars() {
        let letter = if is_kept(letter) { letter } else { '-' };
        if part.len().saturating_add(letter.len_utf8()) > room {
            break;
        }
        // Many that can't stay in a row are one sign.
        if letter != '-' || !part.ends_with('-') {
            part.push(letter);
        }
    }
    part.truncate(part.trim_end().len());
    part.push('~');
    part.push_str(&mark(text));
    part
}

/// Whether a character can stand in the name of a file on every system, can be seen, and changes
/// nothing around it. `_` and `~` have a meaning in these names.
fn is_safe(letter: char) -> bool {
    let is_forbidden = "<>:\"/\\|?*_~".contains(letter);
    let is_invisible = matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}');
    // What some systems write as another character.
    let is_double = matches!(letter,
        '\u{37e}' | '\u{1fef}' | '\u{2329}'..='\u{232a}' | '\u{f900}'..='\u{faff}'
        | '\u{2f800}'..='\u{2fa1f}');
    // What has no meaning of its own, and what some systems keep for themselves.
    let is_private = matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    let is_noncharacter =
        matches!(letter, '\u{fdd0}'..='\u{fdef}') || u32::from(letter) & 0xfffe == 0xfffe;
    !(is_forbidden
        || is_invisible
        || is_double
        || is_private
        || is_noncharacter
        || letter.is_control()
        || letter.is_whitespace())
}

/// Whether a character joins the one before it: a mark that a system may compose with it.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{3099}'..='\u{309a}')
}

/// Whether a character outside of ASCII is the same however it is written: Chinese characters and the
/// signs of their texts.
fn is_uncomposed(letter: char) -> bool {
    matches!(letter,
        '\u{3001}'..='\u{3029}' | '\u{3105}'..='\u{312f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{2ebef}')
}

/// The ending of a name.
fn extension(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    let letters = letters.map(|letter| letter.to_ascii_lowercase());
    let extension: String = letters.take(MAX_EXTENSION).collect();
    if extension.is_empty() {
        return "bin".to_owned();
    }
    extension
}

/// Eight characters that stand for a text: 40 bits of its FNV-1a, in digits and small letters.
fn mark(text: &str) -> String {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let hash = text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = hash ^ (hash >> 24);
    let letters = (0..8).rev().map(|place: u32| {
        let five_bits = (hash >> place.saturating_mul(5)) & 31;
        char::from_digit(u32::try_from(five_bits).unwrap_or(0), 32).unwrap_or('0')
    });
    letters.collect()
}
