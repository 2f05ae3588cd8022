import { boolean, object, orElse, orNull, text, textList } from "./shape.ts";
import type { Run } from "./types.ts";

/** A person's words about a run, from `edits.yml`. A key that is not there changes nothing. */
export interface Edits {
  label?: string | null;
  tags?: string[];
  starred?: boolean;
  hidden?: boolean;
}

/**
 * Reads the parsed content of `edits.yml`. An empty file (null) is no edits; a single tag may stand without a list.
 * Throws ToolError `invalid-run-file` with the key that is wrong.
 */
export function parseEdits(raw: unknown): Edits {
  if (raw === null || raw === undefined) return {};
  const edits = object(raw, "edits.yml");
  return {
    ...("label" in edits ? { label: orNull(edits.label, "label", text) } : {}),
    ...("tags" in edits ? { tags: parseTags(edits.tags) } : {}),
    ...("starred" in edits ? { starred: orElse(edits.starred, "starred", boolean, false) } : {}),
    ...("hidden" in edits ? { hidden: orElse(edits.hidden, "hidden", boolean, false) } : {}),
  };
}

function parseTags(raw: unknown): string[] {
  if (raw === null || raw === undefined) return [];
  return typeof raw === "string" ? [raw] : textList(raw, "tags");
}

/** Lays a person's edits over a run; what they say wins. */
export function applyEdits(run: Run, edits: Edits): Run {
  return { ...run, ...edits };
}
