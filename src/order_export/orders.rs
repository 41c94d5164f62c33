//! Rows as orders. A row with an order number begins an order; the rows below it without one, or with the
//! same, are its further lines.

use std::collections::HashMap;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::issue::{ISSUES, Issue, Problem, shortened};
use crate::table::{Cell, Field, Row, Rows};
use crate::values::{self, Amount, Quantity};

/// An order of the export. What a file doesn't say is `None`.
#[derive(PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The number of the order, text of digits.
    pub order_id: String,
    /// The seller's company, or else their member name.
    pub supplier: Option<String>,
    /// The goods.
    pub goods_cny: Option<Amount>,
    /// Freight inside China.
    pub freight_cny: Option<Amount>,
    /// What the seller added; less than zero is a discount.
    pub adjustment_cny: Option<Amount>,
    /// What the buyer paid.
    pub paid_cny: Option<Amount>,
    /// The status, as 1688 calls it.
    pub status: Option<String>,
    /// When it was ordered, in China's time.
    pub created_at: Option<String>,
    /// When it was paid.
    pub paid_at: Option<String>,
    /// The number of the parcel.
    pub tracking_number: Option<String>,
    /// Who receives it, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consignee: Option<Consignee>,
    /// What was ordered.
    pub lines: Vec<Line>,
}

/// Who receives an order: personal data.
#[derive(PartialEq, Debug, Serialize)]
pub struct Consignee {
    pub name: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
}

/// An article of an order.
#[derive(PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// What it is called.
    pub title: Option<String>,
    /// Price of a unit.
    pub unit_price_cny: Option<Amount>,
    /// How many units.
    pub quantity: Option<Quantity>,
    /// What a unit is called.
    pub unit: Option<String>,
    /// The seller's code of the article.
    pub item_code: Option<String>,
    /// 1688's number of the offer.
    pub offer_id: Option<String>,
    /// 1688's number of the variant.
    pub sku_id: Option<String>,
}

/// What a file has: orders, and what is worth a second look.
#[derive(Debug, Serialize)]
pub struct Orders {
    /// The orders as they stand in the file.
    pub orders: Vec<Order>,
    /// What is wrong with them.
    pub issues: Vec<Issue>,
}

/// The orders of a sheet.
pub fn orders(rows: &Rows) -> Orders {
    let ids = rows.rows.iter().filter_map(|row| row.own(Field::OrderId));
    let mut reader = Reader {
        rows,
        are_ids_cut: values::are_cut(ids),
        orders: Vec::new(),
        current: None,
        first_rows: HashMap::new(),
        issues: Vec::new(),
        further_issues: 0,
    };
    for row in &rows.rows {
        reader.row(row);
    }
    reader.end_order();
    if reader.further_issues > 0 {
        let further = reader.further_issues;
        let issue = Issue::of_file(Problem::MoreIssues { further });
        reader.issues.push(issue);
    }
    Orders {
        orders: reader.orders,
        issues: reader.issues,
    }
}

struct Reader<'a> {
    rows: &'a Rows,
    /// Whether the numbers of orders have lost their last digits, as those of all orders show.
    are_ids_cut: bool,
    orders: Vec<Order>,
    current: Option<Current<'a>>,
    first_rows: HashMap<String, u32>,
    issues: Vec<Issue>,
    further_issues: usize,
}

/// The order whose rows are being read.
struct Current<'a> {
    first: &'a Row,
    order: Order,
    /// What its lines are worth, as long as all of them are known.
    worth: Option<Decimal>,
}

impl<'a> Reader<'a> {
    fn row(&mut self, row: &'a Row) {
        const ARTICLE: [Field; 5] = [
            Field::Title,
            Field::UnitPrice,
            Field::ItemCode,
            Field::OfferId,
            Field::SkuId,
        ];
        let has_article = ARTICLE.iter().any(|field| row.own(*field).is_some());
        match row.own(Field::OrderId).map(values::id) {
            Some(id) if self.goes_on(row, &id.text) => self.further_row(row, has_article),
            Some(id) => {
                let is_note =
                    row.cells().count() == 1 && !id.text.bytes().all(|b| b.is_ascii_digit());
                if is_note {
                    self.issue(row, None, Problem::NotAnOrder);
                } else {
                    self.first_row(row, id, has_article);
                }
            }
            None if !has_article => self.issue(row, None, Problem::NotAnOrder),
            None if self.current.is_none() => self.issue(row, None, Problem::NoOrderAbove),
            None => self.further_row(row, has_article),
        }
    }

