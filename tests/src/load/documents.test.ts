import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readDocuments } from "../../../src/load/documents.ts";
import { makeFolder } from "./_project.ts";

const test = suite("documents");

test("have the first heading as their title, front matter or not, and no raw HTML", () => {
  const folder = makeFolder();
  folder.write("content/docs/a.md", "---\ntitle: Not shown\n---\n\n# First\n\nText <img src=x onerror=alert(1)>\n");
  folder.write("content/docs/b.md", "No heading\n\n---\n\nrule above\n");
  const [a, b] = readDocuments(folder.root, "docs");
  assert.is(a?.title, "First");
  assert.not.match(a?.html ?? "", /Not shown|onerror/);
  assert.is(b?.title, "b");
  assert.match(b?.html ?? "", "<hr>");
  assert.equal(readDocuments(folder.root, "notes"), []);
  folder.remove();
});

test.run();
