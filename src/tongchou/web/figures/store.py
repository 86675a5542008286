"""The figures there are: the region package with every approved figure of the database, now or as of a moment.

An approved figure stands instead of the package's for its cell (indicator, place, period, base); the package's stays
in the history of the cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import Q, QuerySet

from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region import Figure, Indicator, Region
from tongchou.region.held import Figures
from tongchou.web.figures.models import FigureRecord, Held, IndicatorRecord, Version
from tongchou.web.figures.regions import region_named

_COLUMNS = ("place", "indicator", "period", "start", "end", "value", "unit", "status", "source", "note", "base")
Row = tuple[str, str, str, date, date, float | None, str, int, str, str, str]


def region_as_of(name: str, at: datetime | None = None) -> Region:
    """Return a region package with every figure approved by ``at`` (now where ``None``).

    Figures are read indicator by indicator, when asked for; what was read is kept until the next approval.
    Only the configured region has figures in the database.
    """
    if name != settings.REGION:
        return region_named(name)
    stamp, last = version()
    if at is None or last is None or at >= last:
        return region_at(name, stamp, last)
    return _assembled(name, at)


def version() -> tuple[str, datetime | None]:
    """Return the stamp of the last change of approved figures and its moment, ``("", None)`` before the first."""
    return Version.objects.filter(pk=1).values_list("stamp", "at").first() or ("", None)


def stamp() -> str:
    """Return what a part of a page that shows only figures depends on: the region and its last change."""
    return f"{settings.REGION}-{version()[0]}"


def region_of(name: str, indicator: str, periods: Iterable[str], at: datetime | None = None) -> Region:
    """Return the region with the figures of one indicator in these periods only: what one page shows, in one query."""
    package = region_named(name).of_indicator(indicator)
    wanted = {*periods, *(f.period.code for f in package)}
    rows = FigureRecord.objects.filter(known(at), indicator=indicator, period__in=wanted)
    return replace(region_as_of(name, at), figures=merged(package, _figures(rows)))


def known(at: datetime | None) -> Q:
    """Return the condition of rows approved and not superseded at a moment."""
    if at is None:
        return Q(state="approved")
    return Q(approved_at__lte=at) & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))


def merged(package: Sequence[Figure], approved: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the approved figures, then those of the package whose cell has no approved figure."""
    taken = {(f.place, f.period.code, f.base) for f in approved}
    return (*approved, *(f for f in package if (f.place, f.period.code, f.base) not in taken))


@lru_cache(maxsize=4)
def region_at(name: str, stamp: str, at: datetime | None) -> Region:
    """Return a region package with the figures of a :func:`version`, for who has asked for the version already."""
    # Read by moment, not by state: rows approved after this version was first asked for do not belong to it.
    return region_named(name) if not stamp else _assembled(name, at)


def _assembled(name: str, at: datetime | None) -> Region:
    package = region_named(name)
    added = {i.id: indicator_of(i) for i in IndicatorRecord.objects.all()}
    return replace(package, indicators={**added, **package.indicators}, figures=StoredFigures(package, at))


def indicators() -> dict[str, Indicator]:
    """Return the indicators of the configured region's package and those added here."""
    added = {i.id: indicator_of(i) for i in IndicatorRecord.objects.all()}
    return {**region_named(settings.REGION).indicators, **added}


def indicator_of(record: IndicatorRecord) -> Indicator:
    """Return an indicator added here as the region knows indicators."""
    return Indicator(
        id=record.id,
        title=Text(record.title_zh, record.title_en),
        unit=record.unit,
        definition=Text(record.definition_zh, record.definition_en),
        theme=record.theme,
        better=record.better,
        total=record.total,
        base=record.base,
    )


class StoredFigures(Figures):
    """The package's figures with those approved by a moment, read from the database one indicator at a time."""

    def __init__(self, package: Region, at: datetime | None) -> None:
        super().__init__(())
        self._package = package
        self._at = at
        self._everything: tuple[Figure, ...] | None = None
        self._ids: frozenset[str] | None = None

    def of(self, indicator: str) -> tuple[Figure, ...]:
        """Return every figure of an indicator."""
        if indicator not in self._of:
            approved: Sequence[Figure] = ()
            if indicator in self._stored():
                approved = _figures(FigureRecord.objects.filter(known(self._at), indicator=indicator))
            self._of[indicator] = merged(self._package.of_indicator(indicator), approved)
        return self._of[indicator]

    def indicators(self) -> frozenset[str]:
        """Return the ids of the indicators that have a figure."""
        return self._stored() | self._package.indicators_held()

    def _stored(self) -> frozenset[str]:
        if self._ids is None:
            # Nothing approved is ever deleted: whatever had a figure at any moment has a row here.
            self._ids = frozenset(Held.objects.values_list("indicator", flat=True))
        return self._ids

    def _read(self) -> tuple[Figure, ...]:
        if self._everything is None:
            rows = FigureRecord.objects.filter(known(self._at))
            approved = _figures(rows) if self._stored() else ()
            taken = {(f.indicator, f.place, f.period.code, f.base) for f in approved}
            package = self._package.figures
            left = (f for f in package if (f.indicator, f.place, f.period.code, f.base) not in taken)
            self._everything = (*approved, *left)
        return self._everything

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __getitem__(self, index: int | slice) -> Figure | Sequence[Figure]:  # type: ignore[override]
        return self._read()[index]


def _figures(rows: QuerySet[FigureRecord]) -> tuple[Figure, ...]:
    found = rows.order_by("place", "start", "end", "base").values_list(*_COLUMNS)
    return tuple(_figure(row) for row in found)


def _figure(row: Row) -> Figure:
    place, indicator, code, start, end, value, unit, status, source, note, base = row
    return Figure(place, indicator, Period(start, end, code), value, unit, Status(status), source, note, base)


def region_with(name: str, ids: Iterable[str], condition: Q) -> Region:
    """Return the region with the figures of some indicators only, of the database those that meet a condition.

    One query whatever the number of indicators; for what is shown or checked of many indicators at once.
    """
    wanted = list(dict.fromkeys(ids))
    package = region_named(name)
    approved: dict[str, list[Figure]] = {}
    for figure in _figures(FigureRecord.objects.filter(known(None), condition, indicator__in=wanted)):
        approved.setdefault(figure.indicator, []).append(figure)
    held = [f for id_ in wanted for f in merged(package.of_indicator(id_), approved.get(id_, []))]
    return replace(region_as_of(name), figures=tuple(held))
