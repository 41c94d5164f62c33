//! The procedure itself: what is put to the owner, when it is reviewed, and how far new staff are.

use landfall::check::by_name;
use landfall::control::{Practice, Review, RunFault, Stage};
use landfall::finding::Rule;
use landfall::receiving::Clock;
use rust_decimal::Decimal;

use crate::Locale;
use crate::findings::rule;
use crate::numbers::plural;
use crate::receiving::{clock, length};

/// What a reason to ask the owner is called: a rule, a dispute, or what somebody called it.
pub fn reason(locale: Locale, name: &str) -> &str {
    match (by_name::<Rule>(name), name) {
        (Some(known), _) => rule(locale, known),
        (None, "dispute") => locale.pick("Dispute", "纠纷"),
        (None, other) => other,
    }
}

/// A question to the owner, to be pasted into a chat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Question<'a> {
    /// What is asked.
    pub text: &'a str,
    /// The number of the order that it is about, with its supplier; empty where it is about none.
    pub order: &'a str,
    /// The loss of an incident, as an amount of money; empty where there is none.
    pub loss: &'a str,
    /// Who asks.
    pub by: &'a str,
}

/// A question to the owner, ready to send.
pub fn question(locale: Locale, question: &Question<'_>) -> String {
    let Question {
        text,
        order,
        loss,
        by,
    } = question;
    let mut lines = vec![match by.is_empty() {
        true => say!(locale, "A question for you:", "有个问题需要您定："),
        false => say!(
            locale,
            "A question for you from {by}:",
            "{by} 有个问题需要您定："
        ),
    }];
    lines.push((*text).to_owned());
    if !order.is_empty() {
        lines.push(say!(locale, "Order: {order}", "订单：{order}"));
    }
    if !loss.is_empty() {
        lines.push(say!(locale, "Loss so far: {loss}", "目前损失：{loss}"));
    }
    lines.join("\n")
}

/// How far a new member of staff is, in a word.
pub const fn stage(locale: Locale, stage: Stage) -> &'static str {
    match stage {
        Stage::Shadowing => locale.pick("Looks on", "跟岗观摩"),
        Stage::Placing => locale.pick("Places orders, reviewed each day", "下单，每日复核"),
        Stage::Proving => locale.pick("Places orders, each one reviewed", "下单，逐单复核"),
        Stage::Solo => locale.pick("Works alone", "独立上岗"),
    }
}

/// What the stage asks for, in a sentence.
pub fn practice(locale: Locale, practice: &Practice) -> String {
    let Practice {
        clean_in_a_row: clean,
        needed,
        ..
    } = practice;
    let until = practice.until.map(|day| day.to_string());
    let until = until.unwrap_or_default();
    match practice.stage {
        Stage::Shadowing => say!(
            locale,
            "Until {until}: watches orders being placed, and places none.",
            "至 {until}：看别人下单，自己不下单。"
        ),
        Stage::Placing => say!(
            locale,
            "Until {until}: places orders; somebody reviews them at the end of each day. Clean in a row: {clean} of {needed}.",
            "至 {until}：自己下单，每天下班前由人复核。连续无差错：{clean}/{needed}。"
        ),
        Stage::Proving => say!(
            locale,
            "Works alone after {needed} clean runs in a row; so far {clean}.",
            "连续 {needed} 单无差错后可独立上岗，目前 {clean} 单。"
        ),
        Stage::Solo => say!(locale, "Clean in a row: {clean}.", "连续无差错：{clean}。"),
    }
}

/// What made a run not clean.
pub fn run_fault(locale: Locale, fault: &RunFault) -> String {
    match fault {
        RunFault::Missing { rule: name } => {
            let name = reason(locale, name);
            say!(locale, "Missing: {name}", "缺少：{name}")
        }
        RunFault::Late {
            clock: name,
            seconds,
        } => {
            let name = by_name::<Clock>(name).map_or(&**name, |known| clock(locale, known));
            match seconds {
                Some(seconds) => {
                    let by = length(locale, *seconds);
                    say!(locale, "Late by {by}: {name}", "{name}：晚了 {by}")
                }
                None => say!(locale, "Late: {name}", "{name}：晚了"),
            }
        }
        RunFault::Noted { what } => say!(locale, "Noted: {what}", "备注：{what}"),
    }
}

/// Whether the procedure is to be reviewed, and why.
pub fn review(locale: Locale, review: &Review) -> String {
    let (orders, every) = (review.orders, review.every);
    let incidents = review.incidents.len();
    let is_enough = usize::try_from(every).is_ok_and(|every| orders >= every);
    let counted = match locale {
        Locale::En => plural(Decimal::from(orders), "order", "orders"),
        Locale::Zh => format!("{orders}\u{a0}单"),
    };
    let happened = match locale {
        Locale::En => plural(Decimal::from(incidents), "incident", "incidents"),
        Locale::Zh => format!("{incidents}\u{a0}起"),
    };
    match (is_enough, incidents > 0) {
        (false, false) => say!(
            locale,
            "Not due: {counted} since the last review; it is due after {every}.",
            "暂不需要：上次复盘后 {counted}，满 {every} 单进行。"
        ),
        (true, false) => say!(
            locale,
            "Due: {counted} since the last review, and it is held every {every}.",
            "需要复盘：上次复盘后已有 {counted}，每 {every} 单一次。"
        ),
        (false, true) => say!(
            locale,
            "Due at once: {happened} since the last review with a loss above the limit.",
            "需要立即复盘：上次复盘后有 {happened}损失超过限额的事故。"
        ),
        (true, true) => say!(
            locale,
            "Due at once: {happened} since the last review with a loss above the limit, and {counted}.",
            "需要立即复盘：上次复盘后有 {happened}损失超过限额的事故，并已有 {counted}。"
        ),
    }
}
