/** A detector that is given lines, one after the other, as if they had been printed a microsecond apart. */
import { type Detected, type DetectorOptions, makeDetector } from "../../../../scripts/record/scalars/detector.ts";
import type { RuleMatch } from "../../../../scripts/record/scalars/rule-match.ts";

export function detectorOf(flagNames: readonly string[] = [], options: Partial<DetectorOptions> = {}) {
  const detector = makeDetector({ flagNames, ...options });
  return {
    line: (text: string, t: number, rules: readonly RuleMatch[] = []): Detected =>
      detector.line({ text, t, stream: "t", live: false, rules }),
    frame: (text: string, t: number): Detected => detector.line({ text, t, stream: "t", live: true }),
    end: (t: number): Detected => detector.end(t),
  };
}

/** The scalars in lines as `key@step=value`. */
export function found(flagNames: readonly string[], lines: readonly string[]): string[] {
  const detector = detectorOf(flagNames);
  const scalars = lines.flatMap((line, i) => detector.line(line, i).scalars);
  return [...scalars, ...detector.end(lines.length).scalars].map(({ k, step, v }) => `${k}@${step}=${v}`);
}
