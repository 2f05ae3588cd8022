import { existsSync, mkdirSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { isImage, listOutputFiles } from "./output-files.ts";

const LONGEST_SIDE = 512;
/** So many images of a run get a thumbnail: the first by path. */
const LIMIT = 24;

/**
 * Makes WebP thumbnails of the images in RUN_DIR for the public record, `images/<name>.webp`. Small pictures keep their size.
 * Without images nothing is loaded or made. A picture that cannot be read is told to `warn`, and so is a missing sharp.
 */
export async function makeThumbnails(runDir: string, contentDir: string, warn: (message: string) => void): Promise<void> {
  const images = listOutputFiles(runDir)
    .map(({ path }) => path)
    .filter(isImage)
    .sort()
    .slice(0, LIMIT);
  if (images.length === 0) return;
  const folder = join(contentDir, "images");
  try {
    const { default: sharp } = await import("sharp");
    mkdirSync(folder, { recursive: true });
    for (const [index, name] of thumbnailNames(images).entries()) {
      const part = join(folder, `.${name}.part`);
      const picture = sharp(join(runDir, images[index]!), { limitInputPixels: 2 ** 28 });
      try {
        await picture
          .rotate()
          .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: "inside", withoutEnlargement: true })
          .webp()
          .toFile(part);
        await rename(part, join(folder, name));
      } catch (error) {
        warn(`No thumbnail of ${images[index]}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } catch (error) {
    if (existsSync(runDir)) warn(`No thumbnails: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
  }
}

/** Names in one folder: `samples/epoch 1.png` → `samples-epoch-1.webp`; a second one of the same name gets a number. Same length and order. */
export function thumbnailNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const stem =
      path
        .replace(/\.\w+$/, "")
        .replaceAll(/[^\w.]+/g, "-")
        .replace(/^[-.]+/, "") || "image";
    let name = stem;
    for (let count = 2; taken.has(name); count += 1) name = `${stem}-${count}`;
    taken.add(name);
    return `${name}.webp`;
  });
}
