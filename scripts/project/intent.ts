/** What is to be recorded, with where each part of it came from; and what the project's file wishes for every run. */
import type { GuildFile } from "../../src/load/guild-file.ts";
import { goalOf } from "../../src/run/goals.ts";
import type { Goal } from "../../src/run/types.ts";
import type { Placement, RunPlan } from "../record/plan.ts";
import type { Found } from "./requires/found.ts";
import type { Workplace } from "./workplace.ts";

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
  /** Globs that name the data, for `dataDigest`; what is required names it as well. */
  dataPatterns: string[];
  /** What it requires; nothing of it has been fetched or put in place yet. */
  required: Found[];
  /** Where the command starts and what stands there, once it is known what the requirements put into RUN_DIR. */
  arrange: (required: readonly Placement[]) => Workplace;
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
