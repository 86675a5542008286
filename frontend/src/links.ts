/**
 * Links between the words of a policy and the rows read from them. A passage carries the ids of everything read from
 * it in `data-ids`; a row carries its own in `data-row`. Choosing one marks both and brings the other into view.
 */
const CHOSEN = "is-chosen";

export function linkTextAndRows(root: ParentNode): void {
  const passages = [...root.querySelectorAll<HTMLElement>("[data-ids]")].filter((p) => p.dataset["ids"]);
  for (const passage of passages) {
    passage.tabIndex = 0;
    passage.setAttribute("role", "link");
    const choosePassage = (): void => {
      const ids = idsOf(passage);
      choose(ids);
      const row = firstRow(ids);
      const folded = row?.closest("details");
      if (folded) folded.open = true;
      row?.scrollIntoView({ block: "nearest", behavior: motion() });
      const first = ids[0];
      if (first) history.replaceState(null, "", `#at-${first}`);
    };
    passage.addEventListener("click", choosePassage);
    passage.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choosePassage();
      }
    });
  }
  for (const row of root.querySelectorAll<HTMLElement>("[data-row]")) {
    row.addEventListener("click", () => choose([row.dataset["row"] ?? ""]));
  }
  if (passages.length > 0) {
    chooseFromAddress();
    window.addEventListener("hashchange", chooseFromAddress);
  }
}

function chooseFromAddress(): void {
  const match = /^#at-(.+)$/.exec(decodeURIComponent(location.hash));
  if (!match?.[1]) return;
  choose([match[1]]);
  document.querySelector(`[data-ids].${CHOSEN}`)?.scrollIntoView({ block: "center", behavior: motion() });
}

function choose(ids: string[]): void {
  for (const old of document.querySelectorAll(`.${CHOSEN}`)) old.classList.remove(CHOSEN);
  const wanted = new Set(ids);
  for (const passage of document.querySelectorAll<HTMLElement>("[data-ids]")) {
    if (idsOf(passage).some((id) => wanted.has(id))) passage.classList.add(CHOSEN);
  }
  for (const row of document.querySelectorAll<HTMLElement>("[data-row]")) {
    if (wanted.has(row.dataset["row"] ?? "")) (row.closest("li") ?? row).classList.add(CHOSEN);
  }
}

function idsOf(passage: HTMLElement): string[] {
  return (passage.dataset["ids"] ?? "").split(" ").filter(Boolean);
}

function firstRow(ids: string[]): HTMLElement | null {
  for (const id of ids) {
    const row = document.getElementById(`row-${id}`);
    if (row) return row;
  }
  return null;
}

function motion(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
