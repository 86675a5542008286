"""Whether figures agree with their definitions, with each other, and with the totals that are stated."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tongchou.kernel.periods import Period
from tongchou.kernel.places import Place, PlaceKind, Places
from tongchou.kernel.problems import Problem
from tongchou.kernel.status import Status
from tongchou.region import codes
from tongchou.region.model import Base, Figure, Indicator
from tongchou.region.rows import Row

# Things counted one by one: an integer printed in these units is exact, not rounded.
_COUNTED = frozenset(("人", "person", "户", "household", "个", "item", "所", "家", "张", "座", "处", "站", "天", "day"))
_PER_HEAD = re.compile(r"/\s*(人|万人|千人|person|wanperson|kperson)")
_ANY, _NONE = "any", "none"

Located = tuple[str, Row, Figure]  # file, row, figure
_Cell = tuple[str, str, str]  # indicator, period, source


def check_indicators(where: str, rows: Iterable[Row], bases: dict[str, Base], prove_units: bool) -> list[Problem]:
    """Return indicators with an unknown unit, an unknown base, or a per-head unit that names no base."""
    problems: list[Problem] = []
    for row in rows:
        cells = row.cells
        at = f"{where}:{row.line}"
        if prove_units and not _is_unit(cells["unit"]):
            problems.append(codes.UNKNOWN_UNIT.at(f"{at} unit", value=cells["unit"]))
        base = cells.get("base", "")
        if base and base not in (_ANY, _NONE) and base not in bases:
            problems.append(
                codes.UNKNOWN_REFERENCE.at(f"{at} base", column="base", value=base, table="datapackage.json bases")
            )
        if not base and bases and _PER_HEAD.search(cells["unit"]):
            problems.append(
                codes.PER_HEAD_WITHOUT_BASE.at(f"{at} base", indicator=cells["id"], bases="、".join((_ANY, *bases)))
            )
    return problems


def _is_unit(text: str) -> bool:
    from tongchou.kernel.units import is_unit

    return is_unit(text)


def check_figures(
    figures: Sequence[Located], indicators: dict[str, Indicator], bases: dict[str, Base]
) -> list[Problem]:
    """Return figures without their base or on the wrong one, and files that mix illustrative rows with real ones."""
    problems: list[Problem] = []
    for where, row, figure in figures:
        problems += _base_problems(f"{where}:{row.line}", figure, indicators[figure.indicator], bases)
    return problems + _mixed_files(figures)


def check_places_and_totals(
    figures: Sequence[Located], places: Places, indicators: dict[str, Indicator], bases: dict[str, Base], centre: str
) -> list[Problem]:
    """Return figures outside their place's time, and county values that do not add up to the stated total."""
    problems = [
        codes.PLACE_NOT_VALID.at(f"{where}:{row.line} period", place=figure.place, period=figure.period.code)
        for where, row, figure in figures
        if figure.place in places and not _valid_during(places[figure.place], figure.period)
    ]
    return problems + _Totals(figures, places, indicators, bases, centre).problems()


def _valid_during(place: Place, period: Period) -> bool:
    return place.is_valid_on(period.start) or place.is_valid_on(period.end)


def _base_problems(at: str, figure: Figure, indicator: Indicator, bases: dict[str, Base]) -> list[Problem]:
    asked, stated = indicator.base, figure.base
    if stated and stated not in bases:
        return [codes.UNKNOWN_REFERENCE.at(f"{at} base", column="base", value=stated, table="datapackage.json bases")]
    if asked in ("", _NONE) or (asked != _ANY and asked not in bases):
        return []
    if not stated:
        wanted = "、".join(bases) if asked == _ANY else asked
        return [codes.BASE_MISSING.at(f"{at} base", indicator=indicator.id, bases=wanted)]
    if asked != _ANY and stated != asked and not bases[stated].fits_all:
        return [codes.WRONG_BASE.at(f"{at} base", indicator=indicator.id, expected=asked, found=stated)]
    return []


