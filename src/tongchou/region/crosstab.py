"""A region's figures as tables: what is held of each indicator, and units by periods with the population base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tongchou.kernel.numbers import number
from tongchou.kernel.periods import Period
from tongchou.kernel.places import Place
from tongchou.kernel.status import Status, weakest
from tongchou.kernel.text import Text
from tongchou.region.model import Base, Figure, Indicator, Region

STATES = {"missing": Text("未报", "not reported"), "not_applicable": Text("不适用", "not applicable")}


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """One column of an indicator's table: a period on a population base."""

    period: Period
    base: str

    base_title: Text = field(default=Text("", ""), compare=False)

    @property
    def key(self) -> str:
        """The column's name in an address."""
        return f"{self.period.code}~{self.base}" if self.base else self.period.code

    @property
    def label(self) -> Text:
        """The period, and the population base where one is stated."""
        zh, en = self.base_title.zh, self.base_title.en
        return Text(
            self.period.label("zh") + (f"（{zh}）" if zh else ""), self.period.label("en") + (f" ({en})" if en else "")
        )


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is held of an indicator for the county-level units."""

    indicator: Indicator
    columns: list[Column]
    units_covered: int
    figures: int
    weakest: Status
    filled: dict[Column, int] = field(default_factory=dict)  # county-level units with a figure, by column

    @property
    def span(self) -> Text:
        """The periods held: all of them when few, else first, last and how many."""
        periods = list(dict.fromkeys(c.period for c in self.columns))
        if len(periods) <= 3:
            return Text("、".join(p.label("zh") for p in periods), ", ".join(p.label("en") for p in periods))
        first, last = periods[0], periods[-1]
        return Text(
            f"{first.label('zh')}至{last.label('zh')}，{len(periods)} 期",
            f"{first.label('en')} to {last.label('en')}, {len(periods)} periods",
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in one column. ``figure`` is ``None`` where nothing is held; its value is ``None`` for 不适用."""

    place: Place
    column: Column
    figure: Figure | None
    rank: int | None = None
    share: float | None = None  # of the largest value, for the bar beside the number

    @property
    def name(self) -> Text:
        """The place's name."""
        return Text(self.place.name, self.place.name_en)

    @property
    def printed(self) -> str:
        """The value as a table prints it, "" where there is none."""
        return number(self.figure.value) if self.figure is not None and self.figure.value is not None else ""

    @property
    def percent(self) -> int:
        """The length of the bar beside the number, of 100."""
        return round(100 * (self.share or 0))

    @property
    def state_label(self) -> Text:
        """The word shown where there is no value: 未报 is not 0 and not 不适用."""
        return STATES[self.state]

    @property
    def state(self) -> str:
        """``value``, ``missing`` (nobody has reported it) or ``not_applicable``."""
        if self.figure is None:
            return "missing"
        return "value" if self.figure.value is not None else "not_applicable"


def units_of(region: Region) -> list[Place]:
    """Return the city's county-level units in official order."""
    return [region.places[code] for code in region.county_level()]


def _figures(region: Region, indicator: str) -> Iterable[Figure]:
    return region.of_indicator(indicator)


def columns_of(region: Region, indicator: str) -> list[Column]:
    """Return the columns in which the city or a county-level unit has a figure, oldest first."""
    wanted = {*region.county_level(), region.centre}
    return sorted({_column(region, f) for f in _figures(region, indicator) if f.place in wanted})


def fullest_column(region: Region, indicator: str) -> Column | None:
    """Return the newest of the columns in which most county-level units have a figure, ``None`` without any column."""

    def held(column: Column) -> tuple[int, Column]:
        return sum(c.figure is not None for c in column_cells(region, indicator, column)), column

    return max(columns_of(region, indicator), key=held, default=None)


def coverage(region: Region) -> list[Coverage]:
    """Return what is held of each indicator, in the order of the package.

    Columns and figures are those of the city and its county-level units; those of other places (zones, the
    province, other cities) where there are none of these.
    """
    units = set(region.county_level())
    wanted = {*units, region.centre}
    held: dict[str, list[Figure]] = {}
    for figure in region.figures:
        held.setdefault(figure.indicator, []).append(figure)
    found = []
    for indicator in region.indicators.values():
        everywhere = held.get(indicator.id, [])
        if figures := [f for f in everywhere if f.place in wanted] or everywhere:
            found.append(
                Coverage(
                    indicator=indicator,
                    columns=sorted({_column(region, f) for f in figures}),
                    units_covered=len({f.place for f in figures} & units),
                    figures=len(figures),
                    weakest=weakest(f.status for f in figures),
                    filled=Counter(c for c, _ in {(_column(region, f), f.place) for f in figures if f.place in units}),
                )
            )
    return found


def column_cells(region: Region, indicator: str, column: Column) -> list[Cell]:
    """Return one column for the county-level units in official order, with rank and share of the largest.

    The best figure is rank 1 where the indicator says which is better, the largest otherwise; equal values share
    a rank. Cells without a value have none.
    """
    better = region.indicators[indicator].better
    cells = [(place, _best(region, place.code, indicator, column)) for place in units_of(region)]
    values = [f.value for _, f in cells if f is not None and f.value is not None]
    largest = max((abs(v) for v in values), default=0.0)

    def rank(value: float) -> int:
        return 1 + sum(v < value if better == "less" else v > value for v in values)

    return [
        Cell(
            place,
            column,
            figure,
            rank(figure.value) if figure is not None and figure.value is not None else None,
            abs(figure.value) / largest if figure is not None and figure.value is not None and largest else None,
        )
        for place, figure in cells
    ]


def city_cell(region: Region, indicator: str, column: Column) -> Cell:
    """Return the whole city's own figure in a column, as published; it is never summed here."""
    return Cell(region.places[region.centre], column, _best(region, region.centre, indicator, column))


def other_cells(region: Region, indicator: str) -> list[Cell]:
    """Return the figures of an indicator for places outside the city's table: zones, the province, other cities."""
    inside = {*region.county_level(), region.centre}
    return [
        Cell(region.places[f.place], _column(region, f), f)
        for f in _figures(region, indicator)
        if f.place not in inside
    ]


def _column(region: Region, figure: Figure) -> Column:
    base = region.bases.get(figure.base)
    # A base that fits all is nothing to choose between, and only lengthens the label.
    return Column(figure.period, figure.base, base.title if base and not base.fits_all else Text("", ""))


def _best(region: Region, place: str, indicator: str, column: Column) -> Figure | None:
    held = [f for f in region.held(place, indicator, column.period.code) if f.base == column.base]
    return max(held, key=lambda f: f.status, default=None)


def base_of(region: Region, column: Column) -> Base | None:
    """Return the population base of a column, where one is stated."""
    return region.bases.get(column.base)
