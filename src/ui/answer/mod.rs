//! The answer: what the order costs, what it is made of, and how every amount came about.

mod amount;
mod lines;

use std::rc::Rc;

use landfall::landed_cost::{ChargeCost, Component, ComponentCost, LandedCost, Payee};
use landfall::money::Ratio;
use landfall_words::{self as words, Locale, SellingFigure};
use rust_decimal::Decimal;
use yew::prelude::*;

use amount::{AmountProps, AmountView, plain_row, row, view};
use lines::Lines;

use crate::form::button;
use crate::outcome::{Amount, Outcome};
use crate::say::say;

/// A result to be shown.
#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    /// The language.
    pub locale: Locale,
    /// The result.
    pub outcome: Rc<Outcome>,
    /// Whether the request has changed since.
    pub is_old: bool,
    /// The margin aimed at, in percent, which is named beside its price.
    #[prop_or_default]
    pub margin: Option<Decimal>,
    /// What those who hear the page are told about a new result; see [`announcement`].
    #[prop_or_default]
    pub announce: String,
}

/// The whole answer.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let AnswerProps {
        locale, outcome, ..
    } = props;
    let locale = *locale;
    html! {
        <div class={classes!("answer", props.is_old.then_some("old"))}>
            <p class="hidden" role="status">{ &props.announce }</p>
            if props.is_old {
                <p class="stale">{ last_complete(locale) }</p>
            }
            { summary(locale, outcome) }
            { composition(locale, outcome) }
            { warnings(locale, &outcome.result) }
            { without_freight(locale, &outcome.result) }
            { selling(locale, outcome, props.margin) }
            { cash(locale, outcome) }
            <Lines {locale} outcome={outcome.clone()} />
            if !outcome.result.charges.is_empty() {
                <Folded {locale} outcome={outcome.clone()} section={Section::Charges} />
            }
            <Folded {locale} outcome={outcome.clone()} section={Section::Shipment} />
        </div>
    }
}

/// The short form of an answer.
#[derive(Properties, PartialEq)]
pub struct HeadlineProps {
    /// The language.
    pub locale: Locale,
    /// The result.
    pub outcome: Rc<Outcome>,
    /// Whether the request has changed since.
    pub is_old: bool,
}

/// The cost of one unit, its multiple of the 1688 price, and the total: one line, even on a phone.
#[component]
pub fn Headline(props: &HeadlineProps) -> Html {
    let HeadlineProps {
        locale, outcome, ..
    } = props;
    let locale = *locale;
    html! {
        <div class={classes!("headline", props.is_old.then_some("old"))}>
            { per_unit(locale, outcome, props.is_old) }
            { multiple_figure(locale, outcome) }
            { total(locale, outcome) }
        </div>
    }
}

/// The sentence for the live region: the new cost of one unit.
pub fn announcement(locale: Locale, outcome: &Outcome) -> String {
    let result = &outcome.result;
    let (cost, home) = (words::number(result.per_unit), result.home_currency);
    match locale {
        Locale::En => format!("{cost} {home} a good unit"),
        Locale::Zh => format!("每件合格品 {cost} {home}"),
    }
}

/// What is said of a result whose request has changed since.
const fn last_complete(locale: Locale) -> &'static str {
    say(locale, "Last complete result", "上一次完整的结果")
}

/// A group of components, as buyers think of them: its class, its name, its components.
pub type Group = (
    &'static str,
    &'static str,
    &'static str,
    &'static [Component],
);

