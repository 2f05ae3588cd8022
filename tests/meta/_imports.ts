/** What a module imports, read from its text: TypeScript, JavaScript and Astro files alike. */
import { isBuiltin } from "node:module";

export interface Import {
  /** As written: `./ids.ts`, `d3`, `node:fs`. */
  specifier: string;
  /** 1-based. */
  line: number;
  /** `import type …`: gone when compiled. */
  typeOnly: boolean;
}

const statement = /^[ \t]*(?:import|export)\s+(type\s+)?(?:[^"';]*?\bfrom\s*)?["']([^"'\n]+)["']/gm;
const dynamic = /\bimport(?:\.meta\.glob(?:<[^>]*>)?)?\(\s*\[?\s*["'`]([^"'`\n]+)["'`]/g;

/** Static imports and re-exports, `import("…")` with a literal, and the first pattern of `import.meta.glob`; in order of lines. */
export function importsOf(source: string): Import[] {
  const lineOf = (index: number) => source.slice(0, index).split("\n").length;
  const found = [...source.matchAll(statement)].map((match) => ({
    specifier: match[2] ?? "",
    line: lineOf(match.index + match[0].length),
    typeOnly: match[1] !== undefined,
  }));
  for (const match of source.matchAll(dynamic)) {
    const line = lineOf(match.index);
    const comment = /^\s*(?:\*|\/\/)/.test(source.split("\n")[line - 1] ?? "");
    if (!comment) found.push({ specifier: match[1] ?? "", line, typeOnly: false });
  }
  return found.sort((a, b) => a.line - b.line);
}

/** The package of a bare specifier: `d3` of `d3/x`, `@astrojs/mdx` of `@astrojs/mdx/y`; `node` for Node's own modules. */
export function packageOf(specifier: string): string {
  if (isBuiltin(specifier)) return "node";
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
