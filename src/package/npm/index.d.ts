// The types of landfall, with the unit, the default and the range of every field.

// ── Values ──────────────────────────────────────────────────────────────────────────────────────

/**
 * An exact decimal as text: `"12.50"`. Results are always given so, never as a floating-point number;
 * amounts of money have the decimals of their currency (USD 2, JPY 0, KWD 3).
 */
export type Decimal = string;

/**
 * A decimal on input: a text of at most 10 digits before and 8 after a point, without sign, exponent,
 * separator or space: `"12.50"`. A whole number may be a JSON number: `12`. A number with a fraction,
 * such as `12.5`, may have lost digits before it got here and is refused (`notExact`): pass a text.
 */
export type DecimalInput = string | number;

/** An ISO 4217 code in capitals: `"USD"`. */
export type Currency = string;

/** A day: `"2026-11-20"`. */
export type CalendarDate = string;

/** The parts of a landed cost, in the order in which results list them. */
export type Component = "goods" | ChargeComponent | "importDuty" | "vat" | "defects";

/** The parts that charges can belong to. */
export type ChargeComponent =
  /** Freight inside China: the supplier is paid for it. */
  | "domesticShipping"
  /** Packaging and labels. */
  | "packaging"
  /** Inspection before shipping. */
  | "inspection"
  /** What the sourcing agent takes. */
  | "agentFee"
  /** What paying costs. */
  | "paymentFee"
  /** Freight to the destination. */
  | "internationalShipping"
  /** Cargo insurance. */
  | "insurance"
  /** What arises after the border: customs broker, port fees, delivery. */
  | "destination";

/** How goods travel. */
export type Mode = "express" | "air" | "sea" | "rail" | "road";

/** By what a charge is shared among the lines that it sees. */
export type AllocationKey =
  /** The value of the goods. */
  | "value"
  /** Gross weight. */
  | "weight"
  /** Volume. */
  | "volume"
  /** Each line's own chargeable weight, or whatever else the rate bills. */
  | "chargeable"
  /** Units. */
  | "units";

/** What a percentage is taken of. A component can use those bases that are known before it. */
export type Base =
  /** The goods. */
  | "goods"
  /** Goods and domestic shipping; for all components after domestic shipping. */
  | "goodsAndDomesticShipping"
  /** Goods, domestic shipping, packaging, inspection and agent fee; for all components after the agent fee. */
  | "originCosts"
  /** Goods and international shipping; for insurance and destination. */
  | "goodsAndFreight"
  /** 110 % of goods, domestic shipping, packaging and international shipping, the premium inside; insurance only. */
  | "insuredValue"
  /** The customs value; destination only. */
  | "customsValue"
  /** Duty and VAT due, recoverable or not; destination only. */
  | "dutyAndVat";

// ── Landed cost: the request ────────────────────────────────────────────────────────────────────

/** An order, what is charged for it, and the customs of its destination. */
export interface LandedCostRequest {
  /** What the buyer thinks in. Every amount of the result is in it. */
  homeCurrency: Currency;
  /** Exchange rates against the home currency. */
  exchangeRate: ExchangeRate;
  /** What is ordered: 1 … 10,000 lines. */
  lines: readonly Line[];
  /** What is charged beside the goods: at most 1,000 charges. Default: nothing. */
  charges?: readonly Charge[];
  /** The customs of the destination. Default: FOB, without duty and VAT. */
  customs?: Customs;
  /** How the goods travel. Default: not known. */
  shipment?: ShipmentTerms;
  /** Whether every amount of the result carries its `working`. Default: `false`. */
  explain?: boolean;
}

/** A request that asks for the working of every amount. */
export interface ExplainedLandedCostRequest extends LandedCostRequest {
  explain: true;
}

export interface ExchangeRate {
  /** Yuan for one unit of the home currency, > 0: `"7.10"`. `1` where the home currency is CNY. */
  cnyPerUnit: DecimalInput;
  /** The day of the rate. */
  asOf: CalendarDate;
  /** What the bank keeps when yuan is bought, in percent, 0 … < 100. Default 0. */
  spreadPercent?: DecimalInput;
  /**
   * Other currencies that charges are in: units of each for one unit of the home currency, > 0. Neither CNY
   * nor the home currency stands here. Default: none.
   */
  others?: Readonly<Record<Currency, DecimalInput>>;
}

export interface Line {
  /** The buyer's or supplier's name of the article, not empty. */
  sku: string;
  /** Anything; it has no effect. */
  description?: string;
  /** The order that the line belongs to, where several orders share a shipment. Default: none. */
  order?: string;
  /** Price of a unit in yuan, ≥ 0. */
  unitPriceCny: DecimalInput;
  /** Units: a whole number, 1 … 1,000,000,000. */
  quantity: number;
  /** Net weight of a unit in kg, ≥ 0. Default: the gross weight counts, where a carton has one. */
  unitWeightKg?: DecimalInput;
  /** The carton that units are packed in. Default: no carton, so no volume. */
  carton?: Carton;
  /** Ad valorem duty in percent of the customs value, 0 … 1,000. Default: that of `customs`. */
  dutyPercent?: DecimalInput;
  /** Additional duty in percent of the customs value, 0 … 1,000. Default: that of `customs`. */
  additionalDutyPercent?: DecimalInput;
  /** VAT in percent, 0 … 1,000. Default: that of `customs`. */
  vatPercent?: DecimalInput;
  /** Specific duty in home currency for a unit, ≥ 0. Default 0. */
  dutyPerUnit?: DecimalInput;
  /** Specific duty in home currency for a kg of net weight, ≥ 0. Default 0. */
  dutyPerKg?: DecimalInput;
  /** Units of a hundred that can't be sold, 0 … < 100: the supplier's historical rate. Default 0. */
  defectPercent?: DecimalInput;
}

export interface Carton {
  /** Units in a full carton: a whole number, 1 … 1,000,000,000. */
  units: number;
  /** Outer length in cm, > 0. */
  lengthCm: DecimalInput;
  /** Outer width in cm, > 0. */
  widthCm: DecimalInput;
  /** Outer height in cm, > 0. */
  heightCm: DecimalInput;
  /** Weight of a full carton with its packaging in kg, > 0. Default: the net weight of its units. */
  grossKg?: DecimalInput;
}

export interface Charge {
  /** What the charge is for. */
  component: ChargeComponent;
  /** The buyer's own name for it. Default: none, `null` in the result. */
  label?: string;
  /** The order whose lines alone the charge sees; a line has to name it. Default: all lines. */
  order?: string;
  /** The currency of its amounts and limits: CNY, the home currency or one of `others`. Default: the home currency. */
  currency?: Currency;
  /** How the charge is computed. */
  rate: Rate;
  /** The charge is at least this, in its currency, ≥ 0. Default: no limit. */
  minimum?: DecimalInput;
  /** The charge is at most this, in its currency, ≥ `minimum`. Default: no limit. */
  maximum?: DecimalInput;
  /**
   * How the charge is shared among the lines. Default: domestic shipping by weight, packaging and inspection by
   * units, international shipping by chargeable, all others by value.
   */
  allocateBy?: AllocationKey;
  /**
   * The share of the charge that joins the customs value, in percent, 0 … 100; not on destination. Default: 100
   * for the `dutiableComponents` of customs, 0 for others.
   */
  dutiablePercent?: DecimalInput;
  /**
   * Whether the charge joins the VAT base; not on a charge on duty and VAT. Default: whether its component is one
   * of the `taxableComponents` of customs.
   */
  taxable?: boolean;
  /** When the charge exists at all; destination only. Default: always. */
  when?: Condition;
}

/** All that is given must hold. */
export interface Condition {
  /** The customs value is above this, in home currency, ≥ 0. */
  customsValueAbove?: DecimalInput;
  /** The customs value is at most this, in home currency, ≥ 0. */
  customsValueUpTo?: DecimalInput;
  /** The shipment travels by one of these modes, at least one. */
  modes?: readonly Mode[];
}

/** How a charge is computed. Amounts are in the charge's currency. */
export type Rate =
  | FlatRate
  | PerMeasureRate
  | PerChargeableKgRate
  | WeightBreaksRate
  | FirstAndNextKgRate
  | PerRevenueTonRate
  | PercentOfRate
  | TieredPercentOfRate;

/** One amount. */
export interface FlatRate {
  type: "flat";
  /** ≥ 0. */
  amount: DecimalInput;
}

/** An amount for each unit, carton, kg of gross weight or m³. */
export interface PerMeasureRate {
  type: "perUnit" | "perCarton" | "perKg" | "perCbm";
  /** For one of them, ≥ 0. */
  amount: DecimalInput;
}

/** How a chargeable weight is found: the larger of gross weight and volume ÷ divisor. */
export interface Weighing {
  /** cm³ that count as one kg, > 0: `"5000"` or `"6000"`. */
  divisor: DecimalInput;
  /** Whether the shipment as a whole is weighed or each carton by itself. Default `"shipment"`. */
  per?: "shipment" | "carton";
  /** The weight is rounded up to a multiple of this, in kg, ≥ 0. Default 0: not rounded. */
  roundUpToKg?: DecimalInput;
  /** The weight is at least this, in kg, ≥ 0. Default 0. */
  minimumKg?: DecimalInput;
}

/** By chargeable weight, as couriers and airlines bill. */
export interface PerChargeableKgRate extends Weighing {
  type: "perChargeableKg";
  /** For one kg, ≥ 0. */
  amount: DecimalInput;
  breaks?: never;
}

/** By chargeable weight with weight breaks: the cheapest of amount × max(weight, from) counts. */
export interface WeightBreaksRate extends Weighing {
  type: "perChargeableKg";
  /** At least one, `fromKg` strictly ascending. */
  breaks: readonly WeightBreak[];
  amount?: never;
}

export interface WeightBreak {
  /** From this weight on, in kg, ≥ 0. */
  fromKg: DecimalInput;
  /** For one kg, ≥ 0. */
  amount: DecimalInput;
}

/** 首重 + 续重: a first weight, then steps. */
export interface FirstAndNextKgRate extends Weighing {
  type: "firstAndNextKg";
  /** What the first amount covers, in kg, ≥ 0. */
  firstKg: DecimalInput;
  /** ≥ 0. */
  firstAmount: DecimalInput;
  /** The size of a step in kg, > 0. */
  nextKg: DecimalInput;
  /** For each step that was begun, ≥ 0. */
  nextAmount: DecimalInput;
}

/** By revenue tons (W/M): the larger of m³ and weight ÷ `kgPerCbm`, as shared sea and rail freight is billed. */
export interface PerRevenueTonRate {
  type: "perRevenueTon";
  /** For one ton, ≥ 0. */
  amount: DecimalInput;
  /** Kilograms that count as one m³, > 0; rail lines often take 333. Default 1000. */
  kgPerCbm?: DecimalInput;
  /** At least so many tons, ≥ 0. Default 0. */
  minimumTons?: DecimalInput;
}

/** A percentage of a base. */
export interface PercentOfRate {
  type: "percentOf";
  /** What the percentage is taken of. */
  base: Base;
  /** 0 … 1,000; on the insured value 1.1 × percent has to stay below 100. */
  percent: DecimalInput;
}

/** Marginal percentages of a base: each tier applies to what lies in it. */
export interface TieredPercentOfRate {
  type: "tieredPercentOf";
  /** What the percentages are taken of; not the insured value. */
  base: Exclude<Base, "insuredValue">;
  /** At least one, `upTo` strictly ascending; exactly the last one is open. */
  tiers: readonly Tier[];
}

