//! The owner's rules as they hold here, and who decides as the owner.

use std::borrow::Cow;

use chrono::NaiveDate;
use landfall::json::{self, Json};
use landfall::policy;
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Policy, Row, SupplierStatus};
use landfall_workspace::shop::policy_on;

use crate::archive::written;
use crate::model::Model;
use crate::policy::draft_key;
use crate::tree::{self, Tree};

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

    /// Makes a version of the rules that holds from today: the one in force with another value of one rule. Answers
    /// its number, and the first day of a version that is to hold later, which doesn't know of it.
    ///
    /// # Errors
    /// What is wrong with the value, in sentences.
    pub(crate) fn make_rule(
        &mut self,
        path: &str,
        value: &str,
    ) -> Result<(i64, Option<NaiveDate>), Vec<String>> {
        let stored = policy_on(&self.workspace, self.today);
        let stored = stored.and_then(|entry| json::read(entry.record().data()?).ok());
        let mut data = stored.map_or_else(tree::empty, Json::into_owned);
        let old = value_at(&data, path);
        let versions = self.workspace.list(Kind::Policy);
        let versions: Vec<&Policy> = versions.filter_map(|entry| entry.as_row()).collect();
        let newest = versions.iter().filter_map(|of| of.version).max();
        let number = i64::from(newest.unwrap_or(0)).saturating_add(1);
        let later = versions.iter().filter_map(|of| of.effective_from);
        let later = later.filter(|from| *from > self.today).min();
        tree::set(&mut data, path, Some(rule_value(path, value)));
        tree::set(&mut data, "version", Some(Json::Integer(number)));
        let today = tree::text(self.today.to_string());
        tree::set(&mut data, "effectiveFrom", Some(today));
        Policy::check(&data).map_err(|issues| self.sentences(&issues))?;
        if let Some(key) = Key::new(Kind::Policy, &self.moment.id) {
            self.put(&key, Some(&written(&data)));
        }
        // A draft of new rules that left this one as it was goes on from what it is now.
        let draft = draft_key();
        let drafted = self.record(&draft);
        let drafted =
            drafted.and_then(|record| json::read(record.data()?).ok().map(Json::into_owned));
        if let Some(mut drafted) = drafted {
            let at = format!("data.{path}");
            if value_at(&drafted, &at) == old {
                tree::set(&mut drafted, &at, Some(tree::text(value)));
                self.put(&draft, Some(&written(&drafted)));
            }
        }
        Ok((number, later))
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

/// The text of a rule in rules as JSON or as typed; empty where it is left out.
fn value_at(rules: &Tree, path: &str) -> String {
    match tree::get(rules, path) {
        Some(Json::Integer(number)) => number.to_string(),
        Some(_) | None => tree::text_at(rules, path).to_owned(),
    }
}

/// A value as the rule is stored: whole numbers as such.
fn rule_value(path: &str, value: &str) -> Tree {
    let fields = Policy::fields();
    let is_whole = fields
        .iter()
        .any(|field| field.path == path && matches!(field.kind, policy::Kind::Whole(_)));
    match value.parse() {
        Ok(number) if is_whole => Json::Integer(number),
        Ok(_) | Err(_) => tree::text(value),
    }
}
