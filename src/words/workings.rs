//! How amounts came about, each in one line that can be checked on a pocket calculator.
//!
//! The figures in a line are those of the result, some of them rounded for reading. So a line says
//! what it comes to only where the result tells, and with an equals sign only where the figures
//! shown give exactly that.

use landfall::landed_cost::{
    Base, ChargePart, ChargeWorking, Chargeable, Component, GovernedBy, Part, RateWorking, Share,
    TierWorking, Working,
};
use landfall::money::Figure;
use rust_decimal::Decimal;

use crate::numbers::{
    cartons, cbm, good_units, kg, lines, money, number, percent, tons, trimmed, units,
};
use crate::{Locale, names};

/// How an amount came about; `home` is the currency of the result.
pub fn working(locale: Locale, home: &str, working: &Working) -> String {
    let amount = |value: &Decimal| money(home, *value);
    let all = percent(locale, Decimal::ONE_HUNDRED);
    match working {
        Working::Sum { parts } if parts.is_empty() => {
            say!(locale, "0: every part is 0.", "0：各项都是 0。")
        }
        Working::Sum { parts } => sum(parts.iter().map(|item| part(locale, home, item))),
        Working::SumOfLines { lines: number } => {
            let lines = lines(locale, *number);
            say!(locale, "The sum over {lines}", "{lines}之和")
        }
        Working::SumOfCharges { parts } if parts.is_empty() => {
            say!(locale, "0: there is no such charge.", "0：没有这类费用。")
        }
        Working::SumOfCharges { parts } => {
            sum(parts.iter().map(|item| charge_part(locale, home, item)))
        }
        Working::Shares { parts } if parts.is_empty() => say!(
            locale,
            "0: no such charge falls on this line.",
            "0：这一行不分摊这类费用。",
        ),
        Working::Shares { parts } => {
            let shares = parts.iter().map(|item| share(locale, home, item));
            shares.collect::<Vec<_>>().join(locale.pick("; ", "；"))
        }
        Working::Goods {
            unit_price_cny,
            quantity,
            cny_per_unit,
            spread_percent,
        } => {
            let price = money(CNY, *unit_price_cny);
            let quantity = number(Decimal::from(*quantity));
            if home == CNY {
                return format!("{price} × {quantity}");
            }
            let rate = exchange(locale, CNY, home, *cny_per_unit, Some(*spread_percent));
            format!("{price} × {quantity} ÷ {rate}")
        }
        Working::Duty {
            customs_value,
            percent: ad_valorem,
            additional_percent,
            per_unit,
            quantity,
            per_kg,
            net_kg,
        } => {
            let mut terms = Vec::new();
            let specific = !per_unit.is_zero() || !per_kg.is_zero();
            let by_value = !ad_valorem.is_zero() || !additional_percent.is_zero();
            if by_value || !specific {
                let value = customs_value_term(locale, home, *customs_value);
                let ad_valorem = percent(locale, *ad_valorem);
                if additional_percent.is_zero() {
                    terms.push(format!("{value} × {ad_valorem}"));
                } else {
                    let additional = percent(locale, *additional_percent);
                    terms.push(format!("{value} × ({ad_valorem} + {additional})"));
                }
            }
            if !per_unit.is_zero() {
                let quantity = units(locale, Decimal::from(*quantity));
                terms.push(format!("{} × {quantity}", amount(per_unit)));
            }
            if !per_kg.is_zero() {
                let (per_kg, net) = (amount(per_kg), kg(*net_kg));
                terms.push(say!(
                    locale,
                    "{per_kg} × {net} net",
                    "{per_kg} × 净重 {net}"
                ));
            }
            sum(terms)
        }
        Working::DutiesIncluded => say!(
            locale,
            "0: the freight price includes duty and tax.",
            "0：运费已包税（双清包税）。",
        ),
        Working::Relieved { value, up_to } => {
            let (value, up_to) = (amount(value), amount(up_to));
            say!(
                locale,
                "0: the value of {value} is not above the threshold of {up_to}.",
                "0：货值 {value} 不超过免税限额 {up_to}。",
            )
        }
        Working::Vat {
            customs_value,
            uplift_percent,
            duty,
            taxable,
            percent,
        } => {
            let terms = vat_terms(locale, home, *customs_value, *uplift_percent, *duty);
            vat(locale, home, terms, *taxable, *percent)
        }
        Working::VatRecovered {
            due,
            customs_value,
            uplift_percent,
            duty,
            taxable,
            percent,
        } => {
            let due = amount(due);
            let terms = vat_terms(locale, home, *customs_value, *uplift_percent, *duty);
            let vat = vat(locale, home, terms, *taxable, *percent);
            say!(
                locale,
                "0: {due} is due at the border ({vat}) and comes back, so it is no cost.",
                "0：进口时缴纳 {due}（{vat}），可以抵扣，不算成本。",
            )
        }
        Working::Defects {
            subtotal,
            percent: rate,
        } => {
            if rate.is_zero() {
                return say!(locale, "0: no defects are expected.", "0：未计次品。");
            }
            let (subtotal, rate) = (amount(subtotal), percent(locale, *rate));
            say!(
                locale,
                "All other costs of this line {subtotal} × {rate} ÷ ({all} − {rate})",
                "本行其他成本 {subtotal} × {rate} ÷ ({all} − {rate})",
            )
        }
        Working::CustomsValue {
            goods,
            cny_per_unit,
            parts,
        } => {
            let name = names::component(locale, Component::Goods);
            let mut goods = format!("{name} {}", amount(goods));
            if home != CNY {
                let rate = exchange(locale, CNY, home, *cny_per_unit, None);
                goods.push_str(&say!(locale, " (at {rate})", "（按 {rate} 折算）"));
            }
            let parts = parts.iter().map(|item| charge_part(locale, home, item));
            sum(std::iter::once(goods).chain(parts))
        }
        Working::VatBase {
            customs_value,
            uplift_percent,
            duty,
            parts,
        } => {
            let terms = vat_terms(locale, home, *customs_value, *uplift_percent, *duty);
            let parts = parts.iter().map(|item| charge_part(locale, home, item));
            sum(terms.into_iter().chain(parts))
        }
        Working::PerUnit {
            amount: whole,
            units,
        } => {
            let units = good_units(locale, Decimal::from(*units));
            format!("{} ÷ {units}", amount(whole))
        }
        Working::PercentOfTotal {
            amount: part,
            total,
        } => {
            if total.is_zero() {
                return say!(locale, "0: the total is 0.", "0：总额为 0。");
            }
            let (part, total) = (amount(part), amount(total));
            say!(
                locale,
                "{part} ÷ total {total} × {all}",
                "{part} ÷ 总额 {total} × {all}",
            )
        }
    }
}

