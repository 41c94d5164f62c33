// Starts the page. The build puts the glue in the place of the import: browsers check the integrity of the
// scripts that index.html names, but not of what those import.
// If the page can't be started, this shows the sentences that index.html keeps for it.

import init from "./landfall.js";

const start = document.querySelector("main.start");

try {
  // On its way already.
  const wasm = document.querySelector('link[rel="preload"][as="fetch"]');
  await init({ module_or_path: fetch(wasm.href, { integrity: wasm.dataset.integrity }) });
} catch (error) {
  console.error(error);
  start.classList.add("failed");
  document.body.replaceChildren(start);
}
