/** Keys of an item of a list: a model, a config, files to include. */
import { anything, defined, type Keys, named, text, textOrNothing, texts, values, yesOrNo } from "./_key.ts";

const shared: Keys = {
  description: { about: "One sentence.", shape: textOrNothing },
  extends: { about: "Models or configs whose parts it takes over.", shape: texts },
  params: { about: "Values for {{name}} in texts.", shape: { anyOf: [values, { type: "null" }] } },
  operations: { about: "Operations by name.", shape: defined("operations") },
  "operation-defaults": { about: "Keys that hold for each of its operations.", shape: defined("operation-map") },
  flags: { about: "Values that hold for each operation that has the flag, or flags for $include.", shape: defined("flags") },
  profiles: {
    about: "Sets of flag values, chosen with -p NAME.",
    shape: { anyOf: [named({ type: ["object", "null"] }), { type: "null" }] },
  },
  resources: { about: "Requirements by name.", shape: defined("resources") },
  sourcecode: { about: "Which files are kept as the source of its operations.", shape: defined("sourcecode") },
  "output-scalars": { about: "Regular expressions for numbers in the output of its operations.", shape: defined("rules") },
  "output-attrs": { about: "Regular expressions for words that describe its runs.", shape: defined("rules") },
  "python-requires": { about: "Which versions of Python it needs.", shape: textOrNothing },
  references: { about: "Where it comes from.", shape: anything, unused: "nothing shows references" },
  extra: { about: "Guild's room for plugins.", shape: anything, unused: "Guild's Python plugins are not loaded" },
  plugins: {
    about: "Guild's plugins.",
    shape: anything,
    unused: "system statistics are always recorded, Guild's plugins are not loaded",
  },
};

export const modelKeys: Keys = {
  model: { about: "Its name.", shape: textOrNothing },
  default: { about: "The model of an operation that is typed without one.", shape: yesOrNo },
  ...shared,
  guildhall: { about: "What Guildhall alone knows of the project.", shape: defined("guildhall") },
};

/** A config is never run: models extend it, and flags include it. */
export const configKeys: Keys = { config: { about: "Its name.", shape: text }, ...shared };

export const includeKeys: Keys = {
  include: { about: "Other files with models and configs, relative to this one.", shape: texts },
};
