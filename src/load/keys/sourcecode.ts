/** Keys of `sourcecode`. */
import { anything, defined, type Keys, textOrNothing, texts } from "./_key.ts";

export const sourcecodeKeys: Keys = {
  root: { about: "The folder in which files are looked for.", shape: textOrNothing },
  select: { about: "Patterns of files.", shape: defined("source-rules") },
  dest: { about: "Where Guild copies them to.", shape: anything, unused: "sources are kept beside the run's record" },
  digest: {
    about: "Whether Guild computes a digest.",
    shape: anything,
    unused: "the digest is always kept: groups of runs need it",
  },
  empty: { about: "Guild's older word for no source.", shape: anything, unused: 'no source at all is "sourcecode: no"' },
};

export const sourceRuleKeys: Keys = {
  include: { about: "Patterns that belong to the source.", shape: defined("source-patterns") },
  exclude: { about: "Patterns that do not.", shape: defined("source-patterns") },
};

export const sourcePatternKeys: Keys = {
  dir: { about: "Folders, with all that is in them.", shape: texts },
  text: { about: "Text files.", shape: texts },
  binary: { about: "Binary files.", shape: texts },
};
