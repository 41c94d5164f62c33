// The reader of order exports for Node: its module is a file.

import { readFile } from "node:fs/promises";
import { parserWith } from "./order-export-core.js";

export { LandfallError } from "./core.js";

export const parseOrderExport = parserWith(() => readFile(new URL("./order_export.wasm", import.meta.url)));
