//! What the owner's rules found: what it means for the order, and what to do about it; the message
//! with which staff put a stop to the owner.

use std::cmp::Ordering;

use landfall::finding::{
    Finding, Outcome, PreviousPrice, RecordField, Rule, SpecificationPart, Standing,
};
use landfall::money::{Currency, Figure};
use landfall::order::{Order, OrderVerdict};
use landfall::policy::OrderValueBasis;
use rust_decimal::Decimal;

use crate::Locale;
use crate::numbers::{count, lines, money, number, percent, plural};

/// What a rule is called.
pub const fn rule(locale: Locale, rule: Rule) -> &'static str {
    match rule {
        Rule::OrderValue => locale.pick("Order value", "订单金额"),
        Rule::SupplierWhitelist => locale.pick("Supplier", "供应商"),
        Rule::PriceIncrease => locale.pick("Price increase", "涨价幅度"),
        Rule::AgreedPriceRange => locale.pick("Agreed price range", "约定价格区间"),
        Rule::Specification => locale.pick("Specification", "规格确认"),
        Rule::CostCalculated => locale.pick("Landed cost", "到岸成本"),
        Rule::ExchangeRate => locale.pick("Exchange rate", "汇率"),
        Rule::OrderRecord => locale.pick("Record of the order", "订单资料"),
    }
}

/// What counts as the value of an order; fits into a sentence.
pub const fn order_value_basis(locale: Locale, basis: OrderValueBasis) -> &'static str {
    match basis {
        OrderValueBasis::LandedCost => locale.pick("landed cost", "到岸成本"),
        OrderValueBasis::GoodsAndDomesticShipping => {
            locale.pick("goods and domestic shipping", "货款加国内运费")
        }
        OrderValueBasis::Goods => locale.pick("goods alone", "仅货款"),
    }
}

/// A part of the specification; fits into a sentence.
pub const fn specification_part(locale: Locale, part: SpecificationPart) -> &'static str {
    match part {
        SpecificationPart::Colour => locale.pick("colour", "颜色"),
        SpecificationPart::Size => locale.pick("size", "尺寸"),
        SpecificationPart::Quantity => locale.pick("quantity in a unit", "每件含量"),
        SpecificationPart::Packaging => locale.pick("packaging", "包装"),
    }
}

/// A part of the record of an order; fits into a sentence.
pub const fn record_field(locale: Locale, field: RecordField) -> &'static str {
    match field {
        RecordField::ProductLink => locale.pick("product link", "商品链接"),
        RecordField::PriceScreenshot => locale.pick("price screenshot", "价格截图"),
        RecordField::Staff => locale.pick("name of staff", "经办人"),
        RecordField::ExpectedDelivery => locale.pick("expected delivery", "预计到货日期"),
    }
}

/// The sentences of a finding: what was observed against what limit, and what staff do next. Amounts
/// without another currency are in the policy's home currency.
pub fn finding(locale: Locale, home: Currency, finding: &Finding) -> String {
    let mut sentences = fact(locale, home, finding);
    if let Some(advice) = advice(locale, finding) {
        sentences.push_str(locale.pick(" ", ""));
        sentences.push_str(advice);
    }
    sentences
}

