//! What is known of the customs of destinations: facts with a source, a date and a confidence.
//!
//! Facts are data, read here from JSON by the same strict rules as a request. A fact fills a field of the
//! request's `customs`, is a charge, is a layer of additional duty, or only says what isn't established. Each
//! may hold from a day and until a day; the day of entry chooses. What day it is, the caller says.

use std::rc::Rc;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::check::{
    self, Checker, Named,
    Need::{Optional, Required},
    Object, Place,
};
use crate::issue::{Because, Issue, Problem};
use crate::json::Json;
use crate::landed_cost;
use crate::money::Currency;

/// After so many days a fact should be looked at again.
pub const OLD_AFTER_DAYS: u64 = 180;

/// A text in the languages that there are.
#[derive(Clone, PartialEq, Debug)]
pub struct Texts {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

/// Where goods can be imported, and what is known of its customs.
#[derive(Clone, PartialEq, Debug)]
pub struct Destination {
    /// ISO 3166-1 alpha-2: `US`.
    pub code: String,
    /// Its name.
    pub name: Texts,
    /// The currency of all amounts in its facts.
    pub currency: Currency,
    /// Those of a union are shared by its members.
    pub facts: Vec<Rc<Fact>>,
}

/// One thing that is known, or is known not to be known.
#[derive(Clone, PartialEq, Debug)]
pub struct Fact {
    /// Its own name, unique among all destinations' facts: `us-mpf-formal`.
    pub id: String,
    /// What a reader calls it. Charges and duties have one.
    pub name: Option<Texts>,
    /// What it says.
    pub what: What,
    /// The address it was taken from. What is open may have none.
    pub source: Option<String>,
    /// The day for which the source vouches.
    pub as_of: NaiveDate,
    /// How far the source can be trusted. What is open may have none.
    pub confidence: Option<Confidence>,
    /// The first day of entry for which it holds.
    pub from: Option<NaiveDate>,
    /// The last day of entry for which it holds.
    pub until: Option<NaiveDate>,
    /// What the buyer needs to know beside it. What is open has one.
    pub note: Option<Texts>,
}

/// What a fact says.
#[derive(Clone, PartialEq, Debug)]
pub enum What {
    /// A field of the request has this value.
    Field {
        /// One of [`PATHS`].
        path: &'static str,
        /// A legal value of the field.
        value: Json<'static>,
    },
    /// A charge, as a request has it, without label.
    Charge(Json<'static>),
    /// A layer of additional duty.
    Duty(DutyLayer),
    /// Not established, or to be judged by the buyer: the note says so.
    Open,
}

/// A layer of additional duty. Layers add up on the same customs value.
#[derive(Clone, PartialEq, Debug)]
pub struct DutyLayer {
    /// In percent of the customs value.
    pub percent: Decimal,
    /// For which goods.
    pub applies: Applies,
    /// Of the layers of a group an article has at most one.
    pub group: Option<String>,
    /// The ids of layers that don't apply where this one does.
    pub replaces: Vec<String>,
}

/// The goods that a layer of duty applies to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applies {
    /// All goods from China.
    Always,
    /// Goods that the buyer knows to be on its list.
    Chosen,
}

impl Named for Applies {
    const ALL: &'static [Applies] = &[Applies::Always, Applies::Chosen];
    const NAMES: &'static [&'static str] = &["always", "chosen"];
}

/// How far a source can be trusted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Confidence {
    /// Official or primary text.
    A,
    /// A reputable secondary source, or two independent ones.
    B,
    /// One secondary source.
    C,
}

impl Confidence {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::A => "A",
            Confidence::B => "B",
            Confidence::C => "C",
        }
    }
}

impl Named for Confidence {
    const ALL: &'static [Confidence] = &[Confidence::A, Confidence::B, Confidence::C];
    const NAMES: &'static [&'static str] = &["A", "B", "C"];
}

/// The fields of a request that a fact can fill.
pub const PATHS: &[&str] = &[
    "customs.basis",
    "customs.dutyPercent",
    "customs.vatPercent",
    "customs.dutiableComponents",
    "customs.taxableComponents",
    "customs.vatUpliftPercent",
    "customs.deMinimis.against",
    "customs.deMinimis.dutyUpTo",
    "customs.deMinimis.vatUpTo",
];

