// Receiving in a warehouse: the whole run on a phone, by scanner, without a network, on paper, and as axe sees it.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { axe, go, press, prepared, receipts, sampled, saved } from "./receiving.mjs";
import { withSite } from "./site.mjs";
import { button, field, hasFocus, show, speak, started, stored, until, withPage } from "./support.mjs";

const fragment = "#/receiving";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let engine;
before(async () => {
  engine = await axe();
});

/** What of the page is pressed, tapped or typed into and is smaller than 48 px. */
function small(page) {
  return page.evaluate(() => {
    const all = document.querySelectorAll("main .run :is(button, a, input, select, textarea, summary)");
    const found = [];
    for (const of of all) {
      // A box to tick is as large as its label, a file button as its own.
      const shown = of.matches("input[type=checkbox], input[type=file]") ? of.closest("label") : of.closest(".box") ?? of;
      const { width, height } = shown.getBoundingClientRect();
      if (height > 0 && (height < 47.5 || width < 47.5)) found.push(`${of.outerHTML.slice(0, 120)} ${width} × ${height}`);
    }
    return found;
  });
}

/** Opens what is folded. */
const open = (page) => page.evaluate(() => document.querySelectorAll(".run details").forEach((fold) => (fold.open = true)));

const unit = (page) => page.locator(".unit-in-hand .count").innerText();

