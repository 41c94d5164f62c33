// The types against what the package really takes and gives, and against what it never would.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { randomOrderCheck } from "../peers/random-order.mjs";
import { randomRequest, randomSellingPrice } from "../peers/random-request.mjs";
import { randomWeek } from "../peers/random-week.mjs";
import {
  backtestExamples,
  checkExamples,
  deadlineExamples,
  detectionExamples,
  examples,
  folder,
  gradeExamples,
  judgementExamples,
  landfall,
  planExamples,
  policyExamples,
  priceExamples,
  programOf,
  quoteExamples,
  runNode,
  scoreExamples,
  spotCheckExamples,
  temporaryFolder,
  thrownBy,
  weekExamples,
} from "./built.mjs";
import {
  doubtfulOrders,
  quotes,
  variedOrders,
  wrongBacktests,
  wrongDeadlines,
  wrongInspections,
  wrongOrders,
  wrongPlans,
  wrongPolicies,
  wrongPrices,
  wrongQuotes,
  wrongSpotChecks,
  wrongSuppliers,
  wrongWeeks,
} from "./cases.mjs";

const { checkOrder, compareQuotes, deadlines, defaultPolicy, gradeSupplier, scoreSupplier, weeklyReport } = landfall;
const { backtestPolicy } = landfall;
const { acceptancePlan, detection, judgeInspection, spotCheckPlan } = landfall;
const { destinations, landedCost, sellingPrice } = landfall;

const DECLARATIONS = readFileSync(join(folder, "index.d.ts"), "utf8");
const RESOLUTIONS = {
  nodenext: ["--module", "nodenext"],
  bundler: ["--module", "esnext", "--moduleResolution", "bundler"],
};

/** What tsc says of TypeScript files in a project that has the package: nothing, where all is well. */
function tsc(files, ...options) {
  const project = temporaryFolder();
  mkdirSync(join(project, "node_modules"));
  cpSync(folder, join(project, "node_modules/landfall"), { recursive: true });
  writeFileSync(join(project, "package.json"), `{ "type": "module" }`);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  const strict = ["--noEmit", "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--target", "es2022"];
  const { output } = runNode([programOf("typescript", "tsc"), ...strict, ...options, ...Object.keys(files)], { cwd: project });
  return output.trim();
}

const NODENEXT = RESOLUTIONS.nodenext;

/** A TypeScript file in which every value satisfies its type: `[type, values]`. */
function literals(pairs) {
  const names = [...new Set(pairs.map(([type]) => type.replace(/\W.*$/, "")))];
  const values = pairs.flatMap(([type, list]) => list.map((value) => `(${JSON.stringify(value)}) satisfies ${type};`));
  return [`import type { ${names.join(", ")} } from "landfall";`, ...values].join("\n");
}

const orders = [...examples.map(({ request }) => request), ...variedOrders, ...Object.values(doubtfulOrders)];
const explained = orders.map((request) => landedCost({ ...request, explain: true }));
const plain = orders.map((request) => landedCost({ ...request, explain: false }));
const wrong = [
  ...Object.values(wrongOrders).flat().map((request) => thrownBy(() => landedCost(request))),
  ...Object.values(wrongPrices).flat().map((request) => thrownBy(() => sellingPrice(request))),
  ...Object.values(wrongPolicies).flat().map((policy) => thrownBy(() => defaultPolicy(policy))),
  ...Object.values(wrongBacktests).flat().map((request) => thrownBy(() => backtestPolicy(request))),
  ...Object.values(wrongSuppliers).flat().map((request) => thrownBy(() => scoreSupplier(request))),
  ...Object.values(wrongQuotes).flat().map((request) => thrownBy(() => compareQuotes(request))),
  ...Object.values(wrongSpotChecks).flat().map((request) => thrownBy(() => spotCheckPlan(request))),
  ...Object.values(wrongPlans).flat().map((request) => thrownBy(() => acceptancePlan(request))),
  ...Object.values(wrongInspections).flat().map(({ plan, found }) => thrownBy(() => judgeInspection(plan, found))),
  ...Object.values(wrongDeadlines).flat().map((request) => thrownBy(() => deadlines(request))),
  ...Object.values(wrongWeeks).flat().map((request) => thrownBy(() => weeklyReport(request))),
  thrownBy(() => landedCost("\ud800")),
  thrownBy(() => landedCost(undefined)),
];
const issues = wrong.flatMap((error) => error.issues);
const checks = [...checkExamples.map(({ request }) => request), ...Array.from({ length: 100 }, (_, index) => randomOrderCheck(index + 1))];
const policies = policyExamples.map(({ request }) => request);
const weeks = [...weekExamples.map(({ request }) => request), ...Array.from({ length: 100 }, (_, index) => randomWeek(index + 1))];
const seeds = Array.from({ length: 200 }, (_, index) => index + 1);

