import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ToolError } from "../run/error.ts";
import { parseEvents } from "../run/events-file.ts";
import { parseSeries } from "../run/series-file.ts";
import type { ChartData, RunData } from "../run/types.ts";
import { readEnvironment } from "./environments.ts";
import { readJson } from "./json.ts";
import { renderNotes } from "./notes.ts";
import { readRun, runsFolder } from "./runs.ts";
import { warn } from "./warnings.ts";

/**
 * Everything that a page about one run can show.
 *
 * A side file that is missing is empty; one that is broken is empty with a warning, so that one bad file costs one chart
 * and not the build. Throws ToolError `missing-run` when there is no such run.
 */
export function readRunData(root: string, id: string): RunData {
  const run = readRun(root, id);
  if (run === null)
    throw new ToolError("missing-run", `There is no run ${id} in content/runs.`, { hint: "Type `guild runs` for a list." });
  const folder = join(runsFolder(root), id);
  return {
    run,
    ...readCharted(root, folder),
    output: readText(join(folder, "output.txt")) ?? "",
    notesHtml: notesOf(folder),
    images: imagesOf(folder),
    environment: run.environment === null ? null : readEnvironment(root, run.environment),
    outputOffset: null,
  };
}

/** What charts need of one run, for pages that compare many. Throws as `readRunData`. */
export function readChartData(root: string, id: string): ChartData {
  const run = readRun(root, id);
  if (run === null) throw new ToolError("missing-run", `There is no run ${id} in content/runs.`);
  return { id, started: run.started, ...readCharted(root, join(runsFolder(root), id)) };
}

function readCharted(root: string, folder: string): Pick<RunData, "series" | "system" | "events"> {
  return {
    series: readSide(root, join(folder, "series.json"), parseSeries, []),
    system: readSide(root, join(folder, "system.json"), parseSeries, []),
    events: readSide(root, join(folder, "events.json"), parseEvents, []),
  };
}

function readSide<T>(root: string, path: string, parse: (raw: unknown) => T, empty: T): T {
  if (!existsSync(path)) return empty;
  try {
    return parse(readJson(root, path));
  } catch (error) {
    warn(relative(root, path), error);
    return empty;
  }
}

function notesOf(folder: string): string | null {
  const markdown = readText(join(folder, "notes.md"));
  return markdown === null || markdown.trim() === "" ? null : renderNotes(markdown);
}

function imagesOf(folder: string): string[] {
  const images = join(folder, "images");
  return existsSync(images)
    ? readdirSync(images)
        .filter((name) => name.endsWith(".webp"))
        .sort()
    : [];
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
