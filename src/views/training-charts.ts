/** Which charts a run's own page draws of its metrics. */
import { echoes } from "../run/echoes.ts";
import { goalOf, rankedMetrics } from "../run/goals.ts";
import type { Project, Run } from "../run/types.ts";
import type { ChartRun, ChartSpec } from "./chart-spec.ts";
import { metricOf } from "./reading.ts";
import { slug } from "./slug.ts";

/** Charts under one heading: the prefix that their tags share, or null for those without one. */
export interface ChartGroup {
  heading: string | null;
  charts: ChartSpec[];
}

/** More than this many pictures on one page are no longer looked at; the table of all metrics goes on. */
export const chartLimit = 12;

const splitNames = /^(train|training|val|valid|validation|eval|dev|test|testing|holdout)$/;

/**
 * Charts of the metrics that have more than one point, the most telling first, by prefix where
 * several share one (`grad/norm` and `grad/max` under "grad"). The quantiles of a histogram share one chart.
 *
 * Twins, the same quantity on training and validation data, share a chart when they share a unit: `train/loss` with
 * `val/loss`, `loss` with `val_loss`. `left` names the metrics beyond the limit and those that another source
 * tells better, which have no chart.
 */
export function trainingCharts(run: Run, project: Project): { groups: ChartGroup[]; left: string[] } {
  const tags = rankedMetrics([run], project).filter((tag) => run.scalars[tag]!.count > 1);
  const echoed = echoes([run]);
  const families = new Map<string, string[]>();
  for (const tag of tags.filter((tag) => !echoed.has(tag))) {
    // What is printed counts epochs where event files count steps: their lines do not lie on one axis.
    const { source } = run.scalars[tag]!;
    const key = [prefixOf(tag) ?? "", fanOf(tag, run) ?? stemOf(tag), metricOf(tag, [run], project).unit, source].join("\n");
    families.set(key, [...(families.get(key) ?? []), tag]);
  }
  const drawn = [...families.values()].slice(0, chartLimit);
  const groups = new Map<string | null, ChartSpec[]>();
  for (const family of drawn) {
    const prefix = prefixOf(family[0]!);
    // A heading over a single chart would only repeat the chart's own.
    const heading = drawn.filter((other) => prefixOf(other[0]!) === prefix).length > 1 ? prefix : null;
    groups.set(heading, [...(groups.get(heading) ?? []), familyChart(family, run, project)]);
  }
  const drawnTags = new Set(drawn.flat());
  return {
    groups: [...groups]
      .map(([heading, charts]) => ({ heading, charts }))
      .sort((a, b) => Number(a.heading !== null) - Number(b.heading !== null)),
    left: tags.filter((tag) => !drawnTags.has(tag)),
  };
}

function familyChart(tags: string[], run: Run, project: Project): ChartSpec {
  // Training first, so that it takes the same place in every legend.
  const fan = fanOf(tags[0]!, run);
  const ordered =
    fan === null
      ? [...tags].sort((a, b) => Number(isTraining(b)) - Number(isTraining(a)))
      : QUANTILES.map((name) => `${fan}/${name}`).filter((tag) => tags.includes(tag));
  const title = fan ?? (tags.length === 1 ? tags[0]! : stemOf(tags[0]!));
  const { unit } = metricOf(tags[0]!, [run], project);
  const goals = new Set(tags.map((tag) => goalOf(tag, project)));
  return {
    id: slug(title),
    title,
    panel: "scalars",
    tags: ordered,
    runs: [onlyRun(run)],
    unit,
    goal: goals.size === 1 ? [...goals][0]! : null,
    x: "step",
  };
}

/** The run of a page about one run: its lines are told apart by their tags. */
export function onlyRun(run: Run): ChartRun {
  return { id: run.id, label: run.label ?? run.operation, slot: 0, emphasis: "normal" };
}

/** What a histogram is recorded as, the largest first. */
const QUANTILES = ["max", "p95", "p75", "p50", "p25", "p05", "min"];

/** The histogram that a tag is a quantile of: `weights/p50` → weights, when its median and both its ends are there too. */
function fanOf(tag: string, run: Run): string | null {
  const at = tag.lastIndexOf("/");
  if (at <= 0 || !QUANTILES.includes(tag.slice(at + 1))) return null;
  const stem = tag.slice(0, at);
  return ["p50", "min", "max"].every((name) => `${stem}/${name}` in run.scalars) ? stem : null;
}

function isTraining(tag: string): boolean {
  return wordsOf(tag).some((word) => /^train/.test(word)) || !wordsOf(tag).some((word) => splitNames.test(word));
}

/** The name without what says on which data it was measured: `val_loss` → loss. A name that is nothing else stays. */
function stemOf(tag: string): string {
  const stem = tag
    .split("/")
    .map((part) =>
      part
        .split(/([_\-. ])/)
        .filter((piece, at, all) => !splitNames.test(piece.toLowerCase()) && !isLooseSeparator(all, at))
        .join(""),
    )
    .filter((part) => part !== "")
    .join("/");
  return stem === "" ? tag : stem;
}

/** The separator beside a removed word goes with it: val_loss → loss, loss_val → loss. */
function isLooseSeparator(pieces: string[], at: number): boolean {
  if (at % 2 === 0) return false;
  return (
    splitNames.test(pieces[at - 1]!.toLowerCase()) || (at === pieces.length - 2 && splitNames.test(pieces[at + 1]!.toLowerCase()))
  );
}

function wordsOf(tag: string): string[] {
  return tag.toLowerCase().split(/[^a-z0-9]+/);
}

/** `grad/norm` → grad; `val/loss` → null, because "val" is about the data. */
function prefixOf(tag: string): string | null {
  const parts = tag.split("/").filter((part) => !splitNames.test(part.toLowerCase()));
  return parts.length > 1 ? parts[0]! : null;
}
