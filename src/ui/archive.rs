//! How orders and fee schedules are stored and exported: one envelope a record, the same in a file.

use std::rc::Rc;

use landfall::issue::{Issue, Problem};
use landfall::json::{self, Json};

use crate::tree::{self, Tree};

/// The version of what is stored and exported.
const VERSION: i64 = 1;

/// The formats, by name.
const FORMATS: [&str; 2] = [Kind::Order.format(), Kind::Schedule.format()];

/// Keys of the storage.
pub mod key {
    /// The order that is being worked on.
    pub const DRAFT: &str = "landfall.draft";
    /// Language and colours.
    pub const PREFERENCES: &str = "landfall.preferences";
    /// A saved order; its id follows.
    pub const ORDER: &str = "landfall.order.";
    /// A saved fee schedule; its id follows.
    pub const SCHEDULE: &str = "landfall.schedule.";
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
    /// What the keys of its records start with.
    pub const fn key(self) -> &'static str {
        match self {
            Kind::Order => key::ORDER,
            Kind::Schedule => key::SCHEDULE,
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

/// The text in which something is stored and exported.
pub fn envelope(kind: Kind, saved_at: &str, name: &str, data: &Tree) -> String {
    written(&tree::object([
        ("format", tree::text(kind.format())),
        ("version", Json::Integer(VERSION)),
        ("savedAt", tree::text(saved_at)),
        (
            "app",
            tree::text(concat!("landfall ", env!("CARGO_PKG_VERSION"))),
        ),
        ("name", tree::text(name)),
        ("data", data.clone()),
    ]))
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
    let id = Rc::from("");
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
