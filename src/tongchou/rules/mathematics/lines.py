"""Equations too wide for a line, broken before a sign as they are in print."""

from __future__ import annotations

from tongchou.rules.mathematics.breadth import breadth
from tongchou.rules.mathematics.nodes import Node, Row, Sign

_SUMS = ("+", "−", ", ")
_FACTORS = ("×",)


def lines(node: Node, most: float, language: str = "zh") -> list[Node]:
    """Return ``node`` in lines of at most ``most`` half-width characters, where it has signs to break before."""
    parts = _flat(node)
    # Factors are torn apart only where the terms of a sum do not fit by themselves.
    terms = _split(parts, _SUMS)
    pieces = [p for term in terms for p in ([term] if _size(term, language) <= most else _split(term, _FACTORS))]
    found: list[list[Node]] = [[]]
    wide = 0.0
    for piece in pieces:
        size = _size(piece, language)
        if found[-1] and wide + size > most:
            found.append([])
            wide = 0.0
        found[-1].extend(piece)
        wide += size
    return [Row(tuple(line)) for line in found]


def _split(parts: list[Node], signs: tuple[str, ...]) -> list[list[Node]]:
    found: list[list[Node]] = [[]]
    for part in parts:
        if found[-1] and isinstance(part, Sign) and part.spaced and part.text in signs:
            found.append([])
        found[-1].append(part)
    return found


def _size(parts: list[Node], language: str) -> float:
    return sum(breadth(part, language) for part in parts)


def _flat(node: Node) -> list[Node]:
    return [part for inner in node.parts for part in _flat(inner)] if isinstance(node, Row) else [node]
