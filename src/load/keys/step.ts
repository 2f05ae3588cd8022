/** Keys of a step and of what is expected of it. */
import { anything, defined, type Keys, oneOrMore, text, textOrNothing, texts, value, yesOrNo } from "./_key.ts";

/** Those that stand for an option of `guild run`. */
export const stepOptionKeys: Keys = {
  label: { about: "The label of its run.", shape: textOrNothing },
  tags: { about: "Tags of its run.", shape: texts },
  "max-trials": { about: "The most runs of its batch.", shape: { type: "integer" } },
  "random-seed": { about: "Decides what is drawn.", shape: { type: "integer" } },
  optimizer: { about: "Which optimizer chooses the flags.", shape: text },
  optimize: { about: "Uses the operation's default optimizer.", shape: yesOrNo },
  "opt-flags": { about: "Flags of the optimizer.", shape: { anyOf: [texts, { type: "object", additionalProperties: value }] } },
  minimize: { about: "The scalar that is to be small.", shape: text },
  maximize: { about: "The scalar that is to be large.", shape: text },
  "batch-label": { about: "The label of its batch.", shape: text },
  "batch-tags": { about: "Tags of its batch.", shape: texts },
  gpus: { about: "Which GPUs its run may see.", shape: text },
  "no-gpus": { about: "Its run sees no GPU.", shape: yesOrNo },
  "force-flags": { about: "Flags that the operation does not have are passed.", shape: yesOrNo },
  "fail-on-trial-error": { about: "Stops its batch at the first error.", shape: yesOrNo },
  "stop-after": { about: "Stops its run after so many minutes.", shape: { type: "number" } },
};

export const stepKeys: Keys = {
  run: { about: "The operation, with flags and options as they are typed after guild run.", shape: text },
  name: { about: "The name under which its run is linked.", shape: textOrNothing },
  flags: { about: "Values of flags.", shape: { anyOf: [{ type: "object" }, { type: "array", items: text }, { type: "null" }] } },
  needed: { about: "No new run where one with the same flags has completed.", shape: yesOrNo },
  expect: { about: "What must hold when it has ended.", shape: oneOrMore(defined("check")) },
  "isolate-runs": { about: "Requirements look only among runs of these steps.", shape: yesOrNo },
  ...stepOptionKeys,
  checks: { about: "An older name of expect.", shape: anything, unused: 'what must hold stands under "expect"' },
  remote: { about: "Guild's remotes.", shape: anything, unused: "runs start on this machine" },
};

export const stepCheckKeys: Keys = {
  output: { about: "A regular expression that the output must hold.", shape: text },
  file: { about: "A file of the run, as a shell pattern.", shape: text },
  "compare-to": { about: "A file with the same text.", shape: textOrNothing },
  contains: { about: "A regular expression that the file must hold.", shape: textOrNothing },
};
