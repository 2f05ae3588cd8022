/** Which tag a file's own tag becomes: a logger makes sub-runs by folders, and a run has one list of tags. */

/** Folders and files with these names say which part of the data was measured, and stay in the tag. */
const PARTS = /^(?:train|training|validation|valid|val|test|testing|eval|evaluation|dev)$/i;
/** File names that say nothing. */
const PLAIN_STEMS =
  /^(?:metrics?|logs?|training|history|results?|progress|scalars?|stats|statistics|trainer_state|output|train(?:ing)?[-_]?(?:log|history|metrics)s?)$/i;
/** Folders that stand for a time or a number, as torch's hparams writer makes them. */
const NUMBER = /^\d+(?:\.\d+)?$/;

export interface TagFolders {
  /** Claims a place for a file, its path relative to `base` with forward slashes. What lies in another base is never below it. */
  place(path: string, format: string, base?: string): TagPlace;
}

export interface TagPlace {
  /** The folder whose files tell one history together. */
  folder: string;
  /** From the file's own tags to the run's. */
  tagOf(tag: string): string;
  /** The file tells the run's flags: its folder is a way to store them, and no part of the tags. */
  unfold(): void;
}

/**
 * The rule, in the order in which it is tried. `R` is a folder in which such files are already:
 *
 * 1. in R itself: the same prefix as there;
 * 2. below R: the folders between (`R/validation` → `validation/loss`); `R/loss_a` with the tag `loss`, as `add_scalars` makes it, → `loss/a`;
 * 3. a folder named for a part of the data (`logs/train`): that name is the prefix, and what is above it is R;
 * 4. the first folder of all: no prefix, however deep it lies (`lightning_logs/version_0`, `runs/Nov23_19-01-19_host`);
 * 5. beside it: the folders that differ (`lightning_logs/version_1` → `version_1/loss`).
 *
 * Tables have a name of their own: `val.csv` → `val/loss`, `metrics.csv` → `loss`; of other names the first has no prefix.
 */
export function makeTagFolders(): TagFolders {
  const roots = new Map<string, Map<string, string>>();
  const plain = new Set<string>();
  return {
    place(path, format, base = "") {
      const prefixes = roots.get(`${format} ${base}`) ?? new Map<string, string>();
      roots.set(`${format} ${base}`, prefixes);
      const parts = path.split("/");
      const file = parts.pop()!;
      // Every checkpoint of Hugging Face's Trainer holds the whole history: they are one table.
      const folder = parts.filter((part) => !(format === "trainer-state" && /^checkpoint-\d+$/.test(part))).join("/");
      const known = prefixes.has(folder);
      const { prefix, below } = known ? { prefix: prefixes.get(folder)!, below: null } : positionOf(folder, prefixes);
      if (!known) prefixes.set(folder, prefix);
      const name = below?.at(-1);
      const outer = below === null ? prefix : join(prefix, ...below.slice(0, -1));
      const inner = name === undefined || NUMBER.test(name) ? outer : join(outer, name);
      if (!known) prefixes.set(folder, inner);
      let whole = format === "event-file" ? inner : join(inner, stemPrefix(file, `${format} ${base} ${folder}`, plain));
      return {
        folder: `${format} ${base} ${folder}`,
        tagOf(tag) {
          const start = `${tag.replaceAll("/", "_")}_`;
          if (name?.startsWith(start) && name.length > start.length) return join(outer, tag, name.slice(start.length));
          return join(whole, tag);
        },
        unfold() {
          whole = outer;
        },
      };
    },
  };
}

/** The prefix of the folder in which the sub-run begins, and the folders of the sub-run below it. */
function positionOf(folder: string, prefixes: Map<string, string>): { prefix: string; below: string[] | null } {
  const parts = folder === "" ? [] : folder.split("/");
  for (let depth = parts.length - 1; depth >= 0; depth -= 1) {
    const above = prefixes.get(parts.slice(0, depth).join("/"));
    if (above !== undefined) return { prefix: above, below: parts.slice(depth) };
  }
  let root = parts.length;
  while (root > 0 && PARTS.test(parts[root - 1]!)) root -= 1;
  const rootPrefix = prefixes.size === 0 ? "" : join(...differing(parts.slice(0, root), prefixes));
  if (root < parts.length) {
    prefixes.set(parts.slice(0, root).join("/"), rootPrefix);
    return { prefix: rootPrefix, below: parts.slice(root) };
  }
  return { prefix: rootPrefix, below: null };
}

/** The folders of `parts` that come after what they share with one of those that are known. */
function differing(parts: string[], prefixes: Map<string, string>): string[] {
  let shared = 0;
  for (const known of prefixes.keys()) {
    const others = known.split("/");
    let same = 0;
    while (same < parts.length && parts[same] === others[same]) same += 1;
    shared = Math.max(shared, same);
  }
  // Nothing in common, as of two places in the file system: its own name is enough.
  return shared === 0 ? parts.slice(-1) : parts.slice(shared);
}

function stemPrefix(file: string, place: string, plain: Set<string>): string {
  const stem = file.replace(/\.\w+$/, "");
  if (PLAIN_STEMS.test(stem)) return "";
  const part = stem.replace(/[-_.]?(?:logs?|metrics?|history|results?|stats)$/i, "");
  if (PARTS.test(part)) return part;
  if (plain.has(place)) return stem;
  plain.add(place);
  return "";
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("/");
}
