// Requests that bring about every code there is: of issues, of warnings, of workings.

const exchangeRate = { cnyPerUnit: "7.10", asOf: "2026-11-20" };
const line = { sku: "MUG", unitPriceCny: "12.50", quantity: 500 };
const carton = { units: 10, lengthCm: "40", widthCm: "30", heightCm: "25", grossKg: "9.5" };
const weighing = { divisor: "6000", roundUpToKg: "0.5" };

/** A small legal order. */
export const order = { homeCurrency: "USD", exchangeRate, lines: [line] };

const withLine = (fields, rest = {}) => ({ ...order, ...rest, lines: [{ ...line, ...fields }] });
const withCharge = (fields, rest = {}) => ({ ...order, ...rest, charges: [{ component: "packaging", ...fields }] });
const flat = { type: "flat", amount: "10" };

/** A small legal request for a selling price. */
export const price = { currency: "USD", landedCostPerUnit: "3.20", feePercent: "15", targetMarginPercent: "20" };

/** Wrong orders by the code of the first issue that they have. */
export const wrongOrders = {
  required: [{ ...order, homeCurrency: undefined }, {}],
  unknownField: [withLine({ quantiy: 3 }), { ...order, colour: "blue" }],
  wrongType: [
    [],
    withLine({ sku: 5 }),
    withLine({ carton: "none" }),
    withLine({ quantity: "500" }),
    withLine({ unitPriceCny: true }),
    { ...order, lines: {} },
    { ...order, explain: "yes" },
  ],
  notDecimal: [withLine({ unitPriceCny: "12,50" }), withLine({ unitPriceCny: 99_999_999_999 })],
  notExact: [withLine({ unitPriceCny: 12.5 })],
  notInteger: [withLine({ quantity: 1.5 })],
  outOfRange: [
    withLine({ quantity: 0 }),
    withLine({ defectPercent: "100" }),
    withLine({ carton: { ...carton, grossKg: "0" } }),
    withLine({ dutyPercent: "1000.01" }),
    { ...order, homeCurrency: "CNY" },
    withCharge({ component: "insurance", rate: { type: "percentOf", base: "insuredValue", percent: "91" } }),
  ],
  unknownValue: [
    { ...order, homeCurrency: "XYZ" },
    withCharge({ component: "postage", rate: flat }),
    withCharge({ order: "A", rate: flat }),
    withCharge({ currency: "EUR", rate: flat }),
  ],
  badDate: [{ ...order, exchangeRate: { ...exchangeRate, asOf: "2026-02-29" } }],
  empty: [{ ...order, lines: [] }, withLine({ sku: "" })],
  tooMany: [{ ...order, lines: Array.from({ length: 10_001 }, () => line) }],
  notAllowedHere: [
    withCharge({ rate: flat, when: { modes: ["air"] } }),
    withCharge({ component: "destination", rate: flat, dutiablePercent: "10" }),
    withCharge({ component: "destination", rate: { type: "percentOf", base: "dutyAndVat", percent: "2" }, taxable: true }),
    withCharge({ rate: { type: "percentOf", base: "insuredValue", percent: "2" } }),
    withCharge({ rate: { type: "perChargeableKg", ...weighing, amount: "1", breaks: [{ fromKg: "0", amount: "1" }] } }),
    { ...order, exchangeRate: { ...exchangeRate, others: { CNY: "7" } } },
    { ...order, homeCurrency: "CNY", exchangeRate: { ...exchangeRate, cnyPerUnit: "1", spreadPercent: "1" } },
  ],
  baseNotKnown: [withCharge({ rate: { type: "percentOf", base: "customsValue", percent: "2" } })],
  notAscending: [
    withCharge({
      rate: {
        type: "perChargeableKg",
        ...weighing,
        breaks: [
          { fromKg: "10", amount: "2" },
          { fromKg: "10", amount: "1" },
        ],
      },
    }),
  ],
  notClosed: [withCharge({ rate: { type: "tieredPercentOf", base: "goods", tiers: [{ upTo: "10", percent: "2" }] } })],
  minimumAboveMaximum: [withCharge({ rate: flat, minimum: "2", maximum: "1.5" })],
  tooLarge: [
    withLine(
      { unitPriceCny: "9999999999", quantity: 1_000_000_000 },
      { homeCurrency: "KWD", exchangeRate: { ...exchangeRate, cnyPerUnit: "0.00000001" } },
    ),
  ],
};

