"""Mathematics as a small tree: what all three notations can write."""

from __future__ import annotations

from dataclasses import dataclass

from tongchou.kernel.text import Text


class Node:
    """One piece of mathematics."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row(Node):
    """Pieces one after another."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as it is printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """What an input, column or parameter is called: words, set upright, or a letter with an index, slanted."""

    words: Text
    index: str = ""
    is_letter: bool = False


@dataclass(frozen=True, slots=True)
class Words(Node):
    """Words between the mathematics, such as 若 and 其余."""

    words: Text


@dataclass(frozen=True, slots=True)
class Sign(Node):
    """An operator or relation: + − × = ≤ …; ``spaced`` where it stands between two things."""

    text: str
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    """One thing over another."""

    over: Node
    under: Node


@dataclass(frozen=True, slots=True)
class Power(Node):
    """A base with what stands above it."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Root(Node):
    """A square root."""

    of: Node


@dataclass(frozen=True, slots=True)
class Fence(Node):
    """Something between brackets, bars or half brackets."""

    left: str
    of: Node
    right: str


@dataclass(frozen=True, slots=True)
class Large(Node):
    """A sum over what stands below its sign."""

    sign: str
    under: Node
    of: Node


@dataclass(frozen=True, slots=True)
class Function(Node):
    """A named function (max, ln) of its arguments, with what stands below the name where it is over something."""

    name: str
    args: tuple[Node, ...]
    under: Node | None = None


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """Values with their conditions, between a brace and nothing."""

    rows: tuple[tuple[Node, Node], ...]
