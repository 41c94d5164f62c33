//! The browser's database: object stores for the records and for notes.
//!
//! A transaction ends by itself once none of its requests is on its way. So within one, nothing is waited for but
//! its own requests, and of many requests only the last: they are answered in order.

// That of wasm-bindgen.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect};
use landfall_ui::store::{Access, Change, Opened, Place, StoreEvent};
use landfall_workspace::record::Record;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BroadcastChannel, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbRequest,
    IdbTransaction, MessageEvent,
};
use yew::Callback;
use yew::platform::spawn_local;
use yew::platform::time::sleep;

use super::local::Local;
use super::shelf::Shelf;
use super::{Failure, Row, TURN, VERSION, VERSION_NOTE, access, broken, settled};

/// The name of the database, and of the channel by which tabs tell each other what they stored.
const NAME: &str = "landfall";
/// The object store of the records: `{ revision, text }` by key.
const ROWS: &str = "rows";
/// The object store of the notes: texts by name.
const META: &str = "meta";
/// The object store of the pictures: data URLs by key. Databases made before there were pictures have none.
const PICTURES: &str = "pictures";

/// How long the database may take to open or to be deleted. Some browsers sometimes never answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// How many records are written before the page gets its turn again: each is read and its revisions are hashed.
const WRITES: usize = 200;

/// What tabs tell each other when everything was erased.
const ERASED: &str = "erased";

#[wasm_bindgen]
extern "C" {
    /// `web_sys` has the options only behind a flag of the compiler.
    type Database;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        stores: &Array,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;
}

/// The database. Its connection is made anew when the browser has closed it.
pub struct Indexed {
    connection: Rc<RefCell<Option<IdbDatabase>>>,
    channel: Option<BroadcastChannel>,
    is_erased: Cell<bool>,
}

/// How a transaction may write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Read,
    /// Complete means that it is on the disk.
    Write,
}

/// A transaction of some object stores, and its end.
fn begun(
    database: &IdbDatabase,
    stores: &[&str],
    mode: Mode,
) -> Result<(IdbTransaction, Promise), JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let stores: Array = stores.iter().map(|name| JsValue::from(*name)).collect();
    let mode = match mode {
        Mode::Read => "readonly",
        Mode::Write => "readwrite",
    };
    let database: &Database = database.unchecked_ref();
    let raw = database.transaction(&stores, mode, &options)?;
    let ended = Promise::new(&mut |resolve, reject| {
        raw.set_oncomplete(Some(&resolve));
        raw.set_onabort(Some(&reject));
    });
    Ok((raw, ended))
}

/// Waits until what was asked for is done for good, or nothing of it.
async fn complete<T>(
    raw: IdbTransaction,
    ended: Promise,
    result: Result<T, Failure>,
) -> Result<T, Failure> {
    if result.is_err() {
        // Where it failed by itself, it has been aborted.
        let _ = raw.abort();
    }
    let ended = JsFuture::from(ended).await;
    // Of many requests that ended with the transaction, it alone knows which one ended it.
    match (raw.error(), result, ended) {
        (Some(error), _, _) => Err(JsValue::from(error).into()),
        (None, result, Ok(_)) => result,
        (None, Err(failure), Err(_)) => Err(failure),
        (None, Ok(_), Err(_)) => Err(Failure::Refused("AbortError".to_owned())),
    }
}

/// The object stores of the records and the notes within a transaction, and its end.
struct Transaction {
    raw: IdbTransaction,
    rows: IdbObjectStore,
    meta: IdbObjectStore,
    ended: Promise,
}

impl Transaction {
    fn begin(database: &IdbDatabase, mode: Mode) -> Result<Transaction, JsValue> {
        let (raw, ended) = begun(database, &[ROWS, META], mode)?;
        Ok(Transaction {
            rows: raw.object_store(ROWS)?,
            meta: raw.object_store(META)?,
            ended,
            raw,
        })
    }

    async fn complete<T>(self, result: Result<T, Failure>) -> Result<T, Failure> {
        complete(self.raw, self.ended, result).await
    }

    async fn version(&self) -> Result<Option<String>, Failure> {
        let version = answer(&self.meta.get(&VERSION_NOTE.into())?).await?;
        Ok(note(&version))
    }

