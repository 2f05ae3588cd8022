/** `sourcecode` of an operation or a model: which files are its source. */
import { NO_SOURCE, type SourceRule, type SourceRules } from "../run/source-rules.ts";
import { sourcecodeKeys } from "./keys/sourcecode.ts";
import { asMap, asText, checkKeys, field, isNull, type Say } from "./yaml-read.ts";
import { describe, failure, type YamlTree } from "./yaml-tree.ts";

/**
 * Reads `no`, a pattern, a list of patterns, a list of `include:` and `exclude:`, or `{root, select}`; nothing is null, which
 * means what git tracks. Throws ToolError `invalid-guild-file`.
 */
export function parseSourcecode(tree: YamlTree | null, say: Say): SourceRules | null {
  if (tree === null || isNull(tree)) return null;
  if (tree.kind === "map" && !tree.entries.some(({ key }) => key === "include" || key === "exclude")) {
    checkKeys(tree, { what: "sourcecode", keys: sourcecodeKeys, say });
    const root = field(tree, "root");
    const selected = parseSourcecode(field(tree, "select"), say) ?? { root: null, onlyRules: false, rules: [] };
    return { ...selected, root: root === null || isNull(root) ? null : asText(root, "a folder for the root of sourcecode") };
  }
  if (tree.kind === "scalar" && (tree.value === false || /^(?:no|off)$/i.test(tree.text))) return NO_SOURCE;
  const items = tree.kind === "list" ? tree.items : [tree];
  if (items.length === 0) return NO_SOURCE;
  return { root: null, onlyRules: items.every(({ kind }) => kind === "scalar"), rules: items.flatMap(parseItem) };
}

function parseItem(tree: YamlTree): SourceRule[] {
  if (tree.kind === "scalar") return [{ include: true, kind: "any", glob: asText(tree, "a pattern for sourcecode") }];
  return asMap(tree, "a pattern, include or exclude for sourcecode").entries.flatMap(({ key, keyPlace, value }) => {
    if (key !== "include" && key !== "exclude") {
      throw failure(keyPlace, `expected "include" or "exclude" for sourcecode, found ${JSON.stringify(key)}`);
    }
    return patternsIn(value).map(({ kind, glob }): SourceRule => ({ include: key === "include", kind, glob }));
  });
}

function patternsIn(tree: YamlTree): Pick<SourceRule, "kind" | "glob">[] {
  if (tree.kind === "list") return tree.items.flatMap(patternsIn);
  if (tree.kind === "scalar") return [{ kind: "any", glob: asText(tree, "a pattern for sourcecode") }];
  return tree.entries.flatMap(({ key, keyPlace, value }) => {
    if (key !== "dir" && key !== "text" && key !== "binary") {
      throw failure(
        keyPlace,
        `expected dir, text or binary for sourcecode, found ${describe(value)} under ${JSON.stringify(key)}`,
      );
    }
    return patternsIn(value).map(({ glob }): Pick<SourceRule, "kind" | "glob"> => ({ kind: key, glob }));
  });
}
