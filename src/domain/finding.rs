//! What a rule found: the rule, how it came out, what was observed, the limit, and what else a
//! sentence needs. Findings are computed, stored and compared in this form; sentences are made of
//! them elsewhere, so that a stored finding freezes no language.

use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::{Named, by_name, named, parse_date};
use crate::json::Json;
use crate::landed_cost::decimal;
use crate::money::{Figure, MAX_FRACTION_DIGITS, Nat, Ratio, write_decimal};
use crate::policy::OrderValueBasis;

named! {
    /// How a rule came out, the gravest first.
    Outcome {
        /// Only the owner can lift it.
        HardStop = "hardStop",
        /// Something is missing that staff can supply.
        Missing = "missing",
        /// Worth a look.
        Notice = "notice",
        /// Nothing to say.
        Pass = "pass",
    }
}

named! {
    /// The rules for placing an order.
    Rule {
        /// The order's value is within what staff may commit alone.
        OrderValue = "order-value",
        /// The owner approved the supplier.
        SupplierWhitelist = "supplier-whitelist",
        /// A unit price hasn't risen too far above the newest previous one.
        PriceIncrease = "price-increase",
        /// A unit price lies in a range that the owner agreed to.
        AgreedPriceRange = "agreed-price-range",
        /// The specification is confirmed against the approved sample.
        Specification = "specification",
        /// The landed cost is worked out.
        CostCalculated = "cost-calculated",
        /// The exchange rate is recent.
        ExchangeRate = "exchange-rate",
        /// The record of the order is complete.
        OrderRecord = "order-record",
    }
}

named! {
    /// How an order's supplier stands.
    Standing {
        /// The owner approved it.
        Whitelisted = "whitelisted",
        /// Staff score it; they can't commit money.
        New = "new",
        /// A red flag stopped it.
        Suspended = "suspended",
        /// Nothing is known of it.
        Unknown = "unknown",
        /// What is known is of another supplier.
        Other = "otherSupplier",
    }
}

named! {
    /// What of an article is confirmed against the approved sample.
    SpecificationPart {
        /// The colour.
        Colour = "colour",
        /// The size.
        Size = "size",
        /// What a unit contains.
        Quantity = "quantity",
        /// How it is packed.
        Packaging = "packaging",
    }
}

named! {
    /// What the record of an order must have.
    RecordField {
        /// The address of the product.
        ProductLink = "productLink",
        /// The file name of the screenshot of the price.
        PriceScreenshot = "priceScreenshot",
        /// Who places it.
        Staff = "staff",
        /// The day on which it is expected.
        ExpectedDelivery = "expectedDelivery",
    }
}

/// A range of unit prices in CNY that the owner agreed to; both ends are in it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PriceRange {
    /// The lowest price.
    pub minimum: Decimal,
    /// The highest price.
    pub maximum: Decimal,
}

/// The newest previous price of an article.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PreviousPrice {
    /// CNY for one unit.
    pub unit_price_cny: Decimal,
    /// The day on which it was paid.
    pub date: NaiveDate,
}

/// What a rule found. How it came out follows from what was observed: [`Finding::outcome`].
#[derive(Clone, PartialEq, Debug)]
pub enum Finding {
    /// [`Rule::OrderValue`]
    OrderValue {
        /// The value, in the home currency.
        value: Figure,
        /// The largest value that passes.
        maximum: Figure,
        /// What the owner wants to be counted.
        basis: OrderValueBasis,
        /// What was counted: less than that where an amount is missing.
        counted: OrderValueBasis,
    },
    /// [`Rule::SupplierWhitelist`]
    SupplierWhitelist {
        /// How the order's supplier stands.
        standing: Standing,
        /// The order's supplier.
        supplier_id: Rc<str>,
    },
    /// [`Rule::PriceIncrease`]
    PriceIncrease {
        /// The article.
        sku: Rc<str>,
        /// CNY for one unit.
        unit_price_cny: Decimal,
        /// The newest previous price, where there is one.
        previous: Option<PreviousPrice>,
        /// How far a price may rise, in percent.
        maximum_percent: Figure,
    },
    /// [`Rule::AgreedPriceRange`]
    AgreedPriceRange {
        /// The article.
        sku: Rc<str>,
        /// CNY for one unit.
        unit_price_cny: Decimal,
        /// The ranges agreed with the order's supplier, one or more.
        ranges: Rc<Vec<PriceRange>>,
    },
    /// [`Rule::Specification`]
    Specification {
        /// What isn't confirmed.
        unconfirmed: Vec<SpecificationPart>,
    },
    /// [`Rule::CostCalculated`]
    CostCalculated {
        /// The landed total, in the home currency.
        landed_total: Option<Figure>,
        /// Goods and freight inside China, which a landed total can't be below.
        at_least: Figure,
    },
    /// [`Rule::ExchangeRate`]
    ExchangeRate {
        /// The day of the rate.
        as_of: NaiveDate,
        /// Its age in days; negative where it is dated after today.
        age_days: i64,
        /// How old it may be, in days.
        maximum_days: u32,
    },
    /// [`Rule::OrderRecord`]
    OrderRecord {
        /// What is absent or blank.
        missing: Vec<RecordField>,
    },
}