export interface Tier {
  /** The tier's end, in the charge's currency, ≥ 0. Not on the last tier. */
  upTo?: DecimalInput;
  /** 0 … 1,000. */
  percent: DecimalInput;
}

export interface Customs {
  /** What the customs value contains: `"fob"` the goods up to China's border, `"cif"` freight and insurance too. */
  basis: "fob" | "cif";
  /** The rate that customs uses: yuan for one unit of the home currency, > 0. Default: `exchangeRate.cnyPerUnit`. */
  cnyPerUnit?: DecimalInput;
  /** Ad valorem duty in percent of the customs value, 0 … 1,000. Default 0. */
  dutyPercent?: DecimalInput;
  /** Additional duty in percent of the customs value, 0 … 1,000; it adds up, it never compounds. Default 0. */
  additionalDutyPercent?: DecimalInput;
  /** VAT, or GST, in percent, 0 … 1,000. Default 0. */
  vatPercent?: DecimalInput;
  /** Whether the buyer gets the VAT back: then it is due, but no cost. Default `false`. */
  vatRecoverable?: boolean;
  /**
   * The components that join the customs value. Default: domestic shipping and packaging, with `"cif"` also
   * international shipping and insurance.
   */
  dutiableComponents?: readonly ChargeComponent[];
  /**
   * The components that join the VAT base. Default: international shipping and insurance. The EU takes agent fee,
   * inspection and destination too, Canada takes none.
   */
  taxableComponents?: readonly ChargeComponent[];
  /** What is added to the customs value for VAT, in percent of it, 0 … 1,000 (South Africa 10). Default 0. */
  vatUpliftPercent?: DecimalInput;
  /** Values up to which a shipment is relieved. Default: none. */
  deMinimis?: DeMinimis;
}

export interface DeMinimis {
  /** Which value is compared: the goods' part of the customs value, or the whole. Default `"goods"`. */
  against?: "goods" | "customsValue";
  /** Duty is relieved up to and including this value, in home currency, ≥ 0. Default: never. */
  dutyUpTo?: DecimalInput;
  /** VAT is relieved up to and including this value, in home currency, ≥ 0. Default: never. */
  vatUpTo?: DecimalInput;
}

export interface ShipmentTerms {
  /** How the goods travel. */
  mode: Mode;
  /** Whether the freight price contains duty and tax (DDP, 双清包税). Default `false`. */
  dutiesIncluded?: boolean;
}

// ── Landed cost: the result ─────────────────────────────────────────────────────────────────────

/**
 * What an order costs at the door. Amounts are in the home currency with its decimals. The parts sum to the
 * whole exactly, by component and by line.
 */
export interface LandedCost {
  homeCurrency: Currency;
  /** The sum of all components. */
  total: Decimal;
  /** Units ordered, all of them good: what bad ones cost is in the defects. */
  units: number;
  /** Total for one good unit, 4 decimals. */
  perUnit: Decimal;
  /** Who is paid what. */
  cash: Cash;
  /** All twelve components, in the order of {@link Component}. */
  components: ComponentCost[];
  /** The charges that exist, in the order in which they are computed. */
  charges: ChargeCost[];
  /** The lines, in the order of the request. */
  lines: LineCost[];
  /** What travels. */
  shipment: Shipment;
  /** What customs sees. */
  customs: CustomsCost;
  /** What is legal but worth a second look. Warnings change no number. */
  warnings: Warning[];
  /** How the amounts came about; with `explain: true`. */
  working?: { total: Working; perUnit: Working };
}

/** A landed cost with the working of every amount. */
export interface ExplainedLandedCost extends LandedCost {
  cash: Required<Cash>;
  components: Required<ComponentCost>[];
  charges: Required<ChargeCost>[];
  lines: Required<LineCost>[];
  customs: Required<CustomsCost>;
  working: { total: Working; perUnit: Working };
}

/** Who is paid what. Defects are a provision, not cash. */
export interface Cash {
  /** Goods and domestic shipping. */
  supplier: Decimal;
  /** Packaging, inspection, agent fee, payment fee. */
  agent: Decimal;
  /** International shipping and insurance. */
  forwarder: Decimal;
  /** Duty and VAT due, recoverable or not. */
  customs: Decimal;
  /** Destination charges. */
  arrival: Decimal;
  /** The sum of these. */
  total: Decimal;
  /** How the amounts came about; with `explain: true`. */
  working?: {
    supplier: Working;
    agent: Working;
    forwarder: Working;
    customs: Working;
    arrival: Working;
    total: Working;
  };
}

export interface ComponentCost {
  component: Component;
  /** What it costs over all lines. */
  amount: Decimal;
  /** Percent of the total, 2 decimals; `"0.00"` where the total is 0. */
  percentOfTotal: Decimal;
  /** For one good unit, 4 decimals. */
  perUnit: Decimal;
  /** How the amounts came about; with `explain: true`. */
  working?: { amount: Working; percentOfTotal: Working; perUnit: Working };
}

export interface ChargeCost {
  component: ChargeComponent;
  /** The label of the request; `null` where it gave none. */
  label: string | null;
  /** In home currency. */
  amount: Decimal;
  /** How the amount came about; with `explain: true`. */
  working?: { amount: ChargeWorking };
}

export interface LineCost {
  sku: string;
  quantity: number;
  /** The sum of its components. */
  total: Decimal;
  /** Total for one good unit, 4 decimals. */
  perUnit: Decimal;
  /** All twelve components. */
  components: Record<Component, Decimal>;
  /** How the amounts came about; with `explain: true`. */
  working?: { total: Working; perUnit: Working; components: Record<Component, Working> };
}

export interface Shipment {
  cartons: number;
  /** Gross weight in kg, 3 decimals. */
  grossKg: Decimal;
  /** Volume in m³, 6 decimals. */
  volumeCbm: Decimal;
  /** The kg billed by the last charge by chargeable weight, 3 decimals; `null` where there is none. */
  chargeableKg: Decimal | null;
  /** How the chargeable weight came about; with `explain: true`, where there is one. */
  working?: { chargeableKg: ChargeableWorking };
}

export interface CustomsCost {
  /** `null` where the request has no customs. */
  basis: "fob" | "cif" | null;
  /** The customs value. */
  value: Decimal;
  /** Import duty. */
  duty: Decimal;
  /** The base of the VAT. */
  vatBase: Decimal;
  /** The VAT that is due, recovered or not. */
  vat: Decimal;
  /** Whether the buyer gets the VAT back. */
  vatRecoverable: boolean;
  /** Whether a threshold relieves the duty. */
  dutyRelieved: boolean;
  /** Whether a threshold relieves the VAT. */
  vatRelieved: boolean;
  /** How the amounts came about; with `explain: true`. */
  working?: { value: Working; duty: Working; vatBase: Working; vat: Working };
}

// ── Warnings ────────────────────────────────────────────────────────────────────────────────────

/** What is legal but worth a second look; tell them apart by `code`. */
export type Warning = {
  /** Where in the request: `"lines[2].carton"`. */
  path: string;
  /** A sentence in the language asked for. */
  message: string;
} & (
  | {
      /** A line has no value in a measure that a charge bills or shares by, though others have. */
      code: "measureMissing";
      sku: string;
      measure: Measure;
    }
  | {
      /** A charge by cartons, kg or m³ where there are none. */
      code: "chargeIsZero";
      measure: Measure;
    }
  | {
      /** The freight contains duty and tax, but rates of duty or VAT are given. */
      code: "dutyIgnored";
    }
  | {
      /** Customs is given, but no rate of duty at all, not even 0. */
      code: "noDuty";
    }
  | {
      /** A carton below 20 or above 2,000 kg/m³: often a mistake of units. */
      code: "densityUnlikely";
      sku: string;
      /** Rounded to 1 decimal; missing where it is beyond every decimal. */
      kgPerCbm?: Decimal;
    }
  | {
      /** Duty or VAT over 100 %, a fee over 50 %. */
      code: "percentUnlikely";
      percent: Decimal;
    }
  | {
      /** A spread over 10 %. */
      code: "spreadUnlikely";
      percent: Decimal;
    }
  | {
      /** A divisor below 3,000 or above 10,000 cm³/kg. */
      code: "divisorUnlikely";
      divisor: Decimal;
    }
  | {
      /** An article that stands on an earlier line too. */
      code: "duplicateSku";
      sku: string;
      /** The earlier line, counted from 0. */
      earlier: number;
    }
);

export type Measure = "cartons" | "weight" | "volume";

// ── Workings ────────────────────────────────────────────────────────────────────────────────────

/** How an amount came about; tell them apart by `code`. Amounts are in home currency unless a name says otherwise. */
export type Working = {
  /** The formula with its operands and units, in the language asked for. */
  sentence: string;
} & (
  | {
      /** The sum of the parts that aren't zero. */
      code: "sum";
      parts: { name: Component | Payee; amount: Decimal }[];
    }
  | {
      /** The sum over the lines, each of which has its own working. */
      code: "sumOfLines";
      /** How many lines. */
      lines: number;
    }
  | {
      /** The sum of charges. */
      code: "sumOfCharges";
      parts: ChargePart[];
    }
  | {
      /** What a line bears of charges. */
      code: "shares";
      parts: ChargeShare[];
    }
  | {
      /** unitPriceCny × quantity ÷ (cnyPerUnit × (1 − spreadPercent ÷ 100)). */
      code: "goods";
      unitPriceCny: Decimal;
      quantity: number;
      cnyPerUnit: Decimal;
      spreadPercent: Decimal;
    }
  | {
      /** customsValue × (percent + additionalPercent) ÷ 100 + perUnit × quantity + perKg × netKg. */
      code: "duty";
      customsValue: Decimal;
      percent: Decimal;
      additionalPercent: Decimal;
      perUnit: Decimal;
      quantity: number;
      perKg: Decimal;
      netKg: Decimal;
    }
  | {
      /** Nothing: the freight contains duty and tax. */
      code: "dutiesIncluded";
    }
  | {
      /** Nothing: the value is not above a threshold. */
      code: "relieved";
      value: Decimal;
      upTo: Decimal;
    }
  | {
      /** (customsValue × (1 + upliftPercent ÷ 100) + duty + taxable) × percent ÷ 100. */
      code: "vat";
      customsValue: Decimal;
      upliftPercent: Decimal;
      duty: Decimal;
      taxable: Decimal;
      percent: Decimal;
    }
  | {
      /** Nothing: what is due at the border is recovered. It is due as with `vat`. */
      code: "vatRecovered";
      due: Decimal;
      customsValue: Decimal;
      upliftPercent: Decimal;
      duty: Decimal;
      taxable: Decimal;
      percent: Decimal;
    }
  | {
      /** subtotal × percent ÷ (100 − percent). */
      code: "defects";
      subtotal: Decimal;
      percent: Decimal;
    }
  | {
      /** The goods at the rate of customs, and the dutiable parts of charges. */
      code: "customsValue";
      goods: Decimal;
      cnyPerUnit: Decimal;
      parts: ChargePart[];
    }
  | {
      /** customsValue × (1 + upliftPercent ÷ 100) + duty, and the taxable parts of charges. */
      code: "vatBase";
      customsValue: Decimal;
      upliftPercent: Decimal;
      duty: Decimal;
      parts: ChargePart[];
    }
  | {
      /** amount ÷ units. */
      code: "perUnit";
      amount: Decimal;
      units: number;
    }
  | {
      /** amount × 100 ÷ total. */
      code: "percentOfTotal";
      amount: Decimal;
      total: Decimal;
    }
);

/** Who is paid. */
export type Payee = "supplier" | "agent" | "forwarder" | "customs" | "arrival";

