import { type Family, family, type NamedValue, NOWHERE, type Passed } from "./form.ts";
import { numberIn } from "./number-text.ts";

/** CatBoost: `3:⇥learn: 0.42⇥test: 0.41⇥best: 0.41 (3)⇥total: 67.4ms⇥remaining: 101ms`. Best, total and remaining are passed over. */
export const catboost: Family = family("CatBoost", (line) => {
  const begin = /^(\d+):\s+(?=(?:learn|test\d*):)/.exec(line);
  if (begin === null) return null;
  const values: NamedValue[] = [];
  const passed: Passed[] = [];
  for (const part of line.slice(begin[0].length).split(/\t|\s{2,}/)) {
    const colon = part.indexOf(":");
    const key = part.slice(0, colon).trim();
    const value = numberIn(part.slice(colon + 1));
    if (value !== null && /^(?:learn|test\d*)$/.test(key)) values.push({ key, value, sure: true });
    else if (key !== "") passed.push({ key, reason: "no measurement" });
  }
  return { values, position: { ...NOWHERE, step: Number(begin[1]) }, passed };
});
