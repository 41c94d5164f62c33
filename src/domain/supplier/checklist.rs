//! The checklist for a new supplier.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::check::{self, Checker, Need::Optional, Object, Place, named};
use crate::json::Json;
use crate::money::Figure;
use crate::policy::ChecklistRules;

/// What the checklist asks for, as far as it is known.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Checklist {
    /// Whether the platform verified the supplier.
    pub verified: Option<bool>,
    /// Completed transactions.
    pub transactions: Option<u32>,
    /// How long the shop has been active, in years.
    pub years: Option<Decimal>,
    /// Whether there are real photos of its warehouse, not only renders.
    pub warehouse_photos: Option<bool>,
    /// How long it takes to answer an inquiry, in hours.
    pub response_hours: Option<Decimal>,
}

named! {
    /// An item of the checklist, in the order in which results list them.
    ChecklistItem {
        /// Verified by the platform.
        Verified = "verified",
        /// Completed transactions.
        Transactions = "transactions",
        /// Years for which the shop has been active.
        Years = "years",
        /// Real photos of the warehouse.
        WarehousePhotos = "warehousePhotos",
        /// Hours until an inquiry is answered.
        ResponseHours = "responseHours",
    }
}

named! {
    /// How an item stands.
    State {
        /// As the owner asks for.
        Met = "met",
        /// Known, and not as the owner asks for.
        Unmet = "unmet",
        /// Not known yet.
        Unknown = "unknown",
    }
}

/// An item of the checklist, judged.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChecklistEntry {
    /// The item.
    pub item: ChecklistItem,
    /// How it stands.
    pub state: State,
    /// The number that is known, where the item is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Figure>,
    /// What the owner asks for, where that is a number: at most so many hours, at least so much of the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Figure>,
}

impl Checklist {
    pub(super) fn read(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Checklist> {
        let known = &[
            "verified",
            "transactions",
            "years",
            "warehousePhotos",
            "responseHours",
        ];
        let object = Object::open(c, json, place, known)?;
        Some(Checklist {
            verified: object.field(c, "verified", Optional, check::flag),
            transactions: object.field(c, "transactions", Optional, |c, json, place| {
                check::whole(c, json, place, 0)
            }),
            years: object.field(c, "years", Optional, check::amount),
            warehouse_photos: object.field(c, "warehousePhotos", Optional, check::flag),
            response_hours: object.field(c, "responseHours", Optional, check::amount),
        })
    }

    /// The items that the owner asks for, judged. One that isn't required, or of which at least 0 is
    /// asked, isn't listed.
    pub(super) fn judged(&self, rules: &ChecklistRules) -> Vec<ChecklistEntry> {
        let said = |item, is_required: bool, said: Option<bool>| {
            is_required.then(|| entry(item, said, None, None))
        };
        let at_least = |item, observed: Option<Decimal>, limit: Decimal| {
            let is_met = observed.map(|observed| observed >= limit);
            (!limit.is_zero()).then(|| entry(item, is_met, observed, Some(limit)))
        };
        let hours = self.response_hours;
        let limit = rules.maximum_response_hours.0;
        let is_in_time = hours.map(|hours| hours <= limit);
        let items = [
            said(
                ChecklistItem::Verified,
                rules.require_verified,
                self.verified,
            ),
            at_least(
                ChecklistItem::Transactions,
                self.transactions.map(Decimal::from),
                Decimal::from(rules.minimum_transactions),
            ),
            at_least(ChecklistItem::Years, self.years, rules.minimum_years.0),
            said(
                ChecklistItem::WarehousePhotos,
                rules.require_warehouse_photos,
                self.warehouse_photos,
            ),
            Some(entry(
                ChecklistItem::ResponseHours,
                is_in_time,
                hours,
                Some(limit),
            )),
        ];
        items.into_iter().flatten().collect()
    }
}

fn entry(
    item: ChecklistItem,
    is_met: Option<bool>,
    observed: Option<Decimal>,
    limit: Option<Decimal>,
) -> ChecklistEntry {
    let state = match is_met {
        Some(true) => State::Met,
        Some(false) => State::Unmet,
        None => State::Unknown,
    };
    ChecklistEntry {
        item,
        state,
        observed: observed.map(Figure),
        limit: limit.map(Figure),
    }
}
