// `cargo xtask bench`: the page in dist/ against the same form in Preact, in Chromium: from a keystroke to the DOM, and
// the first visit. Prints tables in Markdown. Nothing here fails for being slow.
//
// `--rounds N` makes other than 7 first visits; `--wasm-limit BYTES` is the budget of the page's wasm.

import { readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchOrder } from "../peers/random-request.mjs";
import { launchChromium } from "../support/chromium.mjs";
import { compressed, root, serve } from "../support/serve.mjs";
import { buildPeer } from "./peer.mjs";

// Lines of an order, and the most that the median keystroke may take in ms.
const GOALS = [
  { lines: 10, goal: 1.5 },
  { lines: 500, goal: 16 },
];
const WARM_UP = 20;
const KEYSTROKES = 100;
// The pages take turns, so that a busy minute of the machine hits both.
const TURNS = 5;
const THROTTLES = [1, 4];
const VIEWPORT = { width: 1280, height: 800 };
// Clocks of pages that are isolated go in steps of 5 µs instead of 100 µs.
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

const { values } = parseArgs({ options: { rounds: { type: "string", default: "7" }, "wasm-limit": { type: "string", default: "0" } } });
const rounds = Number(values.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}: a whole number above 0 is needed`);

const DIST = join(root, "dist");
const EXAMPLE = JSON.parse(readFileSync(join(root, "src/ui/example.json"), "utf8"));
const OURS = { name: "Landfall", key: "landfall.draft" };
const PEER = { name: "Preact + decimal.js", key: "peer.draft" };

const number = (value, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const median = (numbers) => sorted(numbers)[numbers.length >> 1];
const p95 = (numbers) => sorted(numbers)[Math.ceil(numbers.length * 0.95) - 1];

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|---|${"---:|".repeat(head.length - 1)}`, ...rows.map(line)].join("\n");
}

/** The worked example with so many lines; they say no more than its own do. */
function orderOf(count) {
  const { layers } = EXAMPLE.request.lines[0];
  const lines = Array.from({ length: Math.ceil(count / 10) }, (_, index) => benchOrder(index + 1).lines)
    .flat()
    .slice(0, count)
    .map(({ additionalDutyPercent: _, ...line }, index) => ({ ...line, sku: `SKU-${1000 + index}`, layers }));
  const { example: _, ...others } = EXAMPLE;
  return { ...others, name: `${count} lines`, request: { ...EXAMPLE.request, lines } };
}

const envelope = (data) => JSON.stringify({ format: "landfall/scenario", version: 1, savedAt: "", app: "", name: data.name, data });

/** Waits until the page shows an answer. */
const answered = (page) => page.waitForFunction(() => document.querySelector(".headline .value") !== null);

/** Opens a page with an order in its storage, or with the worked example. */
async function open(chromium, site, { name, key }, stored) {
  const context = await chromium.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`${name}: ${error}`));
  if (stored !== undefined) await page.addInitScript(([key, stored]) => localStorage.setItem(key, stored), [key, stored]);
  await page.goto(site.url);
  await answered(page);
  return page;
}

/** The request that the page makes of its order and of what it knows of the destination. */
async function requestOf(page) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.evaluate(() => {
      // Nothing on the page offers the request by itself; any button of this name is heard.
      const button = document.createElement("button");
      Object.assign(button, { name: "order", value: "request" });
      document.querySelector(".shell").append(button);
      button.click();
      button.remove();
    }),
  ]);
  return JSON.parse(readFileSync(await download.path(), "utf8"));
}

/** What a page consists of. */
const countsOf = (page) =>
  page.evaluate(() => ({
    fields: document.querySelectorAll("input, select, textarea").length,
    buttons: document.querySelectorAll("button").length,
    elements: document.querySelectorAll("body *").length,
  }));

/**
 * Types texts into a field, in the page: for each, the ms until the DOM shows another total, those of the layout after it,
 * and the total. Both pages draw in microtasks, after which the observer is called, itself a microtask. Afterwards two
 * frames pass, so that none starts with the layout of the one before.
 */
