"""The files a computation can be written to, by suffix, and its summary for a terminal."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from tongchou.kernel.status import Status
from tongchou.kernel.text import Text
from tongchou.kernel.units import label
from tongchou.rules import words
from tongchou.rules.keys import label as key_label
from tongchou.rules.result import Result
from tongchou.surfaces.cells import neutral
from tongchou.surfaces.run_rows import in_order


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
