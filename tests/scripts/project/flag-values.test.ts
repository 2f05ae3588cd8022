import { test } from "uvu";
import * as assert from "uvu/assert";
import { settleFlags, valuesOf } from "../../../scripts/project/flag-values.ts";
import type { FlagWord } from "../../../src/run/flags.ts";
import { operationOf, refusal } from "./_operations.ts";

const file = `
- model: net
  flags: {seed: 7, lr: 9}
  profiles: {quick: {epochs: 1, other: 3}, long: {epochs: 100}}
  operations:
    train:
      flags:
        lr: {default: 0.1, type: float, min: 0, max: 1, description: learning rate}
        epochs: {default: 10, type: int}
        opt: {default: adam, choices: [adam, {value: sgd, description: plain}]}
        seed:
        name: {type: string, default: a}
        shuffle: {default: no, type: boolean}
        must: {required: yes, default: here}
        out: "\${name}-\${epochs}.pt"
        any: 1
        free: {choices: [1, 2], allow-other: yes}
        data: {type: existing-path, default: package.json}
      profiles: {quick: {lr: 0.5}}
`;

const settle = (typed: Record<string, string> = {}, profile: string | null = null) => {
  const words: FlagWord[] = Object.entries(typed).map(([name, text]) => ({ name, text }));
  return settleFlags(operationOf(file), { typed: words, profile, root: process.cwd() });
};
const values = (typed: Record<string, string> = {}, profile: string | null = null) => valuesOf(settle(typed, profile));

test("command line before profile before operation before model", () => {
  assert.equal([values().lr, values().epochs, values().seed], [0.1, 10, 7]);
  assert.equal([values({}, "quick").lr, values({}, "quick").epochs], [0.5, 1]);
  assert.equal([values({ lr: "0.2" }, "quick").lr, values({ seed: "1" }).seed], [0.2, 1]);
  assert.is(values({}, "long").epochs, 100);
});

test("says where each value came from", () => {
  const settings = settle({ lr: "0.2" }, "quick");
  const origins = ["lr", "epochs", "seed", "opt"].map((name) => settings[name]?.from);
  assert.equal(origins, ["the command line", "profile quick", "guild.yml:3", "guild.yml:10"]);
});

test("decodes as the type wants it", () => {
  const found = values({ name: "007", shuffle: "1", any: "1e-3", epochs: "3" });
  assert.equal([found.name, found.shuffle, found.any, found.epochs], ["007", true, 0.001, 3]);
  assert.is(values({ lr: "" }).lr, null, "an empty number is none");
  assert.equal(values({ lr: "[0.1, 0.2]" }).lr, [0.1, 0.2]);
});

test("a range includes its ends", () => assert.equal([values({ lr: "0" }).lr, values({ lr: "1" }).lr], [0, 1]));

test("replaces references to other flags", () => {
  assert.is(values({ name: "b" }, "quick").out, "b-1.pt");
  assert.is(values({ out: "${RUN_DIR}/m" }).out, "${RUN_DIR}/m");
});

test("takes choices, and others where they are allowed", () => {
  assert.is(values({ opt: "sgd" }).opt, "sgd");
  assert.is(values({ free: "3" }).free, 3);
});

const refused: [Record<string, string>, string | null, string, string][] = [
  [{ lrr: "1" }, null, 'Operation train has no flag "lrr"', 'Did you mean "lr"?'],
  [{ lr: "2" }, null, "Flag lr (the command line): expected a number from 0 to 1, found 2", "learning rate"],
  [{ lr: "fast" }, null, "Flag lr (the command line): expected a number, found fast", "guild.yml:8"],
  [{ lr: "[0.1, 2]" }, null, "Flag lr (the command line): expected a number from 0 to 1, found 2", ""],
  [{ epochs: "1.5" }, null, "Flag epochs (the command line): expected a whole number, found 1.5", ""],
  [{ shuffle: "maybe" }, null, "Flag shuffle (the command line): expected yes or no, found maybe", ""],
  [{ opt: "adm" }, null, "Flag opt (the command line): expected one of adam, sgd, found adm", 'Did you mean "adam"?'],
  [{ must: "" }, null, "Flag must is required and has no value", "must=…"],
  [{ data: "nowhere.csv" }, null, "Flag data (the command line): expected a path that exists, found nowhere.csv", ""],
  [{ out: "${nam}" }, null, "Unknown reference in flag out: ${nam}", 'Did you mean "${name}"?'],
  [{ out: "${out}" }, null, "Unknown reference in flag out: ${out}", ""],
  [{}, "quik", 'Operation train has no profile "quik"', 'Did you mean "quick"?'],
  [{}, "nothing", 'Operation train has no profile "nothing"', "Profiles: quick, long."],
];

for (const [typed, profile, message, hint] of refused) {
  test(`refuses ${JSON.stringify(typed)} ${profile ?? ""}`, () => {
    const error = refusal(() => settle(typed, profile));
    assert.is(error.message, message);
    assert.ok(error.hint?.includes(hint), error.hint ?? "no hint");
    assert.is(error.exitCode, 2);
  });
}

test("flags-import: all lets other flags pass", () => {
  const found = operationOf("train: {flags-import: all, flags: {lr: 1}}");
  const settings = settleFlags(found, { typed: [{ name: "new", text: "3" }], profile: null, root: "/" });
  assert.equal(valuesOf(settings), { lr: 1, new: 3 });
});

test.run();
