// An order before it is placed: what the rules say while one types, the owner's decision that comes as a file, the log.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { button, field, goTo, hasFocus, offered, settled, until, withPage } from "./support.mjs";

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

const LISTS = { supplier: "suppliers", sku: "skus", order: "orders" };

/** A file of the workspace with these records: kind, id, data. */
function workspace(...records) {
  const data = {};
  for (const [kind, id, said] of records) {
    (data[LISTS[kind]] ??= []).push({ kind, id, heads: [{ counter: 1, device: "d9", at: "2026-11-01T00:00:00Z", data: said }] });
  }
  return JSON.stringify({ format: "landfall/workspace", version: 1, savedAt: "2026-11-22T10:00:00Z", app: "landfall 0.1.0", data });
}

const LINES = [{ skuId: "a1", itemCode: "MUG-RED", title: "Red mug", unitPriceCny: "10", quantity: "10" }];
const SEED = workspace(
  ["supplier", "s1", { name: "Yiwu Mug House", status: "whitelisted" }],
  ["sku", "a1", { sku: "MUG-RED", title: "Red mug", specification: { colour: "red, Pantone 186" } }],
  ["order", "o1", { number: "PO-2020-001", supplierId: "s1", supplierName: "Yiwu Mug House", createdAt: "2020-10-30T03:00:00Z", goodsCny: "100", lines: LINES }],
);

