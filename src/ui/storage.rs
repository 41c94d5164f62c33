//! What of the workspace is stored, on its way, or waits to be stored.
//!
//! Every change goes into the workspace at once and is handed to the store with the next commit: all
//! changes of one message in one transaction, one commit at a time. What is refused goes on waiting.

use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;

use landfall_workspace::migrate::migrate;
use landfall_workspace::record::{Key, Record, Stamp};
use landfall_workspace::workspace;

use crate::archive::key;
use crate::model::{Effect, Model};
use crate::store::{Change, Opened, Place};

/// How many records are mirrored while they are on their way.
const MIRRORED: usize = 20;

/// What stands between the texts of mirrored records; no JSON has it.
const BETWEEN: &str = "\u{1e}";

/// How the store stands.
#[derive(Clone, Debug, Default)]
pub struct Storage {
    /// What the store said when it was opened; `None` until then.
    pub opened: Option<Opened>,
    /// The version of what is stored, where it is newer than the page, which then writes nothing.
    pub newer: Option<u32>,
    /// Whether all its records are here.
    pub is_loaded: bool,
    /// Why the last commit was refused, as the browser said it.
    pub refused: Option<Rc<str>>,
    /// Why the browser's database can't be opened or read, as the browser said it.
    pub fault: Option<Rc<str>>,
    /// What an earlier version stored, by key; it is taken over.
    pub old: Vec<(String, String)>,
    /// What is noted beside the records.
    pub notes: BTreeMap<String, String>,
    /// How much space is used: bytes, the browser's limit, and whether it promised to keep them.
    pub usage: Option<(u64, Option<u64>, Option<bool>)>,
    waiting: Waiting,
    flight: Option<(u32, Waiting)>,
    number: u32,
    /// After a refusal nothing is tried again until something changes or the reader asks for it.
    is_held: bool,
    /// What earlier visits had no time to store, by key.
    pub left: Vec<(String, String)>,
    /// What is being typed on the desk, as it will be stored once typing pauses.
    pub unsettled: Option<Record>,
    /// Whether something waits that isn't mirrored yet, and whether something is mirrored.
    pub is_unmirrored: bool,
    is_mirrored: bool,
    /// While an import is being put together nothing of it is stored.
    pub is_gathering: bool,
}

/// What is to be stored.
#[derive(Clone, Debug, Default)]
struct Waiting {
    /// The new records.
    records: BTreeMap<Key, Pending>,
    notes: BTreeMap<String, String>,
}

/// A record to be stored.
#[derive(Clone, Debug)]
struct Pending {
    /// The token of what is stored.
    stored: Option<String>,
    record: Record,
    /// Its token and text, made when it is put here: of many records in parts. They go with the commit.
    made: Option<(String, String)>,
}

impl Pending {
    fn new(stored: Option<String>, record: Record) -> Pending {
        let made = Some((record.token(), record.write()));
        Pending {
            stored,
            record,
            made,
        }
    }

    fn change(&mut self) -> Change {
        let made = self.made.take();
        let (token, text) = made.unwrap_or_else(|| (self.record.token(), self.record.write()));
        Change {
            key: self.record.key().to_string(),
            expected: self.stored.clone(),
            token,
            text,
        }
    }
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.records.is_empty() && self.notes.is_empty()
    }
}

impl Storage {
    /// Before the store is open: with what an earlier version stored, and what earlier visits left.
    pub fn before(old: Vec<(String, String)>, left: Vec<(String, String)>) -> Storage {
        Storage {
            old,
            left,
            ..Storage::default()
        }
    }

    /// The few records that wait or are on their way, as texts; those of a large import are not mirrored, and
    /// the order of Landed cost has a mirror of its own.
    fn pending(&self, shown: &Key) -> Vec<String> {
        let flying = self
            .flight
            .iter()
            .flat_map(|(_, flying)| flying.records.values());
        let waiting = self.waiting.records.values();
        let pending = flying.chain(waiting).map(|pending| &pending.record);
        let pending = pending.chain(&self.unsettled);
        let pending = pending.filter(|record| record.key() != shown);
        let pending: Vec<&Record> = pending.take(MIRRORED + 1).collect();
        if pending.len() > MIRRORED {
            return Vec::new();
        }
        pending.into_iter().map(Record::write).collect()
    }