/// The additional duty of an article.
#[derive(Clone, PartialEq, Debug)]
pub struct AdditionalDuty<'d> {
    /// The sum of the layers, in percent.
    pub percent: Decimal,
    /// The layers that make it up, in the order of the destination's facts.
    pub facts: Vec<&'d Fact>,
}

impl Fact {
    /// Whether it holds for an entry on this day.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// Whether its source has to be looked at again: more than [`OLD_AFTER_DAYS`] lie behind.
    pub fn is_old(&self, today: NaiveDate) -> bool {
        let limit = self.as_of.checked_add_days(Days::new(OLD_AFTER_DAYS));
        limit.is_some_and(|limit| limit < today)
    }

    fn duty(&self) -> Option<&DutyLayer> {
        match &self.what {
            What::Duty(layer) => Some(layer),
            What::Field { .. } | What::Charge(_) | What::Open => None,
        }
    }
}

impl Destination {
    /// The facts that hold for an entry on this day.
    pub fn in_force(&self, on: NaiveDate) -> impl Iterator<Item = &Fact> {
        self.facts
            .iter()
            .map(Rc::as_ref)
            .filter(move |fact| fact.in_force(on))
    }

    /// The additional duty of an article that enters on this day: what always applies, and the layers whose
    /// ids are `chosen`, without those that a chosen one replaces. A chosen layer that isn't in force, or isn't
    /// there, counts for nothing.
    pub fn additional_duty(&self, on: NaiveDate, chosen: &[impl AsRef<str>]) -> AdditionalDuty<'_> {
        let layers: Vec<(&Fact, &DutyLayer)> = self
            .in_force(on)
            .filter_map(|fact| Some((fact, fact.duty()?)))
            .filter(|(fact, layer)| match layer.applies {
                Applies::Always => true,
                Applies::Chosen => chosen.iter().any(|id| id.as_ref() == fact.id),
            })
            .collect();
        let mut duty = AdditionalDuty {
            percent: Decimal::ZERO,
            facts: Vec::new(),
        };
        for (fact, layer) in &layers {
            let is_replaced = layers.iter().any(|(_, by)| by.replaces.contains(&fact.id));
            if !is_replaced {
                let sum = duty.percent.checked_add(layer.percent);
                duty.percent = sum.unwrap_or(Decimal::MAX);
                duty.facts.push(fact);
            }
        }
        duty
    }
}

/// Reads a list of destinations. A union becomes its members, which share its facts.
///
/// # Errors
/// Every issue of the list, each with its place.
pub fn read_all(json: &Json<'_>) -> Result<Vec<Destination>, Vec<Issue>> {
    let mut c = Checker::new();
    let mut seen = Seen::default();
    let all = check::list(&mut c, json, &Place::Root, |c, json, place| {
        file(c, json, place, &mut seen)
    });
    c.finish(all.map(|all| all.into_iter().flatten().collect()))
}

/// The names that may stand only once.
#[derive(Default)]
struct Seen {
    codes: Vec<String>,
    ids: Vec<String>,
}

fn once(c: &mut Checker, seen: &mut Vec<String>, name: String, place: &Place<'_>) {
    if seen.contains(&name) {
        let because = Because::Twice;
        c.report::<()>(place, Problem::NotAllowedHere { because });
    } else {
        seen.push(name);
    }
}

/// A destination, or a union with its members.
fn file(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    seen: &mut Seen,
) -> Option<Vec<Destination>> {
    let is_union =
        matches!(json, Json::Object(fields) if fields.iter().any(|(name, _)| name == "members"));
    let known: &[&str] = if is_union {
        &["code", "name", "facts", "vat", "members"]
    } else {
        &["code", "name", "currency", "facts"]
    };
    let object = Object::open(c, json, place, known)?;
    let head = head(c, &object, seen);
    let currency = if is_union {
        None
    } else {
        object.field(c, "currency", Required, check::currency)
    };
    let facts = object.field(c, "facts", Required, |c, json, place| {
        let facts = check::filled_list(c, json, place, |c, json, place| {
            fact(c, json, place, (currency, is_union), seen).map(Rc::new)
        })?;
        known_replaced(c, place, &facts);
        Some(facts)
    });
    if is_union {
        let vat = object.field(c, "vat", Required, |c, json, place| {
            let object = Object::open(c, json, place, &["source", "asOf", "confidence"])?;
            attribution(c, &object, Required)
        });
        let facts = facts.as_deref().unwrap_or_default();
        let members = object.field(c, "members", Required, |c, json, place| {
            check::filled_list(c, json, place, |c, json, place| {
                member(c, json, place, facts, vat.as_ref(), seen)
            })
        });
        head?;
        return members;
    }
    let (code, name) = head?;
    Some(vec![Destination {
        code,
        name,
        currency: currency?,
        facts: facts?,
    }])
}

