#!/usr/bin/env node
// The first file that runs, on whatever Node there is: nothing here is newer than what Node 12 can read, so that an old
// one can say what is wrong instead of failing with a syntax error.
// biome-ignore-start lint/style/useNodejsImportProtocol: Node 12 does not know "node:"
import { existsSync } from "fs";
import * as nodeModule from "module";
import { fileURLToPath } from "url";

// biome-ignore-end lint/style/useNodejsImportProtocol: until here

const wanted = [22, 12];
const found = process.versions.node.split(".").map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  process.stderr.write(
    "guild: Guildhall needs Node " +
      wanted.join(".") +
      " or newer; this is Node " +
      process.versions.node +
      ".\n" +
      "Type: npm install --global node@24   (or take Node 24 from https://nodejs.org)\n",
  );
  process.exitCode = 1;
} else start();

function start() {
  const sources = new URL("./guild.ts", import.meta.url);
  const compiled = new URL("../lib/scripts/guild.js", import.meta.url);
  // A checkout runs its sources, even when an old lib/ lies beside them. Node does not run TypeScript under node_modules.
  const installed = /[\\/]node_modules[\\/]/.test(fileURLToPath(import.meta.url)) || !existsSync(fileURLToPath(sources));
  if (!installed && !process.features.typescript) {
    process.stderr.write(
      "guild: Node " +
        process.versions.node +
        " does not run TypeScript, and this is a checkout of Guildhall's sources.\n" +
        "Type: npm run guild -- " +
        process.argv.slice(2).join(" ") +
        "\n",
    );
    process.exitCode = 1;
    return;
  }
  if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();
  import(installed ? compiled.href : sources.href);
}
