import { EMPTY, type Family, type Found, family, NOWHERE } from "./form.ts";
import { NUMBER, readNumber } from "./number-text.ts";
import { positionOf } from "./step-words.ts";
import { isStrongMetric } from "./vocabulary.ts";

/** Guild's default rule (0.9.1): the whole line is a one-word key, a colon, a number, and perhaps a remark in parentheses. */
const WHOLE_LINE = new RegExp(String.raw`^([_a-zA-Z]\S{0,120}):\s+(${NUMBER})(?:\s+\((?:step\s+)?(\d+)\)|\s+\(.*\))?$`);

/** What a program says in this form of itself and of its configuration, and never of its training. */
const NEVER =
  /^(?:seed|pid|port|version|rank|eta|world_?size|line|exit_?code|errno|(?:n_|num_|max_|total_)?(?:epochs|steps|workers|threads|gpus|params|parameters|samples)|(?:batch|vocab|dataset|hidden|train|test)_?size)$/i;

/**
 * A whole line `key: value`, as in `loss: 0.25`, `latency_p50_ms: 3.1` or `val_acc: 0.9 (step 300)`: counts at once, so that a
 * one-off result of an evaluation is kept. `step: 5` and `epoch: 5` move the position instead of being scalars.
 */
export const wholeLine: Family = family('whole line "key: number"', (line) => {
  const match = WHOLE_LINE.exec(line);
  if (match === null) return sentence(line);
  const [, key = "", number = "", step] = match;
  const value = readNumber(number);
  const position = positionOf(key, value);
  if (position !== null) return { ...EMPTY, position: { ...NOWHERE, epoch: position.epoch, step: position.step } };
  if (NEVER.test(key)) return { ...EMPTY, passed: [{ key, reason: "a setting" }] };
  return {
    values: [{ key, value, sure: true }],
    position: step === undefined ? NOWHERE : { ...NOWHERE, step: Number(step) },
    passed: [],
  };
});

/** PyTorch's tutorial: `Accuracy of the network on the 10000 test images: 54 %`. */
const SENTENCE = new RegExp(String.raw`^([A-Za-z]+) (?:of|on) [\w\s()'-]{1,80}?\s?: (${NUMBER})\s?%?$`);

function sentence(line: string): Found | null {
  const match = SENTENCE.exec(line);
  if (match === null || !isStrongMetric(match[1] ?? "")) return null;
  const key = line.slice(0, line.lastIndexOf(":")).trim().replace(/\s+/g, " ");
  return { values: [{ key, value: readNumber(match[2] ?? ""), sure: true }], position: NOWHERE, passed: [] };
}
