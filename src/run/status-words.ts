/** A run's state in the reader's words. The shape and colour that go with each `kind` are in styles/status.css. */
import type { Run, StepValue } from "./types.ts";

export type StatusKind = "completed" | "diverged" | "failed" | "killed" | "stopped" | "running" | "pending" | "lost";

export interface StatusWord {
  kind: StatusKind;
  word: string;
  /** How it ended, where the word alone does not say: `exit code 1`, `Ctrl-C (SIGINT)`; else null. */
  reason: string | null;
}

/** What of a run tells how it stands. */
export type Ended = Pick<Run, "status" | "exitCode" | "signal"> &
  Partial<Pick<Run, "stopped">> & { scalars: Record<string, { last: StepValue }> };

const signalNames: Record<string, string> = {
  SIGINT: "Ctrl-C (SIGINT)",
  SIGTERM: "SIGTERM",
  SIGHUP: "the terminal closed (SIGHUP)",
  SIGKILL: "SIGKILL, often the out-of-memory killer",
  SIGSEGV: "segmentation fault (SIGSEGV)",
  SIGABRT: "aborted (SIGABRT)",
  SIGBUS: "bus error (SIGBUS)",
  SIGFPE: "arithmetic error (SIGFPE)",
};

/** `error` is failed or, by a signal, killed; `terminated` is stopped; a completed run whose scalars ended non-finite has
 * diverged. One NaN on the way does not count: a gradient norm overflows in many a healthy half-precision run. */
export function statusWord(run: Ended): StatusWord {
  switch (run.status) {
    case "completed": {
      const diverged = Object.keys(run.scalars).filter((tag) => !Number.isFinite(run.scalars[tag]!.last.value));
      if (diverged.length === 0) return { kind: "completed", word: "completed", reason: null };
      return { kind: "diverged", word: "diverged", reason: `${diverged.join(", ")} ended NaN or infinite` };
    }
    case "error":
      if (run.signal !== null) return { kind: "killed", word: "killed", reason: signalText(run.signal) };
      return {
        kind: "failed",
        word: "failed",
        reason: run.exitCode === null ? "nobody saw how it ended" : `exit code ${run.exitCode}`,
      };
    case "terminated":
      return { kind: "stopped", word: "stopped", reason: run.signal === null ? exitText(run.exitCode) : signalText(run.signal) };
    case "lost":
      if (run.stopped == null) return { kind: "lost", word: "lost", reason: "its recorder fell silent" };
      return { kind: "lost", word: "lost", reason: "its recorder was killed; it ended, exit unknown" };
    default:
      return { kind: run.status, word: run.status, reason: null };
  }
}

/** `failed (exit code 1)`: for a title, a tooltip, a terminal. */
export function statusText(run: Ended): string {
  const { word, reason } = statusWord(run);
  return reason === null ? word : `${word} (${reason})`;
}

function signalText(signal: string): string {
  return signalNames[signal] ?? signal;
}

function exitText(exitCode: number | null): string | null {
  // Shells report a command that ended by a signal as 128 + its number.
  if (exitCode === 130) return signalText("SIGINT");
  if (exitCode === 143) return signalText("SIGTERM");
  return exitCode === null ? null : `exit code ${exitCode}`;
}
