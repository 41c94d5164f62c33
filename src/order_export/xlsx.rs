//! The `.xlsx` format: XML files in a zip. What it unpacks to is counted while it is unpacked.

use std::borrow::Cow;
use std::cell::Cell as Shared;
use std::collections::HashMap;
use std::io::{self, BufReader, Read};

use flate2::bufread::DeflateDecoder;
use quick_xml::Reader as XmlReader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use crate::issue::{Problem, UNPACKED_MB};
use crate::table::{COLUMNS, Cell, Table};

/// A workbook: what its first files say.
pub struct Workbook<'a> {
    archive: Archive<'a>,
    /// Where the sheets are, in their order.
    sheets: Vec<String>,
    strings: Strings,
    /// Whether days are counted from 1904.
    pub from_1904: bool,
}

impl<'a> Workbook<'a> {
    /// Opens a workbook and reads the texts that its sheets share.
    pub fn open(bytes: &'a [u8]) -> Result<Workbook<'a>, Problem> {
        let archive = Archive::open(bytes)?;
        let main = archive
            .relations("")?
            .into_values()
            .find(|relation| relation.kind == "officeDocument")
            .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
        if main.ends_with(".bin") {
            return Err(Problem::OtherFormat);
        }
        let Some(mut part) = archive.part(&main)? else {
            return Err(match archive.part("content.xml")? {
                Some(_) => Problem::OtherFormat,
                None => Problem::NotASpreadsheet,
            });
        };
        let mut ids = Vec::new();
        let mut from_1904 = false;
        part.read(|event| {
            if let Event::Start(start) = event {
                match start.local_name().as_ref() {
                    "sheet" => ids.extend(attribute(start, "id")?.map(Cow::into_owned)),
                    "workbookPr" => {
                        let value = attribute(start, "date1904")?;
                        from_1904 |= value.is_some_and(|value| value == "1" || value == "true");
                    }
                    _ => {}
                }
            }
            Ok(())
        })?;
        drop(part);
        let relations = archive.relations(&main)?;
        let sheets = ids
            .iter()
            .filter_map(|id| relations.get(id))
            .filter(|relation| relation.kind == "worksheet")
            .map(|relation| relation.target.clone())
            .collect();
        let shared = relations
            .values()
            .find(|relation| relation.kind == "sharedStrings");
        let strings = match shared {
            Some(relation) => archive.strings(&relation.target)?,
            None => Strings::default(),
        };
        Ok(Workbook {
            archive,
            sheets,
            strings,
            from_1904,
        })
    }

    /// How many sheets there are.
    pub fn sheets(&self) -> usize {
        self.sheets.len()
    }

    /// Adds the rows of a sheet to a table.
    pub fn read(&self, sheet: usize, table: &mut Table) -> Result<(), Problem> {
        let name = self.sheets.get(sheet).ok_or(Problem::Damaged)?;
        let mut part = self.archive.part(name)?.ok_or(Problem::Damaged)?;
        let mut reader = SheetReader {
            strings: &self.strings,
            left: UNPACKED_MB.saturating_mul(1_000_000),
            table,
            row: 0,
            cells: Vec::new(),
            column: 0,
            kind: Kind::Number,
            text: String::new(),
            is_value: false,
            is_phonetic: false,
        };
        part.read(|event| reader.event(event))
    }
}

/// The texts that cells share, one after another.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    fn get(&self, index: &str) -> Option<&str> {
        let index: usize = index.parse().ok()?;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..*self.ends.get(index)?)
    }
}

/// The files of the zip.
struct Archive<'a> {
    zip: ZipSliceArchive<&'a [u8]>,
    files: HashMap<String, File>,
    /// How much may still be unpacked, in bytes.
    left: Shared<usize>,
}

struct File {
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    is_encrypted: bool,
}

/// What a file says of another.
struct Relation {
    /// The last part of its type: `worksheet`.
    kind: String,
    /// Its path.
    target: String,
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Problem> {
        let zip = ZipArchive::from_slice(bytes).map_err(|_| Problem::Damaged)?;
        let mut files = HashMap::new();
        let mut entries = zip.entries();
        while let Some(entry) = entries.next_entry().map_err(|_| Problem::Damaged)? {
            let name = String::from_utf8_lossy(entry.file_path().as_bytes());
            let file = File {
                place: entry.wayfinder(),
                method: entry.compression_method(),
                is_encrypted: entry.flags().is_encrypted(),
            };
            // Programs disagree on which of two files of a name counts.
            if files.insert(part_name(&name), file).is_some() {
                return Err(Problem::Damaged);
            }
        }
        Ok(Archive {
            zip,
            files,
            left: Shared::new(UNPACKED_MB.saturating_mul(1_000_000)),
        })
    }

