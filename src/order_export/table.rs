//! A sheet as rows of cells: what its header row says of its columns, and the cells of those that are known.

use crate::issue::{Problem, ROWS};

/// A column of the export.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Field {
    OrderId,
    Supplier,
    SupplierMember,
    Goods,
    Freight,
    Adjustment,
    Paid,
    Status,
    CreatedAt,
    PaidAt,
    Consignee,
    Address,
    Postcode,
    Phone,
    Mobile,
    TrackingNumber,
    Title,
    UnitPrice,
    Quantity,
    Unit,
    ItemCode,
    OfferId,
    SkuId,
}

/// The columns without which nothing is read.
pub const REQUIRED: [Field; 3] = [Field::OrderId, Field::UnitPrice, Field::Quantity];

/// The columns that a sheet can have.
pub const COLUMNS: u32 = 16_384;

/// How many rows are looked at for the header.
const TITLE_ROWS: usize = 100;

/// The columns with their other headers, without what is in brackets. Those in the export of 1688 are
/// `Field::header`.
const NAMES: [(Field, &[&str]); 23] = [
    (Field::OrderId, &["订单编号", "订单号", "订单id"]),
    (
        Field::Supplier,
        &["卖家公司名", "卖家公司", "供应商", "供应商名称"],
    ),
    (Field::SupplierMember, &["卖家会员名", "卖家会员", "卖家"]),
    (
        Field::Goods,
        &["货品总价", "货品总额", "商品总价", "货品金额"],
    ),
    (Field::Freight, &["运费"]),
    (
        Field::Adjustment,
        &["涨价或折扣", "涨价或降价", "涨价/折扣", "订单改价"],
    ),
    (Field::Paid, &["实付款", "实付金额", "实付"]),
    (Field::Status, &["订单状态", "交易状态"]),
    (Field::CreatedAt, &["订单创建时间", "下单时间", "创建时间"]),
    (Field::PaidAt, &["订单付款时间", "付款时间", "支付时间"]),
    (Field::Consignee, &["收货人姓名", "收货人"]),
    (Field::Address, &["收货地址"]),
    (Field::Postcode, &["邮编"]),
    (Field::Phone, &["联系电话"]),
    (Field::Mobile, &["联系手机"]),
    (
        Field::TrackingNumber,
        &["运单号", "运单编号", "物流单号", "快递单号"],
    ),
    (
        Field::Title,
        &["货品标题", "商品标题", "货品名称", "商品名称"],
    ),
    (Field::UnitPrice, &["单价"]),
    (Field::Quantity, &["数量"]),
    (Field::Unit, &["单位"]),
    (Field::ItemCode, &["货号"]),
    (Field::OfferId, &["offerid"]),
    (Field::SkuId, &["skuid"]),
];

impl Field {
    /// The header in the export of 1688.
    pub const fn header(self) -> &'static str {
        match self {
            Field::OrderId => "订单编号",
            Field::Supplier => "卖家公司名",
            Field::SupplierMember => "卖家会员名",
            Field::Goods => "货品总价(元)",
            Field::Freight => "运费(元)",
            Field::Adjustment => "涨价或折扣(元)",
            Field::Paid => "实付款(元)",
            Field::Status => "订单状态",
            Field::CreatedAt => "订单创建时间",
            Field::PaidAt => "订单付款时间",
            Field::Consignee => "收货人姓名",
            Field::Address => "收货地址",
            Field::Postcode => "邮编",
            Field::Phone => "联系电话",
            Field::Mobile => "联系手机",
            Field::TrackingNumber => "运单号",
            Field::Title => "货品标题",
            Field::UnitPrice => "单价(元)",
            Field::Quantity => "数量",
            Field::Unit => "单位",
            Field::ItemCode => "货号",
            Field::OfferId => "Offer ID",
            Field::SkuId => "SKU ID",
        }
    }

    /// Whether it says something of a line, not of the order.
    pub fn is_of_line(self) -> bool {
        self >= Field::Title
    }

    /// Whether it is personal data of who receives the goods.
    fn is_personal(self) -> bool {
        (Field::Consignee..=Field::Mobile).contains(&self)
    }

    /// The column with a header, however that is written.
    fn of_header(header: &str) -> Option<Field> {
        let name = plain(header);
        let name = match name.split_once('(') {
            Some((name, "元)" | "¥)" | "￥)" | "rmb)" | "cny)" | "人民币)")) => name,
            _ => name.as_str(),
        };
        let named = NAMES.iter().find(|(_, names)| names.contains(&name));
        named.map(|(field, _)| *field)
    }
}

