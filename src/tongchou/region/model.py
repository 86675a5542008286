"""What a region package holds once loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tongchou.kernel.parties import Parties
from tongchou.kernel.periods import Period
from tongchou.kernel.places import Places
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from."""

    id: str
    title: str
    publisher: str
    date: str
    url: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure measures. ``definition`` is the 口径; ``base`` names the population base it must be used with."""

    id: str
    title: Text
    unit: str
    definition: Text
    theme: str
    better: str = ""  # more, less, or "" where neither is better
    total: str = ""  # "sum" where county values add up to the city's
    base: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value: of an indicator, at a place, for a period. ``value`` is ``None`` where the source says 不适用."""

    place: str
    indicator: str
    period: Period
    value: float | None
    unit: str
    status: Status
    source: str
    note: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A named work with its dates as promised and as happened."""

    id: str
    name: Text
    kind: str
    clause: str
    promised: str
    strength: str
    stages: tuple[tuple[str, str], ...]  # (stage, date as the source prints it)
    outcome: str
    source: str
    note: str
    places: tuple[str, ...] = ()
    quantities: tuple[tuple[str, float, str], ...] = ()  # (what, value, unit)


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Two county-level units that share a boundary of ``length_km``."""

    a: str
    b: str
    length_km: float
    status: Status
    source: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region package, loaded and checked."""

    id: str
    title: Text
    centre: str  # code of the city
    version: str
    updated: date | None
    places: Places
    parties: Parties
    indicators: dict[str, Indicator]
    figures: tuple[Figure, ...]
    sources: dict[str, Source]
    projects: tuple[Project, ...] = ()
    adjacency: tuple[Adjacency, ...] = ()
    policies: tuple[str, ...] = ()  # names of policy files in the package
    folder: str = ""
    extra: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # other declared tables, as read

    def figure(self, place: str, indicator: str, period: str, base: str | None = None) -> Figure | None:
        """Return the best (strongest status) figure for this cell, or ``None`` when nothing is held."""
        found = [
            f
            for f in self.figures
            if f.place == place
            and f.indicator == indicator
            and f.period.code == period
            and (base is None or f.base == base)
        ]
        return max(found, key=lambda f: f.status, default=None)
