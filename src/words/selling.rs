//! How the minimum selling price came about.

use landfall::landed_cost::{LandedCost, SellingPrice, SellingPriceRequest};
use rust_decimal::Decimal;

use crate::Locale;
use crate::numbers::{money, number, percent};

/// A figure of the selling price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SellingFigure {
    /// The price without profit or loss.
    BreakEven,
    /// The price that reaches the margin.
    Target,
    /// The profit on one unit sent at that price.
    Profit,
}

/// The cost of a good unit as a multiple of its price on 1688; `None` where there are no goods.
pub fn multiple(locale: Locale, result: &LandedCost) -> Option<String> {
    let home = result.home_currency;
    let goods = money(home, result.components.first()?.amount);
    let per_unit = money(home, result.per_unit);
    let units = number(Decimal::from(result.units));
    Some(say!(
        locale,
        "{per_unit} a unit ÷ ({goods} goods ÷ {units} units)",
        "每件 {per_unit} ÷（货款 {goods} ÷ {units} 件）",
    ))
}

/// How a figure of the selling price came about: the formula of [`landfall::landed_cost::selling_price`]
/// with its numbers, without the terms that are 0.
pub fn selling_figure(
    locale: Locale,
    request: &SellingPriceRequest,
    price: &SellingPrice,
    figure: SellingFigure,
) -> String {
    let share = |value: Decimal| percent(locale, value);
    let is_any = |value: Decimal| !value.is_zero();
    let returned = request.return_percent;
    let kept = is_any(returned).then(|| format!("(1 − {})", share(returned)));
    let with_tax = is_any(request.tax_in_price_percent)
        .then(|| format!("(1 + {})", share(request.tax_in_price_percent)));

    let mut cost = number(request.landed_cost_per_unit);
    if is_any(returned) && is_any(request.resaleable_percent) {
        let resold = share(request.resaleable_percent);
        cost = format!("{cost} × (1 − {} × {resold})", share(returned));
    }
    if is_any(request.fixed_per_order) {
        cost = format!("{cost} + {}", number(request.fixed_per_order));
    }
    if is_any(returned) && is_any(request.return_handling) {
        let handling = number(request.return_handling);
        cost = format!("{cost} + {} × {handling}", share(returned));
    }

    let mut taken = Vec::new();
    if is_any(request.fee_percent) {
        let fee = share(request.fee_percent);
        taken.push(match &kept {
            Some(kept) => format!("{fee} × {kept}"),
            None => fee.clone(),
        });
        if is_any(returned) && is_any(request.fee_kept_on_refund_percent) {
            let on_refund = share(request.fee_kept_on_refund_percent);
            taken.push(format!("{on_refund} × {fee} × {}", share(returned)));
        }
    }
    if is_any(request.advertising_percent) {
        taken.push(share(request.advertising_percent));
    }
    let taken = (!taken.is_empty()).then(|| format!("({})", taken.join(" + ")));

    let times = |factors: [Option<String>; 2]| {
        let factors: Vec<String> = factors.into_iter().flatten().collect();
        (!factors.is_empty()).then(|| factors.join(" × "))
    };
    let margin = match figure {
        SellingFigure::Target => request.target_margin_percent,
        SellingFigure::BreakEven | SellingFigure::Profit => Decimal::ZERO,
    };
    if figure == SellingFigure::Profit {
        let target = number(price.target);
        let mut income = target.clone();
        if let Some(kept) = &kept {
            income = format!("{kept} × {income}");
        }
        if let Some(with_tax) = &with_tax {
            income = format!("{income} ÷ {with_tax}");
        }
        let fees = taken.map(|taken| format!(" − {target} × {taken}"));
        return format!("{income}{} − ({cost})", fees.unwrap_or_default());
    }
    let margin = is_any(margin).then(|| format!("(1 − {})", share(margin)));
    let left = times([kept, margin]).unwrap_or_else(|| "1".to_owned());
    let below = match times([taken.is_some().then_some(with_tax.clone()).flatten(), taken]) {
        Some(taken) => format!("{left} − {taken}"),
        None => left,
    };
    let above = match with_tax {
        Some(with_tax) => format!("({cost}) × {with_tax}"),
        None => format!("({cost})"),
    };
    say!(
        locale,
        "{above} ÷ ({below}), rounded up",
        "{above} ÷ ({below})，向上取整到最小币值",
    )
}

#[cfg(test)]
mod tests {
    use landfall::json;
    use landfall::landed_cost::{SellingPriceRequest, selling_price};

    use super::*;

    fn said(locale: Locale, request: &str) -> [String; 3] {
        let request = SellingPriceRequest::check(&json::read(request).unwrap()).unwrap();
        let price = selling_price(&request).unwrap();
        [
            SellingFigure::BreakEven,
            SellingFigure::Target,
            SellingFigure::Profit,
        ]
        .map(|figure| selling_figure(locale, &request, &price, figure))
    }

    #[test]
    fn only_what_counts_is_written() {
        let request = r#"{"currency":"USD","landedCostPerUnit":"2.9049","fixedPerOrder":"3.5",
            "feePercent":"15","targetMarginPercent":"20"}"#;
        assert_eq!(
            said(Locale::En, request),
            [
                "(2.9049 + 3.5) ÷ (1 − (15\u{a0}%)), rounded up",
                "(2.9049 + 3.5) ÷ ((1 − 20\u{a0}%) − (15\u{a0}%)), rounded up",
                "9.86 − 9.86 × (15\u{a0}%) − (2.9049 + 3.5)",
            ]
        );
        let bare = r#"{"currency":"USD","landedCostPerUnit":"2"}"#;
        assert_eq!(
            said(Locale::Zh, bare),
            [
                "(2) ÷ (1)，向上取整到最小币值",
                "(2) ÷ (1)，向上取整到最小币值",
                "2.00 − (2)"
            ]
        );
    }

    #[test]
    fn every_term_of_the_formula_is_written() {
        let request = r#"{"currency":"USD","landedCostPerUnit":"10","fixedPerOrder":"2",
            "feePercent":"12","advertisingPercent":"5","returnPercent":"8","resaleablePercent":"50",
            "returnHandling":"3","feeKeptOnRefundPercent":"20","taxInPricePercent":"19",
            "targetMarginPercent":"25"}"#;
        let [even, target, profit] =
            said(Locale::En, request).map(|text| text.replace('\u{a0}', ""));
        let cost = "10 × (1 − 8% × 50%) + 2 + 8% × 3";
        let taken = "(12% × (1 − 8%) + 20% × 12% × 8% + 5%)";
        assert_eq!(
            even,
            format!("({cost}) × (1 + 19%) ÷ ((1 − 8%) − (1 + 19%) × {taken}), rounded up")
        );
        assert_eq!(
            target,
            format!(
                "({cost}) × (1 + 19%) ÷ ((1 − 8%) × (1 − 25%) − (1 + 19%) × {taken}), rounded up"
            )
        );
        let price = profit
            .split(" × ")
            .nth(1)
            .unwrap()
            .split(' ')
            .next()
            .unwrap();
        assert_eq!(
            profit,
            format!("(1 − 8%) × {price} ÷ (1 + 19%) − {price} × {taken} − ({cost})")
        );
    }
}
