//! Where the records are stored: the first of database, local storage and memory that the browser allows.
//!
//! A record is stored only after the one that it follows: where another one is there by now, both are
//! merged, inside the transaction. So nothing that was ever stored gets lost, whichever tab writes last.

mod indexed;
pub mod local;
mod shelf;

use std::fmt;

use js_sys::Reflect;
use landfall_ui::store::{Access, Change, Opened, Place, StoreEvent};
use landfall_workspace::record::Record;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};
use yew::Callback;

use crate::browser::{self, window};
use indexed::Indexed;
use local::Local;
use shelf::{Memory, Shelf};

/// The version of what is stored. Nothing is written beside newer records.
pub const VERSION: u32 = 1;

/// Under this name the version is noted.
const VERSION_NOTE: &str = "version";

/// How many records are read before the page gets its turn again.
const TURN: usize = 500;

/// The name of the error that there is something under a key already.
const TAKEN: &str = "ConstraintError";

/// What a local storage may have in browsers: 5,242,880 units of UTF-16, in bytes.
const LOCAL_QUOTA: u64 = 10_485_760;

/// Why nothing was stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The records are of a newer version by now.
    Newer(u32),
    /// What the browser says.
    Refused(String),
}

impl Failure {
    /// Whether there is something under the key already, which isn't written over.
    pub fn is_taken(&self) -> bool {
        match self {
            Failure::Refused(reason) => reason.starts_with(TAKEN),
            Failure::Newer(_) => false,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Newer(version) => write!(formatter, "version {version}"),
            Failure::Refused(reason) => formatter.write_str(reason),
        }
    }
}

impl From<JsValue> for Failure {
    fn from(error: JsValue) -> Failure {
        Failure::Refused(fault(&error))
    }
}

/// What an error of the storage says: its name tells more than its message, which some browsers leave out.
fn fault(error: &JsValue) -> String {
    let name = browser::error_name(error);
    match browser::reason(error) {
        message if message.is_empty() => name,
        message if name.is_empty() => message,
        message => format!("{name}: {message}"),
    }
}

/// The place that the browser allows.
pub enum Store {
    /// The database.
    Indexed(Indexed),
    /// The local storage.
    Local(Shelf<Local>),
    /// The memory of this page.
    Memory(Shelf<Memory>),
}

/// What was found where the records are.
pub struct Found {
    /// The place.
    pub store: Store,
    /// What it says of itself.
    pub opened: Opened,
    /// Why the database can't be used, where the browser has one.
    pub fault: Option<String>,
}

impl Store {
    /// Opens the first place that takes what is written and gives it back.
    pub async fn open() -> Found {
        let fault = match Indexed::open().await {
            Ok((indexed, mut opened)) => {
                if opened.access == Access::Open {
                    let adopted = indexed.adopt(&Shelf(Local)).await;
                    opened.rows = adopted.unwrap_or(opened.rows);
                }
                return Found {
                    store: Store::Indexed(indexed),
                    opened,
                    fault: None,
                };
            }
            Err(fault) => fault,
        };
        let local = Shelf(Local);
        let opened = local.opened(Place::Local);
        // Where there is something already, full is no reason to leave it out of sight.
        let is_used = opened.rows > 0 || !opened.meta.is_empty();
        if opened.access != Access::Open || is_used || local.is_writable() {
            let store = Store::Local(local);
            return Found {
                store,
                opened,
                fault,
            };
        }
        let memory = Shelf(Memory::default());
        let opened = memory.opened(Place::Memory);
        let store = Store::Memory(memory);
        Found {
            store,
            opened,
            fault,
        }
    }

    /// Reports all records, some at a time, by `event`.
    ///
    /// # Errors
    /// What the browser says; what was reported before is not everything.
    pub async fn load(&self, event: impl Fn(Vec<String>)) -> Result<(), Failure> {
        match self {
            Store::Indexed(indexed) => indexed.load(event).await?,
            Store::Local(shelf) => shelf.load(event),
            Store::Memory(shelf) => shelf.load(event),
        }
        Ok(())
    }

    /// Stores records and notes, all or nothing, and gives the records as they now stand. In the database they
    /// outlive whatever happens from then on.
    ///
    /// # Errors
    /// Nothing was stored.
    pub async fn commit(
        &self,
        changes: &[Change],
        notes: &[(String, String)],
    ) -> Result<Vec<String>, Failure> {
        match self {
            Store::Indexed(indexed) => indexed.commit(changes, notes).await,
            Store::Local(shelf) => shelf.commit(changes, notes),
            Store::Memory(shelf) => shelf.commit(changes, notes),
        }
    }

    /// Stores a picture where there is none under its key: in the database it outlives whatever happens from then on.
    ///
    /// # Errors
    /// It wasn't stored.
    pub async fn put_picture(&self, key: &str, text: &str) -> Result<(), Failure> {
        match self {
            Store::Indexed(indexed) => indexed.put_picture(key, text).await,
            Store::Local(shelf) => shelf.put_picture(key, Some(text)),
            Store::Memory(shelf) => shelf.put_picture(key, Some(text)),
        }
    }

