/** What was found of one requirement before anything is fetched, unpacked or recorded. */
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import type { Parent } from "../parent.ts";
import type { Scope } from "../references.ts";

/** A file or folder that a requirement gave. */
export interface Source {
  /** Absolute. */
  path: string;
  /** Its folder relative to where it was looked for, forward slashes, "" at the top: `preserve-path` keeps it. */
  folder: string;
  /** It is where the program looks for it when it runs in the project: nothing is renamed, selected or unpacked. */
  inPlace: boolean;
}

/** A file that each run gets with its own text. */
export interface Written {
  /** Relative to RUN_DIR. */
  to: string;
  text: string;
  /** What it was made of, absolute: the data of the run. */
  from: string;
}

export interface Obtained {
  sources: Source[];
  /** Files that are written for the run instead of being copied. */
  written: Written[];
  /** One sentence each. */
  warnings: string[];
}

export interface Found {
  requirement: Requirement;
  /** What `${name}` stands for in it. */
  scope: Scope;
  /** As the record names it: `data`, `https://…`, `operation:prepare`. */
  name: string;
  /** Which of it there is, for a person: `data.csv of prepare 20261123T190119-7f3a`. */
  shown: string;
  /** Does something of it have another place or name than in the project? Then the operation runs in RUN_DIR. */
  moves: boolean;
  /** Runs that it takes files of, by the operation's name. */
  parents: Record<string, Parent>;
  /** Fetches, checks and unpacks. Throws ToolError (exit code 2): `bad-sha256`, `not-downloaded`, `not-unpacked`, `empty-requirement` … */
  obtain(effects: ObtainEffects): Promise<Obtained>;
}

export interface ObtainEffects {
  /** A line about something that takes long. */
  say(line: string): void;
  env: NodeJS.ProcessEnv;
}

/** Whether an operation has to run in RUN_DIR to find what it requires under the names that it was promised. */
export function needsRunDir(found: readonly Found[]): boolean {
  return found.some(({ moves }) => moves);
}
