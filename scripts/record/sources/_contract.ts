/** What a source of scalars, events and media beside the output is to the recorder. One file, one source. */
import type { ScalarLine, SystemLine, VoidLine } from "../../../src/run/log-lines.ts";
import type { Flags, RunEvent, ScalarSource } from "../../../src/run/types.ts";
import type { Clock } from "../effects.ts";
import type { StepClock } from "../step-clock.ts";
import type { OpenFile } from "./open-for-writing.ts";

/** Where everything that is found out about a run goes: into the exact log and into the summaries, at once. */
export interface Ledger {
  /** A `VoidLine` for each tag of what began again: after a restart, what was told of it at that step and later no longer counts. */
  scalars(lines: readonly (ScalarLine | VoidLine)[]): void;
  sample(line: SystemLine): void;
  /** `src` is where it was found. An epoch or evaluation that another source has told at that moment is the same one. */
  event(event: RunEvent, src?: ScalarSource): void;
  /** Flags that the program itself has told (hparams): they never replace one that is known already. */
  flags(flags: Flags): void;
  /** Paths of files that the command has changed outside of RUN_DIR, relative to the project where they are in it; sorted. */
  outside(paths: string[]): void;
  /** So many places of a file with measurements could not be read. */
  notRead(path: string, count: number): void;
  /** Which step the program was at, and when. */
  readonly steps: StepClock;
  /** Said once each, and kept in the manifest. */
  warn(message: string): void;
}

export interface SourceContext {
  ledger: Ledger;
  clock: Clock;
  /** RUN_DIR, absolute. */
  runDir: string;
  /** The recorder's own `.guild/` in it: private, for what a source has to keep. */
  logDir: string;
  /** The public record's directory. */
  contentDir: string;
  /** The project directory, and where the command runs. */
  root: string;
  cwd: string;
  /** Process ids of the command's tree; refreshed before each look. */
  pids: () => readonly number[];
  /** Files that these processes held open for writing at the last look. */
  openFiles: () => readonly OpenFile[];
  /** Globs of files in the project that the run keeps, from `guildhall: outputs:`. */
  outputs: readonly string[];
  procRoot: string;
}

export interface Source {
  /**
   * Looks for what is new: once a second while the command runs. Reads a bounded part and goes on at the next look, so that no look
   * takes more than some milliseconds. May throw: the source is then switched off for this run with one warning.
   */
  look(): void | Promise<void>;
  /** The last look, after the command's end: reads all that is left. */
  end(): Promise<void>;
}

export type OpenSource = (context: SourceContext) => Source;