    /// What the database says of itself.
    async fn look(&self) -> Result<Opened, Failure> {
        let (count, names, notes) = (
            self.rows.count()?,
            self.meta.get_all_keys()?,
            self.meta.get_all()?,
        );
        answer(&notes).await?;
        let count = count.result()?.as_f64().unwrap_or_default();
        let names = Array::from(&names.result()?);
        let notes = Array::from(&notes.result()?);
        let pairs = names.iter().zip(notes.iter());
        let meta: Vec<(String, String)> = pairs
            .filter_map(|(name, text)| Some((name.as_string()?, note(&text)?)))
            .collect();
        let version = meta.iter().find(|(name, _)| name == VERSION_NOTE);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let rows = count as u32;
        Ok(Opened {
            place: Place::Indexed,
            access: access(version.map(|(_, text)| text.as_str())),
            meta,
            rows,
        })
    }

    /// The keys and texts of the records after a key.
    async fn after(&self, key: Option<&JsValue>) -> Result<(Array, Array), Failure> {
        let range = match key {
            Some(key) => IdbKeyRange::lower_bound_with_open(key, true)?.into(),
            None => JsValue::UNDEFINED,
        };
        let limit = u32::try_from(TURN).unwrap_or(u32::MAX);
        let keys = self.rows.get_all_keys_with_key_and_limit(&range, limit)?;
        let rows = self.rows.get_all_with_key_and_limit(&range, limit)?;
        answer(&rows).await?;
        Ok((keys.result()?.into(), rows.result()?.into()))
    }

    /// The records of these keys, as they stand now, and whether they may be written.
    async fn changed(&self, keys: &[String]) -> Result<(Access, Vec<String>), Failure> {
        let version = self.version().await?;
        let rows = self.stored(keys.iter()).await?;
        let texts = rows.into_iter().flatten().map(|row| row.text).collect();
        Ok((access(version.as_deref()), texts))
    }

    /// The stored rows of these keys.
    async fn stored(
        &self,
        keys: impl Iterator<Item = &String>,
    ) -> Result<Vec<Option<Row>>, Failure> {
        let requests = keys
            .map(|key| self.rows.get(&key.into()))
            .collect::<Result<Vec<_>, JsValue>>()?;
        if let Some(last) = requests.last() {
            answer(last).await?;
        }
        let rows = requests.iter().map(|request| Ok(row(&request.result()?)));
        rows.collect::<Result<_, JsValue>>().map_err(Failure::from)
    }

    /// Stores records where the version allows it.
    async fn put(
        &self,
        changes: &[Change],
        notes: &[(String, String)],
    ) -> Result<Vec<String>, Failure> {
        let version = self.version().await?;
        if let Access::Newer(version) = access(version.as_deref()) {
            return Err(Failure::Newer(version));
        }
        let mut texts = Vec::with_capacity(changes.len());
        for some in changes.chunks(WRITES) {
            let stored = self.stored(some.iter().map(|change| &change.key)).await?;
            let mut last = None;
            for (change, stored) in some.iter().zip(stored) {
                let (row, unread) = settled(change, stored.as_ref())?;
                if let Some(unread) = unread {
                    let name = broken(&change.key);
                    self.meta.put_with_key(&unread.into(), &name.into())?;
                }
                let value = Object::new();
                Reflect::set(&value, &"revision".into(), &row.token.into())?;
                Reflect::set(&value, &"text".into(), &row.text.as_str().into())?;
                last = Some(
                    self.rows
                        .put_with_key(&value, &change.key.as_str().into())?,
                );
                texts.push(row.text);
            }
            if let Some(last) = last {
                answer(&last).await?;
            }
        }
        for (name, text) in notes {
            let (text, name) = (text.as_str().into(), name.as_str().into());
            self.meta.put_with_key(&text, &name)?;
        }
        if version.is_none() {
            let version = VERSION.into();
            self.meta.put_with_key(&version, &VERSION_NOTE.into())?;
        }
        Ok(texts)
    }
}

/// The object store of the pictures within a transaction, and its end.
struct Shelved {
    raw: IdbTransaction,
    pictures: IdbObjectStore,
    meta: IdbObjectStore,
    ended: Promise,
}

impl Shelved {
    fn begin(database: &IdbDatabase, mode: Mode) -> Result<Shelved, JsValue> {
        let (raw, ended) = begun(database, &[PICTURES, META], mode)?;
        Ok(Shelved {
            pictures: raw.object_store(PICTURES)?,
            meta: raw.object_store(META)?,
            ended,
            raw,
        })
    }

    /// Stores a picture where the version of the records allows it.
    async fn put(&self, key: &str, text: &str) -> Result<(), Failure> {
        let version = note(&answer(&self.meta.get(&VERSION_NOTE.into())?).await?);
        if let Access::Newer(version) = access(version.as_deref()) {
            return Err(Failure::Newer(version));
        }
        let added = self.pictures.add_with_key(&text.into(), &key.into())?;
        answer(&added).await.map(|_| ())
    }