describe("the types hold", () => {
  const checked = {
    "of results": [["LandedCost", [...plain, ...explained]]],
    "of explained results": [["ExplainedLandedCost", explained]],
    "of selling prices": [["SellingPrice", priceExamples.map(({ request }) => sellingPrice(request))]],
    "of verdicts": [["OrderVerdict", checks.map((request) => checkOrder(request))]],
    "of back-tests": [["Backtest", backtestExamples.map(({ request }) => backtestPolicy(request))]],
    "of whole policies": [
      ["WholePolicy", policies.map((policy) => defaultPolicy(policy))],
      ["Policy", policies.map((policy) => defaultPolicy(policy))],
    ],
    "of suppliers": [
      ["SupplierScore", scoreExamples.map(({ request }) => scoreSupplier(request))],
      ["SupplierGrade", gradeExamples.map(({ request }) => gradeSupplier(request))],
    ],
    "of quotes": [["QuoteComparison", [quotes, ...quoteExamples.map(({ request }) => request)].map((request) => compareQuotes(request))]],
    "of samples": [
      ["SpotCheckPlan", spotCheckExamples.map(({ request }) => spotCheckPlan(request))],
      ["AcceptancePlan", planExamples.map(({ request }) => acceptancePlan(request))],
      ["Judgement", judgementExamples.map(({ request: { plan, found } }) => judgeInspection(plan, found))],
      ["Detection", detectionExamples.map(({ request }) => detection(request))],
    ],
    "of clocks": [["Deadlines", deadlineExamples.map(({ request }) => deadlines(request))]],
    "of weeks": [["WeeklyReport", weeks.map((request) => weeklyReport(request))]],
    "of issues": [["Issue", issues]],
    "of destinations": [["Destination", destinations()]],
    "of batches": [["Outcome<LandedCost>", [{ issues }, { result: plain[0] }]]],
    "of requests": [
      ["LandedCostRequest", [...orders, ...seeds.map(randomRequest)]],
      ["OrderCheckRequest", checks],
      ["BacktestRequest", backtestExamples.map(({ request }) => request)],
      ["Policy", policies],
      ["SellingPriceRequest", [...priceExamples.map(({ request }) => request), ...seeds.map(randomSellingPrice)]],
      ["SupplierScoreRequest", scoreExamples.map(({ request }) => request)],
      ["SupplierGradeRequest", gradeExamples.map(({ request }) => request)],
      ["CompareQuotesRequest", [quotes, ...quoteExamples.map(({ request }) => request)]],
      ["SpotCheckRequest", spotCheckExamples.map(({ request }) => request)],
      ["AcceptancePlanRequest", planExamples.map(({ request }) => request)],
      ["DetectionRequest", detectionExamples.map(({ request }) => request)],
      ["DeadlinesRequest", deadlineExamples.map(({ request }) => request)],
      ["WeeklyReportRequest", weeks],
    ],
  };
  for (const [what, pairs] of Object.entries(checked)) {
    test(`${what}, without a field that they lack`, () => {
      // The outcome's type needs the name of another type.
      const text = literals(pairs).replace("import type { Outcome }", "import type { LandedCost, Outcome }");
      assert.equal(tsc({ "literals.ts": text }, ...NODENEXT), "");
    });
  }

  test("and a field too many, in any place of a result, would be noticed", () => {
    const [result] = explained.filter((result) => result.shipment.working && result.warnings.length > 0);
    const holders = [];
    const collect = (value, path) => {
      if (value === null || typeof value !== "object") return;
      if (!Array.isArray(value)) holders.push(path);
      for (const [name, item] of Object.entries(value)) collect(item, [...path, name]);
    };
    collect(result, []);
    const spoilt = holders.map((path) => {
      const copy = structuredClone(result);
      path.reduce((value, name) => value[name], copy).surplus = 1;
      return copy;
    });
    // Shapes repeat from line to line; one of each place is enough.
    const places = new Map(holders.map((path, index) => [path.join(".").replace(/\.\d+/g, "[]"), spoilt[index]]));
    assert.ok(places.size > 40);
    const output = tsc({ "literals.ts": literals([["ExplainedLandedCost", [...places.values()]]]) }, ...NODENEXT, "--pretty", "false");
    const lines = new Set([...output.matchAll(/^literals\.ts\((\d+),\d+\): error TS2353/gm)].map(([, line]) => Number(line)));
    const missed = [...places.keys()].filter((_, index) => !lines.has(index + 2));
    assert.deepEqual(missed, []);
  });
});

