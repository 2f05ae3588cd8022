import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { readJson } from "../../src/load/json.ts";
import { currentStatus, logFolder } from "../../src/load/live-status.ts";
import { ToolError } from "../../src/run/error.ts";
import { type Manifest, parseManifest } from "../../src/run/manifest.ts";
import type { Status } from "../../src/run/types.ts";
import { namedRun } from "../project/named-run.ts";
import { localRuns } from "../project/parent.ts";
import type { Shell } from "./_contract.ts";
import { openProject } from "./_record.ts";

/** A run whose own directory is on this machine, or on a disk that it shares. */
export interface LocalRun {
  id: string;
  /** Its exact log, absolute. */
  logDir: string;
  /** Its manifest and status as they are now. Null before the first has been written. */
  look(): { manifest: Manifest; status: Status } | null;
}

/** The run that was typed. Throws ToolError `missing-run`, `unexpected-word`, `unknown-run`, `ambiguous-run` (exit code 2). */
export async function localRun(words: readonly string[], command: string, shell: Shell): Promise<LocalRun> {
  const [typed, surplus] = words;
  if (typed === undefined) {
    throw new ToolError("missing-run", `Expected a run after guild ${command}`, {
      hint: 'Type "guild runs" for a list.',
      exitCode: 2,
    });
  }
  if (surplus !== undefined) {
    throw new ToolError("unexpected-word", `guild ${command} takes one run, found ${JSON.stringify(surplus)}`, { exitCode: 2 });
  }
  const { root } = await openProject(shell);
  const id = namedRun(root, typed, localRuns(root));
  const logDir = logFolder(root, id);
  return {
    id,
    logDir,
    look() {
      const path = join(logDir, "run.json");
      if (!existsSync(path)) return null;
      const manifest = parseManifest(readJson(root, path));
      return { manifest, status: currentStatus(root, manifest) };
    },
  };
}

/** Was this run made on another machine (its directory is on a shared disk)? Processes there are out of our reach. */
export function isElsewhere({ host }: Manifest): boolean {
  return host !== "" && host !== hostname();
}
