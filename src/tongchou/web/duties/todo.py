"""What the ledger in motion asks of a person today."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.duties.models import Commitment, Consulted, EvidenceEvent, Overlay, ProgressReport
from tongchou.web.duties.words import Decision, EvidenceState, OverlayState, ReportState, RoundState
from tongchou.web.people.models import User
from tongchou.web.people.permissions import may, organisations_of
from tongchou.web.todo import Todo


def todo(user: User, on: date) -> list[Todo]:
    """Return what is asked: reports to approve or write again, replies owed, and the coordinator's worklists."""
    own = sorted(user.organisations)
    home = reverse("duties:unit", args=[own[0]]) if own else reverse("duties:ledger")
    found = []
    approving = organisations_of(user, "duties.approve")
    if approving:
        waiting = ProgressReport.objects.filter(state=ReportState.SUBMITTED, organisation__in=approving)
        count = waiting.exclude(written_by=user).count()
        found.append(Todo(Text("待审定的进展报告", "reports to approve"), count, home))
    reporting = organisations_of(user, "duties.report")
    if reporting:
        back = ProgressReport.objects.filter(state=ReportState.RETURNED, organisation__in=reporting, written_by=user)
        found.append(Todo(Text("被退回的进展报告", "reports returned to you"), back.count(), home))
        open_rounds = Consulted.objects.filter(
            organisation__in=reporting, reply="", consultation__state=RoundState.SENT
        )
        owed = open_rounds.aggregate(n=Count("pk"), due=Min("consultation__reply_by"))
        words = Text("待回函的征求意见", "consultations to reply to")
        found.append(Todo(words, owed["n"], reverse("duties:rounds"), owed["due"]))
    if may(user, "duties.confirm"):
        undecided = Commitment.objects.filter(Q(decision=Decision.PROPOSAL) | Q(reread__gt=""))
        found.append(Todo(Text("待确认的承诺", "commitments to confirm"), undecided.count(), reverse("duties:confirm")))
        offered = EvidenceEvent.objects.filter(state=EvidenceState.OFFERED)
        address = reverse("duties:evidence-list")
        found.append(Todo(Text("待认定的佐证", "evidence to look at"), offered.count(), address))
        others = Overlay.objects.filter(state=OverlayState.PROPOSED).count()
        found.append(Todo(Text("待签回的答复", "answers to be signed"), others, reverse("duties:answers-list")))
    return found
