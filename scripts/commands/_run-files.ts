/** Files of a run: where they are, and showing, opening and comparing them. */
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { readRun } from "../../src/load/runs.ts";
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import type { Shell } from "./_contract.ts";

/** What a run has printed: exactly, where its log is here, else the head and tail of the public record. Absolute. */
export function outputOf(root: string, id: string): string {
  const exact = join(root, "runs", id, ".guild", "output.log");
  return existsSync(exact) ? exact : join(root, "content", "runs", id, "output.txt");
}

/** A run's directory: its own, or where that is not here the folder of its public record. Absolute. */
export function folderOf(root: string, id: string): string {
  const own = join(root, "runs", id);
  return existsSync(own) ? own : join(root, "content", "runs", id);
}

/**
 * A file or folder of a run, looked for in its own directory and then in its public record. Absolute.
 * Throws ToolError `unknown-file` with the name that is nearest, `outside-run` for a path that leads out (exit code 2).
 */
export function fileOf(root: string, id: string, path: string): string {
  const places = [join(root, "runs", id), join(root, "content", "runs", id)];
  for (const place of places) {
    const file = resolve(place, path);
    const from = relative(place, file);
    if (from === ".." || from.startsWith(`..${sep}`) || resolve(path) === path) {
      throw new ToolError("outside-run", `${path} is not a path inside the run's directory`, {
        hint: "Give it relative to the run: model/weights.npz",
        exitCode: 2,
      });
    }
    if (existsSync(file)) return file;
  }
  const files = readRun(root, id)?.files.map((file) => file.path) ?? [];
  const near = nearest(path, files);
  const away = files.includes(path) ? " on this machine: it was written where the run was recorded" : "";
  throw new ToolError("unknown-file", `Run ${id} has no ${path}${away || " here"}`, {
    hint: near !== null && near !== path ? `Did you mean "${near}"?` : `Type "guild info ${id}" for its files.`,
    exitCode: 2,
  });
}

/** A file, for printing. Throws as `fileOf`, and ToolError `not-a-file` for a folder. */
export function readableFile(root: string, id: string, path: string): string {
  const file = fileOf(root, id, path);
  if (!statSync(file).isDirectory()) return file;
  throw new ToolError("not-a-file", `${path} of run ${id} is a folder`, { hint: `guild open ${id} --path ${path}`, exitCode: 2 });
}

/** `diff -u` of the first run with each other; 0 without a difference, 1 with one, as diff itself says it. */
export function diffFiles(root: string, [first = "", ...others]: readonly string[], path: string | null, shell: Shell): number {
  const placeOf = (id: string) => (path === null ? outputOf(root, id) : fileOf(root, id, path));
  const names = [path ?? "output"];
  let differ = 0;
  for (const other of others) {
    const labels = [first, other].flatMap((id) => ["--label", `${id}/${names[0]}`]);
    const folders = statSync(placeOf(first)).isDirectory();
    const words = [...(folders ? ["-ru"] : ["-u", ...labels]), "--", placeOf(first), placeOf(other)];
    const { status, stdout, stderr, error } = spawnSync("diff", words, { maxBuffer: 1 << 30 });
    if (error !== undefined) {
      throw new ToolError("missing-program", "Comparing files needs the program diff, and there is none on your PATH", {
        hint: `The files are ${placeOf(first)} and ${placeOf(other)}.`,
      });
    }
    shell.stdout.write(stdout);
    shell.stderr.write(stderr);
    differ = Math.max(differ, status ?? 2);
  }
  return differ;
}
