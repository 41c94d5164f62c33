//! What several suppliers, or several agents, ask for the same goods, ranked by what they really cost.

mod comparison;
mod platform_order;

pub use comparison::{
    Comparison, ComparisonNote, ComponentDifference, Quote, QuotesRequest, RankedQuote, Source,
    compare_quotes,
};
pub use platform_order::{PlatformOrder, PlatformOrderAmount, platform_order_amount};

use crate::issue::Issue;
use crate::json::Json;

/// The comparison of a raw request.
///
/// # Errors
/// Every issue of the request, each with its place.
pub fn compare_quotes_of(json: &Json<'_>) -> Result<Comparison, Vec<Issue>> {
    let request = QuotesRequest::check(json)?;
    compare_quotes(&request)
}
