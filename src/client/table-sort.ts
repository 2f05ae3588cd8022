/** Sorting the rows of a table by clicking its heads. */

type Direction = "ascending" | "descending";

/**
 * Makes a button of every head that has a `data-key`, and sorts by the head that `wanted` names (`key` or `-key`, "" for
 * none). `onSort` hears each choice in the same form. Rows without a value go last whichever way the others go, and rows
 * that are equal stay in the order in which they stood at first.
 */
export function sortable(table: HTMLTableElement, wanted: string, onSort: (chosen: string) => void): void {
  const body = table.tBodies[0]!;
  const original = [...body.rows];
  const heads = [...table.tHead!.rows[0]!.cells];
  const sortBy = (head: HTMLTableCellElement, direction: Direction) => {
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction);
    const column = heads.indexOf(head);
    const sign = direction === "ascending" ? 1 : -1;
    const keyed = original.map((row) => ({ row, key: sortKey(row.cells[column]) }));
    keyed.sort((a, b) => compareKeys(a.key, b.key, sign));
    body.append(...keyed.map(({ row }) => row));
    onSort(`${direction === "descending" ? "-" : ""}${head.dataset.key}`);
  };
  for (const head of heads) {
    if (head.dataset.key === undefined) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const first = firstDirection(head);
      sortBy(head, head.getAttribute("aria-sort") === first ? opposite(first) : first);
    });
  }
  const [, minus = "", key = ""] = /^(-?)(.*)$/.exec(wanted) ?? [];
  const head = heads.find((each) => each.dataset.key !== undefined && each.dataset.key === key);
  if (head) sortBy(head, minus === "-" ? "descending" : "ascending");
}

/** Numbers and dates are first asked for from the top, names from A. */
function firstDirection(head: HTMLTableCellElement): Direction {
  return head.classList.contains("n") || head.classList.contains("t") ? "descending" : "ascending";
}

function opposite(direction: Direction): Direction {
  return direction === "ascending" ? "descending" : "ascending";
}

function compareKeys(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
}

/** The exact value where the cell has one, else what can be read in it. */
function sortKey(cell: HTMLTableCellElement | undefined): number | string | null {
  const text = cell?.dataset.sort ?? cell?.textContent?.replace("★", "").trim() ?? "";
  if (text === "") return null;
  const number = Number(text);
  return Number.isNaN(number) ? text : number;
}
