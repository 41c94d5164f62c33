//! Placing an order: what the owner's rules say of it before staff commit money.

mod check;
mod price_history;
mod reading;

pub(crate) use check::Observed;
pub use check::{OrderVerdict, Verdict, check_order, verdict};
pub use price_history::PriceHistory;
pub(crate) use reading::{order, previous_prices, supplier};

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::BuildHasherDefault;
use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::named;
use crate::finding::PriceRange;
use crate::issue::Issue;
use crate::json::Json;
use crate::policy::Policy;

/// What is asked: an order, and what is known on the day on which it is to be placed. Policy, supplier
/// and prices are shared by the requests of a whole log.
#[derive(Clone, PartialEq, Debug)]
pub struct OrderCheckRequest {
    /// The owner's rules.
    pub policy: Rc<Policy>,
    /// The day, as the owner's calendar has it.
    pub today: NaiveDate,
    /// The order.
    pub order: Rc<Order>,
    /// What is known of its supplier; `None` where nothing is.
    pub supplier: Option<Rc<Supplier>>,
    /// What was paid for the articles before.
    pub previous_prices: Rc<PriceHistory>,
}

/// An order that is to be placed.
#[derive(Clone, PartialEq, Debug)]
pub struct Order {
    /// Its supplier.
    pub supplier_id: Rc<str>,
    /// Yuan for one unit of the home currency.
    pub cny_per_unit: Decimal,
    /// The day of that rate.
    pub as_of: NaiveDate,
    /// The lines, 1 … 10,000.
    pub lines: Vec<Line>,
    /// Freight inside China, where it is known.
    pub domestic_shipping_cny: Option<Decimal>,
    /// The landed total in the home currency, where it is worked out.
    pub landed_total: Option<Decimal>,
    /// What is confirmed against the approved sample.
    pub specification: Confirmed,
    /// The address of the product.
    pub product_link: Option<String>,
    /// The file name of the screenshot of the price.
    pub price_screenshot: Option<String>,
    /// Who places it.
    pub staff: Option<String>,
    /// The day on which it is expected.
    pub expected_delivery: Option<NaiveDate>,
}

/// A line of an order.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// The article.
    pub sku: Rc<str>,
    /// Yuan for one unit.
    pub unit_price_cny: Decimal,
    /// Units, 1 … 1,000,000,000.
    pub quantity: u64,
}

/// What is confirmed against the approved sample.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Confirmed {
    /// The colour.
    pub colour: bool,
    /// The size.
    pub size: bool,
    /// What a unit contains.
    pub quantity: bool,
    /// How it is packed.
    pub packaging: bool,
}

named! {
    /// How far a supplier is trusted.
    SupplierStatus {
        /// Staff score it and write a brief; they can't commit money.
        New = "new",
        /// The owner approved it.
        Whitelisted = "whitelisted",
        /// A red flag stopped it.
        Suspended = "suspended",
    }
}

/// Something for each of some articles. A log looks up each of its lines: by a hash, which many compared
/// codes would outlast; always the same one, since nothing here is drawn by chance.
pub type BySku<T> = HashMap<Rc<str>, T, BuildHasherDefault<DefaultHasher>>;

/// What is known of a supplier.
#[derive(Clone, PartialEq, Debug)]
pub struct Supplier {
    /// Who it is.
    pub id: Rc<str>,
    /// How far it is trusted.
    pub status: SupplierStatus,
    /// The ranges of unit prices that the owner agreed to with it, by article.
    pub agreed_prices: BySku<Rc<Vec<PriceRange>>>,
}

/// The verdict on a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn check_order_of(json: &Json<'_>) -> Result<OrderVerdict, Vec<Issue>> {
    let request = OrderCheckRequest::check(json)?;
    check_order(&request).map_err(|issue| vec![issue])
}
