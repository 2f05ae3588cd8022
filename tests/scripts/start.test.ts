// timeout: 300 s
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { repositoryFiles, root } from "../meta/_tree.ts";

const start = suite<{ clone: string }>("npm start");

start.before((context) => {
  context.clone = mkdtempSync(join(tmpdir(), "guildhall-clone-"));
  // What a clone holds: no runs/, no dist/, no caches.
  for (const path of repositoryFiles().filter((each) => !each.startsWith("tests/"))) {
    mkdirSync(dirname(join(context.clone, path)), { recursive: true });
    copyFileSync(join(root, path), join(context.clone, path));
  }
  symlinkSync(join(root, "node_modules"), join(context.clone, "node_modules"));
});

start.after(({ clone }) => rmSync(clone, { recursive: true, force: true }));

start("records the demo in a fresh clone, then opens the view and prints its address", async ({ clone }) => {
  const { child, output, url } = await startIn(clone);
  try {
    const commands = [...output().matchAll(/^\$ guild (.+)$/gm)].map((match) => match[1]);
    assert.equal(commands, ["prepare", "train -p quick", "evaluate", "view --port 0"]);
    const [prepared = "", trained = "", evaluated = ""] = recordsOf(clone);
    assert.equal(
      [prepared, trained, evaluated].map((id) => runOf(clone, id).status),
      ["completed", "completed", "completed"],
    );
    assert.equal(runOf(clone, evaluated).parents, { train: trained });
    const page = await fetch(url);
    assert.is(page.status, 200);
    assert.ok((await page.text()).includes(trained), "the new run is on the first page");
  } finally {
    await stop(child, "SIGTERM");
  }
  assert.is(child.signalCode, "SIGTERM");
});

start("does not record again, and ends by Ctrl-C as one expects", async ({ clone }) => {
  const before = recordsOf(clone);
  const { child, output } = await startIn(clone);
  await stop(child, "SIGINT");
  assert.is(child.signalCode, "SIGINT");
  assert.match(output(), /^\$ guild view --port 0\nhttp:\/\/localhost:\d+\/\n/);
  assert.equal(recordsOf(clone), before);
});

start.run();

/** Starts it without a terminal, in a process group of its own, and waits for the address. */
async function startIn(clone: string): Promise<{ child: ChildProcess; output: () => string; url: string }> {
  const words = [join(clone, "scripts/start.ts"), "--port", "0"];
  const child = spawn(process.execPath, words, { cwd: clone, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let printed = "";
  let complaints = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      const address = /^http:\/\/localhost:\d+\/$/m.exec(printed);
      if (address !== null) resolve(address[0]);
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}:\n${printed}${complaints}`)));
  });
  return { child, output: () => printed, url };
}

/** To the whole group, as a terminal does for Ctrl-C and an init system for TERM. */
async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, "exit");
  process.kill(-child.pid!, signal);
  await ended;
}

/** Ids of the runs of this clone, in the order of their start; the gallery is not among them. */
function recordsOf(clone: string): string[] {
  const folder = join(clone, "runs");
  const ids = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{8}T/.test(name)) : [];
  return ids.sort((a, b) => (runOf(clone, a).started < runOf(clone, b).started ? -1 : 1));
}

function runOf(clone: string, id: string) {
  return JSON.parse(readFileSync(join(clone, "content/runs", id, "run.json"), "utf8"));
}
