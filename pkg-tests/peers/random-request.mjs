// Requests made from a seed: the same seed always gives the same request.
//
// randomRequest(seed) is legal and reaches every part of the calculation. Even seeds give requests of small
// and round numbers, in which exact ties at half a minor unit and equal remainders are frequent. Of the odd
// seeds every fourth gives long decimals and large numbers, the others ordinary trade.

// Mulberry32 behind a few ways of choosing.
export class Random {
  constructor(seed) {
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  }

  // A number from 0 up to, but not including, 1.
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability) {
    return this.next() < probability;
  }

  // An integer from low to high, both included.
  int(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  pick(list) {
    return list[this.int(0, list.length - 1)];
  }

  shuffle(list) {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [list[i], list[j]] = [list[j], list[i]];
    }
    return list;
  }

  subset(list, probability) {
    return list.filter(() => this.chance(probability));
  }

  // A decimal between low and high with the given number of digits after the point.
  between(low, high, places) {
    return (low + this.next() * (high - low)).toFixed(places);
  }

  // A decimal with exactly this many digits before the point (none: "0") and up to eight after it.
  digits(before, after = this.int(1, 8)) {
    let text = before === 0 ? "0" : String(this.int(1, 9));
    for (let i = 1; i < before; i++) text += this.int(0, 9);
    if (after > 0) text += ".";
    for (let i = 0; i < after; i++) text += this.int(i === after - 1 ? 1 : 0, 9);
    return text;
  }
}

const MODES = ["express", "air", "sea", "rail", "road"];
const BEFORE_THE_BORDER = [
  "domesticShipping",
  "packaging",
  "inspection",
  "agentFee",
  "paymentFee",
  "internationalShipping",
  "insurance",
];
const CHARGE_COMPONENTS = [...BEFORE_THE_BORDER, "destination"];
const KEYS = ["value", "weight", "volume", "chargeable", "units"];

// The bases that are known where a component is computed.
const KNOWN_BASES = {
  domesticShipping: ["goods"],
  packaging: ["goods", "goodsAndDomesticShipping"],
  inspection: ["goods", "goodsAndDomesticShipping"],
  agentFee: ["goods", "goodsAndDomesticShipping"],
  paymentFee: ["goods", "goodsAndDomesticShipping", "originCosts"],
  internationalShipping: ["goods", "goodsAndDomesticShipping", "originCosts"],
  insurance: ["goods", "goodsAndDomesticShipping", "originCosts", "goodsAndFreight", "insuredValue"],
  destination: ["goods", "goodsAndDomesticShipping", "originCosts", "goodsAndFreight", "customsValue", "dutyAndVat"],
};

// Home currencies with their minor digits and roughly how many CNY one unit buys.
const HOMES = [
  ["USD", 2, 7.1],
  ["EUR", 2, 7.9],
  ["GBP", 2, 9.2],
  ["AUD", 2, 4.6],
  ["CAD", 2, 5.1],
  ["SEK", 2, 0.68],
  ["CNY", 2, 1],
  ["JPY", 0, 0.047],
  ["KRW", 0, 0.0052],
  ["ISK", 0, 0.052],
  ["VND", 0, 0.00028],
  ["KWD", 3, 23],
  ["BHD", 3, 18.9],
  ["TND", 3, 2.3],
  ["UYW", 4, 1.1],
  ["CLF", 4, 290],
];

// How many units of each currency 1,000 CNY buy.
const PER_THOUSAND_CNY = { USD: 141, EUR: 127, GBP: 109, HKD: 1100, JPY: 21300, KWD: 43.5 };

