//! Everything that is stored, in memory: by kind, found by id, cheap to clone and to change.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use landfall::check::Named;
use landfall::issue::Issue;
use landfall::json::{self, Json};

use crate::record::{Key, Kind, Record};
use crate::rows::{self, Row, RowKind};

/// The version of what is stored and exported.
pub const VERSION: u32 = 1;

/// A record with what its data says.
#[derive(Debug)]
pub struct Entry {
    record: Record,
    row: OnceCell<Option<Row>>,
}

impl Entry {
    /// An entry.
    pub fn new(record: Record) -> Entry {
        let row = OnceCell::new();
        Entry { record, row }
    }

    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What its data says, read when it is asked for the first time; `None` where it is deleted.
    pub fn row(&self) -> Option<&Row> {
        let read = || Row::of(self.record.key().kind, self.record.data()?).ok();
        self.row.get_or_init(read).as_ref()
    }

    /// What its data says, where it is of this kind.
    pub fn as_row<T: RowKind>(&self) -> Option<&T> {
        T::of(self.row()?)
    }
}

/// How many entries stand in a piece of a table at most.
const PIECE: usize = 512;

/// The entries of a kind, by id. Changing one copies the piece it stands in and nothing else.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Never empty pieces, in the order of ids.
    pieces: Vec<Rc<Vec<Rc<Entry>>>>,
}

/// The same entries in memory.
impl PartialEq for Table {
    fn eq(&self, other: &Table) -> bool {
        let mut pieces = self.pieces.iter().zip(&other.pieces);
        self.pieces.len() == other.pieces.len() && pieces.all(|(own, other)| Rc::ptr_eq(own, other))
    }
}

impl Table {
    /// All entries, also of what is deleted, in the order of ids.
    pub fn all(&self) -> impl Iterator<Item = &Rc<Entry>> {
        self.pieces.iter().flat_map(|piece| piece.iter())
    }

    /// The entries of what isn't deleted, in the order of ids.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<Entry>> {
        self.all().filter(|entry| !entry.record.is_deleted())
    }

    /// An entry by its id, also of what is deleted.
    pub fn get(&self, id: &str) -> Option<&Rc<Entry>> {
        let piece = self.pieces.get(self.piece_of(id))?;
        let at = piece.binary_search_by(|entry| entry.record.key().id().cmp(id));
        piece.get(at.ok()?)
    }

    /// The piece that an id stands in, or belongs into.
    fn piece_of(&self, id: &str) -> usize {
        let begins_before = |piece: &Rc<Vec<Rc<Entry>>>| {
            let first = piece.first();
            first.is_some_and(|entry| entry.record.key().id() <= id)
        };
        self.pieces.partition_point(begins_before).saturating_sub(1)
    }

    fn insert(&mut self, entry: Rc<Entry>) {
        let id = entry.record.key().id();
        let at = self.piece_of(id);
        let Some(piece) = self.pieces.get_mut(at) else {
            self.pieces.push(Rc::new(vec![entry]));
            return;
        };
        let piece = Rc::make_mut(piece);
        match piece.binary_search_by(|entry| entry.record.key().id().cmp(id)) {
            Ok(found) => piece
                .iter_mut()
                .skip(found)
                .take(1)
                .for_each(|slot| *slot = Rc::clone(&entry)),
            Err(place) => piece.insert(place, entry),
        }
        if piece.len() > PIECE {
            let rest = Rc::new(piece.split_off(PIECE / 2));
            self.pieces.insert(at.saturating_add(1), rest);
        }
    }
}

/// The text of a row that can't be read. It is kept and offered, and never overwritten.
#[derive(Clone, PartialEq, Debug)]
pub struct Unreadable {
    /// What it is called, if that can be read.
    pub key: Option<Key>,
    /// The text.
    pub text: Rc<str>,
    /// Why.
    pub issues: Vec<Issue>,
}

/// The key of an unreadable row, or its text.
type UnreadablePlace = (Option<Key>, Rc<str>);

/// Everything that is stored. Cheap to clone.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Workspace {
    tables: BTreeMap<Kind, Rc<Table>>,
    conflicts: Rc<BTreeSet<Key>>,
    /// By their keys, or by their texts where these can't be read either.
    unreadable: Rc<BTreeMap<UnreadablePlace, Unreadable>>,
}

impl Workspace {
    /// A workspace without anything.
    pub fn new() -> Workspace {
        Workspace::default()
    }

