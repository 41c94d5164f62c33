// What is due by when, and disputes: by keyboard from the receipt to what was recovered, the calendar, and how it
// looks to axe.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { button, field, hasFocus, speak, started, stored, until, withPage } from "./support.mjs";

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

const HOUR = 3_600_000;
const ago = (hours) => new Date(Date.now() - hours * HOUR).toISOString();

/** A file of the workspace with an order and a delivery of it that arrived an hour ago: 20 short, 3 bad. */
function workspace() {
  const of = (kind, id, data) => ({ kind, id, heads: [{ counter: 1, device: "d9", at: "2026-11-01T00:00:00Z", data }] });
  const order = {
    number: "2026-117",
    source: { platform: "1688", orderId: "3812345678901234567" },
    supplierName: "步步高杯业",
    paidCny: "3200.50",
    lines: [{ itemCode: "MUG", unitPriceCny: "6.40", quantity: "500" }],
  };
  const lot = {
    sku: "MUG",
    ordered: "500",
    received: "480",
    inspected: 50,
    passed: false,
    defects: [{ class: "major", kind: "rim cracked", count: 3 }],
  };
  const receipt = {
    orderId: "o1",
    arrivedAt: ago(1),
    dispatchedAt: ago(96),
    signedAt: ago(49),
    inWarehouseAt: ago(48),
    photos: ["2026-11/PO-2026-117_MUG_defect_1.jpg"],
    lots: [lot],
  };
  const data = { orders: [of("order", "o1", order)], receipts: [of("receipt", "r1", receipt)] };
  return JSON.stringify({ format: "landfall/workspace", version: 1, savedAt: ago(0), app: "landfall 0.1.0", data });
}

/** Brings the file in, and goes to the page of receiving. */
async function brought(page) {
  await page.evaluate(() => (location.hash = "#/data"));
  const buffer = Buffer.from(workspace());
  await page.locator('input[name="import"]').setInputFiles({ name: "file.json", mimeType: "application/json", buffer });
  await button(page, "data", "apply").click();
  await page.locator(".preview").waitFor({ state: "detached" });
  await page.evaluate(() => (location.hash = "#/receiving"));
  await page.getByRole("heading", { name: "What is due" }).waitFor();
}

/** The record of a kind that is stored, once a condition holds for its data. */
async function kept(page, kind, holds) {
  let found;
  await until(async () => {
    const { rows } = await stored(page);
    const of = Object.entries(rows).filter(([key]) => key.startsWith(`${kind}/`));
    found = of.map(([, { text }]) => JSON.parse(text).heads[0].data).find(holds);
    return found !== undefined;
  });
  return found;
}

const DISPUTE = "receiving.dispute";

