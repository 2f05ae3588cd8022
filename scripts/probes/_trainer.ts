import { type ProcessStat, readStat } from "../../src/load/process-stat.ts";
import { readSmallFile } from "../../src/load/small-file.ts";

/** Which process of the tree is the one that trains. */
export interface Trainer {
  /** Looks at the tree again; most of the calls cost nothing. */
  look(): void;
  /** Null while nobody is there. */
  current(): number | null;
  /** Other processes of the tree that may work for it; loaders of data, which it waits for as for the data itself, are not among them. */
  helpers(): readonly number[];
  /** How many processes train together, as its environment says; 1 when it says nothing. */
  ranks(): number;
}

/** Looks that come so close to the start are taken each; later every fifth. */
const EARLY_LOOKS = 10;
const EVERY = 5;

/** PyTorch gives the processes of its DataLoader this name. */
const LOADER = "pt_data_worker";
/** Children that multiprocessing and joblib start work for their parent, even as programs of their own. */
const WORKER_WORDS = /multiprocessing[.\s]|joblib\.externals\.loky/;
const RANK_COUNTS = ["WORLD_SIZE", "SLURM_NTASKS", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE"];

interface Member {
  pid: number;
  stat: ProcessStat;
  worker: boolean;
}

/**
 * The process that used the processors most, its workers' time counted as its own: the `python` below a shell, not the shell, and not
 * one of its loaders. Forked workers are known by their parent's command line.
 */
export function makeTrainer(procRoot: string, pids: () => readonly number[]): Trainer {
  let looks = 0;
  let current: number | null = null;
  let helpers: number[] = [];
  let ranks = 1;
  const commandLines = new Map<string, string>();
  const commandLine = (pid: number, stat: ProcessStat): string => {
    const key = `${pid} ${stat.start}`;
    const known = commandLines.get(key);
    if (known !== undefined) return known;
    if (commandLines.size > 1000) commandLines.clear();
    const read = readSmallFile(`${procRoot}/${pid}/cmdline`) ?? "";
    commandLines.set(key, read);
    return read;
  };

  const look = (): void => {
    const stats = new Map(
      pids().flatMap((pid): [number, ProcessStat][] => {
        const stat = readStat(`${procRoot}/${pid}/stat`);
        return stat === null || stat.state === "Z" ? [] : [[pid, stat]];
      }),
    );
    const members = [...stats].map(([pid, stat]): Member => {
      const line = commandLine(pid, stat);
      const parent = stats.get(stat.parent);
      const worker = parent !== undefined && (line === commandLine(stat.parent, parent) || WORKER_WORDS.test(line));
      return { pid, stat, worker };
    });
    const score = new Map<number, number>();
    const byPid = new Map(members.map((member) => [member.pid, member]));
    for (const member of members) {
      let owner = member;
      for (let depth = 0; owner.worker && depth < 32; depth += 1) owner = byPid.get(owner.stat.parent) ?? owner;
      score.set(owner.pid, (score.get(owner.pid) ?? 0) + member.stat.ownTicks);
    }
    const best = [...score].reduce<[number, number] | null>((top, one) => (top === null || one[1] > top[1] ? one : top), null);
    const chosen = best?.[0] ?? null;
    if (chosen !== current && chosen !== null) ranks = ranksOf(readSmallFile(`${procRoot}/${chosen}/environ`) ?? "");
    current = chosen;
    helpers = members.filter(({ pid, stat }) => pid !== chosen && stat.name !== LOADER).map(({ pid }) => pid);
  };

  return {
    look() {
      looks += 1;
      if (looks <= EARLY_LOOKS || looks % EVERY === 0 || current === null || !pids().includes(current)) look();
    },
    current: () => current,
    helpers: () => helpers,
    ranks: () => ranks,
  };
}

function ranksOf(environ: string): number {
  const counts = environ.split("\0").flatMap((variable) => {
    const [name = "", value = ""] = variable.split("=");
    return RANK_COUNTS.includes(name) && /^\d{1,6}$/.test(value) ? [Number(value)] : [];
  });
  return Math.max(1, ...counts);
}