// Small and round numbers.
function roundFlavour(random) {
  const amounts = ["0", "0.005", "0.015", "0.01", "0.05", "0.125", "0.5", "1", "1.5", "2.5", "3", "5", "7.5", "10", "12.5", "20", "45", "100", "1.00"];
  return {
    lines: () => random.pick([1, 1, 2, 3, 3, 4, 5, 7]),
    cnyPerUnit: () => random.pick(["1", "2", "4", "5", "8", "16", "0.5", "0.05", "0.0625", "6.25", "7.1", "3", "20", "2.50"]),
    spread: () => random.pick(["0", "1", "2.5", "20", "50", "75", "96"]),
    other: () => random.pick(["0.5", "1", "2", "8", "1.25", "0.16", "3", "0.0001"]),
    price: () => random.pick(["0", "0.01", "0.04", "0.05", "0.125", "0.5", "1", "1.5", "2", "3", "10", "12.5", "33.33", "99.99", "100"]),
    quantity: () => random.pick([1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 25, 50, 100, 333, 1000]),
    weight: () => random.pick(["0", "0.05", "0.1", "0.25", "0.5", "0.5", "1", "1.0", "2", "5"]),
    cartonUnits: () => random.pick([1, 2, 3, 5, 6, 10, 12, 24, 100]),
    length: () => random.pick(["5", "10", "20", "25", "30", "40", "50", "100", "12.5"]),
    grossKg: () => random.pick(["0.5", "1", "2", "2.5", "5", "10", "12.5", "20"]),
    flat: () => random.pick(amounts),
    each: () => random.pick(amounts),
    divisor: () => random.pick(["5000", "6000", "4000", "8000", "7000", "1000", "5000.0"]),
    step: () => random.pick(["0", "0.1", "0.5", "0.5", "1", "1", "0.3", "5", "10"]),
    kilograms: () => random.pick(["0", "0.5", "1", "2", "5", "10", "20", "21", "100"]),
    stepAmount: (i) => String([100, 45, 20, 5][Math.max(0, 3 - i)] + random.int(0, 3) * 5),
    limit: () => random.pick(["0", "0.01", "0.125", "1", "5", "8", "10", "12.5", "50", "100", "200", "800", "1000"]),
    percent: () =>
      random.chance(0.03)
        ? random.pick(["250", "1000", "999.99"])
        : random.pick(["0", "0.05", "0.5", "1", "2", "2.5", "3.4649", "4.7", "5", "7.5", "10", "12.5", "20", "25", "33.3", "50", "100"]),
    defect: () => random.pick(["0", "0.5", "1", "2", "5", "10", "20", "50", "75", "99.99"]),
    kgPerCbm: () => random.pick(["1000", "333", "500", "250", "167"]),
    tons: () => random.pick(["0", "0.5", "1", "2", "0.001"]),
  };
}

// Numbers as trade has them.
function plainFlavour(random, rate) {
  return {
    lines: () => random.pick([1, 2, 2, 3, 4, 5, 8, 12, 20]),
    cnyPerUnit: () => random.between(rate * 0.95, rate * 1.05, rate < 0.1 ? 8 : 4),
    spread: () => random.pick(["0", "0.6", "0.8", "1.25", "2.5", "3"]),
    other: (currency) => ((rate * PER_THOUSAND_CNY[currency] * (0.95 + random.next() / 10)) / 1000).toFixed(8),
    price: () => (random.chance(0.04) ? "0" : random.between(0.1, random.pick([5, 50, 500]), random.int(0, 4))),
    quantity: () => random.pick([1, 3, 7, 48, 100, 333, 500, 1200, 2500, 100_000, random.int(1, 5000)]),
    weight: () => random.between(0.01, 4, 3),
    cartonUnits: () => random.pick([1, 6, 12, 24, 50, 100]),
    length: () => random.between(10, 80, random.int(0, 1)),
    grossKg: () => random.between(0.5, 28, 2),
    flat: () => random.between(5, 1500, 2),
    each: () => random.between(0.02, 12, random.int(2, 3)),
    divisor: () => random.pick(["5000", "6000", "6000", "8000", "4999.5"]),
    step: () => random.pick(["0", "0.5", "0.5", "1", "0.1"]),
    kilograms: () => random.pick(["0", "0.5", "1", "10", "12", "21", "100", "45.5"]),
    stepAmount: (i) => random.between(12 - 3 * i, 15 - 3 * i, 2),
    limit: () => random.between(1, random.pick([60, 1000, 5000]), random.int(0, 2)),
    percent: () => random.between(0, random.pick([1, 5, 10, 30, 60]), random.int(0, 2)),
    defect: () => random.between(0, 15, random.int(0, 2)),
    kgPerCbm: () => random.pick(["1000", "333", "500", "363.6"]),
    tons: () => random.pick(["0", "1", "0.5", "1"]),
  };
}

