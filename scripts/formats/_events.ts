import type { EventSink } from "./_event-sink.ts";
import { makeTags, type Tag } from "./_event-tags.ts";
import { readValues } from "./_event-values.ts";
import { type Field, fields, signed } from "./_protobuf.ts";

/** Reads `bytes[start, end)`, one serialised Event. Never throws for what it holds; what it does not know it passes over. */
export type ReadEvent = (bytes: Buffer, start: number, end: number) => void;

/** SessionLog.SessionStatus. */
const START = 1;

/**
 * Reads Event messages (tensorflow/core/util/event.proto) by hand.
 *
 * A training writes the same few messages again and again, with another time, step and value. So an event is first compared, byte
 * by byte, with the last one of the tag that is expected now; when all but these three is equal, the value is where it was. That
 * costs neither text nor objects, and is what makes a million points a matter of a fraction of a second.
 */
export function readEvents(sink: EventSink): ReadEvent {
  const readValue = readValues(sink, makeTags(sink));
  let latest: Tag | null = null;
  /** The bytes of the last event, and a view of them: reading numbers through it is several times as fast. */
  let viewed: Buffer | null = null;
  let view: DataView = new DataView(new ArrayBuffer(0));

  /** Any event, field by field. */
  const whole = (bytes: Buffer, start: number, end: number): void => {
    let [wall, step] = [0, 0];
    const summaries: Field[] = [];
    let isStart = false;
    for (const field of fields(bytes, start, end)) {
      if (field.id === 1 && field.wire === 1) wall = bytes.readDoubleLE(field.start);
      else if (field.id === 2 && field.wire === 0) step = signed(bytes, field.start, field.end);
      else if (field.id === 5 && field.wire === 2) summaries.push({ ...field });
      else if (field.id === 7 && field.wire === 2) {
        for (const { id, number } of fields(bytes, field.start, field.end)) if (id === 1) isStart = number === START;
      }
    }
    if (isStart) sink.restart(step, wall);
    let [values, only] = [0, null as ReturnType<typeof readValue>];
    for (const summary of summaries) {
      for (const field of fields(bytes, summary.start, summary.end)) {
        if (field.id !== 1 || field.wire !== 2) continue;
        values += 1;
        only = readValue(bytes, field, step, wall);
      }
    }
    if (only === null) return;
    if (latest !== null) latest.next = only.tag;
    latest = only.tag;
    const summaryAt = headEnd(bytes, start, end);
    if (values !== 1 || summaryAt === null) return;
    latest.template = new DataView(Uint8Array.from(bytes.subarray(summaryAt, end)).buffer);
    latest.valueAt = only.at - summaryAt;
  };

  return (bytes, start, end) => {
    const expected: Tag | null = latest === null ? null : (latest.next ?? latest);
    if (expected === null || expected.template === null || bytes[start] !== WALL) return whole(bytes, start, end);
    let at = start + 9;
    let step = 0;
    if (bytes[at] === STEP) {
      at += 1;
      let byte = bytes[at]!;
      step = byte & 127;
      for (let scale = 128; byte > 127; scale *= 128) {
        if (scale > 2 ** 42) return whole(bytes, start, end); // rare, or negative
        at += 1;
        byte = bytes[at]!;
        step += (byte & 127) * scale;
      }
      at += 1;
    }
    const { template, valueAt } = expected;
    if (end - at !== template.byteLength) return whole(bytes, start, end);
    if (bytes !== viewed) {
      viewed = bytes;
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    if (!isSame(view, at, template, 0, valueAt)) return whole(bytes, start, end);
    if (!isSame(view, at, template, valueAt + 4, template.byteLength)) return whole(bytes, start, end);
    latest = expected;
    expected.points.push(step, view.getFloat64(start + 1, true), view.getFloat32(at + valueAt, true));
  };
}

/** Are `view[at + from, at + to)` and `template[from, to)` the same bytes? */
function isSame(view: DataView, at: number, template: DataView, from: number, to: number): boolean {
  let i = from;
  for (; i + 4 <= to; i += 4) if (view.getInt32(at + i) !== template.getInt32(i)) return false;
  for (; i < to; i += 1) if (view.getUint8(at + i) !== template.getUint8(i)) return false;
  return true;
}

/** The first bytes of an event's time and step. */
const WALL = 0x09;
const STEP = 0x10;
const SUMMARY = 0x2a;

/** Where the summary begins of an event that is a time, maybe a step, and a summary, and nothing more; null for every other. */
function headEnd(bytes: Buffer, start: number, end: number): number | null {
  const [wall, second, third] = copies(bytes, start, end);
  if (wall?.id !== 1 || wall.wire !== 1) return null;
  const summary = second?.id === 2 && second.wire === 0 ? third : second;
  const at = second?.id === 2 && second.wire === 0 ? second.end : wall.end;
  return summary?.id === 5 && summary.end === end && bytes[at] === SUMMARY ? at : null;
}

function copies(bytes: Buffer, start: number, end: number): Field[] {
  const list: Field[] = [];
  for (const field of fields(bytes, start, end)) list.push({ ...field });
  return list;
}
