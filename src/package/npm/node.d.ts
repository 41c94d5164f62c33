// The entry for Node: the same functions, ready on import.

export type * from "./index.js";
export {
  acceptancePlan,
  checkOrder,
  compareQuotes,
  defaultPolicy,
  destinations,
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
} from "./index.js";
