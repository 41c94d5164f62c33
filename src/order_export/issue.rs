//! What is wrong with a file, or worth a second look, and what to do: codes with their sentences.

use landfall_words::Locale;
use serde::Serialize;

use crate::table::{Field, REQUIRED};

/// The largest file, in MB of 1,000,000 bytes.
pub const FILE_MB: usize = 60;

/// The most that a file may unpack to, and the most text that its cells may have, in MB.
pub const UNPACKED_MB: usize = 200;

/// The most rows that are read.
pub const ROWS: usize = 200_000;

/// The most issues that are listed.
pub const ISSUES: usize = 10_000;

/// One thing that is wrong with a file, or worth a second look.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Issue {
    /// Where: `rows[12].单价(元)`, with the number of the row that a spreadsheet shows; empty where it is the
    /// whole file.
    pub path: String,
    /// What, with its operands.
    #[serde(flatten)]
    pub problem: Problem,
}

impl Issue {
    /// An issue of the whole file.
    pub fn of_file(problem: Problem) -> Issue {
        Issue {
            path: String::new(),
            problem,
        }
    }

    /// An issue of a row, or of a cell in it.
    pub fn of_row(row: u32, field: Option<Field>, problem: Problem) -> Issue {
        let path = match field {
            Some(field) => format!("rows[{row}].{}", field.header()),
            None => format!("rows[{row}]"),
        };
        Issue { path, problem }
    }
}

/// The kinds of problems. The first ones are of the whole file, of which then nothing is read.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(
    tag = "code",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Problem {
    /// Neither an `.xlsx` file nor a table as text.
    NotASpreadsheet,
    /// A spreadsheet of an old or other format, such as `.xls` or `.xlsb`.
    OtherFormat,
    /// Protected by a password.
    Encrypted,
    /// An `.xlsx` file that ends early or was changed on its way.
    Damaged,
    /// Too large, as it is or unpacked.
    TooLarge {
        /// The most it may have, in MB.
        megabytes: usize,
        /// Whether this is what it unpacks to.
        unpacked: bool,
    },
    /// Too many rows.
    TooManyRows {
        /// The most there may be.
        maximum: usize,
    },
    /// There is no row with the headers that are needed.
    MissingColumns {
        /// The headers that the row most like one lacks.
        columns: Vec<&'static str>,
    },
    /// A cell that must have something in it is empty.
    Missing,
    /// Not an amount or a number.
    NotANumber {
        /// What is there, shortened.
        found: String,
    },
    /// Not a date.
    NotADate {
        /// What is there, shortened.
        found: String,
    },
    /// An id that a spreadsheet program took for a number, and of which it kept 15 digits.
    DigitsLost {
        /// What is left of it.
        found: String,
    },
    /// What an order says is paid isn't goods, freight and adjustment together.
    PaidDiffers {
        /// What they add up to.
        sum: String,
        /// What the file says.
        paid: String,
    },
    /// The lines of an order aren't worth what the order says.
    GoodsDiffer {
        /// What the lines add up to.
        sum: String,
        /// What the file says.
        goods: String,
    },
    /// An order that stands in the file before.
    Duplicate {
        /// The row where it begins first.
        row: u32,
    },
    /// A further row of an order says something else than its first.
    Differs {
        /// What it says, shortened.
        found: String,
        /// What the first row says, which counts, shortened.
        kept: String,
    },
    /// An article without an order above it, which is left out.
    NoOrderAbove,
    /// An order without an article.
    NoArticle,
    /// A row with neither an order nor an article, which is left out.
    NotAnOrder,
    /// There are more issues than are listed.
    MoreIssues {
        /// How many.
        further: usize,
    },
}

