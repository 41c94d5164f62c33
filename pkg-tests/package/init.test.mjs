// How the package is loaded: from where, how often, and what happens before, after a failure and after a trap.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { serve } from "../support/serve.mjs";
import { fileUrl, folder, freshCopy, landfall, runNode, temporaryFolder, thrownBy, wasm } from "./built.mjs";
import { order, price } from "./cases.mjs";
import { fatalRequest, trapping } from "./trapping.mjs";

const asResponse = (bytes, type = "application/wasm") => new Response(bytes, { headers: { "content-type": type } });

describe("before init", () => {
  const CALLS = {
    landedCost: ({ landedCost }) => landedCost(order),
    landedCosts: ({ landedCosts }) => landedCosts([order]),
    landedCostsText: ({ landedCostsText }) => landedCostsText("[]"),
    sellingPrice: ({ sellingPrice }) => sellingPrice(price),
    version: ({ version }) => version(),
  };

  for (const [name, call] of Object.entries(CALLS)) {
    test(`${name} says what to do`, async () => {
      const { index } = await freshCopy();
      const error = thrownBy(() => call(index));
      assert.ok(error instanceof index.LandfallError);
      assert.equal(error.name, "LandfallError");
      assert.equal(error.code, "notInitialised");
      assert.deepEqual(error.issues, []);
      assert.match(error.message, /await init\(\).*landfall\/node/);
      await index.init(wasm());
      call(index);
    });
  }
});

describe("init", () => {
  const expected = landfall.landedCost(order);

  for (const [name, source] of Object.entries({
    "a Buffer": () => wasm(),
    "an ArrayBuffer": () => new Uint8Array(wasm()).buffer,
    "a Uint8Array": () => new Uint8Array(wasm()),
    "a Response": () => asResponse(wasm()),
    "a Response of another type": () => asResponse(wasm(), "application/octet-stream"),
    "a Response without a type": () => new Response(new Uint8Array(wasm())),
    "a promise of a Response": () => Promise.resolve(asResponse(wasm())),
    "a promise of bytes": () => Promise.resolve(wasm()),
    "a module": () => new WebAssembly.Module(wasm()),
    "a data URL": () => new URL(`data:application/wasm;base64,${wasm().toString("base64")}`),
  })) {
    test(`takes ${name}`, async () => {
      const { index } = await freshCopy();
      assert.equal(await index.init(source()), undefined);
      assert.deepEqual(index.landedCost(order), expected);
    });
  }

  test("takes an address, as text, URL or Request", async (t) => {
    const site = await serve(folder);
    t.after(() => site.close());
    const address = `${site.url}landfall.wasm`;
    for (const source of [address, new URL(address), new Request(address)]) {
      const { index } = await freshCopy();
      await index.init(source);
      assert.deepEqual(index.landedCost(order), expected);
    }
    assert.deepEqual(site.requests, ["/landfall.wasm", "/landfall.wasm", "/landfall.wasm"]);
  });

  test("is done once, however often it is called", async () => {
    const { index } = await freshCopy();
    let reads = 0;
    const source = {
      then(resolve) {
        reads += 1;
        resolve(wasm());
      },
    };
    const first = index.init(source);
    assert.equal(index.init(source), first);
    await first;
    assert.equal(index.init(), first);
    assert.equal(reads, 1);
  });

  test("does not depend on being awaited twice", async () => {
    const { index } = await freshCopy();
    await Promise.all([index.init(wasm()), index.init(wasm()), index.init()]);
    assert.deepEqual(index.landedCost(order), expected);
  });

  test("can be tried again after it failed", async (t) => {
    const { index } = await freshCopy();
    const site = await serve(folder);
    t.after(() => site.close());
    const foreign = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    for (const [source, reason] of [
      [`${site.url}missing.wasm`, /404/],
      [wasm().subarray(0, 1_000), /WebAssembly/],
      [new Uint8Array(), /WebAssembly/],
      [foreign, /not the landfall\.wasm/],
      [new WebAssembly.Module(foreign), /not the landfall\.wasm/],
      [{ then: (_, reject) => reject(new Error("no network")) }, /no network/],
      [7, /WebAssembly/],
      ["http://[", /./],
      [undefined, /landfall\/node/],
    ]) {
      const error = await index.init(source).then(
        () => assert.fail(`initialised from ${source}`),
        (error) => error,
      );
      assert.ok(error instanceof index.LandfallError, String(error));
      assert.equal(error.code, "notInitialised");
      assert.deepEqual(error.issues, []);
      assert.match(error.message, reason);
      assert.notEqual(error.cause, undefined);
      assert.equal(thrownBy(() => index.landedCost(order)).code, "notInitialised");
    }
    await index.init(wasm());
    assert.deepEqual(index.landedCost(order), expected);
  });

  test("has nothing to do where the entry for Node is loaded", async () => {
    const index = await import(fileUrl("index.js"));
    await index.init();
    assert.equal(index.landedCost, landfall.landedCost);
    assert.equal(index.LandfallError, landfall.LandfallError);
  });
});

