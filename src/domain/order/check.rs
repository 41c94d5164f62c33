//! The rules, and the verdict that follows from what they find.

use std::rc::Rc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Order, OrderCheckRequest, Supplier, SupplierStatus};
use crate::check::named;
use crate::finding::{
    Finding, Outcome, PreviousPrice, PriceRange, RecordField, Rule, SpecificationPart, Standing,
};
use crate::issue::Issue;
use crate::landed_cost::decimal;
use crate::money::{Currency, Figure, Nat, Ratio};
use crate::policy::{OrderRules, OrderValueBasis};

named! {
    /// Whether an order may be placed.
    Verdict {
        /// Staff may place it.
        Proceed = "proceed",
        /// Something is missing that staff can supply.
        Incomplete = "incomplete",
        /// The owner decides.
        Stop = "stop",
    }
}

/// What the rules say of an order.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderVerdict {
    /// Whether it may be placed.
    pub verdict: Verdict,
    /// What each rule found, passes too: the gravest outcome first, then in the order of the rules and
    /// of the lines.
    pub findings: Vec<Finding>,
    /// The value that was held against the limit, in the home currency.
    pub order_value: Figure,
    /// The version of the policy, where it has one.
    pub policy_version: Option<u32>,
}

/// Applies every rule to an order; none hides another.
///
/// # Errors
/// [`crate::issue::Problem::TooLarge`] where the value of the order can't be represented.
pub fn check_order(request: &OrderCheckRequest) -> Result<OrderVerdict, Issue> {
    let rules = &request.policy.orders;
    let observed = Observed::on_its_day(request)?;
    let mut found = Found::default();
    observed.held_against(rules, |finding| found.add(finding));
    Ok(OrderVerdict {
        verdict: verdict_of(found.gravest()),
        findings: found.in_order(),
        order_value: observed.amounts.value(rules.order_value_basis).0,
        policy_version: request.policy.version,
    })
}

/// The verdict on an order alone, as for a whole log.
///
/// # Errors
/// As [`check_order`].
pub fn verdict(request: &OrderCheckRequest) -> Result<Verdict, Issue> {
    Ok(Observed::on_its_day(request)?.verdict(&request.policy.orders))
}

fn verdict_of(gravest: Outcome) -> Verdict {
    match gravest {
        Outcome::HardStop => Verdict::Stop,
        Outcome::Missing => Verdict::Incomplete,
        Outcome::Notice | Outcome::Pass => Verdict::Proceed,
    }
}

/// What the rules look at in an order. No limit is in it, so that it is gathered once and held against as many
/// rules as wanted.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Observed {
    amounts: Amounts,
    supplier_id: Rc<str>,
    standing: Standing,
    lines: Vec<ObservedLine>,
    unconfirmed: Vec<SpecificationPart>,
    as_of: NaiveDate,
    age_days: i64,
    missing: Vec<RecordField>,
}

#[derive(Clone, PartialEq, Debug)]
struct ObservedLine {
    sku: Rc<str>,
    unit_price_cny: Decimal,
    previous: Option<PreviousPrice>,
    /// The ranges agreed with the order's supplier.
    agreed: Option<Rc<Vec<PriceRange>>>,
}

impl Observed {
    fn on_its_day(request: &OrderCheckRequest) -> Result<Observed, Issue> {
        let OrderCheckRequest { order, today, .. } = request;
        let home = request.policy.home_currency;
        Observed::of(order, home, *today, request.supplier.as_deref(), |sku| {
            request.previous_prices.newest(sku, *today)
        })
    }

    /// What is observed of an order on a day, with what was paid for an article before.
    ///
    /// # Errors
    /// As [`check_order`].
    pub(crate) fn of(
        order: &Order,
        home: Currency,
        today: NaiveDate,
        supplier: Option<&Supplier>,
        previous: impl Fn(&str) -> Option<PreviousPrice>,
    ) -> Result<Observed, Issue> {
        let theirs = supplier.filter(|supplier| supplier.id == order.supplier_id);
        // What was agreed with another supplier says nothing of this one.
        let agreed = |sku: &Rc<str>| theirs.and_then(|theirs| theirs.agreed_prices.get(sku));
        let lines = order.lines.iter().map(|line| ObservedLine {
            sku: Rc::clone(&line.sku),
            unit_price_cny: line.unit_price_cny,
            previous: previous(&line.sku),
            agreed: agreed(&line.sku).cloned(),
        });
        Ok(Observed {
            amounts: Amounts::of(order, home)?,
            supplier_id: Rc::clone(&order.supplier_id),
            standing: match (supplier, theirs) {
                (None, _) => Standing::Unknown,
                (Some(_), None) => Standing::Other,
                (Some(_), Some(supplier)) => standing(supplier.status),
            },
            lines: lines.collect(),
            unconfirmed: unconfirmed(order),
            as_of: order.as_of,
            age_days: today.signed_duration_since(order.as_of).num_days(),
            missing: missing(order),
        })
    }