describe("the types name", () => {
  /** The codes in the declaration of a type. */
  function declared(type) {
    const start = DECLARATIONS.indexOf(`export type ${type} =`);
    const text = DECLARATIONS.slice(start, DECLARATIONS.indexOf("\n);", start));
    return [...text.matchAll(/ code: (.*);/g)].flatMap(([, codes]) => codes.split(" | ").map((code) => JSON.parse(code))).sort();
  }

  /** The codes that are in values, by the name of the field that holds them. */
  function seen(values, isOfCharge) {
    const codes = new Set();
    const visit = (value, path) => {
      if (value === null || typeof value !== "object") return;
      if (typeof value.code === "string" && isOfCharge(path)) codes.add(value.code);
      for (const [name, item] of Object.entries(value)) visit(item, [...path, name]);
    };
    visit(values, []);
    return [...codes].sort();
  }

  test("every code of an issue that there is, and no other", () => {
    assert.deepEqual(seen(issues, () => true), declared("Issue"));
  });

  test("every code of a note on quotes that there is", () => {
    assert.deepEqual(seen(compareQuotes(quotes).notes, () => true), ["ratesDiffer", "unitsDiffer"]);
  });

  test("every code of a warning that there is, and no other", () => {
    assert.deepEqual(seen(plain.map(({ warnings }) => warnings), () => true), declared("Warning"));
  });

  test("every code of a working that there is, and no other", () => {
    const isCharge = (path) => path.includes("charges");
    const isWorking = (path) => path.includes("working");
    assert.deepEqual(seen(explained, (path) => isWorking(path) && !isCharge(path)), declared("Working"));
    assert.deepEqual(seen(explained, (path) => isWorking(path) && isCharge(path)), declared("ChargeWorking"));
  });
});

