/**
 * Links between the words of a policy and the rows read from them. A passage carries the ids of everything read from
 * it in `data-ids`; a row carries its own in `data-row`. Choosing one marks both and brings the other into view. The
 * address of either is `#at-` with the id; `#` and the id alone lead there too.
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
      for (const id of ids) unfold(document.getElementById(`row-${id}`));
      firstRow(ids)?.scrollIntoView({ block: "nearest", behavior: motion() });
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
  const match = /^#(?:at-|row-)?([cdtfr][\d.-]+)$/.exec(decodeURIComponent(location.hash));
  const id = match?.[1];
  if (!id) return;
  choose([id]);
  unfold(document.getElementById(`row-${id}`));
  const words = document.querySelector(`[data-ids].${CHOSEN}`) ?? document.getElementById(`at-${id}`);
  words?.scrollIntoView({ block: "center", behavior: motion() });
}

/** Mark the words and the rows with these ids. What is about a clause as a whole has no words of its own: its clause is. */
function choose(ids: string[]): void {
  for (const old of document.querySelectorAll(`.${CHOSEN}`)) old.classList.remove(CHOSEN);
  const wanted = new Set(ids);
  const found = new Set<string>();
  for (const passage of document.querySelectorAll<HTMLElement>("[data-ids]")) {
    const here = idsOf(passage).filter((id) => wanted.has(id));
    if (here.length > 0) passage.classList.add(CHOSEN);
    for (const id of here) found.add(id);
  }
  for (const row of document.querySelectorAll<HTMLElement>("[data-row]")) {
    const id = row.dataset["row"] ?? "";
    if (!wanted.has(id)) continue;
    (row.closest("li") ?? row).classList.add(CHOSEN);
    if (!found.has(id)) row.closest(".clause")?.classList.add(CHOSEN);
  }
}

function unfold(row: HTMLElement | null): void {
  const folded = row?.closest("details");
  if (folded) folded.open = true;
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
