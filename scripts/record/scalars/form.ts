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
}

/** What a form found in a line: both parts may be empty. */
export interface Found {
  values: NamedValue[];
  position: Position;
}

/**
 * One way in which programs print numbers. Gets a line as people see it (no colours, no `\r` frames, at most 4,000 characters,
 * trimmed) and gives back what it found, or null when the line does not have this form: the next form is then asked.
 * Has no memory; steps and promotion are the detector's affair.
 */
export type Form = (line: string) => Found | null;

export const NOWHERE: Position = { epoch: null, step: null, local: false };
