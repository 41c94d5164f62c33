// The reader of order exports as Node has it.

import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import binaryen from "binaryen";
import { root } from "../support/serve.mjs";
import { fileUrl, folder, landfall, programOf, runNode, temporaryFolder } from "./built.mjs";

const { LandfallError, parseOrderExport } = await import(fileUrl("order-export-node.js"));

const DATA = join(root, "tests/data/order-export");
const files = readdirSync(DATA).filter((name) => !name.endsWith(".json"));
const bytesOf = (name) => readFileSync(join(DATA, name));
const expectedOf = (name) => JSON.parse(readFileSync(join(DATA, name.replace(/\.\w+$/, ".expected.json"))));

const XLSX = "fresh-inline-strings.xlsx";
const HEADERS = "订单编号\t货品总价(元)\t运费(元)\t实付款(元)\t订单创建时间\t货品标题\t单价(元)\t数量\t运单号";

/** What a promise is rejected with. */
async function rejectionOf(promise) {
  return promise.then(
    () => assert.fail("nothing was thrown"),
    (error) => error,
  );
}

/** Rows that between them have every code of an issue. */
const doubtful = [
  HEADERS,
  "\t\t\t\t\t杯\t1\t1", // noOrderAbove
  "1\t10\t0\t11\t昨天\t杯\t一\t1", // paidDiffers, notADate, notANumber
  "2\t10\t0\t10\t\t杯\t3\t", // missing
  "3\t10\t0\t10\t\t杯\t3\t3", // goodsDiffer
  "2.29E+18\t9\t0\t9\t\t杯\t3\t3", // digitsLost
  "\t\t\t12\t\t盖\t0\t1", // differs
  "5\t3\t0\t3", // noArticle
  "1\t3\t0\t3\t\t杯\t3\t1", // duplicate
  ...Array.from({ length: 10_000 }, () => "\t\t\t\t\t\t\t7"), // notAnOrder, moreIssues
].join("\n");

/** Files that can't be read, by the code of the reason. */
const unreadable = {
  wrongType: [5, undefined, null, {}, [1, 2]],
  unreadable: [new Response("", { status: 404 }), { arrayBuffer: () => 0, body: { getReader: () => { throw new Error("gone"); } } }],
  notASpreadsheet: [new Uint8Array(100), bytesOf(XLSX).subarray(2)],
  otherFormat: ["<table>", Buffer.from("d0cf11e0a1b11ae1", "hex")],
  encrypted: [Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from("EncryptedPackage", "utf16le")])],
  damaged: [bytesOf(XLSX).subarray(0, 3_000), "PK"],
  tooLarge: [new Uint8Array(60_000_001), new Blob([new Uint8Array(70_000_000)]), new Response(new Uint8Array(70_000_000))],
  tooManyRows: [`${HEADERS}\n${"1\t2\n".repeat(200_001)}`],
  missingColumns: ["", "订单编号\t单价"],
};

describe("an order export", () => {
  for (const name of files) {
    test(`is read as expected: ${name}`, async () => {
      assert.deepStrictEqual(await parseOrderExport(bytesOf(name)), expectedOf(name));
    });
  }

  for (const [name, input] of Object.entries({
    "a Uint8Array": (bytes) => new Uint8Array(bytes),
    "a part of a buffer": (bytes) => Buffer.concat([Buffer.from("before"), bytes, Buffer.from("after")]).subarray(6, 6 + bytes.length),
    "an ArrayBuffer": (bytes) => new Uint8Array(bytes).buffer,
    "a shared buffer": (bytes) => {
      const shared = new SharedArrayBuffer(bytes.length);
      new Uint8Array(shared).set(bytes);
      return shared;
    },
    "a Blob": (bytes) => new Blob([bytes]),
    "a File": (bytes) => new File([bytes], "orders.xlsx"),
    "a Response": (bytes) => new Response(bytes),
    "a Response in parts": (bytes) => new Response(ReadableStream.from([bytes.subarray(0, 99), bytes.subarray(99)])),
  })) {
    test(`is taken as ${name}`, async () => {
      assert.deepStrictEqual(await parseOrderExport(input(bytesOf(XLSX))), expectedOf(XLSX));
    });
  }

  test("is taken as text", async () => {
    const text = new TextDecoder("gb18030").decode(bytesOf("saved-as-csv-gb18030.csv"));
    assert.deepStrictEqual(await parseOrderExport(text), expectedOf(XLSX));
  });

  test("stays as it was", async () => {
    const bytes = bytesOf(XLSX);
    await parseOrderExport(bytes);
    assert.ok(bytes.equals(bytesOf(XLSX)));
  });

  test("has its consignee only where that is asked for", async () => {
    assert.ok(!JSON.stringify(await parseOrderExport(bytesOf(XLSX))).includes("13800000000"));
    const { orders } = await parseOrderExport(bytesOf(XLSX), { consignee: true });
    assert.equal(orders[0].consignee.mobile, "13800000000");
  });

  test("tells its phases, and throws what a listener throws", async () => {
    const phases = [];
    await parseOrderExport(bytesOf(XLSX), { onPhase: (phase) => phases.push(phase) });
    assert.deepEqual(phases, ["open", "rows", "orders"]);
    const reason = new Error("mine");
    const error = await rejectionOf(
      parseOrderExport(bytesOf(XLSX), {
        onPhase() {
          throw reason;
        },
      }),
    );
    assert.equal(error, reason);
    assert.deepStrictEqual(await parseOrderExport(bytesOf(XLSX)), expectedOf(XLSX));
  });

  test("is one of many at the same time", async () => {
    const results = await Promise.all(files.map((name) => parseOrderExport(bytesOf(name))));
    assert.deepStrictEqual(results, files.map(expectedOf));
  });
});

