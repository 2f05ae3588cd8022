import { EMPTY, type Family, type Found, family, NOWHERE, type Position } from "./form.ts";
import { foundInText } from "./pairs.ts";
import { takePosition } from "./step-words.ts";

const COUNT = String.raw`(\d+(?:\.\d+)?[kMG]?)`;
/** tqdm: `label:  60%|██████    | 3/5 [00:00<00:00,  6.65it/s, acc=0.9]`. */
const TQDM = new RegExp(
  String.raw`^(.{0,400}?)(?::\s*|\s+|^)\d{1,3}%\s?\|[^|]{0,400}\|\s*${COUNT}/${COUNT}\s\[([^\]]{0,2000})\](.*)$`,
);
/** tqdm without a known end: `3it [00:00, 6.65it/s, loss=0.1]`. */
const OPEN_ENDED = new RegExp(
  String.raw`^(.{0,400}?)(?::\s*|\s+|^)${COUNT}(?:it|ex\w*|batch\w*|steps?) \[([^\]]{0,2000})\](.*)$`,
);
/** rich, as Lightning shows it: `Epoch 1/2  ━━━━━━ 8/8 0:00:00 • 0:00:00 210.54it/s train_loss: 0.09`. */
const RICH = /^(.{0,200}?)\s*[━╸╺─]{3,400}\s*(?:(\d+)\/(\d+|--)\s|(\d{1,3})%\s)?(.*)$/;
/** What bars say of times and rates before they say anything else. */
const TIMES = /^(?:\s*(?:\d+:)?\d+:\d{2}(?::\d{2})?|\s*-:--:--|\s*[•<,]|\s*\?|\s*[\d.]+\s?(?:\w{1,12}\/s|s\/\w{1,12})|\s*\d+%)+/;

/**
 * Progress bars of tqdm and rich with numbers before or behind them. With tqdm the step is the bar's own count, with rich it is
 * the epoch that stands before the bar, where one does.
 */
export const progressBar: Family = family("progress bar", (line, live) => {
  if (line.includes("|") || line.includes("[")) {
    const tqdm = TQDM.exec(line);
    if (tqdm !== null) {
      const [, label = "", at = "", of = "", inside = "", after = ""] = tqdm;
      return foundInBar(label, count(at), count(of), live, `${inside.replace(TIMES, "")} ${after}`);
    }
    const open = OPEN_ENDED.exec(line);
    if (open !== null) {
      const [, label = "", at = "", inside = "", after = ""] = open;
      return foundInBar(label, count(at), null, live, `${inside.replace(TIMES, "")} ${after}`);
    }
  }
  const rich = line.includes("━") ? RICH.exec(line) : null;
  if (rich === null) return null;
  const [, label = "", at, of, percent, rest = ""] = rich;
  const { position } = takePosition(label);
  const text = rest.replace(TIMES, "");
  if (position.epoch === null) {
    return at === undefined
      ? foundInText(text, NOWHERE)
      : foundInBar(label, count(at), of === "--" ? null : count(of ?? ""), live, text);
  }
  // Half an epoch is no point of a curve over epochs.
  if (live && (at !== of || (percent !== undefined && percent !== "100"))) return EMPTY;
  return foundInText(text, { ...position, step: null, local: false, total: null });
});

/** A bar of an evaluation counts its own batches, and the training stands still meanwhile. */
const EVALUATION = /^\W*(?:val|test|eval|predict|infer)/i;

function foundInBar(label: string, at: number, of: number | null, live: boolean, text: string): Found {
  const { position: said, rest } = takePosition(label);
  if (EVALUATION.test(label))
    return live && at !== of ? EMPTY : foundInText(`${rest} ${text}`, { ...NOWHERE, epoch: said.epoch });
  // A bar that has just been set back shows the numbers of the epoch before.
  if (live && at === 0) return EMPTY;
  const track = label.replace(/[\d.,]+/g, "#").trim();
  const position: Position = { ...NOWHERE, epoch: said.epoch, step: at, local: true, total: of, track: `bar ${track}` };
  const behind = foundInText(text, position);
  const before = /\d/.test(rest) ? foundInText(rest, position) : null;
  if (before === null) return behind.values.length === 0 ? { ...EMPTY, passed: behind.passed } : behind;
  const values = [...before.values, ...behind.values];
  return { values, position: values.length === 0 ? NOWHERE : position, passed: [...before.passed, ...behind.passed] };
}

const SCALES: Record<string, number> = { k: 1e3, M: 1e6, G: 1e9 };

function count(text: string): number {
  return Number.parseFloat(text) * (SCALES[text.at(-1) ?? ""] ?? 1);
}
