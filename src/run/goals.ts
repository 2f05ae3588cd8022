/**
 * What a metric's name says: whether more or less of it is better, and which metric of a run matters most.
 *
 * Names are guesses by convention, so a declaration in `guild.yml` always wins, and a name that says nothing gives null:
 * without a goal nothing is ever called "best".
 */
import { echoes } from "./echoes.ts";
import type { Goal, Project, Run } from "./types.ts";

type Declared = Pick<Project, "metrics">;

const more = words(
  "acc accuracy auc auroc f1 bleu rouge iou miou map reward return returns score precision recall r2 psnr ssim dice top throughput fps",
);
const less = words(
  "loss err error ppl perplexity wer cer mse rmse mae nll bpc bpb fid latency time seconds duration mem memory energy",
);
/** A part that says the number is a knob or a count, whatever else the name says: `loss_scale`, `lr`, `grad_norm`. */
const neither = words("lr rate scale weight coef norm count step steps epoch epochs iter iteration batch seed");

function words(list: string): Set<string> {
  return new Set(list.split(" "));
}

/**
 * Whether more ("max") or less ("min") of `tag` is better; null when neither `guild.yml` nor the name says so.
 *
 * The last telling word of the name decides: `acc_loss` is a loss. `…_per_s` and `…/s` are rates of work: more is better.
 */
export function goalOf(tag: string, project: Declared): Goal | null {
  const declared = project.metrics[tag]?.goal;
  if (declared) return declared;
  if (/(\/|_per_|per)(s|sec|second)$/i.test(tag)) return "max";
  const parts = partsOf(tag);
  if (parts.some((part) => neither.has(part))) return null;
  for (const part of parts.toReversed()) {
    if (more.has(part)) return "max";
    if (less.has(part)) return "min";
  }
  return null;
}

/** Every page asks for the same few names again. */
const knownParts = new Map<string, readonly string[]>();

/** `valLoss/top5` → val, loss, top. Digits fall off unless the word is known with them (`f1`, `r2`). */
function partsOf(tag: string): readonly string[] {
  const known = knownParts.get(tag);
  if (known !== undefined) return known;
  const parts = splitName(tag);
  if (knownParts.size < 10_000) knownParts.set(tag, parts);
  return parts;
}

function splitName(tag: string): string[] {
  return tag
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((part) => (more.has(part) || less.has(part) ? part : part.replace(/\d+$/, "")))
    .filter((part) => part !== "");
}

/**
 * The metric that a reader wants to know first, or null when no run has a scalar.
 *
 * A metric declared `primary` wins if any run has it; else the name ranking of the field: accuracy on test data, then on
 * validation data, other qualities, losses, and what was measured on training data last. Equal ranks go to the tag that
 * more runs have, then to the one that comes first in them.
 */
export function mainMetric(runs: readonly Run[], project: Declared): string | null {
  return rankedMetrics(runs, project)[0] ?? null;
}

/** All tags of the runs, the most telling first, what only repeats another tag (`echoes`) last; deterministic. See `mainMetric`. */
export function rankedMetrics(runs: readonly Run[], project: Declared): string[] {
  const carriers = new Map<string, number>();
  for (const run of runs) for (const tag of Object.keys(run.scalars)) carriers.set(tag, (carriers.get(tag) ?? 0) + 1);
  const echoed = echoes(runs);
  const ranked = [...carriers].map(([tag, count]) => ({
    tag,
    count,
    rank: project.metrics[tag]?.primary ? -1 : rankOf(tag, project) + (echoed.has(tag) ? ECHO : 0),
  }));
  return ranked.sort((a, b) => a.rank - b.rank || b.count - a.count).map(({ tag }) => tag);
}

/** Behind everything that is told once. */
const ECHO = 10_000;

const splits = [words("test testing holdout"), words("val valid validation eval dev"), words(""), words("train training")];
const costs = words("latency time seconds duration mem memory energy");

/** Smaller is more telling. Tens: what kind of quantity; units: on which data it was measured. */
function rankOf(tag: string, project: Declared): number {
  const parts = partsOf(tag);
  const named = splits.findIndex((split) => parts.some((part) => split.has(part)));
  const split = named === -1 ? 2 : named;
  const goal = goalOf(tag, project);
  if (goal === null) return 900 + split;
  if (split === 3) return goal === "max" ? 500 : 510;
  const held = split < 2; // measured on data that was kept from training
  if (parts.some((part) => part === "acc" || part === "accuracy")) return held ? split : 40;
  if (parts.some((part) => costs.has(part)) || (goal === "max" && /(\/|per_?)s(ec|econd)?$/i.test(tag))) return 700;
  if (goal === "max") return held ? 10 + split : 41;
  return held ? 20 + split : 42;
}
