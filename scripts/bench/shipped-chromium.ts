/** Unpacks the Chromium that an npm package carries, for machines without a browser. */
import { spawnSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface ShippedChromium {
  executablePath: string;
  /** For a machine that lacks nss, nspr or fonts: what its environment must say. */
  env: Record<string, string>;
}

/**
 * The unpacked browser, unpacked now if this checkout has not done so: 210 MB under `node_modules/.cache`, about 3 s.
 *
 * The package unpacks straight into the temporary folder and takes whatever lies there for finished, so two test files
 * at once would start half a browser. Here a process of its own unpacks into a folder of its own, which then takes its
 * name in one step. Throws where the package is not installed or cannot be unpacked.
 */
export function shippedChromium(): ShippedChromium {
  const require = createRequire(import.meta.url);
  const packageDir = dirname(dirname(require.resolve("@sparticuz/chromium")));
  // The one door: a package.json that npm has installed.
  const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as { version: string };
  const cache = cacheFolder(join(packageDir, "../.."));
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) unpack(packageDir, cache, folder);

  const fonts = join(folder, "fonts");
  const env: Record<string, string> = { LD_LIBRARY_PATH: join(folder, "al2023/lib") };
  if (!existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_FILE = join(fonts, "here.conf");
  return { executablePath: join(folder, "chromium"), env };
}

function unpack(packageDir: string, cache: string, folder: string): void {
  const partial = mkdtempSync(join(cache, "partial-"));
  const program = `
    const { default: chromium, inflate } = await import(process.argv[1]);
    await chromium.executablePath();
    await inflate(process.argv[2]);`;
  const entry = join(packageDir, "build/index.js");
  const libraries = join(packageDir, "bin/al2023.tar.br");
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", program, entry, libraries], {
    env: { ...process.env, TMPDIR: partial },
    encoding: "utf8",
  });
  if (child.status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    throw new Error(`the shipped Chromium could not be unpacked: ${child.stderr.trim().split("\n").at(-1)}`);
  }
  writeFileSync(
    join(partial, "fonts/here.conf"),
    `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  );
  // Unpacked for its owner only; a test of an install by another user needs it too.
  chmodSync(partial, 0o755);
  chmodSync(join(partial, "chromium"), 0o755);
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Somebody else was faster; theirs is the same.
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** `node_modules/.cache`, or a temporary folder where that is not writable. */
function cacheFolder(nodeModules: string): string {
  const cache = join(nodeModules, ".cache");
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return cache;
  } catch {
    const fallback = join(tmpdir(), `guildhall-browser-${process.getuid?.() ?? "user"}`);
    mkdirSync(fallback, { recursive: true });
    return fallback;
  }
}
