"""A long table of pairs as a table of places × facilities, and back: a pair that is not told cannot be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.text import Text
from tongchou.networks.graph import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class PairTable:
    """``cost`` (places, facilities) of pairs told row by row, infinite where none is; codes in order.

    ``at_place`` and ``at_facility`` say where each row stands; ``of_place`` and ``of_facility`` name a row of each.
    """

    places: tuple[str, ...]
    facilities: tuple[str, ...]
    cost: Floats
    at_place: Ints
    at_facility: Ints
    of_place: Ints
    of_facility: Ints


def pair_table(costs: ArrayLike, places: Sequence[str], facilities: Sequence[str]) -> PairTable:
    """Return the table of pairs told row by row (all of one length); of a pair told twice the lesser cost counts."""
    paid = np.asarray(costs, dtype=np.float64)
    near, of_place, at_place = np.unique(np.asarray(places, dtype=np.str_), return_index=True, return_inverse=True)
    far, of_site, at_site = np.unique(np.asarray(facilities, dtype=np.str_), return_index=True, return_inverse=True)
    table = np.full((near.size, far.size), inf)
    np.minimum.at(table, (at_place, at_site), paid)
    return PairTable(
        tuple(near.tolist()), tuple(far.tolist()), table, at_place.astype(np.int64), at_site.astype(np.int64),
        of_place.astype(np.int64), of_site.astype(np.int64),
    )  # fmt: skip


def named(codes: Sequence[str], which: ArrayLike, people: ArrayLike, most: int = 30) -> Text:
    """Return the codes picked (shape (codes), true or false), most people first, and how many more there are."""
    weight = np.asarray(people, dtype=np.float64)
    picked = np.flatnonzero(np.asarray(which, dtype=np.bool_))
    order = picked[np.argsort(-weight[picked], kind="stable")]
    shown, more = [codes[i] for i in order[:most]], order.size - most
    zh, en = "、".join(shown) or "无", ", ".join(shown) or "none"
    return Text(f"{zh} 等，另有{more}处", f"{en} and {more} more") if more > 0 else Text(zh, en)
