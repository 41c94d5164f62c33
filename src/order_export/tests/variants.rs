//! The same orders, however a program writes them.

use encoding_rs::GB18030;
use serde_json::json;

use super::sample::{
    DATES, Grid, delimited, expected, fresh, grid, is_of_line, merges, orders, sheet,
};
use super::sheet::{Sheet, Written, stored, zip};
use super::{answer_to, answer_with, assert_orders};

/// A file whose rows are the sample, changed.
fn changed(change: impl FnOnce(&mut Grid)) -> Vec<u8> {
    let mut rows = grid(&orders());
    change(&mut rows);
    sheet(&rows, fresh).bytes()
}

#[test]
fn however_its_cells_are_written() {
    let rows = grid(&orders());
    let kinds: [(&str, fn(String) -> Written); 4] = [
        ("inline", Written::Inline),
        ("shared", Written::Shared),
        ("rich", Written::Rich),
        ("formulas", Written::Formula),
    ];
    for (name, kind) in kinds {
        let all = sheet(&rows, |_, text| kind(text.to_owned()));
        assert_orders(name, &all.bytes(), &expected(&orders()));
        let numbers = |column, text: &str| match fresh(column, text) {
            Written::Inline(text) => kind(text),
            number => number,
        };
        let mut sheet = Sheet {
            merges: merges(&rows),
            ..sheet(&rows, numbers)
        };
        assert_orders(name, &sheet.bytes(), &expected(&orders()));
        sheet.without_places = true;
        assert_orders(name, &sheet.bytes(), &expected(&orders()));
    }
}

#[test]
fn however_its_files_are_written() {
    type File = (String, String);
    let kinds: [(&str, fn(File) -> File); 6] = [
        ("a mark in front", |(name, text)| {
            (name, format!("\u{feff}{text}"))
        }),
        ("indented", |(name, text)| {
            (
                name,
                text.replace("><c ", ">\n  <c ")
                    .replace("><row", ">\r\n <row"),
            )
        }),
        ("prefixed", |(name, text)| {
            let prefixed = text
                .replace("</", "<~")
                .replace('<', "<x:")
                .replace("<x:~", "</x:");
            (name, prefixed.replace("<x:?xml", "<?xml"))
        }),
        ("single quotes and comments", |(name, text)| {
            (
                name,
                text.replace('"', "'")
                    .replace("</row>", "<!-- <c> --></row><?x?>"),
            )
        }),
        ("names as Windows writes them", |(name, text)| {
            (name.replace('/', "\\"), text)
        }),
        ("names in capitals", |(name, text)| {
            (name.to_uppercase(), text)
        }),
    ];
    let rows = grid(&orders());
    let sheet = sheet(&rows, |_, text| Written::Shared(text.to_owned()));
    assert_orders("stored", &stored(&sheet.files()), &expected(&orders()));
    for (name, kind) in kinds {
        let files: Vec<File> = sheet.files().into_iter().map(kind).collect();
        assert_orders(name, &zip(&files), &expected(&orders()));
    }
}

#[test]
fn however_its_amounts_are_written() {
    let kinds: [(&str, fn(&str) -> Written); 8] = [
        ("with noise of counting in binary", |text| {
            let noise = if text.contains('.') {
                "0000000000001"
            } else {
                ""
            };
            Written::Number(format!("{text}{noise}"))
        }),
        ("as programs write floats", |text| {
            Written::Number(format!("{:e}", text.parse::<f64>().unwrap()).to_uppercase())
        }),
        ("with a currency", |text| {
            Written::Inline(format!("￥{text}"))
        }),
        ("with the other currency", |text| {
            Written::Inline(format!(" ¥ {text} 元"))
        }),
        ("with the sign first", |text| {
            Written::Inline(format!("{text}元").replace('-', "-￥"))
        }),
        ("full-width", |text| {
            let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap();
            Written::Inline(text.chars().map(wide).collect())
        }),
        ("with thousands", |text| {
            let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
            let at = whole.len().saturating_sub(3);
            let grouped = match whole.split_at(at) {
                ("" | "-", _) => whole.to_owned(),
                (first, last) => format!("{first},{last}"),
            };
            let point = if text.contains('.') { "." } else { "" };
            Written::Inline(format!("{grouped}{point}{rest}"))
        }),
        ("with a true minus", |text| {
            Written::Shared(text.replace('-', "−"))
        }),
    ];
    let rows = grid(&orders());
    for (name, kind) in kinds {
        let write = |column, text: &str| match fresh(column, text) {
            Written::Number(number) => kind(&number),
            other => other,
        };
        assert_orders(name, &sheet(&rows, write).bytes(), &expected(&orders()));
    }
}

