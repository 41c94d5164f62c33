// Landed cost and minimum selling price with decimal.js.
//
// Money of the home currency is kept in minor units. Sums and products are exact, because the precision is
// beyond any number of digits that a legal request leads to. Division is not exact in decimals, so a figure
// that needs one is kept as numerator and denominator and divided once, to an integer, where it is rounded.
// Requests are taken as legal; nothing is validated.

import Decimal from "decimal.js";

const D = Decimal.clone({ precision: 300, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -9e15, toExpPos: 9e15 });

const ZERO = new D(0);
const ONE = new D(1);
const HALF = new D("0.5");
const HUNDRED = new D(100);
const PERCENT = new D("0.01");
const THOUSANDTH = new D("0.001");
const TEN_THOUSANDTH = new D("0.0001");
const MILLIONTH = new D("0.000001");
const MILLION = new D(1_000_000);

// ISO 4217 currencies whose minor unit is not two digits.
const MINOR_DIGITS = {};
for (const code of "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ")) MINOR_DIGITS[code] = 0;
for (const code of "BHD IQD JOD KWD LYD OMR TND".split(" ")) MINOR_DIGITS[code] = 3;
for (const code of "CLF UYW".split(" ")) MINOR_DIGITS[code] = 4;

const BEFORE_THE_BORDER = [
  "domesticShipping",
  "packaging",
  "inspection",
  "agentFee",
  "paymentFee",
  "internationalShipping",
  "insurance",
];
const COMPONENTS = ["goods", ...BEFORE_THE_BORDER, "importDuty", "vat", "destination", "defects"];

// The components that a base of a percentage adds up.
const BASES = {
  goods: ["goods"],
  goodsAndDomesticShipping: ["goods", "domesticShipping"],
  originCosts: ["goods", "domesticShipping", "packaging", "inspection", "agentFee"],
  goodsAndFreight: ["goods", "internationalShipping"],
  insuredValue: ["goods", "domesticShipping", "packaging", "internationalShipping"],
};

const DEFAULT_KEYS = {
  domesticShipping: "weight",
  packaging: "units",
  inspection: "units",
  internationalShipping: "chargeable",
};

const decimal = (value) => (value === undefined ? ZERO : new D(value));
const larger = (a, b) => (a.lt(b) ? b : a);

// numerator ÷ denominator rounded half up to an integer; numerator is not negative.
function roundedQuotient(numerator, denominator) {
  if (denominator === ONE) return numerator.round();
  return numerator.plus(denominator.times(HALF)).divToInt(denominator);
}

// The smallest integer that is not below numerator ÷ denominator.
function ceiledQuotient(numerator, denominator) {
  const quotient = numerator.divToInt(denominator);
  return quotient.times(denominator).lt(numerator) ? quotient.plus(ONE) : quotient;
}

// Reads the measures of a line. Weights are in kg, volumes in m³.
function readLine(line) {
  const { quantity, carton } = line;
  const unitWeight = line.unitWeightKg === undefined ? null : new D(line.unitWeightKg);
  const netOrNull = unitWeight === null ? null : unitWeight.times(quantity);
  let cartons = 0;
  let volume = ZERO;
  let weight = netOrNull ?? ZERO;
  // What is weighed as one package: a carton, or the whole of a line without cartons.
  let packages = 1;
  let packageWeight = weight;
  let packageVolume = ZERO;
  if (carton !== undefined) {
    cartons = Math.ceil(quantity / carton.units);
    packages = cartons;
    packageVolume = new D(carton.lengthCm).times(carton.widthCm).times(carton.heightCm).times(MILLIONTH);
    volume = packageVolume.times(cartons);
    if (carton.grossKg !== undefined) {
      packageWeight = new D(carton.grossKg);
      weight = packageWeight.times(cartons);
    } else {
      packageWeight = unitWeight === null ? ZERO : unitWeight.times(carton.units);
    }
  }
  return {
    line,
    quantity,
    cartons,
    volume,
    weight,
    netWeight: netOrNull ?? weight,
    packages,
    packageWeight,
    packageVolume,
    goods: ZERO,
    customsValue: ZERO,
    taxable: ZERO,
    duty: ZERO,
    vat: ZERO,
    amounts: {},
  };
}

