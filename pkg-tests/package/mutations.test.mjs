// Requests that went wrong somewhere: each has a result or issues with their places, and nothing else ever happens.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  backtestExamples,
  checkExamples,
  deadlineExamples,
  detectionExamples,
  examples,
  gradeExamples,
  judgementExamples,
  landfall,
  planExamples,
  priceExamples,
  quoteExamples,
  scoreExamples,
  spotCheckExamples,
  weekExamples,
} from "./built.mjs";
import { variedOrders } from "./cases.mjs";

const { backtestPolicy, checkOrder, compareQuotes, gradeSupplier, landedCost, LandfallError, scoreSupplier, sellingPrice } = landfall;

const { acceptancePlan, deadlines, detection, judgeInspection, spotCheckPlan, weeklyReport } = landfall;
const judge = ({ plan, found }, options) => judgeInspection(plan, found, options);

const MUTATIONS = process.env.LANDFALL_LONG === "1" ? 100_000 : 5_000;

/** Numbers from 0 to below 1, the same for the same seed (Mulberry32). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Every place in a value: `{ holder, name }`, of fields and of items. */
function placesIn(value) {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, item]) => [{ holder: value, name }, ...placesIn(item)]);
}

const HUGE = ["9".repeat(400), "9999999999.99999999", Number.MAX_SAFE_INTEGER, 1e300, "x".repeat(100_000)];
const KINDS = [null, true, false, 0, 1, 1.5, -0, NaN, "", "0", "1", " ", "ä中🙂", "\ud800", [], {}, [[]], { type: "flat" }, [null], "1e3"];

const CHANGES = {
  drop: ({ holder, name }) => (Array.isArray(holder) ? holder.splice(Number(name), 1) : delete holder[name]),
  retype: ({ holder, name }, pick) => (holder[name] = structuredClone(pick(KINDS))),
  negate: ({ holder, name }) => (holder[name] = typeof holder[name] === "number" ? -holder[name] : `-${holder[name]}`),
  empty: ({ holder, name }) => (holder[name] = Array.isArray(holder[name]) ? [] : typeof holder[name] === "object" ? {} : ""),
  huge: ({ holder, name }, pick) => (holder[name] = pick(HUGE)),
  misspell({ holder, name }, pick) {
    if (Array.isArray(holder)) return holder.push(holder[name]);
    const at = Math.floor(pick([0, 0.3, 0.6, 0.9]) * name.length);
    const value = holder[name];
    delete holder[name];
    holder[`${name.slice(0, at)}${pick(["", "x", "é", ".", "[0]"])}${name.slice(at + 1)}`] = value;
  },
  swap({ holder, name }, pick) {
    const other = pick(Object.keys(holder));
    [holder[name], holder[other]] = [holder[other], holder[name]];
  },
};

/** Whether a path leads to a place of the request, or to a field that one of its objects lacks. */
function leadsSomewhere(path, request) {
  const json = JSON.parse(JSON.stringify(request));
  const step = (value, rest) => {
    if (rest === "") return true;
    if (value === null || typeof value !== "object") return false;
    const names = Array.isArray(value) ? value.map((_, index) => `[${index}]`) : Object.keys(value);
    const found = names.some((name, index) => {
      if (!rest.startsWith(name)) return false;
      const item = Array.isArray(value) ? value[index] : value[name];
      return step(item, rest.slice(name.length).replace(/^\./, ""));
    });
    return found || (!Array.isArray(value) && /^\w+$/.test(rest));
  };
  return step(json, path);
}

/** Amounts are texts of digits everywhere in a result; only time may be below zero. */
function assertExact(value, path = "") {
  if (typeof value === "number") assert.ok(Number.isSafeInteger(value) && (value >= 0 || /(Days|Seconds)$/.test(path)), path);
  else if (value !== null && typeof value === "object") {
    for (const [name, item] of Object.entries(value)) assertExact(item, `${path}.${name}`);
  } else assert.ok(!/NaN|Infinity|undefined/.test(String(value)) || /sku|label|message|sentence/.test(path), path);
}

const ORIGINALS = [
  ...[...examples.map(({ request }) => request), ...variedOrders].map((request) => ({ calculate: landedCost, request })),
  ...priceExamples.map(({ request }) => ({ calculate: sellingPrice, request })),
  ...checkExamples.flatMap(({ request }) => Array(5).fill({ calculate: checkOrder, request })),
  ...backtestExamples.flatMap(({ request }) => Array(3).fill({ calculate: backtestPolicy, request })),
  ...scoreExamples.map(({ request }) => ({ calculate: scoreSupplier, request })),
  ...gradeExamples.map(({ request }) => ({ calculate: gradeSupplier, request })),
  ...quoteExamples.map(({ request }) => ({ calculate: compareQuotes, request })),
  ...spotCheckExamples.map(({ request }) => ({ calculate: spotCheckPlan, request })),
  ...planExamples.map(({ request }) => ({ calculate: acceptancePlan, request })),
  ...judgementExamples.map(({ request }) => ({ calculate: judge, request })),
  ...detectionExamples.map(({ request }) => ({ calculate: detection, request })),
  ...deadlineExamples.map(({ request }) => ({ calculate: deadlines, request })),
  ...weekExamples.flatMap(({ request }) => Array(3).fill({ calculate: weeklyReport, request })),
];

test(`${MUTATIONS} wrong requests have a result or issues`, (t) => {
  const counts = { result: 0, issues: 0 };
  for (let seed = 1; seed <= MUTATIONS; seed++) {
    const random = randomFrom(seed);
    const pick = (list) => list[Math.floor(random() * list.length)];
    const { calculate, request: original } = pick(ORIGINALS);
    const request = structuredClone(original);
    if (random() < 0.2) request.explain = true;
    const changes = [];
    for (let count = random() < 0.7 ? 1 : 3; count > 0; count--) {
      const places = placesIn(request);
      if (places.length === 0) break;
      const change = pick(Object.keys(CHANGES));
      const place = pick(places);
      changes.push(`${change} ${place.name}`);
      CHANGES[change](place, pick);
    }
    const which = `seed ${seed}: ${changes.join(", ")}`;
    try {
      assertExact(calculate(request, { locale: pick(["en", "zh"]) }));
      counts.result += 1;
    } catch (error) {
      if (!(error instanceof LandfallError)) throw new Error(which, { cause: error });
      assert.equal(error.code, "invalidRequest", which);
      assert.ok(error.issues.length > 0, which);
      for (const { path, code, message } of error.issues) {
        const isPlace = ["notJson", "tooLarge"].includes(code) ? path === "" : leadsSomewhere(path, request);
        assert.ok(isPlace || code === "unreachableMargin", `${which}: no place ${path}`);
        assert.ok(typeof code === "string" && message.length > 0 && message.length < 1_000, `${which}: ${message}`);
      }
      counts.issues += 1;
    }
  }
  t.diagnostic(`${counts.result} results, ${counts.issues} with issues`);
  assert.ok(counts.issues > MUTATIONS / 2);
});
