import { type FSWatcher, statSync, watch } from "node:fs";
import { join } from "node:path";
import type { RunEvent } from "../../../src/run/types.ts";
import { checkpointName, isCheckpoint, isImage, isLargeModel, stepInName } from "../output-files.ts";
import type { StepClock } from "../step-clock.ts";
import type { OpenSource } from "./_contract.ts";
import { indexFolder } from "./folder-index.ts";

/** A file that has been quiet for so long counts as written. */
const QUIET_MS = 80;
/** Folders that are watched; beyond them, the look once a second finds new files. */
const WATCHED_FOLDERS = 32;
/** So many of the newest files are looked at each time, and so many of the others in turn: a program may write a million. */
const NEWEST = 200;
const IN_TURN = 100;

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
 * change and the step of that time, or the step in its name. A file that is written again at another step is another event. Large
 * files without a telling name count as checkpoints; the files of one checkpoint's folder are one.
 */
export function watchFiles(runDir: string, startedMs: number, steps: StepClock, onEvent: (event: RunEvent) => void): FileWatch {
  const index = indexFolder(runDir, { enter: (path) => path !== ".guild" });
  /** By path, in order of discovery. */
  const files = new Map<string, number | null>();
  const toldSteps = new Map<string, number | null>();
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | null = null;
  let turn = 0;

  const look = (settledBefore: number, all = false): void => {
    for (const path of index.refresh()) {
      watchFolder(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
      files.set(path, null);
    }
    let pending = false;
    for (const path of all ? [...files.keys()] : someOf(files)) {
      const stat = statSync(join(runDir, path), { throwIfNoEntry: false });
      if (stat === undefined) files.delete(path);
      else if (files.get(path) !== stat.mtimeMs) {
        const kind = isImage(path) ? "image" : isCheckpoint(path) || isLargeModel(path, stat.size) ? "checkpoint" : null;
        if (stat.mtimeMs > settledBefore) pending ||= kind !== null;
        else {
          files.set(path, stat.mtimeMs);
          if (kind !== null) tell(kind, path, stat.mtimeMs);
        }
      }
    }
    if (pending) soon();
  };
  const tell = (kind: "image" | "checkpoint", path: string, mtimeMs: number): void => {
    const detail = kind === "checkpoint" ? checkpointName(path) : path;
    // Files may carry any time (copied, unpacked, another machine's clock): it counts while it is within the run.
    const t = Math.max(0, (mtimeMs - startedMs) / 1000);
    const step = stepInName(detail) ?? steps.at(t);
    if (toldSteps.has(detail) && toldSteps.get(detail) === step) return;
    toldSteps.set(detail, step);
    onEvent({ step, t, kind, detail });
  };
  /** The newest, and some of the others: each has its turn. */
  const someOf = (known: Map<string, unknown>): string[] => {
    const paths = [...known.keys()];
    const older = paths.slice(0, -NEWEST);
    const from = older.length === 0 ? 0 : (turn * IN_TURN) % older.length;
    turn += 1;
    return [...older.slice(from, from + IN_TURN), ...paths.slice(-NEWEST)];
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
      look(Number.POSITIVE_INFINITY, true);
    },
  };
}
