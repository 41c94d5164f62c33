//! What is asked: an order with its charges and customs, checked. `reading` makes it of JSON.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::named;
use crate::money::{Currency, Ratio};

/// How many lines an order may have.
pub const MAX_LINES: usize = 10_000;

/// How many charges an order may have: with the most lines, what they share still fits into the
/// memory of a browser.
pub const MAX_CHARGES: usize = 1_000;

/// A checked request: every default filled, every percentage and amount in its range.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// What the buyer thinks in; every amount of the result is in it.
    pub home: Currency,
    /// Exchange rates.
    pub rates: ExchangeRates,
    /// The lines, 1 … 10,000.
    pub lines: Vec<Line>,
    /// The names of the orders that share the shipment, in the order of their first line.
    pub orders: Vec<String>,
    /// The charges, in the order of the request.
    pub charges: Vec<Charge>,
    /// Customs, where the request has any.
    pub customs: Option<Customs>,
    /// How the goods travel.
    pub mode: Option<Mode>,
    /// Whether the freight contains duty and tax (DDP, 双清包税).
    pub duties_included: bool,
    /// Whether every amount is to carry its working.
    pub explain: bool,
}

/// Exchange rates against the home currency.
#[derive(Clone, PartialEq, Debug)]
pub struct ExchangeRates {
    /// Yuan for one unit of the home currency.
    pub cny_per_unit: Decimal,
    /// The day of the rate.
    pub as_of: NaiveDate,
    /// What the bank keeps when yuan is bought, in percent, 0 … < 100.
    pub spread_percent: Decimal,
    /// Other currencies: units of them for one unit of the home currency.
    pub others: Vec<(Currency, Decimal)>,
}

/// One SKU of an order.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// The buyer's or supplier's name of the article.
    pub sku: String,
    /// The order it belongs to: an index into [`Request::orders`].
    pub order: Option<usize>,
    /// Yuan for one unit.
    pub unit_price_cny: Decimal,
    /// Units, 1 … 1,000,000,000.
    pub quantity: u64,
    /// Net weight of a unit.
    pub unit_weight_kg: Option<Decimal>,
    /// The carton that units are packed in.
    pub carton: Option<Carton>,
    /// Ad valorem duty, in percent of the customs value; overrides that of customs.
    pub duty_percent: Option<Decimal>,
    /// Additional duty, in percent of the customs value; overrides that of customs.
    pub additional_duty_percent: Option<Decimal>,
    /// VAT in percent; overrides that of customs.
    pub vat_percent: Option<Decimal>,
    /// Specific duty in home currency for one unit.
    pub duty_per_unit: Option<Decimal>,
    /// Specific duty in home currency for one kg of net weight.
    pub duty_per_kg: Option<Decimal>,
    /// Units of a hundred that can't be sold, 0 … < 100: the supplier's historical rate.
    pub defect_percent: Decimal,
}

/// A carton; all measures are above zero.
#[derive(Clone, PartialEq, Debug)]
pub struct Carton {
    /// Units in a full carton.
    pub units: u64,
    /// Outer length in cm.
    pub length_cm: Decimal,
    /// Outer width in cm.
    pub width_cm: Decimal,
    /// Outer height in cm.
    pub height_cm: Decimal,
    /// Weight of a full carton with its packaging; else it is the units' net weight.
    pub gross_kg: Option<Decimal>,
}

/// A charge.
#[derive(Clone, PartialEq, Debug)]
pub struct Charge {
    /// What it is for.
    pub component: ChargeComponent,
    /// The buyer's own name for it.
    pub label: Option<String>,
    /// The only order whose lines it sees: an index into [`Request::orders`].
    pub order: Option<usize>,
    /// The currency of its amounts and limits.
    pub currency: Currency,
    /// How it is computed.
    pub rate: Rate,
    /// At least this.
    pub minimum: Option<Decimal>,
    /// At most this.
    pub maximum: Option<Decimal>,
    /// How it is shared among the lines.
    pub allocate_by: Key,
    /// The percentage of it that joins the customs value, where the charge says so itself.
    pub dutiable_percent: Option<Decimal>,
    /// Whether it joins the VAT base, where the charge says so itself.
    pub taxable: Option<bool>,
    /// When a destination charge exists at all.
    pub when: Option<Condition>,
}

