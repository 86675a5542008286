"""What can be done to figures one by one, and adding an indicator. One transaction and one event each."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from tongchou.kernel.periods import Period
from tongchou.kernel.problems import ProblemsError
from tongchou.region import Indicator
from tongchou.web.events.record import record
from tongchou.web.figures import codes
from tongchou.web.figures.keeping import Proposed, put_in_force
from tongchou.web.figures.models import FigureRecord, IndicatorRecord, Version
from tongchou.web.figures.states import State
from tongchou.web.figures.store import indicators
from tongchou.web.people.models import Organisation, User


@transaction.atomic
def add_indicator(*, indicator: Indicator, by: User, now: datetime) -> IndicatorRecord:
    """Add an indicator with its definition; raise :class:`ProblemsError` where the id is taken."""
    if indicator.id in indicators():
        raise ProblemsError([codes.INDICATOR_TAKEN.at("id", id=indicator.id)])
    added = IndicatorRecord.objects.create(
        id=indicator.id,
        title_zh=indicator.title.zh,
        title_en=indicator.title.en or indicator.title.zh,
        unit=indicator.unit,
        definition_zh=indicator.definition.zh,
        definition_en=indicator.definition.en or indicator.definition.zh,
        theme=indicator.theme,
        better=indicator.better,
        total=indicator.total,
        base=indicator.base,
        by=by,
        added_at=now,
    )
    Version.objects.get_or_create(pk=1)
    Version.objects.filter(pk=1).update(stamp=uuid4().hex)  # regions kept in memory do not know it
    record("figures.indicator_added", about=added, by=by, now=now, data={"title": added.title_zh, "unit": added.unit})
    return added


@transaction.atomic
def propose_correction(
    *, proposed: Proposed, reason: str, organisation: Organisation, by: User, now: datetime
) -> FigureRecord:
    """Submit another value for a cell, with the reason; the value in force stays until this one is approved."""
    waiting = FigureRecord.objects.filter(**_cell(proposed), state=State.SUBMITTED)
    if waiting.exists():
        raise ProblemsError([codes.CORRECTION_WAITING.at("value")])
    if not reason.strip():
        raise ProblemsError([codes.REASON_NEEDED.at("reason")])
    current = FigureRecord.objects.filter(**_cell(proposed), state=State.APPROVED).first()
    period = Period.parse(proposed.period)
    submitted = FigureRecord.objects.create(
        **_cell(proposed),
        start=period.start,
        end=period.end,
        value=proposed.value,
        unit=proposed.unit,
        status=proposed.status,
        source=proposed.source,
        note=proposed.note,
        state=State.SUBMITTED,
        revision=current.revision + 1 if current else 1,
        replaces=current,
        reason=reason.strip(),
        organisation=organisation,
        entered_by=by,
        entered_at=now,
    )
    data = {"cell": list(proposed.key), "value": proposed.value, "reason": reason.strip()}
    record("figures.correction_submitted", about=submitted, by=by, now=now, organisation=organisation, data=data)
    return submitted


@transaction.atomic
def approve_correction(*, submitted: FigureRecord, by: User, now: datetime) -> FigureRecord:
    """Put a submitted value in force; the one before is kept, superseded."""
    held = _waiting(submitted)
    put_in_force(submitted=held, by=by, now=now)
    record("figures.correction_approved", about=held, by=by, now=now, organisation=held.organisation)
    return held


@transaction.atomic
def turn_down_correction(*, submitted: FigureRecord, reason: str, by: User, now: datetime) -> FigureRecord:
    """Turn a submitted value down, with the reason."""
    held = _waiting(submitted)
    if not reason.strip():
        raise ProblemsError([codes.REASON_NEEDED.at("reason")])
    held.state = State.WITHDRAWN
    held.reason = f"{held.reason}；未采用：{reason.strip()}"
    held.save(update_fields=["state", "reason"])
    record(
        "figures.correction_turned_down",
        about=held,
        by=by,
        now=now,
        organisation=held.organisation,
        data={"reason": reason.strip()},
    )
    return held


def _waiting(submitted: FigureRecord) -> FigureRecord:
    held = FigureRecord.objects.select_for_update().get(pk=submitted.pk)
    if held.state != State.SUBMITTED:
        raise ProblemsError([codes.NOT_WAITING.at("state")])
    return held


def _cell(proposed: Proposed) -> dict[str, str]:
    indicator, place, period, base = proposed.key
    return {"indicator": indicator, "place": place, "period": period, "base": base}
