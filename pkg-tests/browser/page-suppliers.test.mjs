// Suppliers: the whole job by keyboard, what is kept, what is printed, and how it looks to axe.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { button, field, hasFocus, settled, speak, started, stored, until, withPage } from "./support.mjs";

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

const fragment = "#/suppliers";

/** The record of a kind that is stored, once a condition holds for its data. */
async function kept(page, kind, holds) {
  let found;
  await until(async () => {
    const { rows } = await stored(page);
    const of = Object.entries(rows).filter(([key]) => key.startsWith(`${kind}/`));
    found = of.map(([, { text }]) => JSON.parse(text).heads[0].data).find(holds);
    return found !== undefined;
  });
  return found;
}

/** A supplier of whom everything is known, and an article with a sample of it that was approved. */
async function prepared(page) {
  await button(page, "tracker", "new").click();
  await field(page, "desk.shopName").fill("恒电照明");
  await field(page, "desk.name").fill("Ningbo Bright Lamps Co.");
  await field(page, "desk.link").fill("https://hengdian.1688.com/");
  await field(page, "desk.checklist.verified").selectOption("true");
  await field(page, "desk.checklist.transactions").fill("1,820");
  await field(page, "desk.checklist.years").fill("4.5");
  await field(page, "desk.checklist.warehousePhotos").selectOption("true");
  await field(page, "desk.evidence.membership").fill("实力商家");
  await button(page, "inquiry.0", "new").click();
  await field(page, "desk.inquiries[0].product").fill("LED台灯");
  await field(page, "desk.inquiries[0].quantity").fill("500");
  await field(page, "inquiry.0.sentAt").fill("2026-11-20T22:30");
  await field(page, "inquiry.0.answeredAt").fill("2026-11-21T01:00");
  await page.getByText("Ready for approval").waitFor();
  const supplier = page.url();
  await button(page, "article", "new").click();
  await field(page, "desk.sku").fill("LAMP-A");
  await field(page, "desk.samples[0].unitPriceCny").fill("12.5");
  await field(page, "desk.samples[0].specification.colour").fill("white");
  await field(page, "desk.act.by").fill("Lin");
  await button(page, "article", "approve:0").click();
  await page.getByText("Approved by").waitFor();
  return { supplier, article: page.url() };
}

describe("suppliers", { concurrency: 2 }, () => {
  test("one is entered, asked and approved by keyboard, and all of it is kept", () =>
    withPage({ fragment, context: { timezoneId: "Asia/Shanghai", permissions: ["clipboard-read", "clipboard-write"] } }, async (page) => {
      const press = async (of, key = "Enter") => {
        await of.focus();
        await page.keyboard.press(key);
      };
      await press(button(page, "tracker", "new"));
      await field(page, "desk.shopName").focus();
      await page.keyboard.type("Bright");
      await page.keyboard.press("Enter");
      await hasFocus(field(page, "desk.name"));
      await page.keyboard.type("Ningbo Bright Lamps Co.");
      await field(page, "desk.checklist.transactions").focus();
      await page.keyboard.type("1.2万");
      await page.keyboard.press("Tab");
      await press(button(page, "inquiry.0", "new"));
      await field(page, "desk.inquiries[0].product").focus();
      await page.keyboard.type("Desk lamp");
      await field(page, "desk.inquiries[0].quantity").focus();
      await page.keyboard.type("300");
      await press(button(page, "inquiry.0", "zh-CN"));
      await press(button(page, "inquiry.0", "answered"));
      await until(async () => /您好[^]*Desk lamp[^]*300/.test(await page.evaluate(() => navigator.clipboard.readText())), "the message is copied");
      // Without a name and a reason nothing is decided.
      await press(button(page, "supplier", "status:whitelisted"));
      await hasFocus(field(page, "desk.act.by"));
      await page.keyboard.type("Lin");
      await page.keyboard.press("Enter");
      await hasFocus(field(page, "desk.act.reason"));
      await page.keyboard.type("three good samples");
      await press(button(page, "supplier", "status:whitelisted"));
      await page.getByText("New → Whitelisted").waitFor();
      const data = await kept(page, "supplier", (of) => of.status === "whitelisted");
      assert.equal(data.name, "Ningbo Bright Lamps Co.");
      assert.equal(data.checklist?.transactions, undefined, "what can be read in two ways isn’t guessed");
      assert.deepEqual([data.approvals[0].from, data.approvals[0].by, data.approvals[0].reason], ["new", "Lin", "three good samples"]);
      assert.ok(data.inquiries[0].sentAt && data.inquiries[0].answeredAt);
      await page.reload();
      await started(page);
      await page.getByText("New → Whitelisted").waitFor();
      assert.equal(await field(page, "desk.shopName").inputValue(), "Bright");
      await field(page, "desk.notes").fill("typed just before");
      await page.reload();
      await started(page);
      await until(async () => (await field(page, "desk.notes").inputValue()) === "typed just before");
      await page.getByRole("link", { name: "All suppliers" }).click();
      await page.getByRole("link", { name: "Bright", exact: true }).waitFor();
    }));

  test("nothing for axe to find in either language and colour, and no wider than the window", () =>
    withPage({ fragment, context: { bypassCSP: true, viewport: { width: 1280, height: 800 } } }, async (page) => {
      await page.evaluate(axe);
      const { supplier, article } = await prepared(page);
      const read = async () => {
        const found = await page.evaluate(async () => {
          const { violations } = await window.axe.run({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 5).join("\n  ")}`);
        });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        return { found, wider };
      };
      for (const place of [supplier, article, supplier.replace(/\/[^/]*$/, "")]) {
        await page.goto(place);
        for (const [language, theme, width] of [["en", "light", 1280], ["zh-CN", "dark", 360], ["en", "dark", 360], ["zh-CN", "light", 1280], ["en", "light", 320]]) {
          await page.setViewportSize({ width, height: 800 });
          await speak(page, language);
          await field(page, "theme").selectOption(theme);
          assert.deepEqual(await read(), { found: [], wider: 0 }, `${place} ${language} ${theme} ${width}`);
        }
      }
    }));

  test("the brief is one page in either language", () =>
    withPage({ fragment }, async (page) => {
      const { supplier } = await prepared(page);
      await page.goto(supplier);
      await page.getByText("Ready for approval").waitFor();
      for (const [language, title] of [["en", /Supplier brief: 恒电照明/], ["zh-CN", /供应商简报：恒电照明/]]) {
        await speak(page, language);
        await settled();
        const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
        assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1);
        await page.emulateMedia({ media: "print" });
        await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
        const brief = page.getByRole("article");
        await brief.waitFor();
        const text = await brief.innerText();
        for (const part of [title, /2\.5/, /LAMP-A/]) assert.match(text, part);
        const { height, inner } = await brief.evaluate((of) => ({ height: of.clientHeight, inner: of.scrollHeight }));
        assert.ok(inner <= height, "all of it is on the page");
        await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
        await page.emulateMedia({ media: null });
      }
    }));
});