class Calculation {
  constructor(request) {
    const { homeCurrency, exchangeRate } = request;
    this.request = request;
    this.customs = request.customs ?? {};
    this.homeCurrency = homeCurrency;
    this.digits = MINOR_DIGITS[homeCurrency] ?? 2;
    this.minorUnits = new D(10).pow(this.digits);
    this.minorUnit = new D(`1e-${this.digits}`);
    this.perMinorUnit = new D(10_000).div(this.minorUnits);
    this.zero = ZERO.toFixed(this.digits);
    const cnyPerUnit = new D(exchangeRate.cnyPerUnit);
    // How many units of a currency one home unit buys.
    this.rates = new Map([
      [homeCurrency, ONE],
      [
        "CNY",
        exchangeRate.spreadPercent === undefined
          ? cnyPerUnit
          : HUNDRED.minus(exchangeRate.spreadPercent).times(cnyPerUnit).times(PERCENT),
      ],
    ]);
    for (const [currency, rate] of Object.entries(exchangeRate.others ?? {})) this.rates.set(currency, new D(rate));
    this.customsRate = this.customs.cnyPerUnit === undefined ? cnyPerUnit : new D(this.customs.cnyPerUnit);
    this.dutiableComponents =
      this.customs.dutiableComponents ??
      (this.customs.basis === "cif"
        ? ["domesticShipping", "packaging", "internationalShipping", "insurance"]
        : ["domesticShipping", "packaging"]);
    this.taxableComponents = this.customs.taxableComponents ?? ["internationalShipping", "insurance"];

    this.rows = request.lines.map(readLine);
    this.views = new Map();
    this.totals = {};
    for (const component of COMPONENTS) this.totals[component] = ZERO;
    this.charges = [];
    this.weighed = null;
  }

  // The lines that a charge sees, with their sums.
  view(order) {
    let view = this.views.get(order);
    if (view === undefined) {
      const rows = order === undefined ? this.rows : this.rows.filter((row) => row.line.order === order);
      let units = 0;
      let cartons = 0;
      let weight = ZERO;
      let volume = ZERO;
      for (const row of rows) {
        units += row.quantity;
        cartons += row.cartons;
        weight = weight.plus(row.weight);
        volume = volume.plus(row.volume);
      }
      view = { order, rows, units, cartons, weight, volume, keySets: new Map() };
      this.views.set(order, view);
    }
    return view;
  }

  money(amount) {
    return amount.isZero() ? this.zero : amount.times(this.minorUnit).toFixed(this.digits);
  }

  // An amount per unit, to four decimals.
  perUnit(amount, units) {
    if (amount.isZero()) return "0.0000";
    return roundedQuotient(amount.times(this.perMinorUnit), new D(units)).times(TEN_THOUSANDTH).toFixed(4);
  }

  // Allocation keys by name; keys that sum to nothing fall back to value, then to units.
  keySet(view, name, key) {
    let keySet = view.keySets.get(name);
    if (keySet === undefined) {
      const keys = view.rows.map(key);
      let sum = ZERO;
      for (const value of keys) sum = sum.plus(value);
      if (!sum.isZero()) keySet = { keys, sum };
      else if (name === "value") keySet = this.keySetByUnits(view);
      else keySet = this.keySetByValue(view);
      view.keySets.set(name, keySet);
    }
    return keySet;
  }

  keySetByValue(view) {
    return this.keySet(view, "value", (row) => row.goods);
  }

  keySetByUnits(view) {
    return this.keySet(view, "units", (row) => new D(row.quantity));
  }

  keySetOf(charge, view) {
    const { rate } = charge;
    const by = charge.allocateBy ?? DEFAULT_KEYS[charge.component] ?? "value";
    if (by === "value") return this.keySetByValue(view);
    if (by === "units") return this.keySetByUnits(view);
    if (by === "chargeable") {
      if (rate.type === "perChargeableKg" || rate.type === "firstAndNextKg") {
        // Kilograms times the divisor.
        return this.keySet(view, `kg/${rate.divisor}`, (row) =>
          larger(row.weight.times(rate.divisor), row.volume.times(MILLION)),
        );
      }
      if (rate.type === "perRevenueTon") {
        // Revenue tons times the kilograms per m³.
        const kgPerCbm = rate.kgPerCbm ?? 1000;
        return this.keySet(view, `tons/${kgPerCbm}`, (row) => larger(row.volume.times(kgPerCbm), row.weight));
      }
    }
    if (by === "volume" || (by === "chargeable" && rate.type === "perCbm")) {
      return this.keySet(view, "volume", (row) => row.volume);
    }
    return this.keySet(view, "weight", (row) => row.weight);
  }

