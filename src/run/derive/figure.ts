import { roundDigits } from "../numbers.ts";
import type { DerivedFigure, Unit } from "../types.ts";

/** A figure that is known, to six digits unless it is whole; `note` says how it was got. */
export function known(value: number, unit: Unit, note: string, more: Partial<DerivedFigure> = {}): DerivedFigure {
  return {
    value: Number.isInteger(value) ? value : roundDigits(value, 6),
    unit,
    note,
    range: null,
    limit: null,
    method: null,
    ...more,
  };
}

/** A figure that cannot be told; `why` stands beside "unknown". */
export function unknown(unit: Unit, why: string): DerivedFigure {
  return { value: null, unit, note: why, range: null, limit: null, method: null };
}
