// Whichever call of the storage fails, and however: what is stored is the old or the new, never something between;
// what isn't stored stays on the page, which says so and exports it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { chance, isLong, seed } from "../support/chance.mjs";
import { root } from "../support/serve.mjs";
import { SPELLINGS, aside, calls, fail, failing, state, store } from "./faults.mjs";
import { button, choose, field, goTo, offered, show, stored, told, until, withPage } from "./support.mjs";

const NAME = "name";
const SAVED = "Saved on this device";

/** Waits until the page has stored what it could, and gives what it says of that. */
async function outcome(page) {
  let [said, before] = ["", ""];
  await until(async () => {
    [before, said] = [said, await page.evaluate(() => document.querySelector(".kept")?.textContent ?? "")];
    await pause(60);
    return said === before && !["", "Saving …"].includes(said);
  }, "the page says whether it saved");
  return said;
}

/** Hides the tab, so that what was typed is stored at once. */
function hide(page) {
  return page.evaluate(() => dispatchEvent(new Event("pagehide")));
}

async function savedPage(page) {
  await goTo(page, "Saved");
  await page.locator('button[name^="saved."]').first().waitFor();
}

const SCENARIO = { format: "landfall/scenario", version: 1, name: "From a file", data: { request: { lines: [{ sku: "A", unitPriceCny: "5" }] } } };

/** The first order of an export of 1688: its headings and one row. */
const EXPORT = readFile(join(root, "tests/data/order-export/saved-as-csv-gb18030.csv"), "latin1").then((text) =>
  Buffer.from(text.split("\n").slice(0, 2).join("\n"), "latin1"),
);
/** Two orders that were saved elsewhere, as a backup has them. */
const BACKUP = JSON.stringify({
  format: "landfall/workspace",
  version: 1,
  savedAt: "2026-11-20T10:00:00.000Z",
  app: "landfall 0.1.0",
  data: {
    scenarios: [1, 2].map((number) => ({
      kind: "scenario",
      id: `7777777${number}-7777-4777-8777-777777777777`,
      heads: [{ counter: 1, device: "aaaaaaaa", at: "2026-11-20T09:00:00.000Z", data: { name: `Elsewhere ${number}`, savedAt: "2026-11-20T09:00:00.000Z", data: { request: { lines: [{ sku: "A", unitPriceCny: "5" }] } } } }],
    })),
  },
});

/** Brings in a file, which is looked at first. */
async function bring(page, name) {
  const buffer = name === "backup.json" ? Buffer.from(BACKUP) : await EXPORT;
  await page.locator('input[name="import"]').setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await button(page, "data", "apply").click();
  await button(page, "data", "undo").waitFor();
}

/** What is said of an import that can be taken back. */
function undoable(page) {
  return page.locator("p.undo").filter({ has: page.locator('button[name="data"][value="undo"]') }).innerText();
}

/** What comes in is in the export under names of its own. */
const many = { exported: /Elsewhere 2|1688\/order|supplierName/ };

