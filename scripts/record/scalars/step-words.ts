import { NOWHERE, type Position } from "./form.ts";

const COUNT = String.raw`\s{0,9}(\d+(?:\.\d+)?)`;
/** `epoch 3`, `Epoch: 3/20`, `[Epoch 3]`, `step=120`, `Iteration [100/600]` … A count (`epochs: 20`, `20 steps`) is no position. */
const STEP_WORD = new RegExp(
  String.raw`(?<![\w/.-])(?:(?:after|at|in|for) )?(global[_ ]?step|num_(?:updates|timesteps)|total[_ ]?(?:time)?steps|(?:time)?step|iter(?:ation|ate)?|batch|update|minibatch|episode|ep(?=[ :#]\s?\d)|round|generation|it(?=[=:])|epoch)(?:\((?:train|val|test)\))?\s{0,9}(?:[:=#|]\s{0,9})?[[(]?${COUNT}(?:\s{0,9}(?:\/|of(?: [a-z]+_[a-z]+:)?)\s{0,9}(\d+))?\s?[\])]?(?![\w%]|[.:-]\d|,\d)[:,;]?`,
  "gi",
);

const MAY_HOLD_ONE = /ep(?:och|isode|[ :#])|step|iter|batch|update|round|generation|it[=:]/i;

/** Places that are brackets rather than words, always at the beginning. */
const PAIRED =
  /(?<![\w/.-])epoch(?:\((?:train|val|test)\))?:?\s{0,9}\[\s{0,9}(\d+)(?:\/\d+)?\]\s{0,9}(?:batch\s{0,9})?\[\s{0,9}(\d+)(?:\s{0,9}\/\s{0,9}(\d+))?\s?\](?:,)?/i;
/** PyTorch's tutorial: `[1,  2000] loss: 2.196`. */
const EPOCH_AND_BATCH = /^\[\s{0,9}(\d+),\s{1,9}(\d+)\]/;
/** DCGAN's `[0/5][100/1583]`: epoch and batch. */
const BOTH_OF_MANY = /^\[\s{0,9}(\d+)\/\d+\]\s?\[\s{0,9}(\d+)\/(\d+)\]/;
/** scikit-learn's `[1/100] 1 tree, …`. */
const OF_MANY = /^\[\s{0,9}(\d+)\s{0,9}\/\s{0,9}(\d+)\s{0,9}\](?!\()/;
/** timm: `Train: 3 [ 50/1251 (  4%)]`. */
const PHASE = /^(?:train|val\w*|test|eval\w*): (\d+) (?=\[)/i;
/** The examples of ImageNet: `Test: [ 10/79]`: its own count, not the training's. */
const OTHER_PHASE = /^(val\w*|test|eval\w*):?\s{0,9}\[\s{0,9}(\d+)\s{0,9}\/\s{0,9}(\d+)\s{0,9}\]/i;

export interface Placed {
  position: Position;
  /** The line without the words that placed it. */
  rest: string;
}

/**
 * Takes the step words out of a line: says where the line stands, and gives the rest of the line back.
 *
 * `global_step` goes before any other finer word, a step before an episode; of the same word the first counts. A finer counter
 * with a total beside an epoch is taken to begin anew with each epoch.
 */
export function takePosition(line: string): Placed {
  const bracketed = line.startsWith("[") || /^[tve]/i.test(line) ? takeBrackets(line) : null;
  if (bracketed !== null) return bracketed;
  if (!MAY_HOLD_ONE.test(line)) return { position: NOWHERE, rest: line };
  const paired = takePaired(line);
  if (paired !== null) return paired;
  let epoch: number | null = null;
  let step: number | null = null;
  let coarse: number | null = null;
  let global: number | null = null;
  let total: number | null = null;
  const rest = line.replace(STEP_WORD, (_, word: string, count: string, of: string | undefined) => {
    const kind = word.toLowerCase();
    if (kind === "epoch") epoch ??= Number(count);
    else if (/^(?:global|num_|total)/.test(kind)) global ??= Number(count);
    else if (/^(?:ep(?:isode)?$|round|generation)/.test(kind)) coarse ??= Number(count);
    else {
      if (step === null && of !== undefined) total = Number(of);
      step ??= Number(count);
    }
    return " ";
  });
  const local = global === null && step !== null && epoch !== null && total !== null;
  return { position: { ...NOWHERE, epoch, step: global ?? step ?? coarse, local, total: local ? total : null }, rest };
}

function takeBrackets(line: string): Placed | null {
  const both = EPOCH_AND_BATCH.exec(line);
  if (both !== null) {
    return {
      position: { ...NOWHERE, epoch: Number(both[1]), step: Number(both[2]), local: true },
      rest: line.slice(both[0].length),
    };
  }
  const pair = BOTH_OF_MANY.exec(line);
  if (pair !== null) {
    const position = { ...NOWHERE, epoch: Number(pair[1]), step: Number(pair[2]), local: true, total: Number(pair[3]) };
    return { position, rest: line.slice(pair[0].length) };
  }
  const many = OF_MANY.exec(line);
  if (many !== null) return { position: { ...NOWHERE, step: Number(many[1]) }, rest: line.slice(many[0].length) };
  const phase = PHASE.exec(line);
  if (phase !== null) return { position: { ...NOWHERE, epoch: Number(phase[1]) }, rest: line.slice(phase[0].length) };
  const other = OTHER_PHASE.exec(line);
  if (other === null) return null;
  const track = (other[1] ?? "").toLowerCase();
  const position = { ...NOWHERE, step: Number(other[2]), local: true, total: Number(other[3]), track };
  return { position, rest: line.slice(other[0].length) };
}

function takePaired(line: string): Placed | null {
  const match = PAIRED.exec(line);
  if (match === null) return null;
  const total = match[3] === undefined ? null : Number(match[3]);
  const position = { ...NOWHERE, epoch: Number(match[1]), step: Number(match[2]), local: true, total };
  return { position, rest: `${line.slice(0, match.index)} ${line.slice(match.index + match[0].length)}` };
}

export interface NamedPosition {
  epoch: number | null;
  step: number | null;
  /** It counts over the whole training, whatever other counters say. */
  global: boolean;
}

/** The position that a key and value of a structured line give (`{"epoch": 3}`, `step: 5`), or null when the key is no step word. */
export function positionOf(key: string, value: number): NamedPosition | null {
  if (!Number.isFinite(value)) return null;
  const name = key.toLowerCase().replaceAll(" ", "_");
  if (name === "epoch") return { epoch: value, step: null, global: false };
  if (/^(?:global_?step|num_updates|trainer\/global_step)$/.test(name)) return { epoch: null, step: value, global: true };
  if (/^(?:_?step|iter|iteration|batch|update|timestep|episode|round|generation)$/.test(name))
    return { epoch: null, step: value, global: false };
  return null;
}
