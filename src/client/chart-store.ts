import { parseEvents } from "../run/events-file.ts";
import { parseSeries } from "../run/series-file.ts";
import type { ChartData, RunEvent, Series } from "../run/types.ts";
import { unitOf } from "../run/units.ts";
import { addPoint } from "./live-series.ts";

/** A value that has just been logged. `t` is seconds since the run started. */
export interface Point {
  tag: string;
  step: number;
  t: number;
  value: number;
}

/** What a running run has to add, each list in order of arrival. */
export interface NewPoints {
  series?: Point[];
  system?: Point[];
  events?: RunEvent[];
}

interface Entry {
  base: string;
  loading: Promise<ChartData>;
  data: ChartData | null;
  /** What arrived while the files were on their way. */
  waiting: NewPoints[];
  /** How many fetches are on their way. */
  fetches: number;
}

/** The points of the runs on this page: fetched once, and added to while a run goes on. */
export class ChartStore {
  private readonly entries = new Map<string, Entry>();

  /** The points of the runs that are here by now. */
  loaded(): Map<string, ChartData> {
    return new Map([...this.entries].flatMap(([id, { data }]) => (data === null ? [] : [[id, data]])));
  }

  /** Fetches a run's three files from below `base`; every chart of the run shares them. Rejects when one cannot be read. */
  load(base: string, id: string): Promise<ChartData> {
    const known = this.entries.get(id);
    if (known !== undefined) return known.loading;
    const entry: Entry = { base, loading: fetchRun(base, id), data: null, waiting: [], fetches: 1 };
    this.entries.set(id, entry);
    entry.loading = entry.loading.then((data) => {
      entry.data = data;
      entry.fetches -= 1;
      for (const points of entry.waiting.splice(0)) appendTo(data, points);
      return data;
    });
    // Whoever asks next may try again.
    entry.loading.catch(() => this.entries.delete(id));
    return entry.loading;
  }

  /**
   * Fetches a run's files once more, since what they held before has changed, and puts the new points in the old ones' place; false
   * when the run is not on this page. Rejects when a file cannot be read: the old points stay.
   */
  async reload(id: string): Promise<boolean> {
    const entry = this.entries.get(id);
    if (entry === undefined) return false;
    const data = await entry.loading;
    entry.fetches += 1;
    try {
      const fresh = await fetchRun(entry.base, id);
      Object.assign(data, fresh);
      for (const points of entry.waiting) appendTo(data, points);
    } finally {
      entry.fetches -= 1;
      if (entry.fetches === 0) entry.waiting = [];
    }
    return true;
  }

  /** Adds points to a run that is on this page; false when it is not, or not yet here. Costs only the new points. */
  append(id: string, points: NewPoints): boolean {
    const entry = this.entries.get(id);
    if (entry === undefined) return false;
    if (entry.fetches > 0) entry.waiting.push(points);
    if (entry.data === null) return false;
    appendTo(entry.data, points);
    return true;
  }
}

async function fetchRun(base: string, id: string): Promise<ChartData> {
  const read = async (file: string): Promise<unknown> => {
    const response = await fetch(`${base}runs/${id}/${file}`);
    if (!response.ok) throw new Error(`${file} of ${id}: ${response.status}`);
    return response.json();
  };
  const [series, system, events] = await Promise.all(["series.json", "system.json", "events.json"].map(read));
  // No chart draws the moment of the start; it is in run.json.
  const columns = (raw: unknown) => parseSeries(raw).map(growing);
  return { id, started: "", series: columns(series), system: columns(system), events: parseEvents(events) };
}

/** Columns that can grow: a file says "the same as last" once for min and max, and they are then one array. */
function growing(series: Series): Series {
  return { ...series, min: [...series.min], max: [...series.max] };
}

/**
 * Adds points in place. The files may already hold the first of them, since they were fetched later than the stream was
 * opened: what is not after a series' last point is dropped.
 */
export function appendTo(data: ChartData, { series = [], system = [], events = [] }: NewPoints): void {
  for (const point of series) appendPoint(data.series, point);
  for (const point of system) appendPoint(data.system, point);
  const last = data.events.at(-1)?.t ?? Number.NEGATIVE_INFINITY;
  data.events.push(...events.filter((event) => event.t > last + MILLISECOND));
}

/** Files keep milliseconds, the stream microseconds: within one, a time is the same. */
const MILLISECOND = 0.001;

function appendPoint(all: Series[], { tag, step, t, value }: Point): void {
  let series = all.find((one) => one.tag === tag);
  if (series === undefined) {
    series = { tag, unit: unitOf(tag), count: 0, steps: [], times: [], min: [], max: [], last: [] };
    all.push(series);
  }
  const lastTime = series.times.at(-1) ?? Number.NEGATIVE_INFINITY;
  const known = t < lastTime - MILLISECOND || (t <= lastTime + MILLISECOND && step <= series.steps.at(-1)!);
  if (known) return;
  addPoint(series, step, t, value);
}