/** What people do that is stored: `ready` goes to where it is done, `act` does it, and `shows` is what stays on the page. */
const ACTIONS = {
  "type and pause": {
    act: async (page) => {
      await field(page, NAME).fill("Typed");
      await pause(1_050);
    },
    shows: (page) => field(page, NAME).inputValue(),
    edit: "Typed",
  },
  "type and leave": {
    act: async (page) => {
      await field(page, NAME).fill("Left");
      await hide(page);
    },
    shows: (page) => field(page, NAME).inputValue(),
    edit: "Left",
  },
  "save an order": {
    act: (page) => button(page, "order", "save").click(),
    shows: async (page) => {
      await goTo(page, "Saved");
      return page.locator('input[name^="saved."][name$=".name"]').first().inputValue();
    },
    edit: "Mine",
  },
  "save a fee schedule": {
    act: (page) => button(page, "schedule", "save").click(),
    shows: async (page) => {
      await goTo(page, "Saved");
      return page.locator('input[name^="schedule."][name$=".name"]').first().inputValue();
    },
    edit: "Fees of Mine",
  },
  "begin a new order": {
    act: async (page) => {
      await field(page, NAME).fill("Left behind");
      await button(page, "order", "clear").click();
      await field(page, NAME).fill("Begun");
      await hide(page);
    },
    shows: (page) => field(page, NAME).inputValue(),
    edit: "Begun",
  },
  "rename": {
    ready: savedPage,
    act: (page) => page.locator('input[name^="saved."][name$=".name"]').first().fill("Renamed"),
    shows: (page) => page.locator('input[name^="saved."][name$=".name"]').first().inputValue(),
    edit: "Renamed",
  },
  "duplicate": {
    ready: savedPage,
    act: (page) => page.locator('button[name^="saved."][value="copy"]').first().click(),
    shows: (page) => page.locator('input[name^="saved."][name$=".name"]').first().inputValue(),
    edit: "(copy)",
  },
  "delete": {
    ready: savedPage,
    act: (page) => page.locator('button[name^="saved."][value="remove"]').first().click(),
    shows: (page) => page.locator("[role=status]").innerText(),
    edit: "“Kept” is deleted",
  },
  "bring back what was deleted": {
    ready: async (page) => {
      await savedPage(page);
      await page.locator('button[name^="saved."][value="remove"]').first().click();
      assert.equal(await outcome(page), SAVED);
    },
    act: (page) => button(page, "removed", "undo").click(),
    shows: (page) => page.locator('input[name^="saved."][name$=".name"]').first().inputValue(),
    edit: "Kept",
  },
  "open a saved order": {
    ready: savedPage,
    act: async (page) => {
      await page.locator('button[name^="saved."][value="open"]').first().click();
      await hide(page);
    },
    shows: (page) => field(page, NAME).inputValue(),
    edit: "Kept",
  },
  "use a fee schedule": {
    ready: savedPage,
    act: async (page) => {
      await page.locator('button[name^="schedule."][value="open"]').first().click();
      await hide(page);
    },
    shows: (page) => field(page, NAME).inputValue(),
    edit: "Mine",
  },
  "delete a draft": {
    ready: (page) => goTo(page, "Saved"),
    act: (page) => page.locator('button[name^="draft."][value="remove"]').first().click(),
    shows: async (page) => `${await page.locator('button[name^="draft."]').count()} drafts`,
    edit: "0 drafts",
    isDeletion: true,
  },
  "import an order": {
    ready: (page) => goTo(page, "Saved"),
    act: async (page) => {
      await choose(page, "order.json", SCENARIO);
      await until(async () => (await page.locator('input[name^="saved."][name$=".name"]').first().inputValue()) === "From a file");
    },
    shows: (page) => page.locator('input[name^="saved."][name$=".name"]').first().inputValue(),
    edit: "From a file",
  },
  "decide a conflict": {
    ready: (page) => goTo(page, "Data"),
    act: (page) => page.locator('button[name^="conflict."][value="0"]').click(),
    shows: async (page) => `${await page.locator('button[name^="conflict."]').count()} to decide`,
    edit: "0 to decide",
    isDeletion: true,
  },
  "bring in a backup": {
    ready: (page) => goTo(page, "Data"),
    act: (page) => bring(page, "backup.json"),
    shows: undoable,
    edit: "is in",
    ...many,
  },
  "bring in orders of 1688": {
    ready: (page) => goTo(page, "Data"),
    act: (page) => bring(page, "orders.csv"),
    shows: undoable,
    edit: "is in",
    ...many,
  },
  "take an import back": {
    ready: async (page) => {
      await goTo(page, "Data");
      await bring(page, "orders.csv");
      assert.equal(await outcome(page), SAVED);
    },
    act: (page) => button(page, "data", "undo").click(),
    shows: async (page) => `${await button(page, "data", "undo").count()} to take back`,
    edit: "0 to take back",
    isDeletion: true,
  },
  "export a backup": {
    ready: (page) => goTo(page, "Data"),
    act: (page) => page.getByRole("region", { name: "Back up" }).getByRole("button", { name: "Export everything" }).click(),
    shows: async () => "",
    edit: "",
  },
};

