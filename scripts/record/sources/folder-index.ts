import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** A folder that was changed so shortly before it was read may have been changed again within the same tick of its clock. */
const TICK_MS = 2000;

export interface FolderIndex {
  /** The files that are new since the last call, relative to the base with forward slashes; parents before children, then by name. */
  refresh(): string[];
  /** Folders or files were left out: there are more than the limits. */
  readonly full: boolean;
}

/**
 * Knows which files are under a folder, at the price of one stat for each folder: only folders whose time has changed are read
 * again (and one more in turn, for file systems that keep no such time). Links are not followed. A folder that is gone is empty.
 */
export function indexFolder(
  base: string,
  options: { enter: (path: string) => boolean; depth?: number; folders?: number; files?: number },
): FolderIndex {
  const { enter, depth = 8, folders: mostFolders = 500, files: mostFiles = 20_000 } = options;
  const folders = new Map<string, { mtimeMs: number; readAt: number; names: Set<string> }>([["", unread()]]);
  let count = 0;
  let full = false;
  let turn = 0;

  const read = (folder: string, fresh: string[]): void => {
    const known = folders.get(folder)!;
    const names = new Set<string>();
    for (const entry of entriesOf(join(base, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (folders.has(path) || path.split("/").length >= depth || !enter(path)) continue;
        if (folders.size >= mostFolders) full = true;
        else folders.set(path, unread());
      } else if (entry.isFile()) {
        if (known.names.has(entry.name)) names.add(entry.name);
        else if (count >= mostFiles) full = true;
        else {
          names.add(entry.name);
          fresh.push(path);
          count += 1;
        }
      }
    }
    known.names = names;
  };

  return {
    get full() {
      return full;
    },
    refresh() {
      const fresh: string[] = [];
      const now = Date.now();
      turn += 1;
      let index = 0;
      // A Map is walked over what is added on the way, so new folders are read in the same call.
      for (const [folder, known] of folders) {
        index += 1;
        const mtimeMs = statSync(join(base, folder), { throwIfNoEntry: false })?.mtimeMs;
        if (mtimeMs === undefined) {
          if (folder !== "") folders.delete(folder);
          continue;
        }
        const settled = known.mtimeMs === mtimeMs && known.readAt - mtimeMs > TICK_MS;
        if (settled && turn % folders.size !== index % folders.size) continue;
        known.mtimeMs = mtimeMs;
        known.readAt = now;
        read(folder, fresh);
      }
      return fresh;
    },
  };
}

function unread(): { mtimeMs: number; readAt: number; names: Set<string> } {
  return { mtimeMs: -1, readAt: 0, names: new Set() };
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return []; // gone, or not ours to read
  }
}
