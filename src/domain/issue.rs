//! What is wrong with an input: a place, a code, and what a sentence about it needs.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::money::Figure;

/// One thing that is wrong with an input.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Issue {
    /// Where: `lines[2].carton.units`; empty where it is the whole input.
    pub path: String,
    /// What, with its operands.
    #[serde(flatten)]
    pub problem: Problem,
}

impl Issue {
    /// An issue of the whole input.
    pub fn at_root(problem: Problem) -> Issue {
        Issue {
            path: String::new(),
            problem,
        }
    }
}

/// The kinds of problems, each with what a sentence about it needs. Results of all layers use these;
/// sentences are made elsewhere.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(
    tag = "code",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Problem {
    /// The text is not JSON; line and column count from 1.
    NotJson {
        /// Line of the first fault.
        line: usize,
        /// Column of the first fault.
        column: usize,
    },
    /// A field that must be there is missing.
    Required,
    /// The field isn't known here.
    UnknownField {
        /// The known field that is most like it.
        #[serde(skip_serializing_if = "Option::is_none")]
        did_you_mean: Option<&'static str>,
    },
    /// Another kind of JSON value is needed.
    WrongType {
        /// What is needed.
        expected: Kind,
    },
    /// Not `digits[.digits]` with at most 10 digits before and 8 after the point.
    NotDecimal {
        /// What was given, shortened.
        found: String,
    },
    /// A JSON number that may have lost digits: pass it as a text.
    NotExact,
    /// Not a whole number.
    NotInteger {
        /// What was given, shortened.
        found: String,
    },
    /// Outside the range.
    OutOfRange(Range),
    /// Not one of the known values of an enumeration, a currency, an order.
    UnknownValue {
        /// What was given, shortened.
        found: String,
        /// What may stand here; empty where the list is long (currencies) or the buyer's own.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        allowed: &'static [&'static str],
    },
    /// Not a calendar date `YYYY-MM-DD`.
    BadDate {
        /// What was given, shortened.
        found: String,
    },
    /// Not an instant in UTC, `2026-11-22T10:00:00Z`.
    BadInstant {
        /// What was given, shortened.
        found: String,
    },
    /// Not an ISO week, `2026-W47`.
    BadWeek {
        /// What was given, shortened.
        found: String,
    },
    /// An instant outside of those that are possible here.
    NotWithin {
        /// The first that is.
        earliest: String,
        /// The last that is.
        latest: String,
    },
    /// Not 32 hexadecimal digits.
    BadSeed {
        /// What was given, shortened.
        found: String,
    },
    /// An empty text or list, or an object of which at least one field is needed.
    Empty,
    /// A list that is too long.
    TooMany {
        /// How many there may be.
        maximum: usize,
        /// How many there are.
        found: usize,
    },
    /// A list that is too short.
    TooFew {
        /// How many there must be.
        minimum: usize,
        /// How many there are.
        found: usize,
    },
    /// A known field or value that has no meaning in this place.
    NotAllowedHere {
        /// Why not.
        because: Because,
    },
    /// The base of a percentage is not known yet when this component is computed.
    BaseNotKnown {
        /// The base.
        base: &'static str,
        /// The component of the charge.
        component: &'static str,
    },
    /// Limits of tiers or breaks that don't rise.
    NotAscending,
    /// Tiers of which not exactly the last one is open.
    NotClosed,
    /// An instant before one that it can't be before.
    EarlierThan {
        /// The field of that one, beside this one.
        than: &'static str,
    },
    /// A minimum above the maximum.
    MinimumAboveMaximum {
        /// The minimum.
        minimum: Figure,
        /// The maximum.
        maximum: Figure,
    },
    /// Weights that don't add up to 100.
    NotHundred {
        /// What they add up to.
        sum: Figure,
    },
    /// No price reaches the margin: fees, advertising and margin take all of it.
    UnreachableMargin {
        /// What the percentages add up to, as a percentage of the net revenue that is kept, rounded
        /// up to two decimals; missing where every unit comes back.
        #[serde(skip_serializing_if = "Option::is_none")]
        sum_percent: Option<Figure>,
    },
    /// A result that can't be represented: above 79 octillion minor units.
    TooLarge,
}

/// The kinds of JSON values that a field can need.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// An object.
    Object,
    /// A list.
    List,
    /// A text.
    Text,
    /// A decimal as a text.
    Decimal,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
}

/// A range; what is `None` is no limit.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Range {
    /// At least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Figure>,
    /// More than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub above: Option<Figure>,
    /// At most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Figure>,
    /// Less than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Figure>,
}

impl Range {
    /// Zero or more.
    pub const AMOUNT: Range = Range {
        at_least: Some(Figure(Decimal::ZERO)),
        above: None,
        at_most: None,
        below: None,
    };
    /// More than zero.
    pub const POSITIVE: Range = Range {
        at_least: None,
        above: Some(Figure(Decimal::ZERO)),
        at_most: None,
        below: None,
    };

    /// From zero to `maximum`, both included.
    pub const fn up_to(maximum: Decimal) -> Range {
        Range {
            at_least: Some(Figure(Decimal::ZERO)),
            above: None,
            at_most: Some(Figure(maximum)),
            below: None,
        }
    }

    /// From zero to below `limit`.
    pub const fn below(limit: Decimal) -> Range {
        Range {
            at_least: Some(Figure(Decimal::ZERO)),
            above: None,
            at_most: None,
            below: Some(Figure(limit)),
        }
    }

    /// Whether the value lies inside.
    pub fn contains(&self, value: Decimal) -> bool {
        self.at_least.is_none_or(|limit| value >= *limit)
            && self.above.is_none_or(|limit| value > *limit)
            && self.at_most.is_none_or(|limit| value <= *limit)
            && self.below.is_none_or(|limit| value < *limit)
    }
}

/// Why a field or value has no meaning where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Because {
    /// The name stands twice in the object.
    Twice,
    /// Only a destination charge has conditions.
    OnlyOnDestination,
    /// A destination charge arises after the border and never joins the customs value.
    NotOnDestination,
    /// A charge on duty and VAT can't join the base of that VAT.
    NotOnDutyAndVat,
    /// The insured value is the base of insurance only, by one percentage.
    OnlyInsurancePercent,
    /// A charge by chargeable weight has one amount or weight breaks, not both.
    AmountOrBreaks,
    /// The rate of the home currency to itself, and the yuan's own field.
    HasItsOwnRate,
    /// Yuan needs no rate to yuan and no spread.
    HomeIsCny,
    /// The hours of an answer, or the inquiry that they are measured by, not both.
    HoursOrInquiry,
    /// An answer before its inquiry.
    AnsweredBeforeSent,
    /// Quotes are compared in one home currency.
    OtherHomeCurrency,
    /// Defects of a class that the plan of an inspection doesn't have.
    NotInPlan,
}