/** What a charge adds. */
export interface ChargePart {
  /** The charge's index in the request. */
  charge: number;
  component: ChargeComponent;
  /** Its label, where it has one. */
  label?: string;
  /** What it adds. */
  amount: Decimal;
  /** The percentage of the charge that this is, where only a share of it joins a value. */
  percentOfCharge?: Decimal;
}

/** What a line bears of a charge. */
export interface ChargeShare extends ChargePart {
  /** The whole charge. */
  of: Decimal;
  /** By what it was shared. */
  by: AllocationKey;
  /** The line's share of that in percent, 4 decimals. */
  percent: Decimal;
}

/** How a charge came about: its rate by `code`, its limits, its exchange rate. Amounts are in the charge's currency. */
export type ChargeWorking = {
  /** The formula with its operands and units, in the language asked for. */
  sentence: string;
  /** The charge's currency. */
  currency: Currency;
  /** At least this. */
  minimum?: Decimal;
  /** At most this. */
  maximum?: Decimal;
  /** The amount before conversion, 4 decimals, where it was converted. */
  ownAmount?: Decimal;
  /** Units of the charge's currency for one unit of the home currency, where they differ. */
  perHomeUnit?: Decimal;
  /** What the bank keeps of it, in percent, for yuan. */
  spreadPercent?: Decimal;
} & (
  | {
      /** amount. */
      code: "flat";
      amount: Decimal;
    }
  | {
      /** amount × count of units, cartons, kg or m³. */
      code: "perUnit" | "perCarton" | "perKg" | "perCbm";
      amount: Decimal;
      count: Decimal;
    }
  | {
      /** amount × weight.kg. */
      code: "perChargeableKg";
      weight: ChargeableWeight;
      amount: Decimal;
    }
  | {
      /** The cheapest of amount × max(weight.kg, fromKg): that of this break. */
      code: "weightBreaks";
      weight: ChargeableWeight;
      fromKg: Decimal;
      amount: Decimal;
    }
  | {
      /** firstAmount + steps × nextAmount. */
      code: "firstAndNextKg";
      weight: ChargeableWeight;
      firstKg: Decimal;
      firstAmount: Decimal;
      nextKg: Decimal;
      nextAmount: Decimal;
    }
  | {
      /** amount × max(cbm, kg ÷ kgPerCbm, minimumTons). */
      code: "perRevenueTon";
      amount: Decimal;
      cbm: Decimal;
      kg: Decimal;
      kgPerCbm: Decimal;
      minimumTons: Decimal;
    }
  | {
      /** base × percent ÷ 100. */
      code: "percentOf";
      /** What the base is. */
      of: Base;
      /** Its value in home currency. */
      base: Decimal;
      percent: Decimal;
    }
  | {
      /** 1.1 × base × percent ÷ (100 − 1.1 × percent): 110 % is insured, the premium inside. */
      code: "insurance";
      /** Goods, domestic shipping, packaging and international shipping, in home currency. */
      base: Decimal;
      percent: Decimal;
    }
  | {
      /** Marginal percentages of a base. */
      code: "tieredPercentOf";
      /** What the base is. */
      of: Base;
      /** Its value in home currency. */
      base: Decimal;
      /** Without `upTo` the last one, which is open. */
      tiers: { upTo?: Decimal; percent: Decimal }[];
    }
);

/** A chargeable weight in kg, 3 decimals, and how it came about. */
export interface ChargeableWeight {
  /** What is billed. */
  kg: Decimal;
  grossKg: Decimal;
  /** Volume ÷ divisor. */
  volumetricKg: Decimal;
  /** cm³ that count as one kg. */
  divisor: Decimal;
  per: "shipment" | "carton";
  roundUpToKg: Decimal;
  minimumKg: Decimal;
  /** What decided; `"cartons"` where each is weighed by itself. */
  governedBy: "weight" | "volume" | "minimum" | "cartons";
}

export interface ChargeableWorking extends ChargeableWeight {
  /** The formula with its operands and units, in the language asked for. */
  sentence: string;
}

// ── Minimum selling price ───────────────────────────────────────────────────────────────────────

/** What selling a landed unit costs. Percents are 0 … 100. */
export interface SellingPriceRequest {
  /** The currency of all amounts. */
  currency: Currency;
  /** Landed cost of one good unit, ≥ 0. */
  landedCostPerUnit: DecimalInput;
  /** Fixed cost of an order, ≥ 0: fulfilment, last mile, fixed platform fee. Default 0. */
  fixedPerOrder?: DecimalInput;
  /** Platform and payment fees in percent of the consumer price. Default 0. */
  feePercent?: DecimalInput;
  /** Advertising in percent of the consumer price. Default 0. */
  advertisingPercent?: DecimalInput;
  /** Units that come back, in percent of those sent. Default 0. */
  returnPercent?: DecimalInput;
  /** Returned units that can be sold again, in percent. Default 0. */
  resaleablePercent?: DecimalInput;
  /** What handling one return costs, ≥ 0. Default 0. */
  returnHandling?: DecimalInput;
  /** The share of the fees that is kept when a price is refunded, in percent. Default 0. */
  feeKeptOnRefundPercent?: DecimalInput;
  /** Sales tax or VAT inside the consumer price, in percent of the net price. Default 0. */
  taxInPricePercent?: DecimalInput;
  /** The margin aimed at, in percent of the net revenue. Default 0. */
  targetMarginPercent?: DecimalInput;
}

export interface SellingPrice {
  /** The consumer price without profit or loss, rounded up to the minor unit. */
  breakEven: Decimal;
  /** The consumer price that reaches the margin, rounded up to the minor unit. */
  target: Decimal;
  /** The target price without the tax inside. */
  netAtTarget: Decimal;
  /** The profit on one unit sent at the target price. */
  profitPerUnitAtTarget: Decimal;
}

// ── Placing an order: the owner's rules ─────────────────────────────────────────────────────────

/**
 * The owner's rules. What is left out has its default; an unknown field is an issue. "More than" and "above" are
 * strict: exactly the limit passes. Amounts are in `homeCurrency`.
 */
export interface Policy {
  /** What the owner calls it. */
  name?: string;
  /** Its version, from 1. A verdict carries it. */
  version?: number;
  /** The day from which it holds. */
  effectiveFrom?: CalendarDate;
  /** The currency of its amounts. Default `"USD"`. */
  homeCurrency?: Currency;
  /** The owner's time zone, by its IANA name; default the device's. */
  timeZone?: string;
  orders?: {
    /** An order worth more than this is the owner's to decide, ≥ 0. Default 800. */
    maximumOrderValue?: DecimalInput;
    /** What that value is. Default `"landedCost"`. */
    orderValueBasis?: OrderValueBasis;
    /** A unit price more than so many percent above the previous one is the owner's to decide, 0 … 1,000. Default 15. */
    priceIncreasePercent?: DecimalInput;
    /** How old an exchange rate may be, in days. Default 3: a weekend. */
    exchangeRateMaxAgeDays?: number;
  };
  supplierChecklist?: {
    /** Completed transactions, at least. Default 200. */
    minimumTransactions?: number;
    /** Years that the shop has been active, at least, ≥ 0. Default 2. */
    minimumYears?: DecimalInput;
    /** Hours within which an inquiry is answered, ≥ 0. Default 8. */
    maximumResponseHours?: DecimalInput;
    /** Whether the platform must have verified it. Default `true`. */
    requireVerified?: boolean;
    /** Whether there must be real photos of its warehouse. Default `true`. */
    requireWarehousePhotos?: boolean;
  };
  /** The four weights add up to 100; a better grade needs no fewer points. */
  supplierGrades?: {
    /** The weight of quality in percent, 0 … 100. Default 40. */
    qualityWeight?: DecimalInput;
    /** The weight of delivery in percent, 0 … 100. Default 30. */
    deliveryWeight?: DecimalInput;
    /** The weight of service in percent, 0 … 100. Default 20. */
    serviceWeight?: DecimalInput;
    /** The weight of cost in percent, 0 … 100. Default 10. */
    costWeight?: DecimalInput;
    /** Points for an A, at least, 0 … 100. Default 90. */
    a?: DecimalInput;
    /** Points for a B, at least, 0 … `a`. Default 75. */
    b?: DecimalInput;
    /** Points for a C, at least, 0 … `b`. Default 60. */
    c?: DecimalInput;
    /** A price so many percent below the median of the other quotes is suspicious, 0 … 100. Default 40. */
    belowMarketPercent?: DecimalInput;
  };
  receiving?: {
    /** Units of an article that a spot check looks at, in percent, 0 … 100. Default 10. */
    spotCheckPercent?: DecimalInput;
    /** Units of each article that it looks at, at least. Default 3. */
    minimumPerSku?: number;
    /** A batch with more bad units is defective, in percent, 0 … 100. Default 5. */
    defectiveBatchPercent?: DecimalInput;
    /** Hours after the arrival within which a variance is logged, ≥ 0. Default 2. */
    logVarianceHours?: DecimalInput;
    /** Hours after the arrival within which the supplier is told, ≥ 0. Default 6. */
    contactSupplierHours?: DecimalInput;
    /** Days of storage at a forwarder. Default 90. */
    storageDays?: number;
    /** Days of storage of parcels without order information. Default 30. */
    unclaimedStorageDays?: number;
    /** Days in which an agent takes goods back. Default 5. */
    agentReturnDays?: number;
    /** Units that one person inspects in an hour, ≥ 1. Default 60. */
    inspectionUnitsPerHour?: number;
  };
  control?: {
    /** Defective batches in a row that suspend a supplier, ≥ 1. Default 2. */
    consecutiveDefectiveBatches?: number;
    /** A landed cost that rises by more percent is a red flag, 0 … 1,000. Default 20. */
    costIncreasePercent?: DecimalInput;
    /** More escalations in a week are a red flag. Default 5. */
    escalationsPerWeek?: number;
    normal?: {
      /** The rate of defects that is normal, up to, in percent, 0 … 100. Default 3. */
      defectRatePercent?: DecimalInput;
      /** Days over the planned lead time that are normal, up to, ≥ 0. Default 2. */
      leadTimeOverrunDays?: DecimalInput;
      /** The change of landed cost that is normal, up to, in percent, 0 … 1,000. Default 10. */
      costChangePercent?: DecimalInput;
    };
  };
  sop?: {
    /** The procedure is reviewed after every so many orders, ≥ 1. Default 50. */
    reviewEveryOrders?: number;
    /** It is reviewed at once after a larger loss, ≥ 0. Default 500. */
    incidentLoss?: DecimalInput;
    /** Clean runs in a row after which new staff work alone. Default 10. */
    cleanRunsForSolo?: number;
  };
}

/** What counts as the value of an order. */
export type OrderValueBasis =
  /** The landed total. */
  | "landedCost"
  /** Goods and freight inside China. */
  | "goodsAndDomesticShipping"
  /** Goods. */
  | "goods";

/** A policy with every default filled: it is a `Policy` itself. */
export type WholePolicy = Pick<Policy, Unfilled> & Whole<Omit<Policy, Unfilled>>;

/** The fields of a policy without a default. */
type Unfilled = "name" | "version" | "effectiveFrom" | "timeZone";
type Whole<Group> = { [Field in keyof Group]-?: WholeValue<Exclude<Group[Field], undefined>> };
type WholeValue<Value> = [DecimalInput] extends [Value] ? Decimal : Value extends object ? Whole<Value> : Value;

