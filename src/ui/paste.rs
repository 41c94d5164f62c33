//! Rows pasted from a spreadsheet, as lines of an order.
//!
//! Cells are separated by tabs, else by semicolons or commas. A header says which column is what,
//! in English or Chinese; without one the order is SKU, price, quantity, weight. A figure that can
//! be read is written as requests have it; any other stays as it was pasted, so that its field
//! shows it and asks.

use std::borrow::Cow;

use landfall::json::Json;
use landfall_words::Locale;

use crate::reading::{Kind, Reading, Refusal, plain, read};
use crate::say::say;

/// How many lines an order has at most.
pub const MAX_LINES: usize = 10_000;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// The article's code.
    Sku,
    /// The article in words.
    Description,
    /// The price of one unit in CNY.
    Price,
    /// How many units are ordered.
    Quantity,
    /// The weight of one unit in kg.
    Weight,
    /// How many units a carton holds.
    CartonUnits,
    /// A carton's length in cm.
    Length,
    /// A carton's width in cm.
    Width,
    /// A carton's height in cm.
    Height,
    /// All three in one cell: `52*36*28`.
    Size,
    /// The gross weight of a carton in kg.
    GrossWeight,
    /// The rate of duty.
    Duty,
    /// The share of units that are expected to be defective.
    Defects,
}

/// What was pasted.
#[derive(Clone, PartialEq, Debug)]
pub struct Pasted {
    /// What each column holds; nothing where its header isn't known.
    pub columns: Vec<Option<Column>>,
    /// Whether a header said so.
    pub has_header: bool,
    /// The lines, in the order of their rows.
    pub lines: Vec<PastedLine>,
    /// The rows that are no lines, without empty ones.
    pub skipped: Vec<Skipped>,
}

/// A row as a line of an order.
#[derive(Clone, PartialEq, Debug)]
pub struct PastedLine {
    /// The row's number in what was pasted, from 1.
    pub row: usize,
    /// An object with the fields of a request's line; every figure is a text, also counts.
    pub line: Json<'static>,
}

/// A row that is no line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// The row's number in what was pasted, from 1.
    pub row: usize,
    /// Why it is none.
    pub why: Why,
}

/// Why a row is no line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It stands above the header.
    AboveHeader,
    /// It is the header once more.
    Header,
    /// It adds up other rows.
    Sum,
    /// It has more cells than there are columns: a comma inside a figure, most likely.
    ExtraCells { cells: usize, columns: usize },
    /// This row and those below it, so many in all, are more than an order can have.
    TooMany { rows: usize },
}

/// What a column is called.
pub fn column_name(locale: Locale, column: Column) -> &'static str {
    match column {
        Column::Sku => say(locale, "SKU", "货号"),
        Column::Description => say(locale, "Description", "名称"),
        Column::Price => say(locale, "Price, CNY", "单价（元）"),
        Column::Quantity => say(locale, "Quantity", "数量"),
        Column::Weight => say(locale, "Unit weight, kg", "单重（kg）"),
        Column::CartonUnits => say(locale, "Units per carton", "每箱数量"),
        Column::Length => say(locale, "Carton length, cm", "箱长（cm）"),
        Column::Width => say(locale, "Carton width, cm", "箱宽（cm）"),
        Column::Height => say(locale, "Carton height, cm", "箱高（cm）"),
        Column::Size => say(locale, "Carton L × W × H, cm", "箱长×宽×高（cm）"),
        Column::GrossWeight => say(locale, "Carton gross weight, kg", "每箱毛重（kg）"),
        Column::Duty => say(locale, "Duty, %", "关税（%）"),
        Column::Defects => say(locale, "Defects, %", "次品率（%）"),
    }
}

/// Which row was left out, why, and what to do where something is to be done.
pub fn skipped(locale: Locale, skipped: &Skipped) -> String {
    let row = skipped.row;
    let why = match &skipped.why {
        Why::AboveHeader => say(locale, "above the header", "在表头之上"),
        Why::Header => say(locale, "the header once more", "重复的表头"),
        Why::Sum => say(locale, "a sum of other rows", "合计行"),
        Why::ExtraCells { cells, columns } => {
            return match locale {
                Locale::En => format!(
                    "Row {row} left out: {cells} cells for {columns} columns. Put figures with a comma in quotes, or paste from the spreadsheet itself."
                ),
                Locale::Zh => format!(
                    "第 {row} 行未导入：{cells} 个单元格，只有 {columns} 列。带逗号的数字请加引号，或直接从表格复制。"
                ),
            };
        }
        Why::TooMany { rows } => {
            return match locale {
                Locale::En => format!(
                    "{rows} rows from row {row} on left out: an order has at most {MAX_LINES} lines. Split it into several."
                ),
                Locale::Zh => format!(
                    "从第 {row} 行起的 {rows} 行未导入：一个订单最多 {MAX_LINES} 行。请拆成几份。"
                ),
            };
        }
    };
    match locale {
        Locale::En => format!("Row {row} left out: {why}."),
        Locale::Zh => format!("第 {row} 行未导入：{why}。"),
    }
}

