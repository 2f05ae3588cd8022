/** Archives among the required files. They are unpacked once, beside the project's other caches, and never over anything. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { ToolError } from "../../../src/run/error.ts";
import { kindOf, type Squeezing } from "./archive-kind.ts";
import { resourcesFolder } from "./resources-folder.ts";
import { openUnpacked, type Unpacked } from "./unpacked-folder.ts";
import { untar } from "./untar.ts";
import { unzip } from "./unzip.ts";

/**
 * The folder with what is in the archive. It is unpacked again when the archive has changed.
 *
 * Nothing is written outside of the folder: an archive with such a path, or with a link that leads there, is refused, and so is one of
 * more than 100,000 files or 64 GiB. Throws ToolError `not-unpacked` (exit code 2).
 */
export async function unpacked(archive: string, root: string, say: (line: string) => void): Promise<string> {
  const { size, mtimeMs } = statSync(archive);
  const key = createHash("sha256").update(`${archive}\0${size}\0${mtimeMs}`).digest("hex").slice(0, 24);
  const folder = join(await resourcesFolder(root), `unpacked-${key}`);
  if (existsSync(folder)) return folder;
  const part = `${folder}.part-${process.pid}`;
  say(`unpacking ${basename(archive)}`);
  try {
    await mkdir(part, { recursive: true });
    await unpackInto(archive, openUnpacked(part));
    await rename(part, folder);
    return folder;
  } catch (cause) {
    if (existsSync(folder)) return folder; // another run was first
    throw new ToolError(
      "not-unpacked",
      `${basename(archive)} cannot be unpacked: ${cause instanceof Error ? cause.message : cause}`,
      {
        hint: 'Unpack it yourself and require the folder, or leave it packed: "unpack: no".',
        exitCode: 2,
        cause,
      },
    );
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function unpackInto(archive: string, into: Unpacked): Promise<void> {
  const kind = kindOf(archive);
  if (kind?.packing === "zip") await unzip(archive, into);
  else if (kind?.packing === "tar") await untar(loosened(archive, kind.squeezing), into);
  else if (kind !== null) await into.file(basename(archive).replace(/\.gz$/i, ""), loosened(archive, kind.squeezing));
  into.close();
}

/** The bytes of a squeezed file. bzip2 and xz are left to the programs of that name. */
async function* loosened(archive: string, squeezing: Squeezing): AsyncGenerator<Uint8Array> {
  const file = createReadStream(archive);
  if (squeezing === "none") yield* file;
  else if (squeezing === "gzip") yield* piped(file, createGunzip());
  else if (squeezing === "zstd") yield* piped(file, createZstdDecompress());
  else {
    file.destroy();
    const child = spawn(squeezing, ["-dc", "--", archive], { stdio: ["ignore", "pipe", "ignore"] });
    const ended = new Promise<void>((done, failed) => {
      child.once("error", () => failed(new Error(`the program ${squeezing} is needed and is not here`)));
      child.once("close", (code) => (code === 0 ? done() : failed(new Error(`${squeezing} says that it is damaged`))));
    });
    // Said where it is awaited; until then it must not count as unheard.
    ended.catch(() => {});
    yield* child.stdout;
    await ended;
  }
}

function piped(file: Readable, through: ReturnType<typeof createGunzip>): AsyncIterable<Uint8Array> {
  file.once("error", (error) => through.destroy(error));
  return file.pipe(through);
}
