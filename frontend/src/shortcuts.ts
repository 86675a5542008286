/**
 * Single keys that lead to pages: the links carry them in `data-key`. A reader can switch them off on the page of
 * help; nothing happens while typing in a field or with a modifier held.
 */
const KEPT = "tongchou.keys";

export function prepareShortcuts(): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isOff()) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector<HTMLInputElement>(".find input[name=words]")?.focus();
      return;
    }
    const links = document.querySelectorAll<HTMLAnchorElement>("a[data-key]");
    for (const link of links) if (link.dataset["key"] === event.key) location.assign(link.href);
  });
  for (const box of document.querySelectorAll<HTMLInputElement>("input[data-keys]")) {
    box.checked = !isOff();
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(KEPT, box.checked ? "on" : "off");
      } catch {
        box.checked = true; // a browser that keeps nothing keeps the keys too
      }
    });
  }
}

function isOff(): boolean {
  try {
    return localStorage.getItem(KEPT) === "off";
  } catch {
    return false;
  }
}