// Long decimals, and one measure at a time that is large, so that every result still fits its type.
function longFlavour(random) {
  const large = random.pick(["price", "flat", "weight", "size", "none"]);
  const before = (name, most, otherwise) => (large === name ? random.int(1, most) : random.int(0, otherwise));
  const percent = () => random.digits(random.int(0, 1), random.int(3, 8));
  return {
    lines: () => random.int(1, 6),
    cnyPerUnit: () => random.pick(["7.10000001", random.digits(1, 8), random.digits(2, 8), random.digits(3, 8)]),
    spread: () => random.digits(random.int(0, 1)),
    other: () => random.digits(random.int(1, 4), 8),
    price: () => random.digits(before("price", 10, 3), random.int(0, 8)),
    quantity: () => (random.chance(0.2) ? 1_000_000_000 : random.int(1, 10 ** random.int(1, 9))),
    weight: () => random.digits(before("weight", 9, 1)),
    cartonUnits: () => random.pick([1, 7, 11, 97, 1000, 999_999_937]),
    length: () => random.digits(random.int(1, 2)),
    width: () => random.digits(large === "size" ? random.int(1, 8) : random.int(1, 2), 8),
    grossKg: () => random.digits(large === "weight" ? random.int(1, 9) : random.int(1, 2)),
    flat: () => random.digits(before("flat", 10, 4)),
    each: () => random.digits(random.int(0, 3), 8),
    divisor: () => random.pick(["5000", "6000", random.digits(4, 8)]),
    step: () => random.pick(["0", "0.5", random.digits(0), random.digits(1)]),
    kilograms: () => random.digits(random.int(1, 8)),
    stepAmount: (i) => random.digits(Math.max(1, 3 - i)),
    limit: () => random.digits(random.int(1, 10), random.int(0, 8)),
    percent,
    defect: percent,
    kgPerCbm: () => random.pick(["1000", random.digits(3)]),
    tons: () => random.digits(random.int(0, 3)),
  };
}

function ascending(random, flavour, count) {
  const limits = new Map();
  for (let i = 0; i < count; i++) {
    const limit = flavour();
    if (Number(limit) > 0) limits.set(Number(limit), limit);
  }
  return [...limits.entries()].sort((a, b) => a[0] - b[0]).map(([, limit]) => limit);
}

const isZero = (text) => Number(text) === 0;

function positive(make) {
  for (;;) {
    const text = make();
    if (!isZero(text)) return text;
  }
}

// Twenty digits at most, so that doubles do not decide which of two decimals is the larger one.
function compare(a, b) {
  const key = (text) => {
    const [whole, fraction = ""] = text.split(".");
    return BigInt(whole + fraction.padEnd(8, "0"));
  };
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

function weighing(random, flavour) {
  const rate = { divisor: flavour.divisor() };
  if (random.chance(0.4)) rate.per = random.pick(["shipment", "carton", "carton"]);
  if (random.chance(0.6)) rate.roundUpToKg = flavour.step();
  if (random.chance(0.3)) rate.minimumKg = flavour.kilograms();
  return rate;
}

function percentRate(random, flavour, component) {
  const base = random.pick(KNOWN_BASES[component]);
  // An insurance rate of r has 1.1 r < 1.
  const percent = () => {
    const text = flavour.percent();
    return component === "insurance" && Number(text) > 90 ? "0.5" : text;
  };
  if (base === "insuredValue" || random.chance(0.6)) return { type: "percentOf", base, percent: percent() };
  const tiers = ascending(random, flavour.limit, random.int(0, 3)).map((upTo) => ({ upTo, percent: percent() }));
  tiers.push({ percent: percent() });
  return { type: "tieredPercentOf", base, tiers };
}

function anyRate(random, flavour, component) {
  if (random.chance(component === "agentFee" || component === "paymentFee" || component === "insurance" ? 0.65 : 0.25)) {
    return percentRate(random, flavour, component);
  }
  const type = random.pick(
    component === "internationalShipping"
      ? ["flat", "perKg", "perCbm", "perChargeableKg", "perChargeableKg", "breaks", "breaks", "firstAndNextKg", "firstAndNextKg", "perRevenueTon", "perRevenueTon"]
      : ["flat", "flat", "perUnit", "perUnit", "perCarton", "perCarton", "perKg", "perCbm", "perChargeableKg", "breaks", "firstAndNextKg", "perRevenueTon"],
  );
  switch (type) {
    case "flat":
      return { type, amount: flavour.flat() };
    case "perChargeableKg":
      return { type, ...weighing(random, flavour), amount: flavour.each() };
    case "breaks": {
      const from = ascending(random, flavour.kilograms, random.int(0, 3));
      if (from.length === 0 || random.chance(0.7)) from.unshift("0");
      return {
        type: "perChargeableKg",
        ...weighing(random, flavour),
        breaks: from.map((fromKg, i) => ({ fromKg, amount: flavour.stepAmount(i) })),
      };
    }
    case "firstAndNextKg":
      return {
        type,
        ...weighing(random, flavour),
        firstKg: flavour.kilograms(),
        firstAmount: flavour.flat(),
        nextKg: positive(() => (random.chance(0.5) ? flavour.step() : flavour.kilograms())),
        nextAmount: flavour.each(),
      };
    case "perRevenueTon": {
      const rate = { type, amount: flavour.each() };
      if (random.chance(0.6)) rate.kgPerCbm = flavour.kgPerCbm();
      if (random.chance(0.5)) rate.minimumTons = flavour.tons();
      return rate;
    }
    default:
      return { type, amount: flavour.each() };
  }
}

// Numbers without a fraction may come as JSON numbers; here and there they do.
function withNumbers(random, value) {
  if (typeof value === "string") {
    return /^(0|[1-9][0-9]{0,9})$/.test(value) && random.chance(0.5) ? Number(value) : value;
  }
  if (Array.isArray(value)) return value.map((item) => withNumbers(random, item));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNumbers(random, item)]));
  }
  return value;
}

