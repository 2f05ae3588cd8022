import { test } from "uvu";
import * as assert from "uvu/assert";
import { expandReferences } from "../../../scripts/project/references.ts";
import { refusal } from "./_operations.ts";

const scope = { lr: "0.123456", n: "7.9", name: "a/b/model.pt", empty: "", odd: "${lr}" };
const expand = (text: string) => expandReferences(text, scope, "the label");

const texts: [string, string][] = [
  ["lr=${lr} ${name}", "lr=0.123456 a/b/model.pt"],
  ["${lr|%.3f} ${lr|%.2g} ${lr|%.1e} ${n|%d}", "0.123 0.12 1.2e-1 7"],
  ["${name|basename}", "model.pt"],
  ["${empty|default:none} ${lr|default:none}", "none 0.123456"],
  ["${name|%.2f} ${lr|unquote}", "a/b/model.pt 0.123456"],
  ["${odd}", "${lr}"],
  ["${RUN_DIR} ${RUNDIR} $lr {lr} $", "${RUN_DIR} ${RUNDIR} $lr {lr} $"],
  ["", ""],
];

for (const [text, expanded] of texts) test(`expands ${JSON.stringify(text)}`, () => assert.is(expand(text), expanded));

test("names what is unknown, where, and what was meant", () => {
  const error = refusal(() => expand("${nam}"));
  assert.is(error.message, "Unknown reference in the label: ${nam}");
  assert.is(error.hint, 'Did you mean "${name}"?');
  assert.match(refusal(() => expand("${}")).hint ?? "", /^Known: lr, n, /);
  assert.match(refusal(() => expand("${toString}")).message, /Unknown reference/);
});

test.run();
