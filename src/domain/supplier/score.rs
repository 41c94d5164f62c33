//! How ready a new supplier is to be put before the owner, who alone approves.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde::Serialize;

use super::checklist::{Checklist, ChecklistEntry, State};
use super::evidence::{AxisReading, Evidence, Membership};
use super::red_flags::{MarketPrice, RaisedFlag, RedFlag, raised};
use super::terms::{JudgedTerms, PaymentTerms};
use crate::check::{
    self, Checker,
    Need::{Optional, Required},
    Object, Place, named,
};
use crate::issue::{Because, Issue, Problem};
use crate::json::Json;
use crate::landed_cost::{decimal, not_too_many};
use crate::money::{Nat, Ratio};
use crate::policy::Policy;

/// How many other quotes, names of badges and red flags a request may have.
const MAX_ITEMS: usize = 1_000;

/// A checked request.
#[derive(Clone, PartialEq, Debug)]
pub struct ScoreRequest {
    /// What the owner asks for.
    pub policy: Policy,
    /// What the checklist asks for.
    pub checklist: Checklist,
    /// What the platform says.
    pub evidence: Evidence,
    /// Red flags that somebody saw.
    pub red_flags: Vec<RedFlag>,
    /// What the supplier asks to be paid, and when.
    pub payment_terms: Option<PaymentTerms>,
    /// Its price beside those of others.
    pub price: Option<MarketPrice>,
    /// What the platform calls its badges.
    pub memberships: Vec<Membership>,
}

named! {
    /// How ready a new supplier is for the owner's decision.
    Readiness {
        /// The checklist is met and there is no red flag: the owner can decide.
        ReadyForApproval = "readyForApproval",
        /// Something isn't known yet; nothing speaks against the supplier.
        Incomplete = "incomplete",
        /// Something isn't met, or there is a red flag.
        NotReady = "notReady",
    }
}

/// What is known of a new supplier, judged.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SupplierScore {
    /// Whether it can be put before the owner.
    pub readiness: Readiness,
    /// The items that the owner asks for.
    pub checklist: Vec<ChecklistEntry>,
    /// The red flags that came up.
    pub red_flags: Vec<RaisedFlag>,
    /// Whether there is a red flag.
    pub is_disqualified: bool,
    /// What the platform says, axis by axis; what isn't known isn't listed.
    pub evidence: Vec<AxisReading>,
    /// The terms of payment, where they are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_terms: Option<JudgedTerms>,
}

impl ScoreRequest {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<ScoreRequest, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = request(&mut checker, json);
        checker.finish(request)
    }
}

fn request(c: &mut Checker, json: &Json<'_>) -> Option<ScoreRequest> {
    let known = &[
        "policy",
        "supplier",
        "inquiry",
        "quotedPriceCny",
        "otherQuotesCny",
        "memberships",
    ];
    let object = Object::open(c, json, &Place::Root, known)?;
    let policy = object.field(c, "policy", Optional, Policy::read);
    let supplier = object.field(c, "supplier", Required, supplier);
    let inquiry = object.field(c, "inquiry", Optional, inquiry);
    let quoted = object.field(c, "quotedPriceCny", Optional, check::amount);
    let others = object.field(c, "otherQuotesCny", Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_ITEMS)?;
        check::list(c, json, place, check::amount)
    });
    let memberships = object.field(c, "memberships", Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_ITEMS)?;
        check::list(c, json, place, Membership::read)
    });
    let mut supplier = supplier?;
    if object.get("inquiry").is_some() && supplier.checklist.response_hours.is_some() {
        let because = Because::HoursOrInquiry;
        let place = Place::Field(object.place(), "inquiry");
        return c.report(&place, Problem::NotAllowedHere { because });
    }
    if let Some(hours) = inquiry {
        supplier.checklist.response_hours = hours;
    }
    let hours = supplier.checklist.response_hours;
    supplier.evidence.or_answered_within(hours);
    Some(ScoreRequest {
        policy: policy.unwrap_or_default(),
        checklist: supplier.checklist,
        evidence: supplier.evidence,
        red_flags: supplier.red_flags,
        payment_terms: supplier.payment_terms,
        price: quoted.map(|quoted| MarketPrice {
            quoted,
            others: others.unwrap_or_default(),
        }),
        memberships: memberships.unwrap_or_else(Membership::known),
    })
}

/// What a request says of the supplier, as it is stored.
struct Supplier {
    checklist: Checklist,
    evidence: Evidence,
    red_flags: Vec<RedFlag>,
    payment_terms: Option<PaymentTerms>,
}

fn supplier(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Supplier> {
    let known = &["name", "checklist", "evidence", "redFlags", "paymentTerms"];
    let object = Object::open(c, json, place, known)?;
    object.field(c, "name", Optional, check::any_text);
    let checklist = object.field(c, "checklist", Optional, Checklist::read);
    let evidence = object.field(c, "evidence", Optional, Evidence::read);
    let red_flags = object.field(c, "redFlags", Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_ITEMS)?;
        check::list(c, json, place, check::choice)
    });
    let payment_terms = object.field(c, "paymentTerms", Optional, check::choice);
    Some(Supplier {
        checklist: checklist.unwrap_or_default(),
        evidence: evidence.unwrap_or_default(),
        red_flags: red_flags.unwrap_or_default(),
        payment_terms,
    })
}

/// The hours that an inquiry took to be answered; `None` inside where it isn't answered yet.
fn inquiry(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Option<Decimal>> {
    let object = Object::open(c, json, place, &["sentAt", "answeredAt"])?;
    let sent = object.field(c, "sentAt", Required, check::instant);
    let answered = object.field(c, "answeredAt", Optional, check::instant);
    let (sent, Some(answered)) = (sent?, answered) else {
        return Some(None);
    };
    if answered < sent {
        let because = Because::AnsweredBeforeSent;
        let place = Place::Field(place, "answeredAt");
        return c.report(&place, Problem::NotAllowedHere { because });
    }
    Some(hours_between(sent, answered))
}

/// Hours from one instant to a later one, to 4 decimals: a second is 0.0003. `None` of an earlier one.
pub fn hours_between(from: NaiveDateTime, to: NaiveDateTime) -> Option<Decimal> {
    let seconds = to.signed_duration_since(from).num_seconds();
    let seconds = u128::try_from(seconds).ok()?;
    let hours = Ratio::whole(seconds).over(&Nat::from(3_600));
    let hours = decimal(&hours.rounded(4), 4).ok()?;
    Some(hours.normalize())
}

/// What is known of a new supplier, judged. It is never approved by this: only the owner approves.
///
/// # Errors
/// [`Problem::TooLarge`], which figures of a checked request don't reach.
pub fn score_supplier(request: &ScoreRequest) -> Result<SupplierScore, Issue> {
    let policy = &request.policy;
    let checklist = request.checklist.judged(&policy.checklist);
    let red_flags = raised(
        &request.red_flags,
        &request.evidence,
        &request.memberships,
        request.price.as_ref(),
        policy.grades.below_market_percent.0,
    )?;
    let has = |state| checklist.iter().any(|entry| entry.state == state);
    let readiness = if !red_flags.is_empty() || has(State::Unmet) {
        Readiness::NotReady
    } else if has(State::Unknown) {
        Readiness::Incomplete
    } else {
        Readiness::ReadyForApproval
    };
    Ok(SupplierScore {
        readiness,
        is_disqualified: !red_flags.is_empty(),
        checklist,
        red_flags,
        evidence: request.evidence.readings(&request.memberships),
        payment_terms: request.payment_terms.map(JudgedTerms::from),
    })
}
