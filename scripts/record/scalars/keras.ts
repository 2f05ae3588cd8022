import { EMPTY, type Family, family, NOWHERE } from "./form.ts";
import { foundInText } from "./pairs.ts";

/** `22/22`, `7/Unknown`, a bar or nothing, times, and then ` - name: number` again and again. */
const LINE = /^(\d+)\/(\d+|Unknown)\s(.*)$/;
const METRICS = /(?:^|\s)-\s(?=[A-Za-z_])(?![\d.]+(?:ms|us|s)\b)/;

/**
 * Keras, verbose 1 and 2: `7/7 - 3s - 459ms/step - loss: 0.66 - val_loss: 0.70`. Stands at the epoch that was printed before it.
 * Of a bar that is still drawn only the full one counts: what stands there before is the mean of half an epoch.
 */
export const keras: Family = family("Keras", (line, live) => {
  const match = LINE.exec(line);
  if (match === null) return null;
  const [, at, of, text = ""] = match;
  const begin = METRICS.exec(text);
  if (begin === null) return /\d(?:ms|us|s)\/(?:step|epoch)/.test(text) ? EMPTY : null;
  if (live && at !== of) return EMPTY;
  const found = foundInText(text.slice(begin.index).replaceAll(" - ", " , "), NOWHERE);
  return { ...found, values: found.values.map((value) => ({ ...value, sure: true })) };
});
