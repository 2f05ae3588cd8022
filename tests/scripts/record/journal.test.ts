import { existsSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openJournal, takeUnlogged } from "../../../scripts/record/journal.ts";

const test = suite("journal");
const id = (): string => `20261123T190119-${Math.random().toString(16).slice(2, 14)}`;

/** Does `use` with a journal of two channels and a log of 100 bytes; says so where there can be none. */
async function withJournal(
  use: (journal: NonNullable<Awaited<ReturnType<typeof openJournal>>>, run: string) => void,
): Promise<void> {
  const run = id();
  const journal = await openJournal(run, 2, 100);
  if (journal === null) return console.log("  skipped: no koffi, or no /dev/shm here");
  use(journal, run);
  journal.close();
  assert.not(existsSync(`/dev/shm/guild-${run}`), "nothing is left");
}

const text = (bytes: Buffer | undefined): string | undefined => bytes?.toString();

test("what was read and not logged is found by somebody else", async () => {
  await withJournal((journal, run) => {
    journal.buffers[1]!.set(Buffer.from("a line\n"));
    const found = takeUnlogged(run, 100);
    assert.is(found?.channel, 1);
    assert.is(text(found?.bytes), "a line\n");
    assert.is(takeUnlogged(run, 100), null, "once");
  });
});

test("what was logged in part is given back in part, and what was logged whole not at all", async () => {
  await withJournal((journal, run) => {
    journal.buffers[0]!.set(Buffer.from("a line\n"));
    assert.is(text(takeUnlogged(run, 102)?.bytes), "line\n");
  });
  await withJournal((journal, run) => {
    journal.buffers[0]!.set(Buffer.from("a line\n"));
    assert.is(takeUnlogged(run, 107), null);
  });
});

test("a piece that is dealt with is forgotten, whatever comes after it", async () => {
  await withJournal((journal, run) => {
    journal.buffers[0]!.set(Buffer.from("a long line\n"));
    journal.logged(0, 12, 112);
    journal.buffers[0]!.set(Buffer.from("short\n"));
    assert.is(text(takeUnlogged(run, 112)?.bytes), "short\n");
  });
});

test("without a journal, without channels: nothing, and nothing throws", async () => {
  assert.is(takeUnlogged(id(), 0), null);
  assert.is(await openJournal(id(), 0, 0), null);
});

test.run();
