// The two peer implementations against the given examples, and against each other on random requests.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import * as bigint from "./bigint.mjs";
import * as decimal from "./decimal.mjs";
import { benchOrder, randomRequest, randomSellingPrice } from "./random-request.mjs";

const PEERS = { bigint, decimal };
const RANDOM_REQUESTS = 2_000;
const DATA = new URL("../../tests/data/", import.meta.url);

const readJson = (url) => JSON.parse(readFileSync(url, "utf8"));

// The largest integer that 96 bits hold: what an amount of the result has for its digits.
const LARGEST = 2n ** 96n - 1n;

function assertRepresentable(value) {
  if (typeof value === "string") {
    if (/^-?[0-9]+(\.[0-9]+)?$/.test(value)) assert.ok(BigInt(value.replace(/[-.]/g, "")) <= LARGEST, value);
  } else if (value !== null && typeof value === "object") {
    for (const item of Object.values(value)) assertRepresentable(item);
  }
}

function minor(text) {
  return BigInt(text.replace(".", ""));
}

// What holds of every result, whatever the request: sums of parts are the whole.
function assertSums(result) {
  const total = minor(result.total);
  const componentTotals = new Map(result.components.map(({ component, amount }) => [component, minor(amount)]));
  const add = (values) => values.reduce((sum, value) => sum + value, 0n);
  assert.equal(add([...componentTotals.values()]), total);
  assert.equal(add(result.lines.map((line) => minor(line.total))), total);
  for (const [component, amount] of componentTotals) {
    assert.equal(add(result.lines.map((line) => minor(line.components[component]))), amount, component);
  }
  for (const component of new Set(result.charges.map((charge) => charge.component))) {
    const charged = result.charges.filter((charge) => charge.component === component);
    assert.equal(add(charged.map((charge) => minor(charge.amount))), componentTotals.get(component), component);
  }
  const { total: paid, ...payees } = result.cash;
  assert.equal(add(Object.values(payees).map(minor)), minor(paid));
}

for (const [name, peer] of Object.entries(PEERS)) {
  test(`${name}: every landed cost example`, () => {
    const folder = new URL("landed-cost/", DATA);
    const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
    assert.ok(files.length > 0);
    for (const file of files) {
      const example = readJson(new URL(file, folder));
      const before = structuredClone(example.request);
      const result = peer.landedCost(example.request);
      const { working: _, warnings: __, ...expected } = example.expected;
      assert.deepStrictEqual(result, expected, file);
      assert.deepStrictEqual(example.request, before, `${file}: the request is left as it was`);
    }
  });

  test(`${name}: every selling price example`, () => {
    const examples = readJson(new URL("selling-price.json", DATA));
    assert.ok(examples.length > 0);
    for (const { request, expected } of examples) assert.deepStrictEqual(peer.sellingPrice(request), expected);
  });

  test(`${name}: percentages that leave nothing of the price`, () => {
    const request = { currency: "USD", landedCostPerUnit: "1", feePercent: "60", targetMarginPercent: "40" };
    assert.throws(() => peer.sellingPrice(request), { code: "unreachableMargin" });
  });
}

test("the peers agree on random requests", () => {
  for (let seed = 1; seed <= RANDOM_REQUESTS; seed++) {
    const request = randomRequest(seed);
    const result = bigint.landedCost(request);
    assert.deepStrictEqual(decimal.landedCost(request), result, `seed ${seed}`);
    assertRepresentable(result);
    assertSums(result);
  }
});

test("the peers agree on benchmark orders", () => {
  for (let seed = 1; seed <= 100; seed++) {
    const request = benchOrder(seed);
    const result = bigint.landedCost(request);
    assert.deepStrictEqual(decimal.landedCost(request), result, `seed ${seed}`);
    assertSums(result);
  }
});

test("the peers agree on random selling prices", () => {
  for (let seed = 1; seed <= RANDOM_REQUESTS; seed++) {
    const request = randomSellingPrice(seed);
    const result = bigint.sellingPrice(request);
    assert.deepStrictEqual(decimal.sellingPrice(request), result, `seed ${seed}`);
    assertRepresentable(result);
  }
});

test("a seed always gives the same request", () => {
  for (let seed = 1; seed <= 50; seed++) {
    assert.deepStrictEqual(randomRequest(seed), randomRequest(seed));
    assert.deepStrictEqual(benchOrder(seed), benchOrder(seed));
  }
});
