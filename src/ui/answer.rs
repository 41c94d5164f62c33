//! The answer: what the order costs, what it is made of, and how every amount came about.

use std::rc::Rc;

use landfall::landed_cost::{Component, LandedCost, LineCost, Payee};
use landfall_words::{self as words, Locale};
use rust_decimal::{Decimal, RoundingStrategy};
use yew::prelude::*;

use crate::text::{Text, text};

/// A result to be shown.
#[derive(Properties, PartialEq)]
pub struct AnswerProps {
    /// The language.
    pub locale: Locale,
    /// The result, with its working.
    pub result: Rc<LandedCost>,
    /// Whether the request has changed since.
    pub is_old: bool,
}

/// The whole answer.
#[component]
pub fn Answer(props: &AnswerProps) -> Html {
    let locale = props.locale;
    let result = &props.result;
    html! {
        <div class={classes!("answer", props.is_old.then_some("old"))}>
            { headline(locale, result) }
            { composition(locale, result) }
            { warnings(locale, result) }
            { lines(locale, result) }
            { charges(locale, result) }
            { cash(locale, result) }
            { shipment(locale, result) }
        </div>
    }
}

/// Groups of components, as buyers think of them, with the colour of each.
const GROUPS: [(Group, &[Component]); 6] = [
    (Group::Goods, &[Component::Goods]),
    (
        Group::InChina,
        &[
            Component::DomesticShipping,
            Component::Packaging,
            Component::Inspection,
            Component::AgentFee,
            Component::PaymentFee,
        ],
    ),
    (
        Group::Freight,
        &[Component::InternationalShipping, Component::Insurance],
    ),
    (Group::DutyAndVat, &[Component::ImportDuty, Component::Vat]),
    (Group::OnArrival, &[Component::Destination]),
    (Group::Defects, &[Component::Defects]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Goods,
    InChina,
    Freight,
    DutyAndVat,
    OnArrival,
    Defects,
}

impl Group {
    fn name(self, locale: Locale) -> &'static str {
        match self {
            Group::Goods => words::component(locale, Component::Goods),
            Group::InChina => text(locale, Text::InChina),
            Group::Freight => text(locale, Text::Freight),
            Group::DutyAndVat => text(locale, Text::DutyAndVat),
            Group::OnArrival => text(locale, Text::OnArrival),
            Group::Defects => words::component(locale, Component::Defects),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Group::Goods => "goods",
            Group::InChina => "origin",
            Group::Freight => "freight",
            Group::DutyAndVat => "border",
            Group::OnArrival => "arrival",
            Group::Defects => "defect",
        }
    }
}

fn of(result: &LandedCost, component: Component) -> Decimal {
    let mut parts = result.components.iter();
    let part = parts.find(|part| part.component == component);
    part.map(|part| *part.amount).unwrap_or_default()
}

