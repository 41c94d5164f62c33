//! Sentences to the letter. In the texts here `~` stands for the space that doesn't break.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail by panicking"
)]

mod support;

use landfall::control::{Backtest, Tried};
use landfall::finding::{Finding, PreviousPrice, Rule};
use landfall::issue::{Because, Issue, Kind, Problem, Range};
use landfall::landed_cost::{
    Base, ChargePart, ChargeWorking, Chargeable, Component, Concern, GovernedBy, Key, Missing,
    Part, PartName, RateWorking, Share, TierWorking, Warning, Weighed, Working,
};
use landfall::money::Currency;
use landfall::order::{OrderCheckRequest, Verdict, check_order};
use landfall_words::{
    Locale, backtest, charge_working, chargeable, finding, issue, owner_message, tried, warning,
    working,
};
use rust_decimal::Decimal;
use support::d;

#[track_caller]
fn expect(words: impl Fn(Locale) -> String, english: &str, chinese: &str) {
    assert_eq!(words(Locale::En).replace('\u{a0}', "~"), english);
    assert_eq!(words(Locale::Zh).replace('\u{a0}', "~"), chinese);
}

#[track_caller]
fn expect_issue(path: &str, problem: Problem, english: &str, chinese: &str) {
    let path = path.to_owned();
    let problem = Issue { path, problem };
    expect(|locale| issue(locale, &problem), english, chinese);
}

#[track_caller]
fn expect_warning(path: &str, concern: Concern, english: &str, chinese: &str) {
    let path = path.to_owned();
    let odd = Warning { path, concern };
    expect(|locale| warning(locale, &odd), english, chinese);
}

#[track_caller]
fn expect_working(home: &str, how: &Working, english: &str, chinese: &str) {
    expect(|locale| working(locale, home, how), english, chinese);
}

#[track_caller]
fn expect_charge(home: &str, how: &ChargeWorking, english: &str, chinese: &str) {
    expect(|locale| charge_working(locale, home, how), english, chinese);
}

fn unknown(found: &str, allowed: &'static [&'static str]) -> Problem {
    Problem::UnknownValue {
        found: found.to_owned(),
        allowed,
    }
}

#[test]
fn ranges_are_told_in_words() {
    for (range, english, chinese) in [
        (
            Range::POSITIVE,
            "This must be more than 0.",
            "这里要填大于 0 的数。",
        ),
        (
            Range::AMOUNT,
            "This must be at least 0.",
            "这里要填不小于 0 的数。",
        ),
        (
            Range::up_to(Decimal::ONE_HUNDRED),
            "This must be from 0 to 100.",
            "这里要填 0 到 100 之间的数。",
        ),
        (
            Range::below(Decimal::ONE_HUNDRED),
            "This must be from 0 to below 100.",
            "这里要填不小于 0、小于 100 的数。",
        ),
        (
            Range {
                at_least: Some(d("1")),
                at_most: Some(d("1000000000")),
                ..Range::default()
            },
            "This must be from 1 to 1,000,000,000.",
            "这里要填 1 到 1,000,000,000 之间的数。",
        ),
        (
            Range {
                at_least: Some(d("1")),
                at_most: Some(d("1.0")),
                ..Range::default()
            },
            "This must be 1.",
            "这里只能填 1。",
        ),
    ] {
        expect_issue(
            "lines[0].quantity",
            Problem::OutOfRange(range),
            english,
            chinese,
        );
    }
}