/// Code and name, which every destination and every union has.
fn head(c: &mut Checker, object: &Object<'_, '_>, seen: &mut Seen) -> Option<(String, Texts)> {
    let code = object.field(c, "code", Required, |c, json, place| {
        let code = check::text(c, json, place)?;
        once(c, &mut seen.codes, code.clone(), place);
        Some(code)
    });
    let name = object.field(c, "name", Required, texts);
    Some((code?, name?))
}

/// A member of a union: its facts, and its rate of VAT as one more.
fn member(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    facts: &[Rc<Fact>],
    vat: Option<&Attribution>,
    seen: &mut Seen,
) -> Option<Destination> {
    let object = Object::open(c, json, place, &["code", "name", "currency", "vatPercent"])?;
    let head = head(c, &object, seen);
    let currency = object.field(c, "currency", Required, check::currency);
    let value = object.field(c, "vatPercent", Required, |c, json, place| {
        check::percent(c, json, place)?;
        Some(json.clone().into_owned())
    });
    let (code, name) = head?;
    let vat = vat?.clone();
    let own = Fact {
        id: format!("{}-vat", code.to_ascii_lowercase()),
        name: None,
        what: What::Field {
            path: "customs.vatPercent",
            value: value?,
        },
        source: vat.source,
        as_of: vat.as_of,
        confidence: vat.confidence,
        from: None,
        until: None,
        note: None,
    };
    let mut facts = facts.to_vec();
    facts.push(Rc::new(own));
    Some(Destination {
        code,
        name,
        currency: currency?,
        facts,
    })
}

/// A layer replaces layers that there are.
fn known_replaced(c: &mut Checker, place: &Place<'_>, facts: &[Rc<Fact>]) {
    for (index, fact) in facts.iter().enumerate() {
        let replaced = fact.duty().map_or(&[][..], |layer| &layer.replaces);
        for (position, id) in replaced.iter().enumerate() {
            let is_known = facts
                .iter()
                .any(|fact| fact.id == *id && fact.duty().is_some());
            if !is_known {
                let item = Place::Item(place, index);
                let duty = Place::Field(&item, "duty");
                let list = Place::Field(&duty, "replaces");
                let problem = Problem::UnknownValue {
                    found: check::quoted(id),
                    allowed: &[],
                };
                c.report::<()>(&Place::Item(&list, position), problem);
            }
        }
    }
}

/// Where a fact is from.
#[derive(Clone)]
struct Attribution {
    source: Option<String>,
    as_of: NaiveDate,
    confidence: Option<Confidence>,
}

fn attribution(c: &mut Checker, object: &Object<'_, '_>, need: check::Need) -> Option<Attribution> {
    let source = object.field(c, "source", need, check::text);
    let as_of = object.field(c, "asOf", Required, check::date);
    let confidence = object.field(c, "confidence", need, check::choice::<Confidence>);
    Some(Attribution {
        source,
        as_of: as_of?,
        confidence,
    })
}