    /// A file of the zip, if there is one of the name.
    fn part(&self, name: &str) -> Result<Option<Part<'_>>, Problem> {
        let Some(file) = self.files.get(&part_name(name)) else {
            return Ok(None);
        };
        if file.is_encrypted {
            return Err(Problem::Encrypted);
        }
        let entry = self
            .zip
            .get_entry(file.place)
            .map_err(|_| Problem::Damaged)?;
        let unpacked: Box<dyn Read> = if file.method == CompressionMethod::STORE {
            Box::new(entry.verifying_reader(entry.data()))
        } else if file.method == CompressionMethod::DEFLATE {
            Box::new(entry.verifying_reader(DeflateDecoder::new(entry.data())))
        } else {
            return Err(Problem::Damaged);
        };
        let counted = Counted {
            unpacked,
            left: &self.left,
        };
        let mut xml = XmlReader::from_reader(BufReader::new(counted));
        xml.config_mut().expand_empty_elements = true;
        Ok(Some(Part {
            xml,
            left: &self.left,
        }))
    }

    /// The files that a file names, by the ids that it gives them.
    fn relations(&self, of: &str) -> Result<HashMap<String, Relation>, Problem> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let mut relations = HashMap::new();
        let Some(mut part) = self.part(&format!("{folder}/_rels/{name}.rels"))? else {
            return Ok(relations);
        };
        part.read(|event| {
            let Event::Start(start) = event else {
                return Ok(());
            };
            if start.local_name().as_ref() == "Relationship"
                && let Some(id) = attribute(start, "Id")?
                && let Some(target) = attribute(start, "Target")?
            {
                let kind = attribute(start, "Type")?.unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = if target.starts_with('/') {
                    target.into_owned()
                } else {
                    format!("{folder}/{target}")
                };
                relations.insert(id.into_owned(), Relation { kind, target });
            }
            Ok(())
        })?;
        Ok(relations)
    }

    fn strings(&self, name: &str) -> Result<Strings, Problem> {
        let mut strings = Strings::default();
        let Some(mut part) = self.part(name)? else {
            return Ok(strings);
        };
        let (mut is_text, mut is_phonetic) = (false, false);
        part.read(|event| {
            match event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "t" => is_text = !is_phonetic,
                    "rPh" => is_phonetic = true,
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "t" => is_text = false,
                    "rPh" => is_phonetic = false,
                    "si" => strings.ends.push(strings.text.len()),
                    _ => {}
                },
                other => {
                    if is_text {
                        add_text(other, &mut strings.text)?;
                    }
                }
            }
            Ok(())
        })?;
        Ok(strings)
    }
}

/// The path of a file as it is looked up: without `.` and `..`, whatever its case.
fn part_name(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/").to_ascii_lowercase()
}

/// Bytes that are counted while they are unpacked.
struct Counted<'a> {
    unpacked: Box<dyn Read + 'a>,
    left: &'a Shared<usize>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(buffer)?;
        // Once nothing is left, nothing is read any more.
        let left = self.left.get().checked_sub(count);
        self.left.set(left.unwrap_or(0));
        match left {
            Some(_) => Ok(count),
            None => Err(io::ErrorKind::FileTooLarge.into()),
        }
    }
}

/// A file of the zip as XML.
struct Part<'a> {
    xml: XmlReader<BufReader<Counted<'a>>>,
    left: &'a Shared<usize>,
}

impl Part<'_> {
    /// Hands every event of the file to a function, up to its end.
    fn read(
        &mut self,
        mut each: impl FnMut(&Event<'_>) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let mut buffer = Vec::new();
        let mut depth: usize = 0;
        loop {
            buffer.clear();
            let event = match self.xml.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(_) if self.left.get() == 0 => {
                    return Err(Problem::TooLarge {
                        megabytes: UNPACKED_MB,
                        unpacked: true,
                    });
                }
                Err(_) => return Err(Problem::Damaged),
            };
            match event {
                Event::Start(_) => depth = depth.saturating_add(1),
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Eof if depth > 0 => return Err(Problem::Damaged),
                Event::Eof => return Ok(()),
                _ => {}
            }
            each(&event)?;
        }
    }
}

/// The value of an attribute, whatever its prefix.
fn attribute<'a>(start: &'a BytesStart<'_>, name: &str) -> Result<Option<Cow<'a, str>>, Problem> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Problem::Damaged)?;
        if attribute.key.local_name().as_ref() == name {
            let value = match attribute.value {
                Cow::Borrowed(value) => unescape(value),
                Cow::Owned(value) => unescape(&value).map(|value| Cow::Owned(value.into_owned())),
            };
            return value.map(Some).map_err(|_| Problem::Damaged);
        }
    }
    Ok(None)
}

