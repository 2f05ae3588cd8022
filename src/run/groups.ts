/**
 * Groups: runs that did the same thing and differ only by nuisance flags such as the seed.
 *
 * A group is the unit of every honest number: its runs are repetitions of one experiment, so their spread is noise,
 * and a difference between groups may be an effect.
 */
import { formatFlag } from "./flags.ts";
import type { Flags, FlagValue, Project, Run } from "./types.ts";

type Nuisance = Pick<Project, "nuisance">;

export interface Group {
  /** Equal keys, same experiment; stable between builds and machines. */
  key: string;
  operation: string;
  /** The flags that all its runs share, nuisance flags left out. */
  flags: Flags;
  /** In the order given (newest first, as everywhere). */
  runs: Run[];
  /** What tells this group from the others of its operation: `mlp lr=0.1`, or the operation when nothing does. */
  label: string;
}

/**
 * Operation, flags without nuisance, data and code: what has to be equal for two runs to be repetitions.
 *
 * Flags count by value and not by order; `1` and `"1"` differ. Unknown data or code (null) equals only unknown.
 */
export function groupKey(run: Run, project: Nuisance): string {
  return JSON.stringify([run.operation, sorted(groupFlags(run, project)), run.data?.digest ?? null, run.code.digest]);
}

/** A run's flags without the nuisance flags. */
export function groupFlags(run: Run, project: Nuisance): Flags {
  return Object.fromEntries(Object.entries(run.flags).filter(([name]) => !project.nuisance.includes(name)));
}

/**
 * Runs by group, in order of each group's first run; every run is in exactly one. No runs give [].
 *
 * Groups that only code or data tells apart are named by its digest too, so that no two lines of a chart are called the same.
 */
export function groupRuns(runs: readonly Run[], project: Nuisance): Group[] {
  const groups = new Map<string, Group>();
  for (const run of runs) {
    const key = groupKey(run, project);
    const group = groups.get(key);
    if (group) group.runs.push(run);
    else groups.set(key, { key, operation: run.operation, flags: groupFlags(run, project), runs: [run], label: "" });
  }
  const all = [...groups.values()];
  for (const operation of new Set(all.map((group) => group.operation)))
    labelGroups(all.filter((group) => group.operation === operation));
  return all;
}

/** Names each group by what tells it from the others of these; afterwards no two of them are called the same. */
export function labelGroups(groups: readonly Group[]): void {
  for (const [at, label] of distinguish(groups.map((group) => group.flags)).entries())
    groups[at]!.label = label || groups[at]!.operation;
  const bearers = new Map<string, Group[]>();
  for (const group of groups) {
    const twins = bearers.get(group.label);
    if (twins) twins.push(group);
    else bearers.set(group.label, [group]);
  }
  for (const twins of bearers.values()) {
    const many = (values: unknown[]) => new Set(values).size > 1;
    const byCode = many(twins.map(codeText));
    const byData = many(twins.map(dataText));
    for (const twin of twins)
      twin.label = [twin.label, byCode && codeText(twin), byData && dataText(twin)].filter(Boolean).join(" ");
  }
}

function codeText({ runs }: Group): string {
  return `@${runs[0]?.code.digest?.slice(0, 7) ?? "unknown code"}`;
}

function dataText({ runs }: Group): string {
  return `data ${runs[0]?.data?.digest.slice(0, 7) ?? "unknown"}`;
}

/**
 * For each set of flags the shortest words that tell it from the others, such as `mlp lr=0.1`; "" where nothing does.
 *
 * Only flags that vary count, and of those the last are left out as long as no two sets become the same by it; the first
 * varying flag, which people write first because it matters most, always stays.
 */
export function distinguish(flags: readonly Flags[]): string[] {
  let names = varyingNames(flags);
  const labels = (chosen: string[]) =>
    flags.map((each) => chosen.flatMap((name) => (each[name] === undefined ? [] : [shortText(name, each[name])])).join(" "));
  const distinct = new Set(labels(names)).size;
  for (const name of names.slice(1).reverse()) {
    const fewer = names.filter((other) => other !== name);
    if (new Set(labels(fewer)).size === distinct) names = fewer;
  }
  return labels(names);
}

/** `lr=0.1`, as it would be typed. */
export function flagText(name: string, value: FlagValue): string {
  return `${name}=${formatFlag(value)}`;
}

/** A word says by itself what it is about: `mlp lr=0.1`, not `model=mlp lr=0.1`. */
function shortText(name: string, value: FlagValue): string {
  return typeof value === "string" && /^[A-Za-z]/.test(value) ? value : flagText(name, value);
}

/** Names of flags that are not the same in all of `flags` (absent counts as a value), in order of first appearance. */
export function varyingNames(flags: readonly Flags[]): string[] {
  const names = new Set(flags.flatMap((each) => Object.keys(each)));
  return [...names].filter((name) => new Set(flags.map((each) => JSON.stringify(each[name]))).size > 1);
}

function sorted(flags: Flags): [string, FlagValue][] {
  return Object.entries(flags).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
