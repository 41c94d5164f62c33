//! The order that is being typed, as a record: nothing of it is lost when the page is reloaded, the
//! browser is killed, or another tab types too.
//!
//! Each change is mirrored to the local storage at once, so that a reload finds it at its first paint;
//! once typing pauses, the record is committed, which outlives a killed browser. Two tabs that type in
//! the same order at once make two revisions of one parent: the second becomes a draft of its own.

use std::rc::Rc;

use landfall_workspace::record::{Key, Kind, Record};

use crate::archive::{draft_data, draft_of, key, mirror, patched};
use crate::desk::purpose;
use crate::draft::Draft;
use crate::model::{Effect, Model};

/// Which record the shown order is.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// Its key.
    pub key: Key,
    /// The revision that the shown order follows; `None` while none is stored.
    pub base: Option<Record>,
    /// When the mirror that the page opened with was written.
    pub mirrored_at: Option<Rc<str>>,
    /// Whether the shown order has changes that the record has not.
    pub is_ahead: bool,
}

/// When a record got its shown revision.
fn at(record: &Record) -> Option<&str> {
    record.heads().first().map(|head| &*head.stamp.at)
}

impl Kept {
    /// An order that was never stored.
    pub fn new(id: &str) -> Kept {
        let key = Key::new(Kind::Draft, id);
        Kept {
            key: key.unwrap_or_else(|| Key::derived(Kind::Draft, id)),
            base: None,
            mirrored_at: None,
            is_ahead: false,
        }
    }
}

impl Model {
    /// The shown order was changed: mirrors it.
    pub(crate) fn mirror(&mut self) -> Option<Effect> {
        if self.own.is_some() || self.storage.newer.is_some() {
            return None;
        }
        self.kept.is_ahead = true;
        let text = mirror(&self.kept, &self.moment.at, &self.draft);
        Some(Effect::Mirror(key::DRAFT.to_owned(), Some(text)))
    }

    /// Stores the shown order, unless one from a link is only being looked at.
    pub(crate) fn keep_draft(&mut self) {
        if !self.kept.is_ahead || self.own.is_some() || !self.storage.is_loaded {
            return;
        }
        self.kept.is_ahead = false;
        let known = self
            .kept
            .base
            .as_ref()
            .and_then(|base| Some(&**base.data()?));
        let old = known.and_then(|text| Some(draft_data(&draft_of(text)?)));
        let data = patched(known, old, draft_data(&self.draft));
        let key = self.kept.key.clone();
        self.kept.base = self.put_after(self.kept.base.clone(), &key, Some(&data));
        self.part_drafts();
    }

    /// All records are here: the newest draft is shown, be it the mirrored or a stored one.
    pub(crate) fn meet_drafts(&mut self) {
        self.part_drafts();
        let mirrored_at = self.kept.mirrored_at.take();
        let is_older = |record: &Record| mirrored_at.as_deref() >= at(record);
        let known = self.record(&self.kept.key);
        if self.kept.is_ahead {
            // Typed already, after what the mirror had. Where its record has gone on since, that is another order.
            if known.as_ref().is_none_or(is_older) {
                self.kept.base = known;
            } else {
                self.kept = Kept {
                    is_ahead: true,
                    ..Kept::new(&self.moment.id)
                };
            }
        } else if let Some(newest) = self.drafts().next().filter(|newest| !is_older(newest)) {
            self.show_draft(&newest);
        } else if mirrored_at.is_some() {
            // Typed and mirrored, and the page gone before it was stored; or stored just so.
            self.kept.base = known;
            self.kept.is_ahead = true;
        }
        self.keep_draft();
    }

    /// The stored drafts of Landed cost, the newest first.
    pub fn drafts(&self) -> impl Iterator<Item = Record> + use<> {
        let drafts = self.workspace.list(Kind::Draft);
        let drafts = drafts.map(|entry| entry.record());
        let drafts = drafts.filter(|record| purpose(record).is_none());
        let mut drafts: Vec<Record> = drafts.cloned().collect();
        drafts.sort_by(|one, other| at(other).cmp(&at(one)));
        drafts.into_iter()
    }

