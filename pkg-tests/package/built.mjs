// The built package, and the examples, for the tests beside this file.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../support/serve.mjs";

/** The folder that `cargo xtask package` builds. */
export const folder = join(root, "target/package");

/** The address of a file of the package. */
export function fileUrl(name, of = folder) {
  return pathToFileURL(join(of, name)).href;
}

/** The bytes of landfall.wasm. */
export function wasm() {
  return readFileSync(join(folder, "landfall.wasm"));
}

/** The package as Node has it. */
export const landfall = await import(fileUrl("node.js"));

const DATA = join(root, "tests/data");
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** The examples in a folder: `{ file, request, expected }`. */
function examplesIn(folder) {
  const files = readdirSync(join(DATA, folder)).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => ({ ...readJson(join(DATA, folder, file)), file }));
}

/** Orders with the landed cost that they have. */
export const examples = examplesIn("landed-cost");

/** New suppliers with what is known of them, judged. */
export const scoreExamples = examplesIn("score-supplier");

/** What the log says of suppliers, with their grades. */
export const gradeExamples = examplesIn("grade-supplier");

/** Quotes with their comparison. */
export const quoteExamples = examplesIn("compare-quotes");

/** Lots with their spot check, without sentences, as all of these. */
export const spotCheckExamples = examplesIn("spot-check-plan");

/** Lots with their acceptance plan. */
export const planExamples = examplesIn("acceptance-plan");

/** Plans and what was found, with the judgement: of a request `plan` and `found`. */
export const judgementExamples = examplesIn("judge-inspection");

/** Samples with what they can see. */
export const detectionExamples = examplesIn("detection");

/** The examples of sampling that came with its specification, by function. */
export const samplingExamples = readJson(join(DATA, "sampling/examples.json"));

/** Lots with a seed, and the cartons that it draws: `{ request, openCartons }`. */
export const cartonDraws = readJson(join(DATA, "sampling/carton-draws.json"));

/** Requests for the minimum selling price with their answers: `{ request, expected }`. */
export const priceExamples = readJson(join(DATA, "selling-price.json"));

/** Orders to be placed with the verdict on them, without sentences. */
export const checkExamples = examplesIn("check-order");

/** Further ones: of their findings those that don't pass, by rule, outcome and subject. */
export const shortCheckExamples = readJson(join(DATA, "order-check.json"));

/** Past orders with what a change of the rules would have done to them. */
export const backtestExamples = examplesIn("backtest");

/** Policies with what they are with every default filled. */
export const policyExamples = examplesIn("default-policy");

/** Shipments with their clocks, without sentences. */
export const deadlineExamples = examplesIn("deadlines");

/** Weeks with their logs and reports, without sentences and actions. */
export const weekExamples = examplesIn("weekly-report");

const temporary = [];
process.on("exit", () => temporary.forEach((path) => rmSync(path, { recursive: true, force: true })));

/** A new temporary folder, which is removed when the process ends. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), "landfall-"));
  temporary.push(path);
  return path;
}

/** A copy of the package, of which nothing is loaded yet: `{ path, index }`, the entry for pages imported. */
export async function freshCopy() {
  const path = join(temporaryFolder(), "landfall");
  cpSync(folder, path, { recursive: true });
  return { path, index: await import(fileUrl("index.js", path)) };
}

/** Runs Node with arguments in a folder: `{ status, output }`. */
export function runNode(args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { encoding: "utf8", ...options });
  if (error) throw error;
  return { status, output: `${stdout}${stderr}` };
}

/** Runs npm in a folder and gives what it prints. */
export function npm(args, cwd) {
  const { status, stdout, stderr, error } = spawnSync("npm", args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`npm ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

/** The program of an npm package of these tests. */
export function programOf(name, program) {
  const require = createRequire(import.meta.url);
  const manifest = findManifest(require, name);
  return join(manifest, "..", readJson(manifest).bin[program]);
}

function findManifest(require, name) {
  const folders = require.resolve.paths(name);
  for (const path of folders) {
    const manifest = join(path, name, "package.json");
    try {
      readFileSync(manifest);
      return manifest;
    } catch {
      // It may be in one of the next folders.
    }
  }
  throw new Error(`${name} is not installed`);
}

/** What a call throws; fails where it throws nothing. */
export function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
