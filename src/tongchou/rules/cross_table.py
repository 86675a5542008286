"""Rows of a rule with two keys as a table, for algorithms that need it whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tongchou.kernel.text import Text
from tongchou.rules.algorithm import Withheld

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


def cross_table(values: Numbers, rows: Sequence[str], columns: Sequence[str]) -> tuple[Numbers, Places, Places]:
    """Return the table (rows, columns) in order of their codes, and where in it each value stands.

    Raises :class:`~tongchou.rules.algorithm.Withheld` unless every row has every column once.
    """
    codes, at_row = np.unique(rows, return_inverse=True)
    heads, at_column = np.unique(columns, return_inverse=True)
    if values.size != codes.size * heads.size:
        raise Withheld(
            Text("有的单位缺其中几项，合不成一张完整的表", "some places lack some items, so there is no whole table")
        )
    table = np.zeros((codes.size, heads.size))
    table[at_row, at_column] = values
    return table, at_row.astype(np.intp), at_column.astype(np.intp)


def shares_of(weight: Numbers, at_column: Places, columns: int) -> Numbers:
    """Return the weights of the columns made to sum to one; raise ``Withheld`` where they sum to nothing."""
    weights = np.zeros(columns)
    weights[at_column] = weight
    if not weights.sum() > 0:
        raise Withheld(Text("权重合计为零", "the weights sum to zero"))
    shares: Numbers = weights / weights.sum()
    return shares
