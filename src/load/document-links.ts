/** What a document needs to be a page: headings that can be linked to, and links to its neighbours. */

/** The part of an HTML syntax tree (hast) that is looked at here. */
interface Tree {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Tree[];
}

/**
 * A rehype plugin: gives every heading the id that GitHub gives it, and turns a link to `neighbour.md#part` into one to the
 * neighbour's page, `../neighbour/#part`, so that a document can be read in the repository and on the site.
 */
export function documentLinks(): (tree: Tree) => void {
  return (tree) => walk(tree, new Map());
}

function walk(node: Tree, taken: Map<string, number>): void {
  if (/^h[1-6]$/.test(node.tagName ?? "")) setId(node, taken);
  const href = node.tagName === "a" ? node.properties?.href : undefined;
  const neighbour = typeof href === "string" ? /^(?:\.\/)?([\w-]+)\.md(#.*)?$/.exec(href) : null;
  if (neighbour !== null && node.properties) node.properties.href = `../${neighbour[1]}/${neighbour[2] ?? ""}`;
  for (const child of node.children ?? []) walk(child, taken);
}

/** Lower case, punctuation dropped, spaces to hyphens; the second of two equal ones gets `-1`. */
function setId(heading: Tree, taken: Map<string, number>): void {
  const slug = textOf(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
  const before = taken.get(slug) ?? 0;
  taken.set(slug, before + 1);
  heading.properties = { ...heading.properties, id: before === 0 ? slug : `${slug}-${before}` };
}

function textOf(node: Tree): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}
