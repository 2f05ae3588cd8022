import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Server, serve } from "../../../scripts/bench/serve.ts";

const test = suite("serve");
const folder = mkdtempSync(join(tmpdir(), "guildhall-serve-"));
let server: Server;

test.before(async () => {
  mkdirSync(join(folder, "runs"));
  writeFileSync(join(folder, "index.html"), "home");
  writeFileSync(join(folder, "runs/index.html"), "runs");
  writeFileSync(join(folder, "404.html"), "not here");
  server = await serve(folder, "/repo/");
});

test.after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test("gives a folder's index page under the base", async () => {
  assert.is(await (await fetch(server.url)).text(), "home");
  assert.is(await (await fetch(`${server.url}runs/`)).text(), "runs");
});

test("gives the site's own page for what is not there, outside the base too", async () => {
  for (const address of [`${server.url}nowhere/`, new URL("/runs/", server.url).href, `${server.url}..%2f..%2fetc/passwd`]) {
    const response = await fetch(address);
    assert.is(response.status, 404, address);
    assert.is(await response.text(), "not here");
  }
});

test.run();
