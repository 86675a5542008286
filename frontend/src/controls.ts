const ALERT = ".problems[role=alert]";

/** Small behaviours of a page: print, submit on change, show or hide, close a menu, choose a file. Without script each has a fallback. */
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
  for (const all of root.querySelectorAll<HTMLInputElement>("input[data-check-all]")) {
    all.addEventListener("change", () => {
      const boxes = all.form?.querySelectorAll<HTMLInputElement>(`input[name="${all.dataset["checkAll"] ?? ""}"]`) ?? [];
      for (const box of boxes) box.checked = all.checked;
    });
  }
  for (const menu of root.querySelectorAll<HTMLDetailsElement>("details.menu")) {
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") menu.open = false;
    });
  }
  for (const form of root.querySelectorAll<HTMLFormElement>("form.language")) {
    // Filters change the address without a new page, so the page's own copy of it may be old.
    form.addEventListener("submit", () => {
      const next = form.querySelector<HTMLInputElement>("input[name=next]");
      if (next) next.value = location.pathname + location.search + location.hash;
    });
  }
  for (const box of root.querySelectorAll<HTMLElement>(".file")) prepareFile(box);
  // What was exchanged may be the alert itself.
  const alert = root instanceof HTMLElement && root.matches(ALERT) ? root : root.querySelector<HTMLElement>(ALERT);
  alert?.focus();
}

/** Name the chosen file in the page's own language, and say so before sending when it is too large. */
function prepareFile(box: HTMLElement): void {
  const input = box.querySelector<HTMLInputElement>("input[type=file]");
  const output = box.querySelector("output");
  if (!input || !output) return;
  const check = (): void => {
    const file = input.files?.[0];
    if (file) output.textContent = file.name;
    const large = file !== undefined && file.size > Number(box.dataset["bytes"]);
    input.setCustomValidity(large ? (box.dataset["tooLarge"] ?? "") : file ? "" : (box.dataset["required"] ?? ""));
  };
  input.addEventListener("change", () => {
    check();
    input.reportValidity();
  });
  check();
}
