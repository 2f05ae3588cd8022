/** The last stage of a plan: what is required is fetched, checked and unpacked, and the data of the run gets its name. */
import { relative, sep } from "node:path";
import { ToolError } from "../../../src/run/error.ts";
import type { Placement, RunPlan } from "../../record/plan.ts";
import { type DataSources, dataDigest } from "../data-digest.ts";
import type { Intent } from "../intent.ts";
import type { Found, ObtainEffects, Obtained } from "./found.ts";
import { placementsOf } from "./target.ts";

export interface Completed {
  plan: Omit<RunPlan, "probes" | "facts">;
  /** One sentence each. */
  warnings: string[];
}

/**
 * Makes the plan of an intent complete. Nothing of the run has been written when it throws: ToolError `bad-sha256`,
 * `not-downloaded`, `not-unpacked`, `missing-requirement`, `empty-requirement` (exit code 2).
 */
export async function complete(intent: Intent, effects: ObtainEffects): Promise<Completed> {
  const { plan, required, dataPatterns } = intent;
  const { root } = plan;
  const placements: Placement[] = [];
  const resolved: NonNullable<DataSources["resolved"]>[number][] = [];
  const warnings: string[] = [];
  for (const found of required) {
    const obtained = await found.obtain(effects);
    warnings.push(...obtained.warnings, ...emptyWarning(found, obtained));
    const own = await placementsOf(obtained.sources, found.requirement, { root, scope: found.scope });
    placements.push(...obtained.written.map(({ to, text }) => ({ to, text, replace: true })), ...own);
    for (const { path, inPlace } of obtained.sources) {
      const name = inPlace
        ? relative(root, path).split(sep).join("/")
        : own.find((one) => "from" in one && one.from === path)?.to;
      resolved.push({ source: found.name, name: name ?? path, path });
    }
    for (const { to, from } of obtained.written) resolved.push({ source: found.name, name: to, path: from });
  }
  const { cwd, placed } = intent.arrange(placements);
  const data = await dataDigest(root, { required: [], patterns: dataPatterns, resolved });
  return { plan: { ...plan, cwd, placed, data }, warnings };
}

function emptyWarning({ requirement, name, shown }: Found, { sources, written }: Obtained): string[] {
  if (sources.length + written.length > 0 || requirement.kind === "module") return [];
  const { place, failIfEmpty, warnIfEmpty } = requirement;
  const where = `${place.file}:${place.line}`;
  if (!failIfEmpty) return warnIfEmpty ? [`${where}: nothing was found for ${name} in ${shown}`] : [];
  throw new ToolError("empty-requirement", `Nothing was found for ${name} in ${shown}`, {
    hint: `${where}: it must not be empty ("fail-if-empty"); look at what "select" says.`,
    exitCode: 2,
  });
}
