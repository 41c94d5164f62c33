//! The landed cost of an order: request, steps, result, working, warnings; the minimum selling price.

mod breakdown;
mod calculation;
mod measures;
mod reading;
mod request;
mod selling_price;
mod warnings;
mod working;

pub use breakdown::{Cash, ChargeCost, ComponentCost, CustomsCost, LandedCost, LineCost, Shipment};
pub(crate) use breakdown::{decimal, represented};
pub use calculation::PerComponent;
pub(crate) use reading::{check_charge, check_customs_field, cny_rate, not_too_many, read_request};
pub use request::{
    Against, Base, Basis, Break, Carton, Charge, ChargeComponent, Component, Condition, Customs,
    DeMinimis, ExchangeRates, Key, KgPrice, Line, MAX_CHARGES, MAX_LINES, Measure, Mode, Rate,
    Request, Tier, Weighed, Weighing,
};
pub use selling_price::{SellingPrice, SellingPriceRequest, selling_price};
pub use warnings::{Concern, Missing, Warning};
pub use working::{
    CashWorking, ChargeAmountWorking, ChargePart, ChargeWorking, Chargeable, ComponentWorking,
    CustomsWorking, GovernedBy, LineWorking, Part, PartName, Payee, RateWorking, Share,
    ShipmentWorking, TierWorking, TotalWorking, Working,
};

use crate::issue::Issue;
use crate::json::Json;

/// The landed cost of a checked request.
///
/// # Errors
/// [`crate::issue::Problem::TooLarge`] where a result can't be represented.
pub fn landed_cost(request: &Request) -> Result<LandedCost, Issue> {
    breakdown::breakdown(&calculation::calculate(request)?)
}

/// The landed cost of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn landed_cost_of(json: &Json<'_>) -> Result<LandedCost, Vec<Issue>> {
    let request = Request::check(json)?;
    landed_cost(&request).map_err(|issue| vec![issue])
}

/// The minimum selling price of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn selling_price_of(json: &Json<'_>) -> Result<SellingPrice, Vec<Issue>> {
    let request = SellingPriceRequest::check(json)?;
    selling_price(&request).map_err(|issue| vec![issue])
}
