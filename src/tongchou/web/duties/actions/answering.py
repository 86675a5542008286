"""Answers to what the text does not say: proposed, signed, superseded, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from tongchou.kernel.problems import Problem, ProblemsError
from tongchou.web.duties import codes
from tongchou.web.duties.actions.checking import bears, changed, confirmed, locked, stop, words_in
from tongchou.web.duties.models import Commitment, Consulted, Overlay
from tongchou.web.duties.words import Answer, OverlayState
from tongchou.web.events.record import record
from tongchou.web.files.actions import keep
from tongchou.web.files.models import StoredFile
from tongchou.web.people.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as somebody gives it; what its kind does not use stays empty."""

    kind: Answer
    organisation: Organisation | None = None
    date: date | None = None
    measure: str = ""
    target: Decimal | None = None
    unit: str = ""
    words: str = ""

    def problems(self) -> list[Problem]:
        """Return what is wrong with it, placed at the fields of the form."""
        if self.kind is Answer.LEAD:
            return [] if self.organisation else [codes.NEEDED.at("organisation")]
        if self.kind is Answer.DATE:
            return [] if self.date else [codes.NEEDED.at("date")]
        if self.kind is Answer.MEASURE:
            missing = words_in(self.measure, "measure") + words_in(self.measure[200:], "measure", needed=False)
            return missing + ([codes.UNIT_NEEDED.at("unit")] if self.target is not None and not self.unit else [])
        return words_in(self.words)

    def fields(self) -> dict[str, Any]:
        """Return the fields of an overlay that say it."""
        held: dict[str, Any] = {"organisation": None, "date": None, "measure": "", "target": None, "unit": ""}
        held["words"] = ""
        if self.kind in (Answer.LEAD, Answer.OWNER):
            held["organisation"] = self.organisation
        if self.kind is Answer.DATE:
            held["date"] = self.date
        if self.kind is Answer.MEASURE:
            held |= {"measure": self.measure.strip()[:200], "target": self.target, "unit": self.unit.strip()[:40]}
        if self.kind in (Answer.OWNER, Answer.NOTE):
            held["words"] = self.words.strip()
        return held


@transaction.atomic
def propose_answer(
    *,
    commitment: Commitment,
    given: Given,
    given_by: Organisation,
    by: User | None,
    now: datetime,
    consulted: Consulted | None = None,
    is_illustrative: bool = False,
) -> Overlay:
    """Propose an answer in a unit's name; a unit has one open proposal of each kind, which a new one replaces.

    A unit answers for what it bears; the city may propose anything. Post: of the unit that answers.
    """
    if given.kind is Answer.OWNER and given.organisation is None:
        given = Given(Answer.OWNER, organisation=given_by, words=given.words)
    problems = confirmed(commitment) + given.problems()
    if given.kind is Answer.OWNER and given.organisation is not None:
        problems += bears(given.organisation, commitment)
    stop(problems)
    values = given.fields()
    overlay = (
        Overlay.objects.select_for_update()
        .filter(commitment=commitment, kind=given.kind, given_by=given_by, state=OverlayState.PROPOSED)
        .first()
    )
    if overlay is not None and all(getattr(overlay, k) == v for k, v in values.items()):
        return overlay
    overlay = overlay or Overlay(commitment=commitment, kind=given.kind, given_by=given_by)
    for name, value in values.items():
        setattr(overlay, name, value)
    overlay.proposed_by, overlay.proposed_at, overlay.is_illustrative = by, now, is_illustrative
    overlay.consulted = consulted or overlay.consulted
    overlay.save()
    _tell("duties.answer_proposed", overlay, by, now)
    return overlay


@transaction.atomic
def sign_answer(
    *,
    overlay: Overlay,
    scan: tuple[str, bytes] | StoredFile | None,
    holds_from: date,
    by: User | None,
    now: datetime,
) -> Overlay:
    """Make a proposed answer hold from a day on, with the paper that signs it; the one it replaces ends that day."""
    if scan is None:
        raise ProblemsError([codes.SCAN_NEEDED.at("scan")])
    one = locked(overlay)
    if one.state != OverlayState.PROPOSED:
        raise changed(one.proposed_by, one.stage)
    evidence = scan
    if not isinstance(evidence, StoredFile):
        name, data = evidence
        evidence = keep(name=name, data=data, organisation=one.given_by, by=by, now=now)
    before = Overlay.objects.select_for_update().filter(
        commitment=one.commitment_id, kind=one.kind, state=OverlayState.ACTIVE
    )
    if one.kind == Answer.OWNER:
        before = before.filter(organisation=one.organisation_id)
    if one.kind == Answer.NOTE:
        before = before.filter(given_by=one.given_by_id)
    for old in before:
        old.state, old.holds_until = OverlayState.SUPERSEDED, max(holds_from, old.holds_from or holds_from)
        old.save(update_fields=["state", "holds_until"])
    one.state, one.evidence, one.holds_from = OverlayState.ACTIVE, evidence, holds_from
    one.save()
    _tell("duties.answer_signed", one, by, now, holds_from=holds_from, scan=evidence.pk)
    return one


@transaction.atomic
def withdraw_answer(*, overlay: Overlay, reason: str, by: User, now: datetime) -> Overlay:
    """Take an answer back, with the reason; it stays in the record."""
    if not reason.strip():
        raise ProblemsError([codes.REASON_NEEDED.at("reason")])
    one = locked(overlay)
    if one.state not in (OverlayState.PROPOSED, OverlayState.ACTIVE):
        raise changed(one.proposed_by, one.stage)
    one.state, one.reason = OverlayState.WITHDRAWN, reason.strip()
    one.save()
    _tell("duties.answer_withdrawn", one, by, now, reason=one.reason)
    return one


def needs_another(overlay: Overlay) -> Problem | None:
    """Return why a unit's own signature does not suffice: it names another unit as lead."""
    if overlay.kind == Answer.LEAD and overlay.organisation_id != overlay.given_by_id and overlay.organisation:
        return codes.ANOTHERS_LEAD.at(overlay.commitment.code, unit=overlay.organisation.title)
    return None


def _tell(kind: str, overlay: Overlay, by: User | None, now: datetime, **more: object) -> None:
    data = {"overlay": overlay.pk, "what": overlay.kind, "said": overlay.said.zh, **more}
    record(kind, about=overlay.commitment, by=by, now=now, organisation=overlay.given_by, data=data)
