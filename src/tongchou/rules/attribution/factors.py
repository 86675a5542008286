"""Which factors a change can be due to: what differs between the two sides, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tongchou.formulas.terms import WINDOWS
from tongchou.kernel.text import Text
from tongchou.rules.attribution.game import METHOD, OTHERS, Way, is_shallow, outcomes
from tongchou.rules.attribution.pair import Flags, Pair
from tongchou.rules.attribution.shapley import MOST
from tongchou.rules.rule import Rule
from tongchou.rules.table import Numbers

Kind = Literal["data", "parameter", "pool", "method", "others", "group"]
_OTHERS = Text("其他单位的变化", "changes elsewhere")
_PLACES = Text("单位增减", "places that came or went")
_METHOD = Text("办法", "method")
_REST = Text("其余因素", "remaining factors")
#: Runs of an algorithm, and numbers of one input, above which own and others' changes are not told apart.
_CALLS, _CELLS = 2_000, 250_000_000


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that changed: an input, a ``$parameter``, ``#method``, ``#others``, or several of these together."""

    kind: Kind
    members: tuple[str, ...]
    label: Text


def factors_of(pair: Pair) -> tuple[Factor, ...]:
    """Return a factor for everything that differs, in the order of the declaration, others and method last."""
    declared = pair.sides[1].rule.declared
    both = pair.present.all(axis=0)
    found: list[Factor] = []
    elsewhere = not pair.present[:, pair.matched[pair.unit]].all() or not pair.matched.all()
    for name, values in pair.inputs.items():
        differs = _differ(values[0], values[1])
        elsewhere |= bool(differs.any()) and name in pair.own
        if differs[both].any():
            found.append(Factor("data", (name,), declared.inputs[name].label.text()))
    pools = _pools(pair.sides[0].rule) | _pools(pair.sides[1].rule)
    for name, (one, other) in pair.parameters.items():
        if one.value != other.value:
            kind: Kind = "pool" if name in pools else "parameter"
            found.append(Factor(kind, (f"${name}",), declared.parameters[name].label.text()))
    # Where money is settled, others decide who gets the fen left over, though no amount depends on them.
    if elsewhere and (not _independent(pair) or any(_settles(side.rule) for side in pair.sides)):
        found.append(Factor("others", (OTHERS,), _OTHERS))
    if pair.sides[0].rule.digest != pair.sides[1].rule.digest:
        found.append(Factor("method", (METHOD,), _METHOD))
    return tuple(found)


def way_of(pair: Pair, factors: Sequence[Factor]) -> Way:
    """Return how far changes of a place and of the others can be told apart, within a bound of work."""
    if _independent(pair):
        return "alone"
    count = (1 << min(len(factors), MOST)) * int(pair.matched.sum())
    calls = any(side.rule.algorithm is not None for side in pair.sides)
    if not is_shallow(pair) and (count > _CALLS if calls else count * len(pair.places) > _CELLS):
        return "together"
    return "own"


def told_together(pair: Pair, factors: Sequence[Factor]) -> tuple[Factor, ...]:
    """Return the factors where inputs change everywhere at once: of the others only coming and going is left."""
    moved = not pair.present.all()
    return tuple(
        Factor("others", f.members, _PLACES) if f.kind == "others" else f
        for f in factors
        if f.kind != "others" or moved
    )


def grouped(factors: Sequence[Factor], groups: Mapping[str, Sequence[str]]) -> tuple[Factor, ...]:
    """Return the factors with the members of each declared group made one; a group without any is left out."""
    taken = {member: label for label, members in groups.items() for member in members}
    found: dict[str, Factor] = {}
    for factor in factors:
        label = taken.get(factor.members[0])
        if label is None:
            found[factor.members[0]] = factor
        elif label in found:
            found[label] = Factor("group", found[label].members + factor.members, Text(label, label))
        else:
            found[label] = Factor("group", factor.members, Text(label, label))
    return tuple(found.values())


def fewer(pair: Pair, factors: Sequence[Factor]) -> tuple[Factor, ...]:
    """Return at most 12 factors, the smallest made one.

    A factor's size is what it moves all places' results by, alone from the first side and last to the second.
    """
    n = len(factors)
    if n <= MOST:
        return tuple(factors)
    masks = np.zeros((2 * n + 2, n), dtype=np.bool_)
    masks[n : 2 * n] = True
    masks[np.arange(n), np.arange(n)] = True
    masks[n + np.arange(n), np.arange(n)] = False
    masks[-1] = True
    way: Way = "alone" if _independent(pair) else "together"
    values = outcomes(pair, changed(factors, masks), way, np.flatnonzero(pair.matched))
    sizes = np.nansum(np.abs(values[:n] - values[-2]) + np.abs(values[-1] - values[n : 2 * n]), axis=1)
    # Equal sizes are told apart by name, so that the order in which factors stand decides nothing.
    ranked = sorted(range(n), key=lambda i: (-sizes[i], factors[i].members))
    small = set(ranked[MOST - 1 :])
    rest = Factor("group", tuple(m for i in sorted(small) for m in factors[i].members), _REST)
    return (*(factor for i, factor in enumerate(factors) if i not in small), rest)


def changed(factors: Sequence[Factor], masks: Flags) -> dict[str, Flags]:
    """Return for each member of each factor in which combinations (rows of ``masks``) it is changed."""
    return {member: masks[:, i] for i, factor in enumerate(factors) for member in factor.members}


def _independent(pair: Pair) -> bool:
    """Return whether no place's result can depend on another's figures: no windows and no algorithm anywhere."""
    return not any(_looks_at_others(side.rule) for side in pair.sides)


def _looks_at_others(rule: Rule) -> bool:
    needed = {rule.declared.result}
    for step in reversed(rule.steps):
        if step.name in needed:
            needed |= step.names
            if any(part.op in WINDOWS for part in step.term.walk()):
                return True
    return rule.algorithm is not None and bool(needed & set(rule.algorithm.columns))


def _settles(rule: Rule) -> bool:
    return rule.declared.columns[rule.declared.result].closes is not None


def _pools(rule: Rule) -> set[str]:
    named = [step.closing.to for step in rule.steps if step.closing is not None]
    return {to[1:] for to in named if to.startswith("$")}


def _differ(one: Numbers, other: Numbers) -> Flags:
    return np.asarray((one != other) & ~(np.isnan(one) & np.isnan(other)))