fn texts(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Texts> {
    let object = Object::open(c, json, place, &["en", "zh"])?;
    let en = object.field(c, "en", Required, check::text);
    let zh = object.field(c, "zh", Required, check::text);
    Some(Texts { en: en?, zh: zh? })
}

fn fact(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    of: (Option<Currency>, bool),
    seen: &mut Seen,
) -> Option<Fact> {
    const FIELD: &[&str] = &[
        "id",
        "name",
        "field",
        "value",
        "source",
        "asOf",
        "confidence",
        "from",
        "until",
        "note",
    ];
    const CHARGE: &[&str] = &[
        "id",
        "name",
        "charge",
        "source",
        "asOf",
        "confidence",
        "from",
        "until",
        "note",
    ];
    const DUTY: &[&str] = &[
        "id",
        "name",
        "duty",
        "source",
        "asOf",
        "confidence",
        "from",
        "until",
        "note",
    ];
    const OPEN: &[&str] = &[
        "id",
        "name",
        "open",
        "source",
        "asOf",
        "confidence",
        "from",
        "until",
        "note",
    ];
    let has = |name: &str| matches!(json, Json::Object(fields) if fields.iter().any(|(field, _)| field == name));
    // Which of them it is decides what else it may have.
    let (known, name_need, source_need, note_need) = if has("charge") {
        (CHARGE, Required, Required, Optional)
    } else if has("duty") {
        (DUTY, Required, Required, Optional)
    } else if has("open") {
        (OPEN, Optional, Optional, Required)
    } else {
        (FIELD, Optional, Required, Optional)
    };
    let object = Object::open(c, json, place, known)?;
    let id = object.field(c, "id", Required, |c, json, place| {
        let id = check::text(c, json, place)?;
        once(c, &mut seen.ids, id.clone(), place);
        Some(id)
    });
    let name = object.field(c, "name", name_need, texts);
    let what = if has("charge") {
        object
            .field(c, "charge", Required, |c, json, place| {
                charge(c, json, place, of)
            })
            .map(What::Charge)
    } else if has("duty") {
        object
            .field(c, "duty", Required, duty_layer)
            .map(What::Duty)
    } else if has("open") {
        object.field(c, "open", Required, open)
    } else {
        let path = object.field(c, "field", Required, path);
        let value = object.field(c, "value", Required, |c, json, place| {
            let value = json.clone().into_owned();
            landed_cost::check_customs_field(c, json, place, path?)?;
            Some(value)
        });
        match (path, value) {
            (Some(path), Some(value)) => Some(What::Field { path, value }),
            _ => None,
        }
    };
    let attribution = attribution(c, &object, source_need);
    let from = object.field(c, "from", Optional, check::date);
    let until = object.field(c, "until", Optional, check::date);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        c.report::<()>(&Place::Field(place, "until"), Problem::NotAscending);
    }
    let note = object.field(c, "note", note_need, texts);
    let Attribution {
        source,
        as_of,
        confidence,
    } = attribution?;
    Some(Fact {
        id: id?,
        name,
        what: what?,
        source,
        as_of,
        confidence,
        from,
        until,
        note,
    })
}

/// `true`: what isn't open doesn't say so.
fn open(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<What> {
    if check::flag(c, json, place)? {
        return Some(What::Open);
    }
    let allowed = &["true"];
    let found = "false".to_owned();
    c.report(place, Problem::UnknownValue { found, allowed })
}

fn path(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<&'static str> {
    let name = check::text(c, json, place)?;
    match PATHS.iter().find(|known| **known == name) {
        Some(known) => Some(known),
        None => c.report(
            place,
            Problem::UnknownValue {
                found: check::quoted(&name),
                allowed: PATHS,
            },
        ),
    }
}

/// A charge of a request. Label and order are the buyer's; a union's charge names its currency.
fn charge(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    (currency, is_union): (Option<Currency>, bool),
) -> Option<Json<'static>> {
    let owned = json.clone().into_owned();
    if let Json::Object(fields) = json {
        let mut named = false;
        for (name, _) in fields {
            match &**name {
                "label" | "order" => {
                    let did_you_mean = None;
                    let problem = Problem::UnknownField { did_you_mean };
                    c.report::<()>(&Place::Field(place, name), problem);
                }
                "currency" => named = true,
                _ => {}
            }
        }
        if is_union && !named {
            return c.report(&Place::Field(place, "currency"), Problem::Required);
        }
    }
    landed_cost::check_charge(c, json, place, currency)?;
    Some(owned)
}

fn duty_layer(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<DutyLayer> {
    let object = Object::open(c, json, place, &["percent", "applies", "group", "replaces"])?;
    let percent = object.field(c, "percent", Required, check::percent);
    let applies = object.field(c, "applies", Required, check::choice::<Applies>);
    let group = object.field(c, "group", Optional, check::text);
    let replaces = object.field(c, "replaces", Optional, |c, json, place| {
        check::filled_list(c, json, place, check::text)
    });
    Some(DutyLayer {
        percent: percent?,
        applies: applies?,
        group,
        replaces: replaces.unwrap_or_default(),
    })
}
