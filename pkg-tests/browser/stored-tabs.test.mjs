// Tabs that write at once lose nothing of each other, and what only people can decide is shown to them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chance, isLong, seed } from "../support/chance.mjs";
import { button, field, goTo, settled, show, started, stored, told, until, withPage } from "./support.mjs";

const EDITS = isLong ? 300 : 120;

/** Opens further tabs of the same browser. */
async function tabs(page, url, count) {
  const all = [page];
  while (all.length < count) {
    const tab = await page.context().newPage();
    await show(tab, url);
    all.push(tab);
  }
  return all;
}

/** Waits until a tab has stored everything. */
function quiet(tab) {
  return until(() => tab.evaluate(() => document.querySelector(".kept").textContent === "Saved on this device"), "everything is stored");
}

/** Saves the shown order under a name. */
async function save(page, name) {
  await field(page, "name").fill(name);
  await button(page, "order", "save").click();
  await told(page, /Saved under/);
  await button(page, "notice", "close").click();
}

/** The heads of all records of a kind, as data. */
function heads(rows, kind) {
  const found = Object.entries(rows).filter(([key]) => key.startsWith(`${kind}/`));
  return found.map(([key, { text }]) => ({ key, heads: JSON.parse(text).heads }));
}

/** The edits of a tab: each one adds a word of its own to what is shown at the moment, as a person would who goes on. */
function edit(tab, edits) {
  return tab.evaluate(async (all) => {
    const type = (input, word) => {
      input.value += ` ${word}`;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    const found = async (selector, hash) => {
      if (!location.hash.startsWith(hash)) location.hash = hash;
      for (;;) {
        const fields = document.querySelectorAll(selector);
        if (fields.length > 0) return fields;
        await new Promise((next) => setTimeout(next, 5));
      }
    };
    for (const { what, which, word, wait } of all) {
      if (what === "rename") {
        const names = await found('input[name^="saved."][name$=".name"]', "#/saved");
        // Orders move in the list: which one it is, its number says.
        const one = [...names].find(({ value }) => value.startsWith(`Order ${which} `));
        type(one, word);
      } else {
        const [name] = await found('main .head input[name="name"]', "#/cost");
        type(name, word);
        // As if the tab went out of sight: what was typed is stored at once.
        if (what === "draft") dispatchEvent(new Event("pagehide"));
        else document.querySelector('button[name="order"][value="save"]').click();
      }
      if (wait !== undefined) await new Promise((next) => setTimeout(next, wait));
    }
  }, edits);
}

/** What the tabs do in an order of their own: `run` gets the tabs and the edits of each of them. */
const SCHEDULES = {
  "in turns": async (all, edits) => {
    for (let at = 0; at < edits[0].length; at += 1) {
      for (const [index, tab] of all.entries()) await edit(tab, [edits[index][at]]);
    }
  },
  "in bursts at once": async (all, edits) => {
    for (let at = 0; at < edits[0].length; at += 5) {
      await Promise.all(all.map((tab, index) => edit(tab, edits[index].slice(at, at + 5))));
    }
  },
  "each at its own pace": (all, edits, random) =>
    Promise.all(all.map((tab, index) => edit(tab, edits[index].map((one) => ({ ...one, wait: random() * 30 }))))),
};

describe(`edits of several tabs, seed ${seed}`, { concurrency: 2 }, () => {
  for (const count of [2, 4]) {
    for (const [number, [schedule, run]] of Object.entries(SCHEDULES).entries()) {
      test(`${EDITS} of ${count} tabs ${schedule} are all stored`, (t) =>
        withPage({}, async (page, { site }) => {
          for (const which of [1, 2, 3]) await save(page, `Order ${which} :`);
          await settled();
          await quiet(page);
          const all = await tabs(page, site.url, count);
          for (const tab of schedule === "each at its own pace" ? all : []) {
            // On a slow machine messages wait long enough that a tab is typed into before it has taken up the others’ changes.
            const session = await tab.context().newCDPSession(tab);
            await session.send("Emulation.setCPUThrottlingRate", { rate: 3 });
          }
          const random = chance(10 * count + number);
          const words = [];
          const edits = all.map((_, tab) =>
            Array.from({ length: EDITS / count }, (_, at) => {
              const word = `w${tab}x${at}.`;
              words.push(word);
              // Some time on one page, then on the other.
              const what = Math.floor((at + 7 * tab) / 15) % 2 ? "rename" : random() < 0.2 ? "save" : "draft";
              return { what, which: 1 + Math.floor(random() * 3), word };
            }),
          );
          assert.equal(words.length, EDITS);
          await run(all, edits, random);
          for (const tab of all) await quiet(tab);
          const { rows, meta } = await stored(page);
          const kinds = ["scenario", "draft"].flatMap((kind) => heads(rows, kind));
          const text = kinds.flatMap((record) => record.heads.map(({ data }) => data?.name ?? "")).join("\n");
          const lost = words.filter((word) => !text.includes(` ${word}`));
          assert.deepEqual(lost, [], `of ${EDITS} edits`);
          assert.deepEqual(Object.keys(meta).filter((name) => name.startsWith("broken/")), []);
          // Drafts never wait for a decision; what else conflicts is to be decided, in each tab.
          const names = (record) => new Set(record.heads.map(({ data }) => JSON.stringify(data)));
          const open = heads(rows, "scenario").filter((record) => names(record).size > 1);
          for (const tab of all) {
            await tab.evaluate(() => (location.hash = "#/data"));
            await tab.getByRole("heading", { level: 1, name: "Data" }).waitFor();
            const shown = () => tab.locator('button[name^="conflict."][value="0"]').evaluateAll((buttons) => buttons.map(({ name }) => name).sort());
            const expected = open.map(({ key }) => `conflict.${key}`).sort();
            await until(async () => JSON.stringify(await shown()) === JSON.stringify(expected), `conflicts: ${expected}`);
          }
          const drafts = heads(rows, "draft");
          assert.ok(drafts.every((record) => names(record).size === 1), "drafts part into their own");
          t.diagnostic(`${EDITS} edits, 0 lost; ${drafts.length} drafts, ${heads(rows, "scenario").length} orders, ${open.length} of them to be decided`);
        }));
    }
  }
});

test("orders that two tabs change at the same moment are all to be decided in both, and one decision ends each", (t) =>
  withPage({}, async (page, { site }) => {
    const ORDERS = 20;
    await goTo(page, "Saved");
    await page.evaluate(() => (location.hash = "#/cost"));
    await save(page, "Order");
    await goTo(page, "Saved");
    for (let more = 1; more < ORDERS; more += 1) await page.locator('button[value="copy"]').first().click();
    await until(async () => heads((await stored(page)).rows, "scenario").length === ORDERS);
    await settled();
    const [one, other] = await tabs(page, site.url, 2);
    await goTo(other, "Saved");
    await until(async () => (await other.locator('button[value="copy"]').count()) === ORDERS);
    const change = (tab, word) =>
      tab.evaluate((added) => {
        for (const input of document.querySelectorAll('input[name^="saved."][name$=".name"]')) {
          input.value += added;
          input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }
      }, word);
    await Promise.all([change(one, " here"), change(other, " there")]);
    await Promise.all([one, other].map(quiet));
    const conflicting = async () => {
      const found = heads((await stored(one)).rows, "scenario");
      return found.filter((record) => new Set(record.heads.map(({ data }) => JSON.stringify(data))).size > 1).map(({ key }) => `conflict.${key}`).sort();
    };
    const decisions = (tab) => tab.locator('button[name^="conflict."][value="0"]').evaluateAll((buttons) => buttons.map(({ name }) => name).sort());
    const expected = await conflicting();
    assert.equal(expected.length, ORDERS, "each of them is a true conflict");
    for (const tab of [one, other]) {
      await goTo(tab, "Data");
      await until(async () => JSON.stringify(await decisions(tab)) === JSON.stringify(expected), "all are shown");
    }
    // Decided here and there at once: the same decision, or another one.
    for (const [index, name] of expected.entries()) {
      // Without a pointer, under which the list moves when the other tab decides.
      const press = (tab, value) => tab.evaluate((of) => document.querySelector(of)?.click(), `button[name="${name}"][value="${value}"]`);
      await (index % 2 ? press(one, "1") : Promise.all([press(one, "0"), press(other, "0")]));
    }
    for (const tab of [one, other]) await quiet(tab);
    await until(async () => (await decisions(one)).length === 0 && (await decisions(other)).length === 0, "all are decided");
    assert.deepEqual(await conflicting(), []);
    await other.reload();
    await started(other);
    await goTo(other, "Saved");
    const names = async (tab) => (await tab.locator('input[name^="saved."][name$=".name"]').evaluateAll((all) => all.map(({ value }) => value))).sort();
    await goTo(one, "Saved");
    for (const tab of [one, other]) await until(async () => (await names(tab)).length === ORDERS);
    assert.deepEqual(await names(other), await names(one));
    t.diagnostic(`${ORDERS} true conflicts, ${ORDERS} shown in each of both tabs`);
  }));
