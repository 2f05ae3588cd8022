import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { isImage, listOutputFiles } from "./output-files.ts";
import { pictureKind } from "./sources/logged-media.ts";

const LONGEST_SIDE = 512;
/** So many pictures of a run get a thumbnail: those that the program has logged, then the first in RUN_DIR by path. */
const LIMIT = 24;
/** What a small file may unfold to: 64 million pixels are a poster, more are an attack or a mistake. */
const PIXELS = 2 ** 26;
const PICTURE_BYTES = 64 * 1024 * 1024;
/** How long all of them together may take. */
const PATIENCE_MS = 20_000;

interface Picture {
  /** Absolute. */
  path: string;
  /** What it is called: relative to RUN_DIR, or made of the tag and step that it was logged with. */
  name: string;
}

/**
 * Makes WebP thumbnails of the pictures in RUN_DIR and of those that the program has logged (`.guild/media/`) for the public
 * record, `images/<name>.webp`. Small pictures keep their size. Without pictures nothing is loaded or made. A picture that cannot
 * be read, is no picture or is far too large is told to `warn`, and so is a missing sharp. `redact` takes secrets out of the names.
 */
export async function makeThumbnails(
  runDir: string,
  contentDir: string,
  warn: (message: string) => void,
  redact: (name: string) => string = (name) => name,
): Promise<void> {
  const pictures = picturesOf(runDir);
  if (pictures.length === 0) return;
  const folder = join(contentDir, "images");
  const until = performance.now() + PATIENCE_MS;
  try {
    const { default: sharp } = await import("sharp");
    mkdirSync(folder, { recursive: true });
    const names = thumbnailNames(pictures.map(({ name }) => redact(name)));
    for (const [index, { path, name }] of pictures.entries()) {
      if (performance.now() > until) {
        warn(`${pictures.length - index} more pictures have no thumbnail: it takes too long`);
        return;
      }
      try {
        refuseOdd(path);
        const part = join(folder, `.${names[index]}.part`);
        await sharp(path, { limitInputPixels: PIXELS })
          .rotate()
          .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: "inside", withoutEnlargement: true })
          .webp()
          .timeout({ seconds: 10 })
          .toFile(part);
        await rename(part, join(folder, names[index]!));
      } catch (error) {
        warn(`No thumbnail of ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } catch (error) {
    if (existsSync(runDir)) warn(`No thumbnails: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
  }
}

function picturesOf(runDir: string): Picture[] {
  const media = join(runDir, ".guild", "media");
  const logged = existsSync(media) ? readdirSync(media).sort() : [];
  const written = listOutputFiles(runDir)
    .map(({ path }) => path)
    .filter(isImage)
    .sort();
  return [
    ...logged.map((name) => ({ path: join(media, name), name })),
    ...written.map((name) => ({ path: join(runDir, name), name })),
  ].slice(0, LIMIT);
}

/** Throws for what is not one of the pictures that we mean by its first bytes: a decoder for documents is never reached. */
function refuseOdd(path: string): void {
  if (statSync(path).size > PICTURE_BYTES) throw new Error(`it is larger than ${PICTURE_BYTES / 1024 / 1024} MB`);
  const head = Buffer.alloc(16);
  const file = openSync(path, "r");
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  if (pictureKind(head) === null) throw new Error("it is not a PNG, JPEG, GIF or WebP picture");
}

/** Names in one folder: `samples/epoch 1.png` → `samples-epoch-1.webp`; a second one of the same name gets a number. Same length and order. */
export function thumbnailNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const stem =
      path
        .replace(/\.\w+$/, "")
        .replaceAll(/[^\w.]+/g, "-")
        .replace(/^[-.]+/, "")
        .slice(0, 120) || "image";
    let name = stem;
    for (let count = 2; taken.has(name); count += 1) name = `${stem}-${count}`;
    taken.add(name);
    return `${name}.webp`;
  });
}
