import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "glob";
import { renderDocument } from "./notes.ts";

/** A page that people wrote under `content/docs` or `content/notes`. */
export interface Document {
  slug: string;
  /** The first heading, or the slug. */
  title: string;
  html: string;
}

/** The Markdown files of `content/<folder>`, by slug. A missing folder gives []. */
export function readDocuments(root: string, folder: "docs" | "notes"): Document[] {
  const cwd = join(root, "content", folder);
  return globSync("*.md", { cwd, posix: true })
    .sort()
    .map((name) => {
      const markdown = withoutFrontMatter(readFileSync(join(cwd, name), "utf8"));
      const slug = name.slice(0, -".md".length);
      return { slug, title: /^#\s+(.+)$/m.exec(markdown)?.[1] ?? slug, html: renderDocument(markdown) };
    });
}

/** Other readers of Markdown want a title above the text; here the first heading is the title. */
function withoutFrontMatter(markdown: string): string {
  return markdown.replace(/^---\r?\n[\s\S]*?\r?\n---(?:\r?\n|$)/, "");
}
