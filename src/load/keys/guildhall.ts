/** Keys of the `guildhall:` block. */
import { anything, defined, type Keys, named, oneOf, text, textOrNothing, texts, yesOrNo } from "./_key.ts";

export const goals = ["max", "min"] as const;
export const units = ["1", "ratio", "s", "B", "B/s", "W", "J", "degC", "cores", "steps/s", "examples/s"] as const;
const kept = { type: ["array", "string", "null"] };

export const guildhallKeys: Keys = {
  name: { about: "The project's name; by default the directory's.", shape: textOrNothing },
  site: { about: "The address where the site will be served.", shape: { type: ["string", "null"], pattern: "^https?://" } },
  metrics: {
    about: "Scalars by name: which way is better, in which unit, which one is the main one.",
    shape: { anyOf: [named(defined("metric")), { type: "null" }] },
  },
  nuisance: { about: "Flags that do not make another group, such as the seed.", shape: texts },
  colors: {
    about: "Colours of groups or labels, such as '#8a2be2'.",
    shape: { anyOf: [named({ type: "string" }), { type: "null" }] },
  },
  env: { about: "Further environment variables that are recorded.", shape: texts },
  data: { about: "Patterns of files whose content names the data of a run.", shape: texts },
  outputs: { about: "Patterns of files that a run keeps a copy of when it has changed them.", shape: texts },
  fields: { about: "The coloured tiles.", shape: kept },
  series: { about: "Which series share a chart.", shape: kept },
  compare: { about: "Columns of comparisons.", shape: kept },
  publish: { about: "What is published.", shape: anything, unused: "it is not used yet" },
};

export const metricKeys: Keys = {
  goal: { about: "Which way is better.", shape: oneOf(goals) },
  unit: { about: "The unit of its values.", shape: { enum: [...units, 1] } },
  primary: { about: "The main metric of the project.", shape: yesOrNo },
  label: { about: "Another name on pages.", shape: text, unused: "it is not used yet" },
  format: { about: "How its values are written.", shape: text, unused: "it is not used yet" },
};
