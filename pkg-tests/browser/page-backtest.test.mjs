// Changed rules over a shop's log, in the browser: the numbers are the package's, each key and each step of a slider
// shows them, by the keyboard too, and nothing for axe to find.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { landfall } from "../package/built.mjs";
import { shopOfOrders } from "../support/shop.mjs";
import { button, field, goTo, speak, until, withPage } from "./support.mjs";

const LIMIT = "desk.data.orders.maximumOrderValue";
const PERCENT = "desk.data.orders.priceIncreasePercent";

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

/** The page of the rules over a shop of so many orders: its records by kind. */
async function withShop(page, orders) {
  const text = shopOfOrders({ orders });
  await goTo(page, "Data");
  await field(page, "import").setInputFiles({ name: "shop.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await button(page, "data", "apply").click();
  await page.locator(".preview").waitFor({ state: "detached" });
  await goTo(page, "Policy");
  await page.getByText("past orders, none would come out otherwise").first().waitFor();
  const { data } = JSON.parse(text);
  return Object.fromEntries(Object.entries(data).map(([kind, rows]) => [kind, rows.map(({ id, heads }) => ({ id, ...heads[0].data }))]));
}

/** What the package says of the same orders, by the days of the owner's zone. */
function backtest({ orders, suppliers, policies }, changes) {
  const [{ id: _, ...rules }] = policies;
  const statusAt = ({ approvals = [], status }, at) => {
    const last = approvals.findLast((change) => Date.parse(change.at) <= Date.parse(at));
    return last?.status ?? approvals[0]?.from ?? status;
  };
  const past = orders.map(({ id, createdAt, ...order }) => {
    const supplier = suppliers.find(({ id }) => id === order.supplierId);
    return {
      id,
      // In Sweden a day is written as everywhere here.
      day: new Date(createdAt).toLocaleDateString("sv-SE", { timeZone: rules.timeZone }),
      order: {
        supplierId: order.supplierId,
        exchangeRate: order.exchangeRate,
        lines: order.lines.map(({ itemCode, unitPriceCny, quantity }) => ({ sku: itemCode, unitPriceCny, quantity: Number(quantity) })),
        ...(order.freightCny && { domesticShippingCny: order.freightCny }),
        ...(order.landedCost && { landedTotal: order.landedCost.total }),
        specification: order.specification ?? {},
        productLink: order.productLink ?? "",
        priceScreenshot: order.priceScreenshot ?? "",
        staff: order.staff ?? "",
        expectedDelivery: order.expectedDelivery ?? "",
      },
      supplier: supplier ? { id: supplier.id, status: statusAt(supplier, createdAt) } : null,
    };
  });
  return landfall.backtestPolicy({ before: rules, after: { ...rules, orders: { ...rules.orders, ...changes } }, orders: past });
}

const part = (page) => page.locator(".back-test");
const said = async (page) => (await part(page).locator("[role=status]").innerText()).trim();

describe("a back-test on the page of the rules", { concurrency: 2 }, () => {
  test("says at each key what the package says", () =>
    withPage({}, async (page) => {
      const shop = await withShop(page, 400);
      for (const [name, field_, value] of [
        ["maximumOrderValue", LIMIT, "500"],
        ["maximumOrderValue", LIMIT, "2000"],
        ["priceIncreasePercent", PERCENT, "1"],
      ]) {
        const before = await field(page, field_).inputValue();
        await field(page, field_).fill(value);
        const { message, ...found } = backtest(shop, { [name]: value });
        await until(async () => (await said(page)) === message, message);
        const lists = [found.wouldStop, found.wouldPass, found.wouldChange];
        const listed = new Set(lists.flat().map(({ id }) => `#/orders/${id}`));
        assert.ok(listed.size > 0, `${name} ${value} changes something`);
        const links = await part(page).locator(".tried a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
        assert.equal(links.length, lists.reduce((sum, list) => sum + Math.min(list.length, 20), 0));
        assert.deepEqual(links.filter((link) => !listed.has(link)), []);
        await field(page, field_).fill(before);
        await until(async () => /none would come out otherwise/.test(await said(page)));
      }
    }));

  test("follows the slider by the keyboard, which stays in step with its field", () =>
    withPage({}, async (page) => {
      const shop = await withShop(page, 400);
      const slider = field(page, `slide.${LIMIT}`);
      await slider.focus();
      const begun = Number(await slider.inputValue());
      for (let times = 0; times < 5; times++) await page.keyboard.press("ArrowLeft");
      await until(async () => Number(await slider.inputValue()) < begun);
      const value = await slider.inputValue();
      await until(async () => (await field(page, LIMIT).inputValue()) === value);
      await until(async () => (await said(page)) === backtest(shop, { maximumOrderValue: value }).message);
      assert.ok(await slider.evaluate((of) => of === document.activeElement), "the slider keeps the focus");
      await field(page, LIMIT).fill("100");
      const { wouldStop, message } = backtest(shop, { maximumOrderValue: "100" });
      await until(async () => (await said(page)) === message);
      assert.ok(Number(await slider.inputValue()) <= 110, "the slider follows the field");
      assert.equal(await part(page).locator(".tried li").count(), 20);
      await button(page, "policy.backTest", "wouldStop").click();
      await until(async () => (await part(page).locator(".tried li").count()) === Math.min(wouldStop.length, 220));
      await part(page).locator(".tried a").first().click();
      await page.waitForURL(/#\/orders\/.+/);
    }));

  test("nothing for axe to find in either language and colour, and no wider than the window", () =>
    withPage({ context: { bypassCSP: true, viewport: { width: 320, height: 740 } } }, async (page) => {
      await withShop(page, 100);
      await field(page, LIMIT).fill("300");
      await part(page).locator(".tried li").first().waitFor();
      await page.evaluate(axe);
      for (const language of ["en", "zh-CN"]) {
        await speak(page, language);
        for (const theme of ["light", "dark"]) {
          await field(page, "theme").selectOption(theme);
          const found = await page.evaluate(async () => {
            const { violations } = await window.axe.run(".back-test", { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
            return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
          });
          assert.deepEqual(found, [], `${language} ${theme}`);
          const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(width, 0, "no wider than the window");
        }
      }
    }));
});
