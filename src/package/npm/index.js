// The entry for pages, workers and bundlers. Importing it does nothing; `init` loads the calculator.

import { isLoaded, LandfallError, load } from "./core.js";

export {
  acceptancePlan,
  backtestPolicy,
  backtestPolicyText,
  checkOrder,
  compareQuotes,
  deadlines,
  defaultPolicy,
  detection,
  gradeSupplier,
  judgeInspection,
  landedCost,
  landedCosts,
  landedCostsText,
  LandfallError,
  scoreSupplier,
  sellingPrice,
  spotCheckPlan,
  version,
  weeklyReport,
} from "./core.js";
export { destinations } from "./destinations.js";

let loading;

export function init(source) {
  loading ??= start(source).catch((cause) => {
    loading = undefined;
    throw new LandfallError(
      "notInitialised",
      `landfall could not be initialised: ${cause?.message ?? cause}. A page's policy has to allow 'wasm-unsafe-eval' and its own host; in Node, import "landfall/node" or pass the bytes of landfall.wasm.`,
      { cause },
    );
  });
  return loading;
}

async function start(source) {
  if (isLoaded()) return;
  const module = await compile((await source) ?? new URL("./landfall.wasm", import.meta.url));
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === "landedCost")) {
    throw new Error("this is not the landfall.wasm of the package");
  }
  await load(module, false);
}

/** A module from an address, a response or bytes. */
async function compile(source) {
  if (source instanceof WebAssembly.Module) return source;
  const isAddress = typeof source === "string" || source instanceof URL || source instanceof Request;
  const response = isAddress ? await fetch(source) : source;
  if (typeof response.arrayBuffer !== "function") return WebAssembly.compile(response);
  if (response.ok === false) throw new Error(`${response.url} answered ${response.status}`);
  const type = response.headers?.get("content-type") ?? "";
  // Compiled while it arrives, where its type allows that.
  return /^application\/wasm\b/.test(type)
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
