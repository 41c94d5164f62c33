//! Reading a request from JSON, with every issue reported at once.

use rust_decimal::Decimal;

use super::request::{
    Against, Base, Basis, Break, Carton, Charge, ChargeComponent, Condition, Customs,
    DEFAULT_TAXABLE, DeMinimis, ExchangeRates, Key, KgPrice, Line, MAX_CHARGES, MAX_LINES, Measure,
    Mode, Rate, Request, Tier, Weighed, Weighing, insured_share,
};
use crate::check::{
    self, Checker, Named,
    Need::{Optional, Required},
    Object, Place,
};
use crate::issue::{Because, Issue, Problem, Range};
use crate::json::Json;
use crate::money::{Currency, Figure, Ratio};

impl Request {
    /// Checks a raw request.
    ///
    /// # Errors
    /// Every issue of the request, each with its place.
    pub fn check(json: &Json<'_>) -> Result<Request, Vec<Issue>> {
        let mut checker = Checker::new();
        let request = read_request(&mut checker, json, &Place::Root);
        checker.finish(request)
    }
}

/// Reads a request that stands at some place.
pub(crate) fn read_request(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Request> {
    let known = &[
        "homeCurrency",
        "exchangeRate",
        "lines",
        "charges",
        "customs",
        "shipment",
        "explain",
    ];
    let object = Object::open(c, json, place, known)?;
    let home = object.field(c, "homeCurrency", Required, check::currency);
    let rates = object.field(c, "exchangeRate", Required, |c, json, place| {
        exchange_rates(c, json, place, home)
    });
    let mut orders = Orders::default();
    let lines = object.field(c, "lines", Required, |c, json, place| {
        lines(c, json, place, &mut orders)
    });
    let context = ChargeContext {
        home,
        // Where the rates themselves are wrong, the currencies of charges are not judged.
        others: rates.as_ref().map(|rates| rates.others.as_slice()),
        // Likewise the orders, where the lines are wrong.
        orders: lines.is_some().then_some(&orders),
    };
    let charges = object.field(c, "charges", Optional, |c, json, place| {
        not_too_many(c, json, place, MAX_CHARGES)?;
        check::list(c, json, place, |c, json, place| {
            charge(c, json, place, &context)
        })
    });
    let customs = object.field(c, "customs", Optional, |c, json, place| {
        customs(c, json, place, home, rates.as_ref())
    });
    let shipment = object.field(c, "shipment", Optional, shipment);
    let explain = object.field(c, "explain", Optional, check::flag);
    Some(Request {
        home: home?,
        rates: rates?,
        lines: lines?,
        charges: charges.unwrap_or_default(),
        customs,
        mode: shipment.as_ref().map(|(mode, _)| *mode),
        duties_included: shipment.is_some_and(|(_, included)| included),
        explain: explain.unwrap_or(false),
        orders: orders.names,
    })
}

/// The names of orders, each once.
#[derive(Default)]
struct Orders {
    names: Vec<String>,
    by_name: std::collections::BTreeMap<String, usize>,
}

impl Orders {
    fn index(&mut self, name: String) -> usize {
        let next = self.names.len();
        *self.by_name.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            next
        })
    }
}

fn exchange_rates(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: Option<Currency>,
) -> Option<ExchangeRates> {
    let known = &["cnyPerUnit", "asOf", "spreadPercent", "others"];
    let object = Object::open(c, json, place, known)?;
    let cny_per_unit = object.field(c, "cnyPerUnit", Required, |c, json, place| {
        cny_rate(c, json, place, home)
    });
    let as_of = object.field(c, "asOf", Required, check::date);
    let spread_percent = object.field(c, "spreadPercent", Optional, |c, json, place| {
        let spread = check::share_below_all(c, json, place)?;
        if home == Some(Currency::CNY) && !spread.is_zero() {
            let because = Because::HomeIsCny;
            return c.report(place, Problem::NotAllowedHere { because });
        }
        Some(spread)
    });
    let others = object.field(c, "others", Optional, |c, json, place| {
        other_rates(c, json, place, home)
    });
    if others.is_none() && object.get("others").is_some() {
        return None;
    }
    Some(ExchangeRates {
        cny_per_unit: cny_per_unit?,
        as_of: as_of?,
        spread_percent: spread_percent.unwrap_or_default(),
        others: others.unwrap_or_default(),
    })
}

