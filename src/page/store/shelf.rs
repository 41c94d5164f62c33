//! Records as texts under keys: in the local storage, or in the memory of the page.

use std::cell::RefCell;
use std::collections::BTreeMap;

use landfall_ui::store::{Access, Change, Opened, Place};
use landfall_workspace::record::Record;

use super::{Failure, Row, TAKEN, TURN, VERSION, VERSION_NOTE, access, broken, settled};

/// What the key of a record starts with.
const ROW: &str = "landfall.row.";
/// What the key of a note starts with.
const NOTE: &str = "landfall.meta.";
/// What the key of a picture starts with.
pub const PICTURE: &str = "landfall.picture.";

/// Texts under keys.
pub trait Texts {
    /// All keys.
    fn keys(&self) -> Vec<String>;
    /// The text under a key.
    fn get(&self, key: &str) -> Option<String>;
    /// Stores a text, or removes it.
    ///
    /// # Errors
    /// What the browser says.
    fn put(&self, key: &str, text: Option<&str>) -> Result<(), String>;
}

/// The memory of the page.
#[derive(Default)]
pub struct Memory(RefCell<BTreeMap<String, String>>);

impl Texts for Memory {
    fn keys(&self) -> Vec<String> {
        self.0.borrow().keys().cloned().collect()
    }

    fn get(&self, key: &str) -> Option<String> {
        self.0.borrow().get(key).cloned()
    }

    fn put(&self, key: &str, text: Option<&str>) -> Result<(), String> {
        let mut texts = self.0.borrow_mut();
        match text {
            Some(text) => texts.insert(key.to_owned(), text.to_owned()),
            None => texts.remove(key),
        };
        Ok(())
    }
}

/// Records and notes as texts.
pub struct Shelf<T>(pub T);

impl<T: Texts> Shelf<T> {
    /// What it says of itself.
    pub fn opened(&self, place: Place) -> Opened {
        let keys = self.0.keys();
        let notes = keys.iter().filter_map(|key| {
            let name = key.strip_prefix(NOTE)?;
            Some((name.to_owned(), self.0.get(key)?))
        });
        let rows = keys.iter().filter(|key| key.starts_with(ROW)).count();
        Opened {
            place,
            access: self.access(),
            meta: notes.collect(),
            rows: u32::try_from(rows).unwrap_or(u32::MAX),
        }
    }

    /// Whether a text that is written is there afterwards.
    pub fn is_writable(&self) -> bool {
        let probe = format!("{NOTE}probe");
        let is_there =
            self.0.put(&probe, Some("1")).is_ok() && self.0.get(&probe).as_deref() == Some("1");
        self.0.put(&probe, None).is_ok() && is_there
    }

    fn access(&self) -> Access {
        let version = self.0.get(&format!("{NOTE}{VERSION_NOTE}"));
        access(version.as_deref())
    }

    /// The keys of all records, as the records have them.
    pub fn rows(&self) -> Vec<String> {
        let keys = self.0.keys().into_iter();
        keys.filter_map(|key| Some(key.strip_prefix(ROW)?.to_owned()))
            .collect()
    }

    /// The text of a record.
    pub fn row(&self, key: &str) -> Option<String> {
        self.0.get(&format!("{ROW}{key}"))
    }

    /// Removes a record for good, which is somewhere else by now.
    pub fn hand_over(&self, key: &str) {
        // Where it can't be removed, it is merged again the next time.
        let _ = self.0.put(&format!("{ROW}{key}"), None);
    }

    /// The keys of all pictures.
    pub fn picture_keys(&self) -> Vec<String> {
        let keys = self.0.keys().into_iter();
        keys.filter_map(|key| Some(key.strip_prefix(PICTURE)?.to_owned()))
            .collect()
    }

    /// A picture.
    pub fn picture(&self, key: &str) -> Option<String> {
        self.0.get(&format!("{PICTURE}{key}"))
    }