/// The groups, in the order of the result.
pub const GROUPS: [Group; 6] = [
    ("goods", "Goods", "货款", &[Component::Goods]),
    (
        "origin",
        "In China",
        "国内费用",
        &[
            Component::DomesticShipping,
            Component::Packaging,
            Component::Inspection,
            Component::AgentFee,
            Component::PaymentFee,
        ],
    ),
    (
        "freight",
        "Freight and insurance",
        "国际运费与保险",
        &[Component::InternationalShipping, Component::Insurance],
    ),
    (
        "border",
        "Duty and VAT",
        "关税与增值税",
        &[Component::ImportDuty, Component::Vat],
    ),
    (
        "arrival",
        "On arrival",
        "目的地费用",
        &[Component::Destination],
    ),
    ("defect", "Defects", "次品损耗", &[Component::Defects]),
];

/// The total as a multiple of the 1688 price, one decimal; none where the goods cost nothing.
pub fn multiple(locale: Locale, result: &LandedCost) -> Option<String> {
    let goods = result.components.first()?.amount;
    if goods.is_zero() {
        return None;
    }
    let multiple = Ratio::from(*result.total).divided_by(&Ratio::from(*goods));
    let multiple = words::number(rounded(&multiple)?);
    Some(match locale {
        Locale::En => format!("{multiple}\u{a0}×"),
        Locale::Zh => format!("{multiple}\u{a0}倍"),
    })
}

/// The name of that multiple.
pub const fn goods_multiple_label(locale: Locale) -> &'static str {
    say(locale, "1688 price", "1688 价的")
}

/// One decimal is enough where a figure is only compared.
fn rounded(value: &Ratio) -> Option<Decimal> {
    let tenths = i128::try_from(value.rounded(1).to_u128()?).ok()?;
    Decimal::try_from_i128_with_scale(tenths, 1).ok()
}

/// The sum. Apart, since each addition of decimals that stands inline adds a kilobyte to the page.
#[inline(never)]
pub fn plus(a: Decimal, b: Decimal) -> Decimal {
    a.saturating_add(b)
}

/// A weight, without the zeros that its precision adds.
pub fn kg(value: Decimal) -> String {
    format!("{}\u{a0}kg", words::number(value.normalize()))
}

/// The cost of one unit. Where there is no room beside an old one, its unit gives way to that.
fn per_unit(locale: Locale, outcome: &Rc<Outcome>, is_old: bool) -> Html {
    let home = outcome.result.home_currency;
    let label = if is_old {
        last_complete(locale).to_owned()
    } else {
        format!("{home} {}", say(locale, "a good unit", "每件合格品"))
    };
    let value = words::number(outcome.result.per_unit);
    html! { <div class="per-unit">{ row(locale, outcome, Amount::PerUnit, &label, value) }</div> }
}

fn multiple_figure(locale: Locale, outcome: &Rc<Outcome>) -> Html {
    match multiple(locale, &outcome.result) {
        Some(multiple) => {
            let label = goods_multiple_label(locale);
            row(locale, outcome, Amount::Multiple, label, multiple)
        }
        None => html! {},
    }
}

fn total(locale: Locale, outcome: &Rc<Outcome>) -> Html {
    let label = say(locale, "Order total", "订单总成本");
    let value = words::number(outcome.result.total);
    row(locale, outcome, Amount::Total, label, value)
}

/// The largest figures.
fn summary(locale: Locale, outcome: &Rc<Outcome>) -> Html {
    let label = say(locale, "Cash to pay", "需付现金");
    let value = words::number(outcome.result.cash.total);
    html! {
        <div class="summary">
            { per_unit(locale, outcome, false) }
            <div class="figures">
                { multiple_figure(locale, outcome) }
                { total(locale, outcome) }
                { row(locale, outcome, Amount::CashTotal, label, value) }
            </div>
        </div>
    }
}

