import { setImmediate } from "node:timers/promises";
import { readRun, runIds } from "../../src/load/runs.ts";

/** The packages that pages import beside Astro and beside what the command has loaded already. */
const PACKAGES = ["d3", "unified", "remark-parse", "remark-gfm", "remark-rehype", "rehype-sanitize", "rehype-stringify", "sharp"];
const RUNS_A_TURN = 10;

/**
 * Loads what the pages are about to need, packages and records, while the bundler works in threads of its own and this one would
 * wait for it. A build is right without it; with it the pages find everything in memory. Nothing here fails: whoever needs a
 * thing that cannot be loaded says so.
 */
export async function loadAhead(root: string): Promise<void> {
  for (const name of PACKAGES) {
    await import(name).catch(() => null);
    await setImmediate();
  }
  for (const [index, id] of runIds(root).entries()) {
    readRun(root, id);
    if (index % RUNS_A_TURN === 0) await setImmediate();
  }
}
