// What is printed: one page of A4 with the quotation, and nothing of the form.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { button, field, open, withPage } from "./support.mjs";

/** How many pages a PDF has. */
function pages(pdf) {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

function long(count) {
  const lines = Array.from({ length: count }, (_, index) => ({
    sku: `MUG-${index}-RED-350ML`,
    unitPriceCny: "12.5",
    quantity: 300,
    unitWeightKg: "0.4",
  }));
  const exchangeRate = { cnyPerUnit: "7.1", asOf: "2026-11-20" };
  const charges = Array.from({ length: 30 }, (_, index) => ({
    component: "destination",
    label: `Fee number ${index} of a very thorough forwarder`,
    rate: { type: "flat", amount: "1" },
  }));
  return { name: `Order of ${count} lines`, request: { homeCurrency: "USD", exchangeRate, lines, charges } };
}

describe("the printed page", { concurrency: 2 }, () => {
  for (const locale of ["en", "zh-CN"]) {
    test(`of the worked order is one page, in ${locale}`, () =>
      withPage({ context: { locale } }, async (page) => {
        assert.equal(pages(await page.pdf({ format: "A4" })), 1);
        assert.equal(await page.getByRole("article").count(), 0, "gone after printing");
        await page.emulateMedia({ media: "print" });
        await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
        const quotation = page.getByRole("article");
        await quotation.waitFor();
        const text = await quotation.innerText();
        for (const part of ["2.9049", "2,323.93", "2,285.19", "MUG-RED", "LID", "7.10"]) assert.ok(text.includes(part), part);
        assert.match(text, locale === "en" ? /Landed-cost quotation/ : /到岸成本报价单/);
        for (const other of [field(page, "lines[0].sku"), page.getByRole("navigation"), page.getByRole("main"), button(page, "order", "print")]) {
          assert.equal(await other.isVisible(), false);
        }
        await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
        await page.emulateMedia({ media: "screen" });
        await field(page, "lines[0].sku").waitFor();
        assert.equal(await quotation.count(), 0);
      }));

    test(`of a long order is one page, in ${locale}`, () =>
      withPage({ context: { locale } }, async (page) => {
        await open(page, long(40));
        assert.equal(pages(await page.pdf({ format: "A4" })), 1);
        await page.emulateMedia({ media: "print" });
        await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
        const text = await page.getByRole("article").innerText();
        assert.match(text, locale === "en" ? /and 26 more/ : /另有 26 项/);
      }));
  }

  test("is there before the browser prints, also by the button", () =>
    withPage({
      prepare: (page) =>
        page.addInitScript(() => {
          // As a browser does it: what its listeners ask for waits until printing has ended.
          window.print = () => {
            window.dispatchEvent(new Event("beforeprint"));
            window.printed = document.querySelector("article")?.textContent ?? "nothing";
            window.dispatchEvent(new Event("afterprint"));
          };
        }),
    }, async (page) => {
      await button(page, "order", "print").click();
      await page.waitForFunction(() => window.printed !== undefined);
      assert.match(await page.evaluate(() => window.printed), /2,323\.93/);
      await page.getByRole("article").waitFor({ state: "detached" });
    }));
});
