// The built package against an independent implementation, on random requests.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as peer from "../peers/bigint.mjs";
import { benchOrder, randomRequest, randomSellingPrice } from "../peers/random-request.mjs";
import { landfall } from "./built.mjs";

const REQUESTS = process.env.LANDFALL_LONG === "1" ? 50_000 : 2_000;
const BATCH = 1_000;

/** Fails with the seed and the request of the first result that differs. */
function assertAgrees(seed, request, actual, expected) {
  try {
    assert.deepStrictEqual(actual, expected);
  } catch (difference) {
    throw new Error(`seed ${seed} differs: ${difference.message}\nrequest: ${JSON.stringify(request)}`);
  }
}

test(`landed costs of ${REQUESTS} random requests`, () => {
  for (let from = 1; from <= REQUESTS; from += BATCH) {
    const requests = Array.from({ length: Math.min(BATCH, REQUESTS - from + 1) }, (_, index) => randomRequest(from + index));
    landfall.landedCosts(requests).forEach(({ result, issues }, index) => {
      const seed = from + index;
      assert.equal(issues, undefined, `seed ${seed} has issues: ${JSON.stringify(issues)}`);
      const { warnings: _, ...amounts } = result;
      assertAgrees(seed, requests[index], amounts, peer.landedCost(requests[index]));
    });
  }
});

test("explained landed costs of 200 random requests", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const request = randomRequest(seed);
    const explained = landfall.landedCost({ ...request, explain: true });
    const amounts = JSON.parse(JSON.stringify(explained, (name, value) => (/^(working|warnings)$/.test(name) ? undefined : value)));
    assertAgrees(seed, request, amounts, peer.landedCost(request));
  }
});

test("landed costs of the benchmark's orders", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const request = benchOrder(seed);
    const { warnings: _, ...amounts } = landfall.landedCost(request);
    assertAgrees(seed, request, amounts, peer.landedCost(request));
  }
});

test(`selling prices of ${REQUESTS} random requests`, () => {
  for (let seed = 1; seed <= REQUESTS; seed++) {
    const request = randomSellingPrice(seed);
    assertAgrees(seed, request, landfall.sellingPrice(request), peer.sellingPrice(request));
  }
});
