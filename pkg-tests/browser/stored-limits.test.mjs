// A storage that is full, refused, missing, or holds what this page can't read: it is said, nothing is lost, and the
// work goes on.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { aside, store } from "./faults.mjs";
import {
  answers, button, choose, field, goTo, notice, offered, settled, show, speak, started, stored, told, until, withPage,
} from "./support.mjs";

const PRICE = "lines[0].unitPriceCny";
const MUGS = { perUnit: "2.9049", total: "2,323.93", cash: "2,285.19" };
const SAVED = "Saved on this device";
/** How soon the page says that it couldn't store something, in milliseconds. */
const SOON = 1_000;

const kept = (page) => page.evaluate(() => document.querySelector(".kept").textContent);
const isStored = (page) => until(async () => (await kept(page)) === SAVED, SAVED);
const hide = (page) => page.evaluate(() => dispatchEvent(new Event("pagehide")));

/** Prepares a page without a database. */
function withoutDatabase(page) {
  return page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
}

/** Prepares a page that may store nothing at all. */
function denied(page) {
  return page.addInitScript(() => {
    for (const name of ["localStorage", "indexedDB", "sessionStorage", "caches"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
}

/** Does something that is to be stored, and expects it stored, or refused and said soon; either way it is there and can be exported. */
async function done(page, name, act) {
  await act();
  let [said, before] = ["", ""];
  await until(async () => {
    [before, said] = [said, await kept(page)];
    await pause(60);
    return said === before && !["", "Saving …"].includes(said);
  }, "the page says whether it saved");
  if (said !== SAVED) {
    await page.locator(".notice.stop, .notice.wait").getByText(/could not be stored|can’t be opened|doesn’t let the page store/).first().waitFor({ timeout: SOON });
  }
  await goTo(page, "Data");
  const { text } = await offered(page, () => page.locator('.primary[name="data"][value="export"]').click());
  assert.ok(text.includes(name), `the export has ${name}`);
  await goTo(page, "Landed cost");
  return said === SAVED;
}

describe("a storage with little room left", { concurrency: 2 }, () => {
  /** Fills the local storage but for so many units. */
  const fill = (page, free) =>
    page.evaluate((left) => {
      const size = 5_242_880;
      const used = Object.keys(localStorage).reduce((sum, key) => sum + key.length + localStorage.getItem(key).length, 0);
      localStorage.setItem("filling", "x".repeat(Math.max(0, size - used - left - "filling".length)));
    }, free);
  const rowOf = (has, name) => Object.entries(has.local).find(([key, text]) => key.startsWith("landfall.row.") && text.includes(name));

  /** A page without a database, with an order in its form that is stored; and what storing another one takes. */
  async function measured(page) {
    await field(page, "name").fill("Before it");
    await settled();
    await isStored(page);
    const before = await stored(page);
    await field(page, "name").fill("The big one");
    await button(page, "order", "save").click();
    await told(page, /Saved under/);
    await settled();
    await isStored(page);
    const after = await stored(page);
    const size = ({ local }) => Object.entries(local).reduce((sum, [key, text]) => sum + key.length + text.length, 0);
    assert.ok(rowOf(after, "The big one"));
    return { before, needed: size(after) - size(before) };
  }

  for (const [what, free] of [["nothing", 0], ["1 unit", 1], ["100 units", 100], ["1 KiB", 1_024], ["one unit less than it takes", -1], ["all that it takes", null]]) {
    test(`of ${what} in the local storage says what it can’t store`, () =>
      withPage({ prepare: withoutDatabase }, async (page, { site }) => {
        const { before, needed } = await measured(page);
        await aside(page, site);
        await page.evaluate((local) => {
          localStorage.clear();
          for (const [key, text] of Object.entries(local)) localStorage.setItem(key, text);
        }, before.local);
        await show(page, site.url);
        await isStored(page);
        const room = free === null ? needed : free < 0 ? needed - 1 : free;
        await fill(page, room);
        const full = await stored(page);
        const isDone = await done(page, "The big one", async () => {
          await field(page, "name").fill("The big one");
          await button(page, "order", "save").click();
          await hide(page);
        });
        if (room < needed - 1) assert.equal(isDone, false, `${room} of ${needed}`);
        if (free === null) assert.equal(isDone, true, `${room} of ${needed}`);
        const left = await stored(page);
        assert.equal(left.local.filling, full.local.filling);
        if (!isDone) {
          assert.equal(await field(page, "name").inputValue(), "The big one");
          assert.equal(Boolean(rowOf(left, "Before it")) || Boolean(rowOf(left, "The big one")), true, "what was stored stays");
          await page.evaluate(() => localStorage.removeItem("filling"));
          await button(page, "storage", "retry").click();
          await isStored(page);
        }
        await page.reload();
        await started(page);
        await isStored(page);
        assert.equal(await field(page, "name").inputValue(), "The big one");
        await goTo(page, "Saved");
        assert.equal(await page.locator('button[name^="saved."][value="open"]').count(), 1);
      }));
  }

  // Before the browser opens the database: how much it may have is looked up when that is running short.
  for (const quota of [1, 1_000, 30_000, 100_000, 300_000, 10_000_000]) {
    test(`and a quota of ${quota} bytes says what it can’t store`, () =>
      withPage({ open: false }, async (page, { site }) => {
        const session = await page.context().newCDPSession(page);
        const origin = new URL(site.url).origin;
        await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: quota });
        await show(page, site.url);
        await field(page, "name").fill("Before it");
        await settled();
        const big = `The big one ${"x".repeat(200_000)}`;
        const isDone = await done(page, "The big one", async () => {
          await field(page, "name").fill(big);
          await button(page, "order", "save").click();
          await hide(page);
        });
        if (quota === 10_000_000) assert.equal(isDone, true);
        if (quota <= 30_000) assert.equal(await page.locator(".notice.stop, .notice.wait").count(), 1, "it is said");
        const rows = JSON.stringify((await stored(page)).rows);
        if (!isDone) {
          assert.ok(!rows.includes("The big one"), "nothing of it is stored in the database");
          assert.equal(await field(page, "name").inputValue(), big);
        }
        await session.send("Storage.overrideQuotaForOrigin", { origin });
        if (!isDone) await button(page, "storage", "retry").click();
        await page.reload();
        await started(page);
        await isStored(page);
        assert.equal(await field(page, "name").inputValue(), big);
        assert.ok(JSON.stringify((await stored(page)).rows).includes("The big one"), "it is in the database in the end");
      }));
  }
});

describe("data that is newer than the page", { concurrency: 2 }, () => {
  const message = (page) => page.getByText(/is of version 2, newer than this page.*nothing is changed/);

  /** Does whatever stores something; nothing of it may. */
  async function everything(page) {
    await message(page).waitFor();
    await field(page, "name").fill("Not to be stored");
    await field(page, PRICE).fill("12.5");
    await settled();
    await button(page, "order", "save").click();
    await button(page, "schedule", "save").click();
    await button(page, "order", "clear").click();
    await field(page, "name").fill("Nor this");
    await hide(page);
    await speak(page, "zh-CN");
    await speak(page, "en");
    await field(page, "theme").selectOption("dark");
    await goTo(page, "Saved");
    for (const action of ["copy", "remove"]) await page.locator(`button[name^="saved."][value="${action}"]`).first().click();
    await choose(page, "order.json", { name: "File", request: { lines: [{ sku: "A" }] } });
    await goTo(page, "Data");
    const { json } = await offered(page, () => page.locator('.primary[name="data"][value="export"]').click());
    await settled();
    assert.equal(await kept(page), "Read only");
    await message(page).waitFor();
    return json;
  }

  for (const [where, prepare, key] of [["in the database", undefined, null], ["in the local storage", withoutDatabase, "landfall.meta.version"]]) {
    test(`${where} is shown and exported, and not a byte of it changes`, () =>
      withPage({ prepare }, async (page, { site }) => {
        await field(page, "name").fill("From the future");
        await button(page, "order", "save").click();
        await told(page, /Saved under/);
        await settled();
        await isStored(page);
        const has = await stored(page);
        if (key) has.local[key] = "2";
        else has.meta.version = 2;
        // A record as a newer page may have it.
        await aside(page, site);
        if (key) await page.evaluate((text) => localStorage.setItem("landfall.meta.version", text), "2");
        else await store(page, has);
        const before = await stored(page);
        await show(page, site.url);
        assert.equal(await field(page, "name").inputValue(), "From the future");
        const exported = await everything(page);
        assert.ok(JSON.stringify(exported.data.scenarios).includes("From the future"));
        assert.deepEqual(await stored(page), before);
        await page.reload();
        await started(page);
        await message(page).waitFor();
        assert.deepEqual(await stored(page), before);
      }));
  }

  test("that comes while the page is open stops it from writing", () =>
    withPage({}, async (page) => {
      await field(page, "name").fill("Mine");
      await settled();
      await isStored(page);
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            const opening = indexedDB.open("landfall");
            opening.onsuccess = () => {
              const transaction = opening.result.transaction("meta", "readwrite");
              transaction.objectStore("meta").put(2, "version");
              transaction.oncomplete = () => (opening.result.close(), resolve());
            };
          }),
      );
      const before = await stored(page);
      await field(page, "name").fill("Too late");
      await settled();
      await message(page).waitFor();
      const { rows, meta } = await stored(page);
      assert.deepEqual({ rows, meta }, { rows: before.rows, meta: before.meta });
      assert.equal(await field(page, "name").inputValue(), "Too late");
    }));
});