async function keystrokes({ path, texts }) {
  const field = document.getElementsByName(path)[0];
  const total = () => [...document.querySelectorAll(".headline .value")].at(-1).textContent;
  const frame = () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  const results = [];
  for (const text of texts) {
    const before = total();
    let start;
    const measured = new Promise((done, failed) => {
      let result;
      const observer = new MutationObserver(() => {
        const shown = performance.now();
        if (result !== undefined) {
          result.isLate = true;
          return;
        }
        if (total() === before) return;
        document.body.getBoundingClientRect();
        result = { drawing: shown - start, layout: performance.now() - shown, total: total(), isLate: false };
        // A timer comes after every microtask: what is drawn in parts is noticed.
        setTimeout(() => {
          setTimeout(() => {
            observer.disconnect();
            done(result);
          }, 1);
        }, 1);
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      setTimeout(() => failed(new Error(`${text} in ${path} has not changed the total ${before}`)), 10_000);
      start = performance.now();
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    });
    results.push(await measured);
    await frame();
    await frame();
  }
  return results;
}

/** Keystrokes in the price of the middle line, in turns. */
async function typing(chromium, sites, count) {
  const order = orderOf(count);
  const ours = await open(chromium, sites.ours, OURS, envelope(order));
  const { name, destination, selling } = order;
  const request = await requestOf(ours);
  const peer = await open(chromium, sites.peer, PEER, JSON.stringify({ name, destination, request, selling }));
  const pages = [
    { ...OURS, page: ours, results: [] },
    { ...PEER, page: peer, results: [] },
  ];
  const path = `lines[${count >> 1}].unitPriceCny`;
  // Each price differs from the one before by so much that the total does as well.
  const texts = (from, number) => Array.from({ length: number }, (_, index) => (20 + ((from + index) % 60) * 1.01).toFixed(2));
  const type = async (page, from, number) => {
    await page.bringToFront();
    return page.evaluate(keystrokes, { path, texts: texts(from, number) });
  };
  for (const { page } of pages) await type(page, 0, WARM_UP);
  for (let turn = 0; turn < TURNS; turn++) {
    const each = KEYSTROKES / TURNS;
    for (const { page, results } of pages) results.push(...(await type(page, WARM_UP + turn * each, each)));
  }
  const measured = await Promise.all(pages.map(async ({ name, page, results }) => ({ name, results, ...(await countsOf(page)) })));
  await Promise.all(pages.map(({ page }) => page.context().close()));
  const totals = measured.map(({ results }) => results.map(({ total }) => total).join());
  if (totals[0] !== totals[1]) throw new Error(`the totals of ${count} lines differ:\n${totals.join("\n")}`);
  return measured;
}

/** One visit with a fresh profile, in ms since the navigation began. */
async function visit(site, throttle) {
  const chromium = await launchChromium();
  try {
    const context = await chromium.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
    await page.addInitScript(() => {
      window.seen = {};
      new PerformanceObserver((list) => {
        const paint = list.getEntries().find(({ name }) => name === "first-contentful-paint");
        if (paint) window.seen.painted = paint.startTime;
      }).observe({ type: "paint", buffered: true });
      const observer = new MutationObserver(() => {
        if (document.querySelector(".headline .value") === null) return;
        observer.disconnect();
        window.seen.answered = performance.now();
        requestAnimationFrame(() => setTimeout(() => (window.seen.drawn = performance.now())));
      });
      observer.observe(document, { subtree: true, childList: true });
    });
    await page.goto(site.url);
    await page.waitForFunction(() => window.seen.painted !== undefined && window.seen.drawn !== undefined);
    return await page.evaluate(() => window.seen);
  } finally {
    await chromium.close();
  }
}

async function firstVisits(sites) {
  const results = [];
  for (const throttle of THROTTLES) {
    const pages = [
      { ...OURS, throttle, site: sites.ours, visits: [] },
      { ...PEER, throttle, site: sites.peer, visits: [] },
    ];
    for (let round = 0; round < rounds; round++) {
      for (const { site, visits } of pages) visits.push(await visit(site, throttle));
    }
    results.push(pages);
  }
  return results;
}

function reportTyping(all) {
  const late = all.flatMap(({ pages }) => pages).filter(({ results }) => results.some(({ isLate }) => isLate));
  const rows = all.flatMap(({ lines, goal, pages }) => {
    const drawing = ({ results }) => results.map(({ drawing }) => drawing);
    const [ours] = pages;
    return pages.map((page) => {
      const time = median(drawing(page));
      const layout = median(page.results.map(({ layout }) => layout));
      const verdict = page === ours ? `${goal} ms: ${time < goal ? "met" : "not met"}` : "";
      return [
        `${lines} lines, ${page.name}`,
        number(time, 2),
        number(p95(drawing(page)), 2),
        number(Math.min(...drawing(page)), 2),
        number(time / median(drawing(ours)), 2),
        number(layout, 2),
        `${number((layout / (time + layout)) * 100)} %`,
        `${number(page.fields)} / ${number(page.buttons)} / ${number(page.elements)}`,
        verdict,
      ];
    });
  });
  console.log("\n## From a keystroke to the DOM\n");
  console.log(`${KEYSTROKES} prices typed into the middle line, after ${WARM_UP} that aren't counted; both pages show the same totals.`);
  console.log("ms from the event until the total in the DOM is another one, then of the layout that follows.\n");
  const head = ["order, page", "median", "p95", "least", "× Landfall", "layout", "its share", "fields / buttons / elements", "goal"];
  console.log(table(head, rows));
  for (const { name, results } of late) {
    console.log(`\n${name} went on drawing after the total, in ${results.filter(({ isLate }) => isLate).length} of ${results.length} cases.`);
  }
}

function reportVisits(all, downloads) {
  const rows = all.flatMap((pages) => {
    const of = ({ visits }, name) => median(visits.map((visit) => visit[name]));
    const [ours] = pages;
    return pages.map((page) => [
      `${page.throttle}×, ${page.name}`,
      ...["painted", "answered", "drawn"].flatMap((name) => [number(of(page, name)), number(of(page, name) / of(ours, name), 2)]),
      `${number(downloads[page.name] / 1000, 1)}`,
    ]);
  });
  console.log("\n## The first visit\n");
  console.log(`Fresh profile, local server, everything compressed by brotli at quality 11; medians of ${rounds} visits in turns.`);
  console.log("ms from the navigation until the first contentful paint (both pages have a heading in their HTML), until the answer");
  console.log("to the worked example is in the DOM, and until it is painted, by CPU throttling.\n");
  const head = ["CPU, page", "first paint", "× Landfall", "answer in the DOM", "× Landfall", "answer painted", "× Landfall", "KB in all"];
  console.log(table(head, rows));
}

/** The size of all files of a folder as they are sent. */
const sizeOf = (folder) =>
  readdirSync(folder).reduce((sum, name) => sum + compressed(readFileSync(join(folder, name))).length, 0);

const closed = [];
try {
  const chromium = await launchChromium();
  closed.push(chromium);
  const ours = await serve(DIST, { headers: ISOLATED, compress: true });
  closed.push(ours);
  const first = await open(chromium, ours, OURS);
  const folder = await buildPeer({ ...EXAMPLE, request: await requestOf(first) });
  await first.context().close();
  const peer = await serve(folder, { headers: ISOLATED, compress: true });
  closed.push(peer);
  const sites = { ours, peer };

  console.log("\n# The page against the same form in Preact\n");
  console.log(`${cpus().length} × ${cpus()[0].model.trim()}, Chromium ${chromium.version()}.`);
  const typed = [];
  for (const { lines, goal } of GOALS) typed.push({ lines, goal, pages: await typing(chromium, sites, lines) });
  reportTyping(typed);
  await chromium.close();
  reportVisits(await firstVisits(sites), { [OURS.name]: sizeOf(DIST), [PEER.name]: sizeOf(folder) });

  const wasm = readdirSync(DIST).find((name) => name.endsWith(".wasm"));
  const size = compressed(readFileSync(join(DIST, wasm))).length;
  const limit = Number(values["wasm-limit"]);
  const verdict = limit === 0 ? "" : `, goal ${number(limit / 1000)} KB: ${size <= limit ? "met" : "not met"}`;
  console.log(`\nThe wasm of the page: ${number(size / 1000, 1)} KB in brotli${verdict}.`);
} finally {
  for (const one of closed) await one.close();
}
