//! Quotes side by side. The lowest is proposed; a person confirms.

use serde::Serialize;

use crate::check::{
    self, Checker,
    Need::{Optional, Required},
    Object, Place,
};
use crate::issue::{Because, Issue, Problem};
use crate::json::Json;
use crate::landed_cost::{
    Component, LandedCost, Request, Warning, landed_cost, not_too_many, read_request, represented,
};
use crate::money::{Currency, Figure, MAX_FRACTION_DIGITS, Nat, Ratio};

/// How many quotes are compared at least.
const MIN_QUOTES: usize = 2;
/// How many quotes are compared at most.
const MAX_QUOTES: usize = 20;

/// Decimals of a list price, as of every amount for one unit.
const PER_UNIT_DECIMALS: u32 = 4;

/// A checked request.
#[derive(Clone, PartialEq, Debug)]
pub struct QuotesRequest {
    /// The quotes, 2 … 20, all with the same home currency.
    pub quotes: Vec<Quote>,
}

/// What one supplier or agent asks.
#[derive(Clone, PartialEq, Debug)]
pub struct Quote {
    /// Whose it is and what it is of.
    pub source: Source,
    /// The order, with the quote's own prices, quantities and charges.
    pub request: Request,
}

/// Whose a quote is and what it is of; a comparison keeps it as it came.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// What the buyer calls the quote: an agent's name, a schedule of fees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The supplier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier_id: Option<String>,
    /// The product on the platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_id: Option<String>,
    /// The variant of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku_id: Option<String>,
    /// The address of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Why quotes may not compare like for like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "code", rename_all = "camelCase")]
pub enum ComparisonNote {
    /// They are for different numbers of units, so that their totals say little.
    UnitsDiffer,
    /// They are calculated with different exchange rates or spreads.
    RatesDiffer,
}

/// Quotes, ranked. `N` is the form of the notes and `W` that of the warnings: a layer that knows a
/// language can put sentences into them.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison<N = ComparisonNote, W = Warning> {
    /// ISO 4217; every amount is in it but the list prices.
    pub home_currency: &'static str,
    /// What has to be known before they are compared.
    pub notes: Vec<N>,
    /// The quote that is proposed, counted from 0: the lowest, the earliest of several.
    pub proposed: usize,
    /// The quotes, in the order of the request.
    pub quotes: Vec<RankedQuote<W>>,
}

/// A quote in a comparison.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RankedQuote<W = Warning> {
    /// Whose it is and what it is of.
    #[serde(flatten)]
    pub source: Source,
    /// Its place by landed cost for one good unit, from 1; quotes that cost the same share one. Where all
    /// are for as many units, it is the place by total.
    pub rank: usize,
    /// What the order costs at the door.
    pub total: Figure,
    /// Units ordered.
    pub units: u64,
    /// Total for one good unit, 4 decimals.
    pub per_unit: Figure,
    /// The goods for one unit in yuan, 4 decimals.
    pub list_price_cny: Figure,
    /// Its place by list price, from 1.
    pub list_price_rank: usize,
    /// How much dearer than the proposed quote; negative where it is cheaper.
    pub difference: Figure,
    /// All twelve components; their differences sum to that of the total.
    pub components: Vec<ComponentDifference>,
    /// What is worth a second look, with places as in the request.
    pub warnings: Vec<W>,
}

/// A component of a quote beside that of the proposed one.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ComponentDifference {
    /// The component.
    pub component: Component,
    /// What it costs.
    pub amount: Figure,
    /// For one good unit, 4 decimals.
    pub per_unit: Figure,
    /// How much more than in the proposed quote; negative where it is less.
    pub difference: Figure,
}

