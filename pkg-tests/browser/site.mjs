// The built page as a site whose files a test may change, with all that goes with a change, and whose server it may stop.

import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { launchChromium } from "../support/chromium.mjs";
import { root, serve } from "../support/serve.mjs";

let chromium;
before(async () => {
  chromium = await launchChromium();
});
after(() => chromium?.close());

const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

/**
 * Another build in a folder: the style sheet has a mark, and whatever names the style sheet or the build is changed
 * as the build would have it. `edit` may change the text of the boot script.
 */
export async function rebuild(folder, mark, edit = (text) => text) {
  const names = await readdir(folder);
  const files = new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))])));
  const build = /const BUILD = "(\w+)"/.exec(files.get("sw.js"))[1];
  const style = names.find((name) => name.startsWith("style-"));
  const boot = names.find((name) => name.startsWith("boot-"));
  const replaced = new Map([[build, mark.padEnd(build.length, "0")]]);
  const change = (name, renamed, bytes) => {
    replaced.set(name, renamed);
    replaced.set(integrity(files.get(name)), integrity(bytes));
    files.delete(name);
    files.set(renamed, bytes);
  };
  change(style, style.replace(/-\w+\./, `-${mark}.`), Buffer.concat([files.get(style), Buffer.from(`\n:root { --mark: "${mark}"; }\n`)]));
  change(boot, boot.replace(/-\w+\./, `-${mark}.`), Buffer.from(edit(`${files.get(boot)}`.replace(build, replaced.get(build)))));
  for (const name of ["index.html", "rescue.html", "sw.js"]) {
    const before = files.get(name);
    let text = `${before}`;
    for (const [old, now] of replaced) text = text.replaceAll(old, now);
    files.set(name, Buffer.from(text));
    if (name !== "sw.js") replaced.set(integrity(before), integrity(files.get(name)));
  }
  for (const name of names) await rm(join(folder, name));
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
}

/** Runs `use` with a folder that has the built page, a server of it, and a browser without a page. */
export async function withSite(use, options = {}) {
  const folder = await mkdtemp(join(tmpdir(), "landfall-"));
  await cp(join(root, "dist"), folder, { recursive: true });
  const site = await serve(folder, options);
  const context = await chromium.newContext({ locale: "en-US", timezoneId: "UTC" });
  try {
    await use({ folder, site, context, page: await context.newPage() });
  } finally {
    await context.close();
    await site.close().catch(() => {});
    await rm(folder, { recursive: true });
  }
}

/** Stores rows and notes in the database, and texts in the local storage, as some version of Landfall would. */
export function store(page, { rows = {}, meta = {}, local = {} }) {
  return page.evaluate(
    async ([rows, meta, local]) => {
      const opening = indexedDB.open("landfall");
      opening.onupgradeneeded = () => ["rows", "meta"].forEach((name) => opening.result.createObjectStore(name));
      await new Promise((done) => (opening.onsuccess = done));
      const transaction = opening.result.transaction(["rows", "meta"], "readwrite");
      for (const [key, value] of Object.entries(rows)) transaction.objectStore("rows").put(value, key);
      for (const [key, value] of Object.entries(meta)) transaction.objectStore("meta").put(value, key);
      await new Promise((done) => (transaction.oncomplete = done));
      opening.result.close();
      Object.assign(localStorage, local);
    },
    [rows, meta, local],
  );
}