#[test]
fn issues_say_what_to_do() {
    expect_issue(
        "",
        Problem::NotJson {
            line: 3,
            column: 17,
        },
        "This is not valid JSON. Look at line 3, column 17 for a missing comma, quote or bracket.",
        "不是有效的 JSON。检查第 3 行第 17 列附近是否缺少逗号、引号或括号。",
    );
    expect_issue(
        "homeCurrency",
        Problem::Required,
        "This is missing. Fill it in.",
        "缺少这一项，必须填写。",
    );
    expect_issue(
        "lines[0].quantiy",
        Problem::UnknownField {
            did_you_mean: Some("quantity"),
        },
        "This field is not known here. Did you mean “quantity”? If not, remove it.",
        "这里没有这个字段。是不是要写“quantity”？如果不是，删掉它。",
    );
    expect_issue(
        "lines[0].unitPriceCny",
        Problem::NotExact,
        "A JSON number with a fraction or an exponent can lose digits. Pass it as a text in quotes, such as \"12.50\".",
        "带小数或指数的 JSON 数字可能丢失精度。改成加引号的文本，例如 \"12.50\"。",
    );
    expect_issue(
        "lines[0].unitPriceCny",
        Problem::NotDecimal {
            found: "¥1,234.50".to_owned(),
        },
        "“¥1,234.50” is not a number in the form that is needed. Write digits only, with a point before decimals, such as 1234.50; at most 10 digits before the point and 8 after it.",
        "“¥1,234.50”不是可用的数字格式。只写数字，小数点用“.”，例如 1234.50；整数最多 10 位，小数最多 8 位。",
    );
    expect_issue(
        "lines[0].quantity",
        Problem::WrongType {
            expected: Kind::Integer,
        },
        "A whole number is needed here. Write it without quotes, such as 12.",
        "这里要填整数。不加引号，例如 12。",
    );
    expect_issue(
        "charges[4].rate.base",
        Problem::BaseNotKnown {
            base: "customsValue",
            component: "insurance",
        },
        "This charge (Insurance) is computed before its base (the customs value) is known. Choose a base that is known earlier, such as goods.",
        "计算保险费时，它的基数（完税价格）还没有算出来。换一个更早算出的基数，例如货款。",
    );
    expect_issue(
        "exchangeRate.spreadPercent",
        Problem::NotAllowedHere {
            because: Because::HomeIsCny,
        },
        "The home currency is yuan, so none is bought and no bank takes a spread. Remove this, or set it to 0.",
        "本位币就是人民币，不用换汇，也就没有汇率点差。删掉这一项，或填 0。",
    );
    expect_issue(
        "targetMarginPercent",
        Problem::UnreachableMargin {
            sum_percent: Some(d("104.50")),
        },
        "Fees, advertising and margin add up to 104.50~% of the net revenue you keep, so no price is high enough. Bring them below 100~% together.",
        "平台费用、广告费和目标利润率合计占实收净额的 104.50%，定价再高也达不到。调低其中几项，合计要低于 100%。",
    );
    expect_issue(
        "lines[0]",
        Problem::TooLarge,
        "The result is too large to be written out. Look for digits too many in prices, quantities and rates, or for an exchange rate that is far too small.",
        "结果太大，无法写出。检查单价、数量和费率是否多写了位数，汇率是否过小。",
    );
}

#[test]
fn an_unknown_value_is_told_by_what_was_looked_for() {
    expect_issue(
        "shipment.mode",
        unknown("boat", &["air", "sea"]),
        "“boat” is not one of the values that may stand here. Use one of: air, sea.",
        "“boat”不是可选的值。可选：air、sea。",
    );
    expect_issue(
        "charges[0].order",
        unknown("B-7", &[]),
        "No line belongs to the order “B-7”. Check its name, or give its lines this order.",
        "没有哪一行属于订单“B-7”。检查订单名称，或给相应的行填上这个订单。",
    );
    for path in [
        "homeCurrency",
        "charges[0].currency",
        "exchangeRate.others.order",
    ] {
        expect_issue(
            path,
            unknown("order", &[]),
            "“order” is not a currency code of ISO 4217. Use three capital letters, such as USD.",
            "“order”不是 ISO 4217 货币代码。用三个大写字母，例如 USD。",
        );
    }
    expect_issue(
        "homeCurrency",
        unknown("usd", &[]),
        "“usd” is not a currency code. Write USD.",
        "“usd”不是货币代码。写成 USD。",
    );
    expect_issue(
        "charges[0].currency",
        unknown("EUR", &[]),
        "There is no exchange rate for EUR. Add it to the other rates, or choose another currency.",
        "没有 EUR 的汇率。在其他汇率中补上，或换一种货币。",
    );
    expect_issue(
        "homeCurrency",
        unknown("", &[]),
        "An empty text is not a currency code of ISO 4217. Use three capital letters, such as USD.",
        "空文本不是 ISO 4217 货币代码。用三个大写字母，例如 USD。",
    );
}

