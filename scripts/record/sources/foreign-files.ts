import { statSync } from "node:fs";
import { sep } from "node:path";
import type { Format, Tail } from "../../formats/_contract.ts";
import type { OpenSource } from "./_contract.ts";
import { type FoundFile, makeFinder } from "./found-files.ts";
import { keepMedia } from "./logged-media.ts";
import { makeTagFolders } from "./tag-folders.ts";
import { type Told, tellInto } from "./told.ts";

/** How long a look may read, and how much of one file before the clock is asked. */
const LOOK_MS = 8;
const TURN_BYTES = 256 * 1024;
/** How long the last look may take: whoever has written gigabytes of events waits for the training, not for us. */
const END_MS = 30_000;
const MOST_FILES = 1000;
/** A file in which so many looks have found nothing is looked at in every eighth. */
const IDLE_LOOKS = 60;
const IDLE_TURNS = 8;

interface Followed {
  path: string;
  /** Of a table the path without what its name ends with. */
  table: string;
  name: string;
  /** Files of one folder are read one after the other: the second of them may void what the first has told. */
  folder: string;
  /** Event files are read first: they know when, and their steps place what tables leave open. */
  rank: number;
  tail: Tail;
  told: Told;
  /** So many looks have found nothing new in it. */
  idle: number;
}

/** Event files and tables of measurements: found while the program writes them, and followed by the format that recognises them. */
export const openForeignFiles: OpenSource = (context) => {
  const { ledger, clock } = context;
  const finder = makeFinder(context);
  const folders = makeTagFolders();
  const media = keepMedia(context.logDir);
  const tagsOf = new Map<string, Map<string, number>>();
  /** Which place was the first to tell a tag. */
  const owners = new Map<string, string>();
  let followed: Followed[] = [];
  let turn = 0;
  let formats: Record<string, Format> | null = null;

  const follow = (file: FoundFile): void => {
    if (followed.length >= MOST_FILES) {
      ledger.warn(`More than ${MOST_FILES} files with measurements: the others are not read`);
      return;
    }
    const { path, name, format, older } = file;
    // One logger writes progress.csv and progress.json side by side: the same table twice.
    const table = format === "event-file" ? path : path.replace(/\.\w+$/, "");
    if (followed.some((other) => other.table === table && other.path !== path)) return;
    const { folder, tagOf: placed, unfold } = folders.place(name, format, file.base);
    const owner = format === "event-file" || format === "trainer-state" ? folder : path;
    // Two places that tell a tag of the same name are two series: the second has its own name before it.
    const tagOf = (own: string): string => {
      const tag = placed(own);
      const first = owners.get(`${format === "event-file"} ${tag}`) ?? owner;
      owners.set(`${format === "event-file"} ${tag}`, first);
      return first === owner ? tag : [ownName(name, format), tag].filter(Boolean).join("/");
    };
    // Elsewhere the whole path, so that what is redacted in paths is found in it.
    const shown = file.base === sep ? path : name;
    const tags = tagsOf.get(folder) ?? new Map<string, number>();
    tagsOf.set(folder, tags);
    const told = tellInto({
      ...{ ledger, clock, media, tagOf, older },
      src: format === "event-file" ? "events" : "file",
      onFlags: unfold,
      folder: tags,
      path: shown,
      once: format === "trainer-state",
      madeMs: file.madeMs,
    });
    followed.push({
      path,
      table,
      name: shown,
      folder,
      rank: format === "event-file" ? 0 : 1,
      tail: file.open(path, file.from),
      told,
      idle: followed.length % IDLE_TURNS,
    });
  };
  const discover = async (): Promise<void> => {
    if (!finder.seek()) return;
    // Loaded with the first file that may need them: many runs print everything, and a short one would wait for us.
    if (formats === null) {
      const { scanFormats } = await import("../../formats/_scan.ts");
      formats = await scanFormats();
    }
    for (const file of finder.recognise(formats)) follow(file);
  };
  /** By folder, event files first. */
  const groups = (): Followed[][] => {
    const byFolder = new Map<string, Followed[]>();
    for (const one of followed) {
      const group = byFolder.get(one.folder);
      if (group === undefined) byFolder.set(one.folder, [one]);
      else group.push(one);
    }
    return [...byFolder.values()].sort(([a], [b]) => (a?.rank ?? 0) - (b?.rank ?? 0));
  };
  const read = (one: Followed, work: () => boolean): boolean => {
    try {
      return work();
    } catch (error) {
      followed = followed.filter((other) => other !== one);
      ledger.warn(`${one.name} is no longer read: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    } finally {
      one.idle = one.told.flush(() => changedMs(one.path)) ? 0 : one.idle + 1;
    }
  };

  return {
    async look() {
      await discover();
      const until = performance.now() + LOOK_MS;
      // Each look begins with another folder, so that one that never ends does not keep the others waiting.
      turn += 1;
      const all = groups();
      const [first, second] = [all.filter(([one]) => one?.rank === 0), all.filter(([one]) => one?.rank !== 0)];
      for (const one of [...rotated(first, turn), ...rotated(second, turn)].flat()) {
        if (one.idle > IDLE_LOOKS && one.idle % IDLE_TURNS !== 0) {
          one.idle += 1;
          continue;
        }
        while (read(one, () => one.tail.read(one.told, TURN_BYTES))) if (performance.now() > until) return;
        if (performance.now() > until) return;
      }
    },
    async end() {
      await discover();
      const until = performance.now() + END_MS;
      for (const one of groups().flat()) {
        while (performance.now() < until && read(one, () => one.tail.read(one.told, 16 * TURN_BYTES))) await breathe();
        if (performance.now() > until) {
          ledger.warn(`${one.name} is not read to its end: there is more than could be read within ${END_MS / 1000} s`);
          continue;
        }
        read(one, () => {
          one.tail.end(one.told);
          return false;
        });
        const { damage } = one.told;
        if (damage === null) continue;
        ledger.notRead(one.name, damage.count);
        ledger.warn(damageText(one.name, damage));
      }
    },
  };
};

function damageText(name: string, { count, first }: { count: number; first: string }): string {
  return count === 1
    ? `One place of ${name} could not be read (${first}); the rest was`
    : `${count} places of ${name} could not be read (the first: ${first}); the rest was`;
}

/** A table's is its file's, `log` of `out/log.jsonl`; an event file's its folder's, unless that is a time. */
function ownName(name: string, format: string): string {
  const parts = name.split("/");
  const own = (format === "event-file" ? parts.at(-2) : parts.at(-1)?.replace(/\.\w+$/, "")) ?? "";
  return /^\d+(?:\.\d+)?$/.test(own) ? "" : own;
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** Now for a file that is gone. */
function changedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

function breathe(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
