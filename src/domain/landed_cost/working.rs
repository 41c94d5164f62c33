//! How amounts came about: codes with their operands, computed only where asked for.
//!
//! Beside the amounts of each object of the result stands `working`, with a field for each of them.

use std::cell::Cell;

use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::breakdown::{
    AGENT, ARRIVAL, FORWARDER, SUPPLIER, component_sums, decimal, payees, represented,
};
use super::calculation::{Calculation, LineState, PerComponent, Priced};
use super::measures::billed_kg;
use super::request::{Base, Charge, Component, Key, KgPrice, Rate, Weighed, Weighing};
use crate::check::Named;
use crate::issue::Issue;
use crate::money::{Currency, Figure, Nat, Ratio};

/// Working of the total.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TotalWorking {
    /// Of `total`.
    pub total: Working,
    /// Of `perUnit`.
    pub per_unit: Working,
}

/// Working of the cash.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CashWorking {
    /// Of `supplier`.
    pub supplier: Working,
    /// Of `agent`.
    pub agent: Working,
    /// Of `forwarder`.
    pub forwarder: Working,
    /// Of `customs`.
    pub customs: Working,
    /// Of `arrival`.
    pub arrival: Working,
    /// Of `total`.
    pub total: Working,
}

/// Working of a component.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ComponentWorking {
    /// Of `amount`.
    pub amount: Working,
    /// Of `percentOfTotal`.
    pub percent_of_total: Working,
    /// Of `perUnit`.
    pub per_unit: Working,
}

/// Working of a charge.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChargeAmountWorking {
    /// Of `amount`.
    pub amount: ChargeWorking,
}

/// Working of a line.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LineWorking {
    /// Of `total`.
    pub total: Working,
    /// Of `perUnit`.
    pub per_unit: Working,
    /// Of each of `components`.
    pub components: PerComponent<Working>,
}

/// Working of the shipment.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShipmentWorking {
    /// Of `chargeableKg`.
    pub chargeable_kg: Chargeable,
}

/// Working of customs.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomsWorking {
    /// Of `value`.
    pub value: Working,
    /// Of `duty`.
    pub duty: Working,
    /// Of `vatBase`.
    pub vat_base: Working,
    /// Of `vat`.
    pub vat: Working,
}

/// How an amount came about. Amounts are in home currency unless a name says otherwise.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(
    tag = "code",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Working {
    /// The sum of the parts.
    Sum {
        /// The parts that aren't zero.
        parts: Vec<Part>,
    },
    /// The sum over the lines, each of which has its own working.
    SumOfLines {
        /// How many lines.
        lines: usize,
    },
    /// The sum of charges.
    SumOfCharges {
        /// The charges.
        parts: Vec<ChargePart>,
    },
    /// What a line bears of charges.
    Shares {
        /// The charges.
        parts: Vec<Share>,
    },
    /// unitPriceCny × quantity ÷ (cnyPerUnit × (1 − spreadPercent ÷ 100)).
    Goods {
        /// Yuan for one unit.
        unit_price_cny: Figure,
        /// Units.
        quantity: u64,
        /// Yuan for one unit of the home currency.
        cny_per_unit: Figure,
        /// What the bank keeps, in percent.
        spread_percent: Figure,
    },
    /// customsValue × (percent + additionalPercent) ÷ 100 + perUnit × quantity + perKg × netKg.
    Duty {
        /// The line's customs value.
        customs_value: Figure,
        /// Ad valorem duty in percent.
        percent: Figure,
        /// Additional duty in percent.
        additional_percent: Figure,
        /// Specific duty for one unit.
        per_unit: Figure,
        /// Units.
        quantity: u64,
        /// Specific duty for one kg.
        per_kg: Figure,
        /// Net weight in kg.
        net_kg: Figure,
    },
    /// Nothing, because the freight contains duty and tax.
    DutiesIncluded,
    /// Nothing, because the value is not above a threshold.
    Relieved {
        /// The value that was compared.
        value: Figure,
        /// The threshold.
        up_to: Figure,
    },
    /// (customsValue × (1 + upliftPercent ÷ 100) + duty + taxable) × percent ÷ 100.
    Vat {
        /// The line's customs value.
        customs_value: Figure,
        /// What is added to it, in percent.
        uplift_percent: Figure,
        /// The line's duty.
        duty: Figure,
        /// What the line bears of taxable charges.
        taxable: Figure,
        /// VAT in percent.
        percent: Figure,
    },
    /// Nothing, because the VAT that is due is recovered. It is due as with `vat`.
    VatRecovered {
        /// What is due at the border.
        due: Figure,
        /// The line's customs value.
        customs_value: Figure,
        /// What is added to it, in percent.
        uplift_percent: Figure,
        /// The line's duty.
        duty: Figure,
        /// What the line bears of taxable charges.
        taxable: Figure,
        /// VAT in percent.
        percent: Figure,
    },
    /// subtotal × percent ÷ (100 − percent).
    Defects {
        /// The line without its defects.
        subtotal: Figure,
        /// Units of a hundred that can't be sold.
        percent: Figure,
    },
    /// goods at the rate of customs, and the dutiable parts of charges.
    CustomsValue {
        /// The goods at the rate of customs.
        goods: Figure,
        /// That rate: yuan for one unit of the home currency.
        cny_per_unit: Figure,
        /// The dutiable parts.
        parts: Vec<ChargePart>,
    },
    /// customsValue × (1 + upliftPercent ÷ 100) + duty, and the taxable parts of charges.
    VatBase {
        /// The customs value.
        customs_value: Figure,
        /// What is added to it, in percent.
        uplift_percent: Figure,
        /// The duty.
        duty: Figure,
        /// The taxable parts.
        parts: Vec<ChargePart>,
    },
    /// amount ÷ units.
    PerUnit {
        /// What is divided.
        amount: Figure,
        /// Good units.
        units: u64,
    },
    /// amount × 100 ÷ total.
    PercentOfTotal {
        /// The part.
        amount: Figure,
        /// The whole.
        total: Figure,
    },
}

