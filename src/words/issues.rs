//! What is wrong with an input, and the way out.
//!
//! A sentence stands beside its field or in a list behind the path of its field, so it speaks of
//! "this" and repeats neither name nor path.

use landfall::check::Named;
use landfall::issue::{Because, Issue, Kind, Problem, Range};
use landfall::landed_cost::{Base, ChargeComponent};
use landfall::money::Currency;
use rust_decimal::Decimal;

use crate::numbers::{count, number, percent};
use crate::{Locale, names};

/// The sentence of an issue: what is wrong and what to do.
pub fn issue(locale: Locale, issue: &Issue) -> String {
    match &issue.problem {
        Problem::NotJson { line, column } => {
            let (line, column) = (count(*line), count(*column));
            say!(
                locale,
                "This is not valid JSON. Look at line {line}, column {column} for a missing comma, quote or bracket.",
                "不是有效的 JSON。检查第 {line} 行第 {column} 列附近是否缺少逗号、引号或括号。",
            )
        }
        Problem::Required => say!(
            locale,
            "This is missing. Fill it in.",
            "缺少这一项，必须填写。",
        ),
        Problem::UnknownField { did_you_mean } => match did_you_mean {
            Some(name) => say!(
                locale,
                "This field is not known here. Did you mean “{name}”? If not, remove it.",
                "这里没有这个字段。是不是要写“{name}”？如果不是，删掉它。",
            ),
            None => say!(
                locale,
                "This field is not known here. Check its spelling, or remove it.",
                "这里没有这个字段。检查拼写，或者删掉它。",
            ),
        },
        Problem::WrongType { expected } => wrong_type(locale, *expected),
        Problem::NotDecimal { found } => {
            let found = quoted(locale, found);
            say!(
                locale,
                "{found} is not a number in the form that is needed. Write digits only, with a point before decimals, such as 1234.50; at most 10 digits before the point and 8 after it.",
                "{found}不是可用的数字格式。只写数字，小数点用“.”，例如 1234.50；整数最多 10 位，小数最多 8 位。",
            )
        }
        Problem::NotExact => say!(
            locale,
            "A JSON number with a fraction or an exponent can lose digits. Pass it as a text in quotes, such as \"12.50\".",
            "带小数或指数的 JSON 数字可能丢失精度。改成加引号的文本，例如 \"12.50\"。",
        ),
        Problem::NotInteger { found } if found.is_empty() => say!(
            locale,
            "This is not a whole number. Write it without a decimal point, such as 12.",
            "这里要填整数。不要带小数点，例如 12。",
        ),
        Problem::NotInteger { found } => {
            let found = quoted(locale, found);
            say!(
                locale,
                "{found} is not a whole number. Write it without a decimal point, such as 12.",
                "{found}不是整数。不要带小数点，例如 12。",
            )
        }
        Problem::OutOfRange(range) => out_of_range(locale, range),
        Problem::UnknownValue { found, allowed } => {
            unknown_value(locale, &issue.path, found, allowed)
        }
        Problem::BadDate { found } => {
            let found = quoted(locale, found);
            say!(
                locale,
                "{found} is not a calendar date. Write year, month and day, such as 2026-11-20.",
                "{found}不是有效日期。按年-月-日填写，例如 2026-11-20。",
            )
        }
        Problem::BadInstant { found } => {
            let found = quoted(locale, found);
            say!(
                locale,
                "{found} is not a time in UTC. Write it such as 2026-11-20T09:30:00Z.",
                "{found}不是有效的 UTC 时间。按 2026-11-20T09:30:00Z 的格式填写。",
            )
        }
        Problem::BadWeek { found } => {
            let found = quoted(locale, found);
            say!(
                locale,
                "{found} is not a week. Write year and week such as 2026-W47; most years have no week 53.",
                "{found}不是有效的周。按 2026-W47 的格式填写年和周；大多数年份没有第 53 周。",
            )
        }
        Problem::NotWithin { earliest, latest } => say!(
            locale,
            "This time does not fit. It must lie from {earliest} to {latest}.",
            "这个时间不符合。应当在 {earliest} 至 {latest} 之间。",
        ),
        Problem::BadSeed { found } => {
            let found = quoted(locale, found);
            say!(
                locale,
                "{found} is not a seed. Write 32 hexadecimal digits, as they stand beside a result, or leave it out and have one drawn.",
                "{found}不是抽样种子。填结果旁边显示的 32 位十六进制数字，或者留空由系统抽取。",
            )
        }
        Problem::Empty => say!(
            locale,
            "This is empty. Put something in.",
            "这里是空的，至少填一项内容。",
        ),
        Problem::TooMany { maximum, found } => {
            let (maximum, found) = (count(*maximum), count(*found));
            say!(
                locale,
                "There are {found} entries here, and at most {maximum} are allowed. Split them into several parts.",
                "这里有 {found} 项，最多允许 {maximum} 项。拆成几份再算。",
            )
        }
        Problem::TooFew { minimum, found } => {
            let (minimum, found) = (count(*minimum), count(*found));
            say!(
                locale,
                "At least {minimum} entries are needed here, and there are {found}. Add what is missing.",
                "这里至少要有 {minimum} 项，现在有 {found} 项。补上缺少的。",
            )
        }
        Problem::NotAllowedHere { because } => not_allowed_here(locale, *because),
        Problem::BaseNotKnown { base, component } => {
            let base = named(base, |name| names::base(locale, name)).unwrap_or(base);
            let component =
                named::<ChargeComponent>(component, |name| names::charge_component(locale, name))
                    .unwrap_or(component);
            let always_known = names::base(locale, Base::Goods);
            say!(
                locale,
                "This charge ({component}) is computed before its base ({base}) is known. Choose a base that is known earlier, such as {always_known}.",
                "计算{component}时，它的基数（{base}）还没有算出来。换一个更早算出的基数，例如{always_known}。",
            )
        }
        Problem::NotAscending => say!(
            locale,
            "This limit is not above the one before it. Put the steps in order, lowest first.",
            "这一档没有高于上一档。把各档从低到高排列。",
        ),
        Problem::NotClosed => say!(
            locale,
            "Every tier but the last needs an upper limit, and the last must have none. Add the limit here, or remove it.",
            "除最后一档外，每一档都要有上限；最后一档不能有上限。在这里补上或去掉上限。",
        ),
        Problem::EarlierThan { than } => say!(
            locale,
            "This is earlier than “{than}”, which must come first. Check both times.",
            "这个时间早于“{than}”，而后者应当在前。核对这两个时间。",
        ),
        Problem::MinimumAboveMaximum { minimum, maximum } => {
            let (minimum, maximum) = (number(*minimum), number(*maximum));
            say!(
                locale,
                "The minimum of {minimum} is above the maximum of {maximum}. Swap them, or change one.",
                "最低 {minimum} 高于最高 {maximum}。把两者对调，或改其中一个。",
            )
        }
        Problem::NotHundred { sum } => {
            let sum = number(*sum);
            say!(
                locale,
                "The weights add up to {sum}, not to 100. Change one or more of the four.",
                "四项权重合计为 {sum}，应为 100。调整其中一项或几项。",
            )
        }
        Problem::UnreachableMargin { sum_percent } => match sum_percent {
            Some(sum) => {
                let (sum, all) = (percent(locale, *sum), percent(locale, Decimal::ONE_HUNDRED));
                say!(
                    locale,
                    "Fees, advertising and margin add up to {sum} of the net revenue you keep, so no price is high enough. Bring them below {all} together.",
                    "平台费用、广告费和目标利润率合计占实收净额的 {sum}，定价再高也达不到。调低其中几项，合计要低于 {all}。",
                )
            }
            None => say!(
                locale,
                "Every unit comes back, so no revenue is left for a margin. Lower the return rate.",
                "全部退货，没有收入，谈不上利润率。调低退货率。",
            ),
        },
        Problem::TooLarge => say!(
            locale,
            "The result is too large to be written out. Look for digits too many in prices, quantities and rates, or for an exchange rate that is far too small.",
            "结果太大，无法写出。检查单价、数量和费率是否多写了位数，汇率是否过小。",
        ),
    }
}

