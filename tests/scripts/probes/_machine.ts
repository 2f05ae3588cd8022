/** A made-up machine: files under a temporary root, so that facts can be read of hardware that is not here. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FactsContext } from "../../../scripts/probes/_contract.ts";
import { allowVariable } from "../../../src/run/allow-list.ts";

export interface Machine {
  root: string;
  /** Context for facts on this machine; `pids` are the command's processes. */
  context(more?: Partial<Omit<FactsContext, "pids">> & { pids?: number[] }): FactsContext;
  link(path: string, target: string): void;
  remove(): void;
}

/** Paths are relative to the machine's root: `proc/cpuinfo`, `etc/os-release`. */
export function makeMachine(files: Record<string, string>): Machine {
  const root = mkdtempSync(join(tmpdir(), "guildhall-machine-"));
  const place = (path: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  mkdirSync(join(root, "proc"));
  for (const [path, text] of Object.entries(files)) writeFileSync(place(path), text);
  return {
    root,
    context: ({ pids = [], ...more } = {}) => ({
      pids: () => pids,
      command: [],
      cwd: root,
      env: {},
      allowVariable: (name) => allowVariable(name),
      procRoot: join(root, "proc"),
      ...more,
    }),
    link: (path, target) => symlinkSync(target, place(path)),
    remove: () => rmSync(root, { recursive: true }),
  };
}
