"""About how wide mathematics comes out, to choose between names and letters before it is set."""

from __future__ import annotations

from unicodedata import east_asian_width

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

_SMALL = 0.7  # of the size, above and below the line


def breadth(node: Node, language: str = "zh") -> float:
    """Return the width of ``node`` in half-width characters."""

    def of(part: Node | None) -> float:
        return 0.0 if part is None else breadth(part, language)

    if isinstance(node, Row):
        return sum(of(part) for part in node.parts)
    if isinstance(node, Number | Sign):
        return _text(node.text) + (2 if isinstance(node, Sign) and node.spaced else 0)
    if isinstance(node, Name):
        return _text(node.words.in_(language)) + _SMALL * len(node.index)
    if isinstance(node, Words):
        return _text(node.words.in_(language))
    if isinstance(node, Fraction):
        return max(of(node.over), of(node.under)) + 1
    if isinstance(node, Power):
        return of(node.base) + _SMALL * of(node.exponent)
    if isinstance(node, Root | Fence):
        return of(node.of) + 3
    if isinstance(node, Large):
        return max(3, _SMALL * of(node.under)) + of(node.of)
    if isinstance(node, Function):
        return max(len(node.name), _SMALL * of(node.under)) + sum(of(arg) + 2 for arg in node.args) + 2
    if isinstance(node, Cases):
        return max(of(value) + of(condition) for value, condition in node.rows) + 4
    raise AssertionError(node)


def _text(words: str) -> float:
    return sum(2.0 if east_asian_width(c) in "WFA" else 1.0 for c in words)
