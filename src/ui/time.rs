//! Instants as people read them.

use chrono::{DateTime, Duration};

/// An instant in the reader's zone, to the minute; `offset` are its minutes east of Greenwich.
pub fn shown_instant(at: &str, offset: i32) -> String {
    match DateTime::parse_from_rfc3339(at) {
        Ok(instant) => {
            let local = instant
                .naive_utc()
                .checked_add_signed(Duration::minutes(i64::from(offset)));
            let local = local.unwrap_or(instant.naive_utc());
            local.to_string().chars().take(16).collect()
        }
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
