/** Which charts a run's own page draws of the machine, on the same axis as the training. */
import { isSystemTag } from "../run/system-units.ts";
import type { Run } from "../run/types.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { slug } from "./slug.ts";
import { onlyRun } from "./training-charts.ts";

/** Each subject with the tags that belong to it, in the order in which a reader asks: was the machine busy, was it full, did it wait? */
const subjects: readonly (readonly [string, RegExp])[] = [
  ["GPU", /^sys\/gpu[^/]*\/(gpu\/)?util$/],
  ["GPU memory", /^sys\/gpu[^/]*\/mem\/used$/],
  ["GPU power", /^sys\/gpu[^/]*\/power$/],
  ["GPU temperature", /^sys\/gpu[^/]*\/temp$/],
  ["GPU memory of the run", /^op\/gpu[^/]*\/mem\/used$/],
  ["CPU of the run", /^op\/cpu\/util$/],
  ["Main thread of the run", /^op\/main\/(busy|helped)$/],
  ["CPU of the machine", /^sys\/cpu\/util$/],
  ["Memory of the run", /^op\/mem\/(rss|pss)$/],
  ["Memory of the machine", /^sys\/mem\/used$/],
  ["Size of the run's directory", /^op\/disk\/run_dir_bytes$/],
  ["Disk traffic of the run", /^op\/io\/(read|write)_bytes$/],
  ["Disk traffic of the machine", /^sys\/(dev[^/]*|disk|io)\/(read|write)_bytes$/],
  ["Network traffic", /^sys\/net\/[rt]x_bytes$/],
  ["Waiting for the machine", /^sys\/psi\//],
  ["Temperature", /^sys\/hwmon[^/]*\/temp$/],
  ["Power of the processors", /^sys\/cpu\/power$/],
  ["Processes and threads", /^op\/(procs|threads)$/],
];

/** Many disks are one picture too many. */
const tagLimit = 4;

/**
 * One chart for each subject that the run has samples of, and one for each further tag with more than one sample.
 * `stepTag` is the metric whose step–time curve places the samples on the step axis, or null to let the chart choose.
 */
export function systemCharts(run: Run, stepTag: string | null): ChartSpec[] {
  const tags = Object.keys(run.system).filter((tag) => isSystemTag(tag) && run.system[tag]!.count > 1 && varies(run, tag));
  const charts: ChartSpec[] = [];
  for (const [title, pattern] of subjects) {
    const found = tags.filter((tag) => pattern.test(tag)).sort((a, b) => loudness(run, b) - loudness(run, a));
    if (found.length > 0) charts.push(systemChart(title, found.slice(0, tagLimit).sort(), run, stepTag));
  }
  return charts;
}

function systemChart(title: string, tags: string[], run: Run, stepTag: string | null): ChartSpec {
  const { unit } = run.system[tags[0]!]!;
  const base: ChartSpec = {
    id: `system-${slug(title)}`,
    title,
    panel: "system",
    tags,
    runs: [onlyRun(run)],
    unit,
    goal: null,
    x: "step",
  };
  return stepTag === null ? base : { ...base, stepTag };
}

function loudness(run: Run, tag: string): number {
  return run.system[tag]!.max?.value ?? 0;
}

/** A counter that stood at zero all the time (an idle second disk, no network) says so in the table and needs no picture. */
function varies(run: Run, tag: string): boolean {
  const { min, max } = run.system[tag]!;
  return min !== null && max !== null && !(min.value === 0 && max.value === 0);
}