/// A rate of yuan to the home currency, which is 1 where that is the yuan.
pub(crate) fn cny_rate(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: Option<Currency>,
) -> Option<Decimal> {
    let rate = check::positive(c, json, place)?;
    if home == Some(Currency::CNY) && rate != Decimal::ONE {
        let one = Some(Figure(Decimal::ONE));
        let range = Range {
            at_least: one,
            at_most: one,
            ..Range::default()
        };
        return c.report(place, Problem::OutOfRange(range));
    }
    Some(rate)
}

fn other_rates(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: Option<Currency>,
) -> Option<Vec<(Currency, Decimal)>> {
    let Json::Object(fields) = json else {
        let expected = crate::issue::Kind::Object;
        return c.report(place, Problem::WrongType { expected });
    };
    let mut others: Vec<(Currency, Decimal)> = Vec::new();
    for (code, json) in fields {
        let place = Place::Field(place, code);
        let rate = check::positive(c, json, &place);
        let Some(currency) = Currency::from_code(code) else {
            let found = check::quoted(code);
            c.report::<()>(
                &place,
                Problem::UnknownValue {
                    found,
                    allowed: &[],
                },
            );
            continue;
        };
        let because = if currency == Currency::CNY || Some(currency) == home {
            Because::HasItsOwnRate
        } else if others.iter().any(|(other, _)| *other == currency) {
            Because::Twice
        } else {
            // A rate that is wrong keeps its place, so that charges in its currency aren't reported as well.
            others.push((currency, rate.unwrap_or(Decimal::ONE)));
            continue;
        };
        c.report::<()>(&place, Problem::NotAllowedHere { because });
    }
    Some(others)
}

/// Refuses a list of more than so many items, before any of them is read.
pub(crate) fn not_too_many(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    maximum: usize,
) -> Option<()> {
    match json {
        Json::List(items) if items.len() > maximum => {
            let found = items.len();
            c.report(place, Problem::TooMany { maximum, found })
        }
        Json::List(_)
        | Json::Null
        | Json::Boolean(_)
        | Json::Integer(_)
        | Json::Inexact
        | Json::Text(_)
        | Json::Object(_) => Some(()),
    }
}

fn lines(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    orders: &mut Orders,
) -> Option<Vec<Line>> {
    not_too_many(c, json, place, MAX_LINES)?;
    check::filled_list(c, json, place, |c, json, place| {
        line(c, json, place, orders)
    })
}

fn line(c: &mut Checker, json: &Json<'_>, place: &Place<'_>, orders: &mut Orders) -> Option<Line> {
    let known = &[
        "sku",
        "description",
        "order",
        "unitPriceCny",
        "quantity",
        "unitWeightKg",
        "carton",
        "dutyPercent",
        "additionalDutyPercent",
        "vatPercent",
        "dutyPerUnit",
        "dutyPerKg",
        "defectPercent",
    ];
    let object = Object::open(c, json, place, known)?;
    let sku = object.field(c, "sku", Required, check::text);
    object.field(c, "description", Optional, check::any_text);
    let order = object
        .field(c, "order", Optional, check::text)
        .map(|name| orders.index(name));
    let unit_price_cny = object.field(c, "unitPriceCny", Required, check::amount);
    let quantity = object.field(c, "quantity", Required, check::count);
    let unit_weight_kg = object.field(c, "unitWeightKg", Optional, check::amount);
    let carton = object.field(c, "carton", Optional, carton);
    let duty_percent = object.field(c, "dutyPercent", Optional, check::percent);
    let additional_duty_percent =
        object.field(c, "additionalDutyPercent", Optional, check::percent);
    let vat_percent = object.field(c, "vatPercent", Optional, check::percent);
    let duty_per_unit = object.field(c, "dutyPerUnit", Optional, check::amount);
    let duty_per_kg = object.field(c, "dutyPerKg", Optional, check::amount);
    let defect_percent = object.field(c, "defectPercent", Optional, check::share_below_all);
    Some(Line {
        sku: sku?,
        order,
        unit_price_cny: unit_price_cny?,
        quantity: quantity?,
        unit_weight_kg,
        carton,
        duty_percent,
        additional_duty_percent,
        vat_percent,
        duty_per_unit,
        duty_per_kg,
        defect_percent: defect_percent.unwrap_or_default(),
    })
}

