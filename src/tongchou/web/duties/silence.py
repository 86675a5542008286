"""Who has said nothing for how long: the last word of every unit, whatever it was about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone

from tongchou.kernel.text import Text
from tongchou.surfaces.listing import Listing, ListingColumn
from tongchou.web.duties.accounts import with_account
from tongchou.web.duties.models import Consulted, Duty, EvidenceEvent, Plan, ProgressReport
from tongchou.web.duties.words import Decision, EvidenceState, ReportState, RoundState
from tongchou.web.ledger.models import Document
from tongchou.web.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Silence:
    """A unit that bears duties, and when it last said anything. ``since`` is where silence counts from without any."""

    organisation: Organisation
    commitments: int
    unreported: int  # commitments on which it never had a word approved
    last_word: date | None
    about: Text
    days: int
    unanswered: int  # rounds still open that it has not answered
    has_account: bool


def silences(document: Document | None, on: date) -> list[Silence]:
    """Return the units with confirmed commitments, the longest silent first, in nine queries."""
    bearing = Duty.objects.filter(
        commitment__document=document, commitment__decision=Decision.CONFIRMED, organisation__isnull=False
    )
    held = {
        row["organisation"]: row
        for row in bearing.order_by()
        .values("organisation")
        .annotate(n=Count("commitment", distinct=True), since=Min("commitment__decided_at"))
    }
    approved = ProgressReport.objects.filter(commitment__document=document, state=ReportState.APPROVED)
    reports = _latest(approved, "reviewed_at")
    reported = dict(approved.order_by().values_list("organisation").annotate(n=Count("commitment", distinct=True)))
    accepted = EvidenceEvent.objects.filter(commitment__document=document).exclude(state=EvidenceState.REFUSED)
    spoken = [
        (reports, Text("进展报告", "report")),
        (_latest(accepted, "added_at"), Text("佐证", "evidence")),
        (_latest(Consulted.objects.filter(consultation__document=document), "replied_at"), Text("回函", "reply")),
        (_latest(Plan.objects.filter(document=document), "filed_at"), Text("实施方案", "plan")),
    ]
    open_rounds = dict(
        Consulted.objects.filter(consultation__document=document, consultation__state=RoundState.SENT, reply="")
        .order_by()
        .values_list("organisation")
        .annotate(n=Count("pk"))
    )
    at_work = with_account(on)
    found = []
    for organisation in Organisation.objects.filter(pk__in=held):
        row = held[organisation.pk]
        heard = [(words[organisation.pk], about) for words, about in spoken if organisation.pk in words]
        last, about = max(heard, key=lambda h: h[0]) if heard else (None, Text("", ""))
        since = last or timezone.localdate(row["since"])
        found.append(
            Silence(
                organisation,
                row["n"],
                row["n"] - min(row["n"], reported.get(organisation.pk, 0)),
                last,
                about,
                max(0, (on - since).days),
                open_rounds.get(organisation.pk, 0),
                organisation.pk in at_work,
            )
        )
    return sorted(found, key=lambda s: (-s.days, s.last_word is not None, s.organisation.order))


def _latest(records: QuerySet[Any], field: str) -> dict[str, date]:
    """Return the day of the latest record of each unit."""
    rows = records.filter(**{f"{field}__isnull": False}).order_by().values_list("organisation").annotate(at=Max(field))
    return {organisation: timezone.localdate(at) for organisation, at in rows}


_COLUMNS = (
    ListingColumn(Text("序号", "No."), 5, "centre"),
    ListingColumn(Text("单位", "Unit"), 20),
    ListingColumn(Text("承诺（项）", "Commitments"), 9, "number"),
    ListingColumn(Text("从未报告（项）", "Never reported"), 10, "number"),
    ListingColumn(Text("最近一次", "Last word"), 13, "date"),
    ListingColumn(Text("内容", "About"), 10, "centre"),
    ListingColumn(Text("未发声（天）", "Silent (days)"), 9, "number"),
    ListingColumn(Text("未复征求意见", "Rounds unanswered"), 9, "number"),
    ListingColumn(Text("账号", "Account"), 8, "centre"),
)


def silence_listing(rows: Sequence[Silence], on: date) -> Listing:
    """Return the list for paper and file."""
    day = Text(f"{on.year}年{on.month}月{on.day}日", f"{on.day} {on:%B} {on.year}")
    note = Text(
        "截至{day}。未发声自最近一次审定报告、佐证、回函或实施方案起算；从未发声的自承诺确认之日起算。未报不等于未开展。",
        "As of {day}. Silence counts from the last approved report, evidence, reply or plan; else from confirmation.",
    ).format(day=day)
    lines = [
        [
            n,
            s.organisation.title,
            s.commitments,
            s.unreported,
            s.last_word,
            s.about,
            s.days,
            s.unanswered,
            Text("有", "yes") if s.has_account else Text("无", "no"),
        ]
        for n, s in enumerate(rows, 1)
    ]
    return Listing(Text("未发声单位", "Silence"), note, _COLUMNS, lines)
