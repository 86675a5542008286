"""What a run would have given: an organisation's results before and after its figures, and the sentence about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongchou.kernel.numbers import figure
from tongchou.kernel.periods import Period
from tongchou.kernel.text import Text
from tongchou.web.computing.cells import value_of, with_unit
from tongchou.web.people.models import Organisation
from tongchou.web.runs.computing import Cell, Held
from tongchou.web.runs.own_figures import rows_of_own


def difference(before: Held, after: Held, organisation: Organisation) -> list[dict[str, Any]]:
    """Return the organisation's result in each row before and after, as plain data; ``None`` is no number."""
    name = before.result.rule.declared.result
    keys = before.result.rule.keys(name)
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    there = {
        (p, t): i for i, (p, t) in enumerate(zip(after.result.table.places, after.result.table.periods, strict=True))
    }
    for i in rows_of_own(before.result, organisation):
        place, period = before.result.table.places[i], before.result.table.periods[i]
        own = (period, *(before.result.keys[key][i] for key in keys))
        values = [value_of(before.result, name, i), value_of(after.result, name, there[place, period])]
        numbers = [None if v != v else v for v in values]
        found.setdefault(own, {"place": place, "period": period, "before": numbers[0], "after": numbers[1]})
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a difference as a page shows it."""

    period: Text
    before: str
    after: str
    change: str


def shown(held: Held, lines: Sequence[Mapping[str, Any]]) -> list[Difference]:
    """Return the lines of a difference as a page shows them."""
    unit = held.result.rule.units()[held.result.rule.declared.result]
    found = []
    for line in lines:
        before, after = line["before"], line["after"]
        change = None if before is None or after is None else after - before
        found.append(
            Difference(
                _period(line["period"]),
                _said(before, unit),
                _said(after, unit),
                "—" if change is None else (("+" if change > 0 else "") + figure(change, unit)),
            )
        )
    return found


def figures_changed(held: Held, figures: Sequence[Mapping[str, Any]]) -> list[tuple[Text, str, Text, str, str]]:
    """Return the figures put in place of others: what, its unit, period, as used, instead."""
    found: list[tuple[Text, str, Text, str, str]] = []
    for cell in figures:
        item = held.result.rule.declared.inputs[str(cell["name"])]
        before = cell["before"]
        was = "—" if before is None else figure(float(str(before)), item.unit)
        value = figure(float(str(cell["value"])), item.unit)
        found.append((item.label.text(), item.unit, _period(str(cell["period"])), was, value))
    return found


def sentences(
    held: Held, organisation: Organisation, cells: Sequence[Cell], lines: Sequence[Mapping[str, Any]]
) -> list[Text]:
    """Return what would have been: “若按娄烦县所报…，娄烦县2021年转移支付额由…变为…，增加…”."""
    declared = held.result.rule.declared
    result = declared.columns[declared.result]
    told_zh, told_en = [], []
    for cell in cells:
        item = declared.inputs[cell["name"]]
        new = with_unit(Text(figure(cell["value"], item.unit), figure(cell["value"], item.unit)), item.unit)
        old = _with(cell["before"], item.unit)
        when = _period(cell["period"])
        told_zh.append(f"{when.zh}{item.label.zh} {new.zh}（原 {old.zh}）")
        told_en.append(f"{item.label.en} {when.en} {new.en} (instead of {old.en})")
    name = organisation.title
    found = []
    for line in lines:
        before, after = line["before"], line["after"]
        was, would = _with(before, result.unit), _with(after, result.unit)
        when = _period(line["period"])
        end = Text("，结果不变", ", which changes nothing")
        if before is not None and after is not None and after != before:
            by = _with(abs(after - before), result.unit)
            more = after > before
            end = Text(f"，{'增加' if more else '减少'} {by.zh}", f", {by.en} {'more' if more else 'less'}")
        found.append(
            Text(
                f"若按{name.zh}所报{'、'.join(told_zh)}，其{when.zh}{result.label.zh}"
                f"由 {was.zh} 变为 {would.zh}{end.zh}。",
                f"With {'; '.join(told_en)} as {name.en} reports, its {result.label.en} {when.en} would be "
                f"{would.en} instead of {was.en}{end.en}.",
            )
        )
    return found


def _with(value: float | None, unit: str) -> Text:
    return with_unit(Text(figure(value, unit), figure(value, unit)), unit) if value is not None else Text("—", "—")


def _said(value: float | None, unit: str) -> str:
    return "—" if value is None else figure(value, unit)


def _period(code: str) -> Text:
    held = Period.parse(code)
    return Text(held.label(), held.label("en"))
