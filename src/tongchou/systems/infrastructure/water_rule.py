"""``infrastructure.water_allocation``: from declared names to the flow of water, and the effect of each link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from tongchou.kernel.text import Text
from tongchou.networks.flow import Allocation, Sharing
from tongchou.systems.infrastructure.water_network import (
    ROLES,
    SMALL,
    Floats,
    Network,
    network,
    quantities,
    shared,
)

Note = Callable[[str, float, Text], None]
_TOLD = 1e-3  # a shortage this small is the solver's
_DECIMALS = 2  # a hundred cubic metres; what the solver leaves open lies far below
_CLASSES = {
    "people": Text("生活", "people"),
    "ecology": Text("生态", "ecology"),
    "farm": Text("农业", "farm"),
    "industry": Text("工业", "industry"),
}


def water_allocation(
    amount: Floats, lost: Floats, cost: Floats, priority: Floats, sharing: float,
    tail: Sequence[str], head: Sequence[str], role: Sequence[str], month_of_year: Sequence[str], note: Note,
) -> Mapping[str, Floats]:  # fmt: skip
    """Return for each row what flows, which use it holds back, and what would not be served without its small link.

    A row is one thing in one month: what a source gives, a link can carry, a reservoir can hold, a use needs (10⁴ m³).
    ``lost`` is the part lost on the way (or from the store by the next month), ``cost`` 元 per m³, ``priority`` of the
    row's role (only uses have one), ``sharing`` as :class:`tongchou.networks.flow.Sharing`.
    """
    numbers = tuple(np.asarray(v, dtype=np.float64).tobytes() for v in (amount, lost, cost, priority))
    columns, served = _solved(tuple(tail), tuple(head), tuple(role), tuple(month_of_year), numbers, int(sharing))
    for name, words in _CLASSES.items():
        note(name, round(served[name], _DECIMALS), Text(f"全年供给：{words.zh}", f"served over the year: {words.en}"))
    return {name: values.copy() for name, values in columns.items()}


@lru_cache(maxsize=32)  # a page and its exports ask for the same year several times, and it takes seconds
def _solved(
    tail: tuple[str, ...], head: tuple[str, ...], role: tuple[str, ...], month: tuple[str, ...],
    numbers: tuple[bytes, ...], sharing: int,
) -> tuple[dict[str, Floats], dict[str, float]]:  # fmt: skip
    amount, lost, cost, priority = (np.frombuffer(v, dtype=np.float64) for v in numbers)
    water, how = network(tail, head, role, month, amount, lost, cost, priority), Sharing(sharing)
    found = shared(water, how)
    served = _served(water, found.served)
    added, added_people = np.zeros(len(water.names)), np.zeros(len(water.names))
    for i in np.flatnonzero(water.kinds == SMALL):
        less = _served(water, shared(water, how, int(i)).served)
        added[i] = np.round(sum(served.values()) - sum(less.values()), _DECIMALS)
        added_people[i] = np.round(served["people"] - less["people"], _DECIMALS)
    flow = np.minimum(np.round(quantities(water, found), _DECIMALS), water.amount)
    columns = {
        "kind": water.kinds[water.thing].astype(np.float64),
        "flow": flow[water.month, water.thing],
        "holds_back": _held_back(water, found)[water.month, water.thing],
        "added": added[water.thing],
        "added_people": added_people[water.thing],
    }
    return columns, served


def _served(water: Network, served: Floats) -> dict[str, float]:
    """Return what each class of uses is served over all months; what is kept for next year is no use."""
    kinds = water.kinds[water.uses]
    return {name: float(served[:, kinds == ROLES[name]].sum()) for name in _CLASSES}


def _held_back(water: Network, found: Allocation) -> Floats:
    """Return the kind of the first use each thing holds back in each month, 0 where it holds back none.

    Of uses of one priority it is the one that is shortest in that month, or over the year where none is then.
    """
    kinds, ranks = water.kinds[water.uses], water.priority[water.uses]
    places = {name: i for i, name in enumerate(water.names)}
    held = np.zeros(water.amount.shape)
    for rank, month, name in sorted(found.binding, reverse=True):
        alike = sorted({int(kind) for kind in kinds[ranks == rank]})
        then, year = ({k: float(short[kinds == k].sum()) for k in alike} for short in _short(found, month))
        told = then if max(then.values()) > _TOLD else year
        held[month, places[name]] = max(alike, key=lambda kind: told[kind])
    return held


def _short(found: Allocation, month: int) -> tuple[Floats, Floats]:
    return found.short[month], found.short.sum(axis=0)