    /// Whether a row with an order number is a further row of the order above. It is that order again if the
    /// lines so far are all of it and begin with the same one.
    fn goes_on(&self, row: &Row, id: &str) -> bool {
        let Some(current) = &self.current else {
            return false;
        };
        let is_complete = current
            .order
            .goods_cny
            .is_some_and(|goods| current.worth == Some(goods.0));
        let line = |row: &Row| -> Vec<(Field, Cell)> {
            let of_line = row.cells().filter(|(field, _)| field.is_of_line());
            of_line.map(|(field, cell)| (field, cell.clone())).collect()
        };
        current.order.order_id == id && !(is_complete && line(row) == line(current.first))
    }

    fn first_row(&mut self, row: &'a Row, mut id: values::Id, has_article: bool) {
        self.end_order();
        id.is_cut |= self.are_ids_cut;
        self.check_id(row, Field::OrderId, &id);
        match self.first_rows.get(&id.text) {
            Some(&first) => {
                let problem = Problem::Duplicate { row: first };
                self.issue(row, Some(Field::OrderId), problem);
            }
            None => {
                self.first_rows.insert(id.text.clone(), row.number);
            }
        }
        let supplier = self.text(row, Field::Supplier);
        let order = Order {
            order_id: id.text,
            supplier: supplier.or_else(|| self.text(row, Field::SupplierMember)),
            goods_cny: self.amount(row, Field::Goods, true),
            freight_cny: self.amount(row, Field::Freight, false),
            adjustment_cny: self.amount(row, Field::Adjustment, false),
            paid_cny: self.amount(row, Field::Paid, true),
            status: self.text(row, Field::Status),
            created_at: self.date(row, Field::CreatedAt),
            paid_at: self.date(row, Field::PaidAt),
            tracking_number: self.id(row, Field::TrackingNumber),
            consignee: self.rows.with_consignee.then(|| Consignee {
                name: self.text(row, Field::Consignee),
                address: self.text(row, Field::Address),
                postcode: self.text(row, Field::Postcode),
                phone: self.text(row, Field::Phone),
                mobile: self.text(row, Field::Mobile),
            }),
            lines: Vec::new(),
        };
        self.current = Some(Current {
            first: row,
            order,
            worth: Some(Decimal::ZERO),
        });
        if has_article {
            self.line(row);
        }
    }

    fn further_row(&mut self, row: &'a Row, has_article: bool) {
        if let Some(current) = &self.current {
            let first = current.first;
            for (field, cell) in row.cells().filter(|(field, _)| !field.is_of_line()) {
                let kept = first.own(field).map_or("", Cell::raw);
                if cell.raw() != kept {
                    let (found, kept) = (shortened(cell.raw()), shortened(kept));
                    self.issue(row, Some(field), Problem::Differs { found, kept });
                }
            }
        }
        if has_article {
            self.line(row);
        }
    }

    fn line(&mut self, row: &'a Row) {
        let line = Line {
            title: self.text(row, Field::Title),
            unit_price_cny: self.amount(row, Field::UnitPrice, true),
            quantity: self.number(row, Field::Quantity, true).map(Quantity),
            unit: self.text(row, Field::Unit),
            item_code: self.text(row, Field::ItemCode),
            offer_id: self.id(row, Field::OfferId),
            sku_id: self.id(row, Field::SkuId),
        };
        if let Some(current) = &mut self.current {
            current.worth = current.worth.and_then(|worth| {
                let (price, quantity) = (line.unit_price_cny?.0, line.quantity?.0);
                worth.checked_add(price.checked_mul(quantity)?)
            });
            current.order.lines.push(line);
        }
    }