/// How a charge came about: its rate, its limits, its conversion into `home`, and the weight it bills.
pub fn charge_working(locale: Locale, home: &str, working: &ChargeWorking) -> String {
    let currency = working.currency;
    let rate = rate(locale, home, currency.code(), &working.rate);
    let mut text = rate.text;
    let limited = working.minimum.is_some() || working.maximum.is_some();
    if let Some(minimum) = working.minimum {
        let minimum = money(currency.code(), minimum);
        text.push_str(&say!(locale, ", at least {minimum}", "，最低 {minimum}"));
    }
    if let Some(maximum) = working.maximum {
        let maximum = money(currency.code(), maximum);
        text.push_str(&say!(locale, ", at most {maximum}", "，最高 {maximum}"));
    }
    if let Some(per_home_unit) = working.per_home_unit {
        let spread = working.spread_percent;
        let exchange = exchange(locale, currency.code(), home, per_home_unit, spread);
        if rate.at_home {
            // A percentage is taken in home currency; only limits are converted.
            if limited || rate.has_limits {
                text.push_str(&say!(
                    locale,
                    "; limits ÷ {exchange}",
                    "；限额 ÷ {exchange}"
                ));
            }
        } else {
            if let Some(own) = working.own_amount
                && (limited || !rate.is_amount)
            {
                let equal = !limited && rate.product == Some(own);
                text.push_str(if equal {
                    " = "
                } else {
                    locale.pick(": ", "：")
                });
                text.push_str(&money(currency.code(), padded(own, currency.decimals())));
            }
            text.push_str(&say!(locale, "; ÷ {exchange}", "；÷ {exchange}"));
        }
    }
    if let Some(weight) = rate.weight {
        let weight = chargeable(locale, weight);
        text.push_str(&say!(locale, ". Weight: {weight}", "。重量：{weight}"));
    }
    text
}

