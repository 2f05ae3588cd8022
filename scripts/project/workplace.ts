/** Where an operation starts, and what lies in the run's own directory when that is the place. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "../../src/load/operation-spec.ts";
import type { Placement } from "../record/plan.ts";
import { configCopies } from "./flag-import/config-flags.ts";
import type { FlagSettings } from "./flag-values.ts";

export interface Workplace {
  /** Absolute, or `${RUN_DIR}`. */
  cwd: string;
  placed: Placement[];
}

/** Never linked: records, caches, the built site, and what begins with a dot. */
const OURS = ["runs", "content", "dist", "sweeps"];

/**
 * The project's directory (or `cwd`, where a bare script was typed); the run's own one when `cwd: run` says so, when flags are written
 * into a `config:` file, or when what it requires `moves`: has another place or name there; `placed` is that. Then everything of the project is linked into it, and the config
 * file is a copy with the flags' values: parallel trials share no file that was changed for one of them.
 *
 * Throws ToolError `invalid-config-file`, `missing-config-file` (exit code 2).
 */
export function workplace(
  operation: Operation,
  settings: FlagSettings,
  { cwd, moves, placed }: { cwd: string; moves: boolean; placed: readonly Placement[] },
): Workplace {
  const config = operation.flagsDest?.startsWith("config:") === true ? operation.flagsDest.slice("config:".length) : null;
  const inRun = operation.cwd === "run" || config !== null || (operation.cwd !== "project" && moves);
  // What is required is in its place already, unless an operation that says cwd: project gets it in RUN_DIR.
  if (!inRun) return { cwd, placed: moves ? [...placed] : [] };
  // What the file says already is left as it stands there.
  const said = Object.entries(settings).filter(([, { from, spec }]) => from !== spec.imported?.from);
  const flags = said.map(([name, { value, spec }]) => [name, { value, ...spec }] as const);
  const written = config === null ? [] : configCopies(config, Object.fromEntries(flags), { operation, cwd });
  const copies = written.map((copy) => ({ ...copy, replace: true }));
  const own = [...copies, ...placed].map(({ to }) => to.replace(/^(?:\.\/)+/, ""));
  return {
    // An operation that says cwd: project and passes flags by a file finds the copy in RUN_DIR.
    cwd: operation.cwd === "project" ? cwd : "${RUN_DIR}",
    placed: [...copies, ...placed, ...(operation.cwd === "project" ? [] : linksOf(cwd, "", own))],
  };
}

/** One link for each entry of a folder; a folder in which something else is put is made, and its entries are linked. */
function linksOf(root: string, below: string, own: readonly string[]): Placement[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry): Placement[] => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith(".") || entry.name === "__pycache__" || (below === "" && OURS.includes(entry.name))) return [];
    if (own.includes(path)) return [];
    if (entry.isDirectory() && own.some((to) => to.startsWith(`${path}/`))) return linksOf(root, path, own);
    return [{ to: path, from: join(root, path), how: "link" }];
  });
}