fn carton(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Carton> {
    let known = &["units", "lengthCm", "widthCm", "heightCm", "grossKg"];
    let object = Object::open(c, json, place, known)?;
    let units = object.field(c, "units", Required, check::count);
    let length_cm = object.field(c, "lengthCm", Required, check::positive);
    let width_cm = object.field(c, "widthCm", Required, check::positive);
    let height_cm = object.field(c, "heightCm", Required, check::positive);
    let gross_kg = object.field(c, "grossKg", Optional, check::positive);
    Some(Carton {
        units: units?,
        length_cm: length_cm?,
        width_cm: width_cm?,
        height_cm: height_cm?,
        gross_kg,
    })
}

/// Checks a charge by itself, for a home currency where there is one.
pub(crate) fn check_charge(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: Option<Currency>,
) -> Option<()> {
    let context = ChargeContext {
        home,
        others: None,
        orders: None,
    };
    charge(c, json, place, &context).map(|_| ())
}

/// What the check of a charge needs to know of the rest of the request.
struct ChargeContext<'r> {
    home: Option<Currency>,
    others: Option<&'r [(Currency, Decimal)]>,
    orders: Option<&'r Orders>,
}

fn charge(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    context: &ChargeContext<'_>,
) -> Option<Charge> {
    let known = &[
        "component",
        "label",
        "order",
        "currency",
        "rate",
        "minimum",
        "maximum",
        "allocateBy",
        "dutiablePercent",
        "taxable",
        "when",
    ];
    let object = Object::open(c, json, place, known)?;
    let component = object.field(c, "component", Required, check::choice::<ChargeComponent>);
    let label = object.field(c, "label", Optional, check::any_text);
    let order = object.field(c, "order", Optional, |c, json, place| {
        let name = check::text(c, json, place)?;
        match context.orders?.by_name.get(&name) {
            Some(index) => Some(*index),
            None => {
                let found = check::quoted(&name);
                c.report(
                    place,
                    Problem::UnknownValue {
                        found,
                        allowed: &[],
                    },
                )
            }
        }
    });
    let currency = object.field(c, "currency", Optional, |c, json, place| {
        charge_currency(c, json, place, context)
    });
    let rate = object.field(c, "rate", Required, |c, json, place| {
        rate(c, json, place, component)
    });
    let minimum = object.field(c, "minimum", Optional, check::amount);
    let maximum = object.field(c, "maximum", Optional, check::amount);
    if let (Some(minimum), Some(maximum)) = (minimum, maximum)
        && minimum > maximum
    {
        let place = Place::Field(place, "minimum");
        let problem = Problem::MinimumAboveMaximum {
            minimum: Figure(minimum),
            maximum: Figure(maximum),
        };
        c.report::<()>(&place, problem);
    }
    let allocate_by = object.field(c, "allocateBy", Optional, check::choice::<Key>);
    let on_destination = component == Some(ChargeComponent::Destination);
    let dutiable_percent = object.field(c, "dutiablePercent", Optional, |c, json, place| {
        if on_destination {
            let because = Because::NotOnDestination;
            return c.report(place, Problem::NotAllowedHere { because });
        }
        check::share(c, json, place)
    });
    let on_duty_and_vat = matches!(
        rate,
        Some(
            Rate::PercentOf {
                base: Base::DutyAndVat,
                ..
            } | Rate::TieredPercentOf {
                base: Base::DutyAndVat,
                ..
            }
        )
    );
    let taxable = object.field(c, "taxable", Optional, |c, json, place| {
        if on_duty_and_vat {
            let because = Because::NotOnDutyAndVat;
            return c.report(place, Problem::NotAllowedHere { because });
        }
        check::flag(c, json, place)
    });
    let when = object.field(c, "when", Optional, |c, json, place| {
        if component.is_some() && !on_destination {
            let because = Because::OnlyOnDestination;
            return c.report(place, Problem::NotAllowedHere { because });
        }
        condition(c, json, place)
    });
    let component = component?;
    Some(Charge {
        component,
        label,
        order,
        currency: currency.or(context.home)?,
        rate: rate?,
        minimum,
        maximum,
        allocate_by: allocate_by.unwrap_or(component.default_key()),
        dutiable_percent,
        taxable,
        when,
    })
}

