// The built page, dist/, in Chromium: it starts under its own strict policy, and says so when it can't.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launchChromium } from "../support/chromium.mjs";
import { root, serve } from "../support/serve.mjs";

const DIST = join(root, "dist");
const EXAMPLES = join(root, "tests/data/landed-cost");
const WIDTHS = [1280, 360];
const THEMES = ["light", "dark"];

let chromium;
before(async () => {
  chromium = await launchChromium();
});
after(() => chromium.close());

/** Runs `use` with a tab that watches over policy, errors and requests, and a server of dist/. */
async function withTab({ context = {}, server = {} }, use) {
  const site = await serve(DIST, server);
  const browsing = await chromium.newContext(context);
  try {
    const page = await browsing.newPage();
    const seen = { errors: [], foreign: [], violations: [] };
    await page.exposeFunction("reportViolation", (violation) => seen.violations.push(violation));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.reportViolation(`${event.effectiveDirective}: ${event.blockedURI}`);
      });
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) seen.errors.push(message.text());
    });
    page.on("pageerror", (error) => seen.errors.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(site.url)) seen.foreign.push(request.url());
    });
    await use({ page, site, seen });
  } finally {
    await browsing.close();
    await site.close();
  }
}

/** Waits until the page has taken the place of what index.html shows at first. */
function started(page) {
  return page.locator("main:not(.start)").waitFor({ timeout: 10_000 });
}

/** Waits until a condition holds. */
async function until(condition) {
  const end = Date.now() + 5_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `not in time: ${condition}`);
    await pause(20);
  }
}

describe("the page", () => {
  for (const width of WIDTHS) {
    for (const colorScheme of THEMES) {
      const context = { viewport: { width, height: 800 }, colorScheme };

      test(`starts under its policy, at ${width} px, ${colorScheme}`, () =>
        withTab({ context }, async ({ page, site, seen }) => {
          await page.goto(site.url, { waitUntil: "networkidle" });
          await started(page);
          assert.equal(await page.locator("main").count(), 1);
          assert.equal(await page.locator("h1").count(), 1);
          assert.deepEqual(seen, { errors: [], foreign: [], violations: [] });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `it is ${wide} px wide`);
        }));

      test(`passes axe, at ${width} px, ${colorScheme}`, async () => {
        const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
        // axe is no part of the page, so that the page's policy doesn't apply to it.
        await withTab({ context: { ...context, bypassCSP: true } }, async ({ page, site }) => {
          await page.goto(site.url);
          await started(page);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run());
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
          assert.deepEqual(found, []);
        });
      });
    }
  }

  test("asks for each of its files once", () =>
    withTab({}, async ({ page, site }) => {
      await page.goto(site.url, { waitUntil: "networkidle" });
      await started(page);
      assert.deepEqual([...site.requests].sort(), [...new Set(site.requests)].sort());
      assert.equal(site.requests.filter((path) => path.endsWith(".wasm")).length, 1);
    }));

  test("forbids what it does not need", () =>
    withTab({}, async ({ page, site, seen }) => {
      await page.goto(site.url);
      await started(page);
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

describe("the answer", () => {
  const amounts = (page) => page.locator(".per-unit summary, .figures dd > details > summary").allTextContents();

  /** What the page shows of a request: the typed text must be legal. */
  async function typed(page, request) {
    await page.locator("textarea").fill(JSON.stringify(request));
    return amounts(page);
  }

  /** `12345.60` as the page writes it: `12,345.60`. */
  function grouped(amount) {
    const [whole, fraction] = amount.split(".");
    const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return fraction === undefined ? groups : `${groups}.${fraction}`;
  }

  test("is that of the package, for every example file", () =>
    withTab({}, async ({ page, site }) => {
      await page.goto(site.url);
      await started(page);
      for (const file of await readdir(EXAMPLES)) {
        const { name, request, expected } = JSON.parse(await readFile(join(EXAMPLES, file), "utf8"));
        const { perUnit, total, cash } = expected;
        assert.deepEqual(await typed(page, request), [perUnit, total, cash.total].map(grouped), name);
        assert.equal(await page.locator(".answer.old").count(), 0, name);
      }
    }));

  test("stays, dimmed, while the request is half typed, and says what is wrong", () =>
    withTab({}, async ({ page, site, seen }) => {
      await page.goto(site.url);
      await started(page);
      const before = await amounts(page);
      const text = await page.locator("textarea").inputValue();
      await page.locator("textarea").fill(text.replace('"quantity": 300', '"quantity": 300.5'));
      assert.equal(await page.locator(".issues code").textContent(), "lines[0].quantity");
      assert.equal(await page.locator(".answer.old").count(), 1);
      assert.deepEqual(await amounts(page), before);
      await page.locator("textarea").fill(text);
      assert.equal(await page.locator(".issues li").count(), 0);
      assert.deepEqual(seen, { errors: [], foreign: [], violations: [] });
    }));

  test("opens every amount by keyboard, in both languages", () =>
    withTab({ context: { locale: "en-GB" } }, async ({ page, site }) => {
      await page.goto(site.url);
      await started(page);
      const working = page.locator(".per-unit p");
      await page.locator(".per-unit summary").focus();
      await page.keyboard.press("Enter");
      assert.match(await working.textContent(), /2,323\.93/);
      await page.getByRole("button", { name: "简体中文" }).click();
      assert.equal(await page.locator("h1").textContent(), "到岸成本");
      assert.match(await working.textContent(), /合格品/);
      assert.equal(await page.locator(".page").getAttribute("lang"), "zh-CN");
    }));

  for (const locale of ["en", "zh-CN"]) {
    test(`passes axe with all of it open and something wrong, in ${locale}`, async () => {
      const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
      await withTab({ context: { locale, bypassCSP: true } }, async ({ page, site }) => {
        await page.goto(site.url);
        await started(page);
        for (const summary of await page.locator("summary:visible").all()) await summary.click();
        for (const broken of [false, true]) {
          if (broken) await page.locator("textarea").fill("{}");
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => window.axe.run());
          assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), []);
        }
      });
    });
  }
});

describe("a page that cannot start", () => {
  async function saysSo(page) {
    const sentences = page.locator(".fault p");
    await sentences.first().waitFor({ state: "visible", timeout: 10_000 });
    const [english, chinese] = await sentences.allTextContents();
    assert.match(english, /could not start/);
    assert.match(chinese, /未能启动/);
  }

  test("says so without WebAssembly", () =>
    withTab({}, async ({ page, site }) => {
      await page.addInitScript(() => delete window.WebAssembly);
      await page.goto(site.url);
      await saysSo(page);
    }));

  test("says so without JavaScript", () =>
    withTab({ context: { javaScriptEnabled: false } }, async ({ page, site }) => {
      await page.goto(site.url);
      await saysSo(page);
    }));

  const FILES = { wasm: /\/landfall-.*\.wasm$/, script: /\/boot-.*\.js$/, style: /\/style-.*\.css$/ };

  for (const kind of ["wasm", "script"]) {
    for (const [what, change] of [["missing", missing], ["not the one that was built", tampered]]) {
      test(`says so when its ${kind} is ${what}`, () =>
        withTab({ server: { change: change(FILES[kind]) } }, async ({ page, site }) => {
          await hurryAnimations(page);
          await page.goto(site.url);
          await saysSo(page);
          assert.equal(await page.locator("main.start").count(), 1);
        }));
    }
  }

  test("does not use another style sheet than the one that was built", () =>
    withTab({ server: { change: tampered(FILES.style) } }, async ({ page, site, seen }) => {
      await page.goto(site.url);
      await started(page);
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
