"""What can be done to a round and to definitions. One transaction and one event each; the time is passed in."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tongchou.kernel.numbers import number
from tongchou.kernel.problems import ProblemsError
from tongchou.kernel.text import Text
from tongchou.web.collection import codes
from tongchou.web.collection.asking import Draft, draft_of, faults, refusals
from tongchou.web.collection.burden import cap, minutes_due
from tongchou.web.collection.models import Answer, Asked, Round, Ruling
from tongchou.web.collection.states import RoundState, Verdict
from tongchou.web.events.record import record
from tongchou.web.people.models import Organisation, User


@transaction.atomic
def design_round(
    *, draft: Draft, organisation: Organisation, by: User, now: datetime, on: date, is_illustrative: bool = False
) -> Round:
    """Keep a round as designed; refused with the values held already, or asked for in another open round."""
    if problems := faults(draft, on) or refusals(draft)[0]:
        raise ProblemsError(problems)
    cells = draft.cells()
    if not cells:
        raise ProblemsError([codes.NOTHING_ASKED.at("indicators", what=Text("要填的格", "cell"))])
    made = Round.objects.create(
        title=draft.title.strip(),
        clause=draft.clause.strip(),
        used_by=draft.used_by.strip(),
        basis=draft.basis.strip(),
        frequency=draft.frequency,
        minutes=draft.minutes or 0,
        periods=list(draft.periods),
        base=draft.base,
        left_out=sorted(draft.left_out),
        due=draft.due or on,
        organisation=organisation,
        created_by=by,
        created_at=now,
        is_illustrative=is_illustrative,
    )
    Asked.objects.bulk_create(Asked(round=made, indicator=i, order=n) for n, i in enumerate(draft.indicators))
    Answer.objects.bulk_create(
        Answer(round=made, place=place, organisation_id=body, cells=n)
        for place, body in draft.places.items()
        if (n := sum(cell[1] == place for cell in cells))
    )
    data = {"title": made.title, "cells": len(cells), "minutes": len(cells) * made.minutes, "clause": made.clause}
    record("collection.round_designed", about=made, by=by, now=now, organisation=organisation, data=data)
    return made


@transaction.atomic
def open_round(*, round_: Round, reason: str, by: User, now: datetime, on: date) -> Round:
    """Open a round for entry; checked again, and refused above the cap unless a reason is given."""
    held = _in(round_, RoundState.DESIGN)
    problems, _ = refusals(draft_of(held), held.pk)
    own = sum(held.answers.values_list("cells", flat=True)) * held.minutes
    minutes, most = minutes_due(held.due, held.pk) + own, cap(on).city_minutes
    if minutes > most and not reason.strip():
        month = Text(f"{held.due.year}年{held.due.month}月", f"{held.due:%Y-%m}")
        problems.append(codes.OVER_CAP.at("reason", month=month, minutes=number(minutes), cap=number(most)))
    if problems:
        raise ProblemsError(problems)
    held.state, held.opened_at = RoundState.OPEN, now
    held.over_cap_reason = reason.strip() if minutes > most else ""
    held.save(update_fields=["state", "opened_at", "over_cap_reason"])
    data = {"minutes": own, "month_minutes": minutes, "cap": most, "over_cap_reason": held.over_cap_reason}
    record("collection.round_opened", about=held, by=by, now=now, organisation=held.organisation, data=data)
    return held


@transaction.atomic
def close_round(*, round_: Round, by: User, now: datetime) -> Round:
    """Close a round: nothing more can be entered; what was not accepted stays 未报."""
    held = _in(round_, RoundState.OPEN)
    held.state, held.closed_at = RoundState.CLOSED, now
    held.save(update_fields=["state", "closed_at"])
    record("collection.round_closed", about=held, by=by, now=now, organisation=held.organisation)
    return held


@transaction.atomic
def drop_round(*, round_: Round, by: User, now: datetime) -> Round:
    """Give a design up."""
    held = _in(round_, RoundState.DESIGN)
    held.state = RoundState.DROPPED
    held.save(update_fields=["state"])
    record("collection.round_dropped", about=held, by=by, now=now, organisation=held.organisation)
    return held


@transaction.atomic
def rule(*, first: str, second: str, verdict: str, reason: str, by: User, now: datetime) -> Ruling:
    """Rule that two definitions are the same or different; the ruling before is replaced, its event stays."""
    if not reason.strip() or verdict not in set(Verdict):
        raise ProblemsError([codes.REASON_NEEDED.at("reason")])
    a, b = sorted((first, second))
    values = {"verdict": verdict, "reason": reason.strip(), "by": by, "at": now}
    ruling, _ = Ruling.objects.update_or_create(first=a, second=b, defaults=values)
    data = {"first": a, "second": b, "verdict": verdict, "reason": reason.strip()}
    record("collection.definitions_ruled", about=ruling, by=by, now=now, data=data)
    return ruling


def _in(round_: Round, state: RoundState) -> Round:
    held = Round.objects.select_for_update().get(pk=round_.pk)
    if held.state != state:
        raise ProblemsError([codes.WRONG_STATE.at("state", state=held.state_label)])
    return held
