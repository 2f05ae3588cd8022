/**
 * Makes a test for paths with forward slashes out of a glob: `*` and `?` stay within a folder, `**` goes through folders,
 * `{a,b}` is one of these, `[a-c]` one of these characters. A pattern that ends with a slash means all that is below. Unclosed
 * brackets stand for themselves.
 */
export function pathPattern(glob: string): (path: string) => boolean {
  const pattern = glob.replace(/^\.\//, "").replace(/\/$/, "/**");
  let source = "";
  let alternatives = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const rest = pattern.slice(at);
    const set = /^\[!?[^\]/]+\]/.exec(rest)?.[0];
    if (rest.startsWith("**/")) {
      source += "(?:[^/]+/)*";
      at += 2;
    } else if (rest.startsWith("**")) {
      source += ".*";
      at += 1;
    } else if (rest[0] === "*") source += "[^/]*";
    else if (rest[0] === "?") source += "[^/]";
    else if (set !== undefined) {
      source += `[${set.slice(1, -1).replace(/^!/, "^").replaceAll("\\", "\\\\")}]`;
      at += set.length - 1;
    } else if (rest[0] === "{" && /^\{[^{}]*\}/.test(rest)) {
      source += "(?:";
      alternatives += 1;
    } else if (rest[0] === "}" && alternatives > 0) {
      source += ")";
      alternatives -= 1;
    } else source += rest[0] === "," && alternatives > 0 ? "|" : (rest[0] ?? "").replace(/[.+^$()|[\]{}\\]/, "\\$&");
  }
  const expression = safely(source);
  return (path) => expression.test(path);
}

/** A set that runs backwards is no expression: nothing matches it. */
function safely(source: string): RegExp {
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /(?!)/;
  }
}