describe("what can't be read", () => {
  for (const [code, inputs] of Object.entries(unreadable)) {
    test(`is told as ${code}, in both languages`, async () => {
      for (const input of inputs) {
        const again = () => (input instanceof Response ? input.clone() : input);
        const [english, chinese] = [await rejectionOf(parseOrderExport(again())), await rejectionOf(parseOrderExport(again(), { locale: "zh" }))];
        for (const error of [english, chinese]) {
          assert.ok(error instanceof LandfallError && error instanceof landfall.LandfallError, String(error));
          assert.equal(error.code, "invalidRequest");
          assert.equal(error.issues.length, 1);
          assert.equal(error.issues[0].code, code, error.message);
          assert.equal(error.issues[0].path, "");
          assert.equal(error.message, error.issues[0].message);
        }
        assert.match(english.message, /^[A-Z].*[.?]$/);
        assert.match(chinese.message, /[。？]$/);
      }
    });
  }
});

describe("its reader", () => {
  /** A copy of the package, with its entry for Node. */
  async function copy(change) {
    const path = join(temporaryFolder(), "landfall");
    cpSync(folder, path, { recursive: true });
    change?.(path);
    return { path, ...(await import(fileUrl("order-export-node.js", path))) };
  }

  test("may fail to load, and can then be tried again", async () => {
    const hidden = (path) => join(path, "hidden.wasm");
    const { path, parseOrderExport, LandfallError } = await copy((path) => renameSync(join(path, "order_export.wasm"), hidden(path)));
    for (let round = 0; round < 2; round++) {
      const error = await rejectionOf(parseOrderExport(bytesOf(XLSX)));
      assert.ok(error instanceof LandfallError);
      assert.equal(error.code, "notInitialised");
      assert.match(error.message, /ENOENT/);
      assert.equal(error.cause.code, "ENOENT");
    }
    renameSync(hidden(path), join(path, "order_export.wasm"));
    assert.deepStrictEqual(await parseOrderExport(bytesOf(XLSX)), expectedOf(XLSX));
  });

  test("works on a fresh instance after a trap", async () => {
    const { parseOrderExport } = await copy((path) => {
      const file = join(path, "order_export.wasm");
      writeFileSync(file, trapping(readFileSync(file), 4_321));
    });
    const fatal = "x".repeat(4_321);
    for (let round = 0; round < 2; round++) {
      const error = await rejectionOf(parseOrderExport(fatal));
      assert.equal(error.code, "internal");
      assert.ok(error.cause instanceof WebAssembly.RuntimeError, String(error.cause));
      assert.deepStrictEqual(await parseOrderExport(bytesOf(XLSX)), expectedOf(XLSX));
    }
  });

  /** The module, changed so that a file of this length spoils the instance, in which then every file traps. */
  function trapping(wasm, length) {
    const { Features, i32, createType } = binaryen;
    const module = binaryen.readBinary(wasm);
    const { BulkMemory, BulkMemoryOpt, Multivalue, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt } = Features;
    module.setFeatures(BulkMemory | BulkMemoryOpt | Multivalue | MutableGlobals | NontrappingFPToInt | ReferenceTypes | SignExt);
    const original = binaryen.getExportInfo(module.getExport("orderExport")).value;
    const { params, results } = binaryen.getFunctionInfo(module.getFunction(original));
    const types = binaryen.expandType(params);
    module.addGlobal("spoilt", i32, true, module.i32.const(0));
    module.addFunction(
      "guarded",
      createType(types),
      results,
      [],
      module.block(
        null,
        [
          module.if(module.i32.eq(module.local.get(1, i32), module.i32.const(length)), module.global.set("spoilt", module.i32.const(1))),
          module.if(module.global.get("spoilt", i32), module.unreachable()),
          module.call(original, types.map((type, index) => module.local.get(index, type)), results),
        ],
        results,
      ),
    );
    module.removeExport("orderExport");
    module.addFunctionExport("guarded", "orderExport");
    const bytes = module.emitBinary();
    module.dispose();
    return bytes;
  }

  const MUTATIONS = process.env.LANDFALL_LONG === "1" ? 20_000 : 2_000;

  test(`reads or refuses ${MUTATIONS} files that went wrong somewhere`, async () => {
    let state = 1;
    const below = (limit) => {
      state = Math.imul(state, 1_103_515_245) + 12_345;
      return ((state >>> 8) & 0xffff) % limit;
    };
    const originals = files.map(bytesOf);
    const counts = { read: 0, refused: 0 };
    for (let round = 0; round < MUTATIONS; round++) {
      const bytes = Buffer.from(originals[round % originals.length]);
      for (let count = 1 + below(4); count > 0; count--) bytes[below(bytes.length)] = below(256);
      try {
        const { orders, issues } = await parseOrderExport(round % 2 ? bytes : bytes.subarray(0, bytes.length - below(3)));
        assert.ok(Array.isArray(orders) && Array.isArray(issues));
        counts.read += 1;
      } catch (error) {
        assert.equal(error.code, "invalidRequest", `round ${round}: ${error.cause}`);
        counts.refused += 1;
      }
    }
    assert.ok(counts.read > MUTATIONS / 20 && counts.refused > MUTATIONS / 20, JSON.stringify(counts));
  });
});

