/** What a probe file exports. One file, one source of system statistics. */
import type { Environment, Unit } from "../../src/run/types.ts";

export interface ProbeContext {
  /** Process ids of the command's tree, refreshed before every sample. */
  pids: () => readonly number[];
  /** The run's own directory: its file system is the one whose fullness matters. */
  runDir: string;
  procRoot: string;
}

/** One sampler with its open files and previous counters. `sample` returns what it could read now; rates need two calls. */
export interface Sampler {
  /** Seconds since the last sample (null at the first) → values by tag. May throw: it is then switched off with one warning. */
  sample(elapsedSeconds: number | null): Record<string, number>;
  /** What is still to be told when the command has ended, such as a counter of killed processes. At once; may throw. */
  last?(): Record<string, number>;
  close(): void;
}

export interface Probe {
  summary: string;
  /** Tag → unit. `{}` in a tag stands for an index or a name: `sys/gpu{}/util`. */
  tags: Record<string, Unit>;
  /** Where it makes sense at all; elsewhere it is not loaded, and not named as absent. Everywhere when not given. */
  platforms?: readonly NodeJS.Platform[];
  /** Opens the source, or says in a few words why it is absent here. */
  open(context: ProbeContext): Sampler | { absent: string };
}

/** Gives the probe back unchanged; it is here for its type. */
export function defineProbe(probe: Probe): Probe {
  return probe;
}

export interface FactsContext {
  /** Process ids of the command's tree; the first is the command itself. Empty when it has already ended. */
  pids: () => readonly number[];
  command: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Is this environment variable on the allow-list? */
  allowVariable: (name: string) => boolean;
  procRoot: string;
}

/** What a file of environment facts exports. Read at once, when the command has settled (+2 s), and again later where it repeats. */
export interface Facts {
  summary: string;
  /** `always` where a later look tells more, because programs load things as they go on; `once` where none does. Else until the command has settled. */
  looks?: "once" | "always";
  /** Resolves to the parts of the environment that it knows. May throw: the reason then stands under `absent`. */
  read(context: FactsContext): Promise<EnvironmentFacts>;
}

/** The fields of Environment that facts can give; digest, key and title are made of them. */
export type EnvironmentFacts = Partial<Omit<Environment, "schema" | "digest" | "key" | "title">> & {
  /** Top-level Python packages whose compiled modules are in memory: of the run, not of its environment. */
  imported?: string[];
};

/** Gives the facts back unchanged; it is here for its type. */
export function defineFacts(facts: Facts): Facts {
  return facts;
}