fn charge_currency(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    context: &ChargeContext<'_>,
) -> Option<Currency> {
    let currency = check::currency(c, json, place)?;
    let known = match (context.home, context.others) {
        (Some(home), Some(others)) => {
            currency == Currency::CNY
                || currency == home
                || others.iter().any(|(other, _)| *other == currency)
        }
        _ => true,
    };
    if !known {
        let found = currency.code().to_owned();
        return c.report(
            place,
            Problem::UnknownValue {
                found,
                allowed: &[],
            },
        );
    }
    Some(currency)
}

fn condition(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Condition> {
    let known = &["customsValueAbove", "customsValueUpTo", "modes"];
    let object = Object::open(c, json, place, known)?;
    let customs_value_above = object.field(c, "customsValueAbove", Optional, check::amount);
    let customs_value_up_to = object.field(c, "customsValueUpTo", Optional, check::amount);
    let modes = object.field(c, "modes", Optional, |c, json, place| {
        check::filled_list(c, json, place, check::choice::<Mode>)
    });
    Some(Condition {
        customs_value_above,
        customs_value_up_to,
        modes,
    })
}

/// The types of rates, by which the other fields of a rate are known.
#[derive(Clone, Copy)]
enum RateType {
    Flat,
    Per(Measure),
    ChargeableKg,
    FirstAndNextKg,
    RevenueTon,
    PercentOf,
    TieredPercentOf,
}

impl Named for RateType {
    const ALL: &'static [RateType] = &[
        RateType::Flat,
        RateType::Per(Measure::Units),
        RateType::Per(Measure::Cartons),
        RateType::Per(Measure::Kg),
        RateType::Per(Measure::Cbm),
        RateType::ChargeableKg,
        RateType::FirstAndNextKg,
        RateType::RevenueTon,
        RateType::PercentOf,
        RateType::TieredPercentOf,
    ];
    const NAMES: &'static [&'static str] = &[
        "flat",
        "perUnit",
        "perCarton",
        "perKg",
        "perCbm",
        "perChargeableKg",
        "firstAndNextKg",
        "perRevenueTon",
        "percentOf",
        "tieredPercentOf",
    ];
}

impl RateType {
    fn fields(self) -> &'static [&'static str] {
        match self {
            RateType::Flat | RateType::Per(_) => &["type", "amount"],
            RateType::ChargeableKg => &[
                "type",
                "divisor",
                "per",
                "roundUpToKg",
                "minimumKg",
                "amount",
                "breaks",
            ],
            RateType::FirstAndNextKg => &[
                "type",
                "divisor",
                "per",
                "roundUpToKg",
                "minimumKg",
                "firstKg",
                "firstAmount",
                "nextKg",
                "nextAmount",
            ],
            RateType::RevenueTon => &["type", "amount", "kgPerCbm", "minimumTons"],
            RateType::PercentOf => &["type", "base", "percent"],
            RateType::TieredPercentOf => &["type", "base", "tiers"],
        }
    }
}

