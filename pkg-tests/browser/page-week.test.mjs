// The week in the browser: numbers that open their orders, a supplier that is suspended by itself and taken back, the
// owner's zone, and how all of it looks to axe.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { shopOfOrders } from "../support/shop.mjs";
import { button, field, hasFocus, speak, started, told, until, withPage } from "./support.mjs";

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

const DAY = 86_400_000;

/** An instant so many days before now. */
function ago(days) {
  return new Date(Date.now() - days * DAY).toISOString();
}

/** A file with records of these kinds, by list: `orders: { o1: { … } }`. */
function fileOf(lists) {
  const kinds = { policies: "policy", suppliers: "supplier", orders: "order", receipts: "receipt" };
  const data = {};
  for (const [list, records] of Object.entries(lists)) {
    data[list] = Object.entries(records).map(([id, record]) => ({
      kind: kinds[list],
      id,
      heads: [{ counter: 1, at: ago(9), device: "d9", parents: [], data: record }],
    }));
  }
  return JSON.stringify({ format: "landfall/workspace", version: 1, savedAt: ago(0), app: "landfall 0.1.0", data });
}

/** An order of 100 mugs, and what arrived of it some days ago. */
function order(number) {
  const lines = [{ itemCode: "MUG", unitPriceCny: "10", quantity: "100" }];
  return { number: `PO-${number}`, supplierId: "s1", supplierName: "Mug House", createdAt: ago(30), lines };
}

function badReceipt(number) {
  const lots = [{ sku: "MUG", inspected: 20, found: { defective: 4 }, passed: false }];
  return { orderId: `o${number}`, arrivedAt: ago(3 - number), lots, result: "reject", finishedAt: ago(2 - number) };
}

