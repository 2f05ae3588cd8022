/**
 * The table of all runs: filtering, sorting, and choosing runs to compare. Works on the rows that stand in the page; without
 * it the table is complete, newest first, and the form still leads to /compare/.
 */
import { matches, parseQuery, type Queried } from "../run/query.ts";
import { formatCount } from "../run/units.ts";
import { compareLimit } from "../views/compare-limit.ts";
import { sortable } from "./table-sort.ts";

/** What is ticked outlives the table that it was ticked in. */
const ticked = new Set<string>();

const form = document.querySelector<HTMLFormElement>("form:has([data-runs])");
if (form) setUp(form);
// The live view replaces the whole form when a run changes.
document.addEventListener("guild:replaced", (event) => {
  if (event.target instanceof HTMLFormElement && event.target.querySelector("[data-runs]")) setUp(event.target);
});

function setUp(form: HTMLFormElement): void {
  const table = form.querySelector<HTMLTableElement>("[data-runs]");
  if (!table) return;
  const asked = new URLSearchParams(location.search);
  setUpFilter(form, [...table.tBodies[0]!.rows], asked.get("q") ?? "");
  setUpChoice(form);
  sortable(table, asked.get("sort") ?? "", (chosen) => remember("sort", chosen));
}

function setUpFilter(form: HTMLFormElement, elements: HTMLTableRowElement[], asked: string): void {
  const field = form.querySelector<HTMLInputElement>("[data-filter]");
  const count = form.querySelector<HTMLOutputElement>("[data-count]");
  if (!field || !count) return;
  const rows = elements.map((element) => ({ element, queried: queriedOf(element) }));
  const chips = [...form.querySelectorAll<HTMLElement>("[data-chip]")];
  const words = () => field.value.split(/\s+/).filter(Boolean);
  const apply = () => {
    const query = parseQuery(field.value);
    let shown = 0;
    for (const { element, queried } of rows) {
      const holds = matches(queried, query) && (query.last === null || shown < query.last);
      element.hidden = !holds;
      if (holds) shown += 1;
    }
    count.textContent = countText(shown, rows.length, field.value);
    for (const chip of chips) chip.setAttribute("aria-pressed", String(words().includes(chip.dataset.chip ?? "")));
    remember("q", field.value.trim());
  };
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      const word = chip.dataset.chip ?? "";
      field.value = (words().includes(word) ? words().filter((each) => each !== word) : [...words(), word]).join(" ");
      apply();
    });
  }
  field.addEventListener("input", apply);
  field.value = asked;
  apply();
}

function countText(shown: number, all: number, query: string): string {
  const runs = `${formatCount(all)} ${all === 1 ? "run" : "runs"}`;
  if (shown === all) return runs;
  return `${formatCount(shown)} of ${runs}${shown === 0 ? ` match “${query}”` : ""}`;
}

function setUpChoice(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("[data-compare]");
  if (!button) return;
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=runs]")];
  for (const box of boxes) if (ticked.has(box.value)) box.checked = true;
  const update = () => {
    ticked.clear();
    for (const box of boxes) if (box.checked) ticked.add(box.value);
    button.disabled = ticked.size === 0 || ticked.size > compareLimit;
    button.textContent = choiceText(ticked.size);
  };
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The oldest of them is the baseline, and ids begin with their date.
    location.assign(`${form.action}?runs=${[...ticked].sort().join(",")}`);
  });
  update();
}

function choiceText(count: number): string {
  if (count === 0) return "Tick runs to compare";
  if (count > compareLimit) return `At most ${compareLimit} can be compared`;
  return count === 1 ? "Look at 1 run" : `Compare ${count} runs`;
}

function queriedOf(row: HTMLTableRowElement): Queried {
  const facts: unknown = JSON.parse(row.dataset.facts ?? "{}");
  const { values, ...written } = facts as Omit<Queried, "id" | "label" | "scalars"> & { values?: Record<string, number> }; // RunsTable.astro wrote it
  const scalars = Object.fromEntries(
    Object.entries(values ?? {}).map(([tag, value]) => [tag, { last: { step: 0, value }, min: null, max: null }]),
  );
  return { ...written, scalars, id: row.dataset.id ?? "", label: row.querySelector("th a")?.textContent ?? null };
}

/** In the address, so that a link shows what its sender saw. */
function remember(key: string, text: string): void {
  const url = new URL(location.href);
  if (text === "") url.searchParams.delete(key);
  else url.searchParams.set(key, text);
  history.replaceState(history.state, "", url);
}
