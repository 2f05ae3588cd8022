import type { Run } from "../run/types.ts";

/**
 * How long a run took, in seconds; for one that still goes on, how long it had been going when its record was last written.
 * Null when its end was not seen.
 */
export function elapsedSeconds(run: Pick<Run, "status" | "durationSeconds" | "started" | "updated">): number | null {
  if (run.durationSeconds !== null || run.status !== "running") return run.durationSeconds;
  const seconds = (Date.parse(run.updated) - Date.parse(run.started)) / 1000;
  return seconds >= 0 ? seconds : null;
}
