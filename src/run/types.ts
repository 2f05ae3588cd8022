/**
 * The words that the recorder, the terminal and the site share.
 *
 * These are the shapes *in memory*: numbers are real numbers (NaN and infinities included), columns are full arrays,
 * absent is `null`. The shapes on disk are specified key by key in `content/docs/run-format.md`; only the `parse…` and
 * `format…` functions of this folder know both.
 */

/** `lost` is always derived (see `status.ts`), never believed from a file. */
export type Status = "pending" | "running" | "completed" | "error" | "terminated" | "lost";

export type FlagValue = string | number | boolean | null | FlagValue[];
export type Flags = Record<string, FlagValue>;

/** `1` is a plain number, `ratio` is 0..1, everything else is SI base. */
export type Unit = "1" | "ratio" | "s" | "B" | "B/s" | "W" | "J" | "degC" | "cores" | "Hz" | "steps/s" | "examples/s";

/** One value at one step. */
export interface StepValue {
  step: number;
  value: number;
}

/**
 * Where a scalar was read: in what the program printed (`out`; `rule` when a rule of guild.yml took it), in its event files, or
 * in another file that it wrote. Of a tag that several tell, the most trusted wins: rule, events, file, out.
 */
export type ScalarSource = "rule" | "events" | "file" | "out";

/**
 * A whole series reduced to what a table needs. `min`, `max` and `mean` look at finite values only and are null
 * when there are none; `first` and `last` are by order of arrival and may be non-finite.
 */
export interface ScalarSummary {
  count: number;
  first: StepValue;
  last: StepValue;
  min: StepValue | null;
  max: StepValue | null;
  mean: number | null;
  nonFinite: number;
  unit: Unit;
  source: ScalarSource;
}

/**
 * All points of one tag in parallel columns, ascending by arrival; thinned to buckets when long.
 *
 * Element i is one bucket: `last[i]` at `steps[i]` and `times[i]` (seconds since the run started), with the finite
 * extremes of the bucket in `min[i]` and `max[i]`. An unthinned series has one point per bucket and min = max = last.
 * `count` is the number of points before thinning. Non-finite values stand in `last` as NaN, Infinity, -Infinity,
 * each in a bucket of its own.
 */
export interface Series {
  tag: string;
  unit: Unit;
  count: number;
  steps: number[];
  times: number[];
  min: number[];
  max: number[];
  last: number[];
  /** System series only: the mean of the bucket's finite points. Absent where there are no means, or where they equal `last`. */
  mean?: number[];
}

export type EventKind = "epoch" | "checkpoint" | "eval" | "restart" | "nan" | "image" | "note";

/** Something that happened. `step` is null when no step had been seen; `t` is seconds since the run started. */
export interface RunEvent {
  step: number | null;
  t: number;
  kind: EventKind;
  detail: string;
}

export interface RunFile {
  /** Relative to RUN_DIR, forward slashes. */
  path: string;
  bytes: number;
  sha256?: string;
}

export interface CodeState {
  commit: string | null;
  branch: string | null;
  dirty: boolean | null;
  /** Hash of the selected source files, without `content/ runs/ dist/ .guild/`. Groups use it, never the commit. */
  digest: string | null;
}

/** A figure that is made of others. */
export interface DerivedFigure {
  /** Null is unknown. */
  value: number | null;
  unit: Unit;
  /** How it was got; when `value` is null, why it is unknown. A few words without a full stop. */
  note: string;
  /** The 5th and 95th percentile, where the figure is a median over time. */
  range: [low: number, high: number] | null;
  /** What the value may at most be: the memory that was there. */
  limit: number | null;
  /** Counted by the system, or computed from something near it; null where the question does not arise. */
  method: "measured" | "estimated" | null;
}

/** What a run's figures say together. `derive.ts` makes it of the exact log. */
export interface Derived {
  stepsPerSecond: DerivedFigure;
  examplesPerSecond: DerivedFigure;
  /** The share of time in which the training waited, for data or for what brings it. */
  dataWait: DerivedFigure;
  gpuBusy: DerivedFigure;
  peakMemory: DerivedFigure;
  gpuEnergy: DerivedFigure;
  cpuEnergy: DerivedFigure;
  /** Signs that it ran out of memory, a sentence each; empty when there are none. */
  outOfMemory: string[];
}

