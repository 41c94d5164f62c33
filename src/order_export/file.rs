//! From the bytes of a file to its orders.

use std::borrow::Cow;

use crate::issue::{FILE_MB, Issue, Problem};
use crate::orders::{self, Orders};
use crate::table::{Field, REQUIRED, Rows, Table};
use crate::text::{self, without_mark};
use crate::xlsx::Workbook;

/// What a reader of a long file is told.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Phase {
    /// The file is opened, and the texts that its cells share are unpacked.
    Open,
    /// The rows are read.
    Rows,
    /// The rows are put together as orders.
    Orders,
}

impl Phase {
    /// The name of the phase.
    pub const fn name(self) -> &'static str {
        match self {
            Phase::Open => "open",
            Phase::Rows => "rows",
            Phase::Orders => "orders",
        }
    }
}

/// What reading a file needs from outside, and what is wanted of it.
pub struct Reading<'a> {
    /// Whether personal data of the consignee is kept.
    pub with_consignee: bool,
    /// The text of bytes in an encoding, named as browsers do; none where they have no text in it.
    pub decode: &'a dyn Fn(&str, &[u8]) -> Option<String>,
    /// Is called when a phase begins.
    pub tell: &'a dyn Fn(Phase),
}

/// The orders of a file, or why there are none.
pub fn read(bytes: &[u8], reading: &Reading<'_>) -> Result<Orders, Issue> {
    let rows = rows(bytes, reading).map_err(Issue::of_file)?;
    (reading.tell)(Phase::Orders);
    Ok(orders::orders(&rows))
}

fn rows(bytes: &[u8], reading: &Reading<'_>) -> Result<Rows, Problem> {
    if bytes.len() > FILE_MB.saturating_mul(1_000_000) {
        return Err(Problem::TooLarge {
            megabytes: FILE_MB,
            unpacked: false,
        });
    }
    (reading.tell)(Phase::Open);
    if bytes.starts_with(b"PK") {
        rows_of_workbook(&Workbook::open(bytes)?, reading)
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Err(of_compound_file(bytes))
    } else {
        let text = decoded(bytes, reading.decode)?;
        (reading.tell)(Phase::Rows);
        let mut table = Table::new(false, reading.with_consignee);
        text::read(&text, &mut table)?;
        table.finish().map_err(missing)
    }
}

/// The rows of the first sheet that has the header.
fn rows_of_workbook(workbook: &Workbook<'_>, reading: &Reading<'_>) -> Result<Rows, Problem> {
    (reading.tell)(Phase::Rows);
    let mut nearest = REQUIRED.to_vec();
    for sheet in 0..workbook.sheets() {
        let mut table = Table::new(workbook.from_1904, reading.with_consignee);
        workbook.read(sheet, &mut table)?;
        match table.finish() {
            Ok(rows) => return Ok(rows),
            Err(lacking) if lacking.len() < nearest.len() => nearest = lacking,
            Err(_) => {}
        }
    }
    Err(missing(nearest))
}

fn missing(fields: Vec<Field>) -> Problem {
    Problem::MissingColumns {
        columns: fields.into_iter().map(Field::header).collect(),
    }
}

/// What is wrong with a file of the kind that `.xls` and encrypted workbooks are.
fn of_compound_file(bytes: &[u8]) -> Problem {
    const NAME: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    if bytes.windows(NAME.len()).any(|window| window == NAME) {
        Problem::Encrypted
    } else {
        Problem::OtherFormat
    }
}

/// The text of a file, in whichever encoding programs write tables in China.
fn decoded<'a>(
    bytes: &'a [u8],
    decode: &dyn Fn(&str, &[u8]) -> Option<String>,
) -> Result<Cow<'a, str>, Problem> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => "utf-16le",
        [0xfe, 0xff, ..] => "utf-16be",
        _ => "gb18030",
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(decode(encoding, bytes).ok_or(Problem::NotASpreadsheet)?),
    };
    if text.contains('\0') {
        return Err(Problem::NotASpreadsheet);
    }
    // Some programs call a page of HTML `.xls`.
    if without_mark(&text).trim_start().starts_with('<') {
        return Err(Problem::OtherFormat);
    }
    Ok(text)
}