/// One stacked bar, and the list behind it. A group opens to its components; one that has a single
/// component is shown as that.
fn composition(locale: Locale, outcome: &Rc<Outcome>) -> Html {
    let result = &outcome.result;
    let mut start = Decimal::ZERO;
    let mut bars = Vec::new();
    let mut groups = Vec::new();
    for (class, en, zh, components) in GROUPS {
        let parts = result.components.iter();
        let parts = parts
            .filter(|part| components.contains(&part.component) && !part.amount.is_zero())
            .collect::<Vec<_>>();
        if parts.is_empty() {
            continue;
        }
        let sum = |of: fn(&ComponentCost) -> Decimal| {
            let all = parts.iter().map(|part| of(part));
            all.fold(Decimal::ZERO, plus)
        };
        let share = sum(|part| *part.percent_of_total);
        bars.push(html! {
            <rect {class} x={start.to_string()} y="0" width={share.to_string()} height="10" />
        });
        start = plus(start, share);
        let share = words::percent(locale, rounded(&Ratio::from(share)).unwrap_or(share));
        let is_one = parts.len() == 1;
        let amount = words::number(sum(|part| *part.amount));
        let rows = parts.iter().map(|part| {
            let of = part.component;
            let per_unit = a_unit(locale, *part.per_unit);
            let props = AmountProps {
                locale,
                outcome: outcome.clone(),
                of: Amount::Component(of),
                value: words::number(part.amount),
                label: words::component(locale, of).to_owned(),
                beside: if is_one {
                    share.clone()
                } else {
                    per_unit.clone()
                },
                also: Some((Amount::ComponentPerUnit(of), per_unit)),
                dot: if is_one { class } else { "" },
            };
            // So that an open one stays open when another appears before it.
            html! { <AmountView key={of.name()} ..props /> }
        });
        if is_one {
            groups.extend(rows);
            continue;
        }
        groups.push(html! {
            <details key={class} class="group">
                <summary>
                    <span class={classes!("dot", class)}></span>
                    <span class="name">{ say(locale, en, zh) }</span>
                    <span class="beside">{ &share }</span>
                    <span class="value">{ amount }</span>
                </summary>
                { for rows }
            </details>
        });
    }
    let shipment = &result.shipment;
    let billed = shipment.chargeable_kg.map(|billed| {
        let row = view(AmountProps {
            locale,
            outcome: outcome.clone(),
            of: Amount::ChargeableWeight,
            value: kg(*billed),
            label: say(locale, "Chargeable weight", "计费重").to_owned(),
            beside: gross(locale, *shipment.gross_kg),
            also: None,
            dot: "",
        });
        let governed = shipment
            .governed_by
            .map(|of| words::governed_by(locale, of));
        html! { <>{ row }<p class="governed">{ governed.unwrap_or_default() }</p></> }
    });
    html! {
        <section>
            <h2 class="hidden">{ say(locale, "What it is made of", "成本构成") }</h2>
            <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{ for bars }</svg>
            <div class="rows">
                { for groups }
                { for billed }
            </div>
        </section>
    }
}

/// The weight as it is, beside the one that is billed.
fn gross(locale: Locale, weight: Decimal) -> String {
    let weight = kg(weight);
    match locale {
        Locale::En => format!("{weight} gross"),
        Locale::Zh => format!("毛重 {weight}"),
    }
}

/// An amount for one unit.
fn a_unit(locale: Locale, amount: Decimal) -> String {
    let amount = words::number(amount);
    match locale {
        Locale::En => format!("{amount} a unit"),
        Locale::Zh => format!("每件 {amount}"),
    }
}

/// What of a result is worth a second look.
pub fn warnings(locale: Locale, result: &LandedCost) -> Html {
    if result.warnings.is_empty() {
        return html! {};
    }
    let items = result.warnings.iter();
    let items = items.map(|warning| html! { <li>{ words::warning(locale, warning) }</li> });
    html! {
        <section class="notice">
            <h2>{ say(locale, "Worth a second look", "值得再核对") }</h2>
            <ul>{ for items }</ul>
        </section>
    }
}

