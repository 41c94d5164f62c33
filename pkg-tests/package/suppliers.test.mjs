// Scores and grades of suppliers and comparisons of quotes, of the built package in Node.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileUrl, folder, gradeExamples, landfall, quoteExamples, runNode, scoreExamples, temporaryFolder } from "./built.mjs";
import { quotes } from "./cases.mjs";

const { compareQuotes, gradeSupplier, landedCost, scoreSupplier } = landfall;

const HAN = /\p{Script=Han}/u;

/** A value without the sentences in it. */
function unspoken(value) {
  return JSON.parse(JSON.stringify(value, (name, item) => (["message", "sentence"].includes(name) ? undefined : item)));
}

/** Every sentence in a value. */
function sentencesIn(value) {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, item]) => (["message", "sentence"].includes(name) ? [item] : sentencesIn(item)));
}

for (const [calculate, examples] of [
  [scoreSupplier, scoreExamples],
  [gradeSupplier, gradeExamples],
]) {
  describe(calculate.name, () => {
    for (const { file, request, expected } of examples) {
      test(`is that of ${file}, to the letter, and speaks both languages`, () => {
        const [english, chinese] = [calculate(request), calculate(request, { locale: "zh" })];
        assert.deepStrictEqual(unspoken(english), expected);
        assert.deepStrictEqual(unspoken(chinese), expected);
        assert.ok(sentencesIn(english).length > 0);
        for (const sentence of sentencesIn(english)) assert.doesNotMatch(sentence, HAN);
        for (const sentence of sentencesIn(chinese)) assert.match(sentence, HAN);
      });
    }
  });
}

describe("compareQuotes", () => {
  for (const { file, request, expected } of quoteExamples) {
    test(`is that of ${file}, to the letter, with the landed cost of each quote`, () => {
      const result = unspoken(compareQuotes(request));
      for (const [index, quote] of result.quotes.entries()) {
        const cost = landedCost(request.quotes[index].request);
        assert.equal(quote.total, cost.total);
        const paths = cost.warnings.map(({ path }) => `quotes[${index}].request.${path}`);
        assert.deepEqual(quote.warnings.map(({ path }) => path), paths);
        delete quote.warnings;
      }
      assert.deepStrictEqual(result, expected);
    });
  }

  test("says in both languages what has to be known", () => {
    const [english, chinese] = ["en", "zh"].map((locale) => compareQuotes(quotes, { locale }));
    assert.deepEqual(english.notes.map(({ code }) => code), ["unitsDiffer", "ratesDiffer"]);
    assert.equal(english.quotes[1].warnings.length, 1);
    for (const sentence of sentencesIn(english)) assert.doesNotMatch(sentence, HAN);
    for (const sentence of sentencesIn(chinese)) assert.match(sentence, HAN);
    assert.deepEqual(unspoken(english), unspoken(chinese));
  });
});

test("the examples of the README print what they say", () => {
  const [, section] = /## Suppliers and quotes\n([^]*?)\n## /.exec(readFileSync(join(folder, "README.md"), "utf8"));
  const program = [...section.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code).join("");
  const printed = [...program.matchAll(/^console\.log.*\/\/ (.*)$/gm)].map(([, line]) => `${line}\n`);
  const path = join(temporaryFolder(), "readme.mjs");
  writeFileSync(path, program.replace('"landfall/node"', JSON.stringify(fileUrl("node.js"))));
  assert.equal(printed.length, 3);
  assert.deepEqual(runNode([path]), { status: 0, output: printed.join("") });
});
