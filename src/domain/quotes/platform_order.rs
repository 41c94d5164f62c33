//! What a purchasing platform asks for an order: goods, freight, and the bank's channel fee on them.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::check::{
    self, Checker,
    Need::{Optional, Required},
    Object, Place,
};
use crate::issue::Issue;
use crate::json::Json;
use crate::landed_cost::decimal;
use crate::money::{Currency, Figure, Nat, Ratio};

/// What is asked; amounts are in one currency.
#[derive(Clone, PartialEq, Debug)]
pub struct PlatformOrder {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The goods.
    pub goods: Decimal,
    /// Freight inside China.
    pub domestic_shipping: Decimal,
    /// Freight to the destination.
    pub international_shipping: Decimal,
    /// The bank's channel fee, in percent of goods and freight, 0 … 1,000.
    pub bank_fee_percent: Decimal,
}

/// What is to be paid. Each amount is rounded to the minor unit and the total is their sum, so that
/// the figures are their own working.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlatformOrderAmount {
    /// ISO 4217.
    pub currency: &'static str,
    /// The goods.
    pub goods: Figure,
    /// Freight inside China.
    pub domestic_shipping: Figure,
    /// Freight to the destination.
    pub international_shipping: Figure,
    /// The three of them.
    pub subtotal: Figure,
    /// The percentage of the bank's channel fee.
    pub bank_fee_percent: Figure,
    /// The fee: that percentage of the subtotal.
    pub bank_fee: Figure,
    /// Subtotal and fee.
    pub total: Figure,
}

impl PlatformOrder {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<PlatformOrder, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>) -> Option<PlatformOrder> {
    let known = &[
        "currency",
        "goods",
        "domesticShipping",
        "internationalShipping",
        "bankFeePercent",
    ];
    let object = Object::open(c, json, &Place::Root, known)?;
    let currency = object.field(c, "currency", Required, check::currency);
    let goods = object.field(c, "goods", Required, check::amount);
    let domestic = object.field(c, "domesticShipping", Optional, check::amount);
    let international = object.field(c, "internationalShipping", Optional, check::amount);
    let fee = object.field(c, "bankFeePercent", Optional, check::percent);
    Some(PlatformOrder {
        currency: currency?,
        goods: goods?,
        domestic_shipping: domestic.unwrap_or_default(),
        international_shipping: international.unwrap_or_default(),
        bank_fee_percent: fee.unwrap_or_default(),
    })
}

/// What is to be paid: goods, freight and the bank's channel fee.
///
/// # Errors
/// [`crate::issue::Problem::TooLarge`] where an amount can't be represented.
pub fn platform_order_amount(order: &PlatformOrder) -> Result<PlatformOrderAmount, Issue> {
    let decimals = order.currency.decimals();
    let minor = |amount: Decimal| Ratio::from(amount).rounded(decimals);
    let goods = minor(order.goods);
    let domestic = minor(order.domestic_shipping);
    let international = minor(order.international_shipping);
    let subtotal = goods.plus(&domestic).plus(&international);
    let fee = Ratio::percent(order.bank_fee_percent)
        .times_nat(&subtotal)
        .rounded(0);
    let total = subtotal.plus(&fee);
    let figure = |minor: &Nat| decimal(minor, decimals);
    Ok(PlatformOrderAmount {
        currency: order.currency.code(),
        goods: figure(&goods)?,
        domestic_shipping: figure(&domestic)?,
        international_shipping: figure(&international)?,
        subtotal: figure(&subtotal)?,
        bank_fee_percent: Figure(order.bank_fee_percent),
        bank_fee: figure(&fee)?,
        total: figure(&total)?,
    })
}