/// All fields that any rate has: for a rate whose type isn't known, only the others are reported.
const ALL_RATE_FIELDS: &[&str] = &[
    "type",
    "amount",
    "divisor",
    "per",
    "roundUpToKg",
    "minimumKg",
    "breaks",
    "firstKg",
    "firstAmount",
    "nextKg",
    "nextAmount",
    "kgPerCbm",
    "minimumTons",
    "base",
    "percent",
    "tiers",
];

fn rate(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    component: Option<ChargeComponent>,
) -> Option<Rate> {
    let named = if let Json::Object(fields) = json {
        fields.iter().find(|(name, _)| name == "type")
    } else {
        None
    };
    let of_type = named
        .and_then(|(_, json)| check::choice::<RateType>(c, json, &Place::Field(place, "type")));
    let Some(of_type) = of_type else {
        let object = Object::open(c, json, place, ALL_RATE_FIELDS)?;
        if named.is_none() {
            let place = Place::Field(object.place(), "type");
            c.report::<()>(&place, Problem::Required);
        }
        return None;
    };
    let object = Object::open(c, json, place, of_type.fields())?;
    match of_type {
        RateType::Flat => {
            let amount = object.field(c, "amount", Required, check::amount)?;
            Some(Rate::Flat { amount })
        }
        RateType::Per(measure) => {
            let amount = object.field(c, "amount", Required, check::amount)?;
            Some(Rate::Per { measure, amount })
        }
        RateType::ChargeableKg => {
            let weighing = weighing(c, &object);
            let price = kg_price(c, &object);
            Some(Rate::ChargeableKg {
                weighing: weighing?,
                price: price?,
            })
        }
        RateType::FirstAndNextKg => {
            let weighing = weighing(c, &object);
            let first_kg = object.field(c, "firstKg", Required, check::amount);
            let first_amount = object.field(c, "firstAmount", Required, check::amount);
            let next_kg = object.field(c, "nextKg", Required, check::positive);
            let next_amount = object.field(c, "nextAmount", Required, check::amount);
            Some(Rate::ChargeableKg {
                weighing: weighing?,
                price: KgPrice::FirstAndNext {
                    first_kg: first_kg?,
                    first_amount: first_amount?,
                    next_kg: next_kg?,
                    next_amount: next_amount?,
                },
            })
        }
        RateType::RevenueTon => {
            let amount = object.field(c, "amount", Required, check::amount);
            let kg_per_cbm = object.field(c, "kgPerCbm", Optional, check::positive);
            let minimum_tons = object.field(c, "minimumTons", Optional, check::amount);
            Some(Rate::RevenueTon {
                amount: amount?,
                kg_per_cbm: kg_per_cbm.unwrap_or(Decimal::ONE_THOUSAND),
                minimum_tons: minimum_tons.unwrap_or_default(),
            })
        }
        RateType::PercentOf => {
            let base = object.field(c, "base", Required, |c, json, place| {
                base(c, json, place, component, false)
            });
            let percent = object.field(c, "percent", Required, |c, json, place| {
                if base == Some(Base::InsuredValue) {
                    insurance_percent(c, json, place)
                } else {
                    check::percent(c, json, place)
                }
            });
            Some(Rate::PercentOf {
                base: base?,
                percent: percent?,
            })
        }
        RateType::TieredPercentOf => {
            let base = object.field(c, "base", Required, |c, json, place| {
                base(c, json, place, component, true)
            });
            let tiers = object.field(c, "tiers", Required, tiers);
            Some(Rate::TieredPercentOf {
                base: base?,
                tiers: tiers?,
            })
        }
    }
}

fn weighing(c: &mut Checker, object: &Object<'_, '_>) -> Option<Weighing> {
    let divisor = object.field(c, "divisor", Required, check::positive);
    let per = object.field(c, "per", Optional, check::choice::<Weighed>);
    let round_up_to_kg = object.field(c, "roundUpToKg", Optional, check::amount);
    let minimum_kg = object.field(c, "minimumKg", Optional, check::amount);
    Some(Weighing {
        divisor: divisor?,
        per: per.unwrap_or(Weighed::Shipment),
        round_up_to_kg: round_up_to_kg.unwrap_or_default(),
        minimum_kg: minimum_kg.unwrap_or_default(),
    })
}

