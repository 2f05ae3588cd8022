/** One step of an operation that runs other operations. Free of the YAML parser. */
import type { Place } from "./yaml-tree.ts";

/** What must hold when the step's run has ended. */
export type StepCheck =
  | { kind: "output"; pattern: string; place: Place }
  | {
      kind: "file";
      /** A glob in the run's directory: at least one file must fit, and each one is looked at. */
      path: string;
      /** A path relative to the run's directory, with `${NAME}` of the environment: the same text must stand there. */
      compareTo: string | null;
      /** A regular expression that the text must hold. */
      contains: string | null;
      place: Place;
    };

export interface Step {
  /** `[model:]operation`, or a script. With `${flag}` of the operation that has the steps, as all texts here. */
  run: string;
  /** Under which the run is linked; null is the operation's name. */
  name: string | null;
  /** Flag → what would be typed after `=`: `0.1`, `[1, 2]`. Those in the line of `run` are among them and win. */
  flags: Record<string, string>;
  /** What else would be typed: `--label x`, `--max-trials 5`, `@trials.csv`. Without `--needed`, which is `needed`. */
  words: string[];
  /** No new run where one with the same flags has completed. */
  needed: boolean;
  expect: StepCheck[];
  /** Its operations' requirements look only among the runs of these steps. */
  isolateRuns: boolean;
  place: Place;
}
