import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

// Raw HTML is dropped by remark-rehype, and what is left passes GitHub's allow-list: notes may come from anybody.
const pipeline = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeSanitize).use(rehypeStringify).freeze();

/** A run's `notes.md`, or a document, as HTML that is safe to stand in a page. Empty text gives "". */
export function renderNotes(markdown: string): string {
  return String(pipeline.processSync(markdown));
}
