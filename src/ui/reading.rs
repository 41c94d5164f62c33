//! What is meant by the text of a field.
//!
//! People type and paste `￥１，２３４．５０`, `1 234.50`, `1.2万`. What has one meaning is read; what has
//! two is asked; the rest is refused with the reason. Nothing is guessed, and what is read is
//! written in the one form that requests have, which reads as itself.

use landfall::check::parse_date;
use landfall::money::{Currency, MAX_FRACTION_DIGITS, parse_decimal, write_decimal};
use landfall_words::Locale;
use rust_decimal::{Decimal, RoundingStrategy};

/// What a field is for, which decides what its separators mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An amount: `1,234` are thousands; a currency may stand beside it.
    Money,
    /// Kilograms, centimetres, cubic metres, rates: three decimals are usual, so `1,234` is asked.
    Measure,
    /// A percentage: as a measure, with `%`.
    Percent,
    /// A whole number: `1.234` is asked.
    Count,
    /// A calendar date.
    Date,
}

/// What is meant by a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reading {
    /// Nothing was filled in, which is not zero.
    Blank,
    /// One meaning, as requests write it: `1234.50`, `2026-11-22`.
    Read(String),
    /// What it may mean, one or two of such texts; one where only a doubtful meaning is left.
    Ambiguous(Vec<String>),
    /// No meaning, and why.
    Refused(Refusal),
}

/// Why a text has no meaning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// There are units or signs, but no digits.
    NoFigure,
    /// Several cells of a spreadsheet, of which so many hold figures.
    Cells { count: usize },
    /// A range, a product, two figures side by side.
    TwoNumbers { found: String },
    /// A word or a character that has no place in a figure.
    Words { found: String },
    /// A unit that isn't used here, and what the text is in one that is, where that is clear.
    OtherUnit {
        found: String,
        target: &'static str,
        amount: Option<String>,
    },
    /// 万, 千 or 亿 where the page isn't Chinese, and what it stands for.
    LargeUnit {
        unit: &'static str,
        meant: Option<String>,
    },
    /// `1e5`, as spreadsheets shorten long figures.
    Exponent { found: String },
    /// More than one sign.
    Signs { found: String },
    /// Below zero.
    Negative { found: String },
    /// A digit of another script.
    OtherDigits { found: char },
    /// A fraction in one character.
    Fraction { found: char },
    /// Separators that fit neither thousands nor decimals.
    Separators { found: String },
    /// Decimals where a whole number is needed.
    NotWhole { found: String },
    /// More than 10 digits before the point.
    TooManyDigits { count: usize },
    /// More than 8 digits after the point.
    TooManyDecimals { count: usize },
    /// A day that no calendar has.
    NoSuchDay { found: String },
    /// Not of the form of a date.
    NotADate { found: String },
}

/// What is meant by the text of a field.
pub fn read(text: &str, kind: Kind, locale: Locale) -> Reading {
    cell(text)
        .and_then(|cell| match (cell.as_str(), kind) {
            ("", _) => Ok(Reading::Blank),
            (cell, Kind::Date) => date(cell),
            (cell, _) => number(cell, kind, locale),
        })
        .unwrap_or_else(Reading::Refused)
}