/// What a cost without freight leaves out: the largest of what comes on top of the goods.
fn without_freight(locale: Locale, result: &LandedCost) -> Html {
    let mut freight = result
        .components
        .iter()
        .filter(|part| part.component == Component::InternationalShipping);
    if freight.any(|part| !part.amount.0.is_zero()) {
        return html! {};
    }
    html! {
        <p class="notice wait">
            { say(locale, "Freight to the destination isn’t in it yet, so the goods look cheaper than they are.", "尚未计入国际运费，实际成本会更高。") }{ " " }
            { button("charges", "add:internationalShipping", say(locale, "Add freight", "添加国际运费")) }
        </p>
    }
}

/// The name of the price at the target margin.
pub fn at_margin(locale: Locale, margin: Option<Decimal>) -> String {
    let Some(margin) = margin else {
        return say(locale, "At your margin", "目标利润率").to_owned();
    };
    let margin = words::percent(locale, margin.normalize());
    match locale {
        Locale::En => format!("{margin} margin"),
        Locale::Zh => format!("利润率 {margin}"),
    }
}

/// The name of the price without profit or loss.
pub const fn break_even(locale: Locale) -> &'static str {
    say(locale, "Break-even", "保本价")
}

/// The lowest price to sell at, or why there is none.
fn selling(locale: Locale, outcome: &Rc<Outcome>, margin: Option<Decimal>) -> Html {
    let figure = |of, label: &str, value: Decimal| {
        row(
            locale,
            outcome,
            Amount::Selling(of),
            label,
            words::number(value),
        )
    };
    let content = match &outcome.selling {
        Ok(price) => html! {
            <div class="figures">
                { figure(SellingFigure::BreakEven, break_even(locale), *price.break_even) }
                { figure(SellingFigure::Target, &at_margin(locale, margin), *price.target) }
                { figure(
                    SellingFigure::Profit,
                    say(locale, "Profit a unit", "每件利润"),
                    *price.profit_per_unit_at_target,
                ) }
            </div>
        },
        Err(issues) if issues.is_empty() => return html! {},
        Err(issues) => {
            let reasons = issues.iter();
            let reasons = reasons.map(|issue| html! { <p>{ words::issue(locale, issue) }</p> });
            html! { <div class="notice">{ for reasons }</div> }
        }
    };
    html! {
        <section>
            <h2>{ say(locale, "Selling price", "售价") }</h2>
            { content }
        </section>
    }
}

/// Who is paid what.
pub fn payees(result: &LandedCost) -> impl Iterator<Item = (Payee, Decimal)> {
    let cash = &result.cash;
    let all = [
        (Payee::Supplier, *cash.supplier),
        (Payee::Agent, *cash.agent),
        (Payee::Forwarder, *cash.forwarder),
        (Payee::Customs, *cash.customs),
        (Payee::Arrival, *cash.arrival),
    ];
    all.into_iter().filter(|(_, paid)| !paid.is_zero())
}

fn cash(locale: Locale, outcome: &Rc<Outcome>) -> Html {
    let rows = payees(&outcome.result).map(|(payee, paid)| {
        let of = Amount::Cash(payee);
        row(
            locale,
            outcome,
            of,
            words::payee(locale, payee),
            words::number(paid),
        )
    });
    html! {
        <section>
            <h2>{ say(locale, "Who is paid", "付给谁") }</h2>
            <div class="rows">{ for rows }</div>
        </section>
    }
}

/// The name of a charge: the buyer's own, else that of its component.
pub fn charge_name(locale: Locale, charge: &ChargeCost) -> &str {
    let label = charge.label.as_deref().filter(|label| !label.is_empty());
    label.unwrap_or(words::charge_component(locale, charge.component))
}

/// The sections that are opened when they are needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Charges,
    Shipment,
}

#[derive(Properties, PartialEq)]
struct FoldedProps {
    locale: Locale,
    outcome: Rc<Outcome>,
    section: Section,
}

