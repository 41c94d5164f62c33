// A log of orders, and the rules of the order check as json-logic-js has them. What the rules can't reach in their
// language is prepared outside of the measured time, in whole minor units, so that the peer has less to do.

import jsonLogic from "json-logic-js";
import { Random } from "../peers/random-request.mjs";

const SKUS = 2_000;
const SUPPLIERS = 300;
const PRICES_OF_A_SKU = 20;

// Above every price in hundredths of a yuan.
const RANK = 10_000_000;

const DAY = 86_400_000;
const date = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const FIRST = Date.parse("2026-01-01") / DAY;
const decimal = (hundredths) => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;

/** A log of so many orders of one to four lines: `{ policy, previousPrices, orders: { today, order, supplier }[] }`. */
export function makeLog(count) {
  const random = new Random(1688);
  const base = Array.from({ length: SKUS }, () => random.int(100, 20_000));
  const previousPrices = base.flatMap((fen, sku) =>
    Array.from({ length: PRICES_OF_A_SKU }, () => ({
      sku: `SKU-${sku}`,
      unitPriceCny: decimal(Math.round(fen * (0.9 + random.next() * 0.2))),
      date: date(FIRST + random.int(0, 330)),
    })),
  );
  const suppliers = Array.from({ length: SUPPLIERS }, (_, index) => ({
    id: `supplier-${index}`,
    status: random.chance(0.9) ? "whitelisted" : random.pick(["new", "suspended"]),
    agreedPrices: Array.from({ length: 10 }, () => random.int(0, SKUS - 1)).map((sku) => ({
      sku: `SKU-${sku}`,
      minimumCny: decimal(Math.round(base[sku] * 0.9)),
      maximumCny: decimal(Math.round(base[sku] * 1.1)),
    })),
  }));
  const orders = Array.from({ length: count }, () => {
    const today = FIRST + random.int(1, 360);
    const supplier = random.pick(suppliers);
    const lines = Array.from({ length: random.int(1, 4) }, () => {
      const agreed = random.chance(0.3) ? random.pick(supplier.agreedPrices) : undefined;
      const sku = agreed ? Number(agreed.sku.slice(4)) : random.int(0, SKUS - 1);
      const price = Math.round(base[sku] * (0.92 + random.next() * 0.14));
      return { sku: `SKU-${sku}`, unitPriceCny: decimal(price), quantity: random.int(1, 20) };
    });
    const goods = lines.reduce((sum, { unitPriceCny, quantity }) => sum + Number(unitPriceCny) * quantity, 0) / 7.1;
    const order = {
      supplierId: supplier.id,
      exchangeRate: { cnyPerUnit: "7.10", asOf: date(today - random.int(0, 4)) },
      lines,
      specification: { colour: true, size: true, quantity: true, packaging: random.chance(0.95) },
      productLink: "https://detail.1688.com/offer/700000000001.html",
      priceScreenshot: "2026-11/PO-1.png",
      staff: random.chance(0.97) ? "Li Na" : " ",
      expectedDelivery: "2027-01-15",
    };
    if (random.chance(0.9)) order.domesticShippingCny = decimal(random.int(0, 30_000));
    if (random.chance(0.9)) order.landedTotal = decimal(Math.round(goods * (90 + random.int(20, 80))));
    return { today: date(today), order, supplier: random.chance(0.98) ? supplier : null };
  });
  return { policy: { version: 1 }, previousPrices, orders };
}

const v = (name) => ({ var: name });
const equals = (name, value) => ({ "===": [v(name), value] });
const isKnown = (name) => ({ "!==": [v(name), null] });
const outcome = (bites, grave) => ({ if: [bites, grave, "pass"] });

const GOODS = {
  reduce: [
    v("lines"),
    { "+": [v("accumulator"), { round: { "/": [{ "*": [v("current.price"), v("current.quantity"), 100] }, v("current.rate")] } }] },
    0,
  ],
};
const SHIPPING = { if: [isKnown("shippingFen"), { round: { "/": [{ "*": [v("shippingFen"), 100] }, v("rate")] } }, null] };
const LEAST = { "+": [v("goods"), { if: [isKnown("shipping"), v("shipping"), 0] }] };
const LANDED = { if: [{ and: [isKnown("total"), { ">=": [v("total"), v("least")] }] }, v("total"), null] };
const COUNTED = {
  if: [
    { and: [equals("basis", "landedCost"), isKnown("landed")] }, "landedCost",
    { and: [{ "!==": [v("basis"), "goods"] }, isKnown("shipping")] }, "goodsAndDomesticShipping",
    "goods",
  ],
};
const VALUE = { if: [equals("counted", "landedCost"), v("landed"), equals("counted", "goodsAndDomesticShipping"), v("least"), v("goods")] };
// The newest previous price, the lowest of its day: the largest of the numbers made of day and price.
const PREVIOUS = {
  map: [v("lines"), { reduce: [{ filter: [v("prices"), { "<=": [v("day"), v("today")] }] }, { max: [v("accumulator"), v("current.rank")] }, 0] }],
};

