/** Keys of a flag and of its choices. */
import { flagTypes } from "../flag-spec.ts";
import { defined, type Keys, named, oneOf, text, textOrNothing, value, values, yesOrNo } from "./_key.ts";

export const flagKeys: Keys = {
  default: { about: "The value when nothing else is said; nothing means that it is not passed.", shape: value },
  description: { about: "One sentence for help and pages.", shape: textOrNothing },
  type: { about: "What its values are.", shape: oneOf(flagTypes) },
  required: { about: "Must be given.", shape: yesOrNo },
  choices: { about: "The values that it can have.", shape: { type: "array", items: defined("choice") } },
  "allow-other": { about: "Other values than the choices are taken too.", shape: yesOrNo },
  min: { about: "The smallest value.", shape: { type: "number" } },
  max: { about: "The largest value.", shape: { type: "number" } },
  distribution: { about: "How a search draws between min and max.", shape: oneOf(["uniform", "loguniform", "log-uniform"]) },
  alias: { about: "Another name under which it may be typed.", shape: text },
  "arg-name": { about: "The argument's name, when it is not the flag's.", shape: text },
  "arg-skip": { about: "Never passed as an argument.", shape: yesOrNo },
  "arg-switch": { about: "The bare --name is passed when it has this value, and nothing otherwise.", shape: value },
  "arg-split": {
    about: "Splits a text value into several words: yes or shlex like a shell does, other text is the separator.",
    shape: { type: ["string", "boolean"] },
  },
  "arg-encoding": { about: "Other words for values when they become an argument.", shape: named(textOrNothing) },
  "env-name": { about: "Name of the environment variable, when it is not FLAG_<NAME>.", shape: text },
  "env-encoding": { about: "Other words for values when they become a variable.", shape: named(textOrNothing) },
  "null-label": { about: "What a label says where the flag has no value.", shape: text },
};

export const choiceKeys: Keys = {
  value: { about: "The value.", shape: value },
  description: { about: "One sentence for help.", shape: textOrNothing },
  alias: { about: "Typed instead of the value.", shape: text },
  flags: { about: "Values that other flags get with this choice.", shape: values },
};