#[test]
fn however_its_dates_are_written() {
    let kinds: [(&str, fn(&str) -> String); 5] = [
        ("slashes", |text| text.replace('-', "/")),
        ("no zeros in front", |text| {
            text.replace("-10-01 09", "/10/1 9")
        }),
        ("ISO", |text| text.replace(' ', "T")),
        ("milliseconds", |text| format!("{text}.000")),
        ("in Chinese", |text| {
            let (date, time) = text.split_once(' ').unwrap();
            let parts: Vec<&str> = date.split('-').chain(time.split(':')).collect();
            format!(
                "{}年{}月{}日 {}时{}分{}秒",
                parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]
            )
        }),
    ];
    for (name, kind) in kinds {
        let bytes = changed(|rows| {
            for row in rows.iter_mut().skip(1) {
                for column in DATES {
                    if !row[column].is_empty() {
                        row[column] = kind(&row[column]);
                    }
                }
            }
        });
        assert_orders(name, &bytes, &expected(&orders()));
    }
}

#[test]
fn its_dates_may_be_numbers_of_days() {
    let of = |text: &str, from_1904: bool| {
        let (day, time) = text.split_once(' ').unwrap();
        let day: f64 = day.rsplit('-').next().unwrap().parse().unwrap();
        let time: Vec<f64> = time.split(':').map(|part| part.parse().unwrap()).collect();
        // 30 September 2026.
        let start = if from_1904 { 44833.0 } else { 46295.0 };
        let seconds = time[0] * 3600.0 + time[1] * 60.0 + time[2];
        Written::Number((start + day + seconds / 86_400.0).to_string())
    };
    for from_1904 in [false, true] {
        let write = |column, text: &str| {
            if DATES.contains(&column) && text.starts_with("2026") {
                of(text, from_1904)
            } else {
                fresh(column, text)
            }
        };
        let sheet = Sheet {
            from_1904,
            ..sheet(&grid(&orders()), write)
        };
        assert_orders("days", &sheet.bytes(), &expected(&orders()));
    }
}

#[test]
fn its_dates_may_leave_out_the_time() {
    let answer = answer_to(&changed(|rows| {
        rows[1][10] = "2026/10/1 9:17".to_owned();
        rows[1][11] = "2026-10-02".to_owned();
        rows[4][11] = "-".to_owned();
    }));
    let orders = &answer["result"]["orders"];
    assert_eq!(orders[0]["createdAt"], "2026-10-01 09:17:00");
    assert_eq!(orders[0]["paidAt"], "2026-10-02 00:00:00");
    assert_eq!(orders[1]["paidAt"], json!(null));
    assert_eq!(answer["result"]["issues"], json!([]));
}

#[test]
fn however_its_header_is_written() {
    let kinds: [(&str, fn(&str) -> String); 6] = [
        ("white space", |header| format!(" \u{3000}{header}\u{a0}\n")),
        ("line breaks", |header| {
            header.replace('(', "\r\n(").replace("编号", "编\n号")
        }),
        ("full-width brackets", |header| {
            header.replace('(', "（").replace(')', "）")
        }),
        ("full-width letters", |header| {
            header.replace("ID", "ＩＤ").replace("Offer", "Ｏｆｆｅｒ")
        }),
        ("without the currency", |header| header.replace("(元)", "")),
        ("codes of line breaks", |header| {
            header.replace('(', "_x000D_(")
        }),
    ];
    for (name, kind) in kinds {
        let bytes = changed(|rows| rows[0].iter_mut().for_each(|header| *header = kind(header)));
        assert_orders(name, &bytes, &expected(&orders()));
    }
    let others = [
        ("订单编号", "订单号"),
        ("订单创建时间", "下单时间"),
        ("订单付款时间", "付款时间"),
        ("买家留言", "买家备注"),
        ("货品标题", "商品名称"),
        ("运单号", "物流单号"),
        ("实付款(元)", "实付金额（元）"),
    ];
    let bytes = changed(|rows| {
        for header in &mut rows[0] {
            if let Some((_, other)) = others.iter().find(|(name, _)| header == name) {
                (*other).clone_into(header);
            }
        }
    });
    assert_orders("other names", &bytes, &expected(&orders()));
}

