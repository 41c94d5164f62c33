// The back-test of the built package: examples, random logs by an independent implementation, sentences, the text form.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { backtestPolicy as peerBacktest } from "../peers/backtest.mjs";
import { randomOrderCheck } from "../peers/random-order.mjs";
import { Random } from "../peers/random-request.mjs";
import { backtestExamples, landfall, thrownBy } from "./built.mjs";

const { backtestPolicy, backtestPolicyText } = landfall;

const LOGS = process.env.LANDFALL_LONG === "1" ? 5_000 : 600;
const LISTS = ["wouldStop", "wouldPass", "wouldChange"];
const HAN = /\p{Script=Han}/u;

/** A back-test without sentences. */
function bare({ message: _, ...found }) {
  const lists = LISTS.map((list) => [list, found[list].map(({ message: _, ...tried }) => tried)]);
  return { ...found, ...Object.fromEntries(lists) };
}

/** A log of ten random orders in one currency, and two sets of rules. Every other order lacks nothing, so that more than one limit decides. */
function randomBacktest(seed) {
  const random = new Random(seed);
  const checks = Array.from({ length: 10 }, (_, index) => randomOrderCheck(seed * 10 + index));
  const homeCurrency = checks[0].policy.homeCurrency ?? "USD";
  const rules = () => ({
    homeCurrency,
    orders: {
      maximumOrderValue: random.pick(["100", "800", "5000", "100000"]),
      orderValueBasis: random.pick(["landedCost", "goodsAndDomesticShipping", "goods"]),
      priceIncreasePercent: random.pick(["0", "5", "15", "1000"]),
      exchangeRateMaxAgeDays: random.int(0, 4),
    },
  });
  const whole = ({ order, ...rest }) => ({
    ...rest,
    order: {
      ...order,
      landedTotal: "90000",
      specification: { colour: true, size: true, quantity: true, packaging: true },
      productLink: "link",
      priceScreenshot: "picture",
      staff: "Li",
      expectedDelivery: "2026-12-20",
    },
    supplier: { id: order.supplierId, status: "whitelisted" },
  });
  const orders = checks
    .filter(({ policy }) => (policy.homeCurrency ?? "USD") === homeCurrency)
    .map((check, index) => (index % 2 === 0 ? whole(check) : check))
    .map(({ today, order, supplier }, index) => ({ id: `PO-${index}`, day: today, order, supplier }));
  return { before: rules(), after: rules(), orders, previousPrices: checks[0].previousPrices };
}

describe("a back-test", () => {
  for (const { file, request, expected } of backtestExamples) {
    test(`is that of ${file}, to the letter, by both implementations and as text`, () => {
      const given = structuredClone(request);
      const found = backtestPolicy(request);
      assert.deepStrictEqual(bare(found), expected);
      assert.deepStrictEqual(peerBacktest(request), expected);
      assert.deepStrictEqual(request, given);
      assert.deepStrictEqual(JSON.parse(backtestPolicyText(JSON.stringify(request))), found);
    });
  }

  test(`of ${LOGS} random logs is what an independent implementation finds`, () => {
    const listed = { wouldStop: 0, wouldPass: 0, wouldChange: 0 };
    for (let seed = 1; seed <= LOGS; seed++) {
      const request = randomBacktest(seed);
      const found = bare(backtestPolicy(request));
      assert.deepStrictEqual(found, peerBacktest(request), `seed ${seed}`);
      for (const list of LISTS) listed[list] += found[list].length;
    }
    // A list that stays empty would not be compared at all.
    for (const list of LISTS) assert.ok(listed[list] > 10, JSON.stringify(listed));
  });

  test("says the whole and each order in both languages", () => {
    for (const { request } of backtestExamples) {
      const [english, chinese] = ["en", "zh"].map((locale) => backtestPolicy(request, { locale }));
      assert.deepStrictEqual(bare(english), bare(chinese));
      const sentences = (found) => [found.message, ...LISTS.flatMap((list) => found[list].map(({ message }) => message))];
      for (const message of sentences(english)) assert.doesNotMatch(message, HAN);
      for (const message of sentences(chinese)) assert.match(message, HAN);
    }
  });

  test("as text throws what the other throws", () => {
    const request = { after: {}, orders: [{}] };
    const thrown = [() => backtestPolicy(request), () => backtestPolicyText(JSON.stringify(request))].map(thrownBy);
    assert.deepStrictEqual(thrown[0].issues, thrown[1].issues);
    assert.match(thrownBy(() => backtestPolicyText("{")).message, /JSON/);
  });
});
