// What the tests of the built page share: a browser, a watched tab, and the words for what is in the page.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launchChromium } from "../support/chromium.mjs";
import { root, serve } from "../support/serve.mjs";

const DIST = join(root, "dist");
const EXAMPLES = join(root, "tests/data/landed-cost");

/** The names of the fields and buttons that the tests look for, in both languages. */
export const WORDS = {
  en: { total: "Order total", cash: "Cash to pay", unit: "a good unit", result: "Result", last: "Last complete result" },
  "zh-CN": { total: "订单总成本", cash: "需付现金", unit: "每件合格品", result: "结果", last: "上一次完整的结果" },
};

let chromium;
before(async () => {
  chromium = await launchChromium();
});
after(() => chromium?.close());

/**
 * Runs `use` with a tab of a fresh profile that shows the started page. In the end nothing may have gone wrong:
 * no error or warning, no request to another host, no violation of the policy.
 *
 * The service worker, which would ask for all files a second time, is blocked unless `context` allows it.
 * `context` goes to Playwright, `server` to the server; `prepare` runs before the page is opened at `fragment`;
 * without `open` it isn't opened, and without `clean` what went wrong is left to the test.
 */
export async function withPage({ context = {}, server = {}, fragment = "", prepare, open = true, clean = true }, use) {
  const site = await serve(DIST, server);
  const contexts = [];
  const tabs = [];
  /** Another tab of a fresh profile, watched as well. */
  const visit = async (options = {}) => {
    const browsing = await chromium.newContext({ locale: "en-US", timezoneId: "UTC", serviceWorkers: "block", ...context, ...options });
    contexts.push(browsing);
    const page = await browsing.newPage();
    page.setDefaultTimeout(10_000);
    const seen = await watched(page, site);
    tabs.push(seen);
    return { page, seen };
  };
  try {
    const { page, seen } = await visit();
    await prepare?.(page);
    if (open) await show(page, site.url + fragment);
    await use(page, { site, seen, visit });
    if (clean) for (const tab of tabs) assert.deepEqual(tab, { errors: [], foreign: [], violations: [] });
  } finally {
    for (const browsing of contexts) await browsing.close();
    await site.close();
  }
}

async function watched(page, site) {
  const seen = { errors: [], foreign: [], violations: [] };
  await page.exposeFunction("reportViolation", (violation) => seen.violations.push(violation));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(`${event.effectiveDirective}: ${event.blockedURI}`);
    });
  });
  page.on("console", (message) => {
    const isBlocking = message.text() === "Service Worker registration blocked by Playwright";
    if (["error", "warning"].includes(message.type()) && !isBlocking) seen.errors.push(message.text());
  });
  page.on("pageerror", (error) => seen.errors.push(String(error)));
  page.on("request", (request) => {
    const isOwn = request.url().startsWith(site.url) || request.url().startsWith("blob:");
    if (!isOwn) seen.foreign.push(request.url());
  });
  return seen;
}

/** Opens an address, and waits until the page has taken the place of what index.html shows at first. */
export async function show(page, url) {
  await page.goto(url);
  await started(page);
}

export function started(page) {
  return page.locator("main:not(.start)").waitFor({ timeout: 10_000 });
}

/** Everything that the page has stored: the local storage, and the records, notes and pictures of the database. */
export function stored(page) {
  return page.evaluate(async () => {
    const has = { local: {}, rows: {}, meta: {}, pictures: {} };
    for (const key of Object.keys(localStorage).sort()) has.local[key] = localStorage.getItem(key);
    // To open what isn't there would make it.
    const isThere = window.indexedDB && (await indexedDB.databases()).some(({ name }) => name === "landfall");
    if (!isThere) return has;
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("landfall"));
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      keys.forEach((key, index) => (has[name][key] = values[index]));
    }
    database.close();
    return has;
  });
}

/** Waits until a condition holds. */
export async function until(condition, what = String(condition)) {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `not in time: ${what}`);
    await pause(20);
  }
}

/** A field by its name, which is its path in the order. */
export function field(page, name) {
  return page.locator(`:is(input, select, textarea)[name="${name}"]`);
}

/** What is said of a field beside it: its fault, how it was read, what it replaces, where that is from. */
export function beside(page, name) {
  return field(page, name).locator("xpath=ancestor::div[label][1]");
}

