"""Keeping approved figures, few or a hundred thousand. Called inside the action they belong to, whose event tells.

A figure that says what is held already is left alone; one that differs supersedes it as its next revision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Min, Q

from tongchou.kernel.periods import Period
from tongchou.web.figures.bulk import insert
from tongchou.web.figures.models import FigureRecord, Held, Version
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.states import State
from tongchou.web.people.models import Organisation, User

_CHUNK = 900  # variables in one statement, which every SQLite takes
_FIELDS = (
    "indicator",
    "place",
    "period",
    "start",
    "end",
    "base",
    "value",
    "unit",
    "status",
    "source",
    "note",
    "state",
    "revision",
    "replaces",
    "reason",
    "organisation",
    "entered_by",
    "entered_at",
    "approved_by",
    "approved_at",
    "superseded_at",
)
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A figure to keep, in its indicator's unit; ``value`` is ``None`` for 不适用."""

    indicator: str
    place: str
    period: str
    value: float | None
    unit: str
    status: int
    source: str
    note: str = ""
    base: str = ""
    entered_by: int | None = None
    entered_at: datetime | None = None

    @property
    def key(self) -> Key:
        """The cell."""
        return (self.indicator, self.place, self.period, self.base)

    @property
    def said(self) -> tuple[float | None, int, str, str]:
        """What would make a revision."""
        return (self.value, self.status, self.source, self.note)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many figures were new, how many superseded another, how many said what was held already."""

    new: int
    revised: int
    same: int
    at: datetime


@dataclass(frozen=True, slots=True)
class _Current:
    pk: int
    revision: int
    said: tuple[float | None, int, str, str]


def current_cells(proposed: Iterable[Proposed]) -> dict[Key, _Current]:
    """Return what is approved now of the cells proposed: one query for each indicator."""
    wanted: dict[str, set[Key]] = {}
    for one in proposed:
        wanted.setdefault(one.indicator, set()).add(one.key)
    held = set(Held.objects.values_list("indicator", flat=True))
    found: dict[Key, _Current] = {}
    names = ("pk", "indicator", "place", "period", "base", "revision", "value", "status", "source", "note")
    for indicator, keys in wanted.items():
        if indicator not in held:
            continue
        rows = FigureRecord.objects.filter(indicator=indicator, state=State.APPROVED).order_by()
        periods = {key[2] for key in keys}
        if len(periods) < _CHUNK:
            rows = rows.filter(period__in=periods)
        for pk, *key, revision, value, status, source, note in rows.values_list(*names):
            if (cell := tuple(key)) in keys:
                found[cell] = _Current(pk, revision, (value, status, source, note))
    return found


def keep_figures(
    *,
    proposed: Sequence[Proposed],
    by: User | None,
    now: datetime,
    organisation: Organisation | None = None,
    reason: str = "",
) -> Kept:
    """Keep figures as approved; a cell may be proposed once. Raises ``IntegrityError`` for a cell proposed twice."""
    with transaction.atomic():
        version = _next(now)
        at = version.at or now
        held = current_cells(proposed)
        changed = [one for one in proposed if (was := held.get(one.key)) is None or was.said != one.said]
        old = [held[one.key].pk for one in changed if one.key in held]
        for i in range(0, len(old), _CHUNK):
            FigureRecord.objects.filter(pk__in=old[i : i + _CHUNK]).update(state=State.SUPERSEDED, superseded_at=at)
        periods = {code: Period.parse(code) for code in {one.period for one in changed}}
        whose, who = (organisation.pk if organisation else None), (by.pk if by else None)

        def row(one: Proposed) -> tuple[object, ...]:
            was, period = held.get(one.key), periods[one.period]
            return (
                one.indicator,
                one.place,
                one.period,
                period.start,
                period.end,
                one.base,
                one.value,
                one.unit,
                one.status,
                one.source,
                one.note,
                State.APPROVED.value,
                was.revision + 1 if was else 1,
                was.pk if was else None,
                reason,
                whose,
                one.entered_by or who,
                one.entered_at or now,
                who,
                at,
                None,
            )

        insert(FigureRecord, _FIELDS, (row(one) for one in changed))
        count_again(indicators=sorted({one.indicator for one in changed}), stamp=version.stamp)
        return Kept(len(changed) - len(old), len(old), len(proposed) - len(changed), at)


def put_in_force(*, submitted: FigureRecord, by: User, now: datetime) -> None:
    """Approve one submitted figure, the one in force becoming superseded. Called inside an action."""
    with transaction.atomic():
        version = _next(now)
        cell = {name: getattr(submitted, name) for name in ("indicator", "place", "period", "base")}
        current = FigureRecord.objects.filter(**cell, state=State.APPROVED).first()
        if current is not None:
            current.state, current.superseded_at = State.SUPERSEDED, version.at
            current.save(update_fields=["state", "superseded_at"])
        submitted.state = State.APPROVED
        submitted.revision = current.revision + 1 if current else 1
        submitted.replaces = current
        submitted.approved_by, submitted.approved_at = by, version.at
        submitted.save(update_fields=["state", "revision", "replaces", "approved_by", "approved_at"])
        count_again(indicators=[submitted.indicator], stamp=version.stamp)


def _next(now: datetime) -> Version:
    """Lock the version and move it on; moments of approval never repeat and never go back."""
    Version.objects.get_or_create(pk=1)
    version = Version.objects.select_for_update().get(pk=1)
    version.number += 1
    version.at = now if version.at is None else max(now, version.at + timedelta(microseconds=1))
    version.stamp = uuid4().hex
    version.save(update_fields=["number", "at", "stamp"])
    return version


def count_again(*, indicators: Sequence[str], stamp: str) -> None:
    """Write what is held of each indicator anew: of the city and its units, of other places where there are none."""
    region = region_named(settings.REGION)
    units = region.county_level()
    for indicator in indicators:
        everywhere = FigureRecord.objects.filter(indicator=indicator, state=State.APPROVED).order_by()
        inside = everywhere.filter(place__in=[*units, region.centre])
        rows = inside if inside.exists() else everywhere
        n = Count("place", distinct=True, filter=Q(place__in=units))
        columns = rows.values_list("period", "base").annotate(n=n, start=Min("start"))
        found = [[code, base, n] for code, base, n, _ in sorted(columns, key=lambda c: (c[3], c[0], c[1]))]
        total = rows.aggregate(n=Count("pk"), weakest=Min("status"))
        places = sorted(rows.values_list("place", flat=True).distinct())
        values = {
            "stamp": stamp,
            "figures": total["n"],
            "places": places,
            "columns": found,
            "weakest": total["weakest"],
        }
        Held.objects.update_or_create(indicator=indicator, defaults=values)
