import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { documentLinks } from "./document-links.ts";

// Raw HTML is dropped by remark-rehype, and what is left passes GitHub's allow-list: notes may come from anybody.
const sanitized = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeSanitize).freeze();
const notes = sanitized().use(rehypeStringify).freeze();
const documents = sanitized().use(documentLinks).use(rehypeStringify).freeze();

/** A run's `notes.md` as HTML that is safe to stand in a page. Empty text gives "". */
export function renderNotes(markdown: string): string {
  return String(notes.processSync(markdown));
}

/** The same for a page of its own: its headings can be linked to, and links to neighbours lead to their pages. */
export function renderDocument(markdown: string): string {
  return String(documents.processSync(markdown));
}
