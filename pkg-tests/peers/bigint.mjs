// Landed cost and minimum selling price in exact integer arithmetic on BigInt.
//
// Every decimal of the request is read as an integer at a known power of ten. Money of the home currency
// is kept in minor units. What lies between two roundings is a fraction, a numerator and a denominator,
// that is divided once. Requests are taken as legal; nothing is validated.

const ZERO = 0n;
const ONE = 1n;
const TEN_6 = 1_000_000n;
const TEN_8 = 100_000_000n; // scale of a decimal: at most eight digits follow the point
const TEN_10 = 10_000_000_000n; // scale of a percentage taken as a share: 1e8 × 100
const TEN_11 = 100_000_000_000n;
const TEN_20 = TEN_10 * TEN_10;

const MAX_SAFE = Number.MAX_SAFE_INTEGER;
const MAX_EXACT = 2 ** 50; // dividends and divisors up to here are divided without BigInt

const POWERS = Array.from({ length: 80 }, (_, exponent) => 10n ** BigInt(exponent));
const SMALL_POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

// A fraction of two digits with its point: ".00" … ".99".
const HUNDREDTHS = Array.from({ length: 100 }, (_, fraction) => "." + String(fraction).padStart(2, "0"));

// ISO 4217 currencies whose minor unit is not two digits.
const MINOR_DIGITS = new Map([
  ...["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"].map(
    (code) => [code, 0],
  ),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3]),
  ...["CLF", "UYW"].map((code) => [code, 4]),
]);

const COMPONENTS = [
  "goods",
  "domesticShipping",
  "packaging",
  "inspection",
  "agentFee",
  "paymentFee",
  "internationalShipping",
  "insurance",
  "importDuty",
  "vat",
  "destination",
  "defects",
];
const GOODS = 0;
const DOMESTIC_SHIPPING = 1;
const PACKAGING = 2;
const INSPECTION = 3;
const AGENT_FEE = 4;
const PAYMENT_FEE = 5;
const INTERNATIONAL_SHIPPING = 6;
const INSURANCE = 7;
const IMPORT_DUTY = 8;
const VAT = 9;
const DESTINATION = 10;
const DEFECTS = 11;

// The components that a base of a percentage adds up.
const BASES = {
  goods: [GOODS],
  goodsAndDomesticShipping: [GOODS, DOMESTIC_SHIPPING],
  originCosts: [GOODS, DOMESTIC_SHIPPING, PACKAGING, INSPECTION, AGENT_FEE],
  goodsAndFreight: [GOODS, INTERNATIONAL_SHIPPING],
  insuredValue: [GOODS, DOMESTIC_SHIPPING, PACKAGING, INTERNATIONAL_SHIPPING],
};

const DEFAULT_KEYS = {
  domesticShipping: "weight",
  packaging: "units",
  inspection: "units",
  internationalShipping: "chargeable",
};

const DUTIABLE_FOB = ["domesticShipping", "packaging"];
const DUTIABLE_CIF = ["domesticShipping", "packaging", "internationalShipping", "insurance"];
const TAXABLE = ["internationalShipping", "insurance"];

// How many digits follow the point in a decimal as it was written; none in a number or where it is absent.
function fractionDigits(value) {
  if (typeof value !== "string") return 0;
  const point = value.indexOf(".");
  return point < 0 ? 0 : value.length - 1 - point;
}

// A decimal times 10^scale, as an integer. Scale must be at least the decimal's own number of fraction digits.
function scaled(value, scale) {
  if (typeof value === "number") return BigInt(value) * POWERS[scale];
  const length = value.length;
  if (length > 16) {
    const point = value.indexOf(".");
    if (point < 0) return BigInt(value) * POWERS[scale];
    return BigInt(value.slice(0, point) + value.slice(point + 1)) * POWERS[scale - (length - 1 - point)];
  }
  let number = 0;
  let shift = scale;
  let afterPoint = 0;
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code === 46) {
      afterPoint = 1;
    } else {
      number = number * 10 + (code - 48);
      shift -= afterPoint;
    }
  }
  if (shift === 0) return BigInt(number);
  if (shift < 16) {
    const product = number * SMALL_POWERS[shift];
    if (product <= MAX_SAFE) return BigInt(product);
  }
  return BigInt(number) * POWERS[shift];
}

// A decimal in units of 1e-8; an absent one is zero.
function e8(value) {
  return value === undefined ? ZERO : scaled(value, 8);
}

// numerator ÷ denominator, rounded half up, for a numerator that is not negative. Where the denominator is
// odd there are no ties, and half of it, rounded down, still tells which side of the middle it is.
function rounded(numerator, denominator) {
  if (denominator === ONE) return numerator;
  return (numerator + (denominator >> ONE)) / denominator;
}

