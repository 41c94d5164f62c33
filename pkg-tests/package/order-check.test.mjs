// The order check and the policy of the built package: examples, sentences, and an independent implementation.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkOrder as peerCheck } from "../peers/order-check.mjs";
import { randomOrderCheck } from "../peers/random-order.mjs";
import { checkExamples, landfall, policyExamples, shortCheckExamples } from "./built.mjs";
import { orderToCheck } from "./cases.mjs";

const { checkOrder, defaultPolicy } = landfall;

const REQUESTS = process.env.LANDFALL_LONG === "1" ? 100_000 : 5_000;
const HAN = /\p{Script=Han}/u;

/** A verdict without sentences. */
const bare = (verdict) => ({ ...verdict, findings: verdict.findings.map(({ message: _, ...finding }) => finding) });

describe("an order check", () => {
  for (const { file, request, expected } of checkExamples) {
    test(`is that of ${file}, to the letter, by both implementations`, () => {
      const before = structuredClone(request);
      assert.deepStrictEqual(bare(checkOrder(request)), expected);
      assert.deepStrictEqual(peerCheck(request), expected);
      assert.deepStrictEqual(request, before);
    });
  }

  test("is that of every short example, by both implementations", () => {
    assert.ok(shortCheckExamples.length > 0);
    for (const { request, expected } of shortCheckExamples) {
      for (const { verdict, findings, orderValue } of [checkOrder(request), peerCheck(request)]) {
        const short = findings
          .filter(({ outcome }) => outcome !== "pass")
          .map(({ rule, outcome, subject }) => (subject === undefined ? { rule, outcome } : { rule, outcome, subject }));
        const inOrder = (list) => list.map((one) => JSON.stringify(one)).sort();
        assert.deepEqual([verdict, orderValue, inOrder(short)], [expected.verdict, expected.orderValue, inOrder(expected.findings)]);
      }
    }
  });

  test(`of ${REQUESTS} random orders is what an independent implementation finds`, (t) => {
    const seen = new Map();
    for (let seed = 1; seed <= REQUESTS; seed++) {
      const request = randomOrderCheck(seed);
      const found = bare(checkOrder(request));
      try {
        assert.deepStrictEqual(found, peerCheck(request));
      } catch (difference) {
        throw new Error(`seed ${seed} differs: ${difference.message}\nrequest: ${JSON.stringify(request)}`);
      }
      for (const { rule, outcome } of found.findings) seen.set(`${rule} ${outcome}`, (seen.get(`${rule} ${outcome}`) ?? 0) + 1);
    }
    // A rule that never bites would not be compared at all.
    const rare = Object.entries({
      "order-value": ["hardStop", "notice", "pass"],
      "supplier-whitelist": ["hardStop", "pass"],
      "price-increase": ["hardStop", "notice", "pass"],
      "agreed-price-range": ["hardStop", "pass"],
      specification: ["missing", "pass"],
      "cost-calculated": ["missing", "pass"],
      "exchange-rate": ["missing", "pass"],
      "order-record": ["missing", "pass"],
    }).flatMap(([rule, outcomes]) => outcomes.map((outcome) => `${rule} ${outcome}`)).filter((pair) => !(seen.get(pair) > 100));
    assert.deepEqual(rare, []);
    t.diagnostic([...seen].map(([pair, count]) => `${pair} ${count}`).join("; "));
  });

  test("says each finding in both languages", () => {
    for (const { request } of checkExamples) {
      const [english, chinese] = [checkOrder(request), checkOrder(request, { locale: "zh" })];
      assert.deepStrictEqual(bare(english), bare(chinese));
      for (const { message } of english.findings) assert.doesNotMatch(message, HAN);
      for (const { message } of chinese.findings) assert.match(message, HAN);
    }
  });

  test("has its fields in the documented order", () => {
    const verdict = checkOrder(orderToCheck);
    assert.deepEqual(Object.keys(verdict), ["verdict", "findings", "orderValue", "policyVersion"]);
    assert.equal(verdict.policyVersion, null);
    assert.deepEqual(Object.keys(verdict.findings.at(0)).at(-1), "message");
  });
});

describe("a policy", () => {
  for (const { file, request, expected } of policyExamples) {
    test(`is filled as in ${file}, and stays so`, () => {
      assert.deepStrictEqual(defaultPolicy(request), expected);
      assert.deepStrictEqual(defaultPolicy(expected), expected);
    });
  }

  test("is all defaults where nothing is said", () => {
    assert.deepStrictEqual(defaultPolicy(), defaultPolicy({}));
    const given = { ...orderToCheck, policy: defaultPolicy() };
    assert.deepStrictEqual(checkOrder(given), checkOrder(orderToCheck));
  });
});
