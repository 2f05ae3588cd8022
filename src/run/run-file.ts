import { parseDerived } from "./derived-file.ts";
import { jsonText } from "./json-text.ts";
import { encodeNumber } from "./numbers.ts";
import {
  boolean,
  checkSchema,
  finite,
  invalid,
  isObject,
  list,
  mapValues,
  number,
  object,
  oneOf,
  orElse,
  orNull,
  type RawObject,
  text,
  textList,
  textMap,
} from "./shape.ts";
import type { CodeState, Flags, FlagValue, Run, RunFile, ScalarSummary, StepValue } from "./types.ts";
import { parseUnit } from "./unit-names.ts";

const STATUSES = ["pending", "running", "completed", "error", "terminated", "lost"] as const;
/** Where scalars come from, the most trusted first: of a tag that several tell, the first in this list wins. */
export const SCALAR_SOURCES = ["rule", "events", "file", "out"] as const;

/**
 * Reads `run.json`. Keys that this version does not know stay on the object and are written again by `formatRun`;
 * absent optional keys get their empty value. `starred` and `hidden` are a person's and start as false.
 * Throws ToolError `invalid-run-file` with the key and value that is wrong, `newer-schema` for a newer format.
 */
export function parseRun(raw: unknown): Run {
  const run = object(raw, "run.json");
  checkSchema(run, "run.json");
  return {
    ...run,
    schema: 1,
    id: text(run.id, "id"),
    operation: text(run.operation, "operation"),
    model: orNull(run.model, "model", text),
    command: textList(run.command, "command"),
    flags: orElse(run.flags, "flags", parseFlags, {}),
    label: orNull(run.label, "label", text),
    tags: orElse(run.tags, "tags", textList, []),
    status: oneOf(run.status, STATUSES, "status"),
    exitCode: orNull(run.exitCode, "exitCode", finite),
    signal: orNull(run.signal, "signal", text),
    started: instant(run.started, "started"),
    stopped: orNull(run.stopped, "stopped", instant),
    durationSeconds: orNull(run.durationSeconds, "durationSeconds", finite),
    scalars: orElse(run.scalars, "scalars", parseSummaries, {}),
    system: orElse(run.system, "system", parseSummaries, {}),
    derived: orNull(run.derived, "derived", parseDerived),
    environment: orNull(run.environment, "environment", text),
    ...(run.imported === undefined ? {} : { imported: textList(run.imported, "imported") }),
    code: orElse(run.code, "code", parseCode, { commit: null, branch: null, dirty: null, digest: null }),
    data: orNull(run.data, "data", parseData),
    files: orElse(run.files, "files", parseFiles, []),
    outside: orElse(run.outside, "outside", textList, []),
    parents: orElse(run.parents, "parents", textMap, {}),
    sweep: orNull(run.sweep, "sweep", text),
    updated: instant(run.updated, "updated"),
    intervalSeconds: finite(run.intervalSeconds, "intervalSeconds"),
    source: parseSource(run.source),
    ...(run.notRead === undefined ? {} : { notRead: mapValues(object(run.notRead, "notRead"), finite) }),
    ...(run.linesNotSearched === undefined ? {} : { linesNotSearched: finite(run.linesNotSearched, "linesNotSearched") }),
    starred: false,
    hidden: false,
  };
}

/** The text of `run.json`: keys in the order of the documentation, unknown keys after them, `starred` and `hidden` left out. */
export function formatRun(run: Run): string {
  const { starred: _starred, hidden: _hidden, ...kept } = run;
  return jsonText({ ...kept, scalars: mapValues(run.scalars, rawSummary), system: mapValues(run.system, rawSummary) }, 2);
}

/** A summary as it stands on disk. */
export function rawSummary(summary: ScalarSummary): RawObject {
  return {
    ...summary,
    first: rawStepValue(summary.first),
    last: rawStepValue(summary.last),
    min: summary.min && rawStepValue(summary.min),
    max: summary.max && rawStepValue(summary.max),
    mean: summary.mean === null ? null : encodeNumber(summary.mean),
  };
}

function rawStepValue(point: StepValue): RawObject {
  return { step: encodeNumber(point.step), value: encodeNumber(point.value) };
}

function parseSummaries(raw: unknown, key: string): Record<string, ScalarSummary> {
  return mapValues(object(raw, key), (summary, tag) => parseSummary(summary, `${key}.${tag}`));
}

function parseSummary(raw: unknown, key: string): ScalarSummary {
  const summary = object(raw, key);
  return {
    ...summary,
    count: finite(summary.count, `${key}.count`),
    first: parseStepValue(summary.first, `${key}.first`),
    last: parseStepValue(summary.last, `${key}.last`),
    min: orNull(summary.min, `${key}.min`, parseStepValue),
    max: orNull(summary.max, `${key}.max`, parseStepValue),
    mean: orNull(summary.mean, `${key}.mean`, number),
    nonFinite: orElse(summary.nonFinite, `${key}.nonFinite`, finite, 0),
    unit: parseUnit(summary.unit),
    source: orElse(summary.source, `${key}.source`, (value, at) => oneOf(value, SCALAR_SOURCES, at), "out"),
  };
}

function parseStepValue(raw: unknown, key: string): StepValue {
  const point = object(raw, key);
  return { step: number(point.step, `${key}.step`), value: number(point.value, `${key}.value`) };
}

function parseFlags(raw: unknown, key: string): Flags {
  return mapValues(object(raw, key), (value, name) => parseFlagValue(value, `${key}.${name}`));
}

function parseFlagValue(raw: unknown, key: string): FlagValue {
  if (Array.isArray(raw)) return raw.map((item, index) => parseFlagValue(item, `${key}[${index}]`));
  if (raw === null || typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean") return raw;
  throw invalid("text, a number, true, false, null or a list", key, raw);
}

function parseCode(raw: unknown, key: string): CodeState {
  const code = object(raw, key);
  return {
    ...code,
    commit: orNull(code.commit, `${key}.commit`, text),
    branch: orNull(code.branch, `${key}.branch`, text),
    dirty: orNull(code.dirty, `${key}.dirty`, boolean),
    digest: orNull(code.digest, `${key}.digest`, text),
  };
}

function parseData(raw: unknown, key: string): { digest: string; sources: string[] } {
  const data = object(raw, key);
  return { ...data, digest: text(data.digest, `${key}.digest`), sources: textList(data.sources, `${key}.sources`) };
}

function parseFiles(raw: unknown, key: string): RunFile[] {
  return list(raw, key).map((item, index) => {
    const file = object(item, `${key}[${index}]`);
    const { path, bytes, sha256 } = file;
    return {
      ...file,
      path: text(path, `${key}[${index}].path`),
      bytes: finite(bytes, `${key}[${index}].bytes`),
      ...(sha256 === undefined ? {} : { sha256: text(sha256, `${key}[${index}].sha256`) }),
    };
  });
}

function parseSource(raw: unknown): { kind: string } {
  return isObject(raw) ? { ...raw, kind: text(raw.kind, "source.kind") } : { kind: "record" };
}

/** UTC ISO-8601, as `Date` writes it. */
function instant(raw: unknown, key: string): string {
  const written = text(raw, key);
  if (!Number.isFinite(Date.parse(written))) throw invalid("a time such as 2026-11-23T19:01:19.000Z", key, raw);
  return written;
}
