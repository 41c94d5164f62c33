//! The steps of the calculation, in the order of the specification.
//!
//! Amounts are whole minor units of the home currency; between two roundings stand exact
//! [`Ratio`]s. The state after the last step holds everything that the result, its working and its
//! warnings are read from.

use rust_decimal::Decimal;

use super::measures::{self, Measures, billed_kg, kg_cost};
use super::request::{
    Against, Base, Charge, ChargeComponent, Component, Customs, Key, Rate, Request, Tier, Weighed,
    Weighing, insured_share,
};
use super::working::GovernedBy;
use crate::check::{Named, Place};
use crate::issue::{Issue, Problem};
use crate::money::{Currency, MAX_FRACTION_DIGITS, MAX_MANTISSA, Nat, Ratio, allocate};

/// One value for each component.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PerComponent<T>([T; 12]);

impl<T> PerComponent<T> {
    /// The values in the order of the components.
    pub fn values(&self) -> &[T; 12] {
        &self.0
    }

    /// The values with their components, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (Component, &T)> {
        Component::ALL.iter().copied().zip(&self.0)
    }

    /// A value for each component.
    pub fn from_fn(value: impl Fn(Component) -> T) -> PerComponent<T> {
        use Component::{
            AgentFee, Defects, Destination, DomesticShipping, Goods, ImportDuty, Inspection,
            Insurance, InternationalShipping, Packaging, PaymentFee, Vat,
        };
        PerComponent(
            [
                Goods,
                DomesticShipping,
                Packaging,
                Inspection,
                AgentFee,
                PaymentFee,
                InternationalShipping,
                Insurance,
                ImportDuty,
                Vat,
                Destination,
                Defects,
            ]
            .map(value),
        )
    }
}

impl<T: Copy + Default> PerComponent<T> {
    /// The value of a component.
    pub fn get(&self, component: Component) -> T {
        self.0.get(component as usize).copied().unwrap_or_default()
    }

    /// Sets the value of a component.
    pub fn set(&mut self, component: Component, value: T) {
        if let Some(slot) = self.0.get_mut(component as usize) {
            *slot = value;
        }
    }
}

/// A calculation that is done.
pub struct Calculation<'r> {
    /// What was asked.
    pub request: &'r Request,
    /// The customs of the request, or what counts without any.
    pub customs: Customs,
    /// Cartons, weights and volumes.
    pub measures: Measures,
    /// The lines.
    pub lines: Vec<LineState>,
    /// The goods of each line, by which charges are shared by value.
    values: Vec<u128>,
    /// The charges that exist, in the order of the steps.
    pub charges: Vec<Priced>,
    /// Whether a threshold relieves the duty.
    pub duty_relieved: bool,
    /// Whether a threshold relieves the VAT.
    pub vat_relieved: bool,
    /// The base of the VAT, rounded.
    pub vat_base: u128,
}

/// A line as the steps fill it; amounts in minor units.
#[derive(Default)]
pub struct LineState {
    /// The components; VAT is 0 where it is recovered.
    pub components: PerComponent<u128>,
    /// The goods at the rate of customs.
    pub customs_goods: u128,
    /// The customs value.
    pub customs_value: u128,
    /// The parts of charges that join the VAT base.
    pub taxable: u128,
    /// The VAT that is due at the border, recovered or not.
    pub vat_due: u128,
}

/// A charge that was computed.
pub struct Priced {
    /// Which charge of the request.
    pub index: usize,
    /// The lines it sees.
    pub lines: Vec<usize>,
    /// The base, in minor units, where the charge is a percentage.
    pub base: Option<u128>,
    /// The exact amount in the charge's currency after its limits, where it isn't a percentage.
    pub own: Option<Ratio>,
    /// The rounded amount.
    pub amount: u128,
    /// The chargeable weight that was billed.
    pub weighed_kg: Option<Ratio>,
    /// By what it was shared, after fallbacks.
    pub key: Key,
    /// The keys of the lines it sees.
    pub keys: Vec<Nat>,
    /// What each of the lines it sees bears.
    pub shares: Vec<u128>,
    /// What of it joined the customs value.
    pub dutiable: u128,
    /// What of it joined the VAT base.
    pub taxable: u128,
}

