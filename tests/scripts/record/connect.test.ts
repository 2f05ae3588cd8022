import { mkdtempSync, openSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Connection, connect } from "../../../scripts/record/connect.ts";
import { isSameOutput } from "../../../scripts/record/same-output.ts";
import { emptyFolder, program, recorded, removeFolders, runPlain, runWrapped, WITHOUT_KOFFI } from "./_wrapped.ts";

const test = suite("connect");
const folder = mkdtempSync(join(tmpdir(), "guild-connect-"));
test.after(() => {
  rmSync(folder, { recursive: true });
  removeFolders();
});

/** Streams in memory are no terminals. */
function connectIn(env: NodeJS.ProcessEnv, { shared = true, buffered = false } = {}): Promise<Connection> {
  const stdout = new PassThrough();
  const shell = { env, stdout, stderr: shared ? stdout : new PassThrough() };
  return connect(shell, { folder, buffered, warn: (message) => assert.unreachable(message) });
}

test("one pipe for both streams when they go to the same place, two when they do not; no name is left of them", async () => {
  const one = await connectIn({});
  assert.is(one.stdio[1], one.stdio[2]);
  assert.is(one.stdio[0], "inherit");
  one.abandoned();
  const two = await connectIn({}, { shared: false });
  assert.is.not(two.stdio[1], two.stdio[2]);
  two.abandoned();
  assert.equal(readdirSync(folder), []);
});

test("Python is asked for its lines at once, unless somebody has decided about that", async () => {
  const asked = async (env: NodeJS.ProcessEnv, buffered = false): Promise<Record<string, string>> => {
    const connection = await connectIn(env, { buffered });
    connection.abandoned();
    return connection.env;
  };
  assert.equal(await asked({}), { PYTHONUNBUFFERED: "1" });
  assert.equal(await asked({ PYTHONUNBUFFERED: "" }), {});
  assert.equal(await asked({}, true), {});
});

test("knows two descriptors of one file, and two files apart", () => {
  const [a, b] = [join(folder, "a"), join(folder, "b")];
  const stream = (fd: number): object => ({ fd });
  const first = openSync(a, "w");
  assert.ok(isSameOutput(stream(first), stream(openSync(a, "a"))));
  assert.not(isSameOutput(stream(first), stream(openSync(b, "w"))));
  assert.not(isSameOutput(stream(first), stream(999_999)));
  const inMemory = {};
  assert.ok(isSameOutput(inMemory, inMemory));
  assert.not(isSameOutput(inMemory, {}));
});

for (const [how, env] of [
  ["pipes that had a name for a moment", { NODE_OPTIONS: WITHOUT_KOFFI }],
  ["where no pipe can be made, Node's own", { NODE_OPTIONS: WITHOUT_KOFFI, PATH: folder }],
] as const) {
  test(`without koffi: ${how}; same bytes, same end`, async () => {
    const plain = await runPlain(program("odd-bytes.mjs"), emptyFolder());
    const { stdout, code, root } = await runWrapped(program("odd-bytes.mjs"), { env });
    assert.is(code, 0);
    assert.ok(stdout.equals(plain.stdout));
    assert.ok(recorded(root).log.equals(plain.stdout));
  });
}

test.run();
