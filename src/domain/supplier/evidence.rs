//! What the platform says of a supplier: axes side by side, never one number.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::check::{
    self, Checker, Named,
    Need::{Optional, Required},
    Object, Place, named,
};
use crate::json::Json;
use crate::money::Figure;

/// What the platform says, as far as it is known.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Evidence(Vec<(Axis, Observed)>);

named! {
    /// A credit grade, the best first.
    CreditGrade {
        /// AAA.
        Aaa = "AAA",
        /// AA.
        Aa = "AA",
        /// A.
        A = "A",
        /// B.
        B = "B",
        /// C.
        C = "C",
    }
}

named! {
    /// What is known of a supplier, in the order in which results list it.
    Axis {
        /// The membership badge, as the platform calls it.
        Membership = "membership",
        /// Years of membership.
        Years = "years",
        /// Buyers who came back, in percent.
        RepeatPurchase = "repeatPurchasePercent",
        /// Orders dispatched on time, in percent.
        OnTime = "onTimePercent",
        /// Inquiries answered, in percent.
        Response = "responsePercent",
        /// The score for quality, on the platform's scale.
        Quality = "qualityScore",
        /// The score for service, on the platform's scale.
        Service = "serviceScore",
        /// Capacity: pieces a month.
        Pieces = "piecesAMonth",
        /// Capacity: production lines.
        Lines = "productionLines",
        /// Capacity: people.
        Staff = "staff",
        /// Capacity: floor area in m².
        FloorArea = "floorAreaM2",
        /// How long it takes to answer, in hours.
        AnswerHours = "answerHours",
        /// The credit grade.
        CreditGrade = "creditGrade",
        /// The deposit in escrow, in yuan.
        Deposit = "depositCny",
    }
}

named! {
    /// How good a capacity or an answer time is.
    Band {
        /// Excellent.
        Excellent = "excellent",
        /// Good.
        Good = "good",
        /// Average: capacity only.
        Average = "average",
        /// Below average: capacity only.
        BelowAverage = "belowAverage",
        /// Slow: answer times only.
        Slow = "slow",
    }
}

named! {
    /// A risk to the buyer, the lowest first.
    Risk {
        /// Very low.
        VeryLow = "veryLow",
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

named! {
    /// What a membership badge stands for, whatever the platform calls it.
    Tier {
        /// An ordinary shop without a badge.
        None = "none",
        /// A paying member whose identity was looked at.
        IntegrityMember = "integrityMember",
        /// A merchant that was looked at and passed.
        StrongMerchant = "strongMerchant",
        /// A factory that was visited.
        SourceFactory = "sourceFactory",
    }
}

impl Tier {
    /// The risk to the buyer.
    pub const fn risk(self) -> Risk {
        match self {
            Tier::None => Risk::High,
            Tier::IntegrityMember => Risk::Medium,
            Tier::StrongMerchant => Risk::Low,
            Tier::SourceFactory => Risk::VeryLow,
        }
    }
}

/// What a platform calls a tier. The names are data, because platforms rename their badges.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// The name, as on the platform.
    pub label: String,
    /// What it stands for.
    pub tier: Tier,
}

/// The names that count unless the request has its own.
const LABELS: &[(&str, Tier)] = &[
    ("普通", Tier::None),
    ("None", Tier::None),
    ("诚信通", Tier::IntegrityMember),
    ("Integrity member", Tier::IntegrityMember),
    ("实力商家", Tier::StrongMerchant),
    ("Strong merchant", Tier::StrongMerchant),
    ("源头工厂", Tier::SourceFactory),
    ("超级工厂", Tier::SourceFactory),
    ("Source factory", Tier::SourceFactory),
];

impl Membership {
    /// The names that count unless the request has its own.
    pub fn known() -> Vec<Membership> {
        let known = LABELS.iter().map(|(label, tier)| Membership {
            label: (*label).to_owned(),
            tier: *tier,
        });
        known.collect()
    }

    pub(super) fn read(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Membership> {
        let object = Object::open(c, json, place, &["label", "tier"])?;
        let label = object.field(c, "label", Required, check::text);
        let tier = object.field(c, "tier", Required, check::choice);
        Some(Membership {
            label: label?,
            tier: tier?,
        })
    }
}

/// One axis with what is known and, where there is a scale for it, how good that is.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AxisReading {
    /// The axis.
    pub axis: Axis,
    /// What is known.
    pub observed: Observed,
    /// How good it is: capacity and answer time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    /// What the badge stands for; missing where its name isn't known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// The risk in it: membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<Risk>,
}

/// What is known on an axis.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum Observed {
    /// A number.
    Number(Figure),
    /// A badge or a grade.
    Name(String),
}

/// Limits of a capacity: excellent above, good from, average from.
type Scale = [u32; 3];

