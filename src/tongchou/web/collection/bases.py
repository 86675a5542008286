"""On which population base a figure asked for stands: the round's choice where the indicator leaves one open."""

from __future__ import annotations

from tongchou.region import Indicator, Region


def base_for(indicator: Indicator, chosen: str) -> str:
    """Return the base of a figure of ``indicator`` in a round that chose ``chosen``; "" where none enters."""
    if indicator.base == "any":
        return chosen
    return "" if indicator.base in ("", "none") else indicator.base


def fitting(region: Region, base: str) -> frozenset[str]:
    """Return the bases on which a figure says the same as on ``base``: itself, and those that suit every base."""
    return frozenset({base} | {b.id for b in region.bases.values() if b.fits_all})