#[test]
fn warnings_count_lines_as_people_do() {
    let sku = || "LID-01".to_owned();
    expect_warning(
        "lines[1].unitWeightKg",
        Concern::MeasureMissing {
            sku: sku(),
            measure: Missing::Weight,
        },
        "Line 2 (LID-01) has no weight, though other lines have. Charges that count weight take it as 0, so its cost may come out too low. Enter the weight of a unit or of a full carton.",
        "第 2 行（LID-01）没有重量，而其他行有。涉及重量的费用把它当作 0，成本可能偏低。补填单件重量或整箱毛重。",
    );
    expect_warning(
        "charges[2].rate",
        Concern::ChargeIsZero {
            measure: Missing::Volume,
        },
        "Charge 3 is billed by volume, but its lines have no carton sizes, so it costs nothing. Enter the sizes, or bill it differently.",
        "第 3 项费用按体积收，但相关各行都没有外箱尺寸，结果为 0。补填尺寸，或换一种计费方式。",
    );
    expect_warning(
        "lines[1].carton",
        Concern::DensityUnlikely {
            sku: sku(),
            kg_per_cbm: Some(d("3384.3")),
        },
        "Line 2 (LID-01): its carton comes to 3,384.3~kg/m³, where 20 to 2,000 is usual. A slip in size, weight or units per carton makes the freight wrong. Check all three, and that they are in cm and kg.",
        "第 2 行（LID-01）：外箱密度为 3,384.3~kg/m³，正常在 20 到 2,000 之间。尺寸、重量或每箱件数有误，运费就会算错。核对这三项，单位是 cm 和 kg。",
    );
    expect_warning(
        "lines[1].vatPercent",
        Concern::PercentUnlikely { percent: d("190") },
        "Line 2: 190~% is unusually high for VAT, and it counts in full. Check the decimal point.",
        "第 2 行：增值税税率 190% 高得少见，并且会全额计入。检查小数点。",
    );
    expect_warning(
        "customs.dutyPercent",
        Concern::PercentUnlikely { percent: d("190") },
        "190~% is unusually high for duty, and it counts in full. Check the decimal point.",
        "关税税率 190% 高得少见，并且会全额计入。检查小数点。",
    );
    expect_warning(
        "charges[0].rate.tiers[1].percent",
        Concern::PercentUnlikely { percent: d("55") },
        "Charge 1: 55~% is unusually high for a fee, and it counts in full. Check the decimal point.",
        "第 1 项费用：费率 55% 高得少见，并且会全额计入。检查小数点。",
    );
    expect_warning(
        "lines[2].sku",
        Concern::DuplicateSku {
            sku: sku(),
            earlier: 0,
        },
        "Line 3 (LID-01) has the same SKU as line 1, and both are counted. Remove one if the article was entered twice.",
        "第 3 行（LID-01）与第 1 行的 SKU 相同，两行都计入了。如果是重复录入，删掉一行。",
    );
}

#[test]
fn goods_are_divided_by_what_the_bank_gives() {
    let goods = |spread| Working::Goods {
        unit_price_cny: d("30.72"),
        quantity: 333,
        cny_per_unit: d("4.502"),
        spread_percent: d(spread),
    };
    expect_working(
        "AUD",
        &goods("0"),
        "CNY~30.72 × 333 ÷ 4.502 CNY per AUD",
        "CNY~30.72 × 333 ÷ 4.502 CNY/AUD",
    );
    expect_working(
        "AUD",
        &goods("1.5"),
        "CNY~30.72 × 333 ÷ (4.502 × 98.5~%) CNY per AUD, spread 1.5~%",
        "CNY~30.72 × 333 ÷ (4.502 × 98.5%) CNY/AUD，汇率点差 1.5%",
    );
    expect_working("CNY", &goods("0"), "CNY~30.72 × 333", "CNY~30.72 × 333");
}

