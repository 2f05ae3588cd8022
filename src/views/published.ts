import type { Environment, Project, Run } from "../run/types.ts";

/** One row of `/runs/index.json`: what a list, a filter or another site needs to choose runs by. */
export type IndexRow = Pick<
  Run,
  | "id"
  | "operation"
  | "model"
  | "label"
  | "tags"
  | "status"
  | "exitCode"
  | "started"
  | "durationSeconds"
  | "flags"
  | "environment"
  | "updated"
  | "starred"
> & { code: string | null };

/** `/runs/index.json`: all runs, newest first, a line of facts each. */
export function runsIndex(project: Project, runs: Run[]): { schema: 1; name: string; site: string | null; runs: IndexRow[] } {
  return { schema: 1, name: project.name, site: project.site, runs: runs.map(indexRow) };
}

function indexRow(run: Run): IndexRow {
  const { id, operation, model, label, tags, status, exitCode, started, durationSeconds, flags, environment, updated, starred } =
    run;
  return {
    id,
    operation,
    model,
    label,
    tags,
    status,
    exitCode,
    started,
    durationSeconds,
    flags,
    environment,
    updated,
    starred,
    code: run.code.digest,
  };
}

/** `/environments/index.json`: every environment in full, by digest. */
export function environmentsIndex(environments: Map<string, Environment>): { schema: 1; environments: Environment[] } {
  return { schema: 1, environments: [...environments.values()] };
}
