// Reports of weeks and clocks of shipments, of the built package in Node: the examples, and weeks against a second
// implementation.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { randomWeek } from "../peers/random-week.mjs";
import { weeklyReport as peerReport } from "../peers/weekly-report.mjs";
import { isLong } from "../support/chance.mjs";
import { deadlineExamples, fileUrl, folder, landfall, runNode, temporaryFolder, weekExamples } from "./built.mjs";

const { deadlines, weeklyReport } = landfall;

const HAN = /\p{Script=Han}/u;
const ADDED = ["message", "sentence", "action"];
const WEEKS = isLong ? 50_000 : 2_000;

/** A value without what the package adds to it. */
const unspoken = (value) => JSON.parse(JSON.stringify(value, (name, item) => (ADDED.includes(name) ? undefined : item)));

/** Every sentence in a value. */
function sentencesIn(value) {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, item]) => (["message", "sentence"].includes(name) ? [item] : sentencesIn(item)));
}

for (const [calculate, examples] of [
  [deadlines, deadlineExamples],
  [weeklyReport, weekExamples],
]) {
  describe(calculate.name, () => {
    for (const { file, request, expected } of examples) {
      test(`is that of ${file}, to the letter, and speaks both languages`, () => {
        const [english, chinese] = [calculate(request), calculate(request, { locale: "zh" })];
        assert.deepStrictEqual(unspoken(english), expected);
        assert.deepStrictEqual(unspoken(chinese), expected);
        assert.equal(sentencesIn(chinese).length, sentencesIn(english).length);
        for (const sentence of sentencesIn(english)) assert.doesNotMatch(sentence, HAN);
        for (const sentence of sentencesIn(chinese)) assert.match(sentence, HAN);
      });
    }
  });
}

test("every clock says what to do", () => {
  for (const { request } of deadlineExamples) {
    for (const { message } of deadlines(request).clocks) assert.match(message, /\.$/);
  }
});

describe("a week", () => {
  test("of each example is that of the second implementation", () => {
    for (const { file, request, expected } of weekExamples) assert.deepEqual(peerReport(request), expected, file);
  });

  test(`of ${WEEKS} random logs is that of the second implementation`, () => {
    const seen = new Set();
    for (let seed = 1; seed <= WEEKS; seed++) {
      const request = randomWeek(seed);
      const report = weeklyReport(request);
      assert.deepEqual(unspoken(report), peerReport(request), `seed ${seed}`);
      for (const number of ["defects", "leadTime", "cost"]) seen.add(`${number} ${report[number].state}`);
      for (const { flag } of report.redFlags) seen.add(flag);
    }
    assert.equal(seen.size, 3 * 4 + 4, [...seen].join());
  });

  test("has in each flag what to do, and calls a supplier by its name", () => {
    const log = weekExamples.find(({ file }) => file.startsWith("two-bad-batches"));
    const { redFlags } = weeklyReport(log.request);
    assert.deepEqual(redFlags.map(({ action }) => action), ["suspend", "tightenInspection"]);
    for (const { message } of redFlags) assert.ok(message.startsWith(`${log.request.suppliers[0].name}: `), message);
  });
});

test("the examples of the README print what they say", () => {
  const [, section] = /## The week\n([^]*?)\n## /.exec(readFileSync(join(folder, "README.md"), "utf8"));
  const program = [...section.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code).join("");
  const printed = [...program.matchAll(/^console\.log.*\/\/ (.*)$/gm)].map(([, line]) => `${line}\n`);
  const path = join(temporaryFolder(), "readme.mjs");
  writeFileSync(path, program.replace('"landfall/node"', JSON.stringify(fileUrl("node.js"))));
  assert.equal(printed.length, 4);
  assert.deepEqual(runNode([path]), { status: 0, output: printed.join("") });
});
