//! What a stop asks of the owner: the message to send, what was put to the owner and when, and the owner's decision,
//! which is recorded here or comes as a file.

use std::rc::Rc;

use landfall::finding::Outcome;
use landfall_words::{self as words, Locale};
use landfall_workspace::decisions::Decisions;
use landfall_workspace::file;
use landfall_workspace::record::{Key, Kind, Record};
use landfall_workspace::rows::{Decision, DecisionOutcome, Escalation, Finding, Instant, Row};

use super::placing::{Check, DATA};
use crate::archive::APP;
use crate::model::{Effect, Model};
use crate::say::say;
use crate::tree::{self, text_at};
use crate::update::file_name;

/// What the owner can decide.
pub const OUTCOMES: [DecisionOutcome; 3] = [
    DecisionOutcome::Approve,
    DecisionOutcome::ApproveWithCondition,
    DecisionOutcome::Reject,
];

/// What a decision is called.
pub fn outcome_name(locale: Locale, outcome: DecisionOutcome) -> &'static str {
    match outcome {
        DecisionOutcome::Approve => say(locale, "Approved", "已批准"),
        DecisionOutcome::ApproveWithCondition => {
            say(locale, "Approved on a condition", "附条件批准")
        }
        DecisionOutcome::Reject => say(locale, "Refused", "不批准"),
    }
}

/// A finding by its rule and what it is about, as the buttons beneath it name it.
pub fn named(finding: &Finding) -> String {
    let subject = finding.subject.as_deref().unwrap_or_default();
    format!("{}:{subject}", finding.rule)
}

/// The rules that stop an order, each once.
fn rules_of(findings: &[Finding]) -> String {
    let stops = findings.iter().filter(|of| of.outcome == Outcome::HardStop);
    let mut rules: Vec<&str> = stops.map(|finding| &*finding.rule).collect();
    rules.dedup();
    rules.join(", ")
}

impl Model {
    /// The supplier of the order on the desk, as the message names it.
    pub(crate) fn supplier_named(&self, check: &Check) -> String {
        let typed = self
            .order_desk()
            .map(|desk| text_at(&desk.typed, "data.supplierName"));
        let name = check.supplier.as_ref().map(|supplier| &*supplier.name);
        name.or(typed).unwrap_or_default().to_owned()
    }

    /// The message to the owner about the order on the desk; `None` where it isn't stopped, or can't be read.
    pub(crate) fn owner_message(&self, locale: Locale, check: &Check) -> Option<String> {
        check.stops().next()?;
        let verdict = check.whole.as_ref()?;
        let (home, supplier) = (check.policy.home_currency, self.supplier_named(check));
        let message = words::owner_message(locale, home, &supplier, &check.order, verdict);
        let number = self
            .order_desk()
            .map(|desk| text_at(&desk.typed, "data.number"));
        let number = number.map(str::trim).filter(|number| !number.is_empty());
        Some(match number {
            Some(number) => format!("{number}\n{message}"),
            None => message,
        })
    }

    /// The message is copied: from now on it counts as put to the owner, once for an order and what stops it.
    pub(crate) fn copy_message(&mut self, locale: Locale) -> Vec<Effect> {
        let Some(check) = self.check() else {
            return Vec::new();
        };
        let Some(message) = self.owner_message(locale, &check) else {
            return Vec::new();
        };
        self.keep_desk();
        let findings = check.stored();
        let rules = rules_of(&findings);
        let Some(desk) = self.order_desk() else {
            return Vec::new();
        };
        let id: Rc<str> = desk.key.id().into();
        let number = text_at(&desk.typed, "data.number");
        let supplier = self.supplier_named(&check);
        let key = Key::derived(Kind::Escalation, &format!("order/{id}/{rules}"));
        if self.record(&key).is_none() {
            let escalation = Escalation {
                dispute_id: None,
                subject: format!("{number} {supplier}").trim().into(),
                order_id: Some(id),
                supplier_id: check.supplier.map(|supplier| supplier.id),
                rule: Some(rules.into()),
                raised_at: Instant(self.moment.at.clone()),
                raised_by: check.order.staff.as_deref().map(Rc::from),
                loss: None,
                resolved_at: None,
                resolved_by: None,
                resolution: None,
            };
            self.put(&key, Some(&Row::from(escalation).text()));
        }
        let copied = say(
            self.locale,
            "The message is copied: paste it into the chat with the owner.",
            "消息已复制：粘贴到与负责人的聊天中。",
        );
        self.tell(copied);
        vec![Effect::Copy(message)]
    }

