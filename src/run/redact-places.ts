/** What would tell where and who: home directories, the project's place, people at machines, and the machine's name. */
import { type Rule, replace } from "./secret-patterns.ts";

export interface Places {
  home: string | null;
  hostname: string | null;
  user: string | null;
  /** The project directory; becomes `.`. */
  root: string | null;
  /** The run's own directory; becomes `${RUN_DIR}`. */
  runDir: string | null;
}

const HOST = "[host]";
const USER = "[user]";
const RUN_DIR = "${RUN_DIR}";

/** All rules about places and people, in the order in which they are applied. */
export function placeRules(places: Places): Rule[] {
  return [...pathRules(places), ...peopleRules(places), ...hostRules(places), ...writerRules(places), ...deviceRules];
}

/** Serial numbers of devices. */
const deviceRules: Rule[] = [
  replace(/\b(GPU|MIG)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "$1-[serial]"),
];

/** Longest first: the run directory lies in the project, the project often in the home directory. */
function pathRules(places: Places): Rule[] {
  const known: [string | null, string][] = [
    [places.runDir, RUN_DIR],
    [places.root, "."],
    [places.home, "~"],
  ];
  const rules = known.flatMap(([path, by]) => (path !== null && path.length > 1 ? [replacePath(path, by)] : []));
  // Other people's homes, and ours when the process runs as someone else. Web addresses are not paths.
  rules.push((text) =>
    text.replace(/(?:\/[\w.-]{1,80}){0,3}\/(?:home|Users)\/[^/\s:"'`,;()[\]<>]+/g, (path: string, at: number) =>
      /https?:\/\/[^\s]{0,200}$/.test(text.slice(Math.max(0, at - 210), at + 1)) ? path : "~",
    ),
  );
  rules.push(replace(/[A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/)[^\\/\s:"']+/g, "~"));
  rules.push(replace(/(?<![\w.~/-])\/root(?=\/|[\s:"',;)]|$)/g, "~"));
  const user = places.user;
  if (user !== null && user.length > 1 && user !== "root") rules.push(userInPaths(user));
  return rules;
}

function replacePath(path: string, by: string): Rule {
  const clean = path.replace(/[\\/]+$/, "");
  const pattern = new RegExp(`${escapeRegExp(clean)}(?![\\w-]|\\.\\w)`, "g");
  // A function, because `$` is special in a replacement string.
  return (text) => text.replace(pattern, () => by);
}

/** `/scratch/ada/data` → `/scratch/$USER/data`. Only whole components of absolute paths. */
function userInPaths(user: string): Rule {
  return (text) =>
    text.replace(/(^|[\s"'=:,([])(\/(?!\/)[^\s"':,()[\]]+)/g, (_whole, head: string, path: string) => {
      const parts = path.split("/").map((part) => (part === user ? "$USER" : part));
      return head + parts.join("/");
    });
}

/**
 * `ada@gpu07`, `ada@lab.example.org`, and ssh targets such as `bob@gpu07:/data`. Metrics are written alike
 * (`recall@10`, `mAP@0.5`, `acc@top5`), so the right side must be a known host, a domain, or be followed by a path.
 */
function peopleRules({ hostname, user: known }: Places): Rule[] {
  const hosts = hostNames(hostname);
  return [
    (text) =>
      text.replace(
        /\b([A-Za-z_][\w.+-]{0,63})@([A-Za-z][\w.-]{0,252}|\d{1,3}(?:\.\d{1,3}){3})(:[~/A-Za-z])?/g,
        (whole, ...groups) => {
          const [user = "", host = "", path] = groups as [string, string, string | undefined];
          if (user === "git") return whole;
          const bare = host.replace(/[.-]+$/, "");
          const tail = host.slice(bare.length);
          const isHost =
            hosts.includes(bare.toLowerCase()) ||
            /\.[A-Za-z]{2,}$/.test(bare) ||
            /^\d+(?:\.\d+){3}$/.test(bare) ||
            path !== undefined;
          return isHost || user === known ? `${USER}@${HOST}${tail}${path ?? ""}` : whole;
        },
      ),
  ];
}

/** The machine's own name, alone or with its domain, as a whole word. */
function hostRules({ hostname }: Places): Rule[] {
  return hostNames(hostname).map((name): Rule => {
    const pattern = new RegExp(`(?<![\\w.-])${escapeRegExp(name)}((?:\\.[A-Za-z0-9-]+)*)(?![\\w-])`, "gi");
    return (text) =>
      text.replace(pattern, (whole, domain: string) =>
        /\.(?:py|js|ts|sh|json|jsonl|csv|txt|log|ya?ml|md|pt|npz)$/.test(domain) ? whole : HOST,
      );
  });
}

/** Where TensorBoard's writers put the machine's name: `Nov23_23-50-55_gpu07`, and in event files whatever machine wrote them. */
function writerRules({ hostname }: Places): Rule[] {
  return [
    replace(/(tfevents\.\d{1,20}\.)[^/\s]{1,253}?(\.\d{1,10}\.\d{1,10}(?:\.v2)?)(?![\w.])/g, `$1${HOST}$2`),
    ...hostNames(hostname).map((name) =>
      replace(new RegExp(`(\\d\\d-\\d\\d-\\d\\d_)${escapeRegExp(name)}(?![A-Za-z0-9-])`, "gi"), `$1${HOST}`),
    ),
  ];
}

/** Machines that are called like what they do: their bare name tells nothing, and stands in every second line. */
const ALSO_WORDS = new Set(
  "localhost train trainer training data model models test eval gpu cpu node worker main master host server machine local run batch loss epoch step dev debian ubuntu".split(
    " ",
  ),
);

/** Longest first. `localhost` names nobody; of a machine called `train` only the name with its domain is taken out. */
function hostNames(hostname: string | null): string[] {
  if (hostname === null) return [];
  const full = hostname.toLowerCase();
  const short = full.split(".")[0] ?? "";
  return [...new Set([full, short])].filter((name) => name !== "" && !ALSO_WORDS.has(name) && !/^\d+$/.test(name));
}

function escapeRegExp(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
