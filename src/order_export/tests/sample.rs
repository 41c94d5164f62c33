//! Orders, and how the export of 1688 writes them.

use serde_json::{Value, json};

use super::sheet::{Sheet, Written, letters};

/// The headers of the export.
pub const HEADERS: [&str; 32] = [
    "订单编号",
    "买家公司名",
    "买家会员名",
    "卖家公司名",
    "卖家会员名",
    "货品总价(元)",
    "运费(元)",
    "涨价或折扣(元)",
    "实付款(元)",
    "订单状态",
    "订单创建时间",
    "订单付款时间",
    "发货方",
    "收货人姓名",
    "收货地址",
    "邮编",
    "联系电话",
    "联系手机",
    "货品标题",
    "单价(元)",
    "数量",
    "单位",
    "货号",
    "型号",
    "Offer ID",
    "SKU ID",
    "物料编号",
    "单品货号",
    "货品种类",
    "买家留言",
    "物流公司",
    "运单号",
];

/// The columns that have numbers.
pub const NUMBERS: [usize; 6] = [5, 6, 7, 8, 19, 20];

/// The columns that have dates.
pub const DATES: [usize; 2] = [10, 11];

/// The columns of a line; the others are merged over the rows of an order.
pub fn is_of_line(column: usize) -> bool {
    (18..=27).contains(&column)
}

/// An order: amounts in fen.
#[derive(Clone, Debug)]
pub struct Order {
    pub id: String,
    pub supplier: &'static str,
    pub freight: i64,
    pub adjustment: i64,
    pub status: &'static str,
    pub created: String,
    pub paid: Option<String>,
    pub tracking: Option<String>,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub title: String,
    pub price: i64,
    pub quantity: i64,
    pub code: Option<String>,
    pub sku: String,
}

/// Fen as yuan.
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100)
}

impl Order {
    pub fn goods(&self) -> i64 {
        self.lines
            .iter()
            .map(|line| line.price * line.quantity)
            .sum()
    }

    pub fn total(&self) -> i64 {
        self.goods() + self.freight + self.adjustment
    }
}

/// Two orders, of which one has three lines.
pub fn orders() -> Vec<Order> {
    let line = |title: &str, price, quantity, code: Option<&str>, sku: &str| Line {
        title: title.to_owned(),
        price,
        quantity,
        code: code.map(str::to_owned),
        sku: sku.to_owned(),
    };
    vec![
        Order {
            id: "2291220293718641770".to_owned(),
            supplier: "温州市鹿城区步步高鞋厂",
            freight: 800,
            adjustment: -500,
            status: "交易成功",
            created: "2026-10-01 09:17:11".to_owned(),
            paid: Some("2026-10-01 10:53:42".to_owned()),
            tracking: Some("SF2490983767755".to_owned()),
            lines: vec![
                line(
                    "磁吸手机壳 <透明> & 黑",
                    6199,
                    20,
                    Some("CASE-16-T"),
                    "4324983792399",
                ),
                line(
                    "食品级硅胶杯盖, \"大\"",
                    5805,
                    1020,
                    Some("GJ-LID"),
                    "5862002818655",
                ),
                line("磁吸手机壳 <透明> & 黑", 30, 5, None, "5862002818656"),
            ],
        },
        Order {
            id: "2797773786140856037".to_owned(),
            supplier: "宁波海纳塑业有限公司",
            freight: 0,
            adjustment: 0,
            status: "等待买家付款",
            created: "2026-10-21 09:44:00".to_owned(),
            paid: None,
            tracking: None,
            lines: vec![line("LED台灯", 8094, 360, Some("LAMP-A"), "5951479390721")],
        },
    ]
}

