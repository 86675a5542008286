"""Lists of rows: what each line shows, the same as a file, counts by state, works with what was promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tongchou.kernel.numbers import figure
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label as unit_label
from tongchou.registers.alerts import Alert, derived
from tongchou.registers.declaration import NUMERIC
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.registers.stages import Promise, Verdict
from tongchou.surfaces.listing import Cell, Listing, ListingColumn
from tongchou.surfaces.register_cells import place_name, shown
from tongchou.web.registers.models import Row
from tongchou.web.registers.queries import Filters
from tongchou.web.registers.showing import (
    Lamp,
    Stage,
    Value,
    alert_lamp,
    delay_words,
    engine,
    next_of,
    promise_lamp,
    promise_of,
    stages_of,
    state_lamp,
    value_of,
)
from tongchou.web.signals import ICONS

_STATE, _OWNER = Text("状态", "State"), Text("登记单位", "Owner")
_PLACE, _NEXT, _STATUS = Text("县（市、区）", "County"), Text("下次运行", "Next run"), Text("数据状态", "Status")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list."""

    row: Row
    place: Text
    values: list[Value]
    lamp: Lamp
    alerts: list[Lamp]
    next_run: date | None
    status: Status


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column of a list, with its unit."""

    label: Text
    unit: Text
    number: bool


def heads(register: Register) -> list[Head]:
    """Return the heads of the fields a list shows."""
    found = []
    for name in register.declared.shown():
        item = register.field(name)
        found.append(Head(item.label.text(), unit_label(item.unit or "1"), item.kind in NUMERIC))
    return found


def lines(
    register: Register,
    rows: Sequence[Row],
    references: References,
    on: date,
    alerts: Mapping[str, Sequence[Alert]],
) -> list[Line]:
    """Return the lines of rows whose years were prefetched."""
    declared = register.declared
    computed = derived(register, [engine(row) for row in rows], on)
    found = []
    for number, row in enumerate(rows):
        years = [one.values for one in row.years.all()]
        values = []
        for name in declared.shown():
            item = register.field(name)
            if item.formula is not None:
                value = computed[name][number]
            else:
                value = (years[-1].get(name) if years else None) if name in declared.yearly else row.values.get(name)
            values.append(_bare(value_of(register, name, value, references), item.kind in NUMERIC, value))
        found.append(
            Line(
                row,
                place_name(references, row.place) if row.place else Text("", ""),
                values,
                state_lamp(register, row.state),
                [alert_lamp(alert) for alert in alerts.get(row.key, ())],
                next_of(register, row),
                Status.parse(row.status),
            )
        )
    return found


def _bare(value: Value, number: bool, raw: object) -> Value:
    """Return a number without its unit, which stands in the head."""
    if not number or not isinstance(raw, (int, float)):
        return value
    text = figure(float(raw))
    return Value(value.name, value.label, Text(text, text), value.note, (), value.personal, True)


def listing(
    register: Register, rows: Sequence[Row], references: References, on: date, *, all_rows: int | None = None
) -> Listing:
    """Return rows as a list to print or open: every field but personal data, the state, the owner.

    Where there are more (``all_rows``) than stand in the list, its note says so.
    """
    declared = register.declared
    fields = {n: f for n, f in declared.fields.items() if not f.personal and f.kind != "file"}
    computed = derived(register, [engine(row) for row in rows], on)
    columns = [ListingColumn(_STATE, 10, "centre")]
    if declared.place.kind != "none":
        columns.append(ListingColumn(_PLACE, 10))
    for item in fields.values():
        unit = f"（{item.unit}）" if item.unit not in (None, "1") else ""
        head = Text(f"{item.label.zh}{unit}", f"{item.label.en}{unit}")
        numeric = item.kind in NUMERIC
        columns.append(ListingColumn(head, 12 if numeric else 18, "decimal" if numeric else "text"))
    columns += [ListingColumn(_OWNER, 14), ListingColumn(_STATUS, 8, "centre")]
    written: list[list[Cell]] = []
    for number, row in enumerate(rows):
        cells: list[Cell] = [declared.states[row.state].label.text()]
        cells += [place_name(references, row.place)] if declared.place.kind != "none" else []
        for name, item in fields.items():
            value = row.values.get(name) if item.formula is None else computed[name][number]
            if item.kind in NUMERIC and isinstance(value, (int, float)):
                cells.append(float(value))
            else:
                cells.append(shown(item, value, references))
        cells += [row.organisation.title, Status.parse(row.status).label]
        written.append(cells)
    day = Text(f"{on.year}年{on.month}月{on.day}日", f"{on:%d %B %Y}")
    note = Text(
        f"条款 {'、'.join(declared.clauses)}；截至{day.zh}；{len(rows)} 条；个人信息不导出。",
        f"Clauses {', '.join(declared.clauses)}; as of {day.en}; {len(rows)} rows; personal data are left out.",
    )
    if all_rows is not None and all_rows > len(rows):
        note = Text(f"{note.zh}共 {all_rows} 条，只列前 {len(rows)} 条。", f"{note.en} The first of {all_rows} rows.")
    return Listing(declared.title.text(), note, tuple(columns), written, Text(register.id, register.id))


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many rows are in a state; ``query`` is the list's address with only them."""

    lamp: Lamp
    state: str
    count: int
    is_chosen: bool


