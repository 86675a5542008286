"""Networks of region packages, read once a process, whichever page asks first."""

from __future__ import annotations

from functools import lru_cache

from tongchou.networks.package import CityNetwork, read


@lru_cache(maxsize=16)
def network(folder: str, id_: str) -> CityNetwork:
    """Return the network ``networks/<id_>`` of the package in ``folder``; raises :class:`ProblemsError` as ``read``."""
    return read(folder, id_)