test("what a record has that this page doesn’t know survives edits and a backup", () =>
  withPage({}, async (page, { site }) => {
    await field(page, PRICE).fill("12");
    await button(page, "order", "save").click();
    await told(page, /Saved under/);
    await settled();
    await isStored(page);
    const has = await stored(page);
    assert.equal(Object.keys(has.rows).length, 2, "a draft and an order");
    for (const row of Object.values(has.rows)) {
      const record = JSON.parse(row.text);
      for (const head of record.heads) {
        head.data.later = { of: ["a", "newer page"] };
        if (record.kind === "scenario") head.data.data.request.lines[0].later = "1.50";
      }
      row.text = JSON.stringify(record);
      row.revision = "";
    }
    await aside(page, site);
    await store(page, has);
    await show(page, site.url);
    await isStored(page);
    await field(page, PRICE).fill("13");
    await settled();
    await goTo(page, "Saved");
    await page.locator('input[name^="saved."][name$=".name"]').first().fill("Renamed");
    await isStored(page);
    const { rows } = await stored(page);
    for (const [key, { text }] of Object.entries(rows)) {
      assert.match(text, /"later":\{"of":\["a","newer page"\]\}/, key);
      if (key.startsWith("scenario/")) assert.match(text, /"later":"1.50"/, key);
    }
    await goTo(page, "Data");
    const { text } = await offered(page, () => page.locator('.primary[name="data"][value="export"]').click());
    assert.equal(text.match(/newer page/g).length, Object.keys(rows).length);
  }));

