import type { EventSink } from "./_event-sink.ts";
import type { Tag, Tags } from "./_event-tags.ts";
import { HISTOGRAM_ELEMENTS, type Histogram, quantiles, readHistogram, tensorHistogram } from "./_histogram.ts";
import { readHparams } from "./_hparams.ts";
import { type Field, fields, text } from "./_protobuf.ts";
import { readTensor } from "./_tensor.ts";

const MOST_STRINGS = 64;
const MOST_PLUGINS = 50_000;

/**
 * Takes the Summary.Value that is `field`, of an event with this step and time; gives back where its float32 stands when that is all that
 * it holds, and null otherwise.
 */
export type ReadValue = (bytes: Buffer, field: Field, step: number, wallSeconds: number) => { tag: Tag; at: number } | null;

/** Reads what a summary holds: scalars, histograms, images, text and flags, as numbers of old or tensors of TF2. */
export function readValues(sink: EventSink, tags: Tags): ReadValue {
  /** The plugin that a tag belongs to: writers may say it with the first value only. */
  const plugins = new Map<string, string>();

  const histogram = (name: string, step: number, wall: number, counts: Histogram): void => {
    for (const [quantile, value] of quantiles(counts)) tags.point(`${name}/${quantile}`, step, wall, value);
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
      const known = numbers.length === 1 ? tags.point(tag, step, wall, numbers[0]!) : null;
      if (known !== null && floatAt !== null) return { tag: known, at: floatAt };
    }
    return null;
  };

  return (bytes, { start, end }, step, wall) => {
    const parts: Partial<Record<number, Field>> = {};
    for (const field of fields(bytes, start, end)) parts[field.id] = { ...field };
    const { 1: name, 2: simple, 4: image, 5: histo, 8: tensor, 9: metadata } = parts;
    const tag = name?.wire === 2 ? text(bytes, name) : "";
    const plugin = metadata?.wire === 2 ? readPlugin(bytes, metadata, sink) : null;
    if (plugin !== null && plugins.size < MOST_PLUGINS) plugins.set(tag, plugin);
    if (simple?.wire === 5) {
      const known = tags.point(tag, step, wall, bytes.readFloatLE(simple.start));
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
