/** Tables with `data-sortable` sort by a column's head; a third press brings the official order back. */
export function makeSortable(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
    const body = table.tBodies[0];
    if (!body) continue;
    const official = [...body.rows];
    [...(table.tHead?.rows[0]?.cells ?? [])].forEach((head, column) => {
      if (head.hasAttribute("aria-hidden")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { none: "descending", descending: "ascending", ascending: "none" }[head.ariaSort ?? "none"] ?? "none";
        for (const other of table.tHead?.rows[0]?.cells ?? []) other.removeAttribute("aria-sort");
        if (next !== "none") head.ariaSort = next;
        const sign = next === "ascending" ? 1 : -1;
        const rows = next === "none" ? official : [...official].sort((a, b) => sign * compare(text(a, column), text(b, column)));
        body.append(...rows);
      });
    });
  }
}

function text(row: HTMLTableRowElement, column: number): string {
  return row.cells[column]?.textContent?.trim() ?? "";
}

/** Numbers before words, words in Chinese order; what has no value comes last whichever way the column is sorted. */
function compare(a: string, b: string): number {
  const [x, y] = [a, b].map((v) => Number(v.replace(/,/g, "").replace("−", "-"))) as [number, number];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? -1 : 1;
  return a.localeCompare(b, "zh-Hans-CN");
}
