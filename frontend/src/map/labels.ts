/** Which words fit into which cell, and where the others go. */

import { type Point, type Ring } from "./svg";

/** How a cell takes its label: name over value, both on a line, the name only, or not at all. */
export type Fit = "full" | "line" | "name" | "none";

export interface Sizes {
  name: number;
  value: number;
}

/** Width of a text: Chinese characters are as wide as high, digits and Latin letters about half. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += character.codePointAt(0)! > 0x2e80 ? 1 : 0.56;
  return ems * size;
}

/**
 * Where a box of this size lies wholly inside an area, as near to `at` as a grid of places allows; `null` where it fits
 * nowhere. Everything in one measure; no ring may enter the box.
 */
export function boxPlace(rings: Ring[], at: Point, width: number, height: number): Point | null {
  const points = rings.flat();
  const [left, right] = extent(points.map((p) => p[0]));
  const [top, bottom] = extent(points.map((p) => p[1]));
  const places: Point[] = [at];
  for (let i = 1; i < GRID; i += 1) {
    for (let k = 1; k < GRID; k += 1) places.push([left + ((right - left) * i) / GRID, top + ((bottom - top) * k) / GRID]);
  }
  const away = (p: Point): number => Math.hypot(p[0] - at[0], p[1] - at[1]);
  places.sort((a, b) => away(a) - away(b));
  return places.find((place) => boxInside(rings, place, width / 2, height / 2)) ?? null;
}

const GRID = 24;

function boxInside(rings: Ring[], [x, y]: Point, across: number, up: number): boolean {
  const entered = rings.some((ring) => ring.some((p) => Math.abs(p[0] - x) < across && Math.abs(p[1] - y) < up));
  if (entered) return false;
  for (const dx of [-1, 0, 1]) {
    for (const dy of [-1, 0, 1]) if (!contains(rings, [x + dx * across, y + dy * up])) return false;
  }
  return true;
}

/** Whether a point lies in an area, by counting the borders to its right. */
function contains(rings: Ring[], [x, y]: Point): boolean {
  let inside = false;
  for (const ring of rings) {
    ring.forEach(([ax, ay], i) => {
      const [bx, by] = ring[(i + 1) % ring.length] ?? [ax, ay];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    });
  }
  return inside;
}

function extent(values: number[]): [number, number] {
  return values.reduce(([low, high], v) => [Math.min(low, v), Math.max(high, v)], [Infinity, -Infinity]);
}

/** Heights for labels beside the drawing: each as near its cell as it can be, none on another, all within the drawing. */
export function spread(wanted: number[], step: number, low: number, high: number): number[] {
  const placed: number[] = [];
  for (const y of wanted) placed.push(Math.max(y, low, (placed[placed.length - 1] ?? -Infinity) + step));
  // What ran out at the bottom is pushed up again from below.
  let limit = high;
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    placed[i] = Math.min(placed[i] ?? limit, limit);
    limit = (placed[i] ?? limit) - step;
  }
  return placed;
}

/** Marks for statuses other than the commonest, which needs none when a note names it. */
export function statusMarks(statuses: string[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const status of statuses) if (status) counts.set(status, (counts.get(status) ?? 0) + 1);
  const byCount = [...counts].sort((a, b) => b[1] - a[1]);
  return new Map(byCount.map(([status], i) => [status, i === 0 ? "" : (["*", "†", "‡", "§"][i - 1] ?? "※")]));
}

const CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/** A number in a circle; plain in brackets beyond twenty. */
export function circled(number: number): string {
  return CIRCLED[number - 1] ?? `(${number})`;
}
