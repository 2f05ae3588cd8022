import { type Family, family, type NamedValue, NOWHERE } from "./form.ts";
import { NUMBER, readNumber } from "./number-text.ts";

const TRIAL = new RegExp(String.raw`(?:^|\] )Trial (\d+) finished with values?: (?:(${NUMBER})(?=\s|$)|\[([^\]]{1,400})\])`);

/** Optuna: `Trial 0 finished with value: 1.30 and parameters: {…}. Best is trial 0 …` gives `value` at step 0, of several objectives `value/0`, `value/1` … */
export const optunaTrial: Family = family("Optuna", (line) => {
  if (!line.includes("Trial ")) return null;
  const match = TRIAL.exec(line);
  if (match === null) return null;
  const numbers = match[2] === undefined ? (match[3] ?? "").split(",") : [match[2]];
  const values = numbers.map(
    (number, index): NamedValue => ({
      key: match[2] === undefined ? `value/${index}` : "value",
      value: readNumber(number.trim()),
      sure: true,
    }),
  );
  return {
    values,
    position: { ...NOWHERE, step: Number(match[1]) },
    passed: [{ key: "parameters, best", reason: "said of the trial" }],
  };
});
