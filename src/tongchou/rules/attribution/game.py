"""What the result would be with some factors changed and the others not: every combination of them, for every place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from tongchou.kernel.problems import ProblemsError
from tongchou.rules.attribution.outside import outside, shallow
from tongchou.rules.attribution.pair import Flags, Pair, Rows
from tongchou.rules.attribution.variants import start, variants
from tongchou.rules.parameters import Dated
from tongchou.rules.table import Numbers

#: ``own``: a place's own inputs and everybody else's are factors apart. ``alone``: no place depends on another.
#: ``together``: an input changes everywhere at once.
Way = Literal["own", "alone", "together"]
OTHERS, METHOD = "#others", "#method"
_CELLS = 2_000_000  # of one input held at once
_CACHED = 200_000


def outcomes(pair: Pair, changed: Mapping[str, Flags], way: Way, wanted: Rows) -> Numbers:
    """Return the result of the ``wanted`` units under every combination of changes, unsettled.

    The shape is (combinations, units wanted); they must stand on both sides.

    ``changed[atom]`` says for each combination whether that input, ``$parameter``, ``#others`` or ``#method`` is as in
    the later result; what is not named is as in the later result throughout, for it does not differ. NaN where a
    combination has no result.
    """
    count = next(iter(changed.values())).size
    held = {atom: changed.get(atom, np.ones(count, dtype=np.bool_)) for atom in (OTHERS, METHOD)}
    found = np.full((count, wanted.size), np.nan)
    for method in (0, 1):
        for others in (0, 1):
            chosen = np.flatnonzero((held[METHOD] == method) & (held[OTHERS] == others))
            if chosen.size:
                some = {atom: flags[chosen] for atom, flags in changed.items()}
                base = _Base(pair, some, chosen.size, method, others, _rows(pair, others, way, wanted))
                if way != "own":
                    found[chosen] = base.at_once(wanted)
                elif is_shallow(pair):
                    found[chosen] = base.outside(wanted)
                else:
                    found[chosen] = base.swapped(wanted)
    return found


def is_shallow(pair: Pair) -> bool:
    """Return whether a place that changes alone needs no other place computed anew, in either rule."""
    alike = {name for name, both in pair.inputs.items() if np.array_equal(both[0], both[1], equal_nan=True)}
    one_row = len(pair.units) == len(pair.places)
    return one_row and all(shallow(s.rule, frozenset((*pair.keys, *alike, *s.inputs))) for s in pair.sides)


def _rows(pair: Pair, others: int, way: Way, wanted: Rows) -> Rows:
    """Return the rows that are computed: those there are, or where none depends on another those asked for."""
    if way != "alone":
        return np.flatnonzero(pair.present[others])
    return np.flatnonzero(pair.present.all(axis=0) & np.isin(pair.unit, wanted))


class _Base:
    """The combinations that agree in the method and in the rows and inputs of other places."""

    def __init__(
        self, pair: Pair, changed: Mapping[str, Flags], count: int, method: int, others: int, rows: Rows
    ) -> None:
        self.pair, self.changed, self.count, self.others = pair, changed, count, others
        self.side, self.rows = pair.sides[method], rows
        self.places = [pair.places[int(i)] for i in self.rows]
        self.keys = {key: [codes[int(i)] for i in self.rows] for key, codes in pair.keys.items()}
        self.rule = self.side.rule

    def at_once(self, wanted: Rows) -> Numbers:
        """Return the results where an input changes in every row at once."""
        found, at = np.empty((self.count, wanted.size)), self._at(wanted)
        for part in self._parts(self.rows.size):
            inputs = {n: v[self._on(n)[part].astype(np.intp)][:, self.rows] for n, v in self.pair.inputs.items()}
            found[part] = self._computed(inputs, part)[:, at]
        return found

    def swapped(self, wanted: Rows) -> Numbers:
        """Return the results where each unit in turn changes its own inputs among the others as they are."""
        found = np.empty((self.count, wanted.size))
        at = self._at(wanted)
        step = max(1, _CELLS // (self.count * max(1, self.rows.size)))
        for first in range(0, wanted.size, step):
            some = slice(first, min(first + step, wanted.size))
            few = wanted[some].size
            inputs = {name: self._own(name, wanted[some]) for name in self.pair.inputs}
            which = np.repeat(np.arange(self.count), few)
            every = self._computed(inputs, which).reshape(self.count, few, self.rows.size)
            found[:, some] = every[:, np.arange(few), at[some]]
        return found

    def outside(self, wanted: Rows) -> Numbers:
        """Return the same where windows look at figures only: aggregates of the others with the unit's number in."""
        return np.concatenate([self._outside(wanted, part) for part in self._parts(wanted.size)])

    def _outside(self, wanted: Rows, part: Rows) -> Numbers:
        at = self._at(wanted)
        places = self.rows[at]
        common = [name for name in self.pair.inputs if name not in self.pair.own]
        bits = np.stack([self._on(n)[part] for n in (*common, *(f"${p}" for p in self.pair.parameters), METHOD)])
        distinct, sets = np.unique(bits, axis=1, return_inverse=True)
        kept = part[np.unique(sets, return_index=True)[1]]  # a combination of each kind
        base, mine = {}, {}
        for name, values in self.pair.inputs.items():
            on = self._on(name).astype(np.intp)
            of_base = (
                values[on[kept]]
                if name in common
                else np.broadcast_to(values[self.others], (distinct.shape[1], values.shape[1]))
            )
            base[name], mine[name] = of_base[:, self.rows], values[on[part]][:, places]
        for name, only in self.side.inputs.items():
            base[name] = np.broadcast_to(only[self.rows], (kept.size, self.rows.size))
            mine[name] = np.broadcast_to(only[places], (part.size, places.size))
        keys = {key: [held[int(i)] for i in at] for key, held in self.keys.items()}
        found = outside(
            self.rule,
            start(self.rule, self.keys, base, self._parameters(kept), slice(None)),
            start(self.rule, keys, mine, self._parameters(part), slice(None)),
            at,
            sets.ravel(),
        )
        return np.broadcast_to(found, (part.size, places.size)) * self.side.scale

    def _parts(self, rows: int) -> list[Rows]:
        """Return the combinations a few at a time, so that a column of all their rows stays in the cache."""
        step = max(1, _CACHED // max(1, rows))
        return [np.arange(i, min(i + step, self.count)) for i in range(0, self.count, step)]

    def _parameters(self, which: Rows) -> dict[str, Sequence[Dated]]:
        found: dict[str, Sequence[Dated]] = {
            name: [both[int(on)] for on in self._on(f"${name}")[which]]
            for name, both in self.pair.parameters.items()
            if name in self.rule.declared.parameters
        }
        return found | {name: [value] * which.size for name, value in self.side.parameters.items()}

    def _own(self, name: str, units: Rows) -> Numbers:
        """Return an input for every combination and unit, shape (combinations × units, rows)."""
        values, on = self.pair.inputs[name][:, self.rows], self._on(name).astype(np.intp)
        if name not in self.pair.own:
            return np.repeat(values[on], units.size, axis=0)
        number = self.pair.own[name]
        first = self.pair.first_row(self.others)[units]
        mine = number[self.rows][None, :] == number[first][:, None]
        whole = np.where(mine[None, :, :], values[on][:, None, :], values[self.others][None, None, :])
        return whole.reshape(-1, self.rows.size)

    def _on(self, atom: str) -> Flags:
        return self.changed.get(atom, np.ones(self.count, dtype=np.bool_))

    def _at(self, wanted: Rows) -> Rows:
        """Return where a row of each wanted unit stands among the rows computed."""
        position = np.full(len(self.pair.units), -1, dtype=np.intp)
        position[self.pair.unit[self.rows[::-1]]] = np.arange(self.rows.size)[::-1]
        return np.asarray(position[wanted])

    def _computed(self, inputs: Mapping[str, Numbers], which: Rows) -> Numbers:
        full = dict(inputs)
        for name, values in self.side.inputs.items():
            full[name] = np.broadcast_to(values[self.rows], (which.size, self.rows.size))
        return self._tolerant(full, self._parameters(which)) * self.side.scale

    def _tolerant(self, inputs: Mapping[str, Numbers], parameters: Mapping[str, Sequence[Dated]]) -> Numbers:
        """Compute, leaving NaN for the combinations that the rule refuses: nobody ever reported those figures."""
        try:
            return variants(self.rule, self.places, self.keys, inputs, parameters)
        except ProblemsError:
            count = next(iter(inputs.values())).shape[0]
            if count == 1:
                return np.full((1, self.rows.size), np.nan)
            halves = []
            for part in (slice(0, count // 2), slice(count // 2, count)):
                some = {name: values[part] for name, values in inputs.items()}
                halves.append(self._tolerant(some, {name: values[part] for name, values in parameters.items()}))
            return np.concatenate(halves)
