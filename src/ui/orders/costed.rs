//! An order of the log as one whose landed cost is wanted, and how it doesn't add up.

use std::rc::Rc;

use landfall_words::Locale;
use landfall_workspace::rows::{Mismatch, Order};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::draft::{Draft, rows};
use crate::say::say;
use crate::tree;

/// How an order doesn't add up.
pub fn mismatch_sentence(locale: Locale, mismatch: &Mismatch) -> String {
    match (mismatch, locale) {
        (Mismatch::Paid { sum, paid }, Locale::En) => {
            format!("Goods, freight and adjustment make {sum}, but {paid} was paid.")
        }
        (Mismatch::Paid { sum, paid }, Locale::Zh) => {
            format!("货款、运费与涨价或折扣合计 {sum}，与实付款 {paid} 不符。")
        }
        (Mismatch::Goods { sum, goods }, Locale::En) => {
            format!("The lines make {sum}, but the goods are {goods}.")
        }
        (Mismatch::Goods { sum, goods }, Locale::Zh) => {
            format!("各行合计 {sum}，与货品总价 {goods} 不符。")
        }
    }
}

/// An order of the log as one whose landed cost is wanted; destination and rates stay those of the order
/// that is shown. A discount on the whole order lowers the unit prices, a surcharge is a charge.
pub fn costed(order: &Order, shown: &Draft, locale: Locale) -> Draft {
    let adjustment = order.adjustment.map_or(Decimal::ZERO, |of| of.0);
    let goods = order.goods.map_or(Decimal::ZERO, |goods| goods.0);
    let discounted = |price: Decimal| -> Option<Decimal> {
        if !adjustment.is_sign_negative() || goods.is_zero() {
            return Some(price);
        }
        let left = goods
            .checked_add(adjustment)
            .filter(|left| !left.is_sign_negative())?;
        let price = price.checked_mul(left)?.checked_div(goods)?;
        Some(
            price
                .round_dp_with_strategy(8, RoundingStrategy::MidpointAwayFromZero)
                .normalize(),
        )
    };
    let lines = order.lines.iter().enumerate().map(|(index, line)| {
        let text = |of: &Option<Rc<str>>| {
            of.as_deref()
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let sku = text(&line.item_code).or_else(|| text(&line.source_sku_id));
        let sku = sku.unwrap_or_else(|| index.saturating_add(1).to_string());
        let price = discounted(line.unit_price.0).unwrap_or(line.unit_price.0);
        let mut tree = tree::object([
            ("sku", tree::text(sku)),
            ("unitPriceCny", tree::text(price.to_string())),
            (
                "quantity",
                tree::text(line.quantity.normalize().to_string()),
            ),
        ]);
        tree::set(&mut tree, "description", text(&line.title).map(tree::text));
        tree
    });
    let flat = |amount: Decimal, label: Option<&str>| {
        let mut charge = tree::object([
            ("component", tree::text("domesticShipping")),
            ("currency", tree::text("CNY")),
            (
                "rate",
                tree::object([
                    ("type", tree::text("flat")),
                    ("amount", tree::text(amount.normalize().to_string())),
                ]),
            ),
        ]);
        tree::set(&mut charge, "label", label.map(tree::text));
        charge
    };
    let freight = order
        .freight
        .map(|freight| freight.0)
        .filter(|freight| !freight.is_zero());
    let surcharge = Some(adjustment).filter(|of| of.is_sign_positive() && !of.is_zero());
    let charges = freight.map(|freight| flat(freight, None)).into_iter();
    let label = say(locale, "Surcharge of the seller", "卖家涨价");
    let charges = charges.chain(surcharge.map(|surcharge| flat(surcharge, Some(label))));
    let id = order.source.as_ref().map(|source| &source.order_id);
    let id = id.or(order.number.as_ref()).map_or("", |id| id);
    Draft {
        name: format!("{} {id}", order.supplier_name).trim().to_owned(),
        lines: rows(lines),
        charges: rows(charges),
        ..shown.cleared()
    }
}
