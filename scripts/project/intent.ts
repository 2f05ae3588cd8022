/** What is to be recorded, with where each part of it came from; and what the project's file wishes for every run. */
import type { GuildFile } from "../../src/load/guild-file.ts";
import { goalOf } from "../../src/run/goals.ts";
import type { Goal } from "../../src/run/types.ts";
import type { RunPlan } from "../record/plan.ts";

/** What a person may say about any run. */
export interface Wishes {
  label: string | null;
  tags: readonly string[];
  buffered: boolean;
  quiet: boolean;
}

/** A plan that still lacks what only the moment of recording knows: probes, facts, and the digest of the data. */
export interface Intent {
  plan: Omit<RunPlan, "probes" | "facts" | "data">;
  /** What names the data, for `dataDigest`. */
  dataSources: { required: string[]; patterns: string[] };
  /** Flag → where its value came from. Empty for a command that was given as it is. */
  origins: Record<string, string>;
  /** Said on stderr before the run. */
  warnings: string[];
}

/** Main metric, goals and further variables of the environment, from the block `guildhall`. */
export function siteWishes(file: GuildFile): Pick<RunPlan, "primary" | "goals" | "allowVariables"> {
  const { metrics, env } = file.guildhall;
  const goals: Record<string, Goal> = {};
  for (const tag of Object.keys(metrics)) {
    const goal = goalOf(tag, { metrics });
    if (goal !== null) goals[tag] = goal;
  }
  return { primary: Object.keys(metrics).find((tag) => metrics[tag]?.primary) ?? null, goals, allowVariables: env };
}
