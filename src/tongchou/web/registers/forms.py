"""The form of a row, made from the declaration: its fields, what was typed, what is wrong with it, and taking it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from tongchou.kernel.problems import Problem, ProblemsError, by_field
from tongchou.kernel.text import Text
from tongchou.registers.declaration import NUMERIC, RegisterField
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.registers.row import Accepted, accept, accept_year, condition
from tongchou.surfaces.register_cells import place_name, plain, shown
from tongchou.web.files.actions import sent
from tongchou.web.registers.models import Row
from tongchou.web.registers.queries import places_of

YEARS_SHOWN = 3
_TYPES = {"date": "date", "month": "month"}
_PLACE = Text("县（市、区）", "County")
_GEOMETRY = Text("位置（GeoJSON，或“经度,纬度”）", "Position (GeoJSON, or longitude,latitude)")
_SEVERAL = Text("可选多项", "several may be chosen")


@dataclass(frozen=True, slots=True)
class Input:
    """One input of the form. ``kind``: choice, several, long, file or one of HTML's types of input."""

    name: str
    label: Text
    kind: str
    value: Any
    required: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    help: tuple[Text, ...] = ()
    wrong: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class YearInputs:
    """The inputs of one year's values."""

    year: int
    inputs: list[Input]


def typed_of(register: Register, row: Row | None) -> dict[str, Any]:
    """Return what the form of a row shows before anybody types: kept values as they are typed."""
    if row is None:
        return {}
    found: dict[str, Any] = {
        name: row.values.get(name) if isinstance(row.values.get(name), list) else plain(row.values.get(name))
        for name in register.declared.typed()
    }
    found["place"] = row.place
    found["geometry"] = json.dumps(row.geometry) if row.geometry else ""
    for one in row.years.all():
        for name in register.declared.yearly:
            found[f"{name}:{one.year}"] = plain(one.values.get(name))
    return found


def typed_in(register: Register, post: QueryDict) -> dict[str, Any]:
    """Return what was typed; nothing is lost of it, whatever is wrong with it."""
    found: dict[str, Any] = {}
    for name, item in register.declared.typed().items():
        if name in post:
            found[name] = post.getlist(name) if item.many else post.get(name, "")
        elif item.many:
            found[name] = []
    found |= {name: post.get(name, "") for name in ("place", "geometry") if name in post}
    return found | {name: post.get(name, "") for name in post if ":" in name}


def inputs(
    register: Register,
    typed: Mapping[str, Any],
    references: References,
    problems: Sequence[Problem] = (),
    *,
    personal: bool = True,
    keys_fixed: bool = False,
) -> list[Input]:
    """Return the inputs in order: the place first, then every field that is typed."""
    declared = register.declared
    wrong = by_field(problems)
    found = []
    if declared.place.kind != "none":
        choices = tuple((code, place_name(references, code)) for code in places_of(register, references))
        kind = "fixed" if keys_fixed and "place" in declared.key else "choice"
        found.append(
            Input(
                "place", _PLACE, kind, typed.get("place", ""), declared.place.required, choices, (), _of(wrong, "place")
            )
        )
    for name, item in declared.typed().items():
        if item.personal and not personal:
            continue
        fixed = keys_fixed and name in declared.key
        found.append(_input(register, name, item, typed.get(name), references, _of(wrong, name), fixed=fixed))
    if declared.place.kind in ("point", "polygon"):
        long = Input("geometry", _GEOMETRY, "long", typed.get("geometry", ""), False, (), (), _of(wrong, "geometry"))
        found.append(long)
    return found


def year_inputs(
    register: Register, typed: Mapping[str, Any], references: References, on: date, problems: Sequence[Problem] = ()
) -> list[YearInputs]:
    """Return the inputs of yearly values: every year that has some, and the last three."""
    if not register.declared.yearly:
        return []
    held = {int(name.partition(":")[2]) for name, v in typed.items() if ":" in name and v and _is_year(name)}
    years = sorted(held | set(range(on.year - YEARS_SHOWN + 1, on.year + 1)), reverse=True)
    found = []
    for year in years:
        of_year = []
        for name, item in register.declared.yearly.items():
            at = f"{name}:{year}"
            wrong = tuple(p for p in problems if p.where == at)
            of_year.append(_input(register, at, item, typed.get(at), references, wrong))
        found.append(YearInputs(year, of_year))
    return found


