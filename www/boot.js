// Starts the page, and again in each worker that the page makes: there it only waits for work.
// The build puts the glue in the place of the import: browsers check the integrity of the scripts that index.html
// names, but not of what those import.
// If the page can't be started, this shows the sentences that index.html keeps for it. If its wasm traps later, the
// instance can't be trusted any more: the page is loaded anew, once, and then the rescue page takes over.

import init, { perform, start } from "./landfall.js";

/** Names what was built, in reports of faults as well. */
const BUILD = "{{build}}";
/** What keeps the page for use without a network; nothing while it is being developed. */
const SERVICE_WORKER = "{{service worker}}";
/** What reads spreadsheets, which is loaded when there is one. */
const ORDER_EXPORT = "{{order export}}";
/** Under this key the session remembers that the page had to be loaded anew. */
const TRAPPED = "landfall.trapped";
/** Two traps within these milliseconds, and loading anew doesn't help. */
const TOO_SOON = 10_000;
/** The milliseconds after which a page that is looked at again asks for a newer version. */
const ASK_AGAIN = 3_600_000;

const isPage = typeof document !== "undefined";

/** The compiled wasm, which a worker starts again. */
let module;

/** The only addresses that may become scripts: the policy of the page names this list. */
const scripts = [import.meta.url, new URL(SERVICE_WORKER, import.meta.url).href];
const trusted = globalThis.trustedTypes?.createPolicy("landfall", { createScriptURL: own }) ?? { createScriptURL: own };

function own(url) {
  if (scripts.includes(url)) return url;
  throw new TypeError(`not a script of this page: ${url}`);
}

/** What the wasm asks for that takes JavaScript, or the page's one policy. */
const host = {
  build: BUILD,
  recovered: undefined,
  keep,
  update,
  work,
  orders,
  leave,
};

/* Traps. */

/** Whether an error came out of the wasm instead of being handled in there. */
function isTrap(error) {
  const { RuntimeError } = globalThis.WebAssembly ?? {};
  return (RuntimeError && error instanceof RuntimeError) || /wasm-function/.test(error?.stack);
}

let isDead = false;

/** Loads the page anew; if that has just been tried, opens the rescue page. */
function replace(error) {
  if (isDead) return;
  isDead = true;
  console.error(error);
  const place = /wasm-function\[\d+\](:0x[0-9a-f]+)?/.exec(error.stack)?.[0];
  const what = [`${error}`, ...(place ? [place] : []), `build ${BUILD}`].join(", ");
  const isAgain = Date.now() - (remembered()?.at ?? 0) < TOO_SOON;
  if (!isAgain && remember({ at: Date.now(), what })) location.reload();
  else location.replace("rescue.html");
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(TRAPPED));
  } catch {
    return null;
  }
}

/** Whether it could be remembered: where sessions remember nothing, loading anew could go on for ever. */
function remember(trap) {
  try {
    sessionStorage.setItem(TRAPPED, JSON.stringify(trap));
    return true;
  } catch {
    return false;
  }
}

function watch() {
  addEventListener("error", ({ error }) => isTrap(error) && replace(error));
  // A promise that the browser breaks may be without an owner; only a trap is a fault then.
  addEventListener("unhandledrejection", ({ reason }) => {
    if (reason instanceof WebAssembly.RuntimeError || reason instanceof RangeError) replace(reason);
  });
  // What is left of a trapped page must not store anything when it goes.
  for (const event of ["pagehide", "visibilitychange"]) {
    addEventListener(event, (going) => isDead && going.stopImmediatePropagation(), true);
  }
  const trap = remembered();
  if (trap && !trap.isTold) {
    host.recovered = trap.what;
    remember({ ...trap, isTold: true });
  }
}

/* Use without a network, and updates. */

let registration;
let isAgreed = false;

