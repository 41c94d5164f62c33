//! What is worth a second look, with its place.

use serde_json::{Value, json};

use super::sample::{Grid, NUMBERS, delimited, expected, fresh, grid, orders, sheet};
use super::sheet::Written;
use super::{answer_to, answer_with, issues_of};

/// The sample with a change, as a file.
fn changed(change: impl FnOnce(&mut Grid)) -> Vec<u8> {
    let mut rows = grid(&orders());
    change(&mut rows);
    sheet(&rows, fresh).bytes()
}

/// A change of one cell.
fn with(row: usize, column: usize, text: &str) -> Vec<u8> {
    changed(|rows| text.clone_into(&mut rows[row - 1][column]))
}

#[test]
fn each_has_its_place() {
    let cases: &[(&str, Vec<u8>, &[&str])] = &[
        ("no price", with(3, 19, ""), &["rows[3].单价(元) missing"]),
        ("no quantity", with(5, 20, "-"), &["rows[5].数量 missing"]),
        (
            "no goods",
            with(2, 5, ""),
            &["rows[2].货品总价(元) missing"],
        ),
        (
            "not a price",
            with(2, 19, "面议"),
            &["rows[2].单价(元) notANumber"],
        ),
        (
            "two points",
            with(2, 6, "8.0.0"),
            &[
                "rows[2].运费(元) notANumber",
                "rows[2].实付款(元) paidDiffers",
            ],
        ),
        (
            "groups that aren't",
            with(5, 19, "80,94"),
            &["rows[5].单价(元) notANumber"],
        ),
        (
            "not a date",
            with(2, 10, "昨天"),
            &["rows[2].订单创建时间 notADate"],
        ),
        (
            "not in the calendar",
            with(2, 10, "2026-02-29 10:00:00"),
            &["rows[2].订单创建时间 notADate"],
        ),
        (
            "another zone",
            with(2, 10, "2026-10-01T09:17:11Z"),
            &["rows[2].订单创建时间 notADate"],
        ),
        (
            "paid too little",
            with(2, 8, "1.00"),
            &["rows[2].实付款(元) paidDiffers"],
        ),
        (
            "another discount",
            with(2, 7, "-5.01"),
            &["rows[2].实付款(元) paidDiffers"],
        ),
        (
            "another price",
            with(3, 19, "58.06"),
            &["rows[2].货品总价(元) goodsDiffer"],
        ),
        (
            "a discount not taken off",
            with(3, 20, "1021"),
            &["rows[2].货品总价(元) goodsDiffer"],
        ),
        (
            "cut id",
            with(2, 0, "2.29122E+18"),
            &["rows[2].订单编号 digitsLost"],
        ),
        (
            "ids filled with zeros",
            changed(|rows| {
                for row in [1, 4] {
                    rows[row][0].replace_range(15.., "0000");
                }
            }),
            &["rows[2].订单编号 digitsLost", "rows[5].订单编号 digitsLost"],
        ),
        (
            "one id that ends in zeros",
            with(2, 0, "2291220293718640000"),
            &[],
        ),
        (
            "cut offer",
            with(2, 24, "6.6293E+11"),
            &["rows[2].Offer ID digitsLost"],
        ),
        (
            "another tracking number",
            with(3, 31, "SF1"),
            &["rows[3].运单号 differs"],
        ),
        (
            "nothing above",
            changed(|rows| rows[1][0].clear()),
            &[
                "rows[2] noOrderAbove",
                "rows[3] noOrderAbove",
                "rows[4] noOrderAbove",
            ],
        ),
        (
            "a note",
            changed(|rows| rows.push(vec!["导出时间：2026-10-30".to_owned()])),
            &["rows[6] notAnOrder"],
        ),
        (
            "a sum without a word",
            changed(|rows| {
                let mut row = vec![String::new(); 32];
                "91240.10".clone_into(&mut row[5]);
                "1405".clone_into(&mut row[20]);
                rows.push(row);
            }),
            &["rows[6] notAnOrder"],
        ),
        (
            "an order without an article",
            changed(|rows| {
                let mut row = rows[4].clone();
                "2797773786140856038".clone_into(&mut row[0]);
                row[18..28].iter_mut().for_each(String::clear);
                rows.push(row);
            }),
            &["rows[6] noArticle"],
        ),
        (
            "twice",
            changed(|rows| {
                let again = rows[1..4].to_vec();
                rows.extend(again);
            }),
            &["rows[6].订单编号 duplicate"],
        ),
        (
            "twice at once",
            changed(|rows| {
                let again = rows[4].clone();
                rows.push(again);
            }),
            &["rows[6].订单编号 duplicate"],
        ),
    ];
    for (name, bytes, issues) in cases {
        assert_eq!(issues_of(bytes), *issues, "{name}");
    }
}

