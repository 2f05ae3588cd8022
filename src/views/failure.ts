import { statusWord } from "../run/status-words.ts";
import type { Run } from "../run/types.ts";
import { formatBytes } from "../run/units.ts";
import { stripAnsi } from "./ansi.ts";

/** Why a run did not end well, for the top of its page. */
export interface Failure {
  /** `exit code 1`, `SIGKILL …`. */
  reason: string;
  /** The line of the output that names the error, if one does: `ValueError: shapes do not match`. */
  cause: string | null;
  /** A likely explanation with its evidence, phrased as likely; or null. */
  likely: string | null;
  /** The end of the output, colours kept, at most `lines` lines. */
  tail: string;
}

/**
 * The failure of a run that failed, was killed, was lost or diverged; null for one that completed, was stopped by a person
 * or still runs. `memoryLimit` is what the machine had, in bytes.
 */
export function failureOf(run: Run, output: string, memoryLimit: number | null, lines = 30): Failure | null {
  const { kind, word, reason } = statusWord(run);
  if (kind !== "failed" && kind !== "killed" && kind !== "lost" && kind !== "diverged") return null;
  return {
    reason: reason ?? word,
    cause: causeOf(output),
    likely: likelyCause(run, memoryLimit),
    tail: lastLines(output, lines),
  };
}

/** The last `count` lines that are not empty at the end. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

/** Python, Node, Java and most others end a trace with `SomethingError: why`; shells and compilers say `error: why`. */
function causeOf(output: string): string | null {
  const lines = stripAnsi(lastLines(output, 60)).split("\n").reverse();
  const line = lines.find((text) =>
    /^\s*(?:[\w.]*(?:Error|Exception|Interrupt|Panic)\b|(?:fatal|error|panic)\b)[^:]*:\s*\S/i.test(text),
  );
  return line === undefined ? null : line.trim().slice(0, 300);
}

function likelyCause(run: Run, memoryLimit: number | null): string | null {
  if (run.derived !== null)
    return run.derived.outOfMemory.length === 0 ? null : `Likely out of memory. ${run.derived.outOfMemory.join(" ")}`;
  const peak = run.system["op/mem/pss"]?.max ?? run.system["op/mem/rss"]?.max;
  if (run.signal !== "SIGKILL" || !peak || memoryLimit === null || peak.value < 0.8 * memoryLimit) return null;
  return `Likely out of memory: it held ${formatBytes(peak.value)} of ${formatBytes(memoryLimit)} when last seen.`;
}