const PIECES: Scale = [100_000, 50_000, 10_000];
const LINES: Scale = [5, 3, 1];
const STAFF: Scale = [100, 50, 20];
const FLOOR_AREA: Scale = [5_000, 2_000, 500];

/// An answer in less than so many hours is excellent.
const EXCELLENT_ANSWER_HOURS: u32 = 1;
/// An answer within so many hours is good.
const GOOD_ANSWER_HOURS: u32 = 4;

impl Axis {
    fn read(self, c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Observed> {
        let number = match self {
            Axis::Membership => return check::text(c, json, place).map(Observed::Name),
            Axis::CreditGrade => {
                let grade: CreditGrade = check::choice(c, json, place)?;
                return Some(Observed::Name(grade.name().to_owned()));
            }
            Axis::RepeatPurchase | Axis::OnTime | Axis::Response => check::share(c, json, place),
            Axis::Pieces | Axis::Lines | Axis::Staff | Axis::FloorArea => {
                check::whole(c, json, place, 0).map(Decimal::from)
            }
            Axis::Years | Axis::Quality | Axis::Service | Axis::AnswerHours | Axis::Deposit => {
                check::amount(c, json, place)
            }
        };
        number.map(Figure).map(Observed::Number)
    }

    /// How good a number on this axis is, where there is a scale for it.
    fn band(self, number: Decimal) -> Option<Band> {
        let scale = match self {
            Axis::Pieces => PIECES,
            Axis::Lines => LINES,
            Axis::Staff => STAFF,
            Axis::FloorArea => FLOOR_AREA,
            Axis::AnswerHours => return Some(answer(number)),
            Axis::Membership
            | Axis::Years
            | Axis::RepeatPurchase
            | Axis::OnTime
            | Axis::Response
            | Axis::Quality
            | Axis::Service
            | Axis::CreditGrade
            | Axis::Deposit => return None,
        };
        Some(capacity(number, scale))
    }
}

impl Evidence {
    pub(super) fn read(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Evidence> {
        let object = Object::open(c, json, place, Axis::NAMES)?;
        let known = Axis::ALL.iter().filter_map(|axis| {
            let observed = object.field(c, axis.name(), Optional, |c, json, place| {
                axis.read(c, json, place)
            });
            Some((*axis, observed?))
        });
        Some(Evidence(known.collect()))
    }

    fn get(&self, axis: Axis) -> Option<&Observed> {
        let mut known = self.0.iter();
        known.find_map(|(known, observed)| (*known == axis).then_some(observed))
    }

    /// The number on an axis, where it is known.
    pub(super) fn number(&self, axis: Axis) -> Option<Decimal> {
        match self.get(axis)? {
            Observed::Number(number) => Some(number.0),
            Observed::Name(_) => None,
        }
    }

    /// Takes these hours for the time to answer, where it isn't known.
    pub(super) fn or_answered_within(&mut self, hours: Option<Decimal>) {
        if let (None, Some(hours)) = (self.get(Axis::AnswerHours), hours) {
            let observed = Observed::Number(Figure(hours));
            self.0.push((Axis::AnswerHours, observed));
        }
    }

    /// What the badge stands for, where its name is one of these.
    pub(super) fn tier(&self, memberships: &[Membership]) -> Option<Tier> {
        let Some(Observed::Name(label)) = self.get(Axis::Membership) else {
            return None;
        };
        let is_it = |known: &&Membership| known.label.trim().eq_ignore_ascii_case(label.trim());
        Some(memberships.iter().find(is_it)?.tier)
    }

    /// The axes of which something is known.
    pub(super) fn readings(&self, memberships: &[Membership]) -> Vec<AxisReading> {
        let readings = Axis::ALL.iter().filter_map(|axis| {
            let is_badge = *axis == Axis::Membership;
            let tier = self.tier(memberships).filter(|_| is_badge);
            Some(AxisReading {
                axis: *axis,
                observed: self.get(*axis)?.clone(),
                band: self.number(*axis).and_then(|number| axis.band(number)),
                tier,
                risk: tier.map(Tier::risk),
            })
        });
        readings.collect()
    }
}

fn capacity(value: Decimal, scale: Scale) -> Band {
    let [excellent_above, good_from, average_from] = scale.map(Decimal::from);
    if value > excellent_above {
        Band::Excellent
    } else if value >= good_from {
        Band::Good
    } else if value >= average_from {
        Band::Average
    } else {
        Band::BelowAverage
    }
}

fn answer(hours: Decimal) -> Band {
    if hours < Decimal::from(EXCELLENT_ANSWER_HOURS) {
        Band::Excellent
    } else if hours <= Decimal::from(GOOD_ANSWER_HOURS) {
        Band::Good
    } else {
        Band::Slow
    }
}
