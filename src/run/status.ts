import type { Manifest } from "./manifest.ts";
import type { Run, Status } from "./types.ts";

/** A record from elsewhere that says "running" is believed for so long beyond its own interval. NFS caches attributes for 60 s. */
const SILENCE_SECONDS = 90;

export interface MachineFacts {
  nowMs: number;
  /** This boot of this machine; null where the system does not tell. */
  bootId: string | null;
  /** Is the process with this number and start still there? A zombie is not. */
  isAlive: (pid: number, start: string | null) => boolean;
  /** This machine's name; when it is given and differs, the run is judged by its heartbeat. */
  host?: string;
  /** When `.guild/system.jsonl` was last written. */
  heartbeatMs?: number;
}

/**
 * The status of a run whose exact log is on this machine. What has ended is believed; "running" is believed only while its
 * recorder, or the command itself, is alive since the same boot. `lost` in the file is derived anew.
 */
export function deriveStatus(manifest: Manifest, facts: MachineFacts): Status {
  if (!isOpen(manifest) || isStaged(manifest)) return manifest.status;
  if (facts.host !== undefined && manifest.host !== "" && facts.host !== manifest.host) {
    const heard = Math.max(facts.heartbeatMs ?? 0, Date.parse(manifest.updated));
    return facts.nowMs - heard > SILENCE_SECONDS * 1000 ? "lost" : "running";
  }
  if (facts.bootId !== null && manifest.bootId !== null && facts.bootId !== manifest.bootId) return "lost";
  if (facts.isAlive(manifest.recorder.pid, manifest.recorder.start)) return "running";
  if (manifest.child && facts.isAlive(manifest.child.pid, manifest.child.start)) return "running";
  return "lost";
}

/** The status of a public record by its heartbeat: `updated`, the interval that it promises, and some patience. */
export function publicStatus(run: Run, nowMs: number): Status {
  if (!isOpen(run) || isStaged(run)) return run.status;
  const silentSeconds = (nowMs - Date.parse(run.updated)) / 1000;
  return silentSeconds > SILENCE_SECONDS + 2 * run.intervalSeconds ? "lost" : run.status === "lost" ? "running" : run.status;
}

/**
 * How a run ended: 0 is completed; interrupted, terminated or hung up is terminated (also when a shell or program reports it as
 * 128 + signal); any other code or signal is an error. Both null, an end whose exit nobody saw, is lost.
 */
export function endStatus(exitCode: number | null, signal: string | null): "completed" | "error" | "terminated" | "lost" {
  if (signal !== null) return STOPPING.has(signal) ? "terminated" : "error";
  if (exitCode === null) return "lost";
  if (exitCode === 0) return "completed";
  return exitCode === 129 || exitCode === 130 || exitCode === 143 ? "terminated" : "error";
}

const STOPPING = new Set(["SIGINT", "SIGTERM", "SIGHUP"]);

/** Is the status still to be derived? A lost run that has an end was closed by the second recorder, which saw it end. */
export function isOpen({ status, stopped }: Pick<Run, "status" | "stopped">): boolean {
  return status === "running" || status === "pending" || (status === "lost" && stopped === null);
}

/** Another tracker has prepared it and nobody has started it: there is no recorder whose silence could mean anything. */
export function isStaged({ status, source }: Pick<Run, "status" | "source">): boolean {
  return status === "pending" && source.kind !== "record";
}