    /// Stores a picture where there is none under its key, or removes it.
    ///
    /// # Errors
    /// It wasn't stored.
    pub fn put_picture(&self, key: &str, text: Option<&str>) -> Result<(), Failure> {
        if let Access::Newer(version) = self.access() {
            return Err(Failure::Newer(version));
        }
        let key = format!("{PICTURE}{key}");
        if text.is_some() && self.0.get(&key).is_some() {
            return Err(Failure::Refused(TAKEN.to_owned()));
        }
        self.0.put(&key, text).map_err(Failure::Refused)
    }

    /// Reports all records.
    pub fn load(&self, event: impl Fn(Vec<String>)) {
        let texts: Vec<String> = self.rows().iter().filter_map(|key| self.row(key)).collect();
        texts.chunks(TURN).for_each(|some| event(some.to_vec()));
    }

    /// Stores records and notes, all or nothing.
    ///
    /// # Errors
    /// Nothing was stored.
    pub fn commit(
        &self,
        changes: &[Change],
        notes: &[(String, String)],
    ) -> Result<Vec<String>, Failure> {
        if let Access::Newer(version) = self.access() {
            return Err(Failure::Newer(version));
        }
        let mut texts = Vec::new();
        let mut puts = vec![(format!("{NOTE}{VERSION_NOTE}"), VERSION.to_string())];
        for change in changes {
            let stored = self.row(&change.key).map(|text| Row {
                token: Record::read(&text).map_or_else(|_| String::new(), |stored| stored.token()),
                text,
            });
            let (row, unread) = settled(change, stored.as_ref())?;
            puts.extend(unread.map(|text| (format!("{NOTE}{}", broken(&change.key)), text)));
            puts.push((format!("{ROW}{}", change.key), row.text.clone()));
            texts.push(row.text);
        }
        let notes = notes.iter();
        puts.extend(notes.map(|(name, text)| (format!("{NOTE}{name}"), text.clone())));
        let mut before = Vec::new();
        for (key, text) in &puts {
            before.push((key, self.0.get(key)));
            if let Err(reason) = self.0.put(key, Some(text)) {
                // What was there fits: it was there.
                for (key, text) in before.iter().rev() {
                    let _ = self.0.put(key, text.as_deref());
                }
                return Err(Failure::Refused(reason));
            }
        }
        Ok(texts)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use landfall_workspace::record::{Key, Kind, Stamp};

    use super::*;

    /// A memory that holds so many bytes and then says that it is full.
    struct Filling(Memory, Cell<usize>);

    impl Filling {
        fn size(&self) -> usize {
            self.0
                .0
                .borrow()
                .iter()
                .flat_map(|(key, text)| [key.len(), text.len()])
                .sum()
        }
    }

    impl Texts for Filling {
        fn keys(&self) -> Vec<String> {
            self.0.keys()
        }

        fn get(&self, key: &str) -> Option<String> {
            self.0.get(key)
        }

        fn put(&self, key: &str, text: Option<&str>) -> Result<(), String> {
            let before = self.get(key);
            self.0.put(key, text)?;
            if text.is_some() && self.size() > self.1.get() {
                self.0.put(key, before.as_deref())?;
                return Err("QuotaExceededError".to_owned());
            }
            Ok(())
        }
    }

    fn record(id: &str, data: &str) -> Record {
        let key = Key::new(Kind::Order, id).unwrap();
        Record::new(key, data, Stamp::new("d3f1", "2026-11-22T10:00:00Z"))
    }

    fn change(record: &Record, expected: Option<&Record>) -> Change {
        Change {
            key: record.key().to_string(),
            expected: expected.map(Record::token),
            token: record.token(),
            text: record.write(),
        }
    }

    fn all<T: Texts>(shelf: &Shelf<T>) -> Vec<(String, Option<String>)> {
        let keys = shelf.0.keys().into_iter();
        keys.map(|key| (key.clone(), shelf.0.get(&key))).collect()
    }

    const ID: &str = "11111111-1111-4111-8111-111111111111";
    const OTHER: &str = "22222222-2222-4222-8222-222222222222";

    #[test]
    fn what_is_stored_comes_back() {
        let shelf = Shelf(Memory::default());
        let [one, two] = [record(ID, r#"{"a":"1"}"#), record(OTHER, "{}")];
        let notes = [("lastWrite".to_owned(), "now".to_owned())];
        let stored = shelf.commit(&[change(&one, None), change(&two, None)], &notes);
        assert_eq!(stored, Ok(vec![one.write(), two.write()]));
        let loaded = RefCell::new(Vec::new());
        shelf.load(|some| loaded.borrow_mut().extend(some));
        assert_eq!(*loaded.borrow(), [one.write(), two.write()]);
        let opened = shelf.opened(Place::Memory);
        assert_eq!((opened.rows, opened.access), (2, Access::Open));
        assert!(opened.meta.contains(&notes[0]));
        let edited = one.edited(r#"{"a":"2"}"#, Stamp::new("d3f1", "2026-11-22T10:01:00Z"));
        let stored = shelf.commit(&[change(&edited, Some(&one))], &[]);
        assert_eq!(stored, Ok(vec![edited.write()]));
    }

    #[test]
    fn what_another_tab_stored_meanwhile_is_kept_beside() {
        let shelf = Shelf(Memory::default());
        let first = record(ID, "{}");
        shelf.commit(&[change(&first, None)], &[]).unwrap();
        let edit = |data| first.edited(data, Stamp::new("d3f1", "2026-11-22T10:01:00Z"));
        let [mine, theirs] = [edit(r#"{"a":"mine"}"#), edit(r#"{"a":"theirs"}"#)];
        shelf.commit(&[change(&theirs, Some(&first))], &[]).unwrap();
        let stored = shelf.commit(&[change(&mine, Some(&first))], &[]).unwrap();
        assert_eq!(stored, [mine.merged(&theirs).write()]);
        assert!(Record::read(&stored[0]).unwrap().is_conflicting());
    }

    #[test]
    fn what_fails_at_any_write_changes_nothing() {
        let [one, two] = [record(ID, "{}"), record(OTHER, "{}")];
        let notes = [("lastWrite".to_owned(), "now".to_owned())];
        let edited = one.edited(r#"{"a":"2"}"#, Stamp::new("d3f1", "2026-11-22T10:01:00Z"));
        let changes = [change(&edited, Some(&one)), change(&two, None)];
        let mut refused = 0_usize;
        for room in 0.. {
            let shelf = Shelf(Filling(Memory::default(), Cell::new(usize::MAX)));
            shelf.commit(&[change(&one, None)], &[]).unwrap();
            let before = all(&shelf);
            shelf.0.1.set(shelf.0.size().saturating_add(room));
            let Err(failure) = shelf.commit(&changes, &notes) else {
                break;
            };
            let reason = "QuotaExceededError".to_owned();
            assert_eq!(failure, Failure::Refused(reason));
            assert_eq!(all(&shelf), before, "with room for {room}");
            refused = room;
        }
        assert!(refused > changes[1].text.len(), "{refused}");
    }

    #[test]
    fn what_is_newer_is_left_alone() {
        let shelf = Shelf(Memory::default());
        let key = format!("{NOTE}{VERSION_NOTE}");
        shelf.0.put(&key, Some("2")).unwrap();
        let before = all(&shelf);
        let done = shelf.commit(&[change(&record(ID, "{}"), None)], &[]);
        assert_eq!(done, Err(Failure::Newer(2)));
        assert_eq!(shelf.opened(Place::Local).access, Access::Newer(2));
        assert_eq!(all(&shelf), before);
    }

    #[test]
    fn what_cannot_be_read_is_kept_when_another_takes_its_place() {
        let shelf = Shelf(Memory::default());
        let one = record(ID, "{}");
        let key = format!("{ROW}{}", one.key());
        shelf.0.put(&key, Some("broken")).unwrap();
        let stored = shelf.commit(&[change(&one, None)], &[]);
        assert_eq!(stored, Ok(vec![one.write()]));
        let kept = shelf.0.get(&format!("{NOTE}broken/{}", one.key()));
        assert_eq!(kept.as_deref(), Some("broken"));
    }
}