    /// Calls `add` with what each rule finds, in the order of the rules and of the lines.
    fn held_against(&self, rules: &OrderRules, mut add: impl FnMut(Finding)) {
        let (value, counted) = self.amounts.value(rules.order_value_basis);
        add(Finding::OrderValue {
            value,
            maximum: rules.maximum_order_value,
            basis: rules.order_value_basis,
            counted,
        });
        add(Finding::SupplierWhitelist {
            standing: self.standing,
            supplier_id: Rc::clone(&self.supplier_id),
        });
        for line in &self.lines {
            add(Finding::PriceIncrease {
                sku: Rc::clone(&line.sku),
                unit_price_cny: line.unit_price_cny,
                previous: line.previous,
                maximum_percent: rules.price_increase_percent,
            });
        }
        for line in &self.lines {
            if let Some(ranges) = &line.agreed {
                add(Finding::AgreedPriceRange {
                    sku: Rc::clone(&line.sku),
                    unit_price_cny: line.unit_price_cny,
                    ranges: Rc::clone(ranges),
                });
            }
        }
        add(Finding::Specification {
            unconfirmed: self.unconfirmed.clone(),
        });
        add(Finding::CostCalculated {
            landed_total: self.amounts.landed_total,
            at_least: self.amounts.at_least(),
        });
        add(Finding::ExchangeRate {
            as_of: self.as_of,
            age_days: self.age_days,
            maximum_days: rules.exchange_rate_max_age_days,
        });
        add(Finding::OrderRecord {
            missing: self.missing.clone(),
        });
    }

    /// The verdict by these rules.
    pub(crate) fn verdict(&self, rules: &OrderRules) -> Verdict {
        let mut gravest = Outcome::Pass;
        self.held_against(rules, |finding| gravest = gravest.min(finding.outcome()));
        verdict_of(gravest)
    }

    /// The rules that lead to the verdict by these limits, each once, in their order; none where the order may
    /// be placed.
    pub(crate) fn rules_behind(&self, rules: &OrderRules) -> Vec<Rule> {
        let verdict = self.verdict(rules);
        let mut behind = Vec::new();
        self.held_against(rules, |finding| {
            let is_behind = verdict != Verdict::Proceed && verdict_of(finding.outcome()) == verdict;
            if is_behind && !behind.contains(&finding.rule()) {
                behind.push(finding.rule());
            }
        });
        behind
    }

    /// What the order cost landed, where that is known; else goods with what is known of freight inside China.
    pub(crate) fn cost(&self) -> Figure {
        self.amounts.value(OrderValueBasis::LandedCost).0
    }
}

/// Findings by outcome, each in the order in which they were added.
#[derive(Default)]
struct Found {
    stops: Vec<Finding>,
    missing: Vec<Finding>,
    notices: Vec<Finding>,
    passes: Vec<Finding>,
}

impl Found {
    fn add(&mut self, finding: Finding) {
        match finding.outcome() {
            Outcome::HardStop => self.stops.push(finding),
            Outcome::Missing => self.missing.push(finding),
            Outcome::Notice => self.notices.push(finding),
            Outcome::Pass => self.passes.push(finding),
        }
    }

    fn gravest(&self) -> Outcome {
        let by_outcome = [
            (&self.stops, Outcome::HardStop),
            (&self.missing, Outcome::Missing),
        ];
        let mut found = by_outcome
            .into_iter()
            .filter(|(found, _)| !found.is_empty());
        found.next().map_or(Outcome::Pass, |(_, outcome)| outcome)
    }

    fn in_order(mut self) -> Vec<Finding> {
        self.stops.append(&mut self.missing);
        self.stops.append(&mut self.notices);
        self.stops.append(&mut self.passes);
        self.stops
    }
}

/// How a supplier stands of which this is known.
fn standing(status: SupplierStatus) -> Standing {
    match status {
        SupplierStatus::Whitelisted => Standing::Whitelisted,
        SupplierStatus::New => Standing::New,
        SupplierStatus::Suspended => Standing::Suspended,
    }
}

