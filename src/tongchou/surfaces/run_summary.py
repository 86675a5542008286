"""A result on a terminal: what each row comes to, in tables no wider than the screen, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.rules import words
from tongchou.rules.keys import label as key_label
from tongchou.rules.result import Result
from tongchou.surfaces.fitting_tables import fitting_tables
from tongchou.surfaces.run_rows import distinct, row_name, tables
from tongchou.surfaces.standing import warning

if TYPE_CHECKING:
    from rich.console import RenderableType

_MOST_ROWS = 60  # the files hold all


def summary(result: Result, names: Mapping[str, Text], language: str = "zh", width: int = 80) -> RenderableType:
    """Return tables of the result columns for a screen ``width`` cells wide, with status, and what they rest on."""
    from rich.console import Group
    from rich.text import Text as Rich

    periods = sorted(set(result.table.periods))
    title = result.rule.declared.title.text().in_(language)
    if len(periods) == 1:
        title += f"　{Period.parse(periods[0]).label(language)}"
    parts: list[RenderableType] = [Rich(title, style="bold")]
    for keys, columns in tables(result):
        rows = distinct(result, keys)
        shown = rows[:_MOST_ROWS]
        first = [(key_label(k).in_(language), [row_name(result, names, i, k, language) for i in shown]) for k in keys]
        if len(periods) > 1 or not keys:
            spans = [Period.parse(result.table.periods[i]).label(language) for i in shown]
            first.append((key_label(result.rule.declared.per[-1]).in_(language), spans))
        numbers = [
            (_head(result, n, language), [words.bare(result, n, i).in_(language) for i in shown]) for n in columns
        ]
        status = (Text("状态", "status").in_(language), [_status(result, columns, i, language) for i in shown])
        parts += fitting_tables(first, [*numbers, status], width)
        if (more := len(rows) - _MOST_ROWS) > 0:
            told = Text(f"另有 {more} 行，写成文件可见全部。", f"{more} more rows; files hold all.")
            parts.append(Rich(told.in_(language)))
    if warned := warning(result).in_(language):
        parts.append(Rich(warned, style="bold red"))
    return Group(*parts)


def _head(result: Result, name: str, language: str) -> str:
    unit = label(result.rule.units()[name]).in_(language)
    return words.called(result.rule, name).in_(language) + (f"\n{unit}" if unit else "")


def _status(result: Result, columns: Sequence[str], row: int, language: str) -> str:
    levels = [level for name in columns if (level := int(result.status[name][row]))]
    return Status(min(levels)).label.in_(language) if levels else ""
