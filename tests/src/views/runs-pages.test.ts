import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runsPage } from "../../../src/views/runs-pages.ts";
import { aRun } from "./_runs.ts";

const test = suite("runsPage");
const runs = Array.from({ length: 5 }, () => aRun({}));
const of = (page: number) => {
  const { runs: shown, pages, newer, older } = runsPage(runs, page, 2);
  return [shown.map((run) => runs.indexOf(run)), pages, newer, older];
};

test("cuts the list into pages that know their neighbours", () => {
  assert.equal(of(1), [[0, 1], 3, null, "/runs/page/2/"]);
  assert.equal(of(2), [[2, 3], 3, "/runs/", "/runs/page/3/"]);
  assert.equal(of(3), [[4], 3, "/runs/page/2/", null]);
});

test("no runs are one empty page", () => {
  assert.equal(runsPage([], 1), { page: 1, pages: 1, runs: [], newer: null, older: null });
});

test.run();
