"""The terms of a formula: a small tree, and the table of what a formula may hold. Reading one is formulas.py's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_PLAIN = frozenset(("add", "subtract", "multiply", "divide", "negate", "convert", "and", "or", "not"))
_PLAIN |= {
    "equal",
    "unequal",
    "more",
    "at_least",
    "less",
    "at_most",
    "coalesce",
    "nullif",
    "abs",
    "round",
    "floor",
    "ceil",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term. ``op`` is a key of :data:`ALLOWED`, or number, name, parameter, convert.

    ``value`` is the number, the name, or the factor of a conversion; ``keys`` are the names a window is partitioned
    by; ``text`` is the term as written, for messages.
    """

    op: str
    args: tuple[Term, ...] = ()
    value: float | str | None = None
    keys: tuple[str, ...] = ()
    text: str = ""

    def weight(self) -> int:
        """Return about how many terms the SQL of this one has, where guards against missing numbers repeat it."""
        repeats = 1 if self.op in _PLAIN else 3
        return 1 + repeats * sum(arg.weight() for arg in self.args)

    def walk(self) -> Iterator[Term]:
        """Return this term and every term below it."""
        yield self
        for arg in self.args:
            yield from arg.walk()


#: op -> (its class in sqlglot, how it is written)
ALLOWED: dict[str, tuple[str, str]] = {
    "add": ("Add", "a + b"),
    "subtract": ("Sub", "a - b"),
    "multiply": ("Mul", "a * b"),
    "divide": ("Div", "a / b"),
    "negate": ("Neg", "-a"),
    "equal": ("EQ", "a = b"),
    "unequal": ("NEQ", "a <> b"),
    "more": ("GT", "a > b"),
    "at_least": ("GTE", "a >= b"),
    "less": ("LT", "a < b"),
    "at_most": ("LTE", "a <= b"),
    "and": ("And", "p and q"),
    "or": ("Or", "p or q"),
    "not": ("Not", "not p"),
    "case": ("Case", "case when p then a else b end"),
    "coalesce": ("Coalesce", "coalesce(a, b)"),
    "nullif": ("Nullif", "nullif(a, b)"),
    "greatest": ("Greatest", "greatest(a, b, …)"),
    "least": ("Least", "least(a, b, …)"),
    "abs": ("Abs", "abs(a)"),
    "round": ("Round", "round(a, n)"),
    "floor": ("Floor", "floor(a)"),
    "ceil": ("Ceil", "ceil(a)"),
    "ln": ("Ln", "ln(a)"),
    "exp": ("Exp", "exp(a)"),
    "power": ("Pow", "power(a, 2)"),
    "sqrt": ("Sqrt", "sqrt(a)"),
}
#: op -> (its class in sqlglot, how it is written): over all places of a period, or those alike in the names given
WINDOWS: dict[str, tuple[str, str]] = {
    "sum": ("Sum", "sum(a) over ()"),
    "avg": ("Avg", "avg(a) over (partition by group)"),
    "min": ("Min", "min(a) over ()"),
    "max": ("Max", "max(a) over ()"),
    "count": ("Count", "count(a) over ()"),
    "stddev_pop": ("StddevPop", "stddev_pop(a) over ()"),
    "rank": ("Anonymous", "rank() over (order by a desc)"),
}