#[test]
fn duty_and_vat_name_their_terms() {
    let duty = |percent, additional, per_unit, per_kg| Working::Duty {
        customs_value: d("665.10"),
        percent: d(percent),
        additional_percent: d(additional),
        per_unit: d(per_unit),
        quantity: 300,
        per_kg: d(per_kg),
        net_kg: d("120.500"),
    };
    expect_working(
        "USD",
        &duty("9.8", "37.5", "0.10", "0.55"),
        "Customs value USD~665.10 × (9.8~% + 37.5~%) + USD~0.10 × 300~units + USD~0.55 × 120.5~kg net",
        "完税价格 USD~665.10 × (9.8% + 37.5%) + USD~0.10 × 300~件 + USD~0.55 × 净重 120.5~kg",
    );
    expect_working(
        "USD",
        &duty("9.8", "0", "0", "0"),
        "Customs value USD~665.10 × 9.8~%",
        "完税价格 USD~665.10 × 9.8%",
    );
    expect_working(
        "USD",
        &duty("0", "0", "0.10", "0"),
        "USD~0.10 × 300~units",
        "USD~0.10 × 300~件",
    );
    expect_working(
        "USD",
        &duty("0", "0", "0", "0"),
        "Customs value USD~665.10 × 0~%",
        "完税价格 USD~665.10 × 0%",
    );
    let vat = |uplift, duty, taxable| Working::Vat {
        customs_value: d("700.00"),
        uplift_percent: d(uplift),
        duty: d(duty),
        taxable: d(taxable),
        percent: d("15"),
    };
    expect_working(
        "ZAR",
        &vat("10", "50.00", "101.00"),
        "(Customs value ZAR~700.00 × (100~% + 10~%) + Import duty ZAR~50.00 + Taxable charges ZAR~101.00) × 15~%",
        "(完税价格 ZAR~700.00 × (100% + 10%) + 进口关税 ZAR~50.00 + 计税费用 ZAR~101.00) × 15%",
    );
    expect_working(
        "GBP",
        &vat("0", "0.00", "0.00"),
        "Customs value GBP~700.00 × 15~%",
        "完税价格 GBP~700.00 × 15%",
    );
}

#[test]
fn other_workings() {
    let label = Some("Port fees".to_owned());
    let part = ChargePart {
        charge: 2,
        component: Component::Destination,
        label,
        amount: d("145.00"),
        percent_of_charge: None,
    };
    let mut unnamed = part.clone();
    unnamed.label = Some(String::new());
    expect_working(
        "USD",
        &Working::SumOfCharges {
            parts: vec![part.clone(), unnamed],
        },
        "Port fees USD~145.00 + Destination charges USD~145.00",
        "Port fees USD~145.00 + 目的地费用 USD~145.00",
    );
    expect_working(
        "USD",
        &Working::CustomsValue {
            goods: d("665.10"),
            cny_per_unit: d("7.12"),
            parts: vec![],
        },
        "Goods USD~665.10 (at 7.12 CNY per USD)",
        "货款 USD~665.10（按 7.12 CNY/USD 折算）",
    );
    expect_working(
        "USD",
        &Working::Shares {
            parts: vec![Share {
                part,
                of: d("290.01"),
                by: Key::Chargeable,
                percent: d("49.9983"),
            }],
        },
        "Port fees: USD~145.00 of USD~290.01, 49.9983~% by chargeable weight",
        "Port fees：USD~290.01 按计费重分摊 49.9983%，计 USD~145.00",
    );
    expect_working(
        "USD",
        &Working::Sum {
            parts: vec![Part {
                name: PartName::Component(Component::Goods),
                amount: d("1665.10"),
            }],
        },
        "Goods USD~1,665.10",
        "货款 USD~1,665.10",
    );
    expect_working(
        "USD",
        &Working::SumOfLines { lines: 2 },
        "The sum over 2~lines",
        "2~行之和",
    );
    expect_working(
        "USD",
        &Working::Relieved {
            value: d("120.00"),
            up_to: d("800"),
        },
        "0: the value of USD~120.00 is not above the threshold of USD~800.",
        "0：货值 USD~120.00 不超过免税限额 USD~800。",
    );
    expect_working(
        "EUR",
        &Working::VatRecovered {
            due: d("142.65"),
            customs_value: d("713.25"),
            uplift_percent: d("0"),
            duty: d("0.00"),
            taxable: d("0.00"),
            percent: d("20"),
        },
        "0: EUR~142.65 is due at the border (Customs value EUR~713.25 × 20~%) and comes back, so it is no cost.",
        "0：进口时缴纳 EUR~142.65（完税价格 EUR~713.25 × 20%），可以抵扣，不算成本。",
    );
    expect_working(
        "EUR",
        &Working::Defects {
            subtotal: d("980.00"),
            percent: d("2"),
        },
        "All other costs of this line EUR~980.00 × 2~% ÷ (100~% − 2~%)",
        "本行其他成本 EUR~980.00 × 2% ÷ (100% − 2%)",
    );
    expect_working(
        "USD",
        &Working::PerUnit {
            amount: d("2323.93"),
            units: 800,
        },
        "USD~2,323.93 ÷ 800~good units",
        "USD~2,323.93 ÷ 800~件合格品",
    );
    expect_working(
        "USD",
        &Working::PercentOfTotal {
            amount: d("665.10"),
            total: d("2323.93"),
        },
        "USD~665.10 ÷ total USD~2,323.93 × 100~%",
        "USD~665.10 ÷ 总额 USD~2,323.93 × 100%",
    );
}