/// A text without white space, in half-width and lower case, as headers are compared.
fn plain(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_blank(*c));
    visible
        .map(half_width)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Whether a character shows nothing.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}'..='\u{200d}' | '\0')
}

/// The ASCII character that a full-width one stands for.
pub fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => u32::from(character)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(character),
        other => other,
    }
}

/// What a cell has.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// A text, without white space around it; not empty.
    Text(Box<str>),
    /// A number as a spreadsheet writes it: `61.99`, `2.5E-2`.
    Number(Box<str>),
}

impl Cell {
    /// A cell with a text; none where it shows nothing.
    pub fn text(text: &str) -> Option<Cell> {
        let text = text.trim_matches(is_blank);
        (!text.is_empty()).then(|| Cell::Text(text.into()))
    }

    /// What it has, as it stands in the file.
    pub fn raw(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Number(text) => text,
        }
    }
}

/// A row with what it has in known columns.
#[derive(Debug)]
pub struct Row {
    /// Its number, as a spreadsheet shows it.
    pub number: u32,
    cells: Vec<(Field, Cell)>,
}

impl Row {
    /// What it has in a column itself.
    pub fn own(&self, field: Field) -> Option<&Cell> {
        let own = self.cells.iter().find(|(of, _)| *of == field);
        own.map(|(_, cell)| cell)
    }

    /// Everything that it has itself.
    pub fn cells(&self) -> impl Iterator<Item = (Field, &Cell)> {
        self.cells.iter().map(|(field, cell)| (*field, cell))
    }
}

/// Cells of one column that are shown as one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Merge {
    field: Field,
    first: u32,
    last: u32,
}

/// A sheet, filled row by row.
pub struct Table {
    /// Whether days are counted from 1904.
    pub from_1904: bool,
    with_consignee: bool,
    columns: Vec<(u32, Field)>,
    looked_at: usize,
    nearest: Vec<Field>,
    rows: Vec<Row>,
    merges: Vec<Merge>,
}

impl Table {
    /// An empty table, which keeps personal data of the consignee or doesn't.
    pub fn new(from_1904: bool, with_consignee: bool) -> Table {
        Table {
            from_1904,
            with_consignee,
            columns: Vec::new(),
            looked_at: 0,
            nearest: Vec::new(),
            rows: Vec::new(),
            merges: Vec::new(),
        }
    }

    /// Adds a row; each cell comes with the number of its column, from 0. Columns that aren't known are left
    /// out, and rows without anything, totals, and further headers.
    pub fn push(&mut self, number: u32, cells: Vec<(u32, Cell)>) -> Result<(), Problem> {
        if self.columns.is_empty() {
            self.look_for_header(&cells);
            return Ok(());
        }
        if self.is_no_order(&cells) {
            return Ok(());
        }
        let known = cells
            .into_iter()
            .filter_map(|(column, cell)| Some((self.field(column)?, cell)));
        let row = Row {
            number,
            cells: known.collect(),
        };
        if row.cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() >= ROWS {
            return Err(Problem::TooManyRows { maximum: ROWS });
        }
        self.rows.push(row);
        Ok(())
    }

    /// Adds cells of a column that are shown as one.
    pub fn merge(&mut self, column: u32, first: u32, last: u32) {
        let field = self.field(column).filter(|field| field.is_of_line());
        if let Some(field) = field
            && first < last
        {
            self.merges.push(Merge { field, first, last });
        }
    }