/** The public record of one run: `content/runs/<id>/run.json`, with a person's `edits.yml` laid over it. */
export interface Run {
  schema: 1;
  id: string;
  operation: string;
  model: string | null;
  /** As typed, redacted, `${RUN_DIR}` unexpanded. */
  command: string[];
  flags: Flags;
  label: string | null;
  tags: string[];
  status: Status;
  exitCode: number | null;
  signal: string | null;
  /** UTC ISO-8601 with milliseconds. */
  started: string;
  stopped: string | null;
  durationSeconds: number | null;
  /** In order of first appearance. */
  scalars: Record<string, ScalarSummary>;
  system: Record<string, ScalarSummary>;
  /** Null when the version that wrote the record derived nothing. */
  derived: Derived | null;
  /** Digest of `content/environments/<digest>.json`; null until the facts have settled. */
  environment: string | null;
  /** Python packages whose compiled modules were seen in memory: a part of what was imported. Absent where nobody looked. */
  imported?: string[];
  code: CodeState;
  data: { digest: string; sources: string[] } | null;
  files: RunFile[];
  outside: string[];
  /** Runs that this one was made from, by the operation's name: `{train: "20261123T190119-7f3a"}`. */
  parents: Record<string, string>;
  sweep: string | null;
  /** When this file was last written, and how often it is rewritten: a reader elsewhere can tell a lost run. */
  updated: string;
  intervalSeconds: number;
  source: { kind: string };
  /** Printed lines that came too fast to be searched for scalars; absent when there were none. */
  linesNotSearched?: number;
  /** Places in files with measurements that could not be read (wrong checksums, torn rows), by path; absent when there were none. */
  notRead?: Record<string, number>;
  /** A person's, from `edits.yml`. */
  starred: boolean;
  hidden: boolean;
}

/** Everything that a page about one run can show. */
export interface RunData {
  run: Run;
  series: Series[];
  system: Series[];
  events: RunEvent[];
  /** Head and tail of what the program printed, redacted; ANSI colours kept. Empty when there was none. */
  output: string;
  /** Sanitised HTML made of `notes.md`, or null. */
  notesHtml: string | null;
  /** Thumbnails under `content/runs/<id>/images/`, file names only, sorted. */
  images: string[];
  environment: Environment | null;
  /** In the live view of a run in progress: how many bytes of its private `output.log` the output above reaches to. */
  outputOffset: number | null;
}

/** What a chart needs of one run. */
export interface ChartData {
  id: string;
  /** UTC ISO-8601. */
  started: string;
  series: Series[];
  system: Series[];
  events: RunEvent[];
}

export interface Gpu {
  name: string;
  memoryBytes: number | null;
  driver: string | null;
  /** Watts that it may draw; null where it does not tell. */
  powerLimitWatts?: number | null;
}

/** Where a run took place: `content/environments/<digest>.json`. Never a host name, a user or a home path. */
export interface Environment {
  schema: 1;
  digest: string;
  /** The comparison key: hardware class and major.minor of what matters for speed. Equal keys, comparable speed. */
  key: string;
  /** A short name for people: "AMD EPYC, 2 cores, 24 GB, Linux". */
  title: string;
  os: { name: string | null; kernel: string | null; libc: string | null; container: string | null };
  cpu: {
    model: string | null;
    logicalCores: number | null;
    availableCores: number | null;
    caches: Record<string, number>;
    physicalCores?: number | null;
    /** What decides about the speed of arithmetic, e.g. `avx2`, `avx512f`, `amx_tile`, and `hypervisor` in a virtual machine. */
    features?: string[];
  };
  memory: { totalBytes: number | null; limitBytes: number | null };
  gpus: Gpu[];
  /** Libraries that the command had loaded, e.g. `{cuda: "12.4.127", cudnn: "9.1.0"}`; a version may be empty. */
  libraries: Record<string, string>;
  /** Kinds of file systems: `{project: "ext4", data: "nfs4"}`. */
  storage: Record<string, string>;
  /** Interpreter of the command, if one was recognised: `{name: "python", version: "3.11.7"}`. */
  runtime: { name: string; version: string } | null;
  /** Installed packages of that interpreter by name, e.g. `{torch: "2.13.0+cpu"}`. */
  packages: Record<string, string>;
  /** Allow-listed environment variables. */
  variables: Record<string, string>;
  /** What could not be read, by name, with the reason in a few words. */
  absent: Record<string, string>;
}

export type Goal = "max" | "min";

export interface MetricSpec {
  goal: Goal | null;
  unit: Unit | null;
  primary: boolean;
}

/** What the site needs to know of `guild.yml`. */
export interface Project {
  name: string;
  /** Where the site will be served, e.g. `https://ada.github.io/digits`; null when not declared. */
  site: string | null;
  metrics: Record<string, MetricSpec>;
  /** Flags that do not make another group, such as the seed. */
  nuisance: string[];
  /** Colours pinned by hand: group key or label → `#rrggbb`. */
  colors: Record<string, string>;
  operations: Record<string, { description: string | null }>;
}

/** A file or part of one that could not be used: skipped, said once, never fatal. */
export interface Warning {
  /** Relative to the project root. */
  file: string;
  line: number | null;
  message: string;
}
