import { basename } from "node:path";
import { defineFacts } from "./_contract.ts";
import { mappedFiles } from "./_maps.ts";

/**
 * What a library's file is called, and what it is. Only those of accelerators: what computes on processors comes with the packages,
 * and a program that ends early must not look like another environment.
 */
const LIBRARIES: [RegExp, string][] = [
  [/^libcudart[-.]/, "cuda"],
  [/^libcuda\.so/, "cuda-driver"],
  [/^libcudnn(?:_graph|_ops)?\.so/, "cudnn"],
  [/^libnccl\.so/, "nccl"],
  [/^libcublas\.so/, "cublas"],
  [/^libnvinfer\.so/, "tensorrt"],
  [/^libamdhip64\.so/, "hip"],
  [/^libMIOpen\.so/, "miopen"],
  [/^librccl\.so/, "rccl"],
];

export default defineFacts({
  summary: "What the command has loaded: CUDA, cuDNN and their like, and Python packages by their compiled modules",
  looks: "always",
  async read({ pids, procRoot }) {
    const files = mappedFiles(procRoot, pids());
    return { libraries: librariesAmong(files), imported: importedPackages(files) };
  },
});

/** Name → version, as far as the file's name tells: `12.4.127`, or only `12`. Of several the one that says most. */
export function librariesAmong(files: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of files) {
    const name = basename(path);
    const library = LIBRARIES.find(([pattern]) => pattern.test(name))?.[1];
    if (library === undefined) continue;
    const version =
      /\.so\.(\d[\d.]*)$/.exec(name)?.[1] ?? /-(?:p-r)?(\d[\d.]*\d)(?:-[0-9a-f]+)?\.(?:so|dylib)/.exec(name)?.[1] ?? "";
    const known = found[library];
    if (known === undefined || version.length > known.length) found[library] = version;
  }
  return found;
}

/**
 * Top-level names of Python modules whose compiled parts are in memory, sorted. What is written in Python alone leaves no trace
 * there, so this is a part of what was imported, never all.
 */
export function importedPackages(files: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of files) {
    const inside = /\/(?:site|dist)-packages\/([^/]+)/.exec(path)?.[1];
    if (inside === undefined || inside.endsWith(".libs")) continue;
    const name = inside.replace(/\.(?:cpython|abi3|pypy|so|pyd).*$/, "");
    if (name !== "" && !name.startsWith("_")) found.add(name);
  }
  return [...found].sort();
}
