"""Mathematics as LaTeX (amsmath); words stand in ``\\text`` and are escaped."""

from __future__ import annotations

from tongchou.rules.mathematics.nodes import (
    Cases,
    Fence,
    Fraction,
    Function,
    Large,
    Name,
    Node,
    Number,
    Power,
    Root,
    Row,
    Sign,
    Words,
)

_SIGNS = {
    "×": r"\times",
    "−": "-",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "¬": r"\lnot",
    "∑": r"\sum",
    "<": "<",
    ", ": r",\quad",
}
_BRACKETS = {"⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil", "|": "|"}
_KNOWN = {"max": r"\max", "min": r"\min", "ln": r"\ln", "σ": r"\sigma"}
_ESCAPES = {c: f"\\{c}" for c in "#$%&_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
_ESCAPES |= {"^": r"\textasciicircum{}"}


def latex(node: Node, language: str = "zh") -> str:
    """Return the LaTeX of mathematics, without the dollar signs around it."""

    def of(part: Node) -> str:
        return latex(part, language)

    if isinstance(node, Row):
        return " ".join(of(part) for part in node.parts)
    if isinstance(node, Number):
        return node.text.replace("−", "-").replace(",", "{,}")
    if isinstance(node, Name):
        words = node.words.in_(language)
        base = words if node.is_letter else _text(words)
        return f"{base}_{{{node.index}}}" if node.index else base
    if isinstance(node, Words):
        return _text(node.words.in_(language))
    if isinstance(node, Sign):
        return _SIGNS.get(node.text, node.text)
    if isinstance(node, Fraction):
        return rf"\frac{{{of(node.over)}}}{{{of(node.under)}}}"
    if isinstance(node, Power):
        return f"{{{of(node.base)}}}^{{{of(node.exponent)}}}"
    if isinstance(node, Root):
        return rf"\sqrt{{{of(node.of)}}}"
    if isinstance(node, Fence):
        left, right = (_BRACKETS.get(side, side) for side in (node.left, node.right))
        return rf"\left{left} {of(node.of)} \right{right}"
    if isinstance(node, Large):
        return rf"{_SIGNS[node.sign]}_{{{of(node.under)}}} {of(node.of)}"
    if isinstance(node, Function):
        name = _KNOWN.get(node.name, rf"\operatorname{{{node.name}}}")
        under = f"_{{{of(node.under)}}}" if node.under is not None else ""
        return rf"{name}{under}\left( {', '.join(of(arg) for arg in node.args)} \right)"
    if isinstance(node, Cases):
        rows = r" \\ ".join(f"{of(value)} & {of(condition)}" for value, condition in node.rows)
        return rf"\begin{{cases}} {rows} \end{{cases}}"
    raise AssertionError(node)


def _text(words: str) -> str:
    return r"\text{" + "".join(_ESCAPES.get(c, c) for c in words) + "}"
