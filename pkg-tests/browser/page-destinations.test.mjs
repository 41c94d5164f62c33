// What a destination fills into an order: where it is from, what it replaces, and when it is out of date.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answers, beside, button, charge, field, figures, show, withPage } from "./support.mjs";

/** The fields of customs are folded away. */
async function openCustoms(page) {
  await page.getByRole("region", { name: "Customs" }).locator("summary").first().click();
}

/** What stands in a field while nothing is typed. */
function given(page, name) {
  return field(page, name).getAttribute("placeholder");
}

function choose(page, name) {
  return page.getByLabel("Destination", { exact: true }).selectOption({ label: name });
}

/** Chooses Germany, and types what a euro costs: a rate to the dollar says nothing of it. */
async function chooseGermany(page) {
  await choose(page, "Germany");
  assert.equal(await field(page, "exchangeRate.cnyPerUnit").inputValue(), "");
  await field(page, "exchangeRate.cnyPerUnit").fill("8.20");
  await page.getByRole("region", { name: "Result" }).getByText("EUR a good unit").filter({ visible: true }).first().waitFor();
}

/** The written amount of a charge. */
async function amount(page, name) {
  return (await charge(page, name).locator("span").last().textContent()).trim();
}

describe("a destination", { concurrency: 2 }, () => {
  test("fills customs, taxes and currency, each with where it is from", () =>
    withPage({}, async (page) => {
      await openCustoms(page);
      await chooseGermany(page);
      assert.equal(await given(page, "homeCurrency"), "EUR");
      assert.equal(await given(page, "customs.vatPercent"), "19");
      const basis = field(page, "customs.basis");
      assert.match(await basis.evaluate((of) => of.selectedOptions[0].textContent), /CIF/);
      for (const name of ["customs.vatPercent", "customs.basis"]) {
        const from = beside(page, name);
        assert.match(await from.textContent(), /Germany, (as of|since) 20\d\d-\d\d-\d\d/, name);
        assert.match(await from.getByRole("link", { name: "source" }).getAttribute("href"), /^https?:\/\//, name);
      }
      assert.match(await page.getByText(/What is known of Germany/).textContent(), /\d+ facts, \d+ left to you/);
      assert.equal(await charge(page, "Merchandise processing fee, formal entry").count(), 0);
      const sum = page.getByRole("region", { name: "Result" }).locator("summary", { hasText: "EUR a good unit" });
      assert.notEqual(await sum.count(), 0);
    }));

  test("is typed over, says what that replaces, and comes back", () =>
    withPage({}, async (page) => {
      await openCustoms(page);
      await chooseGermany(page);
      const filled = await figures(page);
      await field(page, "customs.vatPercent").fill("7");
      assert.match(await beside(page, "customs.vatPercent").textContent(), /instead of 19/);
      assert.notDeepEqual(await figures(page), filled);
      await button(page, "customs.vatPercent", "reset").click();
      assert.equal(await field(page, "customs.vatPercent").inputValue(), "");
      assert.doesNotMatch(await beside(page, "customs.vatPercent").textContent(), /instead of/);
      await answers(page, filled);
      await field(page, "customs.basis").selectOption("fob");
      assert.notDeepEqual(await figures(page), filled);
      await button(page, "customs.basis", "reset").click();
      assert.match(await field(page, "customs.basis").evaluate((of) => of.selectedOptions[0].textContent), /CIF/);
      await answers(page, filled);
      const insurance = field(page, "customs.dutiableComponents.insurance");
      assert.equal(await insurance.isChecked(), true);
      await insurance.uncheck();
      await button(page, "customs.dutiableComponents", "reset").click();
      assert.equal(await insurance.isChecked(), true);
      await answers(page, filled);
      await field(page, "customs.vatPercent").fill("7");
      await choose(page, "France");
      assert.match(await beside(page, "customs.vatPercent").textContent(), /instead of 20/);
    }));

  test("has the duties in force on the day of entry", () =>
    withPage({}, async (page) => {
      await openCustoms(page);
      await page.getByText("Dates, other currencies").click();
      for (const [day, extra] of [["2026-07-23", "10"], ["2026-07-24", "12.5"], ["2026-11-22", "12.5"], ["23 July 2026", "10"]]) {
        await field(page, "entryDate").fill(day);
        assert.equal(await given(page, "customs.additionalDutyPercent"), extra, day);
      }
    }));

  test("has the fees that its conditions allow", () =>
    withPage({}, async (page) => {
      const [formal, informal] = ["Merchandise processing fee, formal entry", "Merchandise processing fee, informal entry"];
      await page.clock.setFixedTime("2026-11-22T12:00:00Z");
      await page.reload();
      assert.deepEqual([await amount(page, formal), await amount(page, informal)], ["—", "2.77"]);
      await field(page, "lines[0].quantity").fill("3000");
      assert.deepEqual([await amount(page, formal), await amount(page, informal)], ["34.58", "—"]);
      await field(page, "lines[0].quantity").fill("300");
      assert.equal(await amount(page, "Harbor maintenance fee"), "—");
      await field(page, "shipment.mode").selectOption("sea");
      assert.notEqual(await amount(page, "Harbor maintenance fee"), "—");
    }));

  test("has fees that can be switched off, changed and taken back", () =>
    withPage({}, async (page) => {
      const name = "Merchandise processing fee, informal entry";
      const filled = await figures(page);
      await charge(page, name).click();
      const details = charge(page, name).locator("xpath=..");
      assert.match(await details.textContent(), /United States, as of 20\d\d-\d\d-\d\d, in force since 20\d\d-\d\d-\d\d/);
      await details.getByRole("button", { name: "Switch off" }).click();
      assert.equal(await amount(page, name), "off");
      await answers(page, { total: "2,321.12" });
      await details.getByRole("button", { name: "Switch on" }).click();
      await answers(page, filled);
      await details.getByLabel(/^Amount/).fill("10");
      assert.equal(await amount(page, name), "10.00");
      await details.getByRole("button", { name: "Take my changes back" }).click();
      assert.equal(await amount(page, name), "2.77");
      await answers(page, filled);
    }));

  test("in another currency leaves its amounts out, and says so", () =>
    withPage({}, async (page) => {
      await field(page, "homeCurrency").fill("GBP");
      assert.equal(await charge(page, "Merchandise processing fee, informal entry").count(), 0);
      await page.getByText(/left out while you count in another/).waitFor();
      await button(page, "homeCurrency", "reset").click();
      assert.equal(await charge(page, "Merchandise processing fee, informal entry").count(), 1);
    }));

  test("whose facts are older than 180 days warns, and so does an old rate", () =>
    withPage({ open: false }, async (page, { site }) => {
      const warning = page.getByText(/facts about United States are older than 180 days/);
      await page.clock.setFixedTime("2026-11-22T12:00:00Z");
      await show(page, site.url);
      assert.equal(await page.getByText("Rate of 2026-11-20.").count(), 1);
      await page.clock.setFixedTime("2027-08-01T12:00:00Z");
      await page.reload();
      await warning.waitFor();
      assert.equal(await page.getByText("The rate is 254 days old (2026-11-20): look it up again.").count(), 1);
    }));

  test("gives a typed rate the reader’s day", () =>
    withPage({ open: false }, async (page, { site }) => {
      await page.clock.setFixedTime("2026-12-05T12:00:00Z");
      await show(page, site.url);
      await page.getByText("Dates, other currencies").click();
      await field(page, "exchangeRate.cnyPerUnit").fill("7.2");
      assert.equal(await field(page, "exchangeRate.asOf").inputValue(), "2026-12-05");
    }));
});
