import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { join, relative } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import type { Manifest } from "../../src/run/manifest.ts";
import type { Status } from "../../src/run/types.ts";
import { formatBytes } from "../../src/run/units.ts";
import type { Shell } from "./_contract.ts";
import type { LocalRun } from "./_local-run.ts";

/** How much of what was printed before is shown without being asked for. */
const EARLIER_BYTES = 64 * 1024;
const READ_BYTES = 64 * 1024;
/** Files on shared disks send no news: they are looked at. */
const LOOK_MS = 200;

/**
 * Prints what a run has printed and prints, until it has ended; resolves to how it ended. A reader who is behind is waited for.
 * Throws ToolError `run-gone` when its directory is deleted meanwhile.
 */
export async function followOutput({
  run,
  whole,
  shell,
}: {
  run: LocalRun;
  whole: boolean;
  shell: Shell;
}): Promise<{ manifest: Manifest; status: Status }> {
  const log = await openLog(run);
  try {
    let at = whole ? 0 : startOfTail(log);
    if (at > 0) {
      const path = relative(shell.cwd, join(run.logDir, "output.log"));
      shell.stderr.write(`guild: ${formatBytes(at)} before this stand in ${path}; --all prints them\n`);
    }
    for (;;) {
      // The status first: what was printed before the end is in the log then.
      const seen = run.look();
      if (seen === null) throw gone(run);
      at = await print(log, at, shell);
      if (seen.status !== "running" && seen.status !== "pending") return seen;
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  } finally {
    closeSync(log);
  }
}

async function openLog(run: LocalRun): Promise<number> {
  const path = join(run.logDir, "output.log");
  while (!existsSync(path) || run.look() === null) {
    if (!existsSync(run.logDir)) throw gone(run);
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return openSync(path, "r");
}

/** Where the last whole lines within the limit begin. */
function startOfTail(log: number): number {
  const { size } = fstatSync(log);
  if (size <= EARLIER_BYTES) return 0;
  const from = size - EARLIER_BYTES;
  const bytes = Buffer.alloc(EARLIER_BYTES);
  const read = readSync(log, bytes, 0, bytes.length, from);
  const newline = bytes.subarray(0, read).indexOf(10);
  return newline < 0 ? from : from + newline + 1;
}

/** Prints all from `at` on; resolves to where it ended. */
async function print(log: number, from: number, { stdout }: Shell): Promise<number> {
  const bytes = Buffer.alloc(READ_BYTES);
  let at = from;
  for (;;) {
    const read = readSync(log, bytes, 0, bytes.length, at);
    if (read === 0) return at;
    at += read;
    await new Promise<void>((done) => void stdout.write(Buffer.from(bytes.subarray(0, read)), () => done()));
  }
}

function gone({ id, logDir }: LocalRun): ToolError {
  return new ToolError("run-gone", `The record of ${id} is gone: ${logDir}`, { hint: "Was the run's directory deleted?" });
}
