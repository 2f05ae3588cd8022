/** `output-scalars` of an operation: which printed numbers are scalars. */
import { compileRule, NO_RULES, type OutputRule, type OutputRules } from "../run/output-rules.ts";
import { asText, isNull } from "./yaml-read.ts";
import { describe, failure, type YamlTree } from "./yaml-tree.ts";

/**
 * Reads a rule, a list of rules, or a map of names and rules; lists may hold maps. `off`, `no` and `[]` switch off what is built in.
 * Throws ToolError `invalid-guild-file` pointing at a rule that does not compile.
 */
export function parseOutputScalars(tree: YamlTree): OutputRules {
  if (isNull(tree)) return NO_RULES;
  if (tree.kind === "scalar" && (tree.value === false || tree.text.toLowerCase() === "off")) return { rules: [], builtIn: false };
  if (tree.kind === "list" && tree.items.length === 0) return { rules: [], builtIn: false };
  return { rules: rulesIn(tree), builtIn: true };
}

function rulesIn(tree: YamlTree): OutputRule[] {
  if (tree.kind === "list") return tree.items.flatMap(rulesIn);
  if (tree.kind === "map") return tree.entries.map(({ key, value }) => parseRule(key, value));
  return [parseRule(null, tree)];
}

function parseRule(name: string | null, tree: YamlTree): OutputRule {
  const pattern = asText(tree, "a regular expression for output-scalars");
  const rule = { name, pattern, where: `${tree.place.file}:${tree.place.line}` };
  try {
    compileRule(rule);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw failure(tree.place, `expected a rule for output-scalars, found ${describe(tree)}: ${error.message}`);
  }
  return rule;
}
