/** What an importer gives: the record of somebody else's tracker, in our words. It reads, and never writes. */
import type { OutputLine, ScalarLine, SystemLine } from "../../src/run/log-lines.ts";
import type { Run, RunEvent } from "../../src/run/types.ts";

/** What a run's name here is made of: the same whenever it is read. */
export interface Made {
  key: string;
  /** When it came to be (UTC ISO-8601); a prepared run has no start yet. */
  made: string;
}

export interface Imported extends Made {
  run: Pick<
    Run,
    "operation" | "model" | "command" | "flags" | "label" | "tags" | "status" | "exitCode" | "signal" | "started" | "stopped"
  >;
  /** What the run was called there. */
  originalId: string;
  /** Operation → the run that this one was made from. */
  parents: Record<string, Made>;
  /** The batch that started it; null without. */
  sweep: Made | null;
  /** The process that still records it, where `run.status` is `running`. */
  pid: number | null;
  /** In order of time for each tag; `t` is in microseconds since `run.started`. */
  scalars: ScalarLine[];
  system: SystemLine[];
  events: RunEvent[];
  /** The newest picture of each tag, and texts; `t` as in `scalars`. */
  pictures: { tag: string; step: number; encoded: Uint8Array }[];
  texts: { t: number; k: string; step: number; text: string }[];
  /** What was printed: its bytes, and which of them came when. */
  output: { bytes: Uint8Array; lines: OutputLine[] } | null;
  /** Paragraphs for `notes.md`. */
  notes: string[];
  starred: boolean;
  /** Where the run's own files lie, absolute, and which, relative; they may be copied. */
  files: { folder: string; paths: string[] };
  /** Variables that the run was given: what is secret among them is hidden in the record. */
  variables: Record<string, string>;
  /** What could not be read, a sentence each. */
  warnings: string[];
}

export interface ImportOptions {
  /** For formats that do not say what was run. */
  operation: string;
}

export interface Importer {
  /** One sentence without a full stop. */
  summary: string;
  /** Folders under `folder` (absolute, itself included) that hold one run each, in order of their names. Links are not followed. */
  find(folder: string): string[];
  /** One run. Throws ToolError for a run that cannot be read at all. */
  read(place: string, options: ImportOptions): Promise<Imported>;
}

/** Gives the importer back unchanged; it is here for its type. */
export function defineImporter(importer: Importer): Importer {
  return importer;
}