def take(
    register: Register, typed: Mapping[str, Any], references: References
) -> tuple[Accepted, dict[int, dict[str, Any]]]:
    """Return the row and yearly values as typed, with every problem at the name of its input."""
    accepted = accept(register, {n: v for n, v in typed.items() if ":" not in n}, references)
    years: dict[int, dict[str, Any]] = {}
    problems = list(accepted.problems)
    by_year: dict[int, dict[str, Any]] = {}
    for name, value in typed.items():
        if ":" in name and _is_year(name) and value not in ("", None):
            field, _, of = name.partition(":")
            by_year.setdefault(int(of), {})[field] = value
    for year, given in by_year.items():
        of_year = accept_year(register, given, references)
        problems += [Problem(p.code, f"{p.where}:{year}", p.message, p.hint, p.severity) for p in of_year.problems]
        if of_year.values:
            years[year] = of_year.values
    whole = Accepted(accepted.key, accepted.values, accepted.place, accepted.geometry, tuple(problems))
    return whole, years


def files_sent(register: Register, request: HttpRequest) -> dict[str, tuple[str, bytes]]:
    """Return the files sent with the form by field; raise :class:`ProblemsError` for one that is not taken."""
    found = {}
    problems: list[Problem] = []
    for name, item in register.declared.typed().items():
        if item.kind == "file" and name in request.FILES:
            try:
                found[name] = sent(request, name)
            except ProblemsError as error:
                problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return found


def _of(wrong: Mapping[str, Sequence[Problem]], name: str) -> tuple[Problem, ...]:
    return tuple(wrong.get(name, ()))


def _is_year(name: str) -> bool:
    year = name.partition(":")[2]
    return year.isdigit() and 1900 <= int(year) <= 2200


def _input(
    register: Register,
    name: str,
    item: RegisterField,
    value: Any,
    references: References,
    wrong: tuple[Problem, ...],
    *,
    fixed: bool = False,
) -> Input:
    help_ = [item.note.text()] if item.note is not None else []
    if item.when:
        when = condition(register.declared, item)
        help_.append(Text(f"只在{when.zh}时填写", f"only when {when.en}"))
    choices = _choices(item, references)
    kind = _kind(item, choices)
    if item.many:
        help_.append(_SEVERAL)
    unit = f"（{item.unit}）" if item.unit not in (None, "1") else ""
    label = Text(f"{item.label.zh}{unit}", f"{item.label.en}{unit}")
    required = item.required and not item.when
    if fixed:
        value = shown(item, value, references)
    return Input(name, label, "fixed" if fixed else kind, value, required, choices, tuple(help_), wrong)


def _kind(item: RegisterField, choices: Sequence[Any]) -> str:
    if choices:
        return "several" if item.many else "choice"
    if item.kind == "long_text":
        return "long"
    if item.kind == "file":
        return "file"
    if item.kind in NUMERIC or item.kind == "year":
        return "text"  # so that 1,234 and 不适用 can be typed
    return _TYPES.get(item.kind, "text")


def _choices(item: RegisterField, references: References) -> tuple[tuple[str, Text], ...]:
    if item.choices is not None:
        return tuple((code, words.text()) for code, words in item.choices.items())
    if item.kind == "flag":
        return (("true", Text("是", "yes")), ("false", Text("否", "no")))
    if item.kind == "place":
        return tuple((p.code, Text(p.name, p.name_en)) for p in references.places if p.parent is not None)
    if item.kind == "party":
        return tuple((p.id, Text(p.name, p.name_en)) for p in references.parties if not p.members)
    return ()
