// What the package knows of destinations: the files of www/destinations, and what they come to in a request.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "../support/serve.mjs";
import { folder, freshCopy, landfall, runNode, temporaryFolder, thrownBy } from "./built.mjs";

const { destinations, landedCost, landedCosts, LandfallError } = landfall;

const FOLDER = join(root, "www/destinations");
const files = readdirSync(FOLDER)
  .sort()
  .map((name) => JSON.parse(readFileSync(join(FOLDER, name), "utf8")));
const union = files.find(({ members }) => members);
const ofCode = (code, options) => destinations(options).find((destination) => destination.code === code);

/** A request for goods of a value in the destination's currency, with everything that holds on a day. */
function filled(code, on, value, mode, dutyPercent = "0", chosen = []) {
  const { currency, facts } = ofCode(code, { on });
  const request = {
    homeCurrency: currency,
    exchangeRate: { cnyPerUnit: 1, asOf: on },
    lines: [{ sku: "A", unitPriceCny: value, quantity: 1 }],
    charges: [],
    customs: { basis: "fob", dutyPercent },
    shipment: { mode },
  };
  for (const { id, field, value, charge, name, duty } of facts) {
    if (charge) request.charges.push({ ...charge, label: id });
    if (charge || duty) assert.ok(name.en && name.zh, id);
    if (field === undefined) continue;
    const path = field.split(".");
    const last = path.pop();
    path.reduce((object, step) => (object[step] ??= {}), request)[last] = value;
  }
  const layers = facts.filter(({ id, duty }) => duty && (duty.applies === "always" || chosen.includes(id)));
  const replaced = layers.flatMap(({ duty }) => duty.replaces ?? []);
  const counted = layers.filter(({ id }) => !replaced.includes(id));
  request.customs.additionalDutyPercent = String(counted.reduce((sum, { duty }) => sum + duty.percent * 100, 0) / 100);
  return request;
}

test("they are those of the files, a union as its members", () => {
  const expected = files.flatMap(({ members, vat, ...file }) =>
    members === undefined
      ? [file]
      : members.map(({ vatPercent, ...member }) => {
          const id = `${member.code.toLowerCase()}-vat`;
          const own = { id, field: "customs.vatPercent", value: vatPercent, ...vat };
          return { ...member, facts: [...file.facts, own] };
        }),
  );
  assert.deepEqual(destinations(), expected);
  assert.equal(union.members.length, 27);
  const codes = destinations().map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  assert.equal(codes.length, files.length + 26);
  assert.ok(!codes.includes("EU"));
  assert.ok(destinations().every((destination) => Object.keys(destination).join() === "code,name,currency,facts"));
});

test("each call gives a new copy, shared by nobody", () => {
  const [first, second] = [destinations(), destinations()];
  const germany = first.find(({ code }) => code === "DE");
  const france = first.find(({ code }) => code === "FR");
  germany.facts[0].value = "spoilt";
  germany.facts[0].note.en = "spoilt";
  germany.facts.length = 1;
  assert.notEqual(france.facts[0].value, "spoilt");
  assert.notEqual(france.facts[0].note.en, "spoilt");
  assert.deepEqual(destinations(), second);
});

test("they need no initialisation", async () => {
  const { index } = await freshCopy();
  assert.equal(thrownBy(() => index.version()).code, "notInitialised");
  assert.deepEqual(index.destinations(), destinations());
});

