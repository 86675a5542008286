"""Windows of a place that changes alone: aggregates over the others as they are, with its own number put in.

Computing all rows anew for every place that changes would take rows × rows numbers. Where no window looks at what
another window gave, taking the place's old number out of an aggregate and putting its new one in says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tongchou.formulas.arrays import Frame
from tongchou.formulas.terms import WINDOWS, Term
from tongchou.formulas.windows import Groups
from tongchou.rules.rule import Rule
from tongchou.rules.step import Step
from tongchou.rules.table import Numbers

Rows = NDArray[np.intp]
# Numbers whose spread is less than this share of them are equal but for rounding.
_EQUAL = 1e-13


def shallow(rule: Rule, fixed: frozenset[str]) -> bool:
    """Return whether windows look only at what no window has made, in groups by names that are ``fixed``."""
    if rule.algorithm is not None:
        return False
    made: set[str] = set()
    for step in rule.steps:
        for part in step.term.walk():
            if part.op in WINDOWS:
                below = [each for arg in part.args for each in arg.walk()]
                if any(each.op in WINDOWS or (each.op == "name" and each.value in made) for each in below):
                    return False
                if not set(part.keys) <= fixed:
                    return False
        if step.names & made or any(part.op in WINDOWS for part in step.term.walk()):
            made.add(step.name)
    return True


def taken_out(step: Step) -> tuple[Term, list[tuple[str, Term]]]:
    """Return the step's formula with each window as a name, and these names with their windows."""
    windows: list[tuple[str, Term]] = []

    def replaced(term: Term) -> Term:
        if term.op in WINDOWS:
            name = f"#{step.name}{len(windows)}"
            windows.append((name, term))
            return Term("name", value=name, text=term.text)
        return Term(term.op, tuple(replaced(arg) for arg in term.args), term.value, term.keys, term.text)

    return replaced(step.term), windows


def outside(rule: Rule, base: dict[str, Numbers], mine: dict[str, Numbers], at: Rows, sets: Rows) -> Numbers:
    """Return the result of every place that changes alone, shape (variants, places) or what broadcasts to it.

    ``base`` has the numbers formulas start from for all rows as they are, in one or several sets; ``mine`` those of the
    places in every variant. ``at`` says which rows the places are, ``sets`` which set each variant stands among.
    """
    some = next(iter(mine))
    rows, places = base[some].shape[-1], at.size
    all_rows = Frame(np.zeros(rows, dtype=np.intp), base)
    own = Frame(np.zeros(places, dtype=np.intp), mine)
    for step in rule.steps:
        term, windows = taken_out(step)
        for name, window in windows:
            others = np.broadcast_to(all_rows.column(window.args[0], step.leaves_out), (int(sets.max()) + 1, rows))
            number = np.broadcast_to(own.column(window.args[0], step.leaves_out), (sets.size, places))
            groups = all_rows.groups(window.keys)[0]
            mine[name] = Window(window, step.leaves_out, others, groups, at).value(number, sets)
        mine[step.name] = own.column(term, step.leaves_out)
        if not windows and step.names <= base.keys():
            base[step.name] = all_rows.column(step.term, step.leaves_out)
    return mine[rule.declared.result]


