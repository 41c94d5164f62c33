// What the page trusts: nothing that it didn't bring itself, and not its own wasm after a trap.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { store } from "./site.mjs";
import { button, field, settled, show, speak, started, stored, until, withPage } from "./support.mjs";

/** Attacks on the page; each tells by a promise of true that it came through. They run in the page. */
const ATTACKS = {
  "an inline script": () => {
    const script = document.createElement("script");
    script.append("window.hit = true");
    document.body.append(script);
    return window.hit === true;
  },
  "an inline listener": () => {
    const button = document.createElement("button");
    button.setAttribute("onclick", "window.hit = true");
    document.body.append(button);
    button.click();
    return window.hit === true;
  },
  "eval": () => window.eval("1 + 1") === 2,
  "a new function": () => new Function("return true")(),
  "a timer with text": () => {
    setTimeout("window.hit = true");
    return new Promise((done) => setTimeout(() => done(window.hit === true), 50));
  },
  "an address with script": () => {
    const link = document.createElement("a");
    link.href = "javascript:window.hit = true";
    document.body.append(link);
    link.click();
    return new Promise((done) => setTimeout(() => done(window.hit === true), 50));
  },
  "HTML": () => {
    document.body.insertAdjacentHTML("beforeend", "<b id=planted>x</b>");
    return document.querySelector("#planted") !== null;
  },
  "HTML in an element": () => {
    const element = document.createElement("div");
    element.innerHTML = "<img src=x>";
    return element.childElementCount > 0;
  },
  "the document of a frame": () => {
    const frame = document.createElement("iframe");
    frame.srcdoc = "<script>parent.hit = true</script>";
    document.body.append(frame);
    return new Promise((done) => setTimeout(() => done(window.hit === true), 200));
  },
  "a script from elsewhere": (foreign) => {
    const script = document.createElement("script");
    script.src = `${foreign}script.js`;
    document.body.append(script);
    return new Promise((done) => setTimeout(() => done(window.hit === true), 200));
  },
  "a style of its own": () => {
    const style = document.createElement("style");
    style.append("body { outline: 7px solid rgb(1, 2, 3) }");
    document.head.append(style);
    return getComputedStyle(document.body).outlineWidth === "7px";
  },
  "an image from elsewhere": (foreign) =>
    new Promise((done) => {
      const image = new Image();
      image.onload = () => done(true);
      image.onerror = () => done(false);
      image.src = `${foreign}image.svg`;
    }),
  "a request to elsewhere": (foreign) => fetch(`${foreign}data`, { mode: "no-cors" }).then(() => true),
  "a beacon": (foreign) => {
    navigator.sendBeacon(`${foreign}beacon`, "data");
    return new Promise((done) => setTimeout(() => done(false), 200));
  },
  "a socket": (foreign) =>
    new Promise((done) => {
      const socket = new WebSocket(`${foreign.replace("http", "ws")}socket`);
      socket.onopen = () => done(true);
      socket.onerror = () => done(false);
    }),
  "a frame from elsewhere": (foreign) => {
    const frame = document.createElement("iframe");
    frame.src = `${foreign}frame.html`;
    document.body.append(frame);
    return new Promise((done) => setTimeout(() => done(false), 200));
  },
  "a form sent elsewhere": (foreign) => {
    const form = document.createElement("form");
    form.action = `${foreign}form`;
    const frame = document.createElement("iframe");
    form.target = frame.name = "sent";
    document.body.append(frame, form);
    form.submit();
    return new Promise((done) => setTimeout(() => done(false), 200));
  },
  "another base of addresses": (foreign) => {
    const base = document.createElement("base");
    base.href = foreign;
    document.head.prepend(base);
    return document.baseURI === foreign;
  },
  "a plug-in": (foreign) => {
    const plugin = document.createElement("object");
    plugin.data = `${foreign}plugin.html`;
    document.body.append(plugin);
    return new Promise((done) => setTimeout(() => done(false), 200));
  },
  "a worker out of a text": () => {
    new Worker(URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" })));
    return true;
  },
  "a worker without the policy": () => {
    new Worker(document.querySelector("script[src]").src, { type: "module" });
    return true;
  },
  "a service worker without the policy": () => navigator.serviceWorker.register("sw.js").then(() => true),
  "a policy of its own": () => Boolean(trustedTypes.createPolicy("own", { createHTML: (text) => text })),
  "a second policy of the page's name": () => Boolean(trustedTypes.createPolicy("landfall", { createHTML: (text) => text })),
  "a default policy": () => Boolean(trustedTypes.createPolicy("default", { createHTML: (text) => text })),
};

describe("the policy of the page", () => {
  let elsewhere;
  let reached;
  before(async () => {
    reached = [];
    const server = createServer((request, response) => {
      reached.push(request.url);
      const type = request.url.endsWith(".svg") ? "image/svg+xml" : "text/javascript";
      response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" });
      response.end(type === "text/javascript" ? "window.hit = true" : '<svg xmlns="http://www.w3.org/2000/svg"/>');
    });
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    elsewhere = server;
  });
  after(() => elsewhere.close());

  /** Whether an attack comes through in the page, or reaches the other host. */
  async function comesThrough(page, attack) {
    reached.length = 0;
    const foreign = `http://127.0.0.1:${elsewhere.address().port}/`;
    const isThrough = await page.evaluate(
      async ([attack, foreign]) => {
        // What DevTools evaluates may use eval; what a timer calls may not.
        const run = eval(`(${attack})`);
        return new Promise((done) => setTimeout(() => Promise.resolve().then(() => run(foreign)).then(done, () => done(false))));
      },
      [attack.toString(), foreign],
    );
    return isThrough || reached.length > 0;
  }

  const context = { serviceWorkers: "allow" };

  for (const [name, attack] of Object.entries(ATTACKS)) {
    test(`stops ${name}`, () =>
      withPage({ context, clean: false }, async (page, { site }) => {
        assert.equal(await comesThrough(page, attack), false, String(reached));
        assert.equal(page.url(), site.url);
        // And the page goes on.
        await field(page, "name").fill("Unharmed");
        await until(async () => (await page.title()) === "Unharmed · Landfall");
      }));

    test(`is what stops ${name}`, () => {
      const change = (path, bytes) => (path === "/index.html" ? `${bytes}`.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "") : bytes);
      return withPage({ context, server: { change }, clean: false }, async (page) => {
        assert.equal(await comesThrough(page, attack), true);
      });
    });
  }
});