    async fn complete<T>(self, result: Result<T, Failure>) -> Result<T, Failure> {
        complete(self.raw, self.ended, result).await
    }
}

impl Indexed {
    /// Opens the database and makes sure that it can be written to; where there are records it is taken as it is.
    ///
    /// # Errors
    /// What the browser says; nothing where it has no database at all.
    pub async fn open() -> Result<(Indexed, Opened), Option<String>> {
        let indexed = Indexed {
            connection: Rc::default(),
            channel: BroadcastChannel::new(NAME).ok(),
            is_erased: Cell::new(false),
        };
        if factory().is_none() {
            return Err(None);
        }
        let opened = indexed.look().await.map_err(refusal)?;
        let is_new = opened.rows == 0 && opened.meta.is_empty();
        if opened.access == Access::Open && is_new {
            indexed.probe().await.map_err(refusal)?;
        }
        Ok((indexed, opened))
    }

    /// The connection, which is made where there is none.
    async fn connection(&self) -> Result<IdbDatabase, Failure> {
        if self.is_erased.get() {
            return Err(Failure::Refused(ERASED.to_owned()));
        }
        if let Some(database) = &*self.connection.borrow() {
            return Ok(database.clone());
        }
        Ok(self.keep(connect(None).await?))
    }

    /// Keeps a connection until the browser or another tab ends it.
    fn keep(&self, database: IdbDatabase) -> IdbDatabase {
        let (connection, own) = (Rc::downgrade(&self.connection), database.clone());
        let close = Closure::<dyn Fn()>::new(move || {
            own.close();
            if let Some(connection) = connection.upgrade() {
                connection.replace(None);
            }
        });
        let function: &Function = close.as_ref().unchecked_ref();
        // Another tab erases everything, or has a newer version of the database; or the browser cleared it away.
        database.set_onversionchange(Some(function));
        database.set_onclose(Some(function));
        close.forget();
        self.connection.replace(Some(database.clone()));
        database
    }

    async fn transaction(&self, mode: Mode) -> Result<Transaction, Failure> {
        let database = self.connection().await?;
        if let Ok(transaction) = Transaction::begin(&database, mode) {
            return Ok(transaction);
        }
        // Closed without a word.
        self.connection.replace(None);
        let database = self.connection().await?;
        Transaction::begin(&database, mode).map_err(Failure::from)
    }

    /// Reads what it says of itself.
    async fn look(&self) -> Result<Opened, Failure> {
        let transaction = self.transaction(Mode::Read).await?;
        let opened = transaction.look().await;
        transaction.complete(opened).await
    }

    /// Writes something and removes it again.
    async fn probe(&self) -> Result<(), Failure> {
        let transaction = self.transaction(Mode::Write).await?;
        let probe = "probe".into();
        let put = transaction.meta.put_with_key(&probe, &probe);
        let deleted = put.and_then(|_| transaction.meta.delete(&probe));
        transaction
            .complete(deleted.map(|_| ()).map_err(Failure::from))
            .await
    }

    /// A transaction of the pictures; `None` where there are none, and none are to be written.
    async fn pictures(&self, mode: Mode) -> Result<Option<Shelved>, Failure> {
        let database = self.connection().await?;
        let database = match (has_pictures(&database), mode) {
            (true, _) => database,
            (false, Mode::Read) => return Ok(None),
            (false, Mode::Write) => {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let version = database.version() as u32;
                database.close();
                self.connection.replace(None);
                self.keep(connect(Some(version)).await?)
            }
        };
        if let Ok(begun) = Shelved::begin(&database, mode) {
            return Ok(Some(begun));
        }
        // Closed without a word.
        self.connection.replace(None);
        let database = self.connection().await?;
        Ok(Some(Shelved::begin(&database, mode)?))
    }

    /// Stores a picture, on the disk.
    ///
    /// # Errors
    /// It wasn't stored.
    pub async fn put_picture(&self, key: &str, text: &str) -> Result<(), Failure> {
        let Some(shelved) = self.pictures(Mode::Write).await? else {
            return Err(Failure::Refused(PICTURES.to_owned()));
        };
        let put = shelved.put(key, text).await;
        shelved.complete(put).await
    }

