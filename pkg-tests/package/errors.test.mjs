// What the built package says of what it can't calculate.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { landfall, thrownBy } from "./built.mjs";
import {
  order,
  price,
  wrongBacktests,
  wrongChecks,
  wrongDeadlines,
  wrongDetections,
  wrongGrades,
  wrongInspections,
  wrongOrders,
  wrongPlans,
  wrongPolicies,
  wrongPrices,
  wrongQuotes,
  wrongSpotChecks,
  wrongSuppliers,
  wrongTexts,
  wrongWeeks,
} from "./cases.mjs";

const { checkOrder, compareQuotes, deadlines, defaultPolicy, gradeSupplier, scoreSupplier, weeklyReport } = landfall;
const { backtestPolicy, backtestPolicyText } = landfall;
const { acceptancePlan, detection, judgeInspection, spotCheckPlan } = landfall;
const { landedCost, landedCosts, landedCostsText, LandfallError, sellingPrice } = landfall;

const HAN = /\p{Script=Han}/u;

/** The issues of what a call throws, which is in order itself. */
function issuesOf(call) {
  const error = thrownBy(call);
  assert.ok(error instanceof LandfallError && error instanceof Error);
  assert.equal(error.name, "LandfallError");
  assert.equal(error.code, "invalidRequest");
  assert.ok(error.issues.length > 0);
  for (const { path, code, message } of error.issues) {
    assert.equal(typeof path, "string");
    assert.equal(typeof code, "string");
    assert.ok(message.length > 0);
  }
  const [{ path, message }] = error.issues;
  assert.ok(error.message.includes(path) && error.message.includes(message), error.message);
  return error.issues;
}

const brief = (issues) => issues.map(({ path, code }) => `${path}: ${code}`);

describe("every code of an issue", () => {
  for (const [call, cases] of [
    [landedCost, wrongOrders],
    [sellingPrice, wrongPrices],
    [checkOrder, wrongChecks],
    [backtestPolicy, wrongBacktests],
    [defaultPolicy, wrongPolicies],
    [scoreSupplier, wrongSuppliers],
    [gradeSupplier, wrongGrades],
    [compareQuotes, wrongQuotes],
    [spotCheckPlan, wrongSpotChecks],
    [acceptancePlan, wrongPlans],
    [({ plan, found }, options) => judgeInspection(plan, found, options), wrongInspections],
    [detection, wrongDetections],
    [deadlines, wrongDeadlines],
    [weeklyReport, wrongWeeks],
  ]) {
    for (const [code, requests] of Object.entries(cases)) {
      test(`${call.name || "judgeInspection"}: ${code}, in both languages`, () => {
        for (const request of requests) {
          const [english] = issuesOf(() => call(request));
          const [chinese] = issuesOf(() => call(request, { locale: "zh" }));
          assert.equal(english.code, code, JSON.stringify(english));
          assert.doesNotMatch(english.message, HAN);
          assert.match(chinese.message, HAN);
          assert.deepEqual({ ...english, message: "" }, { ...chinese, message: "" });
        }
      });
    }
  }
});

test("all issues are reported at once, with their paths and operands", () => {
  const issues = issuesOf(() =>
    landedCost({
      homeCurrency: "usd",
      exchangeRate: { cnyPerUnit: "0", asOf: "20 November" },
      lines: [
        { sku: "", unitPriceCny: "-1", quantity: 500, carton: { units: 0, lengthCm: "1", widthCm: "1" } },
        { sku: "LID", quantiy: 500 },
      ],
      charges: [{ component: "agentFee", rate: { type: "percentOf", base: "originCosts", percent: "1001" } }],
      shipment: { mode: "ship" },
    }),
  );
  assert.deepEqual(brief(issues).sort(), [
    "charges[0].rate.base: baseNotKnown",
    "charges[0].rate.percent: outOfRange",
    "exchangeRate.asOf: badDate",
    "exchangeRate.cnyPerUnit: outOfRange",
    "homeCurrency: unknownValue",
    "lines[0].carton.heightCm: required",
    "lines[0].carton.units: outOfRange",
    "lines[0].sku: empty",
    "lines[0].unitPriceCny: notDecimal",
    "lines[1].quantity: required",
    "lines[1].quantiy: unknownField",
    "lines[1].unitPriceCny: required",
    "shipment.mode: unknownValue",
  ]);
  const of = (path) => issues.find((issue) => issue.path === path);
  assert.equal(of("lines[1].quantiy").didYouMean, "quantity");
  assert.equal(of("charges[0].rate.percent").atMost, "1000");
  assert.deepEqual(of("shipment.mode").allowed, ["express", "air", "sea", "rail", "road"]);
});

describe("the message of an error", () => {
  test("is the only issue, with its path", () => {
    const error = thrownBy(() => landedCost({ ...order, homeCurrency: undefined }));
    assert.equal(error.message, `homeCurrency: ${error.issues[0].message}`);
  });

  test("says how many more issues there are", () => {
    const english = thrownBy(() => landedCost({}));
    assert.equal(english.message, `${english.issues[0].path}: ${english.issues[0].message} (and 2 more)`);
    assert.match(thrownBy(() => landedCost({}, { locale: "zh" })).message, /（另有 2 处）$/);
  });

  test("has no path where it is the whole input", () => {
    const error = thrownBy(() => landedCost([]));
    assert.equal(error.message, error.issues[0].message);
  });

  test("is what Node prints", () => {
    assert.match(thrownBy(() => landedCost({})).stack, /^LandfallError: homeCurrency: /);
  });
});

