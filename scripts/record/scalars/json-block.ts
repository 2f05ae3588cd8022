import { EMPTY, type Family } from "./form.ts";
import { foundInJson } from "./json-line.ts";

/** So many lines of an object are remembered; a longer one is data, not results. */
const LINES = 200;

/**
 * A JSON object over several lines, as `json.dumps(metrics, indent=2)` prints it: from a line `{` to the line `}`. Read as
 * the object in one line would be.
 */
export const jsonBlock: Family = {
  name: "JSON object over several lines",
  open() {
    let lines: string[] | null = null;
    let open = 0;
    return (line, live) => {
      if (live) return null;
      if (lines === null) {
        if (line !== "{") return null;
        lines = [line];
        open = 1;
        return EMPTY;
      }
      // Whatever does not look like the inside of an object ends it.
      if (lines.length >= LINES || !/^(?:"[^"]*"\s*:|[\]}[{"]|-?\d|null|true|false|NaN|-?Infinity)/.test(line)) {
        lines = null;
        return null;
      }
      lines.push(line);
      if (/[{[]$/.test(line)) open += 1;
      if (/^[\]}]/.test(line)) open -= 1;
      if (open > 0) return EMPTY;
      const text = lines.join("\n");
      lines = null;
      return foundInJson(text) ?? EMPTY;
    };
  },
};