/// A named part of a sum.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// What it is.
    pub name: PartName,
    /// The amount.
    pub amount: Figure,
}

/// What a part of a sum is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase", untagged)]
pub enum PartName {
    /// A component.
    Component(Component),
    /// A payee.
    Payee(Payee),
}

/// Who is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Payee {
    /// The supplier.
    Supplier,
    /// The sourcing agent.
    Agent,
    /// The forwarder.
    Forwarder,
    /// Customs.
    Customs,
    /// Whoever is paid on arrival.
    Arrival,
}

/// What a charge adds.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargePart {
    /// The charge's index in the request.
    pub charge: usize,
    /// Its component.
    pub component: Component,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What it adds.
    pub amount: Figure,
    /// The percentage of the charge that this is, where only a share of it joins a value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent_of_charge: Option<Figure>,
}

/// What a line bears of a charge.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// What the line bears, and of which charge.
    #[serde(flatten)]
    pub part: ChargePart,
    /// The whole charge.
    pub of: Figure,
    /// By what it was shared.
    pub by: Key,
    /// The line's share of that, in percent, 4 decimals.
    pub percent: Figure,
}

/// How a charge came about: its rate, its limits, its exchange rate.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargeWorking {
    /// The rate with its operands.
    #[serde(flatten)]
    pub rate: RateWorking,
    /// The charge's currency, in which its rate and limits are.
    pub currency: Currency,
    /// At least this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Figure>,
    /// At most this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Figure>,
    /// The amount in the charge's currency before conversion, 4 decimals, where it was converted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_amount: Option<Figure>,
    /// Units of the charge's currency for one unit of the home currency, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_home_unit: Option<Figure>,
    /// What the bank keeps of it, in percent, for yuan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spread_percent: Option<Figure>,
}