/// What is wrong with a text, and what to do.
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    let say = |en: String, zh: String| match locale {
        Locale::En => en,
        Locale::Zh => zh,
    };
    match refusal {
        Refusal::NoFigure => say(
            "There is no figure here yet. Write one, such as 12.50.".into(),
            "这里还没有数字。请填一个，例如 12.50。".into(),
        ),
        Refusal::Cells { count } => say(
            format!("These are {count} cells. Paste one of them."),
            format!("这里有 {count} 个单元格的内容。只粘贴其中一个。"),
        ),
        Refusal::TwoNumbers { found } => say(
            format!("“{found}” is more than one figure. Keep one."),
            format!("“{found}”不止一个数字。只留一个。"),
        ),
        Refusal::Words { found } => say(
            format!("“{found}” isn't understood here. Leave it out and keep the figure."),
            format!("这里看不懂“{found}”。去掉它，只留数字。"),
        ),
        Refusal::OtherUnit {
            found,
            target,
            amount: Some(amount),
        } => say(
            format!("{found} is {amount} {target}. Write the figure in the unit of this field."),
            format!("{found} 等于 {amount} {target}。请按本栏的单位填写。"),
        ),
        Refusal::OtherUnit {
            found,
            target,
            amount: None,
        } => say(
            format!(
                "“{found}” has another unit than {target}. Write the figure in the unit of this field."
            ),
            format!("“{found}”的单位不是 {target}。请按本栏的单位填写。"),
        ),
        Refusal::LargeUnit {
            unit,
            meant: Some(meant),
        } => say(
            format!("With {unit} this is {meant}. Write {meant}."),
            format!("带“{unit}”，即 {meant}。请写 {meant}。"),
        ),
        Refusal::LargeUnit { unit, meant: None } => say(
            format!("“{unit}” isn't read here. Write the figure out."),
            format!("这里不读“{unit}”。请写出完整数字。"),
        ),
        Refusal::Exponent { found } => say(
            format!("“{found}” is shortened. Write all digits, such as 100000."),
            format!("“{found}”是缩写。请写出全部数字，例如 100000。"),
        ),
        Refusal::Signs { found } => say(
            format!("“{found}” has more than one sign. Write the figure without."),
            format!("“{found}”有多个正负号。请去掉。"),
        ),
        Refusal::Negative { found } => say(
            format!("“{found}” is below zero. Write 0 or more."),
            format!("“{found}”小于零。请填 0 或更大的数。"),
        ),
        Refusal::OtherDigits { found } => say(
            format!("“{found}” isn't one of the digits 0 to 9. Write it with them."),
            format!("“{found}”不是 0 到 9 的数字。请改用 0 到 9。"),
        ),
        Refusal::Fraction { found } => say(
            format!("“{found}” is a fraction. Write decimals, such as 0.5."),
            format!("“{found}”是分数。请写成小数，例如 0.5。"),
        ),
        Refusal::Separators { found } => say(
            format!(
                "The separators of “{found}” can be read in no way. Write digits only, with a point before decimals, such as 1234.50."
            ),
            format!("“{found}”的分隔符读不通。只写数字，小数点用“.”，例如 1234.50。"),
        ),
        Refusal::NotWhole { found } => say(
            format!("“{found}” isn't a whole number. Write one without decimals, such as 300."),
            format!("“{found}”不是整数。请填不带小数的数，例如 300。"),
        ),
        Refusal::TooManyDigits { count } => say(
            format!(
                "There are {count} digits before the point, and at most 10 are possible. Check the figure."
            ),
            format!("小数点前有 {count} 位，最多 10 位。请核对。"),
        ),
        Refusal::TooManyDecimals { count } => say(
            format!(
                "There are {count} digits after the point, and at most 8 are possible. Round the figure."
            ),
            format!("小数点后有 {count} 位，最多 8 位。请四舍五入。"),
        ),
        Refusal::NoSuchDay { found } => say(
            format!("“{found}” isn't a day of the calendar. Check day and month."),
            format!("日历上没有“{found}”这一天。请核对月和日。"),
        ),
        Refusal::NotADate { found } => say(
            format!("“{found}” isn't a full date. Write year, month and day, such as 2026-11-22."),
            format!("“{found}”不是完整的日期。请写年、月、日，例如 2026-11-22。"),
        ),
    }
}

/// The one cell that a text holds, in plain characters, without spaces and quotes around it.
fn cell(text: &str) -> Result<String, Refusal> {
    let plain: String = text.chars().filter_map(plain).collect();
    let has_figure =
        |cell: &&str| cell.contains(|c: char| c.is_ascii_digit() || is_foreign_digit(c));
    let count = plain.split('\n').filter(has_figure).count();
    if count > 1 {
        return Err(Refusal::Cells { count });
    }
    let plain = plain.replace('\n', " ");
    let cell = plain.trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let inside = cell.strip_prefix(quote)?;
        inside.strip_suffix(quote)
    });
    // Spreadsheets mark a figure that is kept as a text by an apostrophe.
    let cell = quoted.unwrap_or(cell);
    let cell = cell.strip_prefix('\'').unwrap_or(cell).trim();
    match cell.chars().find(|c| is_foreign_digit(*c)) {
        Some(found @ ('¼'..='¾' | '⅐'..='⅟' | '↉')) => Err(Refusal::Fraction { found }),
        Some(found) => Err(Refusal::OtherDigits { found }),
        None => Ok(cell.to_owned()),
    }
}