/// Computes a request.
///
/// # Errors
/// [`Problem::TooLarge`] where a result can't be represented.
pub fn calculate(request: &Request) -> Result<Calculation<'_>, Issue> {
    let mut calculation = Calculation::new(request)?;
    for component in [
        ChargeComponent::DomesticShipping,
        ChargeComponent::Packaging,
        ChargeComponent::Inspection,
        ChargeComponent::AgentFee,
        ChargeComponent::PaymentFee,
        ChargeComponent::InternationalShipping,
        ChargeComponent::Insurance,
    ] {
        calculation.charges(|charge| charge.component == component)?;
    }
    calculation.customs_values()?;
    calculation.relief();
    calculation.duties()?;
    let destination = calculation.destination_charges();
    let on_duty_and_vat = |charge: &Charge| base_of(&charge.rate) == Some(Base::DutyAndVat);
    for (index, charge) in &destination {
        if !on_duty_and_vat(charge) {
            calculation.charge(*index, charge)?;
        }
    }
    calculation.vat()?;
    for (index, charge) in &destination {
        if on_duty_and_vat(charge) {
            calculation.charge(*index, charge)?;
        }
    }
    calculation.defects()?;
    Ok(calculation)
}

/// The base of a percentage.
pub fn base_of(rate: &Rate) -> Option<Base> {
    match rate {
        Rate::PercentOf { base, .. } | Rate::TieredPercentOf { base, .. } => Some(*base),
        Rate::Flat { .. }
        | Rate::Per { .. }
        | Rate::ChargeableKg { .. }
        | Rate::RevenueTon { .. } => None,
    }
}

