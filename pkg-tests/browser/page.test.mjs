// The built page, dist/, in Chromium: it starts under its own strict policy, and says so when it can't.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { figures, show, until, withPage } from "./support.mjs";

describe("the page", { concurrency: 2 }, () => {
  for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
    test(`starts under its policy, at ${width} px, ${colorScheme}`, () =>
      withPage({ context: { viewport: { width, height: 800 }, colorScheme } }, async (page) => {
        await page.waitForLoadState("networkidle");
        assert.equal(await page.getByRole("main").count(), 1);
        assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const [red] = paper.match(/\d+/g).map(Number);
        assert.equal(red > 128, colorScheme === "light", paper);
      }));
  }

  test("asks for each of its files once", () =>
    withPage({}, async (page, { site }) => {
      await page.waitForLoadState("networkidle");
      assert.deepEqual([...site.requests].sort(), [...new Set(site.requests)].sort());
      assert.equal(site.requests.filter((path) => path.endsWith(".wasm")).length, 1);
      assert.equal(site.requests.filter((path) => path.includes("destinations")).length, 1);
    }));

  test("says that the destinations could not be loaded, and works without them", () => {
    const change = (path, bytes) => {
      if (path.includes("destinations")) throw new Error("missing");
      return bytes;
    };
    return withPage({ server: { change }, clean: false }, async (page, { seen }) => {
      assert.match(await page.getByRole("main").textContent(), /data of the destinations could not be loaded/);
      // The one that was chosen stays, by its code.
      const options = page.getByLabel("Destination", { exact: true }).locator("option");
      assert.deepEqual(await options.allTextContents(), ["choose, or fill in yourself", "US"]);
      await page.getByLabel("Currency", { exact: true }).fill("USD");
      await until(async () => /^[\d,]+\.\d\d$/.test((await figures(page)).total), "an answer");
      assert.deepEqual([seen.foreign, seen.violations], [[], []]);
    });
  });

  test("forbids what it does not need", () =>
    withPage({ clean: false }, async (page, { seen }) => {
      const allowed = await page.evaluate(async () => {
        // What DevTools evaluates may use eval; what a timer calls may not.
        await new Promise((done) => setTimeout(done));
        const attempts = {
          eval: () => new Function("return 1")(),
          html: () => (document.body.innerHTML = "<b>text</b>"),
          policy: () => window.trustedTypes.createPolicy("any", {}),
        };
        return Object.keys(attempts).filter((name) => {
          try {
            attempts[name]();
            return true;
          } catch {
            return false;
          }
        });
      });
      assert.deepEqual(allowed, []);
      const isFetched = await page.evaluate(() => fetch("http://127.0.0.1:9/").then(() => true, () => false));
      assert.equal(isFetched, false);
      await until(() => seen.violations.some((violation) => violation.startsWith("connect-src")));
    }));
});

describe("a page that cannot start", { concurrency: 2 }, () => {
  async function saysSo(page) {
    const sentences = page.locator(".fault p");
    await sentences.first().waitFor({ state: "visible", timeout: 10_000 });
    const [english, chinese] = await sentences.allTextContents();
    assert.match(english, /could not start/);
    assert.match(chinese, /未能启动/);
  }

  test("says so without WebAssembly", () =>
    withPage({ open: false, clean: false }, async (page, { site }) => {
      await page.addInitScript(() => delete window.WebAssembly);
      await page.goto(site.url);
      await saysSo(page);
    }));

  test("says so without JavaScript", () =>
    withPage({ context: { javaScriptEnabled: false }, open: false, clean: false }, async (page, { site }) => {
      await page.goto(site.url);
      await saysSo(page);
    }));

  const FILES = { wasm: /\/landfall-.*\.wasm$/, script: /\/boot-.*\.js$/, style: /\/style-.*\.css$/ };

  for (const kind of ["wasm", "script"]) {
    for (const [what, change] of [["missing", missing], ["not the one that was built", tampered]]) {
      test(`says so when its ${kind} is ${what}`, () =>
        withPage({ server: { change: change(FILES[kind]) }, open: false, clean: false }, async (page, { site }) => {
          await hurryAnimations(page);
          await page.goto(site.url);
          await saysSo(page);
          assert.equal(await page.locator("main.start").count(), 1);
        }));
    }
  }

  test("does not use another style sheet than the one that was built", () =>
    withPage({ server: { change: tampered(FILES.style) }, open: false, clean: false }, async (page, { site, seen }) => {
      await show(page, site.url);
      assert.equal(await page.evaluate(() => document.styleSheets.length), 0);
      assert.match(seen.errors[0], /integrity/);
    }));

  /** Makes the seconds, after which the style sheet shows the sentences by itself, pass quickly. */
  async function hurryAnimations(page) {
    const session = await page.context().newCDPSession(page);
    await session.send("Animation.enable");
    await session.send("Animation.setPlaybackRate", { playbackRate: 50 });
  }

  /** A change of the files that match: they aren't there. */
  function missing(pattern) {
    return (path, bytes) => {
      if (pattern.test(path)) throw new Error("missing");
      return bytes;
    };
  }

  /** A change of the files that match: they would still work, but aren't those that were built. */
  function tampered(pattern) {
    return (path, bytes) => {
      if (!pattern.test(path)) return bytes;
      // A custom section without a name, or a line break, changes nothing else.
      return Buffer.concat([bytes, path.endsWith(".wasm") ? Buffer.from([0, 1, 0]) : Buffer.from("\n")]);
    };
  }
});
