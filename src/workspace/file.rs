//! The file that a workspace leaves and enters in, whole or in part.
//!
//! `{"format":"landfall/workspace","version":1,"savedAt":…,"app":…,"data":{"orders":[record,…],…}}`:
//! a list for each kind that was exported, of records as they are stored. A file that comes in is
//! whatever its sender made of it, so it is read whole and checked whole before anything is known of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use landfall::check::{Checker, Named, Place, quoted};
use landfall::issue::{self, Because, Issue, Problem};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::migrate::{self, migrate};
use crate::raw::{Fields, Name};
use crate::record::{Kind, Record, Text};
use crate::rows;
use crate::workspace::{self, VERSION};

/// The format that a file names.
pub const FORMAT: &str = "landfall/workspace";
/// The largest file, in bytes.
pub const MAX_BYTES: usize = 60_000_000;
/// The deepest nesting of the data of a record.
pub const MAX_DEPTH: usize = 127;
/// The most records.
pub const MAX_RECORDS: usize = 200_000;
/// After so many records the progress is told.
const STRIDE: usize = 1_000;

/// The text of a file with these records. `saved_at` is the instant, `app` who writes it.
pub fn write<'r>(
    records: impl IntoIterator<Item = &'r Record>,
    saved_at: &str,
    app: &str,
) -> String {
    let mut lists = BTreeMap::<&str, Vec<&Record>>::new();
    for record in records {
        let list = lists.entry(record.key().kind.list()).or_default();
        list.push(record);
    }
    let quote = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let (saved_at, app) = (quote(saved_at), quote(app));
    let mut text = format!(
        r#"{{"format":"{FORMAT}","version":{VERSION},"savedAt":{saved_at},"app":{app},"data":{{"#
    );
    for (index, (name, list)) in lists.into_iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        text.extend([comma, "\"", name, "\":["]);
        for (index, record) in list.into_iter().enumerate() {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            record.write_to(&mut text);
        }
        text.push(']');
    }
    text.push_str("}}\n");
    text
}

/// Why a file is refused. Nothing of it counts then.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    /// More bytes than [`MAX_BYTES`].
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// Not UTF-8.
    NotUtf8 {
        /// How many bytes are.
        valid: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// More records than [`MAX_RECORDS`].
    TooMany,
    /// JSON, but no file of a workspace.
    OtherFormat {
        /// The format that it names, shortened; empty where it names none.
        found: String,
    },
    /// A newer program wrote it.
    TooNew {
        /// The version.
        version: u32,
    },
    /// Everything else, each with its place.
    Issues(Vec<Issue>),
}

/// Reads a file. `device` is the id of this device; `progress` is told from time to time how many
/// bytes of how many are read.
///
/// # Errors
/// Why it is refused.
pub fn read(
    bytes: &[u8],
    device: &str,
    mut progress: impl FnMut(usize, usize),
) -> Result<Vec<Record>, Refused> {
    checked(bytes, device, &mut progress)
}

fn checked(
    bytes: &[u8],
    device: &str,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Vec<Record>, Refused> {
    if bytes.len() > MAX_BYTES {
        let bytes = bytes.len();
        return Err(Refused::TooLarge { bytes });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| Refused::NotUtf8 {
        valid: error.valid_up_to(),
    })?;
    let mut reader = Reader {
        text,
        device,
        progress,
        is_thorough: false,
        records: Vec::new(),
        checker: Checker::new(),
        refused: None,
        place: String::new(),
        seen: Seen::default(),
    };
    // Records are read at once, without knowing what is wrong with them. Where anything is, they
    // are read again, one by one.
    let mut read = reader.read();
    if read.is_err() && reader.refused.is_none() {
        reader.is_thorough = true;
        reader.records.clear();
        reader.checker = Checker::new();
        read = reader.read();
    }
    let Reader {
        records,
        mut checker,
        refused,
        place,
        ..
    } = reader;
    if let Some(refused) = refused {
        return Err(refused);
    }
    if let Err(error) = read {
        let place = Place::Field(&Place::Root, &place);
        let place = if matches!(place, Place::Field(_, "")) {
            Place::Root
        } else {
            place
        };
        if error.is_data() {
            let expected = match place {
                Place::Field(_, "data") | Place::Root => issue::Kind::Object,
                Place::Field(..) | Place::Item(..) => issue::Kind::List,
            };
            checker.report::<()>(&place, Problem::WrongType { expected });
        } else {
            let (line, column) = (error.line(), error.column());
            checker.report::<()>(&Place::Root, Problem::NotJson { line, column });
        }
    }
    checker.finish(Some(records)).map_err(|issues| {
        let is_syntax = |issue: &Issue| matches!(issue.problem, Problem::NotJson { .. });
        match issues.iter().any(is_syntax) && depth(text) > MAX_DEPTH {
            true => Refused::TooDeep,
            false => Refused::Issues(issues),
        }
    })
}

/// Reads the text of a file into records and issues.
struct Reader<'t> {
    text: &'t str,
    device: &'t str,
    progress: &'t mut dyn FnMut(usize, usize),
    /// Whether each record is read by itself, so that all its issues are found.
    is_thorough: bool,
    records: Vec<Record>,
    checker: Checker,
    refused: Option<Refused>,
    /// Where the reading is, as far as a wrong type can be met.
    place: String,
    seen: Seen,
}

