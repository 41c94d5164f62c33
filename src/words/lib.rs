//! Sentences for what the calculation says in codes, in English and 简体中文.
//!
//! Every code has one place, with both languages side by side: an [`issue`] in `issues.rs`, a
//! [`warning`] in `warnings.rs`, a [`working`] in `workings.rs`, a [`finding`] in `findings.rs`, what
//! a sample sees and says in `sampling.rs`, the week in `control.rs`, the fields of the owner's policy in `policy.rs`, the names of things in `names.rs`.
//! Each of these is a `match` without a wildcard, so a code without a sentence doesn't compile, and
//! neither does a sentence without its translation. A further language is one more [`Locale`] and
//! one more text in `say!` and `pick`; the compiler then lists every place that lacks it.
//!
//! Issues and warnings are sentences. Workings are formulas to be checked on a pocket calculator;
//! only those that state a reason end with a full stop.

/// Writes the sentence of a locale. Both texts are formats that take their operands from the
/// variables around them; only the one that is needed is written.
macro_rules! say {
    ($locale:expr, $en:literal, $zh:literal $(,)?) => {
        match $locale {
            $crate::Locale::En => ::std::format!($en),
            $crate::Locale::Zh => ::std::format!($zh),
        }
    };
}

mod backtest;
mod calendar;
mod control;
mod findings;
mod issues;
mod names;
mod numbers;
mod policy;
mod quotes;
mod receiving;
mod sampling;
mod selling;
mod sop;
mod suppliers;
mod warnings;
mod workings;

pub use backtest::{backtest, tried};
pub use calendar::calendar;
pub use control::{
    WeeklyNumber, action, cost_change, cost_part, defect_rate, lead_time, problem_batch,
    weekly_flag, weekly_flag_name, weekly_number, weekly_state,
};
pub use findings::{
    finding, order_value_basis, owner_message, record_field, rule, specification_part,
};
pub use issues::issue;
pub use names::{base, basis, charge_component, component, key, mode, payee};
pub use numbers::{money, number, percent};
pub use policy::policy_field;
pub use quotes::{Inquiry, comparison_note, inquiry, platform_order};
pub use receiving::{
    Counted, DefectCount, DisputeMessage, aspect, auto_confirm, clock, clock_state, clock_task,
    confirmed_if_signed, deadline, defect_class, defect_counts, dispute_owner_message, loss,
    not_covered, payment_held, purchase_order, supplier_message, time_left, variance, wish,
};
pub use sampling::{
    class_judgement, defect_class_name, detection, isolated_lots, judgement, level, often,
    plan_note, rate_judgement, sample_to_see, severity, switching,
};
pub use selling::{SellingFigure, multiple, selling_figure};
pub use sop::{Question, practice, question, reason, review, run_fault, stage};
pub use suppliers::{
    band, checklist_entry, checklist_item, evidence_axis, grade_meaning, observed, payment_terms,
    performance, performance_axis, provisional, raised_flag, readiness, red_flag, risk, state,
    supplier_grade, supplier_score, tier,
};
pub use warnings::warning;
pub use workings::{charge_part, charge_working, chargeable, governed_by, part, share, working};

/// A language that sentences are written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Locale {
    /// English.
    En,
    /// Chinese in simplified characters.
    Zh,
}

impl Locale {
    /// All languages.
    pub const ALL: [Locale; 2] = [Locale::En, Locale::Zh];

    /// The language of a BCP 47 tag such as `en`, `en-GB`, `zh`, `zh-CN` or `zh-Hans`, whatever its
    /// case. Every Chinese tag gives simplified Chinese, which readers of traditional Chinese
    /// understand better than English.
    pub fn from_tag(tag: &str) -> Option<Locale> {
        let language = tag.split(['-', '_']).next()?;
        if language.eq_ignore_ascii_case("en") {
            Some(Locale::En)
        } else if language.eq_ignore_ascii_case("zh") {
            Some(Locale::Zh)
        } else {
            None
        }
    }

    /// The tag for the `lang` attribute and for formats that depend on the locale.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Zh => "zh-CN",
        }
    }

    /// The one of two fixed texts that is in this language.
    const fn pick(self, en: &'static str, zh: &'static str) -> &'static str {
        match self {
            Locale::En => en,
            Locale::Zh => zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_first_subtag() {
        for tag in ["en", "EN", "en-GB", "en-US", "en_AU"] {
            assert_eq!(Locale::from_tag(tag), Some(Locale::En), "{tag}");
        }
        for tag in [
            "zh",
            "ZH",
            "zh-CN",
            "zh-hans",
            "zh-Hans-SG",
            "zh-TW",
            "zh-Hant-HK",
        ] {
            assert_eq!(Locale::from_tag(tag), Some(Locale::Zh), "{tag}");
        }
        for tag in ["", "-", "de", "eng", "english", "xx-en", "中文"] {
            assert_eq!(Locale::from_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn every_language_is_known_by_its_own_tag() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
        }
    }
}
