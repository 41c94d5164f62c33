// What the tests of receiving share: orders that are on their way, and a run up to a step.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { button, field, until } from "./support.mjs";

const LISTS = { supplier: "suppliers", order: "orders" };

/** A file of the workspace with these records: kind, id, data. */
function workspace(...records) {
  const data = {};
  for (const [kind, id, said] of records) {
    (data[LISTS[kind]] ??= []).push({ kind, id, heads: [{ counter: 1, device: "d9", at: "2026-11-01T00:00:00Z", data: said }] });
  }
  return JSON.stringify({ format: "landfall/workspace", version: 1, savedAt: "2026-11-22T10:00:00Z", app: "landfall 0.1.0", data });
}

const line = (itemCode, title, quantity) => ({ itemCode, title, unitPriceCny: "10", quantity });

/** Two orders that are on their way. */
const ORDERS = workspace(
  ["supplier", "s1", { name: "Yiwu Mug House", status: "whitelisted" }],
  ["order", "o1", { number: "PO-31", supplierId: "s1", supplierName: "义乌马克杯厂", trackingNumber: "SF1234567890", stage: "dispatched", createdAt: "2026-11-02T03:00:00Z", expectedDelivery: "2026-11-23", lines: [line("MUG-RED", "红色马克杯 350ml", "500"), line("LID-01", "Bamboo lid", "120")] }],
  ["order", "o2", { number: "PO-30", supplierName: "Bright Lamps", stage: "paid", createdAt: "2026-10-28T03:00:00Z", expectedDelivery: "2026-11-20", lines: Array.from({ length: 20 }, (_, index) => line(`LAMP-${index}`, "LED 台灯 可调光 Desk lamp with a long name", "300")) }],
);

/** Brings the orders in, and shows what can be received. */
export async function prepared(page) {
  await page.evaluate(() => (location.hash = "#/data"));
  await page.locator('input[name="import"]').setInputFiles({ name: "orders.json", mimeType: "application/json", buffer: Buffer.from(ORDERS) });
  await button(page, "data", "apply").click();
  await page.locator(".preview").waitFor({ state: "detached" });
  await page.evaluate(() => (location.hash = "#/receiving"));
  await button(page, "receiving.run.o1", "receive").waitFor();
}

/** Presses a button of the run. */
export const press = (page, place, action) => button(page, place === "" ? "receiving.run" : `receiving.run.${place}`, action).click();

/** Goes to a step, and waits until it is shown. */
export async function go(page, step) {
  await press(page, "step", step);
  await page.locator(`.steps [aria-current="step"][value="${step}"]`).waitFor();
}

/** Begins to receive an order, counted and sampled. */
export async function sampled(page, id = "o1") {
  await press(page, id, "receive");
  await press(page, "cartonsCounted", "more");
  await press(page, "lots[0]", "all");
  await field(page, "desk.lots[0].cartons").fill("10");
  await press(page, "lots[1]", "all");
  await field(page, "desk.lots[1].cartons").fill("3");
  await go(page, "sample");
  await page.locator(".draw").first().waitFor();
}

/** The axe engine as a text. */
export const axe = () => readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The receipts in rows of the database, the newest first. */
export function receipts(rows) {
  const all = Object.entries(rows).filter(([key]) => key.startsWith("receipt/"));
  return all.map(([, { text }]) => JSON.parse(text).heads[0].data);
}

/** Waits until the page says that all is stored. */
export const saved = (page) => until(() => page.evaluate(() => /^(Saved on this device|已保存在本机)$/.test(document.querySelector(".kept").textContent)), "all is stored");
