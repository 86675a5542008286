"""Relatedness density: how near a county is to an industry (Hidalgo, Klinger, Barabási, Hausmann 2007, Science 317)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tongchou.rules.cross_table import cross_table

Numbers = NDArray[np.float64]


def density(quotient: Numbers, threshold: float, county: list[str], industry: list[str]) -> dict[str, Numbers]:
    """Return which industries are strong (0 or 1) and their density in per cent, one number a row.

    Withheld unless every county has every industry once. An industry near to no other has no density.
    """
    table, at_county, at_industry = cross_table(quotient, county, industry)
    strong = (table >= threshold).astype(np.float64)
    both = strong.T @ strong
    ubiquity = strong.sum(axis=0)
    larger = np.maximum.outer(ubiquity, ubiquity)
    near = np.divide(both, larger, out=np.zeros_like(both), where=larger > 0)
    np.fill_diagonal(near, 0.0)
    around = near.sum(axis=0)
    held = strong @ near
    found = 100.0 * np.divide(held, around, out=np.full_like(held, np.nan), where=around > 0)
    return {"strong": strong[at_county, at_industry], "density": found[at_county, at_industry]}
