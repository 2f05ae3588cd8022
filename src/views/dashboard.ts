/** The model of `/`: is it working, what is best, what came last? */

import { goalOf, rankedMetrics } from "../run/goals.ts";
import type { Group } from "../run/groups.ts";
import { statusWord } from "../run/status-words.ts";
import type { Environment, Project, Run } from "../run/types.ts";
import { formatCount, formatDuration, formatValue } from "../run/units.ts";
import type { ChartRun, ChartSpec } from "./chart-spec.ts";
import { groupSlots } from "./group-slots.ts";
import { headline, type Standing, standingOf } from "./headline.ts";
import { columnTexts, repeated, signedText, spreadText } from "./numbers.ts";
import { counted, type Phrase } from "./phrase.ts";
import { isBetter, metricOf, readingOf, type Spread } from "./reading.ts";
import { runPath } from "./run-name.ts";
import { type RunsTable, runsTable } from "./runs-table.ts";
import { slug } from "./slug.ts";
import type { Tile } from "./tiles.ts";

export interface Dashboard {
  headline: Phrase;
  tiles: Tile[];
  /** Null when no run has a course to draw. */
  curves: { spec: ChartSpec; note: string } | null;
  newest: RunsTable;
  leaders: { label: string; href: string; slot: number; value: string; spread: string }[];
  /** The metric that the leaders are ranked by, e.g. "best val/acc"; null without a goal. */
  rankedBy: string | null;
  /** The newest run, when it went wrong or is still going: it belongs on top. */
  attention: Run | null;
}

const newestLimit = 10;
const leaderLimit = 8;
const curveLimit = 5;

/** Null without runs: then the page teaches. */
export function dashboard(
  runs: readonly Run[],
  project: Project,
  environments: ReadonlyMap<string, Environment>,
): Dashboard | null {
  const standing = standingOf(runs, project);
  const latest = runs[0];
  if (standing === null || latest === undefined) return null;
  const slots = groupSlots(standing.groups, project);
  const { kind } = statusWord(latest);
  return {
    headline: headline(runs, standing),
    tiles: tilesOf(runs, standing, environments),
    curves: curvesOf(standing, project, slots),
    newest: runsTable(runs.slice(0, newestLimit), project, environments, { among: runs, compact: true }),
    leaders: leadersOf(standing, slots),
    rankedBy: standing.metric?.goal ? standing.metric.tag : null,
    attention: kind === "completed" || kind === "stopped" ? null : latest,
  };
}

function tilesOf(runs: readonly Run[], standing: Standing, environments: ReadonlyMap<string, Environment>): Tile[] {
  const { metric, ranked, runs: own } = standing;
  const tiles: Tile[] = [];
  const best = ranked[0];
  if (metric !== null && metric.goal !== null && best) {
    tiles.push({
      key: "best",
      label: `best ${metric.tag}`,
      value: formatValue(best.spread.mean, metric.unit),
      note: spreadText(best.spread, repeated(best.group.runs)),
      href: runPath(best.spread.run.id),
      tone: "best",
    });
  }
  const latest = metric === null ? undefined : own.find((run) => run.scalars[metric.tag]);
  if (metric !== null && latest) {
    const { value } = readingOf(latest.scalars[metric.tag]!, metric.goal);
    const leads = latest.id === best?.spread.run.id;
    const against = best === undefined ? "" : `${signedText(value - best.spread.mean, metric.unit)} against the best`;
    tiles.push({
      key: "latest",
      label: `latest ${metric.tag}`,
      value: formatValue(value, metric.unit),
      note: metric.goal === null ? "last value" : leads ? "the best single run" : against,
      href: runPath(latest.id),
      tone: "plain",
    });
  }
  tiles.push(statusTile(runs));
  const seconds = runs.reduce((sum, run) => sum + (run.durationSeconds ?? 0), 0);
  tiles.push({
    key: "time",
    label: "time recorded",
    value: formatDuration(seconds),
    note: `longest ${formatDuration(Math.max(0, ...runs.map((run) => run.durationSeconds ?? 0)))}`,
    href: null,
    tone: "plain",
  });
  const places = new Set(runs.map((run) => run.environment).filter((digest) => digest !== null));
  const [place] = places;
  const title = place === undefined ? undefined : environments.get(place)?.title;
  if (places.size > 1) {
    tiles.push({
      key: "environments",
      label: "environments",
      value: String(places.size),
      note: "compare quality across them, not speed",
      href: null,
      tone: "plain",
    });
  } else if (title !== undefined) {
    const [first = "", ...rest] = title.split(", ");
    tiles.push({ key: "environments", label: "recorded on", value: first, note: rest.join(", "), href: null, tone: "words" });
  }
  return tiles;
}

