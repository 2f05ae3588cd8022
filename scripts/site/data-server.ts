import { createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";
import { readLiveChartData } from "../../src/load/live.ts";
import { readRun } from "../../src/load/runs.ts";
import { formatEvents } from "../../src/run/events-file.ts";
import { isRunId } from "../../src/run/ids.ts";
import { formatSeries } from "../../src/run/series-file.ts";
import { type DataFile, dataFiles, runFiles } from "./data-files.ts";

const types: Record<string, string> = { json: "application/json", txt: "text/plain; charset=utf-8", webp: "image/webp" };

/**
 * Serves the data file at `path` (without a leading slash) as a build would publish it; false when there is none.
 * The points of a run in progress are those of its exact log.
 */
export function serveData(root: string, path: string, response: ServerResponse): boolean {
  const file = liveFile(root, path) ?? findFile(root, path);
  if (file === undefined) return false;
  response.setHeader("content-type", types[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream");
  response.setHeader("cache-control", "no-store");
  if ("copyOf" in file)
    createReadStream(file.copyOf)
      .on("error", () => response.destroy())
      .pipe(response);
  else response.end(file.text());
  return true;
}

function findFile(root: string, path: string): DataFile | undefined {
  const id = runIdOf(path);
  if (id === null) return path.includes(".") ? dataFiles(root, { runs: false }).find((file) => file.path === path) : undefined;
  const run = readRun(root, id);
  return run === null || run.hidden ? undefined : runFiles(root, run).find((file) => file.path === path);
}

function liveFile(root: string, path: string): DataFile | undefined {
  const id = runIdOf(path);
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (id === null || path !== `runs/${id}/${name}`) return undefined;
  const run = readRun(root, id);
  if (run === null || run.hidden || run.status !== "running") return undefined;
  if (name === "series.json")
    return { path, text: () => formatSeries(readLiveChartData(root, id).series, Number.MAX_SAFE_INTEGER) };
  if (name === "system.json")
    return { path, text: () => formatSeries(readLiveChartData(root, id).system, Number.MAX_SAFE_INTEGER) };
  if (name === "events.json") return { path, text: () => formatEvents(readLiveChartData(root, id).events) };
  return undefined;
}

function runIdOf(path: string): string | null {
  const id = /^runs\/([^/]+)\/.+\.\w+$/.exec(path)?.[1];
  return id !== undefined && isRunId(id) ? id : null;
}
