"""The word of a unit without an account: entered by the coordinator from a letter, a paper or the telephone.

It counts at once, for what a unit wrote or said needs no second person here; it is marked as entered wherever it is
shown, with where it came from, and the unit is asked to look at it as soon as somebody of it has an account.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tongchou.web.duties import codes
from tongchou.web.duties.accounts import has_account
from tongchou.web.duties.actions.checking import bears, changed, confirmed, locked, not_after, stop, words_in
from tongchou.web.duties.models import Commitment, ProgressReport
from tongchou.web.duties.words import Origin, ReportState, Said
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep
from tongchou.web.people.models import Organisation, User


@transaction.atomic
def enter_report(
    *,
    commitment: Commitment,
    organisation: Organisation,
    status: Said,
    words: str,
    said_on: date,
    origin: Origin,
    origin_note: str,
    by: User,
    now: datetime,
    files: Sequence[tuple[str, bytes]] = (),
    is_illustrative: bool = False,
) -> ProgressReport:
    """Enter what a unit without an account said. ``origin_note`` is the number, the paper's name or the post that rang.

    The files are seen by the unit and the city only. Raises :class:`ProblemsError`, among others where the unit has
    an account, for then it speaks for itself.
    """
    on = timezone.localdate(now)
    problems = confirmed(commitment) + bears(organisation, commitment) + words_in(words)
    problems += not_after(said_on, on, "said_on") + words_in(origin_note, "origin_note")
    if len(origin_note) > ProgressReport.MOST_OF_ORIGIN:
        problems.append(codes.TOO_LONG.at("origin_note", most=ProgressReport.MOST_OF_ORIGIN))
    if origin is Origin.PAPER and not files:
        problems.append(codes.PAPER_NEEDED.at("files"))
    if has_account(organisation, on):
        problems.append(codes.SPEAKS_FOR_ITSELF.at("unit", unit=organisation.title))
    elif organisation.pk in by.organisations:  # nobody is writer and approver of the own unit's word
        problems.append(codes.OWN_UNIT.at("unit", unit=organisation.title))
    stop(problems)
    report = ProgressReport.objects.create(
        commitment=commitment,
        organisation=organisation,
        status=status,
        words=words.strip(),
        said_on=said_on,
        state=ReportState.APPROVED,
        written_by=by,
        written_at=now,
        submitted_at=now,
        reviewed_at=now,
        origin=origin,
        origin_note=origin_note.strip(),
        is_illustrative=is_illustrative,
    )
    report.files.add(*[keep(name=name, data=data, organisation=organisation, by=by, now=now) for name, data in files])
    _tell("duties.report_entered", report, by, now)
    return report


@transaction.atomic
def acknowledge_reports(*, reports: Sequence[ProgressReport], by: User, now: datetime) -> None:
    """Say the same of several at once; what somebody else has just said of one of them stands."""
    for report in reports:
        if locked(report).acknowledged_at is None:
            acknowledge_report(report=report, by=by, now=now)


@transaction.atomic
def acknowledge_report(*, report: ProgressReport, by: User, now: datetime) -> ProgressReport:
    """Say for the unit that what was entered for it is right. What is not, it corrects by a report of its own."""
    one = locked(report)
    if not one.origin or one.acknowledged_at is not None:
        raise changed(one.acknowledged_by, one.stage)
    one.acknowledged_by, one.acknowledged_at = by, now
    one.save(update_fields=["acknowledged_by", "acknowledged_at"])
    _tell("duties.report_acknowledged", one, by, now)
    return one


def _tell(kind: str, report: ProgressReport, by: User, now: datetime) -> None:
    data = {
        "report": report.pk,
        "status": report.status,
        "said_on": report.said_on,
        "words": report.words,
        "origin": report.origin,
        "origin_note": report.origin_note,
    }
    record(kind, about=report.commitment, by=by, now=now, organisation=report.organisation, data=data)
