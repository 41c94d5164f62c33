//! A record: one thing that is stored, merged and exported, with the revisions that stand.
//!
//! A record is a set of *heads*, revisions that no other revision follows, and the set of its
//! *ancestors*, all revisions that another one followed. Merging is the union of both sets, heads
//! without ancestors; so the order of merges doesn't matter, and merging twice changes nothing.
//! Normally there is one head. More than one with different data is a conflict, and a resolution is
//! a revision that follows them all. A deletion is a revision too: what is deleted stays deleted
//! when an older export is merged.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;
use std::str::FromStr;

use landfall::check::{self, Checker, Named, Need, Object, Place};
use landfall::issue::{self, Issue, Problem};
use landfall::json::{self, Json};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// What a record is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// The owner's rules; every version is a record.
    Policy,
    /// A supplier.
    Supplier,
    /// An article with its sources.
    Sku,
    /// An order of the PO log.
    Order,
    /// What arrived, counted and sampled.
    Receipt,
    /// A dispute with a supplier.
    Dispute,
    /// What was put to the owner.
    Escalation,
    /// A weekly report.
    Report,
    /// A saved landed-cost order.
    Scenario,
    /// A saved list of charges.
    Schedule,
    /// The landed-cost order that is being typed.
    Draft,
    /// The owner's decision on an order.
    Decision,
    /// A member of staff's run through the procedure.
    Run,
    /// Language and colours of a device.
    Preferences,
}

impl Kind {
    /// Its name in keys and records.
    pub fn name(self) -> &'static str {
        let mut names = Kind::ALL.iter().zip(Kind::NAMES);
        names
            .find_map(|(kind, name)| (*kind == self).then_some(*name))
            .unwrap_or_default()
    }

    /// The name of the list of such records in a file.
    pub fn list(self) -> &'static str {
        match self {
            Kind::Policy => "policies",
            Kind::Supplier => "suppliers",
            Kind::Sku => "skus",
            Kind::Order => "orders",
            Kind::Receipt => "receipts",
            Kind::Dispute => "disputes",
            Kind::Escalation => "escalations",
            Kind::Report => "reports",
            Kind::Scenario => "scenarios",
            Kind::Schedule => "schedules",
            Kind::Draft => "drafts",
            Kind::Decision => "decisions",
            Kind::Run => "runs",
            Kind::Preferences => "preferences",
        }
    }
}

impl Named for Kind {
    const ALL: &'static [Kind] = &[
        Kind::Policy,
        Kind::Supplier,
        Kind::Sku,
        Kind::Order,
        Kind::Receipt,
        Kind::Dispute,
        Kind::Escalation,
        Kind::Report,
        Kind::Scenario,
        Kind::Schedule,
        Kind::Draft,
        Kind::Decision,
        Kind::Run,
        Kind::Preferences,
    ];
    const NAMES: &'static [&'static str] = &[
        "policy",
        "supplier",
        "sku",
        "order",
        "receipt",
        "dispute",
        "escalation",
        "report",
        "scenario",
        "schedule",
        "draft",
        "decision",
        "run",
        "preferences",
    ];
}

/// How many characters an id has at most.
const MAX_ID: usize = 64;

/// What a record is called: `order/<id>`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// What it is about.
    pub kind: Kind,
    id: Rc<str>,
}

impl Key {
    /// A key; `None` unless the id has 1 to 64 letters, digits, `-` and `_` of ASCII.
    pub fn new(kind: Kind, id: &str) -> Option<Key> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let is_id = (1..=MAX_ID).contains(&id.len()) && id.bytes().all(is_plain);
        is_id.then(|| Key {
            kind,
            id: Rc::from(id),
        })
    }

    /// The key of what is identified by something else than an id of ours, such as the order number
    /// of a platform: the same each time, on every device. The id is a UUID made of a SHA-256.
    pub fn derived(kind: Kind, from: &str) -> Key {
        let digest = Sha256::digest(from.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(digest.get(..16).unwrap_or(&[0; 16]));
        // Version 8, what an application defines, of the variant that all UUIDs have.
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let mut id = String::with_capacity(36);
        for (index, byte) in bytes.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                id.push('-');
            }
            push_hex(&mut id, *byte);
        }
        Key {
            kind,
            id: Rc::from(id),
        }
    }

    /// The id, unique among records of the kind.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.kind.name(), self.id)
    }
}

