// The weekly report, written from the rules and not from the package: amounts are BigInts of minor units, yuan
// BigInts of 10^-8, quotients are compared crosswise.

const MINOR_DIGITS = { USD: 2, EUR: 2, CNY: 2, JPY: 0, KRW: 0, KWD: 3 };
const PARTS = [
  "price",
  "rate",
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
const COMPONENTS = ["goods", ...PARTS.slice(2)];
const DAY = 86_400_000;

/** A decimal of a request in units of 10^-digits, half up. */
function scaled(decimal, digits) {
  const [whole, fraction = ""] = String(decimal).split(".");
  const units = BigInt(whole + fraction.padEnd(8, "0"));
  return divided(units, 10n ** BigInt(8 - digits));
}

/** The quotient, half away from zero. */
function divided(part, whole) {
  const size = part < 0n ? -part : part;
  const quotient = (2n * size + whole) / (2n * whole);
  return part < 0n ? -quotient : quotient;
}

/** So many units of 10^-digits as text. */
function written(units, digits) {
  const sign = units < 0n ? "-" : "";
  const text = String(units < 0n ? -units : units).padStart(digits + 1, "0");
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const sum = (values) => values.reduce((all, value) => all + value, 0n);
const plain = (decimal) => String(decimal).replace(/^0+(?=\d)/, "");
const percentOf = (part, whole) => (whole === 0n ? null : written(divided(part * 10_000n, whole), 2));
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** Sorts by several keys. */
const by = (...keys) => (a, b) => keys.reduce((order, key) => order || compare(key(a), key(b)), 0);
const instant = (text) => Date.parse(text);
const dayOf = (date) => Date.parse(`${date}T00:00:00Z`) / DAY;
const dateOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** How `part / whole`, both not negative, stands to a limit. */
function stateOf(part, whole, limit) {
  if (whole === 0n) return "noData";
  const [left, right] = [part * 10n ** 8n, scaled(limit, 8) * whole];
  return left <= right ? "normal" : 2n * left <= 3n * right ? "watch" : "outOfRange";
}

/** Shares an amount by largest remainder, the earlier of two equal ones first. */
function shared(amount, keys) {
  const all = sum(keys);
  if (all === 0n) return keys.map(() => 0n);
  const parts = keys.map((key) => (amount * key) / all);
  const rest = keys.map((key, index) => ({ index, remainder: (amount * key) % all })).sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index);
  for (const { index } of rest.slice(0, Number(amount - sum(parts)))) parts[index] += 1n;
  return parts;
}

/** Monday of an ISO week, as a day. */
function mondayOf(name) {
  const [year, week] = name.split("-W").map(Number);
  const january4 = Date.UTC(year, 0, 4) / DAY;
  const weekday = (new Date(january4 * DAY).getUTCDay() + 6) % 7;
  return january4 - weekday + 7 * (week - 1);
}

/** The report of a legal request, without sentences and actions. */
export function weeklyReport({ policy = {}, week, baseline, orders = [], receipts = [], escalations = [], suppliers = [] }) {
  const currency = policy.homeCurrency ?? "USD";
  const digits = MINOR_DIGITS[currency];
  const rules = {
    batch: policy.receiving?.defectiveBatchPercent ?? "5",
    inARow: policy.control?.consecutiveDefectiveBatches ?? 2,
    increase: policy.control?.costIncreasePercent ?? "20",
    escalations: policy.control?.escalationsPerWeek ?? 5,
    rate: policy.control?.normal?.defectRatePercent ?? "3",
    days: policy.control?.normal?.leadTimeOverrunDays ?? "2",
    change: policy.control?.normal?.costChangePercent ?? "10",
  };
  const [from, to] = [instant(week.from), instant(week.to)];
  const isInWeek = (text) => from <= instant(text) && instant(text) < to;
  const monday = mondayOf(week.name);
  const month = new Date(monday * DAY);
  month.setUTCDate(0);

  const orderOf = new Map(orders.map((order) => [order.id, order]));
  const arrivals = receipts
    .map((receipt) => {
      const order = orderOf.get(receipt.orderId);
      const lots = receipt.lots ?? [];
      const inspected = sum(lots.map((lot) => BigInt(lot.inspected)));
      const defective = sum(lots.map((lot) => BigInt(lot.defective)));
      const hasFailed = receipt.isRejected === true || lots.some(({ passed }) => passed === false);
      const isSeen = hasFailed || inspected > 0n || lots.some(({ passed }) => passed !== undefined);
      const isAbove = defective * 10n ** 10n > scaled(rules.batch, 8) * inspected;
      return {
        receipt,
        order,
        at: instant(receipt.receivedAt),
        supplierId: receipt.supplierId ?? order?.supplierId ?? null,
        inspected,
        defective,
        hasFailed,
        isDefective: isSeen ? hasFailed || isAbove : null,
      };
    })
    .sort(by(({ at }) => at, ({ receipt }) => receipt.id));
  const ofWeek = arrivals.filter(({ at }) => from <= at && at < to);
  const figures = ({ receipt, supplierId, inspected, defective, isDefective }) => ({
    receiptId: receipt.id,
    orderId: receipt.orderId,
    supplierId,
    inspected: Number(inspected),
    defective: Number(defective),
    percent: percentOf(defective, inspected),
    isDefective,
  });

  const inspected = sum(ofWeek.map((batch) => batch.inspected));
  const defective = sum(ofWeek.map((batch) => batch.defective));
  const defects = {
    state: stateOf(defective * 100n, inspected, rules.rate),
    limitPercent: plain(rules.rate),
    percent: percentOf(defective, inspected),
    inspected: Number(inspected),
    defective: Number(defective),
    batches: ofWeek.map(figures),
  };

  // Lead time: the last receipt of the week decides.
  const last = new Map(ofWeek.filter(({ order }) => order).map((batch) => [batch.order.id, batch]));
  const placedDay = ({ placedOn, placedAt }) => (placedOn ?? placedAt)?.slice(0, 10);
  const times = [...last.values()].map(({ order, receipt }) => {
    const [placed, expected, arrived] = [placedDay(order), order.expectedDelivery, receipt.receivedOn ?? receipt.receivedAt.slice(0, 10)];
    const days = (start, end) => (start === undefined || end === undefined ? null : dayOf(end) - dayOf(start));
    return { orderId: order.id, plannedDays: days(placed, expected), actualDays: days(placed, arrived), overDays: days(expected, arrived) };
  });
  times.sort(by(({ overDays }) => (overDays === null ? Infinity : -overDays), ({ orderId }) => orderId));
  const over = times.map(({ overDays }) => overDays).filter((days) => days !== null);
  const late = sum(over.map(BigInt));
  const hasArrived = new Set(arrivals.filter(({ at }) => at < to).map(({ receipt }) => receipt.orderId));
  const overdue = orders
    .filter(({ id, isClosed, placedAt, expectedDelivery }) => {
      const isDue = expectedDelivery !== undefined && dayOf(expectedDelivery) < monday + 7;
      return isDue && !isClosed && !hasArrived.has(id) && (placedAt === undefined || instant(placedAt) < to);
    })
    .sort(by(({ expectedDelivery }) => expectedDelivery, ({ id }) => id))
    .map(({ id, expectedDelivery }) => ({ orderId: id, expectedDelivery, days: monday + 7 - dayOf(expectedDelivery) }));
  const leadTime = {
    state: stateOf(late < 0n ? 0n : late, BigInt(over.length), rules.days),
    limitDays: plain(rules.days),
    meanDays: over.length === 0 ? null : written(divided(late * 10n, BigInt(over.length)), 1),
    worstDays: over.length === 0 ? null : Math.max(...over),
    orders: times,
    overdue,
  };

  // Cost: an order counts where it first arrived.
  const first = new Map();
  for (const { order, at } of arrivals) if (order && !first.has(order.id)) first.set(order.id, { order, at });
  const arrivedIn = (start, end) =>
    [...first.values()].filter(({ at }) => start <= at && at < end).sort(by(({ at }) => at, ({ order }) => order.id)).map(({ order }) => order);
  const before = arrivedIn(instant(baseline.from), instant(baseline.to));
  const now = arrivedIn(from, to);
  const amounts = (cost) => COMPONENTS.map((name) => scaled(cost[name] ?? 0, digits));
  const yuan = ({ unitPriceCny, quantity }) => scaled(unitPriceCny, 8) * BigInt(quantity);
  const articles = new Map();
  for (const line of before.flatMap(({ lines = [] }) => lines)) {
    if (line.cost === undefined) continue;
    const article = articles.get(line.sku) ?? { units: 0n, yuan: 0n, cost: COMPONENTS.map(() => 0n) };
    const cost = amounts(line.cost);
    articles.set(line.sku, {
      units: article.units + BigInt(line.quantity),
      yuan: article.yuan + yuan(line),
      cost: article.cost.map((of, index) => of + cost[index]),
    });
  }
  const changes = [];
  const [withoutBaseline, withoutCost] = [[], []];
  for (const { id, lines = [] } of now) {
    for (const line of lines) {
      const article = articles.get(line.sku);
      if (line.cost === undefined) withoutCost.push({ orderId: id, sku: line.sku });
      else if (article === undefined) withoutBaseline.push({ orderId: id, sku: line.sku });
      else {
        const cost = amounts(line.cost);
        const was = divided(sum(article.cost) * BigInt(line.quantity), article.units);
        const shares = shared(was, article.cost);
        const atOldRate = article.yuan === 0n ? cost[0] : divided(yuan(line) * article.cost[0], article.yuan);
        const parts = [atOldRate - shares[0], cost[0] - atOldRate, ...cost.slice(1).map((of, index) => of - shares[index + 1])];
        changes.push({ orderId: id, line, amount: sum(cost), was, parts });
      }
    }
  }
  const together = (list) => ({
    amount: sum(list.map(({ amount }) => amount)),
    was: sum(list.map(({ was }) => was)),
    parts: PARTS.map((_, index) => sum(list.map(({ parts }) => parts[index]))),
  });
  const changed = ({ amount, was, parts }) => ({
    percent: percentOf(amount - was, was),
    amount: written(amount, digits),
    baselineAmount: written(was, digits),
    change: written(amount - was, digits),
    parts: PARTS.map((part, index) => ({ part, change: parts[index] })).filter(({ change }) => change !== 0n).map(({ part, change }) => ({ part, change: written(change, digits) })),
  });
  const mean = (list) => {
    const totals = list.filter(({ landedTotal }) => landedTotal !== undefined).map(({ landedTotal }) => scaled(landedTotal, digits));
    return totals.length === 0 ? null : written(divided(sum(totals), BigInt(totals.length)), digits);
  };
  const whole = together(changes);
  const moved = whole.amount < whole.was ? whole.was - whole.amount : whole.amount - whole.was;
  const cost = {
    state: stateOf(moved * 100n, whole.was, rules.change),
    limitPercent: plain(rules.change),
    ...changed(whole),
    lines: changes.map((change) => ({ orderId: change.orderId, sku: change.line.sku, quantity: change.line.quantity, ...changed(change) })),
    withoutBaseline,
    withoutCost,
    meanPerOrder: mean(now),
    baselineMeanPerOrder: mean(before),
  };

  // Red flags.
  const [rows, fives] = [[], []];
  for (const supplierId of [...new Set(ofWeek.map((batch) => batch.supplierId))].filter((id) => id !== null).sort(compare)) {
    const supplier = suppliers.find(({ id }) => id === supplierId);
    const back = supplier?.reinstatedAt === undefined || instant(supplier.reinstatedAt) >= to ? -Infinity : instant(supplier.reinstatedAt);
    const series = arrivals.filter((batch) => batch.supplierId === supplierId && batch.isDefective !== null && batch.at > back && batch.at < to);
    const ids = (list) => list.map(({ receipt }) => receipt.id);
    let [row, five] = [undefined, undefined];
    for (let end = series.length; end > 0; end--) {
      const { at, isDefective } = series[end - 1];
      if (at < from || !isDefective) continue;
      const window = series.slice(Math.max(0, end - 5), end);
      const bad = window.filter((batch) => batch.isDefective);
      if (bad.length >= 2) five ??= { flag: "twoOfFiveDefective", supplierId, receipts: ids(bad), of: window.length };
      const good = series.slice(0, end).findLastIndex((batch) => !batch.isDefective);
      const inARow = series.slice(good + 1, end);
      if (inARow.length >= rules.inARow) {
        row ??= { flag: "consecutiveDefectiveBatches", supplierId, status: supplier?.status ?? null, receipts: ids(inARow), limit: rules.inARow };
      }
    }
    if (row) rows.push(row);
    if (five) fives.push(five);
  }
  const rises = now
    .filter(({ hasApprovedChange }) => !hasApprovedChange)
    .map(({ id }) => ({ id, ...together(changes.filter(({ orderId }) => orderId === id)) }))
    .filter(({ amount, was }) => was > 0n && (amount - was) * 10n ** 10n > scaled(rules.increase, 8) * was)
    .sort((a, b) => compare((b.amount - b.was) * a.was, (a.amount - a.was) * b.was) || compare(a.id, b.id))
    .map(({ id, amount, was, parts }) => {
      const most = parts.reduce((best, part, index) => (part > parts[best] ? index : best), 0);
      return { flag: "costIncrease", orderId: id, percent: percentOf(amount - was, was), limitPercent: plain(rules.increase), part: PARTS[most] };
    });
  const raised = escalations.filter(({ raisedAt }) => isInWeek(raisedAt)).sort(by(({ raisedAt }) => instant(raisedAt), ({ id }) => id));
  const tooMany = [];
  if (raised.length > rules.escalations) {
    const counts = new Map();
    for (const rule of raised.flatMap(({ rules = [] }) => [...new Set(rules)])) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    const counted = [...counts].map(([rule, count]) => ({ rule, count })).sort(by(({ count }) => -count, ({ rule }) => rule));
    tooMany.push({ flag: "tooManyEscalations", count: raised.length, limit: rules.escalations, rules: counted });
  }

  const placed = orders
    .filter(({ placedAt, placedOn }) => {
      if (placedAt !== undefined) return isInWeek(placedAt);
      return placedOn !== undefined && monday <= dayOf(placedOn) && dayOf(placedOn) < monday + 7;
    })
    .sort(by(placedDay, ({ placedAt }) => (placedAt === undefined ? -Infinity : instant(placedAt)), ({ id }) => id));
  const totals = placed.filter(({ landedTotal }) => landedTotal !== undefined).map(({ landedTotal }) => scaled(landedTotal, digits));
  return {
    week: week.name,
    firstDay: dateOf(monday),
    lastDay: dateOf(monday + 6),
    baselineMonth: month.toISOString().slice(0, 7),
    homeCurrency: currency,
    policyVersion: policy.version ?? null,
    defects,
    leadTime,
    cost,
    redFlags: [...rows, ...fives, ...rises, ...tooMany],
    placed: { orders: placed.map(({ id }) => id), total: written(sum(totals), digits), withoutTotal: placed.length - totals.length },
    problemBatches: ofWeek.filter(({ isDefective }) => isDefective).map((batch) => ({ ...figures(batch), hasFailed: batch.hasFailed })),
    escalations: raised.map(({ id }) => id),
    openEscalations: raised.filter(({ resolvedAt }) => resolvedAt === undefined).length,
  };
}