/** What is stored before each action: a draft, another one, saved orders, one of them in conflict, a fee schedule. */
async function beginning(page) {
  await field(page, NAME).fill("Kept");
  await button(page, "order", "save").click();
  await told(page, /Saved under/);
  await button(page, "schedule", "save").click();
  await told(page, /fee schedule/);
  await field(page, NAME).fill("Mine");
  await hide(page);
  await until(async () => (await outcome(page)) === SAVED);
  const has = await stored(page);
  const [key] = Object.keys(has.rows).filter((of) => of.startsWith("draft/"));
  const other = JSON.parse(has.rows[key].text);
  const id = "22222222-2222-4222-8222-222222222222";
  const [head] = other.heads;
  // Older than the shown one, so that it isn't shown.
  const older = { ...head, at: "2026-01-01T00:00:00.000Z", parents: undefined, ancestors: undefined, counter: 1, data: { ...head.data, name: "Another" } };
  has.rows[`draft/${id}`] = { revision: "", text: JSON.stringify({ ...other, id, heads: [older] }) };
  const [saved] = Object.keys(has.rows).filter((of) => of.startsWith("scenario/"));
  const kept = JSON.parse(has.rows[saved].text);
  const heads = ["here", "there"].map((name) => ({ ...kept.heads[0], data: { ...kept.heads[0].data, name: `Kept ${name}`, savedAt: "2026-01-01T00:00:00.000Z" } }));
  const conflicting = "33333333-3333-4333-8333-333333333333";
  has.rows[`scenario/${conflicting}`] = { revision: "", text: JSON.stringify({ ...kept, id: conflicting, heads }) };
  return has;
}

/** Loads the page with this stored, and without anything of the page before. */
async function reset(page, site, has) {
  await aside(page, site);
  await store(page, has);
  await show(page, site.url);
  assert.equal(await outcome(page), SAVED);
}

const spellings = Object.entries(SPELLINGS);

/** How many calls of an action fail, one after the other, where not all of them do. */
const SOME = 4;

/** The calls of an action that are made to fail: all, or some by chance. */
function chosenCalls(count, random) {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  if (isLong) return all;
  const drawn = all.map((at) => ({ at, place: random() })).sort((one, other) => one.place - other.place);
  return drawn.slice(0, SOME).map(({ at }) => at);
}

describe(`an action whose call to the storage fails, seed ${seed}`, { concurrency: 3 }, () => {
  for (const [number, [name, { ready, act, shows, edit, isDeletion, exported = edit }]] of Object.entries(ACTIONS).entries()) {
    test(name, (t) =>
      withPage({ prepare: failing, clean: false }, async (page, { site, seen }) => {
        const start = await beginning(page);
        const run = async (at, spelling) => {
          await reset(page, site, start);
          await ready?.(page);
          await fail(page, at, spelling);
          await act(page);
          const said = await outcome(page);
          return { said, made: await calls(page) };
        };
        const again = async () => {
          // An address with only another fragment would load nothing.
          await aside(page, site);
          await show(page, site.url);
          assert.equal(await outcome(page), SAVED);
          return state(page);
        };
        await reset(page, site, start);
        await ready?.(page);
        const before = await again();
        const clean = await run(0);
        assert.equal(clean.said, SAVED);
        assert.match(await shows(page), new RegExp(edit.replace(/[()]/g, "\\$&")));
        const after = await again();
        const random = chance(number);
        const first = Math.floor(random() * spellings.length);
        let refused = 0;
        let cases = 0;
        const failed = chosenCalls(clean.made.length, random);
        for (const at of failed) {
          const chosen = isLong ? spellings : [spellings[(first + at) % spellings.length]];
          for (const [spelling, how] of chosen) {
            const what = `${name}: ${spelling} at call ${at} of ${clean.made.length}, ${clean.made[at - 1]}`;
            const { said } = await run(at, how);
            cases += 1;
            assert.ok((await shows(page)).includes(edit), `${what}: the edit is no longer on the page`);
            if (said !== SAVED) {
              refused += 1;
              assert.equal(said, "Not saved", what);
              await page.getByText(/could not be stored|can’t be opened/).first().waitFor({ timeout: 1_000 });
              await page.evaluate(() => (window.fault = undefined));
              const { text } = await offered(page, () => page.locator('.notice.stop button[name="data"][value="export"]').click());
              if (!isDeletion && name !== "delete") assert.ok(exported.test?.(text) ?? text.includes(exported), `${what}: the export lacks the edit`);
            }
            const found = await again();
            if (said === SAVED) assert.deepEqual(found, after, `${what}: it was called saved`);
            else if (JSON.stringify(found) !== JSON.stringify(before)) assert.deepEqual(found, after, `${what}: it is neither as before nor as after`);
          }
        }
        assert.deepEqual(seen.violations, []);
        assert.deepEqual(seen.errors.filter((error) => !/Planned/.test(error)), []);
        t.diagnostic(`${name}: ${failed.length} of ${clean.made.length} calls failed, one at a time; ${cases} cases, ${refused} of them refused and said`);
      }));
  }
});