/// The text is no key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoKey;

impl FromStr for Key {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Key, NoKey> {
        let (kind, id) = text.split_once('/').ok_or(NoKey)?;
        let kind = kind_named(kind).ok_or(NoKey)?;
        Key::new(kind, id).ok_or(NoKey)
    }
}

fn kind_named(name: &str) -> Option<Kind> {
    let mut known = Kind::ALL.iter().zip(Kind::NAMES);
    known.find_map(|(kind, known)| (*known == name).then_some(*kind))
}

/// Who made a revision and when, as far as the device knows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stamp {
    /// The instant, in UTC: `2026-11-22T10:00:00Z`, with or without a fraction of seconds.
    pub at: Rc<str>,
    /// The device: 1 to 64 letters, digits, `-` and `_` of ASCII.
    pub device: Rc<str>,
}

impl Stamp {
    /// A stamp.
    pub fn new(device: &str, at: &str) -> Stamp {
        Stamp {
            at: Rc::from(at),
            device: Rc::from(device),
        }
    }
}

/// The hash of a revision: the first 16 bytes of a SHA-256 over what it says and what it follows,
/// but not over who made it when, so that the same edit of the same revision on two devices is one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Hash([u8; 16]);

impl Hash {
    fn of(hasher: Sha256) -> Hash {
        let digest = hasher.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(digest.get(..16).unwrap_or(&[0; 16]));
        Hash(bytes)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hex = String::with_capacity(32);
        self.0.iter().for_each(|byte| push_hex(&mut hex, *byte));
        formatter.write_str(&hex)
    }
}

impl FromStr for Hash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Hash, NoHash> {
        let mut bytes = [0; 16];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(NoHash);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            let (high, low) = (hex_digit(*high)?, hex_digit(*low)?);
            *byte = high << 4 | low;
        }
        Ok(Hash(bytes))
    }
}

/// The text is no hash: 32 hexadecimal digits, lower case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoHash;

fn hex_digit(byte: u8) -> Result<u8, NoHash> {
    match byte {
        b'0'..=b'9' => Ok(byte.wrapping_sub(b'0')),
        b'a'..=b'f' => Ok(byte.wrapping_sub(b'a').wrapping_add(10)),
        _ => Err(NoHash),
    }
}

pub(crate) fn push_hex(text: &mut String, byte: u8) {
    for nibble in [byte >> 4, byte & 0x0f] {
        text.extend(char::from_digit(u32::from(nibble), 16));
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        struct Hex;
        impl Visitor<'_> for Hex {
            type Value = Hash;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a hash")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Hash, E> {
                text.parse().map_err(|NoHash| E::custom("no hash"))
            }
        }
        deserializer.deserialize_str(Hex)
    }
}

