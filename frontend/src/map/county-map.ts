import "./county-map.css";
import { type Board, type Unit, pageData } from "../board";
import { type Fit, type Sizes, boxPlace, circled, spread, statusMarks, textWidth } from "./labels";
import { type Point, type Ring, element, path, patterns } from "./svg";

/** A schematic layout or attached boundaries, as the server writes them. */
interface Drawing {
  width: number;
  height: number;
  shapes: Record<string, Ring[]>;
  /** The best point for a label in each. */
  labels: Record<string, Point>;
}

/** What is drawn of one unit. */
interface Cell {
  unit: Unit;
  home: Point;
  at: Point;
  rings: Ring[];
  value: string;
  fit: Fit;
}

const WORDS = {
  zh: { rank: "括号内为位次", status: "状态：", hint: "点选县（市、区），图、表联动", nth: "第{n}位", colon: "：" },
  en: { rank: "Rank in brackets", status: "Status: ", hint: "Choose a unit; table and chart follow", nth: "rank {n}", colon: ": " },
};

/** Narrower than this the labels that do not fit are listed below, not beside. */
const NARROW = 480;
const MAX_HEIGHT = 450;
/** Between name and value on one line. */
const SPACE = 5;
const WIDE_SIZES: Sizes = { name: 15, value: 13 };
const NARROW_SIZES: Sizes = { name: 12.5, value: 11 };

/**
 * `<tc-county-map data="id" layout="id">`: the units as areas, each with name, value and rank written on it, so that
 * it reads without colour. Sends `tc-select` with a unit's code; outlines the unit named in `selected`. The words of
 * the legend follow the page's language and can be replaced: `label-rank`, `label-status`, `label-hint`.
 */
class TcCountyMap extends HTMLElement {
  static readonly observedAttributes = ["selected"];
  #board: Board | null = null;
  #drawing: Drawing | null = null;
  #groups = new Map<string, SVGGElement>();
  #rings = new Map<string, Ring[]>();
  #chosen: SVGPathElement | null = null;
  #reading: HTMLElement | null = null;
  #watch: ResizeObserver | null = null;
  #width = 0;

  connectedCallback(): void {
    this.#board = pageData<Board>(this.getAttribute("data"));
    this.#drawing = pageData<Drawing>(this.getAttribute("layout"));
    this.#width = 0;
    this.#fitTo(this.clientWidth);
    this.#watch = new ResizeObserver(() => this.#fitTo(this.clientWidth));
    this.#watch.observe(this);
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
    this.#watch = null;
  }

  attributeChangedCallback(): void {
    this.#mark();
  }

