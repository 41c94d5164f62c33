//! Tables as CSV: RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read Chinese.

use std::borrow::Cow;

use chrono::NaiveDate;
use landfall::check::Named;
use landfall::finding::Outcome;
use landfall::landed_cost::Component;
use landfall::money::write_decimal;
use landfall::order::Verdict;
use rust_decimal::Decimal;

use crate::decisions::Decisions;
use crate::record::{Key, Kind};
use crate::rows::{Decision, Finding, Line, Order, Row, Stage};
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

/// The columns of the PO log, by their names in JSON; the landed cost by component is in the home currency,
/// and the columns from `itemCode` on are of a line.
const ORDER_COLUMNS: [&str; 43] = [
    "number",
    "orderId",
    "supplierName",
    "status",
    "stage",
    "createdAt",
    "paidAt",
    "expectedDelivery",
    "trackingNumber",
    "staff",
    "productLink",
    "priceScreenshot",
    "goodsCny",
    "freightCny",
    "adjustmentCny",
    "paidCny",
    "cnyPerUnit",
    "asOf",
    "currency",
    "landedTotal",
    "goods",
    "domesticShipping",
    "packaging",
    "inspection",
    "agentFee",
    "paymentFee",
    "internationalShipping",
    "insurance",
    "importDuty",
    "vat",
    "destination",
    "defects",
    "verdict",
    "findings",
    "decisions",
    "policyVersion",
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
    let decisions = Decisions::all(workspace);
    let rows = workspace.list(Kind::Order).flat_map(|entry| {
        let Some(Row::Order(order)) = entry.row() else {
            return Vec::new();
        };
        let of_order = decisions.on(entry.record().key().id());
        let lines = order.lines.iter().enumerate().skip(1);
        let rest = lines.map(|(_, line)| order_row(order, &[], Some(line), false));
        let first = order_row(order, of_order, order.lines.first(), true);
        std::iter::once(first).chain(rest).collect()
    });
    write(heading, rows)
}

fn order_row<'o>(
    order: &'o Order,
    decisions: &[(&Key, &'o Decision)],
    line: Option<&'o Line>,
    is_first: bool,
) -> Vec<Cell<'o>> {
    let text = |text: Option<&'o str>| text.map_or(Cell::Empty, Cell::text);
    let number = |number: Option<Decimal>| number.map_or(Cell::Empty, Cell::Number);
    let day = |day: Option<NaiveDate>| {
        let day = day.map(|day| Cell::text(day.to_string()));
        day.unwrap_or(Cell::Empty)
    };
    let rate = order.exchange_rate.as_ref();
    let landed = order.landed_cost.as_ref();
    let mut row = vec![
        text(order.number.as_deref()),
        text(order.source.as_ref().map(|source| &*source.order_id)),
        text(Some(&order.supplier_name)),
        text(order.status.as_deref()),
        text(order.stage.map(Stage::name)),
        text(order.created_at.as_ref().map(|at| &*at.0)),
        text(order.paid_at.as_ref().map(|at| &*at.0)),
        day(order.expected_delivery),
        text(order.tracking_number.as_deref()),
        text(order.staff.as_deref()),
        text(order.product_link.as_deref()),
        text(order.price_screenshot.as_deref()),
    ];
    let mut once = vec![
        number(order.goods.map(|it| it.0)),
        number(order.freight.map(|it| it.0)),
        number(order.adjustment.map(|it| it.0)),
        number(order.paid.map(|it| it.0)),
        number(rate.map(|rate| rate.cny_per_unit.0)),
        day(rate.map(|rate| rate.as_of)),
        text(landed.map(|cost| &*cost.currency)),
        number(landed.map(|cost| cost.total.0)),
    ];
    for component in Component::ALL {
        let amounts = landed.map(|cost| &cost.components.0);
        let mut amounts = amounts.into_iter().flatten();
        let amount = amounts.find(|(name, _)| **name == *component.name());
        once.push(number(amount.map(|(_, amount)| amount.0)));
    }
    once.extend([
        text(order.verdict().map(Verdict::name)),
        joined(order.findings.iter().map(bite)),
        joined(
            decisions
                .iter()
                .map(|(_, decision)| Some(decided(decision))),
        ),
        number(order.policy_version.map(Decimal::from)),
        text(order.notes.as_deref()),
    ]);
    row.extend(once.into_iter().map(|cell| match is_first {
        true => cell,
        false => Cell::Empty,
    }));
    row.extend([
        text(line.and_then(|line| line.item_code.as_deref())),
        text(line.and_then(|line| line.title.as_deref())),
        number(line.map(|line| line.unit_price.0)),
        number(line.map(|line| line.quantity.0)),
        text(line.and_then(|line| line.unit.as_deref())),
        text(line.and_then(|line| line.offer_id.as_deref())),
    ]);
    row
}

fn joined<'c>(parts: impl Iterator<Item = Option<String>>) -> Cell<'c> {
    let parts: Vec<String> = parts.flatten().collect();
    match parts.is_empty() {
        true => Cell::Empty,
        false => Cell::text(parts.join("; ")),
    }
}

/// A finding that isn't a pass, in codes: `hardStop price-increase MUG`.
fn bite(finding: &Finding) -> Option<String> {
    let subject = finding.subject.as_deref().unwrap_or_default();
    let text = format!("{} {} {subject}", finding.outcome.name(), finding.rule);
    (finding.outcome != Outcome::Pass).then(|| text.trim_end().to_owned())
}

/// A decision: what on which rule, by whom and when, why.
fn decided(decision: &Decision) -> String {
    let Decision {
        rule,
        outcome,
        by,
        at,
        ..
    } = decision;
    let mut text = format!("{} {rule}, {by}, {}", outcome.name(), at.0);
    for part in [&decision.reason, &decision.condition]
        .into_iter()
        .flatten()
    {
        text.extend([": ", part]);
    }
    text
}
