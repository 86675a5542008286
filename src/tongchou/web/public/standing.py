"""Where each commitment stands, as far as it has been confirmed and approved for everybody to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.duties.kept_standings import known_of
from tongchou.web.duties.lamps import Colour, Lamp
from tongchou.web.duties.models import EvidenceEvent, ProgressReport
from tongchou.web.duties.standing import Known, Standing
from tongchou.web.duties.words import Decision, ReportState
from tongchou.web.ledger.models import Document
from tongchou.web.public.models import Question

LAMPS: tuple[Lamp, ...] = tuple(Lamp(colour, colour.label, Text("", "")) for colour in Colour)


def standings(document: Document, on: date, code: str = "") -> Mapping[str, Standing]:
    """Return how the confirmed commitments of a document stand on a day, by their id in the text."""
    return confirmed(known_of(document, on), code)


def confirmed(known: Known, code: str = "") -> Mapping[str, Standing]:
    """Return those of what is known that are confirmed, by their id in the text; with ``code`` that one alone."""
    found = (s for s in known.together.values() if code in ("", s.commitment.code))
    return {s.commitment.code: s for s in found if s.commitment.decision == Decision.CONFIRMED}


def reports_of(document: Document, code: str) -> list[ProgressReport]:
    """Return the approved reports about a commitment, the latest first."""
    found = ProgressReport.objects.filter(
        commitment__document=document, commitment__code=code, state=ReportState.APPROVED
    )
    return list(found.select_related("organisation")[:100])


def evidence_of(document: Document, code: str) -> list[EvidenceEvent]:
    """Return the evidence about a commitment that is shared with everybody, the latest first."""
    found = EvidenceEvent.objects.filter(commitment__document=document, commitment__code=code, shared_at__isnull=False)
    return list(found.select_related("organisation").prefetch_related("files")[:100])


_REPORTS = Text("{unit}报告：{said}", "{unit} reports: {said}")
_ENTERED = Text("{unit}报告（协调员代录）：{said}", "{unit} reports (entered by the coordinator): {said}")


@dataclass(frozen=True, slots=True)
class News:
    """One thing that became public about a commitment."""

    at: datetime
    title: Text
    words: str
    address: str


def news(document: Document, code: str, since: datetime | None = None) -> list[News]:
    """Return what became public about a commitment, the latest first; after ``since`` where given."""
    here = reverse("public:commitment", args=[code])
    found = [
        News(
            r.reviewed_at,
            (_ENTERED if r.origin else _REPORTS).format(unit=r.organisation.title, said=r.says.label),
            r.words,
            f"{here}#report-{r.pk}",
        )
        for r in reports_of(document, code)
        if r.reviewed_at is not None
    ]
    found += [
        News(
            e.shared_at,
            Text("{unit}佐证：{kind}", "{unit}, evidence: {kind}").format(unit=e.organisation.title, kind=e.what.label),
            e.words,
            f"{here}#evidence-{e.pk}",
        )
        for e in evidence_of(document, code)
        if e.shared_at is not None
    ]
    asked = Question.objects.published().filter(document=document, commitment=code)[:100]
    found += [
        News(
            q.published_at,
            Text("公开问答：{outcome}", "question answered: {outcome}").format(outcome=q.outcome_label),
            q.public_words,
            reverse("public:answer", args=[q.pk]),
        )
        for q in asked
        if q.published_at is not None
    ]
    return sorted((n for n in found if since is None or n.at > since), key=lambda n: n.at, reverse=True)
