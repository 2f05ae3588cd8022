import { refuseWords, textOption } from "./_arguments.ts";
import { defineCommand } from "./_contract.ts";
import { openProject } from "./_record.ts";

export default defineCommand({
  group: "look",
  summary: "Build the site as files that any host can serve",
  usage: ["build [--out <folder>] [--base <path>]"],
  examples: ["guild build", "guild build --base /digits/ --out public-site"],
  options: {
    out: { type: "string", short: "o", value: "folder", description: "where to; dist in the project without it" },
    base: {
      type: "string",
      value: "path",
      description: "path under which it will be served; from site: of guild.yml without it",
    },
  },
  async run({ options, words, rest }, shell) {
    refuseWords([...words, ...(rest ?? [])], "build");
    const { root } = await openProject(shell);
    const { build } = await import("../site/build.ts");
    const base = textOption(options, "base");
    return build({ root, outDir: textOption(options, "out") ?? "dist", ...(base === null ? {} : { base }), shell });
  },
});