/// How far lines are counted, so that many faults don't count them each from the beginning.
#[derive(Default)]
struct Seen {
    offset: usize,
    lines: usize,
    /// Where the last line begins.
    last: usize,
}

impl Seen {
    /// A fault at a line and column of the part that begins at `start`, by those of the whole text.
    fn placed(&mut self, text: &str, start: usize, line: usize, column: usize) -> Problem {
        let part = text.get(self.offset..start).unwrap_or_default();
        for (index, _) in part.match_indices('\n') {
            self.lines = self.lines.saturating_add(1);
            self.last = self.offset.saturating_add(index).saturating_add(1);
        }
        self.offset = self.offset.max(start);
        let before = start.saturating_sub(self.last);
        Problem::NotJson {
            line: line.saturating_add(self.lines),
            column: if line == 1 {
                column.saturating_add(before)
            } else {
                column
            },
        }
    }
}

impl<'t> Reader<'t> {
    fn read(&mut self) -> Result<(), serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_str(self.text);
        self.place.clear();
        deserializer.deserialize_map(Envelope(self))?;
        deserializer.end()
    }

    /// Where a part of the text begins.
    fn offset(&self, part: &str) -> usize {
        let start = self.text.as_ptr().addr();
        part.as_ptr().addr().saturating_sub(start)
    }

    /// Takes in a record; `part` is a part of its text.
    fn take(&mut self, record: Record, part: Option<&str>) {
        self.records.push(record);
        if let Some(part) = part
            && self.records.len().is_multiple_of(STRIDE)
        {
            let done = self.offset(part);
            (self.progress)(done, self.text.len());
        }
    }

    /// Takes in a record of a list, or what is wrong with it.
    fn examine(&mut self, kind: Kind, index: usize, text: &'t str) {
        // Where line and column of a fault of syntax are counted from.
        let mut start = self.offset(text);
        let issues = match Record::read(text) {
            Ok(record) if record.key().kind != kind => {
                let (found, allowed) = (record.key().kind.name().to_owned(), &[]);
                let problem = Problem::UnknownValue { found, allowed };
                let path = "kind".to_owned();
                vec![Issue { path, problem }]
            }
            Ok(record) => match rows::check(&record) {
                Ok(()) => return self.take(record, Some(text)),
                Err(issues) => {
                    if let [head] = record.heads() {
                        let data = head.data().and_then(|data| text.find(&**data));
                        start = start.saturating_add(data.unwrap_or(0));
                    }
                    issues
                }
            },
            Err(issues) => issues,
        };
        for Issue { path, problem } in issues {
            let dot = if path.is_empty() { "" } else { "." };
            let path = format!("data.{}[{index}]{dot}{path}", kind.list());
            let problem = if let Problem::NotJson { line, column } = problem {
                self.seen.placed(self.text, start, line, column)
            } else {
                problem
            };
            self.report(&path, problem);
        }
    }

    /// Refuses the file and ends the reading.
    fn refuse<E: Error>(&mut self, refused: Refused) -> E {
        self.refused = Some(refused);
        E::custom("refused")
    }

    fn report(&mut self, path: &str, problem: Problem) {
        self.checker
            .report::<()>(&Place::Field(&Place::Root, path), problem);
    }
}

/// The whole file.
struct Envelope<'r, 't>(&'r mut Reader<'t>);

