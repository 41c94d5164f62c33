//! How orders and fee schedules are stored and exported: as data of records, and in files of their own.

use std::rc::Rc;

use landfall::issue::{Issue, Problem};
use landfall::json::{self, Json};
use landfall_workspace::{raw, record};

use crate::draft::Draft;
use crate::keeping::Kept;
use crate::tree::{self, Tree};

/// The version of the files.
const VERSION: i64 = 1;

/// The program that writes them.
pub const APP: &str = concat!("landfall ", env!("CARGO_PKG_VERSION"));

/// The formats, by name.
const FORMATS: [&str; 2] = [Kind::Order.format(), Kind::Schedule.format()];

/// Keys of the local storage.
pub mod key {
    /// The order that is being worked on, as the next first paint shows it.
    pub const DRAFT: &str = "landfall.draft";
    /// Language and colours.
    pub const PREFERENCES: &str = "landfall.preferences";
    /// What the keys of records start with that were on their way when a visit ended.
    pub const PENDING: &str = "landfall.pending.";
    /// What the keys of saved orders and fee schedules started with, before there were records.
    pub const OLD: [&str; 2] = ["landfall.order.", "landfall.schedule."];
}

/// What can be saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An order.
    Order,
    /// A fee schedule.
    Schedule,
}

impl Kind {
    const ALL: [Kind; 2] = [Kind::Order, Kind::Schedule];

    /// The kind of its records.
    pub const fn record(self) -> record::Kind {
        match self {
            Kind::Order => record::Kind::Scenario,
            Kind::Schedule => record::Kind::Schedule,
        }
    }

    /// What records of a kind hold, where it can be saved and opened.
    pub fn of(record: record::Kind) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.record() == record)
    }

    /// The field of the data that has what was saved.
    const fn content(self) -> &'static str {
        match self {
            Kind::Order => "data",
            Kind::Schedule => "charges",
        }
    }

    const fn format(self) -> &'static str {
        match self {
            Kind::Order => "landfall/scenario",
            Kind::Schedule => "landfall/fee-schedule",
        }
    }
}

/// A saved order or fee schedule.
#[derive(Clone, PartialEq, Debug)]
pub struct Saved {
    /// Its id, made once.
    pub id: Rc<str>,
    /// When it was saved.
    pub saved_at: Rc<str>,
    /// Its name.
    pub name: Rc<str>,
    /// What was saved.
    pub data: Rc<Tree>,
}

/// The JSON text of a tree.
pub fn written(tree: &Tree) -> String {
    serde_json::to_string(tree).unwrap_or_default()
}

impl Saved {
    /// What the data of a record holds; `None` where it is damaged.
    pub fn of(kind: Kind, id: &str, data: &str) -> Option<Saved> {
        let mut json = json::read(data).ok()?.into_owned();
        let texts = |json: &Tree, name| Rc::from(tree::text_at(json, name));
        let (name, saved_at) = (texts(&json, "name"), texts(&json, "savedAt"));
        let content = json.get_mut(kind.content())?;
        let data = Rc::new(std::mem::replace(content, Json::Null));
        Some(Saved {
            id: id.into(),
            saved_at,
            name,
            data,
        })
    }

    /// The data of its record.
    pub fn record_data(&self, kind: Kind) -> String {
        written(&tree::object([
            ("name", tree::text(&*self.name)),
            ("savedAt", tree::text(&*self.saved_at)),
            (kind.content(), (*self.data).clone()),
        ]))
    }
}

/// The data of the record of a draft.
pub fn draft_data(draft: &Draft) -> String {
    written(&tree::object([
        ("name", tree::text(&draft.name)),
        ("data", draft.to_tree()),
    ]))
}

/// The draft that the data of a record holds; `None` where it is damaged.
pub fn draft_of(data: &str) -> Option<Draft> {
    let saved = Saved::of(Kind::Order, "", data)?;
    let draft = Draft::from_tree(&saved.data).ok()?;
    let name = saved.name.to_string();
    Some(Draft { name, ..draft })
}

/// New data of a record, with what the stored text has beside what this page knows of it.
pub fn patched(stored: Option<&str>, old: Option<String>, new: String) -> String {
    let texts = stored.zip(old.as_deref());
    let patched = texts.and_then(|(stored, old)| {
        let (old, new) = (json::read(old).ok()?, json::read(&new).ok()?);
        Some(raw::patched(stored, &old, &new))
    });
    patched.unwrap_or(new)
}

/// The text that mirrors a draft.
pub fn mirror(kept: &Kept, at: &str, draft: &Draft) -> String {
    let mut tree = enveloped(Kind::Order, at, &draft.name, &draft.to_tree());
    tree::set(&mut tree, "id", Some(tree::text(kept.key.id())));
    written(&tree)
}

/// The draft that was mirrored, and which record it is; an older mirror doesn't know, and `new_id` is
/// its id from now on.
///
/// # Errors
/// As [`opened`], and what no form can show.
pub fn mirrored(text: &str, new_id: &str) -> Result<(Kept, Draft), Vec<Issue>> {
    let (_, saved) = opened(text)?;
    let draft = Draft::from_tree(&saved.data)?;
    let name = saved.name.to_string();
    let id = if saved.id.is_empty() {
        new_id
    } else {
        &saved.id
    };
    let kept = Kept {
        mirrored_at: Some(saved.saved_at),
        ..Kept::new(id)
    };
    Ok((kept, Draft { name, ..draft }))
}

/// The text of the file of an order or fee schedule.
pub fn envelope(kind: Kind, saved_at: &str, name: &str, data: &Tree) -> String {
    written(&enveloped(kind, saved_at, name, data))
}

fn enveloped(kind: Kind, saved_at: &str, name: &str, data: &Tree) -> Tree {
    tree::object([
        ("format", tree::text(kind.format())),
        ("version", Json::Integer(VERSION)),
        ("savedAt", tree::text(saved_at)),
        ("app", tree::text(APP)),
        ("name", tree::text(name)),
        ("data", data.clone()),
    ])
}
/// What is in an envelope. A text without one counts as an order: the requests of the package are.
///
/// # Errors
/// Broken JSON, another format, another version.
pub fn opened(text: &str) -> Result<(Kind, Saved), Vec<Issue>> {
    let json = json::read(text.trim_start_matches('\u{feff}')).map_err(|issue| vec![issue])?;
    let json = json.into_owned();
    let texts = |name| Rc::from(tree::text_at(&json, name));
    let (name, saved_at) = (texts("name"), texts("savedAt"));
    let id = texts("id");
    let Some(data) = tree::get(&json, "data") else {
        let data = Rc::new(json);
        return Ok((
            Kind::Order,
            Saved {
                id,
                saved_at,
                name,
                data,
            },
        ));
    };
    let fault = |path: &str, allowed: &'static [&'static str]| {
        let found = tree::get(&json, path).map(written).unwrap_or_default();
        let found = landfall::check::quoted(&found);
        let problem = Problem::UnknownValue { found, allowed };
        vec![Issue {
            path: path.to_owned(),
            problem,
        }]
    };
    let format = tree::text_at(&json, "format");
    let mut kinds = [Kind::Order, Kind::Schedule].into_iter();
    let Some(kind) = kinds.find(|kind| kind.format() == format) else {
        return Err(fault("format", &FORMATS));
    };
    if tree::get(&json, "version") != Some(&Json::Integer(VERSION)) {
        return Err(fault("version", &["1"]));
    }
    let data = Rc::new(data.clone());
    Ok((
        kind,
        Saved {
            id,
            saved_at,
            name,
            data,
        },
    ))
}