#[test]
fn wherever_its_columns_are() {
    let reversed = changed(|rows| rows.iter_mut().for_each(|row| row.reverse()));
    assert_orders("reversed", &reversed, &expected(&orders()));
    let further = changed(|rows| {
        for (index, row) in rows.iter_mut().enumerate() {
            row.insert(
                0,
                if index == 0 {
                    "序号".to_owned()
                } else {
                    index.to_string()
                },
            );
            row.insert(20, "x".to_owned());
        }
    });
    assert_orders("further columns", &further, &expected(&orders()));
}

#[test]
fn columns_that_are_missing_are_null() {
    let answer = answer_to(&changed(|rows| {
        rows.iter_mut()
            .for_each(|row| *row = [0, 19, 20].map(|column| row[column].clone()).to_vec());
    }));
    assert_eq!(answer["result"]["issues"], json!([]));
    assert_eq!(
        answer["result"]["orders"][1],
        json!({
            "orderId": "2797773786140856037", "supplier": null, "goodsCny": null, "freightCny": null,
            "adjustmentCny": null, "paidCny": null, "status": null, "createdAt": null, "paidAt": null,
            "trackingNumber": null,
            "lines": [{
                "title": null, "unitPriceCny": "80.94", "quantity": 360, "unit": null, "itemCode": null,
                "offerId": null, "skuId": null,
            }],
        }),
    );
}

#[test]
fn whatever_stands_around_its_rows() {
    let empty = || vec![String::new(); 32];
    let with = |column: usize, text: &str| {
        let mut row = empty();
        text.clone_into(&mut row[column]);
        row
    };
    let title = changed(|rows| {
        rows.insert(0, with(0, "1688 订单导出"));
        rows.insert(1, with(3, "2026-10"));
        rows.insert(2, empty());
    });
    assert_orders("a title", &title, &expected(&orders()));
    let gaps = changed(|rows| {
        rows.insert(1, empty());
        rows.insert(3, empty());
        rows.push(empty());
    });
    assert_orders("empty rows", &gaps, &expected(&orders()));
    let again = changed(|rows| {
        let header = rows[0].clone();
        rows.insert(4, header);
    });
    assert_orders("the header once more", &again, &expected(&orders()));
    for (word, column) in [("合计", 0), ("总计：", 3), (" 合 计 ", 18), ("Total:", 1)] {
        let totals = changed(|rows| {
            let mut row = with(column, word);
            "91240.10".clone_into(&mut row[5]);
            "1405".clone_into(&mut row[20]);
            rows.push(row);
        });
        assert_orders(word, &totals, &expected(&orders()));
    }
    let sheets = Sheet {
        before: vec!["说明".to_owned(), "订单编号".to_owned()],
        ..sheet(&grid(&orders()), fresh)
    };
    assert_orders("sheets before", &sheets.bytes(), &expected(&orders()));
}

#[test]
fn orders_may_be_written_on_every_row() {
    let bytes = changed(|rows| {
        for index in 2..rows.len() {
            for column in (0..32).filter(|column| !is_of_line(*column)) {
                if rows[index][0].is_empty() || column > 0 && rows[index][0] == rows[index - 1][0] {
                    rows[index][column] = rows[index - 1][column].clone();
                }
            }
        }
    });
    assert_orders("filled", &bytes, &expected(&orders()));
}

#[test]
fn merged_cells_of_lines_have_their_value_on_every_row() {
    let mut orders = orders();
    orders[0].lines[1].title = orders[0].lines[0].title.clone();
    orders[0].lines[1].price = orders[0].lines[0].price;
    let mut rows = grid(&orders);
    for column in [18, 19, 21, 24] {
        rows[2][column].clear();
    }
    let mut merged = merges(&rows);
    merged.extend(["S2:S3", "T2:T3", "V2:V3", "Y2:Z3", "A2:A5"].map(str::to_owned));
    let file = Sheet {
        merges: merged,
        ..sheet(&rows, fresh)
    };
    assert_orders("merged", &file.bytes(), &expected(&orders));
}

