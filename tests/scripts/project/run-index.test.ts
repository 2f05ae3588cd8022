import { utimesSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { indexRuns } from "../../../scripts/project/run-index.ts";
import { course } from "../../src/views/_runs.ts";
import { makeProject, type TestProject } from "../_project.ts";
import { record } from "../commands/_recorded.ts";

const index = suite<{ project: TestProject }>("run index");
const kept = ".guild/cache/runs.txt";
const [first, second, third] = ["20261123T190119-7f3a", "20261123T190120-02bd", "20261123T190120-beef"] as const;

index.before.each((context) => {
  context.project = makeProject();
  record(context.project, first, {
    flags: { lr: 0.1 },
    scalars: { acc: course([0.5, Number.NaN, 0.9]), none: course([Number.NaN]) },
  });
  record(context.project, second, { label: "tab\tand\nline", tags: ["ü"] });
});

index.after.each(({ project }) => project.remove());

index("knows of each run what selections ask for, newest first, warm as cold", ({ project }) => {
  const cold = indexRuns(project.root, 1);
  const warm = indexRuns(project.root, 1);
  assert.equal(
    cold.map(({ id }) => id),
    [second, first],
  );
  assert.equal(JSON.stringify(warm), JSON.stringify(cold));
  assert.equal([warm[0]?.label, warm[0]?.tags, warm[1]?.flags], ["tab\tand\nline", ["ü"], { lr: 0.1 }]);
  assert.equal(warm[1]?.scalars.acc, {
    last: { step: 3, value: 0.9 },
    min: { step: 1, value: 0.5 },
    max: { step: 3, value: 0.9 },
  });
  assert.ok(Number.isNaN(warm[1]?.scalars.none?.last.value));
  assert.is(warm[1]?.scalars.none?.min, null);
});

index("a changed record, a person's edit, a new run and one that is gone are seen", ({ project }) => {
  indexRuns(project.root, 1);
  project.write(`content/runs/${first}/edits.yml`, "label: mine\n");
  record(project, third);
  assert.equal(
    indexRuns(project.root, 1).map(({ id, label }) => [id, label]),
    [
      [third, null],
      [second, "tab\tand\nline"],
      [first, "mine"],
    ],
  );
  project.write(`content/runs/${first}/edits.yml`, "hidden: true\n");
  // Of the same size and another time.
  record(project, third, { operation: "tra1n" });
  utimesSync(join(project.root, `content/runs/${third}/run.json`), 1, 1);
  assert.equal(
    indexRuns(project.root, 1).map(({ id, operation }) => [id, operation]),
    [
      [third, "tra1n"],
      [second, "train"],
    ],
  );
});

index("one that is cut short, foreign or gone is made anew", ({ project }) => {
  const whole = JSON.stringify(indexRuns(project.root, 1));
  const text = project.read(kept);
  for (const broken of ["", "guildhall run index 0\nx", text.slice(0, -20), text.slice(0, 60), `${text}{`, "\u0000"]) {
    project.write(kept, broken);
    assert.is(JSON.stringify(indexRuns(project.root, 1)), whole, JSON.stringify(broken.slice(0, 30)));
  }
  assert.is(project.read(kept), text);
});

index("is ignored by git, and not kept for few runs", ({ project }) => {
  indexRuns(project.root);
  assert.not(project.has(kept));
  indexRuns(project.root, 2);
  assert.ok(project.has(kept));
  assert.is(project.read(".guild/.gitignore"), "*\n");
});

index("no runs, no index", () => {
  const empty = makeProject();
  assert.equal(indexRuns(empty.root, 0), []);
  empty.remove();
});

index.run();
