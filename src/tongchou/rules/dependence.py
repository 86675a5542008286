"""Which keys tell a term's values apart: what is alike for a whole county, industry or period, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tongchou.formulas.terms import WINDOWS, Term
from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.rules import codes

if TYPE_CHECKING:
    from tongchou.rules.declaration import Declaration

Keys = frozenset[str]
_COUNT_EACH = frozenset(("sum", "avg", "count", "stddev_pop", "rank"))


def declared_keys(declared: Declaration, name: str) -> Keys:
    """Return the keys of an input, of a column that declares them, or of a parameter under ``$name``."""
    rows = frozenset(declared.per[:-1])
    if name in rows:
        return frozenset((name,))
    if name.startswith("$"):
        by = declared.parameters[name[1:]].by
        return frozenset() if by is None else declared_keys(declared, by)
    item = declared.inputs.get(name) or declared.columns[name]
    return rows if item.per is None else frozenset(item.per[:-1])


def keys_of(term: Term, known: Mapping[str, Keys], rows: Keys, where: str, problems: list[Problem]) -> Keys:
    """Return the keys that tell the values of ``term`` apart, given those of every name and ``$parameter``.

    A window that would count one number several times (it is alike in rows that the window tells apart) is a problem.
    """
    if term.op == "name":
        return known[str(term.value)]
    if term.op == "parameter":
        return known[f"${term.value}"]
    inner = frozenset[str]().union(*(keys_of(arg, known, rows, where, problems) for arg in term.args))
    if term.op not in WINDOWS:
        return inner
    parted = frozenset[str]().union(*(known[key] for key in term.keys))
    counts_names = any(part.op == "name" for part in term.args[0].walk())
    if counts_names and term.op in _COUNT_EACH and inner | parted != rows:
        lacking = "、".join(sorted(rows - inner - parted))
        way = Text(f"写 over (partition by {lacking})", f"write over (partition by {lacking})")
        problems.append(codes.COUNTED_TWICE.at(where, part=term.text, lacking=lacking, way=way))
    return inner | parted if term.op == "rank" else parted
