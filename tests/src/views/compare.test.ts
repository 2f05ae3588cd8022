import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Environment, Run } from "../../../src/run/types.ts";
import { compareRuns } from "../../../src/views/compare.ts";
import { compareSections } from "../../../src/views/compare-html.ts";
import { aRun, bareProject } from "./_runs.ts";

const test = suite("compareRuns");
const same: Partial<Run> = { started: "2026-11-23T19:00:00.000Z", durationSeconds: 10, command: ["x"] };
const of = (runs: Run[], environments = new Map<string, Environment>()) => compareRuns(runs, bareProject, environments);
const differing = (runs: Run[]) =>
  of(runs).sections.flatMap(({ title, rows }) => rows.map(({ name, cells }) => [title, name, ...cells]));

test("shows what differs, and only that", () => {
  const runs = [aRun({}, { lr: 0.1, opt: "sgd" }, same), aRun({}, { lr: 0.2, opt: "sgd" }, same)];
  assert.equal(differing(runs), [["Flags", "lr", "0.1", "0.2"]]);
  assert.ok(of(runs).identical > 5);
});

test("types count, NaN is itself, missing is –", () => {
  assert.equal(differing([aRun({}, { n: 1 }, same), aRun({}, { n: "1" }, same)]), [["Flags", "n", "1", "'1'"]]);
  assert.equal(differing([aRun({}, { n: Number.NaN }, same), aRun({}, { n: Number.NaN }, same)]), []);
  assert.equal(differing([aRun({}, { n: null }, same), aRun({}, {}, same)]), [["Flags", "n", "null", "–"]]);
  assert.equal(differing([aRun({}, { n: [1, 2] }, same), aRun({}, { n: [1, 2] }, same)]), []);
  assert.equal(differing([aRun({}, { n: true }, same), aRun({}, { n: "true" }, same)]), [["Flags", "n", "true", "'true'"]]);
});

test("differences stand against the first; the best is marked by its goal", () => {
  const [acc, loss, foo] = of([
    aRun({ acc: [0.1, 0.9], loss: [2, 1], foo: [1] }),
    aRun({ acc: [0.1, 0.95], loss: [2, 1.5] }),
  ]).metrics;
  assert.equal(
    acc?.cells.map(({ text, difference, best }) => [text, difference, best]),
    [
      ["0.90", "", false],
      ["0.95", "+0.05", true],
    ],
  );
  assert.equal(
    loss?.cells.map(({ best }) => best),
    [true, false],
  );
  assert.equal(
    foo?.cells.map(({ text, best }) => [text, best]),
    [
      ["1", false],
      ["–", false],
    ],
    "without a goal nothing is best",
  );
});

test("warns where numbers say little about each other, and then marks none as best", () => {
  const data = { digest: "other", sources: [] };
  const runs = [
    aRun({ acc: [0.9] }),
    aRun({ acc: [0.8] }, {}, { operation: "evaluate", data, environment: "z", status: "running" }),
  ];
  assert.is(of(runs).cautions.length, 4);
  assert.not.ok(of(runs).metrics[0]!.cells.some(({ best }) => best));
  assert.equal(of([aRun({}), aRun({})]).cautions, []);
});

test("each run has a name of its own", () => {
  const twins = of([aRun({}, { seed: 1 }), aRun({}, { seed: 1 }), aRun({}, {}, { label: "x" })]).heads.map(({ label }) => label);
  assert.is(new Set(twins).size, 3);
});

test("one chart for each metric with a course, with the runs that have it", () => {
  const runs = [aRun({ acc: [0.1, 0.2], test_acc: [0.2] }), aRun({ acc: [0.1, 0.3], only: [1, 2] })];
  assert.equal(
    of(runs).charts.map(({ title, runs: lines }) => [title, lines.length]),
    [
      ["acc", 2],
      ["only", 1],
    ],
  );
});

test("environments are compared by what is in them", () => {
  const environment = (python: string, torch: string) =>
    ({
      os: {},
      cpu: {},
      memory: {},
      gpus: [],
      libraries: {},
      storage: {},
      runtime: { name: "python", version: python },
      packages: { torch, numpy: "2" },
      variables: {},
    }) as unknown as Environment; // the rest is not looked at
  const runs = [aRun({}, {}, { ...same, environment: "a" }), aRun({}, {}, { ...same, environment: "b" })];
  const compared = of(
    runs,
    new Map([
      ["a", environment("3.11", "2.1")],
      ["b", environment("3.12", "2.2")],
    ]),
  );
  assert.equal(
    compared.sections.map(({ title, rows }) => [title, ...rows.map(({ name, cells }) => [name, ...cells])]),
    [
      ["Environment", ["runtime", "python 3.11", "python 3.12"]],
      ["Packages", ["torch", "2.1", "2.2"]],
    ],
  );
});

test("none and one compare to nothing", () => {
  assert.equal(of([]).sections, []);
  assert.equal(of([aRun({ acc: [0.1, 0.2] }, { a: 1 })]).sections, []);
});

test("what people wrote never becomes markup", () => {
  const hostile = "<img src=x onerror=alert(1)>";
  const runs = [
    aRun({ [hostile]: [1, 2] }, { [hostile]: hostile }, { label: hostile }),
    aRun({}, {}, { label: `"${hostile}`, tags: [hostile] }),
  ];
  const html = compareSections(of(runs), "/repo/")
    .map((section) => section.html)
    .join("");
  assert.not.match(html, "<img");
  assert.match(html, "&lt;img");
  assert.match(html, `href="/repo/runs/${runs[0]!.id}/"`);
});

test.run();
