import { EMPTY, type Family, type NamedValue, NOWHERE } from "./form.ts";
import { NUMBER, readNumber } from "./number-text.ts";

const ROUND = /^\[(\d+)\](?:\t|\s{2,}|\s(?=\S+:))/;
const METRIC = new RegExp(String.raw`^([^:\t]{1,120}):\s?(${NUMBER})(?:\s?\+\s?(${NUMBER}))?$`);
/** LightGBM's own program: `[LightGBM] [Info] Iteration:5, valid_1 auc : 0.77`. */
const ITERATION = new RegExp(String.raw`^\[LightGBM\] \[Info\] Iteration:(\d+), (.{1,120}?) : (${NUMBER})$`);
const AGAIN = /best iteration is:?$/i;

/**
 * XGBoost and LightGBM: `[0]⇥train-rmse:0.37⇥eval-rmse:0.41`, names with spaces (`valid_0's auc: 0.97`), and the deviation that
 * cross-validation adds (`0.37+0.01` gives `name` and `name/std`). The line after `best iteration is:` says one again and is passed over.
 */
export const boosting: Family = {
  name: "XGBoost, LightGBM",
  open() {
    let again = false;
    return (line) => {
      const repeated = again;
      again = AGAIN.test(line);
      if (line.startsWith("[LightGBM]")) return lightgbmProgram(line);
      const round = line.startsWith("[") ? ROUND.exec(line) : null;
      if (round === null) return null;
      const values: NamedValue[] = [];
      for (const part of line.slice(round[0].length).split(/\t|\s{2,}|, /)) {
        const match = METRIC.exec(part.trim());
        if (match === null) {
          if (part.trim() === "") continue;
          return null;
        }
        const key = (match[1] ?? "").trim();
        values.push({ key, value: readNumber(match[2] ?? ""), sure: true });
        if (match[3] !== undefined) values.push({ key: `${key}/std`, value: readNumber(match[3]), sure: true });
      }
      if (values.length === 0) return null;
      if (repeated) return { ...EMPTY, passed: values.map(({ key }) => ({ key, reason: "said before" })) };
      return { values, position: { ...NOWHERE, step: Number(round[1]) }, passed: [] };
    };
  },
};

function lightgbmProgram(line: string) {
  const match = ITERATION.exec(line);
  if (match === null) return EMPTY;
  const [, step, key = "", number = ""] = match;
  return { values: [{ key, value: readNumber(number), sure: true }], position: { ...NOWHERE, step: Number(step) }, passed: [] };
}
