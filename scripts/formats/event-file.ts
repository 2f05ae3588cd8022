import { basename } from "node:path";
import { defineFormat, type Findings, type Tail } from "./_contract.ts";
import { misses } from "./_event-blobs.ts";
import type { EventSink } from "./_event-sink.ts";
import { readEvents } from "./_events.ts";
import { type GrowingFile, openGrowingFile } from "./_growing-file.ts";
import { type RecordSink, type Records, readRecords } from "./_records.ts";

/** TensorBoard's event files, by whatever wrote them: torch, tensorboardX, TensorFlow, Keras, JAX, Lightning. */
export default defineFormat({
  summary: "TensorBoard event files: scalars, histograms, images, text and hparams.",
  recognises: (path, head) =>
    /(^|\.)tfevents\./.test(basename(path)) || Buffer.from(head.buffer, head.byteOffset, head.length).includes("brain.Event:"),
  open: (path) => openTail(path),
});

/** One file from its first byte on; when it is replaced by another, that one from its first. */
function openTail(path: string): Tail {
  let file = openGrowingFile(path);
  let firstStep = 0;
  let findings: Findings;
  const damaged = (what: string): void => findings.damaged(what);
  const sink: EventSink = {
    points: (tag) => ({ push: (step, wall, value) => findings.scalar(tag, noted(step), orNull(wall), value) }),
    image: (tag, step, wall, encoded) => findings.image(tag, noted(step), orNull(wall), encoded),
    text: (tag, step, wall, words) => findings.text(tag, noted(step), orNull(wall), words),
    flags: (flags) => findings.flags(flags),
    restart: (step, wall) => findings.restart(step, orNull(wall)),
    damaged,
  };
  const noted = (step: number): number => {
    firstStep = Math.min(firstStep, step);
    return step;
  };
  const open = (): Records => readRecords({ record: readEvents(sink), misses, damaged } satisfies RecordSink);
  let records = open();

  const readOn = (budgetBytes: number): boolean => {
    let left = budgetBytes;
    while (left > 0) {
      const read = file.read(left, (bytes, start, end) => records.take(bytes, start, end, false));
      if (read === 0) return false;
      left -= read;
    }
    return true;
  };
  const readEnd = (of: GrowingFile): void => of.rest((bytes, start, end) => records.take(bytes, start, end, true));
  const begin = (): void => {
    readEnd(file);
    file.close();
    file = openGrowingFile(path);
    records = open();
    damaged("the file was replaced while it was read");
    findings.restart(firstStep, null);
  };

  return {
    read(to, budgetBytes) {
      findings = to;
      if (readOn(budgetBytes)) return true;
      if (!file.isReplaced()) return false;
      begin();
      return true;
    },
    end(to) {
      findings = to;
      try {
        while (readOn(Number.POSITIVE_INFINITY));
        if (file.isReplaced()) {
          begin();
          readOn(Number.POSITIVE_INFINITY);
        }
        readEnd(file);
      } finally {
        file.close();
      }
    },
  };
}

/** A time of 0 is one that was not written. */
function orNull(wallSeconds: number): number | null {
  return wallSeconds === 0 ? null : wallSeconds;
}
