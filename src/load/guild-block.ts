/** The `guildhall:` block of `guild.yml`: what the site and the recorder want to know beyond operations. */
import type { MetricSpec } from "../run/types.ts";
import { emptyBlock, type GuildhallBlock } from "./guild-file.ts";
import { goals, guildhallKeys, metricKeys, units } from "./keys/guildhall.ts";
import { asBoolean, asData, asList, asMap, asOneOf, asText, checkKeys, field, isNull, type Say } from "./yaml-read.ts";
import { describe, failure, type YamlMap, type YamlTree } from "./yaml-tree.ts";

/** Reads the block. Throws ToolError `invalid-guild-file`; what is not used yet is said through `say`. */
export function parseGuildhallBlock(tree: YamlTree, say: Say): GuildhallBlock {
  const block = emptyBlock();
  if (isNull(tree)) return block;
  const map = asMap(tree, 'a map under "guildhall"');
  checkKeys(map, { what: '"guildhall"', keys: guildhallKeys, say });
  const part = (key: string): YamlTree | null => {
    const value = field(map, key);
    return value === null || isNull(value) ? null : value;
  };
  const texts = (key: string, what: string) => asList(part(key) ?? emptyList(map)).map((item) => asText(item, what));
  const kept = (key: string) => asList(part(key) ?? emptyList(map)).map(asData);
  const name = part("name");
  const site = part("site");
  const metrics = part("metrics");
  const colors = part("colors");
  return {
    name: name && asText(name, "the project's name"),
    site: site && parseSite(site),
    metrics: metrics === null ? {} : parseMetrics(metrics, say),
    nuisance: part("nuisance") === null ? null : texts("nuisance", "the name of a flag"),
    colors: colors === null ? {} : parseColors(colors),
    env: texts("env", "the name of an environment variable"),
    data: texts("data", "a pattern for data files"),
    outputs: parseOutputs(part("outputs")),
    fields: kept("fields"),
    series: kept("series"),
    compare: kept("compare"),
  };
}

/** Patterns of files that runs keep: below the project, for they keep their paths in the run. Null gives none. */
export function parseOutputs(tree: YamlTree | null): string[] {
  if (tree === null || isNull(tree)) return [];
  return asList(tree).map((item) => {
    const pattern = asText(item, "a pattern for files that a run keeps");
    if (/^(?:[/~]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(pattern))
      throw failure(item.place, `expected a pattern for files in this project, such as checkpoints/**, found ${describe(item)}`);
    return pattern;
  });
}

function emptyList(map: YamlMap): YamlTree {
  return { kind: "list", place: map.place, items: [] };
}

function parseSite(tree: YamlTree): string {
  const text = asText(tree, "the site's address");
  if (!/^https?:\/\/[^\s/]+(?:\/[^\s?#]*)?$/.test(text)) {
    throw failure(tree.place, `expected an address such as https://ada.github.io/digits for "site", found ${describe(tree)}`);
  }
  return text.replace(/\/+$/, "");
}

function parseMetrics(tree: YamlTree, say: Say): Record<string, MetricSpec> {
  const metrics: Record<string, MetricSpec> = {};
  for (const { key, value } of asMap(tree, "a map of metrics").entries) {
    // `val/acc: max` is the short form.
    if (value.kind === "scalar" && value.value !== null) {
      metrics[key] = { goal: asOneOf(value, goals, `the goal of metric ${key}`), unit: null, primary: false };
      continue;
    }
    const map: YamlMap = isNull(value)
      ? { kind: "map", place: value.place, entries: [] }
      : asMap(value, `a map for metric ${key}`);
    checkKeys(map, { what: `metric ${key}`, keys: metricKeys, say });
    const goal = field(map, "goal");
    const unit = field(map, "unit");
    const primary = field(map, "primary");
    metrics[key] = {
      goal: goal && asOneOf(goal, goals, `"goal" of metric ${key}`),
      unit: unit && asOneOf(unit, units, `"unit" of metric ${key}`),
      primary: primary === null ? false : asBoolean(primary, `"primary" of metric ${key}`),
    };
  }
  return metrics;
}

function parseColors(tree: YamlTree): Record<string, string> {
  const colors: Record<string, string> = {};
  for (const { key, value } of asMap(tree, "a map of colours").entries) {
    const text = asText(value, `a colour for ${key}`);
    if (!/^#[0-9a-f]{6}$/i.test(text))
      throw failure(value.place, `expected a colour such as "#8a2be2" for ${key}, found ${describe(value)}`);
    colors[key] = text.toLowerCase();
  }
  return colors;
}
