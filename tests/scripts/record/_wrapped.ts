/** Runs fixture programs through the recorder, as real processes, and reads what was recorded. */
import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEvents } from "../../../src/run/events-file.ts";
import { wholeLines } from "../../../src/run/lines.ts";
import { type OutputLine, parseOutputLine } from "../../../src/run/log-lines.ts";
import { type Manifest, parseManifest } from "../../../src/run/manifest.ts";
import { parseRun } from "../../../src/run/run-file.ts";
import { parseSeries } from "../../../src/run/series-file.ts";
import type { Run, RunEvent, Series } from "../../../src/run/types.ts";

const WRAP = join(import.meta.dirname, "_wrap.ts");
export const PROGRAMS = join(import.meta.dirname, "../../fixtures/programs");

/** A fixture program as a command. */
export function program(name: string, ...args: string[]): string[] {
  const path = join(PROGRAMS, name);
  return name.endsWith(".sh") ? ["sh", path, ...args] : [process.execPath, path, ...args];
}

const folders: string[] = [];

/** An empty project directory; `removeFolders` removes it. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "guild-record-"));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: Buffer;
  stderr: string;
  root: string;
}

export interface WrapOptions {
  root?: string;
  quiet?: boolean;
  env?: NodeJS.ProcessEnv;
  stdio?: StdioOptions;
}

/** Starts the recorder around a command; its streams are the child's. */
export function startWrapped(
  command: string[],
  { root = emptyFolder(), quiet = true, env = {}, stdio = "pipe" }: WrapOptions = {},
) {
  const args = [WRAP, root, ...(quiet ? ["--quiet"] : []), "--", ...command];
  const child = spawn(process.execPath, args, { cwd: root, stdio, env: { ...process.env, ...env } });
  const out: Buffer[] = [];
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const finished = new Promise<Finished>((done) => {
    child.on("close", (code, signal) => done({ code, signal, stdout: Buffer.concat(out), stderr: err, root }));
  });
  return { child, root, finished, printed: (text: string) => untilPrinted(child, text) };
}

/** Runs a command through the recorder to its end. */
export function runWrapped(command: string[], options?: WrapOptions): Promise<Finished> {
  const { child, finished } = startWrapped(command, options);
  child.stdin?.end();
  return finished;
}

/** What makes Node behave as if koffi were not installed: for NODE_OPTIONS. */
export const WITHOUT_KOFFI = `--import="data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from "node:module";
  registerHooks({ resolve(name, context, next) {
    if (name !== "koffi") return next(name, context);
    throw Object.assign(new Error("Cannot find package 'koffi'"), { code: "ERR_MODULE_NOT_FOUND" });
  } });`)}"`;

/** Runs a command as it is. */
export function runPlain(command: string[], cwd: string): Promise<Finished> {
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, RUN_DIR: cwd },
  });
  const out: Buffer[] = [];
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((done) => {
    child.on("close", (code, signal) => done({ code, signal, stdout: Buffer.concat(out), stderr: err, root: cwd }));
  });
}

/** Resolves with all that was printed as soon as it holds `text`; rejects when the program ends without. */
function untilPrinted(child: ChildProcess, text: string): Promise<string> {
  return new Promise((done, failed) => {
    let all = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      all += chunk.toString();
      if (all.includes(text)) done(all);
    });
    child.on("close", () => failed(new Error(`ended without printing ${text}: ${all}`)));
  });
}

/** Resolves when `condition` holds: for what the system does not tell by an event. */
export async function until(condition: () => boolean, what: string, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

export interface Recorded {
  id: string;
  run: Run;
  manifest: Manifest;
  series: Series[];
  system: Series[];
  events: RunEvent[];
  output: string;
  log: Buffer;
  index: OutputLine[];
  runDir: string;
  contentDir: string;
}

export function runIds(root: string): string[] {
  return readdirSync(join(root, "runs"))
    .filter((name) => !name.startsWith("."))
    .sort();
}

/** Everything that was recorded of the only (or the given) run of a project. */
export function recorded(root: string, id = runIds(root)[0] ?? ""): Recorded {
  const runDir = join(root, "runs", id);
  const contentDir = join(root, "content", "runs", id);
  const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
  return {
    id,
    run: parseRun(json(join(contentDir, "run.json"))),
    manifest: parseManifest(json(join(runDir, ".guild", "run.json"))),
    series: parseSeries(json(join(contentDir, "series.json"))),
    system: parseSeries(json(join(contentDir, "system.json"))),
    events: parseEvents(json(join(contentDir, "events.json"))),
    output: readFileSync(join(contentDir, "output.txt"), "utf8"),
    log: readFileSync(join(runDir, ".guild", "output.log")),
    index: wholeLines(readFileSync(join(runDir, ".guild", "output.idx.jsonl"), "utf8")).lines.map(parseOutputLine),
    runDir,
    contentDir,
  };
}
