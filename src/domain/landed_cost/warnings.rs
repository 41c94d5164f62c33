//! What is legal, but worth a second look. Warnings change no number.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use super::breakdown::represented;
use super::calculation::{Calculation, Priced};
use super::measures::LineMeasures;
use super::request::{Carton, Charge, Key, Line, Measure, Rate};
use crate::money::{Figure, Nat, Ratio};

/// A warning: a place, a code, operands.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Warning {
    /// Where, as in the request.
    pub path: String,
    /// What.
    #[serde(flatten)]
    pub concern: Concern,
}

/// What is worth a second look.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(
    tag = "code",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Concern {
    /// A line has no value in a measure that a charge bills or shares by, though others have.
    MeasureMissing {
        /// The line's article.
        sku: String,
        /// What is missing.
        measure: Missing,
    },
    /// A charge by cartons, kg or m³ where there are none.
    ChargeIsZero {
        /// What there is none of.
        measure: Missing,
    },
    /// The freight contains duty and tax, but rates of duty or VAT are given.
    DutyIgnored,
    /// Customs is given, but no rate of duty at all, not even 0.
    NoDuty,
    /// A carton whose density is below 20 or above 2,000 kg/m³: often a mistake of units.
    DensityUnlikely {
        /// The line's article.
        sku: String,
        /// kg/m³, one decimal; missing where no decimal holds it.
        #[serde(skip_serializing_if = "Option::is_none")]
        kg_per_cbm: Option<Figure>,
    },
    /// Duty or VAT over 100 %, a fee over 50 %.
    PercentUnlikely {
        /// The percentage.
        percent: Figure,
    },
    /// A spread over 10 %.
    SpreadUnlikely {
        /// The spread.
        percent: Figure,
    },
    /// A divisor below 3,000 or above 10,000 cm³/kg.
    DivisorUnlikely {
        /// The divisor.
        divisor: Figure,
    },
    /// An article that stands on an earlier line too.
    DuplicateSku {
        /// The article.
        sku: String,
        /// The earlier line, counted from 0.
        earlier: usize,
    },
}

/// A measure that is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Missing {
    /// Cartons.
    Cartons,
    /// Gross weight.
    Weight,
    /// Volume.
    Volume,
}

impl Missing {
    /// All measures, in the order in which they are warned of.
    const ALL: [Missing; 3] = [Missing::Cartons, Missing::Weight, Missing::Volume];

    fn is_missing(self, line: &LineMeasures) -> bool {
        match self {
            Missing::Cartons => line.cartons == 0,
            Missing::Weight => line.weight.is_zero(),
            Missing::Volume => line.volume.is_zero(),
        }
    }
}

/// The densities of cartons that are likely, in kg/m³.
const LIKELY_DENSITY: (u128, u128) = (20, 2_000);

/// The warnings of a calculation: of the request as a whole, of its lines, of its charges.
pub fn warnings(calculation: &Calculation<'_>) -> Vec<Warning> {
    let mut found = Found(Vec::new());
    let request = calculation.request;
    let spread = request.rates.spread_percent;
    if spread > Decimal::TEN {
        let path = "exchangeRate.spreadPercent";
        found.add(
            path,
            Concern::SpreadUnlikely {
                percent: Figure(spread),
            },
        );
    }
    of_duty(calculation, &mut found);
    let missing = missing_measures(calculation);
    let mut first_lines = BTreeMap::new();
    for (index, line) in request.lines.iter().enumerate() {
        if let Some(earlier) = first_lines.get(line.sku.as_str()) {
            let sku = line.sku.clone();
            let earlier = *earlier;
            found.add(
                format!("lines[{index}].sku"),
                Concern::DuplicateSku { sku, earlier },
            );
        } else {
            first_lines.insert(line.sku.as_str(), index);
        }
        let of_line = missing.get(&index).map_or(&[][..], Vec::as_slice);
        for measure in Missing::ALL
            .iter()
            .filter(|measure| of_line.contains(measure))
        {
            let field = match measure {
                Missing::Cartons | Missing::Volume => "carton",
                Missing::Weight => "unitWeightKg",
            };
            let concern = Concern::MeasureMissing {
                sku: line.sku.clone(),
                measure: *measure,
            };
            found.add(format!("lines[{index}].{field}"), concern);
        }
        if let Some(carton) = &line.carton {
            of_density(index, line, carton, &mut found);
        }
        for (field, percent) in [
            ("dutyPercent", line.duty_percent),
            ("additionalDutyPercent", line.additional_duty_percent),
            ("vatPercent", line.vat_percent),
        ] {
            found.percent(percent, Decimal::ONE_HUNDRED, || {
                format!("lines[{index}].{field}")
            });
        }
    }
    for (index, charge) in request.charges.iter().enumerate() {
        of_rate(index, charge, &mut found);
    }
    for priced in &calculation.charges {
        if let Some(charge) = request.charges.get(priced.index) {
            of_nothing(calculation, priced, charge, &mut found);
        }
    }
    found.0
}