describe("importing the entry for pages", () => {
  test("touches nothing, and asks for nothing", () => {
    const path = join(temporaryFolder(), "import.mjs");
    writeFileSync(
      path,
      `
      const touched = [];
      const tripwire = (name) => ({
        configurable: false,
        get() { touched.push(name); return undefined; },
        set() { touched.push(name); },
      });
      // What a module could do something with; half of it is not even there in Node.
      for (const name of ["fetch", "XMLHttpRequest", "document", "window", "self", "navigator", "location", "localStorage",
        "indexedDB", "customElements", "process", "setTimeout", "setInterval", "queueMicrotask", "WebAssembly", "Response",
        "Request", "console", "performance", "crypto", "addEventListener", "onerror"]) {
        Object.defineProperty(globalThis, name, tripwire(name));
      }
      const names = () => Reflect.ownKeys(globalThis).map(String).sort().join();
      const before = names();
      for (const intrinsic of [Object, Function, Array, String, Number, Boolean, Symbol, Error, TypeError, RangeError, Promise, Map,
        Set, RegExp, Date, BigInt, ArrayBuffer, Uint8Array, DataView, Proxy]) {
        Object.freeze(intrinsic);
        if (intrinsic.prototype) Object.freeze(intrinsic.prototype);
      }
      for (const intrinsic of [JSON, Math, Reflect]) Object.freeze(intrinsic);
      const { landedCost, LandfallError } = await import(${JSON.stringify(fileUrl("index.js"))});
      const isSame = names() === before;
      let code;
      try { landedCost({}) } catch (error) { if (error instanceof LandfallError) code = error.code; }
      const fs = await import("node:fs");
      fs.writeSync(1, JSON.stringify({ touched, isSame, code }));
      `,
    );
    const { status, output } = runNode([path]);
    assert.equal(status, 0, output);
    assert.deepEqual(JSON.parse(output), { touched: [], isSame: true, code: "notInitialised" });
  });

  test("keeps no program running", () => {
    const { status, output } = runNode(["--input-type=module", "--eval", `import ${JSON.stringify(fileUrl("index.js"))}`], {
      timeout: 20_000,
    });
    assert.deepEqual({ status, output }, { status: 0, output: "" });
  });
});

describe("after a trap", () => {
  /** Copies of the package whose wasm can be made to trap: as it is loaded in Node, and in a page. */
  const loaded = {
    async node() {
      const path = join(temporaryFolder(), "landfall");
      cpSync(folder, path, { recursive: true });
      writeFileSync(join(path, "landfall.wasm"), trapping(readFileSync(join(path, "landfall.wasm"))));
      return import(pathToFileURL(join(path, "node.js")).href);
    },
    async index() {
      const { index } = await freshCopy();
      await index.init(trapping(wasm()));
      return index;
    },
  };

  for (const [entry, load] of Object.entries(loaded)) {
    test(`the next call works on a fresh instance, in ${entry}.js`, async () => {
      const { landedCost, landedCosts, LandfallError, sellingPrice, version } = await load();
      const [cost, selling] = [landedCost(order), sellingPrice(price)];
      for (let round = 0; round < 3; round++) {
        const error = thrownBy(() => sellingPrice(fatalRequest));
        assert.ok(error instanceof LandfallError);
        assert.equal(error.code, "internal");
        assert.deepEqual(error.issues, []);
        assert.ok(error.cause instanceof WebAssembly.RuntimeError, String(error.cause));
        // The first call of each round is another one.
        const calls = [
          () => assert.deepEqual(landedCost(order), cost),
          () => assert.deepEqual(sellingPrice(price), selling),
          () => assert.equal(version(), landfall.version()),
        ];
        for (let index = 0; index < calls.length; index++) calls[(index + round) % calls.length]();
        assert.equal(thrownBy(() => landedCost({})).code, "invalidRequest");
        assert.deepEqual(landedCosts([order, order])[1], { result: cost });
      }
    });
  }

  test("two traps in a row are two errors", async () => {
    const { landedCost, sellingPrice } = await loaded.index();
    for (let round = 0; round < 3; round++) assert.equal(thrownBy(() => sellingPrice(fatalRequest)).code, "internal");
    landedCost(order);
  });

  test("a spoilt instance would not have worked", async () => {
    // The changed module does what the tests above rely on: without a fresh instance the next call traps.
    const exports = {};
    const imports = new Proxy({}, { get: () => new Proxy({}, { get: () => () => {} }) });
    const { instance } = await WebAssembly.instantiate(trapping(wasm()), imports);
    Object.assign(exports, instance.exports);
    const call = (name, length) => {
      const text = exports.__wbindgen_malloc(length, 1);
      new Uint8Array(exports.memory.buffer, text, length).fill(0x20);
      const locale = exports.__wbindgen_malloc(2, 1);
      new Uint8Array(exports.memory.buffer, locale, 2).set([0x65, 0x6e]);
      return exports[name](text, length, locale, 2);
    };
    assert.equal(call("landedCost", 3).length, 2);
    assert.throws(() => call("sellingPrice", fatalRequest.length + 2), WebAssembly.RuntimeError);
    assert.throws(() => call("landedCost", 3), WebAssembly.RuntimeError);
  });
});
