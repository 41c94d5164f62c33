// The entry for Node: the same functions, ready on import.

export type * from "./index.js";
export {
  acceptancePlan,
  backtestPolicy,
  backtestPolicyText,
  checkOrder,
  compareQuotes,
  deadlines,
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
  weeklyReport,
} from "./index.js";
