import { test } from "uvu";
import * as assert from "uvu/assert";
import { findRoot } from "../../../scripts/project/root.ts";

const rootWith = (files: string[], cwd: string, home: string | null = null) =>
  findRoot(cwd, home, (path) => files.includes(path));

test("is the nearest directory with a guild.yml", () => {
  const files = ["/a/guild.yml", "/a/b/.git", "/a/b/c/content/runs"];
  assert.is(rootWith(files, "/a/b/c"), "/a");
  assert.is(rootWith([...files, "/a/b/guild.yml"], "/a/b/c"), "/a/b");
});

test("is else the nearest with records, else the top of the repository, else where one stands", () => {
  assert.is(rootWith(["/a/b/.git", "/a/content/runs"], "/a/b/c"), "/a");
  assert.is(rootWith(["/a/b/.git"], "/a/b/c"), "/a/b");
  assert.is(rootWith([], "/a/b/c"), "/a/b/c");
  assert.is(rootWith([], "/"), "/");
});

test("is not a home that is kept in git, unless one stands in it", () => {
  assert.is(rootWith(["/home/ada/.git"], "/home/ada/x", "/home/ada"), "/home/ada/x");
  assert.is(rootWith(["/home/ada/.git"], "/home/ada", "/home/ada"), "/home/ada");
});

test.run();
