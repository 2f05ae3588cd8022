/** Asks the user's own Python what the flags of a script are, and remembers the answer while the script stays the same. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isObject } from "../../../src/run/shape.ts";
import { flagReader } from "./program.ts";
import { parseScriptFlags, type ScriptFlags } from "./script-flags.ts";

/** Nobody waits longer for a script to be read. */
const READ_MS = 20_000;
/**
 * The flags of the script at `path` (absolute), read by `python` from its text; nothing of it is run or imported.
 *
 * Remembered under `.guild/cache/flags` of `root`, by path, size and time of every file that was read, until the reader itself is another. Null when the interpreter
 * cannot be started or gives no answer: then nothing is known, and nothing is refused.
 */
export function readScript(path: string, { root, python }: { root: string; python: string }): ScriptFlags | null {
  const kept = join(root, ".guild", "cache", "flags", `${digest(`${flagReader}\0${python}\0${path}`)}.json`);
  const remembered = recall(kept);
  if (remembered !== null) return remembered;
  const answer = ask(path, python);
  if (answer === null) return null;
  const found = parseScriptFlags(answer);
  if (found !== null) remember(kept, answer, found.files);
  return found;
}

function ask(path: string, python: string): unknown {
  // -I -S -B: neither its environment nor its site packages are looked at, and nothing is written beside the script.
  const { status, stdout } = spawnSync(python, ["-I", "-S", "-B", "-", path], {
    input: flagReader,
    encoding: "utf8",
    timeout: READ_MS,
    maxBuffer: 16 * 1024 * 1024,
    stdio: ["pipe", "pipe", "ignore"],
  });
  return status === 0 ? parsedJson(stdout) : null;
}

function recall(path: string): ScriptFlags | null {
  try {
    const raw: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (!isObject(raw) || !isObject(raw.stamps)) return null;
    for (const [file, stamp] of Object.entries(raw.stamps)) if (stampOf(file) !== stamp) return null;
    return parseScriptFlags(raw.answer);
  } catch {
    return null; // not asked yet, or cut short: it is asked
  }
}

function remember(path: string, answer: unknown, files: readonly string[]): void {
  try {
    const stamps = Object.fromEntries(files.map((file) => [file, stampOf(file)]));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, JSON.stringify({ stamps, answer }));
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // A project that cannot be written: the next run asks again.
  }
}

function stampOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size} ${mtimeMs}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a Python that prints something of its own: nothing is known
  }
}