    /// The owner decides on a stop: `approve:price-increase:MUG`. The name and the reason must be there.
    pub(crate) fn decide_stop(&mut self, action: &str) -> Vec<Effect> {
        let Some((outcome, about)) = action.split_once(':') else {
            return Vec::new();
        };
        let outcome = OUTCOMES.into_iter().find(|known| known.name() == outcome);
        let (Some(check), Some(outcome), true) = (self.check(), outcome, self.is_owner()) else {
            return Vec::new();
        };
        let findings = check.stored();
        let is_about =
            |finding: &&Finding| finding.outcome == Outcome::HardStop && named(finding) == about;
        let (Some(finding), Some(desk)) = (findings.iter().find(is_about), self.order_desk())
        else {
            return Vec::new();
        };
        let typed = |name: &str| {
            let path = format!("data.decision.{name}");
            text_at(&desk.typed, &path).trim().to_owned()
        };
        let (by, reason, condition) = (typed("by"), typed("reason"), typed("condition"));
        let is_conditional = outcome == DecisionOutcome::ApproveWithCondition;
        let mut needed = [
            ("by", by.is_empty()),
            ("reason", reason.is_empty()),
            ("condition", is_conditional && condition.is_empty()),
        ]
        .into_iter();
        if let Some((name, _)) = needed.find(|(_, is_missing)| *is_missing) {
            let text = match name {
                "by" => say(
                    self.locale,
                    "Who decides? Enter the name first.",
                    "由谁决定？请先填写姓名。",
                ),
                "reason" => say(
                    self.locale,
                    "Why? Enter the reason first.",
                    "为什么？请先填写理由。",
                ),
                _ => say(
                    self.locale,
                    "On which condition? Enter it first.",
                    "附什么条件？请先填写。",
                ),
            };
            self.complain(text);
            return vec![Effect::Focus(format!("{DATA}.decision.{name}"))];
        }
        let decision = Decision {
            order_id: desk.key.id().into(),
            rule: finding.rule.clone(),
            finding: Some(finding.clone()),
            outcome,
            condition: is_conditional.then(|| condition.into()),
            by: by.into(),
            reason: Some(reason.into()),
            at: Instant(self.moment.at.clone()),
        };
        self.notice = None;
        let effects = self.change_desk(|typed| {
            for name in ["reason", "condition"] {
                tree::set(typed, &format!("data.decision.{name}"), None);
            }
        });
        self.keep_desk();
        self.record_decision(decision, &findings);
        effects
    }

    /// Records what the owner decided on one of these findings of an order.
    pub(crate) fn record_decision(&mut self, decision: Decision, findings: &[Finding]) {
        let Some(key) = Key::new(Kind::Decision, &self.moment.id) else {
            return;
        };
        let id = decision.order_id.clone();
        self.put(&key, Some(&Row::from(decision).text()));
        self.close_decided(&id, findings);
    }

    /// What was put to the owner is answered once every stop of the order is decided.
    fn close_decided(&mut self, id: &str, findings: &[Finding]) {
        let decisions = Decisions::all(&self.workspace);
        let mut stops = findings.iter().filter(|of| of.outcome == Outcome::HardStop);
        if stops.all(|stop| decisions.about(id, stop).is_some()) {
            self.close_escalations(id);
        }
    }

    /// Closes what was put to the owner about an order, with what was decided last.
    pub(crate) fn close_escalations(&mut self, id: &str) {
        let decisions = Decisions::all(&self.workspace);
        let last = decisions
            .on(id)
            .last()
            .map(|(_, decision)| (*decision).clone());
        let open = self.workspace.list(Kind::Escalation).filter_map(|entry| {
            let escalation = entry.as_row::<Escalation>()?;
            let is_open =
                escalation.order_id.as_deref() == Some(id) && escalation.resolved_at.is_none();
            is_open.then(|| (entry.record().clone(), escalation.clone()))
        });
        let open: Vec<(Record, Escalation)> = open.collect();
        for (record, escalation) in open {
            // What was decided without a stop being left is no answer of the owner's: the order was changed.
            let resolution = last.as_ref().map(|decision| {
                let reason = decision.reason.as_deref().unwrap_or_default();
                format!("{} {reason}", decision.outcome.name())
            });
            let closed = Escalation {
                resolved_at: Some(Instant(self.moment.at.clone())),
                resolved_by: last.as_ref().map(|decision| decision.by.clone()),
                resolution: resolution.map(|text| text.trim().into()),
                ..escalation
            };
            let data = record.data().cloned().unwrap_or_default();
            self.put(record.key(), Some(&Row::from(closed).patched(&data)));
        }
    }

    /// A file with the owner's decisions on an order, for staff to bring in on the page of the data.
    pub(crate) fn export_decisions(&self, id: &str) -> Vec<Effect> {
        let decisions = Decisions::all(&self.workspace);
        let records = decisions.on(id).iter();
        let records: Vec<Record> = records.filter_map(|(key, _)| self.record(key)).collect();
        let text = file::write(&records, &self.moment.at, APP);
        let number = self
            .order_desk()
            .map(|desk| text_at(&desk.typed, "data.number"));
        let name = file_name(&format!("decision {}", number.unwrap_or(id)));
        vec![Effect::Download(name, text)]
    }

    /// A file with the order on the desk, for the owner to look at and decide on.
    pub(crate) fn export_order(&mut self) -> Vec<Effect> {
        self.keep_desk();
        let Some(desk) = self.order_desk() else {
            return Vec::new();
        };
        let name = file_name(&format!("order {}", text_at(&desk.typed, "data.number")));
        let draft = self.record(&desk.key);
        let text = file::write(&draft, &self.moment.at, APP);
        vec![Effect::Download(name, text)]
    }
}
