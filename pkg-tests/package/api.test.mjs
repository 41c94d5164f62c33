// What the package promises, in api.golden.txt: a change of it is seen in a review. UPDATE_GOLDEN=1 writes it anew.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileUrl, folder, npm } from "./built.mjs";

const GOLDEN = new URL("api.golden.txt", import.meta.url);

const text = (name) => readFileSync(join(folder, name), "utf8");

/** What an entry exports: classes, and functions with the number of their parameters. */
async function exportsOf(file) {
  const names = Object.entries(await import(fileUrl(file)));
  return names.map(([name, value]) => `${name}${/^class/.test(value) ? " (class)" : `/${value.length}`}`).sort();
}

/** The exported declarations, each with a hash of its text without comments, which tells when it changes. */
function declarations(file) {
  const bare = text(file).replace(/\/\*\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
  const declared = new Map();
  for (const part of bare.split(/^(?=export |type )/m)) {
    const name = /^(?:export )?(?:type|interface|class|function) (\w+)/.exec(part)?.[1] ?? "exports";
    declared.set(name, (declared.get(name) ?? "") + part.replace(/\s+/g, " "));
  }
  declared.delete("exports");
  return [...declared]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, of]) => `${name} ${createHash("sha256").update(of).digest("hex").slice(0, 12)}`);
}

/** The codes in the declaration of a type. */
function codes(type, file = "index.d.ts") {
  const start = text(file).indexOf(`export type ${type} =`);
  const bare = text(file).slice(start).replace(/\/\*\*[^]*?\*\//g, "");
  const declaration = bare.slice(0, bare.indexOf("\n\n"));
  const named = type === "ErrorCode" ? declaration : [...declaration.matchAll(/ code: .*/g)].join();
  return [...named.matchAll(/"(\w+)"/g)].map(([, code]) => code);
}

test("the package promises what it did", async () => {
  const manifest = JSON.parse(text("package.json"));
  const [{ files }] = JSON.parse(npm(["pack", "--dry-run", "--json"], folder));
  const sections = {
    landfall: await exportsOf("index.js"),
    "landfall/node": await exportsOf("node.js"),
    "landfall/order-export": await exportsOf("order-export.js"),
    "landfall/order-export in Node": await exportsOf("order-export-node.js"),
    "entries of package.json": Object.entries(manifest.exports).map(([entry, of]) => `${entry} ${JSON.stringify(of)}`),
    "codes of errors": codes("ErrorCode"),
    "codes of issues": codes("Issue"),
    "codes of warnings": codes("Warning"),
    "codes of workings": codes("Working"),
    "codes of workings of charges": codes("ChargeWorking"),
    "codes of issues of order exports": codes("OrderExportIssue", "order-export.d.ts"),
    "codes of issues of files": codes("FileIssue", "order-export.d.ts"),
    "types, each with a hash of its declaration": declarations("index.d.ts"),
    "types of landfall/order-export": declarations("order-export.d.ts"),
    "files of the package": files.map(({ path }) => path).sort(),
  };
  const actual = Object.entries(sections)
    .map(([title, lines]) => [`${title}:`, ...lines.map((line) => `  ${line}`)].join("\n"))
    .join("\n\n")
    .concat("\n");
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(GOLDEN, actual);
  assert.equal(actual, readFileSync(GOLDEN, "utf8"), "if this is meant, UPDATE_GOLDEN=1 writes the new one");
});

test("nothing else is needed, and nothing is done when it is installed", () => {
  const manifest = JSON.parse(text("package.json"));
  for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "devDependencies", "scripts", "bin"]) {
    assert.equal(manifest[field], undefined, field);
  }
  // Only the entry for Node does something when it is imported.
  assert.deepEqual(manifest.sideEffects, ["./node.js"]);
});
