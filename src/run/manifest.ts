import { jsonText } from "./json-text.ts";
import { parseRun, rawSummary } from "./run-file.ts";
import { boolean, finite, mapValues, object, orElse, orNull, text, textList } from "./shape.ts";
import type { Run } from "./types.ts";

/** A process that is not mistaken for a later one with the same number. */
export interface ProcessMark {
  pid: number;
  /** What the system says about its start (Linux: field 22 of /proc/PID/stat); null where it says nothing. */
  start: string | null;
}

/**
 * The private manifest `runs/<id>/.guild/run.json`: the public run, and what only this machine may know.
 * Never leaves `runs/`.
 */
export interface Manifest extends Run {
  recorder: ProcessMark;
  /** The command's own process; null before it is started. */
  child: ProcessMark | null;
  /** Which boot of which machine; status is derived from them. */
  bootId: string | null;
  host: string;
  root: string;
  cwd: string;
  /** Absolute. */
  runDir: string;
  /** Exactly what was started, unredacted. */
  argv: string[];
  /** One pipe for both streams: what was printed is in order, and `output.idx.jsonl` cannot tell them apart. */
  sharedOutput: boolean;
  /** Processes that were left running when the recorder ended. */
  survivors: number[];
  /** What could not be recorded, and why: one sentence each. */
  warnings: string[];
  guildhall: string;
}

/** Reads the private manifest. Throws ToolError `invalid-run-file` or `newer-schema`. */
export function parseManifest(raw: unknown): Manifest {
  const file = object(raw, ".guild/run.json");
  return {
    ...parseRun(file),
    starred: false,
    hidden: false,
    recorder: parseMark(file.recorder, "recorder"),
    child: orNull(file.child, "child", parseMark),
    bootId: orNull(file.bootId, "bootId", text),
    host: orElse(file.host, "host", text, ""),
    root: text(file.root, "root"),
    cwd: text(file.cwd, "cwd"),
    runDir: text(file.runDir, "runDir"),
    argv: textList(file.argv, "argv"),
    sharedOutput: orElse(file.sharedOutput, "sharedOutput", boolean, true),
    survivors: orElse(
      file.survivors,
      "survivors",
      (value, key) => (Array.isArray(value) ? value : []).map((pid) => finite(pid, key)),
      [],
    ),
    warnings: orElse(file.warnings, "warnings", textList, []),
    guildhall: orElse(file.guildhall, "guildhall", text, ""),
  };
}

/** The text of `.guild/run.json`. */
export function formatManifest(manifest: Manifest): string {
  const { starred: _starred, hidden: _hidden, ...kept } = manifest;
  return jsonText(
    { ...kept, scalars: mapValues(manifest.scalars, rawSummary), system: mapValues(manifest.system, rawSummary) },
    2,
  );
}

/** The public part alone, as `content/runs/<id>/run.json` holds it. */
export function publicPart(manifest: Manifest): Run {
  const { recorder, child, bootId, host, root, cwd, runDir, argv, sharedOutput, survivors, warnings, guildhall, ...run } =
    manifest;
  return run;
}

function parseMark(raw: unknown, key: string): ProcessMark {
  const mark = object(raw, key);
  return { pid: finite(mark.pid, `${key}.pid`), start: orNull(mark.start, `${key}.start`, text) };
}
