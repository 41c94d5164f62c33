//! Orders side by side.

use std::ops::Neg;
use std::rc::Rc;

use landfall::check::Named;
use landfall::landed_cost::{Component, LandedCost};
use landfall_words::{self as words, Locale};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::answer::{break_even, goods_multiple_label, kg, multiple, plus};
use crate::outcome::Outcome;
use crate::say::say;

/// Two to four orders.
#[derive(Properties, PartialEq)]
pub struct CompareProps {
    /// The language.
    pub locale: Locale,
    /// Each order with its name.
    pub items: Vec<(String, Rc<Outcome>)>,
}

/// The orders in columns, the lowest cost of a unit marked.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let table = Table::new(props.locale, &props.items);
    let locale = props.locale;
    let heads = props.items.iter().enumerate().map(|(index, (name, item))| {
        html! {
            <th scope="col">
                { name }
                <span class="currency">{ item.result.home_currency }</span>
                if table.is_lowest(index) {
                    <span class="lowest">
                        <svg viewBox="0 0 10 8" aria-hidden="true"><path d="M0 1h10L5 8z" /></svg>
                        { say(locale, "Lowest per unit", "单件最低") }
                    </span>
                }
            </th>
        }
    });
    html! {
        <div class="compare">
            { for table.notes().into_iter().map(|note| html! { <p class="notice">{ note }</p> }) }
            <div class="scroll" tabindex="0" role="region" aria-label={say(locale, "Comparison", "方案对比")}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ say(locale, "Compared", "对比项") }</th>
                            { for heads }
                        </tr>
                    </thead>
                    <tbody>{ table.figures() }</tbody>
                    <tbody>{ table.components() }</tbody>
                </table>
            </div>
        </div>
    }
}

/// What is compared, and with whom.
struct Table<'a> {
    locale: Locale,
    results: Vec<&'a LandedCost>,
    items: &'a [(String, Rc<Outcome>)],
    /// The lowest cost of a unit, where it can be told.
    lowest: Option<Decimal>,
    /// The first order that has it.
    cheapest: Option<usize>,
    /// Whether all orders have the same number of units.
    same_units: bool,
}

impl<'a> Table<'a> {
    fn new(locale: Locale, items: &'a [(String, Rc<Outcome>)]) -> Table<'a> {
        let results: Vec<_> = items.iter().map(|(_, item)| &item.result).collect();
        let all_same = |of: fn(&LandedCost, &LandedCost) -> bool| {
            let mut pairs = results.iter().zip(results.iter().skip(1));
            pairs.all(|(a, b)| of(a, b))
        };
        let same_currency = all_same(|a, b| a.home_currency == b.home_currency);
        let same_units = all_same(|a, b| a.units == b.units);
        let ranked = same_currency && results.len() > 1;
        let costs = results.iter().map(|result| *result.per_unit);
        let lowest = costs.min().filter(|_| ranked);
        let cheapest = results
            .iter()
            .position(|result| Some(*result.per_unit) == lowest);
        Table {
            locale,
            items,
            lowest,
            cheapest,
            same_units,
            results,
        }
    }

    fn is_lowest(&self, index: usize) -> bool {
        let cost = self.results.get(index).map(|result| *result.per_unit);
        self.lowest.is_some() && cost == self.lowest
    }

    /// What has to be known before the figures are compared.
    fn notes(&self) -> Vec<&'static str> {
        let mut notes = Vec::new();
        if self.lowest.is_none() && self.results.len() > 1 {
            notes.push(say(
                self.locale,
                "These orders are in different currencies, so they are not ranked.",
                "各方案的本币不同，不排名次。",
            ));
        }
        if !self.same_units {
            notes.push(say(
                self.locale,
                "The numbers of units differ, so components are shown for one unit.",
                "各方案件数不同，成本构成按每件列出。",
            ));
        }
        notes
    }

    /// A row of texts, each with what stands below it.
    fn row(&self, name: &str, cells: Vec<(String, String)>) -> Html {
        let cells = cells.into_iter().map(|(text, below)| {
            html! { <td>{ text }<span class="difference">{ below }</span></td> }
        });
        html! { <tr><th scope="row">{ name }</th>{ for cells }</tr> }
    }

    /// A row of texts, with a dash where an order has none.
    fn texts(&self, name: &str, text: &dyn Fn(&Outcome) -> Option<String>) -> Html {
        let cells = self.items.iter();
        let cells = cells.map(|(_, item)| text(item).unwrap_or_else(|| "–".to_owned()));
        self.row(name, cells.map(|cell| (cell, String::new())).collect())
    }

    /// A row of amounts, each with its difference to that of the cheapest order, where it has one.
    fn amounts(&self, name: &str, amount: &dyn Fn(&LandedCost) -> Decimal) -> Html {
        let cheapest = self.cheapest.and_then(|index| self.results.get(index));
        let cells = self.results.iter().map(|result| {
            let own = amount(result);
            let difference = cheapest.map(|least| plus(own, amount(least).neg()));
            let difference = difference.filter(|difference| !difference.is_zero());
            let below = difference.map(signed).unwrap_or_default();
            (words::number(own), below)
        });
        self.row(name, cells.collect())
    }