fn in_home_currency(code: &str, rate: RateWorking) -> ChargeWorking {
    ChargeWorking {
        rate,
        currency: Currency::from_code(code).unwrap(),
        minimum: None,
        maximum: None,
        own_amount: None,
        per_home_unit: None,
        spread_percent: None,
    }
}

fn weight() -> Chargeable {
    Chargeable {
        kg: d("90.000"),
        gross_kg: d("89.620"),
        volumetric_kg: d("63.500"),
        divisor: d("6000"),
        per: Weighed::Shipment,
        round_up_to_kg: d("1"),
        minimum_kg: d("21"),
        governed_by: GovernedBy::Weight,
    }
}

#[test]
fn a_chargeable_weight_tells_what_decided() {
    let mut weight = weight();
    expect(
        |locale| chargeable(locale, &weight),
        "89.62~kg actual, 63.5~kg by volume (÷ 6,000); the actual weight governs, rounded up to a multiple of 1~kg; billed 90~kg",
        "实重 89.62~kg，体积重 63.5~kg（÷ 6,000）；按实重计费，按 1~kg 进位；计费重 90~kg",
    );
    weight.round_up_to_kg = d("0");
    weight.governed_by = GovernedBy::Volume;
    weight.kg = d("101.250");
    weight.volumetric_kg = weight.kg;
    expect(
        |locale| chargeable(locale, &weight),
        "89.62~kg actual, 101.25~kg by volume (÷ 6,000); the volume governs; billed 101.25~kg",
        "实重 89.62~kg，体积重 101.25~kg（÷ 6,000）；按体积重计费；计费重 101.25~kg",
    );
    weight.governed_by = GovernedBy::Minimum;
    weight.kg = weight.minimum_kg;
    expect(
        |locale| chargeable(locale, &weight),
        "89.62~kg actual, 101.25~kg by volume (÷ 6,000); the minimum of 21~kg governs; billed 21~kg",
        "实重 89.62~kg，体积重 101.25~kg（÷ 6,000）；按起重 21~kg 计费；计费重 21~kg",
    );
    weight.governed_by = GovernedBy::Cartons;
    weight.per = Weighed::Carton;
    weight.kg = d("108");
    weight.round_up_to_kg = d("0.5");
    expect(
        |locale| chargeable(locale, &weight),
        "89.62~kg actual, 101.25~kg by volume (÷ 6,000); each carton counts by its weight or its volume, whichever is more, rounded up to a multiple of 0.5~kg; billed 108~kg",
        "实重 89.62~kg，体积重 101.25~kg（÷ 6,000）；逐箱比较，取实重与体积重中的较大者，按 0.5~kg 进位；计费重 108~kg",
    );
}

