import type { OpenSource } from "./_contract.ts";
import { openForeignFiles } from "./foreign-files.ts";
import { openOutsideFiles } from "./outside-files.ts";
import { openWrittenFiles } from "./written-files.ts";

/** Every source beside the output, in the order in which they look; the key says in a warning what is meant: "The … are no longer read". */
export const SOURCES: Readonly<Record<string, OpenSource>> = {
  // First: it tells the steps that checkpoints belong to.
  "files with measurements": openForeignFiles,
  "files of the run": openWrittenFiles,
  "files outside the run": openOutsideFiles,
};
