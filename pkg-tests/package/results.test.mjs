// Results of the built package in Node.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { examples, landfall, priceExamples } from "./built.mjs";
import { doubtfulOrders, order, variedOrders, wrongOrders } from "./cases.mjs";

const { landedCost, landedCosts, landedCostsText, sellingPrice, version } = landfall;

/** Calls `visit` with every working in a value, and its path. */
function eachWorking(value, visit, path = "", isInside = false) {
  if (value === null || typeof value !== "object") return;
  if (isInside && typeof value.code === "string") return visit(value, path);
  for (const [name, item] of Object.entries(value)) {
    eachWorking(item, visit, `${path}.${name}`, isInside || name === "working");
  }
}

/** A value without the workings in it. */
function withoutWorking(value) {
  return JSON.parse(JSON.stringify(value, (name, item) => (name === "working" ? undefined : item)));
}

describe("a landed cost", () => {
  for (const { file, request, expected } of examples) {
    test(`is that of ${file}, to the letter`, () => {
      const { warnings, ...result } = landedCost(request);
      assert.deepStrictEqual(result, expected);
      assert.ok(Array.isArray(warnings));
    });
  }

  test("leaves the request as it was", () => {
    const [{ request }] = examples;
    const before = structuredClone(request);
    landedCost(request);
    assert.deepStrictEqual(request, before);
  });

  test("has its fields in the documented order, whatever else it carries", () => {
    const expected = [
      "homeCurrency",
      "total",
      "units",
      "perUnit",
      "cash",
      "components",
      "charges",
      "lines",
      "shipment",
      "customs",
      "warnings",
    ];
    assert.deepEqual(Object.keys(landedCost(order)), expected);
    assert.deepEqual(Object.keys(landedCost(doubtfulOrders.noDuty)), expected);
    assert.deepEqual(Object.keys(landedCost({ ...order, explain: true })), [...expected, "working"]);
  });
});

describe("explained, a landed cost", () => {
  const orders = [...examples.map(({ request }) => request), ...variedOrders, ...Object.values(doubtfulOrders)];

  test("has the same amounts", () => {
    for (const request of orders) {
      const explained = landedCost({ ...request, explain: true });
      assert.deepStrictEqual(withoutWorking(explained), landedCost({ ...request, explain: false }));
    }
  });

  test("has a working beside every amount", () => {
    for (const request of orders) {
      const { working, cash, components, charges, lines, shipment, customs } = landedCost({ ...request, explain: true });
      const has = (of, ...names) => assert.deepEqual(Object.keys(of).sort(), names.sort());
      has(working, "total", "perUnit");
      has(cash.working, "supplier", "agent", "forwarder", "customs", "arrival", "total");
      for (const part of components) has(part.working, "amount", "percentOfTotal", "perUnit");
      for (const charge of charges) has(charge.working, "amount");
      for (const line of lines) {
        has(line.working, "total", "perUnit", "components");
        has(line.working.components, ...Object.keys(line.components));
      }
      assert.equal(shipment.working !== undefined, shipment.chargeableKg !== null);
      has(customs.working, "value", "duty", "vatBase", "vat");
    }
  });

  for (const [locale, isRight] of [
    ["en", (sentence) => !/\p{Script=Han}/u.test(sentence)],
    ["zh", (sentence) => /[\p{Script=Han}×÷=+]/u.test(sentence)],
  ]) {
    test(`says how every amount came about, in ${locale}`, () => {
      let count = 0;
      for (const request of [...variedOrders, ...Object.values(doubtfulOrders)]) {
        // What the buyer calls a charge is in no language.
        const unnamed = { ...request, charges: (request.charges ?? []).map(({ label: _, ...charge }) => charge) };
        const result = landedCost({ ...unnamed, explain: true }, { locale });
        // The chargeable weight in the working of a rate is an operand of it, and speaks through it.
        eachWorking(result, ({ sentence }, path) => {
          count += 1;
          assert.equal(typeof sentence, "string", path);
          assert.ok(sentence.trim() !== "" && isRight(sentence), `${path}: ${sentence}`);
        });
        assert.ok(count > 0);
      }
    });
  }
});

describe("warnings", () => {
  for (const [code, request] of Object.entries(doubtfulOrders)) {
    test(`there is ${code}, in both languages`, () => {
      const find = (locale) => landedCost(request, { locale }).warnings.find((warning) => warning.code === code);
      const [english, chinese] = [find("en"), find("zh")];
      assert.notEqual(english.path, "");
      assert.match(english.message, /^[^\p{Script=Han}]+$/u);
      assert.match(chinese.message, /\p{Script=Han}/u);
      assert.deepEqual({ ...english, message: "" }, { ...chinese, message: "" });
    });
  }
});

describe("a batch", () => {
  const requests = [
    ...examples.map(({ request }) => request),
    ...Object.values(wrongOrders).flat(),
    ...Object.values(doubtfulOrders),
    ...variedOrders.map((request) => ({ ...request, explain: true })),
    null,
    "order",
    7,
  ];

  /** What the function for one order makes of each. */
  function singly(options) {
    return requests.map((request) => {
      try {
        return { result: landedCost(request, options) };
      } catch (error) {
        assert.equal(error.code, "invalidRequest");
        return { issues: error.issues };
      }
    });
  }

  for (const locale of ["en", "zh"]) {
    test(`answers as the function for one order does, in ${locale}`, () => {
      assert.deepStrictEqual(landedCosts(requests, { locale }), singly({ locale }));
    });

    test(`is the same from text to text, in ${locale}`, () => {
      const text = landedCostsText(JSON.stringify(requests), { locale });
      assert.deepStrictEqual(JSON.parse(text), singly({ locale }));
    });
  }

  test("of nothing is nothing", () => {
    assert.deepEqual(landedCosts([]), []);
    assert.equal(landedCostsText(" [ ] "), "[]");
  });

  test("of ten thousand orders keeps their order", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ ...order, lines: [{ ...order.lines[0], sku: `S${index}` }] }));
    const outcomes = landedCosts(many);
    assert.equal(outcomes.length, many.length);
    outcomes.forEach(({ result }, index) => assert.equal(result.lines[0].sku, `S${index}`));
  });

  test("keeps the results of the others where one can't be written as JSON", () => {
    const cyclic = { ...order };
    cyclic.lines = [cyclic];
    const odd = [order, cyclic, { ...order, lines: [{ ...order.lines[0], quantity: 5n }] }, undefined, { ...order, homeCurrency: "\ud800" }, order];
    const outcomes = landedCosts(odd);
    assert.deepEqual(
      outcomes.map(({ result, issues }) => (result ? "result" : issues[0].code)),
      ["result", "notJson", "notJson", "notJson", "notJson", "result"],
    );
    for (const outcome of outcomes) assert.ok(["result", "issues"].includes(Object.keys(outcome).join()));
  });
});

describe("a selling price", () => {
  test("is that of every example, to the letter", () => {
    for (const { request, expected } of priceExamples) assert.deepStrictEqual(sellingPrice(request), expected);
  });
});

test("the version is that of package.json", async () => {
  const { readFileSync } = await import("node:fs");
  const { fileUrl } = await import("./built.mjs");
  assert.equal(version(), JSON.parse(readFileSync(new URL(fileUrl("package.json")), "utf8")).version);
});
