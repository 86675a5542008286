"""``infrastructure.connection``: shortest ways over direct ones, and who lives within the circle around the centre."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.text import Text
from tongchou.networks.catchments import efficiency
from tongchou.networks.graph import graph
from tongchou.networks.search import cost_table
from tongchou.rules.algorithm import Withheld

Numbers = NDArray[np.float64]
Note = Callable[[str, float, Text], None]


def journeys(
    direct_before: Numbers,
    direct_after: Numbers,
    people: Numbers,
    output: Numbers,
    centre: Numbers,
    circle: float,
    tail: Sequence[str],
    head: Sequence[str],
    note: Note,
) -> Mapping[str, Numbers | float]:
    """Return the shortest minutes from tail to head before and after, and what follows for the whole network.

    A direct time of 0 says that there is none. Pairs without any way have no number and count 0 in the efficiency.
    Withheld unless every place is somewhere a destination and exactly one is the centre.
    """
    places, number = np.unique([*tail, *head], return_inverse=True)
    rows = len(tail)
    start, end = number[:rows], number[rows:]
    heads = np.full(places.size, np.nan)
    heads[end] = people
    centres = np.unique(end[centre == 1])
    if np.isnan(heads).any():
        missing = "、".join(places[np.isnan(heads)])
        raise Withheld(Text(f"{missing}没有作为目的地的行", f"no row leads to {missing}"))
    if centres.size != 1:
        raise Withheld(Text(f"中心应有一个，现有 {centres.size} 个", f"one centre is needed; there are {centres.size}"))
    found: dict[str, Numbers | float] = {"mass": np.sqrt(people * output)}
    for when, direct in (("before", direct_before), ("after", direct_after)):
        table = _shortest(places.size, start, end, direct)
        found[when] = table[start, end]
        within = table[:, centres[0]] <= circle
        found[f"people_{when}"] = float(heads[within].sum())
        apart = table[~np.eye(places.size, dtype=np.bool_)]
        found[f"efficiency_{when}"] = efficiency(table) if (apart > 0).all() else float("nan")
        cut = int((~np.isfinite(apart)).sum())
        if cut:
            words = Text("年初" if when == "before" else "年末", "at the start" if when == "before" else "at the end")
            note(f"no_way_{when}", float(cut), Text(f"{words.zh}没有路可通的对数", f"pairs without any way {words.en}"))
    return found


def _shortest(count: int, start: NDArray[np.int64], end: NDArray[np.int64], direct: Numbers) -> Numbers:
    there = direct > 0
    table = np.full((count, count), np.inf)
    np.fill_diagonal(table, 0.0)
    if not there.any():
        return table
    ways = graph(start[there], end[there], direct[there], one_way=True, nodes=np.arange(count))
    every = np.arange(count)
    return cost_table(ways, every, every)
