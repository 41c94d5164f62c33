//! ISO weeks (ISO 8601): Monday to Sunday; a week belongs to the year of its Thursday.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// An ISO week: `2026-W47`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct IsoWeek {
    /// Its first day, a Monday.
    monday: NaiveDate,
}

impl IsoWeek {
    /// The week of a day.
    pub fn of(day: NaiveDate) -> IsoWeek {
        let since_monday = day.weekday().num_days_from_monday();
        let monday = day.checked_sub_days(Days::new(since_monday.into()));
        IsoWeek {
            monday: monday.unwrap_or(day),
        }
    }

    /// Reads `2026-W47`. There is no week 53 in most years.
    pub fn parse(text: &str) -> Option<IsoWeek> {
        let (year, week) = text.split_once("-W")?;
        let is_written = |digits: &str, length| {
            digits.len() == length && digits.bytes().all(|digit| digit.is_ascii_digit())
        };
        if !is_written(year, 4) || !is_written(week, 2) {
            return None;
        }
        let (year, week) = (year.parse().ok()?, week.parse().ok()?);
        let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?;
        Some(IsoWeek { monday })
    }

    /// Its first day, a Monday.
    pub fn monday(self) -> NaiveDate {
        self.monday
    }

    /// Its last day, a Sunday.
    pub fn sunday(self) -> NaiveDate {
        let sunday = self.monday.checked_add_days(Days::new(6));
        sunday.unwrap_or(self.monday)
    }

    /// The week so many weeks before.
    #[must_use]
    pub fn before(self, weeks: u32) -> IsoWeek {
        let days = Days::new(u64::from(weeks).saturating_mul(7));
        let monday = self.monday.checked_sub_days(days);
        IsoWeek {
            monday: monday.unwrap_or(self.monday),
        }
    }

    /// The week after it.
    #[must_use]
    pub fn next(self) -> IsoWeek {
        let monday = self.monday.checked_add_days(Days::new(7));
        IsoWeek {
            monday: monday.unwrap_or(self.monday),
        }
    }

    /// The first day of the calendar month before that of its Monday, and the first day after that month. So
    /// the month that a week is compared with has ended before the week begins.
    pub fn month_before(self) -> (NaiveDate, NaiveDate) {
        let after = self.monday.with_day(1).unwrap_or(self.monday);
        let last = after.pred_opt().unwrap_or(after);
        (last.with_day(1).unwrap_or(last), after)
    }
}

impl fmt::Display for IsoWeek {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = self.monday.iso_week();
        write!(formatter, "{:04}-W{:02}", week.year(), week.week())
    }
}
