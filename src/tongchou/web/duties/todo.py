"""What the ledger in motion asks of a person today."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.web.duties.models import Commitment, Consulted, EvidenceEvent, Overlay, ProgressReport
from tongchou.web.duties.words import Decision, EvidenceState, OverlayState, ReportState, RoundState
from tongchou.web.people.models import User
from tongchou.web.people.permissions import may, organisations_of
from tongchou.web.todo import Todo, Waiting, counted


def todo(user: User, on: date) -> list[Todo]:
    """Return what is asked: reports to approve or write again, replies owed, and the coordinator's worklists."""
    own = sorted(user.organisations)
    home = reverse("duties:unit", args=[own[0]]) if own else reverse("duties:ledger")
    approving = organisations_of(user, "duties.approve")
    reporting = organisations_of(user, "duties.report")
    lines: list[Waiting] = []
    if approving:
        waiting = ProgressReport.objects.filter(state=ReportState.SUBMITTED, organisation__in=approving)
        lines.append(Waiting(Text("待审定的进展报告", "reports to approve"), home, waiting.exclude(written_by=user)))
    if reporting:
        back = ProgressReport.objects.filter(state=ReportState.RETURNED, organisation__in=reporting, written_by=user)
        lines.append(Waiting(Text("被退回的进展报告", "reports returned to you"), home, back))
        entered = ProgressReport.objects.filter(organisation__in=reporting, acknowledged_at=None).exclude(origin="")
        words = Text("协调员代录、待本单位核对的进展", "reports entered for your unit, to be looked at")
        lines.append(Waiting(words, f"{home}#entered", entered))
        owed = Consulted.objects.filter(organisation__in=reporting, reply="", consultation__state=RoundState.SENT)
        words = Text("待回函的征求意见", "consultations to reply to")
        lines.append(Waiting(words, reverse("duties:rounds"), owed, "consultation__reply_by"))
    if may(user, "duties.confirm"):
        undecided = Commitment.objects.filter(Q(decision=Decision.PROPOSAL) | Q(reread__gt=""))
        lines.append(Waiting(Text("待确认的承诺", "commitments to confirm"), reverse("duties:confirm"), undecided))
        offered = EvidenceEvent.objects.filter(state=EvidenceState.OFFERED)
        lines.append(Waiting(Text("待认定的佐证", "evidence to look at"), reverse("duties:evidence-list"), offered))
        others = Overlay.objects.filter(state=OverlayState.PROPOSED)
        lines.append(Waiting(Text("待签回的答复", "answers to be signed"), reverse("duties:answers-list"), others))
    return counted(lines)
