// What the page computes and says of it: the same as the package, in both languages.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answers, choose, examples, field, figures, grouped, hasFocus, speak, told, until, withPage } from "./support.mjs";

describe("the answer", () => {
  test("is that of the package, for every example file", () =>
    withPage({ fragment: "#/saved" }, async (page) => {
      for (const { name, request, expected } of await examples()) {
        await choose(page, "any.json", { name, request });
        await told(page, /Imported/);
        await press(page.locator('button[name^="saved."][value="open"]').first());
        assert.equal(await field(page, "name").inputValue(), name);
        const { perUnit, total, cash } = expected;
        const [a, b, c] = [perUnit, total, cash.total].map(grouped);
        await answers(page, { perUnit: a, total: b, cash: c });
        assert.equal(await page.getByText("Last complete result").count(), 0, name);
        assert.equal(await page.getByText("To be corrected").count(), 0, name);
        await press(page.getByRole("link", { name: "Saved" }));
      }
    }));

  /** A click without the time that Playwright takes to see that nothing is in its way. */
  function press(of) {
    return of.evaluate((element) => element.click());
  }

  test("opens every amount to its working, in both languages", () =>
    withPage({}, async (page) => {
      const amount = (region, name) => page.getByRole("region", { name: region }).locator("summary", { hasText: name }).last();
      const working = (of) => of.locator("xpath=..").locator("p").textContent();
      const total = amount("Result", "Order total");
      await total.focus();
      await page.keyboard.press("Enter");
      assert.match(await working(total), /^Goods USD\s665\.10 \+ /);
      await hasFocus(total);
      await speak(page, "zh-CN");
      assert.match(await working(amount("结果", "订单总成本")), /^货.*USD\s665\.10 \+ /);
      await amount("结果", "每件合格品").click();
      assert.match(await working(amount("结果", "每件合格品")), /2,323\.93.*合格品/);
      assert.equal(await page.title(), "Mugs and lids · Landfall");
      assert.deepEqual(await figures(page), { perUnit: "2.9049", total: "2,323.93", cash: "2,285.19" });
    }));

  test("shows each SKU with its components", () =>
    withPage({}, async (page) => {
      const row = page.getByRole("row", { name: /MUG-RED/ });
      await row.getByRole("button").click();
      const parts = page.getByRole("row").filter({ has: page.locator("summary") });
      assert.match(await parts.textContent(), /Import duty/);
      await parts.locator("summary", { hasText: "Total" }).click();
      await until(async () => /Goods USD\s533\.50 \+ /.test(await parts.textContent()), "the working of the total");
    }));
});