export interface OrderCheckRequest {
  /** The owner's rules; `{}` has every default. */
  policy: Policy;
  /** The day on which the order is to be placed, in the owner's time zone. */
  today: CalendarDate;
  order: {
    /** The supplier that is ordered from. */
    supplierId: string;
    exchangeRate: {
      /** Yuan for one unit of the policy's home currency, > 0; 1 where that is CNY. Taken without a bank's spread. */
      cnyPerUnit: DecimalInput;
      /** The day of the rate. */
      asOf: CalendarDate;
    };
    /** 1 … 10,000. */
    lines: {
      /** The article. */
      sku: string;
      /** Yuan for one unit, ≥ 0. */
      unitPriceCny: DecimalInput;
      /** 1 … 1,000,000,000. */
      quantity: number;
    }[];
    /** Freight inside China in yuan, ≥ 0; left out while it isn't known. */
    domesticShippingCny?: DecimalInput;
    /** The `total` of `landedCost` for these lines, in the policy's home currency, ≥ 0. */
    landedTotal?: DecimalInput;
    /** What is confirmed against the approved sample. Default `false` each. */
    specification: {
      colour?: boolean;
      size?: boolean;
      quantity?: boolean;
      packaging?: boolean;
    };
    /** The file name of the screenshot of the price. */
    priceScreenshot?: string;
    /** The address of the product. */
    productLink?: string;
    /** Who places the order. */
    staff?: string;
    /** The day on which it is expected; blank while it isn't known. */
    expectedDelivery?: CalendarDate;
  };
  /** What is known of the order's supplier; `null` where nothing is. */
  supplier: {
    id: string;
    status: "whitelisted" | "new" | "suspended";
    /** Ranges of unit prices in yuan that the owner agreed to; both ends are in them. An article may have several. */
    agreedPrices?: { sku: string; minimumCny: DecimalInput; maximumCny: DecimalInput }[];
  } | null;
  /** What was paid for articles before, in yuan for one unit, in any order. */
  previousPrices: { sku: string; unitPriceCny: DecimalInput; date: CalendarDate }[];
}

export interface BacktestRequest {
  /** The rules as they are. Default: every default. */
  before?: Policy;
  /** The rules as they would be. In another `homeCurrency` no order can be tried. */
  after: Policy;
  /** The orders of the log, in any order. */
  orders: {
    /** What tells it from others. */
    id: string;
    /** The day on which it was placed, in the owner's time zone. */
    day: CalendarDate;
    /** As `checkOrder` takes it, in the home currency of `before`. */
    order: OrderCheckRequest["order"];
    /** What was known of its supplier on that day. */
    supplier: OrderCheckRequest["supplier"];
  }[];
  /**
   * What was paid for articles besides the orders, whose own prices count from the day after theirs. An order is held
   * against the newest price of a day before its own. Default: none.
   */
  previousPrices?: OrderCheckRequest["previousPrices"];
}

/** What a change of the rules would have done. */
export interface Backtest {
  /** Orders tried. */
  orders: number;
  /** Orders that can't be tried since `after` has another home currency: all or none. */
  otherHomeCurrency: number;
  /** Orders that stop under `before`. */
  stopsBefore: number;
  /** Orders that would stop under `after`. */
  stopsAfter: number;
  /** Orders that would now stop. One that stops either way is in no list. */
  wouldStop: TriedOrder[];
  /** Orders that would no longer stop. */
  wouldPass: TriedOrder[];
  /** Orders whose verdict would be another one otherwise. */
  wouldChange: TriedOrder[];
  /** The sum of the values of `wouldStop`, in the home currency. */
  wouldStopValue: Decimal;
  /** The same of `wouldPass`. */
  wouldPassValue: Decimal;
  /** The same of `wouldChange`. */
  wouldChangeValue: Decimal;
  /** What the whole comes to. */
  message: string;
}

/** A past order whose verdict would be another one. */
export interface TriedOrder {
  /** The `id` that was given. */
  id: string;
  before: OrderVerdict["verdict"];
  after: OrderVerdict["verdict"];
  /**
   * What it had cost, in the home currency: its landed total where that is known and contains its goods, else goods
   * with what is known of freight inside China.
   */
  value: Decimal;
  /** The rules behind the graver of the two verdicts. */
  rules: Finding["rule"][];
  /** What would become of it. */
  message: string;
}

export interface OrderVerdict {
  /** `"stop"` where a finding is a hard stop, which only the owner lifts; else `"incomplete"` where something is missing. */
  verdict: "proceed" | "incomplete" | "stop";
  /** What each rule found, passes too: hard stops first, then what is missing, notices and passes. */
  findings: Finding[];
  /** The value that was held against the limit, in the policy's home currency. */
  orderValue: Decimal;
  /** The version of the policy; `null` where it has none. */
  policyVersion: number | null;
}

/** What a rule found. Without `message` it is what to store: it freezes no language. */
export type Finding = {
  /** What it means for the order and what to do, in the language that was asked for. */
  message: string;
} & (
  | {
      rule: "order-value";
      outcome: "hardStop" | "notice" | "pass";
      /** The value of the order, in the home currency. */
      observed: Decimal;
      /** The largest value that passes. */
      limit: Decimal;
      /** What the policy wants to be counted, and what was: less where an amount is missing, which is a notice. */
      because: { basis: OrderValueBasis; counted: OrderValueBasis };
    }
  | {
      rule: "supplier-whitelist";
      outcome: "hardStop" | "pass";
      /** How the order's supplier stands; `"otherSupplier"`: what is known is of another one. */
      observed: "whitelisted" | "new" | "suspended" | "unknown" | "otherSupplier";
      limit: "whitelisted";
      because: { supplierId: string };
    }
  | {
      /** One for each line. */
      rule: "price-increase";
      /** `"notice"`: there is no previous price, or it is 0. */
      outcome: "hardStop" | "notice" | "pass";
      /** The article. */
      subject: string;
      /** The unit price in yuan. */
      observed: Decimal;
      /** The highest unit price that passes, in yuan. */
      limit?: Decimal;
      because: {
        maximumPercent: Decimal;
        /** The newest previous price up to today, the lowest of its day, in yuan. */
        previousPriceCny?: Decimal;
        previousDate?: CalendarDate;
        /** The rise in percent, rounded up to two decimals; negative where the price fell. */
        changePercent?: Decimal;
      };
    }
  | {
      /** One for each line whose article has agreed ranges of the order's supplier. */
      rule: "agreed-price-range";
      outcome: "hardStop" | "pass";
      /** The article. */
      subject: string;
      /** The unit price in yuan. */
      observed: Decimal;
      /** The ranges in yuan: `"9–10.50, 12–13"`. */
      limit: string;
    }
  | {
      rule: "specification";
      outcome: "missing" | "pass";
      /** What isn't confirmed: `"colour, size"`. */
      because?: { unconfirmed: string };
    }
  | {
      rule: "cost-calculated";
      outcome: "missing" | "pass";
      /** The landed total, where there is one. */
      observed?: Decimal;
      /** Goods and known domestic shipping, which it can't be below. */
      limit: Decimal;
    }
  | {
      rule: "exchange-rate";
      outcome: "missing" | "pass";
      /** The age of the rate in days; negative where it is dated after today. */
      observed: string;
      /** How many days it may have. */
      limit: string;
      because: { asOf: CalendarDate };
    }
  | {
      rule: "order-record";
      outcome: "missing" | "pass";
      /** What is absent or blank: `"productLink, staff"`. */
      because?: { missing: string };
    }
);

// ── Destinations ────────────────────────────────────────────────────────────────────────────────

/** Where goods can be imported, and what is known of its customs. */
export interface Destination {
  /** ISO 3166-1 alpha-2: `"US"`. */
  code: string;
  /** Its name. */
  name: Texts;
  /** The currency of all amounts in its facts: make it the home currency of the request that they fill. */
  currency: Currency;
  /** What is known, and what is known not to be. */
  facts: DestinationFact[];
}

/** A text in the languages that there are. */
export interface Texts {
  /** English. */
  en: string;
  /** Simplified Chinese. */
  zh: string;
}

/** One fact of a destination; tell them apart by `field`, `charge`, `duty` and `open`. */
export type DestinationFact = FieldFact | ChargeFact | DutyFact | OpenFact;

/** What every fact has. */
export interface FactBase {
  /** Its own name: `"us-mpf-formal-2027"`. Those of the EU are the same in all its states. */
  id: string;
  /** The day for which the source vouches. Facts older than half a year should be looked up again. */
  asOf: CalendarDate;
  /** The first day of entry for which it holds. Without: from the beginning. */
  from?: CalendarDate;
  /** The last day of entry for which it holds. Without: until further notice. */
  until?: CalendarDate;
}

/** Where an established fact is from. */
export interface SourcedFact extends FactBase {
  /** The address that it was taken from. */
  source: string;
  /** `"A"` official or primary text, `"B"` a reputable secondary source or two independent ones, `"C"` one secondary source. */
  confidence: "A" | "B" | "C";
  /** What the buyer needs to know beside it. */
  note?: Texts;
}

/** A field of the request's `customs` has this value. */
export type FieldFact = SourcedFact & { name?: Texts; charge?: never; duty?: never; open?: never } & (
    | { field: "customs.basis"; value: "fob" | "cif" }
    | {
        /** In percent. A duty rate stands here only where one is general. */
        field: "customs.dutyPercent" | "customs.vatPercent" | "customs.vatUpliftPercent";
        value: Decimal;
      }
    | { field: "customs.dutiableComponents" | "customs.taxableComponents"; value: ChargeComponent[] }
    | { field: "customs.deMinimis.against"; value: "goods" | "customsValue" }
    | {
        /** In the destination's currency. */
        field: "customs.deMinimis.dutyUpTo" | "customs.deMinimis.vatUpTo";
        value: Decimal;
      }
  );

/** A charge of customs or at the border. */
export interface ChargeFact extends SourcedFact {
  /** What it is called. */
  name: Texts;
  /** A charge for the request, without label, in the destination's currency unless it names one. */
  charge: Charge;
  field?: never;
  duty?: never;
  open?: never;
}

/** A layer of additional duty on goods from China. Layers add up on the same customs value. */
export interface DutyFact extends SourcedFact {
  /** What it is called, with the heading of the tariff where it has one. */
  name: Texts;
  duty: {
    /** In percent of the customs value. */
    percent: Decimal;
    /** `"always"`: on all goods; `"chosen"`: on those that the buyer knows to be on its list. */
    applies: "always" | "chosen";
    /** Of the layers of a group an article has at most one. */
    group?: string;
    /** The ids of layers that don't apply where this one does. */
    replaces?: string[];
  };
  field?: never;
  charge?: never;
  open?: never;
}

/** What isn't established, or what the buyer has to judge. */
export interface OpenFact extends FactBase {
  open: true;
  /** What it is, and what to do. */
  note: Texts;
  name?: Texts;
  source?: string;
  confidence?: "A" | "B" | "C";
  field?: never;
  charge?: never;
  duty?: never;
}

export interface DestinationOptions extends Options {
  /** A day of entry: only facts that hold then. Default: all facts, also past and future ones. */
  on?: CalendarDate;
}

// ── Suppliers ───────────────────────────────────────────────────────────────────────────────────

/** An instant in UTC: `"2026-11-20T09:30:00Z"`, as `toISOString` of a `Date` writes it. */
export type Instant = string;

