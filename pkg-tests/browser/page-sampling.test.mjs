// What a sample can see: answered with each key, by keyboard alone, readable as a picture and as a table, and how it
// looks to axe.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { beside, fault, field, speak, stored, until, withPage } from "./support.mjs";

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

const fragment = "#/receiving/sampling";

/** The largest number of each plan: documented rate, acceptance plan, zero-defect plan. */
const samples = (page) => page.locator(".plan .checked b").allTextContents();

describe("what a sample can see", { concurrency: 2 }, () => {
  test("follows each key, by keyboard alone, and is kept nowhere", () =>
    withPage({ fragment, context: { viewport: { width: 1280, height: 800 } } }, async (page) => {
      await page.getByText("check 142.").first().waitFor();
      assert.deepEqual(await samples(page), ["150", "125", "142"]);
      const before = await stored(page);
      await field(page, "seeing.units").focus();
      for (const [keys, expected] of [["3", ["3", "3", "3"]], ["0", ["3", "13", "29"]], ["0", ["30", "50", "117"]], ["0", ["300", "125", "145"]]]) {
        await page.keyboard.type(keys);
        await until(async () => (await samples(page)).join() === expected.join(), `${keys}: ${expected}`);
      }
      await page.keyboard.press("Enter");
      await page.keyboard.type("5");
      await until(async () => (await field(page, "seeing.badPercent").inputValue()) === "5", "Enter goes on to the next field");
      await page.getByText("To be 95 % sure of seeing 5 % bad units (150 among 3,000), check 58.").first().waitFor();
      await field(page, "seeing.severity").focus();
      await page.keyboard.press("t");
      await until(async () => /Major\s*125\s*5\s*6/.test(await page.locator(".plan").nth(1).innerText()), "tightened");
      await page.locator(".curves summary").focus();
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(".curves tbody tr").count(), 11);
      assert.equal(await page.getByRole("img", { name: /How often each plan accepts/ }).count(), 1);
      const { local, rows } = await stored(page);
      assert.deepEqual({ local, rows }, { local: before.local, rows: before.rows });
    }));

  test("a text that can't be read leaves the last answer and says what is wrong", () =>
    withPage({ fragment }, async (page) => {
      await field(page, "seeing.units").fill("3,000");
      await until(async () => (await samples(page)).join() === "300,125,145");
      assert.match(await beside(page, "seeing.units").innerText(), /read as 3000/);
      await field(page, "seeing.units").fill("3000 or so");
      await field(page, "seeing.badPercent").focus();
      await until(async () => (await fault(page, "seeing.units")) !== "", "the fault");
      assert.equal((await samples(page)).join(), "300,125,145");
      await page.getByText("Last complete result").waitFor();
    }));

  test("nothing for axe to find in either language and colour, no wider than the window, and easy to hit", () =>
    withPage({ fragment, context: { bypassCSP: true, viewport: { width: 1280, height: 800 } } }, async (page) => {
      await page.evaluate(axe);
      await field(page, "seeing.units").fill("100");
      await field(page, "seeing.severity").selectOption("tightened");
      await field(page, "seeing.major").selectOption("1.5");
      await page.locator(".curves summary").click();
      const read = async () => {
        const found = await page.evaluate(async () => {
          const { violations } = await window.axe.run({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 5).join("\n  ")}`);
        });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        const small = await page.evaluate(() =>
          [...document.querySelectorAll(".seeing :is(.box, select, summary, button)")]
            .filter((element) => element.getBoundingClientRect().height < 48)
            .map((element) => element.outerHTML.slice(0, 100)),
        );
        return { found, wider, small };
      };
      for (const [language, theme, width] of [["en", "light", 1280], ["zh-CN", "dark", 360], ["en", "dark", 320], ["zh-CN", "light", 1280], ["zh-CN", "light", 320]]) {
        await page.setViewportSize({ width, height: 800 });
        await speak(page, language);
        await field(page, "theme").selectOption(theme);
        assert.deepEqual(await read(), { found: [], wider: 0, small: [] }, `${language} ${theme} ${width}`);
      }
    }));
});
