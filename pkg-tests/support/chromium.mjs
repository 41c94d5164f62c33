// Chromium for tests and benchmarks.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
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

/**
 * Starts Chromium on a profile that stays, in a process group of its own: `context` is its only one, and `kill` ends
 * all its processes where they stand.
 */
export async function startOnProfile(profile) {
  const own = ["--headless", "--window-size=1280,800", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"];
  const browser = spawn(findChromium(), [...ARGUMENTS, ...own], { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(browser, "exit");
  const kill = async () => {
    try {
      process.kill(-browser.pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
    await exited;
  };
  try {
    const address = await Promise.race([listening(browser.stderr), exited.then(() => undefined)]);
    if (!address) throw new Error(`Chromium doesn’t start on ${profile}`);
    const connection = await chromium.connectOverCDP(address);
    return { context: connection.contexts()[0], kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** Where a Chromium can be told what to do; nothing where it doesn't say so. */
async function listening(output) {
  for await (const line of createInterface(output)) {
    const address = /^DevTools listening on (.*)$/.exec(line)?.[1];
    if (!address) continue;
    // What it says from now on is of no interest, and would fill the pipe.
    output.resume();
    return address;
  }
  return undefined;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
