import type { Form, NamedValue } from "./form.ts";
import { NUMBER, NUMBER_END, readNumber } from "./number-text.ts";
import { takePosition } from "./step-words.ts";
import { isMetric, isNotMeasured, METRIC_HINT } from "./vocabulary.ts";

/** Lines that hold numbers but never measurements. */
const NEVER =
  /^(?:Traceback\b|File "|\w*(?:Error|Exception|Warning)\b|\[(?:LightGBM|Parallel)|(?:Using|Collecting|Downloading|Installing)\b)/;

/** Most lines are told apart here, in a tenth of the time that a thorough look takes. */
const MAY_HOLD_ONE = new RegExp(
  String.raw`[:=]\s{0,9}[-+]?(?:[.\d]|nan|inf)|(?:epoch|step|iter|batch|update|${METRIC_HINT}).*(?:\d|nan|inf)`,
  "i",
);

/** What loggers put before a message: dates, times, levels, ranks, module names in brackets. */
const PREFIX =
  /^(?:\[?\d{2,4}[-/]\d{1,2}(?:[-/]\d{1,4})?[T ]?(?:\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?Z?)?\]?|\[?\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?\]?|\[?(?:DEBUG|INFO|WARN(?:ING)?|ERROR|NOTICE)\]?|\[?rank:?\s?\d+\]?|[-|:]+(?=\s))\s*[:|-]?\s*/i;

const WORD = String.raw`[A-Za-z_][\w/.@%'-]*`;
/** `loss=0.3`, `loss: 0.3`, `val loss = 0.3`, `train/loss 0.123`: a key of one to three words and a number. */
const PAIR = new RegExp(
  String.raw`(?<![\w/.@:='"-])(${WORD}(?: ${WORD}){0,2}?)(\s{0,9}[:=]\s{0,9}|\s{1,9})(${NUMBER})${NUMBER_END}(%?)`,
  "g",
);

/**
 * Numbers with names anywhere in a line: `epoch 3/20 train/loss 0.123 val/acc 0.95`, `Epoch 3: loss=0.12, acc=0.9`,
 * `step=1200 loss=0.332 lr=3e-4`. Log prefixes and step words are taken off first.
 *
 * A key without `:` or `=` must be a known metric. Other keys are looked at only where the line has
 * a step word or is nothing but pairs, and are not sure. Gives null when there is neither a number nor a position.
 */
export const pairs: Form = (line) => {
  if (!MAY_HOLD_ONE.test(line) || NEVER.test(line)) return null;
  const { position, rest } = takePosition(withoutPrefix(line));
  const placed = position.epoch !== null || position.step !== null;
  const { values, left } = takePairs(rest);
  const bare =
    placed ||
    !/[A-Za-z]{2}.*[A-Za-z]{2}/.test(
      left.replace(/\b(?:train(?:ing)?|val(?:id(?:ation)?)?|test|eval(?:uation)?|results?)\b/gi, ""),
    );
  const kept = values.filter(({ key, spaced }) =>
    spaced ? isMetric(key) && bare : isMetric(key) || (bare && !isNotMeasured(key)),
  );
  if (kept.length === 0 && !placed) return null;
  return { values: kept.map(({ key, value }): NamedValue => ({ key, value, sure: isMetric(key) })), position };
};

interface Pair {
  key: string;
  value: number;
  /** Nothing but a space between key and number. */
  spaced: boolean;
}

function takePairs(text: string): { values: Pair[]; left: string } {
  const values: Pair[] = [];
  const left = text.replace(PAIR, (_, words: string, between: string, number: string) => {
    const spaced = between.trim() === "";
    const key = spaced ? qualifiedMetric(words) : phrase(words);
    values.push({ key, value: readNumber(number), spaced });
    return words.slice(0, words.length - key.length);
  });
  return { values, left };
}

/** Before `:` or `=`: all words, from the last little one on (`Value function loss`, but `with accuracy` is `accuracy`). */
function phrase(words: string): string {
  const all = words.split(" ");
  return all.slice(all.findLastIndex((word) => LITTLE.test(word)) + 1).join(" ") || words;
}

const LITTLE = /^(?:a|an|the|at|of|on|in|to|is|and|or|for|with|by|from|new|current|now|has|have|got|using)$/i;

/** Before a space: the last word, with qualifiers before it that make a metric of several words: `val loss`, `Test accuracy`. */
function qualifiedMetric(words: string): string {
  const all = words.split(" ");
  const from = all.findIndex((_, index) => all.slice(index, -1).every((word) => QUALIFIER.test(word)));
  return all.slice(from).join(" ");
}

const QUALIFIER = /^(?:train(?:ing)?|val|valid(?:ation)?|test|eval(?:uation)?|dev|mean|avg|average|best|running|total|top-?\d)$/i;

function withoutPrefix(line: string): string {
  let text = line;
  for (let i = 0; i < 6; i += 1) {
    const shorter = text.replace(PREFIX, "");
    if (shorter === text) break;
    text = shorter;
  }
  return text;
}
