// `cargo xtask bench`: the package against decimal.js and exact BigInt arithmetic by hand, in Node and in Chromium.
//
// Prints tables in Markdown. Times are of this machine and this minute; ratios within one table say more. Nothing
// here fails for being slow. `--rounds N` takes other than 7 rounds.

import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { launchChromium } from "../support/chromium.mjs";
import { root, serve } from "../support/serve.mjs";
import { check, dissect, makeOrders, race } from "./contenders.mjs";

const GOALS = [
  { contender: "landfall, landedCost(object)", times: 6 },
  { contender: "landfall, landedCostsText(10,000 as text)", times: 12 },
];

const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" } } });
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}: a whole number above 0 is needed`);

const number = (value, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|---|${"---:|".repeat(head.length - 1)}`, ...rows.map(line)].join("\n");
}

/** Orders per second, and how many times those of a peer in the same form. */
function rated(results) {
  const speed = ({ count, median }) => (count * 1_000) / median;
  const peer = (form, name) => results.find((result) => result.form === form && result.name.includes(name));
  return results.map((result) => ({
    ...result,
    perSecond: speed(result),
    timesDecimal: speed(result) / speed(peer(result.form, "decimal.js")),
    timesBigint: speed(result) / speed(peer(result.form, "BigInt")),
  }));
}

function report(environment, { orders, doubtful }, results) {
  console.log(`\n## ${environment}\n`);
  console.log(`All contenders give equal results on ${orders} orders, of which the examples are part.`);
  if (doubtful > 0) console.log(`${doubtful} of the first 300 orders of the benchmark have warnings.`);
  const rows = rated(results).map(({ name, count, median, least, largest, perSecond, timesDecimal, timesBigint }) => [
    name,
    number(count),
    `${number(median, 1)} (${number(least, 1)}–${number(largest, 1)})`,
    number(perSecond),
    number(timesDecimal, 2),
    number(timesBigint, 2),
  ]);
  const head = ["contender", "orders", "ms, median (min–max)", "orders/s", "× decimal.js", "× BigInt"];
  console.log(`\n${table(head, rows)}`);
}

async function inNode(examples) {
  setFlagsFromString("--expose-gc");
  globalThis.gc = runInNewContext("gc");
  const address = (name) => pathToFileURL(join(root, "target/package", name)).href;
  const landfall = await import(address("node.js"));
  const glue = await import(address("glue.js"));
  const orders = makeOrders();
  report(`Node ${process.versions.node} (V8 ${process.versions.v8})`, check(landfall, orders, examples), race(landfall, orders, rounds));
  const { parts, requestBytes, answerBytes } = dissect(landfall, glue, orders, rounds);
  console.log(`\nA single call in Node, of ${number(requestBytes)} characters in and ${number(answerBytes)} out:\n`);
  const rows = parts.map(({ name, median, least, largest }) => [name, `${number(median, 1)} (${number(least, 1)}–${number(largest, 1)})`]);
  console.log(table(["step", "µs for an order, median (min–max)"], rows));
}

async function inChromium(examples) {
  const chromium = await launchChromium("--js-flags=--expose-gc");
  const site = await serve(root);
  try {
    const page = await chromium.newPage();
    page.on("pageerror", (error) => console.error(error));
    await page.goto(`${site.url}pkg-tests/bench/page.html`);
    await page.waitForFunction(() => window.bench !== undefined);
    const checked = await page.evaluate((examples) => window.bench.check(examples), examples);
    const results = await page.evaluate((rounds) => window.bench.race(rounds), rounds);
    report(`Chromium ${chromium.version()}`, checked, results);
    console.log("\nGoals in Chromium:\n");
    for (const { contender, times } of GOALS) {
      const { timesDecimal } = rated(results).find(({ name }) => name === contender);
      const verdict = timesDecimal >= times ? "met" : "not met";
      console.log(`- ${contender}: ${number(timesDecimal, 1)} × decimal.js, goal ${times} ×: ${verdict}`);
    }
  } finally {
    await chromium.close();
    await site.close();
  }
}

const folder = join(root, "tests/data/landed-cost");
const examples = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));

console.log("# The package against its peers\n");
console.log(`Orders of 10 lines with 11 charges; ${rounds} rounds, in each of which every contender runs once.`);
console.log("Text is compared with text, objects with objects.");
console.log(`${cpus().length} × ${cpus()[0].model.trim()}, Node ${process.versions.node}.`);
await inNode(examples);
await inChromium(examples);