const USES = `
import { checkOrder, defaultPolicy, destinations, init, landedCost, landedCosts, landedCostsText, LandfallError, sellingPrice, version } from "landfall";
import { compareQuotes, gradeSupplier, scoreSupplier, type QuoteComparison } from "landfall";
import { backtestPolicy, backtestPolicyText, type Backtest } from "landfall";
import { acceptancePlan, detection, judgeInspection, spotCheckPlan } from "landfall";
import type { Charge, Component, DestinationFact, Finding, Issue, LandedCost, LandedCostRequest, Options, Rate, Warning, Working } from "landfall";
import * as node from "landfall/node";

const line = { sku: "MUG", unitPriceCny: "12.50", quantity: 500 };
const order: LandedCostRequest = { homeCurrency: "USD", exchangeRate: { cnyPerUnit: 7, asOf: "2026-11-20" }, lines: [line] };

// Results.
const result: LandedCost = landedCost(order, { locale: "zh" });
const total: string = result.total;
const units: number = result.units;
const duty: string | undefined = result.lines[0]?.components.importDuty;
// @ts-expect-error An amount is a text.
const amount: number = result.total;
// @ts-expect-error There is no such component.
result.lines[0]?.components.tax;
// @ts-expect-error Not asked for, the working may be missing.
result.working.total;
// @ts-expect-error So it may in a line.
result.lines[0]?.working.total;

// Explained results.
const explained = landedCost({ ...order, explain: true });
const sentence: string = explained.working.total.sentence;
const parts: string[] = explained.lines.map(({ working }) => working.components.goods.sentence);
explained.cash.working.customs.sentence + explained.customs.working.vatBase.sentence;
// @ts-expect-error Without a charge by chargeable weight there is none.
explained.shipment.working.chargeableKg;
explained.shipment.working?.chargeableKg.governedBy satisfies "weight" | "volume" | "minimum" | "cartons" | undefined;

// Requests.
const frozen = { ...order, lines: [line], charges: [{ component: "packaging", rate: { type: "flat", amount: 1 } }] } as const;
landedCost(frozen);
landedCost(JSON.parse("{}"));
// @ts-expect-error A required field.
landedCost({ homeCurrency: "USD", lines: [line] });
// @ts-expect-error A misspelt field.
landedCost({ ...order, lines: [{ ...line, quantiy: 5 }] });
// @ts-expect-error A count is a number.
landedCost({ ...order, lines: [{ ...line, quantity: "500" }] });
// @ts-expect-error A flag is no text.
landedCost({ ...order, explain: "yes" });
// @ts-expect-error A bigint is no decimal.
landedCost({ ...order, lines: [{ ...line, unitPriceCny: 12n }] });
// @ts-expect-error Null is no absent field.
landedCost({ ...order, lines: [{ ...line, carton: null }] });
// @ts-expect-error No such mode.
landedCost({ ...order, shipment: { mode: "ship" } });
// @ts-expect-error No such basis.
landedCost({ ...order, customs: { basis: "dap" } });
// @ts-expect-error Duty is no charge.
landedCost({ ...order, customs: { basis: "fob", dutiableComponents: ["importDuty"] } });

// Charges and rates.
const charge = (rate: Rate): Charge => ({ component: "internationalShipping", rate });
charge({ type: "perChargeableKg", divisor: 6000, amount: "4.20" });
charge({ type: "perChargeableKg", divisor: 6000, per: "carton", breaks: [{ fromKg: 0, amount: "4.20" }] });
charge({ type: "tieredPercentOf", base: "goods", tiers: [{ upTo: 1000, percent: 5 }, { percent: 3 }] });
// @ts-expect-error No such component.
({ component: "goods", rate: { type: "flat", amount: 1 } }) satisfies Charge;
// @ts-expect-error No such type.
charge({ type: "perPiece", amount: "1" });
// @ts-expect-error A field of another rate.
charge({ type: "flat", amount: "1", percent: "2" });
// @ts-expect-error An amount or breaks.
charge({ type: "perChargeableKg", divisor: 6000, amount: "1", breaks: [{ fromKg: 0, amount: "1" }] });
// @ts-expect-error The divisor is required.
charge({ type: "perChargeableKg", amount: "1" });
// @ts-expect-error No such base.
charge({ type: "percentOf", base: "freight", percent: "1" });
// @ts-expect-error No tiers on the insured value.
charge({ type: "tieredPercentOf", base: "insuredValue", tiers: [{ percent: "1" }] });

// Unions by their code.
function told(warning: Warning): string {
  switch (warning.code) {
    case "duplicateSku": {
      const earlier: number = warning.earlier;
      return warning.sku + earlier;
    }
    case "measureMissing":
    case "chargeIsZero":
      return warning.measure satisfies "cartons" | "weight" | "volume";
    case "densityUnlikely":
      return warning.kgPerCbm ?? warning.sku;
    case "percentUnlikely":
    case "spreadUnlikely":
      return warning.percent;
    case "divisorUnlikely":
      return warning.divisor;
    case "noDuty":
    case "dutyIgnored":
      return warning.message;
  }
}
function duties(working: Working): string {
  // @ts-expect-error Not every working has one.
  working.customsValue;
  // @ts-expect-error No such code.
  if (working.code === "tax") return "";
  return working.code === "duty" ? working.customsValue : working.sentence;
}
function about(issue: Issue): string | undefined {
  return issue.code === "outOfRange" ? issue.atLeast : issue.code === "unknownValue" ? issue.allowed?.join() : issue.path;
}

// Batches.
for (const outcome of landedCosts([order, frozen])) {
  if (outcome.issues) outcome.issues.map(about);
  else outcome.result.warnings.map(told);
  // @ts-expect-error It may be issues.
  outcome.result.total;
}
landedCosts([{ ...order, explain: true }])[0]?.result?.working.total.sentence;
const text: string = landedCostsText("[]", {});
// @ts-expect-error A text is needed.
landedCostsText([order]);
// @ts-expect-error A list is needed.
landedCosts(order);

// The order check.
const verdict = checkOrder({
  policy: { orders: { maximumOrderValue: 500 } },
  today: "2026-11-21",
  order: { supplierId: "yiwu", exchangeRate: { cnyPerUnit: 7, asOf: "2026-11-20" }, lines: [line], specification: {} },
  supplier: null,
  previousPrices: [],
});
verdict.verdict satisfies "proceed" | "incomplete" | "stop";
const policyVersion: number | null = verdict.policyVersion;
function found(finding: Finding): string | undefined {
  // @ts-expect-error Not every finding is about an article.
  finding.subject;
  return finding.rule === "price-increase" ? finding.subject + finding.because.previousDate : finding.message;
}

// The back-test.
const past = { id: "PO-1", day: "2026-11-21", order: { supplierId: "yiwu", exchangeRate: { cnyPerUnit: 7, asOf: "2026-11-20" }, lines: [line], specification: {} }, supplier: null };
const tried: Backtest = backtestPolicy({ after: { orders: { maximumOrderValue: 500 } }, orders: [past] }, { locale: "zh" });
tried.wouldStop[0]?.rules satisfies Finding["rule"][] | undefined;
const triedText: string = backtestPolicyText("{}");
// @ts-expect-error The rules as they would be are needed.
backtestPolicy({ orders: [past] });
// @ts-expect-error A text is needed.
backtestPolicyText({ after: {}, orders: [past] });
verdict.findings.map(found);
// @ts-expect-error The supplier is null where nothing is known of it.
checkOrder({ policy: {}, today: "", order: { supplierId: "", exchangeRate: { cnyPerUnit: 7, asOf: "" }, lines: [], specification: {} }, previousPrices: [] });
const days: number = defaultPolicy().orders.exchangeRateMaxAgeDays;
const share: string = defaultPolicy({ control: { normal: { costChangePercent: 5 } } }).control.normal.costChangePercent;
// @ts-expect-error No such rule.
defaultPolicy({ orders: { maximum: "1" } });
// @ts-expect-error It has no default.
defaultPolicy().version.toFixed();

// Destinations.
function tell(fact: DestinationFact): string | undefined {
  if (fact.charge) return landedCost({ ...order, charges: [{ ...fact.charge, label: fact.name.zh }] }).total;
  if (fact.duty) return fact.duty.percent + fact.duty.replaces?.join();
  if (fact.open) return fact.note.en;
  // @ts-expect-error A field may have no note.
  fact.note.en;
  if (fact.field === "customs.basis") return fact.value satisfies "fob" | "cif";
  return typeof fact.value === "string" ? fact.source + fact.confidence : fact.value.join();
}
destinations({ on: "2026-11-22", locale: "zh" }).flatMap(({ facts }) => facts.map(tell));
// @ts-expect-error A day is a text.
destinations({ on: new Date() });
// @ts-expect-error A union is its members.
destinations()[0]?.members;

// Other functions.
const { breakEven, target }: { breakEven: string; target: string } = sellingPrice({ currency: "USD", landedCostPerUnit: "3.20" });
// @ts-expect-error A misspelt field.
sellingPrice({ currency: "USD", landedCostPerUnit: "3.20", margin: 20 });
// @ts-expect-error No such language.
const options: Options = { locale: "de" };
version() satisfies string;

// Suppliers and quotes.
const score = scoreSupplier({ supplier: { checklist: { transactions: 200 }, redFlags: ["manyDisputes"] } }, { locale: "zh" });
score.readiness satisfies "readyForApproval" | "incomplete" | "notReady";
const observed: string | undefined = score.checklist[0]?.observed ?? score.redFlags[0]?.limit;
// @ts-expect-error Only the owner approves.
score.readiness === "approved";
// @ts-expect-error No such flag.
scoreSupplier({ supplier: { redFlags: ["tooCheap"] } });
// @ts-expect-error A count is a number.
scoreSupplier({ supplier: { evidence: { staff: "50" } } });
const grade = gradeSupplier({ batches: [{ inspected: 80, defective: 1 }], answersHours: ["0.5", 2] });
const points: string | null = grade.axes.quality.score;
// @ts-expect-error There may be no data.
grade.defectRate.percent;
// @ts-expect-error Of how many inspected units?
gradeSupplier({ batches: [{ defective: 1 }] });
const compared: QuoteComparison = compareQuotes({ quotes: [{ supplierId: "a", request: order }, { label: "b", request: frozen }] });
compared.quotes[compared.proposed]?.components.map(({ component, difference }) => component + difference);
compared.quotes.flatMap(({ warnings }) => warnings.map(told));
// @ts-expect-error A quote has a request.
compareQuotes({ quotes: [{ supplierId: "a" }] });

// Samples.
const check = spotCheckPlan({ lots: [{ sku: "MUG", units: 300, cartons: 30 }] });
const opened: number[] | undefined = check.lots[0]?.openCartons;
if (check.lots[0]) judgeInspection(check.lots[0], { defective: 2 }).rate?.percent satisfies string | undefined;
const sample = acceptancePlan({ lotSize: 3000, level: "S-2", aql: { critical: "0", major: 2 } }, { locale: "zh" });
judgeInspection(sample, { inspected: 80, major: 3 }).major?.verdict satisfies "accept" | "hold" | "reject" | undefined;
const chance: string = detection({ lot: 100, sample: 10, percent: 5 }).probability;
// @ts-expect-error A class that isn't asked for has no plan.
sample.major.accept;
// @ts-expect-error No such level.
acceptancePlan({ lotSize: 3000, level: "IV" });
// @ts-expect-error By the documented rate there are no classes.
judgeInspection({ sample: 30 }, { major: 2 });
// @ts-expect-error How bad a lot?
detection({ lot: 100, sample: 10 });

// Errors.
try {
  landedCost(order);
} catch (error) {
  if (error instanceof LandfallError) {
    const code: "invalidRequest" | "notInitialised" | "internal" = error.code;
    const name: "LandfallError" = error.name;
    error.issues.map(about);
    // @ts-expect-error They are not changed.
    error.issues.push();
  }
}
// @ts-expect-error Only landfall makes them.
new LandfallError();

// The entry for Node has the same functions, except init.
node.landedCost(order) satisfies LandedCost;
node.destinations satisfies typeof destinations;
node.scoreSupplier satisfies typeof scoreSupplier;
node.gradeSupplier satisfies typeof gradeSupplier;
node.backtestPolicy satisfies typeof backtestPolicy;
node.backtestPolicyText satisfies typeof backtestPolicyText;
node.compareQuotes satisfies typeof compareQuotes;
node.spotCheckPlan satisfies typeof spotCheckPlan;
node.acceptancePlan satisfies typeof acceptancePlan;
node.judgeInspection satisfies typeof judgeInspection;
node.detection satisfies typeof detection;
node.LandfallError satisfies typeof LandfallError;
const same: node.LandedCostRequest = order;
// @ts-expect-error It is ready on import.
node.init;
const component: node.Component = "goods" satisfies Component;
`;

