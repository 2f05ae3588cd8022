/** One number that a line names. */
export interface NamedValue {
  key: string;
  value: number;
  /** Counts at once; else only when its key comes again at another step, as numbers of a series do. */
  sure: boolean;
}

/** Where in the training a line says that it is. Null where it says nothing. */
export interface Position {
  epoch: number | null;
  /** From `global_step`, `step`, `iteration`, `batch` …: finer than an epoch. */
  step: number | null;
  /** The finer counter begins anew in each epoch, as in `Epoch [3/10], Step [100/600]`. */
  local: boolean;
  /** How far a counter that begins anew goes; null where the line does not say. */
  total: number | null;
  /** Whose counter it is: each progress bar has its own. Null for the counter of the training. */
  track: string | null;
}

/** A number that was seen and not taken, and why: said by `guild scalars --test`. */
export interface Passed {
  key: string;
  reason: string;
}

/** What a form found in a line: all parts may be empty. */
export interface Found {
  values: NamedValue[];
  position: Position;
  passed: Passed[];
  /** It stood in the lines before, which this line has ended: the line itself is still to be read. */
  before?: true;
}

/**
 * One way in which programs print numbers. Gets a line as people see it (no colours, no log prefix, at most 4,000 characters,
 * trimmed) and gives back what it found, or null when the line does not have this form: the next form is then asked.
 * `live` says that the line is a frame of a progress bar which will be drawn again.
 */
export type Form = (line: string, live: boolean) => Found | null;

/**
 * A form with its name. `open` makes one reader for one stream of output: forms of several lines (tables) remember a bounded
 * number of lines in it. Steps over the whole run and promotion are the detector's affair.
 */
export interface Family {
  name: string;
  open(): Form;
}

export const NOWHERE: Position = { epoch: null, step: null, local: false, total: null, track: null };

/** A line that belongs to a form and holds nothing to take. */
export const EMPTY: Found = { values: [], position: NOWHERE, passed: [] };

/** The family of a form that remembers nothing. */
export function family(name: string, form: Form): Family {
  return { name, open: () => form };
}