function statusTile(runs: readonly Run[]): Tile {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const { word } = statusWord(run);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const note = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([word, count]) => `${count} ${word}`)
    .join(", ");
  return {
    key: "runs",
    label: "runs",
    value: formatCount(runs.length),
    note,
    href: "/runs/",
    tone: counts.has("running") ? "live" : "plain",
  };
}

function leadersOf({ ranked, metric }: Standing, slots: ReadonlyMap<string, number>): Dashboard["leaders"] {
  if (metric === null || metric.goal === null) return [];
  const shown = ranked.slice(0, leaderLimit);
  const values = columnTexts(
    shown.map(({ spread }) => spread.mean),
    metric.unit,
  );
  return shown.map(({ group, spread }, row) => ({
    label: group.label,
    href: runPath(spread.run.id),
    slot: slots.get(group.key) ?? -1,
    value: values[row] ?? "",
    spread: spreadText(spread, repeated(group.runs)),
  }));
}

/** The best run of each of the leading configurations, and the latest run dashed where it is none of them. */
function curvesOf(standing: Standing, project: Project, slots: ReadonlyMap<string, number>): Dashboard["curves"] {
  const tag = rankedMetrics(standing.runs, project).find((name) =>
    standing.runs.some((run) => (run.scalars[name]?.count ?? 0) > 1),
  );
  if (tag === undefined) return null;
  const goal = goalOf(tag, project);
  const drawn = new Map<string, ChartRun>();
  const line = (run: Run, group: Group, emphasis: ChartRun["emphasis"]): void => {
    const pinned = project.colors[group.key] ?? project.colors[group.label];
    const label = emphasis === "latest" ? latestLabel(run) : group.label;
    drawn.set(run.id, {
      id: run.id,
      label,
      slot: slots.get(group.key) ?? -1,
      emphasis,
      ...(pinned === undefined ? {} : { color: pinned }),
    });
  };
  const leaders = leadingRuns(standing, tag, goal);
  for (const { run, group } of leaders.slice(0, curveLimit)) line(run, group, "normal");
  const latest = standing.runs.find((run) => run.scalars[tag]);
  const home = latest && standing.groups.find((group) => group.runs.includes(latest));
  if (latest && home && !drawn.has(latest.id)) line(latest, home, "latest");
  if (drawn.size === 0) return null;
  const what =
    leaders.length > 1
      ? `The best run of each of ${Math.min(curveLimit, leaders.length) === leaders.length ? "the" : "the leading"} ${counted(Math.min(curveLimit, leaders.length), "configuration")}`
      : "The best run";
  return {
    spec: {
      id: slug(tag),
      title: tag,
      panel: "scalars",
      tags: [tag],
      runs: [...drawn.values()],
      unit: metricOf(tag, standing.runs, project).unit,
      goal,
      x: "step",
    },
    note:
      leaders.length === 0
        ? "The latest run."
        : `${what}${[...drawn.values()].some((run) => run.emphasis === "latest") ? ", and the latest run dashed" : ""}.`,
  };
}

function latestLabel(run: Run): string {
  const { kind, word } = statusWord(run);
  return kind === "completed" ? "latest" : `latest, ${word}`;
}

function leadingRuns(standing: Standing, tag: string, goal: ReturnType<typeof goalOf>): { run: Run; group: Group }[] {
  if (goal === null) return [];
  // Ranked by the main metric, drawn by one with a course: the test accuracy of a run is one number, its validation accuracy a curve.
  const ranked: { group: Group; spread: Spread }[] = standing.ranked;
  return ranked.flatMap(({ group }) => {
    const runs = group.runs.filter((run) => run.status === "completed" && (run.scalars[tag]?.count ?? 0) > 1);
    const best = runs.reduce<Run | null>(
      (found, run) =>
        found === null || isBetter(readingOf(run.scalars[tag]!, goal).value, readingOf(found.scalars[tag]!, goal).value, goal)
          ? run
          : found,
      null,
    );
    return best === null ? [] : [{ run: best, group }];
  });
}
