// A killed browser loses nothing that the page called saved, and leaves nothing half done.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { chance, isLong, seed } from "../support/chance.mjs";
import { startOnProfile } from "../support/chromium.mjs";
import { root, serve } from "../support/serve.mjs";
import { button, field, goTo, show, stored, until } from "./support.mjs";

/** How often the browser is killed, on each of so many profiles that last. */
const KILLS = isLong ? 100 : 6;
const PROFILES = 2;
/** Within so many milliseconds around a save. */
const AROUND = 400;
/** So long after the last key what was typed is stored. */
const PAUSE = 1_000;

const PRICE = "lines[0].unitPriceCny";

let site;
let folder;
before(async () => {
  site = await serve(join(root, "dist"));
  folder = await mkdtemp(join(tmpdir(), "landfall-killed-"));
});
after(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Has the page report the number in its fields each time it says that they are saved, and each order it lists as saved. */
async function report(page, saved) {
  await page.exposeFunction("reportSaved", (kind, number) => saved[kind].add(number));
  await page.addInitScript((price) => {
    const look = () => {
      const text = (selector) => document.querySelector(selector)?.textContent ?? "";
      const name = document.querySelector('main input[name="name"]')?.value;
      const number = document.querySelector(`[name="${price}"]`)?.value;
      if (text(".kept") === "Saved on this device" && name === `Order ${number}`) window.reportSaved("typed", Number(number));
      if (/Saved under/.test(text("[role=status]"))) window.reportSaved("listed", Number(number));
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  }, PRICE);
}

/** The number in the name of an order; the worked example has none. */
function named(name) {
  return Number(/^Order (\d+)$/.exec(name)?.[1] ?? 0);
}

/** The numbers of what is stored: as records of a kind, each of them whole. */
function numbers(rows, kind) {
  const found = Object.entries(rows).filter(([key]) => key.startsWith(`${kind}/`));
  return found.flatMap(([key, { text }]) => {
    const record = JSON.parse(text);
    assert.equal(`${record.kind}/${record.id}`, key);
    return record.heads.map(({ data }) => {
      const price = data.data.request.lines[0].unitPriceCny;
      if (kind === "scenario") assert.equal(data.name, `Order ${price}`, "an order is stored as a whole");
      return named(data.name);
    });
  });
}

describe(`a browser that is killed around a save, seed ${seed}`, { concurrency: PROFILES }, () => {
  for (let part = 0; part < PROFILES; part += 1) {
    test(`${KILLS} times, loses nothing that was called saved, on profile ${part + 1}`, async (t) => {
      const random = chance(part);
      const profile = join(folder, `${part}`);
      /** What the page called saved, ever. */
      const saved = { typed: new Set([0]), listed: new Set() };
      let typed = 0;
      let ahead = 0;
      let browser = await startOnProfile(profile);
      try {
        for (let kill = 0; kill <= KILLS; kill += 1) {
          const page = await browser.context.newPage();
          page.setDefaultTimeout(20_000);
          // What is there at first is what the kill has left: nothing is typed before it was looked at.
          await show(page, site.url);
          await page.getByText("Saved on this device").waitFor();
          assert.equal(await page.locator(".notice.stop").count(), 0, await page.locator("main").innerText());
          const { rows, meta } = await stored(page);
          const shown = named(await field(page, "name").inputValue());
          if (kill > 0) {
            const last = Math.max(...saved.typed);
            assert.ok(shown >= last && shown <= typed, `kill ${kill}: ${last} was saved, ${typed} typed, and ${shown} is shown`);
            assert.ok(last === 0 || shown > last || numbers(rows, "draft").includes(last), `kill ${kill}: ${last} is in no record`);
            const orders = new Set(numbers(rows, "scenario"));
            for (const number of saved.listed) assert.ok(orders.has(number), `kill ${kill}: order ${number} is lost`);
            await goTo(page, "Saved");
            const names = await page.locator('input[name^="saved."][name$=".name"]').evaluateAll((all) => all.map((of) => of.value));
            assert.equal(names.length, orders.size);
            assert.deepEqual(Object.keys(meta).filter((name) => name.startsWith("broken/")), []);
            await goTo(page, "Landed cost");
            if (shown > last) ahead += 1;
          }
          if (kill === KILLS) break;
          await page.close();
          const writing = await browser.context.newPage();
          await report(writing, saved);
          await show(writing, site.url);
          typed += 1;
          await field(writing, "name").fill(`Order ${typed}`);
          await field(writing, PRICE).fill(`${typed}`);
          // The last two, one of each kind, wait until it is called saved: something must be there to be lost.
          const isLate = kill >= KILLS - 2;
          const isPressed = isLate ? kill === KILLS - 1 : random() < 0.5;
          const called = isPressed ? saved.listed : saved.typed;
          const before = called.size;
          if (isPressed) await button(writing, "order", "save").click();
          if (isLate) await until(() => called.size > before, "it is called saved");
          // Around the save: from when the button was pressed on, or on both sides of the end of the pause.
          await pause(isPressed ? random() * AROUND : PAUSE - AROUND / 2 + random() * AROUND);
          await browser.kill();
          browser = await startOnProfile(profile);
        }
        t.diagnostic(`${KILLS} kills, of ${typed} orders typed ${saved.typed.size - 1} called saved in the form and ${saved.listed.size} in the list; ${ahead} times more was there than was called saved`);
        assert.ok(saved.typed.size > 1 && saved.listed.size > 0, "the kills leave something to be lost");
      } finally {
        await browser.kill();
      }
    });
  }
});
