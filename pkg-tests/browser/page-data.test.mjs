// What comes in and goes out on the page of the data, and the log of orders.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { root } from "../support/serve.mjs";
import { button, field, figures, goTo, offered, speak, told, until, withPage } from "./support.mjs";

const EXPORTS = join(root, "tests/data/order-export");
const XLSX = "saved-again-shared-strings.xlsx";

/** What an export has, as it is known. */
async function expected(name = XLSX) {
  return JSON.parse(await readFile(join(EXPORTS, name.replace(/\.\w+$/, ".expected.json")), "utf8"));
}

/** Chooses a file on the page of the data. */
async function bring(page, name, buffer) {
  await page.locator('input[name="import"]').setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

/** What would change, by kind: new, changed, deleted, to decide. */
async function preview(page) {
  const table = page.locator(".preview table.changes").first();
  await page.locator(".preview").waitFor();
  if ((await table.count()) === 0) return {};
  const rows = await table.locator("tbody tr").all();
  const entries = rows.map(async (row) => [
    await row.locator("th").innerText(),
    (await row.locator("td").allInnerTexts()).map(Number),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

async function apply(page) {
  await button(page, "data", "apply").click();
  await page.locator(".preview").waitFor({ state: "detached" });
}

/** Brings in an export of 1688. */
async function withOrders(page, name = XLSX) {
  await goTo(page, "Data");
  await bring(page, name, await readFile(join(EXPORTS, name)));
  const changes = await preview(page);
  await apply(page);
  return changes;
}

/** Waits until what was done is stored. */
async function kept(page) {
  await page.getByText("Saved on this device").waitFor();
}

/** How many orders the log says there are. */
async function counted(page) {
  await goTo(page, "Orders");
  const text = await page.locator(".filters [role=status]").innerText();
  return Number(text.match(/(\d+)$/)?.[1] ?? 0);
}

describe("orders of 1688", { concurrency: 2 }, () => {
  for (const name of [XLSX, "fresh-inline-strings.xlsx", "amounts-as-text-full-width-brackets.xlsx"]) {
    test(`come in from ${name}, after a look at what would change`, () =>
      withPage({}, async (page) => {
        const { orders } = await expected(name);
        const changes = await withOrders(page, name);
        assert.deepEqual(changes.Orders, [orders.length, 0, 0, 0]);
        assert.deepEqual(changes.Suppliers, [new Set(orders.map(({ supplier }) => supplier)).size, 0, 0, 0]);
        assert.ok(changes.Articles[0] > 0);
        assert.equal(await counted(page), orders.length);
        for (const { orderId, supplier } of orders.slice(0, 3)) {
          await field(page, "log.query").fill(orderId);
          const row = page.locator("table.log tbody tr");
          await until(async () => (await row.count()) === 1, "one order");
          assert.match(await row.innerText(), new RegExp(`${supplier}`));
        }
      }));
  }

  test("come in as CSV in GB18030", () =>
    withPage({}, async (page) => {
      const { orders } = await expected("saved-as-csv-gb18030.csv");
      const changes = await withOrders(page, "saved-as-csv-gb18030.csv");
      assert.deepEqual(changes.Orders, [orders.length, 0, 0, 0]);
      await goTo(page, "Orders");
      await page.getByText(orders[0].supplier).first().waitFor();
    }));

  test("come in as pasted rows; in a file the same orders are the same", () =>
    withPage({}, async (page) => {
      const rows = [
        ["订单编号", "卖家公司名", "货品总价(元)", "运费(元)", "涨价或折扣(元)", "实付款(元)", "订单状态", "货品标题", "单价(元)", "数量"],
        ["1234567890123456789", "中文供应商", "30.00", "5.00", "-1.00", "34.00", "交易成功", "马克杯", "10.00", "3"],
      ];
      await goTo(page, "Data");
      await button(page, "data", "paste").click();
      await field(page, "data.pasted").fill(rows.map((row) => row.join("\t")).join("\n"));
      await button(page, "data", "readPasted").click();
      assert.deepEqual((await preview(page)).Orders, [1, 0, 0, 0]);
      await apply(page);
      const csv = rows.map((row) => row.join(",")).join("\r\n");
      await bring(page, "utf8.csv", Buffer.from(`\ufeff${csv}`));
      await page.getByText("everything in it is here already").waitFor();
      await button(page, "data", "cancel").click();
    }));

  test("come in once: the same file again changes nothing", () =>
    withPage({}, async (page) => {
      await withOrders(page);
      await bring(page, XLSX, await readFile(join(EXPORTS, XLSX)));
      await page.getByText("everything in it is here already").waitFor();
      await button(page, "data", "cancel").click();
      await kept(page);
      assert.equal(await counted(page), (await expected()).orders.length);
    }));

  test("are there after a reload, and can be taken back before", () =>
    withPage({}, async (page) => {
      await withOrders(page);
      await kept(page);
      await page.reload();
      assert.equal(await counted(page), (await expected()).orders.length);
      await goTo(page, "Data");
      await bring(page, XLSX, await readFile(join(EXPORTS, "fresh-inline-strings.xlsx")));
      await preview(page);
      await apply(page);
      await button(page, "data", "undo").click();
      await kept(page);
      await page.reload();
      assert.equal(await counted(page), (await expected()).orders.length);
    }));

  test("go onto Landed cost with one click", () =>
    withPage({}, async (page) => {
      const { orders } = await expected();
      await withOrders(page);
      const order = orders.find(({ lines }) => lines.length > 1);
      await goTo(page, "Orders");
      await field(page, "log.query").fill(order.orderId);
      await page.locator("table.log tbody tr button").first().click();
      await until(async () => (await field(page, "name").inputValue()).includes(order.orderId), "the order");
      assert.equal(await field(page, "lines[0].sku").inputValue(), order.lines[0].itemCode);
      assert.equal(await field(page, "lines[0].quantity").inputValue(), String(order.lines[0].quantity));
      assert.ok((await figures(page)).total, "it has a cost");
    }));

  test("are searched, filtered by status, and paged", () =>
    withPage({}, async (page) => {
      const { orders } = await expected();
      await withOrders(page);
      await goTo(page, "Orders");
      const status = orders[0].status;
      await field(page, "log.status").selectOption(status);
      const of = orders.filter((order) => order.status === status).length;
      await page.getByText(new RegExp(`of ${of}$`)).waitFor();
      await field(page, "log.query").fill("no such order");
      await page.getByText("No order fits.").waitFor();
    }));
});

describe("a file", { concurrency: 2 }, () => {
  test("with everything comes back elsewhere, and edits of two places are decided", () =>
    withPage({}, async (page, { visit, site }) => {
      await withOrders(page);
      await goTo(page, "Landed cost");
      await field(page, "name").fill("Mine");
      await button(page, "order", "save").click();
      await kept(page);
      await goTo(page, "Data");
      const backup = await offered(page, () => button(page, "data", "export").first().click());
      assert.equal(backup.json.format, "landfall/workspace");
      assert.equal(backup.json.data.scenarios.length, 1);

      const { page: other } = await visit();
      await other.goto(`${site.url}#/data`);
      await bring(other, "backup.json", Buffer.from(backup.text));
      const changes = await preview(other);
      assert.deepEqual(changes["Saved landed costs"], [1, 0, 0, 0]);
      await apply(other);
      assert.equal(await counted(other), (await expected()).orders.length);

      // Both rename the same order.
      const rename = async (of, name) => {
        await goTo(of, "Saved");
        await of.locator("ul.saved input.title").first().fill(name);
        await of.getByText("Saved on this device").waitFor();
      };
      await rename(page, "Renamed here");
      await rename(other, "Renamed there");
      await goTo(other, "Data");
      const theirs = await offered(other, () => button(other, "data", "export").first().click());
      await goTo(page, "Data");
      await bring(page, "theirs.json", Buffer.from(theirs.text));
      assert.deepEqual((await preview(page))["Saved landed costs"], [0, 0, 0, 1]);
      await apply(page);
      const conflict = page.getByRole("region", { name: "To decide" });
      await conflict.getByText("Renamed there").first().waitFor();
      await conflict.getByRole("button").nth(1).click();
      await conflict.waitFor({ state: "detached" });
      await kept(page);
      await page.reload();
      await goTo(page, "Data");
      assert.equal(await page.getByRole("region", { name: "To decide" }).count(), 0);
    }));

  test("that is bad is refused with its reason and changes nothing", () =>
    withPage({}, async (page) => {
      await goTo(page, "Data");
      const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
      const record = '{"kind":"order","id":"a","heads":[]}';
      const cases = {
        "empty.json": "",
        "text.json": "hello",
        "deep.json": `{"format":"landfall/workspace","version":1,"data":${deep}}`,
        "newer.json": '{"format":"landfall/workspace","version":99,"data":{}}',
        "record.json": `{"format":"landfall/workspace","version":1,"data":{"orders":[${record}]}}`,
        "twice.json": '{"format":"landfall/workspace","format":"landfall/workspace","version":1,"data":{}}',
        "broken.xlsx": "PK\u0003\u0004 not a zip",
        "old.xls": "\u00d0\u00cf\u0011\u00e0",
        "other.csv": "a,b\r\n1,2\r\n",
      };
      for (const [name, text] of Object.entries(cases)) {
        await bring(page, name, Buffer.from(text, name.startsWith("old") ? "latin1" : "utf8"));
        const said = page.locator(".notice.stop").filter({ hasText: name });
        await said.waitFor();
        assert.match(await said.innerText(), /nothing was changed/, name);
        assert.ok((await said.innerText()).length > name.length + 60, name);
        await said.getByRole("button").click();
      }
      await page.locator('input[name="import"]').setInputFiles({
        name: "prototype.json",
        mimeType: "application/json",
        buffer: Buffer.from('{"__proto__":{"polluted":1},"format":"landfall/workspace","version":1,"data":{"__proto__":{"polluted":1}}}'),
      });
      await page.locator(".preview, .notice.stop").first().waitFor();
      assert.equal(await page.evaluate(() => ({}).polluted), undefined);
    }));

  test("beside the page is the shop file, and says whose it is", () =>
    withPage({ open: false }, async (page, { visit, site }) => {
      await page.goto(`${site.url}#/data`);
      await field(page, "data.owner").fill("Lin’s shop");
      const shop = await offered(page, () => button(page, "data", "shop").click());
      assert.equal(shop.name, "shop.json");
      const { page: staff } = await visit();
      await staff.route("**/shop.json", (route) => route.fulfill({ contentType: "application/json", body: shop.text }));
      await staff.goto(`${site.url}#/data`);
      await staff.getByText("Lin’s shop").first().waitFor();
      await staff.getByText("beside this page").first().waitFor();
    }));
});

describe("the page of the data", { concurrency: 2 }, () => {
  test("is left for the top of another one", () =>
    withPage({ context: { viewport: { width: 360, height: 500 } } }, async (page) => {
      await withOrders(page);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      assert.ok((await page.evaluate(() => scrollY)) > 0);
      await goTo(page, "Orders");
      await page.locator("table.log").waitFor();
      await until(async () => (await page.evaluate(() => scrollY)) === 0, "the top");
    }));

  test("erases everything, after a file and a question", () =>
    withPage({}, async (page) => {
      await withOrders(page);
      await kept(page);
      await goTo(page, "Data");
      const backup = await offered(page, () => button(page, "data", "erase").click());
      assert.equal(backup.json.data.orders.length, (await expected()).orders.length);
      await button(page, "data", "keepAll").click();
      await offered(page, () => button(page, "data", "erase").click());
      await button(page, "data", "eraseNow").click();
      await page.waitForEvent("load");
      await page.locator("main:not(.start)").waitFor();
      await goTo(page, "Orders");
      await page.getByText("or bring in the order export of 1688").waitFor();
      const left = await page.evaluate(async () => ({
        keys: Object.keys(localStorage).filter((key) => !["landfall.device", "landfall.preferences"].includes(key)),
        caches: await caches.keys(),
      }));
      assert.deepEqual(left.keys, []);
    }));

  test("exports a part, and orders and costs as tables", () =>
    withPage({}, async (page) => {
      await withOrders(page);
      await goTo(page, "Data");
      await field(page, "data.part.supplier").check();
      const part = await offered(page, () => button(page, "data", "exportPart").click());
      assert.deepEqual(Object.keys(part.json.data), ["suppliers"]);
      const [table] = await Promise.all([page.waitForEvent("download"), button(page, "data", "csv").click()]);
      const text = await readFile(await table.path(), "utf8");
      assert.ok(text.startsWith("\ufeff"));
      const { orders } = await expected();
      for (const { orderId } of orders) assert.ok(text.includes(orderId));
      await goTo(page, "Landed cost");
      const [costs] = await Promise.all([page.waitForEvent("download"), button(page, "order", "csv").click()]);
      assert.match(await readFile(await costs.path(), "utf8"), /2323\.93/);
    }));

  test("speaks Chinese", () =>
    withPage({}, async (page) => {
      await speak(page, "zh-CN");
      await goTo(page, "数据");
      await bring(page, XLSX, await readFile(join(EXPORTS, XLSX)));
      await page.locator(".preview").waitFor();
      assert.match(await page.locator(".preview").innerText(), /将带来以下变化/);
      assert.doesNotMatch((await page.locator("main").innerText()).replace(/CSV|SHA-256|JSON|MB|KB|GB|shop\.json|xlsx|csv|TYPE-C|USB-C|LED|L$/gm, ""), /\b(the|and|of|new)\b/);
    }));
});
