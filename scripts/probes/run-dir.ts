import { lstatSync, readdirSync } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { defineProbe } from "./_contract.ts";

/** The recorder's own folder is not the program's. */
const OURS = ".guild";
/** After so many entries there is a pause, so that walking takes this share of the time whatever the size of the tree. */
const BATCH = 64;
const MOST_SHARE = 1 / 200;
/** Between two walks. */
const LEAST_PAUSE_MS = 5000;
const MOST_PAUSE_MS = 300_000;
/** At the end a small tree is counted once more at once; a large one is told as it was counted last. */
const LAST_ENTRIES = 500;

export default defineProbe({
  summary: "How much lies in RUN_DIR: whether checkpoints fill the disk",
  tags: { "op/disk/run_dir_bytes": "B" },
  open({ runDir }) {
    let closed = false;
    let bytes: number | null = null;
    let told: number | null = null;
    let walking = false;
    let notBefore = 0;
    const walk = async (): Promise<void> => {
      walking = true;
      const begin = performance.now();
      bytes = (await sizeOf(runDir, () => closed)) ?? bytes;
      const took = performance.now() - begin;
      notBefore = performance.now() + Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, took / MOST_SHARE));
      walking = false;
    };
    const fresh = (now: number | null): Record<string, number> => {
      if (now === null || now === told) return {};
      told = now;
      return { "op/disk/run_dir_bytes": now };
    };
    return {
      sample() {
        if (!walking && performance.now() >= notBefore) void walk();
        // Said again only when it has changed: a series that stands still is one point.
        return fresh(bytes);
      },
      last() {
        const now = sizeNow(runDir, LAST_ENTRIES);
        return fresh(now === "many" ? bytes : now);
      },
      close() {
        closed = true;
      },
    };
  },
});

/** Bytes of all files below a directory, links not followed; null when it was stopped, or the directory is not there. */
async function sizeOf(root: string, stopped: () => boolean): Promise<number | null> {
  const folders = [root];
  let bytes = 0;
  let seen = 0;
  let begin = performance.now();
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      for await (const entry of await opendir(folder)) {
        if (stopped()) return null;
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (path !== join(root, OURS)) folders.push(path);
        } else if (entry.isFile()) bytes += (await lstat(path)).size;
        seen += 1;
        if (seen % BATCH !== 0) continue;
        await pause((performance.now() - begin) / MOST_SHARE, undefined, { ref: false });
        begin = performance.now();
      }
    } catch {
      if (folder === root) return null;
      // removed while we looked: it takes no room any more
    }
  }
  return bytes;
}

/** The same at once; `many` beyond so many entries, null when the directory is not there. */
function sizeNow(root: string, most: number): number | "many" | null {
  const folders = [root];
  let bytes = 0;
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      seen += entries.length;
      if (seen > most) return "many";
      for (const entry of entries) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (path !== join(root, OURS)) folders.push(path);
        } else if (entry.isFile()) bytes += lstatSync(path).size;
      }
    } catch {
      return null;
    }
  }
  return bytes;
}
