/** Small behaviours of a page: print, submit on change, show or hide, close a menu. Without script each has a fallback. */
export function prepareControls(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLElement>("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
  for (const select of root.querySelectorAll<HTMLSelectElement>("select[data-submit]")) {
    select.addEventListener("change", () => select.form?.submit());
  }
  for (const box of root.querySelectorAll<HTMLInputElement>("input[data-toggle]")) {
    const name = box.dataset["toggle"] ?? "";
    const apply = (): void => {
      for (const one of document.querySelectorAll(`[data-toggled="${name}"]`)) one.classList.toggle(name, box.checked);
    };
    box.addEventListener("change", apply);
    apply();
  }
  for (const menu of root.querySelectorAll<HTMLDetailsElement>("details.menu")) {
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") menu.open = false;
    });
  }
  const alert = root.querySelector<HTMLElement>(".problems[role=alert]");
  alert?.focus();
}