class Window:
    """One window over the others: ``base`` has shape (sets, rows), ``at`` says which rows stand for the places."""

    def __init__(self, term: Term, leaves_out: bool, base: Numbers, groups: Groups, at: Rows) -> None:
        self.op, self.leaves_out, self.groups, self.at = term.op, leaves_out, groups, at
        self.sign = -1.0 if term.op == "max" or (term.op == "rank" and term.value) else 1.0
        self.base = base
        self.old = base[:, at]
        self.gaps = np.isnan(base)
        self.others = self._less(groups.reduce(np.add, (~self.gaps).astype(np.float64)), ~np.isnan(self.old))
        self.missing = self._less(groups.reduce(np.add, self.gaps.astype(np.float64)), np.isnan(self.old))

    def value(self, own: Numbers, sets: Rows) -> Numbers:
        """Return the window for each place: ``own`` (variants, places) its number, ``sets`` each variant's others."""
        here = ~np.isnan(own)
        if self.op == "count":
            found = self.others[sets] + here
        else:
            with np.errstate(all="ignore"):
                found = np.asarray(getattr(self, f"_{self.op}")(own, here, sets))
            if self.leaves_out:
                held = here if self.op == "rank" else here | (self.others[sets] > 0)
            else:
                held = here & (self.missing[sets] == 0)
            found = np.where(held, found, np.nan)
        blank = self.groups.unknown if self.leaves_out else self.groups.open
        return found if blank is None else np.where(blank[self.at], np.nan, found)

    def _less(self, of_group: Numbers, mine: NDArray[np.generic]) -> Numbers:
        """Return the group's number less the place's own, shape (sets, places)."""
        return np.asarray(self.groups.spread(of_group)[:, self.at] - mine, dtype=np.float64)

    def _sums(self, values: Numbers) -> Numbers:
        filled = np.where(self.gaps, 0.0, values)
        return self._less(self.groups.reduce(np.add, filled), filled[:, self.at])

    def _sum(self, own: Numbers, here: NDArray[np.bool_], sets: Rows) -> Numbers:
        return self._sums(self.base)[sets] + np.where(here, own, 0.0)

    def _avg(self, own: Numbers, here: NDArray[np.bool_], sets: Rows) -> Numbers:
        return np.asarray(self._sum(own, here, sets) / (self.others[sets] + here))

    def _stddev_pop(self, own: Numbers, here: NDArray[np.bool_], sets: Rows) -> Numbers:
        # Measured from the group's middle, so that squares lose no digits.
        filled = np.where(self.gaps, 0.0, self.base)
        number = np.maximum(self.groups.reduce(np.add, (~self.gaps).astype(np.float64)), 1.0)
        middle = self.groups.spread(self.groups.reduce(np.add, filled) / number)
        apart, mine = self.base - middle, np.where(here, own - middle[:, self.at][sets], 0.0)
        count = self.others[sets] + here
        mean = (self._sums(apart)[sets] + mine) / count
        spread = np.sqrt(np.maximum((self._sums(apart * apart)[sets] + mine * mine) / count - mean * mean, 0.0))
        size = np.maximum(np.nanmax(np.abs(self.base), initial=0.0), np.abs(np.where(here, own, 0.0)))
        return np.where(spread <= _EQUAL * size, 0.0, spread)

    def _min(self, own: Numbers, here: NDArray[np.bool_], sets: Rows) -> Numbers:
        values = np.where(self.gaps, np.inf, self.sign * self.base)
        least = self.groups.spread(self.groups.reduce(np.minimum, values))
        # The least without one of those that are least: where the place is it, the others' least.
        position = np.where(values == least, np.arange(values.shape[1]), values.shape[1])
        first = self.groups.spread(self.groups.reduce(np.minimum, position)) == np.arange(values.shape[1])
        second = self.groups.spread(self.groups.reduce(np.minimum, np.where(first, np.inf, values)))
        outside = np.where(first, second, least)[:, self.at]
        return self.sign * np.minimum(outside[sets], np.where(here, self.sign * own, np.inf))

    _max = _min

    def _rank(self, own: Numbers, here: NDArray[np.bool_], sets: Rows) -> Numbers:
        found = np.full(own.shape, np.nan)
        values, old = self.sign * self.base, self.sign * self.old
        members: Sequence[Rows] = [np.flatnonzero(self.groups.of_row == g) for g in range(self.groups.starts.size)]
        mine = self.groups.of_row[self.at]
        for each in np.unique(sets):
            for group, rows in enumerate(members):
                places, chosen = np.flatnonzero(mine == group), np.flatnonzero(sets == each)
                ordered = np.sort(values[each, rows[~self.gaps[each, rows]]])
                keys = self.sign * own[np.ix_(chosen, places)]
                before = np.searchsorted(ordered, keys, side="left") - (old[each, places] < keys)
                found[np.ix_(chosen, places)] = 1 + before
        return found
