import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { globSync } from "glob";
import { parse as parseYaml } from "yaml";

/** One file of `content/dashboards`, and what is wrong with it, if that is known. */
export interface Dashboard {
  slug: string;
  title: string;
  /** Absolute. */
  path: string;
  /** `content/dashboards/x.mdx line 3: …`; its page then says this instead of taking the whole build down. */
  problem: string | null;
}

/** People's dashboards by slug. Front matter that is not YAML is a problem; MDX is not looked at yet. */
export function listDashboards(root: string): Dashboard[] {
  const folder = join(root, "content", "dashboards");
  return globSync("*.mdx", { cwd: folder, posix: true })
    .sort()
    .map((name) => readDashboard(root, join(folder, name)));
}

function readDashboard(root: string, path: string): Dashboard {
  const slug = basename(path, ".mdx");
  const matter = /^---\r?\n([\s\S]*?)\r?\n---/.exec(readFileSync(path, "utf8"))?.[1] ?? "";
  try {
    const { title = slug } = (parseYaml(matter) ?? {}) as Record<string, unknown>; // a door: any YAML may stand there
    return { slug, title: String(title), path, problem: null };
  } catch (error) {
    return { slug, title: slug, path, problem: `${relative(root, path)}: ${messageOf(error)}` };
  }
}

/** A failure while the page of one dashboard was rendered; the bundler's own errors name the file instead. */
export class DashboardFailure extends Error {
  readonly slug: string;
  constructor(slug: string, cause: unknown) {
    super(messageOf(cause), { cause });
    this.slug = slug;
  }
}

/**
 * The dashboards with the one that `error` is about marked as broken, or null when it is about something else.
 * Whatever fails in somebody's MDX (syntax, an import, an expression) is found by building: nothing is compiled twice.
 */
export function blameDashboard(root: string, dashboards: Dashboard[], error: unknown): Dashboard[] | null {
  const message = messageOf(error);
  const guilty = dashboards.find(({ slug, path, problem }) => {
    if (problem !== null) return false;
    if (error instanceof DashboardFailure) return error.slug === slug;
    return fileOf(error) === path || message.includes(`content/dashboards/${basename(path)}`);
  });
  if (guilty === undefined) return null;
  const problem = `${relative(root, guilty.path)}${lineOf(error)}: ${firstSentence(message)}`;
  return dashboards.map((dashboard) => (dashboard === guilty ? { ...dashboard, problem } : dashboard));
}

/** The bundler's errors are a page of coloured text, of which one line says what is wrong. */
function firstSentence(message: string): string {
  const lines = stripVTControlCharacters(message).split("\n");
  const sentence = lines.find((line) => line.trim() !== "" && !line.startsWith("Build failed") && !line.startsWith("[plugin"));
  return (sentence ?? message).trim();
}

function fileOf(error: unknown): unknown {
  const { loc, id } = fieldsOf(error);
  return fieldsOf(loc).file ?? id;
}

/** ` line 4`, from the error's own fields or from `x.mdx:4:7` in its text. */
function lineOf(error: unknown): string {
  const line = fieldsOf(fieldsOf(error).loc).line ?? /\.mdx:(\d+):\d+/.exec(stripVTControlCharacters(messageOf(error)))?.[1];
  return typeof line === "number" || typeof line === "string" ? ` line ${line}` : "";
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}; // a door: errors of other people's code
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
