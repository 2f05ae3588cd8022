import type { Flags } from "../../src/run/types.ts";
import { HISTOGRAM_ELEMENTS, type Histogram, quantiles, readHistogram, tensorHistogram } from "./_histogram.ts";
import { readHparams } from "./_hparams.ts";
import { type Field, fields, signed, text } from "./_protobuf.ts";
import { readTensor } from "./_tensor.ts";

/** Where the points of one tag go. `wallSeconds` is since the epoch. */
export interface Points {
  push(step: number, wallSeconds: number, value: number): void;
}

/** What event records hold, in their order. */
export interface EventSink {
  /** Asked once for each tag with numbers. */
  points(tag: string): Points;
  image(tag: string, step: number, wallSeconds: number, encoded: Uint8Array): void;
  text(tag: string, step: number, wallSeconds: number, text: string): void;
  flags(flags: Flags): void;
  restart(step: number, wallSeconds: number): void;
  damaged(what: string): void;
}

/** Reads `bytes[start, end)`, one serialised Event. Never throws for what it holds; what it does not know it passes over. */
export type ReadEvent = (bytes: Buffer, start: number, end: number) => void;

/** One tag: where its points go, and how the last event that held only one point of it looked. */
interface Tag {
  name: string;
  points: Points;
  /** That event from its summary on; null until there was one. */
  template: DataView | null;
  /** Where the value's four bytes stand in it. */
  valueAt: number;
  /** The tag that came after it the last time: programs log their tags in the same order at each step. */
  next: Tag | null;
}

const LONGEST_TAG = 1000;
const MOST_TAGS = 50_000;
const MOST_STRINGS = 64;
const START = 1;

/**
 * Reads Event messages (tensorflow/core/util/event.proto) by hand.
 *
 * A training writes the same few messages again and again, with another time, step and value. So an event is first compared, byte
 * by byte, with the last one of the tag that is expected now; when all but these three is equal, the value is where it was. That
 * costs neither text nor objects, and is what makes a million points a matter of a fraction of a second.
 */
export function readEvents(sink: EventSink): ReadEvent {
  const tags = new Map<string, Tag>();
  /** The plugin that a tag belongs to: writers may say it with the first value only. */
  const plugins = new Map<string, string>();
  let latest: Tag | null = null;
  /** The bytes of the last event, and a view of them: reading numbers through it is several times as fast. */
  let viewed: Buffer | null = null;
  let view: DataView = new DataView(new ArrayBuffer(0));

  const tagOf = (name: string): Tag | null => {
    const known = tags.get(name);
    if (known !== undefined) return known;
    if (name.length > LONGEST_TAG || tags.size >= MOST_TAGS) {
      sink.damaged(tags.size >= MOST_TAGS ? `more than ${MOST_TAGS} tags` : `a tag longer than ${LONGEST_TAG} characters`);
      return null;
    }
    const tag: Tag = { name, points: sink.points(name), template: null, valueAt: 0, next: null };
    tags.set(name, tag);
    return tag;
  };

  const point = (name: string, step: number, wall: number, value: number): Tag | null => {
    const tag = tagOf(name);
    tag?.points.push(step, wall, value);
    return tag;
  };

  const histogram = (name: string, step: number, wall: number, counts: Histogram): void => {
    for (const [quantile, value] of quantiles(counts)) point(`${name}/${quantile}`, step, wall, value);
  };

  /** Takes one Summary.Value; gives back where its float32 stands, if that is all that it holds. */
  const value = (bytes: Buffer, { start, end }: Field, step: number, wall: number): { tag: Tag; at: number } | null => {
    const parts: Partial<Record<number, Field>> = {};
    for (const field of fields(bytes, start, end)) parts[field.id] = { ...field };
    const { 1: name, 2: simple, 4: image, 5: histo, 8: tensor, 9: metadata } = parts;
    const tag = name?.wire === 2 ? text(bytes, name) : "";
    const plugin = metadata?.wire === 2 ? readPlugin(bytes, metadata, sink) : null;
    if (plugin !== null && plugins.size < MOST_TAGS) plugins.set(tag, plugin);
    if (simple?.wire === 5) {
      const known = point(tag, step, wall, bytes.readFloatLE(simple.start));
      return known && { tag: known, at: simple.start };
    }
    if (histo?.wire === 2) histogram(tag, step, wall, readHistogram(bytes, histo.start, histo.end));
    else if (image?.wire === 2) {
      for (const field of fields(bytes, image.start, image.end)) {
        if (field.id === 4 && field.wire === 2) sink.image(tag, step, wall, bytes.subarray(field.start, field.end));
      }
    } else if (tensor?.wire === 2) return tensorValue(bytes, tensor, tag, plugin ?? plugins.get(tag) ?? null, step, wall);
    return null;
  };

  const tensorValue = (bytes: Buffer, { start, end }: Field, tag: string, plugin: string | null, step: number, wall: number) => {
    if (plugin === "histograms") {
      histogram(tag, step, wall, tensorHistogram(readTensor(bytes, start, end, HISTOGRAM_ELEMENTS)));
    } else if (plugin === "images") {
      // Width, height, and then one picture after the other.
      const pictures = readTensor(bytes, start, end, MOST_STRINGS).strings.slice(2);
      for (const at of pictures) sink.image(tag, step, wall, bytes.subarray(at.start, at.end));
    } else if (plugin === "text") {
      const { strings } = readTensor(bytes, start, end, MOST_STRINGS);
      if (strings.length > 0) sink.text(tag, step, wall, strings.map((at) => text(bytes, at)).join("\n"));
    } else if (plugin === "scalars" || plugin === null) {
      const { numbers, floatAt } = readTensor(bytes, start, end, 2);
      const known = numbers.length === 1 ? point(tag, step, wall, numbers[0]!) : null;
      if (known !== null && floatAt !== null) return { tag: known, at: floatAt };
    }
    return null;
  };

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
    let [values, only] = [0, null as ReturnType<typeof value>];
    for (const summary of summaries) {
      for (const field of fields(bytes, summary.start, summary.end)) {
        if (field.id !== 1 || field.wire !== 2) continue;
        values += 1;
        only = value(bytes, field, step, wall);
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

/** The name of the plugin in a SummaryMetadata. The flags of hparams are all in its content, and are told at once. */
function readPlugin(bytes: Buffer, metadata: Field, sink: EventSink): string | null {
  let plugin: string | null = null;
  for (const data of fields(bytes, metadata.start, metadata.end)) {
    if (data.id !== 1 || data.wire !== 2) continue;
    let content: Pick<Field, "start" | "end"> | null = null;
    for (const field of fields(bytes, data.start, data.end)) {
      if (field.id === 1 && field.wire === 2) plugin = text(bytes, field);
      if (field.id === 2 && field.wire === 2) content = { start: field.start, end: field.end };
    }
    if (plugin !== "hparams" || content === null) continue;
    const flags = readHparams(bytes, content.start, content.end);
    if (Object.keys(flags).length > 0) sink.flags(flags);
  }
  return plugin;
}