/// When a destination charge exists: all that is given must hold.
#[derive(Clone, PartialEq, Debug)]
pub struct Condition {
    /// The customs value is above this.
    pub customs_value_above: Option<Decimal>,
    /// The customs value is at most this.
    pub customs_value_up_to: Option<Decimal>,
    /// The shipment travels by one of these modes.
    pub modes: Option<Vec<Mode>>,
}

/// How a charge is computed.
#[derive(Clone, PartialEq, Debug)]
pub enum Rate {
    /// One amount.
    Flat {
        /// The amount.
        amount: Decimal,
    },
    /// An amount for each of something that is counted or measured.
    Per {
        /// What is counted.
        measure: Measure,
        /// The amount for one.
        amount: Decimal,
    },
    /// By chargeable weight, as couriers and airlines bill.
    ChargeableKg {
        /// How the weight is found.
        weighing: Weighing,
        /// What it costs.
        price: KgPrice,
    },
    /// By revenue tons (W/M), as shared sea and rail freight is billed.
    RevenueTon {
        /// The amount for one ton.
        amount: Decimal,
        /// Kilograms that count as one m³.
        kg_per_cbm: Decimal,
        /// At least so many tons.
        minimum_tons: Decimal,
    },
    /// A percentage of a base.
    PercentOf {
        /// The base.
        base: Base,
        /// Percent.
        percent: Decimal,
    },
    /// Marginal percentages of a base.
    TieredPercentOf {
        /// The base.
        base: Base,
        /// The tiers, ascending; exactly the last is open.
        tiers: Vec<Tier>,
    },
}

/// How a chargeable weight is found.
#[derive(Clone, PartialEq, Debug)]
pub struct Weighing {
    /// cm³ that count as one kg.
    pub divisor: Decimal,
    /// Whether the shipment or each carton is weighed.
    pub per: Weighed,
    /// Rounded up to a multiple of this; 0: not rounded.
    pub round_up_to_kg: Decimal,
    /// At least this.
    pub minimum_kg: Decimal,
}

/// What a chargeable weight costs.
#[derive(Clone, PartialEq, Debug)]
pub enum KgPrice {
    /// An amount for one kg.
    Amount(Decimal),
    /// Weight breaks, ascending: the cheapest of amount × max(weight, from) counts.
    Breaks(Vec<Break>),
    /// 首重 + 续重: a first weight, then steps.
    FirstAndNext {
        /// What the first amount covers.
        first_kg: Decimal,
        /// The first amount.
        first_amount: Decimal,
        /// The size of a step.
        next_kg: Decimal,
        /// The amount for a step that was begun.
        next_amount: Decimal,
    },
}

/// A weight break.
#[derive(Clone, PartialEq, Debug)]
pub struct Break {
    /// From this weight on.
    pub from_kg: Decimal,
    /// The amount for one kg.
    pub amount: Decimal,
}

/// A tier of marginal percentages.
#[derive(Clone, PartialEq, Debug)]
pub struct Tier {
    /// Its end, in the charge's currency; the last tier is open.
    pub up_to: Option<Decimal>,
    /// Percent of what lies in the tier.
    pub percent: Decimal,
}

/// Customs of the destination.
#[derive(Clone, PartialEq, Debug)]
pub struct Customs {
    /// What the customs value contains.
    pub basis: Basis,
    /// The rate that customs uses: yuan for one unit of the home currency.
    pub cny_per_unit: Decimal,
    /// Ad valorem duty in percent.
    pub duty_percent: Option<Decimal>,
    /// Additional duty in percent.
    pub additional_duty_percent: Option<Decimal>,
    /// VAT in percent.
    pub vat_percent: Decimal,
    /// Whether the buyer gets the VAT back; then it is due, but no cost.
    pub vat_recoverable: bool,
    /// The components that join the customs value.
    pub dutiable: Vec<ChargeComponent>,
    /// The components that join the VAT base.
    pub taxable: Vec<ChargeComponent>,
    /// What is added to the customs value for VAT, in percent.
    pub vat_uplift_percent: Decimal,
    /// Values up to which duty or VAT is relieved.
    pub de_minimis: Option<DeMinimis>,
}

