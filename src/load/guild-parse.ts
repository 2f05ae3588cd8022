/** The text of `guild.yml` → models, their operations with flags and profiles, and the `guildhall:` block. */
import type { Warning } from "../run/types.ts";
import { parseGuildhallBlock } from "./guild-block.ts";
import { refuseCircles } from "./guild-circles.ts";
import { extendItem } from "./guild-extends.ts";
import { emptyBlock, type GuildFile } from "./guild-file.ts";
import { includeParts } from "./guild-includes.ts";
import { type Item, type ReadText, readItems } from "./guild-items.ts";
import { parseModel, resourcesOf } from "./guild-model.ts";
import { fillParams } from "./guild-params.ts";
import type { Resources } from "./guild-requires.ts";
import { configKeys } from "./keys/model.ts";
import { checkKeys, field, type Say } from "./yaml-read.ts";
import { failure } from "./yaml-tree.ts";

/**
 * Parses the text of a `guild.yml`.
 *
 * Three shapes: a map of operations; a list of models, configs and files to include; one model as a map. What models extend
 * and include is settled here. Keys of Guild's that mean nothing here become warnings. Throws ToolError `invalid-guild-file`
 * (exit code 2) naming file, line, column and what was expected. An empty file is a project without operations. `read` gives
 * the text of included files.
 */
export function parseGuildFile(text: string, path: string, read: ReadText = () => null): GuildFile {
  const warnings: Warning[] = [];
  const say: Say = ({ file, line }, message) => {
    // What is inherited is read once for each heir.
    if (!warnings.some((known) => known.file === file && known.line === line && known.message === message))
      warnings.push({ file, line, message });
  };
  const items = readItems(text, path, { read, say });
  const file: GuildFile = { path, models: [], guildhall: emptyBlock(), warnings };
  for (const { map } of items) {
    const block = field(map, "guildhall");
    if (block !== null) file.guildhall = parseGuildhallBlock(block, say);
  }
  refuseTwins(items);
  const extended = items.map((item): Item => ({ ...item, map: extendItem(item, items) }));
  for (const { kind, name, map } of extended)
    if (kind === "config") checkKeys(map, { what: `config ${name}`, keys: configKeys, say });
  const models = extended
    .filter(({ kind }) => kind === "model")
    .map((item) => ({ ...item, map: fillParams(includeParts(item.map, extended), say) }));
  const others: Resources = Object.fromEntries(
    models.flatMap(({ name, map }) => Object.entries(resourcesOf(map)).map(([key, tree]) => [`${name ?? ""}:${key}`, tree])),
  );
  file.models = models.map(({ map }) => parseModel(map, { others, say }));
  // The first that has an operation is the one that is meant.
  file.models.sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  refuseCircles(file.models);
  return file;
}

function refuseTwins(items: readonly Item[]): void {
  const models = items.filter(({ kind }) => kind === "model");
  const twin = models.find(({ name }, index) => models.findIndex((other) => other.name === name) !== index);
  if (twin === undefined) return;
  const found = twin.name === null ? "two without a name" : `"${twin.name}" twice`;
  throw failure(twin.map.place, `expected each model once, found ${found}`);
}
