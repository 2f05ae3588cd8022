import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lookAt } from "../../../scripts/project/look.ts";
import { outputFlags } from "../../../scripts/project/output-flags.ts";
import { starterGuildFile } from "../../../scripts/project/starter-guild-file.ts";
import { parseGuildFile } from "../../../src/load/guild-parse.ts";

const test = suite("output-flags");
const folder = mkdtempSync(join(tmpdir(), "guild-flags-"));
test.after(() => rmSync(folder, { recursive: true }));
test.before.each(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});

function flagsOf(text: string): string[] {
  writeFileSync(join(folder, "train.py"), text);
  return outputFlags(folder, "train.py").flags;
}

test("argparse, click, absl and Hugging Face's parser: flags that say where to write, as they are typed", () => {
  assert.equal(
    flagsOf(`
parser.add_argument("-o", "--output-dir", default="out")
parser.add_argument('--logdir'); parser.add_argument("--lr"); parser.add_argument("--data_dir"); parser.add_argument("--log-level")
@click.option("--save_dir", type=str)
flags.DEFINE_string("checkpoint_dir", None, "")
parser.add_argument("--output-dir")
`),
    ["output-dir", "logdir", "save_dir", "checkpoint_dir"],
  );
  assert.equal(flagsOf("HfArgumentParser((ModelArguments, TrainingArguments))"), ["output_dir"]);
  assert.equal(flagsOf("print(1)"), []);
  assert.equal(outputFlags(folder, undefined), { flags: [], settings: [] });
  assert.equal(outputFlags(folder, "gone.py").flags, []);
});

test("settings in YAML files are named with their file", () => {
  mkdirSync(join(folder, "configs"));
  writeFileSync(join(folder, "configs", "base.yaml"), "lr: 0.1\ntrainer:\n  default_root_dir: ./x\n");
  writeFileSync(join(folder, "guild.yml"), "train:\n  flags: {logdir: x}\n");
  assert.equal(outputFlags(folder, undefined).settings, ["configs/base.yaml: default_root_dir"]);
});

test("guild init leads them into RUN_DIR, in a file that reads back", () => {
  writeFileSync(join(folder, "train.py"), 'p.add_argument("--output_dir")\np.add_argument("--tb-dir")\n');
  writeFileSync(join(folder, "config.yaml"), "save_dir: x\n");
  const text = starterGuildFile(lookAt(folder));
  const { models } = parseGuildFile(text, "guild.yml");
  const { flags } = models[0]!.operations.train!;
  assert.equal(
    Object.entries(flags).map(([name, spec]) => [name, spec.default]),
    [
      ["output_dir", "${RUN_DIR}"],
      ["tb-dir", "${RUN_DIR}"],
    ],
  );
  assert.match(text, "# config.yaml: save_dir says where it writes");
});

test.run();