const IN_A_PAGE = `
import { init } from "landfall";
await init();
await init("/landfall.wasm");
await init(new URL("https://example.com/landfall.wasm"));
await init(new Request("/landfall.wasm"));
await init(fetch("/landfall.wasm"));
await init(await fetch("/landfall.wasm"));
await init(new ArrayBuffer(8));
await init(new Uint8Array(8));
await init(await WebAssembly.compileStreaming(fetch("/landfall.wasm")));
const nothing: Promise<void> = init();
`;

const WITHOUT_PLATFORM = `
import { init } from "landfall";
init(new Uint8Array(8));
// @ts-expect-error No source of wasm.
init(7);
`;

describe("a program that uses the package", () => {
  for (const [name, options] of Object.entries(RESOLUTIONS)) {
    test(`compiles where it is right and nowhere else, resolved as ${name}`, () => {
      assert.equal(tsc({ "uses.ts": USES, "page.ts": IN_A_PAGE }, ...options), "");
    });
  }

  test("needs no types of a browser or of Node", () => {
    const files = { "uses.ts": USES, "bare.ts": WITHOUT_PLATFORM };
    assert.equal(tsc(files, ...NODENEXT, "--lib", "es2022", "--types", "", "--skipLibCheck", "false"), "");
  });
});

test("every field of a request that may be left out says what counts then", () => {
  // Of a condition each part alone is enough, and the last tier has no end.
  const withoutDefault = ["customsValueAbove", "customsValueUpTo", "modes", "upTo", "description"];
  const requests = DECLARATIONS.slice(0, DECLARATIONS.indexOf("export interface LandedCost {"));
  const fields = [...requests.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\n {2}(\w+)\?:/g)];
  const silent = fields.filter(([, comment]) => !/\bdefault\b/i.test(comment)).map(([, , name]) => name);
  assert.ok(fields.length > 40);
  assert.deepEqual(silent.sort(), withoutDefault.sort());
});
