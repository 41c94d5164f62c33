// The package in pages without bundler: unpacked from its tarball, imported by path, under a strict policy.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkExamples, examples, folder, npm, temporaryFolder, wasm } from "../package/built.mjs";
import { order, price } from "../package/cases.mjs";
import { fatalRequest, trapping } from "../package/trapping.mjs";
import { launchChromium } from "../support/chromium.mjs";
import { serve } from "../support/serve.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

let chromium;
let site;
before(async () => {
  chromium = await launchChromium();
  const project = temporaryFolder();
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--pack-destination", project], folder));
  writeFileSync(join(project, "package.json"), `{ "private": true }`);
  npm(["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", join(project, filename)], project);
  const files = join(project, "site");
  mkdirSync(files);
  cpSync(join(project, "node_modules/landfall"), join(files, "landfall"), { recursive: true });
  writeFileSync(join(files, "trapping.wasm"), trapping(wasm()));
  cpSync(new URL("../../tests/data/order-export/fresh-inline-strings.xlsx", import.meta.url), join(files, "orders.xlsx"));
  writeFileSync(join(files, "index.html"), `<!doctype html><title>A shop</title><script type="module" src="/page.js"></script>`);
  writeFileSync(join(files, "page.js"), `import * as landfall from "./landfall/index.js"; window.landfall = landfall;`);
  const [, program] = /```html\n<script type="module">\n([^]*?)<\/script>\n```/.exec(readFileSync(join(folder, "README.md"), "utf8"));
  writeFileSync(join(files, "readme.js"), program);
  writeFileSync(join(files, "readme.html"), `<!doctype html><title>README</title><script type="module" src="/readme.js"></script>`);
  site = await serve(files);
});
after(async () => {
  await chromium.close();
  await site.close();
});

/** Runs `use` with a page of the site that has the package, and with what went wrong in it. */
async function withPage(use, { policy = POLICY, change } = {}) {
  const context = await chromium.newContext();
  try {
    const page = await context.newPage();
    const seen = { errors: [], requests: [] };
    page.on("console", (message) => seen.errors.push(message.text()));
    page.on("pageerror", (error) => seen.errors.push(String(error)));
    page.on("request", (request) => seen.requests.push(request.url().replace(site.url, "/")));
    await page.route("**/*", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": policy };
      await route.fulfill({ response, headers: change ? change(route.request().url(), headers) : headers });
    });
    await page.goto(site.url);
    await page.waitForFunction(() => window.landfall !== undefined);
    await use(page, seen);
  } finally {
    await context.close();
  }
}

const amountsOf = ({ warnings: _, ...amounts }) => amounts;