test("records that can’t be read stay byte for byte, are said and offered", () =>
  withPage({}, async (page, { site }) => {
    await button(page, "order", "save").click();
    await told(page, /Saved under/);
    await settled();
    await isStored(page);
    const has = await stored(page);
    const broken = {
      "order/44444444-4444-4444-8444-444444444444": { revision: "x", text: '{"kind":"order","heads":[' },
      "scenario/55555555-5555-4555-8555-555555555555": { revision: "y", text: '{"kind":"scenario","id":"55555555-5555-4555-8555-555555555555","heads":[{"counter":-1}]}' },
      "unheard/66666666-6666-4666-8666-666666666666": { revision: "z", text: "not JSON" },
    };
    Object.assign(has.rows, broken);
    await aside(page, site);
    await store(page, has);
    await show(page, site.url);
    await isStored(page);
    await goTo(page, "Data");
    await page.getByText("3 stored records can’t be read").waitFor();
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "data", "unreadable").click()]);
    const text = await readFile(await download.path(), "utf8");
    for (const { text: raw } of Object.values(broken)) assert.ok(text.includes(raw), raw);
    await goTo(page, "Landed cost");
    await field(page, PRICE).fill("13");
    await settled();
    await isStored(page);
    const { rows } = await stored(page);
    for (const [key, row] of Object.entries(broken)) assert.deepEqual(rows[key], row);
  }));

