"""《任务分工（征求意见稿）》 of some commitments of a document, with the answers already signed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from tongchou.policy.model import Policy
from tongchou.surfaces.document.division_of_tasks import Settled, division_of_tasks
from tongchou.web.duties.models import Commitment, Overlay
from tongchou.web.duties.words import Answer, OverlayState
from tongchou.web.figures.regions import region_named
from tongchou.web.ledger.models import Document
from tongchou.web.ledger.queries import LedgerRow, only


def consultation_paper(
    document: Document, commitments: Collection[Commitment], reply_by: date | None, on: date
) -> bytes:
    """Return the paper as .docx; a round on part of the document has the clauses of that part only."""
    policy = document.policy
    wanted = {c.code for c in commitments}
    rows = [LedgerRow(clause, one) for clause in policy.clauses for one in clause.commitments if one.id in wanted]
    asked = only(policy, rows)
    if len(rows) < len(policy.commitments):
        asked = _about(asked)
    region = region_named(document.region) if document.region else None
    return division_of_tasks(asked, region, settled_answers(commitments, on), reply_by)


def _about(policy: Policy) -> Policy:
    """Leave out clauses without a commitment, unless they are the heading of one, and what is missing elsewhere."""
    kept = {c.id for c in policy.clauses if c.commitments}
    above = {id_[:at] for id_ in kept for at, letter in enumerate(id_) if letter == "."}
    clauses = tuple(
        replace(c, targets=(), duty=c.duty if c.id in kept else None) for c in policy.clauses if c.id in kept | above
    )
    return replace(policy, clauses=clauses, findings=tuple(f for f in policy.findings if f.clause in kept))


def settled_answers(commitments: Collection[Commitment], on: date) -> dict[str, Settled]:
    """Return what signed answers say by id of the commitment, each with the unit that gave it and since when."""
    held: dict[str, dict[str, str]] = {}
    found = Overlay.objects.filter(
        commitment__in=[c.pk for c in commitments], state=OverlayState.ACTIVE, holds_from__lte=on
    )
    for overlay in found.select_related("commitment", "organisation", "given_by"):
        words = held.setdefault(overlay.commitment.code, {})
        whose = f"（{overlay.given_by.name}{overlay.holds_from:%Y-%m-%d}答复）"
        if overlay.kind in (Answer.LEAD, Answer.DATE, Answer.MEASURE):
            words[overlay.kind] = overlay.said.zh + whose
    return {code: Settled(**words) for code, words in held.items()}
