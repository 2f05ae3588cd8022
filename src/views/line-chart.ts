import type { Series } from "../run/types.ts";
import { captionOf } from "./chart-caption.ts";
import { labelOf } from "./chart-label.ts";
import type { ChartData, ChartRun, ChartSpec } from "./chart-spec.ts";
import { type ChartState, DEFAULT_STATE, type Range } from "./chart-state.ts";
import { eventTicks } from "./event-ticks.ts";
import type { Line, LineChartModel, Shade, XKind } from "./line-model.ts";
import { type PlacedSeries, placeSeries } from "./placed-series.ts";
import { type StepClock, stepClock } from "./step-clock.ts";
import { marksOf, yDomain } from "./y-domain.ts";

/** One line before its marks are known: marks depend on the y axis, which depends on all lines. */
type Draft = { line: Line; placed: PlacedSeries };
type Ends = readonly [number, number];

/**
 * Decides what a chart shows: which lines, how smoothed and thinned, the extent of both axes, marks, event ticks, and all
 * its words. Pure, and the same for build, live view and browser.
 *
 * `data` holds the runs by id; runs and tags that have no points are left out and named in the caption. A system panel on a
 * step axis is placed by each run's step–time curve; where a run has none, or no series has a step to tell apart, the chart
 * falls back to time and says so. Without any point `empty` says why; with points but no finite one the axis is empty and
 * the marks still stand.
 */
export function lineChart(
  spec: ChartSpec,
  data: ReadonlyMap<string, ChartData>,
  state: ChartState = DEFAULT_STATE,
): LineChartModel {
  const clocks = new Map(spec.runs.map((run) => [run.id, stepClock(data.get(run.id)?.series ?? [], spec.stepTag ?? null)]));
  const wanted = state.x ?? spec.x;
  const xKind: XKind = wanted === "step" && !hasSteps(spec, data, clocks) ? "time" : wanted;
  // A zoom is in the unit of the axis that was asked for.
  const range: Ends | null =
    state.range === null || xKind !== wanted ? null : [state.range[0] ?? -Number.MAX_VALUE, state.range[1] ?? Number.MAX_VALUE];
  const { drafts, missing } = draftLines(spec, data, state, xKind, clocks, range);
  const xDomain = zoomed(wholeDomain(spec, data, drafts, xKind, clocks), state.range, range);
  const placed = drafts.filter((draft) => !draft.line.hidden).map((draft) => draft.placed);
  const { domain, clipped } = yDomain(placed, spec.unit, spec.panel === "system", range);
  for (const { line } of drafts) line.marks = marksOf(line, domain);
  const lines = drafts.map((draft) => draft.line);
  const only = spec.runs.length === 1 ? data.get(spec.runs[0]!.id) : undefined;
  const clock = only === undefined ? null : (clocks.get(only.id) ?? null);
  const events =
    only === undefined || xDomain === null || lines.length === 0
      ? { ticks: [], note: null }
      : eventTicks(only.events, xKind, clock, xDomain);
  const model: LineChartModel = {
    id: spec.id,
    title: spec.title,
    unit: spec.unit,
    goal: spec.goal,
    xKind,
    xDomain,
    yDomain: domain,
    lines,
    events: events.ticks,
    shades: xKind === "time" && xDomain !== null && clock !== null ? shadesOf(clock, xDomain) : [],
    empty: emptyReason(lines, domain, range),
    caption: [],
    label: "",
  };
  model.caption = captionOf(model, {
    placed: drafts.map((draft) => draft.placed),
    missing,
    clipped,
    eventNote: events.note,
    fellBack: xKind !== wanted,
    onClock: spec.panel === "system" && xKind === "step",
  });
  model.label = labelOf(model);
  return model;
}

/** Does a step axis make sense here: a clock for machine samples, two different steps or a single point otherwise? */
function hasSteps(spec: ChartSpec, data: ReadonlyMap<string, ChartData>, clocks: ReadonlyMap<string, StepClock | null>): boolean {
  if (spec.panel === "system") return [...clocks.values()].some((clock) => clock !== null);
  let points = 0;
  for (const run of spec.runs) {
    for (const { steps } of seriesOf(spec, data.get(run.id))) {
      points += steps.length;
      if (steps.some((step) => step !== steps[0])) return true;
    }
  }
  // One point a line, as evaluations print them, is told apart by neither axis.
  return points <= spec.runs.length * spec.tags.length;
}

function seriesOf(spec: ChartSpec, data: ChartData | undefined): Series[] {
  const all = (spec.panel === "system" ? data?.system : data?.series) ?? [];
  return spec.tags.flatMap((tag) => all.find((series) => series.tag === tag) ?? []);
}

