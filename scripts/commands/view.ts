import { ToolError } from "../../src/run/error.ts";
import { refuseWords, textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { openProject } from "./_record.ts";

export default defineCommand({
  group: "look",
  summary: "Open the site of this project, live while runs go on",
  usage: ["view [--port <number>] [--host <name>] [--no-open]"],
  examples: ["guild view", "guild view --port 8080 --no-open"],
  options: {
    port: { type: "number", value: "number", description: "where to listen; 4321, or the next free one, without it" },
    host: { type: "string", value: "name", description: "for whom to listen; only this machine without it" },
    "no-open": { type: "boolean", description: "do not open the browser; it is opened only on a terminal" },
  },
  async run({ options, words, rest }, shell) {
    refuseWords([...words, ...(rest ?? [])], "view");
    const { root } = await openProject(shell);
    const { port } = options;
    if (typeof port === "number" && !(Number.isInteger(port) && port >= 0 && port <= 65535)) {
      throw new ToolError("invalid-option", `Option --port needs a number from 0 to 65535, found ${port}`, { exitCode: 2 });
    }
    const { view } = await import("../site/view.ts");
    return view({
      root,
      host: textOption(options, "host") ?? "127.0.0.1",
      port: typeof port === "number" ? port : null,
      open: options["no-open"] !== true && shell.stdout.isTTY === true,
      shell,
    });
  },
});
