//! Writing `.xlsx` files, as the programs do that 1688 and its buyers use.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// A cell as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    Nothing,
    /// A text inside the cell.
    Inline(String),
    /// A text that cells share.
    Shared(String),
    /// A shared text in parts of different looks, with a reading above it.
    Rich(String),
    /// The text that a formula gave.
    Formula(String),
    Number(String),
}

/// A sheet and its workbook.
#[derive(Clone, Default)]
pub struct Sheet {
    pub rows: Vec<Vec<Written>>,
    /// Merged cells: `S2:S3`.
    pub merges: Vec<String>,
    pub from_1904: bool,
    /// Whether cells say where they are.
    pub without_places: bool,
    /// Sheets that come first, which have a row with a text each.
    pub before: Vec<String>,
}

impl Sheet {
    pub fn bytes(&self) -> Vec<u8> {
        zip(&self.files())
    }

    /// The files of the zip.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut strings = Vec::new();
        let sheet = self.xml(&mut strings);
        let mut files = Vec::new();
        let mut sheets = String::new();
        let mut relations = String::new();
        let first = self.before.iter().map(|text| {
            let cell = format!("<c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
            format!("<worksheet><sheetData><row r=\"1\">{cell}</row></sheetData></worksheet>")
        });
        for (index, xml) in first.chain([sheet]).enumerate() {
            let number = index + 1;
            sheets +=
                &format!(r#"<sheet name="Sheet{number}" sheetId="{number}" r:id="rId{number}"/>"#);
            relations += &format!(
                r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#
            );
            files.push((format!("xl/worksheets/sheet{number}.xml"), xml));
        }
        if !strings.is_empty() {
            relations += r#"<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="/xl/sharedStrings.xml"/>"#;
            let items: String = strings
                .iter()
                .map(|item| format!("<si>{item}</si>"))
                .collect();
            files.push((
                "xl/sharedStrings.xml".to_owned(),
                format!("<sst count=\"1\">{items}</sst>"),
            ));
        }
        let date = if self.from_1904 {
            "<workbookPr date1904=\"1\"/>"
        } else {
            ""
        };
        files.push((
            "xl/workbook.xml".to_owned(),
            format!(r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{date}<sheets>{sheets}</sheets></workbook>"#),
        ));
        files.push((
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships>{relations}</Relationships>"),
        ));
        files.push((
            "_rels/.rels".to_owned(),
            r#"<Relationships><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned(),
        ));
        files
    }

    fn xml(&self, strings: &mut Vec<String>) -> String {
        let mut xml =
            String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet><sheetData>");
        for (row, cells) in (1..).zip(&self.rows) {
            if cells.is_empty() {
                continue;
            }
            xml += &format!("<row r=\"{row}\">");
            for (column, cell) in cells.iter().enumerate() {
                let place = if self.without_places {
                    String::new()
                } else {
                    format!(" r=\"{}{row}\"", letters(column))
                };
                let mut share = |item: String| {
                    strings.push(item);
                    strings.len() - 1
                };
                xml += &match cell {
                    Written::Nothing if self.without_places => "<c/>".to_owned(),
                    Written::Nothing => continue,
                    Written::Inline(text) => {
                        format!(
                            "<c{place} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                            escaped(text)
                        )
                    }
                    Written::Shared(text) => {
                        let index = share(format!("<t>{}</t>", escaped(text)));
                        format!("<c{place} t=\"s\"><v>{index}</v></c>")
                    }
                    Written::Rich(text) => {
                        let half = text
                            .char_indices()
                            .nth(text.chars().count() / 2)
                            .map_or(0, |(at, _)| at);
                        let (first, second) = text.split_at(half);
                        let runs = format!(
                            "<r><rPr><b/></rPr><t>{}</t></r><r><t>{}</t></r><rPh sb=\"0\" eb=\"1\"><t>reading</t></rPh><phoneticPr/>",
                            escaped(first),
                            escaped(second)
                        );
                        let index = share(runs);
                        format!("<c{place} t=\"s\"><v>{index}</v></c>")
                    }
                    Written::Formula(text) => {
                        format!("<c{place} t=\"str\"><f>A1</f><v>{}</v></c>", escaped(text))
                    }
                    Written::Number(number) => format!("<c{place} s=\"1\"><v>{number}</v></c>"),
                };
            }
            xml += "</row>";
        }
        xml += "</sheetData>";
        if !self.merges.is_empty() {
            let merges: String = self
                .merges
                .iter()
                .map(|cells| format!("<mergeCell ref=\"{cells}\"/>"))
                .collect();
            xml += &format!("<mergeCells>{merges}</mergeCells>");
        }
        xml + "</worksheet>"
    }
}

/// The letters of a column, from 0.
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap());
    match column / 26 {
        0 => last.to_string(),
        rest => letters(rest - 1) + &last.to_string(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&#34;")
}

/// Files as a zip that is not compressed.
pub fn stored(files: &[(String, String)]) -> Vec<u8> {
    let mut output = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut output);
    for (name, text) in files {
        let (mut entry, config) = archive.new_file(name.as_str()).start().unwrap();
        let mut writer = config.wrap(&mut entry);
        writer.write_all(text.as_bytes()).unwrap();
        let (_, descriptor) = writer.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    output
}

/// Files as a zip.
pub fn zip(files: &[(String, String)]) -> Vec<u8> {
    let mut output = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut output);
    for (name, text) in files {
        let file = archive
            .new_file(name.as_str())
            .compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
        writer.write_all(text.as_bytes()).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    output
}
