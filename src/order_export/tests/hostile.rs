//! Files that aren't what they seem, or that someone has tampered with.

use std::env;
use std::fs;
use std::path::Path;

use super::sample::{delimited, fresh, grid, orders, sheet};
use super::sheet::{Sheet, Written, zip};
use super::{answer_to, answer_with, issues_of};

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/order-export");
    fs::read(folder.join(name)).unwrap()
}

/// The parts of a workbook with this sheet.
fn workbook(sheet: &str) -> Vec<(String, String)> {
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"a\" Type=\"x/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/_rels/workbook.xml.rels",
            relation("worksheet", "sheet.xml"),
        ),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet r:id=\"a\"/></sheets></workbook>".to_owned(),
        ),
        ("xl/sheet.xml", sheet.to_owned()),
    ]
    .map(|(name, text)| (name.to_owned(), text))
    .to_vec()
}

#[test]
fn what_is_no_order_export_says_what_it_is() {
    let compound = |inside: &str| {
        let name = inside.encode_utf16().flat_map(u16::to_le_bytes);
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
            .into_iter()
            .chain([0; 512])
            .chain(name)
            .collect()
    };
    let part = |name: &str| zip(&[(name.to_owned(), "<a/>".to_owned())]);
    let header = "订单编号,单价(元),数量\n";
    let export = fixture("fresh-inline-strings.xlsx");
    let end = export.len();
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "missingColumns"),
        (
            "a picture",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            "notASpreadsheet",
        ),
        ("zeros", vec![0; 1000], "notASpreadsheet"),
        ("prose", "订单编号 is a header".into(), "missingColumns"),
        (
            "a page",
            " <html><table><tr><td>订单编号".into(),
            "otherFormat",
        ),
        (".xls", compound("Workbook"), "otherFormat"),
        ("a password", compound("EncryptedPackage"), "encrypted"),
        ("a document", part("word/document.xml"), "notASpreadsheet"),
        (".ods", part("content.xml"), "otherFormat"),
        ("a cut file", export[..end / 2].to_vec(), "damaged"),
        (
            "a file without an end",
            export[..end - 30].to_vec(),
            "damaged",
        ),
        ("only the beginning", b"PK\x03\x04".to_vec(), "damaged"),
        (
            "another sheet",
            Sheet {
                rows: vec![vec![Written::Inline("a".to_owned())]],
                ..Sheet::default()
            }
            .bytes(),
            "missingColumns",
        ),
        ("no sheet", zip(&workbook("<worksheet/>")[..3]), "damaged"),
        (
            "a sheet without an end",
            zip(&workbook("<worksheet><sheetData><row>")),
            "damaged",
        ),
        (
            "tags that don't fit",
            zip(&workbook("<worksheet><a></b></worksheet>")),
            "damaged",
        ),
        (
            "an entity",
            zip(&workbook(
                "<worksheet><row><c t=\"str\"><v>&a;</v></c></row></worksheet>",
            )),
            "damaged",
        ),
        (
            "a string that isn't there",
            zip(&workbook(
                "<worksheet><row><c t=\"s\"><v>7</v></c></row></worksheet>",
            )),
            "damaged",
        ),
        (
            "a column that isn't there",
            zip(&workbook(
                "<worksheet><row><c r=\"ZZZZ1\"><v>7</v></c></row></worksheet>",
            )),
            "damaged",
        ),
        (
            "a file twice",
            zip(&[workbook("<worksheet/>"), workbook("<worksheet/>")].concat()),
            "damaged",
        ),
        ("too many bytes", vec![b'a'; 60_000_001], "tooLarge"),
        (
            "too many rows",
            format!("{header}{}", "1,1,1\n".repeat(200_001)).into_bytes(),
            "tooManyRows",
        ),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(issues_of(&bytes), [code], "{name}");
        let chinese = answer_with(&bytes, "zh", false)["issues"][0]["message"].to_string();
        assert!(
            chinese.contains('。') || chinese.contains('？'),
            "{name}: {chinese}"
        );
    }
}

#[test]
fn an_encrypted_part_is_told_from_a_damaged_one() {
    let mut bytes = fixture("fresh-inline-strings.xlsx");
    // The flag stands in the header of the part and in the directory.
    for (signature, at) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let starts: Vec<usize> = bytes
            .windows(4)
            .enumerate()
            .filter(|(_, four)| four == signature)
            .map(|(start, _)| start)
            .collect();
        starts.into_iter().for_each(|start| bytes[start + at] |= 1);
    }
    assert_eq!(issues_of(&bytes), ["encrypted"]);
}

#[test]
fn the_missing_headers_are_those_of_the_row_most_like_a_header() {
    let answer = answer_to("导出\n订单编号,货品标题,数量\n1,2,3\n".as_bytes());
    assert_eq!(
        answer["issues"][0]["columns"],
        serde_json::json!(["单价(元)"])
    );
}