/// A rate with its operands.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(
    tag = "code",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum RateWorking {
    /// amount.
    Flat {
        /// The amount.
        amount: Figure,
    },
    /// amount × units.
    PerUnit {
        /// For one unit.
        amount: Figure,
        /// Units.
        count: Figure,
    },
    /// amount × cartons.
    PerCarton {
        /// For one carton.
        amount: Figure,
        /// Cartons.
        count: Figure,
    },
    /// amount × kg.
    PerKg {
        /// For one kg.
        amount: Figure,
        /// Gross weight in kg.
        count: Figure,
    },
    /// amount × m³.
    PerCbm {
        /// For one m³.
        amount: Figure,
        /// Volume in m³.
        count: Figure,
    },
    /// amount × kg.
    PerChargeableKg {
        /// How the weight came about.
        weight: Chargeable,
        /// For one kg.
        amount: Figure,
    },
    /// The cheapest of amount × max(kg, fromKg).
    WeightBreaks {
        /// How the weight came about.
        weight: Chargeable,
        /// The cheapest break's weight.
        from_kg: Figure,
        /// The cheapest break's amount for one kg.
        amount: Figure,
    },
    /// firstAmount + steps × nextAmount.
    FirstAndNextKg {
        /// How the weight came about.
        weight: Chargeable,
        /// What the first amount covers.
        first_kg: Figure,
        /// The first amount.
        first_amount: Figure,
        /// The size of a step.
        next_kg: Figure,
        /// The amount for a step.
        next_amount: Figure,
    },
    /// amount × max(cbm, kg ÷ kgPerCbm, minimumTons).
    PerRevenueTon {
        /// For one revenue ton.
        amount: Figure,
        /// Volume in m³.
        cbm: Figure,
        /// Gross weight in kg.
        kg: Figure,
        /// Kilograms that count as one m³.
        kg_per_cbm: Figure,
        /// At least so many tons.
        minimum_tons: Figure,
    },
    /// base × percent ÷ 100.
    PercentOf {
        /// What the base is.
        of: Base,
        /// Its value in home currency.
        base: Figure,
        /// Percent.
        percent: Figure,
    },
    /// 1.1 × base × percent ÷ (100 − 1.1 × percent): 110 % is insured, the premium inside.
    Insurance {
        /// Goods, domestic shipping, packaging and international shipping.
        base: Figure,
        /// The premium rate in percent.
        percent: Figure,
    },
    /// Marginal percentages of a base.
    TieredPercentOf {
        /// What the base is.
        of: Base,
        /// Its value in home currency.
        base: Figure,
        /// The tiers, in the charge's currency.
        tiers: Vec<TierWorking>,
    },
}

/// A tier of marginal percentages.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TierWorking {
    /// Its end; the last tier is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Figure>,
    /// Percent of what lies in it.
    pub percent: Figure,
}

/// How a chargeable weight came about.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Chargeable {
    /// The weight that is billed, in kg, 3 decimals.
    pub kg: Figure,
    /// Gross weight in kg.
    pub gross_kg: Figure,
    /// Volume ÷ divisor in kg.
    pub volumetric_kg: Figure,
    /// cm³ that count as one kg.
    pub divisor: Figure,
    /// Whether the shipment or each carton is weighed.
    pub per: Weighed,
    /// Rounded up to a multiple of this.
    pub round_up_to_kg: Figure,
    /// At least this.
    pub minimum_kg: Figure,
    /// What decided.
    pub governed_by: GovernedBy,
}

/// What decided a chargeable weight.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum GovernedBy {
    /// The gross weight.
    Weight,
    /// The volume.
    Volume,
    /// The minimum.
    Minimum,
    /// Each carton by itself: for some the weight, for others the volume.
    Cartons,
}

impl Serialize for PerComponent<Working> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Component::NAMES.len()))?;
        for (name, working) in Component::NAMES.iter().zip(self.values()) {
            map.serialize_entry(name, working)?;
        }
        map.end()
    }
}

/// Makes the workings of a calculation.
pub struct Workings<'c, 'r> {
    calculation: &'c Calculation<'r>,
    sums: PerComponent<u128>,
    total: u128,
    units: u64,
    /// The sum of the keys of each charge.
    key_sums: Vec<Nat>,
    /// Whether a figure was met that no decimal holds.
    is_too_large: Cell<bool>,
}

impl<'c, 'r> Workings<'c, 'r> {
    /// The workings of a calculation.
    pub fn new(calculation: &'c Calculation<'r>) -> Workings<'c, 'r> {
        let lines = calculation.request.lines.iter();
        Workings {
            calculation,
            sums: component_sums(calculation),
            total: calculation.sum(LineState::total),
            units: lines.fold(0, |sum: u64, line| sum.saturating_add(line.quantity)),
            key_sums: calculation
                .charges
                .iter()
                .map(|priced| priced.keys.iter().sum())
                .collect(),
            is_too_large: Cell::new(false),
        }
    }

    /// Whether a figure of the workings made so far can't be represented.
    pub fn is_too_large(&self) -> bool {
        self.is_too_large.get()
    }