/** Wrong requests for a selling price by the code of their first issue. */
export const wrongPrices = {
  required: [{ currency: "USD" }],
  outOfRange: [{ ...price, feePercent: "101" }],
  unreachableMargin: [
    { ...price, feePercent: "80" },
    { ...price, returnPercent: "100" },
  ],
};

/** A small legal order to be checked. */
export const orderToCheck = {
  policy: {},
  today: "2026-11-21",
  order: { supplierId: "yiwu", exchangeRate, lines: [line], specification: {} },
  supplier: { id: "yiwu", status: "whitelisted" },
  previousPrices: [],
};

const checkOf = (order) => ({ ...orderToCheck, order: { ...orderToCheck.order, ...order } });
const agreedOf = (agreed) => ({ ...orderToCheck, supplier: { ...orderToCheck.supplier, agreedPrices: [{ sku: "MUG", ...agreed }] } });
const previousOf = (price) => ({ ...orderToCheck, previousPrices: [{ sku: "MUG", unitPriceCny: "12", date: "2026-10-01", ...price }] });

/** Wrong orders to be checked by the code of their first issue. */
export const wrongChecks = {
  required: [{}, { ...orderToCheck, supplier: undefined }, agreedOf({ minimumCny: "1" })],
  unknownField: [checkOf({ exchangeRate: { ...exchangeRate, spreadPercent: "1" } }), { ...orderToCheck, policy: { order: {} } }],
  wrongType: [{ ...orderToCheck, previousPrices: {} }, { ...orderToCheck, supplier: "yiwu" }, checkOf({ specification: { colour: "yes" } })],
  notDecimal: [checkOf({ landedTotal: "1,000" })],
  outOfRange: [checkOf({ domesticShippingCny: -1 }), { ...orderToCheck, policy: { version: 0 } }],
  unknownValue: [{ ...orderToCheck, supplier: { id: "yiwu", status: "approved" } }, { ...orderToCheck, policy: { orders: { orderValueBasis: "total" } } }],
  badDate: [{ ...orderToCheck, today: "2026-02-30" }, previousOf({ date: "yesterday" }), checkOf({ expectedDelivery: "soon" })],
  empty: [checkOf({ lines: [] }), checkOf({ supplierId: "" })],
  tooMany: [checkOf({ lines: Array.from({ length: 10_001 }, () => line) })],
  minimumAboveMaximum: [agreedOf({ minimumCny: "2", maximumCny: "1.99" })],
  tooLarge: [checkOf({ exchangeRate: { ...exchangeRate, cnyPerUnit: "0.00000001" }, lines: Array.from({ length: 100 }, () => ({ ...line, unitPriceCny: 9_999_999_999, quantity: 1_000_000_000 })) })],
};

const pastOf = (change) => ({ after: {}, orders: [{ id: "PO-1", day: "2026-11-21", order: orderToCheck.order, supplier: null, ...change }] });

/** Wrong requests for a back-test by the code of their first issue. */
export const wrongBacktests = {
  required: [{}, { after: {} }, pastOf({ supplier: undefined })],
  unknownField: [{ ...pastOf({}), today: "2026-11-21" }, pastOf({ policy: {} })],
  wrongType: [{ after: {}, orders: {} }],
  outOfRange: [{ ...pastOf({}), before: { version: 0 } }],
  badDate: [pastOf({ day: "2026-11-31" })],
  empty: [pastOf({ id: "" }), pastOf({ order: { ...orderToCheck.order, lines: [] } })],
  tooLarge: [pastOf({ order: wrongChecks.tooLarge[0].order })],
};

/** Wrong policies by the code of their first issue. */
export const wrongPolicies = {
  unknownField: [{ orders: { maximumOrderValue: "1", maximum: "1" } }],
  outOfRange: [{ supplierGrades: { b: "95" } }, { receiving: { inspectionUnitsPerHour: 0 } }],
  notHundred: [{ supplierGrades: { qualityWeight: "39.5" } }],
};

