//! What is due, as a calendar that other programs take in (iCalendar, RFC 5545).

use std::fmt::Write;

use chrono::{NaiveDateTime, TimeDelta};
use landfall::receiving::{ClockState, Deadline};

use crate::Locale;
use crate::receiving::{auto_confirm, clock, clock_task, loss, purchase_order};

/// How many bytes a line may have.
const LINE: usize = 75;

/// The longest time before the end at which a reminder comes, in seconds; of a short clock it is a
/// quarter of its time.
const REMINDER: i64 = 24 * 3_600;

/// A calendar with the ends of clocks, each with a reminder before it. What is done, overdue or has no
/// end isn't in it. Beside each clock stands an id that stays the same when its end moves, so that a
/// calendar which took it in before moves it too. Times are UTC, which calendars show in the reader's
/// zone.
pub fn calendar(locale: Locale, now: NaiveDateTime, clocks: &[(String, Deadline)]) -> String {
    let mut lines = Lines(String::new());
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Landfall//Receiving//EN");
    for (id, deadline) in clocks {
        if deadline.state != ClockState::Running {
            continue;
        }
        if let Some(due_at) = deadline.due_at {
            lines.event(locale, now, id, deadline, due_at);
        }
    }
    lines.put("END", "VCALENDAR");
    lines.0
}

/// Lines of a calendar.
struct Lines(String);

impl Lines {
    fn event(
        &mut self,
        locale: Locale,
        now: NaiveDateTime,
        id: &str,
        deadline: &Deadline,
        due_at: NaiveDateTime,
    ) {
        let name = clock(locale, deadline.clock);
        let order = purchase_order(locale, &deadline.order);
        let title = say!(locale, "{name}: {order}", "{name}：{order}");
        let mut text = vec![
            clock_task(locale, deadline.clock).to_owned(),
            loss(locale, &deadline.loss),
        ];
        text.extend(
            deadline
                .auto_confirm
                .map(|by| auto_confirm(locale, by).to_owned()),
        );
        let whole = due_at.signed_duration_since(deadline.started_at);
        let quarter = whole.num_seconds().wrapping_div(4).clamp(0, REMINDER);
        let before = TimeDelta::seconds(quarter).num_minutes();
        self.put("BEGIN", "VEVENT");
        self.put("UID", &escaped(id));
        self.put("DTSTAMP", &utc(now));
        self.put("DTSTART", &utc(due_at));
        self.put("SUMMARY", &escaped(&title));
        self.put("DESCRIPTION", &escaped(&text.join("\n")));
        self.put("BEGIN", "VALARM");
        self.put("ACTION", "DISPLAY");
        self.put("DESCRIPTION", &escaped(&title));
        self.put("TRIGGER", &format!("-PT{before}M"));
        self.put("END", "VALARM");
        self.put("END", "VEVENT");
    }

    /// A line; one that is too long goes on in the next ones, behind a space, and never breaks inside of
    /// a character.
    fn put(&mut self, name: &str, value: &str) {
        let mut width = 0_usize;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            let bytes = letter.len_utf8();
            if width.saturating_add(bytes) > LINE {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(letter);
            width = width.saturating_add(bytes);
        }
        self.0.push_str("\r\n");
    }
}

/// An instant: `20261122T100000Z`.
fn utc(at: NaiveDateTime) -> String {
    let mut text = String::new();
    // A text takes whatever is written to it.
    let _ = write!(text, "{at:?}");
    let seconds = text.split('.').next().unwrap_or_default();
    let digits = seconds.replace(['-', ':'], "");
    format!("{digits}Z")
}

/// A text in which nothing has a meaning for calendars.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}
