// Weeks with their logs, made from a seed: the same seed always gives the same request. Instants lie at the bounds
// of the week and of the month, rates and rises at the limits, or just beside them.

import { Random } from "./random-request.mjs";

const WEEKS = [
  // Name, Monday, first of the month before, first of the one after it.
  ["2026-W47", "2026-11-16", "2026-10-01", "2026-11-01"],
  ["2026-W53", "2026-12-28", "2026-11-01", "2026-12-01"],
  ["2027-W01", "2027-01-04", "2026-12-01", "2027-01-01"],
  ["2026-W23", "2026-06-01", "2026-05-01", "2026-06-01"],
];
const COMPONENTS = ["goods", "domesticShipping", "agentFee", "internationalShipping", "importDuty", "vat", "defects"];
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const instant = (at) => new Date(at).toISOString().replace(".000Z", "Z");

/** A legal request; every flag and every state comes up in some of them. */
export function randomWeek(seed) {
  const random = new Random(seed);
  const [name, monday, month, after] = random.pick(WEEKS);
  // Hours that the owner's zone is behind UTC.
  const zone = random.pick([0, 5, -8, -14, 12]) * HOUR;
  const [from, start, end] = [monday, month, after].map((date) => Date.parse(`${date}T00:00:00Z`) + zone);
  const to = from + 7 * DAY;
  const before = () => (random.chance(0.15) ? random.pick([start, start - 1_000, end, end - 1_000]) : start + random.int(0, 30) * DAY + HOUR);
  const inWeek = () => (random.chance(0.15) ? random.pick([from, from - 1_000, to, to - 1_000]) : from + random.int(0, 6) * DAY + random.int(1, 23) * HOUR);
  const anytime = () => (random.chance(0.5) ? before() : inWeek());
  const date = (at) => instant(at - zone).slice(0, 10);

  const orders = Array.from({ length: random.int(0, 12) }, (_, index) => {
    const placed = anytime();
    return {
      id: `order-${index}`,
      ...(random.chance(0.8) && { supplierId: `s${random.int(1, 2)}` }),
      ...(random.chance(0.8) && { placedAt: instant(placed) }),
      ...(random.chance(0.5) && { placedOn: date(placed) }),
      ...(random.chance(0.8) && { expectedDelivery: date(inWeek() + random.int(-5, 3) * DAY) }),
      ...(random.chance(0.8) && { landedTotal: amount(random) }),
      ...(random.chance(0.2) && { hasApprovedChange: random.chance(0.5) }),
      ...(random.chance(0.1) && { isClosed: true }),
      lines: Array.from({ length: random.int(0, 3) }, () => line(random)),
    };
  });
  const receipts = Array.from({ length: random.int(0, 18) }, (_, index) => {
    const at = anytime();
    return {
      id: `receipt-${index}`,
      orderId: `order-${random.int(0, orders.length)}`,
      ...(random.chance(0.3) && { supplierId: `s${random.int(1, 3)}` }),
      receivedAt: instant(at),
      ...(random.chance(0.5) && { receivedOn: date(at) }),
      ...(random.chance(0.05) && { isRejected: true }),
      lots: Array.from({ length: random.int(0, 2) }, () => lot(random)),
    };
  });
  const escalations = Array.from({ length: random.int(0, 10) }, (_, index) => {
    const at = inWeek();
    return {
      id: `escalation-${index}`,
      ...(random.chance(0.7) && { rules: Array.from({ length: random.int(1, 3) }, () => random.pick(["order-value", "price-increase", "own"])) }),
      raisedAt: instant(at),
      ...(random.chance(0.5) && { resolvedAt: instant(at + HOUR) }),
    };
  });
  const suppliers = random.subset(["s1", "s2", "s3"], 0.7).map((id) => ({
    id,
    status: random.pick(["new", "whitelisted", "suspended"]),
    ...(random.chance(0.3) && { reinstatedAt: instant(anytime()) }),
  }));
  return {
    ...(random.chance(0.5) && { policy: policy(random) }),
    week: { name, from: instant(from), to: instant(to) },
    baseline: { from: instant(start), to: instant(Math.min(end, from)) },
    orders,
    receipts,
    escalations,
    suppliers,
  };
}

function amount(random) {
  return random.pick(["0", "100", "110.00", "115.01", "99.995", 7, "9999999999.99999999", random.between(0, 900, random.int(0, 4))]);
}

function line(random) {
  return {
    sku: random.pick(["MUG", "LID", "BOX"]),
    quantity: random.pick([1, 3, 10, 100, random.int(1, 5_000), 1_000_000_000]),
    unitPriceCny: random.pick(["0", "7", "7.7", "0.01", "999.99999999", random.between(1, 90, 2)]),
    ...(random.chance(0.9) && { cost: Object.fromEntries(random.subset(COMPONENTS, 0.5).map((component) => [component, amount(random)])) }),
  };
}

function lot(random) {
  const inspected = random.pick([0, 20, 100, 1_000, 1_000_000_000]);
  const defective = Math.min(inspected, random.pick([0, 0, 1, 3, 5, 6, 45, 51, inspected]));
  return { inspected, defective, ...(random.chance(0.3) && { passed: random.chance(0.7) }) };
}

function policy(random) {
  return {
    homeCurrency: random.pick(["USD", "JPY", "KWD", "EUR"]),
    ...(random.chance(0.5) && { version: random.int(1, 99) }),
    receiving: { defectiveBatchPercent: random.pick(["5", "0", "0.5", "100"]) },
    control: {
      consecutiveDefectiveBatches: random.pick([1, 2, 3]),
      costIncreasePercent: random.pick(["20", "0", "15.01", 10]),
      escalationsPerWeek: random.pick([0, 3, 5]),
      normal: {
        defectRatePercent: random.pick(["3", "0", "4.5"]),
        leadTimeOverrunDays: random.pick(["2", "0", "0.5"]),
        costChangePercent: random.pick(["10", "0", "15"]),
      },
    },
  };
}
