import { goalOf, rankedMetrics } from "../run/goals.ts";
import type { Project, Run } from "../run/types.ts";
import { formatCount, formatDuration, formatValue } from "../run/units.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { metricOf, readingOf } from "./reading.ts";
import type { Tile } from "./tiles.ts";

const metricTiles = 3;

/** The facts of one run: its most telling metrics, how long it took, and what it needed of the machine. Never more than six. */
export function runTiles(run: Run, project: Project): Tile[] {
  const tiles = rankedMetrics([run], project)
    .filter((tag) => goalOf(tag, project) !== null || run.scalars[tag]!.count > 1)
    .slice(0, metricTiles)
    .map((tag, rank) => metricTile(run, tag, project, rank === 0 && run.status === "completed"));
  if (tiles.length === 0)
    tiles.push(
      ...rankedMetrics([run], project)
        .slice(0, metricTiles)
        .map((tag) => metricTile(run, tag, project, false)),
    );
  tiles.push(durationTile(run));
  const machine = machineTile(run);
  if (machine) tiles.push(machine);
  return tiles;
}

function metricTile(run: Run, tag: string, project: Project, main: boolean): Tile {
  const summary = run.scalars[tag]!;
  const { goal, unit } = metricOf(tag, [run], project);
  const tone = main && goal !== null ? "best" : "plain";
  const reading = readingOf(summary, goal);
  const text = (value: number) => formatValue(value, unit);
  const nonFinite = summary.nonFinite > 0 ? `, ${formatCount(summary.nonFinite)} not finite` : "";
  if (reading.kind === "best") {
    const note = `step ${formatCount(reading.step)}, last ${text(summary.last.value)}${nonFinite}`;
    return tile(`metric-${tag}`, `best ${tag}`, text(reading.value), note, tone);
  }
  const note =
    reading.kind === "last"
      ? `last, step ${formatCount(reading.step)}`
      : reading.step > 0
        ? `step ${formatCount(reading.step)}`
        : "one value";
  return tile(`metric-${tag}`, tag, text(reading.value), `${note}${nonFinite}`, tone);
}

function durationTile(run: Run): Tile {
  const seconds = elapsedSeconds(run);
  if (seconds === null) return tile("duration", "duration", "–", "its end was not seen", "plain");
  if (run.durationSeconds === null) return tile("duration", "duration", formatDuration(seconds), "so far", "live");
  const steps = Math.max(0, ...Object.values(run.scalars).map((summary) => summary.last.step));
  return tile("duration", "duration", formatDuration(seconds), steps > 1 ? `${formatCount(steps)} steps` : "wall time", "plain");
}

/** Memory at its height, because it is what a run dies of; the mean CPU beside it. */
function machineTile(run: Run): Tile | null {
  const memory = run.derived?.peakMemory.value ?? (run.system["op/mem/pss"] ?? run.system["op/mem/rss"])?.max?.value;
  const cpu = run.system["op/cpu/util"]?.mean;
  if (memory == null) return null;
  return tile(
    "memory",
    "peak memory",
    formatValue(memory, "B"),
    cpu == null ? "of its processes" : `${formatValue(cpu, "cores")} on average`,
    "plain",
  );
}

function tile(key: string, label: string, value: string, note: string, tone: Tile["tone"]): Tile {
  return { key, label, value, note, href: null, tone };
}