    /// A row of sums, which differ for a reason where the orders are of different size.
    fn sums(&self, name: &str, amount: &dyn Fn(&LandedCost) -> Decimal) -> Html {
        if self.same_units {
            self.amounts(name, amount)
        } else {
            self.texts(name, &|item| Some(words::number(amount(&item.result))))
        }
    }

    /// The figures of each order as a whole.
    fn figures(&self) -> Html {
        let locale = self.locale;
        let chargeable = |item: &Outcome| item.result.shipment.chargeable_kg.map(|of| kg(*of));
        html! {
            <>
                { self.amounts(say(locale, "Per good unit", "每件合格品"), &|of| *of.per_unit) }
                { self.texts(goods_multiple_label(locale), &|item| multiple(locale, &item.result)) }
                { self.texts(say(locale, "Units", "件数"), &|item| {
                    Some(words::number(Decimal::from(item.result.units)))
                }) }
                { self.sums(say(locale, "Order total", "订单总成本"), &|of| *of.total) }
                { self.sums(say(locale, "Cash to pay", "需付现金"), &|of| *of.cash.total) }
                { self.texts(say(locale, "Chargeable weight", "计费重"), &chargeable) }
                { self.texts(break_even(locale), &|item| {
                    item.selling.as_ref().ok().map(|price| words::number(price.break_even))
                }) }
            </>
        }
    }

    /// Each component that any of the orders has.
    fn components(&self) -> Html {
        let of = |result: &LandedCost, component: Component| {
            let part = result.components.get(component as usize);
            let part = part.map(|part| {
                if self.same_units {
                    part.amount
                } else {
                    part.per_unit
                }
            });
            part.map(|amount| *amount).unwrap_or_default()
        };
        let rows = Component::ALL.iter().copied();
        let rows = rows.filter(|part| self.results.iter().any(|all| !of(all, *part).is_zero()));
        let rows = rows
            .map(|part| self.amounts(words::component(self.locale, part), &|all| of(all, part)));
        rows.collect()
    }
}

/// A difference with its sign.
fn signed(difference: Decimal) -> String {
    let sign = if difference.is_sign_negative() {
        '−'
    } else {
        '+'
    };
    format!("{sign}{}", words::number(difference.abs()))
}

#[cfg(test)]
mod tests {
    use yew::ServerRenderer;

    use super::*;
    use crate::answer::tests::{many_lines, worked, worked_with};

    async fn shown(locale: Locale, items: fn() -> Vec<Outcome>) -> String {
        let props = move || {
            let items = items().into_iter().enumerate();
            let items = items.map(|(index, item)| (format!("Order {index}"), Rc::new(item)));
            CompareProps {
                locale,
                items: items.collect(),
            }
        };
        let renderer = ServerRenderer::<Compare>::with_props(props);
        renderer.hydratable(false).render().await
    }

    fn by_a_dearer_carrier() -> Outcome {
        worked_with("\"6.2\"", "\"7.2\"")
    }

    #[tokio::test]
    async fn the_lowest_cost_is_marked_and_the_others_differ_from_it() {
        for locale in Locale::ALL {
            let html = shown(locale, || vec![by_a_dearer_carrier(), worked()]).await;
            for text in [
                "2.9049",
                "2,323.93",
                "2,285.19",
                "1,195.20",
                "+166.00",
                "166\u{a0}kg",
            ] {
                assert!(html.contains(text), "{text} is missing");
            }
            assert_eq!(html.matches("class=\"lowest\"").count(), 1);
            assert!(!html.contains("style="), "the page's policy forbids it");
        }
    }

    #[tokio::test]
    async fn different_currencies_are_not_ranked() {
        fn in_euro() -> Outcome {
            worked_with("\"USD\"", "\"EUR\"")
        }
        for (locale, said) in [(Locale::En, "not ranked"), (Locale::Zh, "不排名次")] {
            let html = shown(locale, || vec![worked(), in_euro()]).await;
            assert!(html.contains(said), "{html}");
            assert!(!html.contains("class=\"lowest\""));
            assert!(!html.contains(">+") && !html.contains(">−"), "{html}");
        }
    }

    #[tokio::test]
    async fn orders_of_different_size_are_compared_by_unit() {
        let html = shown(Locale::En, || vec![worked(), many_lines(3)]).await;
        assert!(html.contains("components are shown for one unit"));
        assert!(html.contains("0.8314"), "goods for one unit");
        let total = html.split("Order total").nth(1).unwrap();
        let (total, _) = total.split_once("</tr>").unwrap();
        assert!(!total.contains(">+") && !total.contains(">−"), "{total}");
    }

    #[test]
    fn differences_have_a_sign() {
        assert_eq!(signed(Decimal::new(150, 2)), "+1.50");
        assert_eq!(signed(Decimal::new(-123_450, 2)), "−1,234.50");
    }
}
