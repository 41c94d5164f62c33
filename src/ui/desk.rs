//! The record that is worked on outside of Landed cost: an order that is to be placed, a supplier, new rules.
//!
//! What is typed stays as it was typed, and is read at once, so that the page can answer. Once typing
//! pauses, the record is committed; until then it is mirrored with what else is on its way. Work that
//! isn't done yet, such as an order that wasn't placed, is a draft and keeps everything as typed:
//! `{"for": "order", "data": …}`, so that its fields are `desk.data.…`. Other records keep what can be
//! read; a field that can't keeps what it had, and says so.

use std::rc::Rc;

use landfall::issue::Issue;
use landfall::json::{self, Json};
use landfall_workspace::record::{Key, Kind, Record};
use landfall_workspace::rows::Row;

use crate::archive::{patched, written};
use crate::draft::{as_text, normalised};
use crate::model::{Effect, Fault, Model, What};
use crate::tree::{self, Tree};

/// The paths of its fields begin with this.
pub const PREFIX: &str = "desk";

/// A record that is worked on.
#[derive(Clone, PartialEq, Debug)]
pub struct Desk {
    /// Its key.
    pub key: Key,
    /// The revision that it follows; `None` while none is stored.
    pub base: Option<Record>,
    /// What was typed, by field.
    pub typed: Rc<Tree>,
    /// What the typed texts say, as far as they can be read: numbers as decimals, dates as dates.
    pub read: Rc<Tree>,
    /// What is wrong with a field.
    pub faults: Rc<[Fault]>,
    /// Whether there are changes that the record has not.
    pub is_ahead: bool,
}

/// What a draft is of, by the name in its data; an order of Landed cost has none.
pub fn purpose(record: &Record) -> Option<Rc<str>> {
    let json = json::read(record.data()?).ok()?;
    let purpose = tree::text_at(&json.into_owned(), "for").to_owned();
    (!purpose.is_empty()).then(|| purpose.into())
}

impl Desk {
    /// A record that isn't stored yet.
    pub fn new(key: Key, typed: Tree, model: &Model) -> Desk {
        let mut desk = Desk {
            key,
            base: None,
            typed: Rc::new(typed),
            read: Rc::new(tree::empty()),
            faults: [].into(),
            is_ahead: false,
        };
        desk.look(model);
        desk
    }

    /// A record as it is stored; `None` where it was deleted.
    pub fn of(record: &Record, model: &Model) -> Option<Desk> {
        let mut typed = json::read(record.data()?).ok()?.into_owned();
        as_text(&mut typed);
        let mut desk = Desk::new(record.key().clone(), typed, model);
        desk.base = Some(record.clone());
        Some(desk)
    }

    fn is_draft(&self) -> bool {
        self.key.kind == Kind::Draft
    }

    /// Reads what was typed.
    fn look(&mut self, model: &Model) {
        let (read, misread) = normalised(&self.typed, PREFIX, model.locale);
        let misread = misread.into_iter().map(|(path, reading)| Fault {
            path,
            what: What::Misread(reading),
        });
        let mut faults: Vec<Fault> = misread.collect();
        if !self.is_draft()
            && let Err(issues) = Row::of(self.key.kind, &written(&read))
        {
            for issue in issues {
                let path = format!("{PREFIX}.{}", issue.path);
                if !faults.iter().any(|fault| fault.path == path) {
                    let what = What::Issue(issue.problem);
                    faults.push(Fault { path, what });
                }
            }
        }
        self.read = Rc::new(read);
        self.faults = faults.into();
    }

    /// The data of the record; `None` where nothing of it can be stored.
    fn data(&self) -> Option<String> {
        let stored = self.base.as_ref().and_then(|base| Some(&**base.data()?));
        if self.is_draft() {
            return Some(written(&self.typed));
        }
        let before = stored.and_then(|text| json::read(text).ok());
        let before = before.map_or_else(tree::empty, Json::into_owned);
        let mut data = (*self.read).clone();
        for fault in self.faults.iter() {
            // What can't be read or isn't allowed stays as it was.
            let path = fault.path.strip_prefix(PREFIX).unwrap_or(&fault.path);
            let path = path.trim_start_matches('.');
            tree::set(&mut data, path, tree::get(&before, path).cloned());
        }
        let row = |text: &str| Row::of(self.key.kind, text).ok();
        let new = row(&written(&data))?.text();
        let old = stored.and_then(row).map(|row| row.text());
        Some(patched(stored, old, new))
    }
}

