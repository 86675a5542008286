/** SVG elements made without markup in strings, and the patterns that tell classes apart on paper. */

const NAMESPACE = "http://www.w3.org/2000/svg";

export type Point = [number, number];
export type Ring = Point[];

export function element<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number>,
  ...children: (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** The path of an area; holes are rings of their own. */
export function path(rings: Ring[]): string {
  return rings.map((ring) => `M${ring.map((p) => p.join(",")).join("L")}Z`).join("");
}

/**
 * Patterns of a few screen pixels, `unit` drawing units each: lines for what has no value, which must look like no
 * class, and dots from light to dark for the classes above the lowest, in print.
 */
export function patterns(unit: number): SVGElement {
  const size = 6 * unit;
  const made = (id: string, angle: number, ...marks: SVGElement[]): SVGElement =>
    element(
      "pattern",
      { id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
      element("rect", { width: size, height: size, fill: "#fff" }),
      ...marks,
    );
  const bar = element("rect", { width: size * 0.34, height: size, fill: "#9aa7b1" });
  const dot = (share: number): SVGElement =>
    element("circle", { cx: size / 2, cy: size / 2, r: size * share, fill: "#666" });
  return element(
    "defs",
    {},
    made("tc-none", 45, bar),
    made("tc-class-1", 45, dot(0.12)),
    made("tc-class-2", 45, dot(0.26)),
    made("tc-class-3", 45, dot(0.42)),
  );
}
