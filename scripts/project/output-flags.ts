/** Flags of a script that say where it writes: what `guild init` leads into the run's own directory. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Larger files are no scripts that a person has written. */
const SCRIPT_BYTES = 1024 * 1024;
const WHERE =
  /^(?:(?:out|output|outputs|log|logs|logging|save|ckpt|checkpoint|checkpoints|model|result|results|tensorboard|tb|exp|experiment|run|work|default[-_]root)[-_]?(?:dir|directory|folder)|out|output[-_]path|save[-_]path|save[-_]to)$/i;

export interface OutputFlags {
  /** As they are typed, without the dashes, in the order of the script. */
  flags: string[];
  /** Settings of the same kind in YAML files beside the script, as `config.yaml: output_dir`. */
  settings: string[];
}

/**
 * Looks for them in the text of a script (argparse, click, typer, absl, Hugging Face's parser) and in YAML files of the folder and
 * of `config`, `configs` and `conf`. Nothing is run. Without a script, or when it cannot be read, there are none.
 */
export function outputFlags(folder: string, script: string | undefined): OutputFlags {
  const text = script === undefined ? "" : readText(join(folder, script));
  const options = [
    ...text.matchAll(/["']--([A-Za-z][\w-]*)["']/g),
    ...text.matchAll(/DEFINE_(?:string|path)\(\s*["'](\w+)["']/g),
  ].map((match) => match[1] ?? "");
  if (/HfArgumentParser|TrlParser/.test(text) && /TrainingArguments|SFTConfig/.test(text)) options.push("output_dir");
  return {
    flags: [...new Set(options.filter((name) => WHERE.test(name)))],
    settings: yamlFiles(folder).flatMap((path) =>
      [...readText(join(folder, path)).matchAll(/^\s*([A-Za-z][\w-]*)\s*:/gm)]
        .map((match) => match[1] ?? "")
        .filter((name) => WHERE.test(name))
        .map((name) => `${path}: ${name}`),
    ),
  };
}

function yamlFiles(folder: string): string[] {
  return ["", "config", "configs", "conf"].flatMap((below) => {
    const path = join(folder, below);
    if (!existsSync(path) || !statSync(path).isDirectory()) return [];
    return readdirSync(path)
      .filter((name) => /^[^.].*\.ya?ml$/.test(name) && name !== "guild.yml")
      .sort()
      .slice(0, 20)
      .map((name) => (below === "" ? name : `${below}/${name}`));
  });
}

function readText(path: string): string {
  try {
    return statSync(path).size > SCRIPT_BYTES ? "" : readFileSync(path, "utf8");
  } catch {
    return ""; // gone, or not ours to read
  }
}
