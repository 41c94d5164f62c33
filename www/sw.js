// Keeps the page for use without a network. All files of a build lie in one cache under its name, and are there all
// or not at all: no page is ever made of two builds. A newer build waits until the reader lets it take over.

const BUILD = "{{build}}";
/** The files of the build, with their integrity. */
const FILES = "{{files}}";
/** Those that are fetched once the page is idle, or when they are needed. */
const LATER = "{{later}}";

const SCOPE = self.registration.scope;
/** What the names of all caches of this page start with; other pages of the same host have others. */
const OURS = `landfall ${SCOPE} `;
const CACHE = OURS + BUILD;

/** What the owner of the shop puts beside the page: the newest one that can be had, whatever the build. */
const SHOP = "shop.json";
const SHOP_CACHE = `${OURS}shop`;
/** The milliseconds that the server may take for it. */
const PATIENCE = 4000;

self.addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  try {
    const files = await Promise.all(Object.keys(FILES).map(async (name) => [address(name), await fetched(name)]));
    const cache = await caches.open(CACHE);
    await Promise.all(files.map(([url, response]) => cache.put(url, response)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
  // Not part of the build.
  await shop().catch(() => {});
}

self.addEventListener("activate", (event) => event.waitUntil(clear()));

/** Clears away what older builds kept. */
async function clear() {
  // Where a newer build is on its way, that does it.
  if (self.registration.installing || self.registration.waiting) return;
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE && name !== SHOP_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(self.skipWaiting());
  if (event.data === "idle") event.waitUntil(Promise.allSettled(Object.keys(LATER).map(file)));
});

self.addEventListener("fetch", (event) => {
  const name = ours(event.request);
  if (name === SHOP) event.respondWith(shop());
  else if (name) event.respondWith(answer(event.request, name));
});

/** Which of our files is asked for; nothing else is answered here. */
function ours({ method, url }) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || !(origin + pathname).startsWith(SCOPE)) return undefined;
  const name = (origin + pathname).slice(SCOPE.length) || "index.html";
  return name === SHOP || Object.hasOwn(FILES, name) || Object.hasOwn(LATER, name) ? name : undefined;
}

function address(name) {
  return new URL(name === "index.html" ? "./" : name, SCOPE).href;
}

async function answer(request, name) {
  try {
    return await file(name);
  } catch (error) {
    // Lost here and changed there: another build can start from the network, as if nothing were kept.
    if (request.mode === "navigate") return fetch(request);
    throw error;
  }
}

/** A file of the build. Where it isn't kept, it is fetched and kept. */
async function file(name) {
  const url = address(name);
  const kept = await caches.match(url, { cacheName: CACHE });
  if (kept) return kept;
  const response = await fetched(name);
  const copy = response.clone();
  // Too full to keep it is no reason not to answer.
  await caches.open(CACHE).then((cache) => cache.put(url, copy)).catch(() => {});
  return response;
}

/** A file from the server, if it is the one that was built. */
async function fetched(name) {
  const response = await fetch(address(name), { integrity: FILES[name] ?? LATER[name], cache: "no-cache" });
  if (!response.ok) throw new TypeError(`${name}: ${response.status}`);
  // Hosts that send elsewhere for a page would have the browser refuse it here.
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
}

/** The shop file from the server; without a network, or where something else answers, the last one. */
async function shop() {
  const cache = await caches.open(SHOP_CACHE);
  const url = address(SHOP);
  try {
    const response = await fetch(url, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
    if (response.status === 404) return response;
    if (!response.ok || !response.headers.get("content-type")?.includes("json")) throw new TypeError(`${response.status}`);
    await cache.put(url, response.clone());
    return response;
  } catch {
    return (await cache.match(url)) ?? Response.error();
  }
}
