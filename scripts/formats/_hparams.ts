import type { Flags, FlagValue } from "../../src/run/types.ts";
import { fields, text } from "./_protobuf.ts";

const MOST_FLAGS = 1000;

/**
 * The flags in the content of TensorBoard's hparams plugin: what a session was started with. Empty for its other contents (which
 * metrics there are, how a session ended). A whole number is stored as a double there and comes back whole.
 */
export function readHparams(bytes: Buffer, start: number, end: number): Flags {
  const flags = new Map<string, FlagValue>();
  for (const data of fields(bytes, start, end)) {
    if (data.id !== 3 || data.wire !== 2) continue; // HParamsPluginData.session_start_info
    for (const entry of fields(bytes, data.start, data.end)) {
      if (entry.id !== 1 || entry.wire !== 2 || flags.size >= MOST_FLAGS) continue; // SessionStartInfo.hparams
      let name = "";
      let value: FlagValue = null;
      for (const part of fields(bytes, entry.start, entry.end)) {
        if (part.wire !== 2) continue;
        if (part.id === 1) name = text(bytes, part);
        if (part.id === 2) value = readValue(bytes, part.start, part.end, 0);
      }
      if (name !== "") flags.set(name, value);
    }
  }
  return Object.fromEntries(flags);
}

/** google.protobuf.Value. A struct, which a flag cannot be, becomes null; so does what is nested too deep. */
function readValue(bytes: Buffer, start: number, end: number, depth: number): FlagValue {
  for (const field of fields(bytes, start, end)) {
    if (field.id === 2 && field.wire === 1) return bytes.readDoubleLE(field.start);
    if (field.id === 3 && field.wire === 2) return text(bytes, field);
    if (field.id === 4 && field.wire === 0) return field.number !== 0;
    if (field.id === 6 && field.wire === 2 && depth < 8) {
      const list: FlagValue[] = [];
      for (const item of fields(bytes, field.start, field.end)) {
        if (item.id === 1 && item.wire === 2) list.push(readValue(bytes, item.start, item.end, depth + 1));
      }
      return list;
    }
  }
  return null;
}
