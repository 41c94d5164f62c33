// The reader of order exports for pages, workers and bundlers: its module is fetched from beside it.

import { parserWith } from "./order-export-core.js";

export { LandfallError } from "./core.js";

export const parseOrderExport = parserWith(() => new URL("./order_export.wasm", import.meta.url));
