//! The result: what an order costs at the door, by component, charge and line.

use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::calculation::{Calculation, LineState, PerComponent};
use super::request::{Basis, ChargeComponent, Component, Request};
use super::warnings::{Warning, warnings};
use super::working::{
    CashWorking, ChargeAmountWorking, ComponentWorking, CustomsWorking, GovernedBy, LineWorking,
    ShipmentWorking, TotalWorking, Workings,
};
use crate::check::Named;
use crate::issue::{Issue, Problem};
use crate::money::{Figure, MAX_MANTISSA, Nat, Ratio};

/// Decimals of an amount for one unit.
const PER_UNIT_DECIMALS: u32 = 4;
/// Decimals of a percentage.
const PERCENT_DECIMALS: u32 = 2;
/// Decimals of a weight in kg.
const KG_DECIMALS: u32 = 3;
/// Decimals of a volume in m³.
const CBM_DECIMALS: u32 = 6;

/// The landed cost of an order. Amounts are in home currency with its minor unit's decimals; the
/// parts sum to the whole exactly, by component and by line.
///
/// `W` is the form of the warnings: a layer that knows a language can put sentences into them.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LandedCost<W = Warning> {
    /// ISO 4217.
    pub home_currency: &'static str,
    /// The sum of all components.
    pub total: Figure,
    /// Units ordered, all of them good: what bad ones cost is in the defects.
    pub units: u64,
    /// Total for one good unit, 4 decimals.
    pub per_unit: Figure,
    /// Who is paid what.
    pub cash: Cash,
    /// All twelve components.
    pub components: Vec<ComponentCost>,
    /// The charges that exist, in the order in which they are computed.
    pub charges: Vec<ChargeCost>,
    /// The lines, in the order of the request.
    pub lines: Vec<LineCost>,
    /// What travels.
    pub shipment: Shipment,
    /// What customs sees.
    pub customs: CustomsCost,
    /// What is worth a second look; warnings change no number.
    pub warnings: Vec<W>,
    /// How total and perUnit came about, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<TotalWorking>,
}

impl LandedCost {
    /// The same result with its warnings in another form.
    #[must_use]
    pub fn map_warnings<W>(self, change: impl FnMut(Warning) -> W) -> LandedCost<W> {
        LandedCost {
            home_currency: self.home_currency,
            total: self.total,
            units: self.units,
            per_unit: self.per_unit,
            cash: self.cash,
            components: self.components,
            charges: self.charges,
            lines: self.lines,
            shipment: self.shipment,
            customs: self.customs,
            warnings: self.warnings.into_iter().map(change).collect(),
            working: self.working,
        }
    }
}

/// Who is paid what. Defects are a provision, not cash.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cash {
    /// Goods and domestic shipping.
    pub supplier: Figure,
    /// Packaging, inspection, agent fee, payment fee.
    pub agent: Figure,
    /// International shipping and insurance.
    pub forwarder: Figure,
    /// Duty and VAT due, recoverable or not.
    pub customs: Figure,
    /// Destination charges.
    pub arrival: Figure,
    /// The sum.
    pub total: Figure,
    /// How the amounts came about, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<CashWorking>,
}

/// One component over all lines.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ComponentCost {
    /// The component.
    pub component: Component,
    /// What it costs.
    pub amount: Figure,
    /// Its percentage of the total, 2 decimals; 0.00 where the total is 0.
    pub percent_of_total: Figure,
    /// For one good unit, 4 decimals.
    pub per_unit: Figure,
    /// How the amounts came about, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<ComponentWorking>,
}

/// One charge.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargeCost {
    /// The component it belongs to.
    pub component: ChargeComponent,
    /// The buyer's name for it.
    pub label: Option<String>,
    /// What it costs, in home currency.
    pub amount: Figure,
    /// How the amount came about, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<ChargeAmountWorking>,
}

/// One line.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LineCost {
    /// The article.
    pub sku: String,
    /// Units.
    pub quantity: u64,
    /// The sum of its components.
    pub total: Figure,
    /// Total for one good unit, 4 decimals.
    pub per_unit: Figure,
    /// All twelve components.
    pub components: PerComponent<Figure>,
    /// How the amounts came about, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<LineWorking>,
}

/// What travels.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shipment {
    /// Cartons.
    pub cartons: u64,
    /// Gross weight in kg, 3 decimals.
    pub gross_kg: Figure,
    /// Volume in m³, 6 decimals.
    pub volume_cbm: Figure,
    /// The kg billed by the last charge by chargeable weight, 3 decimals.
    pub chargeable_kg: Option<Figure>,
    /// What decided that weight. Not written: the working has it.
    #[serde(skip)]
    pub governed_by: Option<GovernedBy>,
    /// How the chargeable weight came about, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<ShipmentWorking>,
}

