// The entry for Node: the same functions, ready on import.

export type * from "./index.js";
export {
  checkOrder,
  compareQuotes,
  defaultPolicy,
  destinations,
  gradeSupplier,
  landedCost,
  landedCosts,
  landedCostsText,
  LandfallError,
  scoreSupplier,
  sellingPrice,
  version,
} from "./index.js";
