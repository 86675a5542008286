"""What is held of each indicator, package and database together, without walking the figures of the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region import Indicator, Region
from tongchou.region.crosstab import Column, Coverage, coverage, units_of
from tongchou.web.figures.models import Held
from tongchou.web.figures.regions import region_named
from tongchou.web.figures.store import region_at, version

Summary = tuple[str, int, tuple[str, ...], tuple[tuple[str, str, int], ...], int]


def coverage_of(name: str) -> tuple[Coverage, ...]:
    """Return what is held of every indicator now, in the order of the package, then of those added here."""
    if name != settings.REGION:
        return tuple(coverage(region_named(name)))
    return _coverage(name, *version())


@lru_cache(maxsize=4)
def _coverage(name: str, stamp: str, at: datetime | None) -> tuple[Coverage, ...]:
    packaged = {c.indicator.id: c for c in coverage(region_named(name))}
    if not stamp:
        return tuple(packaged.values())
    region = region_at(name, stamp, at)
    stored = summaries()
    inside = {*(p.code for p in units_of(region)), region.centre}
    found = []
    for indicator in (*region_named(name).indicators.values(), *_added(region, name)):
        mine, theirs = packaged.get(indicator.id), stored.get(indicator.id)
        if theirs is not None and (inside & set(theirs[2]) or mine is None):
            found.append(_kept(name, region, indicator, mine, theirs))
        elif mine is not None:
            found.append(mine)
    return tuple(found)


def _added(region: Region, name: str) -> list[Indicator]:
    return [i for i in region.indicators.values() if i.id not in region_named(name).indicators]


_KEPT: dict[str, Summary] = {}


def summaries() -> dict[str, Summary]:
    """Return the summary of each indicator: stamp, figures, places, columns, weakest; read when it changed only."""
    if not _KEPT:  # a process that has just begun needs them all
        _keep(Held.objects.all())
        return dict(_KEPT)
    versions = dict(Held.objects.values_list("indicator", "stamp"))
    stale = [i for i, stamp in versions.items() if i not in _KEPT or _KEPT[i][0] != stamp]
    if stale:
        _keep(Held.objects.filter(indicator__in=stale) if len(stale) < 900 else Held.objects.all())
    return {i: _KEPT[i] for i in versions}


def _keep(rows: Iterable[Held]) -> None:
    for one in rows:
        columns = tuple((code, base, n) for code, base, n in one.columns)
        _KEPT[one.indicator] = (one.stamp, one.figures, tuple(one.places), columns, one.weakest)


_COVERED: dict[tuple[str, str], tuple[str, Coverage]] = {}


def _kept(name: str, region: Region, indicator: Indicator, packaged: Coverage | None, stored: Summary) -> Coverage:
    """Return the coverage of an indicator, put together anew only when its own figures changed."""
    stamp, covered = _COVERED.get((name, indicator.id), ("", None))
    if covered is None or stamp != stored[0]:
        covered = _both(name, region, indicator, packaged, stored)
        _COVERED[name, indicator.id] = (stored[0], covered)
    return covered


def _both(name: str, region: Region, indicator: Indicator, packaged: Coverage | None, stored: Summary) -> Coverage:
    _, figures, places, columns, weakest = stored
    units = {p.code for p in units_of(region)}
    filled = {column_of(region, code, base): n for code, base, n in columns}
    covered = units & set(places)
    if packaged is not None:
        for column in packaged.columns:
            filled[column] = max(filled.get(column, 0), packaged.filled.get(column, 0))
        covered |= {f.place for f in region_named(name).of_indicator(indicator.id)} & units
        figures += packaged.figures
        weakest = min(weakest, packaged.weakest)
    columns_held = sorted(filled, key=lambda c: (c.period.start, c.period.end, c.period.code, c.base))
    return Coverage(indicator, columns_held, len(covered), figures, Status(weakest), filled)


def column_of(region: Region, code: str, base: str) -> Column:
    """Return the column of a period on a population base."""
    held = region.bases.get(base)
    return Column(_period(code), base, held.title if held and not held.fits_all else Text("", ""))


@lru_cache(maxsize=4096)
def _period(code: str) -> Period:
    return Period.parse(code)


def fullest(covered: Coverage) -> Column | None:
    """Return the newest of the columns in which most county-level units have a figure, ``None`` without any."""
    return max(covered.columns, key=lambda c: (covered.filled.get(c, 0), c), default=None)
