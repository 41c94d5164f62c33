//! The answer as it is shown, without the browser; and the orders that the other tests show.

use landfall::check::Named;
use landfall::json;
use landfall::landed_cost::{Request, SellingPriceRequest};
use yew::ServerRenderer;

use super::*;

const EXAMPLE: &str = include_str!("../../../tests/data/worked-order.json");

/// The outcome of a request, sold at a margin of 20 % by a shop that takes 15 % of the price.
fn outcome(json: &str) -> Outcome {
    let request = Request::check(&json::read(json).unwrap()).unwrap();
    let selling = |result: &LandedCost| {
        Ok(SellingPriceRequest {
            currency: landfall::money::Currency::from_code(result.home_currency).unwrap(),
            landed_cost_per_unit: *result.per_unit,
            fixed_per_order: Decimal::from(4),
            fee_percent: Decimal::from(15),
            advertising_percent: Decimal::ZERO,
            return_percent: Decimal::ZERO,
            resaleable_percent: Decimal::ZERO,
            return_handling: Decimal::ZERO,
            fee_kept_on_refund_percent: Decimal::ZERO,
            tax_in_price_percent: Decimal::ZERO,
            target_margin_percent: Decimal::from(20),
        })
    };
    Outcome::of(request, selling).unwrap()
}

/// The worked order.
pub(crate) fn worked() -> Outcome {
    outcome(EXAMPLE)
}

/// The worked order with another text in it.
pub(crate) fn worked_with(from: &str, to: &str) -> Outcome {
    assert!(EXAMPLE.contains(from), "{from}");
    outcome(&EXAMPLE.replace(from, to))
}

/// The worked order with many other lines.
pub(crate) fn many_lines(count: usize) -> Outcome {
    let lines: Vec<String> = (0..count)
        .map(|index| {
            format!(
                r#"{{ "sku": "SKU-{index}", "unitPriceCny": "3.20", "quantity": 120, "unitWeightKg": "0.2", "dutyPercent": "4" }}"#
            )
        })
        .collect();
    let (before, rest) = EXAMPLE.split_once("\"lines\": [").unwrap();
    let (_, after) = rest.split_once("\n  ],").unwrap();
    outcome(&format!("{before}\"lines\": [{}],{after}", lines.join(",")))
}

fn props(locale: Locale, outcome: Outcome) -> AnswerProps {
    AnswerProps {
        locale,
        outcome: Rc::new(outcome),
        is_old: false,
        margin: Some(Decimal::from(20)),
        announce: String::new(),
    }
}

async fn shown(locale: Locale, outcome: fn() -> Outcome) -> String {
    let props = move || props(locale, outcome());
    let renderer = ServerRenderer::<Answer>::with_props(props);
    renderer.hydratable(false).render().await
}

#[tokio::test]
async fn the_amounts_of_the_worked_order_are_shown() {
    for (locale, words) in [
        (
            Locale::En,
            ["3.5\u{a0}×", "44.5\u{a0}%", "a good unit", "Break-even"],
        ),
        (Locale::Zh, ["3.5\u{a0}倍", "44.5%", "每件合格品", "保本价"]),
    ] {
        let html = shown(locale, worked).await;
        let amounts = [
            "2.9049",
            "2,323.93",
            "2,285.19",
            "665.10",
            "1,029.20",
            "1,034.93",
            "319.67",
            "147.77",
            "166\u{a0}kg",
            "MUG-RED",
            "8.13",
        ];
        for text in amounts.into_iter().chain(words) {
            assert!(html.contains(text), "{text} is missing in {html}");
        }
        assert!(!html.contains("style="), "the page's policy forbids it");
    }
}

#[tokio::test]
async fn a_cost_without_freight_says_so() {
    let hint = "Freight to the destination isn’t in it yet";
    let bare = || {
        outcome(
            r#"{ "homeCurrency": "USD", "exchangeRate": { "cnyPerUnit": "7", "asOf": "2026-11-20" },
            "lines": [{ "sku": "MUG", "unitPriceCny": "7", "quantity": 10 }] }"#,
        )
    };
    let html = shown(Locale::En, bare).await;
    assert!(html.contains(hint), "{html}");
    assert!(html.contains("add:internationalShipping"), "{html}");
    assert!(!shown(Locale::En, worked).await.contains(hint));
}

#[tokio::test]
async fn workings_wait_until_they_are_opened() {
    let html = shown(Locale::En, worked).await;
    assert!(html.matches("class=\"amount\"").count() > 12);
    assert!(!html.contains("<details class=\"amount\"><summary></summary><p>"));
    for working in ["÷ 800", "kg actual", "The sum over", "spread"] {
        assert!(!html.contains(working), "{working}");
    }
}

