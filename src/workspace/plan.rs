//! What an import would change, before it changes anything; and how it is taken back.

use std::rc::Rc;

use crate::raw::{Difference, differences};
use crate::record::{Key, Record, Stamp};
use crate::workspace::{Entry, Workspace};

/// A record that would change, with the fields that differ.
#[derive(Clone, PartialEq, Debug)]
pub struct Changed {
    /// What it is called.
    pub key: Key,
    /// What would differ; of a conflict, between what is shown and what stands beside it.
    pub differences: Vec<Difference>,
}

/// What an import would change. Nothing is changed by making it.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What isn't there yet.
    pub added: Vec<Key>,
    /// What is there and would say something else.
    pub changed: Vec<Changed>,
    /// What is there and would be deleted.
    pub removed: Vec<Key>,
    /// What is there and was edited on both sides: both would stand until one is chosen.
    pub conflicting: Vec<Changed>,
    /// How many would stay as they are.
    pub unchanged: usize,
    /// What can't be imported, because a row that can't be read has its key.
    pub blocked: Vec<Key>,
    steps: Vec<Step>,
}

/// A record that would be stored.
#[derive(Clone, Debug)]
struct Step {
    before: Option<Rc<Entry>>,
    after: Record,
}

/// A record to store.
#[derive(Clone, Debug)]
pub struct Commit {
    /// What it is called.
    pub key: Key,
    /// The token of what stands there; `None` is nothing.
    pub expected: Option<String>,
    /// The text to store.
    pub text: String,
}

impl Commit {
    /// The commit of a record over what the workspace has.
    pub fn of(record: &Record, workspace: &Workspace) -> Commit {
        let before = workspace.get(record.key());
        commit(record, before.map(Rc::as_ref))
    }
}

fn commit(record: &Record, before: Option<&Entry>) -> Commit {
    Commit {
        key: record.key().clone(),
        expected: before.map(|before| before.record().token()),
        text: record.write(),
    }
}

impl Plan {
    /// What merging these records into the workspace would change.
    pub fn of(records: impl IntoIterator<Item = Record>, workspace: &Workspace) -> Plan {
        let mut sorted: Vec<Record> = records.into_iter().collect();
        sorted.sort_unstable_by(|one, other| one.key().cmp(other.key()));
        let mut plan = Plan::default();
        let mut sorted = sorted.into_iter().peekable();
        while let Some(mut record) = sorted.next() {
            while let Some(same) = sorted.next_if(|next| next.key() == record.key()) {
                record = record.merged(&same);
            }
            let key = record.key().clone();
            if workspace.may_write(&key) {
                let before = workspace.get(&key);
                plan.take(key, record, before);
            } else {
                plan.blocked.push(key);
            }
        }
        plan
    }

    fn take(&mut self, key: Key, record: Record, before: Option<&Rc<Entry>>) {
        let Some(before) = before else {
            if !record.is_deleted() {
                self.added.push(key);
            }
            self.steps.push(Step {
                before: None,
                after: record,
            });
            return;
        };
        let known = before.record();
        let after = known.merged(&record);
        if after == *known {
            self.unchanged = self.unchanged.saturating_add(1);
            return;
        }
        match (known.data(), after.data()) {
            _ if after.is_conflicting() => {
                let mut heads = after.heads().iter().map(|head| head.data());
                let shown = heads.next().flatten();
                let beside = heads.find(|data| *data != shown).flatten();
                let differences = between(shown, beside);
                self.conflicting.push(Changed { key, differences });
            }
            (old, new) if old == new => self.unchanged = self.unchanged.saturating_add(1),
            (Some(_), None) => self.removed.push(key),
            (None, Some(_)) => self.added.push(key),
            (old, new) => {
                let differences = between(old, new);
                self.changed.push(Changed { key, differences });
            }
        }
        self.steps.push(Step {
            before: Some(Rc::clone(before)),
            after,
        });
    }

    /// What both plans would change. They are of different records, and of the same workspace.
    pub fn join(&mut self, other: Plan) {
        self.added.extend(other.added);
        self.changed.extend(other.changed);
        self.removed.extend(other.removed);
        self.conflicting.extend(other.conflicting);
        self.unchanged = self.unchanged.saturating_add(other.unchanged);
        self.blocked.extend(other.blocked);
        self.steps.extend(other.steps);
    }

    /// Whether nothing would be stored.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// What would be stored: all of it, or nothing.
    pub fn commits(&self) -> impl Iterator<Item = Commit> {
        let steps = self.steps.iter();
        steps.map(|step| commit(&step.after, step.before.as_deref()))
    }

    /// The records that would be stored.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.steps.iter().map(|step| &step.after)
    }

    /// What takes the import back, after it was stored: further revisions that say what was said
    /// before, deletions of what was added. What was edited since is left as it is, and its key is
    /// among the second.
    pub fn undone(&self, workspace: &Workspace, stamp: &Stamp) -> (Vec<Record>, Vec<Key>) {
        let (mut records, mut left) = (Vec::new(), Vec::new());
        for step in &self.steps {
            let key = step.after.key();
            match workspace.get(key) {
                Some(now) if now.record().is_same(&step.after) => {
                    let before = step.before.as_ref().map(|before| before.record());
                    records.push(now.record().restored(before, stamp.clone()));
                }
                Some(_) | None => left.push(key.clone()),
            }
        }
        (records, left)
    }
}

fn between(old: Option<&Rc<str>>, new: Option<&Rc<str>>) -> Vec<Difference> {
    let text = |data: Option<&Rc<str>>| data.map_or("null", |data| data).to_owned();
    differences(&text(old), &text(new))
}