/// How a chargeable weight came about, and what decided it.
pub fn chargeable(locale: Locale, weight: &Chargeable) -> String {
    let (gross, volumetric) = (kg(weight.gross_kg), kg(weight.volumetric_kg));
    let (billed, divisor) = (kg(weight.kg), number(weight.divisor));
    let mut governed = match weight.governed_by {
        GovernedBy::Minimum => {
            let minimum = kg(weight.minimum_kg);
            say!(
                locale,
                "the minimum of {minimum} governs",
                "按起重 {minimum} 计费"
            )
        }
        GovernedBy::Weight | GovernedBy::Volume | GovernedBy::Cartons => {
            governed_by(locale, weight.governed_by).to_owned()
        }
    };
    if !weight.round_up_to_kg.is_zero() && weight.governed_by != GovernedBy::Minimum {
        let step = kg(weight.round_up_to_kg);
        governed.push_str(&say!(
            locale,
            ", rounded up to a multiple of {step}",
            "，按 {step} 进位"
        ));
    }
    say!(
        locale,
        "{gross} actual, {volumetric} by volume (÷ {divisor}); {governed}; billed {billed}",
        "实重 {gross}，体积重 {volumetric}（÷ {divisor}）；{governed}；计费重 {billed}",
    )
}

/// What decided a chargeable weight, in a few words.
pub const fn governed_by(locale: Locale, governed: GovernedBy) -> &'static str {
    match governed {
        GovernedBy::Weight => locale.pick("the actual weight governs", "按实重计费"),
        GovernedBy::Volume => locale.pick("the volume governs", "按体积重计费"),
        GovernedBy::Minimum => locale.pick("the minimum governs", "按起重计费"),
        GovernedBy::Cartons => locale.pick(
            "each carton counts by its weight or its volume, whichever is more",
            "逐箱比较，取实重与体积重中的较大者",
        ),
    }
}

/// A part of a sum: its name and its amount.
pub fn part(locale: Locale, home: &str, part: &Part) -> String {
    let name = names::part_name(locale, part.name);
    format!("{name} {}", money(home, part.amount))
}

/// What a charge adds, under the name that the buyer gave it, else that of its component.
pub fn charge_part(locale: Locale, home: &str, part: &ChargePart) -> String {
    let (name, amount) = (charge_name(locale, part), money(home, part.amount));
    match part.percent_of_charge {
        Some(share) => {
            let share = percent(locale, share);
            say!(
                locale,
                "{name} (a share of {share}) {amount}",
                "{name}（其中 {share}）{amount}"
            )
        }
        None => format!("{name} {amount}"),
    }
}

/// What a line bears of a charge. The percentage is rounded and odd cents go to some lines, so no
/// product is claimed.
pub fn share(locale: Locale, home: &str, share: &Share) -> String {
    let name = charge_name(locale, &share.part);
    let (amount, whole) = (money(home, share.part.amount), money(home, share.of));
    let percent = percent(locale, share.percent.normalize());
    let key = names::key(locale, share.by);
    say!(
        locale,
        "{name}: {amount} of {whole}, {percent} by {key}",
        "{name}：{whole} 按{key}分摊 {percent}，计 {amount}",
    )
}

const CNY: &str = "CNY";

/// A rate in words, and what the words about the rest of the charge depend on.
struct RateLine<'w> {
    text: String,
    /// What the figures shown come to, where that is their product.
    product: Option<Figure>,
    /// The weight that is billed.
    weight: Option<&'w Chargeable>,
    /// Whether the rate is one amount, which need not be said again.
    is_amount: bool,
    /// Whether the amount arises in home currency, whatever the charge's currency.
    at_home: bool,
    /// Whether the rate has limits of its own in the charge's currency.
    has_limits: bool,
}

impl RateLine<'_> {
    fn of(text: String, product: Option<Figure>) -> RateLine<'static> {
        RateLine {
            text,
            product,
            weight: None,
            is_amount: false,
            at_home: false,
            has_limits: false,
        }
    }
}

