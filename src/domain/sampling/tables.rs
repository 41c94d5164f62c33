//! The tables of single sampling: code letters by size of lot, and plans by code letter and AQL.
//!
//! The three master tables follow one rule. Columns of AQLs are numbered from 0, rows of letters from 0.
//! On a diagonal the plan accepts none; the next two columns are arrows; then a series of acceptance
//! numbers rises by column. Left of it all arrows point down, right of it up. The tests compare every
//! cell with the tables as they are printed.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use crate::check::named;
use crate::money::parse_decimal;

named! {
    /// How much of a lot is looked at.
    Level {
        /// Special level 1, the fewest units.
        S1 = "S-1",
        /// Special level 2.
        S2 = "S-2",
        /// Special level 3.
        S3 = "S-3",
        /// Special level 4.
        S4 = "S-4",
        /// General level I.
        I = "I",
        /// General level II, the usual one.
        II = "II",
        /// General level III, the most units.
        III = "III",
    }
}

named! {
    /// How strictly a lot is judged.
    Severity {
        /// As a supplier begins.
        Normal = "normal",
        /// After lots that weren't accepted.
        Tightened = "tightened",
        /// After many good lots.
        Reduced = "reduced",
    }
}

/// A row of the master tables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct CodeLetter(usize);

/// The letters in their order. S has a plan in the tightened table only.
const LETTERS: &str = "ABCDEFGHJKLMNPQRS";

impl CodeLetter {
    /// The letter.
    pub fn letter(self) -> char {
        LETTERS.chars().nth(self.0).unwrap_or('R')
    }

    /// The row of a letter.
    pub(super) fn of(letter: &str) -> Option<CodeLetter> {
        let mut letters = letter.chars();
        let (letter, None) = (letters.next()?, letters.next()) else {
            return None;
        };
        LETTERS
            .chars()
            .position(|known| known == letter)
            .map(CodeLetter)
    }
}

impl Serialize for CodeLetter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(self.letter())
    }
}

/// The largest lot of each row of the table of code letters, and its letters at the levels in the order of
/// [`Level`]. Source: ISO 2859-1 table 1, ANSI/ASQ Z1.4 table I, which agree.
const CODE_LETTERS: [(u32, &str); 15] = [
    (8, "AAAAAAB"),
    (15, "AAAAABC"),
    (25, "AABBBCD"),
    (50, "ABBCCDE"),
    (90, "BBCCCEF"),
    (150, "BBCDDFG"),
    (280, "BCDEEGH"),
    (500, "BCDEFHJ"),
    (1_200, "CCEFGJK"),
    (3_200, "CDEGHKL"),
    (10_000, "CDFGJLM"),
    (35_000, "CDFHKMN"),
    (150_000, "DEGJLNP"),
    (500_000, "DEGJMPQ"),
    (u32::MAX, "DEHKNQR"),
];

/// The code letter of a lot; `None` of one unit, which is outside the table.
pub fn code_letter(lot: u32, level: Level) -> Option<CodeLetter> {
    let column = match level {
        Level::S1 => 0,
        Level::S2 => 1,
        Level::S3 => 2,
        Level::S4 => 3,
        Level::I => 4,
        Level::II => 5,
        Level::III => 6,
    };
    let mut rows = CODE_LETTERS.iter();
    let (_, letters) = rows.find(|(largest, _)| lot <= *largest)?;
    let letter = letters.get(column..=column)?;
    CodeLetter::of(letter).filter(|_| lot > 1)
}

/// The AQLs of the master tables, lowest first.
const AQLS: &[&str] = &[
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0",
    "1.5", "2.5", "4.0", "6.5", "10", "15", "25", "40", "65", "100", "150", "250", "400", "650",
    "1000",
];

/// The columns of the reduced table that a source gives.
const REDUCED: std::ops::Range<usize> = 4..16;

/// An acceptance quality limit of the tables, in percent defective or, above 10, defects per 100 units.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Aql(usize);

impl Aql {
    /// Those that the table of a severity has, lowest first.
    pub fn all(severity: Severity) -> impl Iterator<Item = Aql> {
        columns(severity).map(Aql)
    }

    /// The AQL of this value, compared as a number.
    ///
    /// # Errors
    /// The AQLs around it, where the table of the severity has none of this value.
    pub fn of(value: Decimal, severity: Severity) -> Result<Aql, &'static [&'static str]> {
        let columns = columns(severity);
        let known = AQLS.get(columns.clone()).unwrap_or_default();
        let number = |name: &str| parse_decimal(name).unwrap_or_default();
        let above = known.iter().position(|name| number(name) >= value);
        match above {
            Some(at) if known.get(at).is_some_and(|name| number(name) == value) => {
                Ok(Aql(columns.start.saturating_add(at)))
            }
            Some(at) => Err(known.get(at.saturating_sub(1)..=at).unwrap_or_default()),
            None => Err(known
                .get(known.len().saturating_sub(1)..)
                .unwrap_or_default()),
        }
    }

    /// As the tables print it: `0.010`, `2.5`, `10`.
    pub fn name(self) -> &'static str {
        AQLS.get(self.0).copied().unwrap_or_default()
    }
}