/// Full-width and typographic characters as those of a plain keyboard; a break between cells as
/// `\n`, any other space as one; nothing for what can't be seen.
pub fn plain(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        '。' | '｡' => Some('.'),
        '￥' => Some('¥'),
        '￡' => Some('£'),
        '‘' | '’' | 'ʼ' => Some('\''),
        '“' | '”' => Some('"'),
        '\u{2010}'..='\u{2015}' | '−' => Some('-'),
        // The full-width forms of ASCII stand in its order.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).wrapping_sub(0xfee0)),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

fn is_foreign_digit(c: char) -> bool {
    c.is_numeric() && !c.is_ascii_digit() && c != '³'
}

/// The start of a text, to be quoted.
fn quoted(text: &str) -> String {
    let mut quoted: String = text.chars().take(24).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    quoted
}

fn number(cell: &str, kind: Kind, locale: Locale) -> Result<Reading, Refusal> {
    let found = || quoted(cell);
    let Parts {
        signs,
        figures,
        other,
        large,
    } = parts(cell, kind);
    // One and a half dozen, 1.2 ten thousands: whole only after they are multiplied.
    let is_scaled = other.is_some() || large.is_some();
    let is_count = kind == Kind::Count;
    let body = if is_count && is_scaled {
        Kind::Money
    } else {
        kind
    };
    let mut reading = read_figures(figures, body)?;
    if signs.len() > 1 {
        return Err(Refusal::Signs { found: found() });
    }
    let is_zero =
        matches!(&reading, Reading::Read(read) if read.bytes().all(|b| matches!(b, b'0' | b'.')));
    if signs == "-" && !is_zero {
        return Err(Refusal::Negative { found: found() });
    }
    if let Some(Other {
        mantissa,
        scale,
        target,
    }) = other
    {
        let factor = Decimal::new(mantissa, scale);
        return Err(Refusal::OtherUnit {
            found: found(),
            target,
            amount: only(&reading).and_then(|read| times(read, factor)),
        });
    }
    if let Some((unit, factor)) = large {
        let factor = Decimal::from(factor);
        if locale == Locale::En {
            let meant = only(&reading).and_then(|read| times(read, factor));
            return Err(Refusal::LargeUnit { unit, meant });
        }
        let scaled = |read: &String| {
            let digits = read.split('.').next().map_or(0, str::len);
            let zeros = usize::try_from(factor.mantissa().ilog10()).unwrap_or(0);
            let product = times(read, factor).ok_or(Refusal::TooManyDigits {
                count: digits.saturating_add(zeros),
            })?;
            if is_count {
                return whole(&product).ok_or_else(|| Refusal::NotWhole { found: found() });
            }
            Ok(product)
        };
        reading = match reading {
            Reading::Read(read) => Reading::Read(scaled(&read)?),
            Reading::Ambiguous(all) => {
                Reading::Ambiguous(all.iter().map(scaled).collect::<Result<_, _>>()?)
            }
            reading @ (Reading::Blank | Reading::Refused(_)) => reading,
        };
    }
    Ok(reading)
}

fn only(reading: &Reading) -> Option<&str> {
    match reading {
        Reading::Read(read) => Some(read),
        Reading::Blank | Reading::Ambiguous(_) | Reading::Refused(_) => None,
    }
}

/// A figure in another unit, rounded to what a request can hold.
fn times(figure: &str, factor: Decimal) -> Option<String> {
    let product = parse_decimal(figure).ok()?.checked_mul(factor)?;
    let strategy = RoundingStrategy::MidpointAwayFromZero;
    let product = product.round_dp_with_strategy(MAX_FRACTION_DIGITS, strategy);
    let product = write_decimal(product.normalize(), str::to_owned);
    parse_decimal(&product).is_ok().then_some(product)
}

/// The whole number that a figure is.
fn whole(figure: &str) -> Option<String> {
    let (whole, fraction) = figure.split_once('.').unwrap_or((figure, ""));
    fraction
        .bytes()
        .all(|digit| digit == b'0')
        .then(|| whole.to_owned())
}

/// A number and what stands around it.
struct Parts<'t> {
    /// Plus and minus signs before the figures.
    signs: String,
    figures: &'t str,
    /// A unit that isn't used here.
    other: Option<Other>,
    /// 万 and its like, with what it multiplies by.
    large: Option<(&'static str, i64)>,
}

/// A unit in which nothing is entered: so many of the target.
#[derive(Clone, Copy)]
struct Other {
    mantissa: i64,
    scale: u32,
    target: &'static str,
}

fn parts(cell: &str, kind: Kind) -> Parts<'_> {
    let mut signs = String::new();
    let mut other = None;
    let mut rest = cell;
    // `RMB ¥12元` says one thing; `5 kg cm` doesn't.
    let mut units = 0_usize;
    let may_have_more = |units| kind == Kind::Money || units == 0;
    // As accounts write what is below zero.
    if let Some(inside) = cell.strip_prefix('(').and_then(|c| c.strip_suffix(')')) {
        signs.push('-');
        rest = inside;
    }
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('-') {
            signs.push('-');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('+') {
            signs.push('+');
            rest = after;
        } else if may_have_more(units)
            && let Some((after, unit)) = unit(rest, kind, Side::Before)
        {
            units = units.saturating_add(1);
            other = other.or(unit);
            rest = after;
        } else {
            break;
        }
    }
    loop {
        rest = rest.trim_end();
        let unit = may_have_more(units).then(|| unit(rest, kind, Side::After));
        let Some((before, unit)) = unit.flatten() else {
            break;
        };
        units = units.saturating_add(1);
        other = other.or(unit);
        rest = before;
    }
    let mut large = None;
    if matches!(kind, Kind::Money | Kind::Count) {
        for (unit, factor) in LARGE {
            if let Some(before) = rest.strip_suffix(unit) {
                large = Some((*unit, *factor));
                rest = before.trim_end();
                break;
            }
        }
    }
    Parts {
        signs,
        figures: rest,
        other,
        large,
    }
}

