// A server of static files for tests.

import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

/** The root of the workspace. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Bytes as a static host sends them: compressed by brotli at its best. */
export function compressed(bytes) {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}

/** The files directly in a folder, each compressed, by the path that they are asked for by. */
async function compressedFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return new Map(await Promise.all(files.map(async (name) => [`/${name}`, compressed(await readFile(join(folder, name)))])));
}

/**
 * Serves a folder on a free port of this machine.
 * `headers` go with every response; `change` may answer with other bytes than those of the file. With
 * `compress`, the files directly in the folder are compressed beforehand and sent so.
 * `requests` lists the paths asked for so far.
 */
export async function serve(folder, { headers = {}, change = (path, bytes) => bytes, compress = false } = {}) {
  const requests = [];
  const ready = compress ? await compressedFiles(folder) : new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requests.push(path);
    const name = normalize(path.endsWith("/") ? `${path}index.html` : path);
    try {
      const small = ready.get(name);
      const bytes = small ?? change(name, await readFile(join(folder, name)));
      const type = TYPES[extname(name)] ?? "application/octet-stream";
      const encoding = small && { "content-encoding": "br" };
      response.writeHead(200, { "content-type": type, "cache-control": "no-store", ...encoding, ...headers });
      response.end(bytes);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
