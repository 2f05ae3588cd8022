// timeout: 120 s
/** What the live view serves, and what it must not. How it looks in a browser is in tests/browser. */
import { rmSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { startToldRun, startView, type ToldRun, type View } from "../../../scripts/bench/live-session.ts";
import { makeProject, type TestProject } from "../_project.ts";

const test = suite("view");
let project: TestProject;
let view: View;
let run: ToldRun;
let id: string;

test.before(async () => {
  project = makeProject({ "secret.py": "PASSWORD = 'hunter2'\n", "guild.yml": "train: secret\n", ".env": "KEY=hunter2\n" });
  view = await startView(project.root);
  // The stream tells when the first public record is there.
  const recorded = streamed("", /"kind":"record","run":"([^"]+)"/);
  run = await startToldRun(project.root);
  id = (await recorded)[1] ?? "";
});
test.after(async () => {
  await run.end();
  await view.stop();
  rmSync(project.root, { recursive: true, force: true });
});

test("serves the published files of a run in progress", async () => {
  for (const name of ["run.json", "series.json", "system.json", "events.json"]) {
    const response = await fetch(`${view.url}runs/${id}/${name}`);
    assert.is(response.status, 200, name);
    assert.is(((await response.json()) as { schema: number }).schema, 1, name);
  }
  assert.is(((await (await fetch(`${view.url}runs/index.json`)).json()) as { runs: unknown[] }).runs.length, 1);
});

test("serves nothing else of the project, however it is asked for", async () => {
  const { root } = project;
  const asked = [
    "secret.py",
    ".env",
    "guild.yml",
    `runs/${id}/.guild/run.json`,
    `runs/${id}/.guild/output.log`,
    `runs/${id}/%2e%2e/%2e%2e/secret.py`,
    `runs/${id}/..%2f..%2fsecret.py`,
    `@fs${root}/secret.py`,
    `@fs${root}/secret.py?raw`,
    `@fs${root}/secret.py?import&raw`,
    `@fs${root}/secret.py?url`,
    `@fs${root}/.env`,
    `@fs${root}/content/../secret.py`,
    `@fs${root}/content/%2e%2e/secret.py`,
    `@fs${root}/runs/${id}/.guild/run.json`,
    `@fs${root}/runs/${id}/.guild/output.log?raw`,
    `@fs${root}/.guild/.gitignore`,
    "@fs/etc/passwd",
    "@fs/etc/passwd?raw",
    "%2e%2e/%2e%2e/secret.py",
    "../../secret.py",
    "/etc/passwd",
  ];
  for (const path of asked) {
    const { status, body } = await getAsIs(`${view.url}${path}`);
    assert.ok(status === 404 || status === 403 || status === 400, `${path}: ${status}`);
    assert.not.match(body, /hunter2|root:x:|"argv"/, path);
  }
});

test("the stream begins where a page says that it ended, and a line that is written arrives", async () => {
  const from = JSON.stringify({ [id]: { scalars: 0, system: 0, events: 0, output: 0 } });
  const arrived = streamed(from, /\["loss",7,/);
  run.tell("epoch 7 loss 0.25");
  const { input } = await arrived;
  assert.match(input, "ready");
  assert.match(input, "epoch 7 loss 0.25");
});

test("a port that was asked for and is taken is said, with what to type", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { status, stderr } = project.guild("view", "--no-open", "--port", String(port));
  taken.close();
  assert.is(status, 2);
  assert.match(stderr, `Port ${port} is in use.`);
});

/** Listens until the pattern has come by; `input` of the match is all that was heard. */
async function streamed(from: string, pattern: RegExp): Promise<RegExpExecArray> {
  const { body } = await fetch(`${view.url}__guild/stream?from=${encodeURIComponent(from)}`);
  const decoder = new TextDecoder();
  let heard = "";
  for await (const chunk of body ?? []) {
    heard += decoder.decode(chunk);
    const match = pattern.exec(heard);
    if (match !== null) return match;
  }
  throw new Error(`the stream ended without ${pattern}: ${heard}`);
}

/** `fetch` would tidy the path before it asks. */
function getAsIs(url: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  const path = url.slice(url.indexOf("/", "http://".length));
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    }).on("error", reject);
  });
}

test.run();
