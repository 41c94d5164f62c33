//! Instants as people read them.

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime};

/// The minutes that China's clocks are ahead of UTC, all year.
pub const CHINA: i32 = 480;

/// A zone: from each of these instants on, in UTC and in their order, the minutes that its clocks are ahead of
/// UTC. The first holds before it as well.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Zone(pub Vec<(NaiveDateTime, i32)>);

impl Zone {
    /// The minutes that clocks are ahead of UTC at an instant; `None` of a zone that isn't known.
    pub fn offset_at(&self, at: NaiveDateTime) -> Option<i32> {
        let after = self.0.partition_point(|(from, _)| *from <= at);
        let (_, offset) = self.0.get(after.saturating_sub(1))?;
        Some(*offset)
    }

    /// The day of an instant; that in UTC of a zone that isn't known.
    pub fn day_of(&self, at: NaiveDateTime) -> NaiveDate {
        local(at, self.offset_at(at).unwrap_or(0)).date()
    }

    /// The first instant of a day, in UTC: its midnight, the first one where there are two, or where its clocks
    /// leave midnight out, the instant at which they do.
    pub fn first_instant(&self, day: NaiveDate) -> NaiveDateTime {
        let midnight = NaiveDateTime::from(day);
        let ends = self.0.iter().skip(1).map(|(from, _)| *from);
        let ends = ends.chain([NaiveDateTime::MAX]);
        let spans = self.0.iter().zip(ends).enumerate();
        let mut firsts = spans.filter_map(|(index, ((from, offset), end))| {
            let begins = local(midnight, offset.saturating_neg());
            let first = if index == 0 {
                begins
            } else {
                begins.max(*from)
            };
            (first < end).then_some(first)
        });
        firsts.next().unwrap_or(midnight)
    }
}

/// What clocks show that are so many minutes ahead.
fn local(at: NaiveDateTime, offset: i32) -> NaiveDateTime {
    let local = at.checked_add_signed(Duration::minutes(i64::from(offset)));
    local.unwrap_or(at)
}

/// An instant by clocks that are so many minutes ahead of UTC, to the minute: `2026-11-23 09:00`.
pub fn wall(at: NaiveDateTime, offset: i32) -> String {
    let local = local(at, offset);
    local.to_string().chars().take(16).collect()
}

/// An instant in the reader's zone, to the minute; `offset` are its minutes east of Greenwich.
pub fn shown_instant(at: &str, offset: i32) -> String {
    match DateTime::parse_from_rfc3339(at) {
        Ok(instant) => wall(instant.naive_utc(), offset),
        Err(_) => at.to_owned(),
    }
}

/// The whole days from one instant to another; `None` where one isn't an instant.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    let from = DateTime::parse_from_rfc3339(from).ok()?;
    let to = DateTime::parse_from_rfc3339(to).ok()?;
    Some(to.signed_duration_since(from).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_shown_in_the_readers_zone() {
        assert_eq!(
            shown_instant("2026-11-22T23:30:00Z", 480),
            "2026-11-23 07:30"
        );
        assert_eq!(
            shown_instant("2026-11-22T00:10:00.123Z", -300),
            "2026-11-21 19:10"
        );
        assert_eq!(shown_instant("yesterday", 0), "yesterday");
    }

    #[test]
    fn a_zone_has_the_offset_of_each_instant() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().naive_utc();
        let berlin = Zone(vec![
            (at("2026-03-29T01:00:00Z"), 120),
            (at("2026-10-25T01:00:00Z"), 60),
            (at("2027-03-28T01:00:00Z"), 120),
        ]);
        for (instant, shown) in [
            ("2026-01-01T00:00:00Z", "2026-01-01 02:00"),
            ("2026-10-25T00:30:00Z", "2026-10-25 02:30"),
            ("2026-10-25T00:59:59Z", "2026-10-25 02:59"),
            ("2026-10-25T01:00:00Z", "2026-10-25 02:00"),
            ("2026-10-25T01:30:00Z", "2026-10-25 02:30"),
            ("2027-03-28T00:59:00Z", "2027-03-28 01:59"),
            ("2027-03-28T01:00:00Z", "2027-03-28 03:00"),
            ("2040-01-01T00:00:00Z", "2040-01-01 02:00"),
        ] {
            let offset = berlin.offset_at(at(instant)).unwrap();
            assert_eq!(wall(at(instant), offset), shown, "{instant}");
        }
        assert_eq!(Zone::default().offset_at(at("2026-01-01T00:00:00Z")), None);
    }

    #[test]
    fn days_are_whole() {
        let days = |from, to| days_between(from, to);
        assert_eq!(
            days("2026-11-16T10:00:00Z", "2026-11-22T09:59:59Z"),
            Some(5)
        );
        assert_eq!(
            days("2026-11-16T10:00:00Z", "2026-11-22T10:00:00Z"),
            Some(6)
        );
        assert_eq!(days("soon", "2026-11-22T10:00:00Z"), None);
    }
}
