/** What an operation looks for, and with which optimizers. */
import type { FlagValue } from "../run/types.ts";
import { objectiveKeys } from "./keys/operation.ts";
import type { Objective, Optimizer } from "./operation-spec.ts";
import { asBoolean, asFlagValue, asMap, asText, checkKeys, field, isNull } from "./yaml-read.ts";
import { describe, failure, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** `loss` is to be small, `-acc` and `{maximize: acc}` large. Null where nothing is said. */
export function parseObjective(tree: YamlTree | null): Objective | null {
  if (tree === null || isNull(tree)) return null;
  if (tree.kind !== "map") {
    const text = asText(tree, "a scalar's name for objective");
    return text.startsWith("-") ? { tag: text.slice(1), goal: "max" } : { tag: text, goal: "min" };
  }
  checkKeys(tree, { what: '"objective"', keys: objectiveKeys, say: () => undefined });
  const [first, second] = tree.entries;
  if (first === undefined || second !== undefined)
    throw failure(tree.place, 'expected either "minimize" or "maximize" for objective, found both or neither');
  return { tag: asText(first.value, "a scalar's name"), goal: first.key === "maximize" ? "max" : "min" };
}

/**
 * `optimizer: gp`, `optimizer: {algorithm: gp, kappa: 1.8}`, or `optimizers` as a list of names or a map of name and flags.
 * The one of `optimizer` is the default. Throws ToolError `invalid-guild-file`, for both keys at once too.
 */
export function parseOptimizers(operation: YamlMap): Optimizer[] {
  const one = part(operation, "optimizer");
  const several = part(operation, "optimizers");
  if (one !== null && several !== null) throw failure(several.place, 'expected either "optimizer" or "optimizers", found both');
  if (one !== null) {
    const optimizer = parseOptimizer(null, one);
    return [{ ...optimizer, isDefault: true }];
  }
  if (several === null) return [];
  if (several.kind === "list") return several.items.map((item) => parseOptimizer(null, item));
  const { entries } = asMap(several, "a list of optimizers or a map of their flags");
  const parsed = entries.map(({ key, value }) => parseOptimizer(key, value));
  return parsed.map((optimizer) => ({ ...optimizer, isDefault: optimizer.isDefault || parsed.length === 1 }));
}

function parseOptimizer(name: string | null, tree: YamlTree): Optimizer {
  if (tree.kind !== "map") {
    const algorithm = isNull(tree) && name !== null ? name : asText(tree, "the name of an optimizer");
    return { name: name ?? algorithm, algorithm, flags: {}, isDefault: false };
  }
  const written = part(tree, "algorithm");
  if (written === null && name === null)
    throw failure(tree.place, `expected "algorithm" of the optimizer, found ${describe(tree)} without`);
  const algorithm = written === null ? (name ?? "") : asText(written, "the name of an optimizer");
  const isDefault = part(tree, "default");
  const flags: Record<string, FlagValue> = {};
  for (const { key, value } of tree.entries) {
    if (key !== "algorithm" && key !== "default") flags[key] = asFlagValue(value, `flag ${key} of the optimizer`);
  }
  return {
    name: name ?? algorithm,
    algorithm,
    flags,
    isDefault: isDefault !== null && asBoolean(isDefault, '"default" of the optimizer'),
  };
}

function part(map: YamlMap, key: string): YamlTree | null {
  const tree = field(map, key);
  return tree === null || isNull(tree) ? null : tree;
}