  // Shares an amount of minor units by largest remainder; a tie goes to the earlier line.
  allocate(amount, { keys, sum }) {
    if (amount.isZero()) return keys.map(() => ZERO);
    if (keys.length === 1) return [amount];
    const parts = new Array(keys.length);
    const remainders = new Array(keys.length);
    let left = amount;
    for (let i = 0; i < keys.length; i++) {
      const product = amount.times(keys[i]);
      parts[i] = product.divToInt(sum);
      remainders[i] = product.minus(parts[i].times(sum));
      left = left.minus(parts[i]);
    }
    const odd = left.toNumber();
    if (odd > 0) {
      const ranking = remainders.map((_, i) => i);
      ranking.sort((a, b) => remainders[b].cmp(remainders[a]) || a - b);
      for (let rank = 0; rank < odd; rank++) parts[ranking[rank]] = parts[ranking[rank]].plus(ONE);
    }
    return parts;
  }

  sumOfComponents(view, components) {
    let sum = ZERO;
    if (view.order === undefined) {
      for (const component of components) sum = sum.plus(this.totals[component]);
    } else {
      for (const row of view.rows) {
        for (const component of components) {
          const amount = row.amounts[component];
          if (amount !== undefined) sum = sum.plus(amount);
        }
      }
    }
    return sum;
  }

  base(name, view) {
    let sum = ZERO;
    switch (name) {
      case "customsValue":
        for (const row of view.rows) sum = sum.plus(row.customsValue);
        return sum;
      case "dutyAndVat":
        for (const row of view.rows) sum = sum.plus(row.duty).plus(row.vat);
        return sum;
      default:
        return this.sumOfComponents(view, BASES[name]);
    }
  }

  // The kilograms that a charge weighs, as [numerator, denominator].
  weigh(rate, view) {
    const divisor = new D(rate.divisor);
    const step = decimal(rate.roundUpToKg);
    let numerator = ZERO;
    let denominator = divisor;
    if (rate.per === "carton") {
      const stepTimes = step.times(divisor);
      for (const row of view.rows) {
        const heavier = larger(row.packageWeight.times(divisor), row.packageVolume.times(MILLION));
        const kilograms = step.isZero() ? heavier : ceiledQuotient(heavier, stepTimes).times(step);
        numerator = numerator.plus(kilograms.times(row.packages));
      }
      if (!step.isZero()) denominator = ONE;
    } else {
      numerator = larger(view.weight.times(divisor), view.volume.times(MILLION));
      if (!step.isZero()) {
        numerator = ceiledQuotient(numerator, step.times(divisor)).times(step);
        denominator = ONE;
      }
    }
    if (rate.minimumKg !== undefined && numerator.lt(denominator.times(rate.minimumKg))) {
      numerator = new D(rate.minimumKg);
      denominator = ONE;
    }
    this.weighed = [numerator, denominator];
    return this.weighed;
  }

  // A charge that is not a percentage, in its own currency, as [numerator, denominator].
  measured(rate, view) {
    switch (rate.type) {
      case "flat":
        return [new D(rate.amount), ONE];
      case "perUnit":
        return [new D(rate.amount).times(view.units), ONE];
      case "perCarton":
        return [new D(rate.amount).times(view.cartons), ONE];
      case "perKg":
        return [view.weight.times(rate.amount), ONE];
      case "perCbm":
        return [view.volume.times(rate.amount), ONE];
      case "perChargeableKg": {
        const [numerator, denominator] = this.weigh(rate, view);
        if (rate.breaks === undefined) return [numerator.times(rate.amount), denominator];
        let cheapest = null;
        for (const { fromKg, amount } of rate.breaks) {
          const price = larger(numerator, denominator.times(fromKg)).times(amount);
          if (cheapest === null || price.lt(cheapest)) cheapest = price;
        }
        return [cheapest, denominator];
      }
      case "firstAndNextKg": {
        const [numerator, denominator] = this.weigh(rate, view);
        const beyond = numerator.minus(denominator.times(rate.firstKg));
        const first = new D(rate.firstAmount);
        if (!beyond.gt(ZERO)) return [first, ONE];
        return [ceiledQuotient(beyond, denominator.times(rate.nextKg)).times(rate.nextAmount).plus(first), ONE];
      }
      case "perRevenueTon": {
        const kgPerCbm = new D(rate.kgPerCbm ?? 1000);
        let tons = larger(view.volume.times(kgPerCbm), view.weight);
        if (rate.minimumTons !== undefined) tons = larger(tons, kgPerCbm.times(rate.minimumTons));
        return [tons.times(rate.amount), kgPerCbm];
      }
      default:
        throw new TypeError(`unknown rate type ${rate.type}`);
    }
  }