/// Hashes in order, each once.
fn in_order(hashes: impl Iterator<Item = Hash>) -> Vec<Hash> {
    let mut hashes: Vec<Hash> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// A revision that no other one follows.
#[derive(Clone, Debug)]
pub struct Head {
    /// How many revisions precede it on its longest line, and itself.
    pub counter: u32,
    /// Who made it and when.
    pub stamp: Stamp,
    /// The revisions that it follows, in order.
    parents: Vec<Hash>,
    /// The JSON object; `None` is a deletion.
    data: Option<Rc<str>>,
    hash: OnceCell<Hash>,
}

impl Head {
    /// The text of the JSON object; `None` is a deletion.
    pub fn data(&self) -> Option<&Rc<str>> {
        self.data.as_ref()
    }

    /// The hash of the revision; computed when it is asked for the first time.
    fn hash(&self, key: &Key) -> Hash {
        *self.hash.get_or_init(|| {
            let mut hasher = Sha256::new();
            hasher.update(key.kind.name());
            hasher.update([0]);
            hasher.update(key.id.as_bytes());
            hasher.update([0]);
            for parent in &self.parents {
                hasher.update(parent.0);
            }
            match &self.data {
                Some(data) => {
                    hasher.update([0]);
                    hasher.update(compact(data).as_bytes());
                }
                None => hasher.update([1]),
            }
            Hash::of(hasher)
        })
    }

    /// Whether both say the same: deleted, or the same JSON but for spaces between its parts.
    fn says(&self, other: &Head) -> bool {
        match (&self.data, &other.data) {
            (Some(own), Some(other)) => own == other || compact(own) == compact(other),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Head) -> bool {
        let Head {
            counter,
            stamp,
            parents,
            data,
            hash: _,
        } = self;
        *counter == other.counter
            && *stamp == other.stamp
            && *parents == other.parents
            && *data == other.data
    }
}

/// One thing that is stored, merged and exported. Cheap to clone.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    key: Key,
    /// Never empty; the one that is shown first.
    heads: Vec<Head>,
    /// The revisions that others followed, but for the parents of the heads; in order.
    ancestors: Vec<Hash>,
}

impl Record {
    /// A record that wasn't there before. `data` is the text of a JSON object.
    pub fn new(key: Key, data: &str, stamp: Stamp) -> Record {
        let head = Head {
            counter: 1,
            stamp,
            parents: Vec::new(),
            data: Some(Rc::from(data)),
            hash: OnceCell::new(),
        };
        Record {
            key,
            heads: vec![head],
            ancestors: Vec::new(),
        }
    }

    /// What it is called.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// The revisions that stand, the one that is shown first: normally one.
    pub fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// The text of the JSON object that is shown; `None` where the record is deleted.
    pub fn data(&self) -> Option<&Rc<str>> {
        self.heads.first()?.data()
    }

    /// Whether what is shown is a deletion.
    pub fn is_deleted(&self) -> bool {
        self.data().is_none()
    }

    /// Whether revisions stand beside each other that say different things.
    pub fn is_conflicting(&self) -> bool {
        let mut heads = self.heads.iter();
        let first = heads.next();
        first.is_some_and(|first| heads.any(|head| !head.says(first)))
    }

    /// The record after an edit of what is shown. Conflicting revisions stay beside it. Without a
    /// difference there is no revision.
    #[must_use]
    pub fn edited(&self, data: &str, stamp: Stamp) -> Record {
        let Some(shown) = self.heads.first() else {
            return Record::new(self.key.clone(), data, stamp);
        };
        if shown.data.as_deref() == Some(data) {
            return self.clone();
        }
        self.followed(|head| head.says(shown), Some(data), stamp)
    }

    /// The record after its deletion; a conflict ends by it.
    #[must_use]
    pub fn removed(&self, stamp: Stamp) -> Record {
        if self.heads.iter().all(|head| head.data.is_none()) {
            return self.clone();
        }
        self.followed(|_| true, None, stamp)
    }

    /// The record after a decision on all that stands: it follows every head.
    #[must_use]
    pub fn resolved(&self, data: &str, stamp: Stamp) -> Record {
        match &*self.heads {
            [only] if only.data.as_deref() == Some(data) => self.clone(),
            _ => self.followed(|_| true, Some(data), stamp),
        }
    }

    /// A revision that follows some of the heads.
    fn followed(
        &self,
        follows: impl Fn(&Head) -> bool,
        data: Option<&str>,
        stamp: Stamp,
    ) -> Record {
        let followed = self.heads.iter().filter(|head| follows(head));
        let mut parents: Vec<Hash> = followed.clone().map(|head| head.hash(&self.key)).collect();
        parents.sort_unstable();
        let counter = followed.map(|head| head.counter).max().unwrap_or(0);
        let head = Head {
            counter: counter.saturating_add(1),
            stamp,
            parents,
            data: data.map(Rc::from),
            hash: OnceCell::new(),
        };
        let heads = self.heads.iter().cloned().chain([head]).collect();
        self.with(heads, self.ancestors())
    }

    /// All that both know: nothing that either has is lost, and nothing that either has left
    /// behind comes back. Commutative, associative, idempotent. A record of another key changes
    /// nothing.
    #[must_use]
    pub fn merged(&self, other: &Record) -> Record {
        if self.key != other.key {
            return self.clone();
        }
        let ancestors = self.ancestors().chain(other.ancestors());
        self.with(
            self.heads.iter().chain(&other.heads).cloned().collect(),
            ancestors,
        )
    }

    /// The record after taking back what came between `before` and now: what stood then stands
    /// again, as revisions that follow those which came since. `None` is that it wasn't there.
    #[must_use]
    pub fn restored(&self, before: Option<&Record>, stamp: Stamp) -> Record {
        let Some(before) = before else {
            return self.removed(stamp);
        };
        let hashes =
            |record: &Record| in_order(record.heads.iter().map(|head| head.hash(&self.key)));
        let (stood, stands) = (hashes(before), hashes(self));
        let mut parents = stands.clone();
        parents.retain(|hash| stood.binary_search(hash).is_err());
        if parents.is_empty() {
            return self.clone();
        }
        let mut back: Vec<&Head> = before.heads.iter().collect();
        back.retain(|head| stands.binary_search(&head.hash(&self.key)).is_err());
        if back.is_empty() {
            // What stood still stands, beside what came: it follows that, and itself.
            back.extend(before.heads.first());
            parents.extend(back.iter().map(|head| head.hash(&self.key)));
        }
        let parents = in_order(parents.into_iter());
        let counter = self.heads.iter().map(|head| head.counter).max();
        let back = back.into_iter().map(|head| Head {
            counter: counter.unwrap_or(0).saturating_add(1),
            stamp: stamp.clone(),
            parents: parents.clone(),
            data: head.data.clone(),
            hash: OnceCell::new(),
        });
        let heads = self.heads.iter().cloned().chain(back).collect();
        self.with(heads, self.ancestors())
    }

    /// Whether both know the same revisions, whoever made them when.
    pub fn is_same(&self, other: &Record) -> bool {
        let is_same_text = match (&*self.heads, &*other.heads) {
            ([own], [other]) => own.data == other.data && own.parents == other.parents,
            _ => false,
        };
        self.key == other.key
            && self.ancestors == other.ancestors
            && (is_same_text || self.token() == other.token())
    }

    /// All revisions that others followed.
    fn ancestors(&self) -> impl Iterator<Item = Hash> {
        let parents = self.heads.iter().flat_map(|head| head.parents.iter());
        self.ancestors.iter().chain(parents).copied()
    }

    /// The record of these heads, in their order, without those that others followed.
    fn with(&self, mut heads: Vec<Head>, ancestors: impl Iterator<Item = Hash>) -> Record {
        let key = self.key.clone();
        let parents = in_order(heads.iter().flat_map(|head| &head.parents).copied());
        let mut ancestors = in_order(ancestors.chain(parents));
        let stands = |head: &Head| ancestors.binary_search(&head.hash(&key)).is_err();
        // Revisions that follow each other in a circle can't be made, only forged: then all stay.
        if heads.iter().any(stands) {
            heads.retain(stands);
        }
        let order = |head: &Head| (head.counter, head.hash(&key));
        heads.sort_unstable_by(|left, right| {
            let texts = || left.data.cmp(&right.data);
            (order(right).cmp(&order(left)))
                .then_with(|| left.stamp.cmp(&right.stamp))
                .then_with(texts)
        });
        // Of the same revision the earliest stays.
        heads.dedup_by_key(|head| order(head));
        let parents = in_order(heads.iter().flat_map(|head| &head.parents).copied());
        ancestors.retain(|hash| parents.binary_search(hash).is_err());
        Record {
            key,
            heads,
            ancestors,
        }
    }

    /// What tells this state from every other one: the hash of the head, or of all hashes of heads.
    /// They cover what they follow, so ancestors need no part in it.
    pub fn token(&self) -> String {
        if let [only] = &*self.heads {
            return only.hash(&self.key).to_string();
        }
        let mut hasher = Sha256::new();
        for head in &self.heads {
            hasher.update(head.hash(&self.key).0);
        }
        Hash::of(hasher).to_string()
    }

    /// Reads the text of a record. The data is an object in JSON; what its fields are is another
    /// question (see [`crate::rows`]).
    ///
    /// # Errors
    /// All issues.
    pub fn read(text: &str) -> Result<Record, Vec<Issue>> {
        let read = serde_json::from_str::<Text>(text).ok();
        read.and_then(Text::record).ok_or_else(|| issues(text))
    }

    /// The text of the record.
    pub fn write(&self) -> String {
        let mut text = String::new();
        self.write_to(&mut text);
        text
    }

    /// Appends the text of the record.
    pub(crate) fn write_to(&self, text: &mut String) {
        let (kind, id) = (self.key.kind.name(), &self.key.id);
        text.extend(["{\"kind\":\"", kind, "\",\"id\":\"", id, "\",\"heads\":["]);
        for (index, head) in self.heads.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            text.extend(["{\"counter\":", &head.counter.to_string()]);
            text.extend([",\"device\":\"", &head.stamp.device]);
            text.extend(["\",\"at\":\"", &head.stamp.at, "\""]);
            if !head.parents.is_empty() {
                text.push_str(",\"parents\":");
                write_hashes(text, head.parents.iter());
            }
            match &head.data {
                Some(data) => text.extend([",\"data\":", data]),
                None => text.push_str(",\"deleted\":true"),
            }
            text.push('}');
        }
        text.push(']');
        if !self.ancestors.is_empty() {
            text.push_str(",\"ancestors\":");
            write_hashes(text, self.ancestors.iter());
        }
        text.push('}');
    }
}