function ceiling(numerator, denominator) {
  return (numerator + denominator - ONE) / denominator;
}

// An integer number of units of 10^-places, a BigInt or a safe number, written as a decimal.
function written(integer, places) {
  const small = Number(integer);
  if (small <= MAX_EXACT) {
    if (places === 0) return String(small);
    const unit = SMALL_POWERS[places];
    const whole = wholeQuotient(small, unit);
    const fraction = small - whole * unit;
    return places === 2 ? whole + HUNDREDTHS[fraction] : whole + "." + String(fraction).padStart(places, "0");
  }
  const text = String(integer);
  if (places === 0) return text;
  const point = text.length - places;
  return text.slice(0, point) + "." + text.slice(point);
}

// numerator ÷ denominator to the given number of decimals, half up; denominator is a safe integer.
function quotient(numerator, denominator, shift, places) {
  if (numerator === ZERO) return written(0, places);
  const small = Number(numerator) * SMALL_POWERS[shift] * 2 + denominator;
  if (small <= MAX_EXACT && denominator <= MAX_EXACT) return written(wholeQuotient(small, denominator * 2), places);
  return written(rounded(numerator * POWERS[shift], BigInt(denominator)), places);
}

// dividend ÷ divisor rounded down. As doubles both are exact, and the quotient of a dividend this far below
// 2^53 does not round up to the next integer.
function wholeQuotient(dividend, divisor) {
  return Math.floor(dividend / divisor);
}

// The lines that a charge sees, all of the shipment's or those of one order, with their sums.
function makeView(state, indexes) {
  let units = 0;
  let cartons = 0;
  let weight = ZERO;
  let volume = ZERO;
  for (const i of indexes) {
    units += state.quantities[i];
    cartons += state.cartons[i];
    weight += state.weights[i];
    volume += state.volumes[i];
  }
  return { indexes, units, cartons, weight, volume, keySets: new Map() };
}

function viewOf(state, order) {
  if (order === undefined) return state.all;
  let view = state.orders.get(order);
  if (view === undefined) {
    const indexes = [];
    for (let i = 0; i < state.lines.length; i++) if (state.lines[i].order === order) indexes.push(i);
    view = makeView(state, indexes);
    state.orders.set(order, view);
  }
  return view;
}

// The allocation key of one line, as an integer; the keys of all lines are to the same scale.
function lineKey(state, name, i, number, scale) {
  switch (name) {
    case "value":
      return state.parts[GOODS][i];
    case "weight":
      return state.weights[i];
    case "volume":
      return state.volumes[i];
    case "units":
      return BigInt(state.quantities[i]);
    case "chargeable": {
      // Kilograms × weightUnit × volumeUnit × divisor.
      const weight = state.weights[i] * state.volumeUnit * number;
      const volume = state.volumes[i] * POWERS[scale] * state.weightUnit;
      return weight > volume ? weight : volume;
    }
    default: {
      // Revenue tons × weightUnit × volumeUnit × 1e6 × kgPerCbm.
      const weight = state.weights[i] * state.volumeUnit * TEN_6 * POWERS[scale];
      const volume = state.volumes[i] * number * state.weightUnit;
      return weight > volume ? weight : volume;
    }
  }
}

// The allocation keys of a view. Keys that sum to nothing fall back to value, then to units.
function keySetOf(state, view, name, figure) {
  const id = figure === undefined ? name : name + figure;
  const known = view.keySets.get(id);
  if (known !== undefined) return known;
  const scale = fractionDigits(figure);
  const number = figure === undefined ? ZERO : scaled(figure, scale);
  const { indexes } = view;
  const keys = new Array(indexes.length);
  let sum = ZERO;
  for (let j = 0; j < indexes.length; j++) {
    const key = lineKey(state, name, indexes[j], number, scale);
    keys[j] = key;
    sum += key;
  }
  let keySet;
  if (sum === ZERO && name !== "units") {
    keySet = keySetOf(state, view, name === "value" ? "units" : "value");
  } else {
    const smallSum = Number(sum);
    const small = smallSum <= MAX_EXACT ? keys.map(Number) : null;
    keySet = { keys, sum, small, smallSum };
  }
  view.keySets.set(id, keySet);
  return keySet;
}

