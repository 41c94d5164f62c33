//! How strictly the next lot is judged, by how the last ones came out; for each class of defects by itself.
//!
//! Source: ISO 2859-1 and ANSI/ASQ Z1.4 on switching. Whether a supplier earned reduced inspection depends
//! on more than its lots, so that isn't proposed.

use serde::Serialize;

use crate::check::named;

named! {
    /// What holds for the next lot.
    NextSeverity {
        /// Normal inspection.
        Normal = "normal",
        /// Tightened inspection.
        Tightened = "tightened",
        /// Nothing more is accepted until the supplier has mended what is wrong.
        Stop = "stop",
    }
}

/// What holds for the next lot, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Switching {
    /// What holds.
    pub next: NextSeverity,
    /// Why.
    pub because: SwitchingReason,
}

/// Why inspection goes on as it is, or changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(
    tag = "reason",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SwitchingReason {
    /// Not two of the last five lots under normal inspection failed.
    NormalHolds {
        /// How many of them failed.
        failed: u32,
        /// How many lots that are, at most 5.
        lots: u32,
    },
    /// Two of the last five lots failed.
    TwoOfFiveFailed,
    /// Neither five in a row were accepted since inspection was tightened, nor five failed.
    TightenedHolds {
        /// How many were accepted in a row.
        accepted: u32,
        /// How many failed in all.
        failed: u32,
    },
    /// Five in a row were accepted under tightened inspection.
    FiveAccepted,
    /// Five failed under tightened inspection.
    FiveFailed,
}

/// What holds for the next lot of a supplier, after lots that came out so, the oldest first: whether each
/// was accepted when it was first presented.
pub fn next_severity(accepted: &[bool]) -> Switching {
    let mut now = Switching {
        next: NextSeverity::Normal,
        because: SwitchingReason::NormalHolds { failed: 0, lots: 0 },
    };
    // The lots since inspection changed last.
    let mut since = Vec::new();
    for accepted in accepted {
        since.push(*accepted);
        now = match now.next {
            NextSeverity::Normal => after_normal(&since),
            NextSeverity::Tightened => after_tightened(&since),
            NextSeverity::Stop => return now,
        };
        if matches!(
            now.because,
            SwitchingReason::TwoOfFiveFailed | SwitchingReason::FiveAccepted
        ) {
            since.clear();
        }
    }
    now
}

fn after_normal(since: &[bool]) -> Switching {
    let last = since
        .get(since.len().saturating_sub(5)..)
        .unwrap_or_default();
    let failed = count(last.iter().filter(|accepted| !**accepted));
    if failed >= 2 {
        return Switching {
            next: NextSeverity::Tightened,
            because: SwitchingReason::TwoOfFiveFailed,
        };
    }
    let lots = count(last.iter());
    Switching {
        next: NextSeverity::Normal,
        because: SwitchingReason::NormalHolds { failed, lots },
    }
}

fn after_tightened(since: &[bool]) -> Switching {
    let accepted = count(since.iter().rev().take_while(|accepted| **accepted));
    let failed = count(since.iter().filter(|accepted| !**accepted));
    let (next, because) = if failed >= 5 {
        (NextSeverity::Stop, SwitchingReason::FiveFailed)
    } else if accepted >= 5 {
        (NextSeverity::Normal, SwitchingReason::FiveAccepted)
    } else {
        let because = SwitchingReason::TightenedHolds { accepted, failed };
        (NextSeverity::Tightened, because)
    };
    Switching { next, because }
}

fn count<T>(of: impl Iterator<Item = T>) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}
