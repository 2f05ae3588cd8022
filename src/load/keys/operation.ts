/** Keys of an operation. */
import { anything, defined, type Keys, named, oneOf, oneOrMore, text, textOrNothing, texts, yesOrNo } from "./_key.ts";

export const operationKeys: Keys = {
  main: { about: "A Python module or a script, with fixed arguments.", shape: textOrNothing },
  exec: { about: "A command line; ${flag_args} stands for all flags, ${name} for one.", shape: textOrNothing },
  steps: { about: "Other operations, one after the other.", shape: { type: ["array", "null"], items: defined("step") } },
  description: { about: "One sentence for help and pages.", shape: textOrNothing },
  default: { about: "Started by guild run without a name.", shape: yesOrNo },
  cwd: { about: "In which directory it starts.", shape: oneOf(["project", "run"]) },
  "python-path": { about: "Further folders for Python modules.", shape: texts },
  "python-requires": { about: "Which versions of Python it needs, such as >=3.9.", shape: textOrNothing },
  flags: { about: "Name and default value of each flag, or a description of it.", shape: defined("flags") },
  "flags-dest": {
    about: "How flags reach the program: args, globals, global:NAME, namespace:NAME, config:FILE, none.",
    shape: {
      type: "string",
      pattern: "^(args(:[a-z]+)?|globals|(global|dict|namespace):\\S+|config:.+|none)$",
    },
  },
  "flags-import": {
    about: "Which flags of the script are taken over: all, no, or these. By default those that are named here.",
    shape: {
      anyOf: [{ enum: ["all", "yes", "no", "off", "none", true, false] }, { type: "array", items: text }, { type: "null" }],
    },
  },
  "flags-import-skip": { about: "Flags of the script that are not taken over.", shape: texts },
  "default-flag-arg-skip": { about: "Flags are not passed as arguments.", shape: yesOrNo },
  profiles: {
    about: "Sets of flag values, chosen with -p NAME.",
    shape: { anyOf: [named({ type: ["object", "null"] }), { type: "null" }] },
  },
  env: { about: "Environment variables; ${flag} stands for a flag.", shape: { anyOf: [named(textOrNothing), { type: "null" }] } },
  "env-secrets": { about: "Variables that are never recorded.", shape: texts },
  requires: { about: "What must be there before it starts.", shape: oneOrMore(defined("requirement")) },
  label: { about: "The label of its runs; ${flag} stands for a flag, ${lr|%.3f} for a formatted one.", shape: textOrNothing },
  tags: { about: "Tags of its runs.", shape: texts },
  "run-attrs": { about: "Attributes of its runs.", shape: { type: ["object", "null"] } },
  compare: { about: "Columns of guild compare, such as =lr or max val/acc as best.", shape: texts },
  "default-max-trials": { about: "The most runs of a batch.", shape: { type: "integer", minimum: 1 } },
  objective: {
    about: "The scalar that a search makes small, or large.",
    shape: { anyOf: [text, defined("objective"), { type: "null" }] },
  },
  optimizer: { about: "What chooses flags in a search.", shape: { anyOf: [text, defined("optimizer"), { type: "null" }] } },
  optimizers: {
    about: "Several, chosen with --optimizer NAME.",
    shape: { anyOf: [{ type: "array", items: text }, named({ anyOf: [textOrNothing, defined("optimizer")] }), { type: "null" }] },
  },
  "output-scalars": { about: "Regular expressions for numbers in the output; no switches them off.", shape: defined("rules") },
  "output-attrs": { about: "Regular expressions for words in the output that describe the run.", shape: defined("rules") },
  sourcecode: { about: "Which files are kept as its source.", shape: defined("sourcecode") },
  "delete-on-success": { about: "Its runs go away when they have completed.", shape: yesOrNo },
  guildhall: { about: "What Guildhall alone knows of it.", shape: defined("operation-block") },
  notebook: {
    about: "Guild's notebooks.",
    shape: anything,
    unused: "notebooks are run as a command: exec: jupyter nbconvert --execute …",
  },
  "can-stage-trials": {
    about: "Guild's mark for optimizers.",
    shape: anything,
    unused: "every batch can be shown with --preview",
  },
  "flag-encoder": { about: "Guild's plugin for flags.", shape: anything, unused: "Guild's Python plugins are not loaded" },
  "handle-keyboard-interrupt": {
    about: "Guild's traceback on Ctrl-C.",
    shape: anything,
    unused: "Ctrl-C reaches the program itself",
  },
  "pip-freeze": {
    about: "Guild's list of packages.",
    shape: anything,
    unused: "packages are read beside the run and cost it no time",
  },
  plugins: {
    about: "Guild's plugins.",
    shape: anything,
    unused: "system statistics are always recorded, Guild's plugins are not loaded",
  },
  publish: { about: "Guild's folder of Markdown.", shape: anything, unused: "the site shows every run" },
  stoppable: { about: "Guild's mark for servers.", shape: anything, unused: "a run that was stopped is recorded as terminated" },
};

export const objectiveKeys: Keys = {
  minimize: { about: "The scalar that is to be small.", shape: text },
  maximize: { about: "The scalar that is to be large.", shape: text },
};

export const operationBlockKeys: Keys = {
  outputs: { about: "Patterns of files that its runs keep a copy of.", shape: texts },
};