function keySetOfCharge(state, charge, view) {
  const name = charge.allocateBy ?? DEFAULT_KEYS[charge.component] ?? "value";
  if (name !== "chargeable") return keySetOf(state, view, name);
  const { rate } = charge;
  switch (rate.type) {
    case "perChargeableKg":
    case "firstAndNextKg":
      return keySetOf(state, view, "chargeable", rate.divisor);
    case "perRevenueTon":
      return keySetOf(state, view, "revenueTons", rate.kgPerCbm ?? "1000");
    case "perCbm":
      return keySetOf(state, view, "volume");
    default:
      return keySetOf(state, view, "weight");
  }
}

// Shares an amount of minor units by largest remainder; a tie goes to the earlier line.
function allocate(amount, keySet) {
  const { keys, small, smallSum } = keySet;
  const count = keys.length;
  if (count === 1) return [amount];
  if (amount === ZERO) return new Array(count).fill(ZERO);
  if (small !== null && Number(amount) * smallSum <= MAX_EXACT) return allocateSmall(Number(amount), small, smallSum);
  const { sum } = keySet;
  const parts = new Array(count);
  const remainders = new Array(count);
  let left = amount;
  for (let j = 0; j < count; j++) {
    const product = amount * keys[j];
    const part = product / sum;
    remainders[j] = product - part * sum;
    parts[j] = part;
    left -= part;
  }
  const odd = Number(left);
  if (odd > 0) {
    const ranking = rankingOf(remainders);
    for (let rank = 0; rank < odd; rank++) parts[ranking[rank]] += ONE;
  }
  return parts;
}

// The same where every product is exact as a double.
function allocateSmall(amount, keys, sum) {
  const count = keys.length;
  const wholes = new Array(count);
  const remainders = new Array(count);
  let left = amount;
  for (let j = 0; j < count; j++) {
    const product = amount * keys[j];
    const part = wholeQuotient(product, sum);
    wholes[j] = part;
    remainders[j] = product - part * sum;
    left -= part;
  }
  if (left > 8) {
    const ranking = rankingOf(remainders);
    for (let rank = 0; rank < left; rank++) wholes[ranking[rank]] += 1;
  } else {
    for (; left > 0; left--) {
      let best = 0;
      let largest = remainders[0];
      for (let j = 1; j < count; j++) {
        if (remainders[j] > largest) {
          largest = remainders[j];
          best = j;
        }
      }
      wholes[best] += 1;
      remainders[best] = -1;
    }
  }
  const parts = new Array(count);
  for (let j = 0; j < count; j++) parts[j] = BigInt(wholes[j]);
  return parts;
}

// Positions by falling remainder; equal ones stay in order.
function rankingOf(remainders) {
  const ranking = remainders.map((_, j) => j);
  ranking.sort((a, b) => (remainders[a] > remainders[b] ? -1 : remainders[a] < remainders[b] ? 1 : a - b));
  return ranking;
}

// The sums, per line of the shipment, with a charge's parts added. Arrays that are shared stay unchanged.
function withParts(state, sums, view, parts) {
  if (sums === null && view === state.all) return parts;
  const added = sums === null ? new Array(state.lines.length).fill(ZERO) : sums.slice();
  const { indexes } = view;
  for (let j = 0; j < indexes.length; j++) added[indexes[j]] += parts[j];
  return added;
}

function sumOver(values, view) {
  if (values === null) return ZERO;
  let sum = ZERO;
  for (const i of view.indexes) sum += values[i];
  return sum;
}

// How 1e-8 of a currency become minor units of the home currency: times `times`, divided by `over`.
function conversionOf(state, currency) {
  if (currency === "CNY") return state.cny;
  if (currency === state.homeCurrency) return state.home;
  let conversion = state.conversions.get(currency);
  if (conversion === undefined) {
    conversion = { times: state.minorUnits, over: e8(state.others[currency]) };
    state.conversions.set(currency, conversion);
  }
  return conversion;
}

function isPercentage(rate) {
  return rate.type === "percentOf" || rate.type === "tieredPercentOf";
}

