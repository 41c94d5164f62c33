// What is known of the customs of destinations. It is data; the calculator isn't needed for it.

import { isChinese, resultOf } from "./core.js";
import { files } from "./destinations-data.js";

export function destinations(options) {
  const on = options?.on;
  if (on !== undefined) checkDay(on, options);
  const all = files().flatMap((file) => (file.members === undefined ? [file] : membersOf(file)));
  if (on === undefined) return all;
  // Days are texts of one form, which sort as days do.
  const inForce = ({ from = on, until = on }) => from <= on && on <= until;
  return all.map((destination) => ({ ...destination, facts: destination.facts.filter(inForce) }));
}

/** The members of a union, each with facts of its own: what the union has, and its rate of VAT. */
function membersOf({ facts, vat: { source, asOf, confidence }, members }) {
  const shared = JSON.stringify(facts);
  return members.map(({ code, name, currency, vatPercent }) => {
    const id = `${code.toLowerCase()}-vat`;
    const own = { id, field: "customs.vatPercent", value: vatPercent, source, asOf, confidence };
    return { code, name, currency, facts: [...JSON.parse(shared), own] };
  });
}

/** Throws what is wrong with a day, as the calculator says it of a request. */
function checkDay(on, options) {
  const language = isChinese(options) ? "zh" : "en";
  if (typeof on !== "string") {
    const issue = { path: "on", code: "wrongType", expected: "text", message: NOT_TEXT[language] };
    return resultOf({ issues: [issue] }, options);
  }
  if (isDay(on)) return;
  const characters = [...on];
  const found = characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : on;
  const quoted = found === "" ? EMPTY[language] : `“${found}”`;
  resultOf({ issues: [{ path: "on", code: "badDate", found, message: quoted + NOT_DAY[language] }] }, options);
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
function isDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const [year, month, day] = text.split("-").map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const NOT_TEXT = { en: "A text is needed here. Put it in quotes.", zh: "这里要填文本。加上引号。" };
const EMPTY = { en: "An empty text", zh: "空文本" };
const NOT_DAY = {
  en: " is not a calendar date. Write year, month and day, such as 2026-11-20.",
  zh: "不是有效日期。按年-月-日填写，例如 2026-11-20。",
};
