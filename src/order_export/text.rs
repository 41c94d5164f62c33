//! A table as text: CSV, or rows copied from a spreadsheet.

use crate::issue::Problem;
use crate::table::{COLUMNS, Cell, Table};

/// Adds the rows of a text to a table. Fields are separated by tabs, commas or semicolons, whichever is most
/// frequent in the lines that come first.
pub fn read(text: &str, table: &mut Table) -> Result<(), Problem> {
    let separator = separator(text);
    let mut number: u32 = 0;
    let mut rest = without_mark(text);
    while !rest.is_empty() {
        let mut row = Vec::new();
        rest = take_row(rest, separator, &mut row);
        number = number.saturating_add(1);
        table.push(number, row)?;
    }
    Ok(())
}

/// A text without the mark that programs put in front of one.
pub fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

fn separator(text: &str) -> char {
    let head: String = text.lines().take(20).collect();
    let count = |separator: char| head.matches(separator).count();
    let mut best = '\t';
    for other in [',', ';'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

/// Takes a row off the text and gives what is left of it. What is behind the columns of a sheet doesn't count.
fn take_row<'a>(text: &'a str, separator: char, row: &mut Vec<(u32, Cell)>) -> &'a str {
    let mut rest = text;
    let mut column: u32 = 0;
    loop {
        let field;
        (field, rest) = take_field(rest, separator);
        if column < COLUMNS
            && let Some(cell) = Cell::text(unwrapped(&field))
        {
            row.push((column, cell));
        }
        match rest.strip_prefix(separator) {
            Some(further) => rest = further,
            None => {
                let end = rest.strip_prefix("\r\n");
                return end
                    .or_else(|| rest.strip_prefix(['\r', '\n']))
                    .unwrap_or_default();
            }
        }
        column = column.saturating_add(1);
    }
}

/// Takes a field off the text: up to a separator or the end of the line, neither of which counts inside quotes.
fn take_field(text: &str, separator: char) -> (String, &str) {
    let ends = |c: char| c == separator || c == '\r' || c == '\n';
    let mut field = String::new();
    let mut rest = text;
    if let Some(mut quoted) = text.strip_prefix('"') {
        // A doubled quote stands for itself; a text whose quote is never closed has none that means something.
        while let Some((part, after)) = quoted.split_once('"') {
            field.push_str(part);
            match after.strip_prefix('"') {
                Some(further) => {
                    field.push('"');
                    quoted = further;
                }
                None => {
                    rest = after;
                    break;
                }
            }
        }
        if rest.len() == text.len() {
            field.clear();
        }
    }
    let (part, rest) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
    field.push_str(part);
    (field, rest)
}

/// The text of `="text"`, by which programs keep digits from becoming a number.
fn unwrapped(field: &str) -> &str {
    let trimmed = field.trim();
    let inner = trimmed
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(field)
}
