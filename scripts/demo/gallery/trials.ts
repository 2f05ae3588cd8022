/** What the gallery shows: every way in which a run can go, and enough of them to compare. */

export interface Trial {
  /** How other trials and the notes call it. */
  name: string;
  /** After `guild`. */
  words: string[];
  /** The status that it has to end with: anything else is a gallery gone wrong. */
  ends: "completed" | "error" | "terminated";
  /** The trial whose run is evaluated. */
  of?: string;
  /** Ctrl-C is pressed as soon as the output holds this. */
  interruptAt?: string;
}

const seeds = [1, 2, 3];

/** Four ways to train, three seeds each: the best, a smaller one, no hidden layer, and steps that are too large. */
const configurations: Record<string, string[]> = {
  softmax: ["model=softmax", "lr=0.1", "epochs=160"],
  small: ["hidden=32"],
  bold: ["lr=0.3"],
  default: [],
};

const trainings = Object.entries(configurations).flatMap(([name, flags]) =>
  seeds.map((seed): Trial => {
    const tags = name === "default" ? ["--tag", "baseline"] : [];
    return { name: `${name}-${seed}`, words: ["train", ...flags, `seed=${seed}`, ...tags], ends: "completed" };
  }),
);

const evaluations = Object.keys(configurations).map(
  (name): Trial => ({ name: `test-${name}`, words: ["evaluate"], ends: "completed", of: `${name}-1` }),
);

/** In the order in which they are recorded. */
export const trials: readonly Trial[] = [
  { name: "prepare", words: ["prepare"], ends: "completed" },
  ...trainings.slice(0, 2 * seeds.length),
  { name: "too-large-batch", words: ["train", "batch=4096"], ends: "error" },
  {
    name: "diverged",
    words: ["train", "lr=100", "epochs=20", "--label", "a learning rate far too large", "--tag", "diverged"],
    ends: "completed",
  },
  { name: "test-diverged", words: ["evaluate"], ends: "error", of: "diverged" },
  ...trainings.slice(2 * seeds.length, 3 * seeds.length),
  {
    name: "stopped",
    words: ["train", "hidden=512", "--label", "wide, stopped by hand"],
    ends: "terminated",
    interruptAt: "\nepoch 12/",
  },
  ...trainings.slice(3 * seeds.length),
  ...evaluations,
];
