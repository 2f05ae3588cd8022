import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "glob";
import { readEnvironments } from "../../src/load/environments.ts";
import { readProject } from "../../src/load/project.ts";
import { readRuns, runsFolder } from "../../src/load/runs.ts";
import { formatEnvironment } from "../../src/run/environment-file.ts";
import { formatRun } from "../../src/run/run-file.ts";
import type { Run } from "../../src/run/types.ts";
import { environmentsIndex, runsIndex } from "../../src/views/published.ts";

/** One file that the site publishes beside its pages: copied as it is, or made of the records. */
export type DataFile = { path: string; copyOf: string } | { path: string; text: () => string };

/** The side files of a run that are published unchanged. `edits.yml` and `notes.md` are in run.json and the page. */
const sideFiles = ["series.json", "system.json", "events.json", "output.txt"];

/**
 * Every data file of the site, at the stable URLs that other sites pull: `runs/index.json`, `runs/<id>/…`,
 * `environments/index.json`, `bundle.json`, and whatever a person put under `content/public`. `runs: false` leaves out the
 * files of single runs.
 */
export function dataFiles(root: string, { runs: withRuns = true } = {}): DataFile[] {
  const project = readProject(root);
  const runs = readRuns(root);
  const environments = readEnvironments(root);
  return [
    ...publicFiles(root),
    { path: "runs/index.json", text: () => json(runsIndex(project, runs)) },
    { path: "environments/index.json", text: () => json(environmentsIndex(environments)) },
    { path: "bundle.json", text: () => bundle(root, project.name, runs, [...environments.values()].map(formatEnvironment)) },
    ...(withRuns ? runs.flatMap((run) => runFiles(root, run)) : []),
  ];
}

/** The data files of one run, for the live view too, which serves them one by one. */
export function runFiles(root: string, run: Run): DataFile[] {
  const folder = join(runsFolder(root), run.id);
  const images = join(folder, "images");
  const names = [
    ...sideFiles,
    ...(existsSync(images)
      ? readdirSync(images)
          .filter((name) => name.endsWith(".webp"))
          .map((name) => `images/${name}`)
      : []),
  ];
  return [
    recordFile(folder, run),
    ...names.flatMap((name) =>
      isFile(join(folder, name)) ? [{ path: `runs/${run.id}/${name}`, copyOf: join(folder, name) }] : [],
    ),
  ];
}

/** The record as it lies there, unless a person or the clock knows better than it: edits, or a status that is derived. */
function recordFile(folder: string, run: Run): DataFile {
  const path = `runs/${run.id}/run.json`;
  const isFinal = run.status === "completed" || run.status === "error" || run.status === "terminated";
  if (isFinal && !existsSync(join(folder, "edits.yml"))) return { path, copyOf: join(folder, "run.json") };
  return { path, text: () => formatRun(run) };
}

function publicFiles(root: string): DataFile[] {
  const cwd = join(root, "content", "public");
  return globSync("**/*", { cwd, nodir: true, posix: true, dot: true, follow: false })
    .sort()
    .map((path) => ({ path, copyOf: join(cwd, path) }));
}

/** Records are put together as the texts that they are, without parsing them again. */
function bundle(root: string, name: string, runs: Run[], environments: string[]): string {
  const list = (texts: string[]) => `[${texts.map((text) => text.trimEnd()).join(",\n")}]`;
  return `{"schema":1,"name":${JSON.stringify(name)},"runs":${list(runs.map((run) => textOf(recordFile(join(runsFolder(root), run.id), run))))},"environments":${list(environments)}}\n`;
}

function textOf(file: DataFile): string {
  return "copyOf" in file ? readFileSync(file.copyOf, "utf8") : file.text();
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