describe("clocks and disputes", { concurrency: 2 }, () => {
  test("what is due is shown by the reader’s clock and China’s, and handed to a calendar", () =>
    withPage({ context: { timezoneId: "Europe/Berlin", acceptDownloads: true } }, async (page) => {
      await brought(page);
      const clocks = page.locator(".due .clock");
      await until(async () => (await clocks.count()) === 5);
      const first = await clocks.first().innerText();
      assert.match(first, /in (1\sh|5\d\smin)[^]*Log the variance[^]*PO\s2026-117[^]*CNY\s3,200\.50/);
      // Berlin is six or seven hours behind China, by the time of the year.
      const [, here, china] = first.match(/By [\d-]+ (\d\d):\d\d \((?:[\d-]+ )?(\d\d):\d\d in China\)/);
      assert.ok([6, 7].includes((china - here + 24) % 24), `${here} ${china}`);
      const offered = page.waitForEvent("download");
      await button(page, "receiving.clocks", "calendar").click();
      const calendar = await offered;
      assert.equal(calendar.suggestedFilename(), "landfall deadlines.ics");
      const text = await readFile(await calendar.path(), "utf8");
      assert.equal(text.match(/^BEGIN:VEVENT\r$/gm).length, 5);
      await button(page, "receiving.clocks", "done:storage:r1").click();
      await kept(page, "receipt", (of) => of.leftWarehouseAt !== undefined);
      // What left the warehouse is neither stored there nor given back.
      await until(async () => (await page.locator(".due").first().locator(".clock").count()) === 3);
    }));

  test("each day has the offset that clocks have on it", () =>
    withPage({ context: { timezoneId: "America/New_York" } }, async (page) => {
      await brought(page);
      // Half a year from now the clocks are set otherwise than now.
      await page.evaluate(() => (location.hash = "#/orders/o1"));
      for (const [typed, utc] of [["2026-01-15T12:00", "2026-01-15T17:00:00Z"], ["2026-07-15T12:00", "2026-07-15T16:00:00Z"]]) {
        await field(page, "order.o1.dispatchedAt").fill(typed);
        await kept(page, "order", (of) => of.dispatchedAt === utc);
        assert.equal(await field(page, "order.o1.dispatchedAt").inputValue(), typed);
      }
    }));

  test("a dispute is opened, told, escalated and closed by keyboard, and all of it is kept", () =>
    withPage({ context: { permissions: ["clipboard-read", "clipboard-write"] } }, async (page) => {
      const press = async (of) => {
        await of.focus();
        await page.keyboard.press("Enter");
      };
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await brought(page);
      await press(button(page, `${DISPUTE}.r1`, "open"));
      await page.getByRole("heading", { name: /Dispute on PO/ }).waitFor();
      await field(page, "desk.claimedCny").focus();
      await page.keyboard.type("147.20");
      await field(page, "desk.wish").selectOption("refund");
      await field(page, `${DISPUTE}.about.wrongSpecification`).focus();
      await page.keyboard.press("Space");
      await press(button(page, DISPUTE, "copy:zh-CN"));
      await until(async () => /少\s20\s件[^]*rim cracked（严重）3[^]*退款 CNY\s147\.20/.test(await clipboard()), "the message is copied");
      await press(button(page, DISPUTE, "sent:zh-CN"));
      await page.getByText("Supplier told").first().waitFor();
      await press(button(page, DISPUTE, "add"));
      await hasFocus(field(page, "desk.act.who"));
      await field(page, "desk.act.who").selectOption("supplier");
      await field(page, "desk.act.text").focus();
      await page.keyboard.type("Only 3 % off");
      await press(button(page, DISPUTE, "add"));
      await page.getByText("Supplier answered").first().waitFor();
      await press(button(page, DISPUTE, "owner:en"));
      await until(async () => /The supplier said last: Only 3 % off/.test(await clipboard()), "the owner’s message is copied");
      await kept(page, "escalation", (of) => of.disputeId !== undefined && of.resolvedAt === undefined);
      await page.reload();
      await started(page);
      await press(button(page, DISPUTE, "state:closed"));
      await hasFocus(field(page, "desk.resolution"));
      await page.keyboard.type("refund agreed");
      await field(page, "desk.refundedCny").focus();
      await page.keyboard.type("140");
      await press(button(page, DISPUTE, "state:closed"));
      const dispute = await kept(page, "dispute", (of) => of.closedAt !== undefined);
      assert.deepEqual([dispute.state, dispute.reason, dispute.refundedCny, dispute.claimedCny, dispute.messages.length],
        ["closed", "shortShipment,wrongSpecification,defects", "140", "147.20", 2]);
      await kept(page, "escalation", (of) => of.resolution === "refund agreed");
      const receipt = await kept(page, "receipt", (of) => of.supplierContactedAt !== undefined);
      assert.ok(receipt.varianceLoggedAt);
      await page.getByRole("link", { name: "All deliveries" }).click();
      await page.getByText("None is open.").waitFor();
      await page.locator("summary").filter({ hasText: "Closed" }).click();
      await page.getByText(/Recovered: refund CNY\s140/).waitFor();
    }));

  test("nothing for axe to find in either language and colour, no wider than the window, and made for a thumb", () =>
    withPage({ context: { bypassCSP: true, viewport: { width: 1280, height: 800 } } }, async (page) => {
      await page.evaluate(axe);
      await brought(page);
      const list = page.url();
      await button(page, `${DISPUTE}.r1`, "open").click();
      await page.getByRole("heading", { name: /Dispute on PO/ }).waitFor();
      await button(page, DISPUTE, "sent:zh-CN").click();
      await page.getByText("Supplier told").first().waitFor();
      const read = async () => {
        const found = await page.evaluate(async () => {
          const { violations } = await window.axe.run({ rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 5).join("\n  ")}`);
        });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        const small = await page.evaluate(() => {
          const targets = document.querySelectorAll(".at-hand :is(a, button, select, summary, .box, .tick)");
          const seen = [...targets].filter((of) => of.checkVisibility() && of.getBoundingClientRect().height < 48);
          return seen.map((of) => of.outerHTML.slice(0, 120));
        });
        assert.ok((await page.locator(".at-hand button").count()) > 3);
        return { found, wider, small };
      };
      for (const place of [page.url(), list]) {
        await page.goto(place);
        for (const [language, theme, width] of [["en", "light", 1280], ["zh-CN", "dark", 360], ["en", "dark", 360], ["zh-CN", "light", 1280], ["en", "light", 320]]) {
          await page.setViewportSize({ width, height: 800 });
          await speak(page, language);
          await field(page, "theme").selectOption(theme);
          assert.deepEqual(await read(), { found: [], wider: 0, small: [] }, `${place} ${language} ${theme} ${width}`);
        }
      }
    }));
});
