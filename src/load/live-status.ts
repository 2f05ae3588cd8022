import { existsSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { parseManifest } from "../run/manifest.ts";
import { deriveStatus, isOpen, publicStatus } from "../run/status.ts";
import type { Run, Status } from "../run/types.ts";
import { readJson } from "./json.ts";
import { bootId, isAlive } from "./processes.ts";

/**
 * The status of a run as it is now. A run that has ended is believed; one that says "running" is looked for among this
 * machine's processes when its exact log is here, and judged by its heartbeat when it is not.
 */
export function currentStatus(root: string, run: Run, nowMs = Date.now()): Status {
  if (!isOpen(run)) return run.status;
  const log = logFolder(root, run.id);
  if (!existsSync(join(log, "run.json"))) return publicStatus(run, nowMs);
  try {
    const manifest = parseManifest(readJson(root, join(log, "run.json")));
    const heartbeatMs = statSync(join(log, "system.jsonl"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return deriveStatus(manifest, { nowMs, bootId: bootId(), isAlive, host: hostname(), heartbeatMs });
  } catch {
    return publicStatus(run, nowMs); // a torn private manifest: the public record and its heartbeat are what is left
  }
}

/** Where the recorder keeps the exact log of a run. */
export function logFolder(root: string, id: string): string {
  return join(root, "runs", id, ".guild");
}