/** What is known of a new supplier. What is missing is unknown, never a no. */
export interface SupplierScoreRequest {
  /** The owner's rules: `supplierChecklist`, and of `supplierGrades` `belowMarketPercent`. Default: `defaultPolicy()`. */
  policy?: Policy;
  supplier: NewSupplier;
  /** A first inquiry, by which the time to answer is measured. Not together with `supplier.checklist.responseHours`. */
  inquiry?: SupplierInquiry;
  /** What the supplier asks for a unit, in yuan, ≥ 0. Default: the price isn't compared. */
  quotedPriceCny?: DecimalInput;
  /** What others ask for the same, in yuan, ≥ 0: at most 1,000. Their median is the market. Default: none. */
  otherQuotesCny?: readonly DecimalInput[];
  /**
   * What the platform calls its badges, at most 1,000; capitals and spaces around them don't matter. Default: 普通 and
   * None, 诚信通 and Integrity member, 实力商家 and Strong merchant, 源头工厂, 超级工厂 and Source factory.
   */
  memberships?: readonly MembershipLabel[];
}

export interface NewSupplier {
  /** Anything; it has no effect. */
  name?: string;
  /** What the checklist asks for. Default: nothing is known. */
  checklist?: SupplierChecklist;
  /** What the platform says of it. Default: nothing is known. */
  evidence?: SupplierEvidence;
  /** Red flags that somebody saw. Default: none. */
  redFlags?: readonly RedFlag[];
  /** What it asks to be paid, and when. Default: not known. */
  paymentTerms?: PaymentTerms;
}

export interface SupplierChecklist {
  /** Whether the platform verified it. */
  verified?: boolean;
  /** Completed transactions: a whole number, 0 … 1,000,000,000. */
  transactions?: number;
  /** How long the shop has been active, in years, ≥ 0. */
  years?: DecimalInput;
  /** Whether there are real photos of its warehouse, not only renders. */
  warehousePhotos?: boolean;
  /** How long it takes to answer an inquiry, in hours, ≥ 0. */
  responseHours?: DecimalInput;
}

/** What the platform says of a supplier, as far as it is known. Counts are whole numbers, 0 … 1,000,000,000. */
export interface SupplierEvidence {
  /** The badge, as the platform calls it, not empty. */
  membership?: string;
  /** Years of membership, ≥ 0. */
  years?: DecimalInput;
  /** Buyers who came back, in percent, 0 … 100. */
  repeatPurchasePercent?: DecimalInput;
  /** Orders dispatched on time, in percent, 0 … 100. */
  onTimePercent?: DecimalInput;
  /** Inquiries answered, in percent, 0 … 100. */
  responsePercent?: DecimalInput;
  /** The score for quality on the platform's scale, ≥ 0. */
  qualityScore?: DecimalInput;
  /** The score for service on the platform's scale, ≥ 0. */
  serviceScore?: DecimalInput;
  /** Capacity: pieces a month. */
  piecesAMonth?: number;
  /** Capacity: production lines. */
  productionLines?: number;
  /** Capacity: people. */
  staff?: number;
  /** Capacity: floor area in m². */
  floorAreaM2?: number;
  /** How long it usually takes to answer, in hours, ≥ 0. Default: that of the checklist or the inquiry. */
  answerHours?: DecimalInput;
  creditGrade?: "AAA" | "AA" | "A" | "B" | "C";
  /** The deposit in escrow in yuan, ≥ 0. */
  depositCny?: DecimalInput;
}

/** Any one of them rules a supplier out. */
export type RedFlag =
  /** No membership badge, or less than a year of it; computed from the evidence too. */
  | "noMembership"
  /** Far below the market: more than `belowMarketPercent` under the median of the other quotes; computed too. */
  | "priceFarBelowMarket"
  /** Stolen or poor photos. */
  | "poorPhotos"
  | "falseCompanyData"
  /** Refuses samples or more photos. */
  | "refusesSamples"
  /** Presses for full prepayment or payment off the platform. */
  | "pressesForPrepayment"
  | "noBusinessLicence"
  | "manyDisputes";

export type PaymentTerms =
  /** 30 % with the order, 70 % before shipment: medium risk. */
  | "deposit30"
  /** 50 % with the order, 50 % before shipment: low risk. */
  | "deposit50"
  /** All on delivery: very low risk. */
  | "onDelivery"
  /** All with the order: high risk. */
  | "prepayment"
  /** Past the platform: high risk. */
  | "offPlatform";

/** What a badge stands for, with its risk: none high, integrity member medium, strong merchant low, source factory very low. */
export type MembershipTier = "none" | "integrityMember" | "strongMerchant" | "sourceFactory";

export interface MembershipLabel {
  /** The badge, as the platform calls it, not empty. */
  label: string;
  tier: MembershipTier;
}

export interface SupplierInquiry {
  sentAt: Instant;
  /** Not before `sentAt`. Default: not answered yet. */
  answeredAt?: Instant;
}

export type Risk = "veryLow" | "low" | "medium" | "high";

/** What is known of a new supplier, judged. Only the owner approves. */
export interface SupplierScore {
  /**
   * `"readyForApproval"`: the checklist is met and there is no red flag; `"incomplete"`: something isn't known, and
   * nothing speaks against it; `"notReady"`: something isn't met, or there is a red flag.
   */
  readiness: "readyForApproval" | "incomplete" | "notReady";
  /** The items that the policy asks for. One that isn't required, or of which at least 0 is asked, isn't listed. */
  checklist: ChecklistEntry[];
  /** Each that was said or computed, once. */
  redFlags: RaisedFlag[];
  /** Whether there is a red flag. */
  isDisqualified: boolean;
  /** What is known, axis by axis; never one number. */
  evidence: EvidenceReading[];
  /** The terms of payment with their risk, where they are known. */
  paymentTerms?: { terms: PaymentTerms; risk: Risk };
  /** What it means and what to do, in the language asked for. */
  message: string;
}

export interface ChecklistEntry {
  item: "verified" | "transactions" | "years" | "warehousePhotos" | "responseHours";
  state: "met" | "unmet" | "unknown";
  /** The number that is known, where the item is one; measured hours to 4 decimals. */
  observed?: Decimal;
  /** At most so many hours; at least so many transactions or years. */
  limit?: Decimal;
  /** In the language asked for. */
  message: string;
}

export interface RaisedFlag {
  flag: RedFlag;
  /** Whether somebody saw it or it follows from what is known; `"computed"` where it is both. */
  source: "said" | "computed";
  /** Years of membership, or percent under the median, rounded up to 2 decimals. */
  observed?: Decimal;
  /** At least so many years, at most so many percent. */
  limit?: Decimal;
  /** The median of the other quotes in yuan. */
  medianCny?: Decimal;
  /** In the language asked for. */
  message: string;
}

export interface EvidenceReading {
  axis: keyof SupplierEvidence;
  /** As it was given. */
  observed: string;
  /**
   * Capacity: excellent above 100,000 pieces a month, 5 lines, 100 people, 5,000 m²; good from 50,000, 3, 50, 2,000;
   * average from 10,000, 1, 20, 500. Answers: excellent in less than an hour, good within 4.
   */
  band?: "excellent" | "good" | "average" | "belowAverage" | "slow";
  /** What the badge stands for, where its name is known. */
  tier?: MembershipTier;
  /** The risk in it, where its name is known. */
  risk?: Risk;
}

/** What the log says of a supplier in use: at most 10,000 entries each, in any order. Default: nothing. */
export interface SupplierGradeRequest {
  /** The owner's rules: `supplierGrades`. Default: `defaultPolicy()`. */
  policy?: Policy;
  /** The day that is today: an order that was expected before it and isn't delivered is late. Default: it doesn't count. */
  today?: CalendarDate;
  batches?: readonly InspectedBatch[];
  orders?: readonly DeliveredOrder[];
  /** Hours until the supplier answered, one for each time that it was asked, ≥ 0. */
  answersHours?: readonly DecimalInput[];
  prices?: readonly PaidPrice[];
}

export interface InspectedBatch {
  /** Units that were looked at: a whole number, 1 … 1,000,000,000. */
  inspected: number;
  /** How many of them are defective: a whole number, 0 … `inspected`. */
  defective: number;
}

export interface DeliveredOrder {
  /** The day on which it was expected. Default: not known, so it is neither on time nor late. */
  expected?: CalendarDate;
  /** The day on which it arrived. Default: not yet. */
  delivered?: CalendarDate;
  /** Whether it was complete in number. Default: not known. */
  isComplete?: boolean;
}

export interface PaidPrice {
  /** The article, not empty. */
  sku: string;
  /** The day of the order; of several prices of an article on a day the lowest counts. */
  date: CalendarDate;
  /** For a unit in yuan, ≥ 0; with a price of 0 nothing is compared. */
  unitPriceCny: DecimalInput;
}

/** How a supplier in use performs. */
export interface SupplierGrade {
  /** The mean of the axes by their shared weights, 0 … 100, rounded down to 2 decimals; `null` where the log says nothing. */
  score: Decimal | null;
  /** By the exact score. A: more share of the orders. B: keep, improve. C: fewer orders, demand correction. D: end it. */
  grade: "A" | "B" | "C" | "D" | null;
  /** Whether fewer than 3 batches were inspected. */
  isProvisional: boolean;
  /** Batches that were inspected. */
  batches: number;
  axes: {
    /** `max(0, 100 − 10 × defect rate in %)`. */
    quality: PerformanceAxis;
    /** The mean of on-time % and complete %, or the one that is known. */
    delivery: PerformanceAxis;
    /** 100, 80, 60, 30 for a median answer within 1, 4, 8, 24 hours; later 0. */
    service: PerformanceAxis;
    /** `max(0, 100 − 5 × mean price rise in %)`. */
    cost: PerformanceAxis;
  };
  /** Defective units of those inspected; `upperPercent` is the upper end of the 95 % Wilson interval, rounded up. */
  defectRate: { inspected: number; defective: number; percent: Decimal; upperPercent: Decimal } | null;
  /** Of `dated` orders it is known whether they were on time, of `counted` ones whether they were complete. */
  deliveries: {
    dated: number;
    onTime: number;
    onTimePercent: Decimal | null;
    counted: number;
    complete: number;
    completePercent: Decimal | null;
  } | null;
  /** How soon questions were answered. */
  answers: { count: number; medianHours: Decimal } | null;
  /** The mean rise over the previous price of the same article, a fall counting as 0. */
  priceRise: { compared: number; meanPercent: Decimal } | null;
  /** What the grade means, and whether it is provisional, in the language asked for. */
  message: string;
}

export interface PerformanceAxis {
  /** 0 … 100, rounded down to 2 decimals; `null` where the log says nothing. */
  score: Decimal | null;
  /** The policy's weight in percent. */
  weight: Decimal;
  /** The weight that counts, in percent: that of axes without data is shared among the others. */
  sharedWeight: Decimal;
  /** How the score came about, in the language asked for. */
  sentence: string;
}

// ── Sampling ────────────────────────────────────────────────────────────────────────────────────

/** Goods that arrived, to be checked by the documented rate. */
export interface SpotCheckRequest {
  /** 1 … 10,000. */
  lots: readonly Lot[];
  /** Of each lot so many percent are checked, 0 … 100. Default `"10"`. */
  percent?: DecimalInput;
  /** And at least so many units, 0 … 1,000,000,000; of a smaller lot all. Default 3. */
  minimumPerSku?: number;
  /** Above this rate of bad units a lot is bad, in percent, 0 … 100; `detection` is for it. Default `"5"`. */
  defectiveBatchPercent?: DecimalInput;
  /** What the draw of cartons goes by: 32 hexadecimal digits. Default: drawn by `crypto.getRandomValues`. */
  seed?: string;
}

/** The units of one article that arrived together. */
export interface Lot {
  /** The article, not empty. */
  sku: string;
  /** 1 … 1,000,000,000. */
  units: number;
  /** The cartons that they are in, 1 … 100,000. Default: not known, so none are drawn. */
  cartons?: number;
}

