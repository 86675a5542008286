"""The files a computation can be written to, by suffix, and its summary for a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tongchou.kernel.periods import Period
from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.rules import words
from tongchou.rules.keys import label as key_label
from tongchou.rules.result import Result
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.run_rows import distinct, in_order, row_name, tables
from tongchou.surfaces.standing import warning

if TYPE_CHECKING:
    from rich.console import RenderableType

_MOST_ROWS = 60  # printed on a terminal; the files hold all


@dataclass(frozen=True, slots=True)
class RunExport:
    """One kind of file: what it is called, its media type, and what writes it (result, names of rows, language)."""

    label: Text
    media_type: str
    render: Callable[[Result, Mapping[str, Text], str], bytes]


def _xlsx(result: Result, names: Mapping[str, Text], language: str) -> bytes:
    from tongchou.surfaces.workbook.workings import workings

    return workings(result, language, names=names)


def _docx(result: Result, names: Mapping[str, Text], language: str) -> bytes:
    from tongchou.surfaces.document.workings import workings

    return workings(result, names, language)


def _json(result: Result, names: Mapping[str, Text], language: str) -> bytes:
    del names, language
    from tongchou.rules.run import record

    return (json.dumps(record(result), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _csv(result: Result, names: Mapping[str, Text], language: str) -> bytes:
    return csv_table(result, names, language)


RUN_EXPORTS: dict[str, RunExport] = {
    ".xlsx": RunExport(
        Text("计算底稿（活公式）", "workings with live formulas"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _xlsx,
    ),
    ".docx": RunExport(
        Text("计算说明", "account of the computation"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _docx,
    ),
    ".csv": RunExport(Text("数据和结果", "figures and results"), "text/csv; charset=utf-8", _csv),
    ".json": RunExport(Text("计算记录", "run record"), "application/json", _json),
}


def csv_table(result: Result, names: Mapping[str, Text], language: str = "zh") -> bytes:
    """Return every input and column, one row a place and period, statuses at the end; UTF-8 with a byte order mark."""
    declared, rule = result.rule.declared, result.rule
    columns = [*declared.inputs, *declared.columns]
    units = rule.units()

    def head(name: str) -> str:
        unit = label(units[name]).in_(language)
        return words.called(rule, name).in_(language) + (f"（{unit}）" if unit else "")

    status = Text("状态", "status").in_(language)
    heads = [key_label(key).in_(language) for key in rule.rows]
    heads += [Text("名称", "Name").in_(language), key_label(declared.per[-1]).in_(language)]
    heads += [head(name) for name in columns]
    heads += [f"{words.called(rule, name).in_(language)} {status}" for name in columns]
    held = {name: result.values[name] if name in result.values else result.table.values[name] for name in columns}
    levels = {name: result.status[name] if name in result.status else result.table.status[name] for name in columns}
    labels = ["", *(s.label.in_(language) for s in sorted(Status))]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(neutral(words_) for words_ in heads)
    for i in in_order(result):
        place = result.table.places[i]
        row: list[object] = [result.keys[key][i] for key in rule.rows]
        row += [names[place].in_(language) if place in names else "", result.table.periods[i]]
        gaps = {name: bool(np.isnan(held[name][i])) for name in columns}
        row += ["" if gaps[name] else _exact(float(held[name][i])) for name in columns]
        row += ["" if gaps[name] else labels[int(levels[name][i])] for name in columns]
        writer.writerow(neutral(cell) for cell in row)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _exact(value: float) -> int | float:
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def summary(result: Result, names: Mapping[str, Text], language: str = "zh") -> RenderableType:
    """Return a table for a terminal: what each row comes to, with status, below it what the result rests on."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text as Rich

    rule, declared = result.rule, result.rule.declared
    units = rule.units()
    parts: list[RenderableType] = []
    for keys, columns in tables(result):
        table = Table(title=declared.title.text().in_(language) if not parts else None, title_justify="left")
        for key in keys:
            table.add_column(key_label(key).in_(language))
        table.add_column(key_label(declared.per[-1]).in_(language))
        for name in columns:
            unit = label(units[name]).in_(language)
            table.add_column(
                words.called(rule, name).in_(language) + (f"\n{unit}" if unit else ""), justify="right", overflow="fold"
            )
        table.add_column(Text("状态", "status").in_(language))
        rows = distinct(result, keys)
        for i in rows[:_MOST_ROWS]:
            cells = [row_name(result, names, i, key, language) for key in keys]
            cells.append(Period.parse(result.table.periods[i]).label(language))
            cells += [words.bare(result, name, i).in_(language) for name in columns]
            levels = [level for name in columns if (level := int(result.status[name][i]))]
            cells.append(Status(min(levels)).label.in_(language) if levels else "")
            table.add_row(*(Rich(cell) for cell in cells))
        parts.append(table)
        if (more := len(rows) - _MOST_ROWS) > 0:
            parts.append(
                Rich(Text(f"另有 {more} 行，写成文件可见全部。", f"{more} more rows; files hold all.").in_(language))
            )
    if told := warning(result).in_(language):
        parts.append(Rich(told, style="bold red"))
    return Group(*parts)
