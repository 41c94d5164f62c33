// `cargo xtask bench`: the page in dist/ with 50,000 orders, in Chromium: bringing them in from bytes against
// TextDecoder, JSON.parse and ajv, how long the page is blocked, the reload, the search, an edit. Prints tables in
// Markdown. Nothing here fails for being slow.
//
// `--orders N` takes other than 50,000 orders; `--rounds N` reads other than 5 times.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { launchChromium } from "../support/chromium.mjs";
import { manyOrders } from "../support/many-orders.mjs";
import { root, serve } from "../support/serve.mjs";

const { values } = parseArgs({
  options: { orders: { type: "string", default: "50000" }, rounds: { type: "string", default: "5" } },
  strict: false,
});
const count = Number(values.orders);
const rounds = Number(values.rounds);
const DIST = join(root, "dist");
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const ms = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|---|${"---:|".repeat(head.length - 1)}`, ...rows.map(line)].join("\n");
}

/** What a careful page without Rust does in a worker: decodes, parses, checks every order, hands the records over. */
const PEER = `
import Ajv from "ajv";
const text = { type: "string" };
const amount = { type: "string", pattern: "^-?[0-9]{1,10}([.][0-9]{1,8})?$" };
const line = { type: "object", required: ["unitPriceCny", "quantity"], properties: {
  itemCode: text, title: text, unitPriceCny: amount, quantity: amount, unit: text, offerId: text } };
const instant = { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$" };
const data = { type: "object", required: ["supplierName"], properties: {
  source: { type: "object", required: ["platform", "orderId"], properties: { platform: text, orderId: text } },
  supplierName: text, status: text, createdAt: instant, trackingNumber: text,
  goodsCny: amount, freightCny: amount, adjustmentCny: amount, paidCny: amount, lines: { type: "array", items: line } } };
const head = { type: "object", required: ["counter", "device", "at", "data"], properties: {
  counter: { type: "integer", minimum: 1 }, device: text, at: instant, data } };
const record = { type: "object", required: ["kind", "id", "heads"], properties: {
  kind: { enum: ["order"] }, id: { type: "string", pattern: "^[A-Za-z0-9_-]{1,64}$" }, heads: { type: "array", minItems: 1, items: head } } };
const file = { type: "object", required: ["format", "version", "data"], properties: {
  format: { enum: ["landfall/workspace"] }, version: { enum: [1] },
  data: { type: "object", properties: { orders: { type: "array", items: record } } } } };
const check = new Ajv({ allErrors: true }).compile(file);
onmessage = async ({ data: { task } }) => {
  const bytes = await task[0].arrayBuffer();
  const json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  if (!check(json)) throw new Error(JSON.stringify(check.errors[0]));
  const { orders } = json.data;
  // As rows: keys with texts.
  for (let at = 0; at < orders.length; at += 500) postMessage(["some", orders.slice(at, at + 500).map((of) => JSON.stringify(of))]);
  postMessage(["records"]);
};
postMessage("ready");
`;

const text = manyOrders(count);
console.log(`\n${count.toLocaleString("en")} orders, ${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB.\n`);

const { outputFiles } = await build({
  stdin: { contents: PEER, resolveDir: join(root, "pkg-tests"), loader: "js" },
  bundle: true, format: "esm", minify: true, write: false,
});
const peer = outputFiles[0].text;
const site = await serve(DIST);
const chromium = await launchChromium();
const names = readdirSync(DIST);
const boot = names.find((name) => /^boot-.*\.js$/.test(name));
const wasm = names.find((name) => /^landfall-.*\.wasm$/.test(name));

try {
  await imports();
  await scale();
} finally {
  await chromium.close();
  await site.close();
}

/** From the bytes of a file to checked records in the page, in a worker each. */
async function imports() {
  const context = await chromium.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${site.url}rescue.html`);
  const times = { Landfall: [], "TextDecoder + JSON.parse + ajv": [] };
  await page.evaluate(
    async ([boot, wasm, peer]) => {
      window.module = await WebAssembly.compileStreaming(fetch(wasm));
      window.scripts = { Landfall: boot, "TextDecoder + JSON.parse + ajv": URL.createObjectURL(new Blob([peer], { type: "text/javascript" })) };
    },
    [boot, wasm, peer],
  );
  await page.evaluate((text) => (window.file = new Blob([text])), text);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(times)) {
      const took = await page.evaluate(
        (name) =>
          new Promise((resolve, reject) => {
            const policy = globalThis.trustedTypes?.createPolicy("bench", { createScriptURL: (url) => url });
            const url = window.scripts[name];
            const worker = new Worker(policy ? policy.createScriptURL(url) : url, { type: "module" });
            let start = 0;
            let found = 0;
            worker.onerror = (event) => reject(new Error(event.message));
            worker.onmessage = ({ data }) => {
              if (data === "ready") {
                start = performance.now();
                worker.postMessage({ module: window.module, task: [window.file, "0a1b2c3d", "en"] });
              } else if (data[0] === "some") found += data[1] instanceof Uint8Array ? data[1].reduce((count, byte) => count + (byte === 0x1e), 1) : data[1].length;
              else if (data[0] === "records") {
                worker.terminate();
                resolve([performance.now() - start, found]);
              } else if (data[0] !== "progress") reject(new Error(JSON.stringify(data)));
            };
          }),
        name,
      );
      if (took[1] !== count) throw new Error(`${name} found ${took[1]} of ${count} orders`);
      times[name].push(took[0]);
    }
  }
  const base = median(times["TextDecoder + JSON.parse + ajv"]);
  const rows = Object.entries(times).map(([name, of]) => [name, ms(median(of)), ms(Math.min(...of)), ms(Math.max(...of)), (base / median(of)).toFixed(2)]);
  console.log(table(["from bytes to checked records, in a worker", "median ms", "min", "max", "× (goal 1.5)"], rows));
  await context.close();
}