  // A percentage, in minor units of the home currency, as [numerator, denominator].
  percentage(charge, view) {
    const { rate } = charge;
    const base = this.base(rate.base, view);
    if (rate.type === "tieredPercentOf") {
      // Tiers are in the charge's currency: the base is taken there, without dividing.
      const exchange = this.rates.get(charge.currency ?? this.homeCurrency);
      const whole = base.times(exchange);
      let sum = ZERO;
      let reached = ZERO;
      for (const { upTo, percent } of rate.tiers) {
        const limit = upTo === undefined ? whole : this.minorUnits.times(upTo);
        const end = limit.lt(whole) ? limit : whole;
        sum = sum.plus(end.minus(reached).times(percent));
        reached = end;
        if (end === whole) break;
      }
      return [sum.times(PERCENT), exchange];
    }
    if (rate.base === "insuredValue") {
      const premium = new D(rate.percent).times("1.1");
      return [base.times(premium), HUNDRED.minus(premium)];
    }
    return [base.times(rate.percent).times(PERCENT), ONE];
  }

  // Holds numerator ÷ denominator between the charge's limits, which are limit ÷ over.
  clamped(charge, [numerator, denominator], times, over) {
    if (charge.minimum !== undefined) {
      const minimum = times.times(charge.minimum);
      if (numerator.times(over).lt(minimum.times(denominator))) [numerator, denominator] = [minimum, over];
    }
    if (charge.maximum !== undefined) {
      const maximum = times.times(charge.maximum);
      if (numerator.times(over).gt(maximum.times(denominator))) [numerator, denominator] = [maximum, over];
    }
    return [numerator, denominator];
  }

  // Computes, rounds and shares one charge, and adds what of it is dutiable and taxable.
  addCharge(charge) {
    const { component, rate } = charge;
    const view = this.view(charge.order);
    const currency = charge.currency ?? this.homeCurrency;
    const exchange = this.rates.get(currency);
    const isPercentage = rate.type === "percentOf" || rate.type === "tieredPercentOf";
    let exact;
    let amount;
    if (isPercentage) {
      exact = this.clamped(charge, this.percentage(charge, view), this.minorUnits, exchange);
      amount = roundedQuotient(exact[0], exact[1]);
    } else {
      exact = this.clamped(charge, this.measured(rate, view), ONE, ONE);
      amount = this.converted(exact, exchange);
    }

    const keySet = this.keySetOf(charge, view);
    const parts = this.allocate(amount, keySet);
    view.rows.forEach((row, i) => {
      const known = row.amounts[component];
      row.amounts[component] = known === undefined ? parts[i] : known.plus(parts[i]);
    });
    this.totals[component] = this.totals[component].plus(amount);
    this.charges.push({ component, label: charge.label ?? null, amount: this.money(amount) });

    // The dutiable share as a fraction of one.
    let share = ZERO;
    if (component !== "destination") {
      if (charge.dutiablePercent !== undefined) share = new D(charge.dutiablePercent).times(PERCENT);
      else if (this.dutiableComponents.includes(component)) share = ONE;
      if (!share.isZero()) {
        const dutiable =
          currency === "CNY" && !isPercentage
            ? this.converted([exact[0].times(share), exact[1]], this.customsRate)
            : amount.times(share).round();
        const dutiableParts = dutiable.eq(amount) ? parts : this.allocate(dutiable, keySet);
        view.rows.forEach((row, i) => {
          row.customsValue = row.customsValue.plus(dutiableParts[i]);
        });
      }
    }
    if (rate.base === "dutyAndVat" || share.eq(ONE)) return;
    if (charge.taxable ?? this.taxableComponents.includes(component)) {
      const taxable = share.isZero() ? amount : amount.times(ONE.minus(share)).round();
      const taxableParts = taxable.eq(amount) ? parts : this.allocate(taxable, keySet);
      view.rows.forEach((row, i) => {
        row.taxable = row.taxable.plus(taxableParts[i]);
      });
    }
  }

