// Photos of what arrived: made small and upright, kept beside the records, shown, removed, exported and brought back.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { crc32, inflated, photo } from "../support/photos.mjs";
import { aside, store } from "./faults.mjs";
import { button, goTo, hasFocus, offered, show, speak, stored, until, withPage } from "./support.mjs";

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

const ORDER = "11111111-1111-4111-8111-111111111111";
const RECEIPT = "22222222-2222-4222-8222-222222222222";
const fragment = `#/receiving/${RECEIPT}`;
/** The evidence name of a photo of this order: its month and what follows the number. */
const NAME = /^\d{4}-\d{2}\/PO-7_[^_/]+_[a-z]+_\d+\.jpg$/;

function record(kind, id, data) {
  return { kind, id, heads: [{ counter: 1, device: "aaaaaaaa", at: "2026-11-20T09:00:00.000Z", data }] };
}

const RECORDS = [
  record("order", ORDER, { number: "PO-7", supplierName: "恒电照明", lines: [{ skuId: "k1", unitPriceCny: "12.5", quantity: "500" }] }),
  record("receipt", RECEIPT, { orderId: ORDER, arrivedAt: "2026-11-20T09:00:00Z", cartonsOrdered: 12, cartonsCounted: 12, step: "photos" }),
];

/** Puts the delivery into a browser as an earlier version has left it, without room for pictures, and shows it. */
async function prepared(page, site) {
  await aside(page, site);
  const rows = RECORDS.map((record) => [`${record.kind}/${record.id}`, { revision: "", text: JSON.stringify(record) }]);
  await store(page, { rows: Object.fromEntries(rows), meta: { version: 1 } });
  await show(page, site.url + fragment);
  await page.locator(".cameras").waitFor();
}

/** Runs `use` with a page that shows the delivery. */
function withDelivery(options, use) {
  return withPage({ open: false, ...options }, async (page, tools) => {
    await prepared(page, tools.site);
    await use(page, tools);
  });
}

const camera = (page, kind) => page.locator(`input[name="photo.${kind}"][capture]`);
const thumbs = (page) => page.locator(".thumbs li");

const isStored = (page) => until(() => page.evaluate(() => document.querySelector(".kept").textContent === "Saved on this device"), "it is stored");

/** Takes photos, and waits until there are so many. */
async function take(page, kind, files, count) {
  await camera(page, kind).setInputFiles(files);
  await until(async () => (await thumbs(page).count()) === count, `${count} photos`);
  await isStored(page);
}

/** A photo of another colour for each name. */
async function shot(page, name, colour = "#27a") {
  return { name, mimeType: "image/jpeg", buffer: await photo(page, { width: 800, height: 600, left: colour, right: colour }) };
}

/** What the receipt lists. */
async function listed(page, has) {
  const { text } = (has ?? (await stored(page))).rows[`receipt/${RECEIPT}`];
  return JSON.parse(text).heads[0].data.pictures ?? [];
}

const bytesOf = (url) => Buffer.from(url.slice(url.indexOf(",") + 1), "base64");