def by_state(register: Register, counts: Mapping[tuple[str, str], int], filters: Filters) -> list[StateCount]:
    """Return the number of rows in every state, in order."""
    numbers: Counter[str] = Counter()
    for (_, state), count in counts.items():
        numbers[state] += count
    return [
        StateCount(state_lamp(register, state), state, numbers[state], filters.state == state)
        for state in register.declared.states
    ]


@dataclass(frozen=True, slots=True)
class Work:
    """One work on the timeline: its stages, what was promised, and how the promise stands."""

    row: Row
    lamp: Lamp
    stages: list[Stage]
    promise: Promise | None
    verdict: Lamp | None
    delay: Text
    due: Text
    values: list[Value]
    status: Status


def work(register: Register, row: Row, references: References, on: date) -> Work:
    """Return a row as the timeline shows it."""
    stages = register.declared.stages
    found = promise_of(register, row, on)
    due = Text("", "")
    hidden = set()
    if stages is not None:
        due = shown(register.declared.fields[stages.due], row.values.get(stages.due), references)
        hidden = {*stages.order, stages.due, stages.promised, stages.strength, register.declared.named}
    values = [
        value_of(register, name, row.values.get(name), references)
        for name in register.declared.shown()
        if name not in hidden and name in register.declared.typed() and row.values.get(name)
    ]
    return Work(
        row,
        state_lamp(register, row.state),
        stages_of(register, row.values),
        found,
        promise_lamp(found) if found else None,
        delay_words(found) if found else Text("", ""),
        due,
        values,
        Status.parse(row.status),
    )


_ORDER = (
    Verdict.OVERDUE,
    Verdict.PENDING,
    Verdict.LATE,
    Verdict.KEPT,
    Verdict.UNKNOWN,
    Verdict.UNDATED,
    Verdict.HAPPENED,
)


def by_promise(register: Register, row: Row, on: date) -> tuple[int, str]:
    """Return by what works are sorted: overdue first, then dated promises, then those without a date; by name."""
    found = promise_of(register, row, on)
    return (_ORDER.index(found.verdict) if found is not None else len(_ORDER), row.name)


def verdicts(register: Register, rows: Iterable[Row], on: date) -> list[tuple[Lamp, int]]:
    """Return how many promises stand how."""
    numbers: Counter[Verdict] = Counter()
    for row in rows:
        found = promise_of(register, row, on)
        if found is not None:
            numbers[found.verdict] += 1
    return [(Lamp(v.lamp, ICONS[v.lamp], v.label), numbers[v]) for v in Verdict if numbers[v]]