fn columns(severity: Severity) -> std::ops::Range<usize> {
    match severity {
        Severity::Normal | Severity::Tightened => 0..AQLS.len(),
        Severity::Reduced => REDUCED,
    }
}

/// A cell of a master table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cell {
    /// Use the plan of the row below, its sample size too.
    Below,
    /// Use the plan of the row above, its sample size too.
    Above,
    /// Accept at most so many. The second number is that from which Z1.4 rejects.
    Plan(u32, u32),
}

/// Sample sizes by letter, normal and tightened.
const SIZES: [u32; 17] = [
    2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1_250, 2_000, 3_150,
];

/// Sample sizes by letter, reduced.
const REDUCED_SIZES: [u32; 17] = [
    2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 800,
];

/// Acceptance numbers of each table with the number from which it rejects. The last two of normal and
/// tightened stand in the rows A to E alone.
const NORMAL: &[(u32, u32)] = &[
    (1, 2),
    (2, 3),
    (3, 4),
    (5, 6),
    (7, 8),
    (10, 11),
    (14, 15),
    (21, 22),
    (30, 31),
    (44, 45),
];
const TIGHTENED: &[(u32, u32)] = &[
    (1, 2),
    (2, 3),
    (3, 4),
    (5, 6),
    (8, 9),
    (12, 13),
    (18, 19),
    (27, 28),
    (41, 42),
];
const REDUCED_PLANS: &[(u32, u32)] = &[
    (0, 2),
    (1, 3),
    (1, 4),
    (2, 5),
    (3, 6),
    (5, 8),
    (7, 10),
    (10, 13),
];

/// The last row whose series has two more numbers: E.
const LAST_LONG_ROW: usize = 4;
/// The row R.
const LAST_ROW: usize = 15;

/// The cell of a table.
fn cell(severity: Severity, row: usize, column: usize) -> Cell {
    let (none, series) = match severity {
        Severity::Normal => (14_usize, NORMAL),
        Severity::Tightened => (15, TIGHTENED),
        Severity::Reduced => (14, REDUCED_PLANS),
    };
    let is_tightened = severity == Severity::Tightened;
    if row > LAST_ROW {
        return Cell::Plan(1, 2);
    }
    // Counted from the diagonal on which none is accepted; to its left, the arrows point down.
    let Some(step) = column.saturating_add(row).checked_sub(none) else {
        return Cell::Below;
    };
    let further = match severity {
        Severity::Normal | Severity::Tightened if row > LAST_LONG_ROW => {
            series.len().saturating_sub(2)
        }
        Severity::Normal | Severity::Tightened | Severity::Reduced => series.len(),
    };
    match step {
        // The tightened table has no such plan for A.
        0 if is_tightened && row == 0 => Cell::Below,
        0 => Cell::Plan(0, 1),
        // From R nothing leads down, but to S in one column.
        1 | 2 if row == LAST_ROW && !(is_tightened && step == 2) => Cell::Above,
        1 if row > 0 && !is_tightened => Cell::Above,
        1 | 2 => Cell::Below,
        _ => match series.get(step.saturating_sub(3)) {
            Some((accept, reject)) if step.saturating_sub(3) < further => {
                Cell::Plan(*accept, *reject)
            }
            Some(_) | None => Cell::Above,
        },
    }
}

/// A plan of the tables, with every arrow followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct TablePlan {
    /// Units of the sample.
    pub size: u32,
    /// At most so many are accepted.
    pub accept: u32,
    /// From so many the lot is rejected, as Z1.4 has it.
    pub reject: u32,
    /// Whether an arrow led to another row.
    pub arrow: bool,
    /// Whether sources disagree on the cell.
    pub is_disputed: bool,
}

/// The plan of a letter at an AQL.
pub(super) fn plan(severity: Severity, letter: CodeLetter, aql: Aql) -> TablePlan {
    let mut row = letter.0;
    // An arrow leads on in its own direction, so there are fewer steps than rows.
    let (accept, reject) = loop {
        match cell(severity, row, aql.0) {
            Cell::Plan(accept, reject) => break (accept, reject),
            Cell::Below => row = row.saturating_add(1),
            Cell::Above => row = row.saturating_sub(1),
        }
    };
    TablePlan {
        size: size(severity, CodeLetter(row)),
        accept,
        reject,
        arrow: row != letter.0,
        is_disputed: is_disputed(severity, letter, aql),
    }
}