describe("in a page without bundler", () => {
  test("every example is right to the letter, under a strict policy", () =>
    withPage(async (page, seen) => {
      const results = await page.evaluate(
        async (requests) => {
          await window.landfall.init();
          return requests.map((request) => window.landfall.landedCost(request));
        },
        examples.map(({ request }) => request),
      );
      assert.deepEqual(results.map(amountsOf), examples.map(({ expected }) => expected));
      assert.deepEqual(seen.errors, []);
      const asked = seen.requests.filter((path) => path.startsWith("/landfall/"));
      const files = ["core.js", "destinations-data.js", "destinations.js", "glue.js", "index.js", "landfall.wasm"];
      assert.deepEqual([...asked].sort(), files.map((file) => `/landfall/${file}`));
    }));

  test("every order check is right to the letter", () =>
    withPage(async (page, seen) => {
      const results = await page.evaluate(
        async (requests) => {
          await window.landfall.init();
          return requests.map((request) => window.landfall.checkOrder(request));
        },
        checkExamples.map(({ request }) => request),
      );
      for (const { findings } of results) for (const finding of findings) delete finding.message;
      assert.deepEqual(results, checkExamples.map(({ expected }) => expected));
      assert.deepEqual(seen.errors, []);
    }));

  test("an order export is read, by a module that is fetched with the first one", () =>
    withPage(async (page, seen) => {
      const name = "fresh-inline-strings";
      const file = readFileSync(new URL(`../../tests/data/order-export/${name}.xlsx`, import.meta.url));
      const expected = JSON.parse(readFileSync(new URL(`../../tests/data/order-export/${name}.expected.json`, import.meta.url)));
      const results = await page.evaluate(async (base64) => {
        const { parseOrderExport } = await import("/landfall/order-export.js");
        const blob = await (await fetch("/orders.xlsx")).blob();
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const inputs = [bytes, new File([bytes], "orders.xlsx"), blob, await fetch("/orders.xlsx")];
        return Promise.all(inputs.map((input) => parseOrderExport(input)));
      }, file.toString("base64"));
      assert.deepEqual(results, [expected, expected, expected, expected]);
      assert.deepEqual(seen.errors, []);
      assert.equal(seen.requests.filter((path) => path.endsWith(".wasm")).length, 1);
    }));

  test("importing asks for no wasm, and init for it once", () =>
    withPage(async (page, seen) => {
      assert.ok(!seen.requests.some((path) => path.endsWith(".wasm")));
      await page.evaluate(() => Promise.all([window.landfall.init(), window.landfall.init()]));
      await page.evaluate(() => window.landfall.init());
      assert.equal(seen.requests.filter((path) => path.endsWith(".wasm")).length, 1);
    }));

  for (const [name, load] of Object.entries({
    "an address": () => window.landfall.init("/landfall/landfall.wasm"),
    "a Request": () => window.landfall.init(new Request("/landfall/landfall.wasm")),
    "a promise of a Response": () => window.landfall.init(fetch("/landfall/landfall.wasm")),
    "bytes": async () => window.landfall.init(await (await fetch("/landfall/landfall.wasm")).arrayBuffer()),
    "a Blob": async () => window.landfall.init(await (await fetch("/landfall/landfall.wasm")).blob()),
    "a module": async () => window.landfall.init(await WebAssembly.compileStreaming(fetch("/landfall/landfall.wasm"))),
  })) {
    test(`init takes ${name}`, () =>
      withPage(async (page, seen) => {
        await page.evaluate(load);
        const [{ request, expected }] = examples;
        assert.deepEqual(amountsOf(await page.evaluate((request) => window.landfall.landedCost(request), request)), expected);
        assert.deepEqual(seen.errors, []);
      }));
  }

  test("a server that does not know the type of wasm will do", () =>
    withPage(
      async (page, seen) => {
        const total = await page.evaluate(async (order) => {
          await window.landfall.init();
          return window.landfall.landedCost(order).total;
        }, order);
        assert.match(total, /^\d+\.\d\d$/);
        assert.deepEqual(seen.errors, []);
      },
      { change: (url, headers) => (url.endsWith(".wasm") ? { ...headers, "content-type": "text/plain" } : headers) },
    ));

  test("errors are those of Node, in both languages", () =>
    withPage(async (page) => {
      const errors = await page.evaluate(async () => {
        const { init, landedCost, LandfallError } = window.landfall;
        const thrownBy = (call) => {
          try {
            call();
          } catch (error) {
            return { isOurs: error instanceof LandfallError, name: error.name, code: error.code, message: error.message };
          }
        };
        const before = thrownBy(() => landedCost({}));
        await init();
        return [before, thrownBy(() => landedCost({})), thrownBy(() => landedCost({}, { locale: "zh" }))];
      });
      assert.deepEqual(errors.map(({ code }) => code), ["notInitialised", "invalidRequest", "invalidRequest"]);
      assert.ok(errors.every(({ isOurs, name }) => isOurs && name === "LandfallError"));
      assert.match(errors[1].message, /^homeCurrency: .* \(and 2 more\)$/);
      assert.match(errors[2].message, /^homeCurrency: .*（另有 2 处）$/);
    }));

  test("a policy against wasm is named as the reason", () =>
    withPage(
      async (page) => {
        const { code, message } = await page.evaluate(() => window.landfall.init().catch(({ code, message }) => ({ code, message })));
        assert.equal(code, "notInitialised");
        assert.match(message, /Content Security Policy/i);
      },
      { policy: POLICY.replace(" 'wasm-unsafe-eval'", "") },
    ));

  test("after a trap the next call works", () =>
    withPage(async (page, seen) => {
      const outcome = await page.evaluate(
        async ({ order, price, fatalRequest }) => {
          const { init, landedCost, sellingPrice } = window.landfall;
          await init("/trapping.wasm");
          const before = [landedCost(order), sellingPrice(price)];
          const codes = [];
          const afterwards = [];
          for (let round = 0; round < 2; round++) {
            try {
              sellingPrice(fatalRequest);
            } catch (error) {
              codes.push(error.code, error.cause instanceof WebAssembly.RuntimeError);
            }
            afterwards.push([landedCost(order), sellingPrice(price)]);
          }
          return { codes, isSame: afterwards.every((results) => JSON.stringify(results) === JSON.stringify(before)) };
        },
        { order, price, fatalRequest },
      );
      assert.deepEqual(outcome, { codes: ["internal", true, "internal", true], isSame: true });
      assert.deepEqual(seen.errors, []);
    }));
});

test("the example of the README runs as it stands", () =>
  withPage(async (page) => {
    const printed = page.waitForEvent("console");
    await page.goto(`${site.url}readme.html`);
    assert.match((await printed).text(), /^\d+\.\d\d \d+\.\d{4}$/);
  }));
