import { stat } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { readText } from "./_cgroup.ts";
import { defineFacts, type FactsContext } from "./_contract.ts";

/** So many words of a command are tried as paths. */
const MOST_WORDS = 64;

export default defineFacts({
  summary: "Storage: kinds of the file systems that hold the project and the data that the command names",
  looks: "once",
  async read(context) {
    const mounts = mountsOf(context.procRoot);
    if (mounts.length === 0) return { absent: { storage: "the list of mounts cannot be read" } };
    const data = await namedPaths(context);
    const kinds = new Set(data.map((path) => kindAt(path, mounts)).filter((kind) => kind !== null));
    const project = kindAt(context.cwd, mounts);
    return {
      storage: {
        ...(project === null ? {} : { project }),
        ...(kinds.size === 0 ? {} : { data: [...kinds].sort().join(", ") }),
      },
    };
  },
});

interface Mount {
  point: string;
  /** `ext4`, `nfs4`, `overlay`. */
  kind: string;
}

/** Mounts in their order. What is mounted from where is not kept: it names machines. */
function mountsOf(procRoot: string): Mount[] {
  return (readText(join(procRoot, "self", "mountinfo")) ?? "").split("\n").flatMap((line) => {
    const [before = "", after = ""] = line.split(" - ");
    const point = before.split(" ")[4];
    const kind = after.split(" ")[0];
    if (!point || !kind) return [];
    return [
      { point: point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))), kind },
    ];
  });
}

/** The kind of the longest mount that a path lies in; of two at one place the later one, which hides the other. */
function kindAt(path: string, mounts: readonly Mount[]): string | null {
  let best: Mount | null = null;
  for (const mount of mounts) {
    const inside = mount.point === "/" || path === mount.point || path.startsWith(`${mount.point}/`);
    if (inside && (best === null || mount.point.length >= best.point.length)) best = mount;
  }
  return best?.kind ?? null;
}

/** Words of the command (also behind `=`) that name something outside of the project. Asked without waiting for a hung mount. */
async function namedPaths({ command, cwd }: FactsContext): Promise<string[]> {
  const words = command.slice(1, MOST_WORDS).map((word) => word.slice(word.indexOf("=") + 1));
  const paths = words
    .filter((word) => word.length < 4096 && (isAbsolute(word) || word.startsWith("../")))
    .map((word) => resolve(cwd, word));
  const outside = paths.filter((path) => !path.startsWith(`${cwd}/`) && !/^\/(?:usr|bin|lib|opt|dev|proc|sys)\//.test(path));
  const there = await Promise.all(
    outside.map((path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return outside.filter((_, at) => there[at]);
}
