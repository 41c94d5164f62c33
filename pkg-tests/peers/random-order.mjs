// Orders to be checked, made from a seed: the same seed always gives the same request. Their values lie at the
// limits of the rules, or just beside them.

import { Random } from "./random-request.mjs";

const TODAY = "2026-11-21";
const PREVIOUS = ["0", "0.00000001", "4", "7.77", "10", "12.34567891", "8695652173.91304346"];
// 15 % more than each of these, exactly and by the least that there is.
const DEARER = { 4: ["4.6", "4.60000001"], 10: ["11.5", "11.50000001", "11.49999999"], 7.77: ["8.9355", "8.93550001"] };
const BLANKS = ["", " ", "\u3000", "\u00a0\t", "\u200b", "\ufeff\u2060"];
const DAYS = ["2024-02-29", "2026-11-17", "2026-11-18", "2026-11-20", TODAY, "2026-11-22", "2027-01-01"];

/** A legal request; every rule bites in some of them. */
export function randomOrderCheck(seed) {
  const random = new Random(seed);
  const homeCurrency = random.pick(["USD", "USD", "EUR", "JPY", "KRW", "KWD", "CNY"]);
  const skus = ["A", "B", "C", "D"].slice(0, random.int(1, 4));
  const lines = Array.from({ length: random.int(1, 5) }, () => line(random, random.pick(skus)));
  const previousPrices = Array.from({ length: random.int(0, 10) }, () => ({
    sku: random.pick([...skus, "E"]),
    unitPriceCny: random.pick(PREVIOUS),
    date: random.pick(DAYS),
  }));
  const rate = { USD: "7", EUR: "8.2431", JPY: "0.0465", KRW: "0.005", KWD: "23.2", CNY: 1 }[homeCurrency];
  const orders = random.chance(0.5) ? rules(random) : undefined;
  const order = {
    supplierId: "yiwu",
    exchangeRate: { cnyPerUnit: homeCurrency === "CNY" ? rate : random.pick([rate, "3", "0.33333333"]), asOf: random.pick(DAYS) },
    lines,
    specification: Object.fromEntries(random.subset(["colour", "size", "quantity", "packaging"], 0.9).map((part) => [part, random.chance(0.95)])),
  };
  if (random.chance(0.7)) order.domesticShippingCny = random.pick(["0", "70", "0.005", 12, "199.99"]);
  if (random.chance(0.8)) order.landedTotal = random.pick(["800", "800.00", "800.01", "799.99", "800.00000001", "0", 12, "9999999999.99999999"]);
  for (const field of ["productLink", "priceScreenshot", "staff"]) {
    if (random.chance(0.9)) order[field] = random.chance(0.9) ? `${field}\u3000` : random.pick(BLANKS);
  }
  if (random.chance(0.9)) order.expectedDelivery = random.chance(0.9) ? "2026-12-10" : random.pick(BLANKS);
  return {
    policy: { homeCurrency, ...(random.chance(0.5) && { version: random.int(1, 99) }), ...(orders && { orders }) },
    today: TODAY,
    order,
    supplier: random.chance(0.1) ? null : supplier(random, skus),
    previousPrices,
  };
}

function line(random, sku) {
  const unitPriceCny = random.chance(0.6)
    ? random.pick(Object.values(DEARER).flat())
    : random.pick([...PREVIOUS, random.digits(random.int(0, 4), random.int(0, 8)), 5]);
  return { sku, unitPriceCny, quantity: random.pick([1, 3, 10, random.int(1, 5_000), 1_000_000_000]) };
}

function rules(random) {
  const all = {
    maximumOrderValue: random.pick(["800", "0", "500.50", 1000]),
    orderValueBasis: random.pick(["landedCost", "goodsAndDomesticShipping", "goods"]),
    priceIncreasePercent: random.pick(["15", "0", "12.5", "15.00000001", 1000]),
    exchangeRateMaxAgeDays: random.pick([0, 1, 3, 1_000_000_000]),
  };
  return Object.fromEntries(random.subset(Object.entries(all), 0.7));
}

function supplier(random, skus) {
  const supplier = { id: random.pick(["yiwu", "yiwu", "yiwu", "ningbo"]), status: random.pick(["whitelisted", "whitelisted", "new", "suspended"]) };
  if (random.chance(0.3)) return supplier;
  const agreedPrices = Array.from({ length: random.int(0, 4) }, () => {
    const [minimumCny, maximumCny] = random.pick([["4", "4.6"], ["4.6", "4.6"], ["4.60000001", "11.5"], ["0", "9999999999"], ["11.5", 12]]);
    return { sku: random.pick(skus), minimumCny, maximumCny };
  });
  return { ...supplier, agreedPrices };
}
