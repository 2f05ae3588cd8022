/** Makes a folder a Guildhall project: what `guild init` would write, and writing it. Nothing is ever overwritten. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import type { Look } from "./look.ts";
import { starterGuildFile } from "./starter-guild-file.ts";
import { starterWorkflow } from "./starter-workflow.ts";

export interface Step {
  action: "write" | "add" | "keep";
  /** Absolute. */
  path: string;
  /** As shown: relative to the folder, forward slashes. */
  shown: string;
  /** The whole file, or the lines to add at its end. Empty for what is kept. */
  text: string;
  why: string;
}

const IGNORED = [
  { line: "/runs/", same: /^\/?runs\/?$/ },
  { line: "/.guild/", same: /^\/?\.guild\/?$/ },
  { line: "/dist/", same: /^\/?dist\/?$/ },
];

const CONTENT_README = `# content

What this project shows. Commit it: the site is built from these files and nothing else.

- runs/ and environments/ are written by "guild run". Put a notes.md or an edits.yml (label, tags, starred, hidden)
  beside a run's files; the recorder never touches them.
- dashboards/*.mdx, compare/*.yml, notes/*.md and docs/*.md are written by you.
`;

/** What is to be done in `folder` (absolute), in order. Reads, writes nothing. */
export function planStarter(folder: string, look: Look, version: string): Step[] {
  const train = look.scripts.train;
  const why = train === undefined ? "no training script was found: fill in yours" : `train is ${train}`;
  return [
    newFile(folder, join(folder, "guild.yml"), starterGuildFile(look), why),
    ignoreStep(folder),
    newFile(folder, join(folder, "content", "README.md"), CONTENT_README, "what is recorded and committed"),
    newFile(
      folder,
      join(look.repository, ".github", "workflows", "guildhall.yml"),
      starterWorkflow(look, version),
      "publishes the site on GitHub Pages",
    ),
  ];
}

/** Does it. Throws ToolError `not-writable` with the path; what was written before stays. */
export function applyStarter(steps: readonly Step[]): void {
  for (const { action, path, text } of steps) {
    if (action === "keep") continue;
    try {
      mkdirSync(dirname(path), { recursive: true });
      // "wx" fails where a file has appeared in the meantime; "a" only adds.
      writeFileSync(path, text, { flag: action === "write" ? "wx" : "a" });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ToolError("not-writable", `Cannot write ${path}: ${reason}`, {
        hint: "Run guild init in a folder of your own.",
        cause: error,
      });
    }
  }
}

function newFile(folder: string, path: string, text: string, why: string): Step {
  const shown = relative(folder, path).split(sep).join("/");
  return existsSync(path)
    ? { action: "keep", path, shown, text: "", why: "is there already" }
    : { action: "write", path, shown, text, why };
}

function ignoreStep(folder: string): Step {
  const path = join(folder, ".gitignore");
  const before = existsSync(path) ? readFileSync(path, "utf8") : null;
  const known = (before ?? "").split(/\r?\n/).map((line) => line.trim());
  const missing = IGNORED.filter(({ same }) => !known.some((line) => same.test(line))).map(({ line }) => line);
  const step = { path, shown: ".gitignore" };
  if (missing.length === 0) return { ...step, action: "keep", text: "", why: "is there already" };
  const comment = "# Guildhall: private logs, caches, the built site. content/ is committed.\n";
  const text = `${comment}${missing.join("\n")}\n`;
  if (before === null) return { ...step, action: "write", text, why: missing.join(" ") };
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  return { ...step, action: "add", text: `${gap}${text}`, why: missing.join(" ") };
}
