// Reading large files away from the page: what comes of them, in a worker and where the browser refuses workers.
// Nothing of the page is made for these tests: they serve a build of which the script hands out what it has.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "../support/serve.mjs";
import { rebuild, withSite } from "./site.mjs";
import { started, until } from "./support.mjs";

const EXPORTS = join(root, "tests/data/order-export");
const DEVICE = "d3f1d3f1";

const record = (id, data) => ({
  kind: "supplier",
  id: `${String(id).padStart(8, "0")}-1111-4111-8111-111111111111`,
  heads: [{ counter: 1, device: DEVICE, at: "2026-11-22T10:00:00Z", data }],
});
const workspace = (suppliers) => ({ format: "landfall/workspace", version: 1, savedAt: "2026-11-22T10:00:00Z", app: "landfall 0.1.0", data: { suppliers } });

/** Runs `use` with what performs tasks in a page: the events that come of one. */
async function withReader(use, { prepare } = {}) {
  await withSite(async ({ folder, site, page }) => {
    await rebuild(folder, "reader", (boot) => boot.replace("const host = {", "const host = (globalThis.host = {").replace("\n};\n", "\n});\n"));
    if (prepare) await page.addInitScript(prepare);
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(site.url);
    await started(page);
    const perform = (name, source, { isText = false, locale = "en" } = {}) =>
      page.evaluate(
        async ([name, base64, isText, locale, device]) => {
          const response = await fetch(`data:application/octet-stream;base64,${base64}`).catch(() => null);
          const bytes = response ? new Uint8Array(await response.arrayBuffer()) : Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
          const source = isText ? new TextDecoder().decode(bytes) : new File([bytes], name);
          const answers = [];
          await new Promise((done) => {
            window.stop = window.host.work([source, device, locale], (answer) => {
              answers.push(answer);
              if (!["progress", "some"].includes(answer[0])) done();
            });
          });
          return answers;
        },
        [name, Buffer.from(source).toString("base64"), isText, locale, DEVICE],
      );
    await use({ page, perform, site });
    assert.deepEqual(errors, []);
  });
}

const WAYS = {
  "in a worker": undefined,
  "on the page, where there are no workers": () => delete window.Worker,
  "on the page, where workers don’t start": () => {
    const { Worker } = window;
    window.Worker = class extends Worker {
      constructor(url) {
        // As browsers that know no modules in workers: the script is an error.
        super(url);
      }
    };
  },
};

for (const [way, prepare] of Object.entries(WAYS)) {
  describe(way, { concurrency: 2 }, () => {
    test("a file of the workspace gives its records", () =>
      withReader(
        async ({ page, perform }) => {
          const suppliers = Array.from({ length: 1_200 }, (_, index) => record(index, { name: `杯子厂 ${index}`, status: "new" }));
          const answers = await perform("backup.json", JSON.stringify(workspace(suppliers)));
          assert.deepEqual(answers.at(-1), ["records"]);
          const some = answers.filter(([name]) => name === "some").map(([, bytes]) => new TextDecoder().decode(Uint8Array.from(Object.values(bytes))));
          const texts = some.flatMap((text) => text.split("\u{1e}"));
          assert.deepEqual(texts.map((text) => JSON.parse(text).id).sort(), suppliers.map(({ id }) => id));
          assert.ok(answers.some(([name, done, all]) => name === "progress" && done <= all));
          await until(() => page.workers().length === 0, "the worker has gone");
        },
        { prepare },
      ));

    test("a file that is refused says why", () =>
      withReader(
        async ({ perform }) => {
          const last = async (...given) => (await perform("file.json", ...given)).at(-1);
          const why = async (...given) => {
            const [name, sentences] = await last(...given);
            assert.equal(name, "refused");
            return sentences.join(" ");
          };
          assert.match(await why(new Uint8Array([0x7b, 0xff, 0xfe])), /UTF-8/);
          const scenario = '{"format":"landfall/scenario","version":1,"data":{}}';
          assert.deepEqual(await last(scenario), ["text", scenario], "the page has a look at it");
          assert.match(await why(JSON.stringify({ ...workspace([]), version: 7 })), /version 7/);
          const deep = JSON.stringify(workspace([record(1, { name: "x" })])).replace('"x"', "[".repeat(500));
          assert.match(await why(deep), /nested/);
          const issue = await why(JSON.stringify(workspace([{ ...record(1, {}), id: "" }])), { locale: "zh-CN" });
          assert.match(issue, /^data\.suppliers\[0\].*[\u4e00-\u9fff]/);
        },
        { prepare },
      ));

    test("an order export gives its orders, also in other encodings and pasted", () =>
      withReader(
        async ({ perform }) => {
          const names = (await readdir(EXPORTS)).filter((name) => /\.(xlsx|csv)$/.test(name));
          assert.ok(names.length > 2);
          for (const name of names) {
            const [kind, answer] = (await perform(name, await readFile(join(EXPORTS, name)))).at(-1);
            assert.equal(kind, "orders", name);
            const expected = JSON.parse(await readFile(join(EXPORTS, name.replace(/\.\w+$/, ".expected.json")), "utf8"));
            const { orders } = JSON.parse(answer);
            assert.equal(orders.length, expected.orders.length, name);
          }
          const [name, sentences] = (await perform("", "订单编号\t货品标题\nx\ty", { isText: true })).at(-1);
          assert.equal(name, "refused", "what isn’t one says why");
          assert.match(sentences.join(), /单价/);
        },
        { prepare },
      ));
  });
}

test("what is stopped tells nothing more, and its worker goes", () =>
  withReader(async ({ page }) => {
    const told = await page.evaluate(async (device) => {
      const suppliers = Array.from({ length: 20_000 }, (_, id) => `{"kind":"supplier","id":"${String(id).padStart(8, "0")}-1111-4111-8111-111111111111","heads":[{"counter":1,"device":"${device}","at":"2026-11-22T10:00:00Z","data":{"name":"x","status":"new"}}]}`);
      const file = new File([`{"format":"landfall/workspace","version":1,"data":{"suppliers":[${suppliers}]}}`], "file");
      const answers = [];
      const stop = await new Promise((done) => {
        const stop = window.host.work([file, device, "en"], (answer) => {
          answers.push(answer[0]);
          done(stop);
        });
      });
      stop();
      const before = answers.length;
      await new Promise((done) => setTimeout(done, 500));
      return answers.length - before;
    }, DEVICE);
    assert.equal(told, 0);
    assert.equal(page.workers().length, 0);
  }));

test("a reader that can’t be had says so, and a kept one reads without a network", () =>
  withReader(async ({ page, perform, site }) => {
    const file = await readFile(join(EXPORTS, (await readdir(EXPORTS)).find((name) => name.endsWith(".xlsx"))));
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
      return all.flat().filter((url) => /order.export-/.test(url)).length === 2;
    });
    await page.reload();
    await started(page);
    await site.close();
    assert.equal((await perform("orders.xlsx", file)).at(-1)[0], "orders");
    await page.evaluate(async () => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) if (/order.export-/.test(request.url)) await cache.delete(request);
      }
    });
    const [name, reason] = (await perform("orders.xlsx", file)).at(-1);
    assert.equal(name, "unread");
    assert.notEqual(reason, "");
  }));