fn write_hashes<'h>(text: &mut String, hashes: impl Iterator<Item = &'h Hash>) {
    for (index, hash) in hashes.enumerate() {
        text.push_str(if index == 0 { "[\"" } else { "\",\"" });
        hash.0.iter().for_each(|byte| push_hex(text, *byte));
    }
    text.push_str("\"]");
}

/// A record as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text<'t> {
    #[serde(borrow)]
    kind: Cow<'t, str>,
    #[serde(borrow)]
    id: Cow<'t, str>,
    #[serde(borrow)]
    heads: Vec<HeadText<'t>>,
    #[serde(default)]
    ancestors: Vec<Hash>,
}

/// A head as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadText<'t> {
    counter: u32,
    #[serde(borrow)]
    device: Cow<'t, str>,
    #[serde(borrow)]
    at: Cow<'t, str>,
    #[serde(default)]
    parents: Vec<Hash>,
    #[serde(borrow)]
    data: Option<&'t RawValue>,
    #[serde(default)]
    deleted: bool,
}

impl<'t> Text<'t> {
    /// A part of the text, which shows where it stands.
    pub(crate) fn part(&self) -> Option<&'t str> {
        self.heads.last()?.data.map(RawValue::get)
    }

    /// The record, if everything is as it must be.
    pub(crate) fn record(self) -> Option<Record> {
        let key = Key::new(kind_named(&self.kind)?, &self.id)?;
        let heads: Option<Vec<Head>> = self.heads.into_iter().map(HeadText::head).collect();
        let record = Record {
            key,
            heads: heads?,
            ancestors: Vec::new(),
        };
        match (&*record.heads, &*self.ancestors) {
            ([], _) => None,
            // What nearly all records are needs no hashes to be read.
            ([_], []) => Some(record),
            _ => Some(record.with(record.heads.clone(), self.ancestors.into_iter())),
        }
    }
}