    /// Working of the total.
    pub fn total(&self) -> TotalWorking {
        TotalWorking {
            total: self.sum_of(&self.sums, Component::ALL),
            per_unit: self.per_unit(self.total, self.units),
        }
    }

    /// Working of the cash.
    pub fn cash(&self) -> CashWorking {
        let payees = payees(self.calculation, &self.sums);
        let names = [
            Payee::Supplier,
            Payee::Agent,
            Payee::Forwarder,
            Payee::Customs,
            Payee::Arrival,
        ];
        let parts = names.into_iter().map(PartName::Payee).zip(payees);
        let vat_due = self.calculation.sum(|line| line.vat_due);
        let duty = self.sums.get(Component::ImportDuty);
        CashWorking {
            supplier: self.sum_of(&self.sums, &SUPPLIER),
            agent: self.sum_of(&self.sums, &AGENT),
            forwarder: self.sum_of(&self.sums, &FORWARDER),
            customs: self.sum([
                (PartName::Component(Component::ImportDuty), duty),
                (PartName::Component(Component::Vat), vat_due),
            ]),
            arrival: self.sum_of(&self.sums, &ARRIVAL),
            total: self.sum(parts),
        }
    }

    /// Working of a component.
    pub fn component(&self, component: Component) -> ComponentWorking {
        let amount = self.sums.get(component);
        let charges = self.charge_parts(|charge, priced| {
            (charge.component.component() == component).then_some(priced.amount)
        });
        ComponentWorking {
            amount: match component {
                Component::Goods | Component::ImportDuty | Component::Vat | Component::Defects => {
                    Working::SumOfLines {
                        lines: self.calculation.lines.len(),
                    }
                }
                Component::DomesticShipping
                | Component::Packaging
                | Component::Inspection
                | Component::AgentFee
                | Component::PaymentFee
                | Component::InternationalShipping
                | Component::Insurance
                | Component::Destination => Working::SumOfCharges { parts: charges },
            },
            percent_of_total: Working::PercentOfTotal {
                amount: self.amount(amount),
                total: self.amount(self.total),
            },
            per_unit: self.per_unit(amount, self.units),
        }
    }

    /// Working of a charge.
    pub fn charge(&self, priced: &Priced, charge: &Charge) -> ChargeAmountWorking {
        let request = self.calculation.request;
        let (per_home_unit, spread_percent) = if charge.currency == request.home {
            (None, None)
        } else if charge.currency == Currency::CNY {
            let spread = request.rates.spread_percent;
            let spread = (!spread.is_zero()).then_some(spread);
            (Some(request.rates.cny_per_unit), spread)
        } else {
            let mut others = request.rates.others.iter();
            let rate = others.find(|(other, _)| *other == charge.currency);
            (rate.map(|(_, rate)| *rate), None)
        };
        let own_amount = match &priced.own {
            Some(own) if charge.currency != request.home => Some(self.shown(own, 4)),
            _ => None,
        };
        ChargeAmountWorking {
            amount: ChargeWorking {
                rate: self.rate(priced, &charge.rate),
                currency: charge.currency,
                minimum: charge.minimum.map(Figure),
                maximum: charge.maximum.map(Figure),
                own_amount,
                per_home_unit: per_home_unit.map(Figure),
                spread_percent: spread_percent.map(Figure),
            },
        }
    }

