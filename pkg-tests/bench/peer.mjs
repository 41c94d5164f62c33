// Builds the peer of the page, in Preact, as its author would publish it: one script, minified.

import { build } from "esbuild";
import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "../support/serve.mjs";

const SOURCE = fileURLToPath(new URL("preact/", import.meta.url));
const DESTINATIONS = join(root, "www/destinations");

/** The destinations in the file of one or, a union, of several. */
const places = ({ code, name, members }) => (members ?? [{ code, name }]).map(({ code, name }) => [code, name.en]);

/** Builds the page into target/; `example` is the order of a first visit. Gives the folder. */
export async function buildPeer(example) {
  const folder = join(root, "target/bench-preact");
  await mkdir(folder, { recursive: true });
  const names = (await readdir(DESTINATIONS)).filter((name) => name.endsWith(".json"));
  const files = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(DESTINATIONS, name), "utf8"))));
  const { facts } = files.find(({ code }) => code === example.destination);
  await build({
    entryPoints: [join(SOURCE, "page.jsx")],
    outfile: join(folder, "page.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { EXAMPLE: JSON.stringify(example), PLACES: JSON.stringify(files.flatMap(places)), FACTS: JSON.stringify(facts) },
    logLevel: "warning",
  });
  await cp(join(SOURCE, "index.html"), join(folder, "index.html"));
  await cp(join(root, "www/style.css"), join(folder, "style.css"));
  return folder;
}
