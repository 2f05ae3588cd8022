/** What a file tells, on its way into the ledger: tags of the run instead of the file's own, times since the start, a step for each. */
import type { ScalarLine, VoidLine } from "../../../src/run/log-lines.ts";
import type { ScalarSource } from "../../../src/run/types.ts";
import type { Findings } from "../../formats/_contract.ts";
import type { Clock } from "../effects.ts";
import type { Ledger } from "./_contract.ts";
import type { LoggedMedia } from "./logged-media.ts";

/** Points that are older than the run were told by another one. */
const OLDER_SECONDS = 2;
const TEXT_NOTES = 40;
/** Texts that loggers write about their own layout. */
const LAYOUT_TAG = /^(?:_hparams_|custom_scalars__config__|keras$)/;

export interface Told extends Findings {
  /**
   * Puts what was found into the ledger; to be called after each reading. False when nothing was. `changedMs` says when the file
   * was changed last, in milliseconds since the epoch.
   */
  flush(changedMs: () => number): boolean;
  /** How much could not be read, and the first such place; null when everything could. */
  readonly damage: { count: number; first: string } | null;
}

export interface TellingContext {
  ledger: Ledger;
  clock: Clock;
  media: LoggedMedia;
  src: Exclude<ScalarSource, "out" | "rule">;
  /** From the file's own tags to the run's. */
  tagOf: (tag: string) => string;
  /** The program has told its flags here: a folder of flags is no part of the tags. */
  onFlags: () => void;
  /** Tags that files of this folder have told, with the highest step of each: shared by them, a restart of one is one of all. */
  folder: Map<string, number>;
  /** The file's path, for people. */
  path: string;
  /** It was there before the run: what is older than the run is left out. */
  older: boolean;
  /** The same history stands in several files: only steps beyond the highest count. */
  once: boolean;
  /** When the file was made, in milliseconds since the epoch. */
  madeMs: number;
}

/** Something with a place in the file's order. `wall` in seconds since the epoch. */
interface Finding {
  wall: number | null;
  /** Puts it into the ledger as of `t` microseconds after the start. */
  tell(t: number): void;
}

/**
 * Points without a time of their own (tables) get one: what was written at once is spread evenly over the time since the last
 * writing. Points without a step get that of their time. Steps of files help to place what has none.
 */
export function tellInto(context: TellingContext): Told {
  const { ledger, clock, media, src, tagOf, folder, path, older, once } = context;
  const started = clock.started.getTime() / 1000;
  const epochs = new Map<string, number>();
  let found: Finding[] = [];
  let lines: (ScalarLine | VoidLine)[] = [];
  let damage: Told["damage"] = null;
  let notes = 0;
  let evaluated: number | null = null;
  let lastT: number | null = null;

  /** Microseconds since the start; a clock of another machine may be ahead: not beyond now. */
  const within = (wallSeconds: number): number =>
    Math.round(Math.min(Math.max(0, (wallSeconds - started) * 1e6), clock.micros()));
  const stepOf = (step: number | null, t: number): number | null => step ?? ledger.steps.at(t / 1e6);

  const tellScalar = (own: string, step: number | null, value: number, t: number): void => {
    const tag = tagOf(own);
    const last = folder.get(tag);
    const at = stepOf(step, t) ?? (last === undefined ? 0 : last + 1);
    if (once && last !== undefined && at <= last) return;
    folder.set(tag, Math.max(at, last ?? at));
    const seconds = t / 1e6;
    if (/(?:^|\/)epoch$/.test(tag)) {
      const epoch = Math.floor(value);
      if (epochs.get(tag) !== epoch && Number.isFinite(epoch)) {
        epochs.set(tag, epoch);
        ledger.event({ step: at, t: seconds, kind: "epoch", detail: String(epoch) }, src);
      }
      // A column that only counts; of an event file it is a tag that its user has chosen.
      if (src === "file") return;
    } else if (isEvaluation(tag) && evaluated !== at) {
      evaluated = at;
      ledger.event({ step: at, t: seconds, kind: "eval", detail: tag }, src);
    }
    ledger.steps.set(at, seconds, src);
    lines.push({ t, k: tag, v: value, step: at, src });
  };
  const tellImage = (own: string, step: number | null, encoded: Uint8Array, t: number): void => {
    const tag = tagOf(own);
    const at = stepOf(step, t);
    if (media.picture(tag, at, encoded)) ledger.event({ step: at, t: t / 1e6, kind: "image", detail: tag }, src);
  };
  const tellText = (own: string, step: number | null, text: string, t: number): void => {
    const tag = tagOf(own.replace(/\/text_summary$/, ""));
    const at = stepOf(step, t);
    if (!media.text({ t, k: tag, step: at, text })) return;
    notes += 1;
    const detail = `${tag}: ${text.replaceAll(/\s+/g, " ").trim()}`;
    if (notes <= TEXT_NOTES) ledger.event({ step: at, t: t / 1e6, kind: "note", detail }, src);
  };
  const tellRestart = (step: number, t: number): void => {
    for (const [tag, last] of folder) {
      if (last < step) continue;
      lines.push({ t, k: tag, void: step, src });
      folder.set(tag, step - 1);
    }
    ledger.event({ step, t: t / 1e6, kind: "restart", detail: path }, src);
  };
  const add = (wall: number | null, tell: (t: number) => void): void => {
    if (!older || wall === null || wall - started > -OLDER_SECONDS) found.push({ wall, tell });
  };

  return {
    scalar: (own, step, wall, value) => add(wall, (t) => tellScalar(own, step, value, t)),
    image: (own, step, wall, encoded) => add(wall, (t) => tellImage(own, step, encoded, t)),
    text(own, step, wall, text) {
      if (!LAYOUT_TAG.test(own)) add(wall, (t) => tellText(own, step, text, t));
    },
    flags(flags) {
      context.onFlags();
      ledger.flags(flags);
    },
    restart: (step, wall) => add(wall, (t) => tellRestart(step, t)),
    damaged(what) {
      damage = { count: (damage?.count ?? 0) + 1, first: damage?.first ?? what };
    },
    flush(changedMs) {
      if (found.length === 0) return false;
      const changed = within(changedMs() / 1000);
      const from = Math.min(changed, lastT ?? (ledger.steps.first() ?? within(context.madeMs / 1000) / 1e6) * 1e6);
      for (const [index, { wall, tell }] of found.entries()) {
        lastT = wall === null ? Math.round(from + ((changed - from) * (index + 1)) / found.length) : within(wall);
        tell(lastT);
      }
      found = [];
      if (lines.length > 0) ledger.scalars(lines);
      lines = [];
      return true;
    },
    get damage() {
      return damage;
    },
  };
}

/** Tags of what is measured on data that the model was not trained with. */
function isEvaluation(tag: string): boolean {
  return /(?:^|\/)(?:eval|evaluation|val|valid|validation|test)[/_]/i.test(tag) && !/(?:runtime|_per_second|_time)$/i.test(tag);
}
