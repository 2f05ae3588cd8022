import { unknown } from "./derive/figure.ts";
import { finite, list, object, oneOf, orElse, orNull, text, textList } from "./shape.ts";
import type { Derived, DerivedFigure, Unit } from "./types.ts";
import { parseUnit } from "./unit-names.ts";

/**
 * Reads `derived` of `run.json`. A figure that the version which wrote it did not know is unknown; keys that this version does not
 * know stay. Throws ToolError `invalid-run-file`.
 */
export function parseDerived(raw: unknown, key: string): Derived {
  const derived = object(raw, key);
  const figure = (name: keyof Derived, unit: Unit): DerivedFigure =>
    orElse(derived[name], `${key}.${name}`, parseFigure, unknown(unit, "not derived by the version that recorded it"));
  return {
    ...derived,
    stepsPerSecond: figure("stepsPerSecond", "steps/s"),
    examplesPerSecond: figure("examplesPerSecond", "examples/s"),
    dataWait: figure("dataWait", "ratio"),
    gpuBusy: figure("gpuBusy", "ratio"),
    peakMemory: figure("peakMemory", "B"),
    gpuEnergy: figure("gpuEnergy", "J"),
    cpuEnergy: figure("cpuEnergy", "J"),
    outOfMemory: orElse(derived.outOfMemory, `${key}.outOfMemory`, textList, []),
  };
}

function parseFigure(raw: unknown, key: string): DerivedFigure {
  const figure = object(raw, key);
  return {
    ...figure,
    value: orNull(figure.value, `${key}.value`, finite),
    unit: parseUnit(figure.unit),
    note: orElse(figure.note, `${key}.note`, text, ""),
    range: orNull(figure.range, `${key}.range`, parseRange),
    limit: orNull(figure.limit, `${key}.limit`, finite),
    method: orNull(figure.method, `${key}.method`, (value, at) => oneOf(value, ["measured", "estimated"], at)),
  };
}

function parseRange(raw: unknown, key: string): [number, number] {
  const [low, high] = list(raw, key);
  return [finite(low, `${key}[0]`), finite(high, `${key}[1]`)];
}
