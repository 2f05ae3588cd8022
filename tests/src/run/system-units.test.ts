import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isSystemTag, systemUnit } from "../../../src/run/system-units.ts";

const test = suite("system-units");

test("units by name", () => {
  const units = {
    "op/cpu/util": "cores",
    "op/mem/rss": "B",
    "op/procs": "1",
    "op/io/read_bytes": "B/s",
    "sys/cpu/util": "ratio",
    "sys/mem/used": "B",
    "sys/disk/used": "B",
    "sys/dev0/read_bytes": "B/s",
    "sys/net/rx_bytes": "B/s",
    "sys/psi/cpu": "ratio",
    "sys/gpu0/util": "ratio",
    "sys/gpu0/mem/used": "B",
    "sys/gpu0/temp": "degC",
    "sys/gpu0/power": "W",
  };
  for (const [tag, unit] of Object.entries(units)) assert.is(systemUnit(tag), unit, tag);
});

test("op and sys are ours, system is not", () => {
  assert.ok(isSystemTag("op/procs") && isSystemTag("sys/cpu/util"));
  assert.not(isSystemTag("system/loss") || isSystemTag("loss"));
});

test.run();
