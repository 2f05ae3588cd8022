#!/bin/sh
":" /*
# A shell reads this as far as "exec"; to Node it is a comment behind a string.
#
# As it starts, Node puts signals that were ignored (nohup; INT in a script's "guild … &") back to what they do by default,
# so it has to be told which they were: by the kernel's bit mask, or where there is none, by trying.
GUILD_SIGIGN=
if [ -r "/proc/$$/status" ]; then
  while read -r name mask; do
    [ "$name" = SigIgn: ] && break
  done <"/proc/$$/status"
  case $mask in *[13579bdf]) GUILD_SIGIGN="SIGHUP" ;; esac
  case $mask in *[2367abef]) GUILD_SIGIGN="$GUILD_SIGIGN SIGINT" ;; esac
  case $mask in *[4567cdef]) GUILD_SIGIGN="$GUILD_SIGIGN SIGQUIT" ;; esac
else
  for signal in HUP INT QUIT; do
    { sh -c "kill -$signal \$\$" && GUILD_SIGIGN="$GUILD_SIGIGN SIG$signal"; } 2>/dev/null
  done
fi
if [ -n "$GUILD_SIGIGN" ]; then export GUILD_SIGIGN; else unset GUILD_SIGIGN; fi
if ! command -v node >/dev/null; then
  echo "guild: Guildhall needs Node 22.12 or newer, and there is no node on your PATH." >&2
  echo "Take Node 24 from https://nodejs.org" >&2
  exit 127
fi
exec node "$0" "$@"
*/
// From here on the first file that runs, on whatever Node there is: nothing is newer than what Node 12 can read, so that an old
// one can say what is wrong instead of failing with a syntax error.
// biome-ignore-start lint/style/useNodejsImportProtocol: Node 12 does not know "node:"
import { existsSync } from "fs";
import * as nodeModule from "module";
import { fileURLToPath } from "url";

// biome-ignore-end lint/style/useNodejsImportProtocol: until here

const own = new URL("../", import.meta.url).href;
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
  if (nodeModule.registerHooks) nodeModule.registerHooks({ resolve: resolveOwn });
  import(installed ? compiled.href : sources.href);
}

/**
 * Where a file of ours names another of ours, that is where it is: looking for it in all the ways that Node knows takes a fifth of
 * the time that a wrapped command waits for us.
 */
function resolveOwn(name, context, next) {
  const extension = name.slice(-3);
  const parent = context.parentURL || "";
  const ours = parent.slice(0, own.length) === own && parent.indexOf("/node_modules/", own.length - 1) < 0;
  if (name.charAt(0) !== "." || !ours || (extension !== ".js" && extension !== ".ts")) return next(name, context);
  const format = extension === ".js" ? "module" : "module-typescript";
  return { url: below(parent, name), format: format, shortCircuit: true };
}

/** `../b.ts` seen from `file:///x/a/c.ts` is `file:///x/b.ts`; names of ours need no more of what URL can do, which is slow. */
function below(parent, name) {
  let folder = parent.slice(0, parent.lastIndexOf("/"));
  let rest = name.slice(0, 2) === "./" ? name.slice(2) : name;
  while (rest.slice(0, 3) === "../") {
    folder = folder.slice(0, folder.lastIndexOf("/"));
    rest = rest.slice(3);
  }
  return folder + "/" + rest;
}
