"""Workbooks of the ledger: kept as received, looked at first, then applied once, wholly or not at all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties.actions.answering import propose_answer
from tongchou.web.duties.actions.checking import locked
from tongchou.web.duties.actions.confirming import confirm, reject
from tongchou.web.duties.actions.reporting import submit_report, write_report
from tongchou.web.duties.models import ReceivedLedger
from tongchou.web.duties.words import Decision
from tongchou.web.duties.workbook_reading import Change, Outcome, look_at_ledger, look_at_progress
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep
from tongchou.web.files.kinds import TABLES
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation, User


@transaction.atomic
def receive_ledger(
    *,
    document: Document,
    name: str,
    data: bytes,
    given_by: Organisation,
    is_progress: bool,
    by: User,
    now: datetime,
) -> ReceivedLedger:
    """Keep a workbook as received. ``given_by`` is in whose name it speaks; nothing of the ledger changes yet."""
    file = keep(name=name, data=data, organisation=given_by, by=by, now=now, endings=TABLES)
    received = ReceivedLedger.objects.create(
        document=document, file=file, organisation=given_by, is_progress=is_progress, received_by=by, received_at=now
    )
    data_told = {"file": file.pk, "progress": is_progress}
    record("duties.ledger_received", about=received, by=by, now=now, organisation=given_by, data=data_told)
    return received


def look(received: ReceivedLedger, now: datetime) -> Outcome:
    """Return what a received workbook would change as the ledger stands now. Raises ``ProblemsError``."""
    name, data = received.file.name, received.file.content()
    if received.is_progress:
        return look_at_progress(name, data, received.document, received.organisation, timezone.localdate(now))
    return look_at_ledger(name, data, received.document, received.organisation)


@transaction.atomic
def import_ledger(*, received: ReceivedLedger, by: User, now: datetime) -> int:
    """Do everything a workbook asks for in one transaction; return the number of changes.

    Raises :class:`ProblemsError` with every fault when there is any, and nothing is done then. A second time finds
    nothing left to change.
    """
    one = locked(received)
    outcome = look(one, now)
    if outcome.faults:
        raise ProblemsError([f.problem for f in outcome.faults])
    for change in outcome.changes:
        _apply(change, one.organisation, by, now)
    one.applied_at, one.changed = now, one.changed + len(outcome.changes)
    one.save()
    data = {"changed": len(outcome.changes), "file": one.file_id}
    record("duties.ledger_imported", about=one, by=by, now=now, organisation=one.organisation, data=data)
    return len(outcome.changes)


def _apply(change: Change, given_by: Organisation, by: User, now: datetime) -> None:
    one = change.commitment
    if change.decision is Decision.CONFIRMED:
        change.commitment.decision = confirm(commitment=one, by=by, now=now).decision
    elif change.decision is Decision.REJECTED:
        reject(commitment=one, reason=change.reason, by=by, now=now)
    elif change.given is not None:
        one.refresh_from_db(fields=["decision"])
        propose_answer(commitment=one, given=change.given, given_by=given_by, by=by, now=now)
    elif change.said is not None:
        status, words, said_on = change.said
        report = write_report(
            commitment=one, organisation=given_by, status=status, words=words, said_on=said_on, by=by, now=now
        )
        submit_report(report=report, by=by, now=now)