const RULES = {
  merge: [
    { if: [{ ">": [v("value"), v("maximum")] }, "order-value hardStop", { "!==": [v("basis"), v("counted")] }, "order-value notice", "order-value pass"] },
    outcome({ "!": { and: [isKnown("supplier"), { "===": [v("supplier.id"), v("supplierId")] }, equals("supplier.status", "whitelisted")] } }, "supplier-whitelist hardStop"),
    {
      map: [
        v("lines"),
        {
          if: [
            { "!": v("previous") }, "price-increase notice",
            { ">": [{ "*": [v("price"), 100] }, { "*": [v("previous"), v("factor")] }] }, "price-increase hardStop",
            "price-increase pass",
          ],
        },
      ],
    },
    {
      map: [
        { filter: [v("lines"), v("ranges")] },
        outcome({ "!": { some: [v("ranges"), { "<=": [v("minimum"), v("price"), v("maximum")] }] } }, "agreed-price-range hardStop"),
      ],
    },
    outcome({ "!": { and: [v("specification.colour"), v("specification.size"), v("specification.quantity"), v("specification.packaging")] } }, "specification missing"),
    outcome({ "!": isKnown("landed") }, "cost-calculated missing"),
    outcome({ or: [{ "<": [v("age"), 0] }, { ">": [v("age"), v("maximumAge")] }] }, "exchange-rate missing"),
    outcome({ "!": { and: [{ trim: v("productLink") }, { trim: v("priceScreenshot") }, { trim: v("staff") }, { trim: v("expectedDelivery") }] } }, "order-record missing"),
  ],
};
const VERDICT = { if: [{ some: [v(""), { in: ["hardStop", v("")] }] }, 2, { some: [v(""), { in: ["missing", v("")] }] }, 1, 0] };

/**
 * The peer of a log: `verdict(index, rules?)` and `outcomes(index, rules?)`; `rules` are a `maximum` in hundredths and a `factor` in
 * percent. The first `kept` orders are prepared at once. Where `isPast`, an order sees prices of days before its own only.
 */
export function peerOf({ previousPrices, orders }, kept, isPast = false) {
  const hundredths = (text) => (text === undefined ? null : Math.round(Number(text) * 100));
  const dayOf = (text) => Date.parse(text) / DAY;
  const prices = new Map();
  for (const { sku, unitPriceCny, date } of previousPrices) {
    if (!prices.has(sku)) prices.set(sku, []);
    const day = dayOf(date);
    prices.get(sku).push({ day, rank: day * RANK + (RANK - 1 - hundredths(unitPriceCny)) });
  }

  jsonLogic.add_operation("round", Math.round);
  jsonLogic.add_operation("trim", (text) => (text ?? "").trim());

  const prepare = ({ today, order, supplier }) => {
    const rate = hundredths(order.exchangeRate.cnyPerUnit);
    const agreed = supplier?.id === order.supplierId ? supplier.agreedPrices : [];
    return {
      ...order,
      supplier,
      rate,
      age: dayOf(today) - dayOf(order.exchangeRate.asOf),
      basis: "landedCost",
      maximumAge: 3,
      shippingFen: hundredths(order.domesticShippingCny),
      total: hundredths(order.landedTotal),
      lines: order.lines.map(({ sku, unitPriceCny, quantity }) => {
        const price = hundredths(unitPriceCny);
        const ranges = agreed.filter((range) => range.sku === sku);
        return {
          sku, price, quantity, rate,
          prices: prices.get(sku).map((price) => ({ ...price, today: dayOf(today) - (isPast ? 1 : 0) })),
          ranges: ranges.map(({ minimumCny, maximumCny }) => ({ price, minimum: hundredths(minimumCny), maximum: hundredths(maximumCny) })),
        };
      }),
    };
  };
  const prepared = orders.slice(0, kept).map(prepare);

  // The language has no names for values: what several rules need is worked out in steps.
  const outcomes = (index, { maximum = 80_000, factor = 115 } = {}) => {
    const data = { ...(prepared[index] ?? prepare(orders[index])), maximum };
    data.goods = jsonLogic.apply(GOODS, data);
    data.shipping = jsonLogic.apply(SHIPPING, data);
    data.least = jsonLogic.apply(LEAST, data);
    data.landed = jsonLogic.apply(LANDED, data);
    data.counted = jsonLogic.apply(COUNTED, data);
    data.value = jsonLogic.apply(VALUE, data);
    const previous = jsonLogic.apply(PREVIOUS, data);
    data.lines = data.lines.map((line, at) => ({ ...line, factor, previous: previous[at] === 0 ? null : RANK - 1 - (previous[at] % RANK) }));
    return jsonLogic.apply(RULES, data);
  };
  return { outcomes, verdict: (index, rules) => jsonLogic.apply(VERDICT, outcomes(index, rules)) };
}
