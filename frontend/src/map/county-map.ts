import { type Board, type Unit, pageData } from "../board";

/** A schematic layout or attached boundaries, as the server writes them. */
interface Drawing {
  width: number;
  height: number;
  shapes: Record<string, [number, number][][]>;
  labels: Record<string, [number, number]>;
}

const SVG = "http://www.w3.org/2000/svg";
/** A cell smaller than this share of the drawing has no room for words. */
const SMALL = 0.03;

/**
 * `<tc-county-map data="id" layout="id">`: the units as areas, each with name, value and rank written on it, so that
 * it reads without colour. Sends `tc-select`; shows the unit named in `selected`.
 */
class TcCountyMap extends HTMLElement {
  static readonly observedAttributes = ["selected"];
  #shapes = new Map<string, SVGGElement>();

  connectedCallback(): void {
    const board = pageData<Board>(this.getAttribute("data"));
    const drawing = pageData<Drawing>(this.getAttribute("layout"));
    if (!board || !drawing) return;
    this.replaceChildren(this.#draw(board, drawing), this.#legend(board));
    this.#mark();
  }

  attributeChangedCallback(): void {
    this.#mark();
  }

  #draw(board: Board, drawing: Drawing): SVGElement {
    const margin = drawing.width * 0.015;
    const aside = asides(board, drawing);
    const right = aside.size > 0 ? drawing.width * 0.2 : margin;
    const svg = element("svg", {
      viewBox: `${-margin} ${-margin} ${drawing.width + margin + right} ${drawing.height + 2 * margin}`,
      role: "group",
      "aria-label": `${board.title} ${board.period}`,
    });
    svg.append(patterns());
    this.#shapes.clear();
    for (const unit of board.units) {
      const rings = drawing.shapes[unit.code];
      const at = drawing.labels[unit.code];
      if (!rings || !at) continue;
      const group = element("g", {
        class: `unit ${aside.has(unit.code) ? "is-aside " : ""}${unit.class === null ? "is-none" : `class-${unit.class}`}`,
        tabindex: "0",
        role: "button",
        "aria-label": spoken(unit, board),
      });
      const shape = element("path", { d: rings.map(outline).join(""), "fill-rule": "evenodd" });
      const title = element("title", {});
      title.textContent = spoken(unit, board);
      group.append(title, shape, ...label(unit, at, aside.get(unit.code) ?? null, drawing));
      const choose = (): void => {
        this.dispatchEvent(new CustomEvent("tc-select", { detail: unit.code, bubbles: true }));
      };
      group.addEventListener("click", choose);
      group.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose();
        }
      });
      this.#shapes.set(unit.code, group);
      svg.append(group);
    }
    return svg;
  }

  #legend(board: Board): HTMLElement {
    const list = document.createElement("ul");
    list.className = "legend";
    const count = board.classes.length;
    board.classes.forEach((bound, i) => {
      const item = document.createElement("li");
      item.className = `class-${i}`;
      item.textContent = i === count - 1 && i > 0 ? `> ${board.classes[i - 1] ?? ""}` : `≤ ${bound}`;
      list.append(item);
    });
    if (board.units.some((u) => u.value === null)) {
      const item = document.createElement("li");
      item.className = "is-none";
      item.textContent = board.missing;
      list.append(item);
    }
    const unit = document.createElement("li");
    unit.className = "legend-unit";
    unit.textContent = board.unit;
    list.append(unit);
    return list;
  }

  #mark(): void {
    const selected = this.getAttribute("selected");
    for (const [code, group] of this.#shapes) {
      const chosen = code === selected;
      group.classList.toggle("is-chosen", chosen);
      group.setAttribute("aria-pressed", String(chosen));
      // The chosen outline must not be covered by a neighbour drawn later.
      if (chosen) group.parentNode?.append(group);
    }
  }
}

function spoken(unit: Unit, board: Board): string {
  const rank = unit.rank === null ? "" : ` #${unit.rank}`;
  const measure = unit.value === null ? "" : ` ${board.unit}`;
  return `${unit.name} ${unit.label}${measure}${rank}${unit.status ? ` ${unit.status}` : ""}`;
}

/** Words inside the cell where it has room for them, else beside the drawing with a line to the cell. */
function label(unit: Unit, at: [number, number], aside: [number, number] | null, drawing: Drawing): SVGElement[] {
  const size = drawing.width * 0.029;
  const [x, y] = aside ?? at;
  const lines = [unit.short, unit.rank === null ? unit.label : `${unit.label} (${unit.rank})`];
  const texts = lines.map((text, i) => {
    const line = element("text", {
      x: String(x),
      y: String(y + (i - 0.1) * size * 1.1),
      "font-size": String(i === 0 ? size : size * 0.82),
      "text-anchor": aside ? "start" : "middle",
      class: i === 0 ? "unit-name" : "unit-value",
    });
    line.textContent = text;
    return line;
  });
  if (!aside) return texts;
  const line = element("line", { x1: String(at[0]), y1: String(at[1]), x2: String(x - size * 0.3), y2: String(y) });
  const dot = element("circle", { cx: String(at[0]), cy: String(at[1]), r: "5" });
  return [line, dot, ...texts];
}

/** Places right of the drawing for the labels of cells too small for words, in the order of the cells from the top. */
function asides(board: Board, drawing: Drawing): Map<string, [number, number]> {
  const small = board.units.filter((u) => {
    const rings = drawing.shapes[u.code];
    return rings !== undefined && area(rings[0] ?? []) < SMALL * drawing.width * drawing.height;
  });
  small.sort((a, b) => (drawing.labels[a.code]?.[1] ?? 0) - (drawing.labels[b.code]?.[1] ?? 0));
  const found = new Map<string, [number, number]>();
  const step = drawing.width * 0.075;
  let last = -Infinity;
  for (const unit of small) {
    const y = Math.max(drawing.labels[unit.code]?.[1] ?? 0, last + step);
    found.set(unit.code, [drawing.width * 1.03, y]);
    last = y;
  }
  return found;
}

function outline(ring: [number, number][]): string {
  return `M${ring.map((p) => p.join(",")).join("L")}Z`;
}

function area(points: [number, number][]): number {
  let sum = 0;
  points.forEach(([x, y], i) => {
    const next = points[(i + 1) % points.length];
    if (next) sum += x * next[1] - next[0] * y;
  });
  return Math.abs(sum) / 2;
}

/** Hatching for what has no value: it must not look like a light colour, on screen or on paper. */
function patterns(): SVGElement {
  const defs = element("defs", {});
  const pattern = element("pattern", {
    id: "tc-none",
    width: "12",
    height: "12",
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  });
  pattern.append(
    element("rect", { width: "12", height: "12", fill: "#fff" }),
    element("line", { x1: "0", y1: "0", x2: "0", y2: "12", stroke: "#9aa7b1", "stroke-width": "4" }),
  );
  defs.append(pattern);
  return defs;
}

function element<K extends keyof SVGElementTagNameMap>(name: K, attributes: Record<string, string>): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

customElements.define("tc-county-map", TcCountyMap);