    fn rate(&self, priced: &Priced, rate: &Rate) -> RateWorking {
        use super::request::Measure;
        let measures = &self.calculation.measures;
        let base = self.amount(priced.base.unwrap_or(0));
        match rate {
            Rate::Flat { amount } => RateWorking::Flat {
                amount: Figure(*amount),
            },
            Rate::Per { measure, amount } => {
                let amount = Figure(*amount);
                let decimals = match measure {
                    Measure::Units | Measure::Cartons => 0,
                    Measure::Kg => 3,
                    Measure::Cbm => 6,
                };
                let count = self.shown(&measures.counted(*measure, &priced.lines), decimals);
                match measure {
                    Measure::Units => RateWorking::PerUnit { amount, count },
                    Measure::Cartons => RateWorking::PerCarton { amount, count },
                    Measure::Kg => RateWorking::PerKg { amount, count },
                    Measure::Cbm => RateWorking::PerCbm { amount, count },
                }
            }
            Rate::ChargeableKg { weighing, price } => {
                let weight = self.chargeable(priced, weighing);
                match price {
                    KgPrice::Amount(amount) => RateWorking::PerChargeableKg {
                        weight,
                        amount: Figure(*amount),
                    },
                    KgPrice::Breaks(breaks) => {
                        let kg = priced.weighed_kg.clone().unwrap_or(Ratio::ZERO);
                        let cheapest = breaks.iter().min_by_key(|step| {
                            Ratio::from(step.amount)
                                .times(&Ratio::from(step.from_kg).max(kg.clone()))
                        });
                        RateWorking::WeightBreaks {
                            weight,
                            from_kg: cheapest.map(|step| step.from_kg).unwrap_or_default().into(),
                            amount: cheapest.map(|step| step.amount).unwrap_or_default().into(),
                        }
                    }
                    KgPrice::FirstAndNext {
                        first_kg,
                        first_amount,
                        next_kg,
                        next_amount,
                    } => RateWorking::FirstAndNextKg {
                        weight,
                        first_kg: Figure(*first_kg),
                        first_amount: Figure(*first_amount),
                        next_kg: Figure(*next_kg),
                        next_amount: Figure(*next_amount),
                    },
                }
            }
            Rate::RevenueTon {
                amount,
                kg_per_cbm,
                minimum_tons,
            } => RateWorking::PerRevenueTon {
                amount: Figure(*amount),
                cbm: self.shown(&measures.total_cbm(&priced.lines), 6),
                kg: self.shown(&measures.total_kg(&priced.lines), 3),
                kg_per_cbm: Figure(*kg_per_cbm),
                minimum_tons: Figure(*minimum_tons),
            },
            Rate::PercentOf {
                base: Base::InsuredValue,
                percent,
            } => RateWorking::Insurance {
                base,
                percent: Figure(*percent),
            },
            Rate::PercentOf { base: of, percent } => RateWorking::PercentOf {
                of: *of,
                base,
                percent: Figure(*percent),
            },
            Rate::TieredPercentOf { base: of, tiers } => RateWorking::TieredPercentOf {
                of: *of,
                base,
                tiers: tiers
                    .iter()
                    .map(|tier| TierWorking {
                        up_to: tier.up_to.map(Figure),
                        percent: Figure(tier.percent),
                    })
                    .collect(),
            },
        }
    }

    /// Working of the weight that the last charge by chargeable weight billed.
    pub fn shipment(&self, priced: &Priced) -> Option<ShipmentWorking> {
        let charge = self.calculation.request.charges.get(priced.index)?;
        match &charge.rate {
            Rate::ChargeableKg { weighing, .. } => Some(ShipmentWorking {
                chargeable_kg: self.chargeable(priced, weighing),
            }),
            Rate::Flat { .. }
            | Rate::Per { .. }
            | Rate::RevenueTon { .. }
            | Rate::PercentOf { .. }
            | Rate::TieredPercentOf { .. } => None,
        }
    }

    fn chargeable(&self, priced: &Priced, weighing: &Weighing) -> Chargeable {
        let measures = &self.calculation.measures;
        let gross = measures.total_kg(&priced.lines);
        let volumetric = measures.volumetric_kg(&priced.lines, weighing.divisor);
        let weighed = measures.weighed_kg(&priced.lines, weighing);
        Chargeable {
            kg: self.shown(&billed_kg(weighed, weighing), 3),
            gross_kg: self.shown(&gross, 3),
            volumetric_kg: self.shown(&volumetric, 3),
            divisor: Figure(weighing.divisor),
            per: weighing.per,
            round_up_to_kg: Figure(weighing.round_up_to_kg),
            minimum_kg: Figure(weighing.minimum_kg),
            governed_by: self.calculation.weighed_by(priced, weighing),
        }
    }

    /// Working of a line.
    pub fn line(&self, index: usize, state: &LineState) -> LineWorking {
        let quantity = self.quantity(index);
        LineWorking {
            total: self.sum_of(&state.components, Component::ALL),
            per_unit: self.per_unit(state.total(), quantity),
            components: PerComponent::from_fn(|component| {
                self.line_component(index, state, component)
            }),
        }
    }

    fn quantity(&self, index: usize) -> u64 {
        let line = self.calculation.request.lines.get(index);
        line.map_or(0, |line| line.quantity)
    }