  // A fraction of a currency in minor units of the home currency, rounded.
  converted([numerator, denominator], exchange) {
    const minor = numerator.times(this.minorUnits);
    if (exchange === ONE) return roundedQuotient(minor, denominator);
    return roundedQuotient(minor, denominator === ONE ? exchange : denominator.times(exchange));
  }

  run() {
    const { request, rows, customs, totals, minorUnits } = this;
    const charges = request.charges ?? [];
    const mode = request.shipment?.mode;
    const dutiesIncluded = request.shipment?.dutiesIncluded === true;

    // Goods, at the buyer's rate and at the customs rate.
    const cnyRate = this.rates.get("CNY");
    let goodsCustoms = ZERO;
    for (const row of rows) {
      const cny = [new D(row.line.unitPriceCny).times(row.quantity), ONE];
      row.goods = this.converted(cny, cnyRate);
      row.amounts.goods = row.goods;
      row.customsValue = this.converted(cny, this.customsRate);
      totals.goods = totals.goods.plus(row.goods);
      goodsCustoms = goodsCustoms.plus(row.customsValue);
    }

    for (const component of BEFORE_THE_BORDER) {
      for (const charge of charges) if (charge.component === component) this.addCharge(charge);
    }
    let customsValue = ZERO;
    for (const row of rows) customsValue = customsValue.plus(row.customsValue);

    // Relief, by the goods' customs value or by the whole of it.
    const { deMinimis } = customs;
    const compared = deMinimis?.against === "customsValue" ? customsValue : goodsCustoms;
    const within = (limit) => limit !== undefined && compared.lte(minorUnits.times(limit));
    const dutyRelieved = within(deMinimis?.dutyUpTo);
    const vatRelieved = within(deMinimis?.vatUpTo);

    // Import duty: ad valorem and additional rates add up; specific duties are in the home currency.
    if (!dutiesIncluded && !dutyRelieved) {
      for (const row of rows) {
        const { line } = row;
        const percent = decimal(line.dutyPercent ?? customs.dutyPercent).plus(
          line.additionalDutyPercent ?? customs.additionalDutyPercent ?? 0,
        );
        let duty = row.customsValue.times(percent).times(PERCENT);
        if (line.dutyPerUnit !== undefined) {
          duty = duty.plus(minorUnits.times(line.dutyPerUnit).times(row.quantity));
        }
        if (line.dutyPerKg !== undefined) duty = duty.plus(row.netWeight.times(line.dutyPerKg).times(minorUnits));
        row.duty = duty.round();
        row.amounts.importDuty = row.duty;
        totals.importDuty = totals.importDuty.plus(row.duty);
      }
    }

    // Destination charges that exist; those on duty and VAT wait for the VAT.
    const late = [];
    for (const charge of charges) {
      if (charge.component !== "destination") continue;
      const { when } = charge;
      if (when?.customsValueAbove !== undefined && customsValue.lte(minorUnits.times(when.customsValueAbove))) continue;
      if (when?.customsValueUpTo !== undefined && customsValue.gt(minorUnits.times(when.customsValueUpTo))) continue;
      if (when?.modes !== undefined && !when.modes.includes(mode)) continue;
      if (charge.rate.base === "dutyAndVat") late.push(charge);
      else this.addCharge(charge);
    }

    // VAT, due at the border even where it is recovered later.
    const vatRecoverable = customs.vatRecoverable === true;
    const uplifted = ONE.plus(decimal(customs.vatUpliftPercent).times(PERCENT));
    let vatBase = ZERO;
    let vat = ZERO;
    for (const row of rows) {
      const base = row.customsValue.times(uplifted).plus(row.duty).plus(row.taxable);
      vatBase = vatBase.plus(base);
      if (dutiesIncluded || vatRelieved) continue;
      row.vat = base.times(row.line.vatPercent ?? customs.vatPercent ?? 0).times(PERCENT).round();
      vat = vat.plus(row.vat);
      if (!vatRecoverable) row.amounts.vat = row.vat;
    }
    if (!vatRecoverable) totals.vat = vat;

    for (const charge of late) this.addCharge(charge);

    // Defects, on what the line has cost so far; then the lines of the result.
    let total = ZERO;
    const lines = rows.map((row) => {
      const { line, amounts } = row;
      let lineTotal = ZERO;
      for (const component in amounts) lineTotal = lineTotal.plus(amounts[component]);
      if (line.defectPercent !== undefined) {
        amounts.defects = roundedQuotient(lineTotal.times(line.defectPercent), HUNDRED.minus(line.defectPercent));
        totals.defects = totals.defects.plus(amounts.defects);
        lineTotal = lineTotal.plus(amounts.defects);
      }
      total = total.plus(lineTotal);
      const components = {};
      for (const component of COMPONENTS) components[component] = this.money(amounts[component] ?? ZERO);
      return {
        sku: line.sku,
        quantity: line.quantity,
        total: this.money(lineTotal),
        perUnit: this.perUnit(lineTotal, row.quantity),
        components,
      };
    });

    const all = this.view(undefined);
    const supplier = totals.goods.plus(totals.domesticShipping);
    const agent = totals.packaging.plus(totals.inspection).plus(totals.agentFee).plus(totals.paymentFee);
    const forwarder = totals.internationalShipping.plus(totals.insurance);
    const border = totals.importDuty.plus(vat);
    const arrival = totals.destination;
    return {
      homeCurrency: this.homeCurrency,
      total: this.money(total),
      units: all.units,
      perUnit: this.perUnit(total, all.units),
      cash: {
        supplier: this.money(supplier),
        agent: this.money(agent),
        forwarder: this.money(forwarder),
        customs: this.money(border),
        arrival: this.money(arrival),
        total: this.money(supplier.plus(agent).plus(forwarder).plus(border).plus(arrival)),
      },
      components: COMPONENTS.map((component) => {
        const amount = totals[component];
        return {
          component,
          amount: this.money(amount),
          percentOfTotal: amount.isZero()
            ? "0.00"
            : roundedQuotient(amount.times(10_000), total).times(PERCENT).toFixed(2),
          perUnit: this.perUnit(amount, all.units),
        };
      }),
      charges: this.charges,
      lines,
      shipment: {
        cartons: all.cartons,
        grossKg: all.weight.toFixed(3),
        volumeCbm: all.volume.toFixed(6),
        chargeableKg:
          this.weighed === null
            ? null
            : roundedQuotient(this.weighed[0].times(1000), this.weighed[1]).times(THOUSANDTH).toFixed(3),
      },
      customs: {
        basis: customs.basis ?? null,
        value: this.money(customsValue),
        duty: this.money(totals.importDuty),
        vatBase: this.money(vatBase.round()),
        vat: this.money(vat),
        vatRecoverable,
        dutyRelieved,
        vatRelieved,
      },
    };
  }
}