/// Adds the text of an event that has some.
fn add_text(event: &Event<'_>, text: &mut String) -> Result<(), Problem> {
    match event {
        Event::Text(part) => text.push_str(part),
        Event::CData(part) => text.push_str(part),
        Event::GeneralRef(reference) => {
            let name = format!("&{};", reference.as_ref() as &str);
            text.push_str(&unescape(&name).map_err(|_| Problem::Damaged)?);
        }
        _ => {}
    }
    Ok(())
}

/// What the text of a cell is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Number,
    Text,
    /// The number of a shared text.
    Shared,
    /// A text that stands inside the cell.
    Inline,
}

/// The state of reading a sheet.
struct SheetReader<'a> {
    strings: &'a Strings,
    /// How much text the cells may still have, in bytes.
    left: usize,
    table: &'a mut Table,
    row: u32,
    cells: Vec<(u32, Cell)>,
    column: u32,
    kind: Kind,
    text: String,
    is_value: bool,
    is_phonetic: bool,
}

impl SheetReader<'_> {
    fn event(&mut self, event: &Event<'_>) -> Result<(), Problem> {
        match event {
            Event::Start(start) => match start.local_name().as_ref() {
                "row" => {
                    let number = attribute(start, "r")?.and_then(|number| number.parse().ok());
                    let next = self.row.saturating_add(1);
                    self.row = number.unwrap_or(next).max(next);
                    self.column = 0;
                }
                "c" => self.begin_cell(start)?,
                "v" => self.is_value = self.kind != Kind::Inline,
                "t" => self.is_value = self.kind == Kind::Inline && !self.is_phonetic,
                "rPh" => self.is_phonetic = true,
                "mergeCell" => {
                    let cells = attribute(start, "ref")?;
                    let ends = cells.as_deref().and_then(|cells| cells.split_once(':'));
                    if let Some((first, last)) = ends
                        && let (Some((column, first)), Some((_, last))) =
                            (place(first), place(last))
                    {
                        self.table.merge(column, first, last);
                    }
                }
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "v" | "t" => self.is_value = false,
                "rPh" => self.is_phonetic = false,
                "c" => self.end_cell()?,
                "row" => self.table.push(self.row, std::mem::take(&mut self.cells))?,
                _ => {}
            },
            other => {
                if self.is_value {
                    add_text(other, &mut self.text)?;
                }
            }
        }
        Ok(())
    }

    fn begin_cell(&mut self, start: &BytesStart<'_>) -> Result<(), Problem> {
        let at = attribute(start, "r")?;
        if let Some((column, _)) = at.as_deref().and_then(place) {
            self.column = column;
        }
        self.kind = match attribute(start, "t")?.as_deref() {
            None | Some("n") => Kind::Number,
            Some("s") => Kind::Shared,
            Some("inlineStr") => Kind::Inline,
            Some(_) => Kind::Text,
        };
        self.text.clear();
        self.is_value = false;
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Problem> {
        let cell = match self.kind {
            Kind::Number => {
                let number = self.text.trim();
                (!number.is_empty()).then(|| Cell::Number(number.into()))
            }
            Kind::Shared if self.text.is_empty() => None,
            Kind::Shared => {
                let text = self.strings.get(self.text.trim()).ok_or(Problem::Damaged)?;
                cell_of_text(text)
            }
            Kind::Text | Kind::Inline => cell_of_text(&self.text),
        };
        if let Some(cell) = cell {
            let left = self.left.checked_sub(cell.raw().len());
            self.left = left.ok_or(Problem::TooLarge {
                megabytes: UNPACKED_MB,
                unpacked: true,
            })?;
            if self.column >= COLUMNS || self.cells.len() >= COLUMNS as usize {
                return Err(Problem::Damaged);
            }
            self.cells.push((self.column, cell));
        }
        self.column = self.column.saturating_add(1);
        Ok(())
    }
}

/// A cell with a text, in which programs may have written the ends of lines as codes.
fn cell_of_text(text: &str) -> Option<Cell> {
    if text.contains("_x000") {
        let text = text.replace("_x000D_", "\r").replace("_x000A_", "\n");
        return Cell::text(&text);
    }
    Cell::text(text)
}

/// The column, from 0, and the row of a cell: of `B3` 1 and 3.
fn place(cell: &str) -> Option<(u32, u32)> {
    let cell = cell.trim_start_matches('$');
    let letters = cell.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, row) = cell.split_at_checked(letters)?;
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let digit = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')?
            .checked_add(1)?;
        column = column.checked_mul(26)?.checked_add(digit.into())?;
    }
    let row = row.trim_start_matches('$').parse().ok()?;
    Some((column.checked_sub(1)?, row))
}
