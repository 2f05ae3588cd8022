import type { Form } from "./form.ts";
import { foundIn } from "./json-line.ts";
import { NUMBER, readNumber } from "./number-text.ts";

const ITEM = new RegExp(
  String.raw`^\s*'([^'\\]{1,200})':\s*('?)(${NUMBER})\2\s*(?:,|$)|^\s*'[^'\\]{1,200}':\s*(?:'[^'\\]*'|\w+)\s*(?:,|$)`,
);

/**
 * A line that is one flat Python dictionary, as trainers print it: `{'loss': 0.69, 'epoch': 0.5}`. Numbers in quotes count
 * (Hugging Face 5 prints them so); other values are passed over. Anything nested is not this form.
 */
export const pythonDict: Form = (line) => {
  if (!line.startsWith("{'") || !line.endsWith("}")) return null;
  const numbers: [string, number][] = [];
  let rest = line.slice(1, -1);
  while (rest.trim() !== "") {
    const match = ITEM.exec(rest);
    if (match === null) return null;
    if (match[1] !== undefined && match[3] !== undefined) numbers.push([match[1], readNumber(match[3])]);
    rest = rest.slice(match[0].length);
  }
  return foundIn(numbers);
};
