import { open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a whole file, so that a reader sees the old text or the new one and never a part. With `durable` it has reached the
 * disk before it is renamed. Throws what the file system throws; nothing is left behind then.
 */
export async function replaceFile(path: string, text: string, durable = false): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    if (durable) {
      const file = await open(part, "w");
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    } else await writeFile(part, text);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
