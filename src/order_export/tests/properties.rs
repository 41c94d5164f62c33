//! What holds for any orders.

use proptest::prelude::*;

use super::assert_orders;
use super::sample::{Line, Order, delimited, expected, fresh, grid, merges, sheet};
use super::sheet::{Sheet, Written};

/// Any text of a title that is one cell: not white space around it, not a number that reads differently.
fn title() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "[a-z]",
        "[0-9]",
        Just("杯".to_owned()),
        Just("<&>'\"".to_owned()),
        Just(" ".to_owned()),
        Just(",;\n".to_owned())
    ];
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| format!("品{}x", pieces.concat()))
}

fn line() -> impl Strategy<Value = Line> {
    (
        title(),
        0..1_000_000_i64,
        1..100_000_i64,
        prop::option::of("[A-Z]{2}-[0-9]{1,4}"),
        "[1-9][0-9]{11}[1-9]",
    )
        .prop_map(|(title, price, quantity, code, sku)| Line {
            title,
            price,
            quantity,
            code,
            sku,
        })
}

fn order() -> impl Strategy<Value = Order> {
    let date = (
        2010..2030_u32,
        1..13_u32,
        1..29_u32,
        0..24_u32,
        0..60_u32,
        0..60_u32,
    )
        .prop_map(|(year, month, day, hour, minute, second)| {
            format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        });
    (
        "[1-9][0-9]{17}[1-9]",
        prop::sample::select(vec!["义乌市晨光日用品有限公司", "A & B <厂>"]),
        (0..100_000_i64, -10_000..10_000_i64),
        prop::sample::select(vec!["交易成功", "退款中", "待收货"]),
        date.clone(),
        prop::option::of(date),
        prop::option::of("SF[0-9]{13}"),
        prop::collection::vec(line(), 1..6),
    )
        .prop_map(
            |(id, supplier, (freight, adjustment), status, created, paid, tracking, lines)| Order {
                id,
                supplier,
                freight,
                adjustment,
                status,
                created,
                paid,
                tracking,
                lines,
            },
        )
}

/// Texts that look like numbers or dates, more or less.
fn numberlike() -> impl Strategy<Value = String> {
    let digits = "[0-9]{1,30}";
    prop_oneof![
        "-?[0-9]{0,30}[.]?[0-9]{0,30}([eE][-+]?[0-9]{0,12})?",
        "[-+.,0-9eE/: 年月日T￥元]{1,40}",
        digits.prop_map(|digits| format!("{digits}e-{digits}")),
        "[0-9]{1,6}([.][0-9]{1,20})?",
    ]
}

proptest! {
    #[test]
    fn nothing_that_looks_like_a_number_is_too_much(text in numberlike(), column in 0..32_usize, is_text: bool) {
        let order = super::sample::orders();
        let write = |at: usize, cell: &str| match (at == column && cell != super::sample::HEADERS[at], is_text) {
            (true, true) => Written::Inline(text.clone()),
            (true, false) => Written::Number(text.clone()),
            (false, _) => fresh(at, cell),
        };
        let answer = super::answer_to(&sheet(&grid(&order), write).bytes());
        prop_assert!(answer["result"]["orders"].is_array(), "{answer}");
    }

    #[test]
    fn they_read_back_however_they_are_written(
        mut orders in prop::collection::vec(order(), 0..8),
        kind in 0..8_usize,
        places: bool,
        order in Just((0..32).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        orders.sort_by(|a, b| a.id.cmp(&b.id));
        orders.dedup_by(|a, b| a.id == b.id);
        let rows = grid(&orders);
        let shuffled = rows.iter().map(|row| order.iter().map(|column| row[*column].clone()).collect()).collect();
        let as_sheet = |write: fn(usize, &str) -> Written| {
            Sheet { merges: merges(&rows), without_places: !places, ..sheet(&rows, write) }.bytes()
        };
        let bytes = match kind {
            0 => as_sheet(fresh),
            1 => as_sheet(|_, text| Written::Shared(text.to_owned())),
            2 => as_sheet(|_, text| Written::Rich(text.to_owned())),
            3 => as_sheet(|column, text| match fresh(column, text) {
                Written::Number(number) => Written::Number(format!("{:e}", number.parse::<f64>().unwrap())),
                other => other,
            }),
            4 => sheet(&shuffled, |_, text| Written::Inline(text.to_owned())).bytes(),
            5 => delimited(&rows, ',', "\r\n").into_bytes(),
            6 => delimited(&shuffled, '\t', "\n").into_bytes(),
            _ => {
                let text = delimited(&rows, ',', "\n");
                encoding_rs::GB18030.encode(&text).0.into_owned()
            }
        };
        assert_orders("written", &bytes, &expected(&orders));
    }
}
