import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { launcher } from "./_project.ts";

/** Runs the launcher in a Node that says other things about itself. */
function launchIn(lie: string, ...words: string[]) {
  const preload = `data:text/javascript,${encodeURIComponent(lie)}`;
  return spawnSync(process.execPath, ["--import", preload, launcher, ...words], { encoding: "utf8" });
}

const versionIs = (version: string) =>
  `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;

for (const version of ["12.22.0", "18.20.4", "20.19.0", "22.11.0"]) {
  test(`says in Node ${version} what to type`, () => {
    const { status, stdout, stderr } = launchIn(versionIs(version), "run", "--", "true");
    assert.is(status, 1);
    assert.is(stdout, "");
    assert.match(stderr, new RegExp(`needs Node 22\\.12 or newer; this is Node ${version.replaceAll(".", "\\.")}`));
    assert.match(stderr, /Type: npm install --global node@24/);
  });
}

for (const version of ["22.12.0", "24.0.0", "100.1.0"]) {
  test(`starts in Node ${version}`, () => assert.match(launchIn(versionIs(version), "--version").stdout, /^guildhall /));
}

test("says that a checkout needs a Node with TypeScript", () => {
  const words = ["--no-experimental-strip-types", launcher, "view", "--port", "1"];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  assert.is(status, 1);
  assert.match(stderr, /Type: npm run guild -- view --port 1/);
});

/** Runs the launcher as a shell does, by its first line. */
function launchByName(path: string, words: string[], env: NodeJS.ProcessEnv = {}) {
  const here = `${dirname(process.execPath)}:${process.env.PATH}`;
  return spawnSync(path, words, { encoding: "utf8", env: { ...process.env, PATH: here, ...env } });
}

/** A folder like `node_modules/.bin`: links to the launcher under the command's names. */
function binFolder(launch = launcher): string {
  const folder = mkdtempSync(join(tmpdir(), "guild launch "));
  symlinkSync(launch, join(folder, "guild"));
  return folder;
}

if (process.platform !== "win32") {
  test("starts through a link, with the Node of the PATH, words as they are", () => {
    const folder = binFolder();
    assert.match(launchByName(join(folder, "guild"), ["--version"]).stdout, /^guildhall /);
    assert.match(launchByName(join(folder, "guild"), ["two words; $HOME"]).stderr, 'guild has no command "two words; $HOME"');
    rmSync(folder, { recursive: true });
  });

  test("says what to do where there is no Node", () => {
    const { status, stderr } = launchByName(launcher, ["view"], { PATH: "/nonexistent" });
    assert.is(status, 127);
    assert.match(stderr, "there is no node on your PATH");
  });

  for (const [how, launch] of [
    ["the kernel", launcher],
    ["trying", withoutProc()],
  ] as const) {
    test(`what nohup ignores stays ignored, as told by ${how}: by the command, and not by one without nohup`, () => {
      const folder = binFolder(launch);
      const told = (trap: string): string => {
        const script = `${trap}; exec "$0" run --quiet -- sh -c 'kill -HUP $$; kill -INT $$; echo "alive, \${GUILD_SIGIGN-clean}"'`;
        const { stdout, signal } = spawnSync("sh", ["-c", script, join(folder, "guild")], {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
        });
        return signal ?? stdout;
      };
      assert.is(told("trap '' HUP INT"), "alive, clean\n");
      assert.is(told("trap '' HUP"), "SIGINT");
      assert.is(told(":"), "SIGHUP");
      rmSync(folder, { recursive: true });
    });
  }
}

/** The launcher as it behaves on a system without /proc, beside the real one so that it finds what it starts. */
function withoutProc(): string {
  const folder = mkdtempSync(join(tmpdir(), "guild-launch-"));
  const text = readFileSync(launcher, "utf8").replaceAll("/proc/$$/status", "/nonexistent");
  mkdirSync(join(folder, "scripts"));
  writeFileSync(join(folder, "scripts/launch.mjs"), text, { mode: 0o755 });
  for (const name of readdirSync(dirname(launcher))) {
    if (name !== "launch.mjs") symlinkSync(join(dirname(launcher), name), join(folder, "scripts", name));
  }
  process.once("exit", () => rmSync(folder, { recursive: true }));
  return join(folder, "scripts/launch.mjs");
}

test("can be read by a Node that is far too old", () => {
  const code = readFileSync(launcher, "utf8")
    .replace(/\/\*.*?\*\//s, "")
    .replace(/\/\/.*$/gm, "");
  for (const newer of ["?.", "??", "||=", "&&=", "await ", "#", "import.meta.dirname", "node:", ".at(", "static {"]) {
    assert.not.ok(code.split("\n").slice(1).join("\n").includes(newer), newer);
  }
});

test.run();
