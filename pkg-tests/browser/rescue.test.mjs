// The rescue page: what is stored comes out of the browser, whatever is broken, without anything of Landfall itself.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { offered, show, started, until, withPage } from "./support.mjs";
import { store, withSite } from "./site.mjs";

const record = (id, data) =>
  JSON.stringify({ kind: "supplier", id: `${id}1111111-1111-4111-8111-111111111111`, heads: [{ counter: 1, device: "d3f1d3f1", at: "2026-11-22T10:00:00Z", data }] });

/** Everything that is stored, as it is. */
function stored(page) {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const keys = Object.keys(localStorage).filter((key) => key.startsWith("landfall."));
    const own = (await navigator.serviceWorker.getRegistrations()).length;
    return { names, keys, caches: (await caches.keys()).length, own };
  });
}

const save = (page, name) => offered(page, () => page.getByRole("button", { name: `Save “${name}”` }).click());

/** Opens the rescue page of a site of which the wasm and the script are missing. */
function withRescue(use) {
  const change = (path, bytes) => {
    if (/landfall-.*\.wasm|boot-/.test(path)) throw new Error("missing");
    return bytes;
  };
  return withPage({ open: false, server: { change } }, async (page, { site, seen }) => {
    await page.goto(`${site.url}rescue.html`);
    await use(page, { site, seen });
  });
}

describe("the rescue page", { concurrency: 2 }, () => {
  test("says that nothing is stored, and stores nothing", () =>
    withRescue(async (page) => {
      await page.getByText("Nothing is stored here.").waitFor();
      assert.deepEqual(await stored(page), { names: [], keys: [], caches: 0, own: 0 });
    }));

  test("gives all records as one file that Landfall imports, without Landfall", () =>
    withRescue(async (page) => {
      const [one, two] = [record("a", { name: "义乌 <b>&</b>" }), record("b", { name: "x", colour: "unknown fields stay" })];
      await store(page, { rows: { "supplier/a": { revision: "1", text: one } }, meta: { version: 1, lastWrite: "2026-11-22T10:00:00Z" }, local: { "landfall.row.supplier/b": two } });
      await page.reload();
      await page.getByText("suppliers 供应商: 2").waitFor();
      const { json, text } = await save(page, "landfall.json");
      assert.equal(json.format, "landfall/workspace");
      assert.equal(json.version, 1);
      assert.deepEqual(json.data.suppliers, [JSON.parse(one), JSON.parse(two)]);
      assert.ok(text.includes(one), "to the letter");
      await page.getByRole("button", { name: "Show it as text" }).first().click();
      const shown = await page.getByLabel("landfall.json").inputValue();
      assert.deepEqual(JSON.parse(shown).data, json.data);
    }));

  test("gives what is broken as it is, and names it", () =>
    withRescue(async (page) => {
      const rows = { "supplier/a": { revision: "1", text: record("a", { name: "x" }) }, "order/b": { revision: "1", text: '{"kind":"ord' }, "order/c": 7 };
      await store(page, { rows, local: { "landfall.draft.broken": "{", "landfall.order.1": '{"format":"landfall/scenario"}' } });
      await page.reload();
      await page.getByText("Can’t be read: 2").waitFor();
      for (const key of ["order/b", "order/c"]) await page.getByText(key, { exact: true }).waitFor();
      assert.equal((await save(page, "landfall.json")).json.data.suppliers.length, 1);
      const older = (await save(page, "landfall older.json")).json;
      assert.deepEqual([older.version, older.data], [0, { "landfall.order.1": '{"format":"landfall/scenario"}' }]);
      const raw = (await save(page, "landfall raw.json")).json;
      assert.deepEqual(Object.fromEntries(raw.database.rows), rows);
      assert.equal(raw.localStorage["landfall.draft.broken"], "{");
    }));

  test("gives what is newer under its own version", () =>
    withRescue(async (page) => {
      await store(page, { rows: { "supplier/a": { text: record("a", {}) } }, meta: { version: 7 } });
      await page.reload();
      await page.getByText("It is of version 7").waitFor();
      assert.equal((await save(page, "landfall.json")).json.version, 7);
    }));

  test("gives what else there is when the database can’t be opened", () =>
    withRescue(async (page) => {
      await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("Internal error opening backing store.", "UnknownError");
        };
      });
      await page.evaluate(() => localStorage.setItem("landfall.draft", "{}"));
      await page.reload();
      await page.getByText(/database can’t be opened.*Internal error/).waitFor();
      assert.equal((await save(page, "landfall raw.json")).json.localStorage["landfall.draft"], "{}");
    }));

  test("erases everything of ours and nothing else, once that is typed", () =>
    withSite(async ({ site, page, context }) => {
      await show(page, site.url);
      await page.evaluate(() => navigator.serviceWorker.ready);
      const other = await context.newPage();
      await other.goto(`${site.url}rescue.html`);
      await store(other, { rows: { "supplier/a": { text: record("a", {}) } }, local: { "landfall.draft": "{}", "other.key": "stays" } });
      await other.evaluate(() => caches.open("other cache"));
      await other.reload();
      await other.getByText("suppliers 供应商: 1").waitFor();
      const erase = other.getByRole("button", { name: "Erase everything" });
      assert.equal(await erase.isDisabled(), true);
      await other.locator("#confirm").fill("erase");
      assert.equal(await erase.isDisabled(), true);
      await other.locator("#confirm").fill("ERASE");
      // Landfall in the other tab lets go of the database, and starts anew.
      const reloaded = page.waitForEvent("load");
      await erase.click();
      await other.getByText("Everything is erased.").waitFor();
      await reloaded;
      await page.close();
      assert.equal(await other.evaluate(() => localStorage.getItem("other.key")), "stays");
      assert.equal(await other.evaluate(() => caches.has("other cache")), true);
      assert.equal(await other.evaluate(() => localStorage.getItem("landfall.draft")), null);
    }));

  test("fetches Landfall anew where there is a server, and keeps it where there is none", () =>
    withSite(async ({ site, page }) => {
      await show(page, site.url);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.goto(`${site.url}rescue.html`);
      const before = (await stored(page)).caches;
      await page.getByRole("button", { name: "Fetch Landfall anew" }).click();
      await page.waitForURL(site.url);
      await started(page);
      assert.equal(before, 2);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await until(async () => (await stored(page)).caches === 2);
      await page.goto(`${site.url}rescue.html`);
      await site.close();
      await page.getByRole("button", { name: "Fetch Landfall anew" }).click();
      await page.getByText("The server can’t be reached.").waitFor();
      assert.equal((await stored(page)).caches, 2);
    }));

  test("is named where Landfall can’t start", () =>
    withPage({ context: { javaScriptEnabled: false }, open: false }, async (page, { site }) => {
      await page.goto(site.url);
      const links = page.locator(".fault a");
      assert.deepEqual(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href"))), ["rescue.html", "rescue.html"]);
      await links.first().click();
      await page.getByRole("heading", { name: "What is stored here" }).waitFor();
    }));
});
