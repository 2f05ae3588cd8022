/** What `npm run bench -- killed-recorder` counts 200 times, a few times. */
import { existsSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { killRecorder, seeded } from "../../../scripts/bench/killed-recorder.ts";
import { withFolder } from "../../../scripts/bench/project.ts";

const test = suite("killed-recorder");

test("a recorder killed at any moment loses no line, tells no wrong status, hurts no training, leaves no empty record", async () => {
  if (!existsSync("/proc/self/stat")) return console.log("  skipped: no /proc here");
  const random = seeded(4);
  // From before the command starts to after its end.
  for (let round = 0; round < 8; round += 1) {
    const afterMs = ((round + random()) / 8) * 1600;
    const aftermath = await withFolder((folder) => killRecorder(folder, { afterMs, lines: 300, everyMs: 2 }));
    const { lostLines, hurt, wrongStatuses, emptyFolders, begun, lines } = aftermath;
    assert.equal(
      { lostLines, hurt, wrongStatuses, emptyFolders },
      { lostLines: 0, hurt: false, wrongStatuses: [], emptyFolders: 0 },
      `killed after ${afterMs} ms: ${JSON.stringify(aftermath)}`,
    );
    if (begun) assert.is(lines, 300);
  }
});

test("the same seed gives the same numbers, from 0 to 1", () => {
  const [a, b] = [seeded(1), seeded(1)];
  for (let at = 0; at < 100; at += 1) {
    const number = a();
    assert.is(number, b());
    assert.ok(number >= 0 && number < 1);
  }
});

test.run();
