// The reader of order exports beside the page: files that are loaded only when a spreadsheet is read.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/serve.mjs";
import { withPage } from "./support.mjs";

const DATA = join(root, "tests/data/order-export");
const NAME = "saved-as-csv-gb18030";

test("the reader reads an order export under the policy of the page, and is not asked for before", () => {
  const files = readdirSync(join(root, "dist")).filter((name) => /^order[-_]export-/.test(name));
  const [glue] = files.filter((name) => /^order-export-[0-9a-f]{10}\.js$/.test(name));
  const [wasm] = files.filter((name) => /^order_export-[0-9a-f]{10}\.wasm$/.test(name));
  assert.ok(files.length === 2 && glue && wasm, files.join());
  return withPage({}, async (page, { site }) => {
    await page.waitForLoadState("networkidle");
    assert.ok(!site.requests.some((path) => files.some((name) => path.includes(name))));
    const [answer, phases] = await page.evaluate(
      async ([glue, base64]) => {
        const { default: init, orderExport } = await import(`/${glue}`);
        await init();
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const phases = [];
        return [orderExport(bytes, "en", false, (phase) => phases.push(phase)), phases];
      },
      [glue, readFileSync(join(DATA, `${NAME}.csv`), "base64")],
    );
    assert.deepEqual(JSON.parse(answer), { result: JSON.parse(readFileSync(join(DATA, `${NAME}.expected.json`), "utf8")) });
    assert.deepEqual(phases, ["open", "rows", "orders"]);
    assert.equal(site.requests.filter((path) => path.includes(wasm)).length, 1);
  });
});
