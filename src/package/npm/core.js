// The functions that every entry has: a value goes to the calculator as JSON text, its answer comes back as
// one. What is wrong with a request is found there, all at once; nothing is checked here.

import * as glue from "./glue.js";

// Until a module is loaded there is nothing to call; after a trap there is nothing to trust.
let isReady = false;
let isBroken = false;

/** What every function throws, and nothing else. */
export class LandfallError extends Error {
  constructor(code, message, { issues = [], cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.issues = issues;
  }

  get name() {
    return "LandfallError";
  }
}

/** Loads a compiled module, at once where `isSync`; without effect where one is loaded already. */
export function load(module, isSync) {
  const done = () => {
    isReady = true;
  };
  if (isSync) {
    glue.initSync({ module });
    return done();
  }
  return glue.default({ module_or_path: module }).then(done);
}

/** Whether a module is loaded. */
export function isLoaded() {
  return isReady;
}

export function version() {
  return call(() => glue.version());
}

export function landedCost(request, options) {
  return resultOf(ask(glue.landedCost, request, options), options);
}

export function landedCosts(requests, options) {
  const answer = ask(glue.landedCosts, requests, options);
  if (Array.isArray(answer)) return answer;
  // One request that can't be written as JSON, or read, keeps no result from the others.
  if (Array.isArray(requests)) return Array.from(requests, (request) => ask(glue.landedCost, request, options));
  return resultOf(answer, options);
}

export function landedCostsText(text, options) {
  if (typeof text !== "string") return resultOf(notJson("text", options), options);
  const answer = call(() => glue.landedCosts(bytesOf(text), localeOf(options)));
  return answer.startsWith("[") ? answer : resultOf(JSON.parse(answer), options);
}

export function sellingPrice(request, options) {
  return resultOf(ask(glue.sellingPrice, request, options), options);
}

export function checkOrder(request, options) {
  return resultOf(ask(glue.checkOrder, request, options), options);
}

export function defaultPolicy(policy = {}, options) {
  return resultOf(ask(glue.defaultPolicy, policy, options), options);
}

export function scoreSupplier(request, options) {
  return resultOf(ask(glue.scoreSupplier, request, options), options);
}

export function gradeSupplier(request, options) {
  return resultOf(ask(glue.gradeSupplier, request, options), options);
}

export function compareQuotes(request, options) {
  return resultOf(ask(glue.compareQuotes, request, options), options);
}

export function spotCheckPlan(request, options) {
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  const plan = (bytes, locale) => glue.spotCheckPlan(bytes, locale, drawn);
  return resultOf(ask(plan, request, options), options);
}

export function acceptancePlan(request, options) {
  return resultOf(ask(glue.acceptancePlan, request, options), options);
}

export function judgeInspection(plan, found, options) {
  return resultOf(ask(glue.judgeInspection, { plan, found }, options), options);
}

export function detection(request, options) {
  return resultOf(ask(glue.detection, request, options), options);
}

export function backtestPolicy(request, options) {
  return resultOf(ask(glue.backtestPolicy, request, options), options);
}

export function backtestPolicyText(text, options) {
  if (typeof text !== "string") return resultOf(notJson("text", options), options);
  const answer = call(() => glue.backtestPolicy(bytesOf(text), localeOf(options)));
  return answer.startsWith(RESULT) ? answer.slice(RESULT.length, -1) : resultOf(JSON.parse(answer), options);
}

// How an answer with a result begins; it ends with the brace of its object.
const RESULT = '{"result":';

export function deadlines(request, options) {
  return resultOf(ask(glue.deadlines, request, options), options);
}

export function weeklyReport(request, options) {
  return resultOf(ask(glue.weeklyReport, request, options), options);
}

/** What the calculator answers to a value: a result or issues, or a list of them. */
function ask(answerTo, value, options) {
  let text;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    return notJson("value", options, cause);
  }
  if (text === undefined) return notJson("value", options);
  return call(() => JSON.parse(answerTo(bytesOf(text), localeOf(options))));
}

let encoder;

/** A text as the module takes it: copied at once, where a string would be copied character by character. */
function bytesOf(text) {
  encoder ??= new TextEncoder();
  return encoder.encode(text);
}

/** Calls into the module. Should it ever trap, the next call has a fresh instance of it. */
function call(use) {
  if (!isReady) {
    throw new LandfallError(
      "notInitialised",
      'landfall is not initialised: `await init()` before the first call; in Node, import "landfall/node", which needs no init.',
    );
  }
  try {
    if (isBroken) {
      glue.__wbg_reset_state();
      isBroken = false;
    }
    return use();
  } catch (cause) {
    isBroken = true;
    throw new LandfallError(
      "internal",
      "landfall failed where it never should. The next call works again; please report this one with its input.",
      { cause },
    );
  }
}

/** The result of an answer; issues are thrown. */
export function resultOf({ result, issues, cause }, options) {
  if (issues === undefined) return result;
  const [{ path, message }] = issues;
  const further = issues.length - 1;
  const more = isChinese(options) ? `（另有 ${further} 处）` : ` (and ${further} more)`;
  throw new LandfallError(
    "invalidRequest",
    `${path === "" ? "" : `${path}: `}${message}${further === 0 ? "" : more}`,
    { issues, cause },
  );
}

const NOT_JSON = {
  value: {
    en: "This can't be written as JSON: it is a function or nothing at all, or holds a cycle or a BigInt.",
    zh: "这个值无法写成 JSON：它是函数或没有值，或者其中有循环引用或 BigInt。",
  },
  text: { en: "A JSON text is needed here.", zh: "这里需要 JSON 文本。" },
};

/** The answer to what the calculator can't even be asked; `cause` stays out of what a batch returns. */
function notJson(what, options, cause) {
  const message = NOT_JSON[what][isChinese(options) ? "zh" : "en"];
  const answer = { issues: [{ path: "", code: "notJson", message }] };
  return Object.defineProperty(answer, "cause", { value: cause });
}

/** The language that is asked for. */
export function localeOf(options) {
  const locale = options?.locale;
  return typeof locale === "string" ? locale : "en";
}

/** Whether messages are asked for in Chinese. */
export function isChinese(options) {
  return localeOf(options).toLowerCase().startsWith("zh");
}