/** A button by the place it belongs to and what it does. */
export function button(page, name, action) {
  return page.locator(`button[name="${name}"][value="${action}"]`).first();
}

/** What is wrong with a field, as those hear it who are in it; nothing where it isn't said to be wrong. */
export async function fault(page, name) {
  const of = field(page, name);
  if ((await of.getAttribute("aria-invalid")) !== "true") return "";
  const id = await of.getAttribute("aria-describedby");
  // What is there but can't be seen is not said.
  return (await page.locator(`[id="${id}"]`).innerText()).trim();
}

/** The figures of the answer, as they are written; nothing where there is no answer. */
export function figures(page) {
  return page.evaluate((words) => {
    const { total, cash, unit, last, result } = words[document.documentElement.lang];
    const section = document.querySelector(`section[aria-label="${result}"]`);
    const rows = [...(section?.querySelectorAll("summary") ?? [])].map((summary) => {
      const part = (name) => summary.querySelector(`.${name}`)?.textContent ?? "";
      return { name: part("name"), value: part("value") };
    });
    const find = (is) => rows.find(({ name }) => is(name))?.value;
    return {
      perUnit: find((name) => name.includes(unit) || name === last),
      total: find((name) => name === total),
      cash: find((name) => name === cash),
    };
  }, WORDS);
}

/** `12345.60` as the page writes it: `12,345.60`. */
export function grouped(amount) {
  const [whole, fraction] = amount.split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/** Waits until the answer is this. */
export async function answers(page, expected) {
  let found;
  try {
    await until(async () => {
      found = await figures(page);
      return Object.keys(expected).every((name) => found[name] === expected[name]);
    }, "the answer");
  } catch {
    assert.deepEqual(found, { ...found, ...expected });
  }
}

/** The sentences of what the page has to say at the moment. */
export async function notice(page) {
  const close = page.locator('button[name="notice"]');
  if ((await close.count()) === 0) return "";
  const sentences = await close.locator("xpath=..").locator("p").allTextContents();
  return sentences.join("\n");
}

/** Waits for something that the page says, and gives it. */
export async function told(page, pattern) {
  let said = "";
  try {
    await until(async () => pattern.test((said = await notice(page))));
  } catch {
    assert.match(said, pattern);
  }
  return said;
}

export async function goTo(page, name) {
  const navigation = page.getByRole("navigation");
  const more = navigation.getByRole("button", { name: "More" });
  const link = navigation.getByRole("link", { name });
  if (!(await link.isVisible()) && (await more.isVisible())) await more.click();
  await link.click();
}

/** Chooses a file on the page of what is saved. */
export async function choose(page, name, content) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const buffer = Buffer.from(text);
  await page.locator('input[name="import"]').setInputFiles({ name, mimeType: "application/json", buffer });
}

/** Imports a request on the page of what is saved, and opens it. */
export async function open(page, content) {
  await goTo(page, /^(Saved|已保存)$/);
  await choose(page, `${content.name}.json`, content);
  await told(page, /Imported|已导入/);
  await page.locator('button[value="open"]').first().click();
  await field(page, "name").waitFor();
}

/** The file that is offered when `press` is done: its name and content. */
export async function offered(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  const text = await readFile(await download.path(), "utf8");
  return { name: download.suggestedFilename(), text, json: JSON.parse(text) };
}

/** The worked examples of the repository: name, request and what is expected. */
export async function examples() {
  const files = (await readdir(EXAMPLES)).sort();
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(EXAMPLES, file), "utf8"))));
}

/** Whether the focus is in a field or on a button. */
export function hasFocus(of) {
  return until(() => of.evaluate((element) => element === document.activeElement), "the focus");
}

/** The button that opens a charge to its fields. */
export function charge(page, name) {
  return page.locator("button[aria-expanded]").filter({ has: page.getByText(name, { exact: true }) });
}

/** The button that opens what a line seldom needs. */
export function line(page, index) {
  return page.getByRole("listitem", { name: new RegExp(`^(Line ${index + 1}:|第 ${index + 1} 行)`) }).locator("button[aria-expanded]");
}

/** Waits for what is typed to count as typed. */
export function settled() {
  return pause(1_150);
}

/** Chooses the language of the page. */
export async function speak(page, language) {
  await button(page, "language", language).click();
  await until(() => page.evaluate((tag) => document.documentElement.lang === tag, language), "the language");
}
