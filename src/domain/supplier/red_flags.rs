//! Red flags: any one of them rules a supplier out.

use rust_decimal::Decimal;
use serde::Serialize;

use super::evidence::{Axis, Evidence, Membership, Tier};
use crate::check::{Named, named};
use crate::issue::Issue;
use crate::landed_cost::decimal;
use crate::money::{Figure, Nat, Ratio};

named! {
    /// A red flag, in the order in which results list them.
    RedFlag {
        /// No membership badge, or less than a year of it.
        NoMembership = "noMembership",
        /// A price far below the market.
        PriceFarBelowMarket = "priceFarBelowMarket",
        /// Stolen or poor photos.
        PoorPhotos = "poorPhotos",
        /// False data about the company.
        FalseCompanyData = "falseCompanyData",
        /// Samples or more photos are refused.
        RefusesSamples = "refusesSamples",
        /// Full prepayment or payment off the platform is pressed for.
        PressesForPrepayment = "pressesForPrepayment",
        /// No business licence.
        NoBusinessLicence = "noBusinessLicence",
        /// Many disputes.
        ManyDisputes = "manyDisputes",
    }
}

named! {
    /// How a red flag came up.
    FlagSource {
        /// Somebody saw it.
        Said = "said",
        /// It follows from what is known.
        Computed = "computed",
    }
}

/// A red flag that came up.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RaisedFlag {
    /// Which.
    pub flag: RedFlag,
    /// How it came up; computed where it is both.
    pub source: FlagSource,
    /// What was computed: years of membership, or by how many percent the price is below the market,
    /// rounded up to 2 decimals. Missing where there is no badge at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Figure>,
    /// At least so many years, at most so many percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Figure>,
    /// The market: the median of the other quotes, in yuan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_cny: Option<Figure>,
}

/// A price beside those of other suppliers, in yuan for a unit.
#[derive(Clone, PartialEq, Debug)]
pub struct MarketPrice {
    /// The supplier's.
    pub quoted: Decimal,
    /// Those of the others.
    pub others: Vec<Decimal>,
}

/// The red flags that came up, each once.
///
/// # Errors
/// [`crate::issue::Problem::TooLarge`], which prices of a checked request don't reach.
pub fn raised(
    said: &[RedFlag],
    evidence: &Evidence,
    memberships: &[Membership],
    price: Option<&MarketPrice>,
    below_market_percent: Decimal,
) -> Result<Vec<RaisedFlag>, Issue> {
    let below_market = match price {
        Some(price) => far_below_market(price, below_market_percent)?,
        None => None,
    };
    let computed = [no_membership(evidence, memberships), below_market];
    let flags = RedFlag::ALL.iter().filter_map(|flag| {
        let mut computed = computed.iter().flatten();
        let found = computed.find(|raised| raised.flag == *flag).cloned();
        let noted = said.contains(flag).then_some(RaisedFlag {
            flag: *flag,
            source: FlagSource::Said,
            observed: None,
            limit: None,
            median_cny: None,
        });
        found.or(noted)
    });
    Ok(flags.collect())
}

/// No badge, or less than a year of it.
fn no_membership(evidence: &Evidence, memberships: &[Membership]) -> Option<RaisedFlag> {
    let computed = |observed, limit| RaisedFlag {
        flag: RedFlag::NoMembership,
        source: FlagSource::Computed,
        observed,
        limit,
        median_cny: None,
    };
    if evidence.tier(memberships) == Some(Tier::None) {
        return Some(computed(None, None));
    }
    let years = evidence.number(Axis::Years);
    let years = years.filter(|years| *years < Decimal::ONE)?;
    Some(computed(Some(Figure(years)), Some(Figure(Decimal::ONE))))
}

/// A price more than so many percent under the median of the others; exactly so many isn't.
fn far_below_market(price: &MarketPrice, percent: Decimal) -> Result<Option<RaisedFlag>, Issue> {
    let Some(median) = median(&price.others) else {
        return Ok(None);
    };
    let below = median.minus_or_zero(&Ratio::from(price.quoted));
    if below <= median.times(&Ratio::percent(percent)) {
        return Ok(None);
    }
    let observed = below.times_nat(&Nat::from(100)).divided_by(&median);
    Ok(Some(RaisedFlag {
        flag: RedFlag::PriceFarBelowMarket,
        source: FlagSource::Computed,
        observed: Some(decimal(&observed.rounded_up(2), 2)?),
        limit: Some(Figure(percent)),
        median_cny: Some(in_full(&median)?),
    }))
}

/// Decimals that the mean of two decimals of a request can have.
const MEDIAN_DECIMALS: u32 = 9;

/// The value in the middle, or the mean of the two in the middle, exactly; `None` of nothing.
pub fn median(values: &[Decimal]) -> Option<Ratio> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let upper = sorted.len().checked_div(2)?;
    let lower = sorted.len().saturating_sub(1).checked_div(2)?;
    let (lower, upper) = (sorted.get(lower)?, sorted.get(upper)?);
    let sum = Ratio::from(*lower).plus(&Ratio::from(*upper));
    Some(sum.over(&Nat::from(2)))
}

/// A median with all its decimals and no more.
///
/// # Errors
/// [`crate::issue::Problem::TooLarge`], which values of a checked request don't reach.
pub fn in_full(median: &Ratio) -> Result<Figure, Issue> {
    let figure = decimal(&median.rounded(MEDIAN_DECIMALS), MEDIAN_DECIMALS)?;
    Ok(Figure(figure.normalize()))
}
