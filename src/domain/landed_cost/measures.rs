//! Cartons, weights and volumes of the lines, as whole numbers on a scale that all lines share.

use rust_decimal::Decimal;

use super::request::{Charge, Key, KgPrice, Line, Measure, Rate, Request, Weighed, Weighing};
use crate::money::{Nat, Ratio};

/// cm³ in a m³, as a power of ten.
const CM3_IN_CBM: u32 = 6;

/// The measures of a shipment. Weights are in units of `10^-weight_scale` kg, volumes in units of
/// `10^-volume_scale` cm³, so that sums and shares are exact.
pub struct Measures {
    lines: Vec<LineMeasures>,
    weight_scale: u32,
    volume_scale: u32,
}

/// The measures of one line.
pub struct LineMeasures {
    /// Units.
    pub quantity: u64,
    /// Cartons begun; 0 without a carton.
    pub cartons: u64,
    /// Gross weight.
    pub weight: Nat,
    /// Volume.
    pub volume: Nat,
    /// What is weighed when every carton is weighed by itself: how many packages, and weight and
    /// volume of one.
    package: (u64, Nat, Nat),
}

impl Measures {
    /// Measures the lines of a request.
    pub fn new(request: &Request) -> Measures {
        let weight_scale = request
            .lines
            .iter()
            .flat_map(|line| {
                let gross = line.carton.as_ref().and_then(|carton| carton.gross_kg);
                [line.unit_weight_kg, gross]
            })
            .flatten()
            .map(|weight| weight.scale())
            .max()
            .unwrap_or(0);
        let volume_scale = request
            .lines
            .iter()
            .filter_map(|line| line.carton.as_ref())
            .map(|carton| {
                [carton.length_cm, carton.width_cm, carton.height_cm]
                    .iter()
                    .fold(0_u32, |sum, side| sum.saturating_add(side.scale()))
            })
            .max()
            .unwrap_or(0);
        let lines = request
            .lines
            .iter()
            .map(|line| LineMeasures::new(line, weight_scale, volume_scale))
            .collect();
        Measures {
            lines,
            weight_scale,
            volume_scale,
        }
    }

    /// The measures of each line.
    pub fn lines(&self) -> &[LineMeasures] {
        &self.lines
    }

    /// A weight in kg.
    pub fn kg(&self, weight: &Nat) -> Ratio {
        Ratio::new(weight.clone(), Nat::ten_to(self.weight_scale))
    }

    /// A volume in m³.
    pub fn cbm(&self, volume: &Nat) -> Ratio {
        let scale = self.volume_scale.saturating_add(CM3_IN_CBM);
        Ratio::new(volume.clone(), Nat::ten_to(scale))
    }

    /// A volume in cm³.
    fn cm3(&self, volume: &Nat) -> Ratio {
        Ratio::new(volume.clone(), Nat::ten_to(self.volume_scale))
    }

    /// The sum of a measure over the lines that a charge sees.
    pub fn sum(&self, lines: &[usize], of: impl Fn(&LineMeasures) -> Nat) -> Nat {
        lines
            .iter()
            .filter_map(|index| self.lines.get(*index))
            .fold(Nat::ZERO, |sum, line| sum.plus(&of(line)))
    }

    /// Gross weight in kg of some lines.
    pub fn total_kg(&self, lines: &[usize]) -> Ratio {
        self.kg(&self.sum(lines, |line| line.weight.clone()))
    }

    /// Volume in m³ of some lines.
    pub fn total_cbm(&self, lines: &[usize]) -> Ratio {
        self.cbm(&self.sum(lines, |line| line.volume.clone()))
    }

    /// What a simple rate counts, over some lines.
    pub fn counted(&self, measure: Measure, lines: &[usize]) -> Ratio {
        match measure {
            Measure::Units => {
                let sum = self.sum(lines, |line| Nat::from(u128::from(line.quantity)));
                Ratio::new(sum, Nat::ONE)
            }
            Measure::Cartons => {
                let sum = self.sum(lines, |line| Nat::from(u128::from(line.cartons)));
                Ratio::new(sum, Nat::ONE)
            }
            Measure::Kg => self.total_kg(lines),
            Measure::Cbm => self.total_cbm(lines),
        }
    }

