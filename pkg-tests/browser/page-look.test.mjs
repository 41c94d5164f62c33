// The page in every state: read by axe in both languages, both colours and two widths; never wider than its window.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { root } from "../support/serve.mjs";
import { button, charge, choose, field, goTo, line, settled, speak, told, withPage } from "./support.mjs";

const WIDTHS = [320, 360, 768, 1280, 1600];
const READ = [360, 1280];

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

/** The states of the page, by what brings them about. */
const STATES = {
  "the example": async () => {},
  "an empty order": async (page) => {
    await button(page, "order", "clear").click();
  },
  "an order with faults": async (page) => {
    await field(page, "lines[0].unitPriceCny").fill("12,5");
    await field(page, "lines[0].quantity").fill("1e5");
    await field(page, "lines[0].unitWeightKg").fill("￥3");
    await field(page, "exchangeRate.cnyPerUnit").fill("");
    await settled();
    await field(page, "lines[1].quantity").fill("x");
  },
  "everything open": async (page) => {
    await page.evaluate(() => document.querySelectorAll("main details").forEach((fold) => fold.setAttribute("open", "")));
    for (const row of await page.getByRole("row").getByRole("button").all()) await row.click();
    await page.evaluate(() => document.querySelectorAll("main details").forEach((fold) => fold.setAttribute("open", "")));
    await button(page, "order", "share").click();
    await page.getByLabel(/The order is in this link/).waitFor();
  },
  "a line and charges in detail": async (page) => {
    await line(page, 0).click();
    for (const name of ["Agent fee", "International shipping", "Brokerage and delivery", "Merchandise processing fee, informal entry"]) {
      await charge(page, name).click();
    }
    await field(page, "charges[5].rate.type").selectOption("breaks");
    await field(page, "charges[1].rate.type").selectOption("tieredPercentOf");
    await button(page, "fees.us-mpf-informal-2027", "off").click();
  },
  "rows to be pasted": async (page) => {
    await button(page, "pasted", "open").click();
    await field(page, "pasted").fill("SKU\tPrice\tQty\tRemark\nMUG-RED-WITH-A-VERY-LONG-NAME\t12.5\t300\tred\nTotal\t\t300");
  },
  "saved orders compared, and a notice": async (page) => {
    await button(page, "schedule", "save").click();
    for (const name of ["Mugs", "An order with quite a long name, as buyers give them"]) {
      await field(page, "name").fill(name);
      await button(page, "order", "save").click();
    }
    await goTo(page, "Saved");
    for (const box of await page.getByRole("checkbox").all()) await box.check();
    await page.getByRole("region", { name: "Comparison" }).waitFor();
    await choose(page, "broken.json", "{");
    await told(page, /broken\.json/);
  },
  "the data, and a file that waits": async (page) => {
    await button(page, "order", "save").click();
    await bringOrders(page);
    await button(page, "data", "erase").click();
    await button(page, "data", "paste").click();
    await bringOrders(page);
  },
  "the orders": async (page) => {
    await bringOrders(page);
    await button(page, "data", "apply").click();
    await page.locator(".preview").waitFor({ state: "detached" });
    await goTo(page, "Orders");
    await page.locator("table.log tbody tr").first().waitFor();
  },
  "rules that are changed, one of them wrongly": async (page) => {
    await goTo(page, "Policy");
    await field(page, "desk.data.orders.maximumOrderValue").fill("1000");
    await button(page, "policy", "make").click();
    await told(page, /new version/);
    await field(page, "desk.data.orders.maximumOrderValue").fill("many");
    await field(page, "desk.data.supplierGrades.qualityWeight").fill("50");
    await page.locator("details.version summary").click();
  },
  "quotes compared": async (page) => {
    await goTo(page, "Quotes");
    await button(page, "quotes.", "new").click();
    for (const [index, [name, price, freight]] of [["A workshop with quite a long name", "18", "20"], ["佳百", "17.9", "900"]].entries()) {
      const at = `desk.data.quotes[${index}]`;
      await field(page, `${at}.label`).fill(name);
      await field(page, `${at}.prices.l0`).fill(price);
      await field(page, `${at}.domesticShippingCny`).fill(freight);
    }
    await page.getByRole("region", { name: "Ranking" }).waitFor();
    await page.evaluate(() => document.querySelectorAll("main details").forEach((fold) => fold.setAttribute("open", "")));
  },
};

/** An export of 1688 is looked at. */
async function bringOrders(page) {
  await page.evaluate(() => (location.hash = "#/data"));
  await page.locator('input[name="import"]').setInputFiles(join(root, "tests/data/order-export/saved-again-shared-strings.xlsx"));
  await page.locator(".preview").waitFor();
}

/** What is wrong according to axe. */
async function violations(page) {
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 5).join("\n  ")}`);
  });
  return found;
}

/** What is wider than the window, where anything is. */
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((of) => of.getBoundingClientRect().right > clientWidth + 0.5);
    return wide.slice(0, 4).map((of) => `${of.tagName} ${of.className} ${of.textContent.slice(0, 40)}`);
  });
}

describe("the page with", { concurrency: 2 }, () => {
  for (const [state, reach] of Object.entries(STATES)) {
    // axe is no part of the page, so that the page's policy doesn't apply to it.
    test(`${state}: nothing for axe to find, and no wider than its window`, () =>
      withPage({ context: { bypassCSP: true, viewport: { width: 1280, height: 800 } } }, async (page) => {
        await reach(page);
        await page.evaluate(axe);
        for (const language of ["en", "zh-CN"]) {
          await speak(page, language);
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 800 });
            assert.deepEqual(await overflow(page), [], `${language}, ${width} px`);
            if (!READ.includes(width)) continue;
            for (const colorScheme of ["light", "dark"]) {
              await page.emulateMedia({ colorScheme });
              assert.deepEqual(await violations(page), [], `${language}, ${width} px, ${colorScheme}`);
            }
          }
        }
      }));
  }
});
