/** Required files from elsewhere, kept in `.guild/cache/resources` for all runs of the project. */
import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../src/run/error.ts";
import { formatBytes } from "../../../src/run/units.ts";
import { shownAddress } from "./address.ts";
import { resourcesFolder } from "./resources-folder.ts";
import { badSha256, sha256Of } from "./sha256.ts";

const MOST_REDIRECTS = 5;
/** So long nothing may come. */
const SILENCE_MS = 60_000;

/**
 * The path of the file behind an address. It is downloaded where it is not there yet; a file that has another sha256 than the
 * one that is declared is not kept.
 *
 * Throws ToolError (exit code 2): `not-downloaded` with the reason, `bad-sha256`.
 */
export async function downloaded(
  address: URL,
  requirement: Requirement,
  root: string,
  say: (line: string) => void,
): Promise<string> {
  const folder = join(await resourcesFolder(root), createHash("sha256").update(address.href).digest("hex").slice(0, 24));
  const path = join(folder, fileName(address));
  const { sha256 } = requirement;
  if (existsSync(path) && (sha256 === null || (await sha256Of(path)) === sha256)) return path;
  await mkdir(folder, { recursive: true });
  const part = `${path}.part-${process.pid}`;
  try {
    await download(address, part, say);
    const actual = sha256 === null ? null : await sha256Of(part);
    if (actual !== sha256) throw badSha256(shownAddress(address), actual ?? "", requirement);
    await rename(part, path);
    return path;
  } catch (cause) {
    if (cause instanceof ToolError) throw cause;
    throw notDownloaded(address, cause);
  } finally {
    await rm(part, { force: true });
  }
}

/** The last part of the path, without what no file name may hold. */
function fileName({ pathname }: URL): string {
  let name = basename(pathname);
  try {
    name = decodeURIComponent(name);
  } catch {
    // A stray % is part of the name then.
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those must not come into a name
  const safe = name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, "_").replace(/^\.+/, "_");
  return safe === "" ? "download" : safe.slice(-200);
}

async function download(address: URL, path: string, say: (line: string) => void): Promise<void> {
  const silence = new AbortController();
  const alarm = setTimeout(() => silence.abort(new Error(`nothing came for ${SILENCE_MS / 1000} s`)), SILENCE_MS);
  try {
    const { body, headers } = await follow(address, silence.signal);
    const expected = Number(headers.get("content-length") ?? Number.NaN);
    const encoded = headers.has("content-encoding");
    say(`downloading ${shownAddress(address)}${Number.isFinite(expected) ? ` (${formatBytes(expected)})` : ""}`);
    let bytes = 0;
    const count = new Transform({
      transform(chunk: Uint8Array, _encoding, done) {
        bytes += chunk.length;
        alarm.refresh();
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(body), count, createWriteStream(path), { signal: silence.signal });
    if (!encoded && Number.isFinite(expected) && bytes !== expected)
      throw new Error(`it ended after ${bytes} of ${expected} bytes`);
  } finally {
    clearTimeout(alarm);
  }
}

/** Follows redirects by itself: not without end, and never from https to http. */
async function follow(address: URL, signal: AbortSignal): Promise<{ body: ReadableStream<Uint8Array>; headers: Headers }> {
  let at = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const { status, headers, body } = await fetch(at, { redirect: "manual", signal, headers: { "user-agent": "guildhall" } });
    const location = headers.get("location");
    if (status >= 300 && status < 400 && location !== null) {
      await body?.cancel();
      const next = new URL(location, at);
      if (next.protocol !== "https:" && next.protocol !== at.protocol)
        throw new Error(`it leads to ${next.protocol} instead of https:`);
      at = next;
      continue;
    }
    if (status !== 200 || body === null) {
      await body?.cancel();
      throw new Error(`the server answered ${status}`);
    }
    return { body, headers };
  }
  throw new Error(`it is redirected more than ${MOST_REDIRECTS} times`);
}

function notDownloaded(address: URL, cause: unknown): ToolError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new ToolError("not-downloaded", `${shownAddress(address)} could not be downloaded: ${reason}`, {
    hint: "Download it yourself and require it with {file: PATH}, or type the command again when it can be reached.",
    exitCode: 2,
    cause,
  });
}
