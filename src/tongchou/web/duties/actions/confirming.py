"""What a coordinator decides about proposed commitments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties import codes
from tongchou.web.duties.actions.checking import locked
from tongchou.web.duties.models import Commitment
from tongchou.web.duties.words import Decision
from tongchou.web.events.record import record
from tongchou.web.people.models import User


@transaction.atomic
def confirm(*, commitment: Commitment, by: User, now: datetime) -> Commitment:
    """Confirm a commitment; one confirmed already stays as it is. A later reading put beside it becomes its words."""
    one = locked(commitment)
    if one.decision == Decision.CONFIRMED and not one.reread:
        return one
    data = {"code": one.code}
    if one.reread:
        data |= {"before": one.text, "now": one.reread}
        one.text, one.reread = one.reread, ""
    one.decision, one.reason, one.decided_by = Decision.CONFIRMED, "", by
    one.decided_at = one.decided_at if data.get("before") and one.decided_at else now
    one.save()
    record("duties.commitment_confirmed", about=one, by=by, now=now, data=data)
    return one


@transaction.atomic
def reject(*, commitment: Commitment, reason: str, by: User, now: datetime) -> Commitment:
    """Say that what was read is no commitment, and why. It can be confirmed later all the same."""
    if not reason.strip():
        raise ProblemsError([codes.REASON_NEEDED.at("reason")])
    one = locked(commitment)
    if one.decision == Decision.REJECTED and one.reason == reason.strip():
        return one
    one.decision, one.reason, one.decided_by, one.decided_at = Decision.REJECTED, reason.strip(), by, now
    one.save()
    record("duties.commitment_rejected", about=one, by=by, now=now, data={"code": one.code, "reason": one.reason})
    return one


@transaction.atomic
def follow(*, commitment: Commitment, follower: User | None, by: User, now: datetime) -> Commitment:
    """Say who follows a commitment for the city."""
    one = locked(commitment)
    if one.follower_id == (follower.pk if follower else None):
        return one
    one.follower = follower
    one.save(update_fields=["follower"])
    data = {"code": one.code, "follower": follower.pk if follower else None}
    record("duties.commitment_followed", about=one, by=by, now=now, data=data)
    return one


@transaction.atomic
def confirm_all(*, commitments: Iterable[Commitment], by: User, now: datetime) -> int:
    """Confirm many, all or none; each leaves an event of its own. Return how many were not confirmed before."""
    count = 0
    for one in commitments:
        count += one.decision != Decision.CONFIRMED
        confirm(commitment=one, by=by, now=now)
    return count