  #fitTo(width: number): void {
    if (!this.#board || !this.#drawing || width === this.#width || width === 0) return;
    const focused = [...this.#groups].find(([, group]) => group === document.activeElement)?.[0];
    this.#width = width;
    this.#draw(this.#board, this.#drawing, width);
    this.#mark();
    if (focused) this.#groups.get(focused)?.focus();
  }

  #draw(board: Board, drawing: Drawing, width: number): void {
    const narrow = width < NARROW;
    const sizes = narrow ? NARROW_SIZES : WIDE_SIZES;
    const marks = statusMarks(board.units.map((u) => u.status));
    const cells = board.units.flatMap((unit): Cell[] => {
      const [rings, at] = [drawing.shapes[unit.code], drawing.labels[unit.code]];
      const value = unit.rank === null ? unit.label : `${unit.label}${marks.get(unit.status) ?? ""} (${unit.rank})`;
      return rings && at ? [{ unit, home: at, at, rings, value, fit: "full" }] : [];
    });
    const { unit, aside } = this.#scale(cells, drawing, sizes, width, narrow);
    const without = cells.filter((c) => c.fit === "none");
    const margin = 4 * unit;
    const box = [-margin, -margin, drawing.width + 2 * margin + aside * unit, drawing.height + 2 * margin];
    const svg = element("svg", { viewBox: box.join(" "), role: "group", "aria-label": `${board.title} ${board.period}` });
    svg.append(patterns(unit));
    this.#groups = new Map();
    this.#rings = new Map(cells.map((c) => [c.unit.code, c.rings]));
    for (const cell of cells) svg.append(this.#group(cell, board));
    const labels = element("g", { class: "labels", "aria-hidden": "true" });
    const beside = narrow ? new Map<string, number>() : besides(without, drawing, sizes, unit);
    for (const cell of cells) {
      const height = beside.get(cell.unit.code);
      const key = narrow && cell.fit === "none" ? circled(without.indexOf(cell) + 1) : null;
      labels.append(height === undefined ? within(cell, sizes, unit, key) : this.#aside(cell, sizes, unit, drawing.width, height));
    }
    svg.append(labels);
    this.#chosen = element("path", { class: "chosen", "aria-hidden": "true", "fill-rule": "evenodd" });
    svg.insertBefore(this.#chosen, labels);
    this.#reading = document.createElement("p");
    this.#reading.className = "map-reading";
    const incomplete = cells.filter((c) => c.fit === "name" || c.fit === "none");
    const keys = narrow && incomplete.length > 0 ? [keyList(without, incomplete)] : [];
    this.replaceChildren(svg, ...keys, this.#reading, this.#legend(board, marks));
  }

  /** Drawing units in a screen pixel, pixels to keep free at the right, and, in the cells, what fits. */
  #scale(
    cells: Cell[], drawing: Drawing, sizes: Sizes, width: number, narrow: boolean,
  ): { unit: number; aside: number } {
    let [unit, aside] = [1, 0];
    // Room for labels beside makes the drawing smaller, which may leave a label more without room.
    for (let round = 0; round < 3; round += 1) {
      unit = Math.max(drawing.width / (width - 8 - aside), drawing.height / (MAX_HEIGHT - 8));
      for (const cell of cells) settle(cell, sizes, unit, narrow);
      const without = cells.filter((c) => c.fit === "none");
      if (narrow || without.length === 0) break;
      const long = without.map((c) => Math.max(textWidth(c.unit.short, sizes.name), textWidth(c.value, sizes.value)));
      aside = 22 + Math.max(...long);
    }
    return { unit, aside };
  }

  #group(cell: Cell, board: Board): SVGGElement {
    const said = this.#said(cell.unit, board);
    const group = element(
      "g",
      { class: `unit ${classOf(cell.unit)}`, tabindex: "0", role: "button", "aria-label": said },
      element("title", {}, said),
      element("path", { class: "cell", d: path(cell.rings), "fill-rule": "evenodd" }),
    );
    this.#groups.set(cell.unit.code, group);
    group.addEventListener("click", () => this.#choose(cell.unit.code));
    group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        this.#choose(cell.unit.code);
      }
    });
    for (const kind of ["pointerenter", "focus"]) group.addEventListener(kind, () => this.#read(said));
    for (const kind of ["pointerleave", "blur"]) group.addEventListener(kind, () => this.#read(null));
    return group;
  }

  /** The words beside the drawing, with a line to the cell; they can be clicked like the cell. */
  #aside(cell: Cell, sizes: Sizes, unit: number, edge: number, height: number): SVGGElement {
    const [x, y] = cell.at;
    const left = edge + 20 * unit;
    const words = element(
      "g",
      { class: "aside" },
      element("path", { class: "pointer", d: `M${x},${y}L${edge + 4 * unit},${height}H${left - 3 * unit}` }),
      element("circle", { cx: x, cy: y, r: 3 * unit }),
      ...lines(cell, sizes, unit, [left, height], "start"),
    );
    words.addEventListener("click", () => this.#choose(cell.unit.code));
    return words;
  }

  #choose(code: string): void {
    this.setAttribute("selected", code);
    this.dispatchEvent(new CustomEvent("tc-select", { detail: code, bubbles: true }));
  }

  #legend(board: Board, marks: Map<string, string>): HTMLElement {
    const list = document.createElement("ul");
    list.className = "legend";
    const add = (words: string, kind: string): void => {
      const item = document.createElement("li");
      if (kind) {
        const swatch = element("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: kind });
        swatch.append(element("rect", { class: "cell", x: 0.5, y: 0.5, width: 15, height: 15 }));
        item.append(swatch);
      }
      item.append(words);
      list.append(item);
    };
    add(board.unit, "");
    const last = board.classes.length - 1;
    board.classes.forEach((bound, i) => {
      if (board.named) add(bound, `class-${i}`);
      else add(i === last && i > 0 ? `> ${board.classes[i - 1] ?? ""}` : `≤ ${bound}`, `class-${i}`);
    });
    if (board.units.some((u) => u.value === null)) add(board.missing, "is-none");
    if (board.units.some((u) => u.rank !== null)) add(this.#word("rank"), "");
    const statuses = [...marks].map(([status, mark]) => mark + status);
    if (statuses.length > 0) add(this.#word("status") + statuses.join("　"), "");
    return list;
  }

  #mark(): void {
    const selected = this.getAttribute("selected");
    for (const [code, group] of this.#groups) {
      group.classList.toggle("is-chosen", code === selected);
      group.setAttribute("aria-pressed", String(code === selected));
    }
    // An outline of its own on top: moving the group there would take the keyboard's focus from it.
    this.#chosen?.setAttribute("d", path(this.#rings.get(selected ?? "") ?? []));
    this.#read(null);
  }

  /** Say a unit in full below the map; without one the chosen unit, or what can be done here. */
  #read(said: string | null): void {
    if (!this.#reading || !this.#board) return;
    const chosen = this.#board.units.find((u) => u.code === this.getAttribute("selected"));
    this.#reading.textContent = said ?? (chosen ? this.#said(chosen, this.#board) : this.#word("hint"));
  }

  #said(unit: Unit, board: Board): string {
    const measure = unit.value === null || !board.unit ? "" : ` ${board.unit}`;
    const words = [`${unit.name}${this.#word("colon")}${unit.label}${measure}`];
    if (unit.rank !== null) words.push(this.#word("nth").replace("{n}", String(unit.rank)));
    if (unit.status) words.push(unit.status);
    return words.join(" · ");
  }

  #word(name: keyof typeof WORDS.zh): string {
    const language = this.closest("[lang]")?.getAttribute("lang")?.startsWith("en") ? "en" : "zh";
    return this.getAttribute(`label-${name}`) ?? WORDS[language][name];
  }
}

function classOf(unit: Unit): string {
  return unit.class === null ? "is-none" : `class-${unit.class}`;
}

/** Decide how a cell takes its label, and move the label to where it fits. */
function settle(cell: Cell, sizes: Sizes, unit: number, nameMayDo: boolean): void {
  const [name, value] = [textWidth(cell.unit.short, sizes.name), textWidth(cell.value, sizes.value)];
  const ways: [Fit, number, number][] = [
    ["full", Math.max(name, value), sizes.name + 1.2 * sizes.value],
    ["line", name + value + SPACE, sizes.name],
  ];
  if (nameMayDo) ways.push(["name", name, sizes.name]);
  for (const [way, width, height] of ways) {
    const place = boxPlace(cell.rings, cell.home, (width + 4) * unit, (height + 4) * unit);
    if (!place) continue;
    [cell.fit, cell.at] = [way, place];
    return;
  }
  [cell.fit, cell.at] = ["none", cell.home];
}

function lines(cell: Cell, sizes: Sizes, unit: number, [x, y]: Point, anchor: string): SVGTextElement[] {
  const line = (words: string, size: number, top: number, kind: string): SVGTextElement =>
    element("text", { x, y: top, "font-size": size * unit, "text-anchor": anchor, class: kind }, words);
  return [
    line(cell.unit.short, sizes.name, y - 0.1 * sizes.name * unit, "unit-name"),
    line(cell.value, sizes.value, y + 1.05 * sizes.value * unit, "unit-value"),
  ];
}

/** The words in a cell: name and value, the name, or where neither fits its number in the list below. */
function within(cell: Cell, sizes: Sizes, unit: number, key: string | null): SVGGElement {
  const group = element("g", { class: classOf(cell.unit) });
  if (cell.fit === "full") {
    group.append(...lines(cell, sizes, unit, cell.at, "middle"));
    return group;
  }
  const [x, y] = cell.at;
  const size = sizes.name * unit;
  const words = element("text", { x, y: y + 0.36 * size, "font-size": size, "text-anchor": "middle" });
  words.append(element("tspan", { class: "unit-name" }, key ?? cell.unit.short));
  if (cell.fit === "line") {
    words.append(element("tspan", { class: "unit-value", dx: SPACE * unit, "font-size": sizes.value * unit }, cell.value));
  }
  group.append(words);
  return group;
}

/** Where the labels beside the drawing go, by code, in drawing units. */
function besides(cells: Cell[], drawing: Drawing, sizes: Sizes, unit: number): Map<string, number> {
  const ordered = [...cells].sort((a, b) => a.at[1] - b.at[1]);
  const step = (sizes.name + sizes.value) * 1.4 * unit;
  const places = spread(ordered.map((c) => c.at[1]), step, sizes.name * unit, drawing.height - 1.2 * sizes.value * unit);
  return new Map(ordered.map((cell, i) => [cell.unit.code, places[i] ?? cell.at[1]]));
}

/** What the cells do not say themselves; those without a name bear a number. */
function keyList(numbered: Cell[], incomplete: Cell[]): HTMLElement {
  const list = document.createElement("p");
  list.className = "map-keys";
  list.setAttribute("aria-hidden", "true"); // every cell says it all to who cannot see it
  for (const cell of [...numbered, ...incomplete.filter((c) => c.fit === "name")]) {
    const item = document.createElement("span");
    const key = cell.fit === "none" ? `${circled(numbered.indexOf(cell) + 1)} ` : "";
    item.textContent = `${key}${cell.unit.short} ${cell.value}`;
    list.append(item);
  }
  return list;
}

customElements.define("tc-county-map", TcCountyMap);
