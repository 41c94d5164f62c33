// The log in wasm against its peer: the same in Node and in a page.

import { makeLog, peerOf } from "./orders-peer.mjs";

const ALL = 100_000;
// The peer is so much slower that fewer orders take as long.
const SLOW = 2_000;
// Of so many the outcome of every rule and line is compared too.
const COMPARED = 2_000;

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], least: sorted[0], largest: sorted[sorted.length - 1] };
}

/** Runs each contender once in each round, after one that isn't counted. */
function timed(rounds, runs) {
  const times = runs.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    runs.forEach((run, index) => {
      globalThis.gc?.();
      const start = performance.now();
      run();
      if (round > 0) times[index].push(performance.now() - start);
    });
  }
  return times.map(spread);
}

/** A made log in wasm. */
export function logOf(Log, { policy, previousPrices, orders }) {
  const log = new Log();
  orders.forEach((order, index) => log.add(JSON.stringify({ policy, previousPrices: index === 0 ? previousPrices : [], ...order })));
  return log;
}

/** Compares all verdicts, then measures; `Log` is the class of the wasm module. */
export function race(Log, rounds) {
  const made = makeLog(ALL);
  const log = logOf(Log, made);
  const peer = peerOf(made, SLOW);
  const verdicts = log.verdicts();
  const counts = [0, 0, 0];
  for (let index = 0; index < ALL; index++) {
    const expected = peer.verdict(index);
    if (verdicts[index] !== expected) {
      throw new Error(`the verdicts differ, ${verdicts[index]} and ${expected}: ${JSON.stringify(made.orders[index])}`);
    }
    counts[expected] += 1;
  }
  for (let index = 0; index < COMPARED; index++) {
    const { findings } = JSON.parse(log.verdict(index));
    const found = findings.map(({ rule, outcome }) => `${rule} ${outcome}`);
    // A rule of json-logic that says "pass" doesn't say whose.
    const bites = (list) => list.filter((one) => !one.endsWith("pass")).sort().join();
    const expected = peer.outcomes(index);
    if (bites(found) !== bites(expected) || found.length !== expected.length) {
      throw new Error(`the findings differ, ${found} and ${expected}: ${JSON.stringify(made.orders[index])}`);
    }
  }
  const [ours, theirs] = timed(rounds, [
    () => log.verdicts(),
    () => {
      for (let index = 0; index < SLOW; index++) peer.verdict(index);
    },
  ]);
  return {
    orders: ALL,
    counts,
    results: [
      { name: "landfall, the log kept in wasm", count: ALL, ...ours },
      { name: "json-logic-js", count: SLOW, ...theirs },
    ],
  };
}
