// The whole job without a pointer: nothing here clicks, and every stop of the focus can be seen.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answers, figures, until, withPage } from "./support.mjs";

/** Where the focus is: what tells the element apart, and whether that it is there can be seen. */
function stop(page) {
  return page.evaluate(() => {
    const of = document.activeElement;
    if (!of || of === document.body) return null;
    // What is hidden shows its focus on what stands for it.
    const shown = of.matches(".hidden") ? (of.closest("label") ?? of) : of;
    const outlined = (element, pseudo) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element, pseudo);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && !/, 0\)$/.test(outlineColor);
    };
    const isOutlined = [shown, shown.closest(".box") ?? shown, ...shown.children].some((element) => outlined(element));
    const box = shown.getBoundingClientRect();
    const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const isOnTop = top !== null && (shown.contains(top) || top.contains(shown) || top.closest("label")?.control === of);
    window.stops ??= new Map();
    if (!window.stops.has(of)) window.stops.set(of, window.stops.size);
    return {
      id: window.stops.get(of),
      name: of.getAttribute("name") ?? "",
      value: of.tagName === "BUTTON" ? (of.getAttribute("value") ?? "") : "",
      tag: of.tagName,
      text: (of.getAttribute("aria-label") ?? of.textContent).trim().slice(0, 60),
      isOutlined,
      isOnTop,
    };
  });
}

/** Presses a key until the focus is where it should be; each stop on the way can be seen. */
async function reach(page, is, key = "Tab") {
  const seen = [];
  for (let count = 0; count < 200; count += 1) {
    await page.keyboard.press(key);
    const at = await stop(page);
    if (at === null) continue;
    seen.push(at);
    assert.ok(at.isOutlined, `no outline: ${JSON.stringify(at)}`);
    assert.ok(at.isOnTop, `covered: ${JSON.stringify(at)}`);
    if (is(at)) return at;
  }
  assert.fail(`not reached by ${key}: ${seen.map(({ name, text }) => name || text).join(" → ")}`);
}

const named = (name, value = "") => (at) => at.name === name && at.value === value;
const worded = (pattern, tag) => (at) => pattern.test(at.text) && (!tag || at.tag === tag);

/** Types into the field that has the focus, and moves on by Enter. */
async function enter(page, name, text) {
  assert.equal((await stop(page))?.name, name);
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

function at(page, name) {
  return until(async () => (await stop(page))?.name === name, `the focus in ${name}`);
}

describe("the keyboard alone", { concurrency: 2 }, () => {
  test("does the whole job", () =>
    withPage({ context: { viewport: { width: 1280, height: 720 } } }, async (page, { site }) => {
      const { keyboard } = page;
      await reach(page, worded(/^(New order|Start with your own order)$/));
      await keyboard.press("Enter");
      await at(page, "lines[0].sku");

      await reach(page, named("destination"), "Shift+Tab");
      await keyboard.type("Germany");
      await reach(page, named("exchangeRate.cnyPerUnit"));
      await enter(page, "exchangeRate.cnyPerUnit", "7.8");
      await enter(page, "exchangeRate.spreadPercent", "1");
      assert.equal((await stop(page)).name, "shipment.mode");
      await keyboard.type("Sea");
      await reach(page, named("lines[0].sku"));
      await enter(page, "lines[0].sku", "BOX");
      await enter(page, "lines[0].unitPriceCny", "10");
      await enter(page, "lines[0].quantity", "200");
      assert.equal((await stop(page)).name, "lines[0].unitWeightKg");
      await reach(page, worded(/no carton/, "BUTTON"));
      await keyboard.press("Space");
      await reach(page, named("lines[0].carton.units"));
      await enter(page, "lines[0].carton.units", "20");
      await enter(page, "lines[0].carton.lengthCm", "50");
      await enter(page, "lines[0].carton.widthCm", "40");
      await enter(page, "lines[0].carton.heightCm", "30");
      await enter(page, "lines[0].carton.grossKg", "12");

      await reach(page, named("charges", "add:domesticShipping"));
      await keyboard.press("Enter");
      await at(page, "charges[0].rate.amount");
      await keyboard.type("100");
      await reach(page, named("charges", "add:internationalShipping"));
      await keyboard.press("Space");
      await at(page, "charges[1].rate.amount");
      await keyboard.type("80");

      // 2,000 + 100 CNY at 7.8 less 1 %, and 80 a revenue ton of 0.6 m³, all with 19 % VAT.
      const found = await figures(page);
      assert.ok(Number(found.total) > 300 && Number(found.total) < 500, JSON.stringify(found));
      await reach(page, worded(/^Order total/, "SUMMARY"));
      await keyboard.press("Enter");
      const working = () => page.evaluate(() => document.activeElement.parentElement.querySelector("p")?.textContent ?? "");
      await until(async () => /Goods/.test(await working()), "the working");

      await reach(page, named("order", "save"), "Shift+Tab");
      await keyboard.press("Enter");
      await page.getByText("Saved under “Saved”.").waitFor();
      await reach(page, worded(/^Saved$/, "A"), "Shift+Tab");
      await keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Saved" }).waitFor();
      await reach(page, (stop) => stop.value === "open");
      await keyboard.press("Enter");
      await page.getByRole("region", { name: "Result" }).waitFor();
      await answers(page, found);
      assert.equal(site.requests.filter((path) => path === "/").length, 1, "nothing was submitted");
    }));

  test("passes every stop of the page once, forth and back, and is caught nowhere", () =>
    withPage({ context: { viewport: { width: 1280, height: 720 } } }, async (page) => {
      await page.evaluate(() => document.querySelectorAll("main details").forEach((fold) => fold.setAttribute("open", "")));
      for (const key of ["Tab", "Shift+Tab"]) {
        await page.evaluate(() => {
          document.activeElement?.blur();
          window.stops = new Map();
          window.focus();
        });
        const passed = [];
        for (;;) {
          await page.keyboard.press(key);
          const now = await stop(page);
          if (now === null) {
            if (passed.length > 0) break;
            continue;
          }
          if (now.id < passed.length) break;
          assert.ok(now.isOutlined, `no outline: ${JSON.stringify(now)}`);
          assert.ok(now.isOnTop, `covered: ${JSON.stringify(now)}`);
          passed.push(now);
          assert.ok(passed.length < 500);
        }
        const all = await page.evaluate(() => {
          const able = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
          const isOpen = (of) => of.checkVisibility({ visibilityProperty: true });
          return able.filter((of) => isOpen(of) && of.tabIndex >= 0 && !of.disabled).length;
        });
        assert.equal(passed.length, all, key);
      }
    }));

  test("moves on by Enter through the fields of the order", () =>
    withPage({}, async (page) => {
      await page.getByLabel("Name of the order").focus();
      const passed = [];
      for (let count = 0; count < 12; count += 1) {
        passed.push((await stop(page)).name);
        const isList = await page.evaluate(() => document.activeElement.tagName === "SELECT");
        await page.keyboard.press(isList ? "Tab" : "Enter");
        while ((await stop(page)).tag !== "INPUT" && (await stop(page)).tag !== "SELECT") await page.keyboard.press("Tab");
      }
      assert.deepEqual(passed, [
        "name", "destination", "homeCurrency", "exchangeRate.cnyPerUnit", "exchangeRate.spreadPercent", "shipment.mode",
        "lines[0].sku", "lines[0].unitPriceCny", "lines[0].quantity", "lines[0].unitWeightKg", "lines[0].dutyPercent", "lines[0].defectPercent",
      ]);
    }));
});
