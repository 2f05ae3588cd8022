import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { unpacked } from "../../../../scripts/project/requires/unpack.ts";
import { ToolError } from "../../../../src/run/error.ts";
import { type Member, tar, zip } from "./_archives.ts";

const unpack = suite<{ root: string }>("unpacking required archives");

unpack.before.each((context) => {
  context.root = realpathSync(mkdtempSync(join(tmpdir(), "guildhall-test-")));
});

unpack.after.each(({ root }) => rmSync(root, { recursive: true, force: true }));

const quiet = (): void => {};

async function unpackedFrom(root: string, name: string, bytes: Uint8Array): Promise<string> {
  writeFileSync(join(root, name), bytes);
  return unpacked(join(root, name), root, quiet);
}

async function refusal(root: string, name: string, bytes: Uint8Array): Promise<string> {
  try {
    await unpackedFrom(root, name, bytes);
  } catch (error) {
    if (error instanceof ToolError && error.name === "not-unpacked" && error.exitCode === 2) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

const members: Member[] = [
  { path: "./a.txt", text: "A" },
  { path: "deep/er/b.txt", text: "B".repeat(100_000) },
  { path: `${"long/".repeat(30)}name.txt`, text: "L" },
  { path: "deep/ü.txt", text: "" },
  { path: "deep/link", link: "../a.txt" },
];

for (const [name, bytes] of [
  ["x.tar", tar(members)],
  ["x.tar.gz", gzipSync(tar(members))],
  ["x.tgz", gzipSync(tar(members))],
  ["x.zip", zip(members)],
] as const) {
  unpack(`${name}: files, folders, long names and links`, async ({ root }) => {
    const folder = await unpackedFrom(root, name, bytes);
    const read = (path: string): string => readFileSync(join(folder, path), "utf8");
    assert.is(read("a.txt"), "A");
    assert.is(read("deep/er/b.txt").length, 100_000);
    assert.is(read(`${"long/".repeat(30)}name.txt`), "L");
    assert.is(read("deep/ü.txt"), "");
    assert.ok(lstatSync(join(folder, "deep/link")).isSymbolicLink());
    assert.is(read("deep/link"), "A");
  });
}

unpack("a single file in gzip loses its ending", async ({ root }) => {
  const folder = await unpackedFrom(root, "table.csv.gz", gzipSync("1,2\n"));
  assert.equal([readdirSync(folder), readFileSync(join(folder, "table.csv"), "utf8")], [["table.csv"], "1,2\n"]);
});

unpack("a hard link is what it is linked to", async ({ root }) => {
  const folder = await unpackedFrom(
    root,
    "x.tar",
    tar([
      { path: "d/a", text: "A" },
      { path: "d/e/b", link: "d/a", hard: true },
    ]),
  );
  assert.is(readFileSync(join(folder, "d/e/b"), "utf8"), "A");
});

unpack("is done once, and again when the archive has changed", async ({ root }) => {
  const first = await unpackedFrom(root, "x.tar", tar([{ path: "a", text: "1" }]));
  const before = statSync(join(first, "a")).ino;
  assert.is(await unpacked(join(root, "x.tar"), root, quiet), first);
  assert.is(statSync(join(first, "a")).ino, before);
  const second = await unpackedFrom(
    root,
    "x.tar",
    tar([
      { path: "a", text: "22" },
      { path: "b", text: "" },
    ]),
  );
  assert.is.not(second, first);
  assert.is(readFileSync(join(second, "a"), "utf8"), "22");
});

for (const [what, member] of [
  ["a path upwards", { path: "../evil", text: "x" }],
  ["a path upwards further inside", { path: "a/../../evil", text: "x" }],
  ["an absolute path", { path: "/tmp/guildhall-evil", text: "x" }],
  ["a path with backslashes", { path: "..\\evil", text: "x" }],
  ["a link upwards", { path: "evil", link: "../../../.." }],
  ["a link to /etc", { path: "evil", link: "/etc" }],
  ["a link to itself", { path: "evil", link: "evil" }],
] as [string, Member][]) {
  for (const [name, pack] of [
    ["x.tar", tar],
    ["x.zip", zip],
  ] as const) {
    unpack(`${name} with ${what} is refused, and nothing of it stays`, async ({ root }) => {
      assert.match(await refusal(root, name, pack([{ path: "fine", text: "x" }, member])), "outside of it");
      assert.not.ok(existsSync(join(root, ".guild/cache/evil")) || existsSync("/tmp/guildhall-evil"));
      assert.equal(readdirSync(join(root, ".guild/cache/resources")), []);
    });
  }
}

unpack("no file comes through a link, even where the link is made first", async ({ root }) => {
  await refusal(
    root,
    "x.tar",
    tar([
      { path: "way", link: "../.." },
      { path: "way/evil", text: "x" },
    ]),
  );
  assert.not.ok(existsSync(join(root, ".guild/evil")));
});

for (const [name, bytes] of [
  ["x.zip", Buffer.from("not a zip")],
  ["x.zip", zip([{ path: "a", text: "A" }], true)],
  ["x.zip", zip([{ path: "a", text: "A" }]).subarray(0, 60)],
  ["x.tar", Buffer.alloc(2048, "x")],
  ["x.tar", tar([{ path: "a", text: "A".repeat(2000) }]).subarray(0, 1500)],
  ["x.tar.gz", gzipSync(tar([{ path: "a", text: "A" }])).subarray(0, 40)],
  ["x.gz", Buffer.from("not gzip")],
] as const) {
  unpack(`${name} that is damaged (${bytes.length} bytes) is refused`, async ({ root }) => {
    assert.match(await refusal(root, name, bytes), `${name} cannot be unpacked`);
    assert.equal(readdirSync(join(root, ".guild/cache/resources")), []);
  });
}

unpack.run();