/// Reads what was pasted.
pub fn pasted(text: &str, locale: Locale) -> Pasted {
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let rows: Vec<Row<'_>> = (1..)
        .zip(rows(text, separator))
        .map(|(number, cells)| Row { number, cells })
        .filter(|row| row.cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    let header = header(&rows);
    let columns = match &header {
        Some((_, headings)) => headings.clone(),
        None => usual(&rows, separator),
    };
    let start = header.as_ref().map_or(0, |(index, _)| *index);
    let mut lines = Vec::new();
    let mut skipped = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let row_number = row.number;
        let filled = row.cells.iter().rposition(|cell| !cell.is_empty());
        let cells = filled.map_or(0, |last| last.saturating_add(1));
        let why = if header.is_some() && index == start {
            continue;
        } else if index < start {
            Why::AboveHeader
        } else if header.is_some() && headings(&row.cells) == columns {
            Why::Header
        } else if is_sum(&row.cells) {
            Why::Sum
        } else if separator == ',' && cells > columns.len() {
            let columns = columns.len();
            Why::ExtraCells { cells, columns }
        } else if lines.len() == MAX_LINES {
            let rows = rows.len().saturating_sub(index);
            let why = Why::TooMany { rows };
            skipped.push(Skipped {
                row: row_number,
                why,
            });
            break;
        } else {
            lines.push(PastedLine {
                row: row_number,
                line: line(row, &columns, locale),
            });
            continue;
        };
        skipped.push(Skipped {
            row: row_number,
            why,
        });
    }
    Pasted {
        columns: columns
            .iter()
            .map(|heading| heading.map(|h| h.column))
            .collect(),
        has_header: header.is_some(),
        lines,
        skipped,
    }
}

/// A row that isn't empty.
struct Row<'t> {
    number: usize,
    cells: Vec<Cow<'t, str>>,
}

/// What separates cells. Commas do, unless every row is one figure with thousands.
fn separator(text: &str) -> char {
    if text.contains('\t') {
        return '\t';
    }
    let mut widths = rows(text, ';')
        .filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
        .take(10)
        .map(|cells| cells.len());
    if let Some(width @ 2..) = widths.next()
        && widths.all(|other| other == width)
    {
        return ';';
    }
    let is_figure = |line: &str| {
        let reading = read(line, Kind::Money, Locale::En);
        matches!(reading, Reading::Blank | Reading::Read(_))
    };
    let mut lines = text.lines().skip_while(|line| !line.contains(','));
    if lines.all(is_figure) { '\t' } else { ',' }
}

/// The rows of a text, each with its cells without spaces around them.
fn rows(text: &str, separator: char) -> impl Iterator<Item = Vec<Cow<'_, str>>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let (cell, after) = cell(rest, separator);
            cells.push(cell);
            let Some(next) = after.strip_prefix(separator) else {
                let after = after.strip_prefix('\r').unwrap_or(after);
                rest = after.strip_prefix('\n').unwrap_or(after);
                return Some(cells);
            };
            rest = next;
        }
    })
}

/// A cell and what follows it.
fn cell(text: &str, separator: char) -> (Cow<'_, str>, &str) {
    let ends = |c: char| c == separator || c == '\r' || c == '\n';
    let text = text.trim_start_matches(' ');
    if let Some((cell, after)) = quoted_cell(text)
        && (after.is_empty() || after.starts_with(ends))
    {
        return (Cow::Owned(cell.trim().to_owned()), after);
    }
    let end = text.find(ends).unwrap_or(text.len());
    let (cell, after) = text.split_at_checked(end).unwrap_or((text, ""));
    (Cow::Borrowed(cell.trim()), after)
}

/// A cell in quotes, which may hold separators, line breaks and doubled quotes, and what follows it.
fn quoted_cell(text: &str) -> Option<(String, &str)> {
    // So that quotes that are never closed are not looked for again and again.
    const LONGEST: usize = 10_000;
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (inside, after) = rest.split_once('"')?;
        cell.push_str(inside);
        let Some(after_both) = after.strip_prefix('"') else {
            return Some((cell, after));
        };
        cell.push('"');
        if cell.len() > LONGEST {
            return None;
        }
        rest = after_both;
    }
}

/// What a header says of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Heading {
    column: Column,
    /// A unit that the column's field doesn't use: figures are converted from it.
    unit: Option<&'static str>,
}