    /// Where records are stored, once that is known.
    pub fn place(&self) -> Option<Place> {
        self.opened.as_ref().map(|opened| opened.place)
    }

    /// Whether everything that was handed over is stored.
    pub fn is_settled(&self) -> bool {
        self.waiting.is_empty()
            && self.flight.is_none()
            && self.unsettled.is_none()
            && !self.is_gathering
    }

    /// Tries again what was refused.
    pub fn retry(&mut self) {
        self.is_held = false;
    }

    /// A commit is durable.
    pub fn committed(&mut self, number: u32) {
        if let Some((_, done)) = self.flight.take_if(|(flight, _)| *flight == number) {
            self.notes.extend(done.notes);
            self.refused = None;
        }
    }

    /// Nothing of a commit was stored: it waits again, but for what was changed since.
    pub fn refused(&mut self, number: u32, reason: &str) {
        if let Some((_, back)) = self.flight.take_if(|(flight, _)| *flight == number) {
            let newer = mem::replace(&mut self.waiting, back);
            self.waiting.records.extend(newer.records);
            self.waiting.notes.extend(newer.notes);
            self.refused = Some(reason.into());
            self.is_held = true;
        }
    }

    fn take_off(&mut self, at: &str) -> Option<Effect> {
        let is_ready =
            self.is_loaded && self.newer.is_none() && !self.is_held && !self.is_gathering;
        if !is_ready || self.flight.is_some() || self.waiting.is_empty() {
            return None;
        }
        let mut going = mem::take(&mut self.waiting);
        if !going.records.is_empty() {
            going.notes.insert("lastWrite".to_owned(), at.to_owned());
            if !self.notes.contains_key("firstWrite") {
                going.notes.insert("firstWrite".to_owned(), at.to_owned());
            }
        }
        self.number = self.number.wrapping_add(1);
        let changes = going.records.values_mut().map(Pending::change).collect();
        let notes = going.notes.clone().into_iter().collect();
        let effect = Effect::Commit(self.number, changes, notes);
        self.flight = Some((self.number, going));
        Some(effect)
    }
}

