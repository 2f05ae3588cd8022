/** INI and cfg files as text: values by `section.key`, and one value set with everything else left as it is. */
import type { FlagValue } from "../../../src/run/types.ts";
import type { ConfigEntry } from "./config-file.ts";

interface IniLine {
  /** Counted from 0. */
  at: number;
  section: string;
  key: string;
  value: string;
  /** Everything up to the value. */
  head: string;
}

/** Keys in front of a section, and those of `[DEFAULT]`, have no section in their name. Numbers and switches as Python's ConfigParser reads them. */
export function iniEntries(text: string): ConfigEntry[] {
  return iniLines(text).map(({ at, section, key, value }) => ({
    name: nameOf(section, key),
    value: typed(value),
    line: at + 1,
  }));
}

/** Replaces the value where the key stands, adds the key at the end of its section, or the section at the end of the text. */
export function withIniValue(text: string, name: string, value: FlagValue): string {
  const lines = text.split(/\r?\n/);
  const found = iniLines(text).find(({ section, key }) => nameOf(section, key) === name);
  const shown = textOf(value);
  if (found !== undefined) {
    lines[found.at] = `${found.head}${shown}`;
    // A value may go on in indented lines below.
    while (/^\s+[^\s#;]/.test(lines[found.at + 1] ?? "")) lines.splice(found.at + 1, 1);
    return lines.join("\n");
  }
  const dot = name.indexOf(".");
  const [section, key] = dot < 0 ? ["DEFAULT", name] : [name.slice(0, dot), name.slice(dot + 1)];
  const start = lines.findIndex((line) => line.trim() === `[${section}]`);
  if (start < 0) return `${text.replace(/\n*$/, "\n")}\n[${section}]\n${key} = ${shown}\n`;
  let end = start + 1;
  while (end < lines.length && !/^\[/.test(lines[end] ?? "") && (lines[end] ?? "").trim() !== "") end += 1;
  lines.splice(end, 0, `${key} = ${shown}`);
  return lines.join("\n");
}

function iniLines(text: string): IniLine[] {
  const found: IniLine[] = [];
  let section = "DEFAULT";
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const header = /^\[([^\]]+)\]/.exec(line);
    if (header !== null) section = header[1] ?? section;
    const entry = /^([^\s#;[][^=:]*?)(\s*[=:]\s*)(.*)$/.exec(line);
    if (header !== null || entry === null) continue;
    const [, key = "", between = "", value = ""] = entry;
    found.push({ at, section, key: key.toLowerCase(), value: value.trim(), head: `${key}${between}` });
  }
  return found;
}

function nameOf(section: string, key: string): string {
  return section === "DEFAULT" ? key : `${section}.${key}`;
}

function typed(text: string): FlagValue {
  if (/^[-+]?\d+$/.test(text) || /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (/^(?:yes|true|on)$/i.test(text)) return true;
  return /^(?:no|false|off)$/i.test(text) ? false : text;
}

function textOf(value: FlagValue): string {
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  return value === null ? "" : value === true ? "true" : value === false ? "false" : String(value);
}
