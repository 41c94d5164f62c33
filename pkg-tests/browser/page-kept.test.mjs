// What is kept: the order that is being typed, saved orders, files and links, and what can't be.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  answers, button, charge, choose, field, figures, goTo, notice, offered, open, settled, show, speak, started, stored, told, until, withPage,
} from "./support.mjs";

const MUGS = { perUnit: "2.9049", total: "2,323.93", cash: "2,285.19" };
const PRICE = "lines[0].unitPriceCny";

/** Prepares a page whose storage is blocked, as it is in frames of other sites. */
function blocked(page) {
  return page.addInitScript(() => {
    for (const name of ["localStorage", "indexedDB"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
}

/** Prepares a page without a database whose storage is full, for everything or for whatever is longer than `size`. */
function full(size) {
  return (page) =>
    page.addInitScript((limit) => {
      Object.defineProperty(window, "indexedDB", { value: undefined });
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, text) {
        if (text.length >= limit) throw new DOMException("Quota exceeded.", "QuotaExceededError");
        setItem.call(this, key, text);
      };
    }, size);
}

describe("what is typed", { concurrency: 2 }, () => {
  test("survives a reload", () =>
    withPage({}, async (page) => {
      await field(page, PRICE).fill("７");
      await field(page, "name").fill("My mugs");
      await field(page, "lines[0].quantity").fill("12,5");
      await settled();
      await page.getByText("Saved on this device").waitFor();
      await page.reload();
      await started(page);
      assert.equal(await field(page, PRICE).inputValue(), "７", "as it was typed");
      assert.equal(await field(page, "name").inputValue(), "My mugs");
      assert.equal(await field(page, "lines[0].quantity").inputValue(), "12,5", "also what can’t be read yet");
      assert.equal(await page.title(), "My mugs · Landfall");
    }));

  test("survives a reload at once after the key", () =>
    withPage({}, async (page) => {
      for (const price of ["3", "31"]) {
        await field(page, PRICE).fill(price);
        await page.reload();
        await started(page);
        assert.equal(await field(page, PRICE).inputValue(), price);
      }
    }));

  test("survives with destination, fees that are switched off, and prices to sell at", () =>
    withPage({}, async (page) => {
      await charge(page, "Merchandise processing fee, informal entry").click();
      await page.getByRole("button", { name: "Switch off" }).click();
      await field(page, "selling.feePercent").fill("8");
      const before = await figures(page);
      await page.reload();
      await started(page);
      assert.deepEqual(await figures(page), before);
      assert.equal(await field(page, "selling.feePercent").inputValue(), "8");
    }));

  test("survives with language and colours", () =>
    withPage({ context: { colorScheme: "light" } }, async (page) => {
      await speak(page, "zh-CN");
      await field(page, "theme").selectOption("dark");
      const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const dark = await colour();
      await page.reload();
      await started(page);
      assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
      assert.equal(await field(page, "theme").inputValue(), "dark");
      assert.equal(await colour(), dark);
    }));

  for (const [what, prepare] of [["blocked", blocked], ["full", full(0)], ["full for all but little", full(1)]]) {
    test(`stays on the page when the storage is ${what}: it says so, computes and exports`, () =>
      withPage({ prepare }, async (page) => {
        await field(page, PRICE).fill("13");
        await settled();
        await page.getByText("what you type is gone when you close it").waitFor();
        assert.equal(await notice(page), "", "it is said once");
        assert.equal(await page.getByText("Saved on this device").count(), 0);
        assert.notDeepEqual(await figures(page), MUGS);
        await field(page, PRICE).fill("12.5");
        await answers(page, MUGS);
        const { json } = await offered(page, () => button(page, "order", "export").click());
        assert.equal(json.data.request.lines[0].unitPriceCny, "12.5");
        await button(page, "order", "save").click();
        await told(page, /Saved under/);
        await page.getByText("what you type is gone when you close it").waitFor();
        await speak(page, "zh-CN");
        await goTo(page, "已保存");
        assert.equal(await page.locator('button[value="open"]').count(), 1, "for as long as the page is open");
      }));
  }

  test("that is stored in a way that can’t be read is kept beside, and said", () =>
    withPage({}, async (page) => {
      const broken = '{"format":"landfall/scenario","version":1,"data":{"request":{"lines":[{"sku":1.5}]}}}';
      await page.evaluate((text) => localStorage.setItem("landfall.draft", text), broken);
      await page.reload();
      await started(page);
      await told(page, /could not be read; its text is kept/);
      assert.equal(await page.evaluate(() => localStorage.getItem("landfall.draft.broken")), broken);
      await field(page, PRICE).fill("7");
      await settled();
      assert.equal(await page.evaluate(() => localStorage.getItem("landfall.draft.broken")), broken);
    }));
});

describe("saved orders", { concurrency: 2 }, () => {
  const names = (page) => page.locator('input[name^="saved."][name$=".name"]').evaluateAll((all) => all.map((of) => of.value));
  const rows = (page) => page.getByRole("region", { name: "Orders" }).getByRole("listitem");

  /** Saves the worked order and one with another price. */
  async function two(page) {
    await button(page, "order", "save").click();
    await told(page, /Saved under/);
    await field(page, "name").fill("Dearer mugs");
    await field(page, PRICE).fill("20");
    await button(page, "order", "save").click();
    await until(async () => Object.keys((await stored(page)).rows).filter((key) => key.startsWith("scenario/")).length === 2);
    await goTo(page, "Saved");
    await rows(page).nth(1).waitFor();
  }

  test("are listed, opened, renamed, doubled and deleted", () =>
    withPage({}, async (page) => {
      await two(page);
      assert.deepEqual(await names(page), ["Dearer mugs", "Mugs and lids"]);
      const second = rows(page).nth(1).getByRole("textbox");
      await second.click();
      await page.keyboard.press("End");
      await page.keyboard.type(", red");
      assert.deepEqual(await names(page), ["Dearer mugs", "Mugs and lids, red"], "none moves while it is renamed");
      await page.reload();
      await started(page);
      assert.deepEqual((await names(page)).sort(), ["Dearer mugs", "Mugs and lids, red"]);
      const red = rows(page).filter({ has: page.getByRole("checkbox", { name: "Compare Mugs and lids, red", exact: true }) });
      await red.getByRole("button", { name: "Duplicate" }).click();
      await until(async () => (await names(page)).includes("Mugs and lids, red (copy)"));
      const copy = rows(page).filter({ has: page.getByRole("checkbox", { name: /copy/ }) });
      await copy.getByRole("button", { name: "Delete" }).click();
      assert.equal((await names(page)).length, 2);
      await red.getByRole("button", { name: "Open" }).click();
      await answers(page, MUGS);
      assert.equal(await field(page, "name").inputValue(), "Mugs and lids, red");
      await button(page, "order", "undo").click();
      assert.equal(await field(page, PRICE).inputValue(), "20", "what was open can be had back");
    }));

  test("are compared, two to four of them", () =>
    withPage({}, async (page) => {
      await two(page);
      const tick = (index) => rows(page).nth(index).getByRole("checkbox");
      const table = page.getByRole("region", { name: "Comparison" });
      await tick(0).check();
      assert.equal(await table.count(), 0);
      await tick(1).check();
      const cells = await table.getByRole("row", { name: /^Per good unit/ }).getByRole("cell").allTextContents();
      assert.equal(cells.length, 2);
      assert.equal(cells.filter((cell) => cell === "2.9049").length, 1);
      assert.equal(await table.getByText("Lowest per unit").count(), 1);
      for (let count = 2; count < 5; count += 1) await rows(page).first().getByRole("button", { name: "Duplicate" }).click();
      await rows(page).nth(4).waitFor();
      for (const index of [0, 1, 2]) await tick(index).click();
      const heads = await table.getByRole("columnheader").count();
      assert.equal(heads, 1 + 4);
      const ticked = await rows(page).getByRole("checkbox", { checked: true }).count();
      assert.equal(ticked, 4, "a fifth is not ticked as if it were compared");
    }));

  test("that are unfinished are named instead of compared", () =>
    withPage({}, async (page) => {
      await button(page, "order", "save").click();
      await button(page, "order", "clear").click();
      await field(page, "name").fill("Half an order");
      await button(page, "order", "save").click();
      await told(page, /Saved under/);
      await goTo(page, "Saved");
      for (const index of [0, 1]) await rows(page).nth(index).getByRole("checkbox").check();
      await page.getByText("Not finished, and so not compared: Half an order.").waitFor();
    }));

  test("go out as files and come back the same", () =>
    withPage({}, async (page) => {
      await two(page);
      const first = rows(page).first();
      const exported = await offered(page, () => first.getByRole("button", { name: "Export" }).click());
      assert.equal(exported.name, "landfall Dearer mugs.json");
      assert.deepEqual(Object.keys(exported.json), ["format", "version", "savedAt", "app", "name", "data"]);
      assert.equal(exported.json.format, "landfall/scenario");
      await choose(page, "other.json", exported.text);
      await told(page, /already here/);
      assert.equal((await names(page)).length, 2);
      await first.getByRole("button", { name: "Delete" }).click();
      assert.deepEqual(await names(page), ["Mugs and lids"]);
      await choose(page, "other.json", exported.text);
      await told(page, /Imported/);
      const row = rows(page).filter({ has: page.getByRole("checkbox", { name: /Dearer/ }) });
      const again = await offered(page, () => row.getByRole("button", { name: "Export" }).click());
      assert.deepEqual(again.json, exported.json);
      await page.reload();
      await started(page);
      assert.deepEqual((await names(page)).sort(), ["Dearer mugs", "Mugs and lids"]);
    }));

  test("take no file that they don’t understand, and say what is wrong with it", () =>
    withPage({}, async (page) => {
      await two(page);
      const good = { format: "landfall/scenario", version: 1, name: "x", data: { request: { lines: [{ sku: "A" }] } } };
      const lines = (line) => ({ ...good, data: { request: { lines: [line] } } });
      await settled();
      const before = await stored(page);
      const shown = await names(page);
      for (const [name, content, reason] of [
        ["broken.json", '{"format": "landfall/scen', /broken\.json could not be imported; nothing was changed/],
        ["other.json", { ...good, format: "other/format" }, /format: .*other\/format/],
        ["newer.json", { ...good, version: 2 }, /version: .*2/],
        ["unknown.json", lines({ sku: "A", colour: "red" }), /lines\[0\]\.colour/],
        ["float.json", lines({ sku: "A", unitPriceCny: 12.5 }), /lines\[0\]\.unitPriceCny/],
        ["deep.json", "[".repeat(100_000), /deep\.json could not be imported/],
        ["list.json", [], /list\.json could not be imported/],
        ["text.json", "SKU,price\nA,1", /text\.json could not be imported/],
        ["empty.json", "", /empty\.json could not be imported/],
        ["fees.json", { format: "landfall/fee-schedule", version: 1, data: [{ component: "agentFee", rate: { type: "flat", amount: 1.5 } }] }, /amount/],
      ]) {
        await choose(page, name, content);
        assert.match(await told(page, new RegExp(name.replace(".", "\\."))), reason);
        assert.deepEqual(await names(page), shown, name);
        assert.deepEqual(await stored(page), before, `${name} changed what is stored`);
        await page.getByRole("button", { name: "Close" }).click();
        assert.equal(await notice(page), "");
      }
    }));
});

describe("a link", { concurrency: 2 }, () => {
  /** The link to the order. */
  async function shared(page) {
    await button(page, "order", "share").click();
    const link = page.getByLabel(/The order is in this link/);
    await link.waitFor();
    return link.inputValue();
  }

  /** An order of some lines with all their fields. */
  function order(count) {
    const lines = Array.from({ length: count }, (_, index) => ({
      sku: `MUG-${index}-RED-350ML`,
      description: `Ceramic mug ${index}, 350 ml`,
      unitPriceCny: `${10 + index}.5`,
      quantity: 300 + 7 * index,
      carton: { units: 24, lengthCm: `5${index % 10}`, widthCm: "36", heightCm: "28", grossKg: "11.2" },
      dutyPercent: "9.8",
      defectPercent: "2",
    }));
    const charges = [
      { component: "agentFee", rate: { type: "percentOf", base: "goods", percent: "5" }, minimum: "8" },
      { component: "internationalShipping", rate: { type: "perChargeableKg", amount: "6.2", divisor: "6000" } },
    ];
    const exchangeRate = { cnyPerUnit: "7.1", asOf: "2026-11-20" };
    return { name: `Order of ${count}`, request: { homeCurrency: "USD", exchangeRate, shipment: { mode: "air" }, lines, charges } };
  }

  test("opens the same order elsewhere; the reader’s own is kept and comes back", () =>
    withPage({}, async (page, { visit, site }) => {
      await open(page, order(5));
      const sent = await figures(page);
      const link = await shared(page);
      assert.ok(link.length < 2_000, `${link.length} characters`);
      assert.ok(link.startsWith(`${site.url}#/cost?s=1.`));
      const { page: other } = await visit();
      await show(other, site.url);
      await field(other, PRICE).fill("77");
      await settled();
      const own = await figures(other);
      await other.goto("about:blank");
      await show(other, link);
      await other.getByText("This order came by a link. Your own is kept.").waitFor();
      await answers(other, sent);
      assert.equal(await field(other, "name").inputValue(), "Order of 5");
      assert.ok(!other.url().includes("?s="));
      await button(other, "order", "back").click();
      await answers(other, own);
      assert.equal(await field(other, PRICE).inputValue(), "77");
      await other.reload();
      await started(other);
      assert.equal(await field(other, PRICE).inputValue(), "77");
      const packed = link.split("?s=")[1].slice(0, 24);
      assert.equal(site.requests.some((path) => path.includes(packed)), false, "nothing of it reaches a server");
    }));

  test("that is kept becomes the reader’s order, and can be undone", () =>
    withPage({}, async (page, { visit }) => {
      await open(page, order(2));
      const [sent, link] = [await figures(page), await shared(page)];
      const { page: other } = await visit();
      await show(other, link);
      await answers(other, sent);
      await button(other, "order", "keep").click();
      await other.reload();
      await started(other);
      await answers(other, sent);
      assert.equal(await other.getByText("This order came by a link").count(), 0);
    }));

  test("after a link leaves the reader’s own order alone", () =>
    withPage({}, async (page, { visit, site }) => {
      await open(page, order(2));
      const first = await shared(page);
      await field(page, PRICE).fill("99");
      const second = await shared(page);
      const { page: other } = await visit();
      await show(other, site.url);
      await field(other, PRICE).fill("77");
      await settled();
      await show(other, first);
      await other.getByText("This order came by a link").waitFor();
      await settled();
      await other.evaluate((to) => location.assign(to), second);
      await until(async () => (await field(other, PRICE).inputValue()) === "99");
      await settled();
      await other.reload();
      await started(other);
      assert.equal(await field(other, PRICE).inputValue(), "77");
    }));

  test("is no longer looked at once a saved order is opened", () =>
    withPage({}, async (page, { visit, site }) => {
      await open(page, order(2));
      const link = await shared(page);
      const { page: other } = await visit();
      await show(other, site.url);
      await button(other, "order", "save").click();
      await told(other, /Saved under/);
      await field(other, PRICE).fill("77");
      await settled();
      await other.evaluate((to) => location.assign(to), link);
      await other.getByText("This order came by a link").waitFor();
      await settled();
      assert.equal(await other.getByText("From a link, not saved").count(), 1);
      await goTo(other, "Saved");
      await other.getByRole("button", { name: "Open" }).click();
      await answers(other, MUGS);
      assert.equal(await other.getByText("This order came by a link").count(), 0);
      await settled();
      assert.equal(await other.getByText("Saved on this device").count(), 1);
      await button(other, "order", "undo").click();
      assert.equal(await field(other, PRICE).inputValue(), "77", "the reader’s own can be had back");
    }));

  test("is no trap for those who go back", () =>
    withPage({}, async (page, { visit, site }) => {
      const link = await shared(page);
      const { page: other } = await visit();
      await show(other, `${site.url}#/saved`);
      await other.evaluate((to) => location.assign(to), link);
      await other.getByText("This order came by a link").waitFor();
      await button(other, "order", "back").click();
      await other.goBack();
      await other.getByRole("heading", { level: 1, name: "Saved" }).waitFor();
    }));

  test("that holds nothing to open says so and changes nothing", () =>
    withPage({}, async (page, { visit, site }) => {
      const link = await shared(page);
      const { page: other } = await visit();
      await show(other, site.url);
      await field(other, PRICE).fill("77");
      await settled();
      const [before, own] = [await stored(other), await figures(other)];
      for (const bad of [
        link.slice(0, -20),
        link.replace("?s=1.", "?s=2."),
        `${site.url}#/cost?s=1.garbage`,
        `${site.url}#/cost?s=1.%00*`,
        `${site.url}#/cost?s=`,
        `${link}${"A".repeat(30_000)}`,
      ]) {
        await other.evaluate((to) => location.assign(to), bad);
        await told(other, /The link holds no order that can be opened; yours is unchanged/);
        assert.deepEqual(await figures(other), own);
        assert.equal(await field(other, PRICE).inputValue(), "77");
        assert.deepEqual(await stored(other), before);
        assert.ok(!other.url().includes("?s="), other.url());
        await button(other, "notice", "close").click();
      }
    }));
});