    /// The rows, if there was a header; otherwise the headers that the row most like one lacks.
    pub fn finish(mut self) -> Result<Rows, Vec<Field>> {
        if self.columns.is_empty() {
            let nearest = self.nearest;
            return Err(REQUIRED
                .into_iter()
                .filter(|field| !nearest.contains(field))
                .collect());
        }
        self.merges.sort_unstable();
        Ok(Rows {
            from_1904: self.from_1904,
            with_consignee: self.with_consignee,
            fields: self.columns.iter().map(|(_, field)| *field).collect(),
            rows: self.rows,
            merges: self.merges,
        })
    }

    /// Whether a row sums up others, or is the header once more.
    fn is_no_order(&self, cells: &[(u32, Cell)]) -> bool {
        let is_id = |(column, _): &&(u32, Cell)| self.field(*column) == Some(Field::OrderId);
        match cells.iter().find(is_id) {
            Some((_, id)) if id.raw().contains(|c| half_width(c).is_ascii_digit()) => false,
            Some((_, id)) if Field::of_header(id.raw()) == Some(Field::OrderId) => true,
            Some(_) | None => cells.iter().any(|(_, cell)| is_total(cell)),
        }
    }

    fn field(&self, column: u32) -> Option<Field> {
        let found = self.columns.iter().find(|(of, _)| *of == column);
        found.map(|(_, field)| *field)
    }

    fn look_for_header(&mut self, cells: &[(u32, Cell)]) {
        if self.looked_at >= TITLE_ROWS || cells.is_empty() {
            return;
        }
        self.looked_at = self.looked_at.saturating_add(1);
        let mut columns: Vec<(u32, Field)> = Vec::new();
        for (column, cell) in cells {
            if let Some(field) = Field::of_header(cell.raw())
                && !columns.iter().any(|(_, known)| *known == field)
            {
                columns.push((*column, field));
            }
        }
        let found: Vec<Field> = columns.iter().map(|(_, field)| *field).collect();
        if REQUIRED.iter().all(|field| found.contains(field)) {
            columns.retain(|(_, field)| self.with_consignee || !field.is_personal());
            self.columns = columns;
        } else if found.len() > self.nearest.len() {
            self.nearest = found;
        }
    }
}

/// Whether a cell says that its row sums up others.
fn is_total(cell: &Cell) -> bool {
    const WORDS: [&str; 10] = [
        "合计",
        "总计",
        "小计",
        "共计",
        "汇总",
        "合計",
        "總計",
        "total",
        "grandtotal",
        "subtotal",
    ];
    match cell {
        Cell::Text(text) if text.len() < 40 => WORDS.contains(&plain(text).trim_end_matches(':')),
        Cell::Text(_) | Cell::Number(_) => false,
    }
}

/// The rows below a header.
pub struct Rows {
    /// Whether days are counted from 1904.
    pub from_1904: bool,
    /// Whether personal data of the consignee was kept.
    pub with_consignee: bool,
    /// The columns that there are.
    pub fields: Vec<Field>,
    /// The rows, by number.
    pub rows: Vec<Row>,
    merges: Vec<Merge>,
}

impl Rows {
    /// What a row has in a column of its line: itself, or from the first of merged cells.
    pub fn cell<'a>(&'a self, row: &'a Row, field: Field) -> Option<&'a Cell> {
        row.own(field).or_else(|| self.merged(row.number, field))
    }

    fn merged(&self, number: u32, field: Field) -> Option<&Cell> {
        let after = self
            .merges
            .partition_point(|merge| (merge.field, merge.first) <= (field, number));
        let merge = self.merges.get(after.checked_sub(1)?)?;
        let covers = merge.field == field && (merge.first..=merge.last).contains(&number);
        let first = self
            .rows
            .binary_search_by_key(&merge.first, |row| row.number);
        self.rows.get(first.ok()?)?.own(field).filter(|_| covers)
    }
}