/// A section that is drawn once it is opened.
#[component]
fn Folded(props: &FoldedProps) -> Html {
    let FoldedProps {
        locale, outcome, ..
    } = props;
    let (is_open, ontoggle) = amount::use_toggle();
    let (title, content): (_, fn(Locale, &Rc<Outcome>) -> Html) = match props.section {
        Section::Charges => (say(*locale, "Charges", "各项费用"), charges),
        Section::Shipment => (say(*locale, "Shipment and customs", "货物与清关"), shipment),
    };
    html! {
        <details class="folded" {ontoggle}>
            <summary><h2>{ title }</h2></summary>
            <div class="rows">
                if is_open { { content(*locale, outcome) } }
            </div>
        </details>
    }
}

fn charges(locale: Locale, outcome: &Rc<Outcome>) -> Html {
    let charges = &outcome.result.charges;
    let rows = charges.iter().enumerate().map(|(index, charge)| {
        let name = charge_name(locale, charge);
        let value = words::number(charge.amount);
        row(locale, outcome, Amount::Charge(index), name, value)
    });
    rows.collect()
}

fn shipment(locale: Locale, outcome: &Rc<Outcome>) -> Html {
    let shipment = &outcome.result.shipment;
    let cartons = words::number(Decimal::from(shipment.cartons));
    let volume = words::number(shipment.volume_cbm.normalize());
    html! {
        <>
            { plain_row(say(locale, "Cartons", "箱数"), cartons) }
            { plain_row(say(locale, "Gross weight", "毛重"), kg(*shipment.gross_kg)) }
            { plain_row(say(locale, "Volume", "体积"), format!("{volume}\u{a0}m³")) }
            { customs(locale, outcome) }
        </>
    }
}

/// What customs sees, and what of it is relieved or comes back.
fn customs(locale: Locale, outcome: &Rc<Outcome>) -> Html {
    let customs = &outcome.result.customs;
    let Some(basis) = customs.basis else {
        return html! {
            <p class="quiet">{ say(
                locale,
                "No customs details are given, so neither duty nor VAT is counted.",
                "没有填清关信息，未计关税和增值税。",
            ) }</p>
        };
    };
    let amount = |of, label, value| row(locale, outcome, of, label, words::number(value));
    let mut notes = Vec::new();
    if outcome.request().duties_included {
        notes.push(say(
            locale,
            "Duty and tax are inside the freight price (DDP).",
            "关税和税金已含在运费里（双清包税）。",
        ));
    }
    if customs.duty_relieved {
        notes.push(say(
            locale,
            "Duty is relieved: the value is within the threshold.",
            "货值在免税限额以内，免关税。",
        ));
    }
    if customs.vat_relieved {
        notes.push(say(
            locale,
            "VAT is relieved: the value is within the threshold.",
            "货值在免税限额以内，免增值税。",
        ));
    }
    if !customs.vat.is_zero() {
        notes.push(if customs.vat_recoverable {
            say(
                locale,
                "VAT comes back to you: it is cash to pay, not cost.",
                "增值税可以抵扣：要先垫付，但不算成本。",
            )
        } else {
            say(
                locale,
                "VAT doesn’t come back to you: it is cost.",
                "增值税不能抵扣，计入成本。",
            )
        });
    }
    let notes = notes
        .into_iter()
        .map(|note| html! { <p class="quiet">{ note }</p> });
    html! {
        <>
            { plain_row(say(locale, "Customs basis", "计税基础"), words::basis(locale, basis).to_owned()) }
            { amount(Amount::CustomsValue, say(locale, "Customs value", "完税价格"), customs.value) }
            { amount(Amount::Duty, say(locale, "Duty", "关税"), customs.duty) }
            if !customs.vat.is_zero() {
                { amount(Amount::VatBase, say(locale, "VAT base", "增值税税基"), customs.vat_base) }
                { amount(Amount::Vat, say(locale, "VAT due", "应缴增值税"), customs.vat) }
            }
            { for notes }
        </>
    }
}

#[cfg(test)]
pub(crate) mod tests;