#[test]
fn a_charge_tells_rate_limits_and_conversion() {
    let mut fee = in_home_currency(
        "USD",
        RateWorking::PercentOf {
            of: Base::GoodsAndDomesticShipping,
            base: d("665.10"),
            percent: d("5"),
        },
    );
    fee.minimum = Some(d("8.00"));
    expect_charge(
        "USD",
        &fee,
        "5~% of goods and domestic shipping (USD~665.10), at least USD~8.00",
        "货款加国内运费（USD~665.10）的 5%，最低 USD~8.00",
    );
    // The same with its minimum in yuan.
    fee.currency = Currency::CNY;
    fee.per_home_unit = Some(d("7.10"));
    expect_charge(
        "USD",
        &fee,
        "5~% of goods and domestic shipping (USD~665.10), at least CNY~8.00; limits ÷ 7.10 CNY per USD",
        "货款加国内运费（USD~665.10）的 5%，最低 CNY~8.00；限额 ÷ 7.10 CNY/USD",
    );
    fee.minimum = None;
    expect_charge(
        "USD",
        &fee,
        "5~% of goods and domestic shipping (USD~665.10)",
        "货款加国内运费（USD~665.10）的 5%",
    );

    let mut freight = in_home_currency(
        "CNY",
        RateWorking::PerChargeableKg {
            weight: weight(),
            amount: d("38"),
        },
    );
    freight.own_amount = Some(d("3420.0000"));
    freight.per_home_unit = Some(d("9.21"));
    expect_charge(
        "GBP",
        &freight,
        "CNY~38 × 90~kg = CNY~3,420.00; ÷ 9.21 CNY per GBP. Weight: 89.62~kg actual, 63.5~kg by volume (÷ 6,000); the actual weight governs, rounded up to a multiple of 1~kg; billed 90~kg",
        "CNY~38 × 90~kg = CNY~3,420.00；÷ 9.21 CNY/GBP。重量：实重 89.62~kg，体积重 63.5~kg（÷ 6,000）；按实重计费，按 1~kg 进位；计费重 90~kg",
    );
    // With a limit there is no equation, and the amount is told.
    freight.rate = RateWorking::PerUnit {
        amount: d("0.222"),
        count: d("2555"),
    };
    freight.own_amount = Some(d("500.0000"));
    freight.maximum = Some(d("500"));
    expect_charge(
        "GBP",
        &freight,
        "CNY~0.222 × 2,555~units, at most CNY~500: CNY~500.00; ÷ 9.21 CNY per GBP",
        "CNY~0.222 × 2,555~件，最高 CNY~500：CNY~500.00；÷ 9.21 CNY/GBP",
    );
    // A measure that was rounded for reading doesn't give the amount to the last digit.
    freight.maximum = None;
    freight.own_amount = Some(d("567.2101"));
    expect_charge(
        "GBP",
        &freight,
        "CNY~0.222 × 2,555~units: CNY~567.2101; ÷ 9.21 CNY per GBP",
        "CNY~0.222 × 2,555~件：CNY~567.2101；÷ 9.21 CNY/GBP",
    );
}

