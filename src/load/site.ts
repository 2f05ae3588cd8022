import type { ChartData, Environment, Project, Run, RunData, Warning } from "../run/types.ts";
import { runCacheKey } from "./cache-key.ts";
import { type Comparison, readComparisons } from "./comparisons.ts";
import { type Document, readDocuments } from "./documents.ts";
import { readEnvironments } from "./environments.ts";
import { isInProgress, type LogOffsets, logOffsets, readLiveChartData, readLiveRunData } from "./live.ts";
import { readChartData, readRunData } from "./run.ts";
import { readRuns } from "./runs.ts";
import { warnings } from "./warnings.ts";

/** What the pages of one project may ask for. Runs are newest first; hidden ones are not there. */
export interface SiteData {
  project: Project;
  runs: Run[];
  /** When the newest record was written (UTC ISO-8601), or null without runs: the site knows no other clock. */
  dataAsOf: string | null;
  environments: Map<string, Environment>;
  comparisons: Comparison[];
  docs: Document[];
  warnings: Warning[];
}

export interface Site {
  siteData(): SiteData;
  /** Throws ToolError `missing-run`. */
  runData(id: string): RunData;
  /** Throws ToolError `missing-run`. */
  chartData(id: string): ChartData;
  /** In the live view: how far the logs of the runs in progress have been read, by run id. Empty in a build. */
  offsetsInProgress(): Record<string, LogOffsets>;
  /** What Astro's getStaticPaths wants for the run pages, with the key by which an unchanged page is reused. */
  runPaths(): { params: { id: string }; cacheKey: string }[];
}

/**
 * Opens a project for rendering. A build reads the collection once and remembers it; the live view (`live: true`) reads
 * again for every page, and takes what a run in progress has logged so far from its exact log.
 */
export function openSite(root: string, { project, version, live }: { project: Project; version: string; live: boolean }): Site {
  let remembered: SiteData | null = null;
  const siteData = () => {
    if (remembered === null || live) remembered = readSite(root, project);
    return remembered;
  };
  return {
    siteData,
    runData: (id) => (live ? readLiveRunData(root, id) : readRunData(root, id)),
    chartData: (id) => (live ? readLiveChartData(root, id) : readChartData(root, id)),
    offsetsInProgress: () =>
      live
        ? Object.fromEntries(
            siteData()
              .runs.filter((run) => isInProgress(root, run))
              .map(({ id }) => [id, logOffsets(root, id)]),
          )
        : {},
    runPaths: () => siteData().runs.map((run) => ({ params: { id: run.id }, cacheKey: runCacheKey(root, run, version) })),
  };
}

function readSite(root: string, project: Project): SiteData {
  const runs = readRuns(root);
  return {
    project,
    runs,
    dataAsOf: runs.reduce<string | null>((newest, run) => (newest === null || run.updated > newest ? run.updated : newest), null),
    environments: readEnvironments(root),
    comparisons: readComparisons(root),
    docs: readDocuments(root, "docs"),
    warnings: warnings(),
  };
}
