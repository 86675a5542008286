"""A value of a register as people read it, on a page, in a list and in a cell."""

from __future__ import annotations

from typing import Any

from tongchou.kernel.numbers import figure
from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.region.tables import NOT_APPLICABLE
from tongchou.registers.declaration import DATED, NUMERIC, RegisterField
from tongchou.registers.references import References

YES, NO = Text("是", "yes"), Text("否", "no")
NA = Text("不适用", "not applicable")
NONE = Text("未填", "not given")


def place_name(references: References, code: str) -> Text:
    """Return the name of a place; the code where the region does not know it."""
    if code not in references.places:
        return Text(code, code)
    place = references.places[code]
    return Text(place.name, place.name_en)


def party_name(references: References, id_: str) -> Text:
    """Return the name of a party; the id where the region does not know it."""
    if id_ not in references.parties:
        return Text(id_, id_)
    party = references.parties[id_]
    return Text(party.name, party.name_en)


def shown(field: RegisterField, value: Any, references: References, *, with_unit: bool = True) -> Text:
    """Return a value in words, with its unit; several joined; empty where nothing is given."""
    if value is None or value == "":
        return Text("", "")
    if isinstance(value, list):
        parts = [shown(field, one, references, with_unit=with_unit) for one in value]
        return Text("、".join(p.zh for p in parts), ", ".join(p.en for p in parts))
    if value == NOT_APPLICABLE:
        return NA
    if field.kind in NUMERIC:
        return amount(value, field.unit or "1", with_unit=with_unit)
    if field.kind == "flag":
        return YES if value else NO
    if field.choices is not None:
        return field.choices[value].text() if value in field.choices else Text(str(value), str(value))
    if field.kind == "place":
        return place_name(references, str(value))
    if field.kind == "party":
        return party_name(references, str(value))
    if field.kind in DATED:
        period = Period.parse(str(value))
        return Text(period.label(), period.label("en"))
    return Text(str(value), str(value))


def amount(value: float, unit: str, *, with_unit: bool = True) -> Text:
    """Return a number as an official table prints it, with its unit."""
    text = figure(float(value), unit)
    words = label(unit) if with_unit else Text("", "")
    return Text(text + words.zh, text + (" " if words.en and words.en[0] not in "%‰" else "") + words.en)


def cell(field: RegisterField, value: Any, references: References) -> str | float | None:
    """Return a value for a cell of a workbook: numbers as numbers, words in Chinese, dates as 2020-12-26."""
    if value is None or value == "":
        return None
    if field.kind in NUMERIC and not isinstance(value, (str, list)):
        return float(value)
    if field.kind in DATED or field.kind == "year":
        return str(value)
    return shown(field, value, references).zh


def plain(value: Any) -> str:
    """Return a value as it is typed into a form: codes as they are, several joined by ``|``."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
