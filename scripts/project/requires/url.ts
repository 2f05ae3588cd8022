import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Requirement } from "../../../src/load/requirement-spec.ts";
import { ToolError } from "../../../src/run/error.ts";
import { expandReferences } from "../references.ts";
import { shownAddress } from "./address.ts";
import { isArchive } from "./archive-kind.ts";
import { unpackedSources } from "./file.ts";
import type { RequiresContext } from "./find.ts";
import type { Found, Obtained } from "./found.ts";
import { missingFile } from "./missing.ts";
import { badSha256, sha256Of } from "./sha256.ts";

/**
 * `url: https://…`: a file that is downloaded once for the project, checked, and unpacked where it is an archive. A `file:` address is
 * read where it lies. Throws ToolError `invalid-address`, `missing-requirement` (exit code 2); a file that was chosen instead has to be there.
 */
export function findUrl(requirement: Requirement, context: RequiresContext): Found {
  const { root, scope, choices } = context;
  const [chosen] = choices.get(requirement) ?? [];
  if (chosen !== undefined && !existsSync(resolve(root, chosen))) throw missingFile(chosen, requirement);
  const address = addressOf(expandReferences(requirement.target, scope, "requires"), requirement);
  return {
    requirement,
    scope,
    name: chosen ?? shownAddress(address),
    shown: chosen ?? shownAddress(address),
    moves: true,
    parents: {},
    async obtain(effects) {
      const path = chosen === undefined ? await fetched(address, requirement, root, effects.say) : resolve(root, chosen);
      if (requirement.unpack !== false && isArchive(path)) {
        return { ...(await unpackedSources(path, requirement, context, effects.say)), warnings: [] };
      }
      return whole(path);
    },
  };
}

function whole(path: string): Obtained {
  return { sources: [{ path, folder: "", inPlace: false }], written: [], warnings: [] };
}

function addressOf(written: string, { place }: Requirement): URL {
  const address = URL.canParse(written) ? new URL(written) : null;
  if (address !== null && ["http:", "https:", "file:"].includes(address.protocol)) return address;
  throw new ToolError("invalid-address", `Expected an address that begins with https:// for a required file, found ${written}`, {
    hint: `${place.file}:${place.line}: a file of the project is required with {file: PATH}.`,
    exitCode: 2,
  });
}

async function fetched(address: URL, requirement: Requirement, root: string, say: (line: string) => void): Promise<string> {
  if (address.protocol !== "file:") {
    const { downloaded } = await import("./download.ts");
    return downloaded(address, requirement, root, say);
  }
  const path = fileURLToPath(address);
  if (!existsSync(path)) throw missingFile(path, requirement);
  const actual = requirement.sha256 === null ? null : await sha256Of(path);
  if (actual !== requirement.sha256) throw badSha256(address.href, actual ?? "", requirement);
  return path;
}