describe("a browser that stores nothing", { concurrency: 2 }, () => {
  const notStored = (page) => page.getByText("what you type is gone when you close it");

  /** Whole landed cost, save, compare, export. */
  async function jobs(page) {
    await notStored(page).waitFor();
    await answers(page, MUGS);
    await button(page, "order", "save").click();
    await told(page, /Saved under.*until this page is closed/s);
    await field(page, "name").fill("Dearer");
    await field(page, PRICE).fill("20");
    await button(page, "order", "save").click();
    await until(async () => /Saved under/.test(await notice(page)));
    const { json } = await offered(page, () => button(page, "order", "export").click());
    assert.equal(json.data.request.lines[0].unitPriceCny, "20");
    await goTo(page, "Saved");
    await notStored(page).waitFor();
    const ticks = page.locator('input[name^="saved."][type="checkbox"]');
    await until(async () => (await ticks.count()) === 2);
    for (const index of [0, 1]) await ticks.nth(index).check();
    await page.getByRole("region", { name: "Comparison" }).waitFor();
    await goTo(page, "Data");
    await page.getByText("Only in this open page").waitFor();
    const backup = await offered(page, () => page.locator('.primary[name="data"][value="export"]').click());
    assert.equal(backup.json.data.scenarios.length, 2);
    await notStored(page).waitFor();
  }

  test("as it is told to does the work, and says so all the time", () => withPage({ prepare: denied }, jobs));

  test("for what is in a sandboxed frame does the work, and says so all the time", () =>
    // Its origin is none, so that even its own host is another one.
    withPage({ open: false, clean: false, server: { headers: { "access-control-allow-origin": "*" } } }, async (page, { site, seen }) => {
      await aside(page, site);
      await page.evaluate((url) => {
        document.body.innerHTML = `<iframe style="width:1280px;height:700px" sandbox="allow-scripts allow-downloads" src="${url}"></iframe>`;
      }, site.url);
      const frame = await (await page.waitForSelector("iframe")).contentFrame();
      await frame.locator("main:not(.start)").waitFor();
      // Everything but the event of a download is asked of the frame.
      const of = new Proxy(page, { get: (page, name) => (name === "waitForEvent" ? page.waitForEvent.bind(page) : frame[name]?.bind?.(frame) ?? frame[name]) });
      await jobs(of);
      assert.deepEqual(seen.foreign, []);
      assert.deepEqual(seen.violations, []);
    }));
});

test("without a database, everything is in the local storage, and two tabs see each other’s changes", () =>
  withPage({}, async (page, { site }) => {
    await page.context().addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
    await page.reload();
    await started(page);
    const other = await page.context().newPage();
    await show(other, site.url);
    await goTo(other, "Saved");
    await field(page, "name").fill("Seen elsewhere");
    await button(page, "order", "save").click();
    await told(page, /Saved under/);
    const names = () => other.locator('input[name^="saved."][name$=".name"]').evaluateAll((all) => all.map(({ value }) => value));
    await until(async () => (await names()).includes("Seen elsewhere"), "the other tab shows it");
    await other.locator('input[name^="saved."][name$=".name"]').first().fill("Renamed there");
    await goTo(page, "Saved");
    await until(async () => (await page.locator('input[name^="saved."][name$=".name"]').first().inputValue()) === "Renamed there");
    for (const tab of [page, other]) {
      await isStored(tab);
      await goTo(tab, "Data");
      await tab.getByText("In the small local storage").waitFor();
    }
    const { local } = await page.evaluate(() => ({ local: { ...localStorage } }));
    assert.ok(Object.keys(local).some((key) => key.startsWith("landfall.row.scenario/")));
    assert.equal(local["landfall.meta.version"], "1");
    await page.reload();
    await started(page);
    await goTo(page, "Saved");
    await until(async () => (await names()).includes("Renamed there") || (await page.locator('input[name^="saved."][name$=".name"]').count()) === 1);
  }));
