// Only in `cargo xtask serve`, where browsers look for the service worker of a published page that was served at this
// address before: takes its place, clears away what it kept, and goes.

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith(`landfall ${self.registration.scope} `));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
  for (const client of await self.clients.matchAll()) client.navigate(client.url);
}