fn unconfirmed(order: &Order) -> Vec<SpecificationPart> {
    let confirmed = order.specification;
    let parts = [
        (confirmed.colour, SpecificationPart::Colour),
        (confirmed.size, SpecificationPart::Size),
        (confirmed.quantity, SpecificationPart::Quantity),
        (confirmed.packaging, SpecificationPart::Packaging),
    ];
    absent(parts)
}

fn missing(order: &Order) -> Vec<RecordField> {
    let is_filled = |text: &Option<String>| text.as_deref().is_some_and(|text| !is_blank(text));
    let fields = [
        (is_filled(&order.product_link), RecordField::ProductLink),
        (
            is_filled(&order.price_screenshot),
            RecordField::PriceScreenshot,
        ),
        (is_filled(&order.staff), RecordField::Staff),
        (
            order.expected_delivery.is_some(),
            RecordField::ExpectedDelivery,
        ),
    ];
    absent(fields)
}

fn absent<T>(all: [(bool, T); 4]) -> Vec<T> {
    let absent = all.into_iter().filter(|(is_there, _)| !is_there);
    absent.map(|(_, it)| it).collect()
}

/// Whether nothing of a text can be seen: white space of any script, blank letters, and characters
/// without a width.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_whitespace()
            || character.is_control()
            || matches!(
                character,
                '\u{ad}'
                    | '\u{34f}'
                    | '\u{61c}'
                    | '\u{115f}'..='\u{1160}'
                    | '\u{17b4}'..='\u{17b5}'
                    | '\u{180b}'..='\u{180f}'
                    | '\u{200b}'..='\u{200f}'
                    | '\u{202a}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}'
                    | '\u{2800}'
                    | '\u{3164}'
                    | '\u{fe00}'..='\u{fe0f}'
                    | '\u{feff}'
                    | '\u{ffa0}'
                    | '\u{e0000}'..='\u{e0fff}'
            )
    })
}

/// The amounts of an order in the home currency.
#[derive(Clone, PartialEq, Debug)]
struct Amounts {
    goods: Figure,
    /// Where domestic shipping is known.
    goods_and_domestic_shipping: Option<Figure>,
    /// As given.
    landed_total: Option<Figure>,
}

impl Amounts {
    /// Line by line converted and rounded, and domestic shipping too; a bank's spread is no part of it.
    fn of(order: &Order, home: Currency) -> Result<Amounts, Issue> {
        let decimals = home.decimals();
        let rate = Ratio::from(order.cny_per_unit);
        let minor = |cny: Ratio| cny.divided_by(&rate).rounded(decimals);
        let mut goods = Nat::ZERO;
        for line in &order.lines {
            let quantity = Nat::from(u128::from(line.quantity));
            goods = goods.plus(&minor(
                Ratio::from(line.unit_price_cny).times_nat(&quantity),
            ));
        }
        let with_shipping = order
            .domestic_shipping_cny
            .map(|cny| decimal(&goods.plus(&minor(Ratio::from(cny))), decimals));
        Ok(Amounts {
            goods: decimal(&goods, decimals)?,
            goods_and_domestic_shipping: with_shipping.transpose()?,
            landed_total: order.landed_total.map(|total| written(total, decimals)),
        })
    }

    /// What a landed total of these lines contains at the least.
    fn at_least(&self) -> Figure {
        self.goods_and_domestic_shipping.unwrap_or(self.goods)
    }

    /// What counts as the value of the order, and by which basis: by the next smaller one where an
    /// amount is missing, or too small to be of this order.
    fn value(&self, basis: OrderValueBasis) -> (Figure, OrderValueBasis) {
        let landed_total = || self.landed_total.filter(|total| *total >= self.at_least());
        let (wants_landed, wants_shipping) = match basis {
            OrderValueBasis::LandedCost => (true, true),
            OrderValueBasis::GoodsAndDomesticShipping => (false, true),
            OrderValueBasis::Goods => (false, false),
        };
        if wants_landed && let Some(total) = landed_total() {
            (total, OrderValueBasis::LandedCost)
        } else if wants_shipping && let Some(sum) = self.goods_and_domestic_shipping {
            (sum, OrderValueBasis::GoodsAndDomesticShipping)
        } else {
            (self.goods, OrderValueBasis::Goods)
        }
    }
}

/// An amount with the decimals of the currency, and with more only where it has them.
fn written(amount: Decimal, decimals: u32) -> Figure {
    if amount.scale() == decimals {
        return Figure(amount);
    }
    let mut amount = amount.normalize();
    if amount.scale() < decimals {
        amount.rescale(decimals);
    }
    Figure(amount)
}
