/** Files that Guild leaves in a run directory, beside its attributes. */
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { isAlive } from "../../src/load/processes.ts";
import type { OutputLine } from "../../src/run/log-lines.ts";
import type { Imported } from "./_contract.ts";
import { entriesOf } from "./_folders.ts";

/** Words as Python's `shlex` wrote them: blanks separate, quotes keep together. */
export function shellWords(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g,
      (_, single, double, escaped) => single ?? (double ?? escaped).replace(/\\(.)/g, "$1"),
    ),
  );
}

/** `output` and, for each of its lines, nine bytes of `output.index`: big-endian milliseconds since the epoch, and the stream. */
export function guildOutput(folder: string, startedUs: number): Imported["output"] {
  const bytes = bytesOf(join(folder, "output"));
  if (bytes === null) return null;
  const index = bytesOf(join(folder, "output.index")) ?? Buffer.alloc(0);
  const lines: OutputLine[] = [];
  let start = 0;
  for (let at = 0; at + 9 <= index.length && start < bytes.length; at += 9) {
    const end = bytes.indexOf(10, start) + 1 || bytes.length;
    const t = Math.max(0, Number(index.readBigUInt64BE(at)) * 1000 - startedUs);
    lines.push({ t: Math.round(t), s: index[at + 8] === 1 ? "e" : "o", o: start, n: end - start });
    start = end;
  }
  if (start < bytes.length) lines.push({ t: lines.at(-1)?.t ?? 0, s: "o", o: start, n: bytes.length - start });
  return { bytes, lines };
}

/** When the lines came that name `tag` and a value: `loss: 0.3`, `loss=0.3`; microseconds since the start, in order. */
export function timesInOutput(output: Imported["output"], tag: string): number[] {
  if (output === null) return [];
  const name = tag.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`(?:^|[^\\w/])${name}["']?\\s*[:=]`);
  const bytes = Buffer.from(output.bytes.buffer, output.bytes.byteOffset, output.bytes.byteLength);
  return output.lines.flatMap(({ t, o, n }) => (pattern.test(bytes.toString("utf8", o, o + n)) ? [t] : []));
}

/** What the program has written: all files but Guild's own, the snapshot of sources, what was required, and links. */
export function guildFiles(place: string): string[] {
  const manifest = bytesOf(join(place, ".guild", "manifest"))?.toString("utf8") ?? "";
  const known = new Set(manifest.split("\n").map((line) => shellWords(line)[1]));
  const files: string[] = [];
  const visit = (folder: string, depth: number): void => {
    for (const entry of entriesOf(join(place, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (path === ".guild" || known.has(path)) continue;
      if (entry.isDirectory() && depth < 6) visit(path, depth + 1);
      else if (entry.isFile()) files.push(path);
    }
  };
  visit("", 0);
  return files;
}

/** The number in a lock, when a process has it; null otherwise. */
export function stillRuns(lock: string): number | null {
  const pid = Number(bytesOf(lock)?.toString("utf8").trim() || Number.NaN);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid, null) ? pid : null;
}

export function signalName(number: number): string | null {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? null;
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // not every run has each of these files
  }
}
