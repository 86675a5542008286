"""Roll-ups by place: the table of all of them, one of them for map and chart, counts by place and state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongchou.kernel.numbers import figure as printed
from tongchou.kernel.text import Text
from tongchou.kernel.units import label as unit_label
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.surfaces.register_cells import place_name
from tongchou.web.pages.board import breaks, class_of
from tongchou.web.registers.queries import places_of
from tongchou.web.registers.rollups import RollupFigure
from tongchou.web.registers.showing import figure_words

_NONE = Text("未登记", "no rows")
_WHOLE = Text("合计", "All")


@dataclass(frozen=True, slots=True)
class Choice:
    """A roll-up in a period, by which choice where it is broken down."""

    rollup: str
    by: str
    period: str

    @property
    def key(self) -> str:
        """As it stands in an address."""
        return f"{self.rollup}:{self.by}" if self.by else self.rollup


@dataclass(frozen=True, slots=True)
class RollupTable:
    """One roll-up: periods across, places down; the last line is over all rows."""

    rollup: str
    label: Text
    unit: Text
    clause: str
    indicator: str
    periods: list[str]
    rows: list[tuple[Text, list[Text]]]
    whole: list[Text]
    key: str
    note: Text


def tables(
    register: Register, figures: Sequence[RollupFigure], references: References, centre: str
) -> list[RollupTable]:
    """Return a table for each roll-up (and each choice it is broken down by) that has figures."""
    found = []
    by_place = register.declared.place.kind != "none"
    for name, rollup in register.declared.rollups.items():
        of = [f for f in figures if f.indicator == register.indicator(name)]
        for by in _in_order(register, name, {f.by for f in of}):
            held = {(f.place, f.period): f for f in of if f.by == by}
            periods = sorted({f.period for f in of if f.by == by})[-6:]
            places = places_of(register, references) if by_place or rollup.places else []
            places += [p for p in dict.fromkeys(f.place for f in of) if p not in places and p != centre]
            rows = [
                (place_name(references, p), [_word(held.get((p, t)), rollup.unit) for t in periods]) for p in places
            ]
            whole = [_word(held.get((centre, t)), rollup.unit) for t in periods]
            title = label_of(register, name, by)
            note = rollup.note.text() if rollup.note else Text("", "")
            unit, indicator = unit_label(rollup.unit), register.indicator(name)
            key = Choice(name, by, "").key
            table = RollupTable(name, title, unit, rollup.clause, indicator, periods, rows, whole, key, note)
            found.append(table)
    return found


def _by_field(register: Register, name: str) -> str | None:
    """Return the choice field a roll-up is broken down by; growth goes by that of what grows."""
    rollup = register.declared.rollups[name]
    return rollup.by or (register.declared.rollups[str(rollup.of)].by if rollup.kind == "growth" else None)


def _in_order(register: Register, name: str, codes: set[str]) -> list[str]:
    """Return the codes of a breakdown in the order of the declaration, unknown ones last."""
    field = _by_field(register, name)
    order = list((register.declared.fields[field].choices or {}) if field is not None else {})
    return sorted(codes, key=lambda code: (order.index(code) if code in order else len(order), code))


@dataclass(frozen=True, slots=True)
class Matrix:
    """All roll-ups in one period: a column each, counties down, all rows last."""

    period: str
    periods: list[str]
    heads: list[tuple[Text, Text, str]]  # label, unit, key
    rows: list[tuple[Text, list[Text]]]
    whole: list[Text]


def matrix(found: Sequence[RollupTable], period: str) -> Matrix | None:
    """Return the tables in one period (the last where none is asked for), side by side."""
    periods = sorted({p for table in found for p in table.periods}, reverse=True)
    if not periods:
        return None
    chosen_period = period if period in periods else periods[0]
    there = [t for t in found if chosen_period in t.periods]
    names = list(dict.fromkeys(name for t in there for name, _ in t.rows))
    rows = []
    for name in names:
        cells = []
        for table in there:
            at = table.periods.index(chosen_period)
            cells.append(next((words[at] for n, words in table.rows if n == name), Text("—", "—")))
        rows.append((name, cells))
    whole = [t.whole[t.periods.index(chosen_period)] for t in there]
    return Matrix(chosen_period, periods, [(t.label, t.unit, t.key) for t in there], rows, whole)


def label_of(register: Register, name: str, by: str) -> Text:
    """Return what a roll-up is called, with the choice it is broken down by."""
    rollup = register.declared.rollups[name]
    field = _by_field(register, name)
    if not by or field is None:
        return rollup.label.text()
    choices = register.declared.fields[field].choices or {}
    words = choices.get(by)
    zh, en = (words.zh, words.en) if words is not None else (by, by)
    return Text(f"{rollup.label.zh}：{zh}", f"{rollup.label.en}: {en}")


def _word(found: RollupFigure | None, unit: str) -> Text:
    if found is None:
        return _NONE
    words = (
        figure_words(found.value, "1")
        if found.value is None
        else Text(printed(found.value, unit), printed(found.value, unit))
    )
    if found.missing and found.value is not None:
        return Text(f"{words.zh}（{found.missing} 条未填）", f"{words.en} ({found.missing} rows without)")
    if found.missing:
        return Text(
            f"{words.zh}（{found.missing}/{found.rows} 条未填）", f"{words.en} ({found.missing} of {found.rows})"
        )
    return words


def chosen(register: Register, figures: Sequence[RollupFigure], key: str, period: str) -> Choice | None:
    """Return the roll-up to draw: the one asked for or the first with figures, in the period asked for or the last."""
    name, _, by = key.partition(":")
    places = [f for f in figures if f.value is not None and f.place]
    wanted = [f for f in places if f.indicator == register.indicator(name) and f.by == by] if key else []
    if not wanted:
        wanted = [f for f in places if not f.by] or places
    if not wanted:
        return None
    periods = sorted({f.period for f in wanted if f.indicator == wanted[0].indicator and f.by == wanted[0].by})
    rollup = wanted[0].indicator.removeprefix(f"register.{register.id}.")
    return Choice(rollup, wanted[0].by, period if period in periods else periods[-1])


def board(
    register: Register, figures: Sequence[RollupFigure], choice: Choice, references: References, language: str
) -> dict[str, Any]:
    """Return what map and chart draw: the units in official order, as the county board has them."""
    rollup = register.declared.rollups[choice.rollup]
    held = {
        f.place: f
        for f in figures
        if f.indicator == register.indicator(choice.rollup) and f.by == choice.by and f.period == choice.period
    }
    units = [p for p in references.places if p.kind.is_county_level and p.parent is not None]
    values = [f.value for p in units if (f := held.get(p.code)) is not None and f.value is not None]
    ordered = sorted(values, reverse=rollup.better != "less")
    return {
        "title": label_of(register, choice.rollup, choice.by).in_(language),
        "unit": unit_label(rollup.unit).in_(language),
        "period": choice.period,
        "classes": [printed(b) for b in breaks(values)],
        "units": [_unit(p, held.get(p.code), values, ordered, rollup.unit, language) for p in units],
        "missing": _NONE.in_(language),
    }


def _unit(
    place: Any, found: RollupFigure | None, values: list[float], ordered: list[float], unit: str, language: str
) -> dict[str, Any]:
    value = found.value if found is not None else None
    name = place.name if language == "zh" else place.name_en
    missing = _NONE if found is None else figure_words(None, unit)
    return {
        "code": place.code,
        "name": name,
        "short": place.aliases[0] if language == "zh" and place.aliases else name.split(" ")[0],
        "value": value,
        "label": printed(value, unit) if value is not None else missing.in_(language),
        "rank": ordered.index(value) + 1 if value is not None else None,
        "status": found.status.label.in_(language) if found is not None else "",
        "class": class_of(value, values) if value is not None else None,
    }


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many rows of a place are in each state."""

    place: str
    name: Text
    states: list[int]
    total: int


