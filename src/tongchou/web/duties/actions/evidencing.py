"""Evidence offered by units and by the city, and whether the city accepts it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties import codes
from tongchou.web.duties.actions.checking import changed, confirmed, locked, not_after, stop, words_in
from tongchou.web.duties.models import Commitment, EvidenceEvent
from tongchou.web.duties.words import EvidenceKind, EvidenceState
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep, share
from tongchou.web.people.models import Organisation, User


@transaction.atomic
def add_evidence(
    *,
    commitment: Commitment,
    organisation: Organisation,
    kind: EvidenceKind,
    happened_on: date,
    words: str,
    by: User | None,
    now: datetime,
    source: str = "",
    files: Sequence[tuple[str, bytes]] = (),
    is_illustrative: bool = False,
) -> EvidenceEvent:
    """Offer something that happened as evidence, with its files or source."""
    problems = confirmed(commitment) + words_in(words) + words_in(source[500:], "source", needed=False)
    stop(problems + not_after(happened_on, timezone.localdate(now), "happened_on"))
    event = EvidenceEvent.objects.create(
        commitment=commitment,
        organisation=organisation,
        kind=kind,
        happened_on=happened_on,
        words=words.strip(),
        source=source.strip()[:500],
        added_by=by,
        added_at=now,
        is_illustrative=is_illustrative,
    )
    kept = [keep(name=name, data=data, organisation=organisation, by=by, now=now) for name, data in files]
    event.files.add(*kept)
    _tell("duties.evidence_added", event, by, now)
    return event


@transaction.atomic
def accept_evidence(*, event: EvidenceEvent, by: User | None, now: datetime, shared: bool = False) -> EvidenceEvent:
    """Accept evidence; ``shared`` lets everybody see it with its files. Accepting again only shares it."""
    one = locked(event)
    if one.state == EvidenceState.REFUSED or (one.state == EvidenceState.ACCEPTED and not shared):
        raise changed(one.judged_by, one.stage)
    if one.state == EvidenceState.OFFERED:
        one.state, one.judged_by, one.judged_at = EvidenceState.ACCEPTED, by, now
    if shared and one.shared_at is None:
        one.shared_at = now
        share(files=list(one.files.all()), now=now)
    one.save()
    _tell("duties.evidence_accepted", one, by, now, shared=one.shared_at is not None)
    return one


@transaction.atomic
def refuse_evidence(*, event: EvidenceEvent, reason: str, by: User, now: datetime) -> EvidenceEvent:
    """Say that something offered does not show the commitment is kept, and why."""
    if not reason.strip():
        raise ProblemsError([codes.REASON_NEEDED.at("reason")])
    one = locked(event)
    if one.state != EvidenceState.OFFERED:
        raise changed(one.judged_by, one.stage)
    one.state, one.reason, one.judged_by, one.judged_at = EvidenceState.REFUSED, reason.strip(), by, now
    one.save()
    _tell("duties.evidence_refused", one, by, now, reason=one.reason)
    return one


def _tell(kind: str, event: EvidenceEvent, by: User | None, now: datetime, **more: object) -> None:
    data = {"evidence": event.pk, "what": event.kind, "happened_on": event.happened_on, "words": event.words, **more}
    record(kind, about=event.commitment, by=by, now=now, organisation=event.organisation, data=data)