/// What Chinese counts large figures in.
const LARGE: &[(&str, i64)] = &[
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("亿", 100_000_000),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// A text without the unit at its start or its end, and what the unit is where it isn't used here.
fn unit(text: &str, kind: Kind, side: Side) -> Option<(&str, Option<Other>)> {
    let (words, others) = units(kind);
    let words = words
        .iter()
        .filter_map(|word| Some((without(text, word, side)?, None)));
    let others = others.iter().filter_map(|(word, mantissa, scale, target)| {
        let other = Other {
            mantissa: *mantissa,
            scale: *scale,
            target,
        };
        Some((without(text, word, side)?, Some(other)))
    });
    let longest = words.chain(others).min_by_key(|(rest, _)| rest.len());
    longest.or_else(|| {
        let rest = (kind == Kind::Money).then(|| without_currency(text, side))??;
        Some((rest, None))
    })
}

/// A text without a word at its start or its end; letters must not go on beside it.
fn without<'t>(text: &'t str, word: &str, side: Side) -> Option<&'t str> {
    let cut = match side {
        Side::Before => word.len(),
        Side::After => text.len().checked_sub(word.len())?,
    };
    let (before, after) = text.split_at_checked(cut)?;
    let (found, rest) = match side {
        Side::Before => (before, after),
        Side::After => (after, before),
    };
    let (last, next) = match side {
        Side::Before => (found.chars().next_back(), rest.chars().next()),
        Side::After => (found.chars().next(), rest.chars().next_back()),
    };
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let goes_on = is_letter(last) && is_letter(next);
    (found.eq_ignore_ascii_case(word) && !goes_on).then_some(rest)
}

/// A text without a currency sign or a code of ISO 4217 at its start or its end.
fn without_currency(text: &str, side: Side) -> Option<&str> {
    let is_sign = |c| matches!(c, '¥' | '$' | '£' | '฿' | '\u{20a0}'..='\u{20cf}');
    let (sign, code) = match side {
        Side::Before => (text.strip_prefix(is_sign), text.get(..3)),
        Side::After => {
            let start = text.len().saturating_sub(3);
            (text.strip_suffix(is_sign), text.get(start..))
        }
    };
    sign.or_else(|| {
        let code = code?;
        Currency::from_code(&code.to_ascii_uppercase())?;
        without(text, code, side)
    })
}

type Words = &'static [&'static str];
/// A unit and what one of it is: mantissa, decimals, unit.
type Others = &'static [(&'static str, i64, u32, &'static str)];

