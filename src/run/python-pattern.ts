/** Regular expressions that were written for Python, as JavaScript reads them. */

/**
 * Makes a JavaScript expression of one for Python: `(?P<name>…)`, `(?P=name)`, `\A`, `\Z`, leading flags such as `(?i)`, and
 * comments. `flags` are JavaScript's and are added. Throws SyntaxError, in words for the author, when it does not compile.
 */
export function pythonPattern(pattern: string, flags = ""): RegExp {
  const leading = /^\(\?([aiLmsux]+)\)/.exec(pattern);
  const own = [...new Set(leading?.[1] ?? "")].filter((flag) => "ims".includes(flag)).join("");
  if (leading?.[1]?.includes("x")) throw new SyntaxError("the flag x (verbose) is not understood");
  return compile(fromPython(pattern.slice(leading?.[0].length ?? 0)), `${flags}${own}`);
}

function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(reason.slice(reason.lastIndexOf(": ") + 2).toLowerCase());
  }
}

/** Python's spellings that JavaScript has others for; escapes and sets are stepped over. */
function fromPython(source: string): string {
  return source.replace(/\\[\s\S]|\(\?P<|\(\?P=(\w+)\)|\(\?#[^)]*\)/g, (token: string, name?: string) => {
    if (token === "(?P<") return "(?<";
    if (name !== undefined) return `\\k<${name}>`;
    if (token === "\\A") return "^";
    if (token === "\\Z") return "$";
    return token.startsWith("(?#") ? "" : token;
  });
}
