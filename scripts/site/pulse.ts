import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join } from "node:path";
import { isInProgress } from "../../src/load/live.ts";
import { logFolder } from "../../src/load/live-status.ts";
import { readRun, runsFolder } from "../../src/load/runs.ts";

/** Where watching sees nothing (shared mounts, some containers), looking does. */
const LOOK_EVERY_MS = 1000;

export interface Pulse {
  /** Ids of the runs that are in progress on this machine. */
  inProgress(): ReadonlySet<string>;
  /** Calls back when a log in progress has grown. Gives back what ends it. */
  onLog(listener: () => void): () => void;
  /** Calls back with the id of a run whose public record is new, changed or gone. */
  onRecord(listener: (id: string) => void): () => void;
  close(): void;
}

/**
 * Watches a project for the live view: the logs of runs in progress, and the public records. One watcher a folder, for runs in
 * progress only, so that ten thousand finished runs cost nothing but a look at one folder a second.
 */
export function startPulse(root: string): Pulse {
  const logListeners = new Set<() => void>();
  const recordListeners = new Set<(id: string) => void>();
  const watchers = new Map<string, FSWatcher | null>();
  const inProgress = new Set<string>();
  let stamps = new Map<string, string>();

  const look = () => {
    const known = stamps;
    stamps = recordStamps(root);
    for (const id of changedIds(known, stamps)) {
      follow(id);
      for (const tell of recordListeners) tell(id);
    }
    // A run that lost its recorder changes without any file being written.
    for (const id of inProgress) if (!goesOn(root, id)) follow(id, true);
    for (const tell of logListeners) tell();
  };
  const follow = (id: string, tellToo = false) => {
    const goes = goesOn(root, id);
    if (goes === inProgress.has(id)) return;
    if (goes) {
      inProgress.add(id);
      watchFolder(logFolder(root, id), () => {
        for (const tell of logListeners) tell();
      });
      watchFolder(join(runsFolder(root), id), look);
    } else {
      inProgress.delete(id);
      for (const folder of [logFolder(root, id), join(runsFolder(root), id)]) {
        watchers.get(folder)?.close();
        watchers.delete(folder);
      }
    }
    if (tellToo) for (const tell of recordListeners) tell(id);
  };
  const watchFolder = (folder: string, changed: () => void) => {
    if (watchers.has(folder)) return;
    try {
      watchers.set(
        folder,
        watch(folder, changed).on("error", () => {}),
      );
    } catch {
      watchers.set(folder, null); // no inotify left, or not there yet: the look once a second remains
    }
  };

  look();
  watchFolder(runsFolder(root), look);
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    inProgress: () => inProgress,
    onLog: (listener) => subscribe(logListeners, listener),
    onRecord: (listener) => subscribe(recordListeners, listener),
    close() {
      clearInterval(timer);
      for (const watcher of watchers.values()) watcher?.close();
    },
  };
}

function subscribe<T>(set: Set<T>, listener: T): () => void {
  set.add(listener);
  return () => set.delete(listener);
}

function goesOn(root: string, id: string): boolean {
  const run = readRun(root, id);
  return run !== null && isInProgress(root, run);
}

/** Size and time of every `run.json`, and of `edits.yml` and `notes.md` where they are, by run id. */
function recordStamps(root: string): Map<string, string> {
  const stamps = new Map<string, string>();
  for (const id of foldersIn(runsFolder(root))) {
    const stamp = ["run.json", "edits.yml", "notes.md"].map((name) => {
      const stat = statSync(join(runsFolder(root), id, name), { throwIfNoEntry: false });
      return stat === undefined ? "" : `${stat.size}:${stat.mtimeMs}`;
    });
    if (stamp[0] !== "") stamps.set(id, stamp.join(" "));
  }
  return stamps;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no run has been recorded yet
  }
}

function changedIds(before: Map<string, string>, now: Map<string, string>): string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id));
}