/// The total as a multiple of the 1688 price, one decimal.
fn multiple(result: &LandedCost) -> Option<Decimal> {
    let goods = of(result, Component::Goods);
    let multiple = result.total.checked_div(goods)?;
    Some(multiple.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
}

/// An amount that opens its working.
fn amount(value: &str, working: Option<String>) -> Html {
    match working {
        Some(working) if !working.is_empty() => html! {
            <details class="amount">
                <summary>{ value }</summary>
                <p>{ working }</p>
            </details>
        },
        _ => html! { <span>{ value }</span> },
    }
}

fn headline(locale: Locale, result: &LandedCost) -> Html {
    let home = result.home_currency;
    let say = |of| text(locale, of);
    let working = result.working.as_ref();
    let total = working.map(|of| words::working(locale, home, &of.total));
    let per_unit = working.map(|of| words::working(locale, home, &of.per_unit));
    let cash = result.cash.working.as_ref();
    let cash = cash.map(|of| words::working(locale, home, &of.total));
    html! {
        <div class="headline">
            <div class="per-unit">
                { amount(&words::number(result.per_unit), per_unit) }
                <span class="quiet">{ format!("{home} {}", say(Text::AGoodUnit)) }</span>
            </div>
            <dl class="figures">
                if let Some(multiple) = multiple(result) {
                    <div><dt>{ say(Text::Price1688) }</dt><dd>{ format!("{multiple} ×") }</dd></div>
                }
                <div><dt>{ say(Text::OrderTotal) }</dt><dd>{ amount(&words::number(result.total), total) }</dd></div>
                <div><dt>{ say(Text::CashToPay) }</dt><dd>{ amount(&words::number(result.cash.total), cash) }</dd></div>
            </dl>
        </div>
    }
}

/// One stacked bar, and the table behind it.
fn composition(locale: Locale, result: &LandedCost) -> Html {
    let say = |of| text(locale, of);
    let mut start = Decimal::ZERO;
    let mut bars = Vec::new();
    let mut bodies = Vec::new();
    for (group, components) in GROUPS {
        let parts: Vec<_> = result
            .components
            .iter()
            .filter(|part| components.contains(&part.component) && !part.amount.is_zero())
            .collect();
        let width = parts.iter().fold(Decimal::ZERO, |sum, part| {
            sum.saturating_add(*part.percent_of_total)
        });
        bars.push(html! {
            <rect class={group.class()} x={start.to_string()} y="0" width={width.to_string()} height="10" />
        });
        start = start.saturating_add(width);
        let rows = parts.iter().map(|part| {
            let working = part.working.as_ref();
            let home = result.home_currency;
            let amount_working = working.map(|of| words::working(locale, home, &of.amount));
            let unit_working = working.map(|of| words::working(locale, home, &of.per_unit));
            html! {
                <tr>
                    <th scope="row">
                        <span class={classes!("dot", group.class())} title={group.name(locale)}></span>
                        { words::component(locale, part.component) }
                    </th>
                    <td>{ words::percent(locale, part.percent_of_total) }</td>
                    <td>{ amount(&words::number(part.per_unit), unit_working) }</td>
                    <td>{ amount(&words::number(part.amount), amount_working) }</td>
                </tr>
            }
        });
        bodies.push(html! { <tbody>{ for rows }</tbody> });
    }
    html! {
        <section aria-labelledby="composition">
            <h2 id="composition">{ say(Text::Composition) }</h2>
            <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{ for bars }</svg>
            <div class="scroll">
                <table class="sums">
                    <thead>
                        <tr>
                            <th scope="col">{ say(Text::Component) }</th>
                            <th scope="col">{ say(Text::Share) }</th>
                            <th scope="col">{ say(Text::PerUnit) }</th>
                            <th scope="col">{ say(Text::Amount) }</th>
                        </tr>
                    </thead>
                    { for bodies }
                </table>
            </div>
        </section>
    }
}

fn warnings(locale: Locale, result: &LandedCost) -> Html {
    if result.warnings.is_empty() {
        return html! {};
    }
    let items = result
        .warnings
        .iter()
        .map(|warning| html! { <li>{ words::warning(locale, warning) }</li> });
    html! {
        <section class="notice wait" aria-labelledby="warnings">
            <h2 id="warnings">{ text(locale, Text::Warnings) }</h2>
            <ul>{ for items }</ul>
        </section>
    }
}

/// Each line with its cost for one unit; a line opens to its components.
fn lines(locale: Locale, result: &LandedCost) -> Html {
    let say = |of| text(locale, of);
    let home = result.home_currency;
    let rows = result.lines.iter().map(|line| {
        let working = line.working.as_ref();
        let total = working.map(|of| words::working(locale, home, &of.total));
        let per_unit = working.map(|of| words::working(locale, home, &of.per_unit));
        html! {
            <tr>
                <th scope="row">
                    <details>
                        <summary>{ &line.sku }</summary>
                        { line_components(locale, home, line) }
                    </details>
                </th>
                <td>{ words::number(Decimal::from(line.quantity)) }</td>
                <td>{ amount(&words::number(line.per_unit), per_unit) }</td>
                <td>{ amount(&words::number(line.total), total) }</td>
            </tr>
        }
    });
    html! {
        <section aria-labelledby="lines">
            <h2 id="lines">{ say(Text::Lines) }</h2>
            <div class="scroll">
                <table class="sums">
                    <thead>
                        <tr>
                            <th scope="col">{ say(Text::Sku) }</th>
                            <th scope="col">{ say(Text::Quantity) }</th>
                            <th scope="col">{ say(Text::PerUnit) }</th>
                            <th scope="col">{ say(Text::Total) }</th>
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </section>
    }
}

fn line_components(locale: Locale, home: &str, line: &LineCost) -> Html {
    let items = line.components.iter().filter(|(_, cost)| !cost.is_zero());
    let items = items.map(|(component, cost)| {
        let working = line.working.as_ref().and_then(|of| {
            let mut workings = of.components.iter();
            let (_, working) = workings.find(|(other, _)| *other == component)?;
            Some(words::working(locale, home, working))
        });
        html! {
            <div>
                <dt>{ words::component(locale, component) }</dt>
                <dd>{ amount(&words::number(*cost), working) }</dd>
            </div>
        }
    });
    html! { <dl class="pairs">{ for items }</dl> }
}

fn charges(locale: Locale, result: &LandedCost) -> Html {
    if result.charges.is_empty() {
        return html! {};
    }
    let rows = result.charges.iter().map(|charge| {
        let name = words::charge_component(locale, charge.component);
        let label = charge.label.as_deref().filter(|label| !label.is_empty());
        let working = charge.working.as_ref();
        let sentence =
            working.map(|of| words::charge_working(locale, result.home_currency, &of.amount));
        html! {
            <div>
                <dt>
                    { label.unwrap_or(name) }
                    if let Some(sentence) = sentence {
                        <span class="quiet">{ sentence }</span>
                    }
                </dt>
                <dd>{ words::number(charge.amount) }</dd>
            </div>
        }
    });
    html! {
        <section aria-labelledby="charges">
            <h2 id="charges">{ text(locale, Text::Charges) }</h2>
            <dl class="pairs">{ for rows }</dl>
        </section>
    }
}

fn cash(locale: Locale, result: &LandedCost) -> Html {
    let cash = &result.cash;
    let home = result.home_currency;
    let working = cash.working.as_ref();
    let rows = [
        (
            Payee::Supplier,
            cash.supplier,
            working.map(|of| &of.supplier),
        ),
        (Payee::Agent, cash.agent, working.map(|of| &of.agent)),
        (
            Payee::Forwarder,
            cash.forwarder,
            working.map(|of| &of.forwarder),
        ),
        (Payee::Customs, cash.customs, working.map(|of| &of.customs)),
        (Payee::Arrival, cash.arrival, working.map(|of| &of.arrival)),
    ];
    let rows = rows.into_iter().filter(|(_, paid, _)| !paid.is_zero());
    let rows = rows.map(|(payee, paid, working)| {
        let working = working.map(|working| words::working(locale, home, working));
        html! {
            <div>
                <dt>{ words::payee(locale, payee) }</dt>
                <dd>{ amount(&words::number(paid), working) }</dd>
            </div>
        }
    });
    html! {
        <section aria-labelledby="cash">
            <h2 id="cash">{ text(locale, Text::Cash) }</h2>
            <dl class="pairs">{ for rows }</dl>
        </section>
    }
}

fn shipment(locale: Locale, result: &LandedCost) -> Html {
    let say = |of| text(locale, of);
    let home = result.home_currency;
    let shipment = &result.shipment;
    let customs = &result.customs;
    let chargeable = shipment.working.as_ref();
    let chargeable = chargeable.map(|of| words::chargeable(locale, &of.chargeable_kg));
    let working = customs.working.as_ref();
    let sentence = |working| words::working(locale, home, working);
    let value = working.map(|of| sentence(&of.value));
    let vat_base = working.map(|of| sentence(&of.vat_base));
    let vat = working.map(|of| sentence(&of.vat));
    let row =
        |name: &'static str, value: Html| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <section aria-labelledby="shipment">
            <h2 id="shipment">{ say(Text::Shipment) }</h2>
            <dl class="pairs">
                { row(say(Text::Cartons), html! { words::number(Decimal::from(shipment.cartons)) }) }
                { row(say(Text::GrossWeight), html! { format!("{} kg", words::number(shipment.gross_kg)) }) }
                { row(say(Text::Volume), html! { format!("{} m³", words::number(shipment.volume_cbm)) }) }
                if let Some(kg) = shipment.chargeable_kg {
                    { row(say(Text::ChargeableWeight), amount(&format!("{} kg", words::number(kg)), chargeable)) }
                }
                { row(say(Text::CustomsValue), amount(&words::number(customs.value), value)) }
                if !customs.vat.is_zero() {
                    { row(say(Text::VatBase), amount(&words::number(customs.vat_base), vat_base)) }
                    { row(say(Text::VatDue), amount(&words::number(customs.vat), vat)) }
                }
            </dl>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use landfall::json;
    use landfall::landed_cost::{Request, landed_cost};
    use yew::ServerRenderer;

    use super::*;

    fn worked_order(locale: Locale) -> AnswerProps {
        let json = json::read(include_str!("example.json")).unwrap();
        let mut request = Request::check(&json).unwrap();
        request.explain = true;
        AnswerProps {
            locale,
            result: Rc::new(landed_cost(&request).unwrap()),
            is_old: false,
        }
    }

    /// The worked order as it is shown, without the browser.
    async fn shown(locale: Locale) -> String {
        ServerRenderer::<Answer>::with_props(move || worked_order(locale))
            .hydratable(false)
            .render()
            .await
    }

    #[tokio::test]
    async fn every_amount_of_the_worked_order_is_shown_with_its_working() {
        for locale in Locale::ALL {
            let html = shown(locale).await;
            for amount in [
                "2.9049", "2,323.93", "2,285.19", "665.10", "1,029.20", "319.67", "3.5 ×",
            ] {
                assert!(html.contains(amount), "{amount} is missing");
            }
            assert!(html.contains("5\u{a0}%") || html.contains("5%"));
            assert!(!html.contains("style="), "the page's policy forbids it");
        }
    }

    #[tokio::test]
    async fn the_bar_is_as_wide_as_the_whole() {
        let html = shown(Locale::En).await;
        let widths = html.split("width=\"").skip(1);
        let widths = widths.filter_map(|rest| rest.split('"').next()?.parse::<Decimal>().ok());
        let sum: Decimal = widths.sum();
        assert!(sum > Decimal::from(99) && sum < Decimal::from(101), "{sum}");
    }
}
