// A browser that is killed while somebody receives goes on where it was, with every tap that was confirmed.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { chance, isLong, seed } from "../support/chance.mjs";
import { startOnProfile } from "../support/chromium.mjs";
import { root, serve } from "../support/serve.mjs";
import { go, prepared, press, receipts, sampled, saved } from "./receiving.mjs";
import { show, stored } from "./support.mjs";

const KILLS = isLong ? 20 : 4;
/** The taps of a round, at most, and the milliseconds after the last one, at most. */
const TAPS = 8;
const AFTER = 120;

/** What is tapped at a step; each adds one to what is counted. */
const COUNTED = {
  cartons: [["cartonsCounted", "more"]],
  inspect: [["lots[0]", "next"], ["lots[0]", "defect:broken"], ["lots[0]", "defect:dirty"]],
};

let site;
let folder;
before(async () => {
  site = await serve(join(root, "dist"));
  folder = await mkdtemp(join(tmpdir(), "landfall-received-"));
});
after(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Has the page report how many taps there were each time it says that all of them are saved. */
async function report(page, confirmed) {
  await page.exposeFunction("reportSaved", (taps, step) => Object.assign(confirmed, { taps, step }));
  await page.addInitScript(() => {
    let taps = 0;
    const isTap = ({ name, value }) => /^receiving\.run\.(cartonsCounted|lots\[0\])$/.test(name) && /^(more|next|defect:)/.test(value);
    document.addEventListener("click", ({ target }) => (taps += isTap(target.closest("button") ?? {}) ? 1 : 0), true);
    const look = () => {
      const step = document.querySelector('.steps [aria-current="step"]')?.value;
      if (step && document.querySelector(".kept")?.textContent === "Saved on this device") window.reportSaved(taps, step);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}

/** Everything that was tapped into a receipt. */
function counted({ cartonsCounted = 0, lots }) {
  return cartonsCounted + (lots[0].inspected ?? 0) + (lots[0].defects ?? []).length;
}

describe(`receiving in a browser that is killed, seed ${seed}`, () => {
  test(`${KILLS} times, goes on where it was`, async (t) => {
    const random = chance(0);
    const of = (list) => list[Math.floor(random() * list.length)];
    let browser = await startOnProfile(folder);
    let place;
    let most = 0;
    let least = 0;
    let ahead = 0;
    let step = "sample";
    let draw;
    try {
      for (let kill = 0; kill <= KILLS; kill += 1) {
        const page = await browser.context.newPage();
        page.setDefaultTimeout(20_000);
        const confirmed = { taps: 0, step };
        await report(page, confirmed);
        if (kill === 0) {
          await show(page, site.url);
          await prepared(page);
          await sampled(page);
          await saved(page);
          place = page.url();
          least = most = 1;
        } else {
          await show(page, place);
          await page.getByText("Saved on this device").waitFor({ state: "attached" });
        }
        await saved(page);
        const [receipt] = receipts((await stored(page)).rows);
        const now = counted(receipt);
        assert.ok(now >= least && now <= most, `kill ${kill}: ${least} taps were confirmed, ${most} made, and ${now} are there`);
        assert.equal(await page.locator('.steps [aria-current="step"]').getAttribute("value"), receipt.step, `kill ${kill}: the step`);
        assert.equal(receipt.step, step, `kill ${kill}: the step that was confirmed`);
        draw ??= JSON.stringify([receipt.seed, receipt.lots.map(({ sample, opened }) => [sample, opened])]);
        assert.equal(JSON.stringify([receipt.seed, receipt.lots.map(({ sample, opened }) => [sample, opened])]), draw, `kill ${kill}: the draw`);
        if (now > least) ahead += 1;
        if (kill === KILLS) break;
        least = most = now;
        step = of(Object.keys(COUNTED));
        await go(page, step);
        await saved(page);
        const made = 1 + Math.floor(random() * TAPS);
        const base = confirmed.taps;
        for (let tap = 0; tap < made; tap += 1) {
          const [name, action] = of(COUNTED[step]);
          await press(page, name, action);
          if (random() < 0.3) await pause(random() * 30);
        }
        most += made;
        await pause(random() * AFTER);
        await browser.kill();
        least += confirmed.taps - base;
        browser = await startOnProfile(folder);
      }
      t.diagnostic(`${KILLS} kills; ${ahead} times more was there than was confirmed`);
      assert.ok(most > KILLS, "there was something to lose");
    } finally {
      await browser.kill();
    }
  });
});