/** Keeps the page for use without a network. `report` is called when a newer version could take over, or has. */
async function keep(report) {
  try {
    const workers = navigator.serviceWorker;
    if (!SERVICE_WORKER || !workers) return;
    await new Promise(whenIdle);
    workers.addEventListener("controllerchange", () => isAgreed || report());
    const url = trusted.createScriptURL(scripts[1]);
    registration = await workers.register(url, { updateViaCache: "none" });
    if (registration.waiting && registration.active) report();
    const look = (worker) =>
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && registration.active) report();
      });
    look(registration.installing);
    registration.addEventListener("updatefound", () => look(registration.installing));
    let asked = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden || Date.now() - asked < ASK_AGAIN) return;
      asked = Date.now();
      registration.update().catch(() => {});
    });
    const { active } = await workers.ready;
    whenIdle(() => active.postMessage("idle"));
  } catch {
    // Refused, as in frames of other sites, or there is no network: the page works, for as long as it is open.
  }
}

function whenIdle(then) {
  if (globalThis.requestIdleCallback) requestIdleCallback(then);
  else setTimeout(then, 1000);
}

/** Lets the newer version take over, which the reader has agreed to and everything is stored for. */
function update() {
  const next = registration?.waiting;
  isAgreed = true;
  if (!next) return location.reload();
  next.addEventListener("statechange", () => next.state === "activated" && location.reload());
  next.postMessage("take over");
}

/** Removes what keeps the page for use without a network, and loads it anew: everything else was erased. */
async function leave() {
  try {
    sessionStorage.removeItem(TRAPPED);
    const scope = new URL("./", location.href).href;
    const names = (await caches.keys()).filter((name) => name.startsWith(`landfall ${scope} `));
    await Promise.all(names.map((name) => caches.delete(name)));
    const own = await navigator.serviceWorker.getRegistration();
    if (own?.scope === scope) await own.unregister();
  } catch {
    // There was nothing, or it can't be reached.
  }
  location.reload();
}

/* Work away from the page. */

/** Has a task performed in a worker, or here where there can be none. What it gives ends it before it is done. */
function work(task, report) {
  let isEnded = false;
  const onPage = () => perform(host, task, (answer) => isEnded || report(answer));
  let worker;
  try {
    worker = new Worker(trusted.createScriptURL(import.meta.url), { type: "module" });
  } catch {
    onPage();
    return () => (isEnded = true);
  }
  let isReady = false;
  const end = () => {
    isEnded = true;
    worker.terminate();
  };
  worker.onmessage = ({ data }) => {
    if (data === "ready") {
      isReady = true;
      worker.postMessage({ module, task });
    } else if (!isEnded) {
      if (!["progress", "some"].includes(data[0])) end();
      report(data);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    if (isEnded) return;
    worker.terminate();
    if (!isReady) return onPage();
    isEnded = true;
    report(["unread", event.message]);
  };
  return end;
}

/** In a worker: waits for the task. */
function serve() {
  onmessage = async ({ data: { module, task } }) => {
    try {
      await init({ module_or_path: module });
      await perform(host, task, (answer) => postMessage(answer));
    } catch (error) {
      postMessage(["unread", `${error}`]);
    }
  };
  postMessage("ready");
}

/** What the reader of order exports answers to the bytes of a file. */
async function orders(bytes, locale) {
  const { default: load, orderExport } = await import(new URL(ORDER_EXPORT, import.meta.url));
  await load();
  return orderExport(bytes, locale, false, () => {});
}

/* The start. */

/** The wasm, which is on its way already, compiled as it comes where the host names its type. */
async function compiled() {
  const wasm = document.querySelector('link[rel="preload"][as="fetch"]');
  const response = await fetch(wasm.href, { integrity: wasm.dataset.integrity });
  const isNamed = response.headers.get("content-type") === "application/wasm";
  return isNamed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

if (isPage) {
  const main = document.querySelector("main.start");
  try {
    module = await compiled();
    await init({ module_or_path: module });
    watch();
    start(host);
  } catch (error) {
    if (isTrap(error)) replace(error);
    else {
      console.error(error);
      main.classList.add("failed");
      document.body.replaceChildren(main);
    }
  }
} else {
  serve();
}