export function randomRequest(seed) {
  const random = new Random(seed);
  const isRound = seed % 2 === 0;
  const [homeCurrency, minorDigits, roughRate] = random.pick(HOMES);
  const isCny = homeCurrency === "CNY";
  const isLong = !isRound && Math.floor(seed / 2) % 4 === 3;
  const flavour = isRound ? roundFlavour(random) : isLong ? longFlavour(random) : plainFlavour(random, roughRate);

  const exchangeRate = { cnyPerUnit: isCny ? "1" : flavour.cnyPerUnit(), asOf: "2026-11-20" };
  if (!isCny && random.chance(0.5)) exchangeRate.spreadPercent = flavour.spread();
  const currencies = ["CNY", "CNY", homeCurrency];
  if (random.chance(0.5)) {
    exchangeRate.others = {};
    for (const currency of random.subset(["USD", "EUR", "HKD", "JPY", "KWD"], 0.5)) {
      if (currency === homeCurrency) continue;
      exchangeRate.others[currency] = positive(() => flavour.other(currency));
      currencies.push(currency);
    }
  }

  const orders = random.chance(0.45) ? random.pick([["A"], ["A", "B"], ["A", "B", "C"]]) : [];
  const lines = [];
  const count = flavour.lines();
  for (let i = 0; i < count; i++) {
    // Lines that repeat another one share charges with equal remainders.
    if (i > 0 && random.chance(isRound ? 0.4 : 0.05)) {
      const copy = structuredClone(random.pick(lines));
      if (random.chance(0.9)) copy.sku = `SKU-${i + 1}`;
      if (random.chance(0.3)) copy.quantity = flavour.quantity();
      lines.push(copy);
      continue;
    }
    const line = { sku: `SKU-${i + 1}`, unitPriceCny: flavour.price(), quantity: flavour.quantity() };
    if (random.chance(0.1)) line.description = random.pick(["Mug", "灯具", "Ware \"B\""]);
    if (orders.length > 0 && random.chance(0.75)) line.order = random.pick(orders);
    const measured = random.next();
    if (measured < 0.75) line.unitWeightKg = flavour.weight();
    if (random.chance(0.6)) {
      line.carton = {
        units: flavour.cartonUnits(),
        lengthCm: flavour.length(),
        widthCm: (flavour.width ?? flavour.length)(),
        heightCm: flavour.length(),
      };
      if (random.chance(0.6)) line.carton.grossKg = flavour.grossKg();
    }
    if (random.chance(0.2)) line.dutyPercent = flavour.percent();
    if (random.chance(0.2)) line.additionalDutyPercent = flavour.percent();
    if (random.chance(0.2)) line.vatPercent = flavour.percent();
    if (random.chance(0.12)) line.dutyPerUnit = flavour.each();
    if (random.chance(0.12)) line.dutyPerKg = flavour.each();
    if (random.chance(0.3)) line.defectPercent = flavour.defect();
    lines.push(line);
  }
  const usedOrders = [...new Set(lines.map((line) => line.order).filter((order) => order !== undefined))];

  const request = { homeCurrency, exchangeRate, lines };

  let customsCnyPerUnit = Number(exchangeRate.cnyPerUnit);
  if (random.chance(0.85)) {
    const customs = { basis: random.pick(["fob", "cif"]) };
    if (!isCny && random.chance(0.4)) customs.cnyPerUnit = flavour.cnyPerUnit();
    if (random.chance(0.8)) customs.dutyPercent = flavour.percent();
    if (random.chance(0.4)) customs.additionalDutyPercent = flavour.percent();
    if (random.chance(0.85)) customs.vatPercent = flavour.percent();
    if (random.chance(0.5)) customs.vatRecoverable = random.chance(0.5);
    if (random.chance(0.3)) customs.dutiableComponents = random.shuffle(random.subset(BEFORE_THE_BORDER, 0.5));
    if (random.chance(0.3)) customs.taxableComponents = random.shuffle(random.subset(CHARGE_COMPONENTS, 0.5));
    if (random.chance(0.25)) customs.vatUpliftPercent = random.chance(0.5) ? "10" : flavour.percent();
    request.customs = customs;
    if (customs.cnyPerUnit !== undefined) customsCnyPerUnit = Number(customs.cnyPerUnit);
  }

  // A threshold that the customs value of the goods may hit exactly, or miss by one minor unit.
  const goodsCny = lines.reduce((sum, line) => sum + Number(line.unitPriceCny) * line.quantity, 0);
  const threshold = () => {
    const value = goodsCny / customsCnyPerUnit + random.pick([0, 0, 0, 1, -1]) * 10 ** -minorDigits;
    return value >= 0 && value < 1e9 && random.chance(0.5) ? value.toFixed(minorDigits) : flavour.limit();
  };
  if (request.customs !== undefined && random.chance(0.35)) {
    const deMinimis = {};
    if (random.chance(0.6)) deMinimis.against = random.pick(["goods", "customsValue"]);
    if (random.chance(0.8)) deMinimis.dutyUpTo = threshold();
    if (random.chance(0.6)) deMinimis.vatUpTo = threshold();
    request.customs.deMinimis = deMinimis;
  }

  const charges = [];
  const fewCharges = random.chance(0.15);
  for (const component of CHARGE_COMPONENTS) {
    let number = 0;
    if (!fewCharges || random.chance(0.15)) {
      const most = component === "destination" ? 4 : component === "internationalShipping" ? 2 : 1.4;
      number = Math.floor(random.next() * (most + 0.5));
    }
    for (let i = 0; i < number; i++) {
      const rate = anyRate(random, flavour, component);
      const charge = { component };
      if (random.chance(0.3)) charge.label = random.pick(["Clearance", "运费", `Charge ${i + 1}`]);
      if (usedOrders.length > 0 && random.chance(0.3)) charge.order = random.pick(usedOrders);
      if (random.chance(0.6)) charge.currency = random.pick(currencies);
      charge.rate = rate;
      if (random.chance(0.25)) charge.minimum = flavour.limit();
      if (random.chance(0.2)) charge.maximum = flavour.limit();
      if (charge.minimum !== undefined && charge.maximum !== undefined && compare(charge.minimum, charge.maximum) > 0) {
        [charge.minimum, charge.maximum] = [charge.maximum, charge.minimum];
      }
      if (random.chance(0.45)) charge.allocateBy = random.pick(KEYS);
      if (component !== "destination" && random.chance(0.25)) {
        charge.dutiablePercent = random.pick(["0", "12.5", "33.3", "50", "66.66666667", "99.99", "100", "100"]);
      }
      if (rate.base !== "dutyAndVat" && random.chance(0.3)) charge.taxable = random.chance(0.6);
      if (component === "destination" && random.chance(0.4)) {
        const when = {};
        if (random.chance(0.4)) when.customsValueAbove = threshold();
        if (random.chance(0.4)) when.customsValueUpTo = threshold();
        if (Object.keys(when).length === 0 || random.chance(0.3)) when.modes = random.shuffle(random.subset(MODES, 0.6));
        if (when.modes?.length === 0) when.modes = ["sea"];
        charge.when = when;
      }
      charges.push(charge);
    }
  }
  if (random.chance(0.5)) random.shuffle(charges);
  if (charges.length > 0 || random.chance(0.5)) request.charges = charges;

  if (random.chance(0.75)) {
    request.shipment = { mode: random.pick(MODES) };
    if (random.chance(0.25)) request.shipment.dutiesIncluded = random.chance(0.5);
  }
  if (!random.chance(0.12)) return request;
  // Labels and names stay text: none of them consists of digits alone.
  return withNumbers(random, request);
}