function draftLines(
  spec: ChartSpec,
  data: ReadonlyMap<string, ChartData>,
  state: ChartState,
  xKind: XKind,
  clocks: ReadonlyMap<string, StepClock | null>,
  range: Ends | null,
): { drafts: Draft[]; missing: string[] } {
  const drafts: Draft[] = [];
  const missing: string[] = [];
  for (const run of spec.runs) {
    const series = seriesOf(spec, data.get(run.id));
    for (const [i, tag] of spec.tags.entries()) {
      const one = series.find((candidate) => candidate.tag === tag);
      const identity = identify(spec, run, tag, i);
      const clock = spec.panel === "system" && xKind === "step" ? (clocks.get(run.id) ?? null) : null;
      const unmapped = spec.panel === "system" && xKind === "step" && clock === null;
      if (one === undefined || one.last.length === 0 || unmapped) {
        missing.push(identity.label);
        continue;
      }
      const placed = placeSeries(one, xKind, clock, state.smooth, range);
      const { x, y, low, high, smooth, steps, times, superseded } = placed;
      const hidden = state.hidden.has(identity.key) || state.hidden.has(run.id);
      drafts.push({
        placed,
        line: {
          ...identity,
          hidden,
          x,
          y,
          low,
          high,
          smooth,
          steps,
          times,
          superseded,
          marks: [],
          end: endOf(x, y, range),
        },
      });
    }
  }
  return { drafts, missing };
}

type Identity = Pick<Line, "key" | "runId" | "tag" | "label" | "slot" | "color" | "dash" | "emphasis">;

/**
 * One run's several tags differ in colour, starting from the run's own; several runs keep their colours and their tags differ
 * in dash. Several runs of one colour (seeds of a group) differ in dash too.
 */
function identify(spec: ChartSpec, run: ChartRun, tag: string, tagIndex: number): Identity {
  const single = spec.runs.length === 1;
  const several = spec.tags.length > 1;
  const twins = spec.runs.filter((other) => other.slot === run.slot && (other.color ?? null) === (run.color ?? null));
  return {
    key: single ? tag : several ? `${run.id}:${tag}` : run.id,
    runId: run.id,
    tag,
    label: single ? tag : several ? `${run.label} ${tag}` : run.label,
    slot: single && several && run.slot >= 0 ? (run.slot + tagIndex) % 8 : run.slot,
    color: single && tagIndex > 0 ? null : (run.color ?? null),
    dash: single ? 0 : several ? tagIndex : twins.indexOf(run),
    emphasis: run.emphasis,
  };
}

/** The last point in view: its value, and the height of the last finite one. */
function endOf(x: readonly number[], y: readonly number[], range: Ends | null): Line["end"] {
  let value: number | null = null;
  for (let i = y.length - 1; i >= 0; i -= 1) {
    if (range !== null && x[i]! > range[1]) continue;
    value ??= y[i]!;
    if (Number.isFinite(y[i])) return { x: x[i]!, y: y[i]!, value };
  }
  return null;
}

/**
 * The x axis before any zoom. Charts of a page are read together, so a time axis covers the whole run, and a step axis that
 * covers at least half of the run's steps is widened to all of them. An axis that begins near 0 begins at 0.
 */
function wholeDomain(
  spec: ChartSpec,
  data: ReadonlyMap<string, ChartData>,
  drafts: readonly Draft[],
  xKind: XKind,
  clocks: ReadonlyMap<string, StepClock | null>,
): [number, number] | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { placed } of drafts) {
    if (placed.extent === null) continue;
    from = Math.min(from, placed.extent[0]);
    to = Math.max(to, placed.extent[1]);
  }
  if (from > to) return null;
  for (const run of spec.runs) {
    const one = data.get(run.id);
    if (xKind === "time") {
      from = 0;
      for (const series of [...(one?.series ?? []), ...(one?.system ?? [])]) to = Math.max(to, series.times.at(-1) ?? to);
    } else {
      const covered = 2 * to;
      for (const { steps } of one?.series ?? []) if (steps.at(-1)! < covered) to = Math.max(to, steps.at(-1)!);
      const clock = clocks.get(run.id) ?? null;
      if (clock !== null && spec.panel === "system") from = Math.min(from, clock.firstStep);
    }
  }
  if (from > 0 && from <= to / 20) from = 0;
  return [from, to];
}

/** The axis after the zoom. A zoom beyond all points is an axis without any. */
function zoomed(whole: [number, number] | null, wanted: Range | null, range: Ends | null): [number, number] | null {
  if (whole === null || wanted === null || range === null) return whole;
  const from = wanted[0] ?? Math.min(whole[0], range[1]);
  const to = wanted[1] ?? Math.max(whole[1], range[0]);
  return from < to ? [from, to] : [from, from + 1];
}

function shadesOf(clock: StepClock, [from, to]: readonly [number, number]): Shade[] {
  const shades: Shade[] = [];
  // A hundredth of the axis is too narrow to see, let alone to name.
  const least = (to - from) / 100;
  if (clock.firstTime - from > least) shades.push({ from, to: Math.min(clock.firstTime, to), label: "start-up" });
  if (to - clock.lastTime > least) shades.push({ from: Math.max(clock.lastTime, from), to, label: "shutdown" });
  return shades;
}

function emptyReason(lines: readonly Line[], domain: readonly [number, number] | null, range: Ends | null): string | null {
  if (lines.length === 0) return "no points yet";
  if (lines.every((line) => line.hidden)) return "all lines are hidden";
  if (domain !== null) return null;
  const inView = range === null || lines.some((line) => line.x.some((x) => x >= range[0] && x <= range[1]));
  return inView ? "no finite value" : "no points here";
}
