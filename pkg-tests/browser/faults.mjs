// Storage that fails at a call of its own choice, and the state of what is stored.

import { stored } from "./support.mjs";

/** Whether a transaction or a call ends in an error, and how browsers spell it. */
export const SPELLINGS = {
  "QuotaExceededError": { name: "QuotaExceededError" },
  "NS_ERROR_DOM_QUOTA_REACHED (1014)": { name: "NS_ERROR_DOM_QUOTA_REACHED", code: 1014 },
  "QUOTA_EXCEEDED_ERR (22)": { name: "QUOTA_EXCEEDED_ERR", code: 22 },
  "SecurityError": { name: "SecurityError" },
  "AbortError": { name: "AbortError" },
  "an abort after the call": { name: "AbortError", isLate: true },
};

/**
 * Prepares a page whose calls of the database and the local storage can be counted, and one of them made to fail:
 * `fail(page, at, spelling)` from a moment on, or with `isFromStart` when the page is loaded the next time.
 */
export function failing(page) {
  return page.addInitScript(() => {
    const NAME = "test.fault";
    if (origin === "null") return;
    // Not by the methods that are watched: the session's storage has the same ones.
    const { getItem, removeItem } = Storage.prototype;
    const planned = getItem.call(sessionStorage, NAME);
    removeItem.call(sessionStorage, NAME);
    window.fault = planned ? JSON.parse(planned) : undefined;
    window.calls = [];
    const error = ({ name, code }) => {
      const error = new DOMException(`Planned: ${name}`, name);
      if (code !== undefined && error.code !== code) Object.defineProperty(error, "code", { value: code });
      return error;
    };
    const watch = (prototype, method, transaction, isWatched = () => true) => {
      const original = prototype[method];
      prototype[method] = function (...given) {
        if (!window.fault || !isWatched(this)) return original.apply(this, given);
        window.calls.push(`${prototype.constructor.name}.${method}`);
        const { at, spelling } = window.fault;
        if (window.calls.length !== at) return original.apply(this, given);
        if (!spelling.isLate || !transaction) throw error(spelling);
        const answer = original.apply(this, given);
        const of = transaction(this, answer);
        queueMicrotask(() => {
          try {
            of.abort();
          } catch {
            // It has ended by then.
          }
        });
        return answer;
      };
    };
    for (const method of ["open", "deleteDatabase"]) watch(IDBFactory.prototype, method);
    watch(IDBDatabase.prototype, "transaction", (_, made) => made);
    watch(IDBDatabase.prototype, "createObjectStore");
    watch(IDBTransaction.prototype, "objectStore", (made) => made);
    for (const method of ["get", "getAll", "getAllKeys", "count", "put", "add", "delete", "clear"]) {
      watch(IDBObjectStore.prototype, method, ({ transaction }) => transaction);
    }
    for (const method of ["getItem", "setItem", "removeItem", "key"]) {
      watch(Storage.prototype, method, undefined, (storage) => storage !== sessionStorage);
    }
  });
}

/** Makes call number `at` from now on fail; none where it is 0, and then they are only counted. */
export function fail(page, at, spelling = {}, isFromStart = false) {
  return page.evaluate(
    ([fault, isNext]) => {
      if (isNext) sessionStorage.setItem("test.fault", JSON.stringify(fault));
      else {
        window.calls = [];
        window.fault = fault;
      }
    },
    [{ at, spelling }, isFromStart],
  );
}

/** The calls since then, by name. */
export function calls(page) {
  return page.evaluate(() => window.calls);
}

/** Leaves the page for another address of its site that uses no storage. */
export async function aside(page, site) {
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.goto(`${site.url}shop.json`);
}

/** Puts this into the storage, in the place of everything; the page shown must be of the same site and not use it. */
export function store(page, { local = {}, rows = {}, meta = {} }) {
  return page.evaluate(
    async ([texts, stores]) => {
      localStorage.clear();
      for (const [key, text] of Object.entries(texts)) localStorage.setItem(key, text);
      const done = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
          request.onblocked = () => reject(new Error("blocked"));
        });
      await done(indexedDB.deleteDatabase("landfall"));
      if (Object.keys({ ...stores.rows, ...stores.meta }).length === 0) return;
      const opening = indexedDB.open("landfall");
      opening.onupgradeneeded = () => Object.keys(stores).forEach((name) => opening.result.createObjectStore(name));
      const database = await done(opening);
      const transaction = database.transaction(Object.keys(stores), "readwrite");
      for (const [name, values] of Object.entries(stores)) {
        for (const [key, value] of Object.entries(values)) transaction.objectStore(name).put(value, key);
      }
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      database.close();
    },
    [local, { rows, meta }],
  );
}

/** What is stored, without what is different at each time: keys, instants, revisions. */
export async function state(page) {
  const { rows, local } = await stored(page);
  const records = Object.entries(rows).map(([key, { text }]) => {
    const [kind] = key.split("/");
    const { heads } = JSON.parse(text);
    const says = heads.map(({ data }) => (data === undefined ? "deleted" : JSON.stringify({ ...data, savedAt: undefined })));
    return [kind, ...[...new Set(says)].sort()].join(" ");
  });
  // What was made and deleted again is the same as what never was.
  const there = records.filter((record) => !record.endsWith(" deleted"));
  return { records: there.sort(), preferences: local["landfall.preferences"] };
}