impl Finding {
    /// The rule.
    pub fn rule(&self) -> Rule {
        match self {
            Finding::OrderValue { .. } => Rule::OrderValue,
            Finding::SupplierWhitelist { .. } => Rule::SupplierWhitelist,
            Finding::PriceIncrease { .. } => Rule::PriceIncrease,
            Finding::AgreedPriceRange { .. } => Rule::AgreedPriceRange,
            Finding::Specification { .. } => Rule::Specification,
            Finding::CostCalculated { .. } => Rule::CostCalculated,
            Finding::ExchangeRate { .. } => Rule::ExchangeRate,
            Finding::OrderRecord { .. } => Rule::OrderRecord,
        }
    }

    /// How the rule came out. Exactly the limit passes.
    pub fn outcome(&self) -> Outcome {
        let stops = |bites| {
            if bites {
                Outcome::HardStop
            } else {
                Outcome::Pass
            }
        };
        let misses = |bites| {
            if bites {
                Outcome::Missing
            } else {
                Outcome::Pass
            }
        };
        match self {
            Finding::OrderValue { value, maximum, .. } if value > maximum => Outcome::HardStop,
            Finding::OrderValue { basis, counted, .. } if basis != counted => Outcome::Notice,
            Finding::OrderValue { .. } => Outcome::Pass,
            Finding::SupplierWhitelist { standing, .. } => {
                stops(*standing != Standing::Whitelisted)
            }
            Finding::PriceIncrease {
                unit_price_cny,
                previous,
                maximum_percent,
                ..
            } => match previous {
                Some(previous) if !previous.unit_price_cny.is_zero() => {
                    stops(previous.is_exceeded(*unit_price_cny, maximum_percent.0))
                }
                Some(_) | None => Outcome::Notice,
            },
            Finding::AgreedPriceRange {
                unit_price_cny,
                ranges,
                ..
            } => stops(!ranges.iter().any(|range| range.contains(*unit_price_cny))),
            Finding::Specification { unconfirmed } => misses(!unconfirmed.is_empty()),
            Finding::CostCalculated {
                landed_total,
                at_least,
            } => misses(landed_total.is_none_or(|total| total < *at_least)),
            Finding::ExchangeRate {
                age_days,
                maximum_days,
                ..
            } => misses(!(0..=i64::from(*maximum_days)).contains(age_days)),
            Finding::OrderRecord { missing } => misses(!missing.is_empty()),
        }
    }