fn rate<'w>(locale: Locale, home: &str, currency: &str, rate: &'w RateWorking) -> RateLine<'w> {
    let own = |amount: &Decimal| money(currency, *amount);
    let times = |amount: &Decimal, count: &Decimal, counted: String| {
        let text = format!("{} × {counted}", own(amount));
        RateLine::of(text, amount.checked_mul(*count).map(Figure))
    };
    match rate {
        RateWorking::Flat { amount } => {
            let text = own(amount);
            RateLine {
                is_amount: true,
                ..RateLine::of(
                    say!(locale, "{text} flat", "固定费用 {text}"),
                    Some(*amount),
                )
            }
        }
        RateWorking::PerUnit { amount, count } => times(amount, count, units(locale, *count)),
        RateWorking::PerCarton { amount, count } => times(amount, count, cartons(locale, *count)),
        RateWorking::PerKg { amount, count } => {
            let gross = kg(*count);
            let gross = say!(locale, "{gross} gross", "毛重 {gross}");
            times(amount, count, gross)
        }
        RateWorking::PerCbm { amount, count } => {
            let volume = cbm(*count);
            let volume = say!(locale, "{volume} of cartons", "外箱体积 {volume}");
            times(amount, count, volume)
        }
        RateWorking::PerChargeableKg { weight, amount } => RateLine {
            weight: Some(weight),
            ..times(amount, &weight.kg, kg(weight.kg))
        },
        RateWorking::WeightBreaks {
            weight,
            from_kg,
            amount,
        } => {
            // A cheaper break may be billed at its own weight instead of the lower one that is shipped.
            let billed = weight.kg.max(*from_kg);
            let from = kg(*from_kg);
            let mut line = times(amount, &billed, kg(billed));
            line.text.push_str(&say!(
                locale,
                " (the cheapest break, from {from})",
                "（最省的一档，{from} 起）",
            ));
            line.weight = Some(weight);
            line
        }
        RateWorking::FirstAndNextKg {
            weight,
            first_kg,
            first_amount,
            next_kg,
            next_amount,
        } => {
            let (first, first_amount) = (kg(*first_kg), own(first_amount));
            let (next, next_amount) = (kg(*next_kg), own(next_amount));
            let billed = kg(weight.kg);
            let text = say!(
                locale,
                "{first_amount} for the first {first} + {next_amount} for every {next} begun beyond it, up to {billed}",
                "首重 {first} {first_amount} + 续重每 {next} {next_amount}（不足 {next} 按 {next} 算），共 {billed}",
            );
            RateLine {
                weight: Some(weight),
                ..RateLine::of(text, None)
            }
        }
        RateWorking::PerRevenueTon {
            amount,
            cbm: volume,
            kg: weight,
            kg_per_cbm,
            minimum_tons,
        } => {
            let amount = own(amount);
            let (volume, weight, kg_per_ton) = (cbm(*volume), kg(*weight), trimmed(*kg_per_cbm));
            let text = if minimum_tons.is_zero() {
                say!(
                    locale,
                    "{amount} × the larger of {volume} and {weight} ÷ {kg_per_ton}",
                    "{amount} × {volume} 与 {weight} ÷ {kg_per_ton} 中的较大者",
                )
            } else {
                let minimum = tons(locale, *minimum_tons);
                say!(
                    locale,
                    "{amount} × the largest of {volume}, {weight} ÷ {kg_per_ton}, and the minimum of {minimum}",
                    "{amount} × {volume}、{weight} ÷ {kg_per_ton}、最低 {minimum}中的最大者",
                )
            };
            RateLine::of(text, None)
        }
        RateWorking::PercentOf {
            of,
            base,
            percent: rate,
        } => RateLine {
            at_home: true,
            ..RateLine::of(percent_of(locale, home, *of, *base, *rate), None)
        },
        RateWorking::Insurance {
            base,
            percent: rate,
        } => {
            let (base, rate) = (money(home, *base), percent(locale, *rate));
            let text = say!(
                locale,
                "{base} × 1.1 × {rate} ÷ (1 − 1.1 × {rate}): 110\u{a0}% of goods, domestic shipping, packaging and international shipping is insured, with the premium inside",
                "{base} × 1.1 × {rate} ÷ (1 − 1.1 × {rate})：按货款、国内运费、包装费、国际运费合计的 110% 投保，含保险费本身",
            );
            RateLine {
                at_home: true,
                ..RateLine::of(text, None)
            }
        }
        RateWorking::TieredPercentOf { of, base, tiers } => RateLine {
            at_home: true,
            has_limits: tiers.iter().any(|tier| tier.up_to.is_some()),
            ..RateLine::of(tiered(locale, home, currency, *of, *base, tiers), None)
        },
    }
}

