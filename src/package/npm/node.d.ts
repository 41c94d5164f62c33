// The entry for Node: the same functions, ready on import.

export type * from "./index.js";
export { destinations, landedCost, landedCosts, landedCostsText, LandfallError, sellingPrice, version } from "./index.js";
