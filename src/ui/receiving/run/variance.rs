//! What differs between what was ordered and what arrived.

use std::rc::Rc;

use landfall_words::Locale;
use landfall_workspace::rows::{Receipt, ReceivingResult};
use rust_decimal::Decimal;

use super::lots;

/// What differs.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Variance {
    /// Another number of cartons than the packing list has.
    Cartons {
        /// By the packing list.
        ordered: u32,
        /// Counted.
        counted: u32,
    },
    /// Fewer units than are due.
    Short {
        /// The article.
        sku: Rc<str>,
        /// Units that are due.
        ordered: Decimal,
        /// Units that arrived.
        received: Decimal,
    },
    /// More units than are due.
    Over {
        /// The article.
        sku: Rc<str>,
        /// Units that are due.
        ordered: Decimal,
        /// Units that arrived.
        received: Decimal,
    },
    /// An article that wasn't ordered.
    NotOrdered {
        /// The article.
        sku: Rc<str>,
    },
    /// It isn't as the approved sample.
    Specification {
        /// The article.
        sku: Rc<str>,
        /// What differs, in somebody's words.
        what: Rc<str>,
    },
    /// Defective units were found.
    Defects {
        /// The article.
        sku: Rc<str>,
        /// Defective units.
        found: u32,
        /// Units that were inspected.
        inspected: u32,
    },
}

/// All that differs, as far as it is counted.
pub(super) fn variances(receipt: &Receipt) -> Vec<Variance> {
    let mut found = Vec::new();
    if let (Some(ordered), Some(counted)) = (receipt.cartons_ordered, receipt.cartons_counted)
        && ordered != counted
    {
        found.push(Variance::Cartons { ordered, counted });
    }
    for lot in &receipt.lots {
        let sku = lot.sku.clone();
        match (lot.ordered, lot.received) {
            (Some(ordered), Some(received)) if received < ordered => {
                let (ordered, received) = (ordered.0, received.0);
                found.push(Variance::Short {
                    sku: sku.clone(),
                    ordered,
                    received,
                });
            }
            (Some(ordered), Some(received)) if received > ordered => {
                let (ordered, received) = (ordered.0, received.0);
                found.push(Variance::Over {
                    sku: sku.clone(),
                    ordered,
                    received,
                });
            }
            (None, _) => found.push(Variance::NotOrdered { sku: sku.clone() }),
            (Some(_), _) => {}
        }
        let what = lot.notes.clone().filter(|what| !what.trim().is_empty());
        if let Some(what) = what {
            found.push(Variance::Specification {
                sku: sku.clone(),
                what,
            });
        }
        let defective = lots::total(&lots::defective(lot));
        if defective > 0 {
            let inspected = lots::inspected(lot).max(defective);
            found.push(Variance::Defects {
                sku,
                found: defective,
                inspected,
            });
        }
    }
    found
}

/// What differs, in words.
pub(super) fn sentence(locale: Locale, variance: &Variance) -> String {
    let short = |ordered: &Decimal, received: &Decimal| {
        let by = ordered.checked_sub(*received).unwrap_or_default();
        by.abs().normalize()
    };
    match (variance, locale) {
        (Variance::Cartons { ordered, counted }, Locale::En) => {
            format!("{counted} cartons counted, {ordered} by the packing list")
        }
        (Variance::Cartons { ordered, counted }, Locale::Zh) => {
            format!("实点 {counted} 箱，装箱单 {ordered} 箱")
        }
        (
            Variance::Short {
                sku,
                ordered,
                received,
            },
            Locale::En,
        ) => format!(
            "{sku}: {} short, {} of {} arrived",
            short(ordered, received),
            received.normalize(),
            ordered.normalize()
        ),
        (
            Variance::Short {
                sku,
                ordered,
                received,
            },
            Locale::Zh,
        ) => format!(
            "{sku}：少 {} 件，应到 {}，实到 {}",
            short(ordered, received),
            ordered.normalize(),
            received.normalize()
        ),
        (
            Variance::Over {
                sku,
                ordered,
                received,
            },
            Locale::En,
        ) => format!(
            "{sku}: {} too many, {} arrived where {} were due",
            short(ordered, received),
            received.normalize(),
            ordered.normalize()
        ),
        (
            Variance::Over {
                sku,
                ordered,
                received,
            },
            Locale::Zh,
        ) => format!(
            "{sku}：多 {} 件，应到 {}，实到 {}",
            short(ordered, received),
            ordered.normalize(),
            received.normalize()
        ),
        (Variance::NotOrdered { sku }, Locale::En) => format!("{sku}: not on the order"),
        (Variance::NotOrdered { sku }, Locale::Zh) => format!("{sku}：订单中没有"),
        (Variance::Specification { sku, what }, Locale::En) => {
            format!("{sku}: not as the approved sample: {what}")
        }
        (Variance::Specification { sku, what }, Locale::Zh) => {
            format!("{sku}：与确认样不符：{what}")
        }
        (
            Variance::Defects {
                sku,
                found,
                inspected,
            },
            Locale::En,
        ) => {
            format!("{sku}: {found} bad of {inspected} checked")
        }
        (
            Variance::Defects {
                sku,
                found,
                inspected,
            },
            Locale::Zh,
        ) => {
            format!("{sku}：抽检 {inspected} 件，不良 {found} 件")
        }
    }
}

/// Articles whose inspection isn't decided: not counted, not sampled, or not checked to the end.
pub(super) fn undecided(receipt: &Receipt) -> Vec<&str> {
    let lots = receipt.lots.iter();
    let open = lots.filter(|lot| {
        let is_absent = lot.received.is_some_and(|received| received.is_zero());
        lot.passed.is_none() && !is_absent
    });
    open.map(|lot| &*lot.sku).collect()
}

/// What is proposed: reject what failed, hold what isn't decided or differs, accept the rest.
pub(super) fn proposed(receipt: &Receipt) -> ReceivingResult {
    if receipt.lots.iter().any(|lot| lot.passed == Some(false)) {
        return ReceivingResult::Reject;
    }
    let differs = variances(receipt).iter().any(|variance| match variance {
        // Few enough were bad where the article passed.
        Variance::Defects { .. } => false,
        Variance::Cartons { .. }
        | Variance::Short { .. }
        | Variance::Over { .. }
        | Variance::NotOrdered { .. }
        | Variance::Specification { .. } => true,
    });
    if differs || !undecided(receipt).is_empty() || receipt.lots.is_empty() {
        return ReceivingResult::Hold;
    }
    ReceivingResult::Accept
}
