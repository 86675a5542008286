"""What the result would be with some factors changed and the others not: every combination of them, for every place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from tongchou.kernel.problems import ProblemsError
from tongchou.rules.attribution_pair import Flags, Pair, Rows
from tongchou.rules.parameters import Dated
from tongchou.rules.table import Numbers
from tongchou.rules.whatif_variants import variants

#: ``own``: a place's own inputs and everybody else's are factors apart. ``alone``: no place depends on another.
#: ``together``: an input changes everywhere at once.
Way = Literal["own", "alone", "together"]
OTHERS, METHOD = "#others", "#method"
_CELLS = 2_000_000  # of one input held at once


def outcomes(pair: Pair, changed: Mapping[str, Flags], way: Way) -> Numbers:
    """Return the result of every unit under every combination of changes, unsettled, shape (combinations, units).

    ``changed[atom]`` says for each combination whether that input, ``$parameter``, ``#others`` or ``#method`` is as in
    the later result; what is not named is as in the later result throughout, for it does not differ. NaN where a
    combination has no result, and for units that stand on one side only.
    """
    count = next(iter(changed.values())).size
    held = {atom: changed.get(atom, np.ones(count, dtype=np.bool_)) for atom in (OTHERS, METHOD)}
    found = np.full((count, len(pair.units)), np.nan)
    wanted = np.flatnonzero(pair.matched)
    for method in (0, 1):
        for others in (0, 1):
            chosen = np.flatnonzero((held[METHOD] == method) & (held[OTHERS] == others))
            if chosen.size:
                some = {atom: flags[chosen] for atom, flags in changed.items()}
                base = _Base(pair, some, chosen.size, method, others, way)
                found[np.ix_(chosen, wanted)] = base.swapped(wanted) if way == "own" else base.at_once(wanted)
    return found


class _Base:
    """The combinations that agree in the method and in the rows and inputs of other places."""

    def __init__(
        self, pair: Pair, changed: Mapping[str, Flags], count: int, method: int, others: int, way: Way
    ) -> None:
        self.pair, self.changed, self.count, self.others = pair, changed, count, others
        self.side = pair.sides[method]
        self.rows: Rows = np.flatnonzero(pair.present.all(axis=0) if way == "alone" else pair.present[others])
        self.keys = {key: [codes[int(i)] for i in self.rows] for key, codes in pair.keys.items()}
        self.rule = self.side.rule

    def at_once(self, wanted: Rows) -> Numbers:
        """Return the results where an input changes in every row at once."""
        inputs = {}
        for name, values in self.pair.inputs.items():
            inputs[name] = values[self._on(name).astype(np.intp)][:, self.rows]
        return self._computed(inputs, np.arange(self.count))[:, self._at(wanted)]

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
        parameters: dict[str, Sequence[Dated]] = {
            name: [both[int(on)] for on in self._on(f"${name}")[which]]
            for name, both in self.pair.parameters.items()
            if name in self.rule.declared.parameters
        }
        parameters |= {name: [value] * which.size for name, value in self.side.parameters.items()}
        return self._tolerant(full, parameters) * self.side.scale

    def _tolerant(self, inputs: Mapping[str, Numbers], parameters: Mapping[str, Sequence[Dated]]) -> Numbers:
        """Compute, leaving NaN for the combinations that the rule refuses: nobody ever reported those figures."""
        column = self.rule.declared.result
        try:
            return variants(self.rule, self.keys, inputs, parameters, [column], settled=False)[column]
        except ProblemsError:
            count = next(iter(inputs.values())).shape[0]
            if count == 1:
                return np.full((1, self.rows.size), np.nan)
            halves = []
            for part in (slice(0, count // 2), slice(count // 2, count)):
                some = {name: values[part] for name, values in inputs.items()}
                halves.append(self._tolerant(some, {name: values[part] for name, values in parameters.items()}))
            return np.concatenate(halves)