describe("photos", { concurrency: 2 }, () => {
  test("are made small and upright, lose what the camera noted, and last", () =>
    withDelivery({}, async (page) => {
      // Taken with the phone turned: its left side is the top of the picture.
      const buffer = await photo(page, { width: 2400, height: 1200, left: "#f00", right: "#00f", orientation: 6 });
      assert.ok(buffer.includes("Exif") && buffer.includes("GPS here"));
      await take(page, "carton", [{ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer }], 1);
      const look = () =>
        thumbs(page).locator("img").evaluate(async (image) => {
          await image.decode();
          const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
          const context = canvas.getContext("2d", { willReadFrequently: true });
          context.drawImage(image, 0, 0);
          const at = (y) => [...context.getImageData(canvas.width / 2, y, 1, 1).data].map((part) => Math.round(part / 255)).join("");
          return { size: [canvas.width, canvas.height], top: at(20), bottom: at(canvas.height - 20) };
        });
      const upright = { size: [640, 1280], top: "1001", bottom: "0011" };
      assert.deepEqual(await look(), upright);
      const has = await stored(page);
      const [picture] = await listed(page, has);
      assert.match(picture.name, NAME);
      assert.equal(picture.kind, "carton");
      const [[key, url], ...others] = Object.entries(has.pictures);
      assert.deepEqual([key, others], [`${RECEIPT}/${picture.name}`, []]);
      const bytes = bytesOf(url);
      assert.equal(bytes.length, picture.bytes);
      assert.ok(bytes.length < 120_000 && !bytes.includes("Exif") && !bytes.includes("GPS"));
      await page.reload();
      await thumbs(page).locator("img").waitFor();
      assert.deepEqual(await look(), upright);
    }));

  test("of many details stay small", () =>
    withDelivery({}, async (page) => {
      const buffer = await photo(page, { width: 3000, height: 2250, noise: true });
      assert.ok(buffer.length > 1_000_000, `${buffer.length}`);
      await take(page, "defect", [{ name: "IMG_2.jpg", mimeType: "image/jpeg", buffer }], 1);
      const [picture] = await listed(page);
      assert.ok(picture.bytes < 200_000, `${picture.bytes}`);
    }));

  test("have names that no other has, by kind", () =>
    withDelivery({}, async (page) => {
      await take(page, "label", [await shot(page, "a.jpg"), await shot(page, "b.jpg")], 2);
      await take(page, "other", [await shot(page, "c.jpg")], 3);
      await take(page, "label", [await shot(page, "d.jpg")], 4);
      const names = (await listed(page)).map(({ name }) => name);
      for (const name of names) assert.match(name, NAME);
      assert.deepEqual(names.map((name) => name.split("_").slice(2).join("_")), ["label_1.jpg", "label_2.jpg", "other_1.jpg", "label_3.jpg"]);
      assert.deepEqual(Object.keys((await stored(page)).pictures).sort(), names.map((name) => `${RECEIPT}/${name}`).sort());
    }));

  test("are taken while others are being saved", () =>
    withDelivery({}, async (page) => {
      const field = await camera(page, "label").elementHandle();
      const files = [await shot(page, "a.jpg"), await shot(page, "b.jpg"), await shot(page, "c.jpg")];
      await camera(page, "carton").setInputFiles(files.slice(0, 2));
      await camera(page, "label").setInputFiles([files[2]]);
      await until(async () => (await thumbs(page).count()) === 3, "3 photos");
      // A camera that was opened before gives its photo to the field that it was opened by.
      assert.ok(await field.evaluate((of) => of.isConnected));
    }));

  test("that can’t be read are said, and what to do", () =>
    withDelivery({}, async (page) => {
      const heic = Buffer.from("0000001c6674797068656963000000006d69663168656963", "hex");
      await camera(page, "label").setInputFiles([{ name: "IMG_3.HEIC", mimeType: "image/heic", buffer: heic }, await shot(page, "b.jpg")]);
      const said = page.getByRole("alert");
      await said.waitFor();
      assert.match(await said.innerText(), /can’t read “IMG_3\.HEIC”.*Most Compatible/s);
      await thumbs(page).first().waitFor();
      assert.equal(Object.keys((await stored(page)).pictures).length, 1);
      await said.getByRole("button").click();
      await said.waitFor({ state: "detached" });
    }));

  test("that can’t be stored stay on the page until they can", () =>
    withDelivery({
      prepare: (page) =>
        page.addInitScript(() => {
          const { add } = IDBObjectStore.prototype;
          IDBObjectStore.prototype.add = function (...given) {
            if (window.isFull) throw new DOMException("Full.", "QuotaExceededError");
            return add.apply(this, given);
          };
        }),
    }, async (page) => {
      await page.evaluate(() => (window.isFull = true));
      await camera(page, "carton").setInputFiles([await shot(page, "full.jpg")]);
      const said = page.locator(".notice.stop").filter({ hasText: "could not be stored" });
      await said.waitFor();
      assert.match(await said.innerText(), /full\.jpg \(QuotaExceededError/);
      assert.equal(await page.locator(".kept").innerText(), "Not saved");
      assert.deepEqual([await listed(page), (await stored(page)).pictures], [[], {}]);
      // Also where the reader has left the delivery.
      await goTo(page, "Data");
      const [download] = await Promise.all([page.waitForEvent("download"), said.getByRole("button", { name: "Save as a file" }).click()]);
      assert.equal((await readFile(await download.path())).subarray(0, 3).toString("hex"), "ffd8ff");
      await page.evaluate(() => (window.isFull = false));
      await said.getByRole("button", { name: "Try again" }).click();
      await said.waitFor({ state: "detached" });
      await isStored(page);
      const [picture] = await listed(page);
      assert.deepEqual(Object.keys((await stored(page)).pictures), [`${RECEIPT}/${picture.name}`]);
    }));

  test("are opened large, removed and brought back by keyboard", () =>
    withDelivery({}, async (page) => {
      await take(page, "carton", [await shot(page, "a.jpg"), await shot(page, "b.jpg", "#c33")], 2);
      const first = page.locator(".thumb").first();
      await first.focus();
      await page.keyboard.press("Enter");
      const back = page.getByRole("button", { name: "Back to all photos" });
      await hasFocus(back);
      await page.getByRole("button", { name: "Next", exact: true }).press("Enter");
      await page.locator("figure").getByText("carton_2").waitFor();
      // The button that was pressed is gone with the last photo.
      await hasFocus(back);
      await page.keyboard.press("Escape");
      await hasFocus(page.locator(".thumb").nth(1));
      await thumbs(page).nth(1).getByRole("button", { name: /^Remove/ }).press("Enter");
      await until(async () => (await thumbs(page).count()) === 1);
      await page.getByRole("button", { name: "Bring it back" }).press("Enter");
      await until(async () => (await thumbs(page).count()) === 2);
      await page.locator(".thumb img").nth(1).waitFor();
      await thumbs(page).nth(0).getByRole("button", { name: /^Remove/ }).press("Enter");
      await until(async () => (await thumbs(page).count()) === 1);
      assert.equal(Object.keys((await stored(page)).pictures).length, 2, "it can be brought back");
      await goTo(page, "Data");
      await until(async () => Object.keys((await stored(page)).pictures).length === 1, "the picture is removed");
      assert.match((await listed(page))[0].name, /carton_2/);
    }));

  test("come to another tab", () =>
    withDelivery({}, async (page, { site }) => {
      const other = await page.context().newPage();
      await show(other, site.url + fragment);
      await other.locator(".cameras").waitFor();
      await take(page, "carton", [await shot(page, "a.jpg")], 1);
      await other.locator(".thumb img").waitFor();
      // Both at once: none takes the place of the other.
      const files = [await shot(page, "b.jpg"), await shot(page, "c.jpg", "#c33")];
      await Promise.all([camera(page, "carton").setInputFiles([files[0]]), camera(other, "carton").setInputFiles([files[1]])]);
      const names = async () => {
        const { heads } = JSON.parse((await stored(page)).rows[`receipt/${RECEIPT}`].text);
        return new Set(heads.flatMap(({ data }) => data.pictures ?? []).map(({ name }) => `${RECEIPT}/${name}`));
      };
      await until(async () => (await names()).size === 3, "all three are listed");
      assert.deepEqual(Object.keys((await stored(page)).pictures).sort(), [...(await names())].sort());
    }));

  test("are exported as one archive, and brought back with the backup", () =>
    withDelivery({}, async (page, { site, visit }) => {
      await take(page, "carton", [await shot(page, "a.jpg"), await shot(page, "b.jpg", "#c33")], 2);
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "as one archive" }).click()]);
      assert.equal(download.suggestedFilename(), "landfall photos PO-7.zip");
      const archive = await readFile(await download.path());
      const has = await stored(page);
      const files = inflated(archive);
      assert.deepEqual(Object.keys(files), (await listed(page, has)).map(({ name }) => name));
      for (const [name, { bytes, crc, year }] of Object.entries(files)) {
        assert.ok(bytes.equals(bytesOf(has.pictures[`${RECEIPT}/${name}`])), name);
        assert.equal(crc32(bytes), crc);
        assert.equal(year, Number(name.slice(0, 4)));
      }
      await page.getByText("2 photos in the archive").waitFor();
      await goTo(page, "Data");
      await page.getByText("Photos aren’t in the backup").waitFor();
      const backup = await offered(page, () => button(page, "data", "export").click());

      const { page: other } = await visit();
      await show(other, `${site.url}#/data`);
      const bring = (name, buffer) => other.locator('input[name="import"]').setInputFiles({ name, mimeType: "application/octet-stream", buffer });
      await bring("photos.zip", archive);
      await other.getByText("What no receipt lists is left out").waitFor();
      assert.equal(await button(other, "data", "takeIn").count(), 0);
      await button(other, "data", "cancelPhotos").click();
      await bring("backup.json", Buffer.from(backup.text));
      await button(other, "data", "apply").click();
      await other.getByText("is in.").waitFor();
      await other.evaluate((to) => (location.hash = to), fragment);
      await other.getByText("Not on this device").first().waitFor();
      await goTo(other, "Data");
      const damaged = Buffer.from(archive);
      damaged.writeUInt32BE(0, damaged.length - 22);
      await bring("photos.zip", damaged);
      await other.getByText("no archive of photos").waitFor();
      await bring("photos.zip", archive);
      await button(other, "data", "takeIn").click();
      await other.getByText("2 photos brought in.").waitFor();
      assert.deepEqual((await stored(other)).pictures, has.pictures);
      await bring("photos.zip", archive);
      await other.getByText("Already here").waitFor();
      assert.equal(await button(other, "data", "takeIn").count(), 0);
      await other.evaluate((to) => (location.hash = to), fragment);
      await until(async () => (await other.locator(".thumb img").count()) === 2);
    }));

  test("are kept in the local storage where there is no database", () =>
    withPage({ open: false, prepare: (page) => page.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined })) }, async (page, { site }) => {
      await aside(page, site);
      const local = RECORDS.map((record) => [`landfall.row.${record.kind}/${record.id}`, JSON.stringify(record)]);
      await page.evaluate((texts) => texts.forEach(([key, text]) => localStorage.setItem(key, text)), local);
      await show(page, site.url + fragment);
      await take(page, "carton", [await shot(page, "a.jpg")], 1);
      await page.reload();
      await page.locator(".thumb img").waitFor();
      const { local: texts } = await stored(page);
      assert.equal(Object.keys(texts).filter((key) => key.startsWith(`landfall.picture.${RECEIPT}/`)).length, 1);
    }));

  test("are erased with everything", () =>
    withDelivery({}, async (page) => {
      await take(page, "carton", [await shot(page, "a.jpg")], 1);
      await goTo(page, "Data");
      await Promise.all([page.waitForEvent("download"), button(page, "data", "erase").click()]);
      await page.getByText("The photos are not in that file").waitFor();
      await Promise.all([page.waitForEvent("load"), button(page, "data", "eraseNow").click()]);
      await page.locator("main:not(.start)").waitFor();
      const { rows, pictures, local } = await stored(page);
      assert.deepEqual([pictures, Object.keys(rows).filter((key) => key.startsWith("receipt/"))], [{}, []]);
      assert.deepEqual(Object.keys(local).filter((key) => key.includes("picture")), []);
    }));

  for (const [locale, colorScheme] of [["en", "light"], ["zh-CN", "dark"]]) {
    test(`are for everybody, in ${locale} and ${colorScheme}, on a phone`, () =>
      withDelivery({ context: { viewport: { width: 320, height: 640 }, hasTouch: true, colorScheme } }, async (page) => {
        await take(page, "carton", [await shot(page, "a.jpg"), await shot(page, "b.jpg")], 2);
        await speak(page, locale);
        await page.evaluate(axe);
        const looks = async () => {
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
          const low = await page.locator(".photos :is(button, label)").evaluateAll((all) =>
            all.filter((of) => of.getBoundingClientRect().height < 48).map((of) => of.textContent),
          );
          assert.deepEqual(low, [], "large enough for a thumb");
          const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
          assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
        };
        await looks();
        await page.locator(".thumb").first().click();
        await page.locator("figure").waitFor();
        await looks();
      }));
  }
});