const supplier = { checklist: { responseHours: "8" } };
const inquiry = { sentAt: "2026-11-20T09:00:00Z", answeredAt: "2026-11-20T08:00:00Z" };

/** Wrong requests for the score of a supplier by the code of their first issue. */
export const wrongSuppliers = {
  required: [{}],
  unknownField: [{ supplier: { colour: 1 } }],
  unknownValue: [{ supplier: { redFlags: ["tooCheap"] } }, { supplier: { evidence: { creditGrade: "D" } } }],
  outOfRange: [{ supplier: { evidence: { onTimePercent: "101" } } }, { supplier, policy: { supplierChecklist: { minimumTransactions: -1 } } }],
  badInstant: [{ supplier: {}, inquiry: { sentAt: "2026-11-20 09:00" } }],
  notAllowedHere: [
    { supplier, inquiry },
    { supplier: {}, inquiry },
  ],
};

/** Wrong requests for the grade of a supplier by the code of their first issue. */
export const wrongGrades = {
  outOfRange: [{ batches: [{ inspected: 5, defective: 6 }] }],
  badDate: [{ orders: [{ expected: "2026-02-30" }] }],
  notDecimal: [{ answersHours: ["soon"] }],
  tooMany: [{ answersHours: Array.from({ length: 10_001 }, () => 1) }],
};

const quote = { supplierId: "sup-1", request: order };

/** Two quotes that can be compared, with every note that there is. */
export const quotes = {
  quotes: [quote, { label: "Agent", request: withLine({ quantity: 400 }, { exchangeRate: { ...exchangeRate, spreadPercent: "11" } }) }],
};

/** Wrong requests for a comparison of quotes by the code of their first issue. */
export const wrongQuotes = {
  tooFew: [{ quotes: [quote] }],
  tooMany: [{ quotes: Array.from({ length: 21 }, () => quote) }],
  notAllowedHere: [{ quotes: [quote, { request: { ...order, homeCurrency: "EUR" } }] }],
  outOfRange: [{ quotes: [quote, { request: withLine({ quantity: 0 }) }] }],
  tooLarge: [{ quotes: [quote, { request: { ...wrongOrders.tooLarge[0], homeCurrency: "USD" } }] }],
};

const lot = { sku: "MUG", units: 300, cartons: 30 };

/** Wrong requests for a spot check by the code of their first issue. */
export const wrongSpotChecks = {
  required: [{}, { lots: [{ sku: "MUG" }] }],
  empty: [{ lots: [] }],
  tooMany: [{ lots: Array.from({ length: 10_001 }, () => lot) }],
  outOfRange: [{ lots: [{ ...lot, units: 0 }] }, { lots: [{ ...lot, cartons: 100_001 }] }, { lots: [lot], percent: "101" }],
  notExact: [{ lots: [lot], percent: 2.5 }],
  badSeed: [{ lots: [lot], seed: "" }, { lots: [lot], seed: "g".repeat(32) }, { lots: [lot], seed: "0".repeat(31) }],
};

/** Wrong requests for an acceptance plan by the code of their first issue. */
export const wrongPlans = {
  required: [{}],
  unknownField: [{ lotSize: 300, aql: { grave: "1" } }],
  unknownValue: [
    { lotSize: 300, level: "IV" },
    { lotSize: 300, aql: { major: "3" } },
    { lotSize: 300, aql: { minor: "0" } },
    { lotSize: 300, severity: "reduced", aql: { major: "15" } },
    { lotSize: 300, edition: "Z1.9" },
  ],
  empty: [{ lotSize: 300, aql: {} }],
  notInteger: [{ lotSize: 1.5 }],
};

const plan = { major: { sampleSize: 50, accept: 3, reject: 4 } };

/** Wrong inspections by the code of their first issue. */
export const wrongInspections = {
  required: [{}, { plan, found: undefined }, { plan: { sample: 30 }, found: {} }],
  empty: [{ plan: {}, found: {} }],
  outOfRange: [
    { plan: { major: { ...plan.major, reject: 3 } }, found: {} },
    { plan, found: { major: -1 } },
    { plan: { sample: 30 }, found: { defective: 31 } },
  ],
  notAllowedHere: [{ plan, found: { critical: 1 } }],
};