/** The page with all of them. */
async function scale() {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ["longtask"] });
  });
  await page.goto(`${site.url}#/data`);
  await page.locator('input[name="import"]').waitFor();
  const longest = () => page.evaluate(() => Math.max(0, ...window.tasks.splice(0)));
  // Handing the text to the browser blocks the page, and is no part of it.
  await page.evaluate((text) => (window.many = new File([text], "many.json")), text);
  await page.waitForTimeout(1000);
  await longest();
  const rows = [];
  let start = Date.now();
  const told = async (what, goal) => rows.push([what, ms(Date.now() - start), ms(await longest()), goal]);
  await page.evaluate(() => {
    const input = document.querySelector('input[name="import"]');
    const files = new DataTransfer();
    files.items.add(window.many);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.locator(".preview").waitFor({ timeout: 120_000 });
  await told("reading the file and saying what would change", "no task over 200 ms");
  start = Date.now();
  await page.locator('button[value="apply"]').click();
  await page.locator(".preview").waitFor({ state: "detached", timeout: 120_000 });
  await page.getByText("Saved on this device").waitFor({ timeout: 120_000 });
  await told("bringing it in and storing it durably", "no task over 200 ms");
  await page.evaluate(() => (location.hash = "#/orders"));
  const listed = () => page.getByText(new RegExp(`of ${count}$`)).waitFor({ timeout: 120_000 });
  await listed();
  await longest();
  start = Date.now();
  await page.reload();
  await page.locator("main:not(.start)").waitFor();
  await told("reload: the page can be used", "1,500 ms");
  await listed();
  await told("reload: all orders are listed", "1,500 ms");
  console.log(`\n${table(["with all orders", "ms", "longest task, ms", "goal"], rows)}`);

  const keys = await page.evaluate(async () => {
    const field = document.getElementsByName("log.query")[0];
    const times = [];
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    for (const text of ["第", "第1", "第12", "第12电", "第12电子", "LED", "LED台", "LED台灯", "SF1", "SF12", "SF123", ""]) {
      const start = performance.now();
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await Promise.resolve();
      await new Promise((drawn) => queueMicrotask(drawn));
      document.body.getBoundingClientRect();
      times.push(performance.now() - start);
      await frame();
    }
    return times;
  });
  await page.evaluate(() => (location.hash = "#/cost"));
  await page.locator('[name="lines[0].quantity"]').waitFor();
  const edits = await page.evaluate(async () => {
    const field = document.getElementsByName("name")[0];
    const save = document.querySelector('button[name="order"][value="save"]');
    const times = { "a key in the name of the order": [], "saving an order": [] };
    const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)));
    for (let round = 0; round < 20; round += 1) {
      let start = performance.now();
      field.value = `Order ${round}`;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await Promise.resolve();
      times["a key in the name of the order"].push(performance.now() - start);
      await frame();
      start = performance.now();
      save.click();
      await Promise.resolve();
      times["saving an order"].push(performance.now() - start);
      await frame();
    }
    return times;
  });
  const few = Object.entries({ "a key in the search of the log": [keys, "16.7 (a frame)"], ...Object.fromEntries(Object.entries(edits).map(([name, of]) => [name, [of, "4"]])) });
  console.log(`\n${table(["what blocks the page", "median ms", "max ms", "goal, ms"], few.map(([name, [of, goal]]) => [name, ms(median(of)), ms(Math.max(...of)), goal]))}`);
  await context.close();
}
