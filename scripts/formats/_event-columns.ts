import { basename } from "node:path";
import { misses } from "./_event-blobs.ts";
import type { EventSink, Points } from "./_event-sink.ts";
import { readEvents } from "./_events.ts";
import { CHUNK_BYTES, openGrowingFile } from "./_growing-file.ts";
import { readRecords } from "./_records.ts";

/** All points of one tag in parallel columns, in the order in which they were written. `walls` are seconds since the epoch. */
export interface EventSeries {
  tag: string;
  steps: Float64Array;
  walls: Float64Array;
  /** As exact as the file has them: doubles only where a value does not fit a float. */
  values: Float32Array | Float64Array;
}

export interface EventColumns {
  /** In order of first appearance; a tag whose points were all taken back by a restart is left out. */
  series: EventSeries[];
  /** How many places could not be read, and the first of them: `events.out.tfevents.17.vm: record 3: wrong checksum`. */
  damaged: { count: number; first: string | null };
}

/** What event files hold beside numbers. */
export type EventMedia = Pick<EventSink, "image" | "text" | "flags">;

const ignored: EventMedia = { image() {}, text() {}, flags() {} };

/**
 * Reads the event files of one directory whole: importers and benchmarks. They are read as one stream in order of their names, which
 * begin with the time; a restart in a later one takes back points of an earlier one, as in TensorBoard. No files: no series.
 * Throws what the file system throws, never for what the files hold.
 */
export function readEventColumns(paths: readonly string[], media: EventMedia = ignored): EventColumns {
  const columns = new Map<string, Column>();
  const damaged: EventColumns["damaged"] = { count: 0, first: null };
  let reading = "";
  const sink: EventSink = {
    ...media,
    points(tag) {
      const column = new Column();
      columns.set(tag, column);
      return column;
    },
    restart(step) {
      for (const column of columns.values()) column.truncate(step);
    },
    damaged(what) {
      damaged.count += 1;
      damaged.first ??= `${basename(reading)}: ${what}`;
    },
  };
  const record = readEvents(sink);
  for (const path of [...paths].sort(byName)) {
    reading = path;
    const file = openGrowingFile(path);
    try {
      const records = readRecords({ record, misses, damaged: sink.damaged });
      while (file.read(CHUNK_BYTES, (bytes, start, end) => records.take(bytes, start, end, false)) > 0);
      file.rest((bytes, start, end) => records.take(bytes, start, end, true));
    } finally {
      file.close();
    }
  }
  const series = [...columns].filter(([, { count }]) => count > 0).map(([tag, column]) => ({ tag, ...column.columns() }));
  return { series, damaged };
}

/** A training logs some hundred points of a tag, or some thousand; columns that stayed much shorter are cut at the end. */
const FIRST_ROOM = 1024;

function byName(a: string, b: string): number {
  return basename(a) < basename(b) ? -1 : 1;
}

/** The growing columns of one tag. */
class Column implements Points {
  count = 0;
  private steps = new Float64Array(FIRST_ROOM);
  private walls = new Float64Array(FIRST_ROOM);
  private values: Float32Array | Float64Array = new Float32Array(FIRST_ROOM);

  push(step: number, wallSeconds: number, value: number): void {
    const at = this.count;
    if (at === this.steps.length) this.grow();
    this.steps[at] = step;
    this.walls[at] = wallSeconds;
    this.values[at] = value;
    this.count = at + 1;
    if (this.values[at] !== value && !Number.isNaN(value)) this.widen(at, value);
  }

  /** Takes away the points at `step` and later. */
  truncate(step: number): void {
    let kept = 0;
    for (let i = 0; i < this.count; i += 1) {
      if (!(this.steps[i]! < step)) continue;
      this.steps[kept] = this.steps[i]!;
      this.walls[kept] = this.walls[i]!;
      this.values[kept] = this.values[i]!;
      kept += 1;
    }
    this.count = kept;
  }

  columns(): Omit<EventSeries, "tag"> {
    const { steps, walls, values, count } = this;
    const part = count < steps.length / 2 ? "slice" : "subarray";
    return { steps: steps[part](0, count), walls: walls[part](0, count), values: values[part](0, count) };
  }

  private grow(): void {
    const room = 2 * this.steps.length;
    const copy = <A extends Float64Array | Float32Array>(into: A, from: Float64Array | Float32Array): A => {
      into.set(from);
      return into;
    };
    this.steps = copy(new Float64Array(room), this.steps);
    this.walls = copy(new Float64Array(room), this.walls);
    this.values = copy(this.values instanceof Float32Array ? new Float32Array(room) : new Float64Array(room), this.values);
  }

  /** A value came that is no float: from here on the column holds doubles. */
  private widen(at: number, value: number): void {
    const values = new Float64Array(this.steps.length);
    values.set(this.values);
    values[at] = value;
    this.values = values;
  }
}
