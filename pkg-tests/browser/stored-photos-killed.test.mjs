// A browser that is killed while photos are being stored: what a receipt lists is there, and whole.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { chance, isLong, seed } from "../support/chance.mjs";
import { startOnProfile } from "../support/chromium.mjs";
import { photo } from "../support/photos.mjs";
import { root, serve } from "../support/serve.mjs";
import { aside, store } from "./faults.mjs";
import { show, stored, until } from "./support.mjs";

const KILLS = isLong ? 20 : 4;
/** Within so many milliseconds after the photos were taken. */
const WITHIN = 700;

const RECEIPT = "22222222-2222-4222-8222-222222222222";
const KEY = `receipt/${RECEIPT}`;
const DATA = { orderId: "o1", arrivedAt: "2026-11-20T09:00:00Z", step: "photos" };
const TEXT = JSON.stringify({ kind: "receipt", id: RECEIPT, heads: [{ counter: 1, device: "aaaaaaaa", at: "2026-11-20T09:00:00.000Z", data: DATA }] });

let site;
let profile;
before(async () => {
  site = await serve(join(root, "dist"));
  profile = await mkdtemp(join(tmpdir(), "landfall-photos-"));
});
after(async () => {
  await site?.close();
  await rm(profile, { recursive: true, force: true });
});

test(`a browser that is killed ${KILLS} times while photos are stored loses none that was called saved, seed ${seed}`, async (t) => {
  const random = chance();
  /** The names of the photos that were shown as saved. */
  const saved = new Set();
  let [taken, listed] = [0, 0];
  let browser = await startOnProfile(profile);
  try {
    for (let kill = 0; kill <= KILLS; kill += 1) {
      const page = await browser.context.newPage();
      page.setDefaultTimeout(20_000);
      if (kill === 0) {
        await aside(page, site);
        await store(page, { rows: { [KEY]: { revision: "", text: TEXT } }, meta: { version: 1 } });
      }
      await page.exposeFunction("reportSaved", (names) => names.forEach((name) => saved.add(name)));
      await show(page, `${site.url}#/receiving/${RECEIPT}`);
      await page.locator(".cameras").waitFor();
      await until(() => page.evaluate(() => document.querySelector(".kept").textContent === "Saved on this device"));
      const { rows, pictures } = await stored(page);
      const { heads } = JSON.parse(rows[KEY].text);
      const names = heads.flatMap(({ data }) => data.pictures ?? []).map(({ name }) => name);
      for (const name of names) {
        const bytes = Buffer.from((pictures[`${RECEIPT}/${name}`] ?? "").split(",")[1] ?? "", "base64");
        const ends = [bytes.subarray(0, 2).toString("hex"), bytes.subarray(-2).toString("hex")];
        assert.deepEqual(ends, ["ffd8", "ffd9"], `kill ${kill}: ${name} is listed and whole`);
      }
      for (const name of saved) assert.ok(names.includes(name), `kill ${kill}: ${name} was saved and is lost`);
      assert.equal(new Set(names).size, names.length);
      listed = names.length;
      if (kill === KILLS) break;
      await page.evaluate(() => {
        const look = () => {
          if (document.querySelector(".kept").textContent !== "Saved on this device") return;
          const shown = document.querySelectorAll(".thumb");
          window.reportSaved([...shown].map(({ name }) => name.replace("receiving.photo.", "")));
        };
        new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      });
      const files = [];
      for (const name of ["a.jpg", "b.jpg"]) {
        const buffer = await photo(page, { width: 1400, height: 1000, left: `rgb(${kill * 9}, 80, 90)`, right: "#fff" });
        files.push({ name, mimeType: "image/jpeg", buffer });
      }
      await page.locator('input[name="photo.carton"][capture]').setInputFiles(files);
      taken += files.length;
      // The first ones are saved for sure.
      if (kill === 0) await until(() => saved.size === files.length, "they are saved");
      else await pause(random() * WITHIN);
      await browser.kill();
      browser = await startOnProfile(profile);
    }
    t.diagnostic(`${KILLS} kills, ${taken} photos taken, ${saved.size} called saved, ${listed} there`);
  } finally {
    await browser.kill();
  }
});
