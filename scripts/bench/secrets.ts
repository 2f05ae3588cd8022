/** How many of 200 planted secrets become public. */
import { spawnSync } from "node:child_process";
import { defineFigure } from "./_contract.ts";
import { leaks, plantSecrets } from "./planted-secrets.ts";
import { guild, withFolder } from "./project.ts";

export default defineFigure({
  method:
    "`planted-secrets.ts` makes a project with 200 made-up secrets: variables, arguments in every spelling, flags, label and tag, " +
    "remotes, uncommitted changes, and output in many forms, some cut in two by colours or writings. Two runs are recorded, the site " +
    "is built, and the names and bytes of all files in `content/` and `dist/` are searched for each of them. The words that only look like secrets are searched for, too.",
  measure: () =>
    withFolder(async (root) => {
      const { secrets, innocent, env, commands } = plantSecrets(root);
      for (const words of [...commands, ["build"]]) {
        const [program = "", ...before] = guild;
        const { status, stderr } = spawnSync(program, [...before, ...words], {
          cwd: root,
          env: { ...process.env, ...env },
          encoding: "utf8",
        });
        if (status !== 0) throw new Error(`guild ${words[0]} failed:\n${stderr}`);
      }
      const leaked = leaks(root, ["content", "dist"], secrets);
      const kept = innocent.filter((value) => {
        const found = leaks(root, ["content"], [{ where: "output", form: "…", value }]);
        return found.length > 0;
      });
      return [
        {
          what: `planted secrets of ${secrets.length} that stand in \`content/\` or \`dist/\``,
          measured: String(leaked.length),
          limit: "0",
          within: leaked.length === 0,
        },
        {
          what: `innocent lines and words of ${innocent.length} that were taken out with them`,
          measured: String(innocent.length - kept.length),
          limit: "0",
          within: kept.length === innocent.length,
        },
      ];
    }),
});
