// The order check, written from the rules and not from the package: decimals are BigInts of 10^-8.

const SCALE = 8;
const UNIT = 10n ** BigInt(SCALE);
const MINOR_DIGITS = { USD: 2, EUR: 2, CNY: 2, JPY: 0, KRW: 0, KWD: 3 };

/** A decimal of a request, a text or a whole number, in units of 10^-8. */
function scaled(decimal) {
  const [whole, fraction = ""] = String(decimal).split(".");
  return BigInt(whole + fraction.padEnd(SCALE, "0"));
}

/** A number of so many digits after the point as text. */
function written(units, digits) {
  if (digits === 0) return String(units);
  const text = String(units).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A decimal without the zeros at its end, but with so many digits at least. */
function trimmed(text, least) {
  let [whole, fraction = ""] = text.split(".");
  while (fraction.length > least && fraction.endsWith("0")) fraction = fraction.slice(0, -1);
  fraction = fraction.padEnd(least, "0");
  whole = whole.replace(/^0+(?=\d)/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

const days = (date) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** What a decimal of a request is as the text of a result. */
const plain = (decimal) => String(decimal).replace(/^0+(?=\d)/, "");

const DEFAULTS = { maximumOrderValue: "800", orderValueBasis: "landedCost", priceIncreasePercent: "15", exchangeRateMaxAgeDays: 3 };
const ORDER = ["hardStop", "missing", "notice", "pass"];

/** The verdict on a legal request, its findings without sentences. */
export function checkOrder({ policy, today, order, supplier, previousPrices }) {
  const rules = { ...DEFAULTS, ...policy.orders };
  const digits = MINOR_DIGITS[policy.homeCurrency ?? "USD"];
  const rate = scaled(order.exchangeRate.cnyPerUnit);
  const found = [];
  const finding = (rule, outcome, rest = {}) => found.push(JSON.parse(JSON.stringify({ rule, outcome, ...rest })));

  // Yuan of 10^-8 by a rate of 10^-8, to minor units, half up.
  const toMinor = (yuan) => (2n * yuan * 10n ** BigInt(digits) + rate) / (2n * rate);
  const goods = order.lines.reduce((sum, line) => sum + toMinor(scaled(line.unitPriceCny) * BigInt(line.quantity)), 0n);
  const shipping = order.domesticShippingCny === undefined ? undefined : toMinor(scaled(order.domesticShippingCny));
  const least = goods + (shipping ?? 0n);
  const minorUnit = 10n ** BigInt(SCALE - digits);
  const given = order.landedTotal === undefined ? undefined : scaled(order.landedTotal);
  const total = given !== undefined && given >= least * minorUnit ? given : undefined;

  const candidates = [
    ["landedCost", total],
    ["goodsAndDomesticShipping", shipping === undefined ? undefined : least * minorUnit],
    ["goods", goods * minorUnit],
  ];
  const wanted = candidates.slice(candidates.findIndex(([basis]) => basis === rules.orderValueBasis));
  const [counted, value] = wanted.find(([, amount]) => amount !== undefined);
  const orderValue = trimmed(written(value, SCALE), digits);
  const isOver = value > scaled(rules.maximumOrderValue);
  const isLess = counted !== rules.orderValueBasis;
  finding("order-value", isOver ? "hardStop" : isLess ? "notice" : "pass", {
    observed: orderValue,
    limit: plain(rules.maximumOrderValue),
    because: { basis: rules.orderValueBasis, counted },
  });

  const isTheirs = supplier !== null && supplier.id === order.supplierId;
  const standing = supplier === null ? "unknown" : isTheirs ? supplier.status : "otherSupplier";
  finding("supplier-whitelist", standing === "whitelisted" ? "pass" : "hardStop", {
    observed: standing,
    limit: "whitelisted",
    because: { supplierId: order.supplierId },
  });

  for (const { sku, unitPriceCny } of order.lines) {
    const [newest] = previousPrices
      .filter((price) => price.sku === sku && price.date <= today)
      .sort((a, b) => (a.date === b.date ? (scaled(a.unitPriceCny) < scaled(b.unitPriceCny) ? -1 : 1) : a.date < b.date ? 1 : -1));
    const because = { maximumPercent: plain(rules.priceIncreasePercent) };
    if (newest) Object.assign(because, { previousPriceCny: plain(newest.unitPriceCny), previousDate: newest.date });
    const rest = { subject: sku, observed: plain(unitPriceCny), because };
    const previous = newest ? scaled(newest.unitPriceCny) : 0n;
    if (previous === 0n) {
      finding("price-increase", "notice", rest);
      continue;
    }
    const price = scaled(unitPriceCny);
    // Percents of 10^-8: both sides times 100 · 10^8.
    const factor = 100n * UNIT + scaled(rules.priceIncreasePercent);
    const highest = (previous * factor) / (100n * UNIT);
    const hundredths = (price - previous) * 10_000n;
    // Rounded up, also below zero, where a BigInt's division already does.
    const change = hundredths > 0n ? (hundredths + previous - 1n) / previous : hundredths / previous;
    const sign = change < 0n ? "-" : "";
    because.changePercent = `${sign}${written(change < 0n ? -change : change, 2)}`;
    const { because: _, ...head } = rest;
    finding("price-increase", price * 100n * UNIT > previous * factor ? "hardStop" : "pass", {
      ...head,
      limit: trimmed(written(highest, SCALE), 0),
      because,
    });
  }

  for (const { sku, unitPriceCny } of order.lines) {
    const ranges = isTheirs ? (supplier.agreedPrices ?? []).filter((agreed) => agreed.sku === sku) : [];
    if (ranges.length === 0) continue;
    const price = scaled(unitPriceCny);
    const isIn = ranges.some(({ minimumCny, maximumCny }) => scaled(minimumCny) <= price && price <= scaled(maximumCny));
    finding("agreed-price-range", isIn ? "pass" : "hardStop", {
      subject: sku,
      observed: plain(unitPriceCny),
      limit: ranges.map(({ minimumCny, maximumCny }) => `${plain(minimumCny)}–${plain(maximumCny)}`).join(", "),
    });
  }

  const unconfirmed = ["colour", "size", "quantity", "packaging"].filter((part) => order.specification[part] !== true);
  finding("specification", unconfirmed.length > 0 ? "missing" : "pass", unconfirmed.length > 0 ? { because: { unconfirmed: unconfirmed.join(", ") } } : {});

  finding("cost-calculated", total === undefined ? "missing" : "pass", {
    observed: given === undefined ? undefined : trimmed(written(given, SCALE), digits),
    limit: written(least, digits),
  });

  const age = days(today) - days(order.exchangeRate.asOf);
  finding("exchange-rate", age < 0 || age > rules.exchangeRateMaxAgeDays ? "missing" : "pass", {
    observed: String(age),
    limit: String(rules.exchangeRateMaxAgeDays),
    because: { asOf: order.exchangeRate.asOf },
  });

  const isBlank = (text) => text === undefined || /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]*$/u.test(text);
  const absent = ["productLink", "priceScreenshot", "staff", "expectedDelivery"].filter((field) => isBlank(order[field]));
  finding("order-record", absent.length > 0 ? "missing" : "pass", absent.length > 0 ? { because: { missing: absent.join(", ") } } : {});

  const findings = ORDER.flatMap((outcome) => found.filter((one) => one.outcome === outcome));
  const has = (outcome) => findings.some((one) => one.outcome === outcome);
  return {
    verdict: has("hardStop") ? "stop" : has("missing") ? "incomplete" : "proceed",
    findings,
    orderValue,
    policyVersion: policy.version ?? null,
  };
}
