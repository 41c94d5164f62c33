// The owner's rules and quotes side by side, in the browser: what is typed is there after a reload, and what is decided counts.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { button, field, goTo, show, started, told, until, withPage } from "./support.mjs";

describe("rules and quotes", { concurrency: 2 }, () => {
  test("a new version of the rules holds after a reload, and what was changed since is still being changed", () =>
    withPage({ context: { viewport: { width: 360, height: 740 } } }, async (page) => {
      await goTo(page, "Policy");
      await page.getByText("The defaults hold").waitFor();
      await field(page, "desk.data.orders.maximumOrderValue").fill("1,000");
      await button(page, "policy", "make").click();
      await told(page, /new version/);
      await field(page, "desk.data.orders.maximumOrderValue").fill("1,2");
      // At once after the key: nothing waits for a pause.
      await page.reload();
      await started(page);
      await page.getByText("Version 1 holds").waitFor();
      await until(async () => (await field(page, "desk.data.orders.maximumOrderValue").inputValue()) === "1,2");
      await button(page, "policy", "drop").click();
      await until(async () => (await field(page, "desk.data.orders.maximumOrderValue").inputValue()) === "1000");
    }));

  test("quotes are ranked as they are typed, by the keyboard alone", () =>
    withPage({}, async (page, { site }) => {
      const { keyboard } = page;
      await show(page, `${site.url}#/quotes`);
      await page.locator('button[name="quotes."][value="new"]').focus();
      await keyboard.press("Enter");
      await field(page, "desk.data.quotes[0].label").waitFor();
      // Name, price and quantity of both lines, freight; Enter moves on.
      const focused = () => page.evaluate(() => document.activeElement.name);
      for (const [index, texts] of [["Near", "18", "", "", "", "20"], ["Far", "17.9", "", "", "", "900"]].entries()) {
        await field(page, `desk.data.quotes[${index}].label`).focus();
        for (const text of texts) {
          const before = await focused();
          await keyboard.type(text);
          await keyboard.press("Enter");
          await until(async () => (await focused()) !== before, "Enter moves on");
        }
      }
      await page.getByText("Far has the lowest list price").waitFor();
      await page.reload();
      await started(page);
      await page.getByText("Far has the lowest list price").waitFor();
      await field(page, "desk.data.choice.quote").selectOption("0");
      await field(page, "desk.data.choice.by").fill("Mei");
      await field(page, "desk.data.choice.reason").fill("Nearer");
      await button(page, "quotes.", "choose").click();
      await page.getByText("Near was chosen by Mei").waitFor();
      assert.equal(await field(page, "desk.data.choice.reason").inputValue(), "");
    }));
});