/// What staff do about a finding; nothing where it passes.
fn advice(locale: Locale, finding: &Finding) -> Option<&'static str> {
    let outcome = finding.outcome();
    if outcome == Outcome::Pass {
        return None;
    }
    Some(match finding {
        Finding::OrderValue { .. } if outcome == Outcome::HardStop => locale.pick(
            "Put it to the owner before you order.",
            "下单前请负责人决定。",
        ),
        Finding::OrderValue { .. } => {
            locale.pick("Fill it in, and look again.", "补齐后再看一次。")
        }
        Finding::SupplierWhitelist { standing, .. } => match standing {
            Standing::Whitelisted => return None,
            Standing::New => locale.pick(
                "Go through the checklist, write the brief, and put both to the owner before you order.",
                "先完成核查清单和简报，交负责人批准后再下单。",
            ),
            Standing::Suspended => locale.pick(
                "Don’t order from it; only the owner can lift that.",
                "不要下单，只有负责人可以恢复。",
            ),
            Standing::Unknown => locale.pick(
                "Enter it, go through the checklist, and put it to the owner before you order.",
                "先录入并完成核查清单，交负责人批准后再下单。",
            ),
            Standing::Other => locale.pick(
                "Choose the one that you order from.",
                "选择实际下单的供应商。",
            ),
        },
        Finding::PriceIncrease { .. } if outcome == Outcome::HardStop => locale.pick(
            "Ask for the old price, or put it to the owner.",
            "争取原价，或交负责人决定。",
        ),
        Finding::PriceIncrease { .. } => {
            locale.pick("Compare it with other quotes.", "参考其他报价核对。")
        }
        Finding::AgreedPriceRange { .. } => locale.pick(
            "Hold the supplier to it, or put the price to the owner.",
            "要求供应商按约定报价，或交负责人决定。",
        ),
        Finding::Specification { .. } => locale.pick(
            "Compare with the sample, ask the supplier, and confirm.",
            "与样品核对，问清供应商后再确认。",
        ),
        Finding::CostCalculated { landed_total: None, .. } => locale.pick(
            "Calculate it for exactly these lines before you order.",
            "下单前按这些货品算出到岸成本。",
        ),
        Finding::CostCalculated { landed_total: Some(_), .. } => {
            locale.pick("Calculate it again.", "重新计算。")
        }
        Finding::ExchangeRate { age_days, .. } if *age_days < 0 => locale.pick(
            "Correct its date, or enter today’s rate.",
            "改正日期，或填写今天的汇率。",
        ),
        Finding::ExchangeRate { .. } => locale.pick(
            "Enter today’s rate, and calculate the cost again.",
            "填写今天的汇率，并重新计算成本。",
        ),
        Finding::OrderRecord { .. } => {
            locale.pick("Fill them in before you order.", "下单前补齐。")
        }
    })
}

/// What was observed against what limit.
fn fact(locale: Locale, home: Currency, finding: &Finding) -> String {
    let home = |amount: Figure| money(home.code(), amount);
    let outcome = finding.outcome();
    match finding {
        Finding::OrderValue {
            value,
            maximum,
            basis,
            counted,
        } => {
            let (value, maximum) = (home(*value), home(*maximum));
            order_value(locale, &value, &maximum, *basis, *counted, outcome)
        }
        Finding::SupplierWhitelist { standing, .. } => standing_of(locale, *standing).to_owned(),
        Finding::PriceIncrease {
            sku,
            unit_price_cny,
            previous,
            maximum_percent,
        } => {
            let price = cny(*unit_price_cny);
            match previous {
                None => say!(
                    locale,
                    "{sku}: no earlier price is known to hold {price} against.",
                    "{sku}：没有历史价可与 {price} 对比。",
                ),
                Some(previous) => {
                    let limit = percent(locale, *maximum_percent);
                    price_increase(locale, sku, *unit_price_cny, previous, &limit, outcome)
                }
            }
        }
        Finding::AgreedPriceRange {
            sku,
            unit_price_cny,
            ranges,
        } => {
            let price = cny(*unit_price_cny);
            let ranges = ranges.iter().map(|range| {
                let (from, to) = (number(range.minimum), number(range.maximum));
                format!("{from}–{to}")
            });
            let ranges = list(locale, ranges);
            match outcome {
                Outcome::HardStop => say!(
                    locale,
                    "{sku}: {price} is outside the agreed range of CNY\u{a0}{ranges}.",
                    "{sku}：{price} 不在约定区间 CNY\u{a0}{ranges} 内。",
                ),
                Outcome::Missing | Outcome::Notice | Outcome::Pass => say!(
                    locale,
                    "{sku}: {price} is within the agreed range of CNY\u{a0}{ranges}.",
                    "{sku}：{price} 在约定区间 CNY\u{a0}{ranges} 内。",
                ),
            }
        }
        Finding::Specification { unconfirmed } if unconfirmed.is_empty() => say!(
            locale,
            "Colour, size, quantity and packaging are confirmed against the approved sample.",
            "颜色、尺寸、含量和包装都已对照样品确认。",
        ),
        Finding::Specification { unconfirmed } => {
            let parts = unconfirmed.iter();
            let parts = list(locale, parts.map(|part| specification_part(locale, *part)));
            say!(
                locale,
                "Not confirmed against the approved sample: {parts}.",
                "尚未对照样品确认：{parts}。",
            )
        }
        Finding::CostCalculated {
            landed_total,
            at_least,
        } => {
            let at_least = home(*at_least);
            match (landed_total.map(home), outcome) {
                (None, _) => say!(
                    locale,
                    "The landed cost isn’t worked out.",
                    "还没有计算到岸成本。",
                ),
                (Some(total), Outcome::Missing) => say!(
                    locale,
                    "The landed total of {total} is below the {at_least} that is paid in China already, so it belongs to other lines or prices.",
                    "到岸总成本 {total} 低于国内部分已需支付的 {at_least}，说明是按别的货品或价格算的。",
                ),
                (Some(total), Outcome::HardStop | Outcome::Notice | Outcome::Pass) => say!(
                    locale,
                    "The landed cost is worked out: {total}.",
                    "到岸成本已计算：{total}。",
                ),
            }
        }
        Finding::ExchangeRate {
            as_of,
            age_days,
            maximum_days,
        } => {
            let maximum = days(locale, Decimal::from(*maximum_days));
            if *age_days < 0 {
                return say!(
                    locale,
                    "The exchange rate is dated {as_of}, after today.",
                    "汇率日期 {as_of} 晚于今天。",
                );
            }
            if *age_days == 0 {
                return say!(
                    locale,
                    "The exchange rate is of today, {as_of}.",
                    "汇率是今天（{as_of}）的。",
                );
            }
            let age = days(locale, Decimal::from(*age_days));
            match outcome {
                Outcome::Missing => say!(
                    locale,
                    "The exchange rate is of {as_of}, {age} ago; it may be {maximum} old at most.",
                    "汇率是 {as_of} 的，已过 {age}，最多允许 {maximum}。",
                ),
                Outcome::HardStop | Outcome::Notice | Outcome::Pass => say!(
                    locale,
                    "The exchange rate is of {as_of}, {age} ago; it may be {maximum} old.",
                    "汇率是 {as_of} 的，已过 {age}，最多允许 {maximum}。",
                ),
            }
        }
        Finding::OrderRecord { missing } if missing.is_empty() => say!(
            locale,
            "The record has product link, price screenshot, staff and expected delivery.",
            "商品链接、价格截图、经办人和预计到货日期都已填写。",
        ),
        Finding::OrderRecord { missing } => {
            let fields = missing.iter();
            let fields = list(locale, fields.map(|field| record_field(locale, *field)));
            say!(
                locale,
                "Missing from the record: {fields}.",
                "订单资料缺少：{fields}。",
            )
        }
    }
}

