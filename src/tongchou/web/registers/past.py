"""The history of a row: each revision with what changed on the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongchou.kernel.text import Text
from tongchou.registers.references import References
from tongchou.registers.register import Register
from tongchou.surfaces.register_cells import place_name, shown
from tongchou.web.registers.models import Kind, Row, RowRevision
from tongchou.web.registers.showing import Lamp, state_lamp

_PLACE, _GEOMETRY = Text("县（市、区）", "County"), Text("位置", "Position")
KINDS = {
    Kind.ADDED: Text("新增", "added"),
    Kind.CHANGED: Text("修改", "changed"),
    Kind.MOVED: Text("变更状态", "moved"),
    Kind.IMPORTED: Text("导入", "imported"),
    Kind.SEEDED: Text("地区包登记", "from the region package"),
    Kind.WITHDRAWN: Text("撤回", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed in a revision: what, before and after."""

    label: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class Past:
    """One entry of the history of a row."""

    revision: RowRevision
    kind: Text
    move: Text
    lamp: Lamp
    changes: list[Change]


def history(register: Register, row: Row, references: References, *, personal: bool) -> list[Past]:
    """Return the history of a row, the latest first, each with what changed on the one before."""
    held = list(row.revisions.select_related("by").prefetch_related("files")[:100])
    found = []
    for number, one in enumerate(held):
        before = held[number + 1] if number + 1 < len(held) else None
        move = register.declared.moves.get(one.move)
        lamp = state_lamp(register, one.state)
        label = move.label.text() if move else Text("", "")
        changes = [] if before is None else differences(register, before, one, references, personal=personal)
        found.append(Past(one, KINDS[Kind(one.kind)], label, lamp, changes))
    return found


def differences(
    register: Register, before: RowRevision | Row, after: RowRevision | Row, references: References, *, personal: bool
) -> list[Change]:
    """Return what differs between two states of a row; of personal data only that it changed, to those who may not."""
    found = []
    for name, item in register.declared.fields.items():
        one, other = before.values.get(name), after.values.get(name)
        if one == other or item.formula is not None:
            continue
        if item.personal and not personal:
            found.append(Change(item.label.text(), Text("…", "…"), Text("…", "…")))
        else:
            found.append(Change(item.label.text(), shown(item, one, references), shown(item, other, references)))
    if before.place != after.place:
        found.append(Change(_PLACE, place_name(references, before.place), place_name(references, after.place)))
    if before.geometry != after.geometry:
        found.append(
            Change(
                _GEOMETRY,
                Text("有" if before.geometry else "", "set" if before.geometry else ""),
                Text("改动", "changed") if after.geometry else Text("", ""),
            )
        )
    if isinstance(before, RowRevision) and isinstance(after, RowRevision):
        found += _yearly(register, before.yearly, after.yearly, references)
    return found


def _yearly(
    register: Register, before: Mapping[str, Any], after: Mapping[str, Any], references: References
) -> list[Change]:
    found = []
    for year in sorted({*before, *after}):
        for name, item in register.declared.yearly.items():
            one, other = before.get(year, {}).get(name), after.get(year, {}).get(name)
            if one != other:
                label = Text(f"{year}年{item.label.zh}", f"{item.label.en} {year}")
                found.append(Change(label, shown(item, one, references), shown(item, other, references)))
    return found