impl Comparison {
    /// The same comparison with its notes and warnings in another form.
    #[must_use]
    pub fn map<N, W>(
        self,
        note: impl FnMut(ComparisonNote) -> N,
        mut warning: impl FnMut(Warning) -> W,
    ) -> Comparison<N, W> {
        let quotes = self.quotes.into_iter().map(|quote| RankedQuote {
            source: quote.source,
            rank: quote.rank,
            total: quote.total,
            units: quote.units,
            per_unit: quote.per_unit,
            list_price_cny: quote.list_price_cny,
            list_price_rank: quote.list_price_rank,
            difference: quote.difference,
            components: quote.components,
            warnings: quote.warnings.into_iter().map(&mut warning).collect(),
        });
        Comparison {
            home_currency: self.home_currency,
            notes: self.notes.into_iter().map(note).collect(),
            proposed: self.proposed,
            quotes: quotes.collect(),
        }
    }
}

impl QuotesRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<QuotesRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>) -> Option<QuotesRequest> {
    let object = Object::open(c, json, &Place::Root, &["quotes"])?;
    let mut home = None;
    let quotes = object.field(c, "quotes", Required, |c, json, place| {
        not_too_many(c, json, place, MAX_QUOTES)?;
        if let Json::List(items) = json
            && items.len() < MIN_QUOTES
        {
            let (minimum, found) = (MIN_QUOTES, items.len());
            return c.report(place, Problem::TooFew { minimum, found });
        }
        check::list(c, json, place, |c, json, place| {
            quote(c, json, place, &mut home)
        })
    });
    Some(QuotesRequest { quotes: quotes? })
}

/// A quote; its home currency has to be that of those before it.
fn quote(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: &mut Option<Currency>,
) -> Option<Quote> {
    let known = &[
        "label",
        "supplierId",
        "productId",
        "skuId",
        "link",
        "request",
    ];
    let object = Object::open(c, json, place, known)?;
    let text = |c: &mut Checker, name| object.field(c, name, Optional, check::any_text);
    let source = Source {
        label: text(c, "label"),
        supplier_id: text(c, "supplierId"),
        product_id: text(c, "productId"),
        sku_id: text(c, "skuId"),
        link: text(c, "link"),
    };
    let request = object.field(c, "request", Required, |c, json, place| {
        let request = read_request(c, json, place)?;
        if request.home != *home.get_or_insert(request.home) {
            let because = Because::OtherHomeCurrency;
            let place = Place::Field(place, "homeCurrency");
            return c.report(&place, Problem::NotAllowedHere { because });
        }
        Some(request)
    });
    Some(Quote {
        source,
        request: request?,
    })
}