/** Brings a file in on the page of the data. */
async function bring(page, text) {
  await goTo(page, /^(Data|数据|More|更多)$/).catch(() => {});
  await page.evaluate(() => (location.hash = "#/data"));
  await page.locator('input[name="import"]').setInputFiles({ name: "file.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await button(page, "data", "apply").click();
  await page.locator(".preview").waitFor({ state: "detached" });
}

const kept = (page) => page.waitForFunction(() => /Saved on this device|已保存在本机/.test(document.body.textContent));

/** Begins an order, and fills in all but the goods. */
async function begin(page) {
  await page.evaluate(() => (location.hash = "#/orders"));
  await button(page, "placing", "new").click();
  await hasFocus(field(page, "desk.data.supplierName"));
  for (const [name, text] of [
    ["supplierName", "Yiwu Mug House"],
    ["lines[0].sku", "MUG-RED"],
    ["exchangeRate.cnyPerUnit", "7.10"],
    ["productLink", "https://detail.1688.com/offer/1.html"],
    ["priceScreenshot", "PO.png"],
    ["staff", "Wang"],
    ["expectedDelivery", "2036-12-20"],
  ]) {
    await field(page, `desk.data.${name}`).fill(text);
  }
  for (const part of ["colour", "size", "quantity", "packaging"]) await field(page, `desk.data.specification.${part}`).check();
  await field(page, "placing.costing").selectOption("shown");
}

const word = (page) => page.locator(".said .stamp").innerText();
const says = (page, expected) => until(async () => (await word(page)) === expected, expected);

describe("the check of an order", { concurrency: 2 }, () => {
  test("stops, is put to the owner, and is logged with the owner's decision", () =>
    withPage({}, async (page, { site, visit }) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await bring(page, SEED);
      await begin(page);
      await says(page, "INCOMPLETE");
      // By keyboard: the price and the quantity, one after the other.
      await field(page, "desk.data.lines[0].unitPriceCny").focus();
      await page.keyboard.type("11.5");
      await page.keyboard.press("Enter");
      await hasFocus(field(page, "desk.data.lines[0].quantity"));
      await page.keyboard.type("20");
      await says(page, "PROCEED");
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("End");
      await page.keyboard.type("1");
      await says(page, "STOP");
      assert.match(await page.locator(".finding.hardStop").innerText(), /11\.51 is 15\.1\s%/);
      assert.equal(await button(page, "placing", "place").count(), 0);
      await button(page, "placing", "copy:en").focus();
      await page.keyboard.press("Enter");
      await until(async () => (await page.evaluate(() => navigator.clipboard.readText())).includes("MUG-RED"), "the message");
      const order = await offered(page, () => button(page, "placing", "exportOrder").click());

      // The owner looks at it elsewhere, and decides.
      const { page: owner } = await visit();
      await owner.goto(`${site.url}#/data`);
      await bring(owner, SEED);
      await bring(owner, order.text);
      await owner.evaluate(() => (location.hash = "#/orders"));
      await owner.getByRole("link", { name: /^PO-/ }).first().click();
      await says(owner, "STOP");
      await field(owner, "desk.data.decision.by").fill("Li");
      await button(owner, "placing", "decide:approve:price-increase:MUG-RED").click();
      await hasFocus(field(owner, "desk.data.decision.reason"));
      await owner.keyboard.type("season");
      await button(owner, "placing", "decide:approve:price-increase:MUG-RED").click();
      await says(owner, "STOP LIFTED");
      const decision = await offered(owner, () => button(owner, "placing", "exportDecisions").click());

      const address = await page.evaluate(() => location.hash);
      await bring(page, decision.text);
      await page.evaluate((hash) => (location.hash = hash), address);
      await says(page, "STOP LIFTED");
      await button(page, "placing", "place").focus();
      await page.keyboard.press("Enter");
      await page.getByText("Approved by Li").waitFor();
      await kept(page);
      await page.reload();
      await page.getByText("Approved by Li").waitFor();
      await page.getByRole("link", { name: "All orders" }).click();
      const row = page.getByRole("row", { name: /Wang/ });
      assert.match(await row.innerText(), /PO-\d{4}-001[^]*STOP LIFTED/);
    }));

  test("keeps what is typed through a reload", () =>
    withPage({}, async (page) => {
      await begin(page);
      await field(page, "desk.data.notes").fill("half a sen");
      await page.reload();
      await until(async () => (await field(page, "desk.data.notes").count()) === 1, "the order");
      assert.equal(await field(page, "desk.data.notes").inputValue(), "half a sen");
      assert.equal(await field(page, "desk.data.lines[0].sku").inputValue(), "MUG-RED");
    }));

  for (const [locale, theme] of [
    ["en", "light"],
    ["zh-CN", "dark"],
  ]) {
    test(`can be read by everyone, in ${locale} and ${theme}, and prints on one page`, () =>
      withPage({ context: { locale, colorScheme: theme, viewport: { width: 1280, height: 900 } } }, async (page) => {
        await bring(page, SEED);
        await begin(page);
        const read = async (state) => {
          for (const width of [360, 1280]) {
            await page.setViewportSize({ width, height: 900 });
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => window.axe.run());
            const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
            assert.deepEqual(found, [], `${state} at ${width}`);
          }
          await page.setViewportSize({ width: 320, height: 700 });
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, state);
          await page.setViewportSize({ width: 1280, height: 900 });
        };
        await read("an order that is begun");
        await field(page, "desk.data.lines[0].unitPriceCny").fill("15");
        await field(page, "desk.data.lines[0].quantity").fill("2000");
        await settled();
        await says(page, locale === "en" ? "STOP" : "停止下单");
        await read("a stop");
        const pdf = await page.pdf({ format: "A4" });
        assert.equal(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length, 1);
        await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
        const sheet = await page.locator(".order-check").textContent();
        assert.match(sheet, locale === "en" ? /Yiwu.*Order check.*STOP/s : /Yiwu.*下单检查单.*停止下单/s);
        await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
        await field(page, "desk.data.lines[0].unitPriceCny").fill("10");
        await field(page, "desk.data.lines[0].quantity").fill("10");
        await button(page, "placing", "place").click();
        await page.locator(".findings .finding").first().waitFor();
        await read("an order of the log");
        await page.evaluate(() => (location.hash = "#/orders"));
        await page.locator("table.log").waitFor();
        await read("the log");
      }));
  }
});
