/** Keys of a requirement and of a named resource. */
import { defined, type Keys, oneOf, oneOrMore, text, textOrNothing, texts, values, yesOrNo } from "./_key.ts";

const shared: Keys = {
  name: { about: "A name; the flag of this name chooses another target.", shape: textOrNothing },
  "target-path": { about: "A folder in the run's directory.", shape: textOrNothing },
  path: { about: "The older name of target-path.", shape: textOrNothing },
  "target-type": { about: "Whether the run gets a link or a copy.", shape: oneOf(["copy", "link"]) },
  "preserve-path": { about: "Keeps the folders of its path in the run's directory.", shape: yesOrNo },
};

export const requirementKeys: Keys = {
  file: { about: "A file or folder of the project.", shape: text },
  url: { about: "An address to download once.", shape: text },
  config: { about: "A YAML, JSON or INI file that is rewritten with the flags for each run.", shape: text },
  module: { about: "A Python module that must be installed.", shape: text },
  operation: { about: "An operation whose latest completed run is used.", shape: text },
  ...shared,
  "flag-name": { about: "The flag that chooses another target, when it is not the name.", shape: text },
  select: { about: "Regular expressions for files inside of it.", shape: texts },
  "select-min": { about: "Of what fits, the one whose group is the smallest number.", shape: texts },
  "select-max": { about: "Of what fits, the one whose group is the largest number.", shape: texts },
  rename: { about: "Another name in the run: NAME, PATTERN NAME, or {pattern, repl}.", shape: oneOrMore(defined("rename")) },
  sha256: { about: "What its content must hash to.", shape: text },
  unpack: { about: "Whether an archive is unpacked.", shape: yesOrNo },
  "replace-existing": { about: "Takes the place of what stands in the run's directory.", shape: yesOrNo },
  optional: { about: "May be missing.", shape: yesOrNo },
  "multi-run": { about: "Several runs of the operation may be named.", shape: yesOrNo },
  "warn-if-empty": { about: "Says so when nothing fits.", shape: yesOrNo },
  "fail-if-empty": { about: "Refuses to start when nothing fits.", shape: yesOrNo },
  params: { about: "Further values for a config file, by dotted key.", shape: values },
  help: { about: "Said when it is missing.", shape: text },
  description: { about: "One sentence.", shape: textOrNothing },
  type: { about: "Guild's kind of archive.", shape: true, unused: "the kind of an archive is seen from its name" },
  "post-process": { about: "Guild's command after unpacking.", shape: true, unused: "what prepares data is an operation here" },
  "always-resolve": { about: "Guild's answer to its cache.", shape: true, unused: "requirements are looked for at each start" },
};

export const renameKeys: Keys = {
  pattern: { about: "A regular expression.", shape: text },
  repl: { about: "What stands in its place.", shape: text },
};

export const resourceKeys: Keys = {
  sources: { about: "What belongs to it.", shape: oneOrMore(defined("source")) },
  ...shared,
  "default-unpack": { about: "Whether its archives are unpacked.", shape: yesOrNo },
  description: { about: "One sentence.", shape: textOrNothing },
  private: { about: "Guild's mark for packages.", shape: true, unused: "resources are of this project only" },
  references: { about: "Where it comes from.", shape: true, unused: "nothing shows references" },
};

/** `{resource: data}`: points to a named one. */
export const pointerKeys: Keys = {
  resource: { about: "The name of a resource of the model.", shape: text },
  description: { about: "One sentence.", shape: textOrNothing },
};