describe("its types", () => {
  const DECLARATIONS = readFileSync(join(folder, "order-export.d.ts"), "utf8");

  /** What tsc says of a TypeScript file. */
  function tsc(text, ...options) {
    const project = temporaryFolder();
    cpSync(folder, join(project, "node_modules/landfall"), { recursive: true });
    writeFileSync(join(project, "package.json"), `{ "type": "module" }`);
    writeFileSync(join(project, "uses.ts"), text);
    const strict = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2022"];
    return runNode([programOf("typescript", "tsc"), ...strict, ...options, "uses.ts"], { cwd: project }).output.trim();
  }

  const NODENEXT = ["--module", "nodenext"];
  const BUNDLER = ["--module", "esnext", "--moduleResolution", "bundler"];

  /** The codes in the declaration of a type. */
  function declared(type) {
    const start = DECLARATIONS.indexOf(`export type ${type} =`);
    const text = DECLARATIONS.slice(start, DECLARATIONS.indexOf("\n);", start));
    return [...text.matchAll(/ code: "(\w+)";/g)].map(([, code]) => code).sort();
  }

  test("hold for what is read, without a field that they lack", async () => {
    const results = await Promise.all(files.map((name) => parseOrderExport(bytesOf(name), { consignee: true })));
    const { orders, issues } = await parseOrderExport(doubtful);
    const kinds = new Map(issues.map((issue) => [issue.code, issue]));
    assert.deepEqual([...kinds.keys()].sort(), declared("OrderExportIssue"));
    results.push({ orders, issues: [...kinds.values()] });
    const values = results.map((result) => `(${JSON.stringify(result)}) satisfies OrderExport;`);
    const text = ['import type { OrderExport } from "landfall/order-export";', ...values].join("\n");
    assert.equal(tsc(text, ...NODENEXT), "");
    const surplus = JSON.stringify(results[0]).replace('"lines":', '"surplus":1,"lines":');
    assert.match(tsc(`${text}\n(${surplus}) satisfies OrderExport;`, ...NODENEXT), /surplus/);
  });

  test("name every reason not to read a file", async () => {
    const errors = await Promise.all(Object.values(unreadable).map(([input]) => rejectionOf(parseOrderExport(input))));
    const issues = errors.flatMap((error) => error.issues);
    assert.deepEqual(issues.map(({ code }) => code).sort(), declared("FileIssue"));
    const values = issues.map((issue) => `(${JSON.stringify(issue)}) satisfies FileIssue;`);
    assert.equal(tsc(['import type { FileIssue } from "landfall/order-export";', ...values].join("\n"), ...NODENEXT), "");
  });

  test("compile where a program is right, and nowhere else", () => {
    const text = `
      import { LandfallError, parseOrderExport } from "landfall/order-export";
      import type { OrderExport } from "landfall/order-export";
      const read: OrderExport = await parseOrderExport(new Uint8Array(8), { locale: "zh", consignee: true });
      await parseOrderExport(new Blob([]), { onPhase: (phase) => phase satisfies "open" | "rows" | "orders" });
      await parseOrderExport(await fetch("/orders.xlsx"));
      await parseOrderExport("rows");
      const price: string | null | undefined = read.orders[0]?.lines[0]?.unitPriceCny;
      // @ts-expect-error Decimals are texts.
      const wrong: number = read.orders[0]!.paidCny;
      // @ts-expect-error Not a file.
      await parseOrderExport(5);
      // @ts-expect-error No such option.
      await parseOrderExport("", { sheet: 1 });
      for (const issue of read.issues) if (issue.code === "duplicate") issue.row.toFixed();
      try {
        await parseOrderExport("");
      } catch (error) {
        if (error instanceof LandfallError && error.issues[0]?.code === "missingColumns") error.issues[0].columns.join();
      }`;
    assert.equal(tsc(text, ...NODENEXT), "");
    assert.equal(tsc(text, ...BUNDLER), "");
  });
});