    /// A picture; `None` where there is none under this key.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn picture(&self, key: &str) -> Result<Option<String>, Failure> {
        match self {
            Store::Indexed(indexed) => indexed.picture(key).await,
            Store::Local(shelf) => Ok(shelf.picture(key)),
            Store::Memory(shelf) => Ok(shelf.picture(key)),
        }
    }

    /// The keys of all pictures.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn picture_keys(&self) -> Result<Vec<String>, Failure> {
        match self {
            Store::Indexed(indexed) => indexed.picture_keys().await,
            Store::Local(shelf) => Ok(shelf.picture_keys()),
            Store::Memory(shelf) => Ok(shelf.picture_keys()),
        }
    }

    /// Removes a picture.
    ///
    /// # Errors
    /// What the browser says; it is still there.
    pub async fn remove_picture(&self, key: &str) -> Result<(), Failure> {
        match self {
            Store::Indexed(indexed) => indexed.remove_picture(key).await,
            Store::Local(shelf) => shelf.put_picture(key, None),
            Store::Memory(shelf) => shelf.put_picture(key, None),
        }
    }

    /// Reports from now on what other tabs store.
    pub fn subscribe(self: &std::rc::Rc<Self>, report: &Callback<StoreEvent>) {
        match &**self {
            Store::Indexed(indexed) => indexed.subscribe(report),
            Store::Local(_) => local::subscribe(report),
            Store::Memory(_) => {}
        }
    }

    /// How much space is used.
    pub async fn usage(&self) -> StoreEvent {
        let of_origin = match self {
            Store::Indexed(_) => estimate().await,
            Store::Local(_) | Store::Memory(_) => None,
        };
        let local = Local::size();
        let (bytes, quota) = match (self, of_origin) {
            (Store::Local(_), _) => (local, Some(LOCAL_QUOTA)),
            // The browser's sum leaves the local storage out.
            (_, Some((used, quota))) => (used.saturating_add(local), quota),
            (_, None) => (local, None),
        };
        StoreEvent::Usage {
            bytes,
            quota,
            is_persisted: persisted("persisted").await,
        }
    }

    /// Asks the browser to keep what is stored, also when it lacks space.
    pub async fn persist(&self) {
        persisted("persist").await;
    }

    /// Removes everything: the records, the notes, and what the local storage has of this page.
    ///
    /// # Errors
    /// What the browser says; some of it may be gone.
    pub async fn erase(&self) -> Result<(), Failure> {
        match self {
            Store::Indexed(indexed) => indexed.erase().await?,
            Store::Local(_) | Store::Memory(_) => {}
        }
        Local::erase();
        Ok(())
    }
}

/// The browser's manager of storage; not there on pages without TLS.
fn manager() -> Option<StorageManager> {
    let navigator = window()?.navigator();
    let manager = Reflect::get(&navigator, &"storage".into()).ok()?;
    manager.is_object().then(|| manager.unchecked_into())
}

/// Bytes in use, and how many may be.
async fn estimate() -> Option<(u64, Option<u64>)> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = estimate.unchecked_into();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bytes = |number: f64| number as u64;
    Some((
        bytes(estimate.get_usage()?),
        estimate.get_quota().map(bytes),
    ))
}

/// Whether the browser has promised to keep what is stored: asked for by `persist`, or looked up by `persisted`.
async fn persisted(ask: &str) -> Option<bool> {
    let manager = manager()?;
    let promise = match ask {
        "persist" => manager.persist(),
        _ => manager.persisted(),
    };
    JsFuture::from(promise.ok()?).await.ok()?.as_bool()
}

/// The record that is stored in the end, its text and token: the new one, or where another than the
/// expected one is stored, both merged. A stored text that can't be read is given back to be kept apart.
fn settled(change: &Change, stored: Option<&Row>) -> Result<(Row, Option<String>), Failure> {
    let ours = || Row {
        token: change.token.clone(),
        text: change.text.clone(),
    };
    match stored {
        None => Ok((ours(), None)),
        Some(stored) if change.expected.as_ref() == Some(&stored.token) => Ok((ours(), None)),
        Some(stored) => match Record::read(&stored.text) {
            Ok(theirs) => {
                let unreadable = || Failure::Refused(format!("{}: not a record", change.key));
                let record = Record::read(&change.text).map_err(|_| unreadable())?;
                let merged = theirs.merged(&record);
                let row = Row {
                    token: merged.token(),
                    text: merged.write(),
                };
                Ok((row, None))
            }
            Err(_) => Ok((ours(), Some(stored.text.clone()))),
        },
    }
}

/// A record as it is stored.
struct Row {
    token: String,
    text: String,
}

/// The note that has the text of a stored record which couldn't be read when another took its place.
fn broken(key: &str) -> String {
    format!("broken/{key}")
}

/// The version of what is stored, by its note.
fn access(version: Option<&str>) -> Access {
    match version.and_then(|version| version.parse().ok()) {
        Some(version) if version > VERSION => Access::Newer(version),
        Some(_) | None => Access::Open,
    }
}
