"""A process that has just begun: nothing that was read from the database is held in memory.

What is read from files (region package, catalogue, styles) stays; it asks the database nothing.
"""

from __future__ import annotations

from django.core.cache import cache

from tongchou.web import kept
from tongchou.web.collection import definitions
from tongchou.web.duties import kept_standings
from tongchou.web.figures import coverage, store
from tongchou.web.ledger import models as ledger
from tongchou.web.registers import looking_up


def forget_everything() -> None:
    """Let go of all that was ever read from the database."""
    kept.forget()
    kept_standings.forget()
    cache.clear()
    for held in (coverage._KEPT, coverage._COVERED, ledger._POLICIES):
        held.clear()
    for asked in (coverage._coverage, store.region_at, looking_up._clauses, definitions._pairs):
        asked.cache_clear()
