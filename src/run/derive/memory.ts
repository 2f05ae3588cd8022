import type { DerivedFigure, Series } from "../types.ts";
import { known, unknown } from "./figure.ts";

/**
 * The most memory that the run's processes held, and the limit that it was held against: the control group's, or what the machine
 * has. Pages that forked workers share are counted once where that was sampled: the largest share of PSS in RSS scales the peak.
 */
export function peakMemory(system: readonly Series[]): DerivedFigure {
  const series = (tag: string): Series | undefined => system.find((one) => one.tag === tag);
  const rss = series("op/mem/rss");
  if (rss === undefined) return unknown("B", "its processes could not be read");
  const peak = Math.max(...rss.max.filter(Number.isFinite));
  const pss = series("op/mem/pss");
  const shared = pss === undefined ? null : largestShare(pss, rss);
  const limit = series("op/cgroup/mem/limit")?.last.at(-1) ?? series("sys/mem/total")?.last.at(-1) ?? null;
  return shared === null
    ? known(peak, "B", "resident memory of its processes", { limit, method: "measured" })
    : known(Math.round(peak * shared), "B", "of its processes, shared pages counted once", { limit, method: "estimated" });
}

/** PSS against RSS at the same samples, the largest of them; null when they were never sampled together. */
function largestShare(pss: Series, rss: Series): number | null {
  const shares = pss.steps.flatMap((step, i) => {
    const at = rss.steps.findIndex((other) => other >= step);
    const whole = rss.max[at] ?? 0;
    return whole > 0 ? [pss.last[i]! / whole] : [];
  });
  return shares.length === 0 ? null : Math.min(1, Math.max(...shares));
}