    /// A picture.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn picture(&self, key: &str) -> Result<Option<String>, Failure> {
        let Some(shelved) = self.pictures(Mode::Read).await? else {
            return Ok(None);
        };
        let found = match shelved.pictures.get(&key.into()) {
            Ok(request) => answer(&request).await,
            Err(error) => Err(error.into()),
        };
        Ok(shelved.complete(found).await?.as_string())
    }

    /// The keys of all pictures.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn picture_keys(&self) -> Result<Vec<String>, Failure> {
        let Some(shelved) = self.pictures(Mode::Read).await? else {
            return Ok(Vec::new());
        };
        let found = match shelved.pictures.get_all_keys() {
            Ok(request) => answer(&request).await,
            Err(error) => Err(error.into()),
        };
        let keys = Array::from(&shelved.complete(found).await?);
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    /// Removes a picture.
    ///
    /// # Errors
    /// What the browser says; it is still there.
    pub async fn remove_picture(&self, key: &str) -> Result<(), Failure> {
        let Some(shelved) = self.pictures(Mode::Write).await? else {
            return Ok(());
        };
        let removed = shelved.pictures.delete(&key.into());
        let removed = removed.map(|_| ()).map_err(Failure::from);
        shelved.complete(removed).await
    }

    /// Takes over the records that a visit without a database has left in the local storage, and gives how many
    /// records there are then. What can't be read stays there.
    pub async fn adopt(&self, local: &Shelf<Local>) -> Option<u32> {
        for key in local.picture_keys() {
            let Some(text) = local.picture(&key) else {
                continue;
            };
            let put = self.put_picture(&key, &text).await;
            if put.is_err_and(|failure| !failure.is_taken()) {
                return None;
            }
            // Where it can't be removed, it is stored again the next time.
            let _ = local.put_picture(&key, None);
        }
        let changes = local.rows().into_iter().filter_map(|key| {
            let text = local.row(&key)?;
            let expected = None;
            let record = Record::read(&text).ok()?;
            Some(Change {
                key,
                expected,
                token: record.token(),
                text,
            })
        });
        let changes: Vec<Change> = changes.collect();
        if changes.is_empty() {
            return None;
        }
        self.commit(&changes, &[]).await.ok()?;
        changes
            .iter()
            .for_each(|change| local.hand_over(&change.key));
        Some(self.look().await.ok()?.rows)
    }

    /// Reports all records, some at a time.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn load(&self, event: impl Fn(Vec<String>)) -> Result<(), Failure> {
        let mut after: Option<JsValue> = None;
        loop {
            let transaction = self.transaction(Mode::Read).await?;
            let found = transaction.after(after.as_ref()).await;
            let (keys, some) = transaction.complete(found).await?;
            if some.length() == 0 {
                return Ok(());
            }
            after = Some(keys.get(keys.length().saturating_sub(1)));
            event(some.iter().map(|value| text(&value)).collect());
        }
    }

    /// Stores records and notes, all or nothing, on the disk.
    ///
    /// # Errors
    /// Nothing was stored.
    pub async fn commit(
        &self,
        changes: &[Change],
        notes: &[(String, String)],
    ) -> Result<Vec<String>, Failure> {
        let transaction = self.transaction(Mode::Write).await?;
        let result = transaction.put(changes, notes).await;
        let texts = transaction.complete(result).await?;
        if let Some(channel) = self.channel.clone() {
            let keys: Vec<String> = changes.iter().map(|change| change.key.clone()).collect();
            spawn_local(async move {
                for some in keys.chunks(TURN) {
                    let some: Array = some.iter().map(JsValue::from).collect();
                    // Other tabs merge what they don't know yet.
                    let _ = channel.post_message(&some);
                    sleep(Duration::ZERO).await;
                }
            });
        }
        Ok(texts)
    }

    /// The records of these keys, as they stand now, and whether they may be written.
    async fn changed(&self, keys: &[String]) -> Result<(Access, Vec<String>), Failure> {
        let transaction = self.transaction(Mode::Read).await?;
        let found = transaction.changed(keys).await;
        transaction.complete(found).await
    }

    /// Reports from now on what other tabs store.
    pub fn subscribe(&self, report: &Callback<StoreEvent>) {
        let Some(channel) = &self.channel else { return };
        let report = report.clone();
        let reader = Rc::new(Indexed {
            connection: Rc::clone(&self.connection),
            channel: None,
            is_erased: Cell::new(false),
        });
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().as_string().as_deref() == Some(ERASED) {
                Local::seal();
                crate::browser::reload();
                return;
            }
            let keys = Array::from(&event.data());
            let keys: Vec<String> = keys.iter().filter_map(|key| key.as_string()).collect();
            let (reader, report) = (Rc::clone(&reader), report.clone());
            spawn_local(async move {
                match reader.changed(&keys).await {
                    Ok((Access::Open, texts)) => report.emit(StoreEvent::Changed(texts)),
                    Ok((Access::Newer(_), _)) => {
                        if let Ok(opened) = reader.look().await {
                            Local::seal();
                            report.emit(StoreEvent::Opened(opened));
                        }
                    }
                    // What this tab stores next is merged with what it has missed.
                    Err(_) => {}
                }
            });
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        // As long as the page.
        listener.forget();
    }

    /// Deletes the database, in all tabs.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn erase(&self) -> Result<(), Failure> {
        self.is_erased.set(true);
        if let Some(database) = self.connection.take() {
            database.close();
        }
        let factory = factory().ok_or_else(|| Failure::Refused(String::new()))?;
        // First, so that none of them stores anything that would stay.
        if let Some(channel) = &self.channel {
            channel.post_message(&ERASED.into())?;
        }
        let done = within(&factory.delete_database(NAME)?.unchecked_into()).await;
        self.is_erased.set(done.is_ok());
        done.map(|_| ())
    }
}