/** Wrong requests for what a sample can see by the code of their first issue. */
export const wrongDetections = {
  required: [{ lot: 100, sample: 10 }],
  outOfRange: [{ lot: 100, sample: 101, percent: "5" }, { lot: 100, sample: 0, percent: "5" }, { lot: 100, sample: 10, percent: "100.1" }],
  wrongType: [{ lot: "100", sample: 10, percent: "5" }],
};

const shipment = { order: "117", dispatchedAt: "2026-11-10T00:00:00Z" };
const now = "2026-11-20T09:30:00Z";

/** Wrong requests for clocks by the code of their first issue. */
export const wrongDeadlines = {
  required: [{}, { now }, { now, shipments: [{}] }],
  unknownField: [{ now, shipments: [{ ...shipment, signed: now }] }],
  badInstant: [{ now: "today", shipments: [] }],
  earlierThan: [{ now, shipments: [{ ...shipment, signedAt: "2026-11-09T00:00:00Z" }] }],
  unknownValue: [{ now, shipments: [{ ...shipment, variances: ["late"] }] }],
  tooMany: [{ now, shipments: Array.from({ length: 10_001 }, () => shipment) }],
};

/** A week of which nothing is known. */
export const week = {
  week: { name: "2026-W47", from: "2026-11-16T00:00:00Z", to: "2026-11-23T00:00:00Z" },
  baseline: { from: "2026-10-01T00:00:00Z", to: "2026-11-01T00:00:00Z" },
};

const receipt = { id: "1", orderId: "117", receivedAt: now };

/** Wrong requests for the report of a week by the code of their first issue. */
export const wrongWeeks = {
  required: [{}, { ...week, baseline: { from: week.baseline.from } }, { ...week, orders: [{}] }],
  unknownField: [{ ...week, notes: "" }, { ...week, orders: [{ id: "117", lines: [{ sku: "MUG", quantity: 1, unitPriceCny: "7", cost: { freight: "1" } }] }] }],
  wrongType: [{ ...week, receipts: {} }, { ...week, orders: [{ id: 117 }] }],
  badWeek: [{ ...week, week: { ...week.week, name: "2025-W53" } }, { ...week, week: { ...week.week, name: "47" } }],
  notWithin: [
    { ...week, week: { ...week.week, from: "2026-11-17T00:00:00Z" } },
    { ...week, week: { ...week.week, to: "2026-11-30T00:00:00Z" } },
    { ...week, baseline: { ...week.baseline, from: "2026-09-01T00:00:00Z" } },
    { ...week, baseline: { ...week.baseline, to: "2026-12-01T00:00:00Z" } },
  ],
  badInstant: [{ ...week, week: { ...week.week, from: "2026-11-16" } }],
  badDate: [{ ...week, receipts: [{ ...receipt, receivedOn: "yesterday" }] }],
  notAllowedHere: [{ ...week, receipts: [receipt, receipt] }],
  outOfRange: [{ ...week, receipts: [{ ...receipt, lots: [{ inspected: 5, defective: 6 }] }] }],
  earlierThan: [{ ...week, escalations: [{ id: "1", raisedAt: now, resolvedAt: "2026-11-20T09:29:59Z" }] }],
  unknownValue: [{ ...week, suppliers: [{ id: "yiwu", status: "approved" }] }],
  tooMany: [{ ...week, orders: Array.from({ length: 100_001 }, () => 0) }],
  tooLarge: [
    {
      ...week,
      orders: ["1", "2"].map((id) => ({
        id,
        lines: [{ sku: "MUG", quantity: 1_000_000_000, unitPriceCny: id === "1" ? "0.00000001" : 9_999_999_999, cost: { goods: 9_999_999_999 } }],
      })),
      receipts: [{ ...receipt, orderId: "1", receivedAt: "2026-10-20T00:00:00Z" }, { ...receipt, id: "2", orderId: "2" }],
    },
  ],
};

/** Texts that are not what a bulk function reads. */
export const wrongTexts = ["", "{", "[1,]", "[] []", "nul", "\ufeff[]", "[0x10]", "[1_000]", '"[]"', "{}"];

