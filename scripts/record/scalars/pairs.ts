import { type Family, type Found, family, type NamedValue, type Passed, type Position } from "./form.ts";
import { NUMBER, NUMBER_END, readNumber } from "./number-text.ts";
import { takePosition } from "./step-words.ts";
import { isMetric, isNotMeasured, isSetting, isStrongMetric, METRIC_HINT } from "./vocabulary.ts";

/** Lines that hold numbers but never measurements. */
const NEVER =
  /^(?:Traceback\b|File "|\w*(?:Error|Exception|Warning)\b|\[(?:LightGBM|Parallel)|(?:Using|Collecting|Downloading|Downloaded|Installing|Looking|Requirement|Found|Loading|Loaded|Building|Unpacking|Setting up|Selecting|Preparing|Processing|Get:\d|Hit:\d|npm|config\w*|args|Namespace)\b|"[\w-]+":|\S+\.py:\d+: )/;

/** Most lines are told apart here, in a tenth of the time that a thorough look takes. */
const MAY_HOLD_ONE = new RegExp(
  String.raw`[:=]\s{0,40}[[(]?[-+]?(?:[.\d]|nan|inf)|(?:epoch|step|iter|batch|update|episode|round|generation|${METRIC_HINT}).*(?:\d|nan|inf)|^\[`,
  "i",
);

const WORD = String.raw`[A-Za-z_][\w/.@%'-]*`;
/** What stands in parentheses after a key: `f1-score (micro avg)`, `time (sec)`. */
const REMARK = String.raw`(?: ?\([A-Za-z][\w ./%]{0,24}\))?`;
/** What a number measures in: only for keys that are metrics, for else it is a size or a time. */
const UNIT = String.raw`(?:\s?(?:ms|us|s|sec|GB|MB|KB|GiB|MiB|[kKMG])(?![\w/]))`;
/** `loss=0.3`, `loss: 0.3`, `val loss = 0.3`, `train/loss 0.123`, `lr=[0.001]`: a key of one to three words and a number. */
const PAIR = new RegExp(
  String.raw`(?<![\w/.@:='"-])(${WORD}(?: ${WORD}){0,2}?)(${REMARK})(\s{0,40}[:=]\s{0,40}|\s(?:is|was)\s(?=[-+.\d])|\s{1,9})(?:\[(${NUMBER})\]|(${NUMBER})(?:\/(\d+)(?=\s?[(,;|]|\s*$)(?:\s?\(\s*\d+(?:\.\d+)?%\))?|(${UNIT})|${NUMBER_END}(?:\s?%)?))`,
  "g",
);

/**
 * Numbers with names anywhere in a line: `epoch 3/20 train/loss 0.123 val/acc 0.95`, `Epoch 3: loss=0.12, acc=0.9`,
 * `step=1200 loss=0.332 lr=3e-4`, `[eval] loss=0.5` (which is `eval loss`). Step words are taken off first.
 *
 * A key without `:` or `=` must be a known metric. Other keys are looked at only where the line has a step word or is nothing
 * but pairs, and are not sure. `Accuracy: 145/450` counts right answers: `Accuracy (n/450)` is 145.
 * Gives null when there is neither a number nor a position.
 */
export const pairs: Family = family("pairs of name and number", (line) => {
  if (!MAY_HOLD_ONE.test(line) || NEVER.test(line)) return null;
  const { position, rest } = takePosition(line);
  const { scope, text } = takeScope(rest);
  const found = foundInText(text, position, scope);
  return found.values.length === 0 && found.passed.length === 0 && !isPlaced(position) ? null : found;
});

function isPlaced({ epoch, step }: Position): boolean {
  return epoch !== null || step !== null;
}

/** The pairs of a text at a known position. `scope` is put before keys. */
export function foundInText(text: string, position: Position, scope = ""): Found {
  const placed = isPlaced(position);
  const { pairs: found, left } = takePairs(text);
  if (found.length === 0) return { values: [], position, passed: [] };
  const bare = placed || isBare(left);
  // A learning rate on its own is a setting; beside a step or a loss it is a curve.
  const measured = placed || found.some(({ key }) => isStrongMetric(key));
  const values: NamedValue[] = [];
  const passed: Passed[] = [];
  for (const { key, value, spaced, unit } of found) {
    if (isMetric(key)) {
      if (spaced && !bare) passed.push({ key, reason: 'neither ":" nor a step word in a sentence' });
      else values.push({ key: scope + key, value, sure: isStrongMetric(key) || (bare && (measured || !isSetting(key))) });
    } else if (spaced) continue;
    else if (isNotMeasured(key)) passed.push({ key, reason: "no measurement" });
    else if (unit) passed.push({ key, reason: "a time or a size" });
    else if (!bare) passed.push({ key, reason: "no known metric, in a sentence without a step word" });
    else values.push({ key: scope + key, value, sure: false });
  }
  return { values, position, passed };
}

/** Words that may stand beside pairs without making a sentence of them. */
const BESIDE =
  /\b(?:train(?:ing)?|val(?:id(?:ation)?)?|test|dev|eval(?:uation)?|results?|metrics?|set|final|best|average|mean|epoch|done|ms|sec|samples|steps?|it|avg|total)\b/gi;

function isBare(left: string): boolean {
  return !/[A-Za-z]{2}.*[A-Za-z]{2}/.test(left.replace(BESIDE, ""));
}

const SCOPE = /^\s*\[(train|training|val|valid|validation|test|eval|evaluation|dev)\]\s*/i;

/** `[eval] loss=0.5`: two phases that print the same names. */
function takeScope(text: string): { scope: string; text: string } {
  const match = SCOPE.exec(text);
  return match === null ? { scope: "", text } : { scope: `${match[1]} `, text: text.slice(match[0].length) };
}

interface Pair {
  key: string;
  value: number;
  /** Nothing but a space between key and number. */
  spaced: boolean;
  /** A unit of time or size behind it. */
  unit: boolean;
}

function takePairs(text: string): { pairs: Pair[]; left: string } {
  const found: Pair[] = [];
  const left = text.replace(
    PAIR,
    (whole, words: string, remark: string, between: string, listed?: string, number?: string, of?: string, unit?: string) => {
      const spaced = !/[:=]/.test(between);
      const name = spaced ? qualifiedMetric(words) : phrase(words);
      const value = readNumber(listed ?? number ?? "");
      if (of !== undefined) {
        // A count of right answers; any other n/N says how far something is.
        if (!isMetric(name) || spaced) return whole;
        found.push({ key: `${name} (n/${of})`, value, spaced, unit: false });
      } else found.push({ key: name + remark, value, spaced, unit: unit !== undefined });
      return words.slice(0, words.length - name.length);
    },
  );
  return { pairs: found, left };
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

const QUALIFIER =
  /^(?:train(?:ing)?|val|valid(?:ation)?|test|eval(?:uation)?|dev|mean|avg|average|best|running|total|lm|top-?\d)$/i;