/// The units that may stand beside a figure, and those that must not, with what they are.
fn units(kind: Kind) -> (Words, Others) {
    match kind {
        Kind::Money => (
            &[
                "rmb",
                "cnh",
                "yuan",
                "元",
                "圆",
                "块",
                "块钱",
                "人民币",
                "美元",
                "美金",
                "欧元",
                "英镑",
                "日元",
                "港币",
                "港元",
                "us$",
                "hk$",
                "nt$",
                "au$",
                "ca$",
                "nz$",
                "a$",
                "c$",
                "s$",
                "r$",
                "euro",
                "kr",
                "zł",
            ],
            &[("角", 1, 1, "元"), ("分", 1, 2, "元")],
        ),
        Kind::Measure => (
            &[
                "kg",
                "kgs",
                "㎏",
                "千克",
                "公斤",
                "cm",
                "㎝",
                "厘米",
                "公分",
                "m³",
                "m3",
                "㎥",
                "cbm",
                "立方米",
                "立方",
                "方",
            ],
            &[
                ("g", 1, 3, "kg"),
                ("克", 1, 3, "kg"),
                ("斤", 5, 1, "kg"),
                ("t", 1_000, 0, "kg"),
                ("吨", 1_000, 0, "kg"),
                ("lb", 45_359_237, 8, "kg"),
                ("lbs", 45_359_237, 8, "kg"),
                ("磅", 45_359_237, 8, "kg"),
                ("oz", 28_349_523_125, 12, "kg"),
                ("盎司", 28_349_523_125, 12, "kg"),
                ("mm", 1, 1, "cm"),
                ("㎜", 1, 1, "cm"),
                ("毫米", 1, 1, "cm"),
                ("m", 100, 0, "cm"),
                ("米", 100, 0, "cm"),
                ("in", 254, 2, "cm"),
                ("inch", 254, 2, "cm"),
                ("inches", 254, 2, "cm"),
                ("\"", 254, 2, "cm"),
                ("英寸", 254, 2, "cm"),
                ("ft", 3_048, 2, "cm"),
                ("英尺", 3_048, 2, "cm"),
                ("cm³", 1, 6, "m³"),
                ("cm3", 1, 6, "m³"),
                ("立方厘米", 1, 6, "m³"),
                ("l", 1, 3, "m³"),
                ("升", 1, 3, "m³"),
            ],
        ),
        Kind::Percent => (
            &["%", "percent", "pct", "百分之", "个点"],
            &[("‰", 1, 1, "%")],
        ),
        Kind::Count => (
            &[
                "pcs", "pc", "piece", "pieces", "unit", "units", "ea", "件", "个", "只", "套",
                "双", "对", "条", "张", "把", "台", "支", "瓶", "片", "枚", "块", "根", "本",
            ],
            &[("dozen", 12, 0, "pcs"), ("打", 12, 0, "件")],
        ),
        Kind::Date => (&[], &[]),
    }
}

/// What stands between the digits of one number.
const MARKS: [char; 4] = ['.', ',', '\'', ' '];

/// Reads digits and the marks between them.
fn read_figures(text: &str, kind: Kind) -> Result<Reading, Refusal> {
    let found = || quoted(text);
    if let Some(refusal) = strange(text) {
        return Err(refusal);
    }
    // What is half typed: `12.` is 12.
    let text = text.strip_suffix(['.', ',']).unwrap_or(text);
    let runs: Vec<&str> = text.split(MARKS).collect();
    let marks: Vec<char> = text.chars().filter(|c| MARKS.contains(c)).collect();
    let fits = |figure: &String| kind != Kind::Count || whole(figure).is_some();
    let written = [written(&runs, &marks, '.'), written(&runs, &marks, ',')];
    let is_number = written.iter().any(Option::is_some);
    let [point, comma] = written.map(|figure| figure.filter(fits));
    match (point, comma) {
        (Some(point), Some(comma)) if point != comma => {
            let is_usual = match kind {
                Kind::Money => true,
                Kind::Count => marks.first() == Some(&','),
                Kind::Measure | Kind::Percent | Kind::Date => marks.first() == Some(&'.'),
            };
            if is_usual {
                canonical(&point, kind).map(Reading::Read)
            } else {
                one_of(&[point, comma], kind)
            }
        }
        (Some(point), _) => canonical(&point, kind).map(Reading::Read),
        (None, Some(comma)) => {
            // `12,5`: decimals, or thousands with digits missing.
            let joined = runs.concat();
            let may_be_thousands = marks == [','] && !text.starts_with(['0', ',']);
            let joined = may_be_thousands.then_some(joined);
            let all: Vec<String> = [comma].into_iter().chain(joined).collect();
            one_of(&all, kind)
        }
        (None, None) if is_number => Err(Refusal::NotWhole { found: found() }),
        (None, None) if marks.iter().all(|mark| *mark == ' ') => {
            Err(Refusal::TwoNumbers { found: found() })
        }
        (None, None) => Err(Refusal::Separators { found: found() }),
    }
}

