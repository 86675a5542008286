"""Where to put the next clinic or station: set cover, maximal cover, p-median, p-centre, proved by SciPy's HiGHS."""

from __future__ import annotations

from tongchou.networks.siting.cover import maximal_cover, set_cover
from tongchou.networks.siting.median import p_centre, p_median
from tongchou.networks.siting.plan import Plan

__all__ = ["Plan", "maximal_cover", "p_centre", "p_median", "set_cover"]
