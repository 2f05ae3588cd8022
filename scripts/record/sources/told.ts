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
  /** Puts what was found into the ledger; to be called after each reading. */
  flush(): void;
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
  /** Tags that files of this folder have told, with the highest step of each: shared by them, a restart of one is one of all. */
  folder: Map<string, number>;
  /** The file's path, for people. */
  path: string;
  /** It was there before the run: what is older than the run is left out. */
  older: boolean;
  /** The same history stands in several files: only steps beyond the highest count. */
  once: boolean;
}

export function tellInto(context: TellingContext): Told {
  const { ledger, clock, media, src, tagOf, folder, path, older, once } = context;
  const started = clock.started.getTime() / 1000;
  const epochs = new Map<string, number>();
  let lines: (ScalarLine | VoidLine)[] = [];
  let damage: Told["damage"] = null;
  let notes = 0;
  let evaluated: number | null = null;

  /** Microseconds since the start; null for what is older than the run. A clock of another machine may be ahead: not beyond now. */
  const timeOf = (wallSeconds: number | null): number | null => {
    const now = clock.micros();
    if (wallSeconds === null) return now;
    const since = wallSeconds - started;
    if (older && since < -OLDER_SECONDS) return null;
    return Math.round(Math.min(Math.max(0, since * 1e6), now));
  };

  return {
    scalar(own, step, wallSeconds, value) {
      const t = timeOf(wallSeconds);
      if (t === null) return;
      const tag = tagOf(own);
      const last = folder.get(tag);
      const at = step ?? ledger.steps.at(t / 1e6) ?? (last === undefined ? 0 : last + 1);
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
    },
    image(own, step, wallSeconds, encoded) {
      const t = timeOf(wallSeconds);
      if (t === null) return;
      const tag = tagOf(own);
      const at = step ?? ledger.steps.at(t / 1e6);
      if (media.picture(tag, at, encoded)) ledger.event({ step: at, t: t / 1e6, kind: "image", detail: tag }, src);
    },
    text(own, step, wallSeconds, text) {
      const t = timeOf(wallSeconds);
      if (t === null || LAYOUT_TAG.test(own)) return;
      const tag = tagOf(own.replace(/\/text_summary$/, ""));
      const at = step ?? ledger.steps.at(t / 1e6);
      if (!media.text({ t, k: tag, step: at, text })) return;
      notes += 1;
      if (notes > TEXT_NOTES) return;
      ledger.event({ step: at, t: t / 1e6, kind: "note", detail: `${tag}: ${text.replaceAll(/\s+/g, " ").trim()}` }, src);
    },
    flags: (flags) => ledger.flags(flags),
    restart(step, wallSeconds) {
      const t = timeOf(wallSeconds);
      if (t === null) return;
      for (const [tag, last] of folder) {
        if (last < step) continue;
        lines.push({ t, k: tag, void: step, src });
        folder.set(tag, step - 1);
      }
      ledger.event({ step, t: t / 1e6, kind: "restart", detail: path }, src);
    },
    damaged(what) {
      damage = { count: (damage?.count ?? 0) + 1, first: damage?.first ?? what };
    },
    flush() {
      if (lines.length === 0) return;
      ledger.scalars(lines);
      lines = [];
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
