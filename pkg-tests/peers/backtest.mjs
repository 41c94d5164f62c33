// A back-test by an independent implementation of the order check: each order by itself, with the prices of days before.

import { checkOrder } from "./order-check.mjs";

/** The sum of decimals, with the decimals of the longest one. */
function sum(decimals) {
  const places = Math.max(...decimals.map((text) => (text.split(".")[1] ?? "").length));
  const units = decimals.map((text) => {
    const [whole, fraction = ""] = text.split(".");
    return BigInt(whole + fraction.padEnd(places, "0"));
  });
  const digits = units.reduce((sum, one) => sum + one, 0n).toString().padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** What a change of the rules would have done, without sentences. */
export function backtestPolicy({ before = {}, after, orders, previousPrices = [] }) {
  const home = (policy) => policy.homeCurrency ?? "USD";
  const isTried = home(before) === home(after);
  const all = orders.flatMap(({ day, order }) => order.lines.map(({ sku, unitPriceCny }) => ({ sku, unitPriceCny, date: day })));
  const prices = [...previousPrices, ...all];
  const zero = new Intl.NumberFormat("en", { style: "currency", currency: home(before), currencyDisplay: "code" }).format(0).replace(/[^\d.]/g, "");
  const found = { wouldStop: [], wouldPass: [], wouldChange: [] };
  let [stopsBefore, stopsAfter] = [0, 0];
  for (const { id, day, order, supplier } of isTried ? orders : []) {
    const check = (policy) => checkOrder({ policy, today: day, order, supplier, previousPrices: prices.filter(({ date }) => date < day) });
    const [was, wouldBe] = [check(before), check(after)];
    if (was.verdict === "stop") stopsBefore += 1;
    if (wouldBe.verdict === "stop") stopsAfter += 1;
    if (was.verdict === wouldBe.verdict) continue;
    const verdicts = [was.verdict, wouldBe.verdict];
    const graver = verdicts.includes("stop") ? "stop" : "incomplete";
    const outcome = graver === "stop" ? "hardStop" : "missing";
    const { findings } = was.verdict === graver ? was : wouldBe;
    const rules = [...new Set(findings.filter((finding) => finding.outcome === outcome).map(({ rule }) => rule))];
    const { orderValue: value } = check({ ...before, orders: { orderValueBasis: "landedCost" } });
    const list = wouldBe.verdict === "stop" ? "wouldStop" : was.verdict === "stop" ? "wouldPass" : "wouldChange";
    found[list].push({ id, before: was.verdict, after: wouldBe.verdict, value, rules });
  }
  const value = (list) => sum([zero, ...found[list].map(({ value }) => value)]);
  return {
    orders: isTried ? orders.length : 0,
    otherHomeCurrency: isTried ? 0 : orders.length,
    stopsBefore,
    stopsAfter,
    ...found,
    wouldStopValue: value("wouldStop"),
    wouldPassValue: value("wouldPass"),
    wouldChangeValue: value("wouldChange"),
  };
}