/// The sample size of a letter's own row.
pub(super) fn size(severity: Severity, letter: CodeLetter) -> u32 {
    let sizes = match severity {
        Severity::Normal | Severity::Tightened => &SIZES,
        Severity::Reduced => &REDUCED_SIZES,
    };
    sizes.get(letter.0).copied().unwrap_or_default()
}

/// Whether sources disagree: in the cells of the tightened table just right of each 0, from C to Q, one
/// source follows the arrow down, as it is done here, and another accepts none.
fn is_disputed(severity: Severity, letter: CodeLetter, aql: Aql) -> bool {
    severity == Severity::Tightened
        && (2..LAST_ROW).contains(&letter.0)
        && letter.0.saturating_add(aql.0) == 16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table as it is printed: its columns, and its rows.
    fn printed(text: &str) -> (Vec<&str>, Vec<Vec<&str>>) {
        let mut rows = text.lines().map(|row| row.split('\t').collect::<Vec<_>>());
        (rows.next().unwrap(), rows.collect())
    }

    fn written(cell: Cell) -> String {
        match cell {
            Cell::Below => "↓".to_owned(),
            Cell::Above => "↑".to_owned(),
            Cell::Plan(accept, _) => accept.to_string(),
        }
    }

    fn master_table_is(severity: Severity, text: &str) {
        let (head, rows) = printed(text);
        assert_eq!((rows.len(), head.len()), (16, 28));
        for row in &rows {
            let letter = CodeLetter::of(row[0]).unwrap();
            assert_eq!(size(severity, letter).to_string(), row[1], "{}", row[0]);
            assert_eq!(row.len(), head.len());
            for (aql, cell_printed) in head[2..].iter().zip(&row[2..]) {
                let aql = Aql::of(parse_decimal(aql).unwrap(), severity).unwrap();
                let cell = written(cell(severity, letter.0, aql.0));
                assert_eq!(cell, *cell_printed, "{} at {}", row[0], aql.name());
            }
        }
    }

    #[test]
    fn the_normal_table_is_the_printed_one() {
        let text = include_str!("../../../tests/data/sampling/normal.tsv");
        master_table_is(Severity::Normal, text);
    }

    #[test]
    fn the_tightened_table_is_the_printed_one() {
        let text = include_str!("../../../tests/data/sampling/tightened.tsv");
        master_table_is(Severity::Tightened, text);
        let s = CodeLetter::of("S").unwrap();
        assert_eq!(size(Severity::Tightened, s), 3_150);
    }

    #[test]
    fn every_arrow_leads_to_a_plan() {
        for severity in [Severity::Normal, Severity::Tightened, Severity::Reduced] {
            for row in 0..=LAST_ROW {
                for aql in Aql::all(severity) {
                    let plan = plan(severity, CodeLetter(row), aql);
                    assert!(plan.accept < plan.reject);
                }
            }
        }
    }

    #[test]
    fn sources_disagree_on_thirteen_cells_right_of_each_zero() {
        let mut disputed = Vec::new();
        for row in 0..=LAST_ROW {
            for aql in Aql::all(Severity::Tightened) {
                let letter = CodeLetter(row);
                if is_disputed(Severity::Tightened, letter, aql) {
                    let before = cell(Severity::Tightened, row, aql.0.saturating_sub(1));
                    assert_eq!(before, Cell::Plan(0, 1));
                    disputed.push(format!("{}@{}", letter.letter(), aql.name()));
                }
            }
        }
        assert_eq!(disputed.len(), 13);
        assert_eq!((&*disputed[0], &*disputed[1]), ("C@6.5", "D@4.0"));
        assert_eq!(disputed[12], "Q@0.025");
    }

    #[test]
    fn an_aql_is_compared_as_a_number() {
        let of = |text| Aql::of(parse_decimal(text).unwrap(), Severity::Normal);
        for (text, name) in [
            ("4", "4.0"),
            ("4.0", "4.0"),
            ("0.01", "0.010"),
            ("1000", "1000"),
        ] {
            assert_eq!(of(text).map(Aql::name), Ok(name));
        }
        assert_eq!(of("3"), Err(&AQLS[12..14]));
        assert_eq!(of("0.005"), Err(&AQLS[..1]));
        assert_eq!(of("2000"), Err(&AQLS[25..]));
        let reduced = |text| Aql::of(parse_decimal(text).unwrap(), Severity::Reduced);
        assert_eq!(reduced("0.040"), Err(&AQLS[4..5]));
        assert_eq!(reduced("15"), Err(&AQLS[15..16]));
        assert_eq!(reduced("2.5").map(Aql::name), Ok("2.5"));
    }
}
