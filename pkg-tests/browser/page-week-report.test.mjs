// The week's report: confirmed by keyboard, kept, exported and merged with another's, printed on one page; questions to the
// owner, new staff, and nothing for axe to find.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, describe, test } from "node:test";
import { shopOfOrders } from "../support/shop.mjs";
import { button, field, hasFocus, offered, speak, told, until, withPage } from "./support.mjs";

let axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

/** How many pages a PDF has. */
function pages(pdf) {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

/** Brings a file in on the page of the data, and goes to the week. */
async function bring(page, text) {
  await page.evaluate(() => (location.hash = "#/data"));
  await page.locator('input[name="import"]').setInputFiles({ name: "file.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await button(page, "data", "apply").click();
  await page.locator(".preview").waitFor({ state: "detached" });
  await toWeek(page);
}

async function toWeek(page) {
  await page.evaluate(() => (location.hash = "#/week"));
  await button(page, "week.report", "print").waitFor();
}

const kept = (page) => page.waitForFunction(() => /Saved on this device|已保存在本机/.test(document.body.textContent));

const SHOP = shopOfOrders({ orders: 120, weeks: 14 });

/** The report is filled in and confirmed. */
async function confirm(page, name, notes) {
  await field(page, "desk.data.report.notes").fill(notes);
  await field(page, "desk.data.report.by").fill(name);
  await button(page, "week.report", "confirm").click();
  await told(page, /The report is confirmed/);
}

describe("the report of a week", { concurrency: 2 }, () => {
  test("is confirmed by keyboard, and there again after a reload", () =>
    withPage({}, async (page) => {
      await bring(page, SHOP);
      const notes = field(page, "desk.data.report.notes");
      await notes.focus();
      await page.keyboard.type("Carton 7 was wet");
      await kept(page);
      await page.reload();
      await button(page, "week.report", "print").waitFor();
      assert.equal(await notes.inputValue(), "Carton 7 was wet", "typed, and not confirmed yet");
      await notes.focus();
      await page.keyboard.press("Tab");
      await page.keyboard.type("Wang");
      await page.keyboard.press("Tab");
      await hasFocus(button(page, "week.report", "confirm"));
      await page.keyboard.press("Enter");
      await told(page, /The report is confirmed/);
      await page.reload();
      await page.getByText(/Confirmed by Wang/).waitFor();
      assert.equal(await button(page, "week.report", "confirm").count(), 0);
    }));

  test("merges with that of another member of staff", () =>
    withPage({}, async (page, { visit, site }) => {
      await bring(page, SHOP);
      await confirm(page, "Wang", "Carton 7 was wet");
      const { text, name } = await offered(page, () => button(page, "week.report", "export").click());
      assert.match(name, /^landfall report \d{4}-W\d\d\.json$/);
      const { page: other } = await visit();
      await other.goto(site.url);
      await other.locator("main:not(.start)").waitFor();
      await bring(other, SHOP);
      await confirm(other, "Li", "Two samples came");
      await bring(other, text);
      for (const part of [/Confirmed by Wang/, "Carton 7 was wet", /Confirmed by Li/, "Two samples came"]) await other.getByText(part).first().waitFor();
    }));

  for (const locale of ["en-US", "zh-CN"]) {
    test(`is one page in ${locale}, also of a week full of everything`, () =>
      withPage({ context: { locale } }, async (page) => {
        const shop = JSON.parse(shopOfOrders({ orders: 2_000, weeks: 30 }));
        const at = new Date(Date.now() - 60_000).toISOString();
        shop.data.escalations ??= [];
        for (let index = 0; index < 40; index += 1) {
          const data = { subject: `Question ${index}: ${"what shall we do about the carton that was lost? ".repeat(12)}`, raisedAt: at, raisedBy: "Wang", loss: "900" };
          shop.data.escalations.push({ kind: "escalation", id: `q${index}`, heads: [{ counter: 1, device: "d9", at, data }] });
        }
        for (const [index, name] of ["Lin Jing", "Anna Weber", "Tom Ellis"].entries()) {
          const data = { staff: name, startedAt: new Date(Date.now() - 15 * 86_400_000).toISOString() };
          shop.data.runs.push({ kind: "run", id: `s${index}`, heads: [{ counter: 1, device: "d9", at, data }] });
        }
        await bring(page, JSON.stringify(shop));
        await field(page, "desk.data.report.notes").fill("A long note about everything that happened. ".repeat(60));
        await field(page, "desk.data.report.by").fill("Wang");
        await button(page, "week.report", "confirm").click();
        await page.getByText(locale === "en-US" ? /Confirmed by Wang/ : /Wang 已确认/).first().waitFor();
        assert.equal(pages(await page.pdf({ format: "A4" })), 1);
        await page.emulateMedia({ media: "print" });
        await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
        const sheet = page.getByRole("article");
        assert.match(await sheet.innerText(), locale === "en-US" ? /Weekly report \d{4}-W/ : /周报 \d{4}-W/);
        assert.equal(await page.getByRole("main").isVisible(), false);
      }));
  }

  test("a question is copied and answered, and somebody new is reviewed", () =>
    withPage({ context: { permissions: ["clipboard-read", "clipboard-write"] } }, async (page) => {
      await bring(page, SHOP);
      await page.getByText("Ask the owner something").click();
      await field(page, "desk.data.question.text").fill("May we pay early?");
      await field(page, "desk.data.question.by").fill("Wang");
      await button(page, "week.escalations", "ask:en").click();
      await told(page, /The message is copied/);
      assert.match(await page.evaluate(() => navigator.clipboard.readText()), /from Wang:\nMay we pay early\?/);
      const asked = page.getByRole("listitem").filter({ hasText: "May we pay early?" });
      await asked.locator('button[value="open"]').click();
      await field(page, "desk.data.owner").fill("Anna");
      await asked.locator("textarea").fill("Half of it");
      await asked.locator('button[value="answer"]').click();
      await until(async () => (await page.getByText(/^Anna, .*: Half of it$/).count()) === 1, "the answer");
      await page.getByText("Add a new member of staff").click();
      await button(page, "week.staff", "name:Lin Jing").click();
      await hasFocus(field(page, "desk.data.staff.began"));
      await button(page, "week.staff", "add").click();
      await page.getByRole("heading", { name: /^Lin Jing/ }).waitFor();
    }));

  test("nothing for axe to find in either language and colour, and no wider than the window", () =>
    withPage({ context: { bypassCSP: true, viewport: { width: 1280, height: 800 } } }, async (page) => {
      await page.evaluate(axe);
      const shop = JSON.parse(SHOP);
      const at = new Date(Date.now() - 60_000).toISOString();
      const began = { staff: "Lin Jing", startedAt: new Date(Date.now() - 17 * 86_400_000).toISOString() };
      shop.data.runs.push({ kind: "run", id: "s1", heads: [{ counter: 1, device: "d9", at, data: began }] });
      const lost = { subject: "The forwarder lost a carton", raisedAt: at, raisedBy: "Wang", loss: "900" };
      shop.data.escalations.push({ kind: "escalation", id: "q1", heads: [{ counter: 1, device: "d9", at, data: lost }] });
      await bring(page, JSON.stringify(shop));
      await button(page, "week.escalations.q1", "open").click();
      await confirm(page, "Wang", "Carton 7 was wet");
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      for (const [language, theme, width] of [["en", "light", 1280], ["zh-CN", "dark", 360], ["en", "dark", 1280], ["zh-CN", "light", 320], ["en", "light", 320]]) {
        await page.setViewportSize({ width, height: 800 });
        await speak(page, language);
        await field(page, "theme").selectOption(theme);
        const found = await page.evaluate(async () => {
          const parts = ["escalations", "report", "sop", "staff"].map((id) => `section[aria-labelledby="${id}"]`);
          const { violations } = await window.axe.run({ include: parts.map((part) => [part]) }, { resultTypes: ["violations"] });
          const right = document.documentElement.clientWidth + 1;
          const wide = [...document.querySelectorAll(parts.map((part) => `${part} *`).join(","))];
          return [
            ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).slice(0, 5).join("\n  ")}`),
            ...wide.filter((of) => of.getBoundingClientRect().right > right).map((of) => `too wide: ${of.outerHTML.slice(0, 120)}`),
          ];
        });
        assert.deepEqual(found, [], `${language} ${theme} ${width}`);
      }
    }));
});
