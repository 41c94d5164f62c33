//! The lowest price at which a landed unit may be sold.

use rust_decimal::Decimal;
use serde::Serialize;

use super::breakdown::decimal;
use crate::check::{
    self, Checker,
    Need::{Optional, Required},
    Object, Place,
};
use crate::issue::{Issue, Problem};
use crate::json::Json;
use crate::money::Figure;
use crate::money::{Currency, Ratio};

/// What is asked: a landed cost, and what selling costs. Shares are percents, 0 … 100.
#[derive(Clone, PartialEq, Debug)]
pub struct SellingPriceRequest {
    /// The currency of all amounts.
    pub currency: Currency,
    /// C: landed cost of one good unit.
    pub landed_cost_per_unit: Decimal,
    /// F: fixed cost of an order: fulfilment, last mile, fixed platform fee.
    pub fixed_per_order: Decimal,
    /// f: platform and payment fees as a share of the consumer price.
    pub fee_percent: Decimal,
    /// a: advertising as a share of the consumer price.
    pub advertising_percent: Decimal,
    /// r: returned units as a share of sent units.
    pub return_percent: Decimal,
    /// s: returned units that can be sold again.
    pub resaleable_percent: Decimal,
    /// R: handling of one return.
    pub return_handling: Decimal,
    /// φ: the share of the fees that is kept when a price is refunded.
    pub fee_kept_on_refund_percent: Decimal,
    /// v: sales tax or VAT inside the consumer price, in percent of the net price.
    pub tax_in_price_percent: Decimal,
    /// m: the margin aimed at, as a share of the net revenue.
    pub target_margin_percent: Decimal,
}

/// The prices.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SellingPrice {
    /// The consumer price without profit or loss, rounded up to the minor unit.
    pub break_even: Figure,
    /// The consumer price that reaches the margin, rounded up to the minor unit.
    pub target: Figure,
    /// The target price without the tax inside.
    pub net_at_target: Figure,
    /// The profit on one unit sent at the target price.
    pub profit_per_unit_at_target: Figure,
}

impl SellingPriceRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<SellingPriceRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>) -> Option<SellingPriceRequest> {
    let known = &[
        "currency",
        "landedCostPerUnit",
        "fixedPerOrder",
        "feePercent",
        "advertisingPercent",
        "returnPercent",
        "resaleablePercent",
        "returnHandling",
        "feeKeptOnRefundPercent",
        "taxInPricePercent",
        "targetMarginPercent",
    ];
    let object = Object::open(c, json, &Place::Root, known)?;
    let currency = object.field(c, "currency", Required, check::currency);
    let landed_cost_per_unit = object.field(c, "landedCostPerUnit", Required, check::amount);
    let amount = |c: &mut Checker, name| {
        let amount = object.field(c, name, Optional, check::amount);
        amount.unwrap_or_default()
    };
    let fixed_per_order = amount(c, "fixedPerOrder");
    let return_handling = amount(c, "returnHandling");
    let share = |c: &mut Checker, name| {
        let share = object.field(c, name, Optional, check::share);
        share.unwrap_or_default()
    };
    let fee_percent = share(c, "feePercent");
    let advertising_percent = share(c, "advertisingPercent");
    let return_percent = share(c, "returnPercent");
    let resaleable_percent = share(c, "resaleablePercent");
    let fee_kept_on_refund_percent = share(c, "feeKeptOnRefundPercent");
    let tax_in_price_percent = share(c, "taxInPricePercent");
    let target_margin_percent = share(c, "targetMarginPercent");
    Some(SellingPriceRequest {
        currency: currency?,
        landed_cost_per_unit: landed_cost_per_unit?,
        fixed_per_order,
        fee_percent,
        advertising_percent,
        return_percent,
        resaleable_percent,
        return_handling,
        fee_kept_on_refund_percent,
        tax_in_price_percent,
        target_margin_percent,
    })
}

/// The minimum selling price:
/// `net = (C(1 − rs) + F + rR) / ((1 − r)(1 − m) − (1 + v)(f(1 − r) + φfr + a))`, consumer price
/// `= net × (1 + v)`.
///
/// # Errors
/// [`Problem::UnreachableMargin`] where fees, advertising and margin leave nothing of the revenue;
/// [`Problem::TooLarge`] where a price can't be represented.
pub fn selling_price(request: &SellingPriceRequest) -> Result<SellingPrice, Issue> {
    let one = Ratio::whole(1);
    let share = |percent: Decimal| Ratio::percent(percent);
    let decimals = request.currency.decimals();
    let returned = share(request.return_percent);
    let kept = one.minus_or_zero(&returned);
    let with_tax = one.plus(&share(request.tax_in_price_percent));
    let fee = share(request.fee_percent);
    let refunded_fee = share(request.fee_kept_on_refund_percent)
        .times(&fee)
        .times(&returned);
    let taken = fee
        .times(&kept)
        .plus(&refunded_fee)
        .plus(&share(request.advertising_percent));
    let resold = returned.times(&share(request.resaleable_percent));
    let cost = Ratio::from(request.landed_cost_per_unit)
        .times(&one.minus_or_zero(&resold))
        .plus(&Ratio::from(request.fixed_per_order))
        .plus(&returned.times(&Ratio::from(request.return_handling)));
    let consumer_price = |margin: &Ratio| {
        let left = kept.times(&one.minus_or_zero(margin));
        let taken = with_tax.times(&taken);
        if left <= taken {
            return None;
        }
        let net = cost.divided_by(&left.minus_or_zero(&taken));
        Some(net.times(&with_tax).rounded_up(decimals))
    };
    let margin = share(request.target_margin_percent);
    let (Some(break_even), Some(target)) = (consumer_price(&Ratio::ZERO), consumer_price(&margin))
    else {
        return Err(unreachable_margin(&kept, &with_tax.times(&taken), &margin));
    };
    let target = decimal(&target, decimals)?;
    let price = Ratio::from(*target);
    let net = price.divided_by(&with_tax);
    // Not negative: the target price is rounded up from one at which the profit is the margin.
    let costs = price.times(&taken).plus(&cost);
    let profit = kept.times(&net).minus_or_zero(&costs);
    Ok(SellingPrice {
        break_even: decimal(&break_even, decimals)?,
        target,
        net_at_target: decimal(&net.rounded(decimals), decimals)?,
        profit_per_unit_at_target: decimal(&profit.rounded(decimals), decimals)?,
    })
}

/// What fees, advertising and margin add up to, as a percentage of the net revenue that is kept.
fn unreachable_margin(kept: &Ratio, taken: &Ratio, margin: &Ratio) -> Issue {
    let sum_percent = (!kept.is_zero())
        .then(|| taken.divided_by(kept).plus(margin))
        .map(|sum| sum.rounded_up(4))
        .and_then(|sum| decimal(&sum, 2).ok());
    Issue {
        path: "targetMarginPercent".to_owned(),
        problem: Problem::UnreachableMargin { sum_percent },
    }
}
