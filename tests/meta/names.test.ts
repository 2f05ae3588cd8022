/** A function without a home is a missing noun; and one file adds one thing, by its name. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { read, repositoryFiles } from "./_tree.ts";

const files = repositoryFiles();

test("no file or folder is a drawer for everything", () => {
  const drawer = /(^|\/)(utils?|helpers?|commons?|misc|lib)(\.[a-z.]+)?(\/|$)/;
  assert.equal(
    files.filter((path) => !path.startsWith("tests/fixtures/") && drawer.test(path)),
    [],
  );
});

const contracts = { "scripts/commands": ["defineCommand"], "scripts/probes": ["defineProbe", "defineFacts"] };

for (const [folder, makers] of Object.entries(contracts)) {
  const things = files.filter((path) => new RegExp(`^${folder}/[^_/][^/]*\\.ts$`).test(path));

  test(`every file of ${folder} exports its one thing through ${makers.join(" or ")}`, () => {
    assert.ok(things.length > 0, `${folder} is empty`);
    const pattern = new RegExp(`^export default (${makers.join("|")})\\(`, "m");
    assert.equal(
      things.filter((path) => !pattern.test(read(path))),
      [],
    );
  });

  test(`every file of ${folder} can be loaded and says in one sentence what it is`, async () => {
    for (const path of things) {
      const module: { default?: { summary?: unknown } } = await import(`../../${path}`);
      const summary = module.default?.summary;
      assert.type(summary, "string", path);
      assert.not.match(String(summary), /\.$/, `${path}: the summary ends with a full stop`);
    }
  });
}

test.run();