    /// Checks the order whose rows have been read, and keeps it.
    fn end_order(&mut self) {
        let Some(mut current) = self.current.take() else {
            return;
        };
        let (first, order) = (current.first, &mut current.order);
        if let Some(paid) = order.paid_cny
            && let Some(sum) = sum_of(order)
            && sum != paid.0
        {
            match negated(order).filter(|turned| sum_of_parts(order, turned.0) == Some(paid.0)) {
                // Some programs write a discount without its sign.
                Some(turned) => order.adjustment_cny = Some(turned),
                None => {
                    let (sum, paid) = (Amount(sum).to_string(), paid.to_string());
                    self.issue(first, Some(Field::Paid), Problem::PaidDiffers { sum, paid });
                }
            }
        }
        if current.order.lines.is_empty() {
            self.issue(first, None, Problem::NoArticle);
        } else if let (Some(goods), Some(worth)) = (current.order.goods_cny, current.worth) {
            let to_cents = |amount: Decimal| {
                amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
            };
            if to_cents(worth) != to_cents(goods.0) {
                let (sum, goods) = (Amount(worth).to_string(), goods.to_string());
                self.issue(
                    first,
                    Some(Field::Goods),
                    Problem::GoodsDiffer { sum, goods },
                );
            }
        }
        self.orders.push(current.order);
    }

    fn cell(&self, row: &'a Row, field: Field) -> Option<&'a Cell> {
        if field.is_of_line() {
            self.rows.cell(row, field)
        } else {
            row.own(field)
        }
    }

    fn text(&self, row: &'a Row, field: Field) -> Option<String> {
        self.cell(row, field).map(values::text)
    }

    fn id(&mut self, row: &'a Row, field: Field) -> Option<String> {
        let id = values::id(self.cell(row, field)?);
        self.check_id(row, field, &id);
        Some(id.text)
    }

    fn check_id(&mut self, row: &Row, field: Field, id: &values::Id) {
        if id.is_cut {
            let found = shortened(&id.text);
            self.issue(row, Some(field), Problem::DigitsLost { found });
        }
    }

    fn amount(&mut self, row: &'a Row, field: Field, is_needed: bool) -> Option<Amount> {
        self.number(row, field, is_needed).map(Amount)
    }

    /// The number of a cell; an issue where it isn't one, or where one that is needed isn't there though the
    /// file has the column.
    fn number(&mut self, row: &'a Row, field: Field, is_needed: bool) -> Option<Decimal> {
        let cell = self.cell(row, field).filter(|cell| !values::is_dash(cell));
        let Some(cell) = cell else {
            if is_needed && self.rows.fields.contains(&field) {
                self.issue(row, Some(field), Problem::Missing);
            }
            return None;
        };
        let number = values::number(cell);
        if number.is_none() {
            let found = shortened(cell.raw());
            self.issue(row, Some(field), Problem::NotANumber { found });
        }
        number
    }

    fn date(&mut self, row: &'a Row, field: Field) -> Option<String> {
        let cell = self
            .cell(row, field)
            .filter(|cell| !values::is_dash(cell))?;
        let date = values::date(cell, self.rows.from_1904);
        if date.is_none() {
            let found = shortened(cell.raw());
            self.issue(row, Some(field), Problem::NotADate { found });
        }
        date
    }

    fn issue(&mut self, row: &Row, field: Option<Field>, problem: Problem) {
        if self.issues.len() < ISSUES {
            self.issues.push(Issue::of_row(row.number, field, problem));
        } else {
            self.further_issues = self.further_issues.saturating_add(1);
        }
    }
}

/// Goods, freight and adjustment together; freight or adjustment that isn't given is none.
fn sum_of(order: &Order) -> Option<Decimal> {
    let adjustment = order
        .adjustment_cny
        .map_or(Decimal::ZERO, |amount| amount.0);
    sum_of_parts(order, adjustment)
}

fn sum_of_parts(order: &Order, adjustment: Decimal) -> Option<Decimal> {
    let freight = order.freight_cny.map_or(Decimal::ZERO, |amount| amount.0);
    let sum = order.goods_cny?.0.checked_add(freight)?;
    sum.checked_add(adjustment)
}

/// The adjustment with the other sign.
fn negated(order: &Order) -> Option<Amount> {
    let adjustment = order.adjustment_cny?.0;
    Decimal::ZERO.checked_sub(adjustment).map(Amount)
}
