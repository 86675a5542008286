"""From rows to the model: the places, parties, indicators, figures and the rest of a package, as objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tongchou.kernel.parties import Parties, Party, PartyKind
from tongchou.kernel.periods import Period
from tongchou.kernel.places import Place, PlaceKind, Places
from tongchou.kernel.problems import Problem
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.region import codes
from tongchou.region.model import Adjacency, Figure, Indicator, Project, Source
from tongchou.region.rows import Row
from tongchou.region.tables import FIGURES, NOT_APPLICABLE


def places(rows: Iterable[Row]) -> Places:
    """Return the places in file order, which is the official order."""
    return Places(
        Place(
            code=row.cells["code"],
            name=row.cells["name"],
            name_en=row.cells["name_en"],
            kind=PlaceKind(row.cells["kind"]),
            parent=row.cells.get("parent") or None,
            aliases=row.list("aliases"),
            valid_from=_date(row.cells.get("valid_from")),
            valid_to=_date(row.cells.get("valid_to")),
            group=row.cells.get("group") or None,
            seat_lon=_number(row.cells.get("seat_lon")),
            seat_lat=_number(row.cells.get("seat_lat")),
            note=row.cells.get("note", ""),
        )
        for row in rows
    )


def parties(rows: Iterable[Row]) -> Parties:
    """Return the parties in file order, which is the official order."""
    return Parties(
        Party(
            id=row.cells["id"],
            name=row.cells["name"],
            name_en=row.cells["name_en"],
            kind=PartyKind(row.cells["kind"]),
            full_name=row.cells.get("full_name", ""),
            aliases=row.list("aliases"),
            place=row.cells.get("place") or None,
            fields=row.list("fields"),
            members=row.list("members"),
            note=row.cells.get("note", ""),
        )
        for row in rows
    )


def sources(rows: Iterable[Row]) -> dict[str, Source]:
    """Return the sources by id."""
    return {
        row.cells["id"]: Source(
            id=row.cells["id"],
            title=row.cells["title"],
            publisher=row.cells["publisher"],
            date=row.cells.get("date", ""),
            url=row.cells.get("url", ""),
            licence=row.cells["licence"],
            note=row.cells.get("note", ""),
            confidence=row.cells.get("confidence", ""),
        )
        for row in rows
    }


def indicators(rows: Iterable[Row]) -> dict[str, Indicator]:
    """Return the indicators by id, in file order."""
    return {
        row.cells["id"]: Indicator(
            id=row.cells["id"],
            title=Text(row.cells["title_zh"], row.cells["title_en"]),
            unit=row.cells["unit"],
            definition=Text(row.cells["definition_zh"], row.cells["definition_en"]),
            theme=row.cells["theme"],
            better=row.cells.get("better", ""),
            total=row.cells.get("total", ""),
            base=row.cells.get("base", ""),
        )
        for row in rows
    }


def figures(
    rows: Iterable[Row], where: str, indicators: dict[str, Indicator], problems: list[Problem]
) -> list[tuple[Row, Figure]]:
    """Return the figures of one file in their indicators' units, each with its row.

    Periods that cannot be read (G051) and units that do not convert (G060) go to ``problems``; a row whose
    indicator is unknown is left out, for that is reported with the other references.
    """
    from tongchou.kernel.units import convert, factor, is_unit  # pint itself loads at the first conversion only

    named = {c.name: c.title for c in FIGURES.columns}
    periods: dict[str, Period] = {}
    built: list[tuple[Row, Figure]] = []
    for row in rows:
        cells = row.cells
        indicator = indicators.get(cells["indicator"])
        code = cells["period"]
        try:
            period = periods.get(code) or periods.setdefault(code, Period.parse(code))
        except ValueError:
            problems.append(codes.BAD_PERIOD.at(f"{where}:{row.line} period", column=named["period"], value=code))
            continue
        if indicator is None:
            continue
        value = None if cells["value"] == NOT_APPLICABLE else float(cells["value"])
        unit = cells["unit"]
        if unit != indicator.unit:
            try:
                factor(unit, indicator.unit)
            except ValueError:
                at = f"{where}:{row.line} unit"
                if not is_unit(unit):
                    problems.append(codes.UNKNOWN_UNIT.at(at, value=unit))
                elif is_unit(indicator.unit):  # an indicator whose own unit is unknown is reported at the indicator
                    problems.append(codes.UNIT_DOES_NOT_FIT.at(at, unit=unit, expected=indicator.unit))
                continue
            value = None if value is None else convert(value, unit, indicator.unit)
        figure = Figure(
            place=cells["place"],
            indicator=indicator.id,
            period=period,
            value=value,
            unit=indicator.unit,
            status=Status.parse(cells["status"]),
            source=cells["source"],
            note=cells.get("note", ""),
            base=cells.get("base", ""),
        )
        built.append((row, figure))
    return built


def projects(rows: Iterable[Row], stages: Sequence[Row], quantities: Sequence[Row]) -> tuple[Project, ...]:
    """Return the projects with their stages and quantities in file order."""
    return tuple(
        Project(
            id=row.cells["id"],
            name=Text(row.cells["name_zh"], row.cells["name_en"]),
            kind=row.cells["kind"],
            clause=row.cells.get("clause", ""),
            promised=row.cells.get("promised", ""),
            strength=row.cells.get("strength", ""),
            stages=tuple((s.cells["stage"], s.cells["date"]) for s in stages if s.cells["project"] == row.cells["id"]),
            outcome=row.cells["outcome"],
            source=row.cells["source"],
            note=row.cells.get("note", ""),
            places=row.list("places"),
            quantities=tuple(
                (q.cells["quantity"], float(q.cells["value"]), q.cells["unit"])
                for q in quantities
                if q.cells["project"] == row.cells["id"] and q.cells["value"] != NOT_APPLICABLE
            ),
        )
        for row in rows
    )


def adjacency(rows: Iterable[Row]) -> tuple[Adjacency, ...]:
    """Return the pairs of neighbours."""
    return tuple(
        Adjacency(
            a=row.cells["a"],
            b=row.cells["b"],
            length_km=float(row.cells["length_km"]),
            status=Status.parse(row.cells["status"]),
            source=row.cells["source"],
        )
        for row in rows
        if row.cells["length_km"] != NOT_APPLICABLE
    )


def _date(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _number(cell: str | None) -> float | None:
    return float(cell) if cell else None
