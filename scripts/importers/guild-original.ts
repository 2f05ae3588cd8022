import { existsSync, lstatSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { decodeFlag } from "../../src/run/flags.ts";
import type { OutputLine, ScalarLine, SystemLine } from "../../src/run/log-lines.ts";
import { endStatus } from "../../src/run/status.ts";
import type { Flags, Run } from "../../src/run/types.ts";
import { defineImporter, type Imported } from "./_contract.ts";
import { findFolders } from "./_folders.ts";
import { guildFiles, shellWords, stillRuns } from "./_guild-files.ts";
import { openSqlite, type Table } from "./_sqlite.ts";

/** Run directories of the original Guild of 2016 and 2017: `runs/<time>[-model]/guild.d/`, numbers in `run.db`. */
export default defineImporter({
  summary: "Run directories of the original Guild (2016-2017): folders with a guild.d",
  find: (folder) => findFolders(folder, (path) => existsSync(join(path, "guild.d", "meta"))),
  async read(place): Promise<Imported> {
    const meta = (name: string) => textOf(join(place, "guild.d", "meta", name));
    const startedMs = Number(meta("started") ?? lstatSync(place).mtimeMs);
    const stopped = meta("stopped");
    const database = join(place, "guild.d", "run.db");
    const { table, warning } = existsSync(database) ? await openSqlite(database) : { table: () => [], warning: null };
    const { scalars, system, damaged } = readSeries(table, startedMs);
    const command = shellWords(meta("cmd") ?? "");
    return {
      key: `guild-original:${basename(place)}`,
      made: new Date(startedMs).toISOString(),
      originalId: basename(place),
      run: {
        operation: operationOf(command, meta("resource")),
        model: meta("model"),
        command,
        flags: flagsOf(table("flag", ["name", "val"])),
        label: null,
        tags: [],
        ...endOf(place, meta("exit_status")),
        started: new Date(startedMs).toISOString(),
        stopped: stopped === null ? null : new Date(Number(stopped)).toISOString(),
      },
      parents: {},
      sweep: null,
      pid: stillRuns(join(place, "guild.d", "LOCK")),
      scalars,
      system,
      events: [],
      pictures: [],
      texts: [],
      output: outputOf(table("output", ["time", "stream", "val"]), startedMs),
      notes: [],
      starred: false,
      files: { folder: place, paths: guildFiles(place).filter((path) => !path.startsWith("guild.d/")) },
      variables: Object.fromEntries(
        (meta("env") ?? "").split("\n").flatMap((line) => (line.includes("=") ? [splitAt(line, line.indexOf("="))] : [])),
      ),
      warnings: [...(warning === null ? [] : [warning]), ...damaged],
    };
  },
});

/** Its operations were train, evaluate and prepare; the command names the module. */
function operationOf(command: readonly string[], resource: string | null): string {
  if (resource !== null) return "prepare";
  return command.some((word) => /\beval(?:uate)?\b/.test(word)) ? "evaluate" : "train";
}

/** In its order: an exit status, a lock of a process that lives, a lock alone; else nobody saw the end. */
function endOf(place: string, exit: string | null): Pick<Run, "status" | "exitCode" | "signal"> {
  if (exit !== null) return { status: endStatus(Number(exit), null), exitCode: Number(exit), signal: null };
  const lock = join(place, "guild.d", "LOCK");
  const status = !existsSync(lock) ? "error" : stillRuns(lock) === null ? "terminated" : "running";
  return { status, exitCode: null, signal: null };
}

function flagsOf(rows: readonly unknown[][]): Flags {
  return Object.fromEntries(rows.map(([name, value]) => [String(name), decodeFlag(String(value))]));
}

const POINT_BYTES = 24;

/** A blob holds points: milliseconds and step as big-endian 64-bit numbers, the value as a double; all ones is no value. */
function readSeries(table: Table, startedMs: number): { scalars: ScalarLine[]; system: SystemLine[]; damaged: string[] } {
  const names = new Map(table("series_key", ["key", "hash"]).map(([key, hash]) => [String(hash), String(key)]));
  const scalars: ScalarLine[] = [];
  const samples = new Map<number, SystemLine>();
  const damaged: string[] = [];
  for (const [hash, , encoding, data] of table("series", ["key_hash", "time", "encoding", "data"], "time")) {
    const tag = names.get(String(hash));
    if (tag === undefined || !(data instanceof Uint8Array)) continue;
    if (Number(encoding) !== 1) {
      damaged.push(`series ${tag} is written in a way (${String(encoding)}) that is not known`);
      continue;
    }
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    for (let at = 0; at + POINT_BYTES <= bytes.length; at += POINT_BYTES) {
      if (bytes.readBigUInt64BE(at + 16) === 0xffffffffffffffffn) continue;
      const t = Math.max(0, (Number(bytes.readBigUInt64BE(at)) - startedMs) * 1000);
      const step = Number(bytes.readBigUInt64BE(at + 8));
      const value = bytes.readDoubleBE(at + 16);
      if (!/^(?:op|sys)\//.test(tag)) scalars.push({ t, k: tag, v: value, step, src: "events" });
      else if (Number.isFinite(value)) {
        const sample = samples.get(t) ?? { t, v: {} };
        sample.v[tag] = value;
        samples.set(t, sample);
      }
    }
  }
  return { scalars, system: [...samples.values()].sort((a, b) => a.t - b.t), damaged };
}

/** One row a line; times in milliseconds since the epoch. */
function outputOf(rows: readonly unknown[][], startedMs: number): Imported["output"] {
  if (rows.length === 0) return null;
  const lines: OutputLine[] = [];
  const pieces: Buffer[] = [];
  let offset = 0;
  for (const [time, stream, value] of rows) {
    const piece = Buffer.from(`${String(value).replace(/\n$/, "")}\n`);
    lines.push({
      t: Math.max(0, (Number(time) - startedMs) * 1000),
      s: Number(stream) === 1 ? "e" : "o",
      o: offset,
      n: piece.length,
    });
    pieces.push(piece);
    offset += piece.length;
  }
  return { bytes: Buffer.concat(pieces), lines };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim() || null;
  } catch {
    return null; // not every run has each of these files
  }
}

function splitAt(line: string, at: number): [string, string] {
  return [line.slice(0, at), line.slice(at + 1)];
}
