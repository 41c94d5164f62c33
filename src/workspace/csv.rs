//! Tables as CSV: RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read Chinese.

use std::borrow::Cow;

use landfall::money::write_decimal;
use rust_decimal::Decimal;

use crate::record::Kind;
use crate::rows::{Line, Order, Row};
use crate::workspace::Workspace;

/// A cell of a table.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell<'c> {
    /// Nothing.
    Empty,
    /// A text. One that a spreadsheet would take for a formula gets a `'` in front.
    Text(Cow<'c, str>),
    /// A number, also a negative one.
    Number(Decimal),
}

impl<'c> Cell<'c> {
    /// A text.
    pub fn text(text: impl Into<Cow<'c, str>>) -> Cell<'c> {
        Cell::Text(text.into())
    }

    fn written(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) if is_formula(text) => Cow::Owned(format!("'{text}")),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(write_decimal(*number, str::to_owned)),
        }
    }
}

/// Whether a spreadsheet may take a text for a formula. A text that would look like a defused one is
/// defused too, so that taking one `'` away restores what was written.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'])
}

/// The text of a table. The heading is the first row.
pub fn write<'c>(
    heading: impl IntoIterator<Item = Cell<'c>>,
    rows: impl IntoIterator<Item = Vec<Cell<'c>>>,
) -> String {
    let mut text = String::from("\u{feff}");
    for row in [heading.into_iter().collect()].into_iter().chain(rows) {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            let cell = cell.written();
            match cell.contains(['"', ',', '\r', '\n']) {
                true => text.extend(["\"", &*cell.replace('"', "\"\""), "\""]),
                false => text.push_str(&cell),
            }
        }
        text.push_str("\r\n");
    }
    text
}

/// The columns of the PO log, by their names in JSON; those from `itemCode` on are of a line.
pub const ORDER_COLUMNS: [&str; 20] = [
    "number",
    "orderId",
    "supplierName",
    "status",
    "createdAt",
    "paidAt",
    "expectedDelivery",
    "trackingNumber",
    "staff",
    "goodsCny",
    "freightCny",
    "adjustmentCny",
    "paidCny",
    "notes",
    "itemCode",
    "title",
    "unitPriceCny",
    "quantity",
    "unit",
    "offerId",
];

/// The PO log as a table, a row a line of an order. The amounts and notes of an order stand on its
/// first row only, so that columns add up. `name` gives a column its name in the reader's language.
pub fn orders(workspace: &Workspace, name: impl Fn(&'static str) -> String) -> String {
    let heading = ORDER_COLUMNS.iter().map(|column| Cell::text(name(column)));
    let orders = workspace.list(Kind::Order).filter_map(|entry| entry.row());
    let rows = orders.flat_map(|row| {
        let Row::Order(order) = row else {
            return Vec::new();
        };
        let lines = order.lines.iter().enumerate().skip(1);
        let rest = lines.map(|(_, line)| order_row(order, Some(line), false));
        let first = order_row(order, order.lines.first(), true);
        std::iter::once(first).chain(rest).collect()
    });
    write(heading, rows)
}

fn order_row<'o>(order: &'o Order, line: Option<&'o Line>, is_first: bool) -> Vec<Cell<'o>> {
    let text = |text: Option<&'o str>| text.map_or(Cell::Empty, Cell::text);
    let number = |number: Option<Decimal>| number.map_or(Cell::Empty, Cell::Number);
    let once = |cell| if is_first { cell } else { Cell::Empty };
    let day = order
        .expected_delivery
        .map(|day| Cell::text(day.to_string()));
    vec![
        text(order.number.as_deref()),
        text(order.source.as_ref().map(|source| &*source.order_id)),
        text(Some(&order.supplier_name)),
        text(order.status.as_deref()),
        text(order.created_at.as_ref().map(|at| &*at.0)),
        text(order.paid_at.as_ref().map(|at| &*at.0)),
        day.unwrap_or(Cell::Empty),
        text(order.tracking_number.as_deref()),
        text(order.staff.as_deref()),
        once(number(order.goods.map(|it| it.0))),
        once(number(order.freight.map(|it| it.0))),
        once(number(order.adjustment.map(|it| it.0))),
        once(number(order.paid.map(|it| it.0))),
        once(text(order.notes.as_deref())),
        text(line.and_then(|line| line.item_code.as_deref())),
        text(line.and_then(|line| line.title.as_deref())),
        number(line.map(|line| line.unit_price.0)),
        number(line.map(|line| line.quantity.0)),
        text(line.and_then(|line| line.unit.as_deref())),
        text(line.and_then(|line| line.offer_id.as_deref())),
    ]
}