describe("a number", () => {
  const withPrice = (unitPriceCny) => ({ ...order, lines: [{ ...order.lines[0], unitPriceCny }] });
  const line = (unitPriceCny) => `[{"homeCurrency":"USD","exchangeRate":{"cnyPerUnit":"7.10","asOf":"2026-11-20"},"lines":[{"sku":"A","unitPriceCny":${unitPriceCny},"quantity":1}]}]`;

  for (const text of ["1e3", "1_000", "0x10", "1,000", "1.", ".5", "-1", "+1", " 1", "１", "NaN", "Infinity", "", "12345678901", "1.123456789"]) {
    test(`as the text "${text}" is refused`, () => {
      const [issue] = issuesOf(() => landedCost(withPrice(text)));
      assert.deepEqual([issue.path, issue.code, issue.found], ["lines[0].unitPriceCny", "notDecimal", text]);
    });
  }

  for (const [number, code] of [
    [1.5, "notExact"],
    [1e21, "notExact"],
    [0.1 + 0.2, "notExact"],
    [-1, "outOfRange"],
    [NaN, "wrongType"],
  ]) {
    test(`${number} is refused`, () => {
      const [issue] = issuesOf(() => landedCost(withPrice(number)));
      assert.deepEqual([issue.path, issue.code], ["lines[0].unitPriceCny", code]);
    });
  }

  for (const written of ["1.0", "1e3", "1E3", "-0"]) {
    test(`written ${written} in a JSON text is refused`, () => {
      const [{ issues }] = JSON.parse(landedCostsText(line(written)));
      assert.deepEqual([issues[0].path, issues[0].code], ["lines[0].unitPriceCny", "notExact"]);
    });
  }

  for (const written of ["1_000", "0x10", "01", "NaN", ".5", "+1"]) {
    test(`written ${written} makes no JSON text`, () => {
      assert.deepEqual(brief(issuesOf(() => landedCostsText(line(written)))), [": notJson"]);
    });
  }

  test("without a fraction is welcome", () => {
    assert.deepEqual(landedCost(withPrice(12)), landedCost(withPrice("12")));
  });
});

describe("what can't be written as JSON", () => {
  const cyclic = { ...order };
  cyclic.lines = [cyclic];
  const angry = {
    get lines() {
      throw new RangeError("mine");
    },
  };
  let deep = [];
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];

  for (const [name, value] of Object.entries({
    nothing: undefined,
    function: () => order,
    symbol: Symbol("order"),
    bigint: 5n,
    "bigint inside": { ...order, lines: [{ ...order.lines[0], quantity: 500n }] },
    cycle: cyclic,
    "throwing getter": angry,
    "endless depth": { lines: deep },
  })) {
    test(`${name} is an issue of the whole input`, () => {
      for (const call of [landedCost, sellingPrice, checkOrder, backtestPolicy, backtestPolicyText, landedCosts, landedCostsText]) {
        assert.deepEqual(brief(issuesOf(() => call(value))), [": notJson"], call.name);
        assert.match(thrownBy(() => call(value, { locale: "zh" })).message, HAN);
      }
    });
  }

  test("keeps its reason as the cause", () => {
    assert.ok(thrownBy(() => landedCost({ quantity: 5n })).cause instanceof TypeError);
    assert.equal(thrownBy(() => landedCost(angry)).cause.message, "mine");
    assert.equal(thrownBy(() => landedCost({})).cause, undefined);
  });
});

describe("what is JSON but can't be read", () => {
  test("a lone surrogate is an issue", () => {
    assert.deepEqual(brief(issuesOf(() => landedCost({ ...order, homeCurrency: "\ud800" }))), [": notJson"]);
  });

  test("so is too deep a value", () => {
    let deep = [];
    for (let depth = 0; depth < 1_000; depth++) deep = [deep];
    assert.deepEqual(brief(issuesOf(() => landedCost(deep))), [": notJson"]);
  });

  for (const text of wrongTexts) {
    test(`the text ${JSON.stringify(text)} is not a list of orders`, () => {
      assert.equal(issuesOf(() => landedCostsText(text))[0].path, "");
    });
  }

  for (const value of [{}, null, 5, "[]", true]) {
    test(`${JSON.stringify(value)} is not a list of orders`, () => {
      assert.equal(issuesOf(() => landedCosts(value))[0].path, "");
    });
  }
});

describe("options", () => {
  test("that make no sense leave English", () => {
    const expected = thrownBy(() => landedCost({})).message;
    for (const options of [undefined, null, {}, { locale: undefined }, { locale: "fr" }, { locale: 7 }, { locale: "" }, "zh", 7]) {
      assert.equal(thrownBy(() => landedCost({}, options)).message, expected);
    }
  });

  test("know the Chinese of every region", () => {
    const expected = thrownBy(() => landedCost({}, { locale: "zh" })).message;
    for (const locale of ["zh-CN", "zh-Hans", "ZH"]) {
      assert.equal(thrownBy(() => landedCost({}, { locale })).message, expected);
    }
  });
});

test("names of objects' own fields are no fields of a request", () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    const text = `[${JSON.stringify(order).slice(0, -1)},${JSON.stringify(name)}:{}}]`;
    const [{ issues }] = JSON.parse(landedCostsText(text));
    assert.deepEqual(brief(issues), [`${name}: unknownField`]);
  }
  assert.deepEqual(brief(issuesOf(() => sellingPrice({ ...price, colour: 1 }))), ["colour: unknownField"]);
});