fn wrong_type(locale: Locale, expected: Kind) -> String {
    match expected {
        Kind::Object => say!(
            locale,
            "An object is needed here. Write it in curly brackets, as names with values.",
            "这里要填对象。写在花括号里，由字段名和值组成。",
        ),
        Kind::List => say!(
            locale,
            "A list is needed here. Write it in square brackets, even for one item.",
            "这里要填列表。写在方括号里，只有一项也一样。",
        ),
        Kind::Text => say!(
            locale,
            "A text is needed here. Put it in quotes.",
            "这里要填文本。加上引号。",
        ),
        Kind::Decimal => say!(
            locale,
            "A number is needed here. Pass it as a text in quotes, such as \"12.50\".",
            "这里要填数字。写成加引号的文本，例如 \"12.50\"。",
        ),
        Kind::Integer => say!(
            locale,
            "A whole number is needed here. Write it without quotes, such as 12.",
            "这里要填整数。不加引号，例如 12。",
        ),
        Kind::Boolean => say!(
            locale,
            "Yes or no is needed here. Write true or false without quotes.",
            "这里要填是或否。写 true 或 false，不加引号。",
        ),
    }
}

fn not_allowed_here(locale: Locale, because: Because) -> String {
    match because {
        Because::Twice => say!(
            locale,
            "This is given twice. Keep one of the two.",
            "这一项写了两次。只保留一个。",
        ),
        Because::OnlyOnDestination => say!(
            locale,
            "Only destination charges can depend on conditions. Remove the conditions, or make this a destination charge.",
            "只有目的地费用可以设条件。去掉条件，或改为目的地费用。",
        ),
        Because::NotOnDestination => say!(
            locale,
            "A destination charge arises after the border and never joins the customs value. Remove this percentage.",
            "目的地费用发生在进口之后，不计入完税价格。去掉这个比例。",
        ),
        Because::NotOnDutyAndVat => say!(
            locale,
            "A percentage of duty and VAT cannot join the base of that same VAT. Remove this setting.",
            "按关税加增值税收取的费用，不能再计入增值税的税基。去掉这一项。",
        ),
        Because::OnlyInsurancePercent => say!(
            locale,
            "The insured value is for insurance only, and for one percentage without tiers. Choose another base.",
            "保险金额只能用作保险费的基数，而且只能是单一比例。换一个基数。",
        ),
        Because::AmountOrBreaks => say!(
            locale,
            "A price by chargeable weight is either one amount or weight breaks. Keep one of the two.",
            "按计费重收费，要么是单一价格，要么是分段价格。只保留一种。",
        ),
        Because::HasItsOwnRate => say!(
            locale,
            "This list is for other currencies. The home currency needs no rate, and yuan has a field of its own. Remove this rate.",
            "这里只填其他货币。本位币不需要汇率，人民币有单独的一栏。删掉这个汇率。",
        ),
        Because::HoursOrInquiry => say!(
            locale,
            "The hours of an answer are given and measured by an inquiry as well. Keep one of the two.",
            "回复时长既直接填写，又由询盘时间算出。只保留一个。",
        ),
        Because::AnsweredBeforeSent => say!(
            locale,
            "The answer is earlier than the inquiry. Check both times.",
            "回复时间早于询盘时间。核对这两个时间。",
        ),
        Because::OtherHomeCurrency => say!(
            locale,
            "Quotes can be compared in one home currency only. Use that of the first quote.",
            "比价只能用同一种本位币。改为第一份报价的本位币。",
        ),
        Because::NotInPlan => say!(
            locale,
            "The plan has no such class of defects. Remove this, or make a plan with an AQL for the class.",
            "抽样方案里没有这一类缺陷。删掉这一项，或者为它设定 AQL 后重新生成方案。",
        ),
        Because::HomeIsCny => say!(
            locale,
            "The home currency is yuan, so none is bought and no bank takes a spread. Remove this, or set it to 0.",
            "本位币就是人民币，不用换汇，也就没有汇率点差。删掉这一项，或填 0。",
        ),
    }
}