#[test]
fn every_amount_of_the_worked_order_has_a_working() {
    let outcome = worked();
    let result = &outcome.result;
    let mut amounts = vec![
        Amount::Total,
        Amount::PerUnit,
        Amount::CashTotal,
        Amount::ChargeableWeight,
        Amount::CustomsValue,
        Amount::Duty,
        Amount::VatBase,
        Amount::Vat,
        Amount::Multiple,
        Amount::Selling(SellingFigure::BreakEven),
        Amount::Selling(SellingFigure::Target),
        Amount::Selling(SellingFigure::Profit),
    ];
    amounts.extend(payees(result).map(|(payee, _)| Amount::Cash(payee)));
    amounts.extend((0..result.charges.len()).map(Amount::Charge));
    for component in Component::ALL.iter().copied() {
        amounts.push(Amount::Component(component));
        amounts.push(Amount::ComponentPerUnit(component));
        amounts.extend((0..result.lines.len()).map(|line| Amount::LineComponent(line, component)));
    }
    for line in 0..result.lines.len() {
        amounts.extend([Amount::Line(line), Amount::LinePerUnit(line)]);
    }
    for locale in Locale::ALL {
        for amount in &amounts {
            let working = outcome.working(locale, *amount);
            assert!(working.is_some_and(|text| !text.is_empty()), "{amount:?}");
        }
    }
}

#[tokio::test]
async fn the_bar_is_as_wide_as_the_whole() {
    let html = shown(Locale::En, worked).await;
    let (_, bar) = html.split_once("<svg").unwrap();
    let (bar, _) = bar.split_once("</svg>").unwrap();
    assert_eq!(bar.matches("<rect").count(), GROUPS.len());
    let widths = bar.split("width=\"").skip(1);
    let widths = widths.map(|rest| rest.split('"').next().unwrap());
    let sum: Decimal = widths.map(|width| width.parse::<Decimal>().unwrap()).sum();
    assert!(sum > Decimal::from(99) && sum < Decimal::from(101), "{sum}");
}

#[tokio::test]
async fn a_long_order_shows_its_first_lines() {
    let html = shown(Locale::En, || many_lines(500)).await;
    assert_eq!(html.matches("class=\"line\"").count(), 25);
    assert!(html.contains("Show all 500"));
    let html = shown(Locale::Zh, || many_lines(25)).await;
    assert_eq!(html.matches("class=\"line\"").count(), 25);
    assert!(!html.contains("显示全部"));
}

#[tokio::test]
async fn an_older_result_says_so() {
    for (locale, said) in [
        (Locale::En, "Last complete result"),
        (Locale::Zh, "上一次完整的结果"),
    ] {
        let props = move || AnswerProps {
            is_old: true,
            ..props(locale, worked())
        };
        let renderer = ServerRenderer::<Answer>::with_props(props);
        assert!(renderer.hydratable(false).render().await.contains(said));
        assert!(!shown(locale, worked).await.contains(said));
    }
}

#[tokio::test]
async fn a_margin_out_of_reach_has_its_reason() {
    let selling = |_: &LandedCost| {
        let problem = landfall::issue::Problem::UnreachableMargin {
            sum_percent: Some(Decimal::from(105).into()),
        };
        Err(vec![landfall::issue::Issue {
            path: "targetMarginPercent".to_owned(),
            problem,
        }])
    };
    for (locale, said) in [
        (Locale::En, "no price is high enough"),
        (Locale::Zh, "定价再高也达不到"),
    ] {
        let props = move || {
            let request = worked().request().clone();
            props(locale, Outcome::of(request, selling).unwrap())
        };
        let renderer = ServerRenderer::<Answer>::with_props(props);
        let html = renderer.hydratable(false).render().await;
        assert!(html.contains(said), "{html}");
    }
}

#[tokio::test]
async fn the_headline_has_the_cost_of_a_unit_and_the_total() {
    for locale in Locale::ALL {
        let props = move || HeadlineProps {
            locale,
            outcome: Rc::new(worked()),
            is_old: false,
        };
        let renderer = ServerRenderer::<Headline>::with_props(props);
        let html = renderer.hydratable(false).render().await;
        for text in ["2.9049", "3.5", "2,323.93"] {
            assert!(html.contains(text), "{text} is missing");
        }
    }
}

#[test]
fn a_new_result_is_announced_by_its_cost_of_a_unit() {
    let outcome = worked();
    assert_eq!(announcement(Locale::En, &outcome), "2.9049 USD a good unit");
    assert_eq!(announcement(Locale::Zh, &outcome), "每件合格品 2.9049 USD");
}

#[tokio::test]
async fn what_governs_the_chargeable_weight_stands_beside_it() {
    for (locale, said) in [
        (Locale::En, "the actual weight governs"),
        (Locale::Zh, "按实重计费"),
    ] {
        assert!(shown(locale, worked).await.contains(said));
    }
    let bulky = || worked_with("\"heightCm\": \"28\"", "\"heightCm\": \"128\"");
    assert!(
        shown(Locale::En, bulky)
            .await
            .contains("the volume governs")
    );
}
