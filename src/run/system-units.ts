import type { Unit } from "./types.ts";

/** Each pattern of a system tag with its unit; the first that matches counts. Rates are per second, sizes in bytes. */
const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/^op\/cpu\/util$/, "cores"],
  [/^op\/cgroup\/cpu\/limit$/, "cores"],
  [/^op\/main\/(?:busy|helped)$/, "ratio"],
  [/^op\/disk\/run_dir_bytes$/, "B"],
  [/^sys\/disk.*\/(?:used|free|total)$/, "B"],
  [/\/throttled$/, "ratio"],
  [/\/clock$/, "Hz"],
  [/_bytes$/, "B/s"],
  [/\/util$/, "ratio"],
  [/^sys\/psi\//, "ratio"],
  [/\/(mem|swap|disk)\/[^/]+$/, "B"],
  [/\/temp$/, "degC"],
  [/\/power$/, "W"],
  [/\/energy$/, "J"],
];

/** Is this a series of the machine (`sys/…`) or of the command's process tree (`op/…`)? */
export function isSystemTag(tag: string): boolean {
  return tag.startsWith("op/") || tag.startsWith("sys/");
}

/** The unit of a system tag; counts such as `op/procs` and unknown tags are plain numbers. */
export function systemUnit(tag: string): Unit {
  return UNITS.find(([pattern]) => pattern.test(tag))?.[1] ?? "1";
}
