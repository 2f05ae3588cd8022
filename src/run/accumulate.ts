import { makeBuckets } from "../stats/buckets.ts";
import { inTime, thinEvents } from "./events-file.ts";
import type { ScalarLine, SystemLine } from "./log-lines.ts";
import { SERIES_LIMIT } from "./series-file.ts";
import { systemUnit } from "./system-units.ts";
import type { Run, RunEvent, ScalarSource, ScalarSummary, Series, Unit } from "./types.ts";
import { unitOf } from "./units.ts";

/** So many events are kept at least; the public file has room for a tenth of them. */
const EVENTS_LIMIT = 2000;

export interface Accumulator {
  scalar(line: ScalarLine): void;
  sample(line: SystemLine): void;
  event(event: RunEvent): void;
  /** All scalars in order of first appearance, thinned to `SERIES_LIMIT` buckets. */
  series(): Series[];
  /** All system series, sorted by tag; their steps are the samples' numbers 0, 1, 2 …, for their axis is time. */
  system(): Series[];
  scalars(): Run["scalars"];
  systemSummary(): Run["system"];
  /** In order of time. */
  events(): RunEvent[];
}

/**
 * Turns the exact log into the public shapes, line by line: the recorder while it runs, `guild runs refresh` afterwards and the
 * live view all feed this one accumulator, so they cannot disagree. Memory does not grow with the length of the
 * run: beyond some thousands, events are thinned as `events.json` thins them. Also notes the first time that a tag stops being finite as an event of kind `nan`.
 */
export function accumulate(): Accumulator {
  const scalars = new Map<string, Track>();
  const system = new Map<string, Track>();
  let events: RunEvent[] = [];
  let samples = 0;
  const happened = (event: RunEvent): void => {
    events.push(event);
    if (events.length > 2 * EVENTS_LIMIT) events = thinEvents(events, EVENTS_LIMIT);
  };
  return {
    scalar({ t, k, v, step, src }) {
      const track = get(scalars, k, () => makeTrack(unitOf(k), src));
      if (!Number.isFinite(v) && track.nonFinite === 0) happened({ step, t: t / 1e6, kind: "nan", detail: k });
      track.add(step, t / 1e6, v);
    },
    sample({ t, v }) {
      for (const [tag, value] of Object.entries(v))
        get(system, tag, () => makeTrack(systemUnit(tag), "out")).add(samples, t / 1e6, value);
      samples += 1;
    },
    event: happened,
    series: () => [...scalars].map(([tag, track]) => track.series(tag)),
    system: () => sorted(system).map(([tag, track]) => track.series(tag)),
    scalars: () => Object.fromEntries([...scalars].map(([tag, track]) => [tag, track.summary()])),
    systemSummary: () => Object.fromEntries(sorted(system).map(([tag, track]) => [tag, track.summary()])),
    events: () => [...events].sort(inTime),
  };
}

interface Track {
  readonly nonFinite: number;
  add(step: number, time: number, value: number): void;
  series(tag: string): Series;
  summary(): ScalarSummary;
}

/** One tag: its buckets, and its summary over all points. */
function makeTrack(unit: Unit, source: ScalarSource): Track {
  const buckets = makeBuckets(SERIES_LIMIT);
  const none = { step: 0, value: Number.NaN };
  let [first, last, min, max] = [none, none, none, none];
  let [count, finite, mean] = [0, 0, 0];
  return {
    get nonFinite() {
      return count - finite;
    },
    add(step, time, value) {
      buckets.add(step, time, value);
      last = { step, value };
      if (count === 0) first = last;
      count += 1;
      if (!Number.isFinite(value)) return;
      finite += 1;
      mean += (value - mean) / finite;
      if (finite === 1 || value < min.value) min = last;
      if (finite === 1 || value > max.value) max = last;
    },
    series: (tag) => ({ tag, unit, ...buckets.columns() }),
    summary: () => ({
      count,
      first,
      last,
      min: finite > 0 ? min : null,
      max: finite > 0 ? max : null,
      mean: finite > 0 ? mean : null,
      nonFinite: count - finite,
      unit,
      source,
    }),
  };
}

function get<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function sorted<V>(map: Map<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