/// The words for a range.
fn out_of_range(locale: Locale, range: &Range) -> String {
    let (at_least, above) = (range.at_least.map(number), range.above.map(number));
    let (at_most, below) = (range.at_most.map(number), range.below.map(number));
    let same = range.at_least.is_some() && range.at_least == range.at_most;
    match (at_least, above, at_most, below) {
        (Some(only), None, Some(_), None) if same => {
            say!(locale, "This must be {only}.", "这里只能填 {only}。")
        }
        (Some(least), None, Some(most), None) => say!(
            locale,
            "This must be from {least} to {most}.",
            "这里要填 {least} 到 {most} 之间的数。",
        ),
        (Some(least), None, None, Some(limit)) => say!(
            locale,
            "This must be from {least} to below {limit}.",
            "这里要填不小于 {least}、小于 {limit} 的数。",
        ),
        (None, Some(limit), Some(most), None) => say!(
            locale,
            "This must be more than {limit} and at most {most}.",
            "这里要填大于 {limit}、不超过 {most} 的数。",
        ),
        (None, Some(lower), None, Some(upper)) => say!(
            locale,
            "This must be more than {lower} and less than {upper}.",
            "这里要填大于 {lower}、小于 {upper} 的数。",
        ),
        (least, above, most, below) => {
            let words = [
                least.map(|least| say!(locale, "at least {least}", "不小于 {least}")),
                above.map(|above| say!(locale, "more than {above}", "大于 {above}")),
                most.map(|most| say!(locale, "at most {most}", "不超过 {most}")),
                below.map(|below| say!(locale, "less than {below}", "小于 {below}")),
            ];
            let words: Vec<String> = words.into_iter().flatten().collect();
            if words.is_empty() {
                return say!(
                    locale,
                    "This is outside the range. Check the number.",
                    "数值超出范围。检查这个数。",
                );
            }
            let words = words.join(locale.pick(" and ", "、"));
            say!(locale, "This must be {words}.", "这里要填{words} 的数。")
        }
    }
}

