import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** So many tags of pictures are kept, of each the newest; and so many bytes of one picture. */
const TAGS = 24;
const PICTURE_BYTES = 16 * 1024 * 1024;
/** Of all texts together, and of one. */
const TEXTS_BYTES = 1024 * 1024;
const TEXT_BYTES = 64 * 1024;

export interface LoggedMedia {
  /** Keeps a picture in place of the older one of its tag; false when it is no picture, too large, or one tag too many. */
  picture(tag: string, step: number | null, encoded: Uint8Array): boolean;
  /** Keeps a text; false when there is no more room. Longer ones are cut. `t` in microseconds since the start. */
  text(line: { t: number; k: string; step: number | null; text: string }): boolean;
}

/**
 * Pictures and texts that a program has logged, in the private `.guild/media/` and `.guild/texts.jsonl`: thumbnails are made of
 * the pictures, now and whenever the record is made again. Bounded in number and size. Throws what the file system throws.
 */
export function keepMedia(logDir: string): LoggedMedia {
  const folder = join(logDir, "media");
  const pictures = new Map<string, string>();
  let textBytes = 0;
  return {
    picture(tag, step, encoded) {
      const kind = pictureKind(encoded);
      const before = pictures.get(tag);
      if (kind === null || encoded.length > PICTURE_BYTES || (before === undefined && pictures.size >= TAGS)) return false;
      const name = `${fileStem(tag)}${step === null ? "" : `-step-${step}`}.${kind}`;
      mkdirSync(folder, { recursive: true });
      // Tags that differ only in odd characters would share a file.
      const taken = [...pictures].some(([other, file]) => other !== tag && file === name);
      const file = taken ? `${pictures.size}-${name}` : name;
      writeFileSync(join(folder, file), encoded);
      if (before !== undefined && before !== file) rmSync(join(folder, before), { force: true });
      pictures.set(tag, file);
      return true;
    },
    text(line) {
      const text = line.text.slice(0, TEXT_BYTES);
      const written = `${JSON.stringify({ ...line, text })}\n`;
      textBytes += Buffer.byteLength(written);
      if (textBytes > TEXTS_BYTES) return false;
      appendFileSync(join(logDir, "texts.jsonl"), written);
      return true;
    },
  };
}

/** By its first bytes, never by its name: a decoder gets what it is made for. Null for everything else, SVG and HTML included. */
export function pictureKind(bytes: Uint8Array): "png" | "jpg" | "gif" | "webp" | null {
  const starts = (...expected: number[]): boolean => expected.every((byte, index) => bytes[index] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (starts(0xff, 0xd8, 0xff)) return "jpg";
  if (starts(0x47, 0x49, 0x46, 0x38)) return "gif";
  return starts(0x52, 0x49, 0x46, 0x46) && bytes[8] === 0x57 && bytes[9] === 0x45 && bytes[10] === 0x42 ? "webp" : null;
}

function fileStem(tag: string): string {
  return (
    tag
      .replaceAll(/[^\w.]+/g, "-")
      .replace(/^[-.]+/, "")
      .slice(0, 80) || "image"
  );
}