export function landedCost(request) {
  return new Calculation(request).run();
}

export function sellingPrice(request) {
  const digits = MINOR_DIGITS[request.currency] ?? 2;
  const minorUnits = new D(10).pow(digits);
  const minorUnit = new D(`1e-${digits}`);
  const share = (percent) => decimal(percent).times(PERCENT);
  const fees = share(request.feePercent);
  const returns = share(request.returnPercent);
  const sold = ONE.minus(returns);
  const withTax = share(request.taxInPricePercent).plus(ONE);

  // Cost of one order, and fees plus advertising as a share of the consumer price.
  const cost = new D(request.landedCostPerUnit)
    .times(ONE.minus(returns.times(share(request.resaleablePercent))))
    .plus(decimal(request.fixedPerOrder))
    .plus(returns.times(decimal(request.returnHandling)));
  const taken = fees
    .times(sold)
    .plus(share(request.feeKeptOnRefundPercent).times(fees).times(returns))
    .plus(share(request.advertisingPercent));

  const priceAt = (margin) => {
    const denominator = sold.times(ONE.minus(margin)).minus(withTax.times(taken));
    if (!denominator.gt(ZERO)) {
      const error = new Error("The percentages leave nothing of the price.");
      error.code = "unreachableMargin";
      throw error;
    }
    return ceiledQuotient(cost.times(withTax).times(minorUnits), denominator);
  };
  const breakEven = priceAt(ZERO);
  const target = priceAt(share(request.targetMarginPercent));

  // The profit times (1 + v), so that one division remains.
  const profit = sold.times(target).minus(target.times(taken).plus(cost.times(minorUnits)).times(withTax));
  const size = roundedQuotient(profit.abs(), withTax);
  const money = (amount) => amount.times(minorUnit).toFixed(digits);
  return {
    breakEven: money(breakEven),
    target: money(target),
    netAtTarget: money(roundedQuotient(target, withTax)),
    profitPerUnitAtTarget: (profit.isNeg() && !size.isZero() ? "-" : "") + money(size),
  };
}
