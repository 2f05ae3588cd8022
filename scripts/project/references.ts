/** `${name}` in commands, environment values, flag values and labels. */
import { ToolError } from "../../src/run/error.ts";
import { nearest } from "../../src/run/nearest.ts";

/** Expanded later, by the recorder: only then is the run's directory known. */
const LATER = ["RUN_DIR", "RUNDIR"];

/** What a reference can name: every flag by its text, and whatever else is known at that place. */
export type Scope = Record<string, string>;

/**
 * Replaces every `${name}` by its text in `scope`, once: values are not searched again. `${RUN_DIR}` and `${RUNDIR}` stay
 * as they are. `$name` without braces is not a reference.
 *
 * Throws ToolError `unknown-reference` (exit code 2) that names `where` it stands and the known name that is nearest.
 */
export function expandReferences(text: string, scope: Scope, where: string): string {
  return text.replace(/\$\{([^}|]*)(\|[^}]*)?\}/g, (whole, name: string, filters: string | undefined) => {
    if (LATER.includes(name)) return whole;
    const value = Object.hasOwn(scope, name) ? scope[name] : undefined;
    if (value !== undefined) return (filters ?? "").split("|").slice(1).reduce(applyFilter, value);
    const known = [...Object.keys(scope), ...LATER];
    const near = nearest(name, known);
    throw new ToolError("unknown-reference", `Unknown reference in ${where}: ${whole}`, {
      hint: near === null ? `Known: ${known.join(", ")}.` : `Did you mean "\${${near}}"?`,
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