/// Why a text isn't made of digits and marks.
fn strange(text: &str) -> Option<Refusal> {
    let is_strange = |c: char| !c.is_ascii_digit() && !MARKS.contains(&c);
    let Some(start) = text.find(is_strange) else {
        let has_digit = text.contains(|c: char| c.is_ascii_digit());
        return (!has_digit).then_some(Refusal::NoFigure);
    };
    let (before, rest) = text.split_at_checked(start)?;
    let end = rest.find(|c| !is_strange(c)).unwrap_or(rest.len());
    let (word, after) = rest.split_at_checked(end)?;
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let is_between = has_digit(before) && has_digit(after);
    Some(match word {
        "e" | "E" | "e+" | "E+" | "e-" | "E-" if is_between => Refusal::Exponent {
            found: quoted(text),
        },
        "-" if has_digit(before) && after.is_empty() => Refusal::Negative {
            found: quoted(text),
        },
        word if is_between && word != "_" => Refusal::TwoNumbers {
            found: quoted(text),
        },
        word => Refusal::Words {
            found: quoted(word),
        },
    })
}

/// The number that is written where `point` stands before decimals: nothing where a mark stands
/// wrong, or thousands aren't groups of three.
fn written(runs: &[&str], marks: &[char], point: char) -> Option<String> {
    let (whole, groups, fraction) = match (runs.split_last(), marks.split_last()) {
        (Some((fraction, whole)), Some((mark, groups))) if *mark == point => {
            (whole, groups, Some(*fraction))
        }
        _ => (runs, marks, None),
    };
    let group = groups.first();
    if groups
        .iter()
        .any(|mark| *mark == point || Some(mark) != group)
    {
        return None;
    }
    let (first, others) = whole.split_first()?;
    let is_grouped = others.iter().all(|group| group.len() == 3)
        && (1..=3).contains(&first.len())
        && !first.starts_with('0');
    if !(others.is_empty() || is_grouped) {
        return None;
    }
    match fraction {
        None if first.is_empty() => None,
        None => Some(whole.concat()),
        Some("") => None,
        Some(fraction) => Some(format!("{}.{fraction}", whole.concat())),
    }
}

/// A number as requests write it.
fn canonical(figure: &str, kind: Kind) -> Result<String, Refusal> {
    let (before, after) = figure.split_once('.').unwrap_or((figure, ""));
    let before = match before.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    if before.len() > 10 {
        let count = before.len();
        return Err(Refusal::TooManyDigits { count });
    }
    let after = if after.len() > 8 {
        after.trim_end_matches('0')
    } else {
        after
    };
    if after.len() > 8 {
        let count = after.len();
        return Err(Refusal::TooManyDecimals { count });
    }
    Ok(match (kind, after) {
        (Kind::Count, _) | (_, "") => before.to_owned(),
        (_, after) => format!("{before}.{after}"),
    })
}

/// Asks which of some numbers is meant.
fn one_of(figures: &[String], kind: Kind) -> Result<Reading, Refusal> {
    let all: Result<Vec<String>, Refusal> = figures
        .iter()
        .map(|figure| canonical(figure, kind))
        .collect();
    all.map(Reading::Ambiguous)
}

