/** Guild's `output-scalars`: regular expressions that say which printed numbers are scalars. */

import { pythonPattern } from "./python-pattern.ts";

export interface OutputRule {
  /** The scalar's name for a rule of one group (`loss: 'loss=(\value)'`), else null. */
  name: string | null;
  /** As written. */
  pattern: string;
  /** `guild.yml:12`, for messages. */
  where: string;
}

export interface OutputRules {
  rules: OutputRule[];
  /** False after `output-scalars: off` or `[]`: what is built in is not asked either. */
  builtIn: boolean;
}

/** Nothing said: what is built in reads the output. */
export const NO_RULES: OutputRules = { rules: [], builtIn: true };

/** Guild 0.9.1's own shortcuts. */
const SHORTCUTS: [RegExp, string][] = [
  [/\\key/g, String.raw`[_a-zA-Z]\S*`],
  [/\\value/g, String.raw`(?:[-+]?[0-9]*\.?(?:[0-9]+)?(?:[eE][-+]?[0-9]+)?|[nN][aA][nN]|[-+]?[iI][nN][fF])`],
  [/\\step/g, "[0-9]+"],
];

/** How the groups of a rule name what they capture. */
export type RuleForm = "named" | "key and value" | "_key and _val" | "one value";

export interface CompiledRule {
  rule: OutputRule;
  expression: RegExp;
  form: RuleForm;
}

/**
 * Makes a JavaScript expression of a rule written for Python: `(?P<name>…)`, `(?P=name)`, `\A`, `\Z`, leading flags such as `(?i)`,
 * comments, and the shortcuts `\key`, `\value`, `\step`.
 *
 * Throws SyntaxError, in words for the rule's author, when it does not compile or when its groups do not say what is captured.
 */
export function compileRule(rule: OutputRule): CompiledRule {
  let source = rule.pattern;
  for (const [shortcut, meaning] of SHORTCUTS) source = source.replace(shortcut, () => meaning);
  const expression = pythonPattern(source, "g");
  return { rule, expression, form: formOf(rule, expression) };
}

function formOf(rule: OutputRule, expression: RegExp): RuleForm {
  // An alternative that fits nothing tells the groups.
  const groups = new RegExp(`${expression.source}|`, expression.flags).exec("");
  const names = Object.keys(groups?.groups ?? {});
  const count = (groups?.length ?? 1) - 1;
  if (rule.name !== null) {
    if (count === 0) throw new SyntaxError(`a group in parentheses is missing: it captures the value of ${rule.name}`);
    return "one value";
  }
  if (names.includes("_key") && names.includes("_val")) return "_key and _val";
  if (names.length > 0) return "named";
  if (count === 2) return "key and value";
  throw new SyntaxError(
    String.raw`its groups do not say what they capture: named groups such as (?P<loss>\value), or two groups for key and value, are expected`,
  );
}