    fn line_component(&self, index: usize, state: &LineState, component: Component) -> Working {
        let line = self.calculation.request.lines.get(index);
        match component {
            Component::Goods => Working::Goods {
                unit_price_cny: line
                    .map(|line| line.unit_price_cny)
                    .unwrap_or_default()
                    .into(),
                quantity: self.quantity(index),
                cny_per_unit: Figure(self.calculation.request.rates.cny_per_unit),
                spread_percent: Figure(self.calculation.request.rates.spread_percent),
            },
            Component::ImportDuty => self
                .not_due(self.calculation.duty_relieved, true)
                .unwrap_or_else(|| Working::Duty {
                    customs_value: self.amount(state.customs_value),
                    percent: self
                        .calculation
                        .duty_percent(index)
                        .unwrap_or_default()
                        .into(),
                    additional_percent: self
                        .calculation
                        .additional_duty_percent(index)
                        .unwrap_or_default()
                        .into(),
                    per_unit: line
                        .and_then(|line| line.duty_per_unit)
                        .unwrap_or_default()
                        .into(),
                    quantity: self.quantity(index),
                    per_kg: line
                        .and_then(|line| line.duty_per_kg)
                        .unwrap_or_default()
                        .into(),
                    net_kg: self.shown(&self.calculation.net_kg(index), 3),
                }),
            Component::Vat => self.vat(index, state),
            Component::Defects => Working::Defects {
                subtotal: self.amount(
                    state
                        .total()
                        .saturating_sub(state.components.get(Component::Defects)),
                ),
                percent: line
                    .map(|line| line.defect_percent)
                    .unwrap_or_default()
                    .into(),
            },
            Component::DomesticShipping
            | Component::Packaging
            | Component::Inspection
            | Component::AgentFee
            | Component::PaymentFee
            | Component::InternationalShipping
            | Component::Insurance
            | Component::Destination => Working::Shares {
                parts: self.shares(index, component),
            },
        }
    }

    fn vat(&self, index: usize, state: &LineState) -> Working {
        if let Some(working) = self.not_due(self.calculation.vat_relieved, false) {
            return working;
        }
        if self.calculation.customs.vat_recoverable {
            return Working::VatRecovered {
                due: self.amount(state.vat_due),
                customs_value: self.amount(state.customs_value),
                uplift_percent: Figure(self.calculation.customs.vat_uplift_percent),
                duty: self.amount(state.components.get(Component::ImportDuty)),
                taxable: self.amount(state.taxable),
                percent: Figure(self.calculation.vat_percent(index)),
            };
        }
        Working::Vat {
            customs_value: self.amount(state.customs_value),
            uplift_percent: Figure(self.calculation.customs.vat_uplift_percent),
            duty: self.amount(state.components.get(Component::ImportDuty)),
            taxable: self.amount(state.taxable),
            percent: Figure(self.calculation.vat_percent(index)),
        }
    }

    /// Why no duty or VAT is due, where a reason covers the whole shipment.
    fn not_due(&self, relieved: bool, duty: bool) -> Option<Working> {
        if self.calculation.request.duties_included {
            return Some(Working::DutiesIncluded);
        }
        let de_minimis = self.calculation.customs.de_minimis.as_ref()?;
        let up_to = if duty {
            de_minimis.duty_up_to
        } else {
            de_minimis.vat_up_to
        };
        relieved.then(|| Working::Relieved {
            value: self.amount(self.calculation.compared(de_minimis.against)),
            up_to: up_to.unwrap_or_default().into(),
        })
    }

    fn shares(&self, index: usize, component: Component) -> Vec<Share> {
        let mut shares = Vec::new();
        let charges = &self.calculation.request.charges;
        for (priced, sum) in self.calculation.charges.iter().zip(&self.key_sums) {
            let charge = charges.get(priced.index);
            let charge = charge.filter(|charge| charge.component.component() == component);
            let Some(charge) = charge else {
                continue;
            };
            // The lines of a charge ascend.
            let Ok(position) = priced.lines.binary_search(&index) else {
                continue;
            };
            let key = priced.keys.get(position).cloned().unwrap_or(Nat::ZERO);
            let percent = Ratio::new(key.times(&Nat::from(100)), sum.clone());
            let amount = priced.shares.get(position).copied().unwrap_or(0);
            shares.push(Share {
                part: self.charge_part(charge, priced.index, amount),
                of: self.amount(priced.amount),
                by: priced.key,
                percent: self.shown(&percent, 4),
            });
        }
        shares
    }