    /// The article that it is about, where it is about one line.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Finding::PriceIncrease { sku, .. } | Finding::AgreedPriceRange { sku, .. } => Some(sku),
            Finding::OrderValue { .. }
            | Finding::SupplierWhitelist { .. }
            | Finding::Specification { .. }
            | Finding::CostCalculated { .. }
            | Finding::ExchangeRate { .. }
            | Finding::OrderRecord { .. } => None,
        }
    }

    /// What was observed.
    fn observed(&self) -> Option<String> {
        match self {
            Finding::OrderValue { value, .. } => Some(text(value.0)),
            Finding::SupplierWhitelist { standing, .. } => Some(standing.name().to_owned()),
            Finding::PriceIncrease { unit_price_cny, .. }
            | Finding::AgreedPriceRange { unit_price_cny, .. } => Some(text(*unit_price_cny)),
            Finding::CostCalculated { landed_total, .. } => landed_total.map(|total| text(total.0)),
            Finding::ExchangeRate { age_days, .. } => Some(age_days.to_string()),
            Finding::Specification { .. } | Finding::OrderRecord { .. } => None,
        }
    }

    /// What would still pass, or what would be needed.
    fn limit(&self) -> Option<String> {
        match self {
            Finding::OrderValue { maximum, .. } => Some(text(maximum.0)),
            Finding::SupplierWhitelist { .. } => Some(Standing::Whitelisted.name().to_owned()),
            Finding::PriceIncrease {
                previous,
                maximum_percent,
                ..
            } => {
                let highest = previous.as_ref()?.highest(maximum_percent.0)?;
                Some(text(highest.0))
            }
            Finding::AgreedPriceRange { ranges, .. } => {
                let ranges = ranges.iter();
                let ranges =
                    ranges.map(|range| format!("{}–{}", text(range.minimum), text(range.maximum)));
                Some(ranges.collect::<Vec<_>>().join(", "))
            }
            Finding::CostCalculated { at_least, .. } => Some(text(at_least.0)),
            Finding::ExchangeRate { maximum_days, .. } => Some(maximum_days.to_string()),
            Finding::Specification { .. } | Finding::OrderRecord { .. } => None,
        }
    }

    /// What else a sentence needs, by name.
    fn because(&self) -> Vec<(&'static str, String)> {
        match self {
            Finding::OrderValue { basis, counted, .. } => vec![
                ("basis", basis.name().to_owned()),
                ("counted", counted.name().to_owned()),
            ],
            Finding::SupplierWhitelist { supplier_id, .. } => {
                vec![("supplierId", supplier_id.to_string())]
            }
            Finding::PriceIncrease {
                unit_price_cny,
                previous,
                maximum_percent,
                ..
            } => {
                let mut because = vec![("maximumPercent", text(maximum_percent.0))];
                if let Some(previous) = previous {
                    because.push(("previousPriceCny", text(previous.unit_price_cny)));
                    because.push(("previousDate", previous.date.to_string()));
                    let change = previous.change_percent(*unit_price_cny);
                    because.extend(change.map(|change| ("changePercent", text(change.0))));
                }
                because
            }
            Finding::Specification { unconfirmed } if !unconfirmed.is_empty() => {
                let names = unconfirmed.iter().map(|part| part.name());
                vec![("unconfirmed", names.collect::<Vec<_>>().join(", "))]
            }
            Finding::ExchangeRate { as_of, .. } => vec![("asOf", as_of.to_string())],
            Finding::OrderRecord { missing } if !missing.is_empty() => {
                let names = missing.iter().map(|field| field.name());
                vec![("missing", names.collect::<Vec<_>>().join(", "))]
            }
            Finding::AgreedPriceRange { .. }
            | Finding::Specification { .. }
            | Finding::CostCalculated { .. }
            | Finding::OrderRecord { .. } => Vec::new(),
        }
    }
}

fn text(value: Decimal) -> String {
    write_decimal(value, str::to_owned)
}

impl PriceRange {
    /// Whether a price lies in the range.
    pub fn contains(&self, price: Decimal) -> bool {
        (self.minimum..=self.maximum).contains(&price)
    }
}

impl PreviousPrice {
    /// Whether a price is more than so many percent above this one. Compared as products, exactly.
    pub fn is_exceeded(&self, price: Decimal, maximum_percent: Decimal) -> bool {
        price > self.unit_price_cny && Ratio::from(price) > self.raised(maximum_percent)
    }

    /// The highest price that isn't, of those with 8 decimals. `None` where there is no previous
    /// price to speak of: it is 0.
    pub fn highest(&self, maximum_percent: Decimal) -> Option<Figure> {
        if self.unit_price_cny.is_zero() {
            return None;
        }
        let highest = self
            .raised(maximum_percent)
            .rounded_down(MAX_FRACTION_DIGITS);
        let highest = decimal(&highest, MAX_FRACTION_DIGITS).ok()?;
        Some(Figure(highest.normalize()))
    }

    /// How far a price is above this one, in percent, rounded up to two decimals, so that what exceeds
    /// a percentage also reads so; negative where it is below. `None` where this price is 0.
    pub fn change_percent(&self, price: Decimal) -> Option<Figure> {
        if self.unit_price_cny.is_zero() {
            return None;
        }
        let hundred = Nat::Small(100);
        let (price, previous) = (Ratio::from(price), Ratio::from(self.unit_price_cny));
        let percent = |part: Ratio| part.divided_by(&previous).times_nat(&hundred);
        let change = if price >= previous {
            let rise = percent(price.minus_or_zero(&previous));
            decimal(&rise.rounded_up(2), 2)
        } else {
            let fall = percent(previous.minus_or_zero(&price));
            decimal(&fall.rounded_down(2), 2).map(|mut fall| {
                fall.0.set_sign_negative(true);
                fall
            })
        };
        change.ok()
    }