impl HeadText<'_> {
    fn head(mut self) -> Option<Head> {
        let is_stamp = Key::new(Kind::Draft, &self.device).is_some() && is_instant(&self.at);
        let data = self.data.map(RawValue::get);
        let is_said_once = data.is_some() != self.deleted;
        let is_object = data.is_none_or(|data| data.starts_with('{'));
        let is_counter = self.counter <= check::MAX_COUNT && self.counter > 0;
        self.parents.sort_unstable();
        self.parents.dedup();
        (is_stamp && is_said_once && is_object && is_counter).then(|| Head {
            counter: self.counter,
            stamp: Stamp::new(&self.device, &self.at),
            parents: self.parents,
            data: data.map(Rc::from),
            hash: OnceCell::new(),
        })
    }
}

/// Whether a text is an instant in UTC: `2026-11-22T10:00:00Z`, with up to 9 decimals of the seconds.
pub fn is_instant(text: &str) -> bool {
    check::parse_instant(text).is_some()
}

/// What is wrong with the text of a record.
fn issues(text: &str) -> Vec<Issue> {
    let json = match json::read(text) {
        Ok(json) => json,
        Err(issue) => return vec![issue],
    };
    let mut checker = Checker::new();
    check_record(&mut checker, &json, &Place::Root);
    match checker.finish::<()>(None) {
        Err(issues) if !issues.is_empty() => issues,
        // Both readers agree (tested); this keeps a text from passing that one of them refuses.
        _ => vec![Issue::at_root(Problem::WrongType {
            expected: issue::Kind::Object,
        })],
    }
}

