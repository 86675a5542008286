/** Map, chart and table of the county board show the same choice: each sends and hears `tc-select` with a unit's code. */
export function linkUnits(root: ParentNode): void {
  const rows = [...root.querySelectorAll<HTMLElement>("tr[data-unit]")];
  if (rows.length === 0) return;
  const linked = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("tc-county-map, tc-chart")];
  const show = (code: string): void => {
    for (const row of document.querySelectorAll<HTMLElement>("tr[data-unit]")) {
      row.classList.toggle("is-chosen", row.dataset["unit"] === code);
    }
    for (const element of linked()) element.setAttribute("selected", code);
  };
  for (const row of rows) {
    const choose = (): void => show(row.dataset["unit"] ?? "");
    row.addEventListener("click", choose);
    row.addEventListener("keydown", (event) => {
      // A link inside the row keeps its own key.
      if (event.target === row && (event.key === "Enter" || event.key === " ")) {
        event.preventDefault();
        choose();
      }
    });
  }
  for (const element of linked()) {
    element.addEventListener("tc-select", (event) => show((event as CustomEvent<string>).detail));
  }
}
