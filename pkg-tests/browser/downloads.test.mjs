// Files in the browsers of WeChat and WeCom, which do nothing with downloads.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { button, field, until, withPage } from "./support.mjs";

const AGENTS = {
  WeChat: "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50",
  WeCom: "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1",
};

/** A share sheet that takes files of these types, and remembers them. */
function sharing(types, outcome = "") {
  return (page) =>
    page.addInitScript(
      ([types, outcome]) => {
        window.shared = [];
        navigator.canShare = ({ files }) => files.every(({ type }) => types.includes(type));
        navigator.share = async ({ files }) => {
          if (!navigator.userActivation.isActive) throw new DOMException("not by a click", "NotAllowedError");
          if (outcome) throw new DOMException("", outcome);
          for (const file of files) window.shared.push([file.name, await file.text()]);
        };
      },
      [types, outcome],
    );
}

const unshared = (page) =>
  page.addInitScript(() => {
    delete Navigator.prototype.share;
    delete Navigator.prototype.canShare;
  });

async function exported(page) {
  await field(page, "lines[0].unitPriceCny").fill("13");
  await button(page, "order", "export").click();
}

for (const [name, userAgent] of Object.entries(AGENTS)) {
  describe(`in ${name}`, { concurrency: 2 }, () => {
    test("a file goes through the share sheet", () =>
      withPage({ context: { userAgent }, prepare: sharing(["application/json"]) }, async (page) => {
        await exported(page);
        await until(() => page.evaluate(() => window.shared.length === 1));
        const [[file, text]] = await page.evaluate(() => window.shared);
        assert.equal(file, "landfall Mugs and lids.json");
        assert.equal(JSON.parse(text).data.request.lines[0].unitPriceCny, "13");
        assert.equal(await page.getByText("This browser offers no files").count(), 0);
      }));

    test("a file goes as a text where the share sheet takes no other", () =>
      withPage({ context: { userAgent }, prepare: sharing(["text/plain"]) }, async (page) => {
        await exported(page);
        await until(() => page.evaluate(() => window.shared.length === 1));
        assert.equal((await page.evaluate(() => window.shared))[0][0], "landfall Mugs and lids.json.txt");
      }));

    for (const [what, prepare] of [["there is no share sheet", unshared], ["it is refused", sharing(["application/json"], "NotAllowedError")]]) {
      test(`a file stands there to be copied where ${what}, with the way to another browser`, () =>
        withPage({ context: { userAgent, permissions: ["clipboard-read", "clipboard-write"] }, prepare }, async (page) => {
          await exported(page);
          await page.getByText(/Open in browser/).waitFor();
          const text = page.locator("#refused-file");
          assert.equal(JSON.parse(await text.inputValue()).data.request.lines[0].unitPriceCny, "13");
          await button(page, "host", "copy").click();
          assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await text.inputValue());
          await button(page, "host", "close").click();
          assert.equal(await text.count(), 0);
        }));
    }
  });
}

test("closing the share sheet is no fault", () =>
  withPage({ context: { userAgent: AGENTS.WeChat }, prepare: sharing(["application/json"], "AbortError") }, async (page) => {
    await exported(page);
    await page.waitForTimeout(300);
    assert.equal(await page.getByText("This browser offers no files").count(), 0);
  }));