/** Has the page spoil the memory of its wasm when the test asks for it: whatever runs next, traps. */
function spoilable(page) {
  return page.addInitScript(() => {
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await original.apply(WebAssembly, given);
        const { memory } = (made.instance ?? made).exports;
        window.spoil = () => new Uint8Array(memory.buffer).fill(0xff);
        if (sessionStorage.getItem("test.spoil")) {
          setInterval(() => {
            window.spoil();
            dispatchEvent(new HashChangeEvent("hashchange"));
          }, 300);
        }
        return made;
      };
    }
  });
}

describe("a trap", { concurrency: 2 }, () => {
  const PRICE = "lines[0].unitPriceCny";
  const FAILED = /The page failed and was loaded anew.*wasm-function\[\d+\].*build [0-9a-f]{10}/;

  test("brings a fresh page with what was saved, which says what happened, once", () =>
    withPage({ prepare: spoilable, clean: false }, async (page) => {
      await field(page, PRICE).fill("13");
      await settled();
      const before = await stored(page);
      assert.equal(Object.keys(before.rows).length, 1);
      const loaded = page.waitForEvent("load");
      await page.evaluate((path) => {
        const field = document.querySelector(`[name="${path}"]`);
        window.spoil();
        field.value = "99";
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }, PRICE);
      await loaded;
      await started(page);
      await page.getByText(FAILED).waitFor();
      assert.equal(await field(page, PRICE).inputValue(), "13");
      assert.deepEqual(await stored(page), before, "what trapped wrote nothing more");
      await field(page, PRICE).fill("14");
      await settled();
      await page.reload();
      await started(page);
      assert.equal(await field(page, PRICE).inputValue(), "14");
      assert.equal(await page.getByText(FAILED).count(), 0);
    }));

  test("that comes again at once leads to the rescue page", () =>
    withPage({ prepare: spoilable, clean: false }, async (page, { site }) => {
      await page.evaluate(() => {
        sessionStorage.setItem("test.spoil", "true");
        window.spoil();
        dispatchEvent(new HashChangeEvent("hashchange"));
      });
      await page.waitForURL(`${site.url}rescue.html`);
    }));

  test("where the session remembers nothing leads to the rescue page at once", () =>
    withPage({ prepare: spoilable, clean: false }, async (page, { site }) => {
      await page.evaluate(() => {
        Object.defineProperty(window, "sessionStorage", {
          get() {
            throw new DOMException("The operation is insecure.", "SecurityError");
          },
        });
        window.spoil();
        dispatchEvent(new HashChangeEvent("hashchange"));
      });
      await page.waitForURL(`${site.url}rescue.html`);
    }));
});