/// The browser's databases. Asking for them may be an error, where storage is blocked.
fn factory() -> Option<IdbFactory> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).ok()?;
    factory.is_object().then(|| factory.unchecked_into())
}

/// Whether a database has the object store of the pictures.
fn has_pictures(database: &IdbDatabase) -> bool {
    database.object_store_names().contains(PICTURES)
}

/// Connects to the database in whatever version it is, and makes its object stores where it is new, or has not all
/// of them in this version.
async fn connect(lacking: Option<u32>) -> Result<IdbDatabase, Failure> {
    let factory = factory().ok_or_else(|| Failure::Refused("indexedDB".to_owned()))?;
    let request = match lacking {
        None => factory.open(NAME)?,
        Some(version) => factory.open_with_u32(NAME, version.saturating_add(1))?,
    };
    let made = request.clone();
    let make = Closure::once(move || {
        let database = made.result().map(JsCast::unchecked_into::<IdbDatabase>);
        if let Ok(database) = database {
            // Where one can't be made, the transactions will say so.
            let _ = database.create_object_store(ROWS);
            let _ = database.create_object_store(META);
            let _ = database.create_object_store(PICTURES);
        }
    });
    request.set_onupgradeneeded(Some(make.as_ref().unchecked_ref()));
    let database = within(request.unchecked_ref()).await?;
    Ok(database.unchecked_into())
}

/// What a request answers, if it does so in time.
async fn within(request: &IdbRequest) -> Result<JsValue, Failure> {
    let late = Promise::new(&mut |_, reject| {
        spawn_local(async move {
            sleep(PATIENCE).await;
            let _ = reject.call0(&JsValue::UNDEFINED);
        });
    });
    let answered = Promise::race(&Array::of2(&answered(request), &late));
    match JsFuture::from(answered).await {
        Ok(_) => Ok(request.result()?),
        Err(event) if event.is_undefined() => Err(Failure::Refused("TimeoutError".to_owned())),
        Err(_) => Err(error(request)),
    }
}

/// What a request answers.
async fn answer(request: &IdbRequest) -> Result<JsValue, Failure> {
    match JsFuture::from(answered(request)).await {
        Ok(_) => Ok(request.result()?),
        Err(_) => Err(error(request)),
    }
}

fn answered(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    })
}

fn error(request: &IdbRequest) -> Failure {
    match request.error() {
        Ok(Some(error)) => JsValue::from(error).into(),
        Ok(None) => Failure::Refused(String::new()),
        Err(error) => error.into(),
    }
}

fn refusal(failure: Failure) -> Option<String> {
    match failure {
        Failure::Refused(reason) => Some(reason),
        Failure::Newer(_) => None,
    }
}

/// A stored record; `None` where there is none.
fn row(value: &JsValue) -> Option<Row> {
    let token = Reflect::get(value, &"revision".into()).ok()?;
    Some(Row {
        token: token.as_string().unwrap_or_default(),
        text: text(value),
    })
}

/// The text of a stored record; empty where it has none, and so is no record.
fn text(value: &JsValue) -> String {
    let text = Reflect::get(value, &"text".into()).ok();
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

/// A note; the version is a number.
fn note(value: &JsValue) -> Option<String> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let number = value.as_f64().map(|number| (number as u32).to_string());
    value.as_string().or(number)
}
