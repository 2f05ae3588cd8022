import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { formatRun } from "../../../src/run/run-file.ts";
import type { Run } from "../../../src/run/types.ts";
import { plainRun as completeRun } from "../run/_plain-run.ts";

/** A small completed run under this id. */
export function plainRun(id: string, change: Partial<Run> = {}): Run {
  return { ...completeRun(), id, environment: null, started: "2026-01-02T03:04:05.000Z", ...change };
}

export interface Folder {
  root: string;
  write(path: string, text: string): void;
  record(run: Run): void;
  remove(): void;
}

/** A project folder that is made for one test. */
export function makeFolder(): Folder {
  const root = mkdtempSync(join(tmpdir(), "guildhall-load-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  return {
    root,
    write,
    record: (run) => write(`content/runs/${run.id}/run.json`, formatRun(run)),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