// A request for the minimum selling price whose margin can be reached.
export function randomSellingPrice(seed) {
  const random = new Random(seed);
  const isRound = seed % 2 === 0;
  const [currency] = random.pick(HOMES);
  const money = isRound
    ? () => random.pick(["0", "0.5", "1", "2", "2.5", "5", "10", "12.345", "100"])
    : random.chance(0.2)
      ? () => random.digits(random.int(1, 10), random.int(0, 8))
      : () => random.between(0.1, 90, random.int(0, 4));
  const percent = (most) =>
    isRound
      ? random.pick(["0", "5", "10", "12.5", "20", "25"].filter((text) => Number(text) <= most))
      : random.chance(0.1)
        ? random.digits(1, 8)
        : random.between(0, most, random.int(0, 2));
  const request = { currency, landedCostPerUnit: money() };
  if (random.chance(0.8)) request.fixedPerOrder = money();
  if (random.chance(0.8)) request.feePercent = percent(20);
  if (random.chance(0.7)) request.advertisingPercent = percent(15);
  if (random.chance(0.7)) request.returnPercent = percent(25);
  if (random.chance(0.7)) request.resaleablePercent = random.chance(0.2) ? "100" : percent(90);
  if (random.chance(0.6)) request.returnHandling = money();
  if (random.chance(0.5)) request.feeKeptOnRefundPercent = random.chance(0.2) ? "100" : percent(90);
  if (random.chance(0.5)) request.taxInPricePercent = percent(25);
  if (random.chance(0.8)) request.targetMarginPercent = percent(20);
  return request;
}

