/** What a run's figures say together, as facts for its page: what is unknown is said with its reason. */
import type { Derived, DerivedFigure } from "../run/types.ts";
import { formatValue } from "../run/units.ts";

export interface DerivedFact {
  name: string;
  /** The figure with its unit, or `unknown`. */
  value: string;
  /** How it was got, or why it is unknown. Possibly "". */
  note: string;
  known: boolean;
}

/** In the order in which a reader asks: how fast, what did it wait for, what did it need? Empty when nothing was derived. */
export function derivedFacts(derived: Derived | null): DerivedFact[] {
  if (derived === null) return [];
  return [
    fact("Speed", derived.stepsPerSecond),
    fact("Examples", derived.examplesPerSecond),
    fact("Waiting for data", derived.dataWait),
    fact("GPU busy", derived.gpuBusy),
    fact("Peak memory", derived.peakMemory),
    fact("Energy of the GPUs", derived.gpuEnergy),
    fact("Energy of the processors", derived.cpuEnergy),
  ];
}

function fact(name: string, figure: DerivedFigure): DerivedFact {
  const { value, unit, note, range, limit, method } = figure;
  if (value === null) return { name, value: "unknown", note, known: false };
  const text = (number: number): string => formatValue(number, unit, 3);
  const of = limit === null || limit <= 0 ? "" : ` of ${text(limit)} (${formatValue(value / limit, "ratio", 2)})`;
  const spread = range === null ? "" : `mostly ${text(range[0])} to ${text(range[1])}`;
  const parts = [spread, note, method === "estimated" ? "estimated" : ""].filter((part) => part !== "");
  return { name, value: `${text(value)}${of}`, note: parts.join("; "), known: true };
}
