/** `${name}` in commands, environment values, flag values and labels. */
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";

/** Expanded later, by the recorder or by the child's own environment: only then is the run's directory known. */
const LATER = ["RUN_DIR", "RUNDIR", "PARENT_RUN_DIR", "GUILD_RUN_ID"];

/**
 * Replaces every `${name}` by what `lookup` gives, once: values are not searched again. The names of the run's own
 * variables (`${RUN_DIR}` …) stay as they are. `$name` without braces is not a reference.
 *
 * Throws ToolError `unknown-reference` (exit code 2) with the name that is nearest among `names`.
 */
export function expandReferences(
  text: string,
  { lookup, names, where }: { lookup: (name: string) => string | undefined; names: readonly string[]; where: string },
): string {
  return text.replace(/\$\{([^}|]*)(\|[^}]*)?\}/g, (whole, name: string, filters: string | undefined) => {
    if (LATER.includes(name)) return whole;
    const value = lookup(name);
    if (value !== undefined) return (filters ?? "").split("|").slice(1).reduce(applyFilter, value);
    const near = nearest(name, [...names, ...LATER]);
    throw new ToolError("unknown-reference", `Unknown reference in ${where}: ${whole}`, {
      hint: near === null ? `Known: ${[...names, ...LATER].join(", ")}.` : `Did you mean "\${${near}}"?`,
      exitCode: 2,
    });
  });
}

/** `%.3f`, `%.4g`, `%.2e`, `%d` format numbers; `basename` and `default:x`; anything else leaves the value alone. */
function applyFilter(value: string, filter: string): string {
  const format = /^%(?:\.(\d+))?([dfge])$/.exec(filter.trim());
  if (format !== null && value.trim() !== "" && Number.isFinite(Number(value)))
    return formatAs(Number(value), format[2] ?? "g", format[1]);
  if (filter.trim() === "basename") return value.split(/[\\/]/).at(-1) ?? value;
  if (filter.startsWith("default:") && value === "") return filter.slice("default:".length);
  return value;
}

function formatAs(value: number, kind: string, digits: string | undefined): string {
  const places = digits === undefined ? 6 : Math.min(20, Number(digits));
  if (kind === "d") return String(Math.trunc(value));
  if (kind === "f") return value.toFixed(places);
  if (kind === "e") return value.toExponential(places);
  return String(Number(value.toPrecision(Math.max(1, places))));
}