/** What to check of each lot. */
export interface SpotCheckPlan {
  /** The seed of the draw, 32 small hexadecimal digits: with it anybody can repeat the draw. */
  seed: string;
  /** In the order of the request. */
  lots: LotPlan[];
  totals: {
    units: number;
    sample: number;
    /** As far as their number is known. */
    cartons: number;
    openCartons: number;
  };
}

export interface LotPlan {
  sku: string;
  units: number;
  cartons?: number;
  /** Units to check: `min(units, max(minimumPerSku, ⌈units × percent / 100⌉))`. */
  sample: number;
  /** The cartons to open, `⌈√cartons⌉` of them, numbered from 1, in ascending order. */
  openCartons?: number[];
  /** There where the sample is the whole lot. */
  inspectsAll?: true;
  defectiveBatchPercent: Decimal;
  /** What the check sees of a lot with `defectiveBatchPercent` bad units. */
  detection: Detection;
}

/** A lot, and what its inspection goes by. */
export interface AcceptancePlanRequest {
  /** Units of the lot, 1 … 1,000,000,000. */
  lotSize: number;
  /** How much of it is looked at. Default `"II"`. */
  level?: "S-1" | "S-2" | "S-3" | "S-4" | "I" | "II" | "III";
  /** How strictly it is judged. Default `"normal"`. */
  severity?: "normal" | "tightened" | "reduced";
  /**
   * The acceptance quality limit of each class of defects, compared as a number: one of 0.010, 0.015, 0.025, 0.040, 0.065,
   * 0.10 … 1000; reduced 0.065 … 10. A critical one of 0 means that none may be found. Only the classes that are given
   * count, at least one. Default `{ critical: "0", major: "2.5", minor: "4.0" }`.
   */
  aql?: Partial<Record<DefectClass, DecimalInput>>;
  /** The standard that reduced plans follow. Default `"Z1.4"`. */
  edition?: "Z1.4" | "ISO 2859-1:1999";
}

export type DefectClass = "critical" | "major" | "minor";

/** The plan for each class that was asked for, from ISO 2859-1 and ANSI/ASQ Z1.4, single sampling. */
export type AcceptancePlan = Partial<Record<DefectClass, ClassPlan>>;

export interface ClassPlan {
  /** The code letter of the lot; missing of one unit, which is outside the tables. */
  codeLetter?: string;
  /** Units to check: the table's number, at most the lot. */
  sampleSize: number;
  /** At most so many defects are accepted. */
  accept: number;
  /** From so many the lot is rejected: `accept + 1`, but for reduced plans of Z1.4. */
  reject: number;
  /** Whether an arrow of the table led to the plan and the sample of another row. */
  arrow: boolean;
  /** There where the sample is the whole lot. */
  inspectsAll?: true;
  /** There in the cells of the tightened table on which sources disagree; the arrow is followed. */
  sourcesDisagree?: true;
  /** The standard that a reduced plan follows. */
  edition?: "Z1.4" | "ISO 2859-1:1999";
  /** What has to be known of the plan, where something has, in the language asked for. */
  sentence?: string;
}

/** What was found by an acceptance plan: defects by class, 0 … 1,000,000,000 each, only of classes that the plan has. */
export interface FoundDefects extends Partial<Record<DefectClass, number>> {
  /** Units that were checked, 0 … 1,000,000,000. Default: the whole sample of each class. */
  inspected?: number;
}

/** What was found by the documented rate. */
export interface FoundUnits {
  /** Units that were checked, 0 … 1,000,000,000. Default: the whole sample. */
  inspected?: number;
  /** How many of them are bad. */
  defective: number;
}

/** What becomes of a lot. `"hold"`: the sample isn't complete, and what was found doesn't decide yet. */
export type InspectionVerdict = "accept" | "hold" | "reject";

export interface Judgement extends Partial<Record<DefectClass, ClassJudgement>> {
  /** The worst of all parts. */
  verdict: InspectionVerdict;
  /** Of the documented rate, which has no acceptance number. */
  rate?: RateJudgement;
  /** What becomes of the lot, in the language asked for. */
  message: string;
}

export interface ClassJudgement {
  verdict: InspectionVerdict;
  found: number;
  inspected: number;
  sampleSize: number;
  accept: number;
  reject: number;
  /** There where more were found than a reduced plan accepts and fewer than it rejects: the next lot is inspected normally. */
  backToNormal?: true;
  /** With its numbers, in the language asked for. */
  sentence: string;
}

export interface RateJudgement {
  verdict: InspectionVerdict;
  defective: number;
  inspected: number;
  sample: number;
  /** The bad units in percent of those that were checked, rounded up to 2 decimals; missing where none were. */
  percent?: Decimal;
  /** Above this rate the lot is bad; exactly so many percent aren't. */
  defectiveBatchPercent: Decimal;
  /** With its numbers, in the language asked for. */
  sentence: string;
}

/** A lot, a sample of it, and how bad the lot is. */
export interface DetectionRequest {
  /** Units of the lot, 1 … 1,000,000,000. */
  lot: number;
  /** Units of the sample, 1 … `lot`. */
  sample: number;
  /** How many of the lot are bad, in percent, 0 … 100. */
  percent: DecimalInput;
}

/** What a sample can see. */
export interface Detection {
  /** The bad units of the lot: the percentage, rounded up to a whole unit. */
  defective: number;
  /**
   * The chance that the sample has at least one of them, without replacement, 0 … 1: up to 9 significant digits, right for
   * lots of up to 10,000,000. It is `"1"` only where that is certain.
   */
  probability: Decimal;
  /** In the language asked for. */
  sentence: string;
}

// ── Receiving ───────────────────────────────────────────────────────────────────────────────────

/** What was bought and is on its way, with what happened to it. */
export interface DeadlinesRequest {
  /** The owner's rules: `receiving`. Default: `defaultPolicy()`. */
  policy?: Policy;
  /** What is now. */
  now: Instant;
  /** At most 10,000. */
  shipments: readonly TrackedShipment[];
}

/**
 * Goods of an order on their way. An instant that is left out hasn't happened or isn't known, and starts or stops no
 * clock.
 */
export interface TrackedShipment {
  /** The number of the order, not empty. */
  order: string;
  /** What was paid to the supplier, in CNY, ≥ 0. Default: not known. */
  paidCny?: DecimalInput;
  /** When the supplier dispatched it. */
  dispatchedAt?: Instant;
  /** When the parcel was signed for; not before `dispatchedAt`. */
  signedAt?: Instant;
  /** When the agent or forwarder had it in the warehouse; not before `dispatchedAt`. */
  inWarehouseAt?: Instant;
  /** When it arrived where it is checked; not before `dispatchedAt`. */
  arrivedAt?: Instant;
  /** Whether the warehouse can't tell which order the parcel belongs to. Default `false`. */
  isUnclaimed?: boolean;
  /** Whether it isn't checked yet: what differs isn't known. Default `false`. */
  isUnchecked?: boolean;
  /** What was found wrong, at most 100. Default: nothing. */
  variances?: readonly ("shortShipment" | "wrongSpecification" | "defects")[];
  /** When a variance was logged. */
  varianceLoggedAt?: Instant;
  /** When the supplier was told of it. */
  supplierContactedAt?: Instant;
  /** When a dispute was opened. */
  disputedAt?: Instant;
  /** When the goods went back to the supplier. */
  returnedAt?: Instant;
  /** When the goods left the warehouse; not before `inWarehouseAt`. */
  leftWarehouseAt?: Instant;
  /** When the supplier was paid out. */
  paymentReleasedAt?: Instant;
  /** When it was settled: accepted as it is, or agreed on. */
  closedAt?: Instant;
}

export interface Deadlines {
  /** The soonest loss first, what is overdue before all; then those without an end, then those that are done. */
  clocks: Deadline[];
}

/** A clock of a shipment that has started. Days are of 24 hours; what happens at the very instant is in time. */
export interface Deadline {
  /**
   * `autoConfirm`: 1688 confirms by itself and pays the supplier. `agentReturn`: the agent takes goods back.
   * `storage`: the warehouse keeps them. `logVariance`, `contactSupplier`: a variance is to be logged, and the
   * supplier told of it. `dispute`: one is open, until it is closed.
   */
  clock: "autoConfirm" | "agentReturn" | "storage" | "logVariance" | "contactSupplier" | "dispute";
  /** The number of the order. */
  order: string;
  /** Which shipment of the request it is of, from 0. */
  shipment: number;
  state: "running" | "overdue" | "done";
  /** From when it runs, in UTC. */
  startedAt: Instant;
  /** When it runs out, in UTC; not of a dispute. */
  dueAt?: Instant;
  /** Seconds that are left, negative when its time is over; not where it is done or has no end. */
  leftSeconds?: number;
  /** When it was stopped, in UTC. */
  doneAt?: Instant;
  /** What is lost when it runs out; `amountCny` is what was paid and is at stake, where that is known. */
  loss: {
    kind: "evidence" | "claim" | "payment" | "return" | "storage" | "goods";
    amountCny?: Decimal;
  };
  /** Whether nothing may be paid out to the supplier because of it. */
  holdsPayment: boolean;
  /** Of `autoConfirm`: by which part of the platform's rule. */
  autoConfirm?: "signedInTime" | "signedLate" | "atLatest" | "notSigned" | "dispatchUnknown";
  /** Of a parcel that isn't signed for: when the platform would confirm if it were signed for now, in UTC. */
  dueIfSignedNow?: Instant;
  /** What to do, and what is lost otherwise, in the language asked for. */
  message: string;
}

// ── Weekly control ──────────────────────────────────────────────────────────────────────────────

/**
 * A week and the log that it is read out of, at most 100,000 entries of each list, in any order; an id stands once in
 * its list.
 */
export interface WeeklyReportRequest {
  /** The owner's rules: `control`, `receiving.defectiveBatchPercent`, `homeCurrency`. Default: `defaultPolicy()`. */
  policy?: Policy;
  week: {
    /** The ISO week: `"2026-W47"`. */
    name: string;
    /** Its first instant in the owner's zone: Monday 00:00 there, within 14 hours of that in UTC. */
    from: Instant;
    /** The first instant after it, 6 to 8 days later. */
    to: Instant;
  };
  /** The calendar month before that of the week's Monday; costs are compared with it. */
  baseline: {
    /** Its first instant in the owner's zone, within 14 hours of that in UTC. */
    from: Instant;
    /** The first instant after it, not after `week.from`. */
    to: Instant;
  };
  /** Orders that were placed. Default: none. */
  orders?: readonly WeeklyOrder[];
  /** What arrived; one receipt is one batch. Default: nothing. */
  receipts?: readonly WeeklyReceipt[];
  /** What was put to the owner. Default: nothing. */
  escalations?: readonly WeeklyEscalation[];
  /** What is known of suppliers. Default: nothing. */
  suppliers?: readonly WeeklySupplier[];
}

export interface WeeklyOrder {
  /** What tells it from others, not empty; receipts and escalations name it. */
  id: string;
  supplierId?: string;
  /** When it was placed. Default: not known. */
  placedAt?: Instant;
  /** The day of that in the owner's zone. Default: that in UTC. */
  placedOn?: CalendarDate;
  /** The day on which it is expected. Default: not known, so it is neither late nor in time. */
  expectedDelivery?: CalendarDate;
  /** Its landed total in the policy's `homeCurrency`, ≥ 0. Default: not known. */
  landedTotal?: DecimalInput;
  /** Whether the owner approved of a change of its cost: a rise is then no red flag. Default `false`. */
  hasApprovedChange?: boolean;
  /** Whether it is done with without having arrived: it isn't overdue. Default `false`. */
  isClosed?: boolean;
  /** At most 10,000. Default: none. */
  lines?: readonly WeeklyLine[];
}

