// The reader of 1688's order export: a module of its own, loaded when the first file is read.

import { isChinese, LandfallError, localeOf, resultOf } from "./core.js";
import * as glue from "./order-export-glue.js";

// Larger files are refused by the reader: no more of them is needed to see that.
const ENOUGH_BYTES = 60_000_001;

let loading;
// After a trap there is nothing to trust.
let isBroken = false;

/** The function of an entry, which knows where its module comes from: an address, or bytes. */
export function parserWith(source) {
  return async function parseOrderExport(file, options) {
    const bytes = await bytesOf(file, options);
    await load(source);
    const { phase, rethrow } = listenerOf(options);
    const answer = call(() => JSON.parse(glue.orderExport(bytes, localeOf(options), options?.consignee === true, phase)));
    rethrow();
    return resultOf(answer, options);
  };
}

function load(source) {
  loading ??= start(source).catch((cause) => {
    loading = undefined;
    throw new LandfallError(
      "notInitialised",
      `The reader of order exports could not be loaded: ${cause?.message ?? cause}. A page's policy has to allow 'wasm-unsafe-eval' and its own host.`,
      { cause },
    );
  });
  return loading;
}

async function start(source) {
  await glue.default({ module_or_path: await source() });
}

/** Calls into the module. Should it ever trap, or run out of memory, the next call has a fresh instance of it. */
function call(use) {
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
      "landfall failed where it never should. The next call works again; please report this one with its file.",
      { cause },
    );
  }
}

/** The listener of a call; what it throws is thrown when the reader is done. */
function listenerOf(options) {
  let thrown;
  return {
    phase(name) {
      try {
        options?.onPhase?.(name);
      } catch (error) {
        thrown ??= { error };
      }
    },
    rethrow() {
      if (thrown) throw thrown.error;
    },
  };
}

/** The bytes of a file, whatever it comes as, but no more than the reader takes. */
async function bytesOf(file, options) {
  if (typeof file === "string") return new TextEncoder().encode(file);
  if (ArrayBuffer.isView(file)) return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const kind = Object.prototype.toString.call(file);
  if (/^\[object (Shared)?ArrayBuffer\]$/.test(kind)) return new Uint8Array(file);
  try {
    if (typeof file?.slice === "function" && typeof file.arrayBuffer === "function") {
      return new Uint8Array(await file.slice(0, ENOUGH_BYTES).arrayBuffer());
    }
    if (typeof file?.arrayBuffer === "function") return await bytesOfResponse(file);
  } catch (cause) {
    throw refused("unreadable", options, cause);
  }
  throw refused("wrongType", options);
}

async function bytesOfResponse(response) {
  if (response.ok === false) throw new Error(`${response.url} answered ${response.status}`);
  const parts = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size < ENOUGH_BYTES) continue;
    // Not waited for: that of a cloned response is done only with the other one.
    reader.cancel().catch(() => {});
    break;
  }
  return joined(parts, size);
}

function joined(parts, size) {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const MESSAGES = {
  unreadable: {
    en: (reason) => `The file could not be read: ${reason}.`,
    zh: (reason) => `无法读取文件：${reason}。`,
  },
  wrongType: {
    en: () => "A file is needed here: bytes, an ArrayBuffer, a Blob, a Response, or rows as text.",
    zh: () => "这里需要文件：字节、ArrayBuffer、Blob、Response，或者文本形式的行。",
  },
};

/** The error where there isn't even a file. */
function refused(code, options, cause) {
  const message = MESSAGES[code][isChinese(options) ? "zh" : "en"](cause?.message ?? String(cause));
  return new LandfallError("invalidRequest", message, { issues: [{ path: "", code, message }], cause });
}