/// The header among the first rows, by its index: two known names, or one where there are no figures.
fn header(rows: &[Row<'_>]) -> Option<(usize, Vec<Option<Heading>>)> {
    let has_figure = |row: &Row<'_>| {
        row.cells
            .iter()
            .any(|cell| cell.contains(|c: char| c.is_numeric()))
    };
    rows.iter().take(10).enumerate().find_map(|(index, row)| {
        let headings = headings(&row.cells);
        let known = headings.iter().flatten().count();
        (known >= 2 || known == 1 && index == 0 && !has_figure(row)).then_some((index, headings))
    })
}

/// What the columns are where no header says so.
fn usual(rows: &[Row<'_>], separator: char) -> Vec<Option<Heading>> {
    const USUAL: [Column; 4] = [Column::Sku, Column::Price, Column::Quantity, Column::Weight];
    // Among commas a longer row is one whose figures have commas themselves.
    let counted = if separator == ',' { 1 } else { rows.len() };
    let widths = rows.iter().take(counted).map(|row| row.cells.len());
    let width = widths.max().unwrap_or(0);
    let usual = USUAL.into_iter().map(Some).chain(std::iter::repeat(None));
    usual
        .take(width)
        .map(|column| column.map(|column| Heading { column, unit: None }))
        .collect()
}

/// What the cells of a row say of their columns, each kind of column once.
fn headings(cells: &[Cow<'_, str>]) -> Vec<Option<Heading>> {
    let mut headings: Vec<Option<Heading>> = Vec::new();
    for cell in cells {
        let heading = heading(cell).filter(|heading| {
            let mut earlier = headings.iter().flatten();
            earlier.all(|other| other.column != heading.column)
        });
        headings.push(heading);
    }
    headings
}

/// Letters, digits and currency signs, in small letters: `Unit price (¥)` is `unitprice`.
fn squeezed(text: &str) -> String {
    text.chars()
        .take(60)
        .filter_map(plain)
        .filter(|c| {
            ('\u{3400}'..='\u{9fff}').contains(c)
                || c.is_ascii_alphanumeric()
                || matches!(c, '$' | '€' | '£')
        })
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn heading(cell: &str) -> Option<Heading> {
    let cell = squeezed(cell);
    let mut name = cell.as_str();
    let mut units = Vec::new();
    loop {
        let known = NAMES.iter().find(|(_, names)| names.contains(&name));
        if let Some((column, _)) = known {
            let fits = |(_, of): &(&str, Of)| may_have(*column, *of);
            let is_foreign = |(unit, of): &(&'static str, Of)| {
                matches!(of, Of::Weight | Of::Length) && !is_read(&format!("1 {unit}"))
            };
            return units.iter().all(fits).then(|| Heading {
                column: *column,
                unit: units.iter().copied().find(is_foreign).map(|(unit, _)| unit),
            });
        }
        let (rest, unit) = UNITS
            .iter()
            .filter_map(|unit| Some((name.strip_suffix(unit.0)?, *unit)))
            .min_by_key(|(rest, _)| rest.len())?;
        units.push(unit);
        name = rest;
    }
}

fn is_read(measure: &str) -> bool {
    matches!(read(measure, Kind::Measure, Locale::En), Reading::Read(_))
}

/// What a unit behind a column's name is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Money,
    Weight,
    Length,
    Piece,
    Carton,
}

/// Whether a column may be headed by a unit; a price per carton or per kg is no unit price.
fn may_have(column: Column, unit: Of) -> bool {
    match column {
        Column::Sku | Column::Description | Column::Duty | Column::Defects => false,
        Column::Price => matches!(unit, Of::Money | Of::Piece),
        Column::Quantity => unit == Of::Piece,
        Column::Weight => matches!(unit, Of::Weight | Of::Piece),
        Column::CartonUnits => matches!(unit, Of::Piece | Of::Carton),
        Column::Length | Column::Width | Column::Height | Column::Size => unit == Of::Length,
        Column::GrossWeight => matches!(unit, Of::Weight | Of::Carton),
    }
}

const UNITS: &[(&str, Of)] = &[
    ("元", Of::Money),
    ("人民币", Of::Money),
    ("cny", Of::Money),
    ("rmb", Of::Money),
    ("yuan", Of::Money),
    ("kg", Of::Weight),
    ("kgs", Of::Weight),
    ("千克", Of::Weight),
    ("公斤", Of::Weight),
    ("g", Of::Weight),
    ("克", Of::Weight),
    ("斤", Of::Weight),
    ("lb", Of::Weight),
    ("lbs", Of::Weight),
    ("oz", Of::Weight),
    ("cm", Of::Length),
    ("厘米", Of::Length),
    ("mm", Of::Length),
    ("毫米", Of::Length),
    ("m", Of::Length),
    ("米", Of::Length),
    ("in", Of::Length),
    ("inch", Of::Length),
    ("pcs", Of::Piece),
    ("pc", Of::Piece),
    ("件", Of::Piece),
    ("个", Of::Piece),
    ("只", Of::Piece),
    ("箱", Of::Carton),
    ("ctn", Of::Carton),
    ("carton", Of::Carton),
];

const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Sku,
        &[
            "sku",
            "skuid",
            "skucode",
            "skuno",
            "item",
            "itemno",
            "itemnumber",
            "itemcode",
            "productcode",
            "code",
            "model",
            "partno",
            "货号",
            "单品货号",
            "商品货号",
            "商品编码",
            "商品编号",
            "商家编码",
            "产品编码",
            "产品编号",
            "编码",
            "款号",
            "型号",
            "sku编码",
        ],
    ),
    (
        Column::Description,
        &[
            "description",
            "title",
            "name",
            "product",
            "productname",
            "itemname",
            "producttitle",
            "货品标题",
            "商品标题",
            "标题",
            "名称",
            "品名",
            "商品名称",
            "产品名称",
            "货品名称",
            "描述",
            "商品",
            "产品",
        ],
    ),
    (
        Column::Price,
        &[
            "price",
            "unitprice",
            "priceperunit",
            "priceeach",
            "unitcost",
            "单价",
            "价格",
            "采购价",
            "采购单价",
            "进价",
            "进货价",
            "含税单价",
        ],
    ),
    (
        Column::Quantity,
        &[
            "quantity",
            "qty",
            "units",
            "pcs",
            "orderqty",
            "orderquantity",
            "数量",
            "采购数量",
            "订购数量",
            "件数",
            "采购量",
        ],
    ),
    (
        Column::Weight,
        &[
            "weight",
            "unitweight",
            "netweight",
            "weightperunit",
            "kg",
            "重量",
            "单重",
            "净重",
            "单件重量",
            "单品重量",
            "单个重量",
            "单件净重",
        ],
    ),
    (
        Column::CartonUnits,
        &[
            "unitspercarton",
            "pcspercarton",
            "piecespercarton",
            "qtypercarton",
            "quantitypercarton",
            "unitsperctn",
            "pcsperctn",
            "qtyperctn",
            "pcsctn",
            "qtyctn",
            "unitscarton",
            "pcscarton",
            "cartonunits",
            "cartonqty",
            "caseqty",
            "装箱数",
            "装箱量",
            "每箱数量",
            "每箱件数",
            "单箱数量",
            "箱入数",
            "件箱",
            "个箱",
            "每箱",
        ],
    ),
    (
        Column::Length,
        &[
            "length",
            "l",
            "cartonlength",
            "长",
            "长度",
            "箱长",
            "外箱长",
        ],
    ),
    (
        Column::Width,
        &["width", "w", "cartonwidth", "宽", "宽度", "箱宽", "外箱宽"],
    ),
    (
        Column::Height,
        &[
            "height",
            "h",
            "cartonheight",
            "高",
            "高度",
            "箱高",
            "外箱高",
        ],
    ),
    (
        Column::Size,
        &[
            "lwh",
            "cartonlwh",
            "箱长宽高",
            "lxwxh",
            "lengthwidthheight",
            "cartonsize",
            "ctnsize",
            "cartondimensions",
            "dimensions",
            "长宽高",
            "尺寸",
            "外箱尺寸",
            "纸箱尺寸",
            "箱子尺寸",
            "箱尺寸",
        ],
    ),
    (
        Column::GrossWeight,
        &[
            "grossweight",
            "gross",
            "gw",
            "cartonweight",
            "cartongrossweight",
            "grossweightpercarton",
            "毛重",
            "每箱毛重",
            "单箱毛重",
            "箱重",
            "外箱毛重",
        ],
    ),
    (
        Column::Duty,
        &[
            "duty",
            "dutyrate",
            "dutypercent",
            "importduty",
            "tariff",
            "关税",
            "关税率",
            "关税税率",
            "进口关税",
        ],
    ),
    (
        Column::Defects,
        &[
            "defects",
            "defect",
            "defectrate",
            "defective",
            "defectpercent",
            "次品率",
            "不良率",
            "残次率",
            "次品",
        ],
    ),
];

