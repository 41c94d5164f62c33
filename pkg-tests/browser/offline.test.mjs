// The page without a network: kept as it was built, all of it, until the reader lets a newer build take over.

import assert from "node:assert/strict";
import { cp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "../support/serve.mjs";
import { rebuild, withSite } from "./site.mjs";
import { answers, button, field, offered, settled, show, started, until } from "./support.mjs";

const MUGS = { perUnit: "2.9049", total: "2,323.93", cash: "2,285.19" };
const PRICE = "lines[0].unitPriceCny";
const READY = "A newer version of Landfall is ready.";

/** Which build a page was made of, as its style sheet and its script say. */
async function builds(page) {
  return page.evaluate(() => {
    const mark = getComputedStyle(document.documentElement).getPropertyValue("--mark").replaceAll('"', "");
    const script = document.querySelector("script[src*=boot-]").src;
    return { mark, isWhole: mark === "" || script.includes(`boot-${mark}.`) };
  });
}

/** Opens the page, and waits until everything of it is kept. */
async function keep(page, site) {
  await show(page, site.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state === "activated" || new Promise((done) => active.addEventListener("statechange", done))));
}

/** What is kept: the names of the files in each cache. */
function caches(page) {
  return page.evaluate(async () => {
    const names = await window.caches.keys();
    const files = async (name) => (await (await window.caches.open(name)).keys()).map(({ url }) => new URL(url).pathname.slice(1)).sort();
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await files(name)])));
  });
}

describe("without a network", { concurrency: 2 }, () => {
  test("the page starts, computes, saves and exports, though the server has stopped", () =>
    withSite(async ({ site, page, context }) => {
      await keep(page, site);
      await page.close();
      await site.close();
      const again = await context.newPage();
      const failed = [];
      again.on("requestfailed", (request) => {
        // What was on its way when the page was left says nothing.
        if (request.failure().errorText !== "net::ERR_ABORTED") failed.push(request.url());
      });
      await show(again, site.url);
      await answers(again, MUGS);
      await field(again, PRICE).fill("13");
      await settled();
      await again.reload();
      await started(again);
      assert.equal(await field(again, PRICE).inputValue(), "13");
      const { json } = await offered(again, () => button(again, "order", "export").click());
      assert.equal(json.data.request.lines[0].unitPriceCny, "13");
      await again.goto(`${site.url}rescue.html`);
      await show(again, `${site.url}index.html#/saved`);
      assert.deepEqual(failed, []);
    }));

  test("every file of the build is kept, and only those of the build", () =>
    withSite(async ({ site, page, folder }) => {
      await keep(page, site);
      const [[build, files], [shop, ...of]] = Object.entries(await caches(page));
      assert.match(build, /^landfall http.*\/ [0-9a-f]{10}$/);
      assert.match(shop, /^landfall http.*\/ shop$/);
      assert.deepEqual(of.flat(), ["shop.json"]);
      // The reader of order exports comes once the page is idle, which may be by now.
      const isAtOnce = (name) => !["sw.js", "shop.json"].includes(name) && !/^order.export-/.test(name);
      const built = (await readdir(folder)).filter(isAtOnce);
      assert.deepEqual(files.map((name) => name || "index.html").filter(isAtOnce).sort(), built.sort());
    }));

  test("nothing is answered that isn’t a file of the page", () =>
    withSite(async ({ site, page }) => {
      await keep(page, site);
      await page.reload();
      await started(page);
      await site.close();
      const answer = (path) => page.evaluate((path) => fetch(path).then(({ status }) => status, () => "none"), path);
      for (const path of ["other.html", "boot-0000000000.js", "constructor", "landfall/", "sw.js"]) {
        assert.equal(await answer(path), "none", path);
      }
      assert.equal(await answer("manifest.webmanifest".replace(".", "-")), "none");
      assert.equal(await answer("icon-192.png"), 200);
    }));

  test("a file that can’t be had, or isn’t the one that was built, means that nothing is kept", () =>
    withSite(
      async ({ site, page }) => {
        await show(page, site.url);
        await page.waitForFunction(async () => {
          const registration = await navigator.serviceWorker.getRegistration();
          return registration === undefined || (!registration.installing && !registration.waiting && !registration.active);
        });
        await until(async () => Object.keys(await caches(page)).length === 0);
      },
      { change: (path, bytes) => (path === "/rescue.html" ? Buffer.concat([bytes, Buffer.from("\n")]) : bytes) },
    ));
});

