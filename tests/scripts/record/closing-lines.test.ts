import { suite } from "uvu";
import * as assert from "uvu/assert";
import { closingLines, wantsColour } from "../../../scripts/record/closing-lines.ts";
import { plainRun } from "../../src/run/_plain-run.ts";

const test = suite("closing-lines");
const facts = { primary: null, goals: {}, recordPath: "content/runs/20261123T190119-7f3a", colour: false };

test("a completed run", () => {
  assert.fixture(
    closingLines({ run: plainRun(), ...facts }),
    `guild: completed in 10 s
  run     train 20261123T190119-7f3a
  loss    best 0.3 at step 1, last 0.3
  record  content/runs/20261123T190119-7f3a
  view    guild view
`,
  );
});

test("a failed and an interrupted run say how they ended", () => {
  const failed = closingLines({ run: { ...plainRun(), status: "error", exitCode: 3 }, ...facts });
  assert.match(failed, /^guild: error \(exit code 3\) after 10 s\n/);
  const stopped = closingLines({ run: { ...plainRun(), status: "terminated", exitCode: null, signal: "SIGINT" }, ...facts });
  assert.match(stopped, /^guild: terminated \(SIGINT\) after 10 s\n/);
});

test("without a goal nothing is called best; a declared goal and main metric count", () => {
  const { loss } = plainRun().scalars;
  const run = { ...plainRun(), scalars: { gizmo: loss!, loss: loss! } };
  assert.match(closingLines({ run: { ...run, scalars: { gizmo: loss! } }, ...facts }), /\n {2}gizmo +0\.3\n/);
  assert.match(
    closingLines({ run, ...facts, primary: "gizmo", goals: { gizmo: "max" } }),
    /\n {2}gizmo +best 1 at step 0, last 0\.3\n/,
  );
});

test("no scalars: says what one looks like", () => {
  assert.match(closingLines({ run: { ...plainRun(), scalars: {} }, ...facts }), /none found; .*loss: 0\.25/);
});

test("colours for people only", () => {
  assert.match(closingLines({ run: plainRun(), ...facts, colour: true }), "\u001b[32mcompleted\u001b[0m");
  assert.ok(wantsColour({ isTTY: true }, {}));
  assert.not(wantsColour({ isTTY: true }, { NO_COLOR: "1" }));
  assert.not(wantsColour({ isTTY: true }, { TERM: "dumb" }));
  assert.not(wantsColour({}, {}));
});

test.run();