fn kg_price(c: &mut Checker, object: &Object<'_, '_>) -> Option<KgPrice> {
    let has_breaks = object.get("breaks").is_some();
    if has_breaks && object.get("amount").is_some() {
        let because = Because::AmountOrBreaks;
        let place = Place::Field(object.place(), "breaks");
        c.report::<()>(&place, Problem::NotAllowedHere { because });
    }
    let need = if has_breaks { Optional } else { Required };
    let amount = object.field(c, "amount", need, check::amount);
    let breaks = object.field(c, "breaks", Optional, |c, json, place| {
        let breaks = check::filled_list(c, json, place, weight_break)?;
        for (index, pair) in breaks.windows(2).enumerate() {
            if let [lower, upper] = pair
                && upper.from_kg <= lower.from_kg
            {
                let item = Place::Item(place, index.saturating_add(1));
                c.report::<()>(&Place::Field(&item, "fromKg"), Problem::NotAscending);
            }
        }
        Some(breaks)
    });
    match (amount, breaks) {
        (_, Some(breaks)) => Some(KgPrice::Breaks(breaks)),
        (Some(amount), None) => Some(KgPrice::Amount(amount)),
        (None, None) => None,
    }
}

fn weight_break(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Break> {
    let object = Object::open(c, json, place, &["fromKg", "amount"])?;
    let from_kg = object.field(c, "fromKg", Required, check::amount);
    let amount = object.field(c, "amount", Required, check::amount);
    Some(Break {
        from_kg: from_kg?,
        amount: amount?,
    })
}

fn base(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    component: Option<ChargeComponent>,
    tiered: bool,
) -> Option<Base> {
    let base = check::choice::<Base>(c, json, place)?;
    let Some(component) = component else {
        return Some(base);
    };
    if base == Base::InsuredValue && (tiered || component != ChargeComponent::Insurance) {
        let because = Because::OnlyInsurancePercent;
        return c.report(place, Problem::NotAllowedHere { because });
    }
    if !base.known_to(component) {
        let problem = Problem::BaseNotKnown {
            base: base.name(),
            component: component.name(),
        };
        return c.report(place, problem);
    }
    Some(base)
}

/// A premium rate r: 110 % of it must stay below the whole, because the premium insures itself.
fn insurance_percent(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Decimal> {
    let percent = check::percent(c, json, place)?;
    let insured = Ratio::percent(percent).times(&insured_share());
    if insured < Ratio::whole(1) {
        return Some(percent);
    }
    // 1 / 1.1 as a percentage, rounded down: the largest limit that can be written.
    let limit = Decimal::from_i128_with_scale(9_090_909_090, 8);
    c.report(place, Problem::OutOfRange(Range::up_to(limit)))
}

fn tiers(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Vec<Tier>> {
    let tiers = check::filled_list(c, json, place, tier)?;
    let last = tiers.len().saturating_sub(1);
    let mut lower: Option<Decimal> = None;
    for (index, tier) in tiers.iter().enumerate() {
        let item = Place::Item(place, index);
        let place = Place::Field(&item, "upTo");
        if (index == last) == tier.up_to.is_some() {
            c.report::<()>(&place, Problem::NotClosed);
        }
        if let (Some(lower), Some(upper)) = (lower, tier.up_to)
            && upper <= lower
        {
            c.report::<()>(&place, Problem::NotAscending);
        }
        lower = tier.up_to.or(lower);
    }
    Some(tiers)
}

fn tier(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Tier> {
    let object = Object::open(c, json, place, &["upTo", "percent"])?;
    let up_to = object.field(c, "upTo", Optional, check::amount);
    let percent = object.field(c, "percent", Required, check::percent);
    Some(Tier {
        up_to,
        percent: percent?,
    })
}

fn customs(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    home: Option<Currency>,
    rates: Option<&ExchangeRates>,
) -> Option<Customs> {
    let known = &[
        "basis",
        "cnyPerUnit",
        "dutyPercent",
        "additionalDutyPercent",
        "vatPercent",
        "vatRecoverable",
        "dutiableComponents",
        "taxableComponents",
        "vatUpliftPercent",
        "deMinimis",
    ];
    let object = Object::open(c, json, place, known)?;
    let basis = object.field(c, "basis", Required, check::choice::<Basis>);
    let cny_per_unit = object.field(c, "cnyPerUnit", Optional, |c, json, place| {
        cny_rate(c, json, place, home)
    });
    let duty_percent = object.field(c, "dutyPercent", Optional, check::percent);
    let additional_duty_percent =
        object.field(c, "additionalDutyPercent", Optional, check::percent);
    let vat_percent = object.field(c, "vatPercent", Optional, check::percent);
    let vat_recoverable = object.field(c, "vatRecoverable", Optional, check::flag);
    let dutiable = object.field(c, "dutiableComponents", Optional, components);
    let taxable = object.field(c, "taxableComponents", Optional, components);
    let vat_uplift_percent = object.field(c, "vatUpliftPercent", Optional, check::percent);
    let de_minimis = object.field(c, "deMinimis", Optional, de_minimis);
    let basis = basis?;
    Some(Customs {
        basis,
        cny_per_unit: cny_per_unit.or(rates.map(|rates| rates.cny_per_unit))?,
        duty_percent,
        additional_duty_percent,
        vat_percent: vat_percent.unwrap_or_default(),
        vat_recoverable: vat_recoverable.unwrap_or(false),
        dutiable: dutiable.unwrap_or_else(|| basis.dutiable()),
        taxable: taxable.unwrap_or_else(|| DEFAULT_TAXABLE.to_vec()),
        vat_uplift_percent: vat_uplift_percent.unwrap_or_default(),
        de_minimis,
    })
}

fn components(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<Vec<ChargeComponent>> {
    check::list(c, json, place, check::choice::<ChargeComponent>)
}

/// Checks the value of a field of customs by itself; `path` is the field's in a request.
pub(crate) fn check_customs_field(
    c: &mut Checker,
    json: &Json<'_>,
    place: &Place<'_>,
    path: &str,
) -> Option<()> {
    match path {
        "customs.basis" => check::choice::<Basis>(c, json, place).map(|_| ()),
        "customs.deMinimis.against" => check::choice::<Against>(c, json, place).map(|_| ()),
        "customs.deMinimis.dutyUpTo" | "customs.deMinimis.vatUpTo" => {
            check::amount(c, json, place).map(|_| ())
        }
        "customs.dutiableComponents" | "customs.taxableComponents" => {
            components(c, json, place).map(|_| ())
        }
        _ => check::percent(c, json, place).map(|_| ()),
    }
}

fn de_minimis(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<DeMinimis> {
    let object = Object::open(c, json, place, &["against", "dutyUpTo", "vatUpTo"])?;
    let against = object.field(c, "against", Optional, check::choice::<Against>);
    let duty_up_to = object.field(c, "dutyUpTo", Optional, check::amount);
    let vat_up_to = object.field(c, "vatUpTo", Optional, check::amount);
    Some(DeMinimis {
        against: against.unwrap_or(Against::Goods),
        duty_up_to,
        vat_up_to,
    })
}

fn shipment(c: &mut Checker, json: &Json<'_>, place: &Place<'_>) -> Option<(Mode, bool)> {
    let object = Object::open(c, json, place, &["mode", "dutiesIncluded"])?;
    let mode = object.field(c, "mode", Required, check::choice::<Mode>);
    let duties_included = object.field(c, "dutiesIncluded", Optional, check::flag);
    Some((mode?, duties_included.unwrap_or(false)))
}