impl Customs {
    /// What counts where a request has no customs: FOB, without any rate.
    pub fn absent(rates: &ExchangeRates) -> Customs {
        Customs {
            basis: Basis::Fob,
            cny_per_unit: rates.cny_per_unit,
            duty_percent: None,
            additional_duty_percent: None,
            vat_percent: Decimal::ZERO,
            vat_recoverable: false,
            dutiable: Basis::Fob.dutiable(),
            taxable: DEFAULT_TAXABLE.to_vec(),
            vat_uplift_percent: Decimal::ZERO,
            de_minimis: None,
        }
    }
}

/// Values up to which customs relieves a shipment.
#[derive(Clone, PartialEq, Debug)]
pub struct DeMinimis {
    /// Which value is compared.
    pub against: Against,
    /// Duty is relieved up to this value, in home currency.
    pub duty_up_to: Option<Decimal>,
    /// VAT is relieved up to this value, in home currency.
    pub vat_up_to: Option<Decimal>,
}

named! {
    /// How the goods travel.
    Mode {
        /// By courier.
        Express = "express",
        /// By air freight.
        Air = "air",
        /// By sea.
        Sea = "sea",
        /// By rail.
        Rail = "rail",
        /// By road.
        Road = "road",
    }
}

named! {
    /// The parts of a landed cost, in the order in which results list them.
    Component {
        /// The 1688 price of the goods.
        Goods = "goods",
        /// Freight inside China.
        DomesticShipping = "domesticShipping",
        /// Packaging and labels.
        Packaging = "packaging",
        /// Inspection.
        Inspection = "inspection",
        /// The sourcing agent's fee.
        AgentFee = "agentFee",
        /// What paying costs.
        PaymentFee = "paymentFee",
        /// Freight to the destination.
        InternationalShipping = "internationalShipping",
        /// Cargo insurance.
        Insurance = "insurance",
        /// Import duty, ad valorem, additional and specific.
        ImportDuty = "importDuty",
        /// VAT that is not recovered.
        Vat = "vat",
        /// Charges at the destination.
        Destination = "destination",
        /// What it costs that some units can't be sold.
        Defects = "defects",
    }
}

named! {
    /// The components that charges can have, in the order in which they are computed.
    ChargeComponent {
        /// Freight inside China.
        DomesticShipping = "domesticShipping",
        /// Packaging and labels.
        Packaging = "packaging",
        /// Inspection.
        Inspection = "inspection",
        /// The sourcing agent's fee.
        AgentFee = "agentFee",
        /// What paying costs.
        PaymentFee = "paymentFee",
        /// Freight to the destination.
        InternationalShipping = "internationalShipping",
        /// Cargo insurance.
        Insurance = "insurance",
        /// Charges at the destination.
        Destination = "destination",
    }
}

impl ChargeComponent {
    /// The part of the result that the charge belongs to.
    pub fn component(self) -> Component {
        match self {
            ChargeComponent::DomesticShipping => Component::DomesticShipping,
            ChargeComponent::Packaging => Component::Packaging,
            ChargeComponent::Inspection => Component::Inspection,
            ChargeComponent::AgentFee => Component::AgentFee,
            ChargeComponent::PaymentFee => Component::PaymentFee,
            ChargeComponent::InternationalShipping => Component::InternationalShipping,
            ChargeComponent::Insurance => Component::Insurance,
            ChargeComponent::Destination => Component::Destination,
        }
    }

    /// How a charge of this component is shared unless the request says otherwise.
    pub(super) fn default_key(self) -> Key {
        match self {
            ChargeComponent::DomesticShipping => Key::Weight,
            ChargeComponent::Packaging | ChargeComponent::Inspection => Key::Units,
            ChargeComponent::InternationalShipping => Key::Chargeable,
            ChargeComponent::AgentFee
            | ChargeComponent::PaymentFee
            | ChargeComponent::Insurance
            | ChargeComponent::Destination => Key::Value,
        }
    }
}

