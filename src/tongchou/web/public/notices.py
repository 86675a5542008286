"""Telling those who follow a commitment what became public since they were last told."""

from __future__ import annotations

from datetime import datetime

from tongchou.web.public.mail import send_news
from tongchou.web.public.models import Follower
from tongchou.web.public.standing import News, news


def send_due(*, root: str, now: datetime) -> tuple[int, int]:
    """Send a letter to everybody there is news for; return how many were sent and how many could not be.

    ``root`` is where the public reaches the workbench. A letter that could not be sent is tried again next time.
    """
    sent = failed = 0
    held: dict[tuple[int, str], list[News]] = {}
    for follower in Follower.objects.filter(confirmed_at__isnull=False).select_related("document").order_by("pk"):
        key = follower.document_id, follower.commitment
        if key not in held:
            held[key] = news(follower.document, follower.commitment)
        since = follower.told_until
        found = [one for one in held[key] if (since is None or one.at > since) and one.at <= now]
        if not found:
            continue
        if send_news(follower, found, root):
            # What was told is kept letter by letter, so that a run cut short tells nobody twice.
            Follower.objects.filter(pk=follower.pk).update(told_until=max(one.at for one in found))
            sent += 1
        else:
            failed += 1
    return sent, failed
