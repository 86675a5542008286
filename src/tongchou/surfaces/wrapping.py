"""How many lines a text takes in a column: neither a worksheet nor a document says so before it is opened."""

from __future__ import annotations

from math import ceil
from unicodedata import east_asian_width


def lines_of(text: str, width: float) -> int:
    """Return how many lines ``text`` takes in a column ``width`` half-width characters wide, its margins included."""
    lines = 0
    for line in text.split("\n"):
        units = sum(2 if east_asian_width(c) in "WFA" else 1 for c in line)
        lines += max(1, ceil(units / max(1.0, width - 1.5)))
    return lines