/// Reads a date; `11/12/2026` is asked.
fn date(text: &str) -> Result<Reading, Refusal> {
    let found = || quoted(text);
    let day = without_time(text);
    let parts: Vec<&str> = day
        .split(['-', '/', '.', ',', ' ', '年', '月', '日', '号'])
        .filter(|part| !part.is_empty())
        .collect();
    let is_figures = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let is_year = |part: &str| part.len() == 4 && is_figures(part);
    let is_day = |part: &str| day_figures(part) != part || is_figures(part);
    let is_known = |part: &&str| is_day(part) || month_name(part).is_some();
    let starts_well = day.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !(starts_well && parts.iter().all(is_known)) {
        return Err(Refusal::NotADate { found: found() });
    }
    // Whether there is one order of day and month.
    let (is_sure, days) = match parts.as_slice() {
        [all] if all.len() == 8 => {
            let day = all.get(..4).zip(all.get(4..6)).zip(all.get(6..));
            let day = day.and_then(|((year, month), day)| calendar(year, month, day));
            (true, vec![day])
        }
        [year, month, day] if is_year(year) => (true, vec![calendar(year, month, day)]),
        [one, two, year] if is_year(year) => {
            let is_named = month_name(one).or(month_name(two)).is_some();
            let days = vec![calendar(year, one, two), calendar(year, two, one)];
            (is_named || one == two, days)
        }
        _ => return Err(Refusal::NotADate { found: found() }),
    };
    let mut days: Vec<String> = days.into_iter().flatten().collect();
    days.dedup();
    match days.as_slice() {
        [] => Err(Refusal::NoSuchDay { found: found() }),
        [day] if is_sure => Ok(Reading::Read(day.clone())),
        _ => Ok(Reading::Ambiguous(days)),
    }
}

/// The figures of `22nd`.
fn day_figures(day: &str) -> &str {
    let figures = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| day.strip_suffix(ending));
    figures
        .filter(|figures| figures.bytes().all(|b| b.is_ascii_digit()))
        .unwrap_or(day)
}

/// A date without the time that spreadsheets and messages put behind it.
fn without_time(text: &str) -> &str {
    let day = || {
        let (before, after) = text.split_once(':')?;
        let is_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | ' ');
        let (day, _) = before.rsplit_once([' ', 'T'])?;
        after.chars().all(is_time).then_some(day)
    };
    day().unwrap_or(text).trim()
}

/// A day of the calendar as requests write it.
fn calendar(year: &str, month: &str, day: &str) -> Option<String> {
    let named = month_name(month).map(|month| month.to_string());
    let month = named.as_deref().unwrap_or(month);
    let day = day_figures(day);
    let date = format!("{year}-{month:0>2}-{day:0>2}");
    parse_date(&date).map(|_| date)
}