// The kilograms that a charge weighs, left in state.numerator / state.denominator.
function weigh(state, rate, view) {
  const scale = fractionDigits(rate.divisor);
  const divisor = scaled(rate.divisor, scale);
  const step = e8(rate.roundUpToKg);
  const volumeTimes = POWERS[scale] * state.weightUnit;
  const weightTimes = state.volumeUnit * divisor;
  const common = state.weightUnit * weightTimes;
  let numerator = ZERO;
  let denominator = common;
  if (rate.per === "carton") {
    const stepTimes = step * common;
    for (const i of view.indexes) {
      const cartons = state.cartons[i];
      const packages = cartons === 0 ? 1 : cartons;
      const weight = state.packageWeights[i] * weightTimes;
      const volume = state.packageVolumes[i] * volumeTimes;
      const heavier = weight > volume ? weight : volume;
      numerator += BigInt(packages) * (step === ZERO ? heavier : ceiling(heavier * TEN_8, stepTimes));
    }
    if (step !== ZERO) {
      numerator *= step;
      denominator = TEN_8;
    }
  } else {
    const weight = view.weight * weightTimes;
    const volume = view.volume * volumeTimes;
    numerator = weight > volume ? weight : volume;
    if (step !== ZERO) {
      numerator = ceiling(numerator * TEN_8, step * common) * step;
      denominator = TEN_8;
    }
  }
  const minimum = e8(rate.minimumKg);
  if (numerator * TEN_8 < minimum * denominator) {
    numerator = minimum;
    denominator = TEN_8;
  }
  state.weighedNumerator = numerator;
  state.weighedDenominator = denominator;
  state.numerator = numerator;
  state.denominator = denominator;
}

// A charge that is not a percentage, in 1e-8 of its currency, left in state.numerator / state.denominator.
function measure(state, rate, view) {
  state.denominator = ONE;
  switch (rate.type) {
    case "flat":
      state.numerator = e8(rate.amount);
      return;
    case "perUnit":
      state.numerator = e8(rate.amount) * BigInt(view.units);
      return;
    case "perCarton":
      state.numerator = e8(rate.amount) * BigInt(view.cartons);
      return;
    case "perKg":
      state.numerator = e8(rate.amount) * view.weight;
      state.denominator = state.weightUnit;
      return;
    case "perCbm":
      state.numerator = e8(rate.amount) * view.volume;
      state.denominator = state.volumeUnit * TEN_6;
      return;
    case "perChargeableKg": {
      weigh(state, rate, view);
      if (rate.breaks === undefined) {
        state.numerator *= e8(rate.amount);
        return;
      }
      const kilograms = state.numerator * TEN_8;
      let cheapest = null;
      for (const step of rate.breaks) {
        const from = e8(step.fromKg) * state.denominator;
        const price = e8(step.amount) * (kilograms > from ? kilograms : from);
        if (cheapest === null || price < cheapest) cheapest = price;
      }
      state.numerator = cheapest;
      state.denominator *= TEN_8;
      return;
    }
    case "firstAndNextKg": {
      weigh(state, rate, view);
      const beyond = state.numerator * TEN_8 - e8(rate.firstKg) * state.denominator;
      const steps = beyond > ZERO ? ceiling(beyond, e8(rate.nextKg) * state.denominator) : ZERO;
      state.numerator = e8(rate.firstAmount) + steps * e8(rate.nextAmount);
      state.denominator = ONE;
      return;
    }
    default: {
      // perRevenueTon: tons × weightUnit × volumeUnit × 1e6 × kgPerCbm.
      const kgPerCbm = rate.kgPerCbm ?? "1000";
      const scale = fractionDigits(kgPerCbm);
      const number = scaled(kgPerCbm, scale);
      const common = state.weightUnit * state.volumeUnit * TEN_6 * number;
      let tons = view.volume * number * state.weightUnit;
      const weight = view.weight * state.volumeUnit * TEN_6 * POWERS[scale];
      if (weight > tons) tons = weight;
      const minimum = e8(rate.minimumTons) * common;
      state.numerator = e8(rate.amount);
      if (minimum > tons * TEN_8) {
        state.numerator *= minimum;
        state.denominator = common * TEN_8;
      } else {
        state.numerator *= tons;
        state.denominator = common;
      }
    }
  }
}

// A percentage, in minor units of the home currency, left in state.numerator / state.denominator.
function percentage(state, rate, view, conversion) {
  let base = ZERO;
  if (rate.base === "customsValue") {
    base = sumOver(state.customsValues, view);
  } else if (rate.base === "dutyAndVat") {
    base = sumOver(state.duties, view) + sumOver(state.vats, view);
  } else if (view === state.all) {
    for (const component of BASES[rate.base]) base += state.totals[component];
  } else {
    for (const component of BASES[rate.base]) base += sumOver(state.parts[component], view);
  }
  if (rate.type === "tieredPercentOf") {
    // Tiers are in the charge's currency: base and limits over the common denominator `over`.
    const { times, over } = conversion;
    const whole = base * over;
    let sum = ZERO;
    let reached = ZERO;
    for (const tier of rate.tiers) {
      let end = whole;
      if (tier.upTo !== undefined) {
        const limit = e8(tier.upTo) * times;
        if (limit < whole) end = limit;
      }
      sum += (end - reached) * e8(tier.percent);
      reached = end;
      if (end === whole) break;
    }
    state.numerator = sum;
    state.denominator = over * TEN_10;
    return;
  }
  const percent = e8(rate.percent);
  if (rate.base === "insuredValue") {
    const premium = 11n * percent;
    state.numerator = base * premium;
    state.denominator = TEN_11 - premium;
  } else {
    state.numerator = base * percent;
    state.denominator = TEN_10;
  }
}

