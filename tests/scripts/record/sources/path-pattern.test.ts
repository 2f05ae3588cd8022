import { suite } from "uvu";
import * as assert from "uvu/assert";
import { pathPattern } from "../../../../scripts/record/sources/path-pattern.ts";

const test = suite("path-pattern");

const paths = ["a.pt", "b.txt", "c/a.pt", "c/d/a.pt", "c/d/e.csv", "x,y", "[a"];
const matching = (glob: string): string[] => paths.filter(pathPattern(glob));

test("stars, folders, alternatives and sets", () => {
  assert.equal(matching("*.pt"), ["a.pt"]);
  assert.equal(matching("**/*.pt"), ["a.pt", "c/a.pt", "c/d/a.pt"]);
  assert.equal(matching("c/**"), ["c/a.pt", "c/d/a.pt", "c/d/e.csv"]);
  assert.equal(matching("c/"), matching("c/**"));
  assert.equal(matching("./c/*/?.{pt,csv}"), ["c/d/a.pt", "c/d/e.csv"]);
  assert.equal(matching("[a-b].*"), ["a.pt", "b.txt"]);
  assert.equal(matching("[!a].*"), ["b.txt"]);
});

test("what is no pattern stands for itself, and never throws", () => {
  assert.equal(matching("x,y"), ["x,y"]);
  assert.equal(matching("[a"), ["[a"]);
  for (const odd of ["", "{", "}", "{a,b", "[z-a]", "a(b", "\\", "**"]) assert.type(pathPattern(odd)("a"), "boolean");
});

test.run();
