// The package as npm packs it, installed where nothing else is, and what the tools for packages say of it.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { examples, folder, npm, programOf, runNode, temporaryFolder } from "./built.mjs";

const [{ request, expected }] = examples;

/** Packs the package into a folder and gives the path of the tarball. */
function pack(into) {
  const [{ filename }] = JSON.parse(npm(["pack", "--json", "--pack-destination", into], folder));
  return join(into, filename);
}

describe("installed from its tarball", () => {
  let project;
  before(() => {
    project = temporaryFolder();
    writeFileSync(join(project, "package.json"), `{ "private": true }`);
    npm(["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", pack(project)], project);
  });

  for (const [name, program] of Object.entries({
    "landfall/node": `
      import { landedCost } from "landfall/node";
      const result = landedCost(request);`,
    "landfall, with bytes": `
      import { readFileSync } from "node:fs";
      import { init, landedCost } from "landfall";
      await init(readFileSync(new URL(import.meta.resolve("landfall/landfall.wasm"))));
      const result = landedCost(request);`,
    "landfall and landfall/node together": `
      import { init } from "landfall";
      import { landedCost } from "landfall/node";
      await init();
      const result = landedCost(request);`,
    "landfall/node in a worker": `
      import { Worker } from "node:worker_threads";
      const work = 'import("landfall/node").then(({ landedCost }) =>' +
        'require("node:worker_threads").parentPort.postMessage(landedCost(require("node:worker_threads").workerData)))';
      const result = await new Promise((resolve, reject) =>
        new Worker(work, { eval: true, workerData: request }).on("message", resolve).on("error", reject));`,
  })) {
    test(`it runs in Node: ${name}`, () => {
      const path = join(project, "run.mjs");
      writeFileSync(path, `const request = ${JSON.stringify(request)};\n${program}\nconsole.log(JSON.stringify(result));`);
      const { status, output } = runNode([path], { cwd: project });
      assert.equal(status, 0, output);
      const { warnings: _, ...amounts } = JSON.parse(output);
      assert.deepStrictEqual(amounts, expected);
    });
  }

  test("it reads an order export in Node", () => {
    const path = join(project, "orders.mjs");
    writeFileSync(
      path,
      `import { parseOrderExport } from "landfall/order-export";
      const { orders } = await parseOrderExport("订单编号\\t单价(元)\\t数量\\n1\\t2.5\\t3");
      console.log(orders[0].lines[0].unitPriceCny);`,
    );
    assert.deepEqual(runNode([path], { cwd: project }), { status: 0, output: "2.50\n" });
  });

  test("the example of the README prints what it says", () => {
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const [, program, printed] = /```js\n([^]*?\/\/ (\S+ \S+)\n)```/.exec(readme);
    const path = join(project, "readme.mjs");
    writeFileSync(path, program);
    assert.deepEqual(runNode([path], { cwd: project }), { status: 0, output: `${printed}\n` });
  });

  test("its version and its wasm can be asked for, its insides can't", () => {
    const path = join(project, "resolve.mjs");
    writeFileSync(
      path,
      `const tried = ["landfall/package.json", "landfall/landfall.wasm", "landfall/core.js", "landfall/glue.js"];
      for (const name of tried) {
        await import(name, name.endsWith("json") ? { with: { type: "json" } } : {}).then(
          () => console.log("resolved"),
          (error) => console.log(error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ? "not exported" : "resolved"));
      }`,
    );
    const { output } = runNode(["--no-warnings", path], { cwd: project });
    assert.deepEqual(output.trim().split("\n"), ["resolved", "resolved", "not exported", "not exported"]);
  });
});

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: folder, strict: true, pack: "npm" });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test("attw has nothing to say of the entries for JavaScript", () => {
  const tarball = pack(temporaryFolder());
  const options = ["--profile", "esm-only", "--exclude-entrypoints", "./landfall.wasm", "./order_export.wasm", "--format", "json"];
  const { status, output } = runNode([programOf("@arethetypeswrong/cli", "attw"), tarball, ...options]);
  const { analysis } = JSON.parse(output);
  assert.deepEqual(Object.keys(analysis.entrypoints).sort(), [".", "./node", "./order-export", "./package.json"]);
  // Those of CommonJS are outside the profile: the package is a module, as every Node from 20 on can import.
  const problems = analysis.problems.filter(({ resolutionKind }) => !["node10", "node16-cjs"].includes(resolutionKind));
  assert.deepEqual(problems, []);
  assert.equal(status, 0, output);
});
