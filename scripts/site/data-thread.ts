/**
 * Writes the data files of a build in a thread of its own: thousands of small files that have nothing to do with the pages.
 * Run by `writeDataBeside`; this file is also what runs in the thread.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { globSync } from "glob";
import { type DataFile, dataFiles } from "./data-files.ts";
import { packageDir } from "./package-dir.ts";
import { writeData } from "./write-data.ts";

interface Job {
  root: string;
  outDir: string;
}

export interface DataThread {
  /** Resolves to the paths of all data files when they are written; rejects with the first error. */
  written: Promise<string[]>;
  /** Resolves when nothing is being written any more. */
  stop(): Promise<unknown>;
}

/** Starts to write every data file of the project and our own public files into `outDir`. */
export function writeDataBeside(job: Job): DataThread {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: job });
  const written = new Promise<string[]>((done, failed) => {
    worker.once("message", done);
    worker.once("error", failed);
  });
  return { written, stop: () => worker.terminate() };
}

/** Our own public files (emblem, icons). */
function ownPublicFiles(): DataFile[] {
  const cwd = join(packageDir, "public");
  return globSync("**/*", { cwd, nodir: true, posix: true, dot: true }).map((path) => ({ path, copyOf: join(cwd, path) }));
}

if (!isMainThread && parentPort !== null) {
  const { root, outDir } = workerData as Job; // given by writeDataBeside above
  parentPort.postMessage(writeData([...ownPublicFiles(), ...dataFiles(root)], outDir));
}
