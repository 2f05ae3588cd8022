/** Rebuilds a run's public record from its exact log: after a crash, after lines were cut, after the format has grown. */
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { redactorHere } from "../../src/load/redactor.ts";
import { accumulate } from "../../src/run/accumulate.ts";
import { ToolError } from "../../src/run/error.ts";
import { isRunId } from "../../src/run/ids.ts";
import { parseManifest, publicPart } from "../../src/run/manifest.ts";
import { isObject } from "../../src/run/shape.ts";
import type { EnvironmentFacts } from "../probes/_contract.ts";
import { digestFiles } from "./digest-files.ts";
import { publicEnvironment, writeEnvironment } from "./environment.ts";
import { openPublicRecord } from "./public-record.ts";
import { readLog } from "./read-log.ts";
import { recover } from "./recover.ts";
import { makeThumbnails } from "./thumbnails.ts";

export interface Refreshed {
  id: string;
  /** Lines of the log that could not be read: torn by a crash or a full disk. */
  skippedLines: number;
  /** Sentences about what else could not be done. */
  warnings: string[];
}

/**
 * Makes `content/runs/<id>` anew from `runs/<id>/.guild`; `edits.yml` and `notes.md` stay as they are.
 *
 * Lines that cannot be read are skipped and counted. A run that never came to its end keeps its status and heartbeat, so
 * readers see it as lost; what its recorder had not come to search is searched now. Throws ToolError `missing-run` when the exact log is not here, `invalid-run-file` for a manifest
 * that cannot be read.
 */
export async function refresh(root: string, id: string): Promise<Refreshed> {
  const logDir = join(root, "runs", id, ".guild");
  if (!isRunId(id) || !existsSync(join(logDir, "run.json"))) {
    throw new ToolError("missing-run", `There is no exact log of run ${id} here`, {
      hint: `Only the machine that recorded a run can rebuild its record: ${join("runs", id, ".guild")} is not in git.`,
    });
  }
  const manifest = parseManifest(readJson(join(logDir, "run.json")));
  const runDir = join(root, "runs", id);
  const contentDir = join(root, "content", "runs", id);
  const redactor = redactorHere(root, id);
  const warnings: string[] = [];
  await recover(root, logDir, manifest, (message) => warnings.push(message));
  const log = accumulate();
  const skippedLines = await readLog(logDir, {
    ...log,
    event(event) {
      // The first NaN of a tag is found again by the accumulator itself; all other events stand in the log.
      if (event.kind !== "nan") log.event(event);
    },
  });

  mkdirSync(contentDir, { recursive: true });
  const { files } = await digestFiles(runDir);
  await makeThumbnails(runDir, contentDir, (message) => warnings.push(message), redactor.secrets);
  const environment = readFacts(join(logDir, "environment.json"));
  const shown = environment === null ? null : publicEnvironment(environment, redactor);
  if (shown !== null) await writeEnvironment(root, shown);
  const ended = manifest.stopped !== null;
  const run = {
    ...publicPart(manifest),
    files,
    environment: shown?.digest ?? manifest.environment,
    updated: ended ? manifest.updated : lastHeartbeat(logDir, manifest.updated),
  };
  await openPublicRecord(contentDir, join(logDir, "output.log"), redactor).write(run, log);
  return { id, skippedLines, warnings };
}

function readFacts(path: string): EnvironmentFacts | null {
  if (!existsSync(path)) return null;
  const raw = readJson(path);
  return isObject(raw) ? (raw as EnvironmentFacts) : null; // our own file, written whole
}

/** When the recorder was last heard of: its samples are its heartbeat. */
function lastHeartbeat(logDir: string, updated: string): string {
  const sampled = statSync(join(logDir, "system.jsonl"), { throwIfNoEntry: false })?.mtime;
  return sampled === undefined || sampled.getTime() < Date.parse(updated) ? updated : sampled.toISOString();
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ToolError("invalid-run-file", `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      hint: "Without its manifest a run cannot be rebuilt.",
    });
  }
}
