import { suite } from "uvu";
import * as assert from "uvu/assert";
import { restAfter } from "../../../scripts/record/pace.ts";

const test = suite("pace");

test("a second between looks; longer when looks are long, and never so long that a file is missed", () => {
  assert.is(restAfter([]), 0);
  assert.is(restAfter([3]), 1000);
  assert.is(restAfter([300, 10]), 1000, "the first look loads what it needs");
  assert.is(restAfter([300, 10, 12]), 2000);
  assert.is(restAfter([3, 2, 500]), 1000, "a busy machine now and then");
  assert.is(restAfter([3, 2, 500, 600]), 5000);
});

test.run();