/// Whether a row adds up others, by its first filled cell.
fn is_sum(cells: &[Cow<'_, str>]) -> bool {
    let Some(first) = cells.iter().find(|cell| !cell.is_empty()) else {
        return false;
    };
    let first = squeezed(first);
    let is_english = matches!(
        first.as_str(),
        "total" | "totals" | "subtotal" | "grandtotal" | "sum"
    );
    let mut chinese = ["合计", "总计", "小计", "共计"].into_iter();
    is_english || chinese.any(|sum| first.starts_with(sum))
}

type Fields = Vec<(Cow<'static, str>, Json<'static>)>;

/// A row as a line of a request.
fn line(row: &Row<'_>, columns: &[Option<Heading>], locale: Locale) -> Json<'static> {
    let find = |column: Column| {
        let headings = columns.iter().zip(&row.cells);
        headings
            .filter_map(|(heading, cell)| Some(((*heading)?, cell.as_ref())))
            .find(|(heading, cell)| heading.column == column && !cell.is_empty())
    };
    let words = |column| find(column).map(|(_, cell)| cell.to_owned());
    let figure = |column, kind| {
        let (heading, cell) = find(column)?;
        Some(figure(cell, kind, heading.unit, target(column), locale))
    };
    let number = row.number;
    let name = || match locale {
        Locale::En => format!("Row {number}"),
        Locale::Zh => format!("第{number}行"),
    };
    let sides = find(Column::Size).map(|(heading, cell)| sides(cell, heading.unit, locale));
    let [length, width, height] = sides.unwrap_or_default();
    let side = |column, of_size: Option<String>| figure(column, Kind::Measure).or(of_size);

    let mut carton = Fields::new();
    put(
        &mut carton,
        "units",
        figure(Column::CartonUnits, Kind::Count),
    );
    put(&mut carton, "lengthCm", side(Column::Length, length));
    put(&mut carton, "widthCm", side(Column::Width, width));
    put(&mut carton, "heightCm", side(Column::Height, height));
    put(
        &mut carton,
        "grossKg",
        figure(Column::GrossWeight, Kind::Measure),
    );

    let mut line = Fields::new();
    put(
        &mut line,
        "sku",
        Some(words(Column::Sku).unwrap_or_else(name)),
    );
    put(&mut line, "description", words(Column::Description));
    put(
        &mut line,
        "unitPriceCny",
        figure(Column::Price, Kind::Money),
    );
    put(&mut line, "quantity", figure(Column::Quantity, Kind::Count));
    put(
        &mut line,
        "unitWeightKg",
        figure(Column::Weight, Kind::Measure),
    );
    if !carton.is_empty() {
        line.push((Cow::Borrowed("carton"), Json::Object(carton)));
    }
    put(
        &mut line,
        "dutyPercent",
        figure(Column::Duty, Kind::Percent),
    );
    put(
        &mut line,
        "defectPercent",
        figure(Column::Defects, Kind::Percent),
    );
    Json::Object(line)
}

fn put(fields: &mut Fields, name: &'static str, text: Option<String>) {
    if let Some(text) = text {
        fields.push((Cow::Borrowed(name), Json::Text(Cow::Owned(text))));
    }
}

/// The unit of a column's field.
fn target(column: Column) -> &'static str {
    match column {
        Column::Weight | Column::GrossWeight => "kg",
        Column::Length | Column::Width | Column::Height | Column::Size => "cm",
        Column::Sku
        | Column::Description
        | Column::Price
        | Column::Quantity
        | Column::CartonUnits
        | Column::Duty
        | Column::Defects => "",
    }
}

/// A figure as requests write it, converted where it has another unit; as pasted where it can't be read.
fn figure(cell: &str, kind: Kind, unit: Option<&str>, target: &str, locale: Locale) -> String {
    // The header's unit is told with a figure that has none of its own.
    let is_bare = cell.ends_with(|c: char| c.is_numeric());
    let text = match unit.filter(|_| is_bare) {
        Some(unit) => format!("{cell} {unit}"),
        None => cell.to_owned(),
    };
    match read(&text, kind, locale) {
        Reading::Read(read) => read,
        Reading::Refused(Refusal::OtherUnit {
            target: of,
            amount: Some(amount),
            ..
        }) if of == target => amount,
        Reading::Blank | Reading::Ambiguous(_) | Reading::Refused(_) => text,
    }
}

/// Length, width and height of `52*36*28`; anything else is shown in the field of the length.
fn sides(cell: &str, unit: Option<&str>, locale: Locale) -> [Option<String>; 3] {
    let text: String = cell.chars().filter_map(plain).collect();
    let sides: Vec<&str> = text
        .split(['*', '×', 'x', 'X', '✕'])
        .map(str::trim)
        .collect();
    let [length, width, height] = sides.as_slice() else {
        return [Some(cell.to_owned()), None, None];
    };
    // A unit behind the last figure is of all three.
    let end = height.rfind(|c: char| c.is_ascii_digit() || c == '.');
    let (_, last) = height
        .split_at_checked(end.map_or(0, |end| end.saturating_add(1)))
        .unwrap_or_default();
    let own = Some(last.trim()).filter(|unit| !unit.is_empty());
    [length, width, height].map(|side| {
        let unit = own.or(unit);
        let side = Some(side).filter(|side| !side.is_empty())?;
        Some(figure(side, Kind::Measure, unit, "cm", locale))
    })
}

#[cfg(test)]
mod tests {
    use landfall::json;
    use landfall::landed_cost::Request;
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str) -> Vec<String> {
        written(&pasted(text, Locale::En))
    }

    /// The lines as short texts: `sku=A1 unitPriceCny=12.5 carton(units=20)`.
    fn written(pasted: &Pasted) -> Vec<String> {
        pasted.lines.iter().map(|line| fields(&line.line)).collect()
    }

    fn fields(json: &Json<'_>) -> String {
        let Json::Object(fields) = json else {
            panic!("an object");
        };
        let field = |(name, value): &(Cow<'_, str>, Json<'_>)| {
            if let Json::Text(text) = value {
                return format!("{name}={text}");
            }
            format!("{name}({})", self::fields(value))
        };
        fields.iter().map(field).collect::<Vec<_>>().join(" ")
    }

    fn why(text: &str) -> Vec<(usize, Why)> {
        let skipped = pasted(text, Locale::En).skipped;
        skipped.into_iter().map(|s| (s.row, s.why)).collect()
    }

    const A1: &str = "sku=A1 unitPriceCny=12.5 quantity=300 unitWeightKg=0.35";

    #[test]
    fn without_a_header_the_order_is_the_usual_one() {
        let result = pasted("A1\t12.5\t300\t0.35\r\nB2\t8\t50\t1\r\n", Locale::En);
        let usual = [Column::Sku, Column::Price, Column::Quantity, Column::Weight];
        assert_eq!(result.columns, usual.map(Some));
        assert!(!result.has_header);
        assert_eq!(
            written(&result),
            [A1, "sku=B2 unitPriceCny=8 quantity=50 unitWeightKg=1"]
        );
        assert_eq!(lines("A1\t12.5\t300\t0.35\tnote\n"), [A1]);
        // The first row may be the shortest.
        assert_eq!(lines("X\nA1\t12.5\t300\t0.35"), ["sku=X", A1]);
    }

    #[test]
    fn headers_are_known_in_english_and_chinese() {
        for header in [
            "SKU\tPrice\tQuantity\tWeight",
            "sku\tunit price (CNY)\tQTY\tweight kg",
            "Item No.\tUnit Price (RMB/pc)\tqty (pcs)\tUnit weight [kg]",
            "货号\t单价\t数量\t重量",
            "商品编码\t单价(元)\t采购数量\t单重（kg）",
            "货号\t单价（元/件）\t数量(件)\t重量/千克",
            "ＳＫＵ\t单价￥\t数 量\t净重",
            "\"SKU\"\t\"单价\n(元)\"\t\"数量\"\t\"重量\nkg\"",
        ] {
            let text = format!("{header}\nA1\t12.5\t300\t0.35");
            let result = pasted(&text, Locale::Zh);
            assert!(result.has_header, "{header}");
            assert_eq!(written(&result), [A1], "{header}");
        }
        // In another order, with columns that aren't known.
        let text = "数量\t备注\t单价\t货号\t图片\n300\t急\t12.5\tA1\t";
        assert_eq!(lines(text), ["sku=A1 unitPriceCny=12.5 quantity=300"]);
        let unknown = pasted(text, Locale::En).columns;
        assert_eq!(unknown.iter().filter(|column| column.is_none()).count(), 2);
    }

    #[test]
    fn every_field_of_a_line_has_a_column() {
        let text = "货号\t货品标题\t单价(元)\t数量\t单重\t装箱数\t长\t宽\t高\t毛重\t关税\t次品率\n\
            A1\tLED 台灯\t￥12.50\t1,200\t０.35\t20件\t52cm\t36\t28\t8.2kg\t6.5%\t2％";
        let all = "sku=A1 description=LED 台灯 unitPriceCny=12.50 quantity=1200 unitWeightKg=0.35 \
            carton(units=20 lengthCm=52 widthCm=36 heightCm=28 grossKg=8.2) dutyPercent=6.5 defectPercent=2";
        assert_eq!(lines(text), [all]);
        let text = "item,title,price,qty,net weight,pcs/ctn,carton size,G.W.(kg),duty %,defects %\n\
            A1,LED 台灯,12.50,1200,0.35,20,52*36*28,8.2,6.5,2";
        assert_eq!(lines(text), [all]);
    }

    #[test]
    fn a_line_has_the_fields_of_a_request() {
        let text = "sku,title,price,qty,weight,pcs/ctn,carton size,gross,duty,defects\n\
            A1,lamp,12.50,1200,0.35,20,52*36*28,8.2,6.5,2";
        let mut line = pasted(text, Locale::En).lines.remove(0).line;
        *line.get_mut("quantity").unwrap() = Json::Integer(1200);
        let carton = line.get_mut("carton").unwrap();
        *carton.get_mut("units").unwrap() = Json::Integer(20);
        let head = r#"{"homeCurrency":"USD","exchangeRate":{"cnyPerUnit":"7","asOf":"2026-01-01"},"lines":[]}"#;
        let mut request = json::read(head).unwrap();
        *request.get_mut("lines").unwrap() = Json::List(vec![line]);
        assert!(Request::check(&request).is_ok());
    }

    #[test]
    fn a_size_in_one_cell_is_three_sides() {
        let size = |header: &str, cell: &str| {
            let line = lines(&format!("SKU\t{header}\nA1\t{cell}")).remove(0);
            line.strip_prefix("sku=A1 ").unwrap_or_default().to_owned()
        };
        let sides = "carton(lengthCm=52 widthCm=36 heightCm=28)";
        for cell in [
            "52*36*28",
            "52×36×28",
            "52 x 36 X 28cm",
            "５２＊３６＊２８",
            "520*360*280mm",
            "52cm*36cm*28cm",
        ] {
            assert_eq!(size("外箱尺寸", cell), sides, "{cell}");
        }
        assert_eq!(size("长*宽*高(cm)", "52*36*28"), sides);
        assert_eq!(size("Carton size (mm)", "520*360*280"), sides);
        assert_eq!(size("L x W x H", "52*36"), "carton(lengthCm=52*36)");
        assert_eq!(
            size("尺寸", "52*?*28"),
            "carton(lengthCm=52 widthCm=? heightCm=28)"
        );
    }

    #[test]
    fn a_unit_of_the_header_converts_and_none_is_dropped() {
        let weight =
            |header: &str, cell: &str| lines(&format!("SKU\t{header}\nA1\t{cell}")).remove(0);
        assert_eq!(weight("重量(g)", "350"), "sku=A1 unitWeightKg=0.35");
        assert_eq!(weight("Weight (lb)", "2"), "sku=A1 unitWeightKg=0.90718474");
        assert_eq!(weight("重量(g)", "0.35kg"), "sku=A1 unitWeightKg=0.35");
        assert_eq!(weight("重量", "350g"), "sku=A1 unitWeightKg=0.35");
        assert_eq!(weight("重量(g)", "1,234"), "sku=A1 unitWeightKg=1,234 g");
        // A price in another currency or of another unit is no price in CNY.
        for header in [
            "Price (USD)",
            "Price ($)",
            "单价(美元)",
            "price/kg",
            "单价(元/箱)",
        ] {
            assert_eq!(weight(header, "12"), "sku=A1", "{header}");
        }
    }

    #[test]
    fn what_cannot_be_read_stays_as_pasted() {
        assert_eq!(
            lines("A1\t12,5\t300.5\t1,234"),
            ["sku=A1 unitPriceCny=12,5 quantity=300.5 unitWeightKg=1,234"]
        );
        assert_eq!(
            lines("A1\t12-15\t约300\t#N/A"),
            ["sku=A1 unitPriceCny=12-15 quantity=约300 unitWeightKg=#N/A"]
        );
        let zh = pasted("A1\t1.2万\t1万件", Locale::Zh);
        assert_eq!(written(&zh), ["sku=A1 unitPriceCny=12000 quantity=10000"]);
        assert_eq!(lines("A1\t1.2万"), ["sku=A1 unitPriceCny=1.2万"]);
        assert_eq!(
            lines("Ａ１\t￥１２。５\t３００件\t０．３５公斤"),
            ["sku=Ａ１ unitPriceCny=12.5 quantity=300 unitWeightKg=0.35"]
        );
    }

    #[test]
    fn quoted_cells_hold_breaks_separators_and_quotes() {
        assert_eq!(
            lines("SKU\tTitle\tPrice\r\nA1\t\"Lamp\n5\"\" round\"\t12.5\r\nB2\tx\t8\r\n"),
            [
                "sku=A1 description=Lamp\n5\" round unitPriceCny=12.5",
                "sku=B2 description=x unitPriceCny=8"
            ]
        );
        // Quotes that quote nothing are as they are.
        assert_eq!(
            lines("A1\t12\n\"B2\t8"),
            ["sku=A1 unitPriceCny=12", "sku=\"B2 unitPriceCny=8"]
        );
        assert_eq!(lines("\"A\" lamp\t12"), ["sku=\"A\" lamp unitPriceCny=12"]);
    }

    #[test]
    fn commas_and_semicolons_separate_too() {
        assert_eq!(lines("A1,12.5,300,0.35"), [A1]);
        assert_eq!(lines("A1, 12.5, 300, 0.35\n"), [A1]);
        assert_eq!(lines("A1;12.5;300;0.35\rA1;12.5;300;0.35"), [A1, A1]);
        assert_eq!(
            lines("A1;12,5;300"),
            ["sku=A1 unitPriceCny=12,5 quantity=300"]
        );
        assert_eq!(
            lines("A1,\"1,234.50\",300"),
            ["sku=A1 unitPriceCny=1234.50 quantity=300"]
        );
        assert_eq!(
            lines("\u{feff}sku,price\nA1,12.5,,\n"),
            ["sku=A1 unitPriceCny=12.5"]
        );
        assert_eq!(
            lines("sku,title\nA1,red; blue"),
            ["sku=A1 description=red; blue"]
        );
    }

    #[test]
    fn thousands_in_commas_are_not_taken_for_cells() {
        let text = "sku,price,qty\nA1,1,234.50,300\nB2,8,50";
        assert_eq!(lines(text), ["sku=B2 unitPriceCny=8 quantity=50"]);
        let (cells, columns) = (4, 3);
        assert_eq!(why(text), [(2, Why::ExtraCells { cells, columns })]);
        assert_eq!(lines("1,234\n1,200\n"), ["sku=1,234", "sku=1,200"]);
    }

    #[test]
    fn one_column_is_the_sku_unless_its_header_says_otherwise() {
        assert_eq!(lines("A1\nB2\n"), ["sku=A1", "sku=B2"]);
        assert_eq!(lines("SKU\nA1"), ["sku=A1"]);
        assert_eq!(
            lines("数量\n300\n1,200"),
            ["sku=Row 2 quantity=300", "sku=Row 3 quantity=1200"]
        );
    }

    #[test]
    fn a_missing_sku_is_named_by_its_row() {
        let text = "货号\t名称\t单价\nA1\t红\t12\n\t蓝\t13\n\n\t\t14";
        assert_eq!(
            written(&pasted(text, Locale::Zh)),
            [
                "sku=A1 description=红 unitPriceCny=12",
                "sku=第3行 description=蓝 unitPriceCny=13",
                "sku=第5行 unitPriceCny=14",
            ]
        );
        assert_eq!(lines("\t12"), ["sku=Row 1 unitPriceCny=12"]);
    }

    #[test]
    fn sums_titles_and_repeated_headers_are_left_out_and_said() {
        let text = "采购清单\t\t\n\t\t\n货号\t单价\t数量\nA1\t12\t300\n货号\t单价\t数量\nB2\t8\t5\n合计：\t\t305\n\tTotal\t305";
        let expected = [
            (1, Why::AboveHeader),
            (5, Why::Header),
            (7, Why::Sum),
            (8, Why::Sum),
        ];
        assert_eq!(why(text), expected);
        assert_eq!(lines(text).len(), 2);
        let said = pasted(text, Locale::Zh).skipped;
        assert_eq!(
            super::skipped(Locale::Zh, &said[2]),
            "第 7 行未导入：合计行。"
        );
        assert_eq!(
            super::skipped(Locale::En, &said[0]),
            "Row 1 left out: above the header."
        );
        assert_eq!(why("A1\t1\nTOTAL\t1"), [(2, Why::Sum)]);
        assert_eq!(why("Total Gym\t1"), []);
    }

    #[test]
    fn nothing_pasted_is_nothing() {
        for text in ["", " ", "\n\n", "\t\t\r\n\t", "\u{feff}", ",,,\n,,"] {
            let result = pasted(text, Locale::En);
            assert!(
                result.lines.is_empty() && result.skipped.is_empty(),
                "{text:?}"
            );
        }
        let header = pasted("SKU\tPrice\n", Locale::En);
        assert!(header.has_header && header.lines.is_empty());
    }

    #[test]
    fn an_order_has_at_most_ten_thousand_lines() {
        let text = "A\t12.5\t300\t0.35\n".repeat(MAX_LINES);
        assert_eq!(pasted(&text, Locale::En).lines.len(), MAX_LINES);
        assert_eq!(why(&text), []);
        let text = format!("SKU\tPrice\tQty\tWeight\n{text}B\t1\nC\t2\n");
        assert_eq!(pasted(&text, Locale::En).lines.len(), MAX_LINES);
        assert_eq!(why(&text), [(10_002, Why::TooMany { rows: 2 })]);
    }

    #[test]
    fn every_name_of_a_column_is_known_as_itself() {
        for (column, names) in NAMES {
            for name in *names {
                assert_eq!(squeezed(name), *name);
                assert!(heading(name).is_some_and(|h| h.column == *column), "{name}");
            }
            for locale in Locale::ALL {
                let name = column_name(locale, *column);
                assert!(heading(name).is_some_and(|h| h.column == *column), "{name}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_reaches_a_panic(text in any::<String>(), sheet in "([A1\"合计,;\t\r\n.* xg]|单价|SKU){0,60}") {
            for text in [text, sheet] {
                for locale in Locale::ALL {
                    let result = pasted(&text, locale);
                    prop_assert!(result.lines.len() <= MAX_LINES);
                    for skip in &result.skipped {
                        prop_assert!(!super::skipped(locale, skip).is_empty());
                    }
                }
            }
        }
    }
}
