//! Suppliers that a rule suspends by itself, and how the owner takes that back.
//!
//! A suspension says the same on every device that has the same batches: its time is that of the last of them, and
//! its reason is a code with their ids. So two devices that both see it agree when they are merged.

use landfall::control::{Supplied, WeeklyLog, suspensions};
use landfall::order::SupplierStatus;
use landfall_words::Locale;
use landfall_workspace::record::{Key, Kind};
use landfall_workspace::rows::{Approval, Instant, Order, Receipt, Row, Supplier};

use super::log::{batch, is_judged, trusted_at};
use crate::model::Model;
use crate::receiving::number_of;
use crate::say::say;
use crate::suppliers::supplier_name;

/// Who decided, where a rule did.
const RULE: &str = "rule";
/// Who decided, where the owner did with one press on the page of the week.
const OWNER: &str = "owner";
/// Who decided, where staff did so.
const STAFF: &str = "staff";
/// Why, where the last batches in a row were defective; their receipts follow.
const IN_A_ROW: &str = "consecutiveDefectiveBatches";
/// Why, where two of the last five were.
const OF_FIVE: &str = "twoOfFiveDefective";

/// How many orders of batches are named.
const NAMED: usize = 5;

/// Who made a decision, in words where that is no name.
pub fn decided_by(locale: Locale, by: &str) -> String {
    let known = match by {
        RULE => say(locale, "the rule", "规则"),
        OWNER => say(locale, "the owner", "负责人"),
        STAFF => say(locale, "staff", "员工"),
        name => name,
    };
    known.to_owned()
}

/// Whether a supplier is suspended by a rule, and nobody decided since; with that decision.
pub(super) fn suspended_by_rule(supplier: &Supplier) -> Option<&Approval> {
    let last = supplier.approvals.last()?;
    let is_by_rule = last.status == SupplierStatus::Suspended && &*last.by == RULE;
    (is_by_rule && supplier.status == SupplierStatus::Suspended).then_some(last)
}

/// The reason of a suspension by batches, as it is stored.
fn reason(code: &str, receipts: &[impl AsRef<str>]) -> String {
    let receipts: Vec<&str> = receipts.iter().map(AsRef::as_ref).collect();
    format!("{code}: {}", receipts.join(", "))
}

impl Model {
    /// The reason of a decision, in words where it is a code.
    pub(crate) fn reason_in_words(&self, reason: &str) -> String {
        let known = reason.split_once(": ");
        let known = known.filter(|(code, _)| [IN_A_ROW, OF_FIVE].contains(code));
        let Some((code, receipts)) = known else {
            return reason.to_owned();
        };
        let orders = self.orders_of(receipts.split(", "));
        let locale = self.locale;
        let what = match code {
            OF_FIVE => say(
                locale,
                "Two of the last five batches were defective",
                "最近五批中有两批不合格",
            ),
            _ => say(
                locale,
                "The last batches in a row were defective",
                "最近连续批次不合格",
            ),
        };
        match locale {
            Locale::En => format!("{what} ({orders})."),
            Locale::Zh => format!("{what}（{orders}）。"),
        }
    }

