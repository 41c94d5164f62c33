//! The owner's rules as they hold here, and who decides as the owner.

use std::borrow::Cow;

use landfall_workspace::rows::{Policy, Row, SupplierStatus};
use landfall_workspace::shop::policy_on;

use crate::model::Model;

/// Under this name, with the hash of its text, a shop file that was made here is noted beside the records.
pub const MADE: &str = "shopMade.";

impl Model {
    /// The rules in force: those of the owner's shop file where one rules that wasn't made here, else the
    /// stored ones that hold today, else the defaults.
    pub fn policy(&self) -> Cow<'_, Policy> {
        if let Some(file) = self.shop.as_ref().filter(|_| !self.is_owner()) {
            return Cow::Borrowed(&file.shop.policy);
        }
        let stored = policy_on(&self.workspace, self.today);
        match stored.and_then(|entry| entry.row()) {
            Some(Row::Policy(policy)) => Cow::Borrowed(policy),
            Some(_) | None => Cow::Owned(Policy::default()),
        }
    }

    /// Whether who works here decides as the owner: no shop file rules, or one that was made here.
    pub fn is_owner(&self) -> bool {
        let notes = &self.storage.notes;
        let is_made_here = |hash: &str| notes.contains_key(&format!("{MADE}{hash}"));
        self.shop
            .as_ref()
            .is_none_or(|file| is_made_here(&file.hash))
    }

    /// How far a supplier is trusted: by its record, or by the owner's file where that rules. A
    /// suspension counts wherever it was made.
    pub fn status_of(&self, id: &str, stored: SupplierStatus) -> SupplierStatus {
        let file = self.shop.as_ref().filter(|_| !self.is_owner());
        let Some(file) = file.filter(|_| stored != SupplierStatus::Suspended) else {
            return stored;
        };
        let mut listed = file.shop.suppliers.iter();
        let listed = listed.find(|supplier| *supplier.id == *id);
        listed.map_or(SupplierStatus::New, |supplier| supplier.status)
    }
}
