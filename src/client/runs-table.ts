/**
 * The table of all runs: filtering, sorting, and choosing runs to compare. Works on the rows that stand in the page; without
 * it the table is complete, newest first, and the form still leads to /compare/.
 */
import { matches, parseQuery, type Queried } from "../run/query.ts";
import { compareLimit } from "../views/compare-limit.ts";

interface TableRow {
  element: HTMLTableRowElement;
  queried: Queried;
  /** Where it stood at first: newest first. */
  order: number;
}

const form = document.querySelector<HTMLFormElement>("form:has([data-runs])");
if (form) setUp(form);
// The live view replaces the whole form when a run changes.
document.addEventListener("guild:replaced", (event) => {
  if (event.target instanceof HTMLFormElement && event.target.querySelector("[data-runs]")) setUp(event.target);
});

function setUp(form: HTMLFormElement): void {
  const table = form.querySelector<HTMLTableElement>("[data-runs]");
  const filter = form.querySelector<HTMLInputElement>("[data-filter]");
  const count = form.querySelector<HTMLOutputElement>("[data-count]");
  const compare = form.querySelector<HTMLButtonElement>("[data-compare]");
  if (!table || !filter || !count || !compare) return;
  const rows = [...table.tBodies[0]!.rows].map(readRow);
  const parameters = new URLSearchParams(location.search);

  const applyFilter = () => {
    const query = parseQuery(filter.value);
    let shown = 0;
    for (const row of rows) {
      const holds = matches(row.queried, query) && (query.last === null || shown < query.last);
      row.element.hidden = !holds;
      if (holds) shown += 1;
    }
    count.textContent =
      shown === rows.length
        ? runsText(rows.length)
        : `${shown} of ${runsText(rows.length)}${shown === 0 ? ` match “${filter.value}”` : ""}`;
    for (const chip of form.querySelectorAll<HTMLElement>("[data-chip]")) {
      chip.setAttribute("aria-pressed", String(filter.value.split(/\s+/).includes(chip.dataset.chip ?? "")));
    }
    remember("q", filter.value.trim());
  };
  filter.value = parameters.get("q") ?? "";
  filter.addEventListener("input", applyFilter);
  for (const chip of form.querySelectorAll<HTMLElement>("[data-chip]")) {
    chip.addEventListener("click", () => {
      const word = chip.dataset.chip ?? "";
      const words = filter.value.split(/\s+/).filter(Boolean);
      filter.value = (words.includes(word) ? words.filter((each) => each !== word) : [...words, word]).join(" ");
      applyFilter();
    });
  }

  const updateChoice = () => {
    const chosen = form.querySelectorAll("input[name=runs]:checked").length;
    compare.disabled = chosen === 0 || chosen > compareLimit;
    compare.textContent =
      chosen === 0
        ? "Tick runs to compare"
        : chosen > compareLimit
          ? `At most ${compareLimit} can be compared`
          : chosen === 1
            ? "Look at 1 run"
            : `Compare ${chosen} runs`;
  };
  form.addEventListener("change", updateChoice);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = [...form.querySelectorAll<HTMLInputElement>("input[name=runs]:checked")].map((input) => input.value);
    // The oldest of them is the baseline.
    location.assign(`${form.action}?runs=${chosen.reverse().join(",")}`);
  });

  const heads = [...table.tHead!.rows[0]!.cells];
  for (const head of heads) {
    if (head.dataset.key === undefined) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () =>
      sortBy(head, head.getAttribute("aria-sort") === firstDirection(head) ? other(firstDirection(head)) : firstDirection(head)),
    );
  }
  const sortBy = (head: HTMLTableCellElement, direction: Direction) => {
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction);
    const column = heads.indexOf(head);
    const sign = direction === "ascending" ? 1 : -1;
    const keyed = rows.map((row) => ({ row, key: sortKey(row.element.cells[column]) }));
    keyed.sort((a, b) => compareKeys(a.key, b.key, sign) || a.row.order - b.row.order);
    table.tBodies[0]!.append(...keyed.map(({ row }) => row.element));
    remember("sort", `${direction === "descending" ? "-" : ""}${head.dataset.key}`);
  };
  const wanted = /^(-?)(.*)$/.exec(parameters.get("sort") ?? "");
  const head = wanted && heads.find((each) => each.dataset.key === wanted[2]);
  if (head) sortBy(head, wanted[1] === "-" ? "descending" : "ascending");
  applyFilter();
  updateChoice();
}

type Direction = "ascending" | "descending";

/** Numbers are first asked for from the top, names from A. */
function firstDirection(head: HTMLTableCellElement): Direction {
  return head.classList.contains("n") || head.classList.contains("t") ? "descending" : "ascending";
}

function other(direction: Direction): Direction {
  return direction === "ascending" ? "descending" : "ascending";
}

/** Rows without a value go last whichever way the others go. */
function compareKeys(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
}

function sortKey(cell: HTMLTableCellElement | undefined): number | string | null {
  const text = cell?.dataset.sort ?? cell?.textContent?.replace("★", "").trim() ?? "";
  if (text === "") return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}

function readRow(element: HTMLTableRowElement, order: number): TableRow {
  const facts: unknown = JSON.parse(element.dataset.facts ?? "{}");
  const written = facts as Pick<Queried, "operation" | "model" | "tags" | "flags" | "environment" | "states">; // RunsTable.astro wrote it
  const link = element.querySelector("th a");
  return {
    element,
    order,
    queried: { ...written, id: element.dataset.id ?? "", label: link?.textContent ?? null },
  };
}

function runsText(count: number): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? "run" : "runs"}`;
}

/** In the address, so that a link shows what its sender saw. */
function remember(key: string, text: string): void {
  const url = new URL(location.href);
  if (text === "") url.searchParams.delete(key);
  else url.searchParams.set(key, text);
  history.replaceState(history.state, "", url);
}
