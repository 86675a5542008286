"""Rows as pages show them: values in words, lamps, stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from tongchou.kernel.text import Text
from tongchou.registers.alerts import Alert, derived
from tongchou.registers.cycle import next_run
from tongchou.registers.declaration import RegisterField
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.registers.row import Row as Engine
from tongchou.registers.row import asked
from tongchou.registers.stages import Promise, promise
from tongchou.surfaces.register_cells import amount, shown
from tongchou.web.registers.models import Row
from tongchou.web.signals import ICONS

_LAMPS = {"waiting": "grey", "under_way": "green", "done": "blue", "stopped": "yellow"}


@dataclass(frozen=True, slots=True)
class Lamp:
    """A lamp: colour, icon and word, so that it reads without colour."""

    colour: str
    icon: str
    label: Text


def state_lamp(register: Register, state: str) -> Lamp:
    """Return the lamp of a state."""
    declared = register.declared.states[state]
    colour = _LAMPS[declared.meaning]
    return Lamp(colour, ICONS[colour], declared.label.text())


def promise_lamp(found: Promise) -> Lamp:
    """Return the lamp of a promised date."""
    return Lamp(found.verdict.lamp, ICONS[found.verdict.lamp], found.verdict.label)


def by_key(found: Iterable[Alert]) -> dict[str, list[Alert]]:
    """Return warnings by the key of their row."""
    rows: dict[str, list[Alert]] = {}
    for alert in found:
        rows.setdefault(alert.key, []).append(alert)
    return rows


def alert_lamp(alert: Alert) -> Lamp:
    """Return the lamp of a warning."""
    return Lamp(alert.level, ICONS[alert.level], alert.says)


@dataclass(frozen=True, slots=True)
class Value:
    """One value on a page. ``links`` are (words, address) where it points somewhere; ``personal`` is marked so."""

    name: str
    label: Text
    text: Text
    note: Text
    links: tuple[tuple[Text, str], ...] = ()
    personal: bool = False
    number: bool = False


def value_of(register: Register, name: str, value: Any, references: References) -> Value:
    """Return a field of a row as a page shows it."""
    item = register.field(name)
    note = item.note.text() if item.note is not None else Text("", "")
    number = item.unit is not None
    return Value(
        name, item.label.text(), shown(item, value, references), note, _links(item, value), item.personal, number
    )


def values_of(register: Register, row: Row, references: References, on: date, *, personal: bool) -> list[Value]:
    """Return every field of a row that is asked, derived ones too; personal ones only where the reader sees them."""
    computed = derived(register, [engine(row)], on)
    found = []
    for name, item in register.declared.fields.items():
        if (item.personal and not personal) or not asked(item, row.values):
            continue
        value = row.values.get(name) if item.formula is None else computed[name][0]
        found.append(value_of(register, name, value, references))
    return found


def engine(row: Row) -> Engine:
    """Return a row as the engine sees it; yearly values where they were fetched."""
    years = {one.year: one.values for one in row.years.all()}
    return Engine(row.key, row.state, row.values, years, row.place, row.geometry, row.since)


def _links(item: RegisterField, value: Any) -> tuple[tuple[Text, str], ...]:
    held = value if isinstance(value, list) else [value]
    if value in (None, ""):
        return ()
    if item.kind == "clause":
        return tuple((Text(str(v), str(v)), f"{reverse('policy')}#clause-{v}") for v in held)
    if item.kind == "file":
        return tuple(
            (Text("查看文件", "open the file"), reverse("file", args=[int(v)])) for v in held if str(v).isdigit()
        )
    if item.kind == "register_row":
        to = reverse("register", args=[item.register_])
        return tuple((Text(str(v), str(v)), f"{to}?words={v}") for v in held)
    return ()


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a work on its timeline: when it happened, and whether it is the promised one."""

    label: Text
    when: Text
    is_promised: bool


def stages_of(register: Register, values: Mapping[str, Any]) -> list[Stage]:
    """Return the stages of a row in order, those without a date too."""
    stages = register.declared.stages
    if stages is None:
        return []
    found = []
    for name in stages.order:
        item = register.declared.fields[name]
        when = shown(item, values.get(name), References())
        found.append(Stage(item.label.text(), when, name == stages.open))
    return found


def delay_words(found: Promise) -> Text:
    """Return how much later or earlier than promised, in words."""
    if found.days is None:
        return Text("", "")
    if found.days > 0:
        return Text(f"晚 {found.days:,} 天", f"{found.days:,} days late")
    if found.happened is not None and found.days < 0:
        return Text(f"提前 {-found.days:,} 天", f"{-found.days:,} days early")
    return (
        Text("", "") if found.happened is not None else Text(f"还有 {-found.days:,} 天", f"{-found.days:,} days left")
    )


def promise_of(register: Register, row: Row, on: date) -> Promise | None:
    """Return how the promised date of a row stands."""
    return promise(register, row.values, on, row.state)


def next_of(register: Register, row: Row) -> date | None:
    """Return when what comes again is due next."""
    return next_run(register, row.values)


def figure_words(value: float | None, unit: str) -> Text:
    """Return a roll-up in words; 未报 where nothing was reported."""
    return Text("未报", "not reported") if value is None else amount(value, unit)
