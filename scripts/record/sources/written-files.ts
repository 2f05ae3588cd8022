import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "../../../src/run/types.ts";
import { isCheckpoint, isImage, listOutputFiles } from "../output-files.ts";
import type { StepClock } from "../step-clock.ts";
import type { OpenSource } from "./_contract.ts";

/** A file that has been quiet for so long counts as written. */
const QUIET_MS = 80;
/** Folders that are watched; beyond them, the look once a second finds new files. */
const WATCHED_FOLDERS = 32;

/** Checkpoints and images that appear in RUN_DIR, as events. */
export const openWrittenFiles: OpenSource = ({ runDir, clock, ledger }) => {
  const watch = watchFiles(runDir, clock.started.getTime(), ledger.steps, ledger.event);
  return { look: watch.look, end: async () => watch.stop() };
};

export interface FileWatch {
  /** Looks for new files; once a second, for file systems that tell nothing. */
  look(): void;
  /** A last look: what is there now counts as written. */
  stop(): void;
}

/**
 * Notices checkpoints and images that the program writes to RUN_DIR, and when: each becomes an event at the time of its last
 * change and the step of that time. A file that is written again at another step is another event.
 */
export function watchFiles(runDir: string, startedMs: number, steps: StepClock, onEvent: (event: RunEvent) => void): FileWatch {
  const told = new Map<string, { mtimeMs: number; step: number | null }>();
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | null = null;

  const look = (settledBefore: number): void => {
    let pending = false;
    for (const { path, mtimeMs } of listOutputFiles(runDir)) {
      watchFolder(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
      const kind = isImage(path) ? "image" : isCheckpoint(path) ? "checkpoint" : null;
      const before = told.get(path);
      if (kind === null || before?.mtimeMs === mtimeMs) continue;
      if (mtimeMs > settledBefore) {
        pending = true;
        continue;
      }
      // Files may carry any time (copied, unpacked, another machine's clock): it counts while it is within the run.
      const t = Math.max(0, (mtimeMs - startedMs) / 1000);
      const step = steps.at(t);
      told.set(path, { mtimeMs, step });
      if (before === undefined || before.step !== step) onEvent({ step, t, kind, detail: path });
    }
    if (pending) soon();
  };
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      look(Date.now() - QUIET_MS / 2);
    }, QUIET_MS);
  };
  const watchFolder = (folder: string): void => {
    if (watchers.has(folder) || watchers.size >= WATCHED_FOLDERS) return;
    try {
      const watcher = watch(join(runDir, folder), (_, name) => {
        if (name !== ".guild") soon();
      });
      watcher.on("error", () => watcher.close());
      watcher.unref();
      watchers.set(folder, watcher);
    } catch {
      // no watches left, or the folder is gone: the look once a second has to do
    }
  };
  watchFolder("");
  return {
    look: () => look(Date.now() - QUIET_MS / 2),
    stop() {
      if (timer !== null) clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      look(Number.POSITIVE_INFINITY);
    },
  };
}