/** Brings a file in. */
async function bring(page, text) {
  await page.evaluate(() => (location.hash = "#/data"));
  await page.locator('input[name="import"]').setInputFiles({ name: "file.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await button(page, "data", "apply").click();
  await button(page, "data", "undo").waitFor();
}

async function goToWeek(page, week = "") {
  await page.evaluate((place) => (location.hash = `#/week${place}`), week && `/${week}`);
  await page.locator(".week-head").waitFor();
}

const numbers = (page) => page.locator(".numbers > .number");

/** The newest week in which every number has data. */
async function fullWeek(page) {
  await goToWeek(page);
  await numbers(page).first().waitFor();
  await until(async () => (await numbers(page).first().locator("tbody tr").count()) === 12);
  if ((await numbers(page).locator(".figure button").count()) < 3) await page.locator(".week-nav a").first().click();
  await until(async () => (await numbers(page).locator(".figure button").count()) === 3, "three numbers");
}

describe("the week", { concurrency: 2 }, () => {
  test("of a shop with 2,000 orders: every number opens its orders by the keyboard alone", () =>
    withPage({}, async (page) => {
      await bring(page, shopOfOrders());
      await fullWeek(page);
      // The rules of the shop name the zone, and the browser knows it.
      await page.getByText("Days and weeks count by the owner’s clock, Europe/Berlin.").waitFor();
      const { keyboard } = page;
      const behind = page.locator("#week-behind");
      for (const name of ["defects", "leadTime", "cost"]) {
        await page.locator(`.figure button[name="week.numbers.${name}"]`).focus();
        await keyboard.press("Enter");
        await hasFocus(behind);
        const links = behind.locator('tbody th a[href^="#/orders/"]');
        await until(async () => (await links.count()) > 0, name);
      }
      // Behind the picture stands a table, and each week in it opens too.
      const summary = numbers(page).first().locator("summary");
      await summary.focus();
      await keyboard.press("Enter");
      const older = numbers(page).first().locator("tbody tr").nth(3).locator("button");
      await older.focus();
      await keyboard.press("Enter");
      await hasFocus(behind);
      // A part of the change of cost opens the lines behind it.
      await page.locator(".cost-parts button").first().focus();
      await keyboard.press("Enter");
      await hasFocus(behind);
      const link = behind.locator("tbody th a").first();
      const number = await link.innerText();
      await link.focus();
      await keyboard.press("Enter");
      await until(async () => (await page.evaluate(() => location.hash)).startsWith("#/orders/"));
      await page.getByText(number).first().waitFor();
    }));

  test("the second bad batch suspends the supplier, and the owner takes it back with a reason", () =>
    withPage({}, async (page) => {
      const supplier = { name: "Mug House", status: "whitelisted" };
      await bring(page, fileOf({ suppliers: { s1: supplier }, orders: { o1: order(1), o2: order(2) }, receipts: { r1: badReceipt(1) } }));
      await bring(page, fileOf({ receipts: { r2: badReceipt(2) } }));
      await told(page, /Mug House is suspended: .*PO-1, PO-2/);
      await goToWeek(page);
      const undo = button(page, "week.flags.s1", "undo");
      await undo.focus();
      await page.keyboard.press("Enter");
      const reason = field(page, "week.flags.reason.s1");
      await hasFocus(reason);
      assert.equal(await reason.getAttribute("aria-invalid"), "true");
      await page.keyboard.type("New moulds");
      await undo.focus();
      await page.keyboard.press("Enter");
      await told(page, /isn’t suspended any more/);
      await page.reload();
      await started(page);
      await page.evaluate(() => (location.hash = "#/suppliers/s1"));
      await page.getByText("Staff may reorder").waitFor();
      await page.getByText("New moulds").waitFor();
    }));

  test("begins on Monday where the owner is, and a zone that isn’t known is said", () =>
    withPage({ context: { timezoneId: "America/Los_Angeles" }, open: false }, async (page, { site }) => {
      // Sunday where the device is, Monday in Shanghai.
      await page.clock.setFixedTime(new Date("2026-11-22T17:00:00Z"));
      await page.goto(site.url);
      await started(page);
      await bring(page, fileOf({ orders: { o1: order(1) } }));
      await goToWeek(page);
      await page.getByText("Week 47 of 2026").waitFor();
      await bring(page, fileOf({ policies: { p1: { version: 1, effectiveFrom: "2026-01-01", timeZone: "Asia/Shanghai" } } }));
      await goToWeek(page);
      await page.getByText("Week 48 of 2026").waitFor();
      await bring(page, fileOf({ policies: { p2: { version: 2, effectiveFrom: "2026-02-01", timeZone: "Mars/Olympus" } } }));
      await goToWeek(page);
      await page.getByText("“Mars/Olympus” isn’t known to this browser").waitFor();
      await page.getByText("Week 47 of 2026").waitFor();
    }));

  test("nothing for axe to find in either language and colour, no wider than the window", () =>
    withPage({ context: { bypassCSP: true, viewport: { width: 1280, height: 800 } } }, async (page) => {
      await page.evaluate(axe);
      const read = () =>
        page.evaluate(async () => {
          const { violations } = await window.axe.run({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 5).join("\n  ")}`);
          const { scrollWidth, clientWidth } = document.documentElement;
          return { found, wider: scrollWidth - clientWidth };
        });
      const all = async () => {
        for (const [language, theme, width] of [["en", "light", 1280], ["zh-CN", "dark", 360], ["en", "dark", 360], ["zh-CN", "light", 1280], ["en", "light", 320]]) {
          await page.setViewportSize({ width, height: 800 });
          await speak(page, language);
          await field(page, "theme").selectOption(theme);
          assert.deepEqual(await read(), { found: [], wider: 0 }, `${language} ${theme} ${width}`);
        }
      };
      await goToWeek(page);
      await all();
      await bring(page, shopOfOrders());
      await speak(page, "en");
      await fullWeek(page);
      await page.locator('.figure button[name="week.numbers.cost"]').click();
      for (const summary of await numbers(page).locator("summary").all()) await summary.click();
      await all();
    }));
});
