/**
 * A range input with `data-follows` slides through the options of the select of that id: both show the same day, the
 * day is spoken, and letting go counts as choosing. Without script the select does it alone.
 */
export function followSelects(root: ParentNode): void {
  for (const slide of root.querySelectorAll<HTMLInputElement>("input[type=range][data-follows]")) {
    const select = document.getElementById(slide.dataset["follows"] ?? "");
    if (!(select instanceof HTMLSelectElement)) continue;
    const output = slide.parentElement?.querySelector("output");
    const days = [...(slide.list?.options ?? [])];
    const show = (): void => {
      const day = days[Number(slide.value)]?.label ?? "";
      slide.setAttribute("aria-valuetext", day);
      if (output) output.textContent = day;
    };
    slide.addEventListener("input", show);
    slide.addEventListener("change", () => {
      select.selectedIndex = Number(slide.value);
    });
    select.addEventListener("change", () => {
      slide.value = String(select.selectedIndex);
      show();
    });
  }
}
