// What is measured, and how: the same in Node and in a page.

import * as bigint from "../peers/bigint.mjs";
import * as decimal from "../peers/decimal.mjs";
import { benchOrder } from "../peers/random-request.mjs";

const BATCH = 10_000;
const SINGLE = 2_000;
// decimal.js is so much slower that fewer orders take as long.
const SLOW = 300;

/** Orders of ten lines with eleven charges. */
export function makeOrders() {
  return Array.from({ length: BATCH }, (_, index) => benchOrder(index + 1));
}

/** The contenders: `run` gives something of every result, so that none of it can be left out. */
function contenders(landfall, orders) {
  const size = (results) => results.length;
  const each = (calculate) => (list) => list.reduce((sum, order) => sum + calculate(order).total.length, 0);
  const textToText = (calculate) => (text) => JSON.stringify(JSON.parse(text).map((order) => calculate(order))).length;
  const make = (form, name, count, run, input = orders.slice(0, count)) => ({ form, name, count, run, input });
  const text = (count) => JSON.stringify(orders.slice(0, count));
  return [
    make("objects", "landfall, landedCost(object)", SINGLE, each(landfall.landedCost)),
    make("objects", "landfall, landedCosts(10,000 objects)", BATCH, (list) => size(landfall.landedCosts(list))),
    make("objects", "decimal.js", SLOW, each(decimal.landedCost)),
    make("objects", "BigInt by hand", SINGLE, each(bigint.landedCost)),
    make("text", "landfall, landedCostsText(10,000 as text)", BATCH, (given) => size(landfall.landedCostsText(given)), text(BATCH)),
    make("text", "JSON.parse + decimal.js + JSON.stringify", SLOW, textToText(decimal.landedCost), text(SLOW)),
    make("text", "JSON.parse + BigInt by hand + JSON.stringify", SINGLE, textToText(bigint.landedCost), text(SINGLE)),
  ];
}

/** Whether two values of JSON are equal; the fields of objects have no order. */
function isEqual(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [namesOfA, namesOfB] = [Object.keys(a), Object.keys(b)];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    namesOfA.length === namesOfB.length &&
    namesOfA.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
  );
}

/** Fails unless every contender gives the same results, on some of the orders and on all examples. */
export function check(landfall, orders, examples) {
  const amounts = ({ warnings: _, ...rest }) => rest;
  const given = [...orders.slice(0, 300), ...examples.map(({ request }) => request)];
  const expected = [...given.slice(0, 300).map(bigint.landedCost), ...examples.map((example) => example.expected)];
  const answers = {
    landedCost: given.map((request) => landfall.landedCost(request)),
    landedCosts: landfall.landedCosts(given).map(({ result }) => result),
    landedCostsText: JSON.parse(landfall.landedCostsText(JSON.stringify(given))).map(({ result }) => result),
    "decimal.js": given.map(decimal.landedCost),
    "BigInt by hand": given.map(bigint.landedCost),
  };
  for (const [name, results] of Object.entries(answers)) {
    results.forEach((result, index) => {
      if (!isEqual(amounts(result), expected[index])) {
        throw new Error(`${name} differs from the others in ${JSON.stringify(given[index])}`);
      }
    });
  }
  return { orders: given.length, doubtful: answers.landedCost.slice(0, 300).filter(({ warnings }) => warnings.length > 0).length };
}

/** The median, the least and the largest of some numbers. */
function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], least: sorted[0], largest: sorted[sorted.length - 1] };
}

function milliseconds(run) {
  globalThis.gc?.();
  const start = performance.now();
  const result = run();
  const time = performance.now() - start;
  if (!(result >= 0)) throw new Error("nothing was calculated");
  return time;
}

/** Runs every contender once in each round, after one that isn't counted. */
export function race(landfall, orders, rounds) {
  const all = contenders(landfall, orders).map((contender) => ({ ...contender, times: [] }));
  for (let round = 0; round <= rounds; round++) {
    for (const { run, input, times } of all) {
      const time = milliseconds(() => run(input));
      if (round > 0) times.push(time);
    }
  }
  return all.map(({ form, name, count, times }) => ({ form, name, count, ...spread(times) }));
}

/** Where a single call spends its time, in µs for each order. */
export function dissect(landfall, glue, orders, rounds) {
  const given = orders.slice(0, SINGLE);
  const encoder = new TextEncoder();
  const texts = given.map((order) => JSON.stringify(order));
  const answers = texts.map((text) => glue.landedCost(encoder.encode(text), "en"));
  const sum = (list, of) => list.reduce((total, item) => total + of(item), 0);
  const parts = {
    "JSON.stringify(request)": () => sum(given, (order) => JSON.stringify(order).length),
    "the call into wasm, text to text": () => sum(texts, (text) => glue.landedCost(encoder.encode(text), "en").length),
    "JSON.parse(answer)": () => sum(answers, (answer) => JSON.parse(answer).result.total.length),
    "landedCost(object), all of it": () => sum(given, (order) => landfall.landedCost(order).total.length),
    "a call into wasm that does nothing else": () => sum(given, () => landfall.version().length),
  };
  const times = Object.fromEntries(Object.keys(parts).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(parts)) {
      const time = milliseconds(run);
      if (round > 0) times[name].push((time * 1_000) / given.length);
    }
  }
  const bytes = (list) => Math.round(sum(list, (text) => text.length) / list.length);
  return {
    parts: Object.entries(times).map(([name, list]) => ({ name, ...spread(list) })),
    requestBytes: bytes(texts),
    answerBytes: bytes(answers),
  };
}
