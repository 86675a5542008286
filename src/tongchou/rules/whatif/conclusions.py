"""Conclusions that can flip: one place has more than another, a column crosses a value, a place's rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from tongchou.kernel.numbers import measured
from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.rules import codes
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers, Table
from tongchou.rules.whatif import ranks

#: True or false, a rank, or ``None`` where there is no result.
Answer = bool | int | None
_NO_RESULT = Text("没有结果", "no result")


class Conclusion(Protocol):
    """Something said about a result that holds or not."""

    def problems(self, rule: Rule, table: Table) -> list[Problem]:
        """Return what is named and not there."""
        ...

    def column_of(self, rule: Rule) -> str:
        """Return the column it is about."""
        ...

    def answers(self, table: Table, values: Numbers) -> list[Answer]:
        """Return the answer for every row of ``values``, shape (tries, places)."""
        ...

    def measure(self, table: Table, values: Numbers) -> float:
        """Return a number that is above zero where the conclusion holds, for one try; NaN where there is none."""
        ...

    def words(self, answer: Answer) -> Text:
        """Return the answer as a statement."""
        ...


@dataclass(frozen=True, slots=True)
class _Named:
    column: str | None = field(default=None, kw_only=True)
    names: Mapping[str, Text] = field(default_factory=dict, kw_only=True)

    def column_of(self, rule: Rule) -> str:
        """Return the column it is about, by default the result."""
        return self.column or rule.declared.result

    def _problems(self, rule: Rule, table: Table, *places: str) -> list[Problem]:
        known = "、".join(rule.declared.columns)
        found = []
        if self.column is not None and self.column not in rule.declared.columns:
            found.append(codes.UNDEFINED.at(self.column, name=self.column, known=known))
        held = "、".join(table.places[:20])
        found += [codes.NO_SUCH_SETTING.at(p, name=p, known=held) for p in places if p not in table.places]
        return found

    def _name(self, place: str) -> Text:
        return self.names.get(place, Text(place, place))


@dataclass(frozen=True, slots=True)
class Exceeds(_Named):
    """``place`` has more than ``other``; equal is not more."""

    place: str
    other: str

    def problems(self, rule: Rule, table: Table) -> list[Problem]:
        """Return what is named and not there."""
        return self._problems(rule, table, self.place, self.other)

    def answers(self, table: Table, values: Numbers) -> list[Answer]:
        """Return whether it has more, for every try."""
        return _above(_difference(self, table, values))

    def measure(self, table: Table, values: Numbers) -> float:
        """Return by how much it has more."""
        return float(_difference(self, table, values)[0])

    def words(self, answer: Answer) -> Text:
        """Return the answer as a statement."""
        if answer is None:
            return _NO_RESULT
        kind = Text("{a}多于{b}", "{a} has more than {b}") if answer else _NOT_MORE
        return kind.format(a=self._name(self.place), b=self._name(self.other))


@dataclass(frozen=True, slots=True)
class Above(_Named):
    """A column of ``place`` is above ``value``; equal is not above."""

    place: str
    value: float
    unit: str = "1"

    def problems(self, rule: Rule, table: Table) -> list[Problem]:
        """Return what is named and not there."""
        return self._problems(rule, table, self.place)

    def answers(self, table: Table, values: Numbers) -> list[Answer]:
        """Return whether it is above, for every try."""
        return _above(values[:, table.places.index(self.place)] - self.value)

    def measure(self, table: Table, values: Numbers) -> float:
        """Return by how much it is above."""
        return float(values[0, table.places.index(self.place)] - self.value)

    def words(self, answer: Answer) -> Text:
        """Return the answer as a statement."""
        if answer is None:
            return _NO_RESULT
        kind = Text("{a}高于{v}", "{a} is above {v}") if answer else Text("{a}不高于{v}", "{a} is not above {v}")
        return kind.format(a=self._name(self.place), v=measured(self.value, self.unit))


@dataclass(frozen=True, slots=True)
class RankOf(_Named):
    """The rank of ``place``, 1 for the most; every change of it is a flip."""

    place: str

    def problems(self, rule: Rule, table: Table) -> list[Problem]:
        """Return what is named and not there."""
        return self._problems(rule, table, self.place)

    def answers(self, table: Table, values: Numbers) -> list[Answer]:
        """Return the rank for every try."""
        return [int(rank) or None for rank in ranks(values)[:, table.places.index(self.place)]]

    def measure(self, table: Table, values: Numbers) -> float:
        """Return nothing: a rank moves in steps."""
        return float("nan")

    def words(self, answer: Answer) -> Text:
        """Return the answer as a statement."""
        if answer is None:
            return _NO_RESULT
        return Text("{a}排第{n}", "{a} ranks {n}").format(a=self._name(self.place), n=answer)


_NOT_MORE = Text("{a}不多于{b}", "{a} has no more than {b}")


def _difference(asked: Exceeds, table: Table, values: Numbers) -> Numbers:
    return np.asarray(values[:, table.places.index(asked.place)] - values[:, table.places.index(asked.other)])


def _above(differences: Numbers) -> list[Answer]:
    return [None if np.isnan(d) else bool(d > 0) for d in differences]