fn percent_of(locale: Locale, home: &str, of: Base, base: Figure, rate: Figure) -> String {
    let (of, base) = (names::base(locale, of), money(home, base));
    let rate = percent(locale, rate);
    say!(locale, "{rate} of {of} ({base})", "{of}（{base}）的 {rate}")
}

fn tiered(
    locale: Locale,
    home: &str,
    currency: &str,
    of: Base,
    base: Figure,
    tiers: &[TierWorking],
) -> String {
    if let [
        TierWorking {
            up_to: None,
            percent,
        },
    ] = tiers
    {
        return percent_of(locale, home, of, base, *percent);
    }
    let steps = tiers.iter().map(|tier| {
        let rate = percent(locale, tier.percent);
        match tier.up_to {
            Some(end) => {
                let end = money(currency, end);
                say!(locale, "{rate} up to {end}", "{end} 以内 {rate}")
            }
            None => say!(locale, "{rate} above", "超出部分 {rate}"),
        }
    });
    let steps: Vec<String> = steps.collect();
    let steps = steps.join(locale.pick(", ", "，"));
    let (of, base) = (names::base(locale, of), money(home, base));
    say!(
        locale,
        "Each part of {of} ({base}) at its own rate: {steps}",
        "{of}（{base}）分段累进：{steps}",
    )
}

/// What yuan or another currency is divided by. What the bank keeps makes its units fewer.
fn exchange(
    locale: Locale,
    currency: &str,
    home: &str,
    per_home_unit: Figure,
    spread_percent: Option<Figure>,
) -> String {
    let rate = number(per_home_unit);
    let pair = say!(locale, "{currency} per {home}", "{currency}/{home}");
    match spread_percent {
        Some(spread) if !spread.is_zero() => {
            let kept = Decimal::ONE_HUNDRED
                .checked_sub(*spread)
                .unwrap_or_default();
            let (kept, spread) = (percent(locale, kept), percent(locale, spread));
            say!(
                locale,
                "({rate} × {kept}) {pair}, spread {spread}",
                "({rate} × {kept}) {pair}，汇率点差 {spread}",
            )
        }
        Some(_) | None => format!("{rate} {pair}"),
    }
}

/// VAT on its base.
fn vat(
    locale: Locale,
    home: &str,
    mut terms: Vec<String>,
    taxable: Figure,
    rate: Figure,
) -> String {
    if !taxable.is_zero() {
        let taxable = money(home, taxable);
        terms.push(say!(
            locale,
            "Taxable charges {taxable}",
            "计税费用 {taxable}"
        ));
    }
    let several = terms.len() > 1;
    let (base, rate) = (sum(terms), percent(locale, rate));
    if several {
        format!("({base}) × {rate}")
    } else {
        format!("{base} × {rate}")
    }
}

/// The customs value with its uplift, and the duty: what VAT is due on before charges join it.
fn vat_terms(
    locale: Locale,
    home: &str,
    customs_value: Figure,
    uplift_percent: Figure,
    duty: Figure,
) -> Vec<String> {
    let mut value = customs_value_term(locale, home, customs_value);
    if !uplift_percent.is_zero() {
        let all = percent(locale, Decimal::ONE_HUNDRED);
        let uplift = percent(locale, uplift_percent);
        value = format!("{value} × ({all} + {uplift})");
    }
    let mut terms = vec![value];
    if !duty.is_zero() {
        let name = names::component(locale, Component::ImportDuty);
        terms.push(format!("{name} {}", money(home, duty)));
    }
    terms
}

fn customs_value_term(locale: Locale, home: &str, value: Figure) -> String {
    let value = money(home, value);
    say!(locale, "Customs value {value}", "完税价格 {value}")
}

fn charge_name(locale: Locale, part: &ChargePart) -> &str {
    match part.label.as_deref() {
        Some(label) if !label.is_empty() => label,
        Some(_) | None => names::component(locale, part.component),
    }
}

fn sum(terms: impl IntoIterator<Item = String>) -> String {
    let terms: Vec<String> = terms.into_iter().collect();
    terms.join(" + ")
}

/// An amount with at least the decimals of its currency, and no zeros beyond them.
fn padded(amount: Figure, decimals: u32) -> Decimal {
    let mut amount = amount.normalize();
    if amount.scale() < decimals {
        amount.rescale(decimals);
    }
    amount
}