def _mixed_files(figures: Sequence[Located]) -> list[Problem]:
    """Return one problem a file that holds both, at its first illustrative row."""
    real: set[str] = set()
    made_up: dict[str, int] = {}
    for where, row, figure in figures:
        if figure.status is Status.ILLUSTRATIVE:
            made_up.setdefault(where, row.line)
        else:
            real.add(where)
    return [codes.ILLUSTRATIVE_MIXED.at(f"{where}:{line}") for where, line in made_up.items() if where in real]


@dataclass
class _Totals:
    """County values against the city's, same source, same base, within what the printed digits can tell."""

    figures: Sequence[Located]
    places: Places
    indicators: dict[str, Indicator]
    bases: dict[str, Base]
    centre: str

    def problems(self) -> list[Problem]:
        cells: dict[_Cell, dict[tuple[str, str], Located]] = {}
        for located in self.figures:
            figure = located[2]
            if self.indicators[figure.indicator].total == "sum" and figure.value is not None:
                cell = (figure.indicator, figure.period.code, figure.source)
                cells.setdefault(cell, {})[(figure.base, figure.place)] = located
        problems: list[Problem] = []
        for by_base_and_place in cells.values():
            problems += self._cell_problems(by_base_and_place)
        return problems

    def _cell_problems(self, cell: dict[tuple[str, str], Located]) -> list[Problem]:
        problems: list[Problem] = []
        period = next(iter(cell.values()))[2].period
        units = [p.code for p in self.places.county_level(parent=self.centre, on=period.end)]
        for base in dict.fromkeys(base for base, _ in cell):
            parts = [cell.get((base, unit)) for unit in units]
            if not parts or None in parts:
                continue
            summands = [part for part in parts if part is not None]
            city = cell.get((base, self.centre))
            if city is not None:
                problems += self._compare(summands, city, cell)
            declared = self.bases.get(base)
            if declared is not None and declared.apart and declared.whole:
                apart = [part for code in declared.apart if (part := cell.get((base, code))) is not None]
                whole = cell.get((declared.whole, self.centre))
                if whole is not None and len(apart) == len(declared.apart):
                    problems += self._compare(summands + apart, whole, cell)
        return problems

    def _compare(self, parts: Sequence[Located], city: Located, cell: dict[tuple[str, str], Located]) -> list[Problem]:
        where, row, figure = city
        total = math.fsum(_value(part) for part in parts)
        stated = _value(city)
        tolerance = _half_digit(city) + math.fsum(_half_digit(part) for part in parts)
        tolerance += 1e-9 * max(abs(total), abs(stated), 1.0)
        if abs(total - stated) <= tolerance:
            return []
        at = f"{where}:{row.line} value"
        named = {"indicator": figure.indicator, "period": figure.period.code}
        zones = {
            place: _value(located)
            for (_, place), located in cell.items()
            if place in self.places and self.places[place].kind is PlaceKind.ZONE and located not in parts
        }
        if zones and abs(total + math.fsum(zones.values()) - stated) <= tolerance:
            return [codes.ZONE_SUMMED.at(at, zones="、".join(zones), **named)]
        return [
            codes.SUM_MISMATCH.at(
                at, sum=f"{total:.10g}", total=f"{stated:.10g}", difference=f"{total - stated:.6g}", **named
            )
        ]


def _value(located: Located) -> float:
    return located[2].value or 0.0


def _half_digit(located: Located) -> float:
    """Return half a unit of the last printed digit, in the indicator's unit; nothing where things were counted."""
    _, row, figure = located
    printed, unit = row.cells["value"].lower(), row.cells["unit"]
    mantissa, _, exponent = printed.partition("e")
    decimals = len(mantissa.partition(".")[2])
    if not decimals and not exponent and unit in _COUNTED:
        return 0.0
    half = 0.5 * 10.0 ** (int(exponent or 0) - decimals)
    if unit == figure.unit:
        return half
    from tongchou.kernel.units import factor

    return half * factor(unit, figure.unit)