impl<'t> Visitor<'t> for Envelope<'_, 't> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        let reader = self.0;
        let mut format: Option<&RawValue> = None;
        let mut version: Option<&RawValue> = None;
        let mut data: Option<&RawValue> = None;
        let mut seen = BTreeSet::new();
        while let Some(Name(name)) = map.next_key()? {
            let is_ours = ["format", "version", "data"].contains(&&*name);
            if is_ours && !seen.insert(name.to_string()) {
                let because = Because::Twice;
                reader.report(&name, Problem::NotAllowedHere { because });
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            match &*name {
                "format" => format = Some(map.next_value()?),
                "version" => version = Some(map.next_value()?),
                "data" if is_current(format, version) => {
                    "data".clone_into(&mut reader.place);
                    map.next_value_seed(Lists(reader))?;
                    reader.place.clear();
                }
                "data" => data = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let found = format.map(RawValue::get).unwrap_or_default();
        if found != FORMAT_TEXT {
            let found = serde_json::from_str(found).unwrap_or_else(|_| found.to_owned());
            let found = quoted(&found);
            return Err(reader.refuse(Refused::OtherFormat { found }));
        }
        let found = version.map(RawValue::get).unwrap_or_default();
        match (found.parse::<u32>(), data) {
            (Ok(version), _) if version > VERSION => {
                return Err(reader.refuse(Refused::TooNew { version }));
            }
            (Ok(VERSION), data) => match data {
                Some(data) => {
                    "data".clone_into(&mut reader.place);
                    let mut deserializer = serde_json::Deserializer::from_str(data.get());
                    let read = Lists(reader).deserialize(&mut deserializer);
                    read.map_err(A::Error::custom)?;
                }
                None if seen.contains("data") => {}
                None => reader.report("data", Problem::Required),
            },
            (Ok(version), Some(data)) => old(reader, version, data),
            (Ok(_), None) => reader.report("data", Problem::Required),
            (Err(_), _) if version.is_none() => reader.report("version", Problem::Required),
            (Err(_), _) => {
                let (found, allowed) = (quoted(found), &["1"]);
                reader.report("version", Problem::UnknownValue { found, allowed });
            }
        }
        Ok(())
    }
}

/// [`FORMAT`] as JSON.
const FORMAT_TEXT: &str = "\"landfall/workspace\"";

fn is_current(format: Option<&RawValue>, version: Option<&RawValue>) -> bool {
    let is_format = format.is_some_and(|format| format.get() == FORMAT_TEXT);
    let version = version.map(|version| version.get().parse());
    is_format && version == Some(Ok(VERSION))
}

/// Reads the data of an older version: texts by key.
fn old(reader: &mut Reader<'_>, version: u32, data: &RawValue) {
    let Ok(Fields(fields)) = serde_json::from_str(data.get()) else {
        let expected = issue::Kind::Object;
        return reader.report("data", Problem::WrongType { expected });
    };
    let mut rows = BTreeMap::new();
    for (key, text) in fields {
        let path = format!("data[{key}]");
        match serde_json::from_str::<String>(text.get()) {
            Ok(text) => {
                if rows.insert(key.into_owned(), text).is_some() {
                    let because = Because::Twice;
                    reader.report(&path, Problem::NotAllowedHere { because });
                }
            }
            Err(_) => {
                let expected = issue::Kind::Text;
                reader.report(&path, Problem::WrongType { expected });
            }
        }
    }
    let rows: migrate::Rows = rows.into_iter().collect();
    for (key, text) in migrate(version, rows, reader.device) {
        match workspace::read(&text) {
            Ok(record) => reader.records.push(record),
            Err(issues) => {
                for Issue { path, problem } in issues {
                    let dot = if path.is_empty() { "" } else { "." };
                    reader.report(&format!("data[{key}]{dot}{path}"), problem);
                }
            }
        }
    }
}

/// The lists by kind.
struct Lists<'r, 't>(&'r mut Reader<'t>);

impl<'t> DeserializeSeed<'t> for Lists<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'t> Visitor<'t> for Lists<'_, 't> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        let reader = self.0;
        let mut seen = BTreeSet::new();
        while let Some(Name(name)) = map.next_key()? {
            let path = format!("data.{name}");
            let kind = Kind::ALL.iter().find(|kind| kind.list() == name);
            match kind {
                None => {
                    let did_you_mean = None;
                    reader.report(&path, Problem::UnknownField { did_you_mean });
                    map.next_value::<IgnoredAny>()?;
                }
                Some(kind) if !seen.insert(*kind) => {
                    let because = Because::Twice;
                    reader.report(&path, Problem::NotAllowedHere { because });
                    map.next_value::<IgnoredAny>()?;
                }
                Some(kind) => {
                    reader.place = path;
                    map.next_value_seed(List(reader, *kind))?;
                    "data".clone_into(&mut reader.place);
                }
            }
        }
        Ok(())
    }
}

/// The records of a kind.
struct List<'r, 't>(&'r mut Reader<'t>, Kind);

impl<'t> DeserializeSeed<'t> for List<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'t> Visitor<'t> for List<'_, 't> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<(), A::Error> {
        let List(reader, kind) = self;
        for index in 0.. {
            if reader.is_thorough {
                let Some(text) = list.next_element::<&RawValue>()? else {
                    break;
                };
                reader.examine(kind, index, text.get());
            } else {
                let Some(text) = list.next_element::<Text<'_>>()? else {
                    break;
                };
                let part = text.part();
                let record = text.record().filter(|record| record.key().kind == kind);
                match record.filter(|record| rows::check(record).is_ok()) {
                    Some(record) => reader.take(record, part),
                    None => return Err(A::Error::custom("to be read one by one")),
                }
            }
            if reader.records.len() > MAX_RECORDS {
                return Err(reader.refuse(Refused::TooMany));
            }
        }
        Ok(())
    }
}

/// How deep a text is nested.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b'[' | b'{' if !is_quoted => {
                depth = depth.saturating_add(1);
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