    /// The numbers of the orders that receipts are of; of many the last ones.
    pub(super) fn orders_of<'r>(&self, receipts: impl Iterator<Item = &'r str>) -> String {
        let receipts: Vec<&str> = receipts.collect();
        let earlier = receipts.len().saturating_sub(NAMED);
        let more = (earlier > 0).then(|| "…".to_owned());
        let last = receipts.iter().skip(earlier);
        let numbers = last.map(|id| {
            let receipt = Key::new(Kind::Receipt, id).and_then(|key| self.workspace.get(&key));
            let receipt = receipt.and_then(|entry| entry.as_row::<Receipt>());
            let order = receipt.and_then(|receipt| Key::new(Kind::Order, &receipt.order_id));
            let order = order.and_then(|key| self.workspace.get(&key));
            let number = number_of(order.and_then(|entry| entry.as_row::<Order>()));
            match number {
                "" => say(self.locale, "without a number", "无编号").to_owned(),
                number => number.to_owned(),
            }
        });
        more.into_iter()
            .chain(numbers)
            .collect::<Vec<_>>()
            .join(say(self.locale, ", ", "、"))
    }

    /// A record changed: whether it can bring about a suspension.
    pub(crate) fn watch_batches(&mut self, key: &Key) {
        let is_watched = match key.kind {
            Kind::Receipt | Kind::Order | Kind::Supplier | Kind::Policy => true,
            Kind::Sku
            | Kind::Dispute
            | Kind::Escalation
            | Kind::Report
            | Kind::Scenario
            | Kind::Schedule
            | Kind::Draft
            | Kind::Decision
            | Kind::Run
            | Kind::Preferences => false,
        };
        // What is stored was looked at when it came.
        self.weeks.is_unwatched |= is_watched && self.storage.is_loaded;
    }

    /// After records changed: suppliers whose last batches were all defective are suspended, and that is said. Not
    /// while records are still coming in, nor where nothing may be stored.
    pub(crate) fn suspend_by_rule(&mut self) {
        let storage = &self.storage;
        let may = storage.is_loaded && storage.newer.is_none() && !storage.is_gathering;
        if !self.weeks.is_unwatched || !may || self.is_applying() || self.log.is_behind() {
            return;
        }
        self.weeks.is_unwatched = false;
        let found = suspensions(&self.policy(), &self.batches());
        let mut said = Vec::new();
        for suspension in found {
            said.extend(self.suspend(
                &suspension.supplier_id,
                RULE,
                IN_A_ROW,
                &suspension.receipts,
            ));
        }
        if said.is_empty() {
            return;
        }
        let more = said.split_off(said.len().min(5)).len();
        if more > 0 {
            said.push(match self.locale {
                Locale::En => format!("and {more} more"),
                Locale::Zh => format!("另有 {more} 家"),
            });
        }
        let before = self.promised.take();
        let said = before.iter().map(|text| text.to_string()).chain(said);
        let said = said.collect::<Vec<_>>().join(" ");
        self.tell_when_stored(&said);
    }

    /// The batches of suppliers that aren't suspended.
    fn batches(&self) -> WeeklyLog {
        let mut log = WeeklyLog::default();
        for entry in self.workspace.list(Kind::Supplier) {
            let id = entry.record().key().id();
            let Some(supplier) = entry.as_row::<Supplier>() else {
                continue;
            };
            log.suppliers.push(Supplied {
                id: id.into(),
                name: None,
                status: self.status_of(id, supplier.status),
                reinstated_at: trusted_at(supplier),
            });
        }
        let orders = self.workspace.table(Kind::Order);
        let zone = self.owner_zone();
        for entry in self.workspace.list(Kind::Receipt) {
            let receipt = entry.as_row::<Receipt>();
            let Some(receipt) = receipt.filter(|receipt| is_judged(receipt)) else {
                continue;
            };
            let order = orders.get(&receipt.order_id);
            let order = order.and_then(|entry| entry.as_row::<Order>());
            let supplier = order.and_then(|order| order.supplier_id.clone());
            log.receipts
                .extend(batch(entry.record().key().id(), receipt, supplier, &zone));
        }
        log
    }

    /// Suspends a supplier because of batches, and says so; nothing where it has no record here.
    fn suspend(
        &mut self,
        id: &str,
        by: &str,
        code: &str,
        receipts: &[impl AsRef<str>],
    ) -> Option<String> {
        let key = Key::new(Kind::Supplier, id)?;
        if self.desk_of(&key).is_some() {
            // What is being typed is kept first.
            self.keep_desk();
        }
        let entry = self.workspace.get(&key)?.clone();
        let mut supplier = entry.as_row::<Supplier>()?.clone();
        let last = Key::new(Kind::Receipt, receipts.last()?.as_ref())?;
        let last = self.workspace.get(&last)?.as_row::<Receipt>()?;
        supplier.approvals.push(Approval {
            from: Some(self.status_of(id, supplier.status)),
            status: SupplierStatus::Suspended,
            by: by.into(),
            at: match by {
                RULE => last.arrived_at.clone(),
                _ => Instant(self.moment.at.clone()),
            },
            reason: Some(reason(code, receipts).into()),
        });
        supplier.status = SupplierStatus::Suspended;
        let name = supplier_name(self.locale, &supplier).to_owned();
        let data = entry.record().data()?;
        self.put(&key, Some(&Row::from(supplier).patched(data)));
        self.follow_desk();
        let orders = self.orders_of(receipts.iter().map(AsRef::as_ref));
        Some(match self.locale {
            Locale::En => format!(
                "{name} is suspended: its last batches were defective ({orders}). The owner can take that back on This week, with a reason."
            ),
            Locale::Zh => format!(
                "{name} 已暂停合作：最近批次不合格（{orders}）。负责人可在“本周”页面填写理由后撤销。"
            ),
        })
    }

    /// Somebody suspends a supplier because two of its last five batches were defective.
    pub(super) fn suspend_by_hand(&mut self, id: &str, receipts: &[impl AsRef<str>]) {
        let by = if self.is_owner() { OWNER } else { STAFF };
        if let Some(said) = self.suspend(id, by, OF_FIVE, receipts) {
            self.tell_when_stored(&said);
        }
    }

    /// The owner takes back what a rule did: the supplier is what it was, and the batches until now don't count
    /// again.
    pub(super) fn take_back_suspension(&mut self, id: &str, reason: &str) -> Option<()> {
        let key = Key::new(Kind::Supplier, id)?;
        let entry = self.workspace.get(&key)?.clone();
        let mut supplier = entry.as_row::<Supplier>()?.clone();
        let status = suspended_by_rule(&supplier)?.from;
        let status = status.unwrap_or(SupplierStatus::Whitelisted);
        supplier.approvals.push(Approval {
            from: Some(SupplierStatus::Suspended),
            status,
            by: OWNER.into(),
            at: Instant(self.moment.at.clone()),
            reason: Some(reason.into()),
        });
        supplier.status = status;
        let name = supplier_name(self.locale, &supplier).to_owned();
        let data = entry.record().data()?;
        self.put(&key, Some(&Row::from(supplier).patched(data)));
        self.follow_desk();
        let text = match self.locale {
            Locale::En => format!("{name} isn’t suspended any more; the reason is kept with it."),
            Locale::Zh => format!("{name} 已恢复合作，理由已记录。"),
        };
        self.tell_when_stored(&text);
        Some(())
    }
}
