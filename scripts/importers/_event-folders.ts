/** The event files under a folder as one run: which tag a value gets, and when it was. */
import { join, relative, sep } from "node:path";
import type { ScalarLine, SystemLine } from "../../src/run/log-lines.ts";
import type { Flags } from "../../src/run/types.ts";
import { type EventSeries, readEventColumns } from "../formats/_event-columns.ts";
import type { Imported } from "./_contract.ts";
import { shortest } from "./_float32.ts";
import { entriesOf, findFolders } from "./_folders.ts";

export interface EventTree {
  /** In the order of folders and tags. */
  series: EventSeries[];
  /** Of the plugin hparams. */
  flags: Flags;
  /** Seconds since the epoch of the first and the last value; null without any. */
  first: number | null;
  last: number | null;
  /** The newest of each tag. */
  pictures: Imported["pictures"];
  texts: { k: string; step: number; wall: number; text: string }[];
  damaged: string[];
}

/** So many tags of pictures, and so many texts, are taken over of one run. */
const PICTURES = 24;
const TEXTS = 1000;

export function isEventFile(name: string): boolean {
  return /(^|\.)tfevents\./.test(name) && !/\.attrs$/.test(name);
}

/**
 * Reads all event files under `folder`. A tag in the folder itself, or in a folder of `plain`, stays as it is; below, the folders
 * between come before it (`validation/loss`), except where they are how a writer stores something: `loss_a` with the tag `loss` (from
 * `add_scalars`) is `loss/a`, and a folder that tells flags, or whose name is a number, adds nothing.
 */
export function readEventTree(folder: string, plain: readonly string[] = []): EventTree {
  const tree: EventTree = { series: [], flags: {}, first: null, last: null, pictures: [], texts: [], damaged: [] };
  const pictures = new Map<string, Imported["pictures"][number]>();
  const folders = findFolders(folder, (_, names) => names.some(isEventFile), true);
  for (const place of folders) {
    const paths = entriesOf(place).flatMap((entry) =>
      entry.isFile() && isEventFile(entry.name) ? [join(place, entry.name)] : [],
    );
    const flags: Flags = {};
    const between = relative(folder, place).split(sep).join("/");
    const prefix = plain.includes(between) ? "" : between;
    const { series, damaged } = readEventColumns(paths, {
      image(name, step, _wall, encoded) {
        const tag = tagOf(name, prefix, false);
        const newest = pictures.get(tag);
        // The bytes are the reader's own, and it reads on over them.
        if (newest === undefined ? pictures.size < PICTURES : newest.step <= step)
          pictures.set(tag, { tag, step, encoded: Uint8Array.from(encoded) });
      },
      text(name, step, wall, text) {
        if (tree.texts.length < TEXTS) tree.texts.push({ k: tagOf(name, prefix, false), step, wall, text });
      },
      flags: (more) => void Object.assign(flags, more),
    });
    Object.assign(tree.flags, flags);
    if (damaged.count > 0) tree.damaged.push(`${damaged.first}${damaged.count > 1 ? `, and ${damaged.count - 1} more` : ""}`);
    for (const one of series) {
      const tag = tagOf(one.tag, prefix, Object.keys(flags).length > 0);
      tree.series.push({ ...one, tag });
      // A series that is not empty.
      const [low, high] = [one.walls[0]!, one.walls[one.walls.length - 1]!];
      tree.first = Math.min(tree.first ?? low, low);
      tree.last = Math.max(tree.last ?? high, high);
    }
  }
  tree.pictures = [...pictures.values()];
  return tree;
}

function tagOf(tag: string, prefix: string, tellsFlags: boolean): string {
  const folders = prefix.split("/").filter((name) => name !== "" && !/^\d+(?:\.\d+)?$/.test(name));
  const name = folders.at(-1);
  if (name === undefined) return tag;
  const outer = folders.slice(0, -1);
  if (tellsFlags) return [...outer, tag].join("/");
  const start = `${tag.replaceAll("/", "_")}_`;
  if (name.startsWith(start) && name.length > start.length) return [...outer, tag, name.slice(start.length)].join("/");
  return [...folders, tag].join("/");
}

/** As lines of the exact log; what the machine was measured at (`sys/…`) as samples, one for each moment. */
export function logLines(
  { series, pictures, texts }: EventTree,
  startedMs: number,
): Pick<Imported, "scalars" | "system" | "pictures" | "texts"> {
  const since = (wall: number): number => Math.max(0, Math.round(wall * 1e6 - startedMs * 1e3));
  const scalars: ScalarLine[] = [];
  const samples = new Map<number, SystemLine>();
  for (const { tag, steps, walls, values } of series) {
    for (let at = 0; at < steps.length; at++) {
      const t = since(walls[at]!);
      const value = shortest(values[at]!);
      if (!tag.startsWith("sys/")) scalars.push({ t, k: tag, v: value, step: steps[at]!, src: "events" });
      else if (Number.isFinite(value)) {
        const sample = samples.get(steps[at]!) ?? { t, v: {} };
        sample.v[tag] = value;
        samples.set(steps[at]!, sample);
      }
    }
  }
  return {
    scalars,
    system: [...samples.values()].sort((a, b) => a.t - b.t),
    pictures,
    texts: texts.map(({ k, step, wall, text }) => ({ t: since(wall), k, step, text })),
  };
}