    fn raised(&self, percent: Decimal) -> Ratio {
        let factor = Ratio::whole(1).plus(&Ratio::percent(percent));
        Ratio::from(self.unit_price_cny).times(&factor)
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        fields.serialize_entry("rule", &self.rule())?;
        fields.serialize_entry("outcome", &self.outcome())?;
        if let Some(subject) = self.subject() {
            fields.serialize_entry("subject", subject)?;
        }
        if let Some(observed) = self.observed() {
            fields.serialize_entry("observed", &observed)?;
        }
        if let Some(limit) = self.limit() {
            fields.serialize_entry("limit", &limit)?;
        }
        let because = self.because();
        if !because.is_empty() {
            fields.serialize_entry("because", &Operands(because))?;
        }
        fields.end()
    }
}

impl Finding {
    /// The finding that was written as this JSON; `None` where none was, as with a rule of a later
    /// version.
    pub fn read(json: &Json<'_>) -> Option<Finding> {
        let text = |name| member(json, name).and_then(as_text);
        let because = member(json, "because");
        let operand = |name| because.and_then(|all| member(all, name)).and_then(as_text);
        let subject = || text("subject").map(Rc::from);
        let observed = || figure(text("observed")?);
        Some(match by_name::<Rule>(text("rule")?)? {
            Rule::OrderValue => Finding::OrderValue {
                value: observed()?,
                maximum: figure(text("limit")?)?,
                basis: by_name(operand("basis")?)?,
                counted: by_name(operand("counted")?)?,
            },
            Rule::SupplierWhitelist => Finding::SupplierWhitelist {
                standing: by_name(text("observed")?)?,
                supplier_id: Rc::from(operand("supplierId")?),
            },
            Rule::PriceIncrease => Finding::PriceIncrease {
                sku: subject()?,
                unit_price_cny: observed()?.0,
                previous: match operand("previousPriceCny") {
                    Some(price) => Some(PreviousPrice {
                        unit_price_cny: figure(price)?.0,
                        date: parse_date(operand("previousDate")?)?,
                    }),
                    None => None,
                },
                maximum_percent: figure(operand("maximumPercent")?)?,
            },
            Rule::AgreedPriceRange => Finding::AgreedPriceRange {
                sku: subject()?,
                unit_price_cny: observed()?.0,
                ranges: {
                    let ranges = text("limit")?.split(", ").map(range);
                    Rc::new(ranges.collect::<Option<_>>()?)
                },
            },
            Rule::Specification => Finding::Specification {
                unconfirmed: choices(operand("unconfirmed"))?,
            },
            Rule::CostCalculated => Finding::CostCalculated {
                landed_total: match text("observed") {
                    Some(total) => Some(figure(total)?),
                    None => None,
                },
                at_least: figure(text("limit")?)?,
            },
            Rule::ExchangeRate => Finding::ExchangeRate {
                as_of: parse_date(operand("asOf")?)?,
                age_days: text("observed")?.parse().ok()?,
                maximum_days: text("limit")?.parse().ok()?,
            },
            Rule::OrderRecord => Finding::OrderRecord {
                missing: choices(operand("missing"))?,
            },
        })
    }
}

fn member<'v, 'j>(json: &'v Json<'j>, name: &str) -> Option<&'v Json<'j>> {
    let Json::Object(fields) = json else {
        return None;
    };
    let mut fields = fields.iter();
    fields.find_map(|(field, value)| (field == name).then_some(value))
}

fn as_text<'v>(json: &'v Json<'_>) -> Option<&'v str> {
    let Json::Text(text) = json else {
        return None;
    };
    Some(text)
}

/// A figure of a result, which may be longer than one of a request.
fn figure(text: &str) -> Option<Figure> {
    Decimal::from_str_exact(text).ok().map(Figure)
}

fn range(text: &str) -> Option<PriceRange> {
    let (minimum, maximum) = text.split_once('–')?;
    Some(PriceRange {
        minimum: figure(minimum)?.0,
        maximum: figure(maximum)?.0,
    })
}

fn choices<T: Named>(names: Option<&str>) -> Option<Vec<T>> {
    let names = names.map(|names| names.split(", "));
    names.into_iter().flatten().map(by_name).collect()
}

/// Operands by name.
struct Operands(Vec<(&'static str, String)>);

impl Serialize for Operands {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, operand)| (name, operand)))
    }
}