struct Found(Vec<Warning>);

impl Found {
    fn add(&mut self, path: impl Into<String>, concern: Concern) {
        let path = path.into();
        self.0.push(Warning { path, concern });
    }

    fn percent(
        &mut self,
        percent: Option<Decimal>,
        likely: Decimal,
        path: impl FnOnce() -> String,
    ) {
        if let Some(percent) = percent
            && percent > likely
        {
            self.add(
                path(),
                Concern::PercentUnlikely {
                    percent: Figure(percent),
                },
            );
        }
    }
}

fn of_duty(calculation: &Calculation<'_>, found: &mut Found) {
    let request = calculation.request;
    let Some(customs) = &request.customs else {
        let rated = request.lines.iter().any(line_has_rate);
        if request.duties_included && rated {
            found.add("shipment.dutiesIncluded", Concern::DutyIgnored);
        }
        return;
    };
    for (field, percent) in [
        ("dutyPercent", customs.duty_percent),
        ("additionalDutyPercent", customs.additional_duty_percent),
        ("vatPercent", Some(customs.vat_percent)),
    ] {
        found.percent(percent, Decimal::ONE_HUNDRED, || format!("customs.{field}"));
    }
    let customs_rates = [customs.duty_percent, customs.additional_duty_percent];
    if request.duties_included {
        let vat = Some(customs.vat_percent);
        let rated = customs_rates
            .iter()
            .chain([&vat])
            .any(|rate| above_zero(*rate));
        if rated || request.lines.iter().any(line_has_rate) {
            found.add("shipment.dutiesIncluded", Concern::DutyIgnored);
        }
    } else if customs_rates.iter().all(Option::is_none)
        && request
            .lines
            .iter()
            .all(|line| duty_rates(line).iter().all(Option::is_none))
    {
        found.add("customs.dutyPercent", Concern::NoDuty);
    }
}

fn duty_rates(line: &Line) -> [Option<Decimal>; 4] {
    [
        line.duty_percent,
        line.additional_duty_percent,
        line.duty_per_unit,
        line.duty_per_kg,
    ]
}

fn line_has_rate(line: &Line) -> bool {
    let rates = duty_rates(line);
    rates.into_iter().chain([line.vat_percent]).any(above_zero)
}

fn above_zero(rate: Option<Decimal>) -> bool {
    rate.is_some_and(|rate| !rate.is_zero())
}

fn of_density(index: usize, line: &Line, carton: &Carton, found: &mut Found) {
    let units = Nat::from(u128::from(carton.units));
    let kg = match (carton.gross_kg, line.unit_weight_kg) {
        (Some(gross), _) => Ratio::from(gross),
        (None, Some(unit)) if !unit.is_zero() => Ratio::from(unit).times_nat(&units),
        _ => return,
    };
    let cm3 = Ratio::from(carton.length_cm)
        .times(&Ratio::from(carton.width_cm))
        .times(&Ratio::from(carton.height_cm));
    let density = kg.divided_by(&cm3).times_nat(&Nat::ten_to(6));
    let (lowest, highest) = LIKELY_DENSITY;
    if density >= Ratio::whole(lowest) && density <= Ratio::whole(highest) {
        return;
    }
    let kg_per_cbm = represented(&density, 1).ok();
    let sku = line.sku.clone();
    found.add(
        format!("lines[{index}].carton"),
        Concern::DensityUnlikely { sku, kg_per_cbm },
    );
}

