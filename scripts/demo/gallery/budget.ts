import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const runLimitBytes = 100 * 1024;
const galleryLimitBytes = 1.5 * 1024 * 1024;

/** All files in a folder and below, relative to it, sorted. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** Size of a folder's files in bytes. */
export function folderBytes(folder: string): number {
  return filesUnder(folder).reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}

/** Sentences about runs that are too large to be committed, and about all of them together; none when all is well. */
export function findExcess(root: string, ids: readonly string[]): string[] {
  const sizes = ids.map((id) => ({ id, bytes: folderBytes(join(root, "content/runs", id)) }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...sizes
      .filter(({ bytes }) => bytes > runLimitBytes)
      .map(({ id, bytes }) => `content/runs/${id} has ${bytes} bytes, more than ${runLimitBytes}`),
    ...(total > galleryLimitBytes ? [`all runs together have ${total} bytes, more than ${galleryLimitBytes}`] : []),
  ];
}

/**
 * Looks for words that tell where a record was made. Gives back a sentence for each file that holds one.
 *
 * `marks` are plain texts (a host's name, a home directory, …); empty ones are passed over, and in pictures those of fewer
 * than four characters too: any two letters turn up somewhere in compressed bytes.
 */
export function findMarks(root: string, folders: readonly string[], marks: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    filesUnder(join(root, folder)).flatMap((path) => {
      const text = readFileSync(join(root, folder, path)).toString("latin1");
      const shortest = text.includes("\0") ? 4 : 1;
      return marks
        .filter((mark) => mark.length >= shortest && wordIn(text, mark))
        .map((mark) => `${folder}/${path} holds "${mark}"`);
    }),
  );
}

/** A mark that begins or ends with a letter counts as a word of its own only: the host `vm` is not in `svm`. */
function wordIn(text: string, mark: string): boolean {
  const escaped = mark.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`${/^\w/.test(mark) ? "\\b" : ""}${escaped}${/\w$/.test(mark) ? "\\b" : ""}`).test(text);
}