    /// The volumetric weight in kg of some lines.
    pub fn volumetric_kg(&self, lines: &[usize], divisor: Decimal) -> Ratio {
        self.cm3(&self.sum(lines, |line| line.volume.clone()))
            .divided_by(&Ratio::from(divisor))
    }

    /// The chargeable weight in kg of some lines, before the minimum: the larger of weight and
    /// volumetric weight, rounded up, of the shipment or of each carton.
    pub fn weighed_kg(&self, lines: &[usize], weighing: &Weighing) -> Ratio {
        let step = Ratio::from(weighing.round_up_to_kg);
        match weighing.per {
            Weighed::Shipment => self
                .total_kg(lines)
                .max(self.volumetric_kg(lines, weighing.divisor))
                .rounded_up_to(&step),
            Weighed::Carton => {
                let divisor = Ratio::from(weighing.divisor);
                // Every package has the same denominator within its kind (a weight, a volumetric
                // weight, a multiple of the step), so three sums stay small over any number of lines.
                let mut by_weight = Ratio::new(Nat::ZERO, Nat::ten_to(self.weight_scale));
                let mut by_volume = self.cm3(&Nat::ZERO).divided_by(&divisor);
                let mut by_step = Nat::ZERO;
                for line in lines.iter().filter_map(|index| self.lines.get(*index)) {
                    let (packages, weight, volume) = &line.package;
                    let packages = Nat::from(u128::from(*packages));
                    let actual = self.kg(weight);
                    let volumetric = self.cm3(volume).divided_by(&divisor);
                    if !step.is_zero() {
                        let steps = actual.max(volumetric).divided_by(&step).ceiling();
                        by_step = by_step.plus(&steps.times(&packages));
                    } else if volumetric > actual {
                        by_volume = by_volume.plus(&volumetric.times_nat(&packages));
                    } else {
                        by_weight = by_weight.plus(&actual.times_nat(&packages));
                    }
                }
                if step.is_zero() {
                    by_weight.plus(&by_volume)
                } else {
                    step.times_nat(&by_step)
                }
            }
        }
    }

    /// The keys by which a charge is shared among the lines it sees, as whole numbers with one unit.
    /// `values` are the lines' goods in minor units.
    pub fn keys(&self, charge: &Charge, lines: &[usize], values: &[u128]) -> (Key, Vec<Nat>) {
        let units = |line: &LineMeasures| Nat::from(u128::from(line.quantity));
        let by_value = || {
            lines
                .iter()
                .map(|index| Nat::from(values.get(*index).copied().unwrap_or(0)))
                .collect::<Vec<Nat>>()
        };
        let keys = match charge.allocate_by {
            Key::Value => by_value(),
            Key::Weight => self.each(lines, |line| line.weight.clone()),
            Key::Volume => self.each(lines, |line| line.volume.clone()),
            Key::Units => self.each(lines, units),
            Key::Chargeable => self.chargeable_keys(&charge.rate, lines),
        };
        if keys.iter().any(|key| !key.is_zero()) {
            return (charge.allocate_by, keys);
        }
        let keys = by_value();
        if keys.iter().any(|key| !key.is_zero()) {
            return (Key::Value, keys);
        }
        (Key::Units, self.each(lines, units))
    }

    fn each(&self, lines: &[usize], key: impl Fn(&LineMeasures) -> Nat) -> Vec<Nat> {
        lines
            .iter()
            .filter_map(|index| self.lines.get(*index))
            .map(key)
            .collect()
    }

    /// Each line's own larger of weight and what its volume counts as, brought to whole numbers.
    fn chargeable_keys(&self, rate: &Rate, lines: &[usize]) -> Vec<Nat> {
        // weight: w · 10^-weight_scale kg; volume: v · 10^-volume_scale cm³, which is as many kg as
        // its quotient by `cm3_per_kg`. Both are multiplied by all denominators.
        let cm3_per_kg = match rate {
            Rate::ChargeableKg { weighing, .. } => Ratio::from(weighing.divisor),
            // volume in m³ against weight / kgPerCbm: one kg counts as 10⁶ / kgPerCbm cm³.
            Rate::RevenueTon { kg_per_cbm, .. } => {
                Ratio::new(Nat::ten_to(CM3_IN_CBM), Nat::ONE).divided_by(&Ratio::from(*kg_per_cbm))
            }
            Rate::Per {
                measure: Measure::Cbm,
                ..
            } => return self.each(lines, |line| line.volume.clone()),
            Rate::Flat { .. }
            | Rate::Per { .. }
            | Rate::PercentOf { .. }
            | Rate::TieredPercentOf { .. } => return self.each(lines, |line| line.weight.clone()),
        };
        let weight_factor = cm3_per_kg
            .numerator()
            .times(&Nat::ten_to(self.volume_scale));
        let volume_factor = cm3_per_kg
            .denominator()
            .times(&Nat::ten_to(self.weight_scale));
        self.each(lines, |line| {
            let weight = line.weight.times(&weight_factor);
            weight.max(line.volume.times(&volume_factor))
        })
    }
}

