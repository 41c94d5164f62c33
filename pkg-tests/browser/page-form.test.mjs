// Typing an order: figures as people write them, what is wrong and when it is said, lines and charges.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { answers, beside, button, charge, fault, field, figures, hasFocus, line, offered, settled, until, withPage } from "./support.mjs";

const PRICE = "lines[0].unitPriceCny";
const MUGS = { perUnit: "2.9049", total: "2,323.93", cash: "2,285.19" };

/** Types a text in the place of what a field has, key by key, and stays in the field. */
async function type(page, name, text) {
  await field(page, name).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** How a field was read, where that isn't plain. */
async function readAs(page, name) {
  const text = await beside(page, name).textContent();
  return /(?:read as|读作) ?([\d.-]+)/.exec(text)?.[1];
}

/** What is refused in a field, and why. */
const REFUSED = [
  [PRICE, "1e5", /Write all digits, such as 100000/],
  [PRICE, "--5", /more than one sign/],
  [PRICE, "12-3", /more than one figure/],
  [PRICE, "٣", /digits 0 to 9/],
  [PRICE, "½", /fraction/],
  [PRICE, "1_000", /_/],
  [PRICE, "-3", /below zero/],
  [PRICE, "123456789012", /12 digits/],
  ["lines[0].quantity", "300.5", /whole number/],
  ["lines[0].dutyPercent", "abc", /abc/],
  ["exchangeRate.cnyPerUnit", "0", /./],
  ["entryDate", "2026-02-30", /day of the calendar/],
  ["entryDate", "soon", /full date/],
  ["selling.feePercent", "1e1", /all digits/],
];

describe("a figure", () => {
  const PLAIN = [
    ["¥1,234.50", "1234.50"],
    ["￥１，２３４．５０", "1234.50"],
    ["1234.50元", "1234.50"],
    ["RMB 1 234.50", "1234.50"],
    ["１２３。５", "123.5"],
    ["  12.5 ", "12.5"],
  ];

  for (const language of ["en", "zh-CN"]) {
    test(`is read as people write it, and says so, in ${language}`, () =>
      withPage({ context: { locale: language } }, async (page) => {
        const written = language === "en" ? PLAIN : [...PLAIN, ["1.2万", "12000"]];
        for (const [text, read] of written) {
          await field(page, PRICE).fill(read);
          const plain = await figures(page);
          assert.equal(await readAs(page, PRICE), undefined, "a plain figure needs no echo");
          await field(page, PRICE).fill("1");
          await type(page, PRICE, text);
          await answers(page, plain);
          assert.equal(await readAs(page, PRICE), read, text);
          assert.equal(await field(page, PRICE).inputValue(), text, "what was typed stays");
          assert.equal(await fault(page, PRICE), "");
        }
      }));
  }

  test("in 万 is refused in English, with the figure that is meant", () =>
    withPage({}, async (page) => {
      await type(page, PRICE, "1.2万");
      await page.keyboard.press("Tab");
      assert.match(await fault(page, PRICE), /Write 12000/);
    }));

  test("is taken from a cell of a spreadsheet, with its tab or line break", () =>
    withPage({ context: { permissions: ["clipboard-read", "clipboard-write"] } }, async (page) => {
      const paste = async (text) => {
        await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
        await field(page, PRICE).click();
        await page.keyboard.press("Control+A");
        await page.keyboard.press("Control+V");
      };
      await field(page, PRICE).fill("7");
      const seven = await figures(page);
      for (const text of ["7\n", "\t7", "7\t", "\r\n7\r\n", "7\u00a0"]) {
        await field(page, PRICE).fill("1");
        await paste(text);
        await answers(page, seven);
      }
      await paste("7\t300");
      await page.keyboard.press("Tab");
      assert.notEqual(await fault(page, PRICE), "", "two cells are not one figure");
      assert.deepEqual(await figures(page), seven);
    }));

  test("that can be read in two ways is asked, and the answer counts", () =>
    withPage({}, async (page) => {
      await charge(page, "Agent fee").click();
      for (const name of [PRICE, "exchangeRate.cnyPerUnit", "charges[1].rate.percent", "selling.feePercent"]) {
        await field(page, name).fill("12.5");
        const meant = [await figures(page), await selling(page)];
        await type(page, name, "12,5");
        assert.equal(await fault(page, name), "", `${name}: nothing is said while it is typed`);
        await page.keyboard.press("Tab");
        assert.match(await fault(page, name), /two ways/, name);
        const choices = beside(page, name).locator('button[value^="read:"]');
        assert.deepEqual(await choices.allTextContents(), ["12.5", "125"], name);
        await choices.first().click();
        assert.equal(await field(page, name).inputValue(), "12.5", name);
        assert.equal(await fault(page, name), "", name);
        assert.deepEqual([await figures(page), await selling(page)], meant, name);
        await hasFocus(field(page, name));
      }
    }));

  /** The prices to sell at. */
  function selling(page) {
    return page.getByRole("heading", { name: "Selling price" }).locator("xpath=..").allTextContents();
  }

  test("that can’t be read is refused with its reason, not before the field is left", () =>
    withPage({}, async (page) => {
      await page.getByText("Dates, other currencies").click();
      for (const [where, text, reason] of REFUSED) {
        const before = await field(page, where).inputValue();
        await type(page, where, text);
        await pause(50);
        assert.equal(await fault(page, where), "", `${text}: nothing is said while it is typed`);
        await page.keyboard.press("Tab");
        assert.match(await fault(page, where), reason, text);
        assert.equal(await field(page, where).inputValue(), text, "what was typed stays");
        await field(page, where).fill(before);
        assert.equal(await fault(page, where), "", `${text}: nothing is said once it is corrected`);
      }
    }));

  test("that is wrong is told by itself after a second, and the last good answer stays, dimmed", () =>
    withPage({}, async (page) => {
      const total = page.getByRole("region", { name: "Result" }).locator("summary", { hasText: "Order total" }).last();
      const colour = () => total.evaluate((of) => getComputedStyle(of).color);
      const bright = await colour();
      await field(page, PRICE).fill("1e5");
      assert.equal(await fault(page, PRICE), "");
      await page.getByText("Last complete result").last().waitFor();
      assert.deepEqual(await figures(page), MUGS);
      assert.notEqual(await colour(), bright);
      await settled();
      assert.match(await fault(page, PRICE), /Write all digits/);
      const summary = page.getByRole("status").filter({ hasText: "To be corrected" });
      await summary.getByRole("button", { name: /Line 1, 1688 price/ }).click();
      await hasFocus(field(page, PRICE));
      await type(page, PRICE, "12.5");
      await answers(page, MUGS);
      assert.equal(await page.getByText("Last complete result").count(), 0);
      assert.equal(await colour(), bright);
      assert.equal(await summary.count(), 0);
    }));

  test("that is wrong is named in words, whichever it is", () =>
    withPage({}, async (page) => {
      await line(page, 0).click();
      await charge(page, "International shipping").click();
      await page.evaluate(() => document.querySelectorAll("main details").forEach((fold) => fold.setAttribute("open", "")));
      const faults = await page.evaluate(async () => {
        const drawn = () => new Promise((done) => setTimeout(done, 5));
        const faults = [];
        const names = [...document.querySelectorAll("form input[inputmode]")].map((of) => of.name);
        for (const name of names) {
          const field = document.querySelector(`[name="${name}"]`);
          const type = async (text) => {
            field.value = text;
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
            await drawn();
          };
          const before = field.value;
          await type("x");
          const said = [...document.querySelectorAll("form [role=status] button")].map((button) => button.textContent);
          faults.push([name, said]);
          await type(before);
        }
        return faults;
      });
      assert.ok(faults.length > 40, `${faults.length} fields`);
      for (const [name, said] of faults) {
        assert.equal(said.length, 1, name);
        assert.doesNotMatch(said[0], /^[^:]*([a-z][A-Z]|\.|\[)/, name);
      }
      assert.equal(await page.getByText("To be corrected").count(), 0);
    }));

  test("composed by an input method counts, and Enter ends its word only", () =>
    withPage({}, async (page) => {
      const session = await page.context().newCDPSession(page);
      await field(page, PRICE).fill("7.5");
      const expected = await figures(page);
      await field(page, PRICE).fill("");
      await field(page, PRICE).click();
      await page.evaluate(() => {
        window.heard = [];
        for (const event of ["compositionstart", "compositionend"]) {
          document.addEventListener(event, () => window.heard.push(event));
        }
        document.addEventListener("keydown", (event) => window.heard.push(`${event.key} ${event.isComposing}`));
      });
      for (const text of ["７", "７．", "７．５"]) {
        const end = text.length;
        await session.send("Input.imeSetComposition", { text, selectionStart: end, selectionEnd: end });
        assert.equal(await field(page, PRICE).inputValue(), text, "the page leaves the composition alone");
      }
      await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 });
      await pause(50);
      const active = () => page.evaluate(() => document.activeElement.getAttribute("name"));
      assert.equal(await active(), PRICE);
      await session.send("Input.insertText", { text: "７．５" });
      const heard = await page.evaluate(() => window.heard);
      assert.deepEqual(heard, ["compositionstart", "Enter true", "compositionend"]);
      await answers(page, expected);
      await page.keyboard.press("Enter");
      assert.equal(await active(), "lines[0].quantity");
    }));

});