def by_place(register: Register, counts: Mapping[tuple[str, str], int], references: References) -> list[PlaceCount]:
    """Return the number of rows by place and state, every expected place among them; none for a register without."""
    if register.declared.place.kind == "none":
        return []
    places = places_of(register, references)
    places += [p for p in dict.fromkeys(place for place, _ in counts) if p and p not in places]
    found = []
    for place in places:
        states = [counts.get((place, state), 0) for state in register.declared.states]
        found.append(PlaceCount(place, place_name(references, place), states, sum(states)))
    return found


def listing(register: Register, figures: Sequence[RollupFigure], references: References, on: date) -> Listing:
    """Return the roll-ups of a register as a list: indicator, place, period, value, unit, status."""
    heads = (
        (Text("指标", "Indicator"), 24, "text"),
        (Text("地方", "Place"), 12, "text"),
        (Text("时期", "Period"), 8, "centre"),
        (Text("数值", "Value"), 12, "decimal"),
        (Text("单位", "Unit"), 8, "centre"),
        (Text("状态", "Status"), 8, "centre"),
        (Text("条数", "Rows"), 8, "number"),
        (Text("未填", "Missing"), 8, "number"),
        (Text("条款", "Clause"), 8, "centre"),
    )
    rows: list[list[Cell]] = []
    for one in figures:
        name = one.indicator.removeprefix(f"register.{register.id}.")
        label, clause = label_of(register, name, one.by), register.declared.rollups[name].clause
        place = place_name(references, one.place)
        unit = unit_label(one.unit)
        rows.append([label, place, one.period, one.value, unit, one.status.label, one.rows, one.missing, clause])
    title = register.declared.title
    note = Text(
        f"由登记簿汇总，{on.isoformat()}；未报不等于零。", f"Rolled up {on.isoformat()}; not reported is not 0."
    )
    columns = tuple(ListingColumn(head, width, kind) for head, width, kind in heads)  # type: ignore[arg-type]
    return Listing(
        Text(f"{title.zh}汇总", f"{title.en}: roll-ups"), note, columns, rows, Text(register.id, register.id)
    )
