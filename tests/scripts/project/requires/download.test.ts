/** Downloads from a server of our own on this machine. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { downloaded } from "../../../../scripts/project/requires/download.ts";
import { plainRequirement } from "../../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../../src/run/error.ts";

interface Context {
  root: string;
  server: Server;
  base: string;
  asked: string[];
}

const download = suite<Context>("downloading required files");
const content = "a,b\n1,2\n";

download.before.each(async (context) => {
  context.root = mkdtempSync(join(tmpdir(), "guildhall-test-"));
  context.asked = [];
  context.server = createServer((request, response) => {
    const { url = "" } = request;
    context.asked.push(url);
    if (url.startsWith("/data.csv")) response.end(content);
    else if (url === "/once") response.writeHead(302, { location: "/data.csv" }).end();
    else if (url === "/forever") response.writeHead(302, { location: "/forever" }).end();
    else if (url === "/elsewhere") response.writeHead(302, { location: "file:///etc/passwd" }).end();
    else if (url === "/short") {
      response.writeHead(200, { "content-length": "100" });
      response.write("abc", () => response.destroy());
    } else response.writeHead(404).end("no");
  });
  await new Promise<void>((done) => context.server.listen(0, "127.0.0.1", done));
  context.base = `http://127.0.0.1:${(context.server.address() as AddressInfo).port}`;
});

download.after.each(async ({ root, server }) => {
  rmSync(root, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

async function fetched(
  { root, base }: Context,
  path: string,
  sha256: string | null = null,
  said: string[] = [],
): Promise<string> {
  const requirement = { ...plainRequirement("url", base + path, { file: "guild.yml", line: 3, column: 5, source: "" }), sha256 };
  return downloaded(new URL(base + path), requirement, root, (line) => said.push(line));
}

async function refusal(context: Context, path: string, sha256: string | null = null): Promise<ToolError> {
  try {
    await fetched(context, path, sha256);
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** What is kept, parts of downloads as well. */
function kept(root: string): string[] {
  return readdirSync(join(root, ".guild/cache/resources"), { recursive: true })
    .map(String)
    .filter((path) => path.includes("/"));
}

download("is done once for a project, under the name that the address has, and says how large it is", async (context) => {
  const said: string[] = [];
  const path = await fetched(context, "/data.csv?key=secret", null, said);
  assert.is(readFileSync(path, "utf8"), content);
  assert.match(path, /\/data\.csv$/);
  assert.is(await fetched(context, "/data.csv?key=secret"), path);
  assert.equal(context.asked, ["/data.csv?key=secret"]);
  assert.equal(said, [`downloading ${context.base}/data.csv (8 B)`], "what is behind the question mark may be a key");
  assert.is(readFileSync(join(context.root, ".guild/.gitignore"), "utf8"), "*\n");
});

download("follows redirects, but not for ever, and not to files", async (context) => {
  assert.is(readFileSync(await fetched(context, "/once"), "utf8"), content);
  assert.match((await refusal(context, "/forever")).message, "redirected more than 5 times");
  assert.match((await refusal(context, "/elsewhere")).message, "leads to file:");
});

download("a file with the right sha256 is taken, another one is refused and not kept", async (context) => {
  const right = createHash("sha256").update(content).digest("hex");
  await fetched(context, "/data.csv", right);
  const { name, message, exitCode } = await refusal(context, "/data.csv?2", "0".repeat(64));
  assert.equal([name, exitCode], ["bad-sha256", 2]);
  assert.match(message, `expected ${"0".repeat(64)}, got ${right}`);
  assert.is(kept(context.root).length, 1);
});

download("a kept file that no longer has its sha256 is downloaded again", async (context) => {
  const right = createHash("sha256").update(content).digest("hex");
  const path = await fetched(context, "/data.csv");
  rmSync(path);
  await fetched(context, "/data.csv", right);
  assert.is(context.asked.length, 2);
});

download("what cannot be had is said with its reason, and leaves nothing", async (context) => {
  const missing = await refusal(context, "/gone");
  assert.equal([missing.name, missing.exitCode], ["not-downloaded", 2]);
  assert.match(missing.message, "the server answered 404");
  await refusal(context, "/short");
  context.server.closeAllConnections();
  assert.equal(kept(context.root), []);
});

download.run();