impl Model {
    /// The record on the desk, if it is this one.
    pub fn desk_of(&self, key: &Key) -> Option<&Desk> {
        self.desk.as_ref().filter(|desk| desk.key == *key)
    }

    /// Puts another record on the desk; what lay there is stored.
    pub(crate) fn lay(&mut self, desk: Option<Desk>) {
        self.keep_desk();
        self.typing = None;
        self.left = Rc::default();
        self.desk = desk;
    }

    /// A field of the record on the desk is typed into.
    pub(crate) fn typed_on_desk(&mut self, path: &str, text: &str) -> Vec<Effect> {
        self.typing = Some(format!("{PREFIX}.{path}"));
        self.change_desk(|typed| put(typed, path, text))
    }

    /// Changes what was typed.
    pub(crate) fn change_desk(&mut self, change: impl FnOnce(&mut Tree)) -> Vec<Effect> {
        let Some(mut desk) = self.desk.take() else {
            return Vec::new();
        };
        if self.storage.newer.is_none() {
            change(Rc::make_mut(&mut desk.typed));
            desk.is_ahead = true;
            desk.look(self);
            self.storage.unsettled = desk.data().map(|data| match &desk.base {
                Some(base) => base.edited(&data, self.stamp()),
                None => Record::new(desk.key.clone(), &data, self.stamp()),
            });
            self.storage.is_unmirrored = true;
        }
        self.desk = Some(desk);
        self.change = self.change.wrapping_add(1);
        vec![Effect::Wait(self.change)]
    }

    /// Stores the record on the desk.
    pub(crate) fn keep_desk(&mut self) {
        let Some(mut desk) = self.desk.take() else {
            return;
        };
        if desk.is_ahead && self.storage.is_loaded {
            desk.is_ahead = false;
            self.storage.unsettled = None;
            if let Some(data) = desk.data() {
                let key = desk.key.clone();
                desk.base = self.put_after(desk.base.clone(), &key, Some(&data));
            }
        }
        self.desk = Some(desk);
    }

    /// After records came from the store: the record on the desk is shown as it stands now, where nothing
    /// was typed here since.
    pub(crate) fn follow_desk(&mut self) {
        let Some(desk) = self.desk.as_ref().filter(|desk| !desk.is_ahead) else {
            return;
        };
        let Some(record) = self.record(&desk.key) else {
            return;
        };
        let is_same = desk
            .base
            .as_ref()
            .is_some_and(|base| base.token() == record.token());
        if !is_same {
            self.desk = Desk::of(&record, self);
        }
    }

    /// The faults of the desk that are shown: not that of the field being typed in, nor what is merely
    /// missing in fields not reached yet.
    pub fn desk_faults(&self) -> Vec<Fault> {
        let faults = self.desk.iter().flat_map(|desk| desk.faults.iter());
        let shown = faults.filter(|fault| {
            let is_typed = self.typing.as_deref() == Some(&fault.path);
            !is_typed && (!fault.is_missing() || self.left.contains(&fault.path))
        });
        shown.cloned().collect()
    }
}

/// A tree with a field changed. A tick box has the text `true`, or none; of a list of ticked names each is
/// a field.
fn put(tree: &mut Tree, path: &str, value: &str) {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    if parent.ends_with("redFlags") {
        let mut ticked = match tree::get(tree, parent) {
            Some(Json::List(items)) => items.clone(),
            _ => Vec::new(),
        };
        ticked.retain(|other| *other != tree::text(name));
        if value == "true" {
            ticked.push(tree::text(name));
        }
        let ticked = (!ticked.is_empty()).then_some(Json::List(ticked));
        return tree::set(tree, parent, ticked);
    }
    let is_flag = parent.ends_with("specification")
        || matches!(
            name,
            "verified"
                | "warehousePhotos"
                | "requireVerified"
                | "requireWarehousePhotos"
                | "photos"
        );
    let value = match value {
        // What a record can't be without stays, empty.
        "" if matches!(path, "name" | "sku") => Some(tree::text("")),
        "" => None,
        "true" | "false" if is_flag => Some(Json::Boolean(value == "true")),
        value => Some(tree::text(value)),
    };
    tree::set(tree, path, value);
}

/// What is wrong with a request made of what is on the desk, by the field that it was made of.
pub fn faults_of(issues: Vec<Issue>, field: impl Fn(&str) -> Option<String>) -> Vec<Fault> {
    let faults = issues.into_iter().filter_map(|issue| {
        Some(Fault {
            path: field(&issue.path)?,
            what: What::Issue(issue.problem),
        })
    });
    faults.collect()
}
