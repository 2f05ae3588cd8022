import { basename, dirname, sep } from "node:path";
import { ToolError } from "../../src/run/error.ts";
import { defineImporter, type Imported } from "./_contract.ts";
import { isEventFile, logLines, readEventTree } from "./_event-folders.ts";
import { findFolders } from "./_folders.ts";

/** Folders that say which part of the data was measured: Keras writes one run as `train` and `validation`. */
const PART = /^(?:train|training|validation|valid|val|test|testing|eval|evaluation|dev)$/i;

/** Log directories of TensorBoard: a run is a folder with event files, and what lies in the folders below it. */
export default defineImporter({
  summary: "Log directories of TensorBoard: folders with event files",
  find(folder) {
    const holding = findFolders(folder, (path, names) => basename(path) !== ".guild" && names.some(isEventFile), true);
    const roots = new Set(holding.map((place) => (PART.test(basename(place)) && place !== folder ? dirname(place) : place)));
    return [...roots].filter((root) => ![...roots].some((other) => root.startsWith(`${other}${sep}`)));
  },
  async read(place, { operation }): Promise<Imported> {
    const tree = readEventTree(place);
    if (tree.first === null || tree.last === null) {
      throw new ToolError("no-scalars", `${place} has event files, and no numbers in them`);
    }
    const startedMs = Math.floor(tree.first * 1000);
    return {
      key: `tensorboard:${basename(place)}:${tree.first}`,
      made: new Date(startedMs).toISOString(),
      originalId: basename(place),
      run: {
        operation,
        model: null,
        command: [],
        flags: tree.flags,
        label: basename(place),
        tags: [],
        // Event files do not tell how a program ended.
        status: "completed",
        exitCode: null,
        signal: null,
        started: new Date(startedMs).toISOString(),
        stopped: new Date(tree.last * 1000).toISOString(),
      },
      parents: {},
      sweep: null,
      pid: null,
      ...logLines(tree, startedMs),
      events: [],
      output: null,
      notes: [],
      starred: false,
      files: { folder: place, paths: [] },
      variables: {},
      warnings: tree.damaged,
    };
  },
});
