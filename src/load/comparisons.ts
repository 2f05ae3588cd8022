import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { globSync } from "glob";
import { parse as parseYaml } from "yaml";
import { warn } from "./warnings.ts";

/** A comparison that somebody wrote down in `content/compare/<slug>.yml`. */
export interface Comparison {
  slug: string;
  title: string;
  description: string;
  /** Run ids (or their unique prefixes); the first is the baseline. */
  runs: string[];
}

/** All saved comparisons by slug; a broken file is skipped with a warning. */
export function readComparisons(root: string): Comparison[] {
  const folder = join(root, "content", "compare");
  return globSync("*.yml", { cwd: folder, posix: true })
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      try {
        return [parseComparison(basename(name, ".yml"), parseYaml(readFileSync(path, "utf8")))];
      } catch (error) {
        warn(relative(root, path), error);
        return [];
      }
    });
}

function parseComparison(slug: string, raw: unknown): Comparison {
  if (typeof raw !== "object" || raw === null) throw new Error("expected a map with title and runs");
  const { title = slug, description = "", runs } = raw as Record<string, unknown>; // a door: checked below
  if (!Array.isArray(runs) || runs.length === 0) throw new Error("expected runs: a list of run ids");
  return { slug, title: String(title), description: String(description), runs: runs.map(String) };
}