impl LineMeasures {
    fn new(line: &Line, weight_scale: u32, volume_scale: u32) -> LineMeasures {
        let quantity = Nat::from(u128::from(line.quantity));
        let unit_weight = line
            .unit_weight_kg
            .map_or(Nat::ZERO, |weight| scaled(weight, weight_scale));
        let Some(carton) = &line.carton else {
            let weight = unit_weight.times(&quantity);
            return LineMeasures {
                quantity: line.quantity,
                cartons: 0,
                weight: weight.clone(),
                volume: Nat::ZERO,
                package: (1, weight, Nat::ZERO),
            };
        };
        let cartons = line.quantity.div_ceil(carton.units.max(1));
        let count = Nat::from(u128::from(cartons));
        let sides = [carton.length_cm, carton.width_cm, carton.height_cm];
        let (side_product, side_scale) =
            sides
                .iter()
                .fold((Nat::ONE, 0_u32), |(product, scale), side| {
                    let mantissa = Nat::from(side.mantissa().unsigned_abs());
                    (product.times(&mantissa), scale.saturating_add(side.scale()))
                });
        let carton_volume =
            side_product.times(&Nat::ten_to(volume_scale.saturating_sub(side_scale)));
        let (carton_weight, weight) = match carton.gross_kg {
            Some(gross) => {
                let gross = scaled(gross, weight_scale);
                let weight = gross.times(&count);
                (gross, weight)
            }
            None => (
                unit_weight.times(&Nat::from(u128::from(carton.units))),
                unit_weight.times(&quantity),
            ),
        };
        LineMeasures {
            quantity: line.quantity,
            cartons,
            weight,
            volume: carton_volume.times(&count),
            package: (cartons, carton_weight, carton_volume),
        }
    }
}

/// The net weight of a line in kg: its units' weights where given, else its gross weight.
pub fn net_kg(line: &Line, gross_kg: &Ratio) -> Ratio {
    match line.unit_weight_kg {
        Some(weight) => Ratio::from(weight).times_nat(&Nat::from(u128::from(line.quantity))),
        None => gross_kg.clone(),
    }
}

/// The kg that a chargeable weight costs: at least the minimum.
pub fn billed_kg(weighed: Ratio, weighing: &Weighing) -> Ratio {
    weighed.max(Ratio::from(weighing.minimum_kg))
}

/// What a chargeable weight costs, in the charge's currency.
pub fn kg_cost(kg: &Ratio, price: &KgPrice) -> Ratio {
    match price {
        KgPrice::Amount(amount) => kg.times(&Ratio::from(*amount)),
        KgPrice::Breaks(breaks) => breaks
            .iter()
            .map(|step| Ratio::from(step.amount).times(&Ratio::from(step.from_kg).max(kg.clone())))
            .min()
            .unwrap_or(Ratio::ZERO),
        KgPrice::FirstAndNext {
            first_kg,
            first_amount,
            next_kg,
            next_amount,
        } => {
            let steps = kg
                .minus_or_zero(&Ratio::from(*first_kg))
                .divided_by(&Ratio::from(*next_kg))
                .ceiling();
            Ratio::from(*first_amount).plus(&Ratio::from(*next_amount).times_nat(&steps))
        }
    }
}

/// A decimal in units of `10^-scale`, where `scale` is at least its own.
fn scaled(value: Decimal, scale: u32) -> Nat {
    Nat::from(value.mantissa().unsigned_abs())
        .times(&Nat::ten_to(scale.saturating_sub(value.scale())))
}
