/**
 * <tc-entry-grid>: a table of inputs used like a sheet. Arrow up/down and Enter move within a column, left/right at the
 * ends of the text to the next input; a block pasted from WPS or Excel fills rows and columns from where it was put.
 * Without script it is a form.
 */
class EntryGrid extends HTMLElement {
  private changed = false;

  connectedCallback(): void {
    if (!this.hasAttribute("data-editable")) return;
    this.addEventListener("keydown", (event) => this.move(event));
    this.addEventListener("paste", (event) => this.paste(event));
    this.addEventListener("input", () => (this.changed = true));
    this.closest("form")?.addEventListener("submit", () => (this.changed = false));
    window.addEventListener("beforeunload", (event) => {
      if (this.changed) event.preventDefault();
    });
  }

  /** The inputs of each row, those of the sheet only: the tick for 不适用 is no column of a sheet. */
  private rows(): HTMLInputElement[][] {
    return [...this.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll<HTMLInputElement>("input[data-column]")]);
  }

  private at(target: EventTarget | null): [HTMLInputElement[][], number, number] | null {
    const rows = this.rows();
    for (const [i, row] of rows.entries()) {
      const j = row.findIndex((input) => input === target);
      if (j >= 0) return [rows, i, j];
    }
    return null;
  }

  private move(event: KeyboardEvent): void {
    const found = this.at(event.target);
    if (!found || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const [rows, i, j] = found;
    const input = event.target as HTMLInputElement;
    const atStart = input.selectionStart === 0 && input.selectionEnd === 0;
    const atEnd = input.selectionStart === input.value.length && input.selectionEnd === input.value.length;
    const step: Record<string, [number, number] | null> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      Enter: [event.shiftKey ? -1 : 1, 0],
      ArrowLeft: atStart ? [0, -1] : null,
      ArrowRight: atEnd ? [0, 1] : null,
    };
    const by = step[event.key];
    if (!by) return;
    // Enter in the last row stays there: it must not send the form by surprise.
    event.preventDefault();
    const next = rows[i + by[0]]?.[j + by[1]];
    next?.focus();
    next?.select();
  }

  private paste(event: ClipboardEvent): void {
    const found = this.at(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!found || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const [rows, i, j] = found;
    let pasted = 0;
    for (const [di, line] of text.replace(/\r/g, "").replace(/\n$/, "").split("\n").entries()) {
      for (const [dj, cell] of line.split("\t").entries()) {
        const input = rows[i + di]?.[j + dj];
        if (!input) continue;
        input.value = cell.trim();
        pasted += 1;
      }
    }
    this.changed = true;
    const said = this.querySelector("[data-said]");
    if (said) said.textContent = (this.dataset["pasted"] ?? "").replace("N", String(pasted));
  }
}

customElements.define("tc-entry-grid", EntryGrid);