#[test]
fn no_order_is_left_out_for_one() {
    for (row, column) in (2..=5).flat_map(|row| (1..32).map(move |column| (row, column))) {
        for text in [
            "",
            "?",
            "0",
            "1e400",
            "-1",
            "9999999999999999999999999999",
            "合计",
            "2026-13-01",
        ] {
            let answer = answer_to(&with(row, column, text));
            let orders = answer["result"]["orders"].as_array().unwrap();
            let ids: Vec<_> = orders.iter().map(|order| &order["orderId"]).collect();
            assert_eq!(
                ids,
                ["2291220293718641770", "2797773786140856037"],
                "{row} {column} {text}"
            );
            let lines: Vec<usize> = orders
                .iter()
                .map(|order| order["lines"].as_array().unwrap().len())
                .collect();
            // A row of nothing but “合计” and what is below an order is taken for a sum.
            if text != "合计" {
                assert_eq!(lines, [3, 1], "{row} {column} {text}");
            }
        }
    }
}

#[test]
fn what_does_not_add_up_says_by_how_much() {
    let issue = |bytes: &[u8]| answer_to(bytes)["result"]["issues"][0].clone();
    let paid = issue(&with(2, 8, "60432.50"));
    assert_eq!(
        (&paid["sum"], &paid["paid"]),
        (&json!("60455.30"), &json!("60432.50"))
    );
    assert_eq!(
        paid["message"],
        "Goods, freight and adjustment add up to 60455.30, but 60432.50 was paid. Look at the order on 1688.",
    );
    let goods = issue(&with(5, 20, "361"));
    assert_eq!(
        (&goods["sum"], &goods["goods"]),
        (&json!("29219.34"), &json!("29138.40"))
    );
}

#[test]
fn numbers_of_orders_lose_digits_as_numbers() {
    for number in [
        "2291220293718641770",
        "2.29122029371864E+18",
        "2291220293718640000.0",
    ] {
        let write = |column, text: &str| match column {
            0 if text.starts_with("22") => Written::Number(number.to_owned()),
            _ => fresh(column, text),
        };
        let bytes = sheet(&grid(&orders()), write).bytes();
        assert_eq!(
            issues_of(&bytes),
            ["rows[2].订单编号 digitsLost"],
            "{number}"
        );
        let id = answer_to(&bytes)["result"]["orders"][0]["orderId"].clone();
        assert!(id.as_str().unwrap().starts_with("229122029371864"), "{id}");
        assert_eq!(id.as_str().unwrap().len(), 19, "{id}");
    }
}

#[test]
fn both_of_two_orders_with_a_number_are_there() {
    let bytes = changed(|rows| {
        let again = rows[4].clone();
        rows.insert(1, again);
    });
    let mut twice = expected(&orders());
    let orders = twice.as_array_mut().unwrap();
    orders.insert(0, orders[1].clone());
    let answer = answer_to(&bytes);
    assert_eq!(answer["result"]["orders"], twice);
    assert_eq!(answer["result"]["issues"][0]["row"], 2);
}

#[test]
fn they_are_told_in_chinese() {
    let answer = answer_with(&with(3, 19, "面议"), "zh-CN", false);
    let issue = &answer["result"]["issues"][0];
    assert_eq!(issue["message"], "“面议”不是数字，应当像 1234.50。");
}

#[test]
fn every_sentence_is_one_in_both_languages() {
    let mut rows = grid(&orders());
    for row in rows.iter_mut().skip(1) {
        for column in NUMBERS {
            "?".clone_into(&mut row[column]);
        }
    }
    let bytes = sheet(&rows, fresh).bytes();
    let messages = |locale: &str| -> Vec<Value> {
        let answer = answer_with(&bytes, locale, false);
        let issues = answer["result"]["issues"].as_array().unwrap();
        issues
            .iter()
            .map(|issue| issue["message"].clone())
            .collect()
    };
    let (english, chinese) = (messages("en"), messages("zh"));
    assert!(
        english
            .iter()
            .all(|message| message.as_str().unwrap().ends_with('.'))
    );
    assert!(
        chinese
            .iter()
            .all(|message| message.as_str().unwrap().ends_with('。'))
    );
}

#[test]
fn only_so_many_are_listed() {
    let mut rows = grid(&orders());
    for _ in 0..10_050 {
        let mut row = vec![String::new(); 32];
        "?".clone_into(&mut row[20]);
        rows.push(row);
    }
    let answer = answer_to(delimited(&rows, ',', "\n").as_bytes());
    let issues = answer["result"]["issues"].as_array().unwrap();
    assert_eq!(issues.len(), 10_001);
    assert_eq!(issues[10_000]["code"], "moreIssues");
    assert_eq!(issues[10_000]["further"], 50);
}
