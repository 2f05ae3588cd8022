import { mkdtempSync, openSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { connect, isSameOutput } from "../../../scripts/record/connect.ts";
import { emptyFolder, program, recorded, removeFolders, runPlain, runWrapped } from "./_wrapped.ts";

const test = suite("connect");
const folder = mkdtempSync(join(tmpdir(), "guild-connect-"));
test.after(() => {
  rmSync(folder, { recursive: true });
  removeFolders();
});

test("one pipe for both streams when they go to the same place, two when they do not; no name is left of them", () => {
  const one = connect(folder, true, {});
  assert.is(one.stdio[1], one.stdio[2]);
  assert.is(one.stdio[0], "inherit");
  one.abandoned();
  const two = connect(folder, false, {});
  assert.is.not(two.stdio[1], two.stdio[2]);
  two.abandoned();
  assert.equal(readdirSync(folder), []);
});

test("Python is asked for its lines at once, unless somebody has decided about that", () => {
  const asked = (env: NodeJS.ProcessEnv): Record<string, string> => {
    const connection = connect(folder, true, env);
    connection.abandoned();
    return connection.env;
  };
  assert.equal(asked({}), { PYTHONUNBUFFERED: "1" });
  assert.equal(asked({ PYTHONUNBUFFERED: "" }), {});
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

test("where no pipe can be made, Node's own do: same bytes, same end", async () => {
  const plain = await runPlain(program("odd-bytes.mjs"), emptyFolder());
  const { stdout, code, root } = await runWrapped(program("odd-bytes.mjs"), { env: { PATH: folder } });
  assert.is(code, 0);
  assert.ok(stdout.equals(plain.stdout));
  assert.ok(recorded(root).log.equals(plain.stdout));
});

test.run();