named! {
    /// What a simple rate counts or measures.
    Measure {
        /// Units of goods.
        Units = "perUnit",
        /// Cartons.
        Cartons = "perCarton",
        /// Gross weight in kg.
        Kg = "perKg",
        /// Volume in m³.
        Cbm = "perCbm",
    }
}

named! {
    /// How a charge is shared among the lines.
    Key {
        /// By the goods' value.
        Value = "value",
        /// By gross weight.
        Weight = "weight",
        /// By volume.
        Volume = "volume",
        /// By what the rate itself weighs.
        Chargeable = "chargeable",
        /// By units.
        Units = "units",
    }
}

named! {
    /// What is weighed for a chargeable weight.
    Weighed {
        /// The shipment as a whole.
        Shipment = "shipment",
        /// Each carton by itself.
        Carton = "carton",
    }
}

named! {
    /// What a percentage is taken of.
    Base {
        /// The goods.
        Goods = "goods",
        /// Goods and domestic shipping.
        GoodsAndDomesticShipping = "goodsAndDomesticShipping",
        /// Goods, domestic shipping, packaging, inspection and agent fee.
        OriginCosts = "originCosts",
        /// Goods and international shipping.
        GoodsAndFreight = "goodsAndFreight",
        /// 110 % of goods, domestic shipping, packaging and international shipping, premium inside.
        InsuredValue = "insuredValue",
        /// The customs value.
        CustomsValue = "customsValue",
        /// Duty and VAT.
        DutyAndVat = "dutyAndVat",
    }
}

impl Base {
    /// The components that the base sums, where it is a sum of components.
    pub fn components(self) -> &'static [Component] {
        use Component::{
            AgentFee, DomesticShipping, Goods, Inspection, InternationalShipping, Packaging,
        };
        match self {
            Base::Goods => &[Goods],
            Base::GoodsAndDomesticShipping => &[Goods, DomesticShipping],
            Base::OriginCosts => &[Goods, DomesticShipping, Packaging, Inspection, AgentFee],
            Base::GoodsAndFreight => &[Goods, InternationalShipping],
            Base::InsuredValue => &[Goods, DomesticShipping, Packaging, InternationalShipping],
            Base::CustomsValue | Base::DutyAndVat => &[],
        }
    }

    /// Whether the base is known when charges of this component are computed.
    pub(super) fn known_to(self, component: ChargeComponent) -> bool {
        match self {
            Base::Goods => true,
            Base::GoodsAndDomesticShipping => component > ChargeComponent::DomesticShipping,
            Base::OriginCosts => component > ChargeComponent::AgentFee,
            Base::GoodsAndFreight => component > ChargeComponent::InternationalShipping,
            Base::InsuredValue => component == ChargeComponent::Insurance,
            Base::CustomsValue | Base::DutyAndVat => component == ChargeComponent::Destination,
        }
    }
}

named! {
    /// What the customs value contains.
    Basis {
        /// The goods up to the border of China.
        Fob = "fob",
        /// The goods up to the destination: freight and insurance too.
        Cif = "cif",
    }
}

impl Basis {
    /// The components that join the customs value unless the request says otherwise.
    pub fn dutiable(self) -> Vec<ChargeComponent> {
        use ChargeComponent::{DomesticShipping, Insurance, InternationalShipping, Packaging};
        match self {
            Basis::Fob => vec![DomesticShipping, Packaging],
            Basis::Cif => vec![
                DomesticShipping,
                Packaging,
                InternationalShipping,
                Insurance,
            ],
        }
    }
}

/// The components that join the VAT base unless the request says otherwise.
pub(super) const DEFAULT_TAXABLE: &[ChargeComponent] = &[
    ChargeComponent::InternationalShipping,
    ChargeComponent::Insurance,
];

named! {
    /// The value that a threshold is compared with.
    Against {
        /// The goods' part of the customs value.
        Goods = "goods",
        /// The whole customs value.
        CustomsValue = "customsValue",
    }
}

/// Cargo is insured for 110 % of its value.
pub(super) fn insured_share() -> Ratio {
    Ratio::from_scaled(11, 1)
}
