/** The curves of a query, for `<LineChart metric="val/acc" />` in a dashboard. */
import { goalOf } from "../run/goals.ts";
import { groupRuns, labelGroups } from "../run/groups.ts";
import type { Project, Run } from "../run/types.ts";
import type { ChartSpec } from "./chart-spec.ts";
import { groupSlots } from "./group-slots.ts";
import { rankGroups } from "./headline.ts";
import { isBetter, metricOf, readingOf } from "./reading.ts";
import { slug } from "./slug.ts";

/** Null when no run has more than one point of any of the tags. `left` counts configurations beyond `top`. */
export interface QueryCurves {
  spec: ChartSpec;
  left: number;
}

/**
 * One line for each configuration: its best run by the first tag's goal, or its newest without a goal; the best `top`
 * configurations. `key` makes the chart's anchor unique in its page.
 */
export function queryCurves(
  tags: readonly string[],
  runs: readonly Run[],
  project: Project,
  top: number,
  key: string,
): QueryCurves | null {
  const tag = tags[0]!;
  const goal = goalOf(tag, project);
  const carriers = runs.filter((run) => tags.some((each) => (run.scalars[each]?.count ?? 0) > 1));
  const groups = groupRuns(carriers, project);
  const metric = metricOf(tag, runs, project);
  const ranked = rankGroups(groups, metric, project).map(({ group }) => group);
  const ordered = [...ranked, ...groups.filter((group) => !ranked.includes(group))];
  const shown = ordered.slice(0, top);
  if (shown.length === 0) return null;
  labelGroups(shown);
  const slots = groupSlots(groups, project);
  const lines = shown.map((group) => {
    const valid = group.runs.filter((run) => run.scalars[tag]);
    const candidates = valid.some((run) => run.status === "completed")
      ? valid.filter((run) => run.status === "completed")
      : valid.length > 0
        ? valid
        : group.runs;
    const value = (run: Run) => (run.scalars[tag] ? readingOf(run.scalars[tag], goal).value : Number.NaN);
    const run =
      goal === null
        ? candidates[0]!
        : candidates.reduce((found, each) => (isBetter(value(each), value(found), goal) ? each : found));
    const pinned = project.colors[group.key] ?? project.colors[group.label];
    return {
      id: run.id,
      label: group.label,
      slot: slots.get(group.key) ?? -1,
      emphasis: "normal" as const,
      ...(pinned === undefined ? {} : { color: pinned }),
    };
  });
  return {
    spec: {
      id: slug(key),
      title: tags.join(", "),
      panel: "scalars",
      tags: [...tags],
      runs: lines,
      unit: metric.unit,
      goal,
      x: "step",
    },
    left: ordered.length - shown.length,
  };
}
