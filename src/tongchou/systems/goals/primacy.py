"""Primacy of a capital, and the rank-size rule of its cities."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tongchou.kernel.problems import ProblemsError
from tongchou.systems.goals import codes
from tongchou.systems.goals.measured import Floats, amounts


def primacy(sizes: ArrayLike, capital: int, cities: int) -> Floats:
    """Primacy index of the city at position ``capital`` against the next ``cities`` − 1 largest (Jefferson 1939).

    ``sizes`` (…, cities of the province) is population or output. With 2 cities P₁/P₂; with k = 4 or 11 (周一星,
    许学强 et al., 城市地理学) P₁ over the next three, and 2·P₁ over the next ten. P₁ is the capital even where another
    city is larger: the index is then below what the books call balanced. Raises with fewer than ``cities`` places.
    """
    array = amounts(sizes, "sizes")
    if cities not in (2, 4, 11):
        raise ProblemsError([codes.OUT_OF_RANGE.at("cities", what="cities", low="2, 4", high="11", found=cities)])
    if array.shape[-1] < cities:
        raise ProblemsError([codes.TOO_FEW.at("sizes", what="城市 cities", found=array.shape[-1], least=cities)])
    others = -np.sort(-np.delete(array, capital, axis=-1), axis=-1)[..., : cities - 1].sum(axis=-1)
    first = array[..., capital]
    index: Floats = np.divide(
        (2 if cities == 11 else 1) * first, others, out=np.full(first.shape, np.inf), where=others > 0
    )
    return index


def share(sizes: ArrayLike, capital: int, total: ArrayLike | None = None) -> Floats:
    """Share of the capital in all ``sizes``, or in a ``total`` published for the province (same leading axes)."""
    array = amounts(sizes, "sizes")
    whole = (
        array.sum(axis=-1) if total is None else amounts(np.atleast_1d(np.asarray(total))[..., None], "total")[..., 0]
    )
    result: Floats = array[..., capital] / whole
    return result


def rank_size_slope(sizes: ArrayLike, *, shifted: bool = False) -> float:
    """Slope q of ln size = a − q·ln rank (Zipf 1949); ``shifted`` regresses ln(rank − ½) on ln size instead.

    The shifted form (Gabaix & Ibragimov 2011) is nearly free of small-sample bias and returns the tail exponent.
    Sizes must be above zero and at least three.
    """
    array = amounts(sizes, "sizes")
    if array.ndim != 1 or array.size < 3:
        raise ProblemsError([codes.TOO_FEW.at("sizes", what="城市 cities", found=array.size, least=3)])
    if (array == 0).any():
        raise ProblemsError([codes.ZERO_LOG.at("sizes", what="sizes", measure="位序规模 rank-size")])
    size = np.log(-np.sort(-array))
    rank = np.log(np.arange(1, array.size + 1) - (0.5 if shifted else 0.0))
    x, y = (size, rank) if shifted else (rank, size)
    centred = x - x.mean()
    return -float(centred @ y) / float(centred @ centred)