#[test]
fn a_discount_without_its_sign_is_one() {
    let bytes = changed(|rows| rows[1][7] = "5.00".to_owned());
    assert_orders("sign", &bytes, &expected(&orders()));
}

#[test]
fn quantities_may_have_decimals() {
    let answer = answer_to(&changed(|rows| {
        rows[4][20] = "360.50".to_owned();
        rows[4][5] = "29178.87".to_owned();
        rows[4][8] = "29178.87".to_owned();
    }));
    assert_eq!(answer["result"]["issues"], json!([]));
    assert_eq!(
        answer["result"]["orders"][1]["lines"][0]["quantity"],
        "360.5"
    );
}

#[test]
fn as_text() {
    let rows = grid(&orders());
    let expected = expected(&orders());
    let csv = delimited(&rows, ',', "\r\n");
    let kinds = [
        ("CSV", csv.clone().into_bytes()),
        ("CSV with a mark", format!("\u{feff}{csv}").into_bytes()),
        ("CSV of Unix", delimited(&rows, ',', "\n").into_bytes()),
        ("semicolons", delimited(&rows, ';', "\r\n").into_bytes()),
        ("tabs", delimited(&rows, '\t', "\r\n").into_bytes()),
        (
            "tabs, without an end",
            delimited(&rows, '\t', "\n")
                .trim_end_matches('\n')
                .to_owned()
                .into_bytes(),
        ),
        ("GB18030", GB18030.encode(&csv).0.into_owned()),
        (
            "UTF-16",
            [0xff, 0xfe]
                .into_iter()
                .chain(
                    delimited(&rows, '\t', "\r\n")
                        .encode_utf16()
                        .flat_map(u16::to_le_bytes),
                )
                .collect(),
        ),
        (
            "UTF-16, the other way",
            [0xfe, 0xff]
                .into_iter()
                .chain(csv.encode_utf16().flat_map(u16::to_be_bytes))
                .collect(),
        ),
    ];
    for (name, bytes) in kinds {
        assert_orders(name, &bytes, &expected);
    }
    for mark in ["=\"{}\"", "'{}", "{}\t", "\u{feff}{}"] {
        let mut rows = rows.clone();
        for row in rows.iter_mut().skip(1) {
            for column in [0, 24, 25] {
                if !row[column].is_empty() {
                    row[column] = mark.replace("{}", &row[column]);
                }
            }
        }
        assert_orders(mark, delimited(&rows, ',', "\r\n").as_bytes(), &expected);
    }
    let everything_quoted: String = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|text| format!("\"{}\"", text.replace('"', "\"\"")))
                .collect::<Vec<_>>()
                .join(",")
                + "\n"
        })
        .collect();
    assert_orders("quoted", everything_quoted.as_bytes(), &expected);
    let marked = format!("\u{feff}{everything_quoted}");
    assert_orders("quoted, with a mark", marked.as_bytes(), &expected);
}

#[test]
fn the_consignee_is_read_only_where_asked_for() {
    let bytes = changed(|_| {});
    let text = answer_to(&bytes).to_string();
    for personal in ["收货人甲", "示例路", "322000", "13800000000"] {
        assert!(!text.contains(personal), "{personal}");
    }
    assert_eq!(
        answer_with(&bytes, "en", true)["result"]["orders"][0]["consignee"],
        json!({
            "name": "收货人甲", "address": "浙江省 金华市 义乌市 示例路1号", "postcode": "322000", "phone": null,
            "mobile": "13800000000",
        }),
    );
}

#[test]
fn the_seller_may_only_have_a_member_name() {
    let answer = answer_to(&changed(|rows| rows[1][3].clear()));
    assert_eq!(answer["result"]["orders"][0]["supplier"], "seller_demo");
}

#[test]
fn numbers_of_articles_may_be_numbers() {
    let rows = grid(&orders());
    let write = |column, text: &str| match column {
        24 | 25 if text.parse::<f64>().is_ok() => Written::Number(text.to_owned()),
        _ => fresh(column, text),
    };
    assert_orders(
        "numbers",
        &sheet(&rows, write).bytes(),
        &expected(&orders()),
    );
}