describe("a newer build", { concurrency: 2 }, () => {
  test("waits until the reader agrees, and then stands alone, with everything that was typed", () =>
    withSite(async ({ site, folder, page, context }) => {
      await keep(page, site);
      await page.reload();
      await started(page);
      const old = Object.keys(await caches(page));
      await rebuild(folder, "newer");
      await page.reload();
      await started(page);
      assert.deepEqual(await builds(page), { mark: "", isWhole: true });
      const other = await context.newPage();
      await show(other, site.url);
      await page.getByText(READY).waitFor();
      assert.deepEqual(await builds(other), { mark: "", isWhole: true }, "a tab that is opened meanwhile is of the same build");
      await field(page, PRICE).fill("13");
      const loaded = page.waitForEvent("load");
      await button(page, "host", "update").click();
      await loaded;
      await started(page);
      assert.deepEqual(await builds(page), { mark: "newer", isWhole: true });
      assert.equal(await field(page, PRICE).inputValue(), "13");
      // The other tab is left alone, and told.
      assert.deepEqual(await builds(other), { mark: "", isWhole: true });
      await other.getByText(READY).waitFor();
      await other.reload();
      await started(other);
      assert.deepEqual(await builds(other), { mark: "newer", isWhole: true });
      const now = Object.keys(await caches(page));
      assert.equal(now.length, 2);
      assert.notDeepEqual(now, old);
      await site.close();
      await page.reload();
      await started(page);
      assert.deepEqual(await builds(page), { mark: "newer", isWhole: true });
    }));

  test("that the reader doesn’t want yet leaves the page as it is", () =>
    withSite(async ({ site, folder, page }) => {
      await keep(page, site);
      await rebuild(folder, "newer");
      await page.reload();
      await started(page);
      await page.getByText(READY).waitFor();
      await button(page, "host", "later").click();
      assert.equal(await page.getByText(READY).count(), 0);
      await page.reload();
      await started(page);
      assert.deepEqual(await builds(page), { mark: "", isWhole: true });
      await page.getByText(READY).waitFor();
    }));

  test("replaces a newer one that waits", () =>
    withSite(async ({ site, folder, page }) => {
      await keep(page, site);
      for (const mark of ["second", "third"]) {
        await rebuild(folder, mark);
        await page.reload();
        await started(page);
        await until(async () => Object.values(await caches(page)).flat().includes(`boot-${mark}.js`));
        await page.getByText(READY).waitFor();
      }
      const loaded = page.waitForEvent("load");
      await button(page, "host", "update").click();
      await loaded;
      await started(page);
      assert.deepEqual(await builds(page), { mark: "third", isWhole: true });
      assert.equal(Object.keys(await caches(page)).length, 2);
    }));

  test("that is only half there is not taken", () => {
    let isHalf = false;
    const change = (path, bytes) => {
      if (isHalf && path.startsWith("/boot-")) throw new Error("missing");
      return bytes;
    };
    return withSite(
      async ({ site, folder, page }) => {
        await keep(page, site);
        await rebuild(folder, "newer");
        isHalf = true;
        await page.reload();
        await started(page);
        await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {}));
        await page.reload();
        await started(page);
        assert.deepEqual(await builds(page), { mark: "", isWhole: true });
        assert.equal(await page.getByText(READY).count(), 0);
        assert.equal(Object.keys(await caches(page)).length, 2);
        isHalf = false;
        await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
        await page.getByText(READY).waitFor();
      },
      { change },
    );
  });
});

describe("what is kept", { concurrency: 2 }, () => {
  test("and got lost in part is fetched again", () =>
    withSite(async ({ site, page }) => {
      await keep(page, site);
      await page.evaluate(async () => {
        for (const name of await window.caches.keys()) {
          const cache = await window.caches.open(name);
          for (const request of await cache.keys()) if (/\/$|boot-|wasm/.test(request.url)) await cache.delete(request);
        }
      });
      await page.reload();
      await started(page);
      await site.close();
      await page.reload();
      await started(page);
    }));

  test("and got lost in part gives way to the build that there is now", () =>
    withSite(async ({ site, folder, page }) => {
      await keep(page, site);
      await rebuild(folder, "newer");
      await page.evaluate(async () => {
        for (const name of await window.caches.keys()) await window.caches.delete(name);
      });
      await page.reload();
      await started(page);
      assert.deepEqual(await builds(page), { mark: "newer", isWhole: true });
    }));
});

describe("the shop file", { concurrency: 2 }, () => {
  const read = (page) => page.evaluate(() => fetch("shop.json").then((response) => response.json(), () => "none"));

  test("is the newest that can be had", () =>
    withSite(async ({ site, folder, page }) => {
      await keep(page, site);
      await page.reload();
      await started(page);
      assert.equal(await read(page), null);
      await writeFile(join(folder, "shop.json"), '{"version":1}');
      assert.deepEqual(await read(page), { version: 1 });
      await site.close();
      assert.deepEqual(await read(page), { version: 1 });
    }));

  test("is not what something else answers in its place", () => {
    const headers = {};
    return withSite(
      async ({ site, folder, page }) => {
        await writeFile(join(folder, "shop.json"), '{"version":1}');
        await keep(page, site);
        await page.reload();
        await started(page);
        assert.deepEqual(await read(page), { version: 1 });
        // As the login page of a hotel.
        headers["content-type"] = "text/html";
        await writeFile(join(folder, "shop.json"), '{"version":"of the hotel"}');
        assert.deepEqual(await read(page), { version: 1 });
      },
      { headers },
    );
  });
});

test("the server for development clears away what a published page kept", () =>
  withSite(async ({ site, folder, page }) => {
    await keep(page, site);
    await rebuild(folder, "developed", (boot) => boot.replace('SERVICE_WORKER = "sw.js"', 'SERVICE_WORKER = ""'));
    await cp(join(root, "xtask/src/no-worker.js"), join(folder, "sw.js"));
    await page.goto(site.url);
    await until(async () => (await builds(page).catch(() => ({}))).mark === "developed");
    await started(page);
    await until(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length === 0));
    assert.deepEqual(await caches(page), {});
  }));

test("the page can be installed", () =>
  withSite(async ({ site, page, context }) => {
    await keep(page, site);
    const session = await context.newCDPSession(page);
    const { errors } = await session.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), []);
  }));