describe("receiving", { concurrency: 2 }, () => {
  test("goes from the cartons to the result with one thumb, and opens where it was", () =>
    withPage({ fragment, context: PHONE }, async (page) => {
      await prepared(page);
      assert.deepEqual(await small(page), []);
      await press(page, "o1", "receive");
      for (let count = 0; count < 12; count += 1) await press(page, "cartonsCounted", "more");
      await field(page, "desk.cartonsOrdered").fill("13");
      await page.getByText("1 short").waitFor();
      await press(page, "lots[0]", "all");
      await field(page, "desk.lots[0].cartons").fill("10");
      await field(page, "desk.lots[1].received").fill("118");
      await field(page, "desk.lots[1].cartons").fill("2");
      await open(page);
      assert.deepEqual(await small(page), []);
      await go(page, "sample");
      const draw = await page.locator(".draw").first().innerText();
      assert.match(draw, /50\s+of 500\s+from cartons (\d+, ){3}\d+$/);
      await open(page);
      assert.deepEqual(await small(page), []);
      await page.reload();
      await started(page);
      await page.locator(".draw").first().waitFor();
      assert.equal(await page.locator(".draw").first().innerText(), draw, "drawn once");
      await go(page, "inspect");
      await press(page, "lots[0]", "next");
      await press(page, "lots[0]", "defect:scratched");
      await until(async () => /^Unit 2 of 50\s+Scratched/.test(await unit(page)));
      assert.deepEqual(await small(page), []);
      await press(page, "lots[0]", "next");
      await press(page, "lots[0]", "undo");
      await until(async () => /^Unit 2 of 50\s+Scratched/.test(await unit(page)));
      await saved(page);
      await page.reload();
      await started(page);
      await until(async () => /^Unit 2 of 50\s+Scratched/.test(await unit(page)), "the unit in hand");
      await press(page, "lots[1]", "select");
      await press(page, "lots[1]", "byCount");
      await press(page, "lots[1]", "whole");
      await press(page, "class", "critical");
      await press(page, "lots[1]", "defect:broken");
      await press(page, "lots[1]", "defect:broken");
      await page.locator(".readiness.stop").getByText("Reject").waitFor();
      assert.deepEqual(await small(page), []);
      await go(page, "photos");
      assert.deepEqual(await small(page), []);
      await go(page, "variance");
      await field(page, "receiving.run.covered.").check();
      await page.getByText(/did not cover.*hidden defects/).waitFor();
      await press(page, "result", "finish");
      await page.getByText("Choose first").waitFor();
      await press(page, "result", "reject");
      await press(page, "result", "log");
      assert.deepEqual(await small(page), []);
      await press(page, "result", "finish");
      await button(page, "receiving.run.result", "reopen").waitFor();
      assert.deepEqual(await small(page), []);
      await saved(page);
      const [receipt] = receipts((await stored(page)).rows);
      assert.equal(receipt.cartonsCounted, 12);
      assert.match(receipt.seed, /^(?!0{32})[0-9a-f]{32}$/);
      assert.deepEqual([receipt.lots[0].inspected, receipt.lots[0].defects.length], [1, 1]);
      assert.deepEqual([receipt.lots[1].passed, receipt.lots[1].found, receipt.result], [false, { defective: 2 }, "reject"]);
      assert.ok(receipt.finishedAt && receipt.varianceLoggedAt);
    }));

  test("takes a scanner, a key a millisecond, and loses none", () =>
    withPage({ fragment, context: { viewport: { width: 1280, height: 800 } } }, async (page) => {
      const scan = (...codes) => page.keyboard.type(codes.map((code) => `${code}\n`).join(""), { delay: 1 });
      await prepared(page);
      await field(page, "receiving.run.query").focus();
      await scan("SF1234567890");
      await field(page, "desk.lots[0].received").focus();
      // Enter after each count: the next field has the focus before the next key comes.
      await scan("500", "10", "120", "3");
      await saved(page);
      const counted = async () => receipts((await stored(page)).rows)[0].lots.map(({ received, cartons }) => `${received} in ${cartons}`);
      assert.deepEqual(await counted(), ["500 in 10", "120 in 3"]);
      await go(page, "inspect");
      await field(page, "receiving.run.scan").focus();
      await scan("MUG-RED", "C3", "lid-01", "2/3", "carton 1", "WRONG", "MUG-RED", "C10");
      await hasFocus(field(page, "receiving.run.scan"));
      await page.getByText("MUG-RED: carton 10 is").waitFor();
      await saved(page);
      const [receipt] = receipts((await stored(page)).rows);
      assert.deepEqual(receipt.lots.map(({ unpacked }) => unpacked), [[3, 10], [1, 2]]);
      assert.equal(receipt.article, 0);
      await page.evaluate(() => (location.hash = "#/cost"));
      await button(page, "order", "clear").click();
      await hasFocus(field(page, "lines[0].sku"));
      await scan("BOX-350ML", "10.25", "2000", "0.45");
      await until(async () => {
        const names = ["sku", "unitPriceCny", "quantity", "unitWeightKg"];
        const typed = await Promise.all(names.map((name) => field(page, `lines[0].${name}`).inputValue()));
        return typed.join() === "BOX-350ML,10.25,2000,0.45";
      }, "each key in its field");
    }));

  test("has nothing for axe to find at any step, in either language and colour, and is no wider than the window", () =>
    withPage({ fragment, context: { bypassCSP: true, viewport: { width: 390, height: 844 } } }, async (page) => {
      await page.evaluate(engine);
      const looks = [["en", "light", 320], ["zh-CN", "dark", 390], ["en", "dark", 1280], ["zh-CN", "light", 320]];
      const look = async (what) => {
        await open(page);
        for (const [language, theme, width] of looks) {
          await page.setViewportSize({ width, height: 844 });
          await speak(page, language);
          await field(page, "theme").selectOption(theme);
          const found = await page.evaluate(async () => {
            const { violations } = await window.axe.run({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
            return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 5).join("\n  ")}`);
          });
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.deepEqual({ found, wider }, { found: [], wider: 0 }, `${what} ${language} ${theme} ${width}`);
        }
        await speak(page, "en");
      };
      await prepared(page);
      await look("deliveries");
      await sampled(page);
      await go(page, "cartons");
      await look("cartons");
      await go(page, "sample");
      await open(page);
      await field(page, "receiving.run.lots[0].plan").selectOption("acceptance");
      await look("sample");
      await go(page, "inspect");
      await press(page, "lots[0]", "byCount");
      await press(page, "lots[0]", "defect:broken");
      await look("inspect");
      await go(page, "photos");
      await look("photos");
      await go(page, "variance");
      await press(page, "result", "hold");
      await field(page, "receiving.run.covered.").check();
      await look("result");
      await press(page, "result", "log");
      await press(page, "result", "finish");
      await button(page, "receiving.run.result", "reopen").waitFor();
      await look("kept");
    }));

  test("prints on one page, before and after, in either language", () =>
    withPage({ fragment }, async (page) => {
      await prepared(page);
      await press(page, "o2", "receive");
      const sheet = async (...parts) => {
        const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
        assert.equal(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length, 1);
        await page.emulateMedia({ media: "print" });
        await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
        const paper = page.getByRole("article");
        await paper.waitFor();
        const text = await paper.innerText();
        for (const part of parts) assert.match(text, part);
        const { height, inner } = await paper.evaluate((of) => ({ height: of.clientHeight, inner: of.scrollHeight }));
        assert.ok(inner <= height, "all of it is on the page");
        await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
        await page.emulateMedia({ media: null });
        return text;
      };
      await sheet(/Receiving sheet/, /PO-30/, /LAMP-13/, /and 6 more/, /Seed of the draw: _+/, /did not cover/, /Signature/);
      await press(page, "lots[0]", "all");
      await field(page, "desk.lots[0].cartons").fill("9");
      await go(page, "sample");
      await page.locator(".draw").first().waitFor();
      await speak(page, "zh-CN");
      const text = await sheet(/收货单/, /抽箱种子：[0-9a-f]{32}/, /签名/);
      assert.match(text, /300\s+300\s+9\s+30\s/);
    }));

  test("works without a network", () =>
    withSite(async ({ site, page, context }) => {
      await show(page, site.url);
      await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state === "activated" || new Promise((done) => active.addEventListener("statechange", done))));
      await prepared(page);
      await saved(page);
      await page.close();
      await site.close();
      const again = await context.newPage();
      again.setDefaultTimeout(10_000);
      await show(again, `${site.url}#/receiving`);
      await sampled(again);
      const draw = await again.locator(".draw").first().innerText();
      await saved(again);
      await again.reload();
      await started(again);
      await again.locator(".draw").first().waitFor();
      assert.equal(await again.locator(".draw").first().innerText(), draw);
    }));
});
