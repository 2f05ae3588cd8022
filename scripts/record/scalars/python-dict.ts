import { EMPTY, type Family, family } from "./form.ts";
import { foundIn, type Leaf } from "./leaves.ts";
import { NUMBER, numberIn, readNumber } from "./number-text.ts";
import { takePosition } from "./step-words.ts";

const KEY = /\s*(['"])((?:(?!\1)[^\\]){1,200})\1\s*:\s*/y;
/** `0.69`, `np.float32(0.69)`, `tensor(0.69, device='cuda:0')`, `array(0.69, dtype=float32)`. */
const WRAPPED = new RegExp(
  String.raw`(?:[A-Za-z_][\w.]{0,40}\(\s*(${NUMBER})\s*(?:,[^()]{0,80}(?:\([^()]{0,40}\)[^()]{0,40})?)?\)|(${NUMBER}))(?=\s*[,}])`,
  "y",
);
const TEXT = /'([^'\\]*)'|"([^"\\]*)"/y;
/** Anything else without brackets of its own: `True`, `None`, a name; and a list or tuple without nested brackets. */
const OTHER = /[^\s,{}[\]()'"][^,{}[\]()'"]*(?:\([^()]*\))?|\[[^[\]]*\]|\([^()]*\)/y;
const NEXT = /\s*,?\s*/y;

/** What stands before a dictionary when it holds settings. */
const SETTINGS = /\b(?:config\w*|args?|arguments|param\w*|hparams|hyper\w*|settings?|options?|flags|kwargs|defaults)\b/i;
const DEPTH = 4;

/**
 * A line that ends in one Python dictionary, as trainers print it: `{'loss': 0.69, 'epoch': 0.5}`, `eval: {'acc': 0.9}`.
 * Numbers in quotes count (Hugging Face 5 prints them so), numbers in NumPy's and torch's wrappers too; nested dictionaries
 * are flattened with `/`; other values are passed over. Step words before the dictionary place it.
 */
export const pythonDict: Family = family("Python dictionary", (line) => {
  const start = line.indexOf("{");
  if (start < 0 || start > 200 || !line.endsWith("}")) return null;
  if (!/^\{\s*['"]/.test(line.slice(start, start + 10))) return null;
  const before = line.slice(0, start);
  const leaves: Leaf[] = [];
  if (readDict(line, start, "", leaves, DEPTH) !== line.length) return null;
  if (SETTINGS.test(before)) return EMPTY;
  const found = foundIn(leaves);
  const { position } = takePosition(before);
  if (position.epoch === null && position.step === null) return found;
  // What the words before say and what the dictionary says itself: the dictionary knows better.
  const own = found.position;
  const placed = { ...position, epoch: own.epoch ?? position.epoch, step: own.step ?? position.step };
  return { ...found, values: found.values.map((value) => ({ ...value, sure: true })), position: placed };
});

/** Reads from the brace at `at`; gives the place after the closing one, or -1. */
function readDict(text: string, at: number, prefix: string, leaves: Leaf[], depth: number): number {
  let place = at + 1;
  for (;;) {
    place = skip(text, place);
    if (text[place] === "}") return place + 1;
    KEY.lastIndex = place;
    const key = KEY.exec(text);
    if (key === null) return -1;
    place = KEY.lastIndex;
    const name = prefix + (key[2] ?? "");
    if (text[place] === "{") {
      place = depth > 1 ? readDict(text, place, `${name}/`, leaves, depth - 1) : -1;
      if (place < 0) return -1;
      continue;
    }
    WRAPPED.lastIndex = place;
    const number = WRAPPED.exec(text);
    if (number !== null) {
      leaves.push({ key: name, value: readNumber(number[1] ?? number[2] ?? "") });
      place = WRAPPED.lastIndex;
      continue;
    }
    TEXT.lastIndex = place;
    const quoted = TEXT.exec(text);
    if (quoted !== null) {
      const value = numberIn(quoted[1] ?? quoted[2] ?? "");
      if (value !== null) leaves.push({ key: name, value });
      place = TEXT.lastIndex;
      continue;
    }
    OTHER.lastIndex = place;
    if (OTHER.exec(text) === null) return -1;
    place = OTHER.lastIndex;
  }
}

function skip(text: string, at: number): number {
  NEXT.lastIndex = at;
  NEXT.exec(text);
  return NEXT.lastIndex;
}