#[test]
fn the_other_rates_of_freight_and_insurance() {
    expect_charge(
        "CNY",
        &in_home_currency(
            "CNY",
            RateWorking::FirstAndNextKg {
                weight: Chargeable {
                    kg: d("8.500"),
                    gross_kg: d("8.400"),
                    round_up_to_kg: d("0.5"),
                    volumetric_kg: d("0"),
                    ..weight()
                },
                first_kg: d("0.5"),
                first_amount: d("118"),
                next_kg: d("0.5"),
                next_amount: d("27"),
            },
        ),
        "CNY~118 for the first 0.5~kg + CNY~27 for every 0.5~kg begun beyond it, up to 8.5~kg. Weight: 8.4~kg actual, 0~kg by volume (÷ 6,000); the actual weight governs, rounded up to a multiple of 0.5~kg; billed 8.5~kg",
        "首重 0.5~kg CNY~118 + 续重每 0.5~kg CNY~27（不足 0.5~kg 按 0.5~kg 算），共 8.5~kg。重量：实重 8.4~kg，体积重 0~kg（÷ 6,000）；按实重计费，按 0.5~kg 进位；计费重 8.5~kg",
    );
    expect_charge(
        "CNY",
        &in_home_currency(
            "CNY",
            RateWorking::WeightBreaks {
                weight: Chargeable {
                    round_up_to_kg: d("0"),
                    kg: d("89.620"),
                    ..weight()
                },
                from_kg: d("100"),
                amount: d("30"),
            },
        ),
        "CNY~30 × 100~kg (the cheapest break, from 100~kg). Weight: 89.62~kg actual, 63.5~kg by volume (÷ 6,000); the actual weight governs; billed 89.62~kg",
        "CNY~30 × 100~kg（最省的一档，100~kg 起）。重量：实重 89.62~kg，体积重 63.5~kg（÷ 6,000）；按实重计费；计费重 89.62~kg",
    );
    let tons = |minimum| RateWorking::PerRevenueTon {
        amount: d("85"),
        cbm: d("0.758000"),
        kg: d("197.470"),
        kg_per_cbm: d("333"),
        minimum_tons: d(minimum),
    };
    expect_charge(
        "USD",
        &in_home_currency("USD", tons("1")),
        "USD~85 × the largest of 0.758~m³, 197.47~kg ÷ 333, and the minimum of 1~ton",
        "USD~85 × 0.758~m³、197.47~kg ÷ 333、最低 1~吨中的最大者",
    );
    expect_charge(
        "USD",
        &in_home_currency("USD", tons("0")),
        "USD~85 × the larger of 0.758~m³ and 197.47~kg ÷ 333",
        "USD~85 × 0.758~m³ 与 197.47~kg ÷ 333 中的较大者",
    );
    expect_charge(
        "USD",
        &in_home_currency(
            "USD",
            RateWorking::Insurance {
                base: d("1736.20"),
                percent: d("0.3"),
            },
        ),
        "USD~1,736.20 × 1.1 × 0.3~% ÷ (1 − 1.1 × 0.3~%): 110~% of goods, domestic shipping, packaging and international shipping is insured, with the premium inside",
        "USD~1,736.20 × 1.1 × 0.3% ÷ (1 − 1.1 × 0.3%)：按货款、国内运费、包装费、国际运费合计的 110% 投保，含保险费本身",
    );
    let tier = |up_to: Option<&str>, percent| TierWorking {
        up_to: up_to.map(d),
        percent: d(percent),
    };
    let tiered = |tiers| RateWorking::TieredPercentOf {
        of: Base::Goods,
        base: d("6000.00"),
        tiers,
    };
    let mut fee = in_home_currency(
        "CNY",
        tiered(vec![
            tier(Some("1000"), "8"),
            tier(Some("5000"), "6"),
            tier(None, "4.5"),
        ]),
    );
    fee.per_home_unit = Some(d("7.10"));
    expect_charge(
        "USD",
        &fee,
        "Each part of goods (USD~6,000.00) at its own rate: 8~% up to CNY~1,000, 6~% up to CNY~5,000, 4.5~% above; limits ÷ 7.10 CNY per USD",
        "货款（USD~6,000.00）分段累进：CNY~1,000 以内 8%，CNY~5,000 以内 6%，超出部分 4.5%；限额 ÷ 7.10 CNY/USD",
    );
    expect_charge(
        "USD",
        &in_home_currency("USD", tiered(vec![tier(None, "4.5")])),
        "4.5~% of goods (USD~6,000.00)",
        "货款（USD~6,000.00）的 4.5%",
    );
}

#[test]
fn a_price_that_rose_too_far_is_told_with_the_price_before() {
    let stop = Finding::PriceIncrease {
        sku: "MUG".into(),
        unit_price_cny: d("11.5001").0,
        previous: Some(PreviousPrice {
            unit_price_cny: d("10").0,
            date: landfall::check::parse_date("2026-10-30").unwrap(),
        }),
        maximum_percent: d("15"),
    };
    expect(
        |locale| finding(locale, Currency::USD, &stop),
        "MUG: CNY~11.5001 is 15.01~% above the CNY~10 of 2026-10-30; more than 15~% is for the owner to decide. Ask for the old price, or put it to the owner.",
        "MUG：CNY~11.5001 比 2026-10-30 的 CNY~10 高 15.01%，涨幅超过 15% 须由负责人决定。争取原价，或交负责人决定。",
    );
}

#[test]
fn a_value_without_the_landed_cost_says_what_it_lacks() {
    let found = Finding::OrderValue {
        value: d("130.00"),
        maximum: d("800"),
        basis: landfall::policy::OrderValueBasis::LandedCost,
        counted: landfall::policy::OrderValueBasis::GoodsAndDomesticShipping,
    };
    expect(
        |locale| finding(locale, Currency::from_code("EUR").unwrap(), &found),
        "The order is worth EUR~130.00 so far (goods and domestic shipping), within the limit of EUR~800, but the landed cost isn’t known. Fill it in, and look again.",
        "订单金额目前为 EUR~130.00（货款加国内运费），未超过上限 EUR~800，但到岸成本还不知道。补齐后再看一次。",
    );
}

