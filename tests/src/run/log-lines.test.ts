import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  formatEventLine,
  formatOutputLine,
  formatScalarLine,
  formatSystemLine,
  parseEventLine,
  parseOutputLine,
  parseScalarLine,
  parseSystemLine,
} from "../../../src/run/log-lines.ts";

const test = suite("log-lines");

test("each kind of line survives, and is one line", () => {
  const scalar = { t: 1_500_000, k: "val/acc\n", v: Number.NaN, step: 3, src: "out" } as const;
  assert.equal(parseScalarLine(formatScalarLine(scalar)), scalar);
  assert.is(formatScalarLine(scalar).split("\n").length, 2);
  const sample = { t: 1, v: { "op/cpu/util": 1.5, "sys/mem/used": Number.POSITIVE_INFINITY } };
  assert.equal(parseSystemLine(formatSystemLine(sample)), sample);
  const output = { t: 1, s: "t", o: 0, n: 12 } as const;
  assert.equal(parseOutputLine(formatOutputLine(output)), output);
  const event = { step: null, t: 1.5, kind: "checkpoint", detail: "a.pt" } as const;
  assert.equal(parseEventLine(formatEventLine(event)), event);
});

test("the form on disk is the documented one", () => {
  assert.is(
    formatScalarLine({ t: 12, k: "loss", v: Number.NEGATIVE_INFINITY, step: 3, src: "events" }),
    '{"t":12,"k":"loss","v":"-Infinity","step":3,"src":"events"}\n',
  );
  assert.is(formatOutputLine({ t: 12, s: "o", o: 100, n: 7 }), '{"t":12,"s":"o","o":100,"n":7}\n');
});

test("a torn or foreign line is refused with its beginning", () => {
  assert.throws(() => parseScalarLine('{"t":12,"k":"lo'), /a JSON object at line/);
  assert.throws(() => parseScalarLine('{"t":12,"k":"loss","v":null,"step":1,"src":"out"}'), /a number at v: null/);
  assert.throws(() => parseOutputLine('{"t":1,"s":"x","o":0,"n":1}'), /one of o, e, t/);
  assert.throws(() => parseSystemLine("[]"), /an object/);
});

test("a line that voids keeps its step", () => {
  const line = { t: 5, k: "loss", void: 400, src: "events" } as const;
  assert.is(formatScalarLine(line), '{"t":5,"k":"loss","void":400,"src":"events"}\n');
  assert.equal(parseScalarLine(formatScalarLine(line)), line);
  assert.equal(parseScalarLine('{"t":5,"k":"loss","void":"-Infinity","src":"events"}'), {
    ...line,
    void: Number.NEGATIVE_INFINITY,
  });
  assert.throws(() => parseScalarLine('{"t":5,"k":"loss","void":null,"src":"events"}'), /a number at void/);
});

test.run();
