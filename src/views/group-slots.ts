import type { Group } from "../run/groups.ts";
import type { Project } from "../run/types.ts";
import { assignSlots } from "./color.ts";

/** Palette slots by group key, oldest group first (groups come newest first), so that a new group changes nobody's colour. */
export function groupSlots(groups: readonly Group[], project: Pick<Project, "colors">): Map<string, number> {
  return assignSlots(
    [...groups].reverse().map((group) => group.key),
    project.colors,
  );
}
