"""A unit's word: written by an officer, submitted, returned or approved by another person of the unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tongchou.kernel.problems import ProblemsError
from tongchou.web.duties import codes
from tongchou.web.duties.actions.checking import bears, changed, confirmed, locked, not_after, stop, words_in
from tongchou.web.duties.models import Commitment, ProgressReport
from tongchou.web.duties.words import ReportState, Said
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep, share
from tongchou.web.people.models import Organisation, User

_WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)


@transaction.atomic
def write_report(
    *,
    commitment: Commitment,
    organisation: Organisation,
    status: Said,
    words: str,
    said_on: date,
    by: User,
    now: datetime,
    files: Sequence[tuple[str, bytes]] = (),
    seen_at: datetime | None = None,
    is_illustrative: bool = False,
) -> ProgressReport:
    """Write the unit's open draft on a commitment, the one there is or a new one.

    ``seen_at`` is when the draft the writer looked at was last written; where it has changed since, nothing is kept.
    """
    problems = confirmed(commitment) + bears(organisation, commitment) + words_in(words)
    stop(problems + not_after(said_on, timezone.localdate(now), "said_on"))
    Commitment.objects.select_for_update().get(pk=commitment.pk)  # two who begin at once share one draft
    open_ones = ProgressReport.objects.filter(commitment=commitment, organisation=organisation)
    report = open_ones.exclude(state=ReportState.APPROVED).select_related("written_by").first()
    if report is not None and report.state not in _WRITABLE:
        raise changed(report.written_by, report.stage)
    if report is not None and seen_at is not None and report.written_at != seen_at:
        raise changed(report.written_by, report.stage)
    report = report or ProgressReport(commitment=commitment, organisation=organisation)
    report.status, report.words, report.said_on = status, words.strip(), said_on
    report.written_by, report.written_at = by, now
    report.state, report.reviewed_by, report.reviewed_at = ReportState.DRAFT, None, None
    report.is_illustrative = is_illustrative
    report.save()
    kept = [keep(name=name, data=data, organisation=organisation, by=by, now=now) for name, data in files]
    report.files.add(*kept)
    _tell("duties.report_written", report, by, now)
    return report


@transaction.atomic
def submit_report(*, report: ProgressReport, by: User, now: datetime) -> ProgressReport:
    """Hand a draft to the unit's reviewer."""
    one = locked(report)
    if one.state not in _WRITABLE:
        raise changed(one.written_by, one.stage)
    one.state, one.submitted_at, one.reason = ReportState.SUBMITTED, now, ""
    one.save()
    _tell("duties.report_submitted", one, by, now)
    return one


@transaction.atomic
def return_report(*, report: ProgressReport, reason: str, by: User, now: datetime) -> ProgressReport:
    """Give a submitted report back to its writer, with the reason."""
    if not reason.strip():
        raise ProblemsError([codes.REASON_NEEDED.at("reason")])
    one = _reviewable(report, by)
    one.state, one.reason, one.reviewed_by, one.reviewed_at = ReportState.RETURNED, reason.strip(), by, now
    one.save()
    _tell("duties.report_returned", one, by, now, reason=one.reason)
    return one


@transaction.atomic
def approve_report(*, report: ProgressReport, by: User, now: datetime) -> ProgressReport:
    """Make a submitted report the unit's word: it counts, and everybody may see it with its files."""
    one = _reviewable(report, by)
    one.state, one.reviewed_by, one.reviewed_at = ReportState.APPROVED, by, now
    one.save()
    share(files=list(one.files.all()), now=now)
    _tell("duties.report_approved", one, by, now)
    return one


def _reviewable(report: ProgressReport, by: User) -> ProgressReport:
    one = locked(report)
    if one.state != ReportState.SUBMITTED:
        raise changed(one.reviewed_by or one.written_by, one.stage)
    if one.written_by_id == by.pk:
        raise ProblemsError([codes.SAME_PERSON.at("report")])
    return one


def _tell(kind: str, report: ProgressReport, by: User, now: datetime, **more: str) -> None:
    data = {"report": report.pk, "status": report.status, "said_on": report.said_on, "words": report.words, **more}
    record(kind, about=report.commitment, by=by, now=now, organisation=report.organisation, data=data)