    /// Whether the shown order may go: it is saved, the example, or empty.
    fn is_spare(&self) -> bool {
        let tree = self.draft.handed_on().to_tree();
        let is_saved = self.saved.iter().any(|saved| *saved.data == tree);
        let data = draft_data(&self.draft);
        let mut others = [Draft::example(self.locale), Draft::blank()].into_iter();
        is_saved || others.any(|other| draft_data(&other) == data)
    }

    /// Another order takes the place of the shown one. What isn't saved of that stays as a draft.
    pub(crate) fn leave_draft(&mut self) {
        if !self.is_spare() {
            self.keep_draft();
            self.kept = Kept::new(&self.moment.id);
        }
    }

    /// The shown order gives way to one that was shown before, whose draft goes on where there is one.
    pub(crate) fn return_to_draft(&mut self, draft: &Draft) {
        let data = draft_data(draft);
        let stayed = self
            .drafts()
            .find(|record| record.data().is_some_and(|of| **of == *data));
        let Some(record) = stayed.filter(|record| *record.key() != self.kept.key) else {
            return;
        };
        if self.is_spare() {
            let key = self.kept.key.clone();
            self.put(&key, None);
        }
        self.kept = Kept::new(record.key().id());
        self.kept.base = Some(record);
    }

    /// Shows a stored draft.
    pub(crate) fn show_draft(&mut self, record: &Record) {
        let Some(draft) = record.data().and_then(|data| draft_of(data)) else {
            return;
        };
        self.kept = Kept {
            key: record.key().clone(),
            base: Some(record.clone()),
            mirrored_at: None,
            is_ahead: false,
        };
        if let Some(own) = &mut self.own {
            // One from a link is being looked at.
            *own = Rc::new(draft);
        } else if draft_data(&self.draft) != draft_data(&draft) {
            self.outcome = None;
            self.undo = None;
            self.draft = draft;
            self.compute();
        }
    }

    /// After records came from the store: drafts that two tabs changed at once are parted, and the shown
    /// one follows its record where nothing was typed here since.
    pub(crate) fn follow_drafts(&mut self) {
        self.part_drafts();
        let Some(record) = self.record(&self.kept.key) else {
            return;
        };
        let is_same = self
            .kept
            .base
            .as_ref()
            .is_some_and(|base| base.token() == record.token());
        if !is_same && !self.kept.is_ahead && self.own.is_none() {
            self.show_draft(&record);
        }
    }

    /// Makes a draft of its own of each revision beside the first. Ids come from the revisions, so that
    /// every tab that does this does the same.
    fn part_drafts(&mut self) {
        let conflicting = self.workspace.conflicts();
        let conflicting = conflicting.filter(|key| key.kind == Kind::Draft);
        let conflicting: Vec<Record> = conflicting.filter_map(|key| self.record(key)).collect();
        for record in conflicting {
            let mut heads = record.heads().iter();
            let Some(first) = heads.next().and_then(|head| head.data()) else {
                continue;
            };
            for head in heads {
                let Some(data) = head.data() else { continue };
                let key = Key::derived(Kind::Draft, &format!("{} {data}", record.key()));
                let part = Record::new(key.clone(), data, head.stamp.clone());
                let is_shown = self.kept.key == *record.key()
                    && self
                        .kept
                        .base
                        .as_ref()
                        .is_some_and(|base| base.data() == Some(data));
                let part = self.put_record(None, part);
                if is_shown {
                    self.kept.key = key;
                    self.kept.base = Some(part);
                }
            }
            let is_first = self.kept.key == *record.key()
                && self
                    .kept
                    .base
                    .as_ref()
                    .is_some_and(|base| base.data() == Some(first));
            let whole = record.resolved(first, self.stamp());
            let whole = self.put_record(Some(record.clone()), whole);
            if is_first {
                self.kept.base = Some(whole);
            }
        }
    }
}
