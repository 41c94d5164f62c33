// Chromium for tests and benchmarks.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

// No sandbox: tests often run as root. Nothing that calls home.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The Chromium named by $CHROMIUM, or else the first one on the PATH. */
export function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const candidates = process.env.CHROMIUM ? [process.env.CHROMIUM] : onPath;
  const found = candidates.find(isProgram);
  if (!found) {
    throw new Error(
      "Chromium is needed: install it (Debian: `apt-get install chromium fonts-noto-cjk`) or name it in $CHROMIUM.",
    );
  }
  return found;
}

/** Starts Chromium with a fresh profile; further arguments go to it. Close it in the end. */
export function launchChromium(...furtherArguments) {
  return chromium.launch({ executablePath: findChromium(), args: [...ARGUMENTS, ...furtherArguments] });
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
