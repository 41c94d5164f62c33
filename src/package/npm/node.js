// The entry for Node: ready on import, because Node can read a file while it loads a module.

import { readFileSync } from "node:fs";
import { isLoaded, load } from "./core.js";

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

if (!isLoaded()) load(new WebAssembly.Module(readFileSync(new URL("./landfall.wasm", import.meta.url))), true);