fn order_value(
    locale: Locale,
    value: &str,
    maximum: &str,
    basis: OrderValueBasis,
    counted: OrderValueBasis,
    outcome: Outcome,
) -> String {
    let of = order_value_basis(locale, counted);
    match outcome {
        Outcome::HardStop => say!(
            locale,
            "The order is worth {value} ({of}), above the limit of {maximum}.",
            "订单金额 {value}（{of}），超过上限 {maximum}。",
        ),
        Outcome::Notice => {
            let unknown = match (basis, counted) {
                (OrderValueBasis::LandedCost, OrderValueBasis::Goods) => locale.pick(
                    "landed cost and domestic shipping aren’t known",
                    "到岸成本和国内运费都还不知道",
                ),
                (OrderValueBasis::LandedCost, _) => {
                    locale.pick("the landed cost isn’t known", "到岸成本还不知道")
                }
                (OrderValueBasis::GoodsAndDomesticShipping | OrderValueBasis::Goods, _) => {
                    locale.pick("domestic shipping isn’t known", "国内运费还不知道")
                }
            };
            say!(
                locale,
                "The order is worth {value} so far ({of}), within the limit of {maximum}, but {unknown}.",
                "订单金额目前为 {value}（{of}），未超过上限 {maximum}，但{unknown}。",
            )
        }
        Outcome::Missing | Outcome::Pass => say!(
            locale,
            "The order is worth {value} ({of}), within the limit of {maximum}.",
            "订单金额 {value}（{of}），未超过上限 {maximum}。",
        ),
    }
}

const fn standing_of(locale: Locale, standing: Standing) -> &'static str {
    match standing {
        Standing::Whitelisted => locale.pick(
            "The owner approved this supplier.",
            "负责人已批准这家供应商。",
        ),
        Standing::New => locale.pick(
            "This supplier is new and not approved.",
            "这是未经批准的新供应商。",
        ),
        Standing::Suspended => locale.pick("This supplier is suspended.", "这家供应商已暂停合作。"),
        Standing::Unknown => locale.pick(
            "Nothing is known of this supplier.",
            "没有这家供应商的资料。",
        ),
        Standing::Other => locale.pick(
            "The supplier’s data belongs to another supplier than the order’s.",
            "供应商资料与订单的供应商不是同一家。",
        ),
    }
}

