import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";
import { commandNames, loadCommand } from "./_catalog.ts";
import { type Command, defineCommand } from "./_contract.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

export default defineCommand({
  group: "project",
  summary: "Print what teaches a shell to complete guild's words",
  usage: ["completion bash|zsh|fish"],
  examples: ["guild completion bash >> ~/.bashrc", "guild completion fish > ~/.config/fish/completions/guild.fish"],
  options: {},
  async run({ words, rest }, shell) {
    const [typed, ...others] = [...words, ...(rest ?? [])];
    const wanted = SHELLS.find((each) => each === typed);
    if (wanted === undefined || others.length > 0) throw unknownShell(others[0] ?? typed);
    const { completionScript } = await import("./_completion-scripts.ts");
    const names = commandNames();
    const commands = await Promise.all(names.map(loadCommand));
    const all: Record<string, Command> = Object.fromEntries(names.map((name, at) => [name, commands[at]!]));
    shell.stdout.write(completionScript(wanted, all));
    return 0;
  },
});

function unknownShell(typed: string | undefined): ToolError {
  const near = typed === undefined ? null : nearest(typed, SHELLS);
  return new ToolError(
    "unknown-shell",
    `Expected bash, zsh or fish after guild completion${typed === undefined ? "" : `, found ${JSON.stringify(typed)}`}`,
    {
      hint: near === null ? "For example: source <(guild completion bash)" : `Did you mean "${near}"?`,
      exitCode: 2,
    },
  );
}
