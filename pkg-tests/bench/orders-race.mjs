// The log in wasm against its peer: the same in Node and in a page.

import { makeLog, peerOf } from "./orders-peer.mjs";

const ALL = 100_000;
// The peer is so much slower that fewer orders take as long.
const SLOW = 2_000;
// Of so many the outcome of every rule and line is compared too.
const COMPARED = 2_000;
// A back-test: so many orders while a slider moves.
const PAST = 10_000;
const SLOW_PAST = 500;

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

// Where the slider stands: as rules, and as the peer has them.
const STOPS = [
  { maximum: 40_000, factor: 115 },
  { maximum: 80_000, factor: 105 },
  { maximum: 120_000, factor: 110 },
];
const rulesOf = ({ maximum, factor }) => JSON.stringify({ orders: { maximumOrderValue: String(maximum / 100), priceIncreasePercent: String(factor - 100) } });

/** A step of a back-test: changed rules over a log that was made ready. Compares all orders first, as `race` does. */
export function raceBacktest(Log, rounds) {
  const made = makeLog(PAST);
  const log = logOf(Log, made);
  log.prepare();
  const peer = peerOf(made, SLOW_PAST, true);
  const changed = [];
  for (const rules of STOPS) {
    const found = JSON.parse(log.backtest(rulesOf(rules)));
    const lists = { wouldStop: [], wouldPass: [], wouldChange: [] };
    for (let index = 0; index < PAST; index++) {
      const [was, wouldBe] = [peer.verdict(index), peer.verdict(index, rules)];
      if (was !== wouldBe) lists[wouldBe === 2 ? "wouldStop" : was === 2 ? "wouldPass" : "wouldChange"].push(String(index));
    }
    for (const [list, expected] of Object.entries(lists)) {
      if (found[list].map(({ id }) => id).join() !== expected.join()) throw new Error(`${list} differs under ${rulesOf(rules)}`);
    }
    changed.push(found.wouldStop.length + found.wouldPass.length + found.wouldChange.length);
  }
  let step = 0;
  const texts = STOPS.map(rulesOf);
  const [ours, theirs] = timed(rounds, [
    () => log.backtest(texts[step++ % texts.length]),
    () => {
      const rules = STOPS[step % STOPS.length];
      for (let index = 0; index < SLOW_PAST; index++) {
        peer.verdict(index);
        peer.verdict(index, rules);
      }
    },
  ]);
  return {
    orders: PAST,
    changed,
    results: [
      { name: "landfall, the log made ready in wasm", count: PAST, ...ours },
      { name: "json-logic-js", count: SLOW_PAST, ...theirs },
    ],
  };
}