// Computes, rounds and shares one charge, and adds what of it is dutiable and taxable.
function addCharge(state, charge, component) {
  const { rate } = charge;
  const view = viewOf(state, charge.order);
  const currency = charge.currency ?? state.homeCurrency;
  const conversion = conversionOf(state, currency);
  const isPercent = isPercentage(rate);
  let amount;
  if (isPercent) {
    percentage(state, rate, view, conversion);
    const { times, over } = conversion;
    if (charge.minimum !== undefined) {
      const limit = e8(charge.minimum) * times;
      if (state.numerator * over < limit * state.denominator) {
        state.numerator = limit;
        state.denominator = over;
      }
    }
    if (charge.maximum !== undefined) {
      const limit = e8(charge.maximum) * times;
      if (state.numerator * over > limit * state.denominator) {
        state.numerator = limit;
        state.denominator = over;
      }
    }
    amount = rounded(state.numerator, state.denominator);
  } else {
    measure(state, rate, view);
    if (charge.minimum !== undefined) {
      const limit = e8(charge.minimum);
      if (state.numerator < limit * state.denominator) {
        state.numerator = limit;
        state.denominator = ONE;
      }
    }
    if (charge.maximum !== undefined) {
      const limit = e8(charge.maximum);
      if (state.numerator > limit * state.denominator) {
        state.numerator = limit;
        state.denominator = ONE;
      }
    }
    amount = rounded(state.numerator * conversion.times, state.denominator * conversion.over);
  }

  const keySet = keySetOfCharge(state, charge, view);
  const parts = allocate(amount, keySet);
  state.parts[component] = withParts(state, state.parts[component], view, parts);
  state.totals[component] += amount;
  state.charges.push({
    component: charge.component,
    label: charge.label ?? null,
    amount: written(amount, state.digits),
  });

  // The dutiable share, in 1e-8 percent.
  let share = ZERO;
  if (component !== DESTINATION) {
    if (charge.dutiablePercent !== undefined) share = e8(charge.dutiablePercent);
    else if (state.dutiable.includes(charge.component)) share = TEN_10;
    if (share !== ZERO) {
      let dutiable = amount;
      if (currency === "CNY" && !isPercent) {
        dutiable = rounded(
          state.numerator * state.minorUnits * share,
          state.denominator * state.customsRate * TEN_10,
        );
      } else if (share !== TEN_10) {
        dutiable = rounded(amount * share, TEN_10);
      }
      const dutiableParts = dutiable === amount ? parts : allocate(dutiable, keySet);
      state.customsValues = withParts(state, state.customsValues, view, dutiableParts);
    }
  }

  if (rate.base === "dutyAndVat") return;
  if (share !== TEN_10 && (charge.taxable ?? state.taxable.includes(charge.component))) {
    const taxable = share === ZERO ? amount : rounded(amount * (TEN_10 - share), TEN_10);
    const taxableParts = taxable === amount ? parts : allocate(taxable, keySet);
    state.taxableParts = withParts(state, state.taxableParts, view, taxableParts);
  }
}

// Reads quantities and measures: weights in kg × weightUnit, volumes in cm³ × volumeUnit, powers of ten that
// are just large enough for the request's decimals.
function readLines(state) {
  const { lines } = state;
  const count = lines.length;
  let weightScale = 0;
  let lengthScale = 0;
  for (const line of lines) {
    if (line.unitWeightKg !== undefined) weightScale = Math.max(weightScale, fractionDigits(line.unitWeightKg));
    const { carton } = line;
    if (carton !== undefined) {
      if (carton.grossKg !== undefined) weightScale = Math.max(weightScale, fractionDigits(carton.grossKg));
      lengthScale = Math.max(
        lengthScale,
        fractionDigits(carton.lengthCm),
        fractionDigits(carton.widthCm),
        fractionDigits(carton.heightCm),
      );
    }
  }
  state.weightUnit = POWERS[weightScale];
  state.volumeUnit = POWERS[3 * lengthScale];
  for (let i = 0; i < count; i++) {
    const line = lines[i];
    const { quantity, carton } = line;
    const units = BigInt(quantity);
    state.quantities[i] = quantity;
    const unitWeight = line.unitWeightKg === undefined ? null : scaled(line.unitWeightKg, weightScale);
    let weight = unitWeight === null ? ZERO : units * unitWeight;
    const netWeight = weight;
    if (carton === undefined) {
      state.cartons[i] = 0;
      state.volumes[i] = ZERO;
      // Without a carton the line is one package of its weight.
      state.packageWeights[i] = weight;
      state.packageVolumes[i] = ZERO;
    } else {
      const cartons = Math.ceil(quantity / carton.units);
      const packed = BigInt(cartons);
      const volume =
        scaled(carton.lengthCm, lengthScale) * scaled(carton.widthCm, lengthScale) * scaled(carton.heightCm, lengthScale);
      state.cartons[i] = cartons;
      state.volumes[i] = packed * volume;
      state.packageVolumes[i] = volume;
      if (carton.grossKg !== undefined) {
        const gross = scaled(carton.grossKg, weightScale);
        weight = packed * gross;
        state.packageWeights[i] = gross;
      } else {
        state.packageWeights[i] = unitWeight === null ? ZERO : BigInt(carton.units) * unitWeight;
      }
    }
    state.weights[i] = weight;
    state.netWeights[i] = unitWeight === null ? weight : netWeight;
  }
}

