"""One row of a register, as the engine sees it, and taking what somebody gave for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongchou.kernel.problems import Problem
from tongchou.kernel.text import Text
from tongchou.registers import codes, geometry
from tongchou.registers.declaration import Declaration, RegisterField
from tongchou.registers.reading import Reader, Refused
from tongchou.registers.references import References
from tongchou.registers.register import Register

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its key and state, its values in kept form, yearly values by year, where it is, since when its state."""

    key: str
    state: str
    values: Values
    yearly: Mapping[int, Values] = field(default_factory=dict)
    place: str = ""
    geometry: Mapping[str, Any] | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was given, in kept form, and every problem of it; nothing may be kept while there is one."""

    key: str
    values: dict[str, Any]
    place: str
    geometry: dict[str, Any] | None
    problems: tuple[Problem, ...]


def accept(register: Register, given: Mapping[str, Any], references: References) -> Accepted:
    """Take the fields of a row as typed (text, numbers, dates, lists), with ``place`` and ``geometry``.

    Numbers may carry thousand separators and a unit that converts; places, parties and choices may be names.
    """
    declared = register.declared
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name, raw in given.items():
        if name in ("place", "geometry"):
            continue
        item = declared.fields.get(name)
        if item is None:
            problems.append(codes.UNKNOWN_FIELD.at(name, name=name, known="、".join(declared.typed())))
        elif item.formula is not None:
            if raw not in (None, ""):
                problems.append(codes.DERIVED.at(name, label=item.label.text()))
        else:
            _read(values, name, raw, item, references, problems)
    _asked(declared, values, {p.where for p in problems}, problems)
    place = _place(declared, given, references, problems)
    shape = _shape(declared, given, problems)
    return Accepted(key_of(register, values, place), values, place, shape, tuple(problems))


def accept_year(register: Register, given: Mapping[str, Any], references: References) -> Accepted:
    """Take the yearly values of one year as typed."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for name, raw in given.items():
        item = register.declared.yearly.get(name)
        if item is None:
            known = "、".join(register.declared.yearly)
            problems.append(codes.UNKNOWN_FIELD.at(name, name=name, known=known))
        else:
            _read(values, name, raw, item, references, problems)
    for name, item in register.declared.yearly.items():
        if item.required and values and name not in values and name not in {p.where for p in problems}:
            problems.append(codes.REQUIRED.at(name, label=item.label.text()))
    return Accepted("", values, "", None, tuple(problems))


def key_of(register: Register, values: Values, place: str) -> str:
    """Return the key of a row, its parts joined by ``|``; empty while a part is missing."""
    parts = [place if name == "place" else values.get(name) for name in register.declared.key]
    return "" if any(part in (None, "") for part in parts) else "|".join(str(part) for part in parts)


def asked(item: RegisterField, values: Values) -> bool:
    """Return whether a field is asked at all, given the other values of the row."""
    for other, wanted in (item.when or {}).items():
        held = values.get(other)
        if isinstance(wanted, bool):
            if bool(held) != wanted:
                return False
        elif not set(held if isinstance(held, list) else [held]) & set(wanted):
            return False
    return True


def condition(declared: Declaration, item: RegisterField) -> Text:
    """Return in words when a field is asked."""
    zh, en = [], []
    for other, wanted in (item.when or {}).items():
        asked_for = declared.fields[other]
        choices = asked_for.choices or {}
        told = [Text("是", "yes") if wanted else Text("否", "no")] if isinstance(wanted, bool) else []
        told += [] if isinstance(wanted, bool) else [choices[code].text() for code in wanted]
        zh.append(f"{asked_for.label.zh}为{'、'.join(t.zh for t in told)}")
        en.append(f"{asked_for.label.en} is {' or '.join(t.en for t in told)}")
    return Text("且".join(zh), " and ".join(en))


def _read(
    values: dict[str, Any], name: str, raw: Any, item: RegisterField, references: References, problems: list[Problem]
) -> None:
    try:
        found = Reader(item, references, name).read(raw)
    except Refused as refused:
        problems.append(refused.problem)
        return
    if found is not None:
        values[name] = found


def _asked(declared: Declaration, values: dict[str, Any], told: set[str], problems: list[Problem]) -> None:
    for name, item in declared.typed().items():
        if not asked(item, values):
            if name in values:
                problems.append(codes.NOT_ASKED.at(name, label=item.label.text(), when=condition(declared, item)))
        elif item.required and name not in values and name not in told:
            problems.append(codes.REQUIRED.at(name, label=item.label.text()))


_PLACE = Text("地方", "place")
_GEOMETRY = Text("位置", "position")


def _place(declared: Declaration, given: Mapping[str, Any], references: References, problems: list[Problem]) -> str:
    raw = str(given.get("place") or "").strip()
    where = declared.place
    if where.kind == "none":
        if raw:
            problems.append(codes.UNKNOWN_FIELD.at("place", name="place", known="、".join(declared.typed())))
        return ""
    if not raw:
        if where.required:
            problems.append(codes.REQUIRED.at("place", label=_PLACE))
        return ""
    code = references.place(raw)
    county = code is not None and references.places[code].kind.is_county_level
    allowed = references.designated.get(where.designated, ()) if where.designated else ()
    if code is None or (where.level == "county" and not county) or (allowed and code not in allowed):
        problems.append(codes.UNKNOWN_REFERENCE.at("place", label=_PLACE, value=raw[:60]))
        return ""
    return code


def _shape(declared: Declaration, given: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any] | None:
    raw, kind = given.get("geometry"), declared.place.kind
    if raw in (None, ""):
        return None
    if kind not in ("point", "polygon"):
        problems.append(codes.UNKNOWN_FIELD.at("geometry", name="geometry", known="、".join(declared.typed())))
        return None
    try:
        return geometry.read(raw, kind)
    except Refused as refused:
        problems.append(refused.problem)
        return None