fn of_rate(index: usize, charge: &Charge, found: &mut Found) {
    let likely = Decimal::from(50);
    match &charge.rate {
        Rate::PercentOf { percent, .. } => {
            found.percent(Some(*percent), likely, || {
                format!("charges[{index}].rate.percent")
            });
        }
        Rate::TieredPercentOf { tiers, .. } => {
            for (tier, step) in tiers.iter().enumerate() {
                found.percent(Some(step.percent), likely, || {
                    format!("charges[{index}].rate.tiers[{tier}].percent")
                });
            }
        }
        Rate::ChargeableKg { weighing, .. } => {
            let divisor = weighing.divisor;
            if divisor < Decimal::from(3_000) || divisor > Decimal::from(10_000) {
                found.add(
                    format!("charges[{index}].rate.divisor"),
                    Concern::DivisorUnlikely {
                        divisor: Figure(divisor),
                    },
                );
            }
        }
        Rate::Flat { .. } | Rate::Per { .. } | Rate::RevenueTon { .. } => {}
    }
}

/// The measures that a rate bills.
fn billed(rate: &Rate) -> &'static [Missing] {
    match rate {
        Rate::Per { measure, .. } => match measure {
            Measure::Units => &[],
            Measure::Cartons => &[Missing::Cartons],
            Measure::Kg => &[Missing::Weight],
            Measure::Cbm => &[Missing::Volume],
        },
        Rate::ChargeableKg { .. } | Rate::RevenueTon { .. } => &[Missing::Weight, Missing::Volume],
        Rate::Flat { .. } | Rate::PercentOf { .. } | Rate::TieredPercentOf { .. } => &[],
    }
}

/// The measures that a charge is shared by.
fn shared_by(charge: &Charge) -> &'static [Missing] {
    match charge.allocate_by {
        Key::Weight => &[Missing::Weight],
        Key::Volume => &[Missing::Volume],
        Key::Value | Key::Units => &[],
        Key::Chargeable => match &charge.rate {
            Rate::ChargeableKg { .. } | Rate::RevenueTon { .. } => {
                &[Missing::Weight, Missing::Volume]
            }
            Rate::Per {
                measure: Measure::Cbm,
                ..
            } => &[Missing::Volume],
            Rate::Flat { .. }
            | Rate::Per { .. }
            | Rate::PercentOf { .. }
            | Rate::TieredPercentOf { .. } => &[Missing::Weight],
        },
    }
}

/// For each line, what it lacks although another line that the same charge sees has it.
fn missing_measures(calculation: &Calculation<'_>) -> BTreeMap<usize, Vec<Missing>> {
    let lines = calculation.measures.lines();
    let mut missing: BTreeMap<usize, Vec<Missing>> = BTreeMap::new();
    for priced in &calculation.charges {
        let Some(charge) = calculation.request.charges.get(priced.index) else {
            continue;
        };
        for measure in billed(&charge.rate).iter().chain(shared_by(charge)) {
            let seen = || {
                let indices = priced.lines.iter();
                indices.filter_map(|index| Some((*index, lines.get(*index)?)))
            };
            if seen().all(|(_, line)| measure.is_missing(line)) {
                continue;
            }
            for (index, _) in seen().filter(|(_, line)| measure.is_missing(line)) {
                let of_line = missing.entry(index).or_default();
                if !of_line.contains(measure) {
                    of_line.push(*measure);
                }
            }
        }
    }
    missing
}

/// A charge that bills measures of which there is nothing, and so costs nothing.
fn of_nothing(calculation: &Calculation<'_>, priced: &Priced, charge: &Charge, found: &mut Found) {
    let lines = calculation.measures.lines();
    let measures = billed(&charge.rate);
    let nothing = !measures.is_empty()
        && measures.iter().all(|measure| {
            let mut seen = priced.lines.iter().filter_map(|index| lines.get(*index));
            seen.all(|line| measure.is_missing(line))
        });
    if nothing
        && priced.amount == 0
        && let Some(measure) = measures.first()
    {
        let path = format!("charges[{}].rate", priced.index);
        found.add(path, Concern::ChargeIsZero { measure: *measure });
    }
}