impl<'r> Calculation<'r> {
    /// Measures and goods.
    fn new(request: &'r Request) -> Result<Calculation<'r>, Issue> {
        let customs = match &request.customs {
            Some(customs) => customs.clone(),
            None => Customs::absent(&request.rates),
        };
        let mut calculation = Calculation {
            request,
            customs,
            measures: Measures::new(request),
            lines: Vec::with_capacity(request.lines.len()),
            values: Vec::with_capacity(request.lines.len()),
            charges: Vec::with_capacity(request.charges.len()),
            duty_relieved: false,
            vat_relieved: false,
            vat_base: 0,
        };
        let cny = calculation.home_per(Currency::CNY);
        let customs_rate = Ratio::from(calculation.customs.cny_per_unit);
        for (index, line) in request.lines.iter().enumerate() {
            let quantity = Nat::from(u128::from(line.quantity));
            let price = Ratio::from(line.unit_price_cny).times_nat(&quantity);
            let path = || line_path(index);
            let goods = calculation.rounded(&price.times(&cny), path)?;
            let customs_goods = calculation.rounded(&price.divided_by(&customs_rate), path)?;
            let mut state = LineState {
                customs_goods,
                customs_value: customs_goods,
                ..LineState::default()
            };
            state.components.set(Component::Goods, goods);
            calculation.lines.push(state);
            calculation.values.push(goods);
        }
        Ok(calculation)
    }

    /// Units of the home currency for one unit of `currency`.
    pub fn home_per(&self, currency: Currency) -> Ratio {
        let rates = &self.request.rates;
        let one = Ratio::whole(1);
        if currency == self.request.home {
            return one;
        }
        if currency == Currency::CNY {
            let per_unit = Ratio::from(rates.cny_per_unit);
            if rates.spread_percent.is_zero() {
                return one.divided_by(&per_unit);
            }
            let kept = one.minus_or_zero(&Ratio::percent(rates.spread_percent));
            return one.divided_by(&per_unit.times(&kept));
        }
        let rate = rates.others.iter().find(|(other, _)| *other == currency);
        // The check has made sure that there is a rate.
        rate.map_or(one.clone(), |(_, rate)| one.divided_by(&Ratio::from(*rate)))
    }

    /// The lines that a charge sees.
    fn lines_of(&self, charge: &Charge) -> Vec<usize> {
        match charge.order {
            None => (0..self.lines.len()).collect(),
            Some(_) => self
                .request
                .lines
                .iter()
                .enumerate()
                .filter(|(_, line)| line.order == charge.order)
                .map(|(index, _)| index)
                .collect(),
        }
    }

    /// Computes the charges that are `wanted`, in the order of the request.
    fn charges(&mut self, wanted: impl Fn(&Charge) -> bool) -> Result<(), Issue> {
        let request = self.request;
        for (index, charge) in request.charges.iter().enumerate() {
            if wanted(charge) {
                self.charge(index, charge)?;
            }
        }
        Ok(())
    }

    /// Computes one charge and shares it among its lines.
    fn charge(&mut self, index: usize, charge: &Charge) -> Result<(), Issue> {
        let lines = self.lines_of(charge);
        let home_per_unit = self.home_per(charge.currency);
        let mut priced = Priced {
            index,
            base: None,
            own: None,
            amount: 0,
            weighed_kg: None,
            key: charge.allocate_by,
            keys: Vec::new(),
            shares: Vec::new(),
            lines,
            dutiable: 0,
            taxable: 0,
        };
        let exact = match base_of(&charge.rate) {
            Some(of) => {
                let base = self.base(of, &priced.lines);
                priced.base = Some(base);
                let exact = self.percentage(&charge.rate, base, &home_per_unit);
                clamped(exact, charge, &home_per_unit)
            }
            None => {
                let exact = self.measured(&charge.rate, &mut priced);
                let own = clamped(exact, charge, &Ratio::whole(1));
                let home = own.times(&home_per_unit);
                priced.own = Some(own);
                home
            }
        };
        priced.amount = self.rounded(&exact, || charge_path(index))?;
        (priced.key, priced.keys) = self.measures.keys(charge, &priced.lines, &self.values);
        priced.shares = allocate(priced.amount, &priced.keys);
        let component = charge.component.component();
        for (index, share) in priced.lines.iter().zip(&priced.shares) {
            if let Some(line) = self.lines.get_mut(*index) {
                let sum = line.components.get(component).saturating_add(*share);
                line.components.set(component, sum);
            }
        }
        self.charges.push(priced);
        Ok(())
    }

    /// The value of a base over some lines, in minor units.
    fn base(&self, base: Base, lines: &[usize]) -> u128 {
        let lines = lines.iter().filter_map(|index| self.lines.get(*index));
        let of_line = |line: &LineState| match base {
            Base::CustomsValue => line.customs_value,
            Base::DutyAndVat => line
                .components
                .get(Component::ImportDuty)
                .saturating_add(line.vat_due),
            Base::Goods
            | Base::GoodsAndDomesticShipping
            | Base::OriginCosts
            | Base::GoodsAndFreight
            | Base::InsuredValue => base.components().iter().fold(0, |sum: u128, part| {
                sum.saturating_add(line.components.get(*part))
            }),
        };
        lines.fold(0, |sum, line| sum.saturating_add(of_line(line)))
    }

    /// The exact amount of a percentage, in home currency.
    fn percentage(&self, rate: &Rate, base: u128, home_per_unit: &Ratio) -> Ratio {
        let base_amount = self.amount(base);
        match rate {
            Rate::PercentOf {
                base: Base::InsuredValue,
                percent,
            } => {
                let insured = Ratio::percent(*percent).times(&insured_share());
                let rest = Ratio::whole(1).minus_or_zero(&insured);
                base_amount.times(&insured).divided_by(&rest)
            }
            Rate::PercentOf { percent, .. } => base_amount.times(&Ratio::percent(*percent)),
            Rate::TieredPercentOf { tiers, .. } => tiered(&base_amount, tiers, home_per_unit),
            Rate::Flat { .. }
            | Rate::Per { .. }
            | Rate::ChargeableKg { .. }
            | Rate::RevenueTon { .. } => Ratio::ZERO,
        }
    }

    /// The exact amount of any other rate, in the charge's currency.
    fn measured(&self, rate: &Rate, priced: &mut Priced) -> Ratio {
        match rate {
            Rate::Flat { amount } => Ratio::from(*amount),
            Rate::Per { measure, amount } => self
                .measures
                .counted(*measure, &priced.lines)
                .times(&Ratio::from(*amount)),
            Rate::ChargeableKg { weighing, price } => {
                let weighed = self.measures.weighed_kg(&priced.lines, weighing);
                let billed = billed_kg(weighed, weighing);
                let cost = kg_cost(&billed, price);
                priced.weighed_kg = Some(billed);
                cost
            }
            Rate::RevenueTon {
                amount,
                kg_per_cbm,
                minimum_tons,
            } => {
                let weight = self.measures.total_kg(&priced.lines);
                let tons = weight
                    .divided_by(&Ratio::from(*kg_per_cbm))
                    .max(self.measures.total_cbm(&priced.lines))
                    .max(Ratio::from(*minimum_tons));
                tons.times(&Ratio::from(*amount))
            }
            Rate::PercentOf { .. } | Rate::TieredPercentOf { .. } => Ratio::ZERO,
        }
    }

    /// The percentage of a charge that joins the customs value.
    pub fn dutiable_percent(&self, charge: &Charge) -> Decimal {
        if charge.component == ChargeComponent::Destination {
            return Decimal::ZERO;
        }
        match charge.dutiable_percent {
            Some(percent) => percent,
            None if self.customs.dutiable.contains(&charge.component) => Decimal::ONE_HUNDRED,
            None => Decimal::ZERO,
        }
    }

    /// Step 6: the dutiable shares of the charges join the customs value.
    fn customs_values(&mut self) -> Result<(), Issue> {
        let customs_rate = Ratio::from(self.customs.cny_per_unit);
        let charges = &self.request.charges;
        let mut priced = std::mem::take(&mut self.charges);
        for priced in &mut priced {
            let Some(charge) = charges.get(priced.index) else {
                continue;
            };
            let percent = self.dutiable_percent(charge);
            if percent.is_zero() {
                continue;
            }
            let exact = match &priced.own {
                // An amount in yuan is taken at the rate of customs; any other as it was paid.
                Some(own) if charge.currency == Currency::CNY => own.divided_by(&customs_rate),
                _ => self.amount(priced.amount),
            };
            let part = exact.times(&Ratio::percent(percent));
            priced.dutiable = self.rounded(&part, || charge_path(priced.index))?;
            let shares = priced.shares_of(priced.dutiable);
            for (index, share) in priced.lines.iter().zip(shares) {
                if let Some(line) = self.lines.get_mut(*index) {
                    line.customs_value = line.customs_value.saturating_add(share);
                }
            }
        }
        self.charges = priced;
        Ok(())
    }

    /// The customs value of the shipment, in minor units.
    pub fn customs_value(&self) -> u128 {
        self.sum(|line| line.customs_value)
    }

    /// What decided the chargeable weight of a charge; `None` where it is by something else.
    pub fn governed_by(&self, priced: &Priced) -> Option<GovernedBy> {
        match &self.request.charges.get(priced.index)?.rate {
            Rate::ChargeableKg { weighing, .. } => Some(self.weighed_by(priced, weighing)),
            Rate::Flat { .. }
            | Rate::Per { .. }
            | Rate::RevenueTon { .. }
            | Rate::PercentOf { .. }
            | Rate::TieredPercentOf { .. } => None,
        }
    }

    /// What decided a chargeable weight.
    pub fn weighed_by(&self, priced: &Priced, weighing: &Weighing) -> GovernedBy {
        let (measures, lines) = (&self.measures, &priced.lines);
        if measures.weighed_kg(lines, weighing) < Ratio::from(weighing.minimum_kg) {
            return GovernedBy::Minimum;
        }
        let volumetric = measures.volumetric_kg(lines, weighing.divisor);
        match weighing.per {
            Weighed::Carton => GovernedBy::Cartons,
            Weighed::Shipment if volumetric > measures.total_kg(lines) => GovernedBy::Volume,
            Weighed::Shipment => GovernedBy::Weight,
        }
    }

    /// Step 7: whether a threshold relieves duty or VAT.
    fn relief(&mut self) {
        let Some(de_minimis) = &self.customs.de_minimis else {
            return;
        };
        let value = self.amount(self.compared(de_minimis.against));
        let relieved =
            |limit: Option<Decimal>| limit.is_some_and(|limit| value <= Ratio::from(limit));
        let (duty, vat) = (de_minimis.duty_up_to, de_minimis.vat_up_to);
        (self.duty_relieved, self.vat_relieved) = (relieved(duty), relieved(vat));
    }

    /// The value that thresholds are compared with, in minor units.
    pub fn compared(&self, against: Against) -> u128 {
        match against {
            Against::Goods => self.sum(|line| line.customs_goods),
            Against::CustomsValue => self.customs_value(),
        }
    }

    /// Step 8: import duty.
    fn duties(&mut self) -> Result<(), Issue> {
        if self.request.duties_included || self.duty_relieved {
            return Ok(());
        }
        for index in 0..self.lines.len() {
            let exact = self.exact_duty(index);
            let duty = self.rounded(&exact, || line_path(index))?;
            if let Some(state) = self.lines.get_mut(index) {
                state.components.set(Component::ImportDuty, duty);
            }
        }
        Ok(())
    }

    fn exact_duty(&self, index: usize) -> Ratio {
        let (Some(line), Some(state)) = (self.request.lines.get(index), self.lines.get(index))
        else {
            return Ratio::ZERO;
        };
        let ad_valorem = self.duty_percent(index).unwrap_or_default();
        let additional = self.additional_duty_percent(index).unwrap_or_default();
        let percent = Ratio::percent(ad_valorem).plus(&Ratio::percent(additional));
        let mut duty = self.amount(state.customs_value).times(&percent);
        if let Some(per_unit) = line.duty_per_unit {
            let quantity = Nat::from(u128::from(line.quantity));
            duty = duty.plus(&Ratio::from(per_unit).times_nat(&quantity));
        }
        if let Some(per_kg) = line.duty_per_kg {
            duty = duty.plus(&Ratio::from(per_kg).times(&self.net_kg(index)));
        }
        duty
    }

    /// The ad valorem duty of a line in percent: its own, else that of customs.
    pub fn duty_percent(&self, index: usize) -> Option<Decimal> {
        let line = self.request.lines.get(index)?;
        line.duty_percent.or(self.customs.duty_percent)
    }

    /// The additional duty of a line in percent: its own, else that of customs.
    pub fn additional_duty_percent(&self, index: usize) -> Option<Decimal> {
        let line = self.request.lines.get(index)?;
        line.additional_duty_percent
            .or(self.customs.additional_duty_percent)
    }

    /// The VAT of a line in percent: its own, else that of customs.
    pub fn vat_percent(&self, index: usize) -> Decimal {
        let line = self.request.lines.get(index);
        line.and_then(|line| line.vat_percent)
            .unwrap_or(self.customs.vat_percent)
    }

    /// The net weight of a line in kg.
    pub fn net_kg(&self, index: usize) -> Ratio {
        match (
            self.request.lines.get(index),
            self.measures.lines().get(index),
        ) {
            (Some(line), Some(measured)) => {
                measures::net_kg(line, &self.measures.kg(&measured.weight))
            }
            _ => Ratio::ZERO,
        }
    }

    /// The destination charges whose conditions hold, with their indices.
    fn destination_charges(&self) -> Vec<(usize, &'r Charge)> {
        let value = self.amount(self.customs_value());
        let holds = |charge: &Charge| {
            charge.when.as_ref().is_none_or(|when| {
                when.customs_value_above
                    .is_none_or(|limit| value > Ratio::from(limit))
                    && when
                        .customs_value_up_to
                        .is_none_or(|limit| value <= Ratio::from(limit))
                    && when.modes.as_ref().is_none_or(|modes| {
                        self.request.mode.is_some_and(|mode| modes.contains(&mode))
                    })
            })
        };
        let charges = self.request.charges.iter().enumerate();
        charges
            .filter(|(_, charge)| charge.component == ChargeComponent::Destination && holds(charge))
            .collect()
    }

    /// Step 10: the taxable parts of the charges so far, and the VAT.
    fn vat(&mut self) -> Result<(), Issue> {
        self.taxable_parts()?;
        let mut base_sum = Ratio::ZERO;
        for index in 0..self.lines.len() {
            let base = self.exact_vat_base(index);
            let exact = base.times(&Ratio::percent(self.vat_percent(index)));
            base_sum = base_sum.plus(&base);
            if self.request.duties_included || self.vat_relieved {
                continue;
            }
            let vat = self.rounded(&exact, || line_path(index))?;
            let recoverable = self.customs.vat_recoverable;
            if let Some(state) = self.lines.get_mut(index) {
                state.vat_due = vat;
                let cost = if recoverable { 0 } else { vat };
                state.components.set(Component::Vat, cost);
            }
        }
        self.vat_base = self.rounded(&base_sum, String::new)?;
        Ok(())
    }

    fn taxable_parts(&mut self) -> Result<(), Issue> {
        let charges = &self.request.charges;
        let mut priced = std::mem::take(&mut self.charges);
        for priced in &mut priced {
            let Some(charge) = charges.get(priced.index) else {
                continue;
            };
            let by_component = || self.customs.taxable.contains(&charge.component);
            if !charge.taxable.unwrap_or_else(by_component) {
                continue;
            }
            let rest = Decimal::ONE_HUNDRED.checked_sub(self.dutiable_percent(charge));
            let rest = Ratio::percent(rest.unwrap_or_default());
            let part = self.amount(priced.amount).times(&rest);
            priced.taxable = self.rounded(&part, || charge_path(priced.index))?;
            let shares = priced.shares_of(priced.taxable);
            for (index, share) in priced.lines.iter().zip(shares) {
                if let Some(line) = self.lines.get_mut(*index) {
                    line.taxable = line.taxable.saturating_add(share);
                }
            }
        }
        self.charges = priced;
        Ok(())
    }

    /// Customs value with its uplift, duty and taxable parts of a line. The denominator is the same
    /// for all lines.
    fn exact_vat_base(&self, index: usize) -> Ratio {
        let Some(state) = self.lines.get(index) else {
            return Ratio::ZERO;
        };
        let duty = state.components.get(Component::ImportDuty);
        let plain = self.amount(duty.saturating_add(state.taxable));
        let uplift = self.customs.vat_uplift_percent;
        let value = self.amount(state.customs_value);
        if uplift.is_zero() {
            return plain.plus(&value);
        }
        let uplift = Ratio::whole(1).plus(&Ratio::percent(uplift));
        plain.plus(&value.times(&uplift))
    }

    /// Step 12: what it costs to have `quantity` good units.
    fn defects(&mut self) -> Result<(), Issue> {
        for (index, line) in self.request.lines.iter().enumerate() {
            let rate = line.defect_percent;
            if rate.is_zero() {
                continue;
            }
            let subtotal = self.lines.get(index).map_or(0, LineState::total);
            let good = Decimal::ONE_HUNDRED.checked_sub(rate).unwrap_or_default();
            let bad_per_good = Ratio::from(rate).divided_by(&Ratio::from(good));
            let exact = self.amount(subtotal).times(&bad_per_good);
            let defects = self.rounded(&exact, || line_path(index))?;
            if let Some(state) = self.lines.get_mut(index) {
                state.components.set(Component::Defects, defects);
            }
        }
        Ok(())
    }

    /// Minor units as an exact amount.
    pub fn amount(&self, minor: u128) -> Ratio {
        Ratio::from_scaled(minor, self.request.home.decimals())
    }

    /// An exact amount in minor units, rounded half away from zero.
    fn rounded(&self, exact: &Ratio, path: impl FnOnce() -> String) -> Result<u128, Issue> {
        exact
            .rounded(self.request.home.decimals())
            .to_u128()
            .filter(|units| *units <= MAX_MANTISSA)
            .ok_or_else(|| Issue {
                path: path(),
                problem: Problem::TooLarge,
            })
    }

    /// The sum of something over all lines.
    pub fn sum(&self, of: impl Fn(&LineState) -> u128) -> u128 {
        self.lines
            .iter()
            .fold(0, |sum, line| sum.saturating_add(of(line)))
    }
}

impl LineState {
    /// The sum of the components.
    pub fn total(&self) -> u128 {
        let values = self.components.values().iter();
        values.fold(0, |sum, value| sum.saturating_add(*value))
    }
}

impl Priced {
    /// A part of the charge, shared as the charge itself is.
    fn shares_of(&self, part: u128) -> Vec<u128> {
        if part == self.amount {
            return self.shares.clone();
        }
        allocate(part, &self.keys)
    }
}

/// The limits of a charge, brought into the currency of `exact`.
fn clamped(exact: Ratio, charge: &Charge, per_unit: &Ratio) -> Ratio {
    let limit = |limit: Decimal| Ratio::from(limit).times(per_unit);
    let exact = match charge.minimum {
        Some(minimum) => exact.max(limit(minimum)),
        None => exact,
    };
    match charge.maximum {
        Some(maximum) => exact.min(limit(maximum)),
        None => exact,
    }
}

/// Marginal percentages; the tiers' ends are in the charge's currency. All ends and the base are
/// brought to one denominator, so that numbers stay small over any number of tiers.
fn tiered(base: &Ratio, tiers: &[Tier], home_per_unit: &Ratio) -> Ratio {
    let decimals = Nat::ten_to(MAX_FRACTION_DIGITS);
    let end_factor = home_per_unit.numerator().times(base.denominator());
    let base_factor = home_per_unit.denominator().times(&decimals);
    let base_units = base.numerator().times(&base_factor);
    let mut sum = Nat::ZERO;
    let mut lower = Nat::ZERO;
    for tier in tiers {
        let upper = match tier.up_to {
            Some(end) => scaled(end).times(&end_factor).min(base_units.clone()),
            None => base_units.clone(),
        };
        let inside = upper.minus_or_zero(&lower);
        sum = sum.plus(&inside.times(&scaled(tier.percent)));
        lower = upper;
    }
    let denominator = base.denominator().times(&base_factor).times(&decimals);
    Ratio::new(sum, denominator.times(&Nat::from(100)))
}

/// A decimal of a request in units of its smallest decimal place.
fn scaled(value: Decimal) -> Nat {
    let missing = MAX_FRACTION_DIGITS.saturating_sub(value.scale());
    Nat::from(value.mantissa().unsigned_abs()).times(&Nat::ten_to(missing))
}

fn line_path(index: usize) -> String {
    Place::Item(&Place::Field(&Place::Root, "lines"), index).to_string()
}

fn charge_path(index: usize) -> String {
    Place::Item(&Place::Field(&Place::Root, "charges"), index).to_string()
}
