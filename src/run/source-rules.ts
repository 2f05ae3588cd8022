/** Which files of a project are its source, by the rules of `sourcecode` in `guild.yml`. */

export interface SourceRule {
  /** Does what matches belong to the source, or not? */
  include: boolean;
  /** `dir` matches folders, with all that is in them. */
  kind: "any" | "text" | "binary" | "dir";
  /** As in a shell, but `*` stands for slashes too: `*.py` is every Python file. Relative to the project. */
  glob: string;
}

export interface SourceRules {
  /** Where the files are looked for, relative to the project; null is the project itself. */
  root: string | null;
  /** Nothing is source but what a rule includes: a list of bare patterns. */
  onlyRules: boolean;
  /** Of several that match, the last one wins. */
  rules: readonly SourceRule[];
}

/** `sourcecode: no`. */
export const NO_SOURCE: SourceRules = { root: null, onlyRules: true, rules: [] };

/** True where nothing is to be kept at all. */
export function isNoSource(source: SourceRules | null): boolean {
  return source?.onlyRules === true && source.rules.length === 0;
}

/** Can a rule reach files that are no source by default, such as ignored ones? Then more has to be looked through. */
export function reachesBeyond({ rules }: SourceRules): boolean {
  return rules.some(({ include }) => include);
}

/**
 * Decides about paths (relative, forward slashes). `byDefault` tells which are source without rules; the order of the result is that of
 * `paths`. Only text is ever source, so rules for binary files decide nothing.
 */
export function selectSource(paths: readonly string[], byDefault: (path: string) => boolean, source: SourceRules): string[] {
  const inRoot = source.root === null ? "" : `${source.root.replace(/^\.\/|\/+$/g, "")}/`;
  const rules = source.rules
    .filter(({ kind }) => kind !== "binary")
    .map(({ include, kind, glob }) => ({ include, matches: matcher(kind, glob) }));
  return paths.filter((path) => {
    if (inRoot !== "" && !path.startsWith(inRoot)) return false;
    const inside = path.slice(inRoot.length);
    const last = rules.findLast(({ matches }) => matches(inside));
    return last === undefined ? !source.onlyRules && byDefault(path) : last.include;
  });
}

function matcher(kind: SourceRule["kind"], glob: string): (path: string) => boolean {
  const tokens = globTokens(glob.replace(/^\.\/|\/+$/g, ""));
  if (kind !== "dir") return (path) => matchesGlob(path, tokens);
  return (path) => {
    for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
      if (matchesGlob(path.slice(0, at), tokens)) return true;
    }
    return false;
  };
}

/** A character, any one (`?`), one of a class, or a star. */
type Token = { is: (char: string) => boolean } | "*";

/** `**` and `**` with a slash are a star: slashes are characters as any. A `[` that is not closed is itself. */
function globTokens(glob: string): Token[] {
  return [...glob.replace(/\*\*\/|\*+/g, "*").matchAll(/\*|\?|\[(!?)([^\]]+)\]|[\s\S]/g)].map(([word, not, among]): Token => {
    if (word === "*") return "*";
    if (word === "?") return { is: () => true };
    if (among === undefined) return { is: (char) => char === word };
    const ranges = [...among.matchAll(/([\s\S])-([\s\S])|[\s\S]/g)].map(([one, from = one, to = one]) => ({ from, to }));
    return { is: (char) => ranges.some(({ from, to }) => char >= from && char <= to) !== (not === "!") };
  });
}

/** Goes back to the last star only: what earlier ones took need not change. So the cost is at most both lengths multiplied. */
function matchesGlob(text: string, tokens: readonly Token[]): boolean {
  let at = 0;
  let token = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === "*") {
      star = token++;
      starAt = at;
    } else if (wanted?.is(text[at] ?? "")) {
      at += 1;
      token += 1;
    } else if (star !== -1) {
      token = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (tokens[token] === "*") token += 1;
  return token === tokens.length;
}
