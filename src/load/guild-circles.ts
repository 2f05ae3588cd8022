/** Operations that need each other, or run each other as steps, could never begin. */
import type { Model } from "./guild-file.ts";
import type { Operation } from "./operation-spec.ts";
import { failure, type Place } from "./yaml-tree.ts";

interface Need {
  from: Operation;
  to: Operation;
  place: Place;
}

/** Throws ToolError `invalid-guild-file` for the first circle of `requires`, or of `steps`. Optional requirements make none. */
export function refuseCircles(models: readonly Model[]): void {
  const operations = models.flatMap((model) => Object.values(model.operations));
  const find = (spec: string, from: Operation) => {
    const at = spec.indexOf(":");
    const model = at < 0 ? from.model : spec.slice(0, at);
    const name = spec.slice(at + 1);
    const fitting = operations.filter((operation) => operation.name === name);
    return fitting.find((operation) => operation.model === model) ?? (at < 0 ? fitting[0] : undefined);
  };
  const toward = (spec: string, from: Operation, place: Place): Need[] => {
    const to = find(spec.trim(), from);
    return to === undefined ? [] : [{ from, to, place }];
  };
  const required = operations.flatMap((from) =>
    from.requires
      .filter(({ kind, optional }) => kind === "operation" && !optional)
      .flatMap(({ target, place }) => target.split(",").flatMap((spec) => toward(spec, from, place))),
  );
  refuse(required, "operations that do not require each other", 'What may be missing at first has "optional: yes".');
  const run = operations.flatMap((from) => (from.steps ?? []).flatMap((step) => toward(step.run, from, step.place)));
  refuse(run, "steps that do not run each other");
}

function refuse(needs: readonly Need[], expected: string, hint?: string): void {
  const done = new Set<Operation>();
  const visit = (operation: Operation, path: readonly Need[]): void => {
    if (done.has(operation)) return;
    for (const need of needs.filter(({ from }) => from === operation)) {
      const way = [...path, need];
      const start = way.findIndex(({ from }) => from === need.to);
      if (start >= 0) {
        const names = [...way.slice(start).map(({ from }) => from.name), need.to.name].join(" → ");
        throw failure(need.place, `expected ${expected}, found the circle ${names}`, hint);
      }
      visit(need.to, way);
    }
    done.add(operation);
  };
  for (const { from } of needs) visit(from, []);
}
