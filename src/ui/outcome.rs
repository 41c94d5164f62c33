//! A request with its result, and the working of each amount when it is asked for.

use std::cell::OnceCell;

use landfall::issue::Issue;
use landfall::landed_cost::{
    Component, LandedCost, Payee, Request, SellingPrice, SellingPriceRequest, Working, landed_cost,
    selling_price,
};
use landfall_words::{self as words, Locale, SellingFigure};

/// What was computed. Workings cost several times the result, and few are ever opened: the first one
/// that is opened computes them all.
#[derive(Debug)]
pub struct Outcome {
    request: Request,
    /// The result, without its working.
    pub result: LandedCost,
    /// The minimum selling price of the average unit, or why there is none.
    pub selling: Result<SellingPrice, Vec<Issue>>,
    selling_request: Option<SellingPriceRequest>,
    explained: OnceCell<Option<LandedCost>>,
}

/// An amount of the result that opens its working.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Amount {
    /// The total.
    Total,
    /// The total for one good unit.
    PerUnit,
    /// All cash.
    CashTotal,
    /// What one payee is paid.
    Cash(Payee),
    /// A component.
    Component(Component),
    /// A component for one unit.
    ComponentPerUnit(Component),
    /// A charge, by its position in the result.
    Charge(usize),
    /// The total of a line.
    Line(usize),
    /// The cost of one unit of a line.
    LinePerUnit(usize),
    /// A component of a line.
    LineComponent(usize, Component),
    /// The chargeable weight.
    ChargeableWeight,
    /// The customs value.
    CustomsValue,
    /// The duty.
    Duty,
    /// The multiple of the 1688 price.
    Multiple,
    /// The break-even price, the price at the margin, the profit at it.
    Selling(SellingFigure),
    /// The base of the VAT.
    VatBase,
    /// The VAT that is due.
    Vat,
}

impl Outcome {
    /// The outcome of a checked request; `selling` says what selling its result costs.
    ///
    /// # Errors
    /// A result that can't be represented.
    pub fn of(
        request: Request,
        selling: impl FnOnce(&LandedCost) -> Result<SellingPriceRequest, Vec<Issue>>,
    ) -> Result<Outcome, Issue> {
        let result = landed_cost(&request)?;
        let (selling, selling_request) = match selling(&result) {
            Ok(request) => (
                selling_price(&request).map_err(|issue| vec![issue]),
                Some(request),
            ),
            Err(issues) => (Err(issues), None),
        };
        Ok(Outcome {
            selling,
            selling_request,
            result,
            request,
            explained: OnceCell::new(),
        })
    }

    /// The checked request.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// How an amount came about, as a formula; `None` where no working of it can be represented.
    pub fn working(&self, locale: Locale, amount: Amount) -> Option<String> {
        let explained = self.explained.get_or_init(|| {
            let mut request = self.request.clone();
            request.explain = true;
            landed_cost(&request).ok()
        });
        let result = explained.as_ref()?;
        let home = result.home_currency;
        let formula = |working: &Working| words::working(locale, home, working);
        let component = |of| result.components.iter().find(|part| part.component == of);
        let line = |index: usize| result.lines.get(index)?.working.as_ref();
        let cash = result.cash.working.as_ref();
        let customs = result.customs.working.as_ref();
        match amount {
            Amount::Total => result.working.as_ref().map(|of| formula(&of.total)),
            Amount::PerUnit => result.working.as_ref().map(|of| formula(&of.per_unit)),
            Amount::CashTotal => cash.map(|of| formula(&of.total)),
            Amount::Cash(Payee::Supplier) => cash.map(|of| formula(&of.supplier)),
            Amount::Cash(Payee::Agent) => cash.map(|of| formula(&of.agent)),
            Amount::Cash(Payee::Forwarder) => cash.map(|of| formula(&of.forwarder)),
            Amount::Cash(Payee::Customs) => cash.map(|of| formula(&of.customs)),
            Amount::Cash(Payee::Arrival) => cash.map(|of| formula(&of.arrival)),
            Amount::Component(of) => {
                let working = component(of)?.working.as_ref();
                working.map(|of| formula(&of.amount))
            }
            Amount::ComponentPerUnit(of) => {
                let working = component(of)?.working.as_ref();
                working.map(|of| formula(&of.per_unit))
            }
            Amount::Charge(index) => {
                let working = result.charges.get(index)?.working.as_ref();
                working.map(|of| words::charge_working(locale, home, &of.amount))
            }
            Amount::Line(index) => line(index).map(|of| formula(&of.total)),
            Amount::LinePerUnit(index) => line(index).map(|of| formula(&of.per_unit)),
            Amount::LineComponent(index, of) => {
                let mut workings = line(index)?.components.iter();
                let (_, working) = workings.find(|(component, _)| *component == of)?;
                Some(formula(working))
            }
            Amount::ChargeableWeight => {
                let working = result.shipment.working.as_ref()?;
                Some(words::chargeable(locale, &working.chargeable_kg))
            }
            Amount::Multiple => words::multiple(locale, result),
            Amount::Selling(figure) => {
                let (request, price) =
                    (self.selling_request.as_ref()?, self.selling.as_ref().ok()?);
                Some(words::selling_figure(locale, request, price, figure))
            }
            Amount::CustomsValue => customs.map(|of| formula(&of.value)),
            Amount::Duty => customs.map(|of| formula(&of.duty)),
            Amount::VatBase => customs.map(|of| formula(&of.vat_base)),
            Amount::Vat => customs.map(|of| formula(&of.vat)),
        }
    }
}

/// The same place: what is computed anew is drawn anew, and nothing compares orders of many lines.
impl PartialEq for Outcome {
    fn eq(&self, other: &Outcome) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Outcome {}