    /// Working of customs.
    pub fn customs(&self) -> CustomsWorking {
        let calculation = self.calculation;
        let lines = calculation.lines.len();
        let sum_of_lines = Working::SumOfLines { lines };
        let goods = calculation.sum(|line| line.customs_goods);
        CustomsWorking {
            value: Working::CustomsValue {
                goods: self.amount(goods),
                cny_per_unit: Figure(calculation.customs.cny_per_unit),
                parts: self.joined(
                    |charge| calculation.dutiable_percent(charge),
                    |priced| priced.dutiable,
                ),
            },
            duty: self
                .not_due(calculation.duty_relieved, true)
                .unwrap_or(sum_of_lines.clone()),
            vat_base: Working::VatBase {
                customs_value: self.amount(calculation.customs_value()),
                uplift_percent: Figure(calculation.customs.vat_uplift_percent),
                duty: self.amount(self.sums.get(Component::ImportDuty)),
                parts: self.joined(
                    |charge| {
                        let dutiable = calculation.dutiable_percent(charge);
                        let rest = Decimal::ONE_HUNDRED.checked_sub(dutiable);
                        rest.unwrap_or_default()
                    },
                    |priced| priced.taxable,
                ),
            },
            vat: self
                .not_due(calculation.vat_relieved, false)
                .unwrap_or(sum_of_lines),
        }
    }

    /// The parts of charges that joined a value, with their percentages where they aren't all of it.
    fn joined(
        &self,
        percent: impl Fn(&Charge) -> Decimal,
        amount: impl Fn(&Priced) -> u128,
    ) -> Vec<ChargePart> {
        let mut parts =
            self.charge_parts(|_, priced| Some(amount(priced)).filter(|amount| *amount > 0));
        for part in &mut parts {
            let charge = self.calculation.request.charges.get(part.charge);
            let percent = charge.map(&percent);
            part.percent_of_charge = percent
                .filter(|percent| *percent != Decimal::ONE_HUNDRED)
                .map(Figure);
        }
        parts
    }

    fn charge_parts(&self, amount: impl Fn(&Charge, &Priced) -> Option<u128>) -> Vec<ChargePart> {
        let charges = &self.calculation.request.charges;
        self.calculation
            .charges
            .iter()
            .filter_map(|priced| {
                let charge = charges.get(priced.index)?;
                let amount = amount(charge, priced)?;
                Some(self.charge_part(charge, priced.index, amount))
            })
            .collect()
    }

    fn charge_part(&self, charge: &Charge, index: usize, amount: u128) -> ChargePart {
        ChargePart {
            charge: index,
            component: charge.component.component(),
            label: charge.label.clone(),
            amount: self.amount(amount),
            percent_of_charge: None,
        }
    }

    fn sum_of(&self, amounts: &PerComponent<u128>, components: &[Component]) -> Working {
        self.sum(
            components
                .iter()
                .map(|component| (PartName::Component(*component), amounts.get(*component))),
        )
    }

    fn sum(&self, parts: impl IntoIterator<Item = (PartName, u128)>) -> Working {
        Working::Sum {
            parts: parts
                .into_iter()
                .filter(|(_, amount)| *amount > 0)
                .map(|(name, amount)| Part {
                    name,
                    amount: self.amount(amount),
                })
                .collect(),
        }
    }

    fn per_unit(&self, amount: u128, units: u64) -> Working {
        Working::PerUnit {
            amount: self.amount(amount),
            units,
        }
    }

    /// Minor units as a decimal. What the result holds has been checked to fit before.
    fn amount(&self, minor: u128) -> Figure {
        let decimals = self.calculation.request.home.decimals();
        self.held(decimal(&Nat::from(minor), decimals))
    }

    /// A measure as a decimal.
    fn shown(&self, value: &Ratio, decimals: u32) -> Figure {
        self.held(represented(value, decimals))
    }

    /// A figure; one that no decimal holds makes the result too large.
    fn held(&self, figure: Result<Figure, Issue>) -> Figure {
        figure.unwrap_or_else(|_| {
            self.is_too_large.set(true);
            Figure::default()
        })
    }
}