export interface WeeklyLine {
  /** The article, not empty. */
  sku: string;
  /** Units: a whole number, 1 … 1,000,000,000. */
  quantity: number;
  /** For one unit in yuan, ≥ 0. */
  unitPriceCny: DecimalInput;
  /**
   * What the line cost landed, in the policy's `homeCurrency`: `components` of a line of `landedCost`. What is left
   * out is 0; what is finer than the currency's minor unit is rounded half up. Default: not known.
   */
  cost?: Partial<Record<Component, DecimalInput>>;
}

export interface WeeklyReceipt {
  /** What tells it from others, not empty. */
  id: string;
  /** The order; it may be one that isn't in `orders`. */
  orderId: string;
  /** Default: that of the order. */
  supplierId?: string;
  receivedAt: Instant;
  /** The day of that in the owner's zone. Default: that in UTC. */
  receivedOn?: CalendarDate;
  /** Whether it is rejected as a whole, whatever was counted. Default `false`. */
  isRejected?: boolean;
  /** What was inspected, at most 10,000. Default: nothing. */
  lots?: readonly {
    sku?: string;
    /** Units: a whole number, 0 … 1,000,000,000. */
    inspected: number;
    /** Defective ones among them: a whole number, 0 … `inspected`. */
    defective: number;
    /** Whether the inspection was passed. Default: nobody judged. */
    passed?: boolean;
  }[];
}

export interface WeeklyEscalation {
  /** What tells it from others, not empty. */
  id: string;
  /** What it is about. */
  subject?: string;
  /** The order that it is about. */
  orderId?: string;
  /** The rules that asked for it: `"order-value"`, …; at most 100. Default: none, as of a dispute or a question. */
  rules?: readonly string[];
  raisedAt: Instant;
  /** Not before `raisedAt`. Default: it is open. */
  resolvedAt?: Instant;
  resolution?: string;
  /** The loss of an incident in the policy's `homeCurrency`, ≥ 0. Default: none. */
  loss?: DecimalInput;
}

export interface WeeklySupplier {
  /** Not empty. */
  id: string;
  /** What it is called in messages. Default: its id. */
  name?: string;
  status: "whitelisted" | "new" | "suspended";
  /** When the owner took a suspension back: batches up to then don't count again. Default: never. */
  reinstatedAt?: Instant;
}

/**
 * How a number stands to its normal range. The limit itself is `normal`; beyond it up to 1.5 times the limit is `watch`.
 * Compared exactly, not by the rounded figure.
 */
export type WeeklyState = "normal" | "watch" | "outOfRange" | "noData";

/** What the owner reads of a week. Amounts are in `homeCurrency`. */
export interface WeeklyReport {
  /** The ISO week: `"2026-W47"`. */
  week: string;
  firstDay: CalendarDate;
  lastDay: CalendarDate;
  /** The month that costs are compared with: `"2026-10"`. */
  baselineMonth: string;
  homeCurrency: Currency;
  policyVersion: number | null;
  /** The first number: defective units of those inspected in batches received in the week. */
  defects: {
    state: WeeklyState;
    /** The end of the normal range in percent. */
    limitPercent: Decimal;
    /** 2 decimals; `null` where nothing was inspected. */
    percent: Decimal | null;
    /** Units. */
    inspected: number;
    /** Units. */
    defective: number;
    /** In the order in which they arrived; those that nobody inspected too. */
    batches: WeeklyBatch[];
    /** In the language asked for. */
    sentence: string;
  };
  /** The second number: days over plan of orders that arrived; one that comes in parts counts with the last one of the week. */
  leadTime: {
    /** Early is normal. */
    state: WeeklyState;
    /** The end of the normal range in days. */
    limitDays: Decimal;
    /** The mean of days over plan, 1 decimal, negative where early; `null` where no order that arrived had a plan. */
    meanDays: Decimal | null;
    /** Days over plan of the worst. */
    worstDays: number | null;
    /** The worst first, those without a plan last. */
    orders: {
      orderId: string;
      /** From the order to the expected day. */
      plannedDays: number | null;
      /** From the order to its arrival. */
      actualDays: number | null;
      /** After the expected day, negative before it. */
      overDays: number | null;
    }[];
    /** Due before the week ended, and nothing of it had arrived by then; `days` to the first day after the week. The latest first. */
    overdue: { orderId: string; expectedDelivery: CalendarDate; days: number }[];
    /** In the language asked for. */
    sentence: string;
  };
  /**
   * The third number: lines of orders that first arrived in the week, against what their units would have cost at the
   * mean of their article in the month before, in whole minor units.
   */
  cost: {
    /** A fall is held against the same limit. */
    state: WeeklyState;
    /** The end of the normal range in percent. */
    limitPercent: Decimal;
    /** Of the baseline, 2 decimals, negative where it fell; `null` without a baseline. */
    percent: Decimal | null;
    /** What the compared lines cost. */
    amount: Decimal;
    /** What they would have cost. */
    baselineAmount: Decimal;
    /** `amount` less `baselineAmount`. */
    change: Decimal;
    /** They sum to `change`; those that are 0 are left out. */
    parts: CostChangePart[];
    /** The compared lines, in the order in which they arrived. */
    lines: {
      orderId: string;
      sku: string;
      quantity: number;
      amount: Decimal;
      baselineAmount: Decimal;
      change: Decimal;
      /** `null` where the baseline is 0. */
      percent: Decimal | null;
      parts: CostChangePart[];
    }[];
    /** Lines of articles that didn't arrive in the month before, or whose cost then isn't known. */
    withoutBaseline: { orderId: string; sku: string }[];
    /** Lines whose landed cost isn't known. */
    withoutCost: { orderId: string; sku: string }[];
    /** The mean landed total of orders that first arrived in the week; `null` where none is known. */
    meanPerOrder: Decimal | null;
    /** The same of the month before. */
    baselineMeanPerOrder: Decimal | null;
    /** In the language asked for. */
    sentence: string;
  };
  /** Each with what to do. */
  redFlags: WeeklyFlag[];
  /** Orders placed in the week, in their order; `total` of the landed totals that are known. */
  placed: { orders: string[]; total: Decimal; withoutTotal: number };
  /** Batches of the week that were defective; `hasFailed`: rejected, or an inspection failed, else by their rate alone. */
  problemBatches: (WeeklyBatch & { hasFailed: boolean; sentence: string })[];
  /** Ids of what was put to the owner in the week, in the order in which it was. */
  escalations: string[];
  /** How many of them aren't resolved. */
  openEscalations: number;
}

export interface WeeklyBatch {
  receiptId: string;
  orderId: string;
  supplierId: string | null;
  /** Units. */
  inspected: number;
  /** Units. */
  defective: number;
  /** 2 decimals; `null` where nothing was inspected. */
  percent: Decimal | null;
  /** Rejected, failed, or above `receiving.defectiveBatchPercent`; `null` where nobody inspected it. */
  isDefective: boolean | null;
}

export interface CostChangePart {
  /** Goods in two steps, the price at the month's exchange rate and then the rate; everything else by component. */
  part: "price" | "rate" | Exclude<Component, "goods">;
  /** In the home currency; negative where it fell. */
  change: Decimal;
}

/** What asks for a deed. */
export type WeeklyFlag = {
  /** What it is and what to do, in the language asked for. */
  message: string;
} & (
  | {
      /** So many batches of a supplier in a row were defective, the last of them in the week. */
      flag: "consecutiveDefectiveBatches";
      action: "suspend";
      supplierId: string;
      /** `null` where nothing is known of it. */
      status: "whitelisted" | "new" | "suspended" | null;
      /** Of the defective batches in a row, oldest first. */
      receipts: string[];
      /** How many in a row suspend it. */
      limit: number;
    }
  | {
      /** Two or more of the last five batches of a supplier were defective, the last of them in the week (ISO 2859-1). */
      flag: "twoOfFiveDefective";
      action: "tightenInspection";
      supplierId: string;
      /** Of the defective ones, oldest first. */
      receipts: string[];
      /** How many batches these are of, at most 5. */
      of: number;
    }
  | {
      /** An order costs more than the month before, like for like, without an approved change. */
      flag: "costIncrease";
      action: "findCause";
      orderId: string;
      /** 2 decimals. */
      percent: Decimal;
      limitPercent: Decimal;
      /** The part that rose most. */
      part: CostChangePart["part"] | null;
    }
  | {
      /** Too much was put to the owner. */
      flag: "tooManyEscalations";
      action: "mendSop";
      count: number;
      /** How much may be. */
      limit: number;
      /** The rules that asked for it, the most frequent first, then by name. */
      rules: { rule: string; count: number }[];
    }
);

// ── Quotes ──────────────────────────────────────────────────────────────────────────────────────

/** What several suppliers or agents ask for the same goods. */
export interface CompareQuotesRequest {
  /** 2 … 20, all with the same home currency. */
  quotes: readonly Quote[];
}

/** Whose a quote is and what it is of. Anything; the result keeps it. */
export interface QuoteSource {
  /** What the buyer calls the quote: an agent's name, a schedule of fees. */
  label?: string;
  supplierId?: string;
  productId?: string;
  skuId?: string;
  link?: string;
}

export interface Quote extends QuoteSource {
  /** The order with the quote's own prices, charges and, where it has a minimum, quantities. `explain` has no effect. */
  request: LandedCostRequest;
}

/** Quotes, ranked by landed cost. The lowest is proposed; a person confirms. */
export interface QuoteComparison {
  /** As in the requests; every amount is in it but the list prices. */
  homeCurrency: Currency;
  /** What has to be known before they are compared. */
  notes: ComparisonNote[];
  /** The quote that costs least, counted from 0; the earliest of several. */
  proposed: number;
  /** The quotes, in the order of the request. */
  quotes: RankedQuote[];
}

export interface ComparisonNote {
  /**
   * `"unitsDiffer"`: they are for different numbers of units, so that only the cost of one unit compares;
   * `"ratesDiffer"`: they are calculated with different exchange rates or spreads.
   */
  code: "unitsDiffer" | "ratesDiffer";
  /** In the language asked for. */
  message: string;
}

export interface RankedQuote extends QuoteSource {
  /** Its place by the exact landed cost of one good unit, from 1; equal ones share a place. */
  rank: number;
  /** What the order costs at the door. */
  total: Decimal;
  /** Units ordered. */
  units: number;
  /** Total for one good unit, 4 decimals. */
  perUnit: Decimal;
  /** The goods for one unit in yuan, 4 decimals. */
  listPriceCny: Decimal;
  /** Its place by the exact list price, from 1; equal ones share a place. */
  listPriceRank: number;
  /** Total less that of the proposed quote; it may be negative where units differ. */
  difference: Decimal;
  /** All twelve; their differences sum to that of the total. */
  components: ComponentDifference[];
  /** With places in the whole request: `"quotes[1].request.lines[0].sku"`. */
  warnings: Warning[];
}

export interface ComponentDifference {
  component: Component;
  amount: Decimal;
  /** For one good unit, 4 decimals. */
  perUnit: Decimal;
  /** Amount less that of the proposed quote; it may be negative. */
  difference: Decimal;
}

// ── Errors ──────────────────────────────────────────────────────────────────────────────────────

