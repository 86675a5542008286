"""What a region package holds once loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tongchou.kernel.parties import Parties
from tongchou.kernel.periods import Period
from tongchou.kernel.places import Places
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region.held import Figures


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from. ``confidence`` is ``high``, ``medium``, ``low`` or empty where nobody judged it."""

    id: str
    title: str
    publisher: str
    date: str
    url: str
    licence: str
    note: str
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a figure measures. ``definition`` is the 口径.

    ``base`` is ``any`` where every figure must state its population base, the id of a base where only that one
    will do, ``none`` for a per-head figure that no population base enters, and empty otherwise.
    """

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
    """One value: of an indicator, at a place, for a period, in the indicator's unit.

    ``value`` is ``None`` where the source says 不适用.
    """

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
class Group:
    """A grouping of places, with a note saying whose grouping it is."""

    id: str
    title: Text
    note: Text


@dataclass(frozen=True, slots=True)
class Base:
    """A population base. ``apart`` are zones counted beside the units; ``whole`` is the base that includes them.

    ``fits_all``: nothing was counted apart at the time, so the figure suits every base.
    """

    id: str
    title: Text
    note: Text
    apart: tuple[str, ...] = ()
    whole: str = ""
    fits_all: bool = False


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
    figures: Sequence[Figure]
    sources: dict[str, Source]
    projects: tuple[Project, ...] = ()
    adjacency: tuple[Adjacency, ...] = ()
    policies: tuple[str, ...] = ()  # names of policy files in the package
    folder: str = ""
    extra: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # other declared tables, as read
    groups: dict[str, Group] = field(default_factory=dict)
    bases: dict[str, Base] = field(default_factory=dict)
    notices: tuple[str, ...] = ()  # attributions that must be shown with the figures
    _held: Figures = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        held = self.figures if isinstance(self.figures, Figures) else Figures(self.figures)
        object.__setattr__(self, "_held", held)

    def of_indicator(self, indicator: str) -> tuple[Figure, ...]:
        """Return every figure held of an indicator, in file order."""
        return self._held.of(indicator)

    def indicators_held(self) -> frozenset[str]:
        """Return the ids of the indicators that have a figure."""
        return self._held.indicators()

    def held(self, place: str, indicator: str, period: str) -> tuple[Figure, ...]:
        """Return every figure held for this cell, whatever its base and source."""
        return tuple(self._held.cell(place, indicator, period))

    def of(self, place: str, indicator: str) -> tuple[Figure, ...]:
        """Return every figure held of this indicator at this place, whatever its period, base and source."""
        return tuple(self._held.series(place, indicator))

    def figure(self, place: str, indicator: str, period: str, base: str | None = None) -> Figure | None:
        """Return the best (strongest status) figure for this cell, or ``None`` when nothing is held.

        A ``base`` also accepts figures on a base that fits all. Without one, figures on several bases are not
        chosen between: ``ValueError``, for the two never stand for each other. Of equal statuses the first in
        file order wins.
        """
        found = list(self._held.cell(place, indicator, period))
        if base is not None:
            fitting = {base} | {b.id for b in self.bases.values() if b.fits_all}
            found = [f for f in found if f.base in fitting]
        elif len(stated := {f.base for f in found}) > 1:
            raise ValueError(
                f"{indicator} of {place} in {period} is held on several bases, say which: {sorted(stated)}"
            )
        return max(found, key=lambda f: f.status, default=None)

    def county_level(self) -> tuple[str, ...]:
        """Return the codes of the centre's county-level units in official order."""
        return tuple(p.code for p in self.places.county_level(parent=self.centre))
