"""Region packages as the workbench holds them: loaded once a process."""

from __future__ import annotations

from functools import lru_cache

from tongchou.region import Region, load


@lru_cache(maxsize=8)
def region_named(name: str) -> Region:
    """Return a region package, loaded once a process."""
    return load(name)