test("a broken promise of the browser is no trap", () =>
  withPage({ clean: false }, async (page, { seen }) => {
    await page.evaluate(() => {
      window.isSame = true;
      Promise.reject(new DOMException("Write permission denied.", "NotAllowedError"));
    });
    await until(() => seen.errors.some((error) => error.includes("permission")));
    await settled();
    assert.equal(await page.evaluate(() => window.isSame), true);
    assert.equal(await page.getByText(/loaded anew/).count(), 0);
  }));

describe("what a newer version has stored", { concurrency: 2 }, () => {
  /** Everything that is stored, in the database and in the local storage, to the letter. */
  const stored = (page) =>
    page.evaluate(async () => {
      const opening = indexedDB.open("landfall");
      await new Promise((done) => (opening.onsuccess = done));
      const answer = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
      const all = [opening.result.version, { ...localStorage }];
      for (const name of ["rows", "meta"]) {
        const of = opening.result.transaction(name).objectStore(name);
        all.push(await answer(of.getAllKeys()), await answer(of.getAll()));
      }
      opening.result.close();
      return JSON.stringify(all);
    });

  const NEWER = { rows: { "order/1": { revision: "1", text: "{}", more: [1] } }, meta: { version: 7, lastWrite: "2027-01-01T00:00:00Z" }, local: { "landfall.draft": '{"version":7}' } };

  test("is left alone to the byte, whatever is done on the page", () =>
    withPage({ open: false, clean: false }, async (page, { site }) => {
      await page.goto(`${site.url}rescue.html`);
      await store(page, NEWER);
      const before = await stored(page);
      await show(page, site.url);
      await field(page, "lines[0].unitPriceCny").fill("13");
      await settled();
      await button(page, "order", "save").click();
      await speak(page, "zh-CN");
      await field(page, "theme").selectOption("dark");
      await settled();
      assert.equal(await stored(page), before);
      await page.reload();
      await started(page);
      await page.goto(`${site.url}rescue.html`);
      assert.equal(await stored(page), before);
    }));

  test("while the page is open is left alone from then on", () =>
    withPage({ clean: false }, async (page, { site }) => {
      await field(page, "name").fill("Before");
      await settled();
      const other = await page.context().newPage();
      await other.goto(`${site.url}rescue.html`);
      await store(other, NEWER);
      // The other tab tells what it has stored.
      await other.evaluate(() => new BroadcastChannel("landfall").postMessage(["order/1"]));
      await settled();
      const before = await stored(other);
      await field(page, "name").fill("After");
      await settled();
      await page.reload();
      await started(page);
      assert.equal(await stored(other), before);
    }));
});

describe("a browser without a database", { concurrency: 2 }, () => {
  for (const [what, prepare] of Object.entries({
    "that has none": () => Object.defineProperty(window, "indexedDB", { value: undefined }),
    "that refuses it": () => Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("The operation is insecure.", "SecurityError"); } }),
    "that can’t open it": () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("Internal error opening backing store.", "UnknownError");
      };
    },
    "that never answers": () => Object.defineProperty(IDBRequest.prototype, "onsuccess", { set() {} }),
  })) {
    test(`${what} opens the page, which keeps what is typed`, () =>
      withPage({ prepare: (page) => page.addInitScript(prepare) }, async (page) => {
        await field(page, "name").fill("Kept");
        await settled();
        await page.reload();
        await started(page);
        assert.equal(await field(page, "name").inputValue(), "Kept");
      }));
  }
});