describe("lines", { concurrency: 2 }, () => {
  const skus = (page) => page.locator('input[name$=".sku"]').evaluateAll((all) => all.map((of) => of.value));

  test("are added, doubled, moved, removed, and a removal undone", () =>
    withPage({}, async (page) => {
      const before = await figures(page);
      await page.getByRole("button", { name: "Add a line" }).click();
      await hasFocus(field(page, "lines[2].sku"));
      assert.deepEqual(await skus(page), ["MUG-RED", "LID", ""]);
      await page.keyboard.type("BOX");
      await field(page, "lines[2].unitPriceCny").fill("1");
      await field(page, "lines[2].quantity").fill("10");
      await field(page, "lines[2].unitWeightKg").fill("0.1");
      await button(page, "lines[2]", "up").click();
      assert.deepEqual(await skus(page), ["MUG-RED", "BOX", "LID"]);
      const withBox = await figures(page);
      assert.notDeepEqual(withBox, before);
      await button(page, "lines[0]", "down").click();
      assert.deepEqual(await skus(page), ["BOX", "MUG-RED", "LID"]);
      assert.deepEqual(await figures(page), withBox, "the order of lines costs nothing");
      await button(page, "lines[0]", "copy").click();
      assert.deepEqual(await skus(page), ["BOX", "BOX", "MUG-RED", "LID"]);
      await button(page, "lines[1]", "remove").click();
      await button(page, "lines[0]", "remove").click();
      assert.deepEqual(await skus(page), ["MUG-RED", "LID"]);
      await answers(page, before);
      await button(page, "order", "undo").click();
      assert.deepEqual(await skus(page), ["BOX", "MUG-RED", "LID"]);
      await answers(page, withBox);
      assert.equal(await button(page, "order", "undo").count(), 0);
    }));

  test("at the ends move no further", () =>
    withPage({}, async (page) => {
      await button(page, "lines[0]", "up").click();
      await button(page, "lines[1]", "down").click();
      assert.deepEqual(await skus(page), ["MUG-RED", "LID"]);
    }));

  test("open to a carton, which a fault in it does by itself", () =>
    withPage({}, async (page) => {
      assert.equal(await field(page, "lines[0].carton.units").count(), 0);
      await line(page, 0).click();
      await field(page, "lines[0].carton.grossKg").fill("");
      await field(page, "lines[0].carton.units").fill("0");
      await line(page, 0).click();
      await page.getByRole("status").getByRole("button", { name: /Line 1, units a carton/ }).click();
      await hasFocus(field(page, "lines[0].carton.units"));
      assert.notEqual(await fault(page, "lines[0].carton.units"), "");
    }));

  test("are pasted from a spreadsheet, after a look at how they are understood", () =>
    withPage({ context: { permissions: ["clipboard-read", "clipboard-write"] } }, async (page) => {
      await button(page, "order", "clear").click();
      await button(page, "pasted", "open").click();
      await hasFocus(field(page, "pasted"));
      const rows = ["SKU\tUnit price\tQty\tGross\tRemark", "MUG-RED\t¥12.50\t300\t0.42\tred", "LID\t1.85\t500\t0.04\t", "Total\t\t800"];
      await page.evaluate((text) => navigator.clipboard.writeText(text), rows.join("\n"));
      await page.keyboard.press("Control+V");
      const preview = page.getByRole("status").filter({ hasText: "MUG-RED, LID" });
      assert.match(await preview.textContent(), /^2 lines: MUG-RED, LID\. Columns: SKU, Price, CNY, Quantity/);
      assert.match(await preview.textContent(), /left out/, "a column that isn’t known");
      assert.equal(await page.getByText(/Row 4 left out: a sum/).count(), 1);
      assert.deepEqual(await skus(page), [""], "nothing is changed by looking");
      await page.getByRole("button", { name: "Add 2 lines" }).click();
      assert.deepEqual(await skus(page), ["MUG-RED", "LID"], "the empty line made room");
      assert.equal(await field(page, "lines[0].unitPriceCny").inputValue(), "12.50");
      assert.equal(await field(page, "lines[1].quantity").inputValue(), "500");
      assert.equal(await field(page, "pasted").count(), 0);
      await button(page, "order", "undo").click();
      assert.deepEqual(await skus(page), [""]);
    }));

  test("that were pasted and can’t be read ask in their fields", () =>
    withPage({}, async (page) => {
      await button(page, "pasted", "open").click();
      await field(page, "pasted").fill("SKU\tPrice\tQty\nBOX\t12,5\t10");
      await page.getByRole("button", { name: "Add 1 line" }).click();
      assert.equal(await field(page, "lines[2].unitPriceCny").inputValue(), "12,5");
      assert.match(await fault(page, "lines[2].unitPriceCny"), /two ways/);
      await button(page, "pasted", "open").click();
      await button(page, "pasted", "cancel").click();
      assert.equal(await field(page, "pasted").count(), 0);
    }));
});