impl Model {
    /// Who changes something, and when.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp {
            device: self.device.clone(),
            at: self.moment.at.clone(),
        }
    }

    /// Stores the data of a record, or deletes it, as what follows the record that is there.
    pub(crate) fn put(&mut self, key: &Key, data: Option<&str>) {
        let base = self.record(key);
        let _ = self.put_after(base, key, data);
    }

    /// Stores the data of a record, or deletes it, as what follows this one. What was stored beside it
    /// in the meantime stays: the record then has both.
    pub(crate) fn put_after(
        &mut self,
        base: Option<Record>,
        key: &Key,
        data: Option<&str>,
    ) -> Option<Record> {
        let stamp = self.stamp();
        let record = match (&base, data) {
            (Some(base), Some(data)) => base.edited(data, stamp),
            (Some(base), None) => base.removed(stamp),
            (None, Some(data)) => Record::new(key.clone(), data, stamp),
            (None, None) => return None,
        };
        Some(self.put_record(base, record))
    }

    /// Stores a record that follows another one, or comes from elsewhere and is merged with it.
    pub(crate) fn put_record(&mut self, base: Option<Record>, record: Record) -> Record {
        let record = base
            .as_ref()
            .map_or_else(|| record.clone(), |base| base.merged(&record));
        self.absorb(&record);
        // What waits already was never stored: the store still has what that one followed.
        let waiting = &mut self.storage.waiting.records;
        let stored = match waiting.remove(record.key()) {
            Some(waiting) => waiting.stored,
            None => base.map(|base| base.token()),
        };
        waiting.insert(record.key().clone(), Pending::new(stored, record.clone()));
        self.storage.is_unmirrored = true;
        self.storage.is_held = false;
        record
    }

    /// Notes something beside the records.
    pub(crate) fn note(&mut self, name: &str, text: &str) {
        let notes = &mut self.storage.waiting.notes;
        notes.insert(name.to_owned(), text.to_owned());
    }

    /// Merges a record into the workspace.
    pub(crate) fn absorb(&mut self, record: &Record) {
        let known = self.workspace.get(record.key());
        let merged = match known.map(|known| known.record()) {
            Some(known) if known.is_same(record) => return,
            Some(known) => known.merged(record),
            None => record.clone(),
        };
        self.touched.push(record.key().clone());
        Rc::make_mut(&mut self.workspace).insert(merged);
    }

    /// Merges records that came as texts into the workspace.
    pub(crate) fn absorb_texts(&mut self, texts: &[String]) {
        for text in texts {
            match workspace::read(text) {
                Ok(record) => self.absorb(&record),
                Err(_) => Rc::make_mut(&mut self.workspace).load([text.as_str()]),
            }
        }
    }

    /// Takes over what earlier versions stored, and keeps its texts as they were.
    pub(crate) fn adopt(&mut self) {
        let old = self.storage.old.clone();
        if old.is_empty() || self.storage.newer.is_some() {
            return;
        }
        let texts = old.iter().map(|(key, text)| format!("{key}\n{text}\n"));
        let texts = texts.collect::<String>();
        if !self.storage.notes.contains_key("before/0") {
            self.note("before/0", &texts);
        }
        for (_, text) in migrate(0, old, &self.device) {
            if let Ok(record) = Record::read(&text)
                && self.record(record.key()).is_none()
            {
                self.put_record(None, record);
            }
        }
    }

    /// Mirrors what is on its way into the database: a page that goes now has no time to wait for it.
    pub(crate) fn mirror_pending(&mut self) -> Option<Effect> {
        if self.storage.newer.is_some() || self.storage.place() != Some(Place::Indexed) {
            return None;
        }
        let is_over = self.storage.is_settled() && self.storage.is_mirrored;
        if !is_over && !self.storage.is_unmirrored {
            return None;
        }
        self.storage.is_unmirrored = false;
        let pending = self.storage.pending(&self.kept.key);
        if pending.is_empty() && !self.storage.is_mirrored {
            return None;
        }
        self.storage.is_mirrored = !pending.is_empty();
        let text = self.storage.is_mirrored.then(|| pending.join(BETWEEN));
        Some(Effect::Mirror(
            format!("{}{}", key::PENDING, self.visit),
            text,
        ))
    }

    /// Stores what earlier visits had no time to: merged, so that what was stored after all is the same.
    pub(crate) fn take_up(&mut self) {
        for (_, texts) in self.storage.left.clone() {
            for record in texts
                .split(BETWEEN)
                .filter_map(|text| Record::read(text).ok())
            {
                let base = self.record(record.key());
                let is_known = |base: &Record| base.is_same(&base.merged(&record));
                if !base.as_ref().is_some_and(is_known) {
                    self.put_record(base, record);
                }
            }
        }
    }

    /// Once that is stored, nothing of it is left behind; but what couldn't be read stays.
    pub(crate) fn leave_old(&mut self) -> Vec<Effect> {
        if !self.storage.is_settled() || self.storage.newer.is_some() {
            return Vec::new();
        }
        let device = &self.device;
        let is_taken = |(key, text): &(String, String)| {
            let rows = migrate(0, vec![(key.clone(), text.clone())], device);
            rows.iter().any(|(_, text)| Record::read(text).is_ok())
        };
        let old = mem::take(&mut self.storage.old);
        let taken = old.into_iter().filter(is_taken);
        let left = mem::take(&mut self.storage.left);
        let done = taken.chain(left).map(|(key, _)| key);
        done.map(|key| Effect::Mirror(key, None)).collect()
    }

    /// What is called so.
    pub(crate) fn record(&self, key: &Key) -> Option<Record> {
        let entry = self.workspace.get(key)?;
        Some(entry.record().clone())
    }

    /// Hands to the store what waits.
    pub(crate) fn commit(&mut self) -> Option<Effect> {
        let at = self.moment.at.clone();
        self.storage.take_off(&at)
    }
}