/// What is to be read of orders.
pub fn expected(orders: &[Order]) -> Value {
    let line = |line: &Line| {
        json!({
            "title": line.title, "unitPriceCny": yuan(line.price), "quantity": line.quantity, "unit": "件",
            "itemCode": line.code, "offerId": "662929902605", "skuId": line.sku,
        })
    };
    let order = |order: &Order| {
        json!({
            "orderId": order.id, "supplier": order.supplier, "goodsCny": yuan(order.goods()),
            "freightCny": yuan(order.freight), "adjustmentCny": yuan(order.adjustment),
            "paidCny": yuan(order.total()), "status": order.status, "createdAt": order.created,
            "paidAt": order.paid, "trackingNumber": order.tracking,
            "lines": order.lines.iter().map(line).collect::<Vec<_>>(),
        })
    };
    orders.iter().map(order).collect()
}

/// Rows of texts, empty where there is nothing, with the header first.
pub type Grid = Vec<Vec<String>>;

/// Orders as the export writes them.
pub fn grid(orders: &[Order]) -> Grid {
    let mut grid = vec![HEADERS.map(str::to_owned).to_vec()];
    for order in orders {
        for (index, line) in order.lines.iter().enumerate() {
            let mut row = vec![String::new(); 32];
            let mut put = |column: usize, text: &str| text.clone_into(&mut row[column]);
            if index == 0 {
                put(0, &order.id);
                put(1, "杭州某某贸易有限公司");
                put(2, "buyer_demo");
                put(3, order.supplier);
                put(4, "seller_demo");
                put(5, &yuan(order.goods()));
                put(6, &yuan(order.freight));
                put(7, &yuan(order.adjustment));
                put(8, &yuan(order.total()));
                put(9, order.status);
                put(10, &order.created);
                put(11, order.paid.as_deref().unwrap_or_default());
                put(12, order.supplier);
                put(13, "收货人甲");
                put(14, "浙江省 金华市 义乌市 示例路1号");
                put(15, "322000");
                put(17, "13800000000");
                put(28, &order.lines.len().to_string());
                put(30, "顺丰速运");
                put(31, order.tracking.as_deref().unwrap_or_default());
            }
            put(18, &line.title);
            put(19, &yuan(line.price));
            put(20, &line.quantity.to_string());
            put(21, "件");
            put(22, line.code.as_deref().unwrap_or_default());
            put(24, "662929902605");
            put(25, &line.sku);
            put(27, line.code.as_deref().unwrap_or_default());
            grid.push(row);
        }
    }
    grid
}

/// The merged cells of a grid: those of an order, over its rows.
pub fn merges(grid: &Grid) -> Vec<String> {
    let mut merges = Vec::new();
    let starts: Vec<usize> = (1..grid.len())
        .filter(|row| !grid[*row][0].is_empty())
        .collect();
    for (index, first) in starts.iter().enumerate() {
        let last = starts.get(index + 1).map_or(grid.len(), |next| *next);
        if last - first > 1 {
            for column in (0..32).filter(|column| !is_of_line(*column)) {
                let letters = letters(column);
                merges.push(format!("{letters}{}:{letters}{last}", first + 1));
            }
        }
    }
    merges
}

/// A grid as a sheet, each cell written as a function of its column and text says.
pub fn sheet(grid: &Grid, write: impl Fn(usize, &str) -> Written) -> Sheet {
    let row = |row: &Vec<String>| {
        let cells = row.iter().enumerate();
        let write = |(column, text): (usize, &String)| {
            if text.is_empty() {
                Written::Nothing
            } else {
                write(column, text)
            }
        };
        cells.map(write).collect()
    };
    Sheet {
        rows: grid.iter().map(row).collect(),
        ..Sheet::default()
    }
}

/// A cell as in a fresh export: amounts as numbers, everything else as text inside the cell.
pub fn fresh(column: usize, text: &str) -> Written {
    if NUMBERS.contains(&column) && text.parse::<f64>().is_ok() {
        Written::Number(text.to_owned())
    } else {
        Written::Inline(text.to_owned())
    }
}

/// A grid as CSV, or with tabs.
pub fn delimited(grid: &Grid, separator: char, end: &str) -> String {
    let field = |text: &String| {
        if text.contains([separator, '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.clone()
        }
    };
    let row = |row: &Vec<String>| {
        row.iter()
            .map(field)
            .collect::<Vec<_>>()
            .join(&separator.to_string())
            + end
    };
    grid.iter().map(row).collect()
}