#[test]
fn a_bomb_is_not_unpacked() {
    // 210 MB of spaces in 0.9 MB.
    let sheet = format!("<worksheet>{}</worksheet>", " ".repeat(210_000_000));
    let bytes = zip(&workbook(&sheet));
    assert!(bytes.len() < 1_500_000, "{}", bytes.len());
    let answer = answer_to(&bytes);
    assert_eq!(answer["issues"][0]["code"], "tooLarge");
    assert_eq!(answer["issues"][0]["unpacked"], true);
}

#[test]
fn a_directory_that_lies_about_sizes_gains_nothing() {
    let mut bytes = zip(&workbook(&format!(
        "<worksheet>{}</worksheet>",
        " ".repeat(100_000)
    )));
    let directory = bytes
        .windows(4)
        .rposition(|four| four == b"PK\x01\x02")
        .unwrap();
    // What the sheet unpacks to, as the directory says.
    bytes[directory + 24..directory + 28].copy_from_slice(&10u32.to_le_bytes());
    assert_eq!(issues_of(&bytes), ["damaged"]);
}

#[test]
fn a_shared_text_is_counted_each_time() {
    let mut rows = grid(&orders());
    let row = rows[1].clone();
    rows.resize(rows.len() + 4_000, row);
    let long = "长".repeat(20_000);
    let mut sheet = sheet(&rows, fresh);
    let title = Written::Shared(long);
    for row in sheet.rows.iter_mut().skip(1) {
        row[18] = title.clone();
    }
    let xml = sheet.bytes();
    assert_eq!(issues_of(&xml), ["tooLarge"]);
}

#[test]
fn the_limits_themselves_are_legal() {
    let mut text = delimited(&grid(&orders()), ',', "\n");
    text += &"\n".repeat(1_000);
    text += &format!("{}\n", ",".repeat(31)).repeat(300_000);
    let answer = answer_to(text.as_bytes());
    assert_eq!(answer["result"]["orders"].as_array().unwrap().len(), 2);
    let header = "订单编号,单价(元),数量\n1,1,1\n";
    let most = format!("{header}{}", ",1,1\n".repeat(199_999));
    let answer = answer_to(most.as_bytes());
    assert_eq!(
        answer["result"]["orders"][0]["lines"]
            .as_array()
            .unwrap()
            .len(),
        200_000
    );
}

#[test]
fn tampered_files_have_orders_or_issues() {
    let count = if env::var_os("LANDFALL_LONG").is_some() {
        100_000
    } else {
        10_000
    };
    let csv = delimited(&grid(&orders()), ',', "\r\n").into_bytes();
    let parts = workbook(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>订单编号</v></c><c t=\"str\"><v>单价</v></c><c t=\"str\"><v>数量</v></c></row><row r=\"2\"><c><v>1</v></c><c><v>2.5</v></c><c><v>3</v></c></row></sheetData><mergeCells><mergeCell ref=\"B2:C3\"/></mergeCells></worksheet>",
    );
    let originals = [
        fixture("fresh-inline-strings.xlsx"),
        fixture("saved-again-shared-strings.xlsx"),
        csv,
    ];
    let mut random = Random(1);
    let (mut read, mut refused) = (0, 0);
    for round in 0..count {
        let bytes = match round % 5 {
            // Inside the parts, where the zip doesn't notice.
            0 | 1 => {
                let mut parts = parts.clone();
                let part = random.below(parts.len());
                let mut text = parts[part].1.clone().into_bytes();
                random.tamper(&mut text);
                parts[part].1 = String::from_utf8_lossy(&text).into_owned();
                zip(&parts)
            }
            which => {
                let mut bytes = originals[which - 2].clone();
                random.tamper(&mut bytes);
                bytes
            }
        };
        let answer = answer_to(&bytes);
        if answer["result"]["orders"].is_array() {
            read += 1;
        } else {
            assert_eq!(answer["issues"].as_array().unwrap().len(), 1);
            refused += 1;
        }
    }
    assert!(
        read > count / 20 && refused > count / 20,
        "{read} read, {refused} refused"
    );
}

/// Numbers by xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit
    }

    /// Changes, removes, doubles or swaps a few bytes.
    fn tamper(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len());
            let length = self.below(20).min(bytes.len() - at);
            match self.below(6) {
                0 => bytes[at] ^= 1 << self.below(8),
                1 => bytes[at] = u8::try_from(self.below(256)).unwrap(),
                2 => bytes[at] = b"<>&\"=0-9/:;AZ,\n"[self.below(15)],
                3 => drop(bytes.drain(at..at + length)),
                4 => {
                    let copy = bytes[at..at + length].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, copy);
                }
                _ => bytes.truncate(at.max(1)),
            }
            if bytes.is_empty() {
                bytes.push(b'P');
            }
        }
    }
}