fn check_record(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<()> {
    let known = &["kind", "id", "heads", "ancestors"];
    let object = Object::open(checker, json, place, known)?;
    object.field(checker, "kind", Need::Required, check::choice::<Kind>);
    object.field(checker, "id", Need::Required, check_id);
    object.field(checker, "heads", Need::Required, |checker, json, place| {
        check::filled_list(checker, json, place, check_head)
    });
    object.field(checker, "ancestors", Need::Optional, check_hashes);
    Some(())
}

fn check_head(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<()> {
    let known = &["counter", "device", "at", "parents", "data", "deleted"];
    let object = Object::open(checker, json, place, known)?;
    object.field(checker, "counter", Need::Required, check::count);
    object.field(checker, "device", Need::Required, check_id);
    object.field(checker, "at", Need::Required, check::instant);
    object.field(checker, "parents", Need::Optional, check_hashes);
    let is_deleted = object.field(checker, "deleted", Need::Optional, check::flag);
    match (object.get("data"), is_deleted) {
        (Some(Json::Object(_)), Some(false) | None) | (None, Some(true)) => {}
        (Some(_), Some(true)) => {
            let because = issue::Because::Twice;
            let place = Place::Field(place, "deleted");
            checker.report::<()>(&place, Problem::NotAllowedHere { because });
        }
        (Some(_), Some(false) | None) => {
            let expected = issue::Kind::Object;
            let place = Place::Field(place, "data");
            checker.report::<()>(&place, Problem::WrongType { expected });
        }
        (None, Some(false) | None) => {
            checker.report::<()>(&Place::Field(place, "data"), Problem::Required);
        }
    }
    Some(())
}

fn check_id(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<()> {
    let text = check::text(checker, json, place)?;
    if Key::new(Kind::Draft, &text).is_some() {
        return Some(());
    }
    unknown(checker, &text, place)
}

fn check_hashes(checker: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<()> {
    check::list(checker, json, place, |checker, json, place| {
        let text = check::text(checker, json, place)?;
        match text.parse::<Hash>() {
            Ok(_) => Some(()),
            Err(NoHash) => unknown(checker, &text, place),
        }
    })
    .map(|_| ())
}

fn unknown<T>(checker: &mut Checker, text: &str, place: &Place<'_>) -> Option<T> {
    let found = check::quoted(text);
    checker.report(
        place,
        Problem::UnknownValue {
            found,
            allowed: &[],
        },
    )
}

/// JSON without the spaces between its parts, and with the escapes of its texts in one form, so that
/// what another program wrote again is still the same revision. What isn't JSON comes back as it is.
fn compact(text: &str) -> Cow<'_, str> {
    let mut is_quoted = false;
    let is_compact = text.bytes().all(|byte| {
        is_quoted ^= byte == b'"';
        byte != b'\\' && (is_quoted || !byte.is_ascii_whitespace())
    });
    if is_compact {
        return Cow::Borrowed(text);
    }
    let mut compact = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (between, inside) = rest.split_at(rest.find('"').unwrap_or(rest.len()));
        compact.extend(between.split_ascii_whitespace());
        let mut is_escaped = false;
        let mut bytes = inside.bytes().enumerate().skip(1);
        let end = bytes.find_map(|(index, byte)| {
            let ends = byte == b'"' && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends.then(|| index.saturating_add(1))
        });
        let (quoted, after) = inside.split_at(end.unwrap_or(inside.len()));
        let text = serde_json::from_str::<String>(quoted).ok();
        let text = text.and_then(|text| serde_json::to_string(&text).ok());
        compact.push_str(text.as_deref().unwrap_or(quoted));
        rest = after;
    }
    Cow::Owned(compact)
}