/// The number of a month by its English name or at least three letters of it.
fn month_name(text: &str) -> Option<usize> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_start = |name: &str| {
        let start = name.get(..text.len());
        text.len() >= 3 && start.is_some_and(|start| start.eq_ignore_ascii_case(text))
    };
    let month = NAMES.iter().position(|name| is_start(name))?;
    Some(month.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use landfall::json::{self, Json};
    use proptest::prelude::*;

    use super::*;

    const FIELDS: &str = include_str!("../../tests/data/number-fields.json");

    fn text<'j>(example: &'j Json<'_>, name: &str) -> Option<&'j str> {
        let Json::Text(text) = field(example, name)? else {
            panic!("{name} is a text");
        };
        Some(text)
    }

    fn field<'j, 'a>(example: &'j Json<'a>, name: &str) -> Option<&'j Json<'a>> {
        let Json::Object(fields) = example else {
            panic!("an example is an object");
        };
        fields
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value)
    }

    /// The name of a refusal's reason.
    fn reason(refusal: &Refusal) -> String {
        let debug = format!("{refusal:?}");
        debug
            .split(|c: char| !c.is_ascii_alphabetic())
            .next()
            .unwrap()
            .to_owned()
    }

    fn is_as_expected(example: &Json<'_>, reading: &Reading) -> bool {
        match reading {
            Reading::Blank => field(example, "blank") == Some(&Json::Boolean(true)),
            Reading::Read(read) => text(example, "read") == Some(read),
            Reading::Ambiguous(all) => {
                let all = all.iter().map(|one| Json::Text(one.into())).collect();
                field(example, "ambiguous") == Some(&Json::List(all))
            }
            Reading::Refused(refusal) => text(example, "refused") == Some(&reason(refusal)),
        }
    }

    #[test]
    fn the_fields_read_as_their_table_says() {
        let Ok(Json::List(examples)) = json::read(FIELDS) else {
            panic!("the table is a list");
        };
        assert!(examples.len() >= 220, "{}", examples.len());
        let mut wrong = Vec::new();
        for example in &examples {
            let field = text(example, "text").unwrap();
            let kind = match text(example, "kind").unwrap() {
                "money" => Kind::Money,
                "measure" => Kind::Measure,
                "percent" => Kind::Percent,
                "count" => Kind::Count,
                "date" => Kind::Date,
                kind => panic!("{kind}"),
            };
            let locales = match text(example, "locale") {
                Some(tag) => vec![Locale::from_tag(tag).unwrap()],
                None => Locale::ALL.to_vec(),
            };
            for locale in locales {
                let reading = read(field, kind, locale);
                if !is_as_expected(example, &reading) {
                    wrong.push(format!("{field:?} {kind:?} {locale:?}: {reading:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_refusal_says_what_the_other_unit_comes_to() {
        let said = |text, kind, locale| {
            let Reading::Refused(why) = read(text, kind, locale) else {
                panic!("{text} is read");
            };
            refusal(locale, &why)
        };
        assert_eq!(
            said("500 g", Kind::Measure, Locale::En),
            "500 g is 0.5 kg. Write the figure in the unit of this field."
        );
        assert_eq!(
            said("5斤", Kind::Measure, Locale::Zh),
            "5斤 等于 2.5 kg。请按本栏的单位填写。"
        );
        assert_eq!(
            said("1.2万", Kind::Money, Locale::En),
            "With 万 this is 12000. Write 12000."
        );
        assert_eq!(
            said("12-3", Kind::Money, Locale::Zh),
            "“12-3”不止一个数字。只留一个。"
        );
    }

    fn kinds() -> impl Strategy<Value = Kind> {
        prop::sample::select(vec![
            Kind::Money,
            Kind::Measure,
            Kind::Percent,
            Kind::Count,
            Kind::Date,
        ])
    }

    fn locales() -> impl Strategy<Value = Locale> {
        prop::sample::select(Locale::ALL.to_vec())
    }

    fn check(text: &str, kind: Kind, locale: Locale) {
        let canonical = match read(text, kind, locale) {
            Reading::Blank => Vec::new(),
            Reading::Read(read) => vec![read],
            Reading::Ambiguous(all) => {
                assert!(matches!(all.len(), 1 | 2), "{text:?}: {all:?}");
                all
            }
            Reading::Refused(why) => {
                assert!(Locale::ALL.iter().all(|l| !refusal(*l, &why).is_empty()));
                Vec::new()
            }
        };
        for one in canonical {
            let is_good = match kind {
                Kind::Date => parse_date(&one).is_some(),
                Kind::Money | Kind::Measure | Kind::Percent | Kind::Count => {
                    parse_decimal(&one).is_ok()
                }
            };
            assert!(is_good, "{text:?}: {one}");
            assert!(kind != Kind::Count || one.bytes().all(|b| b.is_ascii_digit()));
            assert!(
                !one.starts_with('0')
                    || kind == Kind::Date
                    || matches!(one.get(1..2), None | Some("."))
            );
            for locale in Locale::ALL {
                assert_eq!(read(&one, kind, locale), Reading::Read(one.clone()));
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_reaches_a_panic(text in any::<String>(), kind in kinds(), locale in locales()) {
            check(&text, kind, locale);
        }

        #[test]
        fn what_is_read_reads_as_itself(
            text in "[-+¥$]?[0-9]{0,4}([.,' 。，/年-]{0,2}[0-9０-９]{0,4}){0,4}( ?(万|千|kg|g|%|元|USD|件|m³|dozen))?",
            kind in kinds(),
            locale in locales(),
        ) {
            check(&text, kind, locale);
        }

        #[test]
        fn a_decimal_reads_as_itself(whole in 0_u64..10_000_000_000, fraction in "[0-9]{0,8}") {
            let point = if fraction.is_empty() { "" } else { "." };
            let text = format!("{whole}{point}{fraction}");
            for kind in [Kind::Money, Kind::Measure, Kind::Percent] {
                for locale in Locale::ALL {
                    prop_assert_eq!(read(&text, kind, locale), Reading::Read(text.clone()));
                }
            }
        }
    }
}