#[test]
fn the_owner_reads_what_is_to_be_decided() {
    let lines: Vec<String> = (1..=22)
        .map(|index| format!(r#"{{"sku":"S{index}","unitPriceCny":"12.5","quantity":1000}}"#))
        .collect();
    let request = format!(
        r#"{{"policy":{{}},"today":"2026-11-21","order":{{"supplierId":"s","exchangeRate":{{"cnyPerUnit":"7","asOf":"2026-11-20"}},
            "lines":[{}],"domesticShippingCny":"0","landedTotal":"40000","specification":{{}},"productLink":" https://detail.1688.com/1 "}},
            "supplier":{{"id":"s","status":"new"}},"previousPrices":[]}}"#,
        lines.join(",")
    );
    let request = OrderCheckRequest::check(&landfall::json::read(&request).unwrap()).unwrap();
    let verdict = check_order(&request).unwrap();
    let message =
        |locale| owner_message(locale, Currency::USD, "义乌杯厂", &request.order, &verdict);
    let listed: Vec<String> = (1..=20)
        .map(|index| format!("• S{index}: 1,000 × CNY~12.5\n"))
        .collect();
    let listed = listed.concat();
    expect(
        message,
        &format!(
            "An order needs your decision.\nSupplier: 义乌杯厂\n{listed}• and 2~lines more\nOrder value: USD~40,000.00\n\
             Product: https://detail.1688.com/1\nWhy it stops:\n\
             1. The order is worth USD~40,000.00 (landed cost), above the limit of USD~800.\n\
             2. This supplier is new and not approved.\n\
             You can approve it, approve it on a condition, or refuse it. Please answer for each point, with the reason; your answer is kept with the order."
        ),
        &format!(
            "有一笔订单需要您决定。\n供应商：义乌杯厂\n{listed}• 另有 2~行\n订单金额：USD~40,000.00\n\
             商品：https://detail.1688.com/1\n停止原因：\n\
             1. 订单金额 USD~40,000.00（到岸成本），超过上限 USD~800。\n\
             2. 这是未经批准的新供应商。\n\
             您可以批准、附条件批准或不批准。请逐条答复并说明理由，您的决定会随订单保存。"
        ),
    );
}

#[test]
fn a_backtest_tells_what_would_become_of_past_orders() {
    let home = Currency::USD;
    let one = |before, after, rules: &[Rule]| Tried {
        id: "PO-1".into(),
        before,
        after,
        value: d("1200.50"),
        rules: rules.to_vec(),
    };
    let stopped = one(
        Verdict::Proceed,
        Verdict::Stop,
        &[Rule::OrderValue, Rule::PriceIncrease],
    );
    expect(
        |locale| tried(locale, home, &stopped),
        "Would now stop: Order value, Price increase. It cost USD~1,200.50.",
        "将被拦截：订单金额、涨价幅度。成本 USD~1,200.50。",
    );
    let lifted = one(Verdict::Stop, Verdict::Incomplete, &[Rule::OrderValue]);
    expect(
        |locale| tried(locale, home, &lifted),
        "Would no longer stop: Order value; staff would have to complete it. It cost USD~1,200.50.",
        "不再被拦截：订单金额；但资料需员工补齐。成本 USD~1,200.50。",
    );
    let mut found = Backtest {
        orders: 1_214,
        other_home_currency: 0,
        stops_before: 3,
        stops_after: 4,
        would_stop: vec![stopped.clone(), stopped],
        would_pass: vec![lifted],
        would_change: vec![],
        would_stop_value: d("2401.00"),
        would_pass_value: d("1200.50"),
        would_change_value: d("0.00"),
    };
    expect(
        |locale| backtest(locale, home, &found),
        "Of 1,214~past orders, 2 would now stop (USD~2,401.00), 1 would no longer stop (USD~1,200.50).",
        "以往 1,214 个订单中：2 个将被拦截（USD~2,401.00），1 个不再被拦截（USD~1,200.50）。",
    );
    (found.would_stop, found.would_pass) = (vec![], vec![]);
    expect(
        |locale| backtest(locale, home, &found),
        "Of 1,214~past orders, none would come out otherwise.",
        "以往 1,214 个订单的结论都不变。",
    );
}