/// What customs sees.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomsCost {
    /// What the customs value contains; `None` where the request has no customs.
    pub basis: Option<Basis>,
    /// The customs value.
    pub value: Figure,
    /// Import duty.
    pub duty: Figure,
    /// The base of the VAT.
    pub vat_base: Figure,
    /// The VAT that is due, recovered or not.
    pub vat: Figure,
    /// Whether the buyer gets the VAT back.
    pub vat_recoverable: bool,
    /// Whether a threshold relieves the duty.
    pub duty_relieved: bool,
    /// Whether a threshold relieves the VAT.
    pub vat_relieved: bool,
    /// How the amounts came about, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working: Option<CustomsWorking>,
}

impl Serialize for PerComponent<Figure> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Component::NAMES.len()))?;
        for (name, value) in Component::NAMES.iter().zip(self.values()) {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Makes the result of a calculation.
///
/// # Errors
/// [`Problem::TooLarge`] where a figure can't be represented.
pub fn breakdown(calculation: &Calculation<'_>) -> Result<LandedCost, Issue> {
    let request = calculation.request;
    let writer = Writer {
        decimals: request.home.decimals(),
    };
    let workings = request.explain.then(|| Workings::new(calculation));
    let units: u64 = request
        .lines
        .iter()
        .fold(0, |sum: u64, line| sum.saturating_add(line.quantity));
    let total = calculation.sum(LineState::total);
    let sums = component_sums(calculation);
    let components = Component::ALL
        .iter()
        .map(|component| {
            let amount = sums.get(*component);
            Ok(ComponentCost {
                component: *component,
                amount: writer.amount(amount)?,
                percent_of_total: writer.percent(amount, total)?,
                per_unit: writer.per_unit(amount, units)?,
                working: workings.as_ref().map(|all| all.component(*component)),
            })
        })
        .collect::<Result<_, Issue>>()?;
    let charges = calculation
        .charges
        .iter()
        .filter_map(|priced| Some((priced, request.charges.get(priced.index)?)))
        .map(|(priced, charge)| {
            Ok(ChargeCost {
                component: charge.component,
                label: charge.label.clone(),
                amount: writer.amount(priced.amount)?,
                working: workings.as_ref().map(|all| all.charge(priced, charge)),
            })
        })
        .collect::<Result<_, Issue>>()?;
    let lines = request
        .lines
        .iter()
        .zip(&calculation.lines)
        .enumerate()
        .map(|(index, (line, state))| {
            Ok(LineCost {
                sku: line.sku.clone(),
                quantity: line.quantity,
                total: writer.amount(state.total())?,
                per_unit: writer.per_unit(state.total(), line.quantity)?,
                components: writer.components(&state.components)?,
                working: workings.as_ref().map(|all| all.line(index, state)),
            })
        })
        .collect::<Result<_, Issue>>()?;
    let result = LandedCost {
        home_currency: request.home.code(),
        total: writer.amount(total)?,
        units,
        per_unit: writer.per_unit(total, units)?,
        cash: cash(calculation, &sums, writer, workings.as_ref())?,
        components,
        charges,
        lines,
        shipment: shipment(calculation, request, workings.as_ref())?,
        customs: customs(calculation, request, writer, workings.as_ref())?,
        warnings: warnings(calculation),
        working: workings.as_ref().map(Workings::total),
    };
    if workings.is_some_and(|workings| workings.is_too_large()) {
        return Err(Issue::at_root(Problem::TooLarge));
    }
    Ok(result)
}

/// The components summed over the lines.
pub(super) fn component_sums(calculation: &Calculation<'_>) -> PerComponent<u128> {
    PerComponent::from_fn(|component| calculation.sum(|line| line.components.get(component)))
}

/// The sums of cash, in minor units: supplier, agent, forwarder, customs, arrival.
pub(super) fn payees(calculation: &Calculation<'_>, sums: &PerComponent<u128>) -> [u128; 5] {
    let of = |parts: &[Component]| {
        parts
            .iter()
            .fold(0, |sum: u128, part| sum.saturating_add(sums.get(*part)))
    };
    let vat_due = calculation.sum(|line| line.vat_due);
    [
        of(&SUPPLIER),
        of(&AGENT),
        of(&FORWARDER),
        sums.get(Component::ImportDuty).saturating_add(vat_due),
        of(&ARRIVAL),
    ]
}

/// What the supplier is paid for.
pub(super) const SUPPLIER: [Component; 2] = [Component::Goods, Component::DomesticShipping];
/// What the agent is paid for.
pub(super) const AGENT: [Component; 4] = [
    Component::Packaging,
    Component::Inspection,
    Component::AgentFee,
    Component::PaymentFee,
];
/// What the forwarder is paid for.
pub(super) const FORWARDER: [Component; 2] =
    [Component::InternationalShipping, Component::Insurance];
/// What is paid on arrival.
pub(super) const ARRIVAL: [Component; 1] = [Component::Destination];

fn cash(
    calculation: &Calculation<'_>,
    sums: &PerComponent<u128>,
    writer: Writer,
    workings: Option<&Workings<'_, '_>>,
) -> Result<Cash, Issue> {
    let payees = payees(calculation, sums);
    let total = payees
        .iter()
        .fold(0, |sum: u128, payee| sum.saturating_add(*payee));
    let [supplier, agent, forwarder, customs, arrival] = payees;
    Ok(Cash {
        supplier: writer.amount(supplier)?,
        agent: writer.amount(agent)?,
        forwarder: writer.amount(forwarder)?,
        customs: writer.amount(customs)?,
        arrival: writer.amount(arrival)?,
        total: writer.amount(total)?,
        working: workings.map(Workings::cash),
    })
}

fn shipment(
    calculation: &Calculation<'_>,
    request: &Request,
    workings: Option<&Workings<'_, '_>>,
) -> Result<Shipment, Issue> {
    let measures = &calculation.measures;
    let all: Vec<usize> = (0..request.lines.len()).collect();
    let cartons = measures
        .lines()
        .iter()
        .fold(0, |sum: u64, line| sum.saturating_add(line.cartons));
    let last_weighed = calculation
        .charges
        .iter()
        .rev()
        .find_map(|priced| Some((priced, priced.weighed_kg.as_ref()?)));
    Ok(Shipment {
        cartons,
        gross_kg: represented(&measures.total_kg(&all), KG_DECIMALS)?,
        volume_cbm: represented(&measures.total_cbm(&all), CBM_DECIMALS)?,
        chargeable_kg: last_weighed
            .map(|(_, kg)| represented(kg, KG_DECIMALS))
            .transpose()?,
        governed_by: last_weighed.and_then(|(priced, _)| calculation.governed_by(priced)),
        working: workings
            .zip(last_weighed)
            .and_then(|(all, (priced, _))| all.shipment(priced)),
    })
}

fn customs(
    calculation: &Calculation<'_>,
    request: &Request,
    writer: Writer,
    workings: Option<&Workings<'_, '_>>,
) -> Result<CustomsCost, Issue> {
    Ok(CustomsCost {
        basis: request.customs.as_ref().map(|customs| customs.basis),
        value: writer.amount(calculation.customs_value())?,
        duty: writer.amount(calculation.sum(|line| line.components.get(Component::ImportDuty)))?,
        vat_base: writer.amount(calculation.vat_base)?,
        vat: writer.amount(calculation.sum(|line| line.vat_due))?,
        vat_recoverable: calculation.customs.vat_recoverable,
        duty_relieved: calculation.duty_relieved,
        vat_relieved: calculation.vat_relieved,
        working: workings.map(Workings::customs),
    })
}

/// Brings minor units of the home currency into decimals.
#[derive(Clone, Copy)]
struct Writer {
    decimals: u32,
}

impl Writer {
    fn amount(self, minor: u128) -> Result<Figure, Issue> {
        decimal(&Nat::from(minor), self.decimals)
    }

    fn components(self, amounts: &PerComponent<u128>) -> Result<PerComponent<Figure>, Issue> {
        let mut written = PerComponent::default();
        for component in Component::ALL {
            written.set(*component, self.amount(amounts.get(*component))?);
        }
        Ok(written)
    }

    fn per_unit(self, minor: u128, units: u64) -> Result<Figure, Issue> {
        let amount = Ratio::from_scaled(minor, self.decimals);
        let per_unit = amount.over(&Nat::from(u128::from(units)));
        represented(&per_unit, PER_UNIT_DECIMALS)
    }

    fn percent(self, part: u128, whole: u128) -> Result<Figure, Issue> {
        if whole == 0 {
            return decimal(&Nat::ZERO, PERCENT_DECIMALS);
        }
        let hundredfold = Nat::from(part).times(&Nat::from(100));
        represented(&Ratio::new(hundredfold, Nat::from(whole)), PERCENT_DECIMALS)
    }
}

/// An exact value as a decimal with so many decimals, rounded half away from zero.
pub(crate) fn represented(value: &Ratio, decimals: u32) -> Result<Figure, Issue> {
    decimal(&value.rounded(decimals), decimals)
}

/// `units · 10^-decimals`.
pub(crate) fn decimal(units: &Nat, decimals: u32) -> Result<Figure, Issue> {
    units
        .to_u128()
        .filter(|units| *units <= MAX_MANTISSA)
        .and_then(|units| i128::try_from(units).ok())
        .and_then(|units| Decimal::try_from_i128_with_scale(units, decimals).ok())
        .map(Figure)
        .ok_or_else(|| Issue::at_root(Problem::TooLarge))
}
