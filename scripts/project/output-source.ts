/** Printed output to be read again: a file, the log of a run, or stdin. */
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import { type OutputLine, parseOutputLine } from "../../src/run/log-lines.ts";
import { isObject } from "../../src/run/shape.ts";
import { namedRun } from "./named-run.ts";
import { localRuns } from "./parent.ts";

/** Which run the output belongs to, and what was known of it. */
export interface SourceRun {
  id: string;
  operation: string;
  model: string | null;
  flagNames: string[];
}

export interface OutputSource {
  /** Pieces as they came: bytes, stream and microseconds after the start. A file's pieces have no time. */
  pieces(): AsyncIterable<OutputPiece>;
  /** Null for a file and for stdin. */
  run: SourceRun | null;
}

export interface OutputPiece {
  stream: OutputLine["s"];
  chunk: Uint8Array;
  t: number;
}

/**
 * Finds what was named: `-` is stdin; a file that is there goes before a run of the same name. Throws ToolError `unknown-run`, `ambiguous-run` or
 * `missing-file` (exit code 2).
 */
export function outputSource(named: string, root: string, cwd: string): OutputSource {
  if (named === "-") return { pieces: () => plainPieces(process.stdin), run: null };
  const path = resolve(cwd, named);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) return { pieces: () => plainPieces(createReadStream(path)), run: null };
  const local = localRuns(root);
  if (local.length === 0 || /[./\\]/.test(named)) {
    throw new ToolError("missing-file", `There is no file ${named} in ${cwd}`, {
      hint: "Give a file of printed output, a run of this project, or - for stdin.",
      exitCode: 2,
    });
  }
  const id = namedRun(root, named, local);
  const logDir = join(root, "runs", id, ".guild");
  return { pieces: () => loggedPieces(logDir), run: readRun(logDir, id) };
}

async function* plainPieces(stream: AsyncIterable<Buffer | string>): AsyncGenerator<OutputPiece> {
  for await (const chunk of stream) yield { stream: "t", chunk: typeof chunk === "string" ? Buffer.from(chunk) : chunk, t: 0 };
}

/** The log of a run with the times of its index; what the index does not cover came after it. */
async function* loggedPieces(logDir: string): AsyncGenerator<OutputPiece> {
  const path = join(logDir, "output.log");
  if (!existsSync(path)) return;
  const log = readFileSync(path);
  let end = 0;
  let t = 0;
  for (const piece of readIndex(join(logDir, "output.idx.jsonl"))) {
    yield { stream: piece.s, chunk: log.subarray(piece.o, piece.o + piece.n), t: piece.t };
    end = piece.o + piece.n;
    t = piece.t;
  }
  if (end < log.length) yield { stream: "t", chunk: log.subarray(end), t };
}

function readIndex(path: string): OutputLine[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line === "" ? [] : [parseOutputLine(line)];
      } catch {
        return []; // torn by a crash: its bytes are read as those that the index does not cover
      }
    });
}

function readRun(logDir: string, id: string): SourceRun {
  let raw: unknown = null;
  try {
    raw = JSON.parse(readFileSync(join(logDir, "run.json"), "utf8"));
  } catch {
    // Without its manifest a run's output is read as any other.
  }
  const run = isObject(raw) ? raw : {};
  return {
    id,
    operation: typeof run.operation === "string" ? run.operation : "",
    model: typeof run.model === "string" ? run.model : null,
    flagNames: isObject(run.flags) ? Object.keys(run.flags) : [],
  };
}