describe("a day of entry", () => {
  test("leaves the facts that hold then", () => {
    for (const on of ["2024-10-21", "2026-07-23", "2026-07-24", "2026-12-31", "2027-01-01", "2029-01-01"]) {
      const expected = destinations().map((destination) => ({
        ...destination,
        facts: destination.facts.filter(({ from, until }) => !(from > on) && !(until < on)),
      }));
      assert.deepEqual(destinations({ on }), expected);
    }
    const vat = (on) => ofCode("VN", { on }).facts.find(({ field }) => field === "customs.vatPercent").value;
    assert.deepEqual([vat("2026-12-31"), vat("2027-01-01")], ["8", "10"]);
    const always = (on) => ofCode("US", { on }).facts.filter(({ duty }) => duty?.applies === "always").map(({ id }) => id);
    assert.deepEqual(always("2026-07-23"), ["us-section-122"]);
    assert.deepEqual(always("2026-07-24"), ["us-forced-labour-301"]);
  });

  test("that isn't one is refused as in a request", () => {
    const days = ["2026-02-29", "2026-2-3", "", "tomorrow", "2026-13-01", "2026-00-10", "2026-11-31", "x".repeat(99), 20261122, null, {}];
    for (const on of days) {
      for (const locale of ["en", "zh"]) {
        const error = thrownBy(() => destinations({ on, locale }));
        assert.ok(error instanceof LandfallError);
        const { code, message, issues } = thrownBy(() =>
          landedCost(
            { homeCurrency: "USD", exchangeRate: { cnyPerUnit: 7, asOf: on }, lines: [{ sku: "A", unitPriceCny: 1, quantity: 1 }] },
            { locale },
          ),
        );
        assert.equal(error.code, code);
        assert.deepEqual(error.issues, issues.map((issue) => ({ ...issue, path: "on" })));
        assert.equal(error.message, message.replace("exchangeRate.asOf", "on"));
      }
    }
    for (const on of ["2024-02-29", "0000-01-01", "9999-12-31"]) assert.ok(destinations({ on }).length > 40);
    assert.deepEqual(destinations({ on: undefined, locale: "zh" }), destinations());
  });
});

test("every field and charge makes a legal request", () => {
  const days = ["2025-01-01", "2026-11-22", "2027-01-01", "2028-06-01"];
  const requests = destinations().flatMap(({ code }) =>
    days.flatMap((on) => ["express", "sea"].map((mode) => filled(code, on, "5000", mode, "5"))),
  );
  for (const { issues } of landedCosts(requests)) assert.equal(issues, undefined);
});

describe("the fees and duties of an American entry", () => {
  for (const [value, mpf, hmf] of [
    ["2500.00", "2.77", "3.13"],
    ["2500.01", "34.58", "3.13"],
    ["9981.00", "34.58", "12.48"],
    ["9982.68", "34.58", "12.48"],
    ["50000", "173.20", "62.50"],
    ["193666.28", "670.86", "242.08"],
    ["193700", "670.86", "242.13"],
  ]) {
    test(`${value} has a processing fee of ${mpf} and, by sea, a harbor fee of ${hmf}`, () => {
      const modes = ["sea", "air"];
      const requests = modes.map((mode) => filled("US", "2026-10-01", value, mode));
      const [bySea, byAir] = landedCosts(requests).map(({ result }) => result.charges.map(({ amount }) => amount));
      assert.deepEqual(bySea, [mpf, hmf]);
      assert.deepEqual(byAir, [mpf]);
    });
  }

  test("a Section 232 article on list 3 pays 77.90 %, without the 12.5 %", () => {
    const request = filled("US", "2026-11-22", "14172.00", "air", "2.9", ["us-301-list-3", "us-232-metals-50"]);
    assert.equal(landedCost(request).customs.duty, "11039.99");
  });

  test("another one on list 3 pays 42.5 %", () => {
    const request = filled("US", "2026-11-22", "3000", "air", "5", ["us-301-list-3"]);
    assert.equal(landedCost(request).customs.duty, "1275.00");
  });

  test("the fees are those of the fiscal year", () => {
    const fee = (on, value) => landedCost(filled("US", on, value, "air")).charges.map(({ amount }) => amount);
    assert.deepEqual(fee("2026-09-30", "2500"), ["2.69"]);
    assert.deepEqual(fee("2026-09-30", "2500.01"), ["33.58"]);
    assert.deepEqual(fee("2027-10-01", "2500"), []);
  });
});

test("the example of the README prints what it says", () => {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const program = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code).find((code) => code.includes("destinations({"));
  const path = join(temporaryFolder(), "readme.mjs");
  writeFileSync(path, program.replace('"landfall/node"', JSON.stringify(new URL("node.js", `file://${folder}/`).href)));
  const [, printed] = /\/\/ (.*)\n$/.exec(program);
  assert.deepEqual(runNode([path]), { status: 0, output: `${printed}\n` });
});
