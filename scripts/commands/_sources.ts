import type { Sources } from "../probes/_scan.ts";
import type { RunPlan } from "../record/plan.ts";

/** The plan with its probes: they are scanned when the recorder asks for them first, and the command has been started by then. */
export function withSources(plan: Omit<RunPlan, "probes" | "facts">): RunPlan {
  let scanned: Promise<Sources> | null = null;
  const sources = (): Promise<Sources> => {
    scanned ??= import("../probes/_scan.ts").then(({ scanProbes }) => scanProbes());
    return scanned;
  };
  return { ...plan, probes: async () => (await sources()).probes, facts: async () => (await sources()).facts };
}
