// What scrolls sideways is reached by keyboard where nothing inside it is (WCAG 2.1.1).

const INSIDE = "a[href], button, input, select, textarea, summary, [tabindex]";

function mark(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>(".scroll, .math")) {
    if (box.scrollWidth > box.clientWidth && !box.querySelector(INSIDE)) box.tabIndex = 0;
  }
}

export function reachByKeyboard(root: ParentNode): void {
  mark(root);
  void document.fonts.ready.then(() => mark(root)); // widths are known once the characters are there
}

window.addEventListener("resize", () => mark(document), { passive: true });
