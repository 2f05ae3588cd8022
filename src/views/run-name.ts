/** What a run is called: its label, or its id. */
import { flagText } from "../run/groups.ts";
import type { Flags, Run } from "../run/types.ts";

/** The label a person gave, else the id; a run always has one. */
export function runName(run: Pick<Run, "id" | "label">): string {
  return run.label ?? run.id;
}

/** The id's random end, which is what people read out: `20261123T190119-7f3a` → `7f3a`. */
export function runTail(id: string): string {
  return id.slice(id.lastIndexOf("-") + 1);
}

/** Flags as typed, in their own order: `lr=0.1 hidden=64`. No flags give "". */
export function flagsText(flags: Flags): string {
  return Object.entries(flags)
    .map(([name, value]) => flagText(name, value))
    .join(" ");
}

/** Where a run's page is, without the base path. */
export function runPath(id: string): string {
  return `/runs/${id}/`;
}
