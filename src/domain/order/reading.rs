//! Reading a request from JSON, with every issue reported at once.

use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::check::is_blank;
use super::{
    BySku, Confirmed, Line, Order, OrderCheckRequest, PriceHistory, Supplier, SupplierStatus,
};
use crate::check::{
    self, Checker,
    Need::{Optional, Required},
    Object, Place,
};
use crate::finding::PriceRange;
use crate::issue::{Issue, Problem};
use crate::json::Json;
use crate::landed_cost::{MAX_LINES, cny_rate, not_too_many};
use crate::money::{Currency, Figure};
use crate::policy::Policy;

impl OrderCheckRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<OrderCheckRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json, &Place::Root);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<OrderCheckRequest> {
    let known = &["policy", "today", "order", "supplier", "previousPrices"];
    let object = Object::open(c, json, place, known)?;
    let policy = object.field(c, "policy", Required, Policy::read);
    let home = policy.as_ref().map(|policy| policy.home_currency);
    let today = object.field(c, "today", Required, check::date);
    let order = object.field(c, "order", Required, |c, json, place| {
        order(c, json, place, home)
    });
    let supplier = object.field(c, "supplier", Required, supplier);
    let previous_prices = object.field(c, "previousPrices", Required, previous_prices);
    Some(OrderCheckRequest {
        policy: Rc::new(policy?),
        today: today?,
        order: Rc::new(order?),
        supplier: supplier?.map(Rc::new),
        previous_prices: Rc::new(previous_prices?),
    })
}

/// An order as it is checked; its exchange rate is that of the home currency.
pub(crate) fn order(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: Option<Currency>,
) -> Option<Order> {
    let known = &[
        "supplierId",
        "exchangeRate",
        "lines",
        "domesticShippingCny",
        "landedTotal",
        "specification",
        "priceScreenshot",
        "productLink",
        "staff",
        "expectedDelivery",
    ];
    let object = Object::open(c, json, place, known)?;
    let supplier_id = object.field(c, "supplierId", Required, check::text);
    let rate = object.field(c, "exchangeRate", Required, |c, json, place| {
        exchange_rate(c, json, place, home)
    });
    let lines = object.field(c, "lines", Required, |c, json, place| {
        not_too_many(c, json, place, MAX_LINES)?;
        check::filled_list(c, json, place, line)
    });
    let domestic_shipping_cny = object.field(c, "domesticShippingCny", Optional, check::amount);
    let landed_total = object.field(c, "landedTotal", Optional, check::amount);
    let specification = object.field(c, "specification", Required, confirmed);
    let price_screenshot = object.field(c, "priceScreenshot", Optional, check::any_text);
    let product_link = object.field(c, "productLink", Optional, check::any_text);
    let staff = object.field(c, "staff", Optional, check::any_text);
    let expected_delivery = object.field(c, "expectedDelivery", Optional, |c, json, place| {
        let text = check::any_text(c, json, place)?;
        if is_blank(&text) {
            return None;
        }
        check::date(c, json, place)
    });
    let (cny_per_unit, as_of) = rate?;
    Some(Order {
        supplier_id: supplier_id?.into(),
        cny_per_unit,
        as_of,
        lines: lines?,
        domestic_shipping_cny,
        landed_total,
        specification: specification?,
        product_link,
        price_screenshot,
        staff,
        expected_delivery,
    })
}

fn exchange_rate(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: Option<Currency>,
) -> Option<(Decimal, NaiveDate)> {
    let object = Object::open(c, json, place, &["cnyPerUnit", "asOf"])?;
    let cny_per_unit = object.field(c, "cnyPerUnit", Required, |c, json, place| {
        cny_rate(c, json, place, home)
    });
    let as_of = object.field(c, "asOf", Required, check::date);
    Some((cny_per_unit?, as_of?))
}

fn line(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Line> {
    let object = Object::open(c, json, place, &["sku", "unitPriceCny", "quantity"])?;
    let sku = object.field(c, "sku", Required, check::text);
    let unit_price_cny = object.field(c, "unitPriceCny", Required, check::amount);
    let quantity = object.field(c, "quantity", Required, check::count);
    Some(Line {
        sku: sku?.into(),
        unit_price_cny: unit_price_cny?,
        quantity: quantity?,
    })
}

fn confirmed(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Confirmed> {
    let known = &["colour", "size", "quantity", "packaging"];
    let object = Object::open(c, json, place, known)?;
    let mut flag = |name| {
        let flag = object.field(c, name, Optional, check::flag);
        flag.unwrap_or(false)
    };
    Some(Confirmed {
        colour: flag("colour"),
        size: flag("size"),
        quantity: flag("quantity"),
        packaging: flag("packaging"),
    })
}

/// What is known of a supplier; `null` where nothing is.
pub(crate) fn supplier(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
) -> Option<Option<Supplier>> {
    match json {
        Json::Null => Some(None),
        Json::Boolean(_)
        | Json::Integer(_)
        | Json::Inexact
        | Json::Text(_)
        | Json::List(_)
        | Json::Object(_) => known_supplier(c, json, place).map(Some),
    }
}

fn known_supplier(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Supplier> {
    let object = Object::open(c, json, place, &["id", "status", "agreedPrices"])?;
    let id = object.field(c, "id", Required, check::text);
    let status = object.field(c, "status", Required, check::choice::<SupplierStatus>);
    let agreed = object.field(c, "agreedPrices", Optional, |c, json, place| {
        check::list(c, json, place, agreed_price)
    });
    let mut agreed_prices: BySku<Rc<Vec<PriceRange>>> = BySku::default();
    for (sku, range) in agreed.unwrap_or_default() {
        let ranges = agreed_prices.entry(sku.into()).or_default();
        Rc::make_mut(ranges).push(range);
    }
    Some(Supplier {
        id: id?.into(),
        status: status?,
        agreed_prices,
    })
}

fn agreed_price(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
) -> Option<(String, PriceRange)> {
    let object = Object::open(c, json, place, &["sku", "minimumCny", "maximumCny"])?;
    let sku = object.field(c, "sku", Required, check::text);
    let minimum = object.field(c, "minimumCny", Required, check::amount);
    let maximum = object.field(c, "maximumCny", Required, check::amount);
    let (minimum, maximum) = (minimum?, maximum?);
    if minimum > maximum {
        let place = Place::Field(place, "minimumCny");
        let (minimum, maximum) = (Figure(minimum), Figure(maximum));
        return c.report(&place, Problem::MinimumAboveMaximum { minimum, maximum });
    }
    Some((sku?, PriceRange { minimum, maximum }))
}

/// What was paid for articles.
pub(crate) fn previous_prices(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
) -> Option<PriceHistory> {
    let mut history = PriceHistory::default();
    check::list(c, json, place, |c, json, place| {
        let object = Object::open(c, json, place, &["sku", "unitPriceCny", "date"])?;
        let sku = object.field(c, "sku", Required, check::text);
        let price = object.field(c, "unitPriceCny", Required, check::amount);
        let date = object.field(c, "date", Required, check::date);
        history.add(sku?.into(), date?, price?);
        Some(())
    })?;
    Some(history)
}
