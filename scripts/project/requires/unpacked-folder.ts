import { createWriteStream, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const MOST_FILES = 100_000;
const MOST_BYTES = 64 * 1024 ** 3;

/** A folder that is filled from an archive: nothing gets out of it, and not too much into it. */
export interface Unpacked {
  folder(path: string): void;
  /** Rejects for a path outside of the folder, for too many files, or too many bytes. */
  file(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  link(path: string, target: string): void;
  /** Makes the links. Throws where one leads out of the folder. */
  close(): void;
}

/** `root` is there and empty. */
export function openUnpacked(root: string): Unpacked {
  let files = 0;
  let bytes = 0;
  // Only when nothing more is written: no file can come through a link.
  const links: { path: string; target: string }[] = [];
  const place = (path: string): string => {
    const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
    if (/^(?:[\\/]|[A-Za-z]:)/.test(path) || parts.includes("..") || path.includes("\0")) {
      throw new Error(`it holds ${JSON.stringify(path)}, which lies outside of it`);
    }
    files += 1;
    if (files > MOST_FILES) throw new Error(`it holds more than ${MOST_FILES.toLocaleString("en")} files`);
    return join(root, ...parts);
  };
  return {
    folder(path) {
      mkdirSync(place(path), { recursive: true });
    },
    async file(path, content) {
      const to = place(path);
      mkdirSync(dirname(to), { recursive: true });
      const bounded = async function* (): AsyncGenerator<Uint8Array> {
        for await (const chunk of content) {
          bytes += chunk.length;
          if (bytes > MOST_BYTES) throw new Error(`it holds more than ${MOST_BYTES / 1024 ** 3} GiB`);
          yield chunk;
        }
      };
      await pipeline(Readable.from(bounded()), createWriteStream(to));
    },
    link(path, target) {
      links.push({ path: place(path), target });
    },
    close() {
      const own = realpathSync(root);
      for (const { path, target } of links) {
        mkdirSync(dirname(path), { recursive: true });
        symlinkSync(target, path);
      }
      for (const { path, target } of links) {
        const real = realOrNull(path);
        if (real !== null && (real === own || real.startsWith(own + sep))) continue;
        throw new Error(`it holds a link to ${JSON.stringify(target)}, which lies outside of it or is not there`);
      }
    },
  };
}

function realOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null; // leads nowhere, or in circles
  }
}