/** Legal orders by the code of a warning that they have. */
export const doubtfulOrders = {
  measureMissing: { ...order, lines: [{ ...line, unitWeightKg: "0.4" }, { ...line, sku: "LID" }], charges: [{ component: "domesticShipping", rate: flat }] },
  chargeIsZero: withCharge({ rate: { type: "perCarton", amount: "1" } }),
  dutyIgnored: { ...order, customs: { basis: "fob", dutyPercent: "5" }, shipment: { mode: "air", dutiesIncluded: true } },
  noDuty: { ...order, customs: { basis: "cif" } },
  densityUnlikely: withLine({ carton: { ...carton, grossKg: "0.1" } }),
  percentUnlikely: { ...order, customs: { basis: "fob", dutyPercent: "101" } },
  spreadUnlikely: { ...order, exchangeRate: { ...exchangeRate, spreadPercent: "11" } },
  divisorUnlikely: withLine({ carton }, { charges: [{ component: "internationalShipping", rate: { type: "perChargeableKg", divisor: "500", amount: "4" } }] }),
  duplicateSku: { ...order, lines: [line, line] },
};

/** Legal orders that between them have every kind of rate, relief and customs there is. */
export const variedOrders = [
  withLine(
    { carton, unitWeightKg: "0.8", defectPercent: "2", dutyPerUnit: "0.1", dutyPerKg: "0.2", order: "A" },
    {
      exchangeRate: { ...exchangeRate, spreadPercent: "0.8", others: { EUR: "0.92", HKD: "7.8" } },
      charges: [
        { component: "domesticShipping", label: "To the warehouse", currency: "CNY", rate: flat, order: "A" },
        { component: "packaging", rate: { type: "perUnit", amount: "0.02" } },
        { component: "packaging", rate: { type: "perCarton", amount: "0.5" } },
        { component: "inspection", currency: "HKD", rate: { type: "perKg", amount: "0.1" }, minimum: "80" },
        { component: "agentFee", rate: { type: "percentOf", base: "goods", percent: "5" }, minimum: "20", maximum: "90" },
        {
          component: "paymentFee",
          currency: "EUR",
          rate: { type: "tieredPercentOf", base: "originCosts", tiers: [{ upTo: "100", percent: "3" }, { percent: "1" }] },
        },
        { component: "internationalShipping", rate: { type: "perCbm", amount: "60" } },
        { component: "internationalShipping", rate: { type: "perChargeableKg", ...weighing, amount: "4" } },
        {
          component: "internationalShipping",
          rate: { type: "perChargeableKg", ...weighing, per: "carton", breaks: [{ fromKg: "0", amount: "5" }, { fromKg: "45", amount: "4" }] },
        },
        {
          component: "internationalShipping",
          rate: { type: "firstAndNextKg", ...weighing, minimumKg: "1000", firstKg: "0.5", firstAmount: "9", nextKg: "0.5", nextAmount: "3" },
        },
        { component: "internationalShipping", rate: { type: "perRevenueTon", amount: "95", minimumTons: "1" } },
        { component: "insurance", rate: { type: "percentOf", base: "insuredValue", percent: "0.35" } },
        { component: "destination", rate: { type: "percentOf", base: "dutyAndVat", percent: "2" }, when: { modes: ["sea"] } },
      ],
      customs: { basis: "cif", dutyPercent: "4.2", vatPercent: "20", vatUpliftPercent: "10", vatRecoverable: true },
      shipment: { mode: "sea" },
    },
  ),
  { ...order, customs: { basis: "fob", vatPercent: "20", deMinimis: { dutyUpTo: "100000", vatUpTo: "5" } } },
  { ...order, customs: { basis: "fob", vatPercent: "20", deMinimis: { against: "customsValue", vatUpTo: "100000" } } },
  { ...order, customs: { basis: "fob", dutyPercent: 0, vatPercent: 20 }, shipment: { mode: "road", dutiesIncluded: true } },
  { ...order, homeCurrency: "JPY", exchangeRate: { ...exchangeRate, cnyPerUnit: "0.0463" }, explain: false },
];
