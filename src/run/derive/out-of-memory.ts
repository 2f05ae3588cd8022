import type { DerivedFigure, Run, Series } from "../types.ts";
import { formatBytes, formatCount } from "../units.ts";

/** So much of the limit is near it: the last sample may be a second older than the end. */
const NEAR = 0.85;
/** How many of the last lines are looked at, and how much of each. */
const LINES = 60;
const LINE_LENGTH = 400;

const WORDS: readonly RegExp[] = [
  /\b(?:CUDA|HIP|MPS backend|XPU|Metal)\b.{0,40}\bout of memory\b/i,
  /\bOutOfMemoryError\b/,
  /\bMemoryError\b/,
  /\bCannot allocate memory\b|\bcan't allocate memory\b/i,
  /\bUnable to allocate \S+ \wi?B\b/,
  /\bstd::bad_alloc\b/,
  /\bRESOURCE_EXHAUSTED\b.{0,80}\bmemory\b/i,
  /\bjava\.lang\.OutOfMemory/,
  /\bJavaScript heap out of memory\b/,
  /\boom[-_ ]?kill/i,
];

/**
 * Signs that a run which failed ran out of memory, one sentence each; empty when there is none, and for every run that did not end
 * with an error. That it was killed is no sign by itself: with the kernel's own count or with memory near its limit it is.
 */
export function outOfMemory(
  run: Pick<Run, "status" | "exitCode" | "signal">,
  system: readonly Series[],
  peak: DerivedFigure,
  output: string,
): string[] {
  if (run.status !== "error" && run.status !== "lost") return [];
  const killed =
    run.signal === "SIGKILL" ? "It was ended by SIGKILL." : run.exitCode === 137 ? "It ended with exit code 137: killed." : null;
  const kills = system.find(({ tag }) => tag === "op/cgroup/oom_kills");
  const rise = kills === undefined ? 0 : kills.last.at(-1)! - kills.last[0]!;
  const near = peak.value !== null && peak.limit !== null && peak.value >= NEAR * peak.limit;
  const said = lastLines(output).findLast((line) => WORDS.some((words) => words.test(line)));
  const signs = [
    rise > 0
      ? `The kernel's out-of-memory killer ended ${formatCount(rise)} ${rise === 1 ? "process" : "processes"} of its control group.`
      : null,
    near && killed !== null ? `It held ${formatBytes(peak.value!)} of ${formatBytes(peak.limit!)} when last seen.` : null,
    said === undefined ? null : `Its output says: ${said.trim().slice(0, 200)}`,
  ].filter((sign): sign is string => sign !== null);
  return signs.length > 0 && killed !== null ? [killed, ...signs] : signs;
}

function lastLines(output: string): string[] {
  return output
    .trimEnd()
    .split("\n")
    .slice(-LINES)
    .map((line) => line.slice(0, LINE_LENGTH));
}
