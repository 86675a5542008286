"""Appending to the chain, reading it, and checking that nobody rewrote it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from tongchou.kernel.problems import Problem
from tongchou.web.events import codes
from tongchou.web.events.models import GENESIS, Event, Head

if TYPE_CHECKING:
    from tongchou.web.people.models import Organisation, User


def record(
    kind: str,
    *,
    about: models.Model | str,
    by: User | None,
    now: datetime,
    organisation: Organisation | None = None,
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event inside the action's own transaction; raises ``RuntimeError`` outside of one.

    ``about`` is a saved record, or the name of something that is none. Call it last in an action: it holds the chain
    until the transaction ends. An event is never earlier than the one before it, even when the clock went back; what
    the clock said is then kept in its data.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded inside the transaction of what it tells")
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    held = json.loads(json.dumps(dict(data or {}), cls=DjangoJSONEncoder))
    at = now
    if head.at is not None and head.at > now:
        at, held = head.at, {**held, "clock": now.isoformat()}
    label, id_ = (about._meta.label_lower, str(about.pk)) if isinstance(about, models.Model) else ("", about)
    event = Event(
        number=head.number + 1,
        at=at,
        kind=kind,
        about_kind=label,
        about_id=id_,
        by=by,
        organisation=organisation.pk if organisation is not None else "",
        data=held,
        previous=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    Head.objects.filter(pk=1).update(number=event.number, hash=event.hash, at=at)
    return event


def hash_of(event: Event) -> str:
    """Return the SHA-256 of what an event says, as canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(event.content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def history(about: models.Model) -> models.QuerySet[Event]:
    """Return the events about a record, the latest first."""
    found = Event.objects.filter(about_kind=about._meta.label_lower, about_id=str(about.pk))
    return found.select_related("by").order_by("-number")


def faults() -> Iterator[Problem]:
    """Yield where the chain is broken: a number left out, a link to another event, an altered event, a cut end."""
    number, previous = 0, GENESIS
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        number += 1
        where = f"event {event.number}"
        if event.number != number:
            yield codes.LINK_MISSING.at(where, expected=number)
            number = event.number
        if event.previous != previous:
            yield codes.LINK_BROKEN.at(where)
        if hash_of(event) != event.hash:
            yield codes.EVENT_ALTERED.at(where, kind=event.kind)
        previous = event.hash
    head = Head.objects.filter(pk=1).first()
    if (head.number, head.hash) != (number, previous) if head else number > 0:
        yield codes.END_CUT.at("head", number=number)