/// The quotes, ranked by landed cost.
///
/// # Errors
/// [`Problem::TooLarge`] for each quote of which a result can't be represented.
pub fn compare_quotes(request: &QuotesRequest) -> Result<Comparison, Vec<Issue>> {
    let quotes = &request.quotes;
    let mut costs = Vec::with_capacity(quotes.len());
    let mut issues = Vec::new();
    for (index, quote) in quotes.iter().enumerate() {
        match landed_cost(&quote.request) {
            Ok(cost) => costs.push(cost),
            Err(issue) => issues.push(of_quote(index, issue)),
        }
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    compared(quotes, costs).map_err(|issue| vec![issue])
}

fn compared(quotes: &[Quote], costs: Vec<LandedCost>) -> Result<Comparison, Issue> {
    let per_unit = costs
        .iter()
        .map(|cost| over(Ratio::from(cost.total.0), cost.units));
    let ranks = ranks(&per_unit.collect::<Vec<_>>());
    let list_prices: Vec<Ratio> = quotes.iter().map(list_price).collect();
    let list_price_ranks = self::ranks(&list_prices);
    let proposed = ranks.iter().position(|rank| *rank == 1).unwrap_or(0);
    let notes = notes(quotes, &costs);
    let home_currency = costs.first().map_or("", |cost| cost.home_currency);
    let lowest = costs.get(proposed).map(|cost| {
        let components = cost.components.iter().map(|component| component.amount);
        (cost.total, components.collect::<Vec<_>>())
    });
    let (lowest_total, lowest_components) = lowest.unwrap_or_default();
    let mut ranked = Vec::with_capacity(costs.len());
    let places = ranks
        .into_iter()
        .zip(list_prices.iter().zip(list_price_ranks));
    for (index, ((quote, cost), (rank, (list_price, list_price_rank)))) in
        quotes.iter().zip(costs).zip(places).enumerate()
    {
        let components = cost.components.iter().zip(&lowest_components);
        ranked.push(RankedQuote {
            source: quote.source.clone(),
            rank,
            total: cost.total,
            units: cost.units,
            per_unit: cost.per_unit,
            list_price_cny: represented(list_price, PER_UNIT_DECIMALS)?,
            list_price_rank,
            difference: difference(cost.total, lowest_total)?,
            components: components
                .map(|(component, lowest)| {
                    Ok(ComponentDifference {
                        component: component.component,
                        amount: component.amount,
                        per_unit: component.per_unit,
                        difference: difference(component.amount, *lowest)?,
                    })
                })
                .collect::<Result<_, Issue>>()?,
            warnings: cost
                .warnings
                .into_iter()
                .map(|warning| Warning {
                    path: inside(index, &warning.path),
                    concern: warning.concern,
                })
                .collect(),
        });
    }
    Ok(Comparison {
        home_currency,
        notes,
        proposed,
        quotes: ranked,
    })
}

/// What has to be known before the quotes are compared.
fn notes(quotes: &[Quote], costs: &[LandedCost]) -> Vec<ComparisonNote> {
    let mut notes = Vec::new();
    if costs
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.units != b.units))
    {
        notes.push(ComparisonNote::UnitsDiffer);
    }
    let differ = |a: &Request, b: &Request| {
        let rates = |request: &Request| (request.rates.cny_per_unit, request.rates.spread_percent);
        rates(a) != rates(b)
    };
    let mut pairs = quotes.windows(2);
    if pairs.any(|pair| matches!(pair, [a, b] if differ(&a.request, &b.request))) {
        notes.push(ComparisonNote::RatesDiffer);
    }
    notes
}

/// The place of each value among all, from 1; equal ones share a place, and the next is left out.
fn ranks(values: &[Ratio]) -> Vec<usize> {
    let ranks = values.iter().map(|value| {
        let lower = values.iter().filter(|other| *other < value);
        lower.count().saturating_add(1)
    });
    ranks.collect()
}

/// The goods for one unit in yuan.
fn list_price(quote: &Quote) -> Ratio {
    let lines = &quote.request.lines;
    // In units of the last decimal that a price has, so that one denominator serves all lines.
    let goods = lines.iter().fold(Nat::ZERO, |sum, line| {
        let price = Ratio::from(line.unit_price_cny).rounded(MAX_FRACTION_DIGITS);
        sum.plus(&price.times(&Nat::from(u128::from(line.quantity))))
    });
    let units = lines.iter().map(|line| line.quantity);
    let goods = Ratio::new(goods, Nat::ten_to(MAX_FRACTION_DIGITS));
    over(goods, units.fold(0, u64::saturating_add))
}

fn over(amount: Ratio, units: u64) -> Ratio {
    amount.over(&Nat::from(u128::from(units)))
}

fn difference(amount: Figure, from: Figure) -> Result<Figure, Issue> {
    amount
        .checked_sub(from.0)
        .map(Figure)
        .ok_or_else(|| Issue::at_root(Problem::TooLarge))
}

/// An issue of a quote's request as one of the whole.
fn of_quote(index: usize, issue: Issue) -> Issue {
    Issue {
        path: inside(index, &issue.path),
        problem: issue.problem,
    }
}

/// The place in the whole of a place in a quote's request.
fn inside(index: usize, path: &str) -> String {
    let request = format!("quotes[{index}].request");
    if path.is_empty() {
        request
    } else {
        format!("{request}.{path}")
    }
}
