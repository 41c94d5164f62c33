// Samples on receipt, of the built package in Node: the examples, the draw of cartons against a second
// implementation, and what the functions take of each other.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { openCartons } from "../peers/carton-draw.mjs";
import {
  cartonDraws,
  detectionExamples,
  fileUrl,
  folder,
  judgementExamples,
  landfall,
  planExamples,
  runNode,
  samplingExamples,
  spotCheckExamples,
  temporaryFolder,
} from "./built.mjs";

const { acceptancePlan, detection, judgeInspection, spotCheckPlan } = landfall;

const HAN = /\p{Script=Han}/u;
const SPOKEN = ["message", "sentence"];

/** A value without the sentences in it. */
const unspoken = (value) => JSON.parse(JSON.stringify(value, (name, item) => (SPOKEN.includes(name) ? undefined : item)));

/** Every sentence in a value. */
function sentencesIn(value) {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, item]) => (SPOKEN.includes(name) ? [item] : sentencesIn(item)));
}

const judge = ({ plan, found }, options) => judgeInspection(plan, found, options);

for (const [name, calculate, examples] of [
  ["spotCheckPlan", spotCheckPlan, spotCheckExamples],
  ["acceptancePlan", acceptancePlan, planExamples],
  ["judgeInspection", judge, judgementExamples],
  ["detection", detection, detectionExamples],
]) {
  describe(name, () => {
    for (const { file, request, expected, silent } of examples) {
      test(`is that of ${file}, to the letter, and speaks both languages`, () => {
        const [english, chinese] = [calculate(request), calculate(request, { locale: "zh" })];
        assert.deepStrictEqual(unspoken(english), expected);
        assert.deepStrictEqual(unspoken(chinese), expected);
        assert.equal(sentencesIn(english).length === 0, silent === true);
        assert.equal(sentencesIn(chinese).length, sentencesIn(english).length);
        for (const sentence of sentencesIn(english)) assert.doesNotMatch(sentence, HAN);
        for (const sentence of sentencesIn(chinese)) assert.match(sentence, HAN);
      });
    }
  });
}

describe("the examples that came with the specification", () => {
  test("come out", () => {
    for (const { request, expected } of samplingExamples.acceptancePlan) {
      const plan = acceptancePlan(request);
      for (const [name, fields] of Object.entries(expected)) {
        for (const [field, value] of Object.entries(fields)) assert.equal(plan[name][field], value, JSON.stringify(request));
      }
    }
    for (const { probability, ...request } of samplingExamples.detection) {
      assert.equal(detection(request).probability, probability, JSON.stringify(request));
    }
    for (const { units, sample } of samplingExamples.spotCheck) {
      assert.equal(spotCheckPlan({ lots: [{ sku: "A", units }] }).lots[0].sample, sample);
    }
  });
});

describe("the draw of cartons", () => {
  const drawn = (request) => spotCheckPlan(request).lots.map(({ openCartons }) => openCartons ?? null);

  test("is that of its vectors, here and in a second implementation", () => {
    for (const { request, openCartons: expected } of cartonDraws) {
      assert.deepEqual(drawn(request), expected);
      assert.deepEqual(openCartons(request), expected);
    }
  });

  test("is repeated by the second implementation from any seed that was drawn", () => {
    const seeds = new Set();
    for (let round = 0; round < 200; round++) {
      const lots = Array.from({ length: 1 + (round % 4) }, (_, index) => ({
        sku: `SKU-${index}`,
        units: 500,
        ...(round % 7 === index ? {} : { cartons: 1 + ((round * 37 + index * 11) % 500) }),
      }));
      const { seed, lots: plans } = spotCheckPlan({ lots });
      assert.match(seed, /^[0-9a-f]{32}$/);
      seeds.add(seed);
      assert.deepEqual(plans.map((plan) => plan.openCartons ?? null), openCartons({ lots, seed }));
      assert.deepEqual(spotCheckPlan({ lots, seed }).lots, plans);
    }
    assert.equal(seeds.size, 200);
  });
});

describe("a plan can be judged as it was answered", () => {
  test("of every lot of a spot check and of every acceptance plan", () => {
    for (const { request } of spotCheckExamples) {
      for (const lot of spotCheckPlan(request).lots) {
        const { verdict, rate } = judgeInspection(lot, { inspected: 0, defective: 0 });
        assert.equal(verdict, "hold");
        assert.equal(rate.sample, lot.sample);
      }
    }
    for (const { request } of planExamples) {
      const plan = acceptancePlan(request, { locale: "zh" });
      assert.equal(judgeInspection(plan, {}).verdict, "accept");
    }
  });

  test("and without one there are issues at its place", () => {
    for (const [plan, found, path] of [
      [undefined, {}, "plan"],
      [{}, {}, "plan"],
      [{ sample: 3 }, undefined, "found"],
      [{ sample: 3, size: 3 }, { defective: 0 }, "plan.size"],
    ]) {
      assert.throws(() => judgeInspection(plan, found), ({ issues }) => issues[0].path === path);
    }
  });
});

test("the examples of the README print what they say", () => {
  const [, section] = /## Samples on receipt\n([^]*?)\n## /.exec(readFileSync(join(folder, "README.md"), "utf8"));
  const program = [...section.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code).join("");
  const printed = [...program.matchAll(/^console\.log.*\/\/ (.*)$/gm)].map(([, line]) => `${line}\n`);
  const path = join(temporaryFolder(), "readme.mjs");
  writeFileSync(path, program.replace('"landfall/node"', JSON.stringify(fileUrl("node.js"))));
  assert.equal(printed.length, 5);
  assert.deepEqual(runNode([path]), { status: 0, output: printed.join("") });
});