describe("charges", { concurrency: 2 }, () => {
  const region = (page) => page.getByRole("region", { name: "What it costs to get here" });

  test("are added with what is usual, and counted as soon as they have a figure", () =>
    withPage({}, async (page) => {
      await button(page, "charges", "add:inspection").click();
      await hasFocus(field(page, "charges[8].rate.amount"));
      assert.equal(await region(page).getByText("To be corrected").count(), 0);
      await page.keyboard.type("10");
      await answers(page, { total: "2,334.11" });
      await button(page, "charges[8]", "remove").click();
      await answers(page, MUGS);
    }));

  test("change their kind and keep what both have", () =>
    withPage({}, async (page) => {
      await charge(page, "International shipping").click();
      const at = "charges[5].rate";
      assert.equal(await field(page, `${at}.amount`).inputValue(), "6.2");
      for (const type of ["breaks", "firstAndNextKg", "perKg", "perCbm", "perRevenueTon", "tieredPercentOf", "percentOf", "flat", "perUnit", "perCarton", "perChargeableKg"]) {
        await field(page, `${at}.type`).selectOption(type);
        assert.equal(await field(page, `${at}.type`).inputValue(), type);
      }
      await field(page, `${at}.amount`).fill("6.2");
      await field(page, `${at}.roundUpToKg`).fill("1");
      await answers(page, MUGS);
      await field(page, `${at}.type`).selectOption("breaks");
      for (const [index, amount] of ["8", "7", "6.2"].entries()) await field(page, `${at}.breaks[${index}].amount`).fill(amount);
      await answers(page, MUGS);
      await button(page, `${at}.breaks[0]`, "remove").click();
      await button(page, `${at}.breaks`, "add").click();
      await field(page, `${at}.breaks[2].fromKg`).fill("150");
      await field(page, `${at}.breaks[2].amount`).fill("5");
      // 166 kg, now above the last break.
      await until(async () => /830\.00/.test(await charge(page, "International shipping").textContent()));
    }));

  test("are kept as a fee schedule, used for another order, exported and imported", () =>
    withPage({}, async (page) => {
      await button(page, "schedule", "save").click();
      await page.getByText("Saved as a fee schedule.").waitFor();
      await button(page, "order", "clear").click();
      assert.equal(await field(page, "charges[0].component").count(), 0);
      await field(page, "schedule").selectOption({ label: "Fees of Mugs and lids" });
      await charge(page, "Brokerage and delivery").waitFor();
      assert.equal(await charge(page, "Agent fee").count(), 1);
      await page.getByRole("link", { name: "Saved" }).click();
      const schedules = page.getByRole("region", { name: "Fee schedules" });
      const exported = await offered(page, () => schedules.getByRole("button", { name: "Export" }).click());
      assert.equal(exported.json.format, "landfall/fee-schedule");
      assert.equal(exported.json.data.length, 8);
      await schedules.getByRole("button", { name: "Delete" }).click();
      assert.equal(await schedules.getByRole("listitem").count(), 0);
      const buffer = Buffer.from(exported.text);
      await page.locator('input[name="import"]').setInputFiles({ name: "fees.json", mimeType: "application/json", buffer });
      await schedules.getByRole("listitem").waitFor();
      const again = await offered(page, () => schedules.getByRole("button", { name: "Export" }).click());
      assert.deepEqual(again.json, exported.json);
      await schedules.getByRole("button", { name: "Use for the order" }).click();
      await page.getByRole("link", { name: "Landed cost" }).click();
      assert.equal(await charge(page, "Agent fee").count(), 1, "charges of the same kind give way");
    }));
});
