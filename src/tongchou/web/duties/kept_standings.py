"""How the commitments of a document stand today, kept in memory until something happens that could change it."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

from tongchou.web.duties.models import Commitment
from tongchou.web.duties.standing import Known
from tongchou.web.events.changes import Changes, Look
from tongchou.web.ledger.models import Document

# Every action of the ledger in motion records an event; names of units and who has an account come from people.
_changes = Changes("duties.", "people.", "ledger.")
_KEPT = 4  # documents and days; one is some 2 MB
_known: OrderedDict[tuple[int | None, date], Known] = OrderedDict()


def stamp() -> str:
    """Return what everything the ledger shows depends on, besides the day and the reader."""
    return _changes.stamp()


def look() -> Look:
    """Return the stamp with the head of the chain of events, for who shows both."""
    return _changes.look()


def known_of(document: Document | None, on: date, now: str | None = None) -> Known:
    """Return what is known of all commitments of a document on a day, whoever asks; not for use inside an action.

    ``now`` is the stamp where it was asked for already.
    """
    key, now = (document.pk if document else None, on), now or stamp()
    held = _known.get(key)
    if held is not None and held.stamp == now:
        return held
    known = Known.read(now, Commitment.objects.filter(document=document).order_by("order"), on)
    _known[key] = known
    while len(_known) > _KEPT:
        try:
            _known.popitem(last=False)
        except KeyError:  # another thread was faster
            break
    return known


def forget() -> None:
    """Let go of everything, for tests."""
    _known.clear()