/// A value that isn't known. Where the list of what may stand here isn't given, the place tells what
/// was looked for: an order, or a currency.
fn unknown_value(
    locale: Locale,
    path: &str,
    found: &str,
    allowed: &'static [&'static str],
) -> String {
    let name = quoted(locale, found);
    if !allowed.is_empty() {
        let allowed = allowed.join(locale.pick(", ", "、"));
        return say!(
            locale,
            "{name} is not one of the values that may stand here. Use one of: {allowed}.",
            "{name}不是可选的值。可选：{allowed}。",
        );
    }
    let field = path.rsplit('.').next().unwrap_or_default();
    if path.contains(".others.") || field.ends_with("urrency") {
        return unknown_currency(locale, found);
    }
    if field == "order" {
        return say!(
            locale,
            "No line belongs to the order {name}. Check its name, or give its lines this order.",
            "没有哪一行属于订单{name}。检查订单名称，或给相应的行填上这个订单。",
        );
    }
    say!(
        locale,
        "{name} is not known here. Check its spelling.",
        "这里没有{name}。检查拼写。",
    )
}

fn unknown_currency(locale: Locale, found: &str) -> String {
    let name = quoted(locale, found);
    if let Some(currency) = Currency::from_code(found) {
        return say!(
            locale,
            "There is no exchange rate for {currency}. Add it to the other rates, or choose another currency.",
            "没有 {currency} 的汇率。在其他汇率中补上，或换一种货币。",
        );
    }
    match Currency::from_code(&found.trim().to_ascii_uppercase()) {
        Some(currency) => say!(
            locale,
            "{name} is not a currency code. Write {currency}.",
            "{name}不是货币代码。写成 {currency}。",
        ),
        None => say!(
            locale,
            "{name} is not a currency code of ISO 4217. Use three capital letters, such as USD.",
            "{name}不是 ISO 4217 货币代码。用三个大写字母，例如 USD。",
        ),
    }
}

/// What is called by this name in JSON, in words.
fn named<T: Named>(name: &str, words: impl Fn(T) -> &'static str) -> Option<&'static str> {
    let mut known = T::NAMES.iter().zip(T::ALL);
    known.find_map(|(known, value)| (*known == name).then(|| words(*value)))
}

/// What was given, in quotation marks; an empty text is told in words.
fn quoted(locale: Locale, found: &str) -> String {
    if found.is_empty() {
        say!(locale, "An empty text", "空文本")
    } else {
        format!("“{found}”")
    }
}
