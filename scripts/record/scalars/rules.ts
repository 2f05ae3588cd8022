import { createContext, Script } from "node:vm";
import { type CompiledRule, compileRule, type OutputRule } from "../../../src/run/output-rules.ts";
import { withoutSequences } from "../terminal-text.ts";
import { numberIn } from "./number-text.ts";
import { LINE_LIMIT } from "./plain-text.ts";
import type { RuleMatch } from "./rule-match.ts";

/** So long may one rule look at the lines of one piece of output. */
const PIECE_MS = 250;
/** So long, and this share of the run's time, may it look in all. */
const WHOLE_MS = 2000;
const SHARE = 0.1;
/** Shorter lines' worth of matches: nobody prints more scalars in a line. */
const MATCHES = 1000;

export interface Rules {
  /** What the rules find in each line, in the order of the lines; empty where they find nothing. */
  match(lines: readonly string[]): RuleMatch[][];
}

/**
 * The rules of the user's, run over lines with Guild's meaning: every rule is searched for again and again in a line; a captured
 * `step` is the step; what is captured later under a name wins; what is no number is nothing.
 *
 * Whatever a rule looks like, it cannot hold up the recording: a rule that is too slow is switched off for this run with one warning.
 * `now` gives milliseconds.
 */
export function makeRules(rules: readonly OutputRule[], warn: (message: string) => void, now = () => performance.now()): Rules {
  const begun = now();
  const running = new Map(rules.map((rule) => [compileRule(rule), { spent: 0 }]));
  const search = makeBoundedSearch();

  return {
    match(raw) {
      if (running.size === 0) return raw.map(() => []);
      const lines = raw.map((line) => withoutSequences(line.slice(0, LINE_LIMIT)).trimEnd());
      const found = lines.map((): Captures => ({ step: null, values: new Map(), rules: [] }));
      for (const [compiled, time] of running) {
        const before = now();
        const late = search(compiled, lines, found);
        time.spent += now() - before;
        if (late === null && time.spent <= WHOLE_MS + SHARE * (now() - begun)) continue;
        running.delete(compiled);
        const { pattern, where } = compiled.rule;
        const line = late === null ? "" : `; the line began with ${JSON.stringify(late.slice(0, 40))}`;
        warn(
          `The output-scalars rule ${JSON.stringify(pattern)} (${where}) is too slow and was switched off for this run${line}`,
        );
      }
      return found.map(({ step, values, rules: names }) =>
        step === null && values.size === 0
          ? []
          : [{ rule: names.join(" and "), step, values: [...values].map(([key, value]) => ({ key, value })) }],
      );
    },
  };
}

interface Captures {
  step: number | null;
  values: Map<string, number>;
  rules: string[];
}

type Search = (compiled: CompiledRule, lines: readonly string[], found: readonly Captures[]) => string | null;

/** Runs a rule over lines with a watchdog beside it; gives the line at which it took too long, or null. */
function makeBoundedSearch(): Search {
  let job: (() => void) | null = null;
  const script = new Script("run()");
  const context = createContext({ run: () => job?.() });
  return (compiled, lines, found) => {
    let at = 0;
    job = () => {
      for (; at < lines.length; at += 1) captureIn(compiled, lines[at] ?? "", found[at]!);
    };
    try {
      script.runInContext(context, { timeout: PIECE_MS });
      return null;
    } catch (error) {
      // It comes out of the other context, whose Error is not ours.
      const late =
        typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
      if (late) return lines[at] ?? "";
      throw error;
    }
  };
}

function captureIn({ rule, expression, form }: CompiledRule, line: string, captures: Captures): void {
  expression.lastIndex = 0;
  let any = false;
  const put = (key: string | undefined, text: string | undefined): void => {
    const value = text === undefined ? null : numberIn(text);
    if (key === undefined || value === null) return;
    any = true;
    if (key === "step") captures.step = value;
    else captures.values.set(key, value);
  };
  for (let count = 0; count < MATCHES; count += 1) {
    const match = expression.exec(line);
    if (match === null) break;
    if (match[0] === "") expression.lastIndex += 1;
    if (form === "one value") put(rule.name ?? undefined, match[1]);
    else if (form === "key and value") put(match[1], match[2]);
    else if (form === "_key and _val") put(match.groups?._key, match.groups?._val);
    else for (const [name, text] of Object.entries(match.groups ?? {})) put(name, text);
  }
  if (any) captures.rules.push(rule.pattern);
}
