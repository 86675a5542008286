"""Which records of a commitment a person sees: the approved ones, and drafts of whom they may see drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from tongchou.web.duties.models import Commitment, EvidenceEvent, Overlay, ProgressReport
from tongchou.web.duties.words import OverlayState, ReportState
from tongchou.web.people.permissions import drafts_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tongchou.web.people.models import User


def reports_seen(user: User | AnonymousUser) -> QuerySet[ProgressReport]:
    """Return approved reports, and others of the units whose drafts the person sees."""
    drafts = drafts_of(user)
    found = ProgressReport.objects.all()
    if drafts is None:
        return found
    return found.filter(Q(state=ReportState.APPROVED) | Q(organisation__in=drafts))


def evidence_seen(user: User | AnonymousUser) -> QuerySet[EvidenceEvent]:
    """Return shared evidence, and what was offered by the units whose drafts the person sees."""
    drafts = drafts_of(user)
    found = EvidenceEvent.objects.all()
    if drafts is None:
        return found
    return found.filter(Q(shared_at__isnull=False) | Q(organisation__in=drafts))


def answers_seen(user: User | AnonymousUser, commitment: Commitment) -> QuerySet[Overlay]:
    """Return signed answers and those they replaced, and proposals of the units whose drafts the person sees."""
    drafts = drafts_of(user)
    found = Overlay.objects.filter(commitment=commitment)
    if drafts is None:
        return found
    signed = Q(state__in=(OverlayState.ACTIVE, OverlayState.SUPERSEDED))
    return found.filter(signed | Q(given_by__in=drafts))
