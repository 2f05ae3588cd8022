/** From lists and spaces to trials: the grid, a sample of it, or draws by chance. */
import { type Chance, sampleOf } from "./chance.ts";
import type { Domain, Space } from "./domain.ts";

/** The flags of one trial, as texts that are still to be decoded; in the order of their names. */
export type TrialFlags = Record<string, string>;

/** One set of flags with what each may be. A batch file has one for each row, everything else one alone. */
export type Combination = Record<string, Domain>;

export interface Trials {
  trials: TrialFlags[];
  /** How many combinations there are; null where numbers are drawn from a space, which has no end. */
  combinations: number | null;
}

/**
 * Every combination of the lists: names sorted, the last name fastest, one row of a batch file after the other. Where there are more
 * than `most`, that many are chosen by chance and stay in their order. Nothing is made that is not chosen, so a grid may be astronomic.
 */
export function gridTrials(rows: readonly Combination[], most: number, chance: Chance): Trials {
  const sizes = rows.map((row) => namesOf(row).reduce((product, name) => product * textsOf(row[name]).length, 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const trials = sampleOf(total, most, chance).map((index) => {
    let at = index;
    let row = 0;
    while (at >= (sizes[row] ?? 0)) at -= sizes[row++] ?? 0;
    return trialAt(rows[row] ?? {}, at);
  });
  return { trials, combinations: total };
}

/** The combination at a place of the grid: a number whose digits are the places in the lists. */
function trialAt(row: Combination, index: number): TrialFlags {
  const flags: [string, string][] = [];
  let rest = index;
  for (const name of namesOf(row).reverse()) {
    const texts = textsOf(row[name]);
    flags.push([name, texts[rest % texts.length] ?? ""]);
    rest = Math.floor(rest / texts.length);
  }
  return Object.fromEntries(flags.reverse());
}

/**
 * `count` trials by chance: a number of each space, an item of each list. The first takes the initial values. No trial comes twice
 * while there are others: where all that could be drawn have been, there are fewer than `count`. With several rows of a batch file
 * they take turns.
 */
export function drawnTrials(rows: readonly Combination[], count: number, chance: Chance): Trials {
  const trials: TrialFlags[] = [];
  const seen = new Set<string>();
  // A space of few whole numbers is soon used up: after so many vain draws in a row nothing new is expected.
  for (let vain = 0; trials.length < count && vain < 1000; ) {
    const trial = drawTrial(rows[trials.length % rows.length] ?? {}, chance, trials.length < rows.length);
    const key = JSON.stringify(trial);
    if (seen.has(key)) vain += 1;
    else {
      seen.add(key);
      trials.push(trial);
      vain = 0;
    }
  }
  return { trials, combinations: null };
}

function drawTrial(row: Combination, chance: Chance, first: boolean): TrialFlags {
  const flags = namesOf(row).map((name): [string, string] => {
    const domain = row[name];
    if (domain?.kind === "space")
      return [name, String(first && domain.space.initial !== null ? domain.space.initial : draw(domain.space, chance))];
    const texts = textsOf(domain);
    return [name, texts[texts.length === 1 ? 0 : Math.floor(chance() * texts.length)] ?? ""];
  });
  return Object.fromEntries(flags);
}

/** Whole numbers are all equally likely, bounds included. Others have 8 digits, which is more than a flag needs to be read. */
function draw({ distribution, low, high, whole }: Space, chance: Chance): number {
  if (distribution === "uniform" && whole) return low + Math.floor(chance() * (high - low + 1));
  const at = chance();
  const value =
    distribution === "uniform" ? low + at * (high - low) : Math.exp(Math.log(low) + at * (Math.log(high) - Math.log(low)));
  const short = whole ? Math.round(value) : Number(value.toPrecision(8));
  return Math.min(high, Math.max(low, short));
}

function namesOf(row: Combination): string[] {
  return Object.keys(row).sort();
}

function textsOf(domain: Domain | undefined): string[] {
  if (domain === undefined || domain.kind === "space") return [""];
  return domain.kind === "one" ? [domain.text] : domain.texts;
}
