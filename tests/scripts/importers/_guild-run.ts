/** Run directories as Guild AI leaves them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TestProject } from "../_project.ts";
import { record, scalar } from "../formats/_event-bytes.ts";

export interface GuildRun {
  /** YAML by the name of the attribute. */
  attrs: Record<string, string>;
  opref: string;
  /** Tag, step, value: what Guild has read off the output. */
  points?: [tag: string, step: number, value: number][];
  output?: string;
  /** Further files of the run, by path. */
  files?: Record<string, string>;
}

/** Makes `home/runs/<id>` in the project, and gives back where it is; a line of output came every 100 ms. */
export function guildRun(
  { root, write }: TestProject,
  id: string,
  { attrs, opref, points = [], output = "", files = {} }: GuildRun,
): string {
  const folder = `home/runs/${id}`;
  write(`${folder}/.guild/opref`, `${opref}\n`);
  for (const [name, text] of Object.entries({ id, ...attrs })) write(`${folder}/.guild/attrs/${name}`, `${text}\n`);
  for (const [path, text] of Object.entries(files)) write(`${folder}/${path}`, text);
  write(`${folder}/.guild/output`, output);
  const started = BigInt(Math.floor(Number(attrs.started ?? 0) / 1000));
  const index = output
    .split("\n")
    .slice(0, -1)
    .map((_, at) => {
      const line = Buffer.alloc(9);
      line.writeBigUInt64BE(started + BigInt(100 * (at + 1)));
      return line;
    });
  bytes(join(root, folder, ".guild/output.index"), Buffer.concat(index));
  if (points.length > 0) eventFile(join(root, folder, ".guild/events.out.tfevents.1795478913.host.1.1"), points);
  return join(root, folder);
}

export function eventFile(path: string, points: readonly [tag: string, step: number, value: number][]): void {
  bytes(path, Buffer.concat(points.map(([tag, step, value]) => record(scalar(tag, step, value)))));
}

export function bytes(path: string, data: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, data);
}