fn price_increase(
    locale: Locale,
    sku: &str,
    price: Decimal,
    previous: &PreviousPrice,
    limit: &str,
    outcome: Outcome,
) -> String {
    let (written, before) = (cny(price), cny(previous.unit_price_cny));
    let date = previous.date;
    let Some(change) = previous.change_percent(price) else {
        return say!(
            locale,
            "{sku}: the newest earlier price, of {date}, is 0, which says nothing of {written}.",
            "{sku}：最近的历史价（{date}）为 0，无法与 {written} 对比。",
        );
    };
    let by = percent(locale, change.abs().normalize());
    match (outcome, price.cmp(&previous.unit_price_cny)) {
        (Outcome::HardStop, _) => say!(
            locale,
            "{sku}: {written} is {by} above the {before} of {date}; more than {limit} is for the owner to decide.",
            "{sku}：{written} 比 {date} 的 {before} 高 {by}，涨幅超过 {limit} 须由负责人决定。",
        ),
        (Outcome::Missing | Outcome::Notice | Outcome::Pass, Ordering::Greater) => say!(
            locale,
            "{sku}: {written} is {by} above the {before} of {date}; up to {limit} is allowed.",
            "{sku}：{written} 比 {date} 的 {before} 高 {by}，涨幅允许到 {limit}。",
        ),
        (Outcome::Missing | Outcome::Notice | Outcome::Pass, Ordering::Less) => say!(
            locale,
            "{sku}: {written} is {by} below the {before} of {date}.",
            "{sku}：{written} 比 {date} 的 {before} 低 {by}。",
        ),
        (Outcome::Missing | Outcome::Notice | Outcome::Pass, Ordering::Equal) => say!(
            locale,
            "{sku}: {written} is the same as on {date}.",
            "{sku}：{written}，与 {date} 的价格相同。",
        ),
    }
}

/// How many lines of an order the message to the owner lists.
const LISTED: usize = 20;

/// The message with which staff put a stop to the owner, to be pasted into a chat: what is to be
/// ordered of whom, what it is worth, each stop with its numbers, and what the owner can answer.
pub fn owner_message(
    locale: Locale,
    home: Currency,
    supplier: &str,
    order: &Order,
    verdict: &OrderVerdict,
) -> String {
    let mut message = vec![
        say!(
            locale,
            "An order needs your decision.",
            "有一笔订单需要您决定。"
        ),
        say!(locale, "Supplier: {supplier}", "供应商：{supplier}"),
    ];
    for line in order.lines.iter().take(LISTED) {
        let quantity = number(Decimal::from(line.quantity));
        message.push(format!(
            "• {}: {quantity} × {}",
            line.sku,
            cny(line.unit_price_cny)
        ));
    }
    let rest = order.lines.len().saturating_sub(LISTED);
    if rest > 0 {
        let rest = lines(locale, rest);
        message.push(say!(locale, "• and {rest} more", "• 另有 {rest}"));
    }
    let value = money(home.code(), verdict.order_value);
    message.push(say!(locale, "Order value: {value}", "订单金额：{value}"));
    if let Some(link) = order.product_link.as_deref().map(str::trim)
        && !link.is_empty()
    {
        message.push(say!(locale, "Product: {link}", "商品：{link}"));
    }
    message.push(say!(locale, "Why it stops:", "停止原因："));
    let findings = verdict.findings.iter();
    let stops = findings.filter(|finding| finding.outcome() == Outcome::HardStop);
    for (index, stop) in stops.enumerate() {
        let index = count(index.saturating_add(1));
        let stop = fact(locale, home, stop);
        message.push(format!("{index}. {stop}"));
    }
    message.push(say!(
        locale,
        "You can approve it, approve it on a condition, or refuse it. Please answer for each point, with the reason; your answer is kept with the order.",
        "您可以批准、附条件批准或不批准。请逐条答复并说明理由，您的决定会随订单保存。"
    ));
    message.join("\n")
}

fn cny(price: Decimal) -> String {
    money(Currency::CNY.code(), price)
}

fn days(locale: Locale, days: Decimal) -> String {
    match locale {
        Locale::En => plural(days, "day", "days"),
        Locale::Zh => format!("{}\u{a0}天", number(days)),
    }
}

/// Items in a sentence, with the comma of the language.
fn list<T: AsRef<str>>(locale: Locale, items: impl Iterator<Item = T>) -> String {
    let comma = locale.pick(", ", "、");
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push_str(comma);
        }
        text.push_str(item.as_ref());
    }
    text
}
