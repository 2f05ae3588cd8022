/** The `guild.yml` that `guild init` writes: short, true for the folder, and explained where it stands. */
import type { Look } from "./look.ts";
import type { OutputFlags } from "./output-flags.ts";

const DESCRIPTIONS = { prepare: "Make the data ready", train: "Train the model", evaluate: "Measure what the latest train left" };

/** The file's text. Without a training script the operation stands there as a comment. */
export function starterGuildFile({ scripts, name, github, outputs }: Look): string {
  const operations = (["prepare", "train", "evaluate"] as const).flatMap((operation) => {
    const script = scripts[operation];
    if (script !== undefined) return operationLines(operation, script, outputs);
    return operation === "train" ? operationLines("train", "train.py", outputs).map(commented) : [];
  });
  const [owner = "", repository = ""] = github?.split("/") ?? ["you", name];
  return [
    "# What this project can run, and what its site says about it. It runs in this directory; RUN_DIR is where a run",
    "# may leave its files. Any other command is recorded with: guild run -- COMMAND",
    "",
    ...operations,
    "guildhall:",
    `  name: ${yamlText(name)}`,
    `  # site: ${siteOf(owner, repository)}   # where it will be served`,
    "  # metrics:                      # what is better; names as the program prints them",
    "  #   val/acc: {goal: max, unit: ratio, primary: true}",
    "  #   val/loss: {goal: min}",
    "  # nuisance: [seed]              # flags that make no other group: their runs are averaged",
    "  # data: [data/*.csv]            # files whose content names the data of a run",
    "  # outputs: [checkpoints/**]     # files that a run keeps a copy of when it has changed them",
    "",
  ].join("\n");
}

function operationLines(operation: keyof typeof DESCRIPTIONS, script: string, outputs: OutputFlags): string[] {
  const lines = [
    `${operation}:                            # guild ${operation}`,
    `  description: ${DESCRIPTIONS[operation]}`,
    `  main: ${yamlText(script)}`,
  ];
  if (operation === "train") {
    lines.push(
      ...flagLines(outputs),
      "  #   lr: {default: 0.1, min: 0, max: 1, description: learning rate}",
      "  #   epochs: 10",
      "  # profiles:                     # chosen with: guild train -p quick",
      "  #   quick: {epochs: 1}",
      "  # requires:                     # what must be there first",
      "  #   - file: data",
    );
  }
  if (operation === "evaluate") lines.push("  # The directory of the run to evaluate stands in PARENT_RUN_DIR.");
  return [...lines, ""];
}

/** Flags that say where the script writes lead into the run's own directory, so that no run overwrites another. */
function flagLines({ flags, settings }: OutputFlags): string[] {
  const lines =
    flags.length === 0
      ? ["  # flags:                        # passed as --lr 0.1; changed with: guild train lr=0.01"]
      : [
          "  flags:                          # passed as --lr 0.1; changed with: guild train lr=0.01",
          ...flags.map((flag) => `${`    ${flag}: \${RUN_DIR}`.padEnd(33)} # each run leaves its files in its own directory`),
        ];
  const said = settings
    .slice(0, 5)
    .map((setting) => `  # ${setting} says where it writes: let it be what the variable RUN_DIR says`);
  return [...said, ...lines];
}

/** A comment line stays one: `# # flags`. */
function commented(line: string): string {
  return line === "" ? "" : `# ${line}`;
}

function siteOf(owner: string, repository: string): string {
  const host = `https://${owner.toLowerCase()}.github.io`;
  return repository.toLowerCase() === `${owner.toLowerCase()}.github.io` ? host : `${host}/${repository}`;
}

/** Plain where YAML reads it as the same text. */
function yamlText(text: string): string {
  return /^[A-Za-z][\w./ -]*$/.test(text) && !/^(?:yes|no|true|false|null|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text);
}