/// A text as it is shown in an issue: its beginning.
pub fn shortened(text: &str) -> String {
    const LENGTH: usize = 40;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Writes the sentence of a language. Both texts are formats.
macro_rules! say {
    ($locale:expr, $en:literal, $zh:literal $(,)?) => {
        match $locale {
            Locale::En => format!($en),
            Locale::Zh => format!($zh),
        }
    };
}

/// The sentence of an issue: what is wrong and what to do.
pub fn sentence(locale: Locale, issue: &Issue) -> String {
    match &issue.problem {
        Problem::NotASpreadsheet => say!(
            locale,
            "This is neither an .xlsx file nor a table as text (CSV, or rows copied from a spreadsheet). Open it in a spreadsheet program and save it as .xlsx.",
            "既不是 .xlsx 文件，也不是文本表格（CSV 或从表格复制的行）。用表格软件打开后另存为 .xlsx。",
        ),
        Problem::OtherFormat => say!(
            locale,
            "This is a spreadsheet of another format, such as .xls. Open it and save it as .xlsx.",
            "这是其他格式的表格文件，例如 .xls。打开后另存为 .xlsx。",
        ),
        Problem::Encrypted => say!(
            locale,
            "This file is protected by a password. Open it, remove the password and save it as .xlsx.",
            "文件有密码保护。打开后取消密码，另存为 .xlsx。",
        ),
        Problem::Damaged => say!(
            locale,
            "This .xlsx file is damaged. Export or download it again; if a spreadsheet program opens it, save it there as .xlsx.",
            ".xlsx 文件已损坏。请重新导出或下载；如果表格软件能打开，就在那里另存为 .xlsx。",
        ),
        Problem::TooLarge {
            megabytes,
            unpacked: false,
        } => say!(
            locale,
            "This file is larger than {megabytes} MB. Export a shorter time at once.",
            "文件超过 {megabytes} MB。请缩短时间范围，分几次导出。",
        ),
        Problem::TooLarge {
            megabytes,
            unpacked: true,
        } => say!(
            locale,
            "This file unpacks to more than {megabytes} MB. Export a shorter time at once.",
            "文件解压后超过 {megabytes} MB。请缩短时间范围，分几次导出。",
        ),
        Problem::TooManyRows { maximum } => say!(
            locale,
            "This file has more than {maximum} rows. Export a shorter time at once.",
            "文件超过 {maximum} 行。请缩短时间范围，分几次导出。",
        ),
        Problem::MissingColumns { columns } => missing_columns(locale, columns),
        Problem::Missing => say!(locale, "This cell is empty.", "这一格是空的。",),
        Problem::NotANumber { found } => say!(
            locale,
            "“{found}” is not a number such as 1234.50.",
            "“{found}”不是数字，应当像 1234.50。",
        ),
        Problem::NotADate { found } => say!(
            locale,
            "“{found}” is not a date such as 2026-11-20 09:30:00.",
            "“{found}”不是日期，应当像 2026-11-20 09:30:00。",
        ),
        Problem::DigitsLost { found } => say!(
            locale,
            "A spreadsheet program took this id for a number and kept only its first 15 digits: {found}. Use the file as 1688 exported it.",
            "表格软件把这个编号当成了数字，只保留了前 15 位：{found}。请使用 1688 直接导出的文件。",
        ),
        Problem::PaidDiffers { sum, paid } => say!(
            locale,
            "Goods, freight and adjustment add up to {sum}, but {paid} was paid. Look at the order on 1688.",
            "货品总价、运费和涨价或折扣合计 {sum}，实付款却是 {paid}。请在 1688 核对订单。",
        ),
        Problem::GoodsDiffer { sum, goods } => say!(
            locale,
            "The articles add up to {sum}, but the goods are {goods}. Look at the order on 1688.",
            "各货品合计 {sum}，货品总价却是 {goods}。请在 1688 核对订单。",
        ),
        Problem::Duplicate { row } => say!(
            locale,
            "This order is in the file twice: first in row {row}.",
            "这个订单在文件中出现两次：第一次在第 {row} 行。",
        ),
        Problem::Differs { found, kept } => say!(
            locale,
            "This further row of an order says “{found}”, its first row “{kept}”. The first row counts.",
            "订单的后续行写的是“{found}”，首行写的是“{kept}”。以首行为准。",
        ),
        Problem::NoOrderAbove => say!(
            locale,
            "This article has no order number, nor is there an order above it. It is left out.",
            "这个货品没有订单编号，上方也没有订单，未读入。",
        ),
        Problem::NoArticle => say!(locale, "This order has no article.", "这个订单没有货品。",),
        Problem::NotAnOrder => say!(
            locale,
            "This row is neither an order nor an article. It is left out.",
            "这一行既不是订单也不是货品，未读入。",
        ),
        Problem::MoreIssues { further } => say!(
            locale,
            "There are {further} issues more.",
            "另有 {further} 处问题未列出。",
        ),
    }
}

fn missing_columns(locale: Locale, columns: &[&str]) -> String {
    let separator = match locale {
        Locale::En => ", ",
        Locale::Zh => "、",
    };
    let missing = columns.join(separator);
    let needed = REQUIRED.map(Field::header).join(separator);
    say!(
        locale,
        "No row has the headers {needed}. Missing: {missing}. Is this the buyer's order export of 1688?",
        "没有一行同时有这些表头：{needed}。缺少：{missing}。这是 1688 买家导出的订单吗？",
    )
}