// A realistic order of ten lines with eleven charges, home currency USD: the benchmark's input.
export function benchOrder(seed) {
  const random = new Random(seed);
  const lines = [];
  for (let i = 0; i < 10; i++) {
    const units = random.pick([12, 24, 36, 48, 100]);
    const unitWeight = random.next() * 0.8 + 0.05;
    const line = {
      sku: `SKU-${1000 + random.int(0, 899) * 10 + i}`,
      unitPriceCny: random.between(3, 120, 2),
      quantity: random.int(2, 40) * 25,
      unitWeightKg: unitWeight.toFixed(3),
      carton: {
        units,
        lengthCm: String(random.int(30, 60)),
        widthCm: String(random.int(25, 45)),
        heightCm: String(random.int(20, 45)),
        grossKg: (units * unitWeight + 0.8).toFixed(1),
      },
      dutyPercent: random.pick(["0", "2.5", "3.9", "5.3", "6.5", "9.8"]),
      defectPercent: random.pick(["0.5", "1", "1.5", "2", "3"]),
    };
    if (random.chance(0.3)) line.additionalDutyPercent = "25";
    lines.push(line);
  }
  return {
    homeCurrency: "USD",
    exchangeRate: { cnyPerUnit: random.between(6.9, 7.3, 4), asOf: "2026-11-20", spreadPercent: "0.8" },
    lines,
    charges: [
      {
        component: "domesticShipping",
        label: "To the warehouse",
        currency: "CNY",
        rate: { type: "flat", amount: random.between(150, 600, 0) },
      },
      { component: "packaging", currency: "CNY", rate: { type: "perUnit", amount: random.between(0.2, 0.9, 2) } },
      { component: "inspection", rate: { type: "flat", amount: random.between(90, 260, 0) } },
      { component: "agentFee", rate: { type: "percentOf", base: "goodsAndDomesticShipping", percent: "5" }, minimum: "30" },
      { component: "paymentFee", rate: { type: "percentOf", base: "originCosts", percent: "1.5" } },
      {
        component: "internationalShipping",
        label: "Air freight",
        rate: { type: "perChargeableKg", divisor: "6000", roundUpToKg: "0.5", amount: random.between(4.5, 7.5, 2) },
      },
      { component: "insurance", rate: { type: "percentOf", base: "insuredValue", percent: "0.35" } },
      {
        component: "destination",
        label: "Merchandise processing fee",
        rate: { type: "percentOf", base: "customsValue", percent: "0.3464" },
        minimum: "33.58",
        maximum: "651.50",
        when: { customsValueAbove: "2500" },
      },
      { component: "destination", label: "Delivery", rate: { type: "perCarton", amount: random.between(2, 6, 2) } },
      { component: "destination", label: "Broker", rate: { type: "flat", amount: "125" } },
      {
        component: "destination",
        label: "Disbursement fee",
        rate: { type: "percentOf", base: "dutyAndVat", percent: "2" },
        minimum: "15",
      },
    ],
    customs: { basis: "fob", dutyPercent: "4.2", additionalDutyPercent: "10", vatPercent: "5" },
    shipment: { mode: "air" },
  };
}