export function landedCost(request) {
  const { homeCurrency, exchangeRate, lines } = request;
  const customs = request.customs ?? {};
  const charges = request.charges ?? [];
  const mode = request.shipment?.mode;
  const dutiesIncluded = request.shipment?.dutiesIncluded === true;
  const count = lines.length;
  const digits = MINOR_DIGITS.get(homeCurrency) ?? 2;
  const minorUnits = POWERS[digits];
  const cnyPerUnit = e8(exchangeRate.cnyPerUnit);
  const spread = e8(exchangeRate.spreadPercent);

  const state = {
    lines,
    homeCurrency,
    digits,
    minorUnits,
    others: exchangeRate.others,
    conversions: new Map(),
    home: { times: minorUnits, over: TEN_8 },
    cny:
      spread === ZERO
        ? { times: minorUnits, over: cnyPerUnit }
        : { times: minorUnits * TEN_10, over: cnyPerUnit * (TEN_10 - spread) },
    customsRate: customs.cnyPerUnit === undefined ? cnyPerUnit : e8(customs.cnyPerUnit),
    dutiable: customs.dutiableComponents ?? (customs.basis === "cif" ? DUTIABLE_CIF : DUTIABLE_FOB),
    taxable: customs.taxableComponents ?? TAXABLE,
    quantities: new Array(count),
    cartons: new Array(count),
    weights: new Array(count),
    netWeights: new Array(count),
    volumes: new Array(count),
    packageWeights: new Array(count),
    packageVolumes: new Array(count),
    weightUnit: ONE,
    volumeUnit: ONE,
    parts: [null, null, null, null, null, null, null, null, null, null, null, null],
    totals: [ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO],
    customsValues: null,
    taxableParts: null,
    duties: new Array(count),
    vats: new Array(count),
    charges: [],
    all: null,
    orders: new Map(),
    numerator: ZERO,
    denominator: ONE,
    weighedNumerator: null,
    weighedDenominator: ONE,
  };

  readLines(state);
  const indexes = new Array(count);
  for (let i = 0; i < count; i++) indexes[i] = i;
  const all = makeView(state, indexes);
  state.all = all;

  // Goods, at the buyer's rate and at the customs rate.
  const { parts, totals } = state;
  const goods = new Array(count);
  parts[GOODS] = goods;
  const goodsCustomsValues = new Array(count);
  state.customsValues = goodsCustomsValues;
  let goodsCustoms = ZERO;
  for (let i = 0; i < count; i++) {
    const cny = scaled(lines[i].unitPriceCny, 8) * BigInt(state.quantities[i]);
    goods[i] = rounded(cny * state.cny.times, state.cny.over);
    totals[GOODS] += goods[i];
    goodsCustomsValues[i] = rounded(cny * minorUnits, state.customsRate);
    goodsCustoms += goodsCustomsValues[i];
  }

  // Charges up to the border; what of them is dutiable or taxable is shared as they come.
  for (let component = DOMESTIC_SHIPPING; component <= INSURANCE; component++) {
    const name = COMPONENTS[component];
    for (const charge of charges) if (charge.component === name) addCharge(state, charge, component);
  }
  const { customsValues } = state;
  const customsValue = sumOver(customsValues, all);

  // Relief, by the goods' customs value or by the whole of it.
  const { deMinimis } = customs;
  let dutyRelieved = false;
  let vatRelieved = false;
  if (deMinimis !== undefined) {
    const compared = (deMinimis.against === "customsValue" ? customsValue : goodsCustoms) * TEN_8;
    dutyRelieved = deMinimis.dutyUpTo !== undefined && compared <= e8(deMinimis.dutyUpTo) * minorUnits;
    vatRelieved = deMinimis.vatUpTo !== undefined && compared <= e8(deMinimis.vatUpTo) * minorUnits;
  }

  // Import duty: ad valorem and additional rates add up; specific duties are in the home currency.
  const { duties } = state;
  if (dutiesIncluded || dutyRelieved) {
    duties.fill(ZERO);
  } else {
    const dutyPercent = e8(customs.dutyPercent);
    const additionalPercent = e8(customs.additionalDutyPercent);
    for (let i = 0; i < count; i++) {
      const line = lines[i];
      const percent =
        (line.dutyPercent === undefined ? dutyPercent : e8(line.dutyPercent)) +
        (line.additionalDutyPercent === undefined ? additionalPercent : e8(line.additionalDutyPercent));
      let numerator = customsValues[i] * percent;
      let denominator = TEN_10;
      if (line.dutyPerUnit !== undefined) {
        numerator += e8(line.dutyPerUnit) * BigInt(state.quantities[i]) * minorUnits * 100n;
      }
      if (line.dutyPerKg !== undefined) {
        numerator = numerator * state.weightUnit + e8(line.dutyPerKg) * state.netWeights[i] * minorUnits * 100n;
        denominator = TEN_10 * state.weightUnit;
      }
      duties[i] = numerator === ZERO ? ZERO : rounded(numerator, denominator);
    }
  }
  const duty = sumOver(duties, all);
  parts[IMPORT_DUTY] = duties;
  totals[IMPORT_DUTY] = duty;

  // Destination charges, except those on duty and VAT.
  const late = [];
  for (const charge of charges) {
    if (charge.component !== "destination") continue;
    const { when } = charge;
    if (when !== undefined) {
      const value = customsValue * TEN_8;
      if (when.customsValueAbove !== undefined && value <= e8(when.customsValueAbove) * minorUnits) continue;
      if (when.customsValueUpTo !== undefined && value > e8(when.customsValueUpTo) * minorUnits) continue;
      if (when.modes !== undefined && (mode === undefined || !when.modes.includes(mode))) continue;
    }
    if (charge.rate.base === "dutyAndVat") late.push(charge);
    else addCharge(state, charge, DESTINATION);
  }

  // VAT. The base is kept exact, in minor units times 1e10, up to the tax and to the figure reported.
  const { vats, taxableParts } = state;
  const uplifted = TEN_10 + e8(customs.vatUpliftPercent);
  const vatPercent = e8(customs.vatPercent);
  const noVat = dutiesIncluded || vatRelieved;
  let vatBase = ZERO;
  let vat = ZERO;
  for (let i = 0; i < count; i++) {
    const line = lines[i];
    const beside = taxableParts === null ? duties[i] : duties[i] + taxableParts[i];
    const base = customsValues[i] * uplifted + beside * TEN_10;
    vatBase += base;
    const percent = line.vatPercent === undefined ? vatPercent : e8(line.vatPercent);
    vats[i] = noVat ? ZERO : rounded(base * percent, TEN_20);
    vat += vats[i];
  }
  const vatRecoverable = customs.vatRecoverable === true;
  if (!vatRecoverable) {
    parts[VAT] = vats;
    totals[VAT] = vat;
  }

  for (const charge of late) addCharge(state, charge, DESTINATION);

  // Defects, on what the line has cost so far; then the lines of the result.
  const zero = written(0, digits);
  const lineResults = new Array(count);
  let total = ZERO;
  for (let i = 0; i < count; i++) {
    const line = lines[i];
    let lineTotal = ZERO;
    const costs = [zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero];
    for (let component = GOODS; component < DEFECTS; component++) {
      const amounts = parts[component];
      if (amounts === null) continue;
      const amount = amounts[i];
      if (amount === ZERO) continue;
      costs[component] = written(amount, digits);
      lineTotal += amount;
    }
    if (line.defectPercent !== undefined) {
      const percent = e8(line.defectPercent);
      const defects = rounded(lineTotal * percent, TEN_10 - percent);
      totals[DEFECTS] += defects;
      lineTotal += defects;
      costs[DEFECTS] = written(defects, digits);
    }
    total += lineTotal;
    lineResults[i] = {
      sku: line.sku,
      quantity: line.quantity,
      total: written(lineTotal, digits),
      perUnit: quotient(lineTotal, line.quantity, 4 - digits, 4),
      components: {
        goods: costs[GOODS],
        domesticShipping: costs[DOMESTIC_SHIPPING],
        packaging: costs[PACKAGING],
        inspection: costs[INSPECTION],
        agentFee: costs[AGENT_FEE],
        paymentFee: costs[PAYMENT_FEE],
        internationalShipping: costs[INTERNATIONAL_SHIPPING],
        insurance: costs[INSURANCE],
        importDuty: costs[IMPORT_DUTY],
        vat: costs[VAT],
        destination: costs[DESTINATION],
        defects: costs[DEFECTS],
      },
    };
  }

  const { units } = all;
  const supplier = totals[GOODS] + totals[DOMESTIC_SHIPPING];
  const agent = totals[PACKAGING] + totals[INSPECTION] + totals[AGENT_FEE] + totals[PAYMENT_FEE];
  const forwarder = totals[INTERNATIONAL_SHIPPING] + totals[INSURANCE];
  const border = duty + vat;
  const arrival = totals[DESTINATION];

  const componentResults = new Array(12);
  for (let component = 0; component < 12; component++) {
    const amount = totals[component];
    componentResults[component] = {
      component: COMPONENTS[component],
      amount: written(amount, digits),
      percentOfTotal: total === ZERO ? "0.00" : written(rounded(amount * 10_000n, total), 2),
      perUnit: quotient(amount, units, 4 - digits, 4),
    };
  }

  return {
    homeCurrency,
    total: written(total, digits),
    units,
    perUnit: quotient(total, units, 4 - digits, 4),
    cash: {
      supplier: written(supplier, digits),
      agent: written(agent, digits),
      forwarder: written(forwarder, digits),
      customs: written(border, digits),
      arrival: written(arrival, digits),
      total: written(supplier + agent + forwarder + border + arrival, digits),
    },
    components: componentResults,
    charges: state.charges,
    lines: lineResults,
    shipment: {
      cartons: all.cartons,
      grossKg: written(rounded(all.weight * 1000n, state.weightUnit), 3),
      volumeCbm: written(rounded(all.volume, state.volumeUnit), 6),
      chargeableKg:
        state.weighedNumerator === null
          ? null
          : written(rounded(state.weighedNumerator * 1000n, state.weighedDenominator), 3),
    },
    customs: {
      basis: customs.basis ?? null,
      value: written(customsValue, digits),
      duty: written(duty, digits),
      vatBase: written(rounded(vatBase, TEN_10), digits),
      vat: written(vat, digits),
      vatRecoverable,
      dutyRelieved,
      vatRelieved,
    },
  };
}

