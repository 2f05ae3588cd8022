import { inTime, thinEvents } from "./events-file.ts";
import type { ScalarLine, SystemLine, VoidLine } from "./log-lines.ts";
import { SCALAR_SOURCES } from "./run-file.ts";
import { systemUnit } from "./system-units.ts";
import { makeTrack, type Track } from "./track.ts";
import type { Run, RunEvent, ScalarSource, ScalarSummary, Series } from "./types.ts";
import { unitOf } from "./units.ts";

/** So many events are kept at least; the public file has room for a tenth of them. */
const EVENTS_LIMIT = 2000;

export interface Accumulator {
  scalar(line: ScalarLine | VoidLine): void;
  /** Whether the next point of this tag would count if it came from `source`: not when a more trusted one tells the tag. */
  trusts(tag: string, source: ScalarSource): boolean;
  /** How often the past of a tag has changed: by a restart, or because a more trusted source began to tell it. */
  readonly rewrites: number;
  sample(line: SystemLine): void;
  event(event: RunEvent): void;
  /** All scalars in order of first appearance, thinned to `SERIES_LIMIT` buckets. */
  series(): Series[];
  /** All system series with their means, sorted by tag; their steps are the samples' numbers 0, 1, 2 …, for their axis is time. */
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
 *
 * Of a tag that several sources tell, the most trusted is shown alone: with its first point, what a lesser one has told goes, and
 * what a lesser one tells from then on is left out. After a restart the points that it voids are gone from series and summary.
 */
export function accumulate(): Accumulator {
  const scalars = new Map<string, Track>();
  const system = new Map<string, Track>();
  let events: RunEvent[] = [];
  let samples = 0;
  let rewrites = 0;
  const notFinite = new Set<string>();
  const happened = (event: RunEvent): void => {
    events.push(event);
    if (events.length > 2 * EVENTS_LIMIT) events = thinEvents(events, EVENTS_LIMIT);
  };
  return {
    scalar(line) {
      const { t, k, src } = line;
      const known = scalars.get(k);
      if (known !== undefined && trust(src) < trust(known.source)) return;
      if ("void" in line) {
        if (known?.source !== src || !known.truncate(line.void)) return;
        rewrites += 1;
        if (known.nonFinite === 0) notFinite.delete(k);
        return;
      }
      const { v, step } = line;
      if (known !== undefined && known.source !== src) rewrites += 1;
      const track = known?.source === src ? known : makeTrack(unitOf(k), src);
      if (track !== known) scalars.set(k, track); // a tag that is known keeps its place
      if (!Number.isFinite(v) && !notFinite.has(k)) {
        notFinite.add(k);
        happened({ step, t: t / 1e6, kind: "nan", detail: k });
      }
      track.add(step, t / 1e6, v);
    },
    trusts: (tag, source) => trust(source) >= trust(scalars.get(tag)?.source ?? source),
    get rewrites() {
      return rewrites;
    },
    sample({ t, v }) {
      for (const [tag, value] of Object.entries(v))
        get(system, tag, () => makeTrack(systemUnit(tag), "out")).add(samples, t / 1e6, value);
      samples += 1;
    },
    event: happened,
    series: () => [...scalars].flatMap(([tag, track]) => (track.empty ? [] : [track.series(tag)])),
    system: () => sorted(system).map(([tag, track]) => ({ ...track.series(tag), mean: track.means() })),
    scalars: () => summaries([...scalars]),
    systemSummary: () => summaries(sorted(system)),
    events: () => [...events].sort(inTime),
  };
}

function trust(source: ScalarSource): number {
  return -SCALAR_SOURCES.indexOf(source);
}

/** A tag whose points are all void is not there, until it is told again. */
function summaries(tracks: [string, Track][]): Record<string, ScalarSummary> {
  return Object.fromEntries(tracks.flatMap(([tag, track]) => (track.empty ? [] : [[tag, track.summary()]])));
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