/** One thing that is wrong with a request; tell them apart by `code`. */
export type Issue = {
  /** Where: `"lines[2].carton.units"`; empty where it is the whole input. */
  path: string;
  /** What is wrong and what to do, in the language asked for. */
  message: string;
} & (
  | {
      /** Not JSON, or a value that can't be written as JSON. */
      code: "notJson";
      /** Where the first fault of a text is, counted from 1. */
      line?: number;
      column?: number;
    }
  | {
      /** A field that must be there is missing. */
      code: "required";
    }
  | {
      /** The field isn't known here. */
      code: "unknownField";
      /** The known field that is most like it. */
      didYouMean?: string;
    }
  | {
      /** Another kind of value is needed. */
      code: "wrongType";
      expected: "object" | "list" | "text" | "decimal" | "integer" | "boolean";
    }
  | {
      /** Not `digits[.digits]` with at most 10 digits before and 8 after the point. */
      code: "notDecimal";
      found: string;
    }
  | {
      /** A JSON number that may have lost digits: pass a text. */
      code: "notExact";
    }
  | {
      /** Not a whole number. */
      code: "notInteger";
      found: string;
    }
  | {
      /** Outside the range, of which those ends are given that there are. */
      code: "outOfRange";
      atLeast?: Decimal;
      above?: Decimal;
      atMost?: Decimal;
      below?: Decimal;
    }
  | {
      /** Not one of the known values: of an enumeration, a currency, an order of the lines. */
      code: "unknownValue";
      found: string;
      /** What may stand here, where that is a short list. */
      allowed?: string[];
    }
  | {
      /** Not a day `YYYY-MM-DD` of the calendar. */
      code: "badDate";
      found: string;
    }
  | {
      /** Not an instant in UTC: `"2026-11-20T09:30:00Z"`. */
      code: "badInstant";
      found: string;
    }
  | {
      /** Not an ISO week: `"2026-W47"`; most years have no week 53. */
      code: "badWeek";
      found: string;
    }
  | {
      /** An instant outside of those that are possible here. */
      code: "notWithin";
      /** The first instant that is, in UTC. */
      earliest: Instant;
      /** The last one. */
      latest: Instant;
    }
  | {
      /** Not 32 hexadecimal digits. */
      code: "badSeed";
      found: string;
    }
  | {
      /** An instant before one that it can't be before. */
      code: "earlierThan";
      /** The field of that one, beside this one. */
      than: string;
    }
  | {
      /** An empty text or list, or an object of which at least one field is needed. */
      code: "empty";
    }
  | {
      /** A list that is too long. */
      code: "tooMany";
      maximum: number;
      found: number;
    }
  | {
      /** A list that is too short. */
      code: "tooFew";
      minimum: number;
      found: number;
    }
  | {
      /** A known field or value that has no meaning in this place. */
      code: "notAllowedHere";
      because:
        | "twice"
        | "onlyOnDestination"
        | "notOnDestination"
        | "notOnDutyAndVat"
        | "onlyInsurancePercent"
        | "amountOrBreaks"
        | "hasItsOwnRate"
        | "homeIsCny"
        | "hoursOrInquiry"
        | "answeredBeforeSent"
        | "otherHomeCurrency"
        | "notInPlan";
    }
  | {
      /** The base of a percentage isn't known yet when the component is computed. */
      code: "baseNotKnown";
      base: Base;
      component: ChargeComponent;
    }
  | {
      /** Tiers or weight breaks that don't rise. */
      code: "notAscending";
    }
  | {
      /** Tiers of which not exactly the last one is open. */
      code: "notClosed";
    }
  | {
      /** A minimum above the maximum. */
      code: "minimumAboveMaximum";
      minimum: Decimal;
      maximum: Decimal;
    }
  | {
      /** Weights that don't add up to 100. */
      code: "notHundred";
      sum: Decimal;
    }
  | {
      /** No price reaches the margin. */
      code: "unreachableMargin";
      /** What fees, advertising and margin add up to, in percent of the revenue that is kept, where any is. */
      sumPercent?: Decimal;
    }
  | {
      /** A legal request with a result that can't be represented. */
      code: "tooLarge";
    }
);

export type ErrorCode =
  /** The request is wrong: `issues` has everything that is, at once. */
  | "invalidRequest"
  /** A function was called before `await init()`, or `init` failed: `cause` has the reason. */
  | "notInitialised"
  /** A failure of landfall itself. The next call works again. */
  | "internal";

/** What every function throws. Its message is the first issue with its path, and how many more there are. */
export class LandfallError extends Error {
  private constructor();
  readonly name: "LandfallError";
  readonly code: ErrorCode;
  /** Not empty where the code is `"invalidRequest"`. */
  readonly issues: readonly Issue[];
}

// ── Functions ───────────────────────────────────────────────────────────────────────────────────

export interface Options {
  /** The language of messages and sentences. Default `"en"`. */
  locale?: "en" | "zh";
}

/** A result, or what is wrong with the request. */
export type Outcome<Result> = { result: Result; issues?: never } | { issues: Issue[]; result?: never };

/** Where `init` gets landfall.wasm from: an address, a response, bytes or a compiled module. */
export type WasmSource =
  | string
  | ArrayBuffer
  | Uint8Array
  | InstanceOf<"URL">
  | InstanceOf<"Request">
  | InstanceOf<"Response">
  | WasmModule;

// The classes of the platform where a program's types know them, so that none has to add a library for ours.
type InstanceOf<Class extends string> = typeof globalThis extends { [C in Class]: { prototype: infer T } } ? T : never;
type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer T } } } ? T : never;

/**
 * Loads the calculator: without an argument the `landfall.wasm` beside this module. Needed once, before any other
 * function; further calls return the same promise, unless the first one failed.
 * @throws {LandfallError} `notInitialised`, with the reason as its `cause`.
 */
export function init(source?: WasmSource | PromiseLike<WasmSource>): Promise<void>;

/**
 * The landed cost of an order, exact to the minor unit.
 * @throws {LandfallError} With every issue of the request.
 * @example
 * const { total, perUnit } = landedCost({
 *   homeCurrency: "USD",
 *   exchangeRate: { cnyPerUnit: "7.10", asOf: "2026-11-20" },
 *   lines: [{ sku: "MUG", unitPriceCny: "12.50", quantity: 500 }],
 * });
 */
export function landedCost(request: ExplainedLandedCostRequest, options?: Options): ExplainedLandedCost;
export function landedCost(request: LandedCostRequest, options?: Options): LandedCost;

/**
 * The landed costs of many orders in one call, each with a result or issues of its own, in their order.
 * @throws {LandfallError} Where the argument isn't a list.
 */
export function landedCosts(
  requests: readonly ExplainedLandedCostRequest[],
  options?: Options,
): Outcome<ExplainedLandedCost>[];
export function landedCosts(requests: readonly LandedCostRequest[], options?: Options): Outcome<LandedCost>[];

/**
 * The same from JSON text to JSON text, for orders that arrive and leave as text: the fastest way.
 * @throws {LandfallError} Where the text isn't a JSON list.
 */
export function landedCostsText(text: string, options?: Options): string;

/**
 * The lowest prices at which a landed unit may be sold.
 * @throws {LandfallError} With every issue of the request; `unreachableMargin` where no price reaches the margin.
 */
export function sellingPrice(request: SellingPriceRequest, options?: Options): SellingPrice;

/**
 * What the owner's rules say of an order before it is placed: whether staff may place it, and why. Every rule is
 * applied, none hides another.
 * @throws {LandfallError} With every issue of the request.
 * @example
 * const { verdict, findings } = checkOrder({ policy: { version: 3 }, today: "2026-11-21", order, supplier, previousPrices });
 * for (const { outcome, message } of findings) if (outcome !== "pass") console.log(outcome, message);
 */
export function checkOrder(request: OrderCheckRequest, options?: Options): OrderVerdict;

/**
 * A policy with every default filled; without an argument the defaults.
 * @throws {LandfallError} With every issue of the policy.
 */
export function defaultPolicy(policy?: Policy, options?: Options): WholePolicy;

/**
 * The destinations that something is known of, by code, the states of the EU each by itself. A new copy on each
 * call; needs no `init`. The ordinary duty of an article is the buyer's to look up.
 * @throws {LandfallError} `wrongType` or `badDate` where `on` isn't a day.
 */
export function destinations(options?: DestinationOptions): Destination[];

/**
 * What is known of a new supplier against the owner's checklist, its red flags, and the evidence side by side.
 * @throws {LandfallError} With every issue of the request.
 */
export function scoreSupplier(request: SupplierScoreRequest, options?: Options): SupplierScore;

/**
 * The grade of a supplier in use, from what the log says of it.
 * @throws {LandfallError} With every issue of the request.
 */
export function gradeSupplier(request: SupplierGradeRequest, options?: Options): SupplierGrade;

/**
 * Quotes of suppliers or agents, ranked by landed cost instead of list price.
 * @throws {LandfallError} With every issue of the request; those of a quote have paths such as `quotes[2].request.lines[0].quantity`.
 */
export function compareQuotes(request: CompareQuotesRequest, options?: Options): QuoteComparison;

/**
 * How many units of each lot to check by the documented rate, which cartons to open, and what the check can see.
 * @throws {LandfallError} With every issue of the request.
 */
export function spotCheckPlan(request: SpotCheckRequest, options?: Options): SpotCheckPlan;

/**
 * How many units of a lot to check, and how many defects it may have.
 * @throws {LandfallError} With every issue of the request; `unknownValue` with the AQLs around one that the tables don't have.
 */
export function acceptancePlan(request: AcceptancePlanRequest, options?: Options): AcceptancePlan;

/**
 * What becomes of a lot after what was found in it: by an acceptance plan, or by the documented rate with a lot of
 * `spotCheckPlan`, of which `sample` and `defectiveBatchPercent` (default `"5"`) count.
 * @throws {LandfallError} With every issue, with paths such as `plan.major.accept` and `found.major`.
 */
export function judgeInspection(plan: AcceptancePlan, found: FoundDefects, options?: Options): Judgement;
export function judgeInspection(
  plan: { sample: number; defectiveBatchPercent?: DecimalInput } | LotPlan,
  found: FoundUnits,
  options?: Options,
): Judgement;

/**
 * What a sample can see: the chance that it has at least one bad unit.
 * @throws {LandfallError} With every issue of the request.
 */
export function detection(request: DetectionRequest, options?: Options): Detection;

/**
 * What a change of the owner's rules would have done to past orders: which would now stop, which no longer, and what
 * they had cost. Each order is held against both sets of rules as on its day, with its supplier as known then and
 * prices of days before; its own prices are taken from the orders.
 * @throws {LandfallError} With every issue of the request; those of an order have paths such as `orders[2].order.lines[0].quantity`.
 * @example
 * const { message, wouldStop } = backtestPolicy({ after: { orders: { maximumOrderValue: "500" } }, orders });
 */
export function backtestPolicy(request: BacktestRequest, options?: Options): Backtest;

/**
 * The same from JSON text to JSON text, for a log that is text already.
 * @throws {LandfallError} As `backtestPolicy`.
 */
export function backtestPolicyText(text: string, options?: Options): string;

/**
 * What is due for goods that were bought, when, and what is lost when it runs out, the soonest loss first.
 * @throws {LandfallError} With every issue of the request.
 */
export function deadlines(request: DeadlinesRequest, options?: Options): Deadlines;

/**
 * What the owner reads of a week: three numbers with their states, red flags with what to do, orders placed, problem
 * batches, escalations.
 * @throws {LandfallError} With every issue of the request; `tooLarge` where an amount can't be represented.
 */
export function weeklyReport(request: WeeklyReportRequest, options?: Options): WeeklyReport;

/** The version of the package. */
export function version(): string;