// Shares are integers over 1e10; amounts are integers over 1e8.
export function sellingPrice(request) {
  const digits = MINOR_DIGITS.get(request.currency) ?? 2;
  const minorUnits = POWERS[digits];
  const fees = e8(request.feePercent);
  const advertising = e8(request.advertisingPercent);
  const returns = e8(request.returnPercent);
  const resaleable = e8(request.resaleablePercent);
  const kept = e8(request.feeKeptOnRefundPercent);
  const tax = e8(request.taxInPricePercent);
  const margin = e8(request.targetMarginPercent);
  const sold = TEN_10 - returns;
  const withTax = TEN_10 + tax;

  // Cost per order over 1e28, and fees plus advertising per unit of price over 1e30.
  const cost =
    e8(request.landedCostPerUnit) * (TEN_20 - returns * resaleable) +
    e8(request.fixedPerOrder) * TEN_20 +
    returns * e8(request.returnHandling) * TEN_10;
  const taken = fees * sold * TEN_10 + kept * fees * returns + advertising * TEN_20;

  const priceAt = (share) => {
    const denominator = sold * (TEN_10 - share) * TEN_20 - withTax * taken;
    if (denominator <= ZERO) {
      const error = new Error("The percentages leave nothing of the price.");
      error.code = "unreachableMargin";
      throw error;
    }
    return ceiling(cost * TEN_10 * withTax * minorUnits, TEN_8 * denominator);
  };
  const breakEven = priceAt(ZERO);
  const target = priceAt(margin);
  const cubed = TEN_20 * TEN_10;
  const profit =
    target * sold * cubed * TEN_8 - target * taken * withTax * TEN_8 - cost * minorUnits * TEN_10 * withTax;
  const size = rounded(profit < ZERO ? -profit : profit, withTax * cubed * TEN_8);
  return {
    breakEven: written(breakEven, digits),
    target: written(target, digits),
    netAtTarget: written(rounded(target * TEN_10, withTax), digits),
    profitPerUnitAtTarget: (profit < ZERO && size !== ZERO ? "-" : "") + written(size, digits),
  };
}
