import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputStream } from "../../src/run/log-lines.ts";
import type { RunPlan } from "./plan.ts";

/** What somebody needs who has to go on with a recording: written before the command starts, read when its recorder was killed. */
export interface KeptPlan {
  plan: Omit<RunPlan, "probes" | "facts">;
  id: string;
  /** Exactly what is started. */
  argv: string[];
  /** UTC ISO-8601. */
  started: string;
  /** The run's zero on the monotonic clock, in nanoseconds: the same clock for every process since this boot. */
  zero: string;
  /** What the held descriptors are, in their order. */
  streams: OutputStream[];
}

const NAME = "plan.json";

/** Throws what the file system throws. */
export function writePlan(logDir: string, kept: KeptPlan): void {
  writeFileSync(
    join(logDir, NAME),
    `${JSON.stringify({ ...kept, plan: { ...kept.plan, probes: undefined, facts: undefined } })}\n`,
    { mode: 0o600 },
  );
}

/** Throws when it is not there or torn: then the recorder was killed before it started anything. */
export function readPlan(logDir: string): KeptPlan {
  const kept: KeptPlan = JSON.parse(readFileSync(join(logDir, NAME), "utf8")); // our own file, of the same version of ours
  return kept;
}

/** To be called when the record is closed: nobody has to go on. */
export function forgetPlan(logDir: string): void {
  rmSync(join(logDir, NAME), { force: true });
}
