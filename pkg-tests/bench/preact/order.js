// An order as it is typed, and the request that is made of it. Both are never changed in place, so that what has
// been read of a line is remembered with it.

import { landedCost, sellingPrice } from "../../peers/decimal.mjs";

const COUNTS = new Set(["quantity", "units"]);
const TEXTS = new Set([
  ...["sku", "description", "order", "label", "component", "currency", "type", "base", "per", "allocateBy"],
  ...["homeCurrency", "asOf", "basis", "against", "mode"],
]);

/** What is at a path such as `lines[2].carton.units`. */
export function at(tree, path) {
  return steps(path).reduce((inner, step) => inner?.[step], tree);
}

const steps = (path) => path.split(/[.[\]]+/).filter((step) => step !== "");

/** The tree with another value at a path; `undefined` takes it away, and objects that are empty by that. */
export function put(tree, path, value) {
  return putAt(tree, steps(path), value);
}

function putAt(tree, [step, ...rest], value) {
  const inner = rest.length === 0 ? value : putAt(tree?.[step] ?? {}, rest, value);
  if (Array.isArray(tree)) return tree.with(Number(step), inner);
  const { [step]: _, ...others } = tree;
  const isGone = inner === undefined || (rest.length > 0 && !Array.isArray(inner) && Object.keys(inner).length === 0);
  return isGone ? others : { ...tree, [step]: inner };
}

/** Whole numbers as the texts of fields. */
export function asTyped(value) {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(asTyped);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asTyped(inner)]));
}

const remembered = new WeakMap();

/** An object with its numbers read, and the paths in it that are no numbers. */
function read(typed) {
  let known = remembered.get(typed);
  if (known === undefined) {
    const faults = [];
    known = { value: readValue(typed, "", "", faults), faults };
    remembered.set(typed, known);
  }
  return known;
}

function readValue(value, name, path, faults) {
  if (typeof value === "string") {
    if (TEXTS.has(name)) return value;
    const isRead = COUNTS.has(name) ? /^[1-9]\d{0,8}$/.test(value) : /^\d{1,12}(\.\d{1,8})?$/.test(value);
    if (!isRead) faults.push(path);
    return COUNTS.has(name) ? Number(value) : value;
  }
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item, index) => (typeof item === "string" ? item : readValue(item, "", `${path}[${index}]`, faults)));
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, inner]) => [key, readValue(inner, key, path === "" ? key : `${path}.${key}`, faults)]));
}

const REQUIRED = ["sku", "unitPriceCny", "quantity"];

/** The answer to an order: its result and selling price, or the paths of all that is wrong. */
export function answer({ head, lines, charges, selling }) {
  const faults = [...read(head).faults];
  const all = (list, name) =>
    list.map((typed, index) => {
      const { value, faults: inner } = read(typed);
      for (const path of inner) faults.push(`${name}[${index}].${path}`);
      return value;
    });
  const request = { ...read(head).value, lines: all(lines, "lines"), charges: all(charges, "charges") };
  lines.forEach((line, index) => {
    for (const name of REQUIRED) if (line[name] === undefined) faults.push(`lines[${index}].${name}`);
  });
  if (request.exchangeRate?.cnyPerUnit === undefined) faults.push("exchangeRate.cnyPerUnit");
  if (faults.length > 0) return { faults };
  const result = landedCost(request);
  let price = null;
  if (read(selling).faults.length === 0) {
    try {
      price = sellingPrice({ ...read(selling).value, currency: result.homeCurrency, landedCostPerUnit: result.perUnit });
    } catch (error) {
      if (error.code !== "unreachableMargin") throw error;
    }
  }
  return { faults, outcome: { result, price } };
}

/** An order of a request and what selling costs. */
export function orderOf({ name, destination, request, selling }) {
  const { lines, charges, ...head } = asTyped(request);
  return { name, destination, entryDate: "", head, lines, charges, selling: asTyped(selling) };
}
