// `cargo xtask bench`: verdicts on 100,000 orders of a log kept in wasm, and steps of a back-test over 10,000, against
// json-logic-js on the same rules, in Node and in Chromium. Prints tables in Markdown. Nothing here fails for being slow; it fails where verdicts differ.

import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { launchChromium } from "../support/chromium.mjs";
import { root, serve } from "../support/serve.mjs";
import { race, raceBacktest } from "./orders-race.mjs";

const GOAL = 50;
// Milliseconds for a step of a back-test.
const STEP_GOAL = 50;

const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" } }, strict: false });
const rounds = Number(values.rounds);
const number = (value, digits = 0) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

function report(environment, { orders, counts: [proceed, incomplete, stop], results }) {
  const perSecond = ({ count, median }) => (count * 1_000) / median;
  const [ours, theirs] = results;
  const times = perSecond(ours) / perSecond(theirs);
  console.log(`\n## ${environment}\n`);
  console.log(`Equal verdicts on ${number(orders)} orders: ${number(proceed)} proceed, ${number(incomplete)} incomplete, ${number(stop)} stop.\n`);
  console.log("| contender | orders | ms, median (min–max) | orders/s |\n|---|---:|---:|---:|");
  for (const result of results) {
    const { name, count, median, least, largest } = result;
    console.log(`| ${name} | ${number(count)} | ${number(median, 1)} (${number(least, 1)}–${number(largest, 1)}) | ${number(perSecond(result))} |`);
  }
  console.log(`\n${number(times, 1)} × json-logic-js, goal ${GOAL} ×: ${times >= GOAL ? "met" : "not met"}`);
}

function reportBacktest(environment, { orders, changed, results }) {
  const perSecond = ({ count, median }) => (count * 1_000) / median;
  const [ours, theirs] = results;
  console.log(`\n## A step of a back-test over ${number(orders)} orders, ${environment}\n`);
  console.log(`Equal verdicts under the rules as they are and under each of ${changed.length} changes of them, of ${changed.map((count) => number(count)).join(", ")} orders.\n`);
  console.log("| contender | orders | ms, median (min–max) | orders/s |\n|---|---:|---:|---:|");
  for (const { name, count, median, least, largest } of results) {
    console.log(`| ${name} | ${number(count)} | ${number(median, 1)} (${number(least, 1)}–${number(largest, 1)}) | ${number(perSecond({ count, median }))} |`);
  }
  const isMet = ours.median <= STEP_GOAL;
  console.log(`\n${number(perSecond(ours) / perSecond(theirs), 1)} × json-logic-js; goal ${STEP_GOAL} ms: ${isMet ? "met" : "not met"}`);
}

const folder = join(root, "target/bench-log");
await mkdir(folder, { recursive: true });
await build({
  stdin: {
    contents: `import init, { Log } from "./log.js"; import { race, raceBacktest } from ${JSON.stringify(join(root, "pkg-tests/bench/orders-race.mjs"))};
      window.race = async (rounds) => { await init({ module_or_path: "/log_bg.wasm" }); return race(Log, rounds); };
      window.raceBacktest = (rounds) => raceBacktest(Log, rounds);`,
    resolveDir: folder,
    loader: "js",
  },
  outfile: join(folder, "page.js"),
  bundle: true,
  format: "esm",
  minify: true,
  nodePaths: [join(root, "pkg-tests/node_modules")],
  logLevel: "error",
});

console.log("\n# The order check against json-logic-js\n");
console.log(`Orders of one to four lines, 20 previous prices of each of 2,000 articles, 300 suppliers; ${rounds} rounds.`);
console.log("json-logic-js gets each order prepared: amounts as numbers, dates as days, the prices and ranges of each line's article beside it.");

const { initSync, Log } = await import(pathToFileURL(join(folder, "log.js")).href);
initSync({ module: await readFile(join(folder, "log_bg.wasm")) });
report(`Node ${process.versions.node}`, race(Log, rounds));
reportBacktest(`Node ${process.versions.node}`, raceBacktest(Log, rounds));

const chromium = await launchChromium("--js-flags=--expose-gc");
const site = await serve(folder);
try {
  const page = await chromium.newPage();
  page.on("pageerror", (error) => console.error(error));
  await page.goto(`${site.url}page.js`);
  await page.addScriptTag({ url: "/page.js", type: "module" });
  await page.waitForFunction(() => window.race !== undefined);
  report(`Chromium ${chromium.version()}`, await page.evaluate((rounds) => window.race(rounds), rounds));
  reportBacktest(`Chromium ${chromium.version()}`, await page.evaluate((rounds) => window.raceBacktest(rounds), rounds));
} finally {
  await chromium.close();
  await site.close();
}