    /// Takes in rows as they are stored, a part of them or all. A row that can't be read changes
    /// nothing else; it is kept among the unreadable ones.
    pub fn load<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        for text in texts {
            match read(text) {
                Ok(record) => self.insert(record),
                Err(issues) => self.set_aside(text, issues),
            }
        }
    }

    /// Puts a record in, in the place of what has its key.
    pub fn insert(&mut self, record: Record) {
        let key = record.key();
        if record.is_conflicting() != self.conflicts.contains(key) {
            let conflicts = Rc::make_mut(&mut self.conflicts);
            match record.is_conflicting() {
                true => conflicts.insert(key.clone()),
                false => conflicts.remove(key),
            };
        }
        if !self.may_write(key) {
            Rc::make_mut(&mut self.unreadable).remove(&(Some(key.clone()), Rc::default()));
        }
        let table = self.tables.entry(key.kind).or_default();
        Rc::make_mut(table).insert(Rc::new(Entry::new(record)));
    }

    fn set_aside(&mut self, text: &str, issues: Vec<Issue>) {
        let key = key_of(text);
        let text = Rc::<str>::from(text);
        let place = match &key {
            Some(key) => (Some(key.clone()), Rc::default()),
            None => (None, Rc::clone(&text)),
        };
        let row = Unreadable { key, text, issues };
        Rc::make_mut(&mut self.unreadable).insert(place, row);
    }

    /// What is called so, also if it is deleted.
    pub fn get(&self, key: &Key) -> Option<&Rc<Entry>> {
        self.tables.get(&key.kind)?.get(key.id())
    }

    /// The table of a kind.
    pub fn table(&self, kind: Kind) -> Rc<Table> {
        self.tables.get(&kind).cloned().unwrap_or_default()
    }

    /// What there is of a kind and isn't deleted, in the order of ids.
    pub fn list(&self, kind: Kind) -> impl Iterator<Item = &Rc<Entry>> {
        self.tables
            .get(&kind)
            .into_iter()
            .flat_map(|table| table.iter())
    }

    /// All records, also of what is deleted: what a whole export has.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        let tables = Kind::ALL.iter().filter_map(|kind| self.tables.get(kind));
        tables
            .flat_map(|table| table.all())
            .map(|entry| &entry.record)
    }

    /// The keys of records whose revisions say different things.
    pub fn conflicts(&self) -> impl Iterator<Item = &Key> {
        self.conflicts.iter()
    }

    /// The rows that can't be read.
    pub fn unreadable(&self) -> impl ExactSizeIterator<Item = &Unreadable> {
        self.unreadable.values()
    }

    /// Whether a record of this key may be stored: not where a row that can't be read has the key.
    pub fn may_write(&self, key: &Key) -> bool {
        let place = (Some(key.clone()), Rc::default());
        self.unreadable.is_empty() || !self.unreadable.contains_key(&place)
    }

    /// What came of a load, given the version that stands beside the rows.
    pub fn outcome(&self, version: Option<&str>) -> Outcome {
        let version = version.map(str::parse::<u32>);
        match version {
            Some(Ok(version)) if version > VERSION => Outcome::TooNew(version),
            Some(Err(_)) => Outcome::Broken,
            Some(Ok(_)) | None => match (self.tables.is_empty(), self.unreadable.is_empty()) {
                (true, true) => Outcome::Empty,
                (true, false) => Outcome::Broken,
                (false, _) => Outcome::Ready,
            },
        }
    }
}

/// What came of a load.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Nothing is stored.
    Empty,
    /// Rows were read; those that couldn't be are [`Workspace::unreadable`].
    Ready,
    /// A newer program stored it, with this version: nothing may be written.
    TooNew(u32),
    /// Something is stored and nothing of it can be read: nothing may be written.
    Broken,
}

impl Outcome {
    /// Whether anything may be stored after it.
    pub fn may_save(self) -> bool {
        match self {
            Outcome::Empty | Outcome::Ready => true,
            Outcome::TooNew(_) | Outcome::Broken => false,
        }
    }
}

/// Reads the text of a record and its data.
///
/// # Errors
/// All issues.
pub fn read(text: &str) -> Result<Record, Vec<Issue>> {
    let record = Record::read(text)?;
    rows::check(&record)?;
    Ok(record)
}

/// The key in a text that is no record otherwise.
fn key_of(text: &str) -> Option<Key> {
    let Ok(Json::Object(fields)) = json::read(text) else {
        return None;
    };
    let text_of = |name: &str| {
        fields.iter().find_map(|(field, json)| {
            let Json::Text(text) = json else { return None };
            (field == name).then_some(text)
        })
    };
    format!("{}/{}", text_of("kind")?, text_of("id")?)
        .parse()
        .ok()
}
