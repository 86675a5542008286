"""A change between two runs on the screen and as files: sentences first, then the table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, isnan, log10
from typing import TYPE_CHECKING

from tongchou.kernel.numbers import figure
from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.region.model import Region
from tongchou.rules.attribution import Change
from tongchou.rules.attribution.record import record
from tongchou.rules.attribution.settling import per_whole_unit
from tongchou.rules.attribution.words import rounded, sentence, signed, summary
from tongchou.rules.keys import JOIN
from tongchou.rules.result import Result
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.fitting_tables import fitting_tables
from tongchou.surfaces.row_names import code_name
from tongchou.surfaces.standing import warning, weakest_status

if TYPE_CHECKING:
    from rich.console import RenderableType

Names = Mapping[str, Text]
NONE = Text("—", "—")
HEADS = {
    "code": Text("代码", "Code"),
    "place": Text("单位", "Place"),
    "change": Text("变动", "Change"),
    "status": Text("状态", "Status"),
    "said": Text("说明", "In words"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A change with what its places are called, the hashes of the two runs, and what must be said first of it."""

    change: Change
    names: Names
    runs: tuple[str, str]
    warning: Text | None = None


def unit_names(change: Change, region: Region | None) -> dict[str, Text]:
    """Return what each place of a change is called; a result of all places together is called so."""
    rule = change.rules[1]
    keys, found = rule.keys(rule.declared.result), {}
    for place in change.places:
        parts = place.split(JOIN) if keys else []
        words = [code_name(rule, key, code, region) for key, code in zip(keys, parts, strict=True)]
        between = " · "
        found[place] = Text(between.join(w.zh for w in words) or "全部", between.join(w.en for w in words) or "All")
    return found


def warning_of(results: Sequence[Result]) -> Text | None:
    """Return what must be said first of a change between results: the warning of the weaker one, if there is any."""
    known = [(level, result) for result in results if (level := weakest_status(result)) is not None]
    said = warning(min(known, key=lambda each: each[0])[1]) if known else None
    return said if said is not None and said.zh else None


def sides(change: Change) -> tuple[Text, Text]:
    """Return the heads of the two columns of results: the periods, or which run where they are of one period."""
    one, other = change.periods
    if one == other:
        return Text("原方案", "First run"), Text("新方案", "Second run")
    held = [Period.parse(code) for code in (one, other)]
    return Text(held[0].label(), held[0].label("en")), Text(held[1].label(), held[1].label("en"))


def title(change: Change) -> Text:
    """Return the title of the comparison with its unit."""
    one, other = sides(change)
    rule, unit = change.rules[1].declared, label(change.unit)
    what = rule.columns[rule.result].label
    return Text(
        f"{rule.title.zh}：{what.zh}变动归因（{one.zh}→{other.zh}{'，' + unit.zh if unit.zh else ''}）",
        f"{rule.title.en}: why {what.en} changed ({one.en} → {other.en}{', ' + unit.en if unit.en else ''})",
    )


def screen(compared: Compared, language: str, width: int = 80) -> RenderableType:
    """Return the sentences and below them the table, for a screen ``width`` cells wide."""
    from rich.console import Group
    from rich.markup import escape

    change = compared.change
    said = [sentence(change, i, compared.names) for i in range(len(change.places))]
    whole = summary(change)
    lines = [*((whole,) if whole else ()), *change.notes, *((compared.warning,) if compared.warning else ())]
    text = "\n".join(escape(line.in_(language)) for line in [*said, *lines])
    one, other = sides(change)
    decimals = decimals_of(change)
    places = range(len(change.places))

    def amounts(values: Sequence[float]) -> list[str]:
        return [NONE.in_(language) if isnan(v) else figure(float(v), change.unit, aligned=True) for v in values]

    parts = [printed_parts(change, i, decimals) for i in places]
    heads = [HEADS["change"], *(factor.label for factor in change.factors)]
    columns = [(one.in_(language), amounts(list(change.before))), (other.in_(language), amounts(list(change.after)))]
    columns += [(head.in_(language), [parts[i][n] for i in places]) for n, head in enumerate(heads)]
    first = [(HEADS["place"].in_(language), [compared.names[place].in_(language) for place in change.places])]
    return Group(text, "", escape(title(change).in_(language)), *fitting_tables(first, columns, width))


def printed_parts(change: Change, i: int, decimals: int) -> list[str]:
    """Return the change and its parts as the table prints them: in the result's own unit, adding up as printed."""
    if isnan(change.total[i]):
        return [NONE.zh] * (1 + len(change.factors))
    total, parts = rounded(float(change.total[i]), change.parts[:, i], decimals)
    return [NONE.zh if isnan(v) else signed(v, decimals) if v else "0" for v in (total, *parts)]


def decimals_of(change: Change) -> int:
    """Return the decimals the table shows: to the unit money is settled in, else four digits of the largest change."""
    per_unit = per_whole_unit(change.rules)
    if per_unit is not None:
        return max(0, round(log10(per_unit)))
    most = max((abs(float(t)) for t in change.total if not isnan(t)), default=0.0)
    return min(9, max(0, 3 - floor(log10(most)))) if most else 0


def change_json(compared: Compared, language: str) -> bytes:
    """Return ``tongchou.change/1``."""
    data = record(compared.change, compared.names, compared.runs)
    return (json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def change_csv(compared: Compared, language: str) -> bytes:
    """Return the table as CSV with a byte order mark, one row a place; no number is an empty cell."""
    change, out = compared.change, io.StringIO()
    writer = csv.writer(out)
    one, other = sides(change)
    heads = (HEADS["code"], HEADS["place"], one, other, HEADS["change"], *(f.label for f in change.factors))
    writer.writerow([neutral(h.in_(language)) for h in (*heads, HEADS["status"], HEADS["said"])])
    for i, place in enumerate(change.places):
        values = [change.before[i], change.after[i], change.total[i], *change.parts[:, i]]
        numbers = ["" if isnan(v) else float(v) for v in values]
        level = Status(int(change.status[i])).label.in_(language) if change.status[i] else ""
        row = (place, compared.names[place].in_(language), *numbers, level, sentence(change, i, compared.names))
        writer.writerow([neutral(c.in_(language) if isinstance(c, Text) else c) for c in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _xlsx(compared: Compared, language: str) -> bytes:
    from tongchou.surfaces.workbook.change import change_workbook

    return change_workbook(compared, language)


CHANGE_EXPORTS: dict[str, Callable[[Compared, str], bytes]] = {
    ".xlsx": _xlsx,
    ".csv": change_csv,
    ".json": change_json,
}
